#!/usr/bin/env python3
"""Compiles in ways that no ordinary build does.

    compile.py WHAT COMPILER     ends with 77 (skipped) if the compiler is none

    WHAT c      each public header by itself and twice over in C99, C11 and C17; all sources as one file in C99
         cpp    the same in C++11 and C++17
         fast   every source under -ffast-math and -ffinite-math-only, which must be refused
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
HEADERS = ["tradestat.h"] + [f"tradestat/{path.name}" for path in sorted((ROOT / "include/tradestat").glob("*.h"))]
SOURCES = sorted((ROOT / "src").glob("*.c"))

WARNINGS = ["-Werror", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wundef", "-Wcast-qual"]
ONLY_C = ["-Wstrict-prototypes", "-Wmissing-prototypes"]
# Sources cast as C does, so these are for headers.
ONLY_CPP = ["-Wold-style-cast", "-Wzero-as-null-pointer-constant"]


def compile_text(compiler, language, standard, options, text):
    """The compiler's complaints about a text, or None."""
    command = [compiler, "-x", language, f"-std={standard}", "-I", ROOT / "include", "-I", ROOT / "src", *options, "-c", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr


def include(names):
    return "".join(f'#include "{name}"\n' for name in names)


def all_ways(compiler, language, standards, for_headers):
    for standard in standards:
        for header in HEADERS:
            # ISO C wants a translation unit that isn't empty.
            text = include([header, header]) + "extern int not_empty;\n"
            yield f"{header} in {standard}", compile_text(compiler, language, standard, WARNINGS + for_headers, text)
    one_file = include(path.name for path in SOURCES)
    yield "all sources as one file", compile_text(compiler, language, standards[0], ["-O2", *WARNINGS], one_file)
    yield "all sources as one file, TRADE_API static", compile_text(
        compiler, language, standards[-1], ["-O2", "-DTRADE_API=static", *WARNINGS, "-Wno-unused-function"], one_file)


def refused(compiler):
    for source in SOURCES:
        for flag, word in (("-ffast-math", "IEEE 754"), ("-ffinite-math-only", "NaN and infinity")):
            complaint = compile_text(compiler, "c", "c99", [flag], include([source.name]))
            yield f"{source.name} refuses {flag}", None if complaint and word in complaint else f"it does not: {complaint}"


WAYS = {
    "c": lambda compiler: all_ways(compiler, "c", ["c99", "c11", "c17"], ONLY_C),
    "cpp": lambda compiler: all_ways(compiler, "c++", ["c++11", "c++17"], ONLY_CPP),
    "fast": refused,
}


def main():
    what, compiler = sys.argv[1:]
    if not compiler or compiler.endswith("NOTFOUND"):
        print("skipped: there is no C++ compiler (Debian: g++)")
        return SKIPPED
    results = list(WAYS[what](compiler))
    for name, complaint in results:
        if complaint:
            print(f"FAILED: {name}\n{complaint}")
    print(f"{len(results)} compilations")
    return 1 if any(complaint for _, complaint in results) else 0


if __name__ == "__main__":
    sys.exit(main())
