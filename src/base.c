#include "tradestat/base.h"

#include "internal.h"

#define TRADE_TEXT_OF(x) #x
#define TRADE_TEXT(x)    TRADE_TEXT_OF(x)

int32_t trade_version(void) { return TRADE_VERSION_MAJOR * 1000000 + TRADE_VERSION_MINOR * 1000 + TRADE_VERSION_PATCH; }

const char *trade_version_text(void) {
  return TRADE_TEXT(TRADE_VERSION_MAJOR) "." TRADE_TEXT(TRADE_VERSION_MINOR) "." TRADE_TEXT(TRADE_VERSION_PATCH);
}

#undef TRADE_TEXT
#undef TRADE_TEXT_OF

const char *trade_status_text(trade_status status) {
  switch (status) {
  case TRADE_OK:
    return "no error";
  case TRADE_ERROR_NULL:
    return "a pointer is null that must not be";
  case TRADE_ERROR_LENGTH:
    return "a length is too large or does not fit the others";
  case TRADE_ERROR_CAPACITY:
    return "the buffer is too small for the result";
  case TRADE_ERROR_VALUE:
    return "a value or option is outside of what is defined";
  case TRADE_ERROR_TEXT:
    return "the text is not of a form that can be read";
  case TRADE_ERROR_RANGE:
    return "the number is too large";
  case TRADE_ERROR_PERIOD:
    return "there is no such period or day";
  case TRADE_ERROR_NOT_MONTHS:
    return "weeks and days are not whole months";
  case TRADE_ERROR_CURRENCY:
    return "the currency is unknown, not one of the rate's two or not that of the other values";
  case TRADE_ERROR_RATE:
    return "the rate's price is not a positive number";
  case TRADE_ERROR_ORDER:
    return "the rows are not sorted, a key stands twice, or the call comes out of turn";
  case TRADE_ERROR_NOT_FOUND:
    return "there is nothing that the rule allows to use";
  case TRADE_ERROR_MEMORY:
    return "there is not enough memory";
  case TRADE_ERROR_FORMAT:
    return "the bytes are damaged, too new or of no known layout";
  case TRADE_ERROR_LIMIT:
    return "a limit is exceeded";
  case TRADE_NEED_INPUT:
    return "more input is needed";
  case TRADE_END:
    return "there is nothing more";
  default:
    return "not a status of this library";
  }
}
