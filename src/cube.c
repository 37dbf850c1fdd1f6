#include "tradestat/cube.h"

#include <float.h>

#include "allocator.h"
#include "internal.h"

enum {
  CUBE_DIMENSIONS = 5,
  CUBE_PERIOD = 0, /* numbers of dimensions, in the order of the constants */
  CUBE_PRODUCT = 3,
  CUBE_FLOW = 4,
  CUBE_MEASURES = 3,
  CUBE_FLOWS = 7,          /* kinds */
  CUBE_LEVELS = 16,        /* sets of the four marks that can make one */
  CUBE_KEY_WORDS = 3,      /* at most: halves for the codes of five dimensions */
  CUBE_CODE_BITS = 28,     /* of a half; those above the first one's are the level */
  CUBE_TOTAL_WORDS = 2,    /* of a total in a cell */
  CUBE_WIDES_SPARE = 1024, /* room for wide cells that is kept */
  CUBE_SUM_WORDS = 4,      /* of a trade_sum */
  CUBE_BLOCK = 64,         /* records whose cells are asked for together, so that memory answers for all at once */
  CUBE_LINE = 64,          /* bytes of a cache line */
  CUBE_SHORT = 16,         /* bytes of a code that its two words hold */
  CUBE_LONGEST = 65535,    /* of a code */
  CUBE_AHEAD = 12,         /* cells that are asked for before they are added to */
  CUBE_FAR = 64,           /* the same where all are read in their order: memory's next page is then found in time */
  CUBE_TURNS = 1 << 20,    /* of the memo, before it is cleared */
  CUBE_FIRST_SLOTS = 512,  /* of a table; a power of two, not below CUBE_SLOTS_NEAR */
  CUBE_SLOTS_NEAR = 512,   /* slots in half a page of memory */
  CUBE_VERSION = 1,
  CUBE_CURRENCY_MOST = 999
};

#define CUBE_NONE         UINT32_MAX /* no code, no cell */
#define CUBE_COUNT_MOST   ((size_t)INT32_MAX)
#define CUBE_CODE_MOST    (((uint32_t)1 << CUBE_CODE_BITS) - 1)
#define CUBE_SLOTS_MOST   ((size_t)1 << 31)
#define CUBE_WIDE         UINT32_MAX          /* instead of a count of records */
#define CUBE_BEYOND       ((uint64_t)1 << 63) /* the upper word of no total in a cell */
#define CUBE_WHOLE_MOST   ((uint64_t)1 << 53)
#define CUBE_TOTAL_MOST   ((uint64_t)1 << 62)   /* a total in a cell is from minus this to below it */
#define CUBE_RECORDS_MOST ((uint64_t)INT64_MAX) /* that came to a cube */
#define CUBE_MIX          0x9E3779B97F4A7C15u
#define CUBE_MAGIC        0x0A0D454255435489u /* as a word */
#define CUBE_AGGREGATES                                                                                                \
  (TRADE_RECORD_AGGREGATE_REPORTER | TRADE_RECORD_AGGREGATE_PARTNER | TRADE_RECORD_AGGREGATE_PRODUCT)

/** A code as it comes. */
typedef struct cube_key {
  uint64_t word0; /* the first 8 bytes, little-endian, filled up with zeros; a period as its saved word */
  uint64_t word1; /* the next 8; of a longer code, a hash of all its bytes */
  const char *bytes;
  uint32_t length; /* 0 for a period */
} cube_key;

/** A code as it is kept. */
typedef struct cube_code {
  uint64_t word0;
  uint64_t word1;
  size_t text; /* where its bytes begin in the cube's text */
  uint32_t length;
} cube_code;

/** A place in a table of codes. */
typedef struct cube_code_slot {
  uint64_t short_key; /* of the code: see cube_short_key */
  uint32_t next;      /* the code's number + 1, 0 if free */
} cube_code_slot;

/** Numbers for codes, in the order in which they came. */
typedef struct cube_codes {
  cube_code *codes;
  size_t count;
  size_t capacity;
  cube_code_slot *slots; /* open addressing */
  size_t slot_count;
  int shift; /* of a hash, for its place in them */
} cube_codes;

/** What is selected in a dimension, and the code asked for last. */
typedef struct cube_selection {
  int32_t active;
  int32_t of_all; /* it was active before the first record came that it could have left out */
  cube_codes codes;
  uint64_t lengths; /* bit (length % 64) of every code */
  uint32_t longest; /* of them */
  uint8_t *months;  /* by month: how many from there on lie within one period that is selected */
  size_t month_count;
  int32_t first_month; /* that of the first of them */
  cube_key last;
  int32_t last_selected;
} cube_selection;

/** Records that follow each other with one key, between being accepted and being added. */
typedef struct cube_run {
  uint64_t key[CUBE_KEY_WORDS];
  uint32_t hash;
  uint32_t cell; /* CUBE_NONE: a cell of another cube that is not selected */
  uint32_t turn; /* in which the memo is to know the cell; 0: in none */
  size_t records;
} cube_run;

/** The cell of a code of the near dimension, beside the codes of the others that `turn` stands for. */
typedef struct cube_memo {
  uint32_t turn;
  uint32_t cell;
} cube_memo;

/** What is shown: its cells, the codes that they use and, once it is asked for, their order. */
typedef struct cube_view {
  uint32_t *memory; /* of what comes next */
  size_t words;
  uint32_t *rank[CUBE_DIMENSIONS]; /* of a code among those used */
  uint32_t *code[CUBE_DIMENSIONS]; /* of a rank */
  size_t keys[CUBE_DIMENSIONS];    /* how many are used */
  uint32_t *shown;                 /* a bit for each cell; null if all are shown */
  uint32_t *order;                 /* null before; there is room for one more */
  size_t rows;
} cube_view;

struct trade_cube {
  trade_allocator allocator;
  int32_t dimensions, measures, product_digits;
  uint32_t levels;                /* a bit for each that cells with records have */
  uint64_t mix;                   /* of its hashes: no file can be made to slow down a cube that it does not know */
  int32_t marks, show;            /* of levels */
  int32_t currency;               /* of the values */
  int dimension[CUBE_DIMENSIONS]; /* the cube's, by number */
  int dimension_count;
  int sort[CUBE_DIMENSIONS];           /* the order of rows, as positions in `dimension` */
  size_t text_offset[CUBE_DIMENSIONS]; /* in a record, by position; 0 if the text alone is not the code */
  size_t value_offset[CUBE_MEASURES];
  int measure_count;
  const char *flow_name[CUBE_FLOWS];
  uint32_t flow_length[CUBE_FLOWS];

  cube_codes codes[CUBE_DIMENSIONS]; /* by position */
  char *text;
  size_t text_used, text_capacity;
  cube_selection selection[CUBE_DIMENSIONS]; /* by number */
  int selecting;

  /*
   * A cell is the words of its key; counts of 32 bits, of its records and of the missing values of each measure; and a
   * total of each measure as an integer of 128 bits in units of 2^-64, which is exact for nearly all that tables hold.
   * A cell that this is too small for is wide: it has CUBE_WIDE instead of the records, then its number among `wides`,
   * and CUBE_BEYOND in each total. A wide is words: records, missing values of each measure, a trade_sum of each.
   */
  void *memory;    /* of the cells */
  uint64_t *cells; /* in it, at a cache line */
  size_t cell_count, cell_capacity;
  size_t key_words, totals_at, words;
  uint64_t *wides;
  size_t wide_count, wide_capacity, wide_words;
  uint64_t hash_mask[CUBE_KEY_WORDS];
  int near;        /* the position of the dimension whose codes change fastest, or -1 */
  uint32_t *slots; /* open addressing: a cell's number + 1 and, above its bits, those of the hash; 0 is free */
  size_t slot_count;

  uint64_t came; /* records, selected or not */
  uint64_t not_selected;
  size_t rows; /* cells that have records */

  cube_key last[CUBE_DIMENSIONS];    /* the codes of the last record, not cut, by position */
  uint64_t last_key[CUBE_KEY_WORDS]; /* that of its cell; code by code, where its run has not begun */
  int last_new;                      /* so that the next run has to begin */
  cube_run runs[CUBE_BLOCK];         /* of the records that wait */
  size_t run_count;
  double values[CUBE_BLOCK * CUBE_MEASURES]; /* theirs */
  size_t waiting;

  uint32_t block_code[CUBE_DIMENSIONS][CUBE_BLOCK]; /* of records that come together */
  cube_memo *memo;                                  /* by the code of the near dimension */
  size_t memo_capacity;
  uint32_t turn;    /* of the other dimensions' codes: 0 is none */
  int turn_is_last; /* the turn is that of the last codes */

  cube_view view; /* of what is shown, if it is fresh */
  int view_fresh;
};

/* ---- Memory ---- */

/** A capacity that holds `wanted` items and grows by doubling; 0 if there is none. */
static size_t cube_capacity(size_t before, size_t wanted, size_t size) {
  const size_t doubled = before > CUBE_COUNT_MOST ? 0 : 2 * before;
  const size_t capacity = doubled > wanted ? doubled : wanted;
  return wanted > CUBE_COUNT_MOST || !trade_fits(capacity + 1, size) ? 0 : capacity;
}

/** Makes room for `wanted` items in an array; null if it cannot, and the array stays. */
static void *cube_grow(const trade_cube *cube, void *items, size_t *capacity, size_t wanted, size_t size) {
  if (wanted <= *capacity) return items;
  const size_t larger = cube_capacity(*capacity, wanted < 16 ? 16 : wanted, size);
  void *grown =
      larger ? cube->allocator.reallocate(cube->allocator.context, items, *capacity * size, larger * size) : NULL;
  if (grown) *capacity = larger;
  return grown;
}

/* ---- Codes ---- */

/** n bytes as a little-endian word, 0 <= n <= 8; parts that overlap agree. */
TRADE_INLINE uint64_t cube_word(const unsigned char *p, size_t n) {
  if (n >= 8) return trade_word8(p);
  if (n >= 4) return trade_word4(p) | (uint64_t)trade_word4(p + n - 4) << (8 * (n - 4));
  if (n == 0) return 0;
  return (uint64_t)p[0] | (uint64_t)p[n / 2] << (8 * (n / 2)) | (uint64_t)p[n - 1] << (8 * (n - 1));
}

/** The step of a hash or checksum; `mix` is odd. */
static inline uint64_t cube_mix(uint64_t mix, uint64_t h, uint64_t word) {
  h = (h ^ word) * mix;
  return h ^ h >> 32;
}

/** The words of a text whose length is at most CUBE_LONGEST. */
TRADE_INLINE cube_key cube_key_of(const trade_cube *cube, const char *bytes, size_t length) {
  const unsigned char *p = (const unsigned char *)bytes;
  cube_key key;
  key.bytes = bytes;
  key.length = (uint32_t)length;
  key.word0 = cube_word(p, length < 8 ? length : 8);
  if (length <= 8) {
    key.word1 = 0;
  } else if (length <= CUBE_SHORT) {
    key.word1 = trade_word8(p + length - 8) >> (8 * (CUBE_SHORT - length));
  } else {
    key.word1 = 0;
    for (size_t i = 0; i < length; i += 8)
      key.word1 = cube_mix(cube->mix, key.word1, cube_word(p + i, trade_lesser(length - i, 8)));
  }
  return key;
}

static inline cube_key cube_key_of_period(trade_period period) {
  cube_key key;
  key.bytes = NULL;
  key.length = 0;
  key.word0 = (uint64_t)(uint32_t)period.year << 32 | (uint64_t)period.month << 24 | (uint64_t)period.months << 16 |
              period.reserved;
  key.word1 = 0;
  return key;
}

static trade_period cube_period_of(uint64_t word) {
  trade_period period;
  period.year = (int32_t)(word >> 32 & INT32_MAX);
  period.month = (uint8_t)(word >> 24 & 0xFF);
  period.months = (uint8_t)(word >> 16 & 0xFF);
  period.reserved = 0;
  return period;
}

/** Whether two keys of at most CUBE_SHORT bytes are one. */
static inline int cube_same_short(const cube_key *a, const cube_key *b) {
  return a->word0 == b->word0 && a->word1 == b->word1 && a->length == b->length;
}

static int cube_is_code(const trade_cube *cube, const cube_code *code, const cube_key *key) {
  return code->word0 == key->word0 && code->word1 == key->word1 && code->length == key->length &&
         (key->length <= CUBE_SHORT || memcmp(cube->text + code->text, key->bytes, key->length) == 0);
}

/** A text of 1 to 8 bytes, given as a word, as one that no other such text has but one of 8 bytes whose last is below 8:
 *  the upper byte is the length where it is not the text's. */
TRADE_INLINE uint64_t cube_short_text(uint64_t word0, size_t length) { return word0 | (uint64_t)(length & 7) << 56; }

/** 1 of a word to find a code by if it is a hash, and a few others, whose upper byte is 0. */
static inline int cube_is_long(uint64_t short_key) { return short_key >> 56 == 0; }

/** Of a code a word to find it by: its short text or, where that could be mistaken, a hash whose upper byte is 0. */
TRADE_INLINE uint64_t cube_short_key(const trade_cube *cube, uint64_t word0, uint64_t word1, uint32_t length) {
  if (length < 8 || (length == 8 && word0 >> 56 >= 8)) return cube_short_text(word0, length);
  return cube_mix(cube->mix, cube_mix(cube->mix, length, word0), word1) >> 8;
}

/** Where to look for a code. The upper bits of a product depend on all bits of its factors. */
TRADE_INLINE size_t cube_code_place(uint64_t mix, int shift, uint64_t short_key) {
  return (size_t)(short_key * mix >> shift);
}

/** A code's number, or CUBE_NONE. */
static uint32_t cube_find(const trade_cube *cube, const cube_codes *codes, const cube_key *key) {
  if (codes->slot_count == 0) return CUBE_NONE;
  const uint64_t short_key = cube_short_key(cube, key->word0, key->word1, key->length);
  size_t at = cube_code_place(cube->mix, codes->shift, short_key);
  for (const cube_code_slot *slot = &codes->slots[at]; slot->next; slot = &codes->slots[at]) {
    if (slot->short_key == short_key &&
        (!cube_is_long(short_key) || cube_is_code(cube, &codes->codes[slot->next - 1], key)))
      return slot->next - 1;
    at = (at + 1) & (codes->slot_count - 1);
  }
  return CUBE_NONE;
}

static void cube_place_code(const trade_cube *cube, cube_codes *codes, uint32_t number) {
  const cube_code *code = &codes->codes[number];
  const uint64_t short_key = cube_short_key(cube, code->word0, code->word1, code->length);
  size_t at = cube_code_place(cube->mix, codes->shift, short_key);
  while (codes->slots[at].next) at = (at + 1) & (codes->slot_count - 1);
  codes->slots[at].short_key = short_key;
  codes->slots[at].next = number + 1;
}

/** Makes room for so many more codes of so many bytes in all, so that cube_intern cannot fail. */
static trade_status cube_reserve_codes(trade_cube *cube, cube_codes *codes, size_t more, size_t length) {
  const size_t wanted = codes->count + more;
  if (wanted > CUBE_CODE_MOST) return TRADE_ERROR_MEMORY;
  size_t larger = codes->slot_count ? codes->slot_count : (size_t)CUBE_FIRST_SLOTS;
  cube_code *grown = (cube_code *)cube_grow(cube, codes->codes, &codes->capacity, wanted + 1, sizeof *grown);
  char *text = (char *)cube_grow(cube, cube->text, &cube->text_capacity, cube->text_used + length + 1, 1);
  if (grown) codes->codes = grown;
  if (text) cube->text = text;
  if (!grown || !text) return TRADE_ERROR_MEMORY;
  while (larger / 4 < wanted) larger *= 2; /* most codes are where they are looked for first */
  if (larger == codes->slot_count) return TRADE_OK;
  cube_code_slot *slots = trade_fits(larger, sizeof *slots)
                              ? (cube_code_slot *)trade_allocator_new(&cube->allocator, larger * sizeof *slots)
                              : NULL;
  if (!slots) return TRADE_ERROR_MEMORY;
  memset(slots, 0, larger * sizeof *slots);
  trade_allocator_free(&cube->allocator, codes->slots, codes->slot_count * sizeof *slots);
  codes->slots = slots;
  codes->slot_count = larger;
  codes->shift = 64 - trade_lowest_bit(larger);
  for (size_t i = 0; i < codes->count; i++) cube_place_code(cube, codes, (uint32_t)i);
  return TRADE_OK;
}

/** Keeps a code that is new. */
static trade_status cube_keep(trade_cube *cube, cube_codes *codes, const cube_key *key, uint32_t *number) {
  if (cube_reserve_codes(cube, codes, 1, key->length) != TRADE_OK) return TRADE_ERROR_MEMORY;
  cube_code *code = &codes->codes[codes->count];
  code->word0 = key->word0;
  code->word1 = key->word1;
  code->text = cube->text_used;
  code->length = key->length;
  if (key->length) memcpy(cube->text + cube->text_used, key->bytes, key->length);
  cube->text_used += key->length;
  *number = (uint32_t)codes->count++;
  cube_place_code(cube, codes, *number);
  return TRADE_OK;
}

/** A code's number, a new one if it is new. */
TRADE_INLINE trade_status cube_intern(trade_cube *cube, cube_codes *codes, const cube_key *key, uint32_t *number) {
  *number = cube_find(cube, codes, key);
  return *number != CUBE_NONE ? TRADE_OK : cube_keep(cube, codes, key, number);
}

static void cube_free_codes(const trade_cube *cube, cube_codes *codes) {
  trade_allocator_free(&cube->allocator, codes->codes, codes->capacity * sizeof *codes->codes);
  trade_allocator_free(&cube->allocator, codes->slots, codes->slot_count * sizeof *codes->slots);
}

static int cube_begins_with_digit(const char *bytes, size_t length) { return length > 0 && trade_is_digit(bytes[0]); }

/** A product's length after the cut. */
static inline size_t cube_cut(const trade_cube *cube, const char *bytes, size_t length) {
  const size_t digits = (size_t)cube->product_digits;
  return digits > 0 && length > digits && cube_begins_with_digit(bytes, length) ? digits : length;
}

/* ---- Create and destroy ---- */

/** Where a record has the text of a dimension; a period is none. */
static const size_t cube_text_offsets[CUBE_DIMENSIONS] = {
    0, offsetof(trade_record, reporter), offsetof(trade_record, partner), offsetof(trade_record, product),
    offsetof(trade_record, flow)};

/** A mask's bits as numbers in order; returns how many. */
static int cube_numbers(int32_t mask, int most, int *numbers) {
  int n = 0;
  for (int i = 0; i < most; i++)
    if (mask >> i & 1) numbers[n++] = i;
  return n;
}

/** What kind of thing a dimension's constant names: its number, or -1. */
static int cube_number(int32_t constant, int most) {
  for (int i = 0; i < most; i++)
    if (constant == 1 << i) return i;
  return -1;
}

/** The position of a constant in the cube, or -1 if the cube has it not. */
static int cube_position(int32_t constant, int32_t mask, int most) {
  const int number = cube_number(constant, most);
  int position = 0;
  if (number < 0 || !(mask & constant)) return -1;
  for (int i = 0; i < number; i++) position += mask >> i & 1;
  return position;
}

trade_status trade_cube_create(int32_t dimensions, int32_t measures, int32_t product_digits,
                               const trade_allocator *allocator, trade_cube **cube) {
  static const size_t offsets[CUBE_MEASURES] = {offsetof(trade_record, value), offsetof(trade_record, quantity),
                                                offsetof(trade_record, weight)};
  const trade_allocator from = trade_allocator_from(allocator);
  int numbers[CUBE_MEASURES];
  if (!cube || !from.reallocate) return TRADE_ERROR_NULL;
  if (dimensions < 0 || dimensions >> CUBE_DIMENSIONS || measures < 0 || measures >> CUBE_MEASURES ||
      product_digits < 0)
    return TRADE_ERROR_VALUE;
  trade_cube *made = (trade_cube *)trade_allocator_new(&from, sizeof *made);
  if (!made) return TRADE_ERROR_MEMORY;
  memset(made, 0, sizeof *made);
  made->allocator = from;
  made->mix = cube_mix(CUBE_MIX, 0, (uint64_t)(uintptr_t)made) * CUBE_MIX | 1; /* where memory is, few can tell */
  made->dimensions = dimensions;
  made->measures = measures;
  made->product_digits = product_digits;
  made->marks = CUBE_AGGREGATES;
  made->dimension_count = cube_numbers(dimensions, CUBE_DIMENSIONS, made->dimension);
  made->measure_count = cube_numbers(measures, CUBE_MEASURES, numbers);
  for (int i = 0; i < made->measure_count; i++) made->value_offset[i] = offsets[numbers[i]];
  for (int i = 0; i < made->dimension_count; i++)
    if (made->dimension[i] != CUBE_FLOW) made->text_offset[i] = cube_text_offsets[made->dimension[i]];
  for (int i = 0; i < CUBE_DIMENSIONS; i++) {
    made->sort[i] = i;
    made->last[i].length = CUBE_NONE; /* no text is so long */
    made->selection[i].last.length = CUBE_NONE;
  }
  for (int i = 1; i < CUBE_FLOWS; i++) {
    made->flow_name[i] = trade_flow_name(i);
    made->flow_length[i] = (uint32_t)strlen(made->flow_name[i]);
  }
  made->last_new = 1;
  made->near = dimensions & TRADE_CUBE_PRODUCT ? cube_position(TRADE_CUBE_PRODUCT, dimensions, CUBE_DIMENSIONS)
                                               : made->dimension_count - 1;
  for (int i = 0; i < CUBE_KEY_WORDS; i++) made->hash_mask[i] = UINT64_MAX;
  if (made->near >= 0) made->hash_mask[made->near / 2] ^= (uint64_t)(CUBE_SLOTS_NEAR - 1) << made->near % 2 * 32;
  made->key_words = made->dimension_count ? ((size_t)made->dimension_count + 1) / 2 : 1;
  made->totals_at = made->key_words + (size_t)made->measure_count / 2 + 1;
  made->words = made->totals_at + (size_t)made->measure_count * CUBE_TOTAL_WORDS;
  made->wide_words = 1 + (size_t)made->measure_count * (1 + CUBE_SUM_WORDS);
  *cube = made;
  return TRADE_OK;
}

static size_t cube_cells_size(const trade_cube *cube, size_t capacity) {
  return capacity * cube->words * sizeof(uint64_t) + CUBE_LINE;
}

static void cube_free_order(const trade_cube *cube, cube_view *view) {
  trade_allocator_free(&cube->allocator, view->order, (view->rows + 1) * sizeof *view->order);
  view->order = NULL;
}

static void cube_free_view(const trade_cube *cube, cube_view *view) {
  trade_allocator_free(&cube->allocator, view->memory, view->words * sizeof *view->memory);
  cube_free_order(cube, view);
  memset(view, 0, sizeof *view);
}

void trade_cube_destroy(trade_cube *cube) {
  if (!cube) return;
  for (int i = 0; i < CUBE_DIMENSIONS; i++) {
    cube_free_codes(cube, &cube->codes[i]);
    cube_free_codes(cube, &cube->selection[i].codes);
    trade_allocator_free(&cube->allocator, cube->selection[i].months, cube->selection[i].month_count);
  }
  trade_allocator_free(&cube->allocator, cube->text, cube->text_capacity);
  trade_allocator_free(&cube->allocator, cube->memory, cube_cells_size(cube, cube->cell_capacity));
  trade_allocator_free(&cube->allocator, cube->wides, cube->wide_capacity * cube->wide_words * sizeof *cube->wides);
  trade_allocator_free(&cube->allocator, cube->slots, cube->slot_count * sizeof *cube->slots);
  trade_allocator_free(&cube->allocator, cube->memo, cube->memo_capacity * sizeof *cube->memo);
  cube_free_view(cube, &cube->view);
  trade_allocator_free(&cube->allocator, cube, sizeof *cube);
}

/* ---- Cells ---- */

static inline uint64_t *cube_cell(const trade_cube *cube, size_t number) { return cube->cells + number * cube->words; }

/** Where a cell that is not wide has the total of a measure. */
static inline size_t cube_total_at(const trade_cube *cube, int measure) {
  return cube->totals_at + (size_t)measure * CUBE_TOTAL_WORDS;
}

/** The code of the dimension at position d. */
static inline uint32_t cube_code_in(const uint64_t *key, int d) {
  return (uint32_t)(key[d >> 1] >> ((d & 1) * 32)) & CUBE_CODE_MOST;
}

static inline void cube_set_code(uint64_t *key, int d, uint32_t code) {
  const int shift = (d & 1) * 32;
  key[d >> 1] = (key[d >> 1] & ~((uint64_t)CUBE_CODE_MOST << shift)) | (uint64_t)code << shift;
}

static inline uint32_t cube_level_in(const uint64_t *key) { return (uint32_t)key[0] >> CUBE_CODE_BITS; }

static inline void cube_set_level(uint64_t *key, uint32_t level) {
  key[0] = (key[0] & ~((uint64_t)(CUBE_LEVELS - 1) << CUBE_CODE_BITS)) | (uint64_t)level << CUBE_CODE_BITS;
}

/** Counts of a cell that is not wide: 0 of its records, 1 + m of the missing values of the m-th measure. */
static inline uint32_t cube_count_in(const trade_cube *cube, const uint64_t *cell, size_t count) {
  return (uint32_t)(cell[cube->key_words + count / 2] >> (count % 2 * 32));
}

static inline void cube_set_count(const trade_cube *cube, uint64_t *cell, size_t count, uint32_t value) {
  uint64_t *at = cell + cube->key_words + count / 2;
  const int shift = (int)(count % 2 * 32);
  *at = (*at & (uint64_t)UINT32_MAX << (32 - shift)) | (uint64_t)value << shift;
}

/** What a wide cell holds; null of another. */
static inline uint64_t *cube_wide(const trade_cube *cube, const uint64_t *cell) {
  if (cube_count_in(cube, cell, 0) != CUBE_WIDE) return NULL;
  return cube->wides + cube_count_in(cube, cell, 1) * cube->wide_words;
}

static inline trade_sum *cube_wide_sums(const trade_cube *cube, uint64_t *wide) {
  return (trade_sum *)(void *)(wide + 1 + cube->measure_count);
}

static inline uint64_t cube_records(const trade_cube *cube, const uint64_t *cell) {
  const uint64_t *wide = cube_wide(cube, cell);
  return wide ? wide[0] : cube_count_in(cube, cell, 0);
}

static inline uint64_t cube_missing(const trade_cube *cube, const uint64_t *cell, int measure) {
  const uint64_t *wide = cube_wide(cube, cell);
  return wide ? wide[1 + measure] : cube_count_in(cube, cell, 1 + (size_t)measure);
}

static inline trade_sum cube_sum(const trade_cube *cube, const uint64_t *cell, int measure) {
  uint64_t *wide = cube_wide(cube, cell);
  if (wide) return cube_wide_sums(cube, wide)[measure];
  const uint64_t *total = cell + cube_total_at(cube, measure);
  const trade_sum sum = {0, total[0], total[1], (uint64_t)0 - (total[1] >> 63)};
  return sum;
}

static inline void cube_ask_for(const trade_cube *cube, size_t number) {
  const uint64_t *cell = cube_cell(cube, number);
  TRADE_PREFETCH(cell, 1);
  TRADE_PREFETCH(cell + cube->words - 1, 1);
}

/** Asks for the cell that is read a while after this one, where all are read in their order. */
static inline void cube_ask_ahead(const trade_cube *cube, size_t number) {
  if (number + CUBE_FAR < cube->cell_count) TRADE_PREFETCH(cube_cell(cube, number + CUBE_FAR), 0);
}

/**
 * A key's hash. In the dimension whose codes change fastest, 512 codes that came one after another share half a page of
 * the table, each with a slot of its own there: published tables go through products again and again, and so stay within
 * few pages.
 */
static inline uint32_t cube_hash(const trade_cube *cube, const uint64_t *key) {
  const uint32_t near_code = cube->near >= 0 ? cube_code_in(key, cube->near) : 0;
  uint64_t h = 0;
  for (size_t i = 0; i < cube->key_words; i++) h = cube_mix(cube->mix, h, key[i] & cube->hash_mask[i]);
  return (uint32_t)((h ^ (near_code % CUBE_SLOTS_NEAR)) & UINT32_MAX);
}

/** The next slot to look at: of the same place in the next half page, so that each place has its own share of the table; in
 *  the end, of the next place. */
static inline size_t cube_next_slot(const trade_cube *cube, size_t at) {
  at += CUBE_SLOTS_NEAR;
  return at < cube->slot_count ? at : (at + 1) % CUBE_SLOTS_NEAR;
}

static inline int cube_same_key(const uint64_t *a, const uint64_t *b, size_t words) {
  for (size_t i = 0; i < words; i++)
    if (a[i] != b[i]) return 0;
  return 1;
}

/** Begins a run of records with this key, and asks for its place in the table. */
static inline cube_run *cube_begin_run(trade_cube *cube, const uint64_t *key) {
  cube_run *run = &cube->runs[cube->run_count++];
  for (int i = 0; i < CUBE_KEY_WORDS; i++) run->key[i] = key[i];
  run->hash = cube_hash(cube, key);
  run->cell = 0;
  run->records = 0;
  TRADE_PREFETCH(cube->slots + (run->hash & (cube->slot_count - 1)), 0);
  return run;
}

/** The slot of a key, or the free one where it would stand. */
static inline uint32_t *cube_find_slot(const trade_cube *cube, const uint64_t *key, uint32_t hash) {
  const uint32_t numbers = (uint32_t)(cube->slot_count - 1); /* the bits of them */
  size_t at = hash & numbers;
  for (uint32_t slot = cube->slots[at]; slot; slot = cube->slots[at]) {
    if (((slot ^ hash) & ~numbers) == 0 && cube_same_key(cube_cell(cube, (slot & numbers) - 1), key, cube->key_words))
      break;
    at = cube_next_slot(cube, at);
  }
  return cube->slots + at;
}

static inline uint32_t cube_slot_of(const trade_cube *cube, size_t number, uint32_t hash) {
  const uint32_t numbers = (uint32_t)(cube->slot_count - 1);
  return (hash & ~numbers) | (uint32_t)(number + 1);
}

static trade_status cube_grow_slots(trade_cube *cube, size_t larger) {
  uint32_t *slots = larger <= CUBE_SLOTS_MOST && trade_fits(larger, sizeof *slots)
                        ? (uint32_t *)trade_allocator_new(&cube->allocator, larger * sizeof *slots)
                        : NULL;
  if (!slots) return TRADE_ERROR_MEMORY;
  memset(slots, 0, larger * sizeof *slots);
  trade_allocator_free(&cube->allocator, cube->slots, cube->slot_count * sizeof *slots);
  cube->slots = slots;
  cube->slot_count = larger;
  for (size_t first = 0; first < cube->cell_count; first += CUBE_BLOCK) {
    const size_t n = trade_lesser(cube->cell_count - first, CUBE_BLOCK);
    uint32_t hashes[CUBE_BLOCK];
    for (size_t i = 0; i < n; i++) {
      cube_ask_ahead(cube, first + i);
      hashes[i] = cube_hash(cube, cube_cell(cube, first + i));
      TRADE_PREFETCH(slots + (hashes[i] & (larger - 1)), 1);
    }
    for (size_t i = 0; i < n; i++) {
      size_t at = hashes[i] & (larger - 1);
      while (slots[at]) at = cube_next_slot(cube, at);
      slots[at] = cube_slot_of(cube, first + i, hashes[i]);
    }
  }
  return TRADE_OK;
}

static trade_status cube_grow_cells(trade_cube *cube, size_t wanted) {
  const size_t capacity = cube_capacity(cube->cell_capacity, wanted, cube->words * sizeof(uint64_t) + CUBE_LINE);
  const size_t before = cube->memory ? cube_cells_size(cube, cube->cell_capacity) : 0;
  const size_t lead = cube->memory ? (size_t)((char *)cube->cells - (char *)cube->memory) : 0;
  char *memory = capacity ? (char *)cube->allocator.reallocate(cube->allocator.context, cube->memory, before,
                                                               cube_cells_size(cube, capacity))
                          : NULL;
  if (!memory) return TRADE_ERROR_MEMORY;
  const size_t new_lead =
      (CUBE_LINE - (size_t)(uintptr_t)memory % CUBE_LINE) % CUBE_LINE / sizeof(uint64_t) * sizeof(uint64_t);
  if (new_lead != lead) memmove(memory + new_lead, memory + lead, cube->cell_count * cube->words * sizeof(uint64_t));
  cube->memory = memory;
  cube->cells = (uint64_t *)(void *)(memory + new_lead);
  cube->cell_capacity = capacity;
  return TRADE_OK;
}

/** Makes room for so many new cells, so that cube_place cannot fail. */
static trade_status cube_reserve(trade_cube *cube, size_t more) {
  const size_t wanted = cube->cell_count + more;
  size_t slots = cube->slot_count ? cube->slot_count : (size_t)CUBE_FIRST_SLOTS;
  while (slots / 8 * 5 < wanted) slots *= 2;
  if (wanted > cube->cell_capacity && cube_grow_cells(cube, wanted) != TRADE_OK) return TRADE_ERROR_MEMORY;
  return slots > cube->slot_count ? cube_grow_slots(cube, slots) : TRADE_OK;
}

/** Makes room for so many more wide cells, so that cube_widen cannot fail. */
static trade_status cube_reserve_wides(trade_cube *cube, size_t more) {
  const size_t size = cube->wide_words * sizeof *cube->wides;
  uint64_t *grown = (uint64_t *)cube_grow(cube, cube->wides, &cube->wide_capacity, cube->wide_count + more + 1, size);
  if (grown) cube->wides = grown;
  return grown ? TRADE_OK : TRADE_ERROR_MEMORY;
}

/** The same for what n values can make wide; `cube_keep_wides` is to follow. */
static trade_status cube_reserve_wides_for(trade_cube *cube, size_t n) {
  return cube_reserve_wides(cube, trade_lesser(n, cube->cell_count - cube->wide_count));
}

/** Gives back much that was reserved for nothing. */
static void cube_keep_wides(trade_cube *cube) {
  const size_t size = cube->wide_words * sizeof *cube->wides, most = 2 * cube->wide_count + CUBE_WIDES_SPARE;
  if (cube->wide_capacity <= most) return;
  void *less = NULL;
  if (cube->wide_count == 0)
    trade_allocator_free(&cube->allocator, cube->wides, cube->wide_capacity * size);
  else if (!(less = cube->allocator.reallocate(cube->allocator.context, cube->wides, cube->wide_capacity * size,
                                               most * size)))
    return;
  cube->wides = (uint64_t *)less;
  cube->wide_capacity = less ? most : 0;
}

/** The cell of a key; an empty one if there was none, which shows nowhere until it has records. */
static uint32_t cube_place(trade_cube *cube, const uint64_t *key, uint32_t hash) {
  uint32_t *slot = cube_find_slot(cube, key, hash);
  if (*slot) return (*slot & (uint32_t)(cube->slot_count - 1)) - 1;
  const size_t number = cube->cell_count++;
  uint64_t *cell = cube_cell(cube, number);
  for (size_t i = 0; i < cube->words; i++) cell[i] = i < cube->key_words ? key[i] : 0;
  *slot = cube_slot_of(cube, number, hash);
  return (uint32_t)number;
}

/** Finds the cells of the runs. */
static void cube_place_runs(trade_cube *cube) {
  cube_run *runs = cube->runs;
  for (size_t i = 0; i < cube->run_count; i++) {
    const size_t numbers = cube->slot_count - 1;
    const uint32_t slot = cube->slots[runs[i].hash & numbers];
    if (slot) cube_ask_for(cube, (slot & numbers) - 1);
  }
  for (size_t i = 0; i < cube->run_count; i++)
    if (runs[i].cell != CUBE_NONE) runs[i].cell = cube_place(cube, runs[i].key, runs[i].hash);
}

/** Makes a cell wide; room is reserved. */
static uint64_t *cube_widen(trade_cube *cube, uint64_t *cell) {
  uint64_t *wide = cube_wide(cube, cell);
  if (wide) return wide;
  wide = cube->wides + cube->wide_count * cube->wide_words;
  wide[0] = cube_records(cube, cell);
  for (int m = 0; m < cube->measure_count; m++) {
    uint64_t *total = cell + cube_total_at(cube, m);
    wide[1 + m] = cube_missing(cube, cell, m);
    cube_wide_sums(cube, wide)[m] = cube_sum(cube, cell, m);
    total[1] = CUBE_BEYOND;
  }
  cube_set_count(cube, cell, 0, CUBE_WIDE);
  cube_set_count(cube, cell, 1, (uint32_t)cube->wide_count++);
  return wide;
}

/** Makes a cell that is to have its first records a row. */
TRADE_INLINE void cube_begin_row(trade_cube *cube, const uint64_t *cell) {
  cube->rows++;
  cube->levels |= 1u << cube_level_in(cell);
}

/** Counts records that come to a cell. */
static void cube_count(trade_cube *cube, uint64_t *cell, uint64_t records) {
  const uint32_t before = cube_count_in(cube, cell, 0);
  if (before == 0) cube_begin_row(cube, cell);
  if (records < CUBE_WIDE && before < CUBE_WIDE - records)
    cube_set_count(cube, cell, 0, before + (uint32_t)records);
  else
    cube_widen(cube, cell)[0] += records;
}

/** Whether a total that is read as words can stand in a cell. */
static inline int cube_fits(uint64_t upper) { return upper + CUBE_TOTAL_MOST < 2 * CUBE_TOTAL_MOST; }

/** Adds words to a total in a cell: 1, or 0 with nothing done if the cell has to be wide, or is. */
TRADE_INLINE int cube_add_words(uint64_t *total, uint64_t lower, uint64_t upper) {
  const uint64_t low = total[0] + lower, high = total[1] + upper + (low < lower);
  if (!cube_fits(high)) return 0;
  total[0] = low;
  total[1] = high;
  return 1;
}

/** Adds a number as tables have them, positive, from 2^-12 to 2^52: 1, or 0 with nothing done. */
TRADE_INLINE int cube_add_usual(uint64_t *total, double value) {
  const uint64_t bits = trade_bits_of(value), shift = (bits >> 52) - 1011; /* of the mantissa, in units of 2^-64 */
  if (shift >= 64) return 0;
  const uint64_t mantissa = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
  return cube_add_words(total, mantissa << shift, mantissa >> 1 >> (63 - shift));
}

/** The same for any finite number that is a multiple of 2^-64 and below 2^52 in magnitude. */
static int cube_add_exact(uint64_t *total, double value) {
  const double magnitude = fabs(value);
  if (magnitude >= 4503599627370496.0) return 0;
  const uint64_t upper = (uint64_t)magnitude;
  const double rest = (magnitude - (double)upper) * 18446744073709551616.0; /* exact, below 2^64 */
  const uint64_t lower = (uint64_t)rest;
  if ((double)lower != rest) return 0;
  if (value < 0) return cube_add_words(total, (uint64_t)0 - lower, (uint64_t)0 - upper - (lower != 0));
  return cube_add_words(total, lower, upper);
}

/** Adds any value to a cell's total, or counts it as missing. */
static void cube_add_other(trade_cube *cube, uint64_t *cell, int measure, double value) {
  uint64_t *wide = cube_wide(cube, cell);
  if (!trade_known(value)) {
    if (wide)
      wide[1 + measure]++;
    else
      cube_set_count(cube, cell, 1 + (size_t)measure, cube_count_in(cube, cell, 1 + (size_t)measure) + 1);
  } else if (wide || !cube_add_exact(cell + cube_total_at(cube, measure), value)) {
    trade_sum_add(cube_wide_sums(cube, cube_widen(cube, cell)) + measure, value);
  }
}

/** Adds a total and missing values, not more than the cell has records. */
static void cube_add_sum(trade_cube *cube, uint64_t *cell, int measure, uint64_t missing, const trade_sum *sum) {
  const uint64_t sign = (uint64_t)0 - (sum->word2 >> 63);
  uint64_t *wide = cube_wide(cube, cell);
  if (!wide) {
    const size_t count = 1 + (size_t)measure;
    cube_set_count(cube, cell, count, cube_count_in(cube, cell, count) + (uint32_t)missing);
    if (sum->word0 == 0 && sum->word3 == sign && cube_fits(sum->word2) &&
        cube_add_words(cell + cube_total_at(cube, measure), sum->word1, sum->word2))
      return;
    wide = cube_widen(cube, cell);
  } else {
    wide[1 + measure] += missing;
  }
  trade_sum_merge(cube_wide_sums(cube, wide) + measure, sum);
}

/** Adds the numbers of records to their cell. */
static inline void cube_add_values(trade_cube *cube, size_t number, const double *values, size_t records) {
  uint64_t *cell = cube_cell(cube, number);
  const int measures = cube->measure_count;
  cube_count(cube, cell, records);
  for (int m = 0; m < measures; m++) {
    uint64_t *total = cell + cube_total_at(cube, m);
    for (size_t i = 0; i < records; i++) {
      const double value = values[i * (size_t)measures + (size_t)m];
      if (!cube_add_usual(total, value)) cube_add_other(cube, cell, m, value);
    }
  }
}

/** Adds records to their cells, by one measure or, if `measures` is 0, as many as the cube has. */
TRADE_INLINE void cube_add_records_of(trade_cube *cube, const trade_record *records, const uint32_t *cells, size_t n,
                                      int measures) {
  const size_t words = cube->words, count_at = cube->key_words, totals_at = cube->totals_at;
  const int all = measures ? measures : cube->measure_count;
  uint64_t *const first = cube->cells;
  for (size_t i = 0; i < n; i++) {
    if (i + CUBE_AHEAD < n && cells[i + CUBE_AHEAD] != CUBE_NONE) cube_ask_for(cube, cells[i + CUBE_AHEAD]);
    if (cells[i] == CUBE_NONE) {
      cube->not_selected++;
      continue;
    }
    uint64_t *cell = first + cells[i] * words;
    if ((uint32_t)cell[count_at] - 1 < CUBE_WIDE - 2) /* neither its first record nor more than it can count */
      cell[count_at]++;
    else
      cube_count(cube, cell, 1);
    for (int m = 0; m < all; m++) {
      const void *at = (const char *)(records + i) + cube->value_offset[m];
      const double value = *(const double *)at;
      if (!cube_add_usual(cell + totals_at + (size_t)m * CUBE_TOTAL_WORDS, value)) cube_add_other(cube, cell, m, value);
    }
  }
}

static void cube_add_records(trade_cube *cube, const trade_record *records, const uint32_t *cells, size_t n) {
  if (cube->measure_count == 1)
    cube_add_records_of(cube, records, cells, n, 1);
  else
    cube_add_records_of(cube, records, cells, n, 0);
}

/** Adds the records that wait. */
static void cube_settle(trade_cube *cube) {
  const double *values = cube->values;
  cube_place_runs(cube);
  for (size_t i = 0; i < cube->run_count; i++) {
    cube_add_values(cube, cube->runs[i].cell, values, cube->runs[i].records);
    values += cube->runs[i].records * (size_t)cube->measure_count;
  }
  cube->run_count = cube->waiting = 0;
}

/* ---- Levels ---- */

static uint32_t cube_level_of(int32_t marks) { return (uint32_t)((marks & CUBE_AGGREGATES) | (marks >> 3 & 8)); }

static int32_t cube_marks_of(uint32_t level) {
  return (int32_t)(level & CUBE_AGGREGATES) | (level & 8 ? TRADE_RECORD_PARENT_PRODUCT : 0);
}

/** The dimensions in which a level has aggregates: TRADE_CUBE_..., added up. */
static int32_t cube_marked(uint32_t level) {
  return (level & 1 ? TRADE_CUBE_REPORTER : 0) | (level & 2 ? TRADE_CUBE_PARTNER : 0) |
         (level & 12 ? TRADE_CUBE_PRODUCT : 0);
}

/** How much a level is to be avoided. */
static int cube_level_cost(const trade_cube *cube, uint32_t level) {
  int own = 0, others = 0;
  for (int i = 0; i < 4; i++) {
    const int is = (int)(level >> i & 1);
    if (cube->dimensions & cube_marked(1u << i))
      own += is;
    else
      others += cube->show == TRADE_CUBE_SHOW_PARTS ? is : !is;
  }
  return 8 * own + others;
}

/** The levels that came, the best first; returns how many. */
static int cube_levels(const trade_cube *cube, uint32_t levels[CUBE_LEVELS]) {
  int n = 0;
  for (uint32_t level = 0; level < CUBE_LEVELS; level++) {
    if (!(cube->levels >> level & 1)) continue;
    int at = n++;
    for (; at > 0 && cube_level_cost(cube, level) < cube_level_cost(cube, levels[at - 1]); at--)
      levels[at] = levels[at - 1];
    levels[at] = level;
  }
  return n;
}

static inline int cube_has_levels(const trade_cube *cube) { return (cube->levels & (cube->levels - 1)) != 0; }

trade_status trade_cube_set_levels(trade_cube *cube, int32_t marks, int32_t show) {
  if (!cube) return TRADE_ERROR_NULL;
  if (marks & ~(CUBE_AGGREGATES | TRADE_RECORD_PARENT_PRODUCT)) return TRADE_ERROR_VALUE;
  if (show != TRADE_CUBE_SHOW_PARTS && show != TRADE_CUBE_SHOW_AGGREGATES) return TRADE_ERROR_VALUE;
  cube_settle(cube);
  if (marks != cube->marks && cube->rows) return TRADE_ERROR_VALUE;
  cube->marks = marks;
  cube->show = show;
  cube->view_fresh = 0;
  cube_set_level(cube->last_key, 0); /* refused records may have left a level there that is none now */
  cube->turn_is_last = 0;
  return TRADE_OK;
}

/* ---- Selections ---- */

/** A text of a flow as a key: the name of its kind if it names one. */
static cube_key cube_key_of_flow(const trade_cube *cube, const char *bytes, size_t length) {
  int32_t kind;
  if (length && trade_flow_parse(bytes, length, &kind) == TRADE_OK)
    return cube_key_of(cube, cube->flow_name[kind], cube->flow_length[kind]);
  return cube_key_of(cube, bytes, length);
}

/** Whether a record's key is the name of the kind that it told, so that no text has to be looked at. */
static int cube_is_flow_name(const trade_cube *cube, const char *bytes) {
  int is = 0;
  for (int i = 1; i < CUBE_FLOWS; i++) is |= bytes == cube->flow_name[i];
  return is;
}

static void cube_begin_to_select(trade_cube *cube, cube_selection *selection) {
  if (!selection->active) selection->of_all = cube->came == cube->not_selected;
  selection->active = cube->selecting = 1;
  selection->last.length = CUBE_NONE;
}

trade_status trade_cube_select(trade_cube *cube, int32_t dimension, const trade_text *codes, size_t n) {
  const int number = cube_number(dimension, CUBE_DIMENSIONS);
  size_t length = 0;
  if (!cube || (n && !codes)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *codes)) return TRADE_ERROR_LENGTH;
  if (number <= CUBE_PERIOD) return TRADE_ERROR_VALUE;
  for (size_t i = 0; i < n; i++) {
    if (!codes[i].bytes && codes[i].length) return TRADE_ERROR_NULL;
    if (codes[i].length > CUBE_LONGEST) return TRADE_ERROR_LENGTH;
    if (length > CUBE_COUNT_MOST) return TRADE_ERROR_MEMORY;
    length += codes[i].length + CUBE_SHORT; /* the name of a flow may be longer than what was given */
  }
  cube_selection *selection = &cube->selection[number];
  if (cube_reserve_codes(cube, &selection->codes, n, length) != TRADE_OK) return TRADE_ERROR_MEMORY;
  for (size_t i = 0; i < n; i++) {
    const cube_key key = number == CUBE_FLOW ? cube_key_of_flow(cube, codes[i].bytes, codes[i].length)
                                             : cube_key_of(cube, codes[i].bytes, codes[i].length);
    uint32_t unused;
    (void)cube_intern(cube, &selection->codes, &key, &unused);
    selection->lengths |= (uint64_t)1 << key.length % 64;
    if (key.length > selection->longest) selection->longest = key.length;
  }
  cube_begin_to_select(cube, selection);
  return TRADE_OK;
}

/** Makes room for the months from `first` to before `end`; doubles, so that it is not done for each anew. */
static trade_status cube_reserve_months(const trade_cube *cube, cube_selection *selection, int32_t first, int32_t end) {
  const int32_t count = (int32_t)selection->month_count, old_first = selection->first_month;
  if (count) {
    const int32_t old_end = old_first + count;
    if (first >= old_first && end <= old_end) return TRADE_OK;
    first = first >= old_first ? old_first : first < old_first - count ? first : old_first - count;
    end = end <= old_end ? old_end : end > old_end + count ? end : old_end + count;
  }
  uint8_t *months = (uint8_t *)trade_allocator_new(&cube->allocator, (size_t)(end - first));
  if (!months) return TRADE_ERROR_MEMORY;
  memset(months, 0, (size_t)(end - first));
  if (count) memcpy(months + (old_first - first), selection->months, (size_t)count);
  trade_allocator_free(&cube->allocator, selection->months, (size_t)count);
  selection->months = months;
  selection->month_count = (size_t)(end - first);
  selection->first_month = first;
  return TRADE_OK;
}

trade_status trade_cube_select_periods(trade_cube *cube, const trade_period *periods, size_t n) {
  int32_t first = INT32_MAX, last = -1;
  if (!cube || (n && !periods)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *periods)) return TRADE_ERROR_LENGTH;
  for (size_t i = 0; i < n; i++) {
    const int32_t first_of = trade_period_first_month(periods[i]), last_of = trade_period_last_month(periods[i]);
    if (first_of < 0) return TRADE_ERROR_PERIOD;
    if (first_of < first) first = first_of;
    if (last_of > last) last = last_of;
  }
  cube_selection *selection = &cube->selection[CUBE_PERIOD];
  if (n && cube_reserve_months(cube, selection, first, last + 1) != TRADE_OK) return TRADE_ERROR_MEMORY;
  for (size_t i = 0; i < n; i++) {
    uint8_t *months = selection->months + (trade_period_first_month(periods[i]) - selection->first_month);
    for (uint8_t left = periods[i].months; left > 0 && *months < left; left--) *months++ = left;
  }
  cube_begin_to_select(cube, selection);
  return TRADE_OK;
}

/** How many months from this one on lie within one period that is selected. */
static uint8_t cube_months_from(const cube_selection *selection, int32_t month) {
  const int32_t at = month - selection->first_month;
  return at >= 0 && (size_t)at < selection->month_count ? selection->months[at] : 0;
}

/** Whether a period lies within one that is selected; a word that is none of a period does not. */
static int cube_period_selected(const cube_selection *selection, uint64_t word) {
  const trade_period period = cube_period_of(word);
  const int32_t first = trade_period_first_month(period);
  return first >= 0 && cube_key_of_period(period).word0 == word && period.months <= cube_months_from(selection, first);
}

/** Whether a code is selected that this one begins with. Each length's hash is made of that of the lengths before. */
static int cube_beginning_selected(const trade_cube *cube, const cube_selection *selection, const cube_key *key) {
  const unsigned char *bytes = (const unsigned char *)key->bytes;
  const uint32_t end = key->length <= selection->longest ? key->length : selection->longest + 1;
  uint64_t hash = 0; /* of whole words */
  for (uint32_t length = 1; length < end; length++) {
    const uint32_t rest = length % 8;
    if (rest == 0) hash = cube_mix(cube->mix, hash, trade_word8(bytes + length - 8));
    if (!(selection->lengths >> length % 64 & 1)) continue;
    cube_key part = cube_key_of(cube, key->bytes, trade_lesser(length, CUBE_SHORT));
    if (length > CUBE_SHORT)
      part.word1 = rest ? cube_mix(cube->mix, hash, cube_word(bytes + length - rest, rest)) : hash;
    part.length = length;
    if (cube_find(cube, &selection->codes, &part) != CUBE_NONE) return 1;
  }
  return 0;
}

/** Whether a code of the dimension of this number is selected; of products, before they are cut. */
static int cube_selected(trade_cube *cube, int number, const cube_key *key) {
  cube_selection *selection = &cube->selection[number];
  if (key->length <= CUBE_SHORT && cube_same_short(key, &selection->last)) return selection->last_selected;
  int selected;
  if (number == CUBE_PERIOD) {
    selected = cube_period_selected(selection, key->word0);
  } else {
    selected = cube_find(cube, &selection->codes, key) != CUBE_NONE;
    if (!selected && number == CUBE_FLOW && !cube_is_flow_name(cube, key->bytes)) {
      const cube_key named = cube_key_of_flow(cube, key->bytes, key->length);
      selected = cube_find(cube, &selection->codes, &named) != CUBE_NONE;
    }
    if (!selected && number == CUBE_PRODUCT && cube_begins_with_digit(key->bytes, key->length))
      selected = cube_beginning_selected(cube, selection, key);
  }
  selection->last = *key;
  selection->last_selected = selected;
  return selected;
}

/* ---- Records ---- */

static inline const trade_text *cube_text_in(const trade_record *record, size_t offset) {
  return (const trade_text *)(const void *)((const char *)record + offset);
}

/** A record's key in the dimension of this number, not cut; of a flow whose kind is not told, the text that may name
 *  it. */
TRADE_INLINE trade_status cube_record_key(const trade_cube *cube, const trade_record *record, int number,
                                          cube_key *key) {
  if (number == CUBE_PERIOD) {
    *key = cube_key_of_period(record->period);
    return TRADE_OK;
  }
  if (number == CUBE_FLOW && record->flow_kind > TRADE_FLOW_UNKNOWN && record->flow_kind < CUBE_FLOWS) {
    *key = cube_key_of(cube, cube->flow_name[record->flow_kind], cube->flow_length[record->flow_kind]);
    return TRADE_OK;
  }
  const trade_text *text = cube_text_in(record, cube_text_offsets[number]);
  if (!text->bytes && text->length) return TRADE_ERROR_NULL;
  if (text->length > CUBE_LONGEST) return TRADE_ERROR_LENGTH;
  *key = cube_key_of(cube, text->bytes, text->length);
  return TRADE_OK;
}

/** Whether a record is selected in all dimensions. */
static trade_status cube_record_selected(trade_cube *cube, const trade_record *record, int *selected) {
  *selected = 1;
  for (int number = 0; number < CUBE_DIMENSIONS && *selected; number++) {
    cube_key key;
    if (!cube->selection[number].active) continue;
    const trade_status status = cube_record_key(cube, record, number, &key);
    if (status != TRADE_OK) return status;
    *selected = cube_selected(cube, number, &key);
  }
  return TRADE_OK;
}

/** Makes a code that of the last record in the dimension at this position, unless it is already. */
TRADE_INLINE trade_status cube_take_key(trade_cube *cube, int position, cube_key key) {
  cube_key *last = &cube->last[position];
  cube_codes *codes = &cube->codes[position];
  const uint64_t word0 = key.word0, word1 = key.word1;
  const uint32_t length = key.length;
  uint32_t code;
  if (length <= CUBE_SHORT && word0 == last->word0 && word1 == last->word1 && length == last->length) return TRADE_OK;
  if (cube->dimension[position] == CUBE_PRODUCT && cube->product_digits) {
    const size_t cut = cube_cut(cube, key.bytes, length);
    if (cut < length) key = cube_key_of(cube, key.bytes, cut);
  }
  code = cube_find(cube, codes, &key);
  if (code == CUBE_NONE && cube->dimension[position] == CUBE_FLOW) { /* a code that is known stands for itself */
    key = cube_key_of_flow(cube, key.bytes, length);
    code = cube_find(cube, codes, &key);
  }
  if (code == CUBE_NONE && cube_keep(cube, codes, &key, &code) != TRADE_OK) return TRADE_ERROR_MEMORY;
  last->word0 = word0;
  last->word1 = word1;
  last->length = length;
  cube_set_code(cube->last_key, position, code);
  cube->last_new = 1;
  return TRADE_OK;
}

/** The same from a record, of whatever kind the code is. */
static trade_status cube_take_part(trade_cube *cube, const trade_record *record, int position) {
  const int number = cube->dimension[position];
  cube_key key;
  const trade_status status = cube_record_key(cube, record, number, &key);
  if (status != TRADE_OK) return status;
  if (number == CUBE_PERIOD && key.word0 && !trade_period_valid(record->period)) return TRADE_ERROR_PERIOD;
  return cube_take_key(cube, position, key);
}

/** Checks a record's currency; *currency becomes that of the values so far. */
TRADE_INLINE trade_status cube_take_currency(const trade_cube *cube, const trade_record *record, int32_t *currency) {
  if (record->currency != *currency && record->currency != 0 && cube->measures & TRADE_CUBE_VALUE &&
      trade_known(record->value)) {
    if (*currency != 0 || record->currency < 0 || record->currency > CUBE_CURRENCY_MOST) return TRADE_ERROR_CURRENCY;
    *currency = record->currency;
  }
  return TRADE_OK;
}

/** Makes a record's key that of the last run. */
TRADE_INLINE trade_status cube_take(trade_cube *cube, const trade_record *record) {
  for (int i = 0; i < cube->dimension_count; i++) {
    const trade_status status = cube_take_part(cube, record, i);
    if (status != TRADE_OK) return status;
  }
  const uint32_t level = cube_level_of(record->marks & cube->marks);
  if (level != cube_level_in(cube->last_key)) {
    cube_set_level(cube->last_key, level);
    cube->last_new = 1;
  }
  if (cube->last_new || cube->run_count == 0) (void)cube_begin_run(cube, cube->last_key);
  cube->last_new = 0;
  return TRADE_OK;
}

static inline double *cube_take_values(const trade_cube *cube, const trade_record *record, double *values) {
  for (int m = 0; m < cube->measure_count; m++)
    *values++ = *(const double *)(const void *)((const char *)record + cube->value_offset[m]);
  return values;
}

trade_status trade_cube_add(trade_cube *cube, const trade_record *record) {
  trade_status status;
  int selected = 1;
  if (!cube || !record) return TRADE_ERROR_NULL;
  if (cube->came == CUBE_RECORDS_MOST) return TRADE_ERROR_LIMIT;
  int32_t currency = cube->currency;
  if (cube->waiting == CUBE_BLOCK) cube_settle(cube);
  if (cube->waiting == 0 &&
      (cube_reserve(cube, CUBE_BLOCK) != TRADE_OK || cube_reserve_wides(cube, CUBE_BLOCK) != TRADE_OK))
    return TRADE_ERROR_MEMORY;
  if (cube->selecting && (status = cube_record_selected(cube, record, &selected)) != TRADE_OK) return status;
  if (!selected) {
    cube->came++;
    cube->not_selected++;
    return TRADE_OK;
  }
  if ((status = cube_take_currency(cube, record, &currency)) != TRADE_OK) return status;
  cube->turn_is_last = 0;
  if ((status = cube_take(cube, record)) != TRADE_OK) return status;
  cube->came++;
  cube->currency = currency;
  cube->runs[cube->run_count - 1].records++;
  (void)cube_take_values(cube, record, cube->values + cube->waiting++ * (size_t)cube->measure_count);
  cube->view_fresh = 0;
  return TRADE_OK;
}

/** 1, 2 or 4 bytes as a word. */
TRADE_INLINE uint32_t cube_part(const char *bytes, size_t width) {
  const unsigned char *p = (const unsigned char *)bytes;
  return width == 4 ? trade_word4(p) : width == 2 ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : p[0];
}

/** 1 if all texts of a block of records are the one that this word is; two parts of this width are all of it. */
TRADE_INLINE int cube_block_is(const trade_record *records, size_t n, size_t offset, size_t length, uint64_t word,
                               size_t width) {
  const uint64_t bits = UINT32_MAX >> (32 - 8 * width);
  const uint32_t first = (uint32_t)(word & bits), last = (uint32_t)(word >> 8 * (length - width) & bits);
  for (size_t i = 0; i < n; i++) {
    const trade_text *text = cube_text_in(records + i, offset);
    if (text->length != length || !text->bytes) return 0;
    if ((cube_part(text->bytes, width) ^ first) | (cube_part(text->bytes + (length - width), width) ^ last)) return 0;
  }
  return 1;
}

/** 1 if a dimension's codes of a block of records are all that of the record before, as texts of up to 8 bytes. */
static int cube_block_same(const trade_cube *cube, const trade_record *records, size_t n, int position) {
  const size_t offset = cube->text_offset[position], length = cube->last[position].length;
  const uint64_t word = cube->last[position].word0;
  if (!offset || length == 0 || length > 8) return 0;
  if (length == 1) return cube_block_is(records, n, offset, length, word, 1);
  return length < 4 ? cube_block_is(records, n, offset, length, word, 2)
                    : cube_block_is(records, n, offset, length, word, 4);
}

/** The numbers of the codes of records in one dimension, up to the first one that is not a text of up to 8 bytes whose
 *  code the cube has: how many that are. There are slots. */
static size_t cube_known_codes(const trade_cube *cube, const trade_record *records, size_t n, int position,
                               uint32_t *numbers) {
  const cube_code_slot *const slots = cube->codes[position].slots;
  const size_t offset = cube->text_offset[position];
  const size_t digits = cube->dimension[position] == CUBE_PRODUCT ? (size_t)cube->product_digits : 0;
  const uint64_t mix = cube->mix;
  const int shift = cube->codes[position].shift;
  const size_t last = cube->codes[position].slot_count - 1;
  for (size_t i = 0; i < n; i++) {
    const trade_text *text = cube_text_in(records + i, offset);
    size_t length = text->length;
    if (!text->bytes) return i;
    if (digits && length > digits && length <= CUBE_LONGEST && trade_is_digit(text->bytes[0])) length = digits;
    if (length - 1 >= 8) return i;
    const uint64_t short_key = cube_short_text(cube_word((const unsigned char *)text->bytes, length), length);
    if (length == 8 && short_key >> 56 < 8) return i; /* could be mistaken */
    size_t at = cube_code_place(mix, shift, short_key);
    while (slots[at].short_key != short_key && slots[at].next) at = (at + 1) & last;
    numbers[i] = slots[at].next - 1;
    if (numbers[i] == CUBE_NONE) return i;
  }
  return n;
}

/** The codes of a block of records in one dimension; the last record's becomes that of the cube. */
static trade_status cube_block_codes(trade_cube *cube, const trade_record *records, size_t n, int position) {
  uint32_t *numbers = cube->block_code[position];
  const int texts = cube->text_offset[position] != 0;
  for (size_t i = 0; i < n; i++) {
    if (texts && cube->codes[position].slot_count)
      i += cube_known_codes(cube, records + i, n - i, position, numbers + i);
    const size_t at = i < n ? i : n - 1;
    const trade_status status = cube_take_part(cube, records + at, position);
    if (status != TRADE_OK) return status;
    numbers[at] = cube_code_in(cube->last_key, position);
  }
  return TRADE_OK;
}

/** A bit for each of n codes that is not the one before. */
static uint64_t cube_changes(const uint32_t *codes, size_t n, uint32_t before) {
  uint64_t bits = 0;
  for (size_t i = 0; i < n; i++) {
    bits |= (uint64_t)(codes[i] != before) << i;
    before = codes[i];
  }
  return bits;
}

/** Makes the memo as large as the near dimension needs. */
static trade_status cube_reserve_memo(trade_cube *cube) {
  const size_t before = cube->memo_capacity,
               wanted = cube->near >= 0 ? cube->codes[cube->near].count : (size_t)CUBE_LEVELS;
  cube_memo *grown = (cube_memo *)cube_grow(cube, cube->memo, &cube->memo_capacity, wanted, sizeof *grown);
  if (!grown) return TRADE_ERROR_MEMORY;
  cube->memo = grown;
  if (cube->memo_capacity > before) memset(grown + before, 0, (cube->memo_capacity - before) * sizeof *grown);
  return TRADE_OK;
}

/** Begins to count turns anew when there were many. Between blocks only: what a block found goes to the memo at its end,
 *  under turns that would come again. */
static void cube_limit_turns(trade_cube *cube) {
  if (cube->turn < CUBE_TURNS) return;
  memset(cube->memo, 0, cube->memo_capacity * sizeof *cube->memo);
  cube->turn = 0;
}

/** Begins a run of records with this code in the near dimension, or at this level if there is no dimension. */
static inline cube_run *cube_begin_near(trade_cube *cube, uint64_t *key, uint32_t code) {
  if (cube->near >= 0)
    cube_set_code(key, cube->near, code);
  else
    cube_set_level(key, code);
  return cube_begin_run(cube, key);
}

/** Finds the cells of a block of records. Tables go through one dimension again and again while the others stay: there
 *  the memo knows the cell, and only new keys are looked up. */
static trade_status cube_place_block(trade_cube *cube, const trade_record *records, size_t n, int32_t *currency,
                                     uint32_t *cells) {
  cube_limit_turns(cube);
  const int near = cube->near, known_turn = cube->turn_is_last && cube->turn;
  const uint32_t level = cube_level_in(cube->last_key);
  uint32_t levels[CUBE_BLOCK];
  uint64_t key[CUBE_KEY_WORDS], turns = !known_turn; /* a bit for each record whose codes, but the near one, change */
  uint8_t missed[CUBE_BLOCK];
  int32_t other_currencies = 0, other_levels = 0, same[CUBE_DIMENSIONS] = {0};
  trade_status status = TRADE_OK;
  for (int i = 0; i < CUBE_KEY_WORDS; i++) key[i] = cube->last_key[i];
  for (size_t i = 0; i < n; i++) {
    other_currencies |= records[i].currency ^ *currency;
    other_levels |= records[i].marks ^ cube_marks_of(level);
  }
  for (size_t i = 0; i < n && other_currencies && status == TRADE_OK; i++)
    status = cube_take_currency(cube, records + i, currency);
  if (status != TRADE_OK) return status;
  cube->turn_is_last = 0;
  cube->last_new = 1;
  other_levels &= cube->marks;
  if (other_levels || near < 0)
    for (size_t i = 0; i < n; i++) levels[i] = cube_level_of(records[i].marks & cube->marks);
  if (other_levels && near >= 0) turns |= cube_changes(levels, n, level);
  if (other_levels) cube_set_level(cube->last_key, levels[n - 1]);
  for (int d = 0; d < cube->dimension_count; d++) {
    same[d] = d != near && cube_block_same(cube, records, n, d);
    if (!same[d] && (status = cube_block_codes(cube, records, n, d)) != TRADE_OK) return status;
    if (!same[d] && d != near) turns |= cube_changes(cube->block_code[d], n, cube_code_in(key, d));
  }
  if (cube_reserve(cube, n) != TRADE_OK || cube_reserve_memo(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  const uint32_t *nears = near >= 0 ? cube->block_code[near] : levels;
  cube_memo *const memo = cube->memo;
  uint32_t turn = cube->turn;
  size_t misses = 0;
  for (size_t i = 0, end; i < n; i = end) { /* from turn to turn */
    const uint64_t later = turns >> i >> 1;
    end = later ? i + 1 + (size_t)trade_lowest_bit(later) : n;
    if (turns >> i & 1) {
      turn++;
      if (other_levels) cube_set_level(key, levels[i]);
      for (int d = 0; d < cube->dimension_count; d++)
        if (!same[d]) cube_set_code(key, d, cube->block_code[d][i]);
      cube_begin_near(cube, key, nears[i])->turn = 0; /* what comes once is not worth it */
      missed[misses++] = (uint8_t)i++;
    }
    for (; i < end; i++) { /* no branch: which are known follows no pattern */
      const cube_memo known = memo[nears[i]];
      cells[i] = known.cell;
      missed[misses] = (uint8_t)i;
      misses += known.turn != turn;
    }
    for (size_t k = cube->run_count; k < misses; k++) cube_begin_near(cube, key, nears[missed[k]])->turn = turn;
  }
  cube->turn = turn;
  cube->turn_is_last = 1;
  cube_place_runs(cube);
  for (size_t k = 0; k < misses; k++) {
    const cube_run *run = &cube->runs[k];
    cells[missed[k]] = run->cell;
    if (!run->turn) continue;
    cube_memo *known = &memo[nears[missed[k]]];
    known->turn = run->turn;
    known->cell = run->cell;
  }
  cube->run_count = 0;
  return TRADE_OK;
}

/** The same for records that may not be selected: those have CUBE_NONE for a cell. */
static trade_status cube_place_selected(trade_cube *cube, const trade_record *records, size_t n, int32_t *currency,
                                        uint32_t *cells) {
  trade_record selected[CUBE_BLOCK];
  uint32_t found[CUBE_BLOCK];
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    int is;
    const trade_status status = cube_record_selected(cube, records + i, &is);
    if (status != TRADE_OK) return status;
    cells[i] = is ? 0 : CUBE_NONE;
    if (is) selected[count++] = records[i];
  }
  const trade_status status = count ? cube_place_block(cube, selected, count, currency, found) : TRADE_OK;
  for (size_t i = 0, k = 0; i < n && status == TRADE_OK; i++)
    if (cells[i] != CUBE_NONE) cells[i] = found[k++];
  return status;
}

trade_status trade_cube_add_array(trade_cube *cube, const trade_record *records, size_t n) {
  trade_status status = TRADE_OK;
  if (!cube || (n && !records)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *records)) return TRADE_ERROR_LENGTH;
  if (n > CUBE_RECORDS_MOST - cube->came) return TRADE_ERROR_LIMIT;
  if (n == 0) return TRADE_OK;
  cube_settle(cube);
  int32_t currency = cube->currency;
  uint32_t *cells = (uint32_t *)trade_allocator_new(&cube->allocator, n * sizeof *cells);
  if (!cells) return TRADE_ERROR_MEMORY;
  for (size_t i = 0; i < n && status == TRADE_OK; i += CUBE_BLOCK)
    status = (cube->selecting ? cube_place_selected : cube_place_block)(
        cube, records + i, trade_lesser(n - i, CUBE_BLOCK), &currency, cells + i);
  if (status == TRADE_OK) status = cube_reserve_wides_for(cube, n);
  if (status == TRADE_OK) {
    cube_add_records(cube, records, cells, n);
    cube_keep_wides(cube);
    cube->came += n;
    cube->currency = currency;
    cube->view_fresh = 0;
  }
  trade_allocator_free(&cube->allocator, cells, n * sizeof *cells);
  return status;
}

/* ---- Merging ---- */

/** A code of a cube, or of its selection, as a key of this one: each cube has a way of its own to hash. */
static cube_key cube_key_from(const trade_cube *cube, const trade_cube *other, const cube_code *code) {
  return cube_key_of(cube, code->length ? other->text + code->text : NULL, code->length);
}

/** Whether all that another cube has is selected in a dimension: there it selects itself, no more than this one. */
static int cube_selects_all_of(trade_cube *cube, const trade_cube *other, int number) {
  const cube_selection *selection = &other->selection[number];
  int all = selection->active && selection->of_all;
  for (size_t i = 0; i < selection->month_count && all; i++)
    all = selection->months[i] <= cube_months_from(&cube->selection[number], selection->first_month + (int32_t)i);
  for (size_t i = 0; i < selection->codes.count && all; i++) {
    const cube_key key = cube_key_from(cube, other, &selection->codes.codes[i]);
    all = cube_selected(cube, number, &key);
  }
  return all;
}

/** Whether products that another cube has cut can be told by what this one selects. */
static int cube_selects_cut(trade_cube *cube, const trade_cube *other) {
  const cube_codes *codes = &cube->selection[CUBE_PRODUCT].codes;
  int can = 1;
  for (size_t i = 0; i < codes->count && can; i++) {
    cube_key key = cube_key_from(cube, cube, &codes->codes[i]);
    key = cube_key_of(cube, key.bytes, cube_cut(other, key.bytes, key.length));
    can = cube_selected(cube, CUBE_PRODUCT, &key);
  }
  return can;
}

/** `*looked_at` becomes the dimensions whose keys are to be looked at: the other's that this cube selects by. */
static trade_status cube_mergeable(trade_cube *cube, const trade_cube *other, int32_t *looked_at) {
  *looked_at = 0;
  const int32_t cut = cube->product_digits, other_cut = other->product_digits;
  if (cube->dimensions & ~other->dimensions || cube->measures & ~other->measures || cube->marks != other->marks)
    return TRADE_ERROR_VALUE;
  if (cube->dimensions & TRADE_CUBE_PRODUCT && other_cut != 0 && (cut == 0 || cut > other_cut))
    return TRADE_ERROR_VALUE;
  for (int number = 0; number < CUBE_DIMENSIONS; number++) {
    if (!cube->selection[number].active || cube_selects_all_of(cube, other, number)) continue;
    if (!(other->dimensions >> number & 1)) return TRADE_ERROR_VALUE;
    if (number == CUBE_PRODUCT && !cube_selects_cut(cube, other)) return TRADE_ERROR_VALUE;
    *looked_at |= (int32_t)1 << number;
  }
  return other->came > CUBE_RECORDS_MOST - cube->came ? TRADE_ERROR_LIMIT : TRADE_OK;
}

/** For each code of a dimension of another cube its number in this one, 0 if this has not the dimension, CUBE_NONE if
 *  it is not selected. */
static trade_status cube_map_codes(trade_cube *cube, const trade_cube *other, int other_position, int32_t looked_at,
                                   uint32_t *map) {
  const cube_codes *codes = &other->codes[other_position];
  const int number = other->dimension[other_position];
  const int position = cube_position((int32_t)1 << number, cube->dimensions, CUBE_DIMENSIONS);
  for (size_t i = 0; i < codes->count; i++) {
    const cube_code *code = &codes->codes[i];
    cube_key key =
        number == CUBE_PERIOD ? cube_key_of_period(cube_period_of(code->word0)) : cube_key_from(cube, other, code);
    map[i] = 0;
    if (looked_at >> number & 1 && !cube_selected(cube, number, &key)) {
      map[i] = CUBE_NONE;
    } else if (position >= 0) {
      if (number == CUBE_PRODUCT) key = cube_key_of(cube, key.bytes, cube_cut(cube, key.bytes, key.length));
      if (cube_intern(cube, &cube->codes[position], &key, &map[i]) != TRADE_OK) return TRADE_ERROR_MEMORY;
    }
  }
  return TRADE_OK;
}

/** A run for the cell of another cube: its key in this one, CUBE_NONE for a cell if it is not selected. */
static void cube_take_cell(trade_cube *cube, const trade_cube *other, const uint64_t *cell, uint32_t *const *maps) {
  uint64_t key[CUBE_KEY_WORDS] = {0, 0, 0};
  int position = 0, selected = 1;
  cube_set_level(key, cube_level_in(cell));
  for (int i = 0; i < other->dimension_count; i++) {
    const uint32_t mapped = maps[i][cube_code_in(cell, i)];
    selected &= mapped != CUBE_NONE;
    if (cube->dimensions >> other->dimension[i] & 1) cube_set_code(key, position++, mapped & CUBE_CODE_MOST);
  }
  cube_run *run = cube_begin_run(cube, key);
  if (!selected) run->cell = CUBE_NONE;
}

/** Finds the cells of those of another cube, having made them where there were none. */
static trade_status cube_place_cells(trade_cube *cube, const trade_cube *other, size_t n, uint32_t *const *maps,
                                     uint32_t *cells) {
  for (size_t first = 0; first < n; first += CUBE_BLOCK) {
    const size_t count = trade_lesser(n - first, CUBE_BLOCK);
    if (cube_reserve(cube, CUBE_BLOCK) != TRADE_OK) return TRADE_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
      cube_ask_ahead(other, first + i);
      cube_take_cell(cube, other, cube_cell(other, first + i), maps);
    }
    cube_place_runs(cube);
    for (size_t i = 0; i < count; i++) cells[first + i] = cube->runs[i].cell;
    cube->run_count = 0;
  }
  return TRADE_OK;
}

/** Checks the currency of another cube's values, if there are any in its cells that are selected; *currency becomes
 *  that of all. */
static trade_status cube_merge_currency(const trade_cube *cube, const trade_cube *other, const uint32_t *cells,
                                        int32_t *currency) {
  int known = 0;
  *currency = cube->currency;
  if (!(cube->measures & TRADE_CUBE_VALUE) || other->currency == 0 || other->currency == *currency) return TRADE_OK;
  for (size_t i = 0; i < other->cell_count && !known; i++) { /* of the measures VALUE is the first */
    const uint64_t *cell = cube_cell(other, i);
    known = cells[i] != CUBE_NONE && cube_missing(other, cell, 0) != cube_records(other, cell);
  }
  if (known && *currency) return TRADE_ERROR_CURRENCY;
  if (known) *currency = other->currency;
  return TRADE_OK;
}

/** Adds another cube's cell to one of this one. */
static void cube_merge_cell(trade_cube *cube, const trade_cube *other, size_t from, uint32_t to, const int *measures) {
  const uint64_t *source = cube_cell(other, from);
  const uint64_t records = cube_records(other, source);
  if (to == CUBE_NONE) {
    cube->not_selected += records;
    return;
  }
  if (records == 0) return;
  uint64_t *target = cube_cell(cube, to);
  if (cube->measures == other->measures && cube_records(cube, target) == 0 && !cube_wide(other, source)) {
    memcpy(target + cube->key_words, source + other->key_words, (cube->words - cube->key_words) * sizeof *target);
    cube_begin_row(cube, target);
    return;
  }
  cube_count(cube, target, records);
  for (int m = 0; m < cube->measure_count; m++) {
    const uint64_t missing = cube_missing(other, source, measures[m]);
    const trade_sum sum = cube_sum(other, source, measures[m]);
    cube_add_sum(cube, target, m, missing, &sum);
  }
}

trade_status trade_cube_merge(trade_cube *cube, trade_cube *other) {
  int32_t looked_at, currency;
  if (!cube || !other) return TRADE_ERROR_NULL;
  trade_status status = cube_mergeable(cube, other, &looked_at);
  if (status != TRADE_OK) return status;
  cube_settle(cube);
  cube_settle(other);
  const size_t n = other->cell_count;
  size_t size = n + 1;
  for (int i = 0; i < other->dimension_count; i++) size += other->codes[i].count;
  uint32_t *memory = (uint32_t *)trade_allocator_new(&cube->allocator, size * sizeof *memory);
  if (!memory) return TRADE_ERROR_MEMORY;
  uint32_t *maps[CUBE_DIMENSIONS], *next = memory + n;
  for (int i = 0; i < other->dimension_count && status == TRADE_OK; i++) {
    maps[i] = next;
    next += other->codes[i].count;
    status = cube_map_codes(cube, other, i, looked_at, maps[i]);
  }
  if (status == TRADE_OK) status = cube_place_cells(cube, other, n, maps, memory);
  if (status == TRADE_OK) status = cube_merge_currency(cube, other, memory, &currency);
  if (status == TRADE_OK) status = cube_reserve_wides_for(cube, n);
  if (status == TRADE_OK) {
    int measures[CUBE_MEASURES], count = 0;
    for (int m = 0; m < CUBE_MEASURES; m++)
      if (cube->measures >> m & 1) measures[count++] = cube_position((int32_t)1 << m, other->measures, CUBE_MEASURES);
    const uint64_t came = other->came, not_selected = other->not_selected;
    for (size_t i = 0; i < n; i++) {
      if (i + CUBE_AHEAD < n && memory[i + CUBE_AHEAD] != CUBE_NONE) cube_ask_for(cube, memory[i + CUBE_AHEAD]);
      cube_ask_ahead(other, i);
      cube_merge_cell(cube, other, i, memory[i], measures);
    }
    cube_keep_wides(cube);
    cube->came += came;
    cube->not_selected += not_selected;
    cube->currency = currency;
    cube->view_fresh = 0;
  }
  trade_allocator_free(&cube->allocator, memory, size * sizeof *memory);
  return status;
}

/* ---- Order ---- */

trade_status trade_cube_sort(trade_cube *cube, const int32_t *dimensions, size_t n) {
  int order[CUBE_DIMENSIONS], count = 0, named = 0;
  if (!cube || (n && !dimensions)) return TRADE_ERROR_NULL;
  if (n > CUBE_DIMENSIONS) return TRADE_ERROR_VALUE;
  for (size_t i = 0; i < n; i++) {
    const int position = cube_position(dimensions[i], cube->dimensions, CUBE_DIMENSIONS);
    if (position < 0 || named >> position & 1) return TRADE_ERROR_VALUE;
    named |= 1 << position;
    order[count++] = position;
  }
  for (int i = 0; i < cube->dimension_count; i++)
    if (!(named >> i & 1)) order[count++] = i;
  memcpy(cube->sort, order, (size_t)count * sizeof *order);
  cube_free_order(cube, &cube->view);
  return TRADE_OK;
}

/** Whether code a comes after code b. */
static int cube_after(const trade_cube *cube, const cube_code *a, const cube_code *b) {
  const size_t common = trade_lesser(a->length, b->length);
  if (common == 0 && a->length == b->length) return a->word0 > b->word0; /* periods */
  const int order = common ? memcmp(cube->text + a->text, cube->text + b->text, common) : 0;
  return order ? order > 0 : a->length > b->length;
}

/** Sorts codes by merging runs; temp is as long as the list. */
static void cube_sort_codes(const trade_cube *cube, const cube_code *codes, uint32_t *list, uint32_t *temp, size_t n) {
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t first = 0; first + width < n; first += 2 * width) {
      const size_t middle = first + width, end = trade_lesser(middle + width, n);
      if (!cube_after(cube, &codes[list[middle - 1]], &codes[list[middle]])) continue;
      memcpy(temp, list + first, width * sizeof *temp);
      size_t a = 0, b = middle, to = first;
      while (a < width && b < end)
        list[to++] = cube_after(cube, &codes[temp[a]], &codes[list[b]]) ? list[b++] : temp[a++];
      memcpy(list + to, temp + a, (width - a) * sizeof *temp);
    }
  }
}

/** Whether a cell, given by its number, too, is one of a view's. */
static inline int cube_is_row(const trade_cube *cube, const cube_view *view, size_t number, const uint64_t *cell) {
  return cube_count_in(cube, cell, 0) != 0 && (!view->shown || (view->shown[number / 32] >> number % 32 & 1));
}

/** What a cell has in common with those of another level of which it could be a part or the whole: its key without
 *  codes where one of the two has aggregates, as of `level`, which is one of them. It stands in `taken`. */
static const uint64_t *cube_common_key(trade_cube *taken, const uint64_t *cell, uint32_t level, uint32_t other) {
  const int32_t without = cube_marked(level | other);
  uint64_t *key = taken->last_key;
  for (size_t i = 0; i < taken->key_words; i++) key[i] = cell[i];
  for (int d = 0; d < taken->dimension_count; d++)
    if (without >> taken->dimension[d] & 1) cube_set_code(key, d, CUBE_CODE_MOST); /* no code has it */
  cube_set_level(key, level);
  return key;
}

/** Whether a cell of the l-th level is shown beside those of the levels before it, which `taken` knows. */
static int cube_is_free(trade_cube *taken, const uint64_t *cell, const uint32_t *levels, int l) {
  for (int i = 0; i < l; i++) {
    const uint64_t *key = cube_common_key(taken, cell, levels[i], levels[l]);
    if (*cube_find_slot(taken, key, cube_hash(taken, key))) return 0;
  }
  return 1;
}

/** Chooses the cells of the l-th of n levels that are shown: a bit for each in `shown`, and in `taken` a cell for what
 *  they have in common with those of the levels behind. */
static trade_status cube_choose_in(const trade_cube *cube, const uint32_t *levels, int n, int l, uint32_t *shown,
                                   trade_cube *taken) {
  for (size_t i = 0; i < cube->cell_count; i++) {
    const uint64_t *cell = cube_cell(cube, i);
    cube_ask_ahead(cube, i);
    if (cube_level_in(cell) != levels[l] || cube_count_in(cube, cell, 0) == 0) continue;
    if (!cube_is_free(taken, cell, levels, l)) continue;
    if (cube_reserve(taken, CUBE_LEVELS) != TRADE_OK) return TRADE_ERROR_MEMORY;
    shown[i / 32] |= 1u << i % 32;
    for (int w = l + 1; w < n; w++) {
      const uint64_t *key = cube_common_key(taken, cell, levels[l], levels[w]);
      (void)cube_place(taken, key, cube_hash(taken, key));
    }
  }
  return TRADE_OK;
}

/** Chooses the cells that are shown where several levels came: from the best level to the worst those that none of a
 *  better one keeps out. */
static trade_status cube_choose(const trade_cube *cube, uint32_t *shown) {
  uint32_t levels[CUBE_LEVELS];
  const int n = cube_levels(cube, levels);
  trade_cube *taken = NULL;
  trade_status status = trade_cube_create(cube->dimensions, 0, 0, &cube->allocator, &taken);
  if (status == TRADE_OK) status = cube_reserve(taken, 1); /* so that there is a table */
  for (int l = 0; l < n && status == TRADE_OK; l++) status = cube_choose_in(cube, levels, n, l, shown, taken);
  trade_cube_destroy(taken);
  return status;
}

/** Finds the cells that are shown, or all, and ranks the codes that they have. */
static trade_status cube_make_view(trade_cube *cube, int all, cube_view *view) {
  size_t codes = 0, most = 0;
  trade_status status = TRADE_OK;
  memset(view, 0, sizeof *view);
  for (int d = 0; d < cube->dimension_count; d++) {
    codes += cube->codes[d].count;
    if (cube->codes[d].count > most) most = cube->codes[d].count;
  }
  const int several = !all && cube_has_levels(cube);
  view->words = 2 * codes + 1 + (several ? cube->cell_count / 32 + 1 : 0);
  uint32_t *temp = (uint32_t *)trade_allocator_new(&cube->allocator, (most + 1) * sizeof *temp);
  view->memory = (uint32_t *)trade_allocator_new(&cube->allocator, view->words * sizeof *view->memory);
  if (temp && view->memory) {
    uint32_t *next = view->memory;
    memset(view->memory, 0, view->words * sizeof *view->memory);
    for (int d = 0; d < cube->dimension_count; d++) {
      view->rank[d] = next;
      view->code[d] = next + cube->codes[d].count;
      next += 2 * cube->codes[d].count;
    }
    if (several) status = cube_choose(cube, view->shown = next);
    for (size_t i = 0; i < cube->cell_count; i++) {
      const uint64_t *cell = cube_cell(cube, i);
      cube_ask_ahead(cube, i);
      if (!cube_is_row(cube, view, i, cell)) continue;
      view->rows++;
      for (int d = 0; d < cube->dimension_count; d++) view->rank[d][cube_code_in(cell, d)] = 1;
    }
    for (int d = 0; d < cube->dimension_count; d++) {
      size_t keys = 0;
      for (size_t i = 0; i < cube->codes[d].count; i++)
        if (view->rank[d][i]) view->code[d][keys++] = (uint32_t)i;
      cube_sort_codes(cube, cube->codes[d].codes, view->code[d], temp, keys);
      for (size_t i = 0; i < keys; i++) view->rank[d][view->code[d][i]] = (uint32_t)i;
      view->keys[d] = keys;
    }
  }
  trade_allocator_free(&cube->allocator, temp, (most + 1) * sizeof *temp);
  if (temp && view->memory && status == TRADE_OK) return TRADE_OK;
  cube_free_view(cube, view);
  return TRADE_ERROR_MEMORY;
}

/** The number by which a pass of a sort orders a cell: the rank of its code at a position, or its level if that is -1. */
static inline uint32_t cube_sort_number(const cube_view *view, const uint64_t *cell, int position) {
  return position < 0 ? cube_level_in(cell) : view->rank[position][cube_code_in(cell, position)];
}

/** One pass of a sort by counting: moves the rows of `from` to `to`, in the order of a part of their keys, equal ones as
 *  they stood. */
static void cube_sort_rows(const trade_cube *cube, const cube_view *view, const uint32_t *from, uint32_t *to,
                           int position, uint32_t *starts) {
  const size_t ranks = position < 0 ? (size_t)CUBE_LEVELS : view->keys[position];
  memset(starts, 0, (ranks + 1) * sizeof *starts);
  for (size_t i = 0; i < cube->cell_count; i++) { /* in no order: they are counted */
    const uint64_t *cell = cube_cell(cube, i);
    cube_ask_ahead(cube, i);
    if (cube_is_row(cube, view, i, cell)) starts[cube_sort_number(view, cell, position) + 1]++;
  }
  for (size_t i = 1; i <= ranks; i++) starts[i] += starts[i - 1];
  for (size_t i = 0; i < view->rows; i++) {
    if (i + CUBE_AHEAD < view->rows) TRADE_PREFETCH(cube_cell(cube, from[i + CUBE_AHEAD]), 0);
    to[starts[cube_sort_number(view, cube_cell(cube, from[i]), position)]++] = from[i];
  }
}

/** Sorts a view's cells by the first `sorted` of these positions, then by level. */
static trade_status cube_make_order(trade_cube *cube, cube_view *view, const int *positions, int sorted) {
  size_t most = CUBE_LEVELS, rows = 0;
  for (int d = 0; d < cube->dimension_count; d++)
    if (view->keys[d] > most) most = view->keys[d];
  const size_t size = (view->rows + 1) * sizeof *view->order;
  uint32_t *from = (uint32_t *)trade_allocator_new(&cube->allocator, size);
  uint32_t *to = (uint32_t *)trade_allocator_new(&cube->allocator, size);
  uint32_t *starts = (uint32_t *)trade_allocator_new(&cube->allocator, (most + 1) * sizeof *starts);
  const int can = from && to && starts;
  for (size_t i = 0; i < cube->cell_count && can; i++) {
    cube_ask_ahead(cube, i);
    if (cube_is_row(cube, view, i, cube_cell(cube, i))) from[rows++] = (uint32_t)i;
  }
  for (int pass = sorted; pass >= 0 && can; pass--) {
    if (pass == sorted && (view->shown || !cube_has_levels(cube))) continue; /* no two have the same key */
    cube_sort_rows(cube, view, from, to, pass == sorted ? -1 : positions[pass], starts);
    uint32_t *const swap = from;
    from = to;
    to = swap;
  }
  if (can) view->order = from;
  trade_allocator_free(&cube->allocator, can ? NULL : from, size);
  trade_allocator_free(&cube->allocator, to, size);
  trade_allocator_free(&cube->allocator, starts, (most + 1) * sizeof *starts);
  return can ? TRADE_OK : TRADE_ERROR_MEMORY;
}

/** Brings the view of what is shown up to date. */
static trade_status cube_refresh(trade_cube *cube) {
  cube_view view;
  cube_settle(cube);
  if (cube->view_fresh) return TRADE_OK;
  if (cube_make_view(cube, 0, &view) != TRADE_OK) return TRADE_ERROR_MEMORY;
  cube_free_view(cube, &cube->view);
  cube->view = view;
  cube->view_fresh = 1;
  return TRADE_OK;
}

/** The same with its rows in order. */
static trade_status cube_refresh_order(trade_cube *cube) {
  if (cube_refresh(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  return cube->view.order ? TRADE_OK : cube_make_order(cube, &cube->view, cube->sort, cube->dimension_count);
}

/** The cell of a row; those of the next rows are asked for. */
static const uint64_t *cube_row_cell(const trade_cube *cube, size_t row) {
  if (row + CUBE_AHEAD < cube->view.rows) cube_ask_for(cube, cube->view.order[row + CUBE_AHEAD]);
  return cube_cell(cube, cube->view.order[row]);
}

/* ---- Counts ---- */

trade_status trade_cube_count_records(trade_cube *cube, trade_cube_tally *tally) {
  if (!cube || !tally) return TRADE_ERROR_NULL;
  cube_settle(cube);
  if (cube_has_levels(cube) && cube_refresh(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  const uint64_t kept = cube->came - cube->not_selected;
  uint32_t levels = cube->levels;
  tally->shown = kept;
  if (cube_has_levels(cube)) {
    tally->shown = levels = 0;
    for (size_t i = 0; i < cube->cell_count; i++) {
      const uint64_t *cell = cube_cell(cube, i);
      cube_ask_ahead(cube, i);
      if (!cube_is_row(cube, &cube->view, i, cell)) continue;
      tally->shown += cube_records(cube, cell);
      levels |= 1u << cube_level_in(cell);
    }
  }
  tally->other_levels = kept - tally->shown;
  tally->not_selected = cube->not_selected;
  tally->marks = 0;
  for (uint32_t level = 0; level < CUBE_LEVELS; level++)
    if (levels >> level & 1) tally->marks |= cube_marks_of(level);
  tally->currency = cube->currency;
  return TRADE_OK;
}

size_t trade_cube_count(trade_cube *cube) {
  if (!cube) return 0;
  cube_settle(cube);
  return cube_has_levels(cube) && cube_refresh(cube) == TRADE_OK ? cube->view.rows : cube->rows;
}

/* ---- Rows and matrices ---- */

/** The total of one measure of a cell: NaN if nothing is known. */
static double cube_value(const trade_cube *cube, const uint64_t *cell, int measure) {
  const uint64_t *total = cell + cube_total_at(cube, measure);
  if (cube_missing(cube, cell, measure) == cube_records(cube, cell)) return TRADE_UNDEFINED;
  if (FLT_EVAL_METHOD == 0 && total[1] - 4 < CUBE_WHOLE_MOST - 4) {
    /* 53 bits of the rest, the last one set if there are more: two below any that counts */
    const uint64_t rest = total[0] >> 11 | (total[0] << 53 != 0);
    return (double)(int64_t)total[1] + (double)(int64_t)rest * (1 / 9007199254740992.0);
  }
  const trade_sum sum = cube_sum(cube, cell, measure);
  return trade_sum_value(&sum);
}

static trade_text cube_text_of(const trade_cube *cube, const cube_code *code) {
  trade_text text;
  text.bytes = code->length ? cube->text + code->text : NULL;
  text.length = code->length;
  return text;
}

trade_status trade_cube_row(trade_cube *cube, size_t row, trade_record *record) {
  if (!cube || !record) return TRADE_ERROR_NULL;
  if (cube_refresh_order(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  if (row >= cube->view.rows) return TRADE_ERROR_NOT_FOUND;
  const uint64_t *cell = cube_row_cell(cube, row);
  trade_text texts[CUBE_DIMENSIONS];
  double values[CUBE_MEASURES] = {TRADE_UNDEFINED, TRADE_UNDEFINED, TRADE_UNDEFINED};
  memset(record, 0, sizeof *record);
  memset(texts, 0, sizeof texts);
  for (int d = 0; d < cube->dimension_count; d++) {
    const cube_code *code = &cube->codes[d].codes[cube_code_in(cell, d)];
    texts[cube->dimension[d]] = cube_text_of(cube, code);
    if (cube->dimension[d] == CUBE_PERIOD) record->period = cube_period_of(code->word0);
  }
  record->reporter = texts[1];
  record->partner = texts[2];
  record->product = texts[CUBE_PRODUCT];
  record->flow = texts[CUBE_FLOW];
  (void)trade_flow_parse(record->flow.bytes, record->flow.length, &record->flow_kind);
  for (int m = 0, i = 0; m < CUBE_MEASURES; m++)
    if (cube->measures >> m & 1) values[m] = cube_value(cube, cell, i++);
  record->value = values[0];
  record->quantity = values[1];
  record->weight = values[2];
  record->currency = cube->currency;
  record->marks = cube_marks_of(cube_level_in(cell));
  record->day = TRADE_DAY_NONE;
  return TRADE_OK;
}

trade_status trade_cube_total(trade_cube *cube, size_t row, int32_t measure, trade_sum *total, uint64_t *records,
                              uint64_t *missing) {
  if (!cube || !total) return TRADE_ERROR_NULL;
  const int position = cube_position(measure, cube->measures, CUBE_MEASURES);
  if (position < 0) return TRADE_ERROR_VALUE;
  if (cube_refresh_order(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  if (row >= cube->view.rows) return TRADE_ERROR_NOT_FOUND;
  const uint64_t *cell = cube_row_cell(cube, row);
  *total = cube_sum(cube, cell, position);
  if (records) *records = cube_records(cube, cell);
  if (missing) *missing = cube_missing(cube, cell, position);
  return TRADE_OK;
}

trade_status trade_cube_values(trade_cube *cube, int32_t measure, double *values, size_t n) {
  if (!cube || (n && !values)) return TRADE_ERROR_NULL;
  const int position = cube_position(measure, cube->measures, CUBE_MEASURES);
  if (position < 0) return TRADE_ERROR_VALUE;
  if (cube_refresh_order(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  if (n != cube->view.rows) return TRADE_ERROR_LENGTH;
  for (size_t i = 0; i < n; i++) values[i] = cube_value(cube, cube_row_cell(cube, i), position);
  return TRADE_OK;
}

trade_status trade_cube_count_keys(trade_cube *cube, int32_t dimension, size_t *count) {
  if (!cube || !count) return TRADE_ERROR_NULL;
  const int position = cube_position(dimension, cube->dimensions, CUBE_DIMENSIONS);
  if (position < 0 && dimension != 0) return TRADE_ERROR_VALUE;
  if (cube_refresh(cube) != TRADE_OK) return TRADE_ERROR_MEMORY;
  *count = position < 0 ? 1 : cube->view.keys[position];
  return TRADE_OK;
}

/** Checks what asks for n keys of a dimension and finds its position. */
static trade_status cube_check_keys(trade_cube *cube, int32_t dimension, const void *keys, size_t n, int *position) {
  size_t count;
  if (!cube || (n && !keys)) return TRADE_ERROR_NULL;
  *position = cube_position(dimension, cube->dimensions, CUBE_DIMENSIONS);
  if (*position < 0) return TRADE_ERROR_VALUE;
  const trade_status status = trade_cube_count_keys(cube, dimension, &count);
  return status == TRADE_OK && n != count ? TRADE_ERROR_LENGTH : status;
}

trade_status trade_cube_keys(trade_cube *cube, int32_t dimension, trade_text *keys, size_t n) {
  int position;
  if (cube && dimension == TRADE_CUBE_PERIOD) return TRADE_ERROR_VALUE;
  const trade_status status = cube_check_keys(cube, dimension, keys, n, &position);
  for (size_t i = 0; i < n && status == TRADE_OK; i++)
    keys[i] = cube_text_of(cube, &cube->codes[position].codes[cube->view.code[position][i]]);
  return status;
}

trade_status trade_cube_periods(trade_cube *cube, trade_period *periods, size_t n) {
  int position;
  const trade_status status = cube_check_keys(cube, TRADE_CUBE_PERIOD, periods, n, &position);
  for (size_t i = 0; i < n && status == TRADE_OK; i++)
    periods[i] = cube_period_of(cube->codes[position].codes[cube->view.code[position][i]].word0);
  return status;
}

/** A matrix that is filled: where its elements' keys stand in a cell, and what it is of. */
typedef struct cube_matrix {
  int positions[2]; /* -1: none */
  int measure;
  size_t rows, columns;
  double absent;
  double *values;
} cube_matrix;

static void cube_fill_absent(const cube_matrix *matrix) {
  for (size_t i = 0; i < matrix->rows * matrix->columns; i++) matrix->values[i] = matrix->absent;
}

static size_t cube_element(const trade_cube *cube, const cube_matrix *matrix, const uint64_t *cell) {
  size_t place[2] = {0, 0};
  for (int i = 0; i < 2; i++) {
    const int d = matrix->positions[i];
    if (d >= 0) place[i] = cube->view.rank[d][cube_code_in(cell, d)];
  }
  return place[0] * matrix->columns + place[1];
}

/** Fills a matrix of cells each of which is an element. */
static void cube_fill(trade_cube *cube, const cube_matrix *matrix) {
  cube_fill_absent(matrix);
  for (size_t i = 0; i < cube->cell_count; i++) {
    const uint64_t *cell = cube_cell(cube, i);
    cube_ask_ahead(cube, i);
    if (cube_is_row(cube, &cube->view, i, cell))
      matrix->values[cube_element(cube, matrix, cell)] = cube_value(cube, cell, matrix->measure);
  }
}

/** Fills a matrix whose elements are totals of cells: in an order in which those of one stand together. */
static trade_status cube_fill_totals(trade_cube *cube, const cube_matrix *matrix, const int *order, int sorted) {
  cube_view view = cube->view;
  view.order = NULL;
  if (cube_make_order(cube, &view, order, sorted) != TRADE_OK) return TRADE_ERROR_MEMORY;
  cube_fill_absent(matrix);
  for (size_t i = 0; i < view.rows;) {
    const size_t element = cube_element(cube, matrix, cube_cell(cube, view.order[i]));
    trade_sum total = {0, 0, 0, 0};
    int known = 0;
    for (; i < view.rows && cube_element(cube, matrix, cube_cell(cube, view.order[i])) == element; i++) {
      const uint64_t *cell = cube_cell(cube, view.order[i]);
      if (i + CUBE_AHEAD < view.rows) cube_ask_for(cube, view.order[i + CUBE_AHEAD]);
      const trade_sum sum = cube_sum(cube, cell, matrix->measure);
      known |= cube_missing(cube, cell, matrix->measure) != cube_records(cube, cell);
      trade_sum_merge(&total, &sum);
    }
    matrix->values[element] = known ? trade_sum_value(&total) : TRADE_UNDEFINED;
  }
  trade_allocator_free(&cube->allocator, view.order, (view.rows + 1) * sizeof *view.order);
  return TRADE_OK;
}

trade_status trade_cube_matrix(trade_cube *cube, int32_t row_dimension, int32_t column_dimension, int32_t measure,
                               double absent, double *values, size_t rows, size_t columns) {
  size_t keys[2];
  if (!cube || (rows && columns && !values)) return TRADE_ERROR_NULL;
  const int32_t dimensions[2] = {row_dimension, column_dimension};
  cube_matrix matrix = {{-1, -1}, cube_position(measure, cube->measures, CUBE_MEASURES), rows, columns, absent, NULL};
  matrix.values = values;
  if (matrix.measure < 0 || (row_dimension == column_dimension && row_dimension != 0)) return TRADE_ERROR_VALUE;
  int order[2] = {0, 0}, sorted = 0;
  for (int i = 0; i < 2; i++) {
    const trade_status status = trade_cube_count_keys(cube, dimensions[i], &keys[i]);
    if (status != TRADE_OK) return status;
    matrix.positions[i] = cube_position(dimensions[i], cube->dimensions, CUBE_DIMENSIONS);
    if (matrix.positions[i] >= 0) order[sorted++] = matrix.positions[i];
  }
  if (rows != keys[0] || columns != keys[1] || (columns && rows > SIZE_MAX / 2 / sizeof *values / columns))
    return TRADE_ERROR_LENGTH;
  if (sorted < cube->dimension_count) return cube_fill_totals(cube, &matrix, order, sorted);
  cube_fill(cube, &matrix);
  return TRADE_OK;
}

/* ---- Saving and loading ---- */

/** Words of a key, saved: a period, or a code's length and bytes. */
static size_t cube_key_size(const trade_cube *cube, int position, const cube_code *code) {
  return cube->dimension[position] == CUBE_PERIOD ? 1 : 1 + (code->length + 7) / 8;
}

enum { CUBE_HEAD_WORDS = 6 };

/** Words of a cell, saved: pairs of its level and codes, records, missing values, totals. */
static size_t cube_saved_cell_words(const trade_cube *cube) {
  return (size_t)cube->dimension_count / 2 + 1 + cube->wide_words;
}

static size_t cube_saved_words(const trade_cube *cube, const cube_view *view) {
  size_t words = CUBE_HEAD_WORDS + view->rows * cube_saved_cell_words(cube) + 1;
  for (int d = 0; d < cube->dimension_count; d++) {
    words++;
    for (size_t i = 0; i < view->keys[d]; i++) words += cube_key_size(cube, d, &cube->codes[d].codes[view->code[d][i]]);
  }
  return words;
}

/** A view of all levels in the order in which they are saved. */
static trade_status cube_view_to_save(trade_cube *cube, cube_view *view) {
  static const int order[CUBE_DIMENSIONS] = {0, 1, 2, 3, 4};
  cube_settle(cube);
  if (cube_make_view(cube, 1, view) != TRADE_OK) return TRADE_ERROR_MEMORY;
  if (cube_make_order(cube, view, order, cube->dimension_count) == TRADE_OK) return TRADE_OK;
  cube_free_view(cube, view);
  return TRADE_ERROR_MEMORY;
}

trade_status trade_cube_saved_size(trade_cube *cube, size_t *size) {
  cube_view view;
  if (!cube || !size) return TRADE_ERROR_NULL;
  if (cube_view_to_save(cube, &view) != TRADE_OK) return TRADE_ERROR_MEMORY;
  *size = cube_saved_words(cube, &view) * sizeof(uint64_t);
  cube_free_view(cube, &view);
  return TRADE_OK;
}

typedef struct cube_writer {
  uint8_t *at;
  uint64_t checksum;
} cube_writer;

static void cube_put(cube_writer *writer, uint64_t word) {
  writer->checksum = cube_mix(CUBE_MIX, writer->checksum, word);
  for (int i = 0; i < 8; i++) *writer->at++ = (uint8_t)(word >> (8 * i) & 0xFF);
}

static void cube_put_pair(cube_writer *writer, uint64_t low, uint64_t high) { cube_put(writer, low | high << 32); }

static void cube_put_keys(cube_writer *writer, const trade_cube *cube, const cube_view *view, int position) {
  cube_put(writer, view->keys[position]);
  for (size_t i = 0; i < view->keys[position]; i++) {
    const cube_code *code = &cube->codes[position].codes[view->code[position][i]];
    const unsigned char *text = (const unsigned char *)cube->text + code->text;
    if (cube->dimension[position] == CUBE_PERIOD) {
      cube_put(writer, code->word0);
      continue;
    }
    cube_put(writer, code->length);
    for (size_t at = 0; at < code->length; at += 8)
      cube_put(writer, cube_word(text + at, trade_lesser(code->length - at, 8)));
  }
}

static void cube_put_cell(cube_writer *writer, const trade_cube *cube, const cube_view *view, const uint64_t *cell) {
  uint64_t numbers[CUBE_DIMENSIONS + 1] = {(uint64_t)cube_marks_of(cube_level_in(cell))};
  for (int d = 0; d < cube->dimension_count; d++) numbers[1 + d] = view->rank[d][cube_code_in(cell, d)];
  for (int i = 0; i <= cube->dimension_count; i += 2) cube_put_pair(writer, numbers[i], numbers[i + 1]);
  cube_put(writer, cube_records(cube, cell));
  for (int m = 0; m < cube->measure_count; m++) cube_put(writer, cube_missing(cube, cell, m));
  for (int m = 0; m < cube->measure_count; m++) {
    const trade_sum sum = cube_sum(cube, cell, m);
    cube_put(writer, sum.word0);
    cube_put(writer, sum.word1);
    cube_put(writer, sum.word2);
    cube_put(writer, sum.word3);
  }
}

trade_status trade_cube_save(trade_cube *cube, uint8_t *bytes, size_t capacity) {
  cube_view view;
  if (!cube || !bytes) return TRADE_ERROR_NULL;
  if (cube_view_to_save(cube, &view) != TRADE_OK) return TRADE_ERROR_MEMORY;
  const int fits = capacity / sizeof(uint64_t) >= cube_saved_words(cube, &view);
  if (fits) {
    cube_writer writer;
    writer.at = bytes;
    writer.checksum = 0;
    cube_put(&writer, CUBE_MAGIC);
    cube_put_pair(&writer, CUBE_VERSION, (uint64_t)cube->product_digits);
    cube_put_pair(&writer, (uint64_t)cube->dimensions, (uint64_t)cube->measures);
    cube_put_pair(&writer, (uint64_t)cube->marks, (uint64_t)cube->currency);
    cube_put(&writer, cube->not_selected);
    cube_put(&writer, view.rows);
    for (int d = 0; d < cube->dimension_count; d++) cube_put_keys(&writer, cube, &view, d);
    for (size_t i = 0; i < view.rows; i++) cube_put_cell(&writer, cube, &view, cube_cell(cube, view.order[i]));
    cube_put(&writer, writer.checksum);
  }
  cube_free_view(cube, &view);
  return fits ? TRADE_OK : TRADE_ERROR_CAPACITY;
}

typedef struct cube_reader {
  const uint8_t *at;
  size_t words; /* that are left, without the checksum */
  int past;     /* 1 if more was asked for */
} cube_reader;

/** The next word; 0 past the end. */
static uint64_t cube_get(cube_reader *reader) {
  if (reader->words == 0) {
    reader->past = 1;
    return 0;
  }
  reader->words--;
  reader->at += 8;
  return trade_word8(reader->at - 8);
}

/** Reads one code, which must come after the one before. */
static trade_status cube_load_key(trade_cube *cube, int position, cube_reader *reader) {
  cube_codes *codes = &cube->codes[position];
  const uint64_t word = cube_get(reader);
  cube_key key;
  uint32_t number;
  if (cube->dimension[position] == CUBE_PERIOD) {
    key = cube_key_of_period(cube_period_of(word));
    if (key.word0 != word || (word && !trade_period_valid(cube_period_of(word)))) return TRADE_ERROR_FORMAT;
  } else {
    if (word > CUBE_LONGEST || (word + 7) / 8 > reader->words) return TRADE_ERROR_FORMAT;
    const size_t length = (size_t)word, words = (length + 7) / 8;
    key = cube_key_of(cube, (const char *)reader->at, length);
    for (size_t i = length; i < 8 * words; i++)
      if (reader->at[i]) return TRADE_ERROR_FORMAT;
    if (cube->dimension[position] == CUBE_PRODUCT && cube_cut(cube, key.bytes, length) != length)
      return TRADE_ERROR_FORMAT;
    const cube_key named = cube->dimension[position] == CUBE_FLOW ? cube_key_of_flow(cube, key.bytes, length) : key;
    if (!cube_same_short(&named, &key)) return TRADE_ERROR_FORMAT;
    reader->at += 8 * words;
    reader->words -= words;
  }
  if (cube_intern(cube, codes, &key, &number) != TRADE_OK) return TRADE_ERROR_MEMORY;
  if (number + 1 != codes->count) return TRADE_ERROR_FORMAT;
  return number && !cube_after(cube, &codes->codes[number], &codes->codes[number - 1]) ? TRADE_ERROR_FORMAT : TRADE_OK;
}

/** Whether a key comes after another: by codes, which are in order, then by level. */
static int cube_key_after(const trade_cube *cube, const uint64_t *key, const uint64_t *before) {
  for (int d = 0; d < cube->dimension_count; d++)
    if (cube_code_in(key, d) != cube_code_in(before, d)) return cube_code_in(key, d) > cube_code_in(before, d);
  return cube_level_in(key) > cube_level_in(before);
}

/** Reads the key of a cell; 0 if it is none. */
static int cube_load_cell_key(const trade_cube *cube, cube_reader *reader, uint64_t *key) {
  uint32_t numbers[CUBE_DIMENSIONS + 1] = {0};
  for (int i = 0; i <= cube->dimension_count; i += 2) {
    const uint64_t pair = cube_get(reader);
    numbers[i] = (uint32_t)(pair & UINT32_MAX);
    numbers[i + 1] = (uint32_t)(pair >> 32);
  }
  for (int d = 0; d < cube->dimension_count; d++) {
    if (numbers[1 + d] >= cube->codes[d].count) return 0;
    cube_set_code(key, d, numbers[1 + d]);
  }
  cube_set_level(key, cube_level_of((int32_t)numbers[0]));
  const int half_left = cube->dimension_count % 2 == 0;
  return !(numbers[0] & ~(uint32_t)cube->marks) && !(half_left && numbers[cube->dimension_count + 1]);
}

/** Reads one cell, which must come after the one before; there is room for it. */
static trade_status cube_load_cell(trade_cube *cube, cube_reader *reader) {
  uint64_t *key = cube->last_key, missing[CUBE_MEASURES] = {0, 0, 0};
  if (!cube_load_cell_key(cube, reader, key)) return TRADE_ERROR_FORMAT;
  if (cube->cell_count && !cube_key_after(cube, key, cube_cell(cube, cube->cell_count - 1))) return TRADE_ERROR_FORMAT;
  const uint64_t records = cube_get(reader);
  if (records == 0 || records > CUBE_RECORDS_MOST - cube->came) return TRADE_ERROR_FORMAT;
  cube->came += records;
  uint64_t *cell = cube_cell(cube, cube_place(cube, key, cube_hash(cube, key)));
  if (cube_reserve_wides(cube, 1) != TRADE_OK) return TRADE_ERROR_MEMORY;
  cube_count(cube, cell, records);
  for (int m = 0; m < cube->measure_count; m++) missing[m] = cube_get(reader);
  for (int m = 0; m < cube->measure_count; m++) {
    trade_sum sum;
    sum.word0 = cube_get(reader);
    sum.word1 = cube_get(reader);
    sum.word2 = cube_get(reader);
    sum.word3 = cube_get(reader);
    if (missing[m] > records || (missing[m] == records && (sum.word0 | sum.word1 | sum.word2 | sum.word3) != 0))
      return TRADE_ERROR_FORMAT;
    cube_add_sum(cube, cell, m, missing[m], &sum);
  }
  return TRADE_OK;
}

/** Reads what comes after the dimensions and measures into an empty cube. */
static trade_status cube_load_contents(trade_cube *cube, cube_reader *reader) {
  trade_status status = TRADE_OK;
  const uint64_t levels = cube_get(reader), marks = levels & UINT32_MAX, currency = levels >> 32;
  if (currency > CUBE_CURRENCY_MOST || marks > INT32_MAX ||
      trade_cube_set_levels(cube, (int32_t)marks, TRADE_CUBE_SHOW_PARTS) != TRADE_OK)
    return TRADE_ERROR_FORMAT;
  cube->currency = (int32_t)currency;
  cube->came = cube->not_selected = cube_get(reader);
  if (cube->came > CUBE_RECORDS_MOST) return TRADE_ERROR_FORMAT;
  const uint64_t cells = cube_get(reader);
  for (int d = 0; d < cube->dimension_count; d++) {
    const uint64_t keys = cube_get(reader);
    if (keys > reader->words) return TRADE_ERROR_FORMAT;
    for (uint64_t i = 0; i < keys && status == TRADE_OK; i++) status = cube_load_key(cube, d, reader);
    if (status != TRADE_OK) return status;
  }
  const size_t words = cube_saved_cell_words(cube);
  if (reader->words % words != 0 || reader->words / words != cells) return TRADE_ERROR_FORMAT;
  if (cube_reserve(cube, (size_t)cells) != TRADE_OK) return TRADE_ERROR_MEMORY;
  while (reader->words > 0 && status == TRADE_OK) status = cube_load_cell(cube, reader);
  return status;
}

trade_status trade_cube_load(const uint8_t *bytes, size_t length, const trade_allocator *allocator, trade_cube **cube) {
  cube_reader reader;
  uint64_t checksum = 0;
  if (!bytes || !cube) return TRADE_ERROR_NULL;
  if (!trade_fits(length, 1) || length % 8 != 0 || length < (size_t)8 * (CUBE_HEAD_WORDS + 1))
    return TRADE_ERROR_FORMAT;
  reader.at = bytes;
  reader.words = length / 8 - 1;
  reader.past = 0;
  for (size_t i = 0; i < reader.words; i++) checksum = cube_mix(CUBE_MIX, checksum, trade_word8(bytes + 8 * i));
  const uint64_t magic = cube_get(&reader), version = cube_get(&reader), masks = cube_get(&reader);
  if (magic != CUBE_MAGIC || checksum != trade_word8(bytes + length - 8)) return TRADE_ERROR_FORMAT;
  if ((version & UINT32_MAX) != CUBE_VERSION || version >> 63 || masks >> 63 || masks >> 31 & 1)
    return TRADE_ERROR_FORMAT;
  trade_cube *made;
  trade_status status = trade_cube_create((int32_t)(masks & INT32_MAX), (int32_t)(masks >> 32 & INT32_MAX),
                                          (int32_t)(version >> 32), allocator, &made);
  if (status != TRADE_OK) return status == TRADE_ERROR_VALUE ? TRADE_ERROR_FORMAT : status;
  status = cube_load_contents(made, &reader);
  /* Keys that no cell uses would not be saved again. */
  size_t size = 0;
  if (status == TRADE_OK) status = trade_cube_saved_size(made, &size);
  if (status == TRADE_OK && (size != length || reader.past)) status = TRADE_ERROR_FORMAT;
  if (status == TRADE_OK)
    *cube = made;
  else
    trade_cube_destroy(made);
  return status;
}

#undef CUBE_NONE
#undef CUBE_COUNT_MOST
#undef CUBE_CODE_MOST
#undef CUBE_SLOTS_MOST
#undef CUBE_WIDE
#undef CUBE_BEYOND
#undef CUBE_WHOLE_MOST
#undef CUBE_TOTAL_MOST
#undef CUBE_RECORDS_MOST
#undef CUBE_MIX
#undef CUBE_MAGIC
#undef CUBE_AGGREGATES
