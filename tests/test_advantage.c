#include "trade_test.h"

#include <float.h>

enum { METHODS = TRADE_ADVANTAGE_WEIGHTED + 1, MOST = 40000 };

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};

static double printed(double x, double decimals) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.*f", (int)decimals, x);
  return strtod(text, NULL);
}

static size_t golden_advantage(const golden_case *g, double *result) {
  const size_t n = g->length[0];
  double a[GOLDEN_ARGUMENTS];
  for (size_t k = 0; k < GOLDEN_ARGUMENTS; k++) a[k] = g->argument[k][0];
  if (!strcmp(g->function, "scalar")) return *result = trade_advantage(a[0], a[1], a[2], a[3], (int32_t)a[4]), 1;
  if (!strcmp(g->function, "printed_balassa"))
    return *result = printed(trade_advantage_balassa(a[0], a[1], a[2], a[3]), a[4]), 1;
  if (!strcmp(g->function, "matrix"))
    return assert_status(trade_advantage_matrix(g->argument[0], g->length[1] ? g->argument[1] : NULL, (size_t)a[2],
                                                (size_t)a[3], (int32_t)a[4], result),
                         TRADE_OK),
           n;
  if (!strcmp(g->function, "lafay"))
    return assert_status(trade_advantage_lafay_array(g->argument[0], g->argument[1], n, result), TRADE_OK), n;
  if (!strcmp(g->function, "michaely"))
    return assert_status(trade_advantage_michaely_array(g->argument[0], g->argument[1], n, result), TRADE_OK), n;
  if (!strcmp(g->function, "vollrath"))
    return assert_status(trade_advantage_vollrath_array(&a[0], &a[1], 1, (int32_t)a[2], result), TRADE_OK), 1;
  if (!strcmp(g->function, "position")) {
    uint8_t positions[GOLDEN_VALUES];
    assert_status(
        trade_advantage_position_array(g->argument[0], g->argument[1], g->argument[2], g->argument[3], n, positions),
        TRADE_OK);
    for (size_t i = 0; i < n; i++) result[i] = positions[i];
    return n;
  }
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("advantage.txt", golden_advantage);
}

static void balassa_is_one_of_the_methods(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (int k = 0; k < 1000; k++) {
    double a[4];
    for (size_t i = 0; i < 4; i++) a[i] = trade_random_between(&seed, 1e-3, 1e9);
    assert_same(trade_advantage_balassa(a[0], a[1], a[2], a[3]),
                trade_advantage(a[0], a[1], a[2], a[3], TRADE_ADVANTAGE_BALASSA));
    assert_undefined(trade_advantage(a[0], a[1], a[2], a[3], TRADE_ADVANTAGE_WEIGHTED));
    assert_undefined(trade_advantage(a[0], a[1], a[2], a[3], -1));
    assert_undefined(trade_advantage(a[0], a[1], a[2], a[3], METHODS));
  }
  for (int32_t method = 0; method < METHODS; method++) { /* what overflows on the way */
    assert_undefined(trade_advantage(1e300, 1e305, 1e305, 1e306, method));
    assert_undefined(trade_advantage(1e10, 2e155, 1e155, 1e290, method));
  }
}

/* Whole numbers, so that all totals are doubles: the sign of R - 1 is that of v X - Xc Xp, which is a whole number
 * too. */
static void no_rounding_turns_an_advantage_round(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (int k = 0; k < 100000; k++) {
    const int64_t v = 1 + (int64_t)trade_random_below(&seed, 1000), c = v + (int64_t)trade_random_below(&seed, 100000);
    const int64_t w = c + (int64_t)trade_random_below(&seed, 1000000);
    const int64_t p = (v * w) / c + (int64_t)trade_random_below(&seed, 3) - 1, sign = (v * w > c * p) - (v * w < c * p);
    if (p < 1) continue;
    const double a[4] = {(double)v, (double)c, (double)p, (double)w};
    const double r = trade_advantage_balassa(a[0], a[1], a[2], a[3]);
    assert_true(sign < 0 ? r <= 1 : sign > 0 ? r >= 1 : r == 1);
    for (int32_t method = TRADE_ADVANTAGE_SYMMETRIC; method <= TRADE_ADVANTAGE_NORMALISED; method++) {
      const double x = trade_advantage(a[0], a[1], a[2], a[3], method);
      assert_true((x > 0) - (x < 0) == sign);
    }
  }
}

static void fill(uint64_t *seed, double *values, size_t n) {
  for (size_t i = 0; i < n; i++)
    values[i] = trade_random_below(seed, 10) < 6 ? 0 : trade_random_between(seed, 1e-6, 1e9);
}

static double values[MOST], advantage[MOST], other[MOST];

typedef struct shape {
  size_t rows;
  size_t columns;
} shape;

static const shape shapes[] = {{1, 1},   {1, 300}, {2, 1},   {2, 129},   {3, 3},
                               {3, 128}, {300, 1}, {7, 257}, {130, 300}, {5, 40}};

static trade_sum row_total(const shape *s, size_t r) {
  trade_sum total = {0, 0, 0, 0};
  trade_sum_add_array(&total, values + r * s->columns, s->columns);
  return total;
}

static trade_sum column_total(const shape *s, size_t c) {
  trade_sum total = {0, 0, 0, 0};
  trade_sum_add_matrix(NULL, &total, values + c, s->rows, 1, s->columns);
  return total;
}

static void balassa_of_a_matrix_has_the_bits_of_its_cells(void **state) {
  (void)state;
  uint64_t seed = 3;
  for (size_t k = 0; k < COUNT(shapes); k++) {
    const shape *s = &shapes[k];
    const size_t n = s->rows * s->columns;
    fill(&seed, values, n);
    const double world = trade_sum_array(values, n);
    for (size_t i = 0; i < n; i++) advantage[i] = 7;
    assert_status(trade_advantage_balassa_matrix(values, s->rows, s->columns, advantage), TRADE_OK);
    for (size_t i = 0; i < n; i++) {
      const trade_sum country = row_total(s, i / s->columns), product = column_total(s, i % s->columns);
      assert_same(advantage[i],
                  trade_advantage_balassa(values[i], trade_sum_value(&country), trade_sum_value(&product), world));
    }
  }
}

/* Rows in another order give the rows' results in that order, to the bit: nothing depends on where a total is kept. */
static void every_method_gives_the_same_bits_in_any_order(void **state) {
  (void)state;
  uint64_t seed = 4;
  static double turned[MOST], populations[2][300];
  for (size_t k = 0; k < COUNT(shapes); k++) {
    const shape *s = &shapes[k];
    const size_t n = s->rows * s->columns;
    fill(&seed, values, n);
    for (size_t i = 0; i < n; i++) turned[n - 1 - i] = values[i];
    for (size_t r = 0; r < s->rows; r++) populations[0][r] = trade_random_between(&seed, 1, 1e9);
    for (size_t r = 0; r < s->rows; r++) populations[1][s->rows - 1 - r] = populations[0][r];
    for (int32_t method = 0; method < METHODS; method++) {
      for (int per_head = 0; per_head < (method < TRADE_ADVANTAGE_RELATIVE ? 2 : 1); per_head++) {
        const double *sizes = per_head ? populations[0] : NULL, *turned_sizes = per_head ? populations[1] : NULL;
        assert_status(trade_advantage_matrix(values, sizes, s->rows, s->columns, method, advantage), TRADE_OK);
        assert_status(trade_advantage_matrix(turned, turned_sizes, s->rows, s->columns, method, other), TRADE_OK);
        for (size_t i = 0; i < n; i++) assert_same(other[n - 1 - i], advantage[i]);
        if (method == TRADE_ADVANTAGE_SYMMETRIC)
          for (size_t i = 0; i < n; i++) assert_true(isnan(advantage[i]) || fabs(advantage[i]) <= 1);
      }
    }
  }
}

static void sums_are_those_that_the_definitions_have(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (size_t k = 0; k < COUNT(shapes); k++) {
    const shape *s = &shapes[k];
    const size_t n = s->rows * s->columns;
    const double least = ldexp(1, -49);
    fill(&seed, values, n);
    values[0] = 1;
    const double world = trade_sum_array(values, n);
    assert_status(trade_advantage_matrix(values, NULL, s->rows, s->columns, TRADE_ADVANTAGE_ADDITIVE, advantage),
                  TRADE_OK);
    assert_status(trade_advantage_matrix(values, NULL, s->rows, s->columns, TRADE_ADVANTAGE_NORMALISED, other),
                  TRADE_OK);
    for (size_t r = 0; r < s->rows; r++) {
      const trade_sum total = row_total(s, r);
      const double country = trade_sum_value(&total);
      if (country > 0) assert_true(fabs(trade_sum_array(advantage + r * s->columns, s->columns)) <= least);
      assert_true(fabs(trade_sum_array(other + r * s->columns, s->columns)) <= least * country / world);
    }
    for (size_t c = 0; c < s->columns; c++) {
      const trade_sum total = column_total(s, c);
      trade_sum sum = {0, 0, 0, 0};
      trade_sum_add_matrix(NULL, &sum, other + c, s->rows, 1, s->columns);
      assert_true(fabs(trade_sum_value(&sum)) <= least * trade_sum_value(&total) / world);
    }
    /* Balassa's index averages to 1 over products, weighted by their shares in the world. */
    assert_status(trade_advantage_balassa_matrix(values, s->rows, s->columns, advantage), TRADE_OK);
    for (size_t r = 0; r < s->rows; r++) {
      trade_sum sum = {0, 0, 0, 0};
      for (size_t c = 0; c < s->columns; c++) {
        const trade_sum total = column_total(s, c);
        if (trade_sum_value(&total) > 0)
          trade_sum_add_product(&sum, trade_sum_value(&total), advantage[r * s->columns + c]);
      }
      const trade_sum country = row_total(s, r);
      if (trade_sum_value(&country) > 0) assert_ulps(trade_sum_value(&sum) / world, 1, 10);
    }
    /* Proudman and Redding's to 1 over products that are traded. */
    assert_status(trade_advantage_matrix(values, NULL, s->rows, s->columns, TRADE_ADVANTAGE_WEIGHTED, other), TRADE_OK);
    for (size_t r = 0; r < s->rows; r++) {
      trade_sum sum = {0, 0, 0, 0};
      size_t known = 0;
      trade_sum_add_known_array(&sum, other + r * s->columns, s->columns, &known);
      if (known > 0) assert_ulps(trade_sum_value(&sum) / (double)known, 1, 10);
    }
  }
}

static void indices_of_exports_and_imports_add_up_to_nothing_and_work_in_place(void **state) {
  (void)state;
  uint64_t seed = 6;
  static double imports[MOST];
  static trade_status (*const index[])(const double *, const double *, size_t,
                                       double *) = {trade_advantage_lafay_array, trade_advantage_michaely_array};
  static const size_t lengths[] = {0, 1, 2, 47, 5000};
  for (size_t f = 0; f < COUNT(index); f++) {
    for (size_t l = 0; l < COUNT(lengths); l++) {
      const size_t n = lengths[l];
      fill(&seed, values, n);
      fill(&seed, imports, n);
      if (n) values[0] = imports[n - 1] = 3;
      advantage[n] = 7;
      assert_status(index[f](values, imports, n, advantage), TRADE_OK);
      assert_same(advantage[n], 7);
      assert_true(fabs(trade_sum_array(advantage, n)) <= ldexp(1, f == 0 ? -50 : -49));
      for (size_t i = 0; i < n; i++) assert_true(fabs(advantage[i]) <= 1);
      memcpy(other, values, sizeof values);
      assert_status(index[f](other, imports, n, other), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(other[i], advantage[i]);
      memcpy(other, imports, sizeof imports);
      assert_status(index[f](values, other, n, other), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(other[i], advantage[i]);
    }
  }
}

static void relative_advantage_leaves_country_and_product_out(void **state) {
  (void)state;
  /* Three by three: of the first cell, 1 / (2 + 3) over (4 + 7) / (5 + 6 + 8 + 9). */
  const double exports[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, imports[9] = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  double rxa[9], rma[9], result[9];
  assert_status(trade_advantage_matrix(exports, NULL, 3, 3, TRADE_ADVANTAGE_RELATIVE, rxa), TRADE_OK);
  assert_status(trade_advantage_matrix(imports, NULL, 3, 3, TRADE_ADVANTAGE_RELATIVE, rma), TRADE_OK);
  assert_ulps(rxa[0], (1.0 / 5) / (11.0 / 28), 5.5);
  assert_status(trade_advantage_vollrath_array(rxa, rma, 9, TRADE_ADVANTAGE_RELATIVE_TRADE, result), TRADE_OK);
  for (size_t i = 0; i < 9; i++) assert_same(result[i], rxa[i] - rma[i]);
  assert_status(trade_advantage_vollrath_array(rxa, rma, 9, TRADE_ADVANTAGE_COMPETITIVENESS, result), TRADE_OK);
  for (size_t i = 0; i < 9; i++) assert_true(fabs(result[i] - (log(rxa[i]) - log(rma[i]))) <= 4 * DBL_EPSILON);
  assert_status(trade_advantage_vollrath_array(rxa, rma, 9, TRADE_ADVANTAGE_COMPETITIVENESS, rma), TRADE_OK);
  for (size_t i = 0; i < 9; i++) assert_same(rma[i], result[i]);
  /* Tenths, whose totals no double holds: the rest of the world is nothing all the same, not what rounding left of
   * it. */
  const double corner[4] = {0.1, 0.2, 0.3, 0}, cross[4] = {0.7, 0, 0, 0.1};
  assert_status(trade_advantage_matrix(corner, NULL, 2, 2, TRADE_ADVANTAGE_RELATIVE, rxa), TRADE_OK);
  assert_undefined(rxa[0]);
  assert_same(rxa[3], 0);
  assert_status(trade_advantage_matrix(cross, NULL, 2, 2, TRADE_ADVANTAGE_RELATIVE, rxa), TRADE_OK);
  for (size_t i = 0; i < 4; i++) assert_undefined(rxa[i]);
  double out[1];
  const double large[1] = {DBL_MAX}, small[1] = {DBL_MIN};
  assert_status(trade_advantage_vollrath_array(large, small, 1, TRADE_ADVANTAGE_COMPETITIVENESS, out), TRADE_OK);
  assert_undefined(out[0]);
}

static void a_missing_value_leaves_the_world_unknown(void **state) {
  (void)state;
  for (size_t m = 0; m < COUNT(missing); m++) {
    for (size_t place = 0; place < 6; place++) {
      double exports[6] = {1, 2, 3, 4, 5, 6}, populations[3] = {1, 2, 3}, out[6];
      exports[place] = missing[m];
      for (int32_t method = 0; method < METHODS; method++) {
        for (size_t i = 0; i < 6; i++) out[i] = 7;
        assert_status(trade_advantage_matrix(exports, NULL, 3, 2, method, out), TRADE_OK);
        for (size_t i = 0; i < 6; i++) assert_undefined(out[i]);
      }
      /* Per head, the world's total is that of populations: only the product is unknown. */
      assert_status(trade_advantage_matrix(exports, populations, 3, 2, TRADE_ADVANTAGE_BALASSA, out), TRADE_OK);
      for (size_t i = 0; i < 6; i++) assert_true(isnan(out[i]) == (i % 2 == place % 2));
      populations[place % 3] = missing[m];
      exports[place] = 1;
      assert_status(trade_advantage_matrix(exports, populations, 3, 2, TRADE_ADVANTAGE_BALASSA, out), TRADE_OK);
      for (size_t i = 0; i < 6; i++) assert_undefined(out[i]);
    }
  }
}

static void presence_is_what_reaches_the_threshold(void **state) {
  (void)state;
  const double r[8] = {1, 0.5, 2, (double)NAN, 1 - DBL_EPSILON, (double)INFINITY, -(double)INFINITY, 0};
  static const uint8_t at_1[8] = {1, 0, 1, 0, 0, 0, 0, 0}, at_0[8] = {1, 1, 1, 0, 1, 0, 0, 1};
  uint8_t presence[9] = {7, 7, 7, 7, 7, 7, 7, 7, 7};
  assert_status(trade_advantage_presence_array(r, 8, 1, presence), TRADE_OK);
  assert_memory_equal(presence, at_1, 8);
  assert_status(trade_advantage_presence_array(r, 8, 0, presence), TRADE_OK);
  assert_memory_equal(presence, at_0, 8);
  assert_int_equal(presence[8], 7);
  assert_status(trade_advantage_presence_array(NULL, 0, 1, NULL), TRADE_OK);
  for (size_t m = 0; m < COUNT(missing); m++)
    assert_status(trade_advantage_presence_array(r, 8, missing[m], presence), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_presence_array(NULL, 8, 1, presence), TRADE_ERROR_NULL);
  assert_status(trade_advantage_presence_array(r, 8, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_advantage_presence_array(r, SIZE_MAX / 8, 1, presence), TRADE_ERROR_LENGTH);
  assert_memory_equal(presence, at_0, 8);
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  const double good[4] = {1, 2, 3, 4}, bad[4] = {(double)NAN, 2, 3, -5e-324};
  const size_t huge = SIZE_MAX / 8;
  double out[4] = {7, 7, 7, 7};
  uint8_t codes[4] = {7, 7, 7, 7};
  static trade_status (*const index[])(const double *, const double *, size_t,
                                       double *) = {trade_advantage_lafay_array, trade_advantage_michaely_array};
  for (int32_t method = 0; method < METHODS; method++) {
    assert_status(trade_advantage_matrix(bad, NULL, 2, 2, method, out), TRADE_ERROR_VALUE);
    assert_status(trade_advantage_matrix(good, bad + 2, 2, 2, method, out), TRADE_ERROR_VALUE);
    assert_status(trade_advantage_matrix(NULL, NULL, 2, 2, method, out), TRADE_ERROR_NULL);
    assert_status(trade_advantage_matrix(good, NULL, 2, 2, method, NULL), TRADE_ERROR_NULL);
    assert_status(trade_advantage_matrix(good, NULL, huge, 1, method, out), TRADE_ERROR_LENGTH);
    assert_status(trade_advantage_matrix(good, NULL, 3, SIZE_MAX / 2, method, out), TRADE_ERROR_LENGTH);
    assert_status(trade_advantage_matrix(NULL, NULL, 0, 2, method, NULL), TRADE_OK);
    assert_status(trade_advantage_matrix(NULL, NULL, 2, 0, method, NULL), TRADE_OK);
  }
  assert_status(trade_advantage_matrix(good, good, 2, 2, TRADE_ADVANTAGE_RELATIVE, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_matrix(good, good, 2, 2, TRADE_ADVANTAGE_WEIGHTED, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_matrix(good, NULL, 2, 2, -1, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_matrix(good, NULL, 2, 2, METHODS, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_balassa_matrix(bad, 2, 2, out), TRADE_ERROR_VALUE);
  for (size_t f = 0; f < COUNT(index); f++) {
    assert_status(index[f](NULL, good, 4, out), TRADE_ERROR_NULL);
    assert_status(index[f](good, NULL, 4, out), TRADE_ERROR_NULL);
    assert_status(index[f](good, good, 4, NULL), TRADE_ERROR_NULL);
    assert_status(index[f](bad, good, 4, out), TRADE_ERROR_VALUE);
    assert_status(index[f](good, bad, 4, out), TRADE_ERROR_VALUE);
    assert_status(index[f](good, good, huge, out), TRADE_ERROR_LENGTH);
    assert_status(index[f](NULL, NULL, 0, NULL), TRADE_OK);
  }
  assert_status(trade_advantage_vollrath_array(good, bad, 4, 0, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_vollrath_array(good, good, 4, 2, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_vollrath_array(good, good, 4, -1, out), TRADE_ERROR_VALUE);
  assert_status(trade_advantage_vollrath_array(NULL, good, 4, 0, out), TRADE_ERROR_NULL);
  assert_status(trade_advantage_vollrath_array(NULL, NULL, 0, 0, NULL), TRADE_OK);
  for (size_t place = 0; place < 4; place++) {
    const double *in[4] = {good, good, good, good};
    in[place] = bad;
    assert_status(trade_advantage_position_array(in[0], in[1], in[2], in[3], 4, codes), TRADE_ERROR_VALUE);
    in[place] = NULL;
    assert_status(trade_advantage_position_array(in[0], in[1], in[2], in[3], 4, codes), TRADE_ERROR_NULL);
  }
  assert_status(trade_advantage_position_array(good, good, good, good, 4, NULL), TRADE_ERROR_NULL);
  assert_status(trade_advantage_position_array(good, good, good, good, huge, codes), TRADE_ERROR_LENGTH);
  assert_status(trade_advantage_position_array(NULL, NULL, NULL, NULL, 0, NULL), TRADE_OK);
  for (size_t i = 0; i < 4; i++) {
    assert_same(out[i], 7);
    assert_int_equal(codes[i], 7);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(balassa_is_one_of_the_methods),
      cmocka_unit_test(no_rounding_turns_an_advantage_round),
      cmocka_unit_test(balassa_of_a_matrix_has_the_bits_of_its_cells),
      cmocka_unit_test(every_method_gives_the_same_bits_in_any_order),
      cmocka_unit_test(sums_are_those_that_the_definitions_have),
      cmocka_unit_test(indices_of_exports_and_imports_add_up_to_nothing_and_work_in_place),
      cmocka_unit_test(relative_advantage_leaves_country_and_product_out),
      cmocka_unit_test(a_missing_value_leaves_the_world_unknown),
      cmocka_unit_test(presence_is_what_reaches_the_threshold),
      cmocka_unit_test(refused_calls_write_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
