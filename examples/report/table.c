/* The rows as tables for people and as records for machines. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

enum { COLUMNS = 3 + INDICATORS, NARROWEST = 12 };

/* ---- Cells ---- */

/* The UTF-8 character at the beginning of text: its length. A byte that begins none is taken for Latin-1. */
static size_t read_character(const char *text, size_t left, unsigned long *code) {
  const unsigned char *bytes = (const unsigned char *)text;
  const size_t length = bytes[0] < 0xC2 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF5 ? 4 : 1;
  *code = bytes[0];
  if (length == 1 || length > left) return 1;
  unsigned long read = bytes[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 1;
    read = read << 6 | (bytes[i] & 0x3Fu);
  }
  *code = read;
  return length;
}

static size_t write_character(unsigned long code, char *text) {
  const size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  if (length == 1) text[0] = (char)code;
  for (size_t i = length; length > 1 && i-- > 1; code >>= 6) text[i] = (char)(0x80 | (code & 0x3F));
  if (length > 1) text[0] = (char)((0xF00u >> length & 0xFF) | code);
  return length;
}

/* How many places of a screen a character takes: two for those of East Asia. */
static int character_width(unsigned long code) {
  return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) || (code >= 0xAC00 && code < 0xD7A4) ||
                 (code >= 0xF900 && code < 0xFB00) || (code >= 0xFE30 && code < 0xFE70) ||
                 (code >= 0xFF00 && code < 0xFF61) || (code >= 0xFFE0 && code < 0xFFE7) || code >= 0x20000
             ? 2
             : 1;
}

static int width_of(const char *text) {
  int width = 0;
  unsigned long code;
  for (size_t left = strlen(text), length; left > 0; text += length, left -= length) {
    length = read_character(text, left, &code);
    width += character_width(code);
  }
  return width;
}

void format_text(trade_text from, int widest, char cell[CELL]) {
  unsigned long code;
  size_t used = 0, cut = 0;
  int width = 0;
  for (size_t at = 0, length; at < from.length; at += length) {
    length = read_character(from.bytes + at, from.length - at, &code);
    if (code < 0x20 || code == 0x7F) code = ' ';
    width += character_width(code);
    if (width > widest || used + 8 > CELL) {
      snprintf(cell + cut, CELL - cut, "\xE2\x80\xA6");
      return;
    }
    used += write_character(code, cell + used);
    if (width < widest) cut = used;
  }
  cell[used] = '\0';
}

static trade_text key_text(const trade_record *record, int place, char period[TRADE_PERIOD_TEXT_SIZE]) {
  const int32_t dimension = dimensions[place].number;
  if (dimension != TRADE_CUBE_PERIOD) return text_of(record, dimension);
  if (trade_period_format(record->period, period, TRADE_PERIOD_TEXT_SIZE) != TRADE_OK) period[0] = '\0';
  return (trade_text){period, strlen(period)};
}

void format_key(const trade_record *record, int place, int widest, char cell[CELL]) {
  char period[TRADE_PERIOD_TEXT_SIZE];
  format_text(key_text(record, place, period), widest, cell);
}

/* Takes the unit off a product's key. */
static trade_text split_unit(trade_text *key) {
  const char *mark = key->length ? (const char *)memchr(key->bytes, UNIT_MARK, key->length) : NULL;
  if (!mark) return (trade_text){NULL, 0};
  const size_t length = (size_t)(mark - key->bytes);
  const trade_text behind = {mark + 1, key->length - length - 1};
  key->length = length;
  return behind;
}

static int shown_length(trade_text text) { return text.length < CELL ? (int)text.length : CELL; }

void format_label(const table *t, const trade_record *record, int place, int with_code, int widest, char cell[CELL]) {
  char period[TRADE_PERIOD_TEXT_SIZE], text[4 * CELL];
  trade_text code = key_text(record, place, period);
  const trade_text in = split_unit(&code), name = name_of(&t->from->names, place, code);
  if (name.length == 0) {
    format_key(record, place, widest, cell);
    return;
  }
  (void)snprintf(text, sizeof text, "%.*s%s%.*s%s%.*s", with_code ? shown_length(code) : 0, with_code ? code.bytes : "",
                 with_code ? " " : "", shown_length(name), name.bytes, in.length ? ", " : "", shown_length(in),
                 in.length ? in.bytes : "");
  format_text((trade_text){text, strlen(text)}, widest, cell);
}

/* As short as reads back the same. */
static void format_exactly(double x, char cell[CELL]) {
  if (fabs(x) < 1e15 && floor(x) == x) {
    snprintf(cell, CELL, "%lld", (long long)x); /* several times as fast as a double */
    return;
  }
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

static void print_padded(FILE *out, const char *text, int width, int right, int markdown) {
  const int pad = width - width_of(text);
  fprintf(out, "%*s", right && pad > 0 ? pad : 0, "");
  for (const char *at = text; *at != '\0'; at++) {
    if (markdown && *at == '|') fputc('\\', out);
    fputc(*at, out);
  }
  fprintf(out, "%*s", !right && pad > 0 ? pad : 0, "");
}

/* ---- Columns of numbers ---- */

const char *figure_name(const table *t) {
  static const char *const means[] = {"mean value", "mean quantity", "mean weight"};
  if (t->o->statistic != STATISTIC_MEAN) return measures[t->o->measure].name;
  return t->from->units.rates && !t->from->units.others ? "mean rate" : means[t->o->measure];
}

static int list_columns(const table *t, table_column columns[COLUMNS]) {
  const options *o = t->o;
  const int is_mean = o->statistic == STATISTIC_MEAN;
  int n = 0;
  columns[n++] = (table_column){is_mean ? "mean" : measures[o->measure].name, figure_name(t), COLUMN_TOTAL, 0, 1};
  if (o->shares != SHARES_NONE) columns[n++] = (table_column){"share", "share, %", COLUMN_SHARE, 0, 0};
  if (o->growth_months != 0) columns[n++] = (table_column){"growth", "growth, %", COLUMN_GROWTH, 0, 0};
  for (int k = 0; k < o->indicator_count; k++) {
    const indicator *of = &indicators[o->indicators[k]];
    columns[n++] = (table_column){of->name, of->name, COLUMN_FIGURE, k, of->is_money};
  }
  return n;
}

table_column drawn_column(const table *t) {
  table_column columns[COLUMNS];
  const int count = list_columns(t, columns), first = count - t->o->indicator_count;
  if (t->o->indicator_count > 0) return columns[first + t->o->first_indicator];
  if (t->o->growth_months != 0) return columns[count - 1];
  return columns[has_lines(t) && t->o->shares != SHARES_NONE ? 1 : 0]; /* bars have their shares beside them */
}

static double number_of(const table *t, size_t r, const table_column *c) {
  const row *at = &t->rows[r];
  if (c->what == COLUMN_FIGURE) return t->figures[c->figure][r < t->n ? at->place : t->cube_rows];
  return c->what == COLUMN_TOTAL ? at->total : c->what == COLUMN_SHARE ? at->share : at->growth;
}

double printed_number(const table *t, size_t r, const table_column *c) {
  const double x = number_of(t, r, c);
  return c->is_money ? x / t->scale : c->what == COLUMN_FIGURE ? x : 100 * x;
}

void format_cell(const table *t, size_t r, const table_column *c, char cell[CELL]) {
  const double x = printed_number(t, r, c);
  if (c->is_money || c->what == COLUMN_FIGURE)
    format_number(x, c->is_money ? t->decimals : 4, cell);
  else if (isnan(x))
    snprintf(cell, CELL, ".");
  else
    snprintf(cell, CELL, c->what == COLUMN_GROWTH ? "%+.1f" : "%.1f", x);
}

void format_others(const table *t, char cell[CELL]) {
  snprintf(cell, CELL, "%zu other%s", t->others, t->others == 1 ? "" : "s");
}

/* ---- For people ---- */

/* A cell of the table, or a column's head if r is -1. */
static void table_cell(const table *t, const table_column *columns, long r, int c, int widest, char cell[CELL]) {
  const int by = c < t->by_count;
  char text[CELL];
  if (r < 0 && by)
    format_text((trade_text){dimensions[t->o->by[c]].name, strlen(dimensions[t->o->by[c]].name)}, widest, cell);
  else if (r < 0)
    snprintf(cell, CELL, "%s", columns[c - t->by_count].head);
  else if (!by)
    format_cell(t, (size_t)r, &columns[c - t->by_count], cell);
  else if (r < (long)t->n) {
    const trade_record record = row_record(t, &t->rows[r]);
    format_label(t, &record, t->o->by[c], 1, widest, cell);
  } else {
    format_others(t, text);
    format_text((trade_text){text, c == 0 ? strlen(text) : 0}, widest, cell);
  }
}

/* Labels are made narrower, the widest first, until they and so much else fit into a terminal. */
static void fit_labels(int *width, int labels, int room) {
  int whole = 0;
  for (int c = 0; c < labels; c++) whole += width[c] + 2;
  while (labels > 0 && whole > room) {
    int widest = 0;
    for (int c = 1; c < labels; c++)
      if (width[c] > width[widest]) widest = c;
    if (width[widest] <= NARROWEST) return;
    width[widest]--;
    whole--;
  }
}

/* How many places are left for figures beside labels, whether these are made narrower or not. */
static int room_beside(const int *width, int labels, int room) {
  for (int c = 0; c < labels; c++) room -= 2 + (width[c] < NARROWEST ? width[c] : NARROWEST);
  return room;
}

/* A line of the table, or its head if r is -1: labels, and the figures from first to end. */
static void print_line(FILE *out, const table *t, const table_column *columns, long r, const int *width, int first,
                       int end) {
  const int markdown = t->o->format == FORMAT_MARKDOWN;
  const char *between = "";
  char cell[CELL];
  for (int c = 0; c < end; c++) {
    if (c >= t->by_count && c < first) continue;
    table_cell(t, columns, r, c, width[c], cell);
    fputs(markdown ? "| " : between, out);
    between = "  ";
    print_padded(out, cell, width[c], c >= t->by_count, markdown);
    if (markdown) fputc(' ', out);
  }
  fputs(markdown ? "|\n" : "\n", out);
}

/* Between the head and the rows of markdown: on which side of it a column is flush. */
static void print_rule(FILE *out, const int *width, int labels, int count) {
  for (int c = 0; c < count; c++) {
    fputs("| ", out);
    for (int i = c < labels ? 0 : 1; i < width[c]; i++) fputc('-', out);
    fputs(c < labels ? " " : ": ", out);
  }
  fputs("|\n", out);
}

/* What doesn't fit into a terminal's width comes below, with the labels again. */
static void print_table(FILE *out, const table *t) {
  const int markdown = t->o->format == FORMAT_MARKDOWN, labels = t->by_count;
  const long last = (long)(t->n + (t->others > 0));
  int width[DIMENSIONS + COLUMNS] = {0}, figures = -2, widest = 0;
  char cell[CELL];
  table_column columns[COLUMNS];
  const int count = labels + list_columns(t, columns), terminal = markdown ? 0 : terminal_width(fileno(out));
  for (int c = 0; c < count; c++) {
    width[c] = 3;
    for (long r = -1; r < last; r++) {
      table_cell(t, columns, r, c, CELL, cell);
      if (width_of(cell) > width[c]) width[c] = width_of(cell);
    }
    if (c < labels) continue;
    figures += width[c] + 2;
    if (width[c] > widest) widest = width[c];
  }
  const int room = terminal > 0 ? terminal : INT_MAX / 2, is_split = figures > room_beside(width, labels, room);
  const int beside = is_split ? (widest > room / 2 ? widest : room / 2) : figures;
  fit_labels(width, labels, room - beside);
  for (int first = labels, end; first < count; first = end) {
    int left = room - width[first];
    for (int c = 0; c < labels; c++) left -= width[c] + 2;
    for (end = first + 1; end < count && left >= width[end] + 2; end++) left -= width[end] + 2;
    if (first > labels) fputc('\n', out);
    print_line(out, t, columns, -1, width, first, end);
    if (markdown) print_rule(out, width, labels, count);
    for (long r = 0; r < last; r++) print_line(out, t, columns, r, width, first, end);
  }
}

/* ---- For machines: whole units and ratios, every digit; what is missing is empty, or null ---- */

/* As UTF-8, a quote as two in CSV and what JSON wants there. */
static void print_text_within_quotes(FILE *out, trade_text text, int json) {
  for (size_t at = 0, length; at < text.length; at += length) {
    unsigned long code;
    char character[4];
    length = read_character(text.bytes + at, text.length - at, &code);
    if (code == '"' || (json && code == '\\'))
      fprintf(out, "%c%c", json ? '\\' : '"', (int)code);
    else if (json && code < 32)
      fprintf(out, "\\u%04lx", code);
    else
      fwrite(character, 1, write_character(code, character), out);
  }
}

static void print_csv_text(FILE *out, trade_text text) {
  int quoted = 0, plain = 1;
  for (size_t i = 0; i < text.length; i++) {
    quoted |= strchr(",\"\r\n", text.bytes[i]) != NULL;
    plain &= (unsigned char)text.bytes[i] < 0x80;
  }
  if (!quoted && plain) {
    if (text.length > 0) fwrite(text.bytes, 1, text.length, out);
    return;
  }
  if (quoted) fputc('"', out);
  print_text_within_quotes(out, text, 0);
  if (quoted) fputc('"', out);
}

static void print_json_text(FILE *out, trade_text text) {
  fputc('"', out);
  print_text_within_quotes(out, text, 1);
  fputc('"', out);
}

static void print_text(FILE *out, int json, int is_known, trade_text text) {
  if (is_known)
    (json ? print_json_text : print_csv_text)(out, text);
  else if (json)
    fputs("null", out);
}

static void begin_field(FILE *out, int json, int is_first, const char *name) {
  if (!is_first) fputs(json ? ", " : ",", out);
  if (json) fprintf(out, "\"%s\": ", name);
}

static const char *const name_heads[DIMENSIONS] = {"", "reporter_name", "partner_name", "product_name", ""};

/* Values have a column of their currency, whether it is known or not: columns are as the options are, not as the files.
 */
static int has_currency(const options *o) { return o->measure == 0; }

/* The row behind the last is the others, which have no keys, and a unit if it is that of all. */
static void print_record(FILE *out, const table *t, size_t r, const table_column *columns, int count) {
  const options *o = t->o;
  const int json = o->format == FORMAT_JSON, others = r == t->n;
  const trade_record record = row_record(t, &t->rows[r]);
  const units *of = &t->from->units;
  trade_text in = {NULL, 0};
  char cell[CELL];
  for (int c = 0; c < t->by_count; c++) {
    char period[TRADE_PERIOD_TEXT_SIZE];
    begin_field(out, json, c == 0, dimensions[o->by[c]].name);
    trade_text key = key_text(&record, o->by[c], period);
    if (o->unit_rows && dimensions[o->by[c]].number == TRADE_CUBE_PRODUCT) in = split_unit(&key);
    print_text(out, json, !others, key);
    if (!has_names(o, o->by[c])) continue;
    const trade_text name = name_of(&t->from->names, o->by[c], key);
    begin_field(out, json, 0, name_heads[o->by[c]]);
    print_text(out, json, !others && name.length > 0, name);
  }
  if (o->unit_rows) {
    begin_field(out, json, 0, "unit");
    print_text(out, json, !others || of->second.text[0] == '\0',
               others ? (trade_text){of->first.text, strlen(of->first.text)} : in);
  }
  for (int k = 0; k < count; k++) {
    const double x = number_of(t, r, &columns[k]);
    begin_field(out, json, k == 0 && t->by_count == 0, columns[k].name);
    format_exactly(x, cell);
    fputs(isnan(x) ? (json ? "null" : "") : cell, out);
    if (k > 0 || !has_currency(o)) continue;
    begin_field(out, json, 0, "currency");
    print_text(out, json, t->currency != NULL, (trade_text){t->currency, t->currency ? strlen(t->currency) : 0});
  }
  if (o->top == 0) return;
  begin_field(out, json, 0, "others");
  fprintf(out, "%zu", others ? t->others : 0);
}

static void print_heads(FILE *out, const table *t, const table_column *columns, int count) {
  for (int c = 0; c < t->by_count; c++) {
    fprintf(out, "%s,", dimensions[t->o->by[c]].name);
    if (has_names(t->o, t->o->by[c])) fprintf(out, "%s,", name_heads[t->o->by[c]]);
  }
  fprintf(out, "%s%s%s", t->o->unit_rows ? "unit," : "", columns[0].name, has_currency(t->o) ? ",currency" : "");
  for (int k = 1; k < count; k++) fprintf(out, ",%s", columns[k].name);
  fputs(t->o->top ? ",others\n" : "\n", out);
}

static void print_records(FILE *out, const table *t) {
  const int json = t->o->format == FORMAT_JSON;
  table_column columns[COLUMNS];
  const int count = list_columns(t, columns);
  if (json)
    fputc('[', out);
  else
    print_heads(out, t, columns, count);
  for (size_t r = 0; r < t->n + (t->others > 0); r++) {
    if (json) fputs(r ? ",\n {" : "\n {", out);
    print_record(out, t, r, columns, count);
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

void print_report(FILE *out, const table *t) {
  const options *o = t->o;
  const source *from = t->from;
  char rates[CELL];
  const uint64_t not_selected = from->tally.not_selected + from->left_out;
  if (o->format == FORMAT_CSV || o->format == FORMAT_JSON) {
    print_records(out, t);
    return;
  }
  if (t->unit_text[0]) fprintf(out, "%s in %s\n\n", figure_name(t), t->unit_text);
  print_table(out, t);
  fputc('\n', out);
  print_files(out, o, from);
  fprintf(out, "; %llu row%s", (unsigned long long)from->tally.shown, from->tally.shown == 1 ? "" : "s");
  if (not_selected) fprintf(out, ", %llu not selected", (unsigned long long)not_selected);
  if (from->tally.other_levels)
    fprintf(out, ", %llu of totals beside their parts left out", (unsigned long long)from->tally.other_levels);
  if (from->problems) fprintf(out, ", %llu unreadable left out", (unsigned long long)from->problems);
  if (o->show.cube) fprintf(out, "; %zu of %zu totals shown", t->n + t->others, t->cube_rows);
  format_rates(o, rates);
  if (o->rate_count)
    fprintf(out, "; in %s at the mean rate of each period in %s", trade_currency_letters(o->into), rates);
  if (from->without_rate) fprintf(out, ", but for %zu that it doesn't cover", from->without_rate);
  fprintf(out, "\n");
}
