/**
 * Records: one line of a published table of trade, as a reader gives it and a cube takes it, and the kinds of flow.
 */
#ifndef TRADE_RECORD_H
#define TRADE_RECORD_H

#include "tradestat/base.h"
#include "tradestat/period.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of text, not NUL-terminated, which belong to whoever gave them. {NULL, 0} where the table has no such
 *  column. */
typedef struct trade_text {
  const char *bytes;
  size_t length;
} trade_text;

/** What a record is, besides its numbers: trade_record's marks, added up. */
enum {
  TRADE_RECORD_AGGREGATE_REPORTER = 1, /* the reporter is a group of others: World, the EU */
  TRADE_RECORD_AGGREGATE_PARTNER = 2,  /* the partner is one */
  TRADE_RECORD_AGGREGATE_PRODUCT = 4,  /* the product is the total of all */
  TRADE_RECORD_ESTIMATED = 8,          /* by the office's own flag, one of its numbers */
  TRADE_RECORD_PROVISIONAL = 16,       /* by the office's own flag */
  TRADE_RECORD_CONFIDENTIAL = 32,      /* by the office's own flag */
  TRADE_RECORD_PARENT_PRODUCT = 64     /* the product has parts, by the layout; they may or may not be in the table */
};

/** Kinds of flow. Exports hold the re-exports, imports the re-imports; a domestic export is an export that is no
 *  re-export. */
enum {
  TRADE_FLOW_UNKNOWN = 0,
  TRADE_FLOW_IMPORT = 1,
  TRADE_FLOW_EXPORT = 2,
  TRADE_FLOW_REIMPORT = 3,
  TRADE_FLOW_REEXPORT = 4,
  TRADE_FLOW_BALANCE = 5,
  TRADE_FLOW_DOMESTIC_EXPORT = 6
};

/**
 * One line, or one cell of a table with a column a year. In a table of exchange rates, one unit of `reporter` costs
 * `value` units of `partner`; a table that does not say of what gives no `reporter`.
 */
typedef struct trade_record {
  trade_period period; /* all zeros if unknown; of a daily table, the day's month */
  trade_text reporter; /* codes as the office printed them, leading zeros kept */
  trade_text partner;
  trade_text product;
  trade_text flow;
  trade_text unit;   /* of the value or, where that has none, of the quantity, as printed */
  trade_text flag;   /* status letters as printed */
  double value;      /* in whole units (multiplier applied), NaN if missing */
  double quantity;   /* in the record's quantity unit, NaN if missing */
  double weight;     /* net, in kilograms, NaN if missing */
  int32_t flow_kind; /* TRADE_FLOW_... */
  int32_t currency;  /* of the value: ISO 4217 number, 0 if the layout does not say */
  int32_t marks;     /* TRADE_RECORD_..., added up */
  int32_t day;       /* of a daily table; else TRADE_DAY_NONE */
  uint64_t line;     /* where it stood, from 1 */
} trade_record;

/**
 * The kind of flow that a code or word names; letters of either case.
 *
 *   import           M, 1, 01, I, IMP, import, imports, D, DB, DEB, debit
 *   export           X, 2, 02, E, EXP, export, exports, C, CR, CRE, credit
 *   re-import        RM, 4, re-import(s), reimport(s)
 *   re-export        RX, 3, re-export(s), reexport(s)
 *   domestic export  DX, domestic export(s)
 *   balance          B, BAL, BAL_RT, balance, net
 *
 * @param length     bytes at `text`, all of which are read; blanks around are not accepted
 * @param flow_kind  TRADE_FLOW_..., unchanged if the text names none
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH for a length that memory cannot hold, TRADE_ERROR_TEXT
 * Source: UN Comtrade (M, X, RM, RX, DX; 1 to 4 in the former database), Eurostat Comext (1, 2; IMP, EXP), Eurostat's
 * stk_flow (IMP, EXP, BAL_RT; CRE, DEB, BAL), UNCTADstat (01, 02), SDMX code lists of the balance of payments (C, D, B).
 */
TRADE_API trade_status trade_flow_parse(const char *text, size_t length, int32_t *flow_kind);

/** The English word for a kind of flow, "re-export": a constant string that trade_flow_parse reads back; null for
 *  TRADE_FLOW_UNKNOWN and for a number that is none. */
TRADE_API const char *trade_flow_name(int32_t flow_kind);

#ifdef __cplusplus
}
#endif

#endif
