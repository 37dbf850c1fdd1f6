"""Services held to its bounds."""
import pathlib
import sys
from fractions import Fraction

from bounds import Row
from library import doubles

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import golden_services as definition  # noqa: E402


def rows(library, random):
    name = "trade_services_"
    numbers = {code: definition.number(code) for code in list(definition.CODES) + list(definition.UNCODED)}
    assert [library.trade_services_at(i) for i in range(library.trade_services_count())] == [numbers[c] for c in definition.CODES]
    for code in definition.CODES[1:]:  # the table is the definition's
        parent, role = definition.PARENT[code]
        assert library.trade_services_parent(numbers[code]) == numbers[parent] and library.trade_services_role(numbers[code]) == role

    def integers(values):
        return (library.library.trade_services_total.argtypes[0]._type_ * len(values))(*values)

    def value():
        v = random.choice((10 ** random.uniform(-9, 18), float(random.randint(0, 1000)), round(random.uniform(0, 1e4), 1)))
        return -v if random.random() < 0.1 else v

    def table():
        """Rows of a subtree or two and their relations, now and then one too few or too many; what is wanted of them."""
        tops = random.sample(["SA", "SC", "SD", "SF", "SI", "SJ", "SK", "SL", "SC3", "SI2", "SJ112"], random.randint(1, 3))
        keep = random.choice((0.8, 0.97, 1))
        codes = [c for c in definition.CODES if any(t in definition.chain(c) for t in tops) and random.random() < keep]
        codes += [c for c in definition.CODES[1:] if len(c) == 2 and random.random() < keep]
        codes += ["S"] if random.random() < 0.5 else []
        if random.random() < 0.4:  # as the WTO has them
            codes += [c for c in definition.GROUPS if c in definition.CODES and random.random() < 0.8]
            codes = [c for c in codes if c not in ("SA", "SB", "SE", "SL") or random.random() < 0.7]
        inner = [c for c in codes if c in definition.BREAKDOWNS[0] and random.random() < 0.3]  # these come from their parts
        codes = [c for c in codes if c not in inner]
        codes = list(dict.fromkeys(codes)) if random.random() < 0.9 else codes
        wanted = [random.choice(tops if random.random() < 0.5 else definition.CODES) for _ in range(random.randint(1, 3))]
        if random.random() < 0.4:
            wanted[0] = random.choice(list(definition.GROUPS))
        random.shuffle(codes)
        found = [(c, value() if random.random() < 0.99 else float("nan")) for c in codes]
        if found and random.random() < 0.3:  # nearly nothing is left
            found[-1] = (found[-1][0], -sum(v for _, v in found[:-1] if v == v) * random.uniform(0.999999, 1.000001))
        return found, wanted

    def of_table(function):
        def call(found, wanted):
            items = integers([numbers[c] for c, _ in found])
            return function(items, doubles([v for _, v in found]), len(found), integers([numbers[c] for c in wanted]), len(wanted))
        return call

    def both():
        ordered, delivered = abs(value()), abs(value())
        return ordered, delivered, random.choice((random.uniform(0, 1), 1, 1 - 2.0 ** -50, 1.5)) * min(ordered, delivered)

    def allocation():
        n, columns = random.randint(1, 8), random.randint(1, 5)
        shares = []
        for _ in range(n):
            parts = [random.choice((0, 1, random.randint(0, 100), random.random())) for _ in range(columns)]
            total = sum(parts) or 1
            shares += [p / total for p in parts] if sum(parts) else [1.0] + [0.0] * (columns - 1)
        values = [value() for _ in range(n)]
        if n > 1 and random.random() < 0.3:
            values[-1] = -sum(values[:-1]) * random.uniform(0.999999, 1.000001)
        return values, shares, columns

    def modes(values, shares, columns):
        out = doubles([0.0] * columns)
        assert library.trade_services_modes(doubles(values), doubles(shares), len(values), columns, out) == 0
        return list(out)

    mains = ["SA", "SB", "SC", "SD", "SE", "SF", "SG", "SH", "SI", "SJ", "SK", "SL"]

    def flows():
        """Either all services, SF and SG, or the twelve main items."""
        n = random.randint(1, 4)
        exports = [[abs(value()) for _ in range(n)] for _ in range(random.choice((3, 12)))]
        imports = [[abs(x) * random.choice((1, 1 + 1e-15, random.random() * 3)) for x in row] for row in exports]
        return exports, imports

    def filled(exports, imports, field):
        columns = len(exports[0])
        out = doubles([0.0] * (columns if field.endswith("wanted_share") else len(exports) * columns))
        items = ["S", "SF", "SG"] if len(exports) == 3 else mains
        keep = integers([numbers[c] for c in items]), doubles(sum(exports, [])), doubles(sum(imports, [])), integers([numbers["SF"], numbers["SG"]])
        t = library.trade_services_table(rows=len(exports), columns=columns, items=keep[0], exports=keep[1], imports=keep[2], wanted=keep[3], wanted_count=2)
        setattr(t, field, out)
        assert library.trade_services_fill(t) == 0
        return list(out)

    def fill_row(field, ulps, exact):
        return Row(f"{name}fill, {field}", ulps, flows, exact, call=lambda x, m: filled(x, m, field), share=0.2)

    def column_totals(flow):
        """All services, and SF and SG, of each period."""
        for column in zip(*flow):
            v = [Fraction(x) for x in column]
            yield (v[0], v[1] + v[2]) if len(v) == 3 else (sum(v), v[5] + v[6])

    def share_of(flow):
        def exact(*both):
            totals = [t for t, _ in column_totals(both[flow])]
            return [Fraction(v) / totals[c] if totals[c] > 0 else None for row in both[flow] for c, v in enumerate(row)]
        return exact

    def wanted_of(flow):
        return lambda *both: [w / t if t > 0 else None for t, w in column_totals(both[flow])]

    return [
        Row(name + "total", 0.5, table, definition.total, call=of_table(library.trade_services_total), share=0.3),
        Row(name + "share", 2.5, table, definition.share, call=of_table(library.trade_services_share), share=0.3),
        Row(name + "digital_trade", 0.5, both, definition.digital_trade),
        Row(name + "modes", 0.5, allocation, definition.modes, call=modes, share=0.2),
        fill_row("balance", 0.5, lambda x, m: [Fraction(a) - Fraction(b) for r, s in zip(x, m) for a, b in zip(r, s)]),
        fill_row("exports_share", 1.5, share_of(0)), fill_row("imports_share", 1.5, share_of(1)),
        fill_row("exports_wanted_share", 2.5, wanted_of(0)), fill_row("imports_wanted_share", 2.5, wanted_of(1)),
    ]
