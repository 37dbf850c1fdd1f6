/*
 * Runs trade_number_... on lines of stdin, a result a line, for number_peer.py: doubles are 16 hexadecimal digits of
 * their bits.
 *   p TEXT                                    parse
 *   d ROUNDING NEGATIVE EXPONENT DIGITS       from_digits
 *   s BITS                                    format_shortest
 *   f BITS SCALE DECIMALS ROUNDING            format_fixed
 * Instead of a result stands `!` and the status.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "number.h"

static char line[65536], out[4096];

/** The next integer of a line, 0 if there is none. */
static int64_t next_integer(char **at) { return strtoll(*at, at, 10); }

static int32_t next_option(char **at) { return (int32_t)next_integer(at); }

static double next_double(char **at) { return trade_double_of(strtoull(*at, at, 16)); }

int main(void) {
  while (fgets(line, (int)sizeof line, stdin)) {
    trade_status status = -1;
    double value = 0;
    char *at = line + 1;
    out[0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    switch (line[0]) {
    case 'p':
      status = trade_number_parse(line + 2, strlen(line + 2), &value);
      break;
    case 'd': {
      const int32_t rounding = next_option(&at), negative = next_option(&at);
      const int64_t exponent = next_integer(&at);
      status = trade_number_from_digits(at + 1, strlen(at + 1), exponent, negative, rounding, &value);
      break;
    }
    case 's':
      status = trade_number_format_shortest(next_double(&at), out, sizeof out);
      break;
    case 'f': {
      value = next_double(&at);
      const int32_t scale = next_option(&at), decimals = next_option(&at), rounding = next_option(&at);
      status = trade_number_format_fixed(value, scale, decimals, rounding, out, sizeof out);
      break;
    }
    default:
      break;
    }
    if (status != TRADE_OK) {
      printf("!%d\n", (int)status);
    } else if (out[0] != '\0') {
      puts(out);
    } else {
      printf("%016" PRIx64 "\n", trade_bits_of(value));
    }
  }
  return 0;
}
