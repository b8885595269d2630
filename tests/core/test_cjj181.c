#include <criterion/criterion.h>

#include "core/base.h"
#include "core/scheme/cjj181.h"
#include "tests/core/one_segment.h"

/* --- the tables --- */

/* Typed in again from the facts, apart from the table under test. */
static const struct {
    const char *code;
    double scores[5]; /* by grade from 1; negative ends */
} wanted_scores[] = {
    {"AJ", {0.5, 2, 5, -1}    },
    {"BX", {1, 2, 5, 10, -1}  },
    {"CJ", {0.5, 2, 5, 10, -1}},
    {"CK", {0.5, 2, 5, 10, -1}},
    {"CQ", {1, 3, 5, 10, -1}  },
    {"CR", {0.5, 2, 5, -1}    },
    {"FS", {0.5, 2, 5, -1}    },
    {"FZ", {0, 0, 0, -1}      },
    {"JG", {0.5, 2, 5, 10, -1}},
    {"PL", {0.5, 2, 5, 10, -1}},
    {"QF", {0.5, 2, 5, 10, -1}},
    {"SG", {0.5, 2, 5, 10, -1}},
    {"SL", {0.5, 2, 5, 10, -1}},
    {"TJ", {1, 3, 5, 10, -1}  },
    {"TL", {1, 3, -1}         },
    {"ZW", {0.1, 2, 5, 10, -1}},
};

Test(cjj181, scores_are_those_of_the_standard_and_no_others) {
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(wanted_scores); i++) {
        struct text code = text_from(wanted_scores[i].code);
        int grade = 1;
        for (; wanted_scores[i].scores[grade - 1] >= 0; grade++, n++) {
            const struct scheme_rule *row = scheme_rule_of_grade(&scheme_cjj181, code, grade);
            cr_assert_not_null(row, "%s%d", code.at, grade);
            cr_expect_eq(row->score, wanted_scores[i].scores[grade - 1], "%s%d", code.at, grade);
            enum code_kind kind =
                catalogue_find(CATALOGUE_CJJ181, code, (struct text){0}, (struct text){0})->kind;
            cr_expect_eq(row->group, kind == CODE_STRUCTURAL ? GROUP_STRUCTURAL : GROUP_FUNCTIONAL,
                "%s", code.at);
        }
        cr_expect_null(scheme_rule_of_grade(&scheme_cjj181, code, grade), "%s%d", code.at, grade);
        cr_expect_null(scheme_rule_of_grade(&scheme_cjj181, code, 0), "%s0", code.at);
        cr_expect_null(scheme_rule_of_grade(&scheme_cjj181, code, -1), "%s-1", code.at);
    }
    cr_expect_eq(n, scheme_cjj181.n_rules);
    cr_expect_null(scheme_rule_of_grade(&scheme_cjj181, TEXT("ZZ"), 1));
    cr_expect_not_null(scheme_rule_of_grade(&scheme_cjj181, TEXT("pl"), 1));
}

Test(cjj181, tables_are_sorted_and_unique) {
    for (size_t i = 1; i < scheme_cjj181.n_rules; i++) {
        const struct scheme_rule *a = &scheme_cjj181.rules[i - 1], *b = a + 1;
        int order = strcmp(a->code, b->code);
        cr_expect(order < 0 ? b->from == 1 : order == 0 && b->from == a->from + 1, "%s%g", b->code,
            b->from);
        cr_expect(strstr(b->source, "[S]") != NULL && b->meaning[0] != '\0', "%s", b->code);
    }
    for (size_t i = 0; i < scheme_cjj181.n_classes; i++) {
        const struct scheme_class *row = &scheme_cjj181.classes[i], *before = row - 1;
        if (i == 0 || strcmp(before->figure, row->figure) != 0) {
            cr_expect_lt(row->from, -1e300, "%s leaves no value out", row->figure);
        } else {
            cr_expect_lt(before->from, row->from, "%s", row->figure);
            cr_expect_lt(before->value, row->value, "%s", row->figure);
        }
    }
    for (size_t i = 0; i < scheme_cjj181.n_hazards; i++) {
        const struct scheme_hazard *hazard = &scheme_cjj181.hazards[i];
        cr_expect_not_null(
            scheme_rule_of_grade(&scheme_cjj181, text_from(hazard->code), (int)hazard->from), "%s",
            hazard->code);
    }
}

static const struct {
    const char *figure;
    double value, want;
} limits[] = {
    {"F",  0,            1              },
    {"F",  1,            1              },
    {"F",  1.001,        2              },
    {"F",  3,            2              },
    {"F",  3.001,        3              },
    {"F",  6,            3              },
    {"F",  6.001,        4              },
    {"F",  11,           4              },
    {"G",  1,            1              },
    {"G",  3,            2              },
    {"G",  6,            3              },
    {"G",  6.1,          4              },
    {"RI", 1,            1              },
    {"RI", 1.001,        2              },
    {"RI", 4,            2              },
    {"RI", 4.0000000001, 2              }, /* 0.7 * 5 + 0.5 in binary */
    {"RI", 4.001,        3              },
    {"RI", 7,            3              },
    {"RI", 7.001,        4              },
    {"MI", 1,            1              },
    {"MI", 4,            2              },
    {"MI", 7,            3              },
    {"MI", 7.5,          4              },
    {"SM", 0.0999,       DENSITY_LOCAL  },
    {"SM", 0.1,          DENSITY_PARTIAL},
    {"SM", 0.5,          DENSITY_PARTIAL},
    {"SM", 0.501,        DENSITY_WHOLE  },
    {"YM", 0.1,          DENSITY_PARTIAL},
    {"E",  599,          0              },
    {"E",  600,          3              },
    {"E",  1000,         3              },
    {"E",  1001,         6              },
    {"E",  1500,         6              },
    {"E",  1501,         10             },
};

Test(cjj181, class_limits) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        const struct scheme_class *row =
            scheme_class_of(&scheme_cjj181, limits[i].figure, limits[i].value);
        cr_assert_not_null(row, "%s", limits[i].figure);
        cr_expect_eq(row->value, limits[i].want, "%s %g", limits[i].figure, limits[i].value);
    }
}

Test(cjj181, factors_take_the_values_of_the_tables_only) {
    for (int value = -1; value <= 11; value++) {
        cr_expect_eq(scheme_has_choice(&scheme_cjj181, "K", value),
            value == 0 || value == 3 || value == 6 || value == 10, "K %d", value);
        cr_expect_eq(scheme_has_choice(&scheme_cjj181, "T", value),
            value == 0 || value == 6 || value == 8 || value == 10, "T %d", value);
    }
}

/* --- worked examples: facts/standards/examples.md, section 1 --- */

struct figures {
    size_t n;
    double peak, mean, score;
    int grade;
    double density, index;
    int index_grade;
};

static const struct {
    const char *name;
    double segment_m, diameter_mm;
    const char *defects;
    int k, t;
    struct figures structural, functional;
} examples[] = {
  /* 1.1, the column "standard" */
    {"95",  26.38, 400,  "",                                  10, 0,  {0, 0, 0, 0, 1, 0, 0, 1},             {0, 0, 0, 0, 1, 0, 0, 1}       },
    {"96",  39.52, 600,  "FS1@.01 CK2@2.2 CK2@4.1 CK2@6.5",   10, 0,
     {4, 2, 1.625, 2, 2, .1012, 1.40, 2},                                                                   {0, 0, 0, 0, 1, 0, 0, 1}       },
    {"97",  29.70, 600,  "FS3@.01 CJ3@12.47",                 10, 0,  {1, 5, 5, 5, 3, .0337, 4.65, 3},
     {1, 5, 5, 5, 3, .0337, 5.65, 3}                                                                                                       },
    {"98",  27.59, 800,  "CJ1@.01",                           10, 0,  {0, 0, 0, 0, 1, 0, 0, 1},
     {1, .5, .5, .5, 1, .0362, .40, 1}                                                                                                     },
    {"99",  21.60, 600,  "ZW3@9.31 CJ1@9.31 FS3@.01",         10, 0,  {1, 5, 5, 5, 3, .0463, 4.65, 3},
     {1, 5.5, 5.5, 5.5, 3, .0463, 6.05, 3}                                                                                                 },
    {"100", 47.39, 600,  "PL1@.66 FS1@.01 CK2@4.68 CK2@6.54", 10, 0,
     {3, 2, 1.6667, 2, 2, .0633, 1.40, 2},                                                                  {0, 0, 0, 0, 1, 0, 0, 1}       },
    {"101", 25.63, 600,  "CJ2@.01 PL1@14.6 BX2@19.8 FS3@.01", 10, 0,
     {3, 5, 2.5, 5, 3, .1171, 4.65, 3},                                                                     {1, 2, 2, 2, 2, .0390, 3.25, 2}},
    {"102", 29.61, 800,  "TL1@3.56",                          10, 0,  {1, 1, 1, 1, 1, .0338, .70, 1},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
 /* 1.2 */
    {"V1",  40,    800,  "PL3@10",                            6,  10, {1, 5, 5, 5, 3, .025, 5.75, 3},       {0, 0, 0, 0, 1, 0, 0, 1}       },
    {"V2",  40,    800,  "PL2@10 CK2@11.2",                   3,  0,  {2, 2, 2.2, 2.2, 2, .05, 1.54, 2},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
    {"V3",  40,    800,  "PL2@10 CK2@11.0",                   3,  0,  {1, 4, 4, 4, 3, .025, 3.25, 2},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
    {"V4",  40,    800,  "PL4@10 SL4@10.5",                   10, 10, {1, 10, 10, 10, 4, .025, 9.65, 4},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
    {"V5",  30,    500,  "PL2@5 CK3@5.4 TJ2@6.6 SL1@20",      6,  8,  {3, 7, 3.8333, 7, 4, .1, 6.70, 3},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
    {"V6",  50,    1600, "FS3@0-50",                          10, 10, {1, 5, 5, 5, 3, 1, 6.50, 3},          {0, 0, 0, 0, 1, 0, 0, 1}       },
    {"V7",  25,    1200, "TJ4@3 CK3@4.3 PL3@5.6",             6,  10, {3, 10, 7.3333, 10, 4, .12, 9.40, 4},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
    {"V8",  20,    300,  "CJ4@2-18 JG2@19",                   3,  0,  {0, 0, 0, 0, 1, 0, 0, 1},
     {1, 10, 10, 10, 4, .85, 8.0, 4}                                                                                                       },
    {"V9",  35,    1000, "PL1@1 PL1@3 PL1@5 PL1@7 PL1@9",     6,  10, {5, .5, .5, .5, 1, .1429, 1.85, 2},
     {0, 0, 0, 0, 1, 0, 0, 1}                                                                                                              },
};

static void expect(const char *name, const struct condition *got, const struct figures *want) {
    cr_expect_eq(
        got->n_plain + got->n_close, want->n, "%s: n %d", name, got->n_plain + got->n_close);
    cr_expect_float_eq(got->peak, want->peak, 5e-5, "%s: peak %g", name, got->peak);
    cr_expect_float_eq(got->mean, want->mean, 5e-5, "%s: mean %g", name, got->mean);
    cr_expect_float_eq(got->score, want->score, 5e-5, "%s: score %g", name, got->score);
    cr_expect_eq(got->grade, GRADE_0 + want->grade, "%s: grade %d", name, grade_number(got->grade));
    cr_expect_float_eq(got->density, want->density, 5e-5, "%s: density %g", name, got->density);
    cr_expect_float_eq(got->index, want->index, 5e-5, "%s: index %g", name, got->index);
    cr_expect_eq(got->index_grade, GRADE_0 + want->index_grade, "%s: class %d", name,
        grade_number(got->index_grade));
}

Test(cjj181, worked_examples) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        struct one_segment one;

        one_segment_build(
            &one, examples[i].segment_m, examples[i].diameter_mm, examples[i].k, examples[i].t);
        one_segment_log(&one, examples[i].defects);
        struct assessment got = one_segment_assess(&one);
        expect(examples[i].name, &got.structural, &examples[i].structural);
        expect(examples[i].name, &got.functional, &examples[i].functional);
        one_segment_release(&one);
    }
}

/* The column MIg, and V8's second figure: K and E are zero when G < 4. */
static const struct {
    const char *name;
    double segment_m, diameter_mm;
    const char *defects;
    int k;
    double printed, by_g;
} zero_rules[] = {
    {"95",  26.38, 400, "",                                  10, 0,    0   },
    {"96",  39.52, 600, "FS1@.01 CK2@2.2 CK2@4.1 CK2@6.5",   10, 0,    0   },
    {"97",  29.70, 600, "FS3@.01 CJ3@12.47",                 10, 5.65, 5.65},
    {"98",  27.59, 800, "CJ1@.01",                           10, .40,  .40 },
    {"99",  21.60, 600, "ZW3@9.31 CJ1@9.31 FS3@.01",         10, 6.05, 6.05},
    {"101", 25.63, 600, "CJ2@.01 PL1@14.6 BX2@19.8 FS3@.01", 10, 3.25, 1.60},
    {"V8",  20,    300, "CJ4@2-18 JG2@19",                   3,  8.0,  8.45},
};

Test(cjj181, both_zero_rules_of_the_maintenance_index) {
    for (size_t i = 0; i < ARRAY_LEN(zero_rules); i++) {
        for (int rule = ZERO_RULE_F; rule <= ZERO_RULE_G; rule++) {
            struct one_segment one;
            one_segment_build(
                &one, zero_rules[i].segment_m, zero_rules[i].diameter_mm, zero_rules[i].k, 0);
            one_segment_log(&one, zero_rules[i].defects);
            one.options.zero_rule = (enum zero_rule)rule;
            struct assessment got = one_segment_assess(&one);
            cr_expect_float_eq(got.functional.index,
                rule == ZERO_RULE_F ? zero_rules[i].printed : zero_rules[i].by_g, 5e-5,
                "%s, rule %d: %g", zero_rules[i].name, rule, got.functional.index);
            one_segment_release(&one);
        }
    }
}

/* --- the open points --- */

static const struct {
    const char *name;
    const char *defects;
    struct assess_options by_default, other;
    double score[2], mean[2], density[2]; /* with the default, with the other */
    size_t n[2];
} open_points[] = {
    {"a chain of 0.8 m gaps is one item, or two by a window of 1 m",  "PL2@10 PL2@10.8 PL2@11.6",
     {.merge_continuous = true},                                                                                                    {.merge_continuous = true, .merge_rule = MERGE_WINDOW},     {6, 4},
     {6, 3.3},                                                                                                                                                                                                        {1.6 / 40, (1.1 * 4 + 1.1 * 2) / (3.3 * 40)},                 {1, 2}},
    {"both of a 1.2 m gap count 1.1, or only the second",             "PL2@10 CK2@11.2",
     {.merge_continuous = true},                                                                                                    {.merge_continuous = true, .spacing_rule = SPACING_SECOND},
     {2.2, 2.1},                                                                                                                                                                                          {2.2, 2.1}, {.05, .05},                                                   {2, 2}},
    {"a merged item is as long as its extent, or 1 m",                "PL2@10 PL2@11 PL2@12 CK3@20-25",
     {.merge_continuous = true},                                                                                                    {.merge_continuous = true, .merged_length = MERGED_METRE},
     {6, 6},                                                                                                                                                                                              {5.5, 5.5}, {(6 * 2 + 5 * 5) / (5.5 * 40), (6 * 1 + 5 * 5) / (5.5 * 40)}, {2, 2}},
    {"a long defect merges with a point at its end, or stands alone", "FS3@10-20 CK2@20.5",
     {.merge_continuous = true},                                                                                                    {.merge_continuous = false},                                {7, 5},   {7, 3.85},
     {10.5 / 40, (5.5 * 10 + 2.2) / (3.85 * 40)},                                                                                                                                                                                                                                   {1, 2}},
    {"F passes 10 by alpha, or is capped",                            "PL4@10 CK4@11.2",                {.merge_continuous = true},
     {.merge_continuous = true, .cap_score = true},                                                                                                                                             {11, 10}, {11, 11},   {.05, .05},                                                   {2, 2}},
};

Test(cjj181, each_open_point_changes_a_figure) {
    for (size_t i = 0; i < ARRAY_LEN(open_points); i++) {
        for (size_t k = 0; k < 2; k++) {
            struct one_segment one;
            one_segment_build(&one, 40, 800, 0, 0);
            one_segment_log(&one, open_points[i].defects);
            one.options = k == 0 ? open_points[i].by_default : open_points[i].other;
            one.options.schemes = &scheme_built_in;
            struct condition got = one_segment_assess(&one).structural;
            const char *name = open_points[i].name;
            cr_expect_float_eq(
                got.score, open_points[i].score[k], 1e-9, "%s: %zu: F %g", name, k, got.score);
            cr_expect_float_eq(
                got.mean, open_points[i].mean[k], 1e-9, "%s: %zu: S %g", name, k, got.mean);
            cr_expect_float_eq(got.density, open_points[i].density[k], 1e-9, "%s: %zu: SM %g", name,
                k, got.density);
            cr_expect_eq(got.n_plain + got.n_close, open_points[i].n[k], "%s: %zu", name, k);
            one_segment_release(&one);
        }
    }
}

Test(cjj181, the_defaults_are_the_first_of_each_open_point) {
    cr_expect_eq(assess_defaults.zero_rule, ZERO_RULE_F);
    cr_expect_eq(assess_defaults.merge_rule, MERGE_CHAINED);
    cr_expect_eq(assess_defaults.spacing_rule, SPACING_BOTH);
    cr_expect_eq(assess_defaults.merged_length, MERGED_EXTENT);
    cr_expect(assess_defaults.merge_continuous);
    cr_expect_not(assess_defaults.cap_score);
    cr_expect_not(assess_defaults.index_without_defects);
}

Test(cjj181, without_functional_defects_the_maintenance_index_is_0_or_by_the_letter) {
    for (int by_letter = 0; by_letter <= 1; by_letter++) {
        struct one_segment one;
        one_segment_build(&one, 40, 800, 6, 10);
        one_segment_log(&one, "PL3@10");
        one.options.index_without_defects = by_letter;
        double got = one_segment_assess(&one).functional.index;
        cr_expect_float_eq(got, by_letter ? 0.15 * 6 + 0.05 * 3 : 0, 1e-9, "%g", got);
        one_segment_release(&one);
    }
}

/* --- spacing, length, zero rules --- */

static struct condition condition_of(
    const struct scored_defect *defects, size_t n, double segment_m) {
    struct scheme_item worst;

    return cjj181_condition(&(struct condition_request){defects, n, segment_m, &assess_defaults,
                                &scheme_cjj181, "F", "SM", NULL},
        &worst);
}

static const struct {
    const char *name;
    double gap_m;
    size_t n_plain, n_close;
} gaps[] = {
    {"at one place",          0,     1, 0},
    {"exactly 1.0 m merges",  1.0,   1, 0},
    {"just over 1.0 m",       1.001, 0, 2},
    {"exactly 1.5 m is near", 1.5,   0, 2},
    {"just over 1.5 m",       1.501, 2, 0},
};

Test(cjj181, spacing) {
    const double starts[] = {0, 3.3, 10, 1234.1};

    for (size_t i = 0; i < ARRAY_LEN(gaps); i++) {
        for (size_t k = 0; k < ARRAY_LEN(starts); k++) {
            double second = starts[k] + gaps[i].gap_m;
            struct scored_defect defects[] = {
                {starts[k], starts[k], 2},
                {second,    second,    2}
            };
            struct condition got = condition_of(defects, 2, 2000);
            cr_expect_eq(got.n_plain, gaps[i].n_plain, "%s at %g", gaps[i].name, starts[k]);
            cr_expect_eq(got.n_close, gaps[i].n_close, "%s at %g", gaps[i].name, starts[k]);
        }
    }
}

Test(cjj181, spacing_is_measured_from_the_end_of_a_long_defect) {
    struct scored_defect defects[] = {
        {10,   14,   2},
        {15.2, 15.2, 2}
    };
    struct condition got = condition_of(defects, 2, 40);

    cr_expect_eq(got.n_close, 2);
    cr_expect_float_eq(got.density, (2 * 4 + 2 * 1) * 1.1 / (2.2 * 40), 1e-9);
}

Test(cjj181, a_segment_without_length_has_no_density) {
    const double lengths[] = {0, -1, NAN};
    struct scored_defect defects[] = {
        {0, 0, 2}
    };

    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        struct condition got = condition_of(defects, 1, lengths[i]);
        cr_expect(isnan(got.density));
        cr_expect_eq(got.density_type, DENSITY_NONE);
        cr_expect_eq(got.score, 2);
    }
}

Test(cjj181, a_hundred_thousand_defects_are_no_trouble) {
    enum { MANY = 100000 };
    static struct scored_defect defects[MANY];

    for (size_t i = 0; i < MANY; i++) {
        defects[i] = (struct scored_defect){(double)i * 2, (double)i * 2, 2};
    }
    struct condition got = condition_of(defects, MANY, 2 * MANY);
    cr_expect_eq(got.n_plain, UINT16_MAX);
    cr_expect_float_eq(got.mean, 2, 1e-9);
    cr_expect_float_eq(got.density, 0.5, 1e-9);
}

static const struct {
    const char *name, *defects;
    double diameter_mm;
    int k, t;
    int used_k, used_e, used_t;
} used[] = {
    {"K and E from F = 4 on",    "PL2@10 CK2@11", 800,  6, 10, 6, 3,  10},
    {"below F = 4 only T",       "TJ2@10",        800,  6, 10, 0, 0,  10},
    {"without a defect nothing", "",              800,  6, 10, 0, 0,  0 },
    {"functional ones only",     "CJ4@10",        800,  6, 10, 0, 0,  0 },
    {"no diameter, no E",        "PL4@10",        NAN,  6, 10, 6, 0,  10},
    {"E of a large pipe",        "PL4@10",        1501, 6, 10, 6, 10, 10},
};

Test(cjj181, factors_as_used) {
    for (size_t i = 0; i < ARRAY_LEN(used); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, used[i].diameter_mm, used[i].k, used[i].t);
        one_segment_log(&one, used[i].defects);
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(
            got.area_importance, used[i].used_k, "%s: K %d", used[i].name, got.area_importance);
        cr_expect_eq(
            got.pipe_importance, used[i].used_e, "%s: E %d", used[i].name, got.pipe_importance);
        cr_expect_eq(
            got.soil_influence, used[i].used_t, "%s: T %d", used[i].name, got.soil_influence);
        one_segment_release(&one);
    }
}

static const struct {
    const char *name;
    double width_mm, height_mm;
    const char *shape;
    double want_mm;
} sections[] = {
    {"round",               800,  NAN,  NULL,         800    },
    {"round with a height", 800,  800,  "circular",   800    },
    {"a box",               2700, 2600, NULL,         2989.68},
    {"a box by its word",   1000, 1000, "矩形",     1128.38},
    {"an egg 3:2",          800,  1200, "Egg",        967.62 },
    {"an oval",             800,  1200, "椭圆形",  979.80 },
    {"an arch",             1000, 1000, "拱形",     1066.31},
    {"a mouth",             1000, 750,  "Maulprofil", 868.56 },
    {"no width",            NAN,  600,  NULL,         NAN    },
    {"a width of nothing",  0,    0,    NULL,         NAN    },
};

Test(cjj181, equivalent_diameter) {
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        double got = equivalent_diameter_mm(
            sections[i].width_mm, sections[i].height_mm, text_from(sections[i].shape));
        if (isnan(sections[i].want_mm)) {
            cr_expect(isnan(got), "%s", sections[i].name);
        } else {
            cr_expect_float_eq(got, sections[i].want_mm, 0.01, "%s: %g", sections[i].name, got);
        }
    }
}

/* --- scores within 1 m that reach 10 stand for collapse --- */

static const struct {
    const char *name, *defects, *collapse; /* NULL: no hazard */
    int t;
} sums[] = {
    {"5 and 5 at one place",            "PL3@10 CK3@10",                        "CK3+PL3 at 10.0 m (scores within 1 m reach 10)", 0},
    {"exactly 1 m apart",               "PL3@10 CK3@11",                        "PL3+CK3 at 10.0 m (scores within 1 m reach 10)", 0},
    {"more than 1 m apart",             "PL3@10 CK3@11.1",                      NULL,                                             0},
    {"a chain longer than 1 m",         "PL2@1 PL2@2 PL2@3 PL3@4",              NULL,                                             0},
    {"8 are not 10",                    "PL3@10 TJ2@10.2",                      NULL,                                             0},
    {"functional ones do not collapse", "CJ3@10 ZW3@10",                        NULL,                                             0},
    {"a hazard of its own is enough",   "PL4@10 CK3@10.5",                      "PL4 at 10.0 m (collapse)",                       0},
    {"two places",                      "PL3@10 CK3@10 PL3@30 CK3@30 FS3@30.5",
     "CK3+PL3+FS3 at 30.0 m (scores within 1 m reach 10) and 1 more",                                                             0},
    {"a long one reaches into it",      "FS3@0-20 PL3@15",
     "FS3+PL3 at 15.0 m (scores within 1 m reach 10)",                                                                            0},
};

Test(cjj181, sums_within_a_metre_are_a_collapse_hazard) {
    for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
        struct one_segment one;
        size_t n_flagged = 0;
        one_segment_build(&one, 40, 800, 0, sums[i].t);
        one_segment_log(&one, sums[i].defects);
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(got.is_collapse_hazard, sums[i].collapse != NULL, "%s", sums[i].name);
        cr_expect(text_equal(got.collapse_reason, text_from(sums[i].collapse)), "%s: '%.*s'",
            sums[i].name, TEXT_ARGS(got.collapse_reason));
        for (size_t k = 0; k < one.survey.n_observations; k++) {
            n_flagged += one.survey.observations[k].is_collapse_hazard;
        }
        cr_expect_eq(n_flagged > 0, sums[i].collapse != NULL, "%s: the map shows it", sums[i].name);
        one_segment_release(&one);
    }
}
