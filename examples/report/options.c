/* The command line, and what every part needs. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

const named_number dimensions[DIMENSIONS] = {{"period", TRADE_CUBE_PERIOD},
                                             {"reporter", TRADE_CUBE_REPORTER},
                                             {"partner", TRADE_CUBE_PARTNER},
                                             {"product", TRADE_CUBE_PRODUCT},
                                             {"flow", TRADE_CUBE_FLOW}};
const named_number measures[3] = {
    {"value", TRADE_CUBE_VALUE}, {"quantity", TRADE_CUBE_QUANTITY}, {"weight", TRADE_CUBE_WEIGHT}};

static const char *const statistics[] = {"", "sum", "mean"};
static const char *const formats[] = {"table", "csv", "json", "markdown"};
static const char *const share_kinds[] = {"none", "total", "row", "column", "world"};

static const char manual[] =
    "Usage: trade-report [OPTION]... [FILE]...\n"
    "\n"
    "Totals, shares and growth from published files: UN Comtrade, BACI, Eurostat, ECB, OECD, IMF, WTO, UNCTADstat,\n"
    "World Bank, FRED, Our World in Data, or any table whose columns are named. Without FILE, or for -, reads\n"
    "standard input. Several files are added together.\n"
    "\n"
    "  --by D,...            what to total by: period, reporter, partner, product, flow (default: period,flow)\n"
    "  --where D=CODE,...    only these: --where reporter=156 --where period=2020,2021 --where product=85\n"
    "                        --where period=2020-01..2020-12: these twelve months\n"
    "                        --where unit=kg: in this unit, as the file has it or this report prints it\n"
    "                        --where motCode=0: where a column of the file has this\n"
    "  --measure M           value, quantity or weight (default: value). Figures in different units are not added; "
    "with\n"
    "                        product in --by and without --digits, quantities have a row for each unit\n"
    "  --statistic sum|mean  sum, or mean of the known records; default: the mean of exchange rates and of FRED's "
    "series\n"
    "                        (indices, interest rates; FRED averages them, too), else the sum. Means have no shares,\n"
    "                        indicators or conversion\n"
    "  --show D=CODE,...     only these rows of the table, once all is computed: one country's rca, its share in all\n"
    "  --level N             only products whose codes have N digits, where a file has 85 beside 8542 and 854231\n"
    "  --digits N            product codes cut after N digits: 2, 4, 6 for the levels of the HS\n"
    "  --names               names beside codes, where the file has both; charts have the names alone\n"
    "  --shares KIND         total: in the sum of the rows of the same period and flow; row: in that of the same "
    "first\n"
    "                        dimension; column: in that of the same second one; world: in the files' own total of the\n"
    "                        same period and flow (World, TOTAL), which may be more than the sum of what they list\n"
    "  --growth year|period  growth over the same period of the year before, or over the period before\n"
    "  --top N               only the N largest, largest first, and the sum of the others\n"
    "  --column PART=NAME    takes a part of the record from the column of this name: --column value=exports_usd\n"
    "  --unit POWER          values are in units of 10 to this power, 6 for millions (default: as the layout says)\n"
    "  --decimal MARK        of numbers: comma or point (default: found out, in a file of semicolons or tabs for all "
    "of it)\n"
    "  --currency CODE       of the values, where the file doesn't tell: USD\n"
    "  --in CODE             values are converted into this currency, each period's at the mean of its rates\n"
    "  --rates FILE          where these are, in any layout: the ECB's eurofxref-hist.csv, FRED, SDMX; crossed day by\n"
    "                        day where needed; a period that they don't cover is missing. With --rates and without\n"
    "                        --in, --currency CODE is what is converted into, and the file tells its own currency;\n"
    "                        may be given again, for several files of rates\n"
    "  --indicators I,...    columns of indicators, see below\n"
    "  --format F            table, csv, json, markdown (default: table)\n"
    "  --chart FILE.svg      draws it too, the first indicator, else growth, shares or totals: lines by period, or "
    "bars\n"
    "  --output FILE         instead of standard output; it appears whole or not at all\n"
    "  --threads N           to read on (default: as many as there are processors, at most 8); results don't change\n"
    "  --lenient             leave out rows that cannot be read, and say how many\n"
    "  --help, -h, --version\n"
    "  --                    what follows are files, whatever they begin with\n";

static const char manual_end[] =
    "\n"
    "A total that stands beside its own parts (World, TOTAL) is not added to them, and stands where they are not "
    "told.\n"
    "Missing is missing, never 0.\n"
    "Exit status: 0; 1 if a file cannot be read as it stands, told as file:line:column: reason; 2 for wrong options;\n"
    "3 if a file cannot be opened or written, or memory is short.\n";

void fail(int status, const char *what, const char *why) {
  fprintf(stderr, "trade-report: %s%s%s\n", what, why ? ": " : "", why ? why : "");
  exit(status);
}

void require(trade_status status, const char *what) {
  if (status != TRADE_OK)
    fail(status == TRADE_ERROR_MEMORY ? EXIT_SYSTEM : EXIT_INPUT, what, trade_status_text(status));
}

void *allocate(size_t n, size_t size) {
  void *memory = calloc(n ? n : 1, size);
  if (!memory) fail(EXIT_SYSTEM, "not enough memory", NULL);
  return memory;
}

void *resize(void *memory, size_t size) {
  memory = realloc(memory, size);
  if (!memory) fail(EXIT_SYSTEM, "not enough memory", NULL);
  return memory;
}

int find_dimension(const char *name, size_t length) {
  int place = 0;
  while (place < DIMENSIONS &&
         (strlen(dimensions[place].name) != length || memcmp(dimensions[place].name, name, length) != 0))
    place++;
  return place;
}

int32_t marks_of(int place) {
  const int32_t dimension = dimensions[place].number;
  return dimension == TRADE_CUBE_REPORTER  ? TRADE_RECORD_AGGREGATE_REPORTER
         : dimension == TRADE_CUBE_PARTNER ? TRADE_RECORD_AGGREGATE_PARTNER
         : dimension == TRADE_CUBE_PRODUCT ? TRADE_RECORD_AGGREGATE_PRODUCT
                                           : 0;
}

static int position(const char *text, size_t length, const char *what) {
  const int place = find_dimension(text, length);
  if (place < DIMENSIONS) return place;
  fprintf(stderr, "trade-report: %s: not a dimension: '%.*s'; these are", what, (int)length, text);
  for (int i = 0; i < DIMENSIONS; i++) fprintf(stderr, "%s %s", i ? "," : "", dimensions[i].name);
  fputc('\n', stderr);
  exit(EXIT_USAGE);
}

static int word(const char *text, const char *const *words, size_t n, const char *what) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(text, words[i]) == 0) return (int)i;
  fail(EXIT_USAGE, what, text);
  return 0;
}

static long whole_number(const char *text, long least, long most, const char *what) {
  char *end;
  const long number = strtol(text, &end, 10);
  if (end == text || *end != '\0' || number < least || number > most) fail(EXIT_USAGE, what, text);
  return number;
}

static int is_among(const options *o, int count, int32_t dimension) {
  for (int i = 0; i < count; i++)
    if (dimensions[o->by[i]].number == dimension) return 1;
  return 0;
}

int has_dimension(const options *o, int32_t dimension) { return is_among(o, o->shown_by_count, dimension); }

int is_by(const options *o, int32_t dimension) { return is_among(o, o->by_count, dimension); }

static void set_by(options *o, const char *text) {
  o->by_count = 0;
  for (const char *at = text; *at != '\0'; at += *at == ',') {
    const size_t length = strcspn(at, ",");
    const int place = position(at, length, "--by");
    for (int i = 0; i < o->by_count; i++)
      if (o->by[i] == place) fail(EXIT_USAGE, "--by names a dimension twice", text);
    o->by[o->by_count++] = place;
    at += length;
  }
}

static void set_column(options *o, const char *text) {
  static const char *const parts[] = {"period", "reporter", "partner",  "product",
                                      "flow",   "value",    "quantity", "weight"};
  const char **const names[] = {&o->reader.period, &o->reader.reporter, &o->reader.partner,  &o->reader.product,
                                &o->reader.flow,   &o->reader.value,    &o->reader.quantity, &o->reader.weight};
  const char *name = strchr(text, '=');
  for (size_t i = 0; name && i < sizeof parts / sizeof *parts; i++) {
    if (strlen(parts[i]) != (size_t)(name - text) || memcmp(parts[i], text, strlen(parts[i])) != 0) continue;
    if (*names[i] && strcmp(*names[i], name + 1) != 0) fail(EXIT_USAGE, "--column names a part twice", text);
    *names[i] = name + 1;
    return;
  }
  fail(EXIT_USAGE, "--column wants PART=NAME, PART being a dimension, value, quantity or weight", text);
}

/* The dimension that DIMENSION=CODE,... is about, as its place. */
static int selected_dimension(const char *option, const char *text) {
  char wants[CELL];
  const size_t name = strcspn(text, "=");
  snprintf(wants, sizeof wants, "%s wants DIMENSION=CODE,...", option);
  if (text[name] == '\0') fail(EXIT_USAGE, wants, text);
  return position(text, name, option);
}

/* A period, or FROM..TO: each of one length from the first to the last. */
static void select_periods(trade_cube *cube, const char *option, const char *text, trade_text code) {
  size_t first = 0;
  while (first + 1 < code.length && memcmp(code.bytes + first, "..", 2) != 0) first++;
  const int is_range = first + 1 < code.length;
  if (!is_range) first = code.length;
  const size_t last = is_range ? first + 2 : 0;
  trade_period from = {0, 0, 0, 0}, to = from;
  if (trade_period_parse(code.bytes, first, &from) != TRADE_OK ||
      trade_period_parse(code.bytes + last, code.length - last, &to) != TRADE_OK)
    fail(EXIT_USAGE, "not a period", text);
  for (; trade_period_compare(from, to) < 0 && trade_period_valid(from); from = trade_period_next(from))
    require(trade_cube_select_periods(cube, &from, 1), option);
  if (trade_period_compare(from, to) != 0)
    fail(EXIT_USAGE, "FROM..TO wants two periods of one length, the earlier one first", text);
  require(trade_cube_select_periods(cube, &from, 1), option);
}

static void select_codes(trade_cube *cube, const char *option, const char *text, int place) {
  for (const char *at = text + strcspn(text, "=") + 1;; at++) {
    trade_text code = {at, strcspn(at, ",")};
    if (dimensions[place].number == TRADE_CUBE_PERIOD) {
      select_periods(cube, option, text, code);
    } else {
      require(trade_cube_select(cube, dimensions[place].number, &code, 1), option);
    }
    at += code.length;
    if (*at == '\0') break;
  }
}

int select_rows(const options *o, trade_cube *cube, int32_t dimension) {
  int selects = 0;
  for (int i = 0; i < o->where_count; i++) {
    if (is_where_unit(o->where[i]) || is_where_column(o->where[i])) continue; /* before the cube */
    const int place = selected_dimension("--where", o->where[i]);
    if (dimension != 0 && !(dimension & dimensions[place].number)) continue;
    select_codes(cube, "--where", o->where[i], place);
    selects = 1;
  }
  return selects;
}

/* A cube without cells but one, to count in. */
static trade_cube *make_counter(void) {
  trade_cube *cube;
  require(trade_cube_create(0, 0, 0, NULL, &cube), "cube");
  require(trade_cube_set_levels(cube, 0, TRADE_CUBE_SHOW_PARTS), "cube");
  return cube;
}

probe make_probe(const options *o, int32_t dimension) {
  probe made = {make_counter(), 0};
  if (select_rows(o, made.cube, dimension)) return made;
  trade_cube_destroy(made.cube);
  made.cube = NULL;
  return made;
}

int passes(probe *p, const trade_record *record) {
  trade_cube_tally tally;
  if (!p->cube) return 1;
  require(trade_cube_add(p->cube, record), "cube");
  require(trade_cube_count_records(p->cube, &tally), "cube");
  const int selected = tally.not_selected == p->left_out;
  p->left_out = tally.not_selected;
  return selected;
}

/* What the options say of columns, for the reader: a=b|c of each, joined by &. */
static void set_only(options *o) {
  size_t size = 1, used = 0;
  int count = 0;
  const char **columns = (const char **)allocate((size_t)o->where_count, sizeof *columns);
  for (int i = 0; i < o->where_count; i++) {
    const char *one = o->where[i];
    if (!one || !is_where_column(one)) continue;
    if (!strchr(one, '=')) fail(EXIT_USAGE, "--where wants DIMENSION=CODE,...", one);
    if (strpbrk(one, "&|")) fail(EXIT_USAGE, "--where of a column knows no & and |", one);
    size += strlen(one) + 1;
    columns[count++] = one;
  }
  o->only = (char *)allocate(size, 1);
  for (int i = 0; i < count; i++) {
    const size_t name = columns[i] ? strcspn(columns[i], "=") + 1 : 0;
    if (name == 0) continue; /* it is there already */
    used += (size_t)snprintf(o->only + used, size - used, "%s%s", used ? "&" : "", columns[i]);
    for (int k = i + 1; k < count; k++) {
      if (!columns[k] || strncmp(columns[k], columns[i], name) != 0) continue;
      used += (size_t)snprintf(o->only + used, size - used, "|%s", columns[k] + name);
      columns[k] = NULL;
    }
  }
  free(columns);
  for (char *at = o->only; *at != '\0'; at++)
    if (*at == ',') *at = '|';
  o->reader.only = used ? o->only : NULL;
}

/* Each is of a dimension that the table has. */
static void set_show(options *o, const char *const *show, int count) {
  if (count == 0) return;
  o->show.cube = make_counter();
  for (int i = 0; i < count; i++) {
    const int place = selected_dimension("--show", show[i]);
    if (!has_dimension(o, dimensions[place].number))
      fail(EXIT_USAGE, "--show chooses among the table's rows, which don't have this (see --by)", show[i]);
    select_codes(o->show.cube, "--show", show[i], place);
  }
}

trade_cube *make_cube(const options *o, const int *by, int by_count) {
  int32_t mask = 0;
  trade_cube *cube;
  for (int i = 0; i < by_count; i++) mask |= dimensions[by[i]].number;
  require(trade_cube_create(mask, measures[o->measure].number, o->digits, NULL, &cube), "cube");
  return cube;
}

/* What is given twice has one value, but for what may be given again. */
static void check_again(const char *name, const char *value) {
  static const char *const again[] = {"--where", "--show", "--column", "--indicators", "--rates"};
  static struct { const char *name, *value; } given[32];
  char what[CELL];
  for (size_t i = 0; i < sizeof again / sizeof *again; i++)
    if (strcmp(again[i], name) == 0) return;
  size_t i = 0;
  while (given[i].name && strcmp(given[i].name, name) != 0) i++;
  snprintf(what, sizeof what, "%s is given twice, first as %s, then as", name, given[i].name ? given[i].value : "");
  if (given[i].name && strcmp(given[i].value, value) != 0) fail(EXIT_USAGE, what, value);
  given[i].name = name;
  given[i].value = value;
}

static const char *option_value(int argc, char **argv, int *at, const char *name) {
  const size_t length = strlen(name);
  if (strncmp(argv[*at], name, length) != 0) return NULL;
  const int is_joined = argv[*at][length] == '=';
  if (!is_joined && argv[*at][length] != '\0') return NULL;
  if (!is_joined && (++*at >= argc || !argv[*at])) {
    fprintf(stderr, "trade-report: %s: wants a value\n", name);
    exit(EXIT_USAGE);
  }
  const char *value = is_joined ? argv[*at] + length + 1 : argv[*at];
  check_again(name, value);
  return value;
}

static int32_t currency(const char *text, const char *what) {
  int32_t code = 0;
  if (trade_currency_parse(text, strlen(text), &code) != TRADE_OK) fail(EXIT_USAGE, what, text);
  return code;
}

/* With --rates alone, --currency is what is wanted. Conversion is by period, whether the report is or not. */
static void set_conversion(options *o) {
  o->read_by_count = o->by_count;
  if (o->rate_count && o->into == 0) {
    o->into = o->reader.currency;
    o->reader.currency = 0;
  }
  if (!o->rate_count && o->into == 0) return;
  if (!o->rate_count) fail(EXIT_USAGE, "--in wants --rates", NULL);
  if (o->into == 0) fail(EXIT_USAGE, "--rates wants --in or --currency", NULL);
  if (o->measure != 0) fail(EXIT_USAGE, "--in converts values only", NULL);
  if (!is_by(o, TRADE_CUBE_PERIOD)) o->by[o->read_by_count++] = 0;
}

void check_statistic(const options *o) {
  if (o->statistic == STATISTIC_MEAN && (o->shares != SHARES_NONE || o->indicator_count > 0 || o->rate_count))
    fail(EXIT_USAGE,
         "rates and other means have no shares, indicators or conversion: leave these out, or say --statistic sum",
         NULL);
}

/* Results are the same on any number of threads; on more than a few of them they wait for each other's pieces. */
static int usual_threads(void) {
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors < 1 ? 1 : processors > 8 ? 8 : (int)processors;
}

void read_options(int argc, char **argv, options *o) {
  static const char *const growths[] = {"year", "period"}, *const decimals[] = {"comma", "point"};
  const char *value;
  set_by(o, "period,flow");
  o->threads = usual_threads();
  o->where = (const char **)allocate((size_t)argc, sizeof *o->where);
  o->rates = (const char **)allocate((size_t)argc, sizeof *o->rates);
  const char **show = (const char **)allocate((size_t)argc, sizeof *show);
  int files = 0, show_count = 0, only_files = 0;
  for (int i = 1; i < argc; i++) {
    if (only_files || argv[i][0] != '-' || argv[i][1] == '\0') {
      argv[files++] = argv[i]; /* at or before its place: what was there has been read */
    } else if (strcmp(argv[i], "--") == 0) {
      only_files = 1;
    } else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
      fputs(manual, stdout);
      print_indicators(stdout);
      fputs(manual_end, stdout);
      exit(EXIT_SUCCESS);
    } else if (strcmp(argv[i], "--version") == 0) {
      printf("trade-report, tradestat %s\n", trade_version_text());
      exit(EXIT_SUCCESS);
    } else if (strcmp(argv[i], "--lenient") == 0) {
      o->reader.lenient = 1;
    } else if (strcmp(argv[i], "--names") == 0) {
      o->names = o->reader.names = 1;
    } else if ((value = option_value(argc, argv, &i, "--by"))) {
      set_by(o, value);
    } else if ((value = option_value(argc, argv, &i, "--where"))) {
      o->where[o->where_count++] = value; /* until there is a cube */
      o->chooses_unit |= is_where_unit(value);
    } else if ((value = option_value(argc, argv, &i, "--show"))) {
      show[show_count++] = value; /* until it is known what the table has */
    } else if ((value = option_value(argc, argv, &i, "--measure"))) {
      const char *names[] = {measures[0].name, measures[1].name, measures[2].name};
      o->measure = word(value, names, 3, "--measure wants value, quantity or weight");
    } else if ((value = option_value(argc, argv, &i, "--statistic"))) {
      o->statistic = word(value, statistics, 3, "--statistic wants sum or mean");
    } else if ((value = option_value(argc, argv, &i, "--digits"))) {
      o->digits = (int)whole_number(value, 1, 20, "--digits wants a number from 1 to 20");
    } else if ((value = option_value(argc, argv, &i, "--level"))) {
      o->level = (int)whole_number(value, 1, 20, "--level wants a number from 1 to 20");
    } else if ((value = option_value(argc, argv, &i, "--shares"))) {
      o->shares = word(value, share_kinds, 5, "--shares wants total, row, column or world");
    } else if ((value = option_value(argc, argv, &i, "--growth"))) {
      o->growth_months = word(value, growths, 2, "--growth wants year or period") == 0 ? 12 : -1;
    } else if ((value = option_value(argc, argv, &i, "--threads"))) {
      o->threads = (int)whole_number(value, 1, 256, "--threads wants a number from 1 to 256");
    } else if ((value = option_value(argc, argv, &i, "--top"))) {
      o->top = (size_t)whole_number(value, 1, 1000000000, "--top wants a positive number");
    } else if ((value = option_value(argc, argv, &i, "--column"))) {
      set_column(o, value);
    } else if ((value = option_value(argc, argv, &i, "--unit"))) {
      o->reader.value_power = (int32_t)whole_number(value, -20, 20, "--unit wants a power of ten");
    } else if ((value = option_value(argc, argv, &i, "--decimal"))) {
      o->reader.decimal = word(value, decimals, 2, "--decimal wants comma or point") == 0 ? ',' : '.';
    } else if ((value = option_value(argc, argv, &i, "--currency"))) {
      o->reader.currency = currency(value, "--currency: not a code of ISO 4217");
    } else if ((value = option_value(argc, argv, &i, "--in"))) {
      o->into = currency(value, "--in: not a code of ISO 4217");
    } else if ((value = option_value(argc, argv, &i, "--rates"))) {
      o->rates[o->rate_count++] = value;
    } else if ((value = option_value(argc, argv, &i, "--indicators"))) {
      set_indicators(o, value);
    } else if ((value = option_value(argc, argv, &i, "--format"))) {
      o->format = word(value, formats, 4, "--format wants table, csv, json or markdown");
    } else if ((value = option_value(argc, argv, &i, "--chart"))) {
      const size_t length = strlen(value);
      o->chart = value;
      if (strncmp(value, "/dev/", 5) != 0 && (length < 5 || strcmp(value + length - 4, ".svg") != 0))
        fail(EXIT_USAGE, "--chart draws SVG, into a file whose name ends so", value);
    } else if ((value = option_value(argc, argv, &i, "--output"))) {
      o->output = value;
    } else {
      fail(EXIT_USAGE, "no such option, see --help", argv[i]);
    }
  }
  static const char *const standard_input[] = {"-"};
  o->files = files ? (const char *const *)argv : standard_input;
  o->file_count = files ? files : 1;
  o->reader.numbers = measures[o->measure].number;
  set_only(o);
  set_conversion(o);
  check_indicators(o);
  check_statistic(o);
  for (int i = 0; i < o->by_count; i++)
    o->unit_rows |= o->measure == 1 && o->digits == 0 && dimensions[o->by[i]].number == TRADE_CUBE_PRODUCT;
  o->shown_by_count = o->by_count - (o->indicator_count > 0 && indicators[o->indicators[0]].kind != OF_MATRIX);
  if (o->growth_months != 0 && !has_dimension(o, TRADE_CUBE_PERIOD))
    fail(EXIT_USAGE, "--growth wants period in --by", NULL);
  if ((o->shares == SHARES_ROW || o->shares == SHARES_COLUMN) && o->shown_by_count < 2)
    fail(EXIT_USAGE, "--shares row and column want two dimensions in --by", NULL);
  if (o->shares == SHARES_WORLD && o->rate_count)
    fail(EXIT_USAGE, "--shares world wants the files' own totals, which are not converted: leave out --rates", NULL);
  set_show(o, show, show_count);
  free(show);
}
