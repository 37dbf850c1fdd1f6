/**
 * Shared by all sources and by nothing else: what the compiler must not do, and the smallest helpers.
 */
#ifndef TRADE_INTERNAL_H
#define TRADE_INTERNAL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__FAST_MATH__) || defined(_M_FP_FAST)
#error "tradestat needs IEEE 754 arithmetic: compile without -ffast-math, -Ofast, /fp:fast"
#endif

#if (defined(__clang__) || defined(_MSC_VER)) && !defined(__cplusplus)
#pragma STDC FP_CONTRACT OFF
#endif

/** What an undefined statistic is. */
#define TRADE_UNDEFINED ((double)NAN)

/** 1 unless x is NaN or infinite. */
static inline int trade_known(double x) { return isfinite(x) != 0; }

/** 1 if x is a positive finite number. */
static inline int trade_positive(double x) { return x > 0 && trade_known(x); }

/** x if it is finite, else undefined: what a formula gives when it overflows is not a result. */
static inline double trade_finite_or_undefined(double x) { return trade_known(x) ? x : TRADE_UNDEFINED; }

/** 1 if n elements of `size` bytes can stand in memory. */
static inline int trade_fits(size_t n, size_t size) { return n <= SIZE_MAX / 2 / size; }

static inline uint64_t trade_bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double trade_double_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
