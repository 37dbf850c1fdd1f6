#!/usr/bin/env python3
"""Calls every public function with every kind of bad argument and holds it to what tradestat.h promises.

    bad_arguments.py [--locale LOCALE] LIBRARY [FUNCTION ...]

Each function starts from arguments for which it works. Then each argument is replaced, alone, by every bad value of its kind; then
all pointers are null; then all arguments are drawn at random from all those values. Whatever happens:

- nothing crashes, hangs, or reads or writes outside of what it was given: every object ends where unreadable memory begins, and
  what lies before it keeps its bytes;
- a status is one that base.h declares, and unless it is TRADE_OK, nothing has been written; inputs are never written;
- a null pointer gives TRADE_ERROR_NULL or NaN, and a length that memory cannot hold TRADE_ERROR_LENGTH or NaN;
- a missing value (NaN, infinite) makes the number, rate, period or figure computed from it undefined; no result is infinite;
- n == 0 is valid with null arrays; text that is written ends in a NUL within its capacity.

Prints a line with a checksum of all results, so that builds can be compared: each must compute the same.
"""
import argparse
import ctypes
import hashlib
import locale
import math
import mmap
import os
import random
import re
import signal
import struct
import sys

import library

TEXT = library.header_text()
STRUCTS = library.structs(TEXT)
STATUS = {name: value for name, value in re.findall(r"\b((?:TRADE_OK|TRADE_ERROR_\w+)) = (\d+)", TEXT)}
STATUS = {name: int(value) for name, value in STATUS.items()}

SIZE_MAX = 2 ** (8 * ctypes.sizeof(ctypes.c_size_t)) - 1
HUGE = [SIZE_MAX, SIZE_MAX // 2, SIZE_MAX // 8 + 1, SIZE_MAX // 16 + 1]  # elements of 8 bytes: more than half the address space
INT32 = [-2**31, -2**31 + 1, -10000, -1, 0, 1, 2, 3, 12, 13, 255, 256, 9999, 10000, 2**31 - 1]
DOUBLES = [math.nan, math.inf, -math.inf, 0.0, -0.0, -1.0, 1.0, 5e-324, -5e-324, 2.0**-1022, sys.float_info.max, -sys.float_info.max,
           1e308, 1e-308, 2.0**53, 1e20]
ITEMS = 4  # elements of an array, unless the call says otherwise
RANDOM_CALLS = 300
SECONDS = 60  # that one function's calls may take

# ---- What works: by the parameter's name; a function that needs another value has it below. ----

WORKING = {
    "year": 2020, "month": 6, "day": 18000, "months": 3, "first_month": 4, "date": 18001, "first": 18000, "last": 18002, "rule": 1,
    "reach": 10, "decimals": 1, "of": 0, "measure": 0, "currency": 156, "base": 840, "quote": 156, "unit": 156, "status": 1,
    "n": ITEMS, "rows": 2, "columns": 2, "stride": 2, "lag": 1, "position": 1, "capacity": 400,
    "cell_count": 1, "price_count": 1, "item": 300000000, "code": 205, "wanted_count": 2, "most": 4, "method": 0, "others": 2,
    "group_count": 1, "k": 2, "flow_kind": 2,
}
WORKING_HERE = {
    ("trade_period_parse", "text"): b"2020-Q3", ("trade_day_parse", "text"): b"2020-01-15", ("trade_currency_parse", "text"): b"CNY",
    ("trade_figure_parse", "text"): b"about 1.46 trillion", ("trade_figure_parse_unit", "text"): b"US$226.2 billion",
    ("trade_day_make", "day"): 15, ("trade_figure_range", "low"): 1.0, ("trade_rate_euro_fixed", "currency"): 276,
    ("trade_rate_cross", "b"): STRUCTS["trade_rate"](1.2, 978, 840), ("trade_services_parse", "text"): b"SC1", ("trade_flow_parse", "text"): b"Re-Export",
    ("trade_services_modes", "shares"): [0.25, 0.75, 1.0, 0.0], ("trade_partner_type_array", "alpha"): 0.15,
    ("trade_balance_import_penetration", "output"): 100.0, ("trade_concentration_items_for_share", "share"): 0.5,
    ("trade_concentration_matrix", "of"): 1, ("trade_concentration_theil_decomposition", "method"): 6,
}
# What has a state that bytes laid out here cannot be: its room's test calls it out of turn and with nulls, and refuses each allocation.
OPAQUE = {"trade_reader", "trade_cube"}
# Pointers that may be null.
OPTIONAL = {("trade_rate_mean", "used"), ("trade_rate_series_at", "used"), ("trade_rate_series_mean", "used"),
            ("trade_growth_least_squares", "times"), ("trade_advantage_matrix", "populations"), ("trade_sum_add_known_array", "known"),
            ("trade_sum_add_matrix", "row_totals"), ("trade_sum_add_matrix", "column_totals")}
# Arrays whose length is not what the others' is; of services, items that are wanted are among those that there are.
LENGTH_OF = {"row_totals": "rows", "column_totals": "columns", "wanted": "wanted_count", "totals": "columns"}
SERVICES = [1, 300000000, 600000000, 700000000]
# Arrays of a function that are not as long as its others.
ELEMENTS = {
    ("trade_partner_intensity_matrix", "flows"): lambda sizes: sizes["n"] ** 2,
    ("trade_partner_intensity_matrix", "results"): lambda sizes: sizes["n"] ** 2,
    ("trade_partner_region", "flows"): lambda sizes: sizes["n"] ** 2,
    ("trade_partner_similarity_matrix", "b"): lambda sizes: sizes["others"] * sizes["columns"],
    ("trade_partner_similarity_matrix", "results"): lambda sizes: sizes["rows"] * sizes["others"],
    ("trade_concentration_lorenz", "points"): lambda sizes: sizes["n"] + 1,
    ("trade_concentration_matrix", "results"): lambda sizes: sizes["columns"] and sizes["rows"],
    ("trade_concentration_theil_decomposition", "work"): lambda sizes: 10 * sizes["group_count"],
    ("trade_concentration_theil_decomposition", "measures"): lambda sizes: sizes["group_count"],
}

TEXTS = [b"", b" ", b"\0", b"2020\0", b"2020-", b"2020-13", b"2020-Q9", b"0000", b"99999999999999999999", b"-", b"+", b".", b"e", b"1e",
         b"1e999", b"1e-999", b"1e99999999999999999999", b"1" * 400, b"0." + b"0" * 380 + b"1", b"%", b"$", b"\xe4\xba", b"\xff\xfe", b"nan",
         b"inf", b"0x10", b"1,46", b"1,46,000", b"USD", b"usd", b"840", b"1.46 trillion trillion", b"2020-01-01/P", b"2020-01-01/P999999Y",
         b"2020-02-30", b"2015-W07", b"\xc2\xa5 5", "1.46\u4e07\u4ebf\u5143".encode(), "\u7ea620%".encode()] + [bytes([b]) for b in range(256)]


class Candidate:
    """A value for a parameter, and what must happen when the other arguments work: None, null, length, missing, capacity or refused."""

    def __init__(self, value, expected=None):
        self.value, self.expected = value, expected


def fill(struct_type, byte):
    return struct_type.from_buffer_copy(bytes([byte]) * ctypes.sizeof(struct_type))


def changed(value, field, new):
    copy = type(value).from_buffer_copy(value)
    setattr(copy, field, new)
    return copy


def working_struct(name):
    s = STRUCTS[name]
    return {
        "trade_period": lambda: s(2020, 1, 3, 0),
        "trade_rate": lambda: s(6.9, 840, 156),
        "trade_figure": lambda: s(1.46e12, 1.455e12, 1.465e12),
        "trade_sum": lambda: s(1, 2, 3, 4),
        "trade_currency_total": lambda: s(1, 2, 3),
        "trade_partner_effects": lambda: s(1, 2, 3, 4),
    }[name]()


def bad_structs(name):
    s = STRUCTS[name]
    yield Candidate(fill(s, 0), "missing" if name in ("trade_period", "trade_rate") else None)
    yield Candidate(fill(s, 0xFF), None if name == "trade_sum" else "missing")
    for field, kind in s._fields_:
        values = DOUBLES if kind is ctypes.c_double else INT32 if kind is ctypes.c_int32 else [0, 1, 2**63, 2 ** (8 * ctypes.sizeof(kind)) - 1]
        for value in values:
            yield Candidate(changed(working_struct(name), field, value), "missing" if value != value else None)


def working_array(kind, index):
    """ITEMS elements that differ and, where order counts, ascend."""
    if kind == "trade_period":
        return [STRUCTS[kind](2019 + i // 4, 1 + 3 * (i % 4), 3, 0) for i in range(ITEMS)]
    if kind == "uint8_t":
        return [i % 2 for i in range(ITEMS)]
    return [18000 + i for i in range(ITEMS)] if kind == "int32_t" else [x / (index + 1) for x in (10.5, 12.25, 14.0, 20.75)]


def bad_arrays(kind, index):
    good = working_array(kind, index)
    singles = [c.value for c in bad_structs(kind)] if kind in STRUCTS else INT32 if kind == "int32_t" else [0, 1, 255] if kind == "uint8_t" else DOUBLES
    for value in singles:
        yield Candidate([value] * ITEMS)
        for at in (0, ITEMS - 1):
            yield Candidate(good[:at] + [value] + good[at + 1:])
    yield Candidate(good[::-1])


class Series:
    """A trade_rate_series before it is laid out in memory; None is a null array."""

    def __init__(self, dates, prices, n, base=978, quote=156):
        self.dates, self.prices, self.n, self.base, self.quote = dates, prices, n, base, quote


def bad_series():
    dates, prices = working_array("int32_t", 0), working_array("double", 0)
    yield Candidate(None, "null")
    yield Candidate(Series(None, prices, ITEMS), "null")
    yield Candidate(Series(dates, None, ITEMS), "null")
    yield Candidate(Series(None, None, 0))
    yield from (Candidate(Series(dates, prices, n), "length") for n in HUGE)
    yield from (Candidate(Series(c.value, prices, ITEMS)) for c in bad_arrays("int32_t", 0))
    yield from (Candidate(Series(dates, c.value, ITEMS)) for c in bad_arrays("double", 0))
    yield from (Candidate(Series(dates, prices, ITEMS, *pair)) for pair in ((0, 156), (978, 978), (-2**31, 2**31 - 1)))


class Table:
    """A trade_services_table before it is laid out in memory: its fields by name; None is a null array, "output" one to be filled."""

    def __init__(self, **changed):
        self.fields = {"rows": 2, "columns": 3, "items": SERVICES, "parents": None, "periods": working_array("trade_period", 0), "wanted": SERVICES[2:],
                       "wanted_count": 1, "exports": working_array("double", 0), "imports": working_array("double", 1), **changed}

    def value(self, field):
        return self.fields.get(field, "output")

    def content(self, field, kind):
        """An array's bytes."""
        rows, columns = (n if n <= 16 else 2 for n in (self.fields["rows"], self.fields["columns"]))
        count = {"items": rows, "parents": rows, "wanted": min(self.fields["wanted_count"], 16)}.get(field, rows * columns)
        count = columns if field == "periods" or field.endswith("wanted_share") else count
        value = self.value(field)
        if value == "output":
            return b"\x5C" * 8 * count
        return b"".join(bytes(kind(x) if isinstance(x, (int, float)) else x) for x in (value * 24)[:count])


def bad_tables():
    kinds = {"items": "int32_t", "parents": "int32_t", "wanted": "int32_t", "periods": "trade_period", "exports": "double", "imports": "double"}
    yield Candidate(None, "null")
    for field, _ in STRUCTS["trade_services_table"]._fields_:
        if field in ("rows", "columns", "wanted_count"):
            yield from (Candidate(Table(**{field: n}), "length" if n > 16 and field != "wanted_count" else None) for n in [0, 1, 2, 3, 4] + HUGE)
        else:
            yield Candidate(Table(**{field: None}))
            yield from (Candidate(Table(**{field: c.value})) for c in (bad_arrays(kinds[field], 0) if field in kinds else ()))
    yield Candidate(Table(exports=None, imports=None))
    yield Candidate(Table(items=None, parents=[-1, 0, 0, 1]))


# ---- Guarded memory ----

libc = ctypes.CDLL(None, use_errno=True)
PAGE = mmap.PAGESIZE


class Page:
    """A page before one that can't be touched."""

    def __init__(self):
        self.map = mmap.mmap(-1, 2 * PAGE)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.map))
        if libc.mprotect(ctypes.c_void_p(self.address + PAGE), ctypes.c_size_t(PAGE), 0) != 0:
            raise OSError(ctypes.get_errno(), "mprotect")

    def hold(self, content):
        """Lays bytes at the page's end, a pattern before them; returns their address."""
        self.before = b"\xA5" * (PAGE - len(content)) + content
        self.size = len(content)
        self.map[:PAGE] = self.before
        return self.address + PAGE - len(content)

    def now(self):
        return self.map[:PAGE]

    def content(self):
        return self.map[PAGE - self.size:PAGE]


# ---- One call ----

def is_array(function, parameter):
    names = {p.name for p in function.parameters}
    counted = names & {"n", "rows"}
    return bool(counted) and parameter.pointer and parameter.type != "char" and (
        parameter.type == "double" or parameter.name in ("periods", "period", "cell", "group", "items", "wanted", "members", "types",
                                                         "presence", "positions"))


class Argument:
    """A parameter with the values that it is tried with, and how one is laid out in memory."""

    def __init__(self, function, parameter, index):
        self.function, self.parameter, self.index = function, parameter, index
        p, key = parameter, (function.name, parameter.name)
        self.name, self.type = p.name, p.type
        self.output = bool(p.pointer) and not p.const
        self.array = is_array(function, p)
        self.page = Page() if p.pointer else None
        self.series = p.type == "trade_rate_series"
        self.table = p.type == "trade_services_table"
        self.extra = [Page(), Page()] if self.series else [Page() for _ in STRUCTS[p.type]._fields_] if self.table else []
        self.working, self.bad = self.values(key)

    def values(self, key):
        p = self.parameter
        null = [Candidate(None, None if key in OPTIONAL else "null")]
        if self.series:
            return Series(working_array("int32_t", 0), working_array("double", 0), ITEMS), list(bad_series())
        if self.table:
            return Table(), list(bad_tables())
        if p.name == "found":
            return "output", null
        if p.pointer and p.const and p.type in ("char", "uint8_t") and not self.array:
            good = WORKING_HERE[key] if p.type == "char" else bytes(range(32))
            cuts = [good[:i] for i in range(len(good))] + [good + b"x", b"\0" + good, good + b"\0", good + b" "]
            return good, null + [Candidate(t) for t in cuts + TEXTS]
        if self.array and p.name in ("cell", "period", "group"):  # of the one that there is
            return [0] * ITEMS, null + list(bad_arrays(p.type, self.index))
        if self.array and not self.output:
            good = SERVICES[2:] if p.name == "wanted" else SERVICES if p.name == "items" else working_array(p.type, self.index)
            return WORKING_HERE.get(key, good), null + list(bad_arrays(p.type, self.index))
        if p.pointer and p.type in STRUCTS:  # one struct, read or updated
            return working_struct(p.type), null + list(bad_structs(p.type))
        if p.pointer:
            return "output", null
        if p.type in STRUCTS:
            return WORKING_HERE.get(key) or working_struct(p.type), list(bad_structs(p.type))
        if p.type == "double":
            return WORKING_HERE.get(key, 40.0 / (self.index + 1)), [Candidate(x, None if math.isfinite(x) else "missing") for x in DOUBLES]
        if p.type == "size_t" and p.name == "length":
            return None, [Candidate(SIZE_MAX, "refused")]
        good = WORKING_HERE.get(key, WORKING.get(p.name))
        if good is None:
            raise LookupError(f"{self.function.name}: WORKING has no value for the parameter {p.name}")
        if p.name == "capacity":
            return good, [Candidate(c, "capacity" if c < 2 else None) for c in range(32)]
        if p.name in ("n", "rows", "columns", "others"):
            return good, [Candidate(c) for c in (0, 1, 2, 3)] + [Candidate(c, "length") for c in HUGE]
        if p.name == "stride":
            return good, [Candidate(c) for c in range(6)] + [Candidate(c, "length") for c in HUGE]
        if p.name in ("cell_count", "price_count", "group_count", "wanted_count", "most"):
            return good, [Candidate(0)] + [Candidate(c, "length") for c in HUGE]
        return good, [Candidate(x) for x in (INT32 if p.type != "size_t" else [0, 1, 2, 3, 4, 5, 1000] + HUGE)]

    def lay_out(self, value, sizes):
        """The C argument for a value; sizes: the other arguments by name."""
        p = self.parameter
        if not p.pointer:
            return value
        if value is None:
            for page in self.pages():
                page.hold(b"")
            return None
        if self.series:
            s = STRUCTS[self.type](None, None, value.n, value.base, value.quote)
            for field, kind, page in (("dates", "i", self.extra[0]), ("prices", "d", self.extra[1])):
                items = getattr(value, field)
                address = page.hold(b"" if items is None else struct.pack(f"={len(items)}{kind}", *items))
                if items is not None:
                    setattr(s, field, ctypes.cast(address, dict(s._fields_)[field]))
            return self.page.hold(bytes(s))
        if self.table:
            s = STRUCTS[self.type]()
            for (field, kind), page in zip(s._fields_, self.extra):
                array = hasattr(kind, "contents")
                address = page.hold(value.content(field, kind._type_) if array and value.value(field) is not None else b"")
                if not array or value.value(field) is not None:
                    setattr(s, field, ctypes.cast(address, kind) if array else value.value(field))
            return self.page.hold(bytes(s))
        if isinstance(value, bytes):
            return self.page.hold(value)
        if isinstance(value, ctypes.Structure):
            count = sizes.get(LENGTH_OF.get(p.name), 1)
            return self.page.hold(bytes(value) * (count if count <= 16 else 1))
        if self.array:
            rows, columns = sizes.get("rows", 1), sizes.get("columns", 1)
            count = sizes.get("n", (rows - 1) * sizes.get("stride", columns) + columns if rows else 0)
            count = sizes.get(LENGTH_OF.get(p.name), count)
            if (self.function.name, p.name) in ELEMENTS:
                count = ELEMENTS[self.function.name, p.name](sizes)
            count = count if count <= 16 else ITEMS
            items = [0] * count if value == "output" else (value * 16)[:count]
            content = b"".join(map(bytes, items)) if self.type in STRUCTS else struct.pack(f"={count}{dict(int32_t='i', uint8_t='B').get(self.type, 'd')}", *items)
        elif p.type in STRUCTS:
            content = bytes(ctypes.sizeof(STRUCTS[p.type]) * min(sizes["most"], 16))
        elif p.type in ("char", "uint8_t"):
            content = bytes(min(sizes["capacity"], 400))
        else:
            content = bytes(ctypes.sizeof(library.SCALARS[self.type]))
        # Outputs begin as a pattern: what is written, even as zeros, shows.
        return self.page.hold(b"\x5C" * len(content) if value == "output" else content)

    def pages(self):
        return [self.page] * bool(self.parameter.pointer) + self.extra

    def overwritten(self, may_write):
        """Whether anything changed that must not: nothing but an output's own bytes may."""
        for page in self.pages():
            output = self.output or (self.table and self.function.name == "trade_services_fill" and page in self.extra)
            keep = PAGE - page.size if output and may_write else PAGE
            if page.now()[:keep] != page.before[:keep]:
                return True
        return False


def show(value):
    if isinstance(value, ctypes.Structure):
        return "{" + ", ".join(str(getattr(value, f)) for f, _ in value._fields_) + "}"
    if isinstance(value, Series):
        return f"{{{show(value.dates)}, {show(value.prices)}, {value.n}, {value.base}, {value.quote}}}"
    if isinstance(value, Table):
        return show({k: show(v) for k, v in value.fields.items()})
    if isinstance(value, list):
        return "[" + ", ".join(map(show, value)) + "]"
    return "NULL" if value is None else repr(value)


def canonical(value):
    """Bytes of a result, the same for all NaNs."""
    if isinstance(value, ctypes.Structure):
        return b"".join(canonical(getattr(value, f)) for f, _ in value._fields_)
    if isinstance(value, float):
        return struct.pack("=d", value if value == value else math.nan)
    return repr(value).encode()


def undefined(value):
    """Whether a computed value says of itself that it is none."""
    if isinstance(value, ctypes.Structure):
        fields = [getattr(value, f) for f, _ in value._fields_]
        return any(x != x for x in fields) or not any(fields)
    return value != value


class Caller:
    def __init__(self, library_path, function, note):
        self.function, self.note = function, note
        self.call = ctypes.CDLL(library_path)[function.name]
        self.call.restype = library.c_type(function.result.type, function.result.pointer, STRUCTS)
        self.arguments = [Argument(function, p, i) for i, p in enumerate(function.parameters)]
        self.call.argtypes = [ctypes.c_void_p if p.pointer else library.c_type(p.type, 0, STRUCTS) for p in function.parameters]
        self.faults, self.calls, self.results = [], 0, hashlib.sha256()
        self.random = random.Random(function.name)

    def outputs(self):
        """(argument, values) of what was written, of the kinds that can hold a number."""
        for a in self.arguments:
            if not a.output or not a.page.size:
                continue
            if a.type in STRUCTS:
                yield a, [STRUCTS[a.type].from_buffer_copy(a.page.content())]
            elif a.type == "double":
                yield a, list(struct.unpack(f"={a.page.size // 8}d", a.page.content()))
            else:
                yield a, [a.page.content()]

    def try_with(self, replaced, expected=None):
        """One call with some arguments replaced: {index: value}."""
        values = [replaced.get(i, a.working) for i, a in enumerate(self.arguments)]
        sizes = {a.name: v for a, v in zip(self.arguments, values) if a.type == "size_t"}
        for i, a in enumerate(self.arguments):  # a length that isn't itself tried is that of the text or bytes before it
            if a.name == "length" and values[i] is None:
                values[i] = len(values[i - 1]) if values[i - 1] is not None else 1
        described = f"{self.function.name}({', '.join(f'{a.name}={show(v)}' for a, v in zip(self.arguments, values))})"
        self.note(described)
        result = self.call(*[a.lay_out(v, sizes) for a, v in zip(self.arguments, values)])
        self.calls += 1
        fault = self.judge(result, expected)
        if fault:
            self.faults.append(f"{described}: {fault}")
        self.results.update(canonical(result))
        for _, written in self.outputs():
            self.results.update(b"".join(map(canonical, written)))

    def judge(self, result, expected):
        """What is wrong with a call's result, or None."""
        is_status = self.function.result.type == "trade_status"
        refused = is_status and result != STATUS["TRADE_OK"]
        if is_status and result not in STATUS.values():
            return f"{result} is no status"
        for a in self.arguments:
            if a.overwritten(may_write=not refused):
                return f"wrote to {a.name}" + (f", though it gave status {result}" if refused else "")
        if isinstance(result, float) and math.isinf(result):
            return "is infinite"
        if is_status and not refused:
            for a, written in self.outputs():
                if a.type == "double" and any(map(math.isinf, written)):
                    return f"{a.name} is infinite"
                if a.type == "char" and b"\0" not in written[0]:
                    return f"{a.name} has no NUL"
        return self.unexpected(result, is_status, expected)

    def unexpected(self, result, is_status, expected):
        if expected == "works":
            if is_status:
                return None if result == STATUS["TRADE_OK"] else f"status {result}, though these arguments should work"
            if isinstance(result, (float, ctypes.Structure)) and undefined(result):
                return "is undefined, though these arguments should work"
        elif expected == "empty" and is_status:
            if result in (STATUS["TRADE_ERROR_NULL"], STATUS["TRADE_ERROR_LENGTH"]):
                return f"status {result}, though n == 0 is valid"
        elif expected == "refused":
            if is_status and result == STATUS["TRADE_OK"]:
                return "TRADE_OK, though no text is so long"
        elif expected in ("null", "length", "capacity") and is_status:
            wanted = STATUS[f"TRADE_ERROR_{expected.upper()}"]
            if result != wanted:
                return f"status {result}, not {wanted}"
        elif expected in ("null", "length", "missing"):
            if isinstance(result, (float, ctypes.Structure)) and not undefined(result):
                return f"gives {show(result)}, not undefined, though an argument is {expected}"
        return None

    def run(self):
        self.try_with({}, "works")
        for i, a in enumerate(self.arguments):
            for c in a.bad:
                self.try_with({i: c.value}, "works" if c.value is None and c.expected is None else c.expected)
        pointers = {i: None for i, a in enumerate(self.arguments) if a.parameter.pointer}
        if pointers:
            self.try_with(pointers, "null")
        arrays = {i: None for i, a in enumerate(self.arguments) if a.array}
        for name in ("n", "rows", "columns"):
            for i, a in enumerate(self.arguments):
                if arrays and a.name == name:
                    self.try_with({i: 0, **arrays}, "empty")
        self.overflowing_products()
        if self.arguments:
            for _ in range(RANDOM_CALLS):
                self.try_with({i: self.random.choice(a.bad).value for i, a in enumerate(self.arguments) if self.random.random() < 0.7})

    def overflowing_products(self):
        """Rows and columns whose product is 0, small or just too much once it wraps."""
        at = {a.name: i for i, a in enumerate(self.arguments)}
        if "rows" in at:
            half = (SIZE_MAX + 1) >> 4 * ctypes.sizeof(ctypes.c_size_t)
            for rows, columns in ((half, half), (half, half // 8), (SIZE_MAX, SIZE_MAX), (SIZE_MAX // 2 + 2, 2), (2, SIZE_MAX // 2 + 2)):
                self.try_with({at["rows"]: rows, at["columns"]: columns}, "length")


def try_function(library_path, function):
    """Runs a function's calls in a process of its own; returns (calls, faults, checksum)."""
    last = mmap.mmap(-1, PAGE)  # what the child calls, seen also after its death

    def note(text):
        last[:] = text.encode()[:PAGE].ljust(PAGE, b"\0")

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        with os.fdopen(writer, "w") as out:
            try:
                caller = Caller(library_path, function, note)
                caller.run()
                out.write("\0".join([str(caller.calls), caller.results.hexdigest(), *caller.faults]))
            except (AttributeError, LookupError) as error:
                out.write("\0".join(["0", "", f"{function.name}: {error}"]))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as report:
        text = report.read()
    _, ended = os.waitpid(child, 0)
    if ended == 0:
        calls, checksum, *faults = text.split("\0")
        return int(calls), faults, checksum
    how = signal.Signals(os.WTERMSIG(ended)).name if os.WIFSIGNALED(ended) else f"exit {os.WEXITSTATUS(ended)}"
    return 0, [f"{last[:].rstrip(bytes(1)).decode(errors='replace') or function.name}: ended with {how}"], ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("functions", nargs="*")
    parser.add_argument("--locale", default="C", help="in which a program would do the calls")
    a = parser.parse_args()
    locale.setlocale(locale.LC_ALL, a.locale)
    path, only = a.library, a.functions
    functions = [f for f in library.functions(TEXT) if not only or f.name in only]
    stateful = [f for f in functions if any(p.type in OPAQUE for p in f.parameters)]
    functions = [f for f in functions if f not in stateful]
    declared = (len(re.findall(r"\bTRADE_API\b", TEXT)) if not only else len(only)) - len(stateful)
    total, failed, checksum = 0, 0, hashlib.sha256()
    for function in functions:
        calls, faults, of_results = try_function(path, function)
        total += calls
        failed += bool(faults)
        checksum.update(of_results.encode())
        for fault in faults[:5]:
            print("FAILED:", fault[:1000])
        if len(faults) > 5:
            print(f"  and {len(faults) - 5} more of {function.name}")
    if len(functions) != declared:
        failed += 1
        print(f"FAILED: the headers declare {declared} functions, {len(functions)} were found in them")
    print(f"{len(functions)} functions, {total} calls, {failed} functions failed; results {checksum.hexdigest()[:16]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
