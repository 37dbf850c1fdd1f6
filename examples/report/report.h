/*
 * What the parts of trade-report share. options.c reads the command line, input.c the files into a cube, while units.c
 * watches that only what adds up is added, twice.c that nothing is added twice, names.c keeps what codes are called and
 * terminal.c shows how far that is; rates.c converts the cube, rows.c and indicators.c compute what the table has,
 * table.c prints it and chart.c draws it.
 */
#ifndef TRADE_REPORT_H
#define TRADE_REPORT_H

#include <stdio.h>
#include <tradestat.h>

enum { EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };
enum { DIMENSIONS = 5, INDICATORS = 20, CELL = 256, UNIT_TEXT = 64 };
enum { UNIT_MARK = '\x1F' }; /* between a product and its unit in a key */
enum { STATISTIC_USUAL, STATISTIC_SUM, STATISTIC_MEAN };
enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_MARKDOWN };
enum { SHARES_NONE, SHARES_TOTAL, SHARES_ROW, SHARES_COLUMN, SHARES_WORLD };
enum { OF_SPREAD, OF_FLOWS, OF_MATRIX }; /* what an indicator is computed of */
enum { COLUMN_TOTAL, COLUMN_SHARE, COLUMN_GROWTH, COLUMN_FIGURE };

typedef struct named_number {
  const char *name;
  int32_t number;
} named_number;

extern const named_number dimensions[DIMENSIONS]; /* TRADE_CUBE_PERIOD ... */
enum { LEVELS = TRADE_RECORD_AGGREGATE_REPORTER | TRADE_RECORD_AGGREGATE_PARTNER | TRADE_RECORD_AGGREGATE_PRODUCT };
extern const named_number measures[3]; /* TRADE_CUBE_VALUE ... */

typedef struct indicator {
  const char *name;
  int kind;
  int32_t method;
  int is_money;
  const char *what;
} indicator;

extern const indicator indicators[INDICATORS];

/* A cube without cells tells what a selection leaves out. */
typedef struct probe {
  trade_cube *cube;  /* null: nothing is left out */
  uint64_t left_out; /* so far */
} probe;

typedef struct options {
  const char *const *files;
  int file_count;
  int by[DIMENSIONS], by_count;                /* positions in `dimensions` */
  int read_by_count;                           /* one more if conversion needs periods that --by has not */
  int shown_by_count;                          /* one fewer if indicators take the last one together */
  int indicators[INDICATORS], indicator_count; /* positions in `indicators` */
  int first_indicator;                         /* the place among them of the one that was named first */
  int statistic; /* the usual one until the files are read: of rates the mean, of all else the sum */
  int measure, shares, growth_months, format, digits, threads;
  int level; /* product codes have so many characters; 0: any */
  int names; /* beside codes */
  size_t top;
  const char *output, *chart;
  const char **rates;
  int rate_count;
  int32_t into; /* the currency to convert into, 0: none */
  const char **where;
  int where_count;
  probe show;       /* what --show says */
  char *only;       /* what --where says of columns that are no dimensions, for the reader; null: nothing */
  int chooses_unit; /* one of them does */
  int unit_rows;    /* each unit has rows of its own: quantities by product */
  trade_reader_options reader;
} options;

/* ---- options.c ---- */

/* Says so on standard error and exits. */
void fail(int status, const char *what, const char *why);

void require(trade_status status, const char *what);

/* Memory, or the end. */
void *allocate(size_t n, size_t size);
void *resize(void *memory, size_t size);

void read_options(int argc, char **argv, options *o);

/* Refuses what means don't have. */
void check_statistic(const options *o);

/* The place of the dimension of a name, DIMENSIONS if there is none; the mark of a total over it, 0 if it has no codes. */
int find_dimension(const char *name, size_t length);
int32_t marks_of(int place);

/* Whether one of the dimensions that the report shows is this one. */
int has_dimension(const options *o, int32_t dimension);
int is_by(const options *o, int32_t dimension); /* of --by in full */

/* An empty cube of some dimensions and the measure asked for; what --where says, of some dimensions or (0) of all. */
trade_cube *make_cube(const options *o, const int *by, int by_count);
int select_rows(const options *o, trade_cube *cube, int32_t dimension); /* whether it says anything */
probe make_probe(const options *o, int32_t dimension);

/* Whether a selection selects a record: the cube alone knows. */
int passes(probe *p, const trade_record *record);

/* ---- units.c ---- */

/* What figures are in, and where that was first met. */
typedef struct unit {
  size_t stream; /* the number of the file */
  uint64_t line;
  char text[UNIT_TEXT]; /* empty: none */
} unit;

/* Those of all figures: the first that was met, and the first other one. */
typedef struct units {
  unit first, second;
  int rates, others; /* whether there are exchange rates, and other figures */
  int series;        /* whether there are series, whose names are products */
  int averaged;      /* whether there is what is usually averaged */
} units;

/* Whether a record is an exchange rate. */
int is_rate(const trade_record *record);

/* The unit of the record's measure; empty if nothing tells. */
void unit_of(const options *o, int32_t layout, const trade_record *record, char text[UNIT_TEXT]);

/* Whether all values of a layout are in one currency. */
int has_one_currency(int32_t layout);

/* Whether a layout's products are series, of whatever there is; and each with a unit of its own. */
int has_series(int32_t layout);
int is_of_series(int32_t layout);

int is_where_unit(const char *where);
int is_where_column(const char *where); /* neither a dimension nor the unit */
int unit_is_chosen(const options *o, const trade_record *record, const char *text);

/* Whether a unit makes no difference where this one was met; and notes it. */
int knows_unit(const units *u, const unit *one);
void note_unit(units *u, const unit *one);
void merge_units(units *u, const units *other);

/* The option that chooses by a column, or the unit, in quotes where a shell needs them. */
void format_choice(const char *column, const char *wanted, char text[CELL]);

/* What does not add up, and what can be done. */
void unit_conflict(const options *o, const units *u, char *text, size_t size);

/* ---- twice.c ---- */

/* Whether two paths, - for standard input, lead to one file; says so of files that are read and hold the same. */
int is_same_file(const char *a, const char *b);
void tell_files(const options *o);

/* A number of two words. */
typedef struct wide_key {
  uint64_t high, low;
} wide_key;

/* Keys of figures that are added up, in any order and maybe several times; those at the front in order, each once. */
typedef struct key_set {
  wide_key *all;
  size_t count, sorted, capacity;
} key_set;

int same_key(wide_key a, wide_key b);
int knows_key(const key_set *s, wide_key one); /* of those at the front */
void note_key(key_set *s, wide_key one);
void note_keys_of(key_set *s, const key_set *other);

/* Valid periods as keys. Says so if some overlap, a year and its months, what comes of it, and what can be done if the
 * report is by period, or not; the same of two. */
wide_key period_key(trade_period period);
void tell_periods(key_set *s, int by_period, const char *what);
int tell_overlap(trade_period a, trade_period b, int by_period, const char *what);

/* Says so if some flows hold others: 1 << TRADE_FLOW_..., added up; or if indicators are of several. */
void tell_flows(int flows, int of_indicators);

/* The texts of columns by which rows are told apart, and records are not, and of series whose values are added up. Says
 * so where these are not the same. */
enum { DIFFERENCES = 16 };
typedef struct difference {
  char column[UNIT_TEXT], first[24], last[24];
} difference;
void note_differences(difference all[DIFFERENCES], const trade_reader *reader);
void note_series(difference all[DIFFERENCES], trade_text product);
void merge_differences(difference all[DIFFERENCES], const difference *others);
void tell_differences(const difference all[DIFFERENCES]);

/* Products as keys: their first sixteen bytes. Whether a layout's may be of several levels (BACI's are not), whether one
 * is a code, of digits, capitals and points, and no name; says so if one begins with another, a heading with its chapter. */
int has_levels(int32_t layout);
wide_key product_key(trade_text code);
int is_code_key(wide_key one);
void tell_levels(key_set *s);

/* A table is what a reporter published of a flow in a period: a cube of these dimensions, and of products, which are the
 * levels of its figures. Whether two records are one there; says so if of some table all is left out of a cube's rows, as
 * totals beside the parts that others have. */
enum { OF_TABLE = TRADE_CUBE_PERIOD | TRADE_CUBE_REPORTER | TRADE_CUBE_FLOW };
trade_cube *make_tables(int32_t of);
void note_table(trade_cube *tables, trade_record record);
int is_of_table(const trade_record *a, const trade_record *b);
void tell_left_out(const options *o, trade_cube *cube, trade_cube *tables);

/* ---- names.c ---- */

/* Of the dimensions of --by whose codes the files have names for. */
typedef struct name_list {
  trade_cube *of[DIMENSIONS]; /* null: none are wanted */
} name_list;

int has_names(const options *o, int place);
void open_names(name_list *n, const options *o);
void note_names(name_list *n, const trade_record *codes, const trade_record *called);
void merge_names(name_list *n, name_list *other); /* and frees the other */
void free_names(name_list *n);

/* What most rows call a code; empty if none does. */
trade_text name_of(const name_list *n, int place, trade_text code);

/* ---- input.c ---- */

/* What the report says about where its figures come from. */
typedef struct source {
  uint64_t problems;    /* rows left out */
  const char **layouts; /* their names, of each file */
  size_t without_rate;  /* periods */
  uint64_t left_out;    /* not chosen, before the cube */
  char first[CELL];     /* what the first row has of what --where is about */
  units units;
  key_set periods, products; /* that are added up */
  int flows;                 /* 1 << TRADE_FLOW_... */
  name_list names;
  difference differences[DIFFERENCES];
  trade_cube *tables;
  trade_cube_tally tally;
} source;

/* What the files hold, as the options want it. */
trade_cube *read_files(const options *o, source *from);

/* All records of a file, in any layout. */
void read_each(const char *name, void (*take)(void *to, const trade_record *record), void *to);

/* ---- rates.c ---- */

/* The cube's values in the currency asked for, by what the report is by; the cube is freed. */
trade_cube *convert_cube(const options *o, trade_cube *cube, source *from);

/* The names of --rates, one behind the other; cut if they are long. */
void format_rates(const options *o, char text[CELL]);

/* ---- terminal.c ---- */

/* How much was read, of how much (UINT64_MAX: not known); the rest belongs to terminal.c. */
typedef struct progress {
  uint64_t done, size;
  double start, shown;
} progress;

/* Shows it on standard error, if that is a terminal and some time has passed. */
void show_progress(progress *p);
void end_progress(progress *p);

/* Columns of the terminal that `descriptor` is; 0 if it is none. */
int terminal_width(int descriptor);

/* ---- rows.c ---- */

typedef struct row {
  size_t place; /* in the cube */
  double total, share, growth;
} row;

typedef struct table {
  const options *o;
  const source *from;
  trade_cube *cube; /* stays its owner's */
  int by_count;     /* how many of --by are columns */
  row *rows;
  size_t cube_rows;
  double *figures[INDICATORS]; /* of the indicators, by place in the cube; behind them, of the others */
  size_t n;
  size_t others; /* more of them, whose sum the row behind the last is */
  double scale;  /* of the totals as printed */
  int decimals;
  char unit_text[CELL]; /* and their unit */
  const char *currency; /* its ISO 4217 code, if it is one */
} table;

/* The rows of a cube as the options want them. `details` is the cube with the dimension that indicators take together,
 * or the same. */
void fill_table(table *t, const options *o, const source *from, trade_cube *cube, trade_cube *details);
void free_table(table *t);
trade_record row_record(const table *t, const row *r);

/* In one dimension, or by several, one after the other. */
int compare_in(const trade_record *a, const trade_record *b, int place);
int compare_texts(trade_text a, trade_text b);
int compare_records(const trade_record *a, const trade_record *b, const int *by, int by_count);
trade_text text_of(const trade_record *record, int32_t dimension);

/* A cube's row; its order; the place among n rows in that order of the one with these keys, n if there is none; a cube
 * of some of its dimensions, in that order; its totals, for free. */
trade_record cube_record(trade_cube *cube, size_t place);
void sort_cube(trade_cube *cube, const int *by, int by_count);
size_t find_row(trade_cube *cube, size_t n, const trade_record *keys, const int *by, int by_count);
size_t find_shown(const table *t, const trade_record *keys); /* the same of the table, if it has no --top */
trade_cube *roll_up(const options *o, trade_cube *cube, const int *by, int by_count);

/* Adds what another cube shows. Where some of that is totals (World), of which there is nothing else, merging would choose
 * among it and the rest anew: then its figures are added as they are, each rounded once. */
void add_shown(trade_cube *to, trade_cube *cube);
double *cube_totals(const options *o, trade_cube *cube, size_t n);

/* Says what comes of it if rows of a cube that agree in some dimensions have periods that overlap. */
void tell_overlaps(const options *o, trade_cube *cube, const int *by, int by_count, const char *what);

/* The sum of the known figures, rounded once; none: NaN. */
double known_sum(const double *figures, size_t n);

/* ---- indicators.c ---- */

void print_indicators(FILE *out); /* for --help */
void set_indicators(options *o, const char *names);
void check_indicators(const options *o);

/* The cube of what the report has rows for, of one that has a dimension more. */
trade_cube *cube_of_rows(const options *o, trade_cube *cube);
void fill_indicators(table *t, trade_cube *details);
void fill_others(table *t); /* of the others as of one row, where that is known of them */

/* ---- table.c ---- */

/* Text, or a row's key, as UTF-8 without control characters, at most so wide: it ends in a sign where it is cut. */
void format_text(trade_text from, int widest, char cell[CELL]);
void format_key(const trade_record *record, int place, int widest, char cell[CELL]);

/* The key's name, if there is one, behind its code or alone. */
void format_label(const table *t, const trade_record *record, int place, int with_code, int widest, char cell[CELL]);

/* For people: with a space between thousands. */
void format_number(double x, int decimals, char cell[CELL]);

/* What the figures are: value, mean rate. */
const char *figure_name(const table *t);

/* A column of figures, with its name for machines and for people. */
typedef struct table_column {
  const char *name, *head;
  int what, figure; /* which of the indicators */
  int is_money;     /* printed in the table's unit */
} table_column;

/* The one that a chart draws: the first indicator that was asked for, else growth, else shares over time, else totals.
 */
table_column drawn_column(const table *t);

/* A row's figure as it is printed, in the table's unit or in percent, and as text; the row behind the last is the
 * others. */
double printed_number(const table *t, size_t r, const table_column *c);
void format_cell(const table *t, size_t r, const table_column *c, char cell[CELL]);

/* What the row of the others is called. */
void format_others(const table *t, char cell[CELL]);

void print_report(FILE *out, const table *t);

/* ---- chart.c ---- */

/* Whether it has a line for each series. */
int has_lines(const table *t);

void print_chart(FILE *out, const table *t);

#endif
