"""Room sum: results are correctly rounded (0.5 ulp), and totals are the very bits, in any order, split and merge tree."""
import ctypes
import itertools
import math
import struct
from fractions import Fraction

from bounds import Row
from library import doubles

LIMIT = 2 ** 255


def units(x):
    """An addend as a multiple of 2^-128, half to even; None for NaN."""
    n = round(x * 2 ** 128)
    return n if abs(n) < LIMIT else None


def added(addends):
    """The integer a total is, or None for NaN; the order counts only past the limit."""
    n = 0
    for x in addends:
        n += x if x is not None else LIMIT * 2
        if abs(n) >= LIMIT:
            return None
    return n


def exact(x):
    return units(Fraction(x)) if math.isfinite(x) else None


def exact_product(a, b):
    return units(Fraction(a) * Fraction(b)) if math.isfinite(a) and math.isfinite(b) else None


def limbs(n):
    """The saved bytes as eight numbers of 32 bits, each exact in a double."""
    n = -LIMIT if n is None else n
    return [Fraction(limb) for limb in struct.unpack("<8I", n.to_bytes(32, "little", signed=True))]


def rows(library, random):
    any_bits = lambda: struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0]
    few_bits = lambda: float(random.choice([-7, -5, -3, -1, 0, 1, 3, 5, 7]))

    def within(low, high):
        """Any sign; a mantissa of 53 random bits, of very few, or just beside those."""
        mantissa = random.choice([lambda: random.uniform(-2, 2), few_bits, lambda: math.nextafter(few_bits(), math.inf)])()
        return math.ldexp(mantissa, random.randint(low, high))

    def addend():
        return any_bits() if random.random() < 0.3 else within(-140, 130)

    def factors():
        """Two factors whose product is in reach of the range, wherever the first one is."""
        a = any_bits() if random.random() < 0.7 else within(-1074, 1020)
        if not math.isfinite(a) or random.random() < 0.1:
            return a, any_bits()
        place = min(1020, max(-1074, random.randint(-140, 130) - math.frexp(a)[1]))
        return a, within(place, place)

    def values(low=-150, high=115):
        """Up to 64 values that no order takes past the limit, half of the time cancelling to little."""
        found = [within(low, high) for _ in range(random.randint(1, 32))]
        if random.random() < 0.5:
            found += [-x for x in found[random.randint(0, 2):]]
        random.shuffle(found)
        return found

    def saved(sum_):
        buffer = (ctypes.c_uint8 * 32)()
        assert library.trade_sum_save(sum_, buffer, 32) == 0
        return bytes(buffer)

    def loaded(data):
        sum_ = library.trade_sum()
        assert library.trade_sum_load((ctypes.c_uint8 * 32)(*data), len(data), sum_) == 0
        return sum_

    def read(sum_):
        return [float(limb) for limb in struct.unpack("<8I", saved(sum_))]

    def fed(function, *arguments):
        sum_ = library.trade_sum()
        function(sum_, *arguments)
        return sum_

    def fed_with_all(items, function):
        sum_ = library.trade_sum()
        for item in items:
            function(sum_, *item)
        return sum_

    def tree(items, function):
        """Cut anywhere, totalled on either side, some of it saved and loaded or subtracted from the opposite, merged."""
        if len(items) < 3 or random.random() < 0.2:
            return fed_with_all(items, function)
        cut = random.randint(1, len(items) - 1)
        left, right = tree(items[:cut], function), tree(items[cut:], function)
        if random.random() < 0.5:
            left, right = right, loaded(saved(left))
        negate = random.random() < 0.3
        for part in (left, right) if negate else ():
            library.trade_sum_negate(part)
        library.trade_sum_merge(left, right)
        if negate:
            library.trade_sum_negate(left)
        return left

    def any_order(items, function):
        """The limbs of the total in four orders, each fed one by one and as a tree."""
        found = []
        for _ in range(4):
            random.shuffle(items)
            found += [read(fed_with_all(items, function)), read(tree(items, function))]
        assert all(f == found[0] for f in found), items
        return found[0]

    def one_more(total, x):
        """A total of any 32 bytes and one more value, order and range rule included."""
        return limbs(added([total, exact(x)]))

    def any_total():
        """Any integer of up to 255 bits, mostly near a power of two, or NaN."""
        n = random.getrandbits(random.randint(0, 255))
        if random.random() < 0.5:
            n = 2 ** random.randint(0, 255) - random.randint(-3, 3)
        n *= random.choice([-1, 1])
        return n if abs(n) < LIMIT else None

    def of(total):
        return loaded((-LIMIT if total is None else total).to_bytes(32, "little", signed=True))

    def value_of(total):
        return None if total is None else Fraction(total, 2 ** 128)

    def call_one_more(total, x):
        sum_ = of(total)
        library.trade_sum_add(sum_, x)
        return read(sum_)

    def call_merge(m, n):
        sum_ = of(m)
        library.trade_sum_merge(sum_, of(n))
        return read(sum_)

    def order(m, n):
        key = [(x is None, x or 0) for x in (m, n)]
        return Fraction((key[0] > key[1]) - (key[0] < key[1]))

    def array(function):
        return lambda x: function(doubles(x), len(x))

    def total_of(x):
        return added(map(exact, x))

    yield Row("trade_sum_add, all bits", 0, lambda: (addend(),), lambda x: limbs(exact(x)),
              lambda x: read(fed(library.trade_sum_add, x)))
    yield Row("trade_sum_subtract, all bits", 0, lambda: (addend(),), lambda x: limbs(exact(-x)),
              lambda x: read(fed(library.trade_sum_subtract, x)))
    yield Row("trade_sum_add_product, all bits", 0, factors, lambda a, b: limbs(exact_product(a, b)),
              lambda a, b: read(fed(library.trade_sum_add_product, a, b)))
    yield Row("trade_sum_add to any total, all bits", 0, lambda: (any_total(), addend()), one_more, call_one_more)
    yield Row("trade_sum_merge, all bits", 0, lambda: (any_total(), any_total()), lambda m, n: limbs(added([m, n])), call_merge)
    yield Row("trade_sum_compare", 0, lambda: (any_total(), any_total()), order,
              lambda m, n: float(library.trade_sum_compare(of(m), of(n))))
    yield Row("trade_sum_value", 0.5, lambda: (any_total(),), value_of, lambda n: library.trade_sum_value(of(n)))
    yield Row("any order, split and tree, all bits", 0, lambda: ([(x,) for x in values()],),
              lambda items: limbs(total_of(itertools.chain(*items))), lambda items: any_order(items, library.trade_sum_add), 0.05)
    yield Row("products in any order, all bits", 0, lambda: ([f for f in (factors() for _ in range(20)) if within_reach(f)],),
              lambda items: limbs(added(exact_product(*f) for f in items)),
              lambda items: any_order(items, library.trade_sum_add_product), 0.05)
    yield Row("trade_sum_array", 0.5, lambda: (values(),), lambda x: value_of(total_of(x)), array(library.trade_sum_array), 0.3)
    yield Row("trade_sum_mean", 0.5, lambda: (values(),), lambda x: value_of(total_of(x)) / len(x),
              array(library.trade_sum_mean), 0.3)
    yield Row("trade_sum_mean of few like values", 0.5, lambda: ([random.uniform(0, 100) for _ in range(random.randint(1, 9))],),
              lambda x: value_of(total_of(x)) / len(x), array(library.trade_sum_mean), 0.3)


def within_reach(factors_):
    """A product that twenty of its like don't take past the limit."""
    n = exact_product(*factors_)
    return n is not None and abs(n) < LIMIT // 32
