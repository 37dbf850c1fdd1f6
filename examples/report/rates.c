/*
 * Exchange rates from published files, and a cube's values in another currency. Each period's values are converted at
 * the mean of the rates in that period; a rate that the file doesn't have is crossed, day by day, through a third
 * currency.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

enum {
  DAYS_OFF = 10, /* so long may markets be closed */
  TOLD = 10      /* periods without a rate that are listed */
};

typedef struct quote {
  trade_rate rate;
  int32_t months; /* of the period that it is for, 0 for a day */
  int32_t date;   /* the day, or the period's first month */
} quote;

typedef struct quotes {
  quote *all;
  size_t count, capacity;
} quotes;

/* The rates of one currency in another for periods of one length, by date. */
typedef struct pair {
  const quote *first;
  size_t n;
} pair;

typedef struct pairs {
  pair *all;
  size_t count;
} pairs;

void format_rates(const options *o, char text[CELL]) {
  size_t used = 0;
  text[0] = '\0';
  for (int i = 0; i < o->rate_count && used < CELL; i++)
    used += (size_t)snprintf(text + used, CELL - used, "%s%s", i ? ", " : "", o->rates[i]);
}

static void take_quote(void *to, const trade_record *record) {
  quotes *q = (quotes *)to;
  const trade_text base = record->reporter, other = record->partner;
  quote one = {{record->value, 0, 0}, 0, record->day};
  if (trade_currency_parse(base.bytes, base.length, &one.rate.base) != TRADE_OK ||
      trade_currency_parse(other.bytes, other.length, &one.rate.quote) != TRADE_OK || !trade_rate_valid(one.rate))
    return;
  if (record->day == TRADE_DAY_NONE) {
    one.months = record->period.months;
    one.date = trade_period_first_month(record->period);
    if (one.date < 0) return;
  }
  if (q->count == q->capacity) {
    q->capacity = q->capacity ? 2 * q->capacity : 1024;
    q->all = (quote *)resize(q->all, q->capacity * sizeof *q->all);
  }
  q->all[q->count++] = one;
}

static int compare_pairs(const quote *x, const quote *y) {
  if (x->months != y->months) return x->months < y->months ? -1 : 1;
  if (x->rate.base != y->rate.base) return x->rate.base < y->rate.base ? -1 : 1;
  return (x->rate.quote > y->rate.quote) - (x->rate.quote < y->rate.quote);
}

static int compare_quotes(const void *a, const void *b) {
  const quote *x = (const quote *)a, *y = (const quote *)b;
  const int order = compare_pairs(x, y);
  return order ? order : (x->date > y->date) - (x->date < y->date);
}

/* Each once: files may have the same days. */
static void keep_one_each(const options *o, quotes *q) {
  char names[CELL];
  size_t kept = 0;
  format_rates(o, names);
  for (size_t i = 0; i < q->count; i++) {
    const quote *one = &q->all[i], *last = kept ? &q->all[kept - 1] : NULL;
    const int again = last && compare_quotes(last, one) == 0;
    if (again && (one->rate.price < last->rate.price || one->rate.price > last->rate.price))
      fail(EXIT_INPUT, names, "there are two rates of the same currencies for the same date");
    if (!again) q->all[kept++] = *one;
  }
  q->count = kept;
}

static pairs sort_into_pairs(const options *o, quotes *q) {
  pairs p = {NULL, 0};
  if (q->count) qsort(q->all, q->count, sizeof *q->all, compare_quotes);
  keep_one_each(o, q);
  for (size_t i = 0; i < q->count; i++) {
    const quote *at = &q->all[i];
    if (i == 0 || compare_pairs(at - 1, at) != 0) {
      p.all = (pair *)resize(p.all, (p.count + 1) * sizeof *p.all);
      p.all[p.count++] = (pair){at, 0};
    }
    p.all[p.count - 1].n++;
  }
  return p;
}

/* The rates between two currencies, quoted either way. */
static pair find_pair(const pairs *p, int32_t months, int32_t a, int32_t b) {
  const pair none = {NULL, 0};
  for (size_t i = 0; i < p->count; i++) {
    const quote *at = p->all[i].first;
    if (at->months == months &&
        ((at->rate.base == a && at->rate.quote == b) || (at->rate.base == b && at->rate.quote == a)))
      return p->all[i];
  }
  return none;
}

/* The rates of two pairs that share a currency, crossed where both have a date: how many, and they themselves into
 * `crossed` unless it is null. */
static size_t cross_pairs(pair a, pair b, quote *crossed) {
  size_t n = 0;
  for (size_t i = 0, j = 0; i < a.n && j < b.n;) {
    if (a.first[i].date != b.first[j].date) {
      *(a.first[i].date < b.first[j].date ? &i : &j) += 1;
      continue;
    }
    if (crossed) {
      crossed[n] = a.first[i];
      crossed[n].rate = trade_rate_cross(a.first[i].rate, b.first[j].rate);
    }
    n++, i++, j++;
  }
  return n;
}

/* Through the third currency that has the most dates with both. */
static pair best_cross(const pairs *p, int32_t months, int32_t from, int32_t to, quote **memory) {
  pair a = {NULL, 0}, b = {NULL, 0};
  size_t most = 0;
  for (size_t i = 0; i < 2 * p->count; i++) {
    const trade_rate rate = p->all[i / 2].first->rate;
    const int32_t third = i % 2 ? rate.base : rate.quote;
    const pair one = find_pair(p, months, from, third), other = find_pair(p, months, to, third);
    const size_t n = third == from || third == to ? 0 : cross_pairs(one, other, NULL);
    if (n <= most) continue;
    most = n;
    a = one;
    b = other;
  }
  *memory = (quote *)allocate(most, sizeof **memory);
  return (pair){*memory, cross_pairs(a, b, *memory)};
}

/* ---- Means ---- */

/* The mean of the rates in a period. Undefined unless they cover it: months all of it, days all but holidays. */
static trade_rate mean_rate(pair p, trade_period period) {
  const trade_rate none = {(double)NAN, 0, 0};
  const int32_t months = p.n ? p.first->months : 0;
  const int32_t first = months ? trade_period_first_month(period) : trade_period_first_day(period);
  const int32_t last = months ? trade_period_last_month(period) : trade_period_last_day(period);
  size_t begin = 0, used = 0;
  while (begin < p.n && p.first[begin].date < first) begin++;
  while (begin + used < p.n && p.first[begin + used].date <= last) used++;
  if (used == 0) return none;
  const quote *at = p.first + begin;
  int covered = months ? used * (size_t)months == period.months
                       : at[0].date <= first + DAYS_OFF && at[used - 1].date >= last - DAYS_OFF;
  for (size_t i = 1; months == 0 && i < used; i++) covered &= at[i].date <= at[i - 1].date + DAYS_OFF;
  if (!covered) return none;
  double *prices = (double *)allocate(used, sizeof *prices);
  for (size_t i = 0; i < used; i++) prices[i] = at[i].rate.price;
  const trade_rate mean = trade_rate_make(trade_rate_mean(prices, used, NULL), at->rate.base, at->rate.quote);
  free(prices);
  return mean;
}

/* From the rates for periods of the same length, or else those for the shortest that cover it. */
static trade_rate period_rate(const pairs *p, int32_t from, int32_t to, trade_period period) {
  trade_rate found = {(double)NAN, 0, 0};
  int32_t tried = -1;
  for (size_t i = 0; i <= p->count && !trade_rate_valid(found); i++) {
    const int32_t months = i == 0 ? period.months : p->all[i - 1].first->months;
    quote *memory = NULL;
    if (months == tried) continue;
    tried = months;
    found = mean_rate(find_pair(p, months, from, to), period);
    if (!trade_rate_valid(found)) found = mean_rate(best_cross(p, months, from, to, &memory), period);
    free(memory);
  }
  return found;
}

/* ---- Values ---- */

static void tell_missing(const options *o, trade_period period, int32_t currency) {
  char text[TRADE_PERIOD_TEXT_SIZE] = "?";
  (void)trade_period_format(period, text, sizeof text);
  char names[CELL];
  format_rates(o, names);
  fprintf(stderr, "%s: no rate of %s in %s for %s, whose values are missing\n", names, trade_currency_letters(currency),
          trade_currency_letters(o->into), text);
}

trade_cube *convert_cube(const options *o, trade_cube *cube, source *from) {
  static const int by_period[] = {0};
  quotes q = {NULL, 0, 0};
  trade_rate rate = {0, 0, 0};
  trade_period of = {0, 0, 0, 0};
  char names[CELL];
  format_rates(o, names);
  for (int i = 0; i < o->rate_count; i++) {
    const size_t before = q.count;
    read_each(o->rates[i], take_quote, &q);
    if (q.count == before) fail(EXIT_INPUT, o->rates[i], "there is no exchange rate between two currencies in it");
  }
  pairs p = sort_into_pairs(o, &q);
  trade_cube *converted = make_cube(o, o->by, o->by_count);
  sort_cube(cube, by_period, 1);
  const size_t n = trade_cube_count(cube);
  for (size_t i = 0; i < n; i++) {
    trade_record record = cube_record(cube, i);
    if (record.currency == 0)
      fail(EXIT_USAGE,
           "the files don't tell the currency of their values: name it with --currency, and the other with --in", NULL);
    if (record.currency != o->into) {
      if (i == 0 || trade_period_compare(record.period, of) != 0) {
        of = record.period;
        rate = period_rate(&p, record.currency, o->into, of);
        if (!trade_rate_valid(rate) && from->without_rate++ < TOLD) tell_missing(o, of, record.currency);
      }
      record.value = trade_currency_convert(record.value, record.currency, rate);
      record.currency = o->into;
    }
    if (!is_by(o, TRADE_CUBE_PERIOD)) record.marks = 0; /* totals of one period are added to the parts of another */
    require(trade_cube_add(converted, &record), "report");
  }
  if (from->without_rate > TOLD) fprintf(stderr, "%s: and for %zu more\n", names, from->without_rate - TOLD);
  free(p.all);
  free(q.all);
  trade_cube_destroy(cube);
  return converted;
}
