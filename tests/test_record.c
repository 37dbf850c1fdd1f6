#include "trade_test.h"

static void each_word_names_its_kind_in_either_case(void **state) {
  (void)state;
  static const struct {
    int32_t kind;
    const char *words; /* each followed by a comma */
  } cases[] = {
      {TRADE_FLOW_IMPORT, "import,imports,Import,IMPORTS,M,m,1,01,I,IMP,D,DB,DEB,debit,Debit,"},
      {TRADE_FLOW_EXPORT, "export,exports,Export,X,x,2,02,E,EXP,C,CR,CRE,credit,"},
      {TRADE_FLOW_REIMPORT, "re-import,Re-Import,re-imports,reimport,Reimports,RM,4,"},
      {TRADE_FLOW_REEXPORT, "re-export,Re-Export,re-exports,reexport,Reexports,RX,3,"},
      {TRADE_FLOW_BALANCE, "balance,Balance,B,BAL,BAL_RT,net,"},
      {TRADE_FLOW_DOMESTIC_EXPORT, "domestic export,Domestic Exports,DX,"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    for (const char *word = cases[i].words, *end; *word; word = end + 1) {
      end = strchr(word, ',');
      int32_t kind = -1;
      assert_status(trade_flow_parse(word, (size_t)(end - word), &kind), TRADE_OK);
      assert_int_equal(kind, cases[i].kind);
    }
}

static void other_texts_name_none_and_leave_the_kind_alone(void **state) {
  (void)state;
  static const char *const texts[] = {"",   " ",  "impor", "importer",  "5",    "0",
                                      "M ", " M", "XX",    "re import", "\xff", "001"};
  for (size_t i = 0; i < COUNT(texts); i++) {
    int32_t kind = 77;
    assert_status(trade_flow_parse(texts[i], strlen(texts[i]), &kind), TRADE_ERROR_TEXT);
    assert_int_equal(kind, 77);
  }
  int32_t kind = 77;
  assert_status(trade_flow_parse("M\0", 2, &kind), TRADE_ERROR_TEXT);
  assert_status(trade_flow_parse(NULL, 0, &kind), TRADE_ERROR_NULL);
  assert_status(trade_flow_parse("M", 1, NULL), TRADE_ERROR_NULL);
  assert_status(trade_flow_parse("M", SIZE_MAX, &kind), TRADE_ERROR_LENGTH);
  assert_int_equal(kind, 77);
}

static void a_kinds_name_reads_back(void **state) {
  (void)state;
  for (int32_t kind = TRADE_FLOW_IMPORT; kind <= TRADE_FLOW_DOMESTIC_EXPORT; kind++) {
    int32_t read = 0;
    assert_status(trade_flow_parse(trade_flow_name(kind), strlen(trade_flow_name(kind)), &read), TRADE_OK);
    assert_int_equal(read, kind);
  }
  assert_string_equal(trade_flow_name(TRADE_FLOW_REEXPORT), "re-export");
  assert_null(trade_flow_name(TRADE_FLOW_UNKNOWN));
  assert_null(trade_flow_name(7));
  assert_null(trade_flow_name(INT32_MIN));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_word_names_its_kind_in_either_case),
      cmocka_unit_test(other_texts_name_none_and_leave_the_kind_alone),
      cmocka_unit_test(a_kinds_name_reads_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
