#!/usr/bin/env python3
"""The quickstart by ctypes: nothing to install but the shared library.

    cmake -S . -B build/shared -DBUILD_SHARED_LIBS=ON && cmake --build build/shared
    python3 examples/python/quickstart.py build/shared/libtradestat.so
"""
import ctypes
import sys
from ctypes import POINTER, c_char_p, c_double, c_int32, c_size_t


class Rate(ctypes.Structure):  # trade_rate
    _fields_ = [("price", c_double), ("base", c_int32), ("quote", c_int32)]


class Figure(ctypes.Structure):  # trade_figure
    _fields_ = [("value", c_double), ("low", c_double), ("high", c_double)]


USD, CNY = 840, 156
VERSION = 0, 1  # major and minor that these declarations are for

FUNCTIONS = {
    "trade_version": (c_int32, []),
    "trade_status_text": (c_char_p, [c_int32]),
    "trade_growth_rate": (c_double, [c_double, c_double]),
    "trade_rate_make": (Rate, [c_double, c_int32, c_int32]),
    "trade_currency_convert": (c_double, [c_double, c_int32, Rate]),
    "trade_share_percent_array": (c_int32, [POINTER(c_double), c_size_t, c_int32, POINTER(c_double)]),
    "trade_figure_parse": (c_int32, [c_char_p, c_size_t, POINTER(Figure)]),
    "trade_figure_divide": (Figure, [Figure, Figure]),
}


def load(path):
    library = ctypes.CDLL(path)
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    major, minor = divmod(library.trade_version() // 1000, 1000)
    if (major, minor) != VERSION:
        sys.exit(f"{path} is tradestat {major}.{minor}, this program is for {VERSION[0]}.{VERSION[1]}")
    return library


def main(path):
    trade = load(path)

    def check(status):
        if status:
            raise ValueError(trade.trade_status_text(status).decode())

    def figure(text):
        parsed, data = Figure(), text.encode()
        check(trade.trade_figure_parse(data, len(data), parsed))
        return parsed

    growth = trade.trade_growth_rate(383959880582.89, 328707961350.16)
    print(f"growth on the year: {100 * growth:.1f} %")

    rate = trade.trade_rate_make(6.9042, USD, CNY)
    print(f"in dollars: {trade.trade_currency_convert(1.46e12, CNY, rate) / 1e9:.1f} billion")

    sectors, percent = (c_double * 3)(112.7, 39.7, 231.5), (c_double * 3)()
    check(trade.trade_share_percent_array(sectors, 3, 1, percent))
    print("shares: transport {:.1f}, travel {:.1f}, other {:.1f} %".format(*percent))

    implied = trade.trade_figure_divide(figure("1.46 trillion"), figure("226.2 billion"))
    print(f"yuan for a dollar: {implied.low:.3f} to {implied.high:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
