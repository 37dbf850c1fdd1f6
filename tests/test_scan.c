#include "scan.h"
#include "trade_test.h"

/** What a plain loop finds in a window; as trade_scan_window. */
static void look(trade_scan *scan) {
  int inside = scan->inside != 0;
  for (size_t i = 0; i < scan->size; i++) {
    const char c = scan->text[i];
    const uint32_t at = scan->offset + (uint32_t)i;
    scan->has_nul |= c == 0;
    scan->has_blanks |= c == ' ';
    scan->has_quotes |= c == '"' || inside;
    scan->has_lines_in_fields |= c == '\n' && inside;
    inside ^= c == '"';
    if (inside || (c != scan->delimiter && c != '\n')) continue;
    scan->ends[scan->ends_count++] = at;
    if (c == '\n') scan->lines[scan->lines_count++] = at;
  }
  scan->inside = (uint64_t)0 - (uint64_t)inside;
}

enum { WINDOW = 4096, BEFORE = 3 };

/* Every kind of text, of every length around 64 and its multiples, at every distance from a cache line, at offsets that
 * run over 2^32: the same as a plain loop finds, and nothing written in front or beyond the slack. */
static void a_window_is_looked_through_as_by_a_plain_loop(void **state) {
  (void)state;
  static const char *const kinds[] = {
      "1234567890,\n", ",,,,,,,,\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\n", "a,\"\n", "a,\" \n\r", "\",\n", ",a", "\n",
      "\n\xff\x80;,"};
  static uint32_t ends[2][WINDOW + BEFORE + TRADE_SCAN_SLACK + 1], lines[2][WINDOW + BEFORE + TRADE_SCAN_SLACK + 1];
  uint64_t random = 1;
  char *memory = (char *)malloc(WINDOW + 64);
  assert_non_null(memory);
  for (size_t k = 0; k < COUNT(kinds); k++) {
    for (size_t round = 0; round < 400; round++) {
      const size_t size = round < 300 ? round : trade_random_below(&random, WINDOW + 1);
      char *text = memory + WINDOW + 64 - size - trade_random_below(&random, 65); /* often up to the last byte */
      for (size_t i = 0; i < size; i++) text[i] = kinds[k][trade_random_below(&random, strlen(kinds[k]))];
      if (round % 7 == 0 && size) text[trade_random_below(&random, size)] = 0;
      trade_scan scans[2];
      for (int s = 0; s < 2; s++) {
        memset(ends[s], 0x55, sizeof ends[s]);
        memset(lines[s], 0x55, sizeof lines[s]);
        const trade_scan begin = {
            text, size, UINT32_MAX - 50, ',', round % 3 ? 0 : UINT64_MAX, ends[s], lines[s], BEFORE, 1, 0, 0, 0, 0};
        scans[s] = begin;
      }
      trade_scan_window(&scans[0]);
      look(&scans[1]);
      assert_int_equal(scans[0].ends_count, scans[1].ends_count);
      assert_int_equal(scans[0].lines_count, scans[1].lines_count);
      assert_memory_equal(ends[0], ends[1], scans[1].ends_count * sizeof **ends);
      assert_memory_equal(lines[0], lines[1], scans[1].lines_count * sizeof **lines);
      for (size_t i = scans[0].ends_count + TRADE_SCAN_SLACK; i < COUNT(ends[0]); i++)
        assert_int_equal(ends[0][i], 0x55555555);
      for (size_t i = scans[0].lines_count + TRADE_SCAN_SLACK; i < COUNT(lines[0]); i++)
        assert_int_equal(lines[0][i], 0x55555555);
      assert_true(scans[0].inside == scans[1].inside);
      assert_int_equal(scans[0].has_nul, scans[1].has_nul);
      assert_int_equal(scans[0].has_quotes, scans[1].has_quotes);
      assert_int_equal(scans[0].has_blanks, scans[1].has_blanks);
      assert_int_equal(scans[0].has_lines_in_fields, scans[1].has_lines_in_fields);
    }
  }
  free(memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_window_is_looked_through_as_by_a_plain_loop)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
