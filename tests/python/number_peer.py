#!/usr/bin/env python3
"""Compares trade_number_... with Python's float(), repr(), Fraction and Decimal, through the program number_lines.

    number_peer.py PROGRAM [--inputs N] [--seed S]

Each kind of input below is drawn N times. The tables of powers of ten in src/number.c are checked against exact integers.
"""
import argparse
import decimal
import itertools
import math
import pathlib
import random
import re
import struct
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src" / "number.c"
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
TEXT, RANGE = "!5", "!6"
NEAREST, DOWN, UP = 0, 1, 2
ROUNDINGS = {NEAREST: decimal.ROUND_HALF_EVEN, DOWN: decimal.ROUND_FLOOR, UP: decimal.ROUND_CEILING}
BATCH = 20_000

decimal.setcontext(decimal.Context(prec=4000, Emin=-9999, Emax=9999))


def bits_of(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def double_of(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def hexadecimal(x):
    return f"{bits_of(x):016x}" if math.isfinite(x) else RANGE


# What draws inputs.

def any_double(r):
    """Any finite double, all bit patterns alike."""
    while True:
        x = double_of(r.getrandbits(64))
        if math.isfinite(x):
            return x


def small_double(r):
    return double_of(r.getrandbits(r.randint(1, 54)) | r.getrandbits(1) << 63)


def power_of_two(r):
    """A power of two or one of its neighbours: there doubles are twice as far apart on one side."""
    bits = bits_of(math.ldexp(1.0, r.randint(-1074, 1023)))
    return double_of(max(0, bits + r.randint(-2, 2)))


def published(r):
    """What tables hold: few digits, and whole numbers."""
    return r.choice((1, -1)) * r.choice((float(r.randrange(10 ** r.randint(1, 17))),
                                         r.randrange(10 ** r.randint(1, 13)) / 10 ** r.randint(1, 6),
                                         float(f"{r.randrange(10 ** r.randint(1, 17))}e{r.randint(-30, 25)}")))


def tie(r):
    """A multiple of a small power of two: many are half-way between two decimals of few places, or of 16 digits."""
    return r.choice((1, -1)) * math.ldexp(r.getrandbits(r.randint(1, 53)), r.randint(-20, 20))


def digits(r, most=40):
    return "".join(r.choices("0123456789", k=r.randint(1, most)))


def decimal_text(r):
    text = digits(r)
    at = r.randint(0, len(text))
    text = r.choice(("", "", "-", "+")) + text[:at] + r.choice((".", ".", "" if at else ".")) + text[at:]
    power = r.choice((0, r.randint(-25, 25), r.randint(-400, 350)))
    return text + (f"{r.choice('eE')}{r.choice(('', '+')) if power >= 0 else ''}{power}" if power or r.random() < 0.2 else "")


def short_text(r):
    """As table cells: few digits, a point."""
    return f"{r.randrange(10 ** r.randint(1, 12))}.{r.randrange(10 ** r.randint(1, 7))}"


def halfway(r):
    """The exact point between two neighbouring doubles as (digits, power), or that point a little up or down far behind."""
    low = abs(r.choice((any_double, any_double, small_double, power_of_two))(r))
    if low == sys.float_info.max:
        middle = Decimal(2) ** 1024 - Decimal(2) ** 970
    else:
        middle = (Decimal(low) + Decimal(double_of(bits_of(low) + 1))) / 2
    _, figures, power = middle.as_tuple()
    figures = "".join(map(str, figures))
    off = r.choice((0, 0, -1, 1))
    if off:
        behind = r.choice((1, r.randint(1, 30), r.randint(1, 900)))
        figures, power = str(int(figures) * 10 ** behind + off), power - behind
    return figures, power


def halfway_text(r):
    figures, power = halfway(r)
    sign = r.choice(("", "-"))
    if r.random() < 0.5 and -len(figures) < power < 0:
        return f"{sign}{figures[:power]}.{figures[power:]}"
    if r.random() < 0.5 and -2000 < power < 0:
        return f"{sign}0.{'0' * (-power - len(figures))}{figures}" if -power >= len(figures) else f"{sign}{figures}e{power}"
    return f"{sign}{figures}e{power}"


def cut_text(r):
    """A half-way point cut off after some digits: with 18 or 19, it lies as near as 64 bits can tell, just below or just above."""
    figures, power = halfway(r)
    keep = min(len(figures), r.choice((18, 19, r.randint(17, 60))))
    return f"{int(figures[:keep]) + r.getrandbits(1)}e{power + len(figures) - keep}"


def nearly_text(r):
    """Mostly not a number, but near one."""
    text = list(decimal_text(r)[:r.randint(0, 12)])
    for _ in range(r.randint(0, 2)):
        text.insert(r.randint(0, len(text)), r.choice("0123456789..eE+-_ ,xnif"))
    return "".join(text)


# What is asked, and what must come.

def parse(text):
    return f"p {text}", hexadecimal(float(text)) if NUMBER.fullmatch(text) else TEXT


def directed(figures, power, negative, rounding):
    """By exact comparison; float() only says where to look."""
    sign = -1 if negative else 1
    exact = sign * int(figures) * (Fraction(10) ** power)
    x = float(f"{'-' * negative}{figures}e{power}")
    if rounding == DOWN and (x == math.inf or exact < Fraction(x if math.isfinite(x) else 0) and math.isfinite(x)):
        x = math.nextafter(x, -math.inf)
    if rounding == UP and (x == -math.inf or math.isfinite(x) and exact > Fraction(x)):
        x = math.nextafter(x, math.inf)
    if x == 0:
        x = math.copysign(0.0, sign)
    return f"d {rounding} {int(negative)} {power} {figures}", hexadecimal(x)


def directed_any(r):
    kind = r.randrange(4)
    if kind == 0:
        figures, power = halfway(r)
    elif kind == 1:  # exact, or just beside a double
        _, figures, power = Decimal(abs(any_double(r))).as_tuple()
        figures, power = "".join(map(str, figures)), power - 5
        figures = str(int(figures) * 10 ** 5 + r.choice((0, 0, 1, -1)) if int(figures) else 0)
    else:
        figures, power = digits(r), r.choice((0, r.randint(-20, 20), r.randint(-400, 350)))
    return directed(figures, power, r.random() < 0.5, r.choice((NEAREST, DOWN, DOWN, UP, UP)))


def shortest(x):
    text = repr(x)
    return f"s {bits_of(x):016x}", text[:-2] if text.endswith(".0") else text


def fixed(x, scale, decimals, rounding):
    value = Decimal(x).scaleb(-scale).quantize(Decimal((0, (1,), -decimals)), rounding=ROUNDINGS[rounding])
    text = format(value, "f")
    return f"f {bits_of(x):016x} {scale} {decimals} {rounding}", text[1:] if value == 0 and text[0] == "-" else text


def fixed_any(r):
    return fixed(any_double(r), r.randint(-400, 400), r.choice((r.randint(0, 20), r.randint(0, 1100))), r.choice(list(ROUNDINGS)))


def fixed_published(r):
    x = r.choice((published, tie))(r)
    return fixed(x, r.choice((0, 0, -2, 3, 6, 9, r.randint(-20, 20))), r.randint(0, 6), r.choice(list(ROUNDINGS)))


KINDS = {
    "parse: repr of any double": lambda r: parse(repr(any_double(r))),
    "parse: any double to 17 digits": lambda r: parse("%.16e" % any_double(r)),
    "parse: short decimals": lambda r: parse(short_text(r)),
    "parse: 1 to 40 digits": lambda r: parse(decimal_text(r)),
    "parse: 1 to 19 digits, every power": lambda r: parse(f"{digits(r, 19)}e{r.randint(-365, 312)}"),
    "parse: half-way between neighbours": lambda r: parse(halfway_text(r)),
    "parse: half-way, cut off": lambda r: parse(cut_text(r)),
    "parse: nearly numbers": lambda r: parse(nearly_text(r)),
    "from_digits: three roundings": directed_any,
    "shortest: any double": lambda r: shortest(any_double(r)),
    "shortest: small and subnormal": lambda r: shortest(small_double(r)),
    "shortest: around powers of two": lambda r: shortest(power_of_two(r)),
    "shortest: published": lambda r: shortest(published(r)),
    "shortest: ties": lambda r: shortest(tie(r)),
    "fixed: any double, scale, places": fixed_any,
    "fixed: published, few places": fixed_published,
}


def compare(program, name, draw, inputs):
    """Number of wrong answers; the first few are printed."""
    wrong = 0
    for start in range(0, inputs, BATCH):
        cases = [draw() for _ in range(min(BATCH, inputs - start))]
        asked = "".join(f"{line}\n" for line, _ in cases)
        got = subprocess.run([program], input=asked, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
        if len(got) != len(cases):
            sys.exit(f"{name}: {len(cases)} lines asked, {len(got)} answered")
        for (line, want), answer in zip(cases, got):
            if answer == want:
                continue
            wrong += 1
            if wrong <= 3:
                print(f"  WRONG: {line} gives {answer}, not {want}")
    print(f"{name:40s} {inputs:9d} compared, {wrong} wrong", flush=True)
    return wrong


def wrong_table_entries():
    text, wrong = SOURCE.read_text(encoding="utf-8"), 0
    for name, powers in (("number_power", range(-27, 28)), ("number_leap", range(-330, 331, 55))):
        entries = re.search(name + r"\[\d+\] = \{(.*?)\};", text, flags=re.S).group(1)
        entries = [int(e, 16) for e in re.findall(r"0x([0-9a-f]{16})u", entries)]
        exact = []
        for power in powers:
            shifted = Fraction(10) ** power * 2 ** 2000
            whole = shifted.numerator // shifted.denominator
            exact.append(whole >> (whole.bit_length() - 64))
        wrong += entries != exact
        print(f"{name:40s} {len(exact):9d} entries, {'wrong' if entries != exact else 'right'}")
    return wrong


def every_power():
    """Significands of 64 bits at every power of ten, so that each entry of the tables is used: the ends, and those next to a
    power of two, whose bounds may lie on both sides of it."""
    for power in range(-370, 330):
        heads = [1, 9, 10 ** 18 + 1, 2 ** 63 - 1, 2 ** 63 + 1, 10 ** 19 - 1, 10 ** 20 - 1]
        ten = Fraction(10) ** power
        binary = (10 ** 19 * ten).numerator.bit_length() - ten.denominator.bit_length()
        for head in (int(Fraction(2) ** (binary - k) / ten) for k in range(-1, 6)):
            heads += [h for h in (head, head + 1) if 10 ** 17 <= h < 10 ** 19]
        yield from (parse(f"{head}e{power}") for head in heads)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--inputs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=2020)
    a = parser.parse_args()
    wrong = wrong_table_entries()
    swept = list(every_power())
    wrong += compare(a.program, "parse: every power of ten", itertools.cycle(swept).__next__, len(swept))
    powers = [shortest(double_of(bits_of(math.ldexp(1.0, e)) + k)) for e in range(-1074, 1024) for k in (-1, 0, 1) if e + k >= -1074]
    wrong += compare(a.program, "shortest: every power of two", itertools.cycle(powers).__next__, len(powers))
    for name, draw in KINDS.items():
        r = random.Random(f"{a.seed} {name}")
        wrong += compare(a.program, name, lambda: draw(r), a.inputs)
    return 1 if wrong else 0


if __name__ == "__main__":
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    sys.exit(main())
