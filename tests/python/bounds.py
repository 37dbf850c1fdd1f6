#!/usr/bin/env python3
"""Holds every function to the error bound its header states, against exact arithmetic on random inputs.

    bounds.py LIBRARY [--inputs N] [--seed S] [ROOM ...]

Each room has a module bounds_<room>.py with rows(library, random) -> list of Row. For each row, N inputs are drawn; the
function's result may be at most `ulps` ulps from the exact one, and NaN exactly where that is None.
Prints a line a row: the largest error met, the bound, how many inputs were defined.
"""
import argparse
import importlib
import math
import pathlib
import random
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

import library

getcontext().prec = 60


class Row:
    def __init__(self, name, ulps, draw, exact, call=None, share=1.0):
        """name of the function; its bound; draw() -> arguments; exact(*arguments) -> Fraction, Decimal, a list of them for
        an array function, or None where undefined; call(*arguments) -> result if it isn't the library's function of that name;
        share of the inputs to draw (for slow oracles and long arrays, whose elements count one by one)."""
        self.name, self.ulps, self.draw, self.exact, self.call, self.share = name, ulps, draw, exact, call, share


def ulp(exact):
    """Of the binade in which the exact number lies; the double nearest to it may be in the next."""
    size = abs(Fraction(exact))
    exponent = -1022 if size < Fraction(2) ** -1022 else size.numerator.bit_length() - size.denominator.bit_length()
    if exponent > -1022 and size < Fraction(2) ** exponent:
        exponent -= 1
    return Fraction(2) ** (exponent - 52)


def error_in_ulps(actual, exact):
    return float(abs(Fraction(actual) - Fraction(exact)) / ulp(exact)) if math.isfinite(actual) else math.inf


def check(row, call, inputs):
    worst, defined, failed = 0.0, 0, None
    for _ in range(max(1, int(inputs * row.share))):
        arguments = row.draw()
        exact, actual = row.exact(*arguments), call(*arguments)
        pairs = zip(actual, exact) if isinstance(exact, list) else [(actual, exact)]
        for got, want in pairs:
            if want is None:
                error = 0.0 if math.isnan(got) else math.inf
            else:
                defined += 1
                error = error_in_ulps(got, want)
            if error > worst:
                worst = error
            if error > row.ulps and failed is None:
                failed = f"{arguments} gives {got!r}, exactly {want}"
    print(f"{row.name:40s} {worst:9.4f} of {row.ulps:g} ulps, {defined} defined results", flush=True)
    if failed:
        print(f"  FAILED: {failed}", flush=True)
    if not defined:
        print("  FAILED: no input was defined, so nothing was tested", flush=True)
    return failed is None and defined > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("rooms", nargs="*")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2020)
    a = parser.parse_args()
    loaded = library.Library(a.library)
    rooms = a.rooms or sorted(p.stem[7:] for p in pathlib.Path(__file__).parent.glob("bounds_*.py"))
    good = True
    for room in rooms:
        module = importlib.import_module(f"bounds_{room}")
        for row in module.rows(loaded, random.Random(a.seed)):
            good &= check(row, row.call or getattr(loaded, row.name), a.inputs)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
