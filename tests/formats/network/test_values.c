#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/network/values.h"

static bool is_same(double a, double b) {
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

/* text, is a section, width, height, unit */
static const struct {
    const char *text;
    bool is_section;
    double width, height, unit_m;
} sections[] = {
    {"300",         true,  300,  NAN,  NAN   },
    {"DN300",       true,  300,  NAN,  NAN   },
    {"dn 300",      true,  300,  NAN,  NAN   },
    {"300mm",       true,  300,  NAN,  0.001 },
    {"0.3 m",       true,  0.3,  NAN,  1     },
    {"φ600",       true,  600,  NAN,  NAN   },
    {"12\"",        true,  12,   NAN,  0.0254},
    {"8 inch",      true,  8,    NAN,  0.0254},
    {"800X600",     true,  800,  600,  NAN   },
    {"2700x2600",   true,  2700, 2600, NAN   },
    {"800×600mm",  true,  800,  600,  0.001 },
    {"800 * 600",   true,  800,  600,  NAN   },
    {"BxH 800x600", true,  800,  600,  NAN   },
    {"0",           true,  NAN,  NAN,  NAN   },
    {"",            false, 0,    0,    0     },
    {"unknown",     false, 0,    0,    0     },
    {"300 maybe",   false, 0,    0,    0     },
    {"800x",        false, 0,    0,    0     },
    {"-300",        false, 0,    0,    0     },
};

Test(values, sections) {
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        struct section got;
        bool is_section = section_parse(text_from(sections[i].text), &got);
        cr_expect_eq(is_section, sections[i].is_section, "'%s'", sections[i].text);
        if (is_section && sections[i].is_section) {
            cr_expect(is_same(got.width, sections[i].width), "'%s'", sections[i].text);
            cr_expect(is_same(got.height, sections[i].height), "'%s'", sections[i].text);
            cr_expect(is_same(got.unit_m, sections[i].unit_m), "'%s'", sections[i].text);
        }
    }
}

static const struct {
    const char *text, *word, *heading;
} foldings[] = {
    {"Pipe ID",               "pipeid",                "pipeid"               },
    {"PIPE-ID",               "pipeid",                "pipeid"               },
    {"管径（mm）",        "管径(mm)",            "管径"               },
    {"距离(m)",             "距离(m)",             "距离"               },
    {"Ｘ",                   "x",                     "x"                    },
    {"湿陷性黄土Ⅲ级", "湿陷性黄土iii级", "湿陷性黄土iii级"},
    {"　井 号",            "井号",                "井号"               },
    {"(m)",                   "(m)",                   "(m)"                  },
};

Test(values, folding) {
    for (size_t i = 0; i < ARRAY_LEN(foldings); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        struct text word = fold_word(&arena, text_from(foldings[i].text));
        struct text heading = fold_heading(&arena, text_from(foldings[i].text));
        cr_expect(text_equal(word, text_from(foldings[i].word)), "'%s': '%.*s'", foldings[i].text,
            TEXT_ARGS(word));
        cr_expect(text_equal(heading, text_from(foldings[i].heading)), "'%s': '%.*s'",
            foldings[i].text, TEXT_ARGS(heading));
    }
}

static const struct {
    const char *heading;
    double unit_m;
} heading_units[] = {
    {"管径(mm)",         0.001 },
    {"管径（毫米）", 0.001 },
    {"LENGTH_FT",          0.3048},
    {"Length [m]",         1     },
    {"Diameter (in)",      0.0254},
    {"DIAM",               NAN   },
    {"length_total",       NAN   },
};

Test(values, heading_units) {
    for (size_t i = 0; i < ARRAY_LEN(heading_units); i++) {
        double got = heading_unit_m(text_from(heading_units[i].heading));
        cr_expect(is_same(got, heading_units[i].unit_m), "'%s': %g", heading_units[i].heading, got);
    }
}

static const struct {
    enum word_about about;
    const char *word;
    int value;
} words[] = {
    {WORD_FLOW,   "+",            1              },
    {WORD_FLOW,   "-",            -1             },
    {WORD_FLOW,   "-1",           -1             },
    {WORD_FLOW,   "逆流",       -1             },
    {WORD_FLOW,   "顺流",       1              },
    {WORD_FLOW,   "Downstream",   1              },
    {WORD_FLOW,   "perhaps",      WORD_UNKNOWN   },
    {WORD_SYSTEM, "YS",           SYSTEM_STORM   },
    {WORD_SYSTEM, "雨水管",    SYSTEM_STORM   },
    {WORD_SYSTEM, "污水",       SYSTEM_FOUL    },
    {WORD_SYSTEM, "雨污合流", SYSTEM_COMBINED},
    {WORD_SYSTEM, "合流管",    SYSTEM_COMBINED},
    {WORD_SYSTEM, "KR",           SYSTEM_STORM   },
    {WORD_SYSTEM, "ks",           SYSTEM_FOUL    },
    {WORD_SYSTEM, "KM",           SYSTEM_COMBINED},
    {WORD_SYSTEM, "R",            SYSTEM_STORM   },
    {WORD_SYSTEM, "M",            SYSTEM_COMBINED},
    {WORD_SYSTEM, "Mischwasser",  SYSTEM_COMBINED},
    {WORD_SYSTEM, "storm sewer",  SYSTEM_STORM   },
    {WORD_SYSTEM, "Combined",     SYSTEM_COMBINED},
    {WORD_SYSTEM, "Sanitary",     SYSTEM_FOUL    },
    {WORD_SYSTEM, "S",            SYSTEM_S       },
    {WORD_SYSTEM, "gas",          WORD_UNKNOWN   },
    {WORD_SYSTEM, "",             WORD_UNKNOWN   },
};

Test(values, words) {
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        int got = word_value(words[i].about, text_from(words[i].word));
        cr_expect_eq(got, words[i].value, "'%s': %d", words[i].word, got);
    }
}

/* K and T by CJJ 181-2012 */
static const struct {
    const char *text;
    int area, soil;
} influences[] = {
    {"0",                          0,  0 },
    {"3",                          3,  -1},
    {"6",                          6,  6 },
    {"8",                          -1, 8 },
    {"10",                         10, 10},
    {"10.0",                       10, 10},
    {"7",                          -1, -1},
    {"中心商业区",            10, -1},
    {"交通干道",               6,  -1},
    {"其他行车道路",         3,  -1},
    {"其他区域",               0,  -1},
    {"粉砂层",                  -1, 10},
    {"湿陷性黄土Ⅱ级",      -1, 6 },
    {"湿陷性黄土 III 级",    -1, 8 },
    {"湿陷性黄土（IV级）", -1, 10},
    {"湿陷性黄土",            -1, -1},
    {"强膨胀土",               -1, 10},
    {"膨胀土 弱",              -1, 6 },
    {"淤泥",                     -1, 10},
    {"淤泥质土",               -1, 8 },
    {"红黏土",                  -1, 8 },
    {"一般土层",               -1, 0 },
    {"",                           -1, -1},
};

Test(values, influences) {
    for (size_t i = 0; i < ARRAY_LEN(influences); i++) {
        struct text text = text_from(influences[i].text);
        cr_expect_eq(area_importance_parse(text), influences[i].area, "'%s'", influences[i].text);
        cr_expect_eq(soil_influence_parse(text), influences[i].soil, "'%s'", influences[i].text);
    }
}

enum { UNREADABLE = -1 };

static const struct {
    int8_t (*parse)(struct text);
    const char *text;
    int want;
} facts[] = {
    {groundwater_parse,     "0",                        GROUNDWATER_BELOW   },
    {groundwater_parse,     "1",                        GROUNDWATER_ABOVE   },
    {groundwater_parse,     "2",                        UNREADABLE          },
    {groundwater_parse,     "Above the pipe",           GROUNDWATER_ABOVE   },
    {groundwater_parse,     "below",                    GROUNDWATER_BELOW   },
    {groundwater_parse,     "changing",                 GROUNDWATER_CHANGING},
    {groundwater_parse,     "seasonally above",         GROUNDWATER_CHANGING},
    {groundwater_parse,     "unknown",                  GROUNDWATER_UNKNOWN },
    {groundwater_parse,     "oberhalb",                 GROUNDWATER_ABOVE   },
    {groundwater_parse,     "über Rohrscheitel",       GROUNDWATER_ABOVE   },
    {groundwater_parse,     "unter Sohle",              GROUNDWATER_BELOW   },
    {groundwater_parse,     "im Grundwasser",           GROUNDWATER_ABOVE   },
    {groundwater_parse,     "zeitweise im Grundwasser", GROUNDWATER_CHANGING},
    {groundwater_parse,     "nicht im Grundwasser",     GROUNDWATER_BELOW   },
    {groundwater_parse,     "Wechselzone",              GROUNDWATER_CHANGING},
    {groundwater_parse,     "管道以上",             GROUNDWATER_ABOVE   },
    {groundwater_parse,     "管底以下",             GROUNDWATER_BELOW   },
    {groundwater_parse,     "水位变动区",          GROUNDWATER_CHANGING},
    {groundwater_parse,     "没有",                   GROUNDWATER_BELOW   },
    {groundwater_parse,     "43.2",                     UNREADABLE          },
    {groundwater_parse,     "",                         UNREADABLE          },
    {answer_parse,          "yes",                      ANSWER_YES          },
    {answer_parse,          "Ja",                       ANSWER_YES          },
    {answer_parse,          "1",                        ANSWER_YES          },
    {answer_parse,          "是",                      ANSWER_YES          },
    {answer_parse,          "不是",                   ANSWER_NO           },
    {answer_parse,          "没有",                   ANSWER_NO           },
    {answer_parse,          "nein",                     ANSWER_NO           },
    {answer_parse,          "0",                        ANSWER_NO           },
    {answer_parse,          "FALSE",                    ANSWER_NO           },
    {answer_parse,          "unbekannt",                ANSWER_UNKNOWN      },
    {answer_parse,          "perhaps",                  UNREADABLE          },
    {answer_parse,          "2",                        UNREADABLE          },
    {protection_zone_parse, "keine",                    1                   },
    {protection_zone_parse, "0",                        1                   },
    {protection_zone_parse, "III B",                    2                   },
    {protection_zone_parse, "Zone IIIA",                3                   },
    {protection_zone_parse, "Ⅲ",                      3                   },
    {protection_zone_parse, "Schutzzone III",           3                   },
    {protection_zone_parse, "Zone II",                  4                   },
    {protection_zone_parse, "2",                        4                   },
    {protection_zone_parse, "二级保护区",          4                   },
    {protection_zone_parse, "Zone I",                   5                   },
    {protection_zone_parse, "一级",                   5                   },
    {protection_zone_parse, "IV",                       UNREADABLE          },
    {soil_group_parse,      "G1",                       1                   },
    {soil_group_parse,      "g 4",                      4                   },
    {soil_group_parse,      "3",                        3                   },
    {soil_group_parse,      "G5",                       UNREADABLE          },
    {soil_group_parse,      "0",                        UNREADABLE          },
};

Test(values, facts_about_the_ground) {
    for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
        int got = facts[i].parse(text_from(facts[i].text));
        cr_expect_eq(got, facts[i].want, "'%s': %d", facts[i].text, got);
    }
}

static const struct {
    const char *name;
    enum sewer_system system;
} names[] = {
    {"YSLINE",         SYSTEM_STORM   },
    {"ws_point",       SYSTEM_FOUL    },
    {"HS_LINE",        SYSTEM_COMBINED},
    {"雨水管线",   SYSTEM_STORM   },
    {"污水管",      SYSTEM_FOUL    },
    {"storm_mains",    SYSTEM_STORM   },
    {"Mischkanal",     SYSTEM_COMBINED},
    {"PSLINE",         SYSTEM_UNKNOWN },
    {"pipes",          SYSTEM_UNKNOWN },
    {"santa_fe_pipes", SYSTEM_UNKNOWN },
    {"s",              SYSTEM_UNKNOWN },
};

Test(values, systems_of_names) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        enum sewer_system got = system_of_name(text_from(names[i].name));
        cr_expect_eq(got, names[i].system, "'%s': %s", names[i].name, sewer_system_name(got));
    }
}

static const struct {
    const char *text;
    int year;
} years[] = {
    {"1998",       1998},
    {"1998年",    1998},
    {"2005-06-01", 2005},
    {"1998.0",     1998},
    {"0",          0   },
    {"",           0   },
    {"9999",       0   },
    {"old",        0   },
};

Test(values, years) {
    for (size_t i = 0; i < ARRAY_LEN(years); i++) {
        cr_expect_eq(year_parse(text_from(years[i].text)), years[i].year, "'%s'", years[i].text);
    }
}
