#include "trade_test.h"

#include <float.h>
#include <inttypes.h>

#include "internal.h"
#include "number.h"

enum { LONG_TEXT = 4096 };

/* 2^1024 - 2^970, half-way between the greatest double and the next power of two. */
static const char above_greatest[] =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797758720709633028641"
    "66928879109465555478519404026306574886715058206819089020007083836762738548458177115317644757302700698555713669"
    "59622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

/* 2^-1075, half of the smallest double, without 1e-1075. */
static const char half_smallest[] =
    "24703282292062327208828439643411068618252990130716238221279284125033775363510437593264991818081799618989828234"
    "77228588654633283551779698981993873980053909390631503565951557022639229085839244910518443593180284993653615250"
    "03193704576782492193656236698636584807570015857692699037063119282795585513329278343384093519780155312465972635"
    "79574622766465272827220056374006485499977096599470454020828166226237857393450736339007967761930577506740176324"
    "67360096895134053553745851666113422376667860416215968046191446729184030053005753084904876539171138659164623952"
    "49126236538818796362393732804238910186723484976682350898633885879256283027559956575244555072551893136908362547"
    "79186948667994968324049705821028513185451396213837722826145437693412532098591327667236328125";

/* (2^53 - 1) * 2^-1075, half-way between the greatest subnormal and the smallest normal double, without 1e-1075. */
static const char below_normal[] =
    "22250738585072011360574097967091319759348195463516456480234261097248222220210769455165295239081350879141491589"
    "13039621106870086438694594645527657207407820621743379988141063267329253552286881372149012981122451451889849057"
    "22230728525513315575501591439747639798341180199932396254828901710708185069063066665599493827577257201576306269"
    "06633326475653000092458883164330377797918696120494973903778297049050510806099407302629371289589500035837999672"
    "07254304360284078895771796150945516748243471030702609144621572289880258182545180325707018860872113128079512233"
    "42628836862232150377566662250398253433597456888442390026549819838548794829220689472168983109969836584681402285"
    "424333066033985088644580400103493397042756718644338377048603786162277173854562306587467901408672332763671875";

static const double untouched = -12345.678;

static double parsed(const char *text) {
  double value = untouched;
  assert_status(trade_number_parse(text, strlen(text), &value), TRADE_OK);
  return value;
}

static trade_status parse_status(const char *text, size_t length) {
  double value = untouched;
  const trade_status status = trade_number_parse(text, length, &value);
  if (status != TRADE_OK) assert_same(value, untouched);
  return status;
}

static double from_digits(const char *digits, int64_t exponent, int32_t negative, int32_t rounding) {
  double value = untouched;
  assert_status(trade_number_from_digits(digits, strlen(digits), exponent, negative, rounding, &value), TRADE_OK);
  return value;
}

static void append(char *text, const char *more, size_t times) {
  size_t length = strlen(text);
  const size_t size = strlen(more);
  assert_true(length + size * times < LONG_TEXT);
  for (; times > 0; times--, length += size) memcpy(text + length, more, size);
  text[length] = '\0';
}

static void append_exponent(char *text, int64_t exponent) {
  char more[32];
  (void)snprintf(more, sizeof more, "e%" PRId64, exponent);
  append(text, more, 1);
}

static void texts_are_read_to_the_nearest_double(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {
      {"0", 0.0},
      {"-0", -0.0},
      {"+0", 0.0},
      {"-0.000e5", -0.0},
      {"1", 1.0},
      {"+1", 1.0},
      {"-1.5", -1.5},
      {"1.", 1.0},
      {".5", 0.5},
      {"-.5e1", -5.0},
      {"1.e2", 100.0},
      {"007", 7.0},
      {"0.1", 0x1.999999999999ap-4},
      {"12345.67", 0x1.81cd5c28f5c29p+13},
      {"1e22", 1e22},
      {"1E+22", 1e22},
      {"1e-22", 1e-22},
      {"1e23", 0x1.52d02c7e14af6p+76},
      {"1e-23", 0x1.82db34012b251p-77},
      {"8.5e-00001", 0x1.b333333333333p-1},
      {"0e99999999999", 0.0},
      {"-0e-99999999999999999999999999", -0.0},
      {"0.0e999999999999999999999999999", 0.0},
      /* Above 2^53 every other integer is missing, ties go to the even one. */
      {"9007199254740991", 9007199254740991.0},
      {"9007199254740992", 9007199254740992.0},
      {"9007199254740993", 9007199254740992.0},
      {"9007199254740994", 9007199254740994.0},
      {"9007199254740995", 9007199254740996.0},
      {"9007199254740993.0", 9007199254740992.0},
      {"9007199254740992.99999999999999999999999999999999", 9007199254740992.0},
      {"9007199254740993.00000000000000000000000000000001", 9007199254740994.0},
      {"-9007199254740993.00000000000000000000000000000001", -9007199254740994.0},
      {"900719925474099300000000000000000001e-20", 9007199254740994.0},
      {"9223372036854775807", 0x1p63},
      {"9223372036854775808", 0x1p63},
      {"18446744073709551615", 0x1p64},
      {"18446744073709551616", 0x1p64},
      {"9999999999999999999", 1e19},
      /* 1 + 2^-53 */
      {"1.00000000000000011102230246251565404236316680908203125", 1.0},
      {"1.00000000000000011102230246251565404236316680908203124", 1.0},
      {"1.00000000000000011102230246251565404236316680908203126", 0x1.0000000000001p0},
      /* 1 + 3 * 2^-53 */
      {"1.00000000000000033306690738754696212708950042724609375", 0x1.0000000000002p0},
      {"1.00000000000000033306690738754696212708950042724609374", 0x1.0000000000001p0},
      /* The smallest double, and half of it, 2.4703282292062327208...e-324. */
      {"4.9e-324", 0x1p-1074},
      {"5e-324", 0x1p-1074},
      {"3e-324", 0x1p-1074},
      {"2.5e-324", 0x1p-1074},
      {"2.4703282292062328e-324", 0x1p-1074},
      {"2.4703282292062327e-324", 0.0},
      {"2e-324", 0.0},
      {"-2e-324", -0.0},
      {"7.4109846876186981e-324", 0x1p-1074},
      {"7.4109846876186982e-324", 0x1p-1073},
      {"1e-323", 0x1p-1073},
      /* The smallest normal double and its neighbours. */
      {"2.2250738585072014e-308", DBL_MIN},
      {"2.2250738585072012e-308", DBL_MIN},
      {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
      {"2.225073858507201136057409796709131975934819546351645648023426109724822222021076"
       "9455165295239081350879141491589130396211068700864385e-308",
       0x0.fffffffffffffp-1022},
      {"2.225073858507201136057409796709131975934819546351645648023426109724822222021076"
       "9455165295239081350879141491589130396211068700864387e-308",
       DBL_MIN},
      {"2.2250738585072009e-308", 0x0.fffffffffffffp-1022},
      {"2.2250738585072019e-308", 0x1.0000000000001p-1022},
      /* The greatest double. */
      {"1.7976931348623157e308", DBL_MAX},
      {"1.7976931348623157e+308", DBL_MAX},
      {"-1.7976931348623157e308", -DBL_MAX},
      {"1.7976931348623158e308", DBL_MAX},
      {"1.797693134862315807e308", DBL_MAX},
      {"1.7976931348623155e308", 0x1.ffffffffffffep1023},
      /* Beyond the range of what is read, and of 64-bit exponents. */
      {"1e-400", 0.0},
      {"-1e-400", -0.0},
      {"9999999999999999999e-364", 0.0},
      {"1e-9223372036854775808", 0.0},
      {"-1e-9223372036854775809", -0.0},
      {"1e-999999999999999999999", 0.0},
      {"123456789012345678901234567890e-99999999999999999999", 0.0},
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_same(parsed(cases[i].text), cases[i].value);
}

static void too_great_a_number_is_refused(void **state) {
  (void)state;
  static const char *const cases[] = {
      "1.7976931348623159e308",
      "1.797693134862315808e308",
      "1.8e308",
      "-1.8e308",
      "2e308",
      "1e309",
      "1e310",
      "1e400",
      "9999999999999999999e309",
      "1e999999999999999999999",
      "-1e9223372036854775807",
      "1e9223372036854775808",
      "0.0000000001e99999999999999999",
      "12345678901234567890123e18446744073709551616",
      "6632317036373954342174567e303", /* just below 2^1089 */
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_status(parse_status(cases[i], strlen(cases[i])), TRADE_ERROR_RANGE);
}

static void what_is_not_a_number_is_refused(void **state) {
  (void)state;
  static const char *const cases[] = {
      "",      "+",     "-",  ".",   "-.",  "e5",    ".e5", "1e",   "1e+",   "1e-",  "1E",       "--1",   "+-1",
      "1-",    "1+1",   " 1", "1 ",  "1,5", "1,000", "1_0", "1..2", "1.2.3", "1e5.", "1e.5",     "1e5e5", "1e 5",
      "0x10",  "0x1p3", "1f", "1d0", "nan", "NaN",   "inf", "-inf", "INF",   "1\n",  "\t1",      "$1",    "1%",
      "1e+-5", "1e5-",  "..", "1.e", "/1",  ":",     "1:",  "1/2",  "(1)",   "1ee5", "\xd9\xa1", "1\x80", "\xb2",
  };
  for (size_t i = 0; i < COUNT(cases); i++) assert_status(parse_status(cases[i], strlen(cases[i])), TRADE_ERROR_TEXT);
  assert_status(parse_status("1\0", 2), TRADE_ERROR_TEXT);
  assert_status(parse_status("1e1\0", 4), TRADE_ERROR_TEXT);
}

static void a_null_pointer_is_refused(void **state) {
  (void)state;
  double value = untouched;
  assert_status(trade_number_parse(NULL, 0, &value), TRADE_ERROR_NULL);
  assert_status(trade_number_parse(NULL, 5, &value), TRADE_ERROR_NULL);
  assert_status(trade_number_parse("1", 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_number_from_digits(NULL, 1, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_ERROR_NULL);
  assert_status(trade_number_from_digits("1", 1, 0, 0, TRADE_NUMBER_NEAREST, NULL), TRADE_ERROR_NULL);
  assert_same(value, untouched);
  assert_status(trade_number_format_shortest(1, NULL, 100), TRADE_ERROR_NULL);
  assert_status(trade_number_format_fixed(1, 0, 0, TRADE_NUMBER_NEAREST, NULL, 100), TRADE_ERROR_NULL);
}

/* In a block of its exact size, so that a sanitizer sees any byte read too many; then with digits behind it. */
static void no_byte_behind_the_text_is_read(void **state) {
  (void)state;
  static const char *const cases[] = {"7", "1.5", "12.", "1e5", "-123456789012345678901234567890.25e-3"};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const size_t length = strlen(cases[i]);
    char *text = (char *)malloc(length), behind[64];
    assert_non_null(text);
    memcpy(text, cases[i], length);
    (void)snprintf(behind, sizeof behind, "%s9", cases[i]);
    double value = untouched, same = untouched;
    assert_status(trade_number_parse(text, length, &value), TRADE_OK);
    assert_status(trade_number_parse(behind, length, &same), TRADE_OK);
    assert_same(value, same);
    assert_same(value, parsed(cases[i]));
    free(text);
  }
  assert_same(from_digits("12", 0, 0, TRADE_NUMBER_NEAREST), 12);
  double value = untouched;
  assert_status(trade_number_from_digits("129", 2, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_OK);
  assert_same(value, 12);
}

/* A half-way point goes to the even double; one unit any number of digits behind it decides. */
static void one_unit_far_behind_a_tie_decides(void **state) {
  (void)state;
  static const struct {
    const char *digits;
    int64_t exponent;
    double below, tie, above;
  } cases[] = {
      {"9007199254740993", 0, 9007199254740992.0, 9007199254740992.0, 9007199254740994.0},
      {"9007199254740995", 0, 9007199254740994.0, 9007199254740996.0, 9007199254740996.0},
      {"18446744073709553664", 0, 0x1p64, 0x1p64, 0x1.0000000000001p64},
      {half_smallest, -1075, 0.0, 0.0, 0x1p-1074},
      {below_normal, -1075, 0x0.fffffffffffffp-1022, DBL_MIN, DBL_MIN},
      {above_greatest, 0, DBL_MAX, (double)INFINITY, (double)INFINITY},
  };
  static const size_t behind[] = {0, 1, 2, 10, 17, 20, 100, 320, 333, 760, 800, 1079, 1080, 1090, 2000};
  static char text[LONG_TEXT];
  for (size_t i = 0; i < COUNT(cases); i++) {
    for (size_t k = 0; k < COUNT(behind); k++) {
      for (int side = -1; side <= 1; side++) {
        const size_t length = strlen(cases[i].digits);
        text[0] = '\0';
        append(text, cases[i].digits, 1);
        if (side < 0) text[length - 1]--; /* none of them ends in 0 */
        append(text, side < 0 ? "9" : "0", behind[k]);
        if (side != 0) append(text, side < 0 ? "9" : "1", 1);
        append_exponent(text, cases[i].exponent - (int64_t)(strlen(text) - length));
        const double expected = side < 0 ? cases[i].below : side > 0 ? cases[i].above : cases[i].tie;
        double value = (double)INFINITY;
        assert_status(trade_number_parse(text, strlen(text), &value), isinf(expected) ? TRADE_ERROR_RANGE : TRADE_OK);
        assert_same(value, expected);
      }
    }
  }
}

static void a_third_is_read_from_17_to_2000_digits(void **state) {
  (void)state;
  static char text[LONG_TEXT];
  for (size_t digits = 17; digits <= 2000; digits++) {
    text[0] = '\0';
    append(text, "0.", 1);
    append(text, "3", digits);
    assert_same(parsed(text), 1.0 / 3);
    assert_same(from_digits(text + 2, -(int64_t)digits, 0, TRADE_NUMBER_DOWN), 1.0 / 3);
    assert_same(from_digits(text + 2, -(int64_t)digits, 0, TRADE_NUMBER_UP), nextafter(1.0 / 3, 1));
    assert_same(from_digits(text + 2, -(int64_t)digits, 1, TRADE_NUMBER_DOWN), -nextafter(1.0 / 3, 1));
  }
}

static void runs_of_zeros_and_the_exponent_cancel(void **state) {
  (void)state;
  static char text[LONG_TEXT];
  for (size_t zeros = 0; zeros <= 1300; zeros++) {
    text[0] = '\0';
    append(text, "1234567", 1);
    append(text, "0", zeros);
    append_exponent(text, -(int64_t)zeros);
    assert_same(parsed(text), 1234567);
    text[0] = '\0';
    append(text, "0.", 1);
    append(text, "0", zeros);
    append(text, "1234567", 1);
    append_exponent(text, (int64_t)zeros + 7);
    assert_same(parsed(text), 1234567);
    text[0] = '\0';
    append(text, "-", 1);
    append(text, "0", zeros);
    append(text, "1234567.", 1);
    append(text, "0", zeros);
    append(text, "e0", 1);
    append(text, "0", zeros);
    assert_same(parsed(text), -1234567);
    text[strlen("-") + zeros] = '0'; /* 0234567 */
    assert_same(parsed(text), -234567);
  }
}

static void digits_are_rounded_as_asked(void **state) {
  (void)state;
  static const double tiny = 0x1p-1074, third = 0x1.5555555555555p-2, above_third = 0x1.5555555555556p-2;
  static const struct {
    const char *digits;
    int64_t exponent;
    double nearest, down, up; /* of the positive number */
  } cases[] = {
      {"", 0, 0, 0, 0},
      {"", INT64_MAX, 0, 0, 0},
      {"000", INT64_MIN, 0, 0, 0},
      {"1", 0, 1, 1, 1},
      {"25", -1, 2.5, 2.5, 2.5},
      {"1455", 9, 1455e9, 1455e9, 1455e9},
      {"1000000000000000000000000000000", -30, 1, 1, 1},
      {"1", -1, 0.1, 0x1.9999999999999p-4, 0.1},
      {"3333333333333333333333333", -25, third, third, above_third},
      {"9007199254740993", 0, 9007199254740992.0, 9007199254740992.0, 9007199254740994.0},
      {"9007199254740995", 0, 9007199254740996.0, 9007199254740994.0, 9007199254740996.0},
      {"1", -323, 0x1p-1073, 0x1p-1073, 3 * tiny},
      {"2", -324, 0, 0, tiny},
      {"3", -324, tiny, 0, tiny},
      {"1", -1000, 0, 0, tiny},
      {"1", -1000000000000000000, 0, 0, tiny},
      {"1", INT64_MIN, 0, 0, tiny},
      {"999999999999999999999999", INT64_MIN, 0, 0, tiny},
      {half_smallest, -1075, 0, 0, tiny},
      {below_normal, -1075, DBL_MIN, 0x0.fffffffffffffp-1022, DBL_MIN},
      {above_greatest, 0, (double)INFINITY, DBL_MAX, (double)INFINITY},
      {"17976931348623157", 292, DBL_MAX, 0x1.ffffffffffffep1023, DBL_MAX},
      {"17976931348623158", 292, DBL_MAX, DBL_MAX, (double)INFINITY},
      {"1", 309, (double)INFINITY, DBL_MAX, (double)INFINITY},
      {"1", 1000, (double)INFINITY, DBL_MAX, (double)INFINITY},
      {"1", INT64_MAX, (double)INFINITY, DBL_MAX, (double)INFINITY},
      {"123456789012345678901234567890", INT64_MAX, (double)INFINITY, DBL_MAX, (double)INFINITY},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    for (int32_t negative = 0; negative <= 1; negative++) {
      for (int32_t rounding = TRADE_NUMBER_NEAREST; rounding <= TRADE_NUMBER_UP; rounding++) {
        const int32_t nearest = rounding == TRADE_NUMBER_NEAREST, down = (rounding == TRADE_NUMBER_DOWN) != negative;
        const double size = nearest ? cases[i].nearest : down ? cases[i].down : cases[i].up;
        double value = untouched;
        const trade_status status = trade_number_from_digits(cases[i].digits, strlen(cases[i].digits),
                                                             cases[i].exponent, negative, rounding, &value);
        assert_status(status, isinf(size) ? TRADE_ERROR_RANGE : TRADE_OK);
        assert_same(value, isinf(size) ? untouched : negative ? -size : size);
      }
    }
  }
  double value = untouched;
  assert_status(trade_number_from_digits(NULL, 0, 0, 1, TRADE_NUMBER_NEAREST, &value), TRADE_OK);
  assert_same(value, -0.0);
  value = untouched;
  assert_status(trade_number_from_digits("1", 1, 0, 0, -1, &value), TRADE_ERROR_VALUE);
  assert_status(trade_number_from_digits("1", 1, 0, 0, 3, &value), TRADE_ERROR_VALUE);
  assert_status(trade_number_from_digits("1.5", 3, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_ERROR_TEXT);
  assert_status(trade_number_from_digits("-1", 2, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_ERROR_TEXT);
  assert_status(trade_number_from_digits("1e1", 3, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_ERROR_TEXT);
  assert_status(trade_number_from_digits("1\0", 2, 0, 0, TRADE_NUMBER_NEAREST, &value), TRADE_ERROR_TEXT);
  assert_same(value, untouched);
}

/* The double below and the one above are neighbours or the same, and the nearest is one of them. */
static void the_three_roundings_bracket_the_number(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (int i = 0; i < 20000; i++) {
    char digits[64] = "";
    const size_t count = 1 + trade_random_below(&seed, 40);
    for (size_t k = 0; k < count; k++) digits[k] = (char)('0' + trade_random(&seed) % 10);
    const int64_t exponent = (int64_t)(trade_random(&seed) % 600) - 340;
    double nearest = untouched, down = untouched, up = untouched;
    const trade_status status = trade_number_from_digits(digits, count, exponent, 0, TRADE_NUMBER_UP, &up);
    assert_status(trade_number_from_digits(digits, count, exponent, 0, TRADE_NUMBER_DOWN, &down), TRADE_OK);
    if (status != TRADE_OK) continue;
    assert_status(trade_number_from_digits(digits, count, exponent, 0, TRADE_NUMBER_NEAREST, &nearest), TRADE_OK);
    assert_true(down == up || nextafter(down, (double)INFINITY) == up);
    assert_true(nearest == down || nearest == up);
    assert_same(from_digits(digits, exponent, 1, TRADE_NUMBER_UP), -down);
    assert_same(from_digits(digits, exponent, 1, TRADE_NUMBER_DOWN), -up);
  }
}

static void the_shortest_text_is_that_of_repr(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } cases[] = {
      {0.0, "0"},
      {-0.0, "-0"},
      {1, "1"},
      {-1, "-1"},
      {10, "10"},
      {120, "120"},
      {0.1, "0.1"},
      {-0.5, "-0.5"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1.0 / 3, "0.3333333333333333"},
      {2.0 / 3, "0.6666666666666666"},
      {12345.678, "12345.678"},
      {100.25, "100.25"},
      {0.001, "0.001"},
      {0.0001, "0.0001"},
      {0.00012345678901234567, "0.00012345678901234567"},
      {0.00001, "1e-05"},
      {0.000012345, "1.2345e-05"},
      {1e-10, "1e-10"},
      {1e15, "1000000000000000"},
      {1e16, "1e+16"},
      {-1.5e16, "-1.5e+16"},
      {1.46e12, "1460000000000"},
      {9007199254740993.0, "9007199254740992"},
      {123456789012345680.0, "1.2345678901234568e+17"},
      {1e22, "1e+22"},
      {1e23, "1e+23"},
      {9.999999999999997e22, "9.999999999999997e+22"},
      {1e99, "1e+99"},
      {1e100, "1e+100"},
      {5e-324, "5e-324"},
      {1e-323, "1e-323"},
      {1.5e-323, "1.5e-323"},
      {2.2250738585072014e-308, "2.2250738585072014e-308"},
      {2.225073858507201e-308, "2.225073858507201e-308"},
      {DBL_MAX, "1.7976931348623157e+308"},
      {-DBL_MAX, "-1.7976931348623157e+308"},
      {-1.2345678901234568e-300, "-1.2345678901234568e-300"},
      {2251799813685248.5, "2251799813685248.5"},
      /* Powers of two, where the nearest of as many digits may read as the double below. */
      {0x1p-44, "5.684341886080802e-14"},
      {0x1p+70, "1.1805916207174113e+21"},
      {0x1p-1022, "2.2250738585072014e-308"},
      {9.5367431640625e-07, "9.5367431640625e-07"},
      /* Half-way between two of 16 digits: the even one. */
      {8589934592.0078125, "8589934592.007812"},
      {8589934592.0234375, "8589934592.023438"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char text[TRADE_NUMBER_TEXT_SIZE];
    assert_status(trade_number_format_shortest(cases[i].value, text, sizeof text), TRADE_OK);
    assert_string_equal(text, cases[i].text);
    assert_same(parsed(text), cases[i].value);
    /* It needs exactly its bytes. */
    const size_t size = strlen(text) + 1;
    memset(text, '#', sizeof text);
    assert_status(trade_number_format_shortest(cases[i].value, text, size), TRADE_OK);
    assert_string_equal(text, cases[i].text);
    if (size < sizeof text) assert_int_equal(text[size], '#');
    memset(text, '#', sizeof text);
    for (size_t less = 0; less < size; less++)
      assert_status(trade_number_format_shortest(cases[i].value, text, less), TRADE_ERROR_CAPACITY);
    for (size_t k = 0; k < sizeof text; k++) assert_int_equal(text[k], '#');
  }
}

static void what_has_no_decimal_is_not_written(void **state) {
  (void)state;
  static const double cases[] = {(double)NAN, -(double)NAN, (double)INFINITY, -(double)INFINITY};
  char text[64] = "untouched";
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_status(trade_number_format_shortest(cases[i], text, sizeof text), TRADE_ERROR_VALUE);
    assert_status(trade_number_format_fixed(cases[i], 0, 2, TRADE_NUMBER_NEAREST, text, sizeof text),
                  TRADE_ERROR_VALUE);
  }
  static const int32_t arguments[][3] = {{-401, 0, 0},      {401, 0, 0},      {0, -1, 0}, {0, 1101, 0},
                                         {0, 0, -1},        {0, 0, 3},        {0, 0, 99}, {INT32_MIN, 0, 0},
                                         {0, INT32_MAX, 0}, {INT32_MAX, 0, 0}};
  for (size_t i = 0; i < COUNT(arguments); i++)
    assert_status(trade_number_format_fixed(1, arguments[i][0], arguments[i][1], arguments[i][2], text, sizeof text),
                  TRADE_ERROR_VALUE);
  assert_string_equal(text, "untouched");
}

static void fixed_decimals_are_the_exact_value_rounded(void **state) {
  (void)state;
  static const struct {
    double value;
    int32_t scale, decimals;
    const char *nearest, *down, *up;
  } cases[] = {
      {0.0, 0, 0, "0", "0", "0"},
      {-0.0, 0, 2, "0.00", "0.00", "0.00"},
      {-0.0, 14, 1, "0.0", "0.0", "0.0"},
      {0.0, -400, 0, "0", "0", "0"},
      {0.0, 400, 3, "0.000", "0.000", "0.000"},
      {1, 0, 0, "1", "1", "1"},
      {1, 0, 3, "1.000", "1.000", "1.000"},
      {-1.5, 0, 1, "-1.5", "-1.5", "-1.5"},
      {0.5, 0, 0, "0", "0", "1"},
      {1.5, 0, 0, "2", "1", "2"},
      {2.5, 0, 0, "2", "2", "3"},
      {-0.5, 0, 0, "0", "-1", "0"},
      {-1.5, 0, 0, "-2", "-2", "-1"},
      {-0.25, 0, 1, "-0.2", "-0.3", "-0.2"},
      {0.125, 0, 2, "0.12", "0.12", "0.13"},
      {0.375, 0, 2, "0.38", "0.37", "0.38"},
      {-0.001, 0, 2, "0.00", "-0.01", "0.00"},
      {0.001, 0, 2, "0.00", "0.00", "0.01"},
      {9.995, 0, 2, "9.99", "9.99", "10.00"}, /* it is 9.9949999999999992... */
      {1.05, 0, 1, "1.1", "1.0", "1.1"},      /* it is 1.0500000000000000444... */
      {9.999, 0, 2, "10.00", "9.99", "10.00"},
      {999999999.5, 0, 0, "1000000000", "999999999", "1000000000"},
      {999999999999999999.0, 0, 0, "1000000000000000000", "1000000000000000000", "1000000000000000000"},
      {0.9999999999, 0, 9, "1.000000000", "0.999999999", "1.000000000"},
      {0.1, 0, 1, "0.1", "0.1", "0.2"},
      {0.1, 0, 20, "0.10000000000000000555", "0.10000000000000000555", "0.10000000000000000556"},
      {1.46e12, 9, 0, "1460", "1460", "1460"},
      {1.46e12, 12, 1, "1.5", "1.4", "1.5"},
      {2.5e6, 6, 0, "2", "2", "3"},
      {2500, 3, 0, "2", "2", "3"},
      {3500, 3, 0, "4", "3", "4"},
      {0.205, -2, 1, "20.5", "20.4", "20.5"}, /* it is 0.20499999999999998... */
      {0.125, -2, 0, "12", "12", "13"},
      {1, -3, 1, "1000.0", "1000.0", "1000.0"},
      {1, 3, 2, "0.00", "0.00", "0.01"},
      {-1, 400, 0, "0", "-1", "0"},
      {DBL_MAX, 400, 2, "0.00", "0.00", "0.01"},
      {DBL_MAX, 309, 0, "0", "0", "1"},
      {DBL_MAX, 308, 0, "2", "1", "2"},
      {DBL_MAX, 308, 3, "1.798", "1.797", "1.798"},
      {-DBL_MAX, 310, 0, "0", "-1", "0"},
      {5e-324, 0, 3, "0.000", "0.000", "0.001"},
      {5e-324, -324, 3, "4.941", "4.940", "4.941"},
      {-5e-324, -330, 0, "-4940656", "-4940657", "-4940656"},
      {DBL_MIN, -308, 16, "2.2250738585072014", "2.2250738585072013", "2.2250738585072014"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *const expected[] = {cases[i].nearest, cases[i].down, cases[i].up};
    for (int32_t rounding = TRADE_NUMBER_NEAREST; rounding <= TRADE_NUMBER_UP; rounding++) {
      char text[64];
      const size_t size = strlen(expected[rounding]) + 1;
      memset(text, '#', sizeof text);
      for (size_t less = 0; less < size; less++)
        assert_status(
            trade_number_format_fixed(cases[i].value, cases[i].scale, cases[i].decimals, rounding, text, less),
            TRADE_ERROR_CAPACITY);
      for (size_t k = 0; k < sizeof text; k++) assert_int_equal(text[k], '#');
      assert_status(trade_number_format_fixed(cases[i].value, cases[i].scale, cases[i].decimals, rounding, text, size),
                    TRADE_OK);
      assert_string_equal(text, expected[rounding]);
      assert_int_equal(text[size], '#');
    }
  }
}

/* All places that any double has: nothing is rounded, so all roundings agree, and it reads back. */
static void every_place_of_the_extremes_can_be_written(void **state) {
  (void)state;
  static const double cases[] = {5e-324, -5e-324, 0x0.fffffffffffffp-1022, DBL_MIN, DBL_MAX, -DBL_MAX, 0.1, 1};
  static char text[LONG_TEXT], other[LONG_TEXT];
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_status(trade_number_format_fixed(cases[i], 0, 1100, TRADE_NUMBER_NEAREST, text, sizeof text), TRADE_OK);
    assert_same(parsed(text), cases[i]);
    for (int32_t rounding = TRADE_NUMBER_DOWN; rounding <= TRADE_NUMBER_UP; rounding++) {
      assert_status(trade_number_format_fixed(cases[i], 0, 1100, rounding, other, sizeof other), TRADE_OK);
      assert_string_equal(text, other);
    }
    /* Written 400 places higher, and read 400 lower. */
    assert_status(trade_number_format_fixed(cases[i], -400, 1100, TRADE_NUMBER_UP, text, sizeof text), TRADE_OK);
    append(text, "e-400", 1);
    assert_same(parsed(text), cases[i]);
  }
  /* The last digits of the smallest double, 5^1074 / 10^1074. */
  assert_status(trade_number_format_fixed(5e-324, 0, 1074, TRADE_NUMBER_NEAREST, text, sizeof text), TRADE_OK);
  assert_int_equal(strlen(text), 1076);
  assert_string_equal(text + strlen(text) - 9, "447265625");
}

static void random_doubles_read_back_from_every_form(void **state) {
  (void)state;
  uint64_t seed = 2020;
  static char text[LONG_TEXT];
  for (int i = 0; i < 50000; i++) {
    uint64_t bits = trade_random(&seed);
    if (i % 4 == 1) bits &= 0x800FFFFFFFFFFFFFu; /* subnormal */
    const double value = i % 4 == 2 ? trade_random_between(&seed, 1e-6, 1e15) : trade_double_of(bits);
    if (!trade_known(value)) continue;
    assert_status(trade_number_format_shortest(value, text, sizeof text), TRADE_OK);
    assert_same(parsed(text), value);
    assert_true(strlen(text) < TRADE_NUMBER_TEXT_SIZE);
    (void)snprintf(text, sizeof text, "%.16e", value);
    assert_same(parsed(text), value);
    if (i % 16 > 2) continue;
    assert_status(trade_number_format_fixed(value, 0, 1074, TRADE_NUMBER_NEAREST, text, sizeof text), TRADE_OK);
    assert_same(parsed(text), value == 0 ? 0.0 : value);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_read_to_the_nearest_double),
      cmocka_unit_test(too_great_a_number_is_refused),
      cmocka_unit_test(what_is_not_a_number_is_refused),
      cmocka_unit_test(a_null_pointer_is_refused),
      cmocka_unit_test(no_byte_behind_the_text_is_read),
      cmocka_unit_test(one_unit_far_behind_a_tie_decides),
      cmocka_unit_test(a_third_is_read_from_17_to_2000_digits),
      cmocka_unit_test(runs_of_zeros_and_the_exponent_cancel),
      cmocka_unit_test(digits_are_rounded_as_asked),
      cmocka_unit_test(the_three_roundings_bracket_the_number),
      cmocka_unit_test(the_shortest_text_is_that_of_repr),
      cmocka_unit_test(what_has_no_decimal_is_not_written),
      cmocka_unit_test(fixed_decimals_are_the_exact_value_rounded),
      cmocka_unit_test(every_place_of_the_extremes_can_be_written),
      cmocka_unit_test(random_doubles_read_back_from_every_form),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
