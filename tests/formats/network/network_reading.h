#pragma once
/* Reading a network in a test: features as JSON, and what was read with all that belongs to it. */
#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/network_file.h"
#include "tests/formats/temp_files.h"

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

static inline struct reading read_request(const struct network_request *request) {
    struct reading reading = {0};

    reading.is_read =
        network_read(request, &reading.network, &reading.crs, &reading.report, &reading.err);
    return reading;
}

static inline void reading_release(struct reading *reading) {
    crs_close(reading->crs);
    network_release(&reading->network);
    network_report_release(&reading->report);
}

static inline size_t count_findings(const struct network *network, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < network->findings.n; i++) {
        n += network->findings.at[i].kind == kind;
    }
    return n;
}

static inline struct text node_id(const struct network *network, uint32_t node) {
    return node == NO_NODE ? TEXT("-") : network->nodes[node].id;
}

static inline void describe_segment(const struct network *network, size_t i, char out[200]) {
    const struct segment *segment = &network->segments[i];
    struct text id = segment->id, from = node_id(network, segment->from_node),
                to = node_id(network, segment->to_node);
    struct xy at = segment->line.n > 0 ? segment->line.at[0] : (struct xy){NAN, NAN};

    snprintf(out, 200, "%.*s %.*s>%.*s %g,%g %g%s", TEXT_ARGS(id), TEXT_ARGS(from), TEXT_ARGS(to),
        at.x, at.y, segment->drawn_m, segment->is_flipped ? " flipped" : "");
}
