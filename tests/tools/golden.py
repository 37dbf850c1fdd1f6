#!/usr/bin/env python3
"""Writes the golden vectors, tests/golden/<room>.txt, from exact rational arithmetic.

    golden.py [--check] [ROOM ...]

Each room has a module golden_<room>.py with lines() that yields Line objects and strings (comments). --check writes nothing and
fails if a file is not what would be written.
"""
import argparse
import importlib
import math
import pathlib
import sys
from decimal import Decimal
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"


def nearest(x):
    """The double nearest to an exact number; None is NaN."""
    if x is None:
        return math.nan
    return float(Fraction(x)) if isinstance(x, (Fraction, Decimal, int)) else x


def number(x):
    x = nearest(x)
    if x != x:
        return "nan"
    return x.hex() if math.isfinite(x) else str(x)


def argument(x):
    return "[" + " ".join(map(number, x)) + "]" if isinstance(x, (list, tuple)) else number(x)


class Line:
    """function(arguments) = expected within ulps; lists are arrays, None is undefined."""

    def __init__(self, function, arguments, expected, ulps):
        self.function, self.arguments, self.expected, self.ulps = function, arguments, expected, ulps

    def __str__(self):
        expected = self.expected if isinstance(self.expected, (list, tuple)) else [self.expected]
        return f"{self.function} {' '.join(map(argument, self.arguments))} = {' '.join(map(number, expected))} ~ {self.ulps:g}"


def text(room):
    module = importlib.import_module(f"golden_{room}")
    lines = [f"# Written by tests/tools/golden.py from golden_{room}.py. function arguments = results ~ bound in ulps"]
    lines += [f"# {line}" if isinstance(line, str) else str(line) for line in module.lines()]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("rooms", nargs="*")
    a = parser.parse_args()
    stale = []
    for room in a.rooms or sorted(p.stem[7:] for p in HERE.glob("golden_*.py")):
        path, new = GOLDEN / f"{room}.txt", text(room)
        if a.check:
            if not path.exists() or path.read_text() != new:
                stale.append(path.name)
        else:
            path.write_text(new)
    if stale:
        print("not what golden.py writes:", ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
