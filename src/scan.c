#include "scan.h"

#include "internal.h"

#if TRADE_INSTRUCTIONS > 1 && defined(TRADE_TARGET_AVX512)
#include <immintrin.h>
#define SCAN_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))
#define SCAN_HAS_AVX512()                                                                                              \
  (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") && \
   __builtin_cpu_supports("popcnt"))
#endif

/** Of 64 bytes: which of their quotes and line ends count. Bits of what stands within quotes are taken out. */
TRADE_INLINE void scan_quotes(trade_scan *scan, uint64_t quotes, uint64_t *ends, uint64_t *lines) {
  scan->has_quotes = 1;
  for (int32_t shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  const uint64_t quoted = quotes ^ scan->inside;
  scan->inside = (uint64_t)0 - (quoted >> 63);
  scan->has_lines_in_fields |= (*lines & quoted) != 0;
  *ends &= ~quoted;
  *lines &= ~quoted;
}

/** Appends the offsets of a mask's bits, `group` at a time, so that most masks take the same way. */
TRADE_INLINE size_t scan_spread(uint64_t mask, uint32_t offset, uint32_t *to, size_t count, size_t group) {
  uint64_t bits = mask - (mask >> 1 & 0x5555555555555555u);
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = ((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56;
  for (size_t first = 0; first < bits; first += group)
    for (size_t i = 0; i < group; i++) {
      to[count + first + i] = offset + (uint32_t)trade_lowest_bit(mask | (uint64_t)1 << 63);
      mask &= mask - 1;
    }
  return count + (size_t)bits;
}

TRADE_INLINE void scan_window_body(trade_scan *scan, int fused) {
  (void)fused;
  char last[64];
  uint64_t zeros = 0, blanks = 0;
  size_t ends_count = scan->ends_count, lines_count = scan->lines_count;
  for (size_t at = 0; at < scan->size; at += 64) {
    const char *text = scan->text + at;
    const uint32_t offset = scan->offset + (uint32_t)at;
    if (scan->size - at < 64) {
      memset(last, 'x', sizeof last);
      memcpy(last, text, scan->size - at);
      text = last;
    }
    uint64_t lines = trade_bytes_equal(text, '\n');
    uint64_t ends = trade_bytes_equal(text, scan->delimiter) | lines;
    const uint64_t quotes = trade_bytes_equal(text, '"');
    zeros |= trade_bytes_equal(text, 0);
    blanks |= trade_bytes_equal(text, ' ');
    if (quotes | scan->inside) scan_quotes(scan, quotes, &ends, &lines);
    ends_count = scan_spread(ends, offset, scan->ends, ends_count, 8);
    lines_count = scan_spread(lines, offset, scan->lines, lines_count, 4);
  }
  scan->ends_count = ends_count;
  scan->lines_count = lines_count;
  scan->has_nul |= zeros != 0;
  scan->has_blanks |= blanks != 0;
}

TRADE_VARIANTS(scan_window, (trade_scan * scan), scan)

#ifdef SCAN_AVX512
/** Sixteen of the numbers of bytes, added to where the text begins. Masks that take all: without one, gcc's own header
 *  draws a warning. */
#define SCAN_OFFSETS(found, part, from)                                                                                \
  _mm512_add_epi32((from), _mm512_maskz_cvtepu8_epi32(0xFFFF, _mm512_maskz_extracti32x4_epi32(0xF, (found), (part))))

/** As scan_spread: the bits become numbers of bytes, and those become offsets, 16 at once. */
SCAN_AVX512 static inline size_t scan_spread_avx512(uint64_t mask, __m512i numbers, uint32_t offset, uint32_t *to,
                                                    size_t count) {
  const __m512i found = _mm512_maskz_compress_epi8(mask, numbers), from = _mm512_set1_epi32((int)offset);
  const size_t bits = (size_t)_mm_popcnt_u64(mask);
  to += count;
  _mm512_storeu_si512(to, SCAN_OFFSETS(found, 0, from));
  if (bits > 16) _mm512_storeu_si512(to + 16, SCAN_OFFSETS(found, 1, from));
  if (bits > 32) {
    _mm512_storeu_si512(to + 32, SCAN_OFFSETS(found, 2, from));
    _mm512_storeu_si512(to + 48, SCAN_OFFSETS(found, 3, from));
  }
  return count + bits;
}

SCAN_AVX512 static void scan_window_by_64(trade_scan *scan) {
  static const uint8_t numbers_of_bytes[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                               16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                               32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                               48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i numbers = _mm512_loadu_si512(numbers_of_bytes), delimiter = _mm512_set1_epi8(scan->delimiter);
  uint64_t zeros = 0, blanks = 0;
  size_t ends_count = scan->ends_count, lines_count = scan->lines_count;
  for (size_t at = 0; at < scan->size; at += 64) {
    const size_t left = scan->size - at;
    const uint64_t all = left < 64 ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
    const __m512i text = _mm512_maskz_loadu_epi8(all, scan->text + at);
    const uint32_t offset = scan->offset + (uint32_t)at;
    uint64_t lines = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\n'));
    uint64_t ends = _mm512_cmpeq_epi8_mask(text, delimiter) | lines;
    const uint64_t quotes = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"'));
    zeros |= _mm512_testn_epi8_mask(text, text) & all;
    blanks |= _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8(' '));
    if (quotes | scan->inside) scan_quotes(scan, quotes, &ends, &lines);
    ends_count = scan_spread_avx512(ends, numbers, offset, scan->ends, ends_count);
    lines_count = scan_spread_avx512(lines, numbers, offset, scan->lines, lines_count);
  }
  scan->ends_count = ends_count;
  scan->lines_count = lines_count;
  scan->has_nul |= zeros != 0;
  scan->has_blanks |= blanks != 0;
}
#endif

void trade_scan_window(trade_scan *scan) {
#ifdef SCAN_AVX512
  if (SCAN_HAS_AVX512()) {
    scan_window_by_64(scan);
    return;
  }
#endif
  scan_window(scan);
}

#undef SCAN_AVX512
#undef SCAN_HAS_AVX512
#undef SCAN_OFFSETS
