#include "core/network_merge.h"

#include <math.h>

#include "core/index.h"

/* How things of the one network are called in the other. */
struct merge {
    struct network *to;
    const struct network *from;
    struct index nodes, segments; /* of `to`, by id */
    uint32_t *node_in_to;         /* by node of `from` */
};

static uint32_t word_in_to(struct merge *merge, uint32_t word) {
    return pool_add(&merge->to->words, network_word(merge->from, word));
}

static double first_set(double a, double b) {
    return isnan(a) ? b : a;
}

static void merge_node(struct merge *merge, uint32_t number) {
    struct network *to = merge->to;
    const struct node *node = &merge->from->nodes[number];
    uint32_t known = node->id.n == 0 ? INDEX_NONE : index_find(&merge->nodes, node->id);

    if (known != INDEX_NONE) {
        struct node *first = &to->nodes[known];
        first->at = xy_is_set(first->at) ? first->at : node->at;
        first->ground_m = first_set(first->ground_m, node->ground_m);
        first->invert_m = first_set(first->invert_m, node->invert_m);
        first->kind = first->kind != 0 ? first->kind : word_in_to(merge, node->kind);
        merge->node_in_to[number] = known;
        return;
    }
    uint32_t fresh = (uint32_t)to->n_nodes;
    struct node *added = network_add_node(to);
    *added = *node;
    added->id = arena_copy(&to->arena, node->id);
    added->kind = word_in_to(merge, node->kind);
    merge->node_in_to[number] = fresh;
    if (added->id.n > 0) {
        index_add(&merge->nodes, added->id, fresh);
    }
}

static uint32_t node_in_to(const struct merge *merge, uint32_t node) {
    return node == NO_NODE ? NO_NODE : merge->node_in_to[node];
}

static struct polyline copy_line(struct arena *arena, struct polyline line) {
    struct xy *at = ARENA_NEW(arena, struct xy, line.n);

    for (size_t i = 0; i < line.n; i++) {
        at[i] = line.at[i];
    }
    return (struct polyline){at, line.n};
}

static void note_difference(
    struct merge *merge, const struct segment *first, const struct segment *other) {
    if (first->from_node == node_in_to(merge, other->from_node) &&
        first->to_node == node_in_to(merge, other->to_node)) {
        return;
    }
    findings_add(&merge->to->findings, FINDING_DUPLICATE_ID,
        (struct finding_place){
            .file = merge->from->path, .line = other->number_in_file, .segment_id = first->id},
        "segment '%.*s' lies between other nodes in an earlier file, which was kept",
        TEXT_ARGS(first->id));
}

static void merge_segment(struct merge *merge, const struct segment *segment) {
    struct network *to = merge->to;
    uint32_t known = segment->id.n == 0 ? INDEX_NONE : index_find(&merge->segments, segment->id);

    if (known != INDEX_NONE) {
        note_difference(merge, &to->segments[known], segment);
        return;
    }
    uint32_t fresh = (uint32_t)to->n_segments;
    struct segment *added = network_add_segment(to);
    *added = *segment;
    added->id = arena_copy(&to->arena, segment->id);
    added->from_node = node_in_to(merge, segment->from_node);
    added->to_node = node_in_to(merge, segment->to_node);
    added->line = copy_line(&to->arena, segment->line);
    added->material = word_in_to(merge, segment->material);
    added->shape = word_in_to(merge, segment->shape);
    added->street = word_in_to(merge, segment->street);
    added->owner = word_in_to(merge, segment->owner);
    added->district = word_in_to(merge, segment->district);
    added->source = word_in_to(merge, segment->source);
    if (added->id.n > 0) {
        index_add(&merge->segments, added->id, fresh);
    }
}

/* `to` keeps what it was told first about the whole. */
static void merge_facts(struct network *to, const struct network *from) {
    to->path = to->path.n > 0 ? to->path : from->path;
    to->crs = to->crs.n > 0 ? to->crs : from->crs;
    to->has_repeated_ids = to->has_repeated_ids || from->has_repeated_ids;
    to->delivered_unit_m = to->delivered_unit_m > 0 ? to->delivered_unit_m : from->delivered_unit_m;
}

static void merge_one(struct merge *merge, const struct network *from) {
    size_t capacity = 0;

    merge->from = from;
    merge->node_in_to = array_reserve(NULL, &capacity, from->n_nodes + 1, sizeof(uint32_t));
    for (size_t i = 0; i < from->n_nodes; i++) {
        merge_node(merge, (uint32_t)i);
    }
    for (size_t i = 0; i < from->n_segments; i++) {
        merge_segment(merge, &from->segments[i]);
    }
    merge_facts(merge->to, from);
    array_release(&merge->node_in_to);
}

void network_merge(struct network *to, const struct network *const *parts, size_t n_parts) {
    struct merge merge = {.to = to};

    for (size_t i = 0; i < n_parts; i++) {
        merge_one(&merge, parts[i]);
    }
    network_connect(to);
    index_release(&merge.nodes);
    index_release(&merge.segments);
}
