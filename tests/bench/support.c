#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare_doubles(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double median(double *numbers, size_t n) {
  qsort(numbers, n, sizeof *numbers, compare_doubles);
  return numbers[n / 2];
}

/* Not getrusage: its ru_maxrss counts the memory of the process that started this one, too. */
double peak_bytes(void) {
  char line[128];
  double peak = 0;
  FILE *status = fopen("/proc/self/status", "r");
  if (!status) return peak;
  while (fgets(line, sizeof line, status)) {
    unsigned long kilobytes;
    if (sscanf(line, "VmHWM: %lu kB", &kilobytes) == 1) peak = 1024.0 * (double)kilobytes;
  }
  fclose(status);
  return peak;
}

static uint64_t random_state = 2020;

uint64_t random_bits(void) {
  uint64_t z = random_state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

double random_unit(void) { return ((double)(random_bits() >> 11) + 0.5) / 9007199254740992.0; }

void random_normals(double deviation, double *a, double *b) {
  const double radius = deviation * sqrt(-2 * log(random_unit())), angle = 6.283185307179586 * random_unit();
  *a = radius * cos(angle);
  *b = radius * sin(angle);
}
