#include "trade_test.h"

#include <float.h>

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};

/* What prints, in percent with `decimals` places. */
static double printed(double ratio, int decimals) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.*f", decimals, 100 * ratio);
  return strtod(text, NULL);
}

static size_t golden_share(const golden_case *g, double *result) {
  const size_t n = g->length[0];
  if (!strcmp(g->function, "share")) return *result = trade_share(g->argument[0][0], g->argument[1][0]), 1;
  if (!strcmp(g->function, "array")) return assert_status(trade_share_array(g->argument[0], n, result), TRADE_OK), n;
  if (!strcmp(g->function, "percent"))
    return assert_status(trade_share_percent_array(g->argument[0], n, (int32_t)g->argument[1][0], result), TRADE_OK), n;
  if (!strcmp(g->function, "change"))
    return assert_status(trade_share_change_array(g->argument[0], g->argument[1], n, result), TRADE_OK), n;
  if (!strcmp(g->function, "shift"))
    return assert_status(trade_share_shift_array(g->argument[0], g->argument[1], g->argument[2], g->argument[3], n,
                                                 result, result + n, result + 2 * n),
                         TRADE_OK),
           3 * n;
  if (!strcmp(g->function, "printed_share"))
    return *result =
               printed(trade_share(trade_sum_array(g->argument[0], n), g->argument[1][0]), (int)g->argument[2][0]),
           1;
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("share.txt", golden_share);
}

static void shares_are_those_of_the_exact_total(void **state) {
  (void)state;
  uint64_t seed = 1;
  static double values[3001], shares[3001];
  static const size_t lengths[] = {0, 1, 2, 3, 7, 64, 3001};
  for (size_t l = 0; l < COUNT(lengths); l++) {
    const size_t n = lengths[l];
    for (size_t i = 0; i < n; i++) values[i] = i % 9 == 5 ? 0 : trade_random_between(&seed, 1e-9, 1e15);
    const double total = trade_sum_array(values, n);
    assert_status(trade_share_array(values, n, shares), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(shares[i], trade_share(values[i], total));
    if (n) assert_true(fabs(trade_sum_array(shares, n) - 1) <= 2 * DBL_EPSILON);
    assert_status(trade_share_array(values, n, values), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(values[i], shares[i]);
  }
}

static void a_missing_value_leaves_no_share_known(void **state) {
  (void)state;
  for (size_t m = 0; m < COUNT(missing); m++) {
    assert_undefined(trade_share(missing[m], 1));
    assert_undefined(trade_share(1, missing[m]));
    for (size_t place = 0; place < 3; place++) {
      double values[3] = {1, 2, 3}, out[3] = {7, 7, 7};
      const double whole[3] = {1, 2, 3};
      values[place] = missing[m];
      assert_status(trade_share_array(values, 3, out), TRADE_OK);
      for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
      for (size_t i = 0; i < 3; i++) out[i] = 7;
      assert_status(trade_share_percent_array(values, 3, 1, out), TRADE_OK);
      for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
      for (size_t i = 0; i < 3; i++) out[i] = 7;
      assert_status(trade_share_change_array(values, whole, 3, out), TRADE_OK);
      for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
      for (size_t i = 0; i < 3; i++) out[i] = 7;
      assert_status(trade_share_change_array(whole, values, 3, out), TRADE_OK);
      for (size_t i = 0; i < 3; i++) assert_undefined(out[i]);
    }
  }
}

static void a_total_out_of_range_is_as_good_as_missing(void **state) {
  (void)state;
  const double huge[2] = {1e38, 1e38}, none[2] = {0, 0}, tiny[2] = {5e-324, 0};
  const double *const cases[] = {huge, none, tiny};
  for (size_t c = 0; c < COUNT(cases); c++) {
    double out[2] = {7, 7};
    assert_status(trade_share_array(cases[c], 2, out), TRADE_OK);
    for (size_t i = 0; i < 2; i++) assert_undefined(out[i]);
    out[0] = out[1] = 7;
    assert_status(trade_share_percent_array(cases[c], 2, 9, out), TRADE_OK);
    for (size_t i = 0; i < 2; i++) assert_undefined(out[i]);
  }
}

/* {1, 2, 3; 4, 0, 6} and the like, and some of many rows and columns, element by element against the definition. */
static void shares_of_a_matrix_are_of_its_total_rows_or_columns(void **state) {
  (void)state;
  enum { ROWS = 40, COLUMNS = 150 };
  static double values[ROWS * COLUMNS], out[ROWS * COLUMNS], same[ROWS * COLUMNS];
  uint64_t seed = 2;
  for (int round = 0; round < 300; round++) {
    const int large = round % 15 == 0;
    const size_t rows = 1 + trade_random_below(&seed, large ? ROWS : 5);
    const size_t columns = 1 + trade_random_below(&seed, large ? COLUMNS : 7), n = rows * columns;
    trade_sum totals[1 + ROWS + COLUMNS];
    memset(totals, 0, sizeof totals);
    for (size_t i = 0; i < n; i++) {
      const uint64_t kind = trade_random(&seed) % (large ? 2000 : 40);
      values[i] = kind == 0 ? missing[i % 3] : kind < 12 ? 0 : trade_random_between(&seed, 1, 1e6);
      trade_sum_add(&totals[0], values[i]);
      trade_sum_add(&totals[1 + i / columns], values[i]);
      trade_sum_add(&totals[1 + rows + i % columns], values[i]);
    }
    for (int32_t of = TRADE_SHARE_OF_TOTAL; of <= TRADE_SHARE_OF_COLUMN; of++) {
      assert_status(trade_share_matrix(values, rows, columns, of, out), TRADE_OK);
      memcpy(same, values, sizeof same);
      assert_status(trade_share_matrix(same, rows, columns, of, same), TRADE_OK);
      for (size_t i = 0; i < n; i++) {
        const size_t place = of == TRADE_SHARE_OF_TOTAL ? 0
                             : of == TRADE_SHARE_OF_ROW ? 1 + i / columns
                                                        : 1 + rows + i % columns;
        assert_same(out[i], trade_share(values[i], trade_sum_value(&totals[place])));
        assert_same(same[i], out[i]);
      }
    }
    /* A negative value is found wherever it stands, and nothing is written. */
    values[trade_random_below(&seed, n)] = -1;
    memcpy(same, out, sizeof same);
    for (int32_t of = TRADE_SHARE_OF_TOTAL; of <= TRADE_SHARE_OF_COLUMN; of++)
      assert_status(trade_share_matrix(values, rows, columns, of, out), TRADE_ERROR_VALUE);
    assert_memory_equal(same, out, sizeof same);
  }
}

static void changes_of_shares_add_up_to_nothing(void **state) {
  (void)state;
  uint64_t seed = 3;
  double current[50], base[50], out[50], same[50];
  for (int round = 0; round < 200; round++) {
    for (size_t i = 0; i < COUNT(base); i++) {
      base[i] = trade_random_between(&seed, 1e-3, 1e9);
      current[i] = round % 2 ? base[i] * 2 : trade_random_between(&seed, 1e-3, 1e9);
    }
    assert_status(trade_share_change_array(current, base, COUNT(base), out), TRADE_OK);
    for (size_t i = 0; i < COUNT(base) && round % 2; i++) assert_same(out[i], 0);
    assert_true(fabs(trade_sum_array(out, COUNT(out))) <= 4 * DBL_EPSILON);
    memcpy(same, current, sizeof same);
    assert_status(trade_share_change_array(same, base, COUNT(base), same), TRADE_OK);
    for (size_t i = 0; i < COUNT(base); i++) assert_same(same[i], out[i]);
    memcpy(same, base, sizeof same);
    assert_status(trade_share_change_array(current, same, COUNT(base), same), TRADE_OK);
    for (size_t i = 0; i < COUNT(base); i++) assert_same(same[i], out[i]);
  }
}

enum { MANY = 2500 };

/* Arrays of every kind; returns how many values there are. */
static size_t fill(uint64_t *seed, int kind, double *values) {
  static const size_t few[] = {1, 2, 3, 6, 7, 9, 11, 13};
  const size_t n =
      kind < 4 ? few[trade_random_below(seed, COUNT(few))] : 1 + trade_random_below(seed, kind == 9 ? MANY : 60);
  const double unit = trade_random_between(seed, 1e-6, 1e9);
  for (size_t i = 0; i < n; i++) {
    switch (kind) {
    case 0: /* equal */
    case 9:
      values[i] = unit;
      break;
    case 1: /* equal but for their last bits */
      values[i] = unit * (1 + DBL_EPSILON * (double)(trade_random(seed) % 3));
      break;
    case 2: /* small whole numbers, so that remainders tie */
    case 4:
      values[i] = (double)(trade_random(seed) % 20);
      break;
    case 5: /* a huge dynamic range */
      values[i] = trade_random_between(seed, 1e-22, 1e36);
      break;
    case 6: /* one that is nearly everything */
      values[i] = i == n / 2 ? 1e18 : trade_random_between(seed, 1e-3, 1);
      break;
    default:
      values[i] = trade_random_between(seed, 1, 1e6);
    }
  }
  if (trade_sum_array(values, n) == 0) values[0] = 1;
  return n;
}

static void printed_shares_add_up_to_a_hundred(void **state) {
  (void)state;
  static double values[MANY], percent[MANY];
  static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  uint64_t seed = 4;
  for (int round = 0; round < 12000; round++) {
    const size_t n = fill(&seed, round % 40 == 9 ? 9 : round % 9, values);
    const int32_t decimals = round % 40 == 9 ? round / 40 % 2 : (int32_t)(trade_random(&seed) % 10);
    assert_status(trade_share_percent_array(values, n, decimals, percent), TRADE_OK);
    const double total = trade_sum_array(values, n);
    int64_t units = 0;
    double most_left = 0, least_served = 1;
    char text[32];
    for (size_t i = 0; i < n; i++) {
      const double quota = 100 * powers[decimals] * values[i] / total, mine = percent[i] * powers[decimals];
      units += llround(mine);
      (void)snprintf(text, sizeof text, "%.*f", (int)decimals, percent[i]);
      assert_same(strtod(text, NULL), percent[i]); /* the double nearest to what prints */
      assert_true(fabs(mine - quota) < 1 + 1e-4);
      if (mine > quota)
        least_served = fmin(least_served, quota - mine + 1);
      else
        most_left = fmax(most_left, quota - mine);
    }
    assert_true(units == llround(100 * powers[decimals]));
    assert_true(most_left <= least_served + 1e-3); /* who got a unit had the larger remainder */
    (void)snprintf(text, sizeof text, "%.1f", trade_sum_array(percent, n));
    assert_string_equal(text, "100.0");
  }
}

static void the_first_among_equals_get_the_units(void **state) {
  (void)state;
  static double values[MANY], percent[MANY];
  for (size_t i = 0; i < MANY; i++) values[i] = 5;
  static const size_t lengths[] = {1, 3, 6, 7, 9, 99, 101, 1000, 1001, MANY};
  for (size_t l = 0; l < COUNT(lengths); l++) {
    const size_t n = lengths[l], each = 1000 / n, more = 1000 % n; /* units of 0.1 */
    assert_status(trade_share_percent_array(values, n, 1, percent), TRADE_OK);
    for (size_t i = 0; i < n; i++) assert_same(percent[i], (double)(each + (i < more)) / 10);
  }
}

/* Scaling by a power of two changes no share, so not a bit of what prints. */
static void printed_shares_do_not_depend_on_the_unit(void **state) {
  (void)state;
  static double values[MANY], scaled[MANY], percent[MANY], other[MANY];
  uint64_t seed = 5;
  for (int round = 0; round < 500; round++) {
    const size_t n = fill(&seed, 7, values);
    for (int power = -60; power <= 60; power += 30) {
      for (size_t i = 0; i < n; i++) scaled[i] = ldexp(values[i], power);
      assert_status(trade_share_percent_array(values, n, 3, percent), TRADE_OK);
      assert_status(trade_share_percent_array(scaled, n, 3, other), TRADE_OK);
      for (size_t i = 0; i < n; i++) assert_same(other[i], percent[i]);
    }
  }
}

static void shift_share_takes_the_change_apart(void **state) {
  (void)state;
  uint64_t seed = 6;
  double v[4][30], common[30], structural[30], own[30];
  for (int round = 0; round < 200; round++) {
    for (size_t k = 0; k < 4; k++)
      for (size_t i = 0; i < 30; i++) v[k][i] = trade_random_between(&seed, 1, 1e6);
    assert_status(trade_share_shift_array(v[0], v[1], v[2], v[3], 30, common, structural, own), TRADE_OK);
    trade_sum mix = {0, 0, 0, 0};
    for (size_t i = 0; i < 30; i++) {
      const double size = fabs(common[i]) + fabs(structural[i]) + fabs(own[i]);
      assert_true(fabs(common[i] + structural[i] + own[i] - (v[0][i] - v[1][i])) <= 8 * DBL_EPSILON * size);
    }
    /* The reference taken as the economy has no mix and nothing of its own. */
    assert_status(trade_share_shift_array(v[2], v[3], v[2], v[3], 30, common, structural, own), TRADE_OK);
    for (size_t i = 0; i < 30; i++) {
      trade_sum_add(&mix, structural[i]);
      assert_true(fabs(own[i]) <= 4 * DBL_EPSILON * (v[2][i] + v[3][i]));
    }
    assert_true(fabs(trade_sum_value(&mix)) <= 1e-15 * 1e8 * 30);
  }
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  const double good[4] = {1, 2, 3, 4};
  double out[4] = {7, 7, 7, 7}, more[2][4] = {{7, 7, 7, 7}, {7, 7, 7, 7}};
  /* A negative value is refused also where another is missing; minus zero is not negative. */
  const double bad[4] = {1, -5e-324, (double)NAN, 4};
  assert_status(trade_share_array(bad, 4, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_percent_array(bad, 4, 1, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_change_array(bad, good, 4, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_change_array(good, bad, 4, out), TRADE_ERROR_VALUE);
  for (int32_t of = 0; of < 3; of++) assert_status(trade_share_matrix(bad, 2, 2, of, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_matrix(good, 2, 2, -1, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_matrix(good, 2, 2, 3, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_percent_array(good, 4, -1, out), TRADE_ERROR_VALUE);
  assert_status(trade_share_percent_array(good, 4, 10, out), TRADE_ERROR_VALUE);
  for (size_t place = 0; place < 4; place++) {
    const double *in[4] = {good, good, good, good};
    in[place] = bad;
    assert_status(trade_share_shift_array(in[0], in[1], in[2], in[3], 4, out, more[0], more[1]), TRADE_ERROR_VALUE);
    in[place] = NULL;
    assert_status(trade_share_shift_array(in[0], in[1], in[2], in[3], 4, out, more[0], more[1]), TRADE_ERROR_NULL);
  }
  for (size_t place = 0; place < 3; place++) {
    double *to[3] = {out, more[0], more[1]};
    to[place] = NULL;
    assert_status(trade_share_shift_array(good, good, good, good, 4, to[0], to[1], to[2]), TRADE_ERROR_NULL);
  }
  assert_status(trade_share_array(NULL, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_share_array(good, 4, NULL), TRADE_ERROR_NULL);
  assert_status(trade_share_matrix(NULL, 2, 2, 0, out), TRADE_ERROR_NULL);
  assert_status(trade_share_matrix(good, 2, 2, 0, NULL), TRADE_ERROR_NULL);
  assert_status(trade_share_percent_array(NULL, 4, 1, out), TRADE_ERROR_NULL);
  assert_status(trade_share_percent_array(good, 4, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_share_change_array(NULL, good, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_share_change_array(good, NULL, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_share_change_array(good, good, 4, NULL), TRADE_ERROR_NULL);
  const size_t huge = SIZE_MAX / 8;
  assert_status(trade_share_array(good, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_share_matrix(good, SIZE_MAX / 2, 3, 0, out), TRADE_ERROR_LENGTH);
  assert_status(trade_share_matrix(good, huge, 1, 0, out), TRADE_ERROR_LENGTH);
  assert_status(trade_share_percent_array(good, huge, 1, out), TRADE_ERROR_LENGTH);
  assert_status(trade_share_change_array(good, good, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_share_shift_array(good, good, good, good, huge, out, more[0], more[1]), TRADE_ERROR_LENGTH);
  for (size_t i = 0; i < 4; i++) {
    assert_same(out[i], 7);
    assert_same(more[0][i], 7);
    assert_same(more[1][i], 7);
  }
}

static void nothing_has_no_shares(void **state) {
  (void)state;
  assert_status(trade_share_array(NULL, 0, NULL), TRADE_OK);
  assert_status(trade_share_matrix(NULL, 0, 5, TRADE_SHARE_OF_ROW, NULL), TRADE_OK);
  assert_status(trade_share_matrix(NULL, 5, 0, TRADE_SHARE_OF_COLUMN, NULL), TRADE_OK);
  assert_status(trade_share_percent_array(NULL, 0, 1, NULL), TRADE_OK);
  assert_status(trade_share_percent_array(NULL, 0, 10, NULL), TRADE_ERROR_VALUE);
  assert_status(trade_share_change_array(NULL, NULL, 0, NULL), TRADE_OK);
  assert_status(trade_share_shift_array(NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL), TRADE_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(shares_are_those_of_the_exact_total),
      cmocka_unit_test(a_missing_value_leaves_no_share_known),
      cmocka_unit_test(a_total_out_of_range_is_as_good_as_missing),
      cmocka_unit_test(shares_of_a_matrix_are_of_its_total_rows_or_columns),
      cmocka_unit_test(changes_of_shares_add_up_to_nothing),
      cmocka_unit_test(printed_shares_add_up_to_a_hundred),
      cmocka_unit_test(the_first_among_equals_get_the_units),
      cmocka_unit_test(printed_shares_do_not_depend_on_the_unit),
      cmocka_unit_test(shift_share_takes_the_change_apart),
      cmocka_unit_test(refused_calls_write_nothing),
      cmocka_unit_test(nothing_has_no_shares),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
