/**
 * The reader: bytes of a published file in, in pieces of any size; records out, by pull. It opens no file and keeps no
 * more of one than a row. What the file is, is found out by its header.
 *
 *   trade_reader *reader;
 *   trade_record record;
 *   trade_status status;
 *   trade_reader_create(NULL, NULL, &reader);
 *   while ((status = trade_reader_next(reader, &record)) == TRADE_OK || status == TRADE_NEED_INPUT) {
 *     if (status == TRADE_OK)
 *       trade_cube_add(cube, &record);                             or what it is read for; each status matters
 *     else if ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
 *       trade_reader_feed(reader, bytes, length);                  `bytes` stay until it wants the next ones
 *     else
 *       trade_reader_finish(reader);
 *   }
 *   if (status != TRADE_END) trade_reader_last_problem(reader, &problem);   where and why it stopped
 *   trade_reader_destroy(reader);
 *
 * Read are UTF-8 (a byte order mark is skipped) and every other charset that has ASCII in it: text passes through as
 * bytes. Up to 32 lines may stand above the header, which itself may have several, whose names are then joined. Two
 * columns that are needed and have one name, whatever the case of its letters, or one period, are refused: they would
 * be added up, or one left out. Lines end in \n or \r\n, the last one may end without. Fields may be quoted, "" in them
 * is one quote; blanks within quotes belong to the field, blanks around a field without them do not. Behind the last
 * column that has a name a row may have empty fields (a trailing comma), and nothing else, but for the last label of
 * SDMX-CSV 2.
 *
 * Missing is an empty field, NA, N/A, NaN, null, a run of up to three points, ":", "-" or "_": the number is NaN, never
 * 0. A number may be quoted, have thousands marks in groups of three, and an exponent. Where the delimiter is no comma,
 * the decimal mark is that which the first number shows that can only be read in one way (12,5; 1.234,5; 1.234.567, but
 * also 12.5; 1,187.5), and a number that contradicts it is an error. Until then, "1,234" is an error unless a whole
 * number above 999 without marks is above it, and 1.234 has a decimal point: unless a decimal comma follows, or in a
 * plain table a whole number below 1000 stands above or below it among the values (quantities, weights), which is an
 * error then. `decimal` tells it beforehand. Numbers are correctly rounded, with the power of ten of their unit applied
 * before, not after. Periods are read in every form of trade_period_parse, and as 2001/01, 2001.01, January 2001,
 * 2026年06月份, 2026年1-2月; 2001.1 is refused, since it could be October without its zero, 2001.2 is not; days (2001-01-02,
 * 02-Jan-2001, 21 September 2023) give the record's day, and the month as its period. In names of columns a flag may
 * stand behind a period, one of *, b, e, f, p and r, in brackets or not: 2021p, 2022 (e). It is that of records without
 * one.
 */
#ifndef TRADE_READER_H
#define TRADE_READER_H

#include "tradestat/base.h"
#include "tradestat/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Published layouts. What a record's parts are taken from: */
enum {
  TRADE_LAYOUT_UNKNOWN = 0,
  TRADE_LAYOUT_PLAIN = 1, /* columns that the options name, or of the obvious names: year, exporter, product, value ...,
                             month or quarter beside year; or a column a period, a flow (Exports, Imports, Balance, but
                             no shares, growth, indices or quantities) or a currency, whose base such a table does not
                             tell. What names of columns of values, an option's or flows', say of their unit is applied:
                             thousand, million, billion, trillion, "100 million", "ten thousand"; their currency is
                             taken: US$, USD, EUR, or, in brackets, any ISO 4217 letters, "Exports (GBP million)". A
                             row's unit or unit_mult, a power of ten, comes on top */
  TRADE_LAYOUT_BACI = 2,  /* CEPII: t,i,j,k,v,q, of which q may be missing, others may be there, unless options.value
                             names one of those; k of five digits has its zero put back; thousand USD; tons as quantity,
                             in kilograms as weight; flow: export of i */
  TRADE_LAYOUT_COMTRADE = 3,        /* UN, portal of 2022 on: primaryValue, qty, netWgt; the codes, not the names */
  TRADE_LAYOUT_COMTRADE_LEGACY = 4, /* UN, the portal before: "Trade Value (US$)" */
  TRADE_LAYOUT_SDMX_CSV = 5,     /* 1.0: Eurostat, Comext, ECB; EXR rates: reporter is CURRENCY_DENOM, partner CURRENCY.
                                  Units as MIO_EUR are applied; indic_et: MIO_EXP_VAL, MIO_IMP_VAL, MIO_BAL_VAL and
                                  TRD_VAL are million euro, any other is the record's unit, and its number as printed */
  TRADE_LAYOUT_SDMX_CSV_2 = 6,   /* STRUCTURE,STRUCTURE_ID...: OECD, IMF; labels id, name and both; UNIT_MULT applied */
  TRADE_LAYOUT_EUROSTAT_TSV = 7, /* dimensions in the first column, a column a period, flags behind the numbers;
 units and indicators as above */
  TRADE_LAYOUT_WTO = 8, /* WTO Stats, bulk and portal; unit code USM is million USD; flow by the indicator's code */
  TRADE_LAYOUT_BATIS =
      9, /* WTO-OECD balanced trade in services: Balanced_value unless options name another; groups by their type; million
                             USD */
  TRADE_LAYOUT_UNCTADSTAT = 10, /* a column a year (_Value), of the first measure or that which options.value is a part
                                   of; or long; or, before the Data Hub, with years, measures and "ECONOMY" in lines of
                                   their own */
  TRADE_LAYOUT_WORLD_BANK = 11, /* WDI, DataBank: a column a year; product is the indicator's code, currency as its
                                   name says */
  TRADE_LAYOUT_ECB_RATES = 12,  /* eurofxref: Date,USD,JPY and a column a currency, none EUR; reporter EUR, partner the
                                  currency: units of it for one euro */
  TRADE_LAYOUT_FRED = 13,       /* dates, and a column a series, named in capitals, none as a plain table's; the name as
                             product; DEX rates: reporter and partner as the name says */
  TRADE_LAYOUT_OWID = 14,       /* Our World in Data: Entity,Code,Year and a column an indicator, its name as product */
  TRADE_LAYOUT_IMF_IFS = 15,    /* IMF bulk: Time Period,Value,Status; product is the indicator's code */
  TRADE_LAYOUT_IMF_PORTAL = 16, /* data.imf.org: a column a period; SCALE applied; codes where it has them, or names */
  TRADE_LAYOUT_GACC = 17 /* China Customs, tables saved as UTF-8 text: the month's exports, imports and balance, or
                            values and quantities of products; cumulated values and growth are left; period, unit and
                            currency as the title says */
};

/** Numbers of a record, for trade_reader_options: one, or several added up. The same as TRADE_CUBE_VALUE ... */
enum { TRADE_READER_VALUE = 1, TRADE_READER_QUANTITY = 2, TRADE_READER_WEIGHT = 4 };

/** All zeros (or a null pointer) are the defaults. The names are NUL-terminated and stay the caller's as long as the
 *  reader lives. */
typedef struct trade_reader_options {
  const char *period; /* the column's name: letters of either case, with or without blanks, _, - and points; null: the
                         layout's own. So the next seven */
  const char *reporter;
  const char *partner;
  const char *product;
  const char *flow;
  const char *value;
  const char *quantity;
  const char *weight;
  const char *only; /* rows whose columns have these texts alone, "motCode=0&customsCode=C00|C01"; the others are left
                           out and counted. Up to 16 columns. Null: all */
  size_t row_limit; /* bytes that a row may have, 0: 16 MiB; at most 2^31 - 1; above it, TRADE_ERROR_LIMIT */
  size_t column_limit;  /* fields that a row may have, 0: 65,536; at most 2^24 */
  size_t problem_limit; /* problems that are listed, 0: 100; all are counted */
  int32_t layout;       /* TRADE_LAYOUT_..., 0: find out */
  int32_t lenient;      /* 0: the first problem ends it; 1: a row (a cell that gives its own record) is left out,
                           counted and listed. Of lines that a quote joins into a row that cannot be one, only that of
                           the quote is: a quote too many costs one line, not those that follow it. A decimal mark
                           that contradicts numbers above it ends it */
  int32_t delimiter;    /* ',', ';', '\t' or '|'; 0: find out */
  int32_t decimal;      /* '.' or ','; 0: find out, an error where it could be either */
  int32_t value_power;  /* values are in units of 10 to this, -20 to 20, whatever header and rows say; 0: as they say */
  int32_t currency;     /* of the values, ISO 4217 number, where the layout tells none */
  int32_t numbers;      /* TRADE_READER_VALUE ..., added up: the others are not looked at, and are NaN; 0: all */
  int32_t names;        /* 1: for trade_reader_names, at the cost of the short way that plain rows else take */
} trade_reader_options;

/** What could not be read, where, and why. Texts stay until the reader is destroyed. */
typedef struct trade_reader_problem {
  trade_text field;   /* the column's name; {NULL, 0} if it is about the row */
  const char *reason; /* a constant English sentence without a full stop */
  uint64_t line;      /* from 1; of a row of several lines, that of the place itself */
  uint64_t column;    /* byte in that line, from 1 */
  uint64_t offset;    /* byte in the file, from 0 */
  trade_status status;
  int32_t length; /* bytes of what stands in the field, quotes and all; 0 if it is about the row */
  char text[32];  /* and the first of them */
} trade_reader_problem;

/** What the reader found out by the header. */
typedef struct trade_reader_finding {
  const char *name;     /* of the layout, "UN Comtrade": a constant string */
  uint64_t header_line; /* from 1 */
  uint64_t footnotes;   /* rows of one field below or among the data that were taken for notes, so far */
  uint64_t left_out;    /* rows that `only` leaves out, so far */
  int32_t layout;       /* TRADE_LAYOUT_... */
  int32_t delimiter;    /* a character */
  int32_t value_power;  /* values of the file are in units of 10 to this; where rows tell it themselves, 0 */
  int32_t currency;     /* of the values if it is the same for all, else 0 */
  int32_t rate_base;    /* in a table of rates: the currency of which one unit is priced, 0 if it differs */
  int32_t rate_quote;   /* and that in which it is priced, 0 if it differs */
} trade_reader_finding;

/** A column by which rows are told apart, and records are not; the first and the last of its texts so far, in the order
 *  of bytes: of each the first 23 bytes, with a NUL behind. */
typedef struct trade_reader_other {
  trade_text column;
  char first[24];
  char last[24];
} trade_reader_other;

typedef struct trade_reader trade_reader;

/**
 * Makes a reader. Memory comes from `allocator`, which is copied; null: the C library's. It is some 37 KB, and grows
 * with the longest row that lies across two pieces, the header, and the list of problems, each within its limit.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE for options that are none; TRADE_ERROR_MEMORY
 */
TRADE_API trade_status trade_reader_create(const trade_reader_options *options, const trade_allocator *allocator,
                                           trade_reader **reader);

/** Gives all memory back. A null reader is none. */
TRADE_API void trade_reader_destroy(trade_reader *reader);

/**
 * The next piece of the file: `length` bytes, any number, cut anywhere. They stay the caller's and must stay until
 * trade_reader_next says TRADE_NEED_INPUT or TRADE_END.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_LENGTH for a length that memory cannot hold; TRADE_ERROR_ORDER before
 *         TRADE_NEED_INPUT was said of the last piece, or after trade_reader_finish
 */
TRADE_API trade_status trade_reader_feed(trade_reader *reader, const char *bytes, size_t length);

/** Says that the file ends with what was fed. TRADE_OK, TRADE_ERROR_NULL. */
TRADE_API trade_status trade_reader_finish(trade_reader *reader);

/**
 * Says that the next piece does not follow the last one: it begins with a row, at this line and this byte of the file.
 * So several readers, each fed the header first, read parts of one file at the same time, and tell problems where they
 * are. What numbers have shown of the decimal mark so far holds from here on: where they have not, what could be either
 * is an error, so that all these readers read alike.
 * @param line    from 1
 * @param offset  from 0, below 2^63
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE for another line or offset; TRADE_ERROR_ORDER before the header
 *         was read, before TRADE_NEED_INPUT was said, within a row, after trade_reader_finish or a problem that ended it
 */
TRADE_API trade_status trade_reader_continue_at(trade_reader *reader, uint64_t line, uint64_t offset);

/**
 * The next record. Its texts stay until the next call for this reader.
 * @return TRADE_OK; TRADE_NEED_INPUT; TRADE_END; or a problem, which trade_reader_last_problem tells and every further
 *         call repeats: TRADE_ERROR_TEXT for a number or period of no known form and a period that is missing,
 *         TRADE_ERROR_RANGE for a number beyond all doubles, TRADE_ERROR_PERIOD for a period that does not exist,
 *         TRADE_ERROR_NOT_MONTHS for weeks, TRADE_ERROR_FORMAT for a field or dimension too many or too few, an
 *         unclosed quote, a NUL byte, a row that deletes (SDMX's ACTION D), no header of a known layout, compressed or
 *         binary bytes, TRADE_ERROR_LIMIT, which ends a lenient reading too unless a quote has joined lines.
 *         TRADE_ERROR_NULL and TRADE_ERROR_MEMORY are no problems of the file: after the latter, the call can be
 *         repeated. Unless it is TRADE_OK, what `record` points at has no meaning.
 */
TRADE_API trade_status trade_reader_next(trade_reader *reader, trade_record *record);

/**
 * The next records, at least one and at most `n`: faster than one by one. The texts of all stay until the next call for
 * this reader.
 * @param count  how many there are, as many as came without needing more input; unchanged unless it is TRADE_OK
 * @return as trade_reader_next does; TRADE_ERROR_VALUE if n is 0
 */
TRADE_API trade_status trade_reader_next_array(trade_reader *reader, trade_record *records, size_t n, size_t *count);

/**
 * What the last record's row calls its reporter, partner and product, where the file has names besides the codes, in
 * columns of the same name (partnerCode and partnerDesc, COUNTRY.ID and COUNTRY, Economy and Economy_Label) or in one
 * ("CN: China"): in `record` as these three, all else there as of a record that lacks it. {NULL, 0} where there is no
 * such column. Of several records, of the last one. The texts stay as long as the record's.
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_VALUE if `names` of the options is 0; TRADE_ERROR_NOT_FOUND if the last
 *         call gave no record
 */
TRADE_API trade_status trade_reader_names(const trade_reader *reader, trade_record *record);

/**
 * Columns by which the layout tells rows apart, and records are not: UN Comtrade's second partner, customs procedure,
 * mode of supply and mode of transport; all other dimensions of SDMX-CSV (columns in front of TIME_PERIOD) and
 * Eurostat's TSV, such as seasonal adjustment. Where the first text is not the last one, a total of the rows may add
 * figures to their own parts, or to themselves, adjusted: choose with `only`.
 * @param position  among those columns, the first at 0
 * @return TRADE_OK; TRADE_ERROR_NULL; TRADE_ERROR_NOT_FOUND beyond the last, and before the first record
 */
TRADE_API trade_status trade_reader_other_at(const trade_reader *reader, size_t position, trade_reader_other *other);

/** How many problems there were: 0 or 1 unless lenient. 0 for a null reader. */
TRADE_API uint64_t trade_reader_problem_count(const trade_reader *reader);

/** One of the listed problems, the first at position 0. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_NOT_FOUND beyond the
 *  list. */
TRADE_API trade_status trade_reader_problem_at(const trade_reader *reader, size_t position,
                                               trade_reader_problem *problem);

/** The last problem, listed or not. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_NOT_FOUND if there was none. */
TRADE_API trade_status trade_reader_last_problem(const trade_reader *reader, trade_reader_problem *problem);

/** What was found out by the header. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_NOT_FOUND before it was read: with the
 *  first record, if not earlier. */
TRADE_API trade_status trade_reader_found(const trade_reader *reader, trade_reader_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
