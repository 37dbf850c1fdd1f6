#include "check.h"
#include "trade_test.h"

#include <float.h>

/* A negative value is found wherever it stands; what only looks negative is not one. */
static void negative_values_are_found_and_nothing_else(void **state) {
  (void)state;
  enum { N = 100 };
  static const struct {
    double value;
    trade_status status;
  } cases[] = {{0, TRADE_OK},
               {-0.0, TRADE_OK},
               {5e-324, TRADE_OK},
               {(double)NAN, TRADE_OK},
               {-(double)NAN, TRADE_OK},
               {HUGE_VAL, TRADE_OK},
               {-HUGE_VAL, TRADE_OK},
               {-5e-324, TRADE_ERROR_VALUE},
               {-1, TRADE_ERROR_VALUE},
               {-DBL_MAX, TRADE_ERROR_VALUE}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    for (size_t n = 1; n <= N; n += n < 20 ? 1 : 13) {
      for (size_t place = 0; place < n; place++) {
        double values[N];
        for (size_t i = 0; i < n; i++) values[i] = i == place ? cases[c].value : (double)i;
        assert_status(trade_check_array(values, n), TRADE_OK);
        assert_status(trade_check_values(values, n), cases[c].status);
        assert_status(trade_check_matrix(values, n, 1), cases[c].status);
      }
    }
  }
}

static void arrays_that_cannot_be_are_refused(void **state) {
  (void)state;
  const double value = 1;
  assert_status(trade_check_array(NULL, 0), TRADE_OK);
  assert_status(trade_check_values(NULL, 0), TRADE_OK);
  assert_status(trade_check_matrix(NULL, 0, 7), TRADE_OK);
  assert_status(trade_check_matrix(NULL, 7, 0), TRADE_OK);
  assert_status(trade_check_array(NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_check_values(NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_check_matrix(NULL, 1, 1), TRADE_ERROR_NULL);
  assert_status(trade_check_array(&value, SIZE_MAX / 8), TRADE_ERROR_LENGTH);
  assert_status(trade_check_values(&value, SIZE_MAX / 8), TRADE_ERROR_LENGTH);
  assert_status(trade_check_matrix(&value, SIZE_MAX, SIZE_MAX), TRADE_ERROR_LENGTH);
  assert_status(trade_check_matrix(&value, SIZE_MAX / 2 + 1, 2), TRADE_ERROR_LENGTH);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(negative_values_are_found_and_nothing_else),
      cmocka_unit_test(arrays_that_cannot_be_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
