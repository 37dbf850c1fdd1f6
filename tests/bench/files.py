#!/usr/bin/env python3
"""Times the way from a published file to totals by exporter and product, and to shares, on files made for it; and checks the totals.

    cmake --preset bench && cmake --build build/bench
    python3 tests/bench/files.py [--rows N] [--runs N] [--peers] [DIRECTORY]

DIRECTORY is where the benchmark's programs stand, build/bench/tests/bench if not given; there the files are made (1.2 GB for the 11,000,000
rows of a year of BACI) and removed. --peers runs DuckDB, Polars and pandas on the same file, which must agree with the totals to 1e-9;
without it, Python's own exact sums must agree to the last bit. Each workload is a process of its own: its
memory is the most that the process had in its first run, a peer's with Python and all that it loads.
"""
import argparse
import array
import collections
import csv
import fractions
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "build/bench/tests/bench"
ROWS, RUNS = 11_000_000, 5
THREADS = 1, 2
# Of each table: the columns of exporter, product and value, and the power of ten that the value is in units of.
COLUMNS = {"baci": ("i", "k", "v", 3), "comtrade": ("reporterCode", "cmdCode", "primaryValue", 0)}
QUERY = """create or replace temp table result as
           with t as (select i, k, sum(v) as v from read_csv('{}', header = true, types = {{'k': 'VARCHAR', 'q': 'VARCHAR'}}) group by i, k)
           select i, k, v, v / sum(v) over (partition by i) as share from t"""


# ---- Peers: each in a process of its own, which this script starts as --peer. Each returns what is timed, and what makes columns of that ----


def duckdb_run(file, threads):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    return lambda: connection.execute(QUERY.format(file)), lambda _: connection.execute("from result").fetchnumpy()


def polars_run(file, threads):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    def run():
        rows = pl.scan_csv(file, schema_overrides={"k": pl.String, "q": pl.String})
        totals = rows.group_by("i", "k").agg(pl.col("v").sum()).collect()
        return totals.with_columns(share=pl.col("v") / pl.col("v").sum().over("i"))

    return run, lambda result: result


def pandas_run(file, threads):
    import pandas as pd

    def run():
        rows = pd.read_csv(file, dtype={"k": str}, usecols=["i", "k", "v"])  # a category would lose the zero of 010121
        totals = rows.groupby(["i", "k"]).v.sum().reset_index()
        return totals.assign(share=totals.v / totals.groupby("i").v.transform("sum"))

    return run, lambda result: result


# pandas reads on one thread only.
PEERS = {"DuckDB": (duckdb_run, THREADS), "Polars": (polars_run, THREADS), "pandas": (pandas_run, (1,))}


def peak_megabytes():
    try:
        lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(1024 * int(line.split()[1]) / 1e6 for line in lines if line.startswith("VmHWM"))


def agree(result, output):
    """Whether a peer's columns are what stands in the output of bench_files, in its order: by exporter and product."""
    theirs = {}
    for i, k, v, share in zip(*(list(result[name]) for name in ("i", "k", "v", "share"))):
        if v > 0:
            theirs[str(i), k] = 1000 * v, share
    with open(output, newline="") as lines:
        ours = {(i, k): (float(v), float(share)) for i, k, v, share in csv.reader(lines)}
    return theirs.keys() == ours.keys() and all(
        math.isclose(a, b, rel_tol=1e-9) for key in ours for a, b in zip(ours[key], theirs[key]))


def be_peer(name, threads, runs, file, output):
    run, columns = PEERS[name][0](file, threads)
    run()
    peak, seconds = peak_megabytes(), []
    for _ in range(runs):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    if not agree(columns(result), output):
        sys.exit(f"{name} has other totals")
    print(json.dumps({"seconds": statistics.median(seconds), "peak_MB": peak}))


# ---- tradestat ----


def exact_totals(file, exporter, product, value, power):
    """Sums that are rounded once, of values that are rounded once."""
    values = collections.defaultdict(lambda: array.array("d"))
    with open(file, newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        i, k, v = (header.index(name) for name in (exporter, product, value))
        for row in rows:
            values[row[i], row[k]].append(float(f"{row[v]}e{power}"))
    totals = ((key, math.fsum(of_key)) for key, of_key in values.items())
    return {key: total for key, total in totals if total > 0}


def check_exactly(output, expected):
    """Totals to the last bit, shares to their bound, against exact arithmetic; nothing more and nothing less."""
    of_exporter = collections.defaultdict(fractions.Fraction)
    for (exporter, _), total in expected.items():
        of_exporter[exporter] += fractions.Fraction(total)
    with open(output, newline="") as lines:
        rows = list(csv.reader(lines))
    assert [(i, k) for i, k, _, _ in rows] == sorted(expected), "other keys"
    for exporter, product, total, share in rows:
        exact = expected[exporter, product]
        assert float(total) == exact, f"{exporter},{product}: {total}, not {exact}"
        exact_share = fractions.Fraction(exact) / of_exporter[exporter]
        assert abs(fractions.Fraction(float(share)) - exact_share) <= 1.5 * math.ulp(exact_share), f"{exporter},{product}: {share}"


def check_double(output, single):
    """The file twice: each total twice, to the last bit, and the same shares."""
    with open(output, newline="") as lines, open(single, newline="") as single_lines:
        for (i, k, v, share), (j, l, w, single_share) in zip(csv.reader(lines), csv.reader(single_lines), strict=True):
            assert (i, k, float(v), share) == (j, l, 2 * float(w), single_share), f"{i},{k}: {v}, {share}"


def append_rows(file, double):
    """Writes the file's rows twice under one header."""
    with open(file, "rb") as source, open(double, "wb") as out:
        for header in (source.readline(), b""):
            out.write(header)
            while piece := source.read(1 << 20):
                out.write(piece)
            source.seek(0)
            source.readline()


class Bench:
    """The programs, and the files that they make and write."""

    def __init__(self, programs, work, rows, runs, peers):
        self.programs, self.work, self.rows, self.runs, self.peers = programs, pathlib.Path(work), rows, runs, peers

    def result(self, command):
        return json.loads(subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True).stdout)

    def make(self, layout, rows):
        file = self.work / f"{layout}.csv"
        subprocess.run([self.programs / "make_table", layout, file, str(rows)], check=True)
        return file

    def time(self, *arguments):
        return self.result([self.programs / "bench_files", *arguments, "--runs", self.runs])

    def totals(self, file, threads=1):
        output = self.work / f"{file.stem}_{threads}.totals"
        return self.time("totals", file, "--threads", threads, "--output", output), output

    def peer_lines(self, file, threads, output, ours):
        for name, (_, several) in PEERS.items():
            if threads not in several:
                continue
            line = self.result([sys.executable, "-B", __file__, "--peer", name, "--threads", threads, "--runs", min(self.runs, 3),
                                file, output])
            yield cells("", "", "", name, line, f"{line['seconds'] / ours['seconds']:.2f} times as long")

    def baci(self):
        file = self.make("baci", self.rows)
        expected = None if self.peers else exact_totals(file, *COLUMNS["baci"])
        line = self.time("read", file)
        yield cells("files", "BACI, through the page cache", self.rows, "this machine", line, speed(line))
        line = self.time("records", file)
        yield cells("files", "BACI, records", self.rows, "**tradestat**", line, speed(line))
        outputs = []
        for threads in THREADS:
            line, output = self.totals(file, threads)
            yield cells("files", f"BACI, totals and shares, {threads} thread{'s' * (threads > 1)}", line["rows"], "**tradestat**", line,
                        speed(line))
            if self.peers:
                yield from self.peer_lines(file, threads, output, line)
            outputs.append((line, output))
        (single, output), (_, other) = outputs
        assert output.read_bytes() == other.read_bytes(), "other totals on other threads"
        if not self.peers:
            check_exactly(output, expected)
        yield from self.double(file, single, output)

    def double(self, file, single, output):
        double = file.with_name("double.csv")
        append_rows(file, double)
        line, double_output = self.totals(double)
        check_double(double_output, output)
        assert line["peak_MB"] <= 1.05 * single["peak_MB"] + 1, f"memory grows with the file: {single['peak_MB']} MB, {line['peak_MB']} MB"
        yield cells("files", "the same keys twice", line["rows"], "**tradestat**", line, speed(line))
        double.unlink()
        file.unlink()

    def comtrade(self):
        rows = self.rows // 10
        file = self.make("comtrade", rows)
        for workload, what in ("records", "records"), ("totals", "totals and shares, 1 thread"):
            line, output = self.totals(file) if workload == "totals" else (self.time(workload, file), None)
            yield cells("files", f"Comtrade's 47 columns, {what}", rows, "**tradestat**", line, speed(line))
        if not self.peers:
            check_exactly(output, exact_totals(file, *COLUMNS["comtrade"]))

    def cells(self):
        for workload, what in ("cells", "records of 1e6 cells at random"), ("new", "records, each of a new cell"):
            line = self.time(workload, "--rows", self.rows)
            yield cells("cells", what, line["rows"], "**tradestat**", line, f"{line['ns_per_row']:.1f} ns a row")

    def lines(self):
        yield from self.baci()
        yield from self.comtrade()
        yield from self.cells()


def speed(line):
    return f"{line['GB_per_second']:.2f} GB/s"


def cells(workload, what, rows, maker, line, last):
    memory = f", {line['peak_MB']:.0f} MB" if line["peak_MB"] else ""
    return f"| {workload} | {what} | {rows and f'{rows:,}'} | {maker} | {1e3 * line['seconds']:.3f} | {last}{memory} |"


def table(programs=PROGRAMS, rows=ROWS, runs=RUNS, peers=False):
    with tempfile.TemporaryDirectory(dir=programs) as work:
        yield from Bench(programs, work, rows, runs, peers).lines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="DIRECTORY", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    a = parser.parse_args()
    if a.peer:
        be_peer(a.peer, a.threads, a.runs, *map(str, a.paths))
    else:
        for line in table(*a.paths[:1] or [PROGRAMS], a.rows, a.runs, a.peers):
            print(line, flush=True)


if __name__ == "__main__":
    main()
