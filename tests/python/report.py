#!/usr/bin/env python3
"""Runs trade-report as its users do, with what goes wrong: exit statuses, messages, files that appear whole or not at all.

    report.py PROGRAM [--zlib] [--write]
    report.py PROGRAM --terminal    what it does on a terminal; 77 where the system gives none

What it prints in each format, and draws, is compared with examples/expected/report_*; --write writes that anew, for a change that is meant.
--zlib: the program was built with it.
"""
import csv
import fcntl
import fractions
import gzip
import json
import math
import os
import pathlib
import pty
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import xml.etree.ElementTree

PROGRAM = os.path.abspath(sys.argv[1])
ZLIB = "--zlib" in sys.argv
ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
DATA = EXAMPLES / "data"
SERVICES = ["--column", "value=serv_exports_usd", "--currency", "USD", "--by", "period", "wdi_china_services.csv"]
SECTORS = ["--unit", "6", "--currency", "USD", "--by", "reporter,product", "wto_exports_2015.csv"]
YEARS = ["--where", "period=2018,2019,2020,2021,2022"]
IN_YUAN = ["--in", "CNY", "--rates", "eurofxref_2019_2021.csv"]
REPORTS = {
    "growth": [*SERVICES, *YEARS, "--growth", "year"],
    "shares": [*SECTORS, "--shares", "total", "--top", "12"],
    "rates": [*SERVICES, *YEARS, *IN_YUAN],
    "concentration": [*SECTORS, "--indicators", "hhi,hhi-normalised,number,gini", "--shares", "total"],
    "means": ["--by", "partner,period", "--where", "partner=CNY,USD", "--where", "period=2020", "--growth", "period", "eurofxref_2019_2021.csv"],
    "advantage": [*SECTORS, "--indicators", "rca,rca-symmetric", "--top", "6"],
}
CHARTS = ("growth", "shares", "rates", "means", "advantage")
GOOD = b"year,reporter,flow,value\n2019,A,X,1\n2020,A,X,2\n2020,A,M,5\n"
TWO_WAY = b"year,partner,flow,value\n2020,A,X,10\n2020,A,M,30\n2020,A,RX,3\n2020,B,X,5\n2021,A,M,7\n2021,A,X,-\n"
RATES_OF_TWO = b"date,CNY,USD\n2020-01-01,7,1\n2020-01-02,8,1\n"
SERIES = b"observation_date,DEXCHUS,CPI\n2020-01-01,7,100\n2020-01-02,8,200\n"
MIXED = b"year,reporter,value,unit\n2020,A,1,USD\n2020,A,50.5,PC\n2020,A,,EUR\n2020,B,7,USD\n"
OVERLAPPING = b"period,reporter,product,value\n2020,A,2,10\n2020-Q1,A,1,2\n2020-Q2,A,2,3\n2020-01,A,1,1\n2019-01-01/P2M,B,1,1\n2019-02,B,1,\n2019-03,B,2,0\n"
LEVELS = b"period,reporterCode,cmdCode,primaryValue\n2020,A,TOTAL,100\n2020,A,85,60\n2020,A,8542,40\n2020,A,854231,25\n2020,A,01,45\n2020,A,0101,\n"
QUANTITIES = b"period,reporterCode,cmdCode,primaryValue,qtyUnitAbbr,qty\n" + b"".join(
    b"2020,%s,%s,1,%s,%d\n" % row for row in ((b"A", b"01", b"kg", 3), (b"A", b"01", b"u", 2), (b"A", b"02", b"N/A", 0), (b"B", b"02", b"u", 4), (b"B", b"01", b"N/A", 0), (b"A", b"01", b"kg", 2)))

CALLED = b"year,reporter_code,reporter_name,partner_code,partner_name,value\n2019,156,China,4,,1\n2020,156,\"China, mainland\",4,,2\n2021,156,\"China, mainland\",4,,4\n2021,158,,8,,3\n"
MODES = b"period,reporterCode,flowCode,cmdCode,motCode,customsCode,primaryValue\n2020,156,X,85,2100,C00,1\n2020,156,X,85,0,C00,3\n2021,156,X,85,3200,C04,2\n"
TOTALS_OF_ONE = b"year,reporter,partner,value\n2020,A,World,30\n2020,B,C,7.5\n2020,B,D,2.5\n2020,B,World,10\n"


def totals(rows):
    return b"Year,Reporter,Partner,Product,Flow,Value\n" + rows.replace(" ", "\n").encode() + b"\n"


COMTRADE = "../../tests/layouts/comtrade.csv"
# A has a World and a TOTAL that are more than their parts, D has World alone, 2021 no World.
WORLDS = b"year,reporter,partner,product,flow,value\n" + b"".join(b"%s,X,%d\n" % row for row in (
    (b"2020,A,World,TOTAL", 200), (b"2020,A,B,TOTAL", 50), (b"2020,A,C,TOTAL", 100), (b"2020,World,World,TOTAL", 1000), (b"2021,A,B,TOTAL", 7), (b"2020,D,World,TOTAL", 20),
    (b"2020,A,World,85", 150)))

# Arguments, standard input, exit status, what stderr says, what stdout begins with.
CASES = [
    (["--help"], b"", 0, "", "Usage: trade-report"),
    (["--version"], b"", 0, "", "trade-report, tradestat "),
    (["--format", "csv"], GOOD, 0, "", "period,flow,value,currency\n2019,export,1,\n2020,export,2,\n2020,import,5,\n"),
    (["--format=csv", "--by=flow", "-"], GOOD, 0, "", "flow,value,currency\nexport,3,\nimport,5,\n"),
    (["--format", "csv", "--growth", "year"], GOOD, 0, "", "period,flow,value,currency,growth\n2019,export,1,,\n2020,export,2,,1\n2020,import,5,,\n"),
    (["--format", "csv", "--by", "flow,period", "--growth", "period"], GOOD, 0, "", "flow,period,value,currency,growth\nexport,2019,1,,\nexport,2020,2,,1\nimport,2020,5,,\n"),
    (["--format", "csv", "--where", "flow=M"], GOOD, 0, "", "period,flow,value,currency\n2020,import,5,\n"),
    (["--format", "csv", "--where", "period=2020", "--by", "period"], GOOD, 0, "", "period,value,currency\n2020,7,\n"),
    (["--format", "csv", "--by", "flow", "--where", "reporter=A"], GOOD, 0, "", "flow,value,currency\nexport,3,\nimport,5,\n"),
    (["--format", "csv", "--by", "flow", "--unit", "6"], GOOD, 0, "", "flow,value,currency\nexport,3000000,\nimport,5000000,\n"),
    (["--format", "csv", "--by", ""], b"year;value\n2020;12.345\n2020;999\n", 1, "standard input:3:6: a point before three digits, here or above, could mark thousands or decimals: say which with --decimal: 999 (value)\n", ""),
    (["--format", "csv", "--by", ""], b"year;value\n2020;1,234\n", 1, "standard input:2:6: a number with a comma that could mark thousands or decimals: say which with --decimal: 1,234 (value)\n", ""),
    (["--format", "csv", "--by", "", "--decimal", "comma"], b"year;value\n2020;12.345\n2020;999\n", 0, "", "value,currency\n13344,\n"),
    (["--format", "csv", "--by", "", "--decimal=point"], b"year;value\n2020;12.5\n2020;1,234\n", 0, "", "value,currency\n1246.5,\n"),
    (["--decimal", ","], GOOD, 2, "trade-report: --decimal wants comma or point: ,", ""),
    (["--format", "csv", "--by", "flow,period", "--shares", "row"], GOOD, 0, "", "flow,period,value,currency,share\nexport,2019,1,,0.3333333333333333\n"),
    (["--format", "csv", "--by", "flow,period", "--shares", "column"], GOOD, 0, "", "flow,period,value,currency,share\nexport,2019,1,,1\nexport,2020,2,,0.2857142857142857\n"),
    (["--format", "csv", "--by", "period", "--top", "1"], GOOD, 0, "", "period,value,currency,others\n2020,7,,0\n,1,,1\n"),
    (["--format", "csv", "--by", "period", "--top", "2"], GOOD, 0, "", "period,value,currency,others\n2020,7,,0\n2019,1,,0\n"),
    (["--format", "json", "--by", "period,flow", "--top", "1", "--growth", "year", "--currency", "USD"], GOOD, 0, "",
     '[\n {"period": "2020", "flow": "import", "value": 5, "currency": "USD", "growth": null, "others": 0},\n'
     ' {"period": null, "flow": null, "value": 3, "currency": "USD", "growth": null, "others": 2}\n]\n'),
    (["--format", "csv", "--by", "flow", "--top", "1", "--statistic", "mean"], GOOD, 0, "", "flow,mean,currency,others\nimport,5,,0\n,,,1\n"),
    (["--format", "csv", "--by=", "--currency", "usd", "--shares", "total"], GOOD, 0, "", "value,currency,share\n8,USD,1\n"),
    (["--format", "csv", "--by=", "--currency", "USD", "--measure", "weight"], b"year,value,weight\n2020,1,2\n", 0, "", "weight\n2\n"),
    (["--format", "csv", "--by", "reporter", "--where", "reporter=B"], MIXED, 0, "", "reporter,value,currency\nB,7,USD\n"),
    (["--format", "csv", "--by", "reporter", "--where", "reporter=C"], MIXED, 0, "nothing is selected", "reporter,value,currency\n"),
    (["--format", "csv", "--by", "reporter", "--where", "unit=PC"], MIXED, 0, "", "reporter,value,currency\nA,50.5,\n"),
    (["--format", "csv", "--by", "reporter"], b"year,reporter,value,unit\n2020,A,1,156\n", 0, "trade-report: values are in 156, which is no currency and has no column: tell what it is with --unit POWER and --currency CODE\n", "reporter,value,currency\nA,1,\n"),
    (["--format", "csv", "--by", "period"], b"observation_date,ALL\n2020-01-01,7\n", 0, "", "period,mean,currency\n2020-01,7,\n"),
    (["--format", "csv", "--by", "period", "--measure", "quantity"], b"DATAFLOW,FREQ,REPORTER,PARTNER,PRODUCT,FLOW,INDICATORS,TIME_PERIOD,OBS_VALUE\nX,M,DE,US,ALL,2,SUPPLEMENTARY_QUANTITY,2020-01,7\n", 0, "",
     "period,quantity\n2020-01,7\n"),
    (["--format", "csv", "--where", "partner=CNY", "--by", "period"], RATES_OF_TWO, 0, "", "period,mean,currency\n2020-01,7.5,CNY\n"),
    (["--format", "csv", "--by", "period,partner"], RATES_OF_TWO, 0, "", "period,partner,mean,currency\n2020-01,CNY,7.5,\n"),
    (["--format", "csv", "--by", "period,partner,flow", "--indicators", "balance,cover,grubel-lloyd"], TWO_WAY, 0, "",
     "period,partner,value,currency,exports,imports,balance,cover,grubel-lloyd\n2020,A,40,,10,30,-20,0.3333333333333333,0.5\n"),
    (["--format", "csv", "--by", "partner,flow", "--indicators", "balance,cover", "--top", "1"], TWO_WAY, 0, "",
     "partner,value,currency,exports,imports,balance,cover,others\nA,47,,10,37,-27,0.2702702702702703,0\n,5,,5,0,5,,1\n"),
    (["--by", "period,partner,flow", "--indicators", "cover", "--top", "1"], TWO_WAY, 0, "",
     "period    partner  value  exports  imports   cover\n2020      A           40       10       30  0.3333\n2 others              12        5        7  0.7143\n"),
    (["--format", "csv", "--by", "reporter,product", "--indicators", "hhi", "--top", "1"], b"year,reporter,product,value\n2020,A,1,9\n2020,A,2,9\n2020,B,1,5\n", 0, "",
     "reporter,value,currency,hhi,others\nA,18,,0.5,0\n,5,,,1\n"),
    (["--format", "csv", "--by", "reporter,product", "--indicators", "hhi-normalised,gini"], b"year,reporter,product,value\n2020,A,1,9\n2020,A,2,9\n2020,B,1,5\n", 0, "",
     "reporter,value,currency,hhi-normalised,gini\nA,18,,0,0\nB,5,,1,0.5\n"),
    (["--format", "markdown", "--by", "reporter"], b"year,reporter,value\n2020,a|b,1\n", 0, "", "| reporter | value |\n| -------- | ----: |\n| a\\|b      |     1 |\n"),
    (["--format", "json", "--by", "reporter"], b'year,reporter,value\n2020,"Cura\xe7ao ""\n",1\n', 0, "", '[\n {"reporter": "Cura\u00e7ao \\"\\u000a", "value": 1, "currency": null}\n]\n'),
    (["--format", "csv", "--by", "reporter"], b'year,reporter,value\n2020,"T\xc3\xbcrkiye, ""x""",1\n', 0, "", 'reporter,value,currency\n"T\u00fcrkiye, ""x""",1,\n'),
    (["--by", "reporter"], "year,reporter,value\n2020,\u4e2d\u56fd,1\n2020,\x1b[2J,2\n".encode() + b"2020,Cura\xe7ao,3\n", 0, "",
     "reporter  value\n [2J          2\nCura\u00e7ao       3\n\u4e2d\u56fd          1\n"),
    (["--by=", "--format", "csv", "--output", "/dev/stdout"], GOOD, 0, "", "value,currency\n8,\n"),
    (["--by=", "--format", "json", "--shares", "total"], GOOD, 0, "", '[\n {"value": 8, "currency": null, "share": 1}\n]\n'),
    (["--chart", "/dev/stdout", "--growth", "year"], b"year,flow,value\n", 0, "", "<svg "),
    (["--chart", "/dev/stdout"], b"year,flow,value\n2020,X,\n", 0, "", "<svg "),
    (["--chart", "/dev/stdout", "--by", "flow"], b"year,flow,value\n2020,X,-1\n", 0, "", "<svg "),
    (["--by", "nothing"], b"", 2, "--by: not a dimension: 'nothing'; these are period, reporter, partner, product, flow\n", ""),
    (["--by", "flow,flow"], b"", 2, "twice", ""),
    (["--by"], b"", 2, "--by: wants a value", ""),
    (["--growth", "year", "--by", "flow"], b"", 2, "--growth wants period", ""),
    (["--growth", "year", "--by", "flow,period", "--indicators", "hhi"], b"", 2, "--growth wants period", ""),
    (["--shares", "row", "--by", "flow"], b"", 2, "two dimensions", ""),
    (["--shares", "row", "--by", "partner,flow", "--indicators", "cover"], b"", 2, "two dimensions", ""),
    (["--shares", "most"], b"", 2, "--shares wants", ""),
    (["--top", "0"], b"", 2, "positive", ""),
    (["--top", "x"], b"", 2, "positive", ""),
    (["--threads", "0"], b"", 2, "--threads wants", ""),
    (["--column", "price=x"], b"", 2, "--column wants PART=NAME, PART being a dimension, value", ""),
    (["--where", "flow"], GOOD, 2, "--where wants", ""),
    (["--where", "period=20x"], GOOD, 2, "not a period", ""),
    (["--currency", "XYZ"], b"", 2, "ISO 4217", ""),
    (["--in", "XYZ"], b"", 2, "ISO 4217", ""),
    (["--in", "CNY"], b"", 2, "--in wants --rates", ""),
    (["--rates", "eurofxref_2019_2021.csv"], b"", 2, "--rates wants --in or --currency", ""),
    (["--chart", "growth.png"], b"year,value\n2020,1\n", 2, "--chart draws SVG", ""),
    (["--where", "reporter=USA"], b"year,reporter,value\n2020,842,1\n", 0, "the file has them, whose first row has reporter=842\n", "period  flow  value\n\nplain table: standard input; 0 rows, 1 not selected\n"),
    (["--where", "flow=X", "--where", "period=2021", "--where", "unit=kg"], b"year,flow,value,currency\n2020,M,1,USD\n", 0, "whose first row has flow=M, period=2020, unit=USD\n", "period  flow  value\n"),
    (["--by", "period"], b"year,value\n2020,8427.5\n2021,-7240\n", 0, "", "period     value\n2020     8 427.5\n2021    -7 240.0\n"),
    (["--by", "period"], b"year,value\n2020,2e12\n", 0, "", "value in billions\n\nperiod    value\n"),
    (["--where", "unit=EUR", "--format", "csv"], b"year,value,currency\n2020,1,USD\n", 0, "whose first row has unit=USD\n", "period,flow,value,currency\n"),
    ([], b"year,value\n2020,1\n", 0, "", "period  flow  value\n2020              1\n\nplain table: standard input; 1 row\n"),
    (["--chart", "/dev/stdout", "--by", "product"], b"year,product,value\n" + b"".join(b"2020,%d,1\n" % i for i in range(30)), 0, "",
     '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="626"'),  # twenty bars, and a line for those left out
    (["--measure", "weight", *IN_YUAN], b"", 2, "values only", ""),
    (IN_YUAN, GOOD, 2, "don't tell the currency", ""),
    (["--in", "CNY", "--rates", "/nonexistent", "--currency", "USD"], GOOD, 3, "/nonexistent: No such file", ""),
    (["--in", "CNY", "--rates", "wto_exports_2015.csv", "--currency", "USD"], GOOD, 1, "wto_exports_2015.csv: there is no exchange rate", ""),
    (["--in", "CNY", "--rates", "wdi_china_services.csv", "--currency", "USD"], GOOD, 1, "wdi_china_services.csv:1:1: no known layout of exchange rates, nor columns date, reporter, partner and value", ""),
    (["--in", "CHF", "--rates", "eurofxref_2019_2021.csv", "--currency", "USD", "--format", "csv", "--by", "flow"], GOOD, 0,
     "eurofxref_2019_2021.csv: no rate of USD in CHF for 2020, whose values are missing", "flow,value,currency\nexport,,CHF\nimport,,CHF\n"),
    (["--in", "CHF", "--rates", "eurofxref_2019_2021.csv", "--currency", "USD", "--format", "csv", "--by", "flow"],
     b"year,value\n" + b"".join(b"%d,1\n" % year for year in range(2000, 2015)), 0, "eurofxref_2019_2021.csv: and for 5 more\n", "flow,value,currency\n,,CHF\n"),
    (["--by", "reporter", "--format", "csv"], OVERLAPPING, 0, "trade-report: 2020-01 and 2020-Q1 overlap, and the figures of both are added up: put period in --by\n", "reporter,value,currency\nA,16,\nB,1,\n"),
    (["--by=", "--where", "period=2020", "--where", "reporter=A", "--where", "product=2"], OVERLAPPING, 0, "2020 and 2020-Q2 overlap", ""),
    (["--by=", "--format", "csv"], TWO_WAY, 0, "trade-report: re-exports and the exports that hold them are added up: put flow in --by, or choose with --where flow=export,import\n", "value,currency\n55,\n"),
    (["--by=", "--format", "csv", "--where", "flow=X,M"], TWO_WAY, 0, "", "value,currency\n52,\n"),
    (["--by=", "--format", "csv", "--where", "period=2021"], TWO_WAY + b"2021,B,RX,3\n2020,B,balance,3\n", 0, "", "value,currency\n10,\n"),
    (["--by", "period", "../../tests/layouts/gacc_months.csv"], b"", 0, "balances and exports are added up", ""),
    (["--by", "flow", "--format", "csv"], LEVELS, 0, "trade-report: products are of several levels, 85 and 8542, and all are added up: choose one, --level 2\n", "flow,value,currency\n,170,USD\n"),
    (["--by", "product", "--digits", "2", "--format", "csv"], LEVELS, 0, "85 and 8542", "product,value,currency\n01,45,USD\n85,125,USD\n"),
    (["--by", "product", "--shares", "total"], LEVELS, 0, "85 and 8542", ""),
    (["--by", "product", "--top", "1", "--format", "csv"], LEVELS, 0, "", "product,value,currency,others\n85,60,USD,0\n"),
    (["--by", "flow", "--level", "2", "--format", "csv"], LEVELS, 0, "", "flow,value,currency\n,105,USD\n"),
    (["--by", "product", "--level", "4", "--digits", "2", "--shares", "total", "--format", "csv"], LEVELS, 0, "", "product,value,currency,share\n01,,USD,\n85,40,USD,1\n"),
    (["--by", "product", "--level", "6"], LEVELS, 0, "", "value in USD\n\nproduct  value\n854231      25\n\nUN Comtrade: standard input; 1 row, 4 not selected, 1 of totals beside their parts left out\n"),
    (["--level", "3"], b"year,product,value\n2020,85,60\n", 0, "--level is the length of products' codes in the file, whose first row has product=85\n", "period  flow  value\n\n"),
    (["--level", "4", "--where", "flow=X"], b"year,product,flow,value\n2020,85,M,60\n", 0, "the file has them, whose first row has flow=M, product=85\n", ""),
    (["--level", "4", "--where", "product=8"], b"year,product,value\n2020,85,60\n", 0, "whose first row has product=85\n", ""),
    (["--level", "0"], b"", 2, "--level wants a number", ""),
    (["--by", "flow", "--where", "product=01,854231", "--format", "csv"], LEVELS, 0, "", "flow,value,currency\n,70,USD\n"),
    (["--by", "flow"], b"year,product,value\n2020,other,1\n2020,other goods,1\n2020,TOTAL,1\n2020,T,1\n2020,1234567890,1\n2020,123456788,1\n", 0, "", ""),
    (["--growth", "year", "--where", "period=2019"], GOOD, 0, "--growth: no row has one of the year before, which --where must select, too; --show chooses what is printed\n", "period  flow    value  growth, %\n"),
    (["--growth", "period"], b"year,value\n2019,1\n2021,1\n", 0, "--growth: no row has one of the period before\n", ""),
    (["--indicators", "balance", "--by", "flow", "--where", "flow=X"], GOOD, 0, "--indicators: there are no imports, which count as 0\n", "value  exports  imports  balance\n    3        3        0        3\n"),
    (["--indicators", "balance", "--by", "flow", "--where", "flow=M"], GOOD, 0, "--indicators: there are no exports, which", ""),
    (["--indicators", "rca", "--by", "period,reporter,product"], b"year,reporter,product,value\n2019,A,1,1\n2019,A,2,1\n2020,B,1,1\n", 0, "--indicators: there is one reporter only, which is compared with itself\n", ""),
    (["--indicators", "rca", "--by", "reporter,product", "--where", "reporter=A"], b"year,reporter,product,value\n2019,A,1,1\n", 0, "which is compared with itself: --show chooses what is printed\n", ""),
    (["--growth", "year", "--show", "period=2020", "--show", "flow=X,RX", "--format", "csv"], GOOD, 0, "", "period,flow,value,currency,growth\n2020,export,2,,1\n"),
    (["--by", "flow", "--shares", "total", "--show", "flow=M", "--format", "csv", "--top", "5"], GOOD, 0, "", "flow,value,currency,share,others\nimport,5,,1,0\n"),
    (["--shares", "column", "--by", "flow,period", "--show", "period=2020"], GOOD, 0, "", "flow    period  value  share, %\nexport  2020        2      28.6\nimport  2020        5      71.4\n\nplain table: standard input; 3 rows; 2 of 3 totals shown\n"),
    (["--by", "period,partner", "--show", "partner=A", "--top", "1", "--format", "csv"], TWO_WAY, 0, "re-exports", "period,partner,value,currency,others\n2020,A,43,,0\n,,7,,1\n"),
    (["--by", "product", "--measure", "quantity", "--show", "product=02", "--format", "csv"], QUANTITIES, 0, "", "product,unit,quantity\n02,,0\n02,u,4\n"),
    (["--by", "product", "--show", "product=85", "--format", "csv"], LEVELS, 0, "", "product,value,currency\n85,60,USD\n8542,40,USD\n854231,25,USD\n"),
    (["--by", "period", "--format", "csv", "--growth", "year"], b"year,partner,value\n2019,World,5\n2020,World,10\n2021,World,12\n2021,A,6\n2022,A,9\n", 0,
     "--growth: 1 row has no growth: of the period and the one before, one is a total (World, TOTAL) and the other the sum of its parts\n",
     "period,value,currency,growth\n2019,5,,\n2020,10,,1\n2021,6,,\n2022,9,,0.5\n"),
    (["--by", "partner", "--format", "csv"], WORLDS, 0, "of 2020 D there are only totals (World, TOTAL), and they are left out beside the parts that there are of others: put period,reporter in --by\n",
     "partner,value,currency\nB,57,\nC,100,\n"),
    (["--by", "partner", "--where", "reporter=A", "--format", "csv"], WORLDS, 0, "trade-report: what is shown is 78.5 % of the totals (World, TOTAL) that are left out beside it\n", "partner,value,currency\nB,57,\nC,100,\n"),
    (["--by", "partner,period", "--where", "reporter=D,A", "--where", "product=85", "--format", "csv"], WORLDS, 0, "", "partner,period,value,currency\nWorld,2020,150,\n"),
    (["--by=", "--format", "csv"], b"year,partner,flow,value\n2020,World,X,5\n2020,A,M,6\n", 0, "of export there are only totals", "value,currency\n6,\n"),
    (["--by", "reporter,period", "--format", "csv"], WORLDS, 0, "", "reporter,period,value,currency\nA,2020,150,\nA,2021,7,\nD,2020,20,\n"),
    (["--by", "reporter,period", "--format", "csv", "--shares", "world"], WORLDS, 0, "--shares world: for 1 of 3 rows the files have no total (World, TOTAL)\n",
     "reporter,period,value,currency,share\nA,2020,150,,0.15\nA,2021,7,,\nD,2020,20,,0.02\n"),
    (["--by", "partner", "--format", "csv", "--shares", "world", "--where", "reporter=A", "--where", "period=2020"], WORLDS, 0, "", "partner,value,currency,share\nB,50,,0.25\nC,100,,0.5\n"),
    (["--by", "partner", "--format", "csv", "--shares", "world", "--where", "partner=B", "--where", "period=2020"], WORLDS, 0,
     "no total (World, TOTAL), which --where must select, too\n", "partner,value,currency,share\nB,50,,\n"),
    (["--by", "product", "--format", "csv", "--shares", "world", "--where", "reporter=A", "--where", "period=2020"], WORLDS, 0, "", "product,value,currency,share\n85,150,,0.75\n"),
    (["--by", "partner,product", "--format", "csv", "--shares", "world", "--where", "reporter=A", "--where", "period=2020"], WORLDS, 0, "", "partner,product,value,currency,share\nWorld,85,150,,0.75\n"),
    (["--by", "partner", "--format", "csv", "--shares", "world", "--top", "1", "--where", "reporter=A", "--where", "period=2020"], WORLDS, 0, "",
     "partner,value,currency,share,others\nC,100,,0.5,0\n,50,,0.25,1\n"),
    (["--shares", "world", "--in", "CNY", "--rates", "x"], b"", 2, "leave out --rates", ""),
    (["--show", "period=2021"], GOOD, 0, "trade-report: --show selects none of 3 rows: it takes codes as the table has them\n", "period  flow  value\n\nplain table: standard input; 3 rows; 0 of 3 totals shown\n"),
    (["--show", "reporter=A"], b"", 2, "--show chooses among the table's rows, which don't have this (see --by): reporter=A\n", ""),
    (["--by", "reporter,product", "--indicators", "hhi", "--show", "product=1"], b"", 2, "which don't have this", ""),
    (["--show", "unit=kg"], b"", 2, "--show: not a dimension: 'unit'", ""),
    (["--show", "flow"], b"", 2, "--show wants DIMENSION=CODE,...: flow\n", ""),
    (["--show", "period=20x"], b"", 2, "not a period", ""),
    (["--by", "period", "--format", "csv"], MODES, 0, "trade-report: customsCode is not the same everywhere in the files (C00, C04), and figures of all are put together: choose with --where customsCode=C00\n"
     "trade-report: motCode is not the same everywhere in the files (0, 3200), and figures of all are put together: choose with --where motCode=0\n", "period,value,currency\n2020,4,USD\n2021,2,USD\n"),
    (["--by", "period", "--where", "motCode=0"], MODES, 0, "", "value in USD\n\nperiod  value\n2020        3\n\nUN Comtrade: standard input; 1 row, 2 not selected\n"),
    (["--by", "period", "--where", "motCode=0,2100", "--where", "flow=X", "--where", "motCode=3200", "--where", "customsCode=C00", "--format", "csv"], MODES, 0, "motCode is not", "period,value,currency\n2020,4,USD\n"),
    (["--by", "period", "--format", "csv"], b"Country Name,Country Code,Indicator Name,Indicator Code,2020\nChina,CHN,Exports (current US$),X,2\nChina,CHN,GDP (current US$),Y,5\n", 0,
     "trade-report: product is not the same everywhere in the files (X, Y), and figures of all are put together: choose with --where product=X, or put product in --by\n", "period,value,currency\n2020,7,USD\n"),
    (["--by", "period", "--where", "product=Y", "--format", "csv"], b"Country Name,Country Code,Indicator Name,Indicator Code,2020\nChina,CHN,Exports (current US$),X,2\nChina,CHN,GDP (current US$),Y,5\n", 0,
     "", "period,value,currency\n2020,5,USD\n"),
    (["--where", "motCode=7"], MODES, 0, "nothing is selected: --where takes codes as the file has them\n", ""),
    (["--where", "mot=0"], MODES, 1, "standard input:1:1: no column has the name that --column or --where gives. Its columns: period,reporterCode", ""),
    (["--where", "motCode"], b"", 2, "--where wants DIMENSION=CODE,...: motCode\n", ""),
    (["--where", "motCode=0&1"], b"", 2, "--where of a column knows no & and |: motCode=0&1\n", ""),
    (["--names", "--by", "reporter,product,period", "--where", "period=2014", COMTRADE], b"", 0, "", "value in million USD\n\nreporter      product                              period    value\n"
     "764 Thailand  8542 Electronic integrated circuits  2014    9 680.8\n"),
    (["--names", "--by", "reporter,flow,partner", "--where", "reporter=764", "--where", "partner=854", "--format", "csv", COMTRADE], b"", 0, "",
     "reporter,reporter_name,flow,partner,partner_name,value,currency\n764,Thailand,import,854,Burkina Faso,345.37,USD\n"),
    (["--names", "--by", "partner,reporter", "--format", "json", "--top", "1"], CALLED, 0, "",
     '[\n {"partner": "4", "partner_name": null, "reporter": "156", "reporter_name": "China, mainland", "value": 7, "currency": null, "others": 0},\n'
     ' {"partner": null, "partner_name": null, "reporter": null, "reporter_name": null, "value": 3, "currency": null, "others": 1}\n]\n'),
    (["--names", "--by", "reporter"], CALLED, 0, "", "reporter             value\n156 China, mainland      7\n158                      3\n"),
    (["--names", "--by", "product", "--measure", "quantity"], QUANTITIES.replace(b"qtyUnitAbbr", b"cmdDesc,qtyUnitAbbr").replace(b",1,", b",1,Animals,"), 0, "",
     "product         quantity\n01 Animals             0\n01 Animals, kg         5\n"),
    (["--indicators", "hhi", "--by", "reporter,period", "--format", "csv"], GOOD, 0, "trade-report: --indicators: they are of imports and exports added up: choose one with --where flow=export, or put flow in --by\n", "reporter,value,currency,hhi\nA,8,,"),
    (["--indicators", "rca", "--by", "reporter,product", "--where", "flow=X,M,B"], b"year,reporter,product,flow,value\n2020,A,1,X,1\n2020,B,1,M,1\n2020,B,2,DX,9\n2020,C,2,B,\n", 0, "--indicators: they are of imports and exports added up", ""),
    (["--indicators", "hhi", "--by", "partner,period"], TWO_WAY, 0, "trade-report: re-exports and the exports that hold them are added up", ""),
    (["--indicators", "hhi", "--by", "reporter,period", "--where", "flow=X"], GOOD, 0, "", ""),
    (["--indicators", "hhi", "--by", "flow,period"], GOOD, 0, "", ""),
    (["--by", "period", "--where", "period=2019-12..2020-03,2020-Q2..2020-Q2", "--format", "csv"], OVERLAPPING, 0, "", "period,value,currency\n2020-01,1,\n2020-Q2,3,\n"),
    (["--by", "period", "--where", "period=2018..2019", "--format", "csv"], OVERLAPPING, 0, "", "period,value,currency\n2019-01-01/P2M,1,\n2019-02,,\n2019-03,0,\n"),
    (["--by", "period", "--show", "period=2019..2020", "--format", "csv"], OVERLAPPING, 0, "", "period,value,currency\n2019-01-01/P2M,1,\n2019-02,,\n2019-03,0,\n2020-01,1,\n2020-Q1,2,\n2020,10,\n2020-Q2,3,\n"),
    (["--by", "period", "--where", "period=9999..9999"], GOOD, 0, "nothing is selected", ""),
    (["--where", "period=2020..2019"], GOOD, 2, "FROM..TO wants two periods of one length, the earlier one first: period=2020..2019\n", ""),
    (["--where", "period=2020-01..2020"], GOOD, 2, "FROM..TO wants", ""),
    (["--where", "period=2020..2020-07"], GOOD, 2, "FROM..TO wants", ""),
    (["--where", "period=9998-12..9999-12-01/P1M"], GOOD, 0, "nothing is selected", ""),
    (["--where", "period=9999-12..9999-12-01/P2M"], GOOD, 2, "not a period", ""),
    (["--show", "period=2020.."], GOOD, 2, "not a period: period=2020..\n", ""),
    (["--where", "period=..2020"], GOOD, 2, "not a period", ""),
    (["--where", "period=2020."], GOOD, 2, "not a period", ""),
    (["--by", "reporter,period", "--shares", "row", "--where", "period=2020", "--format", "csv"], OVERLAPPING, 0, "trade-report: 2020-01 and 2020-Q1 overlap, and shares are in the sum of both: --where period=2020-01..TO takes the shorter alone\n", "reporter,period,value,currency,share\nA,2020-01,1,,0.0625\n"),
    (["--by", "period,product", "--shares", "column", "--where", "product=2", "--format", "csv"], OVERLAPPING, 0, "2020 and 2020-Q2 overlap, and shares", ""),
    (["--by", "period,product", "--shares", "row"], OVERLAPPING, 0, "", ""),
    (["--by", "period,product", "--shares", "total"], OVERLAPPING, 0, "", ""),
    (["--by", "reporter,period", "--shares", "row", "--where", "reporter=B"], OVERLAPPING, 0, "", ""),
    (["--by", "reporter,period", "--shares", "row", "--where", "period=2020-Q1..2020-Q4"], OVERLAPPING + b"2020-Q3,A,1,\n2020-07,A,1,2\n", 0, "2020-01 and 2020-Q1", ""),
    (["--by", "reporter,period", "--shares", "row", "--where", "period=2020-Q3"], OVERLAPPING + b"2020-Q3,A,1,\n2020-07,A,1,2\n", 0, "", ""),
    (["--by", "reporter,period", "--shares", "row"], b"period,reporter,value\n2020,A,1\n2020-01,B,1\n2020,C,1\n", 0, "", ""),
    (["--by", "reporter,period", "--indicators", "hhi", "--where", "product=2"], OVERLAPPING, 0, "2020 and 2020-Q2 overlap, and indicators are of both: --where period=2020-Q2..TO takes the shorter alone\n", ""),
    (["--by", "reporter,period", "--indicators", "hhi", "--where", "period=2020-Q1..2020-Q2", "--where", "product=2"], OVERLAPPING, 0, "", ""),
    (["--by", "period", "--top", "1"], OVERLAPPING, 0, "2020-01 and 2020-Q1 overlap, and the others hold both: --where period=2020-01..TO takes the shorter alone\n", ""),
    (["--by", "period", "--top", "2"], OVERLAPPING, 0, "2020-01 and 2020-Q1 overlap, and the others", ""),
    (["--by", "period", "--top", "3"], OVERLAPPING, 0, "", ""),
    (["--by", "period,product", "--top", "1", "--show", "period=2020-Q1,2020-Q2"], OVERLAPPING, 0, "2020-01 and 2020-Q1", ""),
    (["--by", "period", "--top", "1", "--show", "period=2020-Q2..2020-Q3,2019"], OVERLAPPING, 0, "", ""),
    (["--by", "flow"], b"year,product,value\n2020,85423100,10\n2020,8542310001,6\n2020,8542310002,4\n", 0, "85423100 and 8542310001, and all are added up: choose one, --level 8\n", ""),
    (["--by", "flow"], b"year,product,value\n2020,8542310001,6\n2020,8542310002,4\n", 0, "", ""),
    (["--by", "flow"], b"year,product,value\n2020,8542310001,6\n2020,8542310002,4\n2020,8542310002003,4\n", 0, "products are of several levels, 8542310002 and 8542310002003, and all are added up: choose one, --level 10\n", ""),
    (["--by", "flow"], b"year,product,value\n2020,85.42,10\n2020,85.42.31,6\n2020,85.42.39,4\n", 0, "85.42 and 85.42.31, and all are added up: choose one, --level 5\n", ""),
    (["--by", "flow"], b"year,product,value\n2020,8542.31.0001,10\n2020,8542.31.0002,6\n2020,..,4\n2020,.,1\n2020,12345678901234567,4\n2020,12345678901234568,4\n", 0, "", ""),
    (["--growth", "year", "--by", "period", "--format", "csv"], b"year,value\n2020,-10\n2021,-5\n2022,0\n2023,4\n", 0, "trade-report: --growth: the figures of the year before are 0 or negative: growth over them is not defined\n", "period,value,currency,growth\n2020,-10,,\n"),
    (["--growth", "period", "--by", "period"], b"year,value\n2020,\n2021,-5\n2022,\n", 0, "--growth: of no row the figures of both it and the period before are known\n", ""),
    (["--growth", "year", "--by", "period"], b"year,value\n2020,-10\n2021,5\n2022,6\n", 0, "", ""),
    (["--measure", "quantity", "--format", "csv"], GOOD, 0, "trade-report: no row has a quantity: try --measure value or weight\n", "period,flow,quantity\n2019,export,\n"),
    (["--measure", "weight", "--where", "reporter=A"], QUANTITIES, 0, "trade-report: no row has a weight: try --measure value or quantity\n", ""),
    (["--measure", "weight", "--where", "reporter=C"], QUANTITIES, 0, "trade-report: nothing is selected: --where takes codes as the file has them, whose first row has reporter=A\n", "weight in kg\n\nperiod  flow  weight\n"),
    (["--measure", "quantity", "--by="], b"year,value,quantity\n2020,1,\n2021,1,0\n", 0, "", ""),
    (["--by", "flow", "--by=period"], GOOD, 2, "trade-report: --by is given twice, first as flow, then as: period\n", ""),
    (["--top", "1", "--top", "1", "--format=csv", "--by", "flow", "--by", "flow"], GOOD, 0, "", "flow,value,currency,others\nimport,5,,0\n"),
    (["--column", "value=x", "--column", "value=y"], GOOD, 2, "--column names a part twice: value=y\n", ""),
    (["--column", "value=flow", "--column", "value=value"], GOOD, 2, "--column names a part twice", ""),
    (["--column", "value=value", "--column", "partner=reporter", "--column", "value=value", "--by", "partner", "--format", "csv"], GOOD, 0, "", "partner,value,currency\nA,8,\n"),
    (["--indicators", "hhi", "--indicators", "number", "--by", "flow,period", "--format", "csv"], GOOD, 0, "", "flow,value,currency,hhi,number\n"),
    (["--in", "CNY", "--rates", "eurofxref_2019_2021.csv", "--rates", "wto_exports_2015.csv", "--currency", "USD"], GOOD, 1, "wto_exports_2015.csv: there is no exchange rate", ""),
    (["--in", "CNY", "--rates", "eurofxref_2019_2021.csv", "--rates", "eurofxref_2019_2021.csv", "--currency", "USD", "--by", "flow", "--format", "csv", "--where", "period=2020"], GOOD, 0, "", "flow,value,currency\nexport,13."),
    ([], b"year,value,unit\n2020,1,Million USD\n2020,1,PC\n", 1, "standard input:3: value in PC does not add up with Million USD before it: choose one with --where 'unit=Million USD'\n", ""),
    ([], b"year,value,unit\n2020,1,men's $\n2020,1,PC\n", 1, "choose one with --where 'unit=men'\\''s $'\n", ""),
    (["--where", "unit=men's $", "--by=", "--format", "csv"], b"year,value,unit\n2020,1,men's $\n2020,2,PC\n", 0, "", "value,currency\n1,\n"),
    (["-h"], b"", 0, "", "Usage: trade-report"),
    (["--by=", "--", "--by"], b"", 3, "--by: No such file", ""),
    (["--by=", "--format", "csv", "--", "-"], GOOD, 0, "", "value,currency\n8,\n"),
    (["--by=", "--format", "csv", "--"], GOOD, 0, "", "value,currency\n8,\n"),
    (["-x"], b"", 2, "no such option, see --help: -x", ""),
    (["--by", "period", "--chart", "/dev/null"], b"period,value\n2019,12\n2019-11,1\n2019-12,1\n2020,2\n2019-Q4,2\n2020-Q1,4\n2020-01,1\n2020-02,1\n", 0, "trade-report: --chart draws periods of 1 month; 4 rows that overlap them, of 2019 first, are not\n", ""),
    (["--by", "period", "--chart", "/dev/null"], b"period,value\n2019-Q4,12\n2020-Q1,4\n2020,4\n", 0, "--chart draws periods of 3 months; 1 row that overlaps them, of 2020 first, is not\n", ""),
    (["--by", "period", "--chart", "/dev/null"], b"period,value\n2020-01,1\n2020-01-01/P2M,2\n2020-Q1,4\n2020,9\n", 0, "", ""),
    (["--by", "period", "--format", "json"], b"year,value,unit\n2020,1.5,Million USD\n", 0, "values are in Million USD, which is no currency", '[\n {"period": "2020", "value": 1.5, "currency": null}\n]\n'),
    (["--by", "period", "--format", "csv", "--unit", "6", "--currency", "USD"], b"year,value,unit\n2020,1.5,Million USD\n", 0, "", "period,value,currency\n2020,1500000,USD\n"),
    (["--by", "period"], b"year,value,unit\n2020,1.5,Million USD\n", 0, "", "value in Million USD\n\nperiod  value\n2020     1.50\n"),
    (["--by", "reporter", "--shares", "total", "--format", "csv"], TOTALS_OF_ONE, 0, "", "reporter,value,currency,share\nA,30,,0.75\nB,10,,0.25\n"),
    (["--by", "reporter,partner", "--indicators", "hhi", "--format", "csv"], TOTALS_OF_ONE, 0, "", "reporter,value,currency,hhi\nA,30,,\nB,10,,0.625\n"),
    (["--by", "reporter,partner", "--indicators", "rca", "--format", "csv"], TOTALS_OF_ONE, 0, "", "reporter,partner,value,currency,rca\nA,World,30,,\nB,C,7.5,,1\nB,D,2.5,,1\n"),
    (["--by", "period,reporter", "--shares", "column", "--format", "csv"], totals("2020,World,B,TOTAL,X,100 2021,A,B,TOTAL,X,60"), 0, "", "period,reporter,value,currency,share\n2020,World,100,,1\n2021,A,60,,1\n"),
    (["--by", "reporter,period", "--shares", "row", "--format", "csv"], totals("2020,World,B,TOTAL,X,100 2021,A,B,TOTAL,X,60"), 0, "", "reporter,period,value,currency,share\nA,2021,60,,1\nWorld,2020,100,,1\n"),
    (["--by", "reporter,flow", "--indicators", "balance", "--shares", "total", "--format", "csv"], totals("2020,A,C,85,X,60 2020,A,D,85,X,30 2020,A,World,85,M,100 2020,B,C,85,X,10"), 0, "",
     "reporter,value,currency,share,exports,imports,balance\nA,190,,0.95,90,100,-10\nB,10,,0.05,10,0,10\n"),
    (["--by", "reporter,product", "--indicators", "hhi-normalised,gini", "--format", "csv"], totals("2020,A,C,85,X,60 2020,A,C,87,X,20 2020,B,C,TOTAL,X,120"), 0, "",
     "reporter,value,currency,hhi-normalised,gini\nA,80,,0.25,0.25\nB,120,,,\n"),
    (["--by", "partner", "--shares", "world", "--format", "csv"], totals("2020,A,World,TOTAL,X,100 2020,A,C,85,X,100 2020,B,C,85,X,50 2020,B,World,85,X,50"), 0,
     "trade-report: --shares world: the files' own totals (World, TOTAL) are less than what they list, and no whole of it\n", "partner,value,currency,share\nC,150,,\n"),
    (["--by", "period", "--format", "csv"], totals("2020,A,C,85,X, 2020,A,World,TOTAL,X,100"), 0, "trade-report: of 2020 there are totals (World, TOTAL), left out beside parts that are missing\n", "period,value,currency\n2020,,\n"),
    (["--by", "partner", "--format", "csv"], b"year,partner,value\n2020,T\xfcrkiye,1\n2020,C\xc3\xb4te,2\n", 0, "", "partner,value,currency\nC\u00f4te,2,\nT\u00fcrkiye,1,\n"),
    (["--by", "partner", "--lenient"], b"Year;Partner;Value\n2020;A;1.234\n2020;B;12,5\n", 1, "say which with --decimal", ""),
    (["--indicators", "hhi,rca"], b"", 2, "different kinds", ""),
    (["--indicators", "wealth"], b"", 2, "none of those in --help: 'wealth'", ""),
    (["--indicators", "rca", "--by", "product"], b"", 2, "matrix of the last two", ""),
    (["--indicators", "rca", "--by", "product,period"], b"", 2, "matrix of the last two", ""),
    (["--indicators", "balance", "--by", "flow,period"], b"", 2, "--indicators: balance is one of exports and imports: flow is the last", ""),
    (["--colour"], b"", 2, "no such option, see --help: --colour", ""),
    (["/nonexistent/file.csv"], b"", 3, "/nonexistent/file.csv: No such file", ""),
    (["."], b"", 3, ".: Is a directory", ""),
    (["wto_exports_2015.csv", "/nonexistent/file.csv"], b"", 3, "/nonexistent/file.csv: No such file", ""),
    ([], b"", 1, "standard input:1:1: the file is empty", ""),
    ([], b"year,exports\x1b_usd\n2020,1\n", 1, "of values: name it with --column value=NAME. Its columns: year,exports _usd\n", ""),
    ([], b"country,x,2019,2020\nA,1,1,2\n".replace(b"country", b"place"), 1, "name it with --column reporter=NAME, partner=NAME or product=NAME. Its columns: place,x,2019,2020\n", ""),
    (["--column", "value=price"], GOOD, 1, "standard input:1:1: no column has the name that --column or --where gives. Its columns: year,reporter,flow,value\n", ""),
    ([], b"a,b\n", 1, "standard input:2:1: no line is the header of a known layout", ""),
    (["--format", "csv"], b"year,flow,value\n", 0, "", "period,flow,value,currency\n"),
    ([], b"\x00\x01\x02" * 99, 1, "standard input:1:1: a NUL byte", ""),
    ([], b"\x7fELF" + bytes(range(256)) * 99, 1, "standard input:", ""),
    ([], b"PK\x03\x04" + b"x" * 999, 1, "standard input:1:1: a zip archive or a spreadsheet", ""),
    ([], GOOD + b"2021,A,X,1\x00\n", 1, "standard input:5:11: a NUL byte", ""),
    ([], GOOD + b"2021,A,X,1x\n", 1, "standard input:5:10: not a number: 1x (value)", ""),
    ([], GOOD + b'2021,A,X,"1\n', 1, "standard input:5:", ""),
    ([], GOOD + b'2021,A,X,"1\n' + b"2021,A,X,1\n" * 3000000, 1, "standard input:5:1: a row longer than the limit allows, or a quote", ""),
    ([], GOOD + b"2021,A,X,1,7\n", 1, "standard input:5:", ""),
    ([], GOOD + b"2021,A,X," + b"1" * 100000 + b"\n", 1, "standard input:5:10: a number of more than", ""),
    ([], b"year,value" + b",x" * 1000000 + b"\n", 1, "standard input:1:1: the row has more fields than the limit", ""),
    ([], b"year,value,value\n2020,1,2\n", 1, "standard input:1:1: two columns have the name", ""),
    ([], b"year,flow,value,currency\n2020,X,1,USD\n2020,X,1,EUR\n", 1, "standard input:3: value in EUR does not add up with USD before it: choose one with --where unit=USD\n", ""),
    (["--currency", "USD"], b"year,flow,value,currency\n2020,X,1,USD\n2020,X,1,EUR\n", 1, "standard input:3: value in EUR does not add up with USD before it", ""),
    ([], b"year,flow,value,currency\n2020,X,1,USD\n2020,X,1,EUR\n2020,X,1x,EUR\n", 1, "standard input:4:8: not a number", ""),
    (["--lenient", "--format", "csv", "--by", "flow"], GOOD + b"2021,A,X,1x\n2021,A,X,4\n", 0, "standard input:5:10: ", "flow,value,currency\nexport,7,\nimport,5,\n"),
    (["--lenient", "--format", "csv", "--by", "flow"], GOOD + b"2021,A,X,1x\n" * 150, 0, "standard input: and 50 more\n", "flow,value,currency\nexport,3,\nimport,5,\n"),
    (["--lenient", "--format", "csv", "--by", "flow"], GOOD + b'2021,"A,X,1\n2021,A,X,4\n2021,A 5" x,X,4\n2021,A,M,4\n', 0, "standard input:7:9: a quote within", "flow,value,currency\nexport,7,\nimport,9,\n"),
    (["--lenient", "--format", "csv", "--by", "flow"], GOOD + b'2021,"A,X,1\n' + b"2021,A,X,1\n" * 3000000, 0, "standard input:5:6: a quote that does not close\n", "flow,value,currency\nexport,3000003,\nimport,5,\n"),
    (["wto_exports_2015.csv", "wdi_china_services.csv"], b"", 1, "wdi_china_services.csv:1:1: no known layout", ""),
    (["eurofxref_2019_2021.csv", "--by", "reporter"], b"", 1,
     "eurofxref_2019_2021.csv:2: rate in JPY for one of each reporter does not add up with USD for one of each reporter before it: choose one with --where partner=CODE, or put partner in --by\n", ""),
    (["eurofxref_2019_2021.csv", "--by", "partner", "--shares", "total"], b"", 2, "means have no shares, indicators or conversion", ""),
    (["eurofxref_2019_2021.csv", "--by", "partner", "--currency", "CNY", "--rates", "eurofxref_2019_2021.csv"], b"", 2, "means have no shares", ""),
    (["--statistic", "mean", "--indicators", "hhi"], b"", 2, "means have no shares", ""),
    (["--statistic", "median"], b"", 2, "--statistic wants sum or mean", ""),
    (["--statistic", "mean", "--format", "csv", "--by", "flow"], GOOD + b"2021,A,X,\n2021,A,X,1\n2021,B,M,\n", 0, "", "flow,mean,currency\nexport,1.3333333333333333,\nimport,5,\n"),
    (["--statistic", "mean", "--by", "flow", "--top", "1"], GOOD, 0, "", "flow     mean value\nimport       5.0000\n1 other           .\n"),
    (["--format", "csv", "--statistic", "sum", "--shares", "column", "--by", "period,partner"], RATES_OF_TWO, 0, "", "period,partner,value,currency,share\n2020-01,CNY,15,,1\n2020-01,USD,2,,1\n"),
    (["--by", "period"], RATES_OF_TWO, 1, "standard input:2: rate in USD does not add up with CNY before it: choose one with --where partner=CODE, or put partner in --by\n", ""),
    (["--where", "partner=CNY", "--by", "period"], RATES_OF_TWO, 0, "", "mean rate in CNY\n\nperiod   mean rate\n2020-01     7.5000\n"),
    (["--by", "period,partner"], SERIES, 1, "standard input:2: rate in CPI does not add up with units of each partner for one USD before it: choose one with --where product=CODE, or put product in --by\n", ""),
    (["--by", "period,product"], SERIES, 0, "", "mean value in units of each product\n\nperiod   product  mean value\n2020-01  CPI        150.0000\n2020-01  DEXCHUS      7.5000\n"),
    (["--where", "product=CPI", "--by", "period"], SERIES, 0, "", "mean value in CPI\n\n"),
    (["--by", "reporter"], MIXED, 1, "standard input:3: value in PC does not add up with USD before it: choose one with --where unit=USD\n", ""),
    (["--by", "reporter", "--where", "reporter=B"], MIXED, 0, "", "value in USD\n\nreporter  value\nB             7\n"),
    (["--by", "reporter", "--where", "reporter=B"], b"year,reporter,value,unit\n2020,B,1,USD\n2020,A,2,PC\n2020,B,3,PC\n", 1, "standard input:4: value in PC", ""),
    (["--by", "reporter"], b"year,reporter,value,unit\n2020,B,1,USD\n2020,B,,PC\n2020,B,3,PC\n", 1, "standard input:4: value in PC", ""),
    (["--by", "reporter", "--where", "unit=PC"], MIXED, 0, "", "value in PC\n\nreporter  value\nA         50.50\n"),
    (["--by", "reporter", "--where", "unit=PC,USD"], MIXED, 1, "value in PC does not add up", ""),
    (["--by", "reporter", "--where", "unit=EUR"], MIXED, 0, "", "reporter  value\nA             .\n\nplain table: standard input; 1 row, 3 not selected\n"),
    (["--by", "reporter", "--currency", "USD"], MIXED, 0, "", "value in USD\n\n"),
    (["--by", "reporter", "--measure", "quantity"], QUANTITIES, 1, "standard input:3: quantity in u does not add up with kg before it: choose one with --where unit=kg\n", ""),
    (["--by", "product", "--digits", "2", "--measure", "quantity"], QUANTITIES, 1, "quantity in u does not add up with kg", ""),
    (["--by", "product", "--measure", "quantity", "--format", "csv"], QUANTITIES, 0, "", "product,unit,quantity\n01,,0\n01,kg,5\n01,u,2\n02,,0\n02,u,4\n"),
    (["--by", "product", "--measure", "quantity", "--format", "json", "--where", "product=02"], QUANTITIES, 0, "", '[\n {"product": "02", "unit": "", "quantity": 0},\n {"product": "02", "unit": "u", "quantity": 4}\n]\n'),
    (["--by", "product", "--measure", "quantity", "--where", "reporter=A", "--where", "unit=kg"], QUANTITIES, 0, "", "product  quantity\n01 kg           5\n\nUN Comtrade: standard input; 2 rows, 4 not selected\n"),
    (["--by", "product", "--measure", "quantity", "--shares", "total"], QUANTITIES, 1, "what is in several units has no shares or indicators: choose one with --where unit=kg\n", ""),
    (["--by", "product", "--measure", "quantity", "--top", "1", "--format", "json"], QUANTITIES, 0, "",
     '[\n {"product": "01", "unit": "kg", "quantity": 5, "others": 0},\n {"product": null, "unit": null, "quantity": null, "others": 4}\n]\n'),
    (["--by", "reporter,product", "--measure", "quantity", "--where", "unit=u", "--top", "1", "--format", "csv"], QUANTITIES, 0, "", "reporter,product,unit,quantity,others\nB,02,u,4,0\n,,u,2,1\n"),
    (["--by", "product", "--measure", "quantity", "--top", "1"], QUANTITIES, 0, "", "product   quantity\n01 kg            5\n4 others         .\n"),
    (["--output", "/nonexistent/out.csv"], GOOD, 3, "/nonexistent/out.csv: No such file", ""),
    (["--output", "/dev/full"], GOOD, 3, "/dev/full: No space left", ""),
    (["--output", "."], GOOD, 3, ".: Is a directory", ""),
]


# Rates, what is converted, and what it becomes: each form of rates, directions, crossing, periods that are not covered.
USD = b"year,flow,value,currency\n2020,X,700,USD\n"
DAYS = [f"2020-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 8, 15, 22, 28)]
RATES = [
    (b"year,reporter,partner,value\n2020,USD,CNY,7\n2019,USD,CNY,8\n", USD, "4900"),
    (b"year,reporter,partner,value\n2020,CNY,USD,0.125\n", USD, "5600"),
    (b"year,reporter,partner,value\n2020,EUR,USD,2\n2020,EUR,CNY,8\n", USD, "2800"),
    (b"year,reporter,partner,value\n2020,USD,EUR,0.5\n2020,CNY,EUR,0.125\n", USD, "2800"),
    (b"year,reporter,partner,value\n2020,USD,CNY,\n2019,USD,CNY,8\n", USD, ""),
    (b"year,reporter,partner,value\n2019,USD,CNY,8\n2020,EUR,USD,2\n2020,EUR,CNY,8\n", USD, "2800"),
    (b"year,reporter,partner,value\n" + b"".join(b"2020-%02d,USD,CNY,%d\n" % (month, 6 + month % 2) for month in range(1, 13)), USD, "4550"),
    (b"year,reporter,partner,value\n" + b"".join(b"2020-%02d,USD,CNY,7\n" % month for month in range(1, 12)), USD, ""),
    (b"observation_date,DEXCHUS\n" + "".join(f"{day},7\n" for day in DAYS).encode(), USD, "4900"),
    (b"observation_date,DEXCHUS\n" + "".join(f"{day},7\n" for day in DAYS[:-4]).encode(), USD, ""),
    (b"observation_date,DEXCHUS\n" + "".join(f"{day},7\n" for day in DAYS[4:]).encode(), USD, ""),
    (b"observation_date,DEXCHUS\n" + "".join(f"{day},7\n" for day in DAYS[:20] + DAYS[25:]).encode(), USD, ""),
    (b"observation_date,DEXCHUS,DEXUSEU\n" + "".join(f"{day},7,2\n" for day in DAYS).encode(), USD.replace(b"USD", b"EUR"), "9800"),
    (b"KEY,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nA,USD,EUR,2020,2\nB,CNY,EUR,2020,8\n", USD, "2800"),
    (b"year,reporter,partner,value\n2020,EUR,USD,2\n", USD.replace(b"USD", b"CNY"), "700"),
]


# What is drawn: arguments, standard input, the title, some of the texts, some that are none, and either the pieces of each line, strokes (H)
# and joined points (L), with the number of dots, or for each bar the side of the zero line that it is on.
MONTHS = b"period,partner,value\n2019-12,A,1\n2020-01-01/P2M,A,4\n2020-03,A,2\n2020-04,A,3\n2020-05,A,\n2020-06,A,1\n2020-07,A,2\n2020-08,A,2\n2020-10,A,-1\n"
MANY = b"year,partner,value\n" + b"".join(b"%d,P%02d,%d\n" % (year, i, (-1) ** i * i * (year - 2000)) for i in range(1, 31) for year in (2020, 2021))
LONG = ("year,reporter,partner,value\n" + "".join("%d,%s%d,%s,%g\n" % (year, "WESTERN WORLD " * 9, i, "\u4e2d\u56fd" * 30, (i - 3) * 1e12) for i in range(9) for year in (2020, 2021))).encode()
NAMES = b"year,partner_code,partner_name,value\n2020,4,Afghanistan,1\n2021,4,Afghanistan,2\n2020,8,,1\n2021,8,,3\n"
BALANCES = ["--column", "product=item", "--currency", "USD", "--unit", "8", "china_services_balance.csv"]
DRAWN = [
    (["--by", "period"], MONTHS, "value", ["2020-01", "-1"], ["A"], ["MH ML MLL"], 2),
    (["--by", "period,partner"], b"period,partner,value\n2019,A,12\n2019-11,A,1\n2019-12,A,1\n2020,A,24\n2020-01,A,2\n2019-Q4,A,2\n2019,B,5\n2020,B,6\n2020-02-01/P2M,A,3\n2021,A,\n2021-01,A,\n2022,A,7\n2019-10,A,1\n2019-09,A,1\n2019-08,A,1\n", "value",
     ["A", "B"], [], ["ML", "MLLLLL" + "MH" * 2], 0),
    (["--by", "partner,period", "--growth", "period"], MONTHS, "growth of value over the period before, %", ["A", "2020-07"], ["2020-03"], ["ML"], 1),
    (["--by", "period"], b"period,value\n2019,12\n2019-12,1\n2020,24\n2020-01,2\n2020-02,3\n2022,10\n", "value", ["2022-01"], [], ["ML ML ML MH"], 0),
    (["--by", "period,partner", "--growth", "year"], b"year,partner,value\n2021,BIG,1e9\n" + b"".join(b"%d,P%d,%d\n" % (year, i, year + i) for i in range(8) for year in (2020, 2021)),
     "growth of value over the year before, %", ["P0", "P7", "and 1 more"], ["BIG"], [""] * 8, 8),
    (["--by", "period", "--growth", "year"], b"year,value\n2018,1\n2019,2\n2020,1\n", "growth of value over the year before, %", ["-60", "100"], ["2018"], ["ML"], 0),
    (["--by", "period,partner,flow", "--indicators", "balance"], TWO_WAY, "balance", ["A", "B", "-20", "2020"], ["export", "2021"], ["", ""], 2),
    (["--by", "period,partner,flow", "--indicators", "exports,cover"], TWO_WAY, "exports", ["10"], ["-20"], ["", ""], 2),
    (["--by", "partner,flow", "--indicators", "cover"], TWO_WAY, "cover, exports over imports", ["A", "0.2703"], ["B 5"], "+0", 0),
    (["--indicators", "balance", "--by", "partner,flow"], TWO_WAY, "balance", ["A", "-27", "B", "5"], [], "-+", 0),
    (["--by", "partner,flow", "--indicators", "cover"], b"year,partner,flow,value\n2020,A,X,10\n2020,A,M,5\n", "cover, exports over imports", ["0", "1", "2.0000"], [], "+", 0),
    (["--by", "partner,flow", "--indicators", "cover"], b"year,partner,flow,value\n2020,A,X,500\n2020,A,M,5\n2020,B,X,1\n2020,B,M,2\n", "cover, exports over imports", ["1", "100.0000"], ["0"], "++", 0),
    (["--by", "partner,flow", "--indicators", "cover"], b"year,partner,flow,value\n2020,A,X,4\n2020,A,M,5\n", "cover, exports over imports", ["0"], ["1"], "+", 0),
    (["--by", "period,product", *BALANCES], b"", "value, million USD", ["transport", "travel", "and 4 more", "2010", "20 000"], ["2011", "pensions"], ["M" + "L" * 14] * 8, 0),
    (["--by", "product", "--where", "period=2011", *BALANCES], b"", "value, million USD", ["transport", "-44 870.0"], ["and 4 more"], "+++++-+-+---", 0),
    (["--by", "period,partner", "--shares", "row"], b"year,partner,value\n2020,A,1\n2020,B,3\n2021,A,6\n2021,B,4\n", "share of value, %", ["80", "0", "A", "B"], [], ["ML", "ML"], 0),
    (["--by", "period,partner", "--shares", "row", "--top", "1"], b"year,partner,value\n2020,A,1\n2020,B,3\n", "value", ["3 (75.0 %)", "1 other"], [], "++", 0),
    (["--by", "period", "--growth", "year", *SERVICES], b"", "growth of value over the year before, %", ["1985", "2020"], ["1983", "1984"], ["M" + "L" * 41], 0),
    (["--by", "period,partner"], MANY, "value", ["P30", "P23", "and 22 more", "0", "600"], ["P22"], ["ML"] * 8, 0),
    (["--by", "partner", "--where", "period=2021"], MANY, "value", ["P30", "P11", "and 10 more", "-609"], ["P10"], "-+" * 10, 0),
    (["--by", "partner", "--where", "period=2021", "--top", "25"], MANY, "value", ["P30", "630", "and 10 more"], ["5 others"], "+" * 15 + "-" * 5, 0),
    (["--by", "partner,period", "--growth", "year", "--show", "partner=P30,P08"], MANY, "growth of value over the year before, %", ["P30", "P08", "2021"], ["2020", "and 28 more"], ["", ""], 2),
    (["--by", "partner,period", "--show", "partner=" + ",".join(f"P{i}" for i in range(11, 21)), "--show", "period=2020,2021"], MANY, "value", ["P20", "P13", "and 2 more"], ["P12", "P30"], ["ML"] * 8, 0),
    (["--by", "period,partner"], totals("2020,A,C,85,X,60 2021,A,World,TOTAL,X,70"), "value", ["C", "World"], [], ["", ""], 2),
    (["--by", "partner,period", "--names"], NAMES, "value", ["Afghanistan", "8"], ["4", "4 Afghanistan"], ["ML", "ML"], 0),
    (["--by", "partner", "--show", "partner=P29,P28"], MANY, "value", ["P28", "-1 189"], ["P30"], "+-", 0),
    (["--by", "period,partner", "--top", "3", "--growth", "year"], MANY, "growth of value over the year before, %", ["2021 \u00b7 P30", "+5.0", "57 others"], [], "+0+0", 0),
    (["--by", "partner", "--where", "period=2020", "--top", "2", "--currency", "USD"], MANY, "value, USD", ["28 others", "-860"], ["and 28 more"], "++-", 0),
    (["--by", "reporter,partner,period"], LONG, "value, billions", ["and 1 more"], [], ["ML"] * 8, 0),
    (["--by", "reporter,partner"], LONG, "value, billions", ["-6 000.0", "0.0", "10 000.0"], [], "---0+++++", 0),
    (["--by", "period"], b"period,value\n2005-04-01/P1Y,1\n2006-04-01/P1Y,1\n", "value", ["2005-04-01/P1Y"], [], ["ML"], 0),
    (["--by", "period"], b"year,value\n2020,2e21\n2021,1e21\n", "value, billions", ["2 000 000 000 000"], [], ["ML"], 0),
    (["--by", "period"], b"year,value\n2020,\n", "value", ["no figures"], ["0"], [""], 0),
    (["--by", "period,partner"], b"year,partner,value\n2020,A,1e308\n2020,B,-1e308\n2021,B,1e-320\n", "value", ["A", "2021", "1"], ["2020"], ["", ""], 1),
]


def run(arguments, stdin=b"", cwd=DATA, **more):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=100, cwd=cwd, **more)


def outputs():
    """(name of the expected file, what is printed or drawn there)"""
    for name, arguments in REPORTS.items():
        for form in ("table", "csv", "json", "markdown"):
            yield f"report_{name}.{form}", run([*arguments, "--format", form]).stdout
    for name in CHARTS:
        with tempfile.TemporaryDirectory() as directory:
            run([*REPORTS[name], "--chart", f"{directory}/chart.svg"])
            yield f"report_{name}.svg", pathlib.Path(directory, "chart.svg").read_bytes()


def output_faults():
    for name, printed in outputs():
        expected = EXAMPLES / "expected" / name
        if "--write" in sys.argv:
            expected.write_bytes(printed)
        if printed != expected.read_bytes():
            yield f"{name} is not what is expected, but:\n{printed.decode()}"


def case_faults():
    for arguments, stdin, status, message, beginning in CASES:
        done = run(arguments, stdin)
        if done.returncode != status or message not in done.stderr.decode() or not message and done.stderr and status == 0 or not done.stdout.decode().startswith(beginning):
            yield f"{arguments} with {stdin[:60]}: exit {done.returncode}, {done.stderr.decode()[:300]!r}, {done.stdout.decode()[:200]!r}"


def text_box(text, size=13.0):
    """Where a text of a chart stands, in about the width that it has in DejaVu Sans."""
    x, y = float(text.get("x")), float(text.get("y"))
    width = size * sum(1 if ord(c) > 0x2000 else 0.7 if c.isupper() else 0.4 if c in " .,()-/" else 0.62 for c in text.text)
    left = x - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor")]
    return left, y - 0.75 * size, left + width, y + 0.2 * size


def drawing_faults(picture):
    """Texts leave the picture, or lie on each other."""
    whole = float(picture.get("width")), float(picture.get("height"))
    title = picture.find("{*}g/{*}text")
    texts = [(title, text_box(title, 17.0)), *((text, text_box(text)) for text in picture.findall("{*}text"))]
    for i, (text, (left, top, right, bottom)) in enumerate(texts):
        if left < 0 or top < 0 or right > whole[0] or bottom > whole[1]:
            yield f"{text.text!r} leaves the picture"
        for other, box in texts[:i]:
            if left < box[2] and box[0] < right and top < box[3] and box[1] < bottom:
                yield f"{text.text!r} lies on {other.text!r}"


def chart_faults():
    for arguments, stdin, title, texts, absent, shapes, dots in DRAWN:
        done = run([*arguments, "--chart", "/dev/stdout", "--output", "/dev/null"], stdin)
        name = f"the chart of {arguments} with {stdin[:60]}"
        if done.returncode != 0:
            yield f"{name}: exit {done.returncode}, {done.stderr.decode()[:300]}"
            continue
        picture = xml.etree.ElementTree.fromstring(done.stdout)
        yield from (f"{name}: {fault}" for fault in drawing_faults(picture))
        told = {text.text for text in picture.findall("{*}text")}
        if picture.findtext("{*}g/{*}text") != title or not told.issuperset(texts) or told.intersection(absent):
            yield f"{name}: it says {picture.findtext('{*}g/{*}text')}, {sorted(told)}"
        paths = [path.get("d") for path in picture.findall("{*}path")]
        numbers = [float(number) for path in paths for number in re.findall(r"[-0-9.]+", path)]
        if not all(map(math.isfinite, numbers)) or len(picture.findall("{*}circle")) != dots:
            yield f"{name}: {paths} with {len(picture.findall('{*}circle'))} dots"
        if isinstance(shapes, str):
            zero = min(float(line.get("x1")) for line in picture.findall("{*}line") if line.get("x1") == line.get("x2"))
            bars = [(float(bar.get("x")) - zero, float(bar.get("width")), bar.get("fill")) for bar in picture.findall("{*}rect")[1:]]
            sides = "".join("0" if width == 0 else "-" if x < 0 else "+" for x, width, _ in bars)
            if sides != shapes or any(abs(x if side != "-" else x + width) > 0.11 for side, (x, width, _) in zip(sides, bars)):
                yield f"{name}: bars at {sides}: {bars}"
            if {fill for side, (_, _, fill) in zip(sides, bars) if side == "-"} & {fill for side, (_, _, fill) in zip(sides, bars) if side == "+"}:
                yield f"{name}: bars on both sides have one colour"
        elif sorted(re.sub(r"[-0-9.,]+", "", path) for path in paths) != sorted(shape.replace(" ", "") for shape in shapes):
            yield f"{name}: lines {paths}"
        if stdin == MONTHS and "--growth" not in arguments:
            begin, end, march, april = (float(x) for x in re.findall(r"M([0-9.]+),[0-9.]+H([0-9.]+)M([0-9.]+),[0-9.]+L([0-9.]+)", paths[0])[0])
            if abs((end - begin) - 2 * (april - march)) > 0.3 or abs((march - end) - (april - march) / 2) > 0.3:
                yield f"{name}: January and February are not right in time: {paths[0]}"


def others_faults():
    """With the others, whose number is told, what --top leaves adds up to the whole."""
    for arguments, n in ((["--by", "reporter,product", "wto_exports_2015.csv"], 5), (["--by", "period,product", *BALANCES], 7), (["--by", "reporter,partner", "../../tests/layouts/baci.csv"], 1)):
        whole = json.loads(run([*arguments, "--format", "json"]).stdout)
        rows = json.loads(run([*arguments, "--format", "json", "--top", str(n)]).stdout)
        table = list(csv.DictReader(run([*arguments, "--format", "csv", "--top", str(n)]).stdout.decode().splitlines()))
        given = [fractions.Fraction(row["value"]) for row in rows]
        if len(rows) != n + 1 or rows[-1]["others"] != len(whole) - n or any(row["others"] for row in rows[:-1]) or rows[-1][arguments[1].split(",")[0]] is not None:
            yield f"{arguments}: {rows}"
        if not close(float(sum(given)), float(sum(fractions.Fraction(row["value"]) for row in whole))):
            yield f"{arguments}: {rows} is not the whole"
        if [{name: "" if x is None else x if isinstance(x, str) else float(x) for name, x in row.items()} for row in rows] != \
                [{name: float(x) if name in ("value", "others") else x for name, x in row.items()} for row in table]:
            yield f"{arguments}: CSV {table} is not JSON {rows}"


def readme_faults():
    """What the README says that the command prints, it prints; the demonstration is one of them. The manual page has the options."""
    calls = re.findall(r"^\$ build/demo/examples/trade-report (.*)\n((?:.*\n)*?)```", (ROOT / "README.md").read_text(), flags=re.M)
    for arguments, printed in calls:
        if (given := run(arguments.split(), cwd=ROOT).stdout.decode()) != printed:
            yield f"README: {arguments} prints\n{given}"
    if not any(f"report_arguments {arguments})" in (EXAMPLES / "CMakeLists.txt").read_text() for arguments, _ in calls):
        yield "the demonstration's call is not in the README"
    page = (EXAMPLES / "report" / "trade-report.1").read_text().replace("\\-", "-")
    told = run(["--help"]).stdout.decode()
    words = set(re.findall(r"^  (--[a-z]+|[a-z]+(?:-[a-z]+)?)  ?", told, flags=re.M)) | {"--version"}
    yield from (f"trade-report.1 does not have {word}" for word in sorted(words) if not re.search(rf"^\.BI?R? .*{word}\b", page, flags=re.M))
    if shutil.which("groff"):
        warnings = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page.replace("-", "\\-"), capture_output=True, text=True).stderr
        if warnings:
            yield f"trade-report.1: {warnings}"


def close(a, b):
    return abs(a - b) <= 1e-13 * max(abs(a), abs(b))


def figure_faults():
    """Shares, conversion and indicators, computed here in another way."""
    rows = json.loads(run(["--format", "json", "--by", "reporter", "--shares", "total", "--unit", "6", "wto_exports_2015.csv"]).stdout)
    if len(rows) != 9 or abs(sum(row["share"] for row in rows) - 1) > 1e-14 or any(row["reporter"] == "World" for row in rows):
        yield f"the shares of nine countries are not those of a whole: {rows}"

    rates = {}
    for row in csv.DictReader(open(DATA / "eurofxref_2019_2021.csv")):
        rates.setdefault(row["Date"][:4], []).append(fractions.Fraction(row["CNY"]) / fractions.Fraction(row["USD"]))
    usd = {row["year"]: fractions.Fraction(row["serv_exports_usd"]) for row in csv.DictReader(open(DATA / "wdi_china_services.csv"))}
    want = {year: float(usd[year] * sum(all_rates) / len(all_rates)) for year, all_rates in rates.items()}
    for row in json.loads(run([*SERVICES, *IN_YUAN, "--format", "json"]).stdout):
        if (row["value"] is None) != (row["period"] not in want) or row["value"] and not close(row["value"], want[row["period"]]):
            yield f"{row} in yuan should be {want.get(row['period'])}"
    total = json.loads(run([*("flow" if argument == "period" else argument for argument in SERVICES), "--where", "period=2019,2020,2021", *IN_YUAN, "--format", "json"]).stdout)
    if not close(total[0]["value"], sum(want.values())):
        yield f"three years in yuan are {total}, not {sum(want.values())}"

    days = {}
    for row in csv.DictReader(open(DATA / "eurofxref_2019_2021.csv")):
        for code in ("CNY", "JPY"):
            days.setdefault((row["Date"][:7], code), []).append(fractions.Fraction(row[code]))
    means = {(row["period"], row["partner"]): row["mean"] for row in json.loads(run(["--by", "period,partner", "--format", "json", "eurofxref_2019_2021.csv"]).stdout)}
    if len(means) != 2 * len(days):
        yield f"{len(means)} mean rates instead of those of {len(days) // 2} months"
    for key, rates_of_days in days.items():
        mean = sum(rates_of_days) / len(rates_of_days)
        if abs(means[key] - mean) > math.ulp(mean):
            yield f"the mean rate of {key} is {float(mean)}, not {means[key]}"

    trade = {}
    for row in csv.DictReader(open(DATA / "wto_exports_2015.csv")):
        if row["reporter"] != "World":
            trade[row["reporter"], row["product"]] = float(row["value"] or "nan")
    reporters, products = ({key[i] for key in trade} for i in (0, 1))
    of_reporter = {r: sum(trade[r, p] for p in products) for r in reporters}
    of_product = {p: sum(trade[r, p] for r in reporters) for p in products}
    world, n = sum(of_reporter.values()), len(products)
    for row in json.loads(run([*SECTORS, "--indicators", "hhi,hhi-normalised,unctad,number,entropy,theil,gini", "--shares", "total", "--format", "json"]).stdout):
        shares = sorted(trade[row["reporter"], p] / of_reporter[row["reporter"]] for p in products)
        hhi, entropy = sum(s * s for s in shares), -sum(s * math.log(s) for s in shares if s)
        want = {"share": of_reporter[row["reporter"]] / world, "hhi": hhi, "hhi-normalised": (hhi - 1 / n) / (1 - 1 / n), "number": 1 / hhi,
                "unctad": (hhi ** 0.5 - n ** -0.5) / (1 - n ** -0.5), "entropy": entropy, "theil": math.log(n) - entropy,
                "gini": sum((2 * i - n + 1) * s for i, s in enumerate(shares)) / n}
        yield from (f"{name} of {row['reporter']} is {row[name]}, not {x}" for name, x in want.items() if abs(row[name] - x) > 1e-12)
    whole = json.loads(run([*SECTORS, "--indicators", "rca", "--shares", "column", "--format", "json"]).stdout)
    if json.loads(run([*SECTORS, "--indicators", "rca", "--shares", "column", "--format", "json", "--show", "reporter=CHN", "--show", "product=SI,SK"]).stdout) != \
            [row for row in whole if row["reporter"] == "CHN" and row["product"][:2] in ("SI", "SK")]:
        yield "--show does not choose among what is computed of all"
    for row in whole:
        r, p = row["reporter"], row["product"]
        if not close(row["rca"], trade[r, p] / of_reporter[r] / (of_product[p] / world)):
            yield f"rca: {row}"


def rate_faults(directory):
    for rates, stdin, value in RATES:
        (directory / "rates.csv").write_bytes(rates)
        for target in ("--in", "--currency"):
            done = run([target, "CNY", "--rates", directory / "rates.csv", "--format", "csv"], stdin)
            if done.stdout.decode() != f"period,flow,value,currency\n2020,export,{value},CNY\n" or bool(done.stderr) != (value == ""):
                yield f"{stdin} in CNY by {rates[:99]}: {done}"
    for name, rates in (("yuan.csv", b"year,reporter,partner,value\n2020,USD,CNY,7\n2020,USD,CNY,7\n"), ("euro.csv", b"year,reporter,partner,value\n2020,EUR,USD,2\n2020,USD,CNY,7\n")):
        (directory / name).write_bytes(rates)
    of_both = ["--rates", "yuan.csv", "--in", "CNY", "--rates", "euro.csv"]
    done = run([*of_both, "--by", "flow"], USD.replace(b"USD", b"EUR"), cwd=directory)
    if done.stdout.decode() != "value in CNY\n\nflow    value\nexport  9 800\n\nplain table: standard input; 1 row; in CNY at the mean rate of each period in yuan.csv, euro.csv\n" or done.stderr:
        yield f"rates of two files: {done}"
    done = run(of_both, USD.replace(b"USD", b"JPY"), cwd=directory)
    if b"yuan.csv, euro.csv: no rate of JPY in CNY for 2020, whose values are missing\n" != done.stderr:
        yield f"rates of two files, and none: {done}"
    (directory / "rates.csv").write_bytes(b"year,reporter,partner,value\n2020,USD,CNY,7\n2020,USD,CNY,8\n")
    done = run(["--in", "CNY", "--rates", directory / "rates.csv"], USD)
    if done.returncode != 1 or b"two rates of the same currencies for the same date" not in done.stderr:
        yield f"two rates for one year: {done}"


def file_faults(directory):
    out = directory / "out.csv"
    run(["--format", "csv", "--output", out], GOOD)
    whole = run(["--format", "csv"], GOOD).stdout
    if out.read_bytes() != whole or os.listdir(directory) != ["out.csv"]:
        yield f"--output: {os.listdir(directory)}"
    run(["--format", "csv", "--output", out], GOOD + b"2021,A,X,1x\n")
    if out.read_bytes() != whole or os.listdir(directory) != ["out.csv"]:
        yield "a report that failed took the place of one that was there"
    link = directory / "link.csv"
    link.symlink_to(out)
    run(["--format", "csv", "--by", "period", "--output", link], GOOD)
    if not link.is_symlink() or not out.read_bytes().startswith(b"period,value,currency\n"):
        yield "--output does not follow a link"
    source, drawn = directory / "source.csv", directory / "drawn.svg"
    source.write_bytes(GOOD)
    os.link(source, drawn)
    in_yuan = ["--currency", "USD", "--in", "CNY", "--rates", source]
    for option, target, call, stdin in (("--output", source, [link, source], os.devnull), ("--output", link, [out], os.devnull), ("--chart", drawn, [source], os.devnull),
                                        ("--output", source, [], source), ("--output", source, [out, "-"], source), ("--output", source, [*in_yuan, out], os.devnull)):
        with open(stdin, "rb") as opened:
            done = subprocess.run([PROGRAM, option, target, *call], stdin=opened, capture_output=True, timeout=60)
        told = f"trade-report: {option} would replace a file that is read: {target}\n".encode()
        if done.returncode != 2 or done.stderr != told or source.read_bytes() != GOOD:
            yield f"{option} {target} with {call}: {done}"
    if run(["--output", drawn.with_name("other.csv"), source]).returncode != 0 or run(["--output", source, out]).returncode != 0:
        yield "--output is refused where it takes the place of nothing that is read"
    done = run(["--output", directory / "one.svg", "--chart", directory / "one.svg"], GOOD)
    if done.returncode != 2 or b"--output and --chart are the same file" not in done.stderr or (directory / "one.svg").exists():
        yield f"--output and --chart into one file: {done}"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM], input=GOOD, stdout=full, stderr=subprocess.PIPE, timeout=60)
    if done.returncode != 3 or b"standard output: No space left" not in done.stderr:
        yield f"a full disk: {done}"
    out.chmod(0)
    somebody = {"user": 65534} if os.geteuid() == 0 else {}
    try:
        done = run([out], **somebody)
        if done.returncode != 3 or b"Permission denied" not in done.stderr:
            yield f"a file without permission: {done}"
    except PermissionError as why:
        print(f"not tried: a file without permission to read it, since another user than root may not run the program: {why}")


def twice_faults(directory):
    """Files that are the same are told, and read all the same."""
    for name, content in (("a.csv", GOOD), ("b.csv", GOOD), ("c.csv", GOOD.replace(b"5", b"6")), ("c.csv.gz", GOOD)):
        (directory / name).write_bytes(content)
    (directory / "large1.csv").write_bytes(GOOD + b"2020,A,X,1\n" * 20000)
    (directory / "large2.csv").write_bytes(GOOD + b"2020,A,X,1\n" * 19999 + b"2020,A,X,2\n")
    os.link(directory / "c.csv", directory / "link.csv")
    for files, told, total in ((["a.csv", "a.csv"], "a.csv is read twice, and its figures are added up", 16), (["a.csv", "c.csv", "large1.csv"], "", 20025), (["large1.csv", "large2.csv"], "", 40017),
                               (["c.csv", "./link.csv"], "c.csv and ./link.csv are the same file, and the figures of both are added up", 18),
                               (["a.csv", "c.csv", "b.csv"], "a.csv and b.csv hold the same, and the figures of both are added up", 25),
                               (["c.csv.gz", "c.csv"], "c.csv.gz and c.csv may hold the same, and the figures of both are added up", 17)):
        done = run(["--by=", "--format", "csv", *files], cwd=directory)
        if done.stdout.decode() != f"value,currency\n{total},\n" or done.stderr.decode() != (told and f"trade-report: {told}\n"):
            yield f"{files}: {done}"
    if b"a.csv and nothing.csv" in run(["a.csv", "nothing.csv", "nothing.csv"], cwd=directory).stderr:
        yield "a file that does not exist holds something"


def many_rows(count, bad, seed):
    """A plain table with quotes, commas and line ends in its texts; some of its values are no numbers."""
    chance = random.Random(seed)
    for i in range(count):
        text = chance.choice(['plain', '"a ""b"",\n c\n"', '"x"', '""""', ''])
        value = f"{chance.random() * 10 ** chance.randint(-3, 9):.6f}{'x' if chance.random() < bad else ''}"
        yield f"{2019 + i % 3},R{chance.randint(1, 40)},{chance.randint(0, 999):04d},{chance.choice('XM')},{value},{text}\n"


def thread_faults(directory):
    """The same bytes on standard output and standard error, whatever the threads, the order of files, file or pipe, compressed or not."""
    names = {}
    for name, count, bad in (("good", 300000, 0), ("small", 50, 0), ("bad", 300000, 1e-4), ("worse", 300000, 1e-2)):
        names[name] = directory / f"{name}.csv"
        names[name].write_text("year,reporter,product,flow,value,note\n" + "".join(many_rows(count, bad, name)))
    strays = ["2020,R1,0001,X,1,\"stray\n" if "x," in row else row for row in many_rows(300000, 3e-5, "strays")]
    for name, rows in (("strays", strays), ("kept", [row for row in strays if not row.endswith("stray\n")])):
        names[name] = directory / f"{name}.csv"
        names[name].write_text("year,reporter,product,flow,value,note\n" + "".join(rows))
    names["packed"] = directory / "packed.csv.gz"
    names["packed"].write_bytes(gzip.compress(names["good"].read_bytes(), 1) if ZLIB else names["good"].read_bytes())
    first = names["bad"].read_text().split("x,")[0].count("\n") + 1
    runs = [(0, [], ["good", "small", "packed"]), (0, ["--where", "reporter=R7"], ["good"]), (0, ["--lenient"], ["small", "bad", "worse"]), (0, ["--lenient"], ["strays", "small"]),
            (1, [], ["good", "bad", "worse"]), (1, [], ["worse", "bad"])]
    for status, options, files in runs:
        call = ["--by", "product,flow", "--format", "csv", *options]
        one = run([*call, "--threads", "1", *(names[file] for file in files)])
        if one.returncode != status or "bad" in files[:2] and status and f"bad.csv:{first}:".encode() not in one.stderr and files[0] == "good":
            yield f"{files}: exit {one.returncode}, {one.stderr[:200]}"
        for threads in ("2", "3", "7"):
            other = run([*call, "--threads", threads, *(names[file] for file in files)])
            if (other.returncode, other.stdout, other.stderr) != (one.returncode, one.stdout, one.stderr):
                yield f"{files} on {threads} threads: exit {other.returncode}, {other.stderr[:200]} instead of {one.stderr[:200]}"
        if status == 0 and run([*call, *(names[file] for file in reversed(files))]).stdout != one.stdout:
            yield f"{files}: another order gives another output"
    kept, left = (run(["--by", "product,flow", "--format", "csv", *options]) for options in ([names["kept"]], ["--lenient", names["strays"]]))
    if kept.stdout != left.stdout or len(left.stderr.splitlines()) != sum(row.endswith("stray\n") for row in strays):
        yield "a quote too many costs more than its line"
    for i, mode in enumerate((2100, 0, 3200)):
        (directory / f"mode{i}.csv").write_text("period,reporterCode,cmdCode,motCode,primaryValue\n" + f"2020,156,85,{mode},1\n" * (50000 if i else 1))
    for threads in ("1", "2", "3"):
        done = run(["--threads", threads, *(directory / f"mode{i}.csv" for i in (2, 0, 1))])
        if b"motCode is not the same everywhere in the files (0, 3200)" not in done.stderr:
            yield f"modes of three files on {threads} threads: {done.stderr}"
    yield from unit_faults(directory / "units.csv")
    whole = run(["--by", "product,flow", "--format", "csv", names["good"]]).stdout
    if run(["--by", "product,flow", "--format", "csv"], names["good"].read_bytes()).stdout != whole:
        yield "a pipe gives another output than a file"
    totals = {}
    for row in csv.DictReader(open(names["good"], newline="")):
        key = row["product"], {"X": "export", "M": "import"}[row["flow"]]
        totals[key] = totals.get(key, 0) + fractions.Fraction(row["value"])
    given = {(row["product"], row["flow"]): float(row["value"]) for row in csv.DictReader(whole.decode().splitlines())}
    if set(given) != set(totals) or any(abs(given[key] - float(totals[key])) > 1e-15 * totals[key] for key in totals):
        yield "the totals of many rows are not those of an exact reading"
    if ZLIB:
        (directory / "cut.csv.gz").write_bytes(names["packed"].read_bytes()[:-1000])
        done = run([directory / "cut.csv.gz"])
        if done.returncode != 1 or b"the compressed file is cut off" not in done.stderr:
            yield f"a compressed file that is cut off: {done.returncode}, {done.stderr}"
    yield from interruption_faults(directory, names["good"])


def unit_faults(path):
    """What doesn't add up is told with the same place and units on any number of threads, unless it is not selected; by product it has rows."""
    chance = random.Random(7)
    rows = [("X" if i > 250000 and chance.random() < 0.5 else "A", f"{chance.randint(0, 99):02}", "u" if i > 250000 and chance.random() < 0.1 else "kg", chance.randint(1, 9))
            for i in range(300000)]
    path.write_text("year,reporterCode,cmdCode,primaryValue,qtyUnitAbbr,qty\n" + "".join(f"2020,{reporter},{product},1,{unit},{qty}\n" for reporter, product, unit, qty in rows))
    for reporters, where in (("AX", []), ("A", ["--where", "reporter=A"])):
        line = next(i for i, row in enumerate(rows) if row[0] in reporters and row[2] == "u") + 2
        totals = {}
        for reporter, product, unit, qty in rows:
            if reporter in reporters:
                totals[product, unit] = totals.get((product, unit), 0) + qty
        of_kg = sum(total for (_, unit), total in totals.items() if unit == "kg")
        lines = "".join(f"{product},{unit},{total}\n" for (product, unit), total in sorted(totals.items()))
        wanted = [(["--by", "reporter"], 1, "", f"{path}:{line}: quantity in u does not add up with kg before it: choose one with --where unit=kg\n"),
                  (["--by", "", "--where", "unit=kg"], 0, f"quantity\n{of_kg}\n", ""), (["--by", "product"], 0, "product,unit,quantity\n" + lines, "")]
        for by, status, out, err in wanted:
            for threads in ("1", "2", "3", "7"):
                done = run(["--measure", "quantity", "--format", "csv", *where, *by, "--threads", threads, path])
                if (done.returncode, done.stdout.decode(), done.stderr.decode()) != (status, out, err):
                    yield f"{where} {by} on {threads} threads: exit {done.returncode}, {done.stderr[:300]}, {done.stdout[:100]}"


def interruption_faults(directory, large):
    done = subprocess.run(["sh", "-c", f"'{PROGRAM}' --by reporter,product,period --format csv '{large}' | head -n 1"], capture_output=True)
    if done.stdout != b"reporter,product,period,value,currency\n" or done.stderr:
        yield f"a closed pipe: {done}"
    target = directory / "target"
    target.mkdir()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        seen = False
        for _ in range(20): # until it is met while it writes
            process = subprocess.Popen([PROGRAM, "--by", "reporter,product,period,flow", "--format", "csv", "--output", target / "out.csv", large])
            while process.poll() is None and not os.listdir(target):
                time.sleep(0.0005)
            process.send_signal(number)
            seen = process.wait() == -number
            if seen:
                break
            (target / "out.csv").unlink(missing_ok=True)
        if not seen or os.listdir(target):
            yield f"interrupted by {number}, met while writing: {seen}; it leaves {os.listdir(target)}"


def on_terminal(arguments, columns, feed):
    """What a terminal of so many columns gets; feed(standard input, terminal) gives what it has read of that already."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=side, stderr=side, cwd=DATA, env=environment)
    os.close(side)
    printed = feed(process.stdin, main)
    try:
        while piece := os.read(main, 65536):
            printed += piece
    except OSError:
        pass # how Linux tells that the other side is closed
    os.close(main)
    return process.wait(), printed.decode().replace("\r\n", "\n")


def terminal_faults():
    for columns in (80, 62, 61, 48):
        status, printed = on_terminal(REPORTS["shares"], columns, lambda stdin, _: stdin.close() or b"")
        table = printed.split("\n\n")[1].splitlines()
        if status != 0 or max(map(len, table)) != min(columns, 62) or not all(re.search(r"\d  +\d+\.\d$", line) for line in table[1:]):
            yield f"on {columns} columns:\n{printed}"
        if (columns < 62) != ("\u2026" in printed):
            yield f"labels cut on {columns} columns:\n{printed}"

    for arguments, labels in ((REPORTS["concentration"], 1), (REPORTS["advantage"], 2), (["" if argument == "period" else argument for argument in REPORTS["growth"]], 0)):
        arguments = [argument for argument in arguments if labels or argument not in ("--growth", "year")]
        whole = [re.split("  +", line.strip()) for line in run(arguments).stdout.decode().split("\n\n")[1].splitlines()]
        for columns in (40, 50, 70):
            status, printed = on_terminal(arguments, columns, lambda stdin, _: stdin.close() or b"")
            blocks = [block.splitlines() for block in printed.split("\n\n")[1:-1]]
            rows = [[re.split("  +", line.strip()) for line in block] for block in blocks]
            figures = [sum((row[i][len(row[i]) - len(row[0]) + labels:] if i else row[0][labels:] for row in rows), []) for i in range(len(whole))]
            if status != 0 or max(len(line) for block in blocks for line in block) > columns or any(row[0][:labels] != whole[0][:labels] for row in rows):
                yield f"a table in {len(blocks)} parts on {columns} columns:\n{printed}"
            if any(len(row) != len(whole[0]) - labels or whole[i][-len(row):] != row for i, row in enumerate(figures)):
                yield f"not all columns, or not in their order, on {columns} columns:\n{printed}"

    def slowly(stdin, terminal):
        stdin.write(GOOD)
        stdin.flush()
        printed = b""
        while b"MB/s" not in printed: # what never comes, the test's time limit ends
            printed += os.read(terminal, 65536)
        stdin.close()
        return printed

    status, printed = on_terminal(["--format", "csv"], 80, slowly)
    if status != 0 or not re.search(r"\r0 MB, 0 MB/s\033\[K", printed) or not printed.endswith("\r\033[Kperiod,flow,value,currency\n2019,export,1,\n2020,export,2,\n2020,import,5,\n"):
        yield f"progress on a terminal: {printed!r}"


def faults():
    yield from output_faults()
    yield from case_faults()
    yield from chart_faults()
    yield from others_faults()
    yield from readme_faults()
    yield from figure_faults()
    for kind in (rate_faults, file_faults, twice_faults, thread_faults):
        with tempfile.TemporaryDirectory() as directory:
            yield from kind(pathlib.Path(directory))


if "--terminal" in sys.argv:
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as why:
        print(f"no terminal to be had: {why}")
        sys.exit(77)
    found, checked = list(terminal_faults()), "tables and progress fit a terminal"
else:
    found, checked = list(faults()), f"{len(CASES)} calls, {len(REPORTS)} reports, {len(DRAWN)} charts, figures, files and threads as they should be"
print("\n".join(found) or checked)
sys.exit(1 if found else 0)
