/* Node layers and tables of points. */
#include <math.h>

#include "core/base.h"
#include "formats/network/visitor.h"

/* Pipes are mostly listed along their nodes: the neighbours of the last one are asked first, before
 * the index, which is somewhere else in memory for every id. */
static uint32_t find_node(const struct reader *reader, struct text id) {
    const struct network *network = reader->network;

    for (size_t i = 0; i < 3; i++) {
        size_t number = reader->last_node + 1 - i; /* wraps below 0 to a number that is none */
        if (number < network->n_nodes && text_equal(network->nodes[number].id, id)) {
            return (uint32_t)number;
        }
    }
    return index_find(&reader->node_ids, id);
}

uint32_t reader_node_named(struct reader *reader, struct text id) {
    struct network *network = reader->network;
    uint32_t known = find_node(reader, id);

    if (known == INDEX_NONE) {
        struct node *node = network_add_node(network);
        node->id = arena_copy(&network->arena, id);
        known = index_add(&reader->node_ids, node->id, (uint32_t)(network->n_nodes - 1));
    }
    reader->last_node = known;
    return known;
}

struct text reader_free_node_id(struct reader *reader) {
    struct text made;

    do {
        made = arena_printf(&reader->network->arena, "N%zu", ++reader->n_made_ids);
    } while (index_find(&reader->node_ids, made) != INDEX_NONE);
    return made;
}

static struct xy node_coordinates(struct visitor *visitor, const struct vector_feature *feature) {
    if (visitor->layer_geometry != VECTOR_NONE) {
        return feature->n_parts > 0 ? feature->parts[0].at[0] : (struct xy){NAN, NAN};
    }
    bool is_plain = !visitor_has(visitor, COLUMN_EASTING) || !visitor_has(visitor, COLUMN_NORTHING);
    return (struct xy){visitor_number(visitor, is_plain ? COLUMN_X : COLUMN_EASTING),
        visitor_number(visitor, is_plain ? COLUMN_Y : COLUMN_NORTHING)};
}

/* Tables of points name a point once per pipe at it. */
static bool is_repeated_row(const struct visitor *visitor, uint32_t known, struct xy at) {
    if (visitor->layer_geometry != VECTOR_NONE || known < visitor->range->first_node) {
        return false;
    }
    struct xy before = visitor->reader->network->nodes[known].at;
    return !xy_is_set(at) || (xy_is_set(before) && xy_distance_m(before, at) < 0.01);
}

/* The id of a row: its own, or a made one where it has none or has one that is taken. */
static struct text free_node_id(struct visitor *visitor, struct text id, uint32_t known) {
    struct reader *reader = visitor->reader;
    struct arena *arena = &reader->network->arena;

    if (id.n == 0) {
        return reader_free_node_id(reader);
    }
    while (reader->n_node_copies <= known) {
        reader->node_copies = array_reserve(reader->node_copies, &reader->node_copies_capacity,
            reader->n_node_copies + 1, sizeof *reader->node_copies);
        reader->node_copies[reader->n_node_copies++] = 1;
    }
    struct text made;
    do {
        made = arena_printf(arena, "%.*s#%u", TEXT_ARGS(id), ++reader->node_copies[known]);
    } while (index_find(&reader->node_ids, made) != INDEX_NONE);
    return made;
}

static void visit_node(void *context, const struct vector_feature *feature) {
    struct visitor *visitor = context;
    struct reader *reader = visitor->reader;
    struct network *network = reader->network;

    visitor->values = feature->values;
    visitor->number = feature->number;
    if (visitor->layer_geometry == VECTOR_MIXED && feature->geometry != VECTOR_POINT) {
        return; /* lines have their own walk */
    }
    struct xy at = node_coordinates(visitor, feature);
    struct text id = visitor_text(visitor, COLUMN_NODE_ID);
    uint32_t known = id.n == 0 ? INDEX_NONE : index_find(&reader->node_ids, id);
    if (known != INDEX_NONE && is_repeated_row(visitor, known, at)) {
        return;
    }
    if (visitor->layer_geometry == VECTOR_NONE && id.n == 0 && !xy_is_set(at)) {
        return; /* an empty row at the end of a sheet */
    }
    if (!isfinite(at.x) || !isfinite(at.y)) {
        reader_flaw(reader, FINDING_GEOMETRY_BROKEN, visitor_place(visitor),
            "node '%.*s' has no coordinates", TEXT_ARGS(id));
        at = (struct xy){NAN, NAN};
    }
    if (id.n == 0) {
        reader_flaw(reader, FINDING_ID_MISSING, visitor_place(visitor), "a node without id");
    } else if (known != INDEX_NONE) {
        reader_flaw(
            reader, FINDING_DUPLICATE_ID, visitor_place(visitor), "node '%.*s'", TEXT_ARGS(id));
    }
    bool is_nameless = id.n == 0;
    if (is_nameless || known != INDEX_NONE) {
        id = free_node_id(visitor, id, known);
    }
    struct node *node = &network->nodes[reader_node_named(reader, id)];
    node->at = at;
    node->line = visitor->number;
    node->id_is_made = is_nameless;
    node->ground_m = visitor_level(visitor, COLUMN_GROUND);
    node->invert_m = visitor_level(visitor, COLUMN_INVERT);
    if (isnan(node->invert_m)) {
        node->invert_m = node->ground_m - visitor_number(visitor, COLUMN_DEPTH);
    }
    node->kind = visitor_word(visitor, COLUMN_KIND);
    if (node->kind == 0) {
        node->kind = visitor_word(visitor, COLUMN_FEATURE);
    }
}

void reader_read_nodes(struct reader *reader, struct vector_file *file,
    const struct layer_plan *plan, struct layer_range *range) {
    struct network *network = reader->network;
    const struct vector_layer *layer = vector_layer(file, plan->layer);
    struct visitor visitor = {
        .reader = reader, .range = range, .plan = plan, .layer_geometry = layer->geometry};

    range->first_node = network->n_nodes;
    if (plan->has_nodes) {
        size_t n = layer->n_features < 1u << 26 ? (size_t)layer->n_features : 0;
        network->nodes = array_reserve(
            network->nodes, &network->nodes_capacity, network->n_nodes + n, sizeof(struct node));
        index_reserve(&reader->node_ids, network->n_nodes + n);
        visitor_read(&visitor, file, ROLES_OF_NODES, visit_node);
    }
    range->end_node = network->n_nodes;
    reader->n_layer_nodes = network->n_nodes;
}
