#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "formats/survey/formats.h"
#include "tests/formats/reading.h"

#define MSCC(inside)                                                                    \
    "<?xml version='1.0' encoding='UTF-8'?>\n"                                          \
    "<SurveyGroup xmlns='http://www.wrcplc.co.uk/srm'><SoftwareName>Eye</SoftwareName>" \
    "<SoftwareVersion>9</SoftwareVersion>" inside "</SurveyGroup>\n"
#define SURVEY(header, rows) \
    "<Survey><Header>" header "</Header><Observations>" rows "</Observations></Survey>\n"
#define ROW(inside) "<Observation>" inside "</Observation>\n"
#define NODES                                                            \
    "<StartNodeRef>SK2</StartNodeRef><FinishNodeRef>SK1</FinishNodeRef>" \
    "<Direction>U</Direction><PipelineLengthRef>P1</PipelineLengthRef>"

Test(dialect, a_survey_in_mscc) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(mscc_xml_read_bytes,
        MSCC(SURVEY(NODES
            "<Date>03/04/2019</Date><Time>09:30</Time><HeightDiameter>225</HeightDiameter>"
            "<TotalLength>40</TotalLength><ClientDefined1>lot 7</ClientDefined1>",
            ROW("<VideoRef>00:01:12</VideoRef><Distance>0</Distance><Code>MH</Code>") ROW(
                "<Distance>3.2</Distance><Code>CLJ</Code><ContinuousDefect>S01"
                "</ContinuousDefect><ClockRefAtFrom>11</ClockRefAtFrom><ClockRefTo>01"
                "</ClockRefTo><Remarks>near joint</Remarks><Dimension1>2</Dimension1>"
                "<Band>x</Band>") ROW("<Distance>12.5</Distance><Code>SA</Code><Band>y</Band>"
                                      "<Remarks>roots</Remarks>") ROW("<Distance>13</Distance>"))),
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    expect_text(inspection->segment_ref, "P1");
    expect_text(inspection->start_node, "SK2");
    expect_text(inspection->finish_node, "SK1");
    cr_expect_eq(inspection->direction, DIRECTION_UPSTREAM);
    expect_text(inspection->more->direction_text, "U");
    cr_expect_eq(inspection->inspected_on, 20190403, "the day comes first");
    cr_expect_eq(inspection->expected_m, 40);
    cr_expect_eq(inspection->diameter_mm, 225);
    cr_expect(inspection->is_abandoned, "SA");
    cr_expect_eq(inspection->inspected_m, 12.5);
    expect_text(inspection->more->abandoned_reason, "roots");
    struct text raw = {inspection->raw, inspection->raw_n};
    cr_expect(text_contains(raw, TEXT("; ClientDefined1=lot 7")));

    cr_assert_eq(survey.n_observations, 3);
    expect_text(row_of(&survey, 0)->more->video_time, "00:01:12");
    const struct observation *crack = row_of(&survey, 1);
    expect_text(survey.codes[crack->code].code, "CLJ");
    cr_expect_eq(survey.codes[crack->code].kind, CODE_STRUCTURAL);
    cr_expect_eq(crack->chainage_m, 3.2);
    cr_expect_eq(crack->mark, MARK_START);
    cr_expect_eq(crack->clock_from, 11);
    cr_expect_eq(crack->clock_to, 1);
    cr_expect_eq(crack->more->quant1, 2);
    expect_text(crack->more->remark, "near joint");
    cr_expect_eq(survey.catalogue, CATALOGUE_MSCC);
    expect_text(survey.file.generator, "Eye 9");
    cr_expect_eq(count_findings(&survey, FINDING_COLUMN_UNKNOWN), 2, "ClientDefined1, Band once");
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "no code");
    cr_expect_eq(survey.findings.n, 3);
}

/* clang-format off */
/* name, header, start, finish, direction, abandoned or not told */
static const struct {
    const char *name, *header, *start, *finish;
    enum direction direction;
    enum finding_kind finding;
} ends[] = {
    {"from the upstream node", "<UpstreamNode>A</UpstreamNode><DownstreamNode>B</DownstreamNode>"
     "<Direction>D</Direction>", "A", "B", DIRECTION_DOWNSTREAM, FINDING_START_ASSUMED},
    {"from the downstream node", "<UpstreamNode>A</UpstreamNode><DownstreamNode>B</DownstreamNode>"
     "<Direction>Upstream</Direction>", "B", "A", DIRECTION_UPSTREAM, FINDING_START_ASSUMED},
    {"a direction that nobody knows", "<StartNode>A</StartNode><FinishNode>B</FinishNode>"
     "<Direction>X</Direction>", "A", "B", DIRECTION_UNKNOWN, FINDING_UNKNOWN_VALUE},
    {"a length that is none", "<StartNode>A</StartNode><FinishNode>B</FinishNode>"
     "<SurveyedLength>long</SurveyedLength>", "A", "B", DIRECTION_UNKNOWN, FINDING_INVALID_VALUE},
};
/* clang-format on */

Test(dialect, start_and_finish) {
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[2000];
        snprintf(document, sizeof document,
            MSCC(SURVEY("%s", ROW("<Code>CL</Code><Distance>2</Distance>"))), ends[i].header);
        read_or_die(mscc_xml_read_bytes, document, &survey);

        expect_text(survey.inspections[0].start_node, ends[i].start);
        expect_text(survey.inspections[0].finish_node, ends[i].finish);
        cr_expect_eq(survey.inspections[0].direction, ends[i].direction, "%s", ends[i].name);
        cr_expect_eq(survey.inspections[0].inspected_m, 2, "%s", ends[i].name);
        cr_expect_eq(count_findings(&survey, ends[i].finding), 1, "%s", ends[i].name);
    }
}

#define WSA05(inside)                                                             \
    "<?xml version='1.0'?>\n<PROJECT><PROJECTID>1</PROJECTID><SOFTWAREVENDOR>Eye" \
    "</SOFTWAREVENDOR><SOFTWAREVERSION>9</SOFTWAREVERSION><SURVEYS>" inside       \
    "</SURVEYS></PROJECT>\n"
#define WSA05_SURVEY                                                                         \
    "<SURVEY><SURVEYID>7</SURVEYID><HEADER><AAA>P1</AAA><AAB>MH1</AAB><AAC>3 4</AAC>"        \
    "<AAF>MH2</AAF><AAK>D</AAK><ABF>14-05-2019</ABF><ABG>09:30</ABG><ABQ>41</ABQ>"           \
    "<ABR>40.5</ABR><ACB>300</ACB></HEADER><OBSERVATIONS><OBSERVATION><OBSERVATIONID>1"      \
    "</OBSERVATIONID><DISTANCE>3.2</DISTANCE><CODE>CL</CODE><QUANT1>2</QUANT1><CLOCK1>11"    \
    "</CLOCK1><CLOCK2>1</CLOCK2><JOINT>J</JOINT><CONTINUOUS>S01</CONTINUOUS><STR>5</STR>"    \
    "<SER>0</SER><REMARK>long</REMARK><VIDEOPOSITION>00:01:12</VIDEOPOSITION></OBSERVATION>" \
    "</OBSERVATIONS><SCORES><PEAK>5</PEAK></SCORES></SURVEY>"

Test(dialect, a_survey_in_wsa05) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(wsa05_xml_read_bytes,
        WSA05(WSA05_SURVEY "<SURVEY><HEADER><AAA>P2</AAA></HEADER></SURVEY>"), &survey);

    cr_assert_eq(survey.n_inspections, 2);
    const struct inspection *inspection = &survey.inspections[0];
    expect_text(inspection->id, "7");
    expect_text(inspection->segment_ref, "P1");
    expect_text(inspection->start_node, "MH1");
    expect_text(inspection->finish_node, "MH2");
    cr_expect_eq(inspection->direction, DIRECTION_DOWNSTREAM);
    cr_expect_eq(inspection->inspected_on, 20190514);
    cr_expect_eq(inspection->expected_m, 41);
    cr_expect_eq(inspection->inspected_m, 40.5);
    cr_expect_eq(inspection->more->start_at.x, 3);
    cr_expect_eq(inspection->more->video.n, 0, "ABR is a length here");
    const struct observation *crack = row_of(&survey, 0);
    expect_text(survey.codes[crack->code].code, "CL");
    cr_expect_eq(crack->at_joint, 1);
    cr_expect_eq(crack->mark, MARK_START);
    cr_expect_eq(crack->clock_to, 1);
    expect_text(crack->more->grade_text, "STR=5 SER=0");
    expect_text(crack->more->remark, "long");
    expect_text(crack->more->video_time, "00:01:12");
    expect_text(survey.inspections[1].segment_ref, "P2");
    cr_expect_eq(survey.catalogue, CATALOGUE_WSA05);
    expect_text(survey.file.generator, "Eye 9");
    cr_expect_eq(count_findings(&survey, FINDING_COLUMN_UNKNOWN), 2, "OBSERVATIONID, PEAK");
    cr_expect_eq(count_findings(&survey, FINDING_NO_OBSERVATIONS), 1);
    cr_expect_eq(survey.findings.n, 3);
}

Test(dialect, a_row_outside_of_a_survey_is_kept) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(mscc_xml_read_bytes,
        MSCC(ROW("<Code>CL</Code>") SURVEY(NODES, ROW("<Code>CL</Code>"))), &survey);

    cr_assert_eq(survey.n_inspections, 2);
    cr_expect_eq(survey.inspections[0].segment_ref.n, 0);
    cr_expect_eq(survey.inspections[0].n_observations, 1);
    expect_text(survey.inspections[1].segment_ref, "P1");
}

Test(dialect, refused) {
    expect_refused(mscc_xml_read_bytes, MSCC(""), "no inspections");
    expect_refused(wsa05_xml_read_bytes, WSA05(""), "no inspections");
    expect_refused(wsa05_xml_read_bytes, "<PROJECT><", "line 1: the document is damaged");
}

/* first bytes, wanted format */
static const struct {
    const char *head, *format;
} heads[] = {
    {MSCC(SURVEY(NODES, "")),                               "mscc-xml"},
    {"<SurveyGroup><Survey/></SurveyGroup>",                 "mscc-xml"             },
    {WSA05(WSA05_SURVEY),                 "wsa05-xml"                   },
    {"<PROJECT><modelVersion>4</modelVersion></PROJECT>",                 NULL},
};

Test(dialect, told_by_content) {
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        static struct source source;
        struct error err = {0};
        char path[] = "/tmp/chainage-dialect-XXXXXX";
        int handle = mkstemp(path);
        cr_assert_eq(
            write(handle, heads[i].head, strlen(heads[i].head)), (ssize_t)strlen(heads[i].head));
        close(handle);
        cr_assert(source_open(path, &source, &err), "%s", err.text);
        const struct survey_format *format = survey_format_detect(&source);
        cr_expect_str_eq(format == NULL ? "" : format->name,
            heads[i].format == NULL ? "" : heads[i].format, "%s", heads[i].head);
        unlink(path);
    }
}
