"""Partner held to its bounds."""
import ctypes
import math
import pathlib
import sys
from fractions import Fraction

from bounds import Row, ulp
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_partner as definition  # noqa: E402


def in_units(got, exact, unit):
    """A result as 1 plus its error in the given unit, for bounds that are not in ulps of the result: exact is 1."""
    if exact is None or not math.isfinite(got):
        return got
    return 1 + (Fraction(got) - Fraction(exact)) / unit / 2 ** 52 if unit else 1 + Fraction(got) - Fraction(exact)


def one(exact):
    return None if exact is None else Fraction(1)


def rows(library, random):
    name = "trade_partner_"

    def value():
        return random.choice((10 ** random.uniform(-6, 15), 10 ** random.uniform(0, 4), float(random.randint(0, 1000)), 0.0))

    def values(n=None):
        v = [value() for _ in range(n or random.randint(1, 12))]
        return v if random.random() < 0.9 else [x * 10 ** random.uniform(-10, 10) for x in v]

    def near(v):
        by = random.choice((0, 1e-16, 1e-15, 1e-9, 1e-3, 1))
        return [x * math.exp(random.gauss(0, by)) for x in v]

    def two():
        v = values()
        if random.random() < 0.3:  # in a proportion, but for a few last bits
            by = random.uniform(0.1, 10)
            return v, near([x * by for x in v])
        return (v, near(v)) if random.random() < 0.5 else (v, values(len(v)))

    def any_pair():
        x = random.choice((value(), 10 ** random.uniform(-307, 308), 2.0 ** random.randint(-1074, 1023)))
        m = random.choice((value(), near([x])[0], x * 10 ** random.uniform(-20, 0), 10 ** random.uniform(-307, 308)))
        return x, m if math.isfinite(m) else x

    def signed():
        x, m = two()
        return [v * random.choice((1, -1)) for v in x], [v * random.choice((1, -1)) for v in m]

    def two_way_row(label, method, ulps, draw):
        return Row(f"{name}two_way, {label}", ulps, draw, lambda x, m: definition.two_way(method, x, m),
                   call=lambda x, m: library.trade_partner_two_way(method, doubles(x), doubles(m), len(x)), share=0.02)

    def array_row(label, method, ulps, draw):
        def call(x, m):
            out = doubles([0.0] * len(x))
            assert library.trade_partner_two_way_array(method, doubles(x), doubles(m), len(x), out) == 0
            return list(out)
        return Row(f"{name}two_way_array, {label}", ulps, draw, lambda x, m: definition.two_way_array(method, x, m), call=call, share=0.02)

    def similarity_row(label, method, ulps, least=Fraction(1, 2 ** 130)):
        def call(a, b):
            got, exact = library.trade_partner_similarity(method, doubles(a), doubles(b), len(a)), definition.similarity(method, a, b)
            return in_units(got, exact, exact is not None and max(ulp(Fraction(exact)), least / Fraction(ulps)))
        return Row(f"{name}similarity, {label}", ulps, two, lambda a, b: one(definition.similarity(method, a, b)), call=call, share=0.02)

    def flow():
        """Consistent totals, or such that what is not the flow nearly vanishes, or as expected but for little."""
        x, b, c, d = (random.choice((value(), value() * 1e-12)) for _ in range(4))
        if random.random() < 0.4 and x:
            d = min(near([b * c / x])[0], 1e30)
        return x, x + b, x + c, max(x + b + c + d, x + b, x + c)

    def unit_of(method, exact, ulps):
        return exact is not None and max(ulp(exact), Fraction(1, 2 ** 100) / Fraction(ulps) if method == definition.INTROVERSION else 0)

    def intensity_row(label, method, ulps):
        def call(*f):
            exact = definition.scalar_intensity(method, *f)
            return in_units(library.trade_partner_intensity(method, *f), exact, unit_of(method, exact, ulps))
        return Row(f"{name}intensity, {label}", ulps, flow, lambda *f: one(definition.scalar_intensity(method, *f)), call=call, share=0.5)

    def matrix():
        n = random.randint(1, 5)
        v = values(n * n)
        if random.random() < 0.5:  # near what is expected
            r, c = values(n), values(n)
            v = near([x * y * 1e-6 for x in r for y in c])
        v = [x if x > 1e-20 else 0.0 for x in v]  # what a sum takes exactly
        if random.random() < 0.5:
            v[::n + 1] = [0.0] * n
        return (v,)

    def matrix_row(label, method, ulps):
        def call(v):
            n, exact = math.isqrt(len(v)), definition.intensity_matrix(method, v)
            out = doubles([0.0] * len(v))
            assert library.trade_partner_intensity_matrix(method, doubles(v), n, out) == 0
            return [in_units(g, e, unit_of(method, e, ulps)) for g, e in zip(out, exact)]
        return Row(f"{name}intensity_matrix, {label}", ulps, matrix, lambda v: list(map(one, definition.intensity_matrix(method, v))), call=call, share=0.02)

    def members():
        v, = matrix()
        return v, [random.randint(0, 1) for _ in range(math.isqrt(len(v)))]

    def region_row(label, method, ulps):
        def call(v, m):
            exact = definition.region(method, v, m)
            got = library.trade_partner_region(method, doubles(v), (ctypes.c_uint8 * len(m))(*m), len(m))
            return in_units(got, exact, unit_of(method, exact, ulps))
        return Row(f"{name}region, {label}", ulps, members, lambda v, m: one(definition.region(method, v, m)), call=call, share=0.02)

    def reach():
        r, c = random.randint(1, 4), random.randint(1, 6)
        return [value() for _ in range(r * c)], [value() for _ in range(r * c)], c

    def tables():
        r, c = random.randint(1, 4), random.randint(1, 4)
        base, world_base = values(r * c), [x or 1.0 for x in values(r * c)]
        world = near(world_base)
        held = [b * w / v for b, w, v in zip(base, world, world_base)]  # all shares as they were
        return near(held) if random.random() < 0.5 else values(r * c), base, world, world_base, c

    def market_share_row(label, part, ulps):
        def call(*t):
            e = library.trade_partner_effects()
            assert library.trade_partner_constant_market_share(*map(doubles, t[:4]), len(t[0]) // t[4], t[4], ctypes.byref(e)) == 0
            exact, sizes = definition.market_share(*t)
            got = getattr(e, label)
            if part == 0 or exact[part] is None:
                return got
            return in_units(got, exact[part], max(ulp(sizes[part]), len(t[0]) * Fraction(1, 2 ** 129) / 9))

        def exact(*t):
            found = definition.market_share(*t)[0][part]
            return found if part == 0 else one(found)
        return Row(f"{name}constant_market_share, {label}", ulps, tables, exact, call=call, share=0.02)

    d = definition
    result = [
        Row(name + "grubel_lloyd", 1.5, any_pair, definition.grubel_lloyd),
        two_way_row("Grubel-Lloyd", d.GRUBEL_LLOYD, 2.5, two), two_way_row("balance-adjusted", d.BALANCE_ADJUSTED, 2.5, two),
        two_way_row("Aquino", d.AQUINO, 6.5, two), two_way_row("marginal A", d.MARGINAL_A, 2.5, signed), two_way_row("marginal B", d.MARGINAL_B, 2.5, signed),
        array_row("Grubel-Lloyd", d.GRUBEL_LLOYD, 1.5, two), array_row("marginal A", d.MARGINAL_A, 1.5, signed), array_row("marginal B", d.MARGINAL_B, 2.5, signed),
        similarity_row("Finger-Kreinin", d.FINGER_KREININ, 6.5), similarity_row("cosine", d.COSINE, 4),
        similarity_row("Krugman", d.KRUGMAN, 6.5, Fraction(1, 2 ** 100)),
        Row(name + "penetration", 0.5, reach, d.penetration, share=0.03,
            call=lambda x, m, c: library.trade_partner_penetration(doubles(x), doubles(m), len(x) // c, c)),
    ]
    kinds = (("intensity", d.INTENSITY, 6.5), ("Kunimoto", d.KUNIMOTO, 6.5), ("homogeneous", d.HOMOGENEOUS, 6.5), ("introversion", d.INTROVERSION, 4.5), ("share", d.SHARE, 2.5))
    result += [intensity_row(label, method, ulps) for label, method, ulps in kinds if method != d.KUNIMOTO]
    result += [matrix_row(label, method, ulps) for label, method, ulps in kinds]
    result += [region_row(label, method, ulps) for label, method, ulps in kinds]
    result += [market_share_row("world", 0, 4.5)]
    return result + [market_share_row(label, 1 + i, 9) for i, label in enumerate(("commodity", "market", "competitiveness"))]
