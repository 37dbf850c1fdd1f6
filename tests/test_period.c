#include "trade_test.h"

#define assert_period(actual, y, m, n) assert_period_at((actual), (y), (m), (n), __LINE__)
#define assert_no_period(actual)       assert_period_at((actual), 0, 0, 0, __LINE__)

static void assert_period_at(trade_period actual, int32_t year, int32_t month, int32_t months, int line) {
  if (actual.year == year && actual.month == month && actual.months == months && actual.reserved == 0) return;
  print_error("period %d-%d/%d, expected %d-%d/%d\n", (int)actual.year, actual.month, actual.months, (int)year,
              (int)month, (int)months);
  _fail(__FILE__, line);
}

static const trade_period never = {-77, 7, 7, 7}; /* what an output holds that must stay untouched */

static const trade_period invalid[] = {
    {0, 0, 0, 0},
    {2020, 0, 1, 0},
    {2020, 13, 1, 0},
    {2020, 255, 1, 0},
    {2020, 1, 0, 0},
    {2020, 6, 1, 1},
    {2020, 6, 1, 256},
    {2020, 6, 1, 65535},
    {0, 6, 1, 0},
    {-5, 6, 1, 0},
    {10000, 1, 1, 0},
    {9999, 12, 2, 0},
    {9999, 1, 13, 0},
    {9978, 11, 255, 0},
    {INT32_MIN, 1, 1, 0},
    {INT32_MAX, 12, 1, 0},
    {0, 12, 255, 0},
    {INT32_MIN, 0, 0, 0},
    {INT32_MAX, 255, 255, 65535},
};

static const int32_t extremes[] = {
    INT32_MIN, INT32_MIN + 1, -2147483, -256, -255, -13, -12, -1,   0,    1,     2,        11, 12,
    13,        254,           255,      256,  257,  268, 513, 9998, 9999, 10000, INT32_MAX};

static void a_period_exists_if_its_months_lie_in_the_years_1_to_9999(void **state) {
  (void)state;
  static const int32_t years[] = {INT32_MIN, -1, 0, 1, 2, 2020, 9977, 9978, 9979, 9998, 9999, 10000, INT32_MAX};
  for (size_t i = 0; i < COUNT(years); i++) {
    for (int32_t month = -1; month <= 14; month++) {
      for (int32_t months = -1; months <= 257; months++) {
        const int exists = years[i] >= 1 && years[i] <= 9999 && month >= 1 && month <= 12 && months >= 1 &&
                           months <= 255 && (9999 - years[i]) * 12 + 13 - month >= months;
        const trade_period made = trade_period_make(years[i], month, months);
        assert_int_equal(trade_period_valid(made), exists);
        if (exists) assert_period(made, years[i], month, months);
        if (!exists) assert_no_period(made);
      }
    }
  }
  for (size_t i = 0; i < COUNT(extremes); i++) {
    for (size_t k = 0; k < COUNT(extremes); k++) {
      const int32_t a = extremes[i], b = extremes[k];
      assert_int_equal(trade_period_make(a, b, 1).months, a >= 1 && a <= 9999 && b >= 1 && b <= 12);
      assert_int_equal(trade_period_make(2020, a, b).months, a >= 1 && a <= 12 && b >= 1 && b <= 255 ? b : 0);
      assert_int_equal(trade_period_fiscal_year(a, b).months,
                       a >= 1 && b >= 1 && b <= 12 && (a < 9999 || (a == 9999 && b == 1)) ? 12 : 0);
    }
    assert_int_equal(trade_period_january_february(extremes[i]).months,
                     extremes[i] >= 1 && extremes[i] <= 9999 ? 2 : 0);
  }
}

static void nothing_comes_of_an_invalid_period(void **state) {
  (void)state;
  const trade_period month = trade_period_make(2020, 6, 1), whole = trade_period_make(2020, 1, 12);
  char text[TRADE_PERIOD_TEXT_SIZE] = "untouched";
  for (size_t i = 0; i < COUNT(invalid); i++) {
    const trade_period p = invalid[i];
    assert_int_equal(trade_period_valid(p), 0);
    assert_status(trade_period_format(p, text, sizeof text), TRADE_ERROR_PERIOD);
    assert_status(trade_period_format(p, text, 0), TRADE_ERROR_PERIOD);
    assert_string_equal(text, "untouched");
    assert_int_equal(trade_period_first_month(p), -1);
    assert_int_equal(trade_period_last_month(p), -1);
    for (size_t k = 0; k < COUNT(extremes); k++) {
      assert_no_period(trade_period_shift(p, extremes[k]));
      assert_no_period(trade_period_containing(p, extremes[k]));
    }
    assert_no_period(trade_period_next(p));
    assert_no_period(trade_period_previous(p));
    assert_no_period(trade_period_year_before(p));
    assert_no_period(trade_period_year_to_date(p));
    assert_int_equal(trade_period_overlaps(p, month), 0);
    assert_int_equal(trade_period_overlaps(month, p), 0);
    assert_int_equal(trade_period_overlaps(p, p), 0);
    assert_int_equal(trade_period_holds(whole, p), 0);
    assert_int_equal(trade_period_holds(p, month), 0);
    assert_int_equal(trade_period_holds(p, p), 0);
    assert_int_equal(trade_period_compare(p, trade_period_make(1, 1, 1)), -1);
    assert_int_equal(trade_period_compare(trade_period_make(1, 1, 1), p), 1);
    for (size_t k = 0; k < COUNT(invalid); k++) assert_int_equal(trade_period_compare(p, invalid[k]), 0);
    assert_int_equal(trade_period_months_between(p, month), INT32_MIN);
    assert_int_equal(trade_period_months_between(month, p), INT32_MIN);
    assert_int_equal(trade_period_first_day(p), TRADE_DAY_NONE);
    assert_int_equal(trade_period_last_day(p), TRADE_DAY_NONE);
  }
}

/* Parses a copy that ends where its memory does, then the same bytes within longer text: nothing behind may count. */
static trade_status parse(const char *text, size_t length, trade_period *period) {
  char *exact = (char *)malloc(length > 0 ? length : 1), longer[128];
  trade_period within = never;
  assert_non_null(exact);
  assert_true(length + 2 <= sizeof longer);
  memcpy(exact, text, length);
  memcpy(longer, text, length);
  *period = never;
  const trade_status status = trade_period_parse(exact, length, period);
  free(exact);
  for (const char *behind = "012-MQDTZ/ "; *behind; behind++) {
    longer[length] = longer[length + 1] = *behind;
    assert_status(trade_period_parse(longer, length, &within), status);
    assert_memory_equal(&within, period, sizeof within);
  }
  if (status != TRADE_OK) assert_memory_equal(period, &never, sizeof never);
  return status;
}

static const char *small(const char *text, char *buffer) {
  size_t i = 0;
  for (; text[i]; i++) buffer[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
  buffer[i] = '\0';
  return buffer;
}

static const struct {
  const char *text;
  int32_t year, month, months;
} readable[] = {
    {"2020", 2020, 1, 12},
    {"2020-A1", 2020, 1, 12},
    {"2020A1", 2020, 1, 12},
    {"0001", 1, 1, 12},
    {"9999", 9999, 1, 12},
    {"2020-S1", 2020, 1, 6},
    {"2020-S2", 2020, 7, 6},
    {"2020S2", 2020, 7, 6},
    {"2020-H1", 2020, 1, 6},
    {"2020H2", 2020, 7, 6},
    {"2020-T1", 2020, 1, 4},
    {"2020T3", 2020, 9, 4},
    {"2020-Q1", 2020, 1, 3},
    {"2020-Q3", 2020, 7, 3},
    {"2020Q4", 2020, 10, 3},
    {"2020-01", 2020, 1, 1},
    {"2020-12", 2020, 12, 1},
    {"202006", 2020, 6, 1},
    {"000101", 1, 1, 1},
    {"2020-M06", 2020, 6, 1},
    {"2020-M12", 2020, 12, 1},
    {"2020-M6", 2020, 6, 1},
    {"2020M06", 2020, 6, 1},
    {"2020M6", 2020, 6, 1},
    {"2020M12", 2020, 12, 1},
    {"2020-01-01/P2M", 2020, 1, 2},
    {"2020-04-01/P12M", 2020, 4, 12},
    {"2020-04-01/P1Y", 2020, 4, 12},
    {"2020-01-01/P1Y6M", 2020, 1, 18},
    {"2020-01-01/P0Y1M", 2020, 1, 1},
    {"2020-01-01/P1Y0M", 2020, 1, 12},
    {"2020-01-01/P255M", 2020, 1, 255},
    {"2020-01-01/P21Y", 2020, 1, 252},
    {"2020-01-01/P21Y3M", 2020, 1, 255},
    {"2020-01-01/P00000000000000000012M", 2020, 1, 12},
    {"20200401/P1Y", 2020, 4, 12},
    {"2020-04-01T00:00:00/P1Y", 2020, 4, 12},
    {"2000-01-01T00:00:00/P2M", 2000, 1, 2},
    {"9999-12-01/P1M", 9999, 12, 1},
    {"0001-01-01/P1M", 1, 1, 1},
};

static void parse_reads_every_form_in_capital_and_small_letters(void **state) {
  (void)state;
  char buffer[64];
  trade_period period;
  for (size_t i = 0; i < COUNT(readable); i++) {
    const char *text = readable[i].text;
    for (int pass = 0; pass < 2; pass++, text = small(text, buffer)) {
      const trade_status status = parse(text, strlen(text), &period);
      if (status != TRADE_OK) print_error("%s\n", text);
      assert_status(status, TRADE_OK);
      assert_period(period, readable[i].year, readable[i].month, readable[i].months);
    }
  }
}

static void parse_says_why_it_refuses(void **state) {
  (void)state;
  static const char *const absent[] = {
      "0000",
      "000001",
      "0000-Q1",
      "0000-W01",
      "0000-01-01",
      "2020-00",
      "2020-13",
      "2020-21",
      "2020-99",
      "202000",
      "202013",
      "2020-M00",
      "2020-M13",
      "2020M0",
      "2020M99",
      "2020-A0",
      "2020-A2",
      "2020-S0",
      "2020S3",
      "2020-H3",
      "2020-T0",
      "2020-T4",
      "2020-Q0",
      "2020-Q5",
      "2020Q9",
      "2015-W00",
      "2015-W54",
      "2015-D000",
      "2015-D367",
      "2020-02-30",
      "2019-02-29",
      "20190229",
      "1900-02-29",
      "2020-00-01",
      "2020-13-01",
      "2020-01-00",
      "20201301",
      "2020-02-30/P1M",
      "2020-02-30/P7D",
      "2020-01-01/P0M",
      "2020-01-01/P0Y",
      "2020-01-01/P0Y0M",
      "2020-01-01/P256M",
      "2020-01-01/P22Y",
      "2020-01-01/P21Y4M",
      "9999-12-01/P2M",
      "9999-01-01/P13M",
      "0000-01-01/P1M",
      "2020-01-01T24:00:00",
      "2020-01-01T00:60:00/P1M",
      "2020-01-01T00:00:60/P1M",
      "2020-01-01/P4294967297M",
      "2020-01-01/P18446744073709551617M",
      "2020-01-01/P999999999999999999999Y999999999999999999999M",
  };
  static const char *const not_months[] = {
      "2015-W07",
      "2015W07",
      "2015-W7",
      "2015W53",
      "2015-D045",
      "2015D045",
      "2015-D1",
      "2016-D366",
      "2015-02-14",
      "20150214",
      "2016-02-29",
      "2000-02-29",
      "2020-01-01",
      "20200101",
      "2020-01-01/P7D",
      "2020-01-01/P0D",
      "2020-01-01/P1W",
      "2020-01-01/P1M1D",
      "2020-01-01/P1Y2M3D",
      "2020-01-15/P1M",
      "2020-01-02/P1Y",
      "20200115/P1M",
      "2020-01-01T00:00:00",
      "2020-01-01T23:59:59",
      "2020-01-01T12:00:00/P1M",
      "2020-01-01T00:00:01/P1M",
      "2020-01-01/P9999999999D",
      "2020-01-15/P0M",
  };
  static const char *const neither[] = {
      "",
      "2",
      "20",
      "202",
      "20201",
      "2020011",
      "202001011",
      "20200",
      "-2020",
      "+2020",
      " 2020",
      "2020 ",
      "2020\n",
      "2020-",
      "2020-1",
      "2020-6",
      "2020--06",
      "2020-06-",
      "2020-06-1",
      "2020-6-01",
      "202006-01",
      "2020-0601",
      "2020/06",
      "2020.06",
      "06-2020",
      "06/2020",
      "2020-Q",
      "2020Q",
      "2020-Q11",
      "2020-Q03",
      "2020-Q-1",
      "2020-QQ1",
      "2020Q1 ",
      "2020 Q1",
      "Q1 2020",
      "2020-M",
      "2020-M006",
      "2020-M6-",
      "2020-A",
      "2020-A01",
      "2020-S01",
      "2020-B1",
      "2020-X1",
      "2020-W",
      "2020-W007",
      "2020-W07-1",
      "2020-D",
      "2020-D0045",
      "2020-045",
      "2020-21-",
      "2020/2021",
      "2020/21",
      "FY2020",
      "2020-01-01/",
      "2020-01-01/P",
      "2020-01-01/PM",
      "2020-01-01/P1",
      "2020-01-01/1M",
      "2020-01-01/P1M1Y",
      "2020-01-01/P1M1M",
      "2020-01-01/P1D1M",
      "2020-01-01/P-1M",
      "2020-01-01/P+1M",
      "2020-01-01/P1.5M",
      "2020-01-01/PT1H",
      "2020-01-01/P1Q",
      "2020-01-01/P1M ",
      "2020-01-01/P1M/P1M",
      "2020-01-01/P1M2",
      "2020-01/P1M",
      "2020/P1M",
      "P1M",
      "2020-01-01P1M",
      "2020-01-01//P1M",
      "2020-01-01T",
      "2020-01-01T00",
      "2020-01-01T00:00",
      "2020-01-01T0:00:00/P1M",
      "2020-01-01T00:00:00Z",
      "2020-01-01T00:00:00.0/P1M",
      "2020-01-01 00:00:00/P1M",
      "2020-01-01T/P1M",
      "2020-13-01/Q",
      "2020-01-01T00:00:00P1M",
      "T00:00:00/P1M",
      "2020-01-01/2020-03-31",
      "2020-H01",
      "2020-T01",
      "2020-01-01T00:00:0",
      "2020-01-01T00:00:/P1M",
      "nan",
      "year",
  };
  static const struct {
    const char *const *texts;
    size_t count;
    trade_status status;
  } groups[] = {{absent, COUNT(absent), TRADE_ERROR_PERIOD},
                {not_months, COUNT(not_months), TRADE_ERROR_NOT_MONTHS},
                {neither, COUNT(neither), TRADE_ERROR_TEXT}};
  char buffer[64];
  trade_period period;
  for (size_t g = 0; g < COUNT(groups); g++) {
    for (size_t i = 0; i < groups[g].count; i++) {
      const char *text = groups[g].texts[i];
      for (int pass = 0; pass < 2; pass++, text = small(text, buffer)) {
        const trade_status status = parse(text, strlen(text), &period);
        if (status != groups[g].status) print_error("\"%s\"\n", text);
        assert_status(status, groups[g].status);
      }
    }
  }
  assert_status(trade_period_parse(NULL, 4, &period), TRADE_ERROR_NULL);
  assert_status(trade_period_parse(NULL, 0, &period), TRADE_ERROR_NULL);
  assert_status(trade_period_parse("2020", 4, NULL), TRADE_ERROR_NULL);
  period = never;
  assert_status(trade_period_parse("2020", SIZE_MAX, &period), TRADE_ERROR_LENGTH);
  assert_status(trade_period_parse("2020", SIZE_MAX / 2 + 1, &period), TRADE_ERROR_LENGTH);
  assert_memory_equal(&period, &never, sizeof never);
}

/* Every byte that no form has, in every place of every form: NUL, what follows and precedes the digits and letters,
 * UTF-8. */
static void a_byte_of_no_form_is_refused_anywhere(void **state) {
  (void)state;
  char text[64];
  trade_period period;
  for (size_t i = 0; i < COUNT(readable); i++) {
    const size_t length = strlen(readable[i].text);
    for (size_t k = 0; k <= length; k++) {
      for (int byte = 0; byte < 256; byte++) {
        if (byte != 0 && strchr("0123456789AaSsHhTtQqMmWwDdPpYy-:/", byte)) continue;
        memcpy(text, readable[i].text, length);
        text[k] = (char)byte;
        assert_status(parse(text, k == length ? length + 1 : length, &period), TRADE_ERROR_TEXT);
      }
    }
  }
}

static void format_writes_the_shortest_text(void **state) {
  (void)state;
  static const struct {
    int32_t year, month, months;
    const char *text;
  } cases[] = {
      {2020, 1, 12, "2020"},
      {1, 1, 12, "0001"},
      {2020, 1, 6, "2020-S1"},
      {2020, 7, 6, "2020-S2"},
      {2020, 5, 4, "2020-T2"},
      {2020, 7, 3, "2020-Q3"},
      {2020, 6, 1, "2020-06"},
      {9999, 12, 1, "9999-12"},
      {2020, 1, 2, "2020-01-01/P2M"},
      {2020, 2, 3, "2020-02-01/P3M"},
      {2020, 4, 12, "2020-04-01/P1Y"},
      {2020, 4, 6, "2020-04-01/P6M"},
      {2020, 3, 4, "2020-03-01/P4M"},
      {2020, 1, 18, "2020-01-01/P18M"},
      {2020, 1, 24, "2020-01-01/P2Y"},
      {2020, 1, 120, "2020-01-01/P10Y"},
      {2020, 1, 252, "2020-01-01/P21Y"},
      {9978, 10, 255, "9978-10-01/P255M"},
  };
  char text[TRADE_PERIOD_TEXT_SIZE + 1], untouched[sizeof text];
  memset(untouched, '?', sizeof untouched);
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_period period = trade_period_make(cases[i].year, cases[i].month, cases[i].months);
    const size_t length = strlen(cases[i].text);
    assert_true(length < TRADE_PERIOD_TEXT_SIZE);
    for (size_t capacity = 0; capacity <= TRADE_PERIOD_TEXT_SIZE; capacity++) {
      memset(text, '?', sizeof text);
      assert_status(trade_period_format(period, text, capacity), capacity > length ? TRADE_OK : TRADE_ERROR_CAPACITY);
      if (capacity > length) assert_string_equal(text, cases[i].text);
      const size_t written = capacity > length ? length + 1 : 0;
      assert_memory_equal(text + written, untouched, sizeof text - written);
    }
  }
  assert_status(trade_period_format(trade_period_make(2020, 1, 1), NULL, sizeof text), TRADE_ERROR_NULL);
  assert_status(trade_period_format(invalid[0], NULL, 0), TRADE_ERROR_NULL);
}

static void format_then_parse_gives_the_same_period(void **state) {
  (void)state;
  static const int32_t years[] = {1, 2020, 9978, 9999};
  size_t valid = 0;
  for (size_t i = 0; i < COUNT(years); i++) {
    for (int32_t month = 1; month <= 12; month++) {
      for (int32_t months = 1; months <= 255; months++) {
        const trade_period period = trade_period_make(years[i], month, months);
        char text[TRADE_PERIOD_TEXT_SIZE];
        trade_period again = never;
        if (!trade_period_valid(period)) continue;
        valid++;
        assert_status(trade_period_format(period, text, sizeof text), TRADE_OK);
        assert_status(trade_period_parse(text, strlen(text), &again), TRADE_OK);
        assert_memory_equal(&again, &period, sizeof period);
      }
    }
  }
  /* All that begin in 1 and in 2020; of those in 9978, all but the three that end after 9999-12; 12 + 11 + ... + 1 in
   * 9999. */
  assert_int_equal(valid, 2 * 12 * 255 + (12 * 255 - 3) + 78);
}

static void months_are_counted_from_january_of_year_1(void **state) {
  (void)state;
  const trade_period begin = trade_period_make(1, 1, 1);
  int32_t number = 0;
  for (int32_t year = 1; year <= 9999; year++) {
    for (int32_t month = 1; month <= 12; month++, number++) {
      const trade_period period = trade_period_make(year, month, 1);
      assert_int_equal(trade_period_first_month(period), number);
      assert_int_equal(trade_period_last_month(period), number);
      assert_period(trade_period_shift(begin, number), year, month, 1);
      assert_period(trade_period_shift(period, -number), 1, 1, 1);
      assert_int_equal(trade_period_months_between(begin, period), number);
      assert_int_equal(trade_period_months_between(period, begin), -number);
    }
  }
  assert_no_period(trade_period_shift(begin, number));
  assert_int_equal(trade_period_last_month(trade_period_make(1, 1, 255)), 254);
  assert_int_equal(trade_period_last_month(trade_period_make(9999, 1, 12)), number - 1);
  assert_int_equal(trade_period_months_between(trade_period_make(2020, 1, 12), trade_period_make(2020, 4, 3)), 3);
}

static void a_run_shifts_as_long_as_it_stays_in_the_calendar(void **state) {
  (void)state;
  const trade_period quarter = trade_period_make(2020, 7, 3);
  const int32_t first = trade_period_first_month(quarter), most = 9999 * 12 - 3 - first;
  for (size_t i = 0; i < COUNT(extremes); i++) {
    const int32_t by = extremes[i];
    const trade_period moved = trade_period_shift(quarter, by);
    assert_int_equal(trade_period_first_month(moved), by >= -first && by <= most ? first + by : -1);
    if (trade_period_valid(moved)) assert_period(trade_period_shift(moved, -by), 2020, 7, 3);
  }
  assert_period(trade_period_shift(quarter, most), 9999, 10, 3);
  assert_no_period(trade_period_shift(quarter, most + 1));
  assert_period(trade_period_shift(quarter, -first), 1, 1, 3);
  assert_no_period(trade_period_shift(quarter, -first - 1));
}

static void neighbours_are_of_the_same_length(void **state) {
  (void)state;
  assert_period(trade_period_next(trade_period_make(2020, 7, 3)), 2020, 10, 3);
  assert_period(trade_period_next(trade_period_make(2020, 10, 3)), 2021, 1, 3);
  assert_period(trade_period_next(trade_period_make(2020, 12, 1)), 2021, 1, 1);
  assert_period(trade_period_previous(trade_period_make(2020, 1, 1)), 2019, 12, 1);
  assert_period(trade_period_previous(trade_period_make(2020, 4, 12)), 2019, 4, 12);
  assert_period(trade_period_previous(trade_period_make(2020, 1, 255)), 1998, 10, 255);
  assert_period(trade_period_year_before(trade_period_make(2020, 1, 2)), 2019, 1, 2);
  assert_period(trade_period_year_before(trade_period_make(2, 12, 1)), 1, 12, 1);
  assert_no_period(trade_period_next(trade_period_make(9999, 1, 12)));
  assert_no_period(trade_period_next(trade_period_make(9999, 12, 1)));
  assert_no_period(trade_period_previous(trade_period_make(1, 12, 12)));
  assert_no_period(trade_period_year_before(trade_period_make(1, 12, 1)));
}

/* Against the definition: of the standard periods of that length, the one that holds it. */
static void the_containing_period_is_the_standard_one_that_holds_all_of_it(void **state) {
  (void)state;
  for (int32_t length = 0; length <= 13; length++) {
    const int standard = length == 1 || length == 2 || length == 3 || length == 4 || length == 6 || length == 12;
    for (int32_t month = 1; month <= 12; month++) {
      for (int32_t months = 1; months <= 25; months++) {
        const trade_period period = trade_period_make(2020, month, months);
        trade_period expected = {0, 0, 0, 0};
        for (int32_t first = 1; standard && first <= 12; first += length) {
          if (first <= month && month + months <= first + length) expected = trade_period_make(2020, first, length);
        }
        const trade_period found = trade_period_containing(period, length);
        assert_memory_equal(&found, &expected, sizeof found);
      }
    }
  }
  for (size_t i = 0; i < COUNT(extremes); i++) {
    if (extremes[i] < 1 || extremes[i] > 12) {
      assert_no_period(trade_period_containing(trade_period_make(2020, 1, 1), extremes[i]));
    }
  }
  assert_period(trade_period_containing(trade_period_make(9999, 12, 1), 12), 9999, 1, 12);
  assert_period(trade_period_containing(trade_period_make(1, 1, 1), 6), 1, 1, 6);
}

static void year_to_date_runs_from_january_of_the_last_months_year(void **state) {
  (void)state;
  assert_period(trade_period_year_to_date(trade_period_make(2020, 6, 1)), 2020, 1, 6);
  assert_period(trade_period_year_to_date(trade_period_make(2020, 4, 3)), 2020, 1, 6);
  assert_period(trade_period_year_to_date(trade_period_make(2020, 1, 1)), 2020, 1, 1);
  assert_period(trade_period_year_to_date(trade_period_make(2020, 1, 12)), 2020, 1, 12);
  assert_period(trade_period_year_to_date(trade_period_make(2020, 4, 12)), 2021, 1, 3);
  assert_period(trade_period_year_to_date(trade_period_make(2020, 12, 2)), 2021, 1, 1);
  assert_period(trade_period_year_to_date(trade_period_make(9999, 12, 1)), 9999, 1, 12);
  assert_period(trade_period_year_to_date(trade_period_make(1, 1, 1)), 1, 1, 1);
  assert_period(trade_period_january_february(2020), 2020, 1, 2);
  assert_period(trade_period_fiscal_year(2020, 4), 2020, 4, 12);
  assert_period(trade_period_fiscal_year(2020, 1), 2020, 1, 12);
}

/* Against sets of months, on random runs of two years. */
static void overlap_holding_and_order_are_those_of_sets_of_months(void **state) {
  (void)state;
  uint64_t seed = 2020;
  int seen[2][2] = {{0, 0}, {0, 0}};
  for (int i = 0; i < 20000; i++) {
    const uint64_t r = trade_random(&seed);
    const trade_period a = trade_period_make(2020, (int32_t)(r % 12) + 1, (int32_t)(r / 16 % 13) + 1);
    const trade_period b = trade_period_make(2020, (int32_t)(r / 256 % 12) + 1, (int32_t)(r / 4096 % 13) + 1);
    const uint32_t of_a = ((1u << a.months) - 1) << a.month, of_b = ((1u << b.months) - 1) << b.month;
    const int order = a.month != b.month ? (a.month < b.month ? -1 : 1) : (a.months > b.months) - (a.months < b.months);
    assert_int_equal(trade_period_overlaps(a, b), (of_a & of_b) != 0);
    assert_int_equal(trade_period_holds(a, b), (of_b & ~of_a) == 0);
    assert_int_equal(trade_period_compare(a, b), order);
    assert_int_equal(trade_period_compare(b, a), -order);
    seen[(of_a & of_b) != 0][(of_b & ~of_a) == 0]++;
  }
  assert_true(seen[0][0] > 100 && seen[1][0] > 100 && seen[1][1] > 100 && seen[0][1] == 0);
  assert_int_equal(trade_period_compare(trade_period_make(2019, 12, 1), trade_period_make(2020, 1, 1)), -1);
  assert_int_equal(trade_period_compare(trade_period_make(1, 1, 1), trade_period_make(1, 1, 2)), -1);
  assert_int_equal(trade_period_overlaps(trade_period_make(1, 1, 255), trade_period_make(22, 3, 1)), 1);
  assert_int_equal(trade_period_overlaps(trade_period_make(1, 1, 255), trade_period_make(22, 4, 1)), 0);
}

/* A calendar kept by counting: every day of the years 1 to 9999 in turn. */
static void days_are_counted_from_1970_through_every_year(void **state) {
  (void)state;
  static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int32_t number = -719162, wrong = 0;
  char text[TRADE_DAY_TEXT_SIZE] = "", expected[64];
  for (int32_t year = 1; year <= 9999; year++) {
    const int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    for (int32_t month = 1; month <= 12; month++) {
      const int32_t length = lengths[month - 1] + (month == 2 && leap);
      const trade_period period = trade_period_make(year, month, 1);
      wrong += trade_period_first_day(period) != number || trade_period_last_day(period) != number + length - 1;
      wrong += trade_day_make(year, month, 0) != TRADE_DAY_NONE;
      wrong += trade_day_make(year, month, length + 1) != TRADE_DAY_NONE;
      for (int32_t day = 1; day <= length; day++, number++) {
        const trade_period found = trade_day_month(number);
        int32_t again = TRADE_DAY_NONE;
        wrong += memcmp(&found, &period, sizeof found) != 0;
        wrong += trade_day_make(year, month, day) != number;
        wrong += trade_day_format(number, text, sizeof text) != TRADE_OK;
        wrong += trade_day_parse(text, TRADE_DAY_TEXT_SIZE - 1, &again) != TRADE_OK || again != number;
      }
      (void)snprintf(expected, sizeof expected, "%04d-%02d-%02d", (int)year, (int)month, (int)length);
      wrong += strcmp(text, expected) != 0;
    }
  }
  assert_int_equal(wrong, 0);
  assert_int_equal(number, 2932897);
}

static void days_have_their_known_numbers(void **state) {
  (void)state;
  static const struct {
    int32_t year, month, day, number;
  } cases[] = {
      {1, 1, 1, -719162},      {1582, 10, 15, -141427}, {1899, 12, 31, -25568}, {1900, 2, 28, -25509},
      {1900, 3, 1, -25508},    {1969, 12, 31, -1},      {1970, 1, 1, 0},        {2000, 2, 29, 11016},
      {2000, 3, 1, 11017},     {2020, 1, 1, 18262},     {2024, 2, 29, 19782},   {2038, 1, 19, 24855},
      {9999, 12, 31, 2932896},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_int_equal(trade_day_make(cases[i].year, cases[i].month, cases[i].day), cases[i].number);
    assert_period(trade_day_month(cases[i].number), cases[i].year, cases[i].month, 1);
  }
  for (int32_t year = 1; year <= 9999; year++) {
    const int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    assert_int_equal(trade_day_make(year, 2, 29) != TRADE_DAY_NONE, leap);
    assert_int_equal(trade_day_make(year + 1 - (year == 9999), 1, 1) - trade_day_make(year, 1, 1),
                     year == 9999 ? 0 : 365 + leap);
  }
  for (size_t i = 0; i < COUNT(extremes); i++) {
    const int32_t x = extremes[i];
    assert_int_equal(trade_day_make(x, 1, 1) != TRADE_DAY_NONE, x >= 1 && x <= 9999);
    assert_int_equal(trade_day_make(2020, x, 1) != TRADE_DAY_NONE, x >= 1 && x <= 12);
    assert_int_equal(trade_day_make(2020, 1, x) != TRADE_DAY_NONE, x >= 1 && x <= 31);
    assert_int_equal(trade_day_make(x, x, x) != TRADE_DAY_NONE, x >= 1 && x <= 12);
  }
  assert_int_equal(trade_period_first_day(trade_period_make(2020, 1, 12)), 18262);
  assert_int_equal(trade_period_last_day(trade_period_make(2020, 1, 12)), 18262 + 365);
  assert_int_equal(trade_period_last_day(trade_period_make(9999, 12, 1)), 2932896);
}

static void days_outside_of_the_calendar_have_no_month_and_no_text(void **state) {
  (void)state;
  static const int32_t outside[] = {TRADE_DAY_NONE, INT32_MIN + 1, -719163, 2932897, INT32_MAX};
  char text[16] = "untouched";
  for (size_t i = 0; i < COUNT(outside); i++) {
    assert_no_period(trade_day_month(outside[i]));
    assert_status(trade_day_format(outside[i], text, sizeof text), TRADE_ERROR_PERIOD);
  }
  for (size_t capacity = 0; capacity <= 10; capacity++) {
    assert_status(trade_day_format(0, text, capacity), TRADE_ERROR_CAPACITY);
  }
  assert_string_equal(text, "untouched");
  assert_status(trade_day_format(0, NULL, 16), TRADE_ERROR_NULL);
  assert_status(trade_day_format(18276, text, TRADE_DAY_TEXT_SIZE), TRADE_OK);
  assert_string_equal(text, "2020-01-15");
}

static void a_day_is_read_in_two_forms(void **state) {
  (void)state;
  static const struct {
    const char *text;
    trade_status status;
    int32_t day;
  } cases[] = {
      {"2020-01-15", TRADE_OK, 18276},
      {"20200115", TRADE_OK, 18276},
      {"1969-12-31", TRADE_OK, -1},
      {"00010101", TRADE_OK, -719162},
      {"9999-12-31", TRADE_OK, 2932896},
      {"2000-02-29", TRADE_OK, 11016},
      {"1900-02-29", TRADE_ERROR_PERIOD, 0},
      {"2023-02-29", TRADE_ERROR_PERIOD, 0},
      {"2020-00-01", TRADE_ERROR_PERIOD, 0},
      {"2020-13-01", TRADE_ERROR_PERIOD, 0},
      {"2020-01-00", TRADE_ERROR_PERIOD, 0},
      {"2020-01-32", TRADE_ERROR_PERIOD, 0},
      {"2020-04-31", TRADE_ERROR_PERIOD, 0},
      {"0000-01-01", TRADE_ERROR_PERIOD, 0},
      {"20201301", TRADE_ERROR_PERIOD, 0},
      {"", TRADE_ERROR_TEXT, 0},
      {"2020", TRADE_ERROR_TEXT, 0},
      {"2020-01", TRADE_ERROR_TEXT, 0},
      {"202001", TRADE_ERROR_TEXT, 0},
      {"2020-01-", TRADE_ERROR_TEXT, 0},
      {"2020-01-1", TRADE_ERROR_TEXT, 0},
      {"2020-1-15", TRADE_ERROR_TEXT, 0},
      {"2020-01-155", TRADE_ERROR_TEXT, 0},
      {"2020-0115", TRADE_ERROR_TEXT, 0},
      {"202001-15", TRADE_ERROR_TEXT, 0},
      {"2020/01/15", TRADE_ERROR_TEXT, 0},
      {" 2020-01-15", TRADE_ERROR_TEXT, 0},
      {"2020-01-15 ", TRADE_ERROR_TEXT, 0},
      {"2020-01-15T00:00:00", TRADE_ERROR_TEXT, 0},
      {"2020-M01", TRADE_ERROR_TEXT, 0},
      {"202001150", TRADE_ERROR_TEXT, 0},
      {"15.01.2020", TRADE_ERROR_TEXT, 0},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const size_t length = strlen(cases[i].text);
    char *exact = (char *)malloc(length > 0 ? length : 1);
    int32_t day = 777;
    assert_non_null(exact);
    memcpy(exact, cases[i].text, length);
    assert_status(trade_day_parse(exact, length, &day), cases[i].status);
    assert_int_equal(day, cases[i].status == TRADE_OK ? cases[i].day : 777);
    free(exact);
    for (size_t k = 0; cases[i].status == TRADE_OK && k < length; k++) {
      char cut[16];
      day = 777;
      assert_status(trade_day_parse(cases[i].text, k, &day), TRADE_ERROR_TEXT);
      memcpy(cut, cases[i].text, length);
      cut[k] = '\0';
      assert_status(trade_day_parse(cut, length, &day), TRADE_ERROR_TEXT);
      assert_int_equal(day, 777);
    }
  }
  int32_t day = 777;
  assert_status(trade_day_parse(NULL, 0, &day), TRADE_ERROR_NULL);
  assert_status(trade_day_parse("2020-01-15", 10, NULL), TRADE_ERROR_NULL);
  assert_status(trade_day_parse("2020-01-15", SIZE_MAX, &day), TRADE_ERROR_LENGTH);
  assert_status(trade_day_parse("2020-01-15", SIZE_MAX / 2 + 1, &day), TRADE_ERROR_LENGTH);
  assert_int_equal(day, 777);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_period_exists_if_its_months_lie_in_the_years_1_to_9999),
      cmocka_unit_test(nothing_comes_of_an_invalid_period),
      cmocka_unit_test(parse_reads_every_form_in_capital_and_small_letters),
      cmocka_unit_test(parse_says_why_it_refuses),
      cmocka_unit_test(a_byte_of_no_form_is_refused_anywhere),
      cmocka_unit_test(format_writes_the_shortest_text),
      cmocka_unit_test(format_then_parse_gives_the_same_period),
      cmocka_unit_test(months_are_counted_from_january_of_year_1),
      cmocka_unit_test(a_run_shifts_as_long_as_it_stays_in_the_calendar),
      cmocka_unit_test(neighbours_are_of_the_same_length),
      cmocka_unit_test(the_containing_period_is_the_standard_one_that_holds_all_of_it),
      cmocka_unit_test(year_to_date_runs_from_january_of_the_last_months_year),
      cmocka_unit_test(overlap_holding_and_order_are_those_of_sets_of_months),
      cmocka_unit_test(days_are_counted_from_1970_through_every_year),
      cmocka_unit_test(days_have_their_known_numbers),
      cmocka_unit_test(days_outside_of_the_calendar_have_no_month_and_no_text),
      cmocka_unit_test(a_day_is_read_in_two_forms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
