#include "layout.h"

#include "internal.h"
#include "number.h"
#include "text.h"
#include "tradestat/currency.h"

/* The obvious names of a plain table's columns, the codes before the names. */
const char trade_layout_period_names[] = "period|time_period|year|ref_year|month|quarter|date|day|time|t";
static const char layout_plain_reporter[] = "reporter_code|reporter|exporter|economy_code|economy|country_code|iso3|"
                                            "country|ref_area|geo|entity|i|reporter_name|economy_name|"
                                            "country_name|country or area";
static const char layout_plain_partner[] = "partner_code|partner|importer|counterpart|counterpart_area|j|partner_name";
static const char layout_plain_product[] = "product_code|product|commodity_code|commodity|cmd_code|hs_code|hs6|hs4|hs|"
                                           "sitc|item_code|item|sector|k|product_name|commodity_name";
static const char layout_plain_flow[] = "flow_code|flow|trade_flow_code|trade_flow|direction";
const char trade_layout_value_names[] =
    "value|trade_value|primary_value|obs_value|trade_value_usd|value_usd|value_eur|amount|v";
static const char layout_plain_unit[] = "unit|units|currency";
static const char layout_plain_flag[] = "flag|flags|obs_flag|obs_status|status";

/* What China Customs calls the columns, names of two lines joined, blanks left out:
   年月|月份|日期|时间|年份|年度 */
static const char layout_gacc_period[] =
    "\xe5\xb9\xb4\xe6\x9c\x88|\xe6\x9c\x88\xe4\xbb\xbd|\xe6\x97\xa5\xe6\x9c\x9f|\xe6\x97\xb6\xe9\x97\xb4|"
    "\xe5\xb9\xb4\xe4\xbb\xbd|\xe5\xb9\xb4\xe5\xba\xa6";
/* 国别（地区）|国别(地区)|国家（地区）|国家(地区)|国别|国家和地区|
   进口原产国（地区）出口最终目的国（地区）|进口原产国(地区)出口最终目的国(地区) */
static const char layout_gacc_partner[] =
    "\xe5\x9b\xbd\xe5\x88\xab\xef\xbc\x88\xe5\x9c\xb0\xe5\x8c\xba\xef\xbc\x89|"
    "\xe5\x9b\xbd\xe5\x88\xab(\xe5\x9c\xb0\xe5\x8c\xba)|"
    "\xe5\x9b\xbd\xe5\xae\xb6\xef\xbc\x88\xe5\x9c\xb0\xe5\x8c\xba\xef\xbc\x89|"
    "\xe5\x9b\xbd\xe5\xae\xb6(\xe5\x9c\xb0\xe5\x8c\xba)|\xe5\x9b\xbd\xe5\x88\xab|"
    "\xe5\x9b\xbd\xe5\xae\xb6\xe5\x92\x8c\xe5\x9c\xb0\xe5\x8c\xba|"
    "\xe8\xbf\x9b\xe5\x8f\xa3\xe5\x8e\x9f\xe4\xba\xa7\xe5\x9b\xbd\xef\xbc\x88\xe5\x9c\xb0\xe5\x8c\xba\xef\xbc\x89\xe5"
    "\x87\xba\xe5\x8f\xa3\xe6\x9c\x80\xe7\xbb\x88\xe7\x9b\xae\xe7\x9a\x84\xe5\x9b\xbd\xef\xbc\x88\xe5\x9c\xb0\xe5\x8c"
    "\xba\xef\xbc\x89|"
    "\xe8\xbf\x9b\xe5\x8f\xa3\xe5\x8e\x9f\xe4\xba\xa7\xe5\x9b\xbd(\xe5\x9c\xb0\xe5\x8c\xba)"
    "\xe5\x87\xba\xe5\x8f\xa3\xe6\x9c\x80\xe7\xbb\x88\xe7\x9b\xae\xe7\x9a\x84\xe5\x9b\xbd(\xe5\x9c\xb0\xe5\x8c\xba)";
/* 商品名称|商品类章|类章|商品构成|商品 */
static const char layout_gacc_product[] =
    "\xe5\x95\x86\xe5\x93\x81\xe5\x90\x8d\xe7\xa7\xb0|\xe5\x95\x86\xe5\x93\x81\xe7\xb1\xbb\xe7\xab\xa0|"
    "\xe7\xb1\xbb\xe7\xab\xa0|\xe5\x95\x86\xe5\x93\x81\xe6\x9e\x84\xe6\x88\x90|\xe5\x95\x86\xe5\x93\x81";
/* 当月金额|本月金额 */
static const char layout_gacc_value[] =
    "+\xe5\xbd\x93\xe6\x9c\x88\xe9\x87\x91\xe9\xa2\x9d|\xe6\x9c\xac\xe6\x9c\x88\xe9\x87\x91\xe9\xa2\x9d";
/* 当月数量|本月数量 */
static const char layout_gacc_quantity[] =
    "\xe5\xbd\x93\xe6\x9c\x88\xe6\x95\xb0\xe9\x87\x8f|\xe6\x9c\xac\xe6\x9c\x88\xe6\x95\xb0\xe9\x87\x8f";
/* 计量单位 */
static const char layout_gacc_unit[] = "\xe8\xae\xa1\xe9\x87\x8f\xe5\x8d\x95\xe4\xbd\x8d";
/* What it calls totals and groups of economies:
   总值 总计 合计 亚洲 非洲 欧洲 拉丁美洲 北美洲 大洋洲 东南亚国家联盟 东盟 欧洲联盟 欧盟
   亚太经济合作组织 */
static const char layout_gacc_groups[] =
    " \xe6\x80\xbb\xe5\x80\xbc \xe6\x80\xbb\xe8\xae\xa1 \xe5\x90\x88\xe8\xae\xa1 \xe4\xba\x9a\xe6\xb4\xb2 "
    "\xe9\x9d\x9e\xe6\xb4\xb2 \xe6\xac\xa7\xe6\xb4\xb2 \xe6\x8b\x89\xe4\xb8\x81\xe7\xbe\x8e\xe6\xb4\xb2 "
    "\xe5\x8c\x97\xe7\xbe\x8e\xe6\xb4\xb2 \xe5\xa4\xa7\xe6\xb4\x8b\xe6\xb4\xb2 "
    "\xe4\xb8\x9c\xe5\x8d\x97\xe4\xba\x9a\xe5\x9b\xbd\xe5\xae\xb6\xe8\x81\x94\xe7\x9b\x9f "
    "\xe4\xb8\x9c\xe7\x9b\x9f \xe6\xac\xa7\xe6\xb4\xb2\xe8\x81\x94\xe7\x9b\x9f \xe6\xac\xa7\xe7\x9b\x9f "
    "\xe4\xba\x9a\xe5\xa4\xaa\xe7\xbb\x8f\xe6\xb5\x8e\xe5\x90\x88\xe4\xbd\x9c\xe7\xbb\x84\xe7\xbb\x87 ";

static const trade_layout layout_table[] = {
    {TRADE_LAYOUT_BACI,
     TRADE_WIDE_NONE,
     3,
     3,
     TRADE_USD,
     TRADE_FLOW_EXPORT,
     "CEPII BACI",
     "t&i&j&k&v",
     {"t", "i", "j", "k", NULL, "v", "q", "q", NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_COMTRADE,
     TRADE_WIDE_NONE,
     0,
     0,
     TRADE_USD,
     0,
     "UN Comtrade",
     "cmdCode&primaryValue&reporterCode|reporterISO|reporterDesc",
     {"period|refYear", "reporterCode|reporterISO|reporterDesc", "partnerCode|partnerISO|partnerDesc", "cmdCode",
      "flowCode|flowDesc", "primaryValue", "qty", "netWgt", "qtyUnitAbbr|qtyUnitCode", "legacyEstimationFlag", NULL,
      NULL, NULL, NULL, "isLeaf"}},
    {TRADE_LAYOUT_COMTRADE_LEGACY,
     TRADE_WIDE_NONE,
     0,
     0,
     TRADE_USD,
     0,
     "UN Comtrade (legacy)",
     "Trade Value (US$)&Trade Flow",
     {"Period|Year", "Reporter Code|Reporter ISO|Reporter", "Partner Code|Partner ISO|Partner",
      "Commodity Code|Commodity", "Trade Flow", "Trade Value (US$)", "Qty", "Netweight (kg)", "Qty Unit", "Flag", NULL,
      NULL, NULL, NULL, "Is Leaf Code"}},
    {TRADE_LAYOUT_SDMX_CSV_2,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "SDMX-CSV 2",
     "STRUCTURE&STRUCTURE_ID&TIME_PERIOD&OBS_VALUE",
     {"TIME_PERIOD", "REPORTER|REF_AREA|COUNTRY|GEO|CURRENCY_DENOM",
      "PARTNER|COUNTERPART_AREA|COUNTERPART_COUNTRY|CURRENCY",
      "PRODUCT|COMMODITY|PRODUCT_CODE|ITEM|CLASSIFICATION|MEASURE|INDICATOR",
      "FLOW|TRADE_FLOW|STK_FLOW|ACCOUNTING_ENTRY|BOP_ACCOUNTING_ENTRY", "OBS_VALUE", NULL, NULL,
      "UNIT_MEASURE|UNIT|CURRENCY", "OBS_STATUS|OBS_FLAG", "CONF_STATUS|OBS_CONF", "UNIT_MULT|SCALE",
      "INDICATORS|INDIC_ET", NULL, NULL, "ACTION"}},
    {TRADE_LAYOUT_SDMX_CSV,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "SDMX-CSV",
     "DATAFLOW|KEY&TIME_PERIOD&OBS_VALUE",
     {"TIME_PERIOD", "REPORTER|REF_AREA|CURRENCY_DENOM|GEO", "PARTNER|COUNTERPART_AREA|CURRENCY",
      "PRODUCT|COMMODITY|PRODUCT_CODE|SITC06|BCLAS_BOP|BOP_ITEM|INDIC_ET|INDIC_BP|ITEM|INDICATOR",
      "FLOW|STK_FLOW|TRADE_FLOW|ACCOUNTING_ENTRY", "OBS_VALUE", NULL, NULL, "UNIT_MEASURE|UNIT|CURRENCY",
      "OBS_STATUS|OBS_FLAG", "CONF_STATUS|OBS_CONF", "UNIT_MULT", "INDICATORS|INDIC_ET", NULL, NULL}},
    {TRADE_LAYOUT_WTO,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "WTO Stats",
     "IndicatorCode&ReporterCode|Reporting Economy Code|Reporting Economy&ProductCode|Product/Sector "
     "Code&UnitCode&Year&Value",
     {"Year", "ReporterCode|Reporting Economy Code|Reporting Economy",
      "PartnerCode|Partner Economy Code|Partner Economy", "ProductCode|Product/Sector Code", NULL, "Value", NULL, NULL,
      "UnitCode", "ValueFlagCode", NULL, NULL, "IndicatorCode", "PeriodCode", NULL}},
    {TRADE_LAYOUT_BATIS,
     TRADE_WIDE_NONE,
     6,
     0,
     TRADE_USD,
     0,
     "WTO-OECD BaTIS",
     "Reporter&Partner&Flow&Item_code&Year&Balanced_value",
     {"Year", "Reporter", "Partner", "Item_code", "Flow", "Balanced_value", NULL, NULL, NULL, "Final_value_methodology",
      NULL, NULL, NULL, NULL, NULL, NULL, "type_Reporter", "type_Partner"}},
    {TRADE_LAYOUT_IMF_IFS,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "IMF IFS",
     "Country Code&Indicator Code&Time Period&Value",
     {"Time Period", "Country Code", NULL, "Indicator Code", NULL, "Value", NULL, NULL, NULL, "Status", NULL, NULL,
      NULL, NULL, NULL}},
    {TRADE_LAYOUT_IMF_PORTAL,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "IMF Data Portal",
     "DATASET&SERIES_CODE&OBS_MEASURE",
     {NULL, "COUNTRY.ID|COUNTRY|REPORTER.ID|REPORTER", "COUNTERPART_COUNTRY.ID|COUNTERPART_COUNTRY|PARTNER.ID|PARTNER",
      "INDICATOR.ID|INDICATOR", "TRADE_FLOW.ID|TRADE_FLOW|BOP_ACCOUNTING_ENTRY.ID|BOP_ACCOUNTING_ENTRY", NULL, NULL,
      NULL, "UNIT|CURRENCY", NULL, NULL, "SCALE.ID|SCALE", NULL, NULL, NULL}},
    {TRADE_LAYOUT_WORLD_BANK,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "World Bank",
     "Country Name&Indicator Code|Series Code|Indicator Name|Series Name",
     {NULL, "Country Code|Country Name", NULL, "Indicator Code|Series Code|Indicator Name|Series Name", NULL, NULL,
      NULL, NULL, NULL, NULL, NULL, NULL, "Indicator Name|Series Name", NULL, NULL}},
    {TRADE_LAYOUT_UNCTADSTAT,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "UNCTADstat",
     "Economy&Economy_Label",
     {NULL, "Economy", "Partner", "Product|Category|Series|Mode|Direction", "Flow|FlowCategory", NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_UNCTADSTAT,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "UNCTADstat",
     "Economy&Economy_Label&Year|Period|Quarter|Month",
     {"Period|Quarter|Month|Year", "Economy", "Partner", "Product|Category|Series|Mode|Direction", "Flow|FlowCategory",
      "", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_UNCTADSTAT,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "UNCTADstat (before the Data Hub)",
     "+ECONOMY",
     {NULL, "ECONOMY", "PARTNER", "PRODUCT|CATEGORY|SERIES|SECTOR", "FLOW|DIRECTION", NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_GACC,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "China Customs",
     layout_gacc_value,
     {layout_gacc_period, NULL, layout_gacc_partner, layout_gacc_product, NULL, layout_gacc_value + 1,
      layout_gacc_quantity, NULL, layout_gacc_unit, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_GACC,
     TRADE_WIDE_FLOWS,
     0,
     0,
     0,
     0,
     "China Customs",
     "+",
     {layout_gacc_period, NULL, layout_gacc_partner, layout_gacc_product, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL}},
    {TRADE_LAYOUT_EUROSTAT_TSV,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "Eurostat TSV",
     "",
     {NULL, "reporter|geo", "partner", "product|sitc06|bclas_bop|bop_item|indic_et|indic_bp|indic", "flow|stk_flow",
      NULL, NULL, NULL, "unit|currency", NULL, NULL, NULL, "indicators|indic_et", NULL, NULL}},
    {TRADE_LAYOUT_OWID,
     TRADE_WIDE_SERIES,
     0,
     0,
     0,
     0,
     "Our World in Data",
     "Entity&Year",
     {"Year", "Code|Entity", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_ECB_RATES,
     TRADE_WIDE_CURRENCIES,
     0,
     0,
     0,
     0,
     "ECB reference rates",
     "Date&USD&JPY",
     {"Date", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_PLAIN,
     TRADE_WIDE_CURRENCIES,
     0,
     0,
     0,
     0,
     "rates, currencies in columns",
     "",
     {"date|month|year", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_FRED,
     TRADE_WIDE_SERIES,
     0,
     0,
     0,
     0,
     "FRED",
     "DATE|observation_date",
     {"DATE|observation_date", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}},
    {TRADE_LAYOUT_PLAIN,
     TRADE_WIDE_NONE,
     0,
     0,
     0,
     0,
     "plain table",
     "",
     {trade_layout_period_names, layout_plain_reporter, layout_plain_partner, layout_plain_product, layout_plain_flow,
      trade_layout_value_names, "quantity|qty|q",
      "net_weight|netweight|net_wgt|weight|netweight_kg|net_weight_kg|weight_kg|netweight(kg)|weight(kg)",
      layout_plain_unit, layout_plain_flag, NULL, "unit_mult", NULL, "month|quarter", NULL}},
    {TRADE_LAYOUT_PLAIN,
     TRADE_WIDE_FLOWS,
     0,
     0,
     0,
     0,
     "plain table, flows in columns",
     "",
     {trade_layout_period_names, layout_plain_reporter, layout_plain_partner, layout_plain_product, layout_plain_flow,
      NULL, NULL, NULL, layout_plain_unit, layout_plain_flag, NULL, "unit_mult", NULL, "month|quarter", NULL}},
    {TRADE_LAYOUT_PLAIN,
     TRADE_WIDE_PERIODS,
     0,
     0,
     0,
     0,
     "plain table, periods in columns",
     "",
     {NULL, layout_plain_reporter, layout_plain_partner, layout_plain_product, layout_plain_flow, NULL, NULL, NULL,
      layout_plain_unit, layout_plain_flag, NULL, "unit_mult", NULL, NULL, NULL}},
};

const trade_layout *trade_layout_at(size_t position) {
  return position < sizeof layout_table / sizeof layout_table[0] ? layout_table + position : NULL;
}

const char *trade_layout_others(int32_t layout) {
  if (layout == TRADE_LAYOUT_COMTRADE) return "partner2Code|partner2ISO|partner2Desc&customsCode&mosCode&motCode";
  if (layout == TRADE_LAYOUT_COMTRADE_LEGACY)
    return "2nd Partner Code|2nd Partner&Customs Proc. Code&Mode of Transport Code";
  return "";
}

const trade_layout *trade_layout_plain(void) {
  const trade_layout *layout = layout_table;
  while (layout->id != TRADE_LAYOUT_PLAIN || layout->wide) layout++;
  return layout;
}

/** 1 if a word of small letters stands at a place of a name, in letters of either case. */
static int layout_is_at(const trade_text *name, size_t at, const char *word) {
  size_t same = 0;
  while (word[same] && at + same < name->length && trade_lower(name->bytes[at + same]) == word[same]) same++;
  return !word[same];
}

/** 1 if such a word is in a name, or begins one of its words. */
static int layout_has_word(const trade_text *name, const char *word) {
  for (size_t at = 0; at < name->length; at++)
    if (layout_is_at(name, at, word) && (at == 0 || !trade_is_letter(name->bytes[at - 1]))) return 1;
  return 0;
}

/** The power of ten that the first `length` bytes of a name end in: "100", "hundred thousand"; 0 if none. */
static int32_t layout_power_before(const trade_text *name, size_t length) {
  static const struct {
    const char *word;
    int32_t power;
  } words[] = {{"thousand", 3}, {"hundred", 2}, {"ten", 1}}; /* in this order from their end */
  int32_t power = 0, zeros = 0;
  for (size_t i = 0; i <= sizeof words / sizeof words[0]; i++) {
    while (length && (name->bytes[length - 1] == ' ' || name->bytes[length - 1] == '-')) length--;
    if (i == sizeof words / sizeof words[0]) break;
    const size_t size = strlen(words[i].word), first = length - size;
    if (length < size || !layout_is_at(name, first, words[i].word) ||
        (first && trade_is_letter(name->bytes[first - 1])))
      continue;
    power += words[i].power;
    length = first;
  }
  for (; length && (name->bytes[length - 1] == '0' || name->bytes[length - 1] == ','); length--)
    zeros += name->bytes[length - 1] == '0';
  char before = ' ';
  if (length > 1) before = name->bytes[length - 2];
  const int is_one =
      length && name->bytes[length - 1] == '1' && !trade_is_digit(before) && before != ',' && before != '.';
  return is_one && zeros < 10 ? power + zeros : power;
}

int32_t trade_layout_power(const trade_text *name) {
  static const struct {
    const char *word;
    int32_t power;
  } english[] = {{"trillion", 12}, {"billion", 9}, {"million", 6}, {"thousand", 3}},
    chinese[] = {{"\xe7\x99\xbe\xe4\xb8\x87", 6},
                 {"\xe5\x8d\x83\xe4\xb8\x87", 7},
                 {"\xe5\x8d\x81\xe4\xba\xbf", 9},
                 {"\xe4\xba\xbf", 8},
                 {"\xe4\xb8\x87", 4},
                 {"\xe5\x8d\x83", 3}}; /* 百万 千万 十亿 亿 万 千 */
  for (size_t i = 0; i < sizeof english / sizeof english[0]; i++)
    for (size_t at = 0; at < name->length; at++)
      if (layout_is_at(name, at, english[i].word)) return english[i].power + layout_power_before(name, at);
  for (size_t i = 0; i < sizeof chinese / sizeof chinese[0]; i++)
    if (trade_text_find(name, chinese[i].word) != SIZE_MAX) return chinese[i].power;
  return 0;
}

/** The currency whose letters are a word of a name: "value_eur", and, in brackets, any in capitals, "(GBP million)". */
static int32_t layout_currency_by_letters(const trade_text *name) {
  int in_brackets = 0;
  for (size_t at = 0; at < name->length; at++) {
    trade_text word = {name->bytes + at, 0};
    while (at < name->length && trade_is_letter(name->bytes[at])) at++, word.length++;
    if (layout_is_at(&word, 0, "usd") && word.length == 3) return TRADE_USD;
    if (layout_is_at(&word, 0, "eur") && word.length == 3) return TRADE_EUR;
    int capitals = in_brackets && !trade_text_is(&word, "ALL"); /* is a word more often than the lek */
    for (size_t i = 0; i < word.length; i++) capitals &= !trade_is_lower(word.bytes[i]);
    const int32_t currency = capitals ? trade_layout_letters(&word) : 0;
    if (currency) return currency;
    in_brackets |= at < name->length && name->bytes[at] == '(';
  }
  return 0;
}

int32_t trade_layout_currency(const trade_text *name) {
  static const struct {
    const char *word;
    int32_t currency;
  } words[] = {{"US$", TRADE_USD},
               {"US_at_", TRADE_USD},
               {"US dollar", TRADE_USD},
               {"US Dollar", TRADE_USD},
               {"USD", TRADE_USD},
               {"\xe7\xbe\x8e\xe5\x85\x83", TRADE_USD},
               {"\xe4\xba\xba\xe6\xb0\x91\xe5\xb8\x81", TRADE_CNY},
               {"\xe4\xba\xbf\xe5\x85\x83", TRADE_CNY},
               {"\xe4\xb8\x87\xe5\x85\x83", TRADE_CNY}}; /* 美元 人民币 亿元 万元 */
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (trade_text_find(name, words[i].word) != SIZE_MAX) return words[i].currency;
  return layout_currency_by_letters(name);
}

int32_t trade_layout_letters(const trade_text *text) {
  int32_t currency = 0;
  return text->length == 3 && text->bytes[0] >= 'A' && trade_currency_parse(text->bytes, 3, &currency) == TRADE_OK
             ? currency
             : 0;
}

void trade_layout_rate(const trade_text *name, int32_t *base, int32_t *quote) {
  static const char codes[] =
      "USUSD EUEUR CHCNY JPJPY UKGBP CACAD MXMXN KOKRW ININR BZBRL SZCHF SDSEK NONOK DNDKK ALAUD NZNZD HKHKD SISGD "
      "TATWD THTHB MAMYR SFZAR SLLKR";
  if (name->length < 7 || !trade_text_begins(name, "DEX") || (name->length > 7 && name->bytes[7] != '_')) return;
  int32_t found[2] = {0, 0};
  for (size_t side = 0; side < 2; side++)
    for (size_t i = 0; i + 5 < sizeof codes; i += 6) {
      const trade_text letters = {codes + i + 2, 3};
      if (memcmp(codes + i, name->bytes + 3 + 2 * side, 2) == 0) found[side] = trade_layout_letters(&letters);
    }
  if (!found[0] || !found[1]) return;
  *quote = found[0];
  *base = found[1];
}

int32_t trade_layout_unit(const trade_text *unit, int32_t *power) {
  if (unit->length != 7 || unit->bytes[3] != '_') return 0;
  const trade_text letters = {unit->bytes + 4, 3};
  const int32_t found = trade_text_begins(unit, "MIO") ? 6 : trade_text_begins(unit, "THS") ? 3 : 0;
  const int32_t currency = found ? trade_layout_letters(&letters) : 0;
  if (currency) *power = found;
  return currency;
}

int32_t trade_layout_indicator(const trade_text *code, int32_t *flow) {
  static const struct {
    const char *part;
    int32_t flow;
  } flows[] = {{"_EXP_", TRADE_FLOW_EXPORT}, {"_IMP_", TRADE_FLOW_IMPORT}, {"_BAL_", TRADE_FLOW_BALANCE}};
  for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++)
    if (trade_text_find(code, flows[i].part) != SIZE_MAX) *flow = flows[i].flow;
  return trade_text_is(code, "TRD_VAL") || trade_text_is(code, "MIO_EXP_VAL") || trade_text_is(code, "MIO_IMP_VAL") ||
                 trade_text_is(code, "MIO_BAL_VAL")
             ? TRADE_EUR
             : 0;
}

int32_t trade_layout_wto_flow(const trade_text *code) {
  size_t at = code->length;
  while (at && code->bytes[at - 1] != '_') at--;
  if (at + 2 < code->length && code->bytes[at] == 'Q' && code->bytes[at + 1] == 'A') at++;
  if (at + 1 >= code->length || !strchr("AMQ", code->bytes[at])) return TRADE_FLOW_UNKNOWN;
  return code->bytes[at + 1] == 'X'   ? TRADE_FLOW_EXPORT
         : code->bytes[at + 1] == 'M' ? TRADE_FLOW_IMPORT
                                      : TRADE_FLOW_UNKNOWN;
}

/** The flow that an English name is of values of: none for a share, growth, an index or a quantity. Codes of a letter or two are no such
 *  name. */
static int32_t layout_flow_in_english(const trade_text *name) {
  static const char *const others[] = {"%",      "percent", "per cent", "growth", "share",    "index", "indices",
                                       "change", "tonnes",  "tons",     "kg",     "quantity", "volume"};
  int32_t flow = TRADE_FLOW_UNKNOWN;
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (layout_has_word(name, others[i])) return flow;
  const size_t bracket = trade_text_find(name, " (");
  const size_t length = bracket != SIZE_MAX ? bracket : name->length;
  if (length >= 5) (void)trade_flow_parse(name->bytes, length, &flow);
  return flow;
}

/** The flow that a Chinese name is of, both flows together and none left out; 0: none. */
static int32_t layout_flow_in_chinese(const trade_text *name) {
  static const struct {
    const char *word;
    int32_t flow; /* the first word that is found decides */
  } words[] = {{"\xe5\xb7\xae\xe9\xa2\x9d", TRADE_FLOW_BALANCE},
               {"\xe8\xbf\x9b\xe5\x87\xba\xe5\x8f\xa3", TRADE_FLOW_UNKNOWN},
               {"\xe5\x87\xba\xe5\x8f\xa3", TRADE_FLOW_EXPORT},
               {"\xe8\xbf\x9b\xe5\x8f\xa3", TRADE_FLOW_IMPORT}}; /* 差额 进出口 出口 进口 */
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (trade_text_find(name, words[i].word) != SIZE_MAX) return words[i].flow;
  return TRADE_FLOW_UNKNOWN;
}

/** 1 if a Chinese name is of something else than the values of the period: cumulated ones, growth, quantities. */
static int layout_other_in_chinese(const trade_text *name) {
  static const char *const words[] = {
      "\xe7\xb4\xaf\xe8\xae\xa1", /* 累计 */
      "\xe5\x90\x8c\xe6\xaf\x94", /* 同比 */
      "\xe7\x8e\xaf\xe6\xaf\x94", /* 环比 */
      "\xe5\x90\x8c\xe6\x9c\x9f", /* 同期 */
      "\xe5\xa2\x9e\xe9\x95\xbf", /* 增长 */
      "%",
      "\xef\xbc\x85",             /* ％ */
      "\xc2\xb1",                 /* ± */
      "\xe6\x95\xb0\xe9\x87\x8f", /* 数量 */
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (trade_text_find(name, words[i]) != SIZE_MAX) return 1;
  return 0;
}

int32_t trade_layout_flow(int32_t layout, const trade_text *name) {
  if (layout != TRADE_LAYOUT_GACC) return layout_flow_in_english(name);
  return layout_other_in_chinese(name) ? TRADE_FLOW_UNKNOWN : layout_flow_in_chinese(name);
}

/* "2022年12月出口商品国别（地区）总值表（美元值）", "单位：千美元", "in millions" */
int trade_layout_read_title(const trade_text *line, trade_title *title) {
  const size_t year = trade_text_find(line, "\xe5\xb9\xb4");                   /* 年 */
  size_t unit = trade_text_find(line, "\xe5\x8d\x95\xe4\xbd\x8d\xef\xbc\x9a"); /* 单位： */
  if (unit == SIZE_MAX) unit = trade_text_find(line, "\xe5\x8d\x95\xe4\xbd\x8d:");
  if (year != SIZE_MAX && year >= 4) {
    int32_t day;
    trade_text text = {line->bytes + (year - 4), line->length - (year - 4)};
    const size_t month = trade_text_find(&text, "\xe6\x9c\x88");   /* 月 */
    text.length = month != SIZE_MAX && month < 13 ? month + 3 : 7; /* up to the month's word or to the year's */
    (void)trade_text_moment(&text, &title->period, &day);
  }
  int32_t power = trade_text_find(line, " in ") != SIZE_MAX ? trade_layout_power(line) : 0;
  if (unit != SIZE_MAX) {
    const trade_text rest = {line->bytes + unit, line->length - unit};
    power = trade_layout_power(&rest);
    title->has_unit = 1;
  }
  const int32_t currency = trade_layout_currency(line), flow = layout_flow_in_chinese(line);
  if (power) title->power = power;
  if (currency) title->currency = currency;
  if (flow) title->flow = flow;
  return unit != SIZE_MAX;
}

const char *trade_layout_binary(const char *bytes, size_t size) {
  static const struct {
    const char *begin, *reason;
  } kinds[] = {{"\x1f\x8b", "gzip bytes: they must be decompressed first"},
               {"PK\x03\x04", "a zip archive or a spreadsheet, not a text"},
               {"\xd0\xcf\x11\xe0", "a spreadsheet, not a text"},
               {"\x28\xb5\x2f\xfd", "zstd bytes: they must be decompressed first"},
               {"7z\xbc\xaf", "a 7z archive, not a text"},
               {"\xff\xfe", "UTF-16, not UTF-8 or another charset with ASCII in it"},
               {"\xfe\xff", "UTF-16, not UTF-8 or another charset with ASCII in it"},
               {"<!DOCTYPE", "a page of HTML, not a table"},
               {"<html", "a page of HTML, not a table"},
               {"{", "JSON, not a table"}};
  const trade_text text = {bytes, size};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    if (trade_text_begins(&text, kinds[i].begin)) return kinds[i].reason;
  return NULL;
}

int trade_layout_scale(const trade_text *text, int32_t *power) {
  double number;
  if (!text->length || trade_text_missing(text->bytes, text->length) || trade_text_is(text, "Units")) return 1;
  const int32_t word = trade_layout_power(text);
  if (word) return *power += word, 1;
  if (trade_number_parse(text->bytes, text->length, &number) || number < -20 || number > 20 ||
      number != (double)(int32_t)number)
    return 0;
  return *power += (int32_t)number, 1;
}

int trade_layout_is_group(int32_t layout, const trade_text *text) {
  static const struct {
    int32_t layout; /* 0: SDMX and Eurostat */
    const char *words;
  } groups[] = {
      {TRADE_LAYOUT_COMTRADE, " 0 W00 97 World "},
      {TRADE_LAYOUT_COMTRADE_LEGACY, " 0 World WLD 97 "},
      {0, " WORLD W W0 W1 W00 WLD G20 OECD EU EU27 EU28 EU15 EA EA19 EA20 EA21 I8 I9 _Z_T "},
      {TRADE_LAYOUT_WTO, " 000 918 "}, /* World, European Union */
      {TRADE_LAYOUT_BATIS, " WL World "},
      {TRADE_LAYOUT_UNCTADSTAT, " 0000 World "},
      {TRADE_LAYOUT_IMF_IFS, " 001 "},
      {TRADE_LAYOUT_IMF_PORTAL, " World G001 "},
      {TRADE_LAYOUT_OWID, " OWID_WRL World "},
      {TRADE_LAYOUT_GACC, layout_gacc_groups},
      {TRADE_LAYOUT_PLAIN, " World WORLD world WLD W00 Total TOTAL total "},
      {TRADE_LAYOUT_WORLD_BANK, " AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX INX "
                                "LAC LCN LDC LIC LMC LMY LTE MEA MIC "
                                "MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD "},
  };
  const int sdmx = trade_layout_is_sdmx(layout) || layout == TRADE_LAYOUT_EUROSTAT_TSV;
  if (sdmx && (trade_text_begins(text, "EXT_E") || trade_text_begins(text, "INT_E") ||
               trade_text_begins(text, "EU27_") || trade_text_begins(text, "EU28_")))
    return 1;
  if (layout == TRADE_LAYOUT_UNCTADSTAT && text->length == 4 && text->bytes[0] > '0')
    return 1; /* countries are below 1000 */
  if (layout == TRADE_LAYOUT_OWID && !text->length) return 1;
  if (!text->length || text->length > 32 || memchr(text->bytes, ' ', text->length)) return 0;
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
    if (groups[i].layout != (sdmx ? 0 : layout)) continue;
    const char *words = groups[i].words;
    for (size_t at = 0, last = strlen(words) - 1; at + text->length < last; at++)
      if (words[at] == ' ' && words[at + 1 + text->length] == ' ' &&
          memcmp(words + at + 1, text->bytes, text->length) == 0)
        return 1;
  }
  return 0;
}

int trade_layout_is_total(int32_t layout, const trade_text *text) {
  switch (layout) {
  case TRADE_LAYOUT_WTO:
    return trade_text_is(text, "TO");
  case TRADE_LAYOUT_BATIS:
    return trade_text_is(text, "S");
  case TRADE_LAYOUT_GACC:
    return trade_text_is(text, "\xe6\x80\xbb\xe5\x80\xbc") || trade_text_is(text, "\xe6\x80\xbb\xe8\xae\xa1") ||
           trade_text_is(text, "\xe5\x90\x88\xe8\xae\xa1"); /* 总值 总计 合计 */
  case TRADE_LAYOUT_WORLD_BANK:
  case TRADE_LAYOUT_FRED:
  case TRADE_LAYOUT_OWID:
  case TRADE_LAYOUT_IMF_IFS:
  case TRADE_LAYOUT_IMF_PORTAL:
    return 0;
  default:
    return trade_text_same_name(text->bytes, text->length, "total", 5) || trade_text_is(text, "_T");
  }
}

int32_t trade_layout_marks(int32_t layout, const trade_text *flag) {
  int32_t marks = 0;
  if (!flag->length || layout == TRADE_LAYOUT_PLAIN) return 0;
  if (layout == TRADE_LAYOUT_COMTRADE || layout == TRADE_LAYOUT_COMTRADE_LEGACY)
    return trade_text_is(flag, "0") ? 0 : TRADE_RECORD_ESTIMATED;
  if (layout == TRADE_LAYOUT_BATIS) return flag->bytes[0] == 'E' || flag->bytes[0] == 'M' ? TRADE_RECORD_ESTIMATED : 0;
  for (size_t i = 0; i < flag->length; i++) {
    const char c = flag->bytes[i];
    marks |= c == 'e' || c == 'E' || c == 's' ? TRADE_RECORD_ESTIMATED
             : c == 'p' || c == 'P'           ? TRADE_RECORD_PROVISIONAL
             : c == 'c' || c == 'C'           ? TRADE_RECORD_CONFIDENTIAL
                                              : 0;
  }
  return marks;
}
