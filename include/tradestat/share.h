/**
 * Shares: what part of a total each item makes up, how that changes, and how it prints. Shares are ratios. Values are
 * not negative: an array function that meets a negative one refuses (TRADE_ERROR_VALUE), also where others are missing.
 *
 * All totals are exact sums, in the range that sum.h calls exact; one of 2^127 (1.7e38) or more is as good as missing.
 * Error bounds are in ulps of the result and hold where no step's result is subnormal.
 */
#ifndef TRADE_SHARE_H
#define TRADE_SHARE_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Share of a part in a total: part / total (0.5 ulp). NaN if total <= 0, part < 0, or either is missing. */
TRADE_API double trade_share(double part, double total);

/**
 * Shares of n values in their total: shares[i] = values[i] / sum of values, within 1.5 ulps: the bits of trade_share of
 * the value and trade_sum_array. NaN throughout if the total is not positive or a value is missing. `shares` may be
 * `values`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value
 */
TRADE_API trade_status trade_share_array(const double *values, size_t n, double *shares);

enum {
  TRADE_SHARE_OF_TOTAL = 0, /* of the sum of the whole matrix */
  TRADE_SHARE_OF_ROW = 1,   /* of the sum of its row: a country's exports by product */
  TRADE_SHARE_OF_COLUMN = 2 /* of the sum of its column: a product's exports by country */
};

/**
 * Shares of a matrix, of its total, of its rows or of its columns; within 1.5 ulps. A missing value or a sum that is
 * not positive makes NaN of the shares that are of that sum, and of no others. `shares` may be `values`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value or another `of`
 */
TRADE_API trade_status trade_share_matrix(const double *values, size_t rows, size_t columns, int32_t of,
                                          double *shares);

/**
 * Change of each item's share between two periods, in points: current[i] / sum of current - base[i] / sum of base.
 * Within 3.5 ulps of the larger of the two shares. NaN throughout if a sum is not positive or a value is missing.
 * `change` may be `current` or `base`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value
 */
TRADE_API trade_status trade_share_change_array(const double *current, const double *base, size_t n, double *change);

/**
 * Shares in percent, rounded so that what is printed adds up to 100 exactly (33.4, 33.3, 33.3): each share is rounded
 * down to `decimals` places and the units that lack go to the largest remainders, to the first among equals.
 * Quotas and remainders are exact (for values of 2^-163 of the total or more), so that no rounding of the arithmetic
 * decides who gets a unit. Time grows as n does.
 *
 * @param values    n values, not negative; not yet shares
 * @param decimals  places after the point, 0 to 9
 * @param percent   n doubles, each the one nearest to its printed decimal: "%.1f" prints it. May not overlap `values`
 * @return TRADE_OK; NaN throughout as in trade_share_array; TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE
 *         for a negative value or other decimals. Source: Hamilton's method (largest remainder).
 */
TRADE_API trade_status trade_share_percent_array(const double *values, size_t n, int32_t decimals, double *percent);

/**
 * Shift-share: takes an economy's change apart by item, current[i] - base[i] = common[i] + structural[i] + own[i]:
 *   common      base[i] * G              what the item would have gained at the reference's overall growth G
 *   structural  base[i] * (g[i] - G)     what the item's own growth g[i] in the reference adds: the mix
 *   own         current[i] - base[i] * (1 + g[i])   what is left: competitiveness
 *
 * @param current, base                      the economy's n items in the two periods
 * @param reference_current, reference_base  the same items of the reference (the world, a region)
 * @param common, structural, own            n results each, in the unit of the values; no overlap with the inputs
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value. common is within 3.5
 *         ulps, structural and own are within 9 ulps of the largest of base * abs(G), base * abs(g), abs(current -
 *         base). common and structural are NaN throughout if the sum of reference_base is not positive or a reference
 *         value is missing, structural[i] and own[i] if reference_base[i] is not positive. Source: Dunn (1960).
 */
TRADE_API trade_status trade_share_shift_array(const double *current, const double *base,
                                               const double *reference_current, const double *reference_base, size_t n,
                                               double *common, double *structural, double *own);

#ifdef __cplusplus
}
#endif

#endif
