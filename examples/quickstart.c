#include <stdio.h>
#include <tradestat.h>

int main(void) {
  /* China's exports of services, 2023 and 2024, in dollars (World Bank): growth on the year. */
  printf("growth on the year: %.1f %%\n", 100 * trade_growth_rate(383959880582.89, 328707961350.16));

  /* 1.46 trillion yuan in dollars, at 2020's average of 6.9042 yuan to the dollar. */
  trade_rate rate = trade_rate_make(6.9042, TRADE_USD, TRADE_CNY);
  printf("in dollars: %.1f billion\n", trade_currency_convert(1.46e12, TRADE_CNY, rate) / 1e9);

  /* The sectors of 2024's exports, in billion dollars: transport, travel, other. */
  double sectors[] = {112.7, 39.7, 231.5}, percent[3];
  if (trade_share_percent_array(sectors, 3, 1, percent) == TRADE_OK)
    printf("shares: transport %.1f, travel %.1f, other %.1f %%\n", percent[0], percent[1], percent[2]);

  /* What a published figure really says: a range, through every step. */
  trade_figure yuan, dollars;
  if (trade_figure_parse("1.46 trillion", 13, &yuan) == TRADE_OK &&
      trade_figure_parse("226.2 billion", 13, &dollars) == TRADE_OK) {
    trade_figure implied = trade_figure_divide(yuan, dollars);
    printf("yuan for a dollar: %.3f to %.3f\n", implied.low, implied.high);
  }
  return 0;
}
