/**
 * Cubes: exact totals of records by any of period, reporter, partner, product and flow. A cube keeps one cell for each
 * combination of keys that came; a cell counts its records and has, for each measure, the total of the known numbers
 * and a count of the missing ones. Records in any order, cubes merged in any tree: the same totals to the last bit
 * (within the range of sum.h), and the same bytes saved. A number that is NaN or infinite is missing; one of 2^127 or
 * more in magnitude is not, and makes the total NaN.
 *
 * Keys. A code is the text that the office printed. A flow of a known kind has the name that trade_flow_name gives,
 * whatever was printed, so that layouts agree: of the record's flow_kind or, where that is TRADE_FLOW_UNKNOWN or no kind
 * at all, of the kind that trade_flow_parse finds in its text. A record without a code or period has the empty one, a
 * key like any other. Codes are ordered by their bytes ("100" before "20"), the shorter first; periods as
 * trade_period_compare does. A dimension that the cube has not is summed over: without FLOW, exports are added to
 * imports; without PERIOD, months to years, if a table holds both. A record's day is not used.
 *
 * Aggregates. Published tables hold World beside its countries and TOTAL beside its products. A cube keeps records with
 * different marks (TRADE_RECORD_AGGREGATE_...) apart, as levels, and adds nothing to its own parts: an aggregate counts
 * only where its parts did not come. The best level has the fewest aggregates among the cube's own dimensions, then the
 * fewest among the others, then those of reporters rather than partners rather than products. From the best level to
 * the worst, a cell is shown unless one that could be its part or its whole is shown already: one of another level that
 * agrees with it in every dimension of the cube in which neither is an aggregate. So, of World and countries,
 *
 *   by reporter and partner   a reporter's World is shown if none of its partners came
 *   by reporter, by period    each reporter, or period, has the sum of its countries or, if none came, World
 *   by partner                World is hidden once a partner came, be it another reporter's: take REPORTER too, where
 *                             reporters published different things
 *   by nothing                the countries are added up, wherever one came
 *
 * and of World by product beside countries by TOTAL, the first by PRODUCT, the second by PARTNER. A row has its level's
 * marks; trade_cube_count_records tells how much is not shown; trade_cube_set_levels changes the rule. Parents and
 * children among product codes (85, 8542) are not told apart unless asked for there.
 *
 * Memory comes from the allocator alone. When a function refuses, of memory too, the cube has the totals that it had
 * before the call. Every function here that is given a cube may write it, those that read too (they settle what was
 * added last, and sort): one thread at a time. Texts that are handed out stay until the cube is next given a record or
 * a selection, merged into or destroyed: copy them before they are given to the same cube.
 *
 * A cube takes 2^28 - 1 codes a dimension, 2^31 - 1 bytes of codes, 1,340,000,000 cells (TRADE_ERROR_MEMORY) and
 * 2^63 - 1 records (TRADE_ERROR_LIMIT). Of a large cube of two dimensions and one measure a cell takes 40 to 73 bytes:
 * 32 and 7 to 13 to find it, and room that is doubled when it is full, for which up to 105 are needed while a block is
 * moved; rows in order take 4 more, and 8 while they are sorted. A code takes 100 to 220 bytes and its text.
 *
 * All functions with a status: TRADE_ERROR_NULL for a null pointer, TRADE_ERROR_MEMORY, and TRADE_ERROR_VALUE for a
 * dimension or measure that does not exist or that the cube has not.
 */
#ifndef TRADE_CUBE_H
#define TRADE_CUBE_H

#include "tradestat/base.h"
#include "tradestat/period.h"
#include "tradestat/record.h"
#include "tradestat/sum.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct trade_cube trade_cube;

/** Dimensions: one, or several added up. */
enum {
  TRADE_CUBE_PERIOD = 1,
  TRADE_CUBE_REPORTER = 2,
  TRADE_CUBE_PARTNER = 4,
  TRADE_CUBE_PRODUCT = 8,
  TRADE_CUBE_FLOW = 16
};

/** Measures: one, or several added up. Quantities of different units are added as numbers: keep PRODUCT apart in
 *  full. */
enum { TRADE_CUBE_VALUE = 1, TRADE_CUBE_QUANTITY = 2, TRADE_CUBE_WEIGHT = 4 };

/**
 * Makes an empty cube.
 *
 * @param dimensions      TRADE_CUBE_PERIOD ..., added up; 0 for one total of everything
 * @param measures        TRADE_CUBE_VALUE ..., added up; 0 to count records only
 * @param product_digits  product codes that begin with a digit are cut after so many characters (2, 4, 6 for the levels
 *                        of the HS); 0: not at all. Others ("TOTAL", "SK1") and shorter ones stay as they are
 * @param allocator       null for that of the C library; it is copied, its context must stay
 * @param cube            becomes the cube, for trade_cube_destroy
 * @return TRADE_OK, TRADE_ERROR_VALUE also for negative digits
 */
TRADE_API trade_status trade_cube_create(int32_t dimensions, int32_t measures, int32_t product_digits,
                                         const trade_allocator *allocator, trade_cube **cube);

/** Frees a cube; null is none. */
TRADE_API void trade_cube_destroy(trade_cube *cube);

enum {
  TRADE_CUBE_SHOW_PARTS = 0,     /* the rule above */
  TRADE_CUBE_SHOW_AGGREGATES = 1 /* the office's own total instead of the sum of its parts, which may lack confidential
                                    ones: among the dimensions that the cube has not, levels with the most aggregates
                                    are better than those with the fewest */
};

/**
 * Which records are kept apart as levels, and which levels are better.
 *
 * @param marks  marks of trade_record that make a level: by default the three TRADE_RECORD_AGGREGATE_...; with
 *               TRADE_RECORD_PARENT_PRODUCT, a parent is an aggregate of all products, hidden where one without
 *               parts came, right if these are complete; 0: everything is added up together, right if no code stands
 *               for others. Cannot be changed once a record came
 * @param show   TRADE_CUBE_SHOW_...; can be changed at any time
 * @return TRADE_OK, TRADE_ERROR_VALUE for other marks, another `show`, or marks that cannot be changed any more;
 *         records that were refused or not selected do not keep them from it
 */
TRADE_API trade_status trade_cube_set_levels(trade_cube *cube, int32_t marks, int32_t show);

/**
 * Selects: of the records that come from now on, those are left out and counted whose code in this dimension is none of
 * `codes`, nor of those of an earlier call. A product code that begins with a digit stands for those that begin with
 * it, too (85 for 8542); the name of a flow's kind in any of its forms (M) for the kind. The dimension need not be one
 * of the cube's. n == 0 selects none.
 *
 * @param dimension  one TRADE_CUBE_... but PERIOD
 * @return TRADE_OK, TRADE_ERROR_LENGTH if a code is longer than 65535 bytes
 */
TRADE_API trade_status trade_cube_select(trade_cube *cube, int32_t dimension, const trade_text *codes, size_t n);

/** Selects by period: records whose period lies within none of these are left out (2020 stands for its months, too). A
 *  record takes as long however many are selected; they take a byte for each month from the first to the last, and room
 *  for more. TRADE_OK, TRADE_ERROR_LENGTH, TRADE_ERROR_PERIOD if one does not exist. */
TRADE_API trade_status trade_cube_select_periods(trade_cube *cube, const trade_period *periods, size_t n);

/**
 * Adds a record; its texts are copied where needed. Fast for sorted tables, whose codes repeat, and for a million cells
 * at random.
 * @return TRADE_OK, also if it is not selected; TRADE_ERROR_PERIOD if PERIOD is a dimension and its period neither
 *         exists nor is all zeros; TRADE_ERROR_LENGTH for a code of more than 65535 bytes; TRADE_ERROR_CURRENCY if
 *         VALUE is a measure and the value, not missing, is in another currency than those before (0, not told, goes
 *         with all) or in none that can be one; TRADE_ERROR_LIMIT
 */
TRADE_API trade_status trade_cube_add(trade_cube *cube, const trade_record *record);

/** Adds n records, or none if one of them is refused: the same totals as one by one. As trade_cube_add; also
 *  TRADE_ERROR_LENGTH for n. */
TRADE_API trade_status trade_cube_add_array(trade_cube *cube, const trade_record *records, size_t n);

/**
 * Adds the cells of another cube, which stays as it is; it may be the same one. The other may have more dimensions and
 * measures and longer product codes than this one: then it is rolled up. This cube's selection is applied, so that a
 * cube of one year, say, can be cut out of a larger one. Exact, and the same in any order.
 *
 * Where the other cube selects by a dimension itself, since before its first record, and only what this one selects,
 * too, all that it has is selected: parts of one make go together whatever they select by. Otherwise the keys must
 * tell. So if this cube selects by PRODUCT 8542, a cube of two digits that took any product is refused; so is one that
 * was loaded, whose selection was not saved: merge such parts into a cube that selects nothing.
 *
 * The other's currency is that of all its values, also of those that did not tell, and counts only if one of them is
 * selected.
 * @return TRADE_OK; TRADE_ERROR_VALUE if the other lacks a dimension or a measure, or a dimension by which this cube
 *         selects, has product codes cut shorter than this cube or, unless a beginning of it is selected that is not
 *         longer, than a code that it selects, or has other marks of levels; TRADE_ERROR_CURRENCY if this
 *         cube has values in one currency and takes some in another; TRADE_ERROR_LIMIT
 */
TRADE_API trade_status trade_cube_merge(trade_cube *cube, trade_cube *other);

/** What became of the records that a cube was given. */
typedef struct trade_cube_tally {
  uint64_t shown;        /* records in the rows */
  uint64_t other_levels; /* kept, but not shown: aggregates beside their parts */
  uint64_t not_selected;
  int32_t marks;    /* of levels, that any row has */
  int32_t currency; /* of the values: ISO 4217 number, 0 if no record told */
} trade_cube_tally;

/** Counts the records; if several levels came, by a look at every cell. TRADE_OK. */
TRADE_API trade_status trade_cube_count_records(trade_cube *cube, trade_cube_tally *tally);

/** How many cells are shown: the rows below are 0 to this minus 1. 0 for a null cube; more than there are if several
 *  levels came and memory is refused: what is then asked for is refused, too. */
TRADE_API size_t trade_cube_count(trade_cube *cube);

/**
 * Sets the order of rows, from now on: by the first of these dimensions, then by the second ..., then by those of the
 * cube that are not named, in the order of the constants, which is the order at the beginning. Rows are sorted when
 * they are first asked for.
 * @return TRADE_OK, TRADE_ERROR_VALUE also for a dimension named twice; n == 0 is the order at the beginning
 */
TRADE_API trade_status trade_cube_sort(trade_cube *cube, const int32_t *dimensions, size_t n);

/**
 * A row as a record: its keys, its totals, its level's marks, the cube's currency. A total is the sum of the known
 * values rounded once (0.5 ulp), NaN where all are missing or the sum is out of range. What the cube has not is as in a
 * record that lacks it.
 * @return TRADE_OK, TRADE_ERROR_NOT_FOUND if there is no such row
 */
TRADE_API trade_status trade_cube_row(trade_cube *cube, size_t row, trade_record *record);

/** A row's exact total of one measure, 0 if all values were missing; how many records it has and how many of their
 *  values were missing: both may be null. TRADE_OK, TRADE_ERROR_NOT_FOUND if there is no such row. */
TRADE_API trade_status trade_cube_total(trade_cube *cube, size_t row, int32_t measure, trade_sum *total,
                                        uint64_t *records, uint64_t *missing);

/** One measure of all rows, as trade_cube_row gives it. TRADE_OK, TRADE_ERROR_LENGTH unless n is trade_cube_count. */
TRADE_API trade_status trade_cube_values(trade_cube *cube, int32_t measure, double *values, size_t n);

/** How many keys a dimension has among the cells that are shown; 1 for dimension 0, which stands for none. TRADE_OK. */
TRADE_API trade_status trade_cube_count_keys(trade_cube *cube, int32_t dimension, size_t *count);

/** The keys of a dimension other than PERIOD, in order. TRADE_OK, TRADE_ERROR_LENGTH unless n is what
 *  trade_cube_count_keys says. */
TRADE_API trade_status trade_cube_keys(trade_cube *cube, int32_t dimension, trade_text *keys, size_t n);

/** The keys of PERIOD, in order. TRADE_OK, TRADE_ERROR_LENGTH unless n is what trade_cube_count_keys says. */
TRADE_API trade_status trade_cube_periods(trade_cube *cube, trade_period *periods, size_t n);

/**
 * A matrix for the statistics: countries by products, periods by flows. Element (r, c) is the total of the r-th and the
 * c-th key, summed exactly over all other dimensions and rounded once (0.5 ulp); NaN where cells came, but all their
 * values are missing.
 *
 * @param row_dimension     of the rows, their keys in order; 0: a single row
 * @param column_dimension  of the columns; 0: a single column. Not that of the rows
 * @param absent            what an element is for which nothing came: 0 where that means no trade
 *                          (trade_advantage_matrix), NaN where it means not known (growth)
 * @param values            rows x columns results
 * @return TRADE_OK, TRADE_ERROR_LENGTH unless rows and columns are what trade_cube_count_keys says, or the product is
 *         too large
 */
TRADE_API trade_status trade_cube_matrix(trade_cube *cube, int32_t row_dimension, int32_t column_dimension,
                                         int32_t measure, double absent, double *values, size_t rows, size_t columns);

/** How many bytes trade_cube_save writes. TRADE_OK. */
TRADE_API trade_status trade_cube_saved_size(trade_cube *cube, size_t *size);

/**
 * Writes a cube with all its levels as bytes, the same on every machine, and the same for all cubes that hold the same
 * totals, however they came together. Its selection and order are not saved.
 *
 * The bytes are words of 64 bits, little-endian; a pair is two numbers of 32 bits, the first in the lower half:
 *
 *   8 bytes      89 54 43 55 42 45 0D 0A: a byte that is no text, TCUBE, and a line end
 *   pair         version 1; product digits
 *   pair         dimensions; measures
 *   pair         marks of levels; currency
 *   2 words      records not selected; cells. Records, not selected or in cells, are at most 2^63 - 1
 *   for each dimension in the order of the constants its keys in order, each used by a cell:
 *     word         how many; then for a period one word: year * 2^32 + month * 2^24 + months * 2^16
 *                  and for a code its length in bytes and the bytes, filled up with zeros to whole words
 *   for each cell in the order of its keys' numbers, then of its level:
 *     pairs        marks of its level, then for each dimension the number of its key, from 0; 0 if a half is left over
 *     word         records, at least 1
 *     words        for each measure, how many values are missing
 *     words        for each measure, four: the total as trade_sum_save writes it, 0 if all are missing
 *   word         checksum of all words before: from h = 0, for each word h = (h xor word) * 9E3779B97F4A7C15,
 *                h = h xor (h >> 32), modulo 2^64. A change within one word never passes
 *
 * @param capacity  bytes at `bytes`; trade_cube_saved_size says how many are needed
 * @return TRADE_OK, TRADE_ERROR_CAPACITY
 */
TRADE_API trade_status trade_cube_save(trade_cube *cube, uint8_t *bytes, size_t capacity);

/**
 * Makes a cube of what trade_cube_save wrote; it shows parts, is in the order at the beginning and selects nothing.
 * Memory is taken in proportion to the length only.
 * @return TRADE_OK; TRADE_ERROR_FORMAT for anything else, and for a version that is newer than this library
 */
TRADE_API trade_status trade_cube_load(const uint8_t *bytes, size_t length, const trade_allocator *allocator,
                                       trade_cube **cube);

#ifdef __cplusplus
}
#endif

#endif
