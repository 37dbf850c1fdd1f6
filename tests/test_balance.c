#include "trade_test.h"

#include <float.h>

typedef double statistic_2(double, double);
typedef double statistic_3(double, double, double);

/* What prints, in percent with `decimals` places. */
static double printed(double ratio, double decimals) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.*f", (int)decimals, 100 * ratio);
  return strtod(text, NULL);
}

static size_t golden_balance(const golden_case *g, double *result) {
  static const struct {
    const char *name;
    statistic_2 *call;
  } of_2[] = {{"balance", trade_balance},
              {"normalised", trade_balance_normalised},
              {"cover", trade_balance_cover},
              {"export_propensity", trade_balance_export_propensity},
              {"net_barter_terms", trade_balance_net_barter_terms},
              {"gross_barter_terms", trade_balance_gross_barter_terms},
              {"mirror_gap", trade_balance_mirror_gap},
              {"cif_fob", trade_balance_cif_fob}};
  static const struct {
    const char *name;
    statistic_3 *call;
  } of_3[] = {{"openness", trade_balance_openness},
              {"openness_mean", trade_balance_openness_mean},
              {"import_penetration", trade_balance_import_penetration},
              {"self_sufficiency", trade_balance_self_sufficiency},
              {"income_terms", trade_balance_income_terms}};
  double a[GOLDEN_ARGUMENTS];
  for (size_t k = 0; k < GOLDEN_ARGUMENTS; k++) a[k] = g->argument[k][0];
  for (size_t k = 0; k < COUNT(of_2); k++)
    if (!strcmp(g->function, of_2[k].name)) return *result = of_2[k].call(a[0], a[1]), 1;
  for (size_t k = 0; k < COUNT(of_3); k++)
    if (!strcmp(g->function, of_3[k].name)) return *result = of_3[k].call(a[0], a[1], a[2]), 1;
  if (!strcmp(g->function, "marginal_propensity"))
    return *result = trade_balance_marginal_propensity(a[0], a[1], a[2], a[3]), 1;
  if (!strcmp(g->function, "contribution"))
    return *result = trade_balance_contribution(a[0], a[1], a[2], a[3], a[4]), 1;
  if (!strcmp(g->function, "printed_cover")) return *result = printed(trade_balance_cover(a[0], a[1]), a[2]), 1;
  if (!strcmp(g->function, "printed_normalised"))
    return *result = printed(trade_balance_normalised(a[0], a[1]), a[2]), 1;
  if (!strcmp(g->function, "printed_openness"))
    return *result = printed(trade_balance_openness(a[0], a[1], a[2]), a[3]), 1;
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("balance.txt", golden_balance);
}

static void what_overflows_on_the_way_is_undefined(void **state) {
  (void)state;
  assert_undefined(trade_balance(DBL_MAX, -DBL_MAX));
  assert_undefined(trade_balance_normalised(DBL_MAX, DBL_MAX));
  assert_undefined(trade_balance_cover(DBL_MAX, DBL_MIN));
  assert_undefined(trade_balance_openness(DBL_MAX, DBL_MAX, 1));
  assert_undefined(trade_balance_import_penetration(1, 1, 1e39)); /* beyond an exact sum */
  assert_undefined(trade_balance_marginal_propensity(DBL_MAX, 0, DBL_MIN, 0));
  assert_undefined(trade_balance_contribution(1e38, 0, 0, 0, DBL_MIN));
  assert_undefined(trade_balance_net_barter_terms(DBL_MAX, 1));
  assert_undefined(trade_balance_income_terms(1e300, 1, 1e300));
  assert_undefined(trade_balance_gross_barter_terms(DBL_MAX, 1));
  assert_undefined(trade_balance_mirror_gap(DBL_MAX, DBL_MIN));
}

static void equal_sides_give_the_neutral_value(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (int k = 0; k < 1000; k++) {
    const double x = trade_random_between(&seed, 1e-20, 1e30), y = trade_random_between(&seed, 1e-20, 1e30);
    assert_same(trade_balance(x, x), 0);
    assert_same(trade_balance_normalised(x, x), 0);
    assert_same(trade_balance_normalised(x, 0), 1);
    assert_same(trade_balance_normalised(0, x), -1);
    assert_same(trade_balance_cover(x, x), 1);
    assert_same(trade_balance_net_barter_terms(x, x), 100);
    assert_same(trade_balance_gross_barter_terms(x, x), 100);
    assert_same(trade_balance_income_terms(x, x, y), y);
    assert_same(trade_balance_mirror_gap(x, x), 0);
    assert_same(trade_balance_contribution(x, x, y, y, 1), 0);
    assert_same(trade_balance_self_sufficiency(y, x, x), 1);
  }
}

static void swapping_sides_turns_the_sign_and_nothing_leaves_its_range(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (int k = 0; k < 10000; k++) {
    const double x = trade_random_between(&seed, 1e-9, 1e9), gdp = trade_random_between(&seed, 1, 1e12);
    const double m =
        k % 2 ? x * (1 + (double)(trade_random(&seed) % 9) * DBL_EPSILON) : trade_random_between(&seed, 1e-9, 1e9);
    const double normalised = trade_balance_normalised(x, m);
    assert_true(normalised >= -1 && normalised <= 1);
    assert_true(trade_balance_normalised(m, x) == -normalised);
    assert_true(trade_balance(m, x) == -trade_balance(x, m));
    assert_same(trade_balance_openness_mean(x, m, gdp), trade_balance_openness(x, m, gdp) / 2);
    assert_same(trade_balance_openness(x, m, gdp), trade_balance_openness(m, x, gdp));
  }
}

enum { MANY = 1001 };

static void arrays_are_the_scalars_one_by_one_also_in_place(void **state) {
  (void)state;
  static trade_status (*const array[])(const double *, const double *, size_t, double *) = {
      trade_balance_array, trade_balance_normalised_array, trade_balance_cover_array};
  static statistic_2 *const scalar[] = {trade_balance, trade_balance_normalised, trade_balance_cover};
  static const double special[] = {0, (double)NAN, (double)INFINITY, -(double)INFINITY, -0.0, 1e308, 5e-324};
  static double x[MANY], m[MANY], out[MANY], same[MANY];
  static const size_t lengths[] = {0, 1, 2, 7, 64, MANY};
  uint64_t seed = 3;
  for (size_t i = 0; i < MANY; i++) {
    x[i] = i % 5 == 0 ? special[trade_random_below(&seed, COUNT(special))] : trade_random_between(&seed, 1, 1e9);
    m[i] = i % 7 == 0 ? special[trade_random_below(&seed, COUNT(special))] : trade_random_between(&seed, 1, 1e9);
  }
  for (size_t f = 0; f < COUNT(array); f++) {
    for (size_t l = 0; l < COUNT(lengths); l++) {
      const size_t n = lengths[l];
      for (size_t i = 0; i < MANY; i++) out[i] = 7;
      assert_status(array[f](x, m, n, out), TRADE_OK);
      for (size_t i = 0; i < MANY; i++) assert_same(out[i], i < n ? scalar[f](x[i], m[i]) : 7);
      memcpy(same, x, sizeof same);
      assert_status(array[f](same, m, n, same), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
      memcpy(same, m, sizeof same);
      assert_status(array[f](x, same, n, same), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
    }
    assert_status(array[f](NULL, NULL, 0, NULL), TRADE_OK);
  }
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  static trade_status (*const array[])(const double *, const double *, size_t, double *) = {
      trade_balance_array, trade_balance_normalised_array, trade_balance_cover_array};
  const double good[3] = {1, 2, 3}, bad[3] = {(double)NAN, 2, -5e-324};
  for (size_t f = 0; f < COUNT(array); f++) {
    double out[3] = {7, 7, 7};
    assert_status(array[f](NULL, good, 3, out), TRADE_ERROR_NULL);
    assert_status(array[f](good, NULL, 3, out), TRADE_ERROR_NULL);
    assert_status(array[f](good, good, 3, NULL), TRADE_ERROR_NULL);
    assert_status(array[f](good, good, SIZE_MAX / 8, out), TRADE_ERROR_LENGTH);
    if (array[f] != trade_balance_array) {
      assert_status(array[f](bad, good, 3, out), TRADE_ERROR_VALUE);
      assert_status(array[f](good, bad, 3, out), TRADE_ERROR_VALUE);
    }
    for (size_t i = 0; i < 3; i++) assert_same(out[i], 7);
  }
  double out[3];
  assert_status(trade_balance_array(good, bad, 3, out), TRADE_OK); /* a balance of net values */
  assert_undefined(out[0]);
  assert_same(out[2], 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(what_overflows_on_the_way_is_undefined),
      cmocka_unit_test(equal_sides_give_the_neutral_value),
      cmocka_unit_test(swapping_sides_turns_the_sign_and_nothing_leaves_its_range),
      cmocka_unit_test(arrays_are_the_scalars_one_by_one_also_in_place),
      cmocka_unit_test(refused_calls_write_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
