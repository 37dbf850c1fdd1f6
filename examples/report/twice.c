/*
 * What would count twice in a total, and is told: files that are the same, periods that overlap, flows that hold each
 * other, products of several levels. Kept are the keys of figures that are added up, as numbers in whose order the
 * second of two that do not go together comes right behind the first. And what does not count at all, being totals.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

enum { KEYS_AT_LEAST = 1 << 10, KEY_BYTES = 16 };

/* ---- Files ---- */

/* What is known of a path, - for standard input; of what is not there, nothing. */
static struct stat look_at(const char *path) {
  static const struct stat nothing;
  struct stat about;
  return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &about) : stat(path, &about)) == 0 ? about : nothing;
}

static int is_one(const struct stat *x, const struct stat *y) {
  return S_ISREG(x->st_mode) && S_ISREG(y->st_mode) && x->st_dev == y->st_dev && x->st_ino == y->st_ino;
}

int is_same_file(const char *a, const char *b) {
  const struct stat x = look_at(a), y = look_at(b);
  return is_one(&x, &y);
}

static int holds_same(const char *a, const char *b) {
  static char bytes[2][1 << 16];
  FILE *one = fopen(a, "rb"), *other = fopen(b, "rb");
  int same = one && other;
  for (size_t n = sizeof *bytes; same && n == sizeof *bytes;) {
    n = fread(bytes[0], 1, sizeof *bytes, one);
    same = fread(bytes[1], 1, sizeof *bytes, other) == n && memcmp(bytes[0], bytes[1], n) == 0;
  }
  if (one) fclose(one);
  if (other) fclose(other);
  return same;
}

/* Whether one is the other's name with .gz behind it. */
static int is_packed(const char *packed, const char *whole) {
  const size_t length = strlen(whole);
  return strncmp(packed, whole, length) == 0 && strcmp(packed + length, ".gz") == 0;
}

void tell_files(const options *o) {
  struct stat *all = (struct stat *)allocate((size_t)o->file_count, sizeof *all);
  for (int i = 0; i < o->file_count; i++) {
    all[i] = look_at(o->files[i]);
    for (int j = 0; j < i; j++) {
      const char *a = o->files[j], *b = o->files[i];
      const int one_size = S_ISREG(all[i].st_mode) && S_ISREG(all[j].st_mode) && all[i].st_size == all[j].st_size;
      const char *what = is_one(&all[i], &all[j])             ? "are the same file"
                         : one_size && holds_same(a, b)       ? "hold the same"
                         : is_packed(a, b) || is_packed(b, a) ? "may hold the same"
                                                              : NULL;
      if (!what) continue;
      if (strcmp(a, b) == 0)
        fprintf(stderr, "trade-report: %s is read twice, and its figures are added up\n", a);
      else
        fprintf(stderr, "trade-report: %s and %s %s, and the figures of both are added up\n", a, b, what);
      break;
    }
  }
  free(all);
}

/* ---- Keys ---- */

static int compare_keys(const void *a, const void *b) {
  const wide_key *x = (const wide_key *)a, *y = (const wide_key *)b;
  if (x->high != y->high) return x->high < y->high ? -1 : 1;
  return (x->low > y->low) - (x->low < y->low);
}

int same_key(wide_key a, wide_key b) { return a.high == b.high && a.low == b.low; }

/* Brings them in order, each once. */
static void sort_keys(key_set *s) {
  size_t kept = 0;
  if (s->count) qsort(s->all, s->count, sizeof *s->all, compare_keys);
  for (size_t i = 0; i < s->count; i++)
    if (kept == 0 || !same_key(s->all[i], s->all[kept - 1])) s->all[kept++] = s->all[i];
  s->count = s->sorted = kept;
}

int knows_key(const key_set *s, wide_key one) {
  return s->sorted && bsearch(&one, s->all, s->sorted, sizeof one, compare_keys) != NULL;
}

void note_key(key_set *s, wide_key one) {
  if (s->count == s->capacity) {
    sort_keys(s);
    if (2 * s->count >= s->capacity) {
      s->capacity = s->capacity ? 2 * s->capacity : (size_t)KEYS_AT_LEAST;
      s->all = (wide_key *)resize(s->all, s->capacity * sizeof *s->all);
    }
  }
  s->all[s->count++] = one;
}

void note_keys_of(key_set *s, const key_set *other) {
  for (size_t i = 0; i < other->count; i++) note_key(s, other->all[i]);
}

/* ---- Periods ---- */

wide_key period_key(trade_period period) {
  return (wide_key){(uint64_t)period.year << 16 | (uint64_t)period.month << 8 | period.months, 0};
}

static trade_period period_of_key(wide_key one) {
  return trade_period_make((int32_t)(one.high >> 16), (int32_t)(one.high >> 8 & 0xFF), (int32_t)(one.high & 0xFF));
}

int tell_overlap(trade_period a, trade_period b, int by_period, const char *what) {
  char earlier[TRADE_PERIOD_TEXT_SIZE], later[TRADE_PERIOD_TEXT_SIZE];
  if (!trade_period_overlaps(a, b)) return 0;
  require(trade_period_format(a, earlier, sizeof earlier), "report");
  require(trade_period_format(b, later, sizeof later), "report");
  fprintf(stderr, "trade-report: %s and %s overlap, and %s: ", earlier, later, what);
  if (by_period)
    fprintf(stderr, "--where period=%s..TO takes the shorter alone\n", a.months <= b.months ? earlier : later);
  else
    fprintf(stderr, "put period in --by\n");
  return 1;
}

void tell_periods(key_set *s, int by_period, const char *what) {
  sort_keys(s);
  for (size_t i = 1; i < s->count; i++)
    if (tell_overlap(period_of_key(s->all[i - 1]), period_of_key(s->all[i]), by_period, what)) return;
}

/* ---- Flows ---- */

/* exports, imports and re-exports; how many they are. */
static int name_flows(int flows, char text[CELL]) {
  int count = 0, left = 0;
  size_t used = 0;
  for (int32_t kind = TRADE_FLOW_UNKNOWN + 1; trade_flow_name(kind); kind++) left += flows >> kind & 1;
  for (int32_t kind = TRADE_FLOW_UNKNOWN + 1; trade_flow_name(kind); kind++) {
    if (!(flows >> kind & 1)) continue;
    used += (size_t)snprintf(text + used, CELL - used, "%s%ss",
                             count == 0   ? ""
                             : --left > 1 ? ", "
                                          : " and ",
                             trade_flow_name(kind));
    count++;
  }
  return count;
}

void tell_flows(int flows, int of_indicators) {
  char names[CELL];
  static const struct {
    int32_t part, whole;
    const char *names;
  } pairs[] = {{TRADE_FLOW_BALANCE, TRADE_FLOW_EXPORT, "balances and exports"},
               {TRADE_FLOW_BALANCE, TRADE_FLOW_IMPORT, "balances and imports"},
               {TRADE_FLOW_REEXPORT, TRADE_FLOW_EXPORT, "re-exports and the exports that hold them"},
               {TRADE_FLOW_DOMESTIC_EXPORT, TRADE_FLOW_EXPORT, "domestic exports and the exports that hold them"},
               {TRADE_FLOW_REIMPORT, TRADE_FLOW_IMPORT, "re-imports and the imports that hold them"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (!(flows & 1 << pairs[i].part) || !(flows & 1 << pairs[i].whole)) continue;
    fprintf(stderr, "trade-report: %s are added up: put flow in --by, or choose with --where flow=export,import\n",
            pairs[i].names);
    return;
  }
  if (of_indicators && name_flows(flows, names) > 1)
    fprintf(stderr,
            "trade-report: --indicators: they are of %s added up: choose one with --where flow=export, or put flow in "
            "--by\n",
            names);
}

/* ---- Columns ---- */

static void note_difference(difference all[DIFFERENCES], const difference *one) {
  int i = 0;
  while (i < DIFFERENCES && all[i].column[0] != '\0' && strcmp(all[i].column, one->column) != 0) i++;
  if (i == DIFFERENCES) return;
  const int is_new = all[i].column[0] == '\0';
  if (is_new || strcmp(one->first, all[i].first) < 0) memcpy(all[i].first, one->first, sizeof one->first);
  if (is_new || strcmp(one->last, all[i].last) > 0) memcpy(all[i].last, one->last, sizeof one->last);
  memcpy(all[i].column, one->column, sizeof one->column);
}

static difference make_difference(trade_text column) {
  difference one = {{0}, {0}, {0}};
  const size_t length = column.length < UNIT_TEXT - 1 ? column.length : UNIT_TEXT - 1;
  if (length) memcpy(one.column, column.bytes, length);
  return one;
}

void note_differences(difference all[DIFFERENCES], const trade_reader *reader) {
  trade_reader_other found;
  for (size_t i = 0; trade_reader_other_at(reader, i, &found) == TRADE_OK; i++) {
    difference one = make_difference(found.column);
    memcpy(one.first, found.first, sizeof one.first);
    memcpy(one.last, found.last, sizeof one.last);
    note_difference(all, &one);
  }
}

void note_series(difference all[DIFFERENCES], trade_text product) {
  difference one = make_difference((trade_text){"product", 7});
  const size_t length = product.length < sizeof one.first - 1 ? product.length : sizeof one.first - 1;
  if (length) memcpy(one.first, product.bytes, length);
  memcpy(one.last, one.first, sizeof one.last);
  note_difference(all, &one);
}

void merge_differences(difference all[DIFFERENCES], const difference *others) {
  for (int i = 0; i < DIFFERENCES && others[i].column[0] != '\0'; i++) note_difference(all, &others[i]);
}

static int compare_differences(const void *a, const void *b) {
  return strcmp(((const difference *)a)->column, ((const difference *)b)->column);
}

void tell_differences(const difference all[DIFFERENCES]) {
  difference sorted[DIFFERENCES]; /* whichever thread met which first */
  int count = 0;
  for (; count < DIFFERENCES && all[count].column[0] != '\0'; count++) sorted[count] = all[count];
  qsort(sorted, (size_t)count, sizeof *sorted, compare_differences);
  for (int i = 0; i < count; i++) {
    const difference *d = &sorted[i];
    char choice[CELL];
    if (strcmp(d->first, d->last) == 0) continue;
    const int is_whole = strlen(d->first) + 1 < sizeof d->first && strchr(d->first, ',') == NULL;
    format_choice(d->column, is_whole ? d->first : "TEXT", choice);
    fprintf(stderr,
            "trade-report: %s is not the same everywhere in the files (%s, %s), and figures of all are put together: "
            "choose with %s%s\n",
            d->column, d->first, d->last, choice, strcmp(d->column, "product") == 0 ? ", or put product in --by" : "");
  }
}

/* ---- Products ---- */

int has_levels(int32_t layout) { return layout != TRADE_LAYOUT_BACI && !is_of_series(layout); }

/* Up to eight bytes, the first in front. */
static uint64_t word_of(const char *text, size_t length) {
  const unsigned char *b = (const unsigned char *)text;
  uint64_t word = 0;
  if (length >= 8) /* what compilers know as one load */
    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 | (uint64_t)b[3] << 32 |
           (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 | (uint64_t)b[6] << 8 | (uint64_t)b[7];
  for (size_t i = 0; i < length; i++) word |= (uint64_t)b[i] << (56 - 8 * i);
  return word;
}

wide_key product_key(trade_text code) {
  return (wide_key){word_of(code.bytes, code.length), code.length > 8 ? word_of(code.bytes + 8, code.length - 8) : 0};
}

static size_t code_of_key(wide_key one, char code[KEY_BYTES + 1]) {
  for (int i = 0; i < KEY_BYTES; i++) code[i] = (char)((i < 8 ? one.high : one.low) >> (56 - 8 * (i % 8)) & 0xFF);
  code[KEY_BYTES] = '\0';
  return strlen(code);
}

int is_code_key(wide_key one) {
  static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.";
  char code[KEY_BYTES + 1];
  const size_t length = code_of_key(one, code);
  return length > 0 && code[0] != '.' && strspn(code, signs) == length;
}

void tell_levels(key_set *s) {
  char shorter[KEY_BYTES + 1], longer[KEY_BYTES + 1];
  sort_keys(s);
  for (size_t i = 1; i < s->count; i++) {
    const size_t length = code_of_key(s->all[i - 1], shorter);
    (void)code_of_key(s->all[i], longer);
    if (memcmp(shorter, longer, length) != 0) continue;
    fprintf(stderr,
            "trade-report: products are of several levels, %s and %s, and all are added up: choose one, --level %zu\n",
            shorter, longer, length);
    return;
  }
}

/* ---- Tables ---- */

/* The marks of levels. */
static char level_of(const trade_record *record) { return (char)('0' + (record->marks & LEVELS)); }

trade_cube *make_tables(int32_t of) {
  trade_cube *tables;
  require(trade_cube_create(of, 0, 0, NULL, &tables), "cube");
  require(trade_cube_set_levels(tables, 0, TRADE_CUBE_SHOW_PARTS), "cube");
  return tables;
}

void note_table(trade_cube *tables, trade_record record) {
  const char level = level_of(&record);
  record.product = (trade_text){&level, 1};
  const trade_status status = trade_cube_add(tables, &record);
  if (status == TRADE_ERROR_MEMORY) require(status, "cube"); /* what else is wrong is told of the figures */
}

int is_of_table(const trade_record *a, const trade_record *b) {
  return level_of(a) == level_of(b) && a->flow_kind == b->flow_kind && compare_texts(a->flow, b->flow) == 0 &&
         memcmp(&a->period, &b->period, sizeof a->period) == 0 && compare_texts(a->reporter, b->reporter) == 0;
}

/* Names a table, and what to put in --by: what tells tables apart and is not there. */
static void tell_table(const options *o, trade_cube *tables, const trade_record *one) {
  char key[CELL], keys[DIMENSIONS * CELL] = "", missing[CELL] = "";
  size_t used = 0, listed = 0;
  for (int i = 0; i < DIMENSIONS; i++) {
    size_t count = 0;
    if (!(dimensions[i].number & OF_TABLE)) continue;
    require(trade_cube_count_keys(tables, dimensions[i].number, &count), "report");
    if (count < 2) continue;
    format_key(one, i, CELL / 4, key);
    used += (size_t)snprintf(keys + used, sizeof keys - used, "%s%s", used ? " " : "", key);
    if (!is_by(o, dimensions[i].number))
      listed += (size_t)snprintf(missing + listed, CELL - listed, "%s%s", listed ? "," : "", dimensions[i].name);
  }
  fprintf(stderr,
          "trade-report: of %s there are only totals (World, TOTAL), and they are left out beside the parts that there "
          "are of others: put %s in --by\n",
          keys, missing);
}

void tell_left_out(const options *o, trade_cube *cube, trade_cube *tables) {
  int by[DIMENSIONS], by_count = 0, keys[DIMENSIONS], key_count = 0;
  int32_t of = TRADE_CUBE_PRODUCT;
  for (int i = 0; i < DIMENSIONS; i++) {
    if (!(dimensions[i].number & OF_TABLE)) continue;
    keys[key_count++] = i;
    if (is_by(o, dimensions[i].number)) of |= dimensions[by[by_count++] = i].number;
  }
  by[by_count++] = 3; /* the level, as a product */
  trade_cube *shown = make_tables(of), *found = make_tables(OF_TABLE), *all = make_tables(OF_TABLE);
  const size_t rows = trade_cube_count(cube), count = trade_cube_count(tables);
  for (size_t i = 0; i < rows; i++) note_table(shown, cube_record(cube, i));
  sort_cube(shown, by, by_count);
  const size_t n = trade_cube_count(shown);
  for (size_t i = 0; i < count; i++) {
    const trade_record one = cube_record(tables, i);
    const int is_total = (one.product.bytes[0] - '0') & TRADE_RECORD_AGGREGATE_REPORTER; /* of other tables */
    if (is_total || find_row(shown, n, &one, by, by_count) < n) note_table(found, one);
  }
  require(trade_cube_merge(all, tables), "report");
  const size_t of_all = trade_cube_count(all), of_found = trade_cube_count(found);
  for (size_t i = 0; i < of_all && of_found < of_all; i++) {
    const trade_record one = cube_record(all, i), other = i < of_found ? cube_record(found, i) : (trade_record){0};
    if (i < of_found && compare_records(&one, &other, keys, key_count) == 0) continue;
    tell_table(o, all, &one);
    break;
  }
  trade_cube_destroy(shown);
  trade_cube_destroy(found);
  trade_cube_destroy(all);
}
