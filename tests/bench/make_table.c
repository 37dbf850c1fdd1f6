/*
 * Writes a table of trade of the shape and size of a published one, the same in every run:
 *
 *   make_table baci|comtrade FILE [ROWS]
 *
 * baci: a year of CEPII's BACI has 11,000,000 rows (the default), 356 MB. comtrade: the 47 columns of UN Comtrade, all
 * quoted, some 370 bytes a row; a tenth of the rows (the default) is as large. 230 countries, the r-th with a weight of
 * r^-0.7, each trading with each as their weights say; of 5,000 products as many at random, a pair may have one
 * several times; values of three decimals, exp of a normal variable of mean 3 and deviation 3; quantities beside them,
 * of which 3 % are missing. Rows are in the order of exporter, importer, product.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

enum { COUNTRIES = 230, PRODUCTS = 5000, BUFFER = 1 << 20 };

typedef struct row {
  int exporter, importer, product; /* codes */
  char value[32], quantity[32];    /* the latter empty if it is missing */
} row;

static int countries[COUNTRIES], products[PRODUCTS];

/* Codes in rising order: of M49, 3 digits, and of the HS, 6. */
static void make_codes(void) {
  for (int i = 0; i < COUNTRIES; i++) countries[i] = 4 + i * 890 / COUNTRIES;
  for (int k = 0; k < PRODUCTS; k++) products[k] = 10111 + 192 * k + (int)(random_bits() % 192);
}

/* Three decimals, zeros at the end left out but for the first. */
static void write_number(char *text, size_t size, double number) {
  size_t length = (size_t)snprintf(text, size, "%.3f", number);
  while (text[length - 1] == '0' && text[length - 2] != '.') text[--length] = '\0';
}

static void fill_numbers(row *r) {
  double a, b;
  random_normals(1, &a, &b);
  const double value = exp(3 + 3 * a);
  write_number(r->value, sizeof r->value, value);
  r->quantity[0] = '\0';
  if (random_unit() >= 0.03) write_number(r->quantity, sizeof r->quantity, value * exp(b - 1));
}

static int write_baci(FILE *out, const row *r) {
  return fprintf(out, "2022,%d,%d,%06d,%s,%s\n", r->exporter, r->importer, r->product, r->value,
                 r->quantity[0] ? r->quantity : "           NA"); /* as in BACI */
}

static const char comtrade_header[] =
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,"
    "mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,"
    "isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate\n";

static int write_comtrade(FILE *out, const row *r) {
  const char *quote = r->quantity[0] ? "\"" : "";
  return fprintf(out,
                 "\"C\",\"A\",\"20220101\",\"2022\",\"52\",\"2022\",\"%d\",\"C%02X\",\"Country %d\",\"X\",\"Export\","
                 "\"%d\",\"C%02X\",\"Country %d\",\"0\",\"W00\",\"World\",\"H6\",\"HS\",\"true\",\"%06d\","
                 "\"Products of subheading %06d, not elsewhere specified\",\"6\",\"true\",\"C00\",\"TOTAL CPC\",\"0\","
                 "\"0\",\"TOTAL MOT\",\"8\",\"kg\",%s%s%s,\"false\",\"-1\",\"N/A\",\"0\",\"false\",%s%s%s,\"false\","
                 "\"0\",\"false\",,\"%s\",\"%s\",\"0\",\"true\",\"false\",\n",
                 r->exporter, (unsigned)r->exporter, r->exporter, r->importer, (unsigned)r->importer, r->importer,
                 r->product, r->product, quote, r->quantity, quote, quote, r->quantity, quote, r->value, r->value);
}

/* The rows of one pair of countries, by product. */
static int write_pair(FILE *out, row *r, size_t rows, int write(FILE *, const row *)) {
  static size_t times[PRODUCTS];
  memset(times, 0, sizeof times);
  for (size_t n = 0; n < rows; n++) times[random_bits() % PRODUCTS]++;
  for (int k = 0; k < PRODUCTS; k++) {
    r->product = products[k];
    for (size_t n = 0; n < times[k]; n++) {
      fill_numbers(r);
      if (write(out, r) < 0) return 0;
    }
  }
  return 1;
}

static int write_rows(FILE *out, size_t rows, int write(FILE *, const row *)) {
  double weights[COUNTRIES], all = 0, share = 0;
  size_t written = 0;
  for (int i = 0; i < COUNTRIES; i++) all += weights[i] = pow(i + 1, -0.7);
  for (int i = 0; i < COUNTRIES; i++)
    for (int j = 0; j < COUNTRIES; j++) {
      row r = {countries[i], countries[j], 0, "", ""};
      share += weights[i] / all * (weights[j] / all);
      const int last = i == COUNTRIES - 1 && j == COUNTRIES - 1;
      const size_t upto = last ? rows : (size_t)(share * (double)rows);
      if (upto > written && !write_pair(out, &r, upto - written, write)) return 0;
      if (upto > written) written = upto;
    }
  return 1;
}

int main(int argc, char **argv) {
  static char buffer[BUFFER];
  const int comtrade = argc > 1 && strcmp(argv[1], "comtrade") == 0;
  if (argc < 3 || argc > 4 || (!comtrade && strcmp(argv[1], "baci") != 0)) {
    fputs("make_table baci|comtrade FILE [ROWS]\n", stderr);
    return EXIT_FAILURE;
  }
  const size_t rows = argc > 3 ? (size_t)strtod(argv[3], NULL) : comtrade ? 1100000 : 11000000;
  FILE *out = fopen(argv[2], "wb");
  if (!out) {
    perror(argv[2]);
    return EXIT_FAILURE;
  }
  setvbuf(out, buffer, _IOFBF, sizeof buffer);
  make_codes();
  const int written = fputs(comtrade ? comtrade_header : "t,i,j,k,v,q\n", out) >= 0 &&
                      write_rows(out, rows, comtrade ? write_comtrade : write_baci);
  if (fclose(out) != 0 || !written) {
    perror(argv[2]);
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
