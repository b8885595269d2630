#include "core/network.h"

#include <math.h>

struct node *network_add_node(struct network *network) {
    network->nodes = array_reserve(
        network->nodes, &network->nodes_capacity, network->n_nodes + 1, sizeof *network->nodes);
    struct node *node = &network->nodes[network->n_nodes++];
    *node = (struct node){
        .at = {NAN, NAN},
          .ground_m = NAN, .invert_m = NAN
    };
    return node;
}

struct segment *network_add_segment(struct network *network) {
    network->segments = array_reserve(network->segments, &network->segments_capacity,
        network->n_segments + 1, sizeof *network->segments);
    struct segment *segment = &network->segments[network->n_segments++];
    *segment = (struct segment){
        .from_node = NO_NODE,
        .to_node = NO_NODE,
        .length_m = NAN,
        .from_invert_m = NAN,
        .to_invert_m = NAN,
        .diameter_mm = NAN,
        .height_mm = NAN,
        .area_importance = -1,
        .soil_influence = -1,
    };
    return segment;
}

struct text network_word(const struct network *network, uint32_t word) {
    return pool_word(&network->words, word);
}

static double cover_at(
    const struct network *network, uint32_t node, double invert_m, double height_mm) {
    if (node == NO_NODE) {
        return NAN;
    }
    return network->nodes[node].ground_m - invert_m - height_mm / 1000;
}

double segment_cover_m(const struct network *network, const struct segment *segment) {
    double height_mm = isnan(segment->height_mm) ? segment->diameter_mm : segment->height_mm;
    double from_m = cover_at(network, segment->from_node, segment->from_invert_m, height_mm);
    double to_m = cover_at(network, segment->to_node, segment->to_invert_m, height_mm);

    return isnan(from_m) ? to_m : isnan(to_m) ? from_m : (from_m + to_m) / 2;
}

/* A loop segment stands once in the links of its node. */
static void count_links(struct network *network) {
    for (size_t i = 0; i < network->n_nodes; i++) {
        network->nodes[i].n_segments = 0;
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        if (segment->from_node != NO_NODE) {
            network->nodes[segment->from_node].n_segments++;
        }
        if (segment->to_node != NO_NODE && segment->to_node != segment->from_node) {
            network->nodes[segment->to_node].n_segments++;
        }
    }
}

static void add_link(struct network *network, uint32_t node, uint32_t segment, uint32_t *filled) {
    network->links[network->nodes[node].first_link + filled[node]++] = segment;
}

void network_connect(struct network *network) {
    size_t capacity = 0, n_links = 0, filled_capacity = 0;
    uint32_t *filled = array_reserve(NULL, &filled_capacity, network->n_nodes, sizeof *filled);

    count_links(network);
    for (size_t i = 0; i < network->n_nodes; i++) {
        network->nodes[i].first_link = (uint32_t)n_links;
        n_links += network->nodes[i].n_segments;
        filled[i] = 0;
    }
    array_release(&network->links);
    network->links = array_reserve(NULL, &capacity, n_links + 1, sizeof *network->links);
    for (size_t i = 0; i < network->n_segments; i++) {
        struct segment *segment = &network->segments[i];
        segment->drawn_m = polyline_length_m(segment->line);
        if (segment->from_node != NO_NODE) {
            add_link(network, segment->from_node, (uint32_t)i, filled);
        }
        if (segment->to_node != NO_NODE && segment->to_node != segment->from_node) {
            add_link(network, segment->to_node, (uint32_t)i, filled);
        }
    }
    array_release(&filled);
}

const uint32_t *network_links(const struct network *network, uint32_t node) {
    return network->links + network->nodes[node].first_link;
}

void network_release(struct network *network) {
    arena_release(&network->arena);
    pool_release(&network->words);
    array_release(&network->nodes);
    array_release(&network->segments);
    array_release(&network->links);
    findings_release(&network->findings);
    *network = (struct network){0};
}

const char *sewer_system_name(enum sewer_system system) {
    switch (system) {
    case SYSTEM_UNKNOWN:
        return "unknown";
    case SYSTEM_STORM:
        return "storm";
    case SYSTEM_FOUL:
        return "foul";
    case SYSTEM_COMBINED:
        return "combined";
    }
    return NULL;
}

const char *groundwater_name(enum groundwater groundwater) {
    switch (groundwater) {
    case GROUNDWATER_UNKNOWN:
        return NULL;
    case GROUNDWATER_BELOW:
        return "below";
    case GROUNDWATER_CHANGING:
        return "changing";
    case GROUNDWATER_ABOVE:
        return "above";
    }
    return NULL;
}

const char *protection_zone_name(uint8_t zone) {
    static const char *const names[] = {NULL, "none", "IIIB", "IIIA", "II", "I"};

    return zone < ARRAY_LEN(names) ? names[zone] : NULL;
}

struct text segment_own_id(const struct segment *segment) {
    return text_part(segment->id, 0, segment->id.n - segment->id_added_n);
}
