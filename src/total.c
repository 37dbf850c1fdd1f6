#include "total.h"

trade_pair trade_total_pair(trade_sum total) {
  trade_pair pair;
  pair.high = trade_sum_value(&total);
  trade_sum_subtract(&total, pair.high);
  pair.low = trade_sum_value(&total);
  return pair;
}

trade_parts trade_total_parts(trade_sum total) {
  trade_parts parts;
  for (int k = 0; k < TRADE_PARTS; k++) {
    parts.part[k] = trade_sum_value(&total);
    trade_sum_subtract(&total, parts.part[k]);
  }
  return parts;
}

/* The first part counts even if it is 0: NaN times nothing is NaN. */
void trade_total_add_multiple(trade_sum *sum, double factor, const trade_parts *total) {
  for (int k = 0; k < TRADE_PARTS && (k == 0 || total->part[k] != 0); k++)
    trade_sum_add_product(sum, factor, total->part[k]);
}

trade_sum trade_total_product(const trade_parts *a, const trade_parts *b) {
  trade_sum product = {0, 0, 0, 0};
  for (int k = 0; k < TRADE_PARTS && (k == 0 || b->part[k] != 0); k++)
    trade_total_add_multiple(&product, b->part[k], a);
  return product;
}

trade_sum trade_total_difference(trade_sum a, trade_sum b) {
  trade_sum_negate(&b);
  trade_sum_merge(&a, &b);
  return a;
}
