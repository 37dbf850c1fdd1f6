"""Error bounds of room currency."""
import ctypes
import math
from decimal import Decimal
from fractions import Fraction

from bounds import Row
from library import doubles

EUR, USD, CNY, KWD, JPY, CLF = 978, 840, 156, 414, 392, 990
DIGITS = {USD: 2, JPY: 0, KWD: 3, CLF: 4}


def rows(library, random):
    rate, total = library.trade_rate, library.trade_currency_total

    def between(low, high):
        return math.exp(random.uniform(math.log(low), math.log(high)))

    def price():
        """A positive price: an everyday one, one from far away, or (rarely) none."""
        kind = random.random()
        if kind < 0.02:
            return random.choice((math.nan, math.inf, 0.0, -1.0))
        return between(1e-3, 1e4) if kind < 0.7 else between(1e-100, 1e100)

    def value():
        sign = random.choice((1, -1))
        return random.choice((math.nan, math.inf)) if random.random() < 0.01 else sign * between(1e-50, 1e50)

    def usable(*prices):
        return all(p > 0 and math.isfinite(p) for p in prices)

    def near(x):
        """A neighbour of x, a few ulps to a few percent away: where differences cancel."""
        return x * (1 + random.uniform(-1, 1) * 2.0 ** random.uniform(-52, -4))

    def prices_pair():
        a = price()
        return a, near(a) if random.random() < 0.5 else price()

    # Rounding is exact: half of the last place is the choice of the double, so the value itself must be the nearest double.
    def round_draw():
        currency = random.choice(list(DIGITS))
        x = between(1e-6, 1e17) * random.choice((1, -1))
        if random.random() < 0.5:  # ties and their neighbours
            x = round(x * 2 ** 12) / 2 ** 12 if random.random() < 0.5 else round(x, DIGITS[currency] + 1)
        return x, currency

    def round_exact(x, currency):
        scaled = Fraction(x) * 10 ** DIGITS[currency]
        return Fraction(round(scaled)) / 10 ** DIGITS[currency]

    yield Row("trade_currency_round", 0.5, round_draw, round_exact)

    yield Row("trade_rate_inverse", 0.5, lambda: (price(),), lambda p: 1 / Fraction(p) if usable(p) else None,
              lambda p: library.trade_rate_inverse(rate(p, USD, CNY)).price)

    # Orientation 0 to 3: a is EUR/USD or USD/EUR, b is USD/CNY or CNY/USD; the result is always EUR/CNY.
    def cross_call(orientation):
        def call(a, b):
            found = library.trade_rate_cross(rate(a, USD, EUR) if orientation & 2 else rate(a, EUR, USD),
                                             rate(b, CNY, USD) if orientation & 1 else rate(b, USD, CNY))
            assert math.isnan(found.price) or (found.base, found.quote) == (EUR, CNY)
            return found.price
        return call

    def cross_exact(orientation):
        def exact(a, b):
            if not usable(a, b):
                return None
            x = 1 / Fraction(a) if orientation & 2 else Fraction(a)
            return x / Fraction(b) if orientation & 1 else x * Fraction(b)
        return exact

    for orientation, bound in enumerate((0.5, 0.5, 0.5, 1.5)):
        yield Row(f"trade_rate_cross, orientation {orientation}", bound, lambda: (price(), price()), cross_exact(orientation),
                  cross_call(orientation))

    yield Row("trade_rate_implied", 0.5, lambda: (price(), price()),
              lambda b, q: Fraction(q) / Fraction(b) if usable(b, q) else None,
              lambda b, q: library.trade_rate_implied(b, USD, q, CNY).price)

    def convert_exact(v, currency, p):
        if not math.isfinite(v) or not usable(p):
            return None
        return Fraction(v) * Fraction(p) if currency == USD else Fraction(v) / Fraction(p)

    yield Row("trade_currency_convert", 0.5, lambda: (value(), random.choice((USD, CNY)), price()), convert_exact,
              lambda v, currency, p: library.trade_currency_convert(v, currency, rate(p, USD, CNY)))

    def arrays_draw():
        n = random.randint(1, 40)
        return [value() for _ in range(n)], [price() for _ in range(n)], random.choice((USD, CNY))

    def series_call(values, prices, currency):
        out = doubles(values)
        status = library.trade_currency_convert_series(out, doubles(prices), len(values), currency, USD, CNY, out)
        assert status == 0
        return list(out)

    yield Row("trade_currency_convert_series", 0.5, arrays_draw,
              lambda values, prices, currency: [convert_exact(v, currency, p) for v, p in zip(values, prices)], series_call, 0.1)

    def array_call(values, prices, currency):
        out = (ctypes.c_double * len(values))()
        assert library.trade_currency_convert_array(doubles(values), len(values), currency, rate(prices[0], USD, CNY), out) == 0
        return list(out)

    def array_draw():
        values, prices, currency = arrays_draw()
        return values, [between(1e-100, 1e100)], currency

    yield Row("trade_currency_convert_array", 0.5, array_draw,
              lambda values, prices, currency: [convert_exact(v, currency, prices[0]) for v in values], array_call, 0.1)

    # Totals: values of both signs over many magnitudes, prices that wander or that hardly move.
    def total_draw():
        n = random.randint(1, 30)
        values = [random.choice((1, 1, 1, -1)) * between(1e-3, 1e13) for _ in range(n)]
        middle, width = between(1e-3, 1e4), 2.0 ** random.uniform(-40, 0)
        return values, [middle * (1 + width * random.random()) for _ in range(n)], random.choice((USD, CNY))

    def total_members(values, prices, currency):
        terms = [convert_exact(v, currency, p) for v, p in zip(values, prices)]
        v, p, n = sum(map(Fraction, values)), sum(map(Fraction, prices)), len(values)
        by_period, at_average = sum(terms), v * p / n if currency == USD else v * n / p
        return by_period, at_average, by_period - at_average, sum(map(abs, terms))

    def total_call(values, prices, currency):
        out = total()
        assert library.trade_currency_convert_total(doubles(values), doubles(prices), len(values), currency, USD, CNY,
                                                    ctypes.byref(out)) == 0
        return out

    yield Row("trade_currency_convert_total, totals", 0.501, total_draw,
              lambda *a: list(total_members(*a)[:2]), lambda *a: [total_call(*a).by_period, total_call(*a).at_average], 0.1)
    # The difference within 0.501 ulp of itself, or 2^-100 of the magnitudes: an exact value within that of the result counts as it.

    def difference(*a):
        got, exact, size = total_call(*a).difference, *total_members(*a)[2:]
        return float(exact) if abs(Fraction(got) - exact) <= size / 2 ** 100 else got

    yield Row("trade_currency_convert_total, difference", 0.501, total_draw, lambda *a: total_members(*a)[2], difference, 0.1)

    def mean_draw():
        n = random.randint(1, 60)
        low, high = random.choice(((6, 7), (1e-3, 1e4), (1e-15, 1e25)))
        return ([between(low, high) if random.random() < 0.95 else random.choice((math.nan, 0.0, -1.0, math.inf))
                 for _ in range(n)],)

    def mean_exact(prices):
        used = [Fraction(p) for p in prices if usable(p)]
        return sum(used) / len(used) if used else None

    yield Row("trade_rate_mean", 0.501, mean_draw, mean_exact,
              lambda prices: library.trade_rate_mean(doubles(prices), len(prices), None), 0.2)

    def weighted_draw():
        n = random.randint(1, 40)
        return tuple([random.choice((1, 1, 1, -1)) * between(1e-6, 1e15) for _ in range(n)] for _ in range(2))

    def weighted_exact(local, converted):
        a, b = sum(map(Fraction, local)), sum(map(Fraction, converted))
        return a / b if a > 0 and b > 0 else None

    yield Row("trade_rate_weighted", 0.501, weighted_draw, weighted_exact,
              lambda local, converted: library.trade_rate_weighted(doubles(local), doubles(converted), len(local)), 0.2)

    yield Row("trade_rate_appreciation", 1.5, prices_pair,
              lambda c, e: (Fraction(c) - Fraction(e)) / Fraction(e) if usable(c, e) else None)
    yield Row("trade_rate_depreciation", 1.5, prices_pair,
              lambda c, e: (Fraction(e) - Fraction(c)) / Fraction(c) if usable(c, e) else None)

    # Indices within a factor of e, so that the largest |ln(index / mean)| is below 1: 4 + 3 ulps; then far apart, below 20.
    def effective_draw(spread):
        def draw():
            n, s = random.randint(1, 12), random.uniform(0, spread)
            return [100 * math.exp(random.uniform(-s, s)) for _ in range(n)], [random.random() for _ in range(n)]
        return draw

    def effective_exact(indices, weights):
        w = sum(map(Decimal, weights))
        return sum((Decimal(x) / w * Decimal(i).ln() for x, i in zip(weights, indices)), Decimal(0)).exp()

    def effective_call(indices, weights):
        return library.trade_rate_effective(doubles(indices), doubles(weights), len(indices))

    yield Row("trade_rate_effective, near", 7, effective_draw(0.5), effective_exact, effective_call, 0.03)
    yield Row("trade_rate_effective, far", 64, effective_draw(10), effective_exact, effective_call, 0.03)

    yield Row("trade_rate_real", 1.5, lambda: (price(), price(), price()),
              lambda n, f, h: Fraction(n) * Fraction(f) / Fraction(h) if usable(n, f, h) else None)
