#include "tradestat/concentration.h"

#include "check.h"
#include "internal.h"
#include "total.h"

#include <float.h>

/*
 * All sums are of values that a power of two has brought to where the largest is between 2^20 and 2^21. Squares of
 * totals, and the total of squares times n, are then below 2^127 for n up to 2^42, more values than memory holds.
 */
enum {
  CONCENTRATION_TOP = 21, /* the largest scaled value is below 2^21 */
  CONCENTRATION_LANES = 8,
  CONCENTRATION_BLOCK = 512,    /* values */
  CONCENTRATION_SQUARES = 1024, /* values that are squared at a time */
  CONCENTRATION_KEPT = 256,     /* rows of a matrix whose largest value is kept */
  CONCENTRATION_DIGIT_BITS = 4, /* of a value's bits */
  CONCENTRATION_DIGITS = 16
};

#define CONCENTRATION_FINE 17592186044416.0 /* 2^44: what sums of logarithms count in parts of */
#define CONCENTRATION_TINY 1e-250           /* a scaled value below that adds nothing to any total */

/** n values that stand `step` apart: an array, or a row or column of a matrix. */
typedef struct concentration_series {
  const double *values;
  size_t n;
  size_t step;
} concentration_series;

/** a / b for a positive b, rounded from about 100 bits. */
static double concentration_quotient(trade_pair a, trade_pair b) {
  const double quotient = a.high / b.high, product = quotient * b.high;
  const double rest = (a.high - product) - trade_product_rest(quotient, b.high, product);
  return quotient + (rest + (a.low - quotient * b.low)) / b.high;
}

static double concentration_quotient_of_sums(const trade_sum *a, const trade_sum *b) {
  return concentration_quotient(trade_total_pair(*a), trade_total_pair(*b));
}

/** The pair times a count, with the pair's precision. */
static trade_pair concentration_pair_times(trade_pair pair, double count) {
  trade_pair product;
  product.high = pair.high * count;
  product.low = trade_product_rest(pair.high, count, product.high) + pair.low * count;
  return product;
}

static int concentration_series_of(const double *values, size_t n, concentration_series *series) {
  series->values = values;
  series->n = n;
  series->step = 1;
  return values && trade_fits(n, sizeof *values);
}

/** Values from `first` on, scaled, into `block`; returns how many. */
static size_t concentration_read(const concentration_series *series, size_t first, double scale, double *block) {
  const size_t count = trade_lesser(series->n - first, CONCENTRATION_BLOCK), step = series->step;
  const double *values = series->values + first * step;
  if (step == 1)
    for (size_t i = 0; i < count; i++) block[i] = values[i] * scale;
  else
    for (size_t i = 0; i < count; i++) block[i] = values[i * step] * scale;
  return count;
}

/** Raises *largest to the largest of the values' bits. As whole numbers, the bits of those that are not negative
 *  order as they do, then come infinity, NaN and all that are negative; 0 is added to make 0 of -0. */
TRADE_INLINE void concentration_largest_body(const double *values, size_t n, uint64_t *largest, int fused) {
  uint64_t found[CONCENTRATION_LANES] = {0};
  size_t i = 0;
  (void)fused;
  for (; i + CONCENTRATION_LANES <= n; i += CONCENTRATION_LANES) {
    for (int l = 0; l < CONCENTRATION_LANES; l++) {
      const uint64_t bits = trade_bits_of(values[i + (size_t)l] + 0.0);
      found[l] = bits > found[l] ? bits : found[l];
    }
  }
  for (; i < n; i++) {
    const uint64_t bits = trade_bits_of(values[i] + 0.0);
    found[0] = bits > found[0] ? bits : found[0];
  }
  for (int l = 0; l < CONCENTRATION_LANES; l++) *largest = found[l] > *largest ? found[l] : *largest;
}

TRADE_VARIANTS(concentration_largest, (const double *values, size_t n, uint64_t *largest), values, n, largest)

/** The power of two that brings the largest value to its place; the double with these bits is positive. It is less
 *  where doubles end: the values are then multiples of 2^-51. */
static double concentration_scale_for(uint64_t largest) {
  int exponent;
  frexp(trade_double_of(largest), &exponent);
  return ldexp(1, CONCENTRATION_TOP - exponent < DBL_MAX_EXP ? CONCENTRATION_TOP - exponent : DBL_MAX_EXP - 1);
}

/** The bits of the largest value, as above. */
static uint64_t concentration_largest_of(const concentration_series *series) {
  uint64_t largest = 0;
  if (series->step == 1) {
    concentration_largest(series->values, series->n, &largest);
  } else {
    double block[CONCENTRATION_BLOCK];
    for (size_t i = 0; i < series->n; i += CONCENTRATION_BLOCK)
      concentration_largest(block, concentration_read(series, i, 1, block), &largest);
  }
  return largest;
}

/** 1 if a largest value with these bits is a positive number: then none is missing or negative. */
static int concentration_usable(uint64_t largest) { return largest > 0 && largest <= trade_bits_of(DBL_MAX); }

/** What to scale the values by; 0 if one is missing or negative, or none is positive. */
static double concentration_scale(const concentration_series *series) {
  const uint64_t largest = concentration_largest_of(series);
  return concentration_usable(largest) ? concentration_scale_for(largest) : 0;
}

/** Adds the scaled values. */
static void concentration_add(const concentration_series *series, double scale, trade_sum *total) {
  double block[CONCENTRATION_BLOCK];
  for (size_t i = 0; i < series->n; i += CONCENTRATION_BLOCK)
    trade_sum_add_array(total, block, concentration_read(series, i, scale, block));
}

/** Adds their squares. */
static void concentration_add_exact_squares(const concentration_series *series, double scale, trade_sum *squares) {
  double block[CONCENTRATION_BLOCK];
  for (size_t i = 0; i < series->n; i += CONCENTRATION_BLOCK)
    trade_sum_add_product_array(squares, block, block, concentration_read(series, i, scale, block));
}

/** The square of x, below 2^42; returns what rounding took from it, which is below 2^-11, as a multiple of 2^-50: as
 *  doubles from 4 to 8 are. */
TRADE_INLINE double concentration_square_one(double x, double *square, int fused) {
  const double rounder = 6, rounded = x * x;
  *square = rounded;
  return trade_product_rest_by(x, x, rounded, fused) + rounder - rounder;
}

/** Squares of n scaled values, CONCENTRATION_SQUARES at most. The rests add up exactly as doubles, in whatever order:
 *  *rest. They lack less than 2^-92 of the largest square each. */
TRADE_INLINE void concentration_square_body(const double *TRADE_RESTRICT values, double scale, size_t n,
                                            double *TRADE_RESTRICT squares, double *rest, int fused) {
  double lost[CONCENTRATION_LANES] = {0};
  size_t i = 0;
  for (; i + CONCENTRATION_LANES <= n; i += CONCENTRATION_LANES)
    for (size_t l = 0; l < CONCENTRATION_LANES; l++)
      lost[l] += concentration_square_one(values[i + l] * scale, &squares[i + l], fused);
  for (; i < n; i++) lost[0] += concentration_square_one(values[i] * scale, &squares[i], fused);
  *rest = 0;
  for (int l = 0; l < CONCENTRATION_LANES; l++) *rest += lost[l];
}

TRADE_VARIANTS(concentration_square, (const double *values, double scale, size_t n, double *squares, double *rest),
               values, scale, n, squares, rest)

/** Adds the squares of the scaled values, exact but for n * 2^-92 of the largest. */
static void concentration_add_squares(const concentration_series *series, double scale, trade_sum *squares) {
  double apart[CONCENTRATION_BLOCK], square[CONCENTRATION_SQUARES], rest;
  const size_t most = series->step == 1 ? CONCENTRATION_SQUARES : CONCENTRATION_BLOCK;
  for (size_t i = 0; i < series->n; i += most) {
    const size_t count = trade_lesser(series->n - i, most);
    if (series->step != 1) concentration_read(series, i, 1, apart);
    concentration_square(series->step == 1 ? series->values + i : apart, scale, count, square, &rest);
    trade_sum_add_array(squares, square, count);
    trade_sum_add(squares, rest);
  }
}

/** The total of the scaled values. An array whose values are of a usual size is added up as it stands. */
static trade_parts concentration_total(const concentration_series *series, double scale) {
  trade_sum total = {0, 0, 0, 0};
  const int usual = series->step == 1 && scale <= ldexp(1, CONCENTRATION_TOP) && scale >= ldexp(1, -40);
  if (!usual) {
    concentration_add(series, scale, &total);
    return trade_total_parts(total);
  }
  trade_sum_add_array(&total, series->values, series->n);
  trade_parts parts = trade_total_parts(total);
  for (int k = 0; k < TRADE_PARTS; k++) parts.part[k] *= scale;
  return parts;
}

/**
 * With S the total and Q the total of squares, H = Q / S^2; normalised, it is (n Q - S^2) / ((n - 1) S^2), whose
 * numerator is exact. UNCTAD's index is that times (sqrt(n) + 1) / (sqrt(n H) + 1), which has nothing left to cancel.
 */
static double concentration_by_squares(int32_t method, const concentration_series *series, double scale) {
  const double n = (double)series->n;
  const int cancels = method == TRADE_CONCENTRATION_HERFINDAHL_NORMALISED || method == TRADE_CONCENTRATION_UNCTAD;
  const trade_parts parts = concentration_total(series, scale);
  trade_sum total = trade_total_product(&parts, &parts), squares = {0, 0, 0, 0}, excess = {0, 0, 0, 0};
  if (cancels || scale == ldexp(1, DBL_MAX_EXP - 1)) /* with which squares may be small */
    concentration_add_exact_squares(series, scale, &squares);
  else
    concentration_add_squares(series, scale, &squares);
  if (method == TRADE_CONCENTRATION_HERFINDAHL) return concentration_quotient_of_sums(&squares, &total);
  if (method == TRADE_CONCENTRATION_HIRSCHMAN) return sqrt(concentration_quotient_of_sums(&squares, &total));
  if (method == TRADE_CONCENTRATION_EFFECTIVE_NUMBER) return concentration_quotient_of_sums(&total, &squares);
  if (series->n == 1) return 1;
  const trade_parts square_parts = trade_total_parts(squares);
  trade_total_add_multiple(&excess, n, &square_parts);
  const double relative = concentration_quotient_of_sums(&excess, &total);
  excess = trade_total_difference(excess, total);
  const double normalised =
      concentration_quotient(trade_total_pair(excess), concentration_pair_times(trade_total_pair(total), n - 1));
  return method == TRADE_CONCENTRATION_HERFINDAHL_NORMALISED ? normalised
                                                             : normalised * ((sqrt(n) + 1) / (sqrt(relative) + 1));
}

/** ln(1 / s) for s = x / total. Above a half it is ln(1 + rest / x), the rest being known exactly; what is too
 *  small to count gives 0. */
static double concentration_log_of_share(double x, trade_pair total) {
  if (x < CONCENTRATION_TINY) return 0;
  return x > total.high / 2 ? log1p(((total.high - x) + total.low) / x) : log(total.high / x);
}

/** sum of x ln(total / x), over the total. */
static double concentration_entropy(const concentration_series *series, double scale) {
  double block[CONCENTRATION_BLOCK], logs[CONCENTRATION_BLOCK];
  trade_sum sum = {0, 0, 0, 0};
  concentration_add(series, scale, &sum);
  const trade_pair total = trade_total_pair(sum);
  memset(&sum, 0, sizeof sum);
  for (size_t i = 0; i < series->n; i += CONCENTRATION_BLOCK) {
    const size_t count = concentration_read(series, i, scale, block);
    for (size_t k = 0; k < count; k++) logs[k] = concentration_log_of_share(block[k], total) * CONCENTRATION_FINE;
    trade_sum_add_product_array(&sum, block, logs, count);
  }
  return concentration_quotient(trade_total_pair(sum), concentration_pair_times(total, CONCENTRATION_FINE));
}

/**
 * Theil's T and L of a group, or of all. Both are means of terms that are not negative: with y = 1 + d, a value over
 * the mean m, y ln y - d for T and d - ln y for L. Here y is the value over c, the double nearest to m, so that a small
 * d has one rounding error. With m = c (1 + e), each is then the mean of its terms less e^2 / 2 (over 1 + e for T,
 * which is 1 but for half an ulp). Where that counts, what is left is at least half of the mean.
 */
typedef struct concentration_group {
  trade_sum total; /* of the scaled values */
  trade_sum terms; /* in units of 1 / CONCENTRATION_FINE */
  double count;
  double center; /* c */
} concentration_group;

static void concentration_group_center(concentration_group *group) {
  const trade_pair count = {group->count, 0}, total = trade_total_pair(group->total);
  group->center = total.high > 0 ? concentration_quotient(total, count) : TRADE_UNDEFINED;
}

static double concentration_group_measure(const concentration_group *group) {
  trade_sum excess = group->total;
  trade_sum_add_product(&excess, -group->count, group->center);
  const double shift = trade_sum_value(&excess) / (group->count * group->center);
  return trade_sum_value(&group->terms) / CONCENTRATION_FINE / group->count - shift * shift / 2;
}

/** A term. For small d it is nearly d^2 / 2: with z = d / (2 + d) and so ln y = 2 (z + z^3 / 3 + z^5 / 5 ...), T's is
 *  d z (1 + (1 + z) z (1 / 3 + z^2 / 5 + z^4 / 7 ...)), and L's has -z for z in the brackets. */
static double concentration_term(int32_t method, double d, double y) {
  static const double odd[] = {1.0 / 35, 1.0 / 33, 1.0 / 31, 1.0 / 29, 1.0 / 27, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19,
                               1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3};
  const double z = d / (2 + d);
  if (fabs(z) <= 1.0 / 3) {
    const double signed_z = method == TRADE_CONCENTRATION_THEIL ? z : -z;
    double series = 0;
    for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) series = series * (z * z) + odd[k];
    return d * z * (1 + (1 + signed_z) * signed_z * series);
  }
  if (method == TRADE_CONCENTRATION_MEAN_LOG_DEVIATION) return d - log(y);
  return y == 0 ? 1 : y * (log(y) - 1) + 1;
}

/** The term of a value, in the units of a group's terms. */
static double concentration_term_of(int32_t method, double value, double scale, double center) {
  const double x = value * scale, y = x / center;
  /* L's takes a logarithm even of what is too small to be scaled. */
  if (method == TRADE_CONCENTRATION_MEAN_LOG_DEVIATION && y < CONCENTRATION_TINY)
    return (-1 - (log(value) - log(center / scale))) * CONCENTRATION_FINE;
  return concentration_term(method, (x - center) / center, y) * CONCENTRATION_FINE;
}

static double concentration_theil(int32_t method, const concentration_series *series, double scale) {
  double block[CONCENTRATION_BLOCK];
  concentration_group all = {{0, 0, 0, 0}, {0, 0, 0, 0}, (double)series->n, 0};
  concentration_add(series, scale, &all.total);
  concentration_group_center(&all);
  for (size_t i = 0; i < series->n; i += CONCENTRATION_BLOCK) {
    const size_t count = concentration_read(series, i, 1, block);
    for (size_t k = 0; k < count; k++) block[k] = concentration_term_of(method, block[k], scale, all.center);
    trade_sum_add_array(&all.terms, block, count);
  }
  return concentration_group_measure(&all);
}

/** A measure of values with this largest one. */
static double concentration_measure(int32_t method, const concentration_series *series, uint64_t largest) {
  if (!concentration_usable(largest)) return TRADE_UNDEFINED;
  const double scale = concentration_scale_for(largest);
  if (method == TRADE_CONCENTRATION_ENTROPY) return concentration_entropy(series, scale);
  if (method == TRADE_CONCENTRATION_THEIL || method == TRADE_CONCENTRATION_MEAN_LOG_DEVIATION)
    return concentration_theil(method, series, scale);
  return concentration_by_squares(method, series, scale);
}

static double concentration_of_array(int32_t method, const double *values, size_t n) {
  concentration_series series;
  if (!concentration_series_of(values, n, &series)) return TRADE_UNDEFINED;
  return concentration_measure(method, &series, concentration_largest_of(&series));
}

double trade_concentration_herfindahl(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_HERFINDAHL, values, n);
}

double trade_concentration_herfindahl_normalised(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_HERFINDAHL_NORMALISED, values, n);
}

double trade_concentration_unctad(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_UNCTAD, values, n);
}

double trade_concentration_hirschman(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_HIRSCHMAN, values, n);
}

double trade_concentration_effective_number(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_EFFECTIVE_NUMBER, values, n);
}

/** The largest values, up to where there are `count` of them, or where they make up `share` of the total if count
 *  is 0. */
typedef struct concentration_ranking {
  double scale;
  trade_pair total; /* of all */
  size_t count;
  double share;
  uint64_t bits;       /* of the smallest that is needed */
  size_t above;        /* how many are larger */
  trade_sum above_sum; /* their total */
  size_t equal;        /* how many are just that */
} concentration_ranking;

/** 1 if so many values with that sum are enough. */
static int concentration_enough(const concentration_ranking *ranking, size_t count, const trade_sum *sum) {
  if (ranking->count > 0) return count >= ranking->count;
  return concentration_quotient(trade_total_pair(*sum), ranking->total) >= ranking->share;
}

/** One step: the next digit of the smallest needed value's bits, from how many values have each digit, and their
 *  totals. */
static void concentration_rank_digit(const concentration_series *series, int shift, concentration_ranking *ranking) {
  size_t counts[CONCENTRATION_DIGITS];
  trade_sum sums[CONCENTRATION_DIGITS];
  memset(counts, 0, sizeof counts);
  memset(sums, 0, sizeof sums);
  for (size_t i = 0; i < series->n; i++) {
    const uint64_t bits = trade_bits_of(series->values[i] + 0.0);
    if ((bits ^ ranking->bits) >> shift >> CONCENTRATION_DIGIT_BITS != 0) continue;
    const size_t digit = (size_t)(bits >> shift) % CONCENTRATION_DIGITS;
    counts[digit]++;
    trade_sum_add(&sums[digit], series->values[i] * ranking->scale);
  }
  size_t digit = CONCENTRATION_DIGITS - 1;
  for (; digit > 0; digit--) {
    trade_sum sum = ranking->above_sum;
    trade_sum_merge(&sum, &sums[digit]);
    if (concentration_enough(ranking, ranking->above + counts[digit], &sum)) break;
    ranking->above += counts[digit];
    ranking->above_sum = sum;
  }
  ranking->bits |= (uint64_t)digit << shift;
  ranking->equal = counts[digit];
}

/** Finds the smallest value that is needed, as a radix sort would, but following the needed digits alone; 1 if
 *  there is a total. */
static int concentration_rank(const double *values, size_t n, size_t count, double share,
                              concentration_ranking *ranking) {
  concentration_series series;
  memset(ranking, 0, sizeof *ranking);
  ranking->count = count;
  ranking->share = share;
  if (!concentration_series_of(values, n, &series)) return 0;
  ranking->scale = concentration_scale(&series);
  if (ranking->scale == 0) return 0;
  trade_sum total = {0, 0, 0, 0};
  concentration_add(&series, ranking->scale, &total);
  ranking->total = trade_total_pair(total);
  if (count == 0 && share <= 0) return 1; /* none is needed */
  for (int shift = 64 - CONCENTRATION_DIGIT_BITS; shift >= 0; shift -= CONCENTRATION_DIGIT_BITS)
    concentration_rank_digit(&series, shift, ranking);
  return 1;
}

/** The share of the `count` largest, at least as many as are above the smallest needed value, at most `equal` more. */
static double concentration_share_of_largest(const concentration_ranking *ranking, size_t count) {
  trade_sum sum = ranking->above_sum;
  trade_sum_add_product(&sum, (double)(count - ranking->above), trade_double_of(ranking->bits) * ranking->scale);
  return concentration_quotient(trade_total_pair(sum), ranking->total);
}

double trade_concentration_ratio(const double *values, size_t n, size_t k) {
  concentration_ranking ranking;
  if (!concentration_rank(values, n, k < n ? k : n, 0, &ranking)) return TRADE_UNDEFINED;
  return k == 0 ? 0 : concentration_share_of_largest(&ranking, k < n ? k : n);
}

double trade_concentration_items_for_share(const double *values, size_t n, double share) {
  concentration_ranking ranking;
  if (!(share >= 0 && share <= 1) || !concentration_rank(values, n, 0, share, &ranking)) return TRADE_UNDEFINED;
  if (share == 0) return 0;
  size_t least = ranking.above + 1, most = ranking.above + ranking.equal; /* most are enough */
  while (least < most) {
    const size_t middle = least + (most - least) / 2;
    if (concentration_share_of_largest(&ranking, middle) >= share)
      most = middle;
    else
      least = middle + 1;
  }
  return (double)least;
}

double trade_concentration_entropy(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_ENTROPY, values, n);
}

double trade_concentration_theil(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_THEIL, values, n);
}

double trade_concentration_mean_log_deviation(const double *values, size_t n) {
  return concentration_of_array(TRADE_CONCENTRATION_MEAN_LOG_DEVIATION, values, n);
}

/** Puts x in place in a heap of n values whose root is free, no parent being less than its children. */
static void concentration_sift(double *heap, size_t root, size_t n, double x) {
  for (size_t child = 2 * root + 1; child < n; child = 2 * root + 1) {
    if (child + 1 < n && heap[child + 1] > heap[child]) child++;
    if (!(heap[child] > x)) break;
    heap[root] = heap[child];
    root = child;
  }
  heap[root] = x;
}

/** Heapsort, ascending: no value is missing. */
static void concentration_sort(double *values, size_t n) {
  for (size_t i = n / 2; i-- > 0;) concentration_sift(values, i, n, values[i]);
  for (size_t last = n - 1; last > 0; last--) {
    const double x = values[last];
    values[last] = values[0];
    concentration_sift(values, 0, last, x);
  }
}

double trade_concentration_gini(const double *values, size_t n, double *work) {
  concentration_series series;
  if (!concentration_series_of(values, n, &series) || !work) return TRADE_UNDEFINED;
  const double scale = concentration_scale(&series);
  if (scale == 0) return TRADE_UNDEFINED;
  if (work != values) memcpy(work, values, n * sizeof *work);
  concentration_sort(work, n);
  series.values = work;
  double block[CONCENTRATION_BLOCK], weights[CONCENTRATION_BLOCK];
  trade_sum total = {0, 0, 0, 0}, sum = {0, 0, 0, 0};
  for (size_t i = 0; i < n; i += CONCENTRATION_BLOCK) {
    const size_t count = concentration_read(&series, i, scale, block);
    for (size_t k = 0; k < count; k++) weights[k] = (double)(2 * (i + k) + 1) - (double)n;
    trade_sum_add_array(&total, block, count);
    trade_sum_add_product_array(&sum, block, weights, count);
  }
  return concentration_quotient(trade_total_pair(sum), concentration_pair_times(trade_total_pair(total), (double)n));
}

/** TRADE_ERROR_VALUE if one of n values is negative; an infinite one is missing, not negative. *largest becomes the
 *  largest one's bits. */
static trade_status concentration_check_largest(const double *values, size_t n, uint64_t *largest) {
  *largest = 0;
  concentration_largest(values, n, largest);
  if (*largest <= trade_bits_of(DBL_MAX)) return TRADE_OK;
  for (size_t i = 0; i < n; i++)
    if (values[i] < 0 && values[i] >= -DBL_MAX) return TRADE_ERROR_VALUE;
  return TRADE_OK;
}

static trade_status concentration_check(const double *values, size_t n) {
  uint64_t largest;
  const trade_status status = trade_check_array(values, n);
  return status == TRADE_OK ? concentration_check_largest(values, n, &largest) : status;
}

trade_status trade_concentration_lorenz(const double *values, size_t n, double *points) {
  concentration_series series;
  if (n == 0) return TRADE_OK;
  if (!points) return TRADE_ERROR_NULL;
  const trade_status status = concentration_check(values, n);
  if (status != TRADE_OK) return status;
  concentration_series_of(values, n, &series);
  const double scale = concentration_scale(&series);
  if (scale == 0) {
    for (size_t i = 0; i <= n; i++) points[i] = TRADE_UNDEFINED;
    return TRADE_OK;
  }
  trade_sum sum = {0, 0, 0, 0};
  concentration_add(&series, scale, &sum);
  const trade_pair total = trade_total_pair(sum);
  points[0] = 0;
  memcpy(points + 1, values, n * sizeof *points);
  concentration_sort(points + 1, n);
  memset(&sum, 0, sizeof sum);
  for (size_t i = 1; i <= n; i++) {
    trade_sum_add(&sum, points[i] * scale);
    points[i] = concentration_quotient(trade_total_pair(sum), total);
  }
  return TRADE_OK;
}

/**
 * As shares and reference shares have the same sum, half the sum of their differences' sizes is the sum of those that
 * are positive: with X and W the totals, P and R those of the values and references where x W > w X, it is (P W - R X)
 * / (X W). All signs and sums are exact.
 */
double trade_concentration_dissimilarity(const double *values, const double *reference, size_t n) {
  concentration_series x, w;
  if (!concentration_series_of(values, n, &x) || !concentration_series_of(reference, n, &w)) return TRADE_UNDEFINED;
  const double x_scale = concentration_scale(&x), w_scale = concentration_scale(&w);
  if (x_scale == 0 || w_scale == 0) return TRADE_UNDEFINED;
  trade_sum x_total = {0, 0, 0, 0}, w_total = {0, 0, 0, 0}, x_part = {0, 0, 0, 0}, w_part = {0, 0, 0, 0};
  static const trade_sum zero = {0, 0, 0, 0};
  concentration_add(&x, x_scale, &x_total);
  concentration_add(&w, w_scale, &w_total);
  const trade_parts x_parts = trade_total_parts(x_total), w_parts = trade_total_parts(w_total);
  for (size_t i = 0; i < n; i++) {
    const double x_scaled = values[i] * x_scale, w_scaled = reference[i] * w_scale;
    trade_sum difference = zero;
    trade_total_add_multiple(&difference, x_scaled, &w_parts);
    trade_total_add_multiple(&difference, -w_scaled, &x_parts);
    if (trade_sum_compare(&difference, &zero) > 0) {
      trade_sum_add(&x_part, x_scaled);
      trade_sum_add(&w_part, w_scaled);
    }
  }
  const trade_parts more = trade_total_parts(x_part), less = trade_total_parts(w_part);
  const trade_sum sum =
      trade_total_difference(trade_total_product(&more, &w_parts), trade_total_product(&less, &x_parts));
  const trade_sum both = trade_total_product(&x_parts, &w_parts);
  return concentration_quotient_of_sums(&sum, &both);
}

trade_status trade_concentration_matrix(int32_t method, const double *values, size_t rows, size_t columns, int32_t of,
                                        double *results) {
  const int of_rows = of == TRADE_CONCENTRATION_OF_ROW;
  if (method < TRADE_CONCENTRATION_HERFINDAHL || method > TRADE_CONCENTRATION_MEAN_LOG_DEVIATION)
    return TRADE_ERROR_VALUE;
  if (!of_rows && of != TRADE_CONCENTRATION_OF_COLUMN) return TRADE_ERROR_VALUE;
  if (rows == 0 || columns == 0) return TRADE_OK;
  if (!results) return TRADE_ERROR_NULL;
  if (columns > SIZE_MAX / rows) return TRADE_ERROR_LENGTH;
  if (!values) return TRADE_ERROR_NULL;
  if (!trade_fits(rows * columns, sizeof *values)) return TRADE_ERROR_LENGTH;
  uint64_t largest, kept[CONCENTRATION_KEPT];
  for (size_t r = 0; r < rows; r++) {
    const trade_status status = concentration_check_largest(values + r * columns, columns, &largest);
    if (status != TRADE_OK) return status;
    if (r < CONCENTRATION_KEPT) kept[r] = largest;
  }
  concentration_series series;
  series.n = of_rows ? columns : rows;
  series.step = of_rows ? 1 : columns;
  for (size_t i = 0; i < (of_rows ? rows : columns); i++) {
    series.values = values + (of_rows ? i * columns : i);
    largest = of_rows && i < CONCENTRATION_KEPT ? kept[i] : concentration_largest_of(&series);
    results[i] = concentration_measure(method, &series, largest);
  }
  return TRADE_OK;
}

/* A group's state stands in the caller's doubles. */
enum { CONCENTRATION_GROUP_SIZE = sizeof(concentration_group) / sizeof(double) };

size_t trade_concentration_theil_decomposition_work_size(size_t group_count) {
  return group_count <= SIZE_MAX / CONCENTRATION_GROUP_SIZE ? CONCENTRATION_GROUP_SIZE * group_count : SIZE_MAX;
}

static void concentration_load(const double *work, size_t group, concentration_group *loaded) {
  memcpy(loaded, work + CONCENTRATION_GROUP_SIZE * group, sizeof *loaded);
}

static void concentration_store(double *work, size_t group, const concentration_group *stored) {
  memcpy(work + CONCENTRATION_GROUP_SIZE * group, stored, sizeof *stored);
}

static trade_status concentration_check_groups(const double *values, const int32_t *group, size_t n,
                                               size_t group_count) {
  int outside = 0;
  const trade_status status = concentration_check(values, n);
  if (status == TRADE_ERROR_NULL || status == TRADE_ERROR_LENGTH) return status;
  if (!trade_fits(group_count, sizeof(concentration_group))) return TRADE_ERROR_LENGTH;
  for (size_t i = 0; i < n; i++) outside |= group[i] < 0 || (size_t)group[i] >= group_count;
  return outside ? TRADE_ERROR_VALUE : status;
}

/** Totals, counts and centers of the groups. */
static void concentration_group_totals(const double *values, const int32_t *group, size_t n, double scale,
                                       size_t group_count, double *work) {
  concentration_group one;
  memset(&one, 0, sizeof one);
  for (size_t g = 0; g < group_count; g++) concentration_store(work, g, &one);
  for (size_t i = 0; i < n; i++) {
    concentration_load(work, (size_t)group[i], &one);
    trade_sum_add(&one.total, values[i] * scale);
    one.count++;
    concentration_store(work, (size_t)group[i], &one);
  }
  for (size_t g = 0; g < group_count; g++) {
    concentration_load(work, g, &one);
    concentration_group_center(&one);
    concentration_store(work, g, &one);
  }
}

/** What a group, given its measure, adds to within and between: both are sums of products in units of 1 /
 *  CONCENTRATION_FINE. */
static void concentration_add_parts(int32_t method, const concentration_group *group, double measure,
                                    const concentration_group *all, trade_sum *within, trade_sum *between) {
  const int is_theil = method == TRADE_CONCENTRATION_THEIL;
  const double total = trade_sum_value(&group->total);
  if (group->count == 0) return;
  if (!is_theil || total != 0)
    trade_sum_add_product(within, measure * CONCENTRATION_FINE, is_theil ? total : group->count);
  trade_sum multiple = {0, 0, 0, 0};
  const trade_parts group_total = trade_total_parts(group->total), all_total = trade_total_parts(all->total);
  trade_total_add_multiple(&multiple, all->count, &group_total);
  const trade_pair mean = concentration_pair_times(trade_total_pair(all->total), group->count);
  const double y = concentration_quotient(trade_total_pair(multiple), mean);
  trade_total_add_multiple(&multiple, -group->count, &all_total);
  const double d = concentration_quotient(trade_total_pair(multiple), mean);
  trade_sum_add_product(between, concentration_term(method, d, y) * CONCENTRATION_FINE, group->count);
}

trade_status trade_concentration_theil_decomposition(int32_t method, const double *values, const int32_t *group,
                                                     size_t n, size_t group_count, double *work, double *measures,
                                                     double *within, double *between) {
  const int is_theil = method == TRADE_CONCENTRATION_THEIL;
  if (!is_theil && method != TRADE_CONCENTRATION_MEAN_LOG_DEVIATION) return TRADE_ERROR_VALUE;
  if (n == 0) return TRADE_OK;
  if (!group || !work || !measures || !within || !between) return TRADE_ERROR_NULL;
  const trade_status status = concentration_check_groups(values, group, n, group_count);
  if (status != TRADE_OK) return status;
  uint64_t largest = trade_bits_of(DBL_MIN);
  for (size_t i = 0; i < n; i++) {
    const uint64_t bits = trade_bits_of(values[i] + 0.0);
    if (trade_known(values[i]) && bits > largest) largest = bits;
  }
  const double scale = concentration_scale_for(largest);
  concentration_group one, all = {{0, 0, 0, 0}, {0, 0, 0, 0}, (double)n, 0};
  concentration_group_totals(values, group, n, scale, group_count, work);
  for (size_t i = 0; i < n; i++) {
    concentration_load(work, (size_t)group[i], &one);
    trade_sum_add(&one.terms, concentration_term_of(method, values[i], scale, one.center));
    concentration_store(work, (size_t)group[i], &one);
  }
  for (size_t g = 0; g < group_count; g++) {
    concentration_load(work, g, &one);
    measures[g] = concentration_group_measure(&one);
    trade_sum_merge(&all.total, &one.total);
  }
  trade_sum within_sum = {0, 0, 0, 0}, between_sum = {0, 0, 0, 0};
  for (size_t g = 0; g < group_count; g++) {
    concentration_load(work, g, &one);
    concentration_add_parts(method, &one, measures[g], &all, &within_sum, &between_sum);
  }
  const double total = trade_sum_value(&all.total);
  *within =
      trade_finite_or_undefined(trade_sum_value(&within_sum) / CONCENTRATION_FINE / (is_theil ? total : all.count));
  *between = trade_sum_value(&between_sum) / CONCENTRATION_FINE / all.count;
  return TRADE_OK;
}

#undef CONCENTRATION_TINY
#undef CONCENTRATION_FINE
