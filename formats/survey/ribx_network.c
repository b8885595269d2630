/* The network that the records of a RIBX file tell in passing: the ends of pipes with their
 * coordinates and levels, manholes, and the line of a pipe (AXY) where it is no straight one.  The
 * runs of one pipe tell the same again. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/named_ends.h"
#include "formats/survey/ribx.h"

enum { VERTICES_MAX = 100000 };

static struct text value_of(const struct ribx *ribx, enum ribx_element word) {
    return xml_record_value(&ribx->record, ribx->record.raw, word);
}

/* 0 stands for not measured. */
static double level_of(const struct ribx *ribx, enum ribx_element word, const char *element) {
    double level_m = ribx_number(ribx, ribx->record.line, element, value_of(ribx, word));

    return level_m == 0 ? NAN : level_m;
}

static struct network *network_of(struct ribx *ribx) {
    struct survey *survey = ribx->survey;
    size_t capacity = 0;

    if (survey->network == NULL) {
        survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
        *survey->network = (struct network){.path = survey->file.path};
    }
    return survey->network;
}

/* The first point of a node counts. */
static uint32_t add_node(struct ribx *ribx, struct text id, struct text at) {
    struct network *network = network_of(ribx);

    if (id.n == 0) {
        return NO_NODE;
    }
    uint32_t known = index_find(&ribx->nodes, id);
    if (known == INDEX_NONE) {
        struct node *node = network_add_node(network);
        node->id = arena_copy(&network->arena, id);
        node->line = ribx->record.line;
        known = (uint32_t)(network->n_nodes - 1);
        index_add(&ribx->nodes, node->id, known);
    }
    if (!xy_is_set(network->nodes[known].at)) {
        network->nodes[known].at = ribx_point(at);
    }
    return known;
}

static void add_manhole(struct ribx *ribx) {
    uint32_t number = add_node(ribx, value_of(ribx, EL_CAA), value_of(ribx, EL_CAB));
    struct network *network = ribx->survey->network;

    if (number != NO_NODE) {
        struct node *node = &network->nodes[number];
        node->kind = pool_add(&network->words, value_of(ribx, EL_CAR));
        node->ground_m = level_of(ribx, EL_CCU, "CCU");
    }
}

/* --- pipes --- */

/* AAK with the node that the camera started at, else the inverts, else node 1 is upstream. */
static bool flows_from_node2(
    const struct ribx *ribx, const double inverts[2], struct segment *segment) {
    struct text flow = value_of(ribx, EL_AAK), start = value_of(ribx, EL_AAB);
    bool is_from_node2 = start.n > 0 && text_equal(start, value_of(ribx, EL_AAF)) &&
                         !text_equal(start, value_of(ribx, EL_AAD));

    if (text_equal_nocase(flow, TEXT("A")) || text_equal_nocase(flow, TEXT("B"))) {
        segment->flow_source = FLOW_FROM_FIELDS;
        return is_from_node2 != text_equal_nocase(flow, TEXT("B"));
    }
    if (!isnan(inverts[0]) && !isnan(inverts[1]) && inverts[0] != inverts[1]) {
        segment->flow_source = FLOW_FROM_INVERTS;
        return inverts[1] > inverts[0];
    }
    segment->flow_source = FLOW_FROM_DIGITISING;
    ribx_find(ribx, FINDING_FLOW_ASSUMED, ribx->record.line, "from node 1 to node 2 in",
        value_of(ribx, EL_AAA));
    return false;
}

/* The line as delivered; one that is broken is left out. */
static void take_line(const struct ribx *ribx, struct network *network, struct segment *segment) {
    struct text rest = value_of(ribx, EL_AXY);
    size_t n = 0, capacity = 0;
    CLEANUP(array_release) struct xy *at = NULL;
    double number = 0;

    while (n < VERTICES_MAX && ribx_next_number(&rest, &number)) {
        at = array_reserve(at, &capacity, n + 1, sizeof *at);
        at[n].x = number;
        bool is_whole = ribx_next_number(&rest, &at[n].y) &&
                        (!ribx->is_line_3d || ribx_next_number(&rest, &number));
        if (!is_whole) {
            n = 0;
            break;
        }
        n++;
    }
    if (n < 2) {
        if (value_of(ribx, EL_AXY).n > 0) {
            ribx_find(
                ribx, FINDING_GEOMETRY_BROKEN, ribx->record.line, "AXY", value_of(ribx, EL_AXY));
        }
        return;
    }
    struct xy *kept = ARENA_NEW(&network->arena, struct xy, n);
    for (size_t i = 0; i < n; i++) {
        kept[i] = at[i];
    }
    segment->line = (struct polyline){kept, n};
}

static void fill_sizes(struct ribx *ribx, struct network *network, struct segment *segment) {
    double height = NAN, width = NAN, length_m = NAN;
    const char *shape = en_shape(value_of(ribx, EL_ACA));
    long year = 0;

    text_to_double(value_of(ribx, EL_ACB), &height); /* what is none was told by the inspection */
    text_to_double(value_of(ribx, EL_ACC), &width);
    text_to_double(value_of(ribx, EL_ABQ), &length_m);
    en_set_sizes(width, height, &segment->diameter_mm, &segment->height_mm);
    segment->length_m = length_m > 0 ? length_m : NAN;
    segment->material = pool_add(&network->words, value_of(ribx, EL_ACD));
    segment->shape =
        pool_add(&network->words, shape == NULL ? value_of(ribx, EL_ACA) : text_from(shape));
    segment->street = pool_add(&network->words, value_of(ribx, EL_AAJ));
    segment->source = pool_add(&network->words, network->path);
    if (text_to_int(text_part(value_of(ribx, EL_ACN), 0, 4), &year) && year > 0 && year < 3000) {
        segment->year_built = (int16_t)year;
    }
    segment->system = (uint8_t)en_system(value_of(ribx, EL_ACK));
}

/* Is it known already?  Between other nodes it is another pipe that bears the same id. */
static bool is_known(
    const struct ribx *ribx, const struct network *network, uint32_t node1, uint32_t node2) {
    struct text id = value_of(ribx, EL_AAA);
    uint32_t known = index_find(&ribx->segments, id);

    if (known == INDEX_NONE) {
        return false;
    }
    const struct segment *first = &network->segments[known];
    if (!(first->from_node == node1 && first->to_node == node2) &&
        !(first->from_node == node2 && first->to_node == node1)) {
        ribx_find(ribx, FINDING_DUPLICATE_ID, ribx->record.line, "between other nodes, AAA", id);
    }
    return true;
}

static void add_pipe(struct ribx *ribx) {
    uint32_t node1 = add_node(ribx, value_of(ribx, EL_AAD), value_of(ribx, EL_AAE));
    uint32_t node2 = add_node(ribx, value_of(ribx, EL_AAF), value_of(ribx, EL_AAG));
    struct network *network = network_of(ribx);
    bool has_levels = value_of(ribx, EL_AXG).n + value_of(ribx, EL_AXH).n > 0;

    if (value_of(ribx, EL_AAA).n == 0 || is_known(ribx, network, node1, node2)) {
        return;
    }
    double inverts[2] = {level_of(ribx, has_levels ? EL_AXG : EL_ACR, "invert"),
        level_of(ribx, has_levels ? EL_AXH : EL_ACS, "invert")};
    struct segment *segment = network_add_segment(network);
    segment->id = arena_copy(&network->arena, value_of(ribx, EL_AAA));
    index_add(&ribx->segments, segment->id, (uint32_t)(network->n_segments - 1));
    segment->number_in_file = (uint32_t)network->n_segments;
    bool is_from_node2 = flows_from_node2(ribx, inverts, segment);
    segment->from_node = is_from_node2 ? node2 : node1;
    segment->to_node = is_from_node2 ? node1 : node2;
    segment->from_invert_m = inverts[is_from_node2];
    segment->to_invert_m = inverts[!is_from_node2];
    fill_sizes(ribx, network, segment);
    take_line(ribx, network, segment);
}

void ribx_network_add(struct ribx *ribx) {
    if (ribx->is_manhole) {
        add_manhole(ribx);
    } else {
        add_pipe(ribx);
    }
}

/* --- when all nodes are known --- */

static bool has_coordinates(const struct network *network) {
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (xy_is_set(network->nodes[i].at)) {
            return true;
        }
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        if (network->segments[i].line.n > 0) {
            return true;
        }
    }
    return false;
}

void ribx_network_finish(struct ribx *ribx) {
    struct network *network = ribx->survey->network;

    if (network == NULL) {
        return;
    }
    if (!has_coordinates(network)) { /* names alone are no network */
        network_release(network);
        array_release(&ribx->survey->network);
        return;
    }
    network->crs = ribx->crs.n > 0 ? arena_copy(&network->arena, ribx->crs) : TEXT("EPSG:28992");
    for (size_t i = 0; i < network->n_segments; i++) {
        named_ends_turn(network, &network->segments[i], false);
        named_ends_draw(network, &network->segments[i]);
    }
}
