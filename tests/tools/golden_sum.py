"""Golden vectors of room sum. Every total is exact, so every line asks for the very bits (bound 0)."""
import math
import random
from fractions import Fraction

from golden import Line

LIMIT = 2 ** 255


def units(x):
    """An addend as a multiple of 2^-128, half to even; None from 2^127 on."""
    n = round(Fraction(x) * 2 ** 128)
    return n if abs(n) < LIMIT else None


def total(addends):
    """The integer that the total is; None for NaN. The lines below don't pass the limit on their way unless they end as NaN."""
    n = 0
    for x in addends:
        n = None if n is None or x is None or units(x) is None else n + units(x)
        if n is not None and abs(n) >= LIMIT:
            n = None
    return n


def known(x):
    return Fraction(x) if math.isfinite(x) else None


def value(n):
    return None if n is None else Fraction(n, 2 ** 128)


def array(values):
    n = total(map(known, values))
    return Line("trade_sum_array", [values], value(n), 0)


def mean(values):
    n = total(map(known, values))
    return Line("trade_sum_mean", [values], None if n is None or not values else value(n) / len(values), 0)


def products(a, b):
    n = total(None if known(x) is None or known(y) is None else Fraction(x) * Fraction(y) for x, y in zip(a, b))
    return Line("trade_sum_add_product_array", [a, b], value(n), 0)


def compare(a, b):
    m, n = (total(map(known, v)) for v in (a, b))
    key = lambda x: (x is None, x or 0)
    return Line("trade_sum_compare", [a, b], (key(m) > key(n)) - (key(m) < key(n)), 0)


def save(values):
    n = total(map(known, values))
    return Line("trade_sum_save", [values], list((-LIMIT if n is None else n).to_bytes(32, "little", signed=True)), 0)


def lines():
    r = random.Random(1)
    nan, inf, top = math.nan, math.inf, math.nextafter(2.0 ** 127, 0)
    edges = [
        [], [0.0], [-0.0], [1.0], [-1.0], [0.1] * 10, [1e30, 1.0, -1e30], [1.0, 2.0 ** -53], [1.0, 2.0 ** -53, 2.0 ** -128],
        [1.0, 2.0 ** -52, 2.0 ** -53], [-1.0, -2.0 ** -53, -2.0 ** -128], [2.0 ** -128], [2.0 ** -129], [-2.0 ** -129],
        [1.5 * 2.0 ** -128], [-1.5 * 2.0 ** -128], [2.0 ** -129] * 3, [0.75 * 2.0 ** -128] * 3, [5e-324], [1e-300, -1e-300],
        [top], [-top], [top, 2.0 ** 73], [top, 2.0 ** 74], [-top, -2.0 ** 74], [top, 2.0 ** 74, -1.0], [2.0 ** 127], [-2.0 ** 127],
        [2.0 ** 126, 2.0 ** 126], [1e308], [nan], [1.0, nan, 2.0], [inf], [inf, -inf], [nan, inf],
    ]
    yield "edges: nothing, ties, addends that are rounded, the ends of the range, missing values"
    for values in edges:
        yield array(values)
        yield mean(values)
        yield save(values)
    yield "products: beyond a double's range either way, subnormal factors, ties, the ends of the range, missing values"
    for a, b in [([], []), ([3.0], [1 / 3]), ([1e300], [1e-300]), ([1e-300], [1e300]), ([1e300, 1e-300], [-1e-300, 1e300]),
                 ([5e-324], [2.0 ** 1023]), ([1e-310], [1e300]), ([0.1, 0.1], [0.1, -0.1]), ([1e200], [1e-250]), ([1e-200], [1e-200]),
                 ([2.0 ** -64], [2.0 ** -65]), ([1.5 * 2.0 ** -64], [2.0 ** -64]), ([-1.5 * 2.0 ** -64], [2.0 ** -64]),
                 ([2.0 ** 64], [2.0 ** 63]), ([-2.0 ** 64], [2.0 ** 63]), ([top], [math.nextafter(1.0, 0)]),
                 ([math.nextafter(2.0 ** 64, 0)], [2.0 ** 63]), ([1e308], [1e308]), ([0.0], [inf]), ([inf], [1e-300]), ([nan], [0.0]),
                 ([-0.0], [5.0]), ([0.0], [-1e308])]:
        yield products(a, b)
    yield "comparison: equal totals of other addends, one unit apart, NaN"
    for a, b in [([], []), ([], [-0.0]), ([0.1] * 10, [1.0]), ([1.0], [0.1] * 10), ([0.1] * 10, [1.0, 2.0 ** -54]),
                 ([1.0], [1.0, 2.0 ** -128]), ([-1.0], [-1.0, 2.0 ** -128]), ([1e30, 1.0], [1.0, 1e30]), ([-1.0], [1.0]),
                 ([-1e30], [-1.0]), ([nan], [nan]), ([nan], [1e38]), ([-1e38], [nan]), ([inf], [nan]), ([1.0, 2.0 ** -129], [1.0])]:
        yield compare(a, b)
    yield "random values over the whole range, then cancelled down to little"
    for i in range(24):
        values = [math.ldexp(r.uniform(-1, 1), r.randint(-140, 120)) for _ in range(r.randint(2, 24))]
        if i % 2:
            values += [-x for x in values[1:]]
            r.shuffle(values)
        yield array(values)
        yield mean(values)
        yield save(values)
        factors = [math.ldexp(r.uniform(-1, 1), r.randint(-300, 0)) for _ in values]
        yield products([math.ldexp(x, r.randint(0, 300)) if abs(x) < 1 else x for x in values], factors)
        yield compare(values, values[::-1])
        yield compare(values, values[1:])
    yield "values with two decimals as customs offices publish them"
    for _ in range(20):
        values = [round(math.exp(r.uniform(0, 28)), 2) for _ in range(r.randint(2, 24))]
        yield array(values)
        yield mean(values)
        yield products(values, [round(r.uniform(0.5, 8), 4) for _ in values])
