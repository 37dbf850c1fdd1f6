/**
 * Records as lines of text, for tests that compare readings.
 */
#ifndef READER_DUMP_H
#define READER_DUMP_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tradestat.h"

/** Text that grows. */
typedef struct dump {
  char *text;
  size_t length, capacity;
} dump;

static inline void dump_bytes(dump *to, const char *bytes, size_t length) {
  if (!to->text || to->length + length + 1 > to->capacity) {
    to->capacity = 2 * (to->length + length + 1);
    to->text = (char *)realloc(to->text, to->capacity);
    if (!to->text) abort();
  }
  if (length) memcpy(to->text + to->length, bytes, length);
  to->length += length;
  to->text[to->length] = 0;
}

/** A record as line|period|day|reporter|partner|product|flow|kind|unit|flag|currency|marks|value|quantity|weight. */
static inline void dump_record(dump *to, const trade_record *record) {
  const trade_text *const texts[] = {&record->reporter, &record->partner, &record->product, &record->flow};
  char line[128], period[TRADE_PERIOD_TEXT_SIZE] = "", day[TRADE_DAY_TEXT_SIZE] = "";
  const double numbers[] = {record->value, record->quantity, record->weight};
  if (trade_period_valid(record->period)) (void)trade_period_format(record->period, period, sizeof period);
  if (record->day != TRADE_DAY_NONE) (void)trade_day_format(record->day, day, sizeof day);
  dump_bytes(to, line,
             (size_t)snprintf(line, sizeof line, "%llu|%s|%s", (unsigned long long)record->line, period, day));
  for (size_t i = 0; i < 4; i++) {
    dump_bytes(to, "|", 1);
    dump_bytes(to, texts[i]->bytes, texts[i]->length);
  }
  dump_bytes(to, line, (size_t)snprintf(line, sizeof line, "|%d|", (int)record->flow_kind));
  dump_bytes(to, record->unit.bytes, record->unit.length);
  dump_bytes(to, "|", 1);
  dump_bytes(to, record->flag.bytes, record->flag.length);
  dump_bytes(to, line, (size_t)snprintf(line, sizeof line, "|%d|%d", (int)record->currency, (int)record->marks));
  for (size_t i = 0; i < 3; i++)
    dump_bytes(to, line,
               isnan(numbers[i]) ? (size_t)snprintf(line, sizeof line, "|")
                                 : (size_t)snprintf(line, sizeof line, "|%.17g", numbers[i]));
  dump_bytes(to, "\n", 1);
}

/** What a problem says: "!status line:column offset field: reason". */
static inline void dump_problem(dump *to, const trade_reader_problem *problem) {
  char line[160];
  dump_bytes(to, line,
             (size_t)snprintf(line, sizeof line, "!%d %llu:%llu @%llu ", (int)problem->status,
                              (unsigned long long)problem->line, (unsigned long long)problem->column,
                              (unsigned long long)problem->offset));
  dump_bytes(to, problem->field.bytes, problem->field.length);
  dump_bytes(to, ": ", 2);
  dump_bytes(to, problem->reason, strlen(problem->reason));
  dump_bytes(to, "\n", 1);
}

#endif
