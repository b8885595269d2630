#pragma once
/* A segment with one inspection on it, from a line of text, for tests of the assessment:
 * "PL3@10 FS2@0-50 CJ@3": code and grade, place in metres along the segment or a stretch of it.
 * Behind the code may stand its quantities, and its clock positions: "DES=5@0.8", "B/10-2@7",
 * "D=5,20/12@3".  Only Chinese catalogues have grades: other codes go up to the first of @=/. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/assess.h"
#include "core/catalogue.h"

struct one_segment {
    struct network network;
    struct survey survey;
    struct inspection *inspections[2];
    struct stretch stretches[2];
    uint32_t numbers[2];
    size_t n_stretches;
    struct assess_options options;
    struct arena arena;
    struct findings findings;
    struct trace *trace; /* NULL: nobody asks */
};

/* The numbers behind `mark`, at most two with `between` between them; NAN for those that are not
 * there.  Moves *at behind them. */
static inline void one_segment_pair(const char **at, char mark, char between, double pair[2]) {
    char *end = NULL;

    pair[0] = pair[1] = NAN;
    if (**at != mark) {
        return;
    }
    pair[0] = strtod(*at + 1, &end);
    if (*end == between) {
        pair[1] = strtod(end + 1, &end);
    }
    *at = end;
}

/* Fills quantities and clock positions; returns what follows them. */
static inline const char *one_segment_quantities(
    struct survey *survey, struct observation *observation, const char *at) {
    double quants[2], clocks[2];

    one_segment_pair(&at, '=', ',', quants);
    one_segment_pair(&at, '/', '-', clocks);
    if (!isnan(quants[0])) {
        struct observation_more *more = observation_more(survey, observation);
        more->quant1 = quants[0];
        more->quant2 = quants[1];
    }
    observation->clock_from = isnan(clocks[0]) ? 0 : (uint8_t)clocks[0];
    observation->clock_to = isnan(clocks[1]) ? 0 : (uint8_t)clocks[1];
    return at;
}

/* Unplaced with '?' for a place. */
static inline void one_segment_log(struct one_segment *one, const char *defects) {
    struct survey *survey = &one->survey;
    const char *at = defects;
    bool has_grades = survey->catalogue == CATALOGUE_CJJ181 ||
                      survey->catalogue == CATALOGUE_DB31 || survey->catalogue == CATALOGUE_UNKNOWN;

    survey_add_inspection(survey)->inspected_on = 20240501;
    while (*at != '\0') {
        size_t n = strcspn(at, has_grades ? "0123456789@=/" : "@=/");
        uint32_t code = survey_add_code(
            survey, (struct text){0}, (struct text){at, n}, (struct text){0}, (struct text){0});
        struct observation *observation = survey_add_observation(survey);
        char *end = NULL;
        long grade = strtol(at + n, &end, 10);
        at = one_segment_quantities(survey, observation, end);
        observation->code = code;
        observation->grade = (int8_t)grade;
        observation->line = (uint32_t)survey->n_observations;
        observation->is_current = 1;
        if (at[1] == '?') {
            observation->unplaced = UNPLACED_CHAINAGE_MISSING;
            at += 2;
        } else {
            observation->along_m = strtod(at + 1, &end);
            observation->stretch = (uint32_t)one->n_stretches;
            at = end;
        }
        if (*at == '-') {
            observation->along_to_m = strtod(at + 1, &end);
            at = end;
        }
        at += strspn(at, " ");
    }
    one->stretches[one->n_stretches] = (struct stretch){
        .inspection = (uint32_t)one->n_stretches,
        .to_along_m = one->network.segments[0].drawn_m,
        .is_complete = true,
        .is_current = true,
    };
    one->numbers[one->n_stretches] = (uint32_t)one->n_stretches;
    one->n_stretches++;
}

/* NAN for an unknown diameter; K and T are the segment's. */
static inline void one_segment_build(
    struct one_segment *one, double drawn_m, double diameter_mm, int k, int t) {
    *one = (struct one_segment){.options = assess_defaults};
    struct segment *segment = network_add_segment(&one->network);
    segment->id = TEXT("WS1");
    segment->drawn_m = drawn_m;
    segment->diameter_mm = (float)diameter_mm;
    segment->area_importance = (int8_t)k;
    segment->soil_influence = (int8_t)t;
    one->survey.catalogue = CATALOGUE_CJJ181;
    one->survey.file.path = TEXT("log.csv");
}

static inline struct assessment one_segment_assess(struct one_segment *one) {
    catalogue_resolve(&one->survey);
    for (size_t i = 0; i < one->n_stretches; i++) {
        one->inspections[i] = &one->survey.inspections[i];
        one->inspections[i]->first_stretch = (uint32_t)i;
        one->inspections[i]->n_stretches = 1;
    }
    struct assess_request request = {
        .network = &one->network,
        .stretches_of_segment = one->numbers,
        .n_stretches_of_segment = one->n_stretches,
        .inspections = one->inspections,
        .stretches = one->stretches,
        .options = &one->options,
        .trace = one->trace,
    };
    return assess_segment(&request, &one->arena, &one->findings);
}

static inline void one_segment_release(struct one_segment *one) {
    network_release(&one->network);
    survey_release(&one->survey);
    arena_release(&one->arena);
    findings_release(&one->findings);
}
