/*
 * How it works. A number of few digits is one division or multiplication of two exact doubles. Another is first held
 * between two bounds of 64 bits, made of its first 19 digits and a power of ten out of a table; where both bounds round
 * to one double, that is the answer. Where they don't, and for all that is written, the number stands in fixed-point
 * decimal, which is exact: every double, and every point half-way between two, is a multiple of 10^-1075 below 10^309,
 * and multiplying or dividing by a power of two is one pass over the words.
 */
#include "number.h"

#include <float.h>

#include "internal.h"

enum {
  NUMBER_HEAD = 19, /* so many digits always fit 64 bits */
  NUMBER_BASE = 1000000000,
  NUMBER_WHOLE = 37,  /* words above the point: a number that the bounds leave open is below 10^329 */
  NUMBER_WORDS = 157, /* and 120 below it */
  NUMBER_FLOOR = -9 * (NUMBER_WORDS - NUMBER_WHOLE)
};

#define NUMBER_INFINITY 0x7FF0000000000000u

/** A non-negative decimal in fixed point. */
typedef struct number_decimal {
  uint32_t word[NUMBER_WORDS]; /* nine digits each, the greatest first */
  int32_t top;                 /* all words before this one are 0; it is not */
  int32_t end;                 /* all words from this one on are 0; the last before it is not; of a 0, top == end */
  int32_t more;                /* 1 if the number is greater, by less than one in the last word's last digit */
} number_decimal;

static const uint32_t number_ten[9] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/** The double nearest to, or next below or above, the number m * 2^exponent, or a little more if `more`; m >= 2^63. Its
 *  bits without the sign; `negative` only says which way DOWN and UP are. */
static uint64_t number_round(uint64_t m, int32_t exponent, int32_t more, int32_t negative, int32_t rounding) {
  const int32_t biased = exponent + 63 + 1023;
  uint64_t bits = biased > 0 ? ((uint64_t)(biased - 1) << 52) : 0;
  int32_t shift = biased > 0 ? 11 : 12 - biased;
  if (biased > 2046) { /* beyond all doubles: as good as just above the greatest */
    bits = (uint64_t)2045 << 52;
    m = UINT64_MAX;
  }
  if (shift > 64) { /* below half of the smallest: as good as just above 0 */
    shift = 64;
    m = 1;
  }
  const uint64_t rest = m << (64 - shift) | (uint64_t)(more != 0), half = (uint64_t)1 << 63;
  bits += shift < 64 ? m >> shift : 0;
  const int up = rounding == TRADE_NUMBER_NEAREST ? rest > half || (rest == half && (bits & 1))
                                                  : rest != 0 && (rounding == TRADE_NUMBER_UP) != (negative != 0);
  return bits + (uint64_t)up; /* a carry out of the fraction is the next power of two, or infinity */
}

/** m shifted until its top bit is set; by how much. m is not 0. */
static int32_t number_normalise(uint64_t *m) {
  int32_t shift = 0;
  for (int32_t step = 32; step > 0; step /= 2) {
    if (*m >> (64 - step)) continue;
    *m <<= step;
    shift += step;
  }
  return shift;
}

/** A number known to lie between low and low + width, times 2^exponent; low >= 2^63. */
typedef struct number_bounds {
  uint64_t low, width;
  int32_t exponent;
} number_bounds;

/* 10^i / 2^(number_log2(i) - 63), cut to an integer, for i = -27 to 27 and for i = -330 to 330 in steps of 55. Exact
 * for 0 to 27. */
static const uint64_t number_power[55] = {
    0x9e74d1b791e07e48u, 0xc612062576589ddau, 0xf79687aed3eec551u, 0x9abe14cd44753b52u, 0xc16d9a0095928a27u,
    0xf1c90080baf72cb1u, 0x971da05074da7beeu, 0xbce5086492111aeau, 0xec1e4a7db69561a5u, 0x9392ee8e921d5d07u,
    0xb877aa3236a4b449u, 0xe69594bec44de15bu, 0x901d7cf73ab0acd9u, 0xb424dc35095cd80fu, 0xe12e13424bb40e13u,
    0x8cbccc096f5088cbu, 0xafebff0bcb24aafeu, 0xdbe6fecebdedd5beu, 0x89705f4136b4a597u, 0xabcc77118461cefcu,
    0xd6bf94d5e57a42bcu, 0x8637bd05af6c69b5u, 0xa7c5ac471b478423u, 0xd1b71758e219652bu, 0x83126e978d4fdf3bu,
    0xa3d70a3d70a3d70au, 0xccccccccccccccccu, 0x8000000000000000u, 0xa000000000000000u, 0xc800000000000000u,
    0xfa00000000000000u, 0x9c40000000000000u, 0xc350000000000000u, 0xf424000000000000u, 0x9896800000000000u,
    0xbebc200000000000u, 0xee6b280000000000u, 0x9502f90000000000u, 0xba43b74000000000u, 0xe8d4a51000000000u,
    0x9184e72a00000000u, 0xb5e620f480000000u, 0xe35fa931a0000000u, 0x8e1bc9bf04000000u, 0xb1a2bc2ec5000000u,
    0xde0b6b3a76400000u, 0x8ac7230489e80000u, 0xad78ebc5ac620000u, 0xd8d726b7177a8000u, 0x878678326eac9000u,
    0xa968163f0a57b400u, 0xd3c21bcecceda100u, 0x84595161401484a0u, 0xa56fa5b99019a5c8u, 0xcecb8f27f4200f3au};
static const uint64_t number_leap[13] = {
    0xd953e8624b85dd78u, 0xb1442798f49ffb4au, 0x9096ea6f3848984fu, 0xebdf661791d60f56u, 0xc06481fb9bcf8d39u,
    0x9ced737bb6c4183du, 0x8000000000000000u, 0xd0cf4b50cfe20765u, 0xaa51823e34a7eedeu, 0x8aec23d680043beeu,
    0xe2a0b5dc971f303au, 0xb8da1662e7b00a17u, 0x96c6e0eab509e64du};

/** floor(log2(10^power)), for the powers in the tables. */
static int32_t number_log2(int32_t power) { return (power * 217706 + 1300 * 65536) / 65536 - 1300; }

/** Times 10^power, of which `factor` is the table's entry. */
static void number_times(number_bounds *x, uint64_t factor, int32_t power, uint64_t inexact) {
  const uint64_t mask = 0xFFFFFFFFu;
  const uint64_t a = x->low >> 32, b = x->low & mask, c = factor >> 32, d = factor & mask;
  const uint64_t middle = a * d + (b * d >> 32), cross = (middle & mask) + b * c;
  uint64_t high = a * c + (middle >> 32) + (cross >> 32), low = cross << 32 | (b * d & mask);
  /* (low + width) * (factor + 1) is less than width + 1 above low * factor, in units of 2^64. */
  x->width += inexact;
  x->exponent += number_log2(power) + 1;
  if (!(high >> 63)) {
    high = high << 1 | low >> 63;
    low <<= 1;
    x->width *= 2;
    x->exponent--;
  }
  x->low = high;
  x->width += low != 0;
}

/** Rounds head * 10^power, or up to one more than head if `more`, if that can be told from its bounds; 0 if it can't.
 *  head is from 1 to 10^19 - 1. */
static int number_from_bounds(uint64_t head, int32_t more, int64_t power, int32_t negative, int32_t rounding,
                              uint64_t *bits) {
  number_bounds x = {head, 0, 0};
  const int32_t shift = number_normalise(&x.low);
  if (power < -345 || power > 309) { /* below half of the smallest double, or above the greatest */
    x.exponent = power < 0 ? -5000 : 5000;
  } else {
    const int32_t leap = ((int32_t)power + 357) / 55 - 6, step = (int32_t)power - 55 * leap;
    x.width = more ? (uint64_t)1 << shift : 0;
    x.exponent = -shift;
    if (step) number_times(&x, number_power[step + 27], step, step < 0);
    if (leap) number_times(&x, number_leap[leap + 6], 55 * leap, 1);
  }
  if (x.low > UINT64_MAX - x.width) return 0;
  *bits = number_round(x.low, x.exponent, 0, negative, rounding);
  return *bits == number_round(x.low + x.width, x.exponent, 0, negative, rounding);
}

static void number_trim(number_decimal *x) {
  while (x->top < x->end && x->word[x->top] == 0) x->top++;
  while (x->top < x->end && x->word[x->end - 1] == 0) x->end--;
}

/** Times 2^bits; what would stand below the last word becomes `more`. */
static void number_shift(number_decimal *x, int32_t bits) {
  for (int32_t step; bits > 0; bits -= step) {
    step = bits < 29 ? bits : 29; /* 2^29 < NUMBER_BASE: what is carried out fits one word */
    uint64_t carry = 0;
    for (int32_t i = x->end - 1; i >= x->top; i--) {
      const uint64_t product = ((uint64_t)x->word[i] << step) + carry;
      carry = product / NUMBER_BASE;
      x->word[i] = (uint32_t)(product - carry * NUMBER_BASE);
    }
    if (carry) x->word[--x->top] = (uint32_t)carry;
    number_trim(x);
  }
  for (int32_t step; bits < 0; bits += step) {
    step = bits > -32 ? -bits : 32;
    uint64_t rest = 0;
    int32_t i = x->top;
    for (; i < x->end || (rest && i < NUMBER_WORDS); i++) {
      const uint64_t dividend = rest * NUMBER_BASE + x->word[i];
      x->word[i] = (uint32_t)(dividend >> step);
      rest = dividend & (((uint64_t)1 << step) - 1);
    }
    x->end = i;
    if (rest) x->more = 1;
    number_trim(x);
  }
}

/** The integer part, if it is below 2^64. */
static uint64_t number_whole(const number_decimal *x) {
  const uint32_t *w = x->word + NUMBER_WHOLE - 3;
  return ((uint64_t)w[0] * NUMBER_BASE + w[1]) * NUMBER_BASE + w[2];
}

/** Rounds the digits between `first` and `end`, a point among them being skipped, the last of which counts 10^power.
 *  The number is neither 0 nor below 10^-346 nor above 10^329. */
static uint64_t number_from_decimal(const char *first, const char *end, int64_t power, int32_t negative,
                                    int32_t rounding) {
  number_decimal x;
  memset(&x, 0, sizeof x);
  for (const char *p = end; p > first;) {
    if (*--p == '.') continue;
    const int64_t place = power++ - NUMBER_FLOOR;
    if (*p == '0') continue;
    if (place < 0) {
      x.more = 1;
    } else {
      x.word[NUMBER_WORDS - 1 - place / 9] += (uint32_t)(*p - '0') * number_ten[place % 9];
    }
  }
  x.end = NUMBER_WORDS;
  number_trim(&x);
  /* Bring it between 2^63 and 2^64. `more` stays true: no double, nor half-way point, is as fine as the last word. */
  int32_t exponent = 0;
  for (; x.top < NUMBER_WHOLE - 2; exponent += 32) number_shift(&x, -32);
  for (; number_whole(&x) == 0; exponent -= 29) number_shift(&x, 29);
  uint64_t whole = number_whole(&x);
  const int32_t shift = number_normalise(&whole);
  number_shift(&x, shift);
  return number_round(number_whole(&x), exponent - shift, x.more || x.end > NUMBER_WHOLE, negative, rounding);
}

static const double number_exact_ten[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/** head * 10^power in one operation on exact operands, if that can be: in the rounding mode that C starts in, and not
 *  in extended registers, which round twice. */
static int number_from_doubles(uint64_t head, int64_t power, double *value) {
  if (FLT_EVAL_METHOD != 0 || head >= (uint64_t)1 << 53 || power < -22 || power > 22) return 0;
  const double exact = (double)(int64_t)head;
  *value = power < 0 ? exact / number_exact_ten[-power] : exact * number_exact_ten[power];
  return 1;
}

/** The digits between `first` and `end`, at most one point among them, the last of which counts 10^power; `head` is
 *  their integer modulo 2^64. */
static trade_status number_convert(uint64_t head, const char *first, const char *end, int64_t power, int32_t negative,
                                   int32_t rounding, double *value) {
  int64_t dropped = 0;
  if (end - first > NUMBER_HEAD) {
    int32_t taken = 0;
    head = 0;
    for (const char *p = first; p < end; p++) {
      if (*p == '.') continue;
      if (taken == NUMBER_HEAD) {
        dropped++;
      } else {
        head = head * 10 + (uint64_t)(*p - '0');
        taken += head != 0;
      }
    }
  }
  if (rounding == TRADE_NUMBER_NEAREST && dropped == 0 && number_from_doubles(head, power, value)) {
    if (negative) *value = -*value;
    return TRADE_OK;
  }
  uint64_t bits = 0;
  if (head && !number_from_bounds(head, dropped > 0, power + dropped, negative, rounding, &bits))
    bits = number_from_decimal(first, end, power, negative, rounding);
  if (bits == NUMBER_INFINITY) return TRADE_ERROR_RANGE;
  *value = trade_double_of(bits | (uint64_t)(negative != 0) << 63);
  return TRADE_OK;
}

/** Passes over digits, appends them to *head modulo 2^64. */
static const char *number_digits(const char *p, const char *end, uint64_t *head) {
  uint64_t sum = *head;
  for (; p < end; p++) {
    const uint32_t digit = (uint32_t)(unsigned char)*p - '0';
    if (digit > 9) break;
    sum = sum * 10 + digit;
  }
  *head = sum;
  return p;
}

/** Reads [+-]digits up to the end; beyond 10^18, where no text is long enough to make up for it, it no longer
 *  counts. */
static int number_exponent(const char *p, const char *end, int64_t *exponent) {
  const int negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end) return 0;
  int64_t sum = 0;
  for (; p < end; p++) {
    if (*p < '0' || *p > '9') return 0;
    if (sum < 100000000000000000) sum = sum * 10 + (*p - '0');
  }
  *exponent = negative ? -sum : sum;
  return 1;
}

trade_status trade_number_parse(const char *text, size_t length, double *value) {
  if (!text || !value) return TRADE_ERROR_NULL;
  const char *const end = text + length;
  const int32_t negative = length > 0 && *text == '-';
  const char *const first = text + (length > 0 && (*text == '-' || *text == '+'));
  uint64_t head = 0;
  const char *p = number_digits(first, end, &head);
  int64_t exponent = 0, places = 0, count = p - first;
  if (p < end && *p == '.') {
    const char *const point = p++;
    p = number_digits(p, end, &head);
    places = p - point - 1;
    count += places;
  }
  if (count == 0) return TRADE_ERROR_TEXT;
  if (p < end && ((*p != 'e' && *p != 'E') || !number_exponent(p + 1, end, &exponent))) return TRADE_ERROR_TEXT;
  return number_convert(head, first, p, exponent - places, negative, TRADE_NUMBER_NEAREST, value);
}

static int number_is_rounding(int32_t rounding) {
  return rounding == TRADE_NUMBER_NEAREST || rounding == TRADE_NUMBER_DOWN || rounding == TRADE_NUMBER_UP;
}

trade_status trade_number_from_digits(const char *digits, size_t count, int64_t exponent, int32_t negative,
                                      int32_t rounding, double *value) {
  const int64_t limit = 1000000000000000000;
  if (!value || (!digits && count > 0)) return TRADE_ERROR_NULL;
  if (!number_is_rounding(rounding)) return TRADE_ERROR_VALUE;
  if (count == 0) digits = "";
  uint64_t head = 0;
  if (number_digits(digits, digits + count, &head) != digits + count) return TRADE_ERROR_TEXT;
  exponent = exponent < -limit ? -limit : exponent > limit ? limit : exponent;
  return number_convert(head, digits, digits + count, exponent, negative, rounding, value);
}

/** The exact magnitude of a finite double. */
static void number_expand(uint64_t bits, number_decimal *x) {
  const int32_t biased = (int32_t)(bits >> 52 & 0x7FF);
  const uint64_t m = (bits & 0xFFFFFFFFFFFFFu) | (uint64_t)(biased != 0) << 52;
  memset(x, 0, sizeof *x);
  x->word[NUMBER_WHOLE - 2] = (uint32_t)(m / NUMBER_BASE);
  x->word[NUMBER_WHOLE - 1] = (uint32_t)(m % NUMBER_BASE);
  x->end = NUMBER_WHOLE;
  number_trim(x);
  number_shift(x, (biased ? biased : 1) - 1075);
}

/** The digit that counts 10^place, of a place within the words. */
static uint32_t number_digit(const number_decimal *x, int32_t place) {
  const int32_t i = place - NUMBER_FLOOR;
  return x->word[NUMBER_WORDS - 1 - i / 9] / number_ten[i % 9] % 10;
}

/** The place of the first digit that is not 0; of a 0, the lowest place. */
static int32_t number_first(const number_decimal *x) {
  int32_t place = NUMBER_FLOOR + 9 * (NUMBER_WORDS - 1 - x->top), k = 8;
  if (x->top == x->end) return NUMBER_FLOOR;
  while (number_ten[k] > x->word[x->top]) k--;
  return place + k;
}

/** 1 if a digit below 10^place is not 0. */
static int number_below(const number_decimal *x, int32_t place) {
  const int32_t i = place - NUMBER_FLOOR, word = NUMBER_WORDS - 1 - i / 9;
  return x->top < x->end && (x->end > word + 1 || x->word[word] % number_ten[i % 9] != 0);
}

/** Writes the digits of an integer that is not 0, without closing zeros; returns how many digits it has with them. */
static int32_t number_write(uint64_t integer, char *digits, int32_t *kept) {
  int32_t count = 0;
  for (uint64_t rest = integer; rest; rest /= 10) count++;
  *kept = 0;
  for (int32_t i = count; i-- > 0; integer /= 10) {
    digits[i] = (char)('0' + integer % 10);
    if (*kept == 0 && digits[i] != '0') *kept = i + 1;
  }
  return count;
}

/** The shortest digits that read back as the positive double of these bits; the point stands after *point of them. */
static int32_t number_shortest(uint64_t bits, char *digits, int32_t *point) {
  number_decimal x;
  number_expand(bits, &x);
  int32_t place = number_first(&x), kept = 0;
  uint64_t all = 0; /* the first 18 digits */
  for (int32_t i = 0; i < 18; i++) all = all * 10 + number_digit(&x, place - i);
  const int more = number_below(&x, place - 17);
  /* No two decimals of 15 digits read as one normal double: if fewer digits do, they are these, with zeros. */
  const int normal = bits >> 52 != 0;
  place -= normal ? 14 : 0;
  for (uint64_t unit = normal ? 1000 : 100000000000000000u;; unit /= 10, place--) {
    const uint64_t whole = all / unit, rest = all % unit, half = unit / 2;
    const uint64_t up = rest > half || (rest == half && (more || (whole & 1)));
    /* The nearer of the two neighbours; then the other, as doubles above a power of two are twice as far apart. */
    for (uint64_t other = 0; other < 2; other++) {
      double back = 0;
      *point = number_write(whole + (up ^ other), digits, &kept) + place;
      if (unit == 10) return kept; /* 17 digits tell all doubles apart */
      if (trade_number_from_digits(digits, (size_t)kept, *point - kept, 0, TRADE_NUMBER_NEAREST, &back) == TRADE_OK &&
          trade_bits_of(back) == bits)
        return kept;
    }
  }
}

trade_status trade_number_format_shortest(double value, char *text, size_t capacity) {
  if (!text) return TRADE_ERROR_NULL;
  const uint64_t bits = trade_bits_of(value) & ~((uint64_t)1 << 63);
  if (bits >= NUMBER_INFINITY) return TRADE_ERROR_VALUE;
  char digits[20] = "0", out[TRADE_NUMBER_TEXT_SIZE];
  int32_t point = 1;
  const int32_t count = bits ? number_shortest(bits, digits, &point) : 1;
  const int plain = point > -4 && point <= 16;
  const int32_t whole = plain ? point : 1; /* digits before the point */
  size_t n = 0;
  if (trade_bits_of(value) != bits) out[n++] = '-';
  for (int32_t i = whole < 1 ? whole - 1 : 0; i < count || i < whole; i++) {
    out[n++] = (char)(i < 0 || i >= count ? '0' : digits[i]);
    if (i + 1 == whole && i + 1 < count) out[n++] = '.';
  }
  if (!plain) {
    const int32_t exponent = point - 1, size = exponent < 0 ? -exponent : exponent;
    out[n++] = 'e';
    out[n++] = exponent < 0 ? '-' : '+';
    if (size >= 100) out[n++] = (char)('0' + size / 100);
    out[n++] = (char)('0' + size / 10 % 10);
    out[n++] = (char)('0' + size % 10);
  }
  if (n >= capacity) return TRADE_ERROR_CAPACITY;
  memcpy(text, out, n);
  text[n] = '\0';
  return TRADE_OK;
}

/** Makes it a multiple of 10^place. */
static void number_cut(number_decimal *x, int32_t place, int32_t negative, int32_t rounding) {
  if (place <= NUMBER_FLOOR) return;
  const uint32_t next = number_digit(x, place - 1);
  const int more = number_below(x, place - 1);
  const int up = rounding == TRADE_NUMBER_NEAREST ? next > 5 || (next == 5 && (more || (number_digit(x, place) & 1)))
                                                  : (next || more) && (rounding == TRADE_NUMBER_UP) != (negative != 0);
  const int32_t word = NUMBER_WORDS - 1 - (place - NUMBER_FLOOR) / 9;
  const uint32_t unit = number_ten[(place - NUMBER_FLOOR) % 9];
  x->word[word] -= x->word[word] % unit;
  for (int32_t i = word + 1; i < x->end; i++) x->word[i] = 0;
  if (up) {
    int32_t i = word;
    x->word[i] += unit;
    while (x->word[i] == NUMBER_BASE) {
      x->word[i--] = 0;
      x->word[i]++;
    }
    if (i < x->top) x->top = i;
    x->end = word + 1;
  }
  number_trim(x);
}

trade_status trade_number_format_fixed(double value, int32_t scale, int32_t decimals, int32_t rounding, char *text,
                                       size_t capacity) {
  if (!text) return TRADE_ERROR_NULL;
  if (!trade_known(value) || scale < -400 || scale > 400 || decimals < 0 || decimals > 1100 ||
      !number_is_rounding(rounding))
    return TRADE_ERROR_VALUE;
  const uint64_t bits = trade_bits_of(value) & ~((uint64_t)1 << 63);
  const int32_t negative = trade_bits_of(value) != bits;
  /* All doubles are below half of 10^310, so each higher place rounds to the same multiple, 0 or 1. */
  const int32_t unit = scale - decimals < 310 ? scale - decimals : 310;
  number_decimal x;
  number_expand(bits, &x);
  number_cut(&x, unit, negative, rounding);
  const int32_t first = number_first(&x), ones = unit + decimals, sign = negative && x.top < x.end;
  int32_t place = first > ones ? first : ones;
  size_t n = 0;
  if ((size_t)sign + (size_t)(place - unit + 1) + (decimals > 0) >= capacity) return TRADE_ERROR_CAPACITY;
  if (sign) text[n++] = '-';
  for (; place >= unit; place--) {
    text[n++] = (char)('0' + (place >= NUMBER_FLOOR && place <= first ? number_digit(&x, place) : 0));
    if (place == ones && decimals > 0) text[n++] = '.';
  }
  text[n] = '\0';
  return TRADE_OK;
}

#undef NUMBER_INFINITY
