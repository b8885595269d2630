#include "formats/gpkg/rtree.h"

#include <math.h>
#include <string.h>

#include "formats/gpkg/pages/bytes.h"

enum { NODE_HEADER = 4, CELL = 24 };

static float round_down(double value) {
    float near = (float)value;

    return near > value ? nextafterf(near, -INFINITY) : near;
}

static float round_up(double value) {
    float near = (float)value;

    return near < value ? nextafterf(near, INFINITY) : near;
}

void rtree_add(struct rtree *rtree, uint32_t id, struct box box) {
    rtree->boxes =
        array_reserve(rtree->boxes, &rtree->boxes_capacity, rtree->n + 1, sizeof *rtree->boxes);
    rtree->ids = array_reserve(rtree->ids, &rtree->ids_capacity, rtree->n + 1, sizeof *rtree->ids);
    rtree->ids[rtree->n] = id;
    rtree->boxes[rtree->n++] = (struct rtree_box){
        round_down(box.min_x),
        round_up(box.max_x),
        round_down(box.min_y),
        round_up(box.max_y),
    };
}

/* --- order along the curve --- */

enum { CURVE_BITS = 16 };

/* The distance of a cell along the Hilbert curve that fills a square of 2^16 cells a side: each
 * round takes the quadrant, then turns the rest into the quadrant's own frame. */
static uint32_t hilbert(uint32_t x, uint32_t y) {
    uint32_t distance = 0;

    for (uint32_t side = 1u << (CURVE_BITS - 1); side > 0; side /= 2) {
        bool is_right = (x & side) != 0, is_upper = (y & side) != 0;
        uint32_t quadrant = is_right ? 3u - is_upper : is_upper;
        distance += side * side * quadrant;
        x &= side - 1;
        y &= side - 1;
        if (!is_upper) {
            if (is_right) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            uint32_t swapped = x;
            x = y;
            y = swapped;
        }
    }
    return distance;
}

static uint32_t cell_of(double middle, double from, double to) {
    double share = to > from ? (middle - from) / (to - from) : 0;
    double cell = share * ((1u << CURVE_BITS) - 1);

    return cell > 0 ? (uint32_t)cell : 0;
}

struct place_on_curve {
    uint32_t distance, number;
};

static void find_places(const struct rtree *rtree, struct place_on_curve *places) {
    struct box all = box_empty();

    for (size_t i = 0; i < rtree->n; i++) {
        const struct rtree_box *box = &rtree->boxes[i];
        box_add_box(&all, (struct box){box->min_x, box->min_y, box->max_x, box->max_y});
    }
    for (size_t i = 0; i < rtree->n; i++) {
        const struct rtree_box *box = &rtree->boxes[i];
        double x = ((double)box->min_x + box->max_x) / 2, y = ((double)box->min_y + box->max_y) / 2;
        places[i] = (struct place_on_curve){
            hilbert(cell_of(x, all.min_x, all.max_x), cell_of(y, all.min_y, all.max_y)),
            (uint32_t)i,
        };
    }
}

/* A radix sort: stable, so that equal places stay in the order of adding. */
static void sort_places(struct place_on_curve *places, struct place_on_curve *spare, size_t n) {
    enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

    for (unsigned shift = 0; shift < 2 * CURVE_BITS; shift += DIGIT_BITS) {
        size_t starts[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < n; i++) {
            starts[places[i].distance >> shift & (DIGITS - 1)]++;
        }
        for (size_t digit = 0; digit < DIGITS; digit++) {
            size_t count = starts[digit];
            starts[digit] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) {
            spare[starts[places[i].distance >> shift & (DIGITS - 1)]++] = places[i];
        }
        struct place_on_curve *sorted = spare; /* an even number of rounds ends where it began */
        spare = places;
        places = sorted;
    }
}

static void *new_array(size_t n, size_t item_size) {
    size_t capacity = 0;

    return array_reserve(NULL, &capacity, n + 1, item_size);
}

/* The spare array goes before others come: there may be millions of boxes. */
static struct place_on_curve *sorted_places(const struct rtree *rtree) {
    struct place_on_curve *places = new_array(rtree->n, sizeof *places);
    CLEANUP(array_release) struct place_on_curve *spare = new_array(rtree->n, sizeof *spare);

    find_places(rtree, places);
    sort_places(places, spare, rtree->n);
    return places;
}

static void put_in_order(struct rtree *rtree) {
    CLEANUP(array_release) struct place_on_curve *places = sorted_places(rtree);

    rtree->order = new_array(rtree->n, sizeof *rtree->order);
    rtree->places = new_array(rtree->n, sizeof *rtree->places);
    for (size_t i = 0; i < rtree->n; i++) {
        rtree->order[i] = places[i].number;
        rtree->places[places[i].number] = (uint32_t)i;
    }
}

/* --- levels --- */

static const struct rtree_box *child_box(const struct rtree *rtree, size_t level, size_t child) {
    return level == 0 ? &rtree->boxes[rtree->order[child]] : &rtree->levels[level - 1].boxes[child];
}

static size_t count_children(const struct rtree *rtree, size_t level) {
    return level == 0 ? rtree->n : rtree->levels[level - 1].n_nodes;
}

struct children {
    size_t from, to;
};

static struct children children_of(const struct rtree *rtree, size_t level, size_t node) {
    size_t n = count_children(rtree, level), from = node * rtree->cells_per_node;

    return (struct children){
        from, from + rtree->cells_per_node < n ? from + rtree->cells_per_node : n};
}

static struct rtree_box node_box(const struct rtree *rtree, size_t level, size_t node) {
    struct children children = children_of(rtree, level, node);
    struct rtree_box sum = *child_box(rtree, level, children.from);

    for (size_t i = children.from + 1; i < children.to; i++) {
        const struct rtree_box *box = child_box(rtree, level, i);
        sum.min_x = box->min_x < sum.min_x ? box->min_x : sum.min_x;
        sum.max_x = box->max_x > sum.max_x ? box->max_x : sum.max_x;
        sum.min_y = box->min_y < sum.min_y ? box->min_y : sum.min_y;
        sum.max_y = box->max_y > sum.max_y ? box->max_y : sum.max_y;
    }
    return sum;
}

static void add_level(struct rtree *rtree) {
    size_t n_children = count_children(rtree, rtree->n_levels);
    struct rtree_level *level = &rtree->levels[rtree->n_levels];

    level->n_nodes = n_children == 0 ? 1 : (n_children - 1) / rtree->cells_per_node + 1;
    level->boxes = new_array(level->n_nodes, sizeof *level->boxes);
    for (size_t i = 0; i < level->n_nodes && n_children > 0; i++) {
        level->boxes[i] = node_box(rtree, rtree->n_levels, i);
    }
    rtree->n_levels++;
}

void rtree_pack(struct rtree *rtree, size_t node_bytes) {
    size_t next_node = 2; /* the root is 1, the leaves follow, then the levels above them */

    rtree->node_bytes = node_bytes;
    rtree->cells_per_node = (node_bytes - NODE_HEADER) / CELL;
    put_in_order(rtree);
    do {
        add_level(rtree);
    } while (rtree->levels[rtree->n_levels - 1].n_nodes > 1);
    for (size_t i = 0; i + 1 < rtree->n_levels; i++) {
        rtree->levels[i].first_node = next_node;
        next_node += rtree->levels[i].n_nodes;
    }
    rtree->levels[rtree->n_levels - 1].first_node = 1;
}

/* --- rows --- */

static size_t count_nodes(const struct rtree *rtree) {
    size_t n = 0;

    for (size_t i = 0; i < rtree->n_levels; i++) {
        n += rtree->levels[i].n_nodes;
    }
    return n;
}

/* Ends a table: the next one begins at its first row. */
static bool has_more(struct rtree *rtree, size_t n_rows) {
    if (rtree->n_written < n_rows) {
        return true;
    }
    rtree->n_written = 0;
    return false;
}

bool rtree_make_rowids(void *context, struct block *block) {
    struct rtree *rtree = context;

    for (; rtree->n_written < rtree->n && block_has_room(block); rtree->n_written++) {
        struct value *row = block_add_row(block);
        size_t leaf = rtree->places[rtree->n_written] / rtree->cells_per_node;
        put_count(&row[0], rtree->ids[rtree->n_written]);
        put_count(&row[1], rtree->levels[0].first_node + leaf);
    }
    return has_more(rtree, rtree->n);
}

/* Which node has this number. */
struct node_place {
    size_t level, node;
};

static struct node_place node_place(const struct rtree *rtree, size_t number) {
    size_t root_level = rtree->n_levels - 1;

    for (size_t i = 0; i < root_level; i++) {
        size_t first = rtree->levels[i].first_node;
        if (number >= first && number < first + rtree->levels[i].n_nodes) {
            return (struct node_place){i, number - first};
        }
    }
    return (struct node_place){root_level, 0};
}

static unsigned char *write_float(unsigned char *at, float number) {
    uint32_t bits;

    memcpy(&bits, &number, sizeof bits);
    return write_be(at, bits, 4);
}

/* Depth (in the root), number of cells, then a cell for each child: id or node number, box. */
static void write_node(const struct rtree *rtree, struct node_place place, unsigned char *at) {
    struct children children = children_of(rtree, place.level, place.node);
    size_t depth = place.level + 1 == rtree->n_levels ? place.level : 0;

    at = write_be(at, depth, 2);
    at = write_be(at, children.to - children.from, 2);
    for (size_t i = children.from; i < children.to; i++) {
        const struct rtree_box *box = child_box(rtree, place.level, i);
        uint64_t id = place.level == 0 ? rtree->ids[rtree->order[i]]
                                       : rtree->levels[place.level - 1].first_node + i;
        at = write_be(at, id, 8);
        at = write_float(at, box->min_x);
        at = write_float(at, box->max_x);
        at = write_float(at, box->min_y);
        at = write_float(at, box->max_y);
    }
}

bool rtree_make_nodes(void *context, struct block *block) {
    struct rtree *rtree = context;
    size_t n = count_nodes(rtree);

    for (; rtree->n_written < n && block_has_room(block); rtree->n_written++) {
        struct value *row = block_add_row(block);
        unsigned char *bytes = block_bytes(block, rtree->node_bytes);
        memset(bytes, 0, rtree->node_bytes);
        write_node(rtree, node_place(rtree, rtree->n_written + 1), bytes);
        put_count(&row[0], rtree->n_written + 1);
        put_blob(&row[1], bytes, rtree->node_bytes);
    }
    return has_more(rtree, n);
}

/* Every node but the root has one. */
bool rtree_make_parents(void *context, struct block *block) {
    struct rtree *rtree = context;
    size_t n = count_nodes(rtree) - 1;

    for (; rtree->n_written < n && block_has_room(block); rtree->n_written++) {
        struct value *row = block_add_row(block);
        struct node_place place = node_place(rtree, rtree->n_written + 2);
        const struct rtree_level *above = &rtree->levels[place.level + 1];
        put_count(&row[0], rtree->n_written + 2);
        put_count(&row[1], above->first_node + place.node / rtree->cells_per_node);
    }
    return has_more(rtree, n);
}

void rtree_release(struct rtree *rtree) {
    for (size_t i = 0; i < rtree->n_levels; i++) {
        array_release(&rtree->levels[i].boxes);
    }
    array_release(&rtree->boxes);
    array_release(&rtree->ids);
    array_release(&rtree->order);
    array_release(&rtree->places);
    *rtree = (struct rtree){0};
}
