#include "tradestat/sum.h"

#include "internal.h"

/* A total counts units of 2^-128; its four words do what a 256-bit integer would, if C had one. */
enum {
  SUM_POINT = 128,           /* bits below the point */
  SUM_MANTISSA_POINT = 1075, /* a double is mantissa * 2^(exponent field - 1075) */
  SUM_NOT_FINITE = 2047      /* the exponent field of NaN and infinities */
};

#define SUM_TOP_BIT    ((uint64_t)1 << 63)
#define SUM_HIDDEN_BIT ((uint64_t)1 << 52) /* of a double's mantissa */
#define SUM_FRACTION   (SUM_HIDDEN_BIT - 1)

static inline trade_sum sum_of_words(uint64_t word0, uint64_t word1, uint64_t word2, uint64_t word3) {
  trade_sum sum;
  sum.word0 = word0;
  sum.word1 = word1;
  sum.word2 = word2;
  sum.word3 = word3;
  return sum;
}

static inline trade_sum sum_nan(void) { return sum_of_words(0, 0, 0, SUM_TOP_BIT); }

static inline int sum_is_nan(trade_sum sum) {
  return sum.word3 == SUM_TOP_BIT && (sum.word0 | sum.word1 | sum.word2) == 0;
}

/** a + b + *carry; *carry becomes what goes into the next word. */
static inline uint64_t sum_word(uint64_t a, uint64_t b, uint64_t *carry) {
  const uint64_t partial = a + b, total = partial + *carry;
  *carry = (uint64_t)(partial < a) | (uint64_t)(total < partial);
  return total;
}

/** -number if `negative` is 1, number if it is 0; the pattern of NaN stays itself. */
static inline trade_sum sum_signed(trade_sum number, uint64_t negative) {
  const uint64_t mask = 0 - negative;
  uint64_t carry = negative;
  number.word0 = sum_word(number.word0 ^ mask, 0, &carry);
  number.word1 = sum_word(number.word1 ^ mask, 0, &carry);
  number.word2 = sum_word(number.word2 ^ mask, 0, &carry);
  number.word3 = sum_word(number.word3 ^ mask, 0, &carry);
  return number;
}

/** The one place where totals grow. A sum of 2^255 units or more in magnitude shows as a sign that neither addend has,
 *  or is the pattern of NaN already. */
static inline void sum_accumulate(trade_sum *sum, trade_sum addend) {
  const trade_sum before = *sum;
  trade_sum after;
  uint64_t carry = 0;
  after.word0 = sum_word(before.word0, addend.word0, &carry);
  after.word1 = sum_word(before.word1, addend.word1, &carry);
  after.word2 = sum_word(before.word2, addend.word2, &carry);
  after.word3 = sum_word(before.word3, addend.word3, &carry);
  const uint64_t overflow = (before.word3 ^ after.word3) & (addend.word3 ^ after.word3) & SUM_TOP_BIT;
  *sum = overflow || sum_is_nan(before) || sum_is_nan(addend) ? sum_nan() : after;
}

/** word >> (64 - bits): what leaves a word that is shifted left by 0 to 63 bits. */
static inline uint64_t sum_shifted_out(uint64_t word, int bits) { return word >> 1 >> (63 - bits); }

/** Adds number * 2^shift units, the number being high * 2^64 + low in two's complement, not 0 and below 2^107 in
 *  magnitude: what sum_add and sum_add_product leave over, since it needs rounding or may be out of range. */
static void sum_add_rare(trade_sum *sum, uint64_t low, uint64_t high, int shift) {
  if (shift < -128) return; /* less than half a unit */
  if (shift > 255) {
    *sum = sum_nan();
    return;
  }
  /* Two words below the units, the four of a total, two above it. */
  const uint64_t sign = 0 - (high >> 63);
  uint64_t words[8];
  const int first = (shift + 128) >> 6, left = (shift + 128) & 63;
  for (int i = 0; i < 8; i++) words[i] = i < first ? 0 : sign;
  words[first] = low << left;
  words[first + 1] = high << left | sum_shifted_out(low, left);
  words[first + 2] = sign << left | sum_shifted_out(high, left);
  if (words[6] != sign || words[7] != sign || ((words[5] ^ sign) & SUM_TOP_BIT) != 0) {
    *sum = sum_nan();
    return;
  }
  /* Two's complement rounds down, so that what lies below the units is never negative: one rule serves both signs. */
  int up = words[1] > SUM_TOP_BIT || (words[1] == SUM_TOP_BIT && (words[0] | (words[2] & 1)) != 0);
  for (int i = 2; up && i < 6; i++) up = ++words[i] == 0;
  sum_accumulate(sum, sum_of_words(words[2], words[3], words[4], words[5]));
}

/** A finite double: (-1 if negative) * mantissa * 2^(exponent - SUM_MANTISSA_POINT). */
typedef struct sum_parts {
  uint64_t mantissa;
  uint64_t negative;
  int exponent; /* 1 to 2046, SUM_NOT_FINITE for NaN and infinities */
} sum_parts;

static inline sum_parts sum_parts_of(double value) {
  const uint64_t bits = trade_bits_of(value), field = bits >> 52 & 0x7FF;
  sum_parts parts;
  parts.mantissa = (bits & SUM_FRACTION) | (field != 0 ? SUM_HIDDEN_BIT : 0);
  parts.negative = bits >> 63;
  parts.exponent = (int)(field + (field == 0));
  return parts;
}

/** Adds number * 2^shift units, the number in two's complement, its upper word being `sign`. Those of a table mostly
 *  begin in the same word, so the branch is well foreseen. */
static inline void sum_add_shifted(trade_sum *sum, uint64_t number, uint64_t sign, int shift) {
  const int left = shift & 63;
  const uint64_t low = number << left, high = sign << left | sum_shifted_out(number, left);
  switch ((unsigned)shift >> 6) {
  case 0:
    sum_accumulate(sum, sum_of_words(low, high, sign, sign));
    break;
  case 1:
    sum_accumulate(sum, sum_of_words(0, low, high, sign));
    break;
  case 2:
    sum_accumulate(sum, sum_of_words(0, 0, low, high));
    break;
  default: /* NaN and infinities too: their exponent is far out of range */
    sum_add_rare(sum, number, sign, shift);
  }
}

/** Adds a value as tables have them, positive and from 2^-76 to 2^53, to a total that stays clear of its limits: 1, or 0
 *  with nothing done, for the general way. */
TRADE_INLINE int sum_add_usual(trade_sum *sum, double value) {
  const uint64_t bits = trade_bits_of(value), shift = (bits >> 52) - 947; /* of the mantissa, in units of 2^-128 */
  if (shift >= 128 || sum->word3 == (uint64_t)1 << 63) return 0;          /* the latter may be NaN */
  const uint64_t mantissa = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
  const int left = (int)(shift & 63);
  uint64_t *const at_low = shift >> 6 ? &sum->word1 : &sum->word0;
  uint64_t *const at_high = shift >> 6 ? &sum->word2 : &sum->word1;
  const uint64_t low = *at_low + (mantissa << left), carry = low < *at_low;
  const uint64_t addend = (mantissa >> 1 >> (63 - left)) + carry, high = *at_high + addend; /* below 2^53 */
  if (high < addend) return 0;
  *at_low = low;
  *at_high = high;
  return 1;
}

/** Adds one value. */
static inline void sum_add(trade_sum *sum, double value) {
  if (sum_add_usual(sum, value)) return;
  const sum_parts parts = sum_parts_of(value);
  const uint64_t sign = 0 - parts.negative;
  if (parts.mantissa == 0) return;
  sum_add_shifted(sum, (parts.mantissa ^ sign) - sign, sign, parts.exponent - SUM_MANTISSA_POINT + SUM_POINT);
}

void trade_sum_add(trade_sum *sum, double value) {
  if (sum) sum_add(sum, value);
}

void trade_sum_subtract(trade_sum *sum, double value) { trade_sum_add(sum, -value); }

/** The low word of a * b, two mantissas of 53 bits, as parts of 21 and 32 bits; *high becomes the word above it. */
static inline uint64_t sum_multiply(uint64_t a, uint64_t b, uint64_t *high) {
  const uint64_t a0 = a & UINT32_MAX, a1 = a >> 32, b0 = b & UINT32_MAX, b1 = b >> 32;
  const uint64_t bottom = a0 * b0, middle = a0 * b1 + a1 * b0 + (bottom >> 32);
  *high = a1 * b1 + (middle >> 32);
  return middle << 32 | (bottom & UINT32_MAX);
}

/** Adds the exact product of two values. */
static inline void sum_add_product(trade_sum *sum, double a, double b) {
  const sum_parts x = sum_parts_of(a), y = sum_parts_of(b);
  if (x.exponent == SUM_NOT_FINITE || y.exponent == SUM_NOT_FINITE) {
    *sum = sum_nan();
    return;
  }
  if (x.mantissa == 0 || y.mantissa == 0) return;
  uint64_t high, low = sum_multiply(x.mantissa, y.mantissa, &high);
  const int shift = x.exponent + y.exponent - 2 * SUM_MANTISSA_POINT + SUM_POINT, left = shift & 63;
  const uint64_t negative = x.negative ^ y.negative, sign = 0 - negative;
  low = (low ^ sign) + negative;
  high = (high ^ sign) + (negative & (uint64_t)(low == 0));
  const uint64_t word0 = low << left, word1 = high << left | sum_shifted_out(low, left),
                 word2 = sign << left | sum_shifted_out(high, left);
  switch ((unsigned)shift >> 6) {
  case 0:
    sum_accumulate(sum, sum_of_words(word0, word1, word2, sign));
    break;
  case 1:
    sum_accumulate(sum, sum_of_words(0, word0, word1, word2));
    break;
  default:
    sum_add_rare(sum, low, high, shift);
  }
}

void trade_sum_add_product(trade_sum *sum, double a, double b) {
  if (sum) sum_add_product(sum, a, b);
}

/*
 * Arrays. Adding a large power of two to a double and taking it away again rounds the double to a multiple of some
 * unit, without error in what is left. So a block of values is split at a few binary points, its bins, and the parts
 * are added as doubles. Each bin is held in a double that starts at 1.5 * 2^52 units, its anchor. As long as it stays
 * in [2^52, 2^53) units, adding to it is that rounding, and its bits count the units: whether the first bin did is seen
 * from its exponent, and the others take no more than half a unit of the bin above so many times that they must. Each
 * unit is 2^43 times smaller than the one above. A block that moved the first bin's exponent, or that has a value with
 * bits below the last unit, is done again with other units, or one value at a time.
 */
enum {
  SUM_LANES = 16,
  SUM_ADDS = 512,   /* to one bin of one lane: 512 * 2^42 units is 2^51 */
  SUM_REACH = 42,   /* the first bin takes SUM_ADDS values below 2^42 of its units in any case, often more */
  SUM_STEP = 43,    /* from one unit to the next: what a bin leaves is at most half of its unit */
  SUM_BINS = 4,     /* at most; values take three, products four */
  SUM_FIRST = 4,    /* the first unit to begin with, 2^4: for values below 2^46 (7e13) that are multiples of 2^-82 */
  SUM_HIGHEST = 62, /* the highest: what a block takes, below 2^52 units each, stays below 2^126 in all */
  SUM_SMALL = 48,   /* fewer values are added one by one */
  SUM_AHEAD = 64,   /* rows that are asked for before they are needed */
  SUM_FAR = 192,    /* values in a row that are */
  SUM_PANEL_ROWS = 64,
  SUM_PANEL_COLUMNS =
      8192,       /* 4 MB at most: what is read row by row is still in a cache when it is read column by column */
  SUM_KNOWN = 512 /* values at a time */
};

#define SUM_MAGNITUDE (~SUM_TOP_BIT)

typedef struct sum_block {
  double anchor[SUM_BINS];
  uint64_t count[SUM_BINS]; /* units in each bin, two's complement */
  uint64_t rest;            /* the bits of the largest rest that is no fault */
  uint64_t fault;           /* not 0: the block is not exact */
  size_t ahead;             /* how far behind a value the one is that is asked for, or 0 */
} sum_block;

/** What each lane has taken, in bins with the same anchors. */
typedef struct sum_lanes {
  double anchor[3];
  double bin[3][SUM_LANES];
  uint64_t fault[SUM_LANES]; /* not 0: the lane is not exact */
} sum_lanes;

/** The bits of 2^exponent, for normal doubles. */
static inline uint64_t sum_power(int exponent) { return (uint64_t)(exponent + 1023) << 52; }

/** a + b. */
TRADE_INLINE double sum_plus(double a, double b, int fused) { return fused ? fma(a, 1, b) : a + b; }

/** Adds to a bin what it takes of x; returns what is left. */
TRADE_INLINE double sum_split(double *bin, double x, int fused) {
  const double before = *bin, after = before + x;
  *bin = after;
  return sum_plus(-sum_plus(-before, after, fused), x, fused);
}

/** Adds x to a bin, the last one for it; not 0 but for the top bit if x was not a multiple of the unit. */
TRADE_INLINE uint64_t sum_finish(double *bin, double x) {
  const double before = *bin, after = before + x;
  *bin = after;
  return trade_bits_of(after - before) ^ trade_bits_of(x);
}

/** The units that the lanes of a bin have counted. */
TRADE_INLINE uint64_t sum_counted(const double *bin, double anchor) {
  uint64_t count = 0;
  for (int l = 0; l < SUM_LANES; l++) count += trade_bits_of(bin[l]) - trade_bits_of(anchor);
  return count;
}

/** Splits `rows` times SUM_LANES values, each row beginning `stride` after the one before; at most SUM_ADDS rows. What
 *  stands `ahead` in each row, the columns that come next, is asked for, if that is not 0. */
TRADE_INLINE void sum_columns_body(const double *values, size_t rows, size_t stride, size_t ahead, sum_lanes *lanes,
                                   int fused) {
  double bin0[SUM_LANES], bin1[SUM_LANES], bin2[SUM_LANES];
  uint64_t moved[SUM_LANES], rest[SUM_LANES];
  const uint64_t anchor = trade_bits_of(lanes->anchor[0]);
  for (int l = 0; l < SUM_LANES; l++) {
    bin0[l] = lanes->anchor[0];
    bin1[l] = lanes->anchor[1];
    bin2[l] = lanes->anchor[2];
    moved[l] = rest[l] = 0;
  }
  for (size_t r = 0; r < rows; r++) {
    const double *row = values + r * stride;
    if (ahead) {
      TRADE_PREFETCH(row + ahead, 0);
      TRADE_PREFETCH(row + ahead + SUM_LANES / 2, 0);
    }
    for (int l = 0; l < SUM_LANES; l++) {
      const double left = sum_split(&bin1[l], sum_split(&bin0[l], row[l], fused), fused);
      moved[l] |= trade_bits_of(bin0[l]) ^ anchor;
      rest[l] |= sum_finish(&bin2[l], left);
    }
  }
  for (int l = 0; l < SUM_LANES; l++) {
    lanes->bin[0][l] = bin0[l];
    lanes->bin[1][l] = bin1[l];
    lanes->bin[2][l] = bin2[l];
    lanes->fault[l] = moved[l] >> 52 | rest[l] << 1;
  }
}

TRADE_VARIANTS(sum_columns, (const double *values, size_t rows, size_t stride, size_t ahead, sum_lanes *lanes), values,
               rows, stride, ahead, lanes)

/** The same for n values in a row, a multiple of SUM_LANES, all in one total. */
TRADE_INLINE void sum_values_body(const double *values, size_t n, sum_block *block, int fused) {
  sum_lanes lanes;
  uint64_t fault = 0;
  for (int k = 0; k < 3; k++) lanes.anchor[k] = block->anchor[k];
  sum_columns_body(values, n / SUM_LANES, SUM_LANES, block->ahead, &lanes, fused);
  for (int l = 0; l < SUM_LANES; l++) fault |= lanes.fault[l];
  for (int k = 0; k < 3; k++) block->count[k] = sum_counted(lanes.bin[k], lanes.anchor[k]);
  block->fault = fault;
}

TRADE_VARIANTS(sum_values, (const double *values, size_t n, sum_block *block), values, n, block)

/**
 * The same for products, half as many: the rounded product and what rounding took from it go each on its own into the
 * bins. Where the last unit is 2^-128 the latter is rounded to it, half to even, as an addend is: the rounded product
 * is even where that is a tie.
 */
TRADE_INLINE void sum_products_body(const double *a, const double *b, size_t n, sum_block *block, int fused) {
  double bin0[SUM_LANES], bin1[SUM_LANES], bin2[SUM_LANES], bin3[SUM_LANES];
  uint64_t moved[SUM_LANES], rest[SUM_LANES], bad[SUM_LANES], fault = 0;
  const uint64_t first = trade_bits_of(block->anchor[0]), most = block->rest;
  const double last = block->anchor[3];
  for (int l = 0; l < SUM_LANES; l++) {
    bin0[l] = block->anchor[0];
    bin1[l] = block->anchor[1];
    bin2[l] = block->anchor[2];
    bin3[l] = block->anchor[3];
    moved[l] = rest[l] = bad[l] = 0;
  }
  for (size_t i = 0; i < n; i += SUM_LANES) {
    for (size_t l = 0; l < SUM_LANES && block->ahead; l += SUM_LANES / 2) {
      TRADE_PREFETCH(a + i + l + block->ahead, 0);
      TRADE_PREFETCH(b + i + l + block->ahead, 0);
    }
    for (int l = 0; l < SUM_LANES; l++) {
      const double x = a[i + (size_t)l], y = b[i + (size_t)l], product = x * y;
      const double low = trade_product_rest_by(x, y, product, fused);
      const double high = sum_split(&bin1[l], sum_split(&bin0[l], product, fused), fused);
      const double left = sum_split(&bin2[l], sum_split(&bin1[l], low, fused), fused);
      const double low_part = last + left - last;
      moved[l] |= trade_bits_of(bin0[l]) ^ first;
      rest[l] |= sum_finish(&bin3[l], sum_split(&bin2[l], high, fused));
      bin3[l] += low_part;
      bad[l] |= most - (trade_bits_of(sum_plus(left, -low_part, fused)) & SUM_MAGNITUDE);
    }
  }
  for (int l = 0; l < SUM_LANES; l++) fault |= moved[l] >> 52 | rest[l] << 1 | bad[l] >> 63;
  block->fault = fault;
  block->count[0] = sum_counted(bin0, block->anchor[0]);
  block->count[1] = sum_counted(bin1, block->anchor[1]);
  block->count[2] = sum_counted(bin2, block->anchor[2]);
  block->count[3] = sum_counted(bin3, block->anchor[3]);
}

TRADE_VARIANTS(sum_products, (const double *a, const double *b, size_t n, sum_block *block), a, b, n, block)

/** Adds n values, or n products if b is not null, one by one. */
static void sum_add_each(trade_sum *sum, const double *a, const double *b, size_t n) {
  trade_sum total = *sum; /* where nothing else can point at it */
  if (b)
    for (size_t i = 0; i < n; i++) sum_add_product(&total, a[i], b[i]);
  else
    for (size_t i = 0; i < n; i++) sum_add(&total, a[i]);
  *sum = total;
}

/** Where a bin begins: 1.5 * 2^52 of its units. */
static double sum_anchor(int unit) { return trade_double_of(sum_power(unit + 52) | SUM_HIDDEN_BIT >> 1); }

/** Adds to a total what a bin has counted. */
static void sum_add_count(trade_sum *sum, uint64_t count, int unit) {
  if (count) sum_add_shifted(sum, count, 0 - (count >> 63), unit + SUM_POINT);
}

/** 1 if the total is below 2^126 in magnitude: where a block stays below that too, adding one by one could not leave
 *  the range either. */
static int sum_has_room(trade_sum sum) { return ((sum.word3 ^ sum.word3 << 1) & SUM_TOP_BIT) == 0; }

/** Adds a block with this first unit, if that is exact: 1 if it was. `left` is how many rows there are behind it. */
static int sum_add_block(trade_sum *sum, const double *a, const double *b, size_t n, size_t left, int unit) {
  sum_block block;
  const int bins = b ? 4 : 3, last = unit - (bins - 1) * SUM_STEP;
  for (int k = 0; k < bins; k++) block.anchor[k] = sum_anchor(unit - k * SUM_STEP);
  block.rest = last == -SUM_POINT ? sum_power(last) : 0;
  block.ahead = left < SUM_FAR ? 0 : (size_t)SUM_FAR;
  if (b)
    sum_products(a, b, n, &block);
  else
    sum_values(a, n, &block);
  if (block.fault) return 0;
  for (int k = 0; k < bins; k++) sum_add_count(sum, block.count[k], unit - k * SUM_STEP);
  return 1;
}

/** The largest magnitude of n values, or of n products if b is not null, as bits; signed, since processors compare
 *  those more easily. */
TRADE_INLINE void sum_largest_body(const double *a, const double *b, size_t n, int64_t *largest, int fused) {
  int64_t most = 0;
  (void)fused;
  if (b) {
    for (size_t i = 0; i < n; i++) {
      const int64_t magnitude = (int64_t)(trade_bits_of(a[i] * b[i]) & SUM_MAGNITUDE);
      most = most > magnitude ? most : magnitude;
    }
  } else {
    for (size_t i = 0; i < n; i++) {
      const int64_t magnitude = (int64_t)(trade_bits_of(a[i]) & SUM_MAGNITUDE);
      most = most > magnitude ? most : magnitude;
    }
  }
  *largest = most;
}

TRADE_VARIANTS(sum_largest, (const double *a, const double *b, size_t n, int64_t *largest), a, b, n, largest)

/** The smallest first unit that takes the largest of a block. */
static int sum_least_unit(const double *a, const double *b, size_t n) {
  int64_t largest;
  sum_largest(a, b, n, &largest);
  return (int)(largest >> 52) - 1022 - SUM_REACH;
}

static void sum_add_array(trade_sum *sum, const double *a, const double *b, size_t n) {
  const int lowest = (b ? 3 : 2) * SUM_STEP - SUM_POINT;
  const size_t most = (size_t)SUM_LANES * (b ? SUM_ADDS / 2 : SUM_ADDS);
  int unit =
      b ? lowest : SUM_FIRST; /* products are long: from the lowest unit on, what lies below is rounded and no fault */
  size_t done = 0;
  while (n - done >= SUM_SMALL && !sum_is_nan(*sum)) {
    const size_t left = n - done, count = left < most ? left - left % SUM_LANES : most;
    const double *x = a + done, *y = b ? b + done : NULL;
    const int room = sum_has_room(*sum);
    if (!room || !sum_add_block(sum, x, y, count, left - count, unit)) {
      int least = sum_least_unit(x, y, count);
      if (least < lowest) least = lowest;
      if (!room || least > SUM_HIGHEST || !sum_add_block(sum, x, y, count, left - count, least))
        sum_add_each(sum, x, y, count);
      if (least <= SUM_HIGHEST) unit = least; /* the next block's largest is about as large */
    }
    done += count;
  }
  if (!sum_is_nan(*sum)) sum_add_each(sum, a + done, b ? b + done : NULL, n - done);
}

trade_status trade_sum_add_array(trade_sum *sum, const double *values, size_t n) {
  if (!sum || (!values && n > 0)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *values)) return TRADE_ERROR_LENGTH;
  if (n > 0) sum_add_array(sum, values, NULL, n);
  return TRADE_OK;
}

trade_status trade_sum_add_known_array(trade_sum *sum, const double *values, size_t n, size_t *known) {
  if (!sum || (!values && n > 0)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *values)) return TRADE_ERROR_LENGTH;
  size_t found = 0;
  for (size_t done = 0; done < n; done += SUM_KNOWN) {
    const size_t count = trade_lesser(n - done, SUM_KNOWN);
    double kept[SUM_KNOWN];
    for (size_t i = 0; i < count; i++) {
      const double value = values[done + i];
      const int is_known = trade_known(value);
      kept[i] = is_known ? value : 0;
      found += (size_t)is_known;
    }
    sum_add_array(sum, kept, NULL, count);
  }
  if (known) *known = found;
  return TRADE_OK;
}

trade_status trade_sum_add_product_array(trade_sum *sum, const double *a, const double *b, size_t n) {
  if (!sum || ((!a || !b) && n > 0)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *a)) return TRADE_ERROR_LENGTH;
  if (n > 0) sum_add_array(sum, a, b, n);
  return TRADE_OK;
}

/** The smallest first unit that takes the largest of some rows. */
static int sum_least_unit_of_rows(const double *values, size_t rows, size_t columns, size_t stride) {
  int most = 2 * SUM_STEP - SUM_POINT;
  for (size_t r = 0; r < rows; r++) {
    const int least = sum_least_unit(values + r * stride, NULL, columns);
    most = most > least ? most : least;
  }
  return most;
}

/** Splits SUM_LANES columns with this first unit; not 0 if one of them is not exact, NaN and infinities among them. */
static uint64_t sum_split_columns(const double *values, size_t rows, size_t stride, size_t ahead, int unit,
                                  sum_lanes *lanes) {
  uint64_t fault = 0;
  for (int k = 0; k < 3; k++) lanes->anchor[k] = sum_anchor(unit - k * SUM_STEP);
  sum_columns(values, rows, stride, ahead, lanes);
  for (int l = 0; l < SUM_LANES; l++) fault |= lanes->fault[l];
  return fault;
}

/** Adds SUM_LANES columns, at most SUM_ADDS rows, to their totals, from column `first` on. Those not exact in bins go
 *  one by one. */
static void sum_add_columns(trade_sum *totals, const double *values, size_t rows, size_t stride, int first,
                            size_t ahead, int *unit) {
  sum_lanes lanes;
  if (sum_split_columns(values, rows, stride, ahead, *unit, &lanes)) {
    const int least = sum_least_unit_of_rows(values, rows, SUM_LANES, stride);
    if (least <= SUM_HIGHEST) {
      *unit = least;
      sum_split_columns(values, rows, stride, ahead, least, &lanes);
    }
  }
  for (int l = first; l < SUM_LANES; l++) {
    trade_sum *total = &totals[l - first];
    if (lanes.fault[l] || !sum_has_room(*total))
      for (size_t r = 0; r < rows; r++) sum_add(total, values[r * stride + (size_t)l]);
    else
      for (int k = 0; k < 3; k++)
        sum_add_count(total, trade_bits_of(lanes.bin[k][l]) - trade_bits_of(lanes.anchor[k]), *unit - k * SUM_STEP);
  }
}

/** Adds at most SUM_ADDS rows to the totals of their columns. Where nobody has read them yet, `look` reads them row by
 *  row: sixteen columns at a time from memory take longer than that. */
static void sum_add_panel(trade_sum *totals, const double *values, size_t rows, size_t columns, size_t stride,
                          int look) {
  if (columns < SUM_LANES || rows < SUM_SMALL / SUM_LANES) {
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < columns; c++) sum_add(&totals[c], values[r * stride + c]);
    return;
  }
  int unit = look ? sum_least_unit_of_rows(values, rows, columns, stride) : SUM_FIRST;
  if (unit > SUM_HIGHEST) unit = SUM_FIRST;
  size_t c = 0;
  for (; c + SUM_LANES <= columns; c += SUM_LANES)
    sum_add_columns(totals + c, values + c, rows, stride, 0, columns - c >= (size_t)2 * SUM_LANES ? SUM_LANES : 0,
                    &unit);
  if (c < columns) /* fewer than SUM_LANES, with columns beside them that are done */
    sum_add_columns(totals + c, values + columns - SUM_LANES, rows, stride, (int)(c + SUM_LANES - columns), 0, &unit);
}

trade_status trade_sum_add_matrix(trade_sum *row_totals, trade_sum *column_totals, const double *values, size_t rows,
                                  size_t columns, size_t stride) {
  if (rows == 0 || columns == 0) return TRADE_OK;
  if (!values || (!row_totals && !column_totals)) return TRADE_ERROR_NULL;
  if (rows > 1 &&
      (stride < columns || !trade_fits(stride, sizeof *values) || !trade_fits(rows, stride * sizeof *values)))
    return TRADE_ERROR_LENGTH;
  if (!trade_fits(columns, sizeof *values)) return TRADE_ERROR_LENGTH;
  /* A narrow panel is as high as a bin has room for, since bins are counted once a panel; to look at it first gains
   * nothing. */
  const int narrow = columns <= (size_t)SUM_PANEL_COLUMNS / SUM_ADDS * SUM_PANEL_ROWS;
  const size_t most = narrow ? SUM_ADDS : SUM_PANEL_ROWS;
  for (size_t r = 0; r < rows; r += most) {
    const size_t height = trade_lesser(rows - r, most);
    for (size_t c = 0; c < columns; c += SUM_PANEL_COLUMNS) {
      const size_t width = trade_lesser(columns - c, SUM_PANEL_COLUMNS);
      const double *panel = values + r * stride + c;
      for (size_t i = 0; row_totals && i < height; i++)
        sum_add_array(&row_totals[r + i], panel + i * stride, NULL, width);
      if (column_totals) sum_add_panel(column_totals + c, panel, height, width, stride, !row_totals && !narrow);
    }
  }
  return TRADE_OK;
}

trade_status trade_sum_scatter(trade_sum *cells, size_t cell_count, const int32_t *cell, const double *values,
                               size_t n) {
  uint32_t outside = 0;
  if (n > 0 && (!cells || !cell || !values)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *values) || !trade_fits(cell_count, sizeof *cells)) return TRADE_ERROR_LENGTH;
  const uint32_t count = cell_count < INT32_MAX ? (uint32_t)cell_count : (uint32_t)INT32_MAX + 1;
  for (size_t i = 0; i < n; i++) outside |= (uint32_t)cell[i] >= count;
  if (outside) return TRADE_ERROR_VALUE;
  /* Cells met at random come from memory: each is asked for some rows ahead, both ends, since it may lie across two
   * cache lines. */
  size_t i = 0;
  for (; i + SUM_AHEAD < n; i++) {
    TRADE_PREFETCH(&cells[cell[i + SUM_AHEAD]].word0, 1);
    TRADE_PREFETCH(&cells[cell[i + SUM_AHEAD]].word3, 1);
    sum_add(&cells[cell[i]], values[i]);
  }
  for (; i < n; i++) sum_add(&cells[cell[i]], values[i]);
  return TRADE_OK;
}

void trade_sum_merge(trade_sum *sum, const trade_sum *other) {
  if (sum) sum_accumulate(sum, other ? *other : sum_nan());
}

void trade_sum_negate(trade_sum *sum) {
  if (sum) *sum = sum_signed(*sum, 1);
}

/** How many of the word's top bits are zero; the word is not. Read off a double's exponent: with the bit below the top
 *  one cleared, no rounding can reach the next power of two. */
static inline int sum_leading_zeros(uint64_t word) {
  return 63 + 1023 - (int)(trade_bits_of((double)(word & ~(word >> 1))) >> 52);
}

/** The double nearest to window * 2^exponent, and something less than 2^exponent more if `more`; the window's top bit
 *  is set. For results that are normal. */
static double sum_rounded(uint64_t window, int more, int exponent, uint64_t negative) {
  const uint64_t mantissa = window >> 11, rest = window & 0x7FF;
  const int up = rest > 0x400 || (rest == 0x400 && (more || (mantissa & 1)));
  /* The mantissa's own top bit adds 1 to the exponent's field, and a carry out of rounding does so too. */
  const uint64_t field = (uint64_t)(exponent + 63 + 1023 - 1);
  return trade_double_of((negative << 63) + (field << 52) + mantissa + (uint64_t)up);
}

double trade_sum_value(const trade_sum *sum) {
  if (!sum || sum_is_nan(*sum)) return TRADE_UNDEFINED;
  const uint64_t negative = sum->word3 >> 63;
  const trade_sum size = sum_signed(*sum, negative);
  const uint64_t words[5] = {0, size.word0, size.word1, size.word2, size.word3};
  int top = 4;
  while (top > 0 && words[top] == 0) top--;
  if (top == 0) return 0;
  const int zeros = sum_leading_zeros(words[top]);
  const uint64_t window = words[top] << zeros | sum_shifted_out(words[top - 1], zeros);
  uint64_t more = words[top - 1] << zeros;
  for (int i = 0; i < top - 1; i++) more |= words[i];
  return sum_rounded(window, more != 0, 64 * (top - 1) - zeros - SUM_POINT, negative);
}

int32_t trade_sum_compare(const trade_sum *a, const trade_sum *b) {
  const trade_sum x = a ? *a : sum_nan(), y = b ? *b : sum_nan();
  if (sum_is_nan(x) || sum_is_nan(y)) return sum_is_nan(x) - sum_is_nan(y);
  /* With the sign bit turned round, two's complement sorts as unsigned words do. */
  const uint64_t left[4] = {x.word0, x.word1, x.word2, x.word3 ^ SUM_TOP_BIT};
  const uint64_t right[4] = {y.word0, y.word1, y.word2, y.word3 ^ SUM_TOP_BIT};
  for (int i = 3; i >= 0; i--) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}

trade_status trade_sum_save(const trade_sum *sum, uint8_t *bytes, size_t capacity) {
  if (!sum || !bytes) return TRADE_ERROR_NULL;
  if (capacity < TRADE_SUM_SAVED_SIZE) return TRADE_ERROR_CAPACITY;
  const uint64_t words[4] = {sum->word0, sum->word1, sum->word2, sum->word3};
  for (int i = 0; i < TRADE_SUM_SAVED_SIZE; i++) bytes[i] = (uint8_t)(words[i / 8] >> (i % 8 * 8) & 0xFF);
  return TRADE_OK;
}

trade_status trade_sum_load(const uint8_t *bytes, size_t length, trade_sum *sum) {
  if (!bytes || !sum) return TRADE_ERROR_NULL;
  if (length != TRADE_SUM_SAVED_SIZE) return TRADE_ERROR_LENGTH;
  uint64_t words[4] = {0, 0, 0, 0};
  for (int i = 0; i < TRADE_SUM_SAVED_SIZE; i++) words[i / 8] |= (uint64_t)bytes[i] << (i % 8 * 8);
  *sum = sum_of_words(words[0], words[1], words[2], words[3]);
  return TRADE_OK;
}

double trade_sum_array(const double *values, size_t n) {
  trade_sum sum = sum_of_words(0, 0, 0, 0);
  return trade_sum_add_array(&sum, values, n) == TRADE_OK ? trade_sum_value(&sum) : TRADE_UNDEFINED;
}

/** The total over n, rounded once; neither is 0, the total is not NaN, and n is below 2^63. */
static double sum_quotient(trade_sum sum, uint64_t n) {
  const uint64_t negative = sum.word3 >> 63;
  const trade_sum size = sum_signed(sum, negative);
  const uint64_t words[4] = {size.word0, size.word1, size.word2, size.word3};
  /* Long division bit by bit, from the top, on beyond the units until 64 bits from the quotient's first are there. */
  uint64_t window = 0, remainder = 0;
  int position = 255;
  for (; !(window & SUM_TOP_BIT); position--) {
    const uint64_t bit = position < 0 ? 0 : words[position >> 6] >> (position & 63) & 1;
    remainder = remainder << 1 | bit;
    window = window << 1 | (uint64_t)(remainder >= n);
    if (remainder >= n) remainder -= n;
  }
  int more = remainder != 0;
  for (int i = 0; i <= position; i++) more |= (int)(words[i >> 6] >> (i & 63) & 1);
  return sum_rounded(window, more, position + 1 - SUM_POINT, negative);
}

double trade_sum_mean(const double *values, size_t n) {
  trade_sum sum = sum_of_words(0, 0, 0, 0);
  if (n == 0 || trade_sum_add_array(&sum, values, n) != TRADE_OK || sum_is_nan(sum)) return TRADE_UNDEFINED;
  return (sum.word0 | sum.word1 | sum.word2 | sum.word3) == 0 ? 0 : sum_quotient(sum, n);
}

#undef SUM_TOP_BIT
#undef SUM_HIDDEN_BIT
#undef SUM_FRACTION
