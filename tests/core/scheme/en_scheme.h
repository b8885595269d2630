#pragma once
/* What the tests of the schemes for codes of EN 13508-2 share: single defects, the shape of the
 * tables, and logs made up by a fixed rule. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "core/base.h"
#include "core/scheme/en_common.h"
#include "tests/core/one_segment.h"

/* --- one defect --- */

enum { NONE = -1, CASE = -2, OPEN = -3 }; /* no class; left to an engineer; undecided */

/* The classes of one defect. */
struct en_single {
    const char *defect;   /* as one_segment_log_en has them, without a place */
    double diameter_mm;   /* NAN: unknown */
    const char *material; /* NULL: unknown */
    int d, s, b;
};

static inline int en_as_number(uint8_t grade) {
    return grade == GRADE_UNSET       ? NONE
           : grade == GRADE_CASE      ? CASE
           : grade == GRADE_UNDECIDED ? OPEN
                                      : grade_number(grade);
}

static inline void en_expect_single(enum scheme scheme, const struct en_single *single) {
    struct one_segment one;
    char log[64];

    one_segment_build(&one, 40, single->diameter_mm, 0, 0);
    one_segment_of(&one, single->material);
    one.options.scheme = scheme;
    snprintf(log, sizeof log, "%s@10", single->defect);
    one_segment_log_en(&one, log);
    struct assessment got = one_segment_assess(&one);
    const uint8_t *grades = one.survey.observations[0].grades;
    const char *name = single->defect;
    cr_expect_eq(got.scheme, scheme);
    cr_expect_eq(en_as_number(grades[GROUP_TIGHTNESS]), single->d, "%s DN %g %s: D %d", name,
        single->diameter_mm, single->material, en_as_number(grades[GROUP_TIGHTNESS]));
    cr_expect_eq(en_as_number(grades[GROUP_STRUCTURAL]), single->s, "%s DN %g %s: S %d", name,
        single->diameter_mm, single->material, en_as_number(grades[GROUP_STRUCTURAL]));
    cr_expect_eq(en_as_number(grades[GROUP_FUNCTIONAL]), single->b, "%s DN %g %s: B %d", name,
        single->diameter_mm, single->material, en_as_number(grades[GROUP_FUNCTIONAL]));
    bool is_open = single->d == OPEN || single->s == OPEN || single->b == OPEN;
    bool is_case = single->d == CASE || single->s == CASE || single->b == CASE;
    bool is_none = single->d == NONE && single->s == NONE && single->b == NONE;
    if (is_open) {
        cr_expect_eq(got.n_ungraded, 1, "%s", name);
        cr_expect_gt(one.findings.n, 0, "%s", name);
        cr_expect_eq(one.findings.at[0].kind, FINDING_NOT_GRADED, "%s", name);
    }
    if (is_case && !is_open) {
        cr_expect_eq(got.n_open_cases, 1, "%s", name);
        cr_expect_eq(one.findings.at[0].kind, FINDING_OPEN_CASE, "%s", name);
    }
    if (is_open || is_case) {
        cr_expect_leq(got.priority, 4, "%s: what is open is never `none`", name);
    } else if (!is_none) {
        cr_expect_eq(got.n_ungraded + got.n_open_cases, 0, "%s", name);
    }
    one_segment_release(&one);
}

/* --- the tables --- */

static inline void en_expect_tidy(const struct scheme_table *table, size_t n_rules) {
    cr_expect_eq(table->n_rules, n_rules, "%zu rows", table->n_rules);
    for (size_t i = 0; i < table->n_rules; i++) {
        const struct scheme_rule *rule = &table->rules[i];
        cr_expect_not_null(catalogue_find(CATALOGUE_EN13508, text_from(rule->code),
                               (struct text){0}, (struct text){0}),
            "%s", rule->code);
        cr_expect(i == 0 || strcmp(rule[-1].code, rule->code) <= 0, "%s", rule->code);
        cr_expect(
            strstr(rule->source, "[S]") != NULL && rule->meaning[0] != '\0', "%s", rule->code);
        cr_expect(rule->measure == MEASURE_NONE || rule->from < rule->to, "%s", rule->code);
        cr_expect(rule->dn_over_mm < rule->dn_to_mm, "%s", rule->code);
        if (grade_is_number(rule->grade)) {
            cr_expect_gt(scheme_priority_of(table, "defect", rule->grade), 0, "%s", rule->code);
        }
    }
    for (size_t i = 1; i < table->n_classes; i++) {
        const struct scheme_class *row = &table->classes[i];
        cr_expect(strcmp(row[-1].figure, row->figure) != 0 || row[-1].from < row->from, "%s",
            row->figure);
    }
    for (size_t i = 0; i < table->n_hazards; i++) {
        const struct scheme_hazard *hazard = &table->hazards[i];
        cr_expect_not_null(catalogue_find(CATALOGUE_EN13508, text_from(hazard->code),
                               (struct text){0}, (struct text){0}),
            "%s", hazard->code);
    }
}

/* --- hazards --- */

struct en_hazard {
    const char *defect;
    double diameter_mm;
    const char *meaning; /* NULL: none */
};

static inline void en_expect_hazard(enum scheme scheme, const struct en_hazard *want) {
    struct one_segment one;
    char log[64], words[128];

    one_segment_build(&one, 40, want->diameter_mm, 0, 0);
    one.options.scheme = scheme;
    snprintf(log, sizeof log, "%s@10", want->defect);
    one_segment_log_en(&one, log);
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(
        got.is_collapse_hazard, want->meaning != NULL, "%s DN %g", want->defect, want->diameter_mm);
    cr_expect((got.priority == 1) == (want->meaning != NULL), "%s", want->defect);
    if (want->meaning != NULL) {
        snprintf(words, sizeof words, "(%s)", want->meaning);
        cr_expect(text_contains(got.collapse_reason, text_from(words)), "%s: '%.*s'", want->defect,
            TEXT_ARGS(got.collapse_reason));
    }
    one_segment_release(&one);
}

/* What all three schemes have. */
static const struct en_hazard en_hazards[] = {
    {"BACC",     300, "collapse"           },
    {"BACB",     300, "wall missing"       },
    {"BACA",     300, NULL                 },
    {"BADD",     300, "collapsed brickwork"},
    {"BADC",     300, NULL                 },
    {"BAO",      300, "soil visible"       },
    {"BAP",      300, "void visible"       },
    {"BBDA=5",   300, "soil coming in"     },
    {"BBD",      300, "soil coming in"     },
    {"BBFD",     300, "water gushing in"   },
    {"BBFC",     300, NULL                 },
    {"BABCA",    300, NULL                 },
    {"BABCB=40", 300, NULL                 },
    {"BABBA=40", 300, NULL                 },
    {"BABCA=30", 300, "wide open fracture" },
    {"BABCE=30", NAN, "wide open fracture" },
};

/* --- logs made up by a fixed rule --- */

struct en_log {
    struct {
        const char *code;
        double quantity, from_m, to_m; /* quantity NAN: none */
        int clock_from, clock_to;
        bool is_joint;
    } rows[12];
    size_t n;
    uint32_t site; /* what is known about the pipe */
};

enum en_change { EN_AS_IT_IS, EN_BACKWARDS, EN_MIRRORED, EN_WITHOUT_LAST };

static inline uint32_t en_next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static inline struct en_log en_make_up(uint32_t seed, double length_m) {
    static const char *const codes[] = {"BAAA", "BABBA", "BABCA", "BABCC", "BABAB", "BACA", "BACB",
        "BAFCA", "BAFEA", "BAF", "BAG", "BAHA", "BAHZ", "BAJA", "BAJB", "BAJC", "BAO", "BBAB",
        "BBBA", "BBCC", "BBFA", "BBFD", "BBHA", "BDBA", "BCAA", "BAE"};
    static const double quantities[] = {NAN, 0, 0.4, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100};
    struct en_log log = {0};

    log.n = en_next(&seed) % ARRAY_LEN(log.rows);
    log.site = en_next(&seed);
    for (size_t i = 0; i < log.n; i++) {
        double from = en_next(&seed) % (uint32_t)(length_m * 10) / 10.0;
        bool is_long = en_next(&seed) % 4 == 0;
        log.rows[i].code = codes[en_next(&seed) % ARRAY_LEN(codes)];
        log.rows[i].quantity = quantities[en_next(&seed) % ARRAY_LEN(quantities)];
        log.rows[i].from_m = from;
        log.rows[i].to_m = is_long ? fmin(from + en_next(&seed) % 60 / 10.0, length_m) : from;
        log.rows[i].clock_from = (int)(en_next(&seed) % 13);
        log.rows[i].clock_to = log.rows[i].clock_from == 0 ? 0 : (int)(en_next(&seed) % 13);
        log.rows[i].is_joint = en_next(&seed) % 2 == 0;
    }
    return log;
}

/* The hour seen from the other end. */
static inline int en_mirrored_hour(int hour) {
    return hour == 0 ? 0 : 12 - hour % 12;
}

static inline size_t en_put_row(const struct en_log *log, size_t row, double length_m,
    enum en_change change, char *text, size_t size) {
    double from = log->rows[row].from_m, to = log->rows[row].to_m;
    int clock_from = log->rows[row].clock_from, clock_to = log->rows[row].clock_to;
    int n = snprintf(text, size, "%s", log->rows[row].code);

    if (!isnan(log->rows[row].quantity)) {
        n += snprintf(text + n, size - (size_t)n, "=%g", log->rows[row].quantity);
    }
    if (change == EN_MIRRORED) {
        from = length_m - log->rows[row].to_m;
        to = length_m - log->rows[row].from_m;
        clock_from = en_mirrored_hour(clock_to != 0 ? clock_to : clock_from);
        clock_to = clock_to == 0 ? 0 : en_mirrored_hour(log->rows[row].clock_from);
    }
    n += snprintf(text + n, size - (size_t)n, "@%.17g-%.17g", from, to);
    if (clock_from != 0) {
        n += snprintf(text + n, size - (size_t)n, "c%d-%d", clock_from, clock_to);
    }
    n += snprintf(text + n, size - (size_t)n, "%s ", log->rows[row].is_joint ? "j" : "");
    return (size_t)n;
}

static inline struct assessment en_assess_made_up(struct one_segment *one, enum scheme scheme,
    const struct en_log *log, double length_m, enum en_change change) {
    static const char *const materials[] = {"concrete", "PVC", NULL};
    char text[2000] = "";
    size_t n = 0, n_rows = change == EN_WITHOUT_LAST ? log->n - 1 : log->n;

    for (size_t i = 0; i < n_rows; i++) {
        size_t row = change == EN_BACKWARDS ? n_rows - 1 - i : i;
        n += en_put_row(log, row, length_m, change, text + n, sizeof text - n);
    }
    double diameter_mm = log->site % 7 == 0 ? (double)NAN : (double)(200 + log->site % 9 * 100);
    one_segment_build(one, length_m, diameter_mm, 0, 0);
    one_segment_of(one, materials[log->site % 3]);
    struct segment *segment = &one->network.segments[0];
    segment->year_built = (int16_t)(log->site % 2 == 0 ? 0 : 1950 + log->site % 40);
    segment->system = (uint8_t)(log->site % 4);
    segment->groundwater = (uint8_t)(log->site / 4 % 4);
    segment->protection_zone = (uint8_t)(log->site / 16 % 6);
    segment->soil_group = (uint8_t)(log->site / 64 % 5);
    segment->capacity_is_short = (uint8_t)(log->site / 256 % 3);
    one->options.scheme = scheme;
    one_segment_log_en(one, text);
    return one_segment_assess(one);
}

static inline void en_expect_same_condition(
    const struct condition *a, const struct condition *b, uint32_t seed) {
    cr_expect(isnan(a->score) == isnan(b->score), "seed %u", seed);
    cr_expect(isnan(a->score) || fabs(a->score - b->score) < 1e-9, "seed %u", seed);
    cr_expect(isnan(a->index) == isnan(b->index), "seed %u", seed);
    cr_expect(isnan(a->index) || fabs(a->index - b->index) < 1e-9, "seed %u: %.12g %.12g", seed,
        a->index, b->index);
    cr_expect_eq(a->grade, b->grade, "seed %u", seed);
    cr_expect_eq(a->index_grade, b->index_grade, "seed %u", seed);
}

static inline void en_expect_same(
    const struct assessment *a, const struct assessment *b, uint32_t seed) {
    en_expect_same_condition(&a->structural, &b->structural, seed);
    en_expect_same_condition(&a->functional, &b->functional, seed);
    for (size_t i = 0; i < a->more->n_figures; i++) {
        double x = a->more->figures[i].value;
        double y = one_segment_figure(b, a->more->figures[i].name);
        cr_expect(isnan(x) == isnan(y) && (isnan(x) || fabs(x - y) < 1e-9), "seed %u: %s", seed,
            a->more->figures[i].name);
    }
    cr_expect_eq(a->priority, b->priority, "seed %u", seed);
    cr_expect_float_eq(a->urgency, b->urgency, 1e-6, "seed %u", seed);
    cr_expect(a->urgency >= 0 && a->urgency < 2.5F, "seed %u: urgency %g", seed, a->urgency);
    cr_expect_eq(a->is_collapse_hazard, b->is_collapse_hazard, "seed %u", seed);
    cr_expect_eq(a->n_ungraded, b->n_ungraded, "seed %u", seed);
    cr_expect_eq(a->n_open_cases, b->n_open_cases, "seed %u", seed);
}

enum { EN_SEEDS = 2000 };

/* The order of the observations does not matter, nor which end the pipe was drawn from. */
static inline void en_expect_symmetry(enum scheme scheme) {
    for (uint32_t seed = 1; seed <= EN_SEEDS; seed++) {
        struct en_log log = en_make_up(seed, 14.7);
        struct one_segment one, backwards, mirrored;
        struct assessment a = en_assess_made_up(&one, scheme, &log, 14.7, EN_AS_IT_IS);
        struct assessment b = en_assess_made_up(&backwards, scheme, &log, 14.7, EN_BACKWARDS);
        struct assessment c = en_assess_made_up(&mirrored, scheme, &log, 14.7, EN_MIRRORED);
        en_expect_same(&a, &b, seed);
        en_expect_same(&a, &c, seed);
        cr_expect(text_equal(a.priority_reason, b.priority_reason), "seed %u: '%.*s' '%.*s'", seed,
            TEXT_ARGS(a.priority_reason), TEXT_ARGS(b.priority_reason));
        one_segment_release(&one);
        one_segment_release(&backwards);
        one_segment_release(&mirrored);
    }
}

/* One more defect never makes a class, the priority or the hazard better; `is_no_better` judges the
 * scheme's own figures, before and after, and says whether they hold. */
static inline void en_expect_growth(enum scheme scheme,
    bool (*is_no_better)(const struct assessment *before, const struct assessment *after)) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    for (uint32_t seed = 1; seed <= EN_SEEDS; seed++) {
        struct en_log log = en_make_up(seed, 15);
        if (log.n == 0) {
            continue;
        }
        struct one_segment one, other;
        struct assessment b = en_assess_made_up(&one, scheme, &log, 15, EN_WITHOUT_LAST);
        struct assessment a = en_assess_made_up(&other, scheme, &log, 15, EN_AS_IT_IS);
        const uint8_t grades[][2] = {
            {b.structural.grade, a.structural.grade},
            {b.functional.grade, a.functional.grade},
        };
        for (size_t i = 0; i < ARRAY_LEN(grades); i++) {
            bool both = grade_is_number(grades[i][0]) && grade_is_number(grades[i][1]);
            cr_expect(!both || scheme_worst(table, grades[i][0], grades[i][1]) == grades[i][1],
                "seed %u: class %d, then %d", seed, grades[i][0], grades[i][1]);
        }
        cr_expect_leq(
            a.priority, b.priority, "seed %u: priority %d, then %d", seed, b.priority, a.priority);
        cr_expect_geq(a.is_collapse_hazard, b.is_collapse_hazard, "seed %u", seed);
        cr_expect(is_no_better(&b, &a), "seed %u: index %g, then %g", seed, b.structural.index,
            a.structural.index);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

/* Does the trace say it? */
static inline bool en_is_said(const struct trace *trace, const char *words) {
    for (size_t i = 0; i < trace->n; i++) {
        if (text_contains(trace->at[i], text_from(words))) {
            return true;
        }
    }
    return false;
}
