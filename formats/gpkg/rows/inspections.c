/* Rows of `inspections` and `node_inspections`. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "formats/gpkg/rows/rows.h"

static void put_standard(struct value *at, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;

    if (more != NULL && more->standard.n > 0) {
        put_text(at, more->standard);
    } else if (inspection->survey->catalogue != CATALOGUE_UNKNOWN) {
        put_string(at, catalogue_name(inspection->survey->catalogue));
    }
}

static uint32_t count_defects(const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);
    uint32_t n = 0;

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        n += observation_destination(inspection, &observations[i]) == TO_DEFECTS;
    }
    return n;
}

/* The columns that both tables have. */
static void put_inspection(const struct maker *maker, struct block *block, struct value *row,
    const struct inspection *inspection) {
    const struct survey *survey = inspection->survey;

    put_text(&row[INSPECTIONS_INSPECTION_ID], inspection->id);
    put_text(&row[INSPECTIONS_SOURCE_FILE], maker_source_file(maker, inspection));
    put_string(&row[INSPECTIONS_SOURCE_FORMAT], survey->file.format);
    put_number(&row[INSPECTIONS_SOURCE_LINE], inspection->line);
    put_text(&row[INSPECTIONS_DELIVERED_SEGMENT_REF], inspection->segment_ref);
    put_text(&row[INSPECTIONS_START_NODE], inspection->start_node);
    put_text(&row[INSPECTIONS_FINISH_NODE], inspection->finish_node);
    put_string(&row[INSPECTIONS_DIRECTION], direction_name(inspection->direction));
    put_date(block, &row[INSPECTIONS_INSPECTED_ON], inspection->inspected_on);
    put_text(&row[INSPECTIONS_METHOD], pool_word(&survey->words, inspection->method_word));
    put_text(&row[INSPECTIONS_OPERATOR], pool_word(&survey->words, inspection->operator_word));
    put_standard(&row[INSPECTIONS_STANDARD], inspection);
    put_real(&row[INSPECTIONS_EXPECTED_M], inspection->expected_m);
    put_real(&row[INSPECTIONS_INSPECTED_M], inspection->inspected_m);
    put_bool(&row[INSPECTIONS_IS_COMPLETE], inspection->is_complete);
    put_bool(&row[INSPECTIONS_IS_ABANDONED], inspection->is_abandoned);
    put_bool(&row[INSPECTIONS_IS_DUPLICATE], inspection->is_duplicate);
    put_metres(&row[INSPECTIONS_DIAMETER_MM], inspection->diameter_mm);
    put_metres(&row[INSPECTIONS_HEIGHT_MM], inspection->height_mm);
    if (inspection->more != NULL) {
        put_text(&row[INSPECTIONS_ABANDONED_REASON], inspection->more->abandoned_reason);
        put_text(&row[INSPECTIONS_MATERIAL], inspection->more->material);
        put_text(&row[INSPECTIONS_SHAPE], inspection->more->shape);
    }
    put_string(&row[INSPECTIONS_MATCH_METHOD], match_method_name(inspection->match_method));
    put_text(&row[INSPECTIONS_MATCH_NOTE], inspection->match_note);
    put_count(&row[INSPECTIONS_N_OBSERVATIONS], inspection->n_observations);
    put_count(&row[INSPECTIONS_N_DEFECTS], count_defects(inspection));
}

/* --- of segments --- */

/* The stretches of an inspection, in the camera's order. */
struct run {
    const struct stretch *stretches;
    uint32_t n;
};

static struct run run_of(const struct maker *maker, const struct inspection *inspection) {
    return (struct run){
        maker->result->stretches + inspection->first_stretch, inspection->n_stretches};
}

static const struct segment *segment_of(const struct maker *maker, const struct stretch *stretch) {
    return &maker->result->network.segments[stretch->segment];
}

static void turn(struct vertices vertices, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        size_t k = n - 1 - i;
        struct xy at = vertices.at[i];
        double level_m = vertices.level_m[i];
        vertices.at[i] = vertices.at[k];
        vertices.at[k] = at;
        vertices.level_m[i] = vertices.level_m[k];
        vertices.level_m[k] = level_m;
    }
}

static struct vertices vertices_from(struct vertices vertices, size_t i) {
    return (struct vertices){vertices.at + i, vertices.level_m + i};
}

/* The seen part in the camera's direction; at most line.n + 2 vertices. */
static size_t trace_stretch(
    const struct maker *maker, const struct stretch *stretch, struct vertices out) {
    size_t n = trace_segment(
        maker, segment_of(maker, stretch), stretch->from_along_m, stretch->to_along_m, out);

    if (stretch->is_against_flow) {
        turn(out, n);
    }
    return n;
}

/* The node between two stretches is one vertex, even where the pipe falls down in the manhole: a
 * line that goes straight down would have two vertices in one place.  The level is of the pipe that
 * the camera came out of. */
static size_t join(struct vertices all, size_t n, size_t n_part) {
    struct vertices part = vertices_from(all, n);

    if (n == 0 || n_part == 0 || xy_distance_m(all.at[n - 1], part.at[0]) != 0) {
        return n + n_part;
    }
    memmove(part.at, part.at + 1, (n_part - 1) * sizeof *part.at);
    memmove(part.level_m, part.level_m + 1, (n_part - 1) * sizeof *part.level_m);
    return n + n_part - 1;
}

static void add_line(struct maker *maker, const struct block *block, struct run run) {
    size_t n = 0, most = 0;

    for (uint32_t i = 0; i < run.n; i++) {
        most += segment_of(maker, &run.stretches[i])->line.n + 2;
    }
    struct vertices room = shapes_add(&maker->shapes, block, most);
    for (uint32_t i = 0; i < run.n; i++) {
        size_t n_part = trace_stretch(maker, &run.stretches[i], vertices_from(room, n));
        n = join(room, n, n_part);
    }
    shapes_shorten(&maker->shapes, n);
}

static void put_segment_ids(
    const struct maker *maker, struct block *block, struct value *at, struct run run) {
    size_t n = 0;

    for (uint32_t i = 0; i < run.n; i++) {
        n += segment_of(maker, &run.stretches[i])->id.n + 2;
    }
    char *text = block_bytes(block, n), *end = text;
    for (uint32_t i = 0; i < run.n; i++) {
        struct text id = segment_of(maker, &run.stretches[i])->id;
        if (i > 0) {
            memcpy(end, "; ", 2);
            end += 2;
        }
        if (id.n > 0) {
            memcpy(end, id.at, id.n);
        }
        end += id.n;
    }
    put_text(at, (struct text){text, (size_t)(end - text)});
}

/* "0-41.2 m, complete, counts; 3.5-38 m, does not count": what was seen of each, in that order. */
static void put_segment_parts(struct block *block, struct value *at, struct run run) {
    enum { PART_SIZE = 2 * DECIMAL_SIZE + 40 };
    char *text = block_bytes(block, run.n * PART_SIZE), *end = text;

    for (uint32_t i = 0; i < run.n; i++) {
        const struct stretch *part = &run.stretches[i];
        char from[DECIMAL_SIZE + 1] = "", to[DECIMAL_SIZE + 1] = "";
        from[decimal_write(metres_shown(part->from_along_m), from)] = '\0';
        to[decimal_write(metres_shown(part->to_along_m), to)] = '\0';
        end += snprintf(end, PART_SIZE, "%s%s-%s m%s, %s", i == 0 ? "" : "; ", from, to,
            part->is_complete ? ", complete" : "", part->is_current ? "counts" : "does not count");
    }
    put_text(at, (struct text){text, (size_t)(end - text)});
}

static bool is_any_current(struct run run) {
    for (uint32_t i = 0; i < run.n; i++) {
        if (run.stretches[i].is_current) {
            return true;
        }
    }
    return false;
}

static void put_run(
    const struct maker *maker, struct block *block, struct value *row, struct run run) {
    put_text(&row[INSPECTIONS_SEGMENT_ID], segment_of(maker, &run.stretches[0])->id);
    put_bool(&row[INSPECTIONS_IS_CURRENT], is_any_current(run));
    if (run.n > 1) {
        put_segment_ids(maker, block, &row[INSPECTIONS_SEGMENT_IDS], run);
        put_segment_parts(block, &row[INSPECTIONS_SEGMENT_PARTS], run);
        return;
    }
    put_metres(&row[INSPECTIONS_FROM_M], run.stretches[0].from_along_m);
    put_metres(&row[INSPECTIONS_TO_M], run.stretches[0].to_along_m);
    put_figure(&row[INSPECTIONS_SCALE], run.stretches[0].scale);
}

bool make_inspections(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections && block_has_room(block); maker->next++) {
        const struct inspection *inspection = result->inspections[maker->next];
        if (inspection->object == OBJECT_NODE || inspection->n_stretches == 0) {
            continue;
        }
        struct run run = run_of(maker, inspection);
        struct value *row = block_add_row(block);
        put_inspection(maker, block, row, inspection);
        put_run(maker, block, row, run);
        add_line(maker, block, run);
    }
    return maker->next < result->n_inspections;
}

/* --- of nodes --- */

/* A node inspection has no stretch that could tell: its observations do. */
static bool is_current(const struct inspection *inspection) {
    return inspection->n_observations > 0 ? inspection_observations(inspection)[0].is_current
                                          : !inspection->is_duplicate;
}

/* Where each column of `node_inspections` stands in `inspections`: those that only nodes have, in
 * the place of one that only segments have. */
enum {
    INSPECTIONS_NODE_ID = INSPECTIONS_SEGMENT_ID,
    INSPECTIONS_SCHEME = INSPECTIONS_SEGMENT_IDS,
    INSPECTIONS_SCORE = INSPECTIONS_FROM_M,
    INSPECTIONS_GRADE = INSPECTIONS_TO_M,
    INSPECTIONS_COLLAPSE_HAZARD = INSPECTIONS_SCALE,
};
static const uint8_t node_inspection_columns[NODE_INSPECTIONS_COLUMNS] = {
#define COLUMN(id, name, type, title) INSPECTIONS_##id,
#include "formats/gpkg/columns/node_inspections.def"
#undef COLUMN
};

/* Nothing where the scheme grades no nodes. */
static void put_node_assessment(struct value *row, const struct inspection *inspection) {
    if (inspection->node_scheme == SCHEME_NONE) {
        return;
    }
    put_string(&row[INSPECTIONS_SCHEME], scheme_name(inspection->node_scheme));
    put_figure(&row[INSPECTIONS_SCORE], inspection->node_score);
    if (grade_is_number(inspection->node_grade)) {
        put_integer(&row[INSPECTIONS_GRADE], grade_number(inspection->node_grade));
    }
    put_bool(&row[INSPECTIONS_COLLAPSE_HAZARD], inspection->is_collapse_hazard);
}

bool make_node_inspections(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections && block_has_room(block); maker->next++) {
        const struct inspection *inspection = result->inspections[maker->next];
        if (inspection->object != OBJECT_NODE || inspection->node == NO_NODE) {
            continue;
        }
        struct value all[INSPECTIONS_COLUMNS] = {0}, *row = block_add_row(block);
        put_inspection(maker, block, all, inspection);
        put_text(&all[INSPECTIONS_NODE_ID], result->network.nodes[inspection->node].id);
        put_bool(&all[INSPECTIONS_IS_CURRENT], is_current(inspection));
        put_node_assessment(all, inspection);
        for (size_t i = 0; i < NODE_INSPECTIONS_COLUMNS; i++) {
            row[i] = all[node_inspection_columns[i]];
        }
        shapes_add_point(&maker->shapes, block, result->network.nodes[inspection->node].at);
    }
    return maker->next < result->n_inspections;
}
