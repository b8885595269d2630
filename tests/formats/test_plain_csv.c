#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "formats/source.h"
#include "tests/formats/sheet_helpers.h"
#include "tests/samples.h"

#define HEADING                                                                            \
    "inspection_id,segment_id,start_node,finish_node,direction,date,operator,inspected_m," \
    "chainage_m,code,grade,clock_from,clock_to,continuous,quant1,quant2,remark,photo,video\n"

Test(csv, every_canonical_column) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(HEADING
        "7,S1,M1,M2,U,2020-05-01,NN,40.5,1.25,PL,2,9,3,A01,10,>5,\"long, open\",p.jpg,v.mp4\n",
        &no_options, &survey);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    expect_text(inspection->id, "7", "id");
    expect_text(inspection->segment_ref, "S1", "segment");
    expect_text(inspection->start_node, "M1", "start");
    expect_text(inspection->finish_node, "M2", "finish");
    cr_expect_eq(inspection->direction, DIRECTION_UPSTREAM);
    cr_expect_eq(inspection->inspected_on, 20200501);
    expect_text(pool_word(&survey.words, inspection->operator_word), "NN", "operator");
    cr_expect_eq(inspection->inspected_m, 40.5);
    cr_expect_eq(inspection->line, 2);
    expect_text(inspection->more->video, "v.mp4", "video");

    cr_assert_eq(survey.n_observations, 1);
    const struct observation *observation = &survey.observations[0];
    expect_text(observation_code(inspection, observation)->code, "PL", "code");
    cr_expect_eq(observation->chainage_m, 1.25);
    cr_expect_eq(observation->grade, 2);
    cr_expect_eq(observation->clock_from, 9);
    cr_expect_eq(observation->clock_to, 3);
    cr_expect_eq(observation->mark, MARK_START);
    cr_expect_eq(observation->mark_number, 1);
    cr_expect_eq(observation->more->quant1, 10);
    expect_text(observation->more->quant2_text, ">5", "quantity");
    expect_text(observation->more->remark, "long, open", "remark");
    expect_text(observation->more->photo, "p.jpg", "photo");
    cr_expect_eq(observation->line, 2);
    cr_expect_eq(strncmp(observation->raw, "7,S1,M1,M2,U", 12), 0, "raw is the record");
    cr_expect_not(survey.length_unit_is_assumed);
    cr_expect_eq(survey.catalogue, CATALOGUE_CJJ181);
    cr_expect_eq(survey.findings.n, 0);
}

/* Inspections as "id:observations", in order. */
static void dump(const struct survey *survey, char *out, size_t size) {
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        n += (size_t)snprintf(out + n, size - n, "%.*s:", TEXT_ARGS(inspection->id));
        for (size_t k = 0; k < inspection->n_observations; k++) {
            const struct observation *observation = inspection_observations(inspection) + k;
            n += (size_t)snprintf(out + n, size - n, "%g,", observation->chainage_m);
        }
        n += (size_t)snprintf(out + n, size - n, " ");
    }
}

static const struct {
    const char *name, *text, *want;
} groups[] = {
    {"rows of one inspection stand together",
     "inspection_id,segment_id,chainage_m,code\n1,S1,1,PL\n1,S1,2,PL\n2,S2,3,PL\n",                                         "1:1,2, 2:3, "                  },
    {"or do not",
     "inspection_id,segment_id,chainage_m,code\n1,S1,1,PL\n2,S2,3,PL\n1,S1,2,PL\n2,S2,4,PL\n3,S3,5,PL\n",
     "1:1,2, 2:3,4, 3:5, "                                                                                                                                  },
    {"ids need not ascend",
     "inspection_id,segment_id,chainage_m,code\n9,S9,1,PL\n10,S1,2,PL\n9,S9,3,PL\n2,S2,4,PL\n10,S1,5,PL\n",
     "9:1,3, 10:2,5, 2:4, "                                                                                                                                 },
    {"an id with another segment is another run",
     "inspection_id,segment_id,chainage_m,code\n1,S1,1,PL\n1,S2,2,PL\n1,S1,3,PL\n",                                         "1:1,3, 1:2, "                  },
    {"without ids the segment tells",             "segment_id,chainage_m,code\nS1,1,PL\nS2,2,PL\nS1,3,PL\n",
     "S1:1,3, S2:2, "                                                                                                                                       },
    {"so do the nodes",                           "start_node,finish_node,chainage_m,code\nA,B,1,PL\nB,A,2,PL\nA,B,3,PL\n",
     "A-B:1,3, B-A:2, "                                                                                                                                     },
    {"so does the date",
     "segment_id,date,chainage_m,code\nS1,2020-01-01,1,PL\nS1,2021-01-01,2,PL\n",                                           "S1 20200101:1, S1 20210101:2, "},
    {"so does the direction",                     "segment_id,direction,chainage_m,code\nS1,D,1,PL\nS1,U,2,PL\n",
     "S1:1, S1:2, "                                                                                                                                         },
    {"empty cells are those of the row before",
     "segment_id,date,chainage_m,code\nS1,2020-01-01,1,PL\n,,2,PL\nS2,,3,PL\n,,4,PL\n",                                     "S1 20200101:1,2, S2:3,4, "     },
    {"a row without a code is a clean run",
     "inspection_id,segment_id,chainage_m,code\n1,S1,,\n2,S2,1,PL\n3,S3,0,none\n",                                          "1: 2:1, 3: "                   },
    {"a clean row does not take away",
     "inspection_id,segment_id,chainage_m,code\n1,S1,1,PL\n1,S1,,\n",                                                       "1:1, "                         },
    {"blank rows are nothing",
     "inspection_id,segment_id,chainage_m,code\n1,S1,1,PL\n,,,\n\n1,S1,2,PL\n",                                             "1:1,2, "                       },
    {"headings may come again",
     "segment_id,chainage_m,code\nS1,1,PL\nsegment_id,chainage_m,code\nS2,2,PL\n",                                          "S1:1, S2:2, "                  },
    {"a title may stand above",                   "The city\n,,,\nsegment_id,chainage_m,code\nS1,1,PL\n",                   "S1:1, "                        },
};

Test(csv, inspections) {
    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char got[256];

        read_or_die(groups[i].text, &no_options, &survey);
        dump(&survey, got, sizeof got);
        cr_expect_str_eq(got, groups[i].want, "%s: %s", groups[i].name, got);
        cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 0, "%s", groups[i].name);
    }
}

/* Many inspections whose rows are dealt out like cards come together again, in file order. */
Test(csv, many_scattered_rows) {
    enum { INSPECTIONS = 500, ROUNDS = 5 };
    CLEANUP(array_release) char *text = NULL;
    CLEANUP(survey_release) struct survey survey = {0};
    size_t capacity = 0, n = 0;

    text = array_reserve(text, &capacity, INSPECTIONS * ROUNDS * 32 + 64, 1);
    n += (size_t)sprintf(text, "inspection_id,segment_id,chainage_m,code\n");
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < INSPECTIONS; i++) {
            n += (size_t)sprintf(text + n, "%d,S%d,%d,PL\n", i, i, round);
        }
    }
    read_or_die(text, &no_options, &survey);
    cr_assert_eq(survey.n_inspections, INSPECTIONS);
    cr_assert_eq(survey.n_observations, INSPECTIONS * ROUNDS);
    for (size_t i = 0; i < INSPECTIONS; i++) {
        const struct inspection *inspection = &survey.inspections[i];
        cr_assert_eq(inspection->first_observation, i * ROUNDS);
        cr_assert_eq(inspection->n_observations, ROUNDS);
        for (size_t k = 0; k < ROUNDS; k++) {
            cr_assert_eq(inspection_observations(inspection)[k].chainage_m, (double)k);
        }
    }
}

/* name, rows behind "segment_id,chainage_m,code,grade,clock,continuous,date,inspected_m", the
 * finding that there must be */
static const struct {
    const char *name, *row;
    enum finding_kind want;
    size_t n_observations;
} flaws[] = {
    {"a row that is too short",      "S1,1,PL",                      FINDING_ROW_RAGGED,       1},
    {"a row that is too long",       "S1,1,PL,2,3,,2020-01-01,9,x",  FINDING_ROW_RAGGED,       1},
    {"a chainage that is no number", "S1,far,PL,2,3,,2020-01-01,9",  FINDING_CHAINAGE_INVALID, 1},
    {"a clock beyond twelve",        "S1,1,PL,2,13,,2020-01-01,9",   FINDING_CLOCK_INVALID,    1},
    {"a mark of no kind",            "S1,1,PL,2,3,Q7,2020-01-01,9",  FINDING_MARK_INVALID,     1},
    {"a date that no calendar has",  "S1,1,PL,2,3,,2020-13-01,9",    FINDING_DATE_INVALID,     1},
    {"a length that is no number",   "S1,1,PL,2,3,,2020-01-01,long", FINDING_INVALID_VALUE,    1},
    {"a negative length",            "S1,1,PL,2,3,,2020-01-01,-9",   FINDING_INVALID_VALUE,    1},
    {"a place without a code",       "S1,1,,2,3,,2020-01-01,9",      FINDING_ROW_SKIPPED,      0},
};

Test(csv, flaws_are_findings) {
    for (size_t i = 0; i < ARRAY_LEN(flaws); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[256];

        snprintf(text, sizeof text,
            "segment_id,chainage_m,code,grade,clock,continuous,date,inspected_m\n%s\n",
            flaws[i].row);
        read_or_die(text, &no_options, &survey);
        cr_expect_eq(survey.findings.n, 1, "%s: %zu", flaws[i].name, survey.findings.n);
        cr_expect_eq(finding(&survey, flaws[i].want)->place.line, 2, "%s", flaws[i].name);
        cr_expect_eq(survey.n_inspections, 1, "%s", flaws[i].name);
        cr_expect_eq(survey.n_observations, flaws[i].n_observations, "%s", flaws[i].name);
    }
}

Test(csv, odd_values_are_kept_as_delivered) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "segment_id,chainage_m,code,grade,clock\nS1,-3,QQ,M2,13\nS1,1e9,PL,9,0000\nS1,,PL,,\n",
        &no_options, &survey);

    cr_assert_eq(survey.n_observations, 3);
    const struct observation *at = survey.observations;
    cr_expect_eq(at[0].chainage_m, -3);
    expect_text(observation_code(&survey.inspections[0], &at[0])->code, "QQ", "unknown code");
    expect_text(at[0].more->grade_text, "M2", "grade");
    cr_expect_eq(at[0].grade, 0);
    expect_text(at[0].more->clock_text, "13", "clock");
    cr_expect_eq(at[1].chainage_m, 1e9);
    cr_expect_eq(at[1].grade, 9);
    expect_text(at[1].more->clock_text, "0000", "clock");
    cr_expect(isnan(at[2].chainage_m), "missing is not 0");
}

Test(csv, thousands_of_flaws_are_counted) {
    CLEANUP(array_release) char *text = NULL;
    CLEANUP(survey_release) struct survey survey = {0};
    size_t capacity = 0, n = 0;

    text = array_reserve(text, &capacity, 1500 * 16, 1);
    n += (size_t)sprintf(text, "segment_id,chainage_m,code\n");
    for (int i = 0; i < 1200; i++) {
        n += (size_t)sprintf(text + n, "S1,x,PL\n");
    }
    read_or_die(text, &no_options, &survey);
    cr_assert_eq(survey.findings.n, 1001);
    expect_text(survey.findings.at[1000].detail, "'200' more rows", "the rest");
}

/* --- units --- */

static const struct {
    const char *name, *text;
    double length_unit_m, chainage_m, inspected_m, diameter_mm;
    bool is_assumed;
} units[] = {
    {"no unit is assumed to be metres",
     "segment_id,distance,surveyed length,diameter,code\nS1,10,100,300,PL\n",                                        0, 10,    100,    300,
     true                                                                                                                                          },
    {"a unit in a heading",
     "segment_id,distance (ft),surveyed length (ft),diameter (in),code\nS1,10,100,8,PL\n",                           0,
     3.048,                                                                                                                    30.48,  203.2, false},
    {"holds for lengths that have none",
     "segment_id,distance,surveyed length [ft],diameter,code\nS1,10,100,8,PL\n",                                     0, 3.048, 30.48,
     203.2,                                                                                                                                   false},
    {"each heading for itself",
     "segment_id,chainage_m,surveyed length_ft,diameter_mm,code\nS1,10,100,300,PL\n",                                0, 10,
     30.48,                                                                                                                            300,   false},
    {"the user says it",                 "segment_id,distance,surveyed length,diameter,code\nS1,10,100,8,PL\n",
     0.3048,                                                                                                            3.048, 30.48,  203.2, false},
    {"a unit in the cell",
     "segment_id,chainage_m,inspected_m,diameter,code\nS1,10 ft,100 ft,12 inch,PL\n",                                0, 3.048,
     30.48,                                                                                                                            304.8, false},
    {"a decimal comma",                  "segment_id;chainage_m;inspected_m;diameter;code\nS1;10,5;100,25;300;PL\n",
     0,                                                                                                                 10.5,  100.25, 300,   false},
};

Test(csv, units) {
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct read_options options = {.length_unit_m = units[i].length_unit_m};
        const char *name = units[i].name;

        read_or_die(units[i].text, &options, &survey);
        cr_assert_eq(survey.n_observations, 1, "%s", name);
        cr_expect_float_eq(
            survey.observations[0].chainage_m, units[i].chainage_m, 1e-9, "%s", name);
        cr_expect_float_eq(
            survey.inspections[0].inspected_m, units[i].inspected_m, 1e-9, "%s", name);
        cr_expect_float_eq(
            survey.inspections[0].diameter_mm, units[i].diameter_mm, 1e-3, "%s", name);
        cr_expect_eq(survey.length_unit_is_assumed, units[i].is_assumed, "%s", name);
    }
}

/* --- columns --- */

Test(csv, start_from_upstream_and_downstream) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "Upstream Manhole,Downstream Manhole,Direction,Distance,Code\nA,B,U,1,PL\nC,D,D,1,PL\n",
        &no_options, &survey);

    expect_text(survey.inspections[0].start_node, "B", "against the flow");
    expect_text(survey.inspections[0].finish_node, "A", "against the flow");
    expect_text(survey.inspections[0].more->upstream_node, "A", "upstream");
    cr_expect(survey.inspections[0].start_is_assumed);
    expect_text(survey.inspections[1].start_node, "C", "with the flow");
}

Test(csv, columns_by_the_user) {
    CLEANUP(survey_release) struct survey survey = {0};
    static const char *const columns[] = {
        "segment_id=Rohr", "chainage=bei", "code=Was", "grade=wie arg"};
    struct read_options options = {.columns = columns, .n_columns = ARRAY_LEN(columns)};
    read_or_die("Rohr,bei,Was,Code,Wie arg\nS1,2.5,PL,unused,3\n", &options, &survey);

    cr_assert_eq(survey.n_observations, 1);
    expect_text(survey.inspections[0].segment_ref, "S1", "segment");
    expect_text(observation_code(&survey.inspections[0], survey.observations)->code, "PL", "code");
    cr_expect_eq(survey.observations[0].grade, 3);
    expect_text(finding(&survey, FINDING_COLUMN_UNKNOWN)->detail, "'Code'", "the other code");
}

static const struct {
    const char *name, *text, *column;
    enum error_kind kind;
    const char *message;
} refused[] = {
    {"nothing in it",               "",                                      NULL,          ERROR_FORMAT, "the file is empty"                                            },
    {"no row in it",                "\n\n",                                  NULL,          ERROR_FORMAT, "there is no row in it"                                        },
    {"no chainage",                 "segment_id,code,what\nS1,PL,x\n",       NULL,          ERROR_FORMAT,
     "no column for 'chainage_m'; found 'segment_id', 'code', 'what'"                                                                                                    },
    {"no code",                     "segment_id,chainage_m\nS1,1\n",         NULL,          ERROR_FORMAT, "no column for 'code'"                                         },
    {"no segment",                  "chainage_m,code\n1,PL\n",               NULL,          ERROR_FORMAT,
     "no column for 'segment_id' or 'start_node'"                                                                                                                        },
    {"nothing known",               "a,b\n1,2\n",                            NULL,          ERROR_FORMAT, "found 'a', 'b'"                                               },
    {"an unknown role",             "segment_id,chainage_m,code\nS1,1,PL\n", "colour=code", ERROR_USAGE,
     "--column 'colour=code': not ROLE=HEADING; the roles are chainage_m,"                                                                                               },
    {"no equals sign",              "segment_id,chainage_m,code\nS1,1,PL\n", "code",        ERROR_USAGE,
     "--column 'code'"                                                                                                                                                   },
    {"a heading that is not there", "segment_id,chainage_m,code\nS1,1,PL\n", "grade=Stufe",
     ERROR_USAGE,                                                                                         "no such heading; there are 'segment_id', 'chainage_m', 'code'"},
};

Test(csv, refusals_say_what_there_is) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct read_options options = {
            .columns = &refused[i].column, .n_columns = refused[i].column != NULL};
        struct error err = {0};

        cr_expect_not(sheet_read_bytes(text_from(refused[i].text), &options, &survey, &err), "%s",
            refused[i].name);
        cr_expect_eq(err.kind, refused[i].kind, "%s", refused[i].name);
        cr_expect_not_null(
            strstr(err.text, refused[i].message), "%s: %s", refused[i].name, err.text);
    }
}

Test(csv, an_unknown_encoding_is_refused) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct read_options options = {.encoding = "klingon"};
    struct error err = {0};

    cr_expect_not(sheet_read_bytes(TEXT("segment_id\n"), &options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
}

/* --- catalogues --- */

static const struct {
    const char *name, *codes[3];
    enum catalogue want;
    const char *first; /* its main code */
} catalogues[] = {
    {"CJJ codes",            {"PL", "CK", "QQ"},             CATALOGUE_CJJ181,  "PL" },
    {"Chinese names",        {"破裂", "(CK)错口", "PL"}, CATALOGUE_CJJ181,  "PL" },
    {"EN codes, glued",      {"BABBA", "BCCBY", "BAJ"},      CATALOGUE_EN13508, "BAB"},
    {"taps of PACP",         {"tsa", "tsc", "tfa"},          CATALOGUE_PACP,    "TSA"},
    {"a known suffix stays", {"clj", "wl", "mh"},            CATALOGUE_MSCC,    "CLJ"},
    {"Shanghai's codes",     {"PL", "CW", "FS"},             CATALOGUE_DB31,    "PL" },
    {"codes of no one",      {"qxa", "qxc", "zfa"},          CATALOGUE_UNKNOWN, "qxa"},
};

Test(csv, catalogues_are_found_out) {
    for (size_t i = 0; i < ARRAY_LEN(catalogues); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        const char *const *codes = catalogues[i].codes;
        char text[200];

        snprintf(text, sizeof text, "segment_id,chainage_m,code\nS1,1,%s\nS1,2,%s\nS1,3,%s\n",
            codes[0], codes[1], codes[2]);
        read_or_die(text, &no_options, &survey);
        cr_expect_eq(survey.catalogue, catalogues[i].want, "%s", catalogues[i].name);
        const struct code *code = observation_code(&survey.inspections[0], survey.observations);
        expect_text(code->code, catalogues[i].first, catalogues[i].name);
        expect_text(code->delivered, strcmp(codes[0], catalogues[i].first) == 0 ? "" : codes[0],
            catalogues[i].name);
    }
}

Test(csv, a_catalogue_that_was_asked_for) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct read_options options = {.catalogue = CATALOGUE_MSCC};

    read_or_die("segment_id,chainage_m,code\nS1,1,CL\nS1,2,FL\nS1,3,RFJ\n", &options, &survey);
    cr_expect_eq(survey.catalogue, CATALOGUE_MSCC, "PACP by itself");
}

/* --- detection --- */

static int bid_on(const struct survey_format *format, const char *bytes, const char *extension) {
    struct source source = {.path = "x", .name = "x", .extension = extension};

    source.head_n = strlen(bytes);
    source.size_bytes = source.head_n;
    memcpy(source.head, bytes, source.head_n);
    return format->bid(&source);
}

Test(csv, bids) {
    const char *plain = "segment_id,chainage_m,code\nS1,1,PL\n";
    const char *chinese = "起点,终点,距离,缺陷名称\nA,B,1,破裂\n";

    cr_expect_gt(bid_on(&format_csv, plain, ".txt"), 0, "content counts");
    cr_expect_eq(bid_on(&format_cjj181, plain, ".csv"), 0);
    cr_expect_gt(bid_on(&format_cjj181, chinese, ".csv"), bid_on(&format_csv, chinese, ".csv"));
    cr_expect_gt(bid_on(&format_csv, "Rohr,bei\nS1,2\n", ".csv"), 0, "columns can be told");
    cr_expect_eq(bid_on(&format_csv, "Rohr,bei\nS1,2\n", ".txt"), 0);
    cr_expect_eq(bid_on(&format_csv, "", ".csv"), 0);
    cr_expect_eq(bid_on(&format_csv, "<?xml version='1.0'?>\n<a/>\n", ".xml"), 0);
}

/* --- a real file --- */

Test(csv, utility_in_feet) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct source source = {0};
    struct error err = {0};
    char buffer[600];
    const char *path = sample_path(buffer, sizeof buffer, "csv_shapefile/cctv_log.csv");

    if (path == NULL) {
        cr_skip_test("the samples are not there");
    }
    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_expect_eq(survey_format_detect(&source), &format_csv);
    cr_assert(format_csv.read(&source, &no_options, &survey, &err), "%s", err.text);
    cr_expect_eq(survey.n_inspections, 5);
    cr_expect_eq(survey.n_observations, 10);
    cr_expect(survey.length_unit_is_assumed);
    cr_expect_eq(survey.inspections[1].n_observations, 3);
    expect_text(survey.inspections[2].finish_node, "A31A CAP", "finish");
    cr_expect_eq(survey.inspections[4].direction, DIRECTION_UPSTREAM);
    cr_expect_float_eq(survey.observations[9].chainage_m, 198.2, 1e-9);
}
