#include "core/scheme/wrc.h"

#include "tests/core/scheme/made_up.h"

/* --- the tables --- */

Test(wrc, tables_are_whole) {
    expect_whole_table(&scheme_wrc, CATALOGUE_MSCC);
    cr_expect(scheme_takes(&scheme_wrc, CATALOGUE_MSCC));
    cr_expect_not(scheme_takes(&scheme_wrc, CATALOGUE_PACP));
}

Test(wrc, the_grade_of_a_rule_is_that_of_its_score_alone) {
    for (size_t i = 0; i < scheme_wrc.n_rules; i++) {
        const struct scheme_rule *row = &scheme_wrc.rules[i];
        if (!isnan(row->score)) {
            cr_expect_eq(row->grade,
                scheme_grade_of(&scheme_wrc,
                    row->group == GROUP_STRUCTURAL ? "structural peak" : "service peak",
                    row->score),
                "%s %g", row->code, row->score);
        }
    }
}

static struct assessment assess(struct one_segment *one, const char *defects, double segment_m) {
    one_segment_build(one, segment_m, 300, 0, 0);
    one->survey.catalogue = CATALOGUE_MSCC;
    one_segment_log(one, defects);
    return one_segment_assess(one);
}

/* Typed in again from the facts, apart from the table under test.  0: not decided; -1: none. */
static const struct {
    const char *defect;
    double structural, service;
} scores[] = {
    {"CC@1",      10,  -1},
    {"CL@1",      10,  -1},
    {"CLJ@1",     10,  -1},
    {"CM@1",      40,  -1},
    {"CS@1",      40,  -1},
    {"FC@1",      40,  -1},
    {"FL@1",      40,  -1},
    {"FM@1",      80,  -1},
    {"FS@1",      80,  -1},
    {"B@1",       80,  -1},
    {"H/12@1",    80,  -1},
    {"H/12-2@1",  80,  -1},
    {"H/12-3@1",  165, -1},
    {"H@1",       0,   -1},
    {"X@1",       165, -1},
    {"D=5@1",     20,  1 },
    {"D=6@1",     80,  0 },
    {"D=10@1",    80,  0 },
    {"D=11@1",    165, 0 },
    {"D@1",       0,   0 },
    {"OJM@1",     1,   -1},
    {"OJL@1",     2,   -1},
    {"JDM@1",     1,   -1},
    {"JDL@1",     2,   -1},
    {"OJS@1",     0,   -1},
    {"SSS@1",     5,   -1},
    {"SSM@1",     20,  -1},
    {"SSL@1",     120, -1},
    {"SWS@1",     5,   -1},
    {"SWM@1",     20,  -1},
    {"SWL@1",     120, -1},
    {"DES=5@1",   -1,  2 },
    {"DES=10@1",  -1,  2 },
    {"DES=20@1",  -1,  5 },
    {"DES=60@1",  -1,  8 },
    {"DES=80@1",  -1,  10},
    {"DES@1",     -1,  0 },
    {"DER=5@1",   -1,  2 },
    {"DER=10@1",  -1,  2 },
    {"DER=30@1",  -1,  5 },
    {"DER=75@1",  -1,  8 },
    {"DER=76@1",  -1,  10},
    {"DAF=25@1",  -1,  1 },
    {"DAG=26@1",  -1,  4 },
    {"DAZ=75@1",  -1,  8 },
    {"DEC=76@1",  -1,  10},
    {"DEZ=25@1",  -1,  2 },
    {"DEZ=50@1",  -1,  5 },
    {"RM=25@1",   -1,  5 },
    {"RM=50@1",   -1,  10},
    {"RM=75@1",   -1,  15},
    {"RM=76@1",   -1,  20},
    {"RF@1",      -1,  0 },
    {"DH=25@1",   80,  -1},
    {"DV=26@1",   165, -1},
    {"DB=0@1",    40,  -1},
    {"DB=49@1",   80,  -1},
    {"DB=50@1",   165, -1},
    {"MB=49.9@1", 120, -1},
    {"MB=50@1",   165, -1},
    {"CXI=80@1",  165, -1},
    {"CXI=75@1",  0,   -1},
};

static void expect_verdict(
    const char *defect, const struct condition *got, uint8_t grade, double wanted) {
    if (wanted <= 0) {
        cr_expect_eq(grade, wanted < 0 ? GRADE_UNSET : GRADE_UNDECIDED, "%s: %u", defect, grade);
    }
    cr_expect_eq(got->peak, fmax(wanted, 0), "%s: %g", defect, got->peak);
    cr_expect_eq(got->score, fmax(wanted, 0), "%s: %g", defect, got->score);
}

Test(wrc, scores) {
    for (size_t i = 0; i < ARRAY_LEN(scores); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, scores[i].defect, 40);
        const uint8_t *grades = one.survey.observations[0].grades;
        expect_verdict(scores[i].defect, &got.structural, grades[0], scores[i].structural);
        expect_verdict(scores[i].defect, &got.functional, grades[1], scores[i].service);
        cr_expect_eq(got.scheme, SCHEME_WRC);
        cr_expect_eq(got.n_ungraded, scores[i].structural == 0 || scores[i].service == 0, "%s",
            scores[i].defect);
        one_segment_release(&one);
    }
}

static const struct {
    const char *figure;
    double value, want;
} limits[] = {
    {"structural peak",     9.9,    1},
    {"structural peak",     10,     2},
    {"structural peak",     39,     2},
    {"structural peak",     40,     3},
    {"structural peak",     80,     4},
    {"structural peak",     164,    4},
    {"structural peak",     165,    5},
    {"service peak",        0.9,    1},
    {"service peak",        1,      2},
    {"service peak",        1.9,    2},
    {"service peak",        2,      3},
    {"service peak",        5,      4},
    {"service peak",        10,     5},
    {"service mean",        0.4999, 1},
    {"service mean",        0.5,    2},
    {"service mean",        1,      3},
    {"service mean",        2.5,    4},
    {"service mean",        5,      5},
    {"HK structural mean",  4.99,   1},
    {"HK structural mean",  5,      2},
    {"HK structural mean",  20,     3},
    {"HK structural mean",  40,     4},
    {"HK structural mean",  82,     5},
    {"HK structural total", 9,      1},
    {"HK structural total", 165,    5},
    {"HK service total",    1,      2},
    {"HK service total",    10,     5},
};

Test(wrc, class_limits) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        cr_expect_eq(scheme_grade_of(&scheme_wrc, limits[i].figure, limits[i].value),
            GRADE_0 + limits[i].want, "%s %g", limits[i].figure, limits[i].value);
    }
}

/* --- worked examples: facts/standards/examples.md, section 4; places that it does not give are
 * ours --- */

static const struct {
    double segment_m;
    const char *defects;
    double total, peak, mean;
    int grade;
} examples[] = {
    {30.24, "DES=5@2 DES=5@9 DES=5@20 DER=5@25", 8, 2, .2646, 3},
    {30.24, "DES=5@2 DES=5@2 DES=5@2 DER=5@2",   8, 2, .2646, 3},
    {33.78, "DER=5@1 DER=5@12 DER=5@30",         6, 2, .1776, 3},
    {5.64,  "DER=5@.76 DER=10@1.4",              4, 2, .7092, 3},
    {31.47, "DER=5@12",                          2, 2, .0636, 3},
    {34.31, "DES=10@12",                         2, 2, .0583, 3},
    {27.90, "D=5@3 DER=30@15",                   6, 5, .2151, 4},
    {21.68, "DER=10@3 DER=5@15",                 4, 2, .1845, 3},
    {17.58, "D=5@3 OJM@9",                       1, 1, .0569, 2},
};

Test(wrc, worked_examples) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, examples[i].defects, examples[i].segment_m);
        const struct condition *f = &got.functional;
        const char *defects = examples[i].defects;
        cr_expect_eq(f->score, examples[i].total, "'%s': %g", defects, f->score);
        cr_expect_eq(f->peak, examples[i].peak, "'%s': %g", defects, f->peak);
        cr_expect_float_eq(f->mean, examples[i].mean, 5e-5, "'%s': %g", defects, f->mean);
        cr_expect_eq(f->grade, GRADE_0 + examples[i].grade, "'%s'", defects);
        cr_expect_eq(f->index_grade, f->grade, "'%s'", defects);
        one_segment_release(&one);
    }
}

/* --- the open points --- */

static const struct {
    const char *name, *defects;
    enum peak_rule peak_rule;
    enum srm_limits limits;
    double peak;
    int structural, service;
} open_points[] = {
    {"two deposits 0.64 m apart, apart",  "DER=5@.76 DER=10@1.4",     PEAK_SINGLE, SRM_LIMITS_SRM, 0,   1,
     3                                                                                                      },
    {"two deposits 0.64 m apart, added",  "DER=5@.76 DER=30@1.4",     PEAK_SUM,    SRM_LIMITS_SRM, 0,   1, 4},
    {"cracks within a metre, apart",      "CM@10 CM@10.9",            PEAK_SINGLE, SRM_LIMITS_SRM, 40,  3, 1},
    {"cracks within a metre, added",      "CM@10 CM@10.9",            PEAK_SUM,    SRM_LIMITS_SRM, 80,  4, 1},
    {"cracks over a metre apart",         "CM@10 CM@11.1",            PEAK_SUM,    SRM_LIMITS_SRM, 40,  3, 1},
    {"a long one scores for each metre",  "CM@10-20",                 PEAK_SUM,    SRM_LIMITS_SRM, 40,  3, 1},
    {"and with a point on it",            "CM@10-20 FM@15",           PEAK_SUM,    SRM_LIMITS_SRM, 120, 4, 1},
    {"Hong Kong goes by the total",       "CM@10 FM@30 CM@35",        PEAK_SINGLE, SRM_LIMITS_HK,  80,  4, 1},
    {"and over all metres of a long one", "CM@10-20",                 PEAK_SINGLE, SRM_LIMITS_HK,  40,  5, 1},
    {"and by the total of service",       "DES=5@1 DES=5@9 DES=5@19", PEAK_SINGLE, SRM_LIMITS_HK,  0,   1,
     4                                                                                                      },
};

Test(wrc, each_open_point_changes_a_grade) {
    for (size_t i = 0; i < ARRAY_LEN(open_points); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 300, 0, 0);
        one.survey.catalogue = CATALOGUE_MSCC;
        one.options.srm_peak = open_points[i].peak_rule;
        one.options.srm_limits = open_points[i].limits;
        one_segment_log(&one, open_points[i].defects);
        struct assessment got = one_segment_assess(&one);
        const char *name = open_points[i].name;
        cr_expect_float_eq(
            got.structural.peak, open_points[i].peak, 1e-9, "%s: %g", name, got.structural.peak);
        cr_expect_eq(got.structural.grade, GRADE_0 + open_points[i].structural, "%s: %d", name,
            grade_number(got.structural.grade));
        cr_expect_eq(got.functional.grade, GRADE_0 + open_points[i].service, "%s: %d", name,
            grade_number(got.functional.grade));
        one_segment_release(&one);
    }
    cr_expect_eq(assess_defaults.srm_peak, PEAK_SINGLE);
    cr_expect_eq(assess_defaults.srm_limits, SRM_LIMITS_SRM);
}

/* By its mean a short segment is worse in Hong Kong than by its total. */
Test(wrc, in_hong_kong_the_worse_of_total_and_mean) {
    struct one_segment one;

    one_segment_build(&one, 1, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_MSCC;
    one.options.srm_limits = SRM_LIMITS_HK;
    one_segment_log(&one, "FM@0.5 OJL@0.6");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.structural.score, 82);
    cr_expect_eq(got.structural.grade, GRADE_5, "82 in one metre, though 82 in all is a 4");
    one_segment_release(&one);
}

/* --- priority, hazards --- */

static const struct {
    const char *defects;
    int priority;
    const char *reason, *collapse;
} reasons[] = {
    {"",             5, "no defects",                                                              NULL                                },
    {"MH@0 WL@3",    5, "no defects",                                                              NULL                                },
    {"CL@5",         5, "structural peak 10.0 (grade 2): CL at 5.0 m",                             NULL                                },
    {"CM@5",         4, "structural peak 40.0 (grade 3): CM at 5.0 m",                             NULL                                },
    {"FM@5 DES=5@9", 3, "structural peak 80.0 (grade 4): FM at 5.0 m; service peak 2.0 (grade 3)",
     NULL                                                                                                                              },
    {"RM=30@5",      2, "service peak 10.0 (grade 5): RM at 5.0 m",                                NULL                                },
    {"RF@5",         4, "1 defect not graded",                                                     NULL                                },
    {"X@5",          1, "structural peak 165.0 (grade 5): X at 5.0 m; collapse hazard",
     "X at 5.0 m (collapse)"                                                                                                           },
    {"H/12-3@5",     1, "structural peak 165.0 (grade 5): H at 5.0 m; collapse hazard",
     "H at 5.0 m (hole over a quarter of the circumference)"                                                                           },
    {"D=12@5",       1,
     "structural peak 165.0 (grade 5): D at 5.0 m; collapse hazard; 1 defect not graded",          "D at 5.0 m (deformed by over 10 %)"},
    {"MB=50@5",      1, "structural peak 165.0 (grade 5): MB at 5.0 m; collapse hazard",
     "MB at 5.0 m (internal condition grade 5)"                                                                                        },
};

Test(wrc, priority_and_reason) {
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, reasons[i].defects, 40);
        const char *defects = reasons[i].defects;
        cr_expect_eq(got.priority, reasons[i].priority, "'%s': %d", defects, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(reasons[i].reason)), "'%s': '%.*s'",
            defects, TEXT_ARGS(got.priority_reason));
        cr_expect(text_equal(got.collapse_reason, text_from(reasons[i].collapse)), "'%s': '%.*s'",
            defects, TEXT_ARGS(got.collapse_reason));
        one_segment_release(&one);
    }
}

/* Defects that are none alone, but come to grade 5 within a metre; never a total. */
Test(wrc, a_metre_of_grade_5_is_a_hazard_when_scores_add_up) {
    for (int rule = PEAK_SINGLE; rule <= PEAK_SUM; rule++) {
        struct one_segment one;
        one_segment_build(&one, 40, NAN, 0, 0);
        one.survey.catalogue = CATALOGUE_MSCC;
        one.options.srm_peak = (enum peak_rule)rule;
        one.options.srm_limits = SRM_LIMITS_HK;
        one_segment_log(&one, "FM@5 FM@5.5 CL@6 FM@20");
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(got.structural.grade, GRADE_5);
        cr_expect_eq(got.is_collapse_hazard, rule == PEAK_SUM);
        cr_expect_eq(got.priority, rule == PEAK_SUM ? 1 : 2);
        cr_expect(
            rule == PEAK_SINGLE || text_equal(got.collapse_reason,
                                       TEXT("FM+FM+CL at 5.0 m (internal condition grade 5)")),
            "%.*s", TEXT_ARGS(got.collapse_reason));
        cr_expect_not(got.diameter_is_missing, "nobody asks for it");
        one_segment_release(&one);
    }
}

/* --- properties --- */

static const char *const codes[] = {"CC", "CLJ", "CM", "FM", "B", "H/12", "H/1-6", "X", "D=5",
    "D=8", "D", "OJM", "SSM", "DES=5", "DES=20", "DER=30", "RM=40", "RF", "MB=50", "WL", "DAF=60"};

static void add_up(struct assess_options *options) {
    options->srm_peak = PEAK_SUM;
}

static void go_by_hong_kong(struct assess_options *options) {
    options->srm_limits = SRM_LIMITS_HK;
}

static const struct made_up_by by[] = {
    {codes, ARRAY_LEN(codes), CATALOGUE_MSCC, 14.7, NULL           },
    {codes, ARRAY_LEN(codes), CATALOGUE_MSCC, 14.7, add_up         },
    {codes, ARRAY_LEN(codes), CATALOGUE_MSCC, 14.7, go_by_hong_kong},
};

Test(wrc, the_order_of_observations_does_not_matter) {
    for (size_t i = 0; i < ARRAY_LEN(by); i++) {
        expect_order_does_not_matter(&by[i]);
    }
}

Test(wrc, a_segment_digitised_the_other_way_round_gets_the_same_figures) {
    for (size_t i = 0; i < ARRAY_LEN(by); i++) {
        expect_direction_does_not_matter(&by[i]);
    }
}

Test(wrc, one_more_defect_never_makes_a_segment_look_better) {
    for (size_t i = 0; i < ARRAY_LEN(by); i++) {
        expect_more_is_never_better(&by[i], true);
    }
}

/* --- in words --- */

Test(wrc, the_trace_tells_each_step) {
    struct one_segment one;
    CLEANUP(trace_release) struct trace trace = {0};

    one_segment_build(&one, 40, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_MSCC;
    one.options.srm_peak = PEAK_SUM;
    one_segment_log(&one, "CM@10-20 FM@15 DES=5@3");
    one_segment_explain(&one, &trace);
    cr_expect(trace_has(&trace, "peak: highest sum within 1 m; limits: SRM"));
    cr_expect(trace_has(&trace, "CM at 10.0-20.0 m: score 40 x 10 m (multiple cracks; SRM4 [K])"));
    cr_expect(trace_has(&trace, "peak 120: FM+CM at 14.0 m"));
    cr_expect(trace_has(&trace, "total 480, mean 12 by 40 m"));
    cr_expect(trace_has(&trace, "structural peak 120: grade 4, from 80 on"));
    one_segment_release(&one);
}
