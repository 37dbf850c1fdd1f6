#!/usr/bin/env python3
"""Checks that sizes, offsets and constants are those of tests/abi/layout.txt, on any 64-bit machine.

    layout.py COMPILER [--write]

Everything the headers declare is in the table; --write makes it anew, for a change that is meant.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

import library

TABLE = pathlib.Path(__file__).resolve().parents[1] / "abi" / "layout.txt"


def program():
    """The C program that prints the table."""
    lines = ["#include <stdio.h>", '#include "tradestat.h"', "int main(void) {"]
    for struct, layout in library.structs(library.header_text()).items():
        lines.append(f'printf("{struct} size %zu\\n", sizeof({struct}));')
        for name, _ in layout._fields_:
            lines.append(f'printf("{struct}.{name} offset %zu size %zu\\n", offsetof({struct}, {name}), sizeof((({struct} *)0)->{name}));')
    for name in library.constants():
        lines.append(f'printf("{name} %lld\\n", (long long){name});')
    return "\n".join(lines + ["return 0; }", ""])


def table(compiler):
    with tempfile.TemporaryDirectory() as directory:
        source, binary = pathlib.Path(directory, "layout.c"), pathlib.Path(directory, "layout")
        source.write_text(program())
        subprocess.run([compiler, "-I", library.INCLUDE.parent, source, "-o", binary], check=True)
        return subprocess.run([binary], check=True, capture_output=True, text=True).stdout


def main():
    found = table(sys.argv[1])
    if sys.argv[2:] == ["--write"]:
        TABLE.write_text(found)
    wanted = TABLE.read_text()
    # The version may change; nothing else does.
    unversioned = [[line for line in text.splitlines() if not re.match("TRADE_VERSION_", line)] for text in (wanted, found)]
    difference = list(difflib.unified_diff(*unversioned, "layout.txt", "headers", lineterm=""))
    print("\n".join(difference) or f"{len(found.splitlines())} sizes, offsets and constants")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
