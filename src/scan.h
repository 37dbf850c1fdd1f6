/**
 * Where fields and rows end: a window of a text is looked through 64 bytes at once. Private to the library.
 */
#ifndef TRADE_SCAN_H
#define TRADE_SCAN_H

#include <stddef.h>
#include <stdint.h>

/** Offsets that may be written beyond those that there are. */
enum { TRADE_SCAN_SLACK = 32 };

/** A window, and what is found in it. */
typedef struct trade_scan {
  const char *text;
  size_t size;
  uint32_t offset; /* of its first byte in the file, low bits */
  char delimiter;
  uint64_t inside; /* all ones if the window begins within quotes; then, if what follows it does */
  uint32_t *ends;  /* offsets of delimiters and line ends outside of quotes are appended: room for size + slack */
  uint32_t *lines; /* and those of line ends alone */
  size_t ends_count, lines_count;
  int32_t has_lines_in_fields, has_nul, has_quotes, has_blanks; /* become 1 if it has; else unchanged */
} trade_scan;

void trade_scan_window(trade_scan *scan);

#endif
