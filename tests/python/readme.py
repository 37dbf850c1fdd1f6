#!/usr/bin/env python3
"""Holds README.md to the truth: the program in it is the example, what it prints is what that prints, and every file it names is there.

    readme.py
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


def faults(text):
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, flags=re.S | re.M)

    def has(language, wanted, name):
        if (language, wanted) not in blocks:
            yield f"no {language} block is {name}, to the letter"

    yield from has("c", (EXAMPLES / "quickstart.c").read_text(), "examples/quickstart.c")
    yield from has("text", (EXAMPLES / "expected" / "quickstart.txt").read_text(), "examples/expected/quickstart.txt")
    demo = (EXAMPLES / "expected" / "digital_trade.txt").read_text().splitlines()
    excerpt = next((body for language, body in blocks if language == "text"), "")
    yield from (f"the demonstration does not print: {line}" for line in excerpt.splitlines() if line.strip() not in ("", "...") and line not in demo)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        if not (ROOT / target).exists():
            yield f"there is no {target}"


if __name__ == "__main__":
    found = list(faults((ROOT / "README.md").read_text()))
    print("\n".join(found) or "README.md is as the examples are")
    sys.exit(bool(found))
