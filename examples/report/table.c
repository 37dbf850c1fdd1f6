/* The rows as tables for people and as records for machines. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

void format_key(const trade_record *record, int place, char cell[CELL]) {
  const int32_t dimension = dimensions[place].number;
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
void format_number(double x, int decimals, char cell[CELL]) {
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

static int table_columns(const table *t) {
  return t->by_count + 1 + (t->o->shares != SHARES_NONE) + (t->o->growth_months != 0);
}

/* A cell, or a column's head if r is -1, as people read it. */
static void table_cell(const table *t, long r, int c, char cell[CELL]) {
  const options *o = t->o;
  const row *at = r < 0 ? NULL : &t->rows[r];
  const int share = t->by_count + 1, growth = share + (o->shares != SHARES_NONE);
  if (c < t->by_count) {
    if (r == (long)t->n && c == 0)
      snprintf(cell, CELL, "%zu others", t->others);
    else if (r == (long)t->n)
      cell[0] = '\0';
    else if (at) {
      const trade_record record = row_record(t, at);
      format_key(&record, o->by[c], cell);
    } else
      snprintf(cell, CELL, "%s", dimensions[o->by[c]].name);
  } else if (c == t->by_count) {
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
      print_padded(out, cell, width[c], c >= t->by_count);
      if (markdown) fputc(' ', out);
    }
    fputs(markdown ? "|\n" : "\n", out);
    for (int c = 0; markdown && r < 0 && c < columns; c++) fputs(c < t->by_count ? "| --- " : "| ---: ", out);
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
    for (int c = 0; c < t->by_count; c++) fprintf(out, "%s%s", c ? "," : "", dimensions[o->by[c]].name);
    for (int k = 0; k < 3; k++)
      if (wanted[k]) fprintf(out, "%s%s", t->by_count || k ? "," : "", names[k]);
    fputc('\n', out);
  } else {
    fputs("[", out);
  }
  for (size_t r = 0; r < t->n; r++) {
    const double numbers[] = {t->rows[r].total, t->rows[r].share, t->rows[r].growth};
    const trade_record record = row_record(t, &t->rows[r]);
    int first = 1;
    if (json) fputs(r ? ",\n {" : "\n {", out);
    for (int c = 0; c < t->by_count; c++, first = 0) {
      format_key(&record, o->by[c], cell);
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

/* BACI: 2021.csv, 2022.csv, FRED: rates.csv; the first of many. */
static void print_files(FILE *out, const options *o, const source *from) {
  enum { SHOWN = 4 };
  const int shown = o->file_count <= SHOWN ? o->file_count : SHOWN - 1;
  for (int i = 0; i < shown; i++) {
    if (i > 0) fputs(", ", out);
    if (i == 0 || strcmp(from->layouts[i], from->layouts[i - 1]) != 0) fprintf(out, "%s: ", from->layouts[i]);
    fputs(strcmp(o->files[i], "-") == 0 ? "standard input" : o->files[i], out);
  }
  if (shown < o->file_count) fprintf(out, " and %d more files", o->file_count - shown);
}

void print_report(FILE *out, const table *t, const source *from) {
  const options *o = t->o;
  if (o->format == FORMAT_CSV || o->format == FORMAT_JSON) {
    print_records(out, t);
    return;
  }
  if (t->unit_text[0]) fprintf(out, "%s in %s\n\n", measures[o->measure].name, t->unit_text);
  print_table(out, t);
  fputc('\n', out);
  print_files(out, o, from);
  fprintf(out, "; %llu rows", (unsigned long long)from->tally.shown);
  if (from->tally.not_selected) fprintf(out, ", %llu not selected", (unsigned long long)from->tally.not_selected);
  if (from->tally.other_levels)
    fprintf(out, ", %llu of totals beside their parts left out", (unsigned long long)from->tally.other_levels);
  if (from->problems) fprintf(out, ", %llu unreadable left out", (unsigned long long)from->problems);
  if (o->rates)
    fprintf(out, "; in %s at the mean rate of each period in %s", trade_currency_letters(o->into), o->rates);
  if (from->without_rate) fprintf(out, ", which it lacks for %zu", from->without_rate);
  fprintf(out, "\n");
}
