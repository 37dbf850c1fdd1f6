#include "trade_test.h"

#define NONE ((double)NAN)
#define INF  ((double)INFINITY)

enum { UNKNOWN = 1, RATES_MOST = 2048 };

static int32_t currency_named(const char *letters) {
  int32_t currency = 0;
  assert_status(trade_currency_parse(letters, strlen(letters), &currency), TRADE_OK);
  return currency;
}

static trade_rate made(double price, const char *base, const char *quote) {
  trade_rate rate = {price, currency_named(base), currency_named(quote)};
  return rate;
}

static void assert_rate(trade_rate rate, double price, int32_t base, int32_t quote) {
  assert_same(rate.price, price);
  assert_int_equal(rate.base, base);
  assert_int_equal(rate.quote, quote);
}

static void assert_no_rate(trade_rate rate) { assert_rate(rate, NONE, 0, 0); }

/* ---- The table ---- */

static void the_table_is_sorted_and_every_currency_reads_back(void **state) {
  (void)state;
  const char *before = "";
  for (size_t i = 0; i < trade_currency_count(); i++) {
    const int32_t currency = trade_currency_at(i);
    const char *letters = trade_currency_letters(currency);
    assert_int_equal(strlen(letters), 3);
    assert_true(strcmp(before, letters) < 0);
    before = letters;
    assert_int_equal(currency_named(letters), currency); /* so two letters never share a currency */
    assert_in_range(trade_currency_active(currency), 0, 1);
    assert_true(trade_currency_minor_units(currency) >= -1 && trade_currency_minor_units(currency) <= 4);
    assert_true(strlen(trade_currency_name(currency)) > 1);
  }
  assert_int_equal(trade_currency_at(trade_currency_count()), 0);
  assert_int_equal(trade_currency_at(SIZE_MAX), 0);
}

static void a_number_given_out_again_belongs_to_the_newest(void **state) {
  (void)state;
  size_t again = 0;
  for (size_t i = 0; i < trade_currency_count(); i++) {
    const int32_t currency = trade_currency_at(i);
    char digits[8];
    int32_t newest = 0;
    (void)snprintf(digits, sizeof digits, "%03d", (int)(currency % 1000));
    assert_status(trade_currency_parse(digits, 3, &newest), TRADE_OK);
    assert_int_equal(newest, currency % 1000);
    if (currency < 1000) continue;
    again++;
    assert_int_equal(trade_currency_active(currency), 0);
    assert_non_null(trade_currency_letters(currency - 1000)); /* 2484 only if there is 1484 */
  }
  assert_int_equal(again, 47);
}

/* ISO 4217 as published on 2026-01-01, amendment 180. */
static void what_iso_4217_says_is_in_the_table(void **state) {
  (void)state;
  static const struct {
    const char *letters, *name;
    int32_t currency, minor_units, active;
  } rows[] = {
      {"AED", "UAE Dirham", 784, 2, 1},
      {"ANG", "Netherlands Antillean Guilder", 1532, 2, 0},
      {"ARA", "Austral", 1032, -1, 0},
      {"BGN", "Bulgarian Lev", 975, 2, 0},
      {"BHD", "Bahraini Dinar", 48, 3, 1},
      {"BRC", "Cruzado", 2076, -1, 0},
      {"CLF", "Unidad de Fomento", 990, 4, 1},
      {"CNY", "Yuan Renminbi", 156, 2, 1},
      {"CSK", "Koruna", 200, -1, 0},
      {"CUC", "Peso Convertible", 931, 2, 0},
      {"DDM", "Mark der DDR", 278, -1, 0},
      {"DEM", "Deutsche Mark", 276, 2, 0},
      {"ESP", "Spanish Peseta", 724, 0, 0},
      {"HRD", "Croatian Dinar", 1191, -1, 0},
      {"HRK", "Kuna", 191, 2, 0},
      {"ITL", "Italian Lira", 380, 0, 0},
      {"JPY", "Yen", 392, 0, 1},
      {"KWD", "Kuwaiti Dinar", 414, 3, 1},
      {"MXN", "Mexican Peso", 484, 2, 1},
      {"MXP", "Mexican Peso", 1484, -1, 0},
      {"PEI", "Inti", 1604, -1, 0},
      {"RUR", "Russian Ruble", 810, 2, 0},
      {"SLE", "Leone", 925, 2, 1},
      {"SLL", "Leone", 694, 2, 0},
      {"SUR", "Rouble", 1810, -1, 0},
      {"TOP", "Pa\342\200\231anga", 776, 2, 1},
      {"TRL", "Old Turkish Lira", 792, 0, 0},
      {"UYW", "Unidad Previsional", 927, 4, 1},
      {"VED", "Bol\303\255var Soberano", 926, 2, 1},
      {"VES", "Bol\303\255var Soberano", 928, 2, 1},
      {"XAD", "Arab Accounting Dinar", 396, 2, 1},
      {"XAU", "Gold", 959, -1, 1},
      {"XCG", "Caribbean Guilder", 532, 2, 1},
      {"XDR", "SDR (Special Drawing Right)", 960, -1, 1},
      {"XSU", "Sucre", 994, -1, 1},
      {"XUA", "ADB Unit of Account", 965, -1, 1},
      {"XTS", "Codes specifically reserved for testing purposes", 963, -1, 1},
      {"YUM", "New Dinar", 1891, 2, 0},
      {"YUN", "Yugoslavian Dinar", 890, -1, 0},
      {"ZWD", "Zimbabwe Dollar", 716, 2, 0},
      {"ZWG", "Zimbabwe Gold", 924, 2, 1},
      {"ZWL", "Zimbabwe Dollar", 932, 2, 0},
  };
  size_t active = 0;
  for (size_t i = 0; i < COUNT(rows); i++) {
    const int32_t currency = rows[i].currency;
    assert_int_equal(currency_named(rows[i].letters), currency);
    assert_string_equal(trade_currency_letters(currency), rows[i].letters);
    assert_string_equal(trade_currency_name(currency), rows[i].name);
    assert_int_equal(trade_currency_minor_units(currency), rows[i].minor_units);
    assert_int_equal(trade_currency_active(currency), rows[i].active);
  }
  for (size_t i = 0; i < trade_currency_count(); i++) active += trade_currency_active(trade_currency_at(i)) == 1;
  assert_int_equal(active, 178);
  assert_int_equal(trade_currency_count(), 304);
}

static void the_constants_have_their_letters(void **state) {
  (void)state;
  static const struct {
    const char *letters;
    int32_t currency;
  } rows[] = {
      {"AUD", TRADE_AUD}, {"BRL", TRADE_BRL}, {"CAD", TRADE_CAD}, {"CHF", TRADE_CHF}, {"CNY", TRADE_CNY},
      {"CZK", TRADE_CZK}, {"DKK", TRADE_DKK}, {"EUR", TRADE_EUR}, {"GBP", TRADE_GBP}, {"HKD", TRADE_HKD},
      {"HUF", TRADE_HUF}, {"IDR", TRADE_IDR}, {"ILS", TRADE_ILS}, {"INR", TRADE_INR}, {"JPY", TRADE_JPY},
      {"KRW", TRADE_KRW}, {"MXN", TRADE_MXN}, {"MYR", TRADE_MYR}, {"NOK", TRADE_NOK}, {"NZD", TRADE_NZD},
      {"PHP", TRADE_PHP}, {"PLN", TRADE_PLN}, {"RUB", TRADE_RUB}, {"SAR", TRADE_SAR}, {"SEK", TRADE_SEK},
      {"SGD", TRADE_SGD}, {"THB", TRADE_THB}, {"TRY", TRADE_TRY}, {"TWD", TRADE_TWD}, {"USD", TRADE_USD},
      {"VND", TRADE_VND}, {"XDR", TRADE_XDR}, {"ZAR", TRADE_ZAR}, {"XXX", TRADE_XXX},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_string_equal(trade_currency_letters(rows[i].currency), rows[i].letters);
    assert_int_equal(trade_currency_active(rows[i].currency), 1);
  }
}

static void codes_are_read_in_both_forms_and_nothing_else_is(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length;
    trade_status status;
    int32_t currency;
  } rows[] = {
      {"CNY", 3, TRADE_OK, 156},
      {"cny", 3, TRADE_OK, 156},
      {"cNy", 3, TRADE_OK, 156},
      {"156", 3, TRADE_OK, 156},
      {"008", 3, TRADE_OK, 8},
      {"CNYX", 3, TRADE_OK, 156}, /* the length counts */
      {"484", 3, TRADE_OK, 484},
      {"mxp", 3, TRADE_OK, 1484},
      {"", 0, TRADE_ERROR_TEXT, 0},
      {"CN", 2, TRADE_ERROR_TEXT, 0},
      {"CNYX", 4, TRADE_ERROR_TEXT, 0},
      {"1484", 4, TRADE_ERROR_TEXT, 0},
      {"CNY", SIZE_MAX, TRADE_ERROR_TEXT, 0},
      {"8  ", 3, TRADE_ERROR_TEXT, 0},
      {"-12", 3, TRADE_ERROR_TEXT, 0},
      {"1N6", 3, TRADE_ERROR_TEXT, 0},
      {"C5Y", 3, TRADE_ERROR_TEXT, 0},
      {"CN1", 3, TRADE_ERROR_TEXT, 0},
      {"CN[", 3, TRADE_ERROR_TEXT, 0},
      {"@NY", 3, TRADE_ERROR_TEXT, 0},
      {"C`Y", 3, TRADE_ERROR_TEXT, 0},
      {"cn{", 3, TRADE_ERROR_TEXT, 0},
      {"15/", 3, TRADE_ERROR_TEXT, 0},
      {"15:", 3, TRADE_ERROR_TEXT, 0},
      {"\303\211A", 3, TRADE_ERROR_TEXT, 0},
      {"ZZZ", 3, TRADE_ERROR_CURRENCY, 0},
      {"AAA", 3, TRADE_ERROR_CURRENCY, 0},
      {"XFO", 3, TRADE_ERROR_CURRENCY, 0}, /* never had a number */
      {"000", 3, TRADE_ERROR_CURRENCY, 0},
      {"001", 3, TRADE_ERROR_CURRENCY, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    int32_t currency = -7;
    assert_status(trade_currency_parse(rows[i].text, rows[i].length, &currency), rows[i].status);
    assert_int_equal(currency, rows[i].status == TRADE_OK ? rows[i].currency : -7);
  }
  int32_t currency = -7;
  assert_status(trade_currency_parse(NULL, 3, &currency), TRADE_ERROR_NULL);
  assert_status(trade_currency_parse("CNY", 3, NULL), TRADE_ERROR_NULL);
  assert_int_equal(currency, -7);
}

static void unknown_currencies_have_nothing(void **state) {
  (void)state;
  static const int32_t unknown[] = {0, UNKNOWN, -840, 1156, 4604, 9840, INT32_MAX, INT32_MIN, 840 + 65536};
  for (size_t i = 0; i < COUNT(unknown); i++) {
    assert_null(trade_currency_letters(unknown[i]));
    assert_null(trade_currency_name(unknown[i]));
    assert_int_equal(trade_currency_minor_units(unknown[i]), -1);
    assert_int_equal(trade_currency_active(unknown[i]), -1);
    assert_undefined(trade_currency_round(1.5, unknown[i]));
  }
}

/* ---- Rounding ---- */

static void values_are_rounded_to_the_minor_unit(void **state) {
  (void)state;
  static const struct {
    double value;
    int32_t currency;
    double expected;
  } rows[] = {
      {2.675, TRADE_USD, 2.67}, /* in binary below the tie */
      {2.665, TRADE_USD, 2.67}, /* and above */
      {0.125, TRADE_USD, 0.12},
      {0.375, TRADE_USD, 0.38},
      {-0.125, TRADE_USD, -0.12},
      {-0.375, TRADE_USD, -0.38},
      {1.005, TRADE_USD, 1.0},
      {0.125, 414, 0.125},
      {0.0625, 414, 0.062},
      {0.1875, 414, 0.188},
      {2.5, TRADE_JPY, 2},
      {3.5, TRADE_JPY, 4},
      {-0.5, TRADE_JPY, 0},
      {0.5, TRADE_JPY, 0},
      {1.5, TRADE_JPY, 2},
      {0.00005, 990, 0.0001},
      {0.03125, 990, 0.0312},
      {0.09375, 990, 0.0938},
      {-0.001, TRADE_USD, 0},
      {-0.0, TRADE_USD, 0},
      {5e-324, TRADE_USD, 0},
      {-5e-324, TRADE_JPY, 0},
      {1e300, TRADE_USD, 1e300},
      {-1e300, 990, -1e300},
      {1.7976931348623157e308, 414, 1.7976931348623157e308},
      {4503599627370496.5, TRADE_JPY, 4503599627370496.0},
      {4503599627370497.5, TRADE_JPY, 4503599627370498.0},
      {9007199254740991.0, TRADE_JPY, 9007199254740991.0},
      {9007199254740993.0, TRADE_JPY, 9007199254740992.0},
      {90071992547409.91, TRADE_USD, 90071992547409.91},
      {45035996273704.965, TRADE_USD, 45035996273704.97},
      {1e12 + 0.005, TRADE_USD, 1000000000000.01},
      {1.25, 959, 1.25},
      {-0.0, 960, -0.0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    if (trade_currency_round(rows[i].value, rows[i].currency) != rows[i].expected) print_error("row %zu\n", i);
    assert_same(trade_currency_round(rows[i].value, rows[i].currency), rows[i].expected);
  }
  assert_undefined(trade_currency_round(NONE, TRADE_USD));
  assert_undefined(trade_currency_round(INF, TRADE_USD));
  assert_undefined(trade_currency_round(-INF, TRADE_XDR));
}

/* printf rounds the exact binary value half to even; strtod reads the nearest double. */
static void rounding_is_what_printing_and_reading_back_gives(void **state) {
  (void)state;
  static const int32_t currencies[] = {TRADE_JPY, TRADE_USD, 414, 990};
  uint64_t seed = 4217;
  for (size_t i = 0; i < 200000; i++) {
    const int32_t currency = currencies[i % 4];
    const int digits = (int)trade_currency_minor_units(currency);
    char text[400];
    double value = trade_random_between(&seed, 1e-6, 1e18);
    if (i & 4) value = nearbyint(value * 1024) / 1024; /* ties */
    if (i & 8) value = strtod(((void)snprintf(text, sizeof text, "%.*f", digits + 1, value), text), NULL);
    if (i & 16) value = -value;
    (void)snprintf(text, sizeof text, "%.*f", digits, value);
    const double rounded = trade_currency_round(value, currency);
    assert_same(rounded, strtod(text, NULL) + 0.0);
    assert_same(trade_currency_round(rounded, currency), rounded);
  }
}

/* ---- Rates ---- */

static void a_rate_needs_a_positive_price_and_two_known_currencies(void **state) {
  (void)state;
  static const struct {
    trade_rate rate;
    int32_t valid;
  } rows[] = {
      {{6.4545, TRADE_USD, TRADE_CNY}, 1},
      {{5e-324, TRADE_USD, TRADE_CNY}, 1},
      {{1.7e308, TRADE_USD, 1484}, 1},
      {{1000, TRADE_MXN, 1484}, 1},
      {{0, TRADE_USD, TRADE_CNY}, 0},
      {{-0.0, TRADE_USD, TRADE_CNY}, 0},
      {{-1, TRADE_USD, TRADE_CNY}, 0},
      {{NONE, TRADE_USD, TRADE_CNY}, 0},
      {{INF, TRADE_USD, TRADE_CNY}, 0},
      {{1, TRADE_USD, TRADE_USD}, 0},
      {{1, UNKNOWN, TRADE_USD}, 0},
      {{1, TRADE_USD, UNKNOWN}, 0},
      {{1, 0, 0}, 0},
      {{1, TRADE_USD, 9156}, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    const trade_rate rate = rows[i].rate;
    assert_int_equal(trade_rate_valid(rate), rows[i].valid);
    if (rows[i].valid)
      assert_rate(trade_rate_make(rate.price, rate.base, rate.quote), rate.price, rate.base, rate.quote);
    else
      assert_no_rate(trade_rate_make(rate.price, rate.base, rate.quote));
    if (rows[i].valid && rate.price > 1e-300)
      assert_rate(trade_rate_inverse(rate), 1 / rate.price, rate.quote, rate.base);
    else
      assert_no_rate(trade_rate_inverse(rate));
    assert_undefined(rows[i].valid ? NONE : trade_currency_convert(1, rate.base, rate));
  }
}

static void a_cross_rate_is_found_in_every_orientation(void **state) {
  (void)state;
  const trade_rate usd_cny = made(6.5, "USD", "CNY"), eur_usd = made(1.25, "EUR", "USD");
  const trade_rate cny_usd = made(0.125, "CNY", "USD"), usd_eur = made(0.75, "USD", "EUR");
  assert_rate(trade_rate_cross(eur_usd, usd_cny), 1.25 * 6.5, TRADE_EUR, TRADE_CNY);
  assert_rate(trade_rate_cross(eur_usd, cny_usd), 1.25 / 0.125, TRADE_EUR, TRADE_CNY);
  assert_rate(trade_rate_cross(usd_eur, usd_cny), 6.5 / 0.75, TRADE_EUR, TRADE_CNY);
  assert_rate(trade_rate_cross(usd_eur, cny_usd), 1 / (0.75 * 0.125), TRADE_EUR, TRADE_CNY);
  assert_rate(trade_rate_cross(usd_cny, eur_usd), 1 / (6.5 * 1.25), TRADE_CNY, TRADE_EUR);
  assert_no_rate(trade_rate_cross(usd_cny, made(1, "GBP", "JPY")));
  assert_no_rate(trade_rate_cross(usd_cny, usd_cny));
  assert_no_rate(trade_rate_cross(usd_cny, cny_usd));
  const trade_rate undefined = {NONE, 0, 0}, negative = {-1, TRADE_EUR, TRADE_USD};
  assert_no_rate(trade_rate_cross(usd_cny, undefined));
  assert_no_rate(trade_rate_cross(undefined, usd_cny));
  assert_no_rate(trade_rate_cross(undefined, undefined));
  assert_no_rate(trade_rate_cross(negative, usd_cny));
  assert_no_rate(trade_rate_cross(made(1e200, "EUR", "USD"), made(1e200, "USD", "CNY")));
  assert_no_rate(trade_rate_cross(made(1e-200, "EUR", "USD"), made(1e-200, "USD", "CNY")));
  assert_no_rate(trade_rate_cross(made(1e-200, "USD", "EUR"), made(1e-200, "CNY", "USD")));
}

static void an_implied_rate_needs_two_positive_values(void **state) {
  (void)state;
  assert_rate(trade_rate_implied(226.2e9, TRADE_USD, 1.46e12, TRADE_CNY), 1.46e12 / 226.2e9, TRADE_USD, TRADE_CNY);
  static const double bad[] = {0, -1, NONE, INF, -INF};
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_no_rate(trade_rate_implied(bad[i], TRADE_USD, 1, TRADE_CNY));
    assert_no_rate(trade_rate_implied(1, TRADE_USD, bad[i], TRADE_CNY));
    assert_no_rate(trade_rate_implied(bad[i], TRADE_USD, bad[i], TRADE_CNY));
  }
  assert_no_rate(trade_rate_implied(1, TRADE_USD, 1, TRADE_USD));
  assert_no_rate(trade_rate_implied(1, UNKNOWN, 1, TRADE_USD));
  assert_no_rate(trade_rate_implied(1e-300, TRADE_CNY, 1e300, TRADE_USD));
}

/* Council Regulation (EC) No 2866/98, consolidated. */
static void the_fixed_rates_of_the_euro_are_the_regulations(void **state) {
  (void)state;
  static const struct {
    const char *letters;
    double price;
  } rows[] = {
      {"BEF", 40.3399}, {"BGN", 1.95583}, {"DEM", 1.95583},  {"EEK", 15.6466}, {"GRD", 340.750},  {"ESP", 166.386},
      {"FRF", 6.55957}, {"HRK", 7.53450}, {"IEP", 0.787564}, {"ITL", 1936.27}, {"CYP", 0.585274}, {"LVL", 0.702804},
      {"LTL", 3.45280}, {"LUF", 40.3399}, {"MTL", 0.429300}, {"NLG", 2.20371}, {"ATS", 13.7603},  {"PTE", 200.482},
      {"SIT", 239.640}, {"SKK", 30.1260}, {"FIM", 5.94573},
  };
  size_t fixed = 0;
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_rate(trade_rate_euro_fixed(currency_named(rows[i].letters)), rows[i].price, TRADE_EUR,
                currency_named(rows[i].letters));
  for (size_t i = 0; i < trade_currency_count(); i++) {
    const trade_rate rate = trade_rate_euro_fixed(trade_currency_at(i));
    if (!trade_rate_valid(rate)) {
      assert_no_rate(rate);
      continue;
    }
    fixed++;
    assert_int_equal(trade_currency_active(rate.quote), 0);
  }
  assert_int_equal(fixed, COUNT(rows));
  assert_no_rate(trade_rate_euro_fixed(TRADE_EUR));
  assert_no_rate(trade_rate_euro_fixed(UNKNOWN));
}

static double through_the_euro(double value, const char *from, const char *to) {
  const double euros = trade_currency_convert(value, currency_named(from), trade_rate_euro_fixed(currency_named(from)));
  return trade_currency_convert(euros, TRADE_EUR, trade_rate_euro_fixed(currency_named(to)));
}

/* Worked out with fractions, printed to the minor unit. */
static void amounts_of_one_legacy_currency_become_another_through_the_euro(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *from, *to;
    double expected;
  } rows[] = {
      {100, "DEM", "FRF", 335.39},  {1, "DEM", "ITL", 990},     {1000, "ITL", "DEM", 1.01},   {1, "IEP", "DEM", 2.48},
      {100, "NLG", "BEF", 1831},    {1000, "ESP", "PTE", 1205}, {1, "MTL", "GRD", 794},       {100, "BEF", "LUF", 100},
      {1000, "SKK", "ATS", 456.76}, {100, "BGN", "DEM", 100},   {100, "HRK", "SIT", 3180.57},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    const double value = through_the_euro(rows[i].value, rows[i].from, rows[i].to);
    assert_same(trade_currency_round(value, currency_named(rows[i].to)), rows[i].expected);
  }
}

/* ---- Conversion ---- */

static void a_value_is_converted_as_its_rate_says(void **state) {
  (void)state;
  const trade_rate rate = {6.5, TRADE_USD, TRADE_CNY};
  assert_same(trade_currency_convert(3, TRADE_USD, rate), 19.5);
  assert_same(trade_currency_convert(19.5, TRADE_CNY, rate), 3);
  assert_same(trade_currency_convert(-3, TRADE_USD, rate), -19.5);
  assert_same(trade_currency_convert(0, TRADE_CNY, rate), 0);
  assert_undefined(trade_currency_convert(1, TRADE_EUR, rate));
  assert_undefined(trade_currency_convert(1, 0, rate));
  assert_undefined(trade_currency_convert(NONE, TRADE_USD, rate));
  assert_undefined(trade_currency_convert(INF, TRADE_CNY, rate));
  assert_undefined(trade_currency_convert(1e308, TRADE_USD, rate)); /* overflows */
}

/* Every way to call the three array functions wrongly; nothing is written. */
static void array_calls_are_refused_and_nothing_is_written(void **state) {
  (void)state;
  double values[2] = {1, 2}, prices[2] = {6, 7}, converted[2] = {-7, -8};
  trade_currency_total total = {-7, -8, -9};
  const size_t huge = SIZE_MAX / 8;
  static const struct {
    size_t n; /* SIZE_MAX for one that does not fit */
    double price;
    int values, prices, converted; /* 0 for a null pointer */
    int32_t currency, base, quote;
    trade_status status;
  } rows[] = {
      {2, 6, 0, 1, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {2, 6, 1, 1, 0, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {SIZE_MAX, 6, 1, 1, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_LENGTH},
      {2, 6, 1, 1, 1, TRADE_EUR, TRADE_USD, TRADE_CNY, TRADE_ERROR_CURRENCY},
      {2, 6, 1, 1, 1, TRADE_USD, TRADE_USD, TRADE_USD, TRADE_ERROR_CURRENCY},
      {2, 6, 1, 1, 1, TRADE_USD, TRADE_USD, UNKNOWN, TRADE_ERROR_CURRENCY},
      {2, 6, 1, 1, 1, UNKNOWN, UNKNOWN, TRADE_USD, TRADE_ERROR_CURRENCY},
      {0, 6, 1, 1, 1, TRADE_EUR, TRADE_USD, TRADE_CNY, TRADE_ERROR_CURRENCY},
      {2, 0, 1, 0, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {2, NONE, 1, 0, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {2, -1, 1, 0, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {2, INF, 1, 0, 1, TRADE_USD, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    const size_t n = rows[i].n == SIZE_MAX ? huge : rows[i].n;
    const double *v = rows[i].values ? values : NULL, *p = rows[i].prices ? prices : NULL;
    double *c = rows[i].converted ? converted : NULL;
    const trade_rate rate = {rows[i].price, rows[i].base, rows[i].quote};
    /* A missing array of prices is a bad price where one serves all. */
    assert_status(trade_currency_convert_array(v, n, rows[i].currency, rate, c),
                  rows[i].prices ? rows[i].status : TRADE_ERROR_RATE);
    assert_status(trade_currency_convert_series(v, p, n, rows[i].currency, rows[i].base, rows[i].quote, c),
                  rows[i].status);
    assert_status(trade_currency_convert_total(v, p, n, rows[i].currency, rows[i].base, rows[i].quote,
                                               rows[i].converted ? &total : NULL),
                  rows[i].status);
  }
  assert_same(converted[0], -7);
  assert_same(converted[1], -8);
  assert_same(total.by_period, -7);
  assert_same(total.at_average, -8);
  assert_same(total.difference, -9);
}

static void no_values_are_converted_without_arrays(void **state) {
  (void)state;
  const trade_rate rate = {6.5, TRADE_USD, TRADE_CNY};
  trade_currency_total total = {1, 2, 3};
  assert_status(trade_currency_convert_array(NULL, 0, TRADE_USD, rate, NULL), TRADE_OK);
  assert_status(trade_currency_convert_series(NULL, NULL, 0, TRADE_USD, TRADE_USD, TRADE_CNY, NULL), TRADE_OK);
  for (int quote = 0; quote < 2; quote++) {
    assert_status(
        trade_currency_convert_total(NULL, NULL, 0, quote ? TRADE_CNY : TRADE_USD, TRADE_USD, TRADE_CNY, &total),
        TRADE_OK);
    assert_same(total.by_period, 0);
    assert_undefined(total.at_average);
    assert_undefined(total.difference);
  }
  assert_status(trade_currency_convert_total(NULL, NULL, 0, TRADE_USD, TRADE_USD, TRADE_CNY, NULL), TRADE_ERROR_NULL);
}

static double odd_double(uint64_t *seed) {
  static const double odd[] = {NONE, INF, -INF, 0, -0.0, -1, 1e308, 1e-308, 5e-324};
  const uint64_t pick = trade_random(seed) % 24;
  return pick < COUNT(odd) ? odd[pick] : trade_random_between(seed, 1e-3, 1e12) * (pick & 1 ? 1 : -1);
}

static void arrays_convert_as_their_values_do_one_by_one(void **state) {
  (void)state;
  enum { MOST = 67 };
  uint64_t seed = 7;
  for (size_t round = 0; round < 2000; round++) {
    const size_t n = round % (MOST + 1);
    const int32_t currency = round & 1 ? TRADE_USD : TRADE_CNY;
    double values[MOST], prices[MOST], converted[MOST], expected[MOST];
    for (size_t i = 0; i < n; i++) {
      values[i] = odd_double(&seed);
      prices[i] = odd_double(&seed);
      expected[i] = trade_currency_convert(values[i], currency, trade_rate_make(prices[i], TRADE_USD, TRADE_CNY));
    }
    assert_status(trade_currency_convert_series(values, prices, n, currency, TRADE_USD, TRADE_CNY, converted),
                  TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(converted[i], expected[i]);
    memcpy(converted, values, n * sizeof *values);
    assert_status(trade_currency_convert_series(converted, prices, n, currency, TRADE_USD, TRADE_CNY, converted),
                  TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(converted[i], expected[i]);
    assert_status(trade_currency_convert_series(values, prices, n, currency, TRADE_USD, TRADE_CNY, prices), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(prices[i], expected[i]);

    const trade_rate rate = {trade_random_between(&seed, 1e-4, 1e4), TRADE_USD, TRADE_CNY};
    for (size_t i = 0; i < n; i++) expected[i] = trade_currency_convert(values[i], currency, rate);
    assert_status(trade_currency_convert_array(values, n, currency, rate, converted), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(converted[i], expected[i]);
    assert_status(trade_currency_convert_array(values, n, currency, rate, values), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(values[i], expected[i]);
  }
}

static void rows_convert_at_the_price_of_their_period(void **state) {
  (void)state;
  enum { ROWS = 67, PRICES = 5 };
  uint64_t seed = 8;
  double values[ROWS], prices[PRICES], converted[ROWS];
  int32_t period[ROWS];
  for (size_t round = 0; round < 500; round++) {
    const size_t n = round % (ROWS + 1);
    const int32_t currency = round & 1 ? TRADE_USD : TRADE_CNY;
    for (size_t k = 0; k < PRICES; k++) prices[k] = odd_double(&seed);
    for (size_t i = 0; i < n; i++) {
      values[i] = converted[i] = odd_double(&seed);
      period[i] = (int32_t)trade_random_below(&seed, PRICES);
    }
    /* Refused as a whole, wherever the row stands that has no price. */
    static const int32_t none[] = {PRICES, -1, INT32_MAX, INT32_MIN};
    for (size_t k = 0; n > 0 && k < COUNT(none); k++) {
      const size_t place = trade_random_below(&seed, n);
      const int32_t kept = period[place];
      period[place] = none[k];
      assert_status(trade_currency_convert_period_array(values, period, n, prices, PRICES, currency, TRADE_USD,
                                                        TRADE_CNY, converted),
                    TRADE_ERROR_VALUE);
      period[place] = kept;
    }
    assert_int_equal(memcmp(values, converted, n * sizeof *values), 0);
    assert_status(trade_currency_convert_period_array(converted, period, n, prices, PRICES, currency, TRADE_USD,
                                                      TRADE_CNY, converted),
                  TRADE_OK);
    for (size_t i = 0; i < n; i++)
      assert_same(converted[i], trade_currency_convert(values[i], currency,
                                                       trade_rate_make(prices[period[i]], TRADE_USD, TRADE_CNY)));
  }
  static const struct {
    int values, period, prices, converted;
    size_t n, price_count;
    int32_t currency, quote;
    trade_status status;
  } rows[] = {
      {0, 1, 1, 1, 2, PRICES, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {1, 0, 1, 1, 2, PRICES, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {1, 1, 0, 1, 2, PRICES, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {1, 1, 1, 0, 2, PRICES, TRADE_USD, TRADE_CNY, TRADE_ERROR_NULL},
      {1, 1, 1, 1, SIZE_MAX, PRICES, TRADE_USD, TRADE_CNY, TRADE_ERROR_LENGTH},
      {1, 1, 1, 1, 2, SIZE_MAX, TRADE_USD, TRADE_CNY, TRADE_ERROR_LENGTH},
      {1, 1, 1, 1, 2, PRICES, TRADE_EUR, TRADE_CNY, TRADE_ERROR_CURRENCY},
      {1, 1, 1, 1, 2, PRICES, TRADE_USD, TRADE_USD, TRADE_ERROR_CURRENCY},
      {1, 1, 0, 1, 2, 0, TRADE_USD, TRADE_CNY, TRADE_ERROR_VALUE},
      {0, 0, 0, 0, 0, 0, TRADE_USD, TRADE_CNY, TRADE_OK},
  };
  double kept[] = {-7, -8};
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_status(trade_currency_convert_period_array(rows[i].values ? values : NULL, rows[i].period ? period : NULL,
                                                      rows[i].n, rows[i].prices ? prices : NULL, rows[i].price_count,
                                                      rows[i].currency, TRADE_USD, rows[i].quote,
                                                      rows[i].converted ? kept : NULL),
                  rows[i].status);
    assert_same(kept[0], -7);
    assert_same(kept[1], -8);
  }
}

static void a_total_with_anything_missing_is_missing(void **state) {
  (void)state;
  static const double bad_values[] = {NONE, INF, -INF}, bad_prices[] = {NONE, INF, 0, -0.0, -6};
  for (size_t i = 0; i < COUNT(bad_values) + COUNT(bad_prices); i++)
    for (int quote = 0; quote < 2; quote++) {
      double values[3] = {1, 2, 3}, prices[3] = {6, 7, 8};
      trade_currency_total total = {1, 2, 3};
      if (i < COUNT(bad_values))
        values[1] = bad_values[i];
      else
        prices[1] = bad_prices[i - COUNT(bad_values)];
      assert_status(
          trade_currency_convert_total(values, prices, 3, quote ? TRADE_CNY : TRADE_USD, TRADE_USD, TRADE_CNY, &total),
          TRADE_OK);
      assert_undefined(total.by_period);
      assert_undefined(total.at_average);
      assert_undefined(total.difference);
    }
}

static void totals_do_not_depend_on_the_order_of_periods(void **state) {
  (void)state;
  uint64_t seed = 31;
  for (size_t round = 0; round < 500; round++) {
    enum { N = 12 };
    const int32_t currency = round & 1 ? TRADE_USD : TRADE_CNY;
    double values[N], prices[N];
    trade_currency_total total, again;
    for (size_t i = 0; i < N; i++) {
      values[i] = trade_random_between(&seed, 1e-2, 1e13) * (trade_random(&seed) & 1 ? 1 : -1);
      prices[i] = trade_random_between(&seed, 1e-2, 1e4);
    }
    assert_status(trade_currency_convert_total(values, prices, N, currency, TRADE_USD, TRADE_CNY, &total), TRADE_OK);
    for (size_t i = N - 1; i > 0; i--) {
      const size_t k = trade_random_below(&seed, i + 1);
      const double value = values[i], price = prices[i];
      values[i] = values[k], values[k] = value;
      prices[i] = prices[k], prices[k] = price;
    }
    assert_status(trade_currency_convert_total(values, prices, N, currency, TRADE_USD, TRADE_CNY, &again), TRADE_OK);
    assert_same(again.by_period, total.by_period);
    assert_same(again.at_average, total.at_average);
    assert_same(again.difference, total.difference);
  }
}

static void at_one_price_the_two_totals_are_one(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (size_t round = 0; round < 200; round++) {
    double values[24], prices[24];
    const double price = trade_random_between(&seed, 1e-4, 1e4);
    trade_currency_total total;
    for (size_t i = 0; i < COUNT(values); i++) {
      values[i] = trade_random_between(&seed, 1, 1e12);
      prices[i] = price;
    }
    assert_status(trade_currency_convert_total(values, prices, 24, TRADE_USD, TRADE_USD, TRADE_CNY, &total), TRADE_OK);
    assert_same(total.difference, 0);
    assert_same(total.at_average, total.by_period);
    assert_status(trade_currency_convert_total(values, prices, 24, TRADE_CNY, TRADE_USD, TRADE_CNY, &total), TRADE_OK);
    assert_true(fabs(total.difference) < ldexp(total.by_period, -100));
    assert_same(total.at_average, total.by_period);
  }
}

/* ---- Averages ---- */

static void the_mean_leaves_missing_prices_out(void **state) {
  (void)state;
  const double prices[] = {6, NONE, 7, 0, -1, INF, 9.5};
  size_t used = 99;
  assert_same(trade_rate_mean(prices, COUNT(prices), &used), 7.5);
  assert_int_equal(used, 3);
  assert_same(trade_rate_mean(prices, COUNT(prices), NULL), 7.5);
  assert_same(trade_rate_mean(prices, 1, &used), 6);
  assert_int_equal(used, 1);
  assert_undefined(trade_rate_mean(prices + 3, 3, &used));
  assert_int_equal(used, 0);
  assert_undefined(trade_rate_mean(NULL, 0, &used));
  assert_undefined(trade_rate_mean(NULL, 3, &used));
  assert_int_equal(used, 0);
}

static void the_weighted_rate_needs_positive_sums(void **state) {
  (void)state;
  const double local[] = {60, 72, -4}, converted[] = {10, 11, -1};
  const double missing[] = {60, NONE, 4}, negative[] = {-60, 10, 4}, zero[] = {1, -1, 0};
  assert_same(trade_rate_weighted(local, converted, 3), 128.0 / 20);
  assert_undefined(trade_rate_weighted(local, converted, 0));
  assert_undefined(trade_rate_weighted(missing, converted, 3));
  assert_undefined(trade_rate_weighted(local, missing, 3));
  assert_undefined(trade_rate_weighted(negative, converted, 3));
  assert_undefined(trade_rate_weighted(local, negative, 3));
  assert_undefined(trade_rate_weighted(negative, negative, 3));
  assert_undefined(trade_rate_weighted(zero, converted, 3));
  assert_undefined(trade_rate_weighted(local, zero, 3));
  assert_undefined(trade_rate_weighted(NULL, converted, 3));
  assert_undefined(trade_rate_weighted(local, NULL, 3));
  assert_undefined(trade_rate_weighted(NULL, NULL, 0));
}

static void appreciation_and_depreciation_are_of_either_side(void **state) {
  (void)state;
  assert_same(trade_rate_appreciation(7.5, 6), 0.25);
  assert_same(trade_rate_depreciation(7.5, 6), -0.2);
  assert_same(trade_rate_appreciation(6, 6), 0);
  assert_same(trade_rate_depreciation(6, 6), 0);
  assert_undefined(trade_rate_appreciation(1e300, 1e-300));
  assert_undefined(trade_rate_depreciation(1e-300, 1e300));
  static const double bad[] = {0, -6, NONE, INF};
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_undefined(trade_rate_appreciation(bad[i], 6));
    assert_undefined(trade_rate_appreciation(6, bad[i]));
    assert_undefined(trade_rate_depreciation(bad[i], 6));
    assert_undefined(trade_rate_depreciation(6, bad[i]));
    assert_undefined(trade_rate_real(bad[i], 1, 1));
    assert_undefined(trade_rate_real(1, bad[i], 1));
    assert_undefined(trade_rate_real(1, 1, bad[i]));
  }
  assert_same(trade_rate_real(6, 1.5, 2), 4.5);
  assert_undefined(trade_rate_real(1e300, 1e300, 1));
}

static void an_effective_rate_of_equal_indices_is_that_index(void **state) {
  (void)state;
  uint64_t seed = 11;
  for (size_t round = 0; round < 1000; round++) {
    double indices[20], weights[20];
    const double index = trade_random_between(&seed, 1e-3, 1e6);
    for (size_t i = 0; i < COUNT(indices); i++) {
      indices[i] = index;
      weights[i] = trade_random_unit(&seed);
    }
    assert_same(trade_rate_effective(indices, weights, 1 + round % 20), index);
  }
}

static void an_effective_rate_does_not_depend_on_order_or_scale_of_weights(void **state) {
  (void)state;
  uint64_t seed = 12;
  for (size_t round = 0; round < 1000; round++) {
    enum { N = 9 };
    double indices[N], weights[N], reversed[N], halves[N];
    for (size_t i = 0; i < N; i++) {
      reversed[N - 1 - i] = indices[i] = trade_random_between(&seed, 20, 500);
      halves[N - 1 - i] = (weights[i] = trade_random_unit(&seed)) / 2;
    }
    const double effective = trade_rate_effective(indices, weights, N);
    assert_same(trade_rate_effective(reversed, halves, N), effective);
    assert_true(effective >= 20 && effective <= 500);
  }
}

static void an_effective_rate_needs_positive_indices_and_weights(void **state) {
  (void)state;
  const double two[] = {2, 8}, even[] = {1, 1}, none[] = {0, 0}, first[] = {5, 0};
  assert_ulps(trade_rate_effective(two, even, 2), 4, 2);
  assert_same(trade_rate_effective(two, first, 2), 2);
  assert_undefined(trade_rate_effective(two, none, 2));
  assert_undefined(trade_rate_effective(two, even, 0));
  assert_undefined(trade_rate_effective(NULL, even, 2));
  assert_undefined(trade_rate_effective(two, NULL, 2));
  static const double bad[] = {-1, NONE, INF, -INF, 0};
  for (size_t i = 0; i < COUNT(bad); i++) {
    const double with[] = {100, bad[i]};
    assert_undefined(trade_rate_effective(with, first, 2)); /* also where the weight is 0 */
    if (bad[i] != 0) assert_undefined(trade_rate_effective(two, with, 2));
  }
}

/* ---- Series ---- */

/** What trade_rate_series_at must find, by looking at every date; n if nothing. */
static size_t looked_up(const trade_rate_series *series, int32_t date, int32_t rule, int32_t reach) {
  size_t best = series->n;
  int64_t nearest = INT64_MAX;
  for (size_t i = 0; i < series->n; i++) {
    const int64_t ahead = (int64_t)series->dates[i] - date, distance = ahead < 0 ? -ahead : ahead;
    if (!(series->prices[i] > 0) || isinf(series->prices[i])) continue;
    if (rule == TRADE_RATE_REFUSE && ahead != 0) continue;
    if (rule == TRADE_RATE_LAST_KNOWN && ahead > 0) continue;
    if (distance > reach && ahead != 0) continue;
    if (distance > nearest || (distance == nearest && ahead > 0)) continue;
    nearest = distance;
    best = i;
  }
  return best;
}

static void check_at(const trade_rate_series *series, int32_t date, int32_t rule, int32_t reach) {
  const size_t expected = looked_up(series, date, rule, reach);
  trade_rate rate = {-7, -8, -9};
  int32_t used = -10;
  const trade_status status = trade_rate_series_at(series, date, rule, reach, &rate, &used);
  if (expected == series->n) {
    assert_status(status, TRADE_ERROR_NOT_FOUND);
    assert_rate(rate, -7, -8, -9);
    assert_int_equal(used, -10);
    return;
  }
  assert_status(status, TRADE_OK);
  assert_rate(rate, series->prices[expected], series->base, series->quote);
  assert_int_equal(used, series->dates[expected]);
  assert_status(trade_rate_series_at(series, date, rule, reach, &rate, NULL), TRADE_OK);
}

static void check_mean(const trade_rate_series *series, int32_t first, int32_t last) {
  double within[RATES_MOST];
  size_t n = 0, used = 77, expected = 0;
  trade_rate rate = {-7, -8, -9};
  for (size_t i = 0; i < series->n; i++)
    if (series->dates[i] >= first && series->dates[i] <= last) within[n++] = series->prices[i];
  const double mean = trade_rate_mean(within, n, &expected);
  const trade_status status = trade_rate_series_mean(series, first, last, &rate, &used);
  if (expected == 0) {
    assert_status(status, TRADE_ERROR_NOT_FOUND);
    assert_rate(rate, -7, -8, -9);
    assert_int_equal(used, 77);
    return;
  }
  assert_status(status, TRADE_OK);
  assert_rate(rate, mean, series->base, series->quote);
  assert_int_equal(used, expected);
  assert_status(trade_rate_series_mean(series, first, last, &rate, NULL), TRADE_OK);
}

static void a_series_finds_what_a_look_at_every_date_finds(void **state) {
  (void)state;
  static const double missing[] = {NONE, 0, -1, INF};
  uint64_t seed = 99;
  for (size_t round = 0; round < 20000; round++) {
    enum { MOST = 12 };
    int32_t dates[MOST];
    double prices[MOST];
    const size_t n = trade_random_below(&seed, MOST + 1);
    const int descending = (int)(trade_random(&seed) & 1);
    int32_t date = (int32_t)(trade_random(&seed) % 5) - 10;
    for (size_t i = 0; i < n; i++) {
      const size_t place = descending ? n - 1 - i : i;
      dates[place] = date += 1 + (int32_t)(trade_random(&seed) % 4);
      prices[place] = trade_random(&seed) % 3 ? trade_random_between(&seed, 0.1, 10) : missing[trade_random(&seed) % 4];
    }
    const trade_rate_series series = {dates, prices, n, TRADE_USD, TRADE_CNY};
    assert_status(trade_rate_series_check(&series), TRADE_OK);
    const int32_t asked = (int32_t)(trade_random(&seed) % 50) - 14, reach = (int32_t)(trade_random(&seed) % 8);
    for (int32_t rule = TRADE_RATE_REFUSE; rule <= TRADE_RATE_NEAREST; rule++) check_at(&series, asked, rule, reach);
    check_mean(&series, asked, asked + (int32_t)(trade_random(&seed) % 20) - 3);
  }
}

static void dates_may_lie_as_far_apart_as_there_are(void **state) {
  (void)state;
  const int32_t up[] = {INT32_MIN, -1, INT32_MAX}, down[] = {INT32_MAX, -1, INT32_MIN};
  const double prices[] = {5, NONE, 7};
  const int32_t asked[] = {INT32_MIN, INT32_MIN + 1, -2, -1, 0, INT32_MAX - 1, INT32_MAX};
  for (int side = 0; side < 2; side++) {
    const trade_rate_series series = {side ? down : up, prices, 3, TRADE_USD, TRADE_CNY};
    for (size_t i = 0; i < COUNT(asked); i++)
      for (int32_t rule = TRADE_RATE_REFUSE; rule <= TRADE_RATE_NEAREST; rule++) {
        check_at(&series, asked[i], rule, INT32_MAX);
        check_at(&series, asked[i], rule, 0);
      }
    check_mean(&series, INT32_MIN, INT32_MAX);
    check_mean(&series, INT32_MIN, INT32_MIN);
    check_mean(&series, INT32_MAX, INT32_MIN);
  }
}

static void series_calls_are_refused_and_nothing_is_written(void **state) {
  (void)state;
  const int32_t dates[] = {1, 2, 3};
  const double prices[] = {5, 6, 7};
  const trade_rate_series good = {dates, prices, 3, TRADE_USD, TRADE_CNY};
  struct {
    trade_rate_series series;
    int32_t rule, reach;
    trade_status status, at; /* of all three functions, or of the first alone */
  } rows[9] = {{{0, 0, 0, 0, 0}, 0, 0, 0, 0}};
  for (size_t i = 0; i < COUNT(rows); i++) {
    rows[i].series = good;
    rows[i].status = rows[i].at = TRADE_OK;
  }
  rows[0].series.dates = NULL, rows[0].status = TRADE_ERROR_NULL;
  rows[1].series.prices = NULL, rows[1].status = TRADE_ERROR_NULL;
  rows[2].series.n = SIZE_MAX / 8, rows[2].status = TRADE_ERROR_LENGTH;
  rows[3].series.base = UNKNOWN, rows[3].status = TRADE_ERROR_CURRENCY;
  rows[4].series.quote = UNKNOWN, rows[4].status = TRADE_ERROR_CURRENCY;
  rows[5].series.quote = TRADE_USD, rows[5].status = TRADE_ERROR_CURRENCY;
  rows[6].rule = 3, rows[6].at = TRADE_ERROR_VALUE;
  rows[7].rule = -1, rows[7].at = TRADE_ERROR_VALUE;
  rows[8].reach = -1, rows[8].at = TRADE_ERROR_VALUE;
  trade_rate rate = {-7, -8, -9};
  int32_t used = -10;
  size_t count = 77;
  for (size_t i = 0; i < COUNT(rows); i++) {
    const trade_status status = rows[i].status, at = status == TRADE_OK ? rows[i].at : status;
    assert_status(trade_rate_series_at(&rows[i].series, 2, rows[i].rule, rows[i].reach, &rate, &used), at);
    assert_status(trade_rate_series_check(&rows[i].series), status);
    if (status != TRADE_OK) assert_status(trade_rate_series_mean(&rows[i].series, 1, 3, &rate, &count), status);
  }
  assert_status(trade_rate_series_at(NULL, 2, 0, 0, &rate, &used), TRADE_ERROR_NULL);
  assert_status(trade_rate_series_at(&good, 2, 0, 0, NULL, &used), TRADE_ERROR_NULL);
  assert_status(trade_rate_series_mean(NULL, 1, 3, &rate, &count), TRADE_ERROR_NULL);
  assert_status(trade_rate_series_mean(&good, 1, 3, NULL, &count), TRADE_ERROR_NULL);
  assert_status(trade_rate_series_check(NULL), TRADE_ERROR_NULL);
  assert_rate(rate, -7, -8, -9);
  assert_int_equal(used, -10);
  assert_int_equal(count, 77);
}

static void an_empty_series_has_no_rate(void **state) {
  (void)state;
  const trade_rate_series series = {NULL, NULL, 0, TRADE_USD, TRADE_CNY};
  assert_status(trade_rate_series_check(&series), TRADE_OK);
  for (int32_t rule = TRADE_RATE_REFUSE; rule <= TRADE_RATE_NEAREST; rule++) check_at(&series, 1, rule, INT32_MAX);
  check_mean(&series, INT32_MIN, INT32_MAX);
}

static void dates_out_of_order_are_met(void **state) {
  (void)state;
  static const int32_t orders[][5] = {
      {1, 2, 2, 4, 5}, {1, 3, 2, 4, 5}, {5, 4, 4, 2, 1}, {1, 2, 3, 5, 4},
      {2, 1, 3, 4, 5}, {1, 9, 3, 4, 5}, {1, 2, 3, 4, 1},
  };
  const double prices[] = {NONE, NONE, NONE, NONE, NONE};
  trade_rate rate = {-7, -8, -9};
  for (size_t i = 0; i < COUNT(orders); i++) {
    const trade_rate_series series = {orders[i], prices, 5, TRADE_USD, TRADE_CNY};
    assert_status(trade_rate_series_check(&series), TRADE_ERROR_ORDER);
    assert_status(trade_rate_series_at(&series, 3, TRADE_RATE_NEAREST, 9, &rate, NULL), TRADE_ERROR_ORDER);
    assert_status(trade_rate_series_mean(&series, 0, 10, &rate, NULL), TRADE_ERROR_ORDER);
  }
  const int32_t middle[] = {1, 9, 5, 8, 10}; /* the search itself meets this one */
  const double good[] = {1, 1, 1, 1, 1};
  const trade_rate_series series = {middle, good, 5, TRADE_USD, TRADE_CNY};
  assert_status(trade_rate_series_at(&series, 4, TRADE_RATE_REFUSE, 0, &rate, NULL), TRADE_ERROR_ORDER);
  const int32_t same[] = {3, 3};
  const trade_rate_series two = {same, good, 2, TRADE_USD, TRADE_CNY};
  assert_status(trade_rate_series_check(&two), TRADE_ERROR_ORDER);
  assert_rate(rate, -7, -8, -9);
}

/* Prices whose total leaves the range of a trade_sum have no mean that could be told. */
static void a_mean_beyond_the_range_of_exact_totals_is_refused(void **state) {
  (void)state;
  const int32_t dates[] = {1, 2};
  const double large[] = {1e38, 1e38}, small[] = {1e-60, 1e-60};
  trade_rate rate = {-7, -8, -9};
  for (int i = 0; i < 2; i++) {
    const trade_rate_series series = {dates, i ? small : large, 2, TRADE_USD, TRADE_CNY};
    assert_status(trade_rate_series_mean(&series, 1, 2, &rate, NULL), TRADE_ERROR_RATE);
  }
  assert_rate(rate, -7, -8, -9);
}

/* ---- Published series ---- */

/** Days since 1970-01-01 of a date from 1970 to 2099, counted year by year and month by month. */
static int32_t day_of(int year, int month, int day) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int32_t days = day - 1;
  for (int y = 1970; y < year; y++) days += y % 4 == 0 ? 366 : 365;
  for (int m = 1; m < month; m++) days += lengths[m - 1] + (m == 2 && year % 4 == 0);
  return days;
}

static int32_t file_dates[RATES_MOST];
static double file_prices[RATES_MOST];

static trade_rate_series read_series(const char *name, int32_t base, int32_t quote) {
  trade_rate_series series = {file_dates, file_prices, 0, base, quote};
  char line[256];
  (void)snprintf(line, sizeof line, "%s/data/%s", TRADE_TESTS_DIRECTORY, name);
  FILE *in = fopen(line, "r");
  if (!in) fail_msg("cannot open %s", line);
  while (fgets(line, sizeof line, in)) {
    if (line[0] == '#') continue;
    assert_true(series.n < RATES_MOST);
    char *end = line; /* 2019-01-02,6.8597 */
    const int year = (int)strtol(end, &end, 10), month = (int)strtol(end + 1, &end, 10);
    const int day = (int)strtol(end + 1, &end, 10);
    assert_int_equal(*end, ',');
    file_dates[series.n] = day_of(year, month, day);
    file_prices[series.n++] = end[1] == '.' ? NONE : strtod(end + 1, NULL);
  }
  (void)fclose(in);
  assert_status(trade_rate_series_check(&series), TRADE_OK);
  return series;
}

/** What an office prints: `decimals` digits after the point. */
static void assert_printed(double value, int decimals, const char *expected) {
  char text[32];
  (void)snprintf(text, sizeof text, "%.*f", decimals, value);
  assert_string_equal(text, expected);
}

/* Federal Reserve G.5A: yuan per dollar, annual averages of noon buying rates (FRED AEXCHUS). */
static void annual_averages_are_those_the_federal_reserve_published(void **state) {
  (void)state;
  static const char *const published[] = {"6.2827", "6.6400", "6.7569", "6.6090", "6.9081"}; /* 2015 on */
  static const size_t days[] = {251, 251, 249, 249, 249};
  const trade_rate_series series = read_series("usd_cny_h10.csv", TRADE_USD, TRADE_CNY);
  for (int i = 0; i < 5; i++) {
    trade_rate rate;
    size_t used;
    assert_status(trade_rate_series_mean(&series, day_of(2015 + i, 1, 1), day_of(2015 + i, 12, 31), &rate, &used),
                  TRADE_OK);
    assert_printed(rate.price, 4, published[i]);
    assert_int_equal(used, days[i]);
  }
}

/* European Central Bank: dollars per euro, annual averages (EXR.A.USD.EUR.SP00.A). The file is newest first. */
static void annual_averages_are_those_the_european_central_bank_published(void **state) {
  (void)state;
  static const char *const published[] = {"1.3257", "1.3920", "1.2848", "1.3281",
                                          "1.3285", "1.1095", "1.1069"}; /* 2010 on */
  const trade_rate_series series = read_series("eur_usd_ecb.csv", TRADE_EUR, TRADE_USD);
  assert_true(series.dates[0] > series.dates[1]);
  for (int i = 0; i < 7; i++) {
    trade_rate rate;
    assert_status(trade_rate_series_mean(&series, day_of(2010 + i, 1, 1), day_of(2010 + i, 12, 31), &rate, NULL),
                  TRADE_OK);
    assert_printed(rate.price, 4, published[i]);
  }
}

/* 2019: New Year's Day is a row without a rate, 5 and 6 January (a weekend) have no row. */
static void days_without_a_rate_take_one_from_near_by(void **state) {
  (void)state;
  static const struct {
    double price;
    int month, day;
    int32_t rule, reach;
    trade_status status;
    int used_year, used_month, used_day;
  } rows[] = {
      {6.8597, 1, 2, TRADE_RATE_REFUSE, 0, TRADE_OK, 2019, 1, 2},
      {0, 1, 1, TRADE_RATE_REFUSE, 9, TRADE_ERROR_NOT_FOUND, 0, 0, 0},
      {0, 1, 1, TRADE_RATE_LAST_KNOWN, 0, TRADE_ERROR_NOT_FOUND, 0, 0, 0},
      {6.8755, 1, 1, TRADE_RATE_LAST_KNOWN, 1, TRADE_OK, 2018, 12, 31},
      {6.8755, 1, 1, TRADE_RATE_NEAREST, 5, TRADE_OK, 2018, 12, 31}, /* a tie: the earlier */
      {6.8663, 1, 5, TRADE_RATE_LAST_KNOWN, 1, TRADE_OK, 2019, 1, 4},
      {0, 1, 6, TRADE_RATE_LAST_KNOWN, 1, TRADE_ERROR_NOT_FOUND, 0, 0, 0},
      {6.8663, 1, 6, TRADE_RATE_LAST_KNOWN, 2, TRADE_OK, 2019, 1, 4},
      {6.8501, 1, 6, TRADE_RATE_NEAREST, 2, TRADE_OK, 2019, 1, 7},
  };
  const trade_rate_series series = read_series("usd_cny_h10.csv", TRADE_USD, TRADE_CNY);
  for (size_t i = 0; i < COUNT(rows); i++) {
    trade_rate rate;
    int32_t used;
    assert_status(trade_rate_series_at(&series, day_of(2019, rows[i].month, rows[i].day), rows[i].rule, rows[i].reach,
                                       &rate, &used),
                  rows[i].status);
    if (rows[i].status != TRADE_OK) continue;
    assert_rate(rate, rows[i].price, TRADE_USD, TRADE_CNY);
    assert_int_equal(used, day_of(rows[i].used_year, rows[i].used_month, rows[i].used_day));
  }
}

/* ---- Golden vectors ---- */

static trade_rate golden_rate(const golden_case *golden, size_t first) {
  const trade_rate rate = {golden->argument[first][0], (int32_t)golden->argument[first + 1][0],
                           (int32_t)golden->argument[first + 2][0]};
  return rate;
}

static size_t rate_out(trade_rate rate, double *result) {
  result[0] = rate.price;
  result[1] = rate.base;
  result[2] = rate.quote;
  return 3;
}

static size_t golden_currency(const golden_case *golden, double *result) {
  const char *f = golden->function;
  const double *const a = golden->argument[0], *const b = golden->argument[1];
  const double x = a[0], y = b[0], z = golden->argument[2][0];
  const size_t n = golden->length[0];
  if (strcmp(f, "trade_currency_round") == 0) return result[0] = trade_currency_round(x, (int32_t)y), 1;
  if (strcmp(f, "trade_rate_inverse") == 0) return rate_out(trade_rate_inverse(golden_rate(golden, 0)), result);
  if (strcmp(f, "trade_rate_cross") == 0)
    return rate_out(trade_rate_cross(golden_rate(golden, 0), golden_rate(golden, 3)), result);
  if (strcmp(f, "trade_rate_implied") == 0)
    return rate_out(trade_rate_implied(x, (int32_t)y, z, (int32_t)golden->argument[3][0]), result);
  if (strcmp(f, "trade_currency_convert") == 0)
    return result[0] = trade_currency_convert(x, (int32_t)y, golden_rate(golden, 2)), 1;
  if (strcmp(f, "through_the_euro") == 0)
    return result[0] = through_the_euro(x, trade_currency_letters((int32_t)y), trade_currency_letters((int32_t)z)), 1;
  if (strcmp(f, "trade_currency_convert_series") == 0) {
    trade_currency_convert_series(a, b, n, (int32_t)z, (int32_t)golden->argument[3][0], (int32_t)golden->argument[4][0],
                                  result);
    return n;
  }
  if (strcmp(f, "trade_currency_convert_total") == 0) {
    trade_currency_total total = {0, 0, 0};
    trade_currency_convert_total(a, b, n, (int32_t)z, (int32_t)golden->argument[3][0], (int32_t)golden->argument[4][0],
                                 &total);
    result[0] = total.by_period;
    result[1] = total.at_average;
    result[2] = total.difference;
    return 3;
  }
  if (strcmp(f, "trade_rate_mean") == 0) {
    size_t used = 0;
    result[0] = trade_rate_mean(a, n, &used);
    result[1] = (double)used;
    return 2;
  }
  if (strcmp(f, "trade_rate_weighted") == 0) return result[0] = trade_rate_weighted(a, b, n), 1;
  if (strcmp(f, "trade_rate_effective") == 0) return result[0] = trade_rate_effective(a, b, n), 1;
  if (strcmp(f, "trade_rate_appreciation") == 0) return result[0] = trade_rate_appreciation(x, y), 1;
  if (strcmp(f, "trade_rate_depreciation") == 0) return result[0] = trade_rate_depreciation(x, y), 1;
  if (strcmp(f, "trade_rate_real") == 0) return result[0] = trade_rate_real(x, y, z), 1;
  return 0;
}

static void golden_vectors_hold(void **state) {
  (void)state;
  trade_golden("currency.txt", golden_currency);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_is_sorted_and_every_currency_reads_back),
      cmocka_unit_test(a_number_given_out_again_belongs_to_the_newest),
      cmocka_unit_test(what_iso_4217_says_is_in_the_table),
      cmocka_unit_test(the_constants_have_their_letters),
      cmocka_unit_test(codes_are_read_in_both_forms_and_nothing_else_is),
      cmocka_unit_test(unknown_currencies_have_nothing),
      cmocka_unit_test(values_are_rounded_to_the_minor_unit),
      cmocka_unit_test(rounding_is_what_printing_and_reading_back_gives),
      cmocka_unit_test(a_rate_needs_a_positive_price_and_two_known_currencies),
      cmocka_unit_test(a_cross_rate_is_found_in_every_orientation),
      cmocka_unit_test(an_implied_rate_needs_two_positive_values),
      cmocka_unit_test(the_fixed_rates_of_the_euro_are_the_regulations),
      cmocka_unit_test(amounts_of_one_legacy_currency_become_another_through_the_euro),
      cmocka_unit_test(a_value_is_converted_as_its_rate_says),
      cmocka_unit_test(array_calls_are_refused_and_nothing_is_written),
      cmocka_unit_test(no_values_are_converted_without_arrays),
      cmocka_unit_test(arrays_convert_as_their_values_do_one_by_one),
      cmocka_unit_test(rows_convert_at_the_price_of_their_period),
      cmocka_unit_test(a_total_with_anything_missing_is_missing),
      cmocka_unit_test(totals_do_not_depend_on_the_order_of_periods),
      cmocka_unit_test(at_one_price_the_two_totals_are_one),
      cmocka_unit_test(the_mean_leaves_missing_prices_out),
      cmocka_unit_test(the_weighted_rate_needs_positive_sums),
      cmocka_unit_test(appreciation_and_depreciation_are_of_either_side),
      cmocka_unit_test(an_effective_rate_of_equal_indices_is_that_index),
      cmocka_unit_test(an_effective_rate_does_not_depend_on_order_or_scale_of_weights),
      cmocka_unit_test(an_effective_rate_needs_positive_indices_and_weights),
      cmocka_unit_test(a_series_finds_what_a_look_at_every_date_finds),
      cmocka_unit_test(dates_may_lie_as_far_apart_as_there_are),
      cmocka_unit_test(series_calls_are_refused_and_nothing_is_written),
      cmocka_unit_test(an_empty_series_has_no_rate),
      cmocka_unit_test(dates_out_of_order_are_met),
      cmocka_unit_test(a_mean_beyond_the_range_of_exact_totals_is_refused),
      cmocka_unit_test(annual_averages_are_those_the_federal_reserve_published),
      cmocka_unit_test(annual_averages_are_those_the_european_central_bank_published),
      cmocka_unit_test(days_without_a_rate_take_one_from_near_by),
      cmocka_unit_test(golden_vectors_hold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
