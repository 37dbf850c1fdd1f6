"""Share held to its bounds."""
import math
import pathlib
import sys
from fractions import Fraction

from bounds import Row, ulp
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_share as definition  # noqa: E402


def in_units(got, exact, units):
    """Results as 1 plus their error in the given units, for bounds that are not in ulps of the result: exact is 1."""
    return [g if e is None or not math.isfinite(g) else 1 + (Fraction(g) - e) / u / 2 ** 52 if u else 1 + Fraction(g) - e
            for g, e, u in zip(got, exact, units)]


def ones(exact):
    return [None if e is None else Fraction(1) for e in exact]


def rows(library, random):
    name = "trade_share_"

    def value():
        return random.choice((10 ** random.uniform(-6, 15), 10 ** random.uniform(0, 4), float(random.randint(0, 1000)), 0.0))

    def values(n=None):
        n = n or random.randint(1, 12)
        v = [value() for _ in range(n)]
        return v if random.random() < 0.9 else [x * 10 ** random.uniform(-10, 10) for x in v]

    def near(v):
        return [x * math.exp(random.gauss(0, random.choice((1e-15, 1e-3, 1)))) for x in v]

    def array(v):
        out = doubles([0.0] * len(v))
        assert library.trade_share_array(doubles(v), len(v), out) == 0
        return list(out)

    def matrix():
        rows_, columns, of = random.randint(1, 5), random.randint(1, 5), random.randint(0, 2)
        return values(rows_ * columns), rows_, columns, of

    def exact_matrix(v, rows_, columns, of):
        group = {0: lambda i: 0, 1: lambda i: i // columns, 2: lambda i: i % columns}[of]
        exact = [None] * len(v)
        for g in {group(i) for i in range(len(v))}:
            places = [i for i in range(len(v)) if group(i) == g]
            for i, s in zip(places, definition.shares([v[i] for i in places])):
                exact[i] = s
        return exact

    def filled_matrix(v, rows_, columns, of):
        out = doubles([0.0] * len(v))
        assert library.trade_share_matrix(doubles(v), rows_, columns, of, out) == 0
        return list(out)

    def two():
        v = values()
        return (near(v), v) if random.random() < 0.7 else (values(len(v)), v)

    def change(current, base):
        out = doubles([0.0] * len(current))
        assert library.trade_share_change_array(doubles(current), doubles(base), len(current), out) == 0
        exact = definition.change(current, base)
        pairs = zip(definition.shares(current), definition.shares(base))
        return in_units(out, exact, [ulp(max(c, b)) if c is not None and b is not None else 0 for c, b in pairs])

    def percents():
        v = values(random.choice((None, None, None, 60)))
        if random.random() < 0.3:  # equal ones
            v = [random.choice(v[:3]) for _ in v]
        return v, random.randint(0, 9)

    def percent(v, decimals):
        out = doubles([0.0] * len(v))
        assert library.trade_share_percent_array(doubles(v), len(v), decimals, out) == 0
        return list(out)

    def four():
        base, reference = values(), []
        reference = values(len(base))
        return near(base), base, near(reference), reference

    def shift(current, base, reference_current, reference_base, part):
        n = len(current)
        outs = [doubles([0.0] * n) for _ in range(3)]
        assert library.trade_share_shift_array(*map(doubles, (current, base, reference_current, reference_base)), n, *outs) == 0
        exact = definition.shift(current, base, reference_current, reference_base)
        units = []
        for i in range(n):
            c, b, rc, rb = (Fraction(x[i]) for x in (current, base, reference_current, reference_base))
            overall = sum(map(Fraction, reference_current)) / max(sum(map(Fraction, reference_base)), Fraction(1, 10 ** 60)) - 1
            own = rc / rb - 1 if rb else 0
            units.append(ulp(max(abs(b * overall), abs(b * own), abs(c - b))))
        if part == 0:
            return list(outs[0])
        return in_units(outs[part], exact[part * n:(part + 1) * n], units)

    def shift_row(part, ulps):
        label = ("common", "structural", "own")[part]

        def exact(*arguments):
            n = len(arguments[0])
            found = definition.shift(*arguments)[part * n:(part + 1) * n]
            return found if part == 0 else ones(found)
        return Row(f"{name}shift_array, {label}", ulps, four, exact, call=lambda *a: shift(*a, part), share=0.03)

    return [
        Row("trade_share", 0.5, lambda: (random.choice((value(), value(), -value())), random.choice((value(), value(), -1.0))), definition.share),
        Row(name + "array", 1.5, lambda: (values(),), definition.shares, call=array, share=0.2),
        Row(name + "matrix", 1.5, matrix, exact_matrix, call=filled_matrix, share=0.1),
        Row(name + "change_array", 3.5, two, lambda c, b: ones(definition.change(c, b)), call=change, share=0.1),
        Row(name + "percent_array", 0.5, percents, definition.percent, call=percent, share=0.2),
        shift_row(0, 3.5), shift_row(1, 9), shift_row(2, 9),
    ]
