#include "core/repair/segment_works.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/scheme.h"

enum { FEW = 24 };

/* The current defects, and whose they are. */
struct works {
    struct repair_defect few[FEW], *at, *many;
    struct observation *few_of[FEW], **of, **many_of;
    size_t n, capacity, of_capacity;
    const struct scheme_table *table;
    struct arena *arena;
};

static void works_release(struct works *works) {
    array_release(&works->many);
    array_release(&works->many_of);
}

static void grow(struct works *works) {
    bool was_few = works->many == NULL;
    size_t need = works->n * 2;

    if (was_few) {
        works->capacity = works->of_capacity = 0;
    }
    works->many = array_reserve(works->many, &works->capacity, need, sizeof *works->many);
    works->many_of =
        array_reserve(works->many_of, &works->of_capacity, need, sizeof *works->many_of);
    if (was_few) {
        memcpy(works->many, works->few, works->n * sizeof *works->many);
        memcpy(works->many_of, works->few_of, works->n * sizeof(struct observation *));
    }
    works->at = works->many;
    works->of = works->many_of;
}

static struct text label_of(struct works *works, const struct judged_defect *defect) {
    struct line line;

    line_start(&line);
    scheme_add_label(works->table, defect, &line);
    return line_keep(&line, works->arena);
}

static void add(struct works *works, const struct code *code, struct observation *observation) {
    const struct judged_defect defect = {.code = code, .observation = observation};
    double a = observation->along_m;
    double b = isnan(observation->along_to_m) ? a : observation->along_to_m;

    if (works->n == (works->many == NULL ? (size_t)FEW : works->capacity)) {
        grow(works);
    }
    works->of[works->n] = observation;
    works->at[works->n++] = (struct repair_defect){
        .code = code->code,
        .label = label_of(works, &defect),
        .family = code->family,
        .from_m = fmin(a, b),
        .to_m = fmax(a, b),
        .severity = scheme_severity(works->table, observation->scheme_grade),
        .is_structural = code->kind != CODE_FUNCTIONAL,
        .is_collapse_hazard = observation->is_collapse_hazard,
    };
}

static bool stands_here(const struct observation *observation, uint32_t stretch) {
    return observation->stretch == stretch && !isnan(observation->along_m) &&
           observation->unplaced == UNPLACED_NOT && !observation->is_mark_end;
}

/* Hazards that a newer inspection saw which does not count, because it is not complete: they make
 * the segment an emergency, and are what is to be mended. */
static void gather_newer(
    struct works *works, uint32_t number, const struct inspection *inspection) {
    struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        if (stands_here(&observations[i], number) && observations[i].is_collapse_hazard) {
            add(works, observation_code(inspection, &observations[i]), &observations[i]);
        }
    }
}

static void gather(struct works *works, uint32_t number, const struct inspection *inspection) {
    struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &observations[i];
        if (!stands_here(observation, number) || !observation->is_current ||
            observation->duplicate_of != NO_OBSERVATION) {
            continue;
        }
        const struct code *code = observation_code(inspection, observation);
        if (code->kind != CODE_INVENTORY) {
            add(works, code, observation);
        }
    }
}

/* RI and MI up to 1 ask for no works; other schemes have other figures. */
static double index_of(
    const struct scheme_table *table, const char *figure, const struct condition *condition) {
    bool has_it = condition->index_grade != GRADE_UNSET &&
                  scheme_class_of(table, figure, condition->index) != NULL;

    return has_it ? condition->index : NAN;
}

static struct repair_site site_of(const struct segment_works_request *request,
    const struct scheme_table *table, const struct assessment *assessment) {
    const struct network *network = request->network;
    const struct segment *segment = &network->segments[request->segment];
    const struct repair_lookup *lookup = request->lookup;

    return (struct repair_site){
        .is_classed = lookup != NULL,
        .material_class = lookup == NULL
                              ? REPAIR_MATERIAL_ANY
                              : (enum repair_material)lookup->material[segment->material],
        .shape_class =
            lookup == NULL ? REPAIR_SHAPE_ANY : (enum repair_shape)lookup->shape[segment->shape],
        .segment_m = segment->drawn_m > 0 ? segment->drawn_m : segment->length_m,
        .diameter_mm = assessment->diameter_mm > 0 ? (double)assessment->diameter_mm : NAN,
        .structural_index = index_of(table, "RI", &assessment->structural),
        .functional_index = index_of(table, "MI", &assessment->functional),
        .material = network_word(network, segment->material),
        .shape = network_word(network, segment->shape),
        .is_dense = assessment->structural.density_type == DENSITY_WHOLE,
        .priority = assessment->priority,
    };
}

static void tell_defects(
    struct observation *const *defects, size_t n, const struct repair_plan *plan) {
    for (size_t i = 0; i < n; i++) {
        const struct repair *repair = repair_of_defect(plan, i);
        if (repair != NULL && repair->method.n > 0 && repair->scope != REPAIR_CLEAN) {
            defects[i]->trenchless = repair->is_trenchless ? ANSWER_YES : ANSWER_NO;
        }
    }
}

struct repair_plan segment_works(const struct segment_works_request *request,
    struct assessment *assessment, struct arena *arena, struct findings *findings) {
    const struct segment *segment = &request->network->segments[request->segment];
    const struct scheme_table *table = request->assess->schemes->at[assessment->scheme];

    if (table == NULL || (assessment->n_defects == 0 && !assessment->is_collapse_hazard)) {
        return (struct repair_plan){0};
    }
    CLEANUP(works_release) struct works works;
    works.at = works.few; /* `few` stays as it is: clearing it would be most of the work */
    works.of = works.few_of;
    works.many = NULL;
    works.many_of = NULL;
    works.n = 0;
    works.table = table;
    works.arena = arena;
    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        uint32_t number = request->stretches_of_segment[i];
        const struct stretch *stretch = &request->stretches[number];
        const struct inspection *inspection = request->inspections[stretch->inspection];
        if (stretch->is_current) {
            gather(&works, number, inspection);
        } else if (!inspection->is_duplicate &&
                   inspection->inspected_on > assessment->inspected_on) {
            gather_newer(&works, number, inspection);
        }
    }
    const struct repair_request wanted = {
        .defects = works.at,
        .n = works.n,
        .site = site_of(request, table, assessment),
        .tables = request->tables,
        .lookup = request->lookup,
        .findings = findings,
        .place = {.segment_id = segment->id},
        .phrases = request->assess->phrases,
    };
    struct repair_plan plan = repair_segment(&wanted, arena);
    tell_defects(works.of, works.n, &plan);
    assessment->repair_scope = (uint8_t)plan.worst_scope;
    if (plan.main_method.n > 0) {
        assessment_more(assessment, arena)->repair_method = plan.main_method;
    }
    return plan;
}
