#include "tradestat/currency.h"

#include "internal.h"
#include "total.h"

typedef struct currency_row {
  char letters[4];
  int16_t currency;
  int8_t minor_units; /* -1: none, or not known */
  int8_t active;
  const char *name; /* UTF-8 */
} currency_row;

/*
 * ISO 4217, lists one and three as published on 2026-01-01 (amendment 180), without the three codes that never had a
 * number (XFO, XFU, XRE): letters, number, minor units, 1 if active, name; sorted by letters. Of several currencies
 * with one number, the active one or else the last withdrawn has it as it is; the others, from late to early withdrawal
 * (of two at one time, the later letters first), have 1000, 2000, ... added. List three has no minor units: they are
 * those of list one in its day, as OpenJDK's table keeps them. tests/tools/currency_table.py writes this from the two
 * lists.
 */
/* clang-format off */
static const currency_row currency_table[] = {
    {"ADP", 20, 0, 0, "Andorran Peseta"},
    {"AED", 784, 2, 1, "UAE Dirham"},
    {"AFA", 4, 2, 0, "Afghani"},
    {"AFN", 971, 2, 1, "Afghani"},
    {"ALK", 1008, -1, 0, "Old Lek"},
    {"ALL", 8, 2, 1, "Lek"},
    {"AMD", 51, 2, 1, "Armenian Dram"},
    {"ANG", 1532, 2, 0, "Netherlands Antillean Guilder"},
    {"AOA", 973, 2, 1, "Kwanza"},
    {"AOK", 1024, -1, 0, "Kwanza"},
    {"AON", 24, -1, 0, "New Kwanza"},
    {"AOR", 982, -1, 0, "Kwanza Reajustado"},
    {"ARA", 1032, -1, 0, "Austral"},
    {"ARP", 3032, -1, 0, "Peso Argentino"},
    {"ARS", 32, 2, 1, "Argentine Peso"},
    {"ARY", 2032, -1, 0, "Peso"},
    {"ATS", 40, 2, 0, "Schilling"},
    {"AUD", 36, 2, 1, "Australian Dollar"},
    {"AWG", 533, 2, 1, "Aruban Florin"},
    {"AYM", 945, 2, 0, "Azerbaijan Manat"},
    {"AZM", 31, 2, 0, "Azerbaijanian Manat"},
    {"AZN", 944, 2, 1, "Azerbaijan Manat"},
    {"BAD", 70, -1, 0, "Dinar"},
    {"BAM", 977, 2, 1, "Convertible Mark"},
    {"BBD", 52, 2, 1, "Barbados Dollar"},
    {"BDT", 50, 2, 1, "Taka"},
    {"BEC", 993, -1, 0, "Convertible Franc"},
    {"BEF", 56, 0, 0, "Belgian Franc"},
    {"BEL", 992, -1, 0, "Financial Franc"},
    {"BGJ", 2100, -1, 0, "Lev A/52"},
    {"BGK", 1100, -1, 0, "Lev A/62"},
    {"BGL", 100, 2, 0, "Lev"},
    {"BGN", 975, 2, 0, "Bulgarian Lev"},
    {"BHD", 48, 3, 1, "Bahraini Dinar"},
    {"BIF", 108, 0, 1, "Burundi Franc"},
    {"BMD", 60, 2, 1, "Bermudian Dollar"},
    {"BND", 96, 2, 1, "Brunei Dollar"},
    {"BOB", 68, 2, 1, "Boliviano"},
    {"BOP", 1068, -1, 0, "Peso boliviano"},
    {"BOV", 984, 2, 1, "Mvdol"},
    {"BRB", 3076, -1, 0, "Cruzeiro"},
    {"BRC", 2076, -1, 0, "Cruzado"},
    {"BRE", 76, -1, 0, "Cruzeiro"},
    {"BRL", 986, 2, 1, "Brazilian Real"},
    {"BRN", 1076, -1, 0, "New Cruzado"},
    {"BRR", 987, -1, 0, "Cruzeiro Real"},
    {"BSD", 44, 2, 1, "Bahamian Dollar"},
    {"BTN", 64, 2, 1, "Ngultrum"},
    {"BUK", 1104, -1, 0, "Kyat"},
    {"BWP", 72, 2, 1, "Pula"},
    {"BYB", 112, 0, 0, "Belarusian Ruble"},
    {"BYN", 933, 2, 1, "Belarusian Ruble"},
    {"BYR", 974, 0, 0, "Belarusian Ruble"},
    {"BZD", 84, 2, 1, "Belize Dollar"},
    {"CAD", 124, 2, 1, "Canadian Dollar"},
    {"CDF", 976, 2, 1, "Congolese Franc"},
    {"CHC", 1948, -1, 0, "WIR Franc (for electronic)"},
    {"CHE", 947, 2, 1, "WIR Euro"},
    {"CHF", 756, 2, 1, "Swiss Franc"},
    {"CHW", 948, 2, 1, "WIR Franc"},
    {"CLF", 990, 4, 1, "Unidad de Fomento"},
    {"CLP", 152, 0, 1, "Chilean Peso"},
    {"CNY", 156, 2, 1, "Yuan Renminbi"},
    {"COP", 170, 2, 1, "Colombian Peso"},
    {"COU", 970, 2, 1, "Unidad de Valor Real"},
    {"CRC", 188, 2, 1, "Costa Rican Colon"},
    {"CSD", 891, 2, 0, "Serbian Dinar"},
    {"CSJ", 1203, -1, 0, "Krona A/53"},
    {"CSK", 200, -1, 0, "Koruna"},
    {"CUC", 931, 2, 0, "Peso Convertible"},
    {"CUP", 192, 2, 1, "Cuban Peso"},
    {"CVE", 132, 2, 1, "Cabo Verde Escudo"},
    {"CYP", 196, 2, 0, "Cyprus Pound"},
    {"CZK", 203, 2, 1, "Czech Koruna"},
    {"DDM", 278, -1, 0, "Mark der DDR"},
    {"DEM", 276, 2, 0, "Deutsche Mark"},
    {"DJF", 262, 0, 1, "Djibouti Franc"},
    {"DKK", 208, 2, 1, "Danish Krone"},
    {"DOP", 214, 2, 1, "Dominican Peso"},
    {"DZD", 12, 2, 1, "Algerian Dinar"},
    {"ECS", 218, -1, 0, "Sucre"},
    {"ECV", 983, -1, 0, "Unidad de Valor Constante (UVC)"},
    {"EEK", 233, 2, 0, "Kroon"},
    {"EGP", 818, 2, 1, "Egyptian Pound"},
    {"ERN", 232, 2, 1, "Nakfa"},
    {"ESA", 996, -1, 0, "Spanish Peseta"},
    {"ESB", 995, -1, 0, "\"A\" Account (convertible Peseta Account)"},
    {"ESP", 724, 0, 0, "Spanish Peseta"},
    {"ETB", 230, 2, 1, "Ethiopian Birr"},
    {"EUR", 978, 2, 1, "Euro"},
    {"FIM", 246, 2, 0, "Markka"},
    {"FJD", 242, 2, 1, "Fiji Dollar"},
    {"FKP", 238, 2, 1, "Falkland Islands Pound"},
    {"FRF", 250, 2, 0, "French Franc"},
    {"GBP", 826, 2, 1, "Pound Sterling"},
    {"GEK", 268, -1, 0, "Georgian Coupon"},
    {"GEL", 981, 2, 1, "Lari"},
    {"GHC", 288, 2, 0, "Cedi"},
    {"GHP", 939, -1, 0, "Ghana Cedi"},
    {"GHS", 936, 2, 1, "Ghana Cedi"},
    {"GIP", 292, 2, 1, "Gibraltar Pound"},
    {"GMD", 270, 2, 1, "Dalasi"},
    {"GNE", 1324, -1, 0, "Syli"},
    {"GNF", 324, 0, 1, "Guinean Franc"},
    {"GNS", 2324, -1, 0, "Syli"},
    {"GQE", 226, -1, 0, "Ekwele"},
    {"GRD", 300, 0, 0, "Drachma"},
    {"GTQ", 320, 2, 1, "Quetzal"},
    {"GWE", 1624, -1, 0, "Guinea Escudo"},
    {"GWP", 624, 2, 0, "Guinea-Bissau Peso"},
    {"GYD", 328, 2, 1, "Guyana Dollar"},
    {"HKD", 344, 2, 1, "Hong Kong Dollar"},
    {"HNL", 340, 2, 1, "Lempira"},
    {"HRD", 1191, -1, 0, "Croatian Dinar"},
    {"HRK", 191, 2, 0, "Kuna"},
    {"HTG", 332, 2, 1, "Gourde"},
    {"HUF", 348, 2, 1, "Forint"},
    {"IDR", 360, 2, 1, "Rupiah"},
    {"IEP", 372, 2, 0, "Irish Pound"},
    {"ILP", 2376, -1, 0, "Pound"},
    {"ILR", 1376, -1, 0, "Old Shekel"},
    {"ILS", 376, 2, 1, "New Israeli Sheqel"},
    {"INR", 356, 2, 1, "Indian Rupee"},
    {"IQD", 368, 3, 1, "Iraqi Dinar"},
    {"IRR", 364, 2, 1, "Iranian Rial"},
    {"ISJ", 1352, -1, 0, "Old Krona"},
    {"ISK", 352, 0, 1, "Iceland Krona"},
    {"ITL", 380, 0, 0, "Italian Lira"},
    {"JMD", 388, 2, 1, "Jamaican Dollar"},
    {"JOD", 400, 3, 1, "Jordanian Dinar"},
    {"JPY", 392, 0, 1, "Yen"},
    {"KES", 404, 2, 1, "Kenyan Shilling"},
    {"KGS", 417, 2, 1, "Som"},
    {"KHR", 116, 2, 1, "Riel"},
    {"KMF", 174, 0, 1, "Comorian Franc"},
    {"KPW", 408, 2, 1, "North Korean Won"},
    {"KRW", 410, 0, 1, "Won"},
    {"KWD", 414, 3, 1, "Kuwaiti Dinar"},
    {"KYD", 136, 2, 1, "Cayman Islands Dollar"},
    {"KZT", 398, 2, 1, "Tenge"},
    {"LAJ", 1418, -1, 0, "Pathet Lao Kip"},
    {"LAK", 418, 2, 1, "Lao Kip"},
    {"LBP", 422, 2, 1, "Lebanese Pound"},
    {"LKR", 144, 2, 1, "Sri Lanka Rupee"},
    {"LRD", 430, 2, 1, "Liberian Dollar"},
    {"LSL", 426, 2, 1, "Loti"},
    {"LSM", 1426, -1, 0, "Loti"},
    {"LTL", 440, 2, 0, "Lithuanian Litas"},
    {"LTT", 1440, -1, 0, "Talonas"},
    {"LUC", 989, -1, 0, "Luxembourg Convertible Franc"},
    {"LUF", 442, 0, 0, "Luxembourg Franc"},
    {"LUL", 988, -1, 0, "Luxembourg Financial Franc"},
    {"LVL", 428, 2, 0, "Latvian Lats"},
    {"LVR", 1428, -1, 0, "Latvian Ruble"},
    {"LYD", 434, 3, 1, "Libyan Dinar"},
    {"MAD", 504, 2, 1, "Moroccan Dirham"},
    {"MDL", 498, 2, 1, "Moldovan Leu"},
    {"MGA", 969, 2, 1, "Malagasy Ariary"},
    {"MGF", 450, 0, 0, "Malagasy Franc"},
    {"MKD", 807, 2, 1, "Denar"},
    {"MLF", 466, -1, 0, "Mali Franc"},
    {"MMK", 104, 2, 1, "Kyat"},
    {"MNT", 496, 2, 1, "Tugrik"},
    {"MOP", 446, 2, 1, "Pataca"},
    {"MRO", 478, 2, 0, "Ouguiya"},
    {"MRU", 929, 2, 1, "Ouguiya"},
    {"MTL", 470, 2, 0, "Maltese Lira"},
    {"MTP", 1470, -1, 0, "Maltese Pound"},
    {"MUR", 480, 2, 1, "Mauritius Rupee"},
    {"MVQ", 1462, -1, 0, "Maldive Rupee"},
    {"MVR", 462, 2, 1, "Rufiyaa"},
    {"MWK", 454, 2, 1, "Malawi Kwacha"},
    {"MXN", 484, 2, 1, "Mexican Peso"},
    {"MXP", 1484, -1, 0, "Mexican Peso"},
    {"MXV", 979, 2, 1, "Mexican Unidad de Inversion (UDI)"},
    {"MYR", 458, 2, 1, "Malaysian Ringgit"},
    {"MZE", 1508, -1, 0, "Mozambique Escudo"},
    {"MZM", 508, 2, 0, "Mozambique Metical"},
    {"MZN", 943, 2, 1, "Mozambique Metical"},
    {"NAD", 516, 2, 1, "Namibia Dollar"},
    {"NGN", 566, 2, 1, "Naira"},
    {"NIC", 1558, -1, 0, "Cordoba"},
    {"NIO", 558, 2, 1, "Cordoba Oro"},
    {"NLG", 528, 2, 0, "Netherlands Guilder"},
    {"NOK", 578, 2, 1, "Norwegian Krone"},
    {"NPR", 524, 2, 1, "Nepalese Rupee"},
    {"NZD", 554, 2, 1, "New Zealand Dollar"},
    {"OMR", 512, 3, 1, "Rial Omani"},
    {"PAB", 590, 2, 1, "Balboa"},
    {"PEH", 2604, -1, 0, "Sol"},
    {"PEI", 1604, -1, 0, "Inti"},
    {"PEN", 604, 2, 1, "Sol"},
    {"PES", 3604, -1, 0, "Sol"},
    {"PGK", 598, 2, 1, "Kina"},
    {"PHP", 608, 2, 1, "Philippine Peso"},
    {"PKR", 586, 2, 1, "Pakistan Rupee"},
    {"PLN", 985, 2, 1, "Zloty"},
    {"PLZ", 616, -1, 0, "Zloty"},
    {"PTE", 620, 0, 0, "Portuguese Escudo"},
    {"PYG", 600, 0, 1, "Guarani"},
    {"QAR", 634, 2, 1, "Qatari Rial"},
    {"RHD", 2716, -1, 0, "Rhodesian Dollar"},
    {"ROK", 1642, -1, 0, "Leu A/52"},
    {"ROL", 642, 0, 0, "Old Leu"},
    {"RON", 946, 2, 1, "Romanian Leu"},
    {"RSD", 941, 2, 1, "Serbian Dinar"},
    {"RUB", 643, 2, 1, "Russian Ruble"},
    {"RUR", 810, 2, 0, "Russian Ruble"},
    {"RWF", 646, 0, 1, "Rwanda Franc"},
    {"SAR", 682, 2, 1, "Saudi Riyal"},
    {"SBD", 90, 2, 1, "Solomon Islands Dollar"},
    {"SCR", 690, 2, 1, "Seychelles Rupee"},
    {"SDD", 736, 2, 0, "Sudanese Dinar"},
    {"SDG", 938, 2, 1, "Sudanese Pound"},
    {"SDP", 1736, -1, 0, "Sudanese Pound"},
    {"SEK", 752, 2, 1, "Swedish Krona"},
    {"SGD", 702, 2, 1, "Singapore Dollar"},
    {"SHP", 654, 2, 1, "Saint Helena Pound"},
    {"SIT", 705, 2, 0, "Tolar"},
    {"SKK", 703, 2, 0, "Slovak Koruna"},
    {"SLE", 925, 2, 1, "Leone"},
    {"SLL", 694, 2, 0, "Leone"},
    {"SOS", 706, 2, 1, "Somali Shilling"},
    {"SRD", 968, 2, 1, "Surinam Dollar"},
    {"SRG", 740, 2, 0, "Surinam Guilder"},
    {"SSP", 728, 2, 1, "South Sudanese Pound"},
    {"STD", 678, 2, 0, "Dobra"},
    {"STN", 930, 2, 1, "Dobra"},
    {"SUR", 1810, -1, 0, "Rouble"},
    {"SVC", 222, 2, 1, "El Salvador Colon"},
    {"SYP", 760, 2, 1, "Syrian Pound"},
    {"SZL", 748, 2, 1, "Lilangeni"},
    {"THB", 764, 2, 1, "Baht"},
    {"TJR", 762, -1, 0, "Tajik Ruble"},
    {"TJS", 972, 2, 1, "Somoni"},
    {"TMM", 795, 2, 0, "Turkmenistan Manat"},
    {"TMT", 934, 2, 1, "Turkmenistan New Manat"},
    {"TND", 788, 3, 1, "Tunisian Dinar"},
    {"TOP", 776, 2, 1, "Pa\342\200\231anga"},
    {"TPE", 626, 0, 0, "Timor Escudo"},
    {"TRL", 792, 0, 0, "Old Turkish Lira"},
    {"TRY", 949, 2, 1, "Turkish Lira"},
    {"TTD", 780, 2, 1, "Trinidad and Tobago Dollar"},
    {"TWD", 901, 2, 1, "New Taiwan Dollar"},
    {"TZS", 834, 2, 1, "Tanzanian Shilling"},
    {"UAH", 980, 2, 1, "Hryvnia"},
    {"UAK", 804, -1, 0, "Karbovanet"},
    {"UGS", 2800, -1, 0, "Uganda Shilling"},
    {"UGW", 1800, -1, 0, "Old Shilling"},
    {"UGX", 800, 0, 1, "Uganda Shilling"},
    {"USD", 840, 2, 1, "US Dollar"},
    {"USN", 997, 2, 1, "US Dollar (Next day)"},
    {"USS", 998, 2, 0, "US Dollar (Same day)"},
    {"UYI", 940, 0, 1, "Uruguay Peso en Unidades Indexadas (UI)"},
    {"UYN", 2858, -1, 0, "Old Uruguay Peso"},
    {"UYP", 1858, -1, 0, "Uruguayan Peso"},
    {"UYU", 858, 2, 1, "Peso Uruguayo"},
    {"UYW", 927, 4, 1, "Unidad Previsional"},
    {"UZS", 860, 2, 1, "Uzbekistan Sum"},
    {"VEB", 862, 2, 0, "Bolivar"},
    {"VED", 926, 2, 1, "Bol\303\255var Soberano"},
    {"VEF", 937, 2, 0, "Bol\303\255var"},
    {"VES", 928, 2, 1, "Bol\303\255var Soberano"},
    {"VNC", 1704, -1, 0, "Old Dong"},
    {"VND", 704, 0, 1, "Dong"},
    {"VUV", 548, 0, 1, "Vatu"},
    {"WST", 882, 2, 1, "Tala"},
    {"XAD", 396, 2, 1, "Arab Accounting Dinar"},
    {"XAF", 950, 0, 1, "CFA Franc BEAC"},
    {"XAG", 961, -1, 1, "Silver"},
    {"XAU", 959, -1, 1, "Gold"},
    {"XBA", 955, -1, 1, "Bond Markets Unit European Composite Unit (EURCO)"},
    {"XBB", 956, -1, 1, "Bond Markets Unit European Monetary Unit (E.M.U.-6)"},
    {"XBC", 957, -1, 1, "Bond Markets Unit European Unit of Account 9 (E.U.A.-9)"},
    {"XBD", 958, -1, 1, "Bond Markets Unit European Unit of Account 17 (E.U.A.-17)"},
    {"XCD", 951, 2, 1, "East Caribbean Dollar"},
    {"XCG", 532, 2, 1, "Caribbean Guilder"},
    {"XDR", 960, -1, 1, "SDR (Special Drawing Right)"},
    {"XEU", 954, -1, 0, "European Currency Unit (E.C.U)"},
    {"XOF", 952, 0, 1, "CFA Franc BCEAO"},
    {"XPD", 964, -1, 1, "Palladium"},
    {"XPF", 953, 0, 1, "CFP Franc"},
    {"XPT", 962, -1, 1, "Platinum"},
    {"XSU", 994, -1, 1, "Sucre"},
    {"XTS", 963, -1, 1, "Codes specifically reserved for testing purposes"},
    {"XUA", 965, -1, 1, "ADB Unit of Account"},
    {"XXX", 999, -1, 1, "The codes assigned for transactions where no currency is involved"},
    {"YDD", 720, -1, 0, "Yemeni Dinar"},
    {"YER", 886, 2, 1, "Yemeni Rial"},
    {"YUD", 1890, -1, 0, "New Yugoslavian Dinar"},
    {"YUM", 1891, 2, 0, "New Dinar"},
    {"YUN", 890, -1, 0, "Yugoslavian Dinar"},
    {"ZAL", 991, -1, 0, "Financial Rand"},
    {"ZAR", 710, 2, 1, "Rand"},
    {"ZMK", 894, 2, 0, "Zambian Kwacha"},
    {"ZMW", 967, 2, 1, "Zambian Kwacha"},
    {"ZRN", 180, -1, 0, "New Zaire"},
    {"ZRZ", 1180, -1, 0, "Zaire"},
    {"ZWC", 1716, -1, 0, "Rhodesian Dollar"},
    {"ZWD", 716, 2, 0, "Zimbabwe Dollar"},
    {"ZWG", 924, 2, 1, "Zimbabwe Gold"},
    {"ZWL", 932, 2, 0, "Zimbabwe Dollar"},
    {"ZWN", 942, 2, 0, "Zimbabwe Dollar (new)"},
    {"ZWR", 935, 2, 0, "Zimbabwe Dollar"},
};

/* Places in the table in the order of numbers. */
static const uint16_t currency_by_number[] = {
    2, 5, 79, 0, 10, 20, 14, 17, 16, 46, 33, 25, 6, 24, 27, 35, 47, 37, 22, 49, 42, 53, 210, 36, 31, 161, 34, 50, 133,
    54, 71, 138, 143, 61, 62, 63, 134, 296, 65, 114, 70, 72, 68, 73, 77, 78, 80, 229, 105, 88, 84, 82, 92, 91, 90, 93,
    76, 95, 101, 75, 74, 97, 100, 106, 107, 103, 110, 115, 112, 111, 116, 126, 122, 117, 124, 123, 118, 121, 127, 128,
    130, 267, 139, 129, 131, 135, 136, 137, 132, 141, 142, 145, 152, 144, 154, 147, 150, 163, 158, 171, 175, 170, 160,
    166, 164, 168, 172, 162, 156, 155, 177, 187, 179, 185, 183, 276, 18, 265, 186, 182, 180, 184, 195, 188, 193, 199,
    191, 194, 197, 198, 109, 239, 200, 203, 206, 208, 217, 226, 209, 211, 221, 216, 219, 264, 218, 222, 293, 299, 287,
    87, 225, 212, 224, 231, 215, 58, 230, 233, 232, 238, 242, 1, 237, 240, 235, 249, 246, 159, 207, 83, 94, 244, 250,
    256, 258, 259, 266, 288, 291, 66, 294, 243, 300, 220, 260, 257, 262, 165, 227, 69, 301, 51, 236, 303, 99, 261, 213,
    98, 253, 205, 302, 178, 21, 19, 204, 57, 59, 241, 268, 275, 279, 281, 278, 271, 272, 273, 274, 270, 277, 269, 282,
    284, 280, 285, 295, 223, 157, 64, 3, 234, 8, 52, 32, 55, 23, 89, 174, 245, 96, 11, 81, 39, 196, 43, 45, 151, 149,
    60, 292, 28, 26, 283, 86, 85, 251, 252, 286, 4, 9, 12, 38, 44, 30, 48, 297, 113, 67, 102, 125, 120, 140, 146, 153,
    148, 169, 167, 173, 176, 7, 181, 190, 108, 202, 263, 298, 214, 248, 228, 255, 289, 290, 56, 15, 41, 29, 104, 119,
    189, 201, 247, 254, 13, 40, 192
};
/* clang-format on */

enum { CURRENCY_COUNT = sizeof currency_table / sizeof currency_table[0] };

/** The row of three letters, capital or small; null if there is none. */
static const currency_row *currency_of_letters(const char *text) {
  char letters[3];
  size_t low = 0, high = CURRENCY_COUNT;
  for (size_t i = 0; i < 3; i++) letters[i] = trade_upper(text[i]);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = memcmp(letters, currency_table[middle].letters, 3);
    if (order == 0) return &currency_table[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

/** The row of a currency, null if it is unknown. */
static const currency_row *currency_of_number(int32_t currency) {
  size_t low = 0, high = CURRENCY_COUNT;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const currency_row *row = &currency_table[currency_by_number[middle]];
    if (row->currency == currency) return row;
    if (row->currency > currency)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

trade_status trade_currency_parse(const char *text, size_t length, int32_t *currency) {
  const currency_row *row;
  if (!text || !currency) return TRADE_ERROR_NULL;
  if (length != 3) return TRADE_ERROR_TEXT;
  if (trade_is_letter(text[0]) && trade_is_letter(text[1]) && trade_is_letter(text[2]))
    row = currency_of_letters(text);
  else if (trade_is_digit(text[0]) && trade_is_digit(text[1]) && trade_is_digit(text[2]))
    row = currency_of_number((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
  else
    return TRADE_ERROR_TEXT;
  if (!row) return TRADE_ERROR_CURRENCY;
  *currency = row->currency;
  return TRADE_OK;
}

const char *trade_currency_letters(int32_t currency) {
  const currency_row *row = currency_of_number(currency);
  return row ? row->letters : NULL;
}

const char *trade_currency_name(int32_t currency) {
  const currency_row *row = currency_of_number(currency);
  return row ? row->name : NULL;
}

int32_t trade_currency_minor_units(int32_t currency) {
  const currency_row *row = currency_of_number(currency);
  return row ? row->minor_units : -1;
}

int32_t trade_currency_active(int32_t currency) {
  const currency_row *row = currency_of_number(currency);
  return row ? row->active : -1;
}

size_t trade_currency_count(void) { return CURRENCY_COUNT; }

int32_t trade_currency_at(size_t position) { return position < CURRENCY_COUNT ? currency_table[position].currency : 0; }

/** value * scale rounded to a whole number, half to even, over scale. The value is positive, scale a power of ten up to
 *  10^4. */
static double currency_rounded(double value, double scale) {
  /* From 2^53 units on, a unit is less than half the distance to the next double: the value is its own nearest. */
  if (value >= 9007199254740992.0 / scale) return value;
  /* The product is exactly `product` + `rest`: the halves of the value have 39 and 14 bits, the scale at most 14. */
  const double high = trade_double_of(trade_bits_of(value) & ~(uint64_t)0x3FFF);
  const double product_high = high * scale, product_low = (value - high) * scale;
  const double product = product_high + product_low;
  const double rest = product_low - (product - product_high);
  const double whole = floor(product), part = product - whole;
  /* `part` is a multiple of the product's last place and `rest` at most half of one: it decides only where `part` is
   * one half. */
  const int odd = whole - 2 * floor(whole / 2) > 0;
  const int up = part > 0.5 || (part == 0.5 && (rest > 0 || (rest == 0 && odd)));
  return (whole + up) / scale;
}

double trade_currency_round(double value, int32_t currency) {
  static const double scales[] = {1, 10, 100, 1000, 10000};
  const currency_row *row = currency_of_number(currency);
  if (!row || !trade_known(value)) return TRADE_UNDEFINED;
  if (row->minor_units < 0) return value;
  const double rounded = currency_rounded(fabs(value), scales[row->minor_units]);
  return value < 0 && rounded > 0 ? -rounded : rounded;
}

static trade_rate currency_rate(double price, int32_t base, int32_t quote) {
  trade_rate rate;
  rate.price = price;
  rate.base = base;
  rate.quote = quote;
  return rate;
}

static trade_rate currency_no_rate(void) { return currency_rate(TRADE_UNDEFINED, 0, 0); }

/** 1 if the two are known currencies and not one. */
static int currency_is_pair(int32_t base, int32_t quote) {
  return base != quote && currency_of_number(base) && currency_of_number(quote);
}

trade_rate trade_rate_make(double price, int32_t base, int32_t quote) {
  return trade_positive(price) && currency_is_pair(base, quote) ? currency_rate(price, base, quote)
                                                                : currency_no_rate();
}

int32_t trade_rate_valid(trade_rate rate) {
  return trade_positive(rate.price) && currency_is_pair(rate.base, rate.quote);
}

trade_rate trade_rate_inverse(trade_rate rate) { return trade_rate_make(1 / rate.price, rate.quote, rate.base); }

trade_rate trade_rate_cross(trade_rate a, trade_rate b) {
  if (!trade_rate_valid(a) || !trade_rate_valid(b)) return currency_no_rate();
  if (a.quote == b.base && a.base != b.quote) return trade_rate_make(a.price * b.price, a.base, b.quote);
  if (a.quote == b.quote && a.base != b.base) return trade_rate_make(a.price / b.price, a.base, b.base);
  if (a.base == b.base && a.quote != b.quote) return trade_rate_make(b.price / a.price, a.quote, b.quote);
  if (a.base == b.quote && a.quote != b.base) return trade_rate_make(1 / (a.price * b.price), a.quote, b.base);
  return currency_no_rate();
}

trade_rate trade_rate_implied(double base_value, int32_t base, double quote_value, int32_t quote) {
  if (!trade_positive(base_value) || !trade_positive(quote_value)) return currency_no_rate();
  return trade_rate_make(quote_value / base_value, base, quote);
}

trade_rate trade_rate_euro_fixed(int32_t currency) {
  static const struct {
    int32_t currency;
    double price;
  } fixed[] = {
      {40, 13.7603},   /* ATS */
      {56, 40.3399},   /* BEF */
      {975, 1.95583},  /* BGN */
      {196, 0.585274}, /* CYP */
      {276, 1.95583},  /* DEM */
      {233, 15.6466},  /* EEK */
      {724, 166.386},  /* ESP */
      {246, 5.94573},  /* FIM */
      {250, 6.55957},  /* FRF */
      {300, 340.750},  /* GRD */
      {191, 7.53450},  /* HRK */
      {372, 0.787564}, /* IEP */
      {380, 1936.27},  /* ITL */
      {440, 3.45280},  /* LTL */
      {442, 40.3399},  /* LUF */
      {428, 0.702804}, /* LVL */
      {470, 0.429300}, /* MTL */
      {528, 2.20371},  /* NLG */
      {620, 200.482},  /* PTE */
      {705, 239.640},  /* SIT */
      {703, 30.1260},  /* SKK */
  };
  for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
    if (fixed[i].currency == currency) return currency_rate(fixed[i].price, TRADE_EUR, currency);
  return currency_no_rate();
}

double trade_currency_convert(double value, int32_t currency, trade_rate rate) {
  if (!trade_rate_valid(rate)) return TRADE_UNDEFINED;
  if (currency == rate.base) return trade_finite_or_undefined(value * rate.price);
  if (currency == rate.quote) return trade_finite_or_undefined(value / rate.price);
  return TRADE_UNDEFINED;
}

trade_status trade_currency_convert_array(const double *values, size_t n, int32_t currency, trade_rate rate,
                                          double *converted) {
  const double price = rate.price;
  if (n > 0 && (!values || !converted)) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *values)) return TRADE_ERROR_LENGTH;
  if (!trade_positive(price)) return TRADE_ERROR_RATE;
  if (!currency_is_pair(rate.base, rate.quote)) return TRADE_ERROR_CURRENCY;
  if (currency == rate.base)
    for (size_t i = 0; i < n; i++) converted[i] = trade_finite_or_undefined(values[i] * price);
  else if (currency == rate.quote)
    for (size_t i = 0; i < n; i++) converted[i] = trade_finite_or_undefined(values[i] / price);
  else
    return TRADE_ERROR_CURRENCY;
  return TRADE_OK;
}

static trade_status currency_check_series(const double *values, const double *prices, size_t n, int32_t currency,
                                          int32_t base, int32_t quote, int no_result) {
  if (no_result || (n > 0 && (!values || !prices))) return TRADE_ERROR_NULL;
  if (!trade_fits(n, sizeof *values)) return TRADE_ERROR_LENGTH;
  if (!currency_is_pair(base, quote) || (currency != base && currency != quote)) return TRADE_ERROR_CURRENCY;
  return TRADE_OK;
}

/** The price, or what makes everything missing if it is none. Without branches, so that loops with it vectorise. */
static inline double currency_price(double price) {
  const int usable = (price > 0) & trade_known(price);
  return usable ? price : TRADE_UNDEFINED;
}

trade_status trade_currency_convert_series(const double *values, const double *prices, size_t n, int32_t currency,
                                           int32_t base, int32_t quote, double *converted) {
  const trade_status status = currency_check_series(values, prices, n, currency, base, quote, n > 0 && !converted);
  if (status != TRADE_OK) return status;
  if (currency == base)
    for (size_t i = 0; i < n; i++) converted[i] = trade_finite_or_undefined(values[i] * currency_price(prices[i]));
  else
    for (size_t i = 0; i < n; i++) converted[i] = trade_finite_or_undefined(values[i] / currency_price(prices[i]));
  return TRADE_OK;
}

/** Each value at the price of its row; `divide` if it is in the quote. */
TRADE_INLINE void currency_at_prices_body(const double *values, const int32_t *period, size_t n,
                                          const double *TRADE_RESTRICT prices, int divide, double *converted,
                                          int fused) {
  (void)fused;
  if (divide)
    for (size_t i = 0; i < n; i++)
      converted[i] = trade_finite_or_undefined(values[i] / currency_price(prices[period[i]]));
  else
    for (size_t i = 0; i < n; i++)
      converted[i] = trade_finite_or_undefined(values[i] * currency_price(prices[period[i]]));
}

TRADE_VARIANTS(currency_at_prices,
               (const double *values, const int32_t *period, size_t n, const double *prices, int divide,
                double *converted),
               values, period, n, prices, divide, converted)

trade_status trade_currency_convert_period_array(const double *values, const int32_t *period, size_t n,
                                                 const double *prices, size_t price_count, int32_t currency,
                                                 int32_t base, int32_t quote, double *converted) {
  const int no_array = n > 0 && (!period || !converted || (!prices && price_count > 0));
  const trade_status status = currency_check_series(values, values, n, currency, base, quote, no_array);
  uint32_t outside = 0;
  if (status != TRADE_OK) return status;
  if (!trade_fits(price_count, sizeof *prices)) return TRADE_ERROR_LENGTH;
  const uint32_t count = price_count < INT32_MAX ? (uint32_t)price_count : (uint32_t)INT32_MAX + 1;
  for (size_t i = 0; i < n; i++) outside |= (uint32_t)period[i] >= count;
  if (outside) return TRADE_ERROR_VALUE;
  currency_at_prices(values, period, n, prices, currency != base, converted);
  return TRADE_OK;
}

/** The total a * b. */
static trade_sum currency_product(trade_sum a, trade_sum b) {
  const trade_parts x = trade_total_parts(a), y = trade_total_parts(b);
  return trade_total_product(&x, &y);
}

/** numerator / denominator, NaN if that is 0. The quotient of the rounded totals is corrected by its exact remainder,
 *  so that what remains is the last rounding: within 0.501 ulp. */
static double currency_ratio(trade_sum numerator, trade_sum denominator) {
  const trade_pair d = trade_total_pair(denominator);
  const double quotient = trade_sum_value(&numerator) / d.high;
  trade_sum_add_product(&numerator, -quotient, d.high);
  trade_sum_add_product(&numerator, -quotient, d.low);
  return trade_finite_or_undefined(quotient + trade_sum_value(&numerator) / d.high);
}

static trade_sum currency_count(size_t n) {
  trade_sum count = {0, 0, 0, 0};
  trade_sum_add(&count, (double)n);
  return count;
}

/** Adds value / price as the rounded quotient and the quotient of its exact remainder. */
static void currency_add_quotient(trade_sum *sum, double value, double price) {
  trade_sum remainder = {0, 0, 0, 0};
  const double quotient = value / price;
  trade_sum_add(&remainder, value);
  trade_sum_add_product(&remainder, -quotient, price);
  trade_sum_add(sum, quotient);
  trade_sum_add(sum, trade_sum_value(&remainder) / price);
}

static int currency_all_positive(const double *prices, size_t n) {
  int positive = 1;
  for (size_t i = 0; i < n; i++) positive &= prices[i] > 0;
  return positive;
}

trade_status trade_currency_convert_total(const double *values, const double *prices, size_t n, int32_t currency,
                                          int32_t base, int32_t quote, trade_currency_total *total) {
  trade_sum value_sum = {0, 0, 0, 0}, price_sum = {0, 0, 0, 0}, by_period = {0, 0, 0, 0};
  const trade_status status = currency_check_series(values, prices, n, currency, base, quote, !total);
  if (status != TRADE_OK) return status;
  trade_sum_add_array(&value_sum, values, n);
  trade_sum_add_array(&price_sum, prices, n);
  if (currency == base)
    trade_sum_add_product_array(&by_period, values, prices, n);
  else
    for (size_t i = 0; i < n; i++) currency_add_quotient(&by_period, values[i], prices[i]);
  if (!currency_all_positive(prices, n)) {
    trade_sum_add(&price_sum, TRADE_UNDEFINED);
    trade_sum_add(&by_period, TRADE_UNDEFINED);
  }
  /* At the mean price: values * (prices / n) or values / (prices / n), here as one quotient. The difference is brought
   * to its denominator, so that it is rounded only once too. */
  const trade_sum count = currency_count(n);
  const trade_sum divisor = currency == base ? count : price_sum;
  const trade_sum at_average = currency_product(value_sum, currency == base ? price_sum : count);
  const trade_sum difference = trade_total_difference(currency_product(by_period, divisor), at_average);
  total->by_period = trade_sum_value(&by_period);
  total->at_average = currency_ratio(at_average, divisor);
  total->difference = currency_ratio(difference, divisor);
  return TRADE_OK;
}

double trade_rate_mean(const double *prices, size_t n, size_t *used) {
  trade_sum sum = {0, 0, 0, 0};
  size_t count = 0;
  if (!prices || !trade_fits(n, sizeof *prices)) n = 0;
  for (size_t i = 0; i < n; i++) {
    if (!trade_positive(prices[i])) continue;
    trade_sum_add(&sum, prices[i]);
    count++;
  }
  if (used) *used = count;
  return currency_ratio(sum, currency_count(count));
}

double trade_rate_weighted(const double *local, const double *converted, size_t n) {
  trade_sum local_sum = {0, 0, 0, 0}, converted_sum = {0, 0, 0, 0};
  if (!local || !converted) return TRADE_UNDEFINED;
  trade_sum_add_array(&local_sum, local, n);
  trade_sum_add_array(&converted_sum, converted, n);
  if (!(trade_sum_value(&local_sum) > 0 && trade_sum_value(&converted_sum) > 0)) return TRADE_UNDEFINED;
  return currency_ratio(local_sum, converted_sum);
}

double trade_rate_appreciation(double current, double earlier) {
  if (!trade_positive(current) || !trade_positive(earlier)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined((current - earlier) / earlier);
}

double trade_rate_depreciation(double current, double earlier) { return trade_rate_appreciation(earlier, current); }

double trade_rate_effective(const double *indices, const double *weights, size_t n) {
  trade_sum weighted = {0, 0, 0, 0}, weight_sum = {0, 0, 0, 0}, logs = {0, 0, 0, 0};
  if (!indices || !weights || !trade_fits(n, sizeof *indices)) return TRADE_UNDEFINED;
  for (size_t i = 0; i < n; i++) {
    if (!trade_positive(indices[i]) || !trade_known(weights[i]) || weights[i] < 0) return TRADE_UNDEFINED;
    trade_sum_add_product(&weighted, weights[i], indices[i]);
    trade_sum_add(&weight_sum, weights[i]);
  }
  /* Around the arithmetic mean, which no order changes, logarithms are small, and so is what exp makes of their
   * errors. */
  const double mean = currency_ratio(weighted, weight_sum);
  for (size_t i = 0; i < n; i++) trade_sum_add_product(&logs, weights[i], log(indices[i] / mean));
  return trade_finite_or_undefined(mean * exp(currency_ratio(logs, weight_sum)));
}

double trade_rate_real(double nominal, double foreign_price, double home_price) {
  if (!trade_positive(nominal) || !trade_positive(foreign_price) || !trade_positive(home_price)) return TRADE_UNDEFINED;
  return trade_finite_or_undefined(nominal * foreign_price / home_price);
}

static trade_status currency_check_rates(const trade_rate_series *series) {
  if (!series || (series->n > 0 && (!series->dates || !series->prices))) return TRADE_ERROR_NULL;
  if (!trade_fits(series->n, sizeof *series->prices)) return TRADE_ERROR_LENGTH;
  if (!currency_is_pair(series->base, series->quote)) return TRADE_ERROR_CURRENCY;
  return TRADE_OK;
}

/** Where the observation stands that comes `rank`-th in time. */
static size_t currency_place(const trade_rate_series *series, size_t rank) {
  const size_t last = series->n - 1;
  return series->dates[last] < series->dates[0] ? last - rank : rank;
}

/** Its date, in 64 bits, so that dates can be subtracted. */
static int64_t currency_date(const trade_rate_series *series, size_t rank) {
  return series->dates[currency_place(series, rank)];
}

/** How many dates are not after `date`; TRADE_ERROR_ORDER if one that the search meets is not between those that
 *  surround it. */
static trade_status currency_rank(const trade_rate_series *series, int64_t date, size_t *rank) {
  size_t low = 0, high = series->n;
  int64_t before = INT64_MIN, after = INT64_MAX;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int64_t met = currency_date(series, middle);
    if (met <= before || met >= after) return TRADE_ERROR_ORDER;
    if (met <= date) {
      low = middle + 1;
      before = met;
    } else {
      high = middle;
      after = met;
    }
  }
  *rank = low;
  return TRADE_OK;
}

/**
 * Walks from `rank` on, forward or backward in time, to the first rate within reach of the date. *found is its rank, or
 * series->n if there is none. The step back from 0 wraps to a rank beyond the end, which ends the walk.
 */
static trade_status currency_walk(const trade_rate_series *series, int64_t date, size_t rank, int forward,
                                  int32_t reach, size_t *found) {
  int64_t distance = -1;
  *found = series->n;
  for (; rank < series->n; rank = forward ? rank + 1 : rank - 1) {
    const int64_t met = currency_date(series, rank);
    const int64_t next = forward ? met - date : date - met;
    if (next <= distance) return TRADE_ERROR_ORDER;
    distance = next;
    if (distance > reach) break;
    if (!trade_positive(series->prices[currency_place(series, rank)])) continue;
    *found = rank;
    break;
  }
  return TRADE_OK;
}

trade_status trade_rate_series_at(const trade_rate_series *series, int32_t date, int32_t rule, int32_t reach,
                                  trade_rate *rate, int32_t *used) {
  size_t rank = 0, found = 0, later = 0;
  trade_status status = rate ? currency_check_rates(series) : TRADE_ERROR_NULL;
  if (status != TRADE_OK) return status;
  if (rule < TRADE_RATE_REFUSE || rule > TRADE_RATE_NEAREST || reach < 0) return TRADE_ERROR_VALUE;
  if (rule == TRADE_RATE_REFUSE) reach = 0;
  status = currency_rank(series, date, &rank);
  if (status == TRADE_OK) status = currency_walk(series, date, rank - 1, 0, reach, &found);
  if (status == TRADE_OK && rule == TRADE_RATE_NEAREST) {
    status = currency_walk(series, date, rank, 1, reach, &later);
    if (status == TRADE_OK && later < series->n &&
        (found == series->n || currency_date(series, later) - date < date - currency_date(series, found)))
      found = later;
  }
  if (status != TRADE_OK) return status;
  if (found == series->n) return TRADE_ERROR_NOT_FOUND;
  const size_t place = currency_place(series, found);
  *rate = currency_rate(series->prices[place], series->base, series->quote);
  if (used) *used = series->dates[place];
  return TRADE_OK;
}

/** TRADE_OK if the dates of the ranks from `begin` to before `end` rise. */
static trade_status currency_check_order(const trade_rate_series *series, size_t begin, size_t end) {
  for (size_t rank = begin + 1; rank < end; rank++)
    if (currency_date(series, rank) <= currency_date(series, rank - 1)) return TRADE_ERROR_ORDER;
  return TRADE_OK;
}

trade_status trade_rate_series_mean(const trade_rate_series *series, int32_t first, int32_t last, trade_rate *rate,
                                    size_t *used) {
  size_t begin = 0, end = 0, count = 0;
  trade_status status = rate ? currency_check_rates(series) : TRADE_ERROR_NULL;
  if (status == TRADE_OK) status = currency_rank(series, (int64_t)first - 1, &begin);
  if (status == TRADE_OK) status = currency_rank(series, last, &end);
  if (status == TRADE_OK) status = currency_check_order(series, begin, end);
  if (status != TRADE_OK) return status;
  if (begin >= end) return TRADE_ERROR_NOT_FOUND;
  const size_t place = currency_place(series, begin), other = currency_place(series, end - 1);
  const double mean = trade_rate_mean(series->prices + (place < other ? place : other), end - begin, &count);
  if (count == 0) return TRADE_ERROR_NOT_FOUND;
  if (!trade_positive(mean)) return TRADE_ERROR_RATE;
  *rate = currency_rate(mean, series->base, series->quote);
  if (used) *used = count;
  return TRADE_OK;
}

trade_status trade_rate_series_check(const trade_rate_series *series) {
  const trade_status status = currency_check_rates(series);
  return status == TRADE_OK ? currency_check_order(series, 0, series->n) : status;
}
