/*
 * What the files call the codes. Each dimension has a cube by code and name, so that those of several threads merge in
 * whatever order; a code with several names is called what most of its rows call it.
 */
#include "report.h"

enum { CODE = 1, NAME = 2 }; /* the places of reporter and partner, which hold them here */

int has_names(const options *o, int place) { return o->names && marks_of(place) != 0; }

void open_names(name_list *n, const options *o) {
  for (int i = 0; i < o->by_count; i++)
    if (has_names(o, o->by[i]))
      require(trade_cube_create(TRADE_CUBE_REPORTER | TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE, 0, NULL, &n->of[o->by[i]]),
              "--names");
}

void note_names(name_list *n, const trade_record *codes, const trade_record *called) {
  for (int place = 0; place < DIMENSIONS; place++) {
    trade_record pair = {0};
    if (!n->of[place]) continue;
    pair.reporter = text_of(codes, dimensions[place].number);
    pair.partner = text_of(called, dimensions[place].number);
    if (pair.partner.length > 0) require(trade_cube_add(n->of[place], &pair), "--names");
  }
}

void merge_names(name_list *n, name_list *other) {
  static const int by[] = {CODE, NAME};
  for (int place = 0; place < DIMENSIONS; place++) {
    if (!other->of[place]) continue;
    require(trade_cube_merge(n->of[place], other->of[place]), "--names");
    sort_cube(n->of[place], by, 2);
  }
  free_names(other);
}

void free_names(name_list *n) {
  for (int place = 0; place < DIMENSIONS; place++) trade_cube_destroy(n->of[place]);
}

/* How many rows have the name. */
static uint64_t count_rows(trade_cube *cube, size_t place) {
  trade_sum total;
  uint64_t records, missing;
  require(trade_cube_total(cube, place, TRADE_CUBE_VALUE, &total, &records, &missing), "--names");
  return records;
}

trade_text name_of(const name_list *n, int place, trade_text code) {
  static const int by[] = {CODE};
  trade_cube *cube = n->of[place];
  const size_t count = cube ? trade_cube_count(cube) : 0;
  const trade_record keys = {.reporter = code};
  size_t at = count ? find_row(cube, count, &keys, by, 1) : 0;
  uint64_t most = 0;
  trade_text name = {NULL, 0};
  if (at == count) return name;
  while (at > 0 && compare_texts(cube_record(cube, at - 1).reporter, code) == 0) at--;
  for (; at < count; at++) {
    const trade_record pair = cube_record(cube, at);
    if (compare_texts(pair.reporter, code) != 0) break;
    const uint64_t rows = count_rows(cube, at);
    if (rows > most) name = pair.partner;
    if (rows > most) most = rows;
  }
  return name;
}
