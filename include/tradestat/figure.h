/**
 * Published figures as what they are: ranges. "1.46 trillion" is anything from 1.455e12 to 1.465e12. Arithmetic rounds outward, so
 * that the true figure is always inside; a derived figure prints only the digits it has; two figures can be asked whether they agree.
 */
#ifndef TRADE_FIGURE_H
#define TRADE_FIGURE_H

#include "tradestat/base.h"
#include "tradestat/currency.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A figure: the value as printed or computed, and the closed range in which the true one lies, low <= value <= high. A bound may be
 * infinite where the text leaves that side open. The undefined figure has NaN in all three.
 */
typedef struct trade_figure {
  double value;
  double low;
  double high;
} trade_figure;

/** What a figure counts. A figure in a currency has the ISO 4217 number (TRADE_USD) as its unit. */
enum {
  TRADE_FIGURE_NUMBER = 0,     /* a plain number, or money whose currency the text leaves open */
  TRADE_FIGURE_PERCENT = -1,   /* "20.5 %" is the ratio 0.205 */
  TRADE_FIGURE_POINTS = -2,    /* "15.6 percentage points" is 0.156 */
  TRADE_FIGURE_TEXT_SIZE = 400 /* bytes that hold any text of trade_figure_format, its NUL included */
};

/** A figure known exactly: low = value = high. Undefined if the value is NaN or infinite. */
TRADE_API trade_figure trade_figure_exact(double value);

/** A figure rounded to multiples of `unit`, as a table's: value - unit/2 to value + unit/2, outward. Undefined unless both are
 *  finite and unit >= 0. trade_figure_rounded(54152.9, 0.1) is a cell of a table in 100 million yuan with one decimal. */
TRADE_API trade_figure trade_figure_rounded(double value, double unit);

/** A range whose value is its middle; undefined unless low <= high, both finite. */
TRADE_API trade_figure trade_figure_range(double low, double high);

/**
 * Reads one published figure from `length` bytes of UTF-8; the whole text must be one figure, blanks around it allowed.
 *
 *   number    1.46, 1,460,000 (commas by three), -32.2, 1.5e12, minus sign U+2212, full-width digits, point, comma and % as well
 *   scale     thousand, million, billion, trillion (and k, m, mn, mln, bn, bln, tn, trn, trln); 千, 万, 百万, 千万, 亿, 十亿, 百亿, 千亿, 万亿
 *   unit      %, percent, per cent, pct: a ratio. percentage points, points, pp, 个百分点: a ratio too.
 *             $, US$, €, £, HK$ ..., an ISO 4217 code, dollars, euros, pounds, yuan, RMB, yen, 元, 人民币, 美元, 欧元, 日元, 英镑; before or after
 *
 * The range is half a unit of the last digit printed to each side: "1.46 trillion" 1.455e12 to 1.465e12, "3,727" 3726.5 to 3727.5.
 * A word before it changes that:
 *   about, around, approximately, roughly, some, nearly equal: one unit of the last digit that is not 0 to each side
 *             (约, 大约, 左右 after it)
 *   over, more than, above, exceeding, at least: from the number itself up, without end (超, 超过, 逾, 多于)
 *   nearly, almost, close to: from one unit of the last digit that is not 0 below the number up to the number (近, 将近)
 *   under, less than, below, up to: from minus infinity to the number (不足, 低于)
 *
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_TEXT if the text is not one figure, TRADE_ERROR_RANGE if it overflows a double
 */
TRADE_API trade_status trade_figure_parse(const char *text, size_t length, trade_figure *figure);

/** The same, and what it counts: a currency's number, TRADE_FIGURE_PERCENT, TRADE_FIGURE_POINTS or TRADE_FIGURE_NUMBER. "¥", the
 *  sign of both yuan and yen, gives TRADE_XXX. */
TRADE_API trade_status trade_figure_parse_unit(const char *text, size_t length, trade_figure *figure, int32_t *unit);

/** a + b, a - b, a * b, a / b: value by value, bounds rounded outward. The two count as independent of each other (a - a is
 *  not 0). Undefined if one is, or if the divisor's range holds 0. */
TRADE_API trade_figure trade_figure_add(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_subtract(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_multiply(trade_figure a, trade_figure b);
TRADE_API trade_figure trade_figure_divide(trade_figure a, trade_figure b);

/** Growth of two independent figures: current / base - 1. Undefined unless base's range is positive. */
TRADE_API trade_figure trade_figure_growth(trade_figure current, trade_figure base);

/** The base that a figure and its growth imply: current / (1 + growth). Undefined if growth's range reaches -1. */
TRADE_API trade_figure trade_figure_implied_base(trade_figure current, trade_figure growth);

/** Conversion at an exact rate, as trade_currency_convert; undefined where that is NaN. At a rate that is itself a figure, multiply
 *  or divide. */
TRADE_API trade_figure trade_figure_convert(trade_figure figure, int32_t currency, trade_rate rate);

/** 1 if the two can be the same true figure (their ranges meet), else 0; 0 if either is undefined. */
TRADE_API int32_t trade_figure_agree(trade_figure a, trade_figure b);

/** 1 if the exact value lies in the figure's range, else 0; 0 if either is undefined. */
TRADE_API int32_t trade_figure_holds(trade_figure figure, double value);

/**
 * Writes only the digits that are known: as many as the width of the range allows, one unit of the last being no less than the
 * width; with a scale word, and the unit: "1.46 trillion", "6.5 CNY", "4.9 %", "15.6 points", "226.2 billion USD". Where the plain
 * text would claim more than is known it says "about"; a figure open to one side reads "over 50 %" or "under 3 million".
 * Read back, the text gives a range that holds the figure's own, and the same unit.
 *
 * @param unit      as from trade_figure_parse_unit
 * @param capacity  bytes at `text`; TRADE_FIGURE_TEXT_SIZE is always enough
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_CAPACITY, TRADE_ERROR_CURRENCY for an unknown unit, TRADE_ERROR_VALUE for an undefined figure
 */
TRADE_API trade_status trade_figure_format(trade_figure figure, int32_t unit, char *text, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
