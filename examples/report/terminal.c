/* What a terminal gets: how far the reading is. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "report.h"

int terminal_width(int descriptor) {
  struct winsize size;
  if (!isatty(descriptor)) return 0;
  const char *columns = getenv("COLUMNS"); /* who exports it wants it */
  const int wanted = columns ? atoi(columns) : 0;
  if (wanted > 0) return wanted;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* [#####.....] 48 %, 170 of 356 MB, 420 MB/s, 1 s left: of this as much as fits. */
static void format_progress(const progress *p, double elapsed, char *text, size_t size) {
  const double done = (double)p->done, whole = (double)p->size, megabyte = 1e6;
  const double rate = elapsed > 0 ? done / elapsed : 0;
  if (p->size == UINT64_MAX || p->size == 0) {
    snprintf(text, size, "%.0f MB, %.0f MB/s", done / megabyte, rate / megabyte);
    return;
  }
  const double part = done < whole ? done / whole : 1, left = rate > 0 ? (whole - done) / rate : 0;
  char bar[] = "....................";
  memset(bar, '#', (size_t)(part * (double)(sizeof bar - 1)));
  snprintf(text, size, "[%s] %.0f %%, %.0f of %.0f MB, %.0f MB/s, %.0f s left", bar, 100 * part, done / megabyte,
           whole / megabyte, rate / megabyte, left);
}

void show_progress(progress *p) {
  const double now = seconds();
  const int width = terminal_width(STDERR_FILENO);
  char text[256];
  if (p->start == 0) p->start = now;
  if (width == 0 || now - p->start < 0.5) return;
  format_progress(p, now - p->start, text, sizeof text);
  fprintf(stderr, "\r%.*s\033[K", width - 1, text);
  p->shown = now;
}

void end_progress(progress *p) {
  if (p->shown > 0) fputs("\r\033[K", stderr);
  p->shown = 0;
}
