/* Into the working plane: first the order of table columns is settled against the lines, then the
 * CRS of the main layer gives the plane, then every layer comes into it from its own CRS. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/mend.h"
#include "formats/network/reader.h"

/* So many nodes of a table are compared with the lines. */
enum { MAX_COMPARED = 1000 };

static bool range_has_nodes(const struct layer_range *range) {
    return range->end_node > range->first_node;
}

static bool range_has_segments(const struct layer_range *range) {
    return range->end_segment > range->first_segment;
}

/* --- tables: which column is north? --- */

static double distance_to_ends(struct polyline line, struct xy at) {
    double first = xy_distance_m(line.at[0], at), last = xy_distance_m(line.at[line.n - 1], at);

    return first < last ? first : last;
}

struct comparison {
    size_t n;
    double straight, turned; /* sums of distances */
};

static void compare_node(const struct reader *reader, const struct layer_range *range,
    uint32_t node, struct polyline line, struct comparison *out) {
    if (node == NO_NODE || node < range->first_node || node >= range->end_node || line.n == 0) {
        return;
    }
    struct xy at = reader->network->nodes[node].at;
    if (xy_is_set(at)) {
        out->straight += distance_to_ends(line, at);
        out->turned += distance_to_ends(line, (struct xy){at.y, at.x});
        out->n++;
    }
}

/* The nodes of a table against the lines of layers that have a geometry of their own. */
static struct comparison compare_with_lines(
    const struct reader *reader, const struct layer_range *range) {
    struct comparison out = {0};

    for (size_t r = 0; r < reader->n_ranges; r++) {
        const struct layer_range *lines = &reader->ranges[r];
        if (lines->has_xy_columns) {
            continue;
        }
        for (size_t i = lines->first_segment; i < lines->end_segment && out.n < MAX_COMPARED; i++) {
            const struct segment *segment = &reader->network->segments[i];
            compare_node(reader, range, segment->from_node, segment->line, &out);
            compare_node(reader, range, segment->to_node, segment->line, &out);
        }
    }
    return out;
}

/* Lines in the arena are ours to change. */
static struct xy *vertices_of(const struct segment *segment) {
    return (struct xy *)(uintptr_t)segment->line.at;
}

static void turn_axes(struct xy *at, size_t n) {
    for (size_t i = 0; i < n; i++) {
        at[i] = (struct xy){at[i].y, at[i].x};
    }
}

static void turn_range(struct reader *reader, struct layer_range *range) {
    for (size_t i = range->first_node; i < range->end_node; i++) {
        turn_axes(&reader->network->nodes[i].at, 1);
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        const struct segment *segment = &reader->network->segments[i];
        turn_axes(vertices_of(segment), segment->line.n);
    }
}

/* True when lines decided. */
static bool settle_table_axes(struct reader *reader, struct layer_range *range) {
    struct comparison comparison = compare_with_lines(reader, range);

    if (comparison.n == 0 || comparison.straight == comparison.turned) {
        return false;
    }
    if (comparison.turned < comparison.straight) {
        turn_range(reader, range);
        reader_flaw(reader, FINDING_AXES_SWAPPED, (struct finding_place){.file = range->path},
            "table '%.*s': X is north, as the lines tell", TEXT_ARGS(range->layer));
    }
    return true;
}

/* --- the main CRS --- */

/* The layer whose CRS is the network's: the first with segments, else the first with nodes; one
 * that says its CRS before one that does not. */
static const struct layer_range *main_range(const struct reader *reader) {
    const struct layer_range *best = NULL;
    int best_rank = -1;

    for (size_t i = 0; i < reader->n_ranges; i++) {
        const struct layer_range *range = &reader->ranges[i];
        bool has_segments = range_has_segments(range), has_nodes = range_has_nodes(range);
        int rank = (has_segments ? 1 : 0) + (range->crs != NULL ? 2 : 0);
        if ((has_segments || has_nodes) && rank > best_rank) {
            best_rank = rank;
            best = range;
        }
    }
    return best;
}

static bool is_of_main_crs(const struct layer_range *range, const struct layer_range *main) {
    return range->crs == NULL || main->crs == NULL || strcmp(range->crs, main->crs) == 0;
}

static void add_finite(struct box *box, struct xy at) {
    if (isfinite(at.x) && isfinite(at.y)) {
        box_add(box, at);
    }
}

static void add_extent(
    const struct reader *reader, const struct layer_range *range, struct box *box) {
    const struct network *network = reader->network;

    for (size_t i = range->first_node; i < range->end_node; i++) {
        add_finite(box, network->nodes[i].at);
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        const struct polyline line = network->segments[i].line;
        for (size_t k = 0; k < line.n; k++) {
            add_finite(box, line.at[k]);
        }
    }
}

/* Tables whose columns nobody could check against lines go by convention: in China X is north. */
static enum axes_hint axes_hint(const struct reader *reader, bool lines_decided) {
    bool is_chinese = false, has_geometry = false;

    for (size_t i = 0; i < reader->n_ranges; i++) {
        const struct layer_range *range = &reader->ranges[i];
        if (!range_has_nodes(range) && !range_has_segments(range)) {
            continue;
        }
        is_chinese = is_chinese || range->is_chinese;
        has_geometry = has_geometry || !range->has_xy_columns;
    }
    if (!is_chinese) {
        return AXES_EAST_FIRST;
    }
    return has_geometry || lines_decided ? AXES_MAYBE_NORTH_FIRST : AXES_NORTH_FIRST;
}

/* --- moving --- */

/* Either the network's own CRS or that of another layer. */
struct way {
    struct crs *crs;
    struct crs_input *input; /* NULL: the network's */
};

static bool way_go(const struct way *way, struct xy *at, size_t n) {
    return way->input != NULL ? crs_input_to_plane(way->input, at, n)
                              : crs_to_plane(way->crs, at, n);
}

static void move_range(
    struct reader *reader, const struct layer_range *range, const struct way *way) {
    struct network *network = reader->network;

    for (size_t i = range->first_node; i < range->end_node; i++) {
        struct node *node = &network->nodes[i];
        if (xy_is_set(node->at) && !way_go(way, &node->at, 1)) {
            reader_flaw(reader, FINDING_GEOMETRY_BROKEN,
                (struct finding_place){.file = range->path, .line = node->line},
                "node '%.*s' cannot be brought into the plane", TEXT_ARGS(node->id));
        }
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        const struct segment *segment = &network->segments[i];
        if (segment->line.n > 0) {
            way_go(way, vertices_of(segment), segment->line.n); /* failures show as NAN */
        }
    }
}

static bool move_other_range(
    struct reader *reader, const struct layer_range *range, struct crs *crs, struct error *err) {
    struct crs_request request = {
        .input = range->crs, .extent = box_empty(), .path = range->path, .is_from_layer = true};
    struct way way = {crs, NULL};

    add_extent(reader, range, &request.extent);
    if (!crs_input_open(crs, &request, &way.input, &reader->network->findings, err)) {
        return error_wrap(err, "layer '%.*s'", TEXT_ARGS(range->layer));
    }
    move_range(reader, range, &way);
    crs_input_close(way.input);
    return true;
}

/* --- lines, now that metres are metres --- */

static void check_line(struct reader *reader, size_t number) {
    struct segment *segment = &reader->network->segments[number];
    struct finding_place place = reader_segment_place(reader, number);
    size_t n_before = segment->line.n, n_broken = 0;

    size_t n = line_clean(vertices_of(segment), n_before, &n_broken);
    bool is_lost = n_before > 0 && n_before - n_broken < 2;
    if (is_lost) {
        reader_flaw(reader, FINDING_GEOMETRY_BROKEN, place,
            "%zu of %zu vertices are no numbers: too few are left for a line", n_broken, n_before);
        reader->drafts[number].is_broken = true;
        n = 0;
    } else if (n_broken > 0) {
        reader_flaw(reader, FINDING_GEOMETRY_REPAIRED, place,
            "%zu of %zu vertices are no numbers and were left out", n_broken, n_before);
    }
    if (n == 1) {
        vertices_of(segment)[1] = segment->line.at[0];
        n = 2;
        reader_flaw(reader, FINDING_ZERO_LENGTH, place, "all vertices are in one place");
    }
    segment->line.n = n;
    if (line_crosses_itself(segment->line)) {
        reader_flaw(reader, FINDING_GEOMETRY_SELF_CROSSING, place, "%zu vertices", n);
    }
}

bool reader_to_plane(struct reader *reader, struct crs **crs, struct error *err) {
    const struct layer_range *main = main_range(reader);
    const struct network_request *asked = reader->request;
    struct crs_request request = {
        .output = asked->output_crs, .extent = box_empty(), .path = reader->network->path};
    bool lines_decided = false;

    for (size_t i = 0; i < reader->n_ranges; i++) {
        struct layer_range *range = &reader->ranges[i];
        if (range->has_xy_columns && range_has_nodes(range)) {
            lines_decided = settle_table_axes(reader, range) || lines_decided;
        }
    }
    request.input = asked->crs != NULL ? asked->crs : main == NULL ? NULL : main->crs;
    request.is_from_layer = asked->crs == NULL;
    request.axes = axes_hint(reader, lines_decided);
    for (size_t i = 0; i < reader->n_ranges; i++) {
        if (is_of_main_crs(&reader->ranges[i], main)) {
            add_extent(reader, &reader->ranges[i], &request.extent);
        }
    }
    if (!crs_open(&request, crs, &reader->network->findings, err)) {
        return false;
    }
    struct way way = {*crs, NULL};
    for (size_t i = 0; i < reader->n_ranges; i++) {
        const struct layer_range *range = &reader->ranges[i];
        if (is_of_main_crs(range, main)) {
            move_range(reader, range, &way);
        } else if (!move_other_range(reader, range, *crs, err)) {
            crs_close(*crs);
            return false;
        }
    }
    for (size_t i = 0; i < reader->network->n_segments; i++) {
        check_line(reader, i);
    }
    return true;
}
