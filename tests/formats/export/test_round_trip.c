/* Each target: write, read back, compare; and write again what was read, byte for byte. */
#include "tests/formats/export/round_trip.h"

#include <math.h>

#include "core/catalogue.h"
#include "core/network.h"
#include "formats/export/targets.h"

/* --- a survey with every field set --- */

static void fill_circumstances(struct survey *survey, struct inspection *inspection) {
    struct inspection_more *more = inspection_more(survey, inspection);

    inspection->operator_word = pool_add(&survey->words, TEXT("M. Krüger, \"Kanal\" & <Söhne>"));
    inspection->method_word = pool_add(&survey->words, TEXT("camera"));
    inspection->inspected_on = 20240304;
    more->time = TEXT("10:15:00");
    more->weather = TEXT("dry");
    more->purpose = TEXT("routine");
    more->street = TEXT("=1+1; 南门街");
    more->remark = TEXT("-not a formula, 'nor' this");
    more->standard = TEXT("EN 13508-2:2011");
    more->video = TEXT("run 1.mpg");
}

static struct inspection *add_pipe(struct survey *survey, const char *id) {
    struct inspection *inspection = survey_add_inspection(survey);
    struct inspection_more *more = inspection_more(survey, inspection);

    fill_circumstances(survey, inspection);
    inspection->id = text_from(id);
    inspection->segment_ref = TEXT("#H 12");
    inspection->start_node = TEXT("S2");
    inspection->finish_node = TEXT("S1,a");
    inspection->direction = DIRECTION_UPSTREAM;
    inspection->zero = ZERO_INNER_WALL;
    inspection->diameter_mm = 304.8F;
    inspection->height_mm = 457.2F;
    inspection->expected_m = 40.1;
    inspection->inspected_m = 39.05;
    inspection->line = 7;
    more->upstream_node = TEXT("S1,a");
    more->downstream_node = TEXT("S2");
    more->suffix = TEXT("a");
    more->system = TEXT("storm");
    more->material = TEXT("STZ");
    more->shape = TEXT("egg");
    more->start_at = (struct xy){137600.25, 510650.5};
    more->finish_at = (struct xy){137640, 510655};
    more->has_coordinates = true;
    return inspection;
}

static struct observation *add_row(struct survey *survey, double chainage_m, const char *code,
    const char *char1, const char *char2) {
    struct observation *observation = survey_add_observation(survey);

    observation->chainage_m = chainage_m;
    observation->line = (uint32_t)survey->n_observations + 10;
    observation->code = survey_add_code(
        survey, (struct text){0}, text_from(code), text_from(char1), text_from(char2));
    return observation;
}

static void fill_row(struct survey *survey, struct observation *observation) {
    struct observation_more *more = observation_more(survey, observation);

    observation->clock_from = 11;
    observation->clock_to = 1;
    observation->mark = MARK_START;
    observation->mark_number = 1;
    observation->at_joint = 1;
    more->remark = TEXT("@fine crack, \"long\"; <b> & so on");
    more->photo = TEXT("photos/0001.jpg");
    more->video_time = TEXT("00:01:12");
    more->quant1 = 2.5;
    more->quant2 = 1.0 / 3;
}

/* Pipes and a manhole in EN 13508-2: run, clean run, abandoned run. */
static void make_en(struct survey *survey) {
    *survey = (struct survey){.file = {.path = TEXT("made.txt")}, .catalogue = CATALOGUE_EN13508};
    add_pipe(survey, "A")->n_observations = 0;
    add_row(survey, 0, "BCD", "XP", NULL);
    fill_row(survey, add_row(survey, 12.34, "BAB", "B", "A"));
    struct observation *end = add_row(survey, 18.9, "BAB", "B", "A");
    end->mark = MARK_END;
    end->mark_number = 1;
    struct observation *vague = add_row(survey, 20.125, "BBF", "A", NULL);
    observation_more(survey, vague)->quant1_text = TEXT(">5");
    observation_more(survey, vague)->quant2_text = TEXT("viel");
    add_row(survey, 39.05, "BCE", "XP", NULL);

    struct inspection *clean = add_pipe(survey, "B");
    clean->inspected_m = NAN;
    clean->direction = DIRECTION_DOWNSTREAM;
    clean->more->upstream_node = TEXT("S2");
    clean->more->downstream_node = TEXT("S1,a");

    struct inspection *given_up = add_pipe(survey, "C");
    given_up->inspected_m = 5.5;
    given_up->is_abandoned = true;
    given_up->more->abandoned_reason = TEXT("stone in the way");
    struct observation *stop = add_row(survey, 5.5, "BDC", "A", NULL);
    observation_more(survey, stop)->remark = TEXT("stone in the way");

    struct inspection *manhole = survey_add_inspection(survey);
    fill_circumstances(survey, manhole);
    manhole->object = OBJECT_NODE;
    manhole->segment_ref = TEXT("S1,a");
    observation_more(survey, add_row(survey, 1.5, "DAF", "B", "A"))->place = TEXT("B");
    catalogue_resolve(survey);
}

static void fill_cjj(struct survey *survey, struct observation *observation) {
    observation->grade = 3;
    observation->clock_from = 9;
    observation->clock_to = 3;
    observation->mark = MARK_START;
    observation->mark_number = 1;
    observation_more(survey, observation)->remark = TEXT("=SUM(A1), \"引号\"");
    observation_more(survey, observation)->photo = TEXT("照片1.jpg");
}

static void make_cjj(struct survey *survey) {
    *survey = (struct survey){.file = {.path = TEXT("made.csv")}, .catalogue = CATALOGUE_CJJ181};
    add_pipe(survey, "甲");
    fill_cjj(survey, add_row(survey, 9.28, "PL", NULL, NULL));
    struct observation *end = add_row(survey, 14.5, "PL", NULL, NULL);
    end->mark = MARK_END;
    end->mark_number = 1;
    observation_more(survey, add_row(survey, 20, "CJ", NULL, NULL))->grade_text = TEXT("M2");
    add_row(survey, NAN, "ZW", NULL, NULL)->clock_from = 6;
    add_pipe(survey, "乙");
    catalogue_resolve(survey);
}

/* --- what comes back --- */

/* What a target tells by other means than a field, and so not always. */
static const struct {
    const struct export_target *target;
    enum export_field fields[12];
    size_t n;
} derived[] = {
    {&export_csv,         {EXPORT_REMARK},                              1},
    {&export_cjj181,      {EXPORT_REMARK},                              1},
    {&export_cjj181_xlsx, {EXPORT_REMARK},                              1},
    {&export_en13508,     {EXPORT_REMARK},                              0},
    {&export_isybau,      {EXPORT_ABANDONED_REASON, EXPORT_VIDEO_TIME}, 2},
    {&export_m150,        {EXPORT_ABANDONED_REASON},                    0},
    {&export_ribx,        {EXPORT_ABANDONED_REASON},                    0},
};

static void expect_round_trip(const struct temp_folder *folder, const struct export_target *target,
    const struct survey *survey, const char *what) {
    struct temp_path path = temp_path_of(folder, "made.out");
    struct export_losses losses = write_or_die(target, survey, path.at);

    if (survey_format_by_name(target->reader) == NULL) {
        return; /* the reader is not in this build */
    }
    cr_expect(losses.is_checked);
    for (size_t i = 0; i < ARRAY_LEN(derived); i++) {
        if (derived[i].target == target) {
            expect_altered_only(target, &losses, derived[i].fields, derived[i].n, what);
        }
    }
    if (target->write_file == NULL) {
        expect_same_again(target, folder, path.at, survey->catalogue);
    }
}

Test(round_trip, en_targets_keep_every_field) {
    static const struct export_target *const targets[] = {
        &export_csv, &export_en13508, &export_isybau, &export_m150, &export_ribx};
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        make_en(&survey);
        expect_round_trip(&folder, targets[i], &survey, "the EN survey");
    }
}

Test(round_trip, sheets_keep_every_field) {
    static const struct export_target *const targets[] = {
        &export_csv, &export_cjj181, &export_cjj181_xlsx};
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        make_cjj(&survey);
        expect_round_trip(&folder, targets[i], &survey, "the CJJ survey");
    }
}

Test(round_trip, what_has_no_field_is_counted) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "made.csv");

    make_en(&survey);
    struct export_losses losses = write_or_die(&export_csv, &survey, path.at);
    cr_expect_eq(losses.n_inspections, 1, "the manhole");
    cr_expect_eq(losses.n_observations, 1, "and its observation");
    cr_expect_eq(losses.at[EXPORT_SUFFIX].n_unheld, 3);
    cr_expect_eq(losses.at[EXPORT_ZERO].n_unheld, 3);
    cr_expect_eq(losses.at[EXPORT_ZERO].first.line, 7);
    cr_expect_eq(losses.at[EXPORT_START_X].n_unheld, 3);
    cr_expect_eq(losses.at[EXPORT_REMARK].n_altered, 2, "of runs with observations");
    cr_expect_eq(losses.at[EXPORT_CHAINAGE].n_altered, 0);
    cr_expect(losses_any(&losses));
}

Test(round_trip, a_survey_that_fits_loses_nothing) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {.file = {.path = TEXT("a")}};
    struct temp_path path = temp_path_of(&folder, "fits.csv");

    survey.catalogue = CATALOGUE_CJJ181;
    struct inspection *inspection = survey_add_inspection(&survey);
    inspection->id = TEXT("A");
    inspection->start_node = TEXT("M1");
    inspection->finish_node = TEXT("M2");
    add_row(&survey, 3.5, "CK", NULL, NULL)->grade = 2;
    struct export_losses losses = write_or_die(&export_csv, &survey, path.at);
    cr_expect(losses.is_checked);
    cr_expect(!losses_any(&losses));
}

Test(round_trip, ids_that_come_twice_are_numbered) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0}, back = {0};
    struct temp_path path = temp_path_of(&folder, "twice.csv");

    survey = (struct survey){.file = {.path = TEXT("a")}, .catalogue = CATALOGUE_CJJ181};
    for (size_t i = 0; i < 3; i++) {
        survey_add_inspection(&survey)->id = i == 1 ? TEXT("A (2)") : TEXT("A");
        survey.inspections[i].start_node = TEXT("M1");
        add_row(&survey, (double)i, "CK", NULL, NULL);
    }
    struct export_losses losses = write_or_die(&export_csv, &survey, path.at);
    cr_expect_eq(losses.at[EXPORT_ID].n_altered, 1);
    read_target_or_die(&export_csv, path.at, CATALOGUE_CJJ181, &back);
    cr_assert_eq(back.n_inspections, 3);
    cr_expect(text_equal(back.inspections[1].id, TEXT("A (2)")));
    cr_expect(text_equal(back.inspections[2].id, TEXT("A (3)")));
}

Test(round_trip, what_xml_cannot_hold_is_replaced_and_counted) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0}, back = {0};
    struct temp_path path = temp_path_of(&folder, "control.xml");

    make_en(&survey);
    observation_more(&survey, &survey.observations[0])->remark = TEXT("bell\x07 and \x01");
    struct export_losses losses = write_or_die(&export_isybau, &survey, path.at);
    cr_expect_eq(losses.n_replaced, 2);
    cr_expect_eq(losses.at[EXPORT_NOTE].n_altered, 1);
    read_target_or_die(&export_isybau, path.at, CATALOGUE_EN13508, &back);
    cr_expect(
        text_equal(back.observations[0].more->remark, TEXT("bell\xEF\xBF\xBD and \xEF\xBF\xBD")));
}

Test(round_trip, gb18030_holds_the_same) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "gb.csv");
    struct export_losses losses = {0};
    struct error err = {0};
    char bytes[65536];

    make_cjj(&survey);
    struct export_request request = {
        .surveys = &survey, .n_surveys = 1, .path = path.at, .encoding = ENCODING_GB18030};
    cr_assert(export_write(&export_cjj181, &request, &losses, &err), "%s", err.text);
    cr_expect_eq(losses.at[EXPORT_STREET].n_altered, 0);
    cr_expect_eq(losses.at[EXPORT_PHOTO].n_altered, 0);
    cr_expect_gt(read_bytes(path.at, bytes, sizeof bytes), 0);
    cr_expect_eq(memcmp(bytes, "\xD0\xF2\xBA\xC5", 4), 0, "the first heading in GBK");
}

Test(round_trip, a_target_that_holds_nothing_of_it_writes_nothing) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {.file = {.path = TEXT("a")}};
    struct temp_path path = temp_path_of(&folder, "none.csv");
    struct export_request request = {.surveys = &survey, .n_surveys = 1, .path = path.at};
    struct export_losses losses = {0};
    struct error err = {0};

    survey_add_inspection(&survey)->object = OBJECT_NODE;
    cr_expect(!export_write(&export_csv, &request, &losses, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_neq(access(path.at, F_OK), 0, "no file is left");
}

Test(round_trip, catalogues_are_checked) {
    CLEANUP(survey_release) struct survey en = {0}, cjj = {0};
    struct error err = {0};

    make_en(&en);
    make_cjj(&cjj);
    struct export_request request = {.surveys = &cjj, .n_surveys = 1};
    cr_expect(!export_check(&export_en13508, &request, false, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, "--translate") != NULL, "%s", err.text);
    cr_expect(export_check(&export_en13508, &request, true, &err));
    cr_expect(export_check(&export_cjj181, &request, false, &err));

    const struct survey both[] = {en, cjj};
    request = (struct export_request){.surveys = both, .n_surveys = 2};
    cr_expect(!export_check(&export_csv, &request, false, &err));
    cr_expect(strstr(err.text, "holds one catalogue") != NULL, "%s", err.text);
    cr_expect(export_check(&export_gpkg, &request, false, &err));
}

Test(round_trip, rows_that_would_be_missing_stop_it) {
    CLEANUP(survey_release) struct survey survey = {0}, back = {0};
    struct export_losses losses = {0};
    struct error err = {0};

    make_cjj(&survey);
    make_cjj(&back);
    const struct inspection *list[] = {&survey.inspections[0], &survey.inspections[1]};
    struct export_request request = {
        .surveys = &survey, .n_surveys = 1, .inspections = list, .n_inspections = 2};
    cr_expect(losses_compare(&losses, &export_csv, &request, &back, &err), "%s", err.text);
    back.inspections[0].n_observations--;
    cr_expect(!losses_compare(&losses, &export_csv, &request, &back, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect(strstr(err.text, "4 observations would read back as 3") != NULL, "%s", err.text);
    back.n_inspections--;
    cr_expect(!losses_compare(&losses, &export_csv, &request, &back, &err));
    cr_expect(strstr(err.text, "2 inspections would read back as 1") != NULL, "%s", err.text);
}

/* --- the sample data --- */

static const char *const samples[] = {
    "hamlet/inspections-isybau2017.xml",
    "mill/log.csv",
    "town/inspections/01-oldtown-2024-gbk.csv",
    "town/inspections/02-riverside-2024-utf8bom.csv",
    "town/inspections/03-newtown-foul-2023.xlsx",
    "town/inspections/04-newtown-storm-2023.ods",
    "town/inspections/05-industry-2022-en13508.txt",
    "town/inspections/06-campus-2023-isybau2013.xml",
    "town/inspections/07-storm-2023-isybau2017.xml",
    "town/inspections/08-earlier-2019-2021.csv",
    "town/inspections/09-redelivery-2024-gb18030.csv",
    "village/records-and-wells.xlsx",
};

/* What a target has for the values of other formats only in part: lists of words, and what it
 * derives from rows. */
static bool may_alter(enum export_field field) {
    return field == EXPORT_METHOD || field == EXPORT_STANDARD || field == EXPORT_PURPOSE ||
           field == EXPORT_INSPECTED || field == EXPORT_ABANDONED_REASON ||
           field == EXPORT_REMARK || field == EXPORT_SYSTEM || field == EXPORT_WEATHER ||
           field == EXPORT_ID || field == EXPORT_VIDEO_TIME || field == EXPORT_MATERIAL;
}

static bool speaks(const struct export_target *target, enum catalogue catalogue) {
    return target->catalogue == CATALOGUE_UNKNOWN || target->catalogue == catalogue ||
           target->other_catalogue == catalogue;
}

static void try_sample(
    const struct temp_folder *folder, const struct export_target *target, const char *name) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct read_options options = {0};
    struct temp_path path = temp_path_of(folder, "sample.out");
    struct error err = {0};
    char from[1024];

    snprintf(from, sizeof from, "%s/sample-data/%s", getenv("CHAINAGE_SOURCE"), name);
    cr_assert(survey_read(from, NULL, &options, &survey, &err), "%s", err.text);
    if (!speaks(target, survey.catalogue)) {
        return;
    }
    struct export_losses losses = write_or_die(target, &survey, path.at);
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        cr_expect(may_alter(field) || losses.at[field].n_altered == 0,
            "%s as %s: %s reads back otherwise in %zu rows, the first in line %u", name,
            target->name, export_field_name(field), losses.at[field].n_altered,
            (unsigned)losses.at[field].first.line);
    }
    if (target->write_file == NULL && survey_format_by_name(target->reader) != NULL) {
        expect_same_again(target, folder, path.at, survey.catalogue);
    }
}

Test(round_trip, every_sample_comes_back_from_every_target) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        for (size_t k = 0; k < n_export_targets; k++) {
            if (export_targets[k]->reader != NULL) {
                try_sample(&folder, export_targets[k], samples[i]);
                n++;
            }
        }
    }
    cr_expect_gt(n, 80);
}

Test(round_trip, targets_are_sorted_and_hold_something) {
    for (size_t i = 0; i < n_export_targets; i++) {
        const struct export_target *target = export_targets[i];
        cr_expect(i == 0 || strcmp(export_targets[i - 1]->name, target->name) < 0);
        cr_expect(target->holds[EXPORT_CODE] && target->holds[EXPORT_CHAINAGE], "%s", target->name);
        cr_expect_neq(target->write == NULL, target->write_file == NULL, "%s", target->name);
        cr_expect_eq(export_target_by_name(target->name), target);
    }
    cr_expect_null(export_target_by_name("pdf"));
}
