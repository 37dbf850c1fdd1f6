#include "trade_test.h"

#include <float.h>

#define OPEN ((double)INFINITY)

static const trade_figure UNDEFINED_FIGURE = {(double)NAN, (double)NAN, (double)NAN};

static trade_figure make(double value, double low, double high) {
  const trade_figure figure = {value, low, high};
  return figure;
}

#define assert_figure(figure, value, low, high) check_figure((figure), make(value, low, high), __FILE__, __LINE__)
static void check_figure(trade_figure actual, trade_figure expected, const char *file, int line) {
  trade_assert_same(actual.value, expected.value, file, line);
  trade_assert_same(actual.low, expected.low, file, line);
  trade_assert_same(actual.high, expected.high, file, line);
}

#define assert_undefined_figure(figure) check_figure((figure), UNDEFINED_FIGURE, __FILE__, __LINE__)

/** A text that must be a figure. */
static trade_figure read(const char *text) {
  trade_figure figure = UNDEFINED_FIGURE;
  const trade_status status = trade_figure_parse(text, strlen(text), &figure);
  if (status != TRADE_OK) fail_msg("\"%s\": status %d", text, (int)status);
  return figure;
}

/* The bounds are decimals; where they are no doubles, the step outward is spelled out. */
static void texts_are_read_as_ranges_with_a_unit(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value, low, high;
    int32_t unit;
  } cases[] = {
      {"1.46 trillion", 1.46e12, 1.455e12, 1.465e12, TRADE_FIGURE_NUMBER},
      {"1.46 trillion yuan", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"RMB 1.46 trillion", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"CNY1.46tn", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"RMB 1.46 trln yuan", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"1.46 TRN Yuan", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"1.46万亿元", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"人民币1.46万亿元", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"１．４６ 万亿 元", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"¥1.46万亿元", 1.46e12, 1.455e12, 1.465e12, TRADE_CNY},
      {"1.46 trillion yen ￥", 1.46e12, 1.455e12, 1.465e12, TRADE_JPY},
      {"\xC2\xA5\x31", 1, 0.5, 1.5, TRADE_XXX},
      {"XXX 1 \xC2\xA5", 1, 0.5, 1.5, TRADE_XXX},
      {"US$226.2bn", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"$226.2 billion", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"226.2 billion US dollars", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"226.2 bln U.S. dollars", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"USD 226.2B", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"2262亿美元", 226.2e9, 226.15e9, 226.25e9, TRADE_USD},
      {"€3.4 mn", 3.4e6, 3.35e6, 3.45e6, TRADE_EUR},
      {"3.4m euros", 3.4e6, 3.35e6, 3.45e6, TRADE_EUR},
      {"3.4 mln pounds", 3.4e6, 3.35e6, 3.45e6, TRADE_GBP},
      {"HK$ 12 thousand", 12000, 11500, 12500, TRADE_HKD},
      {"5 ｙｕａｎ　ＲＭＢ", 5, 4.5, 5.5, TRADE_CNY},
      {"5 per  cent", 0.05, 0.045, 0.055, TRADE_FIGURE_PERCENT},
      {"RMB 5 ¥", 5, 4.5, 5.5, TRADE_CNY},
      {"￥5 JPY", 5, 4.5, 5.5, TRADE_JPY},
      {"5EUR", 5, 4.5, 5.5, TRADE_EUR},
      {"5 EUR", 5, 4.5, 5.5, TRADE_EUR},
      {"ＵＳＤ５", 5, 4.5, 5.5, TRADE_USD},
      {"5 千", 5000, 4500, 5500, TRADE_FIGURE_NUMBER},
      {"5万", 5e4, 4.5e4, 5.5e4, TRADE_FIGURE_NUMBER},
      {"5十万", 5e5, 4.5e5, 5.5e5, TRADE_FIGURE_NUMBER},
      {"5百万", 5e6, 4.5e6, 5.5e6, TRADE_FIGURE_NUMBER},
      {"5千万", 5e7, 4.5e7, 5.5e7, TRADE_FIGURE_NUMBER},
      {"5亿", 5e8, 4.5e8, 5.5e8, TRADE_FIGURE_NUMBER},
      {"5十亿", 5e9, 4.5e9, 5.5e9, TRADE_FIGURE_NUMBER},
      {"5百亿", 5e10, 4.5e10, 5.5e10, TRADE_FIGURE_NUMBER},
      {"5千亿", 5e11, 4.5e11, 5.5e11, TRADE_FIGURE_NUMBER},
      {"54 k", 54000, 53500, 54500, TRADE_FIGURE_NUMBER},
      {"20.5%", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"20.5 percent", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"20.5 per cent", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"20.5 pct", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"20.5％", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"百分之20.5", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"2 million percent", 2e4, 1.5e4, 2.5e4, TRADE_FIGURE_PERCENT},
      {"15.6 percentage points", 0.156, 0.1555, 0.1565, TRADE_FIGURE_POINTS},
      {"15.6 % points", 0.156, 0.1555, 0.1565, TRADE_FIGURE_POINTS},
      {"15.6 pp", 0.156, 0.1555, 0.1565, TRADE_FIGURE_POINTS},
      {"15.6个百分点", 0.156, 0.1555, 0.1565, TRADE_FIGURE_POINTS},
      {"25 basis points", 0.0025, 0.00245, 0.00255, TRADE_FIGURE_POINTS},
      {"25bp", 0.0025, 0.00245, 0.00255, TRADE_FIGURE_POINTS},
      {"3,727", 3727, 3726.5, 3727.5, TRADE_FIGURE_NUMBER},
      {"1,460,000", 1460000, 1459999.5, 1460000.5, TRADE_FIGURE_NUMBER},
      {"１，４６０", 1460, 1459.5, 1460.5, TRADE_FIGURE_NUMBER},
      {"12,345.50", 12345.5, 12345.494999999999, 12345.505000000001, TRADE_FIGURE_NUMBER},
      {"007", 7, 6.5, 7.5, TRADE_FIGURE_NUMBER},
      {".5", 0.5, 0.44999999999999996, 0.55, TRADE_FIGURE_NUMBER},
      {"1.5e12", 1.5e12, 1.45e12, 1.55e12, TRADE_FIGURE_NUMBER},
      {"15E+11", 1.5e12, 1.45e12, 1.55e12, TRADE_FIGURE_NUMBER},
      {"25e-1", 2.5, 2.4499999999999997, 2.5500000000000003, TRADE_FIGURE_NUMBER},
      {"1.0", 1, 0.95, 1.05, TRADE_FIGURE_NUMBER},
      {"0", 0, -0.5, 0.5, TRADE_FIGURE_NUMBER},
      {"-0.0 %", 0, -0.0005, 0.0005, TRADE_FIGURE_PERCENT},
      {"-32.2", -32.2, -32.25, -32.15, TRADE_FIGURE_NUMBER},
      {"−32.2", -32.2, -32.25, -32.15, TRADE_FIGURE_NUMBER},
      {"–32.2", -32.2, -32.25, -32.15, TRADE_FIGURE_NUMBER},
      {"－３２．２", -32.2, -32.25, -32.15, TRADE_FIGURE_NUMBER},
      {"minus 32.2", -32.2, -32.25, -32.15, TRADE_FIGURE_NUMBER},
      {"-$3.4m", -3.4e6, -3.45e6, -3.35e6, TRADE_USD},
      {"$-3.4m", -3.4e6, -3.45e6, -3.35e6, TRADE_USD},
      {"+5", 5, 4.5, 5.5, TRADE_FIGURE_NUMBER},
      {"up 20.5 percent", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"增长20.5%", 0.205, 0.2045, 0.20550000000000002, TRADE_FIGURE_PERCENT},
      {"down 15.5 percent", -0.155, -0.15550000000000003, -0.1545, TRADE_FIGURE_PERCENT},
      {"fell by 15.5 percent", -0.155, -0.15550000000000003, -0.1545, TRADE_FIGURE_PERCENT},
      {"下降15.5%", -0.155, -0.15550000000000003, -0.1545, TRADE_FIGURE_PERCENT},
      {" \t 5\r\n", 5, 4.5, 5.5, TRADE_FIGURE_NUMBER},
      {"\xC2\xA0\x35\xE2\x80\xAF%\xE3\x80\x80", 0.05, 0.045, 0.055, TRADE_FIGURE_PERCENT},
      {"about 1.46 trillion yuan", 1.46e12, 1.45e12, 1.47e12, TRADE_CNY},
      {"approximately $300", 300, 200, 400, TRADE_USD},
      {"约300亿", 3e10, 2e10, 4e10, TRADE_FIGURE_NUMBER},
      {"300亿左右", 3e10, 2e10, 4e10, TRADE_FIGURE_NUMBER},
      {"300 or so", 300, 200, 400, TRADE_FIGURE_NUMBER},
      {"about 1.50", 1.5, 1.49, 1.51, TRADE_FIGURE_NUMBER},
      {"about 9", 9, 8, 10, TRADE_FIGURE_NUMBER},
      {"about 990", 990, 980, 1000, TRADE_FIGURE_NUMBER},
      {"about 0", 0, -1, 1, TRADE_FIGURE_NUMBER},
      {"about 0.0", 0, -0.1, 0.1, TRADE_FIGURE_NUMBER},
      {"about -3", -3, -4, -2, TRADE_FIGURE_NUMBER},
      {"over 50 percent", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"more than 50%", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"超过50%", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"50%以上", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"50 percent or more", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"over 0.1", 0.1, 0.09999999999999999, OPEN, TRADE_FIGURE_NUMBER},
      {"over -5 %", -0.05, -0.05, OPEN, TRADE_FIGURE_PERCENT},
      {"up over 50 %", 0.5, 0.5, OPEN, TRADE_FIGURE_PERCENT},
      {"down more than 50 %", -0.5, -OPEN, -0.5, TRADE_FIGURE_PERCENT},
      {"nearly 3 million", 3e6, 2e6, 3e6, TRADE_FIGURE_NUMBER},
      {"近300万", 3e6, 2e6, 3e6, TRADE_FIGURE_NUMBER},
      {"close to 3.50", 3.5, 3.4899999999999998, 3.5, TRADE_FIGURE_NUMBER},
      {"nearly -3", -3, -3, -2, TRADE_FIGURE_NUMBER},
      {"down nearly 3", -3, -3, -2, TRADE_FIGURE_NUMBER},
      {"nearly 0", 0, -1, 0, TRADE_FIGURE_NUMBER},
      {"under 3 million", 3e6, -OPEN, 3e6, TRADE_FIGURE_NUMBER},
      {"up to 3 million", 3e6, -OPEN, 3e6, TRADE_FIGURE_NUMBER},
      {"不足300万", 3e6, -OPEN, 3e6, TRADE_FIGURE_NUMBER},
      {"3 million or less", 3e6, -OPEN, 3e6, TRADE_FIGURE_NUMBER},
      {"down less than 3", -3, -3, OPEN, TRADE_FIGURE_NUMBER},
      {"1.7976931348623157e308", DBL_MAX, 1.7976931348623155e308, OPEN, TRADE_FIGURE_NUMBER},
      {"-1.7e308 k", 0, 0, 0, INT32_MIN},
      {"5e-324", 5e-324, 0, 1e-323, TRADE_FIGURE_NUMBER},
      {"1e-400", 0, 0, 5e-324, TRADE_FIGURE_NUMBER},
      {"1e-99999999999999999999", 0, 0, 5e-324, TRADE_FIGURE_NUMBER},
      {"1e999", 0, 0, 0, INT32_MIN},
      {"1e99999999999999999999", 0, 0, 0, INT32_MIN},
      {"over -1e999", 0, 0, 0, INT32_MIN},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    trade_figure figure = make(1, 2, 3), same = figure;
    int32_t unit = INT32_MIN;
    /* Without a NUL, at the end of its memory: what is read beyond it is found out. */
    const size_t length = strlen(cases[i].text);
    char *text = (char *)malloc(length);
    assert_non_null(text);
    memcpy(text, cases[i].text, length);
    const trade_status status = trade_figure_parse_unit(text, length, &figure, &unit);
    assert_status(trade_figure_parse(text, length, &same), status);
    free(text);
    if (cases[i].unit == INT32_MIN) {
      assert_status(status, TRADE_ERROR_RANGE);
      assert_figure(figure, 1, 2, 3);
    } else {
      if (status != TRADE_OK || figure.value != cases[i].value || figure.low != cases[i].low ||
          figure.high != cases[i].high)
        print_error("\"%s\":\n", cases[i].text);
      assert_status(status, TRADE_OK);
      assert_figure(figure, cases[i].value, cases[i].low, cases[i].high);
    }
    assert_int_equal(unit, cases[i].unit);
    assert_figure(same, figure.value, figure.low, figure.high);
  }
}

static void what_is_not_one_figure_is_refused(void **state) {
  (void)state;
  static const char *const texts[] = {"",
                                      " ",
                                      "yuan",
                                      "about",
                                      "-",
                                      "%",
                                      ".",
                                      "5.",
                                      "5.%",
                                      "1.46.2",
                                      "1,46",
                                      "1,4600",
                                      "1460,000",
                                      ",460",
                                      ",460.5",
                                      "0,460",
                                      "1,460,00",
                                      "1,460,",
                                      "1.4,600",
                                      "1 460",
                                      "5 5",
                                      "1.46 trillion trillion",
                                      "1.46 万 亿",
                                      "5亿3000万",
                                      "million",
                                      "million 5",
                                      "12 apples",
                                      "5 mango",
                                      "5 yuans",
                                      "5 pp.",
                                      "$5 euros",
                                      "HK$5 dollars",
                                      "¥5 dollars",
                                      "$5 %",
                                      "5 % points points %",
                                      "5 points bp",
                                      "5 bp points",
                                      "5 usd",
                                      "5 QQQ",
                                      "5 US",
                                      "5 USDX",
                                      "5 CNYCNY",
                                      "5 pp points bp",
                                      "% 5",
                                      "points 5",
                                      "左右5",
                                      "5约",
                                      "about over 5",
                                      "about about 5",
                                      "about 5 or so",
                                      "down -5 %",
                                      "up down 5",
                                      "--5",
                                      "+-5",
                                      "5-",
                                      "5 down",
                                      "1e",
                                      "1e+",
                                      "1.5 e12",
                                      "1e5.5",
                                      "0x10",
                                      "nan",
                                      "inf",
                                      "1.46 trillion yuan ($226.2 billion)",
                                      "5\xE4\xBA",
                                      "\xEF\xBC",
                                      "\xFF\xFE",
                                      "5\xC2",
                                      "5 \xE2\x80\x8B"};
  trade_figure figure = make(1, 2, 3);
  int32_t unit = 77;
  for (size_t i = 0; i < COUNT(texts); i++) {
    if (trade_figure_parse_unit(texts[i], strlen(texts[i]), &figure, &unit) != TRADE_ERROR_TEXT)
      fail_msg("\"%s\" is read", texts[i]);
    assert_status(trade_figure_parse(texts[i], strlen(texts[i]), &figure), TRADE_ERROR_TEXT);
  }
  assert_status(trade_figure_parse("5\0", 2, &figure), TRADE_ERROR_TEXT);
  assert_status(trade_figure_parse("5\0%", 3, &figure), TRADE_ERROR_TEXT);
  assert_status(trade_figure_parse("\0", 1, &figure), TRADE_ERROR_TEXT);
  assert_status(trade_figure_parse("5", SIZE_MAX, &figure), TRADE_ERROR_TEXT);
  assert_status(trade_figure_parse(NULL, 0, &figure), TRADE_ERROR_NULL);
  assert_status(trade_figure_parse("5", 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_figure_parse_unit(NULL, 0, &figure, &unit), TRADE_ERROR_NULL);
  assert_status(trade_figure_parse_unit("5", 1, NULL, &unit), TRADE_ERROR_NULL);
  assert_status(trade_figure_parse_unit("5", 1, &figure, NULL), TRADE_ERROR_NULL);
  assert_figure(figure, 1, 2, 3);
  assert_int_equal(unit, 77);
}

static void a_text_may_have_255_bytes(void **state) {
  (void)state;
  char text[257];
  trade_figure figure = make(1, 2, 3);
  memset(text, '9', sizeof text);
  text[1] = '.';
  assert_status(trade_figure_parse(text, 256, &figure), TRADE_ERROR_TEXT);
  assert_figure(figure, 1, 2, 3);
  assert_status(trade_figure_parse(text, 255, &figure), TRADE_OK);
  assert_figure(figure, 10, nextafter(10, 0), 10);
  memset(text, '0', sizeof text);
  assert_status(trade_figure_parse(text, 255, &figure), TRADE_OK);
  assert_figure(figure, 0, -0.5, 0.5);
}

/* Every prefix of good texts and every byte changed in them: nothing is read beyond the end, and what is read is in
 * order. */
static void damaged_texts_do_no_harm(void **state) {
  (void)state;
  static const char *const texts[] = {"about US$ 1,460,000.50e-3 million", "约１．４６万亿元左右",
                                      "-15.7 percentage points", "¥5 CNY"};
  char text[64];
  uint64_t random = 7;
  for (int round = 0; round < 20000; round++) {
    const char *good = texts[trade_random(&random) % COUNT(texts)];
    const size_t length = trade_random_below(&random, strlen(good) + 1);
    char *copy = (char *)malloc(length + 1);
    assert_non_null(copy);
    memcpy(text, good, strlen(good) + 1);
    for (uint64_t k = trade_random(&random) % 3; k > 0; k--)
      text[trade_random(&random) % strlen(good)] = (char)trade_random(&random);
    memcpy(copy, text, length);
    trade_figure figure = make(1, 2, 3);
    int32_t unit = 77;
    const trade_status status = trade_figure_parse_unit(copy, length, &figure, &unit);
    free(copy);
    if (status == TRADE_OK) {
      assert_true(figure.low <= figure.value && figure.value <= figure.high && isfinite(figure.value));
      assert_true(unit != 77);
    } else {
      assert_true(status == TRADE_ERROR_TEXT || status == TRADE_ERROR_RANGE);
      assert_figure(figure, 1, 2, 3);
      assert_int_equal(unit, 77);
    }
  }
}

static void figures_are_made_of_numbers(void **state) {
  (void)state;
  assert_figure(trade_figure_exact(0.205), 0.205, 0.205, 0.205);
  assert_figure(trade_figure_exact(-0.0), 0, 0, 0);
  assert_figure(trade_figure_exact(DBL_MAX), DBL_MAX, DBL_MAX, DBL_MAX);
  assert_undefined_figure(trade_figure_exact((double)NAN));
  assert_undefined_figure(trade_figure_exact(OPEN));
  assert_undefined_figure(trade_figure_exact(-OPEN));
  assert_figure(trade_figure_rounded(3727, 1), 3727, 3726.5, 3727.5);
  assert_figure(trade_figure_rounded(3727, 0), 3727, 3727, 3727);
  assert_figure(trade_figure_rounded(5e-324, 5e-324), 5e-324, 0, 1e-323);
  assert_figure(trade_figure_rounded(DBL_MAX, 1), DBL_MAX, nextafter(DBL_MAX, 0), OPEN);
  assert_figure(trade_figure_range(1, 4), 2.5, 1, 4);
  assert_figure(trade_figure_range(5e-324, 5e-324), 5e-324, 5e-324, 5e-324);
  assert_figure(trade_figure_range(DBL_MAX, DBL_MAX), DBL_MAX, DBL_MAX, DBL_MAX);
  assert_figure(trade_figure_range(-DBL_MAX, DBL_MAX), 0, -DBL_MAX, DBL_MAX);
  assert_undefined_figure(trade_figure_range(4, 1));
}

static size_t golden(const golden_case *g, double *result) {
  static const struct {
    const char *name;
    trade_figure (*of_two)(trade_figure, trade_figure);
    trade_figure (*of_numbers)(double, double);
  } functions[] = {
      {"trade_figure_add", trade_figure_add, NULL},
      {"trade_figure_subtract", trade_figure_subtract, NULL},
      {"trade_figure_multiply", trade_figure_multiply, NULL},
      {"trade_figure_divide", trade_figure_divide, NULL},
      {"trade_figure_growth", trade_figure_growth, NULL},
      {"trade_figure_implied_base", trade_figure_implied_base, NULL},
      {"trade_figure_rounded", NULL, trade_figure_rounded},
      {"trade_figure_range", NULL, trade_figure_range},
  };
  for (size_t i = 0; i < COUNT(functions); i++) {
    if (strcmp(g->function, functions[i].name) != 0) continue;
    const trade_figure figure = functions[i].of_two
                                    ? functions[i].of_two(make(g->argument[0][0], g->argument[1][0], g->argument[2][0]),
                                                          make(g->argument[3][0], g->argument[4][0], g->argument[5][0]))
                                    : functions[i].of_numbers(g->argument[0][0], g->argument[1][0]);
    result[0] = figure.value;
    result[1] = figure.low;
    result[2] = figure.high;
    return 3;
  }
  return 0;
}

static void arithmetic_gives_the_exact_ranges(void **state) {
  (void)state;
  trade_golden("figure.txt", golden);
}

static void bounds_are_rounded_outward(void **state) {
  (void)state;
  /* Results that underflow, a divisor that must be rounded the other way, a difference that overflows at one corner. */
  assert_figure(trade_figure_divide(make(5e-324, 5e-324, 5e-324), make(1e308, 1e308, 1e308)), 0, 0, 5e-324);
  assert_figure(trade_figure_divide(make(-5e-324, -5e-324, -5e-324), make(1e308, 1e308, 1e308)), 0, -5e-324, 0);
  assert_figure(trade_figure_multiply(make(1e-200, 1e-200, 1e-200), make(-1e-200, -1e-200, -1e-200)), 0, -5e-324, 0);
  const trade_figure base = trade_figure_implied_base(make(-12.5, -12.5, -12.5), make(0.291, 0.291, 0.291));
  assert_same(base.low, -9.682416731216113);
  const trade_figure growth = trade_figure_growth(make(-1e308, -1e308, -1e308), make(1, 1, 1.7e308));
  assert_true(growth.low <= -1e308 && growth.high >= -1.58823);
  assert_figure(trade_figure_add(make(1, 1, 1), make(5e-324, 5e-324, 5e-324)), 1, 1, nextafter(1, 2));
  assert_figure(trade_figure_add(make(DBL_MAX, DBL_MAX, DBL_MAX), make(1, 1, 1)), DBL_MAX, DBL_MAX, OPEN);
}

static void open_sides_stay_open(void **state) {
  (void)state;
  const trade_figure over = make(2, 2, OPEN), under = make(-2, -OPEN, -2), zero = make(0, 0, 0),
                     all = make(0, -OPEN, OPEN);
  assert_figure(trade_figure_add(over, over), 4, 4, OPEN);
  assert_figure(trade_figure_add(over, under), 0, -OPEN, OPEN);
  assert_figure(trade_figure_subtract(over, over), 0, -OPEN, OPEN);
  assert_figure(trade_figure_multiply(over, zero), 0, 0, 0);
  assert_figure(trade_figure_multiply(all, zero), 0, 0, 0);
  assert_figure(trade_figure_multiply(over, under), -4, -OPEN, -4);
  assert_figure(trade_figure_multiply(over, make(1, -1, 1)), 2, -OPEN, OPEN);
  assert_figure(trade_figure_divide(make(1, 1, 1), over), 0.5, 0, 0.5);
  assert_figure(trade_figure_divide(over, over), 1, 0, OPEN);
  assert_figure(trade_figure_divide(over, under), -1, -OPEN, 0);
  assert_figure(trade_figure_divide(over, make(4, 4, 4)), 0.5, 0.5, OPEN);
  assert_figure(trade_figure_growth(over, make(1, 1, 1)), 1, 1, OPEN);
  assert_figure(trade_figure_growth(make(1, 1, 1), over), -0.5, -1, -0.5);
  assert_figure(trade_figure_growth(over, over), 0, -1, OPEN);
  assert_figure(trade_figure_implied_base(over, make(0, 0, OPEN)), 2, 0, OPEN);
  assert_figure(trade_figure_implied_base(make(-3, -3, -3), over), -1, -1, 0);
}

static void what_is_undefined_stays_undefined(void **state) {
  (void)state;
  trade_figure (*const operations[])(trade_figure, trade_figure) = {trade_figure_add,      trade_figure_subtract,
                                                                    trade_figure_multiply, trade_figure_divide,
                                                                    trade_figure_growth,   trade_figure_implied_base};
  const double nan = (double)NAN;
  const trade_figure bad[] = {UNDEFINED_FIGURE,    make(nan, 0, 1), make(1, nan, 2), make(1, 0, nan),
                              make(OPEN, 1, OPEN), make(3, 1, 2),   make(0, 1, 2)};
  const trade_figure good = make(2, 1, 3);
  for (size_t i = 0; i < COUNT(bad); i++) {
    for (size_t k = 0; k < COUNT(operations); k++) {
      assert_undefined_figure(operations[k](bad[i], good));
      assert_undefined_figure(operations[k](good, bad[i]));
    }
    assert_undefined_figure(trade_figure_convert(bad[i], TRADE_USD, trade_rate_make(6.9, TRADE_USD, TRADE_CNY)));
    assert_int_equal(trade_figure_agree(bad[i], good), 0);
    assert_int_equal(trade_figure_agree(good, bad[i]), 0);
    assert_int_equal(trade_figure_holds(bad[i], 1), 0);
  }
  assert_undefined_figure(trade_figure_divide(good, make(0, 0, 1)));
  assert_undefined_figure(trade_figure_divide(good, make(0, -1, 0)));
  assert_undefined_figure(trade_figure_divide(good, make(1, -1, 2)));
  assert_undefined_figure(trade_figure_growth(good, make(1, 0, 2)));
  assert_undefined_figure(trade_figure_growth(good, make(-1, -2, -1)));
  assert_undefined_figure(trade_figure_implied_base(good, make(0, -1, 1)));
  assert_undefined_figure(trade_figure_implied_base(good, make(-3, -4, -2)));
  const trade_figure huge = make(DBL_MAX, DBL_MAX, DBL_MAX);
  assert_undefined_figure(trade_figure_add(huge, huge));
  assert_undefined_figure(trade_figure_multiply(huge, good));
  assert_undefined_figure(trade_figure_divide(huge, make(0.5, 0.5, 0.5)));
}

static void figures_are_converted_as_the_rate_says(void **state) {
  (void)state;
  const trade_rate rate = trade_rate_make(6.5, TRADE_USD, TRADE_CNY);
  assert_figure(trade_figure_convert(make(2, 1, 3), TRADE_USD, rate), 13, 6.5, 19.5);
  assert_figure(trade_figure_convert(make(13, 6.5, OPEN), TRADE_CNY, rate), 2, 1, OPEN);
  assert_figure(trade_figure_convert(make(-13, -19.5, -6.5), TRADE_CNY, rate), -2, -3, -1);
  assert_undefined_figure(trade_figure_convert(make(2, 1, 3), TRADE_EUR, rate));
  assert_undefined_figure(trade_figure_convert(make(2, 1, 3), 0, trade_rate_make(0, TRADE_USD, TRADE_CNY)));
  const trade_rate worse[] = {{0, TRADE_USD, TRADE_CNY},           {-1, TRADE_USD, TRADE_CNY},
                              {(double)NAN, TRADE_USD, TRADE_CNY}, {OPEN, TRADE_USD, TRADE_CNY},
                              {1, TRADE_USD, TRADE_USD},           {1, TRADE_USD, 1}};
  for (size_t i = 0; i < COUNT(worse); i++)
    assert_undefined_figure(trade_figure_convert(make(2, 1, 3), TRADE_USD, worse[i]));
  uint64_t random = 3;
  for (int i = 0; i < 1000; i++) {
    const trade_rate r = trade_rate_make(trade_random_between(&random, 1e-3, 1e3), TRADE_EUR, TRADE_JPY);
    const double value = trade_random_between(&random, 1e-3, 1e15);
    const int32_t currency = i % 2 ? TRADE_EUR : TRADE_JPY;
    const trade_figure converted = trade_figure_convert(trade_figure_exact(value), currency, r);
    assert_same(converted.value, trade_currency_convert(value, currency, r));
    assert_true(trade_figure_holds(converted, converted.value));
    assert_true(converted.high <= nextafter(converted.low, OPEN));
  }
}

static void figures_agree_when_their_ranges_meet(void **state) {
  (void)state;
  assert_int_equal(trade_figure_agree(make(1, 0, 2), make(3, 2, 4)), 1);
  assert_int_equal(trade_figure_agree(make(3, 2, 4), make(1, 0, 2)), 1);
  assert_int_equal(trade_figure_agree(make(1, 0, 2), make(3, nextafter(2, 3), 4)), 0);
  assert_int_equal(trade_figure_agree(make(3, nextafter(2, 3), 4), make(1, 0, 2)), 0);
  assert_int_equal(trade_figure_agree(make(1, 0, 9), make(3, 2, 4)), 1);
  assert_int_equal(trade_figure_agree(make(1, 0, OPEN), make(1e300, 1e300, 1e300)), 1);
  assert_int_equal(trade_figure_holds(make(1, 0, 2), 0), 1);
  assert_int_equal(trade_figure_holds(make(1, 0, 2), 2), 1);
  assert_int_equal(trade_figure_holds(make(1, 0, 2), nextafter(2, 3)), 0);
  assert_int_equal(trade_figure_holds(make(1, 0, 2), -5e-324), 0);
  assert_int_equal(trade_figure_holds(make(1, 0, OPEN), OPEN), 0);
  assert_int_equal(trade_figure_holds(make(1, 0, 2), (double)NAN), 0);
}

/* Sources: China Daily 2021 (digital trade 2020), Xinhua 7 September 2020 (2019); Ministry of Commerce 4 February 2021
 * and 30 January 2022 (trade in services, 100 million yuan); the dollar's average rate of 2019 and 2020: Federal
 * Reserve, G.5A. */
static void published_figures_can_be_checked(void **state) {
  (void)state;
  const trade_figure yuan = read("1.46 trillion yuan"), dollars = read("$226.2 billion"), up = read("up 20.5 percent");
  const trade_figure rate = trade_figure_divide(yuan, dollars);
  assert_true(trade_figure_agree(rate, read("6.4545")));
  assert_false(trade_figure_agree(rate, read("6.9042"))); /* not at the year's average */
  assert_true(fabs(rate.low - 6.431) < 5e-4 && fabs(rate.high - 6.478) < 5e-4);
  const trade_figure base = trade_figure_implied_base(yuan, up);
  assert_true(fabs(base.low - 1.207e12) < 5e8 && fabs(base.high - 1.216e12) < 5e8);
  const trade_figure services = trade_figure_subtract(up, read("15.6 percentage points"));
  assert_true(services.low <= 0.048 && services.low > 0.048 - 1e-15 && services.high >= 0.05 &&
              services.high < 0.05 + 1e-15);
  /* The figure published for 2019, $203.6 billion, is not the base of that growth. */
  const trade_figure before =
      trade_figure_convert(read("203.6 billion dollars"), TRADE_USD, trade_rate_make(6.9081, TRADE_USD, TRADE_CNY));
  assert_false(trade_figure_agree(base, before));
  static const struct {
    const char *current, *base, *growth;
  } growths[] = {{"45642.7", "54152.9", "down 15.7 percent"}, {"52982.7", "45642.7", "up 16.1 percent"}};
  for (size_t i = 0; i < COUNT(growths); i++) {
    const trade_figure growth = trade_figure_growth(read(growths[i].current), read(growths[i].base));
    assert_true(trade_figure_agree(growth, read(growths[i].growth)));
    assert_true(trade_figure_agree(trade_figure_implied_base(read(growths[i].current), read(growths[i].growth)),
                                   read(growths[i].base)));
  }
  assert_true(trade_figure_agree(trade_figure_add(read("19356.7"), read("26286.0")), read("45642.7")));
  assert_false(trade_figure_agree(trade_figure_add(read("19356.7"), read("26286.0")), read("45642.9")));
}

static void formatted(trade_figure figure, int32_t unit, const char *expected) {
  char text[TRADE_FIGURE_TEXT_SIZE];
  assert_status(trade_figure_format(figure, unit, text, sizeof text), TRADE_OK);
  assert_string_equal(text, expected);
}

static void only_known_digits_are_written(void **state) {
  (void)state;
  static const struct {
    trade_figure figure;
    int32_t unit;
    const char *text;
  } cases[] = {
      {{4e7, 3.5e7, 4.5e7}, TRADE_CNY, "about 40 million CNY"},
      {{0.2, 0.14, 0.26}, TRADE_FIGURE_PERCENT, "about 20 %"},
      {{0.2, 0.14, 0.26}, TRADE_FIGURE_NUMBER, "about 0.2"},
      {{250, 210, 290}, TRADE_USD, "about 200 USD"},
      {{12300, 12250, 12350}, TRADE_FIGURE_NUMBER, "12.3 thousand"},
      {{0.049, 0.048, 0.05}, TRADE_FIGURE_PERCENT, "about 4.9 %"},
      {{0.049, 0.0485, 0.0495}, TRADE_FIGURE_POINTS, "4.9 points"},
      {{-3.4e6, -3.45e6, -3.35e6}, TRADE_EUR, "-3.4 million EUR"},
      {{1460000, 1459999.5, 1460000.5}, TRADE_FIGURE_NUMBER, "1460000"},
      {{0.004, -0.02, 0.01}, TRADE_FIGURE_NUMBER, "0.0"},
      {{0, -5, 3}, TRADE_FIGURE_NUMBER, "0e1"},
      {{1.2e6, -2e6, 4e6}, TRADE_USD, "0e7 USD"},
      {{0, 0, 0}, TRADE_FIGURE_NUMBER, "0"},
      {{0, 0, 0}, TRADE_FIGURE_PERCENT, "0 %"},
      {{0, 0, OPEN}, TRADE_FIGURE_POINTS, "over 0 points"},
      {{0.30000000000000004, 0.30000000000000004, 0.30000000000000004}, TRADE_FIGURE_NUMBER, "0.30000000000000004"},
      {{50e6, 50e6, 50e6}, TRADE_FIGURE_NUMBER, "50 million"},
      {{1e12, 1e12, 1e12}, TRADE_XXX, "1 trillion XXX"},
      {{1e300, 1e300, 1e300}, TRADE_FIGURE_NUMBER, "1e300"},
      {{999960, 999910, 1000010}, TRADE_FIGURE_NUMBER, "about 1.0000 million"},
      {{999999999999.0, 999999999998.0, 1e12}, TRADE_FIGURE_NUMBER, "about 999999999999"},
      {{9.96e-8, 9.9e-8, 1.004e-7}, TRADE_FIGURE_NUMBER, "about 1.00e-7"},
      {{1.2e-6, 1.15e-6, 1.25e-6}, TRADE_FIGURE_NUMBER, "0.0000012"},
      {{9.8e-7, 9.75e-7, 9.85e-7}, TRADE_FIGURE_NUMBER, "9.8e-7"},
      {{9.8e17, 9.75e17, 9.85e17}, TRADE_FIGURE_NUMBER, "about 980000 trillion"},
      {{1.2e18, 1.15e18, 1.25e18}, TRADE_FIGURE_NUMBER, "1.2e18"},
      {{1.5e-9, 1.45e-9, 1.55e-9}, TRADE_FIGURE_NUMBER, "1.5e-9"},
      {{5e-324, 0, 1e-323}, TRADE_FIGURE_NUMBER, "0e-323"},
      {{0, -1.7e308, 1.7e308}, TRADE_FIGURE_NUMBER, "0e309"},
      {{1.79e308, 1.75e308, DBL_MAX}, TRADE_FIGURE_NUMBER, "0e309"},
      {{0.5, 0.5, OPEN}, TRADE_FIGURE_PERCENT, "over 50 %"},
      {{0.1, 0.09999999999999999, OPEN}, TRADE_FIGURE_NUMBER, "over 0.1"},
      {{-0.5, -OPEN, -0.5}, TRADE_FIGURE_PERCENT, "under -50 %"},
      {{1e6, -OPEN, 3e6}, TRADE_FIGURE_NUMBER, "under 3 million"},
      {{1.6862e12, 1.68615e12, OPEN}, TRADE_USD, "over 1.68615 trillion USD"},
      {{1e308, 1e308, OPEN}, TRADE_FIGURE_PERCENT, "over 1e310 %"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) formatted(cases[i].figure, cases[i].unit, cases[i].text);
  formatted(read("1.46 trillion"), TRADE_CNY, "1.46 trillion CNY");
  formatted(trade_figure_divide(read("1.46 trillion"), read("226.2 billion")), TRADE_CNY, "about 6.5 CNY");
  formatted(trade_figure_implied_base(read("1.46 trillion"), read("20.5 %")), TRADE_CNY, "about 1.21 trillion CNY");
  formatted(trade_figure_subtract(read("20.5 %"), read("15.6 points")), TRADE_FIGURE_PERCENT, "about 4.9 %");
}

static void format_refuses_and_writes_nothing(void **state) {
  (void)state;
  const trade_figure good = make(1.46e12, 1.455e12, 1.465e12);
  const trade_figure bad[] = {UNDEFINED_FIGURE, make(1, 2, 3), make(1, -OPEN, OPEN), make(OPEN, 1, OPEN),
                              make(1, (double)NAN, 2)};
  char text[32];
  memset(text, '?', sizeof text);
  assert_status(trade_figure_format(good, 0, NULL, 64), TRADE_ERROR_NULL);
  for (size_t i = 0; i < COUNT(bad); i++)
    assert_status(trade_figure_format(bad[i], 0, text, sizeof text), TRADE_ERROR_VALUE);
  static const int32_t units[] = {-3, 1, 1000, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < COUNT(units); i++)
    assert_status(trade_figure_format(good, units[i], text, sizeof text), TRADE_ERROR_CURRENCY);
  const size_t size = sizeof "1.46 trillion CNY";
  for (size_t capacity = 0; capacity < size; capacity++)
    assert_status(trade_figure_format(good, TRADE_CNY, text, capacity), TRADE_ERROR_CAPACITY);
  for (size_t i = 0; i < sizeof text; i++) assert_int_equal(text[i], '?');
  assert_status(trade_figure_format(good, TRADE_CNY, text, size), TRADE_OK);
  assert_string_equal(text, "1.46 trillion CNY");
  assert_int_equal(text[size], '?');
}

static void every_currency_reads_back(void **state) {
  (void)state;
  assert_true(trade_currency_count() > 0);
  for (size_t i = 0; i < trade_currency_count(); i++) {
    char text[TRADE_FIGURE_TEXT_SIZE];
    trade_figure figure = UNDEFINED_FIGURE;
    int32_t unit = INT32_MIN;
    assert_status(trade_figure_format(make(5, 4.5, 5.5), trade_currency_at(i), text, sizeof text), TRADE_OK);
    assert_status(trade_figure_parse_unit(text, strlen(text), &figure, &unit), TRADE_OK);
    assert_int_equal(unit, trade_currency_at(i));
    assert_figure(figure, 5, 4.5, 5.5);
  }
}

/** A finite double of any bits. */
static double any_double(uint64_t *random) {
  for (;;) {
    const uint64_t bits = trade_random(random);
    double x;
    memcpy(&x, &bits, sizeof x);
    if (isfinite(x)) return x;
  }
}

/** A figure of any size and width, open or closed, around its value or not. */
static trade_figure any_figure(uint64_t *random) {
  const double scale = trade_random(random) % 4 == 0 ? 1e300 : trade_random(random) % 3 == 0 ? 1e15 : 1e3;
  double value = trade_random(random) % 10 == 0 ? 0 : trade_random_between(random, 1 / scale, scale);
  if (trade_random(random) % 3 == 0) value = trade_random(random) % 3 == 0 ? any_double(random) : -value;
  const double around = fmax(fabs(value), 1e-300);
  trade_figure figure = make(value, value, value);
  switch (trade_random(random) % 5) {
  case 0: /* as wide as anything can be */
    figure.low = fmin(value, any_double(random));
    figure.high = fmax(value, any_double(random));
    break;
  case 1: /* a few ulps */
    for (uint64_t k = trade_random(random) % 4; k > 0; k--) figure.low = nextafter(figure.low, -OPEN);
    for (uint64_t k = trade_random(random) % 4; k > 0; k--) figure.high = nextafter(figure.high, OPEN);
    break;
  case 2:
    figure.high += around * trade_random_between(random, 1e-17, 1e3);
    break;
  case 3:
    figure.low -= around * trade_random_between(random, 1e-17, 1e3);
    break;
  default: {
    const double half = around * trade_random_between(random, 1e-17, 1e3);
    figure.low -= half;
    figure.high += half;
  }
  }
  /* Open to both sides it would not be written. */
  if (isinf(figure.low) || trade_random(random) % 10 == 0) return make(value, -OPEN, fmin(figure.high, DBL_MAX));
  if (trade_random(random) % 10 == 0) figure.high = OPEN;
  return figure;
}

static void what_is_written_reads_back_as_a_range_that_holds_it(void **state) {
  (void)state;
  static const int32_t units[] = {TRADE_FIGURE_NUMBER, TRADE_FIGURE_PERCENT, TRADE_FIGURE_POINTS, TRADE_CNY, TRADE_XXX};
  uint64_t random = 2020;
  char text[TRADE_FIGURE_TEXT_SIZE], again[TRADE_FIGURE_TEXT_SIZE];
  for (int i = 0; i < 20000; i++) {
    const trade_figure figure = any_figure(&random);
    const int32_t unit = units[trade_random(&random) % COUNT(units)];
    trade_figure back = UNDEFINED_FIGURE;
    int32_t back_unit = INT32_MIN;
    assert_status(trade_figure_format(figure, unit, text, sizeof text), TRADE_OK);
    assert_status(trade_figure_parse_unit(text, strlen(text), &back, &back_unit), TRADE_OK);
    assert_int_equal(back_unit, unit);
    const double width = fmin(figure.high - figure.low, isinf(figure.low) || isinf(figure.high) ? OPEN : DBL_MAX);
    assert_true(strlen(text) < 56); /* with room to spare */
    const double below = isfinite(width) ? width / 1e9 : fabs(figure.low) * 2 * DBL_EPSILON;
    const double above = isfinite(width) ? width / 1e9 : fabs(figure.high) * 2 * DBL_EPSILON;
    if (!(isinf(figure.low) ? isinf(back.low) : back.low <= figure.low + below) ||
        !(isinf(figure.high) ? isinf(back.high) : back.high >= figure.high - above))
      fail_msg("[%.17g, %.17g] is written as %s", figure.low, figure.high, text);
    if (isinf(back.low) || isinf(back.high)) continue;
    assert_status(trade_figure_format(back, unit, again, sizeof again), TRADE_OK);
    if (strncmp(text, "about", 5) != 0 && strcmp(text, again) != 0 && width > 1e-12 * fabs(figure.value) &&
        fabs(figure.value) > 1e-290)
      fail_msg("%s is written again as %s", text, again);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_read_as_ranges_with_a_unit),
      cmocka_unit_test(what_is_not_one_figure_is_refused),
      cmocka_unit_test(a_text_may_have_255_bytes),
      cmocka_unit_test(damaged_texts_do_no_harm),
      cmocka_unit_test(figures_are_made_of_numbers),
      cmocka_unit_test(arithmetic_gives_the_exact_ranges),
      cmocka_unit_test(bounds_are_rounded_outward),
      cmocka_unit_test(open_sides_stay_open),
      cmocka_unit_test(what_is_undefined_stays_undefined),
      cmocka_unit_test(figures_are_converted_as_the_rate_says),
      cmocka_unit_test(figures_agree_when_their_ranges_meet),
      cmocka_unit_test(published_figures_can_be_checked),
      cmocka_unit_test(only_known_digits_are_written),
      cmocka_unit_test(format_refuses_and_writes_nothing),
      cmocka_unit_test(every_currency_reads_back),
      cmocka_unit_test(what_is_written_reads_back_as_a_range_that_holds_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
