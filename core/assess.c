#include "core/assess.h"

#include <math.h>
#include <string.h>

#include "core/assess/composite.h"
#include "core/assess/gather.h"
#include "core/assess/newer.h"
#include "core/assess/next_inspection.h"
#include "core/assess/site.h"
#include "core/assess/soil_entry.h"
#include "core/base.h"
#include "core/scheme/reason.h"
#include "core/scheme/scheme.h"
#include "core/scheme/tell.h"

static const struct text misconnection_words[] = {
#define WORD(word) {word, sizeof(word) - 1},
#include "core/assess/misconnection.def"
#undef WORD
};

const struct assess_options assess_defaults = {
    .schemes = &scheme_built_in,
    .scheme = SCHEME_NONE,
    .zero_rule = ZERO_RULE_F,
    .merge_rule = MERGE_CHAINED,
    .spacing_rule = SPACING_BOTH,
    .merged_length = MERGED_EXTENT,
    .srm_peak = PEAK_SINGLE,
    .srm_limits = SRM_LIMITS_SRM,
    .pacp_version = 7,
    .misconnection_words = {misconnection_words, ARRAY_LEN(misconnection_words)},
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

struct assessment_more *assessment_more(struct assessment *assessment, struct arena *arena) {
    if (assessment->more == NULL) {
        assessment->more = ARENA_NEW(arena, struct assessment_more, 1);
    }
    return assessment->more;
}

bool observation_grade(const struct observation *observation, int *out) {
    if (grade_is_number(observation->scheme_grade)) {
        *out = grade_number(observation->scheme_grade);
        return true;
    }
    *out = observation->grade;
    return observation->grade != 0;
}

/* --- which scheme --- */

static bool takes(enum scheme scheme, const struct survey *survey, const struct scheme_set *set) {
    return set->at[scheme] != NULL && scheme_takes(set->at[scheme], survey->catalogue);
}

enum scheme assess_scheme(const struct survey *survey, const struct assess_options *options) {
    if (options->is_off) {
        return SCHEME_NONE;
    }
    if (takes(options->scheme, survey, options->schemes)) {
        return options->scheme;
    }
    if (takes(survey->scheme, survey, options->schemes)) {
        return survey->scheme;
    }
    return scheme_of_catalogue(survey->catalogue);
}

void assess_choose_scheme(
    struct survey *survey, const struct assess_options *options, struct findings *findings) {
    const struct scheme_table *asked = options->schemes->at[options->scheme];
    enum scheme scheme = assess_scheme(survey, options);
    struct finding_place place = {.file = survey->file.path};

    survey->graded_by = scheme;
    if (survey->n_observations == 0 || options->is_off) {
        return;
    }
    if (scheme == SCHEME_NONE && asked != NULL) {
        findings_add(findings, FINDING_NO_SCHEME, place, "'%s' does not know the codes of '%s'",
            asked->name, catalogue_name(survey->catalogue));
    } else if (scheme == SCHEME_NONE) {
        findings_add(findings, FINDING_NO_SCHEME, place, "'%s'", catalogue_name(survey->catalogue));
    } else if (asked != NULL && scheme != options->scheme) {
        findings_add(findings, FINDING_SCHEME_DIFFERS, place,
            "'%s' does not know the codes of '%s'; '%s' grades them", asked->name,
            catalogue_name(survey->catalogue), scheme_name(scheme));
    } else if (asked == NULL && survey->scheme == SCHEME_NONE &&
               survey->catalogue == CATALOGUE_EN13508) {
        findings_add(findings, FINDING_SCHEME_ASSUMED, place, "'%s'", scheme_name(scheme));
    }
}

void assess_observation(const struct inspection *inspection, struct observation *observation,
    int soil_influence, const struct assess_options *options) {
    const struct scheme_site site = {
        .segment_m = NAN,
        .diameter_mm = inspection->diameter_mm,
        .cover_m = NAN,
        .soil_influence = soil_influence,
        .material = inspection->more == NULL ? (struct text){0} : inspection->more->material,
        .coding_version = inspection->survey->coding_version != 0
                              ? inspection->survey->coding_version
                              : (uint8_t)options->pacp_version,
    };
    struct judged_defect judged;

    observation->misconnection = misconnection_is_shown(
        inspection, observation, SYSTEM_UNKNOWN, options->misconnection_words);
    judge_observation(options->schemes->at[assess_scheme(inspection->survey, options)], &site,
        observation_code(inspection, observation), observation, &judged);
}

/* --- the segment --- */

/* A hazard is an emergency; soil that may come in under traffic puts a segment one class higher,
 * but is none; what could not be judged keeps it from `none`. */
static uint8_t priority_of(
    const struct assessment *assessment, uint8_t by_figures, bool is_raised, struct trace *trace) {
    uint8_t priority = by_figures;

    if (assessment->is_collapse_hazard) {
        trace_add(
            trace, "priority 1: collapse hazard (%.*s)", TEXT_ARGS(assessment->collapse_reason));
        return 1;
    }
    trace_add(trace, "priority %d by the figures, the worst of them", by_figures);
    if (is_raised && priority > 2) {
        priority--;
        trace_add(trace, "priority %d: soil may come in under traffic", priority);
    }
    if (assessment->n_ungraded + assessment->n_open_cases + assessment->n_unlocated > 0 &&
        priority > 4) {
        priority = 4;
        trace_add(trace,
            "priority 4: %u defects not graded, %u open cases, %u without a place keep it from 5",
            assessment->n_ungraded, assessment->n_open_cases, assessment->n_unlocated);
    }
    return priority;
}

static struct text collapse_reason(const struct scheme_request *request,
    const struct scheme_outcome *outcome, const struct newer_hazards *newer,
    enum reason_style style) {
    struct text reason = reason_collapse(request, outcome, style, request->arena);

    if (newer->n == 0) {
        return reason;
    }
    struct scheme_request seen = *request;
    seen.defects = newer->at;
    seen.n = newer->n;
    return reason_newer(
        &seen, reason, reason_collapse(&seen, NULL, style, request->arena), newer->seen_on);
}

/* The largest index among the figures that rule the priority, on a scale that schemes share. */
static float urgency_of(const struct scheme_table *table, const struct scheme_outcome *outcome) {
    double urgency = 0;

    for (size_t i = 0; i < outcome->n_headlines; i++) {
        const struct scheme_headline *headline = &outcome->headlines[i];
        double share = headline->index / table->index_of_worst;
        if (share > urgency) {
            urgency = share;
        }
    }
    return (float)urgency;
}

/* The next inspection and, when it was asked for, the composite hazard. */
static void plan_ahead(const struct scheme_request *request, const struct current_view *view,
    struct assessment *assessment) {
    struct next_inspection next = next_inspection_of(request, assessment, view->seen_m);

    assessment->next_inspection_on = next.due_on;
    assessment->next_inspection_of = (uint8_t)next.of;
    if (request->options->composite != NULL) {
        struct composite composite = composite_of(request, assessment, request->options->composite);
        struct assessment_more *more = assessment_more(assessment, request->arena);
        double *parts = ARENA_NEW(request->arena, double, COMPOSITE_PARTS);
        memcpy(parts, composite.parts, sizeof composite.parts);
        more->composite = composite.score;
        more->composite_parts = parts;
    }
}

static void tell_newer(const struct scheme_request *request, const struct newer_hazards *newer) {
    for (size_t i = 0; request->trace != NULL && i < newer->n; i++) {
        const struct judged_defect *defect = &newer->at[i];
        struct line label = {.phrases = trace_phrases(request->trace)};
        scheme_add_label(request->table, defect, &label);
        scheme_add_place(defect->from_m, defect->to_m, &label);
        trace_add(request->trace,
            "%.*s: collapse hazard (%s), seen by a newer inspection that is not complete",
            TEXT_ARGS(line_text(&label)), trace_word(request->trace, defect->hazard->meaning));
        trace_note(request->trace, defect->observation, "collapse hazard that counts all the same");
    }
}

/* Which priority each figure stands for. */
static void tell_headlines(
    const struct scheme_request *request, const struct scheme_outcome *outcome) {
    for (size_t i = 0; i < outcome->n_headlines; i++) {
        const struct scheme_headline *headline = &outcome->headlines[i];
        trace_add(request->trace, "%.*s stands for priority %d",
            TEXT_ARGS(line_text(&headline->figure)), headline->priority);
    }
}

static void grade_segment(struct scheme_request *request, const struct newer_hazards *newer,
    const struct current_view *view, struct assessment *assessment) {
    struct scheme_outcome outcome; /* not cleared: its lines are long */
    struct reason_request reason = {
        request, assessment, &outcome, {0}, view->seen_m, request->site->segment_m};

    outcome.phrases = request->options->phrases;
    outcome.priority = 5;
    outcome.n_headlines = 0;
    outcome.hazard_figure = NULL;
    outcome.hazard_item.n = 0;
    outcome.n_hazard_items = 0;
    trace_begin(request->trace, TRACE_FIGURES);
    request->table->assess(request, assessment, &outcome);
    tell_verdicts(request);
    tell_hazards(request, &outcome);
    tell_newer(request, newer);
    assessment->is_collapse_hazard = newer->n > 0 || outcome.hazard_figure != NULL;
    for (size_t i = 0; i < request->n; i++) {
        assessment->is_collapse_hazard |= request->defects[i].hazard != NULL;
    }
    if (assessment->is_collapse_hazard) {
        assessment->collapse_reason = collapse_reason(request, &outcome, newer, REASON_RULES);
        reason.collapse = collapse_reason(request, &outcome, newer, REASON_SHORT);
    }
    trace_begin(request->trace, TRACE_SOIL);
    bool is_raised = soil_entry_decide(request, assessment);
    trace_begin(request->trace, TRACE_PRIORITY);
    tell_headlines(request, &outcome);
    assessment->priority = priority_of(assessment, outcome.priority, is_raised, request->trace);
    assessment->priority_reason = reason_priority(&reason, request->arena);
    assessment->urgency = urgency_of(request->table, &outcome);
    trace_begin(request->trace, TRACE_PLAN);
    plan_ahead(request, view, assessment);
}

static void report_mixed(const struct assess_request *request, const struct current_view *view,
    struct findings *findings) {
    const struct segment *segment = &request->network->segments[request->segment];

    findings_add(findings, FINDING_MIXED_SCHEMES,
        (struct finding_place){.file = view->survey->file.path, .segment_id = segment->id}, "'%s'",
        scheme_name(view->scheme));
}

struct assessment assess_segment(
    const struct assess_request *request, struct arena *arena, struct findings *findings) {
    const struct segment *segment = &request->network->segments[request->segment];
    struct assessment assessment = {0};
    double segment_m = metres_shown(segment->drawn_m > 0 ? segment->drawn_m : segment->length_m);
    struct current_view view = site_look(request, segment_m, &assessment);

    if (view.n == 0) {
        return assessment;
    }
    struct scheme_site site = site_of_segment(request, &view, segment_m);
    CLEANUP(gathered_release) struct gathered gathered;
    CLEANUP(newer_release) struct newer_hazards newer = {0};
    gathered_start(&gathered, (struct gather_for){
                                  .table = request->options->schemes->at[view.scheme],
                                  .site = &site,
                                  .assessment = &assessment,
                                  .misconnection_words = request->options->misconnection_words,
                                  .findings = findings,
                                  .segment_id = segment->id,
                              });
    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        uint32_t number = request->stretches_of_segment[i];
        const struct stretch *stretch = &request->stretches[number];
        if (stretch->is_current) {
            gather_stretch(&gathered, number, request->inspections[stretch->inspection]);
        }
    }
    assessment.scheme = (uint8_t)view.scheme;
    assessment.diameter_is_missing = isnan(site.diameter_mm);
    assessment.diameter_mm = isnan(site.diameter_mm) ? 0 : (float)site.diameter_mm;
    if (view.is_mixed) {
        report_mixed(request, &view, findings);
    }
    if (gathered.of.table == NULL) {
        return assessment;
    }
    gathered_sort(&gathered);
    newer_look(request, &gathered, &newer);
    struct scheme_request graded = {
        .table = gathered.of.table,
        .defects = gathered.at,
        .n = gathered.n,
        .site = &site,
        .options = request->options,
        .arena = arena,
        .findings = findings,
        .segment_id = segment->id,
        .trace = request->trace,
    };
    grade_segment(&graded, &newer, &view, &assessment);
    return assessment;
}
