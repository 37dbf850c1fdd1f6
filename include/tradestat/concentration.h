/**
 * Concentration: how far trade comes from few items (products, partners, sectors). x are the values, not negative, n of
 * them with the zeros, which count as possible items; s = x / sum of x are their shares.
 *
 * A measure is NaN if a value is missing or negative, or if the sum of x is not positive: nothing has none. An array
 * function refuses negative values, and writes nothing where there are no values.
 *
 * Values may be of any size: scaled by a power of two, they are totalled exactly as multiples of 2^-127 of the
 * largest, so that their order does not change a bit. All 53 bits of a value count that is at least 2^-74 (5e-23) of
 * the largest. "Nearest" is a result within 0.51 ulp of the exact number, whatever cancels; other bounds are given a
 * log within 1 ulp. What is less than 2^-100 (8e-31), an entropy or dissimilarity, say, is right to n * 1e-44 instead.
 */
#ifndef TRADE_CONCENTRATION_H
#define TRADE_CONCENTRATION_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Herfindahl-Hirschman index: sum of s^2, from 1/n (all equal) to 1 (one has all). Nearest. Antitrust's points
 *  are 10,000 times that. Source: Herfindahl (1950), Hirschman (1945). */
TRADE_API double trade_concentration_herfindahl(const double *values, size_t n);

/** The Herfindahl-Hirschman index normalised to 0 ... 1: (H - 1/n) / (1 - 1/n); 1 if n == 1. Nearest, also where
 *  all are nearly equal. Source: Cracau and Duran Lima (2016), who compare it with UNCTAD's. */
TRADE_API double trade_concentration_herfindahl_normalised(const double *values, size_t n);

/** UNCTAD's product (market) concentration index: (sqrt(H) - sqrt(1/n)) / (1 - sqrt(1/n)), 0 ... 1; 1 if n == 1.
 *  Within 7 ulps. Source: UNCTAD, Handbook of Statistics, annex on calculation methods. */
TRADE_API double trade_concentration_unctad(const double *values, size_t n);

/** Hirschman index: sqrt(sum of s^2), from 1/sqrt(n) to 1. Within 1.1 ulps. Source: ESCAP, Trade Statistics in
 *  Policymaking (2009), sectoral Hirschman index. */
TRADE_API double trade_concentration_hirschman(const double *values, size_t n);

/** Effective number of items: 1 / H, from 1 to n: as many equal ones would be as concentrated. Nearest. That of
 *  Shannon's entropy is exp(trade_concentration_entropy). Source: Laakso and Taagepera (1979). */
TRADE_API double trade_concentration_effective_number(const double *values, size_t n);

/** Concentration ratio CR-k: the share of the k largest; 1 if k >= n, 0 if k == 0. Nearest. Time grows as n does,
 *  for every k. */
TRADE_API double trade_concentration_ratio(const double *values, size_t n, size_t k);

/** How many items make up a share: the smallest k for which trade_concentration_ratio(values, n, k) >= share.
 *  Exact; 0 for a share of 0; NaN as well if share is missing or not in 0 ... 1. Time grows as n does. */
TRADE_API double trade_concentration_items_for_share(const double *values, size_t n, double share);

/** Shannon's entropy, which is Theil's: -sum of s ln s, 0 ln 0 being 0; from 0 (one has all) to ln n, in nats.
 *  Within 6 ulps. Source: Shannon (1948); Theil (1967). */
TRADE_API double trade_concentration_entropy(const double *values, size_t n);

/** Theil's T: sum of s ln(n s) = ln n - entropy, from 0 (all equal) to ln n. Within 20 ulps, also where all are
 *  nearly equal. Source: Theil (1967), Economics and Information Theory. */
TRADE_API double trade_concentration_theil(const double *values, size_t n);

/** Mean log deviation, Theil's L: mean of ln(mean of x / x), from 0 (all equal). Within 20 ulps, also where all
 *  are nearly equal. NaN as well if a value is 0. Source: Theil (1967). */
TRADE_API double trade_concentration_mean_log_deviation(const double *values, size_t n);

/**
 * Gini index: sum of (2 i - n - 1) x(i) / (n sum of x), x(i) ascending, i from 1; from 0 to (n - 1) / n. Nearest.
 * Corrected for n, so that it reaches 1, it is n / (n - 1) times that.
 *
 * @param work  n doubles, afterwards the values ascending, unless the result is NaN; may be `values`
 */
TRADE_API double trade_concentration_gini(const double *values, size_t n, double *work);

/**
 * Lorenz curve: points[i] = share of the i smallest, for i = 0 (0) to n (1). Each nearest.
 *
 * @param points  n + 1 doubles, NaN throughout where a measure is; no overlap with the values
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value
 */
TRADE_API trade_status trade_concentration_lorenz(const double *values, size_t n, double *points);

/**
 * Dissimilarity of two structures: sum of abs(s - w) / 2, from 0 (the same) to 1 (nothing in common). Nearest, also
 * where they nearly agree. With w the world's shares it is UNCTAD's diversification index (Handbook of Statistics,
 * annex), twice it Krugman's specialisation index (1991).
 *
 * @param reference  n values of the other structure, whose shares are w; NaN for these as for the values
 */
TRADE_API double trade_concentration_dissimilarity(const double *values, const double *reference, size_t n);

enum {
  TRADE_CONCENTRATION_HERFINDAHL = 0,
  TRADE_CONCENTRATION_HERFINDAHL_NORMALISED = 1,
  TRADE_CONCENTRATION_UNCTAD = 2,
  TRADE_CONCENTRATION_HIRSCHMAN = 3,
  TRADE_CONCENTRATION_EFFECTIVE_NUMBER = 4,
  TRADE_CONCENTRATION_ENTROPY = 5,
  TRADE_CONCENTRATION_THEIL = 6,
  TRADE_CONCENTRATION_MEAN_LOG_DEVIATION = 7
};

enum {
  TRADE_CONCENTRATION_OF_ROW = 1,   /* of each row: of a country's exports by product */
  TRADE_CONCENTRATION_OF_COLUMN = 2 /* of each column: of a product's exports by country */
};

/**
 * A measure of every row or of every column of a matrix: the bits of the function of that name. NaN where that is.
 *
 * @param method   which measure: one of the eight above
 * @param results  one for each row or each column; no overlap with the values
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value, another method or
 *         another `of`
 */
TRADE_API trade_status trade_concentration_matrix(int32_t method, const double *values, size_t rows, size_t columns,
                                                  int32_t of, double *results);

/** How many doubles of work space trade_concentration_theil_decomposition needs: 10 for each group. */
TRADE_API size_t trade_concentration_theil_decomposition_work_size(size_t group_count);

/**
 * Theil's T or L taken apart by groups of items (sectors, regions), m being means and g a group; T = within + between:
 *   T  within = sum of s_g T_g,         between = sum of s_g ln(m_g / m)
 *   L  within = sum of (n_g / n) L_g,   between = sum of (n_g / n) ln(m / m_g)
 * Each is within 24 ulps, also where the groups' means are nearly equal, and their sum is that of
 * trade_concentration_theil or _mean_log_deviation, within 60 ulps: all this, and the groups' own measures, if no
 * positive value is less than 2^-96 of the largest of all groups. A group of values below 2^-150 of it counts as all 0.
 *
 * @param method    TRADE_CONCENTRATION_THEIL or TRADE_CONCENTRATION_MEAN_LOG_DEVIATION
 * @param group     n numbers of groups, 0 to group_count - 1
 * @param work      trade_concentration_theil_decomposition_work_size(group_count) doubles
 * @param measures  group_count results: the measure of each group alone; NaN for an empty one
 * @param within    one result; NaN if a value is missing or all are 0, of L also if one is 0
 * @param between   one result; NaN if a value is missing or all are 0, of L also if all of a group are 0
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value, another method or a
 *         group that is none. No output may overlap anything. Source: Theil (1967); Shorrocks (1980).
 */
TRADE_API trade_status trade_concentration_theil_decomposition(int32_t method, const double *values,
                                                               const int32_t *group, size_t n, size_t group_count,
                                                               double *work, double *measures, double *within,
                                                               double *between);

#ifdef __cplusplus
}
#endif

#endif
