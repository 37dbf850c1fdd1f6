#include "check.h"

#include "internal.h"

#include <float.h>

trade_status trade_check_array(const double *values, size_t n) {
  if (n > 0 && !values) return TRADE_ERROR_NULL;
  return trade_fits(n, sizeof *values) ? TRADE_OK : TRADE_ERROR_LENGTH;
}

/** The bits that any of n values has: without the sign bit none can be negative. */
TRADE_INLINE void check_bits_body(const double *values, size_t n, uint64_t *bits, int fused) {
  uint64_t found = 0;
  (void)fused;
  for (size_t i = 0; i < n; i++) found |= trade_bits_of(values[i]);
  *bits = found;
}

TRADE_VARIANTS(check_bits, (const double *values, size_t n, uint64_t *bits), values, n, bits)

trade_status trade_check_values(const double *values, size_t n) {
  uint64_t bits;
  int negative = 0;
  const trade_status status = trade_check_array(values, n);
  if (status != TRADE_OK) return status;
  check_bits(values, n, &bits);
  if (!(bits >> 63)) return TRADE_OK;
  for (size_t i = 0; i < n; i++) negative |= (values[i] < 0) & (values[i] >= -DBL_MAX);
  return negative ? TRADE_ERROR_VALUE : TRADE_OK;
}

trade_status trade_check_matrix(const double *values, size_t rows, size_t columns) {
  if (columns > 0 && rows > SIZE_MAX / columns) return TRADE_ERROR_LENGTH;
  return trade_check_values(values, rows * columns);
}
