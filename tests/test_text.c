#include "text.h"
#include "trade_test.h"

static trade_text text_of(const char *bytes) {
  const trade_text text = {bytes, strlen(bytes)};
  return text;
}

static void a_word_is_the_text_begins_it_or_stands_in_it(void **state) {
  (void)state;
  static const struct {
    const char *text, *word;
    int is, begins;
    size_t at;
  } cases[] = {{"USD", "USD", 1, 1, 0},          {"USDT", "USD", 0, 1, 0},       {"US", "USD", 0, 0, SIZE_MAX},
               {"in USD", "USD", 0, 0, 3},       {"usd", "USD", 0, 0, SIZE_MAX}, {"", "USD", 0, 0, SIZE_MAX},
               {"UUSD USD", "USD", 0, 0, 1},     {"FR: France", ": ", 0, 0, 2},  {"", "", 1, 1, 0},
               {"2015 [YR2015]", " [", 0, 0, 4}, {"a\\b", "\\", 0, 0, 1},        {"ab", "b ", 0, 0, SIZE_MAX}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    assert_int_equal(trade_text_is(&text, cases[i].word), cases[i].is);
    assert_int_equal(trade_text_begins(&text, cases[i].word), cases[i].begins);
    assert_true(trade_text_find(&text, cases[i].word) == cases[i].at);
  }
  const trade_text none = {NULL, 0};
  assert_int_equal(trade_text_is(&none, "D"), 0);
  assert_int_equal(trade_text_begins(&none, "D"), 0);
}

static void names_are_the_same_without_case_and_what_parts_words(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    int same;
  } cases[] = {{"Trade Value", "trade_value", 1},
               {"TradeValue", "trade-value.", 1},
               {"  _Year", "year", 1},
               {"year", "years", 0},
               {"years", "year", 0},
               {"year", "yeat", 0},
               {"", "", 0},
               {"_", "-", 1},
               {"", "a", 0},
               {"Value (US$)", "value(us$)", 1},
               {"\xc3\x89tat", "\xc3\xa9tat", 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *a = cases[i].a, *b = cases[i].b;
    assert_int_equal(trade_text_same_name(a, strlen(a), b, strlen(b)), cases[i].same);
    assert_int_equal(trade_text_same_name(b, strlen(b), a, strlen(a)), cases[i].same);
    const trade_text left = text_of(a), right = text_of(b);
    const int order = trade_text_name_order(&left, &right), back = trade_text_name_order(&right, &left);
    assert_int_equal(order == 0, cases[i].same || (!*a && !*b)); /* the empty name is of no column */
    assert_true((order > 0) == (back < 0) && (order < 0) == (back > 0));
  }
  static const char *const sorted[] = {"", "2019", "2019 a", "2019b", "Exports", "EXPORTS (a)", "exportsx"};
  for (size_t i = 0; i < COUNT(sorted); i++)
    for (size_t k = 0; k < COUNT(sorted); k++) {
      const trade_text left = text_of(sorted[i]), right = text_of(sorted[k]);
      const int order = trade_text_name_order(&left, &right);
      assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
    }
}

static void some_words_stand_for_a_missing_number(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int missing;
  } cases[] = {{"", 1},  {"NA", 1},   {"N/A", 1}, {"NaN", 1},  {".", 1},    {"..", 1},  {"...", 1},  {":", 1},
               {"-", 1}, {"_", 1},    {"nan", 1}, {"NULL", 1}, {"null", 1}, {"n/a", 1}, {"n.a.", 1}, {"0", 0},
               {" ", 0}, {"....", 0}, {"--", 0},  {"N", 0},    {"NAN", 0},  {"NA ", 0}, {"Null", 0}, {": ", 0}};
  for (size_t i = 0; i < COUNT(cases); i++)
    assert_int_equal(trade_text_missing(cases[i].text, strlen(cases[i].text)), cases[i].missing);
}

/* A day where the last number is not 0, else a period; of what is refused, nothing is written. */
static void periods_and_days_are_read_in_the_forms_of_tables(void **state) {
  (void)state;
  static const struct {
    const char *text;
    trade_status status;
    int32_t year, month, months, day;
  } cases[] = {
      {"2001", TRADE_OK, 2001, 1, 12, 0},
      {"2001-Q2", TRADE_OK, 2001, 4, 3, 0},
      {"200106", TRADE_OK, 2001, 6, 1, 0},
      {"2001-02-28", TRADE_OK, 2001, 2, 1, 28},
      {"20010228", TRADE_OK, 2001, 2, 1, 28},
      {"2001/01", TRADE_OK, 2001, 1, 1, 0},
      {"2001.10", TRADE_OK, 2001, 10, 1, 0},
      {"2001.2", TRADE_OK, 2001, 2, 1, 0},
      {"2001.1", TRADE_ERROR_TEXT, 0, 0, 0, 0},       /* or October */
      {"2026\xe5\xb9\xb4", TRADE_OK, 2026, 1, 12, 0}, /* 2026年 */
      {"2026\xe5\xb9\xb4"
       "06\xe6\x9c\x88",
       TRADE_OK, 2026, 6, 1, 0}, /* 2026年06月 */
      {"2026\xe5\xb9\xb4"
       "6\xe6\x9c\x88\xe4\xbb\xbd",
       TRADE_OK, 2026, 6, 1, 0}, /* 2026年6月份 */
      {"2026\xe5\xb9\xb4"
       "1-2\xe6\x9c\x88",
       TRADE_OK, 2026, 1, 2, 0}, /* 2026年1-2月 */
      {"January 2001", TRADE_OK, 2001, 1, 1, 0},
      {"dec-2001", TRADE_OK, 2001, 12, 1, 0},
      {"02-Jan-2001", TRADE_OK, 2001, 1, 1, 2},
      {"21 September 2023", TRADE_OK, 2023, 9, 1, 21},
      {"2001-13", TRADE_ERROR_PERIOD, 0, 0, 0, 0},
      {"2001/13", TRADE_ERROR_PERIOD, 0, 0, 0, 0},
      {"0000/01", TRADE_ERROR_PERIOD, 0, 0, 0, 0},
      {"2026\xe5\xb9\xb4"
       "2-1\xe6\x9c\x88",
       TRADE_ERROR_PERIOD, 0, 0, 0, 0}, /* 2026年2-1月 */
      {"2026\xe5\xb9\xb4"
       "12-13\xe6\x9c\x88",
       TRADE_ERROR_PERIOD, 0, 0, 0, 0}, /* 2026年12-13月 */
      {"31 June 2001", TRADE_ERROR_PERIOD, 0, 0, 0, 0},
      {"2001-02-29", TRADE_ERROR_PERIOD, 0, 0, 0, 0},
      {"2001-W07", TRADE_ERROR_NOT_MONTHS, 0, 0, 0, 0},
      {"", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"201/01", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"2001/", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"2001/01/02", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"2026\xe5\xb9\xb4"
       "1\xe6\x97\xa5",
       TRADE_ERROR_TEXT, 0, 0, 0, 0}, /* 2026年1日 */
      {"2026\xe5\xb9\xb4"
       "1-\xe6\x9c\x88",
       TRADE_ERROR_TEXT, 0, 0, 0, 0},                      /* 2026年1-月 */
      {"2026\xe5\xb9\xb4 ", TRADE_ERROR_TEXT, 0, 0, 0, 0}, /* 2026年 and a blank */
      {"Ja 2001", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"Janu 2001", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"January", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"January 01", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"January 2001 ", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"02Jan2001", TRADE_ERROR_TEXT, 0, 0, 0, 0},
      {"Total", TRADE_ERROR_TEXT, 0, 0, 0, 0},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    const trade_period untouched = {-77, 7, 7, 7};
    trade_period period = untouched;
    int32_t day = -77;
    assert_status(trade_text_moment(&text, &period, &day), cases[i].status);
    if (cases[i].status) {
      assert_memory_equal(&period, &untouched, sizeof period);
      assert_int_equal(day, -77);
      continue;
    }
    const trade_period expected = trade_period_make(cases[i].year, cases[i].month, cases[i].months);
    assert_memory_equal(&period, &expected, sizeof period);
    assert_int_equal(day, cases[i].day ? trade_day_make(cases[i].year, cases[i].month, cases[i].day) : TRADE_DAY_NONE);
  }
}

static void a_month_of_one_digit_behind_a_point_may_be_unclear(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int unclear;
  } cases[] = {{"2023.1", 1}, {"2023.2", 0}, {"2023.10", 0}, {"2023/1", 0}, {"2023", 0}, {"123.12", 0}, {"", 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    assert_int_equal(trade_text_is_unclear_month(&text), cases[i].unclear);
  }
}

static void marks_in_numbers_are_known_and_taken_out(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t shows;
    const char *point, *comma; /* what is left where that is the decimal mark; null: the marks are wrong */
  } cases[] = {{"0", TRADE_MARKS_NOTHING, "0", "0"},
               {"000", TRADE_MARKS_NOTHING, "000", "000"},
               {"12", TRADE_MARKS_NO_MARK, "12", "12"},
               {"1234", TRADE_MARKS_NO_GROUPS, "1234", "1234"},
               {"1.5", TRADE_MARKS_POINT, "1.5", NULL},
               {"1,234.5", TRADE_MARKS_POINT, "1234.5", NULL},
               {"1,234,567", TRADE_MARKS_POINT, "1234567", "1.234.567"},
               {"0.123", TRADE_MARKS_POINT, "0.123", NULL},
               {"1,5", TRADE_MARKS_COMMA, NULL, "1.5"},
               {"0,123", TRADE_MARKS_COMMA, NULL, "0.123"},
               {"1.234,5", TRADE_MARKS_COMMA_LAST, NULL, "1234.5"},
               {"1.234.567", TRADE_MARKS_GROUPS_OF_POINTS, "1.234.567", "1234567"},
               {"1.234", TRADE_MARKS_POINT_OR_GROUP, "1.234", "1234"},
               {"1,234", TRADE_MARKS_COMMA_OR_GROUP, "1234", "1.234"},
               {"1.234e5", TRADE_MARKS_POINT_OR_GROUP, "1.234e5", "1234e5"},
               {"12,34,567.8", TRADE_MARKS_POINT, NULL, NULL},
               {",123", TRADE_MARKS_COMMA, NULL, ".123"}};
  for (size_t i = 0; i < 2 * COUNT(cases); i++) {
    const char *text = cases[i / 2].text, *left = i % 2 ? cases[i / 2].comma : cases[i / 2].point;
    char digits[32] = {0};
    size_t length = strlen(text);
    memcpy(digits, text, length + 1);
    if (strcmp(text, "1.234e5") != 0) assert_int_equal(trade_text_shows(text, length), cases[i / 2].shows);
    assert_int_equal(trade_text_take_marks(digits, &length, i % 2 ? ',' : '.'), left != NULL);
    if (!left) continue;
    assert_int_equal(length, strlen(left));
    assert_memory_equal(digits, left, length);
  }
  assert_int_equal(trade_text_shows("1.234e5", 7), TRADE_MARKS_POINT); /* with an exponent it is no group */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_in_numbers_are_known_and_taken_out),
      cmocka_unit_test(a_word_is_the_text_begins_it_or_stands_in_it),
      cmocka_unit_test(names_are_the_same_without_case_and_what_parts_words),
      cmocka_unit_test(some_words_stand_for_a_missing_number),
      cmocka_unit_test(periods_and_days_are_read_in_the_forms_of_tables),
      cmocka_unit_test(a_month_of_one_digit_behind_a_point_may_be_unclear),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
