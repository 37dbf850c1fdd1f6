/*
 * Prints what the reader makes of files, for tests in Python: reader_lines FILE [PIECE], a line a record (reader_dump.h), then the layout.
 */
#include "reader_dump.h"

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  const size_t piece = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 65536;
  FILE *file = fopen(argv[1], "rb");
  char *bytes = (char *)malloc(piece);
  trade_reader *reader = NULL;
  trade_record record;
  dump out = {NULL, 0, 0};
  if (!file || !bytes || trade_reader_create(NULL, NULL, &reader) != TRADE_OK) exit(2);
  trade_status status;
  while ((status = trade_reader_next(reader, &record)) == TRADE_OK || status == TRADE_NEED_INPUT) {
    if (status == TRADE_OK) {
      dump_record(&out, &record);
      continue;
    }
    const size_t length = fread(bytes, 1, piece, file);
    if (length)
      (void)trade_reader_feed(reader, bytes, length);
    else
      (void)trade_reader_finish(reader);
  }
  trade_reader_problem problem;
  trade_reader_finding found;
  if (status != TRADE_END && trade_reader_last_problem(reader, &problem) == TRADE_OK) dump_problem(&out, &problem);
  if (out.length) fwrite(out.text, 1, out.length, stdout);
  if (trade_reader_found(reader, &found) == TRADE_OK)
    printf("= %s, header in line %llu, delimiter %d, power %d, currency %d, base %d, quote %d, notes %llu\n",
           found.name, (unsigned long long)found.header_line, (int)found.delimiter, (int)found.value_power,
           (int)found.currency, (int)found.rate_base, (int)found.rate_quote, (unsigned long long)found.footnotes);
  trade_reader_destroy(reader);
  free(out.text);
  free(bytes);
  fclose(file);
  return status == TRADE_END ? 0 : 1;
}
