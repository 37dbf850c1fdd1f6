/* The rows as a chart, in SVG: what the report is about, as lines over time or as bars. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

enum { CHART_WIDTH = 960, CHART_MARGIN = 20, CHART_BARS = 20, CHART_LINES = 8 };
enum { TITLE_SIZE = 17, TEXT_SIZE = 13 };
enum { BAR_LABEL = 380, BAR_FIGURE = 140, LINE_LABEL = 250, MARK_LABEL = 140 }; /* at most so wide */

static const char *const chart_colours[CHART_LINES] = {"#1f6f8b", "#d1495b", "#66a182", "#edae49",
                                                       "#6a4c93", "#8d5b4c", "#2e4057", "#7a9e9f"};
static const char colour_below[] = "#d1495b", colour_others[] = "#9aa5ab", colour_axis[] = "#5d676c",
                  colour_mark[] = "#d9dee0";

/* ---- Texts ---- */

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

static void chart_rule(FILE *out, double x1, double y1, double x2, double y2, const char *colour) {
  fprintf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, colour);
}

/* How wide a text is drawn, rather more than less: SVG doesn't tell, and fonts differ. */
static double text_width(const char *text) {
  double width = 0;
  for (; *text != '\0'; text++) {
    const unsigned char byte = (unsigned char)*text;
    if (byte >= 0x80 && byte < 0xC0) continue; /* not the first of its character */
    width += byte >= 0xE0 || strchr("MW@%mw+=<>#&~", byte)  ? 13
             : byte >= 0xC0 || (byte >= 'A' && byte <= 'Z') ? 10
             : strchr(" .,:;'|()[]-/ijlrtfI", byte)         ? 5.5
                                                            : 8.5;
  }
  return width;
}

/* Cuts a text to what there is room for. */
static void fit_text(const char *whole, double room, char text[CELL]) {
  int widest = CELL;
  do format_text((trade_text){whole, strlen(whole)}, widest, text);
  while (text_width(text) > room && --widest > 1);
}

/* A row's keys, or all but the period, the longest cut to what there is room for. */
static void chart_label(const table *t, const row *r, int with_period, double room, char label[CELL]) {
  const options *o = t->o;
  const trade_record record = row_record(t, r);
  char text[(CELL + 8) * DIMENSIONS], cell[CELL];
  int widest = 64;
  do {
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < t->by_count; i++) {
      if (!with_period && dimensions[o->by[i]].number == TRADE_CUBE_PERIOD) continue;
      format_label(t, &record, o->by[i], 0, widest, cell);
      used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? " \xC2\xB7 " : "", cell);
    }
  } while (text_width(text) > room && --widest > 1);
  format_text((trade_text){text, strlen(text)}, CELL, label);
}

static void chart_open(FILE *out, double height, const table *t, const table_column *shown) {
  char whole[CELL * 2], title[CELL];
  if (shown->what == COLUMN_GROWTH)
    snprintf(whole, sizeof whole, "growth of %s over the %s before, %%", figure_name(t),
             t->o->growth_months > 0 ? "year" : "period");
  else if (shown->what == COLUMN_SHARE)
    snprintf(whole, sizeof whole, "share of %s, %%", figure_name(t));
  else if (shown->what == COLUMN_FIGURE && !shown->is_money)
    snprintf(whole, sizeof whole, "%s, %s", shown->head, indicators[t->o->indicators[shown->figure]].what);
  else
    snprintf(whole, sizeof whole, "%s%s%s", shown->head, shown->is_money && t->unit_text[0] ? ", " : "",
             shown->is_money ? t->unit_text : "");
  fit_text(whole, (CHART_WIDTH - 2 * CHART_MARGIN) * (double)TEXT_SIZE / TITLE_SIZE, title);
  fprintf(out,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\" "
          "font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"%d\">\n<rect width=\"%d\" height=\"%.0f\" "
          "fill=\"white\"/>\n<g font-size=\"%d\">\n",
          CHART_WIDTH, height, CHART_WIDTH, height, TEXT_SIZE, CHART_WIDTH, height, TITLE_SIZE);
  chart_text(out, CHART_MARGIN, 32, "start", title);
  fputs("</g>\n", out);
}

/* ---- What is drawn ---- */

/* The places of the largest of n sizes, the largest first, equal ones in their order: at most so many. */
static size_t choose_largest(const double *sizes, size_t n, size_t most, size_t *chosen) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    size_t at = count;
    while (at > 0 && sizes[i] > sizes[chosen[at - 1]]) at--;
    if (at == most) continue;
    count += count < most;
    memmove(chosen + at + 1, chosen + at, (count - at - 1) * sizeof *chosen);
    chosen[at] = i;
  }
  return count;
}

static int is_among(size_t one, const size_t *all, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (all[i] == one) return 1;
  return 0;
}

/* ---- Bars ---- */

typedef struct bar {
  size_t row;
  double figure;
  char label[CELL], text[CELL];
} bar;

typedef struct bar_chart {
  bar bars[CHART_BARS + 1]; /* and the others */
  size_t count;
  char more[CELL];   /* how many are left out */
  double left, zero; /* where labels end, and bars begin */
  double scale;
} bar_chart;

static void add_bar(bar_chart *c, const table *t, size_t r, const table_column *shown) {
  bar *one = &c->bars[c->count++];
  char cell[CELL];
  one->row = r;
  one->figure = printed_number(t, r, shown);
  if (r < t->n)
    chart_label(t, &t->rows[r], 1, BAR_LABEL, one->label);
  else
    format_others(t, one->label);
  format_cell(t, r, shown, cell);
  fit_text(cell, BAR_FIGURE, one->text);
  const size_t used = strlen(one->text);
  if (shown->what == COLUMN_TOTAL && !isnan(t->rows[r].share))
    snprintf(one->text + used, CELL - used, " (%.1f %%)", 100 * t->rows[r].share);
}

/* The largest rows, in the report's order. */
static void choose_bars(bar_chart *c, const table *t, const table_column *shown) {
  size_t chosen[CHART_BARS];
  double *sizes = (double *)allocate(t->n, sizeof *sizes);
  for (size_t i = 0; i < t->n; i++) {
    const double total = t->rows[i].total;
    sizes[i] = t->o->top > 0 ? (double)(t->n - i) : isnan(total) ? -1 : fabs(total); /* --top has chosen them already */
  }
  const size_t n = choose_largest(sizes, t->n, CHART_BARS, chosen);
  free(sizes);
  for (size_t i = 0; i < t->n; i++)
    if (is_among(i, chosen, n)) add_bar(c, t, i, shown);
  if (n < t->n)
    snprintf(c->more, sizeof c->more, "and %zu more", t->n - n + t->others);
  else if (t->others > 0)
    add_bar(c, t, t->n, shown);
}

/* Room for the labels, and for the figures at the ends of the bars on both sides of the zero line. */
static void measure_bars(bar_chart *c) {
  double widest = text_width(c->more), least = 0, most = 0, before = 0, behind = 0;
  for (size_t i = 0; i < c->count; i++) {
    const bar *one = &c->bars[i];
    const double width = text_width(one->text) + 8;
    widest = fmax(widest, text_width(one->label));
    least = fmin(least, one->figure);
    most = fmax(most, one->figure);
    if (one->figure < 0)
      before = fmax(before, width + 8);
    else
      behind = fmax(behind, width);
  }
  c->left = CHART_MARGIN + widest + 10;
  const double room = CHART_WIDTH - CHART_MARGIN - behind - c->left - before;
  c->scale = most > least ? room / (most - least) : 0;
  c->zero = c->left + before - c->scale * least;
}

/* Whether a figure says neither the one nor the other where it is 1. */
static int is_neutral_at_one(const table *t, const table_column *shown) {
  static const char *const names[] = {"rca", "rca-relative", "rca-weighted", "cover"};
  for (size_t i = 0; shown->what == COLUMN_FIGURE && i < sizeof names / sizeof *names; i++)
    if (strcmp(indicators[t->o->indicators[shown->figure]].name, names[i]) == 0) return 1;
  return 0;
}

/* The line of 1, behind bars that are to be seen on either side of it, where they are about that. Whether there is room
 * for a 0 beside it. */
static int chart_one(FILE *out, const table *t, const table_column *shown, const bar_chart *c, double top,
                     double bottom) {
  double most = 0;
  for (size_t i = 0; i < c->count; i++) most = fmax(most, c->bars[i].figure);
  if (most < 1 || !is_neutral_at_one(t, shown)) return 1;
  chart_rule(out, c->zero + c->scale, top - 2, c->zero + c->scale, bottom + 2, colour_others);
  chart_text(out, c->zero + c->scale, top - 6, "middle", "1");
  return c->scale > 16;
}

static void chart_bars(FILE *out, const table *t, const table_column *shown) {
  const double height = 26, top = 62;
  bar_chart *c = (bar_chart *)allocate(1, sizeof *c);
  choose_bars(c, t, shown);
  measure_bars(c);
  const double bottom = top + height * (double)c->count;
  chart_open(out, bottom + (c->more[0] ? 44 : 24), t, shown);
  const int has_zero = chart_one(out, t, shown, c, top, bottom);
  for (size_t i = 0; i < c->count; i++) {
    const bar *one = &c->bars[i];
    const int is_below = one->figure < 0;
    const double y = top + height * (double)i, length = isnan(one->figure) ? 0 : c->scale * fabs(one->figure);
    chart_text(out, c->left - 10, y + 17, "end", one->label);
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
            is_below ? c->zero - length : c->zero, y + 3, length, height - 7,
            one->row == t->n ? colour_others
            : is_below       ? colour_below
                             : chart_colours[0]);
    chart_text(out, is_below ? c->zero - length - 8 : c->zero + length + 8, y + 17, is_below ? "end" : "start",
               one->text);
  }
  chart_rule(out, c->zero, top - 2, c->zero, bottom + 2, colour_axis);
  if (has_zero) chart_text(out, c->zero, top - 6, "middle", "0");
  if (c->more[0]) chart_text(out, c->left - 10, bottom + 17, "end", c->more);
  fputs("</svg>\n", out);
  free(c);
}

/* ---- Lines ---- */

/* Series by period, each of the rows that agree in all but the period. Across, a figure stands in the middle of its
 * period. */
typedef struct line_chart {
  const table *t;
  const table_column *shown;
  size_t *series; /* of each row, its number */
  char *hidden;   /* and whether it overlaps rows that are drawn */
  size_t all, lines, chosen[CHART_LINES];
  double left, right;           /* where the axes begin and end */
  double least, most, step;     /* of the axis of figures */
  int32_t begin, end, shortest; /* months: the first, the one after the last, and how many the shortest period has */
} line_chart;

static const double chart_top = 60, chart_bottom = 430;

/* The step between marks of an axis of this length: 1, 2 or 5 times a power of ten, four to ten of them. */
static double chart_step(double length) {
  const double power = pow(10, floor(log10(length / 4)));
  return length / 4 >= 5 * power ? 5 * power : length / 4 >= 2 * power ? 2 * power : power;
}

static double chart_x(const line_chart *c, double month) {
  return c->left + (c->right - c->left) * (month - c->begin) / (c->end - c->begin);
}

static double chart_y(const line_chart *c, double figure) {
  return chart_bottom - (chart_bottom - chart_top) * (figure - c->least) / (c->most - c->least);
}

static trade_period row_period(const table *t, size_t r) { return row_record(t, &t->rows[r]).period; }

static double row_x(const line_chart *c, size_t r) {
  const trade_period period = row_period(c->t, r);
  return chart_x(c, trade_period_first_month(period) + period.months / 2.0);
}

static double row_y(const line_chart *c, size_t r) { return chart_y(c, printed_number(c->t, r, c->shown)); }

static int is_drawn(const line_chart *c, size_t r) {
  return !c->hidden[r] && !isnan(printed_number(c->t, r, c->shown)) && trade_period_valid(row_period(c->t, r));
}

/* The row of the same series and of the period right before or after, if both are drawn; or how many rows there are. */
static size_t neighbour(const line_chart *c, size_t r, int is_after) {
  const table *t = c->t;
  trade_record keys = row_record(t, &t->rows[r]);
  keys.period = is_after ? trade_period_next(keys.period) : trade_period_previous(keys.period);
  const size_t found = find_shown(t, &keys);
  return found < t->n && is_drawn(c, found) ? found : t->n;
}

/* The length of period that more rows have than any other; 0: there is none. */
static int32_t usual_length(const line_chart *c) {
  size_t rows[UINT8_MAX + 1] = {0}, most = 0;
  int32_t usual = 0;
  for (size_t i = 0; i < c->t->n; i++)
    if (is_drawn(c, i)) rows[row_period(c->t, i).months]++;
  for (int32_t months = 1; months <= UINT8_MAX; months++) {
    if (rows[months] >= most) usual = rows[months] > most ? months : 0;
    if (rows[months] > most) most = rows[months];
  }
  return usual;
}

/* Whether a row's period overlaps one of this length in the same series. */
static int overlaps_drawn(const line_chart *c, size_t r, int32_t months) {
  trade_record keys = row_record(c->t, &c->t->rows[r]);
  const trade_period whole = keys.period, one = trade_period_make(whole.year, whole.month, months);
  for (int32_t by = 1 - months; by < whole.months; by++) {
    keys.period = trade_period_shift(one, by);
    const size_t found = find_shown(c->t, &keys);
    if (found < c->t->n && is_drawn(c, found)) return 1;
  }
  return 0;
}

/* A year and its months would be two lines of one series: drawn are the periods of the usual length. */
static void hide_overlapping(line_chart *c) {
  const int32_t usual = usual_length(c);
  size_t first = 0, count = 0;
  for (size_t i = 0; usual > 0 && i < c->t->n; i++) {
    if (!is_drawn(c, i) || row_period(c->t, i).months == usual || !overlaps_drawn(c, i, usual)) continue;
    c->hidden[i] = 1;
    if (count++ == 0) first = i;
  }
  if (count == 0) return;
  char text[TRADE_PERIOD_TEXT_SIZE];
  require(trade_period_format(row_period(c->t, first), text, sizeof text), "--chart");
  fprintf(stderr,
          "trade-report: --chart draws periods of %d month%s; %zu row%s that overlap%s them, of %s first, %s not\n",
          (int)usual, usual == 1 ? "" : "s", count, count == 1 ? "" : "s", count == 1 ? "s" : "", text,
          count == 1 ? "is" : "are");
}

/* Numbers the series, and chooses those whose totals, where something is drawn, come to the most. */
static void choose_lines(line_chart *c) {
  const table *t = c->t;
  int by[DIMENSIONS] = {0}, by_count = 0;
  for (int i = 0; i < t->by_count; i++)
    if (dimensions[t->o->by[i]].number != TRADE_CUBE_PERIOD) by[by_count++] = t->o->by[i];
  trade_cube *cube = roll_up(t->o, t->cube, by, by_count);
  const size_t in_cube = trade_cube_count(cube);
  size_t *numbers = (size_t *)allocate(in_cube, sizeof *numbers); /* of those that are shown */
  c->series = (size_t *)allocate(t->n, sizeof *c->series);
  for (size_t i = 0; i < t->n; i++) {
    const trade_record keys = row_record(t, &t->rows[i]);
    numbers[c->series[i] = find_row(cube, in_cube, &keys, by, by_count)] = 1;
  }
  for (size_t i = 0; i < in_cube; i++)
    if (numbers[i]) numbers[i] = c->all++;
  double *sizes = (double *)allocate(c->all, sizeof *sizes);
  for (size_t i = 0; i < c->all; i++) sizes[i] = -1;
  for (size_t i = 0; i < t->n; i++) {
    double *size = &sizes[c->series[i] = numbers[c->series[i]]];
    if (is_drawn(c, i)) *size = fmax(*size, fabs(t->rows[i].total));
  }
  free(numbers);
  c->lines = choose_largest(sizes, c->all, CHART_LINES, c->chosen);
  free(sizes);
  trade_cube_destroy(cube);
}

static void measure_axes(line_chart *c) {
  const table *t = c->t;
  const int is_rate = t->o->statistic == STATISTIC_MEAN && c->shown->what == COLUMN_TOTAL; /* of rates 0 is no mark */
  double least = is_rate ? HUGE_VAL : 0, most = is_rate ? -HUGE_VAL : 0;
  c->begin = INT32_MAX, c->end = INT32_MIN, c->shortest = INT32_MAX;
  for (size_t i = 0; i < t->n; i++) {
    if (!is_among(c->series[i], c->chosen, c->lines) || !is_drawn(c, i)) continue;
    const double figure = printed_number(t, i, c->shown);
    const trade_period period = row_period(t, i);
    const int32_t first = trade_period_first_month(period);
    least = fmin(least, figure);
    most = fmax(most, figure);
    c->begin = first < c->begin ? first : c->begin;
    c->end = first + period.months > c->end ? first + period.months : c->end;
    c->shortest = period.months < c->shortest ? period.months : c->shortest;
  }
  if (least > most) least = most = 0; /* nothing is known */
  const double length = most > least ? most - least : fabs(most);
  c->step = length > 0 ? chart_step(length) : 1;
  c->least = floor(least / c->step) * c->step;
  c->most = most > c->least ? ceil(most / c->step) * c->step : c->least + c->step;
}

static size_t count_marks(const line_chart *c) { return (size_t)((c->most - c->least) / c->step + 1.5); }

/* The figure at a mark, and its label. */
static double format_mark(const line_chart *c, size_t k, char label[CELL]) {
  const double mark = c->least + c->step * (double)k, figure = fabs(mark) < c->step / 2 ? 0 : mark;
  char cell[CELL];
  int decimals = 0;
  while (decimals < 9 && c->step * pow(10, decimals) < 0.999) decimals++;
  format_number(figure, decimals, cell);
  fit_text(cell, MARK_LABEL, label);
  return figure;
}

/* Room for the labels on both sides. */
static void measure_margins(line_chart *c, char labels[CHART_LINES + 1][CELL]) {
  char mark[CELL];
  double widest = 40, names = 0;
  for (size_t k = 0; k < count_marks(c); k++) {
    format_mark(c, k, mark);
    widest = fmax(widest, text_width(mark));
  }
  for (size_t l = 0; l <= CHART_LINES; l++) names = fmax(names, text_width(labels[l]));
  c->left = CHART_MARGIN + widest + 8;
  c->right = CHART_WIDTH - CHART_MARGIN - (names > 0 ? names + 48 : 40);
}

static void chart_levels(FILE *out, const line_chart *c) {
  char label[CELL];
  for (size_t k = 0; k < count_marks(c); k++) {
    const double figure = format_mark(c, k, label), y = chart_y(c, figure);
    chart_rule(out, c->left, y, c->right, y, figure < 0 || figure > 0 ? colour_mark : colour_axis);
    chart_text(out, c->left - 8, y + 4, "end", label);
  }
}

/* What a label of time is of: a period of the shortest length, or a year. */
static void format_time(int32_t month, int32_t months, char label[TRADE_PERIOD_TEXT_SIZE]) {
  label[0] = '\0';
  (void)trade_period_format(trade_period_make(month / 12 + 1, month % 12 + 1, months), label, TRADE_PERIOD_TEXT_SIZE);
}

/* The smallest even step, in months, for whose labels there is room. */
static int32_t time_step(const line_chart *c, int32_t length) {
  static const int32_t steps[] = {1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000};
  char label[TRADE_PERIOD_TEXT_SIZE];
  size_t s = 0;
  for (; s + 1 < sizeof steps / sizeof *steps; s++) {
    format_time(c->begin, steps[s] < 12 ? length : 12, label);
    if (steps[s] % length == 0 && chart_x(c, c->begin + steps[s]) - c->left > text_width(label) + 20) break;
  }
  return steps[s];
}

/* Each label stands below the middle of the shortest period that begins there. */
static void chart_times(FILE *out, const line_chart *c) {
  const int32_t length = 12 % c->shortest == 0 ? c->shortest : 12, phase = c->begin % length;
  const int32_t step = time_step(c, length);
  char label[TRADE_PERIOD_TEXT_SIZE];
  for (int32_t month = c->begin; month < c->end; month++) {
    if ((month - phase + 12) % step != 0) continue; /* the first year is no year 0 */
    const double x = chart_x(c, month + (c->shortest < 12 ? c->shortest : 12) / 2.0);
    chart_rule(out, x, chart_bottom, x, chart_bottom + 5, colour_axis);
    format_time(month, step < 12 ? length : 12, label);
    chart_text(out, x, chart_bottom + 22, "middle", label);
  }
}

/* A series: periods that follow each other directly are joined. What stands alone is a dot, or, if its period is longer
 * than others, a stroke of its length. */
static void chart_line(FILE *out, const line_chart *c, size_t l) {
  const size_t none = c->t->n;
  size_t last = none;
  fprintf(out,
          "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\" "
          "d=\"",
          chart_colours[l]);
  for (size_t i = 0; i < none; i++) {
    if (c->series[i] != c->chosen[l] || !is_drawn(c, i)) continue;
    const size_t before = neighbour(c, i, 0);
    const trade_period period = row_period(c->t, i);
    const double y = row_y(c, i), begin = trade_period_first_month(period);
    if (before < none && before != last) fprintf(out, "M%.1f,%.1f", row_x(c, before), row_y(c, before));
    if (before < none)
      fprintf(out, "L%.1f,%.1f", row_x(c, i), y);
    else if (period.months > c->shortest && neighbour(c, i, 1) == none)
      fprintf(out, "M%.1f,%.1fH%.1f", chart_x(c, begin), y, chart_x(c, begin + period.months));
    if (before < none) last = i;
  }
  fputs("\"/>\n", out);
  for (size_t i = 0; i < none; i++)
    if (c->series[i] == c->chosen[l] && is_drawn(c, i) && row_period(c->t, i).months == c->shortest &&
        neighbour(c, i, 0) == none && neighbour(c, i, 1) == none)
      fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", row_x(c, i), row_y(c, i),
              chart_colours[l]);
}

/* The names of the lines, and how many series are left out; a single one needs none. */
static void name_lines(const line_chart *c, char labels[CHART_LINES + 1][CELL]) {
  for (size_t l = 0; l < c->lines; l++) {
    size_t i = 0;
    while (c->series[i] != c->chosen[l]) i++;
    chart_label(c->t, &c->t->rows[i], 0, LINE_LABEL, labels[l]);
  }
  if (c->all > c->lines) snprintf(labels[c->lines], CELL, "and %zu more", c->all - c->lines);
}

static void chart_lines(FILE *out, const table *t, const table_column *shown) {
  line_chart c = {t, shown, NULL, NULL, 0, 0, {0}, 0, 0, 0, 0, 0, 0, 0, 0};
  char labels[CHART_LINES + 1][CELL] = {""};
  c.hidden = (char *)allocate(t->n, 1);
  hide_overlapping(&c);
  choose_lines(&c);
  name_lines(&c, labels);
  measure_axes(&c);
  measure_margins(&c, labels);
  chart_open(out, chart_bottom + 60, t, shown);
  if (c.begin < c.end) {
    chart_levels(out, &c);
    chart_times(out, &c);
  } else {
    chart_text(out, c.left, chart_top + 10, "start", "no figures");
  }
  for (size_t l = c.lines; l-- > 0;) chart_line(out, &c, l); /* the largest above the others */
  for (size_t l = 0; l <= c.lines; l++) {
    const double y = chart_top + 24 * (double)l;
    if (labels[l][0] == '\0') continue;
    if (l < c.lines)
      fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"4\" fill=\"%s\"/>\n", c.right + 24, y + 3,
              chart_colours[l]);
    chart_text(out, c.right + 48, y + 10, "start", labels[l]);
  }
  fputs("</svg>\n", out);
  free(c.hidden);
  free(c.series);
}

int has_lines(const table *t) { return has_dimension(t->o, TRADE_CUBE_PERIOD) && t->o->top == 0; }

void print_chart(FILE *out, const table *t) {
  const table_column shown = drawn_column(t);
  (has_lines(t) ? chart_lines : chart_bars)(out, t, &shown);
}
