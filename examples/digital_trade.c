/*
 * Works through one published sentence with tradestat, then through ten years of figures from files:
 *
 *   In 2020 China's digital trade reached 1.46 trillion yuan ($226.2 billion), up 20.5 percent on the year,
 *   15.6 percentage points more than trade in services.
 *   (Ministry of Industry and Information Technology, as reported by China Daily on 6 September 2021)
 *
 *   digital_trade [DIRECTORY]     the directory of the data files, examples/data by default
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tradestat.h>

enum { FIELDS = 16, DAYS = 1000, YEARS = 64, SECTORS = 3 };

static const char *directory = EXAMPLES_DATA;

/* ---- Small helpers: a file's rows, a figure from its text, how a range prints ---- */

static FILE *open_file(const char *name) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *in = fopen(path, "r");
  if (!in) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  return in;
}

/* Reads one line and cuts it into fields at its commas, in place; quotes around a field go. Missing fields are "". */
static int next_row(FILE *in, char *line, int size, char *field[FIELDS]) {
  if (!fgets(line, size, in)) return 0;
  line[strcspn(line, "\r\n")] = '\0';
  for (int i = 0; i < FIELDS; i++) {
    field[i] = line;
    if (*line == '"') {
      field[i] = ++line;
      line += strcspn(line, "\"");
      if (*line) *line++ = '\0';
    }
    line += strcspn(line, ",");
    if (*line) *line++ = '\0';
  }
  return 1;
}

/* A field's number; what is not there is missing, not 0. */
static double number(const char *field) {
  char *end;
  const double value = strtod(field, &end);
  return end == field ? (double)NAN : value;
}

static void require(trade_status status, const char *what) {
  if (status == TRADE_OK) return;
  fprintf(stderr, "%s: %s\n", what, trade_status_text(status));
  exit(EXIT_FAILURE);
}

static trade_figure figure(const char *text) {
  trade_figure parsed;
  require(trade_figure_parse(text, strlen(text), &parsed), text);
  return parsed;
}

static void print_range(const char *label, trade_figure f, double unit, int decimals, const char *name) {
  printf("  %-42s %.*f to %.*f %s\n", label, decimals, f.low / unit, decimals, f.high / unit, name);
}

static const char *verdict(int32_t agree) { return agree ? "they agree" : "they don't agree"; }

/* The yearly average rate, yuan for a dollar (Federal Reserve, G.5A). */
static trade_rate average_rate(int year) {
  char line[1024], *field[FIELDS];
  double price = 0; /* no rate, unless the file has one */
  FILE *in = open_file("china_facts.csv");
  while (next_row(in, line, sizeof line, field)) {
    if (strcmp(field[0], "exchange_rate") == 0 && strcmp(field[5], "CNY/USD") == 0 && atoi(field[3]) == year)
      price = number(field[4]);
  }
  fclose(in);
  return trade_rate_make(price, TRADE_USD, TRADE_CNY);
}

/* ---- The sentence ---- */

/* The days of a year whose rate turns the yuan into the dollars; daily rates are the ECB's for the euro, crossed. */
static void count_days(int year, const trade_rate_series *dollar, const trade_rate_series *renminbi, trade_figure yuan,
                       trade_figure dollars) {
  const trade_period whole = trade_period_make(year, 1, 12);
  int published = 0, agreeing = 0, month = 0;
  int32_t last = TRADE_DAY_NONE;
  char text[TRADE_DAY_TEXT_SIZE];
  for (int32_t day = trade_period_first_day(whole); day <= trade_period_last_day(whole); day++) {
    trade_rate euro_dollar, euro_yuan;
    if (trade_rate_series_at(dollar, day, TRADE_RATE_REFUSE, 0, &euro_dollar, NULL) != TRADE_OK) continue;
    if (trade_rate_series_at(renminbi, day, TRADE_RATE_REFUSE, 0, &euro_yuan, NULL) != TRADE_OK) continue;
    published++;
    const trade_rate rate = trade_rate_cross(euro_dollar, euro_yuan);
    if (!trade_figure_agree(trade_figure_convert(yuan, TRADE_CNY, rate), dollars)) continue;
    agreeing++;
    last = day;
    trade_day_format(day, text, sizeof text);
    if (trade_day_month(day).month != month) {
      month = trade_day_month(day).month;
      printf("%s    %.7s:", agreeing > 1 ? "\n" : "", text);
    }
    printf(" %d", atoi(text + 8));
  }
  if (agreeing) printf("\n");
  printf("  in %d on %d of %d days", year, agreeing, published);
  if (agreeing && trade_day_format(last, text, sizeof text) == TRADE_OK) printf(", the last of them %s", text);
  printf("\n");
}

static size_t read_daily_rates(int32_t *days, double *dollar, double *renminbi) {
  char line[1024], *field[FIELDS];
  size_t n = 0;
  FILE *in = open_file("eurofxref_2019_2021.csv");
  while (n < DAYS && next_row(in, line, sizeof line, field)) {
    if (trade_day_parse(field[0], strlen(field[0]), &days[n]) != TRADE_OK) continue; /* the header */
    dollar[n] = number(field[1]);
    renminbi[n++] = number(field[4]);
  }
  fclose(in);
  return n;
}

static void exchange_rate(trade_figure yuan, trade_figure dollars) {
  static int32_t days[DAYS];
  static double dollar_prices[DAYS], renminbi_prices[DAYS];
  const size_t n = read_daily_rates(days, dollar_prices, renminbi_prices);
  const trade_rate_series dollar = {days, dollar_prices, n, TRADE_EUR, TRADE_USD};
  const trade_rate_series renminbi = {days, renminbi_prices, n, TRADE_EUR, TRADE_CNY};
  const trade_rate average = average_rate(2020);

  printf("1. Which exchange rate made $226.2 billion of 1.46 trillion yuan?\n\n");
  print_range("1.46 trillion yuan is", yuan, 1e12, 3, "trillion yuan");
  print_range("$226.2 billion is", dollars, 1e9, 2, "billion dollars");
  print_range("so a dollar was", trade_figure_divide(yuan, dollars), 1, 3, "yuan");
  printf("  %-42s %.3f yuan\n", "2020's average (Federal Reserve) was", average.price);
  const trade_figure at_average = trade_figure_convert(yuan, TRADE_CNY, average);
  print_range("at which 1.46 trillion yuan is", at_average, 1e9, 1, "billion dollars");
  printf("  %-42s %s\n\n", "", verdict(trade_figure_agree(at_average, dollars)));
  printf("  Days whose rate (ECB's for the euro, crossed) makes the one figure of the other:\n");
  for (int year = 2020; year <= 2021; year++) count_days(year, &dollar, &renminbi, yuan, dollars);
  printf("\n  The dollars were made of 2020's yuan with a rate of 2021, when the article was written.\n\n");
}

static void growth(trade_figure yuan) {
  const trade_figure rate = figure("20.5 percent");
  const trade_figure base = trade_figure_implied_base(yuan, rate);
  printf("2. What was digital trade in 2019?\n\n");
  print_range("up 20.5 percent, so 2019 was", base, 1e12, 3, "trillion yuan");
  /* Vice minister of commerce Wang Bingnan at the 2020 trade fair in services (Xinhua, 7 September 2020). */
  const trade_figure ministry =
      trade_figure_multiply(figure("$203.6 billion"), trade_figure_exact(average_rate(2019).price));
  print_range("$203.6 billion, at 2019's average rate, is", ministry, 1e12, 3, "trillion yuan");
  printf("  %-42s %s: the commerce ministry defines it otherwise\n\n", "", verdict(trade_figure_agree(base, ministry)));

  printf("3. How did trade in services grow?\n\n");
  const trade_figure services = trade_figure_subtract(rate, figure("15.6 percentage points"));
  print_range("15.6 points less than 20.5 percent is", services, 0.01, 1, "%");
  /* Ministry of Commerce, press conference of 4 February 2021: 4,564.27 billion yuan, down 15.7 %. */
  const trade_figure published = figure("-15.7 percent");
  print_range("the commerce ministry's -15.7 percent is", published, 0.01, 2, "%");
  printf("  %-42s %s\n\n", "", verdict(trade_figure_agree(services, published)));

  printf("4. \"More than 50 percent of GDP\", the article says of the digital economy. Is that China's?\n\n");
  const trade_figure share = figure("more than 50 percent");
  printf("  %-42s %.1f %% or more\n", "more than 50 percent is", share.low * 100);
  /* Xinhua, 27 September 2021, on the China Internet Development Report. */
  const trade_figure nation = figure("38.6 percent");
  print_range("in all of China it was, in 2020,", nation, 0.01, 2, "%");
  printf("  %-42s %s: it's said of Beijing's Haidian district\n\n", "", verdict(trade_figure_agree(share, nation)));
}

/* ---- The table ---- */

/* One flow by year: values[year][sector] in dollars and yuan, and their totals. */
typedef struct flow {
  int year[YEARS];
  double dollars[YEARS][SECTORS], yuan[YEARS][SECTORS], total_dollars[YEARS], total_yuan[YEARS];
  size_t n;
} flow;

/* The columns: the total in dollars, transport and travel in percent of it. The years from 2014, so that 2015 has a
 * base. */
static void read_flow(int total, int transport, int travel, flow *f) {
  char line[1024], *field[FIELDS];
  FILE *in = open_file("wdi_china_services.csv");
  for (f->n = 0; f->n < YEARS && next_row(in, line, sizeof line, field);) {
    const int year = atoi(field[0]);
    if (year < 2014) continue;
    const size_t i = f->n++;
    const double all = number(field[total]);
    f->year[i] = year;
    f->dollars[i][0] = all * number(field[transport]) / 100;
    f->dollars[i][1] = all * number(field[travel]) / 100;
    f->dollars[i][2] = all - f->dollars[i][0] - f->dollars[i][1];
    const trade_rate rate = average_rate(year);
    for (size_t k = 0; k < SECTORS; k++) f->yuan[i][k] = trade_currency_convert(f->dollars[i][k], TRADE_USD, rate);
    f->total_dollars[i] = trade_sum_array(f->dollars[i], SECTORS);
    f->total_yuan[i] = trade_sum_array(f->yuan[i], SECTORS);
  }
  fclose(in);
}

static void print_values(const flow *f) {
  printf("        billion US dollars                 | billion yuan, at the year's average rate\n");
  printf("  year  transport  travel   other    total | transport   travel    other     total\n");
  for (size_t i = 1; i < f->n; i++) {
    const double *d = f->dollars[i], *y = f->yuan[i];
    printf("  %d  %9.1f %7.1f %7.1f  %7.1f | %9.1f %8.1f %8.1f  %8.1f\n", f->year[i], d[0] / 1e9, d[1] / 1e9,
           d[2] / 1e9, f->total_dollars[i] / 1e9, y[0] / 1e9, y[1] / 1e9, y[2] / 1e9, f->total_yuan[i] / 1e9);
  }
}

static void print_changes(const flow *f) {
  double in_dollars[YEARS], in_yuan[YEARS], share[SECTORS], part[SECTORS];
  require(trade_growth_lag_array(f->total_dollars, f->n, 1, in_dollars), "growth in dollars");
  require(trade_growth_lag_array(f->total_yuan, f->n, 1, in_yuan), "growth in yuan");
  printf("        growth, %%         | share, %%                | contribution to growth in dollars,\n");
  printf("  year  in dollars in yuan | transport travel  other | points: transport  travel   other\n");
  for (size_t i = 1; i < f->n; i++) {
    require(trade_share_percent_array(f->dollars[i], SECTORS, 1, share), "shares");
    require(trade_growth_contribution_array(f->dollars[i], f->dollars[i - 1], SECTORS, part), "contributions");
    printf("  %d  %+10.1f %+7.1f | %9.1f %6.1f %6.1f | %+17.1f %+7.1f %+7.1f\n", f->year[i], 100 * in_dollars[i],
           100 * in_yuan[i], share[0], share[1], share[2], 100 * part[0], 100 * part[1], 100 * part[2]);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) directory = argv[1];
  const trade_figure yuan = figure("1.46 trillion yuan"), dollars = figure("$226.2 billion");

  printf("In 2020 China's digital trade reached 1.46 trillion yuan ($226.2 billion), up 20.5 percent on the\n"
         "year, 15.6 percentage points more than trade in services. (China Daily, 6 September 2021)\n\n");
  exchange_rate(yuan, dollars);
  growth(yuan);

  static const struct {
    const char *title;
    int total, transport, travel;
  } flows[] = {{"exports", 1, 4, 5}, {"imports", 2, 6, 7}};
  static flow f;
  for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
    read_flow(flows[i].total, flows[i].transport, flows[i].travel, &f);
    printf("China's %s of services (World Bank; rates: Federal Reserve)\n\n", flows[i].title);
    print_values(&f);
    printf("\n");
    print_changes(&f);
    printf("%s", i == 0 ? "\n" : "");
  }
  return EXIT_SUCCESS;
}
