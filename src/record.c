#include "tradestat/record.h"

#include "internal.h"

/** A word for a kind of flow, in small letters; the first of a kind is its name. */
typedef struct record_flow {
  int32_t kind;
  const char *word;
} record_flow;

static const record_flow record_flows[] = {
    {TRADE_FLOW_IMPORT, "import"},
    {TRADE_FLOW_EXPORT, "export"},
    {TRADE_FLOW_REIMPORT, "re-import"},
    {TRADE_FLOW_REEXPORT, "re-export"},
    {TRADE_FLOW_BALANCE, "balance"},
    {TRADE_FLOW_DOMESTIC_EXPORT, "domestic export"},
    {TRADE_FLOW_IMPORT, "m"},
    {TRADE_FLOW_EXPORT, "x"},
    {TRADE_FLOW_REIMPORT, "rm"},
    {TRADE_FLOW_REEXPORT, "rx"},
    {TRADE_FLOW_DOMESTIC_EXPORT, "dx"},
    {TRADE_FLOW_IMPORT, "1"},
    {TRADE_FLOW_EXPORT, "2"},
    {TRADE_FLOW_REEXPORT, "3"},
    {TRADE_FLOW_REIMPORT, "4"},
    {TRADE_FLOW_IMPORT, "01"},
    {TRADE_FLOW_EXPORT, "02"},
    {TRADE_FLOW_IMPORT, "imports"},
    {TRADE_FLOW_EXPORT, "exports"},
    {TRADE_FLOW_REIMPORT, "re-imports"},
    {TRADE_FLOW_REEXPORT, "re-exports"},
    {TRADE_FLOW_REIMPORT, "reimport"},
    {TRADE_FLOW_REEXPORT, "reexport"},
    {TRADE_FLOW_REIMPORT, "reimports"},
    {TRADE_FLOW_REEXPORT, "reexports"},
    {TRADE_FLOW_DOMESTIC_EXPORT, "domestic exports"},
    {TRADE_FLOW_IMPORT, "i"},
    {TRADE_FLOW_EXPORT, "e"},
    {TRADE_FLOW_IMPORT, "imp"},
    {TRADE_FLOW_EXPORT, "exp"},
    {TRADE_FLOW_IMPORT, "d"},
    {TRADE_FLOW_EXPORT, "c"},
    {TRADE_FLOW_IMPORT, "db"},
    {TRADE_FLOW_EXPORT, "cr"},
    {TRADE_FLOW_IMPORT, "debit"},
    {TRADE_FLOW_EXPORT, "credit"},
    {TRADE_FLOW_BALANCE, "b"},
    {TRADE_FLOW_BALANCE, "bal"},
    {TRADE_FLOW_BALANCE, "net"},
    {TRADE_FLOW_IMPORT, "deb"},
    {TRADE_FLOW_EXPORT, "cre"},
    {TRADE_FLOW_BALANCE, "bal_rt"},
};

enum { RECORD_FLOWS = sizeof record_flows / sizeof record_flows[0] };

trade_status trade_flow_parse(const char *text, size_t length, int32_t *flow_kind) {
  if (!text || !flow_kind) return TRADE_ERROR_NULL;
  if (!trade_fits(length, 1)) return TRADE_ERROR_LENGTH;
  for (size_t i = 0; i < RECORD_FLOWS; i++) {
    const char *word = record_flows[i].word;
    size_t at = 0;
    while (at < length && word[at] && trade_lower(text[at]) == word[at]) at++;
    if (at < length || word[at]) continue;
    *flow_kind = record_flows[i].kind;
    return TRADE_OK;
  }
  return TRADE_ERROR_TEXT;
}

const char *trade_flow_name(int32_t flow_kind) {
  for (size_t i = 0; i < RECORD_FLOWS; i++)
    if (record_flows[i].kind == flow_kind) return record_flows[i].word;
  return NULL;
}
