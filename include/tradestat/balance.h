/**
 * Balance: exports beside imports and beside the economy, and the terms of trade. Ratios are ratios, index numbers have
 * the base 100. Values are in one unit and not negative, unless a comment says otherwise: of a negative one, a figure
 * is NaN.
 *
 * Error bounds are in ulps of the result. They hold where no step's result is subnormal, or 0 by underflow, and, where
 * three values or more are added, in the range that sum.h calls exact. Where a sum or quotient on the way overflows,
 * the result is NaN.
 */
#ifndef TRADE_BALANCE_H
#define TRADE_BALANCE_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Trade balance: exports - imports, in their unit (0.5 ulp). Either may be negative, as net exports of goods under
 *  merchanting are. NaN if one is missing. */
TRADE_API double trade_balance(double exports, double imports);

/**
 * Normalised (relative) trade balance: (exports - imports) / (exports + imports), from -1 (imports only) to 1 (exports
 * only). Within 2.5 ulps, 1.5 where neither is more than twice the other. NaN if both are 0, one is negative or one is
 * missing. Source: ESCAP, Trade Statistics in Policymaking (2009); in percent, ITC's relative trade balance.
 */
TRADE_API double trade_balance_normalised(double exports, double imports);

/** Cover ratio: exports / imports (0.5 ulp), 1 where trade is balanced. NaN if imports are not positive, exports are
 *  negative, or one is missing. */
TRADE_API double trade_balance_cover(double exports, double imports);

/**
 * The same of n pairs: balance[i], and so on, from exports[i] and imports[i], with the bits of the functions above. The
 * result may be `exports` or `imports`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a negative value, other than in
 *         trade_balance_array
 */
TRADE_API trade_status trade_balance_array(const double *exports, const double *imports, size_t n, double *balance);
TRADE_API trade_status trade_balance_normalised_array(const double *exports, const double *imports, size_t n,
                                                      double *normalised);
TRADE_API trade_status trade_balance_cover_array(const double *exports, const double *imports, size_t n, double *cover);

/** Trade openness: (exports + imports) / gdp, within 1.5 ulps; may be above 1. NaN if GDP is not positive, a value is
 *  negative or one is missing. Source: WTO/UNCTAD, A Practical Guide to Trade Policy Analysis (2012), ch. 1; the World
 *  Bank's "trade (% of GDP)". */
TRADE_API double trade_balance_openness(double exports, double imports, double gdp);

/** Trade openness as UNCTAD has it: the mean of exports and imports over GDP, (exports + imports) / 2 / gdp: half of
 *  the above, bound and NaN likewise. Source: UNCTAD Handbook of Statistics; Eurostat's "trade integration". */
TRADE_API double trade_balance_openness_mean(double exports, double imports, double gdp);

/** Export propensity: exports / output (0.5 ulp), output being GDP or an industry's own. NaN if output is not positive,
 *  exports are negative, or one is missing. Source: ESCAP (2009). */
TRADE_API double trade_balance_export_propensity(double exports, double output);

/**
 * Import penetration: imports over apparent consumption, imports / (output - exports + imports).
 *
 * @param output  GDP, or what an industry produces
 * @return the ratio, within 1.5 ulps however little of the output stays at home; above 1 where more is exported than
 *         produced. NaN if apparent consumption is not positive, a value is negative or one is missing. Source:
 *         WTO/UNCTAD (2012); ESCAP (2009)
 */
TRADE_API double trade_balance_import_penetration(double imports, double exports, double output);

/** Self-sufficiency: output over apparent consumption, output / (output - exports + imports). Bound, NaN and range are
 *  those of import penetration. Source: ESCAP (2009); FAO's self-sufficiency ratio. */
TRADE_API double trade_balance_self_sufficiency(double output, double exports, double imports);

/** Marginal propensity to import: change of imports over change of GDP, (imports - base_imports) / (gdp - base_gdp),
 *  within 2.5 ulps. NaN if GDP has not changed, a value is negative or one is missing. Source: ESCAP (2009). */
TRADE_API double trade_balance_marginal_propensity(double imports, double base_imports, double gdp, double base_gdp);

/**
 * Contribution of net exports to the growth of GDP, in points: the change of the balance over GDP in the base period,
 * ((exports - imports) - (base_exports - base_imports)) / base_gdp.
 *
 * @param exports, imports            of the current period, at the base period's prices for a contribution to real
 *                                    growth; of any sign
 * @param base_exports, base_imports  of the base period
 * @return the contribution as a ratio, within 1.5 ulps also where the changes nearly cancel; NaN if base_gdp is not
 *         positive or one is missing
 */
TRADE_API double trade_balance_contribution(double exports, double imports, double base_exports, double base_imports,
                                            double base_gdp);

/** Net barter (commodity) terms of trade, an index: 100 * export_price / import_price, of two price indices with one
 *  base. Within 1.5 ulps, and 100 where the two are equal. NaN unless both are positive and finite. Source: XMPI Manual
 *  (IMF 2009); UNCTAD Handbook of Statistics. */
TRADE_API double trade_balance_net_barter_terms(double export_price, double import_price);

/** Income terms of trade (purchasing power of exports), an index: export_price / import_price * export_quantity, which
 *  has the base of the quantity index: 100. Within 1.5 ulps. NaN unless the prices are positive and the quantity is not
 *  negative. Source: as above. */
TRADE_API double trade_balance_income_terms(double export_price, double import_price, double export_quantity);

/** Gross barter terms of trade, an index: 100 * import_quantity / export_quantity, of two quantity indices with one
 *  base. Within 1.5 ulps. NaN if export_quantity is not positive, import_quantity is negative, or one is missing.
 *  Source: Taussig (1927). */
TRADE_API double trade_balance_gross_barter_terms(double import_quantity, double export_quantity);

/** Mirror gap: by how much the importer's figure is above the exporter's for the same flow, (imports_cif - exports_fob)
 *  / exports_fob. Within 1.5 ulps. NaN if exports are not positive, imports are negative, or one is missing. Source:
 *  IMTS 2010. */
TRADE_API double trade_balance_mirror_gap(double imports_cif, double exports_fob);

/** Ratio of c.i.f. to f.o.b. value of the same flow: imports_cif / exports_fob (0.5 ulp). NaN as the mirror gap.
 *  Source: IMTS 2010. */
TRADE_API double trade_balance_cif_fob(double imports_cif, double exports_fob);

#ifdef __cplusplus
}
#endif

#endif
