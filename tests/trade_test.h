/**
 * What every test needs: cmocka with what it wants included first, comparisons of doubles, golden vectors, random
 * numbers.
 */
#ifndef TRADE_TEST_H
#define TRADE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tradestat.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/** Same bits, all NaNs being one: 0 is not -0. */
#define assert_same(actual, expected) trade_assert_same((actual), (expected), __FILE__, __LINE__)
/** At most `ulps` ulps of `expected` apart; NaN only equals NaN, an infinity only itself. */
#define assert_ulps(actual, expected, ulps) trade_assert_ulps((actual), (expected), (ulps), __FILE__, __LINE__)
#define assert_undefined(actual)            trade_assert_same((actual), (double)NAN, __FILE__, __LINE__)
#define assert_status(actual, expected)     trade_assert_status((actual), (expected), __FILE__, __LINE__)

void trade_assert_same(double actual, double expected, const char *file, int line);
void trade_assert_ulps(double actual, double expected, double ulps, const char *file, int line);
void trade_assert_status(trade_status actual, trade_status expected, const char *file, int line);

/** Distance in units in the last place of `expected`; 0 if both are NaN, infinite if only one is. */
double trade_ulps(double actual, double expected);

/** A seeded generator of 64 random bits (splitmix64): the same numbers in every run. */
uint64_t trade_random(uint64_t *state);
/** One of 0 to n - 1. */
size_t trade_random_below(uint64_t *state, size_t n);
/** Uniform in [0, 1), 53 bits. */
double trade_random_unit(uint64_t *state);
/** Positive, its logarithm uniform between those of the two bounds. */
double trade_random_between(uint64_t *state, double low, double high);

enum { GOLDEN_ARGUMENTS = 8, GOLDEN_VALUES = 64 };

/** One line of a golden file: `function argument ... = result ... ~ ulps`, where an argument is a number or
 *  [numbers]. */
typedef struct golden_case {
  char function[64];
  size_t arguments;
  double argument[GOLDEN_ARGUMENTS][GOLDEN_VALUES];
  size_t length[GOLDEN_ARGUMENTS]; /* of each argument; 1 for a number */
  double expected[GOLDEN_VALUES];
  size_t results;
  double ulps;
} golden_case;

/** Computes a case into `result`; returns how many numbers that are, or 0 if it does not know the function. */
typedef size_t (*golden_call)(const golden_case *golden, double *result);

/** Runs every line of tests/golden/<file>. An expected number is itself rounded, so half an ulp is allowed on top,
 *  unless a line says 0: then the bits are the same. Fails also if the file has no line. */
void trade_golden(const char *file, golden_call call);

#endif
