#!/usr/bin/env python3
"""Checks that bad_arguments.py finds faults: each function below has one.

    bad_arguments_self_test.py COMPILER
"""
import pathlib
import subprocess
import sys
import tempfile

import bad_arguments
import library

GROWTH_ARRAY = "trade_status trade_growth_array(const double *current, const double *base, size_t n, double *growth) "
CHECKED = "if (n > SIZE_MAX / 16) return 2; if (n && (!current || !base || !growth)) return 1; "
LOOP = "for (size_t i = 0; i < n; i++) growth[i] = isfinite(current[i] / base[i]) ? current[i] / base[i] - 1 : NAN; "
DAY_FORMAT = "trade_status trade_day_format(int32_t day, char *text, size_t capacity) "
MATRIX = "trade_status trade_share_matrix(const double *values, size_t rows, size_t columns, int32_t of, double *shares) "

# A faulty function and the words by which its fault must be told.
PLANTED = [
    ("double trade_growth_rate(double current, double base) { return (current - base) / base; }", "is infinite"),
    ("double trade_growth_rate(double current, double base) { return base > 0 && base < 1e300 ? 1 + 0 * (current > 0) : NAN; }", "not undefined"),
    ("double trade_growth_rate(double current, double base) { return NAN; }", "these arguments should work"),
    ("double trade_growth_chained(const double *rates, size_t n) { return n ? rates[0] : 0; }", "SIGSEGV"),
    (GROWTH_ARRAY + "{" + LOOP + "return 0; }", "SIGSEGV"),
    (GROWTH_ARRAY + "{ if (n > SIZE_MAX / 16) return 2; if (!current || !base || !growth) return 1;" + LOOP + "return 0; }", "n == 0 is valid"),
    (GROWTH_ARRAY + "{ if (n && (!current || !base || !growth)) return 1; n %= 4;" + LOOP + "return 0; }", "status 0, not 2"),
    (GROWTH_ARRAY + "{ if (growth && n) growth[0] = 0; " + CHECKED + LOOP + "return 0; }", "though it gave status"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "if (n) growth[-1] = 0; return 0; }", "wrote to growth"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "if (n) growth[n] = 0; return 0; }", "SIGSEGV"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "if (n) ((double *)base)[0] = 1; return 0; }", "wrote to base"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "if (n) growth[0] = 1 / (base[0] * 0); return 0; }", "growth is infinite"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "return 99; }", "99 is no status"),
    (GROWTH_ARRAY + "{" + CHECKED + "return 4; }", "these arguments should work"),
    (MATRIX + "{ if (rows * columns > SIZE_MAX / 16) return 2; if (rows * columns && (!values || !shares)) return 1; return 0; }", "status 0, not 2"),
    (DAY_FORMAT + "{ if (!text) return 1; if (capacity < 11) return 3; for (int i = 0; i < 11; i++) text[i] = '0'; return 0; }", "text has no NUL"),
    (DAY_FORMAT + "{ if (!text) return 1; for (int i = 0; i < 11; i++) text[i] = 0; return 0; }", "SIGSEGV"),
    ("trade_status trade_day_parse(const char *text, size_t length, int32_t *day) { if (!text || !day) return 1; "
     "if (text[length] == '0') return 5; *day = 1; return 0; }", "SIGSEGV"),
    ("trade_status trade_day_parse(const char *text, size_t length, int32_t *day) { if (!text || !day) return 1; *day = 1; return 0; }", "no text is so long"),
    ("trade_rate trade_rate_inverse(trade_rate rate) { return rate; }", None),
    ("trade_rate trade_rate_inverse(trade_rate rate) { trade_rate one = {1, 840, 156}; return one; }", "not undefined"),
    ("const char *trade_currency_letters(int32_t currency) { return currency == 156 ? \"CNY\" : (const char *)1; }", "SIGSEGV"),
    (GROWTH_ARRAY + "{" + CHECKED + LOOP + "return 0; }", None),
]


def faults_of(compiler, code):
    with tempfile.TemporaryDirectory() as directory:
        source, binary = pathlib.Path(directory, "planted.c"), pathlib.Path(directory, "planted.so")
        source.write_text('#include <math.h>\n#include "tradestat.h"\n' + code)
        subprocess.run([compiler, "-w", "-shared", "-fPIC", "-I", library.INCLUDE.parent, source, "-o", binary], check=True)
        function = next(f for f in library.functions(library.header_text()) if f"{f.name}(" in code)
        return bad_arguments.try_function(binary, function)[1]


def main():
    missed = 0
    for code, words in PLANTED:
        faults = faults_of(sys.argv[1], code)
        if not any(words in fault for fault in faults) if words else faults:
            missed += 1
            print(f"{code}\n  should give: {words or 'nothing'}\n  gives: {faults[:3]}")
    print(f"{len(PLANTED) - missed} of {len(PLANTED)} faults found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
