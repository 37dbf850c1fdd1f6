/*
 * trade-report: totals, shares and growth from the files that statistical offices publish. `trade-report --help` is its
 * manual.
 *
 * It reads with trade_reader, adds up with trade_cube, and computes with trade_growth_rate and trade_share: totals are
 * exact, whatever the order of rows and files.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tradestat.h>
#include <unistd.h>

#ifdef TRADE_REPORT_ZLIB
#include <zlib.h>
#endif

enum { EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };
enum { DIMENSIONS = 5, CHUNK = 1 << 20, RECORDS = 256 };
enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_MARKDOWN };
enum { SHARES_NONE, SHARES_TOTAL, SHARES_ROW, SHARES_COLUMN };

static const struct {
  const char *name;
  int32_t dimension;
} dimensions[DIMENSIONS] = {{"period", TRADE_CUBE_PERIOD},
                            {"reporter", TRADE_CUBE_REPORTER},
                            {"partner", TRADE_CUBE_PARTNER},
                            {"product", TRADE_CUBE_PRODUCT},
                            {"flow", TRADE_CUBE_FLOW}};

static const struct {
  const char *name;
  int32_t measure;
} measures[] = {{"value", TRADE_CUBE_VALUE}, {"quantity", TRADE_CUBE_QUANTITY}, {"weight", TRADE_CUBE_WEIGHT}};

static const char *const formats[] = {"table", "csv", "json", "markdown"};
static const char *const share_kinds[] = {"none", "total", "row", "column"};

typedef struct options {
  const char *const *files;
  int file_count;
  int by[DIMENSIONS], by_count; /* positions in `dimensions` */
  int measure, shares, growth_months, format, digits;
  size_t top;
  const char *output, *chart;
  trade_reader_options reader;
} options;

static const char manual[] =
    "Usage: trade-report [OPTION]... [FILE]...\n"
    "\n"
    "Totals, shares and growth from published files: UN Comtrade, BACI, Eurostat, ECB, OECD, IMF, WTO, UNCTADstat,\n"
    "World Bank, FRED, Our World in Data, or any table whose columns are named. Without FILE, or for -, standard "
    "input.\n"
    "Several files are added together.\n"
    "\n"
    "  --by D,...            what to total by: period, reporter, partner, product, flow (default: period,flow)\n"
    "  --where D=CODE,...    only these: --where reporter=156 --where period=2020,2021 --where product=85\n"
    "  --measure M           value, quantity or weight (default: value)\n"
    "  --digits N            product codes cut after N digits: 2, 4, 6 for the levels of the HS\n"
    "  --shares KIND         total: in the total of the same period and flow; row: in that of the same first "
    "dimension;\n"
    "                        column: in that of the same second one\n"
    "  --growth year|period  growth over the same period of the year before, or over the period before\n"
    "  --top N               only the N largest, largest first, and the sum of the others\n"
    "  --column PART=NAME    takes a part of the record from the column of this name: --column value=exports_usd\n"
    "  --unit POWER          values are in units of 10 to this power, 6 for millions (default: as the layout says)\n"
    "  --currency CODE       of the values, where the file doesn't tell: USD\n"
    "  --format F            table, csv, json, markdown (default: table)\n"
    "  --chart FILE.svg      draws it too: a line for each series by period, or bars with their shares\n"
    "  --output FILE         instead of standard output; it appears whole or not at all\n"
    "  --lenient             leave out rows that cannot be read, and say how many\n"
    "  --help, --version\n"
    "\n"
    "A total that stands beside its own parts (World, TOTAL) is not added to them. Missing is missing, never 0.\n"
    "Exit status: 0; 1 if a file cannot be read as it stands, told as file:line:column: reason; 2 for wrong options;\n"
    "3 if a file cannot be opened or written, or memory is short.\n";

static void fail(int status, const char *what, const char *why) {
  fprintf(stderr, "trade-report: %s%s%s\n", what, why ? ": " : "", why ? why : "");
  exit(status);
}

static void require(trade_status status, const char *what) {
  if (status != TRADE_OK)
    fail(status == TRADE_ERROR_MEMORY ? EXIT_SYSTEM : EXIT_INPUT, what, trade_status_text(status));
}

static void *allocate(size_t n, size_t size) {
  void *memory = calloc(n ? n : 1, size);
  if (!memory) fail(EXIT_SYSTEM, "not enough memory", NULL);
  return memory;
}

/* ---- Options ---- */

static int position(const char *text, size_t length, const char *what) {
  for (int i = 0; i < DIMENSIONS; i++)
    if (strlen(dimensions[i].name) == length && memcmp(dimensions[i].name, text, length) == 0) return i;
  fprintf(stderr, "trade-report: %s: not a dimension: '%.*s'\n", what, (int)length, text);
  exit(EXIT_USAGE);
}

static int word(const char *text, const char *const *words, size_t n, const char *what) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(text, words[i]) == 0) return (int)i;
  fail(EXIT_USAGE, what, text);
  return 0;
}

static long whole_number(const char *text, long least, long most, const char *what) {
  char *end;
  const long number = strtol(text, &end, 10);
  if (end == text || *end != '\0' || number < least || number > most) fail(EXIT_USAGE, what, text);
  return number;
}

static int has_dimension(const options *o, int32_t dimension) {
  for (int i = 0; i < o->by_count; i++)
    if (dimensions[o->by[i]].dimension == dimension) return 1;
  return 0;
}

static void set_by(options *o, const char *text) {
  o->by_count = 0;
  for (const char *at = text; *at != '\0'; at += *at == ',') {
    const size_t length = strcspn(at, ",");
    const int place = position(at, length, "--by");
    for (int i = 0; i < o->by_count; i++)
      if (o->by[i] == place) fail(EXIT_USAGE, "--by names a dimension twice", text);
    o->by[o->by_count++] = place;
    at += length;
  }
}

static void set_column(options *o, const char *text) {
  static const char *const parts[] = {"period", "reporter", "partner",  "product",
                                      "flow",   "value",    "quantity", "weight"};
  const char **const names[] = {&o->reader.period, &o->reader.reporter, &o->reader.partner,  &o->reader.product,
                                &o->reader.flow,   &o->reader.value,    &o->reader.quantity, &o->reader.weight};
  const char *name = strchr(text, '=');
  for (size_t i = 0; name && i < sizeof parts / sizeof *parts; i++) {
    if (strlen(parts[i]) != (size_t)(name - text) || memcmp(parts[i], text, strlen(parts[i])) != 0) continue;
    *names[i] = name + 1;
    return;
  }
  fail(EXIT_USAGE, "--column wants PART=NAME", text);
}

static void select_rows(trade_cube *cube, const char *text) {
  const size_t name = strcspn(text, "=");
  if (text[name] == '\0') fail(EXIT_USAGE, "--where wants DIMENSION=CODE,...", text);
  const int place = position(text, name, "--where");
  for (const char *at = text + name + 1;; at++) {
    trade_text code = {at, strcspn(at, ",")};
    if (dimensions[place].dimension == TRADE_CUBE_PERIOD) {
      trade_period period;
      if (trade_period_parse(code.bytes, code.length, &period) != TRADE_OK) fail(EXIT_USAGE, "not a period", text);
      require(trade_cube_select_periods(cube, &period, 1), "--where");
    } else {
      require(trade_cube_select(cube, dimensions[place].dimension, &code, 1), "--where");
    }
    at += code.length;
    if (*at == '\0') break;
  }
}

static const char *option_value(int argc, char **argv, int *at, const char *name) {
  const size_t length = strlen(name);
  if (strncmp(argv[*at], name, length) != 0) return NULL;
  if (argv[*at][length] == '=') return argv[*at] + length + 1;
  if (argv[*at][length] != '\0') return NULL;
  if (++*at >= argc || !argv[*at]) {
    fprintf(stderr, "trade-report: %s: wants a value\n", name);
    exit(EXIT_USAGE);
  }
  return argv[*at];
}

static void read_options(int argc, char **argv, options *o, const char **where, int *where_count) {
  static const char *const growths[] = {"year", "period"};
  const char *value;
  set_by(o, "period,flow");
  int files = 0;
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] != '-' || argv[i][1] == '\0') {
      argv[files++] = argv[i]; /* at or before its place: what was there has been read */
    } else if (strcmp(argv[i], "--help") == 0) {
      fputs(manual, stdout);
      exit(EXIT_SUCCESS);
    } else if (strcmp(argv[i], "--version") == 0) {
      printf("trade-report, tradestat %s\n", trade_version_text());
      exit(EXIT_SUCCESS);
    } else if (strcmp(argv[i], "--lenient") == 0) {
      o->reader.lenient = 1;
    } else if ((value = option_value(argc, argv, &i, "--by"))) {
      set_by(o, value);
    } else if ((value = option_value(argc, argv, &i, "--where"))) {
      where[(*where_count)++] = value; /* until there is a cube */
    } else if ((value = option_value(argc, argv, &i, "--measure"))) {
      const char *names[] = {measures[0].name, measures[1].name, measures[2].name};
      o->measure = word(value, names, 3, "--measure wants value, quantity or weight");
    } else if ((value = option_value(argc, argv, &i, "--digits"))) {
      o->digits = (int)whole_number(value, 1, 20, "--digits wants a number from 1 to 20");
    } else if ((value = option_value(argc, argv, &i, "--shares"))) {
      o->shares = word(value, share_kinds, 4, "--shares wants total, row or column");
    } else if ((value = option_value(argc, argv, &i, "--growth"))) {
      o->growth_months = word(value, growths, 2, "--growth wants year or period") == 0 ? 12 : -1;
    } else if ((value = option_value(argc, argv, &i, "--top"))) {
      o->top = (size_t)whole_number(value, 1, 1000000000, "--top wants a positive number");
    } else if ((value = option_value(argc, argv, &i, "--column"))) {
      set_column(o, value);
    } else if ((value = option_value(argc, argv, &i, "--unit"))) {
      o->reader.value_power = (int32_t)whole_number(value, -20, 20, "--unit wants a power of ten");
    } else if ((value = option_value(argc, argv, &i, "--currency"))) {
      if (trade_currency_parse(value, strlen(value), &o->reader.currency) != TRADE_OK)
        fail(EXIT_USAGE, "--currency: not a code of ISO 4217", value);
    } else if ((value = option_value(argc, argv, &i, "--format"))) {
      o->format = word(value, formats, 4, "--format wants table, csv, json or markdown");
    } else if ((value = option_value(argc, argv, &i, "--chart"))) {
      o->chart = value;
    } else if ((value = option_value(argc, argv, &i, "--output"))) {
      o->output = value;
    } else {
      fail(EXIT_USAGE, "no such option, see --help", argv[i]);
    }
  }
  o->files = (const char *const *)argv;
  o->file_count = files;
  if (o->growth_months != 0 && !has_dimension(o, TRADE_CUBE_PERIOD))
    fail(EXIT_USAGE, "--growth wants period in --by", NULL);
  if ((o->shares == SHARES_ROW || o->shares == SHARES_COLUMN) && o->by_count < 2)
    fail(EXIT_USAGE, "--shares row and column want two dimensions in --by", NULL);
}

/* ---- Input ---- */

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

/* What the report says about where its figures come from. */
typedef struct source {
  uint64_t problems;
  trade_reader_finding finding;
} source;

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

static void read_file(const options *o, const char *name, trade_cube *cube, source *from) {
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

/* ---- Rows ---- */

typedef struct row {
  trade_record record;
  double total, share, growth;
} row;

static int compare_texts(trade_text a, trade_text b) {
  const size_t n = a.length < b.length ? a.length : b.length;
  const int order = n ? memcmp(a.bytes, b.bytes, n) : 0;
  return order ? order : (a.length > b.length) - (a.length < b.length);
}

static trade_text text_of(const trade_record *record, int32_t dimension) {
  return dimension == TRADE_CUBE_REPORTER  ? record->reporter
         : dimension == TRADE_CUBE_PARTNER ? record->partner
         : dimension == TRADE_CUBE_PRODUCT ? record->product
                                           : record->flow;
}

static int compare_in(const trade_record *a, const trade_record *b, int place) {
  const int32_t dimension = dimensions[place].dimension;
  if (dimension == TRADE_CUBE_PERIOD) return (int)trade_period_compare(a->period, b->period);
  return compare_texts(text_of(a, dimension), text_of(b, dimension));
}

/* By the dimensions of --by in their order; qsort has no other way to tell. */
static const options *sorted_by;

static int compare_rows(const void *a, const void *b) {
  for (int i = 0; i < sorted_by->by_count; i++) {
    const int order = compare_in(&((const row *)a)->record, &((const row *)b)->record, sorted_by->by[i]);
    if (order) return order;
  }
  return 0;
}

static int compare_totals(const void *a, const void *b) {
  const double x = ((const row *)a)->total, y = ((const row *)b)->total;
  if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
  return x > y ? -1 : x < y ? 1 : compare_rows(a, b);
}

/* Shares: in the sum of the rows that agree in some dimensions, which a cube of those alone holds. */
static void fill_shares(const options *o, trade_cube *cube, row *rows, size_t n) {
  int32_t kept = 0;
  for (int i = 0; i < o->by_count; i++) {
    const int32_t dimension = dimensions[o->by[i]].dimension;
    if (o->shares == SHARES_TOTAL ? dimension == TRADE_CUBE_PERIOD || dimension == TRADE_CUBE_FLOW
        : o->shares == SHARES_ROW ? i == 0
                                  : i == 1)
      kept |= dimension;
  }
  trade_cube *whole;
  require(trade_cube_create(kept, measures[o->measure].measure, o->digits, NULL, &whole), "shares");
  require(trade_cube_merge(whole, cube), "shares");
  const size_t count = trade_cube_count(whole);
  for (size_t i = 0; i < n; i++) {
    size_t first = 0, end = count;
    while (first < end) { /* the first that is not before the row's */
      const size_t middle = first + (end - first) / 2;
      trade_record record;
      int order = 0;
      require(trade_cube_row(whole, middle, &record), "shares");
      for (int d = 0; d < DIMENSIONS && order == 0; d++)
        if (kept & dimensions[d].dimension) order = compare_in(&record, &rows[i].record, d);
      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }
    trade_sum total;
    require(trade_cube_total(whole, first, measures[o->measure].measure, &total, NULL, NULL), "shares");
    rows[i].share = trade_share(rows[i].total, trade_sum_value(&total));
  }
  trade_cube_destroy(whole);
}

/* Growth over the row of an earlier period; rows are sorted by --by. */
static void fill_growth(const options *o, row *rows, size_t n) {
  for (size_t i = 0; i < n; i++) {
    row base = rows[i];
    base.record.period = o->growth_months > 0 ? trade_period_shift(base.record.period, -o->growth_months)
                                              : trade_period_previous(base.record.period);
    const row *found = (const row *)bsearch(&base, rows, n, sizeof *rows, compare_rows);
    rows[i].growth = found ? trade_growth_rate(rows[i].total, found->total) : (double)NAN;
  }
}

/* ---- Output ---- */

enum { CELL = 128 };

static void format_key(const trade_record *record, int place, char cell[CELL]) {
  const int32_t dimension = dimensions[place].dimension;
  if (dimension != TRADE_CUBE_PERIOD) {
    const trade_text text = text_of(record, dimension);
    snprintf(cell, CELL, "%.*s", (int)text.length, text.bytes ? text.bytes : "");
  } else if (trade_period_format(record->period, cell, CELL) != TRADE_OK) {
    cell[0] = '\0';
  }
}

/* As short as reads back the same. */
static void format_exactly(double x, char cell[CELL]) {
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(cell, CELL, "%.*g", digits, x);
    if (strtod(cell, NULL) == x) break;
  }
}

/* For people: scaled by a power of a thousand, with a space between thousands. */
static void format_number(double x, int decimals, char cell[CELL]) {
  char digits[CELL];
  if (isnan(x)) {
    snprintf(cell, CELL, ".");
    return;
  }
  snprintf(digits, sizeof digits, "%.*f", decimals, x);
  const size_t whole = strcspn(digits, ".");
  size_t out = 0;
  for (size_t i = 0; digits[i] != '\0' && out + 2 < CELL; i++) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0 && digits[i - 1] != '-') cell[out++] = ' ';
    cell[out++] = digits[i];
  }
  cell[out] = '\0';
}

static void format_percent(double x, int with_sign, char cell[CELL]) {
  if (isnan(x))
    snprintf(cell, CELL, ".");
  else
    snprintf(cell, CELL, with_sign ? "%+.1f" : "%.1f", 100 * x);
}

/* Columns on a screen: bytes of UTF-8 that continue a character take none. */
static int width_of(const char *text) {
  int width = 0;
  for (; *text; text++) width += ((unsigned char)*text & 0xC0) != 0x80;
  return width;
}

static void print_padded(FILE *out, const char *text, int width, int right) {
  const int pad = width - width_of(text);
  fprintf(out, "%*s%s%*s", right && pad > 0 ? pad : 0, "", text, !right && pad > 0 ? pad : 0, "");
}

typedef struct table {
  const options *o;
  const row *rows;
  size_t n;
  size_t others;        /* more of them, whose sum the row behind the last is */
  double scale;         /* of the totals as printed */
  char unit_text[CELL]; /* and their unit */
  trade_cube_tally tally;
} table;

static int table_columns(const table *t) {
  return t->o->by_count + 1 + (t->o->shares != SHARES_NONE) + (t->o->growth_months != 0);
}

/* A cell, or a column's head if r is -1, as people read it. */
static void table_cell(const table *t, long r, int c, char cell[CELL]) {
  const options *o = t->o;
  const row *at = r < 0 ? NULL : &t->rows[r];
  const int share = o->by_count + 1, growth = share + (o->shares != SHARES_NONE);
  if (c < o->by_count) {
    if (r == (long)t->n && c == 0)
      snprintf(cell, CELL, "%zu others", t->others);
    else if (r == (long)t->n)
      cell[0] = '\0';
    else if (at)
      format_key(&at->record, o->by[c], cell);
    else
      snprintf(cell, CELL, "%s", dimensions[o->by[c]].name);
  } else if (c == o->by_count) {
    if (at)
      format_number(at->total / t->scale, t->scale > 1 ? 1 : 0, cell);
    else
      snprintf(cell, CELL, "%s", measures[o->measure].name);
  } else if (c < growth) {
    if (at)
      format_percent(at->share, 0, cell);
    else
      snprintf(cell, CELL, "share, %%");
  } else if (at) {
    format_percent(at->growth, 1, cell);
  } else {
    snprintf(cell, CELL, "growth, %%");
  }
}

static void print_table(FILE *out, const table *t) {
  const int markdown = t->o->format == FORMAT_MARKDOWN, columns = table_columns(t);
  int width[DIMENSIONS + 3];
  char cell[CELL];
  for (int c = 0; c < columns; c++) {
    width[c] = 3;
    for (long r = -1; r < (long)(t->n + (t->others > 0)); r++) {
      table_cell(t, r, c, cell);
      if (width_of(cell) > width[c]) width[c] = width_of(cell);
    }
  }
  for (long r = -1; r < (long)(t->n + (t->others > 0)); r++) {
    for (int c = 0; c < columns; c++) {
      table_cell(t, r, c, cell);
      fputs(markdown ? "| " : c ? "  " : "", out);
      print_padded(out, cell, width[c], c >= t->o->by_count);
      if (markdown) fputc(' ', out);
    }
    fputs(markdown ? "|\n" : "\n", out);
    for (int c = 0; markdown && r < 0 && c < columns; c++) fputs(c < t->o->by_count ? "| --- " : "| ---: ", out);
    if (markdown && r < 0) fputs("|\n", out);
  }
}

static void print_csv_text(FILE *out, const char *text) {
  if (!strpbrk(text, ",\"\r\n")) {
    fputs(text, out);
    return;
  }
  fputc('"', out);
  for (; *text; text++) fprintf(out, *text == '"' ? "\"\"" : "%c", *text);
  fputc('"', out);
}

static void print_json_text(FILE *out, const char *text) {
  fputc('"', out);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      fprintf(out, "\\%c", *text);
    else if ((unsigned char)*text < 32)
      fprintf(out, "\\u%04x", (unsigned)*text);
    else
      fputc(*text, out);
  }
  fputc('"', out);
}

/* For machines: whole units and ratios, every digit; what is missing is empty, or null. */
static void print_records(FILE *out, const table *t) {
  const options *o = t->o;
  const int json = o->format == FORMAT_JSON;
  const char *names[] = {measures[o->measure].name, "share", "growth"};
  const int wanted[] = {1, o->shares != SHARES_NONE, o->growth_months != 0};
  char cell[CELL];
  if (!json) {
    for (int c = 0; c < o->by_count; c++) fprintf(out, "%s%s", c ? "," : "", dimensions[o->by[c]].name);
    for (int k = 0; k < 3; k++)
      if (wanted[k]) fprintf(out, "%s%s", o->by_count || k ? "," : "", names[k]);
    fputc('\n', out);
  } else {
    fputs("[", out);
  }
  for (size_t r = 0; r < t->n; r++) {
    const double numbers[] = {t->rows[r].total, t->rows[r].share, t->rows[r].growth};
    int first = 1;
    if (json) fputs(r ? ",\n {" : "\n {", out);
    for (int c = 0; c < o->by_count; c++, first = 0) {
      format_key(&t->rows[r].record, o->by[c], cell);
      if (!first) fputs(json ? ", " : ",", out);
      if (json) fprintf(out, "\"%s\": ", dimensions[o->by[c]].name);
      (json ? print_json_text : print_csv_text)(out, cell);
    }
    for (int k = 0; k < 3; k++) {
      if (!wanted[k]) continue;
      if (!first) fputs(json ? ", " : ",", out);
      first = 0;
      if (json) fprintf(out, "\"%s\": ", names[k]);
      format_exactly(numbers[k], cell);
      fputs(isnan(numbers[k]) ? (json ? "null" : "") : cell, out);
    }
    fputs(json ? "}" : "\n", out);
  }
  if (json) fputs("\n]\n", out);
}

static void set_unit(table *t, int32_t currency) {
  static const struct {
    double scale;
    const char *name;
  } scales[] = {{1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}, {1, ""}};
  double largest = 0;
  size_t s = 0;
  for (size_t i = 0; i < t->n; i++)
    if (fabs(t->rows[i].total) > largest) largest = fabs(t->rows[i].total);
  while (s < 3 && largest < 1e3 * scales[s].scale) s++;
  t->scale = scales[s].scale;
  const char *code = t->o->measure == 0 ? trade_currency_letters(currency) : t->o->measure == 2 ? "kg" : NULL;
  snprintf(t->unit_text, sizeof t->unit_text, "%s%s%s", scales[s].name, scales[s].name[0] && code ? " " : "",
           code ? code : "");
}

static void print_report(FILE *out, const table *t, const source *from) {
  const options *o = t->o;
  if (o->format == FORMAT_CSV || o->format == FORMAT_JSON) {
    print_records(out, t);
    return;
  }
  if (t->unit_text[0]) fprintf(out, "%s in %s\n\n", measures[o->measure].name, t->unit_text);
  print_table(out, t);
  fprintf(out, "\n%s", from->finding.name ? from->finding.name : "no layout");
  for (int i = 0; i < o->file_count; i++) fprintf(out, "%s %s", i ? "," : ":", o->files[i]);
  fprintf(out, "; %llu rows", (unsigned long long)t->tally.shown);
  if (t->tally.not_selected) fprintf(out, ", %llu not selected", (unsigned long long)t->tally.not_selected);
  if (t->tally.other_levels)
    fprintf(out, ", %llu of totals beside their parts left out", (unsigned long long)t->tally.other_levels);
  if (from->problems) fprintf(out, ", %llu unreadable left out", (unsigned long long)from->problems);
  fprintf(out, "\n");
}

/* ---- Chart ---- */

enum { CHART_WIDTH = 960, CHART_BARS = 20, CHART_LINES = 8, CHART_LABEL = 44 };

static const char *const chart_colours[CHART_LINES] = {"#1f6f8b", "#d1495b", "#66a182", "#edae49",
                                                       "#6a4c93", "#8d5b4c", "#2e4057", "#7a9e9f"};

static void print_xml(FILE *out, const char *text) {
  for (; *text; text++) {
    if (*text == '<' || *text == '&')
      fputs(*text == '<' ? "&lt;" : "&amp;", out);
    else if ((unsigned char)*text >= 32)
      fputc(*text, out);
  }
}

static void chart_text(FILE *out, double x, double y, const char *anchor, const char *text) {
  fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
  print_xml(out, text);
  fputs("</text>\n", out);
}

/* A row's keys but the period, cut to what there is room for: characters, not bytes. */
static void chart_label(const options *o, const trade_record *record, int with_period, char label[CELL]) {
  char text[(CELL + 8) * DIMENSIONS] = "", cell[CELL];
  size_t used = 0, bytes = 0;
  for (int i = 0; i < o->by_count; i++) {
    if (!with_period && dimensions[o->by[i]].dimension == TRADE_CUBE_PERIOD) continue;
    format_key(record, o->by[i], cell);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? " \xC2\xB7 " : "", cell);
  }
  for (int characters = 0; text[bytes] != '\0' && bytes + 8 < CELL; bytes++) {
    if (((unsigned char)text[bytes] & 0xC0) != 0x80 && ++characters > CHART_LABEL) break;
    label[bytes] = text[bytes];
  }
  snprintf(label + bytes, CELL - bytes, "%s", text[bytes] ? "\xE2\x80\xA6" : "");
}

/* The step between marks of an axis of this length: 1, 2 or 5 times a power of ten, four to ten of them. */
static double chart_step(double length) {
  const double power = pow(10, floor(log10(length / 4)));
  return length / 4 >= 5 * power ? 5 * power : length / 4 >= 2 * power ? 2 * power : power;
}

static void chart_open(FILE *out, double height, const char *title) {
  fprintf(out,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\" "
          "font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"13\">\n<rect width=\"%d\" height=\"%.0f\" "
          "fill=\"white\"/>\n<g font-size=\"17\">\n",
          CHART_WIDTH, height, CHART_WIDTH, height, CHART_WIDTH, height);
  chart_text(out, 20, 32, "start", title);
  fputs("</g>\n", out);
}

/* Totals, with their shares, as bars. */
static void chart_bars(FILE *out, const table *t, const char *title) {
  const size_t all = t->n + (t->others > 0), n = all < CHART_BARS ? all : CHART_BARS;
  const double left = 330, right = CHART_WIDTH - 190, height = 26, top = 56;
  double largest = 0;
  char cell[CELL], label[CELL + 16];
  for (size_t i = 0; i < n; i++)
    if (t->rows[i].total > largest) largest = t->rows[i].total;
  chart_open(out, top + height * (double)n + 24, title);
  for (size_t i = 0; i < n; i++) {
    const double y = top + height * (double)i, total = t->rows[i].total;
    const double length = largest > 0 && total > 0 ? (right - left) * total / largest : 0;
    if (i < t->n)
      chart_label(t->o, &t->rows[i].record, 1, label);
    else
      snprintf(label, sizeof label, "%zu others", t->others);
    chart_text(out, left - 10, y + 17, "end", label);
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", left, y + 3, length,
            height - 7, i < t->n ? chart_colours[0] : "#9aa5ab");
    format_number(total / t->scale, 0, cell);
    if (isnan(t->rows[i].share))
      snprintf(label, sizeof label, "%s", cell);
    else
      snprintf(label, sizeof label, "%s (%.1f %%)", cell, 100 * t->rows[i].share);
    chart_text(out, left + length + 8, y + 17, "start", label);
  }
  fputs("</svg>\n", out);
}

/* Series by period as lines, each of the rows that agree in all but the period. */
typedef struct line_chart {
  const row *first[CHART_LINES]; /* a row of each line */
  size_t lines, left_out;
  double least, most, step; /* of the axis of totals */
  int32_t begin, end;       /* months */
} line_chart;

static const double chart_left = 90, chart_right = CHART_WIDTH - 250, chart_top = 60, chart_bottom = 430;

static double chart_x(const line_chart *c, int32_t month) {
  return chart_left + (chart_right - chart_left) * (month - c->begin) / (c->end > c->begin ? c->end - c->begin : 1);
}

static double chart_y(const line_chart *c, double total) {
  return chart_bottom - (chart_bottom - chart_top) * (total - c->least) / (c->most - c->least);
}

static int same_series(const options *o, const row *a, const row *b) {
  for (int i = 0; i < o->by_count; i++)
    if (dimensions[o->by[i]].dimension != TRADE_CUBE_PERIOD && compare_in(&a->record, &b->record, o->by[i]) != 0)
      return 0;
  return 1;
}

static line_chart chart_measure(const table *t) {
  line_chart c = {{NULL}, 0, 0, 0, 0, 0, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < t->n; i++) {
    const row *at = &t->rows[i];
    size_t l = 0;
    while (l < c.lines && !same_series(t->o, c.first[l], at)) l++;
    if (l == CHART_LINES) {
      c.left_out++;
      continue;
    }
    if (l == c.lines) c.first[c.lines++] = at;
    if (isnan(at->total)) continue;
    const int32_t month = trade_period_first_month(at->record.period);
    c.begin = month < c.begin ? month : c.begin;
    c.end = month > c.end ? month : c.end;
    c.least = at->total < c.least ? at->total : c.least;
    c.most = at->total > c.most ? at->total : c.most;
  }
  c.step = chart_step(c.most > c.least ? (c.most - c.least) / t->scale : 1) * t->scale;
  c.least = floor(c.least / c.step) * c.step;
  c.most = c.most > c.least ? ceil(c.most / c.step) * c.step : c.least + c.step;
  return c;
}

static void chart_axes(FILE *out, const table *t, const line_chart *c) {
  char label[CELL];
  for (int k = 0; k <= (int)((c->most - c->least) / c->step + 0.5); k++) {
    const double mark = c->least + c->step * k, y = chart_y(c, mark);
    fprintf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#d9dee0\"/>\n", chart_left, y,
            chart_right, y);
    format_number(mark / t->scale, c->step / t->scale < 1 ? 1 : 0, label);
    chart_text(out, chart_left - 8, y + 4, "end", label);
  }
  const double span = c->end > c->begin ? c->end - c->begin : 1;
  const int every = (int)ceil((span / 12 + 1) / 12); /* years between marks */
  for (int32_t month = c->begin; month <= c->end; month++) {
    if (month % 12 != 0 || (month - c->begin) / 12 % every != 0) continue;
    const double x = chart_x(c, month);
    fprintf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#8a9499\"/>\n", x, chart_bottom, x,
            chart_bottom + 5);
    snprintf(label, sizeof label, "%d", (int)(month / 12 + 1));
    chart_text(out, x, chart_bottom + 22, "middle", label);
  }
}

static void chart_lines(FILE *out, const table *t, const char *title) {
  const line_chart c = chart_measure(t);
  char label[CELL];
  chart_open(out, chart_bottom + 60, title);
  chart_axes(out, t, &c);
  for (size_t l = 0; l < c.lines; l++) {
    const double y = chart_top + 24 * (double)l;
    fprintf(out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" points=\"", chart_colours[l]);
    for (size_t i = 0; i < t->n; i++)
      if (!isnan(t->rows[i].total) && same_series(t->o, c.first[l], &t->rows[i]))
        fprintf(out, "%.1f,%.1f ", chart_x(&c, trade_period_first_month(t->rows[i].record.period)),
                chart_y(&c, t->rows[i].total));
    fputs("\"/>\n", out);
    chart_label(t->o, &c.first[l]->record, 0, label);
    if (label[0] == '\0') continue; /* a single series needs no name */
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"4\" fill=\"%s\"/>\n", chart_right + 24, y + 3,
            chart_colours[l]);
    chart_text(out, chart_right + 48, y + 10, "start", label);
  }
  if (c.left_out) chart_text(out, chart_right + 48, chart_top + 24 * (double)c.lines + 10, "start", "and others");
  fputs("</svg>\n", out);
}

static void print_chart(FILE *out, const table *t) {
  char title[CELL * 2];
  snprintf(title, sizeof title, "%s%s%s", measures[t->o->measure].name, t->unit_text[0] ? ", " : "", t->unit_text);
  (has_dimension(t->o, TRADE_CUBE_PERIOD) && t->o->top == 0 ? chart_lines : chart_bars)(out, t, title);
}

/* Writes the report or the chart. A file appears whole or not at all: it is written beside its place and then put
 * there. */
static void write_file(const char *path, const table *t, const source *from, int chart) {
  char beside[4096];
  FILE *out = stdout;
  if (path) {
    if ((size_t)snprintf(beside, sizeof beside, "%s.part", path) >= sizeof beside)
      fail(EXIT_SYSTEM, path, "the name is too long");
    out = fopen(beside, "wb");
    if (!out) fail(EXIT_SYSTEM, beside, strerror(errno));
  }
  if (chart)
    print_chart(out, t);
  else
    print_report(out, t, from);
  const int bad = ferror(out) || fflush(out) != 0;
  if (path) {
    if (fclose(out) != 0 || bad || rename(beside, path) != 0) {
      const int why = errno;
      remove(beside);
      fail(EXIT_SYSTEM, path, strerror(why));
    }
  } else if (bad) {
    fail(EXIT_SYSTEM, "standard output", strerror(errno));
  }
}

/* Of rows sorted by their totals; the row behind the largest becomes the sum of the others. */
static void keep_largest(table *t, row *rows, size_t top) {
  trade_sum sum = {0, 0, 0, 0};
  size_t known;
  t->others = t->n - top;
  t->n = top;
  double *totals = (double *)allocate(t->others, sizeof *totals);
  for (size_t i = 0; i < t->others; i++) totals[i] = rows[top + i].total;
  require(trade_sum_add_known_array(&sum, totals, t->others, &known), "others");
  free(totals);
  rows[top].total = known > 0 ? trade_sum_value(&sum) : (double)NAN;
  rows[top].growth = (double)NAN;
  /* All are shares in one total, if the largest and the others are. */
  const int one_total = t->o->shares == SHARES_TOTAL && !has_dimension(t->o, TRADE_CUBE_PERIOD) &&
                        !has_dimension(t->o, TRADE_CUBE_FLOW) && rows[0].total > 0;
  rows[top].share = one_total ? rows[0].share / rows[0].total * rows[top].total : (double)NAN;
}

int main(int argc, char **argv) {
  options o = {0};
  source from = {0};
  const char **where = (const char **)allocate((size_t)argc, sizeof *where);
  int where_count = 0;
  read_options(argc, argv, &o, where, &where_count);
  static const char *const standard_input[] = {"-"};
  if (o.file_count == 0) {
    o.files = standard_input;
    o.file_count = 1;
  }
  int32_t mask = 0;
  for (int i = 0; i < o.by_count; i++) mask |= dimensions[o.by[i]].dimension;
  trade_cube *cube;
  require(trade_cube_create(mask, measures[o.measure].measure, o.digits, NULL, &cube), "cube");
  for (int i = 0; i < where_count; i++) select_rows(cube, where[i]);
  for (int i = 0; i < o.file_count; i++) read_file(&o, o.files[i], cube, &from);

  table t = {0};
  t.o = &o;
  t.n = trade_cube_count(cube);
  row *rows = (row *)allocate(t.n + 1, sizeof *rows);
  for (size_t i = 0; i < t.n; i++) {
    require(trade_cube_row(cube, i, &rows[i].record), "report");
    rows[i].total = o.measure == 0   ? rows[i].record.value
                    : o.measure == 1 ? rows[i].record.quantity
                                     : rows[i].record.weight;
  }
  sorted_by = &o;
  qsort(rows, t.n, sizeof *rows, compare_rows);
  if (o.shares != SHARES_NONE) fill_shares(&o, cube, rows, t.n);
  if (o.growth_months != 0) fill_growth(&o, rows, t.n);
  if (o.top > 0) {
    qsort(rows, t.n, sizeof *rows, compare_totals);
    if (o.top < t.n) keep_largest(&t, rows, o.top);
  }
  t.rows = rows;
  require(trade_cube_count_records(cube, &t.tally), "report");
  set_unit(&t, t.tally.currency);
  if (o.chart) write_file(o.chart, &t, &from, 1);
  write_file(o.output, &t, &from, 0);
  free(rows);
  free(where);
  trade_cube_destroy(cube);
  return EXIT_SUCCESS;
}
