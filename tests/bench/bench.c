/*
 * Times the array functions beside the machine's own memory: each workload's median, its traffic and the ratio to what
 * the machine copies or reads in the same run.
 *
 *   bench [--rows N] [--json] [WORKLOAD ...]     W1 W2 W3 W4 W6 share margins small; 1e8 rows, for which it takes 3 GB
 *   of memory
 *
 * W1 growth over a lag of 12, N doubles; over another column    W3 N/10 rows into 1e6 cells at random, exact
 * W2 conversion at one rate; at those of 240 periods            W6 exact total of N doubles (exp of a normal of
 * deviation 5), and of products
 * W4 Balassa's index and Herfindahl-Hirschman of 230 x 5,000, 25 years   share: of N doubles in their total
 * margins: exact totals of rows and columns, N/5,000 x 5,000
 *
 * Traffic is what the workload must read and write, as for a copy: shares read their values twice. What a write reads
 * first is not counted.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <tradestat.h>

#include "support.h"

enum {
  RUNS = 7,
  LAG = 12,
  PERIODS = 240,
  CELLS = 1000000,
  COLUMNS = 5000,
  COUNTRIES = 230,
  YEARS = 25,
  SMALL_CALLS = 1000
};

/* What all workloads work on. Allocated once; each workload fills what it needs. */
typedef struct arrays {
  size_t n;
  double *x, *y, *out;
  int32_t *index;
  trade_sum *cells;
  double prices[PERIODS];
  double kept; /* what a result goes to, so that it is computed */
} arrays;

typedef void workload(arrays *a);

/* Memory in large pages where the system has them to give, as NumPy asks for its arrays. */
static void *allocate(size_t n, size_t size) {
  void *memory = NULL;
  if (posix_memalign(&memory, 1 << 21, n * size) != 0) return NULL;
#ifdef MADV_HUGEPAGE
  madvise(memory, n * size, MADV_HUGEPAGE);
#endif
  return memset(memory, 0, n * size);
}

/* The median of RUNS runs, in seconds, after one that is not counted. */
static double median_seconds(workload *run, arrays *a) {
  double seconds[RUNS];
  run(a);
  for (int k = 0; k < RUNS; k++) {
    const double start = now();
    run(a);
    seconds[k] = now() - start;
  }
  return median(seconds, RUNS);
}

/* ---- Data ---- */

/* Positive values: uniform in [1, 2), or of mixed magnitude, exp of a normal variable of deviation 5. */
static void fill(arrays *a, int mixed) {
  for (size_t i = 0; i < a->n; i++) {
    double normals[2];
    random_normals(5, &normals[0], &normals[1]);
    a->x[i] = mixed ? exp(normals[0]) : 1 + random_unit();
    a->y[i] = mixed ? exp(normals[1]) : 0;
  }
  for (size_t k = 0; k < PERIODS; k++) a->prices[k] = 6 + random_unit();
}

static void fill_index(arrays *a, uint64_t below) {
  for (size_t i = 0; i < a->n; i++) a->index[i] = (int32_t)(random_bits() % below);
}

/* Trade by country and product: four cells of ten have some, exp of a normal variable of deviation 3. */
static void fill_trade(arrays *a, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double normals[2];
    random_normals(3, &normals[0], &normals[1]);
    a->x[i] = random_unit() < 0.4 ? exp(normals[0]) : 0;
  }
}

/* ---- Workloads ---- */

static void copy(arrays *a) {
  memcpy(a->out, a->x, a->n * sizeof *a->x);
  a->kept += a->out[a->n / 2];
}

/* Sixteen lanes, so that no addition waits for another: inexact, and as fast as memory. */
static void read_all(arrays *a) {
  double lane[16] = {0};
  for (size_t i = 0; i + 16 <= a->n; i += 16)
    for (size_t l = 0; l < 16; l++) lane[l] += a->x[i + l];
  for (size_t l = 0; l < 16; l++) a->kept += lane[l];
}

static void growth(arrays *a) { a->kept += trade_growth_lag_array(a->x, a->n, LAG, a->out); }

static void growth_pairs(arrays *a) { a->kept += trade_growth_array(a->x, a->y, a->n, a->out); }

static void share(arrays *a) { a->kept += trade_share_array(a->x, a->n, a->out); }

static void margins(arrays *a) {
  a->kept += trade_sum_add_matrix(a->cells, a->cells + a->n / COLUMNS, a->x, a->n / COLUMNS, COLUMNS, COLUMNS);
}

static void convert(arrays *a) {
  a->kept += trade_currency_convert_array(a->x, a->n, TRADE_USD, trade_rate_make(6.4545, TRADE_USD, TRADE_CNY), a->out);
}

static void convert_by_period(arrays *a) {
  a->kept += trade_currency_convert_period_array(a->x, a->index, a->n, a->prices, PERIODS, TRADE_USD, TRADE_USD,
                                                 TRADE_CNY, a->out);
}

static void scatter(arrays *a) { a->kept += trade_sum_scatter(a->cells, CELLS, a->index, a->x, a->n / 10); }

static size_t products(const arrays *a) { return a->n < (size_t)COUNTRIES * COLUMNS ? a->n / COUNTRIES : COLUMNS; }

static size_t years(const arrays *a) {
  const size_t whole = a->n / (COUNTRIES * products(a));
  return whole < YEARS ? whole : YEARS;
}

static void balassa_herfindahl(arrays *a) {
  const size_t cells = COUNTRIES * products(a);
  for (size_t year = 0; year < years(a); year++)
    a->kept += trade_advantage_balassa_matrix(a->x + year * cells, COUNTRIES, products(a), a->out) +
               trade_concentration_matrix(TRADE_CONCENTRATION_HERFINDAHL, a->x + year * cells, COUNTRIES, products(a),
                                          TRADE_CONCENTRATION_OF_ROW, a->y);
}

static void sum(arrays *a) { a->kept += trade_sum_array(a->x, a->n); }

static void sum_products(arrays *a) {
  trade_sum total = {0, 0, 0, 0};
  trade_sum_add_product_array(&total, a->x, a->y, a->n);
  a->kept += trade_sum_value(&total);
}

static size_t small_length;

static void sum_small(arrays *a) {
  for (size_t k = 0; k < SMALL_CALLS; k++) a->kept += trade_sum_array(a->x + k, small_length);
}

/* ---- Output ---- */

static int json, lines;

static void print_line(const char *name, const char *what, size_t rows, double seconds, double bytes,
                       double bandwidth) {
  const double rate = bytes / seconds / 1e9;
  if (json)
    printf("%s\n  {\"workload\": \"%s\", \"what\": \"%s\", \"rows\": %zu, \"seconds\": %.9f, \"GB_per_second\": %.3f, "
           "\"ratio\": %.3f}",
           lines++ ? "," : "[", name, what, rows, seconds, rate, rate / bandwidth);
  else
    printf("%-7s %-38s %10zu rows %10.3f ms %7.2f ns a row %7.1f GB/s %6.2f\n", name, what, rows, 1e3 * seconds,
           1e9 * seconds / (double)rows, rate, rate / bandwidth);
  fflush(stdout);
}

static int wanted(const char *name, int argc, char **argv) {
  int named = 0;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--rows") == 0) {
      i++;
    } else if (argv[i][0] != '-') {
      named = 1;
      if (strcmp(argv[i], name) == 0) return 1;
    }
  }
  return !named;
}

int main(int argc, char **argv) {
  arrays a = {100000000, NULL, NULL, NULL, NULL, NULL, {0}, 0};
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--json") == 0) json = 1;
    if (strcmp(argv[i], "--rows") == 0 && i + 1 < argc) a.n = (size_t)strtod(argv[i + 1], NULL);
  }
  if (a.n < 10000) a.n = 10000;
  a.x = allocate(a.n, sizeof *a.x);
  a.y = allocate(a.n, sizeof *a.y);
  a.out = allocate(a.n, sizeof *a.out);
  a.index = allocate(a.n, sizeof *a.index);
  a.cells = allocate(CELLS, sizeof *a.cells);
  if (!a.x || !a.y || !a.out || !a.index || !a.cells) {
    fprintf(stderr, "not enough memory for %zu rows\n", a.n);
    return EXIT_FAILURE;
  }
  const double n = (double)a.n;
  if (!json)
    printf("tradestat %s; the last column is the ratio to the copy or, for totals, to the read of this run\n",
           trade_version_text());
  fill(&a, 0);
  const double copy_seconds = median_seconds(copy, &a), copied = 16 * n / copy_seconds / 1e9;
  const double read_seconds = median_seconds(read_all, &a), read = 8 * n / read_seconds / 1e9;
  print_line("memory", "copy (memcpy)", a.n, copy_seconds, 16 * n, copied);
  print_line("memory", "read (inexact sum in 16 lanes)", a.n, read_seconds, 8 * n, read);
  if (wanted("W1", argc, argv)) {
    print_line("W1", "growth over a lag of 12", a.n, median_seconds(growth, &a), 16 * n, copied);
    print_line("W1", "growth over another column", a.n, median_seconds(growth_pairs, &a), 24 * n, copied);
  }
  if (wanted("W2", argc, argv)) {
    fill_index(&a, PERIODS);
    print_line("W2", "conversion at one rate", a.n, median_seconds(convert, &a), 16 * n, copied);
    print_line("W2", "conversion at 240 periods' rates", a.n, median_seconds(convert_by_period, &a), 20 * n, copied);
  }
  if (wanted("share", argc, argv))
    print_line("share", "shares in an exact total", a.n, median_seconds(share, &a), 24 * n, copied);
  if (wanted("W3", argc, argv)) {
    fill_index(&a, CELLS);
    print_line("W3", "rows into 1e6 cells, exact", a.n / 10, median_seconds(scatter, &a), 1.2 * n, read);
  }
  if (wanted("W4", argc, argv)) {
    const size_t cells = years(&a) * COUNTRIES * products(&a);
    fill_trade(&a, cells);
    print_line("W4", "Balassa and Herfindahl, 230 countries", cells, median_seconds(balassa_herfindahl, &a),
               16 * (double)cells, copied);
  }
  if (wanted("W6", argc, argv)) {
    fill(&a, 1);
    print_line("W6", "exact total, mixed magnitudes", a.n, median_seconds(sum, &a), 8 * n, read);
    print_line("W6", "exact total of products", a.n, median_seconds(sum_products, &a), 16 * n, read);
  }
  if (wanted("margins", argc, argv))
    print_line("margins", "exact totals of rows and columns", a.n, median_seconds(margins, &a), 8 * n, read);
  for (small_length = 10; small_length <= 1000 && wanted("small", argc, argv); small_length *= 10) {
    char what[64];
    snprintf(what, sizeof what, "%d exact totals of %zu values", SMALL_CALLS, small_length);
    print_line("small", what, SMALL_CALLS * small_length, median_seconds(sum_small, &a),
               8.0 * SMALL_CALLS * (double)small_length, read);
  }
  if (json) printf("\n]\n");
  free(a.x);
  free(a.y);
  free(a.out);
  free(a.index);
  free(a.cells);
  return a.kept == 1 ? EXIT_FAILURE : EXIT_SUCCESS; /* never: it only has to be computed */
}
