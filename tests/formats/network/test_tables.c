#include <criterion/criterion.h>

#include "tests/formats/network/network_reading.h"

/* name, file, bytes, nodes, segments, the first node's place, segments described, finding */
static const struct {
    const char *name, *file, *bytes;
    size_t n_nodes;
    struct xy first;
    const char *segments[3];
    enum finding_kind finding;
} tables[] = {
    {"Chinese headings in GBK: X is north",      "t.csv",
     "\xbe\xae\xba\xc5,X,Y\nA,28765.5,119684.1\nB,28754.3,119669.2\n",                                    2, {119684.1, 28765.5},
     {NULL},                                                                                                                                                                              FINDING_AXES_SWAPPED},
    {"the same in UTF-8 with a mark",            "t.csv",
     "\xef\xbb\xbf井号,X,Y\nA,28765.5,119684.1\nB,28754.3,119669.2\n",                                  2, {119684.1, 28765.5},
     {NULL},                                                                                                                                                                              FINDING_AXES_SWAPPED},
    {"... unless the figures know better",       "t.csv",
     "井号,X,Y\nA,500100,2500200\nB,500200,2500200\n",                                                  2, {500100, 2500200},   {NULL},
     FINDING_CRS_MISSING                                                                                                                                                                                      },
    {"headings that say their axis",             "t.csv",
     "井号,北坐标,东坐标\nA,28765.5,119684.1\nB,28754.3,119669.2\n",                              2, {119684.1, 28765.5},
     {NULL},                                                                                                                                                                              FINDING_CRS_MISSING },
    {"English headings: X is east",              "t.csv",      "node_id,x,y\nA,1000,2000\nB,1030,2000\n", 2,
     {1000, 2000},                                                                                                                {NULL},                                                 FINDING_CRS_MISSING },
    {"semicolons and another extension",         "t.txt",      "node_id;x;y\nA;1000;2000\nB;1030;2000\n", 2,
     {1000, 2000},                                                                                                                {NULL},                                                 FINDING_CRS_MISSING },
    {"points with the point that they lead to",  "t.csv",
     "管线点号,连接点号,X,Y,管径\nA,B,28700,119600,300\nB,A,28700,119630,300\n"
        "B,C,28700,119630,DN400\nC,B,28700,119660,400\nC,,28700,119660,\n",                               3, {119600, 28700},     {"A-B A>B 119600,28700 30", "B-C B>C 119630,28700 30"},
     FINDING_AXES_SWAPPED                                                                                                                                                                                     },
    {"pipes with the coordinates of their ends", "YSLINE.csv",
     "S_Exp,S_X,S_Y,E_Exp,E_X,E_Y,FlowDir\nA,28700,119600,B,28700,119630,-\n",                            2,
     {119600, 28700},                                                                                                             {"B-A B>A 119630,28700 30 flipped"},                    FINDING_AXES_SWAPPED},
    {"a row without nodes is no pipe",           "t.csv",
     "from_node,to_node,from_x,from_y,to_x,to_y\nA,B,1000,2000,1030,2000\n,,,,,\n",                       2,
     {1000, 2000},                                                                                                                {"A-B A>B 1000,2000 30"},                               FINDING_ROW_SKIPPED },
};

Test(network_tables, tables) {
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        struct temp_folder folder = temp_folder_new();
        struct temp_path path = temp_text(&folder, tables[i].file, tables[i].bytes);
        CLEANUP(reading_release)
        struct reading reading = read_request(&(struct network_request){.path = path.at});
        const struct network *network = &reading.network;
        size_t n = 0;

        cr_assert(reading.is_read, "%s: %s", tables[i].name, reading.err.text);
        cr_assert_eq(
            network->n_nodes, tables[i].n_nodes, "%s: %zu", tables[i].name, network->n_nodes);
        cr_expect_float_eq(network->nodes[0].at.x, tables[i].first.x, 1e-6, "%s: %f",
            tables[i].name, network->nodes[0].at.x);
        cr_expect_float_eq(network->nodes[0].at.y, tables[i].first.y, 1e-6, "%s", tables[i].name);
        for (; n < 3 && tables[i].segments[n] != NULL && n < network->n_segments; n++) {
            char got[200];
            describe_segment(network, n, got);
            cr_expect_str_eq(got, tables[i].segments[n], "%s: %s", tables[i].name, got);
        }
        cr_expect_eq(network->n_segments, n, "%s: %zu", tables[i].name, network->n_segments);
        cr_expect(n == 3 || tables[i].segments[n] == NULL, "%s", tables[i].name);
        cr_expect_geq(count_findings(network, tables[i].finding), 1, "%s", tables[i].name);
        temp_folder_release(&folder);
    }
}

Test(network_tables, lines_tell_which_column_of_a_table_is_north) {
    static const char *const orders[] = {
        "井号,X,Y\nA,2500000,500000\nB,2500000,500030\n", /* north first */
        "井号,X,Y\nA,500000,2500000\nB,500030,2500000\n",
    };
    struct temp_folder folder = temp_folder_new();
    struct temp_path lines = temp_geojson(&folder, "pipes.geojson",
        LINE(PIPE("P", "A", "B"), "[500030,2500000],[500000,2500000]"),
        "urn:ogc:def:crs:EPSG::4547");

    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        struct temp_path nodes = temp_text(&folder, "nodes.csv", orders[i]);
        CLEANUP(reading_release)
        struct reading reading =
            read_request(&(struct network_request){.path = lines.at, .nodes_path = nodes.at});
        char got[200];

        cr_assert(reading.is_read, "%s", reading.err.text);
        cr_assert_eq(reading.network.n_nodes, 2);
        cr_expect_float_eq(reading.network.nodes[1].at.x, 500030, 1e-6);
        describe_segment(&reading.network, 0, got);
        cr_expect_str_eq(got, "P A>B 500000,2.5e+06 30 flipped", "%s", got);
        cr_expect_eq(count_findings(&reading.network, FINDING_AXES_SWAPPED), i == 0);
    }
    temp_folder_release(&folder);
}

Test(network_tables, the_survey_convention_in_a_folder_of_tables) {
    struct temp_folder folder = temp_folder_new();

    temp_text(&folder, "YSPOINT.csv",
        "Exp_No,X,Y,High,Subsid\nY1,28700,119600,12.5,检查井\nY2,28700,119630,12.4,检查井\n");
    temp_text(&folder, "YSLINE.csv",
        "S_Exp,S_Deep,E_Exp,E_Deep,PSize,Material,FlowDir\nY1,2.0,Y2,2.2,600,砼,+\n");
    temp_text(&folder, "WSPOINT.csv", "Exp_No,X,Y,High\nW1,28750,119600,12\nW2,28750,119630,12\n");
    temp_text(&folder, "WSLINE.csv",
        "S_Exp,S_Deep,E_Exp,E_Deep,PSize,Material,FlowDir\nW1,2.0,W2,2.2,800X600,砼,-\n");
    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){.path = folder.path});
    const struct network *network = &reading.network;
    bool has_storm = false, has_foul = false;

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(network->n_nodes, 4);
    cr_assert_eq(network->n_segments, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct segment *segment = &network->segments[i];
        char got[200];
        describe_segment(network, i, got);
        if (segment->system == SYSTEM_STORM) {
            has_storm = true;
            cr_expect_str_eq(got, "Y1-Y2 Y1>Y2 119600,28700 30");
            cr_expect_float_eq(segment->from_invert_m, 10.5, 1e-5);
            cr_expect_float_eq(segment->to_invert_m, 10.2, 1e-5);
        } else if (segment->system == SYSTEM_FOUL) {
            has_foul = true;
            cr_expect_str_eq(got, "W2-W1 W2>W1 119630,28750 30 flipped");
            cr_expect_float_eq(segment->from_invert_m, 9.8, 1e-5);
            cr_expect_eq(segment->height_mm, 600);
        }
    }
    cr_expect(has_storm && has_foul);
    temp_folder_release(&folder);
}
