#include "core/scheme/pacp.h"

#include "tests/core/scheme/made_up.h"

/* --- the tables --- */

Test(pacp, tables_are_whole) {
    expect_whole_table(&scheme_pacp, CATALOGUE_PACP);
    cr_expect(scheme_takes(&scheme_pacp, CATALOGUE_PACP));
    cr_expect_not(scheme_takes(&scheme_pacp, CATALOGUE_MSCC));
}

static struct assessment assess(struct one_segment *one, const char *defects, int version) {
    one_segment_build(one, 60, 300, 0, 0);
    one->survey.catalogue = CATALOGUE_PACP;
    one->survey.coding_version = (uint8_t)version;
    one_segment_log(one, defects);
    return one_segment_assess(one);
}

/* Typed in again from the facts, apart from the table under test.  0: not decided. */
static const struct {
    const char *defect;
    int version, structural, om; /* -1: does not concern the group */
} grades[] = {
    {"CC@1",      7, 1,  -1},
    {"CL@1",      7, 2,  -1},
    {"CS@1",      7, 2,  -1},
    {"CM@1",      7, 3,  -1},
    {"CH2@1",     7, 4,  -1},
    {"CH3@1",     7, 5,  -1},
    {"FC@1",      7, 2,  -1},
    {"FL@1",      7, 3,  -1},
    {"FM@1",      7, 4,  -1},
    {"FH2@1",     7, 4,  -1},
    {"B/12@1",    7, 3,  -1},
    {"B/12-1@1",  7, 4,  -1},
    {"B/11-1@1",  7, 5,  -1},
    {"B/7-6@1",   7, 5,  -1}, /* all around */
    {"B@1",       7, 0,  -1}, /* no clock position */
    {"H/3@1",     7, 3,  -1},
    {"H/3-4@1",   7, 4,  -1},
    {"H/3-5@1",   7, 5,  -1},
    {"BSV@1",     7, 5,  -1},
    {"HVV/3@1",   7, 5,  -1},
    {"X@1",       7, 5,  -1},
    {"XP@1",      7, 5,  -1},
    {"XB@1",      6, 5,  -1},
    {"D=10@1",    7, 4,  -1},
    {"D=10.1@1",  6, 5,  -1},
    {"D=10@1",    8, 0,  -1}, /* version 8 has other codes */
    {"D@1",       7, 0,  -1}, /* no percentage */
    {"DR=5@1",    8, 4,  -1},
    {"DR=6@1",    8, 5,  -1},
    {"DFE=5@1",   8, 2,  -1},
    {"DFE=10@1",  8, 3,  -1},
    {"DFE=20@1",  8, 4,  -1},
    {"DFE=21@1",  8, 5,  -1},
    {"DFBR@1",    8, 0,  -1},
    {"JOM@1",     8, 1,  -1},
    {"JOL@1",     6, 2,  -1},
    {"JOL@1",     7, 2,  -1},
    {"JOL@1",     8, 5,  -1},
    {"JSL@1",     7, 2,  -1},
    {"JSL@1",     8, 5,  -1},
    {"JAM@1",     7, 1,  -1},
    {"JAL@1",     7, 2,  -1},
    {"SRI@1",     7, 1,  -1},
    {"SRIC@1",    7, 1,  -1},
    {"SSSM@1",    7, 2,  -1},
    {"SAVZ@1",    7, 3,  -1},
    {"SAMC@1",    7, 4,  -1},
    {"SRVC@1",    7, 5,  -1},
    {"SMWM@1",    7, 5,  -1},
    {"SCPC@1",    7, 3,  -1},
    {"SZC@1",     7, 0,  -1},
    {"LFB@1",     7, 0,  -1},
    {"RPPD@1",    7, 0,  -1},
    {"DB@1",      7, 3,  -1},
    {"DI@1",      7, 5,  -1},
    {"TFD@1",     7, 0,  -1},
    {"DAE=10@1",  7, -1, 2 },
    {"DAGS=11@1", 7, -1, 3 },
    {"DSF=30@1",  7, -1, 4 },
    {"DSC=31@1",  7, -1, 5 },
    {"DSC@1",     7, -1, 0 },
    {"OBR=20@1",  7, -1, 3 },
    {"ISSRH=5@1", 7, -1, 2 },
    {"TBI=35@1",  7, -1, 5 },
    {"RFB@1",     7, -1, 2 },
    {"RFJ@1",     7, -1, 1 },
    {"RTB@1",     7, -1, 3 },
    {"RMJ@1",     7, -1, 3 },
    {"RBB@1",     7, -1, 5 },
    {"IS@1",      7, -1, 1 },
    {"ISJ@1",     7, -1, 1 },
    {"IWB@1",     7, -1, 2 },
    {"IDL@1",     7, -1, 3 },
    {"IRC@1",     7, -1, 4 },
    {"IG@1",      7, -1, 5 },
    {"MCU@1",     7, -1, 4 },
    {"VR@1",      7, -1, 2 },
    {"MWLS=30@1", 7, -1, 2 },
    {"MWLS=31@1", 7, -1, 3 },
    {"LL=20@1",   7, -1, 2 },
    {"LL=21@1",   7, -1, 4 },
};

static uint8_t grade_of(int number) {
    return number < 0 ? GRADE_UNSET : number == 0 ? GRADE_UNDECIDED : (uint8_t)(GRADE_0 + number);
}

Test(pacp, grades) {
    for (size_t i = 0; i < ARRAY_LEN(grades); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, grades[i].defect, grades[i].version);
        const struct observation *row = &one.survey.observations[0];
        const char *defect = grades[i].defect;
        cr_expect_eq(got.scheme, SCHEME_PACP);
        cr_expect_eq(row->grades[GROUP_STRUCTURAL], grade_of(grades[i].structural),
            "%s, version %d: %u", defect, grades[i].version, row->grades[GROUP_STRUCTURAL]);
        cr_expect_eq(row->grades[GROUP_FUNCTIONAL], grade_of(grades[i].om), "%s, version %d: %u",
            defect, grades[i].version, row->grades[GROUP_FUNCTIONAL]);
        bool is_open = grades[i].structural == 0 || grades[i].om == 0;
        cr_expect_eq(got.n_ungraded, is_open, "%s", defect);
        cr_expect_eq(one.findings.n, is_open, "%s: said once", defect);
        one_segment_release(&one);
    }
}

Test(pacp, inventory_and_unknown_codes_have_no_grade) {
    struct one_segment one;
    struct assessment got = assess(&one, "AMH@0 TF@3 MWL=5@0 MGO@4 QQQ@5 CLX@6", 7);

    cr_expect_eq(got.n_defects, 2);
    cr_expect_eq(got.n_ungraded, 2, "no code is judged by how it begins");
    cr_expect_eq(got.structural.grade, GRADE_0);
    cr_expect_eq(got.priority, 4);
    one_segment_release(&one);
}

Test(pacp, the_version_is_the_survey_s_or_the_option_s) {
    static const struct {
        int survey, option, grade;
    } cases[] = {
        {7, 8, 2},
        {8, 7, 5},
        {0, 7, 2},
        {0, 8, 5},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        one_segment_build(&one, 60, 300, 0, 0);
        one.survey.catalogue = CATALOGUE_PACP;
        one.survey.coding_version = (uint8_t)cases[i].survey;
        one.options.pacp_version = cases[i].option;
        one_segment_log(&one, "JOL@1");
        cr_expect_eq(one_segment_assess(&one).structural.grade, GRADE_0 + cases[i].grade);
        one_segment_release(&one);
    }
    cr_expect_eq(assess_defaults.pacp_version, 7);
}

/* --- worked examples: facts/standards/examples.md, section 3 --- */

static const struct {
    const char *name;
    struct pacp_counts counts;
    double rating, index;
    const char *quick;
    double likelihood;
} examples[] = {
    {"P1 structural", {{0, 1, 3, 2, 5, 3}},    48,    48 / 14.0,       "5345", 5.3},
    {"P1 O&M",        {{0, 3, 5, 4, 0, 2}},    35,    35 / 14.0,       "5234", 5.2},
    {"P1 overall",    {{0, 4, 8, 6, 5, 5}},    83,    83 / 28.0,       "5545", 5.5},
    {"P2",            {{0, 0, 0, 0, 0, 0}},    0,     0,               "0000", 1.0},
    {"P3",            {{0, 0, 4, 0, 0, 0}},    8,     2,               "2400", 2.4},
    {"P4",            {{0, 0, 0, 27, 12, 0}},  129,   129 / 39.0,      "4A3D", 5.0},
    {"field 1",       {{0, 32, 8, 0, 0, 0}},   48,    48 / 40.0,       "281E", 2.8},
    {"field 2",       {{0, 0, 29, 0, 0, 0}},   58,    2,               "2D00", 3.0},
    {"9 and 10",      {{0, 10, 9, 0, 0, 0}},   28,    28 / 19.0,       "291A", 2.9},
    {"14 and 15",     {{0, 15, 14, 0, 0, 0}},  43,    43 / 29.0,       "2A1B", 3.0},
    {"the last",      {{0, 9999, 0, 0, 0, 1}}, 10004, 10004 / 10000.0, "511Z", 5.1},
    {"at most 6",     {{0, 0, 0, 0, 0, 10}},   50,    5,               "5A00", 6.0},
};

Test(pacp, ratings_of_the_worked_examples) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        char quick[5];
        const struct pacp_counts *counts = &examples[i].counts;
        pacp_quick_rating(counts, quick);
        cr_expect_str_eq(quick, examples[i].quick, "%s: %s", examples[i].name, quick);
        cr_expect_eq(pacp_rating(counts), examples[i].rating, "%s", examples[i].name);
        cr_expect_float_eq(pacp_likelihood(counts), examples[i].likelihood, 1e-9, "%s: %g",
            examples[i].name, pacp_likelihood(counts));
    }
}

static const struct figure *figure(const struct assessment *of, const char *name) {
    for (size_t i = 0; i < of->more->n_figures; i++) {
        if (strcmp(of->more->figures[i].name, name) == 0) {
            return &of->more->figures[i];
        }
    }
    cr_assert_fail("no figure '%s'", name);
    return NULL;
}

static void add(char *log, size_t size, const char *code, int n) {
    for (int i = 0; i < n; i++) {
        size_t at = strlen(log);
        snprintf(log + at, size - at, "%s@%zu ", code, at % 50);
    }
}

Test(pacp, the_first_worked_example_as_a_log) {
    static const char *const structural[] = {"CC", "CL", "CM", "FM", "BSV"};
    static const char *const om[] = {"RFJ", "RFB", "RTB", "IR", "RBB"};
    static const int n_structural[] = {1, 3, 2, 5, 3}, n_om[] = {3, 5, 4, 0, 2};
    char log[1000] = "";
    struct one_segment one;

    for (size_t i = 0; i < PACP_GRADES; i++) {
        add(log, sizeof log, structural[i], n_structural[i]);
        add(log, sizeof log, om[i], n_om[i]);
    }
    struct assessment got = assess(&one, log, 7);
    cr_expect_eq(got.structural.score, 48);
    cr_expect_float_eq(got.structural.mean, 3.43, 0.005);
    cr_expect_float_eq(got.structural.index, 3.43, 0.005);
    cr_expect_float_eq((double)got.urgency, 5.3 / 6, 1e-6);
    cr_expect_eq(got.structural.peak, 5);
    cr_expect_eq(got.structural.grade, GRADE_5);
    cr_expect_eq(got.functional.score, 35);
    cr_expect_float_eq(got.functional.mean, 2.50, 1e-9);
    cr_expect_eq(figure(&got, "SG4")->value, 20);
    cr_expect_eq(figure(&got, "MG4")->value, 0);
    cr_expect_eq(figure(&got, "OG2")->value, 16);
    cr_expect_eq(figure(&got, "OPR")->value, 83);
    cr_expect_float_eq(figure(&got, "OPRI")->value, 2.96, 0.005);
    cr_expect(text_equal(figure(&got, "SQR")->word, TEXT("5345")));
    cr_expect(text_equal(figure(&got, "MQR")->word, TEXT("5234")));
    cr_expect(text_equal(figure(&got, "OQR")->word, TEXT("5545")));
    cr_expect_float_eq(figure(&got, "SLOF")->value, 5.3, 1e-9);
    one_segment_release(&one);
}

static const struct {
    double length_m;
    uint64_t n;
} lengths[] = {
    {0,    1 },
    {0.99, 1 },
    {1,    1 },
    {2.24, 1 },
    {2.25, 2 },
    {3,    2 },
    {3.7,  2 },
    {3.75, 3 },
    {6.7,  4 }, /* 22 ft */
    {60,   40},
    {NAN,  1 },
};

Test(pacp, continuous_defects_occur_once_in_five_feet) {
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        cr_expect_eq(pacp_occurrences(lengths[i].length_m), lengths[i].n, "%g m: %llu",
            lengths[i].length_m, (unsigned long long)pacp_occurrences(lengths[i].length_m));
    }
    struct one_segment one;
    struct assessment got = assess(&one, "CL@10-16.7056", 7);
    cr_expect_eq(got.structural.score, 8, "22 ft of a longitudinal crack");
    one_segment_release(&one);
}

Test(pacp, the_likelihood_came_with_version_7) {
    for (int version = 6; version <= 8; version++) {
        struct one_segment one;
        struct assessment got = assess(&one, "CL@10", version);
        bool has = false;
        for (size_t i = 0; i < got.more->n_figures; i++) {
            has |= strcmp(got.more->figures[i].name, "SLOF") == 0;
        }
        cr_expect_eq(has, version >= 7, "version %d", version);
        one_segment_release(&one);
    }
}

/* --- priority, hazards --- */

static const struct {
    const char *defects;
    int priority;
    const char *reason, *collapse;
} reasons[] = {
    {"",                5, "no defects",                                                                 NULL                          },
    {"CL@5",            5, "structural 2100: CL at 5.0 m",                                               NULL                          },
    {"CM@5 RFB@9",      4, "structural 3100: CM at 5.0 m; O&M 2100",                                     NULL                          },
    {"FM@5-20 FM@30",   3, "structural 4A00: FM at 5.0-20.0 m",                                          NULL                          },
    {"CL@3 FM@9 CC@11", 3, "structural 4121: FM at 9.0 m",                                               NULL                          },
    {"DI@5",            2, "structural 5100: DI at 5.0 m",                                               NULL                          },
    {"CC@1 RBB@5",      2, "O&M 5100: RBB at 5.0 m; structural 1100",                                    NULL                          },
    {"X@5",             1, "structural 5100: X at 5.0 m; collapse hazard",                               "X at 5.0 m (collapse)"       },
    {"BSV@5 HVV@9",     1, "structural 5200: BSV at 5.0 m; collapse hazard: BSV at 5.0 m, HVV at 9.0 m",
     "BSV at 5.0 m (broken, soil to be seen), HVV at 9.0 m (hole, a void behind)"                                                      },
    {"DNF=5@5",         1, "O&M 2100: DNF at 5.0 m; collapse hazard",                                    "DNF at 5.0 m (soil comes in)"},
    {"DR=5@5",          3, "structural 4100: DR at 5.0 m",                                               NULL                          },
    {"DR=5.5@5",        1, "structural 5100: DR at 5.0 m; collapse hazard",
     "DR at 5.0 m (rigid pipe deformed by over 5 %)"                                                                                   },
    {"LFB@5",           4, "1 defect not graded",                                                        NULL                          },
};

Test(pacp, priority_and_reason) {
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, reasons[i].defects, 7);
        const char *defects = reasons[i].defects;
        cr_expect_eq(got.priority, reasons[i].priority, "'%s': %d", defects, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(reasons[i].reason)), "'%s': '%.*s'",
            defects, TEXT_ARGS(got.priority_reason));
        cr_expect(text_equal(got.collapse_reason, text_from(reasons[i].collapse)), "'%s': '%.*s'",
            defects, TEXT_ARGS(got.collapse_reason));
        one_segment_release(&one);
    }
}

Test(pacp, soil_comes_in_where_it_is_to_be_seen) {
    struct one_segment one;

    one_segment_build(&one, 60, 300, 6, 10);
    one.survey.catalogue = CATALOGUE_PACP;
    one.network.segments[0].groundwater = GROUNDWATER_ABOVE;
    one_segment_log(&one, "HSV@7");
    cr_expect_eq(one_segment_assess(&one).soil_entry, ANSWER_YES);
    one_segment_release(&one);
}

/* --- properties --- */

static const char *const codes[] = {"CC", "CL", "CM", "FM", "B/12", "B/11-3", "BSV", "JOL", "SRIC",
    "DSF=5", "DSF=15", "DSF=45", "DSC", "RFB", "RBB", "IWJ", "LFB", "AMH", "X", "D=7"};
static const struct made_up_by by = {codes, ARRAY_LEN(codes), CATALOGUE_PACP, 14.7, NULL};

Test(pacp, the_order_of_observations_does_not_matter) {
    expect_order_does_not_matter(&by);
}

Test(pacp, a_segment_digitised_the_other_way_round_gets_the_same_figures) {
    expect_direction_does_not_matter(&by);
}

/* Rating, worst grade, likelihood and priority; the index of the standard is a mean over defects.
 */
Test(pacp, one_more_defect_never_makes_a_segment_look_better) {
    expect_more_is_never_better(&by, false);
}

Test(pacp, the_named_case_where_a_further_defect_lowers_the_index) {
    static const struct {
        const char *defects;
        double index;
    } cases[] = {
        {"FM@10",       4},
        {"FM@10 CL@20", 3},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, cases[i].defects, 7);
        cr_expect_float_eq(got.structural.mean, cases[i].index, 1e-9);
        one_segment_release(&one);
    }
}

/* --- in words --- */

Test(pacp, the_trace_tells_each_step) {
    struct one_segment one;
    CLEANUP(trace_release) struct trace trace = {0};

    one_segment_build(&one, 60, 300, 0, 0);
    one.survey.catalogue = CATALOGUE_PACP;
    one_segment_log(&one, "CL@10-16.7 RFB@3 LFB@5 DSF@6");
    one_segment_explain(&one, &trace);
    cr_expect(trace_has(&trace, "LFB at 5.0 m: not graded (blistered lining: no grade was found)"));
    cr_expect(trace_has(&trace, "DSF at 6.0 m: not graded (its grade or quantity is missing"));
    cr_expect(trace_has(&trace, "structural grades, version 7"));
    cr_expect(trace_has(&trace, "CL at 10.0-16.7 m: grade 2 x 4 (6.7 m; longitudinal crack; [K])"));
    cr_expect(trace_has(&trace, "SPR 8, SPRI 2, SQR 2400"));
    cr_expect(trace_has(&trace, "SLOF 2.4"));
    cr_expect(trace_has(&trace, "O&M: worst grade 2 (minor to moderate), priority 5"));
    one_segment_release(&one);
}
