#include "text.h"

#include "internal.h"

static int text_filler(char c) { return c == ' ' || c == '_' || c == '-' || c == '.'; }

int trade_text_name_order(const trade_text *a, const trade_text *b) {
  for (size_t i = 0, k = 0;; i++, k++) {
    while (i < a->length && text_filler(a->bytes[i])) i++;
    while (k < b->length && text_filler(b->bytes[k])) k++;
    if (i == a->length || k == b->length) return (i < a->length) - (k < b->length);
    const char x = trade_lower(a->bytes[i]), y = trade_lower(b->bytes[k]);
    if (x != y) return x < y ? -1 : 1;
  }
}

int trade_text_same_name(const char *a, size_t a_length, const char *b, size_t b_length) {
  const trade_text x = {a, a_length}, y = {b, b_length};
  return a_length > 0 && trade_text_name_order(&x, &y) == 0;
}

int trade_text_missing(const char *text, size_t length) {
  static const char *const words[] = {"",  "NA", "N/A", "NaN",  ".",    "..",  "...", ":",
                                      "-", "_",  "nan", "null", "NULL", "n/a", "n.a."};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0) return 1;
  return 0;
}

/** Reads up to `most` digits from *at on; how many there were. */
static size_t text_count(const trade_text *text, size_t *at, size_t most, int32_t *number) {
  size_t digits = 0;
  *number = 0;
  for (; digits < most && *at < text->length && trade_is_digit(text->bytes[*at]); digits++)
    *number = *number * 10 + (text->bytes[(*at)++] - '0');
  return digits;
}

/** The month that a word's first letters name, 1 to 12, or 0; *at goes behind the word. */
static int32_t text_month_word(const trade_text *text, size_t *at) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  const size_t first = *at;
  while (*at < text->length && trade_is_letter(text->bytes[*at])) (*at)++;
  const size_t length = *at - first;
  for (int32_t month = 0; month < 12; month++) {
    size_t same = 0;
    while (same < length && (char)(text->bytes[first + same] | 32) == months[month][same]) same++;
    if (same == length && (length == 3 || !months[month][length])) return month + 1;
  }
  return 0;
}

/** 1 if `word` stands at *at, which then goes behind it. */
static int text_skip(const trade_text *text, size_t *at, const char *word) {
  const size_t length = strlen(word);
  if (text->length - *at < length || memcmp(text->bytes + *at, word, length) != 0) return 0;
  *at += length;
  return 1;
}

int trade_text_is_unclear_month(const trade_text *text) {
  size_t at = 0;
  int32_t year;
  return text->length == 6 && text_count(text, &at, 4, &year) == 4 && memcmp(text->bytes + 4, ".1", 2) == 0;
}

/** 2001/01, 2001.01, 2026年06月份, 2026年1-2月. */
static int text_year_first(const trade_text *text, trade_period *period) {
  size_t at = 0;
  int32_t year, month, last = 0;
  if (text_count(text, &at, 4, &year) != 4) return 0;
  if (trade_text_is_unclear_month(text)) return 0;
  const int chinese = text_skip(text, &at, "\xe5\xb9\xb4");
  if (!chinese && !text_skip(text, &at, "/") && !text_skip(text, &at, ".")) return 0;
  if (!text_count(text, &at, 2, &month)) {
    if (!chinese || at < text->length) return 0;
    *period = trade_period_make(year, 1, 12);
    return 1;
  }
  if (chinese && text_skip(text, &at, "-") && !text_count(text, &at, 2, &last)) return 0;
  if (chinese && (!text_skip(text, &at, "\xe6\x9c\x88") || (text_skip(text, &at, "\xe4\xbb\xbd"), 0))) return 0;
  if (at < text->length) return 0;
  *period = trade_period_make(year, month, last > 12 ? 0 : last ? last - month + 1 : 1);
  return 1;
}

/** January 2001, Jan 2001, 02-Jan-2001, 21 September 2023. */
static int text_month_in_words(const trade_text *text, trade_period *period, int32_t *day) {
  size_t at = 0;
  int32_t day_of_month, year;
  const size_t days = text_count(text, &at, 2, &day_of_month);
  if (days && !text_skip(text, &at, "-") && !text_skip(text, &at, " ")) return 0;
  const int32_t month = text_month_word(text, &at);
  if (!month || (!text_skip(text, &at, "-") && !text_skip(text, &at, " "))) return 0;
  if (text_count(text, &at, 4, &year) != 4 || at < text->length) return 0;
  if (days) {
    *day = trade_day_make(year, month, day_of_month);
    *period = trade_day_month(*day);
  } else {
    *period = trade_period_make(year, month, 1);
  }
  return 1;
}

trade_status trade_text_moment(const trade_text *text, trade_period *period, int32_t *day) {
  trade_period found;
  int32_t found_day = TRADE_DAY_NONE;
  trade_status status = trade_period_parse(text->bytes, text->length, &found);
  if (status == TRADE_ERROR_NOT_MONTHS) {
    if (trade_day_parse(text->bytes, text->length, &found_day) != TRADE_OK) return status;
    found = trade_day_month(found_day);
  } else if (status == TRADE_ERROR_TEXT) {
    if (!text_year_first(text, &found) && !text_month_in_words(text, &found, &found_day)) return status;
    if (!trade_period_valid(found)) return TRADE_ERROR_PERIOD;
  } else if (status) {
    return status;
  }
  *period = found;
  *day = found_day;
  return TRADE_OK;
}

int32_t trade_text_shows(const char *text, size_t length) {
  size_t points = 0, commas = 0, last = 0, digits = 0, zeros = 0;
  char last_mark = 0;
  for (size_t i = 0; i < length && text[i] != 'e' && text[i] != 'E'; i++) {
    digits += (size_t)trade_is_digit(text[i]);
    zeros += text[i] == '0';
    if (text[i] != '.' && text[i] != ',') continue;
    points += text[i] == '.';
    commas += text[i] == ',';
    last = i;
    last_mark = text[i];
  }
  const int could_group =
      points + commas == 1 && last > 0 && last <= 3 && digits == last + 3 && last + 4 == length && text[0] != '0';
  if (could_group) return points ? TRADE_MARKS_POINT_OR_GROUP : TRADE_MARKS_COMMA_OR_GROUP;
  if (points + commas == 0)
    return digits == zeros ? TRADE_MARKS_NOTHING : digits > 3 ? TRADE_MARKS_NO_GROUPS : TRADE_MARKS_NO_MARK;
  if (points > 1 && !commas) return TRADE_MARKS_GROUPS_OF_POINTS;
  if (!commas || last_mark == '.' || (commas > 1 && !points)) return TRADE_MARKS_POINT;
  return points ? TRADE_MARKS_COMMA_LAST : TRADE_MARKS_COMMA;
}

int trade_text_take_marks(char *text, size_t *length, char decimal) {
  size_t whole = 0;
  while (whole < *length && text[whole] != 'e' && text[whole] != 'E') whole++;
  const char thousands = decimal == '.' ? ',' : '.';
  size_t count = 0, run = 0, groups = 0;
  int behind = 0;
  for (size_t i = 0; i < *length; i++) {
    if (i < whole && text[i] == thousands) {
      if (behind || run == 0 || run > 3 || (groups && run != 3)) return 0;
      groups++;
      run = 0;
      continue;
    }
    if (i == whole || (i < whole && text[i] == decimal)) {
      if (!behind && groups && run != 3) return 0;
      behind = 1;
    }
    run++;
    text[count] = text[i];
    if (i < whole && text[i] == decimal) text[count] = '.';
    count++;
  }
  if ((!behind && groups && run != 3) || (groups && text[0] == '0')) return 0; /* 0,123 has no thousands */
  *length = count;
  return 1;
}
