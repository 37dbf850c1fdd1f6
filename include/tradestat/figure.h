/**
 * Published figures as what they are: ranges. "1.46 trillion" is anything from 1.455e12 to 1.465e12. Arithmetic rounds
 * outward, so that the true figure is always inside; a derived figure prints only the digits it has; two figures can be
 * asked whether they agree.
 */
#ifndef TRADE_FIGURE_H
#define TRADE_FIGURE_H

#include "tradestat/base.h"
#include "tradestat/currency.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A figure: the value as printed or computed, and the closed range in which the true one lies, low <= value <= high. A
 * bound may be infinite where the text leaves that side open. The undefined figure has NaN in all three.
 */
typedef struct trade_figure {
  double value;
  double low;
  double high;
} trade_figure;

/** What a figure counts. A figure in a currency has the ISO 4217 number (TRADE_USD) as its unit. */
enum {
  TRADE_FIGURE_NUMBER = 0,    /* a plain number, or money without a word of its currency ("¥" alone: TRADE_XXX) */
  TRADE_FIGURE_PERCENT = -1,  /* "20.5 %" is the ratio 0.205 */
  TRADE_FIGURE_POINTS = -2,   /* "15.6 percentage points" is 0.156 */
  TRADE_FIGURE_TEXT_SIZE = 64 /* bytes that hold any text of trade_figure_format, its NUL included */
};

/** A figure known exactly: low = value = high. Undefined if the value is NaN or infinite. */
TRADE_API trade_figure trade_figure_exact(double value);

/** A figure rounded to multiples of `unit`, as a table's: value - unit/2 to value + unit/2 of the two doubles, rounded
 *  outward (the nearest doubles that hold the range). Undefined unless both are finite and unit >= 0.
 *  trade_figure_rounded(54152.9, 0.1) is a cell of a table in 100 million yuan with one decimal;
 *  trade_figure_parse("54152.9") has the bounds of the decimals themselves. */
TRADE_API trade_figure trade_figure_rounded(double value, double unit);

/** A range whose value is its middle (0.5 ulp); undefined unless low <= high, both finite. */
TRADE_API trade_figure trade_figure_range(double low, double high);

/**
 * Reads one published figure from `length` bytes of UTF-8. The whole text must be one figure: a number, words before
 * and after it as below, of each kind at most one (of units several that are the same: "RMB 5 yuan"), blanks between
 * them or none.
 *
 *   number     1.46, .5, 1,460,000 (commas by three), 1.5e12; full-width digits, letters and signs as well
 *   sign       -, +, minus sign, minus: the number's own, before or after a currency's sign
 *              up, rose, grew, increased, 增长, 上升; down, fell, dropped, declined, 下降, 减少: of the whole range
 *   scale      thousand, million, billion, trillion, k, m, mn, mln, b, bn, bln, tn, trn, trln; 千, 万, 十万, 百万, 千万, 亿, 十亿,
 *   百亿, 千亿, 万亿
 *   unit       %, percent, per cent, pct, 百分之 : a ratio. percentage points, % points, points, pp, 个百分点, and basis
 *   points, bp, bps: also
 *              $, US$, dollars, yuan, RMB, euros, €, pounds, £, yen, HK$, won ..., 元, 人民币, 美元, 欧元, 日元, 英镑, 港元 ..., or
 *              an ISO 4217 code in capitals; before or after
 *
 * Words are in letters of either case. The range is half a unit of the last digit printed to each side: "1.46 trillion"
 * 1.455e12 to 1.465e12, "3,727" 3726.5 to 3727.5. It is computed in decimal digits and rounded outward, to the nearest
 * doubles that hold it; a bound beyond all doubles is infinite. A qualifier changes the range, u being a unit of the
 * last digit, of a whole number's that is not 0 ("300": 100; "1.50": 0.01; "0": 1):
 *
 *   about      around, approximately, roughly, some, or so (after it), 约, 大约, 左右 (after it): u to each side
 *   over       more than, above, exceeding, at least, or more (after it), 超, 超过, 逾, 多于, 高于, 以上 (after it): from the
 *   number up without end
 *   nearly     almost, close to, 近, 将近, 接近: from u nearer to 0 up to the number
 *   under      less than, below, up to, at most, or less (after it), 不足, 不到, 低于, 少于, 以下 (after it): from minus infinity
 *   to the number
 *
 * "over -5 %" is -5 % and up, as numbers compare; "down over 5 %" is -5 % and down, the range of "over 5 %" turned
 * round; "up less than 5 %" is 5 % and down, below 0 too. "about 1 trillion" is 0 to 2 trillion: of so round a number
 * no digit is known for sure. What is not of this form is refused rather than guessed at: "1,46", "1.46 trillion
 * trillion", "$5 euros", "down -5 %", "12 apples", "5 usd".
 *
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_TEXT if the text is not one figure (none has more than 255 bytes),
 *         TRADE_ERROR_RANGE if the number overflows a double
 */
TRADE_API trade_status trade_figure_parse(const char *text, size_t length, trade_figure *figure);

/** The same, and what it counts: a currency's number, TRADE_FIGURE_PERCENT, TRADE_FIGURE_POINTS or TRADE_FIGURE_NUMBER.
 *  "¥", the sign of both yuan and yen, gives TRADE_XXX, unless another word says which: "¥5 yuan". */
TRADE_API trade_status trade_figure_parse_unit(const char *text, size_t length, trade_figure *figure, int32_t *unit);

/** a + b, a - b, a * b, a / b: value by value (0.5 ulp), and the range of all results, its bounds rounded outward: they
 *  are the nearest doubles that hold it. The two count as independent of each other (a - a is not 0). A side that is
 *  open or overflows is infinite. Undefined if one is, if the value overflows, or if the divisor's range holds 0. */
TRADE_API trade_figure trade_figure_add(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_subtract(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_multiply(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_divide(trade_figure a, trade_figure b);

/** Growth of two independent figures: (current - base) / base. The value is trade_growth_rate's (1.5 ulp), each bound
 *  outside of the exact one by less than 4 ulp (more, but outside, where current - base overflows at an end of the
 *  ranges). Undefined unless base's range is positive, or if the value or its current - base overflows. */
TRADE_API trade_figure trade_figure_growth(trade_figure current, trade_figure base);

/** The base that a figure and its growth imply: current / (1 + growth). The value is within 1.5 ulp, each bound outside
 *  of the exact one by less than 4 ulp. Undefined if growth's range reaches -1, or if the value overflows. */
TRADE_API trade_figure trade_figure_implied_base(trade_figure current, trade_figure growth);

/** Conversion at an exact rate, by trade_figure_multiply or _divide; undefined where trade_currency_convert is NaN. At
 *  a rate that is itself a figure, multiply or divide. */
TRADE_API trade_figure trade_figure_convert(trade_figure figure, int32_t currency, trade_rate rate);

/** 1 if the two can be the same true figure (their ranges meet), else 0; 0 if either is undefined. */
TRADE_API int32_t trade_figure_agree(trade_figure a, trade_figure b);

/** 1 if the exact value lies in the figure's range, else 0; 0 if either is undefined. */
TRADE_API int32_t trade_figure_holds(trade_figure figure, double value);

/**
 * Writes only the digits that are known, and the unit: "1.46 trillion CNY", "20.5 %", "15.6 points", "3727". The text
 * rounds the value to the most digits with which its range, read back, still holds the figure's own: u, one unit of the
 * last digit, is at least the range's width, or half of it after "about": 4.8 % to 5.0 % is "about 4.9 %". An exact
 * figure prints its shortest decimal; one open to a side, its bound: "over 50 %", "under 3 million". A scale word fills
 * up what is not known before the point; a number far from 1, or a 0 that is not known to the ones, has an exponent
 * ("1.5e20", "0e2": -50 to 50).
 *
 * What trade_figure_parse_unit reads back is the same unit and a range that holds the figure's own but for what outward
 * rounding may have added to it: at most a billionth of its width or, where it is open, 4 ulp of its bound.
 *
 * @param unit      as from trade_figure_parse_unit
 * @param capacity  bytes at `text`; TRADE_FIGURE_TEXT_SIZE is always enough
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_CURRENCY for an unknown unit, TRADE_ERROR_VALUE for an undefined
 *         figure or one open to both sides, TRADE_ERROR_CAPACITY
 */
TRADE_API trade_status trade_figure_format(trade_figure figure, int32_t unit, char *text, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
