/**
 * Adding one value to a total without a call, for loops over cells. Private to the library.
 */
#ifndef TRADE_SUM_USUAL_H
#define TRADE_SUM_USUAL_H

#include "internal.h"
#include "tradestat/sum.h"

/** Adds a value as tables have them, positive and from 2^-76 to 2^53, to a total that stays clear of its limits: 1, or 0
 *  with nothing done, for trade_sum_add. */
TRADE_INLINE int trade_sum_add_usual(trade_sum *sum, double value) {
  const uint64_t bits = trade_bits_of(value), shift = (bits >> 52) - 947; /* of the mantissa, in units of 2^-128 */
  if (shift >= 128 || sum->word3 == (uint64_t)1 << 63) return 0;          /* the latter may be NaN */
  const uint64_t mantissa = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
  const int left = (int)(shift & 63);
  uint64_t *const at_low = shift >> 6 ? &sum->word1 : &sum->word0;
  uint64_t *const at_high = shift >> 6 ? &sum->word2 : &sum->word1;
  const uint64_t low = *at_low + (mantissa << left), carry = low < *at_low;
  const uint64_t addend = (mantissa >> 1 >> (63 - left)) + carry, high = *at_high + addend; /* below 2^53 */
  if (high < addend) return 0;
  *at_low = low;
  *at_high = high;
  return 1;
}

#endif
