#!/usr/bin/env python3
"""Checks what the library exports and what it needs.

    symbols.py NM SHARED_LIBRARY ARCHIVE

- The shared library exports exactly the functions in tests/abi/symbols.txt, which are exactly those that the headers declare.
- Every global name in the archive begins with trade_.
- The archive needs nothing but the functions below: so it does no I/O and asks no locale.
"""
import pathlib
import subprocess
import sys

import library

MANIFEST = pathlib.Path(__file__).resolve().parents[1] / "abi" / "symbols.txt"

MEMORY = {"memcpy", "memmove", "memset", "memcmp", "bcmp", "memchr", "strchr", "strlen"}
MATH = {"exp", "expm1", "log", "log1p", "pow", "sqrt", "floor", "ceil", "trunc", "rint", "fmod", "frexp", "ldexp", "scalbn",
        "nextafter", "fabs", "fmin", "fmax", "fma"}
ALLOCATOR = {"realloc", "free"}  # of the rooms that allocate, unless they are given another
COMPILER = {"_GLOBAL_OFFSET_TABLE_", "__stack_chk_fail", "__cpu_model"}  # the last: which instructions the processor has


def symbols(nm, path, *options):
    lines = subprocess.run([nm, "-P", "-g", *options, path], check=True, capture_output=True, text=True).stdout.splitlines()
    return {line.split()[0].split("@")[0] for line in lines if len(line.split()) > 1}


def differences(what, found, wanted):
    for name in sorted(found - wanted):
        yield f"{what}: {name} is too many"
    for name in sorted(wanted - found):
        yield f"{what}: {name} is missing"


def check(nm, shared, archive):
    manifest = MANIFEST.read_text().split()
    if manifest != sorted(manifest):
        yield "symbols.txt is not sorted"
    manifest = set(manifest)
    declared = {f.name for f in library.functions(library.header_text())}
    yield from differences("symbols.txt against the headers", manifest, declared)
    yield from differences("shared library against symbols.txt", symbols(nm, shared, "-D", "--defined-only"), manifest)
    defined = symbols(nm, archive, "--defined-only")
    yield from differences("archive against symbols.txt", {n for n in defined if n in manifest}, manifest)
    yield from (f"archive: {name} does not begin with trade_" for name in sorted(defined) if not name.startswith("trade_"))
    needed = symbols(nm, archive, "-u") - defined
    yield from (f"archive: needs {name}" for name in sorted(needed - MEMORY - ALLOCATOR - MATH - COMPILER))


def main():
    faults = list(check(*sys.argv[1:4]))
    print("\n".join(faults) or f"{len(MANIFEST.read_text().split())} functions exported")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
