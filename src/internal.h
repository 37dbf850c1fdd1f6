/**
 * Shared by all sources and by nothing else: what the compiler must not do, and the smallest helpers.
 */
#ifndef TRADE_INTERNAL_H
#define TRADE_INTERNAL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Each part of -ffast-math that compilers tell of: clang has no word for reordering alone. */
#if defined(__FAST_MATH__) || defined(_M_FP_FAST) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__)
#error "tradestat needs IEEE 754 arithmetic: compile without -ffast-math, -Ofast, /fp:fast and what they consist of"
#endif
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0
#error "tradestat needs NaN and infinity: compile without -ffinite-math-only"
#endif

#if (defined(__clang__) || defined(_MSC_VER)) && !defined(__cplusplus)
#pragma STDC FP_CONTRACT OFF
#endif

/*
 * Loops that gain from wider registers are written once, in plain C, and compiled for several instruction sets where
 * the compiler can do that; which one runs is asked of the processor. TRADE_INSTRUCTIONS is the most that may be used:
 * 0 for plain C alone. All give the same bits: where `fused` is 1, fma(x, 1, y) stands for x + y, the same number on a
 * unit that would idle otherwise.
 */
#ifndef TRADE_INSTRUCTIONS
#define TRADE_INSTRUCTIONS 2
#endif
#if TRADE_INSTRUCTIONS > 0 && defined(__GNUC__) && defined(__x86_64__) && !defined(_WIN32)
#define TRADE_INLINE             static inline __attribute__((always_inline))
#define TRADE_TARGET_AVX2        __attribute__((target("avx2,fma")))
#define TRADE_TARGET_AVX512      __attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl")))
#define TRADE_PREFETCH(p, write) __builtin_prefetch((p), (write))
#define TRADE_HAS_AVX2()         (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#define TRADE_HAS_AVX512()                                                                                             \
  (TRADE_INSTRUCTIONS > 1 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&                \
   __builtin_cpu_supports("avx512vl"))
/** Defines name(parameters) from name_body(arguments..., fused). */
#define TRADE_VARIANTS(name, parameters, ...)                                                                          \
  TRADE_TARGET_AVX512 static void name##_avx512 parameters { name##_body(__VA_ARGS__, 1); }                            \
  TRADE_TARGET_AVX2 static void name##_avx2 parameters { name##_body(__VA_ARGS__, 1); }                                \
  static void name##_plain parameters { name##_body(__VA_ARGS__, 0); }                                                 \
  static void name parameters {                                                                                        \
    if (TRADE_HAS_AVX512())                                                                                            \
      name##_avx512(__VA_ARGS__);                                                                                      \
    else if (TRADE_HAS_AVX2())                                                                                         \
      name##_avx2(__VA_ARGS__);                                                                                        \
    else                                                                                                               \
      name##_plain(__VA_ARGS__);                                                                                       \
  }
#else
#define TRADE_INLINE             static inline
#define TRADE_PREFETCH(p, write) ((void)(p))
#define TRADE_VARIANTS(name, parameters, ...)                                                                          \
  static void name parameters { name##_body(__VA_ARGS__, 0); }
#endif

/** A bit for each of the 64 bytes at `bytes` that is `wanted`, the first one the lowest. */
TRADE_INLINE uint64_t trade_bytes_equal(const char *bytes, char wanted) {
  uint64_t bits = 0;
#if TRADE_INSTRUCTIONS > 0 && defined(__GNUC__) && defined(__SSE2__)
  typedef char trade_sixteen __attribute__((vector_size(16)));
  const trade_sixteen all = {wanted, wanted, wanted, wanted, wanted, wanted, wanted, wanted,
                             wanted, wanted, wanted, wanted, wanted, wanted, wanted, wanted};
  for (size_t i = 0; i < 4; i++) {
    trade_sixteen part;
    memcpy(&part, bytes + 16 * i, sizeof part);
    bits |= (uint64_t)(uint32_t)__builtin_ia32_pmovmskb128((trade_sixteen)(part == all)) << 16 * i;
  }
#else
  for (size_t i = 0; i < 8; i++) {
    uint64_t flags = 0; /* 0 or 1 in each of eight bytes, whose lowest bits a product brings together */
    for (size_t k = 0; k < 8; k++) flags |= (uint64_t)(bytes[8 * i + k] == wanted) << 8 * k;
    bits |= (flags * 0x0102040810204080u >> 56) << 8 * i;
  }
#endif
  return bits;
}

/** What rounding took from product = a * b (Dekker): exact unless it or a part overflows, which gives NaN, or
 *  underflows. */
TRADE_INLINE double trade_product_rest(double a, double b, double product) {
  const double splitter = 134217729; /* 2^27 + 1: halves of 26 bits */
  const double a_scaled = splitter * a, a1 = a_scaled - (a_scaled - a), a0 = a - a1;
  const double b_scaled = splitter * b, b1 = b_scaled - (b_scaled - b), b0 = b - b1;
  return a0 * b0 - (((product - a1 * b1) - a0 * b1) - a1 * b0);
}

/** The same by one fma where that is an instruction. */
TRADE_INLINE double trade_product_rest_by(double a, double b, double product, int fused) {
  return fused ? fma(a, b, -product) : trade_product_rest(a, b, product);
}

/** What rounding took from difference = a - b, exactly (Knuth). */
TRADE_INLINE double trade_difference_rest(double a, double b, double difference) {
  const double part = difference - a;
  return (a - (difference - part)) - (b + part);
}

/** What a pointer so marked points at is reached by no other in the function. */
#ifdef __GNUC__
#define TRADE_RESTRICT __restrict__
#else
#define TRADE_RESTRICT
#endif

/** What an undefined statistic is. */
#define TRADE_UNDEFINED ((double)NAN)

/** 1 unless x is NaN or infinite. */
static inline int trade_known(double x) { return isfinite(x) != 0; }

/** 1 if x is a positive finite number. */
static inline int trade_positive(double x) { return x > 0 && trade_known(x); }

/** x if it is finite, else undefined: what a formula gives when it overflows is not a result. */
static inline double trade_finite_or_undefined(double x) { return trade_known(x) ? x : TRADE_UNDEFINED; }

/* Characters of ASCII, in whatever locale. */
static inline int trade_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline int trade_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline int trade_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline int trade_is_letter(char c) { return trade_is_upper(c) || trade_is_lower(c); }
static inline char trade_upper(char c) { return (char)(trade_is_lower(c) ? c - 'a' + 'A' : c); }
static inline char trade_lower(char c) { return (char)(trade_is_upper(c) ? c - 'A' + 'a' : c); }

/** The lesser of two counts. */
static inline size_t trade_lesser(size_t a, size_t b) { return a < b ? a : b; }

/** 1 if n elements of `size` bytes can stand in memory. */
static inline int trade_fits(size_t n, size_t size) { return n <= SIZE_MAX / 2 / size; }

/** The position of the lowest bit that is set; x is not 0. */
static inline int32_t trade_lowest_bit(uint64_t x) {
#ifdef __GNUC__
  return (int32_t)__builtin_ctzll(x);
#else
  int32_t position = 0;
  for (int32_t step = 32; step > 0; step /= 2)
    if (!(x << (64 - step))) {
      x >>= step;
      position += step;
    }
  return position;
#endif
}

/** The four or eight bytes at p as a word, the first one the lowest. */
TRADE_INLINE uint32_t trade_word4(const void *p) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint32_t word;
  memcpy(&word, p, sizeof word);
  return word;
#else
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
#endif
}

TRADE_INLINE uint64_t trade_word8(const void *p) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
#else
  return trade_word4(p) | (uint64_t)trade_word4((const char *)p + 4) << 32;
#endif
}

static inline uint64_t trade_bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double trade_double_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
