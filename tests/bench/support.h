/*
 * What the benchmark's programs share: time, medians, memory, random numbers that are the same in every run.
 */
#ifndef BENCH_SUPPORT_H
#define BENCH_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

/* Seconds since some moment. */
double now(void);

/* The middle one of n numbers, which it sorts. */
double median(double *numbers, size_t n);

/* The most memory that this process has had so far, in bytes; 0 where there is no /proc to tell. */
double peak_bytes(void);

uint64_t random_bits(void);

/* Within 0 and 1, neither of them. */
double random_unit(void);

/* Two normal variables of mean 0 and this deviation, for two uniform ones (Box and Muller). */
void random_normals(double deviation, double *a, double *b);

#endif
