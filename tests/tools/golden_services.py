"""Services: golden vectors, and the exact definitions that bounds_services.py uses too."""
import math
from fractions import Fraction

from golden import Line

NAN, INF = math.nan, math.inf

# EBOPS 2010 as the OECD's hierarchy of measures has it: an item, and its components; then other breakdowns; then what is no part.
COMPONENTS = """
S SA SB SC SD SE SF SG SH SI SJ SK SL SN
SC SC1 SC2 SC3 SC4
SC1 SC11 SC12 SC13
SC2 SC21 SC22 SC23
SC3 SC31 SC32 SC33
SC3B SC3B1 SC3B2 SC3B3
SC3C SC3C1 SC3C2 SC3C3
SC3D SC3D1 SC3D2 SC3D3
SD SDA SDB
SDA SDA1 SDA2
SDB SDB1 SDB2 SDB3
SE SE1 SE2
SF SF1 SF2 SF3 SF4
SF1 SF11 SF12 SF13
SF4 SF41 SF42
SG SG1 SG2
SH SH1 SH2 SH3 SH4
SH4 SH41 SH42
SI SI1 SI2 SI3
SI2 SI21 SI22
SI3 SI31 SI32
SJ SJ1 SJ2 SJ3
SJ1 SJ11 SJ12
SJ11 SJ111 SJ112
SJ112 SJ1121 SJ1122 SJ1123 SJ1124
SJ2 SJ21 SJ22
SJ21 SJ211 SJ212 SJ213
SJ3 SJ31 SJ32 SJ33 SJ34 SJ35
SJ31 SJ311 SJ312 SJ313
SJ32 SJ321 SJ322 SJ323
SK SK1 SK2
SK1 SK11 SK12
SK2 SK21 SK22 SK23 SK24
SL SL1 SL2 SL3
"""
ALTERNATIVES = """
SC SCA SCB SCC
SC3 SC3A SC3B SC3C SC3D SC3E SC3F SC3G
SD SD1 SD2 SD3 SD4 SD5
"""
OF_WHICH = """
SA SAY SAZ
SC4 SC41X
SCC SCC1
SD SDZ
SD5 SD5Y SD5Z
SF11 SF11Y SF11Z
SF12 SF12Y SF12Z
SF13 SF13Y SF13Z
SI21 SI21Z
SJ22 SJ22Z
SJ32 SJ32X
SJ35 SJ35Z
SK11 SK11Z
"""
GROUPS = {
    "SOX": "SA SB SC SD SE SF SG SH SI SJ SK".split(), "SOX1": "SE SF SG SH SI SJ SK".split(),
    "SPX1": "SE SF SG SH SI SJ SK SL".split(), "SPX4": ["SA", "SB"],
    "digital": "SF SG SH SI SJ SK".split(), "digital_sk1": "SF SG SH SI SJ SK1".split(),
}
UNCODED = {"digital": 2, "digital_sk1": 3}
# The breakdowns that the WTO, the OECD and UNCTAD publish: with groups as parts.
BY_GROUPS = {
    "S": ["SOX SL SN".split(), "SPX4 SC SD SPX1 SN".split()], "SOX": ["SPX4 SC SD SOX1".split()], "SPX1": ["SOX1 SL".split()],
}
# Of which, but no part: goods, premiums and claims in gross terms; and what has parts in two items.
GROSS = "SAY SAZ SF11Y SF11Z SF12Y SF12Z SF13Y SF13Z".split()
ACROSS = {"SDZ": ["SC", "SD"]}


def breakdowns(text):
    return {line.split()[0]: line.split()[1:] for line in text.strip().splitlines()}


BREAKDOWNS = [breakdowns(COMPONENTS), breakdowns(ALTERNATIVES), breakdowns(OF_WHICH)]
PARENT = {part: (item, role) for role, b in enumerate(BREAKDOWNS, 1) for item, parts in b.items() for part in parts}
PARENT.update({"SOX": ("S", 4), "SOX1": ("SOX", 4), "SPX1": ("S", 4), "SPX4": ("S", 4)})
CODES = ["S"] + sorted(PARENT)


def number(code):
    """The item's number in the interface."""
    if code in UNCODED or code == "S":
        return UNCODED.get(code, 1)
    pairs = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(code[1]) + 1]
    pairs += [int(c) if c.isdigit() else 11 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(c) for c in code[2:]]
    return int("".join(f"{p:02d}" for p in pairs + [0] * (5 - len(pairs))))


def own_row(rows, code):
    """The value of its one row; None if that is missing or there is none or more than one."""
    own = [value for c, value in rows if c == code]
    return Fraction(own[0]) if len(own) == 1 and math.isfinite(own[0]) else None


def breakdowns_of(code):
    """The lists of parts that an item or group may be had from, the first first, each with its role."""
    if code in GROUPS:
        yield GROUPS[code], 1
    for role, b in enumerate(BREAKDOWNS[:2], 1):
        if code in b:
            yield b[code], role
    for parts in BY_GROUPS.get(code, []):
        yield parts, 4


def item_total(rows, code):
    """(exact value, number of rows, sum of magnitudes) of an item or group, or None; rows: (code, value)."""
    own = own_row(rows, code)
    if own is not None:
        return own, 1, abs(own)
    if [c for c, _ in rows].count(code) < 2:
        for parts, _ in breakdowns_of(code):
            found = parts_total(rows, parts)
            if found:
                return found
    return None


def parts_total(rows, parts):
    given = [p for p in parts if p != "SN" or "SN" in (c for c, _ in rows)]
    found = [item_total(rows, p) for p in given]
    return None if None in found else tuple(map(sum, zip(*found)))


def chain(code):
    """The item and all that it is a part of."""
    return [code] + (chain(PARENT[code][0]) if code in PARENT else [])


def members(code):
    return GROUPS.get(code) or ACROSS.get(code) or [code]


def holds(outer, inner):
    if outer == inner or inner in GROSS or outer in ACROSS:
        return outer == inner
    return all(any(o in chain(i) for o in members(outer)) for i in members(inner))


def disjoint(a, b):
    """Whether two items have no part in common for sure."""
    if a in chain(b) or b in chain(a):
        return False
    top = next(x for x in chain(a) if x in chain(b))
    roles = [PARENT[[x for x in chain(c) if x not in chain(top)][-1]][1] for c in (a, b)]
    return roles[0] == roles[1] != 3


def total(rows, wanted):
    """Exact total of wanted codes, or None."""
    if any(w not in CODES and w not in GROUPS for w in wanted):
        return None
    wanted = set(wanted)
    kept = [w for w in wanted if not any(o != w and holds(o, w) for o in wanted)]
    if not all(disjoint(a, b) for v in kept for w in kept if v != w for a in members(v) for b in members(w)):
        return None
    found = [item_total(rows, w) for w in kept]
    return None if None in found else sum(k[0] for k in found)


def share(rows, wanted):
    part, all_ = total(rows, wanted), total(rows, ["S"])
    return part / all_ if part is not None and all_ is not None and all_ > 0 and part >= 0 else None


def digital_trade(ordered, delivered, both):
    if not all(map(math.isfinite, (ordered, delivered, both))) or both < 0 or both > ordered or both > delivered:
        return None
    return Fraction(ordered) + Fraction(delivered) - Fraction(both)


def modes(values, shares, columns):
    """Total of each mode; the shares must be good."""
    totals = []
    for m in range(columns):
        used = [(v, shares[i * columns + m]) for i, v in enumerate(values) if shares[i * columns + m] != 0]
        known = all(math.isfinite(v) and math.isfinite(s) for v, s in used)
        totals.append(sum(Fraction(v) * Fraction(s) for v, s in used) if known else None)
    return totals


def checked(rows, code):
    """What the value of an item is checked against: role, and parts_total; groups count where one has its own row."""
    roles = set()
    for parts, role in breakdowns_of(code):
        found = parts_total(rows, parts)
        if found and role not in roles and (role != 4 or any(p in GROUPS and own_row(rows, p) is not None for p in parts)):
            roles.add(role)
            yield role, found


def named(rows, parents, r):
    values = [rows[i][1] for i, p in enumerate(parents) if p == r]
    if values and all(map(math.isfinite, values)):
        yield 1, (sum(map(Fraction, values)), len(values), sum(abs(Fraction(v)) for v in values))


def discrepancies(rows, unit, parents=None):
    """row, breakdown, difference, tolerance of each item of one flow and period that is not the sum of its parts."""
    found = []
    for r, (code, value) in enumerate(rows):
        if not math.isfinite(value):
            continue
        for role, parts in checked(rows, code) if parents is None else named(rows, parents, r):
            difference = Fraction(value) - parts[0]
            tolerance = Fraction(unit) * (parts[1] + 1) / 2 + (parts[2] + abs(Fraction(value))) / 2 ** 52
            if abs(difference) > tolerance:
                found += [r, role, difference, tolerance]
    return [len(found) // 4] + found


def numbers(codes):
    return [float(number(c)) for c in codes]


def rows_of(text):
    return [(f.split("=")[0], float(f.split("=")[1])) for f in text.split()]


def split(rows):
    return numbers([c for c, _ in rows]), [v for _, v in rows]


# China's trade in services in September 2023, 100 million yuan and dollars, credits and debits (SAFE, monthly release).
SAFE = {
    "exports, yuan": "S=1769 SA=76 SB=64 SC=521 SD=88 SE=83 SF=9 SG=24 SH=55 SI=320 SJ=515 SK=8 SL=7",
    "imports, yuan": "S=3432 SA=6 SB=39 SC=1029 SD=1255 SE=52 SF=165 SG=19 SH=260 SI=192 SJ=369 SK=23 SL=23",
    "exports, dollars": "S=246 SA=11 SB=9 SC=72 SD=12 SE=11 SF=1 SG=3 SH=8 SI=45 SJ=72 SK=1 SL=1",
}

MAINS = "SA=1 SB=2 SC=3 SD=4 SE=5 SF=6 SG=7 SH=8 SI=9 SJ=10 SK=11 SL=12"
WTO = "SPX4=1 SC=2 SD=4 SOX1=8 SL=16"

TOTALS = [
    # by its own row, by its parts, by parts of parts; the parent counts where both are given
    ("SI=10", "SI"), ("SI1=1 SI2=2 SI3=4", "SI"), ("SI1=1 SI21=2 SI22=3 SI31=4 SI32=5", "SI"), ("SI=10 SI1=1 SI2=2 SI3=4", "SI"),
    ("SI=nan SI1=1 SI2=2 SI3=4", "SI"), ("SI=inf SI1=1 SI2=2 SI3=4", "SI"), ("SI2=9 SI1=1 SI21=2 SI22=3 SI3=4", "SI"),
    # what isn't given isn't 0
    ("SI1=1 SI2=2", "SI"), ("SI1=1 SI2=2 SI3=nan", "SI"), ("SI1=1 SI2=2 SI3=0", "SI"), ("SI1=1", "SI1"), ("SI=10", "SI1"), ("", "S"), ("", ""),
    # the other breakdowns, and which comes first
    ("SCA=1 SCB=2 SCC=3", "SC"), ("SC1=1 SC2=1 SC3=1 SC4=1 SCA=1 SCB=2 SCC=3", "SC"), ("SC1=1 SC2=1 SC3=1 SCA=1 SCB=2 SCC=3", "SC"),
    ("SC3A=1 SC3B=2 SC3C=3 SC3D=4 SC3E=5 SC3F=6 SC3G=7", "SC3"), ("SC3A=1 SC3B1=1 SC3B2=1 SC3B3=.5 SC3C=3 SC3D=4 SC3E=5 SC3F=6 SC3G=7", "SC3"),
    ("SD1=1 SD2=2 SD3=3 SD4=4 SD5=5", "SD"), ("SDA=1 SDB1=2 SDB2=3 SDB3=4", "SD"),
    # of which: part of no sum
    ("SAY=1 SAZ=2", "SA"), ("SF11Y=5 SF11Z=4 SF11=1", "SF11"), ("SF11Y=5 SF11Z=4", "SF11"), ("SC41X=1", "SC41X"), ("SC41X=1", "SC4"),
    # wanted twice, or one inside of another
    ("SF=1 SG=2", "SF SG"), ("SF=1 SG=2", "SF SF SG SF"), ("SI=10 SI2=3", "SI SI2"), ("SI=10 SI2=3", "SI2 SI"), ("SI2=3 SI21=1 SI22=2", "SI21 SI2"),
    ("S=100 SF=1", "SF S"), ("SC=9 SCA=1", "SC SCA SC1"), ("SCA=1 SCB=2", "SCA SCB"), ("SC3A=1 SC3B=2", "SC3A SC3B"), ("SC41X=1 SC4=2", "SC4 SC41X"),
    # in part: not known
    ("SCA=1 SC1=2", "SCA SC1"), ("SC1=1 SCB=2", "SC1 SCB"), ("SC31=1 SC3B=2", "SC31 SC3B"), ("SD1=1 SDA=1", "SD1 SDA"), ("SDZ=1 SDA=1", "SDZ SDA"),
    ("SAY=1 SAZ=1", "SAY SAZ"), ("SC1=1 SF=2", "SC1 SF"), ("SC11=1 SC22=2", "SC11 SC22"), ("SCA=1 SF=2", "SCA SF"),
    # held all the same where another of those wanted holds both
    ("SC=9 SCA=1 SC1=2", "SC SC1 SCA"), ("SC=9 SCA=1 SC1=2", "SCA SC1 SC"), ("SC=9 SCA=1 SC1=2 SE=5", "SCA SE SC1 S"), ("S=20 SC=9 SDZ=1", "SDZ SC S"),
    # tourism has a part in transport and one in travel, gross figures are no part of anything
    ("SDZ=1 SC=2", "SDZ SC"), ("SDZ=1 SC11=2", "SC11 SDZ"), ("SDZ=1 SD=3", "SD SDZ"), ("SDZ=1 SC=2 SD=3", "SC SD SDZ"), ("SDZ=1 SE=2", "SDZ SE"),
    ("SDZ=1 S=9", "S SDZ"), ("SDZ=1 SOX=9", "SDZ SOX"), ("SDZ=1 SOX1=4", "SDZ SOX1"), ("SDZ=1", "SDZ"), ("SDZ=1", "SDZ SDZ"), ("SDZ=1 SPX4=2", "SPX4 SDZ"),
    ("SF11Y=9", "SF11Y"), ("SF11Y=9", "SF11Y SF11Y"), ("SF11Y=9 SF=1", "SF SF11Y"), ("SF11Y=9 SF11=1", "SF11Y SF11"), ("S=9 SAY=1", "S SAY"),
    ("S=9 SF=3 SF12Z=1", "S SF SF12Z"), ("SF11Y=9 SF12=1", "SF11Y SF12"), ("SF13Y=9 SC=1", "SC SF13Y"), ("SPX4=9 SAZ=1", "SPX4 SAZ"), ("SOX=9 SF12Y=1", "SOX SF12Y"),
    ("SI21Z=1 SI=2", "SI21Z SI"), ("SK11Z=1 SK=2 SI=3", "SK SI SK11Z"),
    # groups
    ("SOX=5", "SOX"), ("SOX=5 SL=1", "SOX SL"), ("SPX1=5 SOX=6", "SPX1 SOX"), ("SOX1=5 SOX=6", "SOX1 SOX"), ("SPX4=3", "SPX4"), ("SA=1 SB=2", "SPX4"),
    ("SA=1 SB=2 SPX4=3.5", "SPX4"), ("SA=1", "SPX4"), ("SA=1 SB=2", "SPX4 SB"), ("SPX4=3 SOX1=4", "SPX4 SOX1"), ("S=9 SOX=6", "SOX S"),
    ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK=6", "digital"), ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK1=6", "digital"), ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK1=6", "digital_sk1"),
    ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK1=6 SK2=7", "digital"), ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK=6 SK1=2", "digital digital_sk1"),
    ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK=6 SK1=2", "digital SK1 SJ1"), ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK=6 SK1=2", "digital_sk1 SK"),
    ("SF=1 SG=2 SH=3 SI=4 SJ=5 SK11=6 SK12=1 SE=8", "digital_sk1 SE"), ("digital=7", "digital"), ("digital_sk1=7 SK=1", "digital_sk1"),
    # all services: SN need not be there
    ("SA=1 SB=2 SC=3 SD=4 SE=5 SF=6 SG=7 SH=8 SI=9 SJ=10 SK=11 SL=12", "S"), ("SA=1 SB=2 SC=3 SD=4 SE=5 SF=6 SG=7 SH=8 SI=9 SJ=10 SK=11 SL=12 SN=.5", "S"),
    ("SA=1 SB=2 SC=3 SD=4 SE=5 SF=6 SG=7 SH=8 SI=9 SJ=10 SK=11", "S"), ("SA=1 SB=2 SC=3 SD=4 SE=5 SF=6 SG=7 SH=8 SI=9 SJ=10 SK=11", "SOX"),
    ("SN=1", "S"), ("SN=1", "SN"),
    (MAINS + " SN=nan", "S"), (MAINS + " SN=inf", "S"), (MAINS + " SN=1 SN=2", "S"), (MAINS + " SN=1 SN=2", "SOX SL"), (MAINS + " SN=1 SN=2 S=90", "S"),
    # the breakdowns with groups in them, as the WTO and UNCTAD have them
    (WTO, "S"), (WTO, "SOX"), (WTO, "SPX1"), (WTO, "SPX1 SPX4"), (WTO, "S SOX SL"), (WTO, "SA"), (WTO, "SC SOX1"), (WTO + " SN=7", "S"), (WTO + " SN=nan", "S"),
    (WTO + " SOX=31", "S"), (WTO + " SOX=31", "SOX"), (WTO + " SOX=31", "SPX1"), (WTO + " SOX=nan", "S"), (WTO + " SOX=31 SOX=32", "S"), (WTO + " S=40", "S"),
    ("SPX4=1 SC=2 SD=4 SPX1=8", "S"), ("SPX4=1 SC=2 SD=4 SPX1=8", "SOX"), ("SPX4=1 SC=2 SD=4 SPX1=8 SN=1", "S"), ("SA=1 SB=1 SC=2 SD=4 SPX1=8", "S"),
    ("SPX4=1 SC=2 SD=4 SE=1 SF=1 SG=1 SH=1 SI=1 SJ=1 SK=1 SL=1", "S"), ("SPX4=1 SC1=2 SC2=1 SC3=1 SC4=1 SDA=4 SDB=1 SOX1=8", "SOX"), ("SOX=5 SL=nan", "S"),
    ("SOX1=8", "SPX1"), ("SPX1=8 SL=1", "SOX1"), ("SPX4=1 SPX4=1 SA=1 SB=1 SC=2 SD=4 SOX1=8", "SOX"), ("SOX=5 SL=1 SN=1 SN=1", "S"),
    (MAINS + " SOX=3 SPX1=4", "S"), (MAINS.replace("SA=1 ", "") + " SOX=3 SPX1=4", "S"), (MAINS.replace("SA=1 ", "") + " SPX4=3.5", "S"),
    # a row twice; signs; cancellation
    ("SF=1 SF=2", "SF"), ("SF=1 SF=nan", "SF"), ("SF=1 SF=2 SG=3", "SG"), ("SF1=1 SF1=1 SF2=2 SF3=3 SF4=4", "SF"), ("SF=-5 SG=2", "SF SG"),
    ("SF=1e20 SG=1 SH=-1e20", "SF SG SH"), ("SF=.1 SG=.2 SH=-.3", "SF SG SH"), ("SF=-0.0", "SF"), ("SF=1e38 SG=1e38", "SF SG"),
]

CHECKS = [
    ("S=10 SOX=9 SL=1", 1), ("SI=10 SI1=1 SI2=2 SI3=7", 0), ("SI=10 SI1=1 SI2=2 SI3=7.5", 0), ("SI=10 SI1=1 SI2=2 SI3=7.5", .25),
    ("SI=10 SI1=1 SI2=2 SI3=7.5", .24), ("SI=10 SI1=1 SI2=2 SI3=9", 1), ("SI=10 SI1=1 SI2=2 SI3=9.01", 1), ("SI=1 SI1=.1 SI2=.2 SI3=.3", .2),
    ("SI=.8 SI1=.1 SI2=.2 SI3=.3", .1), ("SI=.9 SI1=.1 SI2=.2 SI3=.3", .1), ("SI=.4 SI1=.1 SI2=.2 SI3=.3", .1), ("SI=.3 SI1=.1 SI2=.2 SI3=.3", .1),
    ("SI=nan SI1=1 SI2=2 SI3=9", 1), ("SI=10 SI1=1 SI2=nan SI3=9", 1), ("SI=10 SI1=1 SI2=nan SI21=2 SI22=3 SI3=9", 1), ("SI=10 SI1=1 SI3=9", 1),
    ("SI=20 SI1=1 SI21=2 SI22=3 SI3=9", 1), ("SI=18 SI1=1 SI2=5 SI21=2 SI22=9 SI3=9", 1), ("SC=10 SC1=1 SC2=2 SC3=3 SC4=4 SCA=1 SCB=2 SCC=9", .5),
    ("SC=10 SC1=1 SC2=2 SC3=3 SC4=9 SCA=1 SCB=2 SCC=9", .5), ("SD=1 SDA=4 SDB=5", 1), ("SD=1 SD1=4 SD2=5 SD3=1 SD4=1 SD5=1", 1),
    ("SPX4=10 SA=1 SB=2", 1), ("digital=10 SF=1 SG=2 SH=3 SI=4 SJ=5 SK=6", 1), ("SF11=1 SF11Y=9 SF11Z=3", 0), ("SF=-5 SF1=-9 SF2=1 SF3=1 SF4=1", 0),
    (SAFE["exports, yuan"], 1), (SAFE["imports, yuan"], 1), (SAFE["exports, dollars"], 1), (SAFE["exports, yuan"], 0), (SAFE["exports, yuan"], .1),
    # SN: a row that is missing, or two of them, make all services unknown
    (MAINS + " S=90", 0), (MAINS + " S=90 SN=12", 0), (MAINS + " S=90 SN=nan", 0), (MAINS + " S=90 SN=6 SN=6", 0), (MAINS + " SN=1 SN=2 S=78", 0),
    # groups
    (WTO + " S=31 SOX=15 SPX1=24", 0), (WTO + " S=32 SOX=15 SPX1=24", .5), (WTO + " S=31 SOX=17 SPX1=24", .5), (WTO + " S=31 SOX=15 SPX1=23", .1),
    (WTO + " S=33", .5), (WTO + " S=33 SN=2", 0), (WTO + " S=33 SN=nan", 0), ("SPX4=1 SC=2 SD=4 SPX1=8 S=16", 0), (MAINS + " S=79 SOX=66 SOX1=56 SPX4=3 SPX1=68", 0),
    (MAINS + " S=78 SOX=67 SOX1=56 SPX4=3 SPX1=68", 0), (MAINS + " S=78 SOX=66 SOX1=57 SPX4=3 SPX1=68", 0), (MAINS + " S=78 SOX=66 SOX1=56 SPX4=4 SPX1=68", 0),
    (MAINS + " S=78 SOX=66 SOX1=56 SPX4=3 SPX1=69", 0), (MAINS + " S=79", 0), (MAINS + " SOX=67", 0), ("SOX=5 SPX4=1 SPX4=1 SC=1 SD=1 SOX1=1", 0),
    (SAFE["exports, yuan"].replace("515", "525"), 1), (SAFE["imports, yuan"].replace("1029", "1039"), 1),
]
NAMED = [("a=10 b=4 c=6", [-1, 0, 0], 0), ("a=10 b=4 c=7", [-1, 0, 0], .5), ("a=10 b=4 c=7", [-1, 0, 0], 1), ("a=10 b=4 c=9 d=1", [-1, 0, 0, 2], 1),
         ("a=10 b=nan c=9", [-1, 0, 0], 1), ("a=10 b=1", [-1, -1], 1), ("b=4 c=7 a=20", [2, 2, -1], 1)]

MODES = [
    ([100.0, 200.0, 50.0], [1.0, 0, 0, 0, 0, 1.0, 0, 0, .75, 0, 0, .25], 4), ([100.0], [.1, .2, .3, .4], 4), ([7.0, 7.0], [1 / 3, 1 / 3, 1 / 3, .7, .2, .1], 3),
    ([1e20, -1e20, 3.0], [.5, .5, .5, .5, .25, .75], 2), ([NAN, 2.0], [1.0, 0, .5, .5], 2), ([1.0, INF], [1.0, 0, 0, 1.0], 2), ([1.0, 2.0], [NAN, .9, .5, .5], 2),
    ([5.0], [1.0], 1), ([-5.0, 2.0], [.25, .75, 1.0, 0], 2), ([0.1] * 10, [.1, .9] * 10, 2), ([1e-9, 1e15], [.3, .7, .7, .3], 2), 
    ([1769.0, 3432.0], [.7, .1, .2, .55, .35, .1], 3), ([76.0, 64.0, 521.0, 88.0], [.5, .5, .25, .75, .9, .1, 0, 1.0], 2), ([0.0, 0.0], [.3, .7, .6, .4], 2),
    ([-0.0], [.5, .5], 2), ([1e-20, 1e20], [.1, .9, .2, .8], 2), ([.3, .1, .1], [.5, .5, .25, .75, .75, .25], 2), ([2.0 ** 53, 1.0], [.5, .5, .75, .25], 2),
    ([1.0] * 8, [.125] * 64, 8), ([3.0] * 6, [1 / 6] * 36, 6), ([9.0, 8.0], [1 / 7] * 14, 7), ([NAN], [1.0, 0.0], 2), ([NAN, NAN], [.5, .5, .5, .5], 2),
    ([-INF, 4.0], [.5, .5, .5, .5], 2), ([4.0], [INF, .5], 2), ([4.0, 5.0, 6.0], [.2, .3, .5, .3, .3, .4, .1, .1, .8], 3), ([7.5], [.005, .015, .98], 3),
    ([12.0], [1.0, 0, 0, 0], 4), ([12.0], [0, 0, 0, 1.0], 4), ([3.0, 4.0], [.2, .2, .2, .4, .4, .2, .2, .2], 4), ([1e38, 1e38], [1.0, 0, 1.0, 0], 2),
]


def lines():
    yield "totals of sets of items: items, values, wanted"
    for text, wanted in TOTALS:
        rows = rows_of(text)
        exact = total(rows, wanted.split())
        yield Line("total", (*split(rows), numbers(wanted.split())), None if exact is not None and abs(exact) >= 2 ** 127 else exact, 0.5)
    yield "an item that there is not"
    for item in (0, 4, 99, 300000001, 2000000000, -1):
        yield Line("total", ([1.0], [5.0], [float(item)]), None, 0.5)
    yield "shares in all services"
    for text, wanted in TOTALS:
        rows = rows_of(text)
        for all_ in ([], [("S", 100.0)], [("S", 0.0)], [("S", -3.0)]):
            if (rows or all_) and not (all_ and "S" in dict(rows)) and max([0.0] + [v for _, v in rows]) < 1e37:
                yield Line("share", (*split(rows + all_), numbers(wanted.split())), share(rows + all_, wanted.split()), 2.5)
    yield "China's digital intensity in September 2023 (SAFE)"
    for label, text in SAFE.items():
        yield label
        for wanted in ("digital", "SOX", "SC SD", "SPX4"):
            yield Line("share", (*split(rows_of(text)), numbers(wanted.split())), share(rows_of(text), wanted.split()), 2.5)
    yield "published shares: knowledge-intensive services in all services, percent (Ministry of Commerce: 2020, 2021, first half of 2023)"
    for part, all_, published in ((20331.0, 45642.7, 44.5), (23258.9, 52982.7, 43.9), (13639.2, 31358.4, 43.5)):
        yield Line("printed_share", ([2.0, 1.0], [part, all_], [2.0]), published, 0)
    yield "digital trade"
    for arguments in DIGITAL:
        yield Line("digital_trade", arguments, digital_trade(*arguments), 0.5)
    yield "modes of supply: values, shares, number of modes"
    for values, shares, columns in MODES:
        exact = modes(values, shares, columns)
        yield Line("modes", (values, shares, float(columns)), [None if e is not None and abs(e) >= 2 ** 127 else e for e in exact], 0.5)
    yield "checks: items, values, unit of rounding; how many discrepancies; row, breakdown, difference and tolerance of each discrepancy"
    for text, unit in CHECKS:
        rows = rows_of(text)
        yield Line("check", (*split(rows), float(unit)), discrepancies(rows, unit), 2)
    yield "rows that name their parents: values, parents, unit"
    for text, parents, unit in NAMED:
        yield Line("named", ([v for _, v in rows_of(text)], [float(p) for p in parents], float(unit)), discrepancies(rows_of(text), unit, parents), 2)


DIGITAL = [(10.0, 8.0, 3.0), (10.0, 8.0, 0.0), (10.0, 8.0, 8.0), (8.0, 8.0, 8.0), (0.0, 0.0, 0.0), (10.0, 8.0, 8.5), (8.0, 10.0, 8.5), (10.0, 8.0, -1.0),
           (-1.0, 8.0, 0.0), (10.0, -8.0, 0.0), (-1.0, -1.0, -1.0), (NAN, 8.0, 1.0), (10.0, NAN, 1.0), (10.0, 8.0, NAN), (INF, 8.0, 1.0), (10.0, INF, 1.0),
           (INF, INF, INF), (10.0, 8.0, -INF), (0.1, 0.2, 0.1), (0.1, 0.7, 0.1), (1e15, 0.3, 0.3), (1e15, 0.3, 0.1), (1e-9, 1e9, 1e-9), (1 / 3, 2 / 3, 1 / 7),
           (1e20, 1.0, 1.0), (1e20, 1.0, 0.5), (5e-20, 3e-20, 1e-20), (1.0, 2.0 ** -53, 0.0), (1.0, 2.0 ** -53, 2.0 ** -54), (1.46e12, 9.5e11, 8.1e11),
           (-0.0, 0.0, -0.0), (1.0, 1.0, 5e-20)]
