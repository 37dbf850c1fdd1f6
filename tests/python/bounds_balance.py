"""Balance held to its bounds."""
import functools
import pathlib
import sys

from bounds import Row
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_balance as definition  # noqa: E402


def rows(library, random):
    def value():
        return random.choice((10 ** random.uniform(-6, 15), 10 ** random.uniform(0, 3), float(random.randint(0, 1000)), 0.0,
                              -10 ** random.uniform(-3, 3) if random.random() < 0.1 else 1.0))

    def near(x):
        return x * (1 + random.gauss(0, random.choice((2.0 ** -52, 1e-9, 1e-2))))

    def arguments(count):
        """Values, some nearly equal to one before them or to a sum or difference of two, where formulas cancel."""
        found = [value()]
        while len(found) < count:
            other = random.choice(found)
            found.append(random.choice((value, lambda: near(other), lambda: near(abs(other - found[0])), lambda: near(other + found[0])))())
        random.shuffle(found)
        return tuple(found)

    def scalar(name):
        count = definition.DEFINITION[name].__code__.co_argcount
        function = "trade_balance" if name == "balance" else f"trade_balance_{name}"
        return Row(function, definition.ulps(name), lambda: arguments(count), functools.partial(definition.defined, name))

    def array(name):
        function = "trade_balance_array" if name == "balance" else f"trade_balance_{name}_array"

        def columns():
            n = random.randint(1, 20)
            pairs = [tuple(map(abs, arguments(2))) for _ in range(n)]
            return [x for x, _ in pairs], [m for _, m in pairs]

        def call(x, m):
            out = doubles([0.0] * len(x))
            assert getattr(library, function)(doubles(x), doubles(m), len(x), out) == 0
            return list(out)

        def exact(x, m):
            return [definition.defined(name, a, b) for a, b in zip(x, m)]
        return Row(function, definition.ulps(name), columns, exact, call=call, share=0.1)

    return [scalar(name) for name in definition.DEFINITION] + [array(name) for name in ("balance", "normalised", "cover")]
