#include "reader_dump.h"
#include "trade_test.h"

/* ---- An allocator that counts, and refuses from its n-th call on if told so ---- */

typedef struct counting {
  size_t calls, refused_from; /* 0: never */
  size_t bytes, most;
  int once;
} counting;

static void *count_reallocate(void *context, void *memory, size_t old_size, size_t new_size) {
  counting *c = (counting *)context;
  if (new_size) {
    c->calls++;
    if (c->refused_from && (c->once ? c->calls == c->refused_from : c->calls >= c->refused_from)) return NULL;
  }
  assert_true(memory != NULL || old_size == 0);
  c->bytes = c->bytes - old_size + new_size;
  if (c->bytes > c->most) c->most = c->bytes;
  if (new_size) return realloc(memory, new_size);
  free(memory);
  return NULL;
}

/* ---- Reading a text, cut into pieces ---- */

typedef struct reading {
  const trade_reader_options *options;
  size_t piece;     /* bytes of each piece; 0: all at once */
  uint64_t *random; /* if not null, pieces of up to `piece` bytes at random */
  size_t batch;     /* records asked for at once */
  counting *memory;
} reading;

/** What is read of a text: records and problems as lines, then "END" or the status. To be freed. */
static char *read_text(const char *text, size_t length, reading how) {
  dump out = {NULL, 0, 0};
  counting counted = {0, 0, 0, 0, 0};
  counting *memory = how.memory ? how.memory : &counted;
  const trade_allocator allocator = {count_reallocate, memory};
  trade_reader *reader = NULL;
  trade_record records[16];
  char *piece = NULL, line[32];
  size_t at = 0;
  trade_status status = trade_reader_create(how.options, &allocator, &reader);
  while (status == TRADE_OK || status == TRADE_NEED_INPUT) {
    size_t count = 0;
    status =
        how.batch ? trade_reader_next_array(reader, records, how.batch, &count) : trade_reader_next(reader, records);
    if (status == TRADE_ERROR_MEMORY && memory->once)
      status = TRADE_OK; /* once more */
    else if (status == TRADE_OK) {
      if (!how.batch) count = 1;
      assert_in_range(count, 1, 16);
      for (size_t i = 0; i < count; i++) dump_record(&out, records + i);
    } else if (status == TRADE_NEED_INPUT) {
      free(piece); /* nothing may read it any more */
      piece = NULL;
      size_t size = how.piece ? how.piece : length;
      if (how.random) size = trade_random_below(how.random, how.piece + 1);
      if (size > length - at) size = length - at;
      if (at == length) {
        assert_status(trade_reader_finish(reader), TRADE_OK);
        continue;
      }
      piece = (char *)malloc(size ? size : 1);
      assert_non_null(piece);
      memcpy(piece, text + at, size);
      assert_status(trade_reader_feed(reader, piece, size), TRADE_OK);
      at += size;
    }
  }
  trade_reader_problem problem;
  for (size_t i = 0; trade_reader_problem_at(reader, i, &problem) == TRADE_OK; i++) dump_problem(&out, &problem);
  if (status != TRADE_END && status != TRADE_ERROR_MEMORY) {
    assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
    assert_int_equal(problem.status, status);
    assert_status(trade_reader_next(reader, records), status); /* says the same again */
  }
  dump_bytes(&out, line,
             status == TRADE_END ? (size_t)snprintf(line, sizeof line, "END\n")
                                 : (size_t)snprintf(line, sizeof line, "%d\n", (int)status));
  trade_reader_destroy(reader);
  assert_int_equal(memory->bytes, 0); /* nothing leaks */
  free(piece);
  return out.text;
}

static reading whole(const trade_reader_options *options) {
  const reading how = {options, 0, NULL, 0, NULL};
  return how;
}

/** The same records and problems however the text is cut, and however many are asked for. To be freed. */
static char *read_every_way(const char *text, size_t length, const trade_reader_options *options) {
  uint64_t random = length;
  char *expected = read_text(text, length, whole(options));
  const reading ways[] = {
      {options, 1, NULL, 0, NULL},       {options, 2, NULL, 16, NULL},    {options, 7, NULL, 3, NULL},
      {options, 64, NULL, 0, NULL},      {options, 1000, NULL, 5, NULL},  {options, 0, NULL, 16, NULL},
      {options, 5, &random, 0, NULL},    {options, 40, &random, 4, NULL}, {options, 300, &random, 16, NULL},
      {options, 5000, &random, 2, NULL}, {options, 90, &random, 1, NULL}};
  for (size_t i = 0; i < COUNT(ways); i++) {
    char *read = read_text(text, length, ways[i]);
    assert_string_equal(read, expected);
    free(read);
  }
  return expected;
}

static void assert_reads(const char *text, const trade_reader_options *options, const char *expected) {
  char *read = read_every_way(text, strlen(text), options);
  assert_string_equal(read, expected);
  free(read);
}

/** A file of tests/layouts. To be freed. */
static char *layout_file(const char *name, size_t *length) {
  char path[512];
  snprintf(path, sizeof path, "%s/layouts/%s", TRADE_TESTS_DIRECTORY, name);
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = (char *)malloc(1 << 16);
  assert_non_null(bytes);
  *length = fread(bytes, 1, 1 << 16, file);
  fclose(file);
  return bytes;
}

static const char *const layout_names[] = {
    "baci.csv",           "batis.csv",       "comext.csv",        "comtrade.csv",   "comtrade_legacy.csv",
    "databank.csv",       "ecb_exr.csv",     "eurofxref.csv",     "eurostat.tsv",   "fred.csv",
    "imf_ifs.csv",        "owid.csv",        "plain.csv",         "sdmx2_both.csv", "sdmx2_name.csv",
    "unctad_long.csv",    "unctad_wide.csv", "wdi.csv",           "wto_bulk.csv",   "wto_portal.csv",
    "gacc_countries.csv", "gacc_months.csv", "gacc_products.csv", "unctad_old.csv", "imf_portal.csv",
    "plain_flows.csv",    "plain_years.csv", "rates.csv"};

/* ---- Layouts ---- */

/* Records as line|period|day|reporter|partner|product|flow|kind|unit|flag|currency|marks|value|quantity|weight. */
static void a_layout_is_known_by_its_header_and_read_in_whole_units(void **state) {
  (void)state;
  static const struct {
    const char *file;
    int32_t layout, power, currency, base;
    const char *lines; /* some of them */
  } cases[] = {
      {"baci.csv", TRADE_LAYOUT_BACI, 3, 840, 0,
       "2|2022||156|699|120791||2|||840|0|23685927|8047.3999999999996|8047400\n3|2022||699|124|120791||2|||840|0|"
       "212054|12.398|12398\n"
       "4|2022||842|156|010121||2|||840|0|1500||\n"},
      {"comtrade.csv", TRADE_LAYOUT_COMTRADE, 0, 840, 0,
       "2|2014||764|0|8542|M|1|N/A|0|840|66|9680795326||\n3|2024||764|854|8542|M|1|N/A|6|840|72|345.37|0|0.221\n"
       "4|2024-01||531|792|010121|RX|4|kg|0|840|0|1000.01|12.5|1250\n"},
      {"comtrade_legacy.csv", TRADE_LAYOUT_COMTRADE_LEGACY, 0, 840, 0,
       "2|2017||8|0|TOTAL|Import|1|No Quantity|4|840|78|5826322393||0\n3|2017||52|0|TOTAL|Re-Export|4|No "
       "Quantity|0|840|70|230472101||\n"
       "4|2014-01||156|842|5208|Export|2|Weight in kilograms|0|840|0|1447049838|25000|25000\n"},
      {"comext.csv", TRADE_LAYOUT_SDMX_CSV, 0, 0, 0,
       "2|2025-06||DE|CN|85423190|1|1|||978|0|123456789||\n3|2025-06||DE|CN|85423190|1|1|||0|0|||456780\n"
       "4|2025-06||DE|EXT_EU27_2020|TOTAL|2|2|||978|6|||\n5|2025-07||FR|WORLD|02|2|2||ep|978|26|98765||\n"},
      {"ecb_exr.csv", TRADE_LAYOUT_SDMX_CSV, 0, 0, 0,
       "2|2026-01|2026-01-05|EUR|USD|||0||A|840|0|1.0988||\n3|2026-01|2026-01-06|EUR|USD|||0||M|840|0|||\n"
       "4|2026-01||EUR|CNY|||0||P|156|16|7.8122999999999996||\n"},
      {"sdmx2_both.csv", TRADE_LAYOUT_SDMX_CSV_2, 0, 0, 0,
       "2|2014-01||FR|CN|||0|EUR|A|978|0|12400000||\n3|2014-Q1||FR||||0|EUR|P|978|16|1234.5||\n"},
      {"sdmx2_name.csv", TRADE_LAYOUT_SDMX_CSV_2, 0, 0, 0,
       "2|2020||CHN|W||X|2|USD|A|840|2|2589952000||\n3|2020-Q2||USA|WLD||M|1|USD|E|840|10|||\n"},
      {"eurostat.tsv", TRADE_LAYOUT_EUROSTAT_TSV, 0, 0, 0,
       "2|2013||DE|WORLD|TOTAL||2||e|978|14|628000000||\n2|2014||DE|WORLD|TOTAL||2||m|978|6|||\n2|2015-Q1||DE|WORLD|"
       "TOTAL||2||p|"
       "978|22|123400000||\n"
       "3|2013||FR|CN|SITC0_1||2|||978|0|||\n3|2014||FR|CN|SITC0_1||2||c|978|32|||\n3|2015-Q1||FR|CN|SITC0_1||2||bd|"
       "978|0|100000||\n"},
      {"wto_bulk.csv", TRADE_LAYOUT_WTO, 0, 0, 0,
       "2|2020||156|000|TO||2|USM||840|6|2589952000000||\n3|2020||004|000|AG||1|USM|E|840|10|1234500000||\n4|2021-Q2||"
       "156|000|TO||2|PC|P|0|22|30.699999999999999||\n"},
      {"wto_portal.csv", TRADE_LAYOUT_WTO, 0, 0, 0, "2|2019||156|000|S||2|USM||840|2|283192500000||\n"},
      {"batis.csv", TRADE_LAYOUT_BATIS, 6, 840, 0,
       "2|2019||CN|US|SC|X|2||E3|840|8|5100125000||\n3|2019||CN|WL|S|M|1||R_IMF|840|6|498765432100||\n"},
      {"unctad_wide.csv", TRADE_LAYOUT_UNCTADSTAT, 6, 840, 0,
       "2|2022||0000|||02|2|||840|1|24904490500000||\n2|2023||0000|||02|2|||840|1|23783000250000||\n3|2022||0156|||01|"
       "1|||840|0|2715998900000||\n"
       "3|2023||0156|||01|1|||840|0|||\n"},
      {"unctad_long.csv", TRADE_LAYOUT_UNCTADSTAT, 6, 840, 0,
       "2|2020||156|||02|2|||840|0|2589952100000||\n3|2020||5100|||01|1|||840|1|||\n"},
      {"wdi.csv", TRADE_LAYOUT_WORLD_BANK, 0, 0, 0,
       "6|2018||ABW||NE.EXP.GNFS.CD||0|||840|0|||\n6|2019||ABW||NE.EXP.GNFS.CD||0|||840|0|2981564245.8000002||\n"},
      {"databank.csv", TRADE_LAYOUT_WORLD_BANK, 0, 0, 0,
       "3|2015||EMU||NE.EXP.GNFS.CD||0|||840|1|||\n3|2016||EMU||NE.EXP.GNFS.CD||0|||840|1|5233000000000||\nEND\n"},
      {"eurofxref.csv", TRADE_LAYOUT_ECB_RATES, 0, 0, 978,
       "2|2023-09|2023-09-21|EUR|USD|||0|||840|0|1.0634999999999999||\n2|2023-09|2023-09-21|EUR|JPY|||0|||392|0|157.34|"
       "|\n"},
      {"fred.csv", TRADE_LAYOUT_FRED, 0, 0, 0,
       "2|2015-01|2015-01-16|USD|CNY|DEXCHUS||0|||156|0|6.2065000000000001||\n2|2015-01|2015-01-16|EUR|USD|DEXUSEU||0||"
       "|840|0|1.1516999999999999||\n"
       "2|2015-01|2015-01-16|||DGS10||0|||0|0|1.8300000000000001||\n3|2015-01|2015-01-19|USD|CNY|DEXCHUS||0|||156|0|||"
       "\n"},
      {"owid.csv", TRADE_LAYOUT_OWID, 0, 0, 0,
       "3|2019||OWID_WRL||Exports of goods and services (% of GDP), by country; all||0|||0|1|28.300000000000001||\n"},
      {"imf_ifs.csv", TRADE_LAYOUT_IMF_IFS, 0, 0, 0,
       "2|2019-06||924||TXG_FOB_USD||0|||0|0|212743.5||\n3|2019-Q2||001||TXG_FOB_USD||0||E|0|9|4700000||\n"},
      {"plain.csv", TRADE_LAYOUT_PLAIN, 0, 0, 0,
       "4|2001-01||CHN|USA|010121|Export|2|USD||840|0|1187.5||12.5\n5|2002-01||CHN|World|TOTAL|imports|1|USD||840|6|-"
       "7240||\n"
       "6|2003-01|2003-01-02|U\"SA|CHN|0 |RX|4|USD||840|0|1234567||\n"},
      {"gacc_countries.csv", TRADE_LAYOUT_GACC, 3, 840, 0,
       "5|2022-12|||\346\200\273\345\200\274||export|2|||840|2|306077551000||\n5|2022-12|||\346\200\273\345\200\274||"
       "import|1|||840|2|228063684000||\n6|2022-12|||\344\272\232\346\264\262||export|2|||840|2|142000050500||\n"},
      {"gacc_countries.csv", TRADE_LAYOUT_GACC, 3, 840, 0,
       "7|2022-12|||\351\230\277\345\257\214\346\261\227||import|1|||840|0|2400000||\n8|2022-12|||"
       "\344\270\215\344\270\271||export|2|||840|0|||\n"},
      {"gacc_months.csv", TRADE_LAYOUT_GACC, 8, 156, 0,
       "5|2022-01-01/P2M|||||export|2|||156|0|3471240000000||\n5|2022-01-01/"
       "P2M|||||import|1|||156|0|2733170000000||\n5|2022-01-01/"
       "P2M|||||balance|5|||156|0|738070000000||\n6|2022-03|||||export|2|||156|0|1752860000000||\n"},
      {"gacc_products.csv", TRADE_LAYOUT_GACC, 4, 156, 0,
       "5|2022-12||||\345\206\234\344\272\247\345\223\201*||2|-||156|0|63902560000||\n6|2022-12||||"
       "\346\260\264\346\265\267\344\272\247\345\223\201||2|\345\220\250||156|0|12620020000|335271|\n"},
      {"unctad_old.csv", TRADE_LAYOUT_UNCTADSTAT, 6, 840, 0,
       "6|2005||World||||0|||840|1|10502443500000||\n6|2006||World||||0|||840|1|12131449100000||\n7|2005||China||||0|||"
       "840|0|761953000000||\n"},
      {"imf_portal.csv", TRADE_LAYOUT_IMF_PORTAL, 0, 0, 0,
       "2|2024||China, People's Republic of||Exports of goods, FOB||0|US dollar||840|0|3577221250000||\n"},
      {"imf_portal.csv", TRADE_LAYOUT_IMF_PORTAL, 0, 0, 0,
       "3|2024-03||World||Gross domestic product||0|US dollar||840|1|9000125000000||\n4|2023||Switzerland||Share of "
       "world||0|Percent||0|0|0.45000000000000001||\n"},
      {"plain_flows.csv", TRADE_LAYOUT_PLAIN, 0, 0, 0,
       "3|2001-02|||||import|1|||0|0|6725.1000000000004||\n3|2001-02|||||balance|5|||0|0|-5485.1000000000004||\nEND\n"},
      {"plain_years.csv", TRADE_LAYOUT_PLAIN, 0, 0, 0,
       "2|2020||China||S||0|USD||840|0|||\n2|2021-Q1||China||S||0|USD||840|0|1||\n3|2019||World||total||0|USD||840|5|"
       "61000||\n"},
      {"rates.csv", TRADE_LAYOUT_PLAIN, 0, 0, 0,
       "2|2001-01|2001-01-02||CNY|||0|||156|0|8.2779000000000007||\n2|2001-01|2001-01-02||JPY|||0|||392|0|||\n"},
  };
  for (size_t i = 0; i < COUNT(layout_names); i++) { /* none is left out */
    size_t k = 0;
    while (k < COUNT(cases) && strcmp(cases[k].file, layout_names[i]) != 0) k++;
    assert_true(k < COUNT(cases));
  }
  for (size_t i = 0; i < COUNT(cases); i++) {
    size_t length;
    char *text = layout_file(cases[i].file, &length);
    char *read = read_every_way(text, length, NULL);
    if (!strstr(read, cases[i].lines)) print_error("%s:\n%s", cases[i].file, read);
    assert_non_null(strstr(read, cases[i].lines));
    assert_non_null(strstr(read, "END\n"));
    free(read);
    trade_reader *reader;
    trade_record record;
    trade_reader_finding found;
    assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_found(reader, &found), TRADE_ERROR_NOT_FOUND);
    assert_status(trade_reader_feed(reader, text, length), TRADE_OK);
    assert_status(trade_reader_next(reader, &record), TRADE_OK);
    assert_status(trade_reader_found(reader, &found), TRADE_OK);
    assert_int_equal(found.layout, cases[i].layout);
    assert_int_equal(found.value_power, cases[i].power);
    assert_int_equal(found.currency, cases[i].currency);
    assert_int_equal(found.rate_base, cases[i].base);
    trade_reader_destroy(reader);
    free(text);
  }
}

/* ---- What published files are like ---- */

/** Shapes that the files of tests/layouts do not have: the header or the rows quoted, other delimiters, names instead of codes ... */
static void files_as_offices_publish_them_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"\357\273\277STRUCTURE[;],STRUCTURE_ID,TIME_PERIOD,OBS_VALUE\nDATAFLOW,X:Y(1.0),2020,1.5\n",
       "2|2020||||||0|||0|0|1.5||\nEND\n"},
      {"\357\273\277\"STRUCTURE[;]\";STRUCTURE_ID;TIME_PERIOD;OBS_VALUE\nDATAFLOW;X:Y(1.0);2020;1.5\n",
       "2|2020||||||0|||0|0|1.5||\nEND\n"},
      {"\357\273\277",
       "!14 1:4 @3 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"\357\273\277\"t\",\"i\",\"j\",\"k\",\"v\",\"q\"\r\n2022,156,699,\"010121\",   23.5,           NA\r\n",
       "2|2022||156|699|010121||2|||840|0|23500||\nEND\n"},
      /* BACI with the index that a program put before it, with a column more, without quantities */
      {",t,i,j,k,v,q\n0,2022,156,699,010121,23.5,1.5\n1,2022,4,8,010121,1,\n",
       "2|2022||156|699|010121||2|||840|0|23500|1.5|1500\n3|2022||4|8|010121||2|||840|0|1000||\nEND\n"},
      {"t,i,j,k,v,q,name\r\n2022,156,699,010121,23.5,1.5,Horses\r\n2022,4,8,010121,1,2,\"a, b\"\r\n",
       "2|2022||156|699|010121||2|||840|0|23500|1.5|1500\n3|2022||4|8|010121||2|||840|0|1000|2|2000\nEND\n"},
      {"t,i,j,k,v\n2022,156,699,010121,23.5\n2022,4,8,010121,1\n",
       "2|2022||156|699|010121||2|||840|0|23500||\n3|2022||4|8|010121||2|||840|0|1000||\nEND\n"},
      {"v,j,k,t,i\r\n1.5,156,699,2022,4\r\n2,156,699,2023,4\r\n",
       "2|2022||4|156|699||2|||840|0|1500||\n3|2023||4|156|699||2|||840|0|2000||\nEND\n"},
      {"period\treporterCode\tpartnerCode\tcmdCode\tflowCode\tprimaryValue\tnetWgt\n201401\t156\t0\tTOTAL\tX\t12.5\t\n",
       "2|2014-01||156|0|TOTAL|X|2|||840|6|12.5||\nEND\n"},
      {"period,reporterDesc,partnerDesc,cmdCode,flowDesc,primaryValue,\n2023,\"T\374rkiye\",\"Cura\347ao\",\"0101\","
       "\"Re-export\",\"7\",\n",
       "2|2023||T\374rkiye|Cura\347ao|0101|Re-export|4|||840|0|7||\nEND\n"},
      {"Year,Trade Flow,Commodity Code,Commodity,Trade Value (US$)\n2012,Import,5208,\"Woven fabrics of cotton, "
       "containing 85% or more\",1447049838\n",
       "2|2012||||5208|Import|1|||840|0|1447049838||\nEND\n"},
      {"Classification,Year,Period,Trade Flow,Reporter Code,Partner Code,Commodity Code,Qty Unit,Qty,Netweight "
       "(kg),Trade Value (US$),Flag\nNo data matches your query or your query is too complex.\n",
       "END\n"},
      {"DATAFLOW;LAST UPDATE;freq;unit;geo;TIME_PERIOD;OBS_VALUE;OBS_FLAG;CONF_STATUS\nESTAT:X(1.0);11/06/26 "
       "23:00:00;A;PC;FR;2021;66,5;bd;\nESTAT:X(1.0);11/06/26 23:00:00;A;PC;DE;2021;:;c;C\n",
       "2|2021||FR||||0|PC|bd|0|0|66.5||\n3|2021||DE||||0|PC|c|0|32|||\nEND\n"},
      {"STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,,MEASURE,,TIME_PERIOD,,OBS_VALUE,\nDATAFLOW,X:Y(1.0),I,CHN,China,EXP,"
       "Exports,2014-S1,,12.4,\n",
       "2|2014-S1||CHN||EXP||0|||0|0|12.4||\nEND\n"},
      {"unit,geo\\time\t2016 \t2015M02 \t2015Q1 \nMIO_EUR,FR\t: \t123.4 p\t:c\n",
       "2|2016||FR||||0|MIO_EUR||978|0|||\n2|2015-02||FR||||0|MIO_EUR|p|978|16|123400000||\n2|2015-Q1||FR||||0|"
       "MIO_EUR|c|978|32|||\nEND\n"},
      {"DATAFLOW,stk_flow,indic_et,sitc06,geo,TIME_PERIOD,OBS_VALUE\nx,BAL_RT,TRD_VAL,TOTAL,EU,2025-01,-7.5\n"
       "x,EXP,TRD_VAL_SCA,TOTAL,EU,2025-01,103\nx,IMP,IVOL_NSA,TOTAL,EU,2025-01,98.5\n",
       "2|2025-01||EU||TOTAL|BAL_RT|5|||978|5|-7500000||\n3|2025-01||EU||TOTAL|EXP|2|TRD_VAL_SCA||0|5|103||\n"
       "4|2025-01||EU||TOTAL|IMP|1|IVOL_NSA||0|5|98.5||\nEND\n"},
      {"DATAFLOW,indic_et,sitc06,partner,geo,TIME_PERIOD,OBS_VALUE\nx,MIO_EXP_VAL,TOTAL,CN,DE,2022,100\n"
       "x,MIO_IMP_VAL,TOTAL,CN,DE,2022,80\nx,MIO_BAL_VAL,TOTAL,CN,DE,2022,20\nx,PC_EXP_TOT,TOTAL,CN,DE,2022,7.5\n",
       "2|2022||DE|CN|TOTAL||2|||978|4|100000000||\n3|2022||DE|CN|TOTAL||1|||978|4|80000000||\n"
       "4|2022||DE|CN|TOTAL||5|||978|4|20000000||\n5|2022||DE|CN|TOTAL||2|PC_EXP_TOT||0|4|7.5||\nEND\n"},
      {"DATAFLOW,currency,bop_item,stk_flow,partner,geo,TIME_PERIOD,OBS_VALUE\nx,MIO_EUR,G,CRE,WRL_REST,DE,2024-Q1,1."
       "5\n"
       "x,MIO_NAC,G,DEB,WRL_REST,DE,2024-Q1,90\n",
       "2|2024-Q1||DE|WRL_REST|G|CRE|2|MIO_EUR||978|0|1500000||\n3|2024-Q1||DE|WRL_REST|G|DEB|1|MIO_NAC||0|0|90||"
       "\nEND\n"},
      {"DATAFLOW,unit,currency,geo,TIME_PERIOD,OBS_VALUE\nx,THS_EUR,TOTAL,DE,2024,1.5\nx,CLV_I10,TOTAL,DE,2024,90\n",
       "2|2024||DE|TOTAL|||0|THS_EUR||978|0|1500||\n3|2024||DE|TOTAL|||0|CLV_I10||0|0|90||\nEND\n"},
      {"DATAFLOW,currency,UNIT_MULT,geo,TIME_PERIOD,OBS_VALUE\nx,MIO_EUR,6,DE,2024,1.5\n",
       "2|2024||DE||||0|MIO_EUR||978|0|1500000||\nEND\n"},
      {"\"Data Source\",\"World Development Indicators\",\n\"Last Updated Date\",\"2026-07-13\",\n\"Country "
       "Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1960\",\n\"Arab "
       "World\",\"ARB\",\"Trade\",\"NE.TRD\",\"1\",\n",
       "4|1960||ARB||NE.TRD||0|||0|1|1||\nEND\n"},
      {"Country Name,Series Name,2015 [YR2015]\nChina,Exports,..\n", "2|2015||China||Exports||0|||0|0|||\nEND\n"},
      {"Date, USD, JPY, \n21 September 2023, 1.0635, 157.34, \n",
       "2|2023-09|2023-09-21|EUR|USD|||0|||840|0|1.0634999999999999||\n2|2023-09|2023-09-21|EUR|JPY|||0|||392|0|157.34|"
       "|\nEND\n"},
      {"Date,USD,EUR,JPY,HKD\n2023-09-21,7.1,7.6,4.9,0.9\n", /* the base is another one */
       "2|2023-09|2023-09-21||USD|||0|||840|0|7.0999999999999996||\n2|2023-09|2023-09-21||EUR|||0|||978|0|"
       "7.5999999999999996||\n2|2023-09|2023-09-21||JPY|||0|||392|0|4.9000000000000004||\n2|2023-09|2023-09-21||HKD|||"
       "0|||"
       "344|0|0.90000000000000002||\nEND\n"},
      {"DATE,EXPORTS,IMPORTS\n2001-01-01,1,2\n",
       "2|2001-01|2001-01-01||||export|2|||0|0|1||\n2|2001-01|2001-01-01||||import|1|||0|0|2||\nEND\n"},
      {"DATE,REPORTER,EXPORTS,IMPORTS\n2001-01,CN,1,2\n",
       "2|2001-01||CN|||export|2|||0|0|1||\n2|2001-01||CN|||import|1|||0|0|2||\nEND\n"},
      {"DATE,REPORTER,2001,2002\n2001-01,CN,1,2\n", "2|2001||CN||||0|||0|0|1||\n2|2002||CN||||0|||0|0|2||\nEND\n"},
      {"DATE,DEXCHUS_20200124\n2015-01-19,\n2015-01-20,6.2137\n",
       "2|2015-01|2015-01-19|USD|CNY|DEXCHUS_20200124||0|||156|0|||\n3|2015-01|2015-01-20|USD|CNY|DEXCHUS_20200124||0||"
       "|156|0|6.2137000000000002||\nEND\n"},
      {"Entity,Year,\"Exports, goods; services\"\nWorld,2019,28.5\n",
       "2|2019||World||Exports, goods; services||0|||0|1|28.5||\nEND\n"},
      {"Indicator Code,Reporting Economy,Partner Economy,Product/Sector Code,Year,Unit "
       "Code,Value\nITS_MTV_AX,China,World,TO,2020,USM,2.5\n",
       "2|2020||China|World|TO||2|USM||840|4|2500000||\nEND\n"},
      {"Country,Period,Exports (thousand US$),Imports (US$ million)\n\"China, peoples' republic "
       "of\",\"2001.01\",1239083,999.5\n",
       "2|2001-01||China, peoples' republic of|||export|2|||840|0|1239083000||\n2|2001-01||China, peoples' republic "
       "of|||import|1|||840|0|999500000||\nEND\n"},
      {"Date;Exports;Imports\r\n2001/01;231700220;586529635",
       "2|2001-01|||||export|2|||0|0|231700220||\n2|2001-01|||||import|1|||0|0|586529635||\nEND\n"},
      {"Year,Exports (% of GDP),Exports,Imports,Exports (% growth)\n2001,20.5,7,8,1.5\n",
       "2|2001|||||export|2|||0|0|7||\n2|2001|||||import|1|||0|0|8||\nEND\n"},
      {"reporter,2019,2020 ,2021p,2022 (e),2023*,2024P,2025 (x),e,(e)\nCN,1,2,3,4,5,6,7,8,9\n",
       "2|2019||CN||||0|||0|0|1||\n2|2020||CN||||0|||0|0|2||\n2|2021||CN||||0||p|0|0|3||\n2|2022||CN||||0||e|0|0|4||\n"
       "2|2023||CN||||0||*|0|0|5||\n2|2024||CN||||0||P|0|0|6||\nEND\n"},
      {"reporter,flag,2019,2020M01e\nCN,x,1,2\nFR,,3,4\n",
       "2|2019||CN||||0||x|0|0|1||\n2|2020-01||CN||||0||x|0|0|2||\n3|2019||FR||||0|||0|0|3||\n"
       "3|2020-01||FR||||0||e|0|0|4||\nEND\n"},
      {"Country,2019,2019\nChina,1,2\n", "!14 1:1 @0 2019: two columns have the name of one that is needed\n14\n"},
      {"year,Value,VALUE\n2020,1,2\n", "!14 1:1 @0 VALUE: two columns have the name of one that is needed\n14\n"},
      {"Trade_Value,year,trade value\n1,2020,2\n",
       "!14 1:1 @0 trade value: two columns have the name of one that is needed\n14\n"},
      {"reporter,2003,2001-01,2002,200101,2002p\nCN,1,2,3,4,5\n",
       "!14 1:1 @0 200101: two columns have the name of one that is needed\n14\n"},
      {"reporter,2001-Q1,2001-01,2001\nCN,1,2,3\n",
       "2|2001-Q1||CN||||0|||0|0|1||\n2|2001-01||CN||||0|||0|0|2||\n2|2001||CN||||0|||0|0|3||\nEND\n"},
      {"year,Exports,Imports,EXPORTS\n2001,1,2,3\n",
       "!14 1:1 @0 EXPORTS: two columns have the name of one that is needed\n14\n"},
      {"Date,EUR,usd,USD\n2001-01-02,1,2,3\n", "!14 1:1 @0 USD: two columns have the name of one that is needed\n14\n"},
      {"Entity,Code,Year,Trade,TRADE,Trad\nChile,CHL,2020,5,6,7\n",
       "2|2020||CHL||Trade||0|||0|0|5||\n2|2020||CHL||TRADE||0|||0|0|6||\n2|2020||CHL||Trad||0|||0|0|7||\nEND\n"},
      {"Entity,Code,Year,Trade,GDP,Trade\nChile,CHL,2020,5,6,7\n",
       "!14 1:1 @0 Trade: two columns have the name of one that is needed\n14\n"},
      {"Date,Country,Exchange rate\n2015-01-01,China,6.2\n",
       "!14 1:1 @0 : no known layout, nor a known name of a column of values: the option value names it\n14\n"},
      {"\346\234\210\344\273\275,\345\275\223\346\234\210\345\207\272\345\217\243\351\242\235-\351\207\221\351\242\235,"
       "\345\275\223\346\234\210\345\207\272\345\217\243\351\242\235-\345\220\214\346\257\224\345\242\236\351\225\277,"
       "\347\264\257\350\256\241\345\207\272\345\217\243\351\242\235-"
       "\351\207\221\351\242\235\n2022\345\271\26410\346\234\210\344\273\275,298371700,-0.3,1\n",
       "!14 1:1 @0 : no line above the header tells the unit of values: the option value_power must\n14\n"},
      {"\345\215\225\344\275\215\357\274\232\347\231\276\344\270\207\347\276\216\345\205\203\n\345\271\264\346\234\210,"
       "\345\207\272\345\217\243,\350\277\233\345\217\243\n2022.10,\"298,371.7\",-\n",
       "3|2022-10|||||export|2|||840|0|298371700000||\n3|2022-10|||||import|1|||840|0|||\nEND\n"},
      {"2022\345\271\264\345\207\272\345\217\243\345\225\206\345\223\201\347\261\273\347\253\240\346\200\273\345\200"
       "\274\350\241\250\357\274\210\347\276\216\345\205\203\345\200\274\357\274\211\n\347\261\273\347\253\240,"
       "\345\207\272\345\217\243\351\242\235\357\274\210\344\270\207\347\276\216\345\205\203\357\274\211\n\345\220\210"
       "\350\256\241,12.5\n",
       "3|2022||||\345\220\210\350\256\241|export|2|||840|4|125000||\nEND\n"},
      {"2022\345\271\264,\345\215\225\344\275\215\357\274\232\345\205\203\n\347\261\273\347\253\240,"
       "\345\275\223\346\234\210,,1\350\207\263\345\275\223\346\234\210\347\264\257\350\256\241,\n,"
       "\346\225\260\351\207\217,\351\207\221\351\242\235,\346\225\260\351\207\217,"
       "\351\207\221\351\242\235\n\347\254\254\344\270\200\347\261\273,1,2,3,4\n",
       "4|2022||||\347\254\254\344\270\200\347\261\273||0|||0|0|2|1|\nEND\n"},
      {"8\n\347\254\2540\345\271\2640\346\234\210\n2022\345\271\26413\346\234\210\345\207\272\345\217\243,"
       "\345\215\225\344\275\215:\345\215\203\345\205\203\n\345\233\275\345\210\253,"
       "\345\207\272\345\217\243\n\346\227\245\346\234\254,2\n",
       "5||||\346\227\245\346\234\254||export|2|||0|0|2000||\nEND\n"},
      {"\345\271\264\346\234\210,\345\207\272\345\217\243,,\n2022.01,\"1,234\",,\n",
       "!14 3:1 @34 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_reads(cases[i].text, NULL, cases[i].expected);
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.value_power = 3; /* the unit of a table that tells none */
  options.currency = TRADE_USD;
  assert_reads(
      "\346\234\210\344\273\275,\345\275\223\346\234\210\345\207\272\345\217\243\351\242\235-\351\207\221\351\242\235,"
      "\345\275\223\346\234\210\345\207\272\345\217\243\351\242\235-\345\220\214\346\257\224\345\242\236\351\225\277,"
      "\347\264\257\350\256\241\345\207\272\345\217\243\351\242\235-"
      "\351\207\221\351\242\235\n2022\345\271\26410\346\234\210\344\273\275,2.983717e+08,-0.3,1\n",
      &options, "2|2022-10|||||export|2|||840|0|298371700000||\nEND\n");
  options.lenient = 1;
  options.value_power = 0;
  static const char without_unit[] = "\345\271\264\346\234\210,\345\207\272\345\217\243\n2022.10,1\n";
  assert_reads(without_unit, &options,
               "!14 1:1 @0 : no line above the header tells the unit of values: the option value_power must\n14\n");
  assert_reads("Economy,Economy_Label,2020_US_at_current_prices_in_millions_Value\n0156,China,2.5\nNotes: estimates, "
               "where marked, are UNCTAD's,\n",
               &options,
               "2|2020||0156||||0|||840|0|2500000||\n!5 3:33 @113 2020_US_at_current_prices_in_millions_Value: not a "
               "number\nEND\n");
}

/* ---- Problems ---- */

static void a_strict_reader_says_where_and_why(void **state) {
  (void)state;
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"", "!14 1:1 @0 : the file is empty\n14\n"},
      {"\n\n", "!14 3:1 @2 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"a,b\n1,2\n",
       "!14 3:1 @8 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"year,value", "END\n"},
      {"year,value\n", "END\n"},
      {"year,value\n2020,1\n2021,x1\n", "2|2020||||||0|||0|0|1||\n!5 3:6 @23 value: not a number\n5\n"},
      {"year,value\r\n2020,1e\r\n", "!5 2:6 @17 value: not a number\n5\n"},
      {"year,value\n2020,1e999\n", "!6 2:6 @16 value: a number beyond all doubles\n6\n"},
      {"year,value\n2020,\"1,23\"\n",
       "!5 2:7 @17 value: thousands marks that do not stand between groups of three digits\n5\n"},
      {"year;value\n2020;1,234\n", "!5 2:6 @16 value: a number with a comma that could mark thousands or decimals: the "
                                   "option decimal says which\n5\n"},
      {"year,value\n20x0,1\n", "!5 2:1 @11 year: not a period\n5\n"},
      {"year,value\n2020-13,1\n", "!7 2:1 @11 year: a period or day that does not exist\n7\n"},
      {"year,value\n2020-W07,1\n", "!8 2:1 @11 year: a period that is not whole months, nor a day\n8\n"},
      {"STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X,D,CHN,2020,5\n",
       "!14 2:12 @72 ACTION: a row that deletes what another file gave\n14\n"},
      {"year,value\n2020,1,2\n", "!14 2:8 @18 : the row has more fields than the header\n14\n"},
      {"year,value\n2020,1,,\n", "2|2020||||||0|||0|0|1||\nEND\n"},
      {"year,value\n2020\n", "!14 2:5 @15 value: the row has fewer fields than the header\n14\n"},
      {"year,value\n\n2020,1\n\n", "3|2020||||||0|||0|0|1||\nEND\n"},
      {"year,value\n2020,\"1\n2021,2\n", "!14 2:6 @16 : a quote that does not close\n14\n"},
      {"year,product,value\n2020,\"a\nb\",1\n2021,c,y\n",
       "2|2020||||a\nb||0|||0|0|1||\n!5 4:8 @39 value: not a number\n5\n"},
      {"year,product,value\n2020,\"a\"b,1\n", "!14 2:9 @27 : text behind a closing quote\n14\n"},
      {"year,product,value\n2020,\"a\"\"b\"c\",1\n", "!14 2:12 @30 : text behind a closing quote\n14\n"},
      {"year,product,value\n2020,5\" pipe, 2\",1\n",
       "!14 2:7 @25 : a quote within a field that does not begin with one\n14\n"},
      {"\"year\",value\n\"2020\"x,1\n", "!14 2:7 @19 : text behind a closing quote\n14\n"},
      {"DATAFLOW,TIME_PERIOD,OBS_VALUE,CONF_STATUS\nx,2020,1,\"C\"x\n",
       "!14 2:13 @55 : text behind a closing quote\n14\n"},
      {"x\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nyear,value\n",
       "!14 33:1 @33 : none of the first lines is the header of a known layout, or has the columns that the options "
       "name\n14\n"},
      {"freq,unit,geo\\nothing\t2015 \t2016 \nA,X,DE\t1 \t2 \n",
       "!14 1:1 @0 : a column a period, but no known name of a column that says what a row is of: the option reporter, "
       "partner or product names it\n14\n"},
      {"DATE,DEX,trade_value\n2015-01-01,5,6\n", "2|2015-01|2015-01-01|||||0|||0|0|6||\nEND\n"},
      {"freq,reporter,indicators\\TIME_PERIOD\t2015 \nA,DE,QUANTITY_IN_PIECES\t3 p\n",
       "2|2015||DE||||0||p|0|16||3|\nEND\n"},
      {"freq,unit,geo\\TIME_PERIOD\t2015 \nA,EUR,DE\t1.5\nA,DE\t1.5\n",
       "2|2015||DE||||0|EUR||978|0|1.5||\n"
       "!14 3:1 @45 freq,unit,geo\\TIME_PERIOD: the first field has fewer dimensions than the header\n14\n"},
      {"freq,unit,geo\\TIME_PERIOD\t2015 \nA,EUR,DE,\t1.5\n",
       "!14 2:9 @40 freq,unit,geo\\TIME_PERIOD: the first field has more dimensions than the header\n14\n"},
      {"unit,geo\\TIME_PERIOD\t2015 \nEUR,DE\t1 234.5\n", "!5 2:8 @34 2015: not a number\n5\n"},
      {"unit,geo\\TIME_PERIOD\t2015 \nEUR,DE\t: 1\n", "!5 2:8 @34 2015: not a number\n5\n"},
      {"year,value,\n2001,1,\n2002,2\n2003,3, \n2004,4,\"\",\n2005,5,junk\n",
       "2|2001||||||0|||0|0|1||\n3|2002||||||0|||0|0|2||\n4|2003||||||0|||0|0|3||\n5|2004||||||0|||0|0|4||\n"
       "!14 6:8 @54 : the row has more fields than the header\n14\n"},
      {"year,value,,\n2001,1,,\n2002,2,,\n2003,3,,junk\n",
       "2|2001||||||0|||0|0|1||\n3|2002||||||0|||0|0|2||\n!14 4:8 @38 : the row has more fields than the header\n14\n"},
      {"t,i,j,k,v,q,\n2022,4,8,01,1,,\n2022,4,8,01,2,,\n2022,4,8,01,3,,junk\n",
       "2|2022||4|8|01||2|||840|0|1000||\n3|2022||4|8|01||2|||840|0|2000||\n"
       "!14 4:16 @60 : the row has more fields than the header\n14\n"},
      {"STRUCTURE,STRUCTURE_ID,TIME_PERIOD,,OBS_VALUE,,OBS_STATUS,\nDATAFLOW,X,2020,,1,,A,Normal\n",
       "2|2020||||||0||A|0|0|1||\nEND\n"},
      {"Country Name,Country Code,Indicator Name,Indicator "
       "Code,2020,\nChina,CHN,Trade,X,1,\nChina,CHN,Trade,Y,1,junk\n",
       "2|2020||CHN||X||0|||0|0|1||\n!14 3:21 @103 : the row has more fields than the header\n14\n"},
      {"year,value,value\n2020,1,2\n", "!14 1:1 @0 value: two columns have the name of one that is needed\n14\n"},
      {"\x1f\x8b\x08\n", "!14 1:1 @0 : gzip bytes: they must be decompressed first\n14\n"},
      {"PK\x03\x04", "!14 1:1 @0 : a zip archive or a spreadsheet, not a text\n14\n"},
      {"\xff\xfet", "!14 1:1 @0 : UTF-16, not UTF-8 or another charset with ASCII in it\n14\n"},
      {"\x7f"
       "ELF\x02\n",
       "!14 2:1 @6 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"(\xb5/\xfd", "!14 1:1 @0 : zstd bytes: they must be decompressed first\n14\n"},
      {"7z\xbc\xaf", "!14 1:1 @0 : a 7z archive, not a text\n14\n"},
      {"\xd0\xcf\x11\xe0", "!14 1:1 @0 : a spreadsheet, not a text\n14\n"},
      {"{\"dataset\": []}", "!14 1:1 @0 : JSON, not a table\n14\n"},
      {"<html>", "!14 1:1 @0 : a page of HTML, not a table\n14\n"},
      {"DATAFLOW,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nx,2020,1,99\n",
       "!5 2:10 @50 UNIT_MULT: not a power of ten from -20 to 20\n5\n"},
      {"No data\nof this kind",
       "!14 2:13 @20 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"No data\n\"of\nthis\",kind",
       "!14 3:11 @22 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
      {"No data matches your query\n",
       "!14 2:1 @27 : no line is the header of a known layout, or has the columns that the options name\n14\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_reads(cases[i].text, NULL, cases[i].expected);
  const char nul[] = "year,value\n2020,1\n20\00020,1\n";
  char *read = read_every_way(nul, sizeof nul - 1, NULL);
  assert_string_equal(read, "2|2020||||||0|||0|0|1||\n!14 3:3 @20 : a NUL byte\n14\n");
  free(read);
  read = read_every_way("ye\0ar", 5, NULL);
  assert_string_equal(read, "!14 1:3 @2 : a NUL byte\n14\n");
  free(read);
}

/* However it is cut. */
static void a_problem_has_what_stands_in_the_field(void **state) {
  (void)state;
  static const struct {
    const char *text, *field;
    int32_t length;
  } cases[] = {{"year,value\n2020,1x\n", "1x", 2},
               {"year,value\n2020,\"1 x\"\r\n", "\"1 x\"", 5},
               {"year,value,unit\n2020-13,1,\n", "2020-13", 7},
               {"value,year\n1,2020x", "2020x", 5},
               {"year,value\n2020,12345678901234567890123456789012x\n", "12345678901234567890123456789012", 33},
               {"year,value\n2020\n", "", 0},
               {"year,value\n2020,1,2\n", "", 0},
               {"year,value,value\n2020,1,2\n", "", 0}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    for (size_t piece = 1; piece < 64; piece *= 3) {
      const size_t length = strlen(cases[c].text);
      trade_reader *reader = NULL;
      trade_record record;
      trade_reader_problem problem;
      trade_status status;
      size_t at = 0;
      assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
      while ((status = trade_reader_next(reader, &record)) == TRADE_NEED_INPUT) {
        const size_t size = length - at < piece ? length - at : piece;
        assert_status(size ? trade_reader_feed(reader, cases[c].text + at, size) : trade_reader_finish(reader),
                      TRADE_OK);
        at += size;
      }
      assert_true(status != TRADE_OK && status != TRADE_END);
      assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
      assert_int_equal(problem.length, cases[c].length);
      assert_memory_equal(problem.text, cases[c].field, strlen(cases[c].field));
      trade_reader_destroy(reader);
    }
  }
}

static void doubled_quotes_are_one(void **state) {
  (void)state;
  assert_reads(
      "\"year\",product,\"the \"\"value\"\"\",value\n2020,\"a \"\"b\"\" c\",,1\n2021,\"\"\"\",,2\n2022,\"d\"\"e\",,3\n",
      NULL, "2|2020||||a \"b\" c||0|||0|0|1||\n3|2021||||\"||0|||0|0|2||\n4|2022||||d\"e||0|||0|0|3||\nEND\n");
  assert_reads("year,reporter,partner,product,flow,unit,value\n"
               "2020,\"a \"\"b\"\"\",\"c \"\"d\"\"\",\"\"\"e\"\" f g h i\",\"\"\"X\"\" is more of it\",\"\"\"\",1\n"
               "2021,\"a \"\"b\"\" and more\",\"c \"\"d\"\"\",\"\"\"e\"\"\",\"\"\"M\"\" and again more of "
               "it\",\"\"\"u\"\"\",2\n",
               NULL,
               "2|2020||a \"b\"|c \"d\"|\"e\" f g h i|\"X\" is more of it|0|\"||0|0|1||\n"
               "3|2021||a \"b\" and more|c \"d\"|\"e\"|\"M\" and again more of it|0|\"u\"||0|0|2||\nEND\n");
  assert_reads("year,product,value\n2020,\"a\"b\"c\",1\n", NULL, "!14 2:9 @27 : text behind a closing quote\n14\n");
  assert_reads("DATAFLOW,TIME_PERIOD,OBS_VALUE,INDICATORS\nx,2020,12,SUP_QUANTITY\n", NULL,
               "2|2020||||||0|||0|0||12|\nEND\n");
  char text[1000] = "year,value\n2020,", *read;
  memset(text + 16, '1', 801);
  read = read_every_way(text, strlen(text), NULL);
  assert_string_equal(read, "!5 2:6 @16 value: a number of more than 800 characters\n5\n");
  free(read);
}

static void a_lenient_reader_leaves_out_and_lists(void **state) {
  (void)state;
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.lenient = 1;
  options.problem_limit = 2;
  assert_reads("year,value\n2020,1\n2021,x\n2022,2,3\n2023,4\nabc,1\n", &options,
               "2|2020||||||0|||0|0|1||\n5|2023||||||0|||0|0|4||\n!5 3:6 @23 value: not a number\n!14 4:8 @32 : the "
               "row has more fields than the header\nEND\n");
  assert_reads("DATE,DGS1,DGS2\n2020-01-02,x,2\n", &options,
               "2|2020-01|2020-01-02|||DGS2||0|||0|0|2||\n!5 2:12 @26 DGS1: not a number\nEND\n");
  assert_reads("DATE,DGS1,DGS2\n2020-01-02,1,y\n2020-01-03,3,4\n", &options,
               "2|2020-01|2020-01-02|||DGS1||0|||0|0|1||\n3|2020-01|2020-01-03|||DGS1||0|||0|0|3||\n3|2020-01|2020-01-"
               "03|||DGS2||0|||0|0|4||\n"
               "!5 2:14 @28 DGS2: not a number\nEND\n");
  trade_reader *reader;
  trade_record record;
  trade_reader_problem problem;
  static const char text[] = "year,value\na,1\nb,1\nc,1\n2020,1\n";
  assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
  assert_status(trade_reader_last_problem(reader, &problem), TRADE_ERROR_NOT_FOUND);
  assert_status(trade_reader_feed(reader, text, sizeof text - 1), TRADE_OK);
  assert_status(trade_reader_next(reader, &record), TRADE_OK);
  assert_true(trade_reader_problem_count(reader) == 3);
  assert_status(trade_reader_problem_at(reader, 2, &problem), TRADE_ERROR_NOT_FOUND);
  assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
  assert_true(problem.line == 4);
  trade_reader_destroy(reader);
}

/** A stray quote costs its line, whatever it joined. */
static void a_lenient_reader_goes_on_behind_the_line_of_a_bad_quote(void **state) {
  (void)state;
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.lenient = 1;
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"year,product,value\n2020,\"a,1\n2021,b,2\n2022,c,3\n",
       "3|2021||||b||0|||0|0|2||\n4|2022||||c||0|||0|0|3||\n!14 2:6 @24 : a quote that does not close\nEND\n"},
      {"year,product,value\n2020,\"a,1\n2021,b,2\n2022,\"c\",3\n",
       "3|2021||||b||0|||0|0|2||\n4|2022||||c||0|||0|0|3||\n!14 2:6 @24 : a quote that does not close\nEND\n"},
      {"year,product,value\n2020,5\" a,1\n2021,\"b, 5\" a\",2\n2022,c,3\n2023,d,4",
       "4|2022||||c||0|||0|0|3||\n5|2023||||d||0|||0|0|4||\n!14 2:7 @25 : a quote within a field that does not begin "
       "with one\n!14 3:13 @43 : text behind a closing quote\nEND\n"},
      {"year,product,value,note\n2020,a,1,\"x\ny\"\n2021,b,2,\"x\ny\" z\n2022,c,3,\n",
       "2|2020||||a||0|||0|0|1||\n6|2022||||c||0|||0|0|3||\n!14 4:10 @48 : a quote that does not close\n!14 5:2 @52 : "
       "a "
       "quote within a field that does not begin with one\nEND\n"},
      {"year,note,value\n2020,\"x\ny\" , \"z\" \r\n2021,,2\n2022, \"\n\" x,3",
       "4|2021||||||0|||0|0|2||\n!5 3:7 @30 value: not a number\n!14 5:7 @49 : a quote that does not close\n"
       "!14 6:1 @51 : a quote that does not close\nEND\n"},
      /* Two quotes of two rows make one row of as many fields as the header. */
      {"year,note,value\n2020,5\" a,1\n2021,5\" b,2\n2022,,3\n",
       "4|2022||||||0|||0|0|3||\n!14 2:7 @22 : a quote within a field that does not begin with one\n!14 3:7 @34 : a "
       "quote "
       "within a field that does not begin with one\nEND\n"},
      {"year,product,value\n2020,\"a,1\n2021,b,\"\n2022,c,3\n",
       "4|2022||||c||0|||0|0|3||\n!14 2:10 @28 value: the row has fewer fields than the header\n!14 3:8 @36 : a quote "
       "that "
       "does not close\nEND\n"},
      {"year,value\n2020,1,\"\n\",\"\"\n2021,2\n", "4|2021||||||0|||0|0|2||\n!14 2:8 @18 : the row has more fields "
                                                   "than the header\n!14 3:1 @20 : a quote that does "
                                                   "not close\nEND\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_reads(cases[i].text, &options, cases[i].expected);
  assert_reads("year,note,value\n2020,5\" a,1\n2021,5\" b,2\n", NULL,
               "!14 2:7 @22 : a quote within a field that does not begin with one\n14\n");
  /* A limit that is met only since lines are joined. */
  options.row_limit = 40;
  options.column_limit = 8;
  assert_reads(
      "year,product,value\n2020,\"a,1\n2021,b,2\n2022,c,3\n2023,d,4\n2024,e,5\n", &options,
      "3|2021||||b||0|||0|0|2||\n4|2022||||c||0|||0|0|3||\n5|2023||||d||0|||0|0|4||\n6|2024||||e||0|||0|0|5||\n"
      "!14 2:6 @24 : a quote that does not close\nEND\n");
  assert_reads("year,a,b,value\n\"2020\",\",1\n2021,\",,,,,,,,\",2\n2022,,,3\n", &options,
               "4|2022||||||0|||0|0|3||\n!15 2:1 @15 : the row has more fields than the limit allows\n!14 3:18 @43 "
               "value: the row has fewer fields than the header\nEND\n");
  assert_reads("year,a,b,value\n2020,\"x\",\"y\",12345678901234567890123456789\n2021,,,1\n", &options,
               "!15 2:1 @15 : a row longer than the limit allows, or a quote that does not close\n15\n");
}

/** Texts of quotes, line ends and little else are read alike in whatever pieces, and no row is in two problems. */
static void quotes_anywhere_are_read_alike_in_all_pieces(void **state) {
  (void)state;
  static const char characters[] = "\"\"\"\n\n,,,;1a \r";
  uint64_t random = 4;
  for (int32_t round = 0; round < 400; round++) {
    dump text = {NULL, 0, 0};
    trade_reader_options options;
    memset(&options, 0, sizeof options);
    options.lenient = 1;
    if (round % 4 == 3) options.row_limit = 24;
    if (round % 4 == 2) options.column_limit = 4;
    dump_bytes(&text, "year,note,value\n", 16);
    for (size_t i = 0, n = trade_random_below(&random, 300); i < n; i++) {
      if (trade_random_below(&random, 8) == 0)
        dump_bytes(&text, "\n2020,\"x\",1\n", 13);
      else
        dump_bytes(&text, characters + trade_random_below(&random, sizeof characters - 1), 1);
    }
    free(read_every_way(text.text, text.length, &options));
    free(text.text);
  }
}

/** Half a million lines behind a quote, and each is read once or a few times. */
static void many_bad_quotes_take_no_longer_than_their_lines(void **state) {
  (void)state;
  enum { ROWS = 500000 };
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.lenient = 1;
  dump text = {NULL, 0, 0};
  dump_bytes(&text, "year,note,value\n", 16);
  size_t bad = 0;
  for (int i = 0; i < ROWS; i++) {
    const int stray = i % 1000 == 1 || (i > ROWS / 2 && i % 2);
    bad += (size_t)stray;
    dump_bytes(&text, stray ? "2020,\"x,1\n" : "2020,\"x\",1\n", stray ? 10 : 11);
  }
  trade_reader *reader;
  trade_record records[64];
  trade_status status;
  size_t count = 0, all = 0, at = 0;
  assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
  while ((status = trade_reader_next_array(reader, records, 64, &count)) == TRADE_OK || status == TRADE_NEED_INPUT) {
    const size_t size = text.length - at < 100000 ? text.length - at : 100000;
    if (status == TRADE_OK)
      all += count;
    else if (size)
      assert_status(trade_reader_feed(reader, text.text + at, size), TRADE_OK), at += size;
    else
      assert_status(trade_reader_finish(reader), TRADE_OK);
  }
  assert_status(status, TRADE_END);
  assert_true(all == ROWS - bad);
  assert_true(trade_reader_problem_count(reader) == bad);
  trade_reader_destroy(reader);
  free(text.text);
}

/* ---- Numbers, periods, options ---- */

static void numbers_are_read_exactly_in_every_form(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"0", 0},
               {"-0", -0.0},
               {"7", 7},
               {"12345678", 12345678},
               {"123456789", 123456789},
               {"999999999999999", 999999999999999},
               {"9007199254740993", 9007199254740992.0},
               {"0.1", 0.1},
               {".5", 0.5},
               {"5.", 5},
               {"1234567.8", 1234567.8},
               {"123456.78901234", 123456.78901234},
               {"1.23456789012345", 1.23456789012345},
               {"12345678.9", 12345678.9},
               {"1234567890123.4", 1234567890123.4},
               {"0.00000000000001", 1e-14},
               {"-12.5", -12.5},
               {"+3", 3},
               {"2.983717e+08", 2.983717e+08},
               {"1E-3", 1e-3},
               {"\"9389778348.49\"", 9389778348.49},
               {"\" 42 \"", 42},
               {"  42  ", 42},
               {"\"1,234\"", 1234},
               {"\"-1,234,567.25\"", -1234567.25},
               {"\"1.234,5\"", 1234.5},
               {"1e-400", 0},
               {"123456789012345678901234567890", 123456789012345678901234567890.0}};
  static const char *const missing[] = {"",  "NA", "N/A",  "NaN",  ".",      "..",   "...", ":",
                                        "-", "_",  "null", "\"\"", "\"NA\"", "  NA", " "};
  static const char *const wrong[] = {"1.2.3",
                                      "1..2",
                                      "--1",
                                      "1-",
                                      "x",
                                      "1 2",
                                      "0x10",
                                      "1e5.5",
                                      "1,2,3x",
                                      "\"1,2345\"",
                                      "\"12,34,567\"",
                                      "\",1\"",
                                      "inf",
                                      "12345678x",
                                      "/",
                                      "1:2",
                                      "e5",
                                      "+",
                                      "1e+",
                                      "1.234.567.8",
                                      "\"0,123\"",
                                      "\"-000,500\"",
                                      "\"00,123,456\""};
  char text[128];
  reading how = whole(NULL);
  for (size_t i = 0; i < COUNT(cases); i++)
    for (int32_t pad = 0; pad < 2; pad++) { /* with little and with much in front of it */
      snprintf(text, sizeof text, pad ? "value,year\n%s,2020\n" : "year,product,value\n2020,some product,%s\n",
               cases[i].text);
      char *read = read_text(text, strlen(text), how), *number = read;
      for (size_t bar = 0; bar < 12; bar++) number = strchr(number, '|') + 1;
      assert_same(strtod(number, NULL), cases[i].value);
      free(read);
    }
  for (size_t i = 0; i < COUNT(missing); i++) {
    snprintf(text, sizeof text, "year,product,value\n2020,some product,%s\n", missing[i]);
    assert_reads(text, NULL, "2|2020||||some product||0|||0|0|||\nEND\n");
  }
  for (size_t i = 0; i < COUNT(wrong); i++) {
    snprintf(text, sizeof text, "year,product,value\n2020,some product,%s\n", wrong[i]);
    char *read = read_every_way(text, strlen(text), NULL);
    assert_int_equal(read[0], '!');
    free(read);
  }
}

/** Where the delimiter is no comma, numbers have one decimal mark, which the first one that shows it decides. */
static void one_decimal_mark_holds_for_a_file(void **state) {
  (void)state;
  static const struct {
    const char *numbers; /* in rows of one column; the last one may be refused */
    double total;
    int32_t wrong; /* 1: a point, 2: a comma that could be either; 3: marks that are no groups */
  } cases[] = {
      {"1.234.567 12.345 2.345.000 999", 1234567 + 12345 + 2345000 + 999, 0},
      {"12,5 1.234 -1.234,25", 12.5 + 1234 - 1234.25, 0},
      {"12,5 12.5", 12.5, 3},
      {"12,5 1,234.5", 12.5, 3},
      {"1,5 12,345", 13.845, 0},
      {"12.5 12.345 999 1,234", 12.5 + 12.345 + 999 + 1234, 0},
      {"12.5 1,5", 12.5, 3},
      {"1,187.5 1.234", 1187.5 + 1.234, 0},
      {"1,234,567 1.234", 1234567 + 1.234, 0},
      {"12.345 13.5 999", 12.345 + 13.5 + 999, 0},
      {"12.345 -13.500 0 1.000", 12.345 - 13.5 + 1, 0},
      {"0.123 12.345 999", 0.123 + 12.345 + 999, 0},
      {"1234.567 12.345 999", 1234.567 + 12.345 + 999, 0},
      {"1.234e2 12.345 999", 123.4 + 12.345 + 999, 0},
      {"12.345 999", 12.345, 1},
      {"999 12.345", 999, 1},
      {"0 12.345 0 000 .5 999", 12.345 + .5 + 999, 0},
      {"0 12.345 0 9", 12.345, 1},
      {"999 NA 12,5 12.345", 999 + 12.5 + 12345, 0},
      {"12.345 12,5", 12.345, 1},
      {"12.345 1.234,5", 12.345, 1},
      {"12.345 1.234.567", 12.345, 1},
      {"12.345 1,234", 12.345, 2},
      {"1,234", 0, 2},
      {"1234 1,234 1.234", 1234 + 1.234 + 1234, 0},
      {"1234 12.345 999 12,345", 1234 + 12.345 + 999 + 12345, 0},
      {"999 12345 12.345", 999 + 12345 + 12.345, 0},
      {"12.345 12345 999", 12.345 + 12345 + 999, 0},
  };
  static const char *const headers[] = {"year;value\n", "year\tvalue\n", "year|quantity\n", "year;weight\n"};
  static const char *const reasons[] = {
      "a point before three digits, here or above, could mark thousands or decimals: the option decimal says which",
      "a number with a comma that could mark thousands or decimals: the option decimal says which",
      "thousands marks that do not stand between groups of three digits"};
  for (size_t i = 0; i < COUNT(cases) * COUNT(headers); i++) {
    const char *header = headers[i % COUNT(headers)], *numbers = cases[i / COUNT(headers)].numbers;
    dump text = {NULL, 0, 0};
    trade_reader *reader;
    trade_record record;
    trade_reader_problem problem;
    double total = 0;
    dump_bytes(&text, header, strlen(header));
    for (size_t at = 0; numbers[at];) {
      const size_t length = strcspn(numbers + at, " ");
      dump_bytes(&text, "2020", 4);
      dump_bytes(&text, header + 4, 1);
      dump_bytes(&text, numbers + at, length);
      dump_bytes(&text, "\n", 1);
      at += length + (numbers[at + length] == ' ');
    }
    free(read_every_way(text.text, text.length, NULL));
    assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_feed(reader, text.text, text.length), TRADE_OK);
    trade_status status;
    while ((status = trade_reader_next(reader, &record)) == TRADE_OK) {
      const double one[] = {record.value, record.quantity, record.weight};
      for (size_t k = 0; k < 3; k++) total += isnan(one[k]) ? 0 : one[k];
    }
    assert_true(fabs(total - cases[i / COUNT(headers)].total) <= 1e-9 * fabs(total));
    assert_status(status, cases[i / COUNT(headers)].wrong ? TRADE_ERROR_TEXT : TRADE_NEED_INPUT);
    if (status == TRADE_ERROR_TEXT) {
      assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
      assert_string_equal(problem.reason, reasons[cases[i / COUNT(headers)].wrong - 1]);
    }
    trade_reader_destroy(reader);
    free(text.text);
  }
  /* Numbers of other columns, and of layouts whose decimals have points, say nothing. */
  assert_reads("year;value;quantity\n2020;12.345;7\n2021;13.345;999\n", NULL,
               "2|2020||||||0|||0|0|12.345000000000001|7|\n3|2021||||||0|||0|0|13.345000000000001|999|\nEND\n");
  assert_reads(
      "date;CNY;USD\n2020-01-02;8.277;1\n", NULL,
      "2|2020-01|2020-01-02||CNY|||0|||156|0|8.2769999999999992||\n2|2020-01|2020-01-02||USD|||0|||840|0|1||\nEND\n");
  assert_reads("DATAFLOW;GEO;TIME_PERIOD;OBS_VALUE\nx;DE;2020;12.345\nx;DE;2021;999\n", NULL,
               "2|2020||DE||||0|||0|0|12.345000000000001||\n3|2021||DE||||0|||0|0|999||\nEND\n");
}

static void groups_are_marked_by_type_or_name(void **state) {
  (void)state;
  assert_reads(
      "Reporter,type_Reporter,Partner,type_Partner,Flow,Item_code,Year,Balanced_value\nE27,g,US,c,X,SC,2019,1\n"
      "CN,c,EUX,\"g\",X,SC,2019,1\nCN,c,US,c,X,SC,2019,1\n",
      NULL,
      "2|2019||E27|US|SC|X|2|||840|1|1000000||\n3|2019||CN|EUX|SC|X|2|||840|2|1000000||\n"
      "4|2019||CN|US|SC|X|2|||840|0|1000000||\nEND\n");
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.partner = "partnerDesc";
  assert_reads("period,reporterCode,partnerDesc,cmdCode,primaryValue\n2020,156,World,85,1\n", &options,
               "2|2020||156|World|85||0|||840|2|1||\nEND\n");
  assert_reads("year,reporter,partner,value\n2020,Total,total,1\n", NULL, "2|2020||Total|total|||0|||0|3|1||\nEND\n");
}

static void bacis_products_have_six_digits(void **state) {
  (void)state;
  assert_reads("t,i,j,k,v,q\n2022,156,842,10121,100,1\n2022,156,842,100110,5,1\n2022,156,842,\"10122\",50,\n2022,156,"
               "842,1012x,1,1\n"
               "2022,156,842,TOTAL,1,1\n",
               NULL,
               "2|2022||156|842|010121||2|||840|0|100000|1|1000\n3|2022||156|842|100110||2|||840|0|5000|1|1000\n"
               "4|2022||156|842|010122||2|||840|0|50000||\n5|2022||156|842|1012x||2|||840|0|1000|1|1000\n"
               "6|2022||156|842|TOTAL||2|||840|0|1000|1|1000\nEND\n");
  assert_reads("k,t,i,j,q,v\n10121,2022,156,842,,100\n10121,2022,156,842,,100\n", NULL,
               "2|2022||156|842|010121||2|||840|0|100000||\n3|2022||156|842|010121||2|||840|0|100000||\nEND\n");
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.product = "j";
  assert_reads("t,i,j,k,v,q\n2022,156,10121,1,100,1\n", &options,
               "2|2022||156|10121|10121||2|||840|0|100000|1|1000\nEND\n");
  dump text = {NULL, 0, 0};
  dump_bytes(&text, "t,i,j,k,v,q\n", 12);
  for (int i = 0; i < 3000; i++)
    dump_bytes(&text, i % 3 ? "2022,8,4,10121,1,1\n" : "2022,8,4,854231,1,1\n", i % 3 ? 19 : 20);
  free(read_every_way(text.text, text.length, NULL));
  free(text.text);
}

static void a_plain_table_may_have_year_and_part_in_two_columns(void **state) {
  (void)state;
  assert_reads("Year,Month,Value\n2020,1,1\n2020,02,2\n2020,M3,3\n2020,M04,4\n2020,May,5\n2020,September,6\n2020,,7\n"
               "2020,2020-12,8\n2021,Q3,9\n",
               NULL,
               "2|2020-01||||||0|||0|0|1||\n3|2020-02||||||0|||0|0|2||\n4|2020-03||||||0|||0|0|3||\n"
               "5|2020-04||||||0|||0|0|4||\n6|2020-05||||||0|||0|0|5||\n7|2020-09||||||0|||0|0|6||\n"
               "8|2020||||||0|||0|0|7||\n9|2020-12||||||0|||0|0|8||\n10|2021-Q3||||||0|||0|0|9||\nEND\n");
  assert_reads("quarter;ref year;Exports;Imports\n2;2020;1;2\nQ4;2020;3;4\n", NULL,
               "2|2020-Q2|||||export|2|||0|0|1||\n2|2020-Q2|||||import|1|||0|0|2||\n3|2020-Q4|||||export|2|||0|0|3||\n"
               "3|2020-Q4|||||import|1|||0|0|4||\nEND\n");
  assert_reads("year,month,value\n2020,13,1\n", NULL, "!7 2:1 @17 year: a period or day that does not exist\n7\n");
  assert_reads("year,month,value\n2020,total,1\n", NULL, "!5 2:1 @17 year: not a period\n5\n");
  assert_reads("year,month,value\n2020,\"1\"x,1\n", NULL, "!14 2:9 @25 : text behind a closing quote\n14\n");
  assert_reads("period,month,value\n2020,7,1\n", NULL, "2|2020||||||0|||0|0|1||\nEND\n");
  assert_reads("month,value\n2020-02,1\n", NULL, "2|2020-02||||||0|||0|0|1||\nEND\n");
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.period = "year";
  assert_reads("year,month,value\n2020,7,1\n", &options, "2|2020||||||0|||0|0|1||\nEND\n");
}

/** Readers that go on elsewhere in a file know what the part that all have read has shown, and no more. */
static void the_decimal_mark_is_settled_where_readers_part(void **state) {
  (void)state;
  static const struct {
    const char *head, *rest;
    double value; /* of the last row; NaN: it is refused */
  } cases[] = {{"2020;12,5\n", "2021;1.234\n", 1234},        {"2020;12.345\n", "2021;12.345\n", 12.345},
               {"2020;12.345\n", "2021;999\n", 999},         {"2020;12.345\n", "2021;12,5\n", (double)NAN},
               {"2020;9\n", "2021;12.5\n2021;12,5\n", 12.5}, {"2020;9\n", "2021;12.345\n", (double)NAN},
               {"2020;1234\n", "2021;12.345\n", 12.345},     {"", "2021;12.345\n", (double)NAN},
               {"2020;12.5\n", "2021;12.345\n", 12.345}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    trade_reader *reader;
    trade_record record;
    trade_status status;
    char head[64];
    double value = -1;
    snprintf(head, sizeof head, "year;value\n%s", cases[i].head);
    assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_feed(reader, head, strlen(head)), TRADE_OK);
    while ((status = trade_reader_next(reader, &record)) == TRADE_OK) value = record.value;
    assert_status(status, TRADE_NEED_INPUT);
    assert_status(trade_reader_continue_at(reader, 9, 100), TRADE_OK);
    assert_status(trade_reader_feed(reader, cases[i].rest, strlen(cases[i].rest)), TRADE_OK);
    while ((status = trade_reader_next(reader, &record)) == TRADE_OK) value = record.value;
    assert_status(status, isnan(cases[i].value) ? TRADE_ERROR_TEXT : TRADE_NEED_INPUT);
    if (!isnan(cases[i].value)) assert_true(value == cases[i].value);
    trade_reader_destroy(reader);
  }
}

static void random_numbers_are_the_nearest_doubles(void **state) {
  (void)state;
  uint64_t random = 6;
  for (size_t i = 0; i < 3000; i++) {
    char digits[40], text[128];
    const size_t length = 1 + trade_random_below(&random, 18), point = trade_random_below(&random, length + 4);
    for (size_t k = 0; k < length; k++) digits[k] = (char)('0' + trade_random_below(&random, 10));
    digits[length] = 0;
    if (point < length && length > 1) digits[point] = '.';
    snprintf(text, sizeof text, "t,i,j,k,v,q\n2022,1,2,010121,%s,%s\n", digits, digits);
    trade_reader *reader;
    trade_record record;
    assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_feed(reader, text, strlen(text)), TRADE_OK);
    assert_status(trade_reader_next(reader, &record), TRADE_OK);
    snprintf(text, sizeof text, "%se3", digits);
    assert_same(record.quantity, strtod(digits, NULL));
    assert_same(record.value, strtod(text, NULL)); /* rounded once, after the power of ten */
    assert_same(record.weight, strtod(text, NULL));
    trade_reader_destroy(reader);
  }
}

static void periods_of_tables_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text, *period;
  } cases[] = {{"2001", "2001|"},
               {"200101", "2001-01|"},
               {"2001M1", "2001-01|"},
               {"2001-Q3", "2001-Q3|"},
               {"2001/01", "2001-01|"},
               {"2001.12", "2001-12|"},
               {"2001.01", "2001-01|"},
               {"2001.10", "2001-10|"},
               {"2001.2", "2001-02|"},
               {"2001/1", "2001-01|"},
               {"January 2001", "2001-01|"},
               {"Sep-2001", "2001-09|"},
               {"02-Jan-2001", "2001-01|2001-01-02"},
               {"21 September 2023", "2023-09|2023-09-21"},
               {"20010131", "2001-01|2001-01-31"},
               {"2001-01-31", "2001-01|2001-01-31"},
               {"2026\345\271\26406\xe6\x9c\x88\xe4\xbb\xbd", "2026-06|"},
               {"2026\345\271\2641-2\xe6\x9c\x88", "2026-01-01/P2M|"},
               {"2026\xe5\xb9\xb4", "2026|"}};
  static const char *const wrong[] = {"2001/13",
                                      "31-Feb-2001",
                                      "Januar 2001",
                                      "2001/",
                                      "2001/1x",
                                      "21 2001",
                                      "2001.1.1",
                                      "2026\345\271\2643-2\xe6\x9c\x88",
                                      "2026\345\271\2643",
                                      "January",
                                      "5-January",
                                      "January 20011",
                                      "2026\xe5\xb9\xb4-",
                                      "2026\345\271\2641-",
                                      "99-xx",
                                      "2026\345\271\26412-13\xe6\x9c\x88",
                                      "2023.1",
                                      "2023.0"};
  char text[128], expected[128];
  for (size_t i = 0; i < COUNT(cases); i++) {
    snprintf(text, sizeof text, "date,value\n%s,1\n%s,2\n", cases[i].text, cases[i].text);
    snprintf(expected, sizeof expected, "2|%s|||||0|||0|0|1||\n3|%s|||||0|||0|0|2||\nEND\n", cases[i].period,
             cases[i].period);
    assert_reads(text, NULL, expected);
  }
  for (size_t i = 0; i < COUNT(wrong); i++) {
    snprintf(text, sizeof text, "date,value\n%s,1\n", wrong[i]);
    char *read = read_every_way(text, strlen(text), NULL);
    assert_int_equal(read[0], '!');
    free(read);
  }
  assert_reads("date,value\n2023.9,1\n2023.1,2\n", NULL,
               "2|2023-09||||||0|||0|0|1||\n"
               "!5 3:1 @20 date: a month that could be January, or October without its zero\n5\n");
  assert_reads("reporter,2023.2,2023.1\nCN,1,2\n", NULL,
               "!14 1:1 @0 2023.1: a month that could be January, or October without its zero\n14\n");
  assert_reads("date,value\n2022-01-15,1\n2022-11-15,2\n", NULL, /* alike at both ends */
               "2|2022-01|2022-01-15|||||0|||0|0|1||\n3|2022-11|2022-11-15|||||0|||0|0|2||\nEND\n");
}

/** A byte order mark is no part of what it stands before. */
static void files_of_every_layout_may_begin_with_a_byte_order_mark(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(layout_names); i++) {
    size_t length;
    char *text = layout_file(layout_names[i], &length), *marked = (char *)malloc(length + 3);
    assert_non_null(marked);
    memcpy(marked, "\xef\xbb\xbf", 3);
    memcpy(marked + 3, text, length);
    const size_t has = memcmp(text, marked, 3) == 0 ? 3 : 0;
    char *expected = read_text(text, length, whole(NULL)),
         *read = read_text(marked + has, length + 3 - has, whole(NULL));
    assert_string_equal(read, expected);
    free(expected);
    free(read);
    free(marked);
    free(text);
  }
}

static void options_name_columns_and_say_what_the_file_does_not(void **state) {
  (void)state;
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.value = "exports gnfs usd";
  options.reporter = "iso3";
  options.value_power = 6;
  options.currency = TRADE_USD;
  assert_reads("iso3,year,exports_gnfs_usd,value\nCHE,2015,443.5,9\n", &options,
               "2|2015||CHE||||0|||840|0|443500000||\nEND\n");
  assert_reads("iso3,year,value\nCHE,2015,443.5\n", &options,
               "!14 1:1 @0 : no column has the name that an option gives\n14\n");
  memset(&options, 0, sizeof options); /* the name tells the unit, unless value_power does */
  options.value = "Value (USD million)";
  assert_reads("year,unit,Value (USD million)\n2015,,443.5\n2016,EUR,1\n", &options,
               "2|2015||||||0|||840|0|443500000||\n3|2016||||||0|EUR||978|0|1000000||\nEND\n");
  options.value_power = 3;
  assert_reads("year,Value (USD million)\n2015,443.5\n", &options, "2|2015||||||0|||840|0|443500||\nEND\n");
  assert_reads("year,value_eur\n2015,443.5\n", NULL, "2|2015||||||0|||978|0|443.5||\nEND\n");
  assert_reads("year,Exports (100 million CNY),Imports (EUR million)\n2015,2,3\n", NULL,
               "2|2015|||||export|2|||156|0|200000000||\n2|2015|||||import|1|||978|0|3000000||\nEND\n");
  memset(&options, 0, sizeof options); /* a column beside BACI's has no unit of BACI's, unless the layout is told */
  options.value = "usd";
  assert_reads("t,i,j,k,v,q,usd\n2022,4,8,010121,1,2,1000\n", &options, "2|2022||4|8|010121||0|||840|0|1000|2|\nEND\n");
  options.layout = TRADE_LAYOUT_BACI;
  assert_reads("t,i,j,k,usd,q,v\n2022,4,8,010121,1,2,9\n", &options,
               "2|2022||4|8|010121||2|||840|0|1000|2|2000\nEND\n");
  memset(&options, 0, sizeof options);
  options.value = "V";
  options.flow = "flow";
  assert_reads("t,i,j,k,v,q,flow\n2022,4,8,010121,1,2,M\n2022,4,8,010121,2,2,X\n", &options,
               "2|2022||4|8|010121|M|1|||840|0|1000|2|2000\n3|2022||4|8|010121|X|2|||840|0|2000|2|2000\nEND\n");
  memset(&options, 0, sizeof options); /* instead of what rows say, not besides */
  options.value_power = 3;
  assert_reads("STRUCTURE,STRUCTURE_ID,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nDATAFLOW,X,2020,2,6\nDATAFLOW,X,2021,3,0\n",
               &options, "2|2020||||||0|||0|0|2000||\n3|2021||||||0|||0|0|3000||\nEND\n");
  assert_reads("year,value,unit_mult\n2020,2,9\n2021,3,?\n", &options,
               "2|2020||||||0|||0|0|2000||\n3|2021||||||0|||0|0|3000||\nEND\n");
  assert_reads("DATASET,SERIES_CODE,OBS_MEASURE,COUNTRY,SCALE,2023\nX,Y,Z,China,Billions,5\n", &options,
               "2|2023||China||||0|||0|0|5000||\nEND\n");
  memset(&options, 0, sizeof options);
  options.value = "Population";
  assert_reads("Entity,Code,Year,GDP,Population\nChile,CHL,2020,5,6\n", &options,
               "2|2020||CHL||Population||0|||0|0|6||\nEND\n");
  memset(&options, 0, sizeof options);
  options.decimal = ',';
  assert_reads("year;value\n2015;1.234\n2016;1,234\n2017;1.234.567,5\n", &options,
               "2|2015||||||0|||0|0|1234||\n3|2016||||||0|||0|0|1.234||\n4|2017||||||0|||0|0|1234567.5||\nEND\n");
  options.decimal = '.';
  assert_reads("year;value\n2015;1,234\n", &options, "2|2015||||||0|||0|0|1234||\nEND\n");
  options.delimiter = ';';
  assert_reads("year,x;value\n", &options, "END\n");
  memset(&options, 0, sizeof options);
  options.layout = TRADE_LAYOUT_BACI;
  assert_reads("year,value\n2015,1\n", &options,
               "!14 3:1 @18 : no line is the header of a known layout, or has the columns that the options name\n14\n");
  options.layout = 0;
  options.value = "Final_value";
  size_t length;
  char *text = layout_file("batis.csv", &length), *read = read_every_way(text, length, &options);
  assert_non_null(strstr(read, "|5213250000||\n"));
  free(read);
  free(text);
  options.value = "Percentage";
  text = layout_file("unctad_wide.csv", &length);
  read = read_every_way(text, length, &options);
  assert_non_null(strstr(read, "3|2022||0156|||01|1|||0|0|10.5||\nEND\n"));
  free(read);
  free(text);
}

/** The names of each record, or of the last of each `batch`, a line each; the last line is the status. To be freed. */
static char *read_names(const char *text, size_t length, size_t piece, size_t batch) {
  trade_reader_options options;
  trade_reader *reader;
  trade_record records[16], called;
  dump out = {NULL, 0, 0};
  char line[32];
  size_t at = 0, count;
  trade_status status;
  memset(&options, 0, sizeof options);
  options.names = 1;
  assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
  while ((status = trade_reader_next_array(reader, records, batch, &count)) == TRADE_OK || status == TRADE_NEED_INPUT) {
    const trade_text *const texts[] = {&called.reporter, &called.partner, &called.product};
    assert_status(trade_reader_names(reader, &called), status == TRADE_OK ? TRADE_OK : TRADE_ERROR_NOT_FOUND);
    if (status == TRADE_NEED_INPUT && at == length) {
      assert_status(trade_reader_finish(reader), TRADE_OK);
    } else if (status == TRADE_NEED_INPUT) {
      const size_t size = piece < length - at ? piece : length - at;
      assert_status(trade_reader_feed(reader, text + at, size), TRADE_OK);
      at += size;
    } else {
      for (size_t i = 0; i < 3; i++) {
        if (texts[i]->length) dump_bytes(&out, texts[i]->bytes, texts[i]->length);
        dump_bytes(&out, "|", 1);
      }
      dump_bytes(&out, "\n", 1);
      assert_true(isnan(called.value) && called.day == TRADE_DAY_NONE && called.flow.bytes == NULL);
    }
  }
  assert_status(trade_reader_names(reader, &called), TRADE_ERROR_NOT_FOUND);
  dump_bytes(&out, line, (size_t)snprintf(line, sizeof line, "%d\n", (int)status));
  trade_reader_destroy(reader);
  return out.text;
}

static void names_stand_beside_codes(void **state) {
  (void)state;
  static const struct {
    const char *text, *file, *names;
  } cases[] = {
      {NULL, "comtrade.csv",
       "Thailand|World|Electronic integrated circuits|\nThailand|Burkina Faso|Electronic integrated circuits|\n"
       "Cura\xe7"
       "ao|T\xfcrkiye|Horses, asses, mules; \"pure-bred\" ones|\n17\n"},
      {NULL, "databank.csv",
       "China||Exports of goods and services (current US$)|\nChina||Exports of goods and services (current US$)|\n"
       "Euro area||Exports of goods and services (current US$)|\nEuro area||Exports of goods and services (current "
       "US$)|\n17\n"},
      {NULL, "unctad_long.csv", "China|||\nAfrica|||\n17\n"},
      {NULL, "sdmx2_both.csv", "France|China||\nFrance|||\n17\n"},
      {NULL, "sdmx2_name.csv", "China|||\nUnited States|||\n17\n"},
      {NULL, "owid.csv", "China|||\nWorld|||\nAsia|||\n17\n"},
      {NULL, "eurostat.tsv", NULL},
      {"year,reporter_code,Reporter Name,partner,value\n2020,156,\"\"\"China\"\"\",842,1\n2021,8,,4,2\n", NULL,
       "\"China\"|||\n|||\n17\n"},
      {"year,iso3,country,hs code,hs desc,value\n2020,CHN,China,85,x,1\n", NULL, "China||x|\n17\n"},
      {"year,i,value\n2020,CHN,1\n", NULL, "|||\n17\n"},
      {"year,reporter_code,reporter,value\n2020,156,\"China\"s,1\n", NULL, "14\n"}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    size_t length = cases[i].text ? strlen(cases[i].text) : 0;
    char *file = cases[i].file ? layout_file(cases[i].file, &length) : NULL;
    const char *text = file ? file : cases[i].text;
    for (size_t piece = 1; piece < 10000; piece = piece * 3 + 1) {
      char *names = read_names(text, length, piece, 1), *last = read_names(text, length, piece, 16);
      if (cases[i].names) assert_string_equal(names, cases[i].names);
      if (!cases[i].names) assert_int_equal(strspn(names, "|\n17"), strlen(names));
      assert_string_equal(names + strlen(names) - strlen(strrchr(names, '|') ? strrchr(names, '|') : names),
                          last + strlen(last) - strlen(strrchr(last, '|') ? strrchr(last, '|') : last));
      free(names);
      free(last);
    }
    free(file);
  }
  trade_reader *reader;
  trade_record called;
  assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
  assert_status(trade_reader_names(reader, &called), TRADE_ERROR_VALUE);
  assert_status(trade_reader_names(reader, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_names(NULL, &called), TRADE_ERROR_NULL);
  trade_reader_destroy(reader);
  /* What the table tells of a row's currency is no matter of options. */
  trade_reader_options dollars;
  memset(&dollars, 0, sizeof dollars);
  dollars.currency = TRADE_USD;
  assert_reads("year,value,currency\n2020,1,EUR\n2021,2,\n2022,3,kg\n2023,\"4\",CNY\n", &dollars,
               "2|2020||||||0|EUR||978|0|1||\n3|2021||||||0|||840|0|2||\n4|2022||||||0|kg||840|0|3||\n5|2023||||||0|"
               "CNY||156|0|4||\nEND\n");
  assert_reads("DATAFLOW,GEO,UNIT,TIME_PERIOD,OBS_VALUE\nx,DE,EUR,2020,1\nx,DE,PC,2020,1\n", &dollars,
               "2|2020||DE||||0|EUR||978|0|1||\n3|2020||DE||||0|PC||840|0|1||\nEND\n");
}

/** What differs in a text, "column first last" a line each, and how many rows were not chosen. */
static void assert_differs(const char *text, const char *only, const char *expected, uint64_t left_out) {
  trade_reader_options options;
  trade_reader_other other;
  trade_reader_finding found;
  trade_reader *reader;
  trade_record record;
  char told[512] = "";
  size_t used = 0;
  trade_status status;
  memset(&options, 0, sizeof options);
  options.only = only;
  assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
  assert_status(trade_reader_feed(reader, text, strlen(text)), TRADE_OK);
  while ((status = trade_reader_next(reader, &record)) == TRADE_OK || status == TRADE_NEED_INPUT)
    if (status == TRADE_NEED_INPUT) assert_status(trade_reader_finish(reader), TRADE_OK);
  assert_status(status, TRADE_END);
  for (size_t i = 0; trade_reader_other_at(reader, i, &other) == TRADE_OK; i++)
    if (strcmp(other.first, other.last) != 0)
      used += (size_t)snprintf(told + used, sizeof told - used, "%.*s %s %s\n", (int)other.column.length,
                               other.column.bytes, other.first, other.last);
  assert_string_equal(told, expected);
  assert_status(trade_reader_found(reader, &found), TRADE_OK);
  assert_true(found.left_out == left_out);
  trade_reader_destroy(reader);
}

/* Of two columns that are needed and alike one is not taken silently, and a row that is refused tells no names. */
static void what_is_alike_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *text, *only, *read;
  } cases[] = {
      {"year,country,Exports (USD million),Exports (USD thousand)\n2001,A,5,5000\n", NULL, "!14 1:1 "},
      {"year,reporter,customs,customs,value\n2001,A,C00,C01,5\n", "customs=C00", "!14 1:1 "},
      {"year;reporter;value\n2001;A;12,5\n2002;A;0.123\n", NULL, "2|2001||A||||0|||0|0|12.5||\n!5 3:8 "},
      {"year;reporter;value\n2001;A;12.5\n2002;A;0,123\n", NULL, "2|2001||A||||0|||0|0|12.5||\n!5 3:8 "},
      {"year;value\n2001;1234\n2002;12\n2003;4321\n2004;34\n2005;1.5\n2006;7\n2007;1,5\n", NULL,
       "2|2001||||||0|||0|0|1234||\n3|2002||||||0|||0|0|12||\n4|2003||||||0|||0|0|4321||\n5|2004||||||0|||0|0|34||\n"
       "6|2005||||||0|||0|0|1.5||\n7|2006||||||0|||0|0|7||\n!5 8:6 "},
      {"year;value\n2001;1234\n2002;12\n2003;4321\n2004;1,5\n2005;1.234\n2006;12\n", NULL,
       "2|2001||||||0|||0|0|1234||\n3|2002||||||0|||0|0|12||\n4|2003||||||0|||0|0|4321||\n5|2004||||||0|||0|0|1.5||\n"
       "6|2005||||||0|||0|0|1234||\n7|2006||||||0|||0|0|12||\nEND\n"}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    trade_reader_options options;
    memset(&options, 0, sizeof options);
    options.only = cases[i].only;
    char *read = read_every_way(cases[i].text, strlen(cases[i].text), &options);
    read[strlen(cases[i].read)] = 0;
    assert_string_equal(read, cases[i].read);
    free(read);
  }
  static const char names[] = "year,reporter_code,reporter_name,partner_code,partner_name,value\n"
                              "2001,CN,China,US,United States,1\n2001,DE,Germany,FR,\"Fra\"nce,2\n";
  char *told = read_names(names, strlen(names), 1000, 4);
  assert_string_equal(told, "China|United States||\n14\n");
  free(told);
}

static void what_records_do_not_have_is_told_and_chosen_by(void **state) {
  (void)state;
  static const char comtrade[] = "period,reporterCode,partner2Code,cmdCode,motCode,customsCode,primaryValue\n"
                                 "2020,156,0,85,2100,C00,1\n2020,156,0,85,0,C00,3\n2020,156,0,85,3200,C04,2\n";
  static const char eurostat[] = "DATAFLOW,LAST UPDATE,freq,s_adj,partner,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,note\n"
                                 "x,1,M,NSA,W,DE,2020-01,1,,a\nx,2,Q,\"SA \"\"x\"\"\",W,DE,2020-Q1,2,,b\n";
  static const char names[] = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Area,ADJUSTMENT,Adjustment,"
                              "TIME_PERIOD,Time,OBS_VALUE,Value\nd,i,n,I,DE,Germany,N,None,2020,,1,\n"
                              "d,i,n,I,FR,France,Y,\"Seasonally, and more\",2020,,1,\n";
  static const char both[] = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA: Area,ADJUSTMENT: Adjustment,"
                             "TIME_PERIOD: Time,OBS_VALUE: Value\nd,i,I,DE: Germany,N: None,2020,1\n"
                             "d,i,I,FR: France,Y: Seasonally,2020,1\n";
  static const char packed[] =
      "freq,s_adj,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,NSA,EUR,DE\t1 \t2 e\nA,SCA,EUR,DE\t3 \t4 \n";
  static const char plain[] = "year,reporter,mode,value\n2020,A,x,1\n2021,A,y,2\n2022,A,,3\n";
  static const struct {
    const char *text, *only, *differs;
    uint64_t left_out;
    const char *read; /* null: not looked at */
  } cases[] = {{comtrade, NULL, "customsCode C00 C04\nmotCode 0 3200\n", 0, NULL},
               {comtrade, "motCode=0", "", 2, "3|2020||156||85||0|||840|0|3||\nEND\n"},
               {comtrade, "mot_code=0|3200&customs code=C04|C05", "", 2, "4|2020||156||85||0|||840|0|2||\nEND\n"},
               {comtrade, "customsCode=C0", "", 3, "END\n"},
               {eurostat, NULL, "s_adj NSA SA \"x\"\n", 0, NULL},
               {eurostat, "s_adj=SA \"x\"", "", 1, "3|2020-Q1||DE|W|||0|||0|2|2||\nEND\n"},
               {names, NULL, "ADJUSTMENT N Y\n", 0, NULL},
               {names, "ADJUSTMENT=Y", "", 1, "3|2020||FR||||0|||0|0|1||\nEND\n"},
               {both, NULL, "ADJUSTMENT N Y\n", 0, NULL},
               {both, "ADJUSTMENT=Y", "", 1, "3|2020||FR||||0|||0|0|1||\nEND\n"},
               {packed, NULL, "s_adj NSA SCA\n", 0, NULL},
               {packed, "s_adj=SCA", "", 1, "3|2020||DE||||0|EUR||978|0|3||\n3|2021||DE||||0|EUR||978|0|4||\nEND\n"},
               {plain, NULL, "", 0, NULL},
               {plain, "mode=y|", "", 1, "3|2021||A||||0|||0|0|2||\n4|2022||A||||0|||0|0|3||\nEND\n"},
               {"KEY,A,TIME_PERIOD,OBS_VALUE\na,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1,2020,1\nb,,2020,1\n", NULL,
                "A  aaaaaaaaaaaaaaaaaaaaaaa\n", 0, NULL}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    trade_reader_options options;
    memset(&options, 0, sizeof options);
    options.only = cases[i].only;
    assert_differs(cases[i].text, cases[i].only, cases[i].differs, cases[i].left_out);
    if (cases[i].read) assert_reads(cases[i].text, &options, cases[i].read);
  }
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.only = "mode=x&way=y";
  assert_reads(plain, &options, "!14 1:1 @0 : no column has the name that an option gives\n14\n");
  trade_reader *reader = NULL;
  trade_reader_other other;
  static const char *const wrong[] = {"mode",    "=x",       "mode=x&",
                                      "&mode=x", "mode=x&y", "a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=&a=1"};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    options.only = wrong[i];
    assert_status(trade_reader_create(&options, NULL, &reader), i == 2 ? TRADE_OK : TRADE_ERROR_VALUE);
  }
  assert_status(trade_reader_other_at(NULL, 0, &other), TRADE_ERROR_NULL);
  assert_status(trade_reader_other_at(reader, 0, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_other_at(reader, 0, &other), TRADE_ERROR_NOT_FOUND);
  trade_reader_destroy(reader);
}

static void options_that_are_none_are_refused(void **state) {
  (void)state;
  trade_reader *reader = NULL;
  static const struct {
    size_t row_limit, column_limit;
    int32_t layout, lenient, delimiter, decimal, power, currency, numbers, names;
  } wrong[] = {
      {0, 0, -1, 0, 0, 0, 0, 0, 0, 0},       {0, 0, 18, 0, 0, 0, 0, 0, 0, 0},      {0, 0, 0, 2, 0, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, ':', 0, 0, 0, 0, 0},      {0, 0, 0, 0, 0, ';', 0, 0, 0, 0},     {0, 0, 0, 0, 0, 0, 21, 0, 0, 0},
      {0, 0, 0, 0, 0, 0, -21, 0, 0, 0},      {0, 0, 0, 0, 0, 0, 0, 1, 0, 0},       {0, 0, 0, 0, 0, 0, 0, 0, -1, 0},
      {0, 0, 0, 0, 0, 0, 0, 0, 8, 0},        {0, 0, 0, 0, 0, 0, 0, 0, 0, 2},       {0, 0, 0, 0, 0, 0, 0, 0, 0, -1},
      {SIZE_MAX, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {0, SIZE_MAX, 0, 0, 0, 0, 0, 0, 0, 0}};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    trade_reader_options options;
    memset(&options, 0, sizeof options);
    options.row_limit = wrong[i].row_limit;
    options.column_limit = wrong[i].column_limit;
    options.layout = wrong[i].layout;
    options.lenient = wrong[i].lenient;
    options.delimiter = wrong[i].delimiter;
    options.decimal = wrong[i].decimal;
    options.value_power = wrong[i].power;
    options.currency = wrong[i].currency;
    options.numbers = wrong[i].numbers;
    options.names = wrong[i].names;
    assert_status(trade_reader_create(&options, NULL, &reader), TRADE_ERROR_VALUE);
    assert_null(reader);
  }
  const trade_allocator none = {NULL, NULL};
  assert_status(trade_reader_create(NULL, &none, &reader), TRADE_ERROR_NULL);
  assert_status(trade_reader_create(NULL, NULL, NULL), TRADE_ERROR_NULL);
  assert_null(reader);
}

static void calls_out_of_turn_are_refused(void **state) {
  (void)state;
  trade_reader *reader;
  trade_record record;
  trade_reader_problem problem;
  trade_reader_finding found;
  size_t count = 77;
  trade_reader_destroy(NULL);
  assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
  assert_status(trade_reader_feed(NULL, "a", 1), TRADE_ERROR_NULL);
  assert_status(trade_reader_feed(reader, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_reader_feed(reader, "a", SIZE_MAX), TRADE_ERROR_LENGTH);
  assert_status(trade_reader_feed(reader, NULL, 0), TRADE_OK);
  assert_status(trade_reader_feed(reader, "year,value\n2020,1\n", 18), TRADE_OK);
  assert_status(trade_reader_feed(reader, "a", 1), TRADE_ERROR_ORDER);
  assert_status(trade_reader_next(reader, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_next(NULL, &record), TRADE_ERROR_NULL);
  assert_status(trade_reader_next_array(reader, &record, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_next_array(reader, &record, 0, &count), TRADE_ERROR_VALUE);
  assert_status(trade_reader_next(reader, &record), TRADE_OK);
  assert_status(trade_reader_next_array(reader, &record, 1, &count), TRADE_NEED_INPUT);
  assert_int_equal(count, 77);
  assert_status(trade_reader_finish(NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_finish(reader), TRADE_OK);
  assert_status(trade_reader_feed(reader, "a", 1), TRADE_ERROR_ORDER);
  assert_status(trade_reader_next(reader, &record), TRADE_END);
  assert_status(trade_reader_next(reader, &record), TRADE_END);
  assert_true(trade_reader_problem_count(NULL) == 0);
  assert_true(trade_reader_problem_count(reader) == 0);
  assert_status(trade_reader_problem_at(NULL, 0, &problem), TRADE_ERROR_NULL);
  assert_status(trade_reader_problem_at(reader, 0, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_last_problem(NULL, &problem), TRADE_ERROR_NULL);
  assert_status(trade_reader_last_problem(reader, NULL), TRADE_ERROR_NULL);
  assert_status(trade_reader_found(NULL, &found), TRADE_ERROR_NULL);
  assert_status(trade_reader_found(reader, NULL), TRADE_ERROR_NULL);
  trade_reader_destroy(reader);
}

/** Numbers that nobody asked for are missing, whatever stands there. */
static void numbers_not_asked_for_are_not_looked_at(void **state) {
  (void)state;
  static const char baci[] = "t,i,j,k,v,q\n2022,4,8,010121,x,0.5\n", plain[] = "year,value,qty,netweight\n2020,1,y,z\n";
  static const char comext[] = "DATAFLOW,reporter,indicators,TIME_PERIOD,OBS_VALUE\nx,DE,QUANTITY_IN_100KG,2020,w\n";
  static const char wide[] = "Country Name,Country Code,Indicator Name,Indicator Code,2020\nChina,CHN,Trade,X,u\n";
  static const struct {
    const char *text;
    int32_t numbers;
    double value, quantity, weight;
  } cases[] = {{baci, TRADE_READER_QUANTITY, (double)NAN, 0.5, (double)NAN},
               {baci, TRADE_READER_WEIGHT, (double)NAN, (double)NAN, 500},
               {baci, TRADE_READER_QUANTITY | TRADE_READER_WEIGHT, (double)NAN, 0.5, 500},
               {plain, TRADE_READER_VALUE, 1, (double)NAN, (double)NAN},
               {comext, TRADE_READER_VALUE, (double)NAN, (double)NAN, (double)NAN},
               {wide, TRADE_READER_QUANTITY, (double)NAN, (double)NAN, (double)NAN}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    trade_reader *reader;
    trade_reader_options options;
    trade_record record;
    memset(&options, 0, sizeof options);
    options.numbers = cases[i].numbers;
    assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_feed(reader, cases[i].text, strlen(cases[i].text)), TRADE_OK);
    assert_status(trade_reader_next(reader, &record), TRADE_OK);
    assert_same(record.value, cases[i].value);
    assert_same(record.quantity, cases[i].quantity);
    assert_same(record.weight, cases[i].weight);
    trade_reader_destroy(reader);
    options.numbers = 0; /* what was not looked at is no number */
    assert_status(trade_reader_create(&options, NULL, &reader), TRADE_OK);
    assert_status(trade_reader_feed(reader, cases[i].text, strlen(cases[i].text)), TRADE_OK);
    assert_status(trade_reader_next(reader, &record), TRADE_ERROR_TEXT);
    trade_reader_destroy(reader);
  }
}

/** Parts of a file, each read by a reader that has the header: the same records, and problems with their places. */
static void parts_of_a_file_are_read_where_they_stand(void **state) {
  (void)state;
  static const char header[] = "year,value\n", rows[] = "2020,1\n2021,2\n", wrong[] = "2022,3\n2023,x\n";
  const uint64_t far = (uint64_t)UINT32_MAX + 10; /* beyond what the low bits of an offset tell */
  trade_reader *reader;
  trade_record record;
  trade_reader_problem problem;
  assert_status(trade_reader_create(NULL, NULL, &reader), TRADE_OK);
  assert_status(trade_reader_continue_at(NULL, 1, 0), TRADE_ERROR_NULL);
  assert_status(trade_reader_continue_at(reader, 1, 0), TRADE_ERROR_ORDER); /* no header yet */
  assert_status(trade_reader_feed(reader, header, strlen(header)), TRADE_OK);
  assert_status(trade_reader_continue_at(reader, 1, 0), TRADE_ERROR_ORDER);
  assert_status(trade_reader_next(reader, &record), TRADE_NEED_INPUT);
  assert_status(trade_reader_continue_at(reader, 0, 0), TRADE_ERROR_VALUE);
  assert_status(trade_reader_continue_at(reader, 1, (uint64_t)1 << 63), TRADE_ERROR_VALUE);
  assert_status(trade_reader_continue_at(reader, 900, far), TRADE_OK);
  assert_status(trade_reader_feed(reader, rows, strlen(rows)), TRADE_OK);
  assert_status(trade_reader_continue_at(reader, 1, 0), TRADE_ERROR_ORDER);
  for (int i = 0; i < 2; i++) {
    assert_status(trade_reader_next(reader, &record), TRADE_OK);
    assert_int_equal(record.period.year, 2020 + i);
    assert_true(record.line == (uint64_t)(900 + i));
  }
  assert_status(trade_reader_next(reader, &record), TRADE_NEED_INPUT);
  assert_status(trade_reader_feed(reader, rows, 8), TRADE_OK); /* a row and the beginning of the next one */
  assert_status(trade_reader_next(reader, &record), TRADE_OK);
  assert_true(record.line == 902);
  assert_status(trade_reader_next(reader, &record), TRADE_NEED_INPUT);
  assert_status(trade_reader_continue_at(reader, 1, 0), TRADE_ERROR_ORDER); /* within a row */
  assert_status(trade_reader_feed(reader, rows + 8, strlen(rows) - 8), TRADE_OK);
  assert_status(trade_reader_next(reader, &record), TRADE_OK);
  assert_status(trade_reader_next(reader, &record), TRADE_NEED_INPUT);
  assert_status(trade_reader_continue_at(reader, 7, 50), TRADE_OK); /* back */
  assert_status(trade_reader_feed(reader, wrong, strlen(wrong)), TRADE_OK);
  assert_status(trade_reader_next(reader, &record), TRADE_OK);
  assert_status(trade_reader_next(reader, &record), TRADE_ERROR_TEXT);
  assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
  assert_true(problem.line == 8 && problem.column == 6 && problem.offset == 62);
  assert_status(trade_reader_continue_at(reader, 1, 0), TRADE_ERROR_ORDER); /* it has ended */
  trade_reader_destroy(reader);
}

/* ---- Memory ---- */

static void every_allocation_can_be_refused(void **state) {
  (void)state;
  trade_reader_options lenient;
  memset(&lenient, 0, sizeof lenient);
  lenient.lenient = 1;
  /* Problems, of which a list is kept; a line without an end that is all there is; quotes in several fields of a row;
   * lines that a quote joins, beyond the limit; no header, refused where it was missed or where too many lines had been
   * passed over; a header that is refused when its columns are known, for a name that stands twice, for want of a unit.
   */
  static const char *const texts[] = {
      "year,value\n2020,x\n2021,2\n2022,y\n2023,\"4\n",
      "year,value",
      "reporter,partner,product,value\n\"\"\"a\",\"\"\"bcde\",\"\"\"fghijklmnop\",1\n",
      ("year,value\n2020,\"1\n2021,2\n2022,3\n2023,4\n2024,5\n2025,6\n2026,7\n"
       "2027,8\n2028,9\n2029,10\n"),
      "year,foo\n2001,1\n",
      "no\ndata",
      "reporter,2001,2001\nCN,1,2\n",
      "a\nb\nyear,foo\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n2001,1\n2002,2\n",
      "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nECONOMY,2005\nWorld,1\n",
      "\345\271\264\346\234\210,\345\207\272\345\217\243,\350\277\233\345\217\243\n2022.10,1,2\n"};
  for (size_t i = 0; i < COUNT(layout_names) + COUNT(texts); i++) {
    size_t length;
    char *text = layout_file(i < COUNT(layout_names) ? layout_names[i] : "plain.csv", &length);
    counting memory = {0, 0, 0, 0, 0};
    reading how = {&lenient, i < COUNT(layout_names) ? 50 : 1, NULL, 4, &memory};
    if (i >= COUNT(layout_names)) {
      snprintf(text, 1 << 16, "%s", texts[i - COUNT(layout_names)]);
      length = strlen(text);
    }
    lenient.row_limit = i == COUNT(layout_names) + 3 ? 60 : 0;
    char *expected = read_text(text, length, how);
    const size_t calls = memory.calls;
    for (size_t refused = 1; refused <= calls + 1; refused++)
      for (int once = 0; once < 2; once++) {
        counting again = {0, refused, 0, 0, once};
        how.memory = &again;
        if (refused == 1) { /* there is no reader then */
          const trade_allocator allocator = {count_reallocate, &again};
          trade_reader *reader = NULL;
          assert_status(trade_reader_create(NULL, &allocator, &reader), TRADE_ERROR_MEMORY);
          assert_null(reader);
          continue;
        }
        char *read = read_text(text, length, how);
        if (once || refused > calls)
          assert_string_equal(read, expected); /* the call was repeated, and nothing was lost */
        else
          assert_string_equal(read + strlen(read) - 3, "13\n");
        free(read);
      }
    free(expected);
    free(text);
  }
}

static void memory_has_limits_whatever_the_file(void **state) {
  (void)state;
  const size_t size = 40000000;
  char *text = (char *)malloc(size);
  assert_non_null(text);
  static const char *const begins[] = {"year,value\n", "", "year,value\n\"", "\"", "year,value\n2020,"};
  for (size_t i = 0; i < COUNT(begins); i++)
    for (size_t k = 0; k < 3; k++) { /* one field, endless columns, endless quotes */
      memset(text, k == 0 ? '7' : k == 1 ? ',' : '"', size);
      memcpy(text, begins[i], strlen(begins[i]));
      counting memory = {0, 0, 0, 0, 0};
      reading how = {NULL, 65536, NULL, 0, &memory};
      char *read = read_text(text, size, how);
      assert_string_equal(read + strlen(read) - 3, "15\n");
      free(read);
      assert_true(memory.most < 50000000);
    }
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.row_limit = 16; /* of every row, where rows of one form are read in a short way too */
  assert_reads("t,i,j,k,v,q\n2020,4,8,01,,\n2020,4,8,01,1,12\n2020,4,8,01,1,123\n", &options,
               "2|2020||4|8|01||2|||840|0|||\n3|2020||4|8|01||2|||840|0|1000|12|12000\n"
               "!15 4:1 @43 : a row longer than the limit allows, or a quote that does not close\n15\n");
  options.row_limit = 10;
  options.column_limit = 3;
  assert_reads("year,value\n2020,12345\n", &options, "2|2020||||||0|||0|0|12345||\nEND\n");
  assert_reads("year,value\n2020,123456\n", &options,
               "!15 2:1 @11 : a row longer than the limit allows, or a quote that does not close\n15\n");
  assert_reads("year,value\n2020,1,,\n", &options, "!15 2:1 @11 : the row has more fields than the limit allows\n15\n");
  assert_reads("t,i,j,v\n", &options, "!15 1:1 @0 : the row has more fields than the limit allows\n15\n");
  free(text);
}

/** A text of `begin` and then `fill` without an end, made as it is fed: the problem it is refused for, in memory of at most `most` bytes. */
static void assert_endless_is_refused(const char *begin, char fill, size_t most, const char *expected) {
  enum { PIECE = 1 << 16, PIECES = 1 << 14 }; /* a GiB */
  counting memory = {0, 0, 0, 0, 0};
  const trade_allocator allocator = {count_reallocate, &memory};
  trade_reader *reader = NULL;
  trade_record record;
  trade_reader_problem problem;
  dump told = {NULL, 0, 0};
  static char piece[PIECE];
  memset(piece, fill, sizeof piece);
  assert_status(trade_reader_create(NULL, &allocator, &reader), TRADE_OK);
  assert_status(trade_reader_feed(reader, begin, strlen(begin)), TRADE_OK);
  trade_status status;
  size_t pieces = 0;
  while ((status = trade_reader_next(reader, &record)) == TRADE_OK || (status == TRADE_NEED_INPUT && pieces < PIECES))
    if (status == TRADE_NEED_INPUT) {
      assert_status(trade_reader_feed(reader, piece, sizeof piece), TRADE_OK);
      pieces++;
    }
  assert_status(trade_reader_last_problem(reader, &problem), TRADE_OK);
  dump_problem(&told, &problem);
  assert_string_equal(told.text, expected);
  assert_status(status, problem.status);
  assert_true(memory.most <= most);
  trade_reader_destroy(reader);
  assert_int_equal(memory.bytes, 0);
  free(told.text);
}

/** A field of a GiB, columns without an end, quotes without an end: refused as soon as a limit is met. */
static void endless_rows_are_refused_early(void **state) {
  (void)state;
  static const struct {
    const char *begin;
    char fill;
    const char *expected;
  } cases[] = {
      {"", 'x', "!15 1:1 @0 : a row longer than the limit allows, or a quote that does not close\n"},
      {"", ',', "!15 1:1 @0 : a row longer than the limit allows, or a quote that does not close\n"},
      {"", '"', "!15 1:1 @0 : a row longer than the limit allows, or a quote that does not close\n"},
      {"year,value\n2020,", '7', "!15 2:1 @11 : a row longer than the limit allows, or a quote that does not close\n"},
      {"year,note,value\n2020,\"", 'x',
       "!15 2:1 @16 : a row longer than the limit allows, or a quote that does not close\n"},
      {"year,value\n2020,", ',', "!15 2:1 @11 : the row has more fields than the limit allows\n"},
      {"year,value\n", '"', "!15 2:1 @11 : a row longer than the limit allows, or a quote that does not close\n"},
      {"year,value\n2020,1\n", 0, "!15 3:1 @18 : a row longer than the limit allows, or a quote that does not close\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    assert_endless_is_refused(cases[i].begin, cases[i].fill, (size_t)34 << 20, cases[i].expected);
}

/** As many as the limit allows are read; memory grows with the row, not with the square of it. */
static void a_million_columns_are_read_or_refused(void **state) {
  (void)state;
  enum { COLUMNS = 1000000 };
  dump text = {NULL, 0, 0};
  char cell[16];
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.column_limit = COLUMNS + 2;
  for (int line = 0; line < 2; line++) {
    dump_bytes(&text, line ? "2020,7" : "year,value", line ? 6 : 10);
    for (int i = 0; i < COLUMNS; i++)
      dump_bytes(&text, cell, (size_t)snprintf(cell, sizeof cell, line ? ",%d" : ",c%d", i));
    dump_bytes(&text, "\n", 1);
  }
  counting memory = {0, 0, 0, 0, 0};
  const reading how = {&options, 65536, NULL, 0, &memory};
  char *read = read_text(text.text, text.length, how);
  assert_string_equal(read, "2|2020||||||0|||0|0|7||\nEND\n");
  assert_true(memory.most < 3 * text.length + 32 * (size_t)COLUMNS);
  free(read);
  read = read_text(text.text, text.length, whole(NULL));
  assert_string_equal(read, "!15 1:1 @0 : the row has more fields than the limit allows\n15\n");
  free(read);
  free(text.text);
}

/** Each with each would be 2^35 comparisons. */
static void many_columns_of_their_own_are_compared_in_little_time(void **state) {
  (void)state;
  enum { COLUMNS = 1 << 18 };
  trade_reader_options options;
  memset(&options, 0, sizeof options);
  options.column_limit = COLUMNS + 2;
  for (int twice = 0; twice < 2; twice++) {
    dump text = {NULL, 0, 0};
    char name[16];
    dump_bytes(&text, "DATE", 4);
    for (uint32_t i = 0; i < COLUMNS; i++)
      dump_bytes(&text, name, (size_t)snprintf(name, sizeof name, ",S%X", (unsigned)(i * 0x9E3779B1u)));
    if (twice) dump_bytes(&text, ",S9E3779B1", 10);
    dump_bytes(&text, "\n", 1);
    char *read = read_text(text.text, text.length, whole(&options));
    assert_string_equal(read, twice ? "!14 1:1 @0 S9E3779B1: two columns have the name of one that is needed\n14\n"
                                    : "END\n");
    free(read);
    free(text.text);
  }
}

/** Digits without an end are no number, wherever they stand. */
static void numbers_of_a_hundred_thousand_digits_are_refused(void **state) {
  (void)state;
  enum { DIGITS = 100000 };
  static const struct {
    const char *begin, *end, *expected;
  } cases[] = {
      {"year,value\n2020,", "\n", "!5 2:6 @16 value: a number of more than 800 characters\n5\n"},
      {"year,value\n2020,\"", "\"\n", "!5 2:7 @17 value: a number of more than 800 characters\n5\n"},
      {"year,value\n2020,1e", "", "!5 2:6 @16 value: a number of more than 800 characters\n5\n"},
      {"year,value\n", ",1\n", "!5 2:1 @11 year: not a period\n5\n"},
      {"DATAFLOW,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nx,2020,1,", "\n",
       "!5 2:10 @50 UNIT_MULT: not a power of ten from -20 to 20\n5\n"},
  };
  char *digits = (char *)malloc(DIGITS);
  assert_non_null(digits);
  memset(digits, '9', DIGITS);
  for (size_t i = 0; i < COUNT(cases); i++) {
    dump text = {NULL, 0, 0};
    dump_bytes(&text, cases[i].begin, strlen(cases[i].begin));
    dump_bytes(&text, digits, DIGITS);
    dump_bytes(&text, cases[i].end, strlen(cases[i].end));
    const size_t pieces[] = {0, 1, 4096};
    for (size_t k = 0; k < COUNT(pieces); k++) {
      const reading how = {NULL, pieces[k], NULL, 0, NULL};
      char *read = read_text(text.text, text.length, how);
      assert_string_equal(read, cases[i].expected);
      free(read);
    }
    free(text.text);
  }
  free(digits);
}

/** Cut at every byte: each ends, and none gives more records than the whole. */
static void a_file_cut_anywhere_ends_well(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(layout_names); i++) {
    size_t length;
    char *text = layout_file(layout_names[i], &length);
    for (size_t cut = 0; cut < length; cut++) {
      char *read = read_text(text, cut, whole(NULL));
      assert_int_equal(read[strlen(read) - 1], '\n');
      free(read);
    }
    free(text);
  }
}

/** Long rows, and more of them than a window holds, on both sides of every boundary. */
static void rows_of_every_length_are_read(void **state) {
  (void)state;
  dump text = {NULL, 0, 0}, expected = {NULL, 0, 0};
  char line[8192];
  dump_bytes(&text, "year,product,note,value\n", 24);
  for (size_t i = 0; i < 400; i++) {
    const int fill = (int)((i * 37) % 600) + (i % 97 == 0 ? 5000 : 0);
    dump_bytes(&text, line,
               (size_t)snprintf(line, sizeof line, i % 3 ? "2020,p%d,%*s,%d\n" : "2020,p%d,\"%*s, \"\"q\"\",\",%d\n",
                                (int)i, fill, "", (int)i));
    dump_bytes(&expected, line,
               (size_t)snprintf(line, sizeof line, "%d|2020||||p%d||0|||0|0|%d||\n", (int)i + 2, (int)i, (int)i));
  }
  dump_bytes(&expected, "END\n", 4);
  char *read = read_every_way(text.text, text.length, NULL);
  assert_string_equal(read, expected.text);
  free(read);
  free(text.text);
  free(expected.text);
}

/* Rows as most are and rows of every other kind, mixed: the same however they are cut, where a short way for the former
 * is taken more or less often, and what a reader of one byte at a time finds. */
static void rows_of_every_kind_are_read_in_every_mixture(void **state) {
  (void)state;
  static const char *const codes[] = {"4", "156", "010121",    "X",   "World", "USD", "TOTAL",  "M",
                                      "",  "EUR", "854231909", "A B", " 36",   "36 ", "\"36\"", "\"3,6\""};
  static const char *const numbers[] = {"1",           "12.5",
                                        "186.735",     "12345678",
                                        "1234567.8",   "123456789.25",
                                        "0.001",       "5.",
                                        ".5",          ".",
                                        "NA",          "",
                                        "-3.5",        "1e3",
                                        "1.2.3",       "1234567890123456",
                                        "12a",         "123456789012345.6",
                                        "1.2345678.9", " 8 ",
                                        "\"7.5\""};
  static const size_t some_codes[] = {11, 14, 16}, some_numbers[] = {19, 20, 21}; /* without blanks or quotes, all */
  static const char *const days[] = {"2022-01-15", "2022-11-15"};
  static const struct {
    const char *names[6];
    uint32_t texts; /* a bit for each column of codes; the first is of periods */
  } tables[] = {{{"t", "i", "j", "k", "v", "q"}, 14},
                {{"t", "i", "j", "k", "v", "name"}, 46},
                {{"year", "reporter", "partner", "product", "value", "quantity"}, 14},
                {{"year", "reporter", "flow", "product", "value", "unit"}, 46},
                {{"year", "reporter", "partner", "unit_mult", "value", "weight"}, 14},
                {{"note", "flow", "partner", "flag", "value", "weight"}, 14}};
  static const size_t orders[][6] = {{0, 1, 2, 3, 4, 5}, {3, 0, 1, 4, 5, 2}, {5, 4, 0, 1, 2, 3}, {4, 5, 0, 2, 3, 1}};
  static const char *const ends[] = {"\n", "\n", "\n", "\r\n", ",\n", "\n\n"};
  uint64_t random = 11;
  for (int32_t round = 0; round < 180; round++) {
    dump text = {NULL, 0, 0};
    char line[256];
    trade_reader_options options;
    memset(&options, 0, sizeof options);
    options.lenient = 1;
    options.numbers = round % 8;
    if (round % 4 == 3) options.value_power = -20;
    if (round % 7 == 6) options.decimal = ',';
    if (round % 5 == 4) options.currency = TRADE_CNY;
    const size_t *order = orders[(size_t)(round / 3) % COUNT(orders)], table = (size_t)(round / 18) % COUNT(tables);
    const size_t odd = (size_t)(round % 3) * 4 + 1; /* how much of it is of other kinds */
    for (int i = -1; i < 300; i++) {                /* the header, rows */
      const int plain = trade_random_below(&random, 12) >= odd;
      const size_t kinds = (size_t)(round / 6 % 3); /* a blank or quote ends the short way for good */
      const size_t c = plain ? 8 : some_codes[kinds], v = plain ? 8 : some_numbers[kinds];
      for (size_t k = 0; k < 6; k++) {
        const char *field = tables[table].names[order[k]];
        if (i >= 0 && order[k] == 0)
          field = plain ? (round / 2 % 2 ? "2022" : days[i / 4 % 2]) : i % 5 ? "2023" : "20223";
        else if (i >= 0)
          field = tables[table].texts >> order[k] & 1 ? codes[trade_random_below(&random, c)]
                                                      : numbers[trade_random_below(&random, v)];
        dump_bytes(&text, line, (size_t)snprintf(line, sizeof line, "%s%s", k ? "," : "", field));
      }
      const char *end = plain || i < 0 ? "\n" : ends[trade_random_below(&random, COUNT(ends))];
      dump_bytes(&text, end, strlen(end));
    }
    if (round % 10 == 9) text.text[text.length / 2] = 0;
    free(read_every_way(text.text, text.length, &options));
    free(text.text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_layout_is_known_by_its_header_and_read_in_whole_units),
      cmocka_unit_test(files_as_offices_publish_them_are_read),
      cmocka_unit_test(a_strict_reader_says_where_and_why),
      cmocka_unit_test(a_problem_has_what_stands_in_the_field),
      cmocka_unit_test(doubled_quotes_are_one),
      cmocka_unit_test(a_lenient_reader_leaves_out_and_lists),
      cmocka_unit_test(a_lenient_reader_goes_on_behind_the_line_of_a_bad_quote),
      cmocka_unit_test(quotes_anywhere_are_read_alike_in_all_pieces),
      cmocka_unit_test(many_bad_quotes_take_no_longer_than_their_lines),
      cmocka_unit_test(numbers_are_read_exactly_in_every_form),
      cmocka_unit_test(one_decimal_mark_holds_for_a_file),
      cmocka_unit_test(a_plain_table_may_have_year_and_part_in_two_columns),
      cmocka_unit_test(bacis_products_have_six_digits),
      cmocka_unit_test(groups_are_marked_by_type_or_name),
      cmocka_unit_test(the_decimal_mark_is_settled_where_readers_part),
      cmocka_unit_test(random_numbers_are_the_nearest_doubles),
      cmocka_unit_test(periods_of_tables_are_read),
      cmocka_unit_test(files_of_every_layout_may_begin_with_a_byte_order_mark),
      cmocka_unit_test(options_name_columns_and_say_what_the_file_does_not),
      cmocka_unit_test(names_stand_beside_codes),
      cmocka_unit_test(what_is_alike_is_refused),
      cmocka_unit_test(what_records_do_not_have_is_told_and_chosen_by),
      cmocka_unit_test(options_that_are_none_are_refused),
      cmocka_unit_test(calls_out_of_turn_are_refused),
      cmocka_unit_test(numbers_not_asked_for_are_not_looked_at),
      cmocka_unit_test(parts_of_a_file_are_read_where_they_stand),
      cmocka_unit_test(every_allocation_can_be_refused),
      cmocka_unit_test(memory_has_limits_whatever_the_file),
      cmocka_unit_test(endless_rows_are_refused_early),
      cmocka_unit_test(a_million_columns_are_read_or_refused),
      cmocka_unit_test(many_columns_of_their_own_are_compared_in_little_time),
      cmocka_unit_test(numbers_of_a_hundred_thousand_digits_are_refused),
      cmocka_unit_test(a_file_cut_anywhere_ends_well),
      cmocka_unit_test(rows_of_every_length_are_read),
      cmocka_unit_test(rows_of_every_kind_are_read_in_every_mixture),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
