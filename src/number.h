/**
 * Decimal text to double and back: correctly rounded, no locale. Private to the library; tests use it too.
 */
#ifndef TRADE_NUMBER_H
#define TRADE_NUMBER_H

#include "tradestat/base.h"

/** Which double, or which decimal, stands for an exact number that lies between two. */
enum {
  TRADE_NUMBER_NEAREST = 0, /* the nearest, a tie to the even one */
  TRADE_NUMBER_DOWN = 1,    /* the greatest that is not above it */
  TRADE_NUMBER_UP = 2       /* the smallest that is not below it */
};

enum { TRADE_NUMBER_TEXT_SIZE = 32 /* bytes that hold any text of trade_number_format_shortest */ };

/**
 * Reads [+-]digits[.digits][(e|E)[+-]digits] (digits on at least one side of the point), all of `length` bytes, of any
 * length.
 * @return TRADE_OK with the double nearest to it (ties to even; 0 or -0 on underflow); TRADE_ERROR_NULL;
 *         TRADE_ERROR_TEXT; TRADE_ERROR_RANGE if it rounds to an infinity
 */
trade_status trade_number_parse(const char *text, size_t length, double *value);

/**
 * (-1 if negative) * the integer of `count` decimal digits ('0' to '9', any number, 0 if none) * 10^exponent, rounded
 * as `rounding` says (of the signed number: DOWN is towards minus infinity; a 0 keeps the sign).
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE if there is no such rounding; TRADE_ERROR_TEXT if one is no
 *         digit; TRADE_ERROR_RANGE if it rounds to an infinity: DOWN of a number above all doubles is the greatest of
 *         them
 */
trade_status trade_number_from_digits(const char *digits, size_t count, int64_t exponent, int32_t negative,
                                      int32_t rounding, double *value);

/**
 * The shortest decimal that reads back as the same double, the nearest of those to it, as Python's repr writes it but
 * without ".0": "0.1", "1", "-0", "1e+16", "5e-324". NUL-terminated; TRADE_NUMBER_TEXT_SIZE bytes are always enough.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE if NaN or infinite; TRADE_ERROR_CAPACITY
 */
trade_status trade_number_format_shortest(double value, char *text, size_t capacity);

/**
 * The exact value / 10^scale with `decimals` places (0 to 1100), rounded as `rounding` says, ties to even: plain
 * digits, no exponent, NUL-terminated; a zero result has no sign. `scale` -400 to 400.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE (NaN, infinite, other arguments); TRADE_ERROR_CAPACITY
 */
trade_status trade_number_format_fixed(double value, int32_t scale, int32_t decimals, int32_t rounding, char *text,
                                       size_t capacity);

#endif
