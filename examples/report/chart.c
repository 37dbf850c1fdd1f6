/* The rows as a chart, in SVG. */
#include <math.h>
#include <string.h>

#include "report.h"

enum { CHART_WIDTH = 960, CHART_BARS = 20, CHART_LINES = 8, BAR_LABEL = 44, LINE_LABEL = 26 };

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
static void chart_label(const table *t, const row *r, int with_period, int widest, char label[CELL]) {
  const options *o = t->o;
  const trade_record record = row_record(t, r);
  char text[(CELL + 8) * DIMENSIONS] = "", cell[CELL];
  size_t used = 0;
  for (int i = 0; i < t->by_count; i++) {
    if (!with_period && dimensions[o->by[i]].number == TRADE_CUBE_PERIOD) continue;
    format_key(&record, o->by[i], widest, cell);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? " \xC2\xB7 " : "", cell);
  }
  format_text((trade_text){text, used}, widest, label);
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
  chart_open(out, top + height * (double)n + (n < all ? 44 : 24), title);
  if (n < all) {
    snprintf(label, sizeof label, "and %zu more", all - n);
    chart_text(out, left - 10, top + height * (double)n + 17, "end", label);
  }
  for (size_t i = 0; i < n; i++) {
    const double y = top + height * (double)i, total = t->rows[i].total;
    const double length = largest > 0 && total > 0 ? (right - left) * total / largest : 0;
    if (i < t->n)
      chart_label(t, &t->rows[i], 1, BAR_LABEL, label);
    else
      snprintf(label, sizeof label, "%zu others", t->others);
    chart_text(out, left - 10, y + 17, "end", label);
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", left, y + 3, length,
            height - 7, i < t->n ? chart_colours[0] : "#9aa5ab");
    format_number(total / t->scale, t->o->statistic == STATISTIC_MEAN ? t->decimals : 0, cell);
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
  double right;             /* where the axes end and the names begin */
  double least, most, step; /* of the axis of totals */
  int32_t begin, end;       /* months */
  int has_months;           /* or quarters: periods shorter than a year */
} line_chart;

static const double chart_left = 90, chart_top = 60, chart_bottom = 430;

static double chart_x(const line_chart *c, int32_t month) {
  return chart_left + (c->right - chart_left) * (month - c->begin) / (c->end > c->begin ? c->end - c->begin : 1);
}

static double chart_y(const line_chart *c, double total) {
  return chart_bottom - (chart_bottom - chart_top) * (total - c->least) / (c->most - c->least);
}

static int same_series(const table *t, const row *a, const row *b) {
  const trade_record x = row_record(t, a), y = row_record(t, b);
  for (int i = 0; i < t->by_count; i++)
    if (dimensions[t->o->by[i]].number != TRADE_CUBE_PERIOD && compare_in(&x, &y, t->o->by[i]) != 0) return 0;
  return 1;
}

static int32_t row_month(const table *t, const row *r) { return trade_period_first_month(row_record(t, r).period); }

static line_chart chart_measure(const table *t) {
  line_chart c = {{NULL}, 0, 0, 0, 0, 0, 0, INT32_MAX, INT32_MIN, 0};
  c.right = CHART_WIDTH - (t->by_count > 1 ? 250 : 40);
  if (t->o->statistic == STATISTIC_MEAN) c.least = HUGE_VAL, c.most = -HUGE_VAL; /* of rates 0 is no mark */
  for (size_t i = 0; i < t->n; i++) {
    const row *at = &t->rows[i];
    size_t l = 0;
    while (l < c.lines && !same_series(t, c.first[l], at)) l++;
    if (l == CHART_LINES) {
      c.left_out++;
      continue;
    }
    if (l == c.lines) c.first[c.lines++] = at;
    if (isnan(at->total) || !trade_period_valid(row_record(t, at).period)) continue;
    const trade_period period = row_record(t, at).period;
    const int32_t month = trade_period_first_month(period);
    c.has_months |= period.months < 12;
    c.begin = month < c.begin ? month : c.begin;
    c.end = month > c.end ? month : c.end;
    c.least = at->total < c.least ? at->total : c.least;
    c.most = at->total > c.most ? at->total : c.most;
  }
  if (c.least > c.most) c.least = c.most = 0; /* nothing is known */
  c.step = chart_step(c.most > c.least ? (c.most - c.least) / t->scale : 1) * t->scale;
  c.least = floor(c.least / c.step) * c.step;
  c.most = c.most > c.least ? ceil(c.most / c.step) * c.step : c.least + c.step;
  return c;
}

static void chart_levels(FILE *out, const table *t, const line_chart *c) {
  char label[CELL];
  int decimals = 0;
  while (decimals < 6 && c->step / t->scale * pow(10, decimals) < 0.999) decimals++;
  for (int k = 0; k <= (int)((c->most - c->least) / c->step + 0.5); k++) {
    const double mark = c->least + c->step * k, y = chart_y(c, mark);
    fprintf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", chart_left, y, c->right, y,
            fabs(mark) < c->step / 2 ? "#8a9499" : "#d9dee0");
    format_number(mark / t->scale, decimals, label);
    chart_text(out, chart_left - 8, y + 4, "end", label);
  }
}

/* Years, or months where there are few of them. */
static void chart_times(FILE *out, const line_chart *c) {
  char label[TRADE_PERIOD_TEXT_SIZE] = "";
  if (c->begin > c->end) return; /* nothing is known */
  const int32_t span = c->end - c->begin, months = c->has_months && span < 24 ? 1 : 12;
  const int32_t every = months * (span / months / 12 + 1);
  const int32_t first = (c->begin + months - 1) / months * months;
  for (int32_t month = first; month <= c->end; month += every) {
    const double x = chart_x(c, month);
    fprintf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#8a9499\"/>\n", x, chart_bottom, x,
            chart_bottom + 5);
    (void)trade_period_format(trade_period_make(month / 12 + 1, month % 12 + 1, months), label, sizeof label);
    chart_text(out, x, chart_bottom + 22, "middle", label);
  }
}

/* One series: where a total is missing, the line is broken. */
static void chart_line(FILE *out, const table *t, const line_chart *c, size_t l) {
  int on = 0;
  fprintf(
      out,
      "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"",
      chart_colours[l]);
  for (size_t i = 0; i < t->n; i++) {
    const row *at = &t->rows[i];
    if (!same_series(t, c->first[l], at)) continue;
    if (!isnan(at->total))
      fprintf(out, on ? "L%.1f,%.1f" : "M%.1f,%.1fh0", chart_x(c, row_month(t, at)), chart_y(c, at->total));
    on = !isnan(at->total);
  }
  fputs("\"/>\n", out);
}

static void chart_lines(FILE *out, const table *t, const char *title) {
  const line_chart c = chart_measure(t);
  char label[CELL];
  chart_open(out, chart_bottom + 60, title);
  chart_levels(out, t, &c);
  chart_times(out, &c);
  for (size_t l = 0; l < c.lines; l++) {
    const double y = chart_top + 24 * (double)l;
    chart_line(out, t, &c, l);
    chart_label(t, c.first[l], 0, LINE_LABEL, label);
    if (label[0] == '\0') continue; /* a single series needs no name */
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"4\" fill=\"%s\"/>\n", c.right + 24, y + 3,
            chart_colours[l]);
    chart_text(out, c.right + 48, y + 10, "start", label);
  }
  if (c.left_out) chart_text(out, c.right + 48, chart_top + 24 * (double)c.lines + 10, "start", "and others");
  fputs("</svg>\n", out);
}

void print_chart(FILE *out, const table *t) {
  char title[CELL * 2];
  snprintf(title, sizeof title, "%s%s%s", figure_name(t), t->unit_text[0] ? ", " : "", t->unit_text);
  (has_dimension(t->o, TRADE_CUBE_PERIOD) && t->o->top == 0 ? chart_lines : chart_bars)(out, t, title);
}
