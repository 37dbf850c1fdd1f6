/* A cube's rows, with their shares and growth. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static int compare_texts(trade_text a, trade_text b) {
  const size_t n = a.length < b.length ? a.length : b.length;
  const int order = n ? memcmp(a.bytes, b.bytes, n) : 0;
  return order ? order : (a.length > b.length) - (a.length < b.length);
}

trade_text text_of(const trade_record *record, int32_t dimension) {
  return dimension == TRADE_CUBE_REPORTER  ? record->reporter
         : dimension == TRADE_CUBE_PARTNER ? record->partner
         : dimension == TRADE_CUBE_PRODUCT ? record->product
                                           : record->flow;
}

int compare_in(const trade_record *a, const trade_record *b, int place) {
  const int32_t dimension = dimensions[place].number;
  if (dimension == TRADE_CUBE_PERIOD) return (int)trade_period_compare(a->period, b->period);
  return compare_texts(text_of(a, dimension), text_of(b, dimension));
}

/* By the dimensions of --by in their order; qsort has no other way to tell. */
static const options *sorted_by;

static int compare_rows(const void *a, const void *b) {
  for (int i = 0; i < sorted_by->by_count; i++) {
    const int order = compare_in(&((const row *)a)->record, &((const row *)b)->record, sorted_by->by[i]);
    if (order) return order;
  }
  return 0;
}

static int compare_totals(const void *a, const void *b) {
  const double x = ((const row *)a)->total, y = ((const row *)b)->total;
  if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
  return x > y ? -1 : x < y ? 1 : compare_rows(a, b);
}

/* Shares: in the sum of the rows that agree in some dimensions, which a cube of those alone holds. */
static void fill_shares(const options *o, trade_cube *cube, row *rows, size_t n) {
  int32_t kept = 0;
  for (int i = 0; i < o->by_count; i++) {
    const int32_t dimension = dimensions[o->by[i]].number;
    if (o->shares == SHARES_TOTAL ? dimension == TRADE_CUBE_PERIOD || dimension == TRADE_CUBE_FLOW
        : o->shares == SHARES_ROW ? i == 0
                                  : i == 1)
      kept |= dimension;
  }
  trade_cube *whole;
  require(trade_cube_create(kept, measures[o->measure].number, o->digits, NULL, &whole), "shares");
  require(trade_cube_merge(whole, cube), "shares");
  const size_t count = trade_cube_count(whole);
  for (size_t i = 0; i < n; i++) {
    size_t first = 0, end = count;
    while (first < end) { /* the first that is not before the row's */
      const size_t middle = first + (end - first) / 2;
      trade_record record;
      int order = 0;
      require(trade_cube_row(whole, middle, &record), "shares");
      for (int d = 0; d < DIMENSIONS && order == 0; d++)
        if (kept & dimensions[d].number) order = compare_in(&record, &rows[i].record, d);
      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }
    trade_sum total;
    require(trade_cube_total(whole, first, measures[o->measure].number, &total, NULL, NULL), "shares");
    rows[i].share = trade_share(rows[i].total, trade_sum_value(&total));
  }
  trade_cube_destroy(whole);
}

/* Growth over the row of an earlier period; rows are sorted by --by. */
static void fill_growth(const options *o, row *rows, size_t n) {
  for (size_t i = 0; i < n; i++) {
    row base = rows[i];
    base.record.period = o->growth_months > 0 ? trade_period_shift(base.record.period, -o->growth_months)
                                              : trade_period_previous(base.record.period);
    const row *found = (const row *)bsearch(&base, rows, n, sizeof *rows, compare_rows);
    rows[i].growth = found ? trade_growth_rate(rows[i].total, found->total) : (double)NAN;
  }
}

static void set_unit(table *t, int32_t currency) {
  static const struct {
    double scale;
    const char *name;
  } scales[] = {{1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}, {1, ""}};
  double largest = 0;
  size_t s = 0;
  for (size_t i = 0; i < t->n; i++)
    if (fabs(t->rows[i].total) > largest) largest = fabs(t->rows[i].total);
  while (s < 3 && largest < 1e3 * scales[s].scale) s++;
  t->scale = scales[s].scale;
  const char *code = t->o->measure == 0 ? trade_currency_letters(currency) : t->o->measure == 2 ? "kg" : NULL;
  snprintf(t->unit_text, sizeof t->unit_text, "%s%s%s", scales[s].name, scales[s].name[0] && code ? " " : "",
           code ? code : "");
}

/* Of rows sorted by their totals; the row behind the largest becomes the sum of the others. */
static void keep_largest(table *t, row *rows, size_t top) {
  trade_sum sum = {0, 0, 0, 0};
  size_t known;
  t->others = t->n - top;
  t->n = top;
  double *totals = (double *)allocate(t->others, sizeof *totals);
  for (size_t i = 0; i < t->others; i++) totals[i] = rows[top + i].total;
  require(trade_sum_add_known_array(&sum, totals, t->others, &known), "others");
  free(totals);
  rows[top].total = known > 0 ? trade_sum_value(&sum) : (double)NAN;
  rows[top].growth = (double)NAN;
  /* All are shares in one total, if the largest and the others are. */
  const int one_total = t->o->shares == SHARES_TOTAL && !has_dimension(t->o, TRADE_CUBE_PERIOD) &&
                        !has_dimension(t->o, TRADE_CUBE_FLOW) && rows[0].total > 0;
  rows[top].share = one_total ? rows[0].share / rows[0].total * rows[top].total : (double)NAN;
}

void fill_table(table *t, trade_cube *cube) {
  const options *o = t->o;
  int32_t order[DIMENSIONS];
  for (int i = 0; i < o->by_count; i++) order[i] = dimensions[o->by[i]].number;
  require(trade_cube_sort(cube, order, (size_t)o->by_count), "report");
  t->n = trade_cube_count(cube);
  row *rows = (row *)allocate(t->n + 1, sizeof *rows);
  for (size_t i = 0; i < t->n; i++) {
    require(trade_cube_row(cube, i, &rows[i].record), "report");
    rows[i].total = o->measure == 0   ? rows[i].record.value
                    : o->measure == 1 ? rows[i].record.quantity
                                      : rows[i].record.weight;
  }
  sorted_by = o;
  if (o->shares != SHARES_NONE) fill_shares(o, cube, rows, t->n);
  if (o->growth_months != 0) fill_growth(o, rows, t->n);
  if (o->top > 0) {
    qsort(rows, t->n, sizeof *rows, compare_totals);
    if (o->top < t->n) keep_largest(t, rows, o->top);
  }
  t->rows = rows;
  require(trade_cube_count_records(cube, &t->tally), "report");
  set_unit(t, t->tally.currency);
}
