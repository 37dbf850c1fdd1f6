/**
 * Trade with partners: how much of it goes both ways, how alike two structures of trade are, how intense a relation is,
 * and what moved a country's exports. Shares and indices are ratios: where a handbook prints 0 to 100, multiply by 100.
 *
 * Values are in any unit, the same for all, and not negative unless a comment says otherwise. A number is NaN where it
 * is not defined, for a negative value where there must be none, for a missing one that its definition uses, and for a
 * method that is none of those listed.
 *
 * All totals are exact sums, in the range that sum.h calls exact: no result depends on the order of products or
 * countries, and a unit that is a power of two times another changes no bit. Error bounds are in ulps of the result and
 * hold where no step's result is subnormal.
 */
#ifndef TRADE_PARTNER_H
#define TRADE_PARTNER_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Trade that goes both ways ---- */

enum {
  /* Of exports x and imports m by product, which add up to X and M: */
  TRADE_PARTNER_GRUBEL_LLOYD = 0,     /* 1 - sum abs(x - m) / (X + M) */
  TRADE_PARTNER_BALANCE_ADJUSTED = 1, /* (X + M - sum abs(x - m)) / (X + M - abs(X - M)) */
  TRADE_PARTNER_AQUINO = 2,           /* Grubel-Lloyd of x (X + M) / 2X and m (X + M) / 2M */
  /* Of the changes of exports, x, and of imports, m, between two periods, which may be negative: */
  TRADE_PARTNER_MARGINAL_A = 3, /* 1 - sum abs(x - m) / sum (abs x + abs m): is new trade one-way (0) or two-way (1) */
  TRADE_PARTNER_MARGINAL_B = 4  /* sum (x - m) / sum (abs x + abs m): -1 to 1, who gains */
};

/**
 * Grubel-Lloyd index of intra-industry trade in one product: 1 - abs(x - m) / (x + m), that is 2 min(x, m) / (x + m).
 *
 * @param exports, imports  of the product, not negative
 * @return 0 (one way only) to 1 (balanced), within 1.5 ulps also near 0; NaN if both are 0. Source: Grubel and Lloyd
 *         (1975).
 */
TRADE_API double trade_partner_grubel_lloyd(double exports, double imports);

/** Grubel-Lloyd index of n products together, weighted by their trade: trade_partner_two_way of that method. */
TRADE_API double trade_partner_grubel_lloyd_total(const double *exports, const double *imports, size_t n);

/**
 * Two-way trade of n products together, by any method of the list. The formulas without their cancellation, min being 0
 * for changes of opposite signs: Grubel-Lloyd and marginal A are 2 sum min(abs x, abs m) / sum (abs x + abs m), the
 * adjusted index sum min(x, m) / min(X, M), Aquino's sum min(x/X, m/M), which is also Michaely's
 * 1 - sum abs(x/X - m/M) / 2. Marginal A and B are means of the products' own, weighted by abs x + abs m; gains and
 * losses offset each other in a B of several products.
 *
 * @param exports, imports  n values each, or n changes for the marginal methods
 * @return 0 to 1 (B: -1 to 1), within 2.5 ulps, Aquino's within 6.5; NaN if what it is divided by is 0, as for n == 0.
 *         Aquino's is 1 to the last bit if exports and imports are the same or in a proportion that is a power of two.
 *         Sources: Grubel and Lloyd (1975), Aquino (1978), Michaely (1962), Bruelhart (1994).
 */
TRADE_API double trade_partner_two_way(int32_t method, const double *exports, const double *imports, size_t n);

/**
 * The index of each product: results[i] by GRUBEL_LLOYD, MARGINAL_A (within 1.5 ulps) or MARGINAL_B (2.5); NaN where
 * both are 0 or one is missing. Matrices are arrays of n = rows * columns. `results` may be `exports` or `imports`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for another method, or a negative value
 *         with GRUBEL_LLOYD
 */
TRADE_API trade_status trade_partner_two_way_array(int32_t method, const double *exports, const double *imports,
                                                   size_t n, double *results);

enum {
  TRADE_PARTNER_GREENAWAY = 0, /* two-way if both are positive; horizontal if 1 - alpha <= ratio <= 1 + alpha */
  TRADE_PARTNER_FONTAGNE = 1   /* two-way if min / max > 0.1; horizontal if ratio and inverse are <= 1 + alpha */
};

enum {
  TRADE_PARTNER_TYPE_UNKNOWN = 0,       /* no trade, or a value that decides is missing */
  TRADE_PARTNER_TYPE_ONE_WAY = 1,       /* whatever the unit values */
  TRADE_PARTNER_TYPE_HORIZONTAL = 2,    /* both ways, at about the same unit value: varieties */
  TRADE_PARTNER_TYPE_VERTICAL_HIGH = 3, /* both ways, exports dearer than imports: qualities */
  TRADE_PARTNER_TYPE_VERTICAL_LOW = 4   /* both ways, exports cheaper */
};

/**
 * What kind of trade each product's is, by the ratio of the unit value of exports to that of imports. The share of a
 * type in trade is then the trade of its products over all trade (Fontagne), or their Grubel-Lloyd part of it
 * (Greenaway).
 *
 * @param exports, imports                        n values each
 * @param export_unit_values, import_unit_values  n values each, per unit of quantity; 0 or missing: unknown
 * @param alpha  0.15 or 0.25 as a rule; 0 or more, less than 1 for Greenaway. Quotients and 1 +- alpha are compared as
 *               rounded to a double, so that 115 over 100 is within 0.15
 * @param types  n results
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value, another method or
 *         alpha. Sources: Greenaway, Hine and Milner (1995); Fontagne and Freudenberg (1997).
 */
TRADE_API trade_status trade_partner_type_array(int32_t method, const double *exports, const double *imports,
                                                const double *export_unit_values, const double *import_unit_values,
                                                size_t n, double alpha, uint8_t *types);

/* ---- Structures of trade side by side ---- */

enum {
  /* Of the shares s of each product in a and t in b: */
  TRADE_PARTNER_FINGER_KREININ = 0, /* sum min(s, t) = 1 - sum abs(s - t) / 2: 0, nothing in common, to 1 */
  TRADE_PARTNER_COSINE = 1,         /* sum s t / sqrt(sum s^2 sum t^2): 0 to 1 */
  TRADE_PARTNER_KRUGMAN = 2         /* sum abs(s - t), specialisation: 0, the same structure, to 2: a distance */
};

/**
 * How alike the structures of two economies' exports are (or of imports, production, ...), or of one's exports and
 * another's imports.
 *
 * @param a, b  n values each by product, not negative; not yet shares
 * @return within 6.5 ulps (Finger-Kreinin) or 4 ulps (cosine), or 2^-130 if that is more; Krugman within 6.5 ulps or
 *         2^-100 if that is more, however near to 0. NaN if a total is 0 or a value is missing. To the last bit: the
 *         same with a and b exchanged; 1, 1 and 0 if a and b are the same, or one is the other times a power of two;
 *         never out of its range. Sources: Finger and Kreinin (1979), Krugman (1991).
 */
TRADE_API double trade_partner_similarity(int32_t method, const double *a, const double *b, size_t n);

/** Michaely's complementarity of one country's exports with another's imports, 1 - sum abs(x/X - m/M) / 2: their
 *  Finger-Kreinin similarity, 0 to 1. WITS and ESCAP print it times 100. */
TRADE_API double trade_partner_complementarity(const double *exports, const double *imports, size_t n);

/**
 * Similarity of each row of one matrix with each row of another: results[i * others + j] has the bits of
 * trade_partner_similarity of row i of a and row j of b. Exports by country and product as both a and b give the
 * similarity of every pair (computed once a pair), exports as a and imports as b every complementarity, one row as a
 * those of one country; blocks of rows can be left to several threads.
 *
 * @param a        rows x columns values
 * @param b        others x columns values
 * @param results  rows x others; no overlap with a and b. Nothing is written if a count is 0
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value or another method. A
 *         missing value or a total of 0 makes NaN of the results of its row.
 */
TRADE_API trade_status trade_partner_similarity_matrix(int32_t method, const double *a, size_t rows, const double *b,
                                                       size_t others, size_t columns, double *results);

/* ---- Relations between countries, and within regions ---- */

enum {
  /* Of x, the flow from i to j; X_i, all from i; M_j, all to j; W, all from all to all: */
  TRADE_PARTNER_INTENSITY = 0,    /* (x / X_i) / (M_j / W), Brown, Kojima, WITS, ESCAP: 1 is as expected */
  TRADE_PARTNER_KUNIMOTO = 1,     /* (x / X_i) / (M_j / (W - M_i)), also WTO/UNCTAD: i does not export to itself */
  TRADE_PARTNER_HOMOGENEOUS = 2,  /* HI = (x / X_i) / ((M_j - x) / (W - X_i)): i's share to j over all others' */
  TRADE_PARTNER_INTROVERSION = 3, /* (HI - HE) / (HI + HE), HE being that ratio of 1 - the shares: -1 to 1 */
  TRADE_PARTNER_SHARE = 4         /* x / X_i */
};

/**
 * Intensity of trade from i to j, or of both ways together if each value is exports and imports (Iapadre's indices are
 * of those). Introversion is 0 where i trades with j as others do. With b = X_i - x, c = M_j - x and d what is left of
 * the world, it is (x d - b c) / (x d + b c): 1 if nobody else trades with j.
 *
 * @param flow     from i to j
 * @param exports  all from i
 * @param imports  all to j
 * @param world    all from all to all. KUNIMOTO, which needs M_i too, is refused: it is INTENSITY with W - M_i as world
 * @return within 6.5 ulps (share 2.5, introversion 4.5 or 2^-100 if that is more); NaN where what is divided by is 0.
 *         HOMOGENEOUS and INTROVERSION are NaN too if the parts exceed their totals. Sources: Brown (1949), Kojima
 *         (1964), Kunimoto (1977), Iapadre (2006), WTO/UNCTAD Practical Guide (2012), ch. 1.
 */
TRADE_API double trade_partner_intensity(int32_t method, double flow, double exports, double imports, double world);

/**
 * Intensity of every pair: results[i * n + j] by any method of the list, from a matrix of all flows.
 *
 * @param flows    n x n values: row i has country i's exports to each; the diagonal, mostly 0, counts as it stands. For
 *                 trade both ways put x_ij + x_ji: then HOMOGENEOUS and INTROVERSION are as Iapadre has them
 * @param results  n x n; no overlap with flows
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value or another method.
 *         Bounds and NaN as in trade_partner_intensity; a missing value is in the world's total, so that only shares
 *         remain.
 */
TRADE_API trade_status trade_partner_intensity_matrix(int32_t method, const double *flows, size_t n, double *results);

/**
 * How much a region trades with itself, by any method of the list with the region as both i and j: x is the trade among
 * members, X_i all from members, M_j all to members; M_i is M_j. SHARE is the intra-regional share, INTENSITY the
 * regional intensity, INTROVERSION the symmetric (regional) introversion. Of exports alone (ESCAP), or both ways as in
 * the Asian Development Bank's figures if flows are x_ij + x_ji.
 *
 * @param flows    n x n values as in trade_partner_intensity_matrix
 * @param members  n bytes, not 0 for a member
 * @return as trade_partner_intensity. Sources: ESCAP, Trade Statistics in Policymaking (2009); Iapadre (2006); Hamanaka
 *         (2015).
 */
TRADE_API double trade_partner_region(int32_t method, const double *flows, const uint8_t *members, size_t n);

/**
 * Index of export market penetration: of all pairs of a product and a market that imports it, the part that the country
 * reaches. Products it exports to no one are left out.
 *
 * @param exports  rows x columns values: the country's exports by product (row) and market (column); rows = 1 is one
 *                 product
 * @param imports  rows x columns values: the same products' imports of each market from the world
 * @return pairs with exports / pairs with imports (0.5 ulp), above 1 where exports stand beside no imports; NaN if the
 *         country exports nothing or a value is missing. Source: WITS.
 */
TRADE_API double trade_partner_penetration(const double *exports, const double *imports, size_t rows, size_t columns);

/** What moved a country's exports, each in the unit of the values. */
typedef struct trade_partner_effects {
  double world;           /* sum V r: what exports would have gained at the world's growth */
  double commodity;       /* sum V_i (r_i - r): whether they were in products that grew faster */
  double market;          /* sum V_ij (r_ij - r_i): whether they went to markets that grew faster */
  double competitiveness; /* sum (V'_ij - V_ij - V_ij r_ij): what is left, market shares won or lost */
} trade_partner_effects;

/**
 * Constant market share analysis: takes the change of a country's exports from V to V' apart, by product i and market
 * j; r, r_i and r_ij are the growth of the world's exports in all, of product i, of product i to market j. The four
 * effects add up to the change.
 *
 * @param current, base              rows x columns: the country's exports V' and V, product i in row i, market j in
 *                                   column j
 * @param world_current, world_base  the same of the world; whether the country is in it is the caller's choice
 * @param effects  NaN are: what uses a missing value; what uses the growth of a world's total that was 0, unless the
 *                 country's was 0 too (exports where there were none before are competitiveness)
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value. world is within 4.5
 *         ulps. Each other effect is a sum of terms V (g - h), or V' - V (1 + g), in units of 2^-128: within 9 ulps of
 *         the sum of their magnitudes, or of 2^-45 of the sum of V (abs g + abs h), or V' + V (1 + g), if that is more.
 *         Source: Leamer and Stern (1970), ch. 7.
 */
TRADE_API trade_status trade_partner_constant_market_share(const double *current, const double *base,
                                                           const double *world_current, const double *world_base,
                                                           size_t rows, size_t columns, trade_partner_effects *effects);

#ifdef __cplusplus
}
#endif

#endif
