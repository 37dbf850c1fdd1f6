/**
 * Exact totals. A trade_sum holds a total as a 256-bit two's complement integer in units of 2^-128, so that adding is
 * integer addition: the same rows in any order, on any thread, in any split give the same bits.
 *
 * Exact: every double from 2^-76 (1.4e-23) to below 2^127 (1.7e38) in magnitude, every smaller one that is a multiple
 * of 2^-128, and every product of two doubles that is one. An addend with bits below 2^-128 (2.9e-39) is first rounded
 * to the nearest multiple, ties to even: it is then off by at most 2^-129, always in the same way, so that order still
 * does not matter.
 *
 * Range: an addend that is NaN, infinite or of 2^127 or more in magnitude makes the total NaN, and so does a total that
 * reaches 2^127 in magnitude; NaN stays NaN. While the magnitudes of all addends, as rounded, add up to less than 2^127
 * (a billion addends of 1e29, say), no order and no split can get there. Beyond that, an order may pass 2^127 on its
 * way to a total that is within: it gives NaN where another gives the total. A wrong number it never gives.
 *
 * A null total counts as NaN where it is read; where it would be written nothing happens, or TRADE_ERROR_NULL says so.
 */
#ifndef TRADE_SUM_H
#define TRADE_SUM_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A total: the words of the integer, lowest first. Zero-filled is zero; -2^255 (only the top bit set) stands for NaN;
 *  every other pattern is a number. */
typedef struct trade_sum {
  uint64_t word0;
  uint64_t word1;
  uint64_t word2;
  uint64_t word3;
} trade_sum;

enum { TRADE_SUM_SAVED_SIZE = 32 /* bytes of a saved sum */ };

/** Adds one value. */
TRADE_API void trade_sum_add(trade_sum *sum, double value);

/** Subtracts one value: adds -value. */
TRADE_API void trade_sum_subtract(trade_sum *sum, double value);

/** Adds the exact product a * b, rounded once to a multiple of 2^-128 as any addend. The product may overflow or
 *  underflow a double: 1e300 * 1e-300 is fine. NaN if a or b is NaN or infinite, whatever the other is. */
TRADE_API void trade_sum_add_product(trade_sum *sum, double a, double b);

/** Adds n values: the same bits as adding them one by one. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_sum_add_array(trade_sum *sum, const double *values, size_t n);

/** Adds those of n values that are neither NaN nor infinite; `known`, which may be null, becomes how many they were.
 *  The same bits as adding them one by one. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_sum_add_known_array(trade_sum *sum, const double *values, size_t n, size_t *known);

/** Adds n products a[i] * b[i]: the same bits as adding them one by one. TRADE_OK, TRADE_ERROR_NULL,
 *  TRADE_ERROR_LENGTH. */
TRADE_API trade_status trade_sum_add_product_array(trade_sum *sum, const double *a, const double *b, size_t n);

/**
 * Adds every value of a matrix to the total of its row and to the total of its column, in one pass: the margins of a
 * table of countries by products. The same bits as adding them one by one.
 *
 * @param row_totals     `rows` totals, zero-filled at the beginning, or null if not wanted
 * @param column_totals  `columns` totals, likewise; no overlap between them
 * @param values         rows x columns doubles: that in row r and column c is values[r * stride + c]
 * @param stride         from a row's first value to the next row's: `columns` for a whole matrix, more for a part of
 *                       one, so that column c alone is (NULL, &total, matrix + c, rows, 1, columns). Free if there is
 *                       one row
 * @return TRADE_OK, TRADE_ERROR_NULL for null values or no totals at all, TRADE_ERROR_LENGTH, also if stride < columns
 */
TRADE_API trade_status trade_sum_add_matrix(trade_sum *row_totals, trade_sum *column_totals, const double *values,
                                            size_t rows, size_t columns, size_t stride);

/**
 * Adds rows to the cells they belong to, values[i] to cells[cell[i]]: totals by country, product or any other key. The
 * same bits as adding them one by one, in any order of the rows.
 *
 * @param cells  cell_count totals, zero-filled at the beginning
 * @param cell   n numbers of cells, 0 to cell_count - 1; no overlap with the cells
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE if there is no such cell for a row: nothing
 *         is added then
 */
TRADE_API trade_status trade_sum_scatter(trade_sum *cells, size_t cell_count, const int32_t *cell, const double *values,
                                         size_t n);

/** Adds another total, which may be the same one. Merging partial sums in any tree gives the bits of one sum fed with
 *  everything (see the range above). */
TRADE_API void trade_sum_merge(trade_sum *sum, const trade_sum *other);

/** The total's opposite in place, exactly; NaN stays NaN. To subtract b from a: negate a, merge b, negate a. */
TRADE_API void trade_sum_negate(trade_sum *sum);

/** The total rounded once to the nearest double, ties to even (0.5 ulp); 0 is +0. NaN if the total is. */
TRADE_API double trade_sum_value(const trade_sum *sum);

/** -1, 0 or 1 as total a is less than, equal to or greater than b, exactly. NaN equals NaN and comes after every
 *  number. */
TRADE_API int32_t trade_sum_compare(const trade_sum *a, const trade_sum *b);

/** Writes the total as TRADE_SUM_SAVED_SIZE bytes, the integer little-endian, the same on every machine.
 *  TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_CAPACITY if there is less room. */
TRADE_API trade_status trade_sum_save(const trade_sum *sum, uint8_t *bytes, size_t capacity);

/** Reads what trade_sum_save wrote; any TRADE_SUM_SAVED_SIZE bytes are a total. TRADE_OK, TRADE_ERROR_NULL,
 *  TRADE_ERROR_LENGTH unless length is TRADE_SUM_SAVED_SIZE. */
TRADE_API trade_status trade_sum_load(const uint8_t *bytes, size_t length, trade_sum *sum);

/** The total of an array, rounded once (0.5 ulp): add and value in one call. n == 0 gives 0; NaN if a value is missing,
 *  the total is out of range, `values` is null or n too large for memory. */
TRADE_API double trade_sum_array(const double *values, size_t n);

/** The mean of an array: its total over n, rounded once (0.5 ulp), not the quotient of a rounded total. NaN if n == 0
 *  and where trade_sum_array is NaN. */
TRADE_API double trade_sum_mean(const double *values, size_t n);

#ifdef __cplusplus
}
#endif

#endif
