#include <math.h>

#include "core/network.h"
#include "formats/source.h"
#include "tests/formats/sufrib_file.h"
#include "tests/formats/temp_files.h"
#include "tests/samples.h"

/* --- inspections --- */

Test(sufrib, one_run) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    rioo(&file,
        "1=P1;4=N1;5=0.00/10.00;6=N2;7=40.00/10.00;11=A;17=C;18=2024-05-06;19=09:30;24=v1.mpg;25=40;26=C;27=900;28=600;29=AG;36=A;43=B;46=wet");
    row(&file, "1=000.00;2=1;5=P1;6=BCD;7=XP;9=N1");
    row(&file,
        "1=004.50;2=1;5=P1;6=BBA;7=A;9=2;10=>5;11=12;12=03;13=A;14=00:01:12;15=f1;16=note;17=v2;18=B;"
        "19=more");
    row(&file, "1=39.90;2=1;5=P1;6=BCE;9=N2");
    read_or_die(&file, &survey);

    cr_expect_eq(survey.findings.n, 0);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    expect_text(survey.file.version, "SUFRIB2.1", "ABA");
    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    cr_expect_eq(inspection->object, OBJECT_SEGMENT);
    expect_text(inspection->segment_ref, "P1", "AAA");
    expect_text(inspection->start_node, "N1", "ZZB 1");
    expect_text(inspection->finish_node, "N2", "the other");
    cr_expect_eq(inspection->direction, DIRECTION_DOWNSTREAM);
    cr_expect_eq(inspection->zero, ZERO_NODE_CENTRE);
    cr_expect_eq(inspection->inspected_on, 20240506);
    cr_expect_eq(inspection->expected_m, 40);
    cr_expect_eq(inspection->inspected_m, 39.9);
    cr_expect_eq(inspection->diameter_mm, 600);
    cr_expect_eq(inspection->height_mm, 900);
    cr_expect_not(inspection->is_abandoned);
    expect_text(inspection->more->shape, "egg", "ACA");
    expect_text(inspection->more->material, "AG", "ACD");
    expect_text(inspection->more->system, "foul", "ACK");
    expect_text(inspection->more->weather, "rain", "ADA");
    expect_text(inspection->more->remark, "wet", "ADE");
    expect_text(inspection->more->time, "09:30", "ABG");
    expect_text(inspection->more->purpose, "routine", "ABP");
    expect_text(pool_word(&survey.words, inspection->method_word), "camera", "ABE");
    expect_text(pool_word(&survey.words, inspection->operator_word), "N. Nobody", "ABH");
    cr_expect_eq(inspection->more->finish_at.x, 40);

    cr_assert_eq(survey.n_observations, 3);
    const struct observation *at = &survey.observations[1];
    expect_text(code_at(&survey, 1)->code, "BBA", "ZZF");
    expect_text(code_at(&survey, 1)->char1, "A", "ZZG");
    expect_text(code_at(&survey, 1)->delivered, "BBA A - B", "with ZZR");
    cr_expect_eq(at->chainage_m, 4.5);
    cr_expect_eq(at->more->quant1, 2);
    expect_text(at->more->quant2_text, ">5", "ZZJ");
    cr_expect_eq(at->clock_from, 12);
    cr_expect_eq(at->clock_to, 3);
    cr_expect_eq(at->at_joint, 1);
    expect_text(at->more->video_time, "00:01:12", "ZZN");
    expect_text(at->more->photo, "f1", "ZZO");
    expect_text(at->more->remark, "note; more", "ZZP and ZZS");
    expect_text(at->more->video, "v2", "ZZQ");
    cr_expect_eq(at->line, 4);
    cr_expect(text_starts_with((struct text){at->raw, at->raw_n}, TEXT("*WAAR| 004.50|")));
    expect_text(survey.observations[0].more->quant1_text, "N1", "the node's name");
}

/* name, AAK, ZZB, start, direction: the start is where ZZB says, whatever the flow is */
static const struct {
    const char *name, *flow, *from, *start;
    enum direction direction;
} starts[] = {
    {"from node 1 with the flow",    "A", "1", "N1", DIRECTION_DOWNSTREAM},
    {"from node 1 against the flow", "B", "1", "N1", DIRECTION_UPSTREAM  },
    {"from node 2 against the flow", "A", "2", "N2", DIRECTION_UPSTREAM  },
    {"from node 2 with the flow",    "B", "2", "N2", DIRECTION_DOWNSTREAM},
    {"from node 2, flow not known",  "C", "2", "N2", DIRECTION_UNKNOWN   },
    {"no ZZB: BCD names the node",   "A", "",  "N2", DIRECTION_UPSTREAM  },
};

Test(sufrib, the_reference_of_the_row_decides_the_start) {
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct file file = {0};
        char values[128];
        alge(&file);
        snprintf(values, sizeof values, "1=P1;4=N1;6=N2;11=%s", starts[i].flow);
        rioo(&file, values);
        snprintf(values, sizeof values, "1=0;2=%s;5=P1;6=BCD;9=%s", starts[i].from,
            starts[i].from[0] == '\0' ? "N2" : starts[i].start);
        row(&file, values);
        read_or_die(&file, &survey);

        cr_assert_eq(survey.n_inspections, 1);
        expect_text(survey.inspections[0].start_node, starts[i].start, starts[i].name);
        cr_expect_eq(survey.inspections[0].direction, starts[i].direction, "%s", starts[i].name);
        cr_expect_eq(
            count(&survey, FINDING_START_ASSUMED), starts[i].from[0] == '\0', "%s", starts[i].name);
    }
}

/* Rows of two runs and two pipes in any order, before the record of their pipe. */
Test(sufrib, both_runs_of_a_pipe_are_inspections) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    row(&file, "1=3.0;2=2;5=P1;6=BAF");
    row(&file, "1=0;2=1;5=P1;6=BCD;9=N1");
    row(&file, "1=0;2=1;5=P2;6=BCD;9=N2");
    row(&file, "1=2.7;2=1;5=P1;6=BDC;7=A;16=stuck");
    row(&file, "1=36.2;2=2;5=P1;6=BDB;18=G");
    rioo(&file, "1=P2;4=N2;6=N3");
    rioo(&file, P1);
    read_or_die(&file, &survey);

    cr_assert_eq(survey.n_inspections, 3);
    const struct inspection *pipe2 = &survey.inspections[0], *first = pipe2 + 1,
                            *second = pipe2 + 2;
    expect_text(pipe2->segment_ref, "P2", "objects in the order of their records");
    expect_text(first->start_node, "N1", "run 1");
    cr_expect_eq(first->n_observations, 2);
    cr_expect(first->is_abandoned);
    cr_expect_eq(first->inspected_m, 2.7);
    expect_text(first->more->abandoned_reason, "stuck", "ZZP of BDC");
    expect_text(second->start_node, "N2", "run 2");
    cr_expect_eq(second->n_observations, 2);
    cr_expect(second->is_abandoned, "BDB G: a part was done");
    cr_expect_eq(second->inspected_m, 36.2);
    cr_expect_eq(survey.observations[second->first_observation].chainage_m, 3);
}

/* Some name the nodes by their place in the record: BCE at 0 of a run from node 2. */
Test(sufrib, a_finish_row_at_the_start_is_turned) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    rioo(&file, P1);
    row(&file, "1=0;2=2;5=P1;6=BCE;7=B;9=N2");
    row(&file, "1=39;2=2;5=P1;6=BCD;7=B;9=N1");
    rioo(&file, "1=P2;4=N2;6=N3");
    row(&file, "1=0;2=2;5=P2;6=BCE;9=N3");
    row(&file, "1=8;2=2;5=P2;6=BDC");
    read_or_die(&file, &survey);

    expect_text(code_at(&survey, 0)->code, "BCD", "where the camera started");
    expect_text(code_at(&survey, 0)->delivered, "BCE", "as written");
    expect_text(code_at(&survey, 1)->code, "BCE", "where it came to");
    cr_expect_eq(code_at(&survey, 1)->role, ROLE_FINISH_NODE);
    expect_text(code_at(&survey, 2)->code, "BCD", "alone, and naming the start");
    cr_expect(survey.inspections[1].is_abandoned);
    cr_expect_eq(count(&survey, FINDING_START_NODE_CONTRADICTS), 1, "once a file");
}

/* mark, number, what it is */
static const struct {
    const char *values;
    enum mark mark;
    uint16_t number;
    size_t n_findings;
} marks[] = {
    {"1=1;2=1;3=A;4=0;5=P1;6=BDD",  MARK_START,  0,  0},
    {"1=1;2=1;3=B;4=12;5=P1;6=BDD", MARK_END,    12, 0},
    {"1=1;2=1;4=3;5=P1;6=BDD",      MARK_CHANGE, 3,  0},
    {"1=1;2=1;5=P1;6=BDD",          MARK_NONE,   0,  0},
    {"1=1;2=1;3=A;5=P1;6=BDD",      MARK_START,  0,  1},
    {"1=1;2=1;3=X;4=1;5=P1;6=BDD",  MARK_NONE,   0,  1},
};

Test(sufrib, continuous_marks) {
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct file file = {0};
        alge(&file);
        rioo(&file, P1);
        row(&file, marks[i].values);
        read_or_die(&file, &survey);

        cr_expect_eq(survey.observations[0].mark, marks[i].mark, "%s", marks[i].values);
        cr_expect_eq(survey.observations[0].mark_number, marks[i].number, "%s", marks[i].values);
        cr_expect_eq(
            count(&survey, FINDING_MARK_INVALID), marks[i].n_findings, "%s", marks[i].values);
    }
}

/* clock 1, clock 2, hours */
static const struct {
    const char *values;
    uint8_t from, to;
    size_t n_findings;
} clocks[] = {
    {"2=1;5=P1;6=BAB;11=12;12=00", 12, 0,  0},
    {"2=1;5=P1;6=BAB;11=00;12=03", 3,  0,  0},
    {"2=1;5=P1;6=BAB;11=9;12=12",  9,  12, 0},
    {"2=1;5=P1;6=BAB;11=13",       0,  0,  1},
};

Test(sufrib, clock_00_is_none) {
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct file file = {0};
        alge(&file);
        rioo(&file, P1);
        row(&file, clocks[i].values);
        read_or_die(&file, &survey);

        cr_expect_eq(survey.observations[0].clock_from, clocks[i].from, "%s", clocks[i].values);
        cr_expect_eq(survey.observations[0].clock_to, clocks[i].to, "%s", clocks[i].values);
        cr_expect_eq(
            count(&survey, FINDING_CLOCK_INVALID), clocks[i].n_findings, "%s", clocks[i].values);
        cr_expect(isnan(survey.observations[0].chainage_m), "absent is not 0");
    }
}

Test(sufrib, manholes_are_inspected_too) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    manhole(&file, "1=N1;2=0.00/10.00;8=A;10=B;12=2024-05-07;39=2.00");
    row(&file, "1=1.20;2=D;5=N1;6=DBA;7=B");
    row(&file, "1=0;2=1;5=N1;6=DDA");
    manhole(&file, "1=N2;2=40.00/10.00;10=C;12=2024-05-07;39=2.00");
    row(&file, "1=0.50;2=A;5=N2;6=DAF");
    manhole(&file, "1=N3;10=A;12=2024-05-07");
    manhole(&file, "1=N4");
    read_or_die(&file, &survey);

    cr_assert_eq(survey.n_inspections, 3, "a dated record counts, one of the network does not");
    const struct inspection *first = &survey.inspections[0];
    cr_expect_eq(first->object, OBJECT_NODE);
    expect_text(first->segment_ref, "N1", "CAA");
    cr_expect_eq(first->n_observations, 2);
    cr_expect_not(first->counts_up);
    cr_expect_eq(survey.observations[0].chainage_m, 1.2);
    expect_text(survey.observations[0].more->place, "D", "ZZB is the part");
    cr_expect_float_eq(survey.observations[2].chainage_m, 1.5, 1e-9, "a level made a depth");
    cr_expect(survey.inspections[2].counts_up, "from the lowest pipe");
    cr_expect_eq(count(&survey, FINDING_NO_OBSERVATIONS), 1);
}

Test(sufrib, rows_without_a_record_are_kept) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    rioo(&file, P1);
    row(&file, "1=0;2=1;5=P9;6=BCD;9=N7");
    row(&file, "1=5;2=1;5=P9;6=BCE;9=N8");
    row(&file, "1=1;2=A;5=N9;6=DAF");
    read_or_die(&file, &survey);

    cr_assert_eq(survey.n_inspections, 3);
    cr_expect_eq(survey.inspections[0].inspected_m, 0, "dated, without rows: nothing was seen");
    expect_text(survey.inspections[1].segment_ref, "P9", "ZZE");
    cr_expect_eq(survey.inspections[1].start_node.n, 0, "named by its rows only");
    cr_expect_eq(survey.inspections[2].object, OBJECT_NODE, "a code of manholes");
    cr_expect_eq(count(&survey, FINDING_SEGMENT_UNKNOWN), 2);
    cr_expect_eq(survey.n_observations, 3);
}

/* --- network --- */

Test(sufrib, pipes_and_manholes_are_the_network) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    rioo(&file, P1 ";27=300;28=300;29=AG;33=1.50;39=1987-1990;47=-2.00;48=-2.10");
    rioo(&file, "1=P2;4=N2;5=40.00/10.00;6=N3;7=40.00/60.00;11=B;47=0.00;48=0.00");
    rioo(&file, "1=P3;4=N3;5=40.00/60.00;6=N4;7=0/0;11=C;47=-2.3;48=-2.2");
    rioo(&file, P1);
    manhole(&file, "1=N2;2=41.50/10.00;8=D;39=0.00");
    read_or_die(&file, &survey);

    const struct network *network = survey.network;
    cr_assert_not_null(network);
    expect_text(network->crs, "EPSG:28992", "RD");
    cr_assert_eq(network->n_segments, 3);
    cr_assert_eq(network->n_nodes, 4);
    const struct segment *first = &network->segments[0], *second = first + 1, *third = first + 2;
    expect_text(network->nodes[first->from_node].id, "N1", "AAK A");
    cr_expect_eq(first->from_invert_m, -2);
    cr_expect_eq(first->diameter_mm, 300);
    cr_expect(isnan(first->height_mm), "round");
    cr_expect_eq(first->year_built, 1987);
    cr_expect_eq(first->length_m, 40);
    cr_expect_eq(network->nodes[first->from_node].ground_m, -0.5, "invert and depth");
    cr_expect_eq(first->line.at[1].x, 41.5, "the manhole's own place");
    cr_expect_eq(count(&survey, FINDING_NODE_FAR), 2, "both pipes put N2 elsewhere");
    expect_text(network->nodes[second->from_node].id, "N3", "AAK B");
    cr_expect(isnan(second->from_invert_m), "0.00 on both ends is no level");
    expect_text(network->nodes[third->from_node].id, "N4", "by the inverts");
    cr_expect_eq(third->flow_source, FLOW_FROM_INVERTS);
    cr_expect_eq(third->line.n, 0, "0/0 is no place");
    cr_expect_eq(count(&survey, FINDING_DUPLICATE_ID), 1);
    expect_text(network_word(network, network->nodes[0].kind), "outfall", "CAR");
    cr_expect(isnan(network->nodes[0].ground_m), "0.00 is no level");
}

/* --- flaws --- */

Test(sufrib, a_fragment_is_read) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    append_text(&file, "| |P0   |BAF|\r\n", 15);
    add(&file, "*RIOO", 47, "1=P1;4=N1;6=N2;11=A");
    row(&file, "1=1.0;2=1;5=P1;6=BAF");
    add(&file, "*WAAR", 5, "1=1.0;2=1");
    add(&file, "*WAAR", 24, "1=2.0;2=1;5=P1;6=BAF;16=a|bar");
    add(&file, "*NEW", 3, "1=x");
    append_text(&file, "\x1a", 1);
    read_or_die(&file, &survey);

    cr_expect_eq(survey.n_observations, 2);
    cr_expect_eq(count(&survey, FINDING_UNKNOWN_EDITION), 1, "no *ALGE");
    cr_expect_eq(
        count(&survey, FINDING_ROW_SKIPPED), 3, "the half line, the short one, the new one");
    cr_expect_eq(count(&survey, FINDING_ROW_RAGGED), 1, "a bar in a remark");
    cr_expect_not(survey.file.is_damaged);
}

Test(sufrib, nothing_in_it) {
    struct survey survey = {.file.path = TEXT("x")};
    struct file file = {0};
    struct error err = {0};
    alge(&file);

    cr_expect_not(sufrib_read_bytes((struct text){file.text, file.n}, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    survey_release(&survey);
}

/* sample, inspections, observations, segments, nodes, measurements */
static const struct {
    const char *name;
    size_t n_inspections, n_observations, n_segments, n_nodes, n_measurements;
} samples[] = {
    {"sufrib/sufrib_2008_228-1_DWA.RIB",  433, 2715, 235, 207, 0    },
    {"sufrib/sufrib_224-4_DWA.rib",       46,  305,  25,  26,  10506},
    {"sufrib/sufrib_232-2_DWA.RIB",       55,  255,  28,  28,  0    },
    {"sufrib/sufrib_4F1_asfalt_werk.rib", 34,  249,  39,  45,  0    },
};

Test(sufrib, samples) {
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
        cr_assert_not_null(survey.network);
        cr_expect_eq(survey.network->n_segments, samples[i].n_segments, "%s", path);
        cr_expect_eq(
            survey.network->n_nodes, samples[i].n_nodes, "%s: %zu", path, survey.network->n_nodes);
        cr_expect_eq(survey.n_measurements, samples[i].n_measurements, "%s", path);
        cr_expect_eq(count(&survey, FINDING_UNKNOWN_CODE), 0, "%s", path);
        cr_expect_not(survey.file.is_damaged, "%s", path);
    }
}
