#!/usr/bin/env python3
"""Runs trade-report as its users do, with what goes wrong: exit statuses, messages, files that appear whole or not at all.

    report.py PROGRAM [--zlib] [--write]

What it prints in each format, and draws, is compared with examples/expected/report.*; --write writes that anew, for a change that is meant.
--zlib: the program was built with it.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SERVICES = ["--column", "value=serv_exports_usd", "--currency", "USD", "--by", "period", "--where", "period=2018,2019,2020,2021,2022", "--growth", "year"]
SHARES = ["--unit", "6", "--currency", "USD", "--by", "reporter,product", "--shares", "total", "--top", "12"]
GOOD = b"year,reporter,flow,value\n2019,A,X,1\n2020,A,X,2\n2020,A,M,5\n"

# Arguments, standard input, exit status, what stderr says, what stdout begins with.
CASES = [
    (["--help"], b"", 0, "", "Usage: trade-report"),
    (["--version"], b"", 0, "", "trade-report, tradestat "),
    (["--format", "csv"], GOOD, 0, "", "period,flow,value\n2019,export,1\n2020,export,2\n2020,import,5\n"),
    (["--format=csv", "--by=flow", "-"], GOOD, 0, "", "flow,value\nexport,3\nimport,5\n"),
    (["--format", "csv", "--growth", "year"], GOOD, 0, "", "period,flow,value,growth\n2019,export,1,\n2020,export,2,1\n2020,import,5,\n"),
    (["--format", "csv", "--where", "flow=M"], GOOD, 0, "", "period,flow,value\n2020,import,5\n"),
    (["--format", "csv", "--where", "period=2020", "--by", "period"], GOOD, 0, "", "period,value\n2020,7\n"),
    (["--format", "csv", "--by", "flow", "--unit", "6"], GOOD, 0, "", "flow,value\nexport,3000000\nimport,5000000\n"),
    (["--by", "nothing"], b"", 2, "not a dimension: 'nothing'", ""),
    (["--by", "flow,flow"], b"", 2, "twice", ""),
    (["--by"], b"", 2, "--by: wants a value", ""),
    (["--growth", "year", "--by", "flow"], b"", 2, "--growth wants period", ""),
    (["--shares", "row", "--by", "flow"], b"", 2, "two dimensions", ""),
    (["--shares", "most"], b"", 2, "--shares wants", ""),
    (["--top", "0"], b"", 2, "positive", ""),
    (["--top", "x"], b"", 2, "positive", ""),
    (["--column", "price=x"], b"", 2, "--column wants", ""),
    (["--where", "flow"], GOOD, 2, "--where wants", ""),
    (["--where", "period=20x"], GOOD, 2, "not a period", ""),
    (["--currency", "XYZ"], b"", 2, "ISO 4217", ""),
    (["--colour"], b"", 2, "no such option, see --help: --colour", ""),
    (["/nonexistent/file.csv"], b"", 3, "/nonexistent/file.csv: No such file", ""),
    ([], b"", 1, "standard input:", ""),
    ([], b"a,b\n", 1, "standard input:", ""),
    ([], b"\x00\x01\x02" * 99, 1, "standard input:", ""),
    ([], GOOD + b"2021,A,X,1x\n", 1, "standard input:5:10: ", ""),
    ([], GOOD + b'2021,A,X,"1\n', 1, "standard input:5:", ""),
    ([], GOOD + b"2021,A,X,1,7\n", 1, "standard input:5:", ""),
    (["--lenient", "--format", "csv", "--by", "flow"], GOOD + b"2021,A,X,1x\n2021,A,X,4\n", 0, "standard input:5:10: ", "flow,value\nexport,7\nimport,5\n"),
    (["--output", "/nonexistent/out.csv"], GOOD, 3, "/nonexistent/out.csv", ""),
]


def run(arguments, stdin=b""):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, cwd=EXAMPLES / "data")


def outputs():
    """(name of the expected file, what is printed or drawn there)"""
    for form in ("table", "csv", "json", "markdown"):
        yield f"report_growth.{form}", run([*SERVICES, "--format", form, "wdi_china_services.csv"]).stdout
        yield f"report_shares.{form}", run([*SHARES, "--format", form, "wto_exports_2015.csv"]).stdout
    for name, arguments in (("growth", [*SERVICES, "wdi_china_services.csv"]), ("shares", [*SHARES, "wto_exports_2015.csv"])):
        with tempfile.TemporaryDirectory() as directory:
            run([*arguments, "--chart", f"{directory}/chart.svg"])
            yield f"report_{name}.svg", pathlib.Path(directory, "chart.svg").read_bytes()


def faults():
    for name, printed in outputs():
        expected = EXAMPLES / "expected" / name
        if "--write" in sys.argv:
            expected.write_bytes(printed)
        if printed != expected.read_bytes():
            yield f"{name} is not what is expected, but:\n{printed.decode()}"

    for arguments, stdin, status, message, beginning in CASES:
        done = run(arguments, stdin)
        if done.returncode != status or message not in done.stderr.decode() or not done.stdout.decode().startswith(beginning):
            yield f"{arguments} with {stdin[:60]}: exit {done.returncode}, {done.stderr.decode()!r}, {done.stdout.decode()[:200]!r}"

    rows = json.loads(run(["--format", "json", "--by", "reporter", "--shares", "total", "--unit", "6", "wto_exports_2015.csv"]).stdout)
    if len(rows) != 9 or abs(sum(row["share"] for row in rows) - 1) > 1e-14 or any(row["reporter"] == "World" for row in rows):
        yield f"the shares of nine countries are not those of a whole: {rows}"

    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory, "out.csv")
        run(["--format", "csv", "--output", out], GOOD)
        whole = run(["--format", "csv"], GOOD).stdout
        if out.read_bytes() != whole or os.listdir(directory) != ["out.csv"]:
            yield f"--output: {os.listdir(directory)}"
        run(["--format", "csv", "--output", out], GOOD + b"2021,A,X,1x\n")
        if out.read_bytes() != whole:
            yield "a report that failed took the place of one that was there"
        # Files in any order give the same bytes, compressed or not.
        lines = GOOD.splitlines(keepends=True)
        parts = [pathlib.Path(directory, f"{i}.csv") for i in range(3)]
        for i, part in enumerate(parts):
            part.write_bytes(lines[0] + lines[1 + i])
        if "--zlib" in sys.argv:
            parts[1].write_bytes(gzip.compress(parts[1].read_bytes()))
        if not run(["--format", "csv", *parts]).stdout == run(["--format", "csv", *reversed(parts)]).stdout == whole:
            yield "three files are not the whole"


found = list(faults())
print("\n".join(found) or f"{len(CASES)} calls, shares and files as they should be")
sys.exit(1 if found else 0)
