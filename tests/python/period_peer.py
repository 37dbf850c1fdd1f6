#!/usr/bin/env python3
"""Compares days with Python's datetime, and the reading and writing of periods with a plain model made of regular expressions.

    period_peer.py LIBRARY [--every N] [--texts N] [--seed S]

Days: every N-th day of the years 1 to 9999 (1: all of them). Texts: N random ones, made from the forms that are read by cutting,
joining and replacing characters, so that most are nearly right. Periods: what a run of months starting in some years prints.
"""
import argparse
import ctypes
import datetime
import random
import re
import sys

import library

OK, TEXT, PERIOD, NOT_MONTHS = 0, 5, 7, 8
EPOCH = datetime.date(1970, 1, 1).toordinal()
UNDEFINED = (0, 0, 0, 0)


def date_of(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def run(year, month, months):
    """The period, or None if there is no such run."""
    end = year * 12 + month - 1 + months
    good = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= months <= 255 and end <= 10000 * 12
    return (year, month, months, 0) if good else None


def months_of(letter):
    return {"A": 12, "S": 6, "H": 6, "T": 4, "Q": 3, "M": 1}[letter]


DATE = r"(?P<y>\d{4})(?:-(?P<m>\d\d)-(?P<d>\d\d)|(?P<cm>\d\d)(?P<cd>\d\d))"
TIME = r"(?:T(?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d))?"
DURATION = r"(?:/(?P<p>P(?=\d)(?:(?P<py>\d+)Y)?(?:(?P<pm>\d+)M)?(?:(?P<pw>\d+)W)?(?:(?P<pd>\d+)D)?))?"
FLAGS = re.ASCII | re.IGNORECASE


def parse(text):
    """(status, period) by the header's words."""
    match = re.fullmatch(r"(\d{4})(?:-?A(\d))?", text, FLAGS)
    if match:
        found = run(int(match[1]), 1, 12) if match[2] in (None, "1") else None
        return (OK, found) if found else (PERIOD, None)
    match = re.fullmatch(r"(\d{4})-?(?:(\d\d)|([SHTQ])(\d)|M(\d\d?))", text, FLAGS)
    if match:
        length = months_of(match[3].upper()) if match[3] else 1
        number = int(match[2] or match[4] or match[5])
        found = run(int(match[1]), (number - 1) * length + 1, length) if 1 <= number <= 12 // length else None
        return (OK, found) if found else (PERIOD, None)
    match = re.fullmatch(r"(\d{4})-?(?:W(\d\d?)|D(\d{1,3}))", text, FLAGS)
    if match:
        number, most = (int(match[2]), 53) if match[2] else (int(match[3]), 366)
        return (NOT_MONTHS if int(match[1]) and 1 <= number <= most else PERIOD), None
    match = re.fullmatch(DATE + TIME + DURATION, text, FLAGS)
    if not match:
        return TEXT, None
    day = date_of(int(match["y"]), int(match["m"] or match["cm"]), int(match["d"] or match["cd"]))
    time = [int(match[x] or 0) for x in "HMS"]
    if day is None or time[0] > 23 or time[1] > 59 or time[2] > 59:
        return PERIOD, None
    if not match["p"] or match["pw"] or match["pd"] or any(time) or day.day != 1:
        return NOT_MONTHS, None
    found = run(day.year, day.month, 12 * int(match["py"] or 0) + int(match["pm"] or 0))
    return (OK, found) if found else (PERIOD, None)


def shortest(year, month, months):
    """The shortest of all the texts that the model reads as this period, among SDMX's own forms; named ones before ranges."""
    texts = [f"{year:04d}", f"{year:04d}-{month:02d}"]
    texts += [f"{year:04d}-{letter}{n}" for letter in "STQ" for n in range(1, 5)]
    texts += [f"{year:04d}-{month:02d}-01/P{months}M"]
    if months >= 12:
        years, rest = divmod(months, 12)
        texts += [f"{year:04d}-{month:02d}-01/P{years}Y" + (f"{rest}M" if rest else "")]
    return min((t for t in texts if parse(t) == (OK, (year, month, months, 0))), key=len)


FORMS = """2020 2020-A1 2020A1 2020-S2 2020S1 2020-H2 2020H1 2020-T3 2020T1 2020-Q4 2020Q3 2020-06 202006 2020-M06 2020M12 2020-M6
2020M6 2020-04-01/P12M 2020-04-01/P1Y 2020-01-01/P1Y6M 2020-04-01T00:00:00/P1Y 20200401/P255M 9999-12-01/P1M 2015-W07 2015W53
2015-D045 2015D366 2015-02-14 20150214 2016-02-29 2015-02-14T12:00:00 2020-01-01/P7D 2020-01-01/P1W 2020-01-01/P1Y2M3D
2020-01-15/P1M 0000 202013 2020-Q5 2020-01-01/P256M 2020-01-01T23:59:59/P3M 0001-01-01/P0M""".split()
ALPHABET = "0123456789" * 2 + "AaSsHhTtQqMmWwDdPpYyBXZ-:/ +.\0\n\x7f\x80\u00b2\u0660\uff11"


def random_text(draw):
    text = draw.choice(FORMS)
    for _ in range(draw.choice((0, 1, 1, 1, 2, 3))):
        at = draw.randrange(len(text) + 1)
        what = draw.randrange(5)
        if what == 0:
            text = text[:at] + text[at + 1:]
        elif what == 1:
            text = text[:at] + draw.choice(ALPHABET) + text[at:]
        elif what == 2:
            text = text[:at] + draw.choice(ALPHABET) + text[at + 1:]
        elif what == 3:
            text = text[:at] + draw.choice(FORMS)[at:]
        else:
            text = text[:at]
    return draw.choice((text, text, text.lower()))


def fields(period):
    return period.year, period.month, period.months, period.reserved


def check_days(lib, every):
    buffer, day = ctypes.create_string_buffer(11), ctypes.c_int32()
    count = 0
    for ordinal in range(1, datetime.date.max.toordinal() + 1):
        date = datetime.date.fromordinal(ordinal)
        # Whatever the stride, the ends of months in leap years and at the ends of centuries.
        if ordinal % every and not (date.day >= 28 and date.month in (2, 12) and date.year % 100 in (0, 4, 99)):
            continue
        number, text = ordinal - EPOCH, date.isoformat()
        count += 1
        assert lib.trade_day_make(date.year, date.month, date.day) == number, date
        assert lib.trade_day_format(number, buffer, 11) == OK and buffer.value.decode() == text, date
        for form in (text.encode(), text.replace("-", "").encode()):
            assert lib.trade_day_parse(form, len(form), day) == OK and day.value == number, form
        month = lib.trade_day_month(number)
        assert fields(month) == (date.year, date.month, 1, 0), date
        assert lib.trade_period_first_day(month) == number - date.day + 1, date
        following = date_of(date.year + date.month // 12, date.month % 12 + 1, 1)
        last = following.toordinal() - 1 if following else datetime.date.max.toordinal()
        assert lib.trade_period_last_day(month) == last - EPOCH, date
    print(f"{count} days agree with datetime")


def check_dates_that_do_not_exist(lib, draw, count):
    absent = 0
    for _ in range(count):
        year, month, day = draw.randrange(-1, 10002), draw.randrange(-1, 15), draw.randrange(-1, 34)
        date = date_of(year, month, day)
        absent += date is None
        assert lib.trade_day_make(year, month, day) == (date.toordinal() - EPOCH if date else -2**31), (year, month, day)
    print(f"{count} dates, {absent} of them absent, agree with datetime")


def check_texts(lib, draw, count):
    period = lib.trade_period()
    seen = {OK: 0, TEXT: 0, PERIOD: 0, NOT_MONTHS: 0}
    for i in range(count):
        text = FORMS[i] if i < len(FORMS) else random_text(draw)
        bytes_ = text.encode()
        status, expected = parse(text)
        period.year, period.month, period.months, period.reserved = untouched = (-7, 7, 7, 7)
        got = lib.trade_period_parse(bytes_, len(bytes_), period)
        assert got == status, f"{text!r}: status {got}, not {status}"
        assert fields(period) == (expected or untouched), f"{text!r}: {fields(period)}, not {expected}"
        seen[status] += 1
    assert min(seen.values()) > count // 100, seen
    print(f"{count} texts agree with the model: {seen[OK]} periods, {seen[PERIOD]} absent ones, {seen[NOT_MONTHS]} not of months, "
          f"{seen[TEXT]} refused")


def check_formats(lib):
    buffer, count = ctypes.create_string_buffer(24), 0
    for year in (1, 987, 2020, 9978, 9999):
        for month in range(1, 13):
            for months in range(1, 256):
                expected = run(year, month, months)
                period = lib.trade_period_make(year, month, months)
                assert fields(period) == (expected or UNDEFINED), (year, month, months)
                if expected:
                    assert lib.trade_period_format(period, buffer, 24) == OK
                    assert buffer.value.decode() == shortest(year, month, months), buffer.value
                    count += 1
    print(f"{count} periods print as the shortest text of the model")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("--every", type=int, default=17)
    parser.add_argument("--texts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=2020)
    a = parser.parse_args()
    lib, draw = library.Library(a.library), random.Random(a.seed)
    check_days(lib, a.every)
    check_dates_that_do_not_exist(lib, draw, a.texts)
    check_texts(lib, draw, a.texts)
    check_formats(lib)
    return 0


if __name__ == "__main__":
    sys.exit(main())
