#pragma once
/* An R-tree packed bottom-up, as rows of the three tables in which SQLite keeps one.
 *
 * Boxes are put in the order of a Hilbert curve through their middles and cut into full nodes. */
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "formats/gpkg/block.h"

/* Single precision, as SQLite stores it: rounded outwards. */
struct rtree_box {
    float min_x, max_x, min_y, max_y;
};

enum { RTREE_LEVELS = 16 };

struct rtree {
    struct rtree_box *boxes; /* arrays of their own, in the order of adding */
    uint32_t *ids;
    size_t n, boxes_capacity, ids_capacity;

    /* after rtree_pack */
    size_t node_bytes, cells_per_node;
    uint32_t *order;                /* numbers of boxes along the curve */
    uint32_t *places;               /* the place of each box along the curve */
    struct rtree_level {            /* from the leaves up to the root */
        size_t n_nodes, first_node; /* node numbers; the root is 1 */
        struct rtree_box *boxes;    /* of its nodes */
    } levels[RTREE_LEVELS];
    size_t n_levels;
    size_t n_written; /* rows of the table at hand */
};

/* Ids ascend. */
void rtree_add(struct rtree *rtree, uint32_t id, struct box box);

/* `node_bytes` as SQLite chose it for the table's empty root. */
void rtree_pack(struct rtree *rtree, size_t node_bytes);

/* Rows of the tables _rowid (rowid, nodeno), _node (nodeno, data) and _parent (nodeno, parentnode),
 * for a feed; the context is the tree.  Ascending, one table after the other. */
bool rtree_make_rowids(void *rtree, struct block *block);
bool rtree_make_nodes(void *rtree, struct block *block);
bool rtree_make_parents(void *rtree, struct block *block);
enum { RTREE_COLUMNS = 2 };

void rtree_release(struct rtree *rtree);
