/* Breaches out of findings and out of the checks, in a result that is made by hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "core/catalogue.h"
#include "core/check.h"
#include "core/pipeline.h"

/* One file of one inspection, and the rules. */
struct gate {
    struct result result;
    struct survey *survey;
    struct check_rules rules;
    struct check_report report;
    const struct file_names *media[1];
    bool is_run;
};

static void gate_release(struct gate *gate) {
    check_report_release(&gate->report);
    result_release(&gate->result);
}

static void open_gate(struct gate *gate, enum catalogue catalogue) {
    size_t capacity = 0;
    struct result *result = &gate->result;

    result->n_surveys = 1;
    result->surveys = array_reserve(NULL, &capacity, 1, sizeof *result->surveys);
    result->surveys[0] =
        (struct survey){.file.path = TEXT("a.csv"), .file.format = "csv", .catalogue = catalogue};
    gate->survey = &result->surveys[0];
    gate->rules = check_rules_default();
    struct inspection *inspection = survey_add_inspection(gate->survey);
    inspection->id = TEXT("I1");
    inspection->segment_ref = TEXT("S1");
    inspection->start_node = TEXT("A");
    inspection->finish_node = TEXT("B");
    inspection->direction = DIRECTION_DOWNSTREAM;
    inspection->inspected_on = 20240501;
    inspection->inspected_m = 40;
    inspection->line = 2;
}

static struct observation *see(
    struct gate *gate, const char *code, const char *char1, double chainage_m) {
    struct observation *observation = survey_add_observation(gate->survey);

    observation->code = survey_add_code(
        gate->survey, (struct text){0}, text_from(code), text_from(char1), (struct text){0});
    observation->chainage_m = chainage_m;
    observation->line = 1 + (uint32_t)gate->survey->n_observations;
    return observation;
}

static void check(struct gate *gate) {
    const struct pipeline_options options = {
        match_defaults, locate_defaults, assess_defaults, &repair_defaults, RANK_BY_PRIORITY, 1};
    const struct check_request request = {
        .result = &gate->result,
        .schemes = &scheme_built_in,
        .rules = &gate->rules,
        .media = gate->media,
    };

    catalogue_resolve(gate->survey);
    pipeline_run(&gate->result, &options);
    check_delivery(&request, &gate->report);
}

static const struct violation *first(const struct gate *gate, enum check_rule rule) {
    for (size_t i = 0; i < gate->report.n; i++) {
        if (gate->report.at[i].rule == rule) {
            return &gate->report.at[i];
        }
    }
    return NULL;
}

Test(check, a_good_inspection_passes) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    see(&gate, "PL", NULL, 12)->grade = 2;
    check(&gate);
    cr_expect_eq(gate.report.n, 0u, "%s", gate.report.n == 0 ? "" : gate.report.at[0].found.at);
    cr_expect(check_is_accepted(&gate.report));
    cr_expect(gate.report.was_checked[CHECK_STATION_WITHIN]);
    cr_expect_not(gate.report.was_checked[CHECK_SEGMENT_KNOWN], "there is no network");
}

Test(check, a_finding_gets_rule_inspection_and_station) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    see(&gate, "PL", NULL, 12)->grade = 2;
    findings_add(&gate.survey->findings, FINDING_CLOCK_INVALID,
        (struct finding_place){.file = gate.survey->file.path, .line = 2}, "'13'");
    check(&gate);
    const struct violation *violation = first(&gate, CHECK_CLOCK_VALID);
    cr_assert_not_null(violation);
    cr_expect_eq(violation->survey, 0u);
    cr_expect_eq(violation->inspection, 0u);
    cr_expect(text_equal(violation->inspection_id, TEXT("I1")));
    cr_expect_float_eq(violation->station_m, 12, 1e-9);
    cr_expect(text_equal(violation->found, TEXT("'13'")));
    cr_expect_eq(gate.report.files[0].n_errors, 1u);
    cr_expect_not(check_is_accepted(&gate.report));
}

Test(check, flaws_that_no_rule_names_are_not_lost) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    findings_add(&gate.survey->findings, FINDING_OBJECT_DELETED,
        (struct finding_place){.file = gate.survey->file.path, .line = 7}, "section 'X'");
    check(&gate);
    const struct violation *violation = first(&gate, CHECK_DATA_CONSISTENT);
    cr_assert_not_null(violation);
    cr_expect_str_eq(violation->expected, finding_sentence(FINDING_OBJECT_DELETED));
}

Test(check, flaws_of_other_files_are_not_the_contractors) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    findings_add(&gate.result.network.findings, FINDING_INVALID_VALUE,
        (struct finding_place){.file = TEXT("pipes.shp"), .line = 7}, "diameter 'x'");
    check(&gate);
    cr_expect_eq(gate.report.n, 0u);
}

Test(check, files_that_may_be_surveys_must_be_read) {
    static const struct {
        const char *path;
        size_t n;
    } cases[] = {
        {"a/log.csv", 1},
        {"a/P1.JPG",  0},
        {"a/log",     1},
        {"a.pdf/log", 1},
        {"jpg",       1}
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(gate_release) struct gate gate = {0};
        open_gate(&gate, CATALOGUE_CJJ181);
        findings_add(&gate.result.findings, FINDING_NO_SURVEY,
            (struct finding_place){.file = text_from(cases[i].path)}, "it looks like text");
        check(&gate);
        cr_expect_eq(gate.report.n_by_rule[CHECK_FILES_USED], cases[i].n, "%s", cases[i].path);
        cr_expect_eq(gate.report.files[1].n_warnings, cases[i].n, "of no survey");
    }
}

Test(check, a_survey_that_no_format_reads_is_missed) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    findings_add(&gate.result.findings, FINDING_SURVEY_UNSUPPORTED,
        (struct finding_place){.file = TEXT("a/log.itf")}, "it is an INTERLIS 1 transfer");
    check(&gate);
    cr_expect_eq(gate.report.n_by_rule[CHECK_READABLE], 1u);
    cr_expect_eq(gate.report.files[1].n_errors, 1u, "of no survey");
}

Test(check, a_missing_id_is_a_breach_when_the_contract_wants_ids) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    gate.survey->inspections[0].id = (struct text){0};
    gate.rules.at[CHECK_ID_PRESENT].severity = CHECK_ERROR;
    check(&gate);
    cr_expect_eq(gate.report.n, 1u);
    cr_expect_not_null(first(&gate, CHECK_ID_PRESENT));
}

Test(check, rules_that_are_off_say_nothing) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    see(&gate, "QQ", NULL, -1);
    gate.rules.at[CHECK_CODE_KNOWN].severity = CHECK_OFF;
    gate.rules.at[CHECK_STATION_POSITIVE].severity = CHECK_WARNING;
    check(&gate);
    cr_expect_eq(gate.report.n, 1u);
    cr_expect_eq(gate.report.total.n_warnings, 1u);
    cr_expect(check_is_accepted(&gate.report));
}

Test(check, marks_are_paired_without_a_network) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_EN13508);
    see(&gate, "BCD", "XP", 0);
    struct observation *start = see(&gate, "BAB", "C", 20);
    start->mark = MARK_START;
    start->mark_number = 1;
    struct observation *end = see(&gate, "BAB", "C", 10);
    end->mark = MARK_END;
    end->mark_number = 1;
    see(&gate, "BCE", "XP", 40);
    gate.rules.at[CHECK_CHAR_PRESENT].severity = CHECK_OFF;
    check(&gate);
    cr_expect_eq(gate.report.n, 1u);
    const struct violation *violation = first(&gate, CHECK_CONTINUOUS_ORDER);
    cr_assert_not_null(violation);
    cr_expect_eq(violation->line, 4u);
}

Test(check, what_stands_behind_a_code) {
    static const struct {
        const char *code, *char1, *char2;
        double quant1;
        enum check_rule rule; /* CHECK_RULES: none */
    } cases[] = {
        {"BAB", "B",  "A",  2,   CHECK_RULES        },
        {"bab", "b",  "a",  2,   CHECK_RULES        },
        {"BAB", "F",  "A",  2,   CHECK_CHAR_ALLOWED },
        {"BAB", "B",  "F",  2,   CHECK_CHAR_ALLOWED },
        {"BAB", "B",  NULL, 2,   CHECK_CHAR_PRESENT },
        {"BAB", NULL, NULL, 2,   CHECK_CHAR_PRESENT },
        {"BAG", NULL, NULL, 20,  CHECK_RULES        },
        {"BAG", "A",  NULL, 20,  CHECK_CHAR_ALLOWED },
        {"BAI", "A",  NULL, 5,   CHECK_CHAR_PRESENT },
        {"BAI", "Z",  NULL, 5,   CHECK_RULES        },
        {"BBA", "A",  NULL, NAN, CHECK_QUANT_PRESENT},
        {"BBA", "A",  NULL, 101, CHECK_QUANT_RANGE  },
        {"BAE", NULL, NULL, -1,  CHECK_QUANT_RANGE  },
        {"BAB", "BB", "A",  2,   CHECK_CHAR_ALLOWED },
        {"BDB", "AA", NULL, NAN, CHECK_RULES        },
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(gate_release) struct gate gate = {0};
        open_gate(&gate, CATALOGUE_EN13508);
        see(&gate, "BCD", "XP", 0);
        struct observation *row = see(&gate, cases[i].code, cases[i].char1, 10);
        row->code = survey_add_code(gate.survey, (struct text){0}, text_from(cases[i].code),
            text_from(cases[i].char1), text_from(cases[i].char2));
        observation_more(gate.survey, row)->quant1 = cases[i].quant1;
        see(&gate, "BCE", "XP", 40);
        check(&gate);
        cr_expect_eq(gate.report.n, cases[i].rule != CHECK_RULES, "case %zu", i);
        cr_expect(
            cases[i].rule == CHECK_RULES || first(&gate, cases[i].rule) != NULL, "case %zu", i);
    }
}

Test(check, photos_are_looked_for_where_files_are_known) {
    CLEANUP(file_names_release) struct file_names media = {0};
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    file_names_add(&media, TEXT("P1.JPG"));
    gate.media[0] = &media;
    struct observation *row = see(&gate, "PL", NULL, 10);
    row->grade = 4;
    observation_more(gate.survey, row)->photo = TEXT("photos\\p1.jpg; p2.jpg; 17");
    check(&gate);
    cr_expect_eq(gate.report.n, 1u, "bare numbers are no names");
    cr_assert_not_null(first(&gate, CHECK_PHOTO_THERE));
    cr_expect(text_contains(first(&gate, CHECK_PHOTO_THERE)->found, TEXT("p2.jpg")));
}

Test(check, a_photo_may_show_two_defects_of_one_place) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_CJJ181);
    for (int i = 0; i < 3; i++) {
        struct observation *row = see(&gate, i == 0 ? "PL" : "SL", NULL, i < 2 ? 10 : 12);
        row->grade = 1;
        observation_more(gate.survey, row)->photo = TEXT("p1.jpg");
    }
    check(&gate);
    cr_expect_eq(gate.report.n_by_rule[CHECK_PHOTO_UNIQUE], 1u);
    cr_expect_eq(gate.report.n, 1u);
}

Test(check, node_inspections_need_no_run) {
    CLEANUP(gate_release) struct gate gate = {0};

    open_gate(&gate, CATALOGUE_EN13508);
    struct inspection *inspection = &gate.survey->inspections[0];
    inspection->object = OBJECT_NODE;
    inspection->start_node = inspection->finish_node = (struct text){0};
    inspection->direction = DIRECTION_UNKNOWN;
    inspection->inspected_m = NAN;
    see(&gate, "DAB", "A", 2);
    see(&gate, "DAB", "B", 1);
    check(&gate);
    cr_expect_eq(gate.report.n, 0u, "%s", gate.report.n == 0 ? "" : gate.report.at[0].found.at);
}

Test(check, direction_and_start_node_contradict_without_a_network) {
    for (int i = 0; i < 4; i++) {
        CLEANUP(gate_release) struct gate gate = {0};
        open_gate(&gate, CATALOGUE_CJJ181);
        struct inspection *inspection = &gate.survey->inspections[0];
        struct inspection_more *more = inspection_more(gate.survey, inspection);
        more->upstream_node = i % 2 == 0 ? TEXT("A") : TEXT("B");
        more->downstream_node = i % 2 == 0 ? TEXT("B") : TEXT("A");
        inspection->direction = i < 2 ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
        check(&gate);
        bool is_wrong = i == 1 || i == 2; /* it starts at A */
        cr_expect_eq(gate.report.n_by_rule[CHECK_DIRECTION_AGREES], is_wrong, "case %d", i);
    }
}
