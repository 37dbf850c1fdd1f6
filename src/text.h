/**
 * Texts of a table, whatever its layout: words, names, what stands for a missing number, marks in numbers, periods and
 * days in forms that only tables have. Private to the library.
 */
#ifndef TRADE_TEXT_H
#define TRADE_TEXT_H

#include <string.h>

#include "tradestat/record.h"

/** 1 if the text is this word. */
static inline int trade_text_is(const trade_text *text, const char *word) {
  return text->length == strlen(word) && memcmp(text->bytes, word, text->length) == 0;
}

/** 1 if the text begins with this word. */
static inline int trade_text_begins(const trade_text *text, const char *word) {
  return text->length >= strlen(word) && memcmp(text->bytes, word, strlen(word)) == 0;
}

/** How long a text is up to a mark, or its end. */
static inline size_t trade_text_until(const char *text, size_t length, char mark) {
  const char *at = length ? (const char *)memchr(text, mark, length) : NULL;
  return at ? (size_t)(at - text) : length;
}

/** Where `word` stands in the text, or SIZE_MAX. */
static inline size_t trade_text_find(const trade_text *text, const char *word) {
  const size_t length = strlen(word);
  for (size_t at = 0; at + length <= text->length; at++)
    if (!length || (text->bytes[at] == word[0] && memcmp(text->bytes + at, word, length) == 0)) return at;
  return SIZE_MAX;
}

/** 1 if the two are one name, letters of either case, blanks, _, - and points left out. */
int trade_text_same_name(const char *a, size_t a_length, const char *b, size_t b_length);

/** An order of names in which those that are one name are equal: below 0, 0 or above 0. */
int trade_text_name_order(const trade_text *a, const trade_text *b);

/** 1 if the text is one of those that stand for a missing number. */
int trade_text_missing(const char *text, size_t length);

/** 1 if the text is such as 2023.1: January, or October whose zero was lost with the number's last digits. */
int trade_text_is_unclear_month(const trade_text *text);

/**
 * The period or day of a text: every form of trade_period_parse and trade_day_parse, and those that only tables have.
 * @param period  of a day, its month; unchanged if it is neither
 * @param day     TRADE_DAY_NONE for a period; unchanged if it is neither
 * @return TRADE_OK; TRADE_ERROR_TEXT; TRADE_ERROR_PERIOD if there is no such period or day; TRADE_ERROR_NOT_MONTHS
 */
trade_status trade_text_moment(const trade_text *text, trade_period *period, int32_t *day);

/** What a number shows of its marks, of decimals and of groups of three digits. */
enum {
  TRADE_MARKS_NOTHING,          /* 0 */
  TRADE_MARKS_NO_MARK,          /* 12 */
  TRADE_MARKS_NO_GROUPS,        /* 1234 */
  TRADE_MARKS_POINT,            /* 1.5, 1,234.5 and 1,234,567 */
  TRADE_MARKS_COMMA,            /* 1,5 */
  TRADE_MARKS_COMMA_LAST,       /* 1.234,5 */
  TRADE_MARKS_GROUPS_OF_POINTS, /* 1.234.567 */
  TRADE_MARKS_POINT_OR_GROUP,   /* 1.234 */
  TRADE_MARKS_COMMA_OR_GROUP    /* 1,234 */
};

/** One of these, for a number without a sign. */
int32_t trade_text_shows(const char *text, size_t length);

/** Takes thousands marks out of a number without a sign and makes its decimal mark a point: 1 if the marks are where they
 *  can be. */
int trade_text_take_marks(char *text, size_t *length, char decimal);

#endif
