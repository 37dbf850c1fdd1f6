/* Files into a cube. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "report.h"

#ifdef TRADE_REPORT_ZLIB
#include <zlib.h>
#endif

enum { CHUNK = 1 << 20, RECORDS = 256 };

#ifdef TRADE_REPORT_ZLIB
typedef gzFile input; /* reads what is not compressed as it is */
static input open_input(const char *name) {
  return strcmp(name, "-") == 0 ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(name, "rb");
}
static int read_input(input in, char *bytes) { return gzread(in, bytes, CHUNK); }
static void close_input(input in) { gzclose(in); }
#else
typedef FILE *input;
static input open_input(const char *name) { return strcmp(name, "-") == 0 ? stdin : fopen(name, "rb"); }
static int read_input(input in, char *bytes) {
  const size_t n = fread(bytes, 1, CHUNK, in);
  return n == 0 && ferror(in) ? -1 : (int)n;
}
static void close_input(input in) {
  if (in != stdin) fclose(in);
}
#endif

static void print_problem(const char *file, const trade_reader_problem *problem) {
  fprintf(stderr, "%s:%llu:%llu: %s", file, (unsigned long long)problem->line, (unsigned long long)problem->column,
          problem->reason);
  if (problem->field.length > 0) fprintf(stderr, " (%.*s)", (int)problem->field.length, problem->field.bytes);
  fprintf(stderr, "\n");
}

/* How far it is, on a terminal and if it takes longer than a second; over what was written before. */
static void show_progress(const char *file, uint64_t bytes, int last) {
  static time_t start, shown;
  const time_t now = time(NULL);
  if (!isatty(STDERR_FILENO)) return;
  if (start == 0) start = now;
  if (last ? shown != 0 : now - start >= 1 && now != shown) {
    fprintf(stderr, last ? "\r\033[K" : "\r%s: %llu MB\033[K", file, (unsigned long long)(bytes >> 20));
    shown = now;
  }
}

void read_file(const options *o, const char *name, trade_cube *cube, source *from) {
  static char bytes[CHUNK];
  static trade_record records[RECORDS];
  const char *file = strcmp(name, "-") == 0 ? "standard input" : name;
  trade_reader *reader;
  trade_reader_problem problem;
  uint64_t done = 0;
  input in = open_input(name);
  if (!in) fail(EXIT_SYSTEM, file, strerror(errno));
  require(trade_reader_create(&o->reader, NULL, &reader), file);
  for (;;) {
    size_t count = 0;
    const trade_status status = trade_reader_next_array(reader, records, RECORDS, &count);
    if (status == TRADE_OK) {
      const trade_status added = trade_cube_add_array(cube, records, count);
      if (added == TRADE_ERROR_CURRENCY)
        fail(EXIT_INPUT, file, "values are in several currencies, which don't add up: choose one with --where");
      require(added, file);
    } else if (status == TRADE_NEED_INPUT) {
      const int n = read_input(in, bytes);
      if (n < 0) fail(EXIT_SYSTEM, file, strerror(errno));
      done += (uint64_t)n;
      show_progress(file, done, 0);
      require(n > 0 ? trade_reader_feed(reader, bytes, (size_t)n) : trade_reader_finish(reader), file);
    } else if (status == TRADE_END) {
      break;
    } else {
      show_progress(file, done, 1);
      if (trade_reader_last_problem(reader, &problem) == TRADE_OK)
        print_problem(file, &problem);
      else
        fail(EXIT_SYSTEM, file, trade_status_text(status));
      exit(EXIT_INPUT);
    }
  }
  show_progress(file, done, 1);
  for (size_t i = 0; trade_reader_problem_at(reader, i, &problem) == TRADE_OK; i++) print_problem(file, &problem);
  from->problems += trade_reader_problem_count(reader);
  trade_reader_found(reader, &from->finding);
  trade_reader_destroy(reader);
  close_input(in);
}
