#include "tradestat/figure.h"

#include <float.h>

#include "internal.h"
#include "number.h"

static trade_figure figure_undefined(void) {
  const trade_figure undefined = {TRADE_UNDEFINED, TRADE_UNDEFINED, TRADE_UNDEFINED};
  return undefined;
}

static int figure_known(trade_figure figure) {
  return trade_known(figure.value) && figure.low <= figure.value && figure.value <= figure.high;
}

/** A figure of computed numbers; + 0 makes -0 a 0. */
static trade_figure figure_make(double value, double low, double high) {
  const trade_figure figure = {value + 0.0, low + 0.0, high + 0.0};
  return figure_known(figure) ? figure : figure_undefined();
}

/* Operations on two bounds, rounded down (direction -1) or up (+1) without touching the processor's rounding mode: the
 * nearest double, and one step further if the exact result lies beyond it. An infinite bound is an open side, and what
 * overflows becomes one: of the results at the corners of two ranges, only those on that side's end can. */

static double figure_toward(double nearest, double exact_less_nearest, int direction) {
  return exact_less_nearest * direction > 0 ? nextafter(nearest, direction * (double)INFINITY) : nearest;
}

static double figure_sum(double x, double y, int direction) {
  const double larger = fabs(x) < fabs(y) ? y : x, smaller = fabs(x) < fabs(y) ? x : y;
  const double sum = larger + smaller;
  if (!trade_known(larger)) return sum;
  /* The error of a sum is a double; beyond the largest double, the exact sum lies on this side of infinity. */
  return figure_toward(sum, trade_known(sum) ? smaller - (sum - larger) : -sum, direction);
}

/** A double of the sign of x * y - near, for finite numbers of which `near` is within a factor of 2 of the product, or
 *  0. Fractions and exponents are taken apart, so that nothing overflows or underflows; the product's error is
 *  Dekker's. */
static double figure_product_error(double x, double y, double near) {
  if (x == 0 || y == 0) return -near;
  int x_exponent, y_exponent;
  const double a = frexp(x, &x_exponent), b = frexp(y, &y_exponent), product = a * b;
  return (product - ldexp(near, -(x_exponent + y_exponent))) + trade_product_rest(a, b, product);
}

/** 0 times infinity is 0: the bound is open, not infinite itself. */
static double figure_product(double x, double y, int direction) {
  if (x == 0 || y == 0) return 0;
  const double product = x * y;
  if (!trade_known(product)) return product;
  return figure_toward(product, figure_product_error(x, y, product), direction);
}

/** y is not 0. */
static double figure_quotient(double x, double y, int direction) {
  if (!trade_known(y)) return 0;
  const double quotient = x / y;
  if (!trade_known(quotient)) return quotient;
  const double error = figure_product_error(quotient, y, x);
  return figure_toward(quotient, y > 0 ? -error : error, direction);
}

/** (current - base) / base, base > 0. */
static double figure_growth(double current, double base, int direction) {
  if (!trade_known(base)) return -1;
  return figure_quotient(figure_sum(current, -base, direction), base, direction);
}

/** current / (1 + growth), growth > -1. */
static double figure_base(double current, double growth, int direction) {
  return figure_quotient(current, figure_sum(1, growth, current < 0 ? direction : -direction), direction);
}

/** The range of an operation that is monotone in each operand: it ends at corners of the two ranges. */
static trade_figure figure_corners(trade_figure a, trade_figure b, double value,
                                   double (*operation)(double x, double y, int direction)) {
  const double low = fmin(fmin(operation(a.low, b.low, -1), operation(a.low, b.high, -1)),
                          fmin(operation(a.high, b.low, -1), operation(a.high, b.high, -1)));
  const double high = fmax(fmax(operation(a.low, b.low, 1), operation(a.low, b.high, 1)),
                           fmax(operation(a.high, b.low, 1), operation(a.high, b.high, 1)));
  return figure_make(value, low, high);
}

trade_figure trade_figure_exact(double value) { return figure_make(value, value, value); }

trade_figure trade_figure_rounded(double value, double unit) {
  if (!trade_known(value) || !trade_known(unit) || unit < 0) return figure_undefined();
  const double half = figure_product(unit, 0.5, 1);
  return figure_make(value, figure_sum(value, -half, -1), figure_sum(value, half, 1));
}

trade_figure trade_figure_range(double low, double high) {
  if (!trade_known(low) || !trade_known(high)) return figure_undefined();
  const double sum = low + high;
  return figure_make(trade_known(sum) ? sum / 2 : low / 2 + high / 2, low, high);
}

/* Reading: words do it all. Each says of what kind it is, where it may stand, and what it means. */

enum { FIGURE_SIGN = 0, FIGURE_QUALIFIER = 1, FIGURE_SCALE = 2, FIGURE_UNIT = 3, FIGURE_KINDS = 4 };
enum { FIGURE_BEFORE = 1, FIGURE_AFTER = 2, FIGURE_EITHER = 3 };
enum {
  FIGURE_POSITIVE = 0,
  FIGURE_NEGATIVE = 1,
  FIGURE_MIRRORED = 2
}; /* a minus is the number's, "down" the range's */
enum { FIGURE_PLAIN = 0, FIGURE_ABOUT = 1, FIGURE_OVER = 2, FIGURE_NEARLY = 3, FIGURE_UNDER = 4 };
enum { FIGURE_LONGEST = 255 }; /* bytes of a text that can be a figure */

typedef struct figure_word {
  int32_t kind;
  int32_t place;     /* relative to the number */
  int32_t exponent;  /* the power of ten it multiplies by */
  int32_t meaning;   /* of a sign, a qualifier or a unit */
  const char *texts; /* alternatives in lower case, a bar between them */
} figure_word;

/* Chinese and symbols are spelled as UTF-8 bytes, so that no compiler's character set matters. */
static const figure_word figure_words[] = {
    {FIGURE_SIGN, FIGURE_BEFORE, 0, FIGURE_NEGATIVE, "-|minus|\xE2\x88\x92|\xE2\x80\x93|\xE8\xB4\x9F"}, /* −|–|负 */
    {FIGURE_SIGN, FIGURE_BEFORE, 0, FIGURE_POSITIVE,
     "+|plus|up|up by|rose|rose by|grew|grew by|increased|increased by"},
    {FIGURE_SIGN, FIGURE_BEFORE, 0, FIGURE_POSITIVE,
     "\xE5\xA2\x9E\xE9\x95\xBF|\xE4\xB8\x8A\xE5\x8D\x87|\xE5\xA2\x9E\xE5\x8A\xA0|"
     "\xE5\x90\x8C\xE6\xAF\x94\xE5\xA2\x9E\xE9\x95\xBF"}, /* 增长|上升|增加|同比增长 */
    {FIGURE_SIGN, FIGURE_BEFORE, 0, FIGURE_MIRRORED,
     "down|down by|fell|fell by|dropped|dropped by|declined|declined by"},
    {FIGURE_SIGN, FIGURE_BEFORE, 0, FIGURE_MIRRORED,
     "\xE4\xB8\x8B\xE9\x99\x8D|\xE5\x87\x8F\xE5\xB0\x91|\xE5\x90\x8C\xE6\xAF\x94\xE4\xB8\x8B\xE9\x99\x8D"}, /* 下降|减少|同比下降 */
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_ABOUT, "about|around|approximately|roughly|some"},
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_ABOUT,
     "\xE7\xBA\xA6|\xE5\xA4\xA7\xE7\xBA\xA6|\xE7\xBA\xA6\xE4\xB8\xBA|\xE5\xA4\xA7\xE6\xA6\x82"}, /* 约|大约|约为|大概 */
    {FIGURE_QUALIFIER, FIGURE_AFTER, 0, FIGURE_ABOUT, "or so|\xE5\xB7\xA6\xE5\x8F\xB3"},         /* 左右 */
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_OVER, "over|more than|above|exceeding|at least"},
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_OVER,
     "\xE8\xB6\x85|\xE8\xB6\x85\xE8\xBF\x87|\xE9\x80\xBE|\xE5\xA4\x9A\xE4\xBA\x8E|\xE9\xAB\x98\xE4\xBA\x8E"}, /* 超|超过|逾|多于|高于 */
    {FIGURE_QUALIFIER, FIGURE_AFTER, 0, FIGURE_OVER, "or more|\xE4\xBB\xA5\xE4\xB8\x8A"}, /* 以上 */
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_NEARLY, "nearly|almost|close to"},
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_NEARLY,
     "\xE8\xBF\x91|\xE5\xB0\x86\xE8\xBF\x91|\xE6\x8E\xA5\xE8\xBF\x91"}, /* 近|将近|接近 */
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_UNDER, "under|less than|below|up to|at most"},
    {FIGURE_QUALIFIER, FIGURE_BEFORE, 0, FIGURE_UNDER,
     "\xE4\xB8\x8D\xE8\xB6\xB3|\xE4\xB8\x8D\xE5\x88\xB0|\xE4\xBD\x8E\xE4\xBA\x8E|\xE5\xB0\x91\xE4\xBA\x8E"}, /* 不足|不到|低于|少于 */
    {FIGURE_QUALIFIER, FIGURE_AFTER, 0, FIGURE_UNDER, "or less|\xE4\xBB\xA5\xE4\xB8\x8B"}, /* 以下 */
    {FIGURE_SCALE, FIGURE_AFTER, 3, 0, "thousand|k|\xE5\x8D\x83"},                         /* 千 */
    {FIGURE_SCALE, FIGURE_AFTER, 4, 0, "\xE4\xB8\x87"},                                    /* 万 */
    {FIGURE_SCALE, FIGURE_AFTER, 5, 0, "\xE5\x8D\x81\xE4\xB8\x87"},                        /* 十万 */
    {FIGURE_SCALE, FIGURE_AFTER, 6, 0, "million|mln|mn|m|\xE7\x99\xBE\xE4\xB8\x87"},       /* 百万 */
    {FIGURE_SCALE, FIGURE_AFTER, 7, 0, "\xE5\x8D\x83\xE4\xB8\x87"},                        /* 千万 */
    {FIGURE_SCALE, FIGURE_AFTER, 8, 0, "\xE4\xBA\xBF"},                                    /* 亿 */
    {FIGURE_SCALE, FIGURE_AFTER, 9, 0, "billion|bln|bn|b|\xE5\x8D\x81\xE4\xBA\xBF"},       /* 十亿 */
    {FIGURE_SCALE, FIGURE_AFTER, 10, 0, "\xE7\x99\xBE\xE4\xBA\xBF"},                       /* 百亿 */
    {FIGURE_SCALE, FIGURE_AFTER, 11, 0, "\xE5\x8D\x83\xE4\xBA\xBF"},                       /* 千亿 */
    {FIGURE_SCALE, FIGURE_AFTER, 12, 0, "trillion|trln|trn|tn|\xE4\xB8\x87\xE4\xBA\xBF"},  /* 万亿 */
    {FIGURE_UNIT, FIGURE_AFTER, -2, TRADE_FIGURE_PERCENT, "%|percent|per cent|pct"},
    {FIGURE_UNIT, FIGURE_BEFORE, -2, TRADE_FIGURE_PERCENT, "\xE7\x99\xBE\xE5\x88\x86\xE4\xB9\x8B"}, /* 百分之 */
    {FIGURE_UNIT, FIGURE_AFTER, -2, TRADE_FIGURE_POINTS, "percentage points|percentage point|% points|points|point|pp"},
    {FIGURE_UNIT, FIGURE_AFTER, -2, TRADE_FIGURE_POINTS,
     "\xE4\xB8\xAA\xE7\x99\xBE\xE5\x88\x86\xE7\x82\xB9"}, /* 个百分点 */
    {FIGURE_UNIT, FIGURE_AFTER, -4, TRADE_FIGURE_POINTS, "basis points|basis point|bps|bp"},
    {FIGURE_UNIT, FIGURE_AFTER, -4, TRADE_FIGURE_POINTS, "\xE4\xB8\xAA\xE5\x9F\xBA\xE7\x82\xB9"}, /* 个基点 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_USD,
     "$|us$|dollars|us dollars|u.s. dollars|\xE7\xBE\x8E\xE5\x85\x83"}, /* 美元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_CNY, "yuan|renminbi|rmb"},
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_CNY, "\xE5\x85\x83|\xE4\xBA\xBA\xE6\xB0\x91\xE5\xB8\x81"}, /* 元|人民币 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_XXX, "\xC2\xA5|\xEF\xBF\xA5"},                             /* ¥|￥ */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_JPY, "yen|\xE6\x97\xA5\xE5\x85\x83"},                      /* 日元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_EUR, "euros|euro|\xE2\x82\xAC|\xE6\xAC\xA7\xE5\x85\x83"},  /* €|欧元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_GBP, "pounds|\xC2\xA3|\xEF\xBF\xA1|\xE8\x8B\xB1\xE9\x95\x91"}, /* £|￡|英镑 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_HKD, "hk$|hong kong dollars|\xE6\xB8\xAF\xE5\x85\x83"},        /* 港元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_AUD, "a$|australian dollars|\xE6\xBE\xB3\xE5\x85\x83"},        /* 澳元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_CAD, "c$|canadian dollars|\xE5\x8A\xA0\xE5\x85\x83"},          /* 加元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_NZD, "nz$"},
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_SGD, "s$|\xE6\x96\xB0\xE5\x8A\xA0\xE5\x9D\xA1\xE5\x85\x83"}, /* 新加坡元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_TWD, "nt$"},
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_BRL, "r$"},
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_KRW, "won|\xE2\x82\xA9|\xE9\x9F\xA9\xE5\x85\x83"},            /* ₩|韩元 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_INR, "\xE2\x82\xB9"},                                         /* ₹ */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_RUB, "roubles|rubles|\xE2\x82\xBD|\xE5\x8D\xA2\xE5\xB8\x83"}, /* ₽|卢布 */
    {FIGURE_UNIT, FIGURE_EITHER, 0, TRADE_CHF, "swiss francs"},
};

/** The character that the bytes at `text` mean: ASCII for the full-width forms, ' ' for every blank, else the first
 *  byte as it is. */
static char figure_character(const char *text, size_t left, size_t *used) {
  const unsigned char first = (unsigned char)text[0];
  const unsigned char second = (unsigned char)(left > 1 ? text[1] : 0), third = (unsigned char)(left > 2 ? text[2] : 0);
  *used = 3;
  if (first == 0xEF && second == 0xBC && third > 0x80 && third < 0xC0) return (char)(third - 0x60); /* U+FF01 is '!' */
  if (first == 0xEF && second == 0xBD && third >= 0x80 && third < 0x9F) return (char)(third - 0x20);
  if (first == 0xE3 && second == 0x80 && third == 0x80) return ' ';                    /* ideographic */
  if (first == 0xE2 && second == 0x80 && (third == 0x89 || third == 0xAF)) return ' '; /* thin, narrow no-break */
  *used = 2;
  if (first == 0xC2 && second == 0xA0) return ' '; /* no-break */
  *used = 1;
  return (char)(first == '\t' || first == '\n' || first == '\r' ? ' ' : first);
}

/** Writes the text as words and numbers are looked for in it: in those characters, of blanks only one at a time, and a
 *  NUL. */
static size_t figure_clean(const char *text, size_t length, char *clean) {
  size_t n = 0, used = 0;
  for (size_t i = 0; i < length; i += used) {
    const char character = figure_character(text + i, length - i, &used);
    if (character != ' ' || n == 0 || clean[n - 1] != ' ') clean[n++] = character;
  }
  clean[n] = '\0';
  return n;
}

/** Length of a word at `clean`, 0 if it is not there. Letters match in either case; a word is not the beginning of a
 *  longer one. */
static size_t figure_match(const char *clean, const char *word) {
  size_t n = 0;
  for (; word[n] != '\0' && word[n] != '|'; n++) {
    if ((trade_is_upper(clean[n]) ? clean[n] + ('a' - 'A') : clean[n]) != word[n]) return 0;
  }
  return trade_is_letter(word[n - 1]) && trade_is_letter(clean[n]) ? 0 : n;
}

/** Finds the longest word of those that may stand here; failing that, the code of a currency, in capitals. Returns its
 *  length or 0. */
static size_t figure_find(const char *clean, int32_t place, figure_word *found) {
  size_t longest = 0;
  for (size_t i = 0; i < sizeof figure_words / sizeof figure_words[0]; i++) {
    const char *word = (figure_words[i].place & place) != 0 ? figure_words[i].texts : NULL;
    while (word) {
      const size_t n = figure_match(clean, word);
      if (n > longest) {
        longest = n;
        *found = figure_words[i];
      }
      word = strchr(word, '|');
      if (word) word++;
    }
  }
  if (longest == 0 && trade_is_upper(clean[0]) && trade_is_upper(clean[1]) && trade_is_upper(clean[2]) &&
      !trade_is_letter(clean[3])) {
    const figure_word code = {FIGURE_UNIT, FIGURE_EITHER, 0, 0, ""};
    *found = code;
    if (trade_currency_parse(clean, 3, &found->meaning) == TRADE_OK) longest = 3;
  }
  return longest;
}

typedef struct figure_parts {
  figure_word words[FIGURE_KINDS]; /* of each kind the one found; its place is 0 if there is none */
  char digits[FIGURE_LONGEST + 2]; /* a 0 for carries, the number's digits, a 0 for half units */
  size_t count;                    /* of digits, without the last 0 */
  int32_t decimals;                /* of those, after the point */
  int64_t exponent;                /* of the number's last digit, before scale and unit */
} figure_parts;

/** One word of a kind; of units several that are one: "RMB 5 yuan". The sign of both yuan and yen gives way to
 *  either. */
static int figure_take(figure_parts *parts, const figure_word *word) {
  figure_word *held = &parts->words[word->kind];
  if (held->place == 0) {
    *held = *word;
    return 1;
  }
  if (word->kind != FIGURE_UNIT || word->exponent != held->exponent) return 0;
  const int32_t old = held->meaning, now = word->meaning;
  if (old == TRADE_XXX && (now == TRADE_CNY || now == TRADE_JPY)) held->meaning = now;
  return held->meaning == now || (now == TRADE_XXX && (old == TRADE_CNY || old == TRADE_JPY));
}

/** Takes all words at `clean` that may stand there; returns what follows, null if two contradict or repeat each
 *  other. */
static const char *figure_take_words(figure_parts *parts, const char *clean, int32_t place) {
  figure_word word;
  for (size_t n = 0;; clean += n) {
    if (*clean == ' ') clean++;
    n = figure_find(clean, place, &word);
    if (n == 0) return clean;
    if (!figure_take(parts, &word)) return NULL;
  }
}

/** Takes a run of digits; returns how many. */
static size_t figure_take_digits(figure_parts *parts, const char *clean) {
  size_t n = 0;
  for (; trade_is_digit(clean[n]); n++) parts->digits[parts->count++] = clean[n];
  return n;
}

/** Takes digits[,digits][.digits][e[+-]digits]; returns what follows, null if that is not what stands there. */
static const char *figure_take_number(figure_parts *parts, const char *clean) {
  const size_t whole = figure_take_digits(parts, clean);
  if (clean[whole] == ',' && (whole == 0 || whole > 3 || *clean == '0')) return NULL;
  for (clean += whole; *clean == ','; clean += 4) {
    if (figure_take_digits(parts, clean + 1) != 3) return NULL;
  }
  const size_t decimals = *clean == '.' ? figure_take_digits(parts, clean + 1) : 0;
  if (*clean == '.' ? decimals == 0 : whole == 0) return NULL;
  if (*clean == '.') clean += decimals + 1;
  parts->decimals = (int32_t)decimals;
  parts->exponent = -(int64_t)decimals;
  const char *digit = clean + (clean[0] == 'e' || clean[0] == 'E');
  const int negative = *digit == '-';
  if (digit == clean) return clean;
  if (*digit == '-' || *digit == '+') digit++;
  if (!trade_is_digit(*digit)) return clean; /* no exponent: "5 EUR" without the blank */
  int64_t exponent = 0;
  for (; trade_is_digit(*digit); digit++) exponent = exponent < 100000 ? exponent * 10 + (*digit - '0') : exponent;
  parts->exponent += negative ? -exponent : exponent;
  return digit;
}

/** Takes a text apart; 0 if it is not one figure. */
static int figure_take_text(figure_parts *parts, const char *text, size_t length) {
  char clean[FIGURE_LONGEST + 1];
  memset(parts, 0, sizeof *parts);
  if (length > FIGURE_LONGEST) return 0;
  const char *end = clean + figure_clean(text, length, clean);
  parts->digits[parts->count++] = '0';
  const char *at = figure_take_words(parts, clean, FIGURE_BEFORE);
  if (at) at = figure_take_number(parts, at);
  if (at) at = figure_take_words(parts, at, FIGURE_AFTER);
  parts->exponent += parts->words[FIGURE_SCALE].exponent + parts->words[FIGURE_UNIT].exponent;
  return at == end;
}

/** The number with `step` (-9 to 9) added to the digit at `position` of its size, rounded; infinite if it is beyond all
 *  doubles. */
static double figure_stepped(const figure_parts *parts, size_t position, int step, int32_t rounding) {
  char digits[sizeof parts->digits];
  const size_t count = parts->count + 1;
  int32_t negative = parts->words[FIGURE_SIGN].meaning == FIGURE_NEGATIVE;
  size_t zeros = 0;
  memcpy(digits, parts->digits, count - 1);
  digits[count - 1] = '0';
  while (zeros < count && digits[zeros] == '0') zeros++;
  if (zeros == count && step < 0) { /* from 0 down */
    negative = !negative;
    step = -step;
  }
  int digit = digits[position] - '0' + step;
  for (; digit < 0 || digit > 9; digit = digits[position] - '0' + step) {
    step = digit < 0 ? -1 : 1;
    digits[position--] = (char)('0' + digit - 10 * step);
  }
  digits[position] = (char)('0' + digit);
  double value = 0;
  const trade_status status = trade_number_from_digits(digits, count, parts->exponent - 1, negative, rounding, &value);
  if (status == TRADE_OK) return value;
  return negative ? -(double)INFINITY : (double)INFINITY;
}

/** The figure that the parts make; undefined if its number overflows. */
static trade_figure figure_of_parts(const figure_parts *parts) {
  const int32_t sign = parts->words[FIGURE_SIGN].meaning, qualifier = parts->words[FIGURE_QUALIFIER].meaning;
  const size_t last = parts->count - 1;
  size_t position = last;
  int inwards = 1, outwards = qualifier == FIGURE_ABOUT; /* towards 0, and away from it */
  if (qualifier == FIGURE_PLAIN) {
    inwards = outwards = 5;
    position = parts->count;
  } else if (qualifier == FIGURE_OVER || qualifier == FIGURE_UNDER) {
    inwards = 0;
  } else if (parts->decimals == 0) { /* zeros that end a whole number may only fill it up */
    while (position > 0 && parts->digits[position] == '0') position--;
    if (position == 0) position = last;
  }
  const int below = sign == FIGURE_NEGATIVE ? outwards : -inwards,
            above = sign == FIGURE_NEGATIVE ? -inwards : outwards;
  const double value = figure_stepped(parts, last, 0, TRADE_NUMBER_NEAREST);
  const double low = figure_stepped(parts, position, below, TRADE_NUMBER_DOWN);
  const double high = figure_stepped(parts, position, above, TRADE_NUMBER_UP);
  const double open = (double)INFINITY;
  const trade_figure figure =
      figure_make(value, qualifier == FIGURE_UNDER ? -open : low, qualifier == FIGURE_OVER ? open : high);
  return sign == FIGURE_MIRRORED ? figure_make(-figure.value, -figure.high, -figure.low) : figure;
}

trade_status trade_figure_parse(const char *text, size_t length, trade_figure *figure) {
  int32_t unit = 0;
  return trade_figure_parse_unit(text, length, figure, &unit);
}

trade_status trade_figure_parse_unit(const char *text, size_t length, trade_figure *figure, int32_t *unit) {
  if (!text || !figure || !unit) return TRADE_ERROR_NULL;
  figure_parts parts;
  if (!figure_take_text(&parts, text, length)) return TRADE_ERROR_TEXT;
  const trade_figure read = figure_of_parts(&parts);
  if (!figure_known(read)) return TRADE_ERROR_RANGE;
  *figure = read;
  *unit = parts.words[FIGURE_UNIT].meaning;
  return TRADE_OK;
}

trade_figure trade_figure_add(trade_figure a, trade_figure b) {
  if (!figure_known(a) || !figure_known(b)) return figure_undefined();
  return figure_make(a.value + b.value, figure_sum(a.low, b.low, -1), figure_sum(a.high, b.high, 1));
}

trade_figure trade_figure_subtract(trade_figure a, trade_figure b) {
  const trade_figure negative = {-b.value, -b.high, -b.low};
  return trade_figure_add(a, negative);
}

trade_figure trade_figure_multiply(trade_figure a, trade_figure b) {
  if (!figure_known(a) || !figure_known(b)) return figure_undefined();
  return figure_corners(a, b, a.value * b.value, figure_product);
}

trade_figure trade_figure_divide(trade_figure a, trade_figure b) {
  if (!figure_known(a) || !figure_known(b) || (b.low <= 0 && b.high >= 0)) return figure_undefined();
  return figure_corners(a, b, a.value / b.value, figure_quotient);
}

trade_figure trade_figure_growth(trade_figure current, trade_figure base) {
  if (!figure_known(current) || !figure_known(base) || base.low <= 0) return figure_undefined();
  return figure_corners(current, base, (current.value - base.value) / base.value, figure_growth);
}

trade_figure trade_figure_implied_base(trade_figure current, trade_figure growth) {
  if (!figure_known(current) || !figure_known(growth) || growth.low <= -1) return figure_undefined();
  return figure_corners(current, growth, current.value / (1 + growth.value), figure_base);
}

trade_figure trade_figure_convert(trade_figure figure, int32_t currency, trade_rate rate) {
  if (!trade_rate_valid(rate) || (currency != rate.base && currency != rate.quote)) return figure_undefined();
  const trade_figure price = trade_figure_exact(rate.price);
  return currency == rate.base ? trade_figure_multiply(figure, price) : trade_figure_divide(figure, price);
}

int32_t trade_figure_agree(trade_figure a, trade_figure b) {
  return figure_known(a) && figure_known(b) && a.low <= b.high && b.low <= a.high;
}

int32_t trade_figure_holds(trade_figure figure, double value) {
  return figure_known(figure) && trade_known(value) && figure.low <= value && value <= figure.high;
}

/** The power of ten of the digit that stands before the point: hundredths are a percentage's ones. */
static int32_t figure_ones(int32_t unit) {
  return unit == TRADE_FIGURE_PERCENT || unit == TRADE_FIGURE_POINTS ? -2 : 0;
}

/** Powers of ten of the first and the last digit of a number's shortest decimal; both `zero` for 0. */
static void figure_digits(double x, int32_t zero, int32_t *first, int32_t *last) {
  char text[TRADE_NUMBER_TEXT_SIZE] = "";
  figure_parts parts;
  memset(&parts, 0, sizeof parts);
  (void)trade_number_format_shortest(fabs(x), text, sizeof text);
  (void)figure_take_number(&parts, text);
  size_t from = 0, to = parts.count;
  while (from < to && parts.digits[from] == '0') from++;
  while (from < to && parts.digits[to - 1] == '0') to--;
  *first = from < to ? (int32_t)parts.exponent + (int32_t)(parts.count - from) - 1 : zero;
  *last = from < to ? (int32_t)parts.exponent + (int32_t)(parts.count - to) : zero;
}

/** Appends a text at *end. */
static void figure_append(char **end, const char *text) {
  const size_t n = strlen(text);
  memcpy(*end, text, n + 1);
  *end += n;
}

/** Writes x rounded to 10^last: with a scale word, or with an exponent if it is far from 1 or is a 0 that no plain
 *  number shows. */
static void figure_write(char *text, const char *qualifier, double x, int32_t last, int32_t unit,
                         const char *unit_text) {
  static const char *const scales[] = {"", " thousand", " million", " billion", " trillion"};
  char number[TRADE_FIGURE_TEXT_SIZE] = "";
  (void)trade_number_format_fixed(x, last, 0, TRADE_NUMBER_NEAREST, number, sizeof number);
  const int32_t ones = figure_ones(unit), first = last + (int32_t)strlen(number) - (number[0] == '-') - 1;
  const int exponential = first - ones < -6 || first - ones > 17 || (number[0] == '0' && last > ones);
  const int32_t thousands = exponential || ones < 0 || last <= 0 || first < 3 ? 0 : first < 12 ? first / 3 : 4;
  const int32_t scale = exponential ? first : ones + 3 * thousands;
  if (last < scale)
    (void)trade_number_format_fixed(x, scale, scale - last, TRADE_NUMBER_NEAREST, number, sizeof number);
  figure_append(&text, qualifier);
  figure_append(&text, number);
  if (exponential) {
    (void)trade_number_format_fixed(first - ones, 0, 0, TRADE_NUMBER_NEAREST, number, sizeof number);
    figure_append(&text, "e");
    figure_append(&text, number);
  }
  for (int32_t zero = scale; zero < last; zero++) figure_append(&text, "0");
  figure_append(&text, scales[thousands]);
  figure_append(&text, unit_text[0] != '\0' ? " " : "");
  figure_append(&text, unit_text);
}

/** Writes a figure with one open side: its bound in full, or its value, if the bound is just that rounded outward. */
static void figure_write_open(char *text, trade_figure figure, int32_t unit, const char *unit_text) {
  const double bound = trade_known(figure.low) ? figure.low : figure.high;
  const double x = fabs(figure.value - bound) <= fabs(bound) * 2 * DBL_EPSILON ? figure.value : bound;
  int32_t first = 0, last = 0;
  figure_digits(x, figure_ones(unit), &first, &last);
  figure_write(text, trade_known(figure.low) ? "over " : "under ", x, last, unit, unit_text);
}

/** Writes a figure closed on both sides: with ever fewer digits, plain or after "about", until what is read back holds
 *  it. That ends at the latest where the number is a 0 with a unit beyond all doubles. */
static void figure_write_closed(char *text, trade_figure figure, int32_t unit, const char *unit_text) {
  const double width = fmin(figure.high - figure.low, DBL_MAX), slack = width / 1e9;
  int32_t first = 0, last = 0;
  figure_digits(width > 0 ? width : figure.value, figure_ones(unit), &first, &last);
  if (width > 0) last = first;
  for (int about = 0;; last += about, about = !about) {
    trade_figure read = figure_undefined();
    figure_write(text, about ? "about " : "", figure.value, last, unit, unit_text);
    if (trade_figure_parse(text, strlen(text), &read) == TRADE_OK && read.low <= figure.low + slack &&
        read.high >= figure.high - slack) {
      return;
    }
  }
}

trade_status trade_figure_format(trade_figure figure, int32_t unit, char *text, size_t capacity) {
  if (!text) return TRADE_ERROR_NULL;
  const char *unit_text = unit == TRADE_FIGURE_NUMBER    ? ""
                          : unit == TRADE_FIGURE_PERCENT ? "%"
                          : unit == TRADE_FIGURE_POINTS  ? "points"
                                                         : trade_currency_letters(unit);
  if (!unit_text) return TRADE_ERROR_CURRENCY;
  const int closed = trade_known(figure.low) && trade_known(figure.high);
  if (!figure_known(figure) || (!closed && !trade_known(figure.low) && !trade_known(figure.high)))
    return TRADE_ERROR_VALUE;
  char written[TRADE_FIGURE_TEXT_SIZE];
  (closed ? figure_write_closed : figure_write_open)(written, figure, unit, unit_text);
  const size_t size = strlen(written) + 1;
  if (size > capacity) return TRADE_ERROR_CAPACITY;
  memcpy(text, written, size);
  return TRADE_OK;
}
