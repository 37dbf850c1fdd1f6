#include "tradestat/period.h"

#include "internal.h"

enum {
  PERIOD_MONTHS = 9999 * 12,  /* how many there are in the years 1 to 9999 */
  PERIOD_FIRST_DAY = -719162, /* 0001-01-01 */
  PERIOD_LAST_DAY = 2932896   /* 9999-12-31 */
};

static const trade_period period_undefined = {0, 0, 0, 0};

/* The run that begins `first` months after January of year 1, the number that trade_period_first_month gives. */
static trade_period period_at(int64_t first, int32_t months) {
  trade_period period = period_undefined;
  if (first < 0 || months < 1 || months > UINT8_MAX || first > PERIOD_MONTHS - months) return period;
  period.year = (int32_t)(first / 12) + 1;
  period.month = (uint8_t)(first % 12 + 1);
  period.months = (uint8_t)months;
  return period;
}

trade_period trade_period_make(int32_t year, int32_t month, int32_t months) {
  if (month < 1 || month > 12) return period_undefined;
  return period_at(((int64_t)year - 1) * 12 + month - 1, months);
}

int32_t trade_period_valid(trade_period period) {
  return period.reserved == 0 && trade_period_make(period.year, period.month, period.months).months > 0;
}

/* The letters of reporting periods: a year has `count` of `months` months each, or of what isn't whole months (0). Of
 * two letters for one length the first is written. */
typedef struct period_letter {
  char letter;
  int32_t months;
  int32_t count;
  size_t digits; /* of the last of them */
} period_letter;

enum { PERIOD_YEAR = 0, PERIOD_MONTH = 1 };

static const period_letter period_letters[] = {
    {'A', 12, 1, 1}, {'M', 1, 12, 2}, {'S', 6, 2, 1},  {'H', 6, 2, 1},
    {'T', 4, 3, 1},  {'Q', 3, 4, 1},  {'W', 0, 53, 2}, {'D', 0, 366, 3},
};

enum { PERIOD_LETTERS = sizeof period_letters / sizeof period_letters[0] };

/* What is still to be read. */
typedef struct period_cursor {
  const char *text;
  size_t left;
} period_cursor;

/* Steps over a character, if it stands here; a small letter does for a capital one. */
static int period_skip(period_cursor *cursor, char wanted) {
  if (cursor->left == 0) return 0;
  char here = *cursor->text;
  here = trade_upper(here);
  if (here != wanted) return 0;
  cursor->text++;
  cursor->left--;
  return 1;
}

/* Reads from `least` to `most` digits. From six digits on the number only stays too large for anything that exists. */
static int period_digits(period_cursor *cursor, size_t least, size_t most, int32_t *number) {
  size_t count = 0;
  *number = 0;
  for (; count < most && cursor->left > 0 && trade_is_digit(*cursor->text); count++) {
    if (*number < 100000) *number = *number * 10 + (*cursor->text - '0');
    cursor->text++;
    cursor->left--;
  }
  return count >= least;
}

/* Reads 2020-01-15 or 20200115: 1 if the text begins so, TRADE_DAY_NONE being a day that doesn't exist. */
static int period_read_day(period_cursor *cursor, int32_t *day) {
  int32_t year, month, day_of_month;
  if (!period_digits(cursor, 4, 4, &year)) return 0;
  const int hyphens = period_skip(cursor, '-');
  if (!period_digits(cursor, 2, 2, &month) || (hyphens && !period_skip(cursor, '-'))) return 0;
  if (!period_digits(cursor, 2, 2, &day_of_month)) return 0;
  *day = trade_day_make(year, month, day_of_month);
  return 1;
}

/* Reads hh:mm:ss; *seconds of the day are -1 if there is no such time. */
static int period_read_time(period_cursor *cursor, int32_t *seconds) {
  int32_t hour, minute, second;
  if (!period_digits(cursor, 2, 2, &hour) || !period_skip(cursor, ':')) return 0;
  if (!period_digits(cursor, 2, 2, &minute) || !period_skip(cursor, ':')) return 0;
  if (!period_digits(cursor, 2, 2, &second)) return 0;
  *seconds = hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : -1;
  return 1;
}

/* Reads P1Y, P12M, P1Y6M, P7D, P1W: units in this order, each at most once. *whole is 0 if it isn't in months alone. */
static int period_read_duration(period_cursor *cursor, int32_t *months, int *whole) {
  static const char units[] = {'Y', 'M', 'W', 'D'};
  static const int32_t months_of[] = {12, 1, 0, 0};
  size_t unit = 0;
  *months = 0;
  *whole = 1;
  if (!period_skip(cursor, 'P')) return 0;
  for (; cursor->left > 0; unit++) {
    int32_t number;
    if (!period_digits(cursor, 1, SIZE_MAX, &number)) return 0;
    while (unit < sizeof units && !period_skip(cursor, units[unit])) unit++;
    if (unit == sizeof units) return 0;
    *months += number * months_of[unit];
    if (months_of[unit] == 0) *whole = 0;
  }
  return unit > 0;
}

/* Reads what follows a day: nothing, a time, a duration. The form is judged first, then whether it exists, then its
 * unit. */
static trade_status period_read_range(period_cursor *cursor, int32_t day, trade_period *period) {
  int32_t seconds = 0, months = 0;
  int whole = 0;
  if (period_skip(cursor, 'T') && !period_read_time(cursor, &seconds)) return TRADE_ERROR_TEXT;
  if (period_skip(cursor, '/') && !period_read_duration(cursor, &months, &whole)) return TRADE_ERROR_TEXT;
  if (cursor->left > 0) return TRADE_ERROR_TEXT;
  if (day == TRADE_DAY_NONE || seconds < 0) return TRADE_ERROR_PERIOD;
  const trade_period month = trade_day_month(day);
  if (!whole || seconds != 0 || day != trade_period_first_day(month)) return TRADE_ERROR_NOT_MONTHS;
  *period = trade_period_make(month.year, month.month, months);
  return period->months > 0 ? TRADE_OK : TRADE_ERROR_PERIOD;
}

/* Reads 2020, 2020-06, 202006, or a year, a letter and a number. */
static trade_status period_read_name(period_cursor *cursor, trade_period *period) {
  size_t i = PERIOD_YEAR;
  int32_t year, number = 1;
  if (!period_digits(cursor, 4, 4, &year)) return TRADE_ERROR_TEXT;
  if (cursor->left > 0) {
    (void)period_skip(cursor, '-');
    while (i < PERIOD_LETTERS && !period_skip(cursor, period_letters[i].letter)) i++;
    const size_t least = i < PERIOD_LETTERS ? 1 : 2;
    if (i == PERIOD_LETTERS) i = PERIOD_MONTH;
    if (!period_digits(cursor, least, period_letters[i].digits, &number)) return TRADE_ERROR_TEXT;
  }
  const int32_t months = period_letters[i].months;
  if (cursor->left > 0) return TRADE_ERROR_TEXT;
  if (year < 1 || number < 1 || number > period_letters[i].count) return TRADE_ERROR_PERIOD;
  if (months == 0) return TRADE_ERROR_NOT_MONTHS;
  *period = trade_period_make(year, (number - 1) * months + 1, months);
  return TRADE_OK;
}

trade_status trade_period_parse(const char *text, size_t length, trade_period *period) {
  if (!text || !period) return TRADE_ERROR_NULL;
  if (!trade_fits(length, 1)) return TRADE_ERROR_LENGTH;
  period_cursor cursor = {text, length};
  trade_period found = period_undefined;
  int32_t day;
  trade_status status;
  if (period_read_day(&cursor, &day)) {
    status = period_read_range(&cursor, day, &found);
  } else {
    cursor.text = text;
    cursor.left = length;
    status = period_read_name(&cursor, &found);
  }
  if (status == TRADE_OK) *period = found;
  return status;
}

/* Writes a number that is not negative, with leading zeros up to `digits`; returns where it ends. */
static char *period_write(char *to, int32_t number, size_t digits) {
  for (size_t i = digits; i > 0; i--) {
    to[i - 1] = (char)('0' + number % 10);
    number /= 10;
  }
  return to + digits;
}

/* Hands a finished text over, if there is room. */
static trade_status period_deliver(const char *from, const char *end, char *text, size_t capacity) {
  const size_t length = (size_t)(end - from);
  if (capacity <= length) return TRADE_ERROR_CAPACITY;
  memcpy(text, from, length);
  text[length] = '\0';
  return TRADE_OK;
}

trade_status trade_period_format(trade_period period, char *text, size_t capacity) {
  char buffer[TRADE_PERIOD_TEXT_SIZE];
  if (!text) return TRADE_ERROR_NULL;
  if (!trade_period_valid(period)) return TRADE_ERROR_PERIOD;
  const int32_t before = period.month - 1, months = period.months;
  size_t i = 0;
  while (i < PERIOD_LETTERS && (months != period_letters[i].months || before % months != 0)) i++;
  char *end = period_write(buffer, period.year, 4);
  if (i != PERIOD_YEAR) *end++ = '-';
  if (i == PERIOD_MONTH) {
    end = period_write(end, period.month, 2);
  } else if (i == PERIOD_LETTERS) {
    const int years = months % 12 == 0;
    const int32_t number = years ? months / 12 : months;
    end = period_write(end, period.month, 2);
    memcpy(end, "-01/P", 5);
    end = period_write(end + 5, number, number < 10 ? 1 : number < 100 ? 2 : 3);
    *end++ = years ? 'Y' : 'M';
  } else if (i != PERIOD_YEAR) {
    *end++ = period_letters[i].letter;
    end = period_write(end, before / months + 1, 1);
  }
  return period_deliver(buffer, end, text, capacity);
}

int32_t trade_period_first_month(trade_period period) {
  return trade_period_valid(period) ? (period.year - 1) * 12 + period.month - 1 : -1;
}

int32_t trade_period_last_month(trade_period period) {
  const int32_t first = trade_period_first_month(period);
  return first < 0 ? -1 : first + period.months - 1;
}

trade_period trade_period_shift(trade_period period, int32_t months) {
  const int64_t first = trade_period_first_month(period);
  return period_at(first < 0 ? first : first + months, period.months);
}

trade_period trade_period_next(trade_period period) { return trade_period_shift(period, period.months); }

trade_period trade_period_previous(trade_period period) { return trade_period_shift(period, -(int32_t)period.months); }

trade_period trade_period_year_before(trade_period period) { return trade_period_shift(period, -12); }

trade_period trade_period_containing(trade_period period, int32_t months) {
  const int32_t first = trade_period_first_month(period);
  if (first < 0 || months < 1 || months > 12 || 12 % months != 0) return period_undefined;
  const trade_period whole = period_at(first - first % months, months);
  return trade_period_holds(whole, period) ? whole : period_undefined;
}

trade_period trade_period_year_to_date(trade_period period) {
  const int32_t last = trade_period_last_month(period);
  return last < 0 ? period_undefined : period_at(last - last % 12, last % 12 + 1);
}

trade_period trade_period_january_february(int32_t year) { return trade_period_make(year, 1, 2); }

trade_period trade_period_fiscal_year(int32_t year, int32_t first_month) {
  return trade_period_make(year, first_month, 12);
}

int32_t trade_period_overlaps(trade_period a, trade_period b) {
  if (!trade_period_valid(a) || !trade_period_valid(b)) return 0;
  return trade_period_first_month(a) <= trade_period_last_month(b) &&
         trade_period_first_month(b) <= trade_period_last_month(a);
}

int32_t trade_period_holds(trade_period outer, trade_period inner) {
  if (!trade_period_valid(outer) || !trade_period_valid(inner)) return 0;
  return trade_period_first_month(outer) <= trade_period_first_month(inner) &&
         trade_period_last_month(inner) <= trade_period_last_month(outer);
}

int32_t trade_period_compare(trade_period a, trade_period b) {
  const int32_t first_a = trade_period_first_month(a), first_b = trade_period_first_month(b);
  if (first_a != first_b) return first_a < first_b ? -1 : 1;
  return first_a < 0 ? 0 : (a.months > b.months) - (a.months < b.months);
}

int32_t trade_period_months_between(trade_period from, trade_period to) {
  if (!trade_period_valid(from) || !trade_period_valid(to)) return INT32_MIN;
  return trade_period_first_month(to) - trade_period_first_month(from);
}

/* The day on which a month begins; also of the month after the last. */
static int32_t period_month_start(int32_t month) {
  static const int32_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int32_t years = month / 12, year = years + 1, months = month % 12;
  const int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int32_t leap_days = years / 4 - years / 100 + years / 400 + (leap && months >= 2);
  return PERIOD_FIRST_DAY + years * 365 + before[months] + leap_days;
}

int32_t trade_day_make(int32_t year, int32_t month, int32_t day) {
  const int32_t number = trade_period_first_month(trade_period_make(year, month, 1));
  if (number < 0 || day < 1 || day > period_month_start(number + 1) - period_month_start(number)) return TRADE_DAY_NONE;
  return period_month_start(number) + day - 1;
}

trade_status trade_day_parse(const char *text, size_t length, int32_t *day) {
  if (!text || !day) return TRADE_ERROR_NULL;
  if (!trade_fits(length, 1)) return TRADE_ERROR_LENGTH;
  period_cursor cursor = {text, length};
  int32_t found;
  if (!period_read_day(&cursor, &found) || cursor.left > 0) return TRADE_ERROR_TEXT;
  if (found == TRADE_DAY_NONE) return TRADE_ERROR_PERIOD;
  *day = found;
  return TRADE_OK;
}

trade_status trade_day_format(int32_t day, char *text, size_t capacity) {
  char buffer[TRADE_DAY_TEXT_SIZE];
  if (!text) return TRADE_ERROR_NULL;
  const trade_period month = trade_day_month(day);
  if (!trade_period_valid(month)) return TRADE_ERROR_PERIOD;
  char *end = period_write(buffer, month.year, 4);
  *end++ = '-';
  end = period_write(end, month.month, 2);
  *end++ = '-';
  end = period_write(end, day - trade_period_first_day(month) + 1, 2);
  return period_deliver(buffer, end, text, capacity);
}

trade_period trade_day_month(int32_t day) {
  if (day < PERIOD_FIRST_DAY || day > PERIOD_LAST_DAY) return period_undefined;
  /* 4,800 months have 146,097 days; what that guesses from the mean is at most a month off. */
  int32_t month = (int32_t)((int64_t)(day - PERIOD_FIRST_DAY) * 4800 / 146097);
  while (period_month_start(month) > day) month--;
  while (period_month_start(month + 1) <= day) month++;
  return period_at(month, 1);
}

int32_t trade_period_first_day(trade_period period) {
  const int32_t first = trade_period_first_month(period);
  return first < 0 ? TRADE_DAY_NONE : period_month_start(first);
}

int32_t trade_period_last_day(trade_period period) {
  const int32_t last = trade_period_last_month(period);
  return last < 0 ? TRADE_DAY_NONE : period_month_start(last + 1) - 1;
}
