#include "core/assess/gather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"

static bool is_defect(const struct code *code, const struct observation *observation) {
    return code->kind != CODE_INVENTORY && !observation->is_mark_end;
}

void gather_place(const struct observation *observation, struct judged_defect *out) {
    double a = metres_shown(observation->along_m);
    double b = isnan(observation->along_to_m) ? a : metres_shown(observation->along_to_m);

    out->from_m = fmin(a, b);
    out->to_m = fmax(a, b);
}

bool judge_observation(const struct scheme_table *table, const struct scheme_site *site,
    const struct code *code, struct observation *observation, struct judged_defect *out) {
    observation->score = NAN;
    observation->is_collapse_hazard = 0;
    observation->scheme_grade = GRADE_UNSET;
    memset(observation->grades, GRADE_UNSET, sizeof observation->grades);
    *out = (struct judged_defect){.code = code, .observation = observation};
    if (table == NULL || !is_defect(code, observation)) {
        return false;
    }
    bool is_known = scheme_judge(table, site, code, observation, out->verdicts);
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        const struct verdict *verdict = &out->verdicts[i];
        observation->grades[i] = verdict->grade;
        observation->scheme_grade = scheme_worst(table, observation->scheme_grade, verdict->grade);
        if (verdict->is_scored && !(observation->score >= verdict->rule->score)) {
            observation->score = (float)verdict->rule->score;
        }
    }
    out->hazard = scheme_hazard_of(table, site, code, observation);
    observation->is_collapse_hazard = out->hazard != NULL;
    return is_known;
}

void gathered_start(struct gathered *gathered, struct gather_for of) {
    gathered->of = of; /* `few` stays as it is: clearing it would be most of the work */
    gathered->at = gathered->few;
    gathered->many = NULL;
    gathered->n = 0;
    gathered->capacity = GATHERED_FEW;
}

void gathered_release(struct gathered *gathered) {
    array_release(&gathered->many);
}

void gather_defect(struct gathered *gathered, const struct judged_defect *defect) {
    if (gathered->n == gathered->capacity) {
        size_t capacity = gathered->many == NULL ? 0 : gathered->capacity;
        struct judged_defect *many =
            array_reserve(gathered->many, &capacity, gathered->n * 2, sizeof *gathered->many);
        if (gathered->many == NULL) {
            memcpy(many, gathered->at, gathered->n * sizeof *many);
        }
        gathered->at = gathered->many = many;
        gathered->capacity = capacity;
    }
    gathered->at[gathered->n++] = *defect;
}

/* --- what could not be graded --- */

enum judged {
    JUDGED_GRADED,    /* in every group that it concerns */
    JUDGED_CASE,      /* an open case in some group, the others are graded */
    JUDGED_UNDECIDED, /* some group, or all, could not be decided */
};

static enum judged judged_as(const struct judged_defect *defect) {
    bool concerns = false, has_case = false;

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        uint8_t grade = defect->verdicts[i].grade;
        if (grade == GRADE_UNDECIDED) {
            return JUDGED_UNDECIDED;
        }
        concerns |= defect->verdicts[i].rule != NULL;
        has_case |= grade == GRADE_CASE;
    }
    return has_case ? JUDGED_CASE : concerns ? JUDGED_GRADED : JUDGED_UNDECIDED;
}

/* Does the scheme choose this code's rows by the delivered grade? */
static bool goes_by_grade(const struct scheme_table *table, struct text code) {
    size_t n = 0;
    const struct scheme_rule *rules = scheme_rules_of(table, code, &n);

    return n > 0 && rules[0].measure == MEASURE_GRADE;
}

static void report_ungraded(const struct gathered *gathered, const struct inspection *inspection,
    const struct judged_defect *defect, enum judged as) {
    const struct observation *observation = defect->observation;
    struct finding_place place = inspection_place(inspection, observation->line);
    struct line label = {.n = 0};

    place.segment_id = gathered->of.segment_id;
    if (goes_by_grade(gathered->of.table, defect->code->code)) {
        if (observation->grade == 0) {
            findings_add(gathered->of.findings, FINDING_GRADE_MISSING, place, "'%.*s' at %.2f m",
                TEXT_ARGS(defect->code->code), observation->along_m);
        } else {
            findings_add(gathered->of.findings, FINDING_GRADE_NOT_IN_SCHEME, place,
                "'%.*s' grade '%d' at %.2f m", TEXT_ARGS(defect->code->code), observation->grade,
                observation->along_m);
        }
        return;
    }
    scheme_add_label(gathered->of.table, defect, &label);
    bool is_said = false;
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        bool is_meant = as == JUDGED_CASE ? defect->verdicts[i].grade == GRADE_CASE
                                          : defect->verdicts[i].grade == GRADE_UNDECIDED;
        if (is_meant) {
            findings_add(gathered->of.findings,
                as == JUDGED_CASE ? FINDING_OPEN_CASE : FINDING_NOT_GRADED, place,
                "'%.*s' (%s) at %.2f m by %s", TEXT_ARGS(line_text(&label)),
                gathered->of.table->group_names[i], observation->along_m, gathered->of.table->name);
        }
        is_said |= is_meant;
    }
    if (!is_said) {
        findings_add(gathered->of.findings, FINDING_NOT_GRADED, place,
            "'%.*s' at %.2f m: %s has no row for these characterisations",
            TEXT_ARGS(line_text(&label)), observation->along_m, gathered->of.table->name);
    }
}

/* --- counting --- */

/* A defect that stands on the segment and counts. */
static void count(struct gathered *gathered, const struct inspection *inspection,
    const struct judged_defect *defect, bool is_known) {
    struct assessment *assessment = gathered->of.assessment;

    assessment->n_defects++;
    assessment->n_structural += defect->code->kind == CODE_STRUCTURAL;
    assessment->n_functional += defect->code->kind == CODE_FUNCTIONAL;
    if (gathered->of.table == NULL) {
        return;
    }
    gather_defect(gathered, defect);
    enum judged as = is_known ? judged_as(defect) : JUDGED_UNDECIDED;
    assessment->n_ungraded += as == JUDGED_UNDECIDED;
    assessment->n_open_cases += as == JUDGED_CASE;
    if (as != JUDGED_GRADED && is_known) { /* unknown codes are said once each, when resolved */
        report_ungraded(gathered, inspection, defect, as);
    }
}

void gather_stretch(
    struct gathered *gathered, uint32_t number, const struct inspection *inspection) {
    struct observation *observations = inspection_observations(inspection);
    const struct scheme_table *table = gathered->of.table;

    if (table != NULL && !scheme_takes(table, inspection->survey->catalogue)) {
        table = NULL; /* the other run of the segment speaks another language */
    }
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &observations[i];
        bool is_here = observation->stretch == number;
        if (!is_here &&
            (observation->stretch != NO_STRETCH || number != inspection->first_stretch)) {
            continue;
        }
        const struct code *code = observation_code(inspection, observation);
        struct judged_defect defect;
        observation->misconnection = misconnection_is_shown(
            inspection, observation, gathered->of.site->system, gathered->of.misconnection_words);
        gathered->of.assessment->is_misconnection |= observation->misconnection;
        bool is_known = judge_observation(table, gathered->of.site, code, observation, &defect);
        if (!is_defect(code, observation) || observation->duplicate_of != NO_OBSERVATION) {
            continue;
        }
        if (observation->unplaced != UNPLACED_NOT || isnan(observation->along_m)) {
            gathered->of.assessment->n_unlocated += observation->mark != MARK_END;
        } else if (is_here && observation->is_current) {
            gather_place(observation, &defect);
            count(gathered, inspection, &defect, is_known);
        }
    }
}

/* --- order --- */

static int order(double a, double b) {
    return (a > b) - (a < b);
}

static double score_of(const struct judged_defect *defect) {
    return isnan(defect->observation->score) ? 0 : (double)defect->observation->score;
}

static int compare_defects(const void *a, const void *b) {
    const struct judged_defect *x = a, *y = b;
    int by = order(x->from_m, y->from_m);

    by = by != 0 ? by : order(x->to_m, y->to_m);
    by = by != 0 ? by : order(score_of(y), score_of(x));
    by = by != 0 ? by : text_compare(x->code->code, y->code->code);
    by = by != 0 ? by : text_compare(x->code->char1, y->code->char1);
    by = by != 0 ? by : text_compare(x->code->char2, y->code->char2);
    by = by != 0 ? by : order(x->observation->grade, y->observation->grade);
    return by != 0 ? by : memcmp(x->observation->grades, y->observation->grades, DEFECT_GROUPS);
}

void gathered_sort(struct gathered *gathered) {
    if (gathered->n > GATHERED_FEW) {
        qsort(gathered->at, gathered->n, sizeof *gathered->at, compare_defects);
        return;
    }
    for (size_t i = 1; i < gathered->n; i++) {
        struct judged_defect defect = gathered->at[i];
        size_t at = i;
        for (; at > 0 && compare_defects(&gathered->at[at - 1], &defect) > 0; at--) {
            gathered->at[at] = gathered->at[at - 1];
        }
        gathered->at[at] = defect;
    }
}
