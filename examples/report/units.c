/*
 * What doesn't add up isn't added up: the units of the figures that come, of which one is all that a total may have.
 * Kept are the first place of the first unit, and that of the first other one: the same whatever thread met them.
 */
#include <string.h>

#include "report.h"

static const char where_unit[] = "unit=";

static void add_text(char text[UNIT_TEXT], const char *bytes, size_t length) {
  const size_t used = strlen(text), room = UNIT_TEXT - 1 - used, n = length < room ? length : room;
  if (n) memcpy(text + used, bytes, n);
  text[used + n] = '\0';
}

static int is_currency(trade_text code, int32_t *currency) {
  return code.length == 3 && trade_currency_parse(code.bytes, code.length, currency) == TRADE_OK;
}

int is_rate(const trade_record *record) {
  int32_t base, quote;
  return record->currency != 0 && record->unit.length == 0 && is_currency(record->partner, &quote) &&
         quote == record->currency && (record->reporter.length == 0 || is_currency(record->reporter, &base));
}

/* Of a code that says what the figure is of: itself, or, where each has its own rows, that they differ. */
static void add_code(const options *o, int32_t dimension, trade_text code, const char *each, char text[UNIT_TEXT]) {
  if (is_by(o, dimension))
    add_text(text, each, strlen(each));
  else
    add_text(text, code.bytes, code.length);
}

static int says_none(trade_text printed) {
  static const char *const words[] = {"", "-", "N/A", "No Quantity"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (printed.length == strlen(words[i]) &&
        (printed.length == 0 || memcmp(printed.bytes, words[i], printed.length) == 0))
      return 1;
  return 0;
}

static void quantity_unit(const options *o, int32_t layout, const trade_record *record, char text[UNIT_TEXT]) {
  int32_t of_value;
  if (layout == TRADE_LAYOUT_BACI)
    add_text(text, "t", 1);
  else if (layout == TRADE_LAYOUT_SDMX_CSV || layout == TRADE_LAYOUT_SDMX_CSV_2 || layout == TRADE_LAYOUT_EUROSTAT_TSV)
    add_code(o, TRADE_CUBE_PRODUCT, record->product, "", text); /* as its nomenclature says */
  else if (!says_none(record->unit) && !is_currency(record->unit, &of_value))
    add_text(text, record->unit.bytes, record->unit.length);
}

int has_one_currency(int32_t layout) {
  return layout == TRADE_LAYOUT_BACI || layout == TRADE_LAYOUT_COMTRADE || layout == TRADE_LAYOUT_COMTRADE_LEGACY ||
         layout == TRADE_LAYOUT_BATIS;
}

int has_series(int32_t layout) { return is_of_series(layout) || layout == TRADE_LAYOUT_IMF_PORTAL; }

int is_of_series(int32_t layout) {
  return layout == TRADE_LAYOUT_FRED || layout == TRADE_LAYOUT_OWID || layout == TRADE_LAYOUT_IMF_IFS ||
         layout == TRADE_LAYOUT_WORLD_BANK;
}

void unit_of(const options *o, int32_t layout, const trade_record *record, char text[UNIT_TEXT]) {
  const int of_quantity = layout == TRADE_LAYOUT_COMTRADE || layout == TRADE_LAYOUT_COMTRADE_LEGACY ||
                          layout == TRADE_LAYOUT_GACC || (layout == TRADE_LAYOUT_PLAIN && o->reader.currency != 0);
  const char *letters = trade_currency_letters(record->currency);
  text[0] = '\0';
  if (o->measure == 2) {
    add_text(text, "kg", 2);
  } else if (o->measure == 1) {
    quantity_unit(o, layout, record, text);
  } else if (layout == TRADE_LAYOUT_FRED && is_by(o, TRADE_CUBE_PRODUCT)) {
    add_text(text, "units of each product", 21);
  } else if (is_rate(record)) {
    add_code(o, TRADE_CUBE_PARTNER, record->partner, "units of each partner", text);
    if (record->reporter.length > 0) {
      add_text(text, " for one ", 9);
      add_code(o, TRADE_CUBE_REPORTER, record->reporter, "of each reporter", text);
    }
  } else if (letters) {
    add_text(text, letters, strlen(letters));
  } else if (is_of_series(layout)) {
    add_code(o, TRADE_CUBE_PRODUCT, record->product, "units of each product", text);
  } else if (!of_quantity) {
    add_text(text, record->unit.bytes, record->unit.length);
  }
}

int is_where_unit(const char *where) { return strncmp(where, where_unit, sizeof where_unit - 1) == 0; }

int is_where_column(const char *where) {
  return find_dimension(where, strcspn(where, "=")) == DIMENSIONS && !is_where_unit(where);
}

int unit_is_chosen(const options *o, const trade_record *record, const char *text) {
  for (int i = 0; i < o->where_count; i++) {
    if (!is_where_unit(o->where[i])) continue;
    for (const char *at = o->where[i] + sizeof where_unit - 1;; at++) {
      const trade_text code = {at, strcspn(at, ",")};
      const trade_text told = {text, strlen(text)};
      if (compare_texts(code, told) == 0 || compare_texts(code, record->unit) == 0) return 1;
      at += code.length;
      if (*at == '\0') break;
    }
  }
  return 0;
}

/* No unit is behind every place. */
static int is_before(const unit *a, const unit *b) {
  if (a->text[0] == '\0' || b->text[0] == '\0') return a->text[0] != '\0';
  return a->stream != b->stream ? a->stream < b->stream : a->line < b->line;
}

int knows_unit(const units *u, const unit *one) {
  return (strcmp(u->first.text, one->text) == 0 && !is_before(one, &u->first)) ||
         (strcmp(u->second.text, one->text) == 0 && !is_before(one, &u->second));
}

/* A third unit is let go: it came behind both that are kept, and these only move forward. */
void note_unit(units *u, const unit *one) {
  unit *place = strcmp(u->first.text, one->text) == 0 ? &u->first : &u->second;
  if (is_before(one, place)) *place = *one;
  if (!is_before(&u->second, &u->first)) return;
  const unit moved = u->first;
  u->first = u->second;
  u->second = moved;
}

void merge_units(units *u, const units *other) {
  note_unit(u, &other->first);
  note_unit(u, &other->second);
  u->rates |= other->rates;
  u->others |= other->others;
  u->series |= other->series;
  u->averaged |= other->averaged;
}

void format_choice(const char *column, const char *wanted, char text[CELL]) {
  static const char plain[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%+,-./:=@^_";
  const int is_plain = strspn(wanted, plain) == strlen(wanted) && strspn(column, plain) == strlen(column);
  size_t used = (size_t)snprintf(text, CELL, "--where %s%.*s=", is_plain ? "" : "'", UNIT_TEXT, column);
  for (const char *at = wanted; *at != '\0' && used + 8 < CELL; at++)
    used += (size_t)snprintf(text + used, CELL - used, *at == '\'' ? "'\\''" : "%c", *at);
  (void)snprintf(text + used, CELL - used, "%s", is_plain ? "" : "'");
}

void unit_conflict(const options *o, const units *u, char *text, size_t size) {
  const int32_t apart = u->series                      ? TRADE_CUBE_PRODUCT
                        : is_by(o, TRADE_CUBE_PARTNER) ? TRADE_CUBE_REPORTER
                                                       : TRADE_CUBE_PARTNER;
  const char *name = apart == TRADE_CUBE_PRODUCT ? "product" : apart == TRADE_CUBE_REPORTER ? "reporter" : "partner";
  char choice[CELL];
  const int used = snprintf(text, size, "%s in %s does not add up with %s before it: choose one with ",
                            u->rates ? "rate" : measures[o->measure].name, u->second.text, u->first.text);
  const size_t at = used > 0 && (size_t)used < size ? (size_t)used : size;
  format_choice("unit", u->first.text, choice);
  if (!u->series && !u->rates)
    snprintf(text + at, size - at, "%s", choice);
  else if (is_by(o, apart))
    snprintf(text + at, size - at, "--where %s=CODE", name);
  else
    snprintf(text + at, size - at, "--where %s=CODE, or put %s in --by", name, name);
}
