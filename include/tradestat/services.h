/**
 * Trade in services: the items of EBOPS 2010, digitally deliverable services, digital trade, modes of supply, and the
 * standard table of items by period with its checks.
 *
 * An item is an int32_t made of its code: the characters after the S as decimal pairs, 1 to 26 for the first letter,
 * then the digit itself or 11 to 36 for a letter, filled up with zeros to five pairs. SC is 3 00 00 00 00, SC1 3 01 00
 * 00 00; S itself is 1. So numbers never change, and order as codes do: parents before their parts.
 *
 * Values may have any sign (insurance and balances can be negative). Error bounds are in ulps of the result and hold in
 * the range that sum.h calls exact, where no step's result is subnormal. Source: Manual on Statistics of International
 * Trade in Services 2010 (MSITS), annex I; codes as in the SDMX code lists of the OECD and Eurostat, which the WTO and
 * UNCTAD use too.
 */
#ifndef TRADE_SERVICES_H
#define TRADE_SERVICES_H

#include "tradestat/base.h"
#include "tradestat/period.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The main items, and groups of them; trade_services_parse finds all others. */
enum {
  TRADE_SERVICES_S = 1,             /* all services */
  TRADE_SERVICES_SA = 100000000,    /* manufacturing services on physical inputs owned by others */
  TRADE_SERVICES_SB = 200000000,    /* maintenance and repair services n.i.e. */
  TRADE_SERVICES_SC = 300000000,    /* transport */
  TRADE_SERVICES_SD = 400000000,    /* travel */
  TRADE_SERVICES_SE = 500000000,    /* construction */
  TRADE_SERVICES_SF = 600000000,    /* insurance and pension services */
  TRADE_SERVICES_SG = 700000000,    /* financial services */
  TRADE_SERVICES_SH = 800000000,    /* charges for the use of intellectual property n.i.e. */
  TRADE_SERVICES_SI = 900000000,    /* telecommunications, computer and information services */
  TRADE_SERVICES_SJ = 1000000000,   /* other business services */
  TRADE_SERVICES_SK = 1100000000,   /* personal, cultural and recreational services */
  TRADE_SERVICES_SL = 1200000000,   /* government goods and services n.i.e. */
  TRADE_SERVICES_SN = 1400000000,   /* services not allocated: a part of S that need not be there */
  TRADE_SERVICES_SK1 = 1101000000,  /* audiovisual and related services */
  TRADE_SERVICES_SOX = 1534000000,  /* group: commercial services, SA to SK */
  TRADE_SERVICES_SOX1 = 1534010000, /* group: other commercial services, SE to SK */
  TRADE_SERVICES_SPX1 = 1634010000, /* group: other services, SE to SL */
  TRADE_SERVICES_SPX4 = 1634040000, /* group: goods-related services, SA and SB */
  /* Groups that have a name, but no code: */
  TRADE_SERVICES_DIGITALLY_DELIVERABLE = 2,    /* SF, SG, SH, SI, SJ, SK: UNCTAD's, and in use with BaTIS */
  TRADE_SERVICES_KNOWLEDGE_INTENSIVE = 2,      /* the same six, as China's Ministry of Commerce publishes them */
  TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1 = 3 /* SF, SG, SH, SI, SJ, SK1: UNCTADstat's */
};

/** Reads an item's code, "SC1", letters of either case. TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_TEXT if it is not a
 *  code's form (an S and up to five letters and digits), TRADE_ERROR_NOT_FOUND if there is no such item. */
TRADE_API trade_status trade_services_parse(const char *text, size_t length, int32_t *item);

/** The code of an item, a constant string that trade_services_parse reads back; null if it has none. */
TRADE_API const char *trade_services_code(int32_t item);

/** The English name of an item or group, a constant string; null if it is unknown. */
TRADE_API const char *trade_services_name(int32_t item);

/** The item that this one is a part of: SC of SC1, S of SC, SOX of SOX1; 0 for S and what is no item. */
TRADE_API int32_t trade_services_parent(int32_t item);

/** How many items stand above it: 0 for S, 1 for SC, 2 for SC1; -1 if it has no code. */
TRADE_API int32_t trade_services_level(int32_t item);

enum {
  TRADE_SERVICES_COMPONENT = 1,   /* the components of an item add up to it */
  TRADE_SERVICES_ALTERNATIVE = 2, /* so do these, another breakdown: SCA, SCB, SCC; SC3A to SC3G; SD1 to SD5 */
  TRADE_SERVICES_OF_WHICH = 3,    /* shown beside them, part of no sum: SC41X; the gross premiums SF11Y */
  TRADE_SERVICES_GROUP = 4        /* of other items */
};

/** How an item stands to its parent: TRADE_SERVICES_COMPONENT (S too), _ALTERNATIVE, _OF_WHICH, or _GROUP; 0 if it is
 *  unknown. */
TRADE_API int32_t trade_services_role(int32_t item);

/** How many items have a code. */
TRADE_API size_t trade_services_count(void);

/** Those items by position, ordered by code: S, SA, SAY, SAZ, SB, SC, SC1, ... 0 beyond the end. */
TRADE_API int32_t trade_services_at(size_t position);

/** The counterpart of a main item in EBOPS 2002 (BPM5) as a constant text, codes to be added: "205+246" for SC,
 *  transportation, and postal and courier services. Empty for SA and SB, which were goods, and for SN; null below the
 *  main items.
 *  Definitions moved too: SG now has FISIM; SJ no longer has merchanting, which was 270 in 268. Source: MSITS 2010,
 *  annex I; MSITS 2002, annex II. */
TRADE_API const char *trade_services_ebops_2002(int32_t item);

/** The main item (or S) that an EBOPS 2002 code belongs to: SC for 205 and for 246, S for 200. 0 for 245,
 *  communications, which is split (246 to SC, 247 to SI), and for codes that are not of main items. */
TRADE_API int32_t trade_services_from_ebops_2002(int32_t code);

/**
 * The total of a set of items, from rows of which each gives an item's value. An item is taken from its own row;
 * without one (or where its value is missing), it is the sum of its components, or else of its alternatives, or else of
 * groups as the WTO and UNCTAD publish them (S is SOX + SL, or SPX4 + SC + SD + SPX1; SOX is SPX4 + SC + SD + SOX1; SPX1
 * is SOX1 + SL), if all of those can be had in the same way. SN is added to what makes up S if it has a row: without one
 * it is nothing, with a missing value it is unknown. Nothing counts twice: what is wanted twice, or inside of another
 * that is wanted, is left out. With wanted = {TRADE_SERVICES_DIGITALLY_DELIVERABLE} it is UNCTAD's digitally deliverable
 * services; any other set is a list of items.
 *
 * @param items, values   n rows, in any order and unit; rows of unknown items are passed over, an item with two rows is
 *                        not known
 * @param wanted          wanted_count items or groups
 * @return the exact total, rounded once (0.5 ulp), the same bits in any order of the rows; 0 of none. NaN if an item
 *         can't be had: what isn't given isn't taken for 0; if one is unknown; if a pointer is null; if two of those not
 *         left out may share a part: SC1 and SCA; an "of which" item and another part of the same; SDZ, which is in
 *         travel and in transport, and any part of these; a gross figure (SAY, SAZ; SF11Y to SF13Z), which is no part
 *         of an item, and what it stands under. Source: UNCTAD, Technical Note on ICT for Development 3 (2015);
 *         Handbook on Measuring Digital Trade, 2nd ed. (2023)
 */
TRADE_API double trade_services_total(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                                      size_t wanted_count);

/** The share of a set of items in all services, trade_services_total of it over that of S: the digital intensity, with
 *  TRADE_SERVICES_DIGITALLY_DELIVERABLE. Within 2.5 ulps. NaN if either total is, all services are not positive, or the
 *  set is negative. For the share of services in goods and services, and the like, trade_share is enough. */
TRADE_API double trade_services_share(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                                      size_t wanted_count);

/** Digital trade: digitally ordered + digitally delivered - what is both (0.5 ulp). NaN if one is negative or missing,
 *  or if both is more than either. Source: Handbook on Measuring Digital Trade, 2nd ed. (IMF, OECD, UNCTAD, WTO 2023).
 *  */
TRADE_API double trade_services_digital_trade(double ordered, double delivered, double both);

/**
 * Services by mode of supply: totals[m] = sum over items of values[i] * shares[i * columns + m], exact and rounded once
 * (0.5 ulp). Modes are 1 cross-border, 2 consumption abroad, 3 commercial presence, 4 natural persons;
 * balance-of-payments items have no mode 3.
 *
 * @param values   rows values, one an item
 * @param shares   rows * columns shares from 0 to 1, an item's in a row, which add up to 1: to within columns * 2^-52,
 *                 as shares do that were calculated, or are the doubles nearest to decimals that add up to 1
 * @param totals   columns results; no overlap
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for shares that are not so. A missing value
 *         makes NaN of the modes where its share is not 0; a missing share of its mode, and its row is not checked.
 *         Source: MSITS 2010, chapter V
 */
TRADE_API trade_status trade_services_modes(const double *values, const double *shares, size_t rows, size_t columns,
                                            double *totals);

/**
 * The standard table of trade in services: items by periods. The caller fills in the sizes and the pointers.
 * Matrices are row-major, one row an item and one column a period. What trade_services_fill writes may be null where it
 * isn't wanted, and overlaps nothing.
 */
typedef struct trade_services_table {
  size_t rows;
  size_t columns;
  const int32_t *items;        /* rows: what each row is; 0 where EBOPS 2010 has no such item */
  const int32_t *parents;      /* rows: the row of what this one is a part of, -1 for none; null: as the items are */
  const trade_period *periods; /* columns: in order, as trade_growth_period_array takes them */
  const int32_t *wanted;       /* wanted_count: a set of items; null: TRADE_SERVICES_DIGITALLY_DELIVERABLE */
  size_t wanted_count;         /* not read if wanted is null */
  const double *exports;       /* in one unit, as imports */
  const double *imports;
  double *balance;        /* exports less imports (0.5 ulp) */
  double *exports_growth; /* on the same period of the year before: the bits of trade_growth_rate */
  double *imports_growth;
  double *exports_share; /* trade_share in trade_services_total of S (1.5 ulps) */
  double *imports_share;
  double *exports_wanted_share; /* columns: trade_services_share of the wanted set (2.5 ulps) */
  double *imports_wanted_share;
} trade_services_table;

/** Fills in every result that is not null. TRADE_OK, TRADE_ERROR_NULL if what it is made of is null,
 *  TRADE_ERROR_LENGTH; of trade_growth_period_array, if growth is wanted, TRADE_ERROR_PERIOD and TRADE_ERROR_ORDER. A
 *  missing value touches only what uses it. */
TRADE_API trade_status trade_services_fill(const trade_services_table *table);

enum { TRADE_SERVICES_EXPORTS = 1, TRADE_SERVICES_IMPORTS = 2, TRADE_SERVICES_BALANCE = 3 };

/** A value that is not what the others make it, by more than rounding can explain. */
typedef struct trade_services_discrepancy {
  double difference; /* the value less what it is checked against, within 0.5 ulp */
  double tolerance;  /* what its absolute value exceeds */
  size_t row;
  size_t column;
  int32_t flow;      /* TRADE_SERVICES_EXPORTS, _IMPORTS, _BALANCE */
  int32_t breakdown; /* against the sum of: TRADE_SERVICES_COMPONENT, _ALTERNATIVE, _GROUP; 0: exports less imports */
} trade_services_discrepancy;

/**
 * Checks a table: each item against the sum of its components, of its alternatives, and of groups (the first of those
 * sums of trade_services_total that can be had and in which a group has a row), in exports and in imports, as far as all
 * parts are there (a missing one by its own parts); and the balance, which is read here, against exports less imports.
 * A table of balances alone (exports and imports null) has those checked like a flow. With table.parents, an item is
 * checked against all rows that name it their parent, if none of them is missing, and items may be null. With neither
 * only a balance beside exports and imports is checked.
 *
 * @param unit   of rounding of the printed figures, 0.1 for one decimal; 0 if they are exact. Half a unit for the item
 *               and for each of the k values summed is the tolerance: (k + 1) / 2 units, and 2^-52 of the magnitudes,
 *               as doubles hold no exact decimals
 * @param found  most discrepancies at most, by flow, column, row, breakdown; null if most is 0
 * @param count  how many there are, also where that is more than were written
 * @return TRADE_OK, TRADE_ERROR_NULL, TRADE_ERROR_LENGTH, TRADE_ERROR_VALUE for a unit that is negative or missing, or
 *         a parent that is neither -1 nor another row
 */
TRADE_API trade_status trade_services_check(const trade_services_table *table, double unit,
                                            trade_services_discrepancy *found, size_t most, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
