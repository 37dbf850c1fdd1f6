#include "tradestat/share.h"

#include "check.h"
#include "internal.h"
#include "total.h"

#include <float.h>

static inline double share_of(double part, double total) {
  const double share = trade_finite_or_undefined(part / total);
  return part >= 0 && trade_positive(total) ? share : TRADE_UNDEFINED;
}

double trade_share(double part, double total) { return share_of(part, total); }

enum {
  SHARE_BLOCK = 2048, /* values, looked at twice while they are near */
  SHARE_TILE = 64     /* columns */
};

/** TRADE_ERROR_VALUE if one of n values is negative; *total, if not null, is their sum otherwise. */
static trade_status share_check_total(const double *values, size_t n, double *total) {
  trade_sum sum = {0, 0, 0, 0};
  const trade_status status = trade_check_array(values, n);
  if (status != TRADE_OK) return status;
  for (size_t i = 0; i < n; i += SHARE_BLOCK) {
    const size_t count = trade_lesser(n - i, SHARE_BLOCK);
    if (trade_check_values(values + i, count) != TRADE_OK) return TRADE_ERROR_VALUE;
    if (total) trade_sum_add_array(&sum, values + i, count);
  }
  if (total) *total = trade_sum_value(&sum);
  return TRADE_OK;
}

/** What values that are not negative are divided by: their total, if it is positive. */
static double share_divisor(double total) { return trade_positive(total) ? total : TRADE_UNDEFINED; }

/** Shares of n values, the divisor of values[i] being divisors[i * step]: step is 0 or 1. */
TRADE_INLINE void share_divide_body(const double *values, size_t n, const double *divisors, size_t step, double *shares,
                                    int fused) {
  (void)fused;
  if (step == 0) {
    const double divisor = divisors[0];
    for (size_t i = 0; i < n; i++) shares[i] = trade_finite_or_undefined(values[i] / divisor);
  } else {
    for (size_t i = 0; i < n; i++) shares[i] = trade_finite_or_undefined(values[i] / divisors[i]);
  }
}

TRADE_VARIANTS(share_divide, (const double *values, size_t n, const double *divisors, size_t step, double *shares),
               values, n, divisors, step, shares)

trade_status trade_share_array(const double *values, size_t n, double *shares) {
  return trade_share_matrix(values, 1, n, TRADE_SHARE_OF_TOTAL, shares);
}

static void share_of_rows(const double *values, size_t rows, size_t columns, double *shares) {
  for (size_t r = 0; r < rows; r++) {
    const double divisor = share_divisor(trade_sum_array(values + r * columns, columns));
    share_divide(values + r * columns, columns, &divisor, 0, shares + r * columns);
  }
}

static void share_of_columns(const double *values, size_t rows, size_t columns, double *shares) {
  for (size_t c = 0; c < columns; c += SHARE_TILE) {
    const size_t width = trade_lesser(columns - c, SHARE_TILE);
    trade_sum totals[SHARE_TILE];
    double divisors[SHARE_TILE];
    memset(totals, 0, sizeof totals);
    trade_sum_add_matrix(NULL, totals, values + c, rows, width, columns);
    for (size_t k = 0; k < width; k++) divisors[k] = share_divisor(trade_sum_value(&totals[k]));
    for (size_t r = 0; r < rows; r++)
      share_divide(values + r * columns + c, width, divisors, 1, shares + r * columns + c);
  }
}

trade_status trade_share_matrix(const double *values, size_t rows, size_t columns, int32_t of, double *shares) {
  if (of != TRADE_SHARE_OF_TOTAL && of != TRADE_SHARE_OF_ROW && of != TRADE_SHARE_OF_COLUMN) return TRADE_ERROR_VALUE;
  if (rows == 0 || columns == 0) return TRADE_OK;
  if (!shares) return TRADE_ERROR_NULL;
  if (columns > SIZE_MAX / rows) return TRADE_ERROR_LENGTH;
  const size_t n = rows * columns;
  double total;
  const trade_status status = share_check_total(values, n, of == TRADE_SHARE_OF_TOTAL ? &total : NULL);
  if (status != TRADE_OK) return status;
  if (of == TRADE_SHARE_OF_TOTAL) {
    total = share_divisor(total);
    share_divide(values, n, &total, 0, shares);
  } else if (of == TRADE_SHARE_OF_ROW) {
    share_of_rows(values, rows, columns, shares);
  } else {
    share_of_columns(values, rows, columns, shares);
  }
  return TRADE_OK;
}

trade_status trade_share_change_array(const double *current, const double *base, size_t n, double *change) {
  trade_status status = trade_check_values(current, n);
  if (status == TRADE_OK) status = trade_check_values(base, n);
  if (status == TRADE_OK && n > 0 && !change) status = TRADE_ERROR_NULL;
  if (status != TRADE_OK) return status;
  const double current_total = trade_sum_array(current, n), base_total = trade_sum_array(base, n);
  for (size_t i = 0; i < n; i++) change[i] = share_of(current[i], current_total) - share_of(base[i], base_total);
  return TRADE_OK;
}

/** Values as quotas of a number of units. Scaled by a power of two, their total is near 2^88: times units it stays
 *  below 2^126, and a value of 2^-163 of it or more is exact. */
typedef struct share_quotas {
  double scale;
  double units; /* to hand out in all */
  trade_sum total;
  trade_parts parts;
} share_quotas;

static void share_quotas_make(const double *values, size_t n, double total, double units, share_quotas *quotas) {
  static const trade_sum zero = {0, 0, 0, 0};
  int exponent;
  frexp(total, &exponent);
  quotas->scale = ldexp(1, 88 - exponent);
  quotas->units = units;
  quotas->total = zero;
  for (size_t i = 0; i < n; i++) trade_sum_add(&quotas->total, values[i] * quotas->scale);
  quotas->parts = trade_total_parts(quotas->total);
}

/** The whole units in a value's quota, units * value / total. The rest of units * value is less than the total. */
static double share_whole_units(const share_quotas *quotas, double value, trade_sum *rest) {
  static const trade_sum zero = {0, 0, 0, 0};
  const double scaled = value * quotas->scale + 0.0; /* which makes 0 of -0: nothing prints as -0.0 */
  /* Raised by more than its rounding errors, the quotient is not below the exact one: its floor is right, or one too
   * high. */
  double whole = floor(scaled * quotas->units / quotas->parts.part[0] * (1 + 4 * DBL_EPSILON));
  *rest = zero;
  trade_sum_add_product(rest, scaled, quotas->units);
  trade_total_add_multiple(rest, -whole, &quotas->parts);
  if (trade_sum_compare(rest, &zero) < 0) {
    trade_sum_merge(rest, &quotas->total);
    whole--;
  }
  return whole;
}

/** A number that orders as the doubles do. */
static uint64_t share_order(double x) {
  const uint64_t bits = trade_bits_of(x), sign = (uint64_t)1 << 63;
  return bits & sign ? ~bits : bits | sign;
}

/** The largest key that `count` of n keys, 1 <= count <= n, are not less than: found bit by bit, without sorting. */
static double share_threshold(const double *keys, size_t n, size_t count) {
  uint64_t found = 0;
  for (uint64_t bit = (uint64_t)1 << 63; bit; bit >>= 1) {
    size_t reached = 0;
    for (size_t i = 0; i < n; i++) reached += share_order(keys[i]) >= (found | bit);
    if (reached >= count) found |= bit;
  }
  const uint64_t sign = (uint64_t)1 << 63;
  return trade_double_of(found & sign ? found ^ sign : ~found);
}

/**
 * The smallest rest that still gets one of `count` units, *threshold, 0 before; returns how many units there are for
 * those with just this rest. keys[i] is the rest of values[i], rounded, and is lost. Where rounded rests tie, what
 * rounding took from them is compared next, and so on until nothing is left.
 */
static size_t share_smallest_served(const share_quotas *quotas, const double *values, size_t n, size_t count,
                                    double *keys, trade_sum *threshold) {
  double least;
  do {
    least = share_threshold(keys, n, count);
    trade_sum_subtract(threshold, least);
    size_t above = 0;
    for (size_t i = 0; i < n; i++) {
      above += keys[i] > least;
      if (keys[i] == least) {
        trade_sum rest;
        share_whole_units(quotas, values[i], &rest);
        trade_sum_merge(&rest, threshold);
        keys[i] = trade_sum_value(&rest);
      } else {
        keys[i] = -HUGE_VAL;
      }
    }
    count -= above;
  } while (least != 0);
  trade_sum_negate(threshold);
  return count;
}

/** Hands out all units: percent[i] = units of values[i] / divisor. */
static void share_hand_out(const share_quotas *quotas, const double *values, size_t n, double divisor,
                           double *percent) {
  trade_sum rest, threshold = {0, 0, 0, 0};
  double lacking = quotas->units;
  for (size_t i = 0; i < n; i++) {
    lacking -= share_whole_units(quotas, values[i], &rest);
    percent[i] = trade_sum_value(&rest);
  }
  /* Fewer than n are lacking, because each rest is less than the total. */
  size_t equal = 0;
  if (lacking > 0)
    equal = share_smallest_served(quotas, values, n, lacking < (double)n ? (size_t)lacking : n, percent, &threshold);
  for (size_t i = 0; i < n; i++) {
    double units = share_whole_units(quotas, values[i], &rest);
    const int32_t order = trade_sum_compare(&rest, &threshold);
    if (lacking > 0 && (order > 0 || (order == 0 && equal > 0))) {
      units++;
      equal -= order == 0;
    }
    percent[i] = units / divisor;
  }
}

trade_status trade_share_percent_array(const double *values, size_t n, int32_t decimals, double *percent) {
  trade_status status = trade_check_values(values, n);
  if (status == TRADE_OK && n > 0 && !percent) status = TRADE_ERROR_NULL;
  if (status == TRADE_OK && (decimals < 0 || decimals > 9)) status = TRADE_ERROR_VALUE;
  if (status != TRADE_OK) return status;
  const double total = trade_sum_array(values, n);
  if (!trade_positive(total)) {
    for (size_t i = 0; i < n; i++) percent[i] = TRADE_UNDEFINED;
    return TRADE_OK;
  }
  double divisor = 1;
  for (int32_t k = 0; k < decimals; k++) divisor *= 10;
  share_quotas quotas;
  share_quotas_make(values, n, total, 100 * divisor, &quotas);
  share_hand_out(&quotas, values, n, divisor, percent);
  return TRADE_OK;
}

/** Growth of the total of n values, within 2.5 ulps. */
static double share_total_growth(const double *current, const double *base, size_t n) {
  trade_sum base_total = {0, 0, 0, 0}, current_total = {0, 0, 0, 0};
  trade_sum_add_array(&base_total, base, n);
  trade_sum_add_array(&current_total, current, n);
  const trade_sum change = trade_total_difference(current_total, base_total);
  const double total = trade_sum_value(&base_total);
  return trade_positive(total) ? trade_finite_or_undefined(trade_sum_value(&change) / total) : TRADE_UNDEFINED;
}

trade_status trade_share_shift_array(const double *current, const double *base, const double *reference_current,
                                     const double *reference_base, size_t n, double *common, double *structural,
                                     double *own) {
  trade_status status = trade_check_values(current, n);
  if (status == TRADE_OK) status = trade_check_values(base, n);
  if (status == TRADE_OK) status = trade_check_values(reference_current, n);
  if (status == TRADE_OK) status = trade_check_values(reference_base, n);
  if (status == TRADE_OK && n > 0 && (!common || !structural || !own)) status = TRADE_ERROR_NULL;
  if (status != TRADE_OK) return status;
  const double overall = share_total_growth(reference_current, reference_base, n);
  for (size_t i = 0; i < n; i++) {
    const double growth =
        reference_base[i] > 0 ? (reference_current[i] - reference_base[i]) / reference_base[i] : TRADE_UNDEFINED;
    common[i] = trade_finite_or_undefined(base[i] * overall);
    structural[i] = trade_finite_or_undefined(base[i] * (growth - overall));
    own[i] = trade_finite_or_undefined((current[i] - base[i]) - base[i] * growth);
  }
  return TRADE_OK;
}
