/* A cube's rows, with their shares and growth. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

int compare_texts(trade_text a, trade_text b) {
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

int compare_records(const trade_record *a, const trade_record *b, const int *by, int by_count) {
  int order = 0;
  for (int i = 0; i < by_count && order == 0; i++) order = compare_in(a, b, by[i]);
  return order;
}

trade_record cube_record(trade_cube *cube, size_t place) {
  trade_record record;
  require(trade_cube_row(cube, place, &record), "report");
  return record;
}

void sort_cube(trade_cube *cube, const int *by, int by_count) {
  int32_t order[DIMENSIONS];
  for (int i = 0; i < by_count; i++) order[i] = dimensions[by[i]].number;
  require(trade_cube_sort(cube, order, (size_t)by_count), "report");
}

size_t find_row(trade_cube *cube, size_t n, const trade_record *keys, const int *by, int by_count) {
  size_t first = 0, end = n;
  while (first < end) {
    const size_t middle = first + (end - first) / 2;
    const trade_record record = cube_record(cube, middle);
    const int order = compare_records(&record, keys, by, by_count);
    if (order == 0) return middle;
    if (order < 0)
      first = middle + 1;
    else
      end = middle;
  }
  return n;
}

size_t find_shown(const table *t, const trade_record *keys) {
  const size_t place = find_row(t->cube, t->cube_rows, keys, t->o->by, t->by_count);
  size_t first = 0, end = t->n;
  while (first < end) {
    const size_t middle = first + (end - first) / 2;
    if (t->rows[middle].place == place) return middle;
    if (t->rows[middle].place < place)
      first = middle + 1;
    else
      end = middle;
  }
  return t->n;
}

void add_shown(trade_cube *to, trade_cube *cube) {
  trade_cube_tally tally;
  require(trade_cube_count_records(cube, &tally), "report");
  if (tally.marks == 0) {
    require(trade_cube_merge(to, cube), "report");
    return;
  }
  const size_t n = trade_cube_count(cube);
  for (size_t i = 0; i < n; i++) {
    trade_record record = cube_record(cube, i);
    record.marks = 0; /* all at one level */
    require(trade_cube_add(to, &record), "report");
  }
}

trade_cube *roll_up(const options *o, trade_cube *cube, const int *by, int by_count) {
  trade_cube *rolled = make_cube(o, by, by_count);
  add_shown(rolled, cube);
  sort_cube(rolled, by, by_count);
  return rolled;
}

/* The files' own totals (World, TOTAL), where they have them. */
static trade_cube *roll_up_totals(const options *o, trade_cube *cube, const int *by, int by_count) {
  trade_cube *rolled = make_cube(o, by, by_count);
  require(trade_cube_merge(rolled, cube), "report");
  sort_cube(rolled, by, by_count);
  require(trade_cube_set_levels(rolled, LEVELS, TRADE_CUBE_SHOW_AGGREGATES), "report");
  return rolled;
}

double *cube_totals(const options *o, trade_cube *cube, size_t n) {
  double *totals = (double *)allocate(n, sizeof *totals);
  require(trade_cube_values(cube, measures[o->measure].number, totals, n), "report");
  return totals;
}

void tell_overlaps(const options *o, trade_cube *cube, const int *by, int by_count, const char *what) {
  int order[DIMENSIONS + 1] = {0};
  for (int i = 0; i < by_count; i++) order[i] = by[i];
  order[by_count] = 0; /* their periods, in order: what overlaps one overlaps the next */
  trade_cube *periods = roll_up(o, cube, order, by_count + 1);
  const size_t n = trade_cube_count(periods);
  double *totals = cube_totals(o, periods, n);
  trade_record last = {0};
  int told = 0;
  for (size_t i = 0; i < n && !told; i++) {
    const trade_record record = cube_record(periods, i);
    if (isnan(totals[i])) continue;
    told = compare_records(&last, &record, by, by_count) == 0 && tell_overlap(last.period, record.period, 1, what);
    last = record;
  }
  free(totals);
  trade_cube_destroy(periods);
}

/* The marks of a total of all that the rows are by, but for periods and flows. */
static int32_t world_marks(const table *t) {
  int32_t marks = 0;
  for (int i = 0; i < t->by_count; i++) marks |= marks_of(t->o->by[i]);
  return marks;
}

/* Whether a total is the files' own, not a sum over what the rows are by. */
static int is_world(const table *t, const trade_record *total) {
  const int32_t wanted = world_marks(t);
  return wanted ? (total->marks & wanted) == wanted : total->marks != 0;
}

/* Says so if what is left out as totals is more than what is shown, of the same reporters. */
static void tell_larger_totals(const table *t) {
  const options *o = t->o;
  int by[DIMENSIONS] = {0}, by_count = 0;
  char key[CELL], keys[2 * CELL] = "";
  size_t used = 0;
  for (int i = 0; i < t->by_count; i++)
    if (marks_of(o->by[i]) == 0) by[by_count++] = o->by[i]; /* periods and flows */
  trade_cube *parts = roll_up(o, t->cube, by, by_count), *whole = roll_up_totals(o, t->cube, by, by_count);
  const size_t n = trade_cube_count(whole);
  double *of_parts = cube_totals(o, parts, n), *of_whole = cube_totals(o, whole, n);
  for (size_t i = 0; i < n; i++) {
    const trade_record record = cube_record(whole, i);
    const int is_total = record.marks != 0 && !(record.marks & TRADE_RECORD_AGGREGATE_REPORTER);
    if (!is_total || !(of_whole[i] > 0) || of_whole[i] <= 1.01 * of_parts[i]) continue;
    for (int k = 0; k < by_count; k++) {
      format_key(&record, by[k], CELL / 4, key);
      if (key[0]) used += (size_t)snprintf(keys + used, sizeof keys - used, " %s", key);
    }
    if (isnan(of_parts[i]))
      fprintf(stderr, "trade-report:%s%s there are totals (World, TOTAL), left out beside parts that are missing\n",
              used ? " of" : "", keys);
    else
      fprintf(stderr,
              "trade-report:%s%s what is shown is %.1f %% of the totals (World, TOTAL) that are left out beside it\n",
              used ? " of" : "", keys, 100 * of_parts[i] / of_whole[i]);
    break;
  }
  free(of_whole);
  free(of_parts);
  trade_cube_destroy(whole);
  trade_cube_destroy(parts);
}

/* Shares in the sum of the rows that agree in some dimensions, or in the files' own total of these: a cube of those
 * dimensions alone holds it. */
static void fill_shares(table *t) {
  const options *o = t->o;
  int by[DIMENSIONS] = {0}, by_count = 0, over_periods = 0;
  for (int i = 0; i < t->by_count; i++) {
    const int apart = o->shares == SHARES_ROW      ? i == 0
                      : o->shares == SHARES_COLUMN ? i == 1
                                                   : marks_of(o->by[i]) == 0; /* periods and flows */
    if (apart) by[by_count++] = o->by[i];
    over_periods |= !apart && dimensions[o->by[i]].number == TRADE_CUBE_PERIOD;
  }
  if (over_periods) tell_overlaps(o, t->cube, by, by_count, "shares are in the sum of both");
  trade_cube *parts = roll_up(o, t->cube, by, by_count);
  trade_cube *own = o->shares == SHARES_WORLD ? roll_up_totals(o, t->cube, by, by_count) : NULL;
  trade_cube *whole = own ? own : parts;
  const size_t n = trade_cube_count(whole);
  double *totals = cube_totals(o, whole, n), *of_parts = own ? cube_totals(o, parts, n) : NULL;
  trade_record last = {0};
  size_t without = 0, less = 0;
  for (size_t i = 0, place = n; i < t->n; i++) {
    const trade_record record = row_record(t, &t->rows[i]);
    if (place == n || compare_records(&last, &record, by, by_count) != 0) {
      place = find_row(whole, n, &record, by, by_count);
      last = record;
      if (own) {
        const trade_record total = cube_record(own, place);
        const int is_own = is_world(t, &total), is_less = is_own && totals[place] < of_parts[place] * (1 - 1e-9);
        if (is_less || !is_own) totals[place] = (double)NAN;
        less += (size_t)is_less;
      }
    }
    t->rows[i].share = trade_share(t->rows[i].total, totals[place]);
    if (isnan(totals[place])) without++;
  }
  if (less > 0)
    fprintf(stderr,
            "trade-report: --shares world: the files' own totals (World, TOTAL) are less than what they list, and no "
            "whole of it\n");
  else if (own && without > 0)
    fprintf(stderr, "trade-report: --shares world: for %zu of %zu rows the files have no total (World, TOTAL)%s\n",
            without, t->n, o->where_count > 0 ? ", which --where must select, too" : "");
  free(of_parts);
  free(totals);
  trade_cube_destroy(own);
  trade_cube_destroy(parts);
}

/* Says why no row has growth: of how many there is the row before, and of how many its figure. */
static void tell_no_growth(const table *t, size_t found, size_t known) {
  const char *before = t->o->growth_months > 0 ? "year" : "period";
  if (known > 0)
    fprintf(stderr,
            "trade-report: --growth: the figures of the %s before are 0 or negative: growth over them is not defined\n",
            before);
  else if (found > 0)
    fprintf(stderr, "trade-report: --growth: of no row the figures of both it and the %s before are known\n", before);
  else
    fprintf(stderr, "trade-report: --growth: no row has one of the %s before%s\n", before,
            t->o->where_count > 0 ? ", which --where must select, too; --show chooses what is printed" : "");
}

/* Growth over the row of an earlier period, if both are totals that the files give or both are sums. */
static void fill_growth(table *t) {
  const int months = t->o->growth_months;
  size_t count = 0, found = 0, known = 0, unlike = 0;
  for (size_t i = 0; i < t->n; i++) {
    row *one = &t->rows[i];
    trade_record base = row_record(t, one);
    base.period = months > 0 ? trade_period_shift(base.period, -months) : trade_period_previous(base.period);
    const size_t place = find_row(t->cube, t->n, &base, t->o->by, t->by_count);
    if (place == t->n) continue;
    const trade_record earlier = row_record(t, &t->rows[place]);
    if (earlier.marks != base.marks) {
      unlike++;
      continue;
    }
    one->growth = trade_growth_rate(one->total, t->rows[place].total);
    found++;
    known += (size_t)(!isnan(one->total) && !isnan(t->rows[place].total));
    count += (size_t)!isnan(one->growth);
  }
  if (unlike > 0)
    fprintf(
        stderr,
        "trade-report: --growth: %zu row%s no growth: of the period and the one before, one is a total (World, TOTAL) "
        "and the other the sum of its parts\n",
        unlike, unlike == 1 ? " has" : "s have");
  if (t->n > 0 && count == 0 && unlike == 0) tell_no_growth(t, found, known);
}

/* Only what --show selects. */
static void keep_shown(table *t) {
  probe shown = t->o->show;
  size_t kept = 0;
  for (size_t i = 0; i < t->n; i++) {
    const trade_record record = row_record(t, &t->rows[i]);
    if (passes(&shown, &record)) t->rows[kept++] = t->rows[i];
  }
  if (kept == 0 && t->n > 0)
    fprintf(stderr, "trade-report: --show selects none of %zu rows: it takes codes as the table has them\n", t->n);
  t->n = kept;
}

/* The largest first, what is missing last, equal ones in their order. */
static int compare_totals(const void *a, const void *b) {
  const row *x = (const row *)a, *y = (const row *)b;
  if (isnan(x->total) != isnan(y->total)) return isnan(x->total) - isnan(y->total);
  if (x->total < y->total || x->total > y->total) return x->total > y->total ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* Brings the `top` first in that order to the front, in any order: the part that the place lies in is halved over and
 * over. */
static void select_largest(row *rows, size_t n, size_t top) {
  size_t first = 0, end = n;
  while (end - first > 1 && first < top && top < end) {
    const row pivot = rows[first + (end - first - 1) / 2];
    size_t i = first, j = end - 1;
    for (;; i++, j--) {
      while (compare_totals(&rows[i], &pivot) < 0) i++;
      while (compare_totals(&rows[j], &pivot) > 0) j--;
      if (i >= j) break;
      const row swapped = rows[i];
      rows[i] = rows[j];
      rows[j] = swapped;
    }
    if (top <= j)
      end = j + 1;
    else
      first = j + 1;
  }
}

/* The code itself, if a unit is a currency's. */
static const char *currency_code(const char *unit_text) {
  int32_t currency;
  if (trade_currency_parse(unit_text, strlen(unit_text), &currency) != TRADE_OK) return NULL;
  const char *letters = trade_currency_letters(currency);
  return letters && strcmp(letters, unit_text) == 0 ? letters : NULL;
}

/* What totals are in, of which one is so many, by this name. */
static void set_unit(table *t, double scale, const char *name) {
  const units *in = &t->from->units;
  trade_cube_tally tally;
  require(trade_cube_count_records(t->cube, &tally), "report");
  const char *code = trade_currency_letters(t->o->into ? t->o->into : tally.currency);
  t->currency = code;
  if (!code && t->o->measure == 0 && !in->series) t->currency = currency_code(in->first.text);
  if (t->o->measure == 2) code = "kg";
  if (t->o->unit_rows)
    code = NULL; /* rows have their own */
  else if (!code)
    code = in->first.text;
  const int spaced = name[0] && code && code[0];
  snprintf(t->unit_text, sizeof t->unit_text, "%s%s%s", name, spaced ? " " : name[0] ? "s" : "", code ? code : "");
  t->scale = scale;
}

/* For machines there are currencies alone: says so if values are in something else that was not asked for. */
static void tell_unit(const table *t) {
  const options *o = t->o;
  const units *in = &t->from->units;
  if ((o->format != FORMAT_CSV && o->format != FORMAT_JSON) || o->measure != 0 || o->chooses_unit || t->currency)
    return;
  if (in->first.text[0] == '\0' || in->series || in->rates) return;
  fprintf(
      stderr,
      "trade-report: values are in %s, which is no currency and has no column: tell what it is with --unit POWER and "
      "--currency CODE\n",
      in->first.text);
}

static void set_scale(table *t) {
  static const struct {
    double scale;
    const char *name;
  } scales[] = {{1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}, {1, ""}};
  double largest = 0;
  size_t s = 0;
  for (size_t i = 0; i < t->n; i++)
    if (fabs(t->rows[i].total) > largest) largest = fabs(t->rows[i].total);
  while (s < 3 && largest < 1e3 * scales[s].scale) s++;
  if (t->o->statistic == STATISTIC_MEAN) s = 3; /* a rate is quoted as it is */
  for (size_t i = 0; i < t->n && t->decimals == 0; i++)
    if (floor(t->rows[i].total) != t->rows[i].total && !isnan(t->rows[i].total)) t->decimals = largest < 1e3 ? 2 : 1;
  if (scales[s].scale > 1) t->decimals = 1;
  if (t->o->statistic == STATISTIC_MEAN) t->decimals = 4;
  set_unit(t, scales[s].scale, scales[s].name);
}

double known_sum(const double *figures, size_t n) {
  trade_sum sum = {0, 0, 0, 0};
  size_t known;
  require(trade_sum_add_known_array(&sum, figures, n, &known), "others");
  return known > 0 ? trade_sum_value(&sum) : (double)NAN;
}

/* Says so if periods of the others overlap. */
static void tell_others(const table *t) {
  key_set periods = {NULL, 0, 0, 0};
  for (size_t i = t->n; i < t->n + t->others; i++) {
    const trade_period period = row_record(t, &t->rows[i]).period;
    if (!isnan(t->rows[i].total) && trade_period_valid(period)) note_key(&periods, period_key(period));
  }
  tell_periods(&periods, 1, "the others hold both");
  free(periods.all);
}

/* Only the largest, in their order; the row behind them becomes the sum of the others. */
static void keep_largest(table *t, size_t top) {
  row *rows = t->rows;
  if (top < t->n) select_largest(rows, t->n, top);
  const size_t kept = top < t->n ? top : t->n;
  qsort(rows, kept, sizeof *rows, compare_totals);
  t->others = t->n - kept;
  t->n = kept;
  if (t->others == 0) return;
  double *totals = (double *)allocate(t->others, sizeof *totals);
  for (size_t i = 0; i < t->others; i++) totals[i] = rows[top + i].total;
  const double sum = known_sum(totals, t->others);
  free(totals);
  fill_others(t);
  const int adds_up = t->o->statistic == STATISTIC_SUM && t->from->units.second.text[0] == '\0';
  if (adds_up && has_dimension(t->o, TRADE_CUBE_PERIOD)) tell_others(t);
  rows[top].total = adds_up ? sum : (double)NAN;
  rows[top].growth = (double)NAN;
  /* All are shares in one total, if the largest and the others are. */
  const int one_total = (t->o->shares == SHARES_TOTAL || t->o->shares == SHARES_WORLD) &&
                        !has_dimension(t->o, TRADE_CUBE_PERIOD) && !has_dimension(t->o, TRADE_CUBE_FLOW) &&
                        rows[0].total > 0;
  rows[top].share = one_total ? rows[0].share / rows[0].total * rows[top].total : (double)NAN;
}

trade_record row_record(const table *t, const row *r) { return cube_record(t->cube, r->place); }

/* The mean of a row's known figures, within 1 ulp. */
static double row_mean(const options *o, trade_cube *cube, size_t place) {
  trade_sum total;
  uint64_t records, missing;
  require(trade_cube_total(cube, place, measures[o->measure].number, &total, &records, &missing), "report");
  return records > missing ? trade_sum_value(&total) / (double)(records - missing) : (double)NAN;
}

/* Says so if the files don't have the measure, but may have others. */
static void tell_no_figures(const table *t) {
  static const char *const hints[] = {NULL, "quantity: try --measure value or weight",
                                      "weight: try --measure value or quantity"};
  const char *hint = hints[t->o->measure];
  size_t known = 0;
  for (size_t i = 0; i < t->n; i++) known += (size_t)!isnan(t->rows[i].total);
  if (hint && t->n > 0 && known == 0) fprintf(stderr, "trade-report: no row has a %s\n", hint);
}

void fill_table(table *t, const options *o, const source *from, trade_cube *cube, trade_cube *details) {
  t->o = o;
  t->from = from;
  t->cube = cube;
  t->by_count = o->shown_by_count;
  sort_cube(cube, o->by, t->by_count);
  t->n = t->cube_rows = trade_cube_count(cube);
  t->rows = (row *)allocate(t->n + 1, sizeof *t->rows);
  double *totals = cube_totals(o, cube, t->n);
  for (size_t i = 0; i < t->n; i++) {
    const double total = o->statistic == STATISTIC_MEAN ? row_mean(o, cube, i) : totals[i];
    t->rows[i] = (row){i, total, (double)NAN, (double)NAN};
  }
  free(totals);
  tell_no_figures(t);
  if (o->shares != SHARES_NONE) fill_shares(t);
  if (from->tally.other_levels > 0 && o->statistic == STATISTIC_SUM && o->rate_count == 0 && o->level == 0 &&
      o->shares != SHARES_WORLD)
    tell_larger_totals(t);
  if (o->growth_months != 0) fill_growth(t);
  if (o->indicator_count > 0) fill_indicators(t, details);
  if (o->show.cube) keep_shown(t);
  if (o->top > 0) keep_largest(t, o->top);
  set_scale(t);
  tell_unit(t);
}

void free_table(table *t) {
  for (int k = 0; k < t->o->indicator_count; k++) free(t->figures[k]);
  free(t->rows);
}
