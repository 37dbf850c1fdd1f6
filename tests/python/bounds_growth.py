"""Growth held to its bounds."""
import math
import pathlib
import sys
from fractions import Fraction

from bounds import Row
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
from golden_growth import EXACT, decimal, slope  # noqa: E402


def growing(exact):
    """The factor of the bound for a positive rate from a power: 1 + ln(1 + rate)."""
    return 1 + math.log1p(float(exact)) if exact > 0 else 1


def scaled(got, exact, slack):
    """An error that a bound of n ulps allows slack * n for, as an error of 1: see `power`."""
    if exact is None or not math.isfinite(got):
        return got
    size = max(abs(exact), Fraction(2) ** -1022)
    ulp = Fraction(math.ulp(float(size)))
    return 1 + (Fraction(got) - exact) / ulp / Fraction(slack) / 2 ** 52


def rows(library, random):
    name = "trade_growth_"

    def value():
        return 10 ** random.uniform(-30, 30) if random.random() < 0.9 else 10 ** random.uniform(-300, 300)

    def near(x):
        """A double near x: from an ulp away to a factor of 10."""
        return x * math.exp(random.choice((-1, 1)) * 10 ** random.uniform(-17, 0.36))

    def pair():
        base = value()
        current = random.choice((near(base), near(base), value(), -value(), -near(base), math.nextafter(base, 0), 0.0))
        return (current, base) if random.random() < 0.98 else (current, random.choice((-base, 0.0)))

    def halved_to_doubled():
        base = value()
        return base * random.choice((0.5, 2.0, random.uniform(0.5, 2), 1 + random.uniform(-1, 1) * 10 ** random.uniform(-16, -1))), base

    def positive():
        base = value()
        return random.choice((near(base), near(base), value(), math.nextafter(base, math.inf))), base

    def rate():
        return random.choice((random.uniform(-0.5, 1), -1 + 10 ** random.uniform(-15, 0), 10 ** random.uniform(-20, 6),
                              -10 ** random.uniform(-20, 0)))

    def years():
        return random.choice((1.0, 2.0, 10.0, 1 / 12, random.uniform(0.1, 100), float(random.randint(1, 60))))

    def many(draw, least=1, most=20):
        return [draw() for _ in range(random.randint(least, most))]

    def plain(function, ulps, draw, share=1.0):
        return Row(name + function, ulps, draw, EXACT[function], share=share)

    def array(function, ulps, draw, share=0.2):
        """A function of arrays, the length last."""
        call = getattr(library, name + function)
        return Row(name + function, ulps, draw, EXACT[function],
                   call=lambda *a: call(*(doubles(x) for x in a), len(a[0])), share=share)

    def power(function, ulps, draw, extra=0.0, call=None, share=0.3):
        """Like plain, for a bound of ulps * (1 + ln(1 + rate)) and `extra` absolutely: errors are scaled so that `ulps` stays."""
        call = call or getattr(library, name + function)
        exact = EXACT[function]

        def scale(*arguments):
            want = exact(*arguments)
            if want is None:
                return call(*arguments)
            slack = growing(want) + extra / math.ulp(float(want)) / ulps
            return scaled(call(*arguments), want, slack)

        def one(*arguments):
            return None if exact(*arguments) is None else Fraction(1)
        return Row(name + function, ulps, draw, one, call=scale, share=share)

    def compound():
        while True:
            current, base = positive()
            if abs(math.log(current) - math.log(base)) < 200:
                return (current if random.random() < 0.98 else 0.0), base, years()

    def annualised():
        while True:
            g, k = rate(), years()
            if k * math.log1p(g) < 600:
                return g, k

    def chain():
        """Rates that chain to something between nothing and 1e300; some undo each other."""
        rates = many(rate, 1, 12)
        if random.random() < 0.3:
            rates += [1 / (1 + r) - 1 for r in rates]
        return (rates,)

    def chained(rates):
        return library.trade_growth_chained(doubles(rates), len(rates))

    def average(rates):
        return library.trade_growth_average(doubles(rates), len(rates))

    def trend():
        """A steady series: noise of up to a hundredth of the trend over the whole time."""
        n = random.randint(2, 12)
        start = random.choice((0.0, 2015.0, 1960.25, random.uniform(-1e6, 1e6)))
        times = [start + k * random.choice((1.0, 0.25, 1 / 12)) for k in range(n)]
        times = [t if random.random() < 0.5 else t + random.uniform(0, 0.1) for t in times]
        if len(set(times)) < 2:
            return trend()
        growth = random.choice((-1, 1)) * 10 ** random.uniform(-6, 0)
        level, span = 10 ** random.uniform(-20, 20), max(times) - min(times)
        series = [level * math.exp(growth * ((t - times[0]) + random.uniform(0, 0.01) * span)) for t in times]
        rows_ = list(zip(series, times))
        random.shuffle(rows_)
        return [y for y, _ in rows_], [t for _, t in rows_]

    def least_squares(series, times):
        return library.trade_growth_least_squares(doubles(series), doubles(times), len(series))

    def noisy():
        """A series with next to no trend, or any."""
        n = random.randint(2, 12)
        times = [random.choice((random.uniform(-50, 50), 2000.0 + random.randint(0, 30))) for _ in range(n)]
        if len(set(times)) < 2:
            return noisy()
        spread, level = 10 ** random.uniform(-12, 0.5), 10 ** random.uniform(-20, 20)
        return [level * math.exp(random.gauss(0, spread)) for _ in times], times

    def noisy_error(series, times):
        """The error as 1 plus what it is of the bound in general: of the slope b, times exp(b), and 1 ulp of the rate."""
        exact = EXACT["least_squares"](series, times)
        logs = [Fraction(decimal(Fraction(y) / Fraction(min(series))).ln()) for y in series]
        mean = sum(map(Fraction, times)) / len(times)
        apart = [Fraction(t) - mean for t in times]
        size = sum(abs(a * b) for a, b in zip(apart, logs)) / sum(a * a for a in apart)
        bound = (5 * size + 8 * abs(slope(list(map(Fraction, series)), list(map(Fraction, times))))) / 2 ** 53
        bound = bound * (1 + exact) + Fraction(math.ulp(float(exact)))
        return 1 + (Fraction(least_squares(series, times)) - exact) / bound / 2 ** 52

    def constant():
        current, base = pair()
        price = 10 ** random.uniform(-6, 6)
        other = random.choice((near(price), 10 ** random.uniform(-6, 6)))
        if random.random() < 0.5:  # restated growth next to nothing
            current = base * (price / other) * random.choice((1, 1 + 2.0 ** -52, 1 - 2.0 ** -53, 1 + 1e-9))
        return current, base, price, other

    def flow():
        return random.choice((1, 1, 1, -1)) * 10 ** random.uniform(-6, 15)

    def totals():
        current = many(flow)
        return current, [random.choice((near(abs(x)), abs(flow()))) for x in current]

    def parts():
        current, base = totals()
        return (current, base) if random.random() < 0.9 else (base, [-x for x in current])

    def contributions(current, base):
        total = sum(map(Fraction, base))
        return [(Fraction(c) - Fraction(b)) / total if total > 0 else None for c, b in zip(current, base)]

    def increase_shares(current, base):
        total = sum(map(Fraction, current)) - sum(map(Fraction, base))
        return [(Fraction(c) - Fraction(b)) / total if total != 0 else None for c, b in zip(current, base)]

    def filled(function):
        call = getattr(library, name + function)

        def result(current, base):
            out = doubles([0.0] * len(current))
            assert call(doubles(current), doubles(base), len(current), out) == 0
            return list(out)
        return result

    def share_of_increase():
        current_total, base_total = pair()
        return flow(), flow(), current_total, base_total

    return [
        plain("rate", 1.5, pair),
        plain("rate", 0.5, halved_to_doubled, 0.5),
        plain("change", 0.5, pair),
        plain("log", 2.5, positive, 0.5),
        plain("implied_base", 1.5, lambda: (value(), rate())),
        plain("implied_current", 1.5, lambda: (value(), rate())),
        plain("points", 0.5, lambda: (rate(), rate())),
        power("compound", 6, compound),
        plain("exponential", 4.5, lambda: (*positive(), years()), 0.5),
        power("annualised", 4, annualised),
        Row(name + "chained", 1, chain, lambda r: None if EXACT["chained"](r) is None else Fraction(1), share=0.2,
            call=lambda r: scaled(chained(r), EXACT["chained"](r),
                                  0.6 + len(r) * 2.0 ** -102 / math.ulp(float(EXACT["chained"](r) or 1)))),
        power("average", 6, chain, 2.0 ** -101, average, 0.2),
        power("least_squares", 16, trend, 0.0, least_squares, 0.05),
        Row(name + "least_squares, no trend", 1, noisy, lambda y, t: Fraction(1), call=noisy_error, share=0.05),
        plain("contribution", 1.5, lambda: (flow(), flow(), random.choice((value(), value(), -1.0)))),
        plain("increase_share", 2.5, share_of_increase),
        plain("constant_rate", 2.5, constant),
        array("carry_over", 2.5, lambda: (many(flow),)),
        array("year_to_date", 2.5, totals),
        plain("index", 1.5, lambda: (flow(), random.choice((flow(), abs(flow()), 100.0)))),
        Row(name + "contribution_array", 2.5, parts, contributions, call=filled("contribution_array"), share=0.1),
        Row(name + "increase_share_array", 2.5, totals, increase_shares, call=filled("increase_share_array"), share=0.1),
        Row(name + "array", 1.5, totals, lambda c, b: [EXACT["rate"](x, y) for x, y in zip(c, b)], call=filled("array"),
            share=0.1),
    ]
