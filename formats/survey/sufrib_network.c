/* The network that a SUF-RIB file brings: manholes out of *PUT and out of the ends of *RIOO, pipes
 * straight from node to node.  Coordinates are those of the Dutch grid, levels metres above NAP. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/sufrib.h"

enum { LAST_YEAR = 3000 };

/* A manhole drawn this far from where a pipe says it is, is told. */
static const double same_place_m = 1;

struct builder {
    struct sufrib *sufrib;
    struct network *network;
    struct index nodes;
};

static struct node *node_named(struct builder *builder, struct text id, uint32_t line) {
    struct network *network = builder->network;
    uint32_t known = index_find(&builder->nodes, id);

    if (known != INDEX_NONE) {
        return &network->nodes[known];
    }
    struct node *node = network_add_node(network);
    node->id = arena_copy(&network->arena, id);
    node->line = line;
    index_add(&builder->nodes, node->id, (uint32_t)(network->n_nodes - 1));
    return node;
}

/* 0.00 stands for not measured. */
static double level_of(
    const struct builder *builder, const struct sufrib_record *record, size_t field) {
    double level_m = NAN;
    struct text value = record->at[field];

    if (value.n > 0 && !text_to_double(value, &level_m)) {
        sufrib_note(builder->sufrib, FINDING_INVALID_VALUE, record->number, "level", value);
    }
    return level_m == 0 ? NAN : level_m;
}

static void add_manhole(struct builder *builder, const struct sufrib_object *object) {
    const struct sufrib_record record = sufrib_split(object->line, object->number);
    struct node *node = node_named(builder, object->id, object->number);
    struct text kind = record.at[PUT_CAR];
    const char *word = sufrib_node_kind(kind);

    node->at = sufrib_coordinates(record.at[PUT_CAB]);
    node->ground_m = level_of(builder, &record, PUT_CCU);
    node->kind = pool_add(&builder->network->words, word == NULL ? kind : text_from(word));
    if (!xy_is_set(node->at) && record.at[PUT_CAB].n > 0) {
        sufrib_note(builder->sufrib, FINDING_INVALID_VALUE, object->number, "coordinates",
            record.at[PUT_CAB]);
    }
}

/* One end of a pipe: which fields tell of it. */
struct end {
    enum rioo_field id, at, invert, depth;
};

static const struct end node1 = {RIOO_AAD, RIOO_AAE, RIOO_ACR, RIOO_ACH};
static const struct end node2 = {RIOO_AAF, RIOO_AAG, RIOO_ACS, RIOO_ACI};

/* The node at an end; what the manholes do not say of it is taken from the pipe. */
static uint32_t end_node(
    struct builder *builder, const struct sufrib_record *record, const struct end *end) {
    struct text id = record->at[end->id];
    struct xy at = sufrib_coordinates(record->at[end->at]);
    double invert_m = NAN, depth_m = NAN;

    if (id.n == 0) {
        return NO_NODE;
    }
    struct node *node = node_named(builder, id, record->number);
    if (!xy_is_set(node->at)) {
        node->at = at;
    } else if (xy_distance_m(node->at, at) > same_place_m) {
        sufrib_note(builder->sufrib, FINDING_NODE_FAR, record->number,
            "the pipe puts it elsewhere: node", id);
    }
    if (isnan(node->ground_m) && text_to_double(record->at[end->invert], &invert_m) &&
        text_to_double(record->at[end->depth], &depth_m) && invert_m != 0 && depth_m > 0) {
        node->ground_m = invert_m + depth_m; /* SUFRIB2.1, 0.1.4 */
    }
    return (uint32_t)(node - builder->network->nodes);
}

static void fill_inverts(
    struct builder *builder, const struct sufrib_record *record, double inverts[2]) {
    double first = NAN, second = NAN;

    if (text_to_double(record->at[RIOO_ACR], &first) &&
        text_to_double(record->at[RIOO_ACS], &second) && first == 0 && second == 0) {
        return;
    }
    inverts[0] = sufrib_number(builder->sufrib, record, RIOO_ACR, "ACR");
    inverts[1] = sufrib_number(builder->sufrib, record, RIOO_ACS, "ACS");
}

/* AAK, else the inverts, else the order of the nodes. */
static bool flows_from_node2(struct builder *builder, const struct sufrib_object *object,
    struct text flow, const double inverts[2], struct segment *segment) {
    if (text_equal_nocase(flow, TEXT("A")) || text_equal_nocase(flow, TEXT("B"))) {
        segment->flow_source = FLOW_FROM_FIELDS;
        return text_equal_nocase(flow, TEXT("B"));
    }
    if (inverts[0] != inverts[1] && !isnan(inverts[0]) && !isnan(inverts[1])) {
        segment->flow_source = FLOW_FROM_INVERTS;
        return inverts[1] > inverts[0];
    }
    segment->flow_source = FLOW_FROM_DIGITISING;
    sufrib_note(builder->sufrib, FINDING_FLOW_ASSUMED, object->number, "from node 1 to node 2 in",
        object->id);
    return false;
}

static void draw(struct builder *builder, struct segment *segment) {
    struct network *network = builder->network;

    if (segment->from_node == NO_NODE || segment->to_node == NO_NODE) {
        return;
    }
    struct xy from = network->nodes[segment->from_node].at;
    struct xy to = network->nodes[segment->to_node].at;
    if (!xy_is_set(from) || !xy_is_set(to)) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, 2);
    at[0] = from;
    at[1] = to;
    segment->line = (struct polyline){at, 2};
}

static void fill_words(
    struct builder *builder, const struct sufrib_record *record, struct segment *segment) {
    struct pool *words = &builder->network->words;
    struct text shape = record->at[RIOO_ACA];
    const char *word = en_shape(shape);
    long year = 0;

    segment->material = pool_add(words, record->at[RIOO_ACD]);
    segment->shape = pool_add(words, word == NULL ? shape : text_from(word));
    segment->street = pool_add(words, record->at[RIOO_AAJ]);
    segment->source = pool_add(words, builder->network->path);
    segment->system = (uint8_t)en_system(record->at[RIOO_ACK]);
    if (text_to_int(text_part(record->at[RIOO_ACN], 0, 4), &year) && year > 0 && year < LAST_YEAR) {
        segment->year_built = (int16_t)year;
    }
}

static void fill_sizes(
    struct builder *builder, const struct sufrib_record *record, struct segment *segment) {
    double height = sufrib_number(builder->sufrib, record, RIOO_ACB, "ACB");
    double width = sufrib_number(builder->sufrib, record, RIOO_ACC, "ACC");
    double length_m = sufrib_number(builder->sufrib, record, RIOO_ABQ, "ABQ");

    en_set_sizes(width, height, &segment->diameter_mm, &segment->height_mm);
    segment->length_m = length_m > 0 ? length_m : NAN;
}

static void add_pipe(struct builder *builder, const struct sufrib_object *object) {
    const struct sufrib_record record = sufrib_split(object->line, object->number);
    struct network *network = builder->network;
    double inverts[2] = {NAN, NAN};
    uint32_t first = end_node(builder, &record, &node1);
    uint32_t second = end_node(builder, &record, &node2);
    struct segment *segment = network_add_segment(network);

    segment->id = arena_copy(&network->arena, object->id);
    if (object->id.n == 0) {
        segment->id = arena_printf(&network->arena, "%.*s-%.*s", TEXT_ARGS(record.at[RIOO_AAD]),
            TEXT_ARGS(record.at[RIOO_AAF]));
        sufrib_note(builder->sufrib, FINDING_ID_MISSING, object->number, "AAA", segment->id);
    }
    segment->number_in_file = object->number;
    fill_inverts(builder, &record, inverts);
    bool is_from_node2 = flows_from_node2(builder, object, record.at[RIOO_AAK], inverts, segment);
    segment->from_node = is_from_node2 ? second : first;
    segment->to_node = is_from_node2 ? first : second;
    segment->from_invert_m = inverts[is_from_node2];
    segment->to_invert_m = inverts[!is_from_node2];
    fill_words(builder, &record, segment);
    fill_sizes(builder, &record, segment);
}

void sufrib_make_network(struct sufrib *sufrib) {
    struct survey *survey = sufrib->survey;
    size_t capacity = 0, n = 0;

    for (size_t i = 0; i < sufrib->n_objects; i++) {
        n += sufrib->objects[i].line.n > 0;
    }
    if (n == 0) {
        return;
    }
    survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
    *survey->network = (struct network){.path = survey->file.path, .crs = TEXT("EPSG:28992")};
    struct builder builder = {sufrib, survey->network, {0}};
    index_reserve(&builder.nodes, n);
    for (size_t i = 0; i < sufrib->n_objects; i++) {
        if (sufrib->objects[i].line.n > 0 && sufrib->objects[i].is_manhole) {
            add_manhole(&builder, &sufrib->objects[i]);
            sufrib_look_again(sufrib, SUFRIB_FAR_BYTES);
        }
    }
    for (size_t i = 0; i < sufrib->n_objects; i++) {
        if (sufrib->objects[i].line.n > 0 && !sufrib->objects[i].is_manhole) {
            add_pipe(&builder, &sufrib->objects[i]);
            sufrib_look_again(sufrib, SUFRIB_FAR_BYTES);
        }
    }
    for (size_t i = 0; i < survey->network->n_segments; i++) { /* all nodes have their place */
        draw(&builder, &survey->network->segments[i]);
    }
    index_release(&builder.nodes);
}
