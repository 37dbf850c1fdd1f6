"""Concentration held to its bounds."""
import ctypes
import math
import pathlib
import sys
from fractions import Fraction

from bounds import Row
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_concentration as definition  # noqa: E402

# What is below this is not held to ulps: it comes back as 1 plus how many times 1e-44 n it is off, in 2^-52.
SMALL = Fraction(1, 2 ** 100)


def rows(library, random):
    name = "trade_concentration_"

    def near(x, width):
        return x * (1 + random.uniform(-width, width))

    def values(least=1, most=12):
        """Of every range, equal but for a few bits, about alike, few among zeros, one that is nearly everything."""
        n, unit = random.randint(least, most), 10 ** random.uniform(-300, 290) if random.random() < 0.1 else 10 ** random.uniform(-6, 15)
        kind = random.randrange(8)
        if kind == 0:
            return [unit] * n
        if kind == 1:
            return [math.nextafter(unit, unit * random.choice((0.5, 1, 2))) for _ in range(n)]
        if kind == 2:
            width = 10 ** random.uniform(-15, 0)
            return [near(unit, width) for _ in range(n)]
        if kind == 3:
            return [unit * random.randint(0, 5) for _ in range(n)]
        if kind == 4:
            return [unit] + [unit * 10 ** random.uniform(-26, 0) for _ in range(n - 1)]
        if kind == 5:  # means near where the logarithm's forms meet
            return [unit * near(random.choice((1, 2, 3, 4)), 1e-3) for _ in range(n)]
        if kind == 6:
            return [float(random.randint(0, 1000)) for _ in range(n)]
        return [10 ** random.uniform(-6, 15) for _ in range(n)]

    def held(got, exact, n):
        """(got, exact), or both near 1 where ulps do not count."""
        if exact is None or abs(exact) >= SMALL or not math.isfinite(got):
            return got, exact
        return 1 + float((Fraction(got) - exact) / n / Fraction(10) ** -44) * 2.0 ** -52, Fraction(1)

    def measure(label, ulps, share, exact, call, draw):
        """A row whose results and exact numbers go through held(); exact and call give lists."""
        kept = {}

        def exactly(*arguments):
            wanted = exact(*arguments)
            got = call(*arguments)
            pairs = [held(g, w, len(arguments[0])) for g, w in zip(got, wanted)]
            assert len(got) == len(wanted)
            kept["got"] = [g for g, _ in pairs]
            return [w for _, w in pairs]
        return Row(name + label, ulps, draw, exactly, call=lambda *a: kept["got"], share=share)

    def plain(label, ulps, share=0.1):
        c, exact = getattr(library, name + label), getattr(definition, label)
        return measure(label, ulps, share, lambda v: [exact(v)], lambda v: [c(doubles(v), len(v))], lambda: (values(),))

    def gini(v):
        return [library.trade_concentration_gini(doubles(v), len(v), doubles([0.0] * len(v)))]

    def lorenz(v):
        out = doubles([0.0] * (len(v) + 1))
        assert library.trade_concentration_lorenz(doubles(v), len(v), out) == 0
        return list(out)

    def ranked():
        v = values()
        return v, random.randint(0, len(v) + 1)

    def items():
        v = values()
        exact = definition.ratio(v, random.randint(0, len(v)))
        share = float(exact) if exact is not None else 0.5
        return v, min(1.0, max(0.0, random.choice((share, math.nextafter(share, 2), math.nextafter(share, 0), random.random(), random.randint(0, 100) / 100))))

    def pair():
        v = values()
        kind = random.randrange(4)
        if kind == 0:
            return v, [x * 3 for x in v]
        if kind == 1:
            return v, [near(x, 10 ** random.uniform(-15, 0)) for x in v]
        if kind == 2:
            return v, [math.nextafter(x, x * random.choice((0.5, 1, 2))) for x in v]
        return v, values(len(v), len(v))

    def matrices():
        rows_, columns = random.randint(1, 4), random.randint(1, 4)
        return values(rows_ * columns, rows_ * columns), rows_, columns, random.choice((1, 2)), random.randrange(5)

    def matrix(v, rows_, columns, of, method):
        out = doubles([0.0] * (rows_ if of == 1 else columns))
        assert library.trade_concentration_matrix(method, doubles(v), rows_, columns, of, out) == 0
        return list(out)

    def grouped():
        groups = random.randint(1, 4)
        v = values()
        if random.random() < 0.3:  # means of groups that are nearly equal
            v = v + [math.nextafter(x, random.choice((0, x, 2 * x))) for x in v]
            return v, [i * 2 // len(v) for i in range(len(v))], 2
        return v, [random.randrange(groups) for _ in v], groups

    def decomposition(method, part):
        def exact(v, group, groups):
            found = definition.decomposition(method, v, group, groups)
            return {"groups": found[:-2], "within": found[-2:-1], "between": found[-1:]}[part]

        def call(v, group, groups):
            work = doubles([0.0] * library.trade_concentration_theil_decomposition_work_size(groups))
            out, within, between = doubles([0.0] * groups), ctypes.c_double(), ctypes.c_double()
            status = library.trade_concentration_theil_decomposition(
                method, doubles(v), (ctypes.c_int32 * len(v))(*group), len(v), groups, work, out, within, between)
            assert status == 0
            return {"groups": list(out), "within": [within.value], "between": [between.value]}[part]
        label = f"theil_decomposition, {'T' if method == definition.T else 'L'} {part}"
        return measure(label, 20 if part == "groups" else 24, 0.04, exact, call, grouped)

    return [
        plain("herfindahl", 0.51), plain("herfindahl_normalised", 0.51), plain("unctad", 7), plain("hirschman", 1.1),
        plain("effective_number", 0.51),
        measure("ratio", 0.51, 0.1, lambda v, k: [definition.ratio(v, k)],
                lambda v, k: [library.trade_concentration_ratio(doubles(v), len(v), k)], ranked),
        measure("items_for_share", 0, 0.1, lambda v, p: [definition.items_for_share(v, p)],
                lambda v, p: [library.trade_concentration_items_for_share(doubles(v), len(v), p)], items),
        plain("entropy", 6), plain("theil", 20), plain("mean_log_deviation", 20),
        measure("gini", 0.51, 0.1, lambda v: [definition.gini(v)], gini, lambda: (values(),)),
        measure("lorenz", 0.51, 0.1, definition.lorenz, lorenz, lambda: (values(),)),
        measure("dissimilarity", 0.51, 0.1, lambda v, w: [definition.dissimilarity(v, w)],
                lambda v, w: [library.trade_concentration_dissimilarity(doubles(v), doubles(w), len(v))], pair),
        measure("matrix", 7, 0.05, lambda v, r, c, of, method: definition.matrix(method, v, r, c, of), matrix, matrices),
        *(decomposition(method, part) for method in (definition.T, definition.L) for part in ("groups", "within", "between")),
    ]
