/*
 * trade-report: totals, shares and growth from the files that statistical offices publish. `trade-report --help` is its
 * manual.
 *
 * It reads with trade_reader, adds up with trade_cube, and computes with trade_growth_rate and trade_share: totals are
 * exact, whatever the order of rows and files.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* The file that is being written, for who is interrupted. */
static char beside[4096];

static void remove_part(int signal_number) {
  unlink(beside);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static void when_interrupted(void (*handler)(int)) {
  signal(SIGINT, handler);
  signal(SIGTERM, handler);
  signal(SIGHUP, handler);
}

/* Nothing takes the place of what is read. */
static void check_target(const options *o, const char *option, const char *path) {
  char what[CELL];
  int is_read = 0;
  for (int i = 0; i < o->rate_count; i++) is_read |= is_same_file(o->rates[i], path);
  for (int i = 0; i < o->file_count; i++) is_read |= is_same_file(o->files[i], path);
  snprintf(what, sizeof what, "%s would replace a file that is read", option);
  if (is_read) fail(EXIT_USAGE, what, path);
}

static void check_targets(const options *o) {
  struct stat about;
  if (o->output) check_target(o, "--output", o->output);
  if (o->chart) check_target(o, "--chart", o->chart);
  if (!o->output || !o->chart) return;
  const int is_device = stat(o->chart, &about) == 0 && !S_ISREG(about.st_mode);
  if (is_same_file(o->output, o->chart) || (strcmp(o->output, o->chart) == 0 && !is_device))
    fail(EXIT_USAGE, "--output and --chart are the same file", o->chart);
}

/* Writes the report or the chart. A file appears whole or not at all: it is written beside its place and then put
 * there. What is no file, a device or a pipe, is written as it is. */
static void write_file(const char *path, const table *t, int chart) {
  struct stat about;
  const int exists = path && stat(path, &about) == 0, moved = path && (!exists || S_ISREG(about.st_mode));
  char *real = exists && moved ? realpath(path, NULL) : NULL; /* what a link leads to */
  const char *target = real ? real : path;
  FILE *out = stdout;
  if (exists && moved && !real) fail(EXIT_SYSTEM, path, strerror(errno));
  if (moved && (size_t)snprintf(beside, sizeof beside, "%s.%ld.part", target, (long)getpid()) >= sizeof beside)
    fail(EXIT_SYSTEM, path, "the name is too long");
  if (moved) when_interrupted(remove_part);
  if (path) out = fopen(moved ? beside : target, "wb");
  if (!out) fail(EXIT_SYSTEM, path, strerror(errno));
  if (chart)
    print_chart(out, t);
  else
    print_report(out, t);
  int bad = fflush(out) != 0 || ferror(out);
  if (path) bad |= fclose(out) != 0;
  bad = bad || (moved && rename(beside, target) != 0);
  const int why = errno;
  if (moved) when_interrupted(SIG_DFL);
  if (bad && moved) remove(beside);
  if (bad) fail(EXIT_SYSTEM, path ? path : "standard output", strerror(why));
  free(real);
}

int main(int argc, char **argv) {
  options o = {0};
  source from = {0};
  table t = {0};
  signal(SIGPIPE, SIG_DFL); /* who reads only the beginning hears no complaint */
  read_options(argc, argv, &o);
  check_targets(&o);
  tell_files(&o);
  trade_cube *cube = read_files(&o, &from);
  require(trade_cube_count_records(cube, &from.tally), "report");
  if (from.tally.shown == 0 && from.tally.not_selected + from.left_out > 0)
    fprintf(stderr, "trade-report: nothing is selected: %s%s%s\n",
            o.where_count ? "--where takes codes as the file has them"
                          : "--level is the length of products' codes in the file",
            from.first[0] ? ", whose first row has " : "", from.first);
  tell_periods(&from.periods, 0, "the figures of both are added up");
  tell_flows(from.flows, o.indicator_count > 0);
  tell_levels(&from.products);
  tell_differences(from.differences);
  if (from.tables && from.tally.other_levels > 0) tell_left_out(&o, cube, from.tables);
  if (o.statistic == STATISTIC_USUAL) o.statistic = from.units.averaged ? STATISTIC_MEAN : STATISTIC_SUM;
  check_statistic(&o);
  if (from.units.second.text[0] != '\0' && (o.shares != SHARES_NONE || o.indicator_count > 0)) {
    char choice[CELL], what[2 * CELL];
    format_choice("unit", from.units.first.text, choice);
    snprintf(what, sizeof what, "what is in several units has no shares or indicators: choose one with %s", choice);
    fail(EXIT_INPUT, what, NULL);
  }
  if (o.rate_count) cube = convert_cube(&o, cube, &from);
  trade_cube *rows = o.shown_by_count < o.by_count ? cube_of_rows(&o, cube) : cube;
  fill_table(&t, &o, &from, rows, cube);
  if (o.chart) write_file(o.chart, &t, 1);
  write_file(o.output, &t, 0);
  free_table(&t);
  free(from.layouts);
  free_names(&from.names);
  free(from.periods.all);
  free(from.products.all);
  trade_cube_destroy(from.tables);
  free(o.where);
  free(o.only);
  free(o.rates);
  trade_cube_destroy(o.show.cube);
  if (rows != cube) trade_cube_destroy(rows);
  trade_cube_destroy(cube);
  return EXIT_SUCCESS;
}
