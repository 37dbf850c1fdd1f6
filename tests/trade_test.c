#include "trade_test.h"

#include <ctype.h>
#include <float.h>

#include "internal.h"

double trade_ulps(double actual, double expected) {
  if (isnan(actual) || isnan(expected)) return isnan(actual) && isnan(expected) ? 0 : (double)INFINITY;
  if (isinf(actual) || isinf(expected)) return actual == expected ? 0 : (double)INFINITY;
  int exponent = DBL_MIN_EXP;
  if (fabs(expected) >= DBL_MIN) frexp(expected, &exponent);
  return ldexp(fabs(actual / 4 - expected / 4),
               DBL_MANT_DIG - exponent + 2); /* a quarter, lest the difference overflows */
}

/** Whether two doubles have the same bits, all NaNs being one. */
static int same(double actual, double expected) {
  return (isnan(actual) && isnan(expected)) || trade_bits_of(actual) == trade_bits_of(expected);
}

void trade_assert_same(double actual, double expected, const char *file, int line) {
  if (same(actual, expected)) return;
  print_error("%.17g (%a) is not %.17g (%a)\n", actual, actual, expected, expected);
  _fail(file, line);
}

void trade_assert_ulps(double actual, double expected, double ulps, const char *file, int line) {
  if (trade_ulps(actual, expected) <= ulps) return;
  print_error("%.17g (%a) is %.3g ulps from %.17g (%a), more than %g\n", actual, actual, trade_ulps(actual, expected),
              expected, expected, ulps);
  _fail(file, line);
}

void trade_assert_status(trade_status actual, trade_status expected, const char *file, int line) {
  if (actual == expected) return;
  print_error("status %d (%s), expected %d (%s)\n", (int)actual, trade_status_text(actual), (int)expected,
              trade_status_text(expected));
  _fail(file, line);
}

uint64_t trade_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

size_t trade_random_below(uint64_t *state, size_t n) { return (size_t)(trade_random(state) % n); }

double trade_random_unit(uint64_t *state) { return ldexp((double)(trade_random(state) >> 11), -53); }

double trade_random_between(uint64_t *state, double low, double high) {
  return exp(log(low) + (log(high) - log(low)) * trade_random_unit(state));
}

/** Reads numbers from *text up to something that is none; returns how many. */
static size_t golden_numbers(char **text, double *values, size_t most) {
  size_t n = 0;
  for (; n < most; n++) {
    char *end = *text;
    const double value = strtod(*text, &end);
    if (end == *text) break;
    values[n] = value;
    *text = end;
  }
  return n;
}

static int golden_skip(char **text, char wanted) {
  while (isspace((unsigned char)**text)) (*text)++;
  if (**text != wanted) return 0;
  (*text)++;
  return 1;
}

static int golden_parse(char *line, golden_case *golden) {
  int used = 0;
  if (sscanf(line, "%63s%n", golden->function, &used) != 1) return 0;
  line += used;
  for (golden->arguments = 0; !golden_skip(&line, '='); golden->arguments++) {
    const size_t i = golden->arguments;
    if (i == GOLDEN_ARGUMENTS) return 0;
    const int list = golden_skip(&line, '[');
    golden->length[i] = golden_numbers(&line, golden->argument[i], list ? GOLDEN_VALUES : 1);
    if (list ? !golden_skip(&line, ']') : golden->length[i] != 1) return 0;
  }
  golden->results = golden_numbers(&line, golden->expected, GOLDEN_VALUES);
  return golden_skip(&line, '~') && golden_numbers(&line, &golden->ulps, 1) == 1;
}

void trade_golden(const char *file, golden_call call) {
  char path[1024], line[16384];
  static golden_case golden;
  double result[GOLDEN_VALUES];
  size_t cases = 0, wrong = 0, number = 0;
  snprintf(path, sizeof path, "%s/golden/%s", TRADE_TESTS_DIRECTORY, file);
  FILE *in = fopen(path, "r");
  if (!in) fail_msg("cannot open %s", path);
  while (fgets(line, sizeof line, in)) {
    number++;
    if (line[0] == '#' || line[0] == '\n') continue;
    cases++;
    if (!golden_parse(line, &golden)) fail_msg("%s:%zu: not a golden line", path, number);
    const size_t results = call(&golden, result);
    if (results != golden.results)
      fail_msg("%s:%zu: %s gives %zu numbers, not %zu", path, number, golden.function, results, golden.results);
    for (size_t i = 0; i < results; i++) {
      const double error = trade_ulps(result[i], golden.expected[i]);
      if (golden.ulps > 0 ? error <= golden.ulps + 0.5 : same(result[i], golden.expected[i])) continue;
      wrong++;
      print_error("%s:%zu: %s gives [%zu] %a, not %a: %.3g ulps\n", path, number, golden.function, i, result[i],
                  golden.expected[i], error);
    }
  }
  fclose(in);
  assert_true(cases > 0);
  assert_int_equal(wrong, 0);
}
