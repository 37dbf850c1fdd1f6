#include "trade_test.h"

#include <float.h>

static const trade_sum zero = {0, 0, 0, 0};
static const trade_sum not_a_number = {0, 0, 0, 0x8000000000000000u};
static const trade_sum largest = {UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFFFFu};
static const trade_sum smallest = {1, 0, 0, 0x8000000000000000u};

#define assert_sum(actual, expected) sum_assert((actual), (expected), __LINE__)

static void sum_assert(trade_sum actual, trade_sum expected, int line) {
  if (memcmp(&actual, &expected, sizeof actual) == 0) return;
  print_error("%016llx %016llx %016llx %016llx is not %016llx %016llx %016llx %016llx\n",
              (unsigned long long)actual.word3, (unsigned long long)actual.word2, (unsigned long long)actual.word1,
              (unsigned long long)actual.word0, (unsigned long long)expected.word3, (unsigned long long)expected.word2,
              (unsigned long long)expected.word1, (unsigned long long)expected.word0);
  _fail(__FILE__, line);
}

static trade_sum sum_of(const double *values, size_t n) {
  trade_sum sum = zero;
  for (size_t i = 0; i < n; i++) trade_sum_add(&sum, values[i]);
  return sum;
}

static trade_sum opposite(trade_sum sum) {
  trade_sum_negate(&sum);
  return sum;
}

/** Finite, of either sign, from well below the unit to a sixteenth of the range. */
static double random_value(uint64_t *state) {
  const double size = trade_random_between(state, 0x1p-150, 0x1p122);
  return trade_random(state) & 1 ? size : -size;
}

static void totals_are_exact_where_plain_addition_is_not(void **state) {
  (void)state;
  static const double tenths[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
  static const double cancelling[] = {1e30, 1.0, 0x1p-128, -1e30, -1.0};
  assert_same(trade_sum_array(tenths, COUNT(tenths)), 1.0);
  assert_same(trade_sum_array(cancelling, COUNT(cancelling)), 0x1p-128);
  trade_sum sum = sum_of(tenths, COUNT(tenths));
  trade_sum_subtract(&sum, 1.0);
  assert_same(trade_sum_value(&sum), 0x1p-54); /* ten times the double nearest to 0.1 is that much above 1 */
}

/* Every binary exponent in turn, so that each word, each shift and both ends of the range are met. */
static void every_power_of_two_sets_its_bit(void **state) {
  (void)state;
  for (int exponent = -1074; exponent < 1024; exponent++) {
    trade_sum sum = zero, expected = zero;
    if (exponent >= 127) {
      expected = not_a_number;
    } else if (exponent >= -128) {
      const int place = exponent + 128;
      uint64_t *words[4] = {&expected.word0, &expected.word1, &expected.word2, &expected.word3};
      *words[place / 64] = (uint64_t)1 << place % 64;
    }
    trade_sum_add(&sum, ldexp(1, exponent));
    assert_sum(sum, expected);
    trade_sum_subtract(&sum, ldexp(1, exponent));
    assert_sum(sum, exponent >= 127 ? not_a_number : zero);
    sum = zero;
    trade_sum_add(&sum, -ldexp(1, exponent));
    assert_sum(sum, opposite(expected));
    for (int a = -1074; a < 1024; a += 31) { /* as a product */
      if (exponent - a < -1074 || exponent - a > 1023) continue;
      sum = zero;
      trade_sum_add_product(&sum, ldexp(1, a), -ldexp(1, exponent - a));
      assert_sum(sum, opposite(expected));
    }
  }
}

typedef struct addend_case {
  double a, b; /* the addend is a * b */
  trade_sum total;
} addend_case;

static void addends_round_half_to_even_and_overflow_to_nan(void **state) {
  (void)state;
  const addend_case cases[] = {
      /* zeros add nothing */
      {0.0, 1, {0, 0, 0, 0}},
      {-0.0, 1, {0, 0, 0, 0}},
      {0.0, -DBL_MAX, {0, 0, 0, 0}},
      /* around half a unit, one and a half, two and a half */
      {0x1p-129, 1, {0, 0, 0, 0}},
      {0x1.0000000000001p-129, 1, {1, 0, 0, 0}},
      {0x1.fffffffffffffp-130, 1, {0, 0, 0, 0}},
      {0x1.8p-128, 1, {2, 0, 0, 0}},
      {0x1.7ffffffffffffp-128, 1, {1, 0, 0, 0}},
      {0x1.4p-127, 1, {2, 0, 0, 0}},
      {0x1.4000000000001p-127, 1, {3, 0, 0, 0}},
      {0x1.fffffffffffffp-77, 1, {0x10000000000000u, 0, 0, 0}},
      {0x1.fffffffffffffp-76, 1, {0x1FFFFFFFFFFFFFu, 0, 0, 0}},
      {DBL_MIN, 1, {0, 0, 0, 0}},
      {0x1p-1074, 1, {0, 0, 0, 0}},
      {0x1.fffffffffffffp-1022, 1, {0, 0, 0, 0}},
      /* rounded products: half a unit, the least bit more, carries through words */
      {0x1p-64, 0x1p-65, {0, 0, 0, 0}},
      {0x1.0000000000001p-64, 0x1p-65, {1, 0, 0, 0}},
      {0x1.0000000000001p-64, 0x1.0000000000001p-65, {1, 0, 0, 0}},
      {0x1.a7632c60147c2p-65, 0x1.35945115c3a28p-65, {1, 0, 0, 0}}, /* half a unit and less than 2^-64 of one more */
      {0x1.8p-64, 0x1p-64, {2, 0, 0, 0}},
      {0x1.fffffffffffffp-65, 0x1p-65, {0, 0, 0, 0}},
      {0x1.fffffffffffffp-65, 0x1.0000000000001p-65, {1, 0, 0, 0}},
      {0x1.fffffffffffffp-33, 0x1.fffffffffffffp-33, {0xFFFFFFFFFFFFF000u, 0, 0, 0}},
      {0x1.fffffffffffffp-33, 0x1.0000000000001p-32, {0x800u, 1, 0, 0}},
      {0x1.8p-1000, 0x1p872, {2, 0, 0, 0}},
      /* subnormal factors, factors that overflow together with another */
      {0x1p-1074, 0x1p1023, {0, 0x2000u, 0, 0}},
      {0x1.ffffffffffffep-1023, 0x1p1023, {0, 0xFFFFFFFFFFFFE000u, 1, 0}},
      {0x1.ffffffffffffep-1023, 0x1p1000, {0xFFC0000000000000u, 0x3FFFFFFFFFFu, 0, 0}},
      {0x1.ffffffffffffep-1023, 0x1p930, {0x1000000000u, 0, 0, 0}},
      {0x1p-1074, 0x1p-1074, {0, 0, 0, 0}},
      {0x1p1000, 0x1p-1000, {0, 0, 1, 0}},
      {0x1.0000000000001p0, 0x1.0000000000001p0, {0x1000000u, 0x2000u, 1, 0}},
      {0x1.fffffffffffffp-97, 0x1.fffffffffffffp96, {0x800000u, 0xFFFFFFFFFFFFE000u, 1, 0}},
      /* the top of the range */
      {0x1.fffffffffffffp126, 1, {0, 0, 0, 0x7FFFFFFFFFFFFC00u}},
      {0x1.fffffffffffffp63, 0x1.fffffffffffffp62, {0, 0, 0x0000000000200000u, 0x7FFFFFFFFFFFF800u}},
      {0x1.0000000000001p64, 0x1.ffffffffffffep62, {0, 0, 0xFFFFFFFFFF800000u, 0x7FFFFFFFFFFFFFFFu}},
      {0x1p127, 1, {0, 0, 0, 0x8000000000000000u}},
      {0x1p64, 0x1p63, {0, 0, 0, 0x8000000000000000u}},
      {0x1.0000000000001p64, 0x1.fffffffffffffp62, {0, 0, 0, 0x8000000000000000u}},
      {0x1.fffffffffffffp127, 1, {0, 0, 0, 0x8000000000000000u}},
      {0x1p100, 0x1p100, {0, 0, 0, 0x8000000000000000u}},
      {DBL_MAX, 1, {0, 0, 0, 0x8000000000000000u}},
      {DBL_MAX, DBL_MAX, {0, 0, 0, 0x8000000000000000u}},
      /* missing values */
      {(double)NAN, 1, {0, 0, 0, 0x8000000000000000u}},
      {(double)INFINITY, 1, {0, 0, 0, 0x8000000000000000u}},
      {(double)INFINITY, 0, {0, 0, 0, 0x8000000000000000u}},
      {(double)INFINITY, 0x1p-1074, {0, 0, 0, 0x8000000000000000u}},
      {(double)NAN, 0, {0, 0, 0, 0x8000000000000000u}},
      {(double)NAN, (double)INFINITY, {0, 0, 0, 0x8000000000000000u}},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const double a = cases[i].a, b = cases[i].b;
    trade_sum sum = zero;
    if (b == 1) {
      trade_sum_add(&sum, a);
      assert_sum(sum, cases[i].total);
      sum = zero;
      trade_sum_subtract(&sum, a);
      assert_sum(sum, opposite(cases[i].total));
    }
    const double factors[4][2] = {{a, b}, {b, a}, {-a, b}, {a, -b}};
    for (size_t k = 0; k < COUNT(factors); k++) {
      sum = zero;
      trade_sum_add_product(&sum, factors[k][0], factors[k][1]);
      assert_sum(sum, k < 2 ? cases[i].total : opposite(cases[i].total));
    }
  }
}

static trade_sum added(trade_sum a, trade_sum b) {
  trade_sum_merge(&a, &b);
  return a;
}

/* The range is open at both ends: 2^127 and -2^127 themselves are out of it. */
static void a_total_that_reaches_the_limit_is_nan(void **state) {
  (void)state;
  const trade_sum unit = {1, 0, 0, 0}, minus_unit = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
  const trade_sum below = {UINT64_MAX - 1, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFFFFu};
  assert_sum(added(below, unit), largest);
  assert_sum(added(largest, unit), not_a_number);
  assert_sum(added(largest, largest), not_a_number);
  assert_sum(added(smallest, minus_unit), not_a_number);
  assert_sum(added(smallest, smallest), not_a_number);
  assert_sum(added(largest, smallest), zero);
  assert_sum(added(largest, minus_unit), below);

  trade_sum sum = zero;
  for (int sign = -1; sign <= 1; sign += 2) {
    const double half = sign * 0x1p126;
    sum = sum_of(&half, 1);
    trade_sum_add(&sum, half - sign * 0x1p73);
    trade_sum_add(&sum, sign * 0x1p72);
    assert_same(trade_sum_value(&sum), sign * 0x1p127); /* what is within half an ulp of the limit rounds to it */
    trade_sum_subtract(&sum, half);
    assert_same(trade_sum_value(&sum), half); /* 2^126 - 2^72, rounded up */
    trade_sum_add(&sum, half);
    trade_sum_add(&sum, sign * 0x1p72);
    assert_sum(sum, not_a_number);
    sum = zero;
    trade_sum_add_product(&sum, sign * 0x1p63, 0x1p63);
    trade_sum_add_product(&sum, sign * 0x1p1000, 0x1p-874);
    assert_sum(sum, not_a_number);
  }

  /* An addend is rounded first: what rounds to nothing does not move a total that stands at the limit. */
  sum = smallest;
  trade_sum_add(&sum, -0x1p-129);
  trade_sum_add_product(&sum, -0x1p-64, 0x1p-65);
  assert_sum(sum, smallest);
  trade_sum_add(&sum, -0x1.8p-129);
  assert_sum(sum, not_a_number);
}

static void nan_stays(void **state) {
  (void)state;
  static const double values[] = {0.0,      -0.0,       1.0, -1.0, 0x1p-1074, 0x1p-100, 0x1.fffffffffffffp126,
                                  -DBL_MAX, (double)NAN};
  for (size_t i = 0; i < COUNT(values); i++) {
    trade_sum sum = not_a_number, other = zero;
    trade_sum_add(&sum, values[i]);
    trade_sum_subtract(&sum, values[i]);
    trade_sum_add_product(&sum, values[i], 0x1p10);
    trade_sum_negate(&sum);
    trade_sum_add(&other, values[i]);
    trade_sum_merge(&sum, &other);
    assert_status(trade_sum_add_array(&sum, values + i, 1), TRADE_OK);
    assert_sum(sum, not_a_number);
    trade_sum_merge(&other, &sum);
    assert_sum(other, not_a_number);
  }
  assert_undefined(trade_sum_value(&not_a_number));
  assert_undefined(trade_sum_array(values, COUNT(values)));
  assert_undefined(trade_sum_mean(values, COUNT(values)));
  static const double huge[] = {0x1p126, 0x1p126};
  assert_undefined(trade_sum_array(huge, COUNT(huge)));
  assert_undefined(trade_sum_mean(huge, COUNT(huge)));
}

static void negation_is_exact(void **state) {
  (void)state;
  static const trade_sum pairs[][2] = {
      {{0, 0, 0, 0}, {0, 0, 0, 0}},
      {{1, 0, 0, 0}, {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
      {{0, 1, 0, 0}, {0, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
      {{0, 0, 1, 0}, {0, 0, UINT64_MAX, UINT64_MAX}},
      {{0, 0, 0, 1}, {0, 0, 0, UINT64_MAX}},
      {{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFFFFu}, {1, 0, 0, 0x8000000000000000u}},
      {{0, 0, 0, 0x8000000000000000u}, {0, 0, 0, 0x8000000000000000u}},
  };
  for (size_t i = 0; i < COUNT(pairs); i++) {
    assert_sum(opposite(pairs[i][0]), pairs[i][1]);
    assert_sum(opposite(pairs[i][1]), pairs[i][0]);
  }
}

static void a_total_is_rounded_once_half_to_even(void **state) {
  (void)state;
  const struct {
    trade_sum total;
    double value;
  } cases[] = {
      {{0, 0, 0, 0}, 0.0},
      {{1, 0, 0, 0}, 0x1p-128},
      {{3, 0, 0, 0}, 0x1.8p-127},
      {{0x001FFFFFFFFFFFFFu, 0, 0, 0}, 0x1.fffffffffffffp-76},
      {{0x0020000000000001u, 0, 0, 0}, 0x1p-75},
      {{0x0020000000000003u, 0, 0, 0}, 0x1.0000000000002p-75},
      {{0x003FFFFFFFFFFFFFu, 0, 0, 0}, 0x1p-74},
      {{UINT64_MAX, 0, 0, 0}, 0x1p-64},
      {{0, 1, 0, 0}, 0x1p-64},
      {{0x7FF, 1, 0, 0}, 0x1p-64},
      {{0x800, 1, 0, 0}, 0x1p-64},
      {{0x801, 1, 0, 0}, 0x1.0000000000001p-64},
      {{0x1800, 1, 0, 0}, 0x1.0000000000002p-64},
      {{0, 0x400, 0x8000000000000000u, 0}, 0x1p63},
      {{1, 0x400, 0x8000000000000000u, 0}, 0x1p63},
      {{0, 0, 0x8000000000000400u, 0}, 0x1p63},
      {{0, 1, 0x8000000000000400u, 0}, 0x1.0000000000001p63},
      {{1, 0, 0x8000000000000400u, 0}, 0x1.0000000000001p63},
      {{0, 0, 0x8000000000000401u, 0}, 0x1.0000000000001p63},
      {{0, 0, 0x8000000000000C00u, 0}, 0x1.0000000000002p63},
      {{UINT64_MAX, UINT64_MAX, 0x80000000000003FFu, 0}, 0x1p63},
      {{0, 0, 0x800, 1}, 0x1p64},
      {{1, 0, 0x800, 1}, 0x1.0000000000001p64},
      {{0, 0, 0, 0x4000000000000200u}, 0x1p126},
      {{1, 0, 0, 0x4000000000000200u}, 0x1.0000000000001p126},
      {{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFDFFu}, 0x1.fffffffffffffp126},
      {{0, 0, 0, 0x7FFFFFFFFFFFFE00u}, 0x1p127},
      {{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFFFFu}, 0x1p127},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const trade_sum negative = opposite(cases[i].total);
    assert_same(trade_sum_value(&cases[i].total), cases[i].value);
    assert_same(trade_sum_value(&negative), i == 0 ? 0.0 : -cases[i].value);
  }
}

static void comparison_is_exact_and_puts_nan_last(void **state) {
  (void)state;
  static const trade_sum ascending[] = {
      {1, 0, 0, 0x8000000000000000u},
      {2, 0, 0, 0x8000000000000000u},
      {0, 1, 0, 0x8000000000000000u},
      {0, 0, 0, UINT64_MAX},
      {0, UINT64_MAX, UINT64_MAX, UINT64_MAX},
      {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
      {0, 0, 0, 0},
      {1, 0, 0, 0},
      {UINT64_MAX, 0, 0, 0},
      {0, 1, 0, 0},
      {1, 1, 0, 0},
      {0, 0, 1, 0},
      {0, 0, 0, 1},
      {UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7FFFFFFFFFFFFFFFu},
      {0, 0, 0, 0x8000000000000000u},
  };
  for (size_t i = 0; i < COUNT(ascending); i++) {
    for (size_t k = 0; k < COUNT(ascending); k++) {
      assert_int_equal(trade_sum_compare(&ascending[i], &ascending[k]), (i > k) - (i < k));
    }
    assert_int_equal(trade_sum_compare(&ascending[i], NULL), i + 1 < COUNT(ascending) ? -1 : 0);
    assert_int_equal(trade_sum_compare(NULL, &ascending[i]), i + 1 < COUNT(ascending) ? 1 : 0);
  }
  assert_int_equal(trade_sum_compare(NULL, NULL), 0);
}

static void saved_bytes_are_the_integer_little_endian(void **state) {
  (void)state;
  const trade_sum sum = {0x0706050403020100u, 0x0F0E0D0C0B0A0908u, 0x1716151413121110u, 0x1F1E1D1C1B1A1918u};
  uint8_t bytes[TRADE_SUM_SAVED_SIZE + 1];
  memset(bytes, 0xEE, sizeof bytes);
  assert_status(trade_sum_save(&sum, bytes, sizeof bytes), TRADE_OK);
  for (size_t i = 0; i < TRADE_SUM_SAVED_SIZE; i++) assert_int_equal(bytes[i], i);
  assert_int_equal(bytes[TRADE_SUM_SAVED_SIZE], 0xEE);
  trade_sum loaded = zero;
  assert_status(trade_sum_load(bytes, TRADE_SUM_SAVED_SIZE, &loaded), TRADE_OK);
  assert_sum(loaded, sum);
  assert_int_equal(TRADE_SUM_SAVED_SIZE, 32);
  assert_int_equal(sizeof(trade_sum), 32);
}

/* Random words, and words of few bits, so that the ends of the range and the pattern of NaN are met too. */
static void any_saved_bytes_can_be_loaded_and_used(void **state) {
  (void)state;
  uint64_t seed = 7;
  size_t nans = 0;
  for (int round = 0; round < 20000; round++) {
    uint8_t bytes[TRADE_SUM_SAVED_SIZE], again[TRADE_SUM_SAVED_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++) {
      static const uint8_t usual[] = {0, 0xFF, 0x80, 0x7F};
      const uint64_t random = trade_random(&seed);
      bytes[i] = round % 3 == 0   ? (uint8_t)random
                 : round % 3 == 1 ? usual[random % 4]
                 : i == 31        ? usual[random % 4]
                                  : 0;
    }
    trade_sum sum = not_a_number, twice = zero;
    assert_status(trade_sum_load(bytes, sizeof bytes, &sum), TRADE_OK);
    assert_status(trade_sum_save(&sum, again, sizeof again), TRADE_OK);
    assert_memory_equal(bytes, again, sizeof bytes);
    const double value = trade_sum_value(&sum);
    nans += isnan(value) != 0;
    assert_true(isnan(value) || fabs(value) <= 0x1p127);
    assert_int_equal(trade_sum_compare(&sum, &sum), 0);
    const trade_sum minus = opposite(sum);
    assert_sum(opposite(minus), sum);
    assert_sum(added(sum, minus), isnan(value) ? not_a_number : zero);
    trade_sum_merge(&twice, &sum);
    trade_sum_merge(&twice, &twice);
    assert_true(trade_sum_compare(&twice, &not_a_number) == 0 || trade_sum_value(&twice) == 2 * value);
  }
  assert_true(nans > 0);
}

static void a_refusal_writes_nothing(void **state) {
  (void)state;
  const double values[] = {1, 2};
  const trade_sum start = {1, 2, 3, 4};
  trade_sum sum = start;
  uint8_t bytes[TRADE_SUM_SAVED_SIZE], untouched[TRADE_SUM_SAVED_SIZE];
  memset(bytes, 0xEE, sizeof bytes);
  memcpy(untouched, bytes, sizeof bytes);
  const size_t many = SIZE_MAX / sizeof(double);
  assert_status(trade_sum_add_array(NULL, values, 2), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_array(NULL, NULL, 0), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_array(&sum, NULL, 2), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_array(&sum, values, many), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_add_product_array(NULL, values, values, 2), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_product_array(NULL, NULL, NULL, 0), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_product_array(&sum, NULL, values, 2), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_product_array(&sum, values, NULL, 2), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_product_array(&sum, values, values, many), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_load(NULL, TRADE_SUM_SAVED_SIZE, &sum), TRADE_ERROR_NULL);
  assert_status(trade_sum_load(bytes, TRADE_SUM_SAVED_SIZE, NULL), TRADE_ERROR_NULL);
  assert_status(trade_sum_load(bytes, 0, &sum), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_load(bytes, TRADE_SUM_SAVED_SIZE - 1, &sum), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_load(bytes, TRADE_SUM_SAVED_SIZE + 1, &sum), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_save(NULL, bytes, sizeof bytes), TRADE_ERROR_NULL);
  assert_status(trade_sum_save(&sum, NULL, sizeof bytes), TRADE_ERROR_NULL);
  assert_status(trade_sum_save(&sum, bytes, TRADE_SUM_SAVED_SIZE - 1), TRADE_ERROR_CAPACITY);
  assert_sum(sum, start);
  assert_memory_equal(bytes, untouched, sizeof bytes);
}

static void null_totals_are_ignored_or_nan(void **state) {
  (void)state;
  trade_sum sum = {1, 2, 3, 4};
  trade_sum_add(NULL, 1);
  trade_sum_subtract(NULL, 1);
  trade_sum_add_product(NULL, 1, 1);
  trade_sum_negate(NULL);
  trade_sum_merge(NULL, &sum);
  trade_sum_merge(NULL, NULL);
  assert_undefined(trade_sum_value(NULL));
  trade_sum_merge(&sum, NULL);
  assert_sum(sum, not_a_number);
}

static void arrays_give_the_bits_of_one_by_one(void **state) {
  (void)state;
  enum { MOST = 300 };
  static double a[MOST], b[MOST];
  uint64_t seed = 11;
  for (size_t n = 0; n <= MOST; n += n < 20 ? 1 : 7) {
    for (int round = 0; round < 20; round++) {
      trade_sum sums = {5, 0, 0, 0}, products = sums, each = sums, each_product = sums;
      for (size_t i = 0; i < n; i++) {
        a[i] = random_value(&seed);
        b[i] = ldexp(random_value(&seed), -60);
        if (round % 4 == 3 && trade_random(&seed) % 64 == 0) a[i] = round % 8 == 3 ? 0.0 : (double)NAN;
        if (round % 4 == 2) b[i] = ldexp(b[i], -600), a[i] = ldexp(a[i], 600);
        trade_sum_add(&each, a[i]);
        trade_sum_add_product(&each_product, a[i], b[i]);
      }
      assert_status(trade_sum_add_array(&sums, a, n), TRADE_OK);
      assert_status(trade_sum_add_product_array(&products, a, b, n), TRADE_OK);
      assert_sum(sums, each);
      assert_sum(products, each_product);
      each = sum_of(a, n);
      assert_same(trade_sum_array(a, n), trade_sum_value(&each));
    }
  }
  trade_sum sum = {5, 0, 0, 0};
  assert_status(trade_sum_add_array(&sum, NULL, 0), TRADE_OK);
  assert_status(trade_sum_add_product_array(&sum, NULL, NULL, 0), TRADE_OK);
  assert_sum(sum, ((trade_sum){5, 0, 0, 0}));
}

/* What arrays are made of: what the fast path takes at once, what makes it look again, and what it must leave to one by
 * one. */
static const char *const array_kinds[] = {"cents",   "lognormal",      "cancelling", "huge to tiny",
                                          "borders", "below the unit", "near limit", "any bits",
                                          "zeros",   "one missing",    "powers",     "over the limit and back"};

static double array_value(size_t kind, size_t i, size_t n, uint64_t *seed) {
  /* Around the first unit, 2^4, its largest value, and the halves and ends of the units below, 2^-39 and 2^-82. */
  static const double borders[] = {0x1p46,    0x1.fffffffffffffp45,
                                   0x1p-82,   0x1.8p-82,
                                   0x1p-83,   0x1.0000000000001p-30,
                                   0x1p-29,   0x1.8p3,
                                   0x1p4,     0x1p3,
                                   0x1.8p-40, 0x1p-39,
                                   0x1.8p-83, 0x1p45,
                                   -0x1.8p45, 0x1.5p-82};
  const double sign = trade_random(seed) & 1 ? 1 : -1, unit = trade_random_unit(seed);
  switch (kind) {
  case 0:
    return floor(unit * 1e14) / 100;
  case 1:
    return exp(5 * (unit + trade_random_unit(seed) + trade_random_unit(seed) + trade_random_unit(seed) - 2) * 1.7);
  case 2:
    return i % 2 ? -(double)(n - i) * 0x1p60 : (double)(n - i - 1) * 0x1p60 + unit;
  case 3:
    return random_value(seed);
  case 4:
    return sign * borders[trade_random(seed) % COUNT(borders)];
  case 5:
    return sign * ldexp((double)(trade_random(seed) % 64), -131);
  case 6:
    return (trade_random(seed) % 8 ? 1 : -1) * ldexp(1 + unit, 118 + (int)(trade_random(seed) % 6));
  case 7: {
    double value;
    const uint64_t bits = trade_random(seed);
    memcpy(&value, &bits, sizeof value);
    return value;
  }
  case 8:
    return trade_random(seed) % 4 ? sign * 0.0 : sign * unit;
  case 9:
    return i == n / 2 ? (n % 2 ? (double)NAN : sign * HUGE_VAL) : unit;
  case 10:
    return sign * ldexp(1, (int)(i % 256) - 129);
  default:
    return (i < n / 2 ? 1 : -1) * 0x1p121;
  }
}

static void check_array(size_t kind, const double *a, const double *b, size_t n, trade_sum start) {
  trade_sum sums = start, products = start, each = start, each_product = start;
  for (size_t i = 0; i < n; i++) {
    trade_sum_add(&each, a[i]);
    trade_sum_add_product(&each_product, a[i], b[i]);
  }
  assert_status(trade_sum_add_array(&sums, a, n), TRADE_OK);
  assert_status(trade_sum_add_product_array(&products, a, b, n), TRADE_OK);
  if (memcmp(&sums, &each, sizeof each) != 0 || memcmp(&products, &each_product, sizeof each) != 0)
    print_error("%s, %zu values\n", array_kinds[kind], n);
  assert_sum(sums, each);
  assert_sum(products, each_product);
}

static void blocks_give_the_bits_of_one_by_one(void **state) {
  (void)state;
  enum { MOST = 20000 };
  static double a[MOST + 8], b[MOST + 8];
  uint64_t seed = 14;
  for (size_t kind = 0; kind < COUNT(array_kinds); kind++) {
    for (int round = 0; round < 60; round++) {
      const size_t n = round < 30 ? trade_random_below(&seed, 300) : trade_random_below(&seed, MOST);
      const size_t offset = trade_random_below(&seed, 8);
      /* The other factor: of the same kind, of another, or one that puts the last bits of products around the unit. */
      const size_t other = round % 3 == 0 ? kind : trade_random_below(&seed, COUNT(array_kinds));
      const int scale = round % 3 == 1 ? -(int)trade_random_below(&seed, 140) : 0;
      for (size_t i = 0; i < n; i++) {
        a[offset + i] = array_value(kind, i, n, &seed);
        b[offset + i] = ldexp(array_value(other, i, n, &seed), scale);
      }
      trade_sum start = zero;
      if (round % 5 == 1) start = sum_of(&a[offset], n < 10 ? n : 10);
      if (round % 5 == 2) start = round % 2 ? largest : smallest;
      if (round % 5 == 3) start = (trade_sum){UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x3FFFFFFFFFFFFFFFu};
      check_array(kind, a + offset, b + offset, n, start);
    }
  }
  for (size_t n = 0; n <= 5000; n++) {
    const size_t kind = n % 3, offset = n % 8;
    a[n + offset] = 0;
    if (n % 50 == 0) {
      for (size_t i = 0; i < MOST + 8; i++) {
        a[i] = array_value(kind, i, MOST, &seed);
        b[i] = array_value(1, i, MOST, &seed);
      }
    }
    check_array(kind, a + offset, b + offset, n, zero);
  }
}

/** An odd number of just this many bits. */
static double odd_number(int bits, uint64_t *seed) {
  return (double)((trade_random(seed) >> (64 - bits) | (uint64_t)1 << (bits - 1)) | 1);
}

/* Among ordinary products some whose last bit lies around 2^-128, where what rounding took from a product is rounded
 * itself: ties, and of 54 bits those that are a tie next to an odd product. */
static void ties_of_products_round_as_one_by_one_does(void **state) {
  (void)state;
  enum { N = 2048 };
  static double a[N], b[N];
  uint64_t seed = 15;
  for (int round = 0; round < 300; round++) {
    const int width = round % 3 == 0 ? 27 : 30 + (int)trade_random_below(&seed, 23);
    for (size_t i = 0; i < N; i++) {
      const int special = i % 97 == (size_t)round % 97, last = 127 + (int)trade_random_below(&seed, 4);
      a[i] = special ? ldexp(odd_number(width, &seed), -64) : floor(trade_random_unit(&seed) * 1e9);
      b[i] = (i & 1 ? -1 : 1) * (special ? ldexp(odd_number(width, &seed), 64 - last) : trade_random_unit(&seed) + 1);
    }
    check_array(5, a, b, N, zero);
  }
}

/* The largest that a bin takes, as often as a block is long, and halves of units, which leave most to the next bin. */
static void full_bins_count_right(void **state) {
  (void)state;
  enum { N = 40000 };
  static const double values[] = {
      0x1.fffffffffffffp45, 0x1.ffffffffffff8p45, 0x1.8p3, 0x1.fffffffffffffp3, 0x1.8p-40, 1};
  static double a[N], b[N];
  for (size_t k = 0; k < COUNT(values); k++) {
    for (int sign = -1; sign <= 1; sign += 2) {
      for (size_t i = 0; i < N; i++) {
        a[i] = sign * values[k];
        b[i] = k % 2 ? 0x1.fffffffffffffp-1 : 1;
      }
      check_array(4, a, b, N, zero);
    }
  }
  /* Products whose two parts both leave the most to the third bin: one half of the second bin's unit, an even count of
   * them above, and a rest that is nearly the half of that. */
  uint64_t seed = 17;
  double x, y, halves, low;
  do {
    x = 32 + 8 * trade_random_unit(&seed);
    y = 32 + 8 * trade_random_unit(&seed);
    halves = fmod(x * y * 0x1p40, 4);
    low = fma(x, y, -(x * y));
  } while (!(halves == 1 && low > 0.95 * 0x1p-43));
  for (size_t i = 0; i < N; i++) {
    a[i] = x;
    b[i] = y;
  }
  check_array(4, a, b, N, zero);
}

static void scattered_rows_give_the_totals_of_their_cells(void **state) {
  (void)state;
  enum { CELLS = 37, ROWS = 5000 };
  static trade_sum cells[CELLS], expected[CELLS];
  static double values[ROWS];
  static int32_t cell[ROWS];
  uint64_t seed = 16;
  for (size_t kind = 0; kind < COUNT(array_kinds); kind++) {
    const size_t rows = kind % 2 ? ROWS - kind : 1 + kind * 7;
    memset(cells, 0, sizeof cells);
    memset(expected, 0, sizeof expected);
    for (size_t i = 0; i < rows; i++) {
      values[i] = array_value(kind, i, rows, &seed);
      cell[i] = (int32_t)trade_random_below(&seed, CELLS);
      trade_sum_add(&expected[cell[i]], values[i]);
    }
    assert_status(trade_sum_scatter(cells, CELLS, cell, values, rows), TRADE_OK);
    assert_memory_equal(cells, expected, sizeof cells);
    /* Refused as a whole, wherever the row stands that has no cell. */
    static const int32_t none[] = {CELLS, -1, INT32_MAX, INT32_MIN};
    for (size_t k = 0; k < COUNT(none); k++) {
      const size_t place = trade_random_below(&seed, rows);
      const int32_t kept = cell[place];
      cell[place] = none[k];
      assert_status(trade_sum_scatter(cells, CELLS, cell, values, rows), TRADE_ERROR_VALUE);
      cell[place] = kept;
    }
    assert_memory_equal(cells, expected, sizeof cells);
  }
  assert_status(trade_sum_scatter(NULL, 0, NULL, NULL, 0), TRADE_OK);
  assert_status(trade_sum_scatter(cells, 0, cell, values, 1), TRADE_ERROR_VALUE);
  assert_status(trade_sum_scatter(NULL, CELLS, cell, values, 1), TRADE_ERROR_NULL);
  assert_status(trade_sum_scatter(cells, CELLS, NULL, values, 1), TRADE_ERROR_NULL);
  assert_status(trade_sum_scatter(cells, CELLS, cell, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_sum_scatter(cells, CELLS, cell, values, SIZE_MAX), TRADE_ERROR_LENGTH);
  assert_status(trade_sum_scatter(cells, SIZE_MAX, cell, values, 1), TRADE_ERROR_LENGTH);
}

static void a_matrix_adds_to_its_margins(void **state) {
  (void)state;
  enum { ROWS = 300, COLUMNS = 600, STRIDE = COLUMNS + 3 };
  static double values[ROWS * STRIDE];
  static trade_sum rows[ROWS], columns[COLUMNS], expected_rows[ROWS], expected_columns[COLUMNS];
  static const struct {
    size_t rows, columns, stride;
  } shapes[] = {{1, 1, 0},   {2, 16, 16},  {3, 15, 15},  {3, 16, 19},  {128, 17, 17}, {129, 47, 50},
                {5, 600, 0}, {300, 1, 16}, {300, 16, 9}, {300, 33, 0}, {4, 31, 31},   {300, 600, 603}};
  uint64_t seed = 31;
  for (size_t kind = 0; kind <= COUNT(array_kinds); kind++) {
    for (size_t s = 0; s < COUNT(shapes); s++) {
      const size_t n = shapes[s].rows, m = shapes[s].columns, stride = shapes[s].stride < m ? m : shapes[s].stride;
      memset(expected_rows, 0, sizeof expected_rows);
      memset(expected_columns, 0, sizeof expected_columns);
      if (kind % 3 == 1) expected_columns[0] = largest;
      for (size_t r = 0; r < n; r++) {
        for (size_t c = 0; c < stride; c++) {
          /* In the last kind every column is of its own. */
          const size_t kind_here = kind == COUNT(array_kinds) ? c % kind : kind;
          values[r * stride + c] = array_value(kind_here, r, n, &seed);
          if (c < m) trade_sum_add(&expected_rows[r], values[r * stride + c]);
          if (c < m) trade_sum_add(&expected_columns[c], values[r * stride + c]);
        }
      }
      for (int which = 1; which <= 3; which++) { /* rows, columns, both */
        memset(rows, 0, sizeof rows);
        memset(columns, 0, sizeof columns);
        if (kind % 3 == 1) columns[0] = largest;
        assert_status(trade_sum_add_matrix(which & 1 ? rows : NULL, which & 2 ? columns : NULL, values, n, m, stride),
                      TRADE_OK);
        if (which & 1) assert_memory_equal(rows, expected_rows, sizeof rows);
        if (which & 2) assert_memory_equal(columns, expected_columns, sizeof columns);
      }
    }
  }
  /* Below the limit at the end, beyond it on the way: NaN, as one by one. */
  for (size_t i = 0; i < 1600; i++) values[i] = i / 16 % 2 ? 2 : -1;
  for (size_t c = 0; c < 16; c++) columns[c] = smallest;
  assert_status(trade_sum_add_matrix(NULL, columns, values, 100, 16, 16), TRADE_OK);
  for (size_t c = 0; c < 16; c++) assert_sum(columns[c], not_a_number);
  const trade_sum before = rows[0];
  assert_status(trade_sum_add_matrix(NULL, NULL, NULL, 0, 5, 0), TRADE_OK);
  assert_status(trade_sum_add_matrix(NULL, NULL, NULL, 5, 0, 0), TRADE_OK);
  assert_status(trade_sum_add_matrix(NULL, NULL, values, 1, 1, 1), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_matrix(rows, columns, NULL, 1, 1, 1), TRADE_ERROR_NULL);
  static const struct {
    size_t rows, columns, stride;
  } lengths[] = {{2, 3, 2},
                 {2, 1, SIZE_MAX},
                 {1, SIZE_MAX / 8, 1},
                 {SIZE_MAX / 16 + 1, 1, 1},
                 {SIZE_MAX / 64, 4, 8},
                 {SIZE_MAX, SIZE_MAX, SIZE_MAX}};
  for (size_t i = 0; i < COUNT(lengths); i++)
    assert_status(trade_sum_add_matrix(rows, columns, values, lengths[i].rows, lengths[i].columns, lengths[i].stride),
                  TRADE_ERROR_LENGTH);
  assert_memory_equal(&rows[0], &before, sizeof before);
}

static void known_values_are_added_and_counted(void **state) {
  (void)state;
  enum { N = 2000 };
  static double values[N];
  static const double missing[] = {(double)NAN, HUGE_VAL, -HUGE_VAL};
  uint64_t seed = 37;
  for (size_t n = 0; n <= N; n = n * 3 / 2 + 1) {
    for (size_t kind = 0; kind < 7; kind++) {
      trade_sum sum = zero, expected = zero;
      size_t known = 9, expected_known = 0;
      for (size_t i = 0; i < n; i++) {
        const int is_known = trade_random(&seed) % 4 != 0;
        values[i] = is_known ? array_value(kind, i, n, &seed) : missing[trade_random(&seed) % COUNT(missing)];
        if (is_known) trade_sum_add(&expected, values[i]);
        expected_known += (size_t)is_known;
      }
      assert_status(trade_sum_add_known_array(&sum, values, n, &known), TRADE_OK);
      assert_sum(sum, expected);
      assert_int_equal(known, expected_known);
      assert_status(trade_sum_add_known_array(&sum, values, n, NULL), TRADE_OK);
    }
  }
  trade_sum sum = zero;
  size_t known = 9;
  assert_status(trade_sum_add_known_array(NULL, values, 1, &known), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_known_array(&sum, NULL, 1, &known), TRADE_ERROR_NULL);
  assert_status(trade_sum_add_known_array(&sum, values, SIZE_MAX, &known), TRADE_ERROR_LENGTH);
  assert_sum(sum, zero);
  assert_int_equal(known, 9);
}

static void products_by_one_are_the_values(void **state) {
  (void)state;
  uint64_t seed = 13;
  for (int round = 0; round < 20000; round++) {
    const double value = random_value(&seed);
    const int scale = (int)(trade_random(&seed) % 1600) - 800;
    const trade_sum expected = sum_of(&value, 1);
    trade_sum sum = zero;
    trade_sum_add_product(&sum, ldexp(value, scale), ldexp(1, -scale));
    assert_sum(sum, expected);
    trade_sum_add_product(&sum, -ldexp(1, -scale), ldexp(value, scale));
    assert_sum(sum, zero);
  }
}

/** Fisher and Yates. */
static void shuffle(double *values, size_t n, uint64_t *state) {
  for (size_t i = n; i > 1; i--) {
    const size_t k = (size_t)(trade_random(state) % i);
    const double moved = values[i - 1];
    values[i - 1] = values[k];
    values[k] = moved;
  }
}

/** Deals the values out to parts, as workers get them, and merges the parts in any tree; each goes through its saved
 *  bytes. */
static trade_sum in_parts(const double *values, size_t n, uint64_t *state) {
  enum { MOST = 9 };
  trade_sum parts[MOST];
  size_t count = 1 + (size_t)(trade_random(state) % MOST);
  for (size_t i = 0; i < count; i++) parts[i] = zero;
  for (size_t i = 0; i < n; i++) trade_sum_add(&parts[trade_random(state) % count], values[i]);
  for (; count > 1; count--) {
    trade_sum *into = &parts[trade_random(state) % (count - 1)];
    uint8_t bytes[TRADE_SUM_SAVED_SIZE];
    assert_status(trade_sum_save(&parts[count - 1], bytes, sizeof bytes), TRADE_OK);
    trade_sum other = zero;
    assert_status(trade_sum_load(bytes, sizeof bytes, &other), TRADE_OK);
    *into = trade_random(state) & 1 ? added(*into, other) : added(other, *into);
  }
  return parts[0];
}

static void any_order_and_any_split_give_the_same_bits(void **state) {
  (void)state;
  enum { N = 60 }; /* times 2^121 is still within the range */
  double values[N];
  uint64_t seed = 17;
  for (int round = 0; round < 300; round++) {
    for (size_t i = 0; i < N; i++) values[i] = random_value(&seed) / 2;
    for (size_t i = 0; i < N / 2 && round % 2 == 0; i++) values[N - 1 - i] = -values[i] * (i % 3 == 0 ? 1 : 0x1p-60);
    const trade_sum sum = sum_of(values, N);
    assert_true(trade_sum_compare(&sum, &not_a_number) < 0);
    for (int order = 0; order < 10; order++) {
      shuffle(values, N, &seed);
      assert_sum(sum_of(values, N), sum);
      assert_sum(in_parts(values, N, &seed), sum);
    }
  }
}

/* Beyond the range, an order may give NaN where another gives the total; it never gives another number. */
static void past_the_limit_an_order_gives_the_total_or_nan(void **state) {
  (void)state;
  double values[] = {0x1p126, 0x1p126, -0x1p126, -0x1p126, 1.0, 0x1.8p126, -0x1.8p126};
  const trade_sum one = {0, 0, 1, 0};
  uint64_t seed = 19;
  size_t nans = 0, rounds = 2000;
  for (size_t round = 0; round < rounds; round++) {
    shuffle(values, COUNT(values), &seed);
    const trade_sum sum = round % 2 ? sum_of(values, COUNT(values)) : in_parts(values, COUNT(values), &seed);
    if (trade_sum_compare(&sum, &not_a_number) == 0) {
      nans++;
    } else {
      assert_sum(sum, one);
    }
  }
  assert_true(nans > 0 && nans < rounds);
}

static void what_is_added_and_subtracted_leaves_nothing(void **state) {
  (void)state;
  enum { N = 200 };
  double a[N], b[N];
  uint64_t seed = 23;
  trade_sum sum = zero;
  for (size_t i = 0; i < N; i++) {
    a[i] = ldexp(random_value(&seed), -8);
    b[i] = trade_random_unit(&seed);
    trade_sum_add(&sum, a[i]);
    trade_sum_add_product(&sum, a[i], b[i]);
  }
  for (size_t i = N; i-- > 0;) {
    trade_sum_add_product(&sum, b[i], -a[i]);
    trade_sum_subtract(&sum, a[i]);
  }
  assert_sum(sum, zero);
  assert_same(trade_sum_value(&sum), 0.0);
}

static void a_total_can_be_merged_into_itself(void **state) {
  (void)state;
  const double value = 0x1.23456789abcdep40;
  trade_sum sum = sum_of(&value, 1);
  trade_sum_merge(&sum, &sum);
  assert_same(trade_sum_value(&sum), 2 * value);
}

static void the_mean_is_rounded_once(void **state) {
  (void)state;
  const struct {
    double values[7];
    size_t n;
    double mean;
  } cases[] = {
      {{5}, 1, 5},
      {{-0.0}, 1, 0.0},
      {{1, -1}, 2, 0.0},
      {{1, 2}, 2, 1.5},
      {{1, 1, 0}, 3, 0x1.5555555555555p-1},
      {{-1, -1, 0}, 3, -0x1.5555555555555p-1},
      {{0x1p-128, 0, 0}, 3, 0x1.5555555555555p-130},
      {{0x1p-128, 0, 0, 0}, 4, 0x1p-130},
      {{0x1.fffffffffffffp126, 0}, 2, 0x1.fffffffffffffp125},
      {{0x1.fffffffffffffp126, 0x1p73, 0}, 3, 0x1.5555555555555p125}, /* the total would round to 2^127 */
      {{1, 0x1p-53}, 2, 0x1p-1},                                      /* ties to even */
      {{1, 0x1.8p-52}, 2, 0x1.0000000000002p-1},
      {{1, 0x1p-53, 0x1p-128, 0}, 4, 0x1.0000000000001p-2},
      {{0x1.8p64, 3072}, 3, 0x1p63}, /* ties, and what decides them: a remainder, a bit below */
      {{0x1.8p64, 3072, 1}, 3, 0x1.0000000000001p63},
      {{0x1.8p64, 3072, 0.5}, 3, 0x1.0000000000001p63},
      {{0x1.8p64, 3072, 0x1p-128}, 3, 0x1.0000000000001p63},
      /* the rounded total over n is the double beside it */
      {{0x1.f49384ae15d03p+5, 0x1.a3627ba47ac84p+2, 0x1.5119bfdc38074p+0, 0x1.4efcd581762c8p+6, 0x1.9ef7677e282c5p+4},
       5,
       0x1.2032ccfa4e44fp+5},
      {{0x1.4f96eaf4e8cc0p+3, 0x1.4539054558976p+6, 0x1.848cbfb876809p+6, 0x1.117e3e6ec2378p+6, 0x1.a48be6dc01b59p+3},
       5,
       0x1.b0b68bdc45d97p+5},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    double opposites[7];
    for (size_t k = 0; k < cases[i].n; k++) opposites[k] = -cases[i].values[k];
    assert_same(trade_sum_mean(cases[i].values, cases[i].n), cases[i].mean);
    assert_same(trade_sum_mean(opposites, cases[i].n), cases[i].mean == 0 ? 0.0 : -cases[i].mean);
  }
}

static void one_number_of_no_array_is_zero_or_undefined(void **state) {
  (void)state;
  const double values[] = {1, (double)INFINITY, -(double)INFINITY};
  assert_same(trade_sum_array(NULL, 0), 0.0);
  assert_same(trade_sum_array(values, 0), 0.0);
  assert_same(trade_sum_array(values, 1), 1.0);
  assert_undefined(trade_sum_array(values, 2));
  assert_undefined(trade_sum_array(values, 3));
  assert_undefined(trade_sum_array(NULL, 1));
  assert_undefined(trade_sum_array(values, SIZE_MAX));
  assert_undefined(trade_sum_mean(NULL, 0));
  assert_undefined(trade_sum_mean(values, 0));
  assert_undefined(trade_sum_mean(values, 2));
  assert_undefined(trade_sum_mean(NULL, 1));
  assert_undefined(trade_sum_mean(values, SIZE_MAX));
}

static size_t golden_sum(const golden_case *golden, double *result) {
  const double *a = golden->argument[0], *b = golden->argument[1];
  const size_t n = golden->length[0];
  trade_sum sum = zero, other = zero;
  if (strcmp(golden->function, "trade_sum_array") == 0) {
    result[0] = trade_sum_array(a, n);
  } else if (strcmp(golden->function, "trade_sum_mean") == 0) {
    result[0] = trade_sum_mean(a, n);
  } else if (strcmp(golden->function, "trade_sum_add_product_array") == 0) {
    assert_status(trade_sum_add_product_array(&sum, a, b, n), TRADE_OK);
    result[0] = trade_sum_value(&sum);
  } else if (strcmp(golden->function, "trade_sum_compare") == 0) {
    assert_status(trade_sum_add_array(&sum, a, n), TRADE_OK);
    assert_status(trade_sum_add_array(&other, b, golden->length[1]), TRADE_OK);
    result[0] = trade_sum_compare(&sum, &other);
  } else if (strcmp(golden->function, "trade_sum_save") == 0) {
    uint8_t bytes[TRADE_SUM_SAVED_SIZE];
    assert_status(trade_sum_add_array(&sum, a, n), TRADE_OK);
    assert_status(trade_sum_save(&sum, bytes, sizeof bytes), TRADE_OK);
    for (size_t i = 0; i < sizeof bytes; i++) result[i] = bytes[i];
    return sizeof bytes;
  } else {
    return 0;
  }
  return 1;
}

static void golden_vectors_hold(void **state) {
  (void)state;
  trade_golden("sum.txt", golden_sum);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(totals_are_exact_where_plain_addition_is_not),
      cmocka_unit_test(every_power_of_two_sets_its_bit),
      cmocka_unit_test(addends_round_half_to_even_and_overflow_to_nan),
      cmocka_unit_test(a_total_that_reaches_the_limit_is_nan),
      cmocka_unit_test(nan_stays),
      cmocka_unit_test(negation_is_exact),
      cmocka_unit_test(a_total_is_rounded_once_half_to_even),
      cmocka_unit_test(comparison_is_exact_and_puts_nan_last),
      cmocka_unit_test(saved_bytes_are_the_integer_little_endian),
      cmocka_unit_test(any_saved_bytes_can_be_loaded_and_used),
      cmocka_unit_test(a_refusal_writes_nothing),
      cmocka_unit_test(null_totals_are_ignored_or_nan),
      cmocka_unit_test(arrays_give_the_bits_of_one_by_one),
      cmocka_unit_test(blocks_give_the_bits_of_one_by_one),
      cmocka_unit_test(ties_of_products_round_as_one_by_one_does),
      cmocka_unit_test(full_bins_count_right),
      cmocka_unit_test(scattered_rows_give_the_totals_of_their_cells),
      cmocka_unit_test(a_matrix_adds_to_its_margins),
      cmocka_unit_test(known_values_are_added_and_counted),
      cmocka_unit_test(products_by_one_are_the_values),
      cmocka_unit_test(any_order_and_any_split_give_the_same_bits),
      cmocka_unit_test(past_the_limit_an_order_gives_the_total_or_nan),
      cmocka_unit_test(what_is_added_and_subtracted_leaves_nothing),
      cmocka_unit_test(a_total_can_be_merged_into_itself),
      cmocka_unit_test(the_mean_is_rounded_once),
      cmocka_unit_test(one_number_of_no_array_is_zero_or_undefined),
      cmocka_unit_test(golden_vectors_hold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
