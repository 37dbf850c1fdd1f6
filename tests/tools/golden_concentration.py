"""Concentration: golden vectors, and the exact definitions that bounds_concentration.py uses too."""
import math
from decimal import Decimal, localcontext
from fractions import Fraction

from golden import Line

NAN, INF = math.nan, math.inf
T, L = 6, 7  # TRADE_CONCENTRATION_THEIL, _MEAN_LOG_DEVIATION
DIGITS = 90


def decimal(x):
    x = Fraction(x)
    return Decimal(x.numerator) / Decimal(x.denominator)


def precisely(function):
    """The function of the shares as Fractions, in decimals of many digits; None where the shares are not defined."""
    def wrapped(values, *more):
        known = shares(values)
        if known is None:
            return None
        with localcontext() as context:
            context.prec = DIGITS
            found = function(known, *more)
            return Fraction(found) if isinstance(found, Decimal) else found
    wrapped.__name__ = function.__name__
    return wrapped


def shares(values):
    if not all(math.isfinite(v) and v >= 0 for v in values) or not any(values):
        return None
    exact = [Fraction(v) for v in values]
    total = sum(exact)
    return [v / total for v in exact]


def index(s):
    return sum(x * x for x in s)


@precisely
def herfindahl(s):
    return index(s)


@precisely
def herfindahl_normalised(s):
    n = len(s)
    return Fraction(1) if n == 1 else (index(s) - Fraction(1, n)) / (1 - Fraction(1, n))


@precisely
def unctad(s):
    n = len(s)
    if n == 1:
        return Fraction(1)
    least = (1 / Decimal(n)).sqrt()
    return (decimal(index(s)).sqrt() - least) / (1 - least)


@precisely
def hirschman(s):
    return decimal(index(s)).sqrt()


@precisely
def effective_number(s):
    return 1 / index(s)


@precisely
def ratio(s, k):
    return sum(sorted(s)[max(0, len(s) - int(k)):], Fraction(0))


def items_for_share(values, share):
    """The smallest k whose ratio, as a double, is not below the share."""
    s = shares(values)
    if s is None or not 0 <= share <= 1:
        return None
    k, largest, reached = 0, sorted(s, reverse=True), Fraction(0)
    while float(reached) < share:
        reached += largest[k]
        k += 1
    return Fraction(k)


@precisely
def entropy(s):
    return sum((-decimal(x) * decimal(x).ln() for x in s if x), Decimal(0))


@precisely
def theil(s):
    return sum((decimal(x) * decimal(len(s) * x).ln() for x in s if x), Decimal(0))


@precisely
def mean_log_deviation(s):
    return None if 0 in s else sum((-decimal(len(s) * x).ln() for x in s), Decimal(0)) / len(s)


@precisely
def gini(s):
    n = len(s)
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(s), 1)) / n


def lorenz(values):
    s = shares(values)
    if s is None:
        return [None] * (len(values) + 1) if values else []
    points = [Fraction(0)]
    for x in sorted(s):
        points.append(points[-1] + x)
    return points


def dissimilarity(values, reference):
    s, w = shares(values), shares(reference)
    return None if s is None or w is None else sum(abs(a - b) for a, b in zip(s, w)) / 2


METHODS = [herfindahl, herfindahl_normalised, unctad, hirschman, effective_number, entropy, theil, mean_log_deviation]


def matrix(method, values, rows, columns, of):
    if of == 1:
        return [METHODS[method](values[r * columns:(r + 1) * columns]) for r in range(rows)]
    return [METHODS[method](values[c::columns]) for c in range(columns)]


def decomposition(method, values, group, groups):
    """The groups' measures, then within and between."""
    method, groups = int(method), int(groups)
    members = [[v for v, g in zip(values, group) if g == k] for k in range(groups)]
    measures = [METHODS[method](m) if m else None for m in members]
    present = [k for k in range(groups) if members[k]]
    if not all(map(math.isfinite, values)) or not any(values):
        return measures + [None, None]
    with localcontext() as context:
        context.prec = DIGITS
        n, exact = len(values), [sum(map(Fraction, m)) for m in members]
        total = sum(exact)
        within, between = Fraction(0), Decimal(0)
        for k in present:
            weight = exact[k] / total if method == T else Fraction(len(members[k]), n)
            relative = exact[k] * n / (total * len(members[k]))
            if method == T and not exact[k]:
                continue
            within = None if within is None or measures[k] is None else within + weight * measures[k]
            if between is not None and relative:
                between += decimal(weight) * decimal(relative).ln() * (1 if method == T else -1)
            else:
                between = None
    return measures + [within, None if between is None else Fraction(between)]


NEXT = 1 + 2.0 ** -52
ARRAYS = [[1.0], [3.7e11], [5e-324], [1.7e308], [1.0, 1.0], [1.0] * 3, [0.1] * 10, [1.0] * 64, [1.0, 0.0], [0.0, -0.0, 5.0], [1.0, 2.0, 3.0],
          [8.0, 2.0], [0.5, 0.25, 0.125, 0.125], [1.0, NEXT], [1.0, 1.0, NEXT], [1.0] * 49 + [1 - 2.0 ** -53], [0.1, math.nextafter(0.1, 1), 0.1],
          [1e300, 2e300, 3e300], [1e-300, 2e-300, 4e-300], [1e308] * 12, [5e-324, 1e-323, 0.0], [1.0, 1e-30], [1.0, 1e-20, 1e-20], [1e15, 1.0, 0.1, 1e-9],
          [1e12] + [1e-6] * 20, [float(k) for k in range(1, 41)], [float(k * k) for k in range(40, 0, -1)], [2.0 ** k for k in range(20)],
          [1.0, 2.0, 2.0, 2.0, 2.0, 1.0], [3.0, 9.0, 1.0], [1.0, 3.0], [1.0, 1 / 3], [0.3333, 0.3333, 0.3334], [100.0, 101.0, 99.0, 100.0, 100.5],
          [45.25, 13.7, 0.05, 41.0, 0.0, 0.0], [1 + k * 2.0 ** -30 for k in range(30)], [1e300, 1e-300], [2.0, 4.0, 1.0, 0.5, 8.0]]
UNDEFINED = [[], [0.0], [0.0, 0.0, -0.0], [NAN], [1.0, NAN], [1.0, INF, 2.0], [-INF, 1.0], [1.0, -1.0], [-5e-324, 1.0], [-1.0, -2.0]]

PAIRS = [([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]), ([1.0, 0.0], [0.0, 1.0]), ([1.0, 1.0], [1.0, 0.0]),
         ([1.0, 2.0, 3.0], [10.0, 20.0, 30.0]), ([0.1, 0.2, 0.3], [0.2, 0.4, 0.6]), ([1.0, 1.0], [1.0, NEXT]), ([1.0, 1.0, NEXT], [NEXT, 1.0, 1.0]),
         ([1e300, 2e300], [1e-300, 3e-300]), ([5e-324, 5e-324], [1.7e308, 1.6e308]), ([5.0], [7.0]), ([0.0, 5.0], [1.0, 4.0]), ([1.0, 1e-20], [1.0, 3e-20]),
         ([1 / 3, 2 / 3], [1.0, 2.0]), ([0.7, 0.2, 0.1], [0.6, 0.25, 0.15]), ([100.0, 50.0, 25.0, 5.0], [1e6, 2e6, 3e6, 1e5]), ([1.0] * 30, [1.0] * 29 + [NEXT]),
         ([float(k) for k in range(30)], [float(k * k) for k in range(30)]), ([1.0] * 20, [float(k + 1) for k in range(20)]), ([0.0, 0.0], [1.0, 1.0]),
         ([1.0, 1.0], [0.0, 0.0]), ([1.0, NAN], [1.0, 1.0]), ([1.0, 1.0], [INF, 1.0]), ([1.0, -1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, -1.0]), ([], []),
         ([3.0, 1.0], [1.0, 1.0]), ([12.5, 12.5, 75.0], [25.0, 25.0, 50.0]), ([0.0, 0.0, 1.0], [1.0, 1.0, 1.0]), ([1e-9, 1.0, 1e9], [1e9, 1.0, 1e-9]),
         ([9.0, 9.0, 9.0, 1e-12], [3.0, 3.0, 3.0, 2e-12])]

GROUPS = [([1.0, 2.0, 3.0, 4.0], [0, 0, 1, 1]), ([1.0, 1.0, 1.0, 1.0], [0, 1, 0, 1]), ([1.0, 2.0, 3.0], [0, 0, 0]), ([1.0, 2.0, 3.0], [0, 1, 2]),
          ([1.0, 2.0, 3.0], [2, 1, 0]), ([5.0, 1.0, 5.0, 1.0], [0, 0, 1, 1]), ([5.0, 1.0, 5.0, 1.0], [0, 1, 0, 1]), ([1.0, NEXT, 1.0, 1.0], [0, 0, 1, 1]),
          ([1.0, 1.0, NEXT, NEXT], [0, 0, 1, 1]), ([0.0, 1.0, 2.0], [0, 1, 1]), ([0.0, 1.0, 2.0], [0, 0, 1]), ([1.0, NAN, 2.0, 3.0], [0, 0, 1, 1]),
          ([1.0, INF, 2.0, 3.0], [0, 1, 2, 2]), ([0.0, 0.0], [0, 1]), ([1e300, 2e300, 1e299], [0, 1, 1]), ([1e-300, 2e-300, 1e-299], [0, 1, 1]),
          ([float(k) for k in range(1, 31)], [k % 3 for k in range(30)]), ([float(k * k) for k in range(1, 31)], [k // 10 for k in range(30)]),
          ([7.0], [2]), ([1.0, 1e-20, 3.0], [0, 1, 2]), ([100.0, 102.0, 98.0, 101.0, 99.0], [0, 0, 1, 1, 1])]


def lines():
    yield from published()
    bounds = {herfindahl: 0.51, herfindahl_normalised: 0.51, unctad: 7, hirschman: 1.1, effective_number: 0.51, entropy: 6, theil: 20,
              mean_log_deviation: 20, gini: 0.51}
    for function, ulps in bounds.items():
        yield f"{function.__name__}: one, equal, nearly equal, huge, tiny, of great range; then what has none"
        for v in ARRAYS + UNDEFINED:
            yield Line(function.__name__, (v,), function(v), ulps)
    yield "ratio: none, one, two, all but one, all and more"
    for v in ARRAYS + UNDEFINED:
        for k in sorted({0, 1, 2, 4, max(0, len(v) - 1), len(v), len(v) + 1}):
            yield Line("ratio", (v, float(k)), ratio(v, k), 0.51)
    yield "items_for_share: shares that are reached just so, or just not"
    for v in ARRAYS + UNDEFINED:
        for share in (0.0, 5e-324, 0.25, 0.5, 0.75, 0.8, 0.95, math.nextafter(1, 0), 1.0):
            yield Line("items_for_share", (v, share), items_for_share(v, share), 0)
    for share in (-5e-324, math.nextafter(1, 2), NAN, INF, -INF):
        yield Line("items_for_share", ([1.0, 2.0], share), None, 0)
    yield "lorenz"
    for v in ARRAYS + [u for u in UNDEFINED if u and not any(-INF < x < 0 for x in u)]:
        if len(v) < 64:
            yield Line("lorenz", (v,), lorenz(v), 0.51)
    yield "dissimilarity: the same, nothing in common, the same but for a bit; then what has none"
    for a, b in PAIRS:
        yield Line("dissimilarity", (a, b), dissimilarity(a, b), 0.51)
    yield "matrix: method, values, rows, columns, of rows (1) or columns (2)"
    m = [1.0, 2.0, 3.0, 4.0, 0.0, 6.0, 0.0, 0.0, 0.0, 1e10, 1e10, 2e10]
    for of in (1, 2):
        for method in range(8):
            for values, rows, columns in ((m, 4, 3), (m, 3, 4), (m, 1, 12), (m, 12, 1), ([1.0, NAN, 2.0, 3.0, INF, 5.0], 3, 2)):
                yield Line("matrix", (float(method), values, float(rows), float(columns), float(of)), matrix(method, values, rows, columns, of), 20)
    yield "theil_decomposition: method, values, groups; the measures of three groups, within, between"
    for v, g in GROUPS:
        for method in (T, L):
            yield Line("theil_decomposition", (float(method), v, list(map(float, g))), decomposition(method, v, g, 3), 24)


def published():
    """Lines whose function begins with printed_ give what prints with the decimals that are the last argument."""
    yield "HHI in points: US Department of Justice, Herfindahl-Hirschman Index (30, 30, 20 and 20 per cent: 2,600)"
    yield Line("printed_points", ([30.0, 30.0, 20.0, 20.0], 0.0), 2600.0, 0)
    yield "HHI in points, Hirschey, Managerial Economics: a firm alone, and four of a quarter each"
    yield Line("printed_points", ([100.0], 0.0), 10000.0, 0)
    yield Line("printed_points", ([25.0] * 4, 0.0), 2500.0, 0)
    yield "HHI in points of nine firms, before and after mergers: industrialorganization.blogspot.com, March 2006"
    yield Line("printed_points", ([25.0, 20.0, 15.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0], 0.0), 1540.0, 0)
    yield Line("printed_points", ([25.0, 20.0, 15.0, 10.0, 9.0, 8.0, 7.0, 6.0], 0.0), 1580.0, 0)
    yield Line("printed_points", ([45.0, 15.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0], 0.0), 2540.0, 0)
    yield "HHI in points of eight: Investopedia, Herfindahl-Hirschman Index"
    yield Line("printed_points", ([10.0, 9.0, 12.0, 15.0, 12.0, 11.0, 15.0, 16.0], 0.0), 1296.0, 0)
    yield "CR-4 in percent: 300hours.com, n-firm concentration ratio and HHI, before and after a merger"
    yield Line("printed_percent", ([30.0, 20.0, 15.0, 15.0, 10.0, 10.0], 4.0, 0.0), 80.0, 0)
    yield Line("printed_percent", ([50.0, 15.0, 15.0, 10.0, 10.0], 4.0, 0.0), 90.0, 0)
    yield "Doersam (2004), Wirtschaftsstatistik anschaulich dargestellt, as R's package REAT has it: sales of four firms"
    v = [20.0, 50.0, 20.0, 10.0]
    for what, decimals, printed in (("herfindahl", 2, 0.34), ("herfindahl_normalised", 2, 0.12), ("gini", 1, 0.3), ("gini_corrected", 1, 0.4)):
        yield Line("printed_" + what, (v, float(decimals)), printed, 0)
    yield "REAT: GDP of Germany's 16 Laender in 2015, thousand million euros (regional accounts)"
    yield Line("printed_gini", ([460.69, 549.19, 124.16, 65.29, 31.59, 109.27, 263.44, 39.87, 258.53, 645.59, 131.95, 35.03, 112.66, 56.22, 85.61, 56.81], 4.0),
               0.5009, 0)
    yield "Stoermann (2009), Regionaloekonomik, as REAT has it: Theil's L"
    yield Line("printed_mean_log_deviation", ([10.0, 10.0, 10.0, 20.0, 50.0], 7.0), 0.2326302, 0)
    yield "Farhauer and Kroell (2013), Standorttheorien, as REAT has it: structures with nothing in common, Krugman's index"
    yield Line("printed_krugman", ([20.0, 10.0, 70.0, 0.0, 0.0], [0.0, 0.0, 0.0, 60.0, 40.0], 0.0), 2.0, 0)
    yield "R's package concstats, its introduction: HHI, normalised, effective number, CR-1, -3 and -5 in percent, Shannon's entropy in bits"
    v = [0.35, 0.4, 0.05, 0.1, 0.06, 0.04]
    for what, decimals, printed in (("herfindahl", 4, 0.3002), ("herfindahl_normalised", 5, 0.16024), ("effective_number", 2, 3.33), ("bits", 6, 2.036449)):
        yield Line("printed_" + what, (v, float(decimals)), printed, 0)
    for k, printed in ((1, 40), (3, 85), (5, 96)):
        yield Line("printed_percent", (v, float(k), 0.0), float(printed), 0)
    yield Line("printed_effective_number", ([0.2, 0.3, 0.5], 2.0), 2.63, 0)
    yield "Product per head of Mexico's 32 states in five groups, 1940 and 2000 (Rey and Sastre Gutierrez 2010), as PySAL's inequality prints it: Theil's T,"
    yield "its part between the groups, the Gini index; within is T less between"
    for v, all_of, between, within in ((MEXICO_1940, 0.20894344, 0.0345889, 0.17435454), (MEXICO_2000, 0.10660832, 0.03635872, 0.0702496)):
        yield Line("printed_theil", (v, 8.0), all_of, 0)
        yield Line("printed_between", (v, MEXICO_GROUPS, 8.0), between, 0)
        yield Line("printed_within", (v, MEXICO_GROUPS, 8.0), within, 0)
    yield Line("printed_gini", (MEXICO_1940, 12.0), 0.353723711735, 0)


MEXICO_1940 = [10384.0, 22361.0, 9573.0, 3758.0, 2934.0, 8578.0, 8537.0, 6909.0, 17816.0, 12132.0, 4359.0, 2181.0, 4414.0, 5309.0, 3408.0, 3327.0,
               6936.0, 4836.0, 9073.0, 1892.0, 3569.0, 11016.0, 21965.0, 4372.0, 4840.0, 6399.0, 2459.0, 7508.0, 3605.0, 5203.0, 7990.0, 3734.0]
MEXICO_2000 = [27782.0, 29855.0, 26103.0, 36163.0, 8684.0, 30735.0, 28460.0, 21358.0, 54349.0, 17379.0, 15585.0, 11820.0, 12348.0, 21610.0, 16322.0,
               11838.0, 18170.0, 11478.0, 38672.0, 9010.0, 15685.0, 26149.0, 33442.0, 15866.0, 15242.0, 24068.0, 13360.0, 23546.0, 11701.0, 12191.0,
               17509.0, 11130.0]
MEXICO_GROUPS = [float(g) for g in (2, 1, 2, 5, 5, 1, 1, 3, 4, 2, 3, 5, 3, 3, 4, 3, 3, 2, 1, 5, 3, 3, 5, 2, 2, 1, 5, 1, 3, 3, 5, 2)]
