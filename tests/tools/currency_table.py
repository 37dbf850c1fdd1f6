#!/usr/bin/env python3
"""Writes the table in src/currency.c from the two files that the maintenance agency of ISO 4217 publishes.

    currency_table.py LIST_ONE LIST_THREE [--check]

LIST_ONE has the active currencies, LIST_THREE the withdrawn ones; the latter's minor units, which it does not give, are kept from the
table as it stands. --check writes nothing and fails if the table is not what would be written.
"""
import argparse
import pathlib
import re
import sys
import textwrap
import xml.etree.ElementTree

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src" / "currency.c"
BLOCK = re.compile(r"(?s)(?<=/\* clang-format off \*/\n).*(?=/\* clang-format on \*/)")
NEVER_HAD_A_NUMBER = {"XFO", "XFU", "XRE"}


def entries(path, tag):
    for entry in xml.etree.ElementTree.parse(path).getroot().iter(tag):
        row = {child.tag: " ".join((child.text or "").split()) for child in entry}
        if row.get("Ccy") and row["Ccy"] not in NEVER_HAD_A_NUMBER:
            yield row


def end(date):
    """The month of "2002-03", "1989 to 1990" or "1990-07 to 1990-09": the last one, a year alone being its December."""
    return max(d if len(d) > 4 else d + "-12" for d in re.findall(r"\d{4}(?:-\d\d(?!\d))?", date))


def table(list_one, list_three, minor_units):
    """Rows (letters, currency, minor units, active, name), sorted by letters."""
    rows, withdrawn = {}, {}
    for row in entries(list_one, "CcyNtry"):
        minor = -1 if row["CcyMnrUnts"] == "N.A." else int(row["CcyMnrUnts"])
        rows[row["Ccy"]] = (row["Ccy"], int(row["CcyNbr"]), minor, 1, row["CcyNm"])
    for row in entries(list_three, "HstrcCcyNtry"):
        letters = row["Ccy"]
        if letters not in rows:  # some countries have left a currency that others still use
            new = (end(row["WthdrwlDt"]), letters, int(row["CcyNbr"]), row["CcyNm"])
            withdrawn[letters] = max(withdrawn.get(letters, ("",)), new)
    holders = {row[1]: 1 for row in rows.values()}
    for _, letters, number, name in sorted(withdrawn.values(), reverse=True):
        older = holders.get(number, 0)
        holders[number] = older + 1
        rows[letters] = (letters, number + 1000 * older, minor_units.get(letters, -1), 0, name)
    return sorted(rows.values())


def c_text(text):
    def escaped(c):
        return "".join(f"\\{b:03o}" for b in c.encode()) if ord(c) > 126 else "\\" + c if c in '"\\' else c
    return '"' + "".join(map(escaped, text)) + '"'


def c_block(rows):
    by_number = sorted(range(len(rows)), key=lambda i: rows[i][1])
    lines = [f'    {{"{row[0]}", {row[1]}, {row[2]}, {row[3]}, {c_text(row[4])}}},' for row in rows]
    index = textwrap.wrap(", ".join(map(str, by_number)), width=120, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(["static const currency_row currency_table[] = {"] + lines + ["};", "",
                     "/* Places in the table in the order of numbers. */",
                     "static const uint16_t currency_by_number[] = {"] + index + ["};", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list_one", type=pathlib.Path)
    parser.add_argument("list_three", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    a = parser.parse_args()
    old = SOURCE.read_text(encoding="utf-8")
    minor_units = {letters: int(minor) for letters, minor in re.findall(r'\{"([A-Z]{3})", \d+, (-?\d),', old)}
    block = c_block(table(a.list_one, a.list_three, minor_units))
    new = BLOCK.sub(lambda _: block, old)
    if new == old:
        return 0
    if a.check:
        print(f"{SOURCE} is not what {a.list_one} and {a.list_three} make of it")
        return 1
    SOURCE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
