/*
 * Who is good at what, who exports the same, who trades with whom: comparative advantage, concentration and similarity
 * of nine countries' merchandise exports in 2015, and the intensity of trade between groups of countries in 2009.
 */
#include <stdio.h>
#include <stdlib.h>
#include <tradestat.h>

enum { COUNTRIES = 9, ROWS = COUNTRIES + 1, PRODUCTS = 11, GROUPS = 5 };

static const char *const countries[COUNTRIES] = {"ARG", "BRA", "CAN", "CHE", "CHL", "CHN", "USA", "VNM", "ZAF"};
static const char *const products[PRODUCTS] = {"farm",   "fuels",  "ores",   "steel",  "chem", "office",
                                               "vehicl", "machin", "textil", "clothe", "other"};

/* Exports by product group, 2015, million US dollars (WTO Stats): agricultural products; fuels; ores and metals; iron
 * and steel; chemicals; office and telecom equipment; transport equipment; other machinery; textiles; clothing; other
 * manufactures. The last row is the world. */
static const double published[ROWS][PRODUCTS] = {
    {34597, 1442, 1561, 554, 5291, 67, 6590, 1003, 134, 65, 2276},
    {79988, 13748, 22704, 9728, 11440, 870, 18160, 12235, 875, 140, 15537},
    {63512, 77449, 27054, 6357, 36660, 8764, 76894, 31850, 1781, 1414, 45012},
    {9246, 2772, 4781, 1559, 88015, 3087, 6570, 31468, 1064, 1344, 65522},
    {19571, 474, 32513, 157, 2827, 295, 986, 761, 295, 261, 3094},
    {72678, 27902, 26619, 63829, 129526, 588437, 120656, 351676, 108934, 174573, 606087},
    {163371, 103972, 38639, 16058, 206276, 141855, 164359, 220993, 13935, 6128, 238220},
    {24431, 4996, 1291, 2635, 4096, 47329, 3310, 9931, 5628, 21948, 35796},
    {10386, 7791, 18590, 5452, 6184, 1238, 10632, 6118, 370, 466, 7582},
    {1563008, 1808353, 565891, 378955, 1840768, 1730939, 2018474, 1925631, 288369, 453017, 2583207},
};

static const char *const groups[GROUPS] = {"EU-27", "high income", "upper medium", "low medium", "low income"};

/* Exports of manufactures from each group (row) to each (column), 2009, in percent of the world's (European Commission,
 * EU industrial structure 2011, table IV.10). */
static const double flows[GROUPS * GROUPS] = {
    26.9, 7.3,  3.3, 2.9, 0.4, /* EU-27 */
    6.3,  12.8, 3.9, 7.5, 0.6, /* high income, not in the EU */
    3.4,  4.3,  1.5, 2.1, 0.3, /* upper medium income */
    3.3,  8.2,  1.7, 1.9, 0.9, /* low medium income */
    0.1,  0.4,  0.1, 0.2, 0.1, /* low income */
};

static void require(trade_status status, const char *what) {
  if (status == TRADE_OK) return;
  fprintf(stderr, "%s: %s\n", what, trade_status_text(status));
  exit(EXIT_FAILURE);
}

/* The countries and, as a tenth, the rest of the world: together they are the whole, which is what advantage compares
 * with. */
static void fill_exports(double exports[ROWS * PRODUCTS]) {
  for (int p = 0; p < PRODUCTS; p++) {
    trade_sum rest = {0, 0, 0, 0};
    trade_sum_add(&rest, published[COUNTRIES][p]);
    for (int c = 0; c < COUNTRIES; c++) {
      exports[c * PRODUCTS + p] = published[c][p];
      trade_sum_subtract(&rest, published[c][p]);
    }
    exports[COUNTRIES * PRODUCTS + p] = trade_sum_value(&rest);
  }
}

static void print_advantage(const double *exports) {
  double advantage[ROWS * PRODUCTS];
  require(trade_advantage_balassa_matrix(exports, ROWS, PRODUCTS, advantage), "advantage");
  printf("Revealed comparative advantage (Balassa), merchandise exports, 2015; above 1: advantage\n\n   ");
  for (int p = 0; p < PRODUCTS; p++) printf(" %6s", products[p]);
  for (int c = 0; c < COUNTRIES; c++) {
    printf("\n%s", countries[c]);
    for (int p = 0; p < PRODUCTS; p++) printf(" %6.2f", advantage[c * PRODUCTS + p]);
  }
}

static void print_structure(const double *exports) {
  double herfindahl[COUNTRIES], similarity[COUNTRIES * COUNTRIES];
  require(trade_concentration_matrix(TRADE_CONCENTRATION_HERFINDAHL, exports, COUNTRIES, PRODUCTS,
                                     TRADE_CONCENTRATION_OF_ROW, herfindahl),
          "concentration");
  require(trade_partner_similarity_matrix(TRADE_PARTNER_FINGER_KREININ, exports, COUNTRIES, exports, COUNTRIES,
                                          PRODUCTS, similarity),
          "similarity");
  printf("\n\nHow concentrated exports are (Herfindahl-Hirschman, 1/%d to 1), in how many of the products\n"
         "half of them are, and how alike two countries' exports are (Finger-Kreinin, 0 to 1)\n\n       HHI half",
         PRODUCTS);
  for (int c = 0; c < COUNTRIES; c++) printf("  %s", countries[c]);
  for (size_t c = 0; c < COUNTRIES; c++) {
    printf("\n%s  %.3f %4.0f", countries[c], herfindahl[c],
           trade_concentration_items_for_share(exports + c * PRODUCTS, PRODUCTS, 0.5));
    for (size_t d = 0; d < COUNTRIES; d++) printf(" %.2f", similarity[c * COUNTRIES + d]);
  }
}

static void print_intensity(void) {
  double intensity[GROUPS * GROUPS];
  require(trade_partner_intensity_matrix(TRADE_PARTNER_INTENSITY, flows, GROUPS, intensity), "intensity");
  printf("\n\nTrade intensity, exports of manufactures, 2009, from the groups on the left to those above;\n"
         "above 1: more than the world sends there\n\n            ");
  for (int j = 0; j < GROUPS; j++) printf(" %12s", groups[j]);
  for (int i = 0; i < GROUPS; i++) {
    printf("\n%-12s", groups[i]);
    for (int j = 0; j < GROUPS; j++) printf(" %12.2f", intensity[i * GROUPS + j]);
  }
  uint8_t europe[GROUPS] = {1, 0, 0, 0, 0};
  printf("\n\nThe EU-27 sends %.0f %% of its exports to its own members; its symmetric introversion is %.2f.\n",
         100 * trade_partner_region(TRADE_PARTNER_SHARE, flows, europe, GROUPS),
         trade_partner_region(TRADE_PARTNER_INTROVERSION, flows, europe, GROUPS));
}

int main(void) {
  double exports[ROWS * PRODUCTS];
  fill_exports(exports);
  print_advantage(exports);
  print_structure(exports);
  print_intensity();
  printf("\nSources: WTO Stats, exports by product group, 2015; European Commission, EU industrial structure 2011,\n"
         "table IV.10. Countries: Argentina, Brazil, Canada, Switzerland, Chile, China, United States, Viet Nam,\n"
         "South Africa. High income: outside of the EU.\n");
  return 0;
}
