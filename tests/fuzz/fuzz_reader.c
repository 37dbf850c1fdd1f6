/*
 * libFuzzer: any bytes, cut anywhere, strict and lenient, give the same records and the same problems as the bytes in one piece.
 * The first byte chooses how: bit 0 lenient, the others the length of a piece.
 */
#include "reader_dump.h"

static dump read_all(const char *bytes, size_t length, size_t piece, int32_t lenient) {
  dump out = {NULL, 0, 0};
  trade_reader_options options;
  trade_reader *reader;
  trade_record record;
  char *held = NULL;
  size_t at = 0;
  memset(&options, 0, sizeof options);
  options.lenient = lenient;
  options.row_limit = 100000;
  options.column_limit = 1000;
  if (trade_reader_create(&options, NULL, &reader) != TRADE_OK) abort();
  trade_status status;
  while ((status = trade_reader_next(reader, &record)) == TRADE_OK || status == TRADE_NEED_INPUT) {
    if (status == TRADE_OK) {
      dump_record(&out, &record);
      continue;
    }
    free(held);
    held = NULL;
    if (at == length) {
      (void)trade_reader_finish(reader);
      continue;
    }
    const size_t size = piece < length - at ? piece : length - at;
    held = (char *)malloc(size);
    if (!held) abort();
    memcpy(held, bytes + at, size);
    if (trade_reader_feed(reader, held, size) != TRADE_OK) abort();
    at += size;
  }
  trade_reader_problem problem;
  for (size_t i = 0; trade_reader_problem_at(reader, i, &problem) == TRADE_OK; i++) dump_problem(&out, &problem);
  if (status != TRADE_END && trade_reader_last_problem(reader, &problem) != TRADE_OK) abort();
  dump_bytes(&out, "", 0);
  trade_reader_destroy(reader);
  free(held);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1) return 0;
  const char *bytes = (const char *)data + 1;
  dump whole = read_all(bytes, size - 1, size, data[0] & 1),
       pieces = read_all(bytes, size - 1, (size_t)(data[0] >> 1) + 1, data[0] & 1);
  if (whole.length != pieces.length || memcmp(whole.text, pieces.text, whole.length) != 0) {
    fprintf(stderr, "whole:\n%s\npieces of %d:\n%s\n", whole.text, (data[0] >> 1) + 1, pieces.text);
    abort();
  }
  free(whole.text);
  free(pieces.text);
  return 0;
}
