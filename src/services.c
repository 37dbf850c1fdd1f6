#include "tradestat/services.h"

#include "internal.h"
#include "tradestat/growth.h"
#include "tradestat/share.h"
#include "tradestat/sum.h"

typedef struct services_row {
  char code[8];
  uint8_t role;
  const char *name;
  const char *ebops_2002;
} services_row;

/* Short names for the table, and two kinds of what is there "of which" that are no part of the item above. */
enum {
  SERVICES_COMPONENT = TRADE_SERVICES_COMPONENT,
  SERVICES_ALTERNATIVE = TRADE_SERVICES_ALTERNATIVE,
  SERVICES_OF_WHICH = TRADE_SERVICES_OF_WHICH,
  SERVICES_GROUP = TRADE_SERVICES_GROUP,
  SERVICES_GROSS = 5, /* in gross terms, where the item is a net one */
  SERVICES_ACROSS = 6 /* reaches into other items too */
};

/*
 * EBOPS 2010 sorted by code. Codes, their order and which item stands under which, and the definitions of SOX, SOX1,
 * SPX1 and SPX4, are those of the OECD's balance of payments dataflow (DSD_BOP, measure), which shares them with
 * Eurostat's bop_its6_det; SOX1 is SPX1 less SL there, as it is SOX less SA, SB, SC and SD. Parents are not stored: an
 * item's parent has the longest code that its own begins with. The three-digit codes are those of MSITS 2002, annex II.
 */
/* clang-format off */
static const services_row services_table[] = {
    {"S", SERVICES_COMPONENT, "Services", "200"},
    {"SA", SERVICES_COMPONENT, "Manufacturing services on physical inputs owned by others", ""},
    {"SAY", SERVICES_GROSS, "Goods for processing in the reporting economy", NULL},
    {"SAZ", SERVICES_GROSS, "Goods for processing abroad", NULL},
    {"SB", SERVICES_COMPONENT, "Maintenance and repair services n.i.e.", ""},
    {"SC", SERVICES_COMPONENT, "Transport", "205+246"},
    {"SC1", SERVICES_COMPONENT, "Sea transport", NULL},
    {"SC11", SERVICES_COMPONENT, "Sea transport: passenger", NULL},
    {"SC12", SERVICES_COMPONENT, "Sea transport: freight", NULL},
    {"SC13", SERVICES_COMPONENT, "Sea transport: other", NULL},
    {"SC2", SERVICES_COMPONENT, "Air transport", NULL},
    {"SC21", SERVICES_COMPONENT, "Air transport: passenger", NULL},
    {"SC22", SERVICES_COMPONENT, "Air transport: freight", NULL},
    {"SC23", SERVICES_COMPONENT, "Air transport: other", NULL},
    {"SC3", SERVICES_COMPONENT, "Other modes of transport", NULL},
    {"SC31", SERVICES_COMPONENT, "Other modes of transport: passenger", NULL},
    {"SC32", SERVICES_COMPONENT, "Other modes of transport: freight", NULL},
    {"SC33", SERVICES_COMPONENT, "Other modes of transport: other", NULL},
    {"SC3A", SERVICES_ALTERNATIVE, "Space transport", NULL},
    {"SC3B", SERVICES_ALTERNATIVE, "Rail transport", NULL},
    {"SC3B1", SERVICES_COMPONENT, "Rail transport: passenger", NULL},
    {"SC3B2", SERVICES_COMPONENT, "Rail transport: freight", NULL},
    {"SC3B3", SERVICES_COMPONENT, "Rail transport: other", NULL},
    {"SC3C", SERVICES_ALTERNATIVE, "Road transport", NULL},
    {"SC3C1", SERVICES_COMPONENT, "Road transport: passenger", NULL},
    {"SC3C2", SERVICES_COMPONENT, "Road transport: freight", NULL},
    {"SC3C3", SERVICES_COMPONENT, "Road transport: other", NULL},
    {"SC3D", SERVICES_ALTERNATIVE, "Inland waterway transport", NULL},
    {"SC3D1", SERVICES_COMPONENT, "Inland waterway transport: passenger", NULL},
    {"SC3D2", SERVICES_COMPONENT, "Inland waterway transport: freight", NULL},
    {"SC3D3", SERVICES_COMPONENT, "Inland waterway transport: other", NULL},
    {"SC3E", SERVICES_ALTERNATIVE, "Pipeline transport", NULL},
    {"SC3F", SERVICES_ALTERNATIVE, "Electricity transmission", NULL},
    {"SC3G", SERVICES_ALTERNATIVE, "Other supporting and auxiliary transport services", NULL},
    {"SC4", SERVICES_COMPONENT, "Postal and courier services", NULL},
    {"SC41X", SERVICES_OF_WHICH, "Postal services", NULL},
    {"SCA", SERVICES_ALTERNATIVE, "All modes of transport: passenger", NULL},
    {"SCB", SERVICES_ALTERNATIVE, "All modes of transport: freight", NULL},
    {"SCC", SERVICES_ALTERNATIVE, "All modes of transport: other", NULL},
    {"SCC1", SERVICES_OF_WHICH, "All modes of transport: other, without postal and courier services", NULL},
    {"SD", SERVICES_COMPONENT, "Travel", "236"},
    {"SD1", SERVICES_ALTERNATIVE, "Travel: goods", NULL},
    {"SD2", SERVICES_ALTERNATIVE, "Travel: local transport services", NULL},
    {"SD3", SERVICES_ALTERNATIVE, "Travel: accommodation services", NULL},
    {"SD4", SERVICES_ALTERNATIVE, "Travel: food-serving services", NULL},
    {"SD5", SERVICES_ALTERNATIVE, "Travel: other services", NULL},
    {"SD5Y", SERVICES_OF_WHICH, "Travel: education services", NULL},
    {"SD5Z", SERVICES_OF_WHICH, "Travel: health services", NULL},
    {"SDA", SERVICES_COMPONENT, "Business travel", NULL},
    {"SDA1", SERVICES_COMPONENT, "Business travel: border, seasonal and other short-term workers", NULL},
    {"SDA2", SERVICES_COMPONENT, "Business travel: other", NULL},
    {"SDB", SERVICES_COMPONENT, "Personal travel", NULL},
    {"SDB1", SERVICES_COMPONENT, "Personal travel: health-related", NULL},
    {"SDB2", SERVICES_COMPONENT, "Personal travel: education-related", NULL},
    {"SDB3", SERVICES_COMPONENT, "Personal travel: other", NULL},
    {"SDZ", SERVICES_ACROSS, "Tourism-related services in travel and passenger transport", NULL},
    {"SE", SERVICES_COMPONENT, "Construction", "249"},
    {"SE1", SERVICES_COMPONENT, "Construction abroad", NULL},
    {"SE2", SERVICES_COMPONENT, "Construction in the reporting economy", NULL},
    {"SF", SERVICES_COMPONENT, "Insurance and pension services", "253"},
    {"SF1", SERVICES_COMPONENT, "Direct insurance", NULL},
    {"SF11", SERVICES_COMPONENT, "Life insurance", NULL},
    {"SF11Y", SERVICES_GROSS, "Life insurance: gross premiums", NULL},
    {"SF11Z", SERVICES_GROSS, "Life insurance: gross claims", NULL},
    {"SF12", SERVICES_COMPONENT, "Freight insurance", NULL},
    {"SF12Y", SERVICES_GROSS, "Freight insurance: gross premiums", NULL},
    {"SF12Z", SERVICES_GROSS, "Freight insurance: gross claims", NULL},
    {"SF13", SERVICES_COMPONENT, "Other direct insurance", NULL},
    {"SF13Y", SERVICES_GROSS, "Other direct insurance: gross premiums", NULL},
    {"SF13Z", SERVICES_GROSS, "Other direct insurance: gross claims", NULL},
    {"SF2", SERVICES_COMPONENT, "Reinsurance", NULL},
    {"SF3", SERVICES_COMPONENT, "Auxiliary insurance services", NULL},
    {"SF4", SERVICES_COMPONENT, "Pension and standardised guarantee services", NULL},
    {"SF41", SERVICES_COMPONENT, "Pension services", NULL},
    {"SF42", SERVICES_COMPONENT, "Standardised guarantee services", NULL},
    {"SG", SERVICES_COMPONENT, "Financial services", "260"},
    {"SG1", SERVICES_COMPONENT, "Explicitly charged and other financial services", NULL},
    {"SG2", SERVICES_COMPONENT, "Financial intermediation services indirectly measured (FISIM)", NULL},
    {"SH", SERVICES_COMPONENT, "Charges for the use of intellectual property n.i.e.", "266"},
    {"SH1", SERVICES_COMPONENT, "Franchises and trademarks licensing fees", NULL},
    {"SH2", SERVICES_COMPONENT, "Licences for the use of outcomes of research and development", NULL},
    {"SH3", SERVICES_COMPONENT, "Licences to reproduce or distribute computer software", NULL},
    {"SH4", SERVICES_COMPONENT, "Licences to reproduce or distribute audiovisual and related products", NULL},
    {"SH41", SERVICES_COMPONENT, "Licences to reproduce or distribute audiovisual products", NULL},
    {"SH42", SERVICES_COMPONENT, "Licences to reproduce or distribute other products", NULL},
    {"SI", SERVICES_COMPONENT, "Telecommunications, computer and information services", "247+262"},
    {"SI1", SERVICES_COMPONENT, "Telecommunications services", NULL},
    {"SI2", SERVICES_COMPONENT, "Computer services", NULL},
    {"SI21", SERVICES_COMPONENT, "Computer software", NULL},
    {"SI21Z", SERVICES_OF_WHICH, "Software originals", NULL},
    {"SI22", SERVICES_COMPONENT, "Other computer services", NULL},
    {"SI3", SERVICES_COMPONENT, "Information services", NULL},
    {"SI31", SERVICES_COMPONENT, "News agency services", NULL},
    {"SI32", SERVICES_COMPONENT, "Other information services", NULL},
    {"SJ", SERVICES_COMPONENT, "Other business services", "268"},
    {"SJ1", SERVICES_COMPONENT, "Research and development services", NULL},
    {"SJ11", SERVICES_COMPONENT, "Work undertaken systematically to increase the stock of knowledge", NULL},
    {"SJ111", SERVICES_COMPONENT, "Customised and non-customised research and development services", NULL},
    {"SJ112", SERVICES_COMPONENT, "Sale of proprietary rights arising from research and development", NULL},
    {"SJ1121", SERVICES_COMPONENT, "Patents", NULL},
    {"SJ1122", SERVICES_COMPONENT, "Copyrights arising from research and development", NULL},
    {"SJ1123", SERVICES_COMPONENT, "Industrial processes and designs", NULL},
    {"SJ1124", SERVICES_COMPONENT, "Other proprietary rights arising from research and development", NULL},
    {"SJ12", SERVICES_COMPONENT, "Other research and development services", NULL},
    {"SJ2", SERVICES_COMPONENT, "Professional and management consulting services", NULL},
    {"SJ21", SERVICES_COMPONENT, "Legal, accounting, management consulting and public relations services", NULL},
    {"SJ211", SERVICES_COMPONENT, "Legal services", NULL},
    {"SJ212", SERVICES_COMPONENT, "Accounting, auditing, bookkeeping and tax consulting services", NULL},
    {"SJ213", SERVICES_COMPONENT, "Business and management consulting and public relations services", NULL},
    {"SJ22", SERVICES_COMPONENT, "Advertising, market research and public opinion polling services", NULL},
    {"SJ22Z", SERVICES_OF_WHICH, "Convention, trade-fair and exhibition organisation services", NULL},
    {"SJ3", SERVICES_COMPONENT, "Technical, trade-related and other business services", NULL},
    {"SJ31", SERVICES_COMPONENT, "Architectural, engineering, scientific and other technical services", NULL},
    {"SJ311", SERVICES_COMPONENT, "Architectural services", NULL},
    {"SJ312", SERVICES_COMPONENT, "Engineering services", NULL},
    {"SJ313", SERVICES_COMPONENT, "Scientific and other technical services", NULL},
    {"SJ32", SERVICES_COMPONENT, "Waste treatment and de-pollution, agricultural and mining services", NULL},
    {"SJ321", SERVICES_COMPONENT, "Waste treatment and de-pollution", NULL},
    {"SJ322", SERVICES_COMPONENT, "Services incidental to agriculture, forestry and fishing", NULL},
    {"SJ323", SERVICES_COMPONENT, "Services incidental to mining, and oil and gas extraction", NULL},
    {"SJ32X", SERVICES_OF_WHICH, "Services incidental to agriculture and mining", NULL},
    {"SJ33", SERVICES_COMPONENT, "Operating leasing services", NULL},
    {"SJ34", SERVICES_COMPONENT, "Trade-related services", NULL},
    {"SJ35", SERVICES_COMPONENT, "Other business services n.i.e.", NULL},
    {"SJ35Z", SERVICES_OF_WHICH, "Employment services", NULL},
    {"SK", SERVICES_COMPONENT, "Personal, cultural and recreational services", "287"},
    {"SK1", SERVICES_COMPONENT, "Audiovisual and related services", NULL},
    {"SK11", SERVICES_COMPONENT, "Audiovisual services", NULL},
    {"SK11Z", SERVICES_OF_WHICH, "Audiovisual originals", NULL},
    {"SK12", SERVICES_COMPONENT, "Artistic related services", NULL},
    {"SK2", SERVICES_COMPONENT, "Other personal, cultural and recreational services", NULL},
    {"SK21", SERVICES_COMPONENT, "Health services", NULL},
    {"SK22", SERVICES_COMPONENT, "Education services", NULL},
    {"SK23", SERVICES_COMPONENT, "Heritage and recreational services", NULL},
    {"SK24", SERVICES_COMPONENT, "Other personal services", NULL},
    {"SL", SERVICES_COMPONENT, "Government goods and services n.i.e.", "291"},
    {"SL1", SERVICES_COMPONENT, "Embassies and consulates", NULL},
    {"SL2", SERVICES_COMPONENT, "Military units and agencies", NULL},
    {"SL3", SERVICES_COMPONENT, "Other government goods and services n.i.e.", NULL},
    {"SN", SERVICES_COMPONENT, "Services not allocated", ""},
    {"SOX", SERVICES_GROUP, "Commercial services", NULL},
    {"SOX1", SERVICES_GROUP, "Other commercial services", NULL},
    {"SPX1", SERVICES_GROUP, "Other services", NULL},
    {"SPX4", SERVICES_GROUP, "Goods-related services", NULL},
};
/* clang-format on */

/** The places of items are those in the table; the groups that have no code follow. */
enum { SERVICES_COUNT = sizeof services_table / sizeof services_table[0], SERVICES_CODE = 6 };

static const char *const services_uncoded[] = {"Digitally deliverable services",
                                               "Digitally deliverable services, of SK only SK1"};

enum { SERVICES_PLACES = SERVICES_COUNT + 2 };

static int32_t services_pair(char c) { return c == '\0' ? 0 : c <= '9' ? c - '0' : c - 'A' + 11; }

static int32_t services_number(const char *code) {
  if (code[1] == '\0') return TRADE_SERVICES_S;
  int32_t number = code[1] - 'A' + 1;
  size_t i = 2;
  for (; i < SERVICES_CODE && code[i] != '\0'; i++) number = number * 100 + services_pair(code[i]);
  for (; i < SERVICES_CODE; i++) number *= 100;
  return number;
}

/** Where an item stands in the table; -1 if it has no code. */
static int services_find(int32_t item) {
  int low = 0, high = SERVICES_COUNT - 1;
  while (low <= high) {
    const int middle = (low + high) / 2;
    const int32_t number = services_number(services_table[middle].code);
    if (number == item) return middle;
    if (number < item)
      low = middle + 1;
    else
      high = middle - 1;
  }
  return -1;
}

/** The same for the groups without a code too. */
static int services_place(int32_t item) {
  if (item == TRADE_SERVICES_DIGITALLY_DELIVERABLE) return SERVICES_COUNT;
  if (item == TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1) return SERVICES_COUNT + 1;
  return services_find(item);
}

/** 1 if the item at `inner` is that at `outer` or stands anywhere under it: if its code begins with that one's. */
static int services_inside(int inner, int outer) {
  const char *code = services_table[outer].code, *longer = services_table[inner].code;
  while (*code != '\0' && *code == *longer) {
    code++;
    longer++;
  }
  return *code == '\0';
}

/** The parent's place; -1 for that of S. Of the codes that this one begins with, the longest stands last before it. */
static int services_above(int index) {
  int above = index - 1;
  while (above >= 0 && !services_inside(index, above)) above--;
  return above;
}

trade_status trade_services_parse(const char *text, size_t length, int32_t *item) {
  char code[SERVICES_CODE + 1] = {0};
  if (!text || !item) return TRADE_ERROR_NULL;
  if (length == 0 || length > SERVICES_CODE) return TRADE_ERROR_TEXT;
  for (size_t i = 0; i < length; i++) {
    code[i] = trade_upper(text[i]);
    if (!trade_is_upper(code[i]) && !trade_is_digit(code[i])) return TRADE_ERROR_TEXT;
  }
  if (code[0] != 'S') return TRADE_ERROR_TEXT;
  for (int i = 0; i < SERVICES_COUNT; i++) {
    if (memcmp(services_table[i].code, code, sizeof code) != 0) continue;
    *item = services_number(code);
    return TRADE_OK;
  }
  return TRADE_ERROR_NOT_FOUND;
}

const char *trade_services_code(int32_t item) {
  const int index = services_find(item);
  return index < 0 ? NULL : services_table[index].code;
}

const char *trade_services_name(int32_t item) {
  const int place = services_place(item);
  if (place < 0) return NULL;
  return place < SERVICES_COUNT ? services_table[place].name : services_uncoded[place - SERVICES_COUNT];
}

int32_t trade_services_parent(int32_t item) {
  const int index = services_find(item), above = index < 0 ? -1 : services_above(index);
  return above < 0 ? 0 : services_number(services_table[above].code);
}

int32_t trade_services_level(int32_t item) {
  int32_t level = -1;
  for (int index = services_find(item); index >= 0; index = services_above(index)) level++;
  return level;
}

int32_t trade_services_role(int32_t item) {
  const int place = services_place(item);
  if (place < 0) return 0;
  if (place >= SERVICES_COUNT) return TRADE_SERVICES_GROUP;
  const int32_t role = services_table[place].role;
  return role > TRADE_SERVICES_GROUP ? TRADE_SERVICES_OF_WHICH : role;
}

size_t trade_services_count(void) { return SERVICES_COUNT; }

int32_t trade_services_at(size_t position) {
  return position < SERVICES_COUNT ? services_number(services_table[position].code) : 0;
}

const char *trade_services_ebops_2002(int32_t item) {
  const int index = services_find(item);
  return index < 0 ? NULL : services_table[index].ebops_2002;
}

int32_t trade_services_from_ebops_2002(int32_t code) {
  for (int i = 0; i < SERVICES_COUNT; i++) {
    const char *old = services_table[i].ebops_2002;
    while (old && *old != '\0') {
      if ((old[0] - '0') * 100 + (old[1] - '0') * 10 + (old[2] - '0') == code)
        return services_number(services_table[i].code);
      old += old[3] == '+' ? 4 : 3;
    }
  }
  return 0;
}

/** What else an item is than the items under it. */
typedef struct services_formula {
  int32_t item;
  uint8_t role;        /* SERVICES_COMPONENT, the main items of a group; SERVICES_GROUP, with groups as parts */
  const char *members; /* the letters of main items; 1 for SK1, x for SOX, y for SOX1, p for SPX1, g for SPX4 */
} services_formula;

/* Each after what it is made of; the first way that there is to have an item is taken. */
static const services_formula services_formulas[] = {
    {TRADE_SERVICES_SPX4, SERVICES_COMPONENT, "AB"},
    {TRADE_SERVICES_SOX1, SERVICES_COMPONENT, "EFGHIJK"},
    {TRADE_SERVICES_SOX, SERVICES_COMPONENT, "ABCDEFGHIJK"},
    {TRADE_SERVICES_SOX, SERVICES_GROUP, "gCDy"},
    {TRADE_SERVICES_SPX1, SERVICES_COMPONENT, "EFGHIJKL"},
    {TRADE_SERVICES_SPX1, SERVICES_GROUP, "yL"},
    {TRADE_SERVICES_S, SERVICES_GROUP, "xLN"},
    {TRADE_SERVICES_S, SERVICES_GROUP, "gCDpN"},
    {TRADE_SERVICES_DIGITALLY_DELIVERABLE, SERVICES_COMPONENT, "FGHIJK"},
    {TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1, SERVICES_COMPONENT, "FGHIJ1"},
    {436000000 /* SDZ */, SERVICES_ACROSS, "CD"}, /* has a part in both */
};

enum { SERVICES_FORMULAS = sizeof services_formulas / sizeof services_formulas[0], SERVICES_MEMBERS = 11 };

/** A formula, or one item alone, in places. */
typedef struct services_parts {
  int whole;
  int role;
  size_t count;
  int part[SERVICES_MEMBERS];
} services_parts;

/** What is the same in all columns of a table. */
typedef struct services_plan {
  size_t row[SERVICES_PLACES]; /* of an item */
  int above[SERVICES_COUNT];
  services_parts formula[SERVICES_FORMULAS];
} services_plan;

static const size_t services_no_row = SIZE_MAX, services_two_rows = SIZE_MAX - 1;

/** The place of a formula's member; that of SC stands at mains['C' - 'A']. */
static int services_member(const int *mains, char member) {
  switch (member) {
  case '1':
    return services_find(TRADE_SERVICES_SK1);
  case 'x':
    return services_find(TRADE_SERVICES_SOX);
  case 'y':
    return services_find(TRADE_SERVICES_SOX1);
  case 'p':
    return services_find(TRADE_SERVICES_SPX1);
  case 'g':
    return services_find(TRADE_SERVICES_SPX4);
  default:
    return mains[member - 'A'];
  }
}

static void services_make_plan(services_plan *plan, const int32_t *items, size_t n) {
  int mains[26] = {0};
  for (int i = 0; i < SERVICES_PLACES; i++) plan->row[i] = services_no_row;
  for (size_t r = 0; r < n; r++) {
    const int place = services_place(items[r]);
    if (place >= 0) plan->row[place] = plan->row[place] == services_no_row ? r : services_two_rows;
  }
  for (int i = 0; i < SERVICES_COUNT; i++) {
    int above = i - 1;
    while (above >= 0 && !services_inside(i, above)) above = plan->above[above];
    plan->above[i] = above;
    if (above == 0 && services_table[i].code[2] == '\0') mains[services_table[i].code[1] - 'A'] = i;
  }
  for (int k = 0; k < SERVICES_FORMULAS; k++) {
    services_parts *parts = &plan->formula[k];
    parts->whole = services_place(services_formulas[k].item);
    parts->role = services_formulas[k].role;
    parts->count = 0;
    for (const char *member = services_formulas[k].members; *member != '\0'; member++)
      parts->part[parts->count++] = services_member(mains, *member);
  }
}

/** How an item can be had: not; by the items of one role right under it (that role); from its own row; by a formula. */
enum { SERVICES_NO_WAY = 0, SERVICES_OWN_ROW = 7, SERVICES_FORMULA = 8 };

/** A column: its values, and how each item can be had from them. */
typedef struct services_column {
  const double *values; /* of row r: values[r * stride] */
  size_t stride;
  uint8_t way[SERVICES_PLACES];
  uint8_t complete[SERVICES_PLACES];  /* bit r: all items of role r right under it can be had */
  uint8_t formula[SERVICES_FORMULAS]; /* 1 if all of its parts can be had */
} services_column;

/** 1 if there is nothing of an item to be had: SN where it has no row. */
static int services_not_needed(const services_plan *plan, int place) {
  return place < SERVICES_COUNT && plan->row[place] == services_no_row &&
         services_number(services_table[place].code) == TRADE_SERVICES_SN;
}

/** Finds the ways to have the items of the table without formulas, from the last to the first: parts follow the
 *  whole. */
static void services_find_ways(const services_plan *plan, services_column *column) {
  uint8_t some[SERVICES_PLACES] = {0}, lacking[SERVICES_PLACES] = {0};
  for (int i = SERVICES_PLACES - 1; i >= 0; i--) {
    const size_t row = plan->row[i];
    const uint8_t complete = (uint8_t)(some[i] & ~lacking[i]);
    uint8_t way = SERVICES_NO_WAY;
    if (row < services_two_rows && trade_known(column->values[row * column->stride]))
      way = SERVICES_OWN_ROW;
    else if (row != services_two_rows && (complete >> SERVICES_COMPONENT & 1))
      way = SERVICES_COMPONENT;
    else if (row != services_two_rows && (complete >> SERVICES_ALTERNATIVE & 1))
      way = SERVICES_ALTERNATIVE;
    column->way[i] = way;
    column->complete[i] = complete;
    if (i == 0 || i >= SERVICES_COUNT || services_not_needed(plan, i)) continue;
    const int above = plan->above[i], bit = 1 << services_table[i].role;
    some[above] = (uint8_t)(some[above] | bit);
    if (way == SERVICES_NO_WAY) lacking[above] = (uint8_t)(lacking[above] | bit);
  }
}

static void services_read_column(const services_plan *plan, const double *values, size_t stride,
                                 services_column *column) {
  column->values = values;
  column->stride = stride;
  services_find_ways(plan, column);
  for (int k = 0; k < SERVICES_FORMULAS; k++) {
    const services_parts *parts = &plan->formula[k];
    int had = parts->role != SERVICES_ACROSS;
    for (size_t i = 0; i < parts->count; i++)
      had &= column->way[parts->part[i]] != SERVICES_NO_WAY || services_not_needed(plan, parts->part[i]);
    column->formula[k] = (uint8_t)had;
    if (had && column->way[parts->whole] == SERVICES_NO_WAY && plan->row[parts->whole] != services_two_rows)
      column->way[parts->whole] = (uint8_t)(SERVICES_FORMULA + k);
  }
}

/** A sum of rows: its total, that of the magnitudes, and how many there are. */
typedef struct services_sum {
  trade_sum total;
  trade_sum magnitude;
  size_t addends;
} services_sum;

static const services_sum services_nothing = {{0, 0, 0, 0}, {0, 0, 0, 0}, 0};

static void services_add(services_sum *sum, double value) {
  trade_sum_add(&sum->total, value);
  trade_sum_add(&sum->magnitude, fabs(value));
  sum->addends++;
}

/** Adds the rows that the taken items come from. What they are had by is marked as taken, down to where there are
 *  rows. */
static void services_add_taken(const services_plan *plan, const services_column *column, uint8_t *taken,
                               services_sum *sum) {
  for (int k = SERVICES_FORMULAS - 1; k >= 0; k--) {
    const services_parts *parts = &plan->formula[k];
    if (!taken[parts->whole] || column->way[parts->whole] != SERVICES_FORMULA + k) continue;
    for (size_t i = 0; i < parts->count; i++) taken[parts->part[i]] = 1;
  }
  for (int i = 0; i < SERVICES_PLACES; i++) {
    const int above = i < SERVICES_COUNT ? plan->above[i] : -1;
    if (above >= 0 && taken[above] && column->way[above] == services_table[i].role) taken[i] = 1;
    if (taken[i] && column->way[i] == SERVICES_OWN_ROW)
      services_add(sum, column->values[plan->row[i] * column->stride]);
  }
}

/** The items that an item or group consists of, or has its parts in. */
static services_parts services_extent(const services_plan *plan, int place) {
  services_parts alone = {0, 0, 1, {0}};
  for (int k = 0; k < SERVICES_FORMULAS; k++)
    if (plan->formula[k].whole == place && plan->formula[k].role != SERVICES_GROUP) return plan->formula[k];
  alone.part[0] = place;
  return alone;
}

/** 1 if two items have nothing in common: where their ways up meet, they come from different parts of one breakdown. */
static int services_apart(const services_plan *plan, int a, int b) {
  if (services_inside(a, b) || services_inside(b, a)) return 0;
  int top = a, branch_a = a, branch_b = b;
  while (!services_inside(b, top)) {
    branch_a = top;
    top = plan->above[top];
  }
  while (plan->above[branch_b] != top) branch_b = plan->above[branch_b];
  const int role = services_table[branch_a].role;
  return role == services_table[branch_b].role && role < SERVICES_OF_WHICH;
}

enum { SERVICES_APART, SERVICES_HELD, SERVICES_SHARE_PART };

/** How one item or group stands to another: SERVICES_HELD if all of it is inside of the other. */
static int services_relation(const services_plan *plan, int item, int other) {
  const services_parts a = services_extent(plan, item), b = services_extent(plan, other);
  const int net = item >= SERVICES_COUNT || services_table[item].role != SERVICES_GROSS;
  size_t held = 0;
  int apart = 1;
  for (size_t i = 0; i < a.count; i++) {
    int inside = 0;
    for (size_t k = 0; k < b.count; k++) {
      inside |= services_inside(a.part[i], b.part[k]);
      apart &= services_apart(plan, a.part[i], b.part[k]);
    }
    held += (size_t)inside;
  }
  if (held == a.count && net && b.role != SERVICES_ACROSS) return SERVICES_HELD;
  return apart ? SERVICES_APART : SERVICES_SHARE_PART;
}

/** Marks the wanted items that no other one holds; 0 if one is unknown, or two of those may share a part. */
static int services_take(const services_plan *plan, const int32_t *wanted, size_t count, uint8_t *taken) {
  memset(taken, 0, SERVICES_PLACES);
  for (size_t i = 0; i < count; i++) {
    const int place = services_place(wanted[i]);
    if (place < 0) return 0;
    taken[place] = 1;
  }
  for (int a = 0; a < SERVICES_PLACES; a++)
    for (int b = 0; taken[a] && b < SERVICES_PLACES; b++)
      if (taken[b] && b != a && services_relation(plan, a, b) == SERVICES_HELD) taken[a] = 0;
  for (int a = 0; a < SERVICES_PLACES; a++)
    for (int b = 0; taken[a] && b < a; b++)
      if (taken[b] && services_relation(plan, a, b) == SERVICES_SHARE_PART) return 0;
  return 1;
}

/** The total of what services_take marked. */
static double services_total(const services_plan *plan, const services_column *column, const uint8_t *wanted) {
  uint8_t taken[SERVICES_PLACES];
  services_sum sum = services_nothing;
  for (int i = 0; i < SERVICES_PLACES; i++)
    if (wanted[i] && column->way[i] == SERVICES_NO_WAY) return TRADE_UNDEFINED;
  memcpy(taken, wanted, sizeof taken);
  services_add_taken(plan, column, taken, &sum);
  return trade_sum_value(&sum.total);
}

static const int32_t services_all = TRADE_SERVICES_S, services_digital = TRADE_SERVICES_DIGITALLY_DELIVERABLE;

static int services_readable(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                             size_t wanted_count) {
  return (n == 0 || (items && values)) && (wanted_count == 0 || wanted) && trade_fits(n, sizeof *values) &&
         trade_fits(wanted_count, sizeof *values);
}

double trade_services_total(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                            size_t wanted_count) {
  services_plan plan;
  services_column column;
  uint8_t taken[SERVICES_PLACES];
  if (!services_readable(items, values, n, wanted, wanted_count)) return TRADE_UNDEFINED;
  services_make_plan(&plan, items, n);
  if (!services_take(&plan, wanted, wanted_count, taken)) return TRADE_UNDEFINED;
  services_read_column(&plan, values, 1, &column);
  return services_total(&plan, &column, taken);
}

double trade_services_share(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                            size_t wanted_count) {
  services_plan plan;
  services_column column;
  uint8_t taken[SERVICES_PLACES], all[SERVICES_PLACES];
  if (!services_readable(items, values, n, wanted, wanted_count)) return TRADE_UNDEFINED;
  services_make_plan(&plan, items, n);
  services_take(&plan, &services_all, 1, all);
  if (!services_take(&plan, wanted, wanted_count, taken)) return TRADE_UNDEFINED;
  services_read_column(&plan, values, 1, &column);
  return trade_share(services_total(&plan, &column, taken), services_total(&plan, &column, all));
}

double trade_services_digital_trade(double ordered, double delivered, double both) {
  trade_sum sum = {0, 0, 0, 0};
  if (!(both >= 0 && ordered >= both && delivered >= both)) return TRADE_UNDEFINED;
  trade_sum_add(&sum, ordered);
  trade_sum_add(&sum, delivered);
  trade_sum_subtract(&sum, both);
  return trade_sum_value(&sum);
}

/** 1 if the known shares are from 0 to 1 and add up to 1, or one is missing. */
static int services_shares_add_up(const double *shares, size_t columns) {
  trade_sum rest = {0, 0, 0, 0};
  int known = 1;
  trade_sum_subtract(&rest, 1);
  for (size_t m = 0; m < columns; m++) {
    if (!trade_known(shares[m])) {
      known = 0;
      continue;
    }
    if (!(shares[m] >= 0 && shares[m] <= 1)) return 0;
    trade_sum_add(&rest, shares[m]);
  }
  return !known || fabs(trade_sum_value(&rest)) <= ldexp((double)columns, -52);
}

/** 1 if a matrix of so many rows and columns can stand in memory. */
static int services_fits(size_t rows, size_t columns) {
  return trade_fits(rows, sizeof(double)) && trade_fits(columns, sizeof(double)) &&
         (rows == 0 || trade_fits(columns, sizeof(double) * rows));
}

trade_status trade_services_modes(const double *values, const double *shares, size_t rows, size_t columns,
                                  double *totals) {
  if (columns == 0 || (rows == 0 && !totals)) return TRADE_OK;
  if (!totals || (rows > 0 && (!values || !shares))) return TRADE_ERROR_NULL;
  if (!services_fits(rows, columns)) return TRADE_ERROR_LENGTH;
  for (size_t i = 0; i < rows; i++)
    if (!services_shares_add_up(shares + i * columns, columns)) return TRADE_ERROR_VALUE;
  for (size_t m = 0; m < columns; m++) {
    trade_sum total = {0, 0, 0, 0};
    for (size_t i = 0; i < rows; i++)
      if (shares[i * columns + m] != 0) trade_sum_add_product(&total, values[i], shares[i * columns + m]);
    totals[m] = trade_sum_value(&total);
  }
  return TRADE_OK;
}

/** Growth on the year, row by row. The first row tells whether the periods are good: before that nothing is written. */
static trade_status services_fill_growth(const trade_services_table *table, const double *values, double *growth) {
  const size_t columns = table->columns;
  trade_status status = TRADE_OK;
  for (size_t r = 0; growth && status == TRADE_OK && r < table->rows; r++)
    status = trade_growth_period_array(table->periods, values + r * columns, columns, 12, growth + r * columns);
  return status;
}

static void services_fill_shares(const trade_services_table *table, const double *values, double *shares,
                                 double *wanted_shares) {
  const int32_t *wanted = table->wanted ? table->wanted : &services_digital;
  services_plan plan;
  services_column column;
  uint8_t all[SERVICES_PLACES], taken[SERVICES_PLACES];
  if (!shares && !wanted_shares) return;
  services_make_plan(&plan, table->items, table->rows);
  services_take(&plan, &services_all, 1, all);
  const int good = services_take(&plan, wanted, table->wanted ? table->wanted_count : 1, taken);
  for (size_t c = 0; c < table->columns; c++) {
    services_read_column(&plan, values + c, table->columns, &column);
    const double total = services_total(&plan, &column, all);
    for (size_t i = c; shares && i < table->rows * table->columns; i += table->columns)
      shares[i] = trade_share(values[i], total);
    if (wanted_shares)
      wanted_shares[c] = good ? trade_share(services_total(&plan, &column, taken), total) : TRADE_UNDEFINED;
  }
}

/** Whether there is what the results are made of. */
static trade_status services_check_inputs(const trade_services_table *table) {
  const int of_exports = table->exports_growth || table->exports_share || table->exports_wanted_share;
  const int of_imports = table->imports_growth || table->imports_share || table->imports_wanted_share;
  const int shares =
      table->exports_share || table->imports_share || table->exports_wanted_share || table->imports_wanted_share;
  if ((of_exports || table->balance) && !table->exports) return TRADE_ERROR_NULL;
  if ((of_imports || table->balance) && !table->imports) return TRADE_ERROR_NULL;
  if (shares && !table->items) return TRADE_ERROR_NULL;
  return (table->exports_growth || table->imports_growth) && !table->periods ? TRADE_ERROR_NULL : TRADE_OK;
}

trade_status trade_services_fill(const trade_services_table *table) {
  if (!table) return TRADE_ERROR_NULL;
  if (table->rows == 0 || table->columns == 0) return TRADE_OK;
  trade_status status = services_check_inputs(table);
  if (status == TRADE_OK && !services_fits(table->rows, table->columns)) status = TRADE_ERROR_LENGTH;
  if (status == TRADE_OK && table->wanted && !services_fits(table->wanted_count, 1)) status = TRADE_ERROR_LENGTH;
  if (status == TRADE_OK) status = services_fill_growth(table, table->exports, table->exports_growth);
  if (status == TRADE_OK) status = services_fill_growth(table, table->imports, table->imports_growth);
  if (status != TRADE_OK) return status;
  services_fill_shares(table, table->exports, table->exports_share, table->exports_wanted_share);
  services_fill_shares(table, table->imports, table->imports_share, table->imports_wanted_share);
  for (size_t i = 0; table->balance && i < table->rows * table->columns; i++)
    table->balance[i] = trade_finite_or_undefined(table->exports[i] - table->imports[i]);
  return TRADE_OK;
}

/** A check under way: where its findings go. */
typedef struct services_findings {
  double unit;
  trade_services_discrepancy *found;
  size_t most;
  size_t count;
} services_findings;

/** Compares a value with a sum. */
static void services_compare(services_findings *findings, double value, services_sum *sum, size_t row, size_t column,
                             int32_t flow, int32_t breakdown) {
  const double half_units = (double)sum->addends + 1;
  trade_sum_negate(&sum->total);
  services_add(sum, value);
  const double difference = trade_sum_value(&sum->total);
  const double tolerance = half_units * findings->unit / 2 + ldexp(trade_sum_value(&sum->magnitude), -52);
  if (!(fabs(difference) > tolerance)) return;
  if (findings->count < findings->most) {
    const trade_services_discrepancy one = {difference, tolerance, row, column, flow, breakdown};
    findings->found[findings->count] = one;
  }
  findings->count++;
}

/** The way to have an item by one of its breakdowns. Groups count as one where one of them has its own row: else it is
 *  the sum of the components again. */
static uint8_t services_breakdown(const services_plan *plan, const services_column *column, int place, int breakdown) {
  if (breakdown < SERVICES_GROUP && (column->complete[place] >> breakdown & 1)) return (uint8_t)breakdown;
  for (int k = 0; k < SERVICES_FORMULAS; k++) {
    const services_parts *parts = &plan->formula[k];
    if (!column->formula[k] || parts->whole != place || parts->role != breakdown) continue;
    int own = breakdown != SERVICES_GROUP;
    for (size_t i = 0; i < parts->count; i++)
      own |= services_table[parts->part[i]].role == SERVICES_GROUP && column->way[parts->part[i]] == SERVICES_OWN_ROW;
    if (own) return (uint8_t)(SERVICES_FORMULA + k);
  }
  return SERVICES_NO_WAY;
}

/** Checks the items of a column against their breakdowns. */
static void services_check_items(const trade_services_table *table, const services_plan *plan, services_column *column,
                                 size_t at, int32_t flow, services_findings *findings) {
  static const int32_t breakdowns[] = {SERVICES_COMPONENT, SERVICES_ALTERNATIVE, SERVICES_GROUP};
  for (size_t r = 0; r < table->rows; r++) {
    const int place = services_place(table->items[r]);
    const double value = column->values[r * column->stride];
    if (place < 0 || !trade_known(value)) continue;
    for (size_t b = 0; b < sizeof breakdowns / sizeof breakdowns[0]; b++) {
      const uint8_t usual = column->way[place], way = services_breakdown(plan, column, place, breakdowns[b]);
      uint8_t taken[SERVICES_PLACES] = {0};
      services_sum sum = services_nothing;
      if (way == SERVICES_NO_WAY) continue;
      taken[place] = 1;
      column->way[place] = way;
      services_add_taken(plan, column, taken, &sum);
      column->way[place] = usual;
      services_compare(findings, value, &sum, r, at, flow, breakdowns[b]);
    }
  }
}

enum { SERVICES_TILE = 32 /* rows whose parts are added in one pass */ };

/** Checks the rows of a column against the sums of those that name them their parent. */
static void services_check_named(const trade_services_table *table, const double *values, size_t at, int32_t flow,
                                 services_findings *findings) {
  for (size_t first = 0; first < table->rows; first += SERVICES_TILE) {
    const size_t count = trade_lesser(table->rows - first, SERVICES_TILE);
    services_sum sums[SERVICES_TILE];
    uint8_t missing[SERVICES_TILE] = {0};
    for (size_t r = 0; r < count; r++) sums[r] = services_nothing;
    for (size_t i = 0; i < table->rows; i++) {
      const size_t parent = (size_t)table->parents[i] - first; /* huge where there is none */
      const double value = values[i * table->columns + at];
      if (parent >= count) continue;
      if (trade_known(value))
        services_add(&sums[parent], value);
      else
        missing[parent] = 1;
    }
    for (size_t r = 0; r < count; r++) {
      const double value = values[(first + r) * table->columns + at];
      if (!missing[r] && sums[r].addends > 0 && trade_known(value))
        services_compare(findings, value, &sums[r], first + r, at, flow, TRADE_SERVICES_COMPONENT);
    }
  }
}

static void services_check_flow(const trade_services_table *table, const double *values, int32_t flow,
                                services_findings *findings) {
  services_plan plan;
  services_column column;
  if (!values || (!table->parents && !table->items)) return;
  if (!table->parents) services_make_plan(&plan, table->items, table->rows);
  for (size_t c = 0; c < table->columns; c++) {
    if (table->parents) {
      services_check_named(table, values, c, flow, findings);
      continue;
    }
    services_read_column(&plan, values + c, table->columns, &column);
    services_check_items(table, &plan, &column, c, flow, findings);
  }
}

static void services_check_balance(const trade_services_table *table, services_findings *findings) {
  for (size_t c = 0; c < table->columns; c++) {
    for (size_t r = 0; r < table->rows; r++) {
      const size_t i = r * table->columns + c;
      const double exports = table->exports[i], imports = table->imports[i];
      services_sum sum = services_nothing;
      if (!trade_known(table->balance[i]) || !trade_known(exports) || !trade_known(imports)) continue;
      services_add(&sum, exports);
      services_add(&sum, -imports);
      services_compare(findings, table->balance[i], &sum, r, c, TRADE_SERVICES_BALANCE, 0);
    }
  }
}

/** TRADE_ERROR_VALUE if a parent is no other row. */
static trade_status services_check_parents(const int32_t *parents, size_t rows) {
  for (size_t i = 0; parents && i < rows; i++)
    if (parents[i] < -1 || (parents[i] >= 0 && ((size_t)parents[i] >= rows || (size_t)parents[i] == i)))
      return TRADE_ERROR_VALUE;
  return TRADE_OK;
}

trade_status trade_services_check(const trade_services_table *table, double unit, trade_services_discrepancy *found,
                                  size_t most, size_t *count) {
  services_findings findings = {unit, found, most, 0};
  if (!table || !count || (most > 0 && !found)) return TRADE_ERROR_NULL;
  if (!services_fits(table->rows, table->columns) || !trade_fits(most, sizeof *found)) return TRADE_ERROR_LENGTH;
  if (!(unit >= 0 && trade_known(unit))) return TRADE_ERROR_VALUE;
  if (table->rows > 0 && table->columns > 0) {
    const int both = table->balance && table->exports && table->imports;
    if (!table->items && !table->parents && !both) return TRADE_ERROR_NULL;
    const trade_status status = services_check_parents(table->parents, table->rows);
    if (status != TRADE_OK) return status;
    const int alone = !table->exports && !table->imports;
    services_check_flow(table, table->exports, TRADE_SERVICES_EXPORTS, &findings);
    services_check_flow(table, table->imports, TRADE_SERVICES_IMPORTS, &findings);
    if (alone) services_check_flow(table, table->balance, TRADE_SERVICES_BALANCE, &findings);
    if (both) services_check_balance(table, &findings);
  }
  *count = findings.count;
  return TRADE_OK;
}
