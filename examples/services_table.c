/*
 * The standard table of trade in services, from two published sources: items by period, balance, growth, shares, how
 * much of it can be delivered digitally, and whether the printed figures add up.
 *
 *   services_table [DIRECTORY]     the directory of the data files, examples/data by default
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tradestat.h>

enum { ITEMS = 13, MONTHS = 3, YEARS = 15, FIELDS = 20, FOUND = 16 };

/* ---- A file of comma-separated fields; whatever is wrong with it is told with its line ---- */

typedef struct csv {
  FILE *in;
  char path[1024];
  int line;
  size_t fields;
  char text[2048], *field[FIELDS];
} csv;

static void fail(const csv *file, const char *what, const char *value) {
  fprintf(stderr, "%s:%d: %s: '%s'\n", file->path, file->line, what, value);
  exit(EXIT_FAILURE);
}

static void open_csv(csv *file, const char *directory, const char *name) {
  snprintf(file->path, sizeof file->path, "%s/%s", directory, name);
  file->line = 0;
  file->fields = 0;
  file->in = fopen(file->path, "r");
  if (!file->in) {
    perror(file->path);
    exit(EXIT_FAILURE);
  }
}

/* Cuts the next line into fields, in place; all lines have as many as the first. */
static int next_row(csv *file) {
  size_t n = 0;
  if (!fgets(file->text, sizeof file->text, file->in)) return 0;
  file->line++;
  if (!strchr(file->text, '\n') && !feof(file->in)) fail(file, "the line is too long", file->text);
  file->text[strcspn(file->text, "\r\n")] = '\0';
  for (char *at = file->text; at && n < FIELDS; n++) {
    file->field[n] = at;
    at = strchr(at, ',');
    if (at) *at++ = '\0';
  }
  if (file->line == 1) file->fields = n;
  if (n != file->fields) fail(file, "the line has too few or too many fields", file->text);
  return 1;
}

/* A field's number; an empty one is missing, not 0. */
static double number(const csv *file, size_t field) {
  const char *text = file->field[field];
  char *end;
  const double value = strtod(text, &end);
  if (*text == '\0') return (double)NAN;
  if (end == text || *end != '\0') fail(file, "not a number", text);
  return value;
}

static void require(trade_status status, const char *what) {
  if (status == TRADE_OK) return;
  fprintf(stderr, "%s: %s\n", what, trade_status_text(status));
  exit(EXIT_FAILURE);
}

/* ---- Printing ---- */

/* Right-aligned, with its sign if it's a change or a balance; what is not known is a point. */
static void print_number(double value, int width, int decimals, int with_sign) {
  if (isnan(value))
    printf("%*s", width, ".");
  else
    printf(with_sign ? "%+*.*f" : "%*.*f", width, decimals, value);
}

static void print_block(const double *values, size_t n, double factor, int decimals, int with_sign) {
  for (size_t i = 0; i < n; i++) print_number(values[i] * factor, 8, decimals, with_sign);
}

static void print_discrepancies(const trade_services_table *table, const trade_services_discrepancy *found,
                                size_t count) {
  static const char *const flows[] = {"", "exports", "imports", "balance"};
  char period[TRADE_PERIOD_TEXT_SIZE];
  for (size_t i = 0; i < count && i < FOUND; i++) {
    const trade_services_discrepancy *d = &found[i];
    require(trade_period_format(table->periods[d->column], period, sizeof period), "period");
    printf("    %s %-7s %-2s is %.0f %s %s (rounding explains %.1f)\n", period, flows[d->flow],
           trade_services_code(table->items[d->row]), fabs(d->difference), d->difference < 0 ? "below" : "above",
           d->breakdown ? "the sum of its parts" : "exports less imports", d->tolerance);
  }
}

/* ---- Twelve items in two currencies ---- */

typedef struct months {
  int32_t items[ITEMS];
  trade_period periods[MONTHS];
  double exports[ITEMS][MONTHS], imports[ITEMS][MONTHS], balance[ITEMS][MONTHS];
} months;

/* One currency: its balance is in the given field, credit and debit follow. Periods are in order, debits negative. */
static void read_months(const char *directory, size_t first, months *m) {
  static csv file;
  size_t rows = 0, columns = 0;
  open_csv(&file, directory, "china_services_monthly.csv");
  for (size_t r = 0; r < ITEMS; r++)
    for (size_t c = 0; c < MONTHS; c++) m->exports[r][c] = m->imports[r][c] = m->balance[r][c] = (double)NAN;
  next_row(&file); /* the header */
  while (next_row(&file)) {
    const char *month = file.field[0], *code = file.field[1];
    trade_period period;
    int32_t item;
    size_t r = 0, c = columns - 1;
    if (trade_period_parse(month, strlen(month), &period) != TRADE_OK) fail(&file, "not a period", month);
    if (trade_services_parse(code, strlen(code), &item) != TRADE_OK) fail(&file, "not an item of EBOPS 2010", code);
    if (columns == 0 || trade_period_compare(period, m->periods[c]) != 0) c = columns++;
    while (r < rows && m->items[r] != item) r++;
    if (r == rows) rows++;
    if (rows > ITEMS || columns > MONTHS) fail(&file, "more items or periods than there is room for", code);
    m->periods[c] = period;
    m->items[r] = item;
    m->balance[r][c] = number(&file, first);
    m->exports[r][c] = number(&file, first + 1);
    m->imports[r][c] = -number(&file, first + 2);
  }
  if (rows != ITEMS || columns != MONTHS) fail(&file, "fewer items or periods than expected", "");
  fclose(file.in);
}

static void print_months(months *m, const char *unit) {
  static double growth[2][ITEMS][MONTHS], share[2][ITEMS][MONTHS], digital[2][MONTHS];
  char period[TRADE_PERIOD_TEXT_SIZE];
  trade_services_discrepancy found[FOUND];
  size_t count;
  trade_services_table table = {0};
  table.rows = ITEMS;
  table.columns = MONTHS;
  table.items = m->items;
  table.periods = m->periods;
  table.exports = &m->exports[0][0];
  table.imports = &m->imports[0][0];
  table.exports_growth = &growth[0][0][0];
  table.imports_growth = &growth[1][0][0];
  table.exports_share = &share[0][0][0];
  table.imports_share = &share[1][0][0];
  table.exports_wanted_share = digital[0];
  table.imports_wanted_share = digital[1];
  require(trade_services_fill(&table), "table");

  printf("%s\n\n     %-25s|%-25s|%s\n     ", unit, "  exports", "  imports", "  balance");
  for (size_t block = 0; block < 3; block++) {
    for (size_t c = 0; c < MONTHS; c++) {
      require(trade_period_format(m->periods[c], period, sizeof period), "period");
      printf("%8s", period);
    }
    printf("%s", block < 2 ? " |" : "\n");
  }
  for (size_t r = 0; r < ITEMS; r++) {
    printf("  %-3s", trade_services_code(m->items[r]));
    print_block(m->exports[r], MONTHS, 1, 0, 0);
    printf(" |");
    print_block(m->imports[r], MONTHS, 1, 0, 0);
    printf(" |");
    print_block(m->balance[r], MONTHS, 1, 0, 1);
    printf("  %s\n", trade_services_name(m->items[r]));
  }
  printf("\n     %-25s|%-25s|  growth on the year, %%, %s\n", "  share in exports, %", "  share in imports, %", period);
  for (size_t r = 0; r < ITEMS; r++) {
    printf("  %-3s", trade_services_code(m->items[r]));
    print_block(share[0][r], MONTHS, 100, 1, 0);
    printf(" |");
    print_block(share[1][r], MONTHS, 100, 1, 0);
    printf(" | exports");
    print_number(100 * growth[0][r][MONTHS - 1], 7, 1, 1);
    printf("  imports");
    print_number(100 * growth[1][r][MONTHS - 1], 7, 1, 1);
    printf("\n");
  }
  printf("  dig");
  print_block(digital[0], MONTHS, 100, 1, 0);
  printf(" |");
  print_block(digital[1], MONTHS, 100, 1, 0);
  printf(" | digitally deliverable: SF, SG, SH, SI, SJ, SK\n");
  printf("  Growth of figures rounded to 1 is rough where they are small: 6 and then 9 is +31 to +73 %%.\n\n");

  table.balance = &m->balance[0][0]; /* the printed one, to be checked */
  require(trade_services_check(&table, 1, found, FOUND, &count), "check");
  printf("  Figures that don't fit the others, rounding to 1 allowed for: %zu\n", count);
  print_discrepancies(&table, found, count);
  const double printed = m->exports[3][1];
  m->exports[3][1] = printed * 10;
  require(trade_services_check(&table, 1, found, FOUND, &count), "check");
  printf("  With a 0 too many in SC's exports of September 2023: %zu\n", count);
  print_discrepancies(&table, found, count);
  m->exports[3][1] = printed;
}

/* ---- Fifteen years of balances, in items of the time before EBOPS 2010 ---- */

static void print_balances(const char *directory) {
  enum { SHOWN = 8 };
  static csv file;
  static double balance[ITEMS][YEARS];
  static char name[ITEMS][40];
  trade_services_discrepancy found[FOUND];
  int32_t year[YEARS], parents[ITEMS] = {-1}; /* all are parts of the first, the total */
  size_t count;
  open_csv(&file, directory, "china_services_balance.csv");
  next_row(&file);
  if (file.fields != 2 + YEARS) fail(&file, "the header does not have fifteen years", file.text);
  for (size_t c = 0; c < YEARS; c++) year[c] = (int32_t)number(&file, 2 + c);
  for (size_t r = 0; r < ITEMS; r++) {
    if (!next_row(&file)) fail(&file, "there should be thirteen items", "");
    snprintf(name[r], sizeof name[r], "%s", file.field[0]);
    for (size_t c = 0; c < YEARS; c++) balance[r][c] = number(&file, 2 + c);
  }
  fclose(file.in);

  printf("2. China's balance in services (Ministry of Commerce)\n\n");
  printf("100 million US dollars; of 1997 to 2011 the last eight years\n\n  %-27s", "balance");
  for (size_t c = YEARS - SHOWN; c < YEARS; c++) printf("%8d", (int)year[c]);
  printf("\n");
  for (size_t r = 0; r < ITEMS; r++) {
    printf("  %-27s", name[r]);
    print_block(balance[r] + YEARS - SHOWN, SHOWN, 1, 1, 1);
    printf("\n");
  }

  trade_services_table table = {0};
  table.rows = ITEMS;
  table.columns = YEARS;
  table.parents = parents;
  table.balance = &balance[0][0];
  require(trade_services_check(&table, 0.1, found, FOUND, &count), "check");
  printf(
      "\n  Totals that are not the sum of their twelve items, rounding to 0.1 allowed for (0.65 in all): %zu of %d\n",
      count, YEARS);
  require(trade_services_check(&table, 0, found, FOUND, &count), "check");
  printf("  and if it isn't: %zu\n   ", count);
  for (size_t i = 0; i < count && i < FOUND; i++) printf(" %d %+.1f", (int)year[found[i].column], found[i].difference);
  printf("\n");
}

int main(int argc, char **argv) {
  static const struct {
    const char *unit;
    size_t first;
  } currencies[] = {{"100 million yuan", 2}, {"100 million US dollars", 5}};
  static months m;
  const char *directory = argc > 1 ? argv[1] : EXAMPLES_DATA;
  for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++) {
    read_months(directory, currencies[i].first, &m);
    if (i == 0)
      printf("1. China's trade in services (State Administration of Foreign Exchange; a point: not in our data)\n\n");
    print_months(&m, currencies[i].unit);
    printf("\n");
  }
  print_balances(directory);
  return EXIT_SUCCESS;
}
