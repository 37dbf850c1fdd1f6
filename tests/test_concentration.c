#include "trade_test.h"

#include <float.h>

static const double missing[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};

typedef double (*measure)(const double *values, size_t n);

static double gini(const double *values, size_t n) {
  double work[4096];
  return trade_concentration_gini(values, n, values && n <= COUNT(work) ? work : NULL);
}

static double largest_two(const double *values, size_t n) { return trade_concentration_ratio(values, n, 2); }

static double items_for_half(const double *values, size_t n) {
  return trade_concentration_items_for_share(values, n, 0.5);
}

/* Those of trade_concentration_matrix first, in the order of their constants. */
static const struct {
  const char *name;
  measure of;
} measures[] = {
    {"herfindahl", trade_concentration_herfindahl},
    {"herfindahl_normalised", trade_concentration_herfindahl_normalised},
    {"unctad", trade_concentration_unctad},
    {"hirschman", trade_concentration_hirschman},
    {"effective_number", trade_concentration_effective_number},
    {"entropy", trade_concentration_entropy},
    {"theil", trade_concentration_theil},
    {"mean_log_deviation", trade_concentration_mean_log_deviation},
    {"gini", gini},
    {"largest_two", largest_two},
    {"items_for_half", items_for_half},
};
enum { METHODS = TRADE_CONCENTRATION_MEAN_LOG_DEVIATION + 1 };

/* What prints, with `decimals` places. */
static double printed(double x, double decimals) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.*f", (int)decimals, x);
  return strtod(text, NULL);
}

/* Figures as their publications give them. */
static double golden_printed(const char *what, const golden_case *g) {
  const double *x = g->argument[0];
  const size_t n = g->length[0];
  for (size_t m = 0; m < COUNT(measures); m++)
    if (!strcmp(what, measures[m].name)) return measures[m].of(x, n);
  if (!strcmp(what, "points")) return 1e4 * trade_concentration_herfindahl(x, n);
  if (!strcmp(what, "percent")) return 100 * trade_concentration_ratio(x, n, (size_t)*g->argument[1]);
  if (!strcmp(what, "bits")) return trade_concentration_entropy(x, n) / log(2);
  if (!strcmp(what, "gini_corrected")) return gini(x, n) * (double)n / (double)(n - 1);
  if (!strcmp(what, "krugman")) return 2 * trade_concentration_dissimilarity(x, g->argument[1], n);
  double work[60], alone[6], within = (double)NAN, between = (double)NAN;
  int32_t group[GOLDEN_VALUES];
  for (size_t i = 0; i < n; i++) group[i] = (int32_t)g->argument[1][i];
  assert_status(trade_concentration_theil_decomposition(TRADE_CONCENTRATION_THEIL, x, group, n, 6, work, alone, &within,
                                                        &between),
                TRADE_OK);
  return !strcmp(what, "between") ? between : within;
}

static size_t golden_concentration(const golden_case *g, double *result) {
  double work[30];
  const double *x = g->argument[0], *y = g->argument[1];
  const size_t n = g->length[0];
  for (size_t m = 0; m < COUNT(measures); m++)
    if (!strcmp(g->function, measures[m].name)) return *result = measures[m].of(x, n), 1;
  if (!strcmp(g->function, "ratio")) return *result = trade_concentration_ratio(x, n, (size_t)*y), 1;
  if (!strcmp(g->function, "items_for_share")) return *result = trade_concentration_items_for_share(x, n, *y), 1;
  if (!strcmp(g->function, "dissimilarity")) return *result = trade_concentration_dissimilarity(x, y, n), 1;
  if (!strcmp(g->function, "lorenz")) return assert_status(trade_concentration_lorenz(x, n, result), TRADE_OK), n + 1;
  if (!strcmp(g->function, "matrix")) {
    const size_t rows = (size_t)*g->argument[2], columns = (size_t)*g->argument[3];
    const int32_t of = (int32_t)*g->argument[4];
    assert_status(trade_concentration_matrix((int32_t)*x, y, rows, columns, of, result), TRADE_OK);
    return of == TRADE_CONCENTRATION_OF_ROW ? rows : columns;
  }
  if (!strcmp(g->function, "theil_decomposition")) {
    int32_t group[GOLDEN_VALUES];
    for (size_t i = 0; i < g->length[1]; i++) group[i] = (int32_t)g->argument[2][i];
    assert_true(trade_concentration_theil_decomposition_work_size(3) == COUNT(work));
    assert_status(trade_concentration_theil_decomposition((int32_t)*x, y, group, g->length[1], 3, work, result,
                                                          result + 3, result + 4),
                  TRADE_OK);
    return 5;
  }
  if (!strncmp(g->function, "printed_", 8))
    return *result = printed(golden_printed(g->function + 8, g), g->argument[g->arguments - 1][0]), 1;
  return 0;
}

static void golden_cases_come_out_as_exact_arithmetic_has_them(void **state) {
  (void)state;
  trade_golden("concentration.txt", golden_concentration);
}

/* Arrays of many kinds; returns how many values there are. */
static size_t fill(uint64_t *seed, double *values, size_t most) {
  const size_t n = 1 + trade_random_below(seed, trade_random_below(seed, 4) ? 20 : most);
  const uint64_t kind = trade_random_below(seed, 5);
  const double unit = trade_random_between(seed, 1e-9, 1e15);
  for (size_t i = 0; i < n; i++)
    values[i] = kind == 0   ? unit
                : kind == 1 ? unit * (1 + DBL_EPSILON * (double)trade_random_below(seed, 4))
                : kind == 2 ? (double)trade_random_below(seed, 9)
                : kind == 3 ? trade_random_between(seed, 1e-9, 1e15)
                            : unit * trade_random_between(seed, 0.9, 1.1);
  values[0] += unit;
  return n;
}

enum { MANY = 1500 };

static void neither_the_order_nor_the_unit_changes_a_bit(void **state) {
  (void)state;
  static double values[MANY], other[MANY];
  uint64_t seed = 1;
  for (int round = 0; round < 200; round++) {
    const size_t n = fill(&seed, values, MANY);
    const int power = round % 5 * 400 - 800;
    for (size_t i = 0; i < n; i++) other[i] = ldexp(values[i], power);
    for (size_t i = n - 1; i > 0; i--) {
      const size_t k = trade_random_below(&seed, i + 1);
      const double x = other[i];
      other[i] = other[k];
      other[k] = x;
    }
    for (size_t m = 0; m < COUNT(measures); m++) assert_same(measures[m].of(other, n), measures[m].of(values, n));
  }
}

static void equal_items_have_the_least_and_a_single_one_the_most(void **state) {
  (void)state;
  static double equal[MANY], single[MANY], points[MANY + 1];
  static const double units[] = {1, 0.1, 1e300, 5e-324, 3e-310};
  for (size_t u = 0; u < COUNT(units); u++) {
    for (size_t n = 1; n <= MANY; n = n < 10 ? n + 1 : 2 * n + 1) {
      const double count = (double)n;
      for (size_t i = 0; i < n; i++) {
        equal[i] = units[u];
        single[i] = 0;
      }
      single[n / 2] = units[u];
      assert_same(trade_concentration_herfindahl(equal, n), 1 / count);
      assert_same(trade_concentration_herfindahl_normalised(equal, n), n == 1);
      assert_same(trade_concentration_unctad(equal, n), n == 1);
      assert_same(trade_concentration_hirschman(equal, n), sqrt(1 / count));
      assert_same(trade_concentration_effective_number(equal, n), count);
      assert_ulps(trade_concentration_entropy(equal, n), log(count), 7);
      assert_same(trade_concentration_theil(equal, n), 0);
      assert_same(trade_concentration_mean_log_deviation(equal, n), 0);
      assert_same(gini(equal, n), 0);
      assert_same(trade_concentration_items_for_share(equal, n, 1), count);
      assert_status(trade_concentration_lorenz(equal, n, points), TRADE_OK);
      for (size_t k = 0; k <= n; k++) assert_same(points[k], (double)k / count);
      for (size_t k = 0; k <= n; k += 1 + n / 8) assert_same(trade_concentration_ratio(equal, n, k), (double)k / count);
      assert_same(trade_concentration_herfindahl(single, n), 1);
      assert_same(trade_concentration_herfindahl_normalised(single, n), 1);
      assert_same(trade_concentration_unctad(single, n), 1);
      assert_same(trade_concentration_hirschman(single, n), 1);
      assert_same(trade_concentration_effective_number(single, n), 1);
      assert_same(trade_concentration_entropy(single, n), 0);
      assert_ulps(trade_concentration_theil(single, n), log(count), 21);
      assert_same(gini(single, n), (count - 1) / count);
      assert_same(trade_concentration_ratio(single, n, 1), 1);
      assert_same(trade_concentration_items_for_share(single, n, 1), 1);
      assert_same(trade_concentration_dissimilarity(single, single, n), 0);
      if (n > 1) assert_undefined(trade_concentration_mean_log_deviation(single, n));
    }
  }
}

static int descending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

static void ratios_and_numbers_of_items_follow_from_the_sorted_values(void **state) {
  (void)state;
  static double values[MANY], sorted[MANY];
  uint64_t seed = 2;
  for (int round = 0; round < 20; round++) {
    const size_t n = fill(&seed, values, 300);
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, n, sizeof *sorted, descending);
    const double total = trade_sum_array(values, n);
    size_t items = 0;
    for (size_t k = 1; k <= n; k++) {
      const double ratio = trade_concentration_ratio(values, n, k);
      assert_ulps(ratio, trade_sum_array(sorted, k) / total, 2);
      const double before = trade_concentration_ratio(values, n, k - 1);
      if (ratio > before) items = k; /* what comes after adds nothing that a double shows */
      assert_same(trade_concentration_items_for_share(values, n, ratio), (double)items);
      if (ratio > before && nextafter(before, 2) < ratio)
        assert_same(trade_concentration_items_for_share(values, n, nextafter(before, 2)), (double)k);
    }
    assert_same(trade_concentration_ratio(values, n, n + 1), 1);
    assert_same(trade_concentration_ratio(values, n, SIZE_MAX), 1);
  }
}

/* A share that is the nearest double to a decimal is reached by the items whose shares are that decimal. */
static void printed_shares_are_reached_by_the_items_that_make_them_up(void **state) {
  (void)state;
  for (int first = 1; first < 100; first++) {
    for (int second = 0; second <= first && first + second <= 100; second++) {
      const double rest = 1.5 * (100 - first - second), values[4] = {rest, 3.0 * second, rest, 3.0 * first};
      if (rest > values[1]) continue;
      assert_same(trade_concentration_items_for_share(values, 4, first / 100.0), 1);
      assert_same(trade_concentration_items_for_share(values, 4, (first + second) / 100.0), second > 0 ? 2 : 1);
    }
  }
}

static void gini_and_the_lorenz_curve_are_of_the_sorted_values(void **state) {
  (void)state;
  static double values[MANY], work[MANY], points[MANY + 1];
  uint64_t seed = 3;
  for (int round = 0; round < 150; round++) {
    const size_t n = fill(&seed, values, MANY);
    const double count = (double)n, index = trade_concentration_gini(values, n, work);
    for (size_t i = 1; i < n; i++) assert_true(work[i - 1] <= work[i]);
    assert_status(trade_concentration_lorenz(values, n, points), TRADE_OK);
    assert_same(points[0], 0);
    assert_same(points[n], 1);
    double twice_area = 0;
    for (size_t i = 0; i < n; i++) {
      assert_true(points[i] <= points[i + 1]);
      if (i % 97 == 0) assert_ulps(points[i + 1] + trade_concentration_ratio(values, n, n - i - 1), 1, 2);
      twice_area += (points[i] + points[i + 1]) / count;
    }
    assert_true(fabs(index - (1 - twice_area)) <= 1e-12);
    assert_same(trade_concentration_gini(work, n, work), index); /* sorted already, and in place */
    assert_same(trade_concentration_gini(values, n, values), index);
    assert_memory_equal(values, work, n * sizeof *work);
  }
}

static void measures_agree_with_each_other(void **state) {
  (void)state;
  static double values[MANY], ones[MANY];
  uint64_t seed = 4;
  for (size_t i = 0; i < MANY; i++) ones[i] = 1;
  for (int round = 0; round < 150; round++) {
    const size_t n = fill(&seed, values, MANY);
    const double count = (double)n, h = trade_concentration_herfindahl(values, n);
    const double hirschman = trade_concentration_hirschman(values, n), entropy = trade_concentration_entropy(values, n);
    assert_same(hirschman, sqrt(h));
    assert_ulps(trade_concentration_effective_number(values, n), 1 / h, 2);
    assert_true(fabs(entropy + trade_concentration_theil(values, n) - log(count)) <= 1e-14 * (1 + log(count)));
    if (n > 1) {
      const double least = 1 / count, root = sqrt(least);
      assert_true(fabs(trade_concentration_herfindahl_normalised(values, n) - (h - least) / (1 - least)) <= 1e-14);
      assert_true(fabs(trade_concentration_unctad(values, n) - (hirschman - root) / (1 - root)) <= 1e-14);
    }
    assert_true(h <= 1 && h >= 1 / count && entropy <= log(count) * (1 + 1e-15));
    /* From equality: half the sum of abs(s - 1 / n), at most the Gini index. */
    const double from_equality = trade_concentration_dissimilarity(values, ones, n);
    assert_same(from_equality, trade_concentration_dissimilarity(ones, values, n));
    assert_true(from_equality <= gini(values, n));
  }
}

static void a_matrix_has_the_measures_of_its_rows_and_columns(void **state) {
  (void)state;
  static double values[MANY], line[MANY], results[MANY];
  static const size_t shapes[][2] = {{1, 1}, {1, 700}, {700, 1}, {7, 3}, {3, 7}, {300, 5}, {5, 300}};
  uint64_t seed = 5;
  for (int round = 0; round < 4; round++) {
    for (size_t s = 0; s < COUNT(shapes); s++) {
      const size_t rows = shapes[s][0], columns = shapes[s][1];
      for (size_t i = 0; i < rows * columns; i++)
        values[i] = trade_random_below(&seed, 20) ? trade_random_between(&seed, 1, 1e9) : 0;
      if (round % 2) values[trade_random_below(&seed, rows * columns)] = missing[round % 3];
      for (int32_t method = 0; method < METHODS; method++) {
        assert_status(trade_concentration_matrix(method, values, rows, columns, TRADE_CONCENTRATION_OF_ROW, results),
                      TRADE_OK);
        for (size_t r = 0; r < rows; r++) assert_same(results[r], measures[method].of(values + r * columns, columns));
        assert_status(trade_concentration_matrix(method, values, rows, columns, TRADE_CONCENTRATION_OF_COLUMN, results),
                      TRADE_OK);
        for (size_t c = 0; c < columns; c++) {
          for (size_t r = 0; r < rows; r++) line[r] = values[r * columns + c];
          assert_same(results[c], measures[method].of(line, rows));
        }
      }
    }
  }
}

static void a_decomposition_adds_up_and_has_the_measures_of_its_groups(void **state) {
  (void)state;
  static double values[MANY], members[MANY];
  static int32_t group[MANY];
  uint64_t seed = 6;
  for (int round = 0; round < 150; round++) {
    const int32_t method = round % 2 ? TRADE_CONCENTRATION_THEIL : TRADE_CONCENTRATION_MEAN_LOG_DEVIATION;
    const size_t n = fill(&seed, values, MANY), groups = 1 + trade_random_below(&seed, 7);
    double work[70], alone[7], within = 7, between = 7;
    for (size_t i = 0; i < n; i++) {
      group[i] = (int32_t)trade_random_below(&seed, groups);
      if (method == TRADE_CONCENTRATION_MEAN_LOG_DEVIATION) values[i] += values[i] == 0;
    }
    assert_status(
        trade_concentration_theil_decomposition(method, values, group, n, groups, work, alone, &within, &between),
        TRADE_OK);
    assert_ulps(within + between, measures[method].of(values, n), 60);
    assert_true(within >= 0 && between >= 0);
    if (groups == 1) assert_same(between, 0);
    for (size_t k = 0; k < groups; k++) {
      size_t count = 0;
      for (size_t i = 0; i < n; i++)
        if (group[i] == (int32_t)k) members[count++] = values[i];
      assert_same(alone[k], measures[method].of(members, count));
    }
  }
}

static void a_missing_value_leaves_the_other_groups(void **state) {
  (void)state;
  const int32_t group[5] = {0, 0, 1, 1, 1};
  for (size_t m = 0; m < COUNT(missing); m++) {
    for (int32_t method = TRADE_CONCENTRATION_THEIL; method <= TRADE_CONCENTRATION_MEAN_LOG_DEVIATION; method++) {
      const double values[5] = {1, missing[m], 2, 3, 4};
      double work[30], alone[3], within = 7, between = 7;
      assert_status(
          trade_concentration_theil_decomposition(method, values, group, 5, 3, work, alone, &within, &between),
          TRADE_OK);
      assert_undefined(alone[0]);
      assert_same(alone[1], measures[method].of(values + 2, 3));
      assert_undefined(alone[2]);
      assert_undefined(within);
      assert_undefined(between);
    }
  }
}

static void what_has_no_shares_has_no_measure(void **state) {
  (void)state;
  static const double bad[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, -1, -5e-324, -DBL_MAX};
  const double good[3] = {1, 2, 3}, none[3] = {0, -0.0, 0};
  double points[4];
  for (size_t m = 0; m < COUNT(measures); m++) {
    assert_undefined(measures[m].of(NULL, 0));
    assert_undefined(measures[m].of(NULL, 3));
    assert_undefined(measures[m].of(good, 0));
    assert_undefined(measures[m].of(good, SIZE_MAX / 8));
    assert_undefined(measures[m].of(none, 3));
    for (size_t b = 0; b < COUNT(bad); b++) {
      for (size_t place = 0; place < 3; place++) {
        double values[3] = {1, 2, 3};
        values[place] = bad[b];
        assert_undefined(measures[m].of(values, 3));
        assert_undefined(trade_concentration_dissimilarity(values, good, 3));
        assert_undefined(trade_concentration_dissimilarity(good, values, 3));
        assert_undefined(trade_concentration_ratio(values, 3, 0));
      }
    }
  }
  assert_undefined(trade_concentration_gini(good, 3, NULL));
  assert_undefined(trade_concentration_dissimilarity(good, NULL, 3));
  assert_undefined(trade_concentration_dissimilarity(NULL, good, 3));
  assert_undefined(trade_concentration_dissimilarity(none, good, 3));
  assert_undefined(trade_concentration_dissimilarity(good, none, 3));
  for (size_t m = 0; m < COUNT(missing); m++) {
    assert_undefined(trade_concentration_items_for_share(good, 3, missing[m]));
    const double values[3] = {1, missing[m], 3};
    assert_status(trade_concentration_lorenz(values, 3, points), TRADE_OK);
    for (size_t i = 0; i < 4; i++) assert_undefined(points[i]);
  }
  assert_undefined(trade_concentration_items_for_share(good, 3, -5e-324));
  assert_undefined(trade_concentration_items_for_share(good, 3, 1 + DBL_EPSILON));
}

static void a_logarithm_knows_no_range(void **state) {
  (void)state;
  const double far[2] = {1e300, 1e-300}, farther[3] = {DBL_MAX, 5e-324, 1};
  assert_ulps(trade_concentration_mean_log_deviation(far, 2), 300 * log(10) - log(2), 21);
  const double mean = log(DBL_MAX) - log(3);
  assert_ulps(trade_concentration_mean_log_deviation(farther, 3), mean - (log(DBL_MAX) + log(5e-324)) / 3, 21);
  assert_ulps(trade_concentration_theil(far, 2), log(2), 21);
  assert_same(trade_concentration_entropy(far, 2), 0);
}

static void refused_calls_write_nothing(void **state) {
  (void)state;
  const double good[4] = {1, 2, 3, 4}, bad[4] = {1, -5e-324, (double)NAN, 4};
  const int32_t group[4] = {0, 1, 0, 1}, negative[4] = {0, -1, 0, 1}, outside[4] = {0, 1, 2, 1};
  double out[5] = {7, 7, 7, 7, 7}, work[20], measure_of[2] = {7, 7}, part[2] = {7, 7};
  for (size_t i = 0; i < COUNT(work); i++) work[i] = 7;
  const size_t huge = SIZE_MAX / 8;
  assert_status(trade_concentration_lorenz(NULL, 4, out), TRADE_ERROR_NULL);
  assert_status(trade_concentration_lorenz(good, 4, NULL), TRADE_ERROR_NULL);
  assert_status(trade_concentration_lorenz(good, huge, out), TRADE_ERROR_LENGTH);
  assert_status(trade_concentration_lorenz(bad, 4, out), TRADE_ERROR_VALUE);
  for (int32_t of = TRADE_CONCENTRATION_OF_ROW; of <= TRADE_CONCENTRATION_OF_COLUMN; of++) {
    assert_status(trade_concentration_matrix(0, NULL, 2, 2, of, out), TRADE_ERROR_NULL);
    assert_status(trade_concentration_matrix(0, good, 2, 2, of, NULL), TRADE_ERROR_NULL);
    assert_status(trade_concentration_matrix(0, good, huge, 1, of, out), TRADE_ERROR_LENGTH);
    assert_status(trade_concentration_matrix(0, good, SIZE_MAX / 2, 3, of, out), TRADE_ERROR_LENGTH);
    assert_status(trade_concentration_matrix(0, bad, 2, 2, of, out), TRADE_ERROR_VALUE);
    assert_status(trade_concentration_matrix(-1, good, 2, 2, of, out), TRADE_ERROR_VALUE);
    assert_status(trade_concentration_matrix(METHODS, good, 2, 2, of, out), TRADE_ERROR_VALUE);
  }
  assert_status(trade_concentration_matrix(0, good, 2, 2, 0, out), TRADE_ERROR_VALUE);
  assert_status(trade_concentration_matrix(0, good, 2, 2, 3, out), TRADE_ERROR_VALUE);

  const struct {
    trade_status expected;
    int32_t method;
    const double *values;
    const int32_t *group;
    size_t n, groups;
    double *work, *measures, *within, *between;
  } cases[] = {
      {TRADE_ERROR_VALUE, TRADE_CONCENTRATION_ENTROPY, good, group, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_VALUE, TRADE_CONCENTRATION_THEIL, bad, group, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_VALUE, TRADE_CONCENTRATION_THEIL, good, negative, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_VALUE, TRADE_CONCENTRATION_THEIL, good, outside, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_VALUE, TRADE_CONCENTRATION_THEIL, good, group, 4, 0, work, measure_of, part, part + 1},
      {TRADE_ERROR_LENGTH, TRADE_CONCENTRATION_THEIL, good, group, huge, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_LENGTH, TRADE_CONCENTRATION_THEIL, good, group, 4, huge, work, measure_of, part, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, NULL, group, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, good, NULL, 4, 2, work, measure_of, part, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, good, group, 4, 2, NULL, measure_of, part, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, good, group, 4, 2, work, NULL, part, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, good, group, 4, 2, work, measure_of, NULL, part + 1},
      {TRADE_ERROR_NULL, TRADE_CONCENTRATION_THEIL, good, group, 4, 2, work, measure_of, part, NULL},
  };
  for (size_t c = 0; c < COUNT(cases); c++)
    assert_status(trade_concentration_theil_decomposition(cases[c].method, cases[c].values, cases[c].group, cases[c].n,
                                                          cases[c].groups, cases[c].work, cases[c].measures,
                                                          cases[c].within, cases[c].between),
                  cases[c].expected);
  for (size_t i = 0; i < COUNT(out); i++) assert_same(out[i], 7);
  for (size_t i = 0; i < COUNT(work); i++) assert_same(work[i], 7);
  for (size_t i = 0; i < 2; i++) {
    assert_same(measure_of[i], 7);
    assert_same(part[i], 7);
  }
  assert_true(trade_concentration_theil_decomposition_work_size(SIZE_MAX / 2) == SIZE_MAX);
}

static void nothing_is_written_where_there_are_no_values(void **state) {
  (void)state;
  assert_status(trade_concentration_lorenz(NULL, 0, NULL), TRADE_OK);
  assert_status(trade_concentration_matrix(0, NULL, 0, 5, TRADE_CONCENTRATION_OF_COLUMN, NULL), TRADE_OK);
  assert_status(trade_concentration_matrix(0, NULL, 5, 0, TRADE_CONCENTRATION_OF_ROW, NULL), TRADE_OK);
  assert_status(trade_concentration_matrix(-1, NULL, 0, 0, TRADE_CONCENTRATION_OF_ROW, NULL), TRADE_ERROR_VALUE);
  assert_status(
      trade_concentration_theil_decomposition(TRADE_CONCENTRATION_THEIL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL),
      TRADE_OK);
  assert_status(trade_concentration_theil_decomposition(0, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL),
                TRADE_ERROR_VALUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases_come_out_as_exact_arithmetic_has_them),
      cmocka_unit_test(neither_the_order_nor_the_unit_changes_a_bit),
      cmocka_unit_test(equal_items_have_the_least_and_a_single_one_the_most),
      cmocka_unit_test(ratios_and_numbers_of_items_follow_from_the_sorted_values),
      cmocka_unit_test(printed_shares_are_reached_by_the_items_that_make_them_up),
      cmocka_unit_test(gini_and_the_lorenz_curve_are_of_the_sorted_values),
      cmocka_unit_test(measures_agree_with_each_other),
      cmocka_unit_test(a_matrix_has_the_measures_of_its_rows_and_columns),
      cmocka_unit_test(a_decomposition_adds_up_and_has_the_measures_of_its_groups),
      cmocka_unit_test(a_missing_value_leaves_the_other_groups),
      cmocka_unit_test(what_has_no_shares_has_no_measure),
      cmocka_unit_test(a_logarithm_knows_no_range),
      cmocka_unit_test(refused_calls_write_nothing),
      cmocka_unit_test(nothing_is_written_where_there_are_no_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
