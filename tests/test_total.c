#include "total.h"
#include "trade_test.h"

static const trade_sum zero = {0, 0, 0, 0};

static trade_sum random_total(uint64_t *seed, int bits) {
  trade_sum total = zero;
  for (int k = 0; k < 6; k++)
    trade_sum_add(&total,
                  ldexp(trade_random_unit(seed) - 0.5, (int)trade_random_below(seed, (uint64_t)bits) - bits / 2));
  return total;
}

static void assert_total(trade_sum actual, trade_sum expected) {
  assert_int_equal(trade_sum_compare(&actual, &expected), 0);
}

static void parts_add_up_to_the_total_and_the_pair_begins_them(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (int round = 0; round < 2000; round++) {
    const trade_sum total = random_total(&seed, 240);
    const trade_parts parts = trade_total_parts(total);
    const trade_pair pair = trade_total_pair(total);
    trade_sum again = zero, twice = zero;
    for (int k = 0; k < TRADE_PARTS; k++) trade_sum_add(&again, parts.part[k]);
    assert_total(again, total);
    assert_same(pair.high, parts.part[0]);
    assert_same(pair.low, parts.part[1]);
    trade_total_add_multiple(&again, -3, &parts); /* 1 - 3 */
    trade_sum_merge(&twice, &total);
    trade_sum_merge(&twice, &total);
    trade_sum_negate(&twice);
    assert_total(again, twice);
    assert_total(trade_total_difference(again, again), zero);
    trade_sum_negate(&again);
    assert_total(trade_total_difference(again, total), total); /* 2 - 1 */
  }
}

/* (a + b) c = a c + b c, whatever the bits. */
static void products_of_totals_are_exact(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (int round = 0; round < 500; round++) {
    const trade_sum a = random_total(&seed, 100), b = random_total(&seed, 100), c = random_total(&seed, 20);
    trade_sum both = a;
    trade_sum_merge(&both, &b);
    const trade_parts x = trade_total_parts(a), y = trade_total_parts(b), z = trade_total_parts(c);
    const trade_parts together = trade_total_parts(both);
    trade_sum apart = trade_total_product(&x, &z);
    const trade_sum other = trade_total_product(&z, &y);
    trade_sum_merge(&apart, &other);
    const trade_sum whole = trade_total_product(&together, &z);
    assert_same(trade_sum_value(&whole), trade_sum_value(&apart));
  }
}

static void a_total_that_is_nan_makes_nan_even_of_nothing(void **state) {
  (void)state;
  trade_sum missing = zero;
  trade_sum_add(&missing, (double)NAN);
  const trade_parts nan = trade_total_parts(missing), none = trade_total_parts(zero);
  const trade_sum products[] = {trade_total_product(&nan, &none), trade_total_product(&none, &nan),
                                trade_total_difference(missing, zero), trade_total_difference(zero, missing)};
  for (size_t i = 0; i < COUNT(products); i++) assert_undefined(trade_sum_value(&products[i]));
  assert_undefined(trade_total_pair(missing).high);
  trade_sum sum = zero;
  trade_total_add_multiple(&sum, (double)NAN, &none);
  assert_undefined(trade_sum_value(&sum));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_add_up_to_the_total_and_the_pair_begins_them),
      cmocka_unit_test(products_of_totals_are_exact),
      cmocka_unit_test(a_total_that_is_nan_makes_nan_even_of_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
