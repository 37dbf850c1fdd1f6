/*
 * What would count twice in a total, and is told: periods that overlap, flows that hold each other, products of several
 * levels. Kept are the keys of figures that are added up, as numbers in whose order the second of two that do not go
 * together comes right behind the first. And what does not count at all, being totals.
 */
#include <stdlib.h>
#include <string.h>

#include "report.h"

enum { KEYS_AT_LEAST = 1 << 10 };

/* ---- Keys ---- */

static int compare_keys(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Brings them in order, each once. */
static void sort_keys(key_set *s) {
  size_t kept = 0;
  if (s->count) qsort(s->all, s->count, sizeof *s->all, compare_keys);
  for (size_t i = 0; i < s->count; i++)
    if (kept == 0 || s->all[i] != s->all[kept - 1]) s->all[kept++] = s->all[i];
  s->count = s->sorted = kept;
}

int knows_key(const key_set *s, uint64_t key) {
  return s->sorted && bsearch(&key, s->all, s->sorted, sizeof key, compare_keys) != NULL;
}

void note_key(key_set *s, uint64_t key) {
  if (s->count == s->capacity) {
    sort_keys(s);
    if (2 * s->count >= s->capacity) {
      s->capacity = s->capacity ? 2 * s->capacity : (size_t)KEYS_AT_LEAST;
      s->all = (uint64_t *)resize(s->all, s->capacity * sizeof *s->all);
    }
  }
  s->all[s->count++] = key;
}

void note_keys_of(key_set *s, const key_set *other) {
  for (size_t i = 0; i < other->count; i++) note_key(s, other->all[i]);
}

/* ---- Periods ---- */

uint64_t period_key(trade_period period) {
  return (uint64_t)period.year << 16 | (uint64_t)period.month << 8 | period.months;
}

static trade_period period_of_key(uint64_t key) {
  return trade_period_make((int32_t)(key >> 16), (int32_t)(key >> 8 & 0xFF), (int32_t)(key & 0xFF));
}

void tell_periods(key_set *s) {
  char earlier[TRADE_PERIOD_TEXT_SIZE], later[TRADE_PERIOD_TEXT_SIZE];
  sort_keys(s);
  for (size_t i = 1; i < s->count; i++) {
    const trade_period a = period_of_key(s->all[i - 1]), b = period_of_key(s->all[i]);
    if (!trade_period_overlaps(a, b)) continue;
    require(trade_period_format(a, earlier, sizeof earlier), "report");
    require(trade_period_format(b, later, sizeof later), "report");
    fprintf(stderr, "trade-report: %s and %s overlap, and the figures of both are added up: put period in --by\n",
            earlier, later);
    return;
  }
}

/* ---- Flows ---- */

void tell_flows(int flows) {
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
}

/* ---- Products ---- */

int has_levels(int32_t layout) { return layout != TRADE_LAYOUT_BACI && !is_of_series(layout); }

uint64_t product_key(trade_text code) {
  uint64_t key = 0;
  for (size_t i = 0; i < 8 && i < code.length; i++) key |= (uint64_t)(unsigned char)code.bytes[i] << (56 - 8 * i);
  return key;
}

int is_code_key(uint64_t key) {
  if (key == 0) return 0;
  for (; key != 0; key <<= 8) {
    const unsigned byte = (unsigned)(key >> 56);
    if (!(byte >= '0' && byte <= '9') && !(byte >= 'A' && byte <= 'Z')) return 0;
  }
  return 1;
}

static size_t code_of_key(uint64_t key, char code[9]) {
  for (int i = 0; i < 8; i++) code[i] = (char)(key >> (56 - 8 * i) & 0xFF);
  code[8] = '\0';
  return strlen(code);
}

void tell_levels(key_set *s) {
  char shorter[9], longer[9];
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
static char level_of(const trade_record *record) {
  return (char)('0' + (record->marks & (TRADE_RECORD_AGGREGATE_REPORTER | TRADE_RECORD_AGGREGATE_PARTNER |
                                        TRADE_RECORD_AGGREGATE_PRODUCT)));
}

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
