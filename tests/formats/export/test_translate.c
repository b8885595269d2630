#include "formats/export/translate.h"

#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "tests/formats/temp_files.h"

static struct observation *add(
    struct survey *survey, const char *code, const char *char1, int grade) {
    struct observation *observation = survey_add_observation(survey);

    observation->code = survey_add_code(
        survey, (struct text){0}, text_from(code), text_from(char1), (struct text){0});
    observation->grade = (int8_t)grade;
    observation->line = (uint32_t)survey->n_observations;
    return observation;
}

static void expect_code(
    const struct survey *survey, size_t row, const char *code, const char *char1, int grade) {
    const struct observation *observation = &survey->observations[row];
    const struct code *got = &survey->codes[observation->code];

    cr_expect(text_equal(got->code, text_from(code)) && text_equal(got->char1, text_from(char1)) &&
                  observation->grade == grade,
        "row %zu: '%.*s' '%.*s' %d, not '%s' '%s' %d", row, TEXT_ARGS(got->code),
        TEXT_ARGS(got->char1), observation->grade, code, char1 == NULL ? "" : char1, grade);
}

Test(translate, rows_with_more_settled_win) {
    CLEANUP(translation_release) struct translation table = {0};
    CLEANUP(translation_use_release) struct translation_use use = {0};
    CLEANUP(survey_release) struct survey survey = {.catalogue = CATALOGUE_EN13508};
    struct translate_request request = {CATALOGUE_CJJ181, &table, NULL};

    survey_add_inspection(&survey);
    add(&survey, "BAB", "C", 0);
    add(&survey, "BAF", "Z", 0);
    add(&survey, "BBE", "D", 0);
    add(&survey, "BBE", "A", 0);
    observation_more(&survey, add(&survey, "BAA", "A", 0))->quant1 = 7;
    add(&survey, "BCD", "XP", 0);
    add(&survey, "BAN", NULL, 0);
    translation_default(&table);
    translate_survey(&survey, &request, &use);
    expect_code(&survey, 0, "PL", NULL, 2);
    expect_code(&survey, 1, "FS", NULL, 0);
    expect_code(&survey, 2, "CR", NULL, 0);
    expect_code(&survey, 3, "ZW", NULL, 0);
    expect_code(&survey, 4, "BX", NULL, 0);
    expect_code(&survey, 5, NULL, NULL, 0);
    expect_code(&survey, 6, "BAN", NULL, 0);
    cr_expect_eq(survey.catalogue, CATALOGUE_CJJ181);
    cr_expect_eq(use.n, 7);
    cr_expect_eq(use.n_left_out, 1);
    cr_expect_eq(use.n_untranslated, 1);
    cr_expect_eq(use.n_quantities, 1);
    cr_expect(isnan(survey.observations[4].more->quant1));
    cr_expect_null(use.at[6].row);
    cr_expect_eq(use.at[6].first.line, 7);
}

Test(translate, grades_choose_the_code) {
    CLEANUP(translation_release) struct translation table = {0};
    CLEANUP(translation_use_release) struct translation_use use = {0};
    CLEANUP(survey_release) struct survey survey = {.catalogue = CATALOGUE_CJJ181};
    struct translate_request request = {CATALOGUE_EN13508, &table, NULL};

    survey_add_inspection(&survey);
    add(&survey, "PL", NULL, 1);
    add(&survey, "PL", NULL, 4);
    add(&survey, "PL", NULL, 4);
    add(&survey, "QF", NULL, 2);
    translation_default(&table);
    translate_survey(&survey, &request, &use);
    expect_code(&survey, 0, "BAB", "B", 0);
    expect_code(&survey, 1, "BAC", "C", 0);
    expect_code(&survey, 3, "QF", NULL, 2);
    cr_expect_eq(use.n, 3);
    cr_expect_eq(use.at[1].n, 2);
}

Test(translate, a_suffix_becomes_at_joint) {
    CLEANUP(translation_release) struct translation table = {0};
    CLEANUP(translation_use_release) struct translation_use use = {0};
    CLEANUP(survey_release) struct survey survey = {.catalogue = CATALOGUE_MSCC};
    struct translate_request request = {CATALOGUE_EN13508, &table, NULL};

    survey_add_inspection(&survey);
    add(&survey, "CLJ", NULL, 0);
    add(&survey, "CL", NULL, 0);
    translation_default(&table);
    translate_survey(&survey, &request, &use);
    expect_code(&survey, 0, "BAB", "B", 0);
    cr_expect_eq(survey.observations[0].at_joint, 1);
    cr_expect_eq(survey.observations[1].at_joint, 0);
}

static bool is_segment(const struct inspection *inspection) {
    return inspection->object == OBJECT_SEGMENT;
}

Test(translate, what_the_target_cannot_hold_is_left_alone) {
    CLEANUP(translation_release) struct translation table = {0};
    CLEANUP(translation_use_release) struct translation_use use = {0};
    CLEANUP(survey_release) struct survey survey = {.catalogue = CATALOGUE_EN13508};
    struct translate_request request = {CATALOGUE_CJJ181, &table, is_segment};

    survey_add_inspection(&survey)->object = OBJECT_NODE;
    add(&survey, "DAF", "B", 0);
    translation_default(&table);
    translate_survey(&survey, &request, &use);
    cr_expect_eq(use.n_untranslated, 0);
}

Test(translate, every_code_of_the_shipped_tables_is_in_its_catalogue) {
    CLEANUP(translation_release) struct translation table = {0};
    struct text none = {0};

    translation_default(&table);
    cr_assert_gt(table.n, 100);
    for (size_t i = 0; i < table.n; i++) {
        const struct translation_row *row = &table.at[i];
        cr_expect_not_null(
            catalogue_find(row->from_catalogue, row->from_code, row->from_char1, none), "'%.*s'",
            TEXT_ARGS(row->from_code));
        cr_expect(row->to_code.n == 0 || catalogue_find(row->to_catalogue, row->to_code,
                                             row->to_char1, row->to_char2) != NULL,
            "'%.*s' to '%.*s'", TEXT_ARGS(row->from_code), TEXT_ARGS(row->to_code));
        bool is_sure = text_equal(row->certainty, TEXT("[S]")) ||
                       text_equal(row->certainty, TEXT("[K]")) ||
                       text_equal(row->certainty, TEXT("[U]"));
        cr_expect(is_sure, "'%.*s'", TEXT_ARGS(row->from_code));
        const struct translation_row *before = &table.at[i == 0 ? 0 : i - 1];
        cr_expect(before->from_catalogue != row->from_catalogue ||
                      before->to_catalogue != row->to_catalogue ||
                      text_compare(before->from_code, row->from_code) <= 0,
            "'%.*s' is out of order", TEXT_ARGS(row->from_code));
    }
}

#define HEADING                                                                                \
    "from_catalogue,from_code,from_char1,from_char2,from_grade,to_catalogue,to_code,to_char1," \
    "to_char2,to_grade,certainty\n"

Test(translate, tables_of_users) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(translation_release) struct translation table = {0};
    struct error err = {0};
    struct temp_path path = temp_text(&folder, "t.csv",
        HEADING "en13508,BAB,B,,,cjj181,PL,,,1,[K]\ncjj181,QF,,,2,en13508,BDD,,,,[U]\n");

    cr_assert(translation_read(path.at, &table, &err), "%s", err.text);
    cr_assert_eq(table.n, 2);
    cr_expect_eq(table.at[0].to_grade, 1);
    cr_expect(text_equal(table.at[0].from_char1, TEXT("B")));
    cr_expect_eq(table.at[1].from_grade, 2);
    cr_expect_eq(table.at[1].to_catalogue, CATALOGUE_EN13508);
}

Test(translate, bad_tables_are_told) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {HEADING,                                     "no row below"          },
        {"from_catalogue,from_code\n",                "no column 'from_char1'"},
        {HEADING "en,BAB,,,,cjj181,PL,,,,\n",         "'en' is none of"       },
        {HEADING "en13508,,,,,cjj181,PL,,,,\n",       "from_code '' is empty" },
        {HEADING "en13508,BAB,,,,cjj181,PL,,,bad,\n", "'bad' is no grade"     },
    };
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(translation_release) struct translation table = {0};
        struct error err = {0};
        struct temp_path path = temp_text(&folder, "t.csv", cases[i].text);
        cr_expect(!translation_read(path.at, &table, &err));
        cr_expect(
            strstr(err.text, cases[i].want) != NULL, "'%s' not in '%s'", cases[i].want, err.text);
    }
}

Test(translate, grades_of_shanghai_go_by_their_limits) {
    CLEANUP(translation_release) struct translation table = {0};
    CLEANUP(translation_use_release) struct translation_use use = {0};
    CLEANUP(survey_release) struct survey survey = {.catalogue = CATALOGUE_DB31};
    struct translate_request request = {CATALOGUE_CJJ181, &table, NULL};

    survey_add_inspection(&survey);
    add(&survey, "CW", NULL, 4);
    add(&survey, "BX", NULL, 1);
    add(&survey, "CJ", NULL, 1);
    add(&survey, "CJ", NULL, 2);
    add(&survey, "CJ", NULL, 3);
    add(&survey, "JQ", NULL, 3);
    translation_default(&table);
    translate_survey(&survey, &request, &use);
    expect_code(&survey, 0, "CK", NULL, 4);
    expect_code(&survey, 1, "BX", NULL, 2); /* 5 to 15 % */
    expect_code(&survey, 2, "CJ", NULL, 0); /* 10 to 20 %: CJJ has no grade for it */
    expect_code(&survey, 3, "CJ", NULL, 1);
    expect_code(&survey, 4, "CJ", NULL, 0); /* above 30 %: 2, 3 or 4 */
    expect_code(&survey, 5, "TL", NULL, 2);
    cr_expect_eq(use.n_untranslated, 0);
    cr_expect_eq(use.n_grades, 2, "the two that stay empty");
}

Test(translate, pairs_of_a_table) {
    CLEANUP(translation_release) struct translation table = {0};
    char pairs[256];

    translation_default(&table);
    cr_expect(translation_has_pair(&table, CATALOGUE_MSCC, CATALOGUE_EN13508));
    cr_expect_not(translation_has_pair(&table, CATALOGUE_WSA05, CATALOGUE_EN13508));
    translation_pairs(&table, pairs, sizeof pairs);
    cr_expect_str_eq(pairs, "cjj181 to en13508, cjj181 to db31, en13508 to cjj181, db31 to cjj181, "
                            "pacp to en13508, mscc to en13508");
}
