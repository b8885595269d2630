#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/network_file.h"
#include "temp_files.h"

#define LINE(properties, coordinates)                                                              \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"LineString\"," \
    "\"coordinates\":[" coordinates "]}}"
#define LINES(properties, coordinates)                  \
    "{\"type\":\"Feature\",\"properties\":{" properties \
    "},\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[" coordinates "]}}"
#define POINT(properties, coordinates)                                                        \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"Point\"," \
    "\"coordinates\":" coordinates "}}"
#define BARE(properties) "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":null}"
#define PIPE(id, from, to) "\"pipe_id\":\"" id "\",\"us_mh\":\"" from "\",\"ds_mh\":\"" to "\""
#define NONE FINDING_KINDS

/* A network that was read, with all that belongs to it. */
struct reading {
    struct network network;
    struct network_report report;
    struct crs *crs;
    struct error err;
    bool is_read;
};

static struct reading read_request(const struct network_request *request) {
    struct reading reading = {0};

    reading.is_read =
        network_read(request, &reading.network, &reading.crs, &reading.report, &reading.err);
    return reading;
}

static void reading_release(struct reading *reading) {
    crs_close(reading->crs);
    network_release(&reading->network);
    network_report_release(&reading->report);
}

static size_t count_findings(const struct network *network, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < network->findings.n; i++) {
        n += network->findings.at[i].kind == kind;
    }
    return n;
}

static struct text node_id(const struct network *network, uint32_t node) {
    return node == NO_NODE ? TEXT("-") : network->nodes[node].id;
}

static void describe_segment(const struct network *network, size_t i, char out[200]) {
    const struct segment *segment = &network->segments[i];
    struct text id = segment->id, from = node_id(network, segment->from_node),
                to = node_id(network, segment->to_node);
    struct xy at = segment->line.n > 0 ? segment->line.at[0] : (struct xy){NAN, NAN};

    snprintf(out, 200, "%.*s %.*s>%.*s %g,%g %g%s", TEXT_ARGS(id), TEXT_ARGS(from), TEXT_ARGS(to),
        at.x, at.y, segment->drawn_m, segment->is_flipped ? " flipped" : "");
}

/* name, features, what each segment comes to: id from>to first-vertex length; findings of a kind */
static const struct {
    const char *name, *features;
    const char *segments[4];
    size_t n_nodes;
    enum finding_kind finding;
    size_t n_findings;
    enum flow_source flow; /* of the last segment */
} cases[] = {
    {"a pipe with an id and two nodes",                                      LINE(PIPE("P", "A",                         "B"),                                                                   "[0,0],[30,0],[30,40]"),
     {"P A>B 0,0 70"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            2,                                                                                                                                                                                                                                                                  NONE,                                                                                                                                                                                                                                                                                                                                                                                                                                                                            0,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   FLOW_FROM_FIELDS},
    {"without an id it is named by its nodes",
     LINE("\"us_mh\":\"A\",\"ds_mh\":\"B\"",                                            "[0,0],[30,0]"),                                                                             {"A-B A>B 0,0 30"},                                                                                         2,
     FINDING_ID_MISSING,                                                                                                                                                                                                                                                                                                                                               1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              FLOW_FROM_FIELDS                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             },
    {"without nodes too it is numbered, and ends in one place are one node",
     LINE("",                                                                               "[0,0],[30,0]") "," LINE("", "[30.004,0],[60,0]"),
     {"#1 N1>N2 0,0 30", "#2 N2>N3 30.004,0 29.996"},                                                                                                                                                                                                                                                                                         3,                                                                                                                                                                                                                                                                                                  FINDING_ID_MISSING,                                                                                                                                                                                                                                                 1,
     FLOW_FROM_DIGITISING                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   },
    {"a blank id among others is one finding",
     LINE(PIPE("P",                                                                         "A",                         "B"),                                                                   "[0,0],[30,0]") "," LINE(PIPE("  ",                                                                                                          "B",                                                                                                                                                                                                                                                                                                "C"),                                                                                                                                                                                                                                                               "[30,0],[60,0]"),
     {"P A>B 0,0 30", "B-C B>C 30,0 30"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  3, FINDING_ID_MISSING, 1, FLOW_FROM_FIELDS},
    {"an id that is there three times stays three segments",
     LINE(PIPE("P",                                                                "A",                                                                           "B"),                                                                                                                                                 "[0,0],[30,0]") "," LINE(
            PIPE("P",                                                                                                                                                                                                                                       "B",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               "C"),                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               "[30,0],[60,0]") "," LINE(PIPE("P",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "C",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "D"), "[60,0],[90,0]"),
     {"P A>B 0,0 30", "P#2 B>C 30,0 30", "P#3 C>D 60,0 30"}, 4, FINDING_DUPLICATE_ID, 2,
     FLOW_FROM_FIELDS},
    {"a made id never takes one that is there",
     LINE(PIPE("P",                                             "A",                                                                     "B"),                                                                                                                                       "[0,0],[30,0]") "," LINE(
            PIPE("P#2",                                                                                                                                                                                                                                                                  "B",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "C"),                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "[30,0],[60,0]") "," LINE(PIPE("P",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "C",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "D"), "[60,0],[90,0]"),
     {"P A>B 0,0 30", "P#2 B>C 30,0 30", "P#3 C>D 60,0 30"}, 4, FINDING_DUPLICATE_ID, 1,
     FLOW_FROM_FIELDS},
    {"without a geometry it is straight between its nodes",
     LINE(PIPE("P",                                           "A",                                                                                                      "B"),                                                                                                                             "[0,0],[30,0]") "," LINE(
            PIPE("Q",                                                                                                                                                                                                "C",                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "D"),                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "[30,40],[60,40]") "," BARE(PIPE("R",                                                                                                                                                                                                                                                                                                                                                                 "B",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "C")),
     {"P A>B 0,0 30", "Q C>D 30,40 30", "R B>C 30,0 40"}, 4, FINDING_GEOMETRY_REPAIRED, 1,
     FLOW_FROM_FIELDS},
    {"without geometry and places it is kept",
     LINE(PIPE("P",                                                               "A",                                                             "B"),                                                                                                                                  "[0,0],[30,0]") "," BARE(PIPE("R",                                                                                                                                                                                                                                                         "X",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                          "Y")),
     {"P A>B 0,0 30", "R X>Y nan,nan 0"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               4,                            FINDING_GEOMETRY_BROKEN, 1, FLOW_FROM_FIELDS},
    {"among points and lines it is kept as well",
     POINT("\"node_id\":\"A\"",                                  "[0,0]") "," POINT("\"node_id\":\"B\"","[30,0]") "," LINE(
            PIPE("P",        "A","B"),"[0,0],[30,0]") "," BARE(PIPE("Q","B","A")),
     {"P A>B 0,0 30", "Q B>A 30,0 30"}, 2, FINDING_GEOMETRY_REPAIRED, 1, FLOW_FROM_FIELDS},
    {"an empty geometry is none",                                             LINE(PIPE("P",                                                         "A",                                                                                                   "B"),                                                                                                                                                                         ""),                                                                                                                                                                                                                                                                             {"P A>B nan,nan 0"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               2,
     FINDING_GEOMETRY_BROKEN,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   FLOW_FROM_FIELDS},
    {"a single vertex is none",                                                                 LINE(PIPE("P",                                                   "A",                                                                             "B"),                                                                                                                            "[5,5]"),                                                                                                                                                                                                                                                                      {"P A>B nan,nan 0"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        2,
     FINDING_GEOMETRY_BROKEN,1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                FLOW_FROM_FIELDS},
    {"parts that meet are one line",                                                   LINES(PIPE("P",                                                             "A",                                                                                    "B"),                                                                                                                  "[[0,0],[10,0]],[[30,0],[10,0]]"),
     {"P A>B 0,0 30"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               FINDING_GEOMETRY_MULTIPART,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             FLOW_FROM_FIELDS},
    {"of parts that do not the longest is taken",
     LINES(PIPE("P",                                                                   "A",                                                                    "B"),                                                                                 "[[0,0],[10,0]],[[50,0],[80,0]]"),                                                                                                                                                                 {"P A>B 50,0 30"},                                                                                                                                                                                                                                                                                                                                                             2,
     FINDING_GEOMETRY_MULTIPART,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       FLOW_FROM_FIELDS},
    {"a line of no length stays in its place",                                                                     LINE(PIPE("P",                                                                  "A",                                                                                             "B"),                                                                                                                                           "[5,5],[5,5]"),
     {"P A>B 5,5 0"},                                                                                                                                                                                                                                                                                                                                                                                                                                                      2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        FINDING_ZERO_LENGTH,1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        FLOW_FROM_FIELDS},
    {"a line that crosses itself is said",
     LINE(PIPE("P",                                                            "A",                                                                       "B"),                                                                                                                                             "[0,0],[10,0],[10,10],[5,10],[5,-5]"),                                                                                                                                                                                                                                                           {"P A>B 0,0 40"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             2,
     FINDING_GEOMETRY_SELF_CROSSING,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        1,FLOW_FROM_FIELDS},
    {"a line drawn against its nodes is turned where the neighbour shows it",
     LINE(PIPE("P",                                                        "A",                                                                                  "B"),                                                                                                                                        "[0,0],[30,0]") "," LINE(PIPE("Q",                                                                                                                                                                                                                                                                                   "B","C"),                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "[60,0],[30,0]"),
     {"P A>B 0,0 30", "Q B>C 30,0 30 flipped"},3, NONE, 0, FLOW_FROM_FIELDS},
    {"two lines drawn against their nodes are both turned",
     LINE(PIPE("P",                                                                 "A",                                                                                         "B"),                                                                                                                                                              "[30,0],[0,0]") "," LINE(PIPE("Q",                                                                                                                                                                                                                                                                                         "B",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "C"),                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "[60,0],[30,0]"),
     {"P A>B 0,0 30 flipped", "Q B>C 30,0 30 flipped"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        3, NONE, 0, FLOW_FROM_FIELDS},
    {"nodes tell where a line begins",
     POINT("\"node_id\":\"A\"",                                                                       "[0,0]") "," POINT("\"node_id\":\"B\"",                                                                                                 "[30,0]") "," LINE(
            PIPE("P",                                                                                                                                                    "A",                                                                                                                                                                                                                                                                                              "B"),                                                                                                                           "[30,0],[15,5],[0,0]"),
     {"P A>B 0,0 31.6228 flipped"},                                                                                                                                                                                                                                                                                                                                                                                                                                                             2,NONE, 0, FLOW_FROM_FIELDS},
    {"a node that the layer lacks is made from the end",
     POINT("\"node_id\":\"A\"",                                          "[0,0]") "," LINE(PIPE("P","A","B"),                                                                                                                                                                                                                                                                                                          "[0,0],[30,0]"),
     {"P A>B 0,0 30"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             2,                                                                                                                                     FINDING_NODE_MISSING,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         1, FLOW_FROM_FIELDS},
    {"a pipe that names no nodes finds them near its ends",
     POINT("\"node_id\":\"A\"",                     "[0,0.2]") "," POINT("\"node_id\":\"B\"","[30,0]") "," LINE(
            "\"pipe_id\":\"P\"","[0,0],[30,0]"),
     {"P A>B 0,0 30"},                                                                                                                                                                                                                                                                                                                             2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       FINDING_FLOW_ASSUMED,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                     1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    FLOW_FROM_DIGITISING},
    {"a node far from the end is said",
     POINT("\"node_id\":\"A\"",                                                                   "[0,0]") "," POINT("\"node_id\":\"B\"",                                          "[30,80]") "," LINE(
            PIPE("P",                                                                                                                                                                              "A",                                                                                                                                                                                                                                                      "B"),                                                                                                                                                                                                                                                                                                                                                                                                                                                            "[0,0],[30,0]"),
     {"P A>B 0,0 30"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           FINDING_NODE_FAR, 1, FLOW_FROM_FIELDS},
    {"a flow mark against the order turns ends and line",
     LINE(PIPE("P",                                  "A",                                                         "B") ",\"FlowDir\":\"-\"",                                                                                                                              "[0,0],[30,0]"),                                                                                                                                                                                                                                                         {"P B>A 30,0 30 flipped"},
     2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              NONE,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        0,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         FLOW_FROM_FIELDS},
    {"flow figures 0 and 1: one is against",
     LINE(PIPE("P",                                                                            "A",                                                                                 "B") ",\"FlowDir\":0",                                                                                                                                                              "[0,0],[30,0]") "," LINE(
            PIPE("Q",                                                                                                                                                                                                                                                                                                        "C",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "B") ",\"FlowDir\":1",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "[60,0],[30,0]"),
     {"P A>B 0,0 30", "Q B>C 30,0 30 flipped"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               3, NONE, 0, FLOW_FROM_FIELDS},
    {"flow figures 1 and 2: two is against",
     LINE(PIPE("P","A",                                  "B") ",\"FlowDir\":1",                                                                                                                                                                                             "[0,0],[30,0]") "," LINE(
            PIPE("Q",                "C",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            "B") ",\"FlowDir\":2",                                 "[60,0],[30,0]"),
     {"P A>B 0,0 30", "Q B>C 30,0 30 flipped"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    3, NONE, 0, FLOW_FROM_FIELDS},
    {"survey order claims nothing: inverts decide",
     LINE("\"S_Exp\":\"A\",\"E_Exp\":\"B\",\"us_inv\":1.0,\"ds_inv\":2.5",                               "[0,0],[30,0]"),
     {"B-A B>A 30,0 30 flipped"},                                                                                                    2,                                                                                                                                                                                                                 FINDING_FLOW_ASSUMED,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           0,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                FLOW_FROM_INVERTS                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 },
    {"the inverts of nodes do as well",
     POINT("\"node_id\":\"A\",\"invert\":1",                                                               "[0,0]") "," POINT("\"node_id\":\"B\",\"invert\":2",
     "[30,0]") "," LINE("\"pipe_id\":\"P\"",                                                                                                                                                                  "[0,0],[30,0]"),
     {"P B>A 30,0 30 flipped"},                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    2,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      NONE,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            0,FLOW_FROM_INVERTS},
    {"z is an invert where there is no other",                                                                     LINE("\"pipe_id\":\"P\"",                                                                  "[0,0,1],[30,0,2]"),
     {"P N2>N1 30,0 30 flipped"},                                                                                                                                                  2,                                                                                                                                                                                                                                                                                             NONE,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             0,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   FLOW_FROM_INVERTS                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             },
    {"flow that nothing tells is one finding a file",
     LINE("\"pipe_id\":\"P\"",                                                                                     "[0,0],[30,0]") "," LINE("\"pipe_id\":\"Q\"",                                                                                                            "[30,0],[60,0]"),
     {"P N1>N2 0,0 30", "Q N2>N3 30,0 30"},                                                                                                                                                                                                                                                                                                            3,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              FINDING_FLOW_ASSUMED,                                              1,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    FLOW_FROM_DIGITISING                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                          },
};

Test(network_file, segments) {
    struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct temp_path path = temp_geojson(&folder, "pipes.geojson", cases[i].features, NULL);
        CLEANUP(reading_release)
        struct reading reading =
            read_request(&(struct network_request){.path = path.at, .crs = "local"});
        const struct network *network = &reading.network;
        size_t n = 0;

        cr_assert(reading.is_read, "%s: %s", cases[i].name, reading.err.text);
        for (; n < 4 && cases[i].segments[n] != NULL && n < network->n_segments; n++) {
            char got[200];
            describe_segment(network, n, got);
            cr_expect_str_eq(got, cases[i].segments[n], "%s: %s", cases[i].name, got);
        }
        cr_expect(n == 4 || cases[i].segments[n] == NULL, "%s: %zu", cases[i].name, n);
        cr_expect_eq(network->n_segments, n, "%s: %zu", cases[i].name, network->n_segments);
        cr_expect_eq(
            network->n_nodes, cases[i].n_nodes, "%s: %zu nodes", cases[i].name, network->n_nodes);
        if (cases[i].finding != NONE) {
            size_t n_findings = count_findings(network, cases[i].finding);
            cr_expect_eq(n_findings, cases[i].n_findings, "%s: %zu", cases[i].name, n_findings);
        }
        if (n > 0) {
            cr_expect_eq(network->segments[n - 1].flow_source, cases[i].flow, "%s", cases[i].name);
        }
    }
    temp_folder_release(&folder);
}

/* --- attributes --- */

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

Test(network_file, a_repeated_id_is_still_known_as_the_file_has_it) {
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

Test(network_file, attributes) {
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

Test(network_file, small_sizes_on_a_plan_in_feet_are_inches) {
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

Test(network_file, a_lone_s_is_storm_beside_f) {
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

Test(network_file, the_layers_name_tells_the_system) {
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

Test(network_file, nodes_have_levels_and_kinds) {
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

/* --- tables --- */

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

Test(network_file, tables) {
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

Test(network_file, lines_tell_which_column_of_a_table_is_north) {
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

Test(network_file, the_survey_convention_in_a_folder_of_tables) {
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

/* --- DBF --- */

static const struct xy two_lines[2][2] = {
    {{500000, 2500000}, {500030, 2500000}},
    {{500030, 2500000}, {500060, 2500000}},
};

Test(network_file, gbk_in_a_dbf_whose_cpg_lies) {
    static const char *const texts[] = {"\xd3\xea\xcb\xae\xb9\xdc", "\xce\xdb\xcb\xae\xb9\xdc"};
    struct temp_folder folder = temp_folder_new();
    /* 管段类型, whole: 8 bytes; the column name is GBK as well */
    struct temp_shape shape = {
        "gx", 0x4D, "UTF-8", "\xb9\xdc\xb6\xce\xc0\xe0\xd0\xcd", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect_eq(reading.network.segments[1].system, SYSTEM_FOUL);
    cr_expect(
        text_equal(reading.report.encoding, TEXT("GBK (bytes agree; LDID 0x4D; .cpg says UTF-8)")),
        "%.*s", TEXT_ARGS(reading.report.encoding));
    cr_expect_eq(count_findings(&reading.network, FINDING_ENCODING_DIFFERS), 1);
    cr_expect_eq(reading.report.n_roles, 1);
    cr_expect(text_equal(reading.report.roles[0].column, TEXT("管段类型")));
    temp_folder_release(&folder);
}

Test(network_file, a_name_cut_within_a_character) {
    static const char *const texts[] = {"雨水", "污水"};
    struct temp_folder folder = temp_folder_new();
    /* 管段类型 in UTF-8, cut behind the first byte of 型 */
    struct temp_shape shape = {"gx", 0, NULL, "管段类\xe5", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect_eq(reading.network.segments[1].system, SYSTEM_FOUL);
    temp_folder_release(&folder);
}

Test(network_file, the_user_knows_the_encoding) {
    static const char *const texts[] = {"\xd3\xea\xcb\xae", "\xce\xdb\xcb\xae"};
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "system", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    struct network_request request = {.path = path.at, .crs = "EPSG:4547", .encoding = "gb18030"};
    CLEANUP(reading_release) struct reading reading = read_request(&request);

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect(text_equal(reading.report.encoding, TEXT("gb18030 (given)")));
    request.encoding = "klingon";
    CLEANUP(reading_release) struct reading refused = read_request(&request);
    cr_expect_not(refused.is_read);
    cr_expect_eq(refused.err.kind, ERROR_USAGE);
    temp_folder_release(&folder);
}

Test(network_file, vertices_that_are_no_numbers) {
    static const char *const texts[] = {"P", "Q"};
    const struct xy lines[2][2] = {
        {{500000, 2500000}, {500030, 2500000}},
        {{500030, NAN},     {INFINITY, 1}    },
    };
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "PIPE_ID", texts, lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(reading.network.n_segments, 2);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 30, 1e-9);
    cr_expect_eq(reading.network.segments[1].line.n, 0);
    cr_expect(text_equal(reading.network.segments[1].id, TEXT("Q")));
    cr_expect_geq(count_findings(&reading.network, FINDING_GEOMETRY_BROKEN), 1);
    temp_folder_release(&folder);
}

Test(network_file, a_truncated_shapefile_keeps_what_it_has) {
    static const char *const texts[] = {"P", "Q"};
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "PIPE_ID", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);

    cr_assert_eq(truncate(path.at, 200), 0); /* within the second record */
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(reading.network.n_segments, 2);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 30, 1e-9);
    cr_expect_eq(reading.network.segments[1].line.n, 0);
    cr_expect_geq(count_findings(&reading.network, FINDING_FILE_DAMAGED), 1);
    temp_folder_release(&folder);
}

/* --- other shapes --- */

Test(network_file, curves_become_lines) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path path =
        temp_text(&folder, "curves.csv", "WKT,pipe_id\n\"CIRCULARSTRING(0 0,100 100,200 0)\",P\n");
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "local"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(reading.network.n_segments, 1);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 314.159, 0.2, "%f",
        reading.network.segments[0].drawn_m);
    temp_folder_release(&folder);
}

Test(network_file, layers_in_crs_of_their_own) {
    struct temp_folder folder = temp_folder_new();
    struct temp_path lines = temp_geojson(&folder, "pipes.geojson",
        LINE(PIPE("P", "A", "B"), "[500000,2500000],[500030,2500000]"),
        "urn:ogc:def:crs:EPSG::4547");
    struct temp_path nodes = temp_geojson(&folder, "nodes.geojson",
        POINT("\"node_id\":\"A\"", "[114,22.597822907]"), "urn:ogc:def:crs:EPSG::4490");
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = lines.at, .nodes_path = nodes.at});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_float_eq(reading.network.nodes[0].at.x, 500000, 0.01);
    cr_expect_float_eq(reading.network.nodes[0].at.y, 2500000, 0.01);
    cr_expect_eq(crs_output_definition(reading.crs).srs_id, 4547);
    temp_folder_release(&folder);
}

Test(network_file, a_network_out_of_a_survey) {
    CLEANUP(network_release) struct network delivered = {0};
    static const struct xy at[] = {
        {32570430, 5932000},
        {32570400, 5932000}
    };

    delivered.path = TEXT("survey.xml");
    delivered.crs = TEXT("ETRS89_UTM32");
    for (size_t i = 0; i < 2; i++) {
        struct node *node = network_add_node(&delivered);
        node->id = i == 0 ? TEXT("A") : TEXT("B");
        node->at = at[1 - i];
        node->kind = pool_add(&delivered.words, TEXT("Schacht"));
    }
    struct segment *segment = network_add_segment(&delivered);
    segment->id = TEXT("P");
    segment->from_node = 0;
    segment->to_node = 1;
    segment->line = (struct polyline){at, 2};
    segment->material = pool_add(&delivered.words, TEXT("STZ"));
    segment = network_add_segment(&delivered);
    segment->from_node = 1;
    segment->to_node = 0;

    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){.delivered = &delivered});
    const struct network *network = &reading.network;
    char got[200];
    cr_assert(reading.is_read, "%s", reading.err.text);
    describe_segment(network, 0, got);
    cr_expect_str_eq(got, "P A>B 570400,5.932e+06 30 flipped", "%s", got);
    describe_segment(network, 1, got);
    cr_expect_str_eq(got, "B-A B>A 570430,5.932e+06 30", "%s", got);
    cr_expect(text_equal(network_word(network, network->segments[0].material), TEXT("STZ")));
    cr_expect(text_equal(network_word(network, network->nodes[1].kind), TEXT("Schacht")));
    cr_expect_eq(crs_output_definition(reading.crs).srs_id, 25832);
    cr_expect_eq(count_findings(network, FINDING_ZONE_PREFIX), 1);
    cr_expect_eq(network->nodes[0].n_segments, 2);
}

Test(network_file, findings_of_a_kind_are_counted_when_there_are_very_many) {
    struct temp_folder folder = temp_folder_new();
    static char text[200000];
    size_t n = (size_t)snprintf(text, sizeof text, "node_id,x,y\n");

    for (int i = 0; i < 3000; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "A,%d,5000\n", 1000 + i);
    }
    struct temp_path path = temp_text(&folder, "nodes.csv", text);
    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){.nodes_path = path.at});
    const struct network *network = &reading.network;
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(network->n_nodes, 3000);
    cr_expect(text_equal(network->nodes[2999].id, TEXT("A#3000")));
    cr_expect_eq(count_findings(network, FINDING_DUPLICATE_ID), 1001);
    temp_folder_release(&folder);
}

/* --- refusals --- */

/* name, file, bytes, --field, kind, words of the message */
static const struct {
    const char *name, *file, *bytes, *field;
    enum error_kind kind;
    const char *words[2];
} refusals[] = {
    {"a table without coordinates", "t.csv", "well,depth\nA,2\n",                                    NULL,       ERROR_FORMAT,
     {"node_id, x and y", "'well', 'depth'"}                                                                                                                              },
    {"inspections are no network",  "t.csv", "起点编号,终点编号,缺陷名称\nA,B,破裂\n", NULL,
     ERROR_FORMAT,                                                                                                             {"from_node and to_node", "'缺陷名称'"}},
    {"not a vector file",           "t.shp", "hello",                                                NULL,       ERROR_FORMAT, {"t.shp", ""}                              },
    {"an unknown role",             "t.csv", "node_id,x,y\nA,1000,2\n",                              "colour=x", ERROR_USAGE,
     {"'colour=x'", "segment_id"}                                                                                                                                         },
    {"an unknown column",           "t.csv", "node_id,x,y\nA,1000,2\n",                              "depth=z",  ERROR_USAGE,
     {"'depth=z'", "'node_id', 'x', 'y'"}                                                                                                                                 },
    {"degrees without a CRS",       "t.csv", "node_id,x,y\nA,11.5,48.1\n",                           NULL,       ERROR_FORMAT,
     {"--crs", "t.csv"}                                                                                                                                                   },
};

Test(network_file, refusals) {
    struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        struct temp_path path = temp_text(&folder, refusals[i].file, refusals[i].bytes);
        struct network_request request = {
            .path = path.at, .fields = &refusals[i].field, .n_fields = refusals[i].field != NULL};
        CLEANUP(reading_release) struct reading reading = read_request(&request);

        cr_expect_not(reading.is_read, "%s", refusals[i].name);
        cr_expect_eq(
            reading.err.kind, refusals[i].kind, "%s: %s", refusals[i].name, reading.err.text);
        for (size_t k = 0; k < 2; k++) {
            cr_expect_not_null(strstr(reading.err.text, refusals[i].words[k]), "%s: %s",
                refusals[i].name, reading.err.text);
        }
    }
    temp_folder_release(&folder);
}

Test(network_file, a_file_that_is_not_there) {
    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){.path = "/nowhere/pipes.shp"});

    cr_expect_not(reading.is_read);
    cr_expect_eq(reading.err.kind, ERROR_FILE);
    CLEANUP(reading_release) struct reading none = read_request(&(struct network_request){0});
    cr_expect_eq(none.err.kind, ERROR_USAGE);
}

Test(network_file, given_fields_are_reported) {
    struct temp_folder folder = temp_folder_new();
    const char *const fields[] = {"segment_id=Kennung", "depth=z"};
    struct temp_path path = temp_geojson(&folder, "pipes.geojson",
        LINE("\"pipe_id\":\"P\",\"Kennung\":\"Q\"", "[0,0],[30,0]"), NULL);
    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){
        .path = path.at, .crs = "local", .fields = fields, .n_fields = 1});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect(text_equal(reading.network.segments[0].id, TEXT("Q")));
    cr_assert_eq(reading.report.n_roles, 1);
    cr_expect(reading.report.roles[0].is_given);
    cr_expect(text_equal(reading.report.roles[0].role, TEXT("segment_id")));
    cr_expect(text_equal(reading.report.roles[0].layer, TEXT("pipes")));
    cr_expect(text_equal(reading.report.driver, TEXT("GeoJSON")));
    cr_expect_eq(count_findings(&reading.network, FINDING_COLUMN_UNKNOWN), 1);
    temp_folder_release(&folder);
}

/* --- real files --- */

static struct temp_path sample(const char *name) {
    struct temp_path path;
    const char *shared = getenv("CHAINAGE_SHARED"), *source = getenv("CHAINAGE_SOURCE");

    if (shared != NULL) {
        snprintf(path.at, sizeof path.at, "%s/samples/%s", shared, name);
    } else {
        snprintf(path.at, sizeof path.at, "%s/../shared/samples/%s", source == NULL ? "." : source,
            name);
    }
    return path;
}

Test(network_file, sample_lines_in_us_feet) {
    struct temp_path path = sample("csv_shapefile/sample_lines.shp");

    if (access(path.at, R_OK) != 0) {
        cr_skip_test("no shared samples");
    }
    CLEANUP(reading_release)
    struct reading reading = read_request(&(struct network_request){.path = path.at});
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.n_segments, 5);
    cr_expect(text_equal(reading.network.segments[0].id, TEXT("P4171")));
    cr_expect_eq(crs_output_definition(reading.crs).srs_id, 2272);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 217.6 * 0.3048006, 0.05, "%f",
        reading.network.segments[0].drawn_m);
}

Test(network_file, sample_coordinates_north_first) {
    static const char *const names[] = {"cn_cjj181/cjj181_longgang_coords_gbk.csv",
        "cn_cjj181/cjj181_longgang_coords_utf8bom.csv", "cn_cjj181/cjj181_springboot_0001.xls"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct temp_path path = sample(names[i]);
        if (access(path.at, R_OK) != 0) {
            cr_skip_test("no shared samples");
        }
        CLEANUP(reading_release)
        struct reading reading = read_request(&(struct network_request){.nodes_path = path.at});
        cr_assert(reading.is_read, "%s: %s", names[i], reading.err.text);
        cr_expect_eq(reading.network.n_nodes, 45, "%s", names[i]);
        cr_expect(text_equal(reading.network.nodes[0].id, TEXT("2YB502")), "%s", names[i]);
        cr_expect_float_eq(reading.network.nodes[0].at.x, 119684.117, 1e-6, "%s", names[i]);
        cr_expect_float_eq(reading.network.nodes[0].at.y, 28765.524, 1e-6, "%s", names[i]);
        cr_expect_eq(count_findings(&reading.network, FINDING_AXES_SWAPPED), 1, "%s", names[i]);
    }
}
