#include "core/scheme/wsa05.h"

#include "tests/core/scheme/made_up.h"

/* No source tells the scores of its codes, so that the arithmetic is tested with a table of made-up
 * ones on top of the real classes. */
#define SCORE(code_, score_, group_)                                                      \
    {                                                                                     \
        .code = code_, .dn_over_mm = -INFINITY, .dn_to_mm = INFINITY, .score = score_,    \
        .meaning = "made up", .source = "[U]", .group = GROUP_##group_, .grade = GRADE_1, \
        .is_counted = true,                                                               \
    }
static const struct scheme_rule made_up_rules[] = {
    SCORE("B", 80, STRUCTURAL),
    SCORE("CC", 5, STRUCTURAL),
    SCORE("CL", 10, STRUCTURAL),
    SCORE("CM", 20, STRUCTURAL),
    SCORE("DES", 5, FUNCTIONAL),
    SCORE("OB", 10, FUNCTIONAL),
    SCORE("RF", 80, FUNCTIONAL),
    SCORE("RM", 30, FUNCTIONAL),
};

static struct scheme_table table;
static struct scheme_set set;

static void use_made_up_scores(struct assess_options *options) {
    table = scheme_wsa05;
    table.rules = made_up_rules;
    table.n_rules = ARRAY_LEN(made_up_rules);
    set = scheme_built_in;
    set.at[SCHEME_WSA05] = &table;
    options->schemes = &set;
}

static struct assessment assess(struct one_segment *one, const char *defects, double segment_m) {
    one_segment_build(one, segment_m, NAN, 0, 0);
    one->survey.catalogue = CATALOGUE_WSA05;
    use_made_up_scores(&one->options);
    one_segment_log(one, defects);
    return one_segment_assess(one);
}

Test(wsa05, tables_are_whole) {
    expect_whole_table(&scheme_wsa05, CATALOGUE_WSA05);
    cr_expect(scheme_takes(&scheme_wsa05, CATALOGUE_WSA05));
    cr_expect_not(scheme_takes(&scheme_wsa05, CATALOGUE_MSCC), "its scores are on another scale");
}

static const struct {
    const char *figure;
    double value, want;
} limits[] = {
    {"structural peak", 0,     1},
    {"structural peak", 5,     1},
    {"structural peak", 5.01,  2},
    {"structural peak", 15,    2},
    {"structural peak", 40,    3},
    {"structural peak", 40.1,  4},
    {"structural peak", 60,    4},
    {"structural peak", 60.1,  5},
    {"structural mean", 1,     1},
    {"structural mean", 1.01,  2},
    {"structural mean", 3,     2},
    {"structural mean", 5,     3},
    {"structural mean", 10,    4},
    {"structural mean", 10.01, 5},
};

Test(wsa05, class_limits) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        cr_expect_eq(scheme_grade_of(&scheme_wsa05, limits[i].figure, limits[i].value),
            GRADE_0 + limits[i].want, "%s %g", limits[i].figure, limits[i].value);
    }
}

/* --- the worked example: facts/standards/examples.md, section 5 --- */

Test(wsa05, the_worked_example) {
    struct one_segment one;
    struct assessment got =
        assess(&one, "CC@2 CL@8 CM@14 CM@30 DES@1 OB@5 OB@9 OB@13 RF@20 RM@28", 36.5);
    const struct condition *s = &got.structural, *f = &got.functional;

    cr_expect_eq(s->score, 55);
    cr_expect_float_eq(s->mean, 1.51, 0.005);
    cr_expect_eq(s->peak, 20);
    cr_expect_float_eq(one_segment_figure(&got, "structural_average"), 13.75, 1e-9);
    cr_expect_eq(scheme_grade_of(&table, "structural peak", s->peak), GRADE_3);
    cr_expect_eq(scheme_grade_of(&table, "structural mean", s->mean), GRADE_2);
    cr_expect_eq(s->grade, GRADE_3, "the worse of both");

    cr_expect_eq(f->score, 145);
    cr_expect_float_eq(f->mean, 3.97, 0.005);
    cr_expect_eq(f->peak, 80);
    cr_expect_float_eq(one_segment_figure(&got, "service_average"), 24.17, 0.005);
    cr_expect_eq(f->grade, GRADE_UNDECIDED, "its classes were not found");
    cr_expect_eq(got.priority, 4);
    one_segment_release(&one);
}

Test(wsa05, the_mean_can_be_the_worse) {
    struct one_segment one;
    struct assessment got = assess(&one, "CC@0-10", 10);

    cr_expect_eq(got.structural.peak, 5);
    cr_expect_eq(got.structural.mean, 5);
    cr_expect_eq(got.structural.grade, GRADE_3);
    cr_expect_not(got.diameter_is_missing, "nobody asks for it");
    one_segment_release(&one);
}

static const struct {
    const char *defects;
    double segment_m;
    int priority;
    const char *reason;
} reasons[] = {
    {"",                 40, 5, "no defects"                                       },
    {"CC@5",             40, 5, "structural peak 5.0 (grade 1): CC at 5.0 m"       },
    {"CM@5",             40, 4, "structural peak 20.0 (grade 3): CM at 5.0 m"      },
    {"CM@5 CM@5.5 CC@6", 40, 3, "structural peak 45.0 (grade 4): CM+CM+CC at 5.0 m"},
    {"B@5",              0,  2, "structural peak 80.0 (grade 5): B at 5.0 m"       },
    {"DES@5",            40, 4, "service peak 5.0: DES at 5.0 m"                   },
    {"H@5",              40, 4, "1 defect not graded"                              },
};

Test(wsa05, priority_and_reason) {
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, reasons[i].defects, reasons[i].segment_m);
        cr_expect_eq(
            got.priority, reasons[i].priority, "'%s': %d", reasons[i].defects, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(reasons[i].reason)), "'%s': '%.*s'",
            reasons[i].defects, TEXT_ARGS(got.priority_reason));
        one_segment_release(&one);
    }
}

/* What a user gets today. */
Test(wsa05, without_scores_defects_are_told_and_none_is_guessed) {
    struct one_segment one;

    one_segment_build(&one, 40, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_WSA05;
    one_segment_log(&one, "CL@5 DES=30@9 MH@0");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.scheme, SCHEME_WSA05);
    cr_expect_eq(got.n_ungraded, 2);
    cr_expect_eq(one.findings.n, 2);
    cr_expect_eq(got.priority, 4);
    one_segment_release(&one);

    one_segment_build(&one, 40, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_WSA05;
    one_segment_log(&one, "X@5");
    cr_expect_eq(one_segment_assess(&one).priority, 1, "but a collapse is one");
    one_segment_release(&one);
}

/* --- properties --- */

static const char *const codes[] = {"B", "CC", "CL", "CM", "DES", "OB", "RF", "RM", "H", "MH", "X"};
static const struct made_up_by by = {
    codes, ARRAY_LEN(codes), CATALOGUE_WSA05, 14.7, use_made_up_scores};

Test(wsa05, the_order_of_observations_does_not_matter) {
    expect_order_does_not_matter(&by);
}

Test(wsa05, a_segment_digitised_the_other_way_round_gets_the_same_figures) {
    expect_direction_does_not_matter(&by);
}

Test(wsa05, one_more_defect_never_makes_a_segment_look_better) {
    expect_more_is_never_better(&by, true);
}

/* --- in words --- */

Test(wsa05, the_trace_tells_each_step) {
    struct one_segment one;
    CLEANUP(trace_release) struct trace trace = {0};

    one_segment_build(&one, 40, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_WSA05;
    use_made_up_scores(&one.options);
    one_segment_log(&one, "CM@10-20 DES@3");
    one_segment_explain(&one, &trace);
    cr_expect(trace_has(&trace, "CM at 10.0-20.0 m: score 20 x 10 m"));
    cr_expect(trace_has(&trace, "structural mean 5: grade 3 (over 3 to 5; [S])"));
    cr_expect(trace_has(&trace, "service grade: undecided"));
    one_segment_release(&one);
}
