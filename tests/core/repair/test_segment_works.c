/* From the observations of a segment to its works: what is handed on, and what comes back. */
#include <criterion/criterion.h>

#include "core/base.h"
#include "core/repair/segment_works.h"
#include "tests/core/one_segment.h"

static struct repair_plan works_of(struct one_segment *one, struct assessment *assessment) {
    *assessment = one_segment_assess(one);
    const struct segment_works_request request = {
        .network = &one->network,
        .stretches_of_segment = one->numbers,
        .n_stretches_of_segment = one->n_stretches,
        .inspections = one->inspections,
        .stretches = one->stretches,
        .assess = &one->options,
        .tables = &repair_defaults,
    };
    return segment_works(&request, assessment, &one->arena, &one->findings);
}

static const struct {
    const char *name, *defects;
    enum repair_scope scope;
    size_t n;
    const char *method;     /* of the segment */
    enum answer trenchless; /* of the first defect */
} cases[] = {
    {"collapse is dug up",                  "PL4@10",        REPAIR_DIG,   1, "open cut",              ANSWER_NO     },
    {"a broken spot is lined",              "PL3@10",        REPAIR_SPOT,  1, "point CIPP",            ANSWER_YES    },
    {"sediment is flushed away",            "CJ3@10",        REPAIR_CLEAN, 1, "high-pressure jetting",
     ANSWER_UNKNOWN                                                                                                  },
    {"light flaws ask for nothing",         "PL1@10 FS1@20", REPAIR_NONE,  0, NULL,                    ANSWER_UNKNOWN},
    {"no defects, no works",                "",              REPAIR_NONE,  0, NULL,                    ANSWER_UNKNOWN},
    {"the worst scope is the segment's",    "CJ3@10 PL3@20", REPAIR_SPOT,  2, "point CIPP",
     ANSWER_UNKNOWN                                                                                                  },
    {"more than there is room for at hand",
     "PL2@1 PL2@2 PL2@3 PL2@4 PL2@5 PL2@6 PL2@7 PL2@8 PL2@9 PL2@10 PL2@11 PL2@12 PL2@13 PL2@14 "
        "PL2@15 PL2@16 PL2@17 PL2@18 PL2@19 PL2@20 PL2@21 PL2@22 PL2@23 PL2@24 PL2@25 PL2@26 PL2@27 "
        "PL2@28 PL2@29 PL2@30",                              REPAIR_FULL,  1, "inversion CIPP",        ANSWER_YES    },
};

Test(segment_works, scope_method_and_trench) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        struct assessment assessment;
        one_segment_build(&one, 40, 500, 0, 0);
        one_segment_log(&one, cases[i].defects);
        struct repair_plan plan = works_of(&one, &assessment);
        struct text method =
            assessment.more == NULL ? (struct text){0} : assessment.more->repair_method;
        cr_expect_eq(plan.n, cases[i].n, "%s: %zu", cases[i].name, plan.n);
        cr_expect_eq(assessment.repair_scope, cases[i].scope, "%s", cases[i].name);
        cr_expect(text_equal(method, text_from(cases[i].method)), "%s: '%.*s'", cases[i].name,
            TEXT_ARGS(method));
        if (one.survey.n_observations > 0) {
            cr_expect_eq(
                one.survey.observations[0].trenchless, cases[i].trenchless, "%s", cases[i].name);
        }
        one_segment_release(&one);
    }
}

Test(segment_works, the_hazard_of_a_newer_inspection_is_dug_up_too) {
    struct one_segment one;
    struct assessment assessment;

    one_segment_build(&one, 40, 500, 0, 0);
    one_segment_log(&one, "");
    one_segment_log(&one, "PL4@14.2 PL3@20");
    one.stretches[1].is_current = false;
    one.survey.inspections[1].inspected_on = 20240601;
    struct repair_plan plan = works_of(&one, &assessment);
    cr_assert_eq(plan.n, 1, "its other defects are not current");
    cr_expect_eq(plan.at[0].scope, REPAIR_DIG);
    cr_expect_eq(plan.at[0].priority, 1);
    one_segment_release(&one);
}

Test(segment_works, what_no_scheme_grades_has_no_works) {
    struct one_segment one;
    struct assessment assessment;

    one_segment_build(&one, 40, 500, 0, 0);
    one.survey.catalogue = CATALOGUE_UNKNOWN;
    one_segment_log(&one, "PL4@10");
    cr_expect_eq(works_of(&one, &assessment).n, 0);
    cr_expect_eq(one.findings.n, 0);
    one_segment_release(&one);
}
