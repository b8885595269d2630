/* The writer's own rows decide what a figure looks like: what was computed again is made into a row
 * of `segments` and set beside the stored one. */
#include <math.h>
#include <string.h>

#include "formats/gpkg/read/reader.h"
#include "formats/gpkg/rows/rows.h"

/* The columns that an assessment alone fills. */
static const enum segments_column compared[] = {
    SEGMENTS_INSPECTED_ON,
    SEGMENTS_N_INSPECTIONS,
    SEGMENTS_SCHEME,
    SEGMENTS_N_DEFECTS,
    SEGMENTS_N_STRUCTURAL,
    SEGMENTS_N_FUNCTIONAL,
    SEGMENTS_N_UNGRADED,
    SEGMENTS_N_OPEN_CASES,
    SEGMENTS_STRUCTURAL_SCORE,
    SEGMENTS_STRUCTURAL_GRADE,
    SEGMENTS_STRUCTURAL_MEAN,
    SEGMENTS_STRUCTURAL_PEAK,
    SEGMENTS_STRUCTURAL_DENSITY,
    SEGMENTS_STRUCTURAL_DENSITY_TYPE,
    SEGMENTS_REPAIR_INDEX,
    SEGMENTS_REPAIR_GRADE,
    SEGMENTS_FUNCTIONAL_SCORE,
    SEGMENTS_FUNCTIONAL_GRADE,
    SEGMENTS_FUNCTIONAL_MEAN,
    SEGMENTS_FUNCTIONAL_PEAK,
    SEGMENTS_FUNCTIONAL_DENSITY,
    SEGMENTS_FUNCTIONAL_DENSITY_TYPE,
    SEGMENTS_MAINTENANCE_INDEX,
    SEGMENTS_MAINTENANCE_GRADE,
    SEGMENTS_AREA_IMPORTANCE,
    SEGMENTS_PIPE_IMPORTANCE,
    SEGMENTS_SOIL_INFLUENCE,
    SEGMENTS_SCHEME_DETAIL,
    SEGMENTS_COLLAPSE_HAZARD,
    SEGMENTS_COLLAPSE_REASON,
    SEGMENTS_SOIL_ENTRY,
    SEGMENTS_SOIL_ENTRY_REASON,
    SEGMENTS_MISCONNECTION,
    SEGMENTS_PRIORITY,
    SEGMENTS_PRIORITY_REASON,
    SEGMENTS_NEXT_INSPECTION_DUE,
    SEGMENTS_NEXT_INSPECTION_KIND,
    SEGMENTS_COMPOSITE_HAZARD,
    SEGMENTS_COMPOSITE_PARTS,
    SEGMENTS_REPAIR_SEVERITY,
    SEGMENTS_MAINTENANCE_SEVERITY,
};

struct differences {
    struct arena *arena;
    struct kept_difference *at;
    size_t n;
};

static bool is_number(const struct value *at) {
    return at->kind == VALUE_INTEGER || at->kind == VALUE_REAL;
}

/* Figures are written with six decimals. */
static bool is_same(const struct value *a, const struct value *b) {
    if (is_number(a) && is_number(b)) {
        return fabs(value_real(a) - value_real(b)) < 1.5e-6;
    }
    return a->kind == b->kind &&
           (a->kind != VALUE_TEXT || text_equal(value_text(a), value_text(b)));
}

static struct text shown(const struct value *at, struct arena *arena) {
    return at->kind == VALUE_TEXT ? arena_copy(arena, value_text(at))
           : is_number(at)        ? arena_printf(arena, "%.10g", value_real(at))
                                  : (struct text){0};
}

static void add(struct differences *differences, struct text what, const struct value *kept,
    const struct value *computed) {
    differences->at[differences->n++] = (struct kept_difference){
        .what = what,
        .kept = shown(kept, differences->arena),
        .computed = shown(computed, differences->arena),
    };
}

static void compare_segment(struct kept_segment *segment, struct differences *differences) {
    CLEANUP(block_release) struct block block = {0};
    struct maker *maker = ARENA_NEW(differences->arena, struct maker, 1); /* too big for a stack */

    maker->result = &segment->result;
    block_start(&block, SEGMENTS_COLUMNS);
    make_segments(maker, &block);
    for (size_t i = 0; i < ARRAY_LEN(compared); i++) {
        enum segments_column column = compared[i];
        if (!is_same(&segment->row[column], &block.values[column])) {
            add(differences, text_from(gpkg_tables[TABLE_SEGMENTS].columns[column].name),
                &segment->row[column], &block.values[column]);
        }
    }
    shapes_release(&maker->shapes);
}

/* Those that the figures are made of; the others were judged without the segment. */
static bool is_in_figures(const struct observation *observation) {
    return observation->is_current && observation->duplicate_of == NO_OBSERVATION &&
           observation->unplaced == UNPLACED_NOT;
}

static void compare_defects(const struct kept_segment *segment, struct differences *differences) {
    for (size_t i = 0; i < segment->n_observations; i++) {
        const struct kept_observation *kept = &segment->observations[i];
        const struct observation *observation =
            &segment->result.surveys[kept->inspection].observations[kept->number];
        struct value was = {.kind = VALUE_NULL}, is = {.kind = VALUE_NULL};
        int grade = 0;
        if (!kept->is_defect || !is_in_figures(observation)) {
            continue;
        }
        put_real(&was, kept->score);
        put_figure(&is, observation->score);
        if (!is_same(&was, &is)) {
            add(differences, arena_printf(differences->arena, "score of %.*s", TEXT_ARGS(kept->id)),
                &was, &is);
        }
        if (observation_grade(observation, &grade) ? grade != kept->grade : kept->grade >= 0) {
            put_integer(&was, kept->grade);
            put_integer(&is, grade);
            add(differences, arena_printf(differences->arena, "grade of %.*s", TEXT_ARGS(kept->id)),
                &was, &is);
        }
        if (kept->is_hazard != (observation->is_collapse_hazard != 0)) {
            put_bool(&was, kept->is_hazard);
            put_bool(&is, observation->is_collapse_hazard != 0);
            add(differences,
                arena_printf(differences->arena, "collapse_hazard of %.*s", TEXT_ARGS(kept->id)),
                &was, &is);
        }
    }
}

struct kept_difference *kept_segment_compare(struct kept_segment *segment, size_t *n) {
    struct differences differences = {.arena = &segment->result.arena};

    differences.at = ARENA_NEW(differences.arena, struct kept_difference,
        ARRAY_LEN(compared) + 3 * segment->n_observations);
    compare_segment(segment, &differences);
    compare_defects(segment, &differences);
    *n = differences.n;
    return differences.at;
}
