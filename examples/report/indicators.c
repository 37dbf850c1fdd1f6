/*
 * Indicators of the handbooks, as columns. Some are of a row's spread over the last dimension of --by, some of a row's
 * exports beside its imports, which take the rows of the last dimension together; some are of the row itself in the
 * matrix of the last two.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

enum { BALANCE, BALANCE_NORMALISED, COVER, GRUBEL_LLOYD, EXPORTS, IMPORTS, GINI = -1 };

const indicator indicators[INDICATORS] = {
    {"hhi", OF_SPREAD, TRADE_CONCENTRATION_HERFINDAHL, 0, "Herfindahl-Hirschman index: 1/n to 1"},
    {"hhi-normalised", OF_SPREAD, TRADE_CONCENTRATION_HERFINDAHL_NORMALISED, 0,
     "Herfindahl-Hirschman index made to go from 0 to 1"},
    {"unctad", OF_SPREAD, TRADE_CONCENTRATION_UNCTAD, 0, "UNCTAD's concentration index: 0 to 1"},
    {"number", OF_SPREAD, TRADE_CONCENTRATION_EFFECTIVE_NUMBER, 0,
     "so many equal ones would be as concentrated: 1 / hhi"},
    {"entropy", OF_SPREAD, TRADE_CONCENTRATION_ENTROPY, 0, "Shannon's entropy, in nats"},
    {"theil", OF_SPREAD, TRADE_CONCENTRATION_THEIL, 0, "Theil's T: 0 if all are equal"},
    {"gini", OF_SPREAD, GINI, 0, "Gini index: 0 if all are equal"},
    {"balance", OF_FLOWS, BALANCE, 1, "exports less imports"},
    {"balance-normalised", OF_FLOWS, BALANCE_NORMALISED, 0, "balance over exports and imports: -1 to 1"},
    {"cover", OF_FLOWS, COVER, 0, "exports over imports"},
    {"grubel-lloyd", OF_FLOWS, GRUBEL_LLOYD, 0, "trade that goes both ways: 0 to 1"},
    {"exports", OF_FLOWS, EXPORTS, 1, "shown with each of these"},
    {"imports", OF_FLOWS, IMPORTS, 1, "shown with each of these"},
    {"rca", OF_MATRIX, TRADE_ADVANTAGE_BALASSA, 0, "Balassa's revealed comparative advantage: 1 is the average"},
    {"rca-symmetric", OF_MATRIX, TRADE_ADVANTAGE_SYMMETRIC, 0, "(rca - 1) / (rca + 1): -1 to 1"},
    {"rca-log", OF_MATRIX, TRADE_ADVANTAGE_LOG, 0, "ln rca"},
    {"rca-additive", OF_MATRIX, TRADE_ADVANTAGE_ADDITIVE, 0, "share less the average's share"},
    {"rca-normalised", OF_MATRIX, TRADE_ADVANTAGE_NORMALISED, 0, "Yu, Cai and Leung's, which adds up to 0"},
    {"rca-relative", OF_MATRIX, TRADE_ADVANTAGE_RELATIVE, 0,
     "Vollrath's: the row left out of what it is compared with"},
    {"rca-weighted", OF_MATRIX, TRADE_ADVANTAGE_WEIGHTED, 0, "rca over its mean in the row's group"}};

static const char *const needs[] = {
    "of how each row's total is spread over the last dimension of --by (what others have and a row has not is 0 there)",
    "of exports and imports: flow is the last dimension of --by, and a flow without records is 0",
    "of each row in the matrix of the last two dimensions of --by, two of reporter, partner and product"};

void print_indicators(FILE *out) {
  for (int i = 0; i < INDICATORS; i++) {
    if (i == 0 || indicators[i - 1].kind != indicators[i].kind)
      fprintf(out, "\nIndicators %s:\n", needs[indicators[i].kind]);
    fprintf(out, "  %-20s  %s\n", indicators[i].name, indicators[i].what);
  }
}

/* ---- Of options ---- */

/* Unless it is there already; its place. */
static int add_indicator(options *o, int number) {
  for (int i = 0; i < o->indicator_count; i++)
    if (o->indicators[i] == number) return i;
  o->indicators[o->indicator_count] = number;
  return o->indicator_count++;
}

static int indicator_number(const char *name, size_t length) {
  for (int i = 0; i < INDICATORS; i++)
    if (strlen(indicators[i].name) == length && memcmp(indicators[i].name, name, length) == 0) return i;
  fprintf(stderr, "trade-report: --indicators: none of those in --help: '%.*s'\n", (int)length, name);
  exit(EXIT_USAGE);
}

void set_indicators(options *o, const char *names) {
  for (const char *at = names;; at++) {
    const size_t length = strcspn(at, ",");
    const int number = indicator_number(at, length), is_first = o->indicator_count == 0;
    if (o->indicator_count > 0 && indicators[o->indicators[0]].kind != indicators[number].kind)
      fail(EXIT_USAGE, "--indicators: of different kinds, see --help; ask for them apart", names);
    if (indicators[number].kind == OF_FLOWS) {
      add_indicator(o, indicator_number("exports", 7));
      add_indicator(o, indicator_number("imports", 7));
    }
    const int place = add_indicator(o, number);
    if (is_first) o->first_indicator = place;
    at += length;
    if (*at == '\0') break;
  }
}

static int is_code(const options *o, int place) { return marks_of(o->by[place]) != 0; }

void check_indicators(const options *o) {
  if (o->indicator_count == 0) return;
  const int kind = indicators[o->indicators[0]].kind, last = o->by_count - 1;
  const int fits = kind == OF_SPREAD  ? last >= 0
                   : kind == OF_FLOWS ? last >= 0 && dimensions[o->by[last]].number == TRADE_CUBE_FLOW
                                      : last >= 1 && is_code(o, last) && is_code(o, last - 1);
  if (fits) return;
  fprintf(stderr, "trade-report: --indicators: %s is one %s\n", indicators[o->indicators[o->first_indicator]].name,
          needs[kind]);
  exit(EXIT_USAGE);
}

/* ---- Of a cube ---- */

trade_cube *cube_of_rows(const options *o, trade_cube *cube) {
  static const trade_text flows[] = {{"export", 6}, {"import", 6}};
  trade_cube *rolled = make_cube(o, o->by, o->shown_by_count);
  if (indicators[o->indicators[0]].kind == OF_FLOWS)
    require(trade_cube_select(rolled, TRADE_CUBE_FLOW, flows, 2), "--indicators");
  add_shown(rolled, cube);
  return rolled;
}

static double spread(int32_t method, const double *values, size_t n, double *work) {
  double result = (double)NAN;
  if (method == GINI) return trade_concentration_gini(values, n, work);
  (void)trade_concentration_matrix(method, values, 1, n, TRADE_CONCENTRATION_OF_ROW, &result); /* negative: NaN */
  return result;
}

static double two_flows(int32_t method, double exports, double imports) {
  switch (method) {
  case BALANCE:
    return trade_balance(exports, imports);
  case BALANCE_NORMALISED:
    return trade_balance_normalised(exports, imports);
  case COVER:
    return trade_balance_cover(exports, imports);
  case GRUBEL_LLOYD:
    return trade_partner_grubel_lloyd(exports, imports);
  default:
    return method == EXPORTS ? exports : imports;
  }
}

/* Rows of a cube that agree in all but the last dimensions: where they end. */
static size_t group_end(const options *o, trade_cube *cube, size_t first, size_t n, int by_count) {
  const trade_record one = cube_record(cube, first);
  size_t end = first + 1;
  for (; end < n; end++) {
    const trade_record other = cube_record(cube, end);
    if (compare_records(&one, &other, o->by, by_count) != 0) break;
  }
  return end;
}

/* How many keys the last dimension has that are no totals. */
static size_t count_items(const options *o, trade_cube *cube) {
  const int last = o->by[o->by_count - 1];
  const size_t n = trade_cube_count(cube);
  size_t items;
  trade_cube_tally tally;
  require(trade_cube_count_records(cube, &tally), "--indicators");
  if ((tally.marks & marks_of(last)) == 0) {
    require(trade_cube_count_keys(cube, dimensions[last].number, &items), "--indicators");
    return items;
  }
  trade_cube *parts = make_cube(o, &last, 1);
  for (size_t i = 0; i < n; i++) {
    trade_record record = cube_record(cube, i);
    if (record.marks & marks_of(last)) continue;
    record.marks = 0;
    require(trade_cube_add(parts, &record), "--indicators");
  }
  items = trade_cube_count(parts);
  trade_cube_destroy(parts);
  return items;
}

/* Those that take the rows of the last dimension together: of n totals of the cube with it. */
static void fill_rows(table *t, trade_cube *cube, const double *totals, size_t n) {
  const options *o = t->o;
  size_t items, end;
  int has_exports = 0, has_imports = 0;
  items = count_items(o, cube);
  double *values = (double *)allocate(2 * items, sizeof *values), *work = values + items;
  for (size_t first = 0; first < n; first = end) {
    end = group_end(o, cube, first, n, t->by_count);
    const trade_record keys = cube_record(cube, first);
    const size_t place = find_row(t->cube, t->cube_rows, &keys, o->by, t->by_count);
    double exports = 0, imports = 0;
    if (place == t->cube_rows) continue;
    for (size_t i = 0; i < items; i++) {
      const int32_t flow = first + i < end ? cube_record(cube, first + i).flow_kind : 0;
      values[i] = first + i < end ? totals[first + i] : 0;
      has_exports |= flow == TRADE_FLOW_EXPORT;
      has_imports |= flow == TRADE_FLOW_IMPORT;
      if (flow == TRADE_FLOW_EXPORT) exports = values[i];
      if (flow == TRADE_FLOW_IMPORT) imports = values[i];
    }
    const int is_total = keys.marks & marks_of(o->by[o->by_count - 1]);
    for (int k = 0; k < o->indicator_count; k++) {
      const indicator *of = &indicators[o->indicators[k]];
      t->figures[k][place] = of->kind == OF_FLOWS ? two_flows(of->method, exports, imports)
                             : is_total           ? (double)NAN
                                                  : spread(of->method, values, items, work);
    }
  }
  free(values);
  if (indicators[o->indicators[0]].kind == OF_FLOWS && n > 0 && !(has_exports && has_imports))
    fprintf(stderr, "trade-report: --indicators: there are no %s, which count as 0\n",
            has_imports   ? "exports"
            : has_exports ? "imports"
                          : "exports and imports");
}

static int compare_codes(const void *a, const void *b) {
  return compare_texts(*(const trade_text *)a, *(const trade_text *)b);
}

/* Those of the matrix of the last two dimensions: rows from first to end, in which the others agree. How many rows the
 * matrix has. */
static size_t fill_matrix(table *t, size_t first, size_t end, const trade_text *codes, size_t columns) {
  const options *o = t->o;
  const int across = o->by[t->by_count - 1];
  size_t *cell = (size_t *)allocate(end - first, sizeof *cell), rows = 0;
  for (size_t i = first; i < end; rows++) {
    const size_t next = group_end(o, t->cube, i, end, t->by_count - 1);
    for (; i < next; i++) {
      const trade_record record = cube_record(t->cube, i);
      const trade_text code = text_of(&record, dimensions[across].number);
      const trade_text *found = (const trade_text *)bsearch(&code, codes, columns, sizeof *codes, compare_codes);
      const int is_total = record.marks & (marks_of(across) | marks_of(o->by[t->by_count - 2]));
      cell[i - first] =
          is_total ? SIZE_MAX : rows * columns + (size_t)(found - codes); /* it is no cell beside others */
    }
  }
  double *matrix = (double *)allocate(2 * rows * columns, sizeof *matrix), *results = matrix + rows * columns;
  for (size_t i = first; i < end; i++)
    if (cell[i - first] != SIZE_MAX) matrix[cell[i - first]] = t->rows[i].total;
  for (int k = 0; k < o->indicator_count; k++) {
    const trade_status status =
        trade_advantage_matrix(matrix, NULL, rows, columns, indicators[o->indicators[k]].method, results);
    for (size_t i = first; i < end; i++)
      if (status == TRADE_OK && cell[i - first] != SIZE_MAX) /* not OK: negative values */
        t->figures[k][i] = results[cell[i - first]];
  }
  free(matrix);
  free(cell);
  return rows;
}

static void fill_matrices(table *t) {
  size_t columns, end, most = 0;
  const int32_t across = dimensions[t->o->by[t->by_count - 1]].number;
  require(trade_cube_count_keys(t->cube, across, &columns), "--indicators");
  trade_text *codes = (trade_text *)allocate(columns, sizeof *codes);
  require(trade_cube_keys(t->cube, across, codes, columns), "--indicators");
  for (size_t first = 0; first < t->cube_rows; first = end) {
    end = group_end(t->o, t->cube, first, t->cube_rows, t->by_count - 2);
    const size_t rows = fill_matrix(t, first, end, codes, columns);
    most = rows > most ? rows : most;
  }
  free(codes);
  if (most == 1)
    fprintf(stderr, "trade-report: --indicators: there is one %s only, which is compared with itself%s\n",
            dimensions[t->o->by[t->by_count - 2]].name, t->o->where_count ? ": --show chooses what is printed" : "");
}

void fill_indicators(table *t, trade_cube *details) {
  const options *o = t->o;
  for (int k = 0; k < o->indicator_count; k++) t->figures[k] = (double *)allocate(t->cube_rows + 1, sizeof(double));
  for (int k = 0; k < o->indicator_count; k++)
    for (size_t i = 0; i <= t->cube_rows; i++) t->figures[k][i] = (double)NAN;
  if (t->cube == details) {
    fill_matrices(t);
    return;
  }
  if (dimensions[o->by[o->by_count - 1]].number == TRADE_CUBE_PERIOD)
    tell_overlaps(o, details, o->by, t->by_count, "indicators are of both");
  sort_cube(details, o->by, o->by_count);
  const size_t n = trade_cube_count(details);
  double *totals = cube_totals(o, details, n);
  fill_rows(t, details, totals, n);
  free(totals);
}

/* The others' exports or imports. */
static double others_flow(const table *t, int32_t method) {
  int k = 0;
  while (indicators[t->o->indicators[k]].method != method) k++; /* it is always there */
  double *figures = (double *)allocate(t->others, sizeof *figures);
  for (size_t i = 0; i < t->others; i++) figures[i] = t->figures[k][t->rows[t->n + i].place];
  const double sum = known_sum(figures, t->others);
  free(figures);
  return sum;
}

void fill_others(table *t) {
  const options *o = t->o;
  if (o->indicator_count == 0 || indicators[o->indicators[0]].kind != OF_FLOWS) return;
  const double exports = others_flow(t, EXPORTS), imports = others_flow(t, IMPORTS);
  for (int k = 0; k < o->indicator_count; k++)
    t->figures[k][t->cube_rows] = two_flows(indicators[o->indicators[k]].method, exports, imports);
}
