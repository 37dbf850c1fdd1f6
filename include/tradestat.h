/**
 * tradestat: trade statistics in plain C99. This header includes every other; each of them is the manual of its room.
 *
 * Conventions that hold throughout:
 * - Growth, shares and rates of change are ratios: 0.205 is 20.5 %. Money comes back in the unit it came in.
 * - A statistic that is one number is returned as a double and is NaN where it is not defined or not known. A missing
 *   value is NaN, in and out, and touches only the results whose definition uses it; infinite inputs count as missing.
 * - A function that fills arrays, structs or text, or that reads text, returns a trade_status. It checks first: when it
 *   refuses, it has written nothing. n == 0 is valid, and arrays may then be null.
 * - Small values (trade_period, trade_rate, trade_figure) travel by value; the undefined one is all zeros for a period,
 *   and has a NaN inside for a rate or figure.
 * - Matrices are row-major: element (r, c) is m[r * columns + c].
 * - Nothing allocates but readers and cubes, and that through an allocator of the caller's. Nothing has state of its
 * own: any function may run on
 *   any thread, as long as no two calls that overlap in time write the same memory, or one writes what another reads.
 */
#ifndef TRADESTAT_H
#define TRADESTAT_H

#include "tradestat/advantage.h"
#include "tradestat/balance.h"
#include "tradestat/base.h"
#include "tradestat/concentration.h"
#include "tradestat/cube.h"
#include "tradestat/currency.h"
#include "tradestat/figure.h"
#include "tradestat/growth.h"
#include "tradestat/partner.h"
#include "tradestat/period.h"
#include "tradestat/reader.h"
#include "tradestat/record.h"
#include "tradestat/services.h"
#include "tradestat/share.h"
#include "tradestat/sum.h"

#endif
