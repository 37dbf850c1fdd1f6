"""Golden vectors of room currency."""
import itertools
import random
from decimal import Decimal, localcontext
from fractions import Fraction

from golden import Line

NAN, INF = float("nan"), float("inf")
EUR, USD, CNY, JPY, KWD, CLF, XAU, GBP = 978, 840, 156, 392, 414, 990, 959, 826
# Council Regulation (EC) No 2866/98, consolidated.
FIXED = {40: 13.7603, 56: 40.3399, 196: 0.585274, 276: 1.95583, 191: 7.53450, 233: 15.6466, 246: 5.94573, 250: 6.55957,
         300: 340.750, 372: 0.787564, 380: 1936.27, 428: 0.702804, 440: 3.45280, 442: 40.3399, 470: 0.429300,
         528: 2.20371, 620: 200.482, 703: 30.1260, 705: 239.640, 724: 166.386, 975: 1.95583}
DIGITS = {USD: 2, JPY: 0, KWD: 3, CLF: 4}


def known(x):
    return x == x and abs(x) != INF


def positive(x):
    return known(x) and x > 0


def rounded(value, currency):
    """To the minor unit, half to even, of the exact binary value."""
    if not known(value):
        return None
    scaled = Fraction(value) * 10 ** DIGITS[currency]
    return Fraction(round(scaled)) / 10 ** DIGITS[currency]  # round() of a Fraction is half to even


def exact_log(x):
    return (Decimal(x.numerator) / Decimal(x.denominator)).ln()


def effective(indices, weights):
    if not indices or not all(map(positive, indices)) or not all(known(w) and w >= 0 for w in weights) or not sum(weights):
        return None
    with localcontext() as context:
        context.prec = 60
        total = sum(Fraction(w) for w in weights)
        share = [Fraction(w) / total for w in weights]
        return sum((Decimal(s.numerator) / Decimal(s.denominator) * exact_log(Fraction(i)) for s, i in zip(share, indices)),
                   Decimal(0)).exp()


def total(values, prices, multiply):
    if not all(map(known, values)) or not all(map(positive, prices)):
        return [None] * 3
    v, p, n = [Fraction(x) for x in values], [Fraction(x) for x in prices], len(values)
    by_period = sum((x * y if multiply else x / y for x, y in zip(v, p)), Fraction(0))
    if n == 0:
        return [by_period, None, None]
    at_average = sum(v) * sum(p) / n if multiply else sum(v) * n / sum(p)
    return [by_period, at_average, by_period - at_average]


def lines():
    draw = random.Random(4217)
    between = lambda low, high: low * (high / low) ** draw.random()

    yield "A value rounded to the minor unit: exact, whatever the distance to the tie."
    for currency in DIGITS:
        for value in (2.675, 2.665, 0.125, 0.0625, 2.5, 3.5, 0.5, 1e300, 5e-324, 1.005, 1234567.895, 4503599627370497.5):
            yield Line("trade_currency_round", [value, currency], rounded(value, currency), 0)
        for _ in range(12):
            value = draw.choice((1, -1)) * between(1e-3, 1e16)
            yield Line("trade_currency_round", [value, currency], rounded(value, currency) or 0.0, 0)
    for value in (NAN, INF, -INF):
        yield Line("trade_currency_round", [value, USD], None, 0)
    yield Line("trade_currency_round", [1.2345, XAU], 1.2345, 0)

    yield "Inverse, cross and implied rates: price, base, quote."
    for price in (6.4545, 1.1096, 5e-324, 1e-308, 1.7e308, 0.0, -1.0, NAN, INF):
        inverse = 1 / Fraction(price) if positive(price) and price > 1e-320 else None
        yield Line("trade_rate_inverse", [price, USD, CNY], [inverse, CNY, USD] if inverse else [None, 0, 0], 0.5)
    for _ in range(8):
        a, b = between(1e-3, 1e4), between(1e-3, 1e4)
        x, y = Fraction(a), Fraction(b)
        yield Line("trade_rate_cross", [a, EUR, USD, b, USD, CNY], [x * y, EUR, CNY], 0.5)
        yield Line("trade_rate_cross", [a, EUR, USD, b, CNY, USD], [x / y, EUR, CNY], 0.5)
        yield Line("trade_rate_cross", [a, USD, EUR, b, USD, CNY], [y / x, EUR, CNY], 0.5)
        yield Line("trade_rate_cross", [a, USD, EUR, b, CNY, USD], [1 / (x * y), EUR, CNY], 1.5)
        yield Line("trade_rate_implied", [a * 1e9, USD, b * 1e9, CNY], [Fraction(b * 1e9) / Fraction(a * 1e9), USD, CNY], 0.5)
    for other in ([2.0, GBP, JPY], [2.0, EUR, USD], [2.0, USD, EUR], [0.0, USD, CNY], [NAN, 0, 0], [2.0, USD, 1]):
        yield Line("trade_rate_cross", [1.25, EUR, USD] + other, [None, 0, 0], 0)
    yield "China's goods trade of 2020 as an article gave it: 1.46 trillion yuan, 226.2 billion dollars."
    yield Line("trade_rate_implied", [226.2e9, USD, 1.46e12, CNY], [Fraction(1.46e12) / Fraction(226.2e9), USD, CNY], 0.5)

    yield "Conversion by the rate's direction; then through the euro by the fixed rates, 100 marks into francs first."
    for value in (1.46e12, -226.2, 0.0, 1e-300, NAN, INF):
        for currency in (USD, CNY, EUR):
            price, exact = 6.4545, None
            if known(value) and currency != EUR:
                exact = Fraction(value) * Fraction(price) if currency == USD else Fraction(value) / Fraction(price)
            yield Line("trade_currency_convert", [value, currency, price, USD, CNY], exact, 0.5)
    pairs = [(276, 250), (380, 276), (372, 528)] + draw.sample(list(itertools.permutations(FIXED, 2)), 25)
    for number, (old, new) in enumerate(pairs):
        value = 100.0 if number < 3 else between(0.01, 1e9)
        yield Line("through_the_euro", [value, old, new], Fraction(value) / Fraction(FIXED[old]) * Fraction(FIXED[new]), 1.5)

    yield "Arrays at each period's price, and their totals: by period, at the mean price, the difference."
    for n in (0, 1, 2, 4, 12, 12, 24, 64):
        for multiply in (True, False):
            values = [draw.choice((1, 1, 1, -1)) * between(1, 1e12) for _ in range(n)]
            prices = [between(6, 7) if n < 24 else between(1e-2, 1e4) for _ in range(n)]
            sides = [USD if multiply else CNY, USD, CNY]
            exact = [Fraction(v) * Fraction(p) if multiply else Fraction(v) / Fraction(p) for v, p in zip(values, prices)]
            if n:
                yield Line("trade_currency_convert_series", [values, prices] + sides, exact, 0.5)
            if n != 1 or multiply:  # a difference of 0 between quotients is known to 2^-100 of them only
                yield Line("trade_currency_convert_total", [values, prices] + sides, total(values, prices, multiply), 0.501)
    for multiply in (True, False):
        values, prices = [1.0, NAN, INF, 4.0, 5.0, 6.0, -INF], [6.5, 6.5, 6.5, 0.0, -1.0, INF, NAN]
        exact = [Fraction(6.5) if multiply else 1 / Fraction(6.5)] + [None] * 6
        sides = [USD if multiply else CNY, USD, CNY]
        yield Line("trade_currency_convert_series", [values, prices] + sides, exact, 0.5)
        # Prices so close that the totals agree to 14 digits and more: the difference still has all of its own.
        values, prices = [1e9 + i for i in range(12)], [6.5 + i * 2.0 ** (-45 if multiply else -22) for i in range(12)]
        yield Line("trade_currency_convert_total", [values, prices] + sides, total(values, prices, multiply), 0.501)

    yield "Mean prices, missing ones left out, and how many were used."
    for n in (1, 2, 3, 5, 12, 21, 22, 64):
        for missing in (0, 1):
            prices = [NAN if missing and draw.random() < 0.3 else round(between(0.005, 500), 4) for _ in range(n)]
            used = [Fraction(p) for p in prices if positive(p)]
            yield Line("trade_rate_mean", [prices], [sum(used) / len(used) if used else None, len(used)], 0.501)
    yield Line("trade_rate_mean", [[NAN, 0.0, -1.0, INF, -INF]], [None, 0], 0)

    yield "Weighted rates, and the change of a price seen from either side."
    for n in (1, 2, 5, 12, 12, 40):
        local = [between(1, 1e12) for _ in range(n)]
        other = [x / between(6, 7) for x in local]
        yield Line("trade_rate_weighted", [local, other], sum(map(Fraction, local)) / sum(map(Fraction, other)), 0.501)
    for local, other in (([], []), ([1.0, -1.0], [1.0, 2.0]), ([1.0, 2.0], [1.0, -1.0]), ([1.0, NAN], [1.0, 1.0]), ([-1.0], [-1.0])):
        yield Line("trade_rate_weighted", [local, other], None, 0)
    prices = [(6.4545, 6.9042), (7.0, 6.999999999999999), (1e-3, 1e3), (6.5, 6.5), (0.0, 1.0), (1.0, 0.0), (NAN, 1.0), (-1.0, 1.0),
              (1.0, INF)] + [(between(1e-3, 1e4), between(1e-3, 1e4)) for _ in range(12)]
    for current, earlier in prices:
        good = positive(current) and positive(earlier)
        up = (Fraction(current) - Fraction(earlier)) / Fraction(earlier) if good else None
        down = (Fraction(earlier) - Fraction(current)) / Fraction(current) if good else None
        yield Line("trade_rate_appreciation", [current, earlier], up, 1.5)
        yield Line("trade_rate_depreciation", [current, earlier], down, 1.5)

    yield "Effective and real rates."
    for spread in (1.0001, 1.1, 2.0, 10.0):
        for n in (1, 2, 5, 20, 40):
            indices = [100 * between(1 / spread, spread) for _ in range(n)]
            weights = [draw.random() for _ in range(n)]
            yield Line("trade_rate_effective", [indices, weights], effective(indices, weights), 4 + 3 * 2 * float(Decimal(spread).ln()))
    for indices, weights in (([], []), ([100.0, 0.0], [1.0, 1.0]), ([100.0, -1.0], [1.0, 0.0]), ([100.0, NAN], [1.0, 0.0]),
                             ([100.0, 90.0], [0.0, 0.0]), ([100.0, 90.0], [2.0, -1.0]), ([100.0, 90.0], [1.0, NAN])):
        yield Line("trade_rate_effective", [indices, weights], None, 0)
    for _ in range(20):
        nominal, foreign, home = between(1e-3, 1e4), between(50, 200), between(50, 200)
        yield Line("trade_rate_real", [nominal, foreign, home], Fraction(nominal) * Fraction(foreign) / Fraction(home), 1.5)
    for bad in (0.0, -1.0, NAN, INF):
        yield Line("trade_rate_real", [bad, 1.0, 1.0], None, 0)
