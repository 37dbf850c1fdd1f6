/**
 * What every room stands on: the export macro, the version, statuses.
 */
#ifndef TRADE_BASE_H
#define TRADE_BASE_H

#include <stddef.h>
#include <stdint.h>

/* A function's symbol is exported only while the shared library itself is built, so that a plug-in that links the
 * static library doesn't export it again. Define TRADE_API beforehand (as static, say) to have it your way. */
#ifndef TRADE_API
#if defined(TRADE_BUILD_SHARED) && defined(_WIN32)
#define TRADE_API __declspec(dllexport)
#elif defined(TRADE_BUILD_SHARED) && defined(__GNUC__)
#define TRADE_API __attribute__((visibility("default")))
#else
#define TRADE_API
#endif
#endif

/* The one place where the version stands; the build reads it here. */
#define TRADE_VERSION_MAJOR 0
#define TRADE_VERSION_MINOR 1
#define TRADE_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/** The version of the library that runs: major * 1000000 + minor * 1000 + patch. Before 1.0, minors may differ in
 *  ABI. */
TRADE_API int32_t trade_version(void);

/** The same as text, "0.1.0": a constant string. */
TRADE_API const char *trade_version_text(void);

/** How a function that fills something ended: TRADE_OK, or why it refused, having written nothing. */
typedef int32_t trade_status;

enum {
  TRADE_OK = 0,
  TRADE_ERROR_NULL = 1,     /* a pointer is null that must not be */
  TRADE_ERROR_LENGTH = 2,   /* a count is too large for memory, or does not fit the others */
  TRADE_ERROR_CAPACITY = 3, /* the caller's buffer is too small for the answer */
  TRADE_ERROR_VALUE = 4,    /* a value for which the definition has none: a negative part, an option that is not one */
  TRADE_ERROR_TEXT = 5,     /* the text is not of any form that the function reads */
  TRADE_ERROR_RANGE = 6,    /* the text is of the right form, but the number is beyond the type's range */
  TRADE_ERROR_PERIOD = 7,   /* the period or day does not exist: month 13, year 0, 30 February */
  TRADE_ERROR_NOT_MONTHS = 8, /* the text names weeks or days, which are not whole months */
  TRADE_ERROR_CURRENCY = 9,   /* the currency is unknown, not one of the rate's, or not that of the other values */
  TRADE_ERROR_RATE = 10,      /* the rate's price is not a positive finite number */
  TRADE_ERROR_ORDER = 11,     /* the rows are not sorted as required, two have one key, or a call is out of turn */
  TRADE_ERROR_NOT_FOUND = 12, /* there is no row, or no observation, that the rule allows to use */
  TRADE_ERROR_MEMORY = 13,    /* the allocator refused; what there was is unchanged */
  TRADE_ERROR_FORMAT = 14,    /* bytes that are damaged, of a newer version, or of no layout that is known */
  TRADE_ERROR_LIMIT = 15,     /* more than a limit allows that the caller set, or than can be counted */
  TRADE_NEED_INPUT = 16,      /* no error: all input so far is used up; give more of it, or say that it ends */
  TRADE_END = 17              /* no error: there is nothing more */
};

/**
 * Where memory comes from. reallocate(context, memory, old_size, new_size) works as realloc does and is told the old
 * size: memory is null for a new block, new_size is 0 to free one, which cannot fail. It returns null where it refuses,
 * and the old block stays. A null allocator stands for that of the C library.
 */
typedef struct trade_allocator {
  void *(*reallocate)(void *context, void *memory, size_t old_size, size_t new_size);
  void *context;
} trade_allocator;

/** What a status means, as a constant English sentence without a full stop; never null, also for a number that is
 *  none. */
TRADE_API const char *trade_status_text(trade_status status);

#ifdef __cplusplus
}
#endif

#endif
