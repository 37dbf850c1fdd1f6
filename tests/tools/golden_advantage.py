"""Advantage: golden vectors, and the exact definitions that bounds_advantage.py uses too."""
import math
from decimal import Decimal, localcontext
from fractions import Fraction

from golden import Line

NAN, INF = math.nan, math.inf
METHODS = BALASSA, SYMMETRIC, LOG, ADDITIVE, NORMALISED, RELATIVE, WEIGHTED = range(7)
SCALAR_ULPS = {BALASSA: 2.5, SYMMETRIC: 3.5, LOG: 5.5, ADDITIVE: 2.5, NORMALISED: 2.5, RELATIVE: 5.5}
MATRIX_ULPS = {**SCALAR_ULPS, BALASSA: 5.5, WEIGHTED: 6.5}


def counts(values):
    return all(math.isfinite(x) and x >= 0 for x in values)


def over(a, b):
    return a / b if b else None


def logarithm(ratio):
    with localcontext() as context:
        context.prec = 80
        return (Decimal(ratio.numerator) / Decimal(ratio.denominator)).ln()


def exact(v, c, p, w, method):
    """From exact numbers, by the definition that the header has first, not by the form that is computed."""
    if method in (BALASSA, SYMMETRIC, LOG):
        if not (c and p and w):
            return None
        r = (v / c) / (p / w)
        return r if method == BALASSA else (r - 1) / (r + 1) if method == SYMMETRIC else logarithm(r) if r > 0 else None
    if method == ADDITIVE:
        return v / c - p / w if c and w else None
    if method == NORMALISED:
        return v / w - c * p / w ** 2 if w else None
    if c > v and p > v and w - c - p + v > 0:
        return (v / (c - v)) / ((p - v) / (w - c - p + v))
    return None


def scalar(v, c, p, w, method):
    if not counts((v, c, p, w)) or method not in METHODS[:6]:
        return None
    return exact(*map(Fraction, (v, c, p, w)), method)


def totals(values, populations, rows, columns):
    """Of rows, columns and all; None where one is missing."""
    def total(addends):
        return sum(map(Fraction, addends)) if all(map(math.isfinite, addends)) else None
    country = [total([populations[r]] if populations else values[r * columns:(r + 1) * columns]) for r in range(rows)]
    product = [total(values[c::columns]) for c in range(columns)]
    return country, product, total(populations or values)


def matrix(values, populations, rows, columns, method):
    country, product, world = totals(values, populations, rows, columns)
    if not world:
        return [None] * (rows * columns)
    found = []
    for r in range(rows):
        for c in range(columns):
            if product[c] is None:
                found.append(None)
            elif method == WEIGHTED:
                known = [p for p in range(columns) if product[p]]
                # R over its mean, where both are defined; the country's total and the world's cancel.
                mean = sum(Fraction(values[r * columns + p]) / product[p] for p in known) / len(known)
                found.append(Fraction(values[r * columns + c]) / product[c] / mean if product[c] and mean else None)
            else:
                found.append(exact(Fraction(values[r * columns + c]), country[r], product[c], world, method))
    return found


def pairs(exports, imports, index):
    if not counts(exports + imports):
        return [None] * len(exports)
    x, m = sum(map(Fraction, exports)), sum(map(Fraction, imports))
    return [index(Fraction(a), Fraction(b), x, m) for a, b in zip(exports, imports)]


def lafay(exports, imports):
    def index(a, b, x, m):
        if not x + m:
            return None
        return ((a - b) / (a + b) - (x - m) / (x + m)) * (a + b) / (x + m) if a + b else Fraction(0)
    return pairs(exports, imports, index)


def michaely(exports, imports):
    return pairs(exports, imports, lambda a, b, x, m: a / x - b / m if x and m else None)


def vollrath(a, b, measure):
    if not counts((a, b)):
        return None
    a, b = Fraction(a), Fraction(b)
    return a - b if measure == 0 else logarithm(a / b) if a and b else None


def position(current, base, world_current, world_base):
    if not counts(current + base + world_current + world_base):
        return [0] * len(current)

    def changes(now, before):
        x, y = sum(map(Fraction, now)), sum(map(Fraction, before))
        least = Fraction(1, 2 ** 100)  # changes that are smaller do not count
        return [(a / x > b / y * (1 + least)) - (a / x < b / y * (1 - least)) if x and y else 0 for a, b in ((Fraction(a), Fraction(b)) for a, b in zip(now, before))]
    codes = {(1, 1): 1, (1, -1): 2, (-1, 1): 3, (-1, -1): 4}
    return [codes.get(c, 0) for c in zip(changes(current, base), changes(world_current, world_base))]


def up(x, steps=1):
    for _ in range(steps):
        x = math.nextafter(x, INF)
    return x


SCALARS = [(10.0, 100.0, 50.0, 1000.0), (5.0, 100.0, 50.0, 1000.0), (0.0, 100.0, 50.0, 1000.0), (100.0, 100.0, 100.0, 1000.0), (50.0, 100.0, 50.0, 1000.0),
           (5.0, 100.0, 50.0, up(1000.0)), (5.0, 100.0, up(50.0), 1000.0), (up(5.0), 100.0, 50.0, 1000.0), (up(5.0, 3), up(100.0), up(50.0, 2), up(1000.0)),
           (0.1, 0.3, 0.7, 2.1), (1e-9, 1e3, 1e6, 1e15), (1e15, 2e15, 3e15, 9e15 + 2), (3.0, 7.0, 3.0, 7.0), (5.0, 5.0, 9.0, 9.0), (0.3, 1.0, 2.0, 6.4),
           (1.0, 2.0 ** 52 + 1, 3.0, 2.0 ** 53), (7e30, 8e31, 9e32, 1e36), (1.0, 0.0, 5.0, 10.0), (1.0, 5.0, 0.0, 10.0), (0.0, 0.0, 5.0, 10.0),
           (0.0, 5.0, 0.0, 10.0), (0.0, 0.0, 0.0, 0.0), (1.0, 2.0, 3.0, 0.0), (3.0, 2.0, 5.0, 10.0), (2.0, 5.0, 7.0, 10.0), (-1.0, 5.0, 5.0, 10.0),
           (1.0, -5.0, -5.0, 10.0), (1.0, 5.0, 5.0, -10.0), (1.0, 5.0, -5.0, -10.0), (NAN, 5.0, 5.0, 10.0), (1.0, NAN, 5.0, 10.0), (1.0, 5.0, NAN, 10.0),
           (1.0, 5.0, 5.0, NAN), (INF, 5.0, 5.0, 10.0), (1.0, INF, 5.0, 10.0), (1.0, 5.0, INF, 10.0), (1.0, 5.0, 5.0, INF), (1.0, -INF, 5.0, 10.0)]

# values, rows, columns
MATRICES = [([10.0, 20.0, 30.0, 40.0], 2, 2), ([1.0] * 12, 3, 4), ([1.0, 0.0, 0.0, 1.0], 2, 2), ([5.0], 1, 1), ([5.0, 0.0, 7.0], 1, 3), ([5.0, 0.0, 7.0], 3, 1),
            ([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0], 3, 3), ([0.5, 0.25, 3.0, 7.0, 0.0, 1.0], 2, 3), ([0.1, 0.2, 0.7, 0.4, 1e-3, 55.0], 3, 2),
            ([1e6, 1e3, 1.0, 2e6, 5e3, 7.0, 3.5e6, 1e3, 0.0], 3, 3), ([1.0, 2.0, 0.0, 3.0, 0.0, 0.0], 2, 3), ([0.0, 1.0, 2.0, 0.0, 3.0, 4.0], 2, 3),
            ([1.0, 2.0, 3.0, 4.0, 0.0, 0.0], 3, 2), ([0.0] * 4, 2, 2), ([1.0, NAN, 3.0, 4.0], 2, 2), ([1.0, 2.0, 3.0, INF], 2, 2), ([NAN], 1, 1),
            ([float(i * i % 17) for i in range(60)], 6, 10), ([float(i * i % 13 + 1) for i in range(60)], 15, 4), ([1e38, 1e38, 1.0, 1.0], 2, 2),
            ([700.0, 600.0, 500.0, 10000.0, 40000.0, 29300.0, 14400.0, 9500.0, 50000.0, 10000.0], 2, 5)]
POPULATIONS = [([10.0, 20.0, 30.0, 40.0], [3.0, 5.0], 2, 2), ([10.0, NAN, 30.0, 40.0], [3.0, 5.0], 2, 2), ([10.0, 20.0, 30.0, 40.0], [3.0, NAN], 2, 2),
               ([10.0, 20.0, 30.0, 40.0], [0.0, 5.0], 2, 2), ([10.0, 20.0, 30.0, 40.0], [0.0, 0.0], 2, 2), ([1.0, 2.0, 0.0, 3.0, 4.0, 0.0], [1.5, 2.5], 2, 3),
               ([7.0, 1.0, 2.0], [9.0], 1, 3), ([7.0, 1.0, 2.0, 4.0, 4.0, 4.0], [9.0, 1e6, 3.0], 3, 2)]

PAIRS = [([3.0, 1.0], [1.0, 3.0]), ([3.0, 1.0, 0.0], [1.0, 3.0, 0.0]), ([5.0], [7.0]), ([1.0, 0.0], [0.0, 1.0]), ([10.0, 20.0, 30.0], [30.0, 20.0, 10.0]),
         ([1.0, 2.0], [2.0, 4.0]), ([1.0, 2.0], [2.0, up(4.0)]), ([0.1, 0.2, 0.4], [0.7, 0.1, 0.3]), ([1e15, 1.0], [1.0, 1e15]), ([0.0, 0.0], [1.0, 2.0]),
         ([1.0, 2.0], [0.0, 0.0]), ([0.0, 0.0], [0.0, 0.0]), ([1.0, NAN], [1.0, 2.0]), ([1.0, 2.0], [INF, 2.0]), ([1e38] * 2, [1.0, 2.0]),
         ([float(k) for k in range(30)], [float(k * k % 31) for k in range(30)]), ([7.0, 0.0, 2.0, 5.0], [1.0, 9.0, 0.0, 5.0])]

POSITIONS = [([60.0, 40.0], [50.0, 50.0], [600.0, 400.0], [500.0, 500.0]), ([60.0, 40.0], [50.0, 50.0], [400.0, 600.0], [500.0, 500.0]),
             ([3.0, 6.0, 9.0], [1.0, 2.0, 3.0], [1.0, 2.0, 4.0], [1.0, 2.0, 3.0]), ([1.0, 2.0, 4.0], [1.0, 2.0, 3.0], [5.0, 10.0, 15.0], [1.0, 2.0, 3.0]),
             ([0.3, 0.6], [0.1, 0.2], [1.0, 2.0], [3.0, 1.0]), ([1.0, up(1.0)], [1.0, 1.0], [1.0, 1.0], [1.0, up(1.0)]), ([0.0, 0.0], [1.0, 2.0], [1.0, 2.0], [2.0, 1.0]),
             ([1.0, 2.0], [0.0, 0.0], [1.0, 2.0], [2.0, 1.0]), ([1.0, NAN], [1.0, 2.0], [1.0, 2.0], [2.0, 1.0]), ([1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [2.0, INF]),
             ([1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0], [1.0, 9.0, 1.0, 9.0], [9.0, 1.0, 9.0, 1.0]), ([5.0], [7.0], [1.0], [3.0])]


def lines():
    yield "one value and its totals, by every method"
    for case in SCALARS:
        for method in SCALAR_ULPS:
            yield Line("scalar", (*case, float(method)), scalar(*case, method), SCALAR_ULPS[method])
        yield Line("scalar", (*case, float(WEIGHTED)), None, 0)
    yield "matrices"
    for values, rows, columns in MATRICES:
        # The exact sum ends at 2^127.
        large = sum(v for v in values if math.isfinite(v)) >= 2.0 ** 127
        for method in METHODS:
            found = [None] * len(values) if large else matrix(values, [], rows, columns, method)
            yield Line("matrix", (values, [], float(rows), float(columns), float(method)), found, MATRIX_ULPS[method])
    for values, populations, rows, columns in POPULATIONS:
        for method in METHODS[:5]:
            yield Line("matrix", (values, populations, float(rows), float(columns), float(method)), matrix(values, populations, rows, columns, method),
                       MATRIX_ULPS[method])
    yield "Lafay, Michaely"
    for x, m in PAIRS:
        large = sum(v for v in x if math.isfinite(v)) >= 2.0 ** 127
        yield Line("lafay", (x, m), [None] * len(x) if large else lafay(x, m), 2.5)
        yield Line("michaely", (x, m), [None] * len(x) if large else michaely(x, m), 2.5)
    yield "Vollrath's measures of exports and imports"
    for a, b in ((2.0, 1.0), (1.0, 2.0), (1.0, 1.0), (1.0, up(1.0)), (up(3.7), 3.7), (0.1, 0.3), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (1e-9, 1e9), (2.0, 4.1),
                 (7.5, 3.7), (NAN, 1.0), (1.0, NAN), (INF, 1.0), (1.0, INF)):
        for measure in (0, 1):
            yield Line("vollrath", (a, b, float(measure)), vollrath(a, b, measure), 0.5 if measure == 0 else 5.5)
    yield "positions"
    for case in POSITIONS:
        yield Line("position", case, position(*case), 0)
    yield from published()


def published():
    """printed_balassa gives what prints with the decimals that are the last argument."""
    yield "A location quotient, the same formula: Farhauer and Kroell (2013), Standorttheorien, as in the R package REAT, locq"
    yield Line("printed_balassa", (1714.0, 79006.0, 879213.0, 15593224.0, 7.0), 0.3847623, 0)
    yield "A region's five quotients, whose Gini coefficient is 28/45 (the same source, gini.spec): the row of the last matrix above"
    region, all_regions = (700.0, 600.0, 500.0, 10000.0, 40000.0), (30000.0, 15000.0, 10000.0, 60000.0, 50000.0)
    for v, p, printed in zip(region, all_regions, (0.0743243, 0.1274131, 0.1592664, 0.5308880, 2.5482625)):
        yield Line("printed_balassa", (v, sum(region), p, sum(all_regions), 7.0), printed, 0)
