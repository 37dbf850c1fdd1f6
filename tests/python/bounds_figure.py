"""Room figure: every range is held against exact rational arithmetic, and every text against exact decimals.

Three rows an operation: the value's error; the bounds' error; and whether the range holds the exact one and the results of random points
inside. Rows that check rather than measure give 1 where all is right. Open sides and overflow stand in the golden vectors.
"""
import ctypes
import math
import pathlib
import re
import sys
from decimal import Decimal
from fractions import Fraction

from bounds import Row

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_figure as exact  # noqa: E402

VALUE_ULPS = {"trade_figure_growth": 1.5, "trade_figure_implied_base": 1.5}
BOUND_ULPS = {"trade_figure_growth": 4, "trade_figure_implied_base": 4}  # the others are the nearest doubles outside
POINT = {"trade_figure_add": exact.add, "trade_figure_subtract": lambda x, y: x - y, "trade_figure_multiply": exact.multiply,
         "trade_figure_divide": exact.divide, "trade_figure_growth": exact.growth, "trade_figure_implied_base": exact.implied_base}

# What a qualifier does to a number of size x, unit u (of the last digit that counts) and sign s: (low, high).
QUALIFIERS = {
    "": lambda x, u, s: (s * x - u / 2, s * x + u / 2),
    "about ": lambda x, u, s: (s * x - u, s * x + u),
    "over ": lambda x, u, s: (s * x, math.inf),
    "under ": lambda x, u, s: (-math.inf, s * x),
    "nearly ": lambda x, u, s: (x - u, x) if s > 0 else (-x, u - x),
}
SCALES = {"": 0, " thousand": 3, "万": 4, " million": 6, "亿": 8, " billion": 9, "bn": 9, " trillion": 12, "万亿": 12}
UNITS = {"": (0, 0), "%": (-2, -1), " percent": (-2, -1), "个百分点": (-2, -2), " bp": (-4, -2), " yuan": (0, 156), "美元": (0, 840), " JPY": (0, 392)}
FULL_WIDTH = {ord(c): 0xFEE0 + ord(c) for c in "0123456789.,%-+e"}


def rows(library, random):
    Figure = library.structs["trade_figure"]

    def c_figure(figure):
        return Figure(*figure)

    def python(figure):
        return (figure.value, figure.low, figure.high)

    def clipped(x):
        """An infinite bound as the largest double, lest an error be infinite."""
        return math.copysign(sys.float_info.max, x) if math.isinf(x) else x

    # ---- Operations ----

    def number():
        kind = random.random()
        if kind < 0.2:
            return float(random.randint(-1000, 1000))
        if kind < 0.3:
            return random.choice((-1, 1)) * random.random() * 2.0 ** random.randint(-1074, -900)
        return random.choice((-1, 1, 1)) * (1 + random.random()) * 2.0 ** random.choice((0, 3, 40, -40, random.randint(-450, 450)))

    def around(value):
        """A range around a value: none, narrow, wide, across 0."""
        kind = random.random()
        if kind < 0.2:
            return (value, value, value)
        wide = abs(value) * 2.0 ** (random.randint(-54, -40) if kind < 0.4 else random.randint(-20, 3))
        return (value, value - random.choice((0, 1, random.random())) * wide, value + random.choice((0, 1, random.random())) * wide)

    def pair(name):
        def draw():
            a, b = around(number()), around(number())
            if name == "trade_figure_growth":
                b = tuple(sorted(map(abs, b[1:]))) + (0,)
                b = ((b[0] + b[1]) / 2, b[0], b[1])
            if name == "trade_figure_implied_base":
                b = around(random.choice((random.random() - 0.5, random.random() * 10, -1 + 2.0 ** -random.randint(1, 53), number())))
            if random.random() < 0.3 and name in ("trade_figure_growth", "trade_figure_subtract", "trade_figure_divide"):
                a = around(b[0] * (1 + random.choice((0.1, 1e-9, 2.0 ** -52)) * random.uniform(-1, 1)))
            return a, b
        return draw

    def call(name):
        function = getattr(library, name)
        return lambda a, b: python(function(c_figure(a), c_figure(b)))

    def bounds_of(name):
        def of(a, b):
            value, low, high = exact.OPERATIONS[name](a, b)
            if value is None:
                return [None, None]
            if name in BOUND_ULPS:
                return [min(max(x, -exact.BIGGEST), exact.BIGGEST) for x in (low, high)]
            return [clipped(exact.down(low)), clipped(exact.up(high))]
        return of

    def inside(figure):
        part = Fraction(random.randint(0, 16), 16)
        return Fraction(figure[1]) * (1 - part) + Fraction(figure[2]) * part

    def holds(name):
        function = call(name)

        def check(a, b):
            value, low, high = function(a, b)
            wanted = exact.OPERATIONS[name](a, b)
            if wanted[0] is None:
                return 1.0 if value != value and low != low and high != high else 0.0
            points = [POINT[name](inside(a), inside(b)) for _ in range(4)]
            return float(low <= value <= high and all(low <= x <= high for x in points + list(wanted[1:])))
        return check

    for name in exact.OPERATIONS:
        draw, function = pair(name), call(name)
        yield Row(f"{name} (value)", VALUE_ULPS.get(name, 0.5), draw, lambda a, b, n=name: exact.OPERATIONS[n](a, b)[0],
                  call=lambda a, b, f=function: f(a, b)[0])
        yield Row(f"{name} (bounds)", BOUND_ULPS.get(name, 0), draw, bounds_of(name), call=lambda a, b, f=function: [clipped(x) for x in f(a, b)[1:]])
        yield Row(f"{name} (holds)", 0, draw, lambda a, b: Fraction(1), call=holds(name))

    def draw_rounded():
        return number(), abs(number())

    def rounded(value, unit):
        half = Fraction(unit) / 2
        return [Fraction(value), Fraction(exact.down(Fraction(value) - half)), Fraction(exact.up(Fraction(value) + half))]

    yield Row("trade_figure_rounded", 0, draw_rounded, rounded, call=lambda v, u: python(library.trade_figure_rounded(v, u)))

    # ---- Texts ----

    def draw_text():
        """A text and what it means: (text, value, low, high, unit), exact."""
        digits = "".join(random.choice("0123456789") for _ in range(random.choice((1, 2, 3, 5, 17, 40))))
        whole = random.randint(0, len(digits))
        printed, decimals = digits[:whole], digits[whole:]
        if random.random() < 0.3 and len(printed) > 3 and printed[0] != "0":
            printed = f"{int(printed):,}"
        text = printed + ("." + decimals if decimals else "")
        exponent = random.choice((0, 0, 0, random.randint(-330, 290)))
        if exponent:
            text += f"e{exponent}"
        qualifier, scale, unit = random.choice(list(QUALIFIERS)), random.choice(list(SCALES)), random.choice(list(UNITS))
        sign = random.choice((1, 1, -1))
        exponent += SCALES[scale] + UNITS[unit][0] - len(decimals)
        zeros = len(digits) - len(digits.rstrip("0")) if qualifier in ("about ", "nearly ") and not decimals and int(digits) else 0
        size, last = int(digits) * Fraction(10) ** exponent, Fraction(10) ** (exponent + zeros)
        low, high = QUALIFIERS[qualifier](size, last, sign)
        text = qualifier + ("-" if sign < 0 else "") + text + scale + unit
        if random.random() < 0.2:
            text = text.translate(FULL_WIDTH)
        if random.random() < 0.2:
            low, high, sign, text = -high, -low, -sign, "down " + text if "-" not in text and "\uff0d" not in text else None
            if text is None:
                return draw_text()
        return text, sign * size, low, high, UNITS[unit][1]

    def parse(text):
        figure, unit, bytes_ = Figure(), ctypes.c_int32(), text.encode()
        status = library.trade_figure_parse_unit(bytes_, len(bytes_), ctypes.byref(figure), ctypes.byref(unit))
        return status, python(figure), unit.value

    def parses(text, value, low, high, unit):
        if exact.nearest(value) is None:
            return float(parse(text)[0] == 6)  # TRADE_ERROR_RANGE
        return float(parse(text) == (0, (float(value), exact.down(low), exact.up(high)), unit))

    yield Row("trade_figure_parse", 0, draw_text, lambda *_: Fraction(1), call=parses)

    def draw_figure():
        value = random.choice((number(), 0.0, random.uniform(-2, 2), random.uniform(-1e13, 1e13)))
        value, low, high = around(value) if value else (0.0, -random.random(), 2.0 ** random.randint(-900, 900))
        return value, low, high, random.choice((0, -1, -2, 156, 840, 999))

    def formats(value, low, high, unit):
        buffer = ctypes.create_string_buffer(64)
        if library.trade_figure_format(Figure(value, low, high), unit, buffer, 64):
            return 0.0
        text = buffer.value.decode()
        status, back, back_unit = parse(text)
        slack, width = Fraction(high - low) / 10 ** 9, Fraction(high) - Fraction(low)
        if status or back_unit != unit or not (back[1] <= low + slack and back[2] >= high - slack):
            return 0.0
        # As many digits as are known: where the value is in the middle, a unit of the last digit is less than 10 times the width.
        number, exponent, scale = re.fullmatch(r"(?:about )?-?([\d.]+)(?:e(-?\d+))?( \w+illion| thousand)?(?: .*)?", text).groups()
        last = int(exponent or 0) + SCALES[scale or ""] + (-2 if unit < 0 else 0) - len(number.partition(".")[2])
        if low == high:
            return float(back[0] == value)
        middle = abs(Fraction(value) - (Fraction(low) + Fraction(high)) / 2) < width / 100
        return float(not middle or Fraction(10) ** last < 11 * width)

    yield Row("trade_figure_format", 0, draw_figure, lambda *_: Fraction(1), call=formats)
