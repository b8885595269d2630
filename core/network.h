#pragma once
/* The network: nodes and segments, in a working plane whose unit is the metre. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/findings.h"
#include "core/geom.h"
#include "core/pool.h"
#include "core/text.h"

enum sewer_system {
    SYSTEM_UNKNOWN,
    SYSTEM_STORM,
    SYSTEM_FOUL,
    SYSTEM_COMBINED,
};

/* Where the groundwater stands at a segment. */
enum groundwater {
    GROUNDWATER_UNKNOWN,
    GROUNDWATER_BELOW,    /* below the pipe */
    GROUNDWATER_CHANGING, /* around it, coming and going */
    GROUNDWATER_ABOVE,    /* above it */
};

/* Which of the network's facts decided where a segment's upstream end is. */
enum flow_source {
    FLOW_FROM_FIELDS, /* from_node and to_node, or a flow column */
    FLOW_FROM_INVERTS,
    FLOW_FROM_DIGITISING, /* nothing better was there */
};

struct node {
    struct text id;
    struct xy at;              /* NAN when unknown */
    double ground_m, invert_m; /* NAN unset */
    uint32_t kind;             /* word */
    uint32_t n_segments;
    uint32_t first_link; /* in network.links: the segments at this node */
    uint32_t line;       /* feature number in its file, 0 for nodes made from segment ends */
    bool id_is_made;     /* its file names it nowhere */
};

struct segment {
    struct text id;
    uint32_t from_node, to_node; /* upstream, downstream; NO_NODE unset */
    struct polyline line;        /* from the upstream to the downstream end; n is 0 without one */
    double drawn_m;              /* length of `line` */
    double length_m;             /* as the network's table says, NAN unset */
    double from_invert_m, to_invert_m;                         /* NAN unset */
    uint32_t material, shape, street, owner, district, source; /* words; source: file or layer */
    float diameter_mm, height_mm; /* width and height; height NAN when round; NAN unset */
    int16_t year_built;           /* 0 unset */
    uint8_t system;               /* enum sewer_system */
    uint8_t flow_source;          /* enum flow_source */
    bool is_flipped;              /* digitised against the flow */
    int8_t area_importance;       /* K by CJJ 181: 0, 3, 6, 10; -1 unset */
    int8_t soil_influence;        /* T by CJJ 181: 0, 6, 8, 10; -1 unset */
    uint8_t groundwater;          /* enum groundwater */
    uint8_t capacity_is_short;    /* enum answer: too small for its flow */
    uint8_t protection_zone;      /* drinking water: 0 unset, 1 none, 2 IIIB, 3 IIIA, 4 II, 5 I */
    uint8_t soil_group;           /* G1 to G4 of DWA-A 127 [K]; 0 unset */
    uint8_t id_added_n;           /* bytes behind the file's own id that make `id` unique */
    uint32_t number_in_file;      /* feature, 1 first */
};

struct network {
    struct arena arena; /* ids and vertices */
    struct pool words;
    struct node *nodes; /* arrays of their own */
    size_t n_nodes, nodes_capacity;
    struct segment *segments;
    size_t n_segments, segments_capacity;
    uint32_t *links;         /* segments by node: links[node.first_link .. + node.n_segments] */
    struct text path;        /* of its file */
    struct text crs;         /* as delivered by a survey file: EPSG:25832, WKT; {0} unknown */
    double delivered_unit_m; /* metres in one unit of its coordinates as delivered; 0: metres */
    struct findings findings;
    bool has_repeated_ids; /* some segments have an id_added_n */
    bool is_implied; /* segments made by the pipeline from node pairs and a coordinate table */
};

/* Appends an item with every field unset; good until the next one. */
struct node *network_add_node(struct network *network);
struct segment *network_add_segment(struct network *network);

/* The id as its file has it, which other segments may bear too. */
struct text segment_own_id(const struct segment *segment);

struct text network_word(const struct network *network, uint32_t word);

/* After everything was added: measures `drawn_m`, fills `links` and `n_segments`. */
void network_connect(struct network *network);

/* From the ground down to the crown, the mean of both ends; of one where only one is known; NAN. */
double segment_cover_m(const struct network *network, const struct segment *segment);

/* The segments at a node. */
const uint32_t *network_links(const struct network *network, uint32_t node);

void network_release(struct network *network);

const char *sewer_system_name(enum sewer_system system);    /* storm, foul, combined, unknown */
const char *groundwater_name(enum groundwater groundwater); /* NULL, below, changing, above */
const char *protection_zone_name(uint8_t zone);             /* NULL, none, IIIB, IIIA, II, I */
