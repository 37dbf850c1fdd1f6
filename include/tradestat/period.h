/**
 * Periods and days: a trade_period is a run of whole months (month, quarter, half, year, fiscal year,
 * January-February, year to date); a day is a count of days, for daily exchange rates.
 */
#ifndef TRADE_PERIOD_H
#define TRADE_PERIOD_H

#include "tradestat/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A run of whole months of the (proleptic) Gregorian calendar. All zeros is the undefined period: what every function
 * here returns where there is no such period, or where it was given one that is not valid.
 */
typedef struct trade_period {
  int32_t year;      /* year of the first month, 1 to 9999 */
  uint8_t month;     /* the first month, 1 to 12 */
  uint8_t months;    /* how many, 1 to 255; the last one lies in 9999-12 or before */
  uint16_t reserved; /* 0 */
} trade_period;

enum {
  TRADE_PERIOD_TEXT_SIZE = 24, /* bytes that hold any text of trade_period_format, its NUL included */
  TRADE_DAY_TEXT_SIZE = 11,    /* the same for trade_day_format */
  TRADE_DAY_NONE = INT32_MIN   /* the day that does not exist */
};

/** The period of `months` months from `month` of `year` on; undefined (all zeros) if there is no such period. */
TRADE_API trade_period trade_period_make(int32_t year, int32_t month, int32_t months);

/** 1 if the period exists (1 <= year <= 9999, month 1 to 12, months 1 to 255, reserved 0, ends by 9999-12), else 0. */
TRADE_API int32_t trade_period_valid(trade_period period);

/**
 * Reads a period from `length` bytes of text, all of them; blanks around it are not accepted.
 *
 *   year       2020, 2020-A1, 2020A1                    quarter    2020-Q3, 2020Q3
 *   half year  2020-S1, 2020S1, 2020-H1, 2020H1         month      2020-06, 202006, 2020-M06, 2020M06, 2020-M6, 2020M6
 *   trimester  2020-T1, 2020T1 (four months)
 *   any run    2020-04-01/P12M, 2020-04-01/P1Y, 2020-01-01/P1Y6M, 2020-04-01T00:00:00/P1Y (SDMX time range, from the
 *   first of
 *              a month; the day in either form of trade_day_parse)
 *
 * Letters may be small; the year has four digits. All mean calendar years: where a data set's REPORTING_YEAR_START_DAY
 * is not --01-01, 2020-Q1 begins elsewhere, and trade_period_shift moves what was read.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_LENGTH for a length that memory cannot hold;
 *         TRADE_ERROR_TEXT if it is of none of these forms nor of the next;
 *         TRADE_ERROR_PERIOD for what does not exist: 2020-M13, 2020-00, 2020-Q5, 2020-02-30, year 0000, P0M, more than
 *         255 months; TRADE_ERROR_NOT_MONTHS for weeks, days and moments: 2015-W07, 2015W07, 2015-D045, 2015-02-14,
 *         20150214, 2015-02-14T12:00:00, and ranges that begin within a month or last for days or weeks (.../P7D,
 *         .../P1W).
 * Source: SDMX 2.1, section 6 (Technical Notes), 4.2, which has no H; UN Comtrade for 202006.
 */
TRADE_API trade_status trade_period_parse(const char *text, size_t length, trade_period *period);

/**
 * Writes the shortest SDMX text of a period, NUL-terminated: 2020, 2020-S1, 2020-T1, 2020-Q3, 2020-06; what has no name
 * as a range, 2020-01-01/P2M, 2020-04-01/P1Y. trade_period_parse reads it back to the same period.
 *
 * @param capacity  bytes at `text`; TRADE_PERIOD_TEXT_SIZE is always enough
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_PERIOD for an invalid period, TRADE_ERROR_CAPACITY
 */
TRADE_API trade_status trade_period_format(trade_period period, char *text, size_t capacity);

/** The first month as a number, (year - 1) * 12 + month - 1: 0 is January of year 1. -1 if the period is invalid.
 *  trade_period_shift(trade_period_make(1, 1, 1), number) leads back to the month. */
TRADE_API int32_t trade_period_first_month(trade_period period);

/** The last month as such a number (inclusive). -1 if the period is invalid. */
TRADE_API int32_t trade_period_last_month(trade_period period);

/** The same run, `months` months later (earlier where negative); undefined if it leaves the years 1 to 9999. */
TRADE_API trade_period trade_period_shift(trade_period period, int32_t months);

/** The run of the same length that follows immediately: 2020-Q4 after 2020-Q3. Undefined past 9999. */
TRADE_API trade_period trade_period_next(trade_period period);

/** The run of the same length that ends right before. Undefined before year 1. */
TRADE_API trade_period trade_period_previous(trade_period period);

/** The same run 12 months earlier: what a growth rate "on the year" compares with. Undefined in year 1. */
TRADE_API trade_period trade_period_year_before(trade_period period);

/**
 * The standard period of `months` months (1, 2, 3, 4, 6 or 12, counted from January) that holds the whole of `period`:
 * the quarter of a month, the year of a quarter. Undefined if the period spans two of them, or for another length.
 */
TRADE_API trade_period trade_period_containing(trade_period period, int32_t months);

/** From January of the year in which the period ends to its last month: January to June for June or for the second
 *  quarter. */
TRADE_API trade_period trade_period_year_to_date(trade_period period);

/** January and February together, as China's customs publishes them; undefined outside the years 1 to 9999. */
TRADE_API trade_period trade_period_january_february(int32_t year);

/** The twelve months from `first_month` of `year` on: India's fiscal year 2020-21 is (2020, 4), the US
 *  one of 2021 (2020, 10). Undefined if it does not end by 9999-12. */
TRADE_API trade_period trade_period_fiscal_year(int32_t year, int32_t first_month);

/** 1 if the two have a month in common, else 0; 0 if either is invalid. */
TRADE_API int32_t trade_period_overlaps(trade_period a, trade_period b);

/** 1 if every month of `inner` is one of `outer`, else 0; 0 if either is invalid. */
TRADE_API int32_t trade_period_holds(trade_period outer, trade_period inner);

/** -1, 0 or 1 in the order of first months, then of lengths; an invalid period comes before every valid one. */
TRADE_API int32_t trade_period_compare(trade_period a, trade_period b);

/** Months from the beginning of `from` to the beginning of `to`, negative if that is earlier; INT32_MIN if either is
 *  invalid. */
TRADE_API int32_t trade_period_months_between(trade_period from, trade_period to);

/** A day as a number: days since 1970-01-01, Gregorian, years 1 to 9999; TRADE_DAY_NONE if there is no such day. */
TRADE_API int32_t trade_day_make(int32_t year, int32_t month, int32_t day);

/**
 * Reads a day, 2020-01-15 or 20200115, from `length` bytes.
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_PERIOD for a day that does not exist,
 *         TRADE_ERROR_TEXT otherwise
 */
TRADE_API trade_status trade_day_parse(const char *text, size_t length, int32_t *day);

/** Writes 2020-01-15, NUL-terminated. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_PERIOD (no such day),
 *  TRADE_ERROR_CAPACITY. */
TRADE_API trade_status trade_day_format(int32_t day, char *text, size_t capacity);

/** The month that holds the day; undefined for TRADE_DAY_NONE and days outside the years 1 to 9999. */
TRADE_API trade_period trade_day_month(int32_t day);

/** The first day of a period; TRADE_DAY_NONE if the period is invalid. */
TRADE_API int32_t trade_period_first_day(trade_period period);

/** The last day of a period (inclusive); TRADE_DAY_NONE if the period is invalid. */
TRADE_API int32_t trade_period_last_day(trade_period period);

#ifdef __cplusplus
}
#endif

#endif
