"""Golden vectors of room figure, and its exact arithmetic: ranges of rational numbers with open sides."""
import math
from decimal import Decimal
from fractions import Fraction

from golden import Line

INF = math.inf
UNDEFINED = (None, None, None)
BIGGEST = Fraction(math.nextafter(INF, 0))


def exact(x):
    """A double as a Fraction; infinities stay."""
    return x if isinstance(x, Fraction) or not math.isfinite(x) else Fraction(x)


def down(x):
    """The greatest double that is not above x."""
    if not isinstance(x, Fraction):
        return x
    if abs(x) > BIGGEST:
        return float(BIGGEST) if x > 0 else -INF
    near = float(x)
    return math.nextafter(near, -INF) if Fraction(near) > x else near


def up(x):
    return -down(-x) + 0.0  # 0, not -0


def nearest(x):
    """The nearest double; None if that is infinite."""
    try:
        return float(x)
    except OverflowError:
        return None


def known(figure):
    return all(x == x for x in figure) and math.isfinite(figure[0]) and figure[1] <= figure[0] <= figure[2]


def add(x, y):
    return x + y if isinstance(x, Fraction) and isinstance(y, Fraction) else float(x if not isinstance(x, Fraction) else y)


def sign(x):
    return (x > 0) - (x < 0)


def multiply(x, y):
    if x == 0 or y == 0:
        return Fraction(0)
    return x * y if isinstance(x, Fraction) and isinstance(y, Fraction) else sign(x) * sign(y) * INF


def divide(x, y):
    if not isinstance(y, Fraction):
        return Fraction(0)
    return x / y if isinstance(x, Fraction) else x * sign(y)


def growth(current, base):
    if not isinstance(base, Fraction):
        return Fraction(-1)
    return current / base - 1 if isinstance(current, Fraction) else current


def implied_base(current, rate):
    return divide(current, add(Fraction(1), rate))


def allowed(operation, a, b):
    """Whether the operation is defined for these ranges."""
    if operation is divide:
        return b[1] > 0 or b[2] < 0
    return b[1] > (0 if operation is growth else -1) if operation in (growth, implied_base) else True


def combine(operation, a, b):
    """(value, low, high) of an operation on two figures, exact: Fractions or infinities; UNDEFINED."""
    if not known(a) or not known(b) or not allowed(operation, a, b):
        return UNDEFINED
    a, b = [exact(x) for x in a], [exact(x) for x in b]
    value = operation(a[0], b[0])
    corners = [operation(x, y) for x in a[1:] for y in b[1:]]
    return (value, min(corners), max(corners)) if nearest(value) is not None else UNDEFINED


def subtracted(a, b):
    return combine(add, a, (-b[0], -b[2], -b[1]))


OPERATIONS = {
    "trade_figure_add": lambda a, b: combine(add, a, b),
    "trade_figure_subtract": subtracted,
    "trade_figure_multiply": lambda a, b: combine(multiply, a, b),
    "trade_figure_divide": lambda a, b: combine(divide, a, b),
    "trade_figure_growth": lambda a, b: combine(growth, a, b),
    "trade_figure_implied_base": lambda a, b: combine(implied_base, a, b),
}
ULPS = {"trade_figure_growth": 4, "trade_figure_implied_base": 4}


def outward(figure):
    value, low, high = figure
    return (None, None, None) if value is None else (nearest(value), down(low), up(high))


def printed(number, half, exponent=0):
    """A figure as it stands in print: number +- half, in units of 10^exponent."""
    unit = Fraction(10) ** exponent
    number, half = Fraction(Decimal(number)), Fraction(Decimal(half))
    return outward((number * unit, (number - half) * unit, (number + half) * unit))


def line(function, a, b):
    result = OPERATIONS[function](a, b)
    ulps = ULPS.get(function, 0)
    return Line(function, [*a, *b], list(result if ulps else outward(result)), ulps)


# Published figures.
DIGITAL_2020 = printed("1.46", "0.005", 12)
DIGITAL_2020_USD = printed("226.2", "0.05", 9)
DIGITAL_GROWTH = printed("20.5", "0.05", -2)
LEAD = printed("15.6", "0.05", -2)
DIGITAL_2019_USD = printed("203.6", "0.05", 9)
SERVICES_2019, SERVICES_2020, SERVICES_2021 = (printed(x, "0.05", 8) for x in ("54152.9", "45642.7", "52982.7"))
EXPORTS_2020, IMPORTS_2020 = printed("19356.7", "0.05", 8), printed("26286.0", "0.05", 8)

EDGES = [
    (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (-1.0, -1.5, -0.5), (0.5, -1.0, 2.0), (3.0, 0.0, 4.0), (-3.0, -4.0, 0.0),
    (0.1, 0.1, 0.1), (1 / 3, 1 / 3, 0.5), (0.5, 0.5, INF), (-0.5, -INF, -0.5), (2.0, -INF, INF), (5e-324, 0.0, 1e-323),
    (1e-200, 9e-201, 2e-200), (1e308, 9e307, 1.7e308), (-1e308, -1.7e308, 3.0), (1.0, math.nan, 2.0), (math.nan, 0.0, 1.0),
    (1.0, 2.0, 3.0), (INF, 1.0, INF), (-0.99, -0.999, 0.5), (1.0, math.nextafter(1, 0), math.nextafter(1, 2)),
]


def lines():
    yield "China's digital trade, 2020: 1.46 trillion yuan, $226.2 billion, up 20.5 percent, 15.6 points more than trade in services"
    yield "(China Daily, 2021); 2019: $203.6 billion (Xinhua, 7 September 2020)"
    yield line("trade_figure_divide", DIGITAL_2020, DIGITAL_2020_USD)
    yield line("trade_figure_implied_base", DIGITAL_2020, DIGITAL_GROWTH)
    yield line("trade_figure_subtract", DIGITAL_GROWTH, LEAD)
    yield line("trade_figure_growth", DIGITAL_2020_USD, DIGITAL_2019_USD)
    yield "China's trade in services in 100 million yuan, 2019 54152.9, 2020 45642.7 (exports 19356.7, imports 26286.0), 2021 52982.7"
    yield "(Ministry of Commerce, 4 February 2021, 30 January 2022)"
    yield line("trade_figure_growth", SERVICES_2020, SERVICES_2019)
    yield line("trade_figure_growth", SERVICES_2021, SERVICES_2020)
    yield line("trade_figure_add", EXPORTS_2020, IMPORTS_2020)
    yield line("trade_figure_subtract", EXPORTS_2020, IMPORTS_2020)
    yield line("trade_figure_divide", EXPORTS_2020, SERVICES_2020)
    for value, unit in ((54152.9, 0.1), (3727.0, 1.0), (0.205, 0.001), (-32.2, 0.1), (5e-324, 5e-324), (1.0, 0.0), (1.5, 1e300), (2.0, -1.0),
                        (math.nan, 1.0), (1.0, math.nan), (INF, 1.0), (1.0, INF), (1.7976931348623157e308, 1e300)):
        good = math.isfinite(value) and math.isfinite(unit) and unit >= 0
        half = Fraction(unit) / 2 if good else None
        result = outward((Fraction(value), Fraction(value) - half, Fraction(value) + half)) if good else UNDEFINED
        yield Line("trade_figure_rounded", [value, unit], list(result), 0)
    for low, high in ((1.0, 2.0), (-1.0, 3.0), (0.1, 0.1), (5e-324, 5e-324), (1e308, 1.7e308), (2.0, 1.0), (math.nan, 1.0), (0.0, INF), (-INF, 0.0)):
        good = math.isfinite(low) and math.isfinite(high) and low <= high
        middle = (Fraction(low) + Fraction(high)) / 2 if good else None
        yield Line("trade_figure_range", [low, high], [nearest(middle), low, high] if good else list(UNDEFINED), 0)
    for function in OPERATIONS:
        for i, a in enumerate(EDGES):
            for b in EDGES[i % 3::3]:
                # A difference that overflows although the growth does not leaves growth undefined or wide: not compared here.
                if function == "trade_figure_growth" and abs(a[0]) > 1e307 and b[0] > 1e307:
                    continue
                yield line(function, a, b)
