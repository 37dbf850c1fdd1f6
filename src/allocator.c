#include "allocator.h"

#include "internal.h"

#include <stdlib.h>

static void *allocator_system(void *context, void *memory, size_t old_size, size_t new_size) {
  (void)context;
  (void)old_size;
  if (new_size) return realloc(memory, new_size);
  free(memory);
  return NULL;
}

trade_allocator trade_allocator_from(const trade_allocator *allocator) {
  const trade_allocator system = {allocator_system, NULL};
  return allocator ? *allocator : system;
}

void *trade_allocator_new(const trade_allocator *allocator, size_t size) {
  return allocator->reallocate(allocator->context, NULL, 0, size);
}

void trade_allocator_free(const trade_allocator *allocator, void *memory, size_t size) {
  if (memory) (void)allocator->reallocate(allocator->context, memory, size, 0);
}
