"""Balance: golden vectors, and the exact definitions that bounds_balance.py uses too."""
import math
from fractions import Fraction

from golden import Line

NAN, INF, MOST = math.nan, math.inf, 1.7976931348623157e308


def over(part, whole):
    return part / whole if whole > 0 else None


# Each of exact numbers that are not negative, but for SIGNED; what a missing or negative one makes of them is defined().
DEFINITION = {
    "balance": lambda x, m: x - m,
    "normalised": lambda x, m: over(x - m, x + m),
    "cover": lambda x, m: over(x, m),
    "openness": lambda x, m, y: over(x + m, y),
    "openness_mean": lambda x, m, y: over((x + m) / 2, y),
    "export_propensity": lambda x, y: over(x, y),
    "import_penetration": lambda m, x, y: over(m, y - x + m),
    "self_sufficiency": lambda y, x, m: over(y, y - x + m),
    "marginal_propensity": lambda m1, m0, y1, y0: (m1 - m0) / (y1 - y0) if y1 != y0 else None,
    "contribution": lambda x1, m1, x0, m0, y0: over((x1 - m1) - (x0 - m0), y0),
    "net_barter_terms": lambda px, pm: over(100 * px, pm) if px > 0 else None,
    "income_terms": lambda px, pm, qx: over(px * qx, pm) if px > 0 else None,
    "gross_barter_terms": lambda qm, qx: over(100 * qm, qx),
    "mirror_gap": lambda m, x: over(m - x, x),
    "cif_fob": lambda m, x: over(m, x),
}
SIGNED = {"balance", "contribution"}
ULPS = {"balance": 0.5, "normalised": 2.5, "cover": 0.5, "export_propensity": 0.5, "marginal_propensity": 2.5, "cif_fob": 0.5}


def ulps(name):
    return ULPS.get(name, 1.5)


def defined(name, *values):
    if not all(map(math.isfinite, values)) or (name not in SIGNED and min(values) < 0):
        return None
    return DEFINITION[name](*map(Fraction, values))


CASES = {
    "balance": [(3.0, 1.0), (1.0, 3.0), (-2.0, 5.0), (0.1, 0.3), (1e16, 1.0), (0.0, 0.0), (5e-324, 1e-323), (2591.12e9, 2066.0e9)],
    "normalised": [(3.0, 1.0), (1.0, 3.0), (0.0, 7.0), (7.0, 0.0), (1.0, 1.0), (0.1, 0.3), (1.0, 1.0 + 2.0 ** -52), (1e15, 1e15 - 0.125),
                   (1e300, 1e-300), (MOST / 2, MOST / 2), (0.0, -0.0), (1e-8, 3e8)],
    "cover": [(3.0, 1.0), (1.0, 3.0), (0.0, 7.0), (0.1, 0.3), (1e300, 1e-5), (2.0, 0.0)],
    "openness": [(3.0, 1.0, 8.0), (0.1, 0.2, 0.3), (0.0, 0.0, 5.0), (400.0, 350.0, 300.0), (1.0, 1.0, 0.0), (1e16, 1.0, 3.0)],
    "openness_mean": [(3.0, 1.0, 8.0), (0.1, 0.2, 0.3), (400.0, 350.0, 300.0)],
    "export_propensity": [(3.0, 8.0), (0.0, 1.0), (0.1, 0.3), (5.0, 2.0), (0.0, 0.0)],
    "import_penetration": [(3.0, 1.0, 8.0), (0.1, 0.3, 0.2), (0.3, 0.1, 0.7), (1.0, 1.0, 0.0), (5.0, 7.0, 3.0), (5.0, 9.0, 3.0), (5.0, 8.0, 3.0),
                           (0.0, 1.0, 3.0), (1.0, 1e17, 1e17), (1.0, 1e17, 1e17 + 16), (0.1, 1e20, 1e20), (2.0 ** -60, 1.0, 1.0)],
    "self_sufficiency": [(8.0, 1.0, 3.0), (0.2, 0.3, 0.1), (0.0, 0.0, 3.0), (3.0, 3.0, 0.0), (3.0, 7.0, 5.0), (1e17, 1e17, 0.1)],
    "marginal_propensity": [(3.0, 1.0, 9.0, 5.0), (1.0, 3.0, 9.0, 5.0), (1.0, 3.0, 5.0, 9.0), (0.3, 0.1, 0.7, 0.2), (3.0, 1.0, 5.0, 5.0),
                            (2.0, 2.0, 9.0, 5.0), (1e17, 1.0, 3.0, 1e16)],
    "contribution": [(3.0, 1.0, 2.0, 1.5, 10.0), (0.3, 0.1, 0.2, 0.7, 0.9), (1e17, 1e17, 1.0, 3.0, 7.0), (1.1, 0.1, 1.0, 1e-17, 3.0),
                     (-1.0, 2.0, 3.0, -4.0, 7.0), (1.0, 1.0, 1.0, 1.0, 0.0), (1e20, 0.1, 1e20, 0.3, 11.0)],
    "net_barter_terms": [(110.0, 100.0), (100.0, 110.0), (97.3, 97.3), (0.1, 0.3), (0.0, 100.0), (100.0, 0.0), (1e-3, 7e5)],
    "income_terms": [(110.0, 100.0, 120.0), (90.0, 110.0, 100.0), (100.0, 100.0, 0.0), (0.1, 0.3, 0.7), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0)],
    "gross_barter_terms": [(110.0, 100.0), (0.0, 100.0), (97.3, 97.3), (0.1, 0.3), (100.0, 0.0)],
    "mirror_gap": [(110.0, 100.0), (90.0, 100.0), (0.0, 100.0), (100.0, 100.0), (1.0 + 2.0 ** -52, 1.0), (0.3, 0.1), (1.0, 0.0)],
    "cif_fob": [(110.0, 100.0), (0.0, 100.0), (0.3, 0.1), (1.0, 0.0)],
}


def lines():
    for name, cases in CASES.items():
        yield name
        for case in cases:
            yield Line(name, case, defined(name, *case), ulps(name))
        whole = cases[0]
        for i in range(len(whole)):
            for bad in (NAN, INF, -INF, -1.0):
                case = whole[:i] + (bad,) + whole[i + 1:]
                yield Line(name, case, defined(name, *case), ulps(name))
    yield from published()


# Exports (f.o.b.), imports (c.i.f.), million US dollars, and exports over imports in percent as printed.
TURKEY = [(36059, 51554, 69.9), (47253, 69340, 68.1), (63167, 97540, 64.8), (73476, 116774, 62.9), (85535, 139576, 61.3),
          (107272, 170063, 63.1), (132027, 201964, 65.4), (102143, 140928, 72.5), (113883, 185544, 61.4), (134907, 240842, 56.0),
          (152462, 236545, 64.5), (151796, 251651, 60.3), (157620, 242177, 65.1)]

# Exports, imports, balance, thousand US dollars, and the relative trade balance in percent as printed.
ITC = [(1577889, 16626320, -15048431, -82.7), (382982, 5989353, -5606371, -88.0), (109396, 2769211, -2659815, -92.4), (76759, 13227, 63532, 70.6),
       (9328, 1267, 8061, 76.1), (6529, 417841, -411312, -96.9), (5143, 3786, 1357, 15.2), (4228, 10563, -6335, -42.8), (1182, 7199, -6017, -71.8),
       (1077, 11294, -10217, -82.6), (1045, 28346, -27301, -92.9), (1006, 3, 1003, 99.4), (818, 99395, -98577, -98.4), (43411, 446037, -402626, -82.3),
       (12102, 91774, -79672, -76.7), (8448, 1833, 6615, 64.3), (6305, 6695, -390, -3.0), (3798, 17674, -13876, -64.6), (1810, 3793, -1983, -35.4),
       (1581, 5048, -3467, -52.3), (965, 844, 121, 6.7), (964, 3148, -2184, -53.1), (909, 1399, -490, -21.2), (537, 9033, -8496, -88.8),
       (507, 12634, -12127, -92.3), (434, 585, -151, -14.8), (407, 15743, -15336, -95.0)]

# Exports, imports, GDP of China, current US dollars, and trade in percent of GDP as printed.
WDI = [(1883060000, 1890590000, 59846235024.73181, 6.30558), (1505610000, 1408090000, 50162299349.78709, 5.80855),
       (1505370000, 1127720000, 47310737754.2287, 5.56552), (1666350000, 1210670000, 50812227918.57533, 5.66206),
       (2362097053268.77295, 2003260696070.08472, 11280814787468.91406, 38.69718), (2628941104664.36084, 2496153305898.83203, 14560167101283.43945, 35.19942),
       (2729884575161.68848, 2374737462771.45703, 14996414166715.0918, 34.03895), (3554107780955.90381, 3093278397248.66406, 18201698719563.96094, 36.52069),
       (3717887818650.35693, 3140040863531.47656, 18316765021690.16016, 37.44072), (3490089712359.71582, 3106457704272.38965, 18270356654533.20703, 36.10519),
       (3753056083353.75342, 3219342570131.9248, 18743803170827.16406, 37.19842)]


def published():
    """printed_... is what prints in percent, with the decimals that are the last argument."""
    yield "Turkey, 2002 to 2014: TÜİK, foreign trade statistics"
    for x, m, printed in TURKEY:
        yield Line("printed_cover", (float(x), float(m), 1.0), printed, 0)
    yield "Marshall Islands and Samoa, 2022, all products and chapters: International Trade Centre, Trade Competitiveness Map"
    for x, m, balance, printed in ITC:
        yield Line("balance", (float(x), float(m)), balance, 0)
        yield Line("printed_normalised", (float(x), float(m), 1.0), printed, 0)
    yield "China, 1960 to 1963, 2015, 2019 to 2024: World Development Indicators, NE.TRD.GNFS.ZS"
    for x, m, gdp, printed in WDI:
        yield Line("printed_openness", (float(x), float(m), gdp, 5.0), printed, 0)
