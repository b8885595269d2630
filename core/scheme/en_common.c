#include "core/scheme/en_common.h"

#include <math.h>
#include <string.h>

/* --- what the trace says about a defect --- */

static void trace_conditions(const struct scheme_rule *rule, struct line *line) {
    if (isfinite(rule->dn_over_mm)) {
        line_print(line, ", DN over %.0f", rule->dn_over_mm);
    }
    if (isfinite(rule->dn_to_mm)) {
        line_print(line, ", DN to %.0f", rule->dn_to_mm);
    }
    if (rule->zones != NULL) {
        line_print(line, ", in %s", rule->zones);
    }
    line_print(line, rule->when == WHEN_RIGID         ? N_(", rigid")
                     : rule->when == WHEN_FLEXIBLE    ? N_(", flexible")
                     : rule->when == WHEN_NO_DIAMETER ? N_(", diameter unknown")
                                                      : "");
}

static void trace_verdict(
    const struct scheme_request *request, const struct verdict *verdict, const char *requirement) {
    const struct scheme_rule *rule = verdict->rule;
    struct line conditions = {.phrases = trace_phrases(request->trace)};

    if (rule == NULL) {
        if (verdict->grade == GRADE_UNDECIDED) {
            trace_add(request->trace,
                "    %s undecided: no row takes its quantity, or a fact is missing", requirement);
        }
        return;
    }
    trace_conditions(rule, &conditions);
    if (grade_is_number(verdict->grade)) {
        trace_add(request->trace, "    %s class %d: %s%.*s (row %s %s %s, %s)", requirement,
            grade_number(verdict->grade), trace_word(request->trace, rule->meaning),
            TEXT_ARGS(line_text(&conditions)), rule->code, rule->char1 == NULL ? "-" : rule->char1,
            rule->char2 == NULL ? "-" : rule->char2, trace_word(request->trace, rule->source));
    } else {
        trace_add(request->trace, "    %s: %s%.*s (row %s %s %s, %s)", requirement,
            trace_word(request->trace, rule->meaning), TEXT_ARGS(line_text(&conditions)),
            rule->code, rule->char1 == NULL ? "-" : rule->char1,
            rule->char2 == NULL ? "-" : rule->char2, trace_word(request->trace, rule->source));
    }
}

/* A code that the scheme does not know, or letters that it has no row for. */
static bool is_unknown(const struct judged_defect *defect) {
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        if (defect->verdicts[i].rule != NULL || defect->verdicts[i].grade != GRADE_UNSET) {
            return false;
        }
    }
    return true;
}

static void trace_defect(const struct scheme_request *request, const struct judged_defect *defect) {
    const struct observation_more *more = defect->observation->more;
    struct line line = {.phrases = trace_phrases(request->trace)};

    if (request->trace == NULL) {
        return;
    }
    scheme_add_label(request->table, defect, &line);
    scheme_add_place(defect->from_m, defect->to_m, &line);
    if (more != NULL && !isnan(more->quant1)) {
        trace_add(request->trace, "  %.*s, quantity %g", TEXT_ARGS(line_text(&line)), more->quant1);
    } else {
        trace_add(request->trace, "  %.*s, no quantity", TEXT_ARGS(line_text(&line)));
    }
    if (is_unknown(defect)) {
        trace_add(request->trace, "    not graded: no row takes the code and its letters");
    }
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        trace_verdict(request, &defect->verdicts[i],
            trace_word(request->trace, request->table->group_names[i]));
    }
}

/* --- requirements --- */

/* A class beats what is undecided, that beats a case; the worst class stays. */
static void take(struct en_requirement *requirement, const struct scheme_table *table,
    uint8_t grade, uint32_t place) {
    requirement->n_cases += grade == GRADE_CASE;
    requirement->n_undecided += grade == GRADE_UNDECIDED;
    if (!grade_is_number(grade)) {
        if (!grade_is_number(requirement->grade) && grade != GRADE_UNSET &&
            requirement->grade != GRADE_UNDECIDED) {
            requirement->grade = grade;
        }
        return;
    }
    requirement->n_graded++;
    if (!grade_is_number(requirement->grade) ||
        scheme_worst(table, requirement->grade, grade) != requirement->grade) {
        requirement->grade = grade;
        requirement->worst = place;
    }
}

struct en_requirements en_look(const struct scheme_request *request) {
    struct en_requirements of = {.n_graded = 0};

    trace_add(request->trace, "defects");
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        trace_defect(request, defect);
        of.is_open |= is_unknown(defect);
        for (size_t k = 0; k < DEFECT_GROUPS; k++) {
            take(&of.at[k], request->table, defect->verdicts[k].grade, (uint32_t)i);
        }
    }
    for (size_t k = 0; k < DEFECT_GROUPS; k++) {
        of.n_graded += of.at[k].n_graded;
        of.is_open |= of.at[k].n_cases + of.at[k].n_undecided > 0;
        if (of.at[k].n_cases + of.at[k].n_undecided > 0) {
            trace_add(request->trace, "  %s: %u left to an engineer and %u undecided, in no class",
                trace_word(request->trace, request->table->group_names[k]), of.at[k].n_cases,
                of.at[k].n_undecided);
        }
    }
    return of;
}

uint8_t en_grade_or(const struct en_requirement *requirement, uint8_t best) {
    return requirement->grade == GRADE_UNSET ? best : requirement->grade;
}

uint8_t en_object_grade(
    const struct scheme_request *request, const struct en_requirements *of, uint8_t best) {
    uint8_t worst = GRADE_UNSET;

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        worst = scheme_worst(request->table, worst, of->at[i].grade);
    }
    return grade_is_number(worst) ? worst : of->is_open ? GRADE_UNDECIDED : best;
}

double en_length_m(const struct judged_defect *defect, double least_m) {
    return fmax(defect->to_m - defect->from_m, least_m);
}

double en_class_figure(uint8_t grade) {
    return grade_is_number(grade) ? (double)grade_number(grade) : (double)NAN;
}

/* --- headlines --- */

void en_add_headlines(const struct scheme_request *request, const struct en_requirements *of,
    const struct en_urgency *urgency, enum defect_group ruling, struct text prefix,
    struct scheme_outcome *outcome) {
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        const struct en_requirement *requirement = &of->at[i];
        if (!grade_is_number(requirement->grade)) {
            continue;
        }
        const struct judged_defect *worst = &request->defects[requirement->worst];
        struct scheme_headline *headline = &outcome->headlines[outcome->n_headlines++];
        line_start_in(&headline->figure, outcome->phrases);
        headline->priority = urgency->priority[i];
        headline->index = urgency->index[i];
        headline->worst = (struct scheme_item){
            .from_m = worst->from_m,
            .to_m = worst->to_m,
            .n = 1,
            .worst = {requirement->worst},
        };
        if (i == ruling && prefix.n > 0) {
            line_add_text(&headline->figure, prefix);
            line_say(&headline->figure, PHRASE_COMMA);
        }
        line_fill_grade(&headline->figure, PHRASE_CLASS, text_from(request->table->group_names[i]),
            grade_number(requirement->grade));
    }
}

/* --- facts --- */

double en_site_fact(const struct scheme_site *site, enum en_fact fact) {
    switch (fact) {
    case EN_SYSTEM:
        return site->system == SYSTEM_UNKNOWN ? NAN : site->system;
    case EN_ZONE:
        return site->protection_zone == 0 ? NAN : site->protection_zone;
    case EN_GROUNDWATER:
        return site->groundwater == GROUNDWATER_UNKNOWN ? NAN : site->groundwater;
    case EN_SOIL:
        return site->soil_group == 0 ? NAN : site->soil_group;
    case EN_CAPACITY:
        return site->capacity_is_short == ANSWER_UNKNOWN ? NAN : site->capacity_is_short;
    case EN_YEAR:
        return site->year_built == 0 ? NAN : site->year_built;
    case EN_COVER:
        return site->cover_m;
    case EN_POSITION:
    case EN_JOINT:
    case EN_CLASS:
    case EN_FACTS:
        break;
    }
    return NAN;
}

/* Hours 3 to 9 are the lower half, 9 to 3 the upper one. */
enum en_position en_position(const struct observation *observation) {
    int from = observation->clock_from, to = observation->clock_to;
    bool is_lower = true, is_upper = true;

    if (from == 0) {
        return EN_NOWHERE;
    }
    if (from == 12 && to == 12) { /* all around */
        return EN_WHOLE;
    }
    int hours = to == 0 ? 0 : (to - from + 12) % 12;
    for (int i = 0; i <= hours; i++) {
        int hour = (from + i - 1) % 12 + 1;
        is_lower &= hour >= 3 && hour <= 9;
        is_upper &= hour <= 3 || hour >= 9;
    }
    return is_lower && is_upper ? EN_AT_SIDE : is_lower ? EN_LOWER : is_upper ? EN_UPPER : EN_WHOLE;
}

bool en_asks(const struct en_terms *terms, const char *figure, enum en_fact fact) {
    for (size_t i = 0; i < terms->n; i++) {
        if (terms->at[i].fact == fact && strcmp(terms->at[i].figure, figure) == 0) {
            return true;
        }
    }
    return false;
}

const struct en_term *en_term_of(
    const struct en_terms *terms, const char *figure, enum en_fact fact, double value) {
    for (size_t i = 0; i < terms->n && !isnan(value); i++) {
        const struct en_term *term = &terms->at[i];
        if (term->fact == fact && value > term->over && value <= term->to &&
            strcmp(term->figure, figure) == 0) {
            return term;
        }
    }
    return NULL;
}

const char *en_fact_name(enum en_fact fact) {
    static const char *const names[EN_FACTS] = {
        [EN_SYSTEM] = N_("system"),
        [EN_ZONE] = N_("protection zone"),
        [EN_GROUNDWATER] = N_("groundwater"),
        [EN_SOIL] = N_("soil group"),
        [EN_CAPACITY] = N_("capacity"),
        [EN_YEAR] = N_("year built"),
        [EN_COVER] = N_("cover"),
        [EN_POSITION] = N_("position on the wall"),
        [EN_JOINT] = N_("joint"),
        [EN_CLASS] = N_("class"),
    };

    return names[fact];
}
