#!/usr/bin/env python3
"""Totals of arrays far longer than a block, of mixed magnitudes and signs, against math.fsum and exact integers.

    large_arrays.py LIBRARY [--values N]
"""
import argparse
import array
import ctypes
import math
import random
import sys
from fractions import Fraction

import library

PIECE = 100_003  # not a multiple of any block


def totals(loaded, n, seed):
    """Yields (what, as computed, exact as fsum or a Fraction rounds it)."""
    r = random.Random(seed)
    x = array.array("d", (math.exp(r.gauss(0, 5)) * r.choice((1, 1, -1)) for _ in range(PIECE)))
    y = array.array("d", (math.exp(r.gauss(0, 5)) for _ in range(PIECE)))
    times = max(1, n // PIECE)
    values, factors = x * times + x[: n % PIECE], y * times + y[: n % PIECE]
    pointer = lambda a: ctypes.cast(a.buffer_info()[0], ctypes.POINTER(ctypes.c_double))
    yield f"{len(values)} values", loaded.trade_sum_array(pointer(values), len(values)), math.fsum(values)
    total = loaded.trade_sum()
    assert loaded.trade_sum_add_product_array(total, pointer(values), pointer(factors), len(values)) == 0
    # Each product as the room adds it: a multiple of 2^-128, half to even.
    units = [round(Fraction(a) * Fraction(b) * 2**128) for a, b in zip(x, y)]
    exact = times * sum(units) + sum(units[: n % PIECE])
    yield f"{len(values)} products", loaded.trade_sum_value(total), float(Fraction(exact, 2**128))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("--values", type=int, default=1_000_000)
    a = parser.parse_args()
    wrong = 0
    for what, actual, exact in totals(library.Library(a.library), a.values, 2020):
        print(f"{what}: {actual!r}" + ("" if actual == exact else f", but exactly {exact!r}"))
        wrong += actual != exact
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
