#pragma once
/* What the steps of reading a network share: layers, then ends, then flow.  See network_file.c. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/index.h"
#include "core/network.h"
#include "formats/crs.h"
#include "formats/dbf_encoding.h"
#include "formats/network/roles.h"
#include "formats/network_file.h"
#include "formats/vector_file.h"

/* What a segment's row said and the network does not keep. */
struct draft {
    float from_depth_m, to_depth_m; /* below the node's ground, NAN unset */
    float first_z, last_z;          /* of the geometry's ends, NAN unset */
    int8_t flow;                    /* 1 from the first end to the second, -1 back, 0 not said;
                                       FLOW_FIGURE + n while figures are not understood */
    bool has_order;                 /* from_node and to_node claim the flow */
    bool has_nodes;                 /* the row names both ends */
    bool has_id;                    /* the row has an id */
    bool is_broken;                 /* the geometry was of no use, and that was said */
    bool has_raw_section;           /* diameter_mm and height_mm are in an unknown unit yet */
};

enum { FLOW_FIGURE = 50, SYSTEM_LONE_S = 250 };

/* What came out of one layer. */
struct layer_range {
    size_t first_node, end_node, first_segment, end_segment;
    struct text layer;
    const char *crs; /* WKT, NULL unknown */
    struct text path;
    double diameter_unit_m, length_unit_m; /* of the headings, NAN unsaid */
    bool has_xy_columns;              /* coordinates out of columns that do not say their axis */
    bool is_table;                    /* segments have no geometry of their own */
    bool is_chinese;                  /* headings in Chinese */
    bool has_flow_zero, has_flow_two; /* figures that the flow column holds */
    bool is_english;                  /* the system column has F or C */
};

struct reader {
    const struct network_request *request;
    struct network *network;
    struct network_report *report;
    struct given_fields given;
    struct arena arena; /* as long as the reader */
    struct index node_ids;
    uint32_t
        *node_copies; /* of duplicate ids so far, by number of the first; an array of its own */
    size_t node_copies_capacity, n_node_copies;
    struct draft *drafts; /* one per segment; an array of its own */
    size_t n_drafts, drafts_capacity;
    struct layer_range *ranges; /* an array of its own */
    size_t n_ranges, ranges_capacity;
    size_t n_layer_nodes;     /* nodes that came from node layers; the others were made from ends */
    size_t n_made_ids;        /* N1, N2 ... so far */
    size_t last_node;         /* that was asked for */
    struct text columns_seen; /* of all layers, for messages */
    bool is_own_result;       /* an earlier result: ids that repeat were told apart in it */
    size_t n_flaws[FINDING_KINDS];
};

/* A finding, unless there were very many of its kind: those are counted and said in one. */
void reader_flaw(struct reader *reader, enum finding_kind kind, struct finding_place place,
    const char *format, ...) PRINTF_LIKE(4, 5);
void reader_flaws_close(struct reader *reader);

struct finding_place reader_segment_place(const struct reader *reader, size_t segment);

/* layers.c: reads all layers of a file that hold nodes (and segments) in their delivered
 * coordinates.  False with ERROR_FORMAT when there are none. */
enum wanted_layers {
    WANTED_NODES,
    WANTED_ALL,
};
bool reader_read_file(
    struct reader *reader, const char *path, enum wanted_layers wanted, struct error *err);

/* nodes.c, segments.c: read one layer. */
struct layer_plan {
    size_t layer;
    struct columns columns;
    struct headings headings;
    struct encoding_verdict verdict;
    bool has_nodes, has_segments;
};
void reader_read_nodes(struct reader *reader, struct vector_file *file,
    const struct layer_plan *plan, struct layer_range *range);
void reader_read_segments(struct reader *reader, struct vector_file *file,
    const struct layer_plan *plan, struct layer_range *range);
/* An id that no node has yet: N1, N2 ... */
struct text reader_free_node_id(struct reader *reader);
/* The node of an id, made when there is none yet. */
uint32_t reader_node_named(struct reader *reader, struct text id);

/* delivered.c: takes over a network out of a survey file. */
void reader_take_delivered(struct reader *reader, const struct network *delivered);

/* plane.c: chooses the CRS, brings everything into the plane, cleans the lines. */
bool reader_to_plane(struct reader *reader, struct crs **crs, struct error *err);

/* ends.c: joins segments to nodes, makes nodes where there are none. */
void reader_join_ends(struct reader *reader);

/* flow.c: turns each segment so that it runs upstream to downstream. */
void reader_settle_flow(struct reader *reader);

/* finish.c: units, levels, ids. */
void reader_finish(struct reader *reader, const struct crs *crs);
