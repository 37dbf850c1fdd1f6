#include "tradestat/partner.h"

#include "check.h"
#include "internal.h"
#include "total.h"

enum {
  PARTNER_BLOCK = 512, /* values that are prepared and then added: both while they are near */
  PARTNER_TILE = 64,   /* rows or columns whose totals are kept */
  PARTNER_UNIT = 44    /* shares count in units of 2^-44: what is added stays in the range that sums take fastest */
};

/* ---- Trade that goes both ways ---- */

/** What of two magnitudes matches; 0 if the signs differ. */
TRADE_INLINE double partner_match(double x, double m) {
  const double a = fabs(x), b = fabs(m);
  const double least = a > b ? b : a;
  return (x > 0) == (m > 0) ? least : 0;
}

/** The index of one product. Halves where sums of whole values might overflow. */
TRADE_INLINE double partner_index(int32_t method, double x, double m) {
  const double a = fabs(x), b = fabs(m);
  const double half = (a > b ? a : b) >= 1 ? 0.5 : 1;
  const double top = method == TRADE_PARTNER_MARGINAL_B ? half * x - half * m : 2 * half * partner_match(x, m);
  const double bottom = half * a + half * b;
  return top / bottom + 0 * bottom; /* which is NaN if one is infinite */
}

double trade_partner_grubel_lloyd(double exports, double imports) {
  return exports >= 0 && imports >= 0 ? partner_index(TRADE_PARTNER_GRUBEL_LLOYD, exports, imports) : TRADE_UNDEFINED;
}

double trade_partner_grubel_lloyd_total(const double *exports, const double *imports, size_t n) {
  return trade_partner_two_way(TRADE_PARTNER_GRUBEL_LLOYD, exports, imports, n);
}

TRADE_INLINE void partner_matches_body(const double *x, const double *m, size_t n, double *out, int fused) {
  (void)fused;
  for (size_t i = 0; i < n; i++) out[i] = partner_match(x[i], m[i]);
}

TRADE_VARIANTS(partner_matches, (const double *x, const double *m, size_t n, double *out), x, m, n, out)

static trade_sum partner_sum_of_matches(const double *x, const double *m, size_t n) {
  trade_sum sum = {0, 0, 0, 0};
  double block[PARTNER_BLOCK];
  for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
    partner_matches(x + i, m + i, count, block);
    trade_sum_add_array(&sum, block, count);
  }
  return sum;
}

static trade_sum partner_sum_of_magnitudes(const double *values, size_t n) {
  trade_sum sum = {0, 0, 0, 0};
  double block[PARTNER_BLOCK];
  for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
    for (size_t k = 0; k < count; k++) block[k] = fabs(values[i + k]);
    trade_sum_add_array(&sum, block, count);
  }
  return sum;
}

double trade_partner_two_way(int32_t method, const double *exports, const double *imports, size_t n) {
  if (method < TRADE_PARTNER_GRUBEL_LLOYD || method > TRADE_PARTNER_MARGINAL_B) return TRADE_UNDEFINED;
  if (trade_check_array(exports, n) != TRADE_OK || trade_check_array(imports, n) != TRADE_OK) return TRADE_UNDEFINED;
  if (method == TRADE_PARTNER_AQUINO)
    return trade_partner_similarity(TRADE_PARTNER_FINGER_KREININ, exports, imports, n);
  if (method <= TRADE_PARTNER_AQUINO &&
      (trade_check_values(exports, n) != TRADE_OK || trade_check_values(imports, n) != TRADE_OK))
    return TRADE_UNDEFINED;
  const trade_sum matched = partner_sum_of_matches(exports, imports, n);
  const trade_sum x = partner_sum_of_magnitudes(exports, n), m = partner_sum_of_magnitudes(imports, n);
  trade_sum both = x;
  trade_sum_merge(&both, &m);
  double top = 2 * trade_sum_value(&matched), bottom = trade_sum_value(&both);
  if (method == TRADE_PARTNER_BALANCE_ADJUSTED && trade_known(bottom))
    bottom = 2 * trade_sum_value(trade_sum_compare(&x, &m) < 0 ? &x : &m);
  if (method == TRADE_PARTNER_MARGINAL_B) {
    trade_sum gain = {0, 0, 0, 0};
    trade_sum_add_array(&gain, imports, n);
    trade_sum_negate(&gain);
    trade_sum_add_array(&gain, exports, n);
    top = trade_sum_value(&gain);
  }
  return trade_finite_or_undefined(top / bottom);
}

TRADE_INLINE void partner_indices_body(int32_t method, const double *x, const double *m, size_t n, double *out,
                                       int fused) {
  (void)fused;
  for (size_t i = 0; i < n; i++) out[i] = partner_index(method, x[i], m[i]);
}

TRADE_VARIANTS(partner_indices, (int32_t method, const double *x, const double *m, size_t n, double *out), method, x, m,
               n, out)

trade_status trade_partner_two_way_array(int32_t method, const double *exports, const double *imports, size_t n,
                                         double *results) {
  const int marginal = method == TRADE_PARTNER_MARGINAL_A || method == TRADE_PARTNER_MARGINAL_B;
  if (!marginal && method != TRADE_PARTNER_GRUBEL_LLOYD) return TRADE_ERROR_VALUE;
  trade_status status = trade_check_array(exports, n);
  if (status == TRADE_OK) status = trade_check_array(imports, n);
  if (status == TRADE_OK && n > 0 && !results) status = TRADE_ERROR_NULL;
  if (status != TRADE_OK) return status;
  if (!marginal && (trade_check_values(exports, n) != TRADE_OK || trade_check_values(imports, n) != TRADE_OK))
    return TRADE_ERROR_VALUE;
  partner_indices(method, exports, imports, n, results);
  return TRADE_OK;
}

static uint8_t partner_type(int32_t method, double exports, double imports, double x, double m, double alpha) {
  const double most = exports > imports ? exports : imports, least = exports > imports ? imports : exports;
  const int two_way = method == TRADE_PARTNER_FONTAGNE ? least / most > 0.1 : least > 0;
  if (!trade_known(exports) || !trade_known(imports) || most == 0) return TRADE_PARTNER_TYPE_UNKNOWN;
  if (!two_way) return TRADE_PARTNER_TYPE_ONE_WAY;
  if (!trade_positive(x) || !trade_positive(m)) return TRADE_PARTNER_TYPE_UNKNOWN;
  if (x / m > 1 + alpha) return TRADE_PARTNER_TYPE_VERTICAL_HIGH;
  if (method == TRADE_PARTNER_FONTAGNE ? m / x > 1 + alpha : x / m < 1 - alpha) return TRADE_PARTNER_TYPE_VERTICAL_LOW;
  return TRADE_PARTNER_TYPE_HORIZONTAL;
}

trade_status trade_partner_type_array(int32_t method, const double *exports, const double *imports,
                                      const double *export_unit_values, const double *import_unit_values, size_t n,
                                      double alpha, uint8_t *types) {
  const double *const inputs[4] = {exports, imports, export_unit_values, import_unit_values};
  if (method != TRADE_PARTNER_GREENAWAY && method != TRADE_PARTNER_FONTAGNE) return TRADE_ERROR_VALUE;
  if (!(alpha >= 0) || !trade_known(alpha) || (method == TRADE_PARTNER_GREENAWAY && alpha >= 1))
    return TRADE_ERROR_VALUE;
  if (n > 0 && !types) return TRADE_ERROR_NULL;
  for (int k = 0; k < 4; k++) {
    const trade_status status = trade_check_values(inputs[k], n);
    if (status != TRADE_OK) return status;
  }
  for (size_t i = 0; i < n; i++)
    types[i] = partner_type(method, exports[i], imports[i], export_unit_values[i], import_unit_values[i], alpha);
  return TRADE_OK;
}

/* ---- Structures of trade side by side ---- */

/** a b - c d within 2^-52 of itself, or 2^-101 of the larger product if that is more, however close they are. */
TRADE_INLINE double partner_cross(trade_pair a, trade_pair b, trade_pair c, trade_pair d, int fused) {
  const double left = a.high * b.high, right = c.high * d.high;
  const double rest =
      trade_product_rest_by(a.high, b.high, left, fused) - trade_product_rest_by(c.high, d.high, right, fused);
  const double low = (a.high * b.low + a.low * b.high) - (c.high * d.low + c.low * d.high);
  return (left - right) + (rest + low);
}

/** What a pair needs to know of each of its rows, so that it is found once a row. */
typedef struct partner_row {
  trade_pair total;
  int exponent;     /* of the total, as frexp has it */
  double scale;     /* Finger-Kreinin: makes shares of values; cosine: a power of two, so that squares fit a sum */
  trade_sum shares; /* Finger-Kreinin: the total of the shares as rounded */
  double squares;   /* cosine: the total of squares */
} partner_row;

TRADE_INLINE void partner_scale_body(const double *a, double scale, size_t n, double *out, int fused) {
  (void)fused;
  for (size_t i = 0; i < n; i++) out[i] = a[i] * scale;
}

TRADE_VARIANTS(partner_scale, (const double *a, double scale, size_t n, double *out), a, scale, n, out)

TRADE_INLINE void partner_overlap_body(const double *a, double a_scale, const double *b, double b_scale, size_t n,
                                       double *out, int fused) {
  (void)fused;
  for (size_t i = 0; i < n; i++) {
    const double s = a[i] * a_scale, t = b[i] * b_scale;
    out[i] = s < t ? s : t;
  }
}

TRADE_VARIANTS(partner_overlap,
               (const double *a, double a_scale, const double *b, double b_scale, size_t n, double *out), a, a_scale, b,
               b_scale, n, out)

TRADE_INLINE void partner_distance_body(const double *a, trade_pair a_weight, const double *b, trade_pair b_weight,
                                        size_t n, double *out, int fused) {
  for (size_t i = 0; i < n; i++)
    out[i] = fabs(partner_cross(trade_pair_of(a[i], 0), a_weight, trade_pair_of(b[i], 0), b_weight, fused));
}

TRADE_VARIANTS(partner_distance,
               (const double *a, trade_pair a_weight, const double *b, trade_pair b_weight, size_t n, double *out), a,
               a_weight, b, b_weight, n, out)

/** sum s t of scaled rows */
static double partner_dot(const double *a, double a_scale, const double *b, double b_scale, size_t n) {
  trade_sum sum = {0, 0, 0, 0};
  double block[2][PARTNER_BLOCK / 2];
  for (size_t i = 0; i < n; i += PARTNER_BLOCK / 2) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK / 2);
    partner_scale(a + i, a_scale, count, block[0]);
    partner_scale(b + i, b_scale, count, block[1]);
    trade_sum_add_product_array(&sum, block[0], block[1], count);
  }
  return trade_sum_value(&sum);
}

static partner_row partner_row_of(int32_t method, const double *a, size_t n) {
  static const trade_sum zero = {0, 0, 0, 0};
  partner_row row;
  row.shares = zero;
  row.scale = row.squares = 0;
  row.exponent = 0;
  trade_sum_add_array(&row.shares, a, n);
  row.total = trade_total_pair(row.shares);
  if (!trade_positive(row.total.high)) {
    row.total.high = TRADE_UNDEFINED;
    return row;
  }
  frexp(row.total.high, &row.exponent);
  if (method == TRADE_PARTNER_FINGER_KREININ) {
    double block[PARTNER_BLOCK];
    row.scale = ldexp(1, PARTNER_UNIT) / row.total.high;
    row.shares = zero;
    for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
      const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
      partner_scale(a + i, row.scale, count, block);
      trade_sum_add_array(&row.shares, block, count);
    }
  } else if (method == TRADE_PARTNER_COSINE) {
    row.scale = ldexp(1, PARTNER_UNIT / 2 - row.exponent);
    row.squares = partner_dot(a, row.scale, a, row.scale, n);
  }
  return row;
}

/** sum min(s, t) over the mean of sum s and sum t, 1 but for rounding: so that a row is like itself exactly. */
static double partner_finger_kreinin(const double *a, const partner_row *x, const double *b, const partner_row *y,
                                     size_t n) {
  trade_sum sum = {0, 0, 0, 0}, both = x->shares;
  double block[PARTNER_BLOCK];
  for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
    partner_overlap(a + i, x->scale, b + i, y->scale, count, block);
    trade_sum_add_array(&sum, block, count);
  }
  trade_sum_merge(&both, &y->shares);
  return 2 * trade_sum_value(&sum) / trade_sum_value(&both);
}

/** sum abs(a B - b A) / (A B), scaled by a power of two so that A B is below 2^44 */
static double partner_krugman(const double *a, const partner_row *x, const double *b, const partner_row *y, size_t n) {
  trade_sum sum = {0, 0, 0, 0};
  double block[PARTNER_BLOCK];
  const int power = PARTNER_UNIT - x->exponent - y->exponent;
  trade_pair a_weight, b_weight;
  a_weight.high = ldexp(y->total.high, power);
  a_weight.low = ldexp(y->total.low, power);
  b_weight.high = ldexp(x->total.high, power);
  b_weight.low = ldexp(x->total.low, power);
  for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
    partner_distance(a + i, a_weight, b + i, b_weight, count, block);
    trade_sum_add_array(&sum, block, count);
  }
  return trade_sum_value(&sum) / (x->total.high * a_weight.high);
}

static double partner_pair(int32_t method, const double *a, const partner_row *x, const double *b, const partner_row *y,
                           size_t n) {
  double index, most = 1;
  if (!trade_known(x->total.high) || !trade_known(y->total.high)) return TRADE_UNDEFINED;
  if (method == TRADE_PARTNER_FINGER_KREININ) {
    index = partner_finger_kreinin(a, x, b, y, n);
  } else if (method == TRADE_PARTNER_COSINE) {
    index = partner_dot(a, x->scale, b, y->scale, n) / sqrt(x->squares * y->squares);
  } else {
    index = partner_krugman(a, x, b, y, n);
    most = 2;
  }
  return index > most ? most : index;
}

static int partner_is_similarity(int32_t method) {
  return method == TRADE_PARTNER_FINGER_KREININ || method == TRADE_PARTNER_COSINE || method == TRADE_PARTNER_KRUGMAN;
}

double trade_partner_similarity(int32_t method, const double *a, const double *b, size_t n) {
  if (!partner_is_similarity(method)) return TRADE_UNDEFINED;
  if (trade_check_values(a, n) != TRADE_OK || trade_check_values(b, n) != TRADE_OK) return TRADE_UNDEFINED;
  const partner_row x = partner_row_of(method, a, n), y = partner_row_of(method, b, n);
  return partner_pair(method, a, &x, b, &y, n);
}

double trade_partner_complementarity(const double *exports, const double *imports, size_t n) {
  return trade_partner_similarity(TRADE_PARTNER_FINGER_KREININ, exports, imports, n);
}

trade_status trade_partner_similarity_matrix(int32_t method, const double *a, size_t rows, const double *b,
                                             size_t others, size_t columns, double *results) {
  if (!partner_is_similarity(method)) return TRADE_ERROR_VALUE;
  if (rows == 0 || others == 0 || columns == 0) return TRADE_OK;
  if (rows > SIZE_MAX / others || !trade_fits(rows * others, sizeof *results)) return TRADE_ERROR_LENGTH;
  trade_status status = trade_check_matrix(a, rows, columns);
  if (status == TRADE_OK) status = trade_check_matrix(b, others, columns);
  if (status == TRADE_OK && !results) status = TRADE_ERROR_NULL;
  if (status != TRADE_OK) return status;
  const int mirrored = a == b && rows == others;
  for (size_t first = 0; first < rows; first += PARTNER_TILE) {
    const size_t count = trade_lesser(rows - first, PARTNER_TILE);
    partner_row tile[PARTNER_TILE];
    for (size_t i = 0; i < count; i++) tile[i] = partner_row_of(method, a + (first + i) * columns, columns);
    for (size_t j = mirrored ? first : 0; j < others; j++) {
      const partner_row other = partner_row_of(method, b + j * columns, columns);
      for (size_t i = first; i < first + count && !(mirrored && i > j); i++) {
        const double index = partner_pair(method, a + i * columns, &tile[i - first], b + j * columns, &other, columns);
        results[i * others + j] = index;
        if (mirrored) results[j * others + i] = index;
      }
    }
  }
  return TRADE_OK;
}

/* ---- Relations between countries, and within regions ---- */

/** A flow from i to j and the totals around it. */
typedef struct partner_flow {
  trade_sum flow;
  trade_sum exports; /* all from i */
  trade_sum imports; /* all to j */
  trade_sum world;   /* by Kunimoto without what goes to i */
} partner_flow;

/** (x / X_i) / (M_j / W), which W = 0 has no place in */
static inline double partner_ratio(double flow, double exports, double imports, double world) {
  const double ratio = flow * world / (exports * imports);
  return trade_finite_or_undefined(world == 0 ? TRADE_UNDEFINED : ratio);
}

/** With what else i exports and what else goes to j. */
static double partner_without_the_flow(int32_t method, const partner_flow *f) {
  const trade_sum to = trade_total_difference(f->imports, f->flow),
                  outside = trade_total_difference(f->world, f->exports);
  if (trade_sum_compare(&f->flow, &f->exports) > 0 || trade_sum_compare(&f->flow, &f->imports) > 0 ||
      trade_sum_compare(&to, &outside) > 0)
    return TRADE_UNDEFINED;
  if (method == TRADE_PARTNER_HOMOGENEOUS)
    return partner_ratio(trade_sum_value(&f->flow), trade_sum_value(&f->exports), trade_sum_value(&to),
                         trade_sum_value(&outside));
  const trade_pair x = trade_total_pair(f->flow), c = trade_total_pair(to);
  const trade_pair d = trade_total_pair(trade_total_difference(outside, to));
  trade_pair b = trade_total_pair(trade_total_difference(f->exports, f->flow));
  const double top = partner_cross(x, d, b, c, 0);
  b.high = -b.high;
  b.low = -b.low;
  return trade_finite_or_undefined(top / partner_cross(x, d, b, c, 0));
}

static double partner_measure(int32_t method, const partner_flow *f) {
  if (method == TRADE_PARTNER_HOMOGENEOUS || method == TRADE_PARTNER_INTROVERSION)
    return partner_without_the_flow(method, f);
  if (method == TRADE_PARTNER_SHARE)
    return partner_ratio(trade_sum_value(&f->flow), trade_sum_value(&f->exports), 1, 1);
  return partner_ratio(trade_sum_value(&f->flow), trade_sum_value(&f->exports), trade_sum_value(&f->imports),
                       trade_sum_value(&f->world));
}

static trade_sum partner_sum(double value) {
  trade_sum sum = {0, 0, 0, 0};
  trade_sum_add(&sum, value);
  return sum;
}

static int partner_is_intensity(int32_t method) {
  return method >= TRADE_PARTNER_INTENSITY && method <= TRADE_PARTNER_SHARE;
}

double trade_partner_intensity(int32_t method, double flow, double exports, double imports, double world) {
  if (!partner_is_intensity(method) || method == TRADE_PARTNER_KUNIMOTO) return TRADE_UNDEFINED;
  if (!(flow >= 0 && exports >= 0)) return TRADE_UNDEFINED;
  if (method != TRADE_PARTNER_SHARE && !(imports >= 0 && world >= 0)) return TRADE_UNDEFINED;
  partner_flow f;
  f.flow = partner_sum(flow);
  f.exports = partner_sum(exports);
  f.imports = partner_sum(imports);
  f.world = partner_sum(world);
  return partner_measure(method, &f);
}

/** Results of `height` rows and `width` columns from the corner at flows and results. */
static void partner_intensity_tile(int32_t method, const double *flows, size_t height, size_t width, size_t n,
                                   const trade_sum *exports, const trade_sum *imports, const trade_sum *worlds,
                                   double *results) {
  const int share = method == TRADE_PARTNER_SHARE; /* an intensity, with 1 for imports and the world */
  double to[PARTNER_TILE];
  for (size_t c = 0; c < width; c++) to[c] = share ? 1 : trade_sum_value(&imports[c]);
  for (size_t r = 0; r < height; r++) {
    const double *row = flows + r * n;
    double *out = results + r * n;
    if (share || method == TRADE_PARTNER_INTENSITY || method == TRADE_PARTNER_KUNIMOTO) {
      const double from = trade_sum_value(&exports[r]), world = share ? 1 : trade_sum_value(&worlds[r]);
      for (size_t c = 0; c < width; c++) out[c] = partner_ratio(row[c], from, to[c], world);
      continue;
    }
    for (size_t c = 0; c < width; c++) {
      partner_flow f;
      f.flow = partner_sum(row[c]);
      f.exports = exports[r];
      f.imports = imports[c];
      f.world = worlds[r];
      out[c] = partner_measure(method, &f);
    }
  }
}

trade_status trade_partner_intensity_matrix(int32_t method, const double *flows, size_t n, double *results) {
  if (!partner_is_intensity(method)) return TRADE_ERROR_VALUE;
  const trade_status status = trade_check_matrix(flows, n, n);
  if (status != TRADE_OK) return status;
  if (n > 0 && !results) return TRADE_ERROR_NULL;
  trade_sum world = {0, 0, 0, 0};
  trade_sum_add_array(&world, flows, n * n);
  for (size_t r = 0; r < n; r += PARTNER_TILE) {
    const size_t height = trade_lesser(n - r, PARTNER_TILE);
    trade_sum exports[PARTNER_TILE], imports[PARTNER_TILE], worlds[PARTNER_TILE];
    memset(exports, 0, sizeof exports);
    memset(imports, 0, sizeof imports);
    trade_sum_add_matrix(exports, NULL, flows + r * n, height, n, n);
    if (method == TRADE_PARTNER_KUNIMOTO) trade_sum_add_matrix(NULL, imports, flows + r, n, height, n);
    for (size_t i = 0; i < height; i++) worlds[i] = trade_total_difference(world, imports[i]);
    for (size_t c = 0; c < n; c += PARTNER_TILE) {
      const size_t width = trade_lesser(n - c, PARTNER_TILE);
      memset(imports, 0, sizeof imports);
      trade_sum_add_matrix(NULL, imports, flows + c, n, width, n);
      partner_intensity_tile(method, flows + r * n + c, height, width, n, exports, imports, worlds,
                             results + r * n + c);
    }
  }
  return TRADE_OK;
}

/** Adds the values of the columns that are members if `wanted` is 1, or are not if it is 0. */
static void partner_add_members(trade_sum *sum, const double *values, const uint8_t *members, int wanted, size_t n) {
  double block[PARTNER_BLOCK];
  for (size_t i = 0; i < n; i += PARTNER_BLOCK) {
    const size_t count = trade_lesser(n - i, PARTNER_BLOCK);
    for (size_t k = 0; k < count; k++) block[k] = (members[i + k] != 0) == wanted ? values[i + k] : 0;
    trade_sum_add_array(sum, block, count);
  }
}

double trade_partner_region(int32_t method, const double *flows, const uint8_t *members, size_t n) {
  if (!partner_is_intensity(method) || !members || trade_check_matrix(flows, n, n) != TRADE_OK) return TRADE_UNDEFINED;
  trade_sum cells[2][2]; /* from, to: 1 for members */
  memset(cells, 0, sizeof cells);
  for (size_t i = 0; i < n; i++)
    for (int to = 0; to < 2; to++) partner_add_members(&cells[members[i] != 0][to], flows + i * n, members, to, n);
  partner_flow f;
  f.flow = f.exports = f.imports = cells[1][1];
  trade_sum_merge(&f.exports, &cells[1][0]);
  trade_sum_merge(&f.imports, &cells[0][1]);
  f.world = cells[1][0];
  trade_sum_merge(&f.world, &cells[0][0]);
  if (method != TRADE_PARTNER_KUNIMOTO) trade_sum_merge(&f.world, &f.imports);
  return partner_measure(method, &f);
}

double trade_partner_penetration(const double *exports, const double *imports, size_t rows, size_t columns) {
  size_t reached = 0, importing = 0;
  double missing = 0;
  if (trade_check_matrix(exports, rows, columns) != TRADE_OK) return TRADE_UNDEFINED;
  if (trade_check_matrix(imports, rows, columns) != TRADE_OK) return TRADE_UNDEFINED;
  for (size_t at = 0; at < rows * columns; at += columns) {
    size_t to = 0, of = 0;
    for (size_t c = 0; c < columns; c++) {
      const double x = exports[at + c], m = imports[at + c];
      to += x > 0;
      of += m > 0;
      missing += 0 * x + 0 * m; /* NaN if one is missing */
    }
    reached += to;
    importing += to > 0 ? of : 0;
  }
  return trade_finite_or_undefined((double)reached / (double)importing + missing);
}

/* ---- Constant market share ---- */

/** a - b, exactly. */
static inline trade_pair partner_change(double a, double b) {
  const double change = a - b;
  return trade_pair_of(change, trade_difference_rest(a, b, change));
}

/** A total of the world's before, and its change. */
typedef struct partner_growth {
  trade_pair base;
  trade_pair change;
} partner_growth;

static partner_growth partner_growth_of(const double *current, const double *base, size_t n) {
  trade_sum before = {0, 0, 0, 0}, now = {0, 0, 0, 0};
  partner_growth growth;
  trade_sum_add_array(&before, base, n);
  trade_sum_add_array(&now, current, n);
  growth.base = trade_total_pair(before);
  growth.change = trade_total_pair(trade_total_difference(now, before));
  return growth;
}

/** value * (growth of a - growth of b); nothing of nothing. */
static inline double partner_growth_apart(double value, partner_growth a, partner_growth b) {
  const double apart = partner_cross(a.change, b.base, b.change, a.base, 0);
  const double term = value * (apart / (a.base.high * b.base.high));
  return value == 0 ? 0 : trade_finite_or_undefined(term);
}

/** Adds the two effects that are told cell by cell, of one product. */
static void partner_add_cells(trade_sum *market, trade_sum *competitiveness, const double *current, const double *base,
                              const double *world_current, const double *world_base, partner_growth product, size_t n) {
  for (size_t i = 0; i < n; i++) {
    partner_growth cell;
    cell.base = trade_pair_of(world_base[i], 0);
    cell.change = partner_change(world_current[i], world_base[i]);
    trade_sum_add(market, partner_growth_apart(base[i], cell, product));
    const double kept = partner_cross(trade_pair_of(current[i], 0), cell.base, trade_pair_of(base[i], 0),
                                      trade_pair_of(world_current[i], 0), 0);
    trade_sum_add(competitiveness, base[i] == 0 ? current[i] : trade_finite_or_undefined(kept / world_base[i]));
  }
}

trade_status trade_partner_constant_market_share(const double *current, const double *base, const double *world_current,
                                                 const double *world_base, size_t rows, size_t columns,
                                                 trade_partner_effects *effects) {
  const double *const inputs[4] = {current, base, world_current, world_base};
  if (!effects) return TRADE_ERROR_NULL;
  for (int k = 0; k < 4; k++) {
    const trade_status status = trade_check_matrix(inputs[k], rows, columns);
    if (status != TRADE_OK) return status;
  }
  trade_sum commodity = {0, 0, 0, 0}, market = {0, 0, 0, 0}, competitiveness = {0, 0, 0, 0};
  const partner_growth world = partner_growth_of(world_current, world_base, rows * columns);
  for (size_t at = 0; at < rows * columns; at += columns) {
    const partner_growth product = partner_growth_of(world_current + at, world_base + at, columns);
    trade_sum_add(&commodity, partner_growth_apart(trade_sum_array(base + at, columns), product, world));
    partner_add_cells(&market, &competitiveness, current + at, base + at, world_current + at, world_base + at, product,
                      columns);
  }
  const double before = trade_sum_array(base, rows * columns);
  effects->world = before == 0 ? 0 : trade_finite_or_undefined(before * world.change.high / world.base.high);
  effects->commodity = trade_sum_value(&commodity);
  effects->market = trade_sum_value(&market);
  effects->competitiveness = trade_sum_value(&competitiveness);
  return TRADE_OK;
}
