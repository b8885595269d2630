#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "tests/samples.h"

static const struct read_options no_options = {0};

static void read_or_die(const char *text, struct survey *survey) {
    struct error err = {0};

    survey->file.path = TEXT("test.txt");
    cr_assert(en13508_read_bytes(text_from(text), &no_options, survey, &err), "%s", err.text);
}

static size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static void expect_text(struct text got, const char *want, const char *name) {
    cr_expect(
        text_equal(got, text_from(want)), "%s: '%.*s' is not '%s'", name, TEXT_ARGS(got), want);
}

#define MARKS "#A1=UTF-8\n#A2=en\n#A3=,\n#A4=.\n#A5=\"\n#A6=2010\n"
#define HEADER "#B01=AAA,AAB,AAD,AAF,AAK,ABC,ABF,ABG,ABH\nH1,M7,M7,M8,A,A,2019-05-06,09:30,NN\n"
#define BLOCKS \
    "#B02=ABQ,ACB,ACC,ACD,ADE\n41.5,600,400,AG,first\n#B03=ADE\n\"second \"\"quoted\"\"\"\n"
#define COLUMNS "#C=I,A,B,C,D,E,F,G,H,J,K,M,N\n"

Test(en13508, one_inspection) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(MARKS HEADER BLOCKS COLUMNS
        "0,BCD,XP,,M7,,,,,,,,\n"
        "4.5,BAB,B,A,2,>5,\"crack, long\",12,3,A1,A,p1.jpg,00:01:12\n"
        "40.1,BCE,XP,,M8,,,,,,,,\n#Z\n",
        &survey);

    cr_expect_eq(survey.findings.n, 0);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    expect_text(survey.file.version, "2010", "#A6");
    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    cr_expect_eq(inspection->object, OBJECT_SEGMENT);
    expect_text(inspection->segment_ref, "H1", "AAA");
    expect_text(inspection->start_node, "M7", "AAB");
    expect_text(inspection->finish_node, "M8", "AAF");
    cr_expect_eq(inspection->direction, DIRECTION_DOWNSTREAM);
    cr_expect_eq(inspection->zero, ZERO_INNER_WALL);
    cr_expect_eq(inspection->inspected_on, 20190506);
    cr_expect_eq(inspection->expected_m, 41.5);
    cr_expect_eq(inspection->inspected_m, 40.1);
    cr_expect_eq(inspection->diameter_mm, 400, "ACC is the width");
    cr_expect_eq(inspection->height_mm, 600);
    expect_text(inspection->more->time, "09:30", "ABG");
    expect_text(inspection->more->material, "AG", "ACD");
    expect_text(inspection->more->remark, "first; second \"quoted\"", "ADE comes again");
    cr_expect_eq(inspection->line, 7);
    expect_text((struct text){inspection->raw, inspection->raw_n},
        "#B01=AAA,AAB,AAD,AAF,AAK,ABC,ABF,ABG,ABH\n"
        "H1,M7,M7,M8,A,A,2019-05-06,09:30,NN\n#B02=ABQ,ACB,ACC,ACD,ADE\n41.5,600,400,AG,first\n#B03=ADE\n"
        "\"second \"\"quoted\"\"\"",
        "the header as delivered");

    cr_assert_eq(survey.n_observations, 3);
    const struct observation *at = &survey.observations[1];
    const struct code *code = observation_code(inspection, at);
    expect_text(code->code, "BAB", "A");
    expect_text(code->char1, "B", "B");
    expect_text(code->char2, "A", "C");
    cr_expect_eq(at->chainage_m, 4.5);
    cr_expect_eq(at->more->quant1, 2);
    expect_text(at->more->quant2_text, ">5", "E");
    expect_text(at->more->remark, "crack, long", "F");
    cr_expect_eq(at->clock_from, 12);
    cr_expect_eq(at->clock_to, 3);
    cr_expect_eq(at->mark, MARK_START);
    cr_expect_eq(at->mark_number, 1);
    cr_expect_eq(at->at_joint, 1);
    expect_text(at->more->photo, "p1.jpg", "M");
    expect_text(at->more->video_time, "00:01:12", "N");
    expect_text((struct text){at->raw, at->raw_n},
        "4.5,BAB,B,A,2,>5,\"crack, long\",12,3,A1,A,p1.jpg,00:01:12", "raw");
    cr_expect_eq(at->line, 15);
    expect_text(survey.observations[0].more->quant1_text, "M7", "the node's name");
    cr_expect(isnan(survey.observations[0].more->quant1));
}

/* name, text behind the marks, inspections, observations, findings */
static const struct {
    const char *name, *text;
    size_t n_inspections, n_observations, n_findings;
} loose[] = {
    {"the last #Z is missing",             HEADER "#C=I,A\n0,BCD\n9,BCE\n",                              1, 2, 0},
    {"so is that of the first",            HEADER "#C=I,A\n0,BCD\n" HEADER "#C=A,I\nBCD,0\nBCE,8\n#Z\n", 2, 3,
     0                                                                                                          },
    {"no #C at all: planned, not done",    HEADER "#Z\n" HEADER "#Z\n",                                  2, 0, 0},
    {"blank lines anywhere",               HEADER "\n\n#C=I,A\n\n0,BCD\n   \n9,BCE\n\n#Z\n\n",           1, 2, 0},
    {"fewer values than codes",            "#B01=AAA,AAB,AAD\nH1\n#C=I,A,B,C\n0,BCD\n#Z\n",              1, 1, 0},
    {"more values than codes are said",    "#B01=AAA\nH1,M7\n#C=I,A\n0,BCD,XP\n#Z\n",                    1, 1, 2},
    {"empty values more are not",          "#B01=AAA\nH1,,\n#C=I,A\n0,BCD,,,\n#Z\n",                     1, 1, 0},
    {"a header without its values",        "#B01=AAA\n#C=I,A\n0,BCD\n#Z\n",                              1, 1, 1},
    {"an observation outside",             HEADER "#C=I,A\n0,BCD\n#Z\n5,BAB\n",                          1, 1, 1},
    {"an observation before #C",           HEADER "0,BCD\n#C=I,A\n5,BAB\n#Z\n",                          1, 1, 1},
    {"an observation without a code",      HEADER "#C=I,A\n0,\n#Z\n",                                    1, 0, 1},
    {"columns outside of an inspection",   HEADER "#Z\n#C=I,A\n",                                        1, 0, 1},
    {"a letter that is no column",         HEADER "#C=I,A,Y\n0,BCD,1\n#Z\n",                             1, 1, 1},
    {"a line of another kind",             HEADER "#Q=1\n#Z\n",                                          1, 0, 1},
    {"an open quote is part of its field", HEADER "#C=I,A,F\n0,BDB,\"open\n#Z\n",                        1, 1, 1},
    {"a chainage that is no number",       HEADER "#C=I,A\nfar,BAB\n#Z\n",                               1, 1, 1},
    {"a clock beyond twelve",              HEADER "#C=I,A,G\n1,BAB,13\n#Z\n",                            1, 1, 1},
    {"a mark of no kind",                  HEADER "#C=I,A,J\n1,BAB,X\n#Z\n",                             1, 1, 1},
    {"a header block behind the columns",
     HEADER "#C=I,A\n0,BCD\n#B02=ADE\nlate\n#C=I,A\n1,BAB\n#Z\n",                                        1, 2, 0},
};

Test(en13508, loose_ends) {
    for (size_t i = 0; i < ARRAY_LEN(loose); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[1024];

        snprintf(text, sizeof text, MARKS "%s", loose[i].text);
        read_or_die(text, &survey);
        cr_expect_eq(survey.n_inspections, loose[i].n_inspections, "%s", loose[i].name);
        cr_expect_eq(survey.n_observations, loose[i].n_observations, "%s", loose[i].name);
        cr_expect_eq(
            survey.findings.n, loose[i].n_findings, "%s: %zu", loose[i].name, survey.findings.n);
    }
}

/* name, header codes, values, start, finish, direction, assumed, contradictions */
static const struct {
    const char *name, *codes, *values, *start, *finish;
    enum direction direction;
    bool is_assumed;
    size_t n_contradictions;
} nodes[] = {
    {"AAB is AAD",               "AAB,AAD,AAF,AAK", "A,A,B,A", "A", "B", DIRECTION_DOWNSTREAM, false, 0},
    {"AAB is AAF",               "AAB,AAD,AAF,AAK", "B,A,B,A", "B", "A", DIRECTION_DOWNSTREAM, false, 0},
    {"against the flow",         "AAB,AAD,AAF,AAK", "B,A,B,B", "B", "A", DIRECTION_UPSTREAM,   false, 0},
    {"the flow is not known",    "AAB,AAD,AAF,AAK", "A,A,B,C", "A", "B", DIRECTION_UNKNOWN,    false, 0},
    {"no AAB, with the flow",    "AAD,AAF,AAK",     "A,B,A",   "A", "B", DIRECTION_DOWNSTREAM, true,  0},
    {"no AAB, against the flow", "AAD,AAF,AAK",     "A,B,B",   "B", "A", DIRECTION_UPSTREAM,   true,  0},
    {"AAB is neither",           "AAB,AAD,AAF,AAK", "X,A,B,A", "X", "B", DIRECTION_DOWNSTREAM, false, 1},
    {"without AAD it is AAF",    "AAB,AAF,AAK",     "A,B,A",   "A", "B", DIRECTION_DOWNSTREAM, false, 0},
    {"no node at all",           "AAK",             "A",       "",  "",  DIRECTION_DOWNSTREAM, false, 0},
};

Test(en13508, start_and_finish) {
    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[512];

        snprintf(text, sizeof text, MARKS "#B01=%s\n%s\n#C=I,A\n1,BAB\n#Z\n", nodes[i].codes,
            nodes[i].values);
        read_or_die(text, &survey);
        const struct inspection *inspection = &survey.inspections[0];
        expect_text(inspection->start_node, nodes[i].start, nodes[i].name);
        expect_text(inspection->finish_node, nodes[i].finish, nodes[i].name);
        cr_expect_eq(inspection->direction, nodes[i].direction, "%s", nodes[i].name);
        cr_expect_eq(inspection->start_is_assumed, nodes[i].is_assumed, "%s", nodes[i].name);
        cr_expect_eq(
            count(&survey, FINDING_START_ASSUMED), nodes[i].is_assumed, "%s", nodes[i].name);
        cr_expect_eq(count(&survey, FINDING_START_NODE_CONTRADICTS), nodes[i].n_contradictions,
            "%s", nodes[i].name);
    }
}

Test(en13508, start_observation_contradicts) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(MARKS HEADER "#C=I,A,D\n0,BCD,M8\n9,BCE,M7\n#Z\n", &survey);

    expect_text(survey.inspections[0].start_node, "M7", "the header counts");
    cr_assert_eq(survey.findings.n, 1);
    cr_expect_eq(survey.findings.at[0].kind, FINDING_START_NODE_CONTRADICTS);
    cr_expect_eq(survey.findings.at[0].place.line, 10, "%u", survey.findings.at[0].place.line);
}

Test(en13508, nodes_from_the_observations_alone) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(MARKS "#B01=AAA\nH1\n#C=I,A,D\n0,BCD,M7\n9,BCE,M8\n#Z\n", &survey);

    expect_text(survey.inspections[0].start_node, "M7", "BCD");
    expect_text(survey.inspections[0].finish_node, "M8", "BCE");
    cr_expect(survey.inspections[0].start_is_assumed);
}

/* name, observations, length, abandoned */
static const struct {
    const char *name, *rows;
    double inspected_m; /* NAN: unset */
    bool is_abandoned;
} lengths[] = {
    {"up to the finish",            "0,BCD\n5,BAB\n9.5,BCE\n", 9.5, false},
    {"up to where it was given up", "0,BCD\n5,BAB\n7,BDC\n",   7,   true },
    {"up to the last row",          "0,BCD\n5,BAB\n",          5,   false},
    {"rows need not ascend",        "0,BCD\n9,BCE\n5,BAB\n",   9,   false},
    {"given up, yet finished",      "0,BCD\n7,BDC\n9,BCE\n",   9,   false},
    {"given up at no place",        "0,BCD\n5,BAB\n,BDC\n",    5,   true },
    {"no way into the pipe",        "-2,BAB\n",                NAN, false},
    {"nothing",                     "",                        NAN, false},
};

Test(en13508, inspected_length) {
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[512];

        snprintf(text, sizeof text, MARKS HEADER "#C=I,A\n%s#Z\n", lengths[i].rows);
        read_or_die(text, &survey);
        double got = survey.inspections[0].inspected_m;
        cr_expect(got == lengths[i].inspected_m || (isnan(got) && isnan(lengths[i].inspected_m)),
            "%s: %g", lengths[i].name, got);
        cr_expect_eq(
            survey.inspections[0].is_abandoned, lengths[i].is_abandoned, "%s", lengths[i].name);
    }
}

static const struct {
    const char *name, *row, *delivered, *code, *char1, *char2;
} codes[] = {
    {"code and characterisations apart", "1,BAB,B,A", "",      "BAB", "B",  "A"},
    {"glued",                            "1,BABBA,,", "BABBA", "BAB", "B",  "A"},
    {"glued, two letters in one",        "1,BCDXP,,", "BCDXP", "BCD", "XP", "" },
    {"two letters cut apart",            "1,BCD,X,P", "",      "BCD", "XP", "" },
    {"a code that nobody knows",         "1,QQQ,B,",  "",      "QQQ", "B",  "" },
};

Test(en13508, codes) {
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char text[512];

        snprintf(text, sizeof text, MARKS HEADER "#C=I,A,B,C\n%s\n#Z\n", codes[i].row);
        read_or_die(text, &survey);
        const struct code *code = &survey.codes[survey.observations[0].code];
        expect_text(code->delivered, codes[i].delivered, codes[i].name);
        expect_text(code->code, codes[i].code, codes[i].name);
        expect_text(code->char1, codes[i].char1, codes[i].name);
        expect_text(code->char2, codes[i].char2, codes[i].name);
    }
}

Test(en13508, marks_of_another_kind) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "#A3=;\n#A4=,\n#A5='\n#B01=AAA;ABQ\nH1;41,5\n#C=I;A;F\n4,25;BAB;'a;b'\n#Z\n", &survey);

    cr_expect_eq(survey.inspections[0].expected_m, 41.5);
    cr_expect_eq(survey.observations[0].chainage_m, 4.25);
    expect_text(survey.observations[0].more->remark, "a;b", "remark");
    cr_expect_eq(survey.findings.n, 0);
}

/* #A3 and #A4 cannot both be a comma: the codes tell which is meant. */
Test(en13508, a_separator_that_is_not_used) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die("#A3=,\n#A4=,\n#B01=AAA;ABQ\nH1;41,5\n#C=I;A\n4,25;BAB\n#Z\n", &survey);

    cr_expect_eq(survey.inspections[0].expected_m, 41.5);
    cr_expect_eq(survey.observations[0].chainage_m, 4.25);
    cr_expect_eq(count(&survey, FINDING_UNKNOWN_VALUE), 1);
}

Test(en13508, quoted_decimal_commas) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        "#A3=,\n#A4=,\n#A5=\"\n#B01=AAA,ABQ\nH1,\"41,5\"\n#C=I,A\n\"4,25\",BAB\n#Z\n", &survey);

    cr_expect_eq(survey.inspections[0].expected_m, 41.5);
    cr_expect_eq(survey.observations[0].chainage_m, 4.25);
    cr_expect_eq(survey.findings.n, 0);
}

Test(en13508, manhole) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(MARKS "#B01=CAA,CAB,CBF\nS1,3500000.1/5800000.2,2019-05-07\n"
                      "#C=A,I,L,F\nDAB,0.8,C,crack\nDDC,1.4,,water\n#Z\n",
        &survey);

    const struct inspection *inspection = &survey.inspections[0];
    cr_expect_eq(inspection->object, OBJECT_NODE);
    expect_text(inspection->segment_ref, "S1", "CAA");
    cr_expect_eq(inspection->inspected_on, 20190507);
    cr_expect_eq(inspection->inspected_m, 1.4);
    cr_expect(inspection->is_abandoned, "DDC is to manholes what BDC is to pipes");
    expect_text(inspection->more->abandoned_reason, "water", "F of DDC");
    cr_expect_eq(inspection->more->start_at.x, 3500000.1);
    cr_expect_eq(inspection->more->start_at.y, 5800000.2);
    cr_expect_eq(inspection->start_node.n, 0);
    cr_expect_eq(survey.observations[0].chainage_m, 0.8);
    expect_text(survey.observations[0].more->place, "C", "L");
}

Test(en13508, lateral_and_coordinates) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(MARKS "#B01=AAA,AAB,AAD,AAV\nL1,M7,M7,K3\n#Z\n"
                      "#B01=AAB,AAD,AAE,AAF,AAG\nM8,M7,10/20,M8,30/40\n#Z\n",
        &survey);

    cr_expect(survey.inspections[0].is_lateral);
    cr_expect_not(survey.inspections[1].is_lateral);
    const struct inspection_more *more = survey.inspections[1].more;
    cr_assert_not_null(more);
    cr_expect(more->has_coordinates);
    cr_expect_eq(more->start_at.x, 30, "the start is AAF");
    cr_expect_eq(more->finish_at.y, 20);
}

Test(en13508, encodings_that_lie) {
    static const struct {
        const char *name, *text, *verdict;
        size_t n_findings;
    } cases[] = {
        {"declared and true",
         "#A1=ISO-8859-1\n#B01=AAJ\nStra\xDF"
            "e\n",                                                   "CP1252", 0},
        {"a euro sign in it",
         "#A1=ISO-8859-1:1998\n#B01=AAJ,ADE\nStra\xDF"
            "e,\x80\n",                                              "CP1252", 0},
        {"UTF-8 in truth",    "#A1=ISO-8859-1\n#B01=AAJ\nStraße\n", "UTF-8",  1},
        {"Latin in truth",
         "#A1=UTF-8\n#B01=AAJ\nStra\xDF"
            "e\n",                                                   "CP1252", 1},
        {"DOS",
         "#A1=CP850\n#B01=AAJ\nStra\xE1"
            "e\n",                                                   "CP850",  0},
        {"not said",
         "#B01=AAJ\nStra\xDF"
            "e\n",                                                   "CP1252", 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(survey_release) struct survey survey = {0};

        read_or_die(cases[i].text, &survey);
        expect_text(survey.inspections[0].more->street, "Straße", cases[i].name);
        expect_text(survey.file.encoding, cases[i].verdict, cases[i].name);
        cr_expect_eq(
            count(&survey, FINDING_ENCODING_DIFFERS), cases[i].n_findings, "%s", cases[i].name);
    }
}

Test(en13508, a_file_without_inspections_is_refused) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};

    cr_expect_not(en13508_read_bytes(TEXT("#A1=UTF-8\n"), &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(strstr(err.text, "'#B01='"), "%s", err.text);
}

Test(en13508, real_file) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct source source = {0};
    struct error err = {0};
    char buffer[600];
    const char *path = sample_path(buffer, sizeof buffer, "en13508_txt/kwb_example_13508_2.txt");
    size_t n_up = 0;

    if (path == NULL) {
        cr_skip_test("the samples are not there");
    }
    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_expect_eq(survey_format_detect(&source), &format_en13508);
    cr_assert(format_en13508.read(&source, &no_options, &survey, &err), "%s", err.text);
    cr_expect_eq(survey.n_inspections, 19);
    cr_expect_eq(survey.n_observations, 335);
    cr_expect_eq(survey.findings.n, 0);
    for (size_t i = 0; i < survey.n_inspections; i++) {
        const struct inspection *inspection = &survey.inspections[i];
        n_up += inspection->direction == DIRECTION_UPSTREAM;
        cr_expect_float_eq(inspection->inspected_m, inspection->expected_m, 1e-9, "line %u: %g",
            inspection->line, inspection->inspected_m);
        cr_expect_not(text_equal(inspection->start_node, inspection->finish_node));
    }
    cr_expect_gt(n_up, 0);
}
