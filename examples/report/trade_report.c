/*
 * trade-report: totals, shares and growth from the files that statistical offices publish. `trade-report --help` is its
 * manual.
 *
 * It reads with trade_reader, adds up with trade_cube, and computes with trade_growth_rate and trade_share: totals are
 * exact, whatever the order of rows and files.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* Writes the report or the chart. A file appears whole or not at all: it is written beside its place and then put
 * there. */
static void write_file(const char *path, const table *t, const source *from, int chart) {
  char beside[4096];
  FILE *out = stdout;
  if (path) {
    if ((size_t)snprintf(beside, sizeof beside, "%s.part", path) >= sizeof beside)
      fail(EXIT_SYSTEM, path, "the name is too long");
    out = fopen(beside, "wb");
    if (!out) fail(EXIT_SYSTEM, beside, strerror(errno));
  }
  if (chart)
    print_chart(out, t);
  else
    print_report(out, t, from);
  const int bad = ferror(out) || fflush(out) != 0;
  if (path) {
    if (fclose(out) != 0 || bad || rename(beside, path) != 0) {
      const int why = errno;
      remove(beside);
      fail(EXIT_SYSTEM, path, strerror(why));
    }
  } else if (bad) {
    fail(EXIT_SYSTEM, "standard output", strerror(errno));
  }
}

int main(int argc, char **argv) {
  options o = {0};
  source from = {0};
  table t = {0};
  read_options(argc, argv, &o);
  trade_cube *cube = read_files(&o, &from);
  require(trade_cube_count_records(cube, &from.tally), "report");
  if (o.rates) cube = convert_cube(&o, cube, &from);
  trade_cube *rows = o.shown_by_count < o.by_count ? cube_of_rows(&o, cube) : cube;
  fill_table(&t, &o, rows, cube);
  if (o.chart) write_file(o.chart, &t, &from, 1);
  write_file(o.output, &t, &from, 0);
  free_table(&t);
  free(from.layouts);
  free(o.where);
  if (rows != cube) trade_cube_destroy(rows);
  trade_cube_destroy(cube);
  return EXIT_SUCCESS;
}
