"""Share: golden vectors, and the exact definitions that bounds_share.py uses too."""
import math
from fractions import Fraction

from golden import Line

NAN, INF = math.nan, math.inf


def shares(values):
    """None throughout if one is missing or the total is not positive."""
    if not all(map(math.isfinite, values)) or sum(map(Fraction, values)) <= 0:
        return [None] * len(values)
    total = sum(map(Fraction, values))
    return [Fraction(v) / total for v in values]


def share(part, total):
    return Fraction(part) / Fraction(total) if math.isfinite(part) and math.isfinite(total) and part >= 0 and total > 0 else None


def change(current, base):
    return [None if c is None or b is None else c - b for c, b in zip(shares(current), shares(base))]


def percent(values, decimals):
    """Hamilton's method: rounded down, and the units that lack to the largest remainders, the first among equals."""
    exact = shares(values)
    if None in exact:
        return exact
    quotas = [s * 100 * 10 ** decimals for s in exact]
    units = [math.floor(q) for q in quotas]
    order = sorted(range(len(values)), key=lambda i: (units[i] - quotas[i], i))
    for i in order[:100 * 10 ** decimals - sum(units)]:
        units[i] += 1
    return [Fraction(u, 10 ** decimals) for u in units]


def shift(current, base, reference_current, reference_base):
    """common, structural, own of each item, one list after the other"""
    known = all(map(math.isfinite, reference_current + reference_base)) and sum(reference_base) > 0
    overall = Fraction(sum(map(Fraction, reference_current))) / sum(map(Fraction, reference_base)) - 1 if known else None
    common, structural, own = [], [], []
    for c, b, rc, rb in zip(current, base, reference_current, reference_base):
        growth = Fraction(rc) / Fraction(rb) - 1 if math.isfinite(rc) and math.isfinite(rb) and rb > 0 else None
        here, there = math.isfinite(b), math.isfinite(c)
        common.append(Fraction(b) * overall if here and known else None)
        structural.append(Fraction(b) * (growth - overall) if here and known and growth is not None else None)
        own.append(Fraction(c) - Fraction(b) * (1 + growth) if here and there and growth is not None else None)
    return common + structural + own


def lines():
    yield from published()
    yield "share: above 1 is one too; nothing of something; something of nothing; missing"
    for part, total in ((1.0, 3.0), (3.0, 1.0), (0.0, 1.0), (-0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (-1.0, 2.0), (1.0, -2.0), (-1.0, -2.0),
                        (NAN, 1.0), (1.0, NAN), (INF, 1.0), (1.0, INF), (INF, INF), (5e-324, 1e-323), (1e308, 3e307)):
        yield Line("share", (part, total), share(part, total), 0.5 if total else 0)
    yield "arrays: equal, cancelling rounding, large among small, zeros, missing"
    for v in ARRAYS:
        yield Line("array", (v,), shares(v), 1.5)
        for decimals in (0, 1, 2, 9):
            yield Line("percent", (v, float(decimals)), percent(v, decimals), 0)
    yield "printed shares that tie or nearly do"
    for v, decimals in TIES:
        yield Line("percent", (v, float(decimals)), percent(v, decimals), 0)
    yield "changes"
    for c, b in (([1.0, 3.0], [1.0, 1.0]), ([1.0, 0.0], [0.0, 1.0]), ([2.0, 0.0, 2.0], [1.0, 1.0, 2.0]), ([0.0, 0.0], [1.0, 1.0]),
                 ([1.0, 1.0], [0.0, 0.0]), ([1.0, NAN], [1.0, 1.0]), ([1.0, 1.0], [1.0, INF]), ([7.0], [5.0])):
        yield Line("change", (c, b), change(c, b), 1)
    yield "shift-share: the reference as a whole, an item that it lacks, a missing value here and there"
    for arguments in (([12.0, 30.0], [10.0, 20.0], [110.0, 240.0], [100.0, 200.0]),
                      ([5.0, 0.0, 3.0], [4.0, 2.0, 0.0], [10.0, 5.0, 8.0], [8.0, 4.0, 4.0]),
                      ([5.0, 1.0], [4.0, 1.0], [10.0, 5.0], [8.0, 0.0]), ([5.0, 1.0], [4.0, 1.0], [10.0, 5.0], [0.0, 0.0]),
                      ([NAN, 1.0], [4.0, 1.0], [10.0, 5.0], [8.0, 4.0]), ([5.0, 1.0], [4.0, INF], [10.0, 5.0], [8.0, 4.0]),
                      ([5.0, 1.0], [4.0, 1.0], [NAN, 5.0], [8.0, 4.0]), ([5.0, 1.0], [4.0, 1.0], [10.0, 5.0], [8.0, NAN])):
        yield Line("shift", arguments, shift(*arguments), 4)


ARRAYS = [[1.0], [1.0] * 3, [1.0] * 6, [1.0] * 7, [1.0] * 9, [0.1] * 13, [1.0, 2.0, 3.0], [1.0, 0.0, 0.0], [0.0, -0.0, 5.0],
          [1e15, 1.0, 0.1, 1e-9], [1e-20, 3e-20, 1e-21], [1e30, 1e-8, 1.0, 5e29], [45.25, 13.7, 0.05, 41.0], [0.0, 0.0], [],
          [1.0, NAN, 2.0], [1.0, INF], [NAN], [1.0] * 64, [2.0] + [1.0] * 63, [0.7, 0.1, 0.1, 0.1], [5e37] * 2, [1e37, 1.0]]

# The remainders of the first are 1/2 unit each; then all are equal but one, by less than the arithmetic of doubles can see.
TIES = [([1.0, 1.0], 0), ([0.5, 99.5], 0), ([99.5, 0.5], 0), ([1.5, 1.5, 97.0], 0), ([0.25, 0.25, 0.25, 99.25], 1),
        ([1 / 3, math.nextafter(1 / 3, 1), 1 / 3], 1), ([1 / 3, 1 / 3, math.nextafter(1 / 3, 1)], 1),
        ([math.nextafter(1 / 3, 0), 1 / 3, 1 / 3], 1), ([0.5, 0.5 + 2.0 ** -53, 99.5 - 2.0 ** -46], 0),
        ([0.5, 1.0, 0.5 + 2.0 ** -53, 98.0 - 2.0 ** -53], 0), ([2.0 ** -60, 2.0 ** 60, 2.0 ** -60 + 2.0 ** -100], 0),
        ([1e-30, 1e-30, 1.0], 0), ([1e38, 7e37], 9), ([1e-15, 1e-15, 1e15], 9), ([2.0 ** 70 + 2.0 ** 20, 2.0 ** 70, 2.0 ** 70], 9),
        ([3.0, 3.0, 3.0, 1.0], 0), ([float(k) for k in range(1, 65)], 0), ([float(k) for k in range(64, 0, -1)], 1)]


def published():
    """printed_share gives what prints in percent, with the decimals that are the third argument."""
    yield "China's trade as a percentage of GDP, World Development Indicators, from the same source's exports, imports and GDP:"
    yield "goods and services NE.TRD.GNFS.ZS 2015, 2019 to 2024 (their sum is exact here, so that one share is printed)"
    for exports, imports, gdp, printed in (
            (2362097053268.77295, 2003260696070.08472, 11280814787468.91406, 38.69718),
            (2628941104664.36084, 2496153305898.83203, 14560167101283.43945, 35.19942),
            (2729884575161.68848, 2374737462771.45703, 14996414166715.0918, 34.03895),
            (3554107780955.90381, 3093278397248.66406, 18201698719563.96094, 36.52069),
            (3717887818650.35693, 3140040863531.47656, 18316765021690.16016, 37.44072),
            (3490089712359.71582, 3106457704272.38965, 18270356654533.20703, 36.10519),
            (3753056083353.75342, 3219342570131.9248, 18743803170827.16406, 37.19842)):
        yield Line("printed_share", ([exports, imports], gdp, 5.0), printed, 0)
    yield "services trade BG.GSR.NFSV.GD.ZS 2019 to 2024"
    for exports, imports, gdp, printed in (
            (244359155290.70441, 505508186201.57397, 14560167101283.43945, 5.15013),
            (228883364676.79001, 381413736078.78497, 14996414166715.0918, 4.06962),
            (339393210195.59003, 440604863617.53998, 18201698719563.96094, 4.2853),
            (372495311579.51001, 459935422447.29999, 18316765021690.16016, 4.54464),
            (328707961350.15997, 537173519456.65997, 18270356654533.20703, 4.73927),
            (383959880582.89001, 612978060795.56995, 18743803170827.16406, 5.31876)):
        yield Line("printed_share", ([exports, imports], gdp, 5.0), printed, 0)
    yield "Knowledge-intensive services' share in China's trade in services of 2020, 44.5 % (Ministry of Commerce, 2021-02-04)"
    yield Line("printed_share", ([20331.0], 45642.7, 1.0), 44.5, 0)
