#include <criterion/criterion.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/network.h"
#include "formats/source.h"
#include "formats/table_file.h"
#include "tests/formats/sheet_helpers.h"
#include "tests/samples.h"

/* A file with a name of its own that is gone after the test. */
struct file {
    char path[80];
};

static void file_release(struct file *file) {
    if (file->path[0] != '\0') {
        unlink(file->path);
    }
}

static void file_name(struct file *file, const char *extension) {
    snprintf(file->path, sizeof file->path, "/tmp/chainage-table-%ld%s", (long)getpid(), extension);
    unlink(file->path);
}

static OGRLayerH add_sheet(GDALDatasetH dataset, const char *name, const char *const *fields,
    const OGRFieldType *types, int n) {
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, name, NULL, wkbNone, NULL);

    cr_assert_not_null(layer, "%s", name);
    for (int i = 0; i < n; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i], types == NULL ? OFTString : types[i]);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    return layer;
}

static void add_row(OGRLayerH layer, const char *const *values, int n) {
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));

    for (int i = 0; i < n; i++) {
        if (values[i] != NULL) {
            OGR_F_SetFieldString(feature, i, values[i]);
        }
    }
    cr_assert_eq(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

/* A sheet of records, one of wells, one of neither. */
static void write_workbook(const char *driver, const char *path) {
    static const char *const headings[] = {"管段起点编号", "管段终点编号", "检测长度（m）",
        "距离（m）", "缺陷名称", "缺陷等级", "检测日期"};
    static const OGRFieldType types[] = {
        OFTString, OFTString, OFTReal, OFTReal, OFTString, OFTInteger, OFTDate};
    static const char *const rows[][7] = {
        {"A1", "A2", "28.85", "0",   "无异常", "0", "2018/11/01"},
        {"A2", "A3", "12.44", "1.1", "破裂",    "3", "2018/11/02"},
        {"A2", "A3", NULL,    "9.3", "错口",    "1", "2018/11/02"},
    };
    static const char *const wells[] = {"井号", "X", "Y"};
    static const char *const well_rows[][3] = {
        {"A1", "28765.524", "119684.117"},
        {"A2", "28754.305", "119669.191"}
    };
    static const char *const other[] = {"a", "b"};
    static const char *const other_row[] = {"1", "2"};

    GDALAllRegister();
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    cr_assert_not_null(dataset, "%s", driver);
    OGRLayerH layer = add_sheet(dataset, "记录表", headings, types, 7);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        add_row(layer, rows[i], 7);
    }
    layer = add_sheet(dataset, "坐标表", wells, NULL, 3);
    add_row(layer, well_rows[0], 3);
    add_row(layer, well_rows[1], 3);
    layer = add_sheet(dataset, "other", other, NULL, 2);
    add_row(layer, other_row, 2);
    GDALClose(dataset);
}

Test(table_file, workbooks) {
    static const struct {
        const char *driver, *extension;
    } kinds[] = {
        {"XLSX", ".xlsx"},
        {"ODS",  ".ods" },
    };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        CLEANUP(file_release) struct file file = {0};
        CLEANUP(survey_release) struct survey survey = {0};
        struct source source = {0};
        struct error err = {0};
        file_name(&file, kinds[i].extension);
        write_workbook(kinds[i].driver, file.path);

        cr_assert(source_open(file.path, &source, &err), "%s", err.text);
        cr_expect_eq(survey_format_detect(&source), &format_cjj181, "%s", kinds[i].driver);
        cr_assert(format_cjj181.read(&source, &no_options, &survey, &err), "%s", err.text);
        cr_assert_eq(survey.n_inspections, 2, "%s", kinds[i].driver);
        cr_assert_eq(survey.n_observations, 2, "%s", kinds[i].driver);
        cr_expect_eq(survey.inspections[0].inspected_m, 28.85, "%s", kinds[i].driver);
        cr_expect_eq(survey.inspections[0].inspected_on, 20181101, "%s", kinds[i].driver);
        cr_expect_eq(survey.observations[0].chainage_m, 1.1, "%s", kinds[i].driver);
        cr_expect_eq(survey.observations[0].line, 3, "%s", kinds[i].driver);
        cr_expect_eq(survey.observations[0].grade, 3, "%s", kinds[i].driver);
        const struct observation *at = &survey.observations[1];
        expect_text((struct text){at->raw, at->raw_n}, "A2\tA3\t\t9.3\t错口\t1\t2018-11-02", "raw");
        expect_text(observation_code(&survey.inspections[1], at)->code, "CK", kinds[i].driver);
        cr_assert_not_null(survey.network);
        cr_expect_eq(survey.network->n_nodes, 2, "%s", kinds[i].driver);
        cr_expect_eq(survey.network->nodes[1].at.y, 28754.305, "%s", kinds[i].driver);
        cr_expect_not_null(
            strstr(finding(&survey, FINDING_SHEET_SKIPPED)->detail.at, "sheet 'other'"));
        cr_expect_eq(survey.findings.n, 1, "%s", kinds[i].driver);
    }
}

/* A DBF whose texts are GBK, whatever OGR thinks. */
Test(table_file, dbf_in_gbk) {
    CLEANUP(file_release) struct file file = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    static const char *const headings[] = {"start_node", "finish_nod", "distance", "code"};
    static const OGRFieldType types[] = {OFTString, OFTString, OFTReal, OFTString};
    static const char *const rows[][4] = {
        {"A1", "A2", "1.25", "\xC6\xC6\xC1\xD1"},
        {"A1", "A2", "7",    "\xB4\xED\xBF\xDA"}
    };
    char *raw_bytes[] = {(char *)"ENCODING=", NULL};
    static const char *const columns[] = {"finish_node=finish_nod"};
    struct read_options options = {.columns = columns, .n_columns = 1};
    struct source source = {0};
    struct error err = {0};
    file_name(&file, ".dbf");

    GDALAllRegister();
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("ESRI Shapefile"), file.path, 0, 0, 0, GDT_Unknown, NULL);
    cr_assert_not_null(dataset);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "x", NULL, wkbNone, raw_bytes);
    for (int i = 0; i < 4; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(headings[i], types[i]);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    add_row(layer, rows[0], 4);
    add_row(layer, rows[1], 4);
    GDALClose(dataset);

    cr_assert(source_open(file.path, &source, &err), "%s", err.text);
    cr_assert(format_csv.read(&source, &options, &survey, &err), "%s", err.text);
    cr_assert_eq(survey.n_observations, 2);
    expect_text(survey.inspections[0].finish_node, "A2", "finish");
    cr_expect_eq(survey.observations[0].chainage_m, 1.25);
    expect_text(observation_code(&survey.inspections[0], &survey.observations[0])->delivered,
        "破裂", "GBK");
    expect_text(
        observation_code(&survey.inspections[0], &survey.observations[1])->code, "CK", "GBK");
}

/* Files that say they are workbooks. */
Test(table_file, refusals) {
    static const struct {
        const char *name, *extension, *bytes;
        size_t n;
    } cases[] = {
        {"a cut xls",        ".xls",  "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8},
        {"a cut xlsx",       ".xlsx", "PK\x03\x04",                       4},
        {"a dbf of nothing", ".dbf",  "\x03",                             1},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(file_release) struct file file = {0};
        CLEANUP(survey_release) struct survey survey = {0};
        struct source source = {0};
        struct error err = {0};
        file_name(&file, cases[i].extension);
        FILE *out = fopen(file.path, "w");
        cr_assert_not_null(out);
        fwrite(cases[i].bytes, 1, cases[i].n, out);
        fclose(out);

        cr_assert(source_open(file.path, &source, &err), "%s", err.text);
        cr_expect_not(format_cjj181.read(&source, &no_options, &survey, &err), "%s", cases[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", cases[i].name);
        cr_expect_not_null(strstr(err.text, "no table that can be read"), "%s", err.text);
    }
}

/* --- who reads it --- */

static bool needs_child(const char *extension, const char *bytes, size_t n) {
    CLEANUP(file_release) struct file file = {0};
    struct source source = {0};
    struct error err = {0};

    file_name(&file, extension);
    FILE *out = fopen(file.path, "wb");
    cr_assert_not_null(out);
    cr_assert_eq(fwrite(bytes, 1, n, out), n);
    fclose(out);
    cr_assert(source_open(file.path, &source, &err), "%s", err.text);
    cr_expect_eq(survey_needs_child(file.path), table_file_needs_child(&source));
    return table_file_needs_child(&source);
}

#define OLE "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

Test(table_file, what_a_child_reads) {
    CLEANUP(file_release) struct file file = {0};

    cr_expect(needs_child(".xls", OLE, sizeof OLE - 1));
    cr_expect(needs_child(".dbf", OLE, sizeof OLE - 1), "whatever its name");
    cr_expect(needs_child(".xlsx", "PK\x03\x04", 4), "a broken one");
    cr_expect_not(needs_child(".xls", "code,grade\n", 11), "a text");
    cr_expect_not(needs_child(".dbf", "\x03", 1));
    cr_expect_not(survey_needs_child("/nowhere/a.xls"));
    file_name(&file, ".xlsx");
    write_workbook("XLSX", file.path);
    cr_expect_not(survey_needs_child(file.path));
    unlink(file.path);
    file_name(&file, ".ods");
    write_workbook("ODS", file.path);
    cr_expect(survey_needs_child(file.path));
}

/* A real workbook with wrong bytes here and there: libfreexl writes beyond its buffers, which is
 * the child's end and not ours. */
Test(table_file, a_broken_xls_is_read_or_refused, .timeout = 120) {
    enum { TRIALS = 300 };
    static char bytes[65536];
    char buffer[1024];
    const char *path = sample_path(buffer, sizeof buffer, "cn_cjj181/cjj181_springboot_0001.xls");
    size_t n_read = 0;
    uint32_t random = 1;

    if (path == NULL) {
        cr_skip_test("no sample of an xls here");
    }
    FILE *in = fopen(path, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    for (size_t i = 0; i < TRIALS; i++) {
        CLEANUP(file_release) struct file file = {0};
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        char kept[4];
        random = random * 1664525 + 1013904223;
        size_t at = 8 + (random >> 8) % (i % 2 == 0 ? 1024 : n - 16);
        memcpy(kept, bytes + at, sizeof kept);
        memcpy(bytes + at, &random, sizeof kept);
        file_name(&file, ".xls");
        FILE *out = fopen(file.path, "wb");
        cr_assert_eq(fwrite(bytes, 1, n, out), n);
        fclose(out);
        memcpy(bytes + at, kept, sizeof kept);
        bool is_read = survey_read(file.path, NULL, &no_options, &survey, &err);
        cr_expect(is_read || (err.kind == ERROR_FORMAT && err.text[0] != '\0'), "%zu", at);
        n_read += is_read;
    }
    cr_expect_gt(n_read, 0);
    cr_expect_lt(n_read, TRIALS);
}
