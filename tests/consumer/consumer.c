/* A stranger's program: what it gets from the package must compile, link (also with libm) and run. */
#include <stdio.h>
#include <tradestat.h>

int main(void) {
  if (trade_version() != TRADE_VERSION_MAJOR * 1000000 + TRADE_VERSION_MINOR * 1000 + TRADE_VERSION_PATCH) return 1;
  printf("tradestat %s: %.3f\n", trade_version_text(), trade_growth_compound(146, 100, 3));
  return 0;
}
