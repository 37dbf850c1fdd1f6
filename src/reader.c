/*
 * How it works. A window of the input at a time is looked through 64 bytes at once for delimiters and line ends outside
 * of quotes; their offsets, as the low 32 bits of the offset in the file, are kept until their row is used up. So a row
 * is a pointer and a few offsets: a field that nobody asked for costs nothing more. A row that lies across two pieces
 * is put together in an own buffer; the offsets stay. The header decides on a layout, which is a row of the table in
 * layout.c: what it is known by, and which columns the parts of a record come from.
 */
#include "tradestat/reader.h"

#include <float.h>

#include "allocator.h"
#include "internal.h"
#include "layout.h"
#include "number.h"
#include "scan.h"
#include "text.h"
#include "tradestat/currency.h"

enum {
  READER_WINDOW = 4096,
  READER_NUMBER = 800,     /* characters that a number may have */
  READER_PREAMBLE = 32,    /* lines that may stand before the header */
  READER_JOINED = 1048576, /* bytes of names that stand in several lines */
  READER_PACKED = 32,      /* dimensions in the first column of Eurostat's TSV */
  READER_OTHERS = 16,      /* columns by which rows are told apart or chosen */
  READER_PADS = 1536,      /* bytes for products that lack a zero, of some 256 records */
  READER_DEFAULT_ROW = 16777216,
  READER_DEFAULT_COLUMNS = 65536,
  READER_MOST_COLUMNS = 16777216,
  READER_DEFAULT_PROBLEMS = 100,
  READER_ALL_NUMBERS = TRADE_READER_VALUE | TRADE_READER_QUANTITY | TRADE_READER_WEIGHT
};

/** A column that gives a record of its own in each row. */
typedef struct reader_wide {
  trade_period period;
  trade_text flag; /* of all values of the period */
  size_t column;
  int32_t day;
  int32_t base, quote; /* of a rate; else 0 */
  int32_t power;
  int32_t currency;
  int32_t flow;
} reader_wide;

/** What was found in a row that must not be. */
typedef struct reader_fault {
  const char *reason;
  uint64_t row_line, row_offset; /* where the row begins that it is in */
  size_t at;                     /* in the row */
  size_t column;                 /* SIZE_MAX: of the row as a whole */
  size_t line; /* in the row: the line that is left out, where a quote has joined lines; SIZE_MAX: all of the row is */
  trade_status status;
  int32_t ends; /* a lenient reading, too */
} reader_fault;

/** A short text that is kept, to know it again: tables repeat theirs. */
typedef struct reader_kept {
  size_t length; /* 0: none */
  char bytes[16];
} reader_kept;

/** The period of a text, which most often is that of the row before. */
typedef struct reader_moment {
  trade_period period;
  int32_t day;
  reader_kept text;
} reader_moment;

/** What a text means: a kind of flow, a mark, a currency. */
typedef struct reader_known {
  int32_t meaning;
  reader_kept text;
} reader_known;

/** A column that records do not have: by which rows differ. */
typedef struct reader_other {
  size_t column;
  int32_t is_known;    /* there are texts */
  reader_kept printed; /* the last one, with its quotes */
  trade_reader_other texts;
} reader_other;

/** A column by which rows are chosen: "a|b". */
typedef struct reader_choice {
  size_t column;
  const char *texts;
  size_t length;
} reader_choice;

struct trade_reader {
  trade_allocator allocator;
  trade_reader_options options;

  /* The input: a piece, looked through up to `scanned`; and the beginning of a row that began before it. */
  const char *chunk;
  size_t chunk_size, scanned;
  uint64_t chunk_offset; /* of the piece in the file */
  char *carry;
  size_t carry_size, carry_capacity;
  char *again; /* what is looked at once more, as a piece, before the one that is put off */
  size_t again_capacity;
  const char *later;
  size_t later_size;
  int32_t finished;
  int32_t hungry; /* the piece is used up */

  /* Where fields and rows end, as low bits of offsets in the file. */
  uint32_t *ends;
  size_t ends_first, ends_count, ends_capacity;
  size_t line_first, line_count;
  uint64_t inside; /* all ones within quotes */
  char delimiter;
  int32_t has_lines_in_fields, has_nul, has_quotes, has_blanks;
  uint32_t lines[READER_WINDOW + TRADE_SCAN_SLACK];

  /* The row. */
  const char *row;
  const uint32_t *row_ends;
  size_t row_size, row_fields, row_usual;
  size_t row_before; /* bytes in front of it that can be read */
  size_t row_return; /* 1 if it ends in \r\n: the last field ends before both */
  uint64_t row_offset, line;
  int32_t row_open; /* the file ended within quotes */
  int32_t pending;  /* 1: it is to be checked, 2: there are records still to come from it */
  size_t wide_next;

  /* The header. */
  const trade_layout *layout; /* null before */
  char *names_memory;
  size_t names_memory_size, columns, columns_named;
  trade_text *names;
  char *above_memory; /* names in the line above, of a header of several lines */
  size_t above_memory_size, above_columns;
  trade_text *above;
  int32_t joined; /* the names are of several lines */
  trade_title title;
  size_t column[TRADE_ROLES]; /* SIZE_MAX: none */
  int32_t packed, both, rates;
  int32_t usual;         /* what reader_is_usual says */
  int32_t is_called;     /* the last call gave a record */
  int32_t scratch_moved; /* with the texts of the record that is being read */
  int32_t texts;         /* texts of a record that there are: their roles, and where they stand in it */
  int32_t text_role[6];
  size_t text_at[6];
  size_t name_column[3]; /* of reporter, partner and product, beside their codes */
  trade_text called[3];  /* of the last record */
  trade_text dimension[READER_PACKED];
  reader_other others[READER_OTHERS];
  reader_choice choices[READER_OTHERS];
  size_t others_count, choices_count;
  reader_wide *wide;
  size_t wide_count;
  trade_reader_finding finding;
  uint64_t preamble;
  const char *nearly; /* what the first line that could be a header lacks */
  uint64_t nearly_line, nearly_offset;
  int32_t power, weight_power;

  reader_moment moment;
  reader_known known_flow, known_reporter, known_partner, known_product, known_unit;

  /* What marks numbers have. */
  char decimal;      /* as the option says or numbers showed; 0: not known yet, or each for itself between commas */
  int32_t point;     /* digits with a point are what they seem: they are read in a short way */
  int32_t settled;   /* no number shows anything any more: other readers go on elsewhere */
  int32_t ungrouped; /* there was a whole number above 999 without marks */
  int32_t small[3];  /* one below it, of the value, the quantity, the weight */
  int32_t could_group[3]; /* one like 1.234, whose point was taken for that of decimals */

  /* Fields whose doubled quotes were undone. */
  char *scratch;
  size_t scratch_size, scratch_capacity;

  reader_fault fault;
  trade_status failed;
  trade_reader_problem last;
  trade_reader_problem *problems;
  size_t problems_count, problems_capacity;
  uint64_t problems_all;
};

/* ---- Memory ---- */

/** Makes room for `wanted` elements, at least doubling what there was up to `most`: 0 if the allocator refuses. */
static int reader_reserve(trade_reader *r, void **memory, size_t *capacity, size_t wanted, size_t most, size_t size) {
  if (wanted <= *capacity) return 1;
  size_t next = *capacity > most / 2 ? most : *capacity * 2;
  if (next < wanted) next = wanted;
  if (!trade_fits(next, size)) return 0;
  void *grown = r->allocator.reallocate(r->allocator.context, *memory, *capacity * size, next * size);
  if (!grown) return 0;
  *memory = grown;
  *capacity = next;
  return 1;
}

/** Takes a choice off the front of what is left of "a=b|c&d=e", its column's name to `name`: 0 if there is none. */
static int reader_take_choice(const char **rest, trade_text *name, reader_choice *choice) {
  const char *at = *rest;
  if (!at || !*at) return 0;
  const size_t length = trade_text_until(at, strlen(at), '&');
  name->bytes = at;
  name->length = trade_text_until(at, length, '=');
  choice->texts = name->length < length ? at + name->length + 1 : NULL;
  choice->length = choice->texts ? length - name->length - 1 : 0;
  *rest = at + length + (at[length] != 0);
  return 1;
}

/** 1 if `only` of the options is written as it must be. */
static int reader_only_valid(const char *only) {
  trade_text name;
  reader_choice choice;
  size_t count = 0;
  while (reader_take_choice(&only, &name, &choice))
    if (!name.length || !choice.texts || ++count > READER_OTHERS) return 0;
  return 1;
}

trade_status trade_reader_create(const trade_reader_options *options, const trade_allocator *allocator,
                                 trade_reader **reader) {
  static const trade_reader_options defaults = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0,
                                                0,    0,    0,    0,    0,    0,    0,    0,    0,    0};
  if (!reader) return TRADE_ERROR_NULL;
  if (!options) options = &defaults;
  const trade_allocator from = trade_allocator_from(allocator);
  if (!from.reallocate) return TRADE_ERROR_NULL;
  const int32_t d = options->delimiter;
  if (options->layout < 0 || options->layout > TRADE_LAYOUT_GACC ||
      (d && d != ',' && d != ';' && d != '\t' && d != '|') ||
      (options->decimal && options->decimal != '.' && options->decimal != ',') || options->value_power < -20 ||
      options->value_power > 20 || options->lenient < 0 || options->lenient > 1 || options->numbers < 0 ||
      options->numbers > READER_ALL_NUMBERS || options->names < 0 || options->names > 1 ||
      !reader_only_valid(options->only) || options->column_limit > READER_MOST_COLUMNS ||
      options->row_limit > UINT32_MAX / 2 || (options->currency && !trade_currency_letters(options->currency)))
    return TRADE_ERROR_VALUE;
  trade_reader *r = (trade_reader *)trade_allocator_new(&from, sizeof *r);
  if (!r) return TRADE_ERROR_MEMORY;
  memset(r, 0, sizeof *r);
  r->allocator = from;
  r->options = *options;
  if (!r->options.row_limit) r->options.row_limit = READER_DEFAULT_ROW;
  if (!r->options.column_limit) r->options.column_limit = READER_DEFAULT_COLUMNS;
  if (!r->options.problem_limit) r->options.problem_limit = READER_DEFAULT_PROBLEMS;
  if (!r->options.numbers) r->options.numbers = READER_ALL_NUMBERS;
  r->delimiter = '\n'; /* until the header is known */
  r->hungry = 1;
  r->line = 1;
  r->moment.day = TRADE_DAY_NONE;
  *reader = r;
  return TRADE_OK;
}

void trade_reader_destroy(trade_reader *reader) {
  if (!reader) return;
  const trade_allocator allocator = reader->allocator;
  trade_allocator_free(&allocator, reader->carry, reader->carry_capacity);
  trade_allocator_free(&allocator, reader->again, reader->again_capacity);
  trade_allocator_free(&allocator, reader->ends, reader->ends_capacity * sizeof *reader->ends);
  trade_allocator_free(&allocator, reader->names_memory, reader->names_memory_size);
  trade_allocator_free(&allocator, reader->names, reader->columns * sizeof *reader->names);
  trade_allocator_free(&allocator, reader->above_memory, reader->above_memory_size);
  trade_allocator_free(&allocator, reader->above, reader->above_columns * sizeof *reader->above);
  trade_allocator_free(&allocator, reader->wide, reader->wide_count * sizeof *reader->wide);
  trade_allocator_free(&allocator, reader->scratch, reader->scratch_capacity);
  trade_allocator_free(&allocator, reader->problems, reader->problems_capacity * sizeof *reader->problems);
  trade_allocator_free(&allocator, reader, sizeof *reader);
}

trade_status trade_reader_feed(trade_reader *reader, const char *bytes, size_t length) {
  if (!reader || (!bytes && length)) return TRADE_ERROR_NULL;
  if (!trade_fits(length, 1)) return TRADE_ERROR_LENGTH;
  if (!reader->hungry || reader->finished) return TRADE_ERROR_ORDER;
  reader->chunk = bytes;
  reader->chunk_size = length;
  reader->scanned = 0;
  reader->hungry = length == 0;
  return TRADE_OK;
}

trade_status trade_reader_finish(trade_reader *reader) {
  if (!reader) return TRADE_ERROR_NULL;
  reader->finished = 1;
  return TRADE_OK;
}

/* ---- Rows ---- */

static trade_status reader_refuse(trade_reader *r, trade_status status, const char *reason, size_t at, size_t column) {
  r->fault.status = status;
  r->fault.reason = reason;
  r->fault.row_line = r->line;
  r->fault.row_offset = r->row_offset;
  r->fault.at = at;
  r->fault.column = column;
  r->fault.line = SIZE_MAX;
  r->fault.ends = 0;
  return status;
}

/** Appends bytes to what is kept of the row. */
static trade_status reader_keep(trade_reader *r, const char *bytes, size_t size) {
  void *memory = r->carry;
  if (!reader_reserve(r, &memory, &r->carry_capacity, r->carry_size + size, SIZE_MAX / 4, 1)) return TRADE_ERROR_MEMORY;
  r->carry = (char *)memory;
  if (size) memcpy(r->carry + r->carry_size, bytes, size);
  r->carry_size += size;
  return TRADE_OK;
}

/** Refuses a row of which so many bytes and fields are known, if they are above a limit: for the one that it passes
 *  first, however the pieces are cut. */
static trade_status reader_check_limits(trade_reader *r, uint64_t size, size_t fields) {
  const size_t most = r->options.column_limit;
  if (fields > most && (uint32_t)(r->ends[r->ends_first + most] - (uint32_t)r->row_offset) <= r->options.row_limit)
    return reader_refuse(r, TRADE_ERROR_LIMIT, "the row has more fields than the limit allows", 0, SIZE_MAX);
  if (size > r->options.row_limit)
    return reader_refuse(r, TRADE_ERROR_LIMIT, "a row longer than the limit allows, or a quote that does not close", 0,
                         SIZE_MAX);
  return TRADE_OK;
}

/** Looks through the next window. */
static trade_status reader_look(trade_reader *r) {
  const size_t kept = r->ends_count - r->ends_first;
  const trade_status above = reader_check_limits(r, r->chunk_offset + r->scanned - r->row_offset, kept);
  if (above) return above;
  void *memory = r->ends;
  if (!reader_reserve(r, &memory, &r->ends_capacity, 1 + kept + READER_WINDOW + TRADE_SCAN_SLACK, SIZE_MAX / 16,
                      sizeof *r->ends))
    return TRADE_ERROR_MEMORY;
  r->ends = (uint32_t *)memory;
  memmove(r->ends + 1, r->ends + r->ends_first, kept * sizeof *r->ends);
  r->ends[0] = (uint32_t)r->row_offset - 1; /* in front of a row's ends stands that of the row before */
  trade_scan scan = {r->chunk + r->scanned,
                     trade_lesser(r->chunk_size - r->scanned, READER_WINDOW),
                     (uint32_t)(r->chunk_offset + r->scanned),
                     r->delimiter,
                     r->inside,
                     r->ends,
                     r->lines,
                     kept + 1,
                     0,
                     r->has_lines_in_fields,
                     r->has_nul,
                     r->has_quotes,
                     r->has_blanks};
  trade_scan_window(&scan);
  r->scanned += scan.size;
  r->inside = scan.inside;
  r->ends_first = 1;
  r->ends_count = scan.ends_count;
  r->line_first = 0;
  r->line_count = scan.lines_count;
  r->has_lines_in_fields = scan.has_lines_in_fields;
  r->has_nul = scan.has_nul;
  r->has_quotes = scan.has_quotes;
  r->has_blanks = scan.has_blanks;
  return TRADE_OK;
}

/** Sets the row up that ends at the next line end. */
static trade_status reader_row_here(trade_reader *r) {
  const uint32_t end = r->lines[r->line_first];
  const size_t size = (uint32_t)(end - (uint32_t)r->row_offset);
  uint32_t *ends = r->ends + r->ends_first;
  size_t fields = r->row_usual; /* as many as the last row, if its last field ends where the row does */
  if (!fields || fields > r->ends_count - r->ends_first || ends[fields - 1] != end)
    for (fields = 1; ends[fields - 1] != end; fields++) {
    }
  const trade_status above = reader_check_limits(r, size, fields);
  if (above) return above;
  if (r->row_offset < r->chunk_offset) {
    const trade_status status = reader_keep(r, r->chunk, (size_t)(r->row_offset + size - r->chunk_offset));
    if (status) return status;
    r->row = r->carry;
    r->row_before = 0;
  } else {
    r->row_before = (size_t)(r->row_offset - r->chunk_offset);
    r->row = r->chunk + r->row_before;
  }
  r->row_return = size && r->row[size - 1] == '\r';
  r->row_usual = r->row_fields = fields;
  r->row_ends = ends;
  r->row_size = size;
  r->ends_first += fields;
  r->line_first++;
  return TRADE_OK;
}

/** The next row of the input; `keep`: the texts of the last ones must stay. */
static trade_status reader_row(trade_reader *r, int keep) {
  for (;;) {
    if (r->line_first < r->line_count) return reader_row_here(r);
    if (r->scanned < r->chunk_size) {
      const trade_status status = reader_look(r);
      if (status) return status;
      continue;
    }
    if (keep) return TRADE_NEED_INPUT;
    const uint64_t end = r->chunk_offset + r->chunk_size;
    if (r->finished && !r->later_size) {
      if (end <= r->row_offset) return TRADE_END;
      r->ends[r->ends_count++] = (uint32_t)end; /* the last line, without its end: a look leaves room for one more */
      r->lines[0] = (uint32_t)end;
      r->line_first = 0;
      r->line_count = 1;
      r->row_open = r->inside != 0;
      continue;
    }
    if (r->chunk_size) {
      const int begun = r->row_offset < r->chunk_offset;
      if (!begun) r->carry_size = 0;
      const size_t first = begun ? 0 : (size_t)(r->row_offset - r->chunk_offset);
      const trade_status status = reader_keep(r, r->chunk + first, r->chunk_size - first);
      if (status) return status;
      r->chunk_offset = end;
      r->chunk = NULL;
      r->chunk_size = r->scanned = 0;
    }
    if (!r->later_size) break;
    r->chunk = r->later;
    r->chunk_size = r->later_size;
    r->later_size = 0;
  }
  r->hungry = 1;
  return TRADE_NEED_INPUT;
}

/** Forgets where fields and rows end: what follows the row is looked at anew. */
static void reader_look_anew(trade_reader *r) {
  r->ends_first = r->ends_count = r->line_first = r->line_count = 0;
  r->row_usual = 0;
  r->inside = 0;
  r->scanned =
      r->row_offset < r->chunk_offset + r->chunk_size ? (size_t)(r->row_offset - r->chunk_offset) : r->chunk_size;
}

/** Goes on behind the row. */
static void reader_row_done(trade_reader *r) {
  r->line++;
  if (r->has_lines_in_fields)
    for (const char *at = r->row, *end = r->row + r->row_size;
         (at = (const char *)memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
      r->line++;
  r->row_offset += (uint64_t)r->row_size + 1;
  r->pending = 0;
}

/** Goes on behind the line of the row that ends at `end`, as if no quote were open there. What of that came with earlier
 *  pieces, and nobody has any more, is a piece of its own. */
static void reader_resume(trade_reader *r, size_t end) {
  const uint64_t next = r->row_offset + end + 1;
  for (size_t i = 0; i <= end; i++) r->line += r->row[i] == '\n';
  if (next < r->chunk_offset) {
    char *const memory = r->again;
    const size_t capacity = r->again_capacity;
    r->again = r->carry;
    r->again_capacity = r->carry_capacity;
    r->carry = memory;
    r->carry_capacity = capacity;
    r->later = r->chunk;
    r->later_size = r->chunk_size;
    r->chunk = r->again + (end + 1);
    r->chunk_size = (size_t)(r->chunk_offset - next);
    r->chunk_offset = next;
  }
  r->carry_size = 0;
  r->row_offset = next;
  r->row_open = 0;
  r->pending = 0;
  reader_look_anew(r);
}

/** Where field `column` begins in the row, and its length with all that belongs to it. */
TRADE_INLINE size_t reader_field(const trade_reader *r, size_t column, size_t *length) {
  const uint32_t offset = (uint32_t)r->row_offset;
  const size_t first = column ? (uint32_t)(r->row_ends[column - 1] - offset) + (size_t)1 : 0;
  *length = (uint32_t)(r->row_ends[column] - offset) - first - (column + 1 == r->row_fields ? r->row_return : 0);
  return first;
}

/** Refuses the row for a quote, in whose line other rows do not begin. 1. */
static int reader_refuse_quote(trade_reader *r, const char *reason, size_t at) {
  reader_refuse(r, TRADE_ERROR_FORMAT, reason, at, SIZE_MAX);
  r->fault.line = at;
  return 1;
}

static size_t reader_skip_blanks(const trade_reader *r, size_t at) {
  while (at < r->row_size && r->row[at] == ' ') at++;
  return at;
}

/** Looks for what is wrong with the quotes of a row: 1 if there is something. */
static int reader_quotes_wrong(trade_reader *r) {
  const char *row = r->row;
  for (size_t at = 0; at < r->row_size; at++) {
    const size_t first = reader_skip_blanks(r, at);
    if (first < r->row_size && row[first] == '"') {
      for (at = first + 1; at < r->row_size && (row[at] != '"' || (at + 1 < r->row_size && row[at + 1] == '"'));
           at += row[at] == '"' ? 2 : 1) {
      }
      const size_t close = at;
      at = reader_skip_blanks(r, at + 1);
      if (at + 1 == r->row_size && row[at] == '\r') at++;
      const int is_behind = at < r->row_size && row[at] != r->delimiter;
      if (close >= r->row_size || (is_behind && memchr(row + first, '\n', close - first))) /* below, others begin */
        return reader_refuse_quote(r, "a quote that does not close", first);
      if (is_behind) return reader_refuse_quote(r, "text behind a closing quote", at);
    } else {
      for (; at < r->row_size && row[at] != r->delimiter; at++)
        if (row[at] == '"') return reader_refuse_quote(r, "a quote within a field that does not begin with one", at);
    }
  }
  return 0;
}

/** Memory for the row's fields without doubled quotes. TRADE_NEED_INPUT if it must wait until the texts given so far
 *  are used, or if the record must be read anew, since its own texts before have moved. */
static trade_status reader_scratch(trade_reader *r, int keep, size_t size) {
  if (size <= r->scratch_capacity - r->scratch_size) return TRADE_OK;
  if (keep) return TRADE_NEED_INPUT;
  void *memory = r->scratch;
  if (!reader_reserve(r, &memory, &r->scratch_capacity, r->scratch_size + size, SIZE_MAX / 4, 1))
    return TRADE_ERROR_MEMORY;
  r->scratch = (char *)memory;
  r->scratch_moved = r->scratch_size > 0;
  return r->scratch_moved ? TRADE_NEED_INPUT : TRADE_OK;
}

/** A quoted field without its quotes. `text` holds it with them. */
static trade_status reader_unquote(trade_reader *r, int keep, trade_text *text) {
  const char *bytes = text->bytes;
  const size_t length = text->length;
  if (length < 2 || bytes[length - 1] != '"') {
    return reader_quotes_wrong(r) ? r->fault.status : TRADE_ERROR_FORMAT;
  }
  text->bytes = bytes + 1;
  text->length = length - 2;
  const char *quote = (const char *)memchr(text->bytes, '"', text->length);
  if (!quote) return TRADE_OK;
  const trade_status status = reader_scratch(r, keep, length);
  if (status) return status;
  char *to = r->scratch + r->scratch_size;
  size_t count = 0;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] == '"') {
      if (i + 1 == text->length || text->bytes[i + 1] != '"') {
        return reader_quotes_wrong(r) ? r->fault.status : TRADE_ERROR_FORMAT;
      }
      i++;
    }
    to[count++] = text->bytes[i];
  }
  r->scratch_size += count;
  text->bytes = to;
  text->length = count;
  return TRADE_OK;
}

/** Puts the zero back in front of a BACI product of five digits, which it lost where it was taken for a number. */
static trade_status reader_pad(trade_reader *r, int keep, trade_text *product) {
  size_t digits = 0;
  while (digits < product->length && trade_is_digit(product->bytes[digits])) digits++;
  if (digits != 5 || product->length != 5 || r->options.product) return TRADE_OK;
  const trade_status status = reader_scratch(r, keep, r->scratch_capacity < READER_PADS ? READER_PADS : 6);
  if (status) return status;
  char *to = r->scratch + r->scratch_size;
  to[0] = '0';
  memcpy(to + 1, product->bytes, 5);
  r->scratch_size += 6;
  product->bytes = to;
  product->length = 6;
  return TRADE_OK;
}

static void reader_trim(trade_text *text) {
  while (text->length && text->bytes[0] == ' ') text->bytes++, text->length--;
  while (text->length && text->bytes[text->length - 1] == ' ') text->length--;
}

/** A field that may have quotes or blanks around it. */
static trade_status reader_text_slow(trade_reader *r, int keep, trade_text *text) {
  reader_trim(text);
  if (text->length && text->bytes[0] == '"') return reader_unquote(r, keep, text);
  if (r->has_quotes && text->length && memchr(text->bytes, '"', text->length))
    return (void)reader_quotes_wrong(r), r->fault.status;
  return TRADE_OK;
}

/** The text of a field. */
TRADE_INLINE trade_status reader_text(trade_reader *r, int keep, size_t column, trade_text *text) {
  const size_t first = reader_field(r, column, &text->length);
  text->bytes = r->row + first;
  if (!text->length || (!r->has_quotes && text->bytes[0] != ' ' && text->bytes[text->length - 1] != ' '))
    return TRADE_OK;
  return reader_text_slow(r, keep, text);
}

/* ---- Numbers ---- */

static const double reader_ten[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/** The last `count` of eight characters, 1 to 8, with digits as what they are worth, zeros in front. */
TRADE_INLINE uint64_t reader_word(const char *end, size_t count) {
  return (trade_word8(end - 8) ^ 0x3030303030303030u) & ~(uint64_t)0 << (((size_t)0 - 8 * count) & 63);
}

/**
 * The number of such a word, its first digit in the lowest byte, without the point, if it has one: what stands before
 * that moves up. `*point` becomes the point's bit, 0 if there is none; `wrong` is not 0 if there is anything else. Where
 * the point stands follows no pattern: there is no branch for it.
 */
TRADE_INLINE uint64_t reader_eight(uint64_t x, uint64_t *point, uint64_t *wrong) {
  uint64_t bit = x & 0x1010101010101010u; /* no digit has this bit */
  bit &= (uint64_t)0 - bit;
  const uint64_t first = bit >> 4, next = bit << 4; /* the lowest bits of the point's byte and of the one behind it */
  const uint64_t closed = (x & (first - 1)) << 8 | (x & ((uint64_t)0 - next));
  *wrong |= (x ^ 0x1E1E1E1E1E1E1E1Eu) & (next - first);
  x ^= (x ^ closed) & ((uint64_t)0 - (bit != 0));
  *wrong |= ((x + 0x7676767676767676u) | x) & 0x8080808080808080u;
  *point = bit;
  x = x * 10 + (x >> 8);
  return (((x & 0x000000FF000000FFu) * 0x000F424000000064u) +
          ((x >> 16 & 0x000000FF000000FFu) * 0x0000271000000001u)) >>
         32;
}

/** How many of eight characters stand behind the point with this bit; 0 if there is none. */
TRADE_INLINE int32_t reader_behind(uint64_t point) {
  return (int32_t)((uint32_t)(63 - trade_lowest_bit(point | (uint64_t)1 << 63)) >> 3);
}

/** Digits with at most one point among them, up to 15 of both, as an integer and how many stand behind the point: 1, or
 *  0 if it is anything else. Sixteen bytes before the text's end can be read. */
TRADE_INLINE int reader_digits(const char *text, size_t length, uint64_t *digits, int32_t *behind) {
  uint64_t wrong = 0, in_low, in_high;
  if (length - 1 < 8) {
    *digits = reader_eight(reader_word(text + length, length), &in_low, &wrong);
    *behind = reader_behind(in_low);
    return !wrong && (length > 1 || !in_low);
  }
  if (length - 1 > 14) return 0;
  const uint64_t low = reader_eight(reader_word(text + length, 8), &in_low, &wrong);
  const uint64_t high = reader_eight(reader_word(text + length - 8, length - 8), &in_high, &wrong);
  *digits = high * (in_low ? 10000000u : 100000000u) + low;
  *behind = in_low ? reader_behind(in_low) : in_high ? reader_behind(in_high) + 8 : 0;
  return !wrong && !(in_low && in_high);
}

/** Whether rows are such as reader_usual_rows knows: 0, 1, or 2 if they are BACI's, with names for all columns, and do
 *  not end in what is a text or period of the record. */
static int32_t reader_is_usual(const trade_reader *r) {
  const size_t *const column = r->column, last = r->columns - 1;
  const int is_baci = r->layout->id == TRADE_LAYOUT_BACI;
  for (int32_t role = TRADE_ROLE_SECRECY; role < TRADE_ROLES; role++)
    if (column[role] != SIZE_MAX) return 0;
  if ((!is_baci && r->layout->id != TRADE_LAYOUT_PLAIN) || r->wide || !r->point || r->options.names ||
      r->choices_count ||
      r->options.row_limit < READER_WINDOW) /* all rows but the first of a window are shorter than that */
    return 0;
  const int ends_in_text =
      column[TRADE_ROLE_REPORTER] == last || column[TRADE_ROLE_PARTNER] == last || column[TRADE_ROLE_PRODUCT] == last;
  if (!is_baci) return 1;
  if (r->texts != 3) return 0; /* a flow that an option names */
  return column[TRADE_ROLE_PERIOD] < last && !ends_in_text && r->columns == r->columns_named ? 2 : 0;
}

/** Makes this the decimal mark of all numbers; 0: it is not known yet, or each number's own where commas part fields. */
static void reader_set_decimal(trade_reader *r, char decimal) {
  r->decimal = decimal;
  r->point = decimal == '.' || (!decimal && r->delimiter == ',');
  r->usual = reader_is_usual(r);
}

/** Which of the three numbers of a record a column gives, from 0. */
static size_t reader_number_of(const trade_reader *r, size_t column) {
  return column == r->column[TRADE_ROLE_QUANTITY] ? 1 : column == r->column[TRADE_ROLE_WEIGHT] ? 2 : 0;
}

static int reader_read_point(const trade_reader *r) {
  return r->could_group[0] || r->could_group[1] || r->could_group[2];
}

/** The decimal mark of a number that shows this, by what others have shown; 0: it could be either. */
static char reader_decimal(const trade_reader *r, int32_t shows, size_t column) {
  const size_t number = reader_number_of(r, column);
  if (r->delimiter == ',') return shows == TRADE_MARKS_COMMA_LAST ? ',' : '.';
  /* Decimals that are always three and groups look the same, but for whole numbers below 1000 beside them. */
  const int tells = r->layout->id == TRADE_LAYOUT_PLAIN && !r->rates;
  switch (shows) {
  case TRADE_MARKS_NO_MARK:
    if (tells && r->could_group[number]) return 0;
    return '.';
  case TRADE_MARKS_POINT_OR_GROUP:
    if (!r->ungrouped && (r->settled || (tells && r->small[number]))) return 0;
    return '.';
  case TRADE_MARKS_COMMA_OR_GROUP:
    return r->ungrouped ? ',' : 0;
  case TRADE_MARKS_COMMA:
  case TRADE_MARKS_COMMA_LAST:
  case TRADE_MARKS_GROUPS_OF_POINTS:
    return reader_read_point(r) ? 0 : ',';
  default:
    return '.';
  }
}

/** Keeps what a number has shown of the marks of all. */
static void reader_learn_marks(trade_reader *r, int32_t shows, size_t column) {
  const size_t number = reader_number_of(r, column);
  if (r->delimiter == ',' || r->settled || shows == TRADE_MARKS_NOTHING) return;
  switch (shows) {
  case TRADE_MARKS_NO_MARK:
    r->small[number] = 1;
    break;
  case TRADE_MARKS_NO_GROUPS:
    r->ungrouped = 1;
    if (reader_read_point(r)) reader_set_decimal(r, '.');
    break;
  case TRADE_MARKS_POINT:
    reader_set_decimal(r, '.');
    break;
  case TRADE_MARKS_POINT_OR_GROUP:
    r->could_group[number] = 1;
    if (r->ungrouped) reader_set_decimal(r, '.');
    break;
  default:
    reader_set_decimal(r, ',');
  }
}

static const char reader_comma_unclear[] =
    "a number with a comma that could mark thousands or decimals: the option decimal says which";
static const char reader_point_unclear[] =
    "a point before three digits, here or above, could mark thousands or decimals: the option decimal says which";

/** Every other number: its sign, marks, exponent. */
static trade_status reader_number_slow(trade_reader *r, const char *text, size_t length, int32_t power, size_t column,
                                       double *value) {
  char digits[READER_NUMBER];
  const size_t at = (size_t)(text - r->row);
  if (trade_text_missing(text, length)) {
    *value = TRADE_UNDEFINED;
    return TRADE_OK;
  }
  if (length > READER_NUMBER)
    return reader_refuse(r, TRADE_ERROR_TEXT, "a number of more than 800 characters", at, column);
  int negative = 0;
  if (text[0] == '-' || text[0] == '+') {
    negative = text[0] == '-';
    text++;
    length--;
  }
  memcpy(digits, text, length);
  const int32_t shows = r->decimal ? 0 : trade_text_shows(digits, length);
  char decimal = r->decimal;
  if (!decimal) decimal = reader_decimal(r, shows, column);
  if (!decimal) {
    const int commas = shows == TRADE_MARKS_COMMA_OR_GROUP;
    reader_refuse(r, TRADE_ERROR_TEXT, commas ? reader_comma_unclear : reader_point_unclear, at, column);
    r->fault.ends = !commas; /* numbers before may have been read wrong */
    return TRADE_ERROR_TEXT;
  }
  if (!trade_text_take_marks(digits, &length, decimal))
    return reader_refuse(r, TRADE_ERROR_TEXT, "thousands marks that do not stand between groups of three digits", at,
                         column);
  int64_t exponent = power;
  size_t count = 0, i = 0;
  int behind = 0;
  for (; i < length && digits[i] != 'e' && digits[i] != 'E'; i++) {
    if (digits[i] == '.' && !behind) {
      behind = 1;
      continue;
    }
    if (digits[i] < '0' || digits[i] > '9') return reader_refuse(r, TRADE_ERROR_TEXT, "not a number", at, column);
    digits[count++] = digits[i];
    exponent -= behind;
  }
  if (!count) return reader_refuse(r, TRADE_ERROR_TEXT, "not a number", at, column);
  if (i < length) {
    int64_t e = 0;
    i++;
    const int down = i < length && digits[i] == '-';
    if (i < length && (digits[i] == '-' || digits[i] == '+')) i++;
    if (i == length) return reader_refuse(r, TRADE_ERROR_TEXT, "not a number", at, column);
    for (; i < length; i++) {
      if (digits[i] < '0' || digits[i] > '9') return reader_refuse(r, TRADE_ERROR_TEXT, "not a number", at, column);
      if (e < 100000) e = e * 10 + (digits[i] - '0');
    }
    exponent += down ? -e : e;
  }
  if (trade_number_from_digits(digits, count, exponent, negative, TRADE_NUMBER_NEAREST, value) != TRADE_OK)
    return reader_refuse(r, TRADE_ERROR_RANGE, "a number beyond all doubles", at, column);
  if (!r->decimal) reader_learn_marks(r, shows, column);
  return TRADE_OK;
}

/** digits / 10^behind * 10^power, rounded once; digits below 10^15. */
TRADE_INLINE double reader_scaled(uint64_t digits, int32_t shift) {
  const double whole = (double)(int64_t)digits;
  return shift < 0 ? whole / reader_ten[-shift] : whole * reader_ten[shift];
}

/**
 * A number of plain digits, times 10^power: 1, or 0 if it is written in another way. Sixteen bytes before the text's end
 * can be read. `also` is the same times 10^also_power, if it is not null.
 */
TRADE_INLINE int reader_quick(const trade_text *text, int32_t power, double *value, int32_t also_power, double *also) {
  uint64_t digits;
  int32_t behind;
  if (FLT_EVAL_METHOD != 0 || !reader_digits(text->bytes, text->length, &digits, &behind) || power - behind < -22 ||
      power - behind > 22)
    return 0;
  *value = reader_scaled(digits, power - behind);
  if (also) *also = reader_scaled(digits, also_power - behind);
  return 1;
}

/** 1 if a number has no points, and what else it may show of its marks is known. */
TRADE_INLINE int reader_is_plain(const trade_reader *r, const trade_text *text, size_t column) {
  const int is_known = r->decimal || (text->length > 3 ? r->ungrouped : r->small[reader_number_of(r, column)]);
  return is_known && memchr(text->bytes, '.', text->length) == NULL;
}

TRADE_INLINE trade_status reader_number(trade_reader *r, const trade_text *text, int32_t power, size_t column,
                                        double *value, int32_t also_power, double *also) {
  if (r->row_before + (size_t)(text->bytes - r->row) + text->length >= 16 &&
      (r->point || reader_is_plain(r, text, column)) && reader_quick(text, power, value, also_power, also))
    return TRADE_OK;
  const trade_status status = reader_number_slow(r, text->bytes, text->length, power, column, value);
  return status || !also ? status : reader_number_slow(r, text->bytes, text->length, also_power, column, also);
}

/** The text of a field that is a number: without blanks and quotes around it. */
TRADE_INLINE trade_text reader_bare(const trade_reader *r, size_t column) {
  trade_text text;
  const size_t first = reader_field(r, column, &text.length);
  text.bytes = r->row + first;
  if (text.length && (text.bytes[0] == ' ' || text.bytes[text.length - 1] == ' ')) reader_trim(&text);
  if (text.length > 1 && text.bytes[0] == '"' && text.bytes[text.length - 1] == '"') {
    text.bytes++;
    text.length -= 2;
    reader_trim(&text);
  }
  return text;
}

/* ---- Periods ---- */

static const char reader_unclear_month[] = "a month that could be January, or October without its zero";

static const char *reader_moment_reason(trade_status status, const trade_text *text) {
  return status == TRADE_ERROR_NOT_MONTHS    ? "a period that is not whole months, nor a day"
         : status == TRADE_ERROR_PERIOD      ? "a period or day that does not exist"
         : trade_text_is_unclear_month(text) ? reader_unclear_month
                                             : "not a period";
}

/** Keeps a text, or none if it is long. */
static void reader_keep_text(reader_kept *kept, const trade_text *text) {
  kept->length = text->length <= sizeof kept->bytes ? text->length : 0;
  if (kept->length) memcpy(kept->bytes, text->bytes, kept->length);
}

/** 1 if a text is the one kept; none is the empty one. */
TRADE_INLINE int reader_same(const reader_kept *kept, const trade_text *text) {
  const size_t length = kept->length;
  if (text->length != length || !length) return 0;
  if (length > 8) return memcmp(text->bytes, kept->bytes, length) == 0;
  if (length < 4)
    return text->bytes[0] == kept->bytes[0] && text->bytes[length / 2] == kept->bytes[length / 2] &&
           text->bytes[length - 1] == kept->bytes[length - 1];
  return ((trade_word4(text->bytes) ^ trade_word4(kept->bytes)) |
          (trade_word4(text->bytes + (length - 4)) ^ trade_word4(kept->bytes + (length - 4)))) == 0;
}

/** Makes a text's period that of the row, remembered for the next one. */
static trade_status reader_take_moment(trade_reader *r, const trade_text *text) {
  reader_moment moment;
  const trade_status status = trade_text_moment(text, &moment.period, &moment.day);
  if (status) return status;
  reader_keep_text(&moment.text, text);
  r->moment = moment;
  return TRADE_OK;
}

static trade_status reader_moment_slow(trade_reader *r, const trade_text *text, size_t column) {
  size_t length;
  const trade_status status = reader_take_moment(r, text);
  return status ? reader_refuse(r, status, reader_moment_reason(status, text), reader_field(r, column, &length), column)
                : TRADE_OK;
}

TRADE_INLINE trade_status reader_moment_of(trade_reader *r, const trade_text *text, size_t column) {
  return reader_same(&r->moment.text, text) ? TRADE_OK : reader_moment_slow(r, text, column);
}

/* ---- The header ---- */

/** Cuts a label off: "REF_AREA: Reference area". */
static trade_text reader_code(trade_text text) {
  const size_t at = trade_text_find(&text, ": ");
  if (at != SIZE_MAX) text.length = at;
  return text;
}

/** The column that has one of the names, "a|b", the earlier name first; SIZE_MAX if none does. `count`: of `names`. */
static size_t reader_column(const trade_reader *r, const trade_text *names, size_t count, const char *wanted,
                            size_t wanted_length) {
  for (size_t first = 0, end; first <= wanted_length; first = end + 1) {
    end = first + trade_text_until(wanted + first, wanted_length - first, '|');
    for (size_t i = 0; i < count; i++) {
      const trade_text name = r->both ? reader_code(names[i]) : names[i];
      if (trade_text_same_name(name.bytes, name.length, wanted + first, end - first)) return i;
      size_t last = r->joined ? name.length : 0; /* what the lowest line of several says */
      while (last && name.bytes[last - 1] != ' ') last--;
      if (last && trade_text_same_name(name.bytes + last, name.length - last, wanted + first, end - first)) return i;
    }
  }
  return SIZE_MAX;
}

/** 1 if there are all columns of "a&b|c". */
static int reader_knows(const trade_reader *r, const char *known_by) {
  for (size_t length; *known_by; known_by += length + (known_by[length] != 0)) {
    length = trade_text_until(known_by, strlen(known_by), '&');
    if (reader_column(r, r->names, r->columns, known_by, length) == SIZE_MAX) return 0;
  }
  return 1;
}

/** The name of the column of which the option names one; null: none. */
static const char *reader_option(const trade_reader *r, int32_t role) {
  const trade_reader_options *o = &r->options;
  const char *const named[] = {o->period, o->reporter, o->partner,  o->product,
                               o->flow,   o->value,    o->quantity, o->weight};
  return (size_t)role < sizeof named / sizeof named[0] ? named[role] : NULL;
}

/** Cuts the flag off a period, "2021p", "2022 (e)", "2023*": an empty text if there is none. */
static trade_text reader_cut_flag(trade_text *name) {
  static const char letters[] = "*befpr"; /* a note, break, estimate, forecast, provisional, revised */
  const size_t brackets =
      name->length > 3 && name->bytes[name->length - 1] == ')' && name->bytes[name->length - 3] == '(';
  const size_t at = name->length - 1 - brackets;
  trade_text flag = {name->bytes + at, 0};
  if (!memchr(letters, trade_lower(*flag.bytes), sizeof letters - 1)) return flag;
  flag.length = 1;
  name->length = at - brackets;
  reader_trim(name);
  return flag;
}

/** What one column of its own is: 1, or 0 if it is none. */
static int reader_wide_of(const trade_reader *r, const trade_layout *layout, size_t column, reader_wide *wide) {
  trade_text name = r->names[column];
  const reader_wide none = {{0, 0, 0, 0}, {NULL, 0}, column, TRADE_DAY_NONE, 0, 0, 0, 0, 0};
  *wide = none;
  if (!name.length) return 0;
  if (layout->wide == TRADE_WIDE_CURRENCIES) {
    wide->base = layout->id == TRADE_LAYOUT_ECB_RATES ? TRADE_EUR : 0;
    wide->quote = trade_layout_letters(&name);
    return wide->quote != 0;
  }
  if (layout->wide == TRADE_WIDE_FLOWS) {
    if (layout->id == TRADE_LAYOUT_GACC && column == r->column[TRADE_ROLE_PARTNER]) return 0;
    wide->flow = trade_layout_flow(layout->id, &name);
    wide->power = trade_layout_power(&name);
    wide->currency = trade_layout_currency(&name);
    return wide->flow != TRADE_FLOW_UNKNOWN;
  }
  if (layout->wide == TRADE_WIDE_SERIES) {
    if (column == r->column[TRADE_ROLE_PERIOD] || trade_text_same_name(name.bytes, name.length, "Entity", 6) ||
        trade_text_same_name(name.bytes, name.length, "Code", 4))
      return 0;
    if (r->options.value && !trade_text_same_name(name.bytes, name.length, r->options.value, strlen(r->options.value)))
      return 0;
    if (layout->id == TRADE_LAYOUT_FRED) trade_layout_rate(&name, &wide->base, &wide->quote);
    return 1;
  }
  if (r->joined) { /* 2005 US dollars at current prices in millions */
    if (name.length < 4 || (name.length > 4 && name.bytes[4] != ' ')) return 0;
    wide->power = trade_layout_power(&name);
    wide->currency = trade_layout_currency(&name);
    name.length = 4;
  } else if (layout->id == TRADE_LAYOUT_UNCTADSTAT) {
    if (name.length < 12 || memcmp(name.bytes + name.length - 6, "_Value", 6) != 0 || name.bytes[4] != '_') return 0;
    const trade_text measure = {name.bytes + 5, name.length - 11};
    wide->power = trade_layout_power(&measure);
    wide->currency = trade_layout_currency(&measure);
    name.length = 4;
  }
  const size_t bracket = trade_text_find(&name, " [");
  if (bracket != SIZE_MAX) name.length = bracket; /* 2015 [YR2015] */
  if (trade_text_moment(&name, &wide->period, &wide->day) == TRADE_OK) return 1;
  wide->flag = reader_cut_flag(&name);
  return wide->flag.length && trade_text_moment(&name, &wide->period, &wide->day) == TRADE_OK;
}

/** UNCTADstat: 1 if the column is of the measure that is read, which is that of the first such column unless the
 *  options tell. */
static int reader_measure(const trade_reader *r, size_t column, size_t first) {
  const trade_text *name = r->names + column, *model = r->names + first;
  if (r->options.value) return trade_text_find(name, r->options.value) != SIZE_MAX;
  return name->length == model->length && memcmp(name->bytes + 4, model->bytes + 4, name->length - 4) == 0;
}

/** Finds the columns of their own: writes them if `to` is not null. */
static size_t reader_wide_columns(const trade_reader *r, const trade_layout *layout, reader_wide *to) {
  size_t count = 0, first = SIZE_MAX;
  for (size_t i = r->packed ? 1 : 0; i < r->columns; i++) {
    reader_wide wide;
    if (!reader_wide_of(r, layout, i, &wide)) continue;
    if (first == SIZE_MAX) first = i;
    if (layout->id == TRADE_LAYOUT_UNCTADSTAT && !reader_measure(r, i, first)) continue;
    if (to) to[count] = wide;
    count++;
  }
  return count;
}

/** UNCTADstat's long form: the last column that is no label, note or sign of missing. */
static size_t reader_last_measure(const trade_reader *r) {
  for (size_t i = r->columns; i-- > 1;) {
    const trade_text name = r->names[i];
    if (name.length && trade_text_find(&name, "Label") == SIZE_MAX && trade_text_find(&name, "Footnote") == SIZE_MAX &&
        trade_text_find(&name, "issing") == SIZE_MAX && i != r->column[TRADE_ROLE_PERIOD] &&
        i != r->column[TRADE_ROLE_REPORTER] && i != r->column[TRADE_ROLE_FLOW])
      return i;
  }
  return SIZE_MAX;
}

/** Splits the first column's name of Eurostat's TSV: "freq,unit,geo\TIME_PERIOD". */
static int reader_pack(trade_reader *r) {
  const trade_text name = r->names[0];
  const size_t back = trade_text_find(&name, "\\");
  r->packed = 0;
  if (back == SIZE_MAX || r->columns < 2) return 0;
  const trade_text axis = {name.bytes + back + 1, name.length - back - 1};
  if (!trade_text_same_name(axis.bytes, axis.length, "time", 4) &&
      !trade_text_same_name(axis.bytes, axis.length, "TIME_PERIOD", 11))
    return 0;
  size_t first = 0;
  for (size_t at = 0; at <= back; at++) {
    if (at < back && name.bytes[at] != ',') continue;
    if (r->packed == READER_PACKED) return 0;
    r->dimension[r->packed].bytes = name.bytes + first;
    r->dimension[r->packed++].length = at - first;
    first = at + 1;
  }
  return 1;
}

/** 1 if all columns behind the first one have names as FRED gives them to series, not those of a plain table. */
static int reader_names_series(const trade_reader *r) {
  const char *const *plain = trade_layout_plain()->role;
  for (int32_t role = TRADE_ROLE_REPORTER; role < TRADE_ROLES; role++)
    if (plain[role] && reader_column(r, r->names, r->columns, plain[role], strlen(plain[role])) != SIZE_MAX) return 0;
  for (size_t i = 1; i < r->columns_named; i++) {
    if (trade_layout_flow(TRADE_LAYOUT_PLAIN, r->names + i) != TRADE_FLOW_UNKNOWN) return 0;
    for (size_t k = 0; k < r->names[i].length; k++)
      if (r->names[i].bytes[k] == ' ' || trade_is_lower(r->names[i].bytes[k])) return 0;
  }
  return 1;
}

/** 1 if a column says which economy, product or flow a row is of. */
static int reader_tells(const trade_reader *r) {
  return r->column[TRADE_ROLE_REPORTER] != SIZE_MAX || r->column[TRADE_ROLE_PARTNER] != SIZE_MAX ||
         r->column[TRADE_ROLE_PRODUCT] != SIZE_MAX || r->column[TRADE_ROLE_FLOW] != SIZE_MAX;
}

/** How many of the names are empty. */
static size_t reader_unnamed(const trade_text *names, size_t count) {
  size_t unnamed = 0;
  for (size_t i = 0; i < count; i++) unnamed += names[i].length == 0;
  return unnamed;
}

/** What a layout with so many columns of their own asks of a header besides their names: 1 if that is there. */
static int reader_suits(const trade_reader *r, const trade_layout *layout, size_t wide) {
  const int dates_first = r->column[TRADE_ROLE_PERIOD] == 0;
  if (layout->id == TRADE_LAYOUT_ECB_RATES) /* its base has no column */
    return dates_first && trade_text_is(&r->names[1], "USD") &&
           reader_column(r, r->names, r->columns, "EUR", 3) == SIZE_MAX;
  if (layout->id == TRADE_LAYOUT_FRED) return dates_first && reader_names_series(r);
  if (layout->id == TRADE_LAYOUT_UNCTADSTAT) return r->joined == (layout->known_by[0] == '+');
  if (layout->id == TRADE_LAYOUT_GACC && !r->joined && reader_unnamed(r->names, r->columns) > 1)
    return 0; /* names that span columns */
  if (layout->id == TRADE_LAYOUT_GACC) return reader_tells(r) || r->column[TRADE_ROLE_PERIOD] != SIZE_MAX;
  if (layout->id != TRADE_LAYOUT_PLAIN) return 1;
  if (r->options.value) return 0; /* that column would be the only one */
  if (layout->wide == TRADE_WIDE_CURRENCIES) return dates_first && wide > 1 && wide + 1 == r->columns_named;
  return reader_tells(r) || (layout->wide == TRADE_WIDE_FLOWS && r->column[TRADE_ROLE_PERIOD] != SIZE_MAX);
}

/** Finds the columns by which rows are chosen: 1 if there are all. */
static int reader_find_choices(trade_reader *r, const trade_text *names, size_t count) {
  const char *rest = r->options.only;
  trade_text name;
  r->choices_count = 0;
  while (reader_take_choice(&rest, &name, r->choices + r->choices_count)) {
    r->choices[r->choices_count].column = reader_column(r, names, count, name.bytes, name.length);
    if (r->choices[r->choices_count++].column == SIZE_MAX) return 0;
  }
  return 1;
}

/** 1 if the column of periods, which no option names, has years. */
static int reader_has_years(const trade_reader *r) {
  if (r->options.period || r->column[TRADE_ROLE_PERIOD] == SIZE_MAX) return 0;
  const trade_text *name = r->names + r->column[TRADE_ROLE_PERIOD];
  return trade_text_same_name(name->bytes, name->length, "year", 4) ||
         trade_text_same_name(name->bytes, name->length, "ref_year", 8);
}

/** 1 if the names are of SDMX's rates. */
static int reader_has_rates(const trade_reader *r) {
  return reader_column(r, r->names, r->columns, "CURRENCY_DENOM", 14) != SIZE_MAX;
}

/** 1 if the header is one of the layout, and its columns then found. */
static int reader_fits(trade_reader *r, const trade_layout *layout) {
  const int packed = layout->id == TRADE_LAYOUT_EUROSTAT_TSV;
  r->packed = 0;
  r->both = 0;
  const int several = layout->known_by[0] == '+';
  if (packed && !reader_pack(r)) return 0;
  if (r->joined && !several) return 0;
  if (trade_layout_is_sdmx(layout->id))
    for (size_t i = 1; i < r->columns; i++) r->both |= trade_text_begins(&r->names[i], "TIME_PERIOD: ");
  if (!reader_knows(r, layout->known_by + several)) return 0;
  if (layout->id == TRADE_LAYOUT_BACI && !r->options.layout && r->options.value &&
      !trade_text_same_name(r->options.value, strlen(r->options.value), "v", 1))
    return 0; /* a column that was added, of a unit that is not BACI's */
  const trade_text *names = packed ? r->dimension : r->names;
  const size_t count = packed ? (size_t)r->packed : r->columns;
  for (int32_t role = 0; role < TRADE_ROLES; role++) {
    const char *named = reader_option(r, role), *wanted = layout->role[role];
    if (layout->wide && role == TRADE_ROLE_VALUE) named = NULL;
    r->column[role] = named    ? reader_column(r, names, count, named, strlen(named))
                      : wanted ? reader_column(r, names, count, wanted, strlen(wanted))
                               : SIZE_MAX;
    if (named && r->column[role] == SIZE_MAX) return 0;
  }
  if (!reader_find_choices(r, names, count)) return 0;
  if (layout->id == TRADE_LAYOUT_PLAIN && r->column[TRADE_ROLE_PART] != SIZE_MAX && !reader_has_years(r))
    r->column[TRADE_ROLE_PART] = SIZE_MAX;
  if (layout->id == TRADE_LAYOUT_SDMX_CSV && r->column[TRADE_ROLE_UNIT] == r->column[TRADE_ROLE_PARTNER])
    r->column[reader_has_rates(r) ? TRADE_ROLE_UNIT : TRADE_ROLE_PARTNER] = SIZE_MAX; /* both could be CURRENCY */
  if (layout->id == TRADE_LAYOUT_UNCTADSTAT && !layout->wide && !r->options.value)
    r->column[TRADE_ROLE_VALUE] = reader_last_measure(r);
  if (layout->wide) {
    const size_t wide = reader_wide_columns(r, layout, NULL);
    return wide > 0 && reader_suits(r, layout, wide);
  }
  if (layout->id == TRADE_LAYOUT_GACC && !reader_suits(r, layout, 0)) return 0;
  return r->column[TRADE_ROLE_VALUE] != SIZE_MAX || r->column[TRADE_ROLE_QUANTITY] != SIZE_MAX ||
         r->column[TRADE_ROLE_WEIGHT] != SIZE_MAX;
}

static const char reader_two_names[] = "two columns have the name of one that is needed";

/** A column used whose name another one has too; SIZE_MAX if there is none. SDMX has labels beside its codes, which may
 *  have the same name in small letters. */
static size_t reader_twice(const trade_reader *r, const trade_layout *layout) {
  const int exact = trade_layout_is_sdmx(layout->id);
  if (r->packed) return SIZE_MAX;
  for (size_t k = 0; k < TRADE_ROLES + r->choices_count; k++) {
    const size_t column = k < TRADE_ROLES ? r->column[k] : r->choices[k - TRADE_ROLES].column;
    if (column == SIZE_MAX) continue;
    const trade_text *name = r->names + column;
    for (size_t i = 0; i < r->columns; i++)
      if (i != column &&
          (exact ? r->names[i].length == name->length && memcmp(r->names[i].bytes, name->bytes, name->length) == 0
                 : trade_text_same_name(r->names[i].bytes, r->names[i].length, name->bytes, name->length)))
        return i > column ? i : column;
  }
  return SIZE_MAX;
}

/** An order of the columns that give a record each, in which those of one period or name are equal: below 0, 0 or above
 *  0. Series are as many as there are different names, byte for byte. */
static int reader_wide_order(const trade_reader *r, const trade_layout *layout, size_t a, size_t b) {
  const reader_wide *x = r->wide + a, *y = r->wide + b;
  const trade_text *left = r->names + x->column, *right = r->names + y->column;
  const int32_t times[][2] = {{x->period.year, y->period.year},
                              {x->period.month, y->period.month},
                              {x->period.months, y->period.months},
                              {x->day, y->day}};
  for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
    if (times[i][0] != times[i][1]) return times[i][0] < times[i][1] ? -1 : 1;
  if (layout->wide == TRADE_WIDE_PERIODS) return 0;
  if (layout->wide == TRADE_WIDE_FLOWS) return (x->flow > y->flow) - (x->flow < y->flow);
  if (layout->wide != TRADE_WIDE_SERIES) return trade_text_name_order(left, right);
  const int order = memcmp(left->bytes, right->bytes, trade_lesser(left->length, right->length));
  return order ? order : (left->length > right->length) - (left->length < right->length);
}

/** The same, columns of one name as they stand: 1 if a comes before b. */
static int reader_wide_before(const trade_reader *r, const trade_layout *layout, size_t a, size_t b) {
  const int order = reader_wide_order(r, layout, a, b);
  return order < 0 || (order == 0 && a < b);
}

/** Puts a column in place in a heap of n whose root is free, none coming before its children. */
static void reader_wide_sift(const trade_reader *r, const trade_layout *layout, size_t *heap, size_t root, size_t n,
                             size_t wide) {
  for (size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && reader_wide_before(r, layout, heap[child], heap[child + 1])) child++;
    if (!reader_wide_before(r, layout, wide, heap[child])) break;
    heap[root] = heap[child];
  }
  heap[root] = wide;
}

/** A column that gives a record of its own and is of what one before it is of, in *twice; SIZE_MAX if there is none. */
static trade_status reader_wide_twice(const trade_reader *r, const trade_layout *layout, size_t *twice) {
  const size_t n = r->wide_count;
  size_t *sorted = (size_t *)trade_allocator_new(&r->allocator, n * sizeof *sorted);
  if (!sorted) return TRADE_ERROR_MEMORY;
  for (size_t i = 0; i < n; i++) sorted[i] = i;
  for (size_t i = n / 2; i-- > 0;) reader_wide_sift(r, layout, sorted, i, n, sorted[i]);
  for (size_t left = n; left-- > 1;) {
    const size_t last = sorted[left];
    sorted[left] = sorted[0];
    reader_wide_sift(r, layout, sorted, 0, left, last);
  }
  *twice = SIZE_MAX;
  for (size_t i = 1; i < n; i++)
    if (reader_wide_order(r, layout, sorted[i - 1], sorted[i]) == 0)
      *twice = trade_lesser(*twice, r->wide[sorted[i]].column);
  trade_allocator_free(&r->allocator, sorted, n * sizeof *sorted);
  return TRADE_OK;
}

/** How many bytes a byte order mark has in front of the row. */
static size_t reader_order_mark(const trade_reader *r) {
  return r->row_offset == 0 && r->row_size >= 3 && memcmp(r->row, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/** How many bytes a row begins with in which no delimiter is one: "STRUCTURE[;]". */
static size_t reader_bracket(const trade_reader *r) {
  const size_t from = reader_order_mark(r);
  return r->row_size > from + 12 && memcmp(r->row + from, "STRUCTURE[", 10) == 0 ? from + 12 : 0;
}

/** How many fields a delimiter makes of the row. */
static size_t reader_fields_by(const trade_reader *r, char delimiter) {
  size_t fields = 1;
  int inside = 0;
  for (size_t i = reader_bracket(r); i < r->row_size; i++) {
    inside ^= r->row[i] == '"';
    fields += !inside && r->row[i] == delimiter;
  }
  return fields;
}

/** The delimiter of what may be the header. */
static char reader_delimiter(const trade_reader *r) {
  static const char candidates[] = ",;\t|";
  if (r->options.delimiter) return (char)r->options.delimiter;
  const size_t mark = reader_order_mark(r), quote = mark < r->row_size && r->row[mark] == '"';
  const trade_text row = {r->row + mark + quote, r->row_size - mark - quote};
  if (trade_text_begins(&row, "STRUCTURE[") && row.length > 12 + quote)
    return row.bytes[12 + quote]; /* in brackets: what parts sub-fields */
  char best = ',';
  size_t most = reader_fields_by(r, ',');
  for (size_t i = 1; candidates[i]; i++) {
    const size_t fields = reader_fields_by(r, candidates[i]);
    if (fields <= most) continue;
    most = fields;
    best = candidates[i];
  }
  /* Eurostat's TSV has commas in the first field only. */
  if (memchr(r->row, '\t', r->row_size) && memchr(r->row, '\\', r->row_size)) best = '\t';
  return best;
}

static void reader_forget_names(trade_reader *r) {
  trade_allocator_free(&r->allocator, r->names, r->columns * sizeof *r->names);
  r->names = NULL;
  r->columns = r->columns_named = 0;
  trade_allocator_free(&r->allocator, r->names_memory, r->names_memory_size);
  r->names_memory = NULL;
  r->names_memory_size = 0;
}

/** Takes the row apart into names. */
static trade_status reader_names(trade_reader *r, char delimiter) {
  size_t size = r->row_size;
  if (size && r->row[size - 1] == '\r') size--;
  size_t from = reader_order_mark(r);
  const size_t columns = reader_fields_by(r, delimiter), bracket = reader_bracket(r);
  if (columns > r->options.column_limit)
    return reader_refuse(r, TRADE_ERROR_LIMIT, "the row has more fields than the limit allows", 0, SIZE_MAX);
  reader_forget_names(r);
  r->joined = 0;
  char *memory = (char *)trade_allocator_new(&r->allocator, size + 1);
  if (!memory) return TRADE_ERROR_MEMORY;
  r->names_memory = memory;
  r->names_memory_size = size + 1;
  r->names = (trade_text *)trade_allocator_new(&r->allocator, columns * sizeof *r->names);
  if (!r->names) return TRADE_ERROR_MEMORY;
  r->columns = columns;
  r->columns_named = 0;
  for (size_t i = 0; i < columns; i++) {
    trade_text *name = r->names + i;
    name->bytes = memory;
    int inside = 0;
    for (; from < size && (inside || from < bracket || r->row[from] != delimiter); from++) {
      if (r->row[from] == '"') {
        if (inside && from + 1 < size && r->row[from + 1] == '"')
          from++;
        else {
          inside = !inside;
          continue;
        }
      }
      *memory++ = r->row[from];
    }
    from++;
    name->length = (size_t)(memory - name->bytes);
    reader_trim(name);
    if (i == 0 && trade_text_begins(name, "STRUCTURE[")) name->length = 9;
    if (name->length) r->columns_named = i + 1;
  }
  return TRADE_OK;
}

/** The one currency that all columns have in common, or 0. */
static int32_t reader_common(const trade_reader *r, int quote) {
  for (size_t i = 1; i < r->wide_count; i++)
    if (quote ? r->wide[i].quote != r->wide[0].quote : r->wide[i].base != r->wide[0].base) return 0;
  return r->wide_count ? (quote ? r->wide[0].quote : r->wide[0].base) : 0;
}

/** What the title says of the unit of values, where the layout has one there and the name of the column says nothing;
 *  an option says more. */
static void reader_unit_of_title(const trade_reader *r, const trade_layout *layout, int32_t *power, int32_t *currency) {
  if (layout->known_by[0] == '+') {
    if (!*power) *power = r->title.power;
    if (!*currency) *currency = r->title.currency;
  }
  if (r->options.value_power) *power = r->options.value_power;
}

/** Finds the columns that give a record each, and the powers of ten of their values. */
static trade_status reader_widen(trade_reader *r, const trade_layout *layout) {
  const size_t count = reader_wide_columns(r, layout, NULL);
  /* Of the same header, refused before, there may be some. */
  trade_allocator_free(&r->allocator, r->wide, r->wide_count * sizeof *r->wide);
  r->wide_count = 0;
  r->wide = (reader_wide *)trade_allocator_new(&r->allocator, count * sizeof *r->wide);
  if (!r->wide) return TRADE_ERROR_MEMORY;
  r->wide_count = reader_wide_columns(r, layout, r->wide);
  for (size_t i = 0; i < count; i++) reader_unit_of_title(r, layout, &r->wide[i].power, &r->wide[i].currency);
  if (layout->wide == TRADE_WIDE_PERIODS)
    for (size_t i = 0; i < r->columns; i++)
      if (trade_text_is_unclear_month(&r->names[i]))
        return reader_refuse(r, TRADE_ERROR_FORMAT, reader_unclear_month, 0, i);
  size_t twice;
  if (reader_wide_twice(r, layout, &twice)) return TRADE_ERROR_MEMORY;
  return twice == SIZE_MAX ? TRADE_OK : reader_refuse(r, TRADE_ERROR_FORMAT, reader_two_names, 0, twice);
}

/** 1 if the names can be the lower line of a header: none is a number, but for years. */
static int reader_can_be_lower(const trade_reader *r) {
  for (size_t i = 0; i < r->columns; i++) {
    double number;
    trade_period period;
    int32_t day;
    const trade_text *name = r->names + i;
    if (name->length && trade_is_digit(name->bytes[0]) && trade_text_moment(name, &period, &day) &&
        trade_number_parse(name->bytes, name->length, &number) == TRADE_OK)
      return 0;
  }
  return 1;
}

static char *reader_append(char *to, const trade_text *text) {
  if (text->length) memcpy(to, text->bytes, text->length);
  return to + text->length;
}

/** Takes the names for those of the line above the next one, which could be the lower line of the same header. */
static void reader_put_above(trade_reader *r) {
  trade_allocator_free(&r->allocator, r->above_memory, r->above_memory_size);
  trade_allocator_free(&r->allocator, r->above, r->above_columns * sizeof *r->above);
  r->above_memory = r->names_memory;
  r->above_memory_size = r->names_memory_size;
  r->above = r->names;
  r->above_columns = r->columns;
  r->names_memory = NULL;
  r->names_memory_size = 0;
  r->names = NULL;
  r->columns = r->columns_named = 0;
  r->joined = 0;
}

/** Joins each name with that above it, or with the last one to the left that spans it: r->joined tells whether they can
 *  be a header together. */
static trade_status reader_join(trade_reader *r) {
  const size_t columns = r->above_columns > r->columns ? r->above_columns : r->columns;
  trade_text upper = {"", 0};
  size_t size = 1, named = 0;
  if (r->above_columns - reader_unnamed(r->above, r->above_columns) < 2 || !reader_can_be_lower(r)) return TRADE_OK;
  for (size_t i = 0; i < columns && size <= READER_JOINED; i++) {
    if (i < r->above_columns && r->above[i].length) upper = r->above[i];
    size += upper.length + 1 + (i < r->columns ? r->names[i].length : 0);
  }
  if (size > READER_JOINED) return TRADE_OK;
  char *memory = (char *)trade_allocator_new(&r->allocator, size), *to = memory;
  trade_text *names = (trade_text *)trade_allocator_new(&r->allocator, columns * sizeof *names);
  if (!memory || !names) {
    trade_allocator_free(&r->allocator, memory, size);
    trade_allocator_free(&r->allocator, names, columns * sizeof *names);
    return TRADE_ERROR_MEMORY;
  }
  upper.length = 0;
  for (size_t i = 0; i < columns; i++) {
    const trade_text none = {"", 0}, lower = i < r->columns ? r->names[i] : none;
    if (i < r->above_columns && r->above[i].length) upper = r->above[i];
    names[i].bytes = to;
    to = reader_append(to, &upper);
    if (upper.length && lower.length) *to++ = ' ';
    to = reader_append(to, &lower);
    names[i].length = (size_t)(to - names[i].bytes);
    if (names[i].length) named = i + 1;
  }
  reader_forget_names(r);
  r->names_memory = memory;
  r->names_memory_size = size;
  r->names = names;
  r->columns = columns;
  r->columns_named = named;
  r->joined = 1;
  return TRADE_OK;
}

/** The column of the names beside that of the codes; SIZE_MAX if there is none. Their names are alike but for what they
 *  end in, or, where the file's labels are names, the one stands beside the other. */
static size_t reader_name_column(const trade_reader *r, size_t codes) {
  static const char *const ends_of_codes[] = {"code", "iso", "iso3", "id"};
  static const char *const ends_of_names[] = {"desc", "name", "label", "", "country", "entity"};
  if (codes == SIZE_MAX || r->packed || r->both) return r->packed ? SIZE_MAX : codes;
  if (reader_column(r, r->names, r->columns, "STRUCTURE_NAME", 14) != SIZE_MAX)
    return codes + 1 < r->columns ? codes + 1 : SIZE_MAX;
  const trade_text *code = r->names + codes;
  size_t stem = code->length;
  char wanted[80];
  if (stem > 64) return SIZE_MAX;
  for (size_t i = 0; i < sizeof ends_of_codes / sizeof ends_of_codes[0]; i++) {
    const size_t length = strlen(ends_of_codes[i]);
    if (code->length >= length &&
        trade_text_same_name(code->bytes + code->length - length, length, ends_of_codes[i], length))
      stem = code->length - length;
  }
  memcpy(wanted, code->bytes, stem);
  for (size_t i = 0; i < (stem ? 4 : sizeof ends_of_names / sizeof ends_of_names[0]); i++) {
    const size_t length = strlen(ends_of_names[i]);
    memcpy(wanted + stem, ends_of_names[i], length);
    const size_t column = reader_column(r, r->names, r->columns, wanted, stem + length);
    if (column != SIZE_MAX && column != codes) return column;
  }
  return SIZE_MAX;
}

static void reader_add_other(trade_reader *r, size_t column, trade_text name) {
  if (column == SIZE_MAX || r->others_count == READER_OTHERS) return;
  for (int32_t role = 0; role < TRADE_ROLES; role++)
    if (r->column[role] == column) return;
  reader_other *other = r->others + r->others_count++;
  other->column = column;
  other->texts.column = name;
}

/** Finds the columns by which rows may differ, and records do not. */
static void reader_find_others(trade_reader *r, const trade_layout *layout) {
  static const char in_front[] = "DATAFLOW|KEY|LAST UPDATE|STRUCTURE_ID|STRUCTURE_NAME|ACTION"; /* of dimensions */
  const trade_text *names = r->packed ? r->dimension : r->names;
  const size_t time = r->column[TRADE_ROLE_PERIOD];
  const size_t count = r->packed ? (size_t)r->packed : trade_layout_is_sdmx(layout->id) && time != SIZE_MAX ? time : 0;
  size_t i = 0, step = 1, length;
  for (const char *others = trade_layout_others(layout->id); *others; others += length + (others[length] != 0)) {
    length = trade_text_until(others, strlen(others), '&');
    const size_t column = reader_column(r, r->names, r->columns, others, length);
    if (column != SIZE_MAX) reader_add_other(r, column, r->names[column]);
  }
  for (size_t k = 0; k < count; k++) {
    if (reader_column(r, names + k, 1, in_front, sizeof in_front - 1) != SIZE_MAX) i = k + 1;
    if (trade_text_is(&names[k], "STRUCTURE_NAME")) step = 2; /* labels stand beside codes */
  }
  for (; i < count; i += step) {
    const trade_text name = r->both ? reader_code(names[i]) : names[i];
    if (!trade_text_same_name(name.bytes, name.length, "FREQ", 4)) reader_add_other(r, i, name);
  }
}

/** Settles what the header says, and looks at what follows it anew. */
static trade_status reader_begin(trade_reader *r, const trade_layout *layout, char delimiter) {
  const trade_status status = layout->wide ? reader_widen(r, layout) : TRADE_OK;
  const int several = layout->known_by[0] == '+';
  if (status) return status;
  const trade_text *value =
      r->column[TRADE_ROLE_VALUE] != SIZE_MAX && !r->packed ? r->names + r->column[TRADE_ROLE_VALUE] : NULL;
  int32_t power = layout->wide ? r->wide[0].power : layout->power, currency = layout->currency;
  if (layout->wide) {
    currency = r->wide[0].currency;
  } else if ((layout->id == TRADE_LAYOUT_UNCTADSTAT || layout->id == TRADE_LAYOUT_PLAIN) && value) {
    power = trade_layout_power(value);
    currency = trade_layout_currency(value);
  }
  reader_unit_of_title(r, layout, &power, &currency);
  if (layout->id == TRADE_LAYOUT_GACC && !power && !r->title.has_unit)
    return reader_refuse(r, TRADE_ERROR_FORMAT,
                         "no line above the header tells the unit of values: the option value_power must", 0, SIZE_MAX);
  r->layout = layout; /* nothing refuses it any more */
  r->delimiter = delimiter;
  r->rates = layout->wide == TRADE_WIDE_CURRENCIES || (layout->id == TRADE_LAYOUT_FRED && reader_common(r, 0) != 0) ||
             (trade_layout_is_sdmx(layout->id) && reader_has_rates(r));
  r->power = power;
  if (several) r->moment.period = r->title.period; /* unless a column has them */
  r->weight_power = layout->weight_power;
  static const struct {
    int32_t role;
    size_t at;
  } texts[] = {
      {TRADE_ROLE_REPORTER, offsetof(trade_record, reporter)}, {TRADE_ROLE_PARTNER, offsetof(trade_record, partner)},
      {TRADE_ROLE_PRODUCT, offsetof(trade_record, product)},   {TRADE_ROLE_FLOW, offsetof(trade_record, flow)},
      {TRADE_ROLE_UNIT, offsetof(trade_record, unit)},         {TRADE_ROLE_FLAG, offsetof(trade_record, flag)}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    if (r->column[texts[i].role] == SIZE_MAX) continue;
    r->text_role[r->texts] = texts[i].role;
    r->text_at[r->texts++] = texts[i].at;
  }
  reader_find_others(r, layout);
  for (int32_t i = 0; i < 3; i++) r->name_column[i] = reader_name_column(r, r->column[TRADE_ROLE_REPORTER + i]);
  if (!(r->options.numbers & TRADE_READER_QUANTITY)) r->column[TRADE_ROLE_QUANTITY] = SIZE_MAX;
  if (!(r->options.numbers & TRADE_READER_WEIGHT)) r->column[TRADE_ROLE_WEIGHT] = SIZE_MAX;
  reader_set_decimal(r, (char)r->options.decimal);
  trade_reader_finding *f = &r->finding;
  f->name = layout->name;
  f->header_line = r->line;
  f->layout = layout->id;
  f->delimiter = (unsigned char)delimiter;
  f->value_power = r->power;
  f->currency = currency ? currency : r->options.currency;
  f->rate_base = reader_common(r, 0);
  f->rate_quote = reader_common(r, 1);
  reader_row_done(r);
  reader_look_anew(r);
  return TRADE_OK;
}

/** 1 if the row has nothing in it. */
static int reader_blank(const trade_reader *r) { return r->row_size == 0 || (r->row_size == 1 && r->row[0] == '\r'); }

/** 1 if an option names a column that the names have not. */
static int reader_option_missed(const trade_reader *r) {
  for (int32_t role = 0; role < TRADE_ROLES; role++) {
    const char *named = reader_option(r, role);
    if (named && reader_column(r, r->names, r->columns, named, strlen(named)) == SIZE_MAX) return 1;
  }
  trade_text name;
  reader_choice choice;
  for (const char *rest = r->options.only; reader_take_choice(&rest, &name, &choice);)
    if (reader_column(r, r->names, r->columns, name.bytes, name.length) == SIZE_MAX) return 1;
  return 0;
}

/** Remembers what the first line that could be a header lacks. */
static void reader_nearly(trade_reader *r) {
  size_t periods = 0;
  if (r->nearly || r->options.layout || r->columns_named < 2) return;
  for (size_t i = 1; i < r->columns; i++) {
    trade_period period;
    int32_t day;
    periods += r->names[i].length >= 4 && trade_text_moment(&r->names[i], &period, &day) == TRADE_OK;
  }
  const int has_period =
      reader_column(r, r->names, r->columns, trade_layout_period_names, strlen(trade_layout_period_names)) != SIZE_MAX;
  if (!has_period && (periods < 2 || !r->names[0].length || trade_is_digit(r->names[0].bytes[0]))) return;
  r->nearly = reader_option_missed(r) ? "no column has the name that an option gives"
              : has_period ? "no known layout, nor a known name of a column of values: the option value names it"
                           : "a column a period, but no known name of a column that says what a row is of: the option "
                             "reporter, partner or product names it";
  r->nearly_line = r->line;
  r->nearly_offset = r->row_offset;
}

/** Refuses the file for want of a header, where it was missed. */
static trade_status reader_no_header(trade_reader *r, const char *reason) {
  (void)reader_refuse(r, TRADE_ERROR_FORMAT, r->nearly ? r->nearly : reason, 0, SIZE_MAX);
  if (r->nearly) {
    r->fault.row_line = r->nearly_line;
    r->fault.row_offset = r->nearly_offset;
  }
  return r->fault.status;
}

/** The layout that the names are the header of; null: none. */
static const trade_layout *reader_match(trade_reader *r) {
  const trade_layout *layout;
  for (size_t i = 0; (layout = trade_layout_at(i)) != NULL; i++)
    if ((!r->options.layout || r->options.layout == layout->id) && reader_fits(r, layout)) break;
  return layout;
}

/** Reads a row as the header, or passes over it. */
static trade_status reader_header(trade_reader *r) {
  const char *binary = r->row_offset == 0 ? trade_layout_binary(r->row, r->row_size) : NULL;
  if (binary) return reader_refuse(r, TRADE_ERROR_FORMAT, binary, 0, SIZE_MAX);
  if (memchr(r->row, 0, r->row_size))
    return reader_refuse(r, TRADE_ERROR_FORMAT, "a NUL byte",
                         (size_t)((const char *)memchr(r->row, 0, r->row_size) - r->row), SIZE_MAX);
  if (r->row_open) return reader_quotes_wrong(r), r->fault.status;
  if (!reader_blank(r)) {
    const char delimiter = reader_delimiter(r);
    trade_status status = reader_names(r, delimiter);
    if (status) return status;
    const trade_layout *layout = reader_match(r);
    if (!layout) {
      reader_nearly(r);
      if ((status = reader_join(r))) return status;
      if (r->joined) layout = reader_match(r);
    }
    if (layout) {
      const size_t twice = reader_twice(r, layout);
      if (twice != SIZE_MAX) return reader_refuse(r, TRADE_ERROR_FORMAT, reader_two_names, 0, twice);
      return reader_begin(r, layout, delimiter);
    }
  }
  if (r->preamble == READER_PREAMBLE)
    return reader_no_header(
        r, "none of the first lines is the header of a known layout, or has the columns that the options name");
  r->preamble++;
  if (!reader_blank(r)) {
    const trade_text line = {r->row, r->row_size};
    if (trade_layout_read_title(&line, &r->title)) reader_forget_names(r);
    reader_put_above(r);
  }
  reader_row_done(r);
  return TRADE_OK;
}

/* ---- Records ---- */

/** Keeps what a text means. */
static int32_t reader_learn(reader_known *known, const trade_text *text, int32_t meaning) {
  reader_keep_text(&known->text, text);
  return known->meaning = meaning;
}

/** The kind of flow of a text. */
TRADE_INLINE int32_t reader_flow(trade_reader *r, const trade_text *text) {
  if (reader_same(&r->known_flow.text, text)) return r->known_flow.meaning;
  int32_t kind = TRADE_FLOW_UNKNOWN;
  (void)trade_flow_parse(text->bytes, text->length, &kind);
  return reader_learn(&r->known_flow, text, kind);
}

/** The currency that a unit, unless it is null, names by its three letters; 0 if it names none. */
TRADE_INLINE int32_t reader_unit_currency(reader_known *known, const trade_text *unit) {
  if (!unit->bytes) return 0;
  if (reader_same(&known->text, unit)) return known->meaning;
  return reader_learn(known, unit, trade_layout_letters(unit));
}

/** `mark` if a text, unless it is null, names a group of economies. */
TRADE_INLINE int32_t reader_group_mark(const trade_reader *r, reader_known *known, const trade_text *text,
                                       int32_t mark) {
  if (!text->bytes) return 0;
  if (reader_same(&known->text, text)) return known->meaning;
  return reader_learn(known, text, trade_layout_is_group(r->layout->id, text) ? mark : 0);
}

/** The same of a product that is the total of all. */
TRADE_INLINE int32_t reader_product_mark(const trade_reader *r, reader_known *known, const trade_text *text) {
  if (!text->bytes || (text->length && trade_is_digit(text->bytes[0]))) return 0;
  if (reader_same(&known->text, text)) return known->meaning;
  return reader_learn(known, text, trade_layout_is_total(r->layout->id, text) ? TRADE_RECORD_AGGREGATE_PRODUCT : 0);
}

static inline int32_t reader_marks_of_codes(trade_reader *r, const trade_record *record) {
  return reader_group_mark(r, &r->known_reporter, &record->reporter, TRADE_RECORD_AGGREGATE_REPORTER) |
         reader_group_mark(r, &r->known_partner, &record->partner, TRADE_RECORD_AGGREGATE_PARTNER) |
         reader_product_mark(r, &r->known_product, &record->product);
}

/** One of the packed dimensions of Eurostat's TSV. */
static trade_text reader_dimension(const trade_reader *r, size_t number) {
  trade_text text = {r->row, 0};
  size_t length;
  const size_t first = reader_field(r, 0, &length), end = first + length;
  for (size_t at = first; at <= end; at++) {
    if (at < end && r->row[at] != ',') continue;
    if (number == 0) {
      text.length = (size_t)(r->row + at - text.bytes);
      break;
    }
    number--;
    text.bytes = r->row + at + 1;
  }
  return text;
}

/** The text in a column, or in one of Eurostat's packed dimensions; {NULL, 0} if the column is none. */
static trade_status reader_column_text(trade_reader *r, int keep, size_t column, trade_text *text) {
  text->bytes = NULL;
  text->length = 0;
  if (column == SIZE_MAX) return TRADE_OK;
  if (r->packed) {
    *text = reader_dimension(r, column);
    return TRADE_OK;
  }
  const trade_status status = reader_text(r, keep, column, text);
  if (r->both && !status) *text = reader_code(*text);
  return status;
}

/** The text of a role; {NULL, 0} if no column has it. */
static trade_status reader_role(trade_reader *r, int keep, int32_t role, trade_text *text) {
  return reader_column_text(r, keep, r->column[role], text);
}

/** What the row calls its reporter, partner and product. */
static trade_status reader_names_of_row(trade_reader *r, int keep) {
  trade_text called[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
  for (size_t i = 0; i < 3; i++) {
    trade_text *text = called + i;
    if (r->name_column[i] == SIZE_MAX) continue;
    const trade_status status = reader_text(r, keep, r->name_column[i], text);
    if (status) return status;
    const size_t code = r->both ? reader_code(*text).length + 2 : 0; /* "CN: China" */
    text->bytes += trade_lesser(code, text->length);
    text->length -= trade_lesser(code, text->length);
  }
  memcpy(r->called, called, sizeof called); /* a row that is refused or put off leaves those of the record before */
  return TRADE_OK;
}

/** The currency's letters as a text. */
static trade_text reader_text_of(int32_t currency) {
  const char *letters = trade_currency_letters(currency);
  const trade_text text = {letters, letters ? 3u : 0u};
  return text;
}

/** Puts the year and the part of it that another column has together: M1 and Q1, in plain tables also 1, 01 and January.
 *  A part that is none is left out by the WTO, and the period in a plain table: it may have the year too. */
static trade_status reader_part(trade_reader *r, int keep, trade_text *period, char *together) {
  trade_text part;
  const trade_status status = reader_role(r, keep, TRADE_ROLE_PART, &part);
  if (status) return status;
  const trade_text *name = r->names + r->column[TRADE_ROLE_PART];
  const int is_plain = r->layout->id == TRADE_LAYOUT_PLAIN;
  const int is_number = part.length && part.length < 3 && trade_is_digit(part.bytes[0]);
  const int is_code = part.length > 1 && part.length < 4 && (part.bytes[0] == 'M' || part.bytes[0] == 'Q') &&
                      trade_is_digit(part.bytes[1]);
  const int is_word = part.length > 2 && part.length < 10 && trade_is_letter(part.bytes[0]) && !is_code;
  if (!part.length || period->length != 4 || (!is_plain && !is_code)) return TRADE_OK;
  if (is_word) {
    memcpy(together, part.bytes, part.length);
    together[part.length] = ' ';
    memcpy(together + part.length + 1, period->bytes, 4);
  } else if (is_code || is_number) {
    memcpy(together, period->bytes, 4);
    together[4] = trade_text_same_name(name->bytes, name->length, "quarter", 7) ? 'Q' : 'M';
    memcpy(together + (is_code ? 4 : 5), part.bytes, part.length);
  } else {
    *period = part;
    return TRADE_OK;
  }
  period->bytes = together;
  period->length = part.length + (is_code ? 4 : 5);
  return TRADE_OK;
}

/** What rows of SDMX, WTO and World Bank tell of themselves: currency, power of ten, and what the number is. */
typedef struct reader_terms {
  int32_t power, currency, flow;
  int32_t measure; /* TRADE_ROLE_VALUE, TRADE_ROLE_QUANTITY or TRADE_ROLE_WEIGHT */
} reader_terms;

static trade_status reader_terms_of(trade_reader *r, int keep, trade_record *record, reader_terms *terms) {
  trade_text text;
  trade_status status = reader_role(r, keep, TRADE_ROLE_SCALE, &text);
  if (status) return status;
  if (text.length && !r->options.value_power && !trade_layout_scale(&text, &terms->power))
    return reader_refuse(r, TRADE_ERROR_TEXT, "not a power of ten from -20 to 20",
                         reader_field(r, r->column[TRADE_ROLE_SCALE], &text.length), r->column[TRADE_ROLE_SCALE]);
  if (r->rates && !r->wide) {
    terms->currency = trade_layout_letters(&record->partner);
  } else if (r->layout->id == TRADE_LAYOUT_PLAIN || trade_layout_is_sdmx(r->layout->id) || r->packed) {
    int32_t currency = reader_unit_currency(&r->known_unit, &record->unit), power = 0;
    if (!currency && r->layout->id != TRADE_LAYOUT_PLAIN) currency = trade_layout_unit(&record->unit, &power);
    if (currency) terms->currency = currency;
    if (!r->options.value_power && r->column[TRADE_ROLE_SCALE] == SIZE_MAX) terms->power += power;
  } else if (r->layout->id == TRADE_LAYOUT_IMF_PORTAL) {
    const int32_t currency = trade_layout_currency(&record->unit); /* "US dollar" */
    if (currency) terms->currency = currency;
  }
  if (r->layout->id == TRADE_LAYOUT_GACC) terms->flow = r->title.flow; /* of a table whose columns tell none */
  status = reader_role(r, keep, TRADE_ROLE_INDICATOR, &text);
  if (status || !text.length) return status;
  if (r->layout->id == TRADE_LAYOUT_WTO) {
    if (trade_text_is(&record->unit, "USM")) {
      terms->power = r->options.value_power ? r->options.value_power : 6;
      terms->currency = TRADE_USD;
    }
    terms->flow = trade_layout_wto_flow(&text);
  } else if (r->layout->id == TRADE_LAYOUT_WORLD_BANK) {
    const int32_t currency =
        trade_text_find(&text, " per ") == SIZE_MAX ? trade_layout_currency(&text) : 0; /* a rate */
    if (currency) terms->currency = currency;
  } else if (trade_text_begins(&text, "QUANTITY_IN_100KG") || trade_text_is(&text, "QUANTITY_IN_100_KG")) {
    terms->measure = TRADE_ROLE_WEIGHT;
    terms->power = 2;
  } else if (trade_text_begins(&text, "SUP_QUANTITY") || trade_text_begins(&text, "SUPPLEMENTARY_QUANTITY") ||
             trade_text_begins(&text, "QUANTITY")) {
    terms->measure = TRADE_ROLE_QUANTITY;
  } else if (trade_text_begins(&text, "VALUE_IN_EUR")) {
    terms->currency = TRADE_EUR;
  } else {
    const int32_t currency = trade_layout_indicator(&text, &terms->flow);
    if (currency) {
      terms->currency = currency;
      if (!r->options.value_power) terms->power = 6;
    } else if (!record->unit.length) {
      record->unit = text; /* an index, a share, what is adjusted: added to nothing else */
      terms->currency = 0;
    }
  }
  return TRADE_OK;
}

/** Splits a flag from a number: "628 e", ": m", ":c". There are no digits in a flag: "1 234.5" stays in one, and is no
 *  number. */
static void reader_glued(trade_text *number, trade_text *flag) {
  size_t at = 0;
  while (at < number->length && number->bytes[at] != ' ') at++;
  if (number->length && number->bytes[0] == ':') at = 1;
  for (size_t i = at; i < number->length; i++)
    if (trade_is_digit(number->bytes[i])) return;
  flag->bytes = number->bytes + at;
  flag->length = number->length - at;
  number->length = at;
  reader_trim(flag);
}

/** Where the record has the number that a value column gives; null if nobody asked for it. */
TRADE_INLINE double *reader_measure_in(const trade_reader *r, int32_t role, trade_record *to) {
  if (!(r->options.numbers >> (role - TRADE_ROLE_VALUE) & 1)) return NULL;
  return role == TRADE_ROLE_VALUE ? &to->value : role == TRADE_ROLE_WEIGHT ? &to->weight : &to->quantity;
}

/** The numbers of a row that gives one record. */
TRADE_INLINE trade_status reader_numbers(trade_reader *r, const reader_terms *terms, trade_record *to) {
  const size_t value = r->column[TRADE_ROLE_VALUE], quantity = r->column[TRADE_ROLE_QUANTITY],
               weight = r->column[TRADE_ROLE_WEIGHT];
  trade_status status;
  trade_text number;
  if (value != SIZE_MAX) {
    double *measure = reader_measure_in(r, terms->measure, to);
    number = reader_bare(r, value);
    if (measure && (status = reader_number(r, &number, terms->power, value, measure, 0, NULL))) return status;
  }
  if (weight != SIZE_MAX) {
    number = reader_bare(r, weight);
    if ((status = reader_number(r, &number, r->weight_power, weight, &to->weight, 0,
                                weight == quantity ? &to->quantity : NULL)))
      return status;
  }
  if (quantity != SIZE_MAX && quantity != weight) {
    number = reader_bare(r, quantity);
    if ((status = reader_number(r, &number, 0, quantity, &to->quantity, 0, NULL))) return status;
  }
  return TRADE_OK;
}

/** What a cell tells besides its number. */
static trade_text reader_cell(trade_reader *r, const reader_wide *wide, reader_terms *terms, trade_record *to) {
  trade_text number = reader_bare(r, wide->column);
  if (r->packed) reader_glued(&number, &to->flag);
  if (!to->flag.length && wide->flag.length) to->flag = wide->flag;
  if (wide->period.year) {
    to->period = wide->period;
    to->day = wide->day;
  }
  if (r->layout->wide == TRADE_WIDE_SERIES) to->product = r->names[wide->column];
  terms->power += wide->power - r->power;
  if (wide->currency) terms->currency = wide->currency;
  if (wide->flow) {
    to->flow.bytes = trade_flow_name(wide->flow);
    to->flow.length = strlen(to->flow.bytes);
  }
  if (wide->quote) {
    to->reporter = reader_text_of(wide->base);
    to->partner = reader_text_of(wide->quote);
    terms->currency = wide->quote;
  }
  return number;
}

/** Takes the blanks of full width off with which China Customs indents a part of what stands above. */
static void reader_unindent(trade_text *text) {
  while (trade_text_begins(text, "\xe3\x80\x80")) text->bytes += 3, text->length -= 3;
}

/** What the record's texts mean. */
static trade_status reader_meaning(trade_reader *r, int keep, trade_record *to) {
  const int32_t layout = r->layout->id;
  trade_text secrecy, leaf, action, reporter_type, partner_type;
  trade_status status;
  if ((status = reader_role(r, keep, TRADE_ROLE_SECRECY, &secrecy)) ||
      (status = reader_role(r, keep, TRADE_ROLE_LEAF, &leaf)) ||
      (status = reader_role(r, keep, TRADE_ROLE_ACTION, &action)) ||
      (status = reader_role(r, keep, TRADE_ROLE_REPORTER_TYPE, &reporter_type)) ||
      (status = reader_role(r, keep, TRADE_ROLE_PARTNER_TYPE, &partner_type)))
    return status;
  if (trade_text_is(&action, "D"))
    return reader_refuse(r, TRADE_ERROR_FORMAT, "a row that deletes what another file gave",
                         reader_field(r, r->column[TRADE_ROLE_ACTION], &action.length), r->column[TRADE_ROLE_ACTION]);
  trade_text *const codes[] = {&to->reporter, &to->partner, &to->product, &to->flow};
  if (layout == TRADE_LAYOUT_SDMX_CSV_2)
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
      if (codes[i]->bytes && trade_text_is(codes[i], "~")) codes[i]->length = 0; /* a dimension that is switched off */
  if (layout == TRADE_LAYOUT_GACC) {
    reader_unindent(&to->partner);
    reader_unindent(&to->product);
  }
  to->marks = reader_group_mark(r, &r->known_reporter, &to->reporter, TRADE_RECORD_AGGREGATE_REPORTER) |
              reader_group_mark(r, &r->known_partner, &to->partner, TRADE_RECORD_AGGREGATE_PARTNER) |
              reader_product_mark(r, &r->known_product, &to->product) |
              (to->flag.length ? trade_layout_marks(layout, &to->flag) : 0) |
              (trade_text_is(&secrecy, "C") || trade_text_is(&secrecy, "N") ? TRADE_RECORD_CONFIDENTIAL : 0) |
              (trade_text_is(&reporter_type, "g") ? TRADE_RECORD_AGGREGATE_REPORTER : 0) |
              (trade_text_is(&partner_type, "g") ? TRADE_RECORD_AGGREGATE_PARTNER : 0) |
              (trade_text_is(&leaf, "false") || trade_text_is(&leaf, "0") ? TRADE_RECORD_PARENT_PRODUCT : 0);
  return TRADE_OK;
}

/** The record of the row, or the next one of its cells. Written where it belongs as it is found: copies of what was
 *  just written are slow. */
static trade_status reader_record(trade_reader *r, int keep, trade_record *to) {
  trade_text period;
  trade_status status;
  char together[16];
  static const trade_text none = {NULL, 0};
  const int plain = !r->packed && !r->both;
  reader_terms terms = {r->power, r->finding.currency, r->layout->flow, TRADE_ROLE_VALUE};
  to->reporter = none; /* one by one: a copy of a copy just written waits for it */
  to->partner = none;
  to->product = none;
  to->flow = none;
  to->unit = none;
  to->flag = none;
  to->marks = 0;
  for (int32_t i = 0; i < r->texts; i++) {
    trade_text *text = (trade_text *)(void *)((char *)to + r->text_at[i]);
    status =
        plain ? reader_text(r, keep, r->column[r->text_role[i]], text) : reader_role(r, keep, r->text_role[i], text);
    if (status) return status;
  }
  if (r->column[TRADE_ROLE_PERIOD] != SIZE_MAX) {
    if ((status = plain ? reader_text(r, keep, r->column[TRADE_ROLE_PERIOD], &period)
                        : reader_role(r, keep, TRADE_ROLE_PERIOD, &period)))
      return status;
    if (r->column[TRADE_ROLE_PART] != SIZE_MAX && (status = reader_part(r, keep, &period, together))) return status;
    if ((status = reader_moment_of(r, &period, r->column[TRADE_ROLE_PERIOD]))) return status;
  }
  to->period = r->moment.period;
  to->day = r->moment.day;
  if ((status = r->layout->id == TRADE_LAYOUT_BACI ? reader_pad(r, keep, &to->product)
                                                   : reader_terms_of(r, keep, to, &terms)))
    return status;
  to->value = to->quantity = to->weight = TRADE_UNDEFINED;
  if (r->wide) {
    const reader_wide *wide = r->wide + r->wide_next;
    const trade_text number = reader_cell(r, wide, &terms, to);
    double *measure = reader_measure_in(r, terms.measure, to);
    if (measure && (status = reader_number(r, &number, terms.power, wide->column, measure, 0, NULL))) return status;
  } else if ((status = reader_numbers(r, &terms, to))) {
    return status;
  }
  to->currency = terms.currency;
  to->flow_kind = to->flow.bytes ? reader_flow(r, &to->flow) : terms.flow;
  to->line = r->line;
  if (r->layout->id != TRADE_LAYOUT_BACI && (status = reader_meaning(r, keep, to))) return status;
  if (r->options.names && (status = reader_names_of_row(r, keep))) return status;
  if (!r->wide || ++r->wide_next == r->wide_count) reader_row_done(r);
  return TRADE_OK;
}

/** Refuses the row for its number of fields. If quotes have joined lines, one of them may not be meant so: the first of
 *  the lines is told and left out. */
static trade_status reader_refuse_fields(trade_reader *r, const char *reason, size_t at, size_t column) {
  const char *end = r->has_lines_in_fields ? (const char *)memchr(r->row, '\n', r->row_size) : NULL;
  if (end && at > (size_t)(end - r->row)) at = (size_t)(end - r->row);
  reader_refuse(r, TRADE_ERROR_FORMAT, reason, at, column);
  r->fault.line = 0;
  return TRADE_ERROR_FORMAT;
}

/** Whether the row is one of those that `only` of the options chooses. */
static trade_status reader_choose(trade_reader *r, int keep, int *chosen) {
  *chosen = 1;
  for (size_t i = 0; i < r->choices_count; i++) {
    const reader_choice *choice = r->choices + i;
    trade_text text;
    const trade_status status = reader_column_text(r, keep, choice->column, &text);
    if (status) return status;
    reader_trim(&text);
    int found = 0;
    for (size_t first = 0, length; first <= choice->length && !found; first += length + 1) {
      length = trade_text_until(choice->texts + first, choice->length - first, '|');
      found = text.length == length && (length == 0 || memcmp(choice->texts + first, text.bytes, length) == 0);
    }
    *chosen &= found;
  }
  return TRADE_OK;
}

/** Notes where the row differs from those before. */
static trade_status reader_note_others(trade_reader *r, int keep) {
  for (size_t i = 0; i < r->others_count; i++) {
    reader_other *other = r->others + i;
    char *const first = other->texts.first, *const last = other->texts.last;
    trade_text text = {NULL, 0}, printed = {NULL, 0};
    if (!r->packed) printed.bytes = r->row + reader_field(r, other->column, &printed.length);
    if (reader_same(&other->printed, &printed)) continue;
    const trade_status status = reader_column_text(r, keep, other->column, &text);
    if (status) return status;
    reader_trim(&text); /* UN Comtrade has codes with a blank behind */
    const size_t length = trade_lesser(text.length, sizeof other->texts.first - 1);
    char kept[sizeof other->texts.first] = {0};
    if (length) memcpy(kept, text.bytes, length);
    if (!other->is_known || memcmp(kept, first, sizeof kept) < 0) memcpy(first, kept, sizeof kept);
    if (!other->is_known || memcmp(kept, last, sizeof kept) > 0) memcpy(last, kept, sizeof kept);
    other->is_known = 1;
    reader_keep_text(&other->printed, &printed);
  }
  return TRADE_OK;
}

/** Checks how many dimensions the first field of Eurostat's TSV has. */
static trade_status reader_check_dimensions(trade_reader *r) {
  size_t length;
  const size_t first = reader_field(r, 0, &length);
  int32_t dimensions = 1;
  for (size_t at = first; at < first + length; at++)
    if (r->row[at] == ',' && ++dimensions > r->packed)
      return reader_refuse(r, TRADE_ERROR_FORMAT, "the first field has more dimensions than the header", at, 0);
  return dimensions == r->packed
             ? TRADE_OK
             : reader_refuse(r, TRADE_ERROR_FORMAT, "the first field has fewer dimensions than the header", first, 0);
}

/** Checks the row's number of fields and settles rows that are none: TRADE_END for one that is passed over. */
static trade_status reader_row_check(trade_reader *r) {
  if (r->row_open) return reader_quotes_wrong(r), r->fault.status;
  if (r->has_lines_in_fields && memchr(r->row, '\n', r->row_size) && reader_quotes_wrong(r)) return r->fault.status;
  if (r->has_nul && memchr(r->row, 0, r->row_size))
    return reader_refuse(r, TRADE_ERROR_FORMAT, "a NUL byte",
                         (size_t)((const char *)memchr(r->row, 0, r->row_size) - r->row), SIZE_MAX);
  const int32_t layout = r->layout->id;
  const int notes = layout == TRADE_LAYOUT_WORLD_BANK || layout == TRADE_LAYOUT_UNCTADSTAT ||
                    layout == TRADE_LAYOUT_GACC; /* may have them as wide as the table */
  const size_t named = r->columns_named;
  const size_t most = layout == TRADE_LAYOUT_SDMX_CSV_2 ? r->columns : named; /* the last label may have no name */
  if (r->row_fields == r->columns && most == r->columns && !notes) return TRADE_OK;
  if (reader_blank(r)) return TRADE_END;
  size_t filled = r->row_fields, length = 0;
  while (filled && (reader_field(r, filled - 1, &length), length == 0)) filled--;
  if (filled <= 1 &&
      (notes || (r->row_fields == 1 && named > 2 && layout != TRADE_LAYOUT_BACI && layout != TRADE_LAYOUT_PLAIN))) {
    r->finding.footnotes++; /* Data from database ..., No data matches your query ... */
    return TRADE_END;
  }
  while (filled > most && reader_bare(r, filled - 1).length == 0) filled--;
  if (r->row_fields >= named && filled <= most) return TRADE_OK;
  if (reader_quotes_wrong(r)) return r->fault.status;
  if (r->row_fields < named)
    return reader_refuse_fields(r, "the row has fewer fields than the header", r->row_size, r->row_fields);
  return reader_refuse_fields(r, "the row has more fields than the header", reader_field(r, most, &length), SIZE_MAX);
}

/* ---- Rows of the usual kind ---- */

/** A field, without a look at what is in it. In front of a row's ends stands that of the row before; the one in front of
 *  the first row is `start`, and then comes `first`. */
TRADE_INLINE trade_text reader_between(const char *first, uint32_t start, const uint32_t *ends, size_t column) {
  const uint32_t before = ends[(ptrdiff_t)column - 1], end = ends[column];
  const trade_text text = {first + (uint32_t)(before - start), (uint32_t)(end - before - 1)};
  return text;
}

/** The text of a column; *usual becomes 0 if there are blanks around it. */
TRADE_INLINE trade_text reader_usual_text(const char *first, uint32_t start, const uint32_t *ends, size_t column,
                                          int32_t blanks, int *usual) {
  const trade_text text = reader_between(first, start, ends, column);
  if (blanks && text.length) *usual &= text.bytes[0] != ' ' && text.bytes[text.length - 1] != ' ';
  return text;
}

/** A number in a field of its own, blanks before it or not: 1, or 0 if it takes a closer look. */
TRADE_INLINE int reader_usual_number(trade_text *text, int32_t power, double *value, int32_t also_power, double *also) {
  while (text->length && text->bytes[0] == ' ') text->bytes++, text->length--;
  if (reader_quick(text, power, value, also_power, also)) return 1;
  if (text->length > 3 || !trade_text_missing(text->bytes, text->length)) return 0;
  *value = TRADE_UNDEFINED;
  if (also) *also = TRADE_UNDEFINED;
  return 1;
}

/** The texts and period of a row, and what they mean: 0 if it takes a closer look. */
TRADE_INLINE int reader_usual_texts(trade_reader *r, const char *first, uint32_t start, const uint32_t *ends,
                                    trade_record *to) {
  const trade_text none = {NULL, 0};
  int usual = 1;
  to->reporter = none;
  to->partner = none;
  to->product = none;
  for (int32_t i = 0; i < r->texts; i++) {
    *(trade_text *)(void *)((char *)to + r->text_at[i]) =
        reader_usual_text(first, start, ends, r->column[r->text_role[i]], r->has_blanks, &usual);
  }
  if (r->column[TRADE_ROLE_PERIOD] != SIZE_MAX) {
    const trade_text when = reader_between(first, start, ends, r->column[TRADE_ROLE_PERIOD]);
    usual &= reader_same(&r->moment.text, &when) || reader_take_moment(r, &when) == TRADE_OK;
  }
  if (!usual || r->layout->id == TRADE_LAYOUT_BACI) return usual && to->product.length != 5;
  const int32_t currency = reader_unit_currency(&r->known_unit, &to->unit);
  if (currency) to->currency = currency;
  if (to->flow.bytes) to->flow_kind = reader_flow(r, &to->flow);
  to->marks = reader_marks_of_codes(r, to);
  return usual;
}

/** What reader_usual_rows does, once it can. `baci`: the columns are BACI's, the last one a number, which \r is no part
 *  of, or not needed; `blanks`: then, whether there are any. */
TRADE_INLINE size_t reader_usual_rows_of(trade_reader *r, trade_record *records, size_t n, int baci, int32_t blanks) {
  const size_t columns = r->columns, named = r->columns_named, *const column = r->column;
  const size_t value = r->options.numbers & TRADE_READER_VALUE ? column[TRADE_ROLE_VALUE] : SIZE_MAX,
               quantity = column[TRADE_ROLE_QUANTITY], weight = column[TRADE_ROLE_WEIGHT],
               period = column[TRADE_ROLE_PERIOD], reporter = column[TRADE_ROLE_REPORTER],
               partner = column[TRADE_ROLE_PARTNER], product = column[TRADE_ROLE_PRODUCT];
  const reader_moment moment = r->moment;
  const trade_text none = {NULL, 0};
  const int32_t flow_kind = r->layout->flow, currency = r->finding.currency;
  const uint32_t start = (uint32_t)r->row_offset - 1;
  const char *const first = r->chunk + (r->row_offset - r->chunk_offset);
  const uint32_t *ends = r->ends + r->ends_first, *line = r->lines + r->line_first;
  const size_t rows = trade_lesser(r->line_count - r->line_first, (r->ends_count - r->ends_first) / columns);
  uint64_t number = r->line;
  trade_record *to = records, *const last = records + trade_lesser(n, rows);
  for (; to < last && ends[columns - 1] == *line; to++, line++, ends += columns) {
    to->flow = none; /* each by itself: else gcc reads what it has just written */
    to->unit = none;
    to->flag = none;
    to->flow_kind = flow_kind;
    to->currency = currency;
    to->marks = 0;
    to->value = to->quantity = to->weight = TRADE_UNDEFINED;
    int usual = 1;
    if (baci) {
      const trade_text when = reader_between(first, start, ends, period);
      if (!reader_same(&moment.text, &when)) break;
      to->reporter = reader_usual_text(first, start, ends, reporter, blanks, &usual);
      to->partner = reader_usual_text(first, start, ends, partner, blanks, &usual);
      to->product = reader_usual_text(first, start, ends, product, blanks, &usual);
      usual &= to->product.length != 5;
    } else if (ends[columns - 1] - ends[named - 1] != (uint32_t)(columns - named) || /* not empty */
               first[(ptrdiff_t)(uint32_t)(*line - start) - 2] == '\r' ||
               !reader_usual_texts(r, first, start, ends, to)) {
      break;
    }
    if (value != SIZE_MAX) {
      trade_text text = reader_between(first, start, ends, value);
      usual &= reader_usual_number(&text, r->power, &to->value, 0, NULL);
    }
    if (weight != SIZE_MAX) {
      trade_text text = reader_between(first, start, ends, weight);
      usual &= reader_usual_number(&text, r->weight_power, &to->weight, 0, weight == quantity ? &to->quantity : NULL);
    }
    if (quantity != SIZE_MAX && quantity != weight) {
      trade_text text = reader_between(first, start, ends, quantity);
      usual &= reader_usual_number(&text, 0, &to->quantity, 0, NULL);
    }
    if (!usual) break;
    to->period = baci ? moment.period : r->moment.period;
    to->day = baci ? moment.day : r->moment.day;
    to->line = number++;
  }
  r->line = number;
  r->row_offset += (uint32_t)(ends[-1] - start);
  r->ends_first = (size_t)(ends - r->ends);
  r->line_first = (size_t)(line - r->lines);
  return (size_t)(to - records);
}

/**
 * Records of rows that are as most are: whole in the piece, as many fields as the header, no quotes and no blanks around
 * texts, plain digits; of layouts that say everything about a number in the header or by a unit. It stops at the first
 * row that is not, for reader_step, which reads rows of every kind and gives the same records. How many there were.
 */
static size_t reader_usual_rows(trade_reader *r, trade_record *records, size_t n) {
  if (!r->usual || r->pending || r->has_quotes || r->has_nul || r->row_open ||
      r->columns > r->ends_count - r->ends_first || r->row_offset < r->chunk_offset + 16 ||
      r->lines[r->line_first] - (uint32_t)r->row_offset > r->options.row_limit)
    return 0;
  if (r->usual == 1) return reader_usual_rows_of(r, records, n, 0, 0);
  return r->has_blanks ? reader_usual_rows_of(r, records, n, 1, 1) : reader_usual_rows_of(r, records, n, 1, 0);
}

/* ---- Problems ---- */

/** Tells the fault found in the row; TRADE_ERROR_MEMORY if it should be listed and cannot. */
static trade_status reader_tell(trade_reader *r) {
  trade_reader_problem *p = &r->last;
  const reader_fault *fault = &r->fault;
  if (r->problems_count < r->options.problem_limit) {
    void *memory = r->problems;
    if (!reader_reserve(r, &memory, &r->problems_capacity, r->problems_count + 1, r->options.problem_limit,
                        sizeof *r->problems))
      return TRADE_ERROR_MEMORY;
    r->problems = (trade_reader_problem *)memory;
  }
  memset(p, 0, sizeof *p);
  p->status = fault->status;
  p->reason = fault->reason;
  p->line = fault->row_line;
  p->offset = fault->row_offset + fault->at;
  p->column = fault->at + 1;
  if (fault->at)
    for (size_t i = 0; i < fault->at; i++)
      if (r->row[i] == '\n') {
        p->line++;
        p->column = fault->at - i;
      }
  if (fault->column < r->columns) p->field = r->names[fault->column];
  if (r->layout && fault->column < r->row_fields) {
    size_t length;
    const char *text = r->row + reader_field(r, fault->column, &length);
    p->length = (int32_t)length; /* a row is shorter than 2^31 */
    memcpy(p->text, text, trade_lesser(length, sizeof p->text));
  }
  if (r->problems_count < r->options.problem_limit) r->problems[r->problems_count++] = *p;
  r->problems_all++;
  return TRADE_OK;
}

uint64_t trade_reader_problem_count(const trade_reader *reader) { return reader ? reader->problems_all : 0; }

/* ---- Going on elsewhere ---- */

/** What numbers have shown of their marks is all that counts from here on, so that several readers that were fed the
 *  same so far read alike. */
static void reader_settle_marks(trade_reader *r) {
  if (!r->decimal && reader_read_point(r)) reader_set_decimal(r, '.');
  r->settled = 1;
}

trade_status trade_reader_continue_at(trade_reader *reader, uint64_t line, uint64_t offset) {
  if (!reader) return TRADE_ERROR_NULL;
  if (!line || offset > INT64_MAX) return TRADE_ERROR_VALUE;
  trade_reader *r = reader;
  if (!r->layout || !r->hungry || r->finished || r->failed || r->row_offset != r->chunk_offset + r->chunk_size)
    return TRADE_ERROR_ORDER;
  r->line = line;
  r->row_offset = r->chunk_offset = offset;
  r->chunk_size = r->scanned = 0;
  reader_settle_marks(r);
  return TRADE_OK;
}

/* ---- Pulling ---- */

/** Refuses a file that ends before its header. */
static trade_status reader_ended_early(trade_reader *r) {
  const trade_status status = reader_no_header(
      r, r->row_offset ? "no line is the header of a known layout, or has the columns that the options name"
                       : "the file is empty");
  if (r->nearly || r->row_offset <= r->chunk_offset + r->chunk_size) return status;
  r->fault.at = r->row_size; /* the last line has no end, and none follows it */
  r->fault.row_offset -= r->row_size + 1;
  r->fault.row_line--;
  for (size_t i = 0; i < r->row_size; i++) r->fault.row_line -= r->row[i] == '\n';
  return status;
}

/** One step towards the next record: TRADE_OK with one if `got`. */
static trade_status reader_step(trade_reader *r, int keep, trade_record *record, int *got) {
  trade_status status;
  if (!r->pending) {
    status = reader_row(r, keep);
    if (status == TRADE_END && !r->layout) return reader_ended_early(r);
    if (status == TRADE_ERROR_LIMIT && r->row_offset == 0) {
      const char *binary =
          r->carry_size ? trade_layout_binary(r->carry, r->carry_size) : trade_layout_binary(r->chunk, r->chunk_size);
      return binary ? reader_refuse(r, TRADE_ERROR_FORMAT, binary, 0, SIZE_MAX) : status;
    }
    if (status) return status;
    r->pending = 1;
    r->wide_next = 0;
  }
  if (!r->layout) return reader_header(r);
  if (r->pending == 1) {
    status = reader_row_check(r);
    if (status == TRADE_END) return reader_row_done(r), TRADE_OK;
    if (!status && r->packed) status = reader_check_dimensions(r);
    if (status) return status;
    r->pending = 2;
  }
  const size_t scratch_size = r->scratch_size;
  int chosen = 1;
  do {
    r->scratch_moved = 0;
    status = r->wide_next ? TRADE_OK : reader_choose(r, keep, &chosen);
    if (!status && chosen && !r->wide_next) status = reader_note_others(r, keep);
    if (!status && chosen) status = reader_record(r, keep, record);
    if (status) r->scratch_size = scratch_size;
  } while (r->scratch_moved);
  if (!status && !chosen) {
    r->finding.left_out++;
    reader_row_done(r);
    return TRADE_OK;
  }
  *got = status == TRADE_OK;
  return status;
}

/** Of a row above a limit: whether quotes that join lines may be why, so that one line is left out. A quote that is wrong
 *  becomes the fault. */
static trade_status reader_lines_above_limit(trade_reader *r) {
  const size_t carried = r->carry_size, fields = r->options.column_limit;
  const uint64_t seen = r->chunk_offset + r->scanned;
  size_t size = trade_lesser((size_t)(seen - r->row_offset), r->options.row_limit); /* however the pieces are cut */
  if (r->ends_count - r->ends_first > fields)
    size = trade_lesser(size, (uint32_t)(r->ends[r->ends_first + fields] - (uint32_t)r->row_offset));
  if (r->row_offset < r->chunk_offset) {
    if (reader_keep(r, r->chunk, r->scanned)) return TRADE_ERROR_MEMORY;
    r->carry_size = carried; /* the rest is only looked at */
    r->row = r->carry;
  } else {
    r->row = r->chunk + (r->row_offset - r->chunk_offset);
  }
  r->row_size = size;
  r->row_fields = 0;
  const reader_fault limit = r->fault;
  if (reader_quotes_wrong(r) && memchr(r->row + r->fault.line, '\n', size - r->fault.line)) return TRADE_OK;
  r->fault = limit;
  if (memchr(r->row, '\n', size)) r->fault.line = 0;
  return TRADE_OK;
}

/** Goes on behind what has a problem: a cell, where each gives a record, the line with a bad quote, or the row. */
static void reader_leave_out(trade_reader *r) {
  if (r->pending == 2 && r->wide && r->fault.column == r->wide[r->wide_next].column && ++r->wide_next < r->wide_count)
    return;
  const size_t line = r->fault.line;
  const char *end = line < r->row_size ? (const char *)memchr(r->row + line, '\n', r->row_size - line) : NULL;
  if (end)
    reader_resume(r, (size_t)(end - r->row));
  else
    reader_row_done(r);
}

trade_status trade_reader_next_array(trade_reader *reader, trade_record *records, size_t n, size_t *count) {
  if (!reader || !records || !count) return TRADE_ERROR_NULL;
  if (!n) return TRADE_ERROR_VALUE;
  trade_reader *r = reader;
  r->is_called = 0;
  if (r->failed) return r->failed;
  size_t given = 0;
  trade_status status = TRADE_OK;
  r->scratch_size = 0;
  while (given < n) {
    int got = 0;
    given += reader_usual_rows(r, records + given, n - given);
    if (given == n) break;
    r->fault.status = TRADE_OK;
    status = reader_step(r, given > 0, records + given, &got);
    given += (size_t)got;
    if (!status) continue;
    if (!r->fault.status || status != r->fault.status) break; /* more input, the end, or no memory */
    if (given) break;                                         /* is told by the next call */
    if (status == TRADE_ERROR_LIMIT && r->options.lenient && r->layout) {
      if (reader_lines_above_limit(r)) return TRADE_ERROR_MEMORY;
      status = r->fault.status;
    }
    if (reader_tell(r)) return TRADE_ERROR_MEMORY;
    if (!r->options.lenient || !r->layout || r->fault.ends ||
        (status == TRADE_ERROR_LIMIT && r->fault.line == SIZE_MAX))
      return r->failed = status;
    reader_leave_out(r);
  }
  if (!given) return status;
  r->is_called = 1;
  *count = given;
  return TRADE_OK;
}

trade_status trade_reader_next(trade_reader *reader, trade_record *record) {
  size_t count;
  return trade_reader_next_array(reader, record, 1, &count);
}

trade_status trade_reader_names(const trade_reader *reader, trade_record *record) {
  if (!reader || !record) return TRADE_ERROR_NULL;
  if (!reader->options.names) return TRADE_ERROR_VALUE;
  if (!reader->is_called) return TRADE_ERROR_NOT_FOUND;
  memset(record, 0, sizeof *record);
  record->value = record->quantity = record->weight = TRADE_UNDEFINED;
  record->day = TRADE_DAY_NONE;
  record->reporter = reader->called[0];
  record->partner = reader->called[1];
  record->product = reader->called[2];
  return TRADE_OK;
}

trade_status trade_reader_other_at(const trade_reader *reader, size_t position, trade_reader_other *other) {
  if (!reader || !other) return TRADE_ERROR_NULL;
  if (position >= reader->others_count || !reader->others[position].is_known) return TRADE_ERROR_NOT_FOUND;
  *other = reader->others[position].texts;
  return TRADE_OK;
}

trade_status trade_reader_problem_at(const trade_reader *reader, size_t position, trade_reader_problem *problem) {
  if (!reader || !problem) return TRADE_ERROR_NULL;
  if (position >= reader->problems_count) return TRADE_ERROR_NOT_FOUND;
  *problem = reader->problems[position];
  return TRADE_OK;
}

trade_status trade_reader_last_problem(const trade_reader *reader, trade_reader_problem *problem) {
  if (!reader || !problem) return TRADE_ERROR_NULL;
  if (!reader->problems_all) return TRADE_ERROR_NOT_FOUND;
  *problem = reader->last;
  return TRADE_OK;
}

trade_status trade_reader_found(const trade_reader *reader, trade_reader_finding *finding) {
  if (!reader || !finding) return TRADE_ERROR_NULL;
  if (!reader->layout) return TRADE_ERROR_NOT_FOUND;
  *finding = reader->finding;
  return TRADE_OK;
}
