/**
 * Exact totals. A trade_sum holds a total as a 256-bit two's complement integer in units of 2^-128, so that adding is
 * integer addition: the same rows in any order, on any thread, in any split give the same bits.
 *
 * Exact: every finite double from 2^-75 (2.6e-23) to below 2^127 (1.7e38) in magnitude, and every product of two doubles
 * that is a multiple of 2^-128 in that range. What has bits below 2^-128 is rounded to the nearest multiple first (ties to even),
 * addend by addend, so that order still does not matter. NaN, an infinity, an addend or a total of 2^127 or more in
 * magnitude makes the total NaN for good. Only a total that passes 2^127 on its way, though it would come back, can
 * depend on order.
 */
#ifndef TRADE_SUM_H
#define TRADE_SUM_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A total: the words of the integer, lowest first. Zero-filled is zero; -2^255 (only the top bit set) stands for NaN. */
typedef struct trade_sum {
  uint64_t word0;
  uint64_t word1;
  uint64_t word2;
  uint64_t word3;
} trade_sum;

enum { TRADE_SUM_SAVED_SIZE = 32 /* bytes of a saved sum */ };

/** Adds one value. Nothing happens if `sum` is null. */
TRADE_API void trade_sum_add(trade_sum *sum, double value);

/** Subtracts one value: adds -value. */
TRADE_API void trade_sum_subtract(trade_sum *sum, double value);

/** Adds the exact product a * b, rounded once to a multiple of 2^-128. The product may overflow or underflow a double. */
TRADE_API void trade_sum_add_product(trade_sum *sum, double a, double b);

/** Adds n values: the same bits as adding them one by one. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_sum_add_array(trade_sum *sum, const double *values, size_t n);

/** Adds n products a[i] * b[i]: the same bits as adding them one by one. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_sum_add_product_array(trade_sum *sum, const double *a, const double *b, size_t n);

/** Adds another total. Merging partial sums in any tree gives the bits of one sum fed with everything. */
TRADE_API void trade_sum_merge(trade_sum *sum, const trade_sum *other);

/** The total's opposite in place; NaN stays NaN. */
TRADE_API void trade_sum_negate(trade_sum *sum);

/** The total rounded once to the nearest double, ties to even (0.5 ulp); 0 is +0. NaN if the total is NaN or `sum` is null. */
TRADE_API double trade_sum_value(const trade_sum *sum);

/** -1, 0 or 1 as total a is less than, equal to or greater than b, exactly. NaN equals NaN and comes after every number;
 *  null counts as NaN. */
TRADE_API int32_t trade_sum_compare(const trade_sum *a, const trade_sum *b);

/** Writes the total as TRADE_SUM_SAVED_SIZE bytes, the integer little-endian, the same on every machine.
 *  TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_CAPACITY. */
TRADE_API trade_status trade_sum_save(const trade_sum *sum, uint8_t *bytes, size_t capacity);

/** Reads what trade_sum_save wrote. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH unless length is TRADE_SUM_SAVED_SIZE. */
TRADE_API trade_status trade_sum_load(const uint8_t *bytes, size_t length, trade_sum *sum);

/** The exact total of an array, rounded once (0.5 ulp): add and value in one call. n == 0 gives 0; NaN if a value is
 *  missing or `values` is null. */
TRADE_API double trade_sum_array(const double *values, size_t n);

/** The mean of an array: its exact total over n, within 1 ulp. NaN if n == 0, a value is missing or `values` is null. */
TRADE_API double trade_sum_mean(const double *values, size_t n);

#ifdef __cplusplus
}
#endif

#endif
