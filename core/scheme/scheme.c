#include "core/scheme/scheme.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/stiffness.h"

/* How the tables of any scheme are asked. */

const struct scheme_set scheme_built_in = {
    {
     [SCHEME_NONE] = NULL,
     [SCHEME_CJJ181] = &scheme_cjj181,
     [SCHEME_DB31] = &scheme_db31,
     [SCHEME_DWA] = &scheme_dwa,
     [SCHEME_ISYBAU] = &scheme_isybau,
     [SCHEME_VSA] = &scheme_vsa,
     [SCHEME_PACP] = &scheme_pacp,
     [SCHEME_WRC] = &scheme_wrc,
     [SCHEME_WSA05] = &scheme_wsa05,
     }
};

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

uint8_t scheme_worst(const struct scheme_table *table, uint8_t a, uint8_t b) {
    if (!grade_is_number(a) || !grade_is_number(b)) {
        return grade_is_number(a) ? a : grade_is_number(b) ? b : GRADE_UNSET;
    }
    return (a > b) != table->worst_is_lowest ? a : b;
}

/* --- classes, hazards, priorities --- */

static bool is_named(const char *a, const char *b) {
    return a == b || (a[0] == b[0] && strcmp(a, b) == 0);
}

const struct scheme_class *scheme_class_of(
    const struct scheme_table *table, const char *figure, double value) {
    const double rounding = 1e-9;
    const struct scheme_class *found = NULL;

    for (size_t i = 0; i < table->n_classes && !isnan(value); i++) {
        const struct scheme_class *row = &table->classes[i];
        if (!is_named(row->figure, figure)) {
            if (found != NULL) {
                break; /* rows of a figure stand together */
            }
            continue;
        }
        if (found == NULL || value > row->from + (row->is_inclusive ? -rounding : rounding)) {
            found = row;
        }
    }
    return found;
}

uint8_t scheme_grade_of(const struct scheme_table *table, const char *figure, double value) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);

    return row == NULL ? GRADE_UNDECIDED : grade_from_number(row->value);
}

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

bool scheme_is_opening(const struct scheme_table *table, const struct scheme_site *site,
    const struct code *code, const struct observation *observation) {
    (void)site;
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

const struct scheme_figure_hazard *scheme_figure_hazard_of(
    const struct scheme_table *table, const char *figure, double value) {
    const double rounding = 1e-9;

    for (size_t i = 0; i < table->n_figure_hazards; i++) {
        if (is_named(table->figure_hazards[i].figure, figure) &&
            value > table->figure_hazards[i].from - rounding) {
            return &table->figure_hazards[i];
        }
    }
    return NULL;
}

uint8_t scheme_priority_of(const struct scheme_table *table, const char *figure, uint8_t grade) {
    for (size_t i = 0; i < table->n_priorities; i++) {
        const struct scheme_priority *row = &table->priorities[i];
        if (row->grade == grade && is_named(row->figure, figure)) {
            return row->priority;
        }
    }
    return 0;
}

uint8_t scheme_severity(const struct scheme_table *table, uint8_t grade) {
    uint8_t priority = scheme_priority_of(table, "defect", grade);

    return priority == 0 ? 0 : priority < 2 ? 4 : (uint8_t)(6 - priority);
}

bool scheme_has_choice(const struct scheme_table *table, const char *factor, double value) {
    for (size_t i = 0; i < table->n_choices; i++) {
        if (fabs(table->choices[i].value - value) < 1e-9 &&
            is_named(table->choices[i].factor, factor)) {
            return true;
        }
    }
    return false;
}

bool scheme_takes(const struct scheme_table *table, enum catalogue catalogue) {
    for (size_t i = 0; i < ARRAY_LEN(table->catalogues); i++) {
        if (table->catalogues[i] != CATALOGUE_UNKNOWN && table->catalogues[i] == catalogue) {
            return true;
        }
    }
    return false;
}

/* --- words --- */

void scheme_add_label(
    const struct scheme_table *table, const struct judged_defect *defect, struct line *line) {
    const struct code *code = defect->code;

    line_add_text(line, code->code.n > 0 ? code->code : code->delivered);
    if (table->grade_is_in_label) {
        if (defect->observation->grade > 0) {
            line_add_count(line, (uint64_t)defect->observation->grade);
        }
        return;
    }
    if (code->char1.n + code->char2.n > 0) {
        line_add(line, " ");
        line_add_text(line, code->char1);
        line_add_text(line, code->char2);
    }
}

void scheme_add_place(double from_m, double to_m, struct line *line) {
    struct line range;

    line_start(&range);
    line_add_tenths(&range, from_m);
    if (to_m - from_m > 1) {
        line_add(&range, "-");
        line_add_tenths(&range, to_m);
    }
    line_fill(line, PHRASE_AT, (struct text[]){line_text(&range)});
}

void scheme_add_item(
    const struct scheme_request *request, const struct scheme_item *item, struct line *line) {
    size_t n = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (size_t i = 0; i < n; i++) {
        line_add(line, i == 0 ? "" : "+");
        scheme_add_label(request->table, &request->defects[item->worst[i]], line);
    }
    if (item->n > n) {
        line_fill_count(line, PHRASE_PLUS_MORE, item->n - n);
    }
    scheme_add_place(item->from_m, item->to_m, line);
}

void scheme_trace_undecided(const struct scheme_request *request, enum defect_group group) {
    for (size_t i = 0; i < request->n && request->trace != NULL; i++) {
        const struct judged_defect *defect = &request->defects[i];
        const struct verdict *verdict = &defect->verdicts[group];
        struct line label = {.n = 0};
        if (verdict->grade != GRADE_UNDECIDED) {
            continue;
        }
        scheme_add_label(request->table, defect, &label);
        scheme_add_place(defect->from_m, defect->to_m, &label);
        trace_add(request->trace, "  %.*s: not graded (%s)", TEXT_ARGS(line_text(&label)),
            verdict->rule != NULL ? verdict->rule->meaning
                                  : "its grade or quantity is missing or out of range");
    }
}

void scheme_add_hazard_item(struct scheme_outcome *outcome,
    const struct scheme_figure_hazard *hazard, struct scheme_item item) {
    if (outcome->hazard_figure == NULL || item.score > outcome->hazard_item.score) {
        outcome->hazard_figure = hazard;
        outcome->hazard_item = item;
    }
    outcome->n_hazard_items++;
}

/* --- figures by their own names --- */

static struct figure *new_figure(
    const struct scheme_request *request, struct assessment *assessment) {
    enum { STEP = 16 };
    struct assessment_more *more = assessment_more(assessment, request->arena);

    if (more->n_figures == more->figures_capacity) {
        struct figure *figures =
            ARENA_NEW(request->arena, struct figure, more->figures_capacity + STEP);
        if (more->n_figures > 0) {
            memcpy(figures, more->figures, more->n_figures * sizeof *figures);
        }
        more->figures = figures;
        more->figures_capacity += STEP;
    }
    return &more->figures[more->n_figures++];
}

void scheme_add_figure(const struct scheme_request *request, struct assessment *assessment,
    const char *name, double value) {
    *new_figure(request, assessment) = (struct figure){.name = name, .value = value};
}

void scheme_add_word(const struct scheme_request *request, struct assessment *assessment,
    const char *name, struct text word) {
    *new_figure(request, assessment) = (struct figure){name, NAN, word};
}

/* --- names --- */

const char *scheme_name(enum scheme scheme) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    return table == NULL ? NULL : table->name;
}

const char *scheme_version(enum scheme scheme) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    return table == NULL ? NULL : table->version;
}

enum scheme scheme_from_name(struct text name) {
    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (scheme_name(scheme) != NULL &&
            text_equal_nocase(name, text_from(scheme_name(scheme)))) {
            return scheme;
        }
    }
    return SCHEME_NONE;
}

enum scheme scheme_of_catalogue(enum catalogue catalogue) {
    static const enum scheme schemes[CATALOGUES] = {
        [CATALOGUE_CJJ181] = SCHEME_CJJ181,
        [CATALOGUE_EN13508] = SCHEME_DWA,
        [CATALOGUE_DB31] = SCHEME_DB31,
        [CATALOGUE_PACP] = SCHEME_PACP,
        [CATALOGUE_MSCC] = SCHEME_WRC,
        [CATALOGUE_WSA05] = SCHEME_WSA05,
    };
    return scheme_built_in.at[schemes[catalogue]] == NULL ? SCHEME_NONE : schemes[catalogue];
}
