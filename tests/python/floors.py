#!/usr/bin/env python3
"""Checks who includes whom, and that every room has its header, source and test of one name.

    floors.py [ROOT]
    floors.py --self-test     plants each kind of fault in a copy of the tree and checks that it's found

A room includes only rooms of floors below its own; the umbrella header includes every public header and nothing else.
"""
import pathlib
import re
import shutil
import sys
import tempfile

FLOORS = [
    ["base"],
    ["allocator", "check", "number", "period", "scan", "sum"],
    ["total", "record"],
    ["growth", "currency", "share", "concentration", "balance", "advantage", "partner", "text"],
    ["figure", "services", "layout"],
    ["reader", "cube"],
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

PUBLIC_SYSTEM = {"stddef.h", "stdint.h"}
SYSTEM = PUBLIC_SYSTEM | {"float.h", "limits.h", "math.h", "string.h"}
# What one room alone may include: the allocator there is unless another is given; instructions C has no word for; the numbers of the layouts.
ALSO = {"allocator": {"stdlib.h"}, "scan": {"immintrin.h"}, "layout": {"tradestat/reader.h"}}


def includes(path):
    return re.findall(r'^\s*#\s*include\s+(["<])([^">]+)[">]', path.read_text(encoding="utf-8"), flags=re.M)


def check_file(path, room, public):
    """Yields what is wrong with one file's includes."""
    found = includes(path)
    if path.suffix == ".c" and (not found or pathlib.Path(found[0][1]).stem != room):
        yield "does not include its own header first"
    for bracket, name in found:
        target = pathlib.Path(name).stem
        if bracket == "<":
            if name not in (PUBLIC_SYSTEM if public else SYSTEM | ALSO.get(room, set())):
                yield f"includes <{name}>"
        elif public and not name.startswith("tradestat/"):
            yield f"is public and includes the private {name}"
        elif name == "internal.h" or name in ALSO.get(room, set()):
            continue
        elif target not in FLOOR:
            yield f"includes {name}, which belongs to no room"
        elif target != room and (room is None or FLOOR[target] >= FLOOR[room]):
            yield f"includes {name}, which is not of a floor below"


def rooms_of(paths):
    return {path.stem.removeprefix("test_") for path in paths}


def check(root):
    """Yields everything that is wrong with the tree."""
    public, src = sorted((root / "include/tradestat").glob("*.h")), root / "src"
    private = [path for path in sorted(src.glob("*.h")) if path.name != "internal.h"]
    sources = sorted(src.glob("*.c"))

    for kind, found in {
        "header": rooms_of(public + private),
        "source": rooms_of(sources),
        "test": rooms_of((root / "tests").glob("test_*.c")),
        "entry in CMakeLists.txt": set(re.search(r"set\(TRADE_ROOMS (.*?)\)", (root / "CMakeLists.txt").read_text(), flags=re.S)[1].split()),
    }.items():
        for room in sorted(FLOOR.keys() - found):
            yield f"{room}: has no {kind}"
        for room in sorted(found - FLOOR.keys()):
            yield f"{room}: has a {kind}, but no floor"

    for path in public + private + sources + [src / "internal.h"]:
        room = None if path.name == "internal.h" else path.stem
        if room is None or room in FLOOR:
            for fault in check_file(path, room, path in public):
                yield f"{path.relative_to(root)}: {fault}"

    umbrella = root / "include/tradestat.h"
    if [name for _, name in includes(umbrella)] != [f"tradestat/{path.name}" for path in public]:
        yield "include/tradestat.h: does not include exactly the public headers, in the alphabet's order"
    code = re.sub(r"/\*.*?\*/", "", umbrella.read_text(encoding="utf-8"), flags=re.S)
    if any(line and not re.match(r"#(ifndef|define|include|endif)\b", line) for line in code.splitlines()):
        yield "include/tradestat.h: holds more than includes"


def prepend(text):
    return lambda path: path.write_text(text + path.read_text())


# What to break, how, and the words by which the check must tell it.
PLANTED = [
    ("src/sum.c", lambda path: path.write_text('#include "tradestat/sum.h"\n#include "tradestat/growth.h"\n'), "not of a floor below"),
    ("src/sum.c", lambda path: path.write_text('#include "tradestat/sum.h"\n#include "tradestat/period.h"\n'), "not of a floor below"),
    ("src/text.c", lambda path: path.write_text('#include "text.h"\n#include "tradestat/reader.h"\n'), "not of a floor below"),
    ("src/sum.c", prepend("#include <stdio.h>\n"), "includes <stdio.h>"),
    ("src/sum.c", prepend('#include "internal.h"\n'), "its own header first"),
    ("src/sum.c", prepend('#include "tradestat/sum.h"\n#include "tradestat.h"\n'), "belongs to no room"),
    ("src/sum.c", pathlib.Path.unlink, "sum: has no source"),
    ("src/internal.h", prepend('#include "number.h"\n'), "not of a floor below"),
    ("tests/test_sum.c", pathlib.Path.unlink, "sum: has no test"),
    ("include/tradestat/period.h", pathlib.Path.unlink, "period: has no header"),
    ("include/tradestat/sum.h", prepend("#include <math.h>\n"), "includes <math.h>"),
    ("include/tradestat/sum.h", prepend('#include "number.h"\n'), "the private number.h"),
    ("include/tradestat/new.h", lambda path: path.write_text(""), "new: has a header, but no floor"),
    ("include/tradestat.h", prepend("typedef int x;\n"), "more than includes"),
    ("include/tradestat.h", lambda path: path.write_text('#include "tradestat/base.h"\n'), "exactly the public headers"),
    ("CMakeLists.txt", lambda path: path.write_text("set(TRADE_ROOMS base)"), "sum: has no entry in CMakeLists.txt"),
]


def self_test(root):
    """Yields every planted fault that is not found, and what is wrong without any."""
    yield from check(root)
    for name, break_it, words in PLANTED:
        with tempfile.TemporaryDirectory() as directory:
            copy = pathlib.Path(directory)
            for part in ("include", "src", "tests"):
                shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("python", "golden", "__pycache__"))
            shutil.copy(root / "CMakeLists.txt", copy)
            break_it(copy / name)
            if not any(words in fault for fault in check(copy)):
                yield f"a fault in {name} is not found: {words}"


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    if sys.argv[1:] == ["--self-test"]:
        faults, checked = list(self_test(here)), f"{len(PLANTED)} planted faults found"
    else:
        root = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else here
        faults, checked = list(check(root)), f"{len(FLOOR)} rooms on {len(FLOORS)} floors"
    print("\n".join(faults) or checked)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
