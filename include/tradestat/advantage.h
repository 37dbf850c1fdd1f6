/**
 * Revealed comparative advantage: in which products a country trades more than it would if it traded like the world.
 *
 * In matrices, rows are countries and columns are products; v is one value, Xc the total of its country, Xp that of its
 * product and X that of the world, the sum of all. Values are not negative: an array function that meets a negative one
 * refuses (TRADE_ERROR_VALUE). Every function holds for imports too, and for any part of the world that is given as the
 * whole: with the partner's imports by product as the world, Balassa's index is the export specialisation index of
 * ESCAP (2009).
 *
 * Totals are exact sums, in the range that sum.h calls exact. Error bounds are in ulps of the result and hold where no
 * step's result is subnormal. Those of differences hold however close to 0 they are, but for 2^-101 of the larger of
 * the two terms, which is what is left out of a total that takes more than two doubles; where totals are doubles (whole
 * numbers below 2^53, say), they hold without.
 */
#ifndef TRADE_ADVANTAGE_H
#define TRADE_ADVANTAGE_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* R is Balassa's index. RELATIVE leaves country and product out of what they are compared with:
 * (v / (Xc - v)) / ((Xp - v) / (X - Xc - Xp + v)). WEIGHTED takes the mean over products that any country trades. */
enum {
  TRADE_ADVANTAGE_BALASSA = 0,    /* R = (v / Xc) / (Xp / X): 1 is the world's average (Balassa 1965) */
  TRADE_ADVANTAGE_SYMMETRIC = 1,  /* (R - 1) / (R + 1), from -1 to 1 (Dalum, Laursen, Villumsen 1998) */
  TRADE_ADVANTAGE_LOG = 2,        /* ln R; undefined where v is 0 */
  TRADE_ADVANTAGE_ADDITIVE = 3,   /* v / Xc - Xp / X (Hoen, Oosterhaven 2006) */
  TRADE_ADVANTAGE_NORMALISED = 4, /* v / X - Xc * Xp / X^2 (Yu, Cai, Leung 2009) */
  TRADE_ADVANTAGE_RELATIVE = 5,   /* relative export advantage, RXA; of imports RMA (Vollrath 1991) */
  TRADE_ADVANTAGE_WEIGHTED = 6    /* R over the mean of the country's, of matrices (Proudman, Redding 2000) */
};

/**
 * Advantage by one of the methods above from a value and its totals.
 *
 * @param value          what the country trades of the product
 * @param country_total  of all its products
 * @param product_total  of all countries
 * @param world_total    of all products of all countries
 * @param method         TRADE_ADVANTAGE_...
 * @return within 2.5 ulps for BALASSA, ADDITIVE and NORMALISED, 3.5 for SYMMETRIC, 5.5 for RELATIVE and LOG (if the C
 *         library's log and log1p are within 1). NaN where the formula divides by 0 (ADDITIVE needs Xc and X only,
 *         NORMALISED X only), where what RELATIVE compares with is not positive, if one is negative or missing, where a
 *         product of two of them is beyond a double's range or one is above 2^995, and for a method that is not one or
 *         WEIGHTED. That the value is part of its totals is not checked
 */
TRADE_API double trade_advantage(double value, double country_total, double product_total, double world_total,
                                 int32_t method);

/** Balassa's index, the above with TRADE_ADVANTAGE_BALASSA: (value * world_total) / (country_total * product_total),
 *  never below 1 where the exact index of these numbers is not, and never above 1 where it is not. With populations in
 *  place of country_total and world_total it is the advantage per head (RPOP): (value / population) / (product_total /
 *  world_population). */
TRADE_API double trade_advantage_balassa(double value, double country_total, double product_total, double world_total);

/**
 * Advantage of every country in every product, from the exact totals of a matrix.
 *
 * BALASSA has the bits of trade_advantage_balassa with the totals of trade_sum, each rounded once: within 5.5 ulps of
 * the exact index. SYMMETRIC, LOG, ADDITIVE, NORMALISED and RELATIVE are within the bounds of trade_advantage also of
 * exact totals; WEIGHTED is within 6.5. What RELATIVE leaves of the world counts as nothing below 2^-100 X, and adds
 * 2^-101 X over it to the relative error. SYMMETRIC never leaves -1 to 1. ADDITIVE adds up to 0 over products, within
 * 2^-49; NORMALISED over products within 2^-49 Xc / X, over countries within 2^-49 Xp / X.
 *
 * @param exports      rows x columns values. If one is missing, the world's total is: everything is NaN. Where a cell
 *                     is missing because there was no trade, as in most published tables, it has to be 0
 * @param populations  null; or `rows` sizes of the countries that take the place of Xc, and their sum that of X, for
 *                     advantage per head. A missing value then makes NaN of its product only, a missing population of
 *                     everything
 * @param method       TRADE_ADVANTAGE_...; RELATIVE and WEIGHTED have no form with populations
 * @param advantage    rows x columns results; no overlap with the inputs. NaN as in trade_advantage
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value or a method that is
 *         not one
 */
TRADE_API trade_status trade_advantage_matrix(const double *exports, const double *populations, size_t rows,
                                              size_t columns, int32_t method, double *advantage);

/** Balassa's index of a matrix: trade_advantage_matrix without populations, with TRADE_ADVANTAGE_BALASSA. */
TRADE_API trade_status trade_advantage_balassa_matrix(const double *exports, size_t rows, size_t columns,
                                                      double *advantage);

enum {
  TRADE_ADVANTAGE_RELATIVE_TRADE = 0, /* RTA = RXA - RMA */
  TRADE_ADVANTAGE_COMPETITIVENESS = 1 /* RC = ln RXA - ln RMA; undefined where one is 0 */
};

/**
 * Vollrath's measures of exports and imports together, from RXA and RMA: n results of trade_advantage_matrix with
 * TRADE_ADVANTAGE_RELATIVE each, of exports and of imports. Of the given pairs RTA is within 0.5 ulp, RC within 5.5
 * however close to 0. `result` may be either input. Source: Vollrath (1991).
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value or another measure
 */
TRADE_API trade_status trade_advantage_vollrath_array(const double *export_advantage, const double *import_advantage,
                                                      size_t n, int32_t measure, double *result);

/**
 * Lafay's index of each of a country's n products, as a ratio (Lafay prints it times 100): how far the product's
 * normalised balance is above the country's, weighted by the product's share of trade, ((x - m) / (x + m) - (X - M) /
 * (X + M)) * (x + m) / (X + M), which is 2 (x M - m X) / (X + M)^2, 0 for a product without trade.
 *
 * @param exports, imports  n values each, x and m, whose totals are X and M
 * @param lafay             n results, within 2.5 ulps; they add up to 0 within 2^-50. May be `exports` or `imports`
 * @return TRADE_OK; NaN throughout if there is no trade or a value is missing; TRADE_ERROR_NULL, TRADE_ERROR_LENGTH,
 *         TRADE_ERROR_VALUE for a negative value. Source: Lafay (1992)
 */
TRADE_API trade_status trade_advantage_lafay_array(const double *exports, const double *imports, size_t n,
                                                   double *lafay);

/** Michaely's index: share of each product in exports less its share in imports, x / X - m / M, from -1 to 1, within
 *  2.5 ulps; adds up to 0 within 2^-49. As above; NaN throughout also if there are no exports or no imports. Source:
 *  Michaely (1962); Laursen (1998). */
TRADE_API trade_status trade_advantage_michaely_array(const double *exports, const double *imports, size_t n,
                                                      double *michaely);

/**
 * Presence: which of n advantages, a matrix's rows * columns say, reach a threshold: 1 where advantage >= threshold, 0
 * elsewhere, also where it is missing. The threshold is 1 for Balassa's index.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a missing threshold
 */
TRADE_API trade_status trade_advantage_presence_array(const double *advantage, size_t n, double threshold,
                                                      uint8_t *presence);

enum {
  TRADE_ADVANTAGE_NO_POSITION = 0,      /* one of the shares has not changed, or is not known */
  TRADE_ADVANTAGE_RISING_STAR = 1,      /* the product gained share in the country's exports and in the world's */
  TRADE_ADVANTAGE_FALLING_STAR = 2,     /* gained in the country's, lost in the world's */
  TRADE_ADVANTAGE_LOST_OPPORTUNITY = 3, /* lost in the country's, gained in the world's */
  TRADE_ADVANTAGE_RETREAT = 4           /* lost in both */
};

/**
 * Dynamic position of each of n products between two periods, by the change of its share in a country's exports and in
 * the world's. Shares are compared from exact totals: a change of 2^-99 of the share always counts, one of less than
 * 2^-101 never.
 *
 * @param current, base              the country's exports of the products in the two periods
 * @param world_current, world_base  the world's
 * @param positions                  n codes, TRADE_ADVANTAGE_RISING_STAR and so on
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value. NO_POSITION
 *         throughout if a value is missing or a total is 0. Source: Edwards and Schoer (2002)
 */
TRADE_API trade_status trade_advantage_position_array(const double *current, const double *base,
                                                      const double *world_current, const double *world_base, size_t n,
                                                      uint8_t *positions);

#ifdef __cplusplus
}
#endif

#endif
