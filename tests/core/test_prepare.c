#include <criterion/criterion.h>

#include "core/base.h"
#include "core/prepare.h"

/* A result of two files whose inspections are called as told; NULL for the end of a file. */
static void fill(struct result *result, const char *const *ids, size_t n) {
    size_t capacity = 0, file = 0;

    result->n_surveys = 2;
    result->surveys = array_reserve(NULL, &capacity, 2, sizeof *result->surveys);
    result->surveys[0] = (struct survey){.file.path = TEXT("a.csv")};
    result->surveys[1] = (struct survey){.file.path = TEXT("b.csv")};
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == NULL) {
            file++;
            continue;
        }
        struct inspection *inspection = survey_add_inspection(&result->surveys[file]);
        inspection->id = text_from(ids[i]);
        inspection->segment_ref = TEXT("S1");
        inspection->line = (uint32_t)i + 1;
        inspection->inspected_m = 10;
        survey_add_observation(&result->surveys[file])->chainage_m = 5;
        survey_add_observation(&result->surveys[file])->chainage_m = 6;
    }
    prepare_inspections(result);
}

static size_t count(const struct result *result, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < result->findings.n; i++) {
        n += result->findings.at[i].kind == kind;
    }
    return n;
}

Test(prepare, numbers_run_through_all_files) {
    CLEANUP(result_release) struct result result = {0};

    fill(&result, (const char *const[]){"x", NULL, "y", "z"}, 4);
    cr_assert_eq(result.n_inspections, 3);
    cr_expect_eq(result.n_observations, 6);
    for (uint32_t i = 0; i < 3; i++) {
        cr_expect_eq(result.inspections[i]->number, i);
        cr_expect_eq(result.inspections[i]->first_observation_id, 1 + 2 * i);
    }
    cr_expect_eq(result.inspections[1]->survey, &result.surveys[1]);
}

enum { MOST = 6 };

static const struct {
    const char *name;
    const char *ids[MOST];
    size_t n;
    const char *want[MOST]; /* of the inspections in order */
    size_t n_missing, n_duplicate;
} cases[] = {
    {"different ids stay",                                      {"x", NULL, "y"},           3, {"x", "y"},              0, 0},
    {"a repeated id gets a number",                             {"x", "x", "x", NULL},      4, {"x", "x (2)", "x (3)"}, 0, 2},
    {"a number that is taken is passed over",                   {"x (2)", "x", "x", NULL},  4, {"x (2)", "x", "x (3)"},
     0,                                                                                                                    1},
    {"a later id that meets a given number is numbered itself", {"x", "x", "x (2)", NULL},  4,
     {"x", "x (2)", "x (2) (2)"},                                                                                       0, 2},
    {"ids of an earlier file are one finding",                  {"x", "y", NULL, "x", "y"}, 5,
     {"x", "y", "x (2)", "y (2)"},                                                                                      0, 1},
    {"nameless ones are named after the segment",               {"", " ", NULL, ""},        4,
     {"S1", "S1 (2)", "S1 (3)"},                                                                                        2, 0},
    {"a given name does not take a delivered one",              {"", "S1", NULL},           3, {"S1", "S1 (2)"},        1, 1},
};

Test(prepare, ids_become_unique) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(result_release) struct result result = {0};
        struct repeated_ids repeated = {0};

        fill(&result, cases[i].ids, cases[i].n);
        prepare_ids(&result, &repeated);
        prepare_report_repeated(&result, &repeated);
        for (size_t k = 0; k < result.n_inspections; k++) {
            struct text id = result.inspections[k]->id;
            cr_expect(text_equal(id, text_from(cases[i].want[k])), "%s: '%.*s'", cases[i].name,
                TEXT_ARGS(id));
        }
        cr_expect_eq(count(&result, FINDING_ID_MISSING), cases[i].n_missing, "%s", cases[i].name);
        cr_expect_eq(
            count(&result, FINDING_DUPLICATE_ID), cases[i].n_duplicate, "%s", cases[i].name);
    }
}

Test(prepare, duplicates_are_not_told_twice) {
    CLEANUP(result_release) struct result result = {0};
    struct repeated_ids repeated = {0};

    fill(&result, (const char *const[]){"x", NULL, "x"}, 3);
    prepare_ids(&result, &repeated);
    result.inspections[1]->is_duplicate = true;
    prepare_report_repeated(&result, &repeated);
    cr_expect_eq(result.findings.n, 0);
}

static const struct {
    const char *name;
    double unit_m;
    bool is_assumed;
    double want_m; /* of 10 inspected */
} units[] = {
    {"feet of the network are taken over",  0.3048,        true,  3.048         },
    {"US survey feet too",                  1200.0 / 3937, true,  12000.0 / 3937},
    {"a unit that the file names is kept",  0.3048,        false, 10            },
    {"a network in metres changes nothing", 0,             true,  10            },
    {"nor does one in kilometres",          1000,          true,  10            },
};

Test(prepare, units) {
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        CLEANUP(result_release) struct result result = {0};

        fill(&result, (const char *const[]){"x", NULL}, 2);
        result.network.delivered_unit_m = units[i].unit_m;
        result.surveys[0].length_unit_is_assumed = units[i].is_assumed;
        prepare_units(&result);
        cr_expect_float_eq(
            result.inspections[0]->inspected_m, units[i].want_m, 1e-9, "%s", units[i].name);
        cr_expect_float_eq(inspection_observations(result.inspections[0])->chainage_m,
            units[i].want_m / 2, 1e-9, "%s", units[i].name);
        cr_expect_eq(
            count(&result, FINDING_UNIT_CONVERTED), units[i].want_m != 10, "%s", units[i].name);
    }
}
