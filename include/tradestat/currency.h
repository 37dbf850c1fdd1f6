/**
 * Currencies and exchange rates: ISO 4217, rates that know their direction, conversion, averages and series of rates.
 *
 * A currency is an int32_t, its ISO 4217 number: 840 is USD. Where a number was given out again (MXP and then MXN had
 * 484, ANG and then XCG 532), the active currency or else the last withdrawn has it; the others, from the last
 * withdrawn back, have it plus 1000, 2000, ...: 1484 is MXP, so that a series in old pesos is never taken for one in
 * new. The ISO number is always currency % 1000.
 *
 * Error bounds are in ulps of the result and hold for results and intermediate results within a double's normal range;
 * where totals are involved, within the range of trade_sum.
 */
#ifndef TRADE_CURRENCY_H
#define TRADE_CURRENCY_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The currencies most used in trade figures; trade_currency_parse finds the others. */
enum {
  TRADE_AUD = 36,
  TRADE_BRL = 986,
  TRADE_CAD = 124,
  TRADE_CHF = 756,
  TRADE_CNY = 156,
  TRADE_CZK = 203,
  TRADE_DKK = 208,
  TRADE_EUR = 978,
  TRADE_GBP = 826,
  TRADE_HKD = 344,
  TRADE_HUF = 348,
  TRADE_IDR = 360,
  TRADE_ILS = 376,
  TRADE_INR = 356,
  TRADE_JPY = 392,
  TRADE_KRW = 410,
  TRADE_MXN = 484,
  TRADE_MYR = 458,
  TRADE_NOK = 578,
  TRADE_NZD = 554,
  TRADE_PHP = 608,
  TRADE_PLN = 985,
  TRADE_RUB = 643,
  TRADE_SAR = 682,
  TRADE_SEK = 752,
  TRADE_SGD = 702,
  TRADE_THB = 764,
  TRADE_TRY = 949,
  TRADE_TWD = 901,
  TRADE_USD = 840,
  TRADE_VND = 704,
  TRADE_XDR = 960,
  TRADE_ZAR = 710,
  TRADE_XXX = 999 /* ISO's own code for "no currency is involved" */
};

/** Reads an ISO 4217 code, "CNY" (letters of either case) or "156" (three digits: of the currencies that had the
 *  number, the one that has it as it is). TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_TEXT if it has neither form,
 *  TRADE_ERROR_CURRENCY if no such code is or was assigned. Source: ISO 4217, lists one and three, up to amendment 180
 *  (2026). */
TRADE_API trade_status trade_currency_parse(const char *text, size_t length, int32_t *currency);

/** The three letters of a currency, a constant string that trade_currency_parse reads back; null if it is unknown. */
TRADE_API const char *trade_currency_letters(int32_t currency);

/** The English name of a currency as ISO 4217 prints it, a constant UTF-8 string; null if it is unknown. Two can have
 *  one name (the Leone is SLE and was SLL). */
TRADE_API const char *trade_currency_name(int32_t currency);

/** Digits after the point in its minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; at most 4. For a withdrawn
 *  currency, what it had last (0 for ITL). -1 if it is unknown, has none (gold, XDR), or is a withdrawn one whose
 *  digits no list that we know of still gives (DDM, CSK, XEU). */
TRADE_API int32_t trade_currency_minor_units(int32_t currency);

/** 1 if the currency is an active one of ISO 4217, 0 if it was withdrawn, -1 if it is unknown. */
TRADE_API int32_t trade_currency_active(int32_t currency);

/** How many currencies the table has, active and withdrawn. */
TRADE_API size_t trade_currency_count(void);

/** The currencies by position, ordered by letters: trade_currency_at(0) is ADP. 0 beyond the end. */
TRADE_API int32_t trade_currency_at(size_t position);

/** A value rounded to the currency's minor unit, half to even, by the value's exact binary expansion (2.675 USD lies
 *  below the tie, so 2.67): the double nearest to that decimal. A zero result is +0. Unchanged if
 *  trade_currency_minor_units is -1; NaN if the currency is unknown or the value is missing. */
TRADE_API double trade_currency_round(double value, int32_t currency);

/**
 * A quoted rate in the form of ISO and the market, BASE/QUOTE: one unit of `base` costs `price` units of `quote`.
 * USD/CNY 6.4545 is {6.4545, TRADE_USD, TRADE_CNY}. A price that is not positive and finite is no rate; the undefined
 * rate is {NaN, 0, 0}. A rate between a currency and itself, or with an unknown one, is undefined too, however it came
 * about.
 */
typedef struct trade_rate {
  double price;
  int32_t base;
  int32_t quote;
} trade_rate;

/** The rate of those parts; undefined if the price is not positive and finite, or a currency is unknown, or both are
 *  one. */
TRADE_API trade_rate trade_rate_make(double price, int32_t base, int32_t quote);

/** 1 if trade_rate_make would make it, else 0. */
TRADE_API int32_t trade_rate_valid(trade_rate rate);

/** The same rate the other way round: 1 / price, currencies swapped (0.5 ulp). Undefined if `rate` is, or 1 / price
 *  overflows. */
TRADE_API trade_rate trade_rate_inverse(trade_rate rate);

/**
 * The rate of the two currencies that `a` and `b` do not share, in any orientation; its base is a's other currency, its
 * quote b's.
 *
 *   A/S and S/B: a * b     A/S and B/S: a / b     S/A and S/B: b / a     S/A and B/S: 1 / (a * b)
 *
 * 0.5 ulp, the last one 1.5 ulp. Undefined if they share none or both, one is undefined, or the result overflows or
 * underflows.
 */
TRADE_API trade_rate trade_rate_cross(trade_rate a, trade_rate b);

/** The rate at which a value in `base` was given as a value in `quote`: price = quote_value / base_value (0.5 ulp).
 *  Undefined unless both are positive and finite, and the currencies two known ones. */
TRADE_API trade_rate trade_rate_implied(double base_value, int32_t base, double quote_value, int32_t quote);

/**
 * The irrevocably fixed conversion rate of a currency that went into the euro: EUR/DEM 1.95583, six significant digits,
 * to be used as they stand, never rounded and never by way of their inverse. Undefined for every other currency.
 * Between two of these currencies convert through the euro, once by each one's rate; rounding the euros to no fewer
 * than three decimals is allowed. Source: Council Regulation (EC) No 2866/98 as amended by 1478/2000 (GRD), 1086/2006
 * (SIT), 1134/2007 (MTL), 1135/2007 (CYP), 694/2008 (SKK), 671/2010 (EEK), 870/2013 (LVL), 851/2014 (LTL), 2022/1208
 * (HRK), and in 2025 for BGN; the rules of conversion: Council Regulation (EC) No 1103/97, article 4.
 */
TRADE_API trade_rate trade_rate_euro_fixed(int32_t currency);

/** Converts a value from `currency` into the other currency of the rate: value * price if it is in the base, value /
 *  price if it is in the quote (0.5 ulp). NaN if the rate does not hold the currency (never the inverse by mistake) or
 *  is undefined, or the value is missing. */
TRADE_API double trade_currency_convert(double value, int32_t currency, trade_rate rate);

/** The same for n values; a missing one stays missing. `converted` may be `values`. TRADE_OK, TRADE_ERROR_NULL,
 *  TRADE_ERROR_LENGTH, TRADE_ERROR_RATE if the price is none, TRADE_ERROR_CURRENCY if the rate does not hold the
 *  currency or is not of two known ones. */
TRADE_API trade_status trade_currency_convert_array(const double *values, size_t n, int32_t currency, trade_rate rate,
                                                    double *converted);

/**
 * Converts n values, each at its own period's rate: converted[i] = values[i] at prices[i] units of `quote` for one of
 * `base`. NaN where the value is missing or the price is not positive and finite; 0.5 ulp. `converted` may be `values`
 * or `prices`.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_CURRENCY unless base and quote are two known
 *         currencies and `currency` is one of them
 */
TRADE_API trade_status trade_currency_convert_series(const double *values, const double *prices, size_t n,
                                                     int32_t currency, int32_t base, int32_t quote, double *converted);

/**
 * The same for rows in any order, where many share a period: converted[i] = values[i] at the price prices[period[i]].
 *
 * @param period  n places in `prices`, 0 to price_count - 1: months after the first, say (trade_period_months_between)
 * @return as trade_currency_convert_series, and TRADE_ERROR_VALUE if there is no such place: then nothing is written.
 *         `converted` may be `values`, nothing else may overlap
 */
TRADE_API trade_status trade_currency_convert_period_array(const double *values, const int32_t *period, size_t n,
                                                           const double *prices, size_t price_count, int32_t currency,
                                                           int32_t base, int32_t quote, double *converted);

/** A total of several periods in another currency: converted period by period, and at the periods' plain mean price.
 *  They are not the same; statistics of a year use the first where they can. */
typedef struct trade_currency_total {
  double by_period;  /* sum of values[i] converted at prices[i] */
  double at_average; /* sum of values, converted at the mean of prices */
  double difference; /* by_period - at_average */
} trade_currency_total;

/**
 * Fills a trade_currency_total; arguments and statuses as trade_currency_convert_series. All members are NaN if a value
 * is missing or a price is not positive and finite. n == 0 leaves no mean: by_period is 0, the others NaN.
 *
 * Each member is computed from exact totals and rounded at the end, within 0.501 ulp; the difference is of the exact
 * two, so that it holds when they are close: to that bound or to 2^-100 of the sum of the converted values' magnitudes,
 * whichever is larger. Products of totals (sum of values * sum of prices) must stay within the range of trade_sum,
 * below 2^127.
 */
TRADE_API trade_status trade_currency_convert_total(const double *values, const double *prices, size_t n,
                                                    int32_t currency, int32_t base, int32_t quote,
                                                    trade_currency_total *total);

/** Mean of the n published prices of a period, missing ones (NaN, or not positive and finite) left out, as the ECB and
 *  the Federal Reserve average daily rates. How many were used goes to *used, unless null. NaN if none. Within 0.501
 *  ulp. */
TRADE_API double trade_rate_mean(const double *prices, size_t n, size_t *used);

/** Value-weighted rate: sum of n values in local currency over the sum of the same values converted; local units for
 *  one unit of the other. NaN if a sum is not positive or a value is missing. Within 0.501 ulp. */
TRADE_API double trade_rate_weighted(const double *local, const double *converted, size_t n);

/** Appreciation of a rate's base currency between two prices: (current - earlier) / earlier, within 1.5 ulp.
 *  NaN unless both are positive and finite. */
TRADE_API double trade_rate_appreciation(double current, double earlier);

/** Change in the value of a rate's quote currency between two prices: (earlier - current) / current, within 1.5 ulp;
 *  negative when it depreciated. Not the same number as the base's appreciation. NaN unless both are positive and
 *  finite. */
TRADE_API double trade_rate_depreciation(double current, double earlier);

/**
 * Nominal effective exchange rate: weighted geometric mean of n bilateral indices, prod indices[i]^(weights[i] / sum of
 * weights). The same bits in any order of the rows; of equal indices it is that index exactly.
 *
 * @param indices  positive; their quotients by the mean must stay within a double's range
 * @param weights  not negative, need not add to 1; the sum positive
 * @return within 4 + 3 L ulp, L being the largest |ln(index / arithmetic mean)|, with a C library whose log and exp are
 *         within 1 ulp; NaN if n == 0, an index is not positive, a weight is negative, the weights sum to 0, or one is
 *         missing
 */
TRADE_API double trade_rate_effective(const double *indices, const double *weights, size_t n);

/** Real rate or real effective rate: nominal * foreign_price / home_price, within 1.5 ulp. NaN unless all are positive
 *  and finite. */
TRADE_API double trade_rate_real(double nominal, double foreign_price, double home_price);

/**
 * A published series of rates: prices[i] on dates[i]. The dates are days (trade_day_parse) or months
 * (trade_period_first_month), sorted ascending or descending with no two equal; a price that is missing (NaN) or not
 * positive and finite is a date without a rate. The arrays stay the caller's.
 */
typedef struct trade_rate_series {
  const int32_t *dates;
  const double *prices;
  size_t n;
  int32_t base;
  int32_t quote;
} trade_rate_series;

/** What to do when the date has no rate. */
enum {
  TRADE_RATE_REFUSE = 0,     /* TRADE_ERROR_NOT_FOUND */
  TRADE_RATE_LAST_KNOWN = 1, /* the latest rate before the date */
  TRADE_RATE_NEAREST = 2     /* the nearest date with a rate, the earlier one of two */
};

/**
 * The rate of a date, by an explicit rule for a date without one.
 *
 * @param rule  TRADE_RATE_REFUSE, TRADE_RATE_LAST_KNOWN or TRADE_RATE_NEAREST
 * @param reach how far from the date the rule may go, in the unit of the dates (10 days, say); not negative
 * @param rate  receives the rate
 * @param used  receives the date whose rate it is, unless null
 * @return TRADE_OK; TRADE_ERROR_NOT_FOUND if no rate lies within reach; TRADE_ERROR_NULL, TRADE_ERROR_LENGTH,
 *         TRADE_ERROR_CURRENCY, TRADE_ERROR_VALUE for another rule or a negative reach, TRADE_ERROR_ORDER where the
 *         search meets dates out of order (it does not look at all of them; trade_rate_series_check does)
 */
TRADE_API trade_status trade_rate_series_at(const trade_rate_series *series, int32_t date, int32_t rule, int32_t reach,
                                            trade_rate *rate, int32_t *used);

/** Mean of the rates published from date `first` to date `last`, both inclusive, as trade_rate_mean, and how many they
 *  are (unless null). Statuses as above, every date between the two being looked at; TRADE_ERROR_NOT_FOUND if there is
 *  no rate, as when first > last; TRADE_ERROR_RATE if the mean is beyond the range of trade_sum. A month's or a year's
 *  rate from daily ones: trade_period_first_day, trade_period_last_day. */
TRADE_API trade_status trade_rate_series_mean(const trade_rate_series *series, int32_t first, int32_t last,
                                              trade_rate *rate, size_t *used);

/** Goes through a whole series: TRADE_OK, or TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_CURRENCY,
 *  TRADE_ERROR_ORDER. */
TRADE_API trade_status trade_rate_series_check(const trade_rate_series *series);

#ifdef __cplusplus
}
#endif

#endif
