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

/* Short names for the table. */
enum {
  SERVICES_COMPONENT = TRADE_SERVICES_COMPONENT,
  SERVICES_ALTERNATIVE = TRADE_SERVICES_ALTERNATIVE,
  SERVICES_OF_WHICH = TRADE_SERVICES_OF_WHICH,
  SERVICES_GROUP = TRADE_SERVICES_GROUP
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
    {"SAY", SERVICES_OF_WHICH, "Goods for processing in the reporting economy", NULL},
    {"SAZ", SERVICES_OF_WHICH, "Goods for processing abroad", NULL},
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
    {"SDZ", SERVICES_OF_WHICH, "Tourism-related services in travel and passenger transport", NULL},
    {"SE", SERVICES_COMPONENT, "Construction", "249"},
    {"SE1", SERVICES_COMPONENT, "Construction abroad", NULL},
    {"SE2", SERVICES_COMPONENT, "Construction in the reporting economy", NULL},
    {"SF", SERVICES_COMPONENT, "Insurance and pension services", "253"},
    {"SF1", SERVICES_COMPONENT, "Direct insurance", NULL},
    {"SF11", SERVICES_COMPONENT, "Life insurance", NULL},
    {"SF11Y", SERVICES_OF_WHICH, "Life insurance: gross premiums", NULL},
    {"SF11Z", SERVICES_OF_WHICH, "Life insurance: gross claims", NULL},
    {"SF12", SERVICES_COMPONENT, "Freight insurance", NULL},
    {"SF12Y", SERVICES_OF_WHICH, "Freight insurance: gross premiums", NULL},
    {"SF12Z", SERVICES_OF_WHICH, "Freight insurance: gross claims", NULL},
    {"SF13", SERVICES_COMPONENT, "Other direct insurance", NULL},
    {"SF13Y", SERVICES_OF_WHICH, "Other direct insurance: gross premiums", NULL},
    {"SF13Z", SERVICES_OF_WHICH, "Other direct insurance: gross claims", NULL},
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

enum { SERVICES_COUNT = sizeof services_table / sizeof services_table[0], SERVICES_CODE = 6, SERVICES_NODES = 11 };

typedef struct services_group {
  int32_t item;
  const char *name;
  const char *members; /* the letters of main items; 1 for SK1 */
} services_group;

static const services_group services_groups[] = {
    {TRADE_SERVICES_SOX, NULL, "ABCDEFGHIJK"},
    {TRADE_SERVICES_SOX1, NULL, "EFGHIJK"},
    {TRADE_SERVICES_SPX1, NULL, "EFGHIJKL"},
    {TRADE_SERVICES_SPX4, NULL, "AB"},
    {TRADE_SERVICES_DIGITALLY_DELIVERABLE, "Digitally deliverable services", "FGHIJK"},
    {TRADE_SERVICES_DIGITALLY_DELIVERABLE_SK1, "Digitally deliverable services, of SK only SK1", "FGHIJ1"},
};

static const services_group *services_group_of(int32_t item) {
  for (size_t i = 0; i < sizeof services_groups / sizeof services_groups[0]; i++)
    if (services_groups[i].item == item) return &services_groups[i];
  return NULL;
}

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
    const char c = text[i];
    code[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    if (!(code[i] >= 'A' && code[i] <= 'Z') && !(code[i] >= '0' && code[i] <= '9')) return TRADE_ERROR_TEXT;
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
  const int index = services_find(item);
  const services_group *group = services_group_of(item);
  return index >= 0 ? services_table[index].name : group ? group->name : NULL;
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
  const int index = services_find(item);
  return services_group_of(item) ? TRADE_SERVICES_GROUP : index < 0 ? 0 : services_table[index].role;
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

/** The rows that items are taken from: values[i * stride] is what items[i] amounts to. */
typedef struct services_rows {
  const int32_t *items;
  const double *values;
  size_t n;
  size_t stride;
} services_rows;

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

static void services_merge(services_sum *sum, const services_sum *other) {
  trade_sum_merge(&sum->total, &other->total);
  trade_sum_merge(&sum->magnitude, &other->magnitude);
  sum->addends += other->addends;
}

enum { SERVICES_ABSENT, SERVICES_FOUND, SERVICES_TWICE };

/** Adds an item's own row, if there is one and its value is known. */
static int services_add_own(const services_rows *rows, int32_t item, services_sum *sum) {
  size_t found = 0, at = 0;
  for (size_t i = 0; i < rows->n; i++) {
    if (rows->items[i] != item) continue;
    found++;
    at = i;
  }
  if (found > 1) return SERVICES_TWICE;
  if (found == 0 || !trade_known(rows->values[at * rows->stride])) return SERVICES_ABSENT;
  services_add(sum, rows->values[at * rows->stride]);
  return SERVICES_FOUND;
}

/** How an item can be had: SERVICES_NO_WAY, by its components or alternatives (their role), or from its own row. */
enum { SERVICES_NO_WAY = 0, SERVICES_OWN_ROW = 5 };

/** 1 if there is a way to have all items of one role right under another; SN need not be there. */
static int services_complete(const uint8_t *ways, int index, int role) {
  int found = 0;
  for (int i = index + 1; i < SERVICES_COUNT && services_inside(i, index); i++) {
    if (services_table[i].role != role || services_above(i) != index) continue;
    if (ways[i] != SERVICES_NO_WAY)
      found = 1;
    else if (services_number(services_table[i].code) != TRADE_SERVICES_SN)
      return 0;
  }
  return found;
}

/** Finds the ways to have the items under another, from the last to the first: parts stand after the whole. */
static void services_find_ways(const services_rows *rows, int index, uint8_t *ways) {
  int last = index;
  while (last + 1 < SERVICES_COUNT && services_inside(last + 1, index)) last++;
  for (int i = last; i > index; i--) {
    services_sum ignored = services_nothing;
    const int own = services_add_own(rows, services_number(services_table[i].code), &ignored);
    ways[i] = SERVICES_NO_WAY;
    if (own == SERVICES_FOUND)
      ways[i] = SERVICES_OWN_ROW;
    else if (own == SERVICES_ABSENT && services_complete(ways, i, SERVICES_COMPONENT))
      ways[i] = SERVICES_COMPONENT;
    else if (own == SERVICES_ABSENT && services_complete(ways, i, SERVICES_ALTERNATIVE))
      ways[i] = SERVICES_ALTERNATIVE;
  }
}

/** Adds the items of one role right under another, down to where there are rows, if all of them can be had. */
static int services_add_parts(const services_rows *rows, int index, uint8_t role, services_sum *sum) {
  uint8_t ways[SERVICES_COUNT] = {0}, taken[SERVICES_COUNT] = {0};
  services_find_ways(rows, index, ways);
  if (!services_complete(ways, index, role)) return 0;
  ways[index] = role;
  taken[index] = 1;
  for (int i = index + 1; i < SERVICES_COUNT && services_inside(i, index); i++) {
    const int above = services_above(i);
    taken[i] = taken[above] && ways[above] == services_table[i].role;
    if (taken[i] && ways[i] == SERVICES_OWN_ROW) services_add_own(rows, services_number(services_table[i].code), sum);
  }
  return 1;
}

/** Adds an item: its own row, or else its parts. */
static int services_add_item(const services_rows *rows, int index, services_sum *sum) {
  const int own = services_add_own(rows, services_number(services_table[index].code), sum);
  if (own != SERVICES_ABSENT) return own == SERVICES_FOUND;
  return services_add_parts(rows, index, SERVICES_COMPONENT, sum) ||
         services_add_parts(rows, index, SERVICES_ALTERNATIVE, sum);
}

/** The places of what an item or group consists of; 0 if it is unknown. */
static size_t services_members(int32_t item, int places[SERVICES_NODES]) {
  const services_group *group = services_group_of(item);
  size_t n = 0;
  if (!group) {
    places[0] = services_find(item);
    return places[0] >= 0;
  }
  for (const char *member = group->members; *member != '\0'; member++)
    places[n++] = services_find(*member == '1' ? TRADE_SERVICES_SK1 : (*member - 'A' + 1) * TRADE_SERVICES_SA);
  return n;
}

/** Adds all members of a group. */
static int services_add_members(const services_rows *rows, int32_t item, services_sum *sum) {
  int places[SERVICES_NODES];
  services_sum parts = services_nothing;
  const size_t n = services_members(item, places);
  for (size_t i = 0; i < n; i++)
    if (!services_add_item(rows, places[i], &parts)) return 0;
  services_merge(sum, &parts);
  return 1;
}

/** 1 if two items, neither of which holds the other, have nothing in common: where their ways up meet, they come from
 *  different parts of one breakdown. */
static int services_apart(int a, int b) {
  int top = a, branch_a = a, branch_b = b;
  while (!services_inside(b, top)) {
    branch_a = top;
    top = services_above(top);
  }
  while (services_above(branch_b) != top) branch_b = services_above(branch_b);
  const int role = services_table[branch_a].role;
  return role == services_table[branch_b].role && role != SERVICES_OF_WHICH;
}

enum { SERVICES_APART, SERVICES_HELD, SERVICES_SHARE_PART };

/** How one item or group stands to another: SERVICES_HELD if all of it is inside of the other. */
static int services_relation(int32_t item, int32_t other) {
  int a[SERVICES_NODES], b[SERVICES_NODES];
  const size_t na = services_members(item, a), nb = services_members(other, b);
  size_t held = 0;
  int relation = SERVICES_APART;
  for (size_t i = 0; i < na; i++) {
    int inside = 0;
    for (size_t k = 0; k < nb; k++) {
      inside |= services_inside(a[i], b[k]);
      if (services_inside(a[i], b[k]) || services_inside(b[k], a[i]) || !services_apart(a[i], b[k]))
        relation = SERVICES_SHARE_PART;
    }
    held += (size_t)inside;
  }
  return held == na ? SERVICES_HELD : relation;
}

/** 1 if a wanted item is to be added, 0 if another one holds it, -1 if they only share a part or it is unknown. */
static int services_is_added(const int32_t *wanted, size_t count, size_t at) {
  int places[SERVICES_NODES], added = 1;
  if (services_members(wanted[at], places) == 0) return -1;
  for (size_t i = 0; i < count; i++) {
    if (i == at) continue;
    const int relation = services_relation(wanted[at], wanted[i]);
    const int inverse = services_relation(wanted[i], wanted[at]);
    if (relation == SERVICES_SHARE_PART && inverse == SERVICES_SHARE_PART) return -1;
    if (relation == SERVICES_HELD && (inverse != SERVICES_HELD || i < at)) added = 0;
  }
  return added;
}

static int services_add_wanted(const services_rows *rows, int32_t item, services_sum *sum) {
  if (!services_group_of(item)) return services_add_item(rows, services_find(item), sum);
  const int own = services_add_own(rows, item, sum);
  return own == SERVICES_ABSENT ? services_add_members(rows, item, sum) : own == SERVICES_FOUND;
}

static double services_total(const services_rows *rows, const int32_t *wanted, size_t count) {
  services_sum sum = services_nothing;
  for (size_t i = 0; i < count; i++) {
    const int added = services_is_added(wanted, count, i);
    if (added < 0 || (added && !services_add_wanted(rows, wanted[i], &sum))) return TRADE_UNDEFINED;
  }
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
  const services_rows rows = {items, values, n, 1};
  if (!services_readable(items, values, n, wanted, wanted_count)) return TRADE_UNDEFINED;
  return services_total(&rows, wanted, wanted_count);
}

double trade_services_share(const int32_t *items, const double *values, size_t n, const int32_t *wanted,
                            size_t wanted_count) {
  const services_rows rows = {items, values, n, 1};
  if (!services_readable(items, values, n, wanted, wanted_count)) return TRADE_UNDEFINED;
  return trade_share(services_total(&rows, wanted, wanted_count), services_total(&rows, &services_all, 1));
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
  const size_t rows = table->rows, columns = table->columns, count = table->wanted ? table->wanted_count : 1;
  for (size_t c = 0; (shares || wanted_shares) && c < columns; c++) {
    const services_rows column = {table->items, values + c, rows, columns};
    const double all = services_total(&column, &services_all, 1);
    for (size_t r = 0; shares && r < rows; r++) shares[r * columns + c] = trade_share(values[r * columns + c], all);
    if (wanted_shares) wanted_shares[c] = trade_share(services_total(&column, wanted, count), all);
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
  if (status == TRADE_OK && (!services_fits(table->rows, table->columns) || !services_fits(table->wanted_count, 1)))
    status = TRADE_ERROR_LENGTH;
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

/** Adds the rows that name this one their parent, if none is missing and there is any. */
static int services_add_named(const services_rows *rows, const int32_t *parents, size_t row, services_sum *sum) {
  for (size_t i = 0; i < rows->n; i++) {
    if (parents[i] < 0 || (size_t)parents[i] != row) continue;
    if (!trade_known(rows->values[i * rows->stride])) return 0;
    services_add(sum, rows->values[i * rows->stride]);
  }
  return sum->addends > 0;
}

/** What an item's value is to be, by one of its breakdowns; 0 if that isn't known. */
static int services_expect(const trade_services_table *table, const services_rows *rows, size_t row, int32_t breakdown,
                           services_sum *sum) {
  *sum = services_nothing;
  if (table->parents)
    return breakdown == TRADE_SERVICES_COMPONENT && services_add_named(rows, table->parents, row, sum);
  if (services_group_of(table->items[row]))
    return breakdown == TRADE_SERVICES_COMPONENT && services_add_members(rows, table->items[row], sum);
  const int index = services_find(table->items[row]);
  return index >= 0 && services_add_parts(rows, index, (uint8_t)breakdown, sum);
}

static void services_check_flow(const trade_services_table *table, const double *values, int32_t flow,
                                services_findings *findings) {
  const size_t columns = table->columns;
  services_sum sum;
  for (size_t r = 0; values && r < table->rows; r++) {
    for (size_t c = 0; c < columns; c++) {
      const services_rows column = {table->items, values + c, table->rows, columns};
      const double value = values[r * columns + c];
      if (!trade_known(value)) continue;
      for (int32_t breakdown = TRADE_SERVICES_COMPONENT; breakdown <= TRADE_SERVICES_ALTERNATIVE; breakdown++)
        if (services_expect(table, &column, r, breakdown, &sum))
          services_compare(findings, value, &sum, r, c, flow, breakdown);
    }
  }
}

static void services_check_balance(const trade_services_table *table, services_findings *findings) {
  for (size_t i = 0; i < table->rows * table->columns; i++) {
    services_sum sum = services_nothing;
    if (!trade_known(table->balance[i]) || !trade_known(table->exports[i]) || !trade_known(table->imports[i])) continue;
    services_add(&sum, table->exports[i]);
    services_add(&sum, -table->imports[i]);
    services_compare(findings, table->balance[i], &sum, i / table->columns, i % table->columns, TRADE_SERVICES_BALANCE,
                     0);
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
    if (!table->items && !table->parents) return TRADE_ERROR_NULL;
    const trade_status status = services_check_parents(table->parents, table->rows);
    if (status != TRADE_OK) return status;
    const int alone = !table->exports && !table->imports;
    services_check_flow(table, table->exports, TRADE_SERVICES_EXPORTS, &findings);
    services_check_flow(table, table->imports, TRADE_SERVICES_IMPORTS, &findings);
    if (alone) services_check_flow(table, table->balance, TRADE_SERVICES_BALANCE, &findings);
    if (table->balance && table->exports && table->imports) services_check_balance(table, &findings);
  }
  *count = findings.count;
  return TRADE_OK;
}
