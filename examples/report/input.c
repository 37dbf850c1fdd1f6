/*
 * Files into a cube, on several threads. A file is handed out in pieces cut between rows, in their order, under the
 * file's lock; who has one reads it with a reader and adds it to a cube of its own. Cubes merge exactly, so that it
 * makes no difference who had what. The first piece, in which the header is, goes through every reader.
 */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "report.h"

#ifdef TRADE_REPORT_ZLIB
#include <zlib.h>
#endif

enum {
  FIRST_PIECE = 1 << 16,
  PIECE = 1 << 22,
  PAGE = 4096,
  LONGEST_ROW = (1 << 24) + (1 << 16), /* more than a reader takes */
  RECORDS = 256,
  MET_PERIODS = 1 << 9,
  MET_PRODUCTS = 1 << 16,
  PROBLEMS_LISTED = 100, /* as many as a reader lists */
  MESSAGE = 1024
};

/* ---- Bytes of a file ---- */

#ifdef TRADE_REPORT_ZLIB
typedef gzFile input; /* reads what is not compressed as it is */

static input open_input(const char *name) {
  input in = strcmp(name, "-") == 0 ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(name, "rb");
  if (in) gzbuffer(in, 1 << 17);
  return in;
}

/* As many bytes as there are, up to `size`: fewer at the end. What went wrong, or null. */
static const char *read_input(input in, char *bytes, size_t size, size_t *length, int *exit_status) {
  int error = Z_OK;
  const int n = gzread(in, bytes, (unsigned)size);
  *length = n > 0 ? (size_t)n : 0;
  if (n == (int)size) return NULL;
  const int why = errno;
  (void)gzerror(in, &error);
  *exit_status = error == Z_ERRNO ? EXIT_SYSTEM : EXIT_INPUT;
  return error == Z_OK || error == Z_STREAM_END ? NULL
         : error == Z_ERRNO                     ? strerror(why)
         : error == Z_BUF_ERROR                 ? "the compressed file is cut off"
                                                : "the compressed file is damaged";
}

/* How many bytes of the file itself were read. */
static uint64_t input_offset(input in) { return (uint64_t)gzoffset(in); }
static void close_input(input in) { gzclose(in); }
#else
typedef FILE *input;

static input open_input(const char *name) {
  input in = strcmp(name, "-") == 0 ? fdopen(dup(STDIN_FILENO), "rb") : fopen(name, "rb");
  if (in) setvbuf(in, NULL, _IONBF, 0); /* it is read in large pieces */
  return in;
}

static const char *read_input(input in, char *bytes, size_t size, size_t *length, int *exit_status) {
  *length = fread(bytes, 1, size, in);
  (void)exit_status;
  return *length < size && ferror(in) ? strerror(errno) : NULL;
}

static uint64_t input_offset(input in) { return (uint64_t)ftello(in); }
static void close_input(input in) { fclose(in); }
#endif

/* ---- Pieces ---- */

typedef struct buffer {
  char *memory; /* begins where a page does: there the system copies several times as fast as elsewhere */
  char *bytes;  /* in the first page of it */
  size_t size, capacity;
} buffer;

/* Makes room for so many bytes. */
static void reserve(buffer *b, size_t capacity) {
  if (capacity <= b->capacity) return;
  const size_t lead = b->memory ? (size_t)(b->bytes - b->memory) : 0;
  void *memory;
  if (posix_memalign(&memory, PAGE, PAGE + capacity) != 0) fail(EXIT_SYSTEM, "not enough memory", NULL);
  if (b->bytes) memcpy((char *)memory + lead, b->bytes, b->size);
  free(b->memory);
  b->memory = (char *)memory;
  b->bytes = b->memory + lead;
  b->capacity = capacity;
}

/* Empties a buffer, so that a page begins behind the first `before` bytes that are put there. */
static void restart(buffer *b, size_t before) {
  reserve(b, 1);
  b->bytes = b->memory + (PAGE - before % PAGE) % PAGE;
  b->size = 0;
}

static void append(buffer *b, const char *bytes, size_t size) {
  reserve(b, b->size + size);
  if (size) memcpy(b->bytes + b->size, bytes, size);
  b->size += size;
}

/* A file whose pieces are handed out. The lock guards all but names and number. */
typedef struct stream {
  pthread_mutex_t lock;
  const char *file, *name; /* as messages have it */
  size_t number;
  input in;
  int opened, ended;           /* the latter: nothing of it is left */
  const struct worker *keeper; /* who alone has all that is left; null: it is handed out */
  buffer head;                 /* the first piece */
  buffer rest;                 /* was read, but belongs to the next one */
  uint64_t line, offset;       /* where that begins */
  uint64_t problems;
  const char *layout;
  char first[CELL]; /* what the first record has of what --where is about */
} stream;

/* The first thing that went wrong in the order of files and their lines: the same whoever met it. */
typedef struct failure {
  size_t stream;
  uint64_t line, column;
  int exit_status; /* 0: nothing did */
  char message[MESSAGE];
} failure;

/* A problem of a row that was left out. */
typedef struct problem {
  size_t stream;
  uint64_t line, column;
  char *message;
} problem;

typedef struct run {
  const options *o;
  stream *streams;
  pthread_mutex_t lock; /* of what follows */
  pthread_cond_t done;
  int working;    /* workers that are not done */
  size_t claimed; /* streams that a worker has begun with */
  failure first;
  problem *problems;
  size_t problem_count;
  progress at;
} run;

typedef struct worker {
  pthread_t thread;
  run *all;
  stream *from;
  trade_reader *reader;
  trade_cube *cube;
  probe selection, of_period, of_product, of_flow, of_table; /* all of --where, and what it says of these alone */
  uint64_t left_out;
  units units;
  key_set periods, products; /* that are added up */
  wide_key met_periods[MET_PERIODS],
      met_products[MET_PRODUCTS]; /* some of these and of those left out, each in place */
  int flows, flows_left_out;      /* 1 << TRADE_FLOW_... */
  difference differences[DIFFERENCES];
  name_list names;
  trade_cube *tables; /* null if the report has a row for each of them, at least */
  int32_t layout;     /* of the file; unknown until there are records */
  trade_text last;    /* the unit of the last record, as printed */
  int32_t last_currency;
  int knows_last; /* and that it makes no difference */
  buffer piece, keys;
  trade_record records[RECORDS];
} worker;

static void note_failure(run *all, const stream *s, uint64_t line, uint64_t column, int exit_status,
                         const char *message) {
  failure *f = &all->first;
  pthread_mutex_lock(&all->lock);
  if (f->exit_status == 0 || s->number < f->stream ||
      (s->number == f->stream && (line < f->line || (line == f->line && column < f->column)))) {
    f->stream = s->number;
    f->line = line;
    f->column = column;
    f->exit_status = exit_status;
    snprintf(f->message, sizeof f->message, "%s", message);
  }
  pthread_mutex_unlock(&all->lock);
}

/* Whether what comes next of a stream makes no difference any more; counts it as read otherwise. */
static int is_behind_failure(run *all, const stream *s, uint64_t bytes) {
  pthread_mutex_lock(&all->lock);
  const int behind = all->first.exit_status != 0 && s->number >= all->first.stream;
  all->at.done += bytes;
  pthread_mutex_unlock(&all->lock);
  return behind;
}

/* Quotes and line ends, in lanes that the compiler makes one vector of. */
static void count_marks(const char *bytes, size_t n, size_t *quotes, size_t *lines) {
  enum { LANES = 64, ROUNDS = 255 };
  size_t i = 0;
  *quotes = *lines = 0;
  while (n - i >= LANES) {
    unsigned char quote[LANES] = {0}, line[LANES] = {0};
    const size_t left = (n - i) / LANES, rounds = left < ROUNDS ? left : ROUNDS;
    for (size_t r = 0; r < rounds; r++, i += LANES)
      for (size_t l = 0; l < LANES; l++) {
        quote[l] = (unsigned char)(quote[l] + (bytes[i + l] == '"'));
        line[l] = (unsigned char)(line[l] + (bytes[i + l] == '\n'));
      }
    for (size_t l = 0; l < LANES; l++) {
      *quotes += quote[l];
      *lines += line[l];
    }
  }
  for (; i < n; i++) {
    *quotes += bytes[i] == '"';
    *lines += bytes[i] == '\n';
  }
}

/* The length up to the last line end that is not within quotes, 0 if there is none, and the line ends up to there. */
static size_t find_cut(const char *bytes, size_t n, size_t *lines) {
  size_t quotes;
  count_marks(bytes, n, &quotes, lines);
  for (; n > 0; n--) {
    if (bytes[n - 1] == '\n' && quotes % 2 == 0) return n;
    quotes -= bytes[n - 1] == '"';
    *lines -= bytes[n - 1] == '\n';
  }
  return 0;
}

/* The same where a quote may be one too many: the length of the lines in front, each of which has an even number of
 * quotes and so ends a row, whatever a reader leaves out. */
static size_t find_even_lines(const char *bytes, size_t n, size_t *lines) {
  if (!memchr(bytes, '"', n)) return find_cut(bytes, n, lines);
  size_t cut = 0, quotes, none;
  *lines = 0;
  for (const char *end; (end = (const char *)memchr(bytes + cut, '\n', n - cut)) != NULL; ++*lines) {
    const size_t length = (size_t)(end - bytes) - cut;
    count_marks(bytes + cut, length, &quotes, &none);
    if (quotes % 2 != 0) break;
    cut += length + 1;
  }
  return cut;
}

/* Reads the next piece of a stream, under its lock. A row that is longer than a reader takes is handed out as it is,
 * and nothing behind it. Behind a line with an odd number of quotes, if such are left out, only reading tells where rows
 * begin: the worker keeps the stream, and has the rest of it as it comes. */
static void read_piece(worker *w, stream *s, size_t size) {
  run *all = w->all;
  buffer *piece = &w->piece;
  const int lenient = all->o->reader.lenient;
  size_t lines = 0, cut = 0, quotes;
  restart(piece, s->rest.size);
  append(piece, s->rest.bytes, s->rest.size);
  s->rest.size = 0;
  do {
    int exit_status = EXIT_SYSTEM;
    size_t length;
    const uint64_t before = input_offset(s->in);
    reserve(piece, piece->size + size);
    const char *why = read_input(s->in, piece->bytes + piece->size, size, &length, &exit_status);
    const uint64_t taken = all->at.size == UINT64_MAX ? length : input_offset(s->in) - before;
    const int useless = is_behind_failure(all, s, taken);
    piece->size += length;
    s->ended = why || length < size || useless;
    cut = s->keeper ? 0 : (lenient ? find_even_lines : find_cut)(piece->bytes, piece->size, &lines);
    if (lenient && cut == 0 && memchr(piece->bytes, '\n', piece->size)) s->keeper = w;
    if (s->keeper) count_marks(piece->bytes, piece->size, &quotes, &lines);
    if (why) note_failure(all, s, s->line + lines, 0, exit_status, why);
    size *= 2;
  } while (!s->ended && !s->keeper && cut == 0 && piece->size <= LONGEST_ROW);
  if (s->keeper) {
    s->line += lines; /* where reading it failed, if it does */
    return;
  }
  if (cut == 0) s->ended = 1;
  if (s->ended) return;
  append(&s->rest, piece->bytes + cut, piece->size - cut);
  piece->size = cut;
  s->line += lines;
  s->offset += cut;
}

/* ---- Workers ---- */

static int is_selected(worker *w, const trade_record *record) { return passes(&w->selection, record); }

/* Makes the unit a part of the product's key. */
static void join_unit(worker *w, trade_record *record, const char *text) {
  static const char mark = UNIT_MARK;
  const size_t begin = w->keys.size;
  append(&w->keys, record->product.bytes, record->product.length);
  append(&w->keys, &mark, 1);
  append(&w->keys, text, strlen(text));
  record->product = (trade_text){w->keys.bytes + begin, w->keys.size - begin};
}

/* Whether a record is in the unit of the one before, where no more than this decides it. */
static int is_like_last(const worker *w, const trade_record *record) {
  return w->knows_last && record->currency == w->last_currency && record->unit.length == w->last.length &&
         (w->last.length == 0 || memcmp(record->unit.bytes, w->last.bytes, w->last.length) == 0) && !is_rate(record);
}

static double figure_of(const options *o, const trade_record *record) {
  return o->measure == 0 ? record->value : o->measure == 1 ? record->quantity : record->weight;
}

/* Notes the unit of a record that comes to the cube. 0: the record is left out. */
static int take_unit(worker *w, trade_record *record) {
  const options *o = w->all->o;
  const double figure = figure_of(o, record);
  const int none = isnan(figure) || (o->measure == 1 && figure == 0), rate = o->measure == 0 && is_rate(record);
  unit one = {w->from->number, record->line, {0}};
  w->knows_last = 0;
  unit_of(o, w->layout, record, one.text);
  if (o->chooses_unit && !unit_is_chosen(o, record, one.text)) {
    w->left_out++;
    return 0;
  }
  if ((o->unit_rows || (!none && !knows_unit(&w->units, &one))) && !is_selected(w, record)) {
    w->left_out += (uint64_t)o->unit_rows;
    return !o->unit_rows; /* else the cube leaves it out */
  }
  if (rate) record->currency = 0; /* its unit is no currency */
  if (o->unit_rows && one.text[0] != '\0') join_unit(w, record, one.text);
  if (none) return 1;
  note_unit(&w->units, &one);
  w->units.rates |= rate;
  w->units.others |= !rate;
  w->units.series |= is_of_series(w->layout);
  w->units.averaged |= rate || w->layout == TRADE_LAYOUT_FRED;
  w->knows_last = o->measure != 1 && !rate && !is_of_series(w->layout);
  return 1;
}

/* Those of the records whose products are of --level, or all, at the front; how many. */
static size_t take_level(worker *w, size_t count) {
  const size_t level = (size_t)w->all->o->level;
  size_t kept = 0;
  if (level == 0) return count;
  for (size_t i = 0; i < count; i++) {
    const int is_total = w->records[i].marks & TRADE_RECORD_AGGREGATE_PRODUCT; /* of all levels */
    if (!is_total && w->records[i].product.length != level) continue;
    if (kept < i) w->records[kept] = w->records[i];
    kept++;
  }
  w->left_out += count - kept;
  return kept;
}

/* Those of the records that are in a unit that is wanted, at the front; how many. */
static size_t take_units(worker *w, size_t count) {
  trade_reader_finding finding;
  size_t kept = 0;
  require(trade_reader_found(w->reader, &finding), w->from->name);
  w->layout = finding.layout;
  const options *o = w->all->o;
  if (o->measure == 0 && !o->chooses_unit && has_one_currency(w->layout) && (w->knows_last || o->file_count == 1))
    return count;
  w->keys.size = 0;
  for (size_t i = 0, room = 0; o->unit_rows && i < count; i++) {
    room += w->records[i].product.length + UNIT_TEXT + 1;
    if (i + 1 == count) reserve(&w->keys, room); /* they stay where they are */
  }
  w->knows_last = 0; /* the text of the unit is gone */
  for (size_t i = 0; i < count; i++) {
    trade_record *record = &w->records[i];
    const trade_text printed = record->unit;
    const int32_t currency = record->currency;
    if (!is_like_last(w, record)) {
      if (!take_unit(w, record)) continue;
      w->last = printed;
      w->last_currency = currency;
    }
    if (kept < i) w->records[kept] = *record;
    kept++;
  }
  return kept;
}

/* Notes the key of a record in a dimension if its figure comes to the cube. 1: no other of this key needs a look; the
 * same of what follows. */
static int take_key(worker *w, const trade_record *record, probe *of_key, key_set *keys, wide_key one) {
  if (knows_key(keys, one) || !passes(of_key, record)) return 1;
  if (isnan(figure_of(w->all->o, record)) || !is_selected(w, record)) return 0;
  note_key(keys, one);
  return 1;
}

static int take_period(worker *w, const trade_record *record) {
  const wide_key one = period_key(record->period);
  wide_key *met = &w->met_periods[((one.high >> 16) * 12 + (one.high >> 8 & 0xFF)) % MET_PERIODS];
  if (same_key(one, *met) || !trade_period_valid(record->period)) return 1;
  if (!take_key(w, record, &w->of_period, &w->periods, one)) return 0;
  *met = one;
  return 1;
}

static void take_product(worker *w, const trade_record *record) {
  const wide_key one = product_key(record->product);
  wide_key *met = &w->met_products[(one.high + one.low * 0xD6E8FEB86659FD93u) * 0x9E3779B97F4A7C15u >> 48];
  if (same_key(one, *met) || record->marks & TRADE_RECORD_AGGREGATE_PRODUCT) return;
  if (!is_code_key(one) || take_key(w, record, &w->of_product, &w->products, one)) *met = one;
}

static int take_flow(worker *w, const trade_record *record) {
  const int one = 1 << record->flow_kind;
  if ((w->flows | w->flows_left_out) & one) return 1;
  if (!passes(&w->of_flow, record))
    w->flows_left_out |= one;
  else if (!isnan(figure_of(w->all->o, record)) && is_selected(w, record))
    w->flows |= one;
  return (w->flows | w->flows_left_out) & one;
}

static int take_table(worker *w, const trade_record *record) {
  if (!passes(&w->of_table, record)) return 1;
  if (!is_selected(w, record)) return 0;
  note_table(w->tables, *record);
  return 1;
}

static int take_series(worker *w, const trade_record *record) {
  if (isnan(figure_of(w->all->o, record)) || !is_selected(w, record)) return 0;
  note_series(w->differences, record->product);
  return 1;
}

/* Of what is added up over periods, products, series or flows, and of tables. */
static void note_keys(worker *w, size_t count) {
  const options *o = w->all->o;
  const int tables = w->tables && w->layout != TRADE_LAYOUT_BACI; /* which has no totals */
  const int over_periods = !is_by(o, TRADE_CUBE_PERIOD), over_flows = !is_by(o, TRADE_CUBE_FLOW);
  const int over_products =
      has_levels(w->layout) && (!is_by(o, TRADE_CUBE_PRODUCT) || o->digits > 0 ||
                                (o->shares != SHARES_NONE && o->shares != SHARES_WORLD) || o->indicator_count > 0);
  const int over_series = has_series(w->layout) && !is_by(o, TRADE_CUBE_PRODUCT);
  const trade_record *period = NULL, *flow = NULL, *of = NULL,
                     *series = NULL; /* the last that needed no other look: most are like it */
  for (const trade_record *r = w->records; r < w->records + count; r++) {
    const int new_period = over_periods && !(period && memcmp(&period->period, &r->period, sizeof r->period) == 0);
    const int new_flow = over_flows && !(flow && flow->flow_kind == r->flow_kind);
    if (new_period && take_period(w, r)) period = r;
    if (over_products) take_product(w, r);
    if (over_series && !(series && compare_texts(series->product, r->product) == 0) && take_series(w, r)) series = r;
    if (new_flow && take_flow(w, r)) flow = r;
    if (tables && !(of && is_of_table(of, r)) && take_table(w, r)) of = r;
  }
}

/* Adds records to the worker's cube. Once something does not add up, reading goes on to see whether something else is
 * wrong, which is then told first whatever the order. */
static void add_records(worker *w, size_t count) {
  count = take_level(w, count);
  count = take_units(w, count);
  note_keys(w, count);
  trade_status status = count ? trade_cube_add_array(w->cube, w->records, count) : TRADE_OK;
  if (status == TRADE_OK) return;
  if (status == TRADE_ERROR_MEMORY) require(status, "cube");
  for (size_t i = 0; i < count; i++) {
    status = trade_cube_add(w->cube, &w->records[i]);
    if (status != TRADE_OK && status != TRADE_ERROR_CURRENCY)
      note_failure(w->all, w->from, w->records[i].line, 0, EXIT_INPUT, trade_status_text(status));
  }
}

/* What the reader says of its options, as the command has them; whether that is about the columns. */
static int option_text(const char *reason, char text[MESSAGE]) {
  static const struct {
    const char *said, *here;
  } ways[] = {{"the option value names it", "name it with --column value=NAME"},
              {"the option reporter, partner or product names it",
               "name it with --column reporter=NAME, partner=NAME or product=NAME"},
              {"no column has the name that an option gives", "no column has the name that --column or --where gives"},
              {"the option value_power must", "say it with --unit POWER"},
              {"the option decimal says which", "say which with --decimal"}};
  snprintf(text, MESSAGE, "%s", reason);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    const char *at = strstr(reason, ways[i].said);
    if (!at) continue;
    snprintf(text, MESSAGE, "%.*s%s", (int)(at - reason), reason, ways[i].here);
    return i < 3;
  }
  return 0;
}

static void problem_text(const trade_reader_problem *p, char text[MESSAGE]) {
  const int length = p->field.length < MESSAGE / 4 ? (int)p->field.length : MESSAGE / 4;
  const size_t shown = p->length < (int32_t)sizeof p->text ? (size_t)p->length : sizeof p->text;
  char found[CELL];
  format_text((trade_text){p->text, shown}, 20, found); /* 20 columns: never a part of a character */
  (void)option_text(p->reason, text);
  const size_t used = strlen(text);
  if (length > 0)
    snprintf(text + used, MESSAGE - used, shown ? ": %s (%.*s)" : "%s (%.*s)", found, length, p->field.bytes);
}

/* The names of the columns, where naming one helps. */
static void add_columns(const trade_reader_problem *p, const buffer *head, char text[MESSAGE]) {
  const size_t used = strlen(text), at = (size_t)p->offset;
  char unused[MESSAGE];
  if (!option_text(p->reason, unused) || p->offset >= head->size) return;
  const char *end = (const char *)memchr(head->bytes + at, '\n', head->size - at);
  const trade_text line = {head->bytes + at, end ? (size_t)(end - head->bytes) - at : head->size - at};
  char columns[CELL];
  format_text(line, CELL, columns);
  snprintf(text + used, MESSAGE - used, ". Its columns: %s", columns);
}

/* Notes what the first record has where --where or --level wants something: an example of the file's codes. */
static void note_first(worker *w, const trade_record *record) {
  const options *o = w->all->o;
  char *text = w->from->first, code[CELL], unit_text[UNIT_TEXT];
  trade_reader_finding finding;
  size_t used = 0;
  if (w->from->layout || text[0] != '\0') return; /* another worker may be here, or it is not the first */
  require(trade_reader_found(w->reader, &finding), w->from->name);
  for (int i = 0; i < o->where_count && used < CELL; i++) {
    const size_t name = strcspn(o->where[i], "=");
    const int place = find_dimension(o->where[i], name);
    if (is_where_column(o->where[i])) continue;
    unit_of(o, finding.layout, record, unit_text);
    if (place < DIMENSIONS)
      format_key(record, place, CELL / 4, code);
    else
      format_text((trade_text){unit_text, strlen(unit_text)}, CELL / 4, code);
    used += (size_t)snprintf(text + used, CELL - used, "%s%.*s=%s", used ? ", " : "", (int)name, o->where[i], code);
  }
  if (o->level == 0 || used >= CELL || strstr(text, "product=")) return;
  format_text(record->product, CELL / 4, code);
  (void)snprintf(text + used, CELL - used, "%sproduct=%.*s", used ? ", " : "", CELL / 2, code);
}

/* Reads what the reader was fed, and adds it. 1: the reader wants more. */
static int read_records(worker *w, int add) {
  for (;;) {
    size_t count = 0;
    const int names = w->all->o->names; /* which are told of one record at a time */
    const trade_status status = trade_reader_next_array(w->reader, w->records, names ? 1 : RECORDS, &count);
    if (status == TRADE_OK) {
      trade_record called;
      if (add && names && trade_reader_names(w->reader, &called) == TRADE_OK)
        note_names(&w->names, &w->records[0], &called);
      if (add && count) note_first(w, &w->records[0]);
      if (add) add_records(w, count);
      continue;
    }
    trade_reader_problem p;
    char text[MESSAGE];
    if (status == TRADE_NEED_INPUT || status == TRADE_END) return status == TRADE_NEED_INPUT;
    if (status == TRADE_ERROR_MEMORY) require(status, w->from->name);
    require(trade_reader_last_problem(w->reader, &p), w->from->name);
    problem_text(&p, text);
    add_columns(&p, &w->from->head, text);
    note_failure(w->all, w->from, p.line, p.column, EXIT_INPUT, text);
    return 0;
  }
}

/* Feeds a piece and reads it. 1: the reader wants more. */
static int read_bytes(worker *w, const buffer *piece, int last, int add) {
  require(trade_reader_feed(w->reader, piece->bytes, piece->size), w->from->name);
  if (!read_records(w, add)) return 0;
  if (!last) return 1;
  require(trade_reader_finish(w->reader), w->from->name);
  return read_records(w, add);
}

/* Opens the stream and reads its head, under its lock: pieces until the header is found. */
static void open_stream(worker *w, stream *s) {
  trade_reader_finding finding;
  s->opened = 1;
  s->in = open_input(s->file);
  if (!s->in) {
    s->ended = 1;
    note_failure(w->all, s, 0, 0, EXIT_SYSTEM, strerror(errno));
    return;
  }
  while (!s->layout) {
    read_piece(w, s, FIRST_PIECE);
    append(&s->head, w->piece.bytes, w->piece.size);
    if (!read_bytes(w, &w->piece, s->ended, 1)) s->ended = 1;
    if (trade_reader_found(w->reader, &finding) == TRADE_OK) s->layout = finding.name;
    if (s->ended) break;
  }
}

/* Under the run's lock. */
static void list_problem(run *all, const stream *s, const trade_reader_problem *p) {
  all->problems = (problem *)resize(all->problems, (all->problem_count + 1) * sizeof *all->problems);
  problem *listed = &all->problems[all->problem_count++];
  listed->stream = s->number;
  listed->line = p->line;
  listed->column = p->column;
  listed->message = (char *)allocate(MESSAGE, 1);
  problem_text(p, listed->message);
}

/* How many rows the reader did not choose. */
static uint64_t count_left_out(const worker *w) {
  trade_reader_finding finding;
  return trade_reader_found(w->reader, &finding) == TRADE_OK ? finding.left_out : 0;
}

/* Hands what the reader left out to the run, but for the first `told`, which another worker tells. */
static void note_problems(worker *w, uint64_t told) {
  trade_reader_problem p;
  pthread_mutex_lock(&w->all->lock);
  w->from->problems += trade_reader_problem_count(w->reader) - told;
  for (size_t i = (size_t)told; trade_reader_problem_at(w->reader, i, &p) == TRADE_OK; i++)
    list_problem(w->all, w->from, &p);
  pthread_mutex_unlock(&w->all->lock);
}

/* Takes the next piece of the worker's stream and reads it. 0: there is none, or nothing behind it is wanted. */
static int read_next(worker *w) {
  stream *s = w->from;
  pthread_mutex_lock(&s->lock);
  const int keeps = s->keeper == w, is_one = !s->ended && (keeps || !s->keeper);
  const uint64_t line = s->line, offset = s->offset;
  if (is_one) read_piece(w, s, PIECE);
  const int last = s->ended;
  pthread_mutex_unlock(&s->lock);
  if (!is_one) return 0;
  if (!keeps) require(trade_reader_continue_at(w->reader, line, offset), s->name);
  return read_bytes(w, &w->piece, last, 1);
}

/* Reads of a stream what no other worker takes first. */
static void read_stream(worker *w, stream *s) {
  uint64_t told = 0, not_chosen = 0;
  w->from = s;
  w->knows_last = 0;
  require(trade_reader_create(&w->all->o->reader, NULL, &w->reader), s->name);
  pthread_mutex_lock(&s->lock);
  const int opens = !s->opened, ended = s->ended || s->keeper;
  if (opens) open_stream(w, s);
  pthread_mutex_unlock(&s->lock);
  if (!opens && !ended) {
    (void)read_bytes(w, &s->head, 0, 0);
    told = trade_reader_problem_count(w->reader);
    not_chosen = count_left_out(w);
  }
  if (opens || !ended) {
    while (read_next(w)) {
    }
    pthread_mutex_lock(&s->lock);
    if (s->keeper == w) s->ended = 1; /* it does not come again */
    pthread_mutex_unlock(&s->lock);
    note_problems(w, told);
    w->left_out += count_left_out(w) - not_chosen;
    note_differences(w->differences, w->reader);
  }
  trade_reader_destroy(w->reader);
}

/* Begins with the streams that nobody has begun with, so that several compressed ones go at the same time, and then
 * helps where something is left. */
static void *work(void *argument) {
  worker *w = (worker *)argument;
  run *all = w->all;
  const size_t count = (size_t)all->o->file_count;
  for (;;) {
    pthread_mutex_lock(&all->lock);
    const size_t next = all->claimed++;
    pthread_mutex_unlock(&all->lock);
    if (next >= count) break;
    read_stream(w, &all->streams[next]);
  }
  for (size_t i = 0; i < count; i++) read_stream(w, &all->streams[i]);
  pthread_mutex_lock(&all->lock);
  if (--all->working == 0) pthread_cond_signal(&all->done);
  pthread_mutex_unlock(&all->lock);
  return NULL;
}

/* ---- The whole ---- */

static int compare_problems(const void *a, const void *b) {
  const problem *x = (const problem *)a, *y = (const problem *)b;
  if (x->stream != y->stream) return x->stream < y->stream ? -1 : 1;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static void print_problem(const char *name, uint64_t line, uint64_t column, const char *message) {
  fprintf(stderr, "%s:%llu", name, (unsigned long long)line);
  if (column > 0) fprintf(stderr, ":%llu", (unsigned long long)column);
  fprintf(stderr, ": %s\n", message);
}

/* What was left out, by file and line; the first of each file. */
static void print_problems(run *all) {
  size_t listed = 0;
  if (all->problem_count) qsort(all->problems, all->problem_count, sizeof *all->problems, compare_problems);
  for (size_t i = 0; i < all->problem_count; i++) {
    const problem *p = &all->problems[i];
    const stream *s = &all->streams[p->stream];
    const int is_last = i + 1 == all->problem_count || p[1].stream != p->stream;
    if (listed++ < PROBLEMS_LISTED) print_problem(s->name, p->line, p->column, p->message);
    if (is_last && s->problems > PROBLEMS_LISTED)
      fprintf(stderr, "%s: and %llu more\n", s->name, (unsigned long long)(s->problems - PROBLEMS_LISTED));
    if (is_last) listed = 0;
    free(p->message);
  }
  free(all->problems);
}

/* What does not add up is a failure where nothing else went wrong, unless each unit has rows of its own. */
static void tell_units(run *all, const units *u) {
  char text[MESSAGE];
  if (u->second.text[0] == '\0' || all->o->unit_rows || all->first.exit_status != 0) return;
  unit_conflict(all->o, u, text, sizeof text);
  note_failure(all, &all->streams[u->second.stream], u->second.line, 0, EXIT_INPUT, text);
}

static void tell_failure(const run *all) {
  const failure *f = &all->first;
  const char *name = all->streams[f->stream].name;
  if (f->exit_status == EXIT_SYSTEM) fail(EXIT_SYSTEM, name, f->message);
  if (f->exit_status != 0) print_problem(name, f->line, f->column, f->message);
  if (f->exit_status != 0) exit(f->exit_status);
}

/* The cubes of all workers as one. A cube with a selection takes no other that lacks the dimension of it: what the
 * workers selected goes into one without. */
static trade_cube *merge_cubes(const options *o, worker *workers) {
  trade_cube *cube = o->where_count ? make_cube(o, o->by, o->read_by_count) : workers[0].cube;
  for (int i = o->where_count ? 0 : 1; i < o->threads; i++) {
    require(trade_cube_merge(cube, workers[i].cube), "cube");
    trade_cube_destroy(workers[i].cube);
  }
  return cube;
}

/* Waits for the workers, and shows how far they are if it takes long. */
static void wait_for_workers(run *all) {
  pthread_mutex_lock(&all->lock);
  while (all->working > 0) {
    struct timespec next;
    clock_gettime(CLOCK_REALTIME, &next);
    next.tv_nsec += 200000000;
    next.tv_sec += next.tv_nsec / 1000000000;
    next.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&all->done, &all->lock, &next);
    show_progress(&all->at);
  }
  pthread_mutex_unlock(&all->lock);
  end_progress(&all->at);
}

static void open_run(run *all, const options *o) {
  all->o = o;
  all->streams = (stream *)allocate((size_t)o->file_count, sizeof *all->streams);
  all->working = o->threads;
  pthread_mutex_init(&all->lock, NULL);
  pthread_cond_init(&all->done, NULL);
  uint64_t size = 0;
  for (int i = 0; i < o->file_count; i++) {
    stream *s = &all->streams[i];
    struct stat about;
    s->file = o->files[i];
    s->name = strcmp(s->file, "-") == 0 ? "standard input" : s->file;
    s->number = (size_t)i;
    s->line = 1;
    pthread_mutex_init(&s->lock, NULL);
    const int known = s->name == s->file ? stat(s->file, &about) : fstat(STDIN_FILENO, &about);
    size = known == 0 && S_ISREG(about.st_mode) && size != UINT64_MAX ? size + (uint64_t)about.st_size : UINT64_MAX;
  }
  all->at.size = size;
}

static int has_tables(const options *o) {
  return is_by(o, TRADE_CUBE_PERIOD) && is_by(o, TRADE_CUBE_REPORTER) && is_by(o, TRADE_CUBE_FLOW);
}

trade_cube *read_files(const options *o, source *from) {
  run all = {0};
  worker *workers = (worker *)allocate((size_t)o->threads, sizeof *workers);
  open_run(&all, o);
  if (!has_tables(o)) from->tables = make_tables(OF_TABLE | TRADE_CUBE_PRODUCT);
  for (int i = 0; i < o->threads; i++) {
    workers[i].all = &all;
    open_names(&workers[i].names, o);
    workers[i].cube = make_cube(o, o->by, o->read_by_count);
    workers[i].selection = make_probe(o, 0);
    workers[i].of_period = make_probe(o, TRADE_CUBE_PERIOD);
    workers[i].of_product = make_probe(o, TRADE_CUBE_PRODUCT);
    workers[i].of_flow = make_probe(o, TRADE_CUBE_FLOW);
    workers[i].of_table = make_probe(o, OF_TABLE);
    if (!has_tables(o)) workers[i].tables = make_tables(OF_TABLE | TRADE_CUBE_PRODUCT);
    if (!o->unit_rows) (void)select_rows(o, workers[i].cube, 0); /* else the product is no longer the file's */
    const int why = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    if (why) fail(EXIT_SYSTEM, "cannot start a thread", strerror(why));
  }
  open_names(&from->names, o);
  wait_for_workers(&all);
  for (int i = 0; i < o->threads; i++) {
    pthread_join(workers[i].thread, NULL);
    free(workers[i].piece.memory);
    free(workers[i].keys.memory);
    trade_cube_destroy(workers[i].selection.cube);
    trade_cube_destroy(workers[i].of_period.cube);
    trade_cube_destroy(workers[i].of_product.cube);
    trade_cube_destroy(workers[i].of_flow.cube);
    trade_cube_destroy(workers[i].of_table.cube);
    if (from->tables) require(trade_cube_merge(from->tables, workers[i].tables), "cube");
    trade_cube_destroy(workers[i].tables);
    merge_units(&from->units, &workers[i].units);
    merge_names(&from->names, &workers[i].names);
    merge_differences(from->differences, workers[i].differences);
    note_keys_of(&from->periods, &workers[i].periods);
    note_keys_of(&from->products, &workers[i].products);
    free(workers[i].periods.all);
    free(workers[i].products.all);
    from->flows |= workers[i].flows;
    from->left_out += workers[i].left_out;
  }
  tell_units(&all, &from->units);
  tell_failure(&all);
  trade_cube *cube = merge_cubes(o, workers);
  print_problems(&all);
  from->layouts = (const char **)allocate((size_t)o->file_count, sizeof *from->layouts);
  for (int i = 0; i < o->file_count; i++) {
    stream *s = &all.streams[i];
    from->layouts[i] = s->layout;
    if (i == 0) memcpy(from->first, s->first, sizeof from->first);
    from->problems += s->problems;
    if (s->in) close_input(s->in);
    free(s->head.memory);
    free(s->rest.memory);
    pthread_mutex_destroy(&s->lock);
  }
  free(all.streams);
  free(workers);
  return cube;
}

void read_each(const char *name, void (*take)(void *to, const trade_record *record), void *to) {
  static char bytes[FIRST_PIECE];
  trade_reader *reader;
  trade_reader_problem p;
  trade_record record;
  trade_status status;
  input in = open_input(name);
  if (!in) fail(EXIT_SYSTEM, name, strerror(errno));
  require(trade_reader_create(NULL, NULL, &reader), name);
  while ((status = trade_reader_next(reader, &record)) == TRADE_OK || status == TRADE_NEED_INPUT) {
    size_t length;
    int exit_status = EXIT_SYSTEM;
    if (status == TRADE_OK) {
      take(to, &record);
      continue;
    }
    const char *why = read_input(in, bytes, sizeof bytes, &length, &exit_status);
    if (why) fail(exit_status, name, why);
    require(length > 0 ? trade_reader_feed(reader, bytes, length) : trade_reader_finish(reader), name);
  }
  if (status != TRADE_END && trade_reader_last_problem(reader, &p) == TRADE_OK) {
    char text[MESSAGE];
    problem_text(&p, text);
    char *says = strstr(text, ": say which with"); /* options are of the other files */
    if (says) *says = '\0';
    if (option_text(p.reason, (char[MESSAGE]){0}))
      snprintf(text, MESSAGE,
               "no known layout of exchange rates, nor columns date, reporter, partner and value: one unit of the "
               "reporter costs value units of the partner");
    print_problem(name, p.line, p.column, text);
    exit(EXIT_INPUT);
  }
  if (status != TRADE_END) require(status, name);
  trade_reader_destroy(reader);
  close_input(in);
}
