/* A network out of a survey file is taken over as if a layer had been read. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/network/reader.h"

/* Numbers of words in one pool as numbers in another. */
static uint32_t *translate_words(struct reader *reader, const struct network *delivered) {
    uint32_t *words = ARENA_NEW(&reader->arena, uint32_t, delivered->words.n + 1);

    for (size_t i = 1; i < delivered->words.n; i++) {
        words[i] = pool_add(&reader->network->words, pool_word(&delivered->words, (uint32_t)i));
    }
    return words;
}

/* Nodes that a node file has already stay as they are.  Returns the new number of each node. */
static uint32_t *take_nodes(
    struct reader *reader, const struct network *delivered, const uint32_t *words) {
    struct network *network = reader->network;
    uint32_t *numbers = ARENA_NEW(&reader->arena, uint32_t, delivered->n_nodes + 1);

    for (size_t i = 0; i < delivered->n_nodes; i++) {
        const struct node *from = &delivered->nodes[i];
        uint32_t known = from->id.n == 0 ? INDEX_NONE : index_find(&reader->node_ids, from->id);
        if (known != INDEX_NONE && known < reader->n_layer_nodes) {
            numbers[i] = known;
            continue;
        }
        struct node *node = network_add_node(network);
        numbers[i] = (uint32_t)(network->n_nodes - 1);
        *node = *from;
        node->id =
            from->id.n == 0 ? reader_free_node_id(reader) : arena_copy(&network->arena, from->id);
        node->kind = words[from->kind];
        index_add(&reader->node_ids, node->id, numbers[i]);
    }
    reader->n_layer_nodes = network->n_nodes;
    return numbers;
}

static void take_segment(struct reader *reader, const struct segment *from, const uint32_t *words,
    const uint32_t *nodes) {
    struct network *network = reader->network;
    struct segment *segment = network_add_segment(network);
    size_t n = from->line.n;

    *segment = *from;
    segment->id = from->id.n == 0 ? (struct text){0} : arena_copy(&network->arena, from->id);
    segment->from_node = from->from_node == NO_NODE ? NO_NODE : nodes[from->from_node];
    segment->to_node = from->to_node == NO_NODE ? NO_NODE : nodes[from->to_node];
    segment->material = words[from->material];
    segment->shape = words[from->shape];
    segment->street = words[from->street];
    segment->owner = words[from->owner];
    segment->district = words[from->district];
    segment->source = words[from->source];
    segment->is_flipped = false;
    if (n > 0) {
        struct xy *at = ARENA_NEW(&network->arena, struct xy, n);
        memcpy(at, from->line.at, n * sizeof *at);
        segment->line = (struct polyline){at, n};
    }
}

static void add_draft(struct reader *reader, const struct segment *segment) {
    bool has_nodes = segment->from_node != NO_NODE && segment->to_node != NO_NODE;

    reader->drafts = array_reserve(
        reader->drafts, &reader->drafts_capacity, reader->n_drafts + 1, sizeof *reader->drafts);
    reader->drafts[reader->n_drafts++] = (struct draft){
        .from_depth_m = NAN,
        .to_depth_m = NAN,
        .first_z = NAN,
        .last_z = NAN,
        .has_order = has_nodes,
        .has_nodes = has_nodes,
        .has_id = segment->id.n > 0,
    };
}

void reader_take_delivered(struct reader *reader, const struct network *delivered) {
    const uint32_t *words = translate_words(reader, delivered);
    struct network *network = reader->network;
    size_t first_node = network->n_nodes;

    network->path = arena_copy(&network->arena, delivered->path);
    const uint32_t *nodes = take_nodes(reader, delivered, words);
    for (size_t i = 0; i < delivered->n_segments; i++) {
        take_segment(reader, &delivered->segments[i], words, nodes);
        add_draft(reader, &network->segments[i]);
    }
    reader->ranges = array_reserve(
        reader->ranges, &reader->ranges_capacity, reader->n_ranges + 1, sizeof *reader->ranges);
    reader->ranges[reader->n_ranges++] = (struct layer_range){
        .first_node = first_node,
        .end_node = network->n_nodes,
        .end_segment = network->n_segments,
        .layer = TEXT("survey"),
        .crs = delivered->crs.n == 0 ? NULL : arena_copy(&reader->arena, delivered->crs).at,
        .path = network->path,
        .diameter_unit_m = 0.001,
        .length_unit_m = 1,
        .is_table = true,
    };
}
