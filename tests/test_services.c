#include "trade_test.h"

#include <float.h>

enum { MOST = 64 };

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};

static int32_t item_of(const char *code) {
  int32_t item = -7;
  assert_status(trade_services_parse(code, strlen(code), &item), TRADE_OK);
  return item;
}

static void items_of(const double *numbers, size_t n, int32_t *items) {
  for (size_t i = 0; i < n; i++) items[i] = (int32_t)numbers[i];
}

/* One flow of one period, checked: how many discrepancies, and row, breakdown, difference and tolerance of each. */
static size_t check_column(const int32_t *items, const int32_t *parents, const double *values, size_t n, double unit,
                           double *result) {
  trade_services_table table = {0};
  trade_services_discrepancy found[MOST];
  size_t count = 99;
  table.rows = n;
  table.columns = 1;
  table.items = items;
  table.parents = parents;
  table.exports = values;
  assert_status(trade_services_check(&table, unit, found, MOST, &count), TRADE_OK);
  *result++ = (double)count;
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(found[i].flow, TRADE_SERVICES_EXPORTS);
    assert_int_equal(found[i].column, 0);
    *result++ = (double)found[i].row;
    *result++ = (double)found[i].breakdown;
    *result++ = found[i].difference;
    *result++ = found[i].tolerance;
  }
  return 1 + 4 * count;
}

static size_t golden_services(const golden_case *g, double *result) {
  const double(*const a)[GOLDEN_VALUES] = g->argument;
  const size_t n = g->length[0];
  int32_t items[GOLDEN_VALUES], others[GOLDEN_VALUES];
  if (!strcmp(g->function, "digital_trade"))
    return *result = trade_services_digital_trade(a[0][0], a[1][0], a[2][0]), 1;
  if (!strcmp(g->function, "modes")) {
    const size_t columns = (size_t)a[2][0];
    return assert_status(trade_services_modes(a[0], a[1], n, columns, result), TRADE_OK), columns;
  }
  if (!strcmp(g->function, "named")) {
    items_of(a[1], n, others);
    return check_column(NULL, others, a[0], n, a[2][0], result);
  }
  items_of(a[0], n, items);
  if (!strcmp(g->function, "check")) return check_column(items, NULL, a[1], n, a[2][0], result);
  items_of(a[2], g->length[2], others);
  if (!strcmp(g->function, "total")) return *result = trade_services_total(items, a[1], n, others, g->length[2]), 1;
  if (!strcmp(g->function, "share")) return *result = trade_services_share(items, a[1], n, others, g->length[2]), 1;
  if (!strcmp(g->function, "printed_share")) {
    char text[32];
    (void)snprintf(text, sizeof text, "%.1f", 100 * trade_services_share(items, a[1], n, others, g->length[2]));
    return *result = strtod(text, NULL), 1;
  }
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("services.txt", golden_services);
}

/* ---- Items ---- */

static void every_item_reads_back_and_stands_after_its_parent(void **state) {
  (void)state;
  const size_t count = trade_services_count();
  size_t roles[5] = {0};
  int32_t before = 0;
  assert_true(count > 130);
  for (size_t i = 0; i < count; i++) {
    const int32_t item = trade_services_at(i), parent = trade_services_parent(item);
    const char *code = trade_services_code(item);
    assert_int_equal(item_of(code), item);
    assert_true(item > before);
    before = item;
    assert_true(strlen(trade_services_name(item)) > 3);
    assert_int_equal(trade_services_level(item), i == 0 ? 0 : trade_services_level(parent) + 1);
    assert_true(i == 0 ? parent == 0 : parent > 0 && parent < item);
    if (i > 0) assert_int_equal(memcmp(code, trade_services_code(parent), strlen(trade_services_code(parent))), 0);
    assert_in_range(trade_services_role(item), TRADE_SERVICES_COMPONENT, TRADE_SERVICES_GROUP);
    roles[trade_services_role(item)]++;
  }
  assert_int_equal(trade_services_at(count), 0);
  assert_int_equal(trade_services_at(SIZE_MAX), 0);
  assert_int_equal(roles[TRADE_SERVICES_ALTERNATIVE], 15);
  assert_int_equal(roles[TRADE_SERVICES_OF_WHICH], 18);
  assert_int_equal(roles[TRADE_SERVICES_GROUP], 4);
}

static void items_have_their_places(void **state) {
  (void)state;
  static const struct {
    const char *code, *parent;
    int32_t item, level, role;
  } cases[] = {
      {"S", NULL, TRADE_SERVICES_S, 0, TRADE_SERVICES_COMPONENT},
      {"SA", "S", TRADE_SERVICES_SA, 1, TRADE_SERVICES_COMPONENT},
      {"SB", "S", TRADE_SERVICES_SB, 1, TRADE_SERVICES_COMPONENT},
      {"SC", "S", TRADE_SERVICES_SC, 1, TRADE_SERVICES_COMPONENT},
      {"SD", "S", TRADE_SERVICES_SD, 1, TRADE_SERVICES_COMPONENT},
      {"SE", "S", TRADE_SERVICES_SE, 1, TRADE_SERVICES_COMPONENT},
      {"SF", "S", TRADE_SERVICES_SF, 1, TRADE_SERVICES_COMPONENT},
      {"SG", "S", TRADE_SERVICES_SG, 1, TRADE_SERVICES_COMPONENT},
      {"SH", "S", TRADE_SERVICES_SH, 1, TRADE_SERVICES_COMPONENT},
      {"SI", "S", TRADE_SERVICES_SI, 1, TRADE_SERVICES_COMPONENT},
      {"SJ", "S", TRADE_SERVICES_SJ, 1, TRADE_SERVICES_COMPONENT},
      {"SK", "S", TRADE_SERVICES_SK, 1, TRADE_SERVICES_COMPONENT},
      {"SL", "S", TRADE_SERVICES_SL, 1, TRADE_SERVICES_COMPONENT},
      {"SN", "S", TRADE_SERVICES_SN, 1, TRADE_SERVICES_COMPONENT},
      {"SK1", "SK", TRADE_SERVICES_SK1, 2, TRADE_SERVICES_COMPONENT},
      {"SOX", "S", TRADE_SERVICES_SOX, 1, TRADE_SERVICES_GROUP},
      {"SOX1", "SOX", TRADE_SERVICES_SOX1, 2, TRADE_SERVICES_GROUP},
      {"SPX1", "S", TRADE_SERVICES_SPX1, 1, TRADE_SERVICES_GROUP},
      {"SPX4", "S", TRADE_SERVICES_SPX4, 1, TRADE_SERVICES_GROUP},
      {"sc1", "SC", 301000000, 2, TRADE_SERVICES_COMPONENT},
      {"SC3b1", "SC3B", 303120100, 4, TRADE_SERVICES_COMPONENT},
      {"SC3B", "SC3", 303120000, 3, TRADE_SERVICES_ALTERNATIVE},
      {"SCA", "SC", 311000000, 2, TRADE_SERVICES_ALTERNATIVE},
      {"SC41X", "SC4", 304013400, 3, TRADE_SERVICES_OF_WHICH},
      {"SD1", "SD", 401000000, 2, TRADE_SERVICES_ALTERNATIVE},
      {"SDA", "SD", 411000000, 2, TRADE_SERVICES_COMPONENT},
      {"SF11Y", "SF11", 601013500, 4, TRADE_SERVICES_OF_WHICH},
      {"SJ1124", "SJ112", 1001010204, 5, TRADE_SERVICES_COMPONENT},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const int32_t item = item_of(cases[i].code);
    assert_int_equal(item, cases[i].item);
    assert_int_equal(trade_services_level(item), cases[i].level);
    assert_int_equal(trade_services_role(item), cases[i].role);
    assert_int_equal(trade_services_parent(item), cases[i].parent ? item_of(cases[i].parent) : 0);
  }
  assert_string_equal(trade_services_name(TRADE_SERVICES_SI), "Telecommunications, computer and information services");
  assert_string_equal(trade_services_name(TRADE_SERVICES_SOX), "Commercial services");
}

static void groups_without_a_code_have_a_name(void **state) {
  (void)state;
  static const int32_t groups[] = {TRADE_SERVICES_DIGITALLY_DELIVERABLE, TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1,
                                   TRADE_SERVICES_KNOWLEDGE_INTENSIVE};
  for (size_t i = 0; i < COUNT(groups); i++) {
    assert_null(trade_services_code(groups[i]));
    assert_non_null(strstr(trade_services_name(groups[i]), "Digitally deliverable services"));
    assert_int_equal(trade_services_role(groups[i]), TRADE_SERVICES_GROUP);
    assert_int_equal(trade_services_parent(groups[i]), 0);
    assert_int_equal(trade_services_level(groups[i]), -1);
    assert_null(trade_services_ebops_2002(groups[i]));
  }
}

static void what_is_no_item_says_so(void **state) {
  (void)state;
  static const int32_t none[] = {0, 4, -1, 99, 100000001, 300000001, 1300000000, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < COUNT(none); i++) {
    assert_null(trade_services_code(none[i]));
    assert_null(trade_services_name(none[i]));
    assert_null(trade_services_ebops_2002(none[i]));
    assert_int_equal(trade_services_parent(none[i]), 0);
    assert_int_equal(trade_services_level(none[i]), -1);
    assert_int_equal(trade_services_role(none[i]), 0);
  }
  static const struct {
    const char *text;
    size_t length;
    trade_status status;
  } cases[] = {
      {"", 0, TRADE_ERROR_TEXT},        {"SJ11241", 7, TRADE_ERROR_TEXT},    {"S ", 2, TRADE_ERROR_TEXT},
      {" S", 2, TRADE_ERROR_TEXT},      {"S-1", 3, TRADE_ERROR_TEXT},        {"205", 3, TRADE_ERROR_TEXT},
      {"A", 1, TRADE_ERROR_TEXT},       {"SA\0", 3, TRADE_ERROR_TEXT},       {"S\xc3\xa9", 3, TRADE_ERROR_TEXT},
      {"SM", 2, TRADE_ERROR_NOT_FOUND}, {"SC0", 3, TRADE_ERROR_NOT_FOUND},   {"S1", 2, TRADE_ERROR_NOT_FOUND},
      {"SO", 2, TRADE_ERROR_NOT_FOUND}, {"SC3A1", 5, TRADE_ERROR_NOT_FOUND}, {"SS", 2, TRADE_ERROR_NOT_FOUND},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int32_t item = 77;
    assert_status(trade_services_parse(cases[i].text, cases[i].length, &item), cases[i].status);
    assert_int_equal(item, 77);
  }
  int32_t item = 77;
  assert_status(trade_services_parse(NULL, 2, &item), TRADE_ERROR_NULL);
  assert_status(trade_services_parse("SA", 2, NULL), TRADE_ERROR_NULL);
  assert_status(trade_services_parse("SAX", 2, &item), TRADE_OK); /* of a text only `length` bytes are read */
  assert_int_equal(item, TRADE_SERVICES_SA);
}

static void main_items_have_counterparts_in_ebops_2002(void **state) {
  (void)state;
  static const struct {
    int32_t code, item;
    const char *text;
  } cases[] = {
      {200, TRADE_SERVICES_S, "200"},      {205, TRADE_SERVICES_SC, "205+246"}, {246, TRADE_SERVICES_SC, "205+246"},
      {236, TRADE_SERVICES_SD, "236"},     {249, TRADE_SERVICES_SE, "249"},     {253, TRADE_SERVICES_SF, "253"},
      {260, TRADE_SERVICES_SG, "260"},     {266, TRADE_SERVICES_SH, "266"},     {247, TRADE_SERVICES_SI, "247+262"},
      {262, TRADE_SERVICES_SI, "247+262"}, {268, TRADE_SERVICES_SJ, "268"},     {287, TRADE_SERVICES_SK, "287"},
      {291, TRADE_SERVICES_SL, "291"}};
  int found = 0;
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_int_equal(trade_services_from_ebops_2002(cases[i].code), cases[i].item);
    assert_string_equal(trade_services_ebops_2002(cases[i].item), cases[i].text);
  }
  for (int32_t code = -1000; code < 2000; code++) found += trade_services_from_ebops_2002(code) != 0;
  assert_int_equal(found, COUNT(cases));
  assert_int_equal(trade_services_from_ebops_2002(INT32_MIN), 0);
  assert_string_equal(trade_services_ebops_2002(TRADE_SERVICES_SA), "");
  assert_string_equal(trade_services_ebops_2002(TRADE_SERVICES_SB), "");
  assert_string_equal(trade_services_ebops_2002(TRADE_SERVICES_SN), "");
  assert_null(trade_services_ebops_2002(TRADE_SERVICES_SK1));
}

/* ---- Totals ---- */

enum { ITEMS = 200 };

/* A table in which everything adds up, of whole numbers; where an item has several breakdowns, each has its sum. */
static size_t consistent(uint64_t *seed, int32_t *items, double *values) {
  const size_t n = trade_services_count();
  for (size_t i = 0; i < n; i++) {
    items[i] = trade_services_at(i);
    values[i] = 0;
  }
  for (int round = 0; round < 400; round++) { /* one transaction, which lies in one part of each breakdown */
    const double amount = (double)trade_random_below(seed, 1000000) - 1000;
    int8_t in[ITEMS] = {1};
    for (size_t i = 0; i < n; i++) {
      if (!in[i]) continue;
      values[i] += amount;
      for (int32_t role = TRADE_SERVICES_COMPONENT; role <= TRADE_SERVICES_ALTERNATIVE; role++) {
        size_t parts[ITEMS], count = 0;
        for (size_t k = i + 1; k < n; k++)
          if (trade_services_parent(items[k]) == items[i] && trade_services_role(items[k]) == role) parts[count++] = k;
        if (count) in[parts[trade_random_below(seed, count)]] = 1;
      }
    }
  }
  for (size_t i = 0; i < n; i++) { /* main items are before their groups */
    static const char *const groups[] = {"SOX", "SOX1", "SPX1", "SPX4"}, *const first = "AEEA", *const last = "KKLB";
    for (size_t g = 0; g < COUNT(groups); g++) {
      if (items[i] != item_of(groups[g])) continue;
      for (size_t k = 0; k < i; k++) {
        const char *code = trade_services_code(items[k]);
        if (strlen(code) == 2 && code[1] >= first[g] && code[1] <= last[g]) values[i] += values[k];
      }
    }
  }
  return n;
}

static void any_rows_that_suffice_give_the_same_total(void **state) {
  (void)state;
  uint64_t seed = 1;
  static int32_t items[ITEMS], kept[ITEMS];
  static double values[ITEMS], kept_values[ITEMS];
  size_t known = 0;
  for (int round = 0; round < 20; round++) {
    const size_t n = consistent(&seed, items, values);
    for (int subset = 0; subset < 20; subset++) {
      size_t m = 0;
      const size_t tenths = subset % 2 ? 1 : 5;
      for (size_t i = 0; i < n; i++) {
        if (trade_services_role(items[i]) == TRADE_SERVICES_OF_WHICH) continue;
        if (items[i] != TRADE_SERVICES_SN && trade_random_below(&seed, 10) < tenths) continue;
        kept[m] = items[i];
        kept_values[m++] = values[i];
      }
      for (size_t i = m; i > 1; i--) { /* in any order */
        const size_t k = trade_random_below(&seed, i);
        const int32_t item = kept[i - 1];
        const double value = kept_values[i - 1];
        kept[i - 1] = kept[k];
        kept_values[i - 1] = kept_values[k];
        kept[k] = item;
        kept_values[k] = value;
      }
      for (size_t i = 0; i < n; i++) {
        const double total = trade_services_total(kept, kept_values, m, &items[i], 1);
        if (isnan(total)) continue;
        assert_same(total, values[i]);
        known++;
      }
    }
  }
  assert_true(known > 20000);
}

static void totals_add_up_exactly(void **state) {
  (void)state;
  uint64_t seed = 2;
  int32_t items[12];
  double values[12];
  for (int round = 0; round < 500; round++) {
    trade_sum all = {0, 0, 0, 0};
    for (size_t i = 0; i < 12; i++) {
      items[i] = (int32_t)(i + 1) * TRADE_SERVICES_SA;
      values[i] = (trade_random_below(&seed, 5) ? 1 : -1) * trade_random_between(&seed, 1e-12, 1e18);
      trade_sum_add(&all, values[i]);
    }
    const int32_t whole[] = {TRADE_SERVICES_S}, parts[] = {TRADE_SERVICES_SOX1, TRADE_SERVICES_SPX4, TRADE_SERVICES_SC,
                                                           TRADE_SERVICES_SL,   TRADE_SERVICES_SD,   TRADE_SERVICES_SF};
    assert_same(trade_services_total(items, values, 12, whole, 1), trade_sum_value(&all));
    assert_same(trade_services_total(items, values, 12, parts, COUNT(parts)), trade_sum_value(&all));
  }
}

static void digital_intensity_lies_between_0_and_1(void **state) {
  (void)state;
  uint64_t seed = 3;
  const int32_t wide[] = {TRADE_SERVICES_DIGITALLY_DELIVERABLE}, narrow[] = {TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1};
  int32_t items[13];
  double values[13];
  for (int round = 0; round < 2000; round++) {
    for (size_t i = 0; i < 12; i++) {
      items[i] = (int32_t)(i + 1) * TRADE_SERVICES_SA;
      values[i] = trade_random_below(&seed, 4) ? trade_random_between(&seed, 1e-3, 1e12) : 0;
    }
    values[0] += 1e-3;
    items[12] = TRADE_SERVICES_SK1;
    values[12] = values[10] * trade_random_unit(&seed);
    const double share = trade_services_share(items, values, 13, wide, 1);
    const double less = trade_services_share(items, values, 13, narrow, 1);
    assert_true(0 <= less && less <= share && share <= 1);
    assert_same(share, trade_share(trade_services_total(items, values, 13, wide, 1), trade_sum_array(values, 12)));
  }
}

static void null_and_impossible_lengths_are_undefined(void **state) {
  (void)state;
  const int32_t items[] = {TRADE_SERVICES_S, TRADE_SERVICES_SF}, unknown[] = {0};
  const double values[] = {10, 4};
  double (*const functions[])(const int32_t *, const double *, size_t, const int32_t *,
                              size_t) = {trade_services_total, trade_services_share};
  for (size_t f = 0; f < COUNT(functions); f++) {
    assert_same(functions[f](items, values, 2, items + 1, 1), f ? 0.4 : 4);
    assert_undefined(functions[f](NULL, values, 2, items, 1));
    assert_undefined(functions[f](items, NULL, 2, items, 1));
    assert_undefined(functions[f](items, values, 2, NULL, 1));
    assert_undefined(functions[f](items, values, SIZE_MAX, items, 1));
    assert_undefined(functions[f](items, values, 2, items, SIZE_MAX));
    assert_undefined(functions[f](items, values, 2, unknown, 1));
    assert_undefined(functions[f](NULL, NULL, 0, items, 1));
    assert_same(functions[f](items, values, 2, NULL, 0), 0);
  }
  assert_same(trade_services_total(NULL, NULL, 0, NULL, 0), 0);
}

static void a_missing_value_touches_only_what_needs_it(void **state) {
  (void)state;
  const int32_t items[] = {TRADE_SERVICES_S, TRADE_SERVICES_SF, TRADE_SERVICES_SG};
  for (size_t m = 0; m < COUNT(missing); m++) {
    const double values[] = {10, missing[m], 2};
    assert_undefined(trade_services_total(items, values, 3, items + 1, 1));
    assert_undefined(trade_services_total(items, values, 3, items + 1, 2));
    assert_same(trade_services_total(items, values, 3, items + 2, 1), 2);
    assert_same(trade_services_share(items, values, 3, items + 2, 1), 0.2);
    const double all[] = {missing[m], 4, 2};
    assert_undefined(trade_services_share(items, all, 3, items + 2, 1));
  }
}

/* All pairs: the total is that of one, of both, or not known. */
static void a_pair_of_items_is_never_counted_twice(void **state) {
  (void)state;
  uint64_t seed = 12;
  static int32_t items[ITEMS];
  static double values[ITEMS];
  const size_t n = consistent(&seed, items, values);
  const int32_t sdz = item_of("SDZ"), sc = TRADE_SERVICES_SC, sd = TRADE_SERVICES_SD, sc11 = item_of("SC11");
  for (size_t i = 0; i < n; i++)
    if (trade_services_role(items[i]) == TRADE_SERVICES_OF_WHICH) values[i] = 1;
  for (size_t a = 0; a < n; a++) {
    for (size_t b = 0; b < n; b++) {
      const int32_t pair[2] = {items[a], items[b]}, turned[2] = {items[b], items[a]};
      const double total = trade_services_total(items, values, n, pair, 2);
      const int gross_a = strchr("YZ", trade_services_code(items[a])[strlen(trade_services_code(items[a])) - 1]) &&
                          strchr("AF", trade_services_code(items[a])[1]);
      assert_same(trade_services_total(items, values, n, turned, 2), total);
      if (isnan(total)) continue;
      assert_true(total == values[a] || total == values[b] || total == values[a] + values[b]);
      if (a != b && gross_a) assert_same(total, values[a] + values[b]); /* it is in nothing else */
      for (int32_t above = items[a]; gross_a && above; above = trade_services_parent(above))
        assert_true(items[b] != above || a == b);
    }
  }
  const int32_t shared[][2] = {{sdz, sc}, {sdz, sc11}, {sd, sdz}, {sdz, item_of("SCA")}, {item_of("SD5Y"), sdz}};
  for (size_t i = 0; i < COUNT(shared); i++) assert_undefined(trade_services_total(items, values, n, shared[i], 2));
  const int32_t all[] = {sdz, sc, sc11, TRADE_SERVICES_S, item_of("SCA"), sd};
  assert_same(trade_services_total(items, values, n, all, COUNT(all)), values[0]);
}

static void services_not_allocated_are_nothing_only_without_a_row(void **state) {
  (void)state;
  int32_t items[14];
  double values[14];
  const int32_t all = TRADE_SERVICES_S, commercial = TRADE_SERVICES_SOX;
  for (int32_t i = 0; i < 12; i++) items[i] = (i + 1) * TRADE_SERVICES_SA;
  for (size_t i = 0; i < 12; i++) values[i] = 1;
  items[12] = items[13] = TRADE_SERVICES_SN;
  values[12] = values[13] = 5;
  assert_same(trade_services_total(items, values, 12, &all, 1), 12);
  assert_same(trade_services_total(items, values, 13, &all, 1), 17);
  assert_undefined(trade_services_total(items, values, 14, &all, 1));
  assert_same(trade_services_total(items, values, 14, &commercial, 1), 11);
  for (size_t m = 0; m < COUNT(missing); m++) {
    values[12] = missing[m];
    assert_undefined(trade_services_total(items, values, 13, &all, 1));
    assert_same(trade_services_total(items, values, 13, &commercial, 1), 11);
  }
}

/* ---- Modes of supply ---- */

static void modes_add_up_to_the_values(void **state) {
  (void)state;
  uint64_t seed = 4;
  double values[20], shares[80], totals[4];
  for (int round = 0; round < 500; round++) {
    const int exact = round % 2;
    for (size_t i = 0; i < 20; i++) {
      values[i] = trade_random_between(&seed, 1, 1e9);
      double sixteenths = 16;
      for (size_t m = 0; m < 4; m++) {
        const double part = m == 3 ? sixteenths : (double)trade_random_below(&seed, (size_t)sixteenths + 1);
        shares[i * 4 + m] = exact ? part / 16 : trade_random_unit(&seed);
        sixteenths -= part;
      }
      if (!exact) assert_status(trade_share_array(shares + i * 4, 4, shares + i * 4), TRADE_OK);
    }
    assert_status(trade_services_modes(values, shares, 20, 4, totals), TRADE_OK);
    const double sum = trade_sum_array(totals, 4), all = trade_sum_array(values, 20);
    assert_true(fabs(sum - all) <= (exact ? 3 : 6) * DBL_EPSILON * all);
    for (size_t i = 0; i < 20; i++) values[i] = floor(values[i]);
    assert_status(trade_services_modes(values, shares, 20, 4, totals), TRADE_OK);
    if (exact) assert_same(trade_sum_array(totals, 4), trade_sum_array(values, 20)); /* no total was rounded */
  }
}

static void shares_of_modes_must_add_up_to_1(void **state) {
  (void)state;
  static const struct {
    double shares[3];
    trade_status status;
  } cases[] = {{{0.3, 0.3, 0.4}, TRADE_OK},
               {{1.0 / 3, 1.0 / 3, 1.0 / 3}, TRADE_OK},
               {{1, 0, 0}, TRADE_OK},
               {{0.333, 0.333, 0.333}, TRADE_ERROR_VALUE},
               {{0.3, 0.3, 0.4 + 1e-14}, TRADE_ERROR_VALUE},
               {{0.3, 0.3, 0.4 - 1e-14}, TRADE_ERROR_VALUE},
               {{0.5, 0.5 + 3 * DBL_EPSILON, 0}, TRADE_OK},
               {{0.5, 0.5 + 3.5 * DBL_EPSILON, 0}, TRADE_ERROR_VALUE},
               {{-0.5, 0.5, 1}, TRADE_ERROR_VALUE},
               {{-0.0, 0.5, 0.5}, TRADE_OK},
               {{1.5, 0, -0.5}, TRADE_ERROR_VALUE},
               {{0, 0, 0}, TRADE_ERROR_VALUE},
               {{33.3, 33.3, 33.4}, TRADE_ERROR_VALUE},
               {{(double)NAN, 0.9, 0.9}, TRADE_OK},
               {{(double)NAN, 1.9, 0.9}, TRADE_ERROR_VALUE},
               {{0.5, -0.9, (double)INFINITY}, TRADE_ERROR_VALUE}};
  const double value = 5;
  for (size_t i = 0; i < COUNT(cases); i++) {
    double totals[3] = {7, 7, 7};
    assert_status(trade_services_modes(&value, cases[i].shares, 1, 3, totals), cases[i].status);
    for (size_t m = 0; m < 3; m++) {
      const double share = cases[i].shares[m];
      assert_same(totals[m], cases[i].status != TRADE_OK ? 7 : isnan(share) ? share : fabs(5 * share));
    }
  }
}

static void modes_refuse_what_they_cannot_read(void **state) {
  (void)state;
  const double values[2] = {1, 2}, shares[4] = {0.5, 0.5, 1, 0};
  double totals[2] = {7, 7};
  assert_status(trade_services_modes(NULL, shares, 2, 2, totals), TRADE_ERROR_NULL);
  assert_status(trade_services_modes(values, NULL, 2, 2, totals), TRADE_ERROR_NULL);
  assert_status(trade_services_modes(values, shares, 2, 2, NULL), TRADE_ERROR_NULL);
  assert_status(trade_services_modes(values, shares, SIZE_MAX / 2, 3, totals), TRADE_ERROR_LENGTH);
  assert_status(trade_services_modes(values, shares, SIZE_MAX / 8, 1, totals), TRADE_ERROR_LENGTH);
  assert_status(trade_services_modes(values, shares, 1, SIZE_MAX / 8, totals), TRADE_ERROR_LENGTH);
  for (size_t m = 0; m < 2; m++) assert_same(totals[m], 7);
  assert_status(trade_services_modes(NULL, NULL, 5, 0, NULL), TRADE_OK);
  assert_status(trade_services_modes(NULL, NULL, 0, 2, NULL), TRADE_OK);
  assert_status(trade_services_modes(NULL, NULL, 0, 2, totals), TRADE_OK);
  for (size_t m = 0; m < 2; m++) assert_same(totals[m], 0);
}

/* ---- The standard table ---- */

enum { ROWS = 5, COLUMNS = 6, CELLS = ROWS * COLUMNS };

/* Items by quarters with a gap, and room for all results. */
typedef struct whole_table {
  int32_t items[ROWS];
  trade_period periods[COLUMNS];
  double exports[CELLS], imports[CELLS], result[5][CELLS], wanted[2][COLUMNS];
  trade_services_table table;
} whole_table;

static void make_table(uint64_t *seed, whole_table *w) {
  static const char *const codes[ROWS] = {"S", "SC", "SF", "SOX1", "SK1"};
  static const int32_t months[COLUMNS] = {0, 3, 9, 12, 18, 21}; /* 2020-Q1, Q2, Q4, 2021-Q1, Q3, Q4 */
  memset(w, 0, sizeof *w);
  for (size_t r = 0; r < ROWS; r++) w->items[r] = item_of(codes[r]);
  for (size_t c = 0; c < COLUMNS; c++) w->periods[c] = trade_period_shift(trade_period_make(2020, 1, 3), months[c]);
  for (size_t i = 0; i < CELLS; i++) {
    w->exports[i] = trade_random_below(seed, 12) ? trade_random_between(seed, 1, 1e6) : missing[i % 3];
    w->imports[i] = trade_random_below(seed, 12) ? trade_random_between(seed, 1, 1e6) : 0;
  }
  for (size_t k = 0; k < 5; k++)
    for (size_t i = 0; i < CELLS; i++) w->result[k][i] = 7;
  for (size_t k = 0; k < 2; k++)
    for (size_t c = 0; c < COLUMNS; c++) w->wanted[k][c] = 7;
  const trade_services_table table = {
      ROWS,         COLUMNS,     w->items,     NULL,         w->periods,   w->items + 1, 2,
      w->exports,   w->imports,  w->result[0], w->result[1], w->result[2], w->result[3], w->result[4],
      w->wanted[0], w->wanted[1]};
  w->table = table;
}

static void a_table_is_filled_as_its_parts_would_be(void **state) {
  (void)state;
  uint64_t seed = 5;
  static whole_table w;
  for (int round = 0; round < 200; round++) {
    make_table(&seed, &w);
    assert_status(trade_services_fill(&w.table), TRADE_OK);
    const double *flows[2] = {w.exports, w.imports};
    for (size_t f = 0; f < 2; f++) {
      double growth[COLUMNS], column[ROWS];
      for (size_t r = 0; r < ROWS; r++) {
        assert_status(trade_growth_period_array(w.periods, flows[f] + r * COLUMNS, COLUMNS, 12, growth), TRADE_OK);
        for (size_t c = 0; c < COLUMNS; c++) assert_same(w.result[1 + f][r * COLUMNS + c], growth[c]);
      }
      for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t r = 0; r < ROWS; r++) column[r] = flows[f][r * COLUMNS + c];
        for (size_t r = 0; r < ROWS; r++)
          assert_same(w.result[3 + f][r * COLUMNS + c], trade_share(column[r], column[0]));
        assert_same(w.wanted[f][c], trade_services_share(w.items, column, ROWS, w.items + 1, 2));
      }
    }
    for (size_t i = 0; i < CELLS; i++) assert_same(w.result[0][i], trade_growth_change(w.exports[i], w.imports[i]));
  }
}

static void without_a_wanted_set_it_is_digitally_deliverable_services(void **state) {
  (void)state;
  int32_t items[7] = {TRADE_SERVICES_S};
  const double exports[7] = {100, 1, 2, 3, 4, 5, 6};
  double share = 7;
  for (int32_t i = 0; i < 6; i++) items[i + 1] = (6 + i) * TRADE_SERVICES_SA;
  trade_services_table table = {0};
  table.rows = 7;
  table.columns = 1;
  table.items = items;
  table.exports = exports;
  table.exports_wanted_share = &share;
  assert_status(trade_services_fill(&table), TRADE_OK);
  assert_same(share, 0.21);
  share = 7;
  table.wanted_count = SIZE_MAX; /* of nothing */
  assert_status(trade_services_fill(&table), TRADE_OK);
  assert_same(share, 0.21);
  table.wanted = items;
  table.wanted_count = 0;
  assert_status(trade_services_fill(&table), TRADE_OK);
  assert_same(share, 0);
  items[1] = 4; /* no item */
  table.wanted_count = 2;
  assert_status(trade_services_fill(&table), TRADE_OK);
  assert_undefined(share);
}

/* Each result needs just what it's made of; what is refused, or not wanted, is not written. */
static void a_table_needs_what_its_results_are_made_of(void **state) {
  (void)state;
  uint64_t seed = 6;
  static whole_table w;
  enum { EXPORTS = 1, IMPORTS = 2, PERIODS = 4, LABELS = 8 };
  static const int needs[7] = {EXPORTS | IMPORTS, EXPORTS | PERIODS, IMPORTS | PERIODS, EXPORTS | LABELS,
                               IMPORTS | LABELS,  EXPORTS | LABELS,  IMPORTS | LABELS};
  for (size_t result = 0; result < 7; result++) {
    for (int given = 0; given < 16; given++) {
      make_table(&seed, &w);
      double *const outputs[7] = {w.result[0], w.result[1], w.result[2], w.result[3],
                                  w.result[4], w.wanted[0], w.wanted[1]};
      trade_services_table *t = &w.table;
      double **const fields[7] = {
          &t->balance,       &t->exports_growth,       &t->imports_growth,      &t->exports_share,
          &t->imports_share, &t->exports_wanted_share, &t->imports_wanted_share};
      for (size_t k = 0; k < 7; k++)
        if (k != result) *fields[k] = NULL;
      if (!(given & EXPORTS)) t->exports = NULL;
      if (!(given & IMPORTS)) t->imports = NULL;
      if (!(given & PERIODS)) t->periods = NULL;
      if (!(given & LABELS)) t->items = NULL;
      const int enough = (given & needs[result]) == needs[result];
      assert_status(trade_services_fill(t), enough ? TRADE_OK : TRADE_ERROR_NULL);
      for (size_t k = 0; k < 7; k++)
        for (size_t i = 0; i < (k < 5 ? CELLS : COLUMNS); i++)
          assert_true((outputs[k][i] == 7) == !(enough && k == result));
    }
  }
}

static void assert_nothing_written(const whole_table *w) {
  for (size_t k = 0; k < 5; k++)
    for (size_t i = 0; i < CELLS; i++) assert_same(w->result[k][i], 7);
  for (size_t k = 0; k < 2; k++)
    for (size_t c = 0; c < COLUMNS; c++) assert_same(w->wanted[k][c], 7);
}

static void a_table_that_cannot_be_is_refused(void **state) {
  (void)state;
  uint64_t seed = 7;
  static whole_table w;
  assert_status(trade_services_fill(NULL), TRADE_ERROR_NULL);
  make_table(&seed, &w);
  w.periods[3] = w.periods[1];
  assert_status(trade_services_fill(&w.table), TRADE_ERROR_ORDER);
  w.periods[3].month = 13;
  assert_status(trade_services_fill(&w.table), TRADE_ERROR_PERIOD);
  w.table.exports_growth = NULL;
  assert_status(trade_services_fill(&w.table), TRADE_ERROR_PERIOD);
  assert_nothing_written(&w);
  static const size_t sizes[][3] = {{SIZE_MAX, 1, 0}, {1, SIZE_MAX, 0}, {SIZE_MAX / 64, 16, 0}, {2, 2, SIZE_MAX / 4}};
  for (size_t i = 0; i < COUNT(sizes); i++) {
    make_table(&seed, &w);
    w.table.rows = sizes[i][0];
    w.table.columns = sizes[i][1];
    if (sizes[i][2]) w.table.wanted_count = sizes[i][2];
    assert_status(trade_services_fill(&w.table), TRADE_ERROR_LENGTH);
    assert_nothing_written(&w);
  }
  trade_services_table none = {0};
  assert_status(trade_services_fill(&none), TRADE_OK);
  none.rows = 5;
  assert_status(trade_services_fill(&none), TRADE_OK);
  none.columns = 5; /* nothing is wanted */
  assert_status(trade_services_fill(&none), TRADE_OK);
}

/* ---- Its checks ---- */

static void what_adds_up_has_no_discrepancy(void **state) {
  (void)state;
  uint64_t seed = 8;
  static int32_t items[ITEMS];
  static double values[ITEMS], rounded[ITEMS];
  trade_services_discrepancy found[MOST];
  for (int round = 0; round < 40; round++) {
    trade_services_table table = {0};
    size_t count = 99;
    table.rows = consistent(&seed, items, values);
    table.columns = 1;
    table.items = items;
    table.imports = values;
    assert_status(trade_services_check(&table, 0, found, MOST, &count), TRADE_OK);
    assert_int_equal(count, 0);
    for (size_t i = 0; i < table.rows; i++) rounded[i] = nearbyint(values[i] / 1000) / 10; /* to 0.1 of 10,000 */
    table.imports = rounded;
    assert_status(trade_services_check(&table, 0.1, found, MOST, &count), TRADE_OK);
    assert_int_equal(count, 0);
    assert_status(trade_services_check(&table, 0, found, MOST, &count), TRADE_OK);
    assert_true(count > 5); /* what rounding did, if it is not allowed for */
    /* One figure misprinted by far shows at the item that it is a part of, and at the item itself if that has parts. */
    const size_t wrong = 1 + trade_random_below(&seed, table.rows - 1);
    if (trade_services_role(items[wrong]) > TRADE_SERVICES_ALTERNATIVE) continue;
    rounded[wrong] += 1e7;
    assert_status(trade_services_check(&table, 0.1, found, MOST, &count), TRADE_OK);
    int parent_told = 0;
    for (size_t i = 0; i < count; i++) {
      const int32_t at = items[found[i].row];
      parent_told |= at == trade_services_parent(items[wrong]);
      assert_int_equal(found[i].flow, TRADE_SERVICES_IMPORTS);
      assert_true(fabs(fabs(found[i].difference) - 1e7) < 10);
      assert_true((found[i].difference > 0) == (found[i].row == wrong));
    }
    assert_true(parent_told);
  }
}

static void discrepancies_are_reported_by_flow_column_and_row(void **state) {
  (void)state;
  const int32_t items[] = {TRADE_SERVICES_SPX4, TRADE_SERVICES_SA, TRADE_SERVICES_SB};
  const double exports[] = {3, 9, 1, 1, 2, 2}, imports[] = {30, 10, 10, 10, 10, 30};
  double balance[] = {-24, -1, -9, -9, -8, -30.5};
  trade_services_table table = {0};
  trade_services_discrepancy found[5], none = {0};
  size_t count = 99;
  table.rows = 3;
  table.columns = 2;
  table.items = items;
  table.exports = exports;
  table.imports = imports;
  table.balance = balance;
  static const trade_services_discrepancy expected[5] = {
      {6, 1.5, 0, 1, TRADE_SERVICES_EXPORTS, TRADE_SERVICES_COMPONENT},
      {10, 1.5, 0, 0, TRADE_SERVICES_IMPORTS, TRADE_SERVICES_COMPONENT},
      {-30, 1.5, 0, 1, TRADE_SERVICES_IMPORTS, TRADE_SERVICES_COMPONENT},
      {3, 1.5, 0, 0, TRADE_SERVICES_BALANCE, 0},
      {-2.5, 1.5, 2, 1, TRADE_SERVICES_BALANCE, 0},
  };
  for (size_t most = 0; most <= 5; most++) {
    for (size_t i = 0; i < 5; i++) found[i] = none;
    assert_status(trade_services_check(&table, 1, most ? found : NULL, most, &count), TRADE_OK);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < 5; i++) {
      const trade_services_discrepancy *e = i < most ? &expected[i] : &none;
      assert_same(found[i].difference, e->difference);
      assert_true(fabs(found[i].tolerance - e->tolerance) < 1e-12);
      assert_int_equal(found[i].row, e->row);
      assert_int_equal(found[i].column, e->column);
      assert_int_equal(found[i].flow, e->flow);
      assert_int_equal(found[i].breakdown, e->breakdown);
    }
  }
  /* What fill makes is right to the unit and to the last bit. */
  assert_status(trade_services_fill(&table), TRADE_OK);
  assert_status(trade_services_check(&table, 0, found, 5, &count), TRADE_OK);
  assert_int_equal(count, 3);
  for (size_t m = 0; m < COUNT(missing); m++) { /* what is missing is not checked */
    balance[5] = missing[m];
    assert_status(trade_services_check(&table, 0, found, 5, &count), TRADE_OK);
    assert_int_equal(count, 3);
  }
  table.items = NULL; /* which a balance needs not, where there are exports and imports */
  assert_status(trade_services_check(&table, 1, found, 5, &count), TRADE_OK);
  assert_int_equal(count, 0);
  balance[4] = 1000;
  assert_status(trade_services_check(&table, 1, found, 5, &count), TRADE_OK);
  assert_int_equal(count, 1);
  assert_int_equal(found[0].row, 2);
  assert_int_equal(found[0].column, 0);
  assert_int_equal(found[0].flow, TRADE_SERVICES_BALANCE);
  table.imports = NULL;
  assert_status(trade_services_check(&table, 1, found, 5, &count), TRADE_ERROR_NULL);
  table.imports = imports;
  table.balance = NULL;
  assert_status(trade_services_check(&table, 1, found, 5, &count), TRADE_ERROR_NULL);
  table.balance = balance;
  table.items = items;
  balance[5] = 1000;
  table.imports = NULL; /* then there is nothing to check the balance against */
  assert_status(trade_services_check(&table, 1, found, 5, &count), TRADE_OK);
  assert_int_equal(count, 1);
}

/* As the WTO publishes them, each total one too many: the groups are the only parts that it can be checked against. */
static void groups_are_checked_against_groups(void **state) {
  (void)state;
  static const char *const codes[] = {"S", "SPX4", "SC", "SD", "SOX1", "SL", "SPX1", "SOX"};
  static const double values[] = {33, 1, 2, 4, 8, 16, 25, 16};
  static const double differences[] = {1, 0, 0, 0, 0, 0, 1, 1}; /* S: 33 less SOX + SL, 16 + 16 */
  int32_t items[8];
  trade_services_table table = {0};
  trade_services_discrepancy found[4];
  size_t count = 99, next = 0;
  for (size_t i = 0; i < 8; i++) items[i] = item_of(codes[i]);
  table.rows = 8;
  table.columns = 1;
  table.items = items;
  table.exports = values;
  assert_status(trade_services_check(&table, 0, found, 4, &count), TRADE_OK);
  assert_int_equal(count, 3);
  for (size_t i = 0; i < 8; i++) {
    if (differences[i] == 0) continue;
    assert_int_equal(found[next].row, i);
    assert_int_equal(found[next].breakdown, TRADE_SERVICES_GROUP);
    assert_same(found[next++].difference, differences[i]);
  }
  table.rows = 7; /* without SOX: S is 33 less SPX4 + SC + SD + SPX1, 1 + 2 + 4 + 25 */
  assert_status(trade_services_check(&table, 0, found, 4, &count), TRADE_OK);
  assert_int_equal(count, 2);
  assert_same(found[0].difference, 1);
}

static void rows_that_name_their_parents_are_checked_as_items_are(void **state) {
  (void)state;
  uint64_t seed = 11;
  static int32_t items[ITEMS];
  enum { TWICE = 2 * ITEMS };
  static double values[TWICE];
  static trade_services_discrepancy by_item[TWICE], by_parent[TWICE];
  for (int round = 0; round < 20; round++) {
    int32_t parents[ITEMS];
    size_t count = 99, named = 99, components = 0;
    trade_services_table table = {0};
    const size_t n = consistent(&seed, items, values);
    for (size_t i = n; i-- > 0;) {
      values[2 * i] = values[i];
      values[2 * i + 1] = values[2 * i] + (double)(trade_random_below(&seed, 8) == 0);
      if (trade_random_below(&seed, 20) == 0) values[2 * i] = missing[i % 3];
      parents[i] = -1;
    }
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < n; k++)
        if (trade_services_role(items[i]) == TRADE_SERVICES_COMPONENT && items[k] == trade_services_parent(items[i]))
          parents[i] = (int32_t)k;
    table.rows = n - 4; /* without the groups, which stand last */
    table.columns = 2;
    table.items = items;
    table.exports = values;
    assert_status(trade_services_check(&table, 0, by_item, TWICE, &count), TRADE_OK);
    table.parents = parents;
    assert_status(trade_services_check(&table, 0, by_parent, TWICE, &named), TRADE_OK);
    assert_true(named > 5 && named <= count && count <= TWICE);
    for (size_t i = 0; i < count; i++) {
      if (by_item[i].column == 0 || by_item[i].breakdown != TRADE_SERVICES_COMPONENT) continue;
      while (components < named && by_parent[components].column == 0) components++;
      assert_int_equal(by_parent[components].row, by_item[i].row);
      assert_same(by_parent[components].difference, by_item[i].difference);
      assert_same(by_parent[components++].tolerance, by_item[i].tolerance);
    }
    assert_int_equal(components, named);
  }
}

/** China's balance in services, 1997-2011, 100 million dollars (Ministry of Commerce): transport, travel,
 *  communication, construction, insurance, financial, computer and information, royalties, consulting, advertising,
 *  film, other; and the printed total first. */
static const double china[13][15] = {
    {-32.2, -25.9, -48.0, -57.1, -61.3, -67.0, -84.8, -95.5, -92.6, -89.1, -76.0, -115.6, -295.1, -219.3, -549.2},
    {-69.9, -44.6, -54.8, -67.3, -66.9, -78.9, -103.3, -124.8, -130.2, -133.5, -119.5, -119.1, -230.1, -290.5, -448.7},
    {39.4, 34.0, 32.3, 31.2, 38.8, 49.9, 22.2, 65.9, 75.4, 96.3, 74.5, 46.9, -40.3, -90.7, -241.2},
    {-0.2, 6.1, 4.0, 11.0, -0.5, 0.8, 2.1, -0.3, -1.2, -0.3, 0.9, 0.6, -0.1, 0.8, 5.4},
    {-6.2, -5.3, -5.5, -3.9, -0.2, 2.8, 1.1, 1.3, 9.7, 7.0, 24.7, 59.7, 36.0, 94.2, 110.0},
    {-8.7, -13.7, -17.2, -23.6, -24.8, -30.4, -42.5, -57.4, -66.5, -82.8, -97.6, -113.6, -97.1, -140.3, -167.2},
    {-3.0, -1.4, -0.6, -0.2, 0.2, -0.4, -0.8, -0.4, -0.1, -7.5, -3.3, -2.5, -2.9, -0.6, 1.0},
    {-1.5, -2.0, 0.4, 0.9, 1.2, -4.9, 0.7, 3.8, 2.2, 12.2, 21.4, 30.9, 32.8, 62.9, 83.4},
    {-4.9, -3.6, -7.2, -12.0, -18.3, -29.8, -34.4, -42.6, -51.6, -64.3, -78.5, -97.5, -106.4, -122.1, -139.6},
    {-1.2, -2.4, -2.4, -2.8, -6.1, -13.5, -15.6, -15.8, -8.6, -5.6, 7.2, 46.1, 52.1, 76.8, 98.1},
    {0.0, -0.5, 0.0, 0.2, 0.2, -0.2, 0.3, 1.5, 3.6, 4.9, 5.8, 2.6, 3.6, 8.4, 12.4},
    {-0.3, -0.2, -0.3, -0.3, -0.2, -0.7, -0.4, -1.3, -0.2, 0.2, 1.6, 1.6, -1.8, -2.5, -2.8},
    {24.3, 7.8, 3.2, 9.7, 15.4, 38.3, 85.9, 74.7, 75.0, 84.3, 86.8, 28.9, 59.2, 184.1, 140.1},
};

static void printed_balances_add_up_within_their_rounding(void **state) {
  (void)state;
  static double values[13][15];
  memcpy(values, china, sizeof values);
  int32_t parents[13] = {-1};
  trade_services_table table = {0};
  trade_services_discrepancy found[15];
  size_t count = 99;
  table.rows = 13;
  table.columns = 15;
  table.parents = parents;
  table.balance = &values[0][0];
  assert_status(trade_services_check(&table, 0.1, found, 15, &count), TRADE_OK);
  assert_int_equal(count, 0);
  assert_status(trade_services_check(&table, 0, found, 15, &count), TRADE_OK);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(found[i].row, 0);
    assert_int_equal(found[i].flow, TRADE_SERVICES_BALANCE);
    assert_true(fabs(found[i].difference) < 0.2 + 1e-9); /* by hand: 0.2 at most */
  }
  assert_true(count > 5 && count < 15);
  values[4][7] += 1;
  assert_status(trade_services_check(&table, 0.1, found, 15, &count), TRADE_OK);
  assert_int_equal(count, 1);
  assert_int_equal(found[0].column, 7);
  assert_true(fabs(found[0].tolerance - 0.65) < 1e-9); /* 12 items and the total, 0.05 each */
  values[4][7] = (double)NAN;                          /* then the year can't be checked */
  assert_status(trade_services_check(&table, 0.1, found, 15, &count), TRADE_OK);
  assert_int_equal(count, 0);
}

static void a_check_that_cannot_be_is_refused(void **state) {
  (void)state;
  uint64_t seed = 9;
  static whole_table w;
  trade_services_discrepancy found = {1, 2, 3, 4, 5, 6};
  size_t count = 99;
  make_table(&seed, &w);
  assert_status(trade_services_check(NULL, 1, &found, 1, &count), TRADE_ERROR_NULL);
  assert_status(trade_services_check(&w.table, 1, NULL, 1, &count), TRADE_ERROR_NULL);
  assert_status(trade_services_check(&w.table, 1, &found, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_services_check(&w.table, 1, &found, SIZE_MAX, &count), TRADE_ERROR_LENGTH);
  assert_status(trade_services_check(&w.table, -1, &found, 1, &count), TRADE_ERROR_VALUE);
  for (size_t m = 0; m < COUNT(missing); m++)
    assert_status(trade_services_check(&w.table, missing[m], &found, 1, &count), TRADE_ERROR_VALUE);
  static const int32_t bad[] = {-2, ROWS, INT32_MAX, INT32_MIN, 2}; /* the last one: its own parent */
  for (size_t i = 0; i < COUNT(bad); i++) {
    const int32_t parents[ROWS] = {-1, 0, bad[i], 0, 0};
    w.table.parents = parents;
    assert_status(trade_services_check(&w.table, 1, &found, 1, &count), TRADE_ERROR_VALUE);
  }
  w.table.parents = NULL;
  w.table.items = NULL;
  w.table.balance = NULL;
  assert_status(trade_services_check(&w.table, 1, &found, 1, &count), TRADE_ERROR_NULL);
  w.table.rows = SIZE_MAX / 2;
  assert_status(trade_services_check(&w.table, 1, &found, 1, &count), TRADE_ERROR_LENGTH);
  assert_int_equal(count, 99);
  assert_int_equal(found.row, 3);
  const trade_services_table none = {0};
  assert_status(trade_services_check(&none, 1, NULL, 0, &count), TRADE_OK);
  assert_int_equal(count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(every_item_reads_back_and_stands_after_its_parent),
      cmocka_unit_test(items_have_their_places),
      cmocka_unit_test(groups_without_a_code_have_a_name),
      cmocka_unit_test(what_is_no_item_says_so),
      cmocka_unit_test(main_items_have_counterparts_in_ebops_2002),
      cmocka_unit_test(any_rows_that_suffice_give_the_same_total),
      cmocka_unit_test(totals_add_up_exactly),
      cmocka_unit_test(digital_intensity_lies_between_0_and_1),
      cmocka_unit_test(null_and_impossible_lengths_are_undefined),
      cmocka_unit_test(a_missing_value_touches_only_what_needs_it),
      cmocka_unit_test(a_pair_of_items_is_never_counted_twice),
      cmocka_unit_test(services_not_allocated_are_nothing_only_without_a_row),
      cmocka_unit_test(modes_add_up_to_the_values),
      cmocka_unit_test(shares_of_modes_must_add_up_to_1),
      cmocka_unit_test(modes_refuse_what_they_cannot_read),
      cmocka_unit_test(a_table_is_filled_as_its_parts_would_be),
      cmocka_unit_test(without_a_wanted_set_it_is_digitally_deliverable_services),
      cmocka_unit_test(a_table_needs_what_its_results_are_made_of),
      cmocka_unit_test(a_table_that_cannot_be_is_refused),
      cmocka_unit_test(what_adds_up_has_no_discrepancy),
      cmocka_unit_test(discrepancies_are_reported_by_flow_column_and_row),
      cmocka_unit_test(groups_are_checked_against_groups),
      cmocka_unit_test(rows_that_name_their_parents_are_checked_as_items_are),
      cmocka_unit_test(printed_balances_add_up_within_their_rounding),
      cmocka_unit_test(a_check_that_cannot_be_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
