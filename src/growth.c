#include "tradestat/growth.h"

#include "internal.h"
#include "tradestat/sum.h"

#include <float.h>

/** (current - base) / total, selected after it is computed, so that loops have no branch. */
TRADE_INLINE double growth_over(double current, double base, double total) {
  const double quotient = trade_finite_or_undefined((current - base) / total);
  return trade_positive(total) ? quotient : TRADE_UNDEFINED;
}

double trade_growth_rate(double current, double base) { return growth_over(current, base, base); }

double trade_growth_change(double current, double base) { return trade_finite_or_undefined(current - base); }

/** ln(current / base), base > 0, current >= 0 (of 0: minus infinity); the error is at most 3.6 * 2^-53 of it. */
static double growth_logarithm(double current, double base) {
  /* Within a factor of 2 the difference is exact, so nothing is lost however close the two are. */
  if (current <= 2 * base && base <= 2 * current)
    return current >= base ? log1p((current - base) / base) : -log1p((base - current) / current);
  const double ratio = current / base;
  return isnormal(ratio) ? log(ratio) : log(current) - log(base);
}

double trade_growth_log(double current, double base) {
  return trade_positive(current) && trade_positive(base) ? growth_logarithm(current, base) : TRADE_UNDEFINED;
}

double trade_growth_implied_base(double current, double rate) {
  return rate > -1 && trade_known(rate) ? trade_finite_or_undefined(current / (1 + rate)) : TRADE_UNDEFINED;
}

double trade_growth_implied_current(double base, double rate) {
  return rate >= -1 ? trade_finite_or_undefined(base * (1 + rate)) : TRADE_UNDEFINED;
}

double trade_growth_points(double rate, double other) { return trade_finite_or_undefined(rate - other); }

double trade_growth_compound(double current, double base, double years) {
  if (!(current >= 0) || !trade_known(current) || !trade_positive(base) || !trade_positive(years))
    return TRADE_UNDEFINED;
  return trade_finite_or_undefined(expm1(growth_logarithm(current, base) / years));
}

double trade_growth_exponential(double current, double base, double years) {
  return trade_positive(years) ? trade_finite_or_undefined(trade_growth_log(current, base) / years) : TRADE_UNDEFINED;
}

double trade_growth_annualised(double rate, double periods) {
  if (!(rate >= -1) || !trade_known(rate) || !trade_positive(periods)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(expm1(periods * log1p(rate)));
}

/** A product (high + low) * 2^exponent in twice a double's precision; high is 0 or in [0.5, 1). */
typedef struct growth_product {
  double high;
  double low;
  int64_t exponent;
} growth_product;

/** Multiplies by 1 + rate, which need not be a double, rate >= -1: within 6 * 2^-106 of the product. */
static void growth_multiply(growth_product *product, double rate) {
  const double sum = 1 + rate, part = sum - 1;
  int shift;
  const double factor = frexp(sum, &shift);
  const double rest = ldexp((1 - (sum - part)) + (rate - part), -shift); /* 1 + rate == (factor + rest) * 2^shift */
  const double high = product->high * factor;
  const double error = trade_product_rest(product->high, factor, high);
  const double low = error + (product->high * rest + product->low * factor);
  const double total = high + low;
  int normal;
  product->high = frexp(total, &normal);
  product->low = ldexp(low - (total - high), -normal);
  product->exponent += (int64_t)shift + normal;
}

/** x * 2^exponent; 0 or infinite beyond the range of a double. */
static double growth_scaled(double x, int64_t exponent) {
  return ldexp(x, exponent < -4000 ? -4000 : exponent > 4000 ? 4000 : (int)exponent);
}

/** The product, less 1. */
static double growth_product_rate(const growth_product *product) {
  const double high = growth_scaled(product->high, product->exponent);
  const double low = growth_scaled(product->low, product->exponent);
  const double rate = high - 1, part = rate - high;
  return rate + (((high - (rate - part)) - (1 + part)) + low);
}

/** The product of all 1 + rates[i]; 0 if a rate is below -1 or missing. */
static int growth_product_of(const double *rates, size_t n, growth_product *product) {
  product->high = 0.5;
  product->low = 0;
  product->exponent = 1;
  if ((n > 0 && !rates) || !trade_fits(n, sizeof *rates)) return 0;
  for (size_t i = 0; i < n; i++) {
    if (!(rates[i] >= -1) || !trade_known(rates[i])) return 0;
    growth_multiply(product, rates[i]);
  }
  return 1;
}

double trade_growth_chained(const double *rates, size_t n) {
  growth_product product;
  if (!growth_product_of(rates, n, &product)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(growth_product_rate(&product));
}

static double growth_product_logarithm(const growth_product *product) {
  const double rate = growth_product_rate(product);
  if (rate >= -0.5 && rate <= 1) return log1p(rate);
  const double whole = growth_scaled(product->high, product->exponent);
  if (isnormal(whole)) return log(whole);
  return log(product->high) + (double)product->exponent * 0.69314718055994530942; /* ln 2 */
}

double trade_growth_average(const double *rates, size_t n) {
  growth_product product;
  if (n == 0 || !growth_product_of(rates, n, &product)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(expm1(growth_product_logarithm(&product) / (double)n));
}

static double growth_time(const double *times, size_t i) { return times ? times[i] : (double)i; }

/** What the regression is taken relative to, none of it dependent on the rows' order; 0 if the rate is not defined. */
static int growth_least_squares_origin(const double *values, const double *times, size_t n, double *least, double *mean,
                                       double *span) {
  trade_sum total = {0, 0, 0, 0};
  int distinct = 0;
  if (n == 0 || !values || !trade_fits(n, sizeof *values)) return 0;
  *least = values[0];
  for (size_t i = 0; i < n; i++) {
    if (!trade_positive(values[i])) return 0;
    if (values[i] < *least) *least = values[i];
    distinct |= growth_time(times, i) != growth_time(times, 0);
    trade_sum_add(&total, growth_time(times, i));
  }
  *mean = trade_sum_value(&total) / (double)n;
  *span = 0;
  for (size_t i = 0; i < n; i++) *span = fmax(*span, fabs(growth_time(times, i) - *mean));
  return distinct && trade_known(*mean) && trade_known(*span);
}

double trade_growth_least_squares(const double *values, const double *times, size_t n) {
  double least, mean, span;
  trade_sum times_sum = {0, 0, 0, 0}, logs_sum = {0, 0, 0, 0}, squares_sum = {0, 0, 0, 0}, products_sum = {0, 0, 0, 0};
  if (!growth_least_squares_origin(values, times, n, &least, &mean, &span)) return TRADE_UNDEFINED;
  int exponent;
  frexp(span, &exponent);
  for (size_t i = 0; i < n; i++) {
    /* Within 1 of 0, so that the sums below have all the bits they need. */
    const double time = ldexp(growth_time(times, i) - mean, -exponent);
    const double logarithm = growth_logarithm(values[i], least);
    trade_sum_add(&times_sum, time);
    trade_sum_add(&logs_sum, logarithm);
    trade_sum_add_product(&squares_sum, time, time);
    trade_sum_add_product(&products_sum, time, logarithm);
  }
  /* The mean was rounded: what the times then add up to is small, but not 0. */
  const double rest = trade_sum_value(&times_sum), shift = rest / (double)n;
  const double slope = (trade_sum_value(&products_sum) - shift * trade_sum_value(&logs_sum)) /
                       (trade_sum_value(&squares_sum) - shift * rest);
  return trade_finite_or_undefined(expm1(ldexp(slope, -exponent)));
}

double trade_growth_contribution(double current, double base, double base_total) {
  return growth_over(current, base, base_total);
}

double trade_growth_increase_share(double current, double base, double current_total, double base_total) {
  const double total = current_total - base_total; /* 0 only if they are equal */
  return trade_known(total) ? trade_finite_or_undefined((current - base) / total) : TRADE_UNDEFINED;
}

double trade_growth_constant_rate(double current, double base, double current_price, double base_price) {
  if (!trade_known(current) || !trade_positive(base) || !trade_positive(current_price) || !trade_positive(base_price))
    return TRADE_UNDEFINED;
  /* (current * base_price - base * current_price) / (base * current_price), the difference exact. */
  int exponents[4];
  const double significand = frexp(current, &exponents[0]), base_price_significand = frexp(base_price, &exponents[1]);
  const double base_significand = frexp(base, &exponents[2]), price_significand = frexp(current_price, &exponents[3]);
  const double divisor = base_significand * price_significand;
  const int shift = exponents[0] + exponents[1] - exponents[2] - exponents[3];
  /* The 1 to subtract is then too small to count, and the quotient may be too large for a sum. */
  if (significand != 0 && shift > 64)
    return trade_finite_or_undefined(ldexp(significand * base_price_significand / divisor, shift));
  trade_sum change = {0, 0, 0, 0};
  trade_sum_add_product(&change, ldexp(significand, shift), base_price_significand);
  trade_sum_add_product(&change, -base_significand, price_significand);
  return trade_sum_value(&change) / divisor;
}

double trade_growth_carry_over(const double *values, size_t n) {
  trade_sum total = {0, 0, 0, 0};
  if (n == 0 || trade_sum_add_array(&total, values, n) != TRADE_OK) return TRADE_UNDEFINED;
  trade_sum change = total; /* n * last - total, over the total */
  trade_sum_negate(&change);
  trade_sum_add_product(&change, (double)n, values[n - 1]);
  return growth_over(trade_sum_value(&change), 0, trade_sum_value(&total));
}

double trade_growth_year_to_date(const double *current, const double *base, size_t n) {
  trade_sum total = {0, 0, 0, 0}, change;
  if (trade_sum_add_array(&total, base, n) != TRADE_OK) return TRADE_UNDEFINED;
  change = total;
  trade_sum_negate(&change);
  if (trade_sum_add_array(&change, current, n) != TRADE_OK) return TRADE_UNDEFINED;
  return growth_over(trade_sum_value(&change), 0, trade_sum_value(&total));
}

static inline double growth_index_of(double current, double base) {
  const double index = trade_finite_or_undefined(100 * (current / base)); /* the base's own index is 100 exactly */
  return trade_positive(base) ? index : TRADE_UNDEFINED;
}

double trade_growth_index(double current, double base) { return growth_index_of(current, base); }

static trade_status growth_check(const void *a, const void *b, const void *c, size_t n) {
  if (n > 0 && (!a || !b || !c)) return TRADE_ERROR_NULL;
  return trade_fits(n, sizeof(double)) ? TRADE_OK : TRADE_ERROR_LENGTH;
}

TRADE_INLINE void growth_pairs_body(const double *current, const double *base, size_t n, double *growth, int fused) {
  (void)fused;
  for (size_t i = 0; i < n; i++) growth[i] = growth_over(current[i], base[i], base[i]);
}

TRADE_VARIANTS(growth_pairs, (const double *current, const double *base, size_t n, double *growth), current, base, n,
               growth)

trade_status trade_growth_array(const double *current, const double *base, size_t n, double *growth) {
  const trade_status status = growth_check(current, base, growth, n);
  if (status != TRADE_OK) return status;
  growth_pairs(current, base, n, growth);
  return TRADE_OK;
}

/** From the end, so that in place a base is still there when its row comes. */
TRADE_INLINE void growth_lag_body(const double *values, size_t n, size_t lag, double *growth, int fused) {
  (void)fused;
  for (size_t i = n; i > lag; i--) growth[i - 1] = growth_over(values[i - 1], values[i - 1 - lag], values[i - 1 - lag]);
}

TRADE_VARIANTS(growth_lag, (const double *values, size_t n, size_t lag, double *growth), values, n, lag, growth)

trade_status trade_growth_lag_array(const double *values, size_t n, size_t lag, double *growth) {
  const trade_status status = growth_check(values, values, growth, n);
  if (status != TRADE_OK) return status;
  if (lag == 0) return TRADE_ERROR_VALUE;
  const size_t first = lag < n ? lag : n;
  growth_lag(values, n, first, growth);
  for (size_t i = 0; i < first; i++) growth[i] = TRADE_UNDEFINED;
  return TRADE_OK;
}

/** Whether the periods exist and stand in one strict order; whether that is the descending one. */
static trade_status growth_check_periods(const trade_period *periods, size_t n, int *descending) {
  for (size_t i = 0; i < n; i++)
    if (!trade_period_valid(periods[i])) return TRADE_ERROR_PERIOD;
  *descending = n > 1 && trade_period_compare(periods[0], periods[1]) > 0;
  for (size_t i = 1; i < n; i++)
    if (trade_period_compare(periods[i - 1], periods[i]) != (*descending ? 1 : -1)) return TRADE_ERROR_ORDER;
  return TRADE_OK;
}

trade_status trade_growth_period_array(const trade_period *periods, const double *values, size_t n, int32_t months,
                                       double *growth) {
  int descending = 0;
  trade_status status = growth_check(periods, values, growth, n);
  if (status == TRADE_OK && months <= 0) status = TRADE_ERROR_VALUE;
  if (status == TRADE_OK) status = growth_check_periods(periods, n, &descending);
  if (status != TRADE_OK) return status;
  /* Shifting keeps the order, so the bases come in the order of the rows: row k and base b both move from early
   * to late. */
  const size_t last = n - 1;
  for (size_t k = 0, b = 0; k < n; k++) {
    const size_t row = descending ? last - k : k;
    const trade_period wanted = trade_period_shift(periods[row], -months);
    while (trade_period_compare(periods[descending ? last - b : b], wanted) < 0) b++; /* ends at the row itself */
    const size_t base = descending ? last - b : b;
    growth[row] = trade_period_compare(periods[base], wanted) == 0 ? trade_growth_rate(values[row], values[base])
                                                                   : TRADE_UNDEFINED;
  }
  return TRADE_OK;
}

trade_status trade_growth_contribution_array(const double *current, const double *base, size_t n,
                                             double *contributions) {
  const trade_status status = growth_check(current, base, contributions, n);
  if (status != TRADE_OK) return status;
  const double total = trade_sum_array(base, n);
  for (size_t i = 0; i < n; i++) contributions[i] = growth_over(current[i], base[i], total);
  return TRADE_OK;
}

trade_status trade_growth_increase_share_array(const double *current, const double *base, size_t n, double *shares) {
  trade_sum change = {0, 0, 0, 0};
  const trade_status status = growth_check(current, base, shares, n);
  if (status != TRADE_OK) return status;
  trade_sum_add_array(&change, base, n);
  trade_sum_negate(&change);
  trade_sum_add_array(&change, current, n);
  const double total = trade_sum_value(&change);
  for (size_t i = 0; i < n; i++) shares[i] = trade_finite_or_undefined((current[i] - base[i]) / total);
  return TRADE_OK;
}

trade_status trade_growth_index_array(const double *values, size_t n, double base, double *indices) {
  const trade_status status = growth_check(values, values, indices, n);
  if (status != TRADE_OK) return status;
  for (size_t i = 0; i < n; i++) indices[i] = growth_index_of(values[i], base);
  return TRADE_OK;
}
