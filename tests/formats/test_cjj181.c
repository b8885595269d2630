#include <criterion/criterion.h>
#include <iconv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/network.h"
#include "formats/source.h"
#include "tests/formats/sheet_helpers.h"
#include "tests/samples.h"

/* The record sheet of a contractor, the pipes invented. */
static const char record[] =
    "序号,管段起点编号,管段终点编号,管径,材质,管段长度（m）,检测长度（m）,距离（m）,缺陷名称,缺陷等级,"
    "缺陷位置,照片编号,照片编号1,备注,项目地址/道路名称,缺陷描述,监督员,检测日期,管段类型,录像文件,检测方向\n"
    "1,A1,A2,500,砼 ,,17.57,0,无异常,0,,p1,,,梅园路,,某某,43405.0,雨水,v_A1~A2,顺流\n"
    "2,A2,A3,2700x2600,砼,33,32.94,9.28,障碍物,1,405,p2,p3,管口,梅园路,有石块,某某,43406,雨水,v_A2~A3,逆流\n"
    "3,A2,A3,2700x2600,砼,33,,16.5,腐蚀,3级,1100,,,KS01,梅园路,,某某,43406,雨水,v_A2~A3,逆流\n"
    "4,A2,A3,2700x2600,砼,33,,20.5,腐蚀,3级,1100,,,JS01,梅园路,,某某,43406,雨水,v_A2~A3,逆流\n"
    "5,A3,A4,300,塑胶,50,0.55,0.55,(CR)异物穿入,2,0408,,,无法通过,梅园路,,某某,2018-11-02,污水,v_A3~A4,顺流\n"
    "6,A4,A5,300,塑胶,,12,,中止,,,,,,梅园路,,某某,2018-11-02,污水,v_A4~A5,顺流\n";

Test(cjj181, record_sheet) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(record, &no_options, &survey);

    cr_expect_eq(survey.catalogue, CATALOGUE_CJJ181);
    cr_expect_not(survey.length_unit_is_assumed);
    cr_assert_eq(survey.n_inspections, 4);
    cr_assert_eq(survey.n_observations, 5);

    const struct inspection *at = survey.inspections;
    cr_expect_eq(at[0].n_observations, 0, "clean");
    cr_expect_eq(at[0].inspected_on, 20181101, "a day count");
    cr_expect_eq(at[0].inspected_m, 17.57);
    expect_text(at[0].more->material, "砼", "blanks are taken off");
    expect_text(at[0].more->street, "梅园路", "street");
    expect_text(at[0].more->system, "雨水", "system");
    expect_text(at[0].id, "A1-A2 20181101", "id");

    cr_expect_eq(at[1].n_observations, 3);
    expect_text(at[1].start_node, "A2", "where the camera was put in");
    expect_text(at[1].finish_node, "A3", "finish");
    cr_expect_eq(at[1].direction, DIRECTION_UPSTREAM);
    cr_expect_eq(at[1].diameter_mm, 2700);
    cr_expect_eq(at[1].height_mm, 2600);
    cr_expect_eq(at[1].expected_m, 33);
    cr_expect_not(at[1].is_abandoned);
    cr_expect(at[2].is_abandoned, "无法通过");
    cr_expect(at[3].is_abandoned, "ZZ");
    expect_text(at[2].more->abandoned_reason, "无法通过", "in the crew's words");
    expect_text(at[3].more->abandoned_reason, "中止", "the code as written");
    expect_text(finding(&survey, FINDING_COLUMN_UNKNOWN)->detail, "'序号', '监督员'", "columns");
    cr_expect_eq(survey.findings.n, 1);
}

#define SHEET(codes) "管段起点编号,管段终点编号,管径,距离（m）,缺陷名称,缺陷等级\n" codes

static const struct {
    const char *name, *bytes;
    enum catalogue asked, want;
    const char *first, *delivered;
} texts[] = {
    {"its own",                SHEET("A,B,300,1,错位,2\n"),                 CATALOGUE_UNKNOWN, CATALOGUE_CJJ181,  "CK",  "错位"},
    {"asked for DB31",         SHEET("A,B,300,1,错位,2\n"),                 CATALOGUE_DB31,    CATALOGUE_DB31,    "CW",  "错位"},
    {"DB31 and a name of CJJ", SHEET("A,B,300,1,错口,2\n"),                 CATALOGUE_DB31,    CATALOGUE_DB31,    "CW",
     "错口"                                                                                                                      },
    {"codes of DB31",          SHEET("A,B,300,1,错位,2\nA,B,300,2,WS,1\n"), CATALOGUE_UNKNOWN,
     CATALOGUE_DB31,                                                                                                "CW",  "错位"},
    {"codes of either",        SHEET("A,B,300,1,CW,2\nA,B,300,2,CK,1\n"),     CATALOGUE_UNKNOWN,
     CATALOGUE_CJJ181,                                                                                              "CW",  ""      },
    {"asked for CJJ 181",      SHEET("A,B,300,1,CW,2\n"),                     CATALOGUE_CJJ181,  CATALOGUE_CJJ181,  "CW",  ""      },
    {"asked for another",      SHEET("A,B,300,1,BABBA,2\n"),                  CATALOGUE_EN13508, CATALOGUE_EN13508, "BAB",
     "BABBA"                                                                                                                       },
};

Test(cjj181, whose_codes) {
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct read_options options = {.catalogue = texts[i].asked};

        read_or_die(texts[i].bytes, &options, &survey);
        cr_expect_eq(survey.catalogue, texts[i].want, "%s", texts[i].name);
        expect_text(survey.codes[0].code, texts[i].first, texts[i].name);
        expect_text(survey.codes[0].delivered, texts[i].delivered, texts[i].name);
    }
}

Test(cjj181, observations) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(record, &no_options, &survey);

    const struct observation *at = survey.observations;
    const struct code *code = observation_code(&survey.inspections[1], &at[0]);
    expect_text(code->code, "ZW", "a name becomes its code");
    expect_text(code->delivered, "障碍物", "and is kept");
    cr_expect_eq(at[0].chainage_m, 9.28);
    cr_expect_eq(at[0].clock_from, 4, "a lost zero");
    cr_expect_eq(at[0].clock_to, 5);
    expect_text(at[0].more->clock_text, "405", "raw");
    expect_text(at[0].more->photo, "p2; p3", "photos");
    expect_text(at[0].more->remark, "管口; 有石块", "remark and description");

    cr_expect_eq(at[1].grade, 3, "3级");
    cr_expect_eq(at[1].clock_from, 11);
    cr_expect_eq(at[1].clock_to, 0, "00: one position");
    cr_expect_eq(at[1].mark, MARK_START);
    cr_expect_eq(at[2].mark, MARK_END);
    cr_expect_eq(at[2].mark_number, 1);
    expect_text(observation_code(&survey.inspections[2], &at[3])->code, "CR", "(CR)异物穿入");
    expect_text(observation_code(&survey.inspections[3], &at[4])->code, "ZZ", "中止");
    cr_expect_eq(at[4].line, 7);
}

/* Two pipes lie between B1 and B2; only sizes and lengths tell whose a row is. */
Test(cjj181, two_pipes_between_two_manholes) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "管段起点编号,管段终点编号,管径,管段长度（m）,检测长度（m）,距离（m）,缺陷名称,缺陷等级,检测日期\n"
        "B1,B2,1500,47.3,47.3,21.2,腐蚀,2,2024-06-06\n"
        "B1,B2,1000,49.2,49.2,40.4,脱节,1,2024-06-06\n"
        "B1,B2,1500,47.3,47.3,30.0,破裂,1,2024-06-06\n"
        "B1,B2,1000,49.2,49.2,45.0,破裂,1,2024-06-06\n"
        "B1,B2,,,,46.0,错口,1,2024-06-06\n"
        "B2,B3,1500,40.0,40.0,5.0,破裂,1,2024-06-06\n"
        "B2,B3,1200,40.0,40.0,6.0,破裂,1,2024-06-06\n",
        &no_options, &survey);

    cr_assert_eq(survey.n_inspections, 3, "%zu", survey.n_inspections);
    const struct inspection *at = survey.inspections;
    cr_expect_eq(at[0].diameter_mm, 1500);
    cr_expect_eq(at[0].n_observations, 2);
    expect_text(at[0].id, "B1-B2 20240606", "the first");
    expect_text(at[1].id, "B1-B2 1000 20240606", "an id of its own");
    cr_expect_eq(at[1].diameter_mm, 1000);
    cr_expect_eq(at[1].expected_m, 49.2);
    cr_expect_eq(at[1].n_observations, 3, "a row that says neither goes on with the last");
    cr_expect_eq(inspection_observations(&at[1])[1].chainage_m, 45.0);
    cr_expect_eq(at[2].n_observations, 2, "a size alone may be a slip of the pen");
}

Test(cjj181, report_form) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "检测报告\n"
        "录像文件;起始井号;终止井号;管段直径;检测方向;管段长度;检测长度;检测日期;距离(m);缺陷名称代码;分值;等级;"
        "管道内部状况描述\n"
        "v1;W1;W2;DN400;顺流;20,5;20,5;2018年11月1日;3,5;(PL)破裂;5;Ⅲ;裂口\n"
        ";;;;;;;;7,25;AJ;2;2;支管\n",
        &no_options, &survey);

    cr_assert_eq(survey.n_inspections, 1, "empty cells are those of the row before");
    cr_assert_eq(survey.n_observations, 2);
    cr_expect_eq(survey.inspections[0].inspected_on, 20181101);
    cr_expect_eq(survey.inspections[0].diameter_mm, 400);
    cr_expect_eq(survey.inspections[0].inspected_m, 20.5);
    cr_expect_eq(survey.observations[0].grade, 3);
    cr_expect_eq(survey.observations[1].chainage_m, 7.25);
    expect_text(
        observation_code(&survey.inspections[0], &survey.observations[0])->code, "PL", "code");
}

Test(cjj181, marks_in_code_cells) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die("起点,终点,距离,缺陷代码,缺陷名称,备注\n"
                "A,B,1,FS(KS01),腐蚀,\nA,B,9,JS01,腐蚀,\nA,B,12,KS02,,\n",
        &no_options, &survey);

    cr_assert_eq(survey.n_observations, 3);
    for (size_t i = 0; i < 2; i++) {
        const struct observation *at = &survey.observations[i];
        expect_text(observation_code(&survey.inspections[0], at)->code, "FS", "code");
        cr_expect_eq(at->mark, i == 0 ? MARK_START : MARK_END);
        cr_expect_eq(at->mark_number, 1);
    }
    cr_expect_eq(survey.observations[2].mark, MARK_START, "a lone mark is an observation");
    cr_expect_eq(survey.observations[2].mark_number, 2);
}

Test(cjj181, coordinate_table) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "井号,X,Y,Z,道路名称\nA1,28765.5,119684.1,54.3,梅园路\nA2,28754.3,119669.2,,梅园路\n"
        "A3,far,1,,\n",
        &no_options, &survey);

    cr_expect_eq(survey.n_inspections, 0);
    cr_assert_not_null(survey.network);
    cr_assert_eq(survey.network->n_nodes, 3);
    const struct node *node = &survey.network->nodes[0];
    expect_text(node->id, "A1", "id");
    cr_expect_eq(node->at.x, 119684.1, "Y is east");
    cr_expect_eq(node->at.y, 28765.5, "X is north");
    cr_expect_eq(node->ground_m, 54.3);
    cr_expect(isnan(survey.network->nodes[1].ground_m));
    cr_expect_not(xy_is_set(survey.network->nodes[2].at));
    cr_expect_eq(survey.network->findings.n, 1, "a well without coordinates is said");
}

/* The record sheet in another encoding. */
static struct text encoded(const char *encoding, char *out, size_t size) {
    iconv_t handle = iconv_open(encoding, "UTF-8");
    char *in = (char *)record, *to = out;
    size_t in_left = sizeof record - 1, room = size;

    cr_assert_neq((intptr_t)handle, -1);
    cr_assert_eq(iconv(handle, &in, &in_left, &to, &room), 0);
    iconv_close(handle);
    return (struct text){out, size - room};
}

Test(cjj181, encodings_give_the_same) {
    static const struct {
        const char *iconv, *given, *verdict;
    } cases[] = {
        {"GBK",      NULL,      "GBK"     },
        {"GB18030",  NULL,      "GBK"     },
        {"GB18030",  "gb18030", "GB18030" },
        {"UTF-16",   NULL,      "UTF-16LE"},
        {"UTF-16BE", NULL,      "UTF-16BE"},
    };
    CLEANUP(survey_release) struct survey plain = {0};
    read_or_die(record, &no_options, &plain);

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct read_options options = {.encoding = cases[i].given};
        struct error err = {0};
        char bytes[8192];
        struct text text = encoded(cases[i].iconv, bytes, sizeof bytes);

        cr_assert(sheet_read_bytes(text, &options, &survey, &err), "%s", err.text);
        expect_text(survey.file.encoding, cases[i].verdict, cases[i].iconv);
        cr_assert_eq(survey.n_observations, plain.n_observations, "%s", cases[i].iconv);
        for (size_t k = 0; k < plain.n_observations; k++) {
            const struct observation *a = &survey.observations[k], *b = &plain.observations[k];
            cr_expect(text_equal((struct text){a->raw, a->raw_n}, (struct text){b->raw, b->raw_n}),
                "%s", cases[i].iconv);
            cr_expect(text_equal(survey.codes[a->code].code, plain.codes[b->code].code));
        }
    }
}

Test(cjj181, mixed_encodings_are_said) {
    CLEANUP(survey_release) struct survey survey = {0};
    char bytes[1024];
    int n = snprintf(
        bytes, sizeof bytes, "起点,终点,距离,缺陷名称\nA,B,1,破裂\nA,B,2,%s\n", "\xB4\xED\xBF\xDA");
    struct error err = {0};

    cr_assert(sheet_read_bytes((struct text){bytes, (size_t)n}, &no_options, &survey, &err));
    cr_assert_eq(survey.n_observations, 2);
    expect_text(
        observation_code(&survey.inspections[0], &survey.observations[0])->code, "PL", "UTF-8");
    expect_text(
        observation_code(&survey.inspections[0], &survey.observations[1])->code, "CK", "GBK");
    cr_expect_eq(finding(&survey, FINDING_ENCODING_DIFFERS)->place.line, 3);
}

Test(cjj181, nul_bytes_are_blanks) {
    CLEANUP(survey_release) struct survey survey = {0};
    static const char bytes[] = "起点,终点,距离,缺陷名称\nA\0,B,1,PL\nA,B,2,CK\n";
    struct error err = {0};

    cr_assert(sheet_read_bytes((struct text){bytes, sizeof bytes - 1}, &no_options, &survey, &err));
    cr_expect_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 2);
    cr_expect_eq(count(&survey, FINDING_NUL_BYTES), 1);
}

/* --- real files --- */

/* What matters of a survey, as one text; false when the sample is missing. */
static bool describe(const char *name, char *out, size_t size) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct source source = {0};
    struct error err = {0};
    char buffer[600];
    const char *path = sample_path(buffer, sizeof buffer, name);
    size_t n = 0;

    if (path == NULL) {
        return false;
    }
    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_expect_eq(survey_format_detect(&source), &format_cjj181, "%s", name);
    cr_assert(format_cjj181.read(&source, &no_options, &survey, &err), "%s: %s", name, err.text);
    cr_expect_eq(survey.n_inspections, 32, "%s", name);
    cr_expect_eq(survey.n_observations, 39, "%s", name);
    for (size_t i = 0; i < survey.n_inspections; i++) {
        const struct inspection *inspection = &survey.inspections[i];
        n += (size_t)snprintf(out + n, size - n, "%.*s %d %g %gx%g %d\n", TEXT_ARGS(inspection->id),
            inspection->direction, inspection->inspected_m, inspection->diameter_mm,
            inspection->height_mm, inspection->is_abandoned);
        for (size_t k = 0; k < inspection->n_observations; k++) {
            const struct observation *at = inspection_observations(inspection) + k;
            n += (size_t)snprintf(out + n, size - n, "%u %g %.*s%d %d-%d %.*s\n", at->line,
                at->chainage_m, TEXT_ARGS(survey.codes[at->code].code), at->grade, at->clock_from,
                at->clock_to, TEXT_ARGS(at->more->photo));
        }
    }
    return true;
}

Test(cjj181, contractor_in_three_files) {
    static char gbk[32768], utf8[32768], xls[32768];

    if (!describe("cn_cjj181/cjj181_longgang_records_gbk.csv", gbk, sizeof gbk) ||
        !describe("cn_cjj181/cjj181_longgang_records_utf8bom.csv", utf8, sizeof utf8) ||
        !describe("cn_cjj181/cjj181_springboot_0001.xls", xls, sizeof xls)) {
        cr_skip_test("the samples are not there");
    }
    cr_expect_str_eq(gbk, utf8);
    cr_expect_str_eq(gbk, xls);
    cr_expect_not_null(
        strstr(gbk, "2YB482-2YB475 20181102 1 32.94 2700x2600 0\n14 9.28 ZW1 4-5 bll013\n"));
    cr_expect_not_null(strstr(gbk, "1WB788-1WB787 20181103 1 0.55 500xnan 1\n"));
}

Test(cjj181, contractor_wells) {
    static const char *const names[] = {"cn_cjj181/cjj181_longgang_coords_gbk.csv",
        "cn_cjj181/cjj181_longgang_coords_utf8bom.csv", "cn_cjj181/cjj181_springboot_0001.xls"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct source source = {0};
        struct error err = {0};
        char buffer[600];
        const char *path = sample_path(buffer, sizeof buffer, names[i]);

        if (path == NULL) {
            cr_skip_test("the samples are not there");
        }
        cr_assert(source_open(path, &source, &err), "%s", err.text);
        cr_assert(format_cjj181.read(&source, &no_options, &survey, &err), "%s", err.text);
        cr_assert_not_null(survey.network, "%s", names[i]);
        cr_assert_eq(survey.network->n_nodes, 45, "%s: %zu", names[i], survey.network->n_nodes);
        expect_text(survey.network->nodes[0].id, "2YB502", names[i]);
        cr_expect_float_eq(survey.network->nodes[0].at.x, 119684.117, 1e-9, "%s", names[i]);
        cr_expect_float_eq(survey.network->nodes[0].at.y, 28765.524, 1e-9, "%s", names[i]);
    }
}
