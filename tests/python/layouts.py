#!/usr/bin/env python3
"""Checks what the reader makes of each file in tests/layouts against an independent reading of it: the csv module, exact decimals.

    layouts.py READER_LINES

The totals of value, quantity and weight by period, reporter, partner and product agree exactly, and so do the numbers of records and of
missing values, in pieces of 1, 13 and 65,536 bytes. For large files there is nothing here: tests/test_reader.c cuts them everywhere.
"""
import collections
import csv
import fractions
import io
import pathlib
import re
import subprocess
import sys

LAYOUTS = pathlib.Path(__file__).resolve().parents[1] / "layouts"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def number(text, power=0):
    """The double that a printed number stands for, or None."""
    text = text.strip()
    if text in ("", "NA", "N/A", "NaN", ".", "..", "...", ":", "-", "_"):
        return None
    text = text.replace(",", "")
    return float(fractions.Fraction(text) * fractions.Fraction(10) ** power)


def period(text):
    """As trade_period_format writes it."""
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})年1-2月", text):
        return f"{found[1]}-01-01/P2M"
    if found := re.fullmatch(r"(\d{4})-?M(\d\d?)", text):
        return f"{found[1]}-{int(found[2]):02d}"
    if found := re.fullmatch(r"(\d{4})-?Q(\d)", text):
        return f"{found[1]}-Q{found[2]}"
    if found := re.fullmatch(r"(\d{4})[/.]?(\d\d)", text):
        return f"{found[1]}-{found[2]}"
    if found := re.fullmatch(r"(\d{4}-\d\d)-\d\d", text):
        return found[1]
    if found := re.fullmatch(r"(?:\d\d-)?([A-Z][a-z]+)[- ](\d{4})", text):
        return f"{found[2]}-{MONTHS.index(found[1][:3]) + 1:02d}"
    return text


def rows(text, delimiter=","):
    """The rows below the header as dicts, the first of columns of one name."""
    lines = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    names = lines[0]
    for row in lines[1:]:
        if any(row):
            yield {name: cell for name, cell in reversed(list(zip(names, row)))}


def record(when, reporter="", partner="", product="", value=None, quantity=None, weight=None):
    return (period(when), reporter, partner, product), (value, quantity, weight)


def baci(text):
    for r in rows(text):
        yield record(r["t"], r["i"], r["j"], r["k"], number(r["v"], 3), number(r["q"]), number(r["q"], 3))


def comtrade(text):
    for r in rows(text):
        yield record(r["period"], r["reporterCode"], r["partnerCode"], r["cmdCode"], number(r["primaryValue"]), number(r["qty"]), number(r["netWgt"]))


def comtrade_legacy(text):
    for r in rows(text):
        yield record(r["Period"], r["Reporter Code"], r["Partner Code"], r["Commodity Code"], number(r["Trade Value (US$)"]), number(r["Qty"]),
                     number(r["Netweight (kg)"]))


def comext(text):
    for r in rows(text):
        weight = r["indicators"] == "QUANTITY_IN_100KG"
        yield record(r["TIME_PERIOD"], r["reporter"], r["partner"], r["product"], None if weight else number(r["OBS_VALUE"]),
                     weight=number(r["OBS_VALUE"], 2) if weight else None)


def ecb_exr(text):
    for r in rows(text):
        yield record(r["TIME_PERIOD"], r["CURRENCY_DENOM"], r["CURRENCY"], value=number(r["OBS_VALUE"]))


def sdmx2_name(text):
    for r in rows(text):
        yield record(r["TIME_PERIOD"], r["REF_AREA"], r["COUNTERPART_AREA"], value=number(r["OBS_VALUE"], int(r["UNIT_MULT"])))


def sdmx2_both(text):
    text = text.replace("STRUCTURE[;]", "STRUCTURE", 1)
    for r in ({k.split(": ")[0]: v.split(": ")[0].replace("~", "") for k, v in r.items()} for r in rows(text, ";")):
        yield record(r["TIME_PERIOD"], r["REF_AREA"], r["COUNTERPART_AREA"],
                     value=number(r["OBS_VALUE"].replace(".", "").replace(",", "."), int(r["UNIT_MULT"])))


def eurostat(text):
    for r in rows(text, "\t"):
        (packed, dimensions), *cells = r.items()
        packed, dimensions = (dimensions, packed) if "\\" in dimensions else (packed, dimensions)
        key = next(k for k in r if "\\" in k)
        names, values = key.split("\\")[0].split(","), r[key].split(",")
        d = dict(zip(names, values))
        for when, cell in r.items():
            if when != key:
                yield record(when, d["geo"], d["partner"], d["sitc06"], number(re.split(r"[ a-z]", cell)[0], 6))  # indic_et MIO_EXP_VAL


def wto_bulk(text):
    for r in rows(text):
        part = r["PeriodCode"] if r["PeriodCode"] != "A" else ""
        yield record(r["Year"] + part, r["ReporterCode"], r["PartnerCode"], r["ProductCode"], number(r["Value"], 6 if r["UnitCode"] == "USM" else 0))


def wto_portal(text):
    for r in rows(text):
        yield record(r["Year"], r["Reporting Economy Code"], r["Partner Economy Code"], r["Product/Sector Code"], number(r["Value"], 6))


def batis(text):
    for r in rows(text):
        yield record(r["Year"], r["Reporter"], r["Partner"], r["Item_code"], number(r["Balanced_value"], 6))


def unctad_wide(text):
    for r in rows(text):
        for name, cell in r.items():
            if name.endswith("millions_Value"):
                yield record(name[:4], r["Economy"], value=number(cell, 6))


def unctad_long(text):
    for r in rows(text):
        yield record(r["Year"], r["Economy"], value=number(r["US$ at current prices in millions"], 6))


def world_bank(text):
    text = text[text.index('"Country Name"'):] if '"Country Name"' in text else text[:text.index("\n,,,")]
    for r in rows(text):
        product = r.get("Indicator Code") or r["Series Code"]
        for name, cell in r.items():
            if name[:4].isdigit():
                yield record(name[:4], r["Country Code"], product=product, value=number(cell))


def eurofxref(text):
    for r in rows(text):
        for name, cell in r.items():
            if name and name != "Date":
                yield record(r["Date"], "EUR", name, value=number(cell))


def fred(text):
    sides = {"DEXCHUS": ("USD", "CNY"), "DEXUSEU": ("EUR", "USD"), "DGS10": ("", "")}
    for r in rows(text):
        for name, cell in r.items():
            if name in sides:
                yield record(r["observation_date"], *sides[name], name, number(cell))


def owid(text):
    for r in rows(text):
        for name, cell in r.items():
            if name not in ("Entity", "Code", "Year"):
                yield record(r["Year"], r["Code"], product=name, value=number(cell))


def imf_ifs(text):
    for r in rows(text):
        yield record(r["Time Period"], r["Country Code"], product=r["Indicator Code"], value=number(r["Value"]))


def gacc_countries(text):
    for r in list(csv.reader(io.StringIO(text)))[4:]:
        if any(r[1:]):
            for column in (3, 5):  # this month's exports, imports
                yield record("2022-12", partner=r[0].strip(), value=number(r[column], 3))


def gacc_months(text):
    for r in list(csv.reader(io.StringIO(text)))[4:]:
        for column in (2, 3, 4):
            yield record(r[0], value=number(r[column], 8))


def gacc_products(text):
    for r in list(csv.reader(io.StringIO(text)))[4:]:
        yield record("2022-12", product=r[0], value=number(r[3], 4), quantity=number(r[2]))


def unctad_old(text):
    lines = [line for line in csv.reader(io.StringIO(text)) if len(line) > 1]
    for r in lines[3:]:
        for column in (1, 4):
            yield record(lines[0][column], r[0], value=number(r[column], 6))


def imf_portal(text):
    scales = {"Units": 0, "Millions": 6, "Billions": 9}
    for r in rows(text):
        for name, cell in r.items():
            if name[:2] == "20":
                yield record(name, r["COUNTRY"], product=r["INDICATOR"], value=number(cell, scales[r["SCALE"]]))


def plain_flows(text):
    for r in rows(text, ";"):
        for name in ("Exports", "Imports", "Balance"):
            yield record(r["Month"], value=number(r[name]))


def plain_years(text):
    for r in rows(text):
        for name in ("2019", "2020", "2021-Q1"):
            yield record(name, r["Country"], product=r["Item"], value=number(r[name]))


def rates(text):
    for r in rows(text, ";"):
        for name in ("CNY", "JPY", "KRW", "USD"):
            yield record(r["Date"], partner=name, value=number(r[name]))


def plain(text):
    for r in rows(text[text.index("Year;"):], ";"):
        yield record(r["Year"], r["Exporter"], r["Importer"], r["HS6"], number(r["Value"].replace(",", "")), weight=number(r["Net weight (kg)"]))


READINGS = {"wdi": world_bank, "databank": world_bank}


def totals(records):
    """Exact totals, counts and counts of missing values by key."""
    found = collections.defaultdict(lambda: [0] * 7)
    for key, numbers in records:
        found[key][6] += 1
        for i, x in enumerate(numbers):
            if x is None:
                found[key][3 + i] += 1
            else:
                found[key][i] += fractions.Fraction(x)
    return dict(found)


def read(program, path, piece):
    """The reader's records."""
    run = subprocess.run([program, path, str(piece)], capture_output=True, check=True)
    for line in decoded(run.stdout).split("\n")[:-1]:
        if line.startswith("="):
            continue
        _, when, _, reporter, partner, product, *_, value, quantity, weight = line.split("|")
        yield (when, reporter, partner, product), tuple(float(x) if x else None for x in (value, quantity, weight))


def decoded(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def main():
    faults, count, files = 0, 0, sorted(LAYOUTS.iterdir())
    for path in files:
        text = decoded(path.read_bytes())
        reading = READINGS.get(path.stem) or globals()[path.stem]
        expected = totals(reading(text))
        count += sum(t[6] for t in expected.values())
        for piece in (1, 13, 65536):
            found = totals(read(sys.argv[1], path, piece))
            if found != expected:
                faults += 1
                print(f"{path.name}, in pieces of {piece}:")
                for key in found.keys() | expected.keys():
                    if found.get(key) != expected.get(key):
                        print(f"  {key}: {found.get(key)}, expected {expected.get(key)}")
    print(f"{len(files)} layouts, {count} records, {faults} that differ")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
