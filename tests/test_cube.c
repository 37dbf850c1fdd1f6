#include "trade_test.h"

/* ---- Records, and an allocator that can refuse ---- */

static trade_text text_of(const char *s) {
  trade_text text;
  text.bytes = s;
  text.length = s ? strlen(s) : 0;
  return text;
}

static trade_record record_of(const char *reporter, const char *partner, const char *product, double value) {
  trade_record record;
  memset(&record, 0, sizeof record);
  record.period = trade_period_make(2020, 1, 12);
  record.reporter = text_of(reporter);
  record.partner = text_of(partner);
  record.product = text_of(product);
  record.flow = text_of("X");
  record.flow_kind = TRADE_FLOW_EXPORT;
  record.value = value;
  record.quantity = record.weight = (double)NAN;
  record.day = TRADE_DAY_NONE;
  return record;
}

typedef struct memory_watch {
  size_t blocks;
  size_t calls;  /* that ask for memory */
  size_t refuse; /* the call that is refused, from 1 */
} memory_watch;

enum { HEAD = 32 }; /* bytes before a block that hold its size */

static void *watched_reallocate(void *context, void *memory, size_t old_size, size_t new_size) {
  memory_watch *watch = context;
  char *block = memory ? (char *)memory - HEAD : NULL;
  size_t size = 0;
  if (block) memcpy(&size, block, sizeof size);
  assert_int_equal(size, old_size);
  if (new_size == 0) {
    watch->blocks -= block != NULL;
    free(block);
    return NULL;
  }
  if (++watch->calls == watch->refuse) return NULL;
  block = realloc(block, new_size + HEAD);
  assert_non_null(block);
  watch->blocks += memory == NULL;
  memcpy(block, &new_size, sizeof new_size);
  memset(block + HEAD + old_size, 0x5C, new_size > old_size ? new_size - old_size : 0);
  return block + HEAD;
}

static trade_cube *cube_of(int32_t dimensions, int32_t measures, int32_t digits) {
  trade_cube *cube = NULL;
  assert_status(trade_cube_create(dimensions, measures, digits, NULL, &cube), TRADE_OK);
  return cube;
}

static void add(trade_cube *cube, trade_record record) { assert_status(trade_cube_add(cube, &record), TRADE_OK); }

typedef struct saved {
  uint8_t *bytes;
  size_t size;
} saved;

static saved save(trade_cube *cube) {
  saved s;
  assert_status(trade_cube_saved_size(cube, &s.size), TRADE_OK);
  s.bytes = malloc(s.size + 1);
  assert_non_null(s.bytes);
  s.bytes[s.size] = 0xA5;
  assert_status(trade_cube_save(cube, s.bytes, s.size), TRADE_OK);
  assert_int_equal(s.bytes[s.size], 0xA5);
  return s;
}

static void assert_saved(trade_cube *cube, saved expected) {
  saved s = save(cube);
  assert_int_equal(s.size, expected.size);
  assert_memory_equal(s.bytes, expected.bytes, s.size);
  free(s.bytes);
}

static void assert_same_cubes(trade_cube *a, trade_cube *b) {
  saved s = save(a);
  assert_saved(b, s);
  free(s.bytes);
}

/** The value in the row with these codes; fails if there is none. */
static double value_at(trade_cube *cube, const char *reporter, const char *partner, const char *product) {
  for (size_t row = 0; row < trade_cube_count(cube); row++) {
    trade_record r;
    assert_status(trade_cube_row(cube, row, &r), TRADE_OK);
    if ((!reporter ||
         (r.reporter.length == strlen(reporter) && !memcmp(r.reporter.bytes, reporter, r.reporter.length))) &&
        (!partner || (r.partner.length == strlen(partner) && !memcmp(r.partner.bytes, partner, r.partner.length))) &&
        (!product || (r.product.length == strlen(product) && !memcmp(r.product.bytes, product, r.product.length))))
      return r.value;
  }
  fail_msg("no row %s %s %s", reporter ? reporter : "", partner ? partner : "", product ? product : "");
  return 0;
}

/* ---- Against a list of all cells ---- */

enum { PERIODS = 5, CODES = 7, FLOWS = 4, DIMENSIONS = 5, RECORDS = 700 };

static const char *const reporters[CODES] = {
    "156", "842", "", "W00", "DE", "A code that is longer than 16 bytes", "A code that is longer than 16 bytez"};
static const char *const partners[CODES] = {"0", "00", "000", "4", "36", "Other Asia, nes", "sixteen bytes ok"};
static const char *const products[CODES] = {"010121", "010129", "0101", "854231", "TOTAL", "85423190", "S"};
static const char *const flows[FLOWS] = {"M", "Export", "", "transit"};
static const int32_t flow_kinds[FLOWS] = {TRADE_FLOW_IMPORT, TRADE_FLOW_EXPORT, TRADE_FLOW_UNKNOWN, TRADE_FLOW_UNKNOWN};

static trade_period period_at(size_t i) {
  trade_period none = {0, 0, 0, 0};
  return i == 0   ? none
         : i == 1 ? trade_period_make(2020, 1, 12)
         : i == 2 ? trade_period_make(2020, 1, 1)
         : i == 3 ? trade_period_make(2020, 2, 1)
                  : trade_period_make(1999, 12, 1);
}

static double number_at(uint64_t *seed) {
  const size_t kind = trade_random_below(seed, 12);
  if (kind == 0) return (double)NAN;
  if (kind == 1) return (double)INFINITY;
  return (trade_random(seed) & 1 ? 1 : -1) * trade_random_between(seed, 1e-12, 1e15);
}

static trade_record random_record(uint64_t *seed) {
  trade_record r = record_of(reporters[trade_random_below(seed, CODES)], partners[trade_random_below(seed, CODES)],
                             products[trade_random_below(seed, CODES)], number_at(seed));
  const size_t flow = trade_random_below(seed, FLOWS);
  r.period = period_at(trade_random_below(seed, PERIODS));
  r.flow = text_of(flows[flow]);
  r.flow_kind = flow_kinds[flow];
  r.quantity = number_at(seed);
  r.weight = number_at(seed);
  return r;
}

/** What a record's key is by the words of the header. */
static void expected_key(const trade_record *r, int32_t dimensions, size_t digits, trade_record *key) {
  memset(key, 0, sizeof *key);
  if (dimensions & TRADE_CUBE_PERIOD) key->period = r->period;
  if (dimensions & TRADE_CUBE_REPORTER) key->reporter = r->reporter;
  if (dimensions & TRADE_CUBE_PARTNER) key->partner = r->partner;
  if (dimensions & TRADE_CUBE_PRODUCT) {
    key->product = r->product;
    if (digits && r->product.length > digits && strchr("0123456789", r->product.bytes[0])) key->product.length = digits;
  }
  if (dimensions & TRADE_CUBE_FLOW) {
    key->flow = r->flow_kind ? text_of(trade_flow_name(r->flow_kind)) : r->flow;
    key->flow_kind = r->flow_kind;
  }
}

static int compare_texts(trade_text a, trade_text b) {
  const size_t common = a.length < b.length ? a.length : b.length;
  const int order = common ? memcmp(a.bytes, b.bytes, common) : 0;
  return order ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare_in(const trade_record *a, const trade_record *b, int32_t dimension) {
  switch (dimension) {
  case TRADE_CUBE_PERIOD:
    return trade_period_compare(a->period, b->period);
  case TRADE_CUBE_REPORTER:
    return compare_texts(a->reporter, b->reporter);
  case TRADE_CUBE_PARTNER:
    return compare_texts(a->partner, b->partner);
  case TRADE_CUBE_PRODUCT:
    return compare_texts(a->product, b->product);
  default:
    return compare_texts(a->flow, b->flow);
  }
}

static int same_keys(const trade_record *a, const trade_record *b) {
  for (int32_t d = 1; d <= TRADE_CUBE_FLOW; d *= 2)
    if (compare_in(a, b, d)) return 0;
  return 1;
}

static double measure_in(const trade_record *r, int32_t measure) {
  return measure == TRADE_CUBE_VALUE ? r->value : measure == TRADE_CUBE_QUANTITY ? r->quantity : r->weight;
}

/** Every row against a sum over all records. */
static void assert_rows(trade_cube *cube, const trade_record *records, size_t n, int32_t dimensions, int32_t measures,
                        size_t digits) {
  uint64_t seen = 0;
  const size_t rows = trade_cube_count(cube);
  double *values = malloc((rows + 1) * sizeof *values);
  assert_non_null(values);
  for (size_t row = 0; row < rows; row++) {
    trade_record r;
    assert_status(trade_cube_row(cube, row, &r), TRADE_OK);
    assert_int_equal(r.day, TRADE_DAY_NONE);
    for (int32_t m = 1; m <= TRADE_CUBE_WEIGHT; m *= 2) {
      trade_sum expected = {0, 0, 0, 0}, total;
      uint64_t count = 0, unknown = 0, missing = 99, in_row = 99;
      for (size_t i = 0; i < n; i++) {
        trade_record key;
        expected_key(&records[i], dimensions, digits, &key);
        if (!same_keys(&key, &r)) continue;
        assert_int_equal(key.flow_kind, r.flow_kind);
        const double value = measure_in(&records[i], m);
        count++;
        if (isfinite(value))
          trade_sum_add(&expected, value);
        else
          unknown++;
      }
      if (!(measures & m)) {
        assert_undefined(measure_in(&r, m));
        assert_status(trade_cube_total(cube, row, m, &total, NULL, NULL), TRADE_ERROR_VALUE);
        continue;
      }
      assert_true(count > 0);
      assert_status(trade_cube_total(cube, row, m, &total, &in_row, &missing), TRADE_OK);
      assert_memory_equal(&total, &expected, sizeof total);
      assert_int_equal(in_row, count);
      assert_int_equal(missing, unknown);
      assert_same(measure_in(&r, m), unknown == count ? (double)NAN : trade_sum_value(&expected));
      assert_status(trade_cube_values(cube, m, values, rows), TRADE_OK);
      assert_same(values[row], measure_in(&r, m));
      seen += m == 1 ? count : 0;
    }
  }
  if (measures & TRADE_CUBE_VALUE) assert_int_equal(seen, n);
  free(values);
}

static void rows_are_the_totals_of_their_records(void **state) {
  (void)state;
  static trade_record records[RECORDS];
  uint64_t seed = 1;
  for (size_t i = 0; i < RECORDS; i++) records[i] = random_record(&seed);
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    const int32_t measures = dimensions * 5 % 8, digits = dimensions % 4 * 2;
    trade_cube *cube = cube_of(dimensions, measures, digits), *other = cube_of(dimensions, measures, digits);
    for (size_t i = 0; i < RECORDS; i++) {
      add(cube, records[i]);
      if (i % 97 == 0) assert_true(trade_cube_count(cube) > 0); /* reading in between changes nothing */
    }
    assert_rows(cube, records, RECORDS, dimensions, measures, (size_t)digits);
    assert_status(trade_cube_add_array(other, records, RECORDS), TRADE_OK);
    assert_same_cubes(cube, other);
    trade_cube_destroy(cube);
    trade_cube_destroy(other);
  }
}

static void rows_come_in_the_order_asked_for(void **state) {
  (void)state;
  uint64_t seed = 2;
  trade_cube *cube = cube_of(31, TRADE_CUBE_VALUE, 0);
  for (size_t i = 0; i < RECORDS; i++) add(cube, random_record(&seed));
  for (int round = 0; round < 40; round++) {
    int32_t order[DIMENSIONS] = {1, 2, 4, 8, 16};
    const size_t named = trade_random_below(&seed, DIMENSIONS + 1);
    for (size_t i = 0; i < named; i++) {
      const size_t j = i + trade_random_below(&seed, DIMENSIONS - i);
      const int32_t swap = order[j];
      memmove(order + i + 1, order + i, (j - i) * sizeof *order);
      order[i] = swap;
    }
    assert_status(trade_cube_sort(cube, named ? order : NULL, named), TRADE_OK);
    trade_record before, now;
    assert_status(trade_cube_row(cube, 0, &before), TRADE_OK);
    for (size_t row = 1; row < trade_cube_count(cube); row++, before = now) {
      assert_status(trade_cube_row(cube, row, &now), TRADE_OK);
      int order_of_rows = 0;
      for (size_t i = 0; i < DIMENSIONS && order_of_rows == 0; i++) order_of_rows = compare_in(&before, &now, order[i]);
      assert_true(order_of_rows < 0);
    }
  }
  const int32_t twice[] = {1, 2, 1}, none[] = {3}, six[6] = {1, 2, 4, 8, 16, 1};
  assert_status(trade_cube_sort(cube, twice, 3), TRADE_ERROR_VALUE);
  assert_status(trade_cube_sort(cube, none, 1), TRADE_ERROR_VALUE);
  assert_status(trade_cube_sort(cube, six, 6), TRADE_ERROR_VALUE);
  trade_cube_destroy(cube);
}

static void cubes_merged_in_any_tree_have_the_same_bytes(void **state) {
  (void)state;
  uint64_t seed = 3;
  enum { PARTS = 8 };
  static trade_record records[RECORDS];
  for (int round = 0; round < 60; round++) {
    const int32_t dimensions = (int32_t)trade_random_below(&seed, 32), measures = (int32_t)trade_random_below(&seed, 8);
    const int32_t digits = (int32_t)trade_random_below(&seed, 5);
    trade_cube *whole = cube_of(dimensions, measures, digits), *parts[PARTS];
    for (size_t p = 0; p < PARTS; p++) parts[p] = cube_of(dimensions, measures, digits);
    for (size_t i = 0; i < RECORDS; i++) {
      records[i] = random_record(&seed);
      records[i].marks = (int32_t)trade_random_below(&seed, 128);
    }
    assert_status(trade_cube_add_array(whole, records, RECORDS), TRADE_OK);
    /* In another order, each to some part. */
    for (size_t i = RECORDS; i > 0; i--) {
      const size_t j = trade_random_below(&seed, i);
      const trade_record swap = records[j];
      records[j] = records[i - 1];
      add(parts[trade_random_below(&seed, PARTS)], swap);
    }
    for (size_t left = PARTS; left > 1; left--) {
      const size_t a = trade_random_below(&seed, left);
      trade_cube *swap = parts[a];
      parts[a] = parts[left - 1];
      parts[left - 1] = swap;
      assert_status(trade_cube_merge(parts[trade_random_below(&seed, left - 1)], parts[left - 1]), TRADE_OK);
      trade_cube_destroy(parts[left - 1]);
    }
    assert_same_cubes(parts[0], whole);
    saved s = save(whole);
    trade_cube *loaded = NULL;
    assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
    assert_saved(loaded, s);
    /* Merged with itself, each total is twice what it was. */
    trade_cube *twice = cube_of(dimensions, measures, digits);
    assert_status(trade_cube_merge(twice, whole), TRADE_OK);
    assert_status(trade_cube_merge(twice, loaded), TRADE_OK);
    assert_status(trade_cube_merge(loaded, loaded), TRADE_OK);
    assert_same_cubes(twice, loaded);
    free(s.bytes);
    trade_cube_destroy(twice);
    trade_cube_destroy(loaded);
    trade_cube_destroy(parts[0]);
    trade_cube_destroy(whole);
  }
}

static void a_larger_cube_rolls_up_into_a_smaller_one(void **state) {
  (void)state;
  uint64_t seed = 4;
  static trade_record records[RECORDS];
  for (size_t i = 0; i < RECORDS; i++) records[i] = random_record(&seed);
  trade_cube *large = cube_of(31, 7, 6);
  assert_status(trade_cube_add_array(large, records, RECORDS), TRADE_OK);
  const trade_period year = trade_period_make(2020, 1, 12);
  const trade_text chosen[] = {text_of("0101"), text_of("TOTAL")};
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    const int32_t digits = dimensions & TRADE_CUBE_PRODUCT ? 1 + dimensions % 6 : 0;
    trade_cube *direct = cube_of(dimensions, dimensions % 8, digits),
               *rolled = cube_of(dimensions, dimensions % 8, digits);
    trade_cube *cubes[2] = {direct, rolled};
    for (size_t c = 0; c < 2 && dimensions % 3; c++) {
      assert_status(trade_cube_select_periods(cubes[c], &year, 1), TRADE_OK);
      if (dimensions % 3 == 2) assert_status(trade_cube_select(cubes[c], TRADE_CUBE_PRODUCT, chosen, 2), TRADE_OK);
    }
    assert_status(trade_cube_add_array(direct, records, RECORDS), TRADE_OK);
    assert_status(trade_cube_merge(rolled, large), TRADE_OK);
    assert_same_cubes(direct, rolled);
    trade_cube_destroy(direct);
    trade_cube_destroy(rolled);
  }
  trade_cube_destroy(large);
}

static void cubes_that_do_not_fit_are_not_merged(void **state) {
  (void)state;
  static const struct {
    int32_t dimensions, measures, digits, other_dimensions, other_measures, other_digits;
    trade_status status;
  } cases[] = {
      {TRADE_CUBE_REPORTER, 1, 0, TRADE_CUBE_PARTNER, 1, 0, TRADE_ERROR_VALUE},
      {TRADE_CUBE_REPORTER, 3, 0, TRADE_CUBE_REPORTER, 1, 0, TRADE_ERROR_VALUE},
      {TRADE_CUBE_PRODUCT, 1, 0, TRADE_CUBE_PRODUCT, 1, 4, TRADE_ERROR_VALUE},
      {TRADE_CUBE_PRODUCT, 1, 6, TRADE_CUBE_PRODUCT, 1, 4, TRADE_ERROR_VALUE},
      {TRADE_CUBE_PRODUCT, 1, 2, TRADE_CUBE_PRODUCT, 1, 4, TRADE_OK},
      {TRADE_CUBE_PRODUCT, 1, 2, TRADE_CUBE_PRODUCT, 1, 0, TRADE_OK},
      {0, 1, 6, TRADE_CUBE_PRODUCT, 1, 4, TRADE_OK},
  };
  for (size_t c = 0; c < COUNT(cases); c++) {
    trade_cube *a = cube_of(cases[c].dimensions, cases[c].measures, cases[c].digits);
    trade_cube *b = cube_of(cases[c].other_dimensions, cases[c].other_measures, cases[c].other_digits);
    assert_status(trade_cube_merge(a, b), cases[c].status);
    trade_cube_destroy(a);
    trade_cube_destroy(b);
  }
  trade_cube *a = cube_of(TRADE_CUBE_REPORTER, 1, 0), *b = cube_of(TRADE_CUBE_REPORTER, 1, 0);
  assert_status(trade_cube_set_levels(b, 0, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
  assert_status(trade_cube_merge(a, b), TRADE_ERROR_VALUE);
  assert_status(trade_cube_set_levels(a, 0, TRADE_CUBE_SHOW_AGGREGATES), TRADE_OK);
  assert_status(trade_cube_merge(a, b), TRADE_OK);
  assert_status(trade_cube_select(a, TRADE_CUBE_PARTNER, NULL, 0), TRADE_OK);
  assert_status(trade_cube_merge(a, b), TRADE_ERROR_VALUE);
  trade_cube_destroy(a);
  trade_cube_destroy(b);
}

static int begins_with(trade_text text, trade_text with) {
  return text.length >= with.length && memcmp(text.bytes, with.bytes, with.length) == 0;
}

/** Whether a product is one of these or, if it begins with a digit, begins with one of at most this length. */
static int is_chosen(trade_text product, const trade_text *chosen, size_t n, size_t longest) {
  const int digit = product.bytes[0] >= '0' && product.bytes[0] <= '9';
  for (size_t i = 0; i < n; i++)
    if (digit ? chosen[i].length <= longest && begins_with(product, chosen[i]) : !compare_texts(product, chosen[i]))
      return 1;
  return 0;
}

/* Whatever two cubes select: what is merged is what would have been added, or it is refused. */
static void products_are_selected_in_merging_or_it_is_refused(void **state) {
  (void)state;
  enum { ROUNDS = 4000, MOST = 3, CHOICE = 9, N = 40, NOTHING = 0, AT_FIRST = 1, LATER = 2 };
  static const char *const choice[CHOICE] = {"0101", "010121", "85", "8542", "854231", "TOTAL", "S", "0", "999"};
  uint64_t seed = 18;
  size_t refused = 0, alike = 0;
  for (int round = 0; round < ROUNDS; round++) {
    const int32_t dimensions = (int32_t)trade_random_below(&seed, 2) * TRADE_CUBE_PRODUCT,
                  more = dimensions | (int32_t)trade_random_below(&seed, 2) * TRADE_CUBE_PRODUCT,
                  digits = 2 * (int32_t)trade_random_below(&seed, 2),
                  other_digits = 2 * (int32_t)trade_random_below(&seed, 4);
    const size_t n = trade_random_below(&seed, MOST + 1), other_n = trade_random_below(&seed, MOST + 1);
    const size_t other_selects = trade_random_below(&seed, 3);
    if (dimensions && other_digits && (!digits || digits > other_digits)) continue;
    trade_text chosen[MOST], other_chosen[MOST];
    trade_cube *direct = cube_of(dimensions, 1, digits), *merged = cube_of(dimensions, 1, digits),
               *other = cube_of(more, 1, other_digits);
    for (size_t i = 0; i < MOST; i++) {
      chosen[i] = text_of(choice[trade_random_below(&seed, CHOICE)]);
      other_chosen[i] =
          i < n && trade_random_below(&seed, 4) ? chosen[i] : text_of(choice[trade_random_below(&seed, CHOICE)]);
    }
    int all = other_selects == AT_FIRST, can_tell = more != 0;
    for (size_t i = 0; i < other_n; i++) all &= is_chosen(other_chosen[i], chosen, n, SIZE_MAX);
    for (size_t i = 0; i < n && other_digits; i++) can_tell &= is_chosen(chosen[i], chosen, n, (size_t)other_digits);
    assert_status(trade_cube_select(direct, TRADE_CUBE_PRODUCT, chosen, n), TRADE_OK);
    assert_status(trade_cube_select(merged, TRADE_CUBE_PRODUCT, chosen, n), TRADE_OK);
    if (other_selects == AT_FIRST)
      assert_status(trade_cube_select(other, TRADE_CUBE_PRODUCT, other_chosen, other_n), TRADE_OK);
    for (size_t i = 0; i < N; i++) {
      trade_record record = random_record(&seed);
      add(other, record);
      if (other_selects == AT_FIRST && !is_chosen(record.product, other_chosen, other_n, SIZE_MAX))
        record.product = text_of("chosen by none");
      add(direct, record);
    }
    if (other_selects == LATER)
      assert_status(trade_cube_select(other, TRADE_CUBE_PRODUCT, other_chosen, other_n), TRADE_OK);
    saved before = save(merged);
    assert_status(trade_cube_merge(merged, other), all || can_tell ? TRADE_OK : TRADE_ERROR_VALUE);
    if (all || can_tell)
      assert_same_cubes(merged, direct);
    else
      assert_saved(merged, before);
    refused += !all && !can_tell;
    alike += all && !can_tell;
    free(before.bytes);
    trade_cube_destroy(direct);
    trade_cube_destroy(merged);
    trade_cube_destroy(other);
  }
  assert_true(refused > ROUNDS / 20 && alike > ROUNDS / 40);
}

static void select_for_part(trade_cube *cube, int32_t dimension, const trade_text *codes, const trade_period *periods,
                            size_t n) {
  assert_status(dimension == TRADE_CUBE_PERIOD ? trade_cube_select_periods(cube, periods, n)
                                               : trade_cube_select(cube, dimension, codes, n),
                TRADE_OK);
}

/* Cubes that select by what they have not, or have cut, hold what they select, each for the others and for itself. */
static void parts_of_one_make_are_merged(void **state) {
  (void)state;
  enum { PARTS = 4, CHOSEN = 3 };
  static trade_record records[RECORDS];
  static const char *const codes[DIMENSIONS][CHOSEN] = {{NULL, NULL, NULL},
                                                        {"156", "DE", "A code that is longer than 16 bytes"},
                                                        {"000", "4", "sixteen bytes ok"},
                                                        {"010121", "8542", "TOTAL"},
                                                        {"M", "transit", "re-export"}};
  const trade_period periods[CHOSEN] = {trade_period_make(2020, 1, 3), trade_period_make(1999, 1, 12),
                                        trade_period_make(2020, 2, 12)};
  uint64_t seed = 19;
  for (size_t i = 0; i < RECORDS; i++) records[i] = random_record(&seed);
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    for (int number = 0; number < DIMENSIONS; number++) {
      const int32_t dimension = 1 << number;
      trade_cube *parts[PARTS], *whole = cube_of(dimensions, 5, 2), *loaded = NULL;
      trade_text chosen[CHOSEN];
      for (size_t i = 0; i < CHOSEN; i++) chosen[i] = text_of(codes[number][i]);
      select_for_part(whole, dimension, chosen, periods, CHOSEN);
      assert_status(trade_cube_add_array(whole, records, RECORDS), TRADE_OK);
      for (size_t p = 0; p < PARTS; p++) {
        parts[p] = cube_of(dimensions, 5, 2);
        for (size_t i = CHOSEN; i > 0 && p; i--) /* in another order, and one by one */
          select_for_part(parts[p], dimension, chosen + i - 1, periods + i - 1, 1);
        if (p == 0) select_for_part(parts[p], dimension, chosen, periods, CHOSEN);
      }
      for (size_t i = 0; i < RECORDS; i++) add(parts[i % PARTS], records[i]);
      for (size_t p = 1; p < PARTS; p++) assert_status(trade_cube_merge(parts[0], parts[p]), TRADE_OK);
      assert_same_cubes(parts[0], whole);
      /* What is loaded selects nothing. */
      const int can_tell = dimensions & dimension && dimension != TRADE_CUBE_PRODUCT;
      saved s = save(parts[1]);
      assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
      assert_status(trade_cube_merge(parts[2], loaded), can_tell ? TRADE_OK : TRADE_ERROR_VALUE);
      assert_status(trade_cube_merge(loaded, parts[1]), TRADE_OK);
      assert_status(trade_cube_merge(parts[1], parts[1]), TRADE_OK);
      assert_same_cubes(parts[1], loaded);
      /* The other selects more. */
      select_for_part(parts[0], dimension, &(trade_text){"0101", 4}, &(trade_period){1999, 1, 24, 0}, 1);
      assert_status(trade_cube_merge(parts[3], parts[0]), can_tell ? TRADE_OK : TRADE_ERROR_VALUE);
      assert_status(trade_cube_merge(parts[0], parts[3]), TRADE_OK);
      free(s.bytes);
      for (size_t p = 0; p < PARTS; p++) trade_cube_destroy(parts[p]);
      trade_cube_destroy(loaded);
      trade_cube_destroy(whole);
    }
  }
  /* What came before the selection is not selected by it. */
  trade_cube *cube = cube_of(0, TRADE_CUBE_VALUE, 0);
  add(cube, record_of("156", "", "85", 1));
  assert_status(trade_cube_select(cube, TRADE_CUBE_PRODUCT, NULL, 0), TRADE_OK);
  assert_status(trade_cube_merge(cube, cube), TRADE_ERROR_VALUE);
  trade_cube_destroy(cube);
}

static void one_currency_makes_a_total(void **state) {
  (void)state;
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER, TRADE_CUBE_VALUE, 0),
             *euros = cube_of(TRADE_CUBE_REPORTER, TRADE_CUBE_VALUE, 0);
  trade_record record = record_of("156", "842", "85", 1);
  trade_cube_tally tally;
  add(cube, record);
  record.currency = 840;
  add(cube, record);
  record.currency = 0;
  add(cube, record);
  record.currency = 978;
  assert_status(trade_cube_add(cube, &record), TRADE_ERROR_CURRENCY);
  const trade_record both[2] = {record_of("156", "842", "85", 1), record};
  assert_status(trade_cube_add_array(cube, both, 2), TRADE_ERROR_CURRENCY);
  add(euros, record);
  assert_status(trade_cube_merge(cube, euros), TRADE_ERROR_CURRENCY);
  record.value = (double)NAN; /* in no currency */
  add(cube, record);
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.currency, 840);
  assert_int_equal(tally.shown, 4);
  trade_record row;
  assert_status(trade_cube_row(cube, 0, &row), TRADE_OK);
  assert_int_equal(row.currency, 840);
  assert_same(row.value, 3);
  record.value = 1;
  static const int32_t none[] = {-1, 1000, INT32_MAX, INT32_MIN};
  trade_cube *fresh = cube_of(0, TRADE_CUBE_VALUE, 0), *weights = cube_of(0, TRADE_CUBE_WEIGHT, 0);
  for (size_t i = 0; i < COUNT(none); i++) {
    record.currency = none[i];
    assert_status(trade_cube_add(fresh, &record), TRADE_ERROR_CURRENCY);
    assert_status(trade_cube_add(weights, &record), TRADE_OK); /* that has no values */
  }
  assert_int_equal(trade_cube_count(fresh), 0);
  assert_status(trade_cube_merge(fresh, euros), TRADE_OK);
  assert_status(trade_cube_count_records(fresh, &tally), TRADE_OK);
  assert_int_equal(tally.currency, 978);
  trade_cube_destroy(cube);
  trade_cube_destroy(euros);
  trade_cube_destroy(fresh);
  trade_cube_destroy(weights);
}

/* ---- Levels ---- */

static trade_record marked(const char *reporter, const char *partner, const char *product, double value,
                           int32_t marks) {
  trade_record record = record_of(reporter, partner, product, value);
  record.marks = marks;
  return record;
}

enum {
  WORLD = TRADE_RECORD_AGGREGATE_PARTNER,
  TOTAL = TRADE_RECORD_AGGREGATE_PRODUCT,
  PARENT = TRADE_RECORD_PARENT_PRODUCT
};

/* As of records that are added: the currency of what is not selected counts for nothing. */
static void a_merged_cube_has_the_currency_of_what_was_selected(void **state) {
  (void)state;
  static const char *const chosen[] = {"276", "156", "842", "none"};
  trade_record table[] = {record_of("276", "", "85", 1), record_of("156", "", "85", (double)NAN),
                          record_of("842", "", "85", 2), record_of("842", "", "84", (double)NAN)};
  const int32_t dimensions = TRADE_CUBE_REPORTER | TRADE_CUBE_PRODUCT;
  for (size_t measures = 0; measures < 8; measures++) {
    for (size_t c = 0; c < COUNT(chosen); c++) {
      trade_cube *euros = cube_of(dimensions, 7, 0), *direct = cube_of(TRADE_CUBE_PRODUCT, (int32_t)measures, 0),
                 *merged = cube_of(TRADE_CUBE_PRODUCT, (int32_t)measures, 0);
      trade_cube *cubes[2] = {direct, merged};
      const trade_text code = text_of(chosen[c]), all[2] = {code, text_of("840")};
      const int told = measures & TRADE_CUBE_VALUE && (c == 0 || c == 2);
      trade_record dollars = record_of("840", "", "85", 3);
      trade_cube_tally tally;
      dollars.currency = 840;
      for (size_t i = 0; i < COUNT(table); i++) {
        table[i].currency = 978;
        table[i].quantity = table[i].weight = 1;
        add(euros, table[i]);
      }
      for (size_t k = 0; k < 2; k++) {
        assert_status(trade_cube_select(cubes[k], TRADE_CUBE_REPORTER, all, 2), TRADE_OK);
        if (k == 0) assert_status(trade_cube_add_array(direct, table, COUNT(table)), TRADE_OK);
        if (k == 1) assert_status(trade_cube_merge(merged, euros), TRADE_OK);
        assert_status(trade_cube_count_records(cubes[k], &tally), TRADE_OK);
        assert_int_equal(tally.currency, told ? 978 : 0);
      }
      assert_same_cubes(direct, merged);
      /* A record in dollars, if there is no other value. */
      for (size_t k = 0; k < 2; k++)
        assert_status(trade_cube_add(cubes[k], &dollars), told ? TRADE_ERROR_CURRENCY : TRADE_OK);
      assert_same_cubes(direct, merged);
      /* And once more the euros, after a dollar if that was taken: they are refused only where a value is selected. */
      assert_status(trade_cube_merge(merged, euros), TRADE_OK);
      trade_cube *first_dollars = cube_of(TRADE_CUBE_PRODUCT, (int32_t)measures, 0);
      assert_status(trade_cube_select(first_dollars, TRADE_CUBE_REPORTER, all, 2), TRADE_OK);
      add(first_dollars, dollars);
      saved before = save(first_dollars);
      assert_status(trade_cube_merge(first_dollars, euros), told ? TRADE_ERROR_CURRENCY : TRADE_OK);
      if (told) assert_saved(first_dollars, before);
      assert_status(trade_cube_count_records(first_dollars, &tally), TRADE_OK);
      assert_int_equal(tally.currency, measures & TRADE_CUBE_VALUE ? 840 : 0);
      assert_int_equal(tally.shown + tally.not_selected, told ? 1 : 1 + COUNT(table));
      free(before.bytes);
      trade_cube_destroy(euros);
      trade_cube_destroy(direct);
      trade_cube_destroy(merged);
      trade_cube_destroy(first_dollars);
    }
  }
}

static void nothing_is_added_to_its_own_parts(void **state) {
  (void)state;
  /* 764 published World by product and in total, and countries in total. */
  const trade_record table[] = {
      marked("764", "0", "TOTAL", 100, WORLD + TOTAL),
      marked("764", "0", "85", 60, WORLD),
      marked("764", "0", "84", 40, WORLD + TRADE_RECORD_ESTIMATED),
      marked("764", "156", "TOTAL", 70, TOTAL),
      marked("764", "842", "TOTAL", 25, TOTAL),
  };
  static const struct {
    int32_t dimensions, show;
    size_t rows;
    double total;
    int32_t marks;
    uint64_t shown;
  } cases[] = {
      {TRADE_CUBE_PRODUCT, TRADE_CUBE_SHOW_PARTS, 2, 100, WORLD, 2},
      {TRADE_CUBE_PARTNER, TRADE_CUBE_SHOW_PARTS, 2, 95, TOTAL, 2},
      {TRADE_CUBE_REPORTER, TRADE_CUBE_SHOW_PARTS, 1, 100, WORLD, 2},
      {TRADE_CUBE_PARTNER | TRADE_CUBE_PRODUCT, TRADE_CUBE_SHOW_PARTS, 2, 100, WORLD, 2},
      {TRADE_CUBE_REPORTER, TRADE_CUBE_SHOW_AGGREGATES, 1, 100, WORLD + TOTAL, 1},
      {TRADE_CUBE_PARTNER, TRADE_CUBE_SHOW_AGGREGATES, 2, 95, TOTAL, 2},
      {TRADE_CUBE_PRODUCT, TRADE_CUBE_SHOW_AGGREGATES, 2, 100, WORLD, 2},
  };
  for (size_t c = 0; c < COUNT(cases); c++) {
    trade_cube *cube = cube_of(cases[c].dimensions, TRADE_CUBE_VALUE, 0);
    double values[5];
    trade_cube_tally tally;
    trade_record row;
    assert_status(trade_cube_add_array(cube, table, COUNT(table)), TRADE_OK);
    assert_status(trade_cube_set_levels(cube, WORLD + TOTAL + TRADE_RECORD_AGGREGATE_REPORTER, cases[c].show),
                  TRADE_OK);
    assert_int_equal(trade_cube_count(cube), cases[c].rows);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, cases[c].rows), TRADE_OK);
    assert_same(trade_sum_array(values, cases[c].rows), cases[c].total);
    assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
    assert_int_equal(tally.marks, cases[c].marks);
    assert_int_equal(tally.shown, cases[c].shown);
    assert_int_equal(tally.other_levels, COUNT(table) - cases[c].shown);
    assert_status(trade_cube_row(cube, 0, &row), TRADE_OK);
    assert_int_equal(row.marks, cases[c].marks);
    trade_cube_destroy(cube);
  }
}

static void a_table_of_world_alone_shows_world_until_its_parts_come(void **state) {
  (void)state;
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    trade_cube *cube = cube_of(dimensions, TRADE_CUBE_VALUE, 0);
    double value = 0;
    add(cube, marked("764", "0", "85", 60, WORLD));
    assert_int_equal(trade_cube_count(cube), 1);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, &value, 1), TRADE_OK);
    assert_same(value, 60);
    add(cube, marked("764", "156", "85", 59, 0));
    assert_int_equal(trade_cube_count(cube), 1);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, &value, 1), TRADE_OK);
    assert_same(value, 59);
    trade_cube_destroy(cube);
  }
}

/* Values are powers of two: a row's tells which records are in it. */
static void an_aggregate_is_shown_where_its_parts_did_not_come(void **state) {
  (void)state;
  enum { REPORTER = TRADE_CUBE_REPORTER, PARTNER = TRADE_CUBE_PARTNER, PRODUCT = TRADE_CUBE_PRODUCT };
  const trade_record table[] = {
      marked("842", "0", "85", 1, WORLD),
      marked("156", "276", "85", 2, 0),
      marked("156", "0", "85", 4, WORLD),
      marked("156", "0", "87", 8, WORLD),
      marked("392", "276", "TOTAL", 16, TOTAL),
      marked("392", "0", "TOTAL", 32, WORLD + TOTAL),
      marked("392", "0", "85", 64, WORLD),
      marked("W00", "0", "TOTAL", 128, TRADE_RECORD_AGGREGATE_REPORTER + WORLD + TOTAL),
  };
  static const struct {
    int32_t dimensions, show;
    double values[5]; /* of the rows, then 0 */
    int32_t marks;
  } cases[] = {
      {0, TRADE_CUBE_SHOW_PARTS, {2}, 0},
      {REPORTER, TRADE_CUBE_SHOW_PARTS, {2, 64, 1}, WORLD},
      {PARTNER, TRADE_CUBE_SHOW_PARTS, {2}, 0},
      {PRODUCT, TRADE_CUBE_SHOW_PARTS, {2, 8}, WORLD},
      {REPORTER | PARTNER, TRADE_CUBE_SHOW_PARTS, {2, 16, 1}, WORLD + TOTAL},
      {REPORTER | PRODUCT, TRADE_CUBE_SHOW_PARTS, {2, 8, 64, 1}, WORLD},
      {PARTNER | PRODUCT, TRADE_CUBE_SHOW_PARTS, {8, 2}, WORLD},
      {REPORTER | PARTNER | PRODUCT, TRADE_CUBE_SHOW_PARTS, {8, 2, 64, 1}, WORLD},
      {0, TRADE_CUBE_SHOW_AGGREGATES, {128}, TRADE_RECORD_AGGREGATE_REPORTER + WORLD + TOTAL},
      {REPORTER, TRADE_CUBE_SHOW_AGGREGATES, {12, 32, 1}, WORLD + TOTAL},
      {REPORTER | PARTNER, TRADE_CUBE_SHOW_AGGREGATES, {2, 16, 1}, WORLD + TOTAL},
  };
  for (size_t c = 0; c < COUNT(cases); c++) {
    trade_cube *cube = cube_of(cases[c].dimensions, TRADE_CUBE_VALUE, 0);
    trade_cube_tally tally;
    double values[COUNT(table)] = {0}, sum = 0;
    assert_status(trade_cube_add_array(cube, table, COUNT(table)), TRADE_OK);
    assert_status(trade_cube_set_levels(cube, WORLD + TOTAL + TRADE_RECORD_AGGREGATE_REPORTER, cases[c].show),
                  TRADE_OK);
    const size_t rows = trade_cube_count(cube);
    assert_true(rows <= 4);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, rows), TRADE_OK);
    assert_memory_equal(values, cases[c].values, sizeof cases[c].values);
    assert_status(trade_cube_matrix(cube, 0, 0, TRADE_CUBE_VALUE, 0, &sum, 1, 1), TRADE_OK);
    assert_same(sum, trade_sum_array(values, rows));
    assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
    assert_int_equal(tally.marks, cases[c].marks);
    trade_cube_destroy(cube);
  }
}

/* A refused array may leave cells without records. */
static void refused_records_hide_no_aggregate(void **state) {
  (void)state;
  enum { N = 65 }; /* the last one is in a block of its own */
  trade_record records[N];
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER | TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE, 0);
  add(cube, marked("842", "0", "85", 3, WORLD));
  add(cube, marked("156", "276", "85", 1, 0));
  for (size_t i = 0; i < N; i++) records[i] = marked("842", "276", "85", 1, 0);
  records[N - 1].partner.bytes = NULL;
  assert_status(trade_cube_add_array(cube, records, N), TRADE_ERROR_NULL);
  assert_int_equal(trade_cube_count(cube), 2);
  assert_same(value_at(cube, "842", "0", NULL), 3);
  trade_cube_destroy(cube);
}

/* ---- Levels against a list of cells ---- */

static const int32_t level_marks[4] = {TRADE_RECORD_AGGREGATE_REPORTER, WORLD, TOTAL, PARENT};
static const int32_t level_dimensions[4] = {TRADE_CUBE_REPORTER, TRADE_CUBE_PARTNER, TRADE_CUBE_PRODUCT,
                                            TRADE_CUBE_PRODUCT};

typedef struct level_cell {
  trade_record key; /* with the total and the level's marks */
  uint64_t records;
  int shown;
} level_cell;

/** How bad a level is, by the words of the header. */
static int badness(int32_t marks, int32_t dimensions, int32_t show) {
  int own = 0, others = 0, rank = 0;
  for (int i = 0; i < 4; i++) {
    const int is = (marks & level_marks[i]) != 0;
    rank += is << i;
    if (dimensions & level_dimensions[i])
      own += is;
    else
      others += show == TRADE_CUBE_SHOW_PARTS ? is : -is;
  }
  return own * 1000 + others * 100 + rank;
}

/** Whether one could be the other's part: they agree where neither is an aggregate. */
static int overlap(const trade_record *a, const trade_record *b, int32_t dimensions) {
  for (int i = 0; i < 4; i++)
    if ((a->marks | b->marks) & level_marks[i]) dimensions &= ~level_dimensions[i];
  for (int32_t d = 1; d <= TRADE_CUBE_FLOW; d *= 2)
    if (dimensions & d && compare_in(a, b, d)) return 0;
  return 1;
}

static size_t list_cells(level_cell *cells, const trade_record *records, size_t n, int32_t dimensions, size_t digits,
                         int32_t marks, int32_t show) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    size_t c = 0;
    trade_record key;
    expected_key(&records[i], dimensions, digits, &key);
    key.marks = records[i].marks & marks;
    while (c < count && !(same_keys(&cells[c].key, &key) && cells[c].key.marks == key.marks)) c++;
    if (c == count) {
      cells[count].key = key;
      cells[count].records = 0;
      cells[count++].shown = -1; /* not known */
    }
    cells[c].key.value += records[i].value;
    cells[c].records++;
  }
  for (size_t k = 0; k < count; k++) {
    size_t best = count;
    for (size_t c = 0; c < count; c++)
      if (cells[c].shown < 0 && (best == count || badness(cells[c].key.marks, dimensions, show) <
                                                      badness(cells[best].key.marks, dimensions, show)))
        best = c;
    cells[best].shown = 1;
    for (size_t c = 0; c < count; c++)
      if (cells[c].shown == 1 && cells[c].key.marks != cells[best].key.marks &&
          overlap(&cells[c].key, &cells[best].key, dimensions))
        cells[best].shown = 0;
  }
  return count;
}

static void assert_levels(trade_cube *cube, const level_cell *cells, size_t n, int32_t dimensions) {
  size_t rows = 0, keys = 0, found = 0;
  uint64_t shown = 0, others = 0;
  int32_t marks = 0;
  trade_record row;
  trade_cube_tally tally;
  double *values = malloc((n + 1) * sizeof *values), sum = 0;
  assert_non_null(values);
  for (size_t c = 0; c < n; c++) {
    const level_cell *cell = &cells[c];
    *(cell->shown ? &shown : &others) += cell->records;
    if (!cell->shown) continue;
    int new_key = 1;
    for (size_t b = 0; b < c; b++)
      if (cells[b].shown && compare_in(&cells[b].key, &cell->key, TRADE_CUBE_PARTNER) == 0) new_key = 0;
    keys += (size_t)new_key;
    rows++;
    sum += cell->key.value;
    marks |= cell->key.marks;
  }
  assert_int_equal(trade_cube_count(cube), rows);
  for (size_t i = 0; i < rows; i++) {
    size_t c = 0;
    assert_status(trade_cube_row(cube, i, &row), TRADE_OK);
    while (c < n && !(cells[c].shown && same_keys(&cells[c].key, &row))) c++;
    assert_true(c < n);
    assert_int_equal(row.marks, cells[c].key.marks);
    assert_same(row.value, cells[c].key.value);
  }
  assert_status(trade_cube_row(cube, rows, &row), TRADE_ERROR_NOT_FOUND);
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.shown, shown);
  assert_int_equal(tally.other_levels, others);
  assert_int_equal(tally.marks, marks);
  if (dimensions & TRADE_CUBE_PARTNER) {
    assert_status(trade_cube_count_keys(cube, TRADE_CUBE_PARTNER, &found), TRADE_OK);
    assert_int_equal(found, keys);
    assert_status(trade_cube_matrix(cube, TRADE_CUBE_PARTNER, 0, TRADE_CUBE_VALUE, 0, values, keys, 1), TRADE_OK);
    assert_same(trade_sum_array(values, keys), sum);
  }
  assert_status(trade_cube_matrix(cube, 0, 0, TRADE_CUBE_VALUE, 0, values, 1, 1), TRADE_OK);
  assert_same(values[0], sum);
  free(values);
}

static void what_is_shown_is_what_the_header_says(void **state) {
  (void)state;
  enum { ROUNDS = 600, MOST = 60 };
  uint64_t seed = 77;
  for (int round = 0; round < ROUNDS; round++) {
    trade_record records[MOST];
    level_cell cells[MOST];
    const size_t n = 1 + trade_random_below(&seed, MOST), codes = 1 + trade_random_below(&seed, CODES);
    const int32_t dimensions = (int32_t)trade_random_below(&seed, 32), digits = (int32_t)trade_random_below(&seed, 5);
    int32_t levels = 0, possible = 0;
    for (int i = 0; i < 4; i++) {
      if (trade_random_below(&seed, 4)) levels |= level_marks[i];
      if (trade_random_below(&seed, 2)) possible |= level_marks[i];
    }
    for (size_t i = 0; i < n; i++) {
      records[i] = random_record(&seed);
      records[i].reporter = text_of(reporters[trade_random_below(&seed, codes)]);
      records[i].partner = text_of(partners[trade_random_below(&seed, codes)]);
      records[i].product = text_of(products[trade_random_below(&seed, codes)]);
      records[i].value = (double)trade_random_below(&seed, 1000);
      for (int m = 0; m < 4; m++)
        if (possible & level_marks[m] && trade_random_below(&seed, 2)) records[i].marks |= level_marks[m];
    }
    trade_cube *cube = cube_of(dimensions, TRADE_CUBE_VALUE, digits), *part = cube_of(31, TRADE_CUBE_VALUE, 0);
    trade_cube *merged = cube_of(dimensions, TRADE_CUBE_VALUE, digits), *loaded = NULL;
    trade_cube *const all[] = {cube, part, merged};
    for (size_t i = 0; i < COUNT(all); i++)
      assert_status(trade_cube_set_levels(all[i], levels, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
    for (size_t i = 0; i < n; i++) {
      add(cube, records[i]);
      if (i % 7 == 0) (void)trade_cube_count(cube); /* reading in between changes nothing */
    }
    const size_t half = trade_random_below(&seed, n + 1);
    assert_status(trade_cube_add_array(merged, records + half, n - half), TRADE_OK);
    assert_status(trade_cube_add_array(part, records, half), TRADE_OK);
    assert_status(trade_cube_merge(merged, part), TRADE_OK);
    saved s = save(cube);
    assert_saved(merged, s);
    assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
    for (int32_t show = TRADE_CUBE_SHOW_PARTS; show <= TRADE_CUBE_SHOW_AGGREGATES; show++) {
      const size_t count = list_cells(cells, records, n, dimensions, (size_t)digits, levels, show);
      trade_cube *const same[] = {cube, merged, loaded};
      for (size_t i = 0; i < COUNT(same); i++) {
        assert_status(trade_cube_set_levels(same[i], levels, show), TRADE_OK);
        assert_levels(same[i], cells, count, dimensions);
      }
    }
    free(s.bytes);
    trade_cube_destroy(loaded);
    trade_cube_destroy(merged);
    trade_cube_destroy(part);
    trade_cube_destroy(cube);
  }
}

/* Refused memory shows too many rows, none of which can be had: nothing is taken for all there is. */
static void a_refused_allocation_hides_no_row(void **state) {
  (void)state;
  enum { MANY = 400, ALL = MANY + 2 };
  static char codes[MANY][8];
  for (int step = 0; step < 3; step++) {
    for (size_t refuse = 1;; refuse++) {
      memory_watch watch = {0, 0, 0};
      const trade_allocator allocator = {watched_reallocate, &watch};
      double values[ALL];
      trade_record row;
      trade_cube_tally tally;
      trade_status status = TRADE_OK;
      trade_cube *cube = NULL;
      assert_status(trade_cube_create(TRADE_CUBE_PARTNER | TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 0, &allocator, &cube),
                    TRADE_OK);
      for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "%u", (unsigned)(1000 + i));
        add(cube, marked("764", "1", codes[i], 1, 0));
      }
      add(cube, marked("764", "0", "1001", 1, WORLD));
      add(cube, marked("764", "0", "9999", 1, WORLD));
      assert_status(trade_cube_set_levels(cube, WORLD + TOTAL + TRADE_RECORD_AGGREGATE_REPORTER, TRADE_CUBE_SHOW_PARTS),
                    TRADE_OK); /* so that all are settled */
      watch.calls = 0;
      watch.refuse = refuse;
      if (step == 0) {
        const size_t count = trade_cube_count(cube);
        if (count != MANY + 1) {
          assert_int_equal(count, ALL);
          assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, count), TRADE_ERROR_LENGTH);
          status = TRADE_ERROR_MEMORY;
        }
      } else {
        status = step == 1 ? trade_cube_row(cube, 0, &row) : trade_cube_count_records(cube, &tally);
      }
      watch.refuse = 0;
      assert_int_equal(trade_cube_count(cube), MANY + 1);
      assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, MANY + 1), TRADE_OK);
      trade_cube_destroy(cube);
      assert_int_equal(watch.blocks, 0);
      if (status == TRADE_OK) {
        assert_true(refuse > 4);
        break;
      }
      assert_status(status, TRADE_ERROR_MEMORY);
    }
  }
}

/** A record of a table that is sorted for some rows and random for others, with codes of 0 to 20 bytes. */
static trade_record record_after(uint64_t *random, const trade_record *before) {
  static const char digits[] = "85423190854231908542", letters[] = "ABABABABABABABABABAB", zeros[20] = {0};
  const char *const kinds[] = {digits, digits, letters, zeros};
  trade_record record = *before;
  trade_text *const texts[] = {&record.reporter, &record.partner, &record.product};
  const size_t sorted = trade_random_below(random, 8) != 0;
  for (size_t i = 0; i < COUNT(texts); i++) {
    if (sorted && i < 2) continue;
    texts[i]->bytes = kinds[trade_random_below(random, COUNT(kinds))] + trade_random_below(random, 3);
    texts[i]->length = trade_random_below(random, trade_random_below(random, 9) ? 8 : 18);
  }
  if (!sorted) {
    record.period = trade_period_make(2020, (int32_t)trade_random_below(random, 12) + 1, 1);
    record.flow_kind = (int32_t)trade_random_below(random, 4);
    record.marks = trade_random_below(random, 4) ? 0 : (int32_t)trade_random_below(random, 8);
  }
  record.value = trade_random_below(random, 9)
                     ? (trade_random_unit(random) - 0.25) * trade_random_between(random, 1e-30, 1e30)
                     : (double)NAN;
  record.quantity = (double)trade_random_below(random, 1000);
  return record;
}

/* However records come, one by one or in arrays of any length: the same cube. */
static void records_in_arrays_are_added_as_one_by_one(void **state) {
  (void)state;
  enum { N = 3000 };
  static trade_record records[N];
  static const int32_t measures[] = {TRADE_CUBE_VALUE, TRADE_CUBE_VALUE | TRADE_CUBE_QUANTITY, 0};
  uint64_t random = 5;
  records[0] = record_of("4", "8", "010121", 1);
  for (size_t i = 1; i < N; i++) records[i] = record_after(&random, records + i - 1);
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    for (int32_t kind = 0; kind < 6; kind++) {
      const int32_t cut = kind % 2 ? 4 : 0;
      trade_cube *single = cube_of(dimensions, measures[kind % 3], cut),
                 *many = cube_of(dimensions, measures[kind % 3], cut);
      const trade_text chosen = text_of("8542");
      for (int c = 0; c < 2 && kind >= 3; c++)
        assert_status(trade_cube_select(c ? many : single, TRADE_CUBE_PRODUCT, &chosen, 1), TRADE_OK);
      for (size_t i = 0; i < N; i++) assert_status(trade_cube_add(single, records + i), TRADE_OK);
      for (size_t i = 0; i < N;) {
        const size_t n = trade_random_below(&random, 5) ? trade_random_below(&random, 300) : 1;
        const size_t count = n < N - i ? n : N - i;
        assert_status(count == 1 ? trade_cube_add(many, records + i) : trade_cube_add_array(many, records + i, count),
                      TRADE_OK);
        i += count;
      }
      assert_same_cubes(single, many);
      trade_cube_destroy(single);
      trade_cube_destroy(many);
    }
  }
}

/** Adds n records, each of another reporter than the one before. */
static void change_reporters(trade_cube *cube, size_t n) {
  trade_record records[64];
  for (size_t i = 0; i < COUNT(records); i++) records[i] = record_of(i % 2 ? "156" : "840", NULL, "84", i % 2 ? 2 : 1);
  for (size_t first = 0; first < n; first += COUNT(records))
    assert_status(trade_cube_add_array(cube, records, n - first < COUNT(records) ? n - first : COUNT(records)),
                  TRADE_OK);
}

/* A cube counts 2^20 changes of the slow dimension and then begins again, here about the middle of a block: products of
   the first change and of that block come once more, with another reporter, at changes that would have their number. */
static void a_table_may_change_its_reporter_as_often_as_it_likes(void **state) {
  (void)state;
  enum { TURNS = 1 << 20, PAIRS = 32, CELLS = 10 };
  static const double expected[CELLS] = {2 * TURNS - 19,
                                         8,
                                         8,
                                         1, /* of 156: 84, 85, 86, 87 */
                                         2,
                                         1000,
                                         1000, /* of 276: 84, 85, 87 */
                                         TURNS - 1,
                                         8,
                                         8}; /* of 840: 84, 85, 86 */
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER | TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 0);
  const trade_record first[2] = {record_of("156", NULL, "84", 1), record_of("156", NULL, "87", 1)},
                     later[2] = {record_of("276", NULL, "84", 1), record_of("276", NULL, "87", 1000)},
                     last[2] = {record_of("276", NULL, "84", 1), record_of("276", NULL, "85", 1000)};
  trade_record pairs[2 * PAIRS];
  double totals[CELLS];
  for (size_t i = 0; i < COUNT(pairs); i++)
    pairs[i] = record_of(i / 2 % 2 ? "840" : "156", NULL, i % 2 == 0 ? "84" : i < PAIRS ? "85" : "86", 1);
  assert_status(trade_cube_add_array(cube, first, 2), TRADE_OK);
  change_reporters(cube, TURNS - 1 - PAIRS / 2);
  assert_status(trade_cube_add_array(cube, pairs, COUNT(pairs)), TRADE_OK);
  assert_status(trade_cube_add_array(cube, later, 2), TRADE_OK);
  change_reporters(cube, TURNS - 2 - PAIRS / 2);
  assert_status(trade_cube_add_array(cube, last, 2), TRADE_OK);
  assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, totals, CELLS), TRADE_OK);
  for (size_t i = 0; i < CELLS; i++) assert_same(totals[i], expected[i]);
  trade_cube_destroy(cube);
}

static void which_marks_make_a_level_is_the_callers_choice(void **state) {
  (void)state;
  const trade_record table[] = {marked("764", "0", "85", 60, PARENT), marked("764", "0", "8542", 50, PARENT),
                                marked("764", "0", "854231", 30, 0), marked("764", "1", "854232", 20, WORLD)};
  static const struct {
    int32_t marks;
    double total;
  } cases[] = {{WORLD, 140}, {WORLD + PARENT, 30}, {PARENT, 50}, {0, 160}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    trade_cube *cube = cube_of(0, TRADE_CUBE_VALUE, 0);
    double value;
    assert_status(trade_cube_set_levels(cube, cases[c].marks, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
    for (size_t i = 0; i < COUNT(table); i++) add(cube, table[i]);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, &value, 1), TRADE_OK);
    assert_same(value, cases[c].total);
    assert_status(trade_cube_set_levels(cube, cases[c].marks ^ TOTAL, TRADE_CUBE_SHOW_PARTS), TRADE_ERROR_VALUE);
    assert_status(trade_cube_set_levels(cube, cases[c].marks, TRADE_CUBE_SHOW_AGGREGATES), TRADE_OK);
    assert_status(trade_cube_set_levels(cube, cases[c].marks, 2), TRADE_ERROR_VALUE);
    assert_status(trade_cube_set_levels(cube, TRADE_RECORD_ESTIMATED, TRADE_CUBE_SHOW_PARTS), TRADE_ERROR_VALUE);
    assert_status(trade_cube_set_levels(cube, -1, TRADE_CUBE_SHOW_PARTS), TRADE_ERROR_VALUE);
    saved s = save(cube);
    trade_cube *loaded = NULL;
    assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
    assert_status(trade_cube_values(loaded, TRADE_CUBE_VALUE, &value, 1), TRADE_OK);
    assert_same(value, cases[c].total);
    free(s.bytes);
    trade_cube_destroy(loaded);
    trade_cube_destroy(cube);
  }
}

/* ---- Selections and codes ---- */

/* Marks may be chosen as long as no record was accepted: what refused ones had counts for nothing. */
static void refused_records_leave_no_level(void **state) {
  (void)state;
  enum { N = 65 }; /* the last one is in a block of its own */
  trade_record records[N];
  for (int fault = 0; fault < 2; fault++) { /* a currency is refused before a code is */
    trade_cube *cube = cube_of(TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE, 0);
    trade_cube_tally tally;
    for (size_t i = 0; i < N; i++) records[i] = marked("764", "0", "85", 1, WORLD);
    if (fault)
      records[N - 1].partner.bytes = NULL;
    else
      records[N - 1].currency = -1;
    assert_status(trade_cube_add_array(cube, records, N), fault ? TRADE_ERROR_NULL : TRADE_ERROR_CURRENCY);
    assert_status(trade_cube_set_levels(cube, 0, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
    assert_status(trade_cube_add_array(cube, records, N - 1), TRADE_OK);
    assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
    assert_int_equal(tally.marks, 0);
    assert_int_equal(tally.shown, N - 1);
    trade_cube_destroy(cube);
  }
}

/* Nor do those that are not selected. */
static void records_that_are_not_selected_leave_no_level(void **state) {
  (void)state;
  const trade_record world = marked("764", "0", "85", 1, WORLD), part = marked("842", "0", "85", 1, WORLD);
  const trade_text code = text_of("842");
  trade_cube *cube = cube_of(0, TRADE_CUBE_VALUE, 0);
  trade_cube_tally tally;
  assert_status(trade_cube_select(cube, TRADE_CUBE_REPORTER, &code, 1), TRADE_OK);
  add(cube, world);
  assert_status(trade_cube_add_array(cube, &world, 1), TRADE_OK);
  assert_status(trade_cube_set_levels(cube, WORLD, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
  assert_status(trade_cube_set_levels(cube, 0, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
  add(cube, part);
  assert_status(trade_cube_set_levels(cube, WORLD, TRADE_CUBE_SHOW_PARTS), TRADE_ERROR_VALUE);
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.marks, 0);
  assert_int_equal(tally.shown, 1);
  assert_int_equal(tally.not_selected, 2);
  trade_cube_destroy(cube);
}

static void only_selected_records_are_added(void **state) {
  (void)state;
  static const struct {
    int32_t dimension;
    const char *codes[3];
    double total;
  } cases[] = {
      {TRADE_CUBE_REPORTER, {"156", NULL, NULL}, 1 + 2 + 16},
      {TRADE_CUBE_REPORTER, {"842", "156", "9"}, 31},
      {TRADE_CUBE_REPORTER, {"15", "8", ""}, 0},
      {TRADE_CUBE_PARTNER, {"36", NULL, NULL}, 31},
      {TRADE_CUBE_PRODUCT, {"85", NULL, NULL}, 1 + 2 + 8},
      {TRADE_CUBE_PRODUCT, {"8542", "TOT", NULL}, 1 + 2},
      {TRADE_CUBE_PRODUCT, {"854231", "TOTAL", NULL}, 1 + 16},
      {TRADE_CUBE_PRODUCT, {"85423100", "8542310", NULL}, 0},
      {TRADE_CUBE_FLOW, {"m", NULL, NULL}, 4},
      {TRADE_CUBE_FLOW, {"Exports", NULL, NULL}, 1 + 2 + 8},
      {TRADE_CUBE_FLOW, {"transit", "1", NULL}, 4 + 16},
      {TRADE_CUBE_FLOW, {NULL, NULL, NULL}, 0},
  };
  trade_record table[] = {record_of("156", "36", "854231", 1), record_of("156", "36", "854239", 2),
                          record_of("842", "36", "010121", 4), record_of("842", "36", "8501", 8),
                          record_of("156", "36", "TOTAL", 16)};
  table[2].flow_kind = TRADE_FLOW_IMPORT;
  table[4].flow_kind = TRADE_FLOW_UNKNOWN;
  table[4].flow = text_of("transit");
  for (size_t c = 0; c < COUNT(cases); c++) {
    for (int32_t dimensions = 0; dimensions < 32; dimensions += 31) {
      trade_cube *cube = cube_of(dimensions, TRADE_CUBE_VALUE, 0),
                 *one_by_one = cube_of(dimensions, TRADE_CUBE_VALUE, 0);
      trade_cube *cubes[2] = {cube, one_by_one};
      for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < 3; i++) {
          const trade_text code = text_of(cases[c].codes[i]);
          assert_status(trade_cube_select(cubes[k], cases[c].dimension, &code, cases[c].codes[i] != NULL), TRADE_OK);
        }
      assert_status(trade_cube_add_array(cube, table, COUNT(table)), TRADE_OK);
      for (size_t i = 0; i < COUNT(table); i++) add(one_by_one, table[i]);
      assert_same_cubes(cube, one_by_one);
      trade_cube_tally tally;
      double values[5];
      const size_t n = trade_cube_count(cube);
      assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
      assert_int_equal(tally.shown + tally.not_selected, COUNT(table));
      assert_int_equal(tally.other_levels, 0);
      assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, n), TRADE_OK);
      assert_same(trade_sum_array(values, n), cases[c].total);
      trade_cube_destroy(cube);
      trade_cube_destroy(one_by_one);
    }
  }
}

/* The kind that a record tells or, where it tells none, that its text names: a row that is added again is the same. */
static void a_flow_is_of_the_kind_that_its_text_names(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t kind;
    const char *key;
  } cases[] = {{"M", 0, "import"},
               {"imports", TRADE_FLOW_UNKNOWN, "import"},
               {"import", 7, "import"},
               {"X", TRADE_FLOW_IMPORT, "import"},
               {NULL, TRADE_FLOW_IMPORT, "import"},
               {"q", TRADE_FLOW_IMPORT, "import"},
               {"2", -1, "export"},
               {"exP", INT32_MIN, "export"},
               {"Re-Imports", 0, "re-import"},
               {"domestic exports", 99, "domestic export"},
               {"q", 7, "q"},
               {"q", 0, "q"},
               {"q", INT32_MAX, "q"},
               {"domestic exports of goods", 0, "domestic exports of goods"},
               {"", 0, ""},
               {NULL, 99, ""}};
  enum { N = 3 * COUNT(cases) };
  trade_record records[N];
  for (size_t i = 0; i < N; i++) { /* changing, and again and again */
    const size_t c = i < COUNT(cases) ? i * 5 % COUNT(cases) : i % COUNT(cases);
    records[i] = record_of("", "", "", (double)(UINT64_C(1) << i));
    records[i].flow = text_of(cases[c].text);
    records[i].flow_kind = cases[c].kind;
    records[i].line = c;
  }
  trade_cube *cube = cube_of(TRADE_CUBE_FLOW, TRADE_CUBE_VALUE, 0),
             *array = cube_of(TRADE_CUBE_FLOW, TRADE_CUBE_VALUE, 0),
             *again = cube_of(TRADE_CUBE_FLOW, TRADE_CUBE_VALUE, 0);
  for (size_t i = 0; i < N; i++) add(cube, records[i]);
  assert_status(trade_cube_add_array(array, records, N), TRADE_OK);
  assert_same_cubes(cube, array);
  assert_int_equal(trade_cube_count(cube), 7);
  for (size_t row = 0; row < 7; row++) {
    trade_record r;
    double expected = 0;
    int32_t kind = 0;
    assert_status(trade_cube_row(cube, row, &r), TRADE_OK);
    for (size_t i = 0; i < N; i++)
      if (!compare_texts(text_of(cases[records[i].line].key), r.flow)) expected += records[i].value;
    assert_same(r.value, expected);
    (void)trade_flow_parse(r.flow.bytes, r.flow.length, &kind);
    assert_int_equal(r.flow_kind, kind);
    add(again, r);
  }
  assert_int_equal(trade_cube_count(again), 7);
  /* What is selected is what its row would be. */
  for (size_t c = 0; c < COUNT(cases); c++) {
    for (int32_t dimensions = 0; dimensions <= TRADE_CUBE_FLOW; dimensions += TRADE_CUBE_FLOW) {
      trade_cube *direct = cube_of(dimensions, TRADE_CUBE_VALUE, 0), *merged = cube_of(dimensions, TRADE_CUBE_VALUE, 0);
      const trade_text code = text_of(cases[c].kind == TRADE_FLOW_IMPORT ? "M" : cases[c].text);
      double expected = 0;
      assert_status(trade_cube_select(direct, TRADE_CUBE_FLOW, &code, 1), TRADE_OK);
      assert_status(trade_cube_select(merged, TRADE_CUBE_FLOW, &code, 1), TRADE_OK);
      for (size_t i = 0; i < N; i++) {
        add(direct, records[i]);
        if (!strcmp(cases[records[i].line].key, cases[c].key)) expected += records[i].value;
      }
      assert_status(trade_cube_merge(merged, cube), TRADE_OK);
      assert_same_cubes(direct, merged);
      assert_int_equal(trade_cube_count(direct), 1);
      assert_same(value_at(direct, NULL, NULL, NULL), expected);
      trade_cube_destroy(direct);
      trade_cube_destroy(merged);
    }
  }
  trade_cube_destroy(cube);
  trade_cube_destroy(array);
  trade_cube_destroy(again);
}

static void selected_periods_hold_what_lies_within_them(void **state) {
  (void)state;
  const trade_period chosen[] = {trade_period_make(2020, 1, 6), trade_period_make(2021, 1, 12)};
  const trade_period no_period = {2020, 13, 1, 0};
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER, TRADE_CUBE_VALUE, 0);
  assert_status(trade_cube_select_periods(cube, &no_period, 1), TRADE_ERROR_PERIOD);
  for (size_t i = 0; i < 2; i++) assert_status(trade_cube_select_periods(cube, chosen + i, 1), TRADE_OK);
  const trade_period periods[] = {trade_period_make(2020, 1, 1),  trade_period_make(2020, 4, 3),
                                  trade_period_make(2020, 6, 2),  trade_period_make(2020, 1, 12),
                                  trade_period_make(2021, 1, 12), {0, 0, 0, 0}};
  for (size_t i = 0; i < COUNT(periods); i++) {
    trade_record record = record_of("156", "842", "85", (double)(1 << i));
    record.period = periods[i];
    add(cube, record);
    add(cube, record);
  }
  assert_same(value_at(cube, "156", NULL, NULL), 2 * (1 + 2 + 16));
  trade_cube_destroy(cube);
}

/** How many of these records a cube that selects by these periods takes, in any number of calls. */
static uint64_t count_selected(const trade_period *chosen, size_t n, size_t step, const trade_record *records,
                               size_t count) {
  trade_cube *cube = cube_of(0, 0, 0);
  trade_cube_tally tally;
  assert_status(trade_cube_select_periods(cube, NULL, 0), TRADE_OK);
  for (size_t i = 0; i < n; i += step)
    assert_status(trade_cube_select_periods(cube, chosen + i, n - i < step ? n - i : step), TRADE_OK);
  assert_status(trade_cube_add_array(cube, records, count), TRADE_OK);
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.shown + tally.not_selected, count);
  trade_cube_destroy(cube);
  return tally.shown;
}

static void selected_periods_may_overlap(void **state) {
  (void)state;
  enum { ROUNDS = 300, MOST = 12, N = 60 };
  static const int32_t lengths[] = {1, 2, 3, 12, 24, 255};
  static const int32_t years[] = {1, 1999, 2000, 2001, 2025, 9980, 9999};
  static trade_record records[N];
  uint64_t seed = 17;
  for (int round = 0; round < ROUNDS; round++) {
    trade_period periods[MOST + N];
    const size_t chosen = trade_random_below(&seed, MOST + 1);
    const size_t far_years = round % 2 ? COUNT(years) : 3;
    for (size_t i = 0; i < COUNT(periods); i++) {
      do
        periods[i] =
            trade_period_make(years[trade_random_below(&seed, far_years)], (int32_t)trade_random_below(&seed, 12) + 1,
                              lengths[trade_random_below(&seed, COUNT(lengths))]);
      while (!trade_period_valid(periods[i]));
    }
    uint64_t expected = 0;
    for (size_t i = 0; i < N; i++) {
      int within = 0;
      records[i] = record_of("", "", "", 1);
      records[i].period = periods[MOST + i];
      for (size_t k = 0; k < chosen; k++) within |= trade_period_holds(periods[k], records[i].period);
      expected += within != 0;
    }
    for (size_t step = 1; step <= MOST; step += MOST - 1)
      assert_int_equal(count_selected(periods, chosen, step, records, N), expected);
  }
}

static void no_period_is_selected_that_does_not_exist(void **state) {
  (void)state;
  const trade_period chosen[] = {trade_period_make(1, 1, 12), trade_period_make(2020, 1, 12)};
  const trade_period bad[] = {
      {0, 0, 0, 0},  {2020, 0, 1, 0}, {2020, 13, 1, 0}, {2020, 1, 0, 0}, {INT32_MIN + 2020, 1, 12, 0},
      {0, 12, 2, 0}, {2020, 1, 12, 1}};
  trade_record records[COUNT(bad)];
  for (size_t i = 0; i < COUNT(bad); i++) {
    records[i] = record_of("", "", "", 1);
    records[i].period = bad[i];
  }
  assert_int_equal(count_selected(chosen, 2, 1, records, COUNT(bad)), 0);
  records[1].period = chosen[0];
  assert_int_equal(count_selected(chosen, 2, 2, records, COUNT(bad)), 1);
  assert_int_equal(count_selected(NULL, 0, 1, records, COUNT(bad)), 0);
}

/* Looking through all that was selected for each record would take minutes. */
static void many_periods_are_selected(void **state) {
  (void)state;
  enum { YEARS = 9999, TIMES = 3, REPEATS = 30000 };
  static trade_period chosen[YEARS * TIMES], again[REPEATS];
  static trade_record records[YEARS * TIMES];
  for (int32_t i = 0; i < YEARS * TIMES; i++) {
    chosen[i] = trade_period_make(YEARS - i / TIMES, 1, 12 - i % 2);
    records[i] = record_of("", "", "", 1);
    records[i].period = trade_period_make(1 + i % YEARS, 12, 1);
  }
  for (size_t i = 0; i < REPEATS; i++) again[i] = trade_period_make(2020, 1, 12);
  assert_int_equal(count_selected(chosen, COUNT(chosen), 1, records, COUNT(records)), COUNT(records));
  assert_int_equal(count_selected(again, REPEATS, 1, records, COUNT(records)), TIMES);
}

static void codes_of_any_bytes_are_kept_apart(void **state) {
  (void)state;
  enum { LONGEST = 40, KINDS = 4 };
  trade_cube *cube = cube_of(TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE, 0);
  for (int round = 0; round < 2; round++) {
    for (size_t length = 0; length <= LONGEST; length++) {
      for (int kind = 0; kind < KINDS; kind++) {
        char *bytes = malloc(length + 1); /* just so long, for the sanitizer */
        assert_non_null(bytes);
        memset(bytes, kind < 2 ? 0 : 'a', length);
        if (length && kind % 2) bytes[length - 1] = (char)0xFF;
        trade_record record = record_of("", "", "", 1);
        record.partner.bytes = length ? bytes : NULL;
        record.partner.length = length;
        assert_status(round ? trade_cube_add_array(cube, &record, 1) : trade_cube_add(cube, &record), TRADE_OK);
        free(bytes); /* the cube has its own */
      }
    }
  }
  assert_int_equal(trade_cube_count(cube), 4 * LONGEST); /* of one byte, two kinds are one */
  size_t n;
  trade_text keys[4 * LONGEST];
  double values[4 * LONGEST];
  assert_status(trade_cube_count_keys(cube, TRADE_CUBE_PARTNER, &n), TRADE_OK);
  assert_status(trade_cube_keys(cube, TRADE_CUBE_PARTNER, keys, n), TRADE_OK);
  for (size_t i = 1; i < n; i++) assert_true(compare_texts(keys[i - 1], keys[i]) < 0);
  assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, n), TRADE_OK);
  assert_same(values[0], 2 * KINDS);
  for (size_t i = 1; i < n; i++) assert_same(values[i], keys[i].length == 1 && keys[i].bytes[0] == (char)0xFF ? 4 : 2);
  trade_cube_destroy(cube);
}

static void many_codes_and_cells_are_found_again(void **state) {
  (void)state;
  enum { ROWS = 200000, MANY = 3000 };
  static char codes[MANY][8];
  static double expected[MANY];
  uint64_t seed = 6;
  memset(expected, 0, sizeof expected);
  for (size_t i = 0; i < MANY; i++) (void)snprintf(codes[i], sizeof codes[i], "%06u", (unsigned)(i * 321 + 10121));
  trade_cube *cube = cube_of(TRADE_CUBE_PRODUCT | TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE | TRADE_CUBE_WEIGHT, 0);
  for (size_t i = 0; i < ROWS; i++) {
    const size_t product = trade_random_below(&seed, MANY);
    const double value = (double)trade_random_below(&seed, 1000000);
    expected[product] += value; /* whole numbers: exact */
    add(cube, record_of("", codes[trade_random_below(&seed, 100)], codes[product], value));
  }
  size_t rows, columns;
  assert_status(trade_cube_count_keys(cube, TRADE_CUBE_PRODUCT, &rows), TRADE_OK);
  assert_status(trade_cube_count_keys(cube, 0, &columns), TRADE_OK);
  assert_int_equal(rows, MANY);
  assert_int_equal(columns, 1);
  static double values[MANY];
  assert_status(trade_cube_matrix(cube, TRADE_CUBE_PRODUCT, 0, TRADE_CUBE_VALUE, 0, values, rows, 1), TRADE_OK);
  for (size_t i = 0; i < MANY; i++) assert_same(values[i], expected[i]);
  memset(values, 0, sizeof values);
  assert_status(trade_cube_matrix(cube, 0, TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 0, values, 1, rows), TRADE_OK);
  for (size_t i = 0; i < MANY; i++) assert_same(values[i], expected[i]);
  saved s = save(cube);
  trade_cube *loaded = NULL,
             *merged = cube_of(TRADE_CUBE_PRODUCT | TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE | TRADE_CUBE_WEIGHT, 0);
  assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
  assert_status(trade_cube_merge(merged, loaded), TRADE_OK);
  assert_saved(merged, s);
  free(s.bytes);
  trade_cube_destroy(loaded);
  trade_cube_destroy(merged);
  trade_cube_destroy(cube);
}

/* ---- Matrices ---- */

static void a_matrix_holds_the_totals_of_two_dimensions(void **state) {
  (void)state;
  static trade_record records[RECORDS];
  uint64_t seed = 7;
  for (size_t i = 0; i < RECORDS; i++) records[i] = random_record(&seed);
  trade_cube *cube = cube_of(31, 7, 0);
  assert_status(trade_cube_add_array(cube, records, RECORDS), TRADE_OK);
  for (int32_t a = 0; a <= 16; a = a ? 2 * a : 1) {
    for (int32_t b = 0; b <= 16; b = b ? 2 * b : 1) {
      size_t rows, columns;
      double *values = malloc(64 * sizeof *values);
      trade_cube *small = cube_of(a | b, 7, 0);
      assert_non_null(values);
      assert_status(trade_cube_count_keys(cube, a, &rows), TRADE_OK);
      assert_status(trade_cube_count_keys(cube, b, &columns), TRADE_OK);
      assert_status(trade_cube_add_array(small, records, RECORDS), TRADE_OK);
      if (a == b && a) {
        assert_status(trade_cube_matrix(cube, a, b, 1, 0, values, rows, columns), TRADE_ERROR_VALUE);
      } else {
        const int32_t order[2] = {a, b}, measure = 1 << trade_random_below(&seed, 3);
        assert_status(trade_cube_matrix(cube, a, b, measure, -7, values, rows, columns), TRADE_OK);
        assert_status(trade_cube_sort(small, a ? order : order + 1, (size_t)((a != 0) + (b != 0))), TRADE_OK);
        assert_int_equal(trade_cube_count(small), rows * columns); /* everything came */
        for (size_t i = 0; i < rows * columns; i++) {
          trade_record row;
          assert_status(trade_cube_row(small, i, &row), TRADE_OK);
          assert_same(values[i], measure_in(&row, measure));
        }
        assert_status(trade_cube_matrix(cube, a, b, measure, 0, values, rows + 1, columns), TRADE_ERROR_LENGTH);
        assert_status(trade_cube_matrix(cube, a, b, measure, 0, values, rows, columns + 1), TRADE_ERROR_LENGTH);
      }
      trade_cube_destroy(small);
      free(values);
    }
  }
  trade_cube_destroy(cube);
}

static void a_matrix_tells_what_did_not_come_from_what_is_missing(void **state) {
  (void)state;
  static const double absent[] = {0, (double)NAN, 5};
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER | TRADE_CUBE_PRODUCT | TRADE_CUBE_PERIOD, TRADE_CUBE_VALUE, 0);
  add(cube, record_of("B", "", "01", 1e300 * 1e300));
  add(cube, record_of("A", "", "02", 3));
  add(cube, record_of("A", "", "02", (double)NAN));
  trade_record other = record_of("A", "", "02", 4);
  other.period = trade_period_make(2019, 1, 12);
  add(cube, other);
  add(cube, marked("A", "", "TOTAL", 99, TOTAL));
  for (size_t i = 0; i < COUNT(absent); i++) {
    double m[4];
    assert_status(
        trade_cube_matrix(cube, TRADE_CUBE_REPORTER, TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, absent[i], m, 2, 2),
        TRADE_OK);
    assert_same(m[0], absent[i]);
    assert_same(m[1], 7);
    assert_undefined(m[2]);
    assert_same(m[3], absent[i]);
  }
  trade_period periods[2];
  assert_status(trade_cube_periods(cube, periods, 2), TRADE_OK);
  assert_int_equal(periods[0].year, 2019);
  assert_int_equal(periods[1].year, 2020);
  assert_status(trade_cube_periods(cube, periods, 1), TRADE_ERROR_LENGTH);
  trade_cube_destroy(cube);
}

static void a_matrix_goes_straight_into_the_statistics(void **state) {
  (void)state;
  /* Balassa's index of country A in product 01: (30 / 40) / (40 / 100). */
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER | TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 2);
  static const struct {
    const char *reporter, *product;
    double value;
  } table[] = {{"A", "0101", 10}, {"A", "0102", 20}, {"A", "02", 10}, {"B", "01", 10}, {"B", "0299", 50}};
  for (size_t i = 0; i < COUNT(table); i++)
    add(cube, record_of(table[i].reporter, "", table[i].product, table[i].value));
  double m[4], advantage[4];
  assert_status(trade_cube_matrix(cube, TRADE_CUBE_REPORTER, TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 0, m, 2, 2),
                TRADE_OK);
  assert_status(trade_advantage_balassa_matrix(m, 2, 2, advantage), TRADE_OK);
  assert_ulps(advantage[0], 1.875, 4);
  trade_cube_destroy(cube);
}

/* ---- Bytes ---- */

static uint64_t checksum_of(const uint8_t *bytes, size_t size) {
  uint64_t h = 0;
  for (size_t i = 0; i + 8 <= size; i += 8) {
    uint64_t word = 0;
    for (size_t k = 0; k < 8; k++) word |= (uint64_t)bytes[i + k] << (8 * k);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
  }
  return h;
}

static void seal(uint8_t *bytes, size_t size) {
  const uint64_t h = checksum_of(bytes, size - 8);
  for (size_t k = 0; k < 8; k++) bytes[size - 8 + k] = (uint8_t)(h >> (8 * k) & 0xFF);
}

/** A cube of all that a save can hold. */
static trade_cube *small_cube(void) {
  trade_cube *cube = cube_of(TRADE_CUBE_PERIOD | TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE | TRADE_CUBE_WEIGHT, 4);
  trade_record record = record_of("", "", "854231", 1);
  const trade_text chosen[] = {text_of("85"), text_of("TOTAL")};
  assert_status(trade_cube_set_levels(cube, TOTAL + PARENT, TRADE_CUBE_SHOW_PARTS), TRADE_OK);
  assert_status(trade_cube_select(cube, TRADE_CUBE_PRODUCT, chosen, 2), TRADE_OK);
  record.currency = 840;
  add(cube, record);
  record.value = -0.5;
  record.weight = 3;
  add(cube, record);
  record.product = text_of("TOTAL");
  record.marks = TOTAL;
  record.value = (double)NAN;
  record.period = trade_period_make(2021, 4, 3);
  add(cube, record);
  record.product = text_of("01");
  add(cube, record);
  return cube;
}

static void a_saved_cube_has_the_bytes_that_the_header_says(void **state) {
  (void)state;
  static const uint64_t words[] = {0x0A0D454255435489,
                                   0x0000000400000001,
                                   0x0000000500000009,
                                   0x0000034800000044,
                                   1,
                                   2,
                                   /* periods */ 2,
                                   0x000007E4010C0000,
                                   0x000007E504030000,
                                   /* products */ 2,
                                   4,
                                   0x32343538,
                                   5,
                                   0x4C41544F54,
                                   /* 2020, 8542: two records, one weight missing, 0.5 and 3 */ 0,
                                   0,
                                   2,
                                   0,
                                   1,
                                   0,
                                   0x8000000000000000,
                                   0,
                                   0,
                                   0,
                                   0,
                                   3,
                                   0,
                                   /* 2021-Q2, TOTAL: one record, its value missing */ 0x0000000100000004,
                                   1,
                                   1,
                                   1,
                                   0,
                                   0,
                                   0,
                                   0,
                                   0,
                                   0,
                                   0,
                                   3,
                                   0};
  uint8_t expected[8 * (COUNT(words) + 1)];
  for (size_t i = 0; i < 8 * COUNT(words); i++) expected[i] = (uint8_t)(words[i / 8] >> (i % 8 * 8) & 0xFF);
  seal(expected, sizeof expected);
  trade_cube *cube = small_cube();
  saved s;
  s.bytes = expected;
  s.size = sizeof expected;
  assert_saved(cube, s);
  uint8_t room[sizeof expected] = {7};
  assert_status(trade_cube_save(cube, room, sizeof room - 1), TRADE_ERROR_CAPACITY);
  assert_int_equal(room[0], 7);
  trade_cube_destroy(cube);
}

/** Loads bytes that may be anything: they are refused, or are what the loaded cube saves again. */
static int load_anything(const uint8_t *bytes, size_t size) {
  trade_cube *cube = NULL;
  uint8_t *copy = malloc(size ? size : 1);
  saved s;
  assert_non_null(copy);
  memcpy(copy, bytes, size);
  const trade_status status = trade_cube_load(copy, size, NULL, &cube);
  if (status == TRADE_OK) {
    s.bytes = copy;
    s.size = size;
    assert_saved(cube, s);
  } else {
    assert_status(status, TRADE_ERROR_FORMAT);
    assert_null(cube);
  }
  trade_cube_destroy(cube);
  free(copy);
  return status == TRADE_OK;
}

static void damaged_bytes_are_refused(void **state) {
  (void)state;
  trade_cube *cube = small_cube();
  saved s = save(cube);
  for (size_t size = 0; size < s.size; size++) assert_false(load_anything(s.bytes, size));
  for (size_t i = 0; i < s.size; i++) {
    for (int bit = 0; bit < 8; bit++) {
      s.bytes[i] ^= (uint8_t)(1 << bit);
      assert_false(load_anything(s.bytes, s.size));
      s.bytes[i] ^= (uint8_t)(1 << bit);
    }
  }
  assert_true(load_anything(s.bytes, s.size));
  free(s.bytes);
  trade_cube_destroy(cube);
}

static void bytes_that_were_never_saved_are_refused_though_sealed(void **state) {
  (void)state;
  static const struct {
    size_t word;
    uint64_t value;
  } cases[] = {
      {0, 0x0A0D454255435488},  /* another beginning */
      {1, 0x0000000400000002},  /* a newer version */
      {1, 0x8000000400000001},  /* too many digits */
      {2, 0x0000000500000029},  /* a sixth dimension */
      {2, 0x8000000500000009},  /* a measure that is none */
      {3, 0x0000034800000048},  /* a mark that makes no level */
      {3, 0x00000348FFFFFFFF},  /* more of them */
      {3, 0x0000040000000044},  /* a currency above 999 */
      {5, 1},                   /* fewer cells */
      {5, UINT64_MAX},          /* too many */
      {6, 3},                   /* more keys than there are */
      {6, UINT64_MAX},          /* many more */
      {7, 0x000007E40D010000},  /* month 13 */
      {7, 0x000007E4010C0001},  /* a reserved bit */
      {7, 0x000007E504030000},  /* a period twice */
      {7, 0x000007E604030000},  /* periods not in order */
      {10, 6},                  /* a code not cut to 4 digits */
      {10, 65536},              /* too long a code */
      {10, UINT64_MAX},         /* longer than memory */
      {11, 0x0100000032343538}, /* filled up with something else */
      {11, 0x5A5A5A5A},         /* codes not in order */
      {14, 0x0000000200000000}, /* a code's number that is none */
      {14, 0x0000000100000000}, /* cells not in order, or a code that no cell uses */
      {14, 0x0000000000000001}, /* a level that this cube has not */
      {15, 0x0000000100000000}, /* a half that is left over */
      {4, (uint64_t)1 << 63},   /* too many records not selected */
      {16, 0},                  /* a cell without records */
      {16, (uint64_t)1 << 63},  /* a cell of too many */
      {17, 3},                  /* more missing than there are */
      {17, 2},                  /* all missing, but a total */
  };
  trade_cube *cube = small_cube();
  for (size_t c = 0; c < COUNT(cases); c++) {
    saved s = save(cube);
    for (size_t k = 0; k < 8; k++) s.bytes[8 * cases[c].word + k] = (uint8_t)(cases[c].value >> (8 * k) & 0xFF);
    seal(s.bytes, s.size);
    assert_false(load_anything(s.bytes, s.size));
    free(s.bytes);
  }
  trade_cube_destroy(cube);
}

static void a_cube_that_ends_within_its_keys_is_refused(void **state) {
  (void)state;
  /* A code that no cell uses is as long as the two counts that are missing. */
  static const uint64_t words[] = {0x0A0D454255435489, 0x0000000200000001, 0x1C, 7, 0, 0, 1, 3, 0x414141, 0};
  uint8_t bytes[8 * COUNT(words)];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(words[i / 8] >> (i % 8 * 8) & 0xFF);
  seal(bytes, sizeof bytes);
  assert_false(load_anything(bytes, sizeof bytes));
}

static void a_flow_is_saved_by_the_name_of_its_kind(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int saved;
  } cases[] = {{"import", 1}, {"re-import", 1}, {"q", 1},          {"a text without a kind", 1}, {"", 1}, {"M", 0},
               {"Import", 0}, {"1", 0},         {"re-imports", 0}, {"domestic exports", 0}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    const size_t length = strlen(cases[c].text), words = (length + 7) / 8;
    uint64_t saved_words[16] = {0x0A0D454255435489, 1, TRADE_CUBE_FLOW, 7, 0, 1, 1, length};
    uint8_t bytes[8 * COUNT(saved_words)];
    const size_t size = 8 * (8 + words + 3);
    for (size_t i = 0; i < length; i++) saved_words[8 + i / 8] |= (uint64_t)(uint8_t)cases[c].text[i] << (8 * (i % 8));
    saved_words[8 + words + 1] = 1;
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)(saved_words[i / 8] >> (i % 8 * 8) & 0xFF);
    seal(bytes, size);
    assert_int_equal(load_anything(bytes, size), cases[c].saved);
  }
}

static void no_bytes_at_all_do_harm(void **state) {
  (void)state;
  uint64_t seed = 8;
  trade_cube *cubes[2] = {small_cube(), cube_of(31, 7, 0)};
  for (size_t i = 0; i < 60; i++) {
    trade_record record = random_record(&seed);
    record.marks = (int32_t)trade_random_below(&seed, 8);
    add(cubes[1], record);
  }
  int loaded = 0;
  for (int round = 0; round < 40000; round++) {
    saved s = save(cubes[round % 2]);
    size_t size = s.size;
    for (size_t change = 1 + trade_random_below(&seed, 4); change > 0; change--) {
      const size_t kind = trade_random_below(&seed, 6), at = trade_random_below(&seed, kind < 2 ? 192 : size);
      if (kind == 5 && size > 16)
        size -= 8 * trade_random_below(&seed, size / 8 - 1);
      else if (kind == 4)
        memmove(s.bytes + at / 8 * 8, s.bytes + trade_random_below(&seed, at / 8 + 1) * 8, 8);
      else
        s.bytes[at] =
            (uint8_t)(kind % 2 ? trade_random(&seed) & 0xFF : s.bytes[at] ^ (1u << trade_random_below(&seed, 8)));
    }
    seal(s.bytes, size);
    loaded += load_anything(s.bytes, size);
    free(s.bytes);
  }
  assert_true(loaded > 100); /* another total is another cube */
  for (size_t i = 0; i < 2; i++) trade_cube_destroy(cubes[i]);
}

/* ---- Totals and counts in cells ---- */

enum { MOST_CELLS = 64, CELL_WORDS = 17 };

/** What a cell has, by measure. */
typedef struct cell_numbers {
  uint64_t records;
  uint64_t missing[3];
  trade_sum total[3];
} cell_numbers;

/** A cube by REPORTER, its codes "0", "1" and so on, of all measures, as it is saved. */
static saved bytes_of_cells(const cell_numbers *cells, size_t n) {
  uint64_t words[7 + MOST_CELLS * (2 + CELL_WORDS)] = {
      0x0A0D454255435489, 1, (uint64_t)7 << 32 | TRADE_CUBE_REPORTER, 7, 0, n, n};
  uint64_t *next = words + 7;
  saved s;
  for (size_t i = 0; i < n; i++) {
    *next++ = 1;
    *next++ = '0' + i;
  }
  for (size_t i = 0; i < n; i++) {
    *next++ = (uint64_t)i << 32;
    *next++ = cells[i].records;
    for (size_t m = 0; m < 3; m++) *next++ = cells[i].missing[m];
    for (size_t m = 0; m < 3; m++) {
      *next++ = cells[i].total[m].word0;
      *next++ = cells[i].total[m].word1;
      *next++ = cells[i].total[m].word2;
      *next++ = cells[i].total[m].word3;
    }
  }
  s.size = 8 * ((size_t)(next - words) + 1);
  s.bytes = malloc(s.size);
  assert_non_null(s.bytes);
  for (size_t i = 0; i < s.size - 8; i++) s.bytes[i] = (uint8_t)(words[i / 8] >> (i % 8 * 8) & 0xFF);
  seal(s.bytes, s.size);
  return s;
}

static trade_cube *cube_of_cells(const cell_numbers *cells, size_t n) {
  saved s = bytes_of_cells(cells, n);
  trade_cube *cube = NULL;
  assert_status(trade_cube_load(s.bytes, s.size, NULL, &cube), TRADE_OK);
  free(s.bytes);
  return cube;
}

static void assert_cells(trade_cube *cube, const cell_numbers *cells, size_t n) {
  saved s = bytes_of_cells(cells, n);
  trade_cube_tally tally;
  uint64_t records = 0;
  assert_saved(cube, s);
  free(s.bytes);
  for (size_t i = 0; i < n; i++) records += cells[i].records;
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.shown, records);
}

static void merge_cells(cell_numbers *cell, const cell_numbers *other) {
  cell->records += other->records;
  for (size_t m = 0; m < 3; m++) {
    cell->missing[m] += other->missing[m];
    trade_sum_merge(&cell->total[m], &other->total[m]);
  }
}

#define ONES   UINT64_MAX
#define BIT(n) ((uint64_t)1 << (n))

/* A cell has room for totals of 128 bits below 2^62 and for counts of 32 bits, and holds all others elsewhere. */
static const trade_sum edge_totals[] = {
    {0, 0, 0, 0},
    {0, 1, 0, 0},                             /* 2^-64 */
    {0, ONES, ONES, ONES},                    /* its opposite */
    {0, (uint64_t)5 << 60, 1000, 0},          /* as tables have them */
    {0, 0, BIT(61), 0},                       /* twice this is too large */
    {0, ONES, BIT(62) - 1, 0},                /* the largest that fits */
    {0, 0, BIT(62), 0},                       /* the next one */
    {0, 0, (uint64_t)3 << 62, ONES},          /* -2^62: the least that fits */
    {0, ONES, ((uint64_t)3 << 62) - 1, ONES}, /* the next one */
    {0, ONES, BIT(63) - 1, 0},
    {0, 0, BIT(63), 0},    /* 2^63 */
    {0, 0, BIT(63), ONES}, /* -2^63 */
    {0, 0, 0, 1},
    {0, 0, 0, ONES},    /* -2^64 */
    {1, 0, 0, 0},       /* 2^-128 */
    {ONES, ONES, 0, 0}, /* the least below 2^0 */
    {ONES, ONES, ONES, ONES},
    {0, 0, 0, BIT(62)}, /* twice this is NaN */
    {0, 0, 0, BIT(63)}, /* NaN */
};
static const uint64_t edge_counts[] = {1,           2,       3,           BIT(31), BIT(32) - 3, BIT(32) - 2,
                                       BIT(32) - 1, BIT(32), BIT(32) + 1, BIT(47), BIT(48) - 2, BIT(48) - 1};

/** A cell of such totals and counts, of the latter those that are large less a number below `most`. */
static cell_numbers random_cell(uint64_t *seed, size_t most) {
  cell_numbers cell;
  cell.records = edge_counts[trade_random_below(seed, COUNT(edge_counts))];
  if (cell.records > BIT(31)) cell.records -= trade_random_below(seed, most);
  for (size_t m = 0; m < 3; m++) {
    const uint64_t missing[] = {0, 0, cell.records / 2, cell.records - 1, cell.records};
    cell.total[m] = edge_totals[trade_random_below(seed, COUNT(edge_totals))];
    cell.missing[m] = missing[trade_random_below(seed, COUNT(missing))];
    if (cell.missing[m] == cell.records) memset(&cell.total[m], 0, sizeof cell.total[m]);
  }
  return cell;
}

static void cells_of_any_numbers_are_loaded_and_merged(void **state) {
  (void)state;
  enum { CELLS = 3, ROUNDS = 6 };
  uint64_t seed = 10;
  for (size_t pair = 0; pair < COUNT(edge_totals) * COUNT(edge_totals) * ROUNDS; pair++) {
    cell_numbers a[CELLS], b[CELLS], merged[CELLS];
    const size_t of_a = 1 + trade_random_below(&seed, CELLS), of_b = 1 + trade_random_below(&seed, CELLS),
                 all = of_a > of_b ? of_a : of_b, measure = pair % 3;
    for (size_t i = 0; i < CELLS; i++) {
      a[i] = random_cell(&seed, 1);
      b[i] = random_cell(&seed, 1);
    }
    a[0].missing[measure] = b[0].missing[measure] = 0;
    a[0].total[measure] = edge_totals[pair / ROUNDS % COUNT(edge_totals)];
    b[0].total[measure] = edge_totals[pair / ROUNDS / COUNT(edge_totals)];
    for (size_t i = 0; i < all; i++) {
      merged[i] = i < of_a ? a[i] : b[i];
      if (i < of_a && i < of_b) merge_cells(merged + i, b + i);
    }
    trade_cube *first = cube_of_cells(a, of_a), *second = cube_of_cells(b, of_b), *itself = cube_of_cells(a, of_a);
    assert_cells(first, a, of_a);
    assert_status(trade_cube_merge(first, second), TRADE_OK);
    assert_cells(first, merged, all);
    assert_cells(second, b, of_b); /* it stays as it is */
    assert_status(trade_cube_merge(second, itself), TRADE_OK);
    assert_cells(second, merged, all);
    assert_status(trade_cube_merge(itself, itself), TRADE_OK);
    for (size_t i = 0; i < of_a; i++) {
      const cell_numbers once = a[i];
      merge_cells(a + i, &once);
    }
    assert_cells(itself, a, of_a);
    trade_cube_destroy(first);
    trade_cube_destroy(second);
    trade_cube_destroy(itself);
  }
}

/** Adds a record to what a cell has. */
static void add_to_cell(cell_numbers *cell, const trade_record *record) {
  cell->records++;
  for (size_t m = 0; m < 3; m++) {
    const double value = measure_in(record, 1 << m);
    if (isfinite(value))
      trade_sum_add(&cell->total[m], value);
    else
      cell->missing[m]++;
  }
}

/** Adds records one by one, or in arrays of up to `most` if that is not 0. */
static void add_records(trade_cube *cube, const trade_record *records, size_t n, size_t most) {
  for (size_t i = 0; i < n && most == 0; i++) add(cube, records[i]);
  for (size_t i = 0; i < n && most > 0; i += most)
    assert_status(trade_cube_add_array(cube, records + i, n - i < most ? n - i : most), TRADE_OK);
}

/* A cell outgrows its room by whatever comes to it: for every choice of measures, in every way of adding. */
static void records_come_to_cells_of_any_numbers(void **state) {
  (void)state;
  enum { MOST = 140, CELLS = 2, ROUNDS = 600 };
  static const double numbers[] = {
      1,
      0,
      -0.0,
      0.1,
      -0.1,
      -1e6,
      1.0 / 4096, /* the least that tables have */
      4503599627370495.5,
      -4503599627370495.5, /* the largest below 2^52 */
      4503599627370496,
      -4503599627370496,
      5.421010862427522e-20,
      -5.421010862427522e-20, /* 2^-64 */
      2.710505431213761e-20,  /* half of that */
      4.611686018427388e18,
      -4.611686018427388e18, /* 2^62 */
      5e-324,
      1e30,
      (double)NAN,
      (double)INFINITY,
      -(double)INFINITY,
  };
  static const char *const codes[CELLS] = {"0", "1"};
  static const size_t lengths[] = {0, 1, 63, 64, 65, MOST};
  static trade_record records[MOST];
  uint64_t seed = 11;
  for (size_t round = 0; round < ROUNDS; round++) {
    const size_t n = 1 + trade_random_below(&seed, MOST), most = lengths[round % COUNT(lengths)],
                 kinds = round % 2 ? COUNT(numbers) : 1 + trade_random_below(&seed, COUNT(numbers));
    cell_numbers cells[CELLS] = {random_cell(&seed, MOST), random_cell(&seed, MOST)};
    trade_cube *full = cube_of_cells(cells, CELLS), *some[8], *whole[8];
    for (int32_t measures = 0; measures < 8; measures++) {
      some[measures] = cube_of(TRADE_CUBE_REPORTER, measures, 0);
      whole[measures] = cube_of(TRADE_CUBE_REPORTER, measures, 0);
      assert_status(trade_cube_merge(some[measures], full), TRADE_OK);
    }
    for (size_t i = 0; i < n; i++) {
      const size_t cell = trade_random_below(&seed, 3) / 2;
      records[i] = record_of(codes[cell], "", "", numbers[trade_random_below(&seed, kinds)]);
      records[i].quantity = numbers[trade_random_below(&seed, kinds)];
      records[i].weight = numbers[trade_random_below(&seed, kinds)];
      add_to_cell(cells + cell, records + i);
    }
    add_records(full, records, n, most);
    assert_cells(full, cells, CELLS);
    for (int32_t measures = 0; measures < 8; measures++) {
      add_records(some[measures], records, n, most);
      assert_status(trade_cube_merge(whole[measures], full), TRADE_OK);
      assert_same_cubes(some[measures], whole[measures]);
      trade_cube_destroy(some[measures]);
      trade_cube_destroy(whole[measures]);
    }
    trade_cube_destroy(full);
  }
}

static void cells_of_impossible_counts_are_refused(void **state) {
  (void)state;
  static const struct {
    uint64_t records, missing;
    trade_sum total;
    trade_status status;
  } cases[] = {
      {BIT(32) - 2, BIT(32) - 2, {0, 0, 0, 0}, TRADE_OK},
      {BIT(32) - 2, BIT(32) - 1, {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {BIT(32) - 2, BIT(32) - 2, {0, 1, 0, 0}, TRADE_ERROR_FORMAT},
      {BIT(32) - 1, BIT(32) - 1, {0, 0, 0, 0}, TRADE_OK},
      {BIT(32) - 1, BIT(32), {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {BIT(32) - 1, BIT(32) - 1, {0, 0, 1, 0}, TRADE_ERROR_FORMAT},
      {BIT(32), BIT(32), {0, 0, 0, 0}, TRADE_OK},
      {BIT(32), BIT(32) + 1, {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {BIT(32), BIT(32), {0, 0, 0, BIT(63)}, TRADE_ERROR_FORMAT},
      {BIT(48) - 1, BIT(48) - 1, {0, 0, 0, 0}, TRADE_OK},
      {BIT(48) - 1, BIT(48) - 2, {1, 1, 1, 1}, TRADE_OK},
      {BIT(48) - 1, BIT(48), {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {BIT(63) - 2, BIT(63) - 2, {0, 0, 0, 0}, TRADE_OK},
      {BIT(63) - 1, 0, {0, 0, 0, 0}, TRADE_ERROR_FORMAT}, /* with another cell's */
      {BIT(63), 0, {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {ONES, 0, {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {5, BIT(32), {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {5, BIT(32) + 5, {0, 0, 0, 0}, TRADE_ERROR_FORMAT}, /* 5 in 32 bits */
      {5, ONES, {0, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {5, 5, {1, 0, 0, 0}, TRADE_ERROR_FORMAT},
      {5, 5, {0, 0, 0, 1}, TRADE_ERROR_FORMAT},
  };
  for (size_t c = 0; c < COUNT(cases); c++) {
    for (size_t m = 0; m < 3; m++) {
      cell_numbers cells[2];
      memset(cells, 0, sizeof cells);
      cells[0].records = 1;
      cells[1].records = cases[c].records;
      cells[1].missing[m] = cases[c].missing;
      cells[1].total[m] = cases[c].total;
      saved s = bytes_of_cells(cells, 2);
      assert_int_equal(load_anything(s.bytes, s.size), cases[c].status == TRADE_OK);
      free(s.bytes);
    }
  }
}

/* Refused before anything is added: the count would be lost, or what is saved refused. */
static void a_cube_takes_no_more_records_than_it_can_count(void **state) {
  (void)state;
  cell_numbers cell;
  memset(&cell, 0, sizeof cell);
  cell.records = BIT(63) - 1;
  saved s = bytes_of_cells(&cell, 1);
  const trade_record record = record_of("0", "", "", 1);
  trade_cube *cube = NULL, *other = cube_of(TRADE_CUBE_REPORTER, 7, 0);
  add(other, record);
  assert_status(trade_cube_load(s.bytes, s.size, NULL, &cube), TRADE_OK);
  assert_status(trade_cube_add(cube, &record), TRADE_ERROR_LIMIT);
  assert_status(trade_cube_add_array(cube, &record, 1), TRADE_ERROR_LIMIT);
  assert_status(trade_cube_add_array(cube, &record, 0), TRADE_OK);
  assert_status(trade_cube_merge(cube, cube), TRADE_ERROR_LIMIT);
  assert_status(trade_cube_merge(cube, other), TRADE_ERROR_LIMIT);
  assert_status(trade_cube_merge(other, cube), TRADE_ERROR_LIMIT);
  assert_status(trade_cube_select(cube, TRADE_CUBE_REPORTER, NULL, 0), TRADE_OK);
  assert_status(trade_cube_add(cube, &record), TRADE_ERROR_LIMIT);
  saved after = save(cube);
  assert_int_equal(after.size, s.size);
  assert_memory_equal(after.bytes, s.bytes, s.size);
  free(after.bytes);
  free(s.bytes);
  trade_cube_destroy(other);
  trade_cube_destroy(cube);
}

/* From one record by doubling to as many as there can be. */
static void a_cube_is_merged_with_itself_again_and_again(void **state) {
  (void)state;
  enum { DOUBLINGS = 62 };
  cell_numbers cell;
  memset(&cell, 0, sizeof cell);
  trade_record record = record_of("0", "", "", -123456.78);
  record.weight = 1e-20;
  trade_cube *cube = cube_of(TRADE_CUBE_REPORTER, 7, 0);
  add(cube, record);
  add_to_cell(&cell, &record);
  for (int i = 0; i < DOUBLINGS; i++) {
    const cell_numbers once = cell;
    trade_sum total;
    uint64_t records, missing;
    merge_cells(&cell, &once);
    assert_status(trade_cube_merge(cube, cube), TRADE_OK);
    assert_cells(cube, &cell, 1);
    for (size_t m = 0; m < 3; m++) {
      assert_status(trade_cube_total(cube, 0, 1 << m, &total, &records, &missing), TRADE_OK);
      assert_memory_equal(&total, &cell.total[m], sizeof total);
      assert_true(records == cell.records && missing == cell.missing[m]);
    }
  }
  saved s = save(cube);
  assert_true(load_anything(s.bytes, s.size));
  free(s.bytes);
  trade_cube_destroy(cube);
}

enum { PALETTES = 6 };

/** A value such as some column of some table may have. */
static double value_like(uint64_t *seed, size_t palette) {
  const double sign = trade_random(seed) & 1 ? 1 : -1;
  const size_t kind = trade_random_below(seed, 12);
  if (kind == 0) return sign * 0.0;
  if (kind == 1) return trade_random(seed) & 1 ? (double)NAN : sign * (double)INFINITY;
  if (palette == 5 && trade_random_below(seed, 50) == 0) return sign * 1e300; /* which makes a total NaN */
  switch (palette < 5 ? palette : trade_random_below(seed, 5)) {
  case 0: /* amounts in cents */
    return (double)trade_random_below(seed, 1000000000) / 100;
  case 1: /* about the largest that a cell's total can be */
    return sign * ldexp(1 + trade_random_unit(seed), 49 + (int)trade_random_below(seed, 14));
  case 2: /* multiples of 2^-64, and some that are not */
    return sign * ldexp((double)(trade_random(seed) >> 11), -70 + (int)trade_random_below(seed, 60));
  case 3: /* down to the smallest */
    return sign * ldexp(1 + trade_random_unit(seed), -1075 + (int)trade_random_below(seed, 1050));
  default: /* any whose total is in range */
    return sign * trade_random_between(seed, 1e-40, 1e33);
  }
}

static void totals_in_cells_are_exact_in_any_order(void **state) {
  (void)state;
  enum { N = 200, KEYS = 5, PARTS = 3, ROUNDS = 150 };
  static trade_record records[N];
  uint64_t seed = 12;
  for (size_t round = 0; round < ROUNDS; round++) {
    const int32_t dimensions = round % 5 ? (int32_t)trade_random_below(&seed, 32) : 0;
    const int32_t measures = 1 + (int32_t)trade_random_below(&seed, 7);
    trade_record keys[KEYS];
    trade_cube *whole = cube_of(dimensions, measures, 0), *loaded = NULL, *parts[PARTS];
    for (size_t p = 0; p < PARTS; p++) parts[p] = cube_of(dimensions, measures, 0);
    for (size_t i = 0; i < KEYS; i++) keys[i] = random_record(&seed);
    for (size_t i = 0; i < N; i++) {
      records[i] = keys[trade_random_below(&seed, KEYS)];
      records[i].value = value_like(&seed, round % PALETTES);
      records[i].quantity = value_like(&seed, round / PALETTES % PALETTES);
      records[i].weight = value_like(&seed, 5);
    }
    assert_status(trade_cube_add_array(whole, records, N), TRADE_OK);
    if (measures & TRADE_CUBE_VALUE) assert_rows(whole, records, N, dimensions, measures, 0);
    for (size_t i = N; i > 0; i--) {
      const size_t j = trade_random_below(&seed, i);
      const trade_record swap = records[j];
      records[j] = records[i - 1];
      records[i - 1] = swap;
    }
    for (size_t i = 0; i < N;) {
      const size_t n = 1 + trade_random_below(&seed, 30), count = n < N - i ? n : N - i;
      add_records(parts[trade_random_below(&seed, PARTS)], records + i, count, trade_random_below(&seed, 3) * 70);
      i += count;
    }
    /* What is loaded need not be held as that which was saved. */
    saved s = save(parts[0]);
    assert_status(trade_cube_load(s.bytes, s.size, NULL, &loaded), TRADE_OK);
    assert_status(trade_cube_merge(parts[1], parts[2]), TRADE_OK);
    assert_status(trade_cube_merge(parts[1], loaded), TRADE_OK);
    assert_same_cubes(parts[1], whole);
    assert_status(trade_cube_merge(parts[0], parts[2]), TRADE_OK);
    assert_status(trade_cube_merge(loaded, parts[2]), TRADE_OK);
    assert_same_cubes(parts[0], loaded);
    free(s.bytes);
    for (size_t p = 0; p < PARTS; p++) trade_cube_destroy(parts[p]);
    trade_cube_destroy(loaded);
    trade_cube_destroy(whole);
  }
}

/* Totals such as tables have stand in the cells themselves, and nothing stays of what was set aside for others. */
static void usual_totals_need_no_memory_beside_the_cells(void **state) {
  (void)state;
  enum { N = 1500 };
  static trade_record records[N];
  static char codes[N][8];
  uint64_t seed = 17;
  memory_watch watch = {0, 0, 0};
  const trade_allocator allocator = {watched_reallocate, &watch};
  trade_cube *cube = NULL;
  for (size_t i = 0; i < N; i++) {
    (void)snprintf(codes[i], sizeof codes[i], "%u", (unsigned)i);
    records[i] = record_of("", codes[i], "", value_like(&seed, 0));
    records[i].quantity = -ldexp(1 + trade_random_unit(&seed), -12 + (int)trade_random_below(&seed, 60));
  }
  assert_status(trade_cube_create(TRADE_CUBE_PARTNER, 7, 0, &allocator, &cube), TRADE_OK);
  assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
  const size_t blocks = watch.blocks;
  assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
  assert_status(trade_cube_merge(cube, cube), TRADE_OK);
  assert_int_equal(watch.blocks, blocks);
  records[N / 2].weight = 1e-30;
  assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
  assert_int_equal(watch.blocks, blocks + 1);
  const size_t before = watch.calls;
  assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
  watch.refuse = 2 * watch.calls - before; /* the last one of the next array: room is given back, or stays */
  assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
  assert_int_equal(watch.calls, watch.refuse);
  trade_cube_destroy(cube);
}

/** Counts what is moved where every block that changes its size is. */
static void *moving_reallocate(void *context, void *memory, size_t old_size, size_t new_size) {
  size_t *moved = context;
  if (new_size) {
    *moved += old_size;
    return realloc(memory, new_size);
  }
  free(memory);
  return NULL;
}

/* Room for totals that stand beside the cells grows as other memory does: twice as many move about twice the bytes. */
static void totals_beside_the_cells_are_not_moved_again_and_again(void **state) {
  (void)state;
  enum { N = 64 };
  static trade_record records[N];
  static char codes[N][8];
  size_t moved[2] = {0, 0};
  for (size_t twice = 0; twice < 2; twice++) {
    const trade_allocator allocator = {moving_reallocate, &moved[twice]};
    trade_cube *cube = NULL;
    assert_status(trade_cube_create(TRADE_CUBE_PARTNER, TRADE_CUBE_VALUE, 0, &allocator, &cube), TRADE_OK);
    for (size_t first = 0; first < ((size_t)16384 << twice); first += N) {
      for (size_t i = 0; i < N; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "%u", (unsigned)(first + i));
        records[i] = record_of("", codes[i], "", 1e-30);
      }
      assert_status(trade_cube_add_array(cube, records, N), TRADE_OK);
    }
    trade_cube_destroy(cube);
  }
  assert_in_range(moved[1], moved[0], 3 * moved[0]);
}

/** A total with a whole part of any length, most of them as near as can be to the middle between two doubles. */
static trade_sum random_total(uint64_t *seed) {
  const size_t bits = trade_random_below(seed, 64), kind = trade_random_below(seed, 6);
  const uint64_t any = trade_random(seed);
  trade_sum total = {0, any, 0, 0};
  if (bits > 0) total.word2 = (kind == 5 ? ONES : trade_random(seed)) >> (64 - bits) | BIT(bits - 1);
  if (bits > 0 && bits <= 53 && kind < 4) {
    const size_t below = 10 + bits; /* bits below the first one that a double has no room for */
    total.word1 = (bits == 53 ? 0 : any >> (below + 1) << (below + 1)) | BIT(below);
    if (kind == 1) total.word1 -= BIT(trade_random_below(seed, below));
    if (kind == 2) total.word1 += BIT(trade_random_below(seed, below));
    if (kind == 3) total.word1 += 1;
  } else if (bits > 53 && kind < 4) {
    total.word2 = (total.word2 >> (bits - 53) << (bits - 53)) | BIT(bits - 54);
    total.word1 = kind == 1 ? 1 : kind == 2 ? BIT(63) : 0;
    if (kind == 3) total.word2--, total.word1 = ONES;
  }
  if (trade_random_below(seed, 8) == 0) total.word0 = trade_random(seed) >> trade_random_below(seed, 64);
  if (trade_random(seed) & 1) trade_sum_negate(&total);
  return total;
}

static void a_total_is_rounded_once(void **state) {
  (void)state;
  enum { ROUNDS = 400 };
  static cell_numbers cells[MOST_CELLS];
  uint64_t seed = 13;
  for (int round = 0; round < ROUNDS; round++) {
    for (size_t i = 0; i < MOST_CELLS; i++) {
      cells[i].records = 1 + trade_random_below(&seed, 3);
      for (size_t m = 0; m < 3; m++) {
        const int none = trade_random_below(&seed, 20) == 0;
        const trade_sum total = random_total(&seed), zero = {0, 0, 0, 0};
        cells[i].missing[m] = none ? cells[i].records : trade_random_below(&seed, cells[i].records);
        cells[i].total[m] = none ? zero : total;
      }
    }
    trade_cube *cube = cube_of_cells(cells, MOST_CELLS);
    for (size_t m = 0; m < 3; m++) {
      double values[MOST_CELLS], column[MOST_CELLS], all;
      trade_sum sum = {0, 0, 0, 0};
      assert_status(trade_cube_values(cube, 1 << m, values, MOST_CELLS), TRADE_OK);
      assert_status(trade_cube_matrix(cube, TRADE_CUBE_REPORTER, 0, 1 << m, 0, column, MOST_CELLS, 1), TRADE_OK);
      assert_status(trade_cube_matrix(cube, 0, 0, 1 << m, 0, &all, 1, 1), TRADE_OK);
      for (size_t i = 0; i < MOST_CELLS; i++) {
        trade_record row;
        const double expected =
            cells[i].missing[m] == cells[i].records ? (double)NAN : trade_sum_value(&cells[i].total[m]);
        assert_same(values[i], expected);
        assert_same(column[i], expected);
        assert_status(trade_cube_row(cube, i, &row), TRADE_OK);
        assert_same(measure_in(&row, 1 << m), expected);
        trade_sum_merge(&sum, &cells[i].total[m]);
      }
      assert_same(all, trade_sum_value(&sum));
    }
    trade_cube_destroy(cube);
  }
}

/* ---- Codes and the words by which they are found ---- */

/** Texts, each once. */
typedef struct text_list {
  char bytes[1300][17];
  size_t length[1300];
  size_t count;
} text_list;

static trade_text text_in(const text_list *list, size_t i) {
  trade_text text;
  text.bytes = list->length[i] ? list->bytes[i] : NULL;
  text.length = list->length[i];
  return text;
}

static void list_text(text_list *list, const char *bytes, size_t length) {
  assert_true(list->count < COUNT(list->bytes));
  memcpy(list->bytes[list->count], bytes, length);
  list->length[list->count] = length;
  for (size_t i = 0; i < list->count; i++)
    if (list->length[i] == length && !memcmp(list->bytes[i], bytes, length)) return;
  list->count++;
}

/** Texts of up to 17 bytes that differ in their last byte and length alone, and such of 8 bytes as are a shorter one
 *  filled up with zeros and its length: as words of 8 bytes they could be mistaken for each other. */
static void list_texts(text_list *list) {
  static const char fills[] = {0, 7, '8', 'a'}, lasts[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, '8', (char)0xFF};
  list->count = 0;
  for (size_t length = 0; length <= 17; length++) {
    for (size_t f = 0; f < COUNT(fills); f++) {
      for (size_t l = 0; l < COUNT(lasts); l++) {
        char bytes[17], filled[17] = {0};
        memset(bytes, fills[f], length);
        if (length) bytes[length - 1] = lasts[l];
        list_text(list, bytes, length);
        if (length >= 8) continue;
        memcpy(filled, bytes, length);
        filled[7] = (char)length;
        list_text(list, filled, 8);
      }
    }
  }
}

/** Adds, in any order, a record for each text of these lengths: of 8 bytes, or of any other number. */
static void add_texts(trade_cube *cube, const text_list *list, int of_eight, size_t most, int32_t dimension,
                      uint64_t *seed) {
  static trade_record records[COUNT(list->bytes)];
  size_t n = 0;
  for (size_t i = 0; i < list->count; i++) {
    if ((list->length[i] == 8) != of_eight) continue;
    const size_t at = trade_random_below(seed, n + 1);
    const trade_text text = text_in(list, i);
    records[n++] = records[at];
    records[at] = record_of("R", "P", "S", (double)(i + 1));
    *(dimension == TRADE_CUBE_REPORTER  ? &records[at].reporter
      : dimension == TRADE_CUBE_PARTNER ? &records[at].partner
                                        : &records[at].product) = text;
  }
  add_records(cube, records, n, most);
}

/* An infinite number is as one that is not there, also as the only one; one that is too large makes the total NaN. */
static void infinite_numbers_are_missing(void **state) {
  (void)state;
  static const struct {
    double value;
    uint64_t missing;
    double total;
  } cases[] = {{(double)INFINITY, 1, 5},  {-(double)INFINITY, 1, 5},  {(double)NAN, 1, 5},
               {0x1p127, 0, (double)NAN}, {-0x1p127, 0, (double)NAN}, {0x1p126, 0, 0x1p126}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    trade_cube *cubes[3];
    const trade_record pair[2] = {record_of("", "", "", cases[c].value), record_of("", "", "", 5)};
    for (size_t k = 0; k < COUNT(cubes); k++) {
      trade_record row;
      trade_sum total;
      uint64_t records, missing;
      cubes[k] = cube_of(0, TRADE_CUBE_VALUE, 0);
      if (k == 0) add(cubes[k], pair[0]);
      if (k == 1) assert_status(trade_cube_add_array(cubes[k], pair, 1), TRADE_OK);
      if (k == 2) assert_status(trade_cube_merge(cubes[k], cubes[0]), TRADE_OK);
      if (k < 2) {
        assert_status(trade_cube_row(cubes[k], 0, &row), TRADE_OK);
        assert_same(row.value, cases[c].missing || isnan(cases[c].total) ? (double)NAN : cases[c].value);
        if (k == 0) add(cubes[k], pair[1]);
        if (k == 1) assert_status(trade_cube_add_array(cubes[k], pair + 1, 1), TRADE_OK);
      }
      assert_status(trade_cube_row(cubes[k], 0, &row), TRADE_OK);
      assert_same(row.value, cases[c].total);
      assert_status(trade_cube_total(cubes[k], 0, TRADE_CUBE_VALUE, &total, &records, &missing), TRADE_OK);
      assert_int_equal(records, 2);
      assert_int_equal(missing, cases[c].missing);
    }
    for (size_t k = 0; k < COUNT(cubes); k++) trade_cube_destroy(cubes[k]);
  }
}

static void codes_that_look_alike_are_not_mistaken(void **state) {
  (void)state;
  static text_list list;
  uint64_t seed = 14;
  list_texts(&list);
  for (int way = 0; way < 24; way++) {
    const int eight_first = way % 2;
    const size_t lengths[] = {0, COUNT(list.bytes)}, most = lengths[way / 2 % 2], then = lengths[way / 4 % 2];
    const int32_t dimension = TRADE_CUBE_REPORTER << way / 8;
    trade_cube *cube = cube_of(dimension, TRADE_CUBE_VALUE, 0);
    static trade_text keys[COUNT(list.bytes)];
    static double values[COUNT(list.bytes)];
    add_texts(cube, &list, eight_first, most, dimension, &seed);
    add_texts(cube, &list, !eight_first, then, dimension, &seed);
    add_texts(cube, &list, eight_first, then, dimension, &seed);
    assert_int_equal(trade_cube_count(cube), list.count);
    assert_status(trade_cube_keys(cube, dimension, keys, list.count), TRADE_OK);
    assert_status(trade_cube_values(cube, TRADE_CUBE_VALUE, values, list.count), TRADE_OK);
    for (size_t i = 0; i < list.count; i++) {
      size_t row = 0;
      while (compare_texts(keys[row], text_in(&list, i))) row++;
      assert_same(values[row], (double)((i + 1) * ((list.length[i] == 8) == eight_first ? 2 : 1)));
    }
    trade_cube_destroy(cube);
  }
}

/** Whether a text is of those selected in add_texts' way, or begins with one where it is a product that is a number. */
static int text_is_selected(const text_list *list, size_t i, int of_eight, int32_t dimension) {
  if ((list->length[i] == 8) == of_eight) return 1;
  if (dimension != TRADE_CUBE_PRODUCT || list->length[i] == 0 || list->bytes[i][0] != '8') return 0;
  for (size_t j = 0; j < list->count; j++)
    if ((list->length[j] == 8) == of_eight && list->length[j] > 0 && list->length[j] < list->length[i] &&
        !memcmp(list->bytes[i], list->bytes[j], list->length[j]))
      return 1;
  return 0;
}

static void codes_that_look_alike_are_not_selected_for_each_other(void **state) {
  (void)state;
  static text_list list;
  static trade_text chosen[COUNT(list.bytes)], keys[COUNT(list.bytes)];
  uint64_t seed = 15;
  list_texts(&list);
  for (int way = 0; way < 12; way++) {
    const int eight = way % 2;
    const size_t most = way / 2 % 2 ? COUNT(list.bytes) : 0;
    const int32_t dimension = TRADE_CUBE_REPORTER << way / 4;
    trade_cube *cube = cube_of(dimension, 0, 0);
    trade_cube_tally tally;
    size_t n = 0, expected = 0, row = 0;
    for (size_t i = 0; i < list.count; i++) {
      if ((list.length[i] == 8) == eight) chosen[n++] = text_in(&list, i);
      expected += (size_t)text_is_selected(&list, i, eight, dimension);
    }
    assert_true(expected >= n && expected < list.count);
    assert_status(trade_cube_select(cube, dimension, chosen, n), TRADE_OK);
    add_texts(cube, &list, eight, most, dimension, &seed);
    add_texts(cube, &list, !eight, most, dimension, &seed);
    assert_int_equal(trade_cube_count(cube), expected);
    assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
    assert_int_equal(tally.not_selected, list.count - expected);
    assert_status(trade_cube_keys(cube, dimension, keys, expected), TRADE_OK);
    for (size_t i = 0; i < list.count; i++)
      for (row = 0; row < expected && !text_is_selected(&list, i, eight, dimension); row++)
        assert_true(compare_texts(keys[row], text_in(&list, i)));
    trade_cube_destroy(cube);
  }
}

/* Codes of every length, also some that differ from the selected one in its last byte alone. */
static void products_are_selected_by_what_they_begin_with(void **state) {
  (void)state;
  enum { LONGEST = 100 };
  char digits[LONGEST], others[LONGEST];
  for (size_t i = 0; i < LONGEST; i++) digits[i] = (char)('0' + i * i % 10);
  for (size_t length = 1; length <= LONGEST; length++) {
    trade_cube *cubes[3];
    const trade_text chosen[2] = {{digits, length}, {others, length % 3 ? LONGEST : length}};
    memcpy(others, digits, LONGEST);
    others[length - 1] = '/'; /* which no record has */
    for (size_t c = 0; c < COUNT(cubes); c++) cubes[c] = cube_of(c == 1 ? TRADE_CUBE_PRODUCT : 0, TRADE_CUBE_VALUE, 0);
    for (size_t c = 0; c < COUNT(cubes); c += 2)
      assert_status(trade_cube_select(cubes[c], TRADE_CUBE_PRODUCT, chosen, 2), TRADE_OK);
    others[length - 1] = '_';
    for (size_t of = 1; of <= LONGEST; of++) {
      trade_record record = record_of("", "", "", 1);
      record.product.length = of;
      for (size_t k = 0; k < 2; k++) {
        record.product.bytes = k ? others : digits;
        add(cubes[0], record);
        add(cubes[1], record);
      }
    }
    assert_status(trade_cube_merge(cubes[2], cubes[1]), TRADE_OK);
    assert_same(value_at(cubes[0], NULL, NULL, NULL), (double)(LONGEST - length + 1));
    assert_same_cubes(cubes[0], cubes[2]);
    for (size_t c = 0; c < COUNT(cubes); c++) trade_cube_destroy(cubes[c]);
  }
}

/* Taking each of its beginnings for a code of its own, each record of the longest code would take a second. */
static void a_long_product_is_looked_up_once(void **state) {
  (void)state;
  enum { LONGEST = 65535, KINDS = 64, TIMES = 200 };
  static char bytes[LONGEST];
  memset(bytes, '2', sizeof bytes);
  trade_cube *cube = cube_of(TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 2);
  trade_cube_tally tally;
  trade_text chosen = {bytes, LONGEST};
  for (size_t i = 0; i < KINDS; i++) {
    chosen.length = LONGEST - i;
    assert_status(trade_cube_select(cube, TRADE_CUBE_PRODUCT, &chosen, 1), TRADE_OK);
  }
  trade_record record = record_of("", "", "", 1);
  record.product = chosen;
  record.product.length = LONGEST;
  add(cube, record);
  bytes[0] = '1';
  for (size_t i = 0; i < TIMES; i++) {
    bytes[LONGEST - 1] = (char)('0' + i % 10);
    add(cube, record);
  }
  assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
  assert_int_equal(tally.shown, 1);
  assert_int_equal(tally.not_selected, TIMES);
  trade_cube_destroy(cube);
}

/* Codes whose two words would cancel out have places of their own: if not, this takes minutes. */
static void many_codes_of_two_equal_halves_are_found(void **state) {
  (void)state;
  enum { N = 1 << 18 };
  trade_cube *cube = cube_of(TRADE_CUBE_PARTNER, 0, 0);
  for (unsigned i = 0; i < N; i++) {
    char code[24];
    (void)snprintf(code, sizeof code, "%08u%08u", i, i);
    add(cube, record_of("", code, "", 1));
  }
  assert_int_equal(trade_cube_count(cube), N);
  trade_cube_destroy(cube);
}

/* However long they come and wherever they are cut, also where the code that is left is known already. */
static void products_are_cut_alike_in_every_way_of_adding(void **state) {
  (void)state;
  enum { N = 240, LONGEST = 18 };
  static const char *const texts[] = {"854231908542319085", "854231905555555555", "8542319\001ABCDEFGHIJ",
                                      "SK1231908542319085", "8\0\0\0\0\0\0\0010123456789"};
  static trade_record records[N];
  uint64_t seed = 16;
  for (int32_t digits = 0; digits <= LONGEST; digits++) {
    trade_cube *cubes[4];
    trade_cube *uncut = cube_of(TRADE_CUBE_PARTNER | TRADE_CUBE_PRODUCT, 7, 0);
    const int32_t dimensions = digits % 2 ? TRADE_CUBE_PRODUCT : TRADE_CUBE_PARTNER | TRADE_CUBE_PRODUCT;
    for (size_t c = 0; c < COUNT(cubes); c++) cubes[c] = cube_of(dimensions, 7, digits);
    for (size_t i = 0; i < N; i++) {
      records[i] = random_record(&seed);
      records[i].product.bytes = texts[trade_random_below(&seed, COUNT(texts))];
      records[i].product.length = trade_random_below(&seed, LONGEST + 1);
    }
    add_records(cubes[0], records, N, N);
    add_records(cubes[1], records, N, 7);
    add_records(cubes[2], records, N, 0);
    add_records(uncut, records, N, N);
    assert_status(trade_cube_merge(cubes[3], uncut), TRADE_OK);
    assert_rows(cubes[0], records, N, dimensions, 7, (size_t)digits);
    for (size_t c = 1; c < COUNT(cubes); c++) assert_same_cubes(cubes[0], cubes[c]);
    for (size_t c = 0; c < COUNT(cubes); c++) trade_cube_destroy(cubes[c]);
    trade_cube_destroy(uncut);
  }
}

/* A product that is too long is refused though a code is known that it would be cut to. */
static void a_product_is_too_long_before_it_is_cut(void **state) {
  (void)state;
  static char longest[65537];
  memset(longest, '8', sizeof longest);
  trade_cube *cube = cube_of(TRADE_CUBE_PRODUCT, TRADE_CUBE_VALUE, 2);
  trade_record records[3] = {record_of("", "", "88", 1), record_of("", "", "88", 1), record_of("", "", "88", 1)};
  add(cube, records[0]);
  saved before = save(cube);
  records[1].product.bytes = longest;
  records[1].product.length = 65536;
  assert_status(trade_cube_add(cube, records + 1), TRADE_ERROR_LENGTH);
  for (size_t first = 0; first < 2; first++)
    assert_status(trade_cube_add_array(cube, records + first, 2), TRADE_ERROR_LENGTH);
  assert_saved(cube, before);
  records[1].product.length = 65535;
  assert_status(trade_cube_add_array(cube, records, 3), TRADE_OK);
  assert_same(value_at(cube, NULL, NULL, "88"), 4);
  free(before.bytes);
  trade_cube_destroy(cube);
}

/* ---- Refusals ---- */

static void a_refused_allocation_leaves_a_cube_as_it_was(void **state) {
  (void)state;
  enum { STEPS = 10, MANY = 400 };
  static trade_record records[MANY];
  static char codes[MANY][24];
  uint64_t seed = 9;
  const trade_text chosen[3] = {text_of("85"), text_of("1"), text_of("01")};
  const trade_period years[2] = {trade_period_make(2020, 1, 12), trade_period_make(1999, 1, 12)};
  for (size_t i = 0; i < MANY; i++) {
    records[i] = random_record(&seed);
    (void)snprintf(codes[i], sizeof codes[i], "%u %s", (unsigned)trade_random_below(&seed, 300),
                   i % 3 ? "" : "a longer code");
    records[i].partner = text_of(codes[i]);
  }
  trade_cube *other = cube_of(31, 7, 0);
  assert_status(trade_cube_add_array(other, records + MANY / 2, MANY / 2), TRADE_OK);
  for (int step = 0; step < STEPS; step++) {
    size_t refused = 0;
    for (size_t refuse = 1;; refuse++) {
      memory_watch watch = {0, 0, 0};
      const trade_allocator allocator = {watched_reallocate, &watch};
      trade_cube *cube = NULL;
      assert_status(trade_cube_create(31, 7, 0, &allocator, &cube), TRADE_OK);
      assert_status(trade_cube_add_array(cube, records, step % 2 ? 3 : MANY / 2), TRADE_OK);
      saved before = save(cube);
      trade_status status = TRADE_OK;
      double values[MANY], matrix[64];
      trade_record row;
      trade_cube *loaded = NULL;
      trade_text key;
      size_t size = 0;
      watch.calls = 0;
      watch.refuse = refuse;
      switch (step) {
      case 0:
        status = trade_cube_add_array(cube, records + MANY / 2, MANY / 2);
        break;
      case 1: /* one by one: those that were accepted stay */
        for (size_t i = MANY / 2; i < MANY && status == TRADE_OK; i++) {
          status = trade_cube_add(cube, records + i);
          if (status != TRADE_OK) {
            trade_cube *wanted = cube_of(31, 7, 0);
            assert_status(trade_cube_add_array(wanted, records, 3), TRADE_OK);
            assert_status(trade_cube_add_array(wanted, records + MANY / 2, i - MANY / 2), TRADE_OK);
            free(before.bytes);
            before = save(wanted);
            trade_cube_destroy(wanted);
          }
        }
        break;
      case 2:
      case 3:
        status = trade_cube_merge(cube, other);
        break;
      case 4:
        status = trade_cube_select(cube, TRADE_CUBE_PRODUCT, chosen, 3);
        if (status == TRADE_OK) status = trade_cube_select_periods(cube, years, 2);
        break;
      case 5:
        status = trade_cube_row(cube, 0, &row);
        if (status == TRADE_OK) status = trade_cube_sort(cube, NULL, 0);
        if (status == TRADE_OK) status = trade_cube_count_keys(cube, 1, &size);
        break;
      case 6:
        status = trade_cube_values(cube, 1, values, trade_cube_count(cube));
        break;
      case 7:
        status = trade_cube_matrix(cube, 1, 16, 1, 0, matrix, 3, 3);
        if (status == TRADE_ERROR_LENGTH) status = TRADE_OK; /* what it is depends on the records */
        break;
      case 8:
        status = trade_cube_load(before.bytes, before.size, &allocator, &loaded);
        trade_cube_destroy(loaded);
        break;
      default: {
        trade_sum total;
        status = trade_cube_saved_size(cube, &size);
        if (status == TRADE_OK) status = trade_cube_save(cube, before.bytes, before.size);
        if (status == TRADE_OK) status = trade_cube_keys(cube, TRADE_CUBE_FLOW, &key, 99);
        if (status == TRADE_ERROR_LENGTH) status = trade_cube_total(cube, 0, 1, &total, NULL, NULL);
        if (status == TRADE_OK) status = trade_cube_sort(cube, NULL, 0);
        if (status == TRADE_OK) status = trade_cube_total(cube, 0, 1, &total, NULL, NULL);
        if (status == TRADE_OK) status = trade_cube_matrix(cube, 0, 0, 1, 0, matrix, 1, 1);
      }
      }
      watch.refuse = 0;
      if (status != TRADE_OK) {
        assert_status(status, TRADE_ERROR_MEMORY);
        refused++;
        assert_saved(cube, before);
        /* And it works as if nothing had been. */
        assert_status(trade_cube_merge(cube, other), TRADE_OK);
      }
      free(before.bytes);
      trade_cube_destroy(cube);
      assert_int_equal(watch.blocks, 0);
      if (status == TRADE_OK) break;
    }
    assert_true(refused > 0);
  }
  trade_cube_destroy(other);
  memory_watch none = {0, 0, 1};
  const trade_allocator allocator = {watched_reallocate, &none}, null = {NULL, NULL};
  trade_cube *cube = NULL;
  assert_status(trade_cube_create(1, 1, 0, &allocator, &cube), TRADE_ERROR_MEMORY);
  assert_status(trade_cube_create(1, 1, 0, &null, &cube), TRADE_ERROR_NULL);
  assert_null(cube);
}

enum { WAYS_TO_GROW = 5 };

/** Gives a cube what its cells have no room for, in one of these ways; *added counts records that come one by one. */
static trade_status grow_cells(int way, trade_cube **cube, trade_cube *other, const trade_record *records, size_t n,
                               const trade_allocator *allocator, saved end, size_t *added) {
  trade_status status = TRADE_OK;
  trade_cube *loaded = NULL;
  switch (way) {
  case 0:
    while (*added < n && (status = trade_cube_add(*cube, records + *added)) == TRADE_OK) ++*added;
    return status;
  case 1:
    return trade_cube_add_array(*cube, records, n);
  case 2:
    return trade_cube_merge(*cube, other);
  case 3:
    return trade_cube_merge(*cube, *cube);
  default:
    status = trade_cube_load(end.bytes, end.size, allocator, &loaded);
    if (status != TRADE_OK) return status;
    trade_cube_destroy(*cube);
    *cube = loaded;
    return TRADE_OK;
  }
}

static trade_cube *cube_of_saved(saved s, const trade_allocator *allocator) {
  trade_cube *cube = NULL;
  assert_status(trade_cube_load(s.bytes, s.size, allocator, &cube), TRADE_OK);
  return cube;
}

static void a_refused_allocation_leaves_cells_as_they_were_that_were_to_grow(void **state) {
  (void)state;
  enum { N = 1200 };
  static trade_record records[N];
  static char codes[N][8];
  for (size_t i = 0; i < N; i++) { /* as loaded they have room for their totals, but not for twice as much */
    (void)snprintf(codes[i], sizeof codes[i], "%u", (unsigned)i);
    records[i] = record_of("", codes[i], "", 2305843009213693952.0); /* 2^61 */
    records[i].quantity = i % 3 ? -2305843009213694976.0 : (double)NAN;
  }
  for (int way = 0; way < 2 * WAYS_TO_GROW; way++) {
    trade_cube *first = cube_of(TRADE_CUBE_PARTNER, 7, 0);
    trade_record small = records[N / 2];
    small.value = 1e-30; /* one cell has no room to begin with */
    assert_status(trade_cube_add_array(first, records, N), TRADE_OK);
    if (way >= WAYS_TO_GROW) add(first, small);
    saved start = save(first);
    trade_cube *other = cube_of_saved(start, NULL);
    assert_status(way % WAYS_TO_GROW < 2 ? trade_cube_add_array(first, records, N) : trade_cube_merge(first, other),
                  TRADE_OK);
    saved end = save(first);
    size_t refused = 0;
    for (size_t refuse = 1; refuse == refused + 1; refuse++) {
      memory_watch watch = {0, 0, 0};
      const trade_allocator allocator = {watched_reallocate, &watch};
      trade_cube *cube = cube_of_saved(start, &allocator);
      size_t added = 0;
      watch.calls = 0;
      watch.refuse = refuse;
      const trade_status status = grow_cells(way % WAYS_TO_GROW, &cube, other, records, N, &allocator, end, &added);
      watch.refuse = 0;
      if (status != TRADE_OK) {
        trade_cube *before = cube_of_saved(start, NULL);
        assert_status(status, TRADE_ERROR_MEMORY);
        assert_status(trade_cube_add_array(before, records, added), TRADE_OK);
        assert_same_cubes(cube, before);
        trade_cube_destroy(before);
        assert_status(grow_cells(way % WAYS_TO_GROW, &cube, other, records, N, &allocator, end, &added), TRADE_OK);
        refused++;
      }
      assert_saved(cube, end);
      trade_cube_destroy(cube);
      assert_int_equal(watch.blocks, 0);
    }
    assert_true(refused > 0);
    free(start.bytes);
    free(end.bytes);
    trade_cube_destroy(first);
    trade_cube_destroy(other);
  }
}

static void a_refused_record_changes_nothing(void **state) {
  (void)state;
  trade_cube *cube = cube_of(31, 1, 0);
  trade_record good = record_of("156", "842", "85", 1);
  add(cube, good);
  saved before = save(cube);
  static char *long_code;
  long_code = calloc(65537, 1);
  assert_non_null(long_code);
  for (int fault = 0; fault < 7; fault++) {
    trade_record bad[3] = {good, good, good};
    trade_status expected = TRADE_ERROR_NULL;
    bad[1].currency = 840; /* which is not that of the cube's values either */
    if (fault == 0) bad[1].reporter.bytes = NULL;
    if (fault == 1) bad[1].partner.bytes = NULL;
    if (fault == 2) bad[1].product.bytes = NULL;
    if (fault == 3) bad[1].flow_kind = 7, bad[1].flow.bytes = NULL;
    if (fault == 4) bad[1].period.month = 13, expected = TRADE_ERROR_PERIOD;
    if (fault == 5) bad[1].period.year = -1, expected = TRADE_ERROR_PERIOD;
    if (fault == 6) bad[1].partner.bytes = long_code, bad[1].partner.length = 65536, expected = TRADE_ERROR_LENGTH;
    assert_status(trade_cube_add(cube, &bad[1]), expected);
    assert_status(trade_cube_add_array(cube, bad, 3), expected);
    assert_saved(cube, before);
  }
  /* The same faults in a dimension that is selected by, but not the cube's. */
  trade_cube *selecting = cube_of(0, 1, 0);
  const trade_text code = text_of("842");
  assert_status(trade_cube_select(selecting, TRADE_CUBE_PARTNER, &code, 1), TRADE_OK);
  trade_record bad = good;
  bad.partner.bytes = NULL;
  assert_status(trade_cube_add(selecting, &bad), TRADE_ERROR_NULL);
  assert_status(trade_cube_add_array(selecting, &bad, 1), TRADE_ERROR_NULL);
  add(selecting, good);
  assert_int_equal(trade_cube_count(selecting), 1);
  /* The longest code, and selections that are too long. */
  good.partner.bytes = long_code;
  good.partner.length = 65535;
  add(cube, good);
  enum { TOO_MANY = 33000 };
  trade_text *texts = malloc(TOO_MANY * sizeof *texts);
  assert_non_null(texts);
  for (size_t i = 0; i < TOO_MANY; i++) texts[i] = good.partner;
  assert_status(trade_cube_select(cube, TRADE_CUBE_PARTNER, texts, TOO_MANY), TRADE_ERROR_MEMORY);
  texts[0].length = 65536;
  assert_status(trade_cube_select(cube, TRADE_CUBE_PARTNER, texts, 1), TRADE_ERROR_LENGTH);
  texts[0].bytes = NULL;
  assert_status(trade_cube_select(cube, TRADE_CUBE_PARTNER, texts, 1), TRADE_ERROR_NULL);
  free(texts);
  free(long_code);
  free(before.bytes);
  trade_cube_destroy(selecting);
  trade_cube_destroy(cube);
}

static void every_function_tells_wrong_arguments(void **state) {
  (void)state;
  static const int32_t bad_masks[] = {-1, 32, 64, INT32_MAX, INT32_MIN};
  static const int32_t not_one[] = {-1, 0, 3, 5, 32, INT32_MIN, INT32_MAX};
  trade_cube *cube = NULL;
  for (size_t i = 0; i < COUNT(bad_masks); i++) {
    assert_status(trade_cube_create(bad_masks[i], 1, 0, NULL, &cube), TRADE_ERROR_VALUE);
    assert_status(trade_cube_create(1, bad_masks[i], 0, NULL, &cube), TRADE_ERROR_VALUE);
  }
  assert_status(trade_cube_create(1, 8, 0, NULL, &cube), TRADE_ERROR_VALUE);
  assert_status(trade_cube_create(1, 1, -1, NULL, &cube), TRADE_ERROR_VALUE);
  assert_status(trade_cube_create(1, 1, 0, NULL, NULL), TRADE_ERROR_NULL);
  assert_null(cube);
  cube = cube_of(TRADE_CUBE_REPORTER, TRADE_CUBE_VALUE, 0);
  add(cube, record_of("156", "842", "85", 1));
  trade_record record;
  trade_sum total;
  trade_text key;
  trade_period period;
  trade_cube_tally tally;
  double value;
  size_t n;
  uint8_t bytes[8] = {0};
  const trade_text code = text_of("156");
  for (size_t i = 0; i < COUNT(not_one); i++) {
    const int32_t bad = not_one[i];
    assert_status(trade_cube_select(cube, bad, &code, 1), TRADE_ERROR_VALUE);
    assert_status(trade_cube_total(cube, 0, bad, &total, NULL, NULL), TRADE_ERROR_VALUE);
    assert_status(trade_cube_values(cube, bad, &value, 1), TRADE_ERROR_VALUE);
    assert_status(trade_cube_keys(cube, bad, &key, 1), TRADE_ERROR_VALUE);
    if (bad) assert_status(trade_cube_count_keys(cube, bad, &n), TRADE_ERROR_VALUE);
    if (bad) assert_status(trade_cube_matrix(cube, bad, 0, 1, 0, &value, 1, 1), TRADE_ERROR_VALUE);
    if (bad) assert_status(trade_cube_matrix(cube, 0, bad, 1, 0, &value, 1, 1), TRADE_ERROR_VALUE);
    assert_status(trade_cube_matrix(cube, 0, 0, bad, 0, &value, 1, 1), TRADE_ERROR_VALUE);
  }
  assert_status(trade_cube_select(cube, TRADE_CUBE_PERIOD, &code, 1), TRADE_ERROR_VALUE);
  assert_status(trade_cube_keys(cube, TRADE_CUBE_PERIOD, &key, 1), TRADE_ERROR_VALUE);
  assert_status(trade_cube_periods(cube, &period, 1), TRADE_ERROR_VALUE);
  assert_status(trade_cube_row(cube, 1, &record), TRADE_ERROR_NOT_FOUND);
  assert_status(trade_cube_total(cube, 1, 1, &total, NULL, NULL), TRADE_ERROR_NOT_FOUND);
  assert_status(trade_cube_values(cube, 1, &value, 2), TRADE_ERROR_LENGTH);
  assert_status(trade_cube_keys(cube, TRADE_CUBE_REPORTER, &key, 2), TRADE_ERROR_LENGTH);
  assert_status(trade_cube_keys(cube, TRADE_CUBE_REPORTER, &key, 1), TRADE_OK);
  assert_status(trade_cube_add_array(cube, &record, SIZE_MAX), TRADE_ERROR_LENGTH);
  assert_status(trade_cube_select(cube, TRADE_CUBE_REPORTER, &code, SIZE_MAX), TRADE_ERROR_LENGTH);
  assert_status(trade_cube_select_periods(cube, &period, SIZE_MAX), TRADE_ERROR_LENGTH);

  assert_status(trade_cube_set_levels(NULL, 0, 0), TRADE_ERROR_NULL);
  assert_status(trade_cube_select(NULL, TRADE_CUBE_REPORTER, &code, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_select(cube, TRADE_CUBE_REPORTER, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_select_periods(NULL, &period, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_select_periods(cube, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_add(NULL, &record), TRADE_ERROR_NULL);
  assert_status(trade_cube_add(cube, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_add_array(NULL, &record, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_add_array(cube, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_add_array(cube, NULL, 0), TRADE_OK);
  assert_status(trade_cube_merge(NULL, cube), TRADE_ERROR_NULL);
  assert_status(trade_cube_merge(cube, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_count_records(NULL, &tally), TRADE_ERROR_NULL);
  assert_status(trade_cube_count_records(cube, NULL), TRADE_ERROR_NULL);
  assert_int_equal(trade_cube_count(NULL), 0);
  assert_status(trade_cube_sort(NULL, NULL, 0), TRADE_ERROR_NULL);
  assert_status(trade_cube_sort(cube, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_row(NULL, 0, &record), TRADE_ERROR_NULL);
  assert_status(trade_cube_row(cube, 0, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_total(NULL, 0, 1, &total, NULL, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_total(cube, 0, 1, NULL, NULL, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_values(NULL, 1, &value, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_values(cube, 1, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_count_keys(NULL, 1, &n), TRADE_ERROR_NULL);
  assert_status(trade_cube_count_keys(cube, 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_keys(NULL, 1, &key, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_keys(cube, TRADE_CUBE_REPORTER, NULL, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_periods(NULL, &period, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_matrix(NULL, 0, 0, 1, 0, &value, 1, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_matrix(cube, 0, 0, 1, 0, NULL, 1, 1), TRADE_ERROR_NULL);
  assert_status(trade_cube_saved_size(NULL, &n), TRADE_ERROR_NULL);
  assert_status(trade_cube_saved_size(cube, NULL), TRADE_ERROR_NULL);
  assert_status(trade_cube_save(NULL, bytes, 8), TRADE_ERROR_NULL);
  assert_status(trade_cube_save(cube, NULL, 8), TRADE_ERROR_NULL);
  assert_status(trade_cube_load(NULL, 8, NULL, &cube), TRADE_ERROR_NULL);
  assert_status(trade_cube_load(bytes, 8, NULL, NULL), TRADE_ERROR_NULL);
  trade_cube_destroy(cube);
  trade_cube_destroy(NULL);
}

static void an_empty_cube_has_no_rows(void **state) {
  (void)state;
  for (int32_t dimensions = 0; dimensions < 32; dimensions++) {
    trade_cube *cube = cube_of(dimensions, 7, 0);
    trade_cube_tally tally;
    trade_record row;
    double value;
    assert_int_equal(trade_cube_count(cube), 0);
    assert_status(trade_cube_count_records(cube, &tally), TRADE_OK);
    assert_int_equal(tally.shown + tally.other_levels + tally.not_selected, 0);
    assert_status(trade_cube_row(cube, 0, &row), TRADE_ERROR_NOT_FOUND);
    assert_status(trade_cube_values(cube, 1, NULL, 0), TRADE_OK);
    if (dimensions & TRADE_CUBE_REPORTER) {
      assert_status(trade_cube_matrix(cube, TRADE_CUBE_REPORTER, 0, 1, 0, NULL, 0, 1), TRADE_OK);
      assert_status(trade_cube_keys(cube, TRADE_CUBE_REPORTER, NULL, 0), TRADE_OK);
    }
    assert_status(trade_cube_matrix(cube, 0, 0, 1, 7, &value, 1, 1), TRADE_OK);
    assert_same(value, 7);
    saved s = save(cube);
    assert_true(load_anything(s.bytes, s.size));
    free(s.bytes);
    trade_cube_destroy(cube);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_the_totals_of_their_records),
      cmocka_unit_test(rows_come_in_the_order_asked_for),
      cmocka_unit_test(cubes_merged_in_any_tree_have_the_same_bytes),
      cmocka_unit_test(a_larger_cube_rolls_up_into_a_smaller_one),
      cmocka_unit_test(cubes_that_do_not_fit_are_not_merged),
      cmocka_unit_test(products_are_selected_in_merging_or_it_is_refused),
      cmocka_unit_test(parts_of_one_make_are_merged),
      cmocka_unit_test(one_currency_makes_a_total),
      cmocka_unit_test(a_merged_cube_has_the_currency_of_what_was_selected),
      cmocka_unit_test(nothing_is_added_to_its_own_parts),
      cmocka_unit_test(a_table_of_world_alone_shows_world_until_its_parts_come),
      cmocka_unit_test(an_aggregate_is_shown_where_its_parts_did_not_come),
      cmocka_unit_test(refused_records_hide_no_aggregate),
      cmocka_unit_test(what_is_shown_is_what_the_header_says),
      cmocka_unit_test(a_refused_allocation_hides_no_row),
      cmocka_unit_test(records_in_arrays_are_added_as_one_by_one),
      cmocka_unit_test(a_table_may_change_its_reporter_as_often_as_it_likes),
      cmocka_unit_test(which_marks_make_a_level_is_the_callers_choice),
      cmocka_unit_test(refused_records_leave_no_level),
      cmocka_unit_test(records_that_are_not_selected_leave_no_level),
      cmocka_unit_test(only_selected_records_are_added),
      cmocka_unit_test(a_flow_is_of_the_kind_that_its_text_names),
      cmocka_unit_test(selected_periods_hold_what_lies_within_them),
      cmocka_unit_test(selected_periods_may_overlap),
      cmocka_unit_test(no_period_is_selected_that_does_not_exist),
      cmocka_unit_test(many_periods_are_selected),
      cmocka_unit_test(codes_of_any_bytes_are_kept_apart),
      cmocka_unit_test(many_codes_and_cells_are_found_again),
      cmocka_unit_test(a_matrix_holds_the_totals_of_two_dimensions),
      cmocka_unit_test(a_matrix_tells_what_did_not_come_from_what_is_missing),
      cmocka_unit_test(a_matrix_goes_straight_into_the_statistics),
      cmocka_unit_test(a_saved_cube_has_the_bytes_that_the_header_says),
      cmocka_unit_test(damaged_bytes_are_refused),
      cmocka_unit_test(bytes_that_were_never_saved_are_refused_though_sealed),
      cmocka_unit_test(a_cube_that_ends_within_its_keys_is_refused),
      cmocka_unit_test(a_flow_is_saved_by_the_name_of_its_kind),
      cmocka_unit_test(no_bytes_at_all_do_harm),
      cmocka_unit_test(cells_of_any_numbers_are_loaded_and_merged),
      cmocka_unit_test(records_come_to_cells_of_any_numbers),
      cmocka_unit_test(cells_of_impossible_counts_are_refused),
      cmocka_unit_test(a_cube_takes_no_more_records_than_it_can_count),
      cmocka_unit_test(a_cube_is_merged_with_itself_again_and_again),
      cmocka_unit_test(totals_in_cells_are_exact_in_any_order),
      cmocka_unit_test(usual_totals_need_no_memory_beside_the_cells),
      cmocka_unit_test(totals_beside_the_cells_are_not_moved_again_and_again),
      cmocka_unit_test(a_total_is_rounded_once),
      cmocka_unit_test(infinite_numbers_are_missing),
      cmocka_unit_test(codes_that_look_alike_are_not_mistaken),
      cmocka_unit_test(codes_that_look_alike_are_not_selected_for_each_other),
      cmocka_unit_test(products_are_selected_by_what_they_begin_with),
      cmocka_unit_test(a_long_product_is_looked_up_once),
      cmocka_unit_test(many_codes_of_two_equal_halves_are_found),
      cmocka_unit_test(products_are_cut_alike_in_every_way_of_adding),
      cmocka_unit_test(a_product_is_too_long_before_it_is_cut),
      cmocka_unit_test(a_refused_allocation_leaves_a_cube_as_it_was),
      cmocka_unit_test(a_refused_allocation_leaves_cells_as_they_were_that_were_to_grow),
      cmocka_unit_test(a_refused_record_changes_nothing),
      cmocka_unit_test(every_function_tells_wrong_arguments),
      cmocka_unit_test(an_empty_cube_has_no_rows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
