#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/scheme.h"
#include "core/scheme/stiffness.h"

/* Which rows of a scheme take an observation: its rules, hazards and openings. */

/* --- rules --- */

/* The first three letters as a number with the order of the letters: every observation of a run
 * comes through here. */
static uint32_t packed(char a, char b, char c) {
    return (uint32_t)(unsigned char)a << 16 | (uint32_t)(unsigned char)b << 8 | (unsigned char)c;
}

static char upper(char c) {
    return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

static char upper_at(struct text text, size_t i) {
    return i < text.n ? upper(text.at[i]) : '\0';
}

static uint32_t packed_text(struct text text) {
    return packed(upper_at(text, 0), upper_at(text, 1), upper_at(text, 2));
}

static uint32_t packed_code(const char *code) {
    return packed(code[0], code[1], code[1] == '\0' ? '\0' : code[2]);
}

const struct scheme_rule *scheme_rules_of(
    const struct scheme_table *table, struct text code, size_t *n) {
    uint32_t wanted = packed_text(code);
    size_t low = 0, high = table->n_rules;

    *n = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (packed_code(table->rules[middle].code) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < table->n_rules && packed_code(table->rules[low].code) == wanted; low++) {
        if (text_equal_nocase(code, text_from(table->rules[low].code))) {
            break;
        }
    }
    if (low == table->n_rules || packed_code(table->rules[low].code) != wanted) {
        return NULL;
    }
    const struct scheme_rule *first = &table->rules[low];
    size_t end = low + 1;
    while (end < table->n_rules && (table->rules[end].code == first->code ||
                                       strcmp(table->rules[end].code, first->code) == 0)) {
        end++;
    }
    *n = end - low;
    return first;
}

const struct scheme_rule *scheme_rule_of_grade(
    const struct scheme_table *table, struct text code, int grade) {
    size_t n = 0;
    const struct scheme_rule *rules = scheme_rules_of(table, code, &n);

    for (size_t i = 0; i < n; i++) {
        if (rules[i].measure == MEASURE_GRADE && (int)rules[i].from == grade) {
            return &rules[i];
        }
    }
    return NULL;
}

/* One of the letters "ABC", or one of the words "AA|AB". */
static bool letter_fits(const char *wanted, struct text given) {
    if (wanted == NULL || wanted[0] == '\0') {
        return true;
    }
    if (given.n == 0) {
        return false;
    }
    if (strchr(wanted, '|') == NULL && given.n == 1) {
        return strchr(wanted, upper(given.at[0])) != NULL;
    }
    for (const char *at = wanted; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        size_t n = strcspn(at, "|");
        if (text_equal_nocase((struct text){at, n}, given)) {
            return true;
        }
    }
    return false;
}

static bool code_fits(const struct code *code, const char *char1, const char *char2) {
    return letter_fits(char1, code->char1) && letter_fits(char2, code->char2);
}

/* Tables have no suffixes: CLJ of MSCC is judged as CL. */
static struct text main_code(const struct code *code) {
    return code->main.n > 0 ? code->main : code->code;
}

/* `assumed` NULL: what the material says; read only where a row asks for it. */
static enum answer is_stiff_like(enum pipe_stiffness wanted, const struct scheme_site *site,
    const enum pipe_stiffness *assumed) {
    enum pipe_stiffness is = assumed == NULL ? stiffness_of_material(site->material) : *assumed;

    return is == STIFFNESS_UNKNOWN ? ANSWER_UNKNOWN : is == wanted ? ANSWER_YES : ANSWER_NO;
}

static enum answer when_holds(
    enum scheme_when when, const struct scheme_site *site, const enum pipe_stiffness *assumed) {
    switch (when) {
    case WHEN_ALWAYS:
        return ANSWER_YES;
    case WHEN_RIGID:
        return is_stiff_like(STIFFNESS_RIGID, site, assumed);
    case WHEN_FLEXIBLE:
        return is_stiff_like(STIFFNESS_FLEXIBLE, site, assumed);
    case WHEN_NO_DIAMETER:
        return isnan(site->diameter_mm) ? ANSWER_YES : ANSWER_NO;
    case WHEN_OLDER:
        return site->coding_version < 8 ? ANSWER_YES : ANSWER_NO;
    case WHEN_NEWER:
        return site->coding_version >= 8 ? ANSWER_YES : ANSWER_NO;
    case WHENS:
        break;
    }
    return ANSWER_NO;
}

static enum answer diameter_fits(const struct scheme_rule *rule, const struct scheme_site *site) {
    if (isinf(rule->dn_over_mm) && isinf(rule->dn_to_mm)) {
        return ANSWER_YES;
    }
    if (isnan(site->diameter_mm)) {
        return ANSWER_UNKNOWN;
    }
    return site->diameter_mm > rule->dn_over_mm && site->diameter_mm <= rule->dn_to_mm ? ANSWER_YES
                                                                                       : ANSWER_NO;
}

static double clock_span(const struct observation *observation) {
    if (observation->clock_from == 0) {
        return NAN;
    }
    if (observation->clock_to == 0) {
        return 1;
    }
    return (observation->clock_to - observation->clock_from + 12) % 12 + 1;
}

/* NAN when it was not delivered. */
static double measured(enum scheme_measure measure, const struct observation *observation) {
    switch (measure) {
    case MEASURE_NONE:
        return 0;
    case MEASURE_GRADE:
        return observation->grade > 0 ? observation->grade : NAN;
    case MEASURE_QUANT1:
        return observation->more == NULL ? NAN : observation->more->quant1;
    case MEASURE_QUANT2:
        return observation->more == NULL ? NAN : observation->more->quant2;
    case MEASURE_CLOCK:
        return clock_span(observation);
    case MEASURES:
        break;
    }
    return NAN;
}

static bool value_fits(
    const struct scheme_table *table, const struct scheme_rule *rule, double value) {
    if (rule->measure == MEASURE_NONE) {
        return true;
    }
    if (rule->measure == MEASURE_GRADE) {
        return value >= rule->from && value <= rule->from;
    }
    return table->upper_is_in ? value > rule->from && value <= rule->to
                              : value >= rule->from && value < rule->to;
}

/* Is it in the part of the manhole that the rule is for? */
static enum answer zone_fits(
    const struct scheme_rule *rule, const struct observation *observation) {
    struct text place = observation->more == NULL ? (struct text){0} : observation->more->place;

    if (rule->zones == NULL) {
        return ANSWER_YES;
    }
    if (place.n != 1) {
        return ANSWER_UNKNOWN;
    }
    return strchr(rule->zones, upper(place.at[0])) != NULL ? ANSWER_YES : ANSWER_NO;
}

/* Is the group of this verdict done? */
static bool is_decided(const struct verdict *verdict) {
    return verdict->rule != NULL;
}

/* What is judged: an observation of a code that has these rules. */
struct judged {
    const struct scheme_table *table;
    const struct scheme_rule *rules;
    size_t n_rules;
    const struct scheme_site *site;
    const struct code *code;
    const struct observation *observation;
};

/* The verdicts, for a pipe of this stiffness when one is assumed.  True when some rule asks for it
 * and it is unknown. */
static bool judge_as(const struct judged *judged, const enum pipe_stiffness *assumed,
    struct verdict verdicts[DEFECT_GROUPS]) {
    bool is_wanting = false;

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        verdicts[i] = (struct verdict){0};
    }
    for (size_t i = 0; i < judged->n_rules; i++) {
        const struct scheme_rule *rule = &judged->rules[i];
        struct verdict *verdict = &verdicts[rule->group];
        if (is_decided(verdict) || !code_fits(judged->code, rule->char1, rule->char2)) {
            continue;
        }
        enum answer holds = when_holds(rule->when, judged->site, assumed);
        enum answer zone = zone_fits(rule, judged->observation);
        if (holds == ANSWER_NO || zone == ANSWER_NO) {
            continue;
        }
        bool is_stiffness = rule->when == WHEN_RIGID || rule->when == WHEN_FLEXIBLE;
        is_wanting |= is_stiffness && holds == ANSWER_UNKNOWN;
        verdict->grade = GRADE_UNDECIDED; /* a diameter that no row takes is a gap, no absolution */
        if (holds == ANSWER_YES && zone == ANSWER_YES &&
            diameter_fits(rule, judged->site) == ANSWER_YES &&
            value_fits(judged->table, rule, measured(rule->measure, judged->observation))) {
            *verdict = (struct verdict){rule, rule->grade, !isnan(rule->score)};
        }
    }
    return is_wanting;
}

bool scheme_judge(const struct scheme_table *table, const struct scheme_site *site,
    const struct code *code, const struct observation *observation,
    struct verdict verdicts[DEFECT_GROUPS]) {
    struct judged judged = {table, NULL, 0, site, code, observation};

    judged.rules = scheme_rules_of(table, main_code(code), &judged.n_rules);
    if (judge_as(&judged, NULL, verdicts)) {
        static const enum pipe_stiffness is_rigid = STIFFNESS_RIGID,
                                         is_flexible = STIFFNESS_FLEXIBLE;
        struct verdict rigid[DEFECT_GROUPS], flexible[DEFECT_GROUPS];
        judge_as(&judged, &is_rigid, rigid);
        judge_as(&judged, &is_flexible, flexible);
        for (size_t i = 0; i < DEFECT_GROUPS; i++) {
            if (!is_decided(&verdicts[i]) && rigid[i].grade == flexible[i].grade) {
                verdicts[i] = rigid[i];
            }
        }
    }
    return judged.n_rules > 0;
}

/* --- hazards and openings --- */

static bool reaches(double value, double from, bool is_above) {
    return is_above ? value > from : value >= from;
}

static bool hazard_diameter_fits(
    const struct scheme_hazard *hazard, const struct scheme_site *site) {
    bool is_any = !(hazard->dn_over_mm > 0) && !(hazard->dn_to_mm > 0);

    if (is_any || isnan(site->diameter_mm)) {
        return is_any || isinf(hazard->dn_to_mm);
    }
    return site->diameter_mm > hazard->dn_over_mm && site->diameter_mm <= hazard->dn_to_mm;
}

const struct scheme_hazard *scheme_hazard_of(const struct scheme_table *table,
    const struct scheme_site *site, const struct code *code,
    const struct observation *observation) {
    for (size_t i = 0; i < table->n_hazards; i++) {
        const struct scheme_hazard *hazard = &table->hazards[i];
        if (!text_equal_nocase(main_code(code), text_from(hazard->code)) ||
            !code_fits(code, hazard->char1, hazard->char2) ||
            when_holds(hazard->when, site, NULL) != ANSWER_YES ||
            !hazard_diameter_fits(hazard, site) || site->soil_influence < hazard->soil_influence) {
            continue;
        }
        if (hazard->measure == MEASURE_GRADE &&
            scheme_rule_of_grade(table, main_code(code), observation->grade) == NULL) {
            continue; /* grade 5 of 4 is a slip of the pen */
        }
        if (hazard->measure == MEASURE_NONE ||
            reaches(measured(hazard->measure, observation), hazard->from, hazard->is_above)) {
            return hazard;
        }
    }
    return NULL;
}

bool scheme_is_opening(const struct scheme_table *table, const struct code *code,
    const struct observation *observation) {
    for (size_t i = 0; i < table->n_openings; i++) {
        const struct scheme_opening *opening = &table->openings[i];
        if (text_equal_nocase(main_code(code), text_from(opening->code)) &&
            code_fits(code, opening->char1, opening->char2) &&
            (opening->measure == MEASURE_NONE ||
                measured(opening->measure, observation) >= opening->from)) {
            return true;
        }
    }
    return false;
}
