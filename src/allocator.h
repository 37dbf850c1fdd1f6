/**
 * Memory through the caller's allocator. Private to the library; the only place that knows the C library's.
 */
#ifndef TRADE_ALLOCATOR_H
#define TRADE_ALLOCATOR_H

#include "tradestat/base.h"

/** The caller's allocator, or that of the C library if it is null. */
trade_allocator trade_allocator_from(const trade_allocator *allocator);

/** A new block of `size` bytes; null if it is refused. */
void *trade_allocator_new(const trade_allocator *allocator, size_t size);

/** Frees a block of that size; null is none. */
void trade_allocator_free(const trade_allocator *allocator, void *memory, size_t size);

#endif
