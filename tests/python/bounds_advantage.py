"""Advantage held to its bounds."""
import ctypes
import functools
import math
import pathlib
import sys
from fractions import Fraction

from bounds import Row, ulp
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_advantage as definition  # noqa: E402

NAMES = ("BALASSA", "SYMMETRIC", "LOG", "ADDITIVE", "NORMALISED", "RELATIVE", "WEIGHTED")
LEFT_OUT = Fraction(1, 2 ** 101)


def beyond(got, exact, allowed):
    """The result, brought nearer to the exact one by what is allowed beside the ulps."""
    if exact is None or not math.isfinite(got):
        return got
    error = max(abs(Fraction(got) - Fraction(exact)) - allowed, Fraction(0))
    return 1 + error / ulp(Fraction(exact)) / 2 ** 52 if exact else error


def like(exact):
    return [None if e is None else Fraction(1 if e else 0) for e in exact]


def rows(library, random):
    def value():
        return random.choice((10 ** random.uniform(-6, 13), 10 ** random.uniform(0, 4), float(random.randint(0, 1000)), float(random.randint(0, 3))))

    def near(x):
        return x * (1 + random.choice((0, 1e-15, 1e-9, 1e-3, 1)) * random.random())

    def scalars(method):
        v, c, w = value(), value(), value()
        c = v + random.choice((0.0, value(), v * 2.0 ** -50))
        p = near(v * w / c) if c and random.random() < 0.7 else value()
        if random.random() < 0.3:  # what is left of the world is small
            w = near(c + p - v)
        return v, c, p, abs(w), method

    def some_matrix(method):
        r, c = random.choice(((1, 1), (1, 4), (4, 1), (2, 2), (2, 3), (3, 2), (3, 5), (6, 4)))
        kind = random.randint(0, 3)
        values = [value() if random.random() < 0.8 else 0.0 for _ in range(r * c)]
        if kind == 0:  # near R = 1 throughout
            left, right = [value() + 1 for _ in range(r)], [value() + 1 for _ in range(c)]
            values = [near(a * b) if random.random() < 0.5 else a * b for a in left for b in right]
        elif kind == 1:
            values = [random.choice((0.0, 0.1, 0.3, 1.0, 2.0, 2.5)) for _ in values]
        elif kind == 2 and len(values) > 3:  # one country or product that is nearly everything
            values[0] = 10 ** random.uniform(10, 20)
        populations = [value() + 1 for _ in range(r)] if method < 5 and random.random() < 0.3 else []
        return values, populations, r, c, method

    def filled(values, populations, r, c, method):
        out = doubles([0.0] * len(values))
        assert library.trade_advantage_matrix(doubles(values), doubles(populations) if populations else None, r, c, method, out) == 0
        return list(out)

    def allowed(values, populations, r, c, method, exact):
        """What may be added to each bound: 2^-101 of the larger of the terms whose difference it is."""
        country, product, world = definition.totals(values, populations, r, c)
        found = []
        for i, v in enumerate(map(Fraction, values)):
            e, a, b = exact[i], country[i // c], product[i % c]
            if e is None or method in (0, 6):
                found.append(Fraction(0))
            elif method == 3:
                found.append(LEFT_OUT * max(v / a, b / world))
            elif method == 4:
                found.append(LEFT_OUT * max(v / world, a * b / world ** 2))
            elif method == 5:
                found.append(LEFT_OUT * e * world / (world - a - b + v))
            else:
                found.append(LEFT_OUT)
        return found

    def matrix_row(method):
        def exact(*arguments):
            found = definition.matrix(*arguments)
            return found if method in (0, 6) else like(found)

        def call(*arguments):
            got = filled(*arguments)
            if method in (0, 6):
                return got
            wanted = definition.matrix(*arguments)
            return [beyond(g, e, a) for g, e, a in zip(got, wanted, allowed(*arguments, wanted))]
        return Row(f"trade_advantage_matrix, {NAMES[method]}", definition.MATRIX_ULPS[method], functools.partial(some_matrix, method), exact, call=call, share=0.05)

    def two():
        n = random.randint(1, 8)
        x = [value() if random.random() < 0.8 else 0.0 for _ in range(n)]
        return x, [near(a) if random.random() < 0.5 else value() for a in x]

    def pair_row(name):
        function = getattr(library, f"trade_advantage_{name}_array")
        oracle = getattr(definition, name)

        def call(x, m):
            out = doubles([0.0] * len(x))
            assert function(doubles(x), doubles(m), len(x), out) == 0
            return [beyond(g, e, LEFT_OUT) for g, e in zip(out, oracle(x, m))]
        return Row(f"trade_advantage_{name}_array", 2.5, two, lambda x, m: like(oracle(x, m)), call=call, share=0.1)

    def vollrath_row(measure):
        def draw():
            a = value()
            return a, random.choice((value(), near(a), a)), measure

        def call(a, b, measure):
            out = doubles([0.0])
            assert library.trade_advantage_vollrath_array(doubles([a]), doubles([b]), 1, measure, out) == 0
            return out[0]
        return Row(f"trade_advantage_vollrath_array, {('RTA', 'RC')[measure]}", (0.5, 5.5)[measure], draw, definition.vollrath, call=call, share=0.3)

    def positions():
        n = random.randint(1, 6)
        base, world_base = [value() for _ in range(n)], [value() for _ in range(n)]
        return [near(x) for x in base], base, [random.choice((3 * x, near(x))) for x in world_base], world_base

    def position(current, base, world_current, world_base):
        out = (ctypes.c_uint8 * len(current))()
        assert library.trade_advantage_position_array(*map(doubles, (current, base, world_current, world_base)), len(current), out) == 0
        return list(map(float, out))

    return (
        [Row(f"trade_advantage, {NAMES[m]}", definition.SCALAR_ULPS[m], functools.partial(scalars, m), definition.scalar, call=library.trade_advantage,
             share=0.3) for m in range(6)]
        + [Row("trade_advantage_balassa", 2.5, lambda: scalars(0)[:4], lambda *a: definition.scalar(*a, 0), share=0.3)]
        + [matrix_row(m) for m in range(7)] + [pair_row("lafay"), pair_row("michaely"), vollrath_row(0), vollrath_row(1)]
        + [Row("trade_advantage_position_array", 0, positions, lambda *a: list(map(Fraction, definition.position(*a))), call=position, share=0.1)])
