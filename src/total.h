/**
 * Exact totals as doubles, and what is exact between totals. Private to the library.
 */
#ifndef TRADE_TOTAL_H
#define TRADE_TOTAL_H

#include "internal.h"
#include "tradestat/sum.h"

/** The double nearest to a number, and the double nearest to what that leaves: 106 bits together. */
typedef struct trade_pair {
  double high;
  double low;
} trade_pair;

TRADE_INLINE trade_pair trade_pair_of(double high, double low) {
  trade_pair pair;
  pair.high = high;
  pair.low = low;
  return pair;
}

enum { TRADE_PARTS = 5 /* doubles of 53 bits that cover the 256 of a total */ };

/** A total as doubles that add up to it, then zeros. */
typedef struct trade_parts {
  double part[TRADE_PARTS];
} trade_parts;

trade_pair trade_total_pair(trade_sum total);

trade_parts trade_total_parts(trade_sum total);

/** Adds factor * total, exactly. */
void trade_total_add_multiple(trade_sum *sum, double factor, const trade_parts *total);

/** a * b, exactly. */
trade_sum trade_total_product(const trade_parts *a, const trade_parts *b);

/** a - b, exactly. */
trade_sum trade_total_difference(trade_sum a, trade_sum b);

#endif
