/**
 * Reads any bytes as a number, as strtod does, and takes them as a double that is written and read back.
 * The first two bytes say how: decimals of the fixed form, and its power of ten.
 */
#include "internal.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int holds) {
  if (!holds) abort();
}

static size_t count_digits(const char *text) { return strspn(text, "0123456789"); }

/** 1 if the text is a number as number.h defines one. */
static int is_number(const char *text, size_t length) {
  const char *at = text;
  at += *at == '+' || *at == '-';
  const size_t whole = count_digits(at);
  at += whole;
  const size_t behind = *at == '.' ? count_digits(at + 1) : 0;
  at += *at == '.' ? behind + 1 : 0;
  if (whole + behind == 0) return 0;
  if (*at == 'e' || *at == 'E') {
    at += at[1] == '+' || at[1] == '-' ? 2 : 1;
    const size_t exponent = count_digits(at);
    if (exponent == 0) return 0;
    at += exponent;
  }
  return (size_t)(at - text) == length;
}

/** The program never calls setlocale: strtod's decimal mark is the point. */
static void parse(const char *text, size_t length) {
  double value = 7;
  const trade_status status = trade_number_parse(text, length, &value);
  if (!is_number(text, length)) {
    expect(status == TRADE_ERROR_TEXT && value == 7);
    return;
  }
  const double expected = strtod(text, NULL);
  if (isinf(expected))
    expect(status == TRADE_ERROR_RANGE && value == 7);
  else
    expect(status == TRADE_OK && trade_bits_of(value) == trade_bits_of(expected));
}

/** Digits rounded down, to the nearest and up: neighbours, the nearest one of the two others. */
static void round_digits(const char *digits, size_t count, int64_t exponent, int32_t negative) {
  double down = 0, nearest = 0, up = 0;
  if (trade_number_from_digits(digits, count, exponent, negative, TRADE_NUMBER_DOWN, &down) != TRADE_OK ||
      trade_number_from_digits(digits, count, exponent, negative, TRADE_NUMBER_NEAREST, &nearest) != TRADE_OK ||
      trade_number_from_digits(digits, count, exponent, negative, TRADE_NUMBER_UP, &up) != TRADE_OK)
    return; /* beyond all doubles on one side */
  expect(up == down || nextafter(down, HUGE_VAL) == up);
  expect(nearest == down || nearest == up);
}

/** What is written reads back as the same double; rounded to fewer places, it lies on the side that was asked for. */
static void format(double value, int32_t decimals, int32_t scale) {
  char text[2048];
  double back = 0, low = 0, high = 0;
  if (!isfinite(value)) {
    expect(trade_number_format_shortest(value, text, sizeof text) == TRADE_ERROR_VALUE);
    return;
  }
  expect(trade_number_format_shortest(value, text, TRADE_NUMBER_TEXT_SIZE) == TRADE_OK);
  expect(trade_number_parse(text, strlen(text), &back) == TRADE_OK && trade_bits_of(back) == trade_bits_of(value));
  expect(trade_number_format_fixed(value, 0, 1100, TRADE_NUMBER_NEAREST, text, sizeof text) == TRADE_OK);
  expect(trade_number_parse(text, strlen(text), &back) == TRADE_OK && back == value);
  expect(trade_number_format_fixed(value, 0, decimals, TRADE_NUMBER_DOWN, text, sizeof text) == TRADE_OK);
  expect(trade_number_parse(text, strlen(text), &low) == TRADE_OK && low <= value);
  if (trade_number_format_fixed(value, 0, decimals, TRADE_NUMBER_UP, text, sizeof text) == TRADE_OK &&
      trade_number_parse(text, strlen(text), &high) == TRADE_OK)
    expect(high >= value);
  expect(trade_number_format_fixed(value, scale, decimals, TRADE_NUMBER_NEAREST, text, sizeof text) == TRADE_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  const char *bytes = (const char *)data + 2;
  const size_t length = size - 2;
  char *text = (char *)malloc(length + 1); /* as long as it is: reading beyond it is seen */
  expect(text != NULL);
  if (length) memcpy(text, bytes, length);
  text[length] = 0;
  parse(text, length);
  round_digits(text, count_digits(text), (int64_t)data[0] * 3 - 400, data[1] & 1);
  uint64_t bits = 0;
  for (size_t i = 0; i < length && i < 8; i++) bits = bits << 8 | data[2 + i];
  format(trade_double_of(bits), data[0], (int32_t)data[1] - 128);
  free(text);
  return 0;
}
