#!/usr/bin/env python3
"""Compares the table of currencies with the copy of ISO 4217 in Debian's iso-codes: letters, numbers and names of active currencies.

    currency_peer.py LIBRARY [--debian FILE]

Exits with 77, a skipped test, where iso-codes is not installed.
"""
import argparse
import json
import pathlib
import sys

import library

# What a copy of another year may say otherwise, and why.
WITHDRAWN_LATELY = {
    "ANG": "replaced by XCG, 2025 (amendment 176)", "BGN": "replaced by EUR, 2026 (amendment 180)",
    "CUC": "withdrawn in 2021, listed so in 2025 (amendment 178)", "HRK": "replaced by EUR, 2023 (amendment 174)",
    "SLL": "replaced by SLE, 2023 (amendment 175)", "ZWL": "replaced by ZWG, 2024 (amendment 177)",
}
NEW = {"SLE": "amendment 171, 2022", "VED": "amendment 170, 2021", "XAD": "amendment 179, 2025", "XCG": "amendment 176, 2025",
       "ZWG": "amendment 177, 2024"}


def table(lib):
    """letters -> (currency, active, name)"""
    currencies = map(lib.trade_currency_at, range(lib.trade_currency_count()))
    return {lib.trade_currency_letters(c).decode(): (c, lib.trade_currency_active(c), lib.trade_currency_name(c).decode())
            for c in currencies}


def compare(path, ours):
    theirs = {row["alpha_3"]: row for row in json.loads(path.read_text(encoding="utf-8"))["4217"]}
    for letters, row in theirs.items():
        if letters not in ours:
            yield f"{letters} is not in the table"
        elif ours[letters][1] != 1 and letters not in WITHDRAWN_LATELY:
            yield f"{letters} is active there"
        elif ours[letters][0] % 1000 != int(row["numeric"]) or ours[letters][2] != row["name"]:
            yield f"{letters} {ours[letters]} is {row} there"
    for letters, row in ours.items():
        if row[1] == 1 and letters not in theirs and letters not in NEW:
            yield f"{letters} is not active there"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("--debian", type=pathlib.Path, default=pathlib.Path("/usr/share/iso-codes/json/iso_4217.json"))
    a = parser.parse_args()
    if not a.debian.exists():
        print(f"SKIPPED: {a.debian} is not there (Debian: iso-codes)")
        return 77
    ours = table(library.Library(a.library))
    differences = list(compare(a.debian, ours))
    print(f"{len(ours)} currencies, {len(differences)} differences")
    print("\n".join(differences), end="\n" if differences else "")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
