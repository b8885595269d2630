#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/network.h"
#include "formats/survey/formats.h"
#include "tests/formats/reading.h"
#include "tests/samples.h"

#define FILE_OF(records)                            \
    "<DATA xmlns:gml='http://www.opengis.net/gml'>" \
    "<ZA><A2>nl</A2><A6>RIBX 1.3</A6></ZA>" records "</DATA>"
#define PIPE "<AAA>P1</AAA><AAB>N1</AAB><AAD>N1</AAD><AAF>N2</AAF>"
#define POINT(x, y) "<gml:Point><gml:pos>" x " " y "</gml:pos></gml:Point>"
#define ENDS "<AAE>" POINT("0", "10") "</AAE><AAG>" POINT("40", "10") "</AAG>"
#define ROW(inside) "<ZC>" inside "</ZC>"

Test(ribx, one_pipe) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(ribx_read_bytes,
        FILE_OF(
            "<ZB_A>" PIPE ENDS
            "<AAK>A</AAK><ABC>A</ABC><ABF>2024-05-06</ABF><ABL ADE='glass'>Z</ABL>"
            "<ABQ>40</ABQ><ACB>900</ACB><ACC>600</ACC><ADE>wet</ADE>" ROW(
                "<A>BCD</A><D>N1</D><I>0</I><N>v1.mpg|00:00:05</N>")
                ROW("<A>BBA</A><B ADE='ivy'>Z</B><D>10</D><E>&gt;5</E><F>note</F><G>12</G><H>00</H>"
                    "<I>5.1</I><J>A1</J><K>A</K><M>f1</M><O>B</O>")
                    ROW("<A>BCE</A><D>N2</D><I>39</I>") "</ZB_A>"),
        &survey);

    cr_expect_eq(survey.findings.n, 0);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    expect_text(survey.file.version, "RIBX 1.3");
    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    expect_text(inspection->segment_ref, "P1");
    expect_text(inspection->start_node, "N1");
    expect_text(inspection->finish_node, "N2");
    cr_expect_eq(inspection->direction, DIRECTION_DOWNSTREAM);
    cr_expect_eq(inspection->zero, ZERO_INNER_WALL);
    cr_expect_eq(inspection->inspected_on, 20240506);
    cr_expect_eq(inspection->inspected_m, 39);
    cr_expect_eq(inspection->expected_m, 40);
    cr_expect_eq(inspection->diameter_mm, 600);
    cr_expect_eq(inspection->height_mm, 900);
    expect_text(inspection->more->remark, "glass; wet");
    cr_expect_eq(inspection->more->finish_at.x, 40);

    cr_assert_eq(survey.n_observations, 3);
    const struct observation *at = &survey.observations[1];
    const struct code *code = &survey.codes[at->code];
    expect_text(code->code, "BBA");
    expect_text(code->delivered, "BBA Z - B");
    cr_expect_eq(at->chainage_m, 5.1);
    cr_expect_eq(at->mark, MARK_START);
    cr_expect_eq(at->mark_number, 1);
    cr_expect_eq(at->clock_from, 12);
    cr_expect_eq(at->clock_to, 0, "00 is none");
    cr_expect_eq(at->at_joint, 1);
    cr_expect_eq(at->more->quant1, 10);
    expect_text(at->more->quant2_text, ">5");
    expect_text(at->more->remark, "ivy; note");
    expect_text(at->more->photo, "f1");
    expect_text(survey.observations[0].more->video, "v1.mpg");
    expect_text(survey.observations[0].more->video_time, "00:00:05");
    expect_text(survey.observations[0].more->quant1_text, "N1");
}

/* name, header, start, direction, is it assumed */
static const struct {
    const char *name, *header, *start;
    enum direction direction;
    bool is_assumed;
} starts[] = {
    {"AAB names node 2",         "<AAB>N2</AAB><AAD>N1</AAD><AAF>N2</AAF><AAK>B</AAK>", "N2",
     DIRECTION_UPSTREAM,                                                                                         false},
    {"without AAB it is node 1", "<AAD>N1</AAD><AAF>N2</AAF>",                          "N1", DIRECTION_UNKNOWN, true },
    {"BCD may name the other",   "<AAD>N0</AAD><AAF>N9</AAF><AAK>C</AAK>",              "N9", DIRECTION_UNKNOWN,
     true                                                                                                             },
};

Test(ribx, start_nodes) {
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[512];
        snprintf(text, sizeof text,
            FILE_OF(
                "<ZB_A><AAA>P1</AAA>%s<ABF>2024-05-06</ABF>" ROW("<A>BCD</A><D>N9</D>") "</ZB_A>"),
            starts[i].header);
        read_or_die(ribx_read_bytes, text, &survey);

        expect_text(survey.inspections[0].start_node, starts[i].start);
        cr_expect_eq(survey.inspections[0].direction, starts[i].direction, "%s", starts[i].name);
        cr_expect_eq(count_findings(&survey, FINDING_START_ASSUMED), starts[i].is_assumed, "%s",
            starts[i].name);
        cr_expect_null(survey.network, "%s: names alone are no network", starts[i].name);
    }
}

static void seed_path(char *buffer, size_t size) {
    const char *source = getenv("CHAINAGE_SOURCE");

    snprintf(buffer, size, "%s/tests/fuzz/seeds/ribx/two-runs.ribx", source == NULL ? "." : source);
}

Test(ribx, records_of_all_kinds) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    char path[1024];
    seed_path(path, sizeof path);
    cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);

    cr_expect_str_eq(survey.file.format, "ribx");
    cr_assert_eq(survey.n_inspections, 4, "two runs, a manhole, a pipe that could not be done");
    const struct inspection *first = &survey.inspections[0], *second = first + 1,
                            *manhole = first + 2, *stuck = first + 3;
    cr_expect(first->is_abandoned);
    expect_text(first->more->abandoned_reason, "debris");
    cr_expect_eq(first->inspected_m, 3.7);
    expect_text(second->start_node, "N2");
    cr_expect_eq(second->n_observations, 2);
    expect_text(survey.codes[survey.observations[5].code].code, "BAB");
    cr_expect_eq(manhole->object, OBJECT_NODE);
    expect_text(survey.observations[manhole->first_observation].more->place, "D");
    expect_text(stuck->more->abandoned_reason, "cover stuck");
    cr_expect_eq(stuck->inspected_m, 0);
    cr_expect_eq(
        count_findings(&survey, FINDING_ROW_SKIPPED), 3, "gullies, cleaning, what is planned");

    cr_assert_eq(survey.n_measurements, 2, "the block stands under both runs");
    cr_expect_eq(survey.measurements[0].inspection, 1, "the second came so far");
    cr_expect_eq(survey.measurements[0].value, -0.5);
    cr_expect_eq(survey.measurements[0].kind, MEASUREMENT_SLOPE);
    cr_expect_eq(survey.measurements[0].unit, MEASURED_IN_PERCENT);

    const struct network *network = survey.network;
    cr_assert_not_null(network);
    expect_text(network->crs, "EPSG:28992");
    cr_assert_eq(network->n_segments, 3, "both runs tell of one pipe");
    cr_expect_eq(network->segments[0].from_invert_m, -5.72);
    cr_expect_eq(network->segments[0].flow_source, FLOW_FROM_FIELDS);
    cr_assert_eq(network->segments[1].line.n, 3);
    cr_expect_eq(network->segments[1].line.at[0].x, 140031, "turned to run with the flow");
    cr_expect_eq(network->segments[2].line.n, 0, "no point of N4");
}

/* name, code, B, D, kind, value, unit; MEASUREMENT_KINDS: none is made of it */
static const struct {
    const char *name, *letters, *value;
    enum measurement_kind kind;
    double want;
    enum measurement_unit unit;
} measured[] = {
    {"slope in percent",    "K",  "-0.5",  MEASUREMENT_SLOPE,     -0.5, MEASURED_IN_PERCENT    },
    {"slope in degrees",    "J",  "1.5",   MEASUREMENT_SLOPE,     1.5,  MEASURED_IN_DEGREES    },
    {"too steep",           "J",  "46",    MEASUREMENT_KINDS,     0,    MEASURED_IN_UNKNOWN    },
    {"deviation in mm",     "A",  "12",    MEASUREMENT_DEVIATION, 12,   MEASURED_IN_MILLIMETRES},
    {"deviation in metres", "AA", "0.02",  MEASUREMENT_DEVIATION, 20,   MEASURED_IN_MILLIMETRES},
    {"level",               "B",  "-5.1",  MEASUREMENT_LEVEL,     -5.1, MEASURED_IN_METRES     },
    {"out of this world",   "AA", "1e307", MEASUREMENT_KINDS,     0,    MEASURED_IN_UNKNOWN    },
    {"of another kind",     "X",  "7",     MEASUREMENT_OTHER,     7,    MEASURED_IN_UNKNOWN    },
    {"no number",           "K",  "n/a",   MEASUREMENT_KINDS,     0,    MEASURED_IN_UNKNOWN    },
};

Test(ribx, measurements_are_no_observations) {
    for (size_t i = 0; i < ARRAY_LEN(measured); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[512];
        snprintf(text, sizeof text,
            FILE_OF("<ZB_A>" PIPE "<ABF>2024-05-06</ABF>"
                    "<ZC><A>BXA</A><B>%s</B><D>%s</D><I>3</I></ZC></ZB_A>"),
            measured[i].letters, measured[i].value);
        read_or_die(ribx_read_bytes, text, &survey);

        cr_expect_eq(survey.n_observations, 0, "%s", measured[i].name);
        cr_assert_eq(
            survey.n_measurements, measured[i].kind != MEASUREMENT_KINDS, "%s", measured[i].name);
        if (survey.n_measurements > 0) {
            cr_expect_eq(survey.measurements[0].kind, measured[i].kind, "%s", measured[i].name);
            cr_expect_eq(survey.measurements[0].unit, measured[i].unit, "%s", measured[i].name);
            cr_expect_float_eq(
                survey.measurements[0].value, measured[i].want, 1e-9, "%s", measured[i].name);
            cr_expect_eq(survey.measurements[0].chainage_m, 3, "%s", measured[i].name);
        } else {
            cr_expect_eq(count_findings(&survey, FINDING_INVALID_VALUE), 1, "%s", measured[i].name);
        }
    }
}

/* clang-format off */
static const struct {
    const char *name, *text, *message;
} refused[] = {
    {"cleaning alone", FILE_OF("<ZB_G><GAA>P1</GAA></ZB_G>"), "only records like 'ZB_G'"},
    {"nothing", FILE_OF(""), "no inspections and no network in it"},
    {"what is planned, without coordinates", FILE_OF("<ZB_A>" PIPE "</ZB_A>"), "no inspections and no network in it"},
    {"cut off before anything", "<DATA><ZA><A6>RIBX", "damaged"},
};
/* clang-format on */

Test(ribx, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x")};
        struct error err = {0};

        cr_expect_not(ribx_read_bytes(text_from(refused[i].text), &no_options, &survey, &err), "%s",
            refused[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect_not_null(
            strstr(err.text, refused[i].message), "%s: %s", refused[i].name, err.text);
    }
}

/* sample, inspections, observations, measurements, segments, nodes */
static const struct {
    const char *name;
    size_t n_inspections, n_observations, n_measurements, n_segments, n_nodes;
} samples[] = {
    {"ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx", 2, 49, 0, 2, 3},
    {"ribx/rgs_inclined.ribx",                             3, 0,  3, 1, 2},
    {"ribx/rgs_minimal.ribx",                              2, 2,  0, 1, 2},
};

Test(ribx, samples) {
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        char path[1024];
        if (sample_path(path, sizeof path, samples[i].name) == NULL) {
            cr_skip_test("no samples");
        }
        cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);

        cr_expect_eq(survey.n_inspections, samples[i].n_inspections, "%s", path);
        cr_expect_eq(survey.n_observations, samples[i].n_observations, "%s", path);
        cr_expect_eq(survey.n_measurements, samples[i].n_measurements, "%s", path);
        cr_assert_not_null(survey.network);
        cr_expect_eq(survey.network->n_segments, samples[i].n_segments, "%s", path);
        cr_expect_eq(survey.network->n_nodes, samples[i].n_nodes, "%s", path);
        cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_CODE), 0, "%s", path);
        cr_expect_not(survey.file.is_damaged, "%s", path);
    }
}
