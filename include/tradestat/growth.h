/**
 * Growth: how a value changed over time. Rates are ratios (0.205 is 20.5 %). A base that is zero or negative has no
 * growth: the rate is NaN, whatever the current value is.
 *
 * Error bounds are in ulps of the result. They hold where no step's result is subnormal, totals stay in the range that
 * sum.h calls exact, and the C library's log, log1p and expm1 are within 1 ulp. Where a difference or a product on the
 * way overflows, the result is NaN.
 */
#ifndef TRADE_GROWTH_H
#define TRADE_GROWTH_H

#include "tradestat/base.h"
#include "tradestat/period.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Growth of a value over its base period: (current - base) / base.
 *
 * @param current  value in the current period, in any unit; may be negative
 * @param base     value in the base period, in the same unit; positive
 * @return the growth as a ratio (0.205 is 20.5 %), within 1.5 ulps, and correctly rounded from -50 % to 100 %, where
 *         the difference is exact. It never underflows. NaN if base is not positive, or either is NaN or infinite
 */
TRADE_API double trade_growth_rate(double current, double base);

/** Change in the unit of the values: current - base (0.5 ulp). Works for balances, of any sign. NaN if either is
 *  missing. */
TRADE_API double trade_growth_change(double current, double base);

/** Log rate of growth: ln(current / base), within 2.5 ulps however close the two are. NaN unless both are positive and
 *  finite. */
TRADE_API double trade_growth_log(double current, double base);

/** The base that a current value and its growth imply: current / (1 + rate), within 1.5 ulps. NaN if rate <= -1 or one
 *  is missing. */
TRADE_API double trade_growth_implied_base(double current, double rate);

/** The current value that a base and its growth imply: base * (1 + rate), within 1.5 ulps. NaN if rate < -1 or one is
 *  missing. */
TRADE_API double trade_growth_implied_current(double base, double rate);

/** Percentage points from one rate (or share) to another, as a ratio: rate - other; 0.156 is 15.6 points (0.5 ulp). NaN
 *  if either is missing. */
TRADE_API double trade_growth_points(double rate, double other);

/**
 * Compound annual growth rate: (current / base)^(1 / years) - 1.
 *
 * @param current  value at the end; not negative
 * @param base     value at the beginning, in the same unit; positive
 * @param years    time between them in years (or in any period, for the rate per that period); positive, need not be
 *                 whole
 * @return the rate as a ratio, -1 if current is 0, within 6 ulps, times 1 + ln(1 + rate) if the rate is positive: a
 *         rounded exponent costs the more, the larger the power. NaN if base <= 0, current < 0, years <= 0, or one is
 *         missing
 */
TRADE_API double trade_growth_compound(double current, double base, double years);

/** Exponential (continuous) growth rate: ln(current / base) / years, within 4.5 ulps. exp - 1 of it is the
 *  compound rate. NaN unless all three are positive and finite. Source: UNCTAD Handbook of Statistics, calculation
 *  methods. */
TRADE_API double trade_growth_exponential(double current, double base, double years);

/** A rate of one period at an annual rate: (1 + rate)^periods - 1, with 12 periods a year for a monthly rate, 4 for a
 *  quarterly one; periods need not be whole. Within 4 ulps, times 1 + ln(1 + result) if that is positive. NaN if rate <
 *  -1, periods <= 0, or one is missing. */
TRADE_API double trade_growth_annualised(double rate, double periods);

/** Growth over all of n consecutive periods: prod(1 + rates[i]) - 1, from a product in twice a double's precision:
 *  within 0.6 ulp and n * 2^-102 (2e-31). 0 if n == 0; NaN if a rate is below -1 or missing, or `rates` is null. */
TRADE_API double trade_growth_chained(const double *rates, size_t n);

/** Average growth of n consecutive periods: prod(1 + rates[i])^(1/n) - 1; for two years, the "two-year average" that
 *  China's statistics print. -1 if a rate is -1. Within 6 ulps, times 1 + ln(1 + average) if that is positive, and
 *  2^-101. NaN if n == 0, a rate is below -1 or missing, or `rates` is null. */
TRADE_API double trade_growth_average(const double *rates, size_t n);

/**
 * Least-squares (trend) growth rate: exp(b) - 1, b the slope of the regression of ln values[i] on times[i],
 * b = sum of (t - mean t) * ln y / sum of (t - mean t)^2.
 *
 * @param values  n values, positive
 * @param times   when they were, in years (or the period of the rate), in any order, below 2^127; null means 0, 1, 2,
 *                ...
 * @return the rate as a ratio per unit of time, the same bits in any order of the rows. Of a series that grows or
 *         shrinks at a steady rate within 16 ulps, times 1 + ln(1 + rate) if that is positive. In general the error of
 *         b is at most 5 * 2^-53 * sum of abs((t - mean t) * ln(y / smallest y)) / sum of (t - mean t)^2, and 8 * 2^-53
 *         of b. NaN if fewer than two times are distinct, a value is not positive, one is missing, or `values` is null.
 *         Source: UNCTAD Handbook of Statistics; World Bank, WDI statistical methods.
 */
TRADE_API double trade_growth_least_squares(const double *values, const double *times, size_t n);

/** Contribution of a part to the growth of its total, in points: (current - base) / base_total. The parts'
 *  contributions add up to the total's growth. Within 1.5 ulps. NaN if base_total <= 0 or one is missing. */
TRADE_API double trade_growth_contribution(double current, double base, double base_total);

/** Share of a part in the total's increase: (current - base) / (current_total - base_total); may be negative or above
 *  1. Within 2.5 ulps. NaN if the totals are equal or one is missing. */
TRADE_API double trade_growth_increase_share(double current, double base, double current_total, double base_total);

/**
 * Growth at constant exchange rates: the current value restated at the base period's rate, over the base.
 * (current * base_price / current_price - base) / base.
 *
 * @param current, base              values in the reporting currency, each converted at its own period's rate; base > 0
 * @param current_price, base_price  units of reporting currency for one unit of local currency; positive
 * @return the growth as a ratio, within 2.5 ulps also where it is close to 0; NaN if base or a price is not positive,
 *         or one is missing
 */
TRADE_API double trade_growth_constant_rate(double current, double base, double current_price, double base_price);

/** Carry-over (statistical overhang): the year's last period over the year's average, - 1: the growth that next year
 *  would show if every period stayed at the last level. (n * values[n - 1] - total) / total, within 2.5 ulps. NaN if n
 *  == 0, the average is not positive, or one is missing. */
TRADE_API double trade_growth_carry_over(const double *values, size_t n);

/** Year-to-date growth: total of n periods of this year over the total of the same n periods of the last, - 1: the
 *  exact difference over the total, within 2.5 ulps. NaN if the base total is not positive (so if n == 0), a value is
 *  missing, or a pointer is null. */
TRADE_API double trade_growth_year_to_date(const double *current, const double *base, size_t n);

/** Index number with base 100: 100 * current / base, within 1.5 ulps, and 100 exactly if the two are equal. NaN if base
 *  <= 0 or one is missing. */
TRADE_API double trade_growth_index(double current, double base);

/**
 * trade_growth_rate of n pairs, the same bits: growth[i] = (current[i] - base[i]) / base[i]. `growth` may be `current`
 * or `base` itself.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH
 */
TRADE_API trade_status trade_growth_array(const double *current, const double *base, size_t n, double *growth);

/**
 * Growth of a series over a lag: growth[i] = trade_growth_rate(values[i], values[i - lag]); the first `lag` are NaN
 * (all, if lag >= n). With monthly values, lag 12 is growth on the year and 1 on the month. `growth` may be `values`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE if lag is 0
 */
TRADE_API trade_status trade_growth_lag_array(const double *values, size_t n, size_t lag, double *growth);

/**
 * Growth of a series with gaps: the base of each row is the row whose period is the same run `months` months before
 * (12: the same period of the year before); NaN where there is none. Months, quarters and years may stand in one
 * series.
 *
 * @param periods  n periods, valid and sorted by trade_period_compare, all ascending or all descending, no two equal
 * @param months   how far back the base lies, positive
 * @param growth   n rates, the bits of trade_growth_rate; must not overlap `values`
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_PERIOD, TRADE_ERROR_ORDER, TRADE_ERROR_VALUE if
 *         months <= 0
 */
TRADE_API trade_status trade_growth_period_array(const trade_period *periods, const double *values, size_t n,
                                                 int32_t months, double *growth);

/**
 * Contributions of n parts to the growth of their total: (current[i] - base[i]) / sum of base, within 2.5 ulps. NaN
 * throughout if that sum is not positive or a base is missing. `contributions` may be `current` or `base`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH
 */
TRADE_API trade_status trade_growth_contribution_array(const double *current, const double *base, size_t n,
                                                       double *contributions);

/** Shares of n parts in the increase of their total, (current[i] - base[i]) / sum of (current - base), within 2.5 ulps.
 *  NaN throughout if that sum is 0 or a value is missing. `shares` may be `current` or `base`. Statuses as above. */
TRADE_API trade_status trade_growth_increase_share_array(const double *current, const double *base, size_t n,
                                                         double *shares);

/** trade_growth_index of n values with one base, the same bits. `indices` may be `values`. TRADE_OK, TRADE_ERROR_NULL,
 *  TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_growth_index_array(const double *values, size_t n, double base, double *indices);

#ifdef __cplusplus
}
#endif

#endif
