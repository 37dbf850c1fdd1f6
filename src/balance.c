#include "tradestat/balance.h"

#include "check.h"
#include "internal.h"
#include "tradestat/sum.h"

double trade_balance(double exports, double imports) { return trade_finite_or_undefined(exports - imports); }

static inline double balance_normalised(double exports, double imports) {
  const double total = exports + imports, ratio = (exports - imports) / total;
  return (exports >= 0) & (imports >= 0) & trade_positive(total) ? ratio : TRADE_UNDEFINED;
}

double trade_balance_normalised(double exports, double imports) { return balance_normalised(exports, imports); }

/** part / whole, selected after it is computed, so that loops have no branch. */
static inline double balance_ratio(double part, double whole) {
  const double ratio = trade_finite_or_undefined(part / whole);
  return part >= 0 && trade_positive(whole) ? ratio : TRADE_UNDEFINED;
}

double trade_balance_cover(double exports, double imports) { return balance_ratio(exports, imports); }

static trade_status balance_check(const double *exports, const double *imports, size_t n, const double *result) {
  if (n > 0 && (!exports || !imports || !result)) return TRADE_ERROR_NULL;
  return trade_fits(n, sizeof *exports) ? TRADE_OK : TRADE_ERROR_LENGTH;
}

/** The same for values that may not be negative; an infinite one is missing, not negative. */
static trade_status balance_check_values(const double *exports, const double *imports, size_t n, const double *result) {
  trade_status status = balance_check(exports, imports, n, result);
  if (status == TRADE_OK) status = trade_check_values(exports, n);
  return status == TRADE_OK ? trade_check_values(imports, n) : status;
}

trade_status trade_balance_array(const double *exports, const double *imports, size_t n, double *balance) {
  const trade_status status = balance_check(exports, imports, n, balance);
  if (status != TRADE_OK) return status;
  for (size_t i = 0; i < n; i++) balance[i] = trade_finite_or_undefined(exports[i] - imports[i]);
  return TRADE_OK;
}

trade_status trade_balance_normalised_array(const double *exports, const double *imports, size_t n,
                                            double *normalised) {
  const trade_status status = balance_check_values(exports, imports, n, normalised);
  if (status != TRADE_OK) return status;
  for (size_t i = 0; i < n; i++) normalised[i] = balance_normalised(exports[i], imports[i]);
  return TRADE_OK;
}

trade_status trade_balance_cover_array(const double *exports, const double *imports, size_t n, double *cover) {
  const trade_status status = balance_check_values(exports, imports, n, cover);
  if (status != TRADE_OK) return status;
  for (size_t i = 0; i < n; i++) cover[i] = balance_ratio(exports[i], imports[i]);
  return TRADE_OK;
}

double trade_balance_openness(double exports, double imports, double gdp) {
  return exports >= 0 && imports >= 0 ? balance_ratio(exports + imports, gdp) : TRADE_UNDEFINED;
}

double trade_balance_openness_mean(double exports, double imports, double gdp) {
  return trade_balance_openness(exports, imports, gdp) / 2;
}

double trade_balance_export_propensity(double exports, double output) { return balance_ratio(exports, output); }

/** Apparent consumption: what is produced and not exported, or imported, rounded once. */
static double balance_apparent(double output, double exports, double imports) {
  trade_sum total = {0, 0, 0, 0};
  if (!(output >= 0 && exports >= 0 && imports >= 0)) return TRADE_UNDEFINED;
  trade_sum_add(&total, output);
  trade_sum_subtract(&total, exports);
  trade_sum_add(&total, imports);
  return trade_sum_value(&total);
}

double trade_balance_import_penetration(double imports, double exports, double output) {
  return balance_ratio(imports, balance_apparent(output, exports, imports));
}

double trade_balance_self_sufficiency(double output, double exports, double imports) {
  return balance_ratio(output, balance_apparent(output, exports, imports));
}

double trade_balance_marginal_propensity(double imports, double base_imports, double gdp, double base_gdp) {
  const double change = gdp - base_gdp;
  if (!(imports >= 0 && base_imports >= 0 && gdp >= 0 && base_gdp >= 0 && trade_known(change))) return TRADE_UNDEFINED;
  return trade_finite_or_undefined((imports - base_imports) / change);
}

double trade_balance_contribution(double exports, double imports, double base_exports, double base_imports,
                                  double base_gdp) {
  trade_sum change = {0, 0, 0, 0};
  trade_sum_add(&change, exports);
  trade_sum_subtract(&change, imports);
  trade_sum_subtract(&change, base_exports);
  trade_sum_add(&change, base_imports);
  return trade_positive(base_gdp) ? trade_finite_or_undefined(trade_sum_value(&change) / base_gdp) : TRADE_UNDEFINED;
}

double trade_balance_net_barter_terms(double export_price, double import_price) {
  if (!trade_positive(export_price)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(100 * balance_ratio(export_price, import_price)); /* of equal ones 100 exactly */
}

double trade_balance_income_terms(double export_price, double import_price, double export_quantity) {
  if (!trade_positive(export_price) || !(export_quantity >= 0)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(balance_ratio(export_price, import_price) * export_quantity);
}

double trade_balance_gross_barter_terms(double import_quantity, double export_quantity) {
  return trade_finite_or_undefined(100 * balance_ratio(import_quantity, export_quantity));
}

double trade_balance_mirror_gap(double imports_cif, double exports_fob) {
  if (!(imports_cif >= 0) || !trade_positive(exports_fob)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined((imports_cif - exports_fob) / exports_fob);
}

double trade_balance_cif_fob(double imports_cif, double exports_fob) { return balance_ratio(imports_cif, exports_fob); }
