/**
 * Published layouts: by what columns they are known, what a record's parts come from, and what names, codes and flags
 * in them mean. Private to the library.
 */
#ifndef TRADE_LAYOUT_H
#define TRADE_LAYOUT_H

#include "tradestat/reader.h"

/** What a record's parts come from. */
enum {
  TRADE_ROLE_PERIOD,
  TRADE_ROLE_REPORTER,
  TRADE_ROLE_PARTNER,
  TRADE_ROLE_PRODUCT,
  TRADE_ROLE_FLOW,
  TRADE_ROLE_VALUE,
  TRADE_ROLE_QUANTITY,
  TRADE_ROLE_WEIGHT,
  TRADE_ROLE_UNIT,
  TRADE_ROLE_FLAG,
  TRADE_ROLE_SECRECY,       /* a second column of flags: CONF_STATUS */
  TRADE_ROLE_SCALE,         /* a power of ten: UNIT_MULT */
  TRADE_ROLE_INDICATOR,     /* what the value is, where the layout's own code tells */
  TRADE_ROLE_PART,          /* of the year, where the period is in two columns */
  TRADE_ROLE_LEAF,          /* whether the product has no parts */
  TRADE_ROLE_ACTION,        /* what a receiver is to do with the row */
  TRADE_ROLE_REPORTER_TYPE, /* "g" of a group */
  TRADE_ROLE_PARTNER_TYPE,
  TRADE_ROLES
};

/** What the columns are that a row gives one record each for. */
enum { TRADE_WIDE_NONE, TRADE_WIDE_PERIODS, TRADE_WIDE_CURRENCIES, TRADE_WIDE_SERIES, TRADE_WIDE_FLOWS };

/** A layout: the columns that it is known by ('&'; alternatives '|'; '+' if its header may stand in several lines), and
 *  by what names each role's column goes, the best first. */
typedef struct trade_layout {
  int32_t id, wide, power, weight_power, currency, flow;
  const char *name;
  const char *known_by;
  const char *role[TRADE_ROLES];
} trade_layout;

/** The layouts, in the order in which a header is tried as theirs; null beyond the last. */
const trade_layout *trade_layout_at(size_t position);

/** 1 if it is SDMX-CSV, of either version. */
static inline int trade_layout_is_sdmx(int32_t layout) {
  return layout == TRADE_LAYOUT_SDMX_CSV || layout == TRADE_LAYOUT_SDMX_CSV_2;
}

/** The columns by which it tells rows apart besides, "a&b|c"; "" if there are none of these names. */
const char *trade_layout_others(int32_t layout);

/** The layout of a plain table that gives one record a row. */
const trade_layout *trade_layout_plain(void);

/** The names of a plain table's columns of periods and values. */
extern const char trade_layout_period_names[], trade_layout_value_names[];

/* ---- Names of columns ---- */

/** The power of ten that a name tells of its unit, "US_at_current_prices_in_millions", "(100 million USD)"; 0 if none. */
int32_t trade_layout_power(const trade_text *name);

/** The currency that it tells, by words or letters; 0 if none. */
int32_t trade_layout_currency(const trade_text *name);

/** The currency of three letters; 0 if it is none. */
int32_t trade_layout_letters(const trade_text *text);

/** The two currencies of a FRED series of rates: DEXCHUS is CNY for one USD. Both unchanged if it is none. */
void trade_layout_rate(const trade_text *name, int32_t *base, int32_t *quote);

/** The flow that a column has values of: "Exports", "Imports (US$ million)"; TRADE_FLOW_UNKNOWN if none, or if it is of
 *  growth or shares, "Exports (% of GDP)". */
int32_t trade_layout_flow(int32_t layout, const trade_text *name);

/* ---- Above the header ---- */

/** What the lines above the header say of the table: all zeros if nothing. */
typedef struct trade_title {
  trade_period period;
  int32_t power, currency, flow;
  int32_t has_unit;
} trade_title;

/** Adds what one of them says: 1 if it is the one of the unit, which is no part of a header. */
int trade_layout_read_title(const trade_text *line, trade_title *title);

/** What a file that begins so is, if it is no table; null: it may be one. */
const char *trade_layout_binary(const char *bytes, size_t size);

/* ---- Texts in rows ---- */

/** Adds the power of ten of a multiplier, "6" or "Millions": 1 if it is one or missing. */
int trade_layout_scale(const trade_text *text, int32_t *power);

/** The currency and power of ten of a unit of SDMX, "MIO_EUR"; 0, and the power unchanged, if it tells no currency. */
int32_t trade_layout_unit(const trade_text *unit, int32_t *power);

/** What Eurostat's indicator of external trade is, "MIO_EXP_VAL": the currency, if it is plain value, in millions; else
 *  0. The flow is unchanged if it tells none. */
int32_t trade_layout_indicator(const trade_text *code, int32_t *flow);

/** The flow of an indicator of the WTO, whose last part is of years, months or quarters and then X or M: ITS_MTV_AX,
 *  ITS_CS_QAM, ITS_CS_AX6; TRADE_FLOW_UNKNOWN if none. */
int32_t trade_layout_wto_flow(const trade_text *code);

/** 1 if a text names a group of economies. */
int trade_layout_is_group(int32_t layout, const trade_text *text);

/** 1 if a text is the total of all products. */
int trade_layout_is_total(int32_t layout, const trade_text *text);

/** Marks for status letters: TRADE_RECORD_... */
int32_t trade_layout_marks(int32_t layout, const trade_text *flag);

#endif
