/* A coordinate table knows the wells, the inspections know which of them a pipe joins: together
 * they are a network. */
#include "core/imply.h"

#include <math.h>

#include "core/index.h"
#include "core/match/ends.h"

struct imply {
    struct network *network;
    struct matcher *matcher; /* of the nodes */
    struct arena arena;      /* keys */
    struct index pairs;      /* two node numbers, the smaller first: the segment between them */
    struct index missing;    /* names that were reported */
    struct survey_roles roles;
};

/* A pair as it comes from one inspection. */
struct joined {
    const struct inspection *inspection;
    uint32_t upstream, downstream;
    bool is_flow_known;
};

static const struct {
    const char *part;
    enum sewer_system system;
} system_words[] = {
    {"合",      SYSTEM_COMBINED},
    {"HS",       SYSTEM_COMBINED},
    {"combined", SYSTEM_COMBINED},
    {"雨",      SYSTEM_STORM   },
    {"YS",       SYSTEM_STORM   },
    {"storm",    SYSTEM_STORM   },
    {"污",      SYSTEM_FOUL    },
    {"WS",       SYSTEM_FOUL    },
    {"foul",     SYSTEM_FOUL    },
};

static enum sewer_system system_of(struct text word) {
    for (size_t i = 0; i < ARRAY_LEN(system_words); i++) {
        if (text_contains(word, text_from(system_words[i].part))) {
            return system_words[i].system;
        }
    }
    return SYSTEM_UNKNOWN;
}

static void report_missing(
    struct imply *imply, const struct inspection *inspection, struct text name) {
    size_t n_before = imply->missing.n;

    if (name.n == 0) {
        return;
    }
    index_add(&imply->missing, name, 0);
    if (imply->missing.n > n_before) {
        findings_add(&imply->network->findings, FINDING_NODE_MISSING,
            inspection_place(inspection, inspection->line),
            "the coordinate table has no place for node '%.*s'; its segments cannot be drawn",
            TEXT_ARGS(name));
    }
}

/* The one node of this name that has a place; NO_NODE, with a finding, when there is none. */
static uint32_t node_of(struct imply *imply, const struct inspection *inspection,
    const struct few *nodes, struct text name) {
    if (nodes->n != 1 || !xy_is_set(imply->network->nodes[nodes->at[0]].at)) {
        report_missing(imply, inspection, name);
        return NO_NODE;
    }
    return nodes->at[0];
}

static bool join(struct imply *imply, const struct inspection *inspection, struct joined *out) {
    struct node_rows rows = node_rows_of(inspection, &imply->roles);
    struct ends ends = ends_named(inspection, &rows);

    ends_find(imply->matcher, inspection, &ends);
    uint32_t start = node_of(imply, inspection, &ends.starts, ends.start);
    uint32_t finish = node_of(imply, inspection, &ends.finishes, ends.finish);
    if (start == NO_NODE || finish == NO_NODE || start == finish) {
        return false;
    }
    bool is_flow_known = ends.is_start_known && inspection->direction != DIRECTION_UNKNOWN;
    bool is_turned = is_flow_known && inspection->direction == DIRECTION_UPSTREAM;
    *out = (struct joined){
        inspection, is_turned ? finish : start, is_turned ? start : finish, is_flow_known};
    return true;
}

static struct text pair_key(struct imply *imply, const struct joined *joined) {
    uint32_t a = joined->upstream, b = joined->downstream;

    return arena_printf(&imply->arena, "%u %u", a < b ? a : b, a < b ? b : a);
}

static void draw(struct network *network, struct segment *segment, const struct joined *joined) {
    struct xy *line = ARENA_NEW(&network->arena, struct xy, 2);
    const struct node *from = &network->nodes[joined->upstream];
    const struct node *to = &network->nodes[joined->downstream];

    line[0] = from->at;
    line[1] = to->at;
    segment->line = (struct polyline){line, 2};
    segment->from_node = joined->upstream;
    segment->to_node = joined->downstream;
    segment->id =
        arena_printf(&network->arena, "%.*s-%.*s", TEXT_ARGS(from->id), TEXT_ARGS(to->id));
    segment->flow_source = joined->is_flow_known ? FLOW_FROM_FIELDS : FLOW_FROM_DIGITISING;
}

/* What this inspection knows of the pipe and none before it did. */
static void describe(
    struct network *network, struct segment *segment, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;

    if (isnan(segment->diameter_mm)) {
        segment->diameter_mm = inspection->diameter_mm;
        segment->height_mm = inspection->height_mm;
    }
    if (isnan(segment->length_m) && inspection->expected_m > 0) {
        segment->length_m = inspection->expected_m;
    }
    if (more == NULL) {
        return;
    }
    if (segment->material == 0) {
        segment->material = pool_add(&network->words, text_trim(more->material));
    }
    if (segment->street == 0) {
        segment->street = pool_add(&network->words, text_trim(more->street));
    }
    if (segment->system == SYSTEM_UNKNOWN) {
        segment->system = (uint8_t)system_of(more->system);
    }
}

static void imply_segment(struct imply *imply, const struct joined *joined) {
    struct network *network = imply->network;
    uint32_t fresh = (uint32_t)network->n_segments;
    uint32_t known = index_add(&imply->pairs, pair_key(imply, joined), fresh);

    if (known == fresh) {
        struct segment *segment = network_add_segment(network);
        segment->number_in_file = fresh + 1;
        draw(network, segment, joined);
    } else if (joined->is_flow_known &&
               network->segments[known].flow_source == FLOW_FROM_DIGITISING) {
        draw(network, &network->segments[known], joined);
    }
    describe(network, &network->segments[known], joined->inspection);
}

void network_imply_segments(
    struct network *network, struct inspection **inspections, size_t n_inspections) {
    if (network->n_segments > 0 || network->n_nodes == 0) {
        return;
    }
    struct imply imply = {.network = network, .matcher = matcher_new(network, &match_defaults)};

    for (size_t i = 0; i < n_inspections; i++) {
        struct joined joined;
        if (inspections[i]->object == OBJECT_SEGMENT && join(&imply, inspections[i], &joined)) {
            imply_segment(&imply, &joined);
        }
    }
    matcher_release(imply.matcher);
    arena_release(&imply.arena);
    index_release(&imply.pairs);
    index_release(&imply.missing);
    network->is_implied = true;
    network_connect(network);
}
