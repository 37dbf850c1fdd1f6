#include "tradestat/advantage.h"

#include "check.h"
#include "internal.h"
#include "total.h"

#include <float.h>

enum {
  ADVANTAGE_BLOCK = 2048, /* values, added up and checked while they are near */
  ADVANTAGE_KEPT = 256,   /* rows whose totals are kept: as many as there are countries */
  ADVANTAGE_TILE = 256,   /* columns that are added up at a time */
  ADVANTAGE_LAST = 2      /* rows of a result that hold the totals of the columns until all others are filled */
};

/* 2^-100: a difference of totals that is smaller than this of them may be what two doubles leave out. */
#define ADVANTAGE_LEAST (1 / 1267650600228229401496703205376.0)

/** high + rest, the rest being smaller, with as much of it in high as goes. */
TRADE_INLINE trade_pair advantage_normal(double high, double rest) {
  const double sum = high + rest;
  return trade_pair_of(sum, rest - (sum - high));
}

/** a * b, within 10 * 2^-106, or 4 * 2^-106 if one has no rest. */
TRADE_INLINE trade_pair advantage_times(trade_pair a, trade_pair b) {
  const double product = a.high * b.high, cross = a.high * b.low + a.low * b.high;
  return advantage_normal(product, trade_product_rest(a.high, b.high, product) + cross);
}

/** a - b: high is the difference rounded once, however close the two are, within a few 2^-106 of it. */
TRADE_INLINE trade_pair advantage_minus(trade_pair a, trade_pair b) {
  const double high = a.high - b.high, rest = a.low - b.low, sum = high + rest;
  const double lost = trade_difference_rest(a.high, b.high, high) + trade_difference_rest(a.low, b.low, rest);
  return advantage_normal(sum, lost + trade_difference_rest(high, -rest, sum));
}

/** difference / size, which is not above 1 in magnitude: rounding must not make it so. */
TRADE_INLINE double advantage_bounded(double difference, double size) {
  const double magnitude = fabs(difference);
  return trade_finite_or_undefined(difference / (size < magnitude ? magnitude : size));
}

/** ln(a / b). */
static double advantage_log(trade_pair a, trade_pair b) {
  if (!trade_positive(a.high) || !trade_positive(b.high)) return TRADE_UNDEFINED;
  const double difference = advantage_minus(a, b).high;
  if (a.high <= 2 * b.high && b.high <= 2 * a.high)
    return difference >= 0 ? log1p(difference / b.high) : -log1p(-difference / a.high);
  return trade_finite_or_undefined(log(a.high / b.high));
}

/** Vollrath's: the country's other products, the other countries' product, and their other products. */
TRADE_INLINE double advantage_relative(double value, trade_pair country, trade_pair product, trade_pair world) {
  const trade_pair given = trade_pair_of(value, 0), others = advantage_minus(product, given);
  const double own_rest = advantage_minus(country, given).high;
  const double others_rest = advantage_minus(advantage_minus(world, country), others).high;
  const double advantage = trade_finite_or_undefined((value * others_rest) / (own_rest * others.high));
  const int defined = (own_rest > 0) & (others.high > 0) & (others_rest > ADVANTAGE_LEAST * world.high);
  return defined ? advantage : TRADE_UNDEFINED;
}

/* 2^80: shares times this are added up exactly down to 2^-156. */
#define ADVANTAGE_SCALE 1208925819614629174706176.0

/** Advantage by one method; for WEIGHTED the share in the product, scaled, to be weighed later. R is v X, `actual`,
 *  over Xc Xp, `expected`. */
TRADE_INLINE double advantage_of(double value, trade_pair country, trade_pair product, trade_pair world,
                                 int32_t method) {
  if (method == TRADE_ADVANTAGE_BALASSA)
    return trade_finite_or_undefined((value * world.high) / (country.high * product.high));
  if (method == TRADE_ADVANTAGE_WEIGHTED) return trade_finite_or_undefined(value * ADVANTAGE_SCALE / product.high);
  if (method == TRADE_ADVANTAGE_RELATIVE) return advantage_relative(value, country, product, world);
  const trade_pair actual = advantage_times(trade_pair_of(value, 0), world);
  const trade_pair expected = advantage_times(country, product);
  if (method == TRADE_ADVANTAGE_LOG) return advantage_log(actual, expected);
  const double difference = advantage_minus(actual, expected).high;
  if (method == TRADE_ADVANTAGE_SYMMETRIC)
    return advantage_bounded(difference, expected.high > 0 ? actual.high + expected.high : TRADE_UNDEFINED);
  const trade_pair size = method == TRADE_ADVANTAGE_ADDITIVE ? country : world;
  return trade_finite_or_undefined(difference / advantage_times(size, world).high);
}

/** 1 if x is a finite number that is not negative. */
static int advantage_counts(double x) { return x >= 0 && trade_known(x); }

double trade_advantage(double value, double country_total, double product_total, double world_total, int32_t method) {
  if (method < TRADE_ADVANTAGE_BALASSA || method >= TRADE_ADVANTAGE_WEIGHTED) return TRADE_UNDEFINED;
  if (!advantage_counts(value) || !advantage_counts(country_total) || !advantage_counts(product_total) ||
      !trade_positive(world_total) || !trade_known(country_total * product_total))
    return TRADE_UNDEFINED;
  return advantage_of(value, trade_pair_of(country_total, 0), trade_pair_of(product_total, 0),
                      trade_pair_of(world_total, 0), method);
}

double trade_advantage_balassa(double value, double country_total, double product_total, double world_total) {
  return trade_advantage(value, country_total, product_total, world_total, TRADE_ADVANTAGE_BALASSA);
}

/** The methods' loops over a row's columns; high and rest are the columns' totals. */
TRADE_INLINE void advantage_fill_by(const double *TRADE_RESTRICT values, size_t n, trade_pair country,
                                    const double *TRADE_RESTRICT high, const double *TRADE_RESTRICT rest,
                                    trade_pair world, int32_t method, double *TRADE_RESTRICT advantage) {
  for (size_t i = 0; i < n; i++)
    advantage[i] = advantage_of(values[i], country, trade_pair_of(high[i], rest[i]), world, method);
}

TRADE_INLINE void advantage_fill_body(const double *values, size_t n, trade_pair country, const double *high,
                                      const double *rest, trade_pair world, int32_t method, double *advantage,
                                      int fused) {
  (void)fused;
  if (method == TRADE_ADVANTAGE_BALASSA)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_BALASSA, advantage);
  else if (method == TRADE_ADVANTAGE_SYMMETRIC)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_SYMMETRIC, advantage);
  else if (method == TRADE_ADVANTAGE_LOG)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_LOG, advantage);
  else if (method == TRADE_ADVANTAGE_ADDITIVE)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_ADDITIVE, advantage);
  else if (method == TRADE_ADVANTAGE_NORMALISED)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_NORMALISED, advantage);
  else if (method == TRADE_ADVANTAGE_RELATIVE)
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_RELATIVE, advantage);
  else
    advantage_fill_by(values, n, country, high, rest, world, TRADE_ADVANTAGE_WEIGHTED, advantage);
}

TRADE_VARIANTS(advantage_fill,
               (const double *values, size_t n, trade_pair country, const double *high, const double *rest,
                trade_pair world, int32_t method, double *advantage),
               values, n, country, high, rest, world, method, advantage)

typedef struct advantage_table {
  const double *exports;
  const double *populations;
  size_t rows;
  size_t columns;
  int32_t method;
  double *advantage;
  trade_pair world;
  trade_pair kept[ADVANTAGE_KEPT];
} advantage_table;

static trade_pair advantage_add_row(const advantage_table *table, size_t row) {
  trade_sum total = {0, 0, 0, 0};
  if (table->populations)
    trade_sum_add(&total, table->populations[row]);
  else
    trade_sum_add_array(&total, table->exports + row * table->columns, table->columns);
  return trade_total_pair(total);
}

static trade_pair advantage_country(const advantage_table *table, size_t row) {
  return row < ADVANTAGE_KEPT ? table->kept[row] : advantage_add_row(table, row);
}

/** Checks the arguments, and adds up rows while they are near. */
static trade_status advantage_check_table(advantage_table *table) {
  const size_t rows = table->rows, columns = table->columns;
  if (table->method < TRADE_ADVANTAGE_BALASSA || table->method > TRADE_ADVANTAGE_WEIGHTED ||
      (table->populations && table->method >= TRADE_ADVANTAGE_RELATIVE))
    return TRADE_ERROR_VALUE;
  if (rows == 0 || columns == 0) return TRADE_OK;
  if (!table->exports || !table->advantage) return TRADE_ERROR_NULL;
  if (columns > SIZE_MAX / rows || !trade_fits(rows * columns, sizeof *table->exports)) return TRADE_ERROR_LENGTH;
  trade_status status = table->populations ? trade_check_values(table->populations, rows) : TRADE_OK;
  for (size_t r = 0; status == TRADE_OK && r < rows; r++) {
    const int kept = r < ADVANTAGE_KEPT && !table->populations;
    trade_sum total = {0, 0, 0, 0};
    for (size_t c = 0; status == TRADE_OK && c < columns; c += ADVANTAGE_BLOCK) {
      const double *values = table->exports + r * columns + c;
      const size_t count = trade_lesser(columns - c, ADVANTAGE_BLOCK);
      if (kept) trade_sum_add_array(&total, values, count);
      status = trade_check_values(values, count);
    }
    if (r < ADVANTAGE_KEPT) table->kept[r] = kept ? trade_total_pair(total) : advantage_add_row(table, r);
  }
  return status;
}

/** Totals of `width` columns from `first` on, and what they add to the world's. */
static void advantage_add_columns(const advantage_table *table, size_t first, size_t width, double *high, double *rest,
                                  trade_sum *world) {
  trade_sum totals[ADVANTAGE_TILE];
  memset(totals, 0, sizeof totals);
  trade_sum_add_matrix(NULL, totals, table->exports + first, table->rows, width, table->columns);
  for (size_t k = 0; k < width; k++) {
    const trade_pair total = trade_total_pair(totals[k]);
    high[k] = total.high;
    rest[k] = total.low;
    trade_sum_merge(world, &totals[k]);
  }
}

/** The world's total. There is no room for those of the columns but in the result's first two rows, which are filled
 *  last. */
static trade_sum advantage_add_up(const advantage_table *table) {
  trade_sum world = {0, 0, 0, 0}, population = world;
  double high[ADVANTAGE_TILE], rest[ADVANTAGE_TILE];
  for (size_t first = 0; first < table->columns; first += ADVANTAGE_TILE) {
    const size_t width = trade_lesser(table->columns - first, ADVANTAGE_TILE);
    advantage_add_columns(table, first, width, high, rest, &world);
    if (table->rows < ADVANTAGE_LAST) continue;
    memcpy(table->advantage + first, high, width * sizeof *high);
    memcpy(table->advantage + table->columns + first, rest, width * sizeof *rest);
  }
  if (!table->populations) return world;
  trade_sum_add_array(&population, table->populations, table->rows);
  return population;
}

/** All rows but those that hold the totals of the columns. */
static void advantage_fill_rows(const advantage_table *table) {
  for (size_t r = table->rows; r > ADVANTAGE_LAST; r--)
    advantage_fill(table->exports + (r - 1) * table->columns, table->columns, advantage_country(table, r - 1),
                   table->advantage, table->advantage + table->columns, table->world, table->method,
                   table->advantage + (r - 1) * table->columns);
}

/** Those rows, or a single one, which has no room for them. */
static void advantage_fill_last(const advantage_table *table) {
  const size_t rows = trade_lesser(table->rows, ADVANTAGE_LAST);
  trade_pair countries[ADVANTAGE_LAST];
  double high[ADVANTAGE_TILE], rest[ADVANTAGE_TILE];
  trade_sum unused = {0, 0, 0, 0};
  for (size_t r = 0; r < rows; r++) countries[r] = advantage_country(table, r);
  for (size_t first = 0; first < table->columns; first += ADVANTAGE_TILE) {
    const size_t width = trade_lesser(table->columns - first, ADVANTAGE_TILE);
    if (rows < ADVANTAGE_LAST) {
      advantage_add_columns(table, first, width, high, rest, &unused);
    } else {
      memcpy(high, table->advantage + first, width * sizeof *high);
      memcpy(rest, table->advantage + table->columns + first, width * sizeof *rest);
    }
    for (size_t r = 0; r < rows; r++)
      advantage_fill(table->exports + r * table->columns + first, width, countries[r], high, rest, table->world,
                     table->method, table->advantage + r * table->columns + first);
  }
}

/** Proudman and Redding's, from the countries' shares in their products: the country's total and the world's stand
 *  above and below. */
static void advantage_weigh_rows(const advantage_table *table) {
  for (size_t r = 0; r < table->rows; r++) {
    double *row = table->advantage + r * table->columns;
    trade_sum sum = {0, 0, 0, 0};
    size_t known = 0;
    trade_sum_add_known_array(&sum, row, table->columns, &known);
    const double total = trade_sum_value(&sum);
    for (size_t c = 0; c < table->columns; c++) row[c] = trade_finite_or_undefined(row[c] * (double)known / total);
  }
}

trade_status trade_advantage_matrix(const double *exports, const double *populations, size_t rows, size_t columns,
                                    int32_t method, double *advantage) {
  advantage_table table;
  table.exports = exports;
  table.populations = populations;
  table.rows = rows;
  table.columns = columns;
  table.method = method;
  table.advantage = advantage;
  const trade_status status = advantage_check_table(&table);
  if (status != TRADE_OK || rows == 0 || columns == 0) return status;
  const trade_sum world = advantage_add_up(&table);
  table.world = trade_total_pair(world);
  if (!trade_positive(table.world.high)) {
    for (size_t i = 0; i < rows * columns; i++) advantage[i] = TRADE_UNDEFINED;
    return TRADE_OK;
  }
  advantage_fill_rows(&table);
  advantage_fill_last(&table);
  if (method == TRADE_ADVANTAGE_WEIGHTED) advantage_weigh_rows(&table);
  return TRADE_OK;
}

trade_status trade_advantage_balassa_matrix(const double *exports, size_t rows, size_t columns, double *advantage) {
  return trade_advantage_matrix(exports, NULL, rows, columns, TRADE_ADVANTAGE_BALASSA, advantage);
}

/** The check of two columns and a result. */
static trade_status advantage_check_pairs(const double *a, const double *b, size_t n, const void *result) {
  trade_status status = trade_check_values(a, n);
  if (status == TRADE_OK) status = trade_check_values(b, n);
  return status == TRADE_OK && n > 0 && !result ? TRADE_ERROR_NULL : status;
}

trade_status trade_advantage_vollrath_array(const double *export_advantage, const double *import_advantage, size_t n,
                                            int32_t measure, double *result) {
  if (measure != TRADE_ADVANTAGE_RELATIVE_TRADE && measure != TRADE_ADVANTAGE_COMPETITIVENESS) return TRADE_ERROR_VALUE;
  const trade_status status = advantage_check_pairs(export_advantage, import_advantage, n, result);
  if (status != TRADE_OK) return status;
  if (measure == TRADE_ADVANTAGE_RELATIVE_TRADE)
    for (size_t i = 0; i < n; i++) result[i] = trade_finite_or_undefined(export_advantage[i] - import_advantage[i]);
  else
    for (size_t i = 0; i < n; i++)
      result[i] = advantage_log(trade_pair_of(export_advantage[i], 0), trade_pair_of(import_advantage[i], 0));
  return TRADE_OK;
}

static trade_pair advantage_total(const double *values, size_t n) {
  trade_sum total = {0, 0, 0, 0};
  trade_sum_add_array(&total, values, n);
  return trade_total_pair(total);
}

/** x M - m X. */
static inline double advantage_of_pair(double x, double m, trade_pair exports, trade_pair imports) {
  return advantage_minus(advantage_times(trade_pair_of(x, 0), imports), advantage_times(trade_pair_of(m, 0), exports))
      .high;
}

trade_status trade_advantage_lafay_array(const double *exports, const double *imports, size_t n, double *lafay) {
  const trade_status status = advantage_check_pairs(exports, imports, n, lafay);
  if (status != TRADE_OK) return status;
  trade_sum trade = {0, 0, 0, 0};
  trade_sum_add_array(&trade, exports, n);
  trade_sum_add_array(&trade, imports, n);
  const trade_pair total = trade_total_pair(trade);
  const trade_pair x = advantage_total(exports, n), m = advantage_total(imports, n);
  const double size = advantage_times(total, total).high;
  for (size_t i = 0; i < n; i++)
    lafay[i] = trade_finite_or_undefined(2 * advantage_of_pair(exports[i], imports[i], x, m) / size);
  return TRADE_OK;
}

trade_status trade_advantage_michaely_array(const double *exports, const double *imports, size_t n, double *michaely) {
  const trade_status status = advantage_check_pairs(exports, imports, n, michaely);
  if (status != TRADE_OK) return status;
  const trade_pair x = advantage_total(exports, n), m = advantage_total(imports, n);
  const double size = x.high > 0 && m.high > 0 ? advantage_times(x, m).high : TRADE_UNDEFINED;
  for (size_t i = 0; i < n; i++) michaely[i] = advantage_bounded(advantage_of_pair(exports[i], imports[i], x, m), size);
  return TRADE_OK;
}

trade_status trade_advantage_presence_array(const double *advantage, size_t n, double threshold, uint8_t *presence) {
  if (n > 0 && (!advantage || !presence)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *advantage)) return TRADE_ERROR_LENGTH;
  if (!trade_known(threshold)) return TRADE_ERROR_VALUE;
  for (size_t i = 0; i < n; i++) presence[i] = (uint8_t)((advantage[i] >= threshold) & (advantage[i] <= DBL_MAX));
  return TRADE_OK;
}

/** -1, 0 or 1 as a product's share in the current total is less than, equal to or greater than its share in the
 *  base's. */
static int advantage_share_change(double current, double base, trade_pair current_total, trade_pair base_total) {
  const trade_pair now = advantage_times(trade_pair_of(current, 0), base_total);
  const trade_pair before = advantage_times(trade_pair_of(base, 0), current_total);
  const double change = advantage_minus(now, before).high, limit = ADVANTAGE_LEAST * before.high;
  return (change > limit) - (change < -limit);
}

trade_status trade_advantage_position_array(const double *current, const double *base, const double *world_current,
                                            const double *world_base, size_t n, uint8_t *positions) {
  static const uint8_t codes[3][3] = {
      /* by the world's share: lost, unchanged, gained */
      {TRADE_ADVANTAGE_RETREAT, TRADE_ADVANTAGE_NO_POSITION, TRADE_ADVANTAGE_LOST_OPPORTUNITY},
      {TRADE_ADVANTAGE_NO_POSITION, TRADE_ADVANTAGE_NO_POSITION, TRADE_ADVANTAGE_NO_POSITION},
      {TRADE_ADVANTAGE_FALLING_STAR, TRADE_ADVANTAGE_NO_POSITION, TRADE_ADVANTAGE_RISING_STAR}};
  trade_status status = advantage_check_pairs(current, base, n, positions);
  if (status == TRADE_OK) status = advantage_check_pairs(world_current, world_base, n, positions);
  if (status != TRADE_OK) return status;
  const trade_pair total = advantage_total(current, n), base_total = advantage_total(base, n);
  const trade_pair world = advantage_total(world_current, n), world_base_total = advantage_total(world_base, n);
  for (size_t i = 0; i < n; i++) {
    const int own = advantage_share_change(current[i], base[i], total, base_total);
    const int others = advantage_share_change(world_current[i], world_base[i], world, world_base_total);
    positions[i] = codes[own + 1][others + 1];
  }
  return TRADE_OK;
}

#undef ADVANTAGE_LEAST
#undef ADVANTAGE_SCALE
