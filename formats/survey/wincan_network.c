/* The sections and nodes of WinCan as a network, when any of them has a place. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

bool wincan_has_geometry(const struct wincan *wincan) {
    for (size_t i = 0; i < wincan->n_nodes; i++) {
        if (!wincan->nodes[i].is_deleted && xy_is_set(wincan->nodes[i].at)) {
            return true;
        }
    }
    for (size_t i = 0; i < wincan->n_sections; i++) {
        const struct wincan_drawing *drawing = wincan->sections[i].drawing;
        bool is_placed =
            drawing != NULL &&
            (drawing->line.n > 1 || (xy_is_set(drawing->from_at) && xy_is_set(drawing->to_at)));
        if (!wincan->sections[i].is_deleted && is_placed) {
            return true;
        }
    }
    return false;
}

static double number_of(
    const struct wincan *wincan, const struct wincan_section *section, struct text value) {
    double out = NAN;

    if (value.n > 0 && (!text_to_double(value, &out) || fabs(out) > 1e9)) {
        struct finding_place place = wincan->place;
        place.line = section->row;
        findings_add(&wincan->survey->findings, FINDING_INVALID_VALUE, place,
            "section '%.*s': '%.*s'", TEXT_ARGS(text_cut(section->name, 100)),
            TEXT_ARGS(text_cut(value, 100)));
        return NAN;
    }
    return out;
}

/* Metres in one unit of the project's lengths and levels. */
static double unit_of(const struct wincan *wincan) {
    double told_m = wincan->options->length_unit_m;

    return told_m > 0 ? told_m : wincan->is_imperial ? 0.3048 : 1;
}

/* The numbers of the network's nodes by those of ours: an array of its own. */
static uint32_t *add_nodes(const struct wincan *wincan, struct network *network) {
    size_t capacity = 0;
    uint32_t *numbers = array_reserve(NULL, &capacity, wincan->n_nodes + 1, sizeof *numbers);

    for (size_t i = 0; i < wincan->n_nodes; i++) {
        const struct wincan_node *from = &wincan->nodes[i];
        numbers[i] = NO_NODE;
        if (from->is_deleted || from->name.n == 0) {
            continue;
        }
        numbers[i] = (uint32_t)network->n_nodes;
        struct node *node = network_add_node(network);
        node->id = arena_copy(&network->arena, from->name);
        node->at = from->at;
        node->invert_m = from->invert_m * unit_of(wincan);
        node->kind = pool_add(&network->words, from->kind);
        node->line = from->line;
    }
    return numbers;
}

/* The drawn line, else straight from end to end. */
static struct polyline line_of(const struct network *network, const struct segment *segment,
    const struct wincan_section *section, struct xy straight[2]) {
    if (section->line.n > 1) {
        return section->line;
    }
    straight[0] = section->from_at;
    straight[1] = section->to_at;
    if (!xy_is_set(straight[0]) && segment->from_node != NO_NODE) {
        straight[0] = network->nodes[segment->from_node].at;
    }
    if (!xy_is_set(straight[1]) && segment->to_node != NO_NODE) {
        straight[1] = network->nodes[segment->to_node].at;
    }
    bool is_set = xy_is_set(straight[0]) && xy_is_set(straight[1]);
    return (struct polyline){straight, is_set ? 2 : 0};
}

static double apart(struct polyline line, const struct node *first, const struct node *last) {
    return xy_distance_m(line.at[0], first->at) + xy_distance_m(line.at[line.n - 1], last->at);
}

/* Copies the line, from the upstream end on. */
static void draw(struct network *network, struct segment *segment, struct polyline line) {
    if (line.n < 2) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, line.n);
    if (segment->from_node != NO_NODE && segment->to_node != NO_NODE) {
        const struct node *from = &network->nodes[segment->from_node];
        const struct node *to = &network->nodes[segment->to_node];
        segment->is_flipped = apart(line, to, from) < apart(line, from, to);
    }
    for (size_t i = 0; i < line.n; i++) {
        at[i] = line.at[segment->is_flipped ? line.n - 1 - i : i];
    }
    segment->line = (struct polyline){at, line.n};
}

/* OBJ_FlowDir 2: the water runs from the to-node to the from-node. */
static void turn_with_flow(
    struct segment *segment, struct text flow, struct polyline *line, struct xy straight[2]) {
    if (!text_equal(flow, TEXT("2"))) {
        return;
    }
    uint32_t from = segment->from_node;
    segment->from_node = segment->to_node;
    segment->to_node = from;
    double invert_m = segment->from_invert_m;
    segment->from_invert_m = segment->to_invert_m;
    segment->to_invert_m = invert_m;
    if (line->at == straight) { /* was made from the nodes */
        struct xy first = straight[0];
        straight[0] = straight[1];
        straight[1] = first;
    }
}

static void add_section(const struct wincan *wincan, struct network *network,
    const struct wincan_section *from, const uint32_t *numbers) {
    struct segment *segment = network_add_segment(network);
    struct xy straight[2];
    double unit_m = unit_of(wincan);
    struct wincan_sizes sizes = {from->unit, unit_m != 1, NAN, NAN};
    int32_t built = 0;

    segment->id = arena_copy(&network->arena, from->name);
    if (segment->id.n == 0) {
        segment->id = arena_printf(&network->arena, "section-%u", (unsigned)from->row);
    }
    segment->from_node = from->from == NO_NODE ? NO_NODE : numbers[from->from];
    segment->to_node = from->to == NO_NODE ? NO_NODE : numbers[from->to];
    segment->from_invert_m = number_of(wincan, from, from->from_invert) * unit_m;
    segment->to_invert_m = number_of(wincan, from, from->to_invert) * unit_m;
    double length = number_of(wincan, from, from->real_length);
    length = length > 0 ? length : number_of(wincan, from, from->length);
    segment->length_m = length * unit_m;
    wincan_sizes(
        &sizes, number_of(wincan, from, from->size1), number_of(wincan, from, from->size2));
    segment->diameter_mm = sizes.width_mm;
    segment->height_mm = sizes.height_mm;
    segment->material = pool_add(&network->words, from->material);
    segment->shape = pool_add(&network->words, from->shape);
    segment->street = pool_add(&network->words, from->street);
    segment->source = pool_add(&network->words, network->path);
    segment->number_in_file = from->row;
    segment->flow_source = from->flow.n > 0 ? FLOW_FROM_FIELDS : FLOW_FROM_DIGITISING;
    if (text_to_date(from->built, &built)) {
        segment->year_built = (int16_t)(built / 10000);
    }
    struct polyline line = line_of(network, segment, from, straight);
    turn_with_flow(segment, from->flow, &line, straight);
    draw(network, segment, line);
}

void wincan_network_finish(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    size_t capacity = 0;

    if (!wincan_has_geometry(wincan)) {
        return;
    }
    survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
    *survey->network = (struct network){.path = survey->file.path};
    CLEANUP(array_release) uint32_t *numbers = add_nodes(wincan, survey->network);
    for (size_t i = 0; i < wincan->n_sections; i++) {
        if (!wincan->sections[i].is_deleted) {
            struct wincan_section section = wincan_section_of(wincan, i);
            add_section(wincan, survey->network, &section, numbers);
        }
    }
    survey->network->crs = arena_copy(&survey->network->arena, wincan->crs);
}
