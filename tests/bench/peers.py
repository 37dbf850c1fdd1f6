#!/usr/bin/env python3
"""Times the benchmark's workloads in NumPy, pandas, DuckDB and Polars, on data of the same kind and size, beside the benchmark in one run;
then those of files.py, on files of 0.11 times as many rows.

    python3 -m venv build/peers && build/peers/bin/pip install numpy pandas duckdb polars
    build/peers/bin/python tests/bench/peers.py [--rows N] [--write] [BENCH]

BENCH is the benchmark program, build/bench/tests/bench/bench if not given. All on one thread, unless it says two. --write puts the table into RESULTS.md.
"""
import argparse
import datetime
import itertools
import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ[variable] = "1"

import duckdb
import numpy as np
import pandas as pd
import polars as pl

import files

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = pathlib.Path(__file__).with_name("RESULTS.md")
RUNS, LAG, PERIODS, CELLS, COLUMNS = 7, 12, 240, 10**6, 5000
COUNTRIES, YEARS = 230, 25


def median(call, runs=RUNS):
    call()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def growth(n):
    x, out = np.random.default_rng(1).random(n) + 1, np.empty(n)

    def numpy_out():
        np.subtract(x[LAG:], x[:-LAG], out=out[LAG:])
        np.divide(out[LAG:], x[:-LAG], out=out[LAG:])
        out[:LAG] = np.nan

    yield "NumPy, out=", median(numpy_out)
    yield "NumPy, expression", median(lambda: (x[LAG:] - x[:-LAG]) / x[:-LAG], 3)
    series = pd.Series(x)
    yield "pandas pct_change", median(lambda: series.pct_change(LAG, fill_method=None), 3)
    column = pl.Series(x)
    yield "Polars pct_change", median(lambda: column.pct_change(LAG), 3)


def growth_pairs(n):
    x, y, out = np.random.default_rng(1).random(n) + 1, np.random.default_rng(8).random(n) + 1, np.empty(n)

    def numpy_out():
        np.subtract(x, y, out=out)
        np.divide(out, y, out=out)

    yield "NumPy, out=", median(numpy_out)


def share(n):
    x, out = np.random.default_rng(2).random(n), np.empty(n)
    yield "NumPy, out=", median(lambda: np.divide(x, x.sum(), out=out))


def margins(n):
    x = np.exp(np.random.default_rng(6).normal(0, 5, n // COLUMNS * COLUMNS)).reshape(-1, COLUMNS)
    yield "NumPy sum by axis", median(lambda: (x.sum(axis=0), x.sum(axis=1)))


def convert(n):
    x, out = np.random.default_rng(2).random(n), np.empty(n)
    yield "NumPy, out=", median(lambda: np.multiply(x, 6.4545, out=out))


def convert_by_period(n):
    r = np.random.default_rng(2)
    x, period, price, out = r.random(n), r.integers(0, PERIODS, n).astype(np.int32), r.random(PERIODS) + 6, np.empty(n)

    def take():
        np.take(price, period, out=out, mode="clip")
        np.multiply(out, x, out=out)

    yield "NumPy take, out=", median(take, 3)


def scatter(n):
    n //= 10
    r = np.random.default_rng(3)
    frame = pd.DataFrame({"g": r.integers(0, CELLS, n).astype(np.int32), "v": r.random(n) * 1e6})
    g, v = frame.g.to_numpy(), frame.v.to_numpy()
    yield "NumPy bincount", median(lambda: np.bincount(g, v, CELLS))
    yield "pandas groupby", median(lambda: frame.groupby("g").v.sum(), 3)
    columns = pl.DataFrame({"g": g, "v": v})
    yield "Polars group_by", median(lambda: columns.group_by("g").agg(pl.col("v").sum()), 3)
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    connection.register("frame", frame)
    connection.execute("create table t as select * from frame")
    yield "DuckDB group by", median(lambda: connection.execute("select g, sum(v) from t group by g").fetchnumpy(), 3)


def balassa_herfindahl(n):
    products = min(COLUMNS, n // COUNTRIES)
    shape = min(YEARS, n // (COUNTRIES * products)), COUNTRIES, products
    x = np.exp(np.random.default_rng(4).normal(0, 3, shape)) * (np.random.default_rng(5).random(shape) < 0.4)

    def every_year():
        for m in x:
            country, product = m.sum(1, keepdims=True), m.sum(0, keepdims=True)
            share = m / country
            share / (product / m.sum())
            (share * share).sum(1)

    with np.errstate(invalid="ignore"):  # a product without trade has no index
        yield "NumPy", median(every_year, 3)


def total(n):
    x = np.exp(np.random.default_rng(6).normal(0, 5, n))
    yield "NumPy sum", median(x.sum)
    column = pl.Series(x)
    yield "Polars sum", median(column.sum)


def total_of_products(n):
    r = np.random.default_rng(7)
    x, y = np.exp(r.normal(0, 5, n)), np.exp(r.normal(0, 5, n))
    yield "NumPy dot", median(lambda: np.dot(x, y))


# What a workload is called in the benchmark's output, and its peers.
PEERS = {
    "growth over a lag of 12": growth,
    "growth over another column": growth_pairs,
    "shares in an exact total": share,
    "exact totals of rows and columns": margins,
    "conversion at one rate": convert,
    "conversion at 240 periods' rates": convert_by_period,
    "rows into 1e6 cells, exact": scatter,
    "Balassa and Herfindahl, 230 countries": balassa_herfindahl,
    "exact total, mixed magnitudes": total,
    "exact total of products": total_of_products,
}


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def maker(line):
    return "this machine" if line["workload"] == "memory" else "**tradestat**"


def table(bench, rows):
    command = [str(bench), "--rows", str(rows), "--json"]
    for line in json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout):
        rate = f"{line['GB_per_second']:.1f} GB/s, {line['ratio']:.2f} of memory"
        yield f"| {line['workload']} | {line['what']} | {line['rows']:,} | {maker(line)} | {1e3 * line['seconds']:.3f} | {rate} |"
        for name, seconds in PEERS.get(line["what"], lambda n: ())(rows):
            yield f"| | | | {name} | {1e3 * seconds:.3f} | {seconds / line['seconds']:.2f} times as long |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="?", type=pathlib.Path, default=ROOT / "build/bench/tests/bench/bench")
    parser.add_argument("--rows", type=int, default=10**8)
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    workloads = table(a.bench, a.rows), files.table(a.bench.parent, a.rows * 11 // 100, peers=True)
    lines = ["| | workload | rows | by | ms | |", "| --- | --- | ---: | --- | ---: | --- |"]
    for line in itertools.chain(*workloads):
        lines.append(line)
        print(line, flush=True)
    if a.write:
        versions = f"NumPy {np.__version__}, pandas {pd.__version__}, Polars {pl.__version__}, DuckDB {duckdb.__version__}"
        RESULTS.write_text(f"""# How fast, on one machine

{datetime.date.today()}, {processor()}, {os.cpu_count()} cores, one thread unless it says two, {platform.system()}, Python {platform.python_version()},
{versions}.
Medians of {RUNS} runs, of {files.RUNS} on files or, for what takes long, 3. tradestat's totals are exact, the others' are not. "Of memory" is the
ratio to what the machine copies (growth, conversion) or reads (totals) in the same run. MB are the most that the workload's process had
in its first run, a peer's with Python and what it loads. Files are made of random numbers and lie in the page cache. Numbers hold beside
each other only within one run; to make this table again:

```sh
cmake --workflow --preset bench
python3 -m venv build/peers && build/peers/bin/pip install numpy pandas duckdb polars
build/peers/bin/python tests/bench/peers.py --write
```

""" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
