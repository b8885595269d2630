#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan.h"
#include "tests/formats/temp_files.h"
#include "tests/samples.h"

static const struct read_options no_options = {0};

static const char project[] = "P_ID,P_Name,P_ProgramVersion\n\"{p}\",\"Lac\",\"8.20\"\n";
static const char section[] =
    "S_ID,S_StartNode,S_EndNode,S_SectionFlow,S_Sectionlength,S_Sectionname,S_PipeShape,S_PipeDia,"
    "S_PipeWidth,S_PipeMaterial,S_StartStreet\n"
    "\"{S1}\",\"30\",\"20\",\"1\",3.0239999999999998e+01,\"2\",\"A\",3.50000000e+02,3.50000000e+02,"
    "\"AU\",\"Rue\"\n";
static const char inspection[] =
    "SI_ID,SI_Section_ID,SI_InspName,SI_InspMethod,SI_InspectionDir,SI_InspectedLength,SI_Operator,"
    "SI_InspDate,SI_Norm,SI_AxialRef,SI_Virtual~ClipFilename\n"
    "\"{I1}\",\"{s1}\",\"1\",\"B\",\"U\",3.0e+01,\"N. Kanal\",\"01/31/14 00:00:00\","
    "\"EN 13508-2\",\"A\",\"a.mp4\"\n";
static const char observation[] =
    "SO_ID,SO_Inspecs_ID,SO_Counter,SO_Position,SO_OpCode,SO_ClockPosition1,SO_Joint,"
    "SO_ContinousDefect,SO_Quant1,SO_Quant1Unit,SO_Text,SO_Remark,SO_MPEGPosition,"
    "SO_PhotoFilename1,SO_ClipFileName1\n"
    "\"{o2}\",\"{I1}\",2,4.88699e+01,\"BABBA\",10,0.00000000e+00,\"A01\",\"3\",\"mm\","
    "\"Fissure, 3 mm\",\"nette\",\"00:06:59\",\"p.JPG\",\n"
    "\"{o1}\",\"{i1}\",1,0.0e+00,\"BCD\",,,,,,\"Debut\",,\"00:00:00\",,\"a.mp4\"\n";

#define expect_text(found, want)                                                               \
    do {                                                                                       \
        struct text is = (found);                                                              \
        cr_expect(text_equal(is, text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(is), want); \
    } while (0)

static size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static void expect_dump(const struct survey *survey) {
    cr_assert_eq(survey->n_inspections, 1);
    cr_assert_eq(survey->n_observations, 2);
    const struct inspection *run = &survey->inspections[0];
    expect_text(run->segment_ref, "2");
    expect_text(run->start_node, "20");
    expect_text(run->finish_node, "30");
    cr_expect_eq(run->direction, DIRECTION_UPSTREAM);
    cr_expect_eq(run->inspected_on, 20140131);
    cr_expect_eq(run->zero, ZERO_INNER_WALL);
    cr_expect_float_eq(run->expected_m, 30.24, 1e-9);
    cr_expect_float_eq(run->diameter_mm, 350, 1e-6);
    expect_text(pool_word(&survey->words, run->operator_word), "N. Kanal");
    expect_text(pool_word(&survey->words, run->method_word), "camera");
    expect_text(run->more->shape, "circular");
    expect_text(run->more->video, "a.mp4");
    const struct observation *rows = inspection_observations(run);
    expect_text(survey->codes[rows[0].code].code, "BCD");
    expect_text(survey->codes[rows[1].code].code, "BAB");
    expect_text(survey->codes[rows[1].code].char1, "B");
    expect_text(survey->codes[rows[1].code].char2, "A");
    cr_expect_float_eq(rows[1].chainage_m, 48.8699, 1e-9);
    cr_expect_eq(rows[1].mark, MARK_START);
    cr_expect_eq(rows[1].at_joint, 2);
    expect_text(rows[1].more->quant1_text, "3 mm");
    expect_text(rows[1].more->remark, "Fissure, 3 mm; nette");
    expect_text(rows[1].more->photo, "p.JPG");
    expect_text(rows[1].more->video, "a.mp4");
    cr_expect(text_starts_with(
        (struct text){rows[1].raw, rows[1].raw_n}, TEXT("SO_Position=4.88699e+01; ")));
    cr_expect_eq(survey->catalogue, CATALOGUE_EN13508);
    expect_text(survey->file.version, "8.20");
}

/* Each of the four leads to the others. */
Test(wincan_csv, one_table_finds_its_siblings) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    const struct temp_path paths[] = {
        temp_text(&folder, "x_Project.csv", project),
        temp_text(&folder, "x_Section.csv", section),
        temp_text(&folder, "x_Inspection.csv", inspection),
        temp_text(&folder, "x_Observation.csv", observation),
    };

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};

        cr_assert(survey_read(paths[i].at, NULL, &no_options, &survey, &err), "%s", err.text);
        cr_expect_str_eq(survey.file.format, "wincan-csv");
        expect_dump(&survey);
    }
}

Test(wincan_csv, a_sibling_of_another_kind_is_refused) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct temp_path path = temp_text(&folder, "SO_T.csv", observation);
    struct error err = {0};

    temp_text(&folder, "SI_T.csv", "a,b\n1,2\n");
    cr_expect_not(survey_read(path.at, NULL, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(strstr(err.text, "SI_T.csv"), "%s", err.text);
}

Test(wincan_csv, observations_alone) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("o.csv")};
    struct error err = {0};

    cr_assert(wincan_csv_read_bytes(text_from(observation), &no_options, &survey, &err));
    cr_assert_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 2);
    expect_text(survey.inspections[0].id, "i1");
    expect_text(survey.inspections[0].segment_ref, "");
    cr_expect_eq(count(&survey, FINDING_ID_MISSING), 1);
    expect_text(survey.codes[survey.observations[1].code].code, "BAB");
}

/* What the observations of an inspection are, and their photos: "BAB p1, BCD". */
static void expect_rows(const struct survey *survey, size_t number, const char *want) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct inspection *run = &survey->inspections[number];
    const struct observation *rows = inspection_observations(run);
    struct text list = {0};

    for (size_t i = 0; i < run->n_observations; i++) {
        struct text photo = rows[i].more == NULL ? (struct text){0} : rows[i].more->photo;
        list = arena_printf(&arena, "%.*s%s%.*s%s%.*s", TEXT_ARGS(list), i > 0 ? ", " : "",
            TEXT_ARGS(survey->codes[rows[i].code].code), photo.n > 0 ? " " : "", TEXT_ARGS(photo));
    }
    expect_text(list, want);
}

static const char head[] =
    "SO_ID,SO_Inspecs_ID,SO_Counter,SO_Position,SO_OpCode,SO_PhotoFilename1,SO_ClipFileName1\n";

static const struct {
    const char *name, *rows, *first, *second, *videos;
} orders[] = {
    {"in order",                    "1,a,1,0,BCD,1.jpg,a.mp4\n2,a,2,1,BAB,,\n3,b,1,0,BCE,3.jpg,\n", "BCD 1.jpg, BAB",
     "BCE 3.jpg",                                                                                                                                        "a.mp4"      },
    {"each by its counter",
     "1,a,3,0,BCD,1.jpg,a.mp4\n2,a,-2,1,BAB,2.jpg,\n3,a,3,0,BCE,,\n"
        "4,b,2,0,BAC,,\n5,b,1,0,BAF,,\n",                                                           "BAB 2.jpg, BCD 1.jpg, BCE", "BAF, BAC",             "a.mp4"      },
    {"rows of two take turns",
     "1,a,3,0,BCD,1.jpg,\n2,b,2,0,BAC,2.jpg,\n3,a,1,0,BCE,3.jpg,c.mp4\n"
        "4,b,1,0,BAF,4.jpg,\n5,a,2,0,BAB,,d.mp4\n",                                                 "BCE 3.jpg, BAB, BCD 1.jpg", "BAF 4.jpg, BAC 2.jpg", "c.mp4;d.mp4"},
    {"counters are broken numbers",
     "1,a,1,0,BCD,,\n2,a,0.5,0,BAC,,\n3,a,0.75,0,BCE,,\n4,b,1,0,BAF,,\n",                           "BAC, BCE, BCD",             "BAF",
     ""                                                                                                                                                               },
};

Test(wincan_csv, order_of_observations) {
    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("o.csv")};
        CLEANUP(arena_release) struct arena arena = {0};
        struct error err = {0};
        struct text all = arena_printf(&arena, "%s%s", head, orders[i].rows);

        cr_assert(wincan_csv_read_bytes(all, &no_options, &survey, &err), "%s", orders[i].name);
        cr_assert_eq(survey.n_inspections, 2, "%s", orders[i].name);
        expect_rows(&survey, 0, orders[i].first);
        expect_rows(&survey, 1, orders[i].second);
        expect_text(survey.inspections[0].more->video, orders[i].videos);
    }
}

/* Photos stand in the row of their observation: they stay there when its key is that of another, or
 * when it has none, and go with it when it says nothing. */
Test(wincan_csv, photos_belong_to_their_row) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("o.csv")};
    CLEANUP(arena_release) struct arena arena = {0};
    struct error err = {0};
    struct text all = arena_printf(&arena, "%s%s", head,
        "1,a,1,0,BCD,1.jpg,\n1,a,2,1,BAB,2.jpg,\n,a,3,2,BAC,3.jpg,\n4,a,4,3,,4.jpg,v.mp4\n");

    cr_assert(wincan_csv_read_bytes(all, &no_options, &survey, &err));
    cr_assert_eq(survey.n_inspections, 1);
    expect_rows(&survey, 0, "BCD 1.jpg, BAB 2.jpg, BAC 3.jpg");
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 2, "the row, and its two media");
}

static const struct {
    const char *name, *text, *message;
} refused[] = {
    {"sections alone",       section,                              "no inspections"         },
    {"another table",        "a,b\n1,2\n",                         "no table of WinCan 8"   },
    {"observations nowhere", "SO_Inspecs_ID,SO_OpCode\n{i},BAB\n", "no column 'SO_Position'"},
};

Test(wincan_csv, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("o.csv")};
        struct error err = {0};

        cr_expect_not(wincan_csv_read_bytes(text_from(refused[i].text), &no_options, &survey, &err),
            "%s", refused[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect_not_null(strstr(err.text, refused[i].message), "%s", err.text);
    }
}

Test(wincan_csv, sample) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    char path[1024];
    size_t n_upstream = 0, n_photos = 0, n_abandoned = 0;

    if (sample_path(path, sizeof path, "wincan/teksi_wincan_observation.csv") == NULL) {
        cr_skip_test("no samples");
    }
    cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_eq(survey.n_inspections, 6);
    cr_expect_eq(survey.n_observations, 38);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(survey.findings.n, 0);
    for (size_t i = 0; i < survey.n_inspections; i++) {
        const struct inspection *run = &survey.inspections[i];
        n_upstream += run->direction == DIRECTION_UPSTREAM;
        n_abandoned += run->is_abandoned;
        cr_expect(run->start_node.n > 0 && run->finish_node.n > 0 && run->inspected_on > 20140000);
    }
    cr_expect_eq(n_upstream, 1, "one U, five D");
    cr_expect_eq(n_abandoned, 4);
    for (size_t i = 0; i < survey.n_observations; i++) {
        n_photos += survey.observations[i].more->photo.n > 0;
        cr_expect_neq(survey.codes[survey.observations[i].code].kind, CODE_UNKNOWN);
    }
    cr_expect_eq(n_photos, 32);
}
