#include "layout.h"
#include "trade_test.h"

static trade_text text_of(const char *bytes) {
  const trade_text text = {bytes, strlen(bytes)};
  return text;
}

static void every_layout_of_the_header_is_in_the_table(void **state) {
  (void)state;
  int found[TRADE_LAYOUT_GACC + 1] = {0};
  const trade_layout *layout;
  size_t count = 0;
  for (; (layout = trade_layout_at(count)) != NULL; count++) {
    assert_in_range(layout->id, TRADE_LAYOUT_PLAIN, TRADE_LAYOUT_GACC);
    found[layout->id]++;
    assert_in_range(layout->wide, TRADE_WIDE_NONE, TRADE_WIDE_FLOWS);
    assert_true(strlen(layout->name) > 0);
    assert_true((layout->wide == TRADE_WIDE_PERIODS) == (layout->role[TRADE_ROLE_PERIOD] == NULL));
    /* Columns of their own have the values; UNCTADstat's long form has the value in its last column. */
    assert_true((layout->wide == TRADE_WIDE_NONE) == (layout->role[TRADE_ROLE_VALUE] != NULL));
  }
  for (int32_t id = TRADE_LAYOUT_PLAIN; id <= TRADE_LAYOUT_GACC; id++) assert_true(found[id] > 0);
  assert_null(trade_layout_at(SIZE_MAX));
  assert_ptr_equal(trade_layout_plain(), trade_layout_at(count - 3));
  assert_string_equal(trade_layout_at(count - 3)->role[TRADE_ROLE_PERIOD], trade_layout_period_names);
  assert_string_equal(trade_layout_at(count - 3)->role[TRADE_ROLE_VALUE], trade_layout_value_names);
}

static void a_name_tells_unit_and_currency(void **state) {
  (void)state;
  static const struct {
    const char *name;
    int32_t power, currency;
  } cases[] = {{"US_at_current_prices_in_millions", 6, TRADE_USD},
               {"Exports (US$ Thousand)", 3, TRADE_USD},
               {"US dollars in billion", 9, TRADE_USD},
               {"Trillion US Dollar", 12, TRADE_USD},
               {"\xe7\x99\xbe\xe4\xb8\x87\xe7\xbe\x8e\xe5\x85\x83", 6, TRADE_USD}, /* 百万美元 */
               {"\xe5\x8d\x83\xe7\xbe\x8e\xe5\x85\x83", 3, TRADE_USD},             /* 千美元 */
               {"\xe5\x8d\x83\xe4\xb8\x87\xe5\x85\x83", 7, TRADE_CNY},             /* 千万元 */
               {"\xe5\x8d\x81\xe4\xba\xbf\xe5\x85\x83", 9, TRADE_CNY},             /* 十亿元 */
               {"\xe4\xba\xbf\xe5\x85\x83", 8, TRADE_CNY},                         /* 亿元 */
               {"\xe4\xba\xba\xe6\xb0\x91\xe5\xb8\x81", 0, TRADE_CNY},             /* 人民币 */
               {"Exports (100 million USD)", 8, TRADE_USD},
               {"Exports (10 thousand USD)", 4, TRADE_USD},
               {"Exports (ten-thousand US$)", 4, TRADE_USD},
               {"Hundred Million yuan", 8, 0},
               {"THOUSAND MILLION", 9, 0},
               {"US$, hundred thousand million", 11, TRADE_USD},
               {"1,000 million", 9, 0},
               {"10 thousand million", 10, 0},
               {"often million", 6, 0}, /* no ten */
               {"2010 million", 6, 0},
               {"2,100 million", 6, 0},
               {"00 million", 6, 0},
               {"100,000,000,000 million", 6, 0},
               {"million", 6, 0},
               {"USDmillion", 6, TRADE_USD},
               {"EUR million", 6, TRADE_EUR},
               {"value_eur", 0, TRADE_EUR},
               {"value_usd", 0, TRADE_USD},
               {"Value (GBP million)", 6, TRADE_GBP},
               {"Value (million CNY)", 6, TRADE_CNY},
               {"GBP", 0, 0}, /* any word of capitals could be one */
               {"Exports (ALL)", 0, 0},
               {"Exports (cny)", 0, 0},
               {"Exports (of Europe, all countries)", 0, 0},
               {"GDP per capita", 0, 0},
               {"", 0, 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text name = text_of(cases[i].name);
    assert_int_equal(trade_layout_power(&name), cases[i].power);
    assert_int_equal(trade_layout_currency(&name), cases[i].currency);
  }
}

static void currencies_go_by_letters_and_rates_by_two_of_them(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t currency;
  } letters[] = {
      {"USD", TRADE_USD}, {"EUR", TRADE_EUR}, {"eur", TRADE_EUR}, {"840", 0}, {"EURO", 0}, {"ZZZ", 0}, {"", 0}};
  for (size_t i = 0; i < COUNT(letters); i++) {
    const trade_text text = text_of(letters[i].text);
    assert_int_equal(trade_layout_letters(&text), letters[i].currency);
  }
  static const struct {
    const char *name;
    int32_t base, quote;
  } rates[] = {{"DEXCHUS", TRADE_USD, TRADE_CNY},
               {"DEXUSEU", TRADE_EUR, TRADE_USD},
               {"DEXCHUS_20240101", TRADE_USD, TRADE_CNY},
               {"DEXCHUSX", -1, -1},
               {"DEXXXUS", -1, -1},
               {"DEXCHXX", -1, -1},
               {"DEXCH", -1, -1},
               {"EXCHUS_", -1, -1},
               {"", -1, -1}};
  for (size_t i = 0; i < COUNT(rates); i++) {
    const trade_text name = text_of(rates[i].name);
    int32_t base = -1, quote = -1;
    trade_layout_rate(&name, &base, &quote);
    assert_int_equal(base, rates[i].base);
    assert_int_equal(quote, rates[i].quote);
  }
}

static void a_column_is_of_the_flow_that_its_name_tells(void **state) {
  (void)state;
  static const struct {
    const char *name;
    int32_t layout, flow;
  } cases[] = {
      {"Exports", TRADE_LAYOUT_PLAIN, TRADE_FLOW_EXPORT},
      {"Imports (US$ million)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_IMPORT},
      {"balance", TRADE_LAYOUT_PLAIN, TRADE_FLOW_BALANCE},
      {"Exports (USD at current exchange rates)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_EXPORT},
      {"Exports (% growth)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports (% of GDP)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Imports (percent)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports (tonnes)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Imports, net volume", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Imports (Per cent of total)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Imports (annual Growth)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports (share)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports (volume INDEX)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports (price indices)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Balance (change)", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"X", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Total", TRADE_LAYOUT_PLAIN, TRADE_FLOW_UNKNOWN},
      {"Exports", TRADE_LAYOUT_GACC, TRADE_FLOW_UNKNOWN},
      {"\xe5\x87\xba\xe5\x8f\xa3", TRADE_LAYOUT_GACC, TRADE_FLOW_EXPORT},                          /* 出口 */
      {"\xe8\xbf\x9b\xe5\x8f\xa3", TRADE_LAYOUT_GACC, TRADE_FLOW_IMPORT},                          /* 进口 */
      {"\xe8\xbf\x9b\xe5\x87\xba\xe5\x8f\xa3", TRADE_LAYOUT_GACC, TRADE_FLOW_UNKNOWN},             /* 进出口 */
      {"\xe8\xb4\xb8\xe6\x98\x93\xe5\xb7\xae\xe9\xa2\x9d", TRADE_LAYOUT_GACC, TRADE_FLOW_BALANCE}, /* 贸易差额 */
      {"\xe5\x87\xba\xe5\x8f\xa3\xe5\x90\x8c\xe6\xaf\x94", TRADE_LAYOUT_GACC, TRADE_FLOW_UNKNOWN}, /* 出口同比 */
      {"\xe5\x87\xba\xe5\x8f\xa3 %", TRADE_LAYOUT_GACC, TRADE_FLOW_UNKNOWN}};                      /* 出口 % */
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text name = text_of(cases[i].name);
    assert_int_equal(trade_layout_flow(cases[i].layout, &name), cases[i].flow);
  }
}

static void lines_above_the_header_add_what_they_say(void **state) {
  (void)state;
  static const struct {
    const char *line;
    int is_unit;
    trade_title title; /* then */
  } lines[] = {
      {"Exports of goods", 0, {{0, 0, 0, 0}, 0, 0, 0, 0}},
      {"\xe5\xb9\xb4", 0, {{0, 0, 0, 0}, 0, 0, 0, 0}}, /* 年 */
      /* 2022年12月出口总值表（美元值） */
      {"2022\xe5\xb9\xb4"
       "12\xe6\x9c\x88\xe5\x87\xba\xe5\x8f\xa3\xe6\x80\xbb\xe5\x80\xbc\xe8\xa1\xa8\xef\xbc\x88\xe7\xbe"
       "\x8e\xe5\x85\x83\xe5\x80\xbc\xef\xbc\x89",
       0,
       {{2022, 12, 1, 0}, 0, TRADE_USD, TRADE_FLOW_EXPORT, 0}},
      /* 13月, which is none, and a year that stands too early */
      {"2022\xe5\xb9\xb4"
       "13\xe6\x9c\x88",
       0,
       {{2022, 12, 1, 0}, 0, TRADE_USD, TRADE_FLOW_EXPORT, 0}},
      {"22\xe5\xb9\xb4", 0, {{2022, 12, 1, 0}, 0, TRADE_USD, TRADE_FLOW_EXPORT, 0}},
      /* 单位：千美元 */
      {"\xe5\x8d\x95\xe4\xbd\x8d\xef\xbc\x9a\xe5\x8d\x83\xe7\xbe\x8e\xe5\x85\x83",
       1,
       {{2022, 12, 1, 0}, 3, TRADE_USD, TRADE_FLOW_EXPORT, 1}},
      {"in millions", 0, {{2022, 12, 1, 0}, 3, TRADE_USD, TRADE_FLOW_EXPORT, 1}}, /* no blank before it */
      {"values in millions", 0, {{2022, 12, 1, 0}, 6, TRADE_USD, TRADE_FLOW_EXPORT, 1}},
      /* 单位:亿元, and a year without a month */
      {"2023\xe5\xb9\xb4\xe5\x8d\x95\xe4\xbd\x8d:\xe4\xba\xbf\xe5\x85\x83",
       1,
       {{2023, 1, 12, 0}, 8, TRADE_CNY, TRADE_FLOW_EXPORT, 1}},
  };
  trade_title title;
  memset(&title, 0, sizeof title);
  for (size_t i = 0; i < COUNT(lines); i++) {
    const trade_text line = text_of(lines[i].line);
    assert_int_equal(trade_layout_read_title(&line, &title), lines[i].is_unit);
    assert_memory_equal(&title, &lines[i].title, sizeof title);
  }
}

static void what_is_no_text_is_told_by_its_first_bytes(void **state) {
  (void)state;
  assert_non_null(strstr(trade_layout_binary("\x1f\x8b\x08", 3), "gzip"));
  assert_non_null(strstr(trade_layout_binary("PK\x03\x04", 4), "zip"));
  assert_non_null(strstr(trade_layout_binary("<html>", 6), "HTML"));
  assert_null(trade_layout_binary("PK\x03", 3));
  assert_null(trade_layout_binary("t,i,j", 5));
  assert_null(trade_layout_binary("", 0));
}

static void a_multiplier_is_a_number_a_word_or_missing(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int good;
    int32_t power; /* added */
  } cases[] = {{"6", 1, 6},   {"Millions", 1, 6}, {"Units", 1, 0}, {"", 1, 0},    {"NA", 1, 0},    {"-3", 1, -3},
               {"20", 1, 20}, {"21", 0, 0},       {"-21", 0, 0},   {"2.5", 0, 0}, {"dozens", 0, 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    int32_t power = 2;
    assert_int_equal(trade_layout_scale(&text, &power), cases[i].good);
    assert_int_equal(power, 2 + cases[i].power);
  }
}

static void units_and_indicators_tell_currency_power_and_flow(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t currency, power;
  } units[] = {{"MIO_EUR", TRADE_EUR, 6}, {"THS_USD", TRADE_USD, 3}, {"MIO_NAC", 0, 1}, {"CLV_I10", 0, 1},
               {"CLV_EUR", 0, 1},         {"MIO-EUR", 0, 1},         {"EUR", 0, 1},     {"", 0, 1},
               {"MIO_EUR_SCA", 0, 1}};
  for (size_t i = 0; i < COUNT(units); i++) {
    const trade_text text = text_of(units[i].text);
    int32_t power = 1;
    assert_int_equal(trade_layout_unit(&text, &power), units[i].currency);
    assert_int_equal(power, units[i].power);
  }
  static const struct {
    const char *text;
    int32_t currency, flow;
  } indicators[] = {{"MIO_EXP_VAL", TRADE_EUR, TRADE_FLOW_EXPORT},
                    {"MIO_IMP_VAL", TRADE_EUR, TRADE_FLOW_IMPORT},
                    {"MIO_BAL_VAL", TRADE_EUR, TRADE_FLOW_BALANCE},
                    {"TRD_VAL", TRADE_EUR, 7},
                    {"TRD_VAL_SCA", 0, 7},
                    {"IVOL_NSA", 0, 7},
                    {"PC_IMP_TOT", 0, TRADE_FLOW_IMPORT},
                    {"MIO_EXP_VAL_SCA", 0, TRADE_FLOW_EXPORT},
                    {"", 0, 7}};
  for (size_t i = 0; i < COUNT(indicators); i++) {
    const trade_text text = text_of(indicators[i].text);
    int32_t flow = 7;
    assert_int_equal(trade_layout_indicator(&text, &flow), indicators[i].currency);
    assert_int_equal(flow, indicators[i].flow);
  }
}

static void the_wtos_indicators_are_of_flows(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t flow;
  } cases[] = {{"ITS_MTV_AX", TRADE_FLOW_EXPORT}, {"ITS_MTV_AM", TRADE_FLOW_IMPORT},  {"ITS_MTV_MX", TRADE_FLOW_EXPORT},
               {"ITS_MTV_MM", TRADE_FLOW_IMPORT}, {"ITS_MTV_QX", TRADE_FLOW_EXPORT},  {"ITS_MTV_QM", TRADE_FLOW_IMPORT},
               {"ITS_CS_QAX", TRADE_FLOW_EXPORT}, {"ITS_CS_QAM", TRADE_FLOW_IMPORT},  {"ITS_CS_AX6", TRADE_FLOW_EXPORT},
               {"ITS_CS_AM5", TRADE_FLOW_IMPORT}, {"ITS_CS_QA", TRADE_FLOW_UNKNOWN},  {"HS_M_0010", TRADE_FLOW_UNKNOWN},
               {"TP_A_0010", TRADE_FLOW_UNKNOWN}, {"ITS_MTV_AV", TRADE_FLOW_UNKNOWN}, {"ITS_MTV_A", TRADE_FLOW_UNKNOWN},
               {"", TRADE_FLOW_UNKNOWN}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    assert_int_equal(trade_layout_wto_flow(&text), cases[i].flow);
  }
}

static void groups_and_totals_are_known_by_the_layouts_codes(void **state) {
  (void)state;
  static const struct {
    int32_t layout;
    const char *text;
    int group, total;
  } cases[] = {{TRADE_LAYOUT_COMTRADE, "0", 1, 0},
               {TRADE_LAYOUT_COMTRADE, "W00", 1, 0},
               {TRADE_LAYOUT_COMTRADE, "00", 0, 0},
               {TRADE_LAYOUT_COMTRADE, "TOTAL", 0, 1},
               {TRADE_LAYOUT_SDMX_CSV, "EA20", 1, 0},
               {TRADE_LAYOUT_SDMX_CSV_2, "EU27_2020", 1, 0},
               {TRADE_LAYOUT_EUROSTAT_TSV, "EXT_EU27_2020", 1, 0},
               {TRADE_LAYOUT_SDMX_CSV, "_T", 0, 1},
               {TRADE_LAYOUT_SDMX_CSV, "FR", 0, 0},
               {TRADE_LAYOUT_WTO, "000", 1, 0},
               {TRADE_LAYOUT_WTO, "918", 1, 0},
               {TRADE_LAYOUT_PLAIN, "Total", 1, 1},
               {TRADE_LAYOUT_PLAIN, "TOTAL", 1, 1},
               {TRADE_LAYOUT_PLAIN, "Totals", 0, 0},
               {TRADE_LAYOUT_PLAIN, "EU27", 0, 0},
               {TRADE_LAYOUT_COMTRADE, "World", 1, 0},
               {TRADE_LAYOUT_WTO, "156", 0, 0},
               {TRADE_LAYOUT_WTO, "TO", 0, 1},
               {TRADE_LAYOUT_BATIS, "WL", 1, 0},
               {TRADE_LAYOUT_BATIS, "S", 0, 1},
               {TRADE_LAYOUT_UNCTADSTAT, "0000", 1, 0},
               {TRADE_LAYOUT_UNCTADSTAT, "1400", 1, 0},
               {TRADE_LAYOUT_UNCTADSTAT, "0250", 0, 0},
               {TRADE_LAYOUT_OWID, "", 1, 0},
               {TRADE_LAYOUT_OWID, "total", 0, 0},
               {TRADE_LAYOUT_WORLD_BANK, "WLD", 1, 0},
               {TRADE_LAYOUT_WORLD_BANK, "AFE AFW", 0, 0},
               {TRADE_LAYOUT_GACC, "\xe4\xba\x9a\xe6\xb4\xb2", 1, 0}, /* 亚洲 */
               {TRADE_LAYOUT_GACC, "\xe6\x80\xbb\xe5\x80\xbc", 1, 1}, /* 总值 */
               {TRADE_LAYOUT_PLAIN, "World", 1, 0},
               {TRADE_LAYOUT_PLAIN, "T o_t-a.L", 0, 1},
               {TRADE_LAYOUT_PLAIN, "", 0, 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text text = text_of(cases[i].text);
    assert_int_equal(trade_layout_is_group(cases[i].layout, &text), cases[i].group);
    assert_int_equal(trade_layout_is_total(cases[i].layout, &text), cases[i].total);
  }
}

static void flags_become_marks(void **state) {
  (void)state;
  static const struct {
    const char *flag;
    int32_t layout, marks;
  } cases[] = {{"e", TRADE_LAYOUT_SDMX_CSV, TRADE_RECORD_ESTIMATED},
               {"P", TRADE_LAYOUT_SDMX_CSV, TRADE_RECORD_PROVISIONAL},
               {"cs", TRADE_LAYOUT_EUROSTAT_TSV, TRADE_RECORD_CONFIDENTIAL | TRADE_RECORD_ESTIMATED},
               {"A", TRADE_LAYOUT_SDMX_CSV, 0},
               {"", TRADE_LAYOUT_SDMX_CSV, 0},
               {"0", TRADE_LAYOUT_COMTRADE, 0},
               {"4", TRADE_LAYOUT_COMTRADE_LEGACY, TRADE_RECORD_ESTIMATED},
               {"M1", TRADE_LAYOUT_BATIS, TRADE_RECORD_ESTIMATED},
               {"R", TRADE_LAYOUT_BATIS, 0},
               {"e", TRADE_LAYOUT_PLAIN, 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_text flag = text_of(cases[i].flag);
    assert_int_equal(trade_layout_marks(cases[i].layout, &flag), cases[i].marks);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_layout_of_the_header_is_in_the_table),
      cmocka_unit_test(a_name_tells_unit_and_currency),
      cmocka_unit_test(currencies_go_by_letters_and_rates_by_two_of_them),
      cmocka_unit_test(a_column_is_of_the_flow_that_its_name_tells),
      cmocka_unit_test(lines_above_the_header_add_what_they_say),
      cmocka_unit_test(what_is_no_text_is_told_by_its_first_bytes),
      cmocka_unit_test(a_multiplier_is_a_number_a_word_or_missing),
      cmocka_unit_test(units_and_indicators_tell_currency_power_and_flow),
      cmocka_unit_test(the_wtos_indicators_are_of_flows),
      cmocka_unit_test(groups_and_totals_are_known_by_the_layouts_codes),
      cmocka_unit_test(flags_become_marks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
