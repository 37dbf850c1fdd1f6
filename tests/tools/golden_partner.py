"""Partner: golden vectors, and the exact definitions that bounds_partner.py uses too: as the papers have them, in fractions."""
import math
import random
from decimal import Decimal, getcontext
from fractions import Fraction

from golden import Line

getcontext().prec = 60
NAN, INF = math.nan, math.inf

GRUBEL_LLOYD, BALANCE_ADJUSTED, AQUINO, MARGINAL_A, MARGINAL_B = range(5)
GREENAWAY, FONTAGNE = range(2)
UNKNOWN, ONE_WAY, HORIZONTAL, HIGH, LOW = range(5)
FINGER_KREININ, COSINE, KRUGMAN = range(3)
INTENSITY, KUNIMOTO, HOMOGENEOUS, INTROVERSION, SHARE = range(5)


def exact(values):
    """Fractions, or None if one is missing."""
    return list(map(Fraction, values)) if all(map(math.isfinite, values)) else None


def over(a, b):
    return a / b if b else None


def two_way(method, exports, imports):
    x, m = exact(exports), exact(imports)
    if x is None or m is None:
        return None
    if method >= MARGINAL_A:
        both = sum(abs(a) + abs(b) for a, b in zip(x, m))
        if method == MARGINAL_B:
            return over(sum(x) - sum(m), both)
        apart = sum(abs(a - b) for a, b in zip(x, m))
        return over(both - apart, both)
    if min(x + m, default=0) < 0:
        return None
    both, apart, gap = sum(x) + sum(m), sum(abs(a - b) for a, b in zip(x, m)), abs(sum(x) - sum(m))
    if method == GRUBEL_LLOYD:
        return over(both - apart, both)
    if method == BALANCE_ADJUSTED:
        return over(both - apart, both - gap)
    if not sum(x) or not sum(m):
        return None
    return 1 - sum(abs(a * both / (2 * sum(x)) - b * both / (2 * sum(m))) for a, b in zip(x, m)) / both


def grubel_lloyd(exports, imports):
    return two_way(GRUBEL_LLOYD, [exports], [imports])


def two_way_array(method, exports, imports):
    return [two_way(method, [x], [m]) for x, m in zip(exports, imports)]


def types(method, exports, imports, export_unit_values, import_unit_values, alpha):
    found = []
    for x, m, u, v in zip(exports, imports, export_unit_values, import_unit_values):
        if not (math.isfinite(x) and math.isfinite(m)) or max(x, m) == 0:
            found.append(UNKNOWN)
        elif min(x, m) == 0 or (method == FONTAGNE and min(x, m) / max(x, m) <= 0.1):
            found.append(ONE_WAY)
        elif not (math.isfinite(u) and math.isfinite(v)) or min(u, v) == 0:
            found.append(UNKNOWN)
        else:
            low = v / u > 1 + alpha if method == FONTAGNE else u / v < 1 - alpha
            found.append(HIGH if u / v > 1 + alpha else LOW if low else HORIZONTAL)
    return found


def decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def similarity(method, a, b):
    a, b = exact(a), exact(b)
    if a is None or b is None or min(a + b, default=0) < 0 or not sum(a) or not sum(b):
        return None
    s, t = [x / sum(a) for x in a], [x / sum(b) for x in b]
    if method == FINGER_KREININ:
        return 1 - sum(abs(x - y) for x, y in zip(s, t)) / 2
    if method == KRUGMAN:
        return sum(abs(x - y) for x, y in zip(s, t))
    dot = sum(x * y for x, y in zip(s, t))
    return decimal(dot) / decimal(sum(x * x for x in s) * sum(y * y for y in t)).sqrt() if dot else Fraction(0)


def in_rows(values, columns):
    return [values[i:i + columns] for i in range(0, len(values), columns)]


def similarity_matrix(method, a, b, columns):
    return [similarity(method, x, y) for x in in_rows(a, columns) for y in in_rows(b, columns)]


def intensity(method, flow, exports, imports, world, own_imports=Fraction(0)):
    """Exact numbers, None for a missing one that counts; own_imports are what goes to i."""
    if method == SHARE:
        return over(flow, exports) if None not in (flow, exports) else None
    if None in (flow, exports, imports, world, own_imports):
        return None
    if method in (INTENSITY, KUNIMOTO):
        world -= own_imports if method == KUNIMOTO else 0
        return flow / exports / (imports / world) if exports and imports and world else None
    b, c, d = exports - flow, imports - flow, world - exports - imports + flow
    if min(b, c, d) < 0 or exports == 0 or c + d == 0:
        return None if min(b, c, d) < 0 or method == HOMOGENEOUS else over(flow * d - b * c, flow * d + b * c)
    s, v = flow / exports, c / (c + d)
    if method == HOMOGENEOUS:
        return over(s, v)
    # (s/v - (1-s)/(1-v)) / (s/v + (1-s)/(1-v)), with v and 1-v on the other side
    return over(s * (1 - v) - (1 - s) * v, s * (1 - v) + (1 - s) * v)


def scalar_intensity(method, *values):
    used = values[:2] if method == SHARE else values
    if method == KUNIMOTO or not all(map(math.isfinite, used)) or min(used) < 0:
        return None
    return intensity(method, *map(Fraction, used), *[None] * (4 - len(used)))


def total(values):
    known = exact(values)
    return None if known is None else sum(known, Fraction(0))


def intensity_matrix(method, flows):
    n = math.isqrt(len(flows))
    columns = [total(flows[j::n]) for j in range(n)]
    rows = [total(r) for r in in_rows(flows, n)] if n else []
    return [intensity(method, total([flows[i * n + j]]), rows[i], columns[j], total(flows), columns[i] if method == KUNIMOTO else Fraction(0))
            for i in range(n) for j in range(n)]


def region(method, flows, members):
    n = len(members)
    if any(x < 0 for x in flows if math.isfinite(x)):
        return None
    pick = lambda f, t: [flows[i * n + j] for i in range(n) for j in range(n) if f(members[i]) and t(members[j])]  # noqa: E731
    inside, every = (lambda m: m != 0), (lambda m: True)
    imports = total(pick(every, inside))
    if method == KUNIMOTO:  # what goes to the others is all that counts of the world
        abroad = total(pick(every, lambda m: m == 0))
        return intensity(INTENSITY, total(pick(inside, inside)), total(pick(inside, every)), imports, abroad)
    return intensity(method, total(pick(inside, inside)), total(pick(inside, every)), imports, total(flows))


def penetration(exports, imports, columns):
    if exact(exports) is None or exact(imports) is None or min(exports + imports, default=0) < 0:
        return None
    kept = [(x, m) for x, m in zip(in_rows(exports, columns), in_rows(imports, columns)) if max(x) > 0]
    return over(Fraction(sum(v > 0 for x, _ in kept for v in x)), sum(v > 0 for _, m in kept for v in m))


def market_share(current, base, world_current, world_base, columns):
    """The four effects, and what each is to be measured by: the sum of its terms' magnitudes, or that of their parts."""
    def growth(now, before):
        now, before = total(now), total(before)
        return None if now is None or before is None or before == 0 else now / before - 1

    def term(value, a, b):
        if value is None:
            return None, None
        if value == 0:
            return Fraction(0), Fraction(0)
        return (None, None) if a is None or b is None else (value * (a - b), value * (abs(a) + abs(b)))

    rows = [in_rows(v, columns) for v in (current, base, world_current, world_base)]
    world = growth(world_current, world_base)
    before = total(base)
    terms = [[], [], []]
    for c, b, wc, wb in zip(*rows):
        product = growth(wc, wb)
        terms[0].append(term(total(b), product, world))
        for now, was, world_now, world_was in zip(c, b, wc, wb):
            cell = growth([world_now], [world_was])
            terms[1].append(term(total([was]), cell, product))
            if was == 0:
                terms[2].append((total([now]), total([now])))
            elif cell is None or total([now, was]) is None:
                terms[2].append((None, None))
            else:
                kept = Fraction(was) * (1 + cell)
                terms[2].append((Fraction(now) - kept, Fraction(now) + kept))
    effects, sizes = [0 if before == 0 else None if before is None or world is None else before * world], [None]
    for found in terms:
        known = all(t is not None for t, _ in found)
        effects.append(sum((t for t, _ in found), Fraction(0)) if known else None)
        sizes.append(max(sum((abs(t) for t, _ in found), Fraction(0)),
                         sum((p for _, p in found), Fraction(0)) / 2 ** 45) if known else None)
    return effects, sizes


# ---- Vectors ----

def printed():
    """printed gives an index times 100, or as it is for Krugman, with the decimals that are the last argument."""
    yield "Grubel-Lloyd by product, lecture notes on new trade theory: 0.75, 0.93, 0.29, 0.20; and two exercises: 0.80, 0.5"
    for x, m, percent in ((50.0, 30.0, 75), (40.0, 35.0, 93), (60.0, 10.0, 29), (5.0, 45.0, 20), (300.0, 200.0, 80), (6.0, 2.0, 50)):
        yield Line("printed_grubel_lloyd", (x, m, 0.0), percent / 100, 0)
    yield "ASEAN's trade within the region in 2010, 519.7 of 2,040 thousand million US dollars, 25 %: Indonesia's minister of trade, August 2011"
    yield Line("printed_share", (519.7, 2040.0, 0.0), 0.25, 0)
    yield "Krugman's index of disjoint structures, 2: Farhauer and Kroell (2013), in the documentation of the R package REAT"
    yield Line("similarity", (float(KRUGMAN), [20.0, 10.0, 70.0, 0.0, 0.0], [0.0, 0.0, 0.0, 60.0, 40.0]), 2.0, 0)
    yield "Sweden against the mean of four countries' shares in five industries, 0.1595: the same source"
    nordic = [[35000, 12000, 30000, 8000, 22000], [40000, 10000, 25000, 9000, 18000], [30000, 11000, 18000, 3000, 13000], [40000, 6000, 11000, 2000, 12000]]
    mean = [float(sum(Fraction(c[i], sum(c)) for c in nordic) / 4) for i in range(5)]
    yield Line("printed_krugman", ([45000.0, 15000.0, 32000.0, 10000.0, 30000.0], mean, 4.0), 0.1595, 0)


def lines():
    yield from printed()
    draw = random.Random(1)

    def value():
        return draw.choice((0.0, float(draw.randint(1, 99)), round(draw.uniform(0, 1e6), 2), 10 ** draw.uniform(-6, 12)))

    def values(n):
        return [value() for _ in range(n)]

    yield "one product: balanced, nearly, one way, tiny, huge, nothing, negative, missing"
    for x, m in ((1.0, 1.0), (1.0, 1.0 + 2.0 ** -52), (1.0, 0.0), (0.0, 1.0), (-0.0, 1.0), (3.0, 1.0), (1.0, 3.0), (1e300, 1.0), (1.7e308, 1.7e308),
                 (1.7e308, 1e308), (5e-324, 5e-324), (5e-324, 1.5e-323), (1e-310, 1e-308), (0.1, 0.3), (1e15, 1e-15), (1.0, 1e-17), (2.0, 1e-300),
                 (0.0, 0.0), (-0.0, 0.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (NAN, 1.0), (1.0, NAN), (INF, 1.0), (1.0, INF), (INF, INF), (-INF, 1.0),
                 (0.7, 0.6), (226.2, 188.4)):
        bad = not (math.isfinite(x) and math.isfinite(m)) or min(x, m) < 0
        yield Line("grubel_lloyd", (x, m), None if bad else grubel_lloyd(x, m), 1.5)
    yield "products together and each"
    pairs = [([1.0, 2.0], [2.0, 1.0]), ([10.0, 0.0], [0.0, 10.0]), ([0.0], [0.0]), ([], []), ([5.0, 0.0, 3.0], [4.0, 2.0, 0.0]), ([1.0], [0.0]),
             ([0.0, 0.0], [1.0, 2.0]), ([1e15, 1.0, 1e-9], [1e15, 1e-9, 1.0]), ([NAN, 1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, INF]), ([2.0, 4.0], [1.0, 2.0]),
             ([0.1] * 10, [0.3] * 10), ([1.0, 2.0 ** -60], [2.0 ** -60, 1.0]), ([-1.0, 2.0], [1.0, 1.0]), ([1.0, 3.0], [1.0, -2.0])]
    pairs += [(values(n), values(n)) for n in (1, 2, 3, 5, 8, 13, 21, 34, 60)]
    for x, m in pairs:
        for method in (GRUBEL_LLOYD, BALANCE_ADJUSTED, AQUINO):
            yield Line("two_way", (float(method), x, m), two_way(method, x, m), 6.5 if method == AQUINO else 2.5)
        if x and min([0.0] + [v for v in x + m if v == v]) >= 0:
            yield Line("array", (float(GRUBEL_LLOYD), x, m), two_way_array(GRUBEL_LLOYD, x, m), 1.5)
    yield "changes"
    changes = [([5.0], [3.0]), ([5.0], [-3.0]), ([-5.0], [-5.0]), ([-5.0], [3.0]), ([0.0], [3.0]), ([0.0], [-3.0]), ([0.0], [0.0]), ([], []), ([1e308], [-1e308]),
               ([1.0, -1.0], [1.0, 1.0]), ([10.0, -4.0, 0.0], [8.0, 4.0, 2.0]), ([NAN, 1.0], [1.0, 2.0]), ([1.0, 2.0], [-INF, 2.0]),
               ([1.0, 1.0 + 2.0 ** -52], [1.0, 1.0])]
    changes += [([v * draw.choice((1, -1)) for v in values(n)], [v * draw.choice((1, -1)) for v in values(n)]) for n in (1, 2, 3, 4, 7, 11, 18, 29, 47, 60)]
    for x, m in changes:
        for method in (MARGINAL_A, MARGINAL_B):
            if 1e308 not in x:
                yield Line("two_way", (float(method), x, m), two_way(method, x, m), 2.5)
            if x:
                yield Line("array", (float(method), x, m), two_way_array(method, x, m), 2.5)
    yield from type_lines(draw, values)
    yield from similarity_lines(draw, values)
    yield from intensity_lines(draw, values)
    yield from penetration_lines(draw)
    yield from market_share_lines(draw)


def type_lines(draw, values):
    yield "horizontal and vertical: at the bounds, the overlap of 10 %, what is missing"
    ups = [(115.0, 100.0), (100.0, 115.0), (85.0, 100.0), (84.9, 100.0), (115.1, 100.0), (100.0, 115.1), (100.0, 100.0), (0.0, 1.0), (1.0, 0.0), (NAN, 1.0),
           (1.0, INF), (1e300, 1e-300), (125.0, 100.0), (75.0, 100.0), (80.0, 100.0)]
    for alpha in (0.15, 0.25, 0.0):
        for method in (GREENAWAY, FONTAGNE):
            for x, m in (([1.0] * 15, [2.0] * 15), ([10.0] * 15, [100.0] * 15), ([100.0] * 15, [10.1] * 15), ([0.0, 1.0, NAN, 0.0, INF] * 3, [1.0, 0.0, 1.0, 0.0, 1.0] * 3)):
                arguments = (x, m, [u for u, _ in ups], [v for _, v in ups])
                yield Line("types", (float(method), *arguments, alpha), list(map(Fraction, types(method, *arguments, alpha))), 0)
    for _ in range(8):
        method, n, alpha = draw.randint(0, 1), draw.randint(1, 60), draw.choice((0.15, 0.25))
        u = [draw.uniform(0.5, 2) for _ in range(n)]
        arguments = (values(n), values(n), u, [x * draw.uniform(0.7, 1.4) for x in u])
        yield Line("types", (float(method), *arguments, alpha), list(map(Fraction, types(method, *arguments, alpha))), 0)


def similarity_lines(draw, values):
    yield "structures: the same, disjoint, nearly the same, in proportion, nothing, missing, negative"
    near = [3.0, 1.0, 4.0, 1.0, 5.0]
    pairs = [(near, near), ([1.0, 0.0], [0.0, 1.0]), ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]), ([1.0, 2.0, 3.0], [3.0, 6.0, 9.0]), ([0.1] * 7, [0.3] * 7),
             (near, near[:-1] + [5.0 + 2.0 ** -50]), (near, near[:-1] + [math.nextafter(5.0, 9)]), ([1.0], [7.0]), ([1.0, 1.0], [0.0, 0.0]), ([0.0, 0.0], [1.0, 1.0]), ([], []),
             ([NAN, 1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, INF]), ([1.0, -1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, -1.0]), ([1e15, 1.0], [1.0, 1e15]),
             ([1e15, 1.0, 0.0], [0.0, 1.0, 1e15]), ([1e20, 1e-10], [1e-10, 1e20]), ([1e-20, 2e-20], [2e-20, 1e-20]), ([2.0 ** 100, 2.0 ** 99], [1.0, 2.0])]
    pairs += [(values(n), values(n)) for n in (2, 3, 4, 5, 8, 13, 21, 34, 47, 48, 49, 60, 64)]
    for a, b in pairs:
        for method, ulps in ((FINGER_KREININ, 6.5), (COSINE, 4), (KRUGMAN, 6.5)):
            if method == KRUGMAN and a == [0.1] * 7:
                continue  # 0, which it gives within 2^-100
            yield Line("similarity", (float(method), a, b), similarity(method, a, b), ulps)
    for rows, others, columns in ((1, 1, 1), (2, 2, 3), (3, 2, 4), (2, 5, 6), (1, 4, 8), (6, 1, 5), (4, 4, 2), (7, 7, 9), (2, 3, 1), (5, 3, 7), (3, 1, 20)):
        for method, ulps in ((FINGER_KREININ, 6.5), (COSINE, 4), (KRUGMAN, 6.5)):
            a, b = values(rows * columns), values(others * columns)
            if columns == 6:
                a[3], b[7:9] = NAN, [0.0, 0.0]
            yield Line("similarity_matrix", (float(method), a, b, float(columns)), similarity_matrix(method, a, b, columns), ulps)


def intensity_lines(draw, values):
    yield "flows: as expected, none, all of it, nobody else, beyond the totals, nothing at all, missing, negative"
    flows = [(1.0, 10.0, 10.0, 100.0), (2.0, 10.0, 10.0, 100.0), (0.0, 10.0, 10.0, 100.0), (10.0, 10.0, 10.0, 100.0), (10.0, 10.0, 20.0, 100.0),
             (10.0, 20.0, 10.0, 100.0), (0.0, 0.0, 10.0, 100.0), (0.0, 10.0, 0.0, 100.0), (5.0, 5.0, 5.0, 5.0), (0.0, 0.0, 0.0, 0.0), (11.0, 10.0, 20.0, 100.0),
             (11.0, 20.0, 10.0, 100.0), (1.0, 60.0, 60.0, 100.0), (1.0, 10.0, 10.0, 5.0), (NAN, 1.0, 1.0, 1.0), (1.0, INF, 2.0, 9.0), (1.0, 2.0, NAN, 9.0),
             (1.0, 2.0, 2.0, INF), (-1.0, 2.0, 2.0, 9.0), (1.0, -2.0, 2.0, 9.0), (1.0, 2.0, -2.0, 9.0), (1.0, 2.0, 2.0, -9.0), (1e30, 1e36, 1e37, 1e38),
             (1e-20, 1e-15, 1e-14, 1e-10), (1.0, 3.0, 7.0, 21.0), (1.0 + 2.0 ** -52, 3.0, 7.0, 21.0), (1e-9, 1e15, 1e15, 1e16), (226.2, 2590.6, 2057.2, 17619.0),
             (1.0, 2.0, 3.0, 0.0), (0.0, 2.0, 3.0, 0.0), (1.0, 2.0, 3.0, -0.0)]
    for f in flows:
        for method in (INTENSITY, KUNIMOTO, HOMOGENEOUS, INTROVERSION, SHARE):
            yield Line("intensity", (float(method), *f), scalar_intensity(method, *f), 6.5)
    yield "matrices, and regions in them"
    matrices = [[], [5.0], [0.0, 1.0, 2.0, 0.0], [0.0, 1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0], [0.0] * 9, [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                [1.0] * 16, [0.0, NAN, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0], [0.0, INF, 1.0, 0.0],
                [3.0, 0.0, 2.0, 0.0]]  # all that is exported, to a country that exports to itself alone
    for n in (3, 4, 5, 6, 7, 8):
        m = values(n * n)
        m[::n + 1] = [0.0] * n
        matrices += [m, values(n * n)]
    for m in matrices:
        n = math.isqrt(len(m))
        for method in (INTENSITY, KUNIMOTO, HOMOGENEOUS, INTROVERSION, SHARE):
            if n:
                yield Line("intensity_matrix", (float(method), m), intensity_matrix(method, m), 6.5)
            for members in ([1.0] * n, [0.0] * n, [float(i % 2) for i in range(n)], [float(255 * (i < n // 2)) for i in range(n)]):
                if n < 7:
                    yield Line("region", (float(method), m, members), region(method, m, members), 6.5)


def penetration_lines(draw):
    yield "markets reached: none, all, more than import, products not exported, missing, negative"
    cases = [([1.0, 0.0], [1.0, 1.0], 2), ([1.0, 2.0], [1.0, 1.0], 2), ([0.0, 0.0], [1.0, 1.0], 2), ([1.0, 1.0], [0.0, 1.0], 2), ([1.0, 0.0], [0.0, 0.0], 2),
             ([1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0], 2), ([1.0, 0.0, 0.0, 5e-324], [1.0, 1.0, 0.0, 1.0], 2), ([NAN, 1.0], [1.0, 1.0], 2),
             ([1.0, 1.0], [1.0, INF], 2), ([-1.0, 1.0], [1.0, 1.0], 2), ([1.0, 1.0], [1.0, -1.0], 2), ([0.0, NAN, 1.0, 1.0], [1.0] * 4, 2), ([1.0], [1.0], 1)]
    for _ in range(25):
        rows, columns = draw.randint(1, 6), draw.randint(1, 10)
        pick = lambda p: [draw.uniform(1, 9) if draw.random() < p else 0.0 for _ in range(rows * columns)]  # noqa: E731
        cases.append((pick(draw.choice((0.1, 0.3, 0.8))), pick(0.8), columns))
    for x, m, columns in cases:
        yield Line("penetration", (x, m, float(columns)), penetration(x, m, columns), 0.5)


def market_share_lines(draw):
    yield "constant market shares: of one product in one market, of one product, in one market, new, lost, unknown"
    cases = [([12.0], [10.0], [110.0], [100.0], 1), ([12.0, 30.0], [10.0, 20.0], [110.0, 240.0], [100.0, 200.0], 2), ([12.0, 30.0], [10.0, 20.0], [110.0, 240.0], [100.0, 200.0], 1),
             ([1.0, 5.0], [0.0, 4.0], [2.0, 50.0], [0.0, 40.0], 1), ([1.0, 5.0], [1.0, 4.0], [2.0, 50.0], [0.0, 40.0], 1), ([1.0, 5.0], [1.0, 4.0], [2.0, 50.0], [0.0, 40.0], 2),
             ([0.0], [0.0], [0.0], [0.0], 1), ([0.0, 0.0], [3.0, 5.0], [0.0, 0.0], [30.0, 50.0], 1), ([NAN, 1.0], [2.0, 1.0], [30.0, 50.0], [20.0, 40.0], 1), ([2.0, 1.0], [NAN, 1.0], [30.0, 50.0], [20.0, 40.0], 1),
             ([2.0, 1.0], [2.0, 1.0], [INF, 50.0], [20.0, 40.0], 1), ([2.0, 1.0], [2.0, 1.0], [30.0, 50.0], [20.0, NAN], 1), ([2.0, 1.0], [0.0, 1.0], [30.0, 50.0], [NAN, 40.0], 2), ([7.0], [0.0], [9.0], [0.0], 1)]
    while len(cases) < 46:
        rows, columns = draw.randint(1, 6), draw.randint(1, 9)
        base = [draw.choice((0.0, float(draw.randint(1, 500)), draw.uniform(1, 1e4))) for _ in range(rows * columns)]
        world_base = [b * draw.uniform(1, 9) + draw.randint(1, 99) for b in base]
        case = ([b * draw.uniform(0.5, 2) for b in base], base, [w * draw.uniform(0.8, 1.5) for w in world_base], world_base, columns)
        cases.append(case)
    for case in cases:
        effects, sizes = market_share(*case)
        ulps = max([9.0] + [math.ceil(9 * s / abs(e)) for e, s in zip(effects, sizes) if e and s])
        yield Line("market_share", (*case[:4], float(case[4])), effects, ulps)
