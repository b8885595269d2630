#include "core/assess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/reason.h"
#include "core/scheme/scheme.h"

const struct assess_options assess_defaults = {
    .scheme = SCHEME_NONE,
    .zero_rule = ZERO_RULE_F,
    .merge_rule = MERGE_CHAINED,
    .spacing_rule = SPACING_BOTH,
    .merged_length = MERGED_EXTENT,
    .merge_continuous = true,
};

const char *density_type_name(enum density_type type) {
    switch (type) {
    case DENSITY_NONE:
        return NULL;
    case DENSITY_LOCAL:
        return "local";
    case DENSITY_PARTIAL:
        return "partial or whole";
    case DENSITY_WHOLE:
        return "whole";
    }
    return NULL;
}

enum scheme assess_scheme(
    const struct inspection *inspection, const struct assess_options *options) {
    return options->scheme != SCHEME_NONE ? options->scheme
                                          : scheme_of_catalogue(inspection->survey->catalogue);
}

void assess_check_survey(
    const struct survey *survey, const struct assess_options *options, struct findings *findings) {
    const struct scheme_table *asked = scheme_table(options->scheme);
    struct finding_place place = {.file = survey->file.path};

    if (survey->n_observations == 0) {
        return;
    }
    if (asked != NULL && asked->catalogue != survey->catalogue) {
        findings_add(findings, FINDING_NO_SCHEME, place, "'%s' does not know the codes of '%s'",
            asked->name, catalogue_name(survey->catalogue));
    } else if (scheme_of_catalogue(survey->catalogue) == SCHEME_NONE) {
        findings_add(findings, FINDING_NO_SCHEME, place, "'%s'", catalogue_name(survey->catalogue));
    }
}

/* --- single observations --- */

static bool is_defect(const struct code *code, const struct observation *observation) {
    return code->kind != CODE_INVENTORY && !observation->is_mark_end;
}

/* Fills score and hazard; the row, NULL when nothing scores it. */
static const struct scheme_score *grade(const struct scheme_table *table, const struct code *code,
    struct observation *observation, int soil_influence) {
    observation->score = NAN;
    observation->is_collapse_hazard = 0;
    if (table == NULL || !is_defect(code, observation)) {
        return NULL;
    }
    const struct scheme_score *row = scheme_score(table, code->code, observation->grade);
    if (row != NULL) {
        observation->score = (float)row->score;
        observation->is_collapse_hazard = scheme_is_hazard(table, row, soil_influence);
    }
    return row;
}

void assess_observation(const struct inspection *inspection, struct observation *observation,
    int soil_influence, const struct assess_options *options) {
    grade(scheme_table(assess_scheme(inspection, options)),
        observation_code(inspection, observation), observation, soil_influence);
}

/* --- gathering the defects of a segment --- */

/* Most segments have few, which need no memory of their own. */
enum { FEW = 16 };

struct gathered {
    struct graded_defect *at;   /* `few` of the caller, or `many` */
    struct graded_defect *many; /* an array of its own */
    size_t n, capacity;
    struct assessment *assessment;
    struct findings *findings;
    struct text segment_id;
    int soil_influence;
};

static void gather(struct gathered *gathered, struct graded_defect defect) {
    if (gathered->n == gathered->capacity) {
        size_t capacity = gathered->many == NULL ? 0 : gathered->capacity;
        struct graded_defect *many =
            array_reserve(gathered->many, &capacity, gathered->n * 2, sizeof *gathered->many);
        if (gathered->many == NULL) {
            memcpy(many, gathered->at, gathered->n * sizeof *many);
        }
        gathered->at = gathered->many = many;
        gathered->capacity = capacity;
    }
    gathered->at[gathered->n++] = defect;
}

static void report_ungraded(const struct gathered *gathered, const struct scheme_table *table,
    const struct inspection *inspection, const struct observation *observation) {
    const struct code *code = observation_code(inspection, observation);
    struct finding_place place = inspection_place(inspection, observation->line);

    if (!scheme_has_code(table, code->code)) {
        return; /* said once per code, or once per survey */
    }
    place.segment_id = gathered->segment_id;
    if (observation->grade == 0) {
        findings_add(gathered->findings, FINDING_GRADE_MISSING, place, "'%.*s' at %.2f m",
            TEXT_ARGS(code->code), observation->along_m);
    } else {
        findings_add(gathered->findings, FINDING_GRADE_NOT_IN_SCHEME, place,
            "'%.*s' grade '%d' at %.2f m", TEXT_ARGS(code->code), observation->grade,
            observation->along_m);
    }
}

static struct scored_defect place_of(const struct observation *observation, double score) {
    double a = observation->along_m;
    double b = isnan(observation->along_to_m) ? a : observation->along_to_m;

    return (struct scored_defect){fmin(a, b), fmax(a, b), score};
}

/* A defect that stands on the segment and counts. */
static void count(struct gathered *gathered, const struct scheme_table *table,
    const struct scheme_score *row, const struct inspection *inspection,
    const struct observation *observation) {
    struct assessment *assessment = gathered->assessment;
    enum code_kind kind = observation_code(inspection, observation)->kind;

    assessment->n_defects++;
    assessment->n_structural += kind == CODE_STRUCTURAL;
    assessment->n_functional += kind == CODE_FUNCTIONAL;
    if (table == NULL) {
        return;
    }
    if (row == NULL) {
        assessment->n_ungraded++;
        report_ungraded(gathered, table, inspection, observation);
    } else if (row->is_counted) {
        gather(gathered, (struct graded_defect){
                             row,
                             place_of(observation, row->score),
                             observation->is_collapse_hazard,
                         });
    }
}

static void gather_stretch(struct gathered *gathered, uint32_t number,
    const struct inspection *inspection, const struct assess_options *options) {
    const struct scheme_table *table = scheme_table(assess_scheme(inspection, options));
    struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &observations[i];
        bool is_here = observation->stretch == number;
        if (!is_here &&
            (observation->stretch != NO_STRETCH || number != inspection->first_stretch)) {
            continue; /* what lies nowhere is counted with the first stretch of its inspection */
        }
        const struct code *code = observation_code(inspection, observation);
        const struct scheme_score *row = grade(table, code, observation, gathered->soil_influence);
        if (!is_defect(code, observation) || observation->duplicate_of != NO_OBSERVATION) {
            continue;
        }
        if (observation->unplaced != UNPLACED_NOT || isnan(observation->along_m)) {
            gathered->assessment->n_unlocated += observation->mark != MARK_END;
        } else if (is_here && observation->is_current) {
            count(gathered, table, row, inspection, observation);
        }
    }
}

static int order(double a, double b) {
    return (a > b) - (a < b);
}

/* Structural before functional, each along the segment; equal ones in an order that does not
 * depend on who logged first. */
static int compare_defects(const void *a, const void *b) {
    const struct graded_defect *x = a, *y = b;
    int by = order(x->row->kind, y->row->kind);

    by = by != 0 ? by : order(x->place.from_m, y->place.from_m);
    by = by != 0 ? by : order(x->place.to_m, y->place.to_m);
    by = by != 0 ? by : order(y->place.score, x->place.score);
    by = by != 0 ? by : strcmp(x->row->code, y->row->code);
    return by != 0 ? by : order(x->row->grade, y->row->grade);
}

static void sort_defects(struct gathered *gathered) {
    if (gathered->n > FEW) {
        qsort(gathered->at, gathered->n, sizeof *gathered->at, compare_defects);
        return;
    }
    for (size_t i = 1; i < gathered->n; i++) {
        struct graded_defect defect = gathered->at[i];
        size_t at = i;
        for (; at > 0 && compare_defects(&gathered->at[at - 1], &defect) > 0; at--) {
            gathered->at[at] = gathered->at[at - 1];
        }
        gathered->at[at] = defect;
    }
}

/* --- the segment --- */

struct current_view {
    enum scheme scheme;
    double seen_m;
    double diameter_mm; /* equivalent; NAN unknown */
    size_t n;           /* current stretches */
};

/* The part of the segment that the current stretches saw: exact for one and for two from both
 * ends, an upper bound for more. */
static double seen_m(double have_m, double segment_m, const struct stretch *stretch) {
    double more = isnan(stretch->from_along_m) ? 0 : stretch->to_along_m - stretch->from_along_m;

    return fmin(have_m + more, segment_m);
}

static double diameter_of(const struct network *network, const struct segment *segment) {
    return equivalent_diameter_mm(
        segment->diameter_mm, segment->height_mm, network_word(network, segment->shape));
}

/* Counts the inspections and looks at the current ones. */
static struct current_view look(
    const struct assess_request *request, double segment_m, struct assessment *assessment) {
    const struct segment *segment = &request->network->segments[request->segment];
    struct current_view view = {.diameter_mm = diameter_of(request->network, segment)};
    bool is_known = !isnan(view.diameter_mm);
    uint32_t last = UINT32_MAX;

    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        const struct stretch *stretch = &request->stretches[request->stretches_of_segment[i]];
        const struct inspection *inspection = request->inspections[stretch->inspection];
        assessment->n_inspections += stretch->inspection != last && !inspection->is_duplicate;
        last = stretch->inspection;
        if (!stretch->is_current) {
            continue;
        }
        view.n++;
        view.seen_m = seen_m(view.seen_m, segment_m, stretch);
        if (view.scheme == SCHEME_NONE) {
            view.scheme = assess_scheme(inspection, request->options);
        }
        if (!is_known &&
            (isnan(view.diameter_mm) || inspection->inspected_on > assessment->inspected_on)) {
            double logged = equivalent_diameter_mm(inspection->diameter_mm, inspection->height_mm,
                inspection->more == NULL ? (struct text){0} : inspection->more->shape);
            view.diameter_mm = isnan(logged) ? view.diameter_mm : logged;
        }
        if (inspection->inspected_on > assessment->inspected_on) {
            assessment->inspected_on = inspection->inspected_on;
        }
    }
    return view;
}

/* Collapse hazards that a newer inspection saw which does not count, because it is not complete:
 * often the collapse is why.  Its scores stay out of the figures, the hazard must not. */
struct newer_hazards {
    struct graded_defect *at; /* an array of its own, along the segment */
    size_t n, capacity;
    int32_t seen_on; /* the newest of them */
};

static void add_newer_hazards(struct newer_hazards *newer, uint32_t number,
    const struct inspection *inspection, const struct gathered *gathered,
    const struct assess_options *options) {
    const struct scheme_table *table = scheme_table(assess_scheme(inspection, options));
    struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &observations[i];
        if (observation->stretch != number || isnan(observation->along_m)) {
            continue;
        }
        const struct code *code = observation_code(inspection, observation);
        const struct scheme_score *row = grade(table, code, observation, gathered->soil_influence);
        if (row == NULL || !observation->is_collapse_hazard) {
            continue;
        }
        struct finding_place place = inspection_place(inspection, observation->line);
        place.segment_id = gathered->segment_id;
        findings_add(gathered->findings, FINDING_NEWER_HAZARD, place, "'%.*s' grade '%d' at %.2f m",
            TEXT_ARGS(code->code), observation->grade, observation->along_m);
        newer->at = array_reserve(newer->at, &newer->capacity, newer->n + 1, sizeof *newer->at);
        newer->at[newer->n++] =
            (struct graded_defect){row, place_of(observation, row->score), true};
        if (inspection->inspected_on > newer->seen_on) {
            newer->seen_on = inspection->inspected_on;
        }
    }
}

static void look_at_newer(const struct assess_request *request, const struct gathered *gathered,
    struct newer_hazards *newer) {
    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        uint32_t number = request->stretches_of_segment[i];
        const struct stretch *stretch = &request->stretches[number];
        const struct inspection *inspection = request->inspections[stretch->inspection];
        if (!stretch->is_current && !inspection->is_duplicate &&
            inspection->inspected_on > gathered->assessment->inspected_on) {
            add_newer_hazards(newer, number, inspection, gathered, request->options);
        }
    }
    if (newer->n > 1) {
        qsort(newer->at, newer->n, sizeof *newer->at, compare_defects);
    }
}

static void release_newer(struct newer_hazards *newer) {
    array_release(&newer->at);
}

static void assess_cjj181(struct assessment *assessment, const struct gathered *gathered,
    const struct newer_hazards *newer, const struct reason_request *reason, struct cjj181_site site,
    const struct assess_options *options, struct arena *arena) {
    struct scored_defect few[FEW];
    CLEANUP(array_release) struct scored_defect *many = NULL;
    struct scored_defect *places = few;
    size_t n_structural = 0;

    if (gathered->n > FEW) {
        size_t capacity = 0;
        places = many = array_reserve(NULL, &capacity, gathered->n, sizeof *many);
    }
    for (size_t i = 0; i < gathered->n; i++) {
        places[i] = gathered->at[i].place;
        n_structural += gathered->at[i].row->kind == CODE_STRUCTURAL;
        assessment->is_collapse_hazard |= gathered->at[i].is_hazard;
    }
    assessment->is_collapse_hazard |= newer->n > 0;

    struct scheme_item worst[2] = {0};
    struct condition_request structural = {places, n_structural, reason->segment_m, options};
    struct condition_request functional = {
        places + n_structural, gathered->n - n_structural, reason->segment_m, options};
    assessment->structural = cjj181_condition(&structural, &worst[0]);
    assessment->functional = cjj181_condition(&functional, &worst[1]);
    cjj181_indices(assessment, site, options);
    assessment->priority = cjj181_priority(assessment);
    if (assessment->is_collapse_hazard) {
        assessment->collapse_reason = reason_collapse(gathered->at, gathered->n, arena);
        if (newer->n > 0) {
            assessment->collapse_reason = reason_newer(assessment->collapse_reason,
                reason_collapse(newer->at, newer->n, arena), newer->seen_on, arena);
        }
    }
    struct reason_request full = *reason;
    full.assessment = assessment;
    full.structural =
        (struct reason_group){"RI", &assessment->structural, gathered->at, structural.n, &worst[0]};
    full.functional = (struct reason_group){
        "MI", &assessment->functional, gathered->at + n_structural, functional.n, &worst[1]};
    assessment->priority_reason = reason_priority(&full, arena);
}

static void release_gathered(struct gathered *gathered) {
    array_release(&gathered->many);
}

struct assessment assess_segment(
    const struct assess_request *request, struct arena *arena, struct findings *findings) {
    const struct segment *segment = &request->network->segments[request->segment];
    const struct assess_options *options = request->options;
    struct assessment assessment = {0};
    double segment_m = segment->drawn_m > 0 ? segment->drawn_m : segment->length_m;
    struct current_view view = look(request, segment_m, &assessment);

    if (view.n == 0) {
        return assessment;
    }
    struct cjj181_site site = {
        segment->area_importance >= 0 ? segment->area_importance : options->area_importance,
        cjj181_pipe_importance(view.diameter_mm),
        segment->soil_influence >= 0 ? segment->soil_influence : options->soil_influence,
    };
    struct graded_defect few[FEW];
    CLEANUP(release_gathered)
    struct gathered gathered = {
        .at = few,
        .capacity = FEW,
        .assessment = &assessment,
        .findings = findings,
        .segment_id = segment->id,
        .soil_influence = site.soil_influence,
    };
    CLEANUP(release_newer) struct newer_hazards newer = {0};
    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        uint32_t number = request->stretches_of_segment[i];
        const struct stretch *stretch = &request->stretches[number];
        if (stretch->is_current) {
            gather_stretch(&gathered, number, request->inspections[stretch->inspection], options);
        }
    }
    assessment.scheme = (uint8_t)view.scheme;
    assessment.diameter_is_missing = isnan(view.diameter_mm);
    switch (view.scheme) {
    case SCHEME_CJJ181:
        sort_defects(&gathered);
        look_at_newer(request, &gathered, &newer);
        assess_cjj181(&assessment, &gathered, &newer,
            &(struct reason_request){.seen_m = view.seen_m, .segment_m = segment_m}, site, options,
            arena);
        break;
    case SCHEME_NONE:
    case SCHEMES:
        break;
    }
    return assessment;
}
