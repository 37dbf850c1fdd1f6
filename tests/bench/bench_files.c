/*
 * Times the way from a published file to totals, one workload a process, whose memory is then the workload's:
 *
 *   bench_files read|records|totals FILE [--threads N] [--runs N] [--output FILE]
 *   bench_files cells|new [--rows N] [--runs N]
 *
 * read     the file alone, through the page cache in pieces of 256 KiB
 * records  read, and its records by trade_reader
 * totals   read, records, their exact totals by reporter and product, and each product's share of its reporter's total;
 *          --output writes them as reporter,product,total,share
 * cells    records of 1e6 cells (200 reporters by 5,000 products) at random, added to an empty cube: only the adding
 * new      the same, each of another cell: 1e6 rows at most
 *
 * Each thread reads a part of the file, cut at a line's end, with a reader and a cube of its own; one that is done takes
 * half of what another has left. The cubes are merged.
 * Prints a line of JSON: medians of the runs after one that is not counted, memory after that one.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tradestat.h>

#include "support.h"

enum { PIECE = 1 << 18, RECORDS = 256, THREADS = 64, RUNS = 101, REPORTERS = 200, PRODUCTS = 5000 };
enum { CELLS = REPORTERS * PRODUCTS, PAGE = 4096, LEAST_TAKEN = 1 << 20 /* bytes */ };
enum { DIMENSIONS = TRADE_CUBE_REPORTER | TRADE_CUBE_PRODUCT };

static void fail(const char *what, const char *why) {
  fprintf(stderr, "bench_files: %s: %s\n", what, why);
  exit(EXIT_FAILURE);
}

static void require(trade_status status, const char *what) {
  if (status != TRADE_OK) fail(what, trade_status_text(status));
}

static void *allocate(size_t n, size_t size) {
  void *memory = malloc(n * size + 1);
  if (!memory) fail("memory", "not enough");
  return memory;
}

/* ---- Files ---- */

typedef struct part {
  const char *path;
  struct part *all;
  size_t count; /* of all parts */
  int with_records, with_totals, file;
  off_t header, size, start, end; /* bytes: how long the header and the file are, where what is left begins and ends */
  char *bytes;                    /* PIECE of them */
  trade_cube *cube;
  size_t rows;
} part;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of where parts begin and end */

/* Bytes of the file at `at`, but not from `end` on. */
static size_t read_bytes(const part *p, off_t at, off_t end) {
  const off_t left = end - at;
  const size_t size = left < PIECE ? (size_t)left : PIECE;
  if (pread(p->file, p->bytes, size, at) != (ssize_t)size) fail(p->path, "cannot be read");
  return size;
}

/* Where the line ends in which byte `at` is. */
static off_t line_end(const part *p, off_t at) {
  while (at < p->size) {
    const size_t n = read_bytes(p, at, p->size);
    const char *end = (const char *)memchr(p->bytes, '\n', n);
    if (end) return at + (end - p->bytes) + 1;
    at += (off_t)n;
  }
  return p->size;
}

static void add_records(part *p, trade_reader *reader) {
  trade_record records[RECORDS];
  trade_status status;
  size_t count;
  while ((status = trade_reader_next_array(reader, records, RECORDS, &count)) == TRADE_OK) {
    p->rows += count;
    if (p->with_totals) require(trade_cube_add_array(p->cube, records, count), p->path);
  }
  if (status != TRADE_NEED_INPUT && status != TRADE_END) {
    trade_reader_problem problem;
    require(trade_reader_last_problem(reader, &problem), trade_status_text(status));
    fprintf(stderr, "bench_files: %s: byte %llu: %s\n", p->path, (unsigned long long)problem.offset, problem.reason);
    exit(EXIT_FAILURE);
  }
}

/* A reader that has read the header and goes on where the part begins. Which line that is nobody has counted: a problem
 * is told by its byte. */
static trade_reader *open_reader(const part *p, off_t start) {
  trade_reader_options options = {0};
  trade_reader *reader;
  trade_record record;
  options.numbers = TRADE_READER_VALUE;
  require(trade_reader_create(&options, NULL, &reader), "reader");
  if (trade_reader_next(reader, &record) != TRADE_NEED_INPUT) fail(p->path, "a reader wants no input");
  require(trade_reader_feed(reader, p->bytes, read_bytes(p, 0, p->header)), "header");
  if (trade_reader_next(reader, &record) != TRADE_NEED_INPUT ||
      trade_reader_continue_at(reader, 2, (uint64_t)start) != TRADE_OK)
    fail(p->path, "the first line is no header");
  return reader;
}

/* Takes the next piece of a part: its bytes from *start to *end. 0: there is none. */
static int take_piece(part *p, off_t *start, off_t *end) {
  pthread_mutex_lock(&lock);
  *start = p->start;
  *end = p->end - p->start < PIECE ? p->end : p->start + PIECE;
  p->start = *end;
  pthread_mutex_unlock(&lock);
  return *start < *end;
}

/* Takes the second half of what another part has left, if that is worth it. */
static int take_half(part *p) {
  part *most = p;
  pthread_mutex_lock(&lock);
  for (part *other = p->all; other < p->all + p->count; other++)
    if (other->end - other->start > most->end - most->start) most = other;
  const int worth = most->end - most->start >= LEAST_TAKEN;
  if (worth) {
    p->end = most->end;
    p->start = most->end = line_end(p, most->start + (most->end - most->start) / 2);
  }
  pthread_mutex_unlock(&lock);
  return worth;
}

static void read_part(part *p) {
  off_t start, end;
  trade_reader *reader = NULL;
  while (take_piece(p, &start, &end)) {
    if (p->with_records && !reader) reader = open_reader(p, start);
    const size_t n = read_bytes(p, start, end);
    if (!reader) continue;
    require(trade_reader_feed(reader, p->bytes, n), p->path);
    add_records(p, reader);
  }
  if (!reader) return;
  require(trade_reader_finish(reader), p->path);
  add_records(p, reader);
  trade_reader_destroy(reader);
}

static void *run_part(void *context) {
  part *p = (part *)context;
  if (p->with_totals) require(trade_cube_create(DIMENSIONS, TRADE_CUBE_VALUE, 0, NULL, &p->cube), "cube");
  do {
    read_part(p);
  } while (take_half(p));
  return NULL;
}

static void open_parts(part *parts, size_t threads, const char *path, int with_records, int with_totals) {
  struct stat about;
  for (size_t t = 0; t < threads; t++) {
    part *p = &parts[t];
    p->path = path;
    p->all = parts;
    p->count = threads;
    p->with_records = with_records;
    p->with_totals = with_totals;
    p->file = open(path, O_RDONLY);
    if (p->file < 0 || fstat(p->file, &about) != 0) fail(path, "cannot be opened");
    void *bytes; /* the system copies faster to where a page begins */
    if (posix_memalign(&bytes, PAGE, PIECE) != 0) fail("memory", "not enough");
    p->bytes = (char *)bytes;
    p->size = about.st_size;
    p->header = line_end(p, 0);
  }
}

/* Gives each thread as much of the file. */
static void share_file(part *parts, size_t threads) {
  for (size_t t = 0; t < threads; t++) {
    part *p = &parts[t];
    const off_t share = (p->size - p->header) / (off_t)threads;
    p->rows = 0;
    p->start = t == 0 ? p->header : parts[t - 1].end;
    p->end = t + 1 == threads ? p->size : line_end(p, p->header + share * (off_t)(t + 1));
    if (p->end < p->start) p->end = p->start;
  }
}

static void close_parts(part *parts, size_t threads) {
  for (size_t t = 0; t < threads; t++) {
    close(parts[t].file);
    free(parts[t].bytes);
  }
}

/* Reporters by products; the shares are those of one reporter at a time. */
typedef struct totals {
  size_t rows, columns;
  double *values, *shares;
} totals;

static void share_row(const totals *all, size_t r) {
  require(trade_share_matrix(all->values + r * all->columns, 1, all->columns, TRADE_SHARE_OF_ROW, all->shares),
          "shares");
}

static void fill_totals(trade_cube *cube, totals *all) {
  require(trade_cube_count_keys(cube, TRADE_CUBE_REPORTER, &all->rows), "totals");
  require(trade_cube_count_keys(cube, TRADE_CUBE_PRODUCT, &all->columns), "totals");
  all->values = (double *)allocate(all->rows * all->columns, sizeof *all->values);
  all->shares = (double *)allocate(all->columns, sizeof *all->shares);
  require(trade_cube_matrix(cube, TRADE_CUBE_REPORTER, TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 0, all->values, all->rows,
                            all->columns),
          "totals");
  for (size_t r = 0; r < all->rows; r++) share_row(all, r);
}

static void write_totals(const char *path, trade_cube *cube, const totals *all) {
  trade_text *reporters = (trade_text *)allocate(all->rows, sizeof *reporters);
  trade_text *products = (trade_text *)allocate(all->columns, sizeof *products);
  FILE *out = fopen(path, "wb");
  if (!out) fail(path, "cannot be written");
  require(trade_cube_keys(cube, TRADE_CUBE_REPORTER, reporters, all->rows), "keys");
  require(trade_cube_keys(cube, TRADE_CUBE_PRODUCT, products, all->columns), "keys");
  for (size_t r = 0; r < all->rows; r++) {
    share_row(all, r);
    for (size_t c = 0; c < all->columns; c++) {
      const size_t i = r * all->columns + c;
      if (all->values[i] > 0)
        fprintf(out, "%.*s,%.*s,%.17g,%.17g\n", (int)reporters[r].length, reporters[r].bytes, (int)products[c].length,
                products[c].bytes, all->values[i], all->shares[c]);
    }
  }
  if (fclose(out) != 0) fail(path, "cannot be written");
  free(reporters);
  free(products);
}

/* One run: all parts at the same time, the first on this thread. Returns its seconds. */
static double run_parts(part *parts, size_t threads, const char *output) {
  const double start = now();
  double seconds;
  pthread_t others[THREADS];
  totals all = {0, 0, NULL, NULL};
  share_file(parts, threads);
  for (size_t t = 1; t < threads; t++)
    if (pthread_create(&others[t], NULL, run_part, &parts[t]) != 0) fail("thread", "cannot be started");
  run_part(&parts[0]);
  for (size_t t = 1; t < threads; t++) {
    pthread_join(others[t], NULL);
    parts[0].rows += parts[t].rows;
    if (!parts[t].with_totals) continue;
    trade_cube **into = &parts[0].cube, **from = &parts[t].cube;
    if (trade_cube_count(*into) < trade_cube_count(*from)) { /* the smaller one is added to the larger one */
      trade_cube *swap = *into;
      *into = *from;
      *from = swap;
    }
    require(trade_cube_merge(*into, *from), "merge");
    trade_cube_destroy(*from);
  }
  if (parts[0].with_totals) fill_totals(parts[0].cube, &all);
  seconds = now() - start;
  if (output && all.values) write_totals(output, parts[0].cube, &all);
  trade_cube_destroy(parts[0].cube);
  parts[0].cube = NULL;
  free(all.values);
  free(all.shares);
  return seconds;
}

/* ---- Cells ---- */

static char reporter_codes[REPORTERS][4], product_codes[PRODUCTS][8];

/* In batches, as a reader gives them. Fails unless the cube's total is that of all values: whole numbers, whose sum is
 * exact. */
static double run_cells(size_t rows, int new_cells) {
  static trade_record records[RECORDS];
  double seconds = 0, start, expected = 0, total;
  trade_cube *cube;
  require(trade_cube_create(DIMENSIONS, TRADE_CUBE_VALUE, 0, NULL, &cube), "cube");
  for (size_t done = 0; done < rows;) {
    size_t n = 0;
    for (; n < RECORDS && done < rows; n++, done++) {
      const size_t cell = (size_t)(new_cells ? done * 382451u : random_bits()) % CELLS;
      trade_record *r = &records[n];
      r->reporter.bytes = reporter_codes[cell % REPORTERS];
      r->reporter.length = 3;
      r->product.bytes = product_codes[cell / REPORTERS];
      r->product.length = 6;
      r->value = (double)(random_bits() >> 34);
      expected += r->value;
    }
    start = now();
    require(trade_cube_add_array(cube, records, n), "cells");
    seconds += now() - start;
  }
  start = now();
  const size_t count = trade_cube_count(cube); /* settles what was added last */
  seconds += now() - start;
  require(trade_cube_matrix(cube, 0, 0, TRADE_CUBE_VALUE, 0, &total, 1, 1), "cells");
  if (total != expected || (new_cells && count != rows)) fail("cells", "the totals are wrong");
  trade_cube_destroy(cube);
  return seconds;
}

static void make_codes(void) {
  for (size_t r = 0; r < REPORTERS; r++)
    snprintf(reporter_codes[r], sizeof reporter_codes[r], "%03u", (unsigned)(4 + 4 * r));
  for (size_t k = 0; k < PRODUCTS; k++)
    snprintf(product_codes[k], sizeof product_codes[k], "%06u", (unsigned)(10111 + 192 * k));
}

/* ---- Output ---- */

typedef struct options {
  const char *workload, *path, *output;
  size_t threads, runs, rows;
} options;

static options read_options(int argc, char **argv) {
  options o = {argc > 1 ? argv[1] : "", NULL, NULL, 1, 5, 10000000};
  for (int i = 2; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    const int named = argv[i][0] == '-';
    if (!named) o.path = argv[i];
    if (strcmp(argv[i], "--threads") == 0) o.threads = (size_t)strtod(value, NULL);
    if (strcmp(argv[i], "--runs") == 0) o.runs = (size_t)strtod(value, NULL);
    if (strcmp(argv[i], "--rows") == 0) o.rows = (size_t)strtod(value, NULL);
    if (strcmp(argv[i], "--output") == 0) o.output = value;
    i += named;
  }
  if (o.threads < 1 || o.threads > THREADS || o.runs < 1 || o.runs > RUNS || o.rows < 1)
    fail("options", "beyond what they can be");
  return o;
}

static void print_line(const options *o, size_t rows, double bytes, double *seconds, double peak) {
  const double middle = median(seconds, o->runs);
  printf("{\"workload\": \"%s\", \"threads\": %zu, \"rows\": %zu, \"seconds\": %.6f, \"GB_per_second\": %.3f, "
         "\"ns_per_row\": %.1f, \"peak_MB\": %.1f}\n",
         o->workload, o->threads, rows, middle, bytes / middle / 1e9, rows ? 1e9 * middle / (double)rows : 0,
         peak / 1e6);
}

static void time_file(const options *o, int with_records, int with_totals) {
  static part parts[THREADS];
  double seconds[RUNS];
  if (!o->path) fail(o->workload, "of which file?");
  open_parts(parts, o->threads, o->path, with_records, with_totals);
  run_parts(parts, o->threads, o->output);
  const double peak = peak_bytes();
  for (size_t k = 0; k < o->runs; k++) seconds[k] = run_parts(parts, o->threads, NULL);
  print_line(o, parts[0].rows, (double)parts[0].size, seconds, peak);
  close_parts(parts, o->threads);
}

static void time_cells(options *o, int new_cells) {
  double seconds[RUNS];
  if (new_cells && o->rows > CELLS) o->rows = CELLS;
  make_codes();
  run_cells(o->rows, new_cells);
  const double peak = peak_bytes();
  for (size_t k = 0; k < o->runs; k++) seconds[k] = run_cells(o->rows, new_cells);
  print_line(o, o->rows, 0, seconds, peak);
}

int main(int argc, char **argv) {
  options o = read_options(argc, argv);
  if (strcmp(o.workload, "read") == 0)
    time_file(&o, 0, 0);
  else if (strcmp(o.workload, "records") == 0)
    time_file(&o, 1, 0);
  else if (strcmp(o.workload, "totals") == 0)
    time_file(&o, 1, 1);
  else if (strcmp(o.workload, "cells") == 0)
    time_cells(&o, 0);
  else if (strcmp(o.workload, "new") == 0)
    time_cells(&o, 1);
  else
    fail(o.workload, "no such workload: read, records, totals, cells, new");
  return EXIT_SUCCESS;
}
