#include "trade_test.h"

#include <float.h>

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};

typedef double (*growth_function1)(const double *, size_t);
typedef double (*growth_function2)(double, double);
typedef double (*growth_function3)(double, double, double);
typedef double (*growth_function4)(double, double, double, double);

/* The functions of numbers, by how many they take. */
static const struct {
  const char *name;
  growth_function2 call;
} twos[] = {
    {"rate", trade_growth_rate},
    {"change", trade_growth_change},
    {"log", trade_growth_log},
    {"implied_base", trade_growth_implied_base},
    {"implied_current", trade_growth_implied_current},
    {"points", trade_growth_points},
    {"annualised", trade_growth_annualised},
    {"index", trade_growth_index},
};
static const struct {
  const char *name;
  growth_function3 call;
} threes[] = {
    {"compound", trade_growth_compound},
    {"exponential", trade_growth_exponential},
    {"contribution", trade_growth_contribution},
};
static const struct {
  const char *name;
  growth_function4 call;
} fours[] = {
    {"increase_share", trade_growth_increase_share},
    {"constant_rate", trade_growth_constant_rate},
};
static const struct {
  const char *name;
  growth_function1 call;
} arrays[] = {
    {"chained", trade_growth_chained},
    {"average", trade_growth_average},
    {"carry_over", trade_growth_carry_over},
};

/* What prints, in percent with one decimal. */
static double printed(double ratio) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.1f", 100 * ratio);
  return strtod(text, NULL);
}

static size_t golden_growth(const golden_case *g, double *result) {
  double a[GOLDEN_ARGUMENTS];
  for (size_t i = 0; i < GOLDEN_ARGUMENTS; i++) a[i] = g->argument[i][0];
  for (size_t i = 0; i < COUNT(twos); i++)
    if (!strcmp(g->function, twos[i].name)) return *result = twos[i].call(a[0], a[1]), 1;
  for (size_t i = 0; i < COUNT(threes); i++)
    if (!strcmp(g->function, threes[i].name)) return *result = threes[i].call(a[0], a[1], a[2]), 1;
  for (size_t i = 0; i < COUNT(fours); i++)
    if (!strcmp(g->function, fours[i].name)) return *result = fours[i].call(a[0], a[1], a[2], a[3]), 1;
  for (size_t i = 0; i < COUNT(arrays); i++)
    if (!strcmp(g->function, arrays[i].name)) return *result = arrays[i].call(g->argument[0], g->length[0]), 1;
  if (!strcmp(g->function, "least_squares"))
    return *result = trade_growth_least_squares(g->argument[0], g->argument[1], g->length[0]), 1;
  if (!strcmp(g->function, "year_to_date"))
    return *result = trade_growth_year_to_date(g->argument[0], g->argument[1], g->length[0]), 1;
  if (!strcmp(g->function, "printed_rate")) return *result = printed(trade_growth_rate(a[0], a[1])), 1;
  if (!strcmp(g->function, "printed_points")) return *result = printed(trade_growth_points(a[0], a[1])), 1;
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("growth.txt", golden_growth);
}

static void a_missing_number_makes_any_rate_undefined(void **state) {
  (void)state;
  for (size_t m = 0; m < COUNT(missing); m++) {
    for (size_t place = 0; place < 4; place++) {
      double a[4] = {0.5, 0.25, 0.125, 2};
      a[place] = missing[m];
      for (size_t i = 0; i < COUNT(twos) && place < 2; i++) assert_undefined(twos[i].call(a[0], a[1]));
      for (size_t i = 0; i < COUNT(threes) && place < 3; i++) assert_undefined(threes[i].call(a[0], a[1], a[2]));
      for (size_t i = 0; i < COUNT(fours); i++) assert_undefined(fours[i].call(a[0], a[1], a[2], a[3]));
      for (size_t i = 0; i < COUNT(arrays); i++) assert_undefined(arrays[i].call(a, 4));
      const double others[4] = {1, 2, 3, 4};
      assert_undefined(trade_growth_year_to_date(a, others, 4));
      assert_undefined(trade_growth_year_to_date(others, a, 4));
      assert_undefined(trade_growth_least_squares(a, others, 4));
      assert_undefined(trade_growth_least_squares(others, a, 4));
    }
  }
}

static void a_null_or_endless_array_is_undefined(void **state) {
  (void)state;
  const double one[1] = {0.5};
  for (size_t i = 0; i < COUNT(arrays); i++) {
    assert_undefined(arrays[i].call(NULL, 1));
    assert_undefined(arrays[i].call(one, SIZE_MAX));
  }
  assert_undefined(trade_growth_year_to_date(NULL, one, 1));
  assert_undefined(trade_growth_year_to_date(one, NULL, 1));
  assert_undefined(trade_growth_year_to_date(one, one, SIZE_MAX));
  assert_undefined(trade_growth_least_squares(NULL, one, 1));
  assert_undefined(trade_growth_least_squares(one, one, SIZE_MAX));
  assert_same(trade_growth_chained(NULL, 0), 0);
  assert_undefined(trade_growth_average(NULL, 0));
  assert_undefined(trade_growth_carry_over(NULL, 0));
  assert_undefined(trade_growth_year_to_date(NULL, NULL, 0));
  assert_undefined(trade_growth_least_squares(NULL, NULL, 0));
}

static void growth_in_one_year_is_the_growth_rate(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (int i = 0; i < 20000; i++) {
    const double base = trade_random_between(&seed, 1e-6, 1e15);
    const double current = base * trade_random_between(&seed, 0.2, 5);
    const double rate = trade_growth_rate(current, base);
    assert_ulps(trade_growth_compound(current, base, 1), rate, 12);
    assert_ulps(trade_growth_annualised(rate, 1), rate, 12);
    assert_ulps(trade_growth_average(&rate, 1), rate, 12);
    assert_ulps(trade_growth_chained(&rate, 1), rate, 0.6);
    assert_same(trade_growth_contribution(current, base, base), rate);
    assert_ulps(trade_growth_constant_rate(current, base, 6.9, 6.9), rate, 4);
    const double values[2] = {base, current};
    assert_ulps(trade_growth_least_squares(values, NULL, 2), rate, 40);
  }
}

static void no_change_is_no_growth_at_all(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (int i = 0; i < 1000; i++) {
    const double x = trade_random_between(&seed, 1e-20, 1e20), years = trade_random_between(&seed, 0.01, 100);
    const double values[3] = {x, x, x}, times[3] = {years, 2 * years, 2015 + years}, none[3] = {0, 0, 0};
    assert_same(trade_growth_rate(x, x), 0);
    assert_same(trade_growth_log(x, x), 0);
    assert_same(trade_growth_compound(x, x, years), 0);
    assert_same(trade_growth_exponential(x, x, years), 0);
    assert_same(trade_growth_annualised(0, years), 0);
    assert_same(trade_growth_chained(none, 3), 0);
    assert_same(trade_growth_average(none, 3), 0);
    assert_same(trade_growth_least_squares(values, times, 3), 0);
    assert_same(trade_growth_carry_over(values, 3), 0);
    assert_same(trade_growth_year_to_date(values, values, 3), 0);
    assert_same(trade_growth_constant_rate(x, x, years, years), 0);
    assert_same(trade_growth_index(x, x), 100);
  }
}

static void implied_values_lead_back(void **state) {
  (void)state;
  uint64_t seed = 3;
  for (int i = 0; i < 20000; i++) {
    const double current = trade_random_between(&seed, 1e-6, 1e15), rate = trade_random_between(&seed, 0.01, 10) - 0.9;
    const double base = trade_growth_implied_base(current, rate);
    assert_ulps(trade_growth_implied_current(base, rate), current, 4);
    assert_true(fabs(trade_growth_rate(current, base) - rate) <= 4 * DBL_EPSILON * (1 + fabs(rate)));
  }
}

static void growth_from_balance_to_balance_overflows_to_undefined(void **state) {
  (void)state;
  assert_undefined(trade_growth_rate(-DBL_MAX, DBL_MAX));
  assert_undefined(trade_growth_change(-DBL_MAX, DBL_MAX));
  assert_undefined(trade_growth_points(DBL_MAX, -DBL_MAX));
  assert_undefined(trade_growth_index(DBL_MAX, 1));
  assert_undefined(trade_growth_increase_share(1, 0, DBL_MAX, -DBL_MAX));
  assert_undefined(trade_growth_increase_share(DBL_MAX, -DBL_MAX, 2, 1));
  assert_undefined(trade_growth_implied_current(DBL_MAX, 1));
  assert_undefined(trade_growth_implied_base(DBL_MAX, -0.5));
  assert_undefined(trade_growth_annualised(1, 1025));
  assert_undefined(trade_growth_compound(2, 1, 1.0 / 1026));
  const double far_apart[2] = {-DBL_MAX, DBL_MAX}, values[2] = {1, 2};
  assert_undefined(trade_growth_least_squares(values, far_apart, 2));
}

static void a_long_chain_overflows_only_if_its_result_does(void **state) {
  (void)state;
  double rates[2000];
  for (size_t i = 0; i < 1000; i++) rates[i] = 1023, rates[1000 + i] = -1023.0 / 1024;
  assert_same(trade_growth_chained(rates, 2000), 0);
  assert_same(trade_growth_average(rates, 2000), 0);
  assert_undefined(trade_growth_chained(rates, 1000));
  assert_ulps(trade_growth_average(rates, 1000), 1023, 48);
  assert_same(trade_growth_chained(rates + 1000, 1000), -1);
  assert_ulps(trade_growth_average(rates + 1000, 1000), -1023.0 / 1024, 6);
}

static void a_trend_does_not_depend_on_the_order_of_its_rows(void **state) {
  (void)state;
  uint64_t seed = 4;
  double values[50], times[50];
  for (int round = 0; round < 200; round++) {
    for (size_t i = 0; i < COUNT(values); i++) {
      values[i] = trade_random_between(&seed, 1e-3, 1e9);
      times[i] = 2000 + 25 * trade_random_unit(&seed);
    }
    const double rate = trade_growth_least_squares(values, times, COUNT(values));
    for (size_t i = COUNT(values) - 1; i > 0; i--) {
      const size_t k = (size_t)(trade_random(&seed) % (i + 1));
      const double value = values[i], time = times[i];
      values[i] = values[k], values[k] = value;
      times[i] = times[k], times[k] = time;
    }
    assert_same(trade_growth_least_squares(values, times, COUNT(values)), rate);
  }
}

static void times_that_are_null_count_from_zero(void **state) {
  (void)state;
  const double values[5] = {1, 3, 2, 7, 5}, times[5] = {0, 1, 2, 3, 4}, later[5] = {2015, 2016, 2017, 2018, 2019};
  assert_same(trade_growth_least_squares(values, NULL, 5), trade_growth_least_squares(values, times, 5));
  assert_same(trade_growth_least_squares(values, later, 5), trade_growth_least_squares(values, times, 5));
  assert_undefined(trade_growth_least_squares(values, NULL, 1));
}

static void one_time_only_has_no_trend(void **state) {
  (void)state;
  uint64_t seed = 8;
  double values[60], times[60];
  for (int round = 0; round < 2000; round++) {
    const double time = trade_random_between(&seed, 1e-3, 1e4);
    for (size_t i = 0; i < COUNT(times); i++) values[i] = trade_random_between(&seed, 1, 10), times[i] = time;
    assert_undefined(trade_growth_least_squares(values, times, 1 + (size_t)round % COUNT(times)));
  }
}

static void contributions_add_up_to_the_growth_of_the_total(void **state) {
  (void)state;
  uint64_t seed = 5;
  double current[40], base[40], parts[40], shares[40];
  for (int round = 0; round < 500; round++) {
    double size = 0;
    for (size_t i = 0; i < COUNT(base); i++) {
      base[i] = trade_random_between(&seed, 1, 1e9);
      current[i] = base[i] * trade_random_between(&seed, 0.5, 3);
    }
    assert_status(trade_growth_contribution_array(current, base, COUNT(base), parts), TRADE_OK);
    assert_status(trade_growth_increase_share_array(current, base, COUNT(base), shares), TRADE_OK);
    for (size_t i = 0; i < COUNT(base); i++) size += fabs(parts[i]);
    const double growth = trade_growth_year_to_date(current, base, COUNT(base));
    assert_true(fabs(trade_sum_array(parts, COUNT(parts)) - growth) <= 3 * DBL_EPSILON * size);
    assert_true(fabs(trade_sum_array(shares, COUNT(shares)) - 1) <= 4 * DBL_EPSILON * size / fabs(growth));
  }
}

enum { MANY = 1003 };

static double current_values[MANY], base_values[MANY];

/* Of every kind: positive, negative, zero, huge, missing. */
static void fill(uint64_t seed) {
  for (size_t i = 0; i < MANY; i++) {
    double *const pair[2] = {current_values, base_values};
    for (size_t k = 0; k < 2; k++) {
      const uint64_t kind = trade_random(&seed) % 16;
      const double x = trade_random_between(&seed, 1e-3, 1e12);
      pair[k][i] = kind == 0 ? 0 : kind == 1 ? -x : kind == 2 ? missing[(i + k) % 3] : kind == 3 ? DBL_MAX : x;
    }
  }
}

static void array_functions_give_the_bits_of_the_single_ones(void **state) {
  (void)state;
  static double out[MANY], same[MANY];
  static const size_t lengths[] = {0, 1, 2, 3, 7, 8, 31, MANY};
  fill(6);
  for (size_t l = 0; l < COUNT(lengths); l++) {
    const size_t n = lengths[l];
    assert_status(trade_growth_array(current_values, base_values, n, out), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(out[i], trade_growth_rate(current_values[i], base_values[i]));
    memcpy(same, current_values, sizeof same);
    assert_status(trade_growth_array(same, base_values, n, same), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
    memcpy(same, base_values, sizeof same);
    assert_status(trade_growth_array(current_values, same, n, same), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);

    assert_status(trade_growth_index_array(current_values, n, 7, out), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(out[i], trade_growth_index(current_values[i], 7));
    memcpy(same, current_values, sizeof same);
    assert_status(trade_growth_index_array(same, n, 7, same), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
    assert_status(trade_growth_index_array(current_values, n, 0, out), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_undefined(out[i]);

    static const size_t lags[] = {1, 2, 4, 12, 31, MANY - 1, MANY, SIZE_MAX};
    for (size_t k = 0; k < COUNT(lags); k++) {
      assert_status(trade_growth_lag_array(current_values, n, lags[k], out), TRADE_OK);
      for (size_t i = 0; i < n; i++)
        assert_same(out[i],
                    i < lags[k] ? (double)NAN : trade_growth_rate(current_values[i], current_values[i - lags[k]]));
      memcpy(same, current_values, sizeof same);
      assert_status(trade_growth_lag_array(same, n, lags[k], same), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(same[i], out[i]);
    }
  }
}

static void parts_share_one_total(void **state) {
  (void)state;
  double current[3] = {5, 1, 4}, base[3] = {4, 2, 2}, out[3];
  assert_status(trade_growth_contribution_array(current, base, 3, out), TRADE_OK);
  assert_same(out[0], 0.125);
  assert_same(out[1], -0.125);
  assert_same(out[2], 0.25);
  assert_status(trade_growth_increase_share_array(current, base, 3, out), TRADE_OK);
  assert_same(out[0], 0.5);
  assert_same(out[1], -0.5);
  assert_same(out[2], 1);
  double *const places[2] = {current, base};
  for (size_t p = 0; p < 2; p++) { /* in place */
    double copy[3], *const at = places[p];
    memcpy(copy, at, sizeof copy);
    trade_growth_contribution_array(current, base, 3, at);
    assert_same(at[2], 0.25);
    memcpy(at, copy, sizeof copy);
    trade_growth_increase_share_array(current, base, 3, at);
    assert_same(at[1], -0.5);
    memcpy(at, copy, sizeof copy);
  }
  for (size_t m = 0; m < COUNT(missing); m++) {
    const double holed[3] = {5, missing[m], 4};
    assert_status(trade_growth_contribution_array(holed, base, 3, out), TRADE_OK); /* a current one: its part only */
    assert_same(out[0], 0.125);
    assert_undefined(out[1]);
    assert_status(trade_growth_contribution_array(current, holed, 3, out), TRADE_OK); /* a base: the total, so all */
    for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
    assert_status(trade_growth_increase_share_array(holed, base, 3, out), TRADE_OK);
    for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
    assert_status(trade_growth_increase_share_array(current, holed, 3, out), TRADE_OK);
    for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
  }
  const double nothing[3] = {1, -1, 0}, less[3] = {1, -2, 0};
  assert_status(trade_growth_contribution_array(current, nothing, 3, out), TRADE_OK);
  for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
  assert_status(trade_growth_contribution_array(current, less, 3, out), TRADE_OK);
  for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
  assert_status(trade_growth_increase_share_array(nothing, nothing, 3, out), TRADE_OK);
  for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
  assert_status(trade_growth_increase_share_array(base, current, 3, out), TRADE_OK); /* a decrease has shares too */
  assert_same(out[0], 0.5);
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  const double x[2] = {1, 2};
  const trade_period p[2] = {{2019, 1, 12, 0}, {2020, 1, 12, 0}};
  double out[2] = {7, 7};
  const double *const nulls[3][2] = {{NULL, x}, {x, NULL}, {x, x}};
  for (size_t i = 0; i < 3; i++) {
    double *const o = i == 2 ? NULL : out;
    assert_status(trade_growth_array(nulls[i][0], nulls[i][1], 2, o), TRADE_ERROR_NULL);
    assert_status(trade_growth_contribution_array(nulls[i][0], nulls[i][1], 2, o), TRADE_ERROR_NULL);
    assert_status(trade_growth_increase_share_array(nulls[i][0], nulls[i][1], 2, o), TRADE_ERROR_NULL);
    assert_status(trade_growth_period_array(i == 0 ? NULL : p, nulls[i][1], 2, 12, o), TRADE_ERROR_NULL);
  }
  assert_status(trade_growth_lag_array(NULL, 2, 1, out), TRADE_ERROR_NULL);
  assert_status(trade_growth_lag_array(x, 2, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_growth_index_array(NULL, 2, 1, out), TRADE_ERROR_NULL);
  assert_status(trade_growth_index_array(x, 2, 1, NULL), TRADE_ERROR_NULL);
  const size_t huge = SIZE_MAX / 8;
  assert_status(trade_growth_array(x, x, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_contribution_array(x, x, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_increase_share_array(x, x, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_lag_array(x, huge, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_index_array(x, huge, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_period_array(p, x, huge, 12, out), TRADE_ERROR_LENGTH);
  assert_status(trade_growth_lag_array(x, 2, 0, out), TRADE_ERROR_VALUE);
  assert_status(trade_growth_lag_array(NULL, 0, 0, NULL), TRADE_ERROR_VALUE);
  assert_status(trade_growth_period_array(p, x, 2, 0, out), TRADE_ERROR_VALUE);
  assert_status(trade_growth_period_array(p, x, 2, INT32_MIN, out), TRADE_ERROR_VALUE);
  for (size_t i = 0; i < 2; i++) assert_same(out[i], 7);
}

static void no_rows_are_enough(void **state) {
  (void)state;
  assert_status(trade_growth_array(NULL, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_growth_lag_array(NULL, 0, 1, NULL), TRADE_OK);
  assert_status(trade_growth_period_array(NULL, NULL, 0, 12, NULL), TRADE_OK);
  assert_status(trade_growth_contribution_array(NULL, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_growth_increase_share_array(NULL, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_growth_index_array(NULL, 0, 1, NULL), TRADE_OK);
}

static void periods_that_do_not_exist_or_are_not_sorted_are_refused(void **state) {
  (void)state;
  static const struct {
    trade_period periods[3];
    trade_status status;
  } cases[] = {
      {{{2019, 1, 12, 0}, {2020, 1, 12, 0}, {2021, 1, 12, 0}}, TRADE_OK},
      {{{2021, 1, 12, 0}, {2020, 1, 12, 0}, {2019, 1, 12, 0}}, TRADE_OK},
      {{{2019, 1, 1, 0}, {2019, 1, 3, 0}, {2019, 1, 12, 0}}, TRADE_OK},
      {{{2019, 1, 12, 0}, {2021, 1, 12, 0}, {2020, 1, 12, 0}}, TRADE_ERROR_ORDER},
      {{{2021, 1, 12, 0}, {2019, 1, 12, 0}, {2020, 1, 12, 0}}, TRADE_ERROR_ORDER},
      {{{2019, 1, 12, 0}, {2019, 1, 12, 0}, {2020, 1, 12, 0}}, TRADE_ERROR_ORDER},
      {{{2019, 1, 12, 0}, {2020, 1, 12, 0}, {2020, 1, 12, 0}}, TRADE_ERROR_ORDER},
      {{{2020, 1, 12, 0}, {2020, 1, 12, 0}, {2019, 1, 12, 0}}, TRADE_ERROR_ORDER},
      {{{2019, 1, 12, 0}, {2020, 13, 12, 0}, {2021, 1, 12, 0}}, TRADE_ERROR_PERIOD},
      {{{0, 0, 0, 0}, {2020, 1, 12, 0}, {2021, 1, 12, 0}}, TRADE_ERROR_PERIOD},
      {{{2021, 1, 12, 0}, {2020, 1, 12, 0}, {0, 0, 0, 0}}, TRADE_ERROR_PERIOD},
  };
  const double values[3] = {1, 2, 3};
  for (size_t i = 0; i < COUNT(cases); i++) {
    double out[3] = {7, 7, 7};
    assert_status(trade_growth_period_array(cases[i].periods, values, 3, 12, out), cases[i].status);
    if (cases[i].status != TRADE_OK)
      for (size_t k = 0; k < 3; k++) assert_same(out[k], 7);
  }
}

/* Any sorted series, with gaps and of mixed lengths, against a search of all rows for each. */
static void the_base_of_a_row_is_the_same_period_before(void **state) {
  (void)state;
  static const uint8_t lengths[] = {1, 2, 3, 6, 12, 255};
  static trade_period periods[2000];
  static double values[2000], out[2000];
  uint64_t seed = 7;
  for (int round = 0; round < 60; round++) {
    size_t n = 0, found = 0;
    const int32_t first_year = round % 3 == 0 ? 1 : 2015;
    for (int32_t month = 0; month < 80; month++) {
      for (size_t l = 0; l < COUNT(lengths); l++) {
        const trade_period p = trade_period_make(first_year + month / 12, 1 + month % 12, lengths[l]);
        if (trade_random(&seed) % 3 == 0 || (round < 2 && lengths[l] != 1)) continue;
        values[n] = trade_random(&seed) % 10 == 0 ? (double)NAN : trade_random_between(&seed, 1, 1e6);
        periods[n++] = p;
      }
    }
    if (round % 2)
      for (size_t i = 0; i < n / 2; i++) {
        const trade_period p = periods[i];
        periods[i] = periods[n - 1 - i], periods[n - 1 - i] = p;
      }
    static const int32_t distances[] = {1, 3, 12, 24, 1000, INT32_MAX};
    for (size_t d = 0; d < COUNT(distances); d++) {
      assert_status(trade_growth_period_array(periods, values, n, distances[d], out), TRADE_OK);
      for (size_t i = 0; i < n; i++) {
        double expected = (double)NAN;
        for (size_t k = 0; k < n; k++) {
          if (periods[k].months != periods[i].months ||
              trade_period_months_between(periods[k], periods[i]) != distances[d])
            continue;
          expected = trade_growth_rate(values[i], values[k]);
          found++;
        }
        assert_same(out[i], expected);
      }
    }
    assert_true(found > 50);
  }
  assert_status(trade_growth_period_array(periods, values, 1, 12, out), TRADE_OK);
  assert_undefined(out[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(a_missing_number_makes_any_rate_undefined),
      cmocka_unit_test(a_null_or_endless_array_is_undefined),
      cmocka_unit_test(growth_in_one_year_is_the_growth_rate),
      cmocka_unit_test(no_change_is_no_growth_at_all),
      cmocka_unit_test(implied_values_lead_back),
      cmocka_unit_test(growth_from_balance_to_balance_overflows_to_undefined),
      cmocka_unit_test(a_long_chain_overflows_only_if_its_result_does),
      cmocka_unit_test(a_trend_does_not_depend_on_the_order_of_its_rows),
      cmocka_unit_test(times_that_are_null_count_from_zero),
      cmocka_unit_test(one_time_only_has_no_trend),
      cmocka_unit_test(contributions_add_up_to_the_growth_of_the_total),
      cmocka_unit_test(array_functions_give_the_bits_of_the_single_ones),
      cmocka_unit_test(parts_share_one_total),
      cmocka_unit_test(refused_calls_write_nothing),
      cmocka_unit_test(no_rows_are_enough),
      cmocka_unit_test(periods_that_do_not_exist_or_are_not_sorted_are_refused),
      cmocka_unit_test(the_base_of_a_row_is_the_same_period_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
