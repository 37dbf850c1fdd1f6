#include "trade_test.h"

#include <float.h>

enum { MOST = 1600 };

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
static const int32_t intensities[] = {TRADE_PARTNER_INTENSITY, TRADE_PARTNER_KUNIMOTO, TRADE_PARTNER_HOMOGENEOUS,
                                      TRADE_PARTNER_INTROVERSION, TRADE_PARTNER_SHARE};

static double rounded(double value, double decimals) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.*f", (int)decimals, value);
  return strtod(text, NULL);
}

static size_t golden_of_numbers(const golden_case *g, double *result) {
  const double(*a)[GOLDEN_VALUES] = g->argument;
  const char *f = g->function;
  if (!strcmp(f, "grubel_lloyd"))
    *result = trade_partner_grubel_lloyd(a[0][0], a[1][0]);
  else if (!strcmp(f, "printed_grubel_lloyd"))
    *result = rounded(100 * trade_partner_grubel_lloyd(a[0][0], a[1][0]), a[2][0]) / 100;
  else if (!strcmp(f, "printed_share"))
    *result = rounded(100 * trade_partner_intensity(TRADE_PARTNER_SHARE, a[0][0], a[1][0], 1, 1), a[2][0]) / 100;
  else if (!strcmp(f, "two_way"))
    *result = trade_partner_two_way((int32_t)a[0][0], a[1], a[2], g->length[1]);
  else if (!strcmp(f, "similarity"))
    *result = trade_partner_similarity((int32_t)a[0][0], a[1], a[2], g->length[1]);
  else if (!strcmp(f, "printed_krugman"))
    *result = rounded(trade_partner_similarity(TRADE_PARTNER_KRUGMAN, a[0], a[1], g->length[0]), a[2][0]);
  else if (!strcmp(f, "intensity"))
    *result = trade_partner_intensity((int32_t)a[0][0], a[1][0], a[2][0], a[3][0], a[4][0]);
  else if (!strcmp(f, "penetration"))
    *result = trade_partner_penetration(a[0], a[1], g->length[0] / (size_t)a[2][0], (size_t)a[2][0]);
  else
    return 0;
  return 1;
}

static size_t golden_partner(const golden_case *g, double *result) {
  const double(*a)[GOLDEN_VALUES] = g->argument;
  const char *f = g->function;
  const size_t n = g->length[1];
  uint8_t bytes[GOLDEN_VALUES];
  if (!strcmp(f, "array"))
    return assert_status(trade_partner_two_way_array((int32_t)a[0][0], a[1], a[2], n, result), TRADE_OK), n;
  if (!strcmp(f, "types")) {
    assert_status(trade_partner_type_array((int32_t)a[0][0], a[1], a[2], a[3], a[4], n, a[5][0], bytes), TRADE_OK);
    for (size_t i = 0; i < n; i++) result[i] = bytes[i];
    return n;
  }
  if (!strcmp(f, "similarity_matrix")) {
    const size_t columns = (size_t)a[3][0], rows = n / columns, others = g->length[2] / columns;
    assert_status(trade_partner_similarity_matrix((int32_t)a[0][0], a[1], rows, a[2], others, columns, result),
                  TRADE_OK);
    return rows * others;
  }
  if (!strcmp(f, "intensity_matrix"))
    return assert_status(trade_partner_intensity_matrix((int32_t)a[0][0], a[1], (size_t)sqrt((double)n), result),
                         TRADE_OK),
           n;
  if (!strcmp(f, "region")) {
    for (size_t i = 0; i < g->length[2]; i++) bytes[i] = (uint8_t)a[2][i];
    *result = trade_partner_region((int32_t)a[0][0], a[1], bytes, g->length[2]);
    return 1;
  }
  if (!strcmp(f, "market_share")) {
    const size_t columns = (size_t)a[4][0];
    trade_partner_effects e;
    assert_status(trade_partner_constant_market_share(a[0], a[1], a[2], a[3], g->length[0] / columns, columns, &e),
                  TRADE_OK);
    result[0] = e.world;
    result[1] = e.commodity;
    result[2] = e.market;
    result[3] = e.competitiveness;
    return 4;
  }
  return golden_of_numbers(g, result);
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("partner.txt", golden_partner);
}

/* Values of every kind; some zeros. */
static void fill(uint64_t *seed, double *values, size_t n) {
  const double low = trade_random_below(seed, 2) ? 1 : 1e-6, high = trade_random_below(seed, 2) ? 1e6 : 1e13;
  for (size_t i = 0; i < n; i++) values[i] = trade_random(seed) % 5 ? trade_random_between(seed, low, high) : 0;
  if (n) values[trade_random_below(seed, n)] = 1;
}

/* The same order for each array, drawn from the seed. */
static void shuffle(uint64_t seed, double *values, size_t n) {
  for (size_t i = n; i > 1; i--) {
    const size_t k = trade_random_below(&seed, i);
    const double kept = values[i - 1];
    values[i - 1] = values[k];
    values[k] = kept;
  }
}

static void scale(double *values, size_t n, int power) {
  for (size_t i = 0; i < n; i++) values[i] = ldexp(values[i], power);
}

static void two_way_indices_keep_their_range_order_and_unit(void **state) {
  (void)state;
  uint64_t seed = 1;
  static double x[MOST], m[MOST];
  for (int round = 0; round < 300; round++) {
    const size_t n = 1 + trade_random_below(&seed, round % 10 ? 80 : MOST);
    double before[5];
    fill(&seed, x, n);
    fill(&seed, m, n);
    for (int32_t method = 0; method < 5; method++) {
      if (method == TRADE_PARTNER_MARGINAL_A)
        for (size_t i = 0; i < n; i += 2) x[i] = -x[i];
      before[method] = trade_partner_two_way(method, x, m, n);
      assert_true(before[method] <= 1 && before[method] >= (method == TRADE_PARTNER_MARGINAL_B ? -1 : 0));
      /* Exports and imports exchanged */
      assert_same(trade_partner_two_way(method, m, x, n),
                  method == TRADE_PARTNER_MARGINAL_B ? -before[method] : before[method]);
    }
    for (size_t i = 0; i < n; i++) x[i] = fabs(x[i]);
    assert_same(trade_partner_grubel_lloyd_total(x, m, n), before[0]);
    const uint64_t order = trade_random(&seed);
    shuffle(order, x, n);
    shuffle(order, m, n);
    scale(x, n, 20);
    scale(m, n, 20);
    for (int32_t method = 0; method <= TRADE_PARTNER_AQUINO; method++)
      assert_same(trade_partner_two_way(method, x, m, n), before[method]);
    /* Aquino's does not see which of the two is the larger. */
    scale(m, n, -33);
    assert_same(trade_partner_two_way(TRADE_PARTNER_AQUINO, x, m, n), before[TRADE_PARTNER_AQUINO]);
    for (int32_t method = 0; method <= TRADE_PARTNER_MARGINAL_A; method++)
      assert_same(trade_partner_two_way(method, x, x, n), 1);
    assert_same(trade_partner_two_way(TRADE_PARTNER_MARGINAL_B, x, x, n), 0);
  }
}

static void the_index_of_each_product_is_that_of_an_array_of_one(void **state) {
  (void)state;
  uint64_t seed = 2;
  static double x[MOST], m[MOST], out[MOST], same[MOST];
  static const int32_t methods[] = {TRADE_PARTNER_GRUBEL_LLOYD, TRADE_PARTNER_MARGINAL_A, TRADE_PARTNER_MARGINAL_B};
  for (int round = 0; round < 60; round++) {
    const size_t n = trade_random_below(&seed, 100);
    fill(&seed, x, n);
    fill(&seed, m, n);
    for (size_t k = 0; k < COUNT(methods); k++) {
      for (size_t i = 0; i < n && k == 1; i++) m[i] = trade_random(&seed) % 2 ? -m[i] : m[i];
      assert_status(trade_partner_two_way_array(methods[k], x, m, n, out), TRADE_OK);
      for (size_t i = 0; i < n; i++) {
        assert_ulps(out[i], trade_partner_two_way(methods[k], x + i, m + i, 1), 2);
        if (k == 0) assert_same(out[i], trade_partner_grubel_lloyd(x[i], m[i]));
      }
      memcpy(same, x, sizeof same);
      assert_status(trade_partner_two_way_array(methods[k], same, m, n, same), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
      memcpy(same, m, sizeof same);
      assert_status(trade_partner_two_way_array(methods[k], x, same, n, same), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
    }
  }
}

static void similarity_is_symmetric_and_in_range_and_one_of_the_same(void **state) {
  (void)state;
  uint64_t seed = 3;
  static double a[MOST], b[MOST];
  for (int round = 0; round < 300; round++) {
    const size_t n = 1 + trade_random_below(&seed, round % 10 ? 100 : MOST);
    fill(&seed, a, n);
    fill(&seed, b, n);
    double before[3];
    for (size_t i = 0; i < n && round % 3 == 0; i++)
      b[i] = a[i] * (1 + (double)(trade_random(&seed) % 5) * DBL_EPSILON);
    for (int32_t method = 0; method < 3; method++) {
      before[method] = trade_partner_similarity(method, a, b, n);
      assert_true(before[method] >= 0 && before[method] <= (method == TRADE_PARTNER_KRUGMAN ? 2 : 1));
      assert_same(trade_partner_similarity(method, b, a, n), before[method]);
      assert_same(trade_partner_similarity(method, a, a, n), method == TRADE_PARTNER_KRUGMAN ? 0 : 1);
    }
    /* Finger-Kreinin is 1 - Krugman / 2. */
    assert_true(fabs(before[0] + before[2] / 2 - 1) <= 8 * DBL_EPSILON);
    assert_same(trade_partner_complementarity(a, b, n), before[0]);
    const uint64_t order = trade_random(&seed);
    shuffle(order, a, n);
    shuffle(order, b, n);
    scale(a, n, 31);
    scale(b, n, -12);
    for (int32_t method = 0; method < 3; method++)
      assert_same(trade_partner_similarity(method, a, b, n), before[method]);
    scale(a, n, -43);
    for (int32_t method = 0; method < 3; method++)
      assert_same(trade_partner_similarity(method, a, a, n), method == TRADE_PARTNER_KRUGMAN ? 0 : 1);
  }
}

/* Also across the rows that are kept at a time, and the values that are added at a time. */
static void every_pair_has_the_bits_of_a_pair(void **state) {
  (void)state;
  static const size_t sizes[][3] = {{1, 1, 1}, {3, 5, 7}, {70, 2, 33}, {2, 131, 3}, {130, 130, 5}, {5, 4, 1100}};
  static double a[MOST * 8], b[MOST * 8], out[130 * 131];
  uint64_t seed = 4;
  for (size_t s = 0; s < COUNT(sizes); s++) {
    const size_t rows = sizes[s][0], others = sizes[s][1], columns = sizes[s][2];
    fill(&seed, a, rows * columns);
    fill(&seed, b, others * columns);
    a[rows * columns / 2] = missing[s % 2];
    for (int32_t method = 0; method < 3; method++) {
      assert_status(trade_partner_similarity_matrix(method, a, rows, b, others, columns, out), TRADE_OK);
      for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < others; j++)
          assert_same(out[i * others + j], trade_partner_similarity(method, a + i * columns, b + j * columns, columns));
      assert_status(trade_partner_similarity_matrix(method, a, rows, a, rows, columns, out), TRADE_OK);
      for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++)
          assert_same(out[i * rows + j], trade_partner_similarity(method, a + i * columns, a + j * columns, columns));
    }
  }
}

/* Exports that are the product of what each country sends and what each receives: nobody is anyone's favourite. */
static void flows_as_expected_are_neutral(void **state) {
  (void)state;
  static const int32_t methods[] = {TRADE_PARTNER_INTENSITY, TRADE_PARTNER_HOMOGENEOUS, TRADE_PARTNER_INTROVERSION};
  static const double neutral[] = {1, 1, 0};
  const uint8_t members[7] = {1, 0, 1, 1, 0, 0, 9};
  double flows[49], out[49];
  for (size_t i = 0; i < 7; i++)
    for (size_t j = 0; j < 7; j++) flows[i * 7 + j] = (double)((i + 1) * (2 * j + 3));
  for (size_t k = 0; k < COUNT(methods); k++) {
    assert_status(trade_partner_intensity_matrix(methods[k], flows, 7, out), TRADE_OK);
    for (size_t i = 0; i < 49; i++) assert_ulps(out[i], neutral[k], 6.5);
    assert_ulps(trade_partner_region(methods[k], flows, members, 7), neutral[k], 6.5);
  }
}

static void intensities_of_a_matrix_are_those_of_its_flows(void **state) {
  (void)state;
  static double flows[150 * 150], out[150 * 150];
  static const size_t sizes[] = {1, 2, 9, 63, 64, 65, 150};
  uint64_t seed = 5;
  for (size_t s = 0; s < COUNT(sizes); s++) {
    const size_t n = sizes[s];
    fill(&seed, flows, n * n);
    for (size_t i = 0; i < n; i++) flows[i * n + i] = 0;
    const double world = trade_sum_array(flows, n * n);
    for (size_t k = 0; k < COUNT(intensities); k++) {
      assert_status(trade_partner_intensity_matrix(intensities[k], flows, n, out), TRADE_OK);
      for (size_t i = 0; i < n; i++) {
        const double exports = trade_sum_array(flows + i * n, n);
        for (size_t j = 0; j < n; j += 1 + n / 20) {
          trade_sum to_j = {0, 0, 0, 0}, to_i = {0, 0, 0, 0};
          for (size_t r = 0; r < n; r++) {
            trade_sum_add(&to_j, flows[r * n + j]);
            trade_sum_add(&to_i, flows[r * n + i]);
          }
          trade_sum_negate(&to_i);
          trade_sum_add(&to_i, world);
          const int own = intensities[k] == TRADE_PARTNER_KUNIMOTO;
          const double expected =
              trade_partner_intensity(own ? TRADE_PARTNER_INTENSITY : intensities[k], flows[i * n + j], exports,
                                      trade_sum_value(&to_j), own ? trade_sum_value(&to_i) : world);
          if (isnan(expected))
            assert_undefined(out[i * n + j]);
          else
            assert_true(fabs(out[i * n + j] - expected) <= 1e-9 * fmax(1, expected));
        }
      }
    }
  }
}

static void a_region_of_one_or_the_order_of_countries_changes_nothing(void **state) {
  (void)state;
  uint64_t seed = 6;
  for (int round = 0; round < 100; round++) {
    double flows[100], out[100], turned[100];
    uint8_t members[10], turned_members[10];
    const size_t n = 2 + trade_random_below(&seed, 9);
    fill(&seed, flows, n * n);
    for (size_t i = 0; i < n; i++) members[i] = (uint8_t)(trade_random(&seed) % 3);
    for (size_t i = 0; i < n; i++) turned_members[n - 1 - i] = members[i] ? 7 : 0;
    for (size_t i = 0; i < n * n; i++) turned[n * n - 1 - i] = ldexp(flows[i], 17);
    for (size_t k = 0; k < COUNT(intensities); k++) {
      const double index = trade_partner_region(intensities[k], flows, members, n);
      assert_same(trade_partner_region(intensities[k], turned, turned_members, n), index);
      assert_true(isnan(index) || index >= (intensities[k] == TRADE_PARTNER_INTROVERSION ? -1 : 0));
      assert_true(isnan(index) || intensities[k] < TRADE_PARTNER_INTROVERSION || index <= 1);
      assert_status(trade_partner_intensity_matrix(intensities[k], flows, n, out), TRADE_OK);
      for (size_t i = 0; i < n; i++) {
        uint8_t alone[10] = {0};
        alone[i] = 1;
        assert_same(trade_partner_region(intensities[k], flows, alone, n), out[i * n + i]);
      }
    }
  }
}

/* The world is a divisor too: M_j / 0 leaves nothing to compare with, though a product form of the ratio would be 0. */
static void beside_a_world_of_nothing_no_flow_is_intense_or_not(void **state) {
  (void)state;
  const double flows[4] = {3, 0, 2, 0}; /* of which nothing goes to anyone but the first */
  const uint8_t members[2] = {1, 0}, all[2] = {1, 1};
  double out[4] = {7, 7, 7, 7};
  assert_undefined(trade_partner_intensity(TRADE_PARTNER_INTENSITY, 1, 2, 3, 0));
  assert_undefined(trade_partner_intensity(TRADE_PARTNER_INTENSITY, 0, 2, 3, 0));
  assert_same(trade_partner_intensity(TRADE_PARTNER_INTENSITY, 0, 2, 3, 5), 0);
  assert_same(trade_partner_intensity(TRADE_PARTNER_SHARE, 1, 2, 3, 0), 0.5);
  assert_status(trade_partner_intensity_matrix(TRADE_PARTNER_KUNIMOTO, flows, 2, out), TRADE_OK);
  assert_undefined(out[0]);
  assert_same(out[2], 1);
  assert_undefined(trade_partner_region(TRADE_PARTNER_KUNIMOTO, flows, members, 2));
  assert_undefined(trade_partner_region(TRADE_PARTNER_KUNIMOTO, flows, all, 2));
  assert_same(trade_partner_region(TRADE_PARTNER_INTENSITY, flows, all, 2), 1);
}

static void parts_that_exceed_their_totals_or_unknown_methods_are_undefined(void **state) {
  (void)state;
  const double values[4] = {1, 2, 3, 4}, negative[4] = {1, -2, 3, 4};
  const uint8_t members[2] = {1, 0};
  static const int32_t none[] = {-1, 5, INT32_MIN, INT32_MAX};
  for (size_t k = 0; k < COUNT(none); k++) {
    double out[4] = {7, 7, 7, 7};
    assert_undefined(trade_partner_two_way(none[k], values, values, 4));
    assert_undefined(trade_partner_similarity(none[k], values, values, 4));
    assert_undefined(trade_partner_intensity(none[k], 1, 2, 3, 9));
    assert_undefined(trade_partner_region(none[k], values, members, 2));
    assert_status(trade_partner_two_way_array(none[k], values, values, 4, out), TRADE_ERROR_VALUE);
    assert_status(trade_partner_similarity_matrix(none[k], values, 2, values, 2, 2, out), TRADE_ERROR_VALUE);
    assert_status(trade_partner_intensity_matrix(none[k], values, 2, out), TRADE_ERROR_VALUE);
    for (size_t i = 0; i < 4; i++) assert_same(out[i], 7);
  }
  for (int32_t method = 0; method <= TRADE_PARTNER_AQUINO; method++) {
    assert_undefined(trade_partner_two_way(method, negative, values, 4));
    assert_undefined(trade_partner_two_way(method, values, negative, 4));
  }
  assert_undefined(trade_partner_region(TRADE_PARTNER_SHARE, negative, members, 2));
  assert_undefined(trade_partner_penetration(negative, values, 2, 2));
  assert_undefined(trade_partner_penetration(values, negative, 2, 2));
}

static void a_missing_value_makes_only_what_uses_it_unknown(void **state) {
  (void)state;
  for (size_t m = 0; m < COUNT(missing); m++) {
    assert_undefined(trade_partner_grubel_lloyd(missing[m], 1));
    assert_undefined(trade_partner_grubel_lloyd(1, missing[m]));
    for (size_t place = 0; place < 4; place++) {
      double values[4] = {1, 2, 3, 4}, out[4] = {7, 7, 7, 7};
      const double whole[4] = {4, 3, 2, 1};
      const uint8_t first[2] = {1, 0};
      values[place] = missing[m];
      for (int32_t method = 0; method < 5; method++) {
        assert_undefined(trade_partner_two_way(method, values, whole, 4));
        assert_undefined(trade_partner_two_way(method, whole, values, 4));
      }
      for (int32_t method = 0; method < 3; method++) {
        assert_undefined(trade_partner_similarity(method, values, whole, 4));
        assert_undefined(trade_partner_similarity(method, whole, values, 4));
        assert_status(trade_partner_similarity_matrix(method, values, 2, whole, 2, 2, out), TRADE_OK);
        for (size_t i = 0; i < 4; i++) assert_int_equal(isnan(out[i]), i / 2 == place / 2);
      }
      for (int32_t method = TRADE_PARTNER_MARGINAL_A; method <= TRADE_PARTNER_MARGINAL_B; method++) {
        assert_status(trade_partner_two_way_array(method, whole, values, 4, out), TRADE_OK);
        for (size_t i = 0; i < 4; i++) assert_int_equal(isnan(out[i]), i == place);
      }
      assert_status(trade_partner_intensity_matrix(TRADE_PARTNER_SHARE, values, 2, out), TRADE_OK);
      for (size_t i = 0; i < 4; i++) assert_int_equal(isnan(out[i]), i / 2 == place / 2);
      assert_int_equal(isnan(trade_partner_region(TRADE_PARTNER_SHARE, values, first, 2)), place < 2);
      assert_undefined(trade_partner_penetration(values, whole, 2, 2));
      assert_undefined(trade_partner_penetration(whole, values, 2, 2));
      trade_partner_effects e;
      assert_status(trade_partner_constant_market_share(values, whole, whole, whole, 2, 2, &e), TRADE_OK);
      assert_true(e.world == 0 && e.commodity == 0 && e.market == 0 && isnan(e.competitiveness));
      assert_status(trade_partner_constant_market_share(whole, whole, whole, values, 2, 2, &e), TRADE_OK);
      assert_true(isnan(e.world) && isnan(e.commodity) && isnan(e.market) && isnan(e.competitiveness));
    }
  }
}

static void the_effects_add_up_to_the_change_of_exports(void **state) {
  (void)state;
  uint64_t seed = 7;
  double v[4][60];
  for (int round = 0; round < 500; round++) {
    const size_t rows = 1 + trade_random_below(&seed, 6), columns = 1 + trade_random_below(&seed, 10),
                 n = rows * columns;
    for (size_t i = 0; i < n; i++) {
      v[3][i] = trade_random_between(&seed, 1, 1e6);
      v[2][i] = v[3][i] * trade_random_between(&seed, 0.5, 2);
      v[1][i] = trade_random(&seed) % 4 ? v[3][i] * trade_random_unit(&seed) : 0;
      v[0][i] = v[2][i] * trade_random_unit(&seed);
    }
    trade_partner_effects e, other;
    assert_status(trade_partner_constant_market_share(v[0], v[1], v[2], v[3], rows, columns, &e), TRADE_OK);
    const double now = trade_sum_array(v[0], n), before = trade_sum_array(v[1], n);
    assert_true(fabs(e.world + e.commodity + e.market + e.competitiveness - (now - before)) <=
                16 * DBL_EPSILON * (now + 3 * before));
    for (size_t k = 0; k < 4; k++) scale(v[k], n, 9);
    assert_status(trade_partner_constant_market_share(v[0], v[1], v[2], v[3], rows, columns, &other), TRADE_OK);
    assert_same(other.world, ldexp(e.world, 9));
    assert_same(other.commodity, ldexp(e.commodity, 9));
    assert_same(other.market, ldexp(e.market, 9));
    assert_same(other.competitiveness, ldexp(e.competitiveness, 9));
    /* The world itself has no structure of its own and nothing to win. */
    assert_status(trade_partner_constant_market_share(v[2], v[3], v[2], v[3], rows, columns, &e), TRADE_OK);
    assert_same(e.competitiveness, 0);
    /* What holds its share of every market: a sixteenth */
    memcpy(v[0], v[2], sizeof v[0]);
    memcpy(v[1], v[3], sizeof v[1]);
    scale(v[0], n, -4);
    scale(v[1], n, -4);
    assert_status(trade_partner_constant_market_share(v[0], v[1], v[2], v[3], rows, columns, &e), TRADE_OK);
    assert_same(e.competitiveness, 0);
    /* One market: no effect of markets. One product: none of products. */
    assert_status(trade_partner_constant_market_share(v[1], v[0], v[2], v[3], n, 1, &e), TRADE_OK);
    assert_same(e.market, 0);
    assert_status(trade_partner_constant_market_share(v[1], v[0], v[2], v[3], 1, n, &e), TRADE_OK);
    assert_same(e.commodity, 0);
  }
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  const double good[4] = {1, 2, 3, 4}, bad[4] = {1, -5e-324, (double)NAN, 4};
  const size_t huge = SIZE_MAX / 8;
  double out[4] = {7, 7, 7, 7};
  uint8_t types[4] = {9, 9, 9, 9};
  trade_partner_effects e = {7, 7, 7, 7};
  static const double alphas[] = {-0.1, (double)NAN, (double)INFINITY, 1};
  for (size_t k = 0; k < COUNT(alphas); k++)
    assert_status(trade_partner_type_array(TRADE_PARTNER_GREENAWAY, good, good, good, good, 4, alphas[k], types),
                  TRADE_ERROR_VALUE);
  assert_status(trade_partner_type_array(2, good, good, good, good, 4, 0.15, types), TRADE_ERROR_VALUE);
  assert_status(trade_partner_type_array(1, good, good, good, good, 4, 0.15, NULL), TRADE_ERROR_NULL);
  assert_status(trade_partner_type_array(1, good, good, good, good, huge, 0.15, types), TRADE_ERROR_LENGTH);
  for (size_t place = 0; place < 4; place++) {
    const double *in[4] = {good, good, good, good};
    in[place] = bad;
    assert_status(trade_partner_type_array(0, in[0], in[1], in[2], in[3], 4, 0.15, types), TRADE_ERROR_VALUE);
    assert_status(trade_partner_constant_market_share(in[0], in[1], in[2], in[3], 2, 2, &e), TRADE_ERROR_VALUE);
    in[place] = NULL;
    assert_status(trade_partner_type_array(0, in[0], in[1], in[2], in[3], 4, 0.15, types), TRADE_ERROR_NULL);
    assert_status(trade_partner_constant_market_share(in[0], in[1], in[2], in[3], 2, 2, &e), TRADE_ERROR_NULL);
  }
  assert_status(trade_partner_constant_market_share(good, good, good, good, 2, 2, NULL), TRADE_ERROR_NULL);
  assert_status(trade_partner_constant_market_share(good, good, good, good, huge, 1, &e), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_constant_market_share(good, good, good, good, SIZE_MAX / 2, 3, &e), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_two_way_array(0, bad, good, 4, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_two_way_array(0, good, bad, 4, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_two_way_array(TRADE_PARTNER_AQUINO, good, good, 4, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_two_way_array(0, NULL, good, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_partner_two_way_array(0, good, NULL, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_partner_two_way_array(0, good, good, 4, NULL), TRADE_ERROR_NULL);
  assert_status(trade_partner_two_way_array(0, good, good, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_similarity_matrix(0, bad, 2, good, 2, 2, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_similarity_matrix(0, good, 2, bad, 2, 2, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_similarity_matrix(0, NULL, 2, good, 2, 2, out), TRADE_ERROR_NULL);
  assert_status(trade_partner_similarity_matrix(0, good, 2, NULL, 2, 2, out), TRADE_ERROR_NULL);
  assert_status(trade_partner_similarity_matrix(0, good, 2, good, 2, 2, NULL), TRADE_ERROR_NULL);
  assert_status(trade_partner_similarity_matrix(0, good, SIZE_MAX / 2, good, 2, 3, out), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_similarity_matrix(0, good, 2, good, huge, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_similarity_matrix(0, good, 4, good, SIZE_MAX / 4, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_similarity_matrix(0, good, SIZE_MAX, good, SIZE_MAX, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_partner_intensity_matrix(0, bad, 2, out), TRADE_ERROR_VALUE);
  assert_status(trade_partner_intensity_matrix(0, NULL, 2, out), TRADE_ERROR_NULL);
  assert_status(trade_partner_intensity_matrix(0, good, 2, NULL), TRADE_ERROR_NULL);
  assert_status(trade_partner_intensity_matrix(0, good, SIZE_MAX / 2, out), TRADE_ERROR_LENGTH);
  for (size_t i = 0; i < 4; i++) {
    assert_same(out[i], 7);
    assert_int_equal(types[i], 9);
  }
  assert_true(e.world == 7 && e.commodity == 7 && e.market == 7 && e.competitiveness == 7);
}

static void null_arrays_are_undefined_and_nothing_is_valid(void **state) {
  (void)state;
  const double good[4] = {1, 2, 3, 4};
  const uint8_t members[2] = {1, 0};
  trade_partner_effects e;
  assert_undefined(trade_partner_two_way(0, NULL, good, 4));
  assert_undefined(trade_partner_two_way(0, good, NULL, 4));
  assert_undefined(trade_partner_two_way(0, good, good, SIZE_MAX / 8));
  assert_undefined(trade_partner_grubel_lloyd_total(NULL, NULL, 0));
  assert_undefined(trade_partner_similarity(0, NULL, good, 4));
  assert_undefined(trade_partner_similarity(0, good, NULL, 4));
  assert_undefined(trade_partner_complementarity(NULL, NULL, 0));
  assert_undefined(trade_partner_region(0, NULL, members, 2));
  assert_undefined(trade_partner_region(0, good, NULL, 2));
  assert_undefined(trade_partner_region(0, NULL, NULL, 0));
  assert_undefined(trade_partner_penetration(NULL, good, 2, 2));
  assert_undefined(trade_partner_penetration(good, NULL, 2, 2));
  assert_undefined(trade_partner_penetration(NULL, NULL, 2, 0));
  assert_status(trade_partner_two_way_array(0, NULL, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_partner_type_array(0, NULL, NULL, NULL, NULL, 0, 0.15, NULL), TRADE_OK);
  assert_status(trade_partner_similarity_matrix(0, NULL, 0, NULL, 2, 2, NULL), TRADE_OK);
  assert_status(trade_partner_similarity_matrix(0, NULL, 2, NULL, 0, 2, NULL), TRADE_OK);
  assert_status(trade_partner_similarity_matrix(0, NULL, 2, NULL, 2, 0, NULL), TRADE_OK);
  assert_status(trade_partner_intensity_matrix(0, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_partner_constant_market_share(NULL, NULL, NULL, NULL, 0, 3, &e), TRADE_OK);
  assert_true(e.world == 0 && e.commodity == 0 && e.market == 0 && e.competitiveness == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(two_way_indices_keep_their_range_order_and_unit),
      cmocka_unit_test(the_index_of_each_product_is_that_of_an_array_of_one),
      cmocka_unit_test(similarity_is_symmetric_and_in_range_and_one_of_the_same),
      cmocka_unit_test(every_pair_has_the_bits_of_a_pair),
      cmocka_unit_test(flows_as_expected_are_neutral),
      cmocka_unit_test(intensities_of_a_matrix_are_those_of_its_flows),
      cmocka_unit_test(a_region_of_one_or_the_order_of_countries_changes_nothing),
      cmocka_unit_test(beside_a_world_of_nothing_no_flow_is_intense_or_not),
      cmocka_unit_test(parts_that_exceed_their_totals_or_unknown_methods_are_undefined),
      cmocka_unit_test(a_missing_value_makes_only_what_uses_it_unknown),
      cmocka_unit_test(the_effects_add_up_to_the_change_of_exports),
      cmocka_unit_test(refused_calls_write_nothing),
      cmocka_unit_test(null_arrays_are_undefined_and_nothing_is_valid),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
