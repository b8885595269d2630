#pragma once
/* A segment with one inspection on it, from a line of text, for tests of the assessment:
 * "PL3@10 FS2@0-50 CJ@3": code and grade, place in metres along the segment or a stretch of it.
 * Behind the code may stand its quantities, and its clock positions: "DES=5@0.8", "B/10-2@7",
 * "D=5,20/12@3".  Only Chinese catalogues have grades: other codes go up to the first of @=/.
 * For codes of EN 13508-2 "BABBA=3.5@10 BAFCA@0-20 BAJA=25@31c12j": quantification 1, hours of the
 * clock behind c (c9-3: from 9 to 3), j for at a joint. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/assess.h"
#include "core/catalogue.h"
#include "core/trace.h"

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

/* The newest inspection saw the segment from end to end. */
static inline void one_segment_see_all(struct one_segment *one) {
    one->stretches[one->n_stretches] = (struct stretch){
        .inspection = (uint32_t)one->n_stretches,
        .to_along_m = one->network.segments[0].drawn_m,
        .is_complete = true,
        .is_current = true,
    };
    one->numbers[one->n_stretches] = (uint32_t)one->n_stretches;
    one->n_stretches++;
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
    one_segment_see_all(one);
}

static inline void one_segment_log_en(struct one_segment *one, const char *defects) {
    struct survey *survey = &one->survey;
    const char *at = defects;

    survey->catalogue = CATALOGUE_EN13508;
    survey_add_inspection(survey)->inspected_on = 20240501;
    while (*at != '\0') {
        size_t n = strcspn(at, "=@");
        char *end = NULL;
        struct text code = {at, n}, char1 = {0}, char2 = {0};
        (void)strtod(at + n, &end); /* no number here: end is where the code ends */
        catalogue_split_en13508(code, &code, &char1, &char2);
        struct observation *observation = survey_add_observation(survey);
        observation->code = survey_add_code(survey, (struct text){0}, code, char1, char2);
        observation->line = (uint32_t)survey->n_observations;
        observation->is_current = 1;
        observation->stretch = (uint32_t)one->n_stretches;
        if (*end == '=') {
            observation_more(survey, observation)->quant1 = strtod(end + 1, &end);
        }
        observation->along_m = strtod(end + 1, &end);
        if (*end == '-') {
            observation->along_to_m = strtod(end + 1, &end);
        }
        if (*end == 'c') {
            observation->clock_from = (uint8_t)strtol(end + 1, &end, 10);
            observation->clock_to = *end == '-' ? (uint8_t)strtol(end + 1, &end, 10) : 0;
        }
        if (*end == 'j') {
            observation->at_joint = 1;
            end++;
        }
        at = end + strspn(end, " ");
    }
    one_segment_see_all(one);
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

/* A word for the pipe's material, kept by the caller. */
static inline void one_segment_of(struct one_segment *one, const char *material) {
    one->network.segments[0].material = pool_add(&one->network.words, text_from(material));
}

/* Metres from the ground down to the crown; the diameter is known. */
static inline void one_segment_cover(struct one_segment *one, double cover_m) {
    struct segment *segment = &one->network.segments[0];

    network_add_node(&one->network)->ground_m = cover_m + (double)segment->diameter_mm / 1000;
    segment->from_node = 0;
    segment->from_invert_m = 0;
}

/* `trace` may be NULL. */
static inline struct assessment one_segment_explain(struct one_segment *one, struct trace *trace) {
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
        .trace = trace,
    };
    return assess_segment(&request, &one->arena, &one->findings);
}

static inline struct assessment one_segment_assess(struct one_segment *one) {
    return one_segment_explain(one, NULL);
}

/* A figure that the scheme listed; NAN when it is not there. */
static inline double one_segment_figure(const struct assessment *of, const char *name) {
    for (size_t i = 0; of->more != NULL && i < of->more->n_figures; i++) {
        if (strcmp(of->more->figures[i].name, name) == 0) {
            return of->more->figures[i].value;
        }
    }
    return NAN;
}

static inline void one_segment_release(struct one_segment *one) {
    network_release(&one->network);
    survey_release(&one->survey);
    arena_release(&one->arena);
    findings_release(&one->findings);
}
