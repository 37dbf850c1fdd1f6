/**
 * Loads any bytes as a cube, as they are and with a checksum that holds; what is loaded is read in every way and saves the same bytes.
 */
#include "tradestat.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int holds) {
  if (!holds) abort();
}

static void seal(uint8_t *bytes, size_t size) {
  uint64_t h = 0;
  for (size_t i = 0; i + 8 < size; i += 8) {
    uint64_t word = 0;
    for (size_t k = 0; k < 8; k++) word |= (uint64_t)bytes[i + k] << (8 * k);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
  }
  for (size_t k = 0; k < 8; k++) bytes[size - 8 + k] = (uint8_t)(h >> (8 * k) & 0xFF);
}

/** Every way of reading a cube. */
static void read_cube(trade_cube *cube) {
  trade_record row;
  trade_sum total;
  size_t rows, columns;
  for (size_t i = 0; i < trade_cube_count(cube); i++) {
    expect(trade_cube_row(cube, i, &row) == TRADE_OK);
    (void)trade_cube_total(cube, i, TRADE_CUBE_VALUE, &total, NULL, NULL);
  }
  expect(trade_cube_row(cube, trade_cube_count(cube), &row) == TRADE_ERROR_NOT_FOUND);
  if (trade_cube_count_keys(cube, TRADE_CUBE_PARTNER, &rows) == TRADE_OK &&
      trade_cube_count_keys(cube, TRADE_CUBE_PERIOD, &columns) == TRADE_OK) {
    double *values = (double *)malloc((rows * columns + 1) * sizeof *values);
    expect(values != NULL);
    (void)trade_cube_matrix(cube, TRADE_CUBE_PARTNER, TRADE_CUBE_PERIOD, TRADE_CUBE_WEIGHT, 0, values, rows, columns);
    free(values);
  }
}

static void load(const uint8_t *bytes, size_t size) {
  trade_cube *cube = NULL, *merged = NULL;
  size_t saved_size = 0;
  if (trade_cube_load(bytes, size, NULL, &cube) != TRADE_OK) return;
  read_cube(cube);
  expect(trade_cube_saved_size(cube, &saved_size) == TRADE_OK && saved_size == size);
  uint8_t *saved = (uint8_t *)malloc(size);
  expect(saved != NULL && trade_cube_save(cube, saved, size) == TRADE_OK && memcmp(saved, bytes, size) == 0);
  expect(trade_cube_create(0, 0, 0, NULL, &merged) == TRADE_OK);
  (void)trade_cube_merge(merged, cube);
  const trade_status doubled = trade_cube_merge(cube, cube);
  expect(doubled == TRADE_OK || doubled == TRADE_ERROR_LIMIT); /* more records than can be counted */
  read_cube(cube);
  free(saved);
  trade_cube_destroy(merged);
  trade_cube_destroy(cube);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  load(data, size);
  const size_t whole = size / 8 * 8;
  if (whole < 16) return 0;
  uint8_t *sealed = (uint8_t *)malloc(whole);
  expect(sealed != NULL);
  memcpy(sealed, data, whole);
  seal(sealed, whole);
  load(sealed, whole);
  free(sealed);
  return 0;
}
