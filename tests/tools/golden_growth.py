"""Growth: golden vectors, and the exact definitions (EXACT) that bounds_growth.py uses too."""
import math
from decimal import Decimal, Overflow, getcontext
from fractions import Fraction

from golden import Line

getcontext().prec = 60
LARGEST = Fraction(math.ldexp(1 - 2.0 ** -53, 1023) * 2)
NAN, INF = math.nan, math.inf


def decimal(x):
    x = Fraction(x)
    return Decimal(x.numerator) / Decimal(x.denominator)


def defined(condition, formula):
    """formula of exact arguments, None where an argument is missing, the condition fails or the result overflows."""
    def exact(*arguments):
        flat = [x for a in arguments for x in (a if isinstance(a, list) else [a])]
        if not all(map(math.isfinite, flat)):
            return None
        arguments = [list(map(Fraction, a)) if isinstance(a, list) else Fraction(a) for a in arguments]
        if not condition(*arguments):
            return None
        x = Fraction(formula(*arguments))
        return x if abs(x) <= LARGEST else None
    return exact


def exp_less_1(x):
    try:
        return Fraction(decimal(x).exp() - 1)
    except Overflow:
        return LARGEST * 2


def power_less_1(base, exponent):
    """base^exponent - 1"""
    return Fraction(-1) if base == 0 else exp_less_1(decimal(base).ln() * decimal(exponent))


def slope(y, t):
    n, mean = len(t), sum(t) / len(t)
    logs = [Fraction(decimal(x).ln()) for x in y]
    return sum((a - mean) * b for a, b in zip(t, logs)) / sum((a - mean) ** 2 for a in t)


def product(rates):
    x = Fraction(1)
    for r in rates:
        x *= 1 + r
    return x


def constant(current, base, current_price, base_price):
    return (current * base_price / current_price - base) / base


EXACT = {name: defined(*rule) for name, rule in {
    "rate": (lambda c, b: b > 0, lambda c, b: (c - b) / b),
    "change": (lambda c, b: True, lambda c, b: c - b),
    "log": (lambda c, b: c > 0 and b > 0, lambda c, b: decimal(c / b).ln()),
    "implied_base": (lambda c, g: g > -1, lambda c, g: c / (1 + g)),
    "implied_current": (lambda b, g: g >= -1, lambda b, g: b * (1 + g)),
    "points": (lambda a, b: True, lambda a, b: a - b),
    "compound": (lambda c, b, n: b > 0 and c >= 0 and n > 0, lambda c, b, n: power_less_1(c / b, 1 / n)),
    "exponential": (lambda c, b, n: b > 0 and c > 0 and n > 0, lambda c, b, n: decimal(c / b).ln() / decimal(n)),
    "annualised": (lambda g, k: g >= -1 and k > 0, lambda g, k: power_less_1(1 + g, k)),
    "chained": (lambda r: all(x >= -1 for x in r), lambda r: product(r) - 1),
    "average": (lambda r: r and all(x >= -1 for x in r), lambda r: power_less_1(product(r), Fraction(1, len(r)))),
    "least_squares": (lambda y, t: len(set(t)) > 1 and min(y) > 0, lambda y, t: exp_less_1(slope(y, t))),
    "contribution": (lambda c, b, total: total > 0, lambda c, b, total: (c - b) / total),
    "increase_share": (lambda c, b, ct, bt: ct != bt, lambda c, b, ct, bt: (c - b) / (ct - bt)),
    "constant_rate": (lambda c, b, pc, pb: b > 0 and pc > 0 and pb > 0, constant),
    "carry_over": (lambda v: v and sum(v) > 0, lambda v: (len(v) * v[-1] - sum(v)) / sum(v)),
    "year_to_date": (lambda c, b: sum(b) > 0, lambda c, b: (sum(c) - sum(b)) / sum(b)),
    "index": (lambda c, b: b > 0, lambda c, b: 100 * c / b),
}.items()}


def lines():
    yield from published()
    for name, ulps in (("rate", 1.5), ("change", 0), ("log", 2.5), ("points", 0), ("index", 1.5)):
        yield f"{name}: any sign, zero, near each other, far apart, missing"
        for c, b in PAIRS:
            yield case(name, (c, b), ulps)
    yield "implied values: any sign, nothing left, rates next to -1"
    for v in (0.0, 1.0, 1.46e12, -3.5):
        for g in (0.205, -0.25, 0.0, -1.0, -1.1, 1e9, 1e-17, math.nextafter(-1, 0), NAN, INF):
            yield case("implied_base", (v, g), 1.5)
            yield case("implied_current", (v, g), 1.5)
    yield from powers()
    yield from series()
    yield from several()


def case(name, arguments, ulps):
    return Line(name, arguments, EXACT[name](*arguments), ulps)


PAIRS = [(120.5, 100.0), (100.0, 120.5), (100.0, 100.0), (100.0, math.nextafter(100, 0)), (math.nextafter(1, 2), 1.0),
         (0.0, 7.0), (-0.0, 7.0), (-7.0, 7.0), (7.0, 0.0), (7.0, -0.0), (7.0, -7.0), (1e300, 1e-300), (1e-300, 1e300),
         (5e-324, 1e-323), (1.5e-323, 5e-324), (3.0, 1e17), (1e17, 3.0), (2.0, 1.0), (math.nextafter(2, 3), 1.0),
         (1.0, 2.0), (1.0, math.nextafter(2, 3)), (1e308, 1e-3), (-1e200, 1e-200), (NAN, 1.0), (1.0, NAN), (NAN, NAN),
         (INF, 1.0), (1.0, INF), (INF, INF), (-INF, 1.0), (45642.7, 54152.9), (0.1, 0.3), (0.205, 0.156)]


def powers():
    yield "years of any length; a value of 0 at the end is a rate of -1"
    for c, b in ((2.0, 1.0), (1.0, 2.0), (3.1e12, 2.9e12), (0.0, 5.0), (5.0, 0.0), (-1.0, 1.0), (1.0, -1.0), (1e300, 1e-300),
                 (1e-300, 1e300), (1e-320, 7.0), (math.nextafter(1, 2), 1.0), (NAN, 1.0), (1.0, INF)):
        for n in (1.0, 2.0, 10.0, 0.5, 1 / 12, 7.25):
            rate = EXACT["compound"](c, b, n)
            yield case("compound", (c, b, n), 6 * worse(rate))
            yield case("exponential", (c, b, n), 4.5)
    for n in (0.0, -1.0, NAN, INF):
        yield case("compound", (2.0, 1.0, n), 0)
        yield case("exponential", (2.0, 1.0, n), 0)
    for g in (0.02, -0.02, 0.0, 1e-17, -1.0, math.nextafter(-1, 0), -1.01, 3.0, NAN, INF):
        for k in (1.0, 4.0, 12.0, 252.0, 0.5, 1 / 3, 0.0, -1.0, NAN):
            yield case("annualised", (g, k), 4 * worse(EXACT["annualised"](g, k)))


def worse(rate):
    """The factor by which the bound of a power is larger for a positive result."""
    return 1 + math.log1p(rate) if rate and rate > 0 else 1


def series():
    yield "chains: growth and its undoing, total loss, huge and tiny factors in one chain"
    for rates in ([], [0.05], [0.25, -0.2], [0.01] * 12, [0.1, -0.1] * 10, [-1.0, 5.0], [-1.0], [-1.5], [0.1, NAN], [INF],
                  [1e200, 1e200, -1 + 2.0 ** -53] + [-1 + 2.0 ** -53] * 10, [1e300] * 3, [1e-17], [1e-17] * 20,
                  [0.5, -1 / 3], [-1 + 2.0 ** -53] * 64, [-0.5, 1.0], [1e308, 1e308], [0.029, -0.021, 0.083, 0.0]):
        exact = EXACT["chained"](rates)
        # The bound also has an absolute part, n * 2^-102.
        ulps = 0 if exact is None or exact == 0 else 0.6 + float(len(rates) * 2.0 ** -102 / math.ulp(float(exact)))
        yield case("chained", (rates,), ulps)
        exact = EXACT["average"](rates)
        ulps = 6 * worse(exact) + float(2.0 ** -101 / math.ulp(float(exact))) if exact else 0
        yield case("average", (rates,), ulps)
    yield "trends: years with a large offset, any order, uneven, the same year twice"
    years = [float(y) for y in range(2015, 2025)]
    goods = [24.55, 24.33, 27.79, 30.51, 31.54, 32.16, 39.1, 42.07, 41.76, 43.85]
    for y, t in ((goods, years), (goods[::-1], years[::-1]), (goods, [t - 2015 for t in years]), (goods[:2], years[:2]),
                 (goods[:3], [2015.0, 2015.0, 2016.0]), (goods[:3], [2015.25, 2016.0, 2019.5]), ([5.0] * 4, years[:4]),
                 ([1.0, 2.0, 4.0, 8.0], [0.0, 1.0, 2.0, 3.0]), ([8.0, 4.0, 2.0, 1.0], [-3.0, -2.0, -1.0, 0.0]),
                 ([1e300, 1e-300], [0.0, 1e3]), ([1.0, 1.0 + 1e-9], [2.0 ** 53, 2.0 ** 53 + 2]),
                 ([1.0, 1.0 + 1e-9, 1.0 + 2e-9], [1e-30, 2e-30 + 1e-33, 1e20]), ([1.0, 3.0], [1e-25, 2.0]),
                 (goods[:3], [2015.0] * 3), ([5.0], [1.0]), ([], []), ([1.0, 0.0], [1.0, 2.0]), ([1.0, -1.0], [1.0, 2.0]),
                 ([1.0, NAN], [1.0, 2.0]), ([1.0, 2.0], [1.0, NAN]), ([1.0, INF], [1.0, 2.0]), ([1.0, 2.0], [1.0, INF]),
                 ([1.0, 2.0], [0.0, 1e-9])):
        yield case("least_squares", (y, t), 16 * worse(EXACT["least_squares"](y, t)))


def several():
    yield "contributions and shares of the increase"
    for args in ((12.0, 10.0, 40.0), (10.0, 12.0, 40.0), (-3.0, 5.0, 7.0), (1.0, 1.0, 3.0), (0.1, 0.3, 0.7), (1.0, 2.0, 0.0),
                 (1.0, 2.0, -1.0), (NAN, 1.0, 1.0), (1.0, NAN, 1.0), (1.0, 1.0, NAN), (1.0, 1.0, INF), (INF, 1.0, 1.0),
                 (1e300, 1.0, 1e-10)):
        yield case("contribution", args, 1.5)
    for args in ((12.0, 10.0, 50.0, 40.0), (12.0, 10.0, 40.0, 50.0), (1.0, 2.0, 3.0, 3.0), (1.0, 1.0, 3.0, 2.0),
                 (0.3, 0.1, 0.7, 0.1), (-1.0, 1.0, -5.0, -6.0), (NAN, 1.0, 2.0, 1.0), (1.0, NAN, 2.0, 1.0),
                 (1.0, 1.0, NAN, 1.0), (1.0, 1.0, 2.0, NAN), (1.0, 0.5, INF, 1.0), (1.0, 0.5, 1.0, INF), (INF, 0.5, 2.0, 1.0)):
        yield case("increase_share", args, 2.5)
    yield "constant rates: 6.90 yuan a dollar becomes 6.45; restated growth next to nothing; all scales"
    for args in ((226.2, 200.0, 6.45, 6.9), (110.0, 100.0, 1.0, 1.0), (110.0, 100.0, 1.1, 1.0), (100.0, 110.0, 1.0, 1.1),
                 (0.1 + 0.2, 0.3, 0.7, 0.7), (1e-200, 3e-200, 6.9, 6.45), (1e200, 3e-200, 1e-150, 1e150), (1e300, 1e300, 3e-300, 1e-300),
                 (0.0, 5.0, 1.0, 2.0), (0.0, 1e-300, 1e-300, 1e300), (-5.0, 5.0, 1.0, 2.0), (5.0, 0.0, 1.0, 1.0), (5.0, 5.0, 0.0, 1.0),
                 (5.0, 5.0, 1.0, 0.0), (5.0, 5.0, -1.0, 1.0), (1e30, 1.0, 1.0, 1.0), (1.0, 1e30, 1.0, 1.0), (100.0, 3.0, 6.9, 6.45), (1e15, 3.0, 7.0, 1.0),
                 (NAN, 1.0, 1.0, 1.0), (1.0, NAN, 1.0, 1.0), (1.0, 1.0, NAN, 1.0), (1.0, 1.0, 1.0, INF), (5e-324, 5e-324, 3.0, 2.0)):
        yield case("constant_rate", args, 2.5)
    yield "carry-over and year to date: exact totals, cancelling ones, none"
    for v in ([100.0, 102.0, 104.0, 110.0], [0.1] * 10, [0.1, 0.2, 0.3], [5.0], [], [0.0, 0.0], [1.0, -2.0], [1.0, NAN], [INF, 1.0],
              [1e16, 1.0, -1e16, 1.0], [1e30, 1e-20, 1.0], [3.0, 0.0]):
        yield case("carry_over", (v,), 2.5)
    for c, b in (([1.0, 2.0, 3.0], [1.0, 2.0, 2.5]), ([0.1] * 3, [0.3, 0.0, 0.0]), ([1e16, 1.0], [1e16, 0.5]), ([], []), ([1.0], [0.0]),
                 ([1.0, 2.0], [-2.0, 1.0]), ([NAN, 1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, NAN]), ([-4.0, 1.0], [1.0, 1.0])):
        yield case("year_to_date", (c, b), 2.5)


def published():
    """printed_* give what prints in percent with one decimal. Only pairs whose base is the one that the growth refers to."""
    yield "China's trade in services, 100 million yuan, Ministry of Commerce press releases of 2022-01-30, 2023-01-30,"
    yield "2024-02-01 and 2025-01: total, exports, imports and the growth they print (2019's levels and 2020's two parts were not"
    yield "looked up in a release; the printed growth confirms them to its digits)"
    for year, values, base, printed in (
            (2020, (45642.7, 19356.7, 26286.0), (54152.9, 19564.0, 34588.9), (-15.7, -1.1, -24.0)),
            (2021, (52982.7, 25435.0, 27547.7), (45642.7, 19356.7, 26286.0), (16.1, 31.4, 4.8)),
            (2022, (59801.9, 28522.4, 31279.5), (52982.7, 25435.0, 27547.7), (12.9, 12.1, 13.5)),
            (2023, (65754.3, 26856.6, 38897.7), (59801.9, 28522.4, 31279.5), (10.0, -5.8, 24.4)),
            (2024, (75238.0, 31755.6, 43482.4), (65754.3, 26856.6, 38897.7), (14.4, 18.2, 11.8))):
        for c, b, g in zip(values, base, printed):
            yield Line("printed_rate", (c, b), g, 0)
    yield "the same: knowledge-intensive services, 2021 on 2020"
    yield Line("printed_rate", (23258.9, 20331.0), 14.4, 0)
    yield "Goods trade, trillion yuan, General Administration of Customs: 2016 to 2019 and 2024 on the year before, as first"
    yield "published (2015 to 2019 from secondary sources)"
    for c, b, g in ((24.33, 24.55, -0.9), (27.79, 24.33, 14.2), (13.84, 14.12, -2.0), (15.33, 13.84, 10.8), (16.42, 15.33, 7.1),
                    (31.54, 30.51, 3.4), (43.85, 41.76, 5.0), (25.45, 23.77, 7.1)):
        yield Line("printed_rate", (c, b), g, 0)
    yield "Digital trade 2020 grew by 20.5 %, 15.6 points more than trade in services (China Daily, 2021): services grew by 4.9 %"
    yield Line("printed_points", (0.205, 0.156), 4.9, 0)
    yield "and 1.46 trillion yuan imply 1.212 trillion a year before: what grows by 20.5 % from there is it again"
    yield Line("implied_base", (1.46e12, 0.205), Fraction(1.46e12) / (1 + Fraction(0.205)), 1.5)
