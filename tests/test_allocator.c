#include "allocator.h"
#include "trade_test.h"

typedef struct call {
  void *memory;
  size_t old_size, new_size;
  int calls;
} call;

static void *note_call(void *context, void *memory, size_t old_size, size_t new_size) {
  call *last = (call *)context;
  last->memory = memory;
  last->old_size = old_size;
  last->new_size = new_size;
  last->calls++;
  return NULL;
}

static void the_callers_allocator_is_asked_and_null_is_never_freed(void **state) {
  (void)state;
  call last = {NULL, 0, 0, 0};
  char block;
  const trade_allocator given = {note_call, &last}, from = trade_allocator_from(&given);
  assert_null(trade_allocator_new(&from, 24));
  assert_true(last.calls == 1 && last.memory == NULL && last.old_size == 0 && last.new_size == 24);
  trade_allocator_free(&from, &block, 8);
  assert_true(last.calls == 2 && last.memory == &block && last.old_size == 8 && last.new_size == 0);
  trade_allocator_free(&from, NULL, 8);
  assert_int_equal(last.calls, 2);
}

static void without_one_it_is_that_of_the_c_library(void **state) {
  (void)state;
  const trade_allocator from = trade_allocator_from(NULL);
  char *bytes = (char *)trade_allocator_new(&from, 3);
  assert_non_null(bytes);
  memcpy(bytes, "ab", 3);
  bytes = (char *)from.reallocate(from.context, bytes, 3, 1000);
  assert_non_null(bytes);
  assert_string_equal(bytes, "ab");
  trade_allocator_free(&from, bytes, 1000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_callers_allocator_is_asked_and_null_is_never_freed),
      cmocka_unit_test(without_one_it_is_that_of_the_c_library),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
