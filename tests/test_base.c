#include "trade_test.h"

static void version_is_one(void **state) {
  (void)state;
  char text[32];
  snprintf(text, sizeof text, "%d.%d.%d", TRADE_VERSION_MAJOR, TRADE_VERSION_MINOR, TRADE_VERSION_PATCH);
  assert_string_equal(trade_version_text(), text);
  assert_int_equal(trade_version(), TRADE_VERSION_MAJOR * 1000000 + TRADE_VERSION_MINOR * 1000 + TRADE_VERSION_PATCH);
}

/* The numbers are part of the ABI: they never change. */
static void statuses_keep_their_numbers_and_have_their_own_texts(void **state) {
  (void)state;
  static const trade_status all[] = {TRADE_OK,
                                     TRADE_ERROR_NULL,
                                     TRADE_ERROR_LENGTH,
                                     TRADE_ERROR_CAPACITY,
                                     TRADE_ERROR_VALUE,
                                     TRADE_ERROR_TEXT,
                                     TRADE_ERROR_RANGE,
                                     TRADE_ERROR_PERIOD,
                                     TRADE_ERROR_NOT_MONTHS,
                                     TRADE_ERROR_CURRENCY,
                                     TRADE_ERROR_RATE,
                                     TRADE_ERROR_ORDER,
                                     TRADE_ERROR_NOT_FOUND,
                                     TRADE_ERROR_MEMORY,
                                     TRADE_ERROR_FORMAT,
                                     TRADE_ERROR_LIMIT,
                                     TRADE_NEED_INPUT,
                                     TRADE_END};
  const char *unknown = trade_status_text((trade_status)COUNT(all));
  for (size_t i = 0; i < COUNT(all); i++) {
    assert_int_equal(all[i], i);
    assert_string_not_equal(trade_status_text(all[i]), unknown);
    for (size_t k = 0; k < i; k++) assert_string_not_equal(trade_status_text(all[i]), trade_status_text(all[k]));
  }
  assert_string_equal(trade_status_text(-1), unknown);
  assert_string_equal(trade_status_text(INT32_MIN), unknown);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(version_is_one),
      cmocka_unit_test(statuses_keep_their_numbers_and_have_their_own_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
