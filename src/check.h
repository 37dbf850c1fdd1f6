/**
 * What a caller hands in, looked at before anything is written. Private to the library.
 */
#ifndef TRADE_CHECK_H
#define TRADE_CHECK_H

#include "tradestat/base.h"

/** Whether an array of n values can be there: TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH. */
trade_status trade_check_array(const double *values, size_t n);

/** The same for values that must not be negative: TRADE_ERROR_VALUE if one is. -0 is not, and minus infinity is
 *  missing. */
trade_status trade_check_values(const double *values, size_t n);

/** The same for a matrix. */
trade_status trade_check_matrix(const double *values, size_t rows, size_t columns);

#endif
