#include <criterion/criterion.h>
#include <math.h>

#include "tests/formats/network/network_reading.h"

static double number_of_segment(const struct segment *segment, const char *what) {
    const struct {
        const char *name;
        double value;
    } values[] = {
        {"diameter", segment->diameter_mm      },
        {"height",   segment->height_mm        },
        {"length",   segment->length_m         },
        {"year",     segment->year_built       },
        {"system",   segment->system           },
        {"K",        segment->area_importance  },
        {"T",        segment->soil_influence   },
        {"water",    segment->groundwater      },
        {"short",    segment->capacity_is_short},
        {"zone",     segment->protection_zone  },
        {"group",    segment->soil_group       },
        {"from",     segment->from_invert_m    },
        {"to",       segment->to_invert_m      },
    };

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        if (strcmp(values[i].name, what) == 0) {
            return values[i].value;
        }
    }
    return NAN;
}

/* name, properties of the only segment (of three first ones), what, its value */
static const struct {
    const char *name, *properties, *what;
    double want;
    enum finding_kind finding;
} attributes[] = {
    {"a diameter",                     "\"diam\":300",                            "diameter", 300,   NONE                  },
    {"DN300",                          "\"管径\":\"DN300\"",                    "diameter", 300,   NONE                  },
    {"a box is width",                 "\"PSize\":\"800X600\"",                   "diameter", 800,   NONE                  },
    {"... by height",                  "\"PSize\":\"800X600\"",                   "height",   600,   NONE                  },
    {"a column of heights",            "\"diam\":800,\"height\":1200",            "height",   1200,  NONE                  },
    {"the same height twice is round", "\"diam\":800,\"height\":800",             "height",   NAN,   NONE                  },
    {"metres are seen",                "\"diam\":0.3",                            "diameter", 300,   FINDING_UNIT_CONVERTED},
    {"a unit in the heading",          "\"Durchmesser (cm)\":30",                 "diameter", 300,   NONE                  },
    {"a unit in the cell",             "\"diam\":\"12 inch\"",                    "diameter", 304.8, NONE                  },
    {"0 is no diameter",               "\"diam\":0",                              "diameter", NAN,   NONE                  },
    {"no number is said",              "\"diam\":\"thick\"",                      "diameter", NAN,   FINDING_INVALID_VALUE },
    {"a length",                       "\"管长(m)\":31.5",                      "length",   31.5,  NONE                  },
    {"a length with a comma",          "\"Laenge\":\"31,5\"",                     "length",   31.5,  NONE                  },
    {"feet show against the line",     "\"length\":98.43",                        "length",   30.0,  FINDING_UNIT_CONVERTED},
    {"a year",                         "\"Baujahr\":1964",                        "year",     1964,  NONE                  },
    {"a year in a date",               "\"MDate\":\"1998-05-01\"",                "year",     1998,  NONE                  },
    {"a year before a month",          "\"MDate\":\"2011-09\"",                   "year",     2011,  NONE                  },
    {"a system in Chinese",            "\"管线类型\":\"雨污合流\"",       "system",   3,     NONE                  },
    {"a system by ISYBAU",             "\"Entwaesserungsart\":\"KR\"",            "system",   1,     NONE                  },
    {"a lone S is foul",               "\"system\":\"S\"",                        "system",   2,     NONE                  },
    {"an unknown system is said",      "\"system\":\"gas\"",                      "system",   0,     FINDING_UNKNOWN_VALUE },
    {"importance as a figure",         "\"K\":6",                                 "K",        6,     NONE                  },
    {"importance in words",            "\"地区重要性\":\"中心商业区\"", "K",        10,    NONE                  },
    {"importance that is none",        "\"K\":5",                                 "K",        -1,    FINDING_UNKNOWN_VALUE },
    {"soil in words",                  "\"土质\":\"淤泥质土\"",             "T",        8,     NONE                  },
    {"no soil",                        "\"diam\":300",                            "T",        -1,    NONE                  },
    {"groundwater in words",           "\"Grundwasser\":\"wechselnd\"",           "water",    2,     NONE                  },
    {"groundwater as a figure",        "\"groundwater\":0",                       "water",    1,     NONE                  },
    {"groundwater that is none",       "\"地下水\":\"deep\"",                  "water",    0,     FINDING_UNKNOWN_VALUE },
    {"unknown groundwater",            "\"groundwater\":\"unknown\"",             "water",    0,     NONE                  },
    {"hydraulics not met",             "\"Überlastet\":\"ja\"",                  "short",    2,     NONE                  },
    {"enough capacity",                "\"capacity_is_short\":0",                 "short",    1,     NONE                  },
    {"capacity that is none",          "\"undersized\":\"300\"",                  "short",    0,     FINDING_UNKNOWN_VALUE },
    {"a protection zone",              "\"WSZ\":\"III B\"",                       "zone",     2,     NONE                  },
    {"a zone that is none",            "\"Wasserschutzzone\":\"V\"",              "zone",     0,     FINDING_UNKNOWN_VALUE },
    {"a soil group",                   "\"Bodengruppe\":\"G3\"",                  "group",    3,     NONE                  },
    {"a soil group that is none",      "\"soil_group\":7",                        "group",    0,     FINDING_UNKNOWN_VALUE },
    {"inverts",                        "\"us_inv\":3.5,\"ds_inv\":3.1",           "to",       3.1,   NONE                  },
    {"two zeros are no inverts",       "\"us_inv\":0,\"ds_inv\":0",               "from",     NAN,   NONE                  },
    {"9999 is no invert",              "\"us_inv\":-9999,\"ds_inv\":3.1",         "from",     NAN,   NONE                  },
};

Test(network_attributes, a_repeated_id_is_still_known_as_the_file_has_it) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path path = temp_geojson(&folder, "pipes.geojson",
        LINE(PIPE("P", "A", "B"), "[0,0],[30,0]") "," LINE(PIPE("P", "B", "C"), "[30,0],[60,0]"),
        NULL);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "local"});
    const struct network *network = &reading.network;

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect(network->has_repeated_ids);
    cr_expect(text_equal(network->segments[1].id, TEXT("P#2")));
    cr_expect(text_equal(segment_own_id(&network->segments[0]), TEXT("P")));
    cr_expect(text_equal(segment_own_id(&network->segments[1]), TEXT("P")));
    temp_folder_release(&folder);
}

Test(network_attributes, attributes) {
    struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        char feature[1000];
        snprintf(feature, sizeof feature, LINE("%s", "[0,0],[30,0]"), attributes[i].properties);
        struct temp_path path = temp_geojson(&folder, "pipes.geojson", feature, NULL);
        CLEANUP(reading_release)
        struct reading reading =
            read_request(&(struct network_request){.path = path.at, .crs = "local"});

        cr_assert(reading.is_read, "%s: %s", attributes[i].name, reading.err.text);
        double got = number_of_segment(&reading.network.segments[0], attributes[i].what);
        bool is_same =
            isnan(attributes[i].want) ? isnan(got) : fabs(got - attributes[i].want) < 0.01;
        cr_expect(is_same, "%s: %g", attributes[i].name, got);
        if (attributes[i].finding != NONE) {
            cr_expect_eq(count_findings(&reading.network, attributes[i].finding), 1, "%s",
                attributes[i].name);
        }
    }
    temp_folder_release(&folder);
}

Test(network_attributes, small_sizes_on_a_plan_in_feet_are_inches) {
    static const struct {
        const char *name, *crs, *diameter;
        double want_mm;
    } sizes[] = {
        {"8 on a plan in feet",    "EPSG:2272", "8",   203.2 },
        {"36 on a plan in feet",   "EPSG:2272", "36",  914.4 },
        {"1.2 on a plan in feet",  "EPSG:2272", "1.2", 1200.0},
        {"8 on a plan in metres",  "local",     "8",   8000.0},
        {"36 on a plan in metres", "local",     "36",  36.0  },
    };
    struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        char feature[400];
        snprintf(feature, sizeof feature,
            LINE("\"diameter\":%s", "[2615040,318220],[2615231,318214]"), sizes[i].diameter);
        struct temp_path path = temp_geojson(&folder, "pipes.geojson", feature, NULL);
        CLEANUP(reading_release)
        struct reading reading =
            read_request(&(struct network_request){.path = path.at, .crs = sizes[i].crs});

        cr_assert(reading.is_read, "%s: %s", sizes[i].name, reading.err.text);
        cr_expect_float_eq(reading.network.segments[0].diameter_mm, sizes[i].want_mm, 0.01,
            "%s: %g", sizes[i].name, reading.network.segments[0].diameter_mm);
    }
    temp_folder_release(&folder);
}

Test(network_attributes, a_lone_s_is_storm_beside_f) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path path = temp_geojson(&folder, "pipes.geojson",
        LINE("\"system\":\"S\"", "[0,0],[30,0]") "," LINE("\"system\":\"F\"", "[30,0],[60,0]"),
        NULL);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "local"});

    cr_assert(reading.is_read);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect_eq(reading.network.segments[1].system, SYSTEM_FOUL);
    temp_folder_release(&folder);
}

Test(network_attributes, the_layers_name_tells_the_system) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path path =
        temp_geojson(&folder, "WSLINE.geojson", LINE("\"id\":1", "[0,0],[30,0]"), NULL);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "local"});

    cr_assert(reading.is_read);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_FOUL);
    cr_expect(text_equal(reading.network.segments[0].id, TEXT("1")));
    temp_folder_release(&folder);
}

Test(network_attributes, nodes_have_levels_and_kinds) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path path = temp_geojson(&folder, "points.geojson",
        POINT("\"Exp_No\":\"A\",\"High\":12.5,\"WellDeep\":2.5,\"Subsid\":\"检查井\"",
            "[0,0]") "," POINT("\"Exp_No\":\"B\",\"High\":12.0,\"Feature\":\"转折点\"",
            "[30,0]") "," POINT("\"Exp_No\":\"A\",\"High\":1", "[99,0]") "," POINT("\"High\":1",
            "[70,0]"),
        NULL);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.nodes_path = path.at, .crs = "local"});
    const struct network *network = &reading.network;

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(network->n_nodes, 4);
    cr_expect_float_eq(network->nodes[0].ground_m, 12.5, 1e-9);
    cr_expect_float_eq(network->nodes[0].invert_m, 10, 1e-9);
    cr_expect(isnan(network->nodes[1].invert_m));
    cr_expect(text_equal(network_word(network, network->nodes[0].kind), TEXT("检查井")));
    cr_expect(text_equal(network_word(network, network->nodes[1].kind), TEXT("转折点")));
    cr_expect(text_equal(network->nodes[2].id, TEXT("A#2")));
    cr_expect(text_equal(network->nodes[3].id, TEXT("N1")));
    cr_expect_eq(count_findings(network, FINDING_DUPLICATE_ID), 1);
    cr_expect_eq(count_findings(network, FINDING_ID_MISSING), 1);
    temp_folder_release(&folder);
}
