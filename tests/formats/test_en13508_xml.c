#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "formats/survey/formats.h"
#include "tests/formats/reading.h"

#define FILE_OF(inside)                                                                   \
    "<?xml version='1.0'?>\n<DATA><ZA><A1>UTF-8</A1><A2>fr</A2><A6>2011</A6></ZA>" inside \
    "</DATA>\n"
#define HEADER                                                                                \
    "<AAA>H1</AAA><AAB>M7</AAB><AAD>M7</AAD><AAF>M8</AAF><AAK>A</AAK><ABC>A</ABC>"            \
    "<ABF>2019-05-06</ABF><ABG>09:30</ABG><ABH>NN</ABH><ABQ>41.5</ABQ><ACB>600</ACB><ACC>400" \
    "</ACC><ACD>AG</ACD><ADE>first</ADE><ADE>second</ADE>"
#define ROWS                                                                                \
    "<ZC><I>0</I><A>BCD</A><B>XP</B><D>M7</D></ZC>\n"                                       \
    "<ZC><A>BAB</A><B>B</B><C>A</C><D>2</D><E>&gt;5</E><F>crack, long</F><G>12</G><H>3</H>" \
    "<I>4.5</I><J>A1</J><K>A</K><M>p1.jpg</M><N>00:01:12</N></ZC>\n"                        \
    "<ZC><I>40.1</I><A>BCEXP</A><D>M8</D></ZC>\n"

static void read_xml(const char *document, struct survey *survey) {
    read_or_die(en13508_xml_read_bytes, document, survey);
}

/* The same inspection as text: both readers share what its values mean. */
static const char same_as_text[] =
    "#A1=UTF-8\n#A3=,\n#A4=.\n#A5=\"\n#A6=2011\n"
    "#B01=AAA,AAB,AAD,AAF,AAK,ABC,ABF,ABG,ABH,ABQ,ACB,ACC,ACD,ADE,ADE\n"
    "H1,M7,M7,M8,A,A,2019-05-06,09:30,NN,41.5,600,400,AG,first,second\n"
    "#C=I,A,B,C,D,E,F,G,H,J,K,M,N\n"
    "0,BCD,XP,,M7,,,,,,,,\n4.5,BAB,B,A,2,>5,\"crack, long\",12,3,A1,A,p1.jpg,00:01:12\n"
    "40.1,BCEXP,,,M8,,,,,,,,\n#Z\n";

#define expect_same_text(a, b) \
    cr_expect(text_equal(a, b), "'%.*s' is not '%.*s'", TEXT_ARGS(a), TEXT_ARGS(b))

static void expect_same_inspection(const struct inspection *a, const struct inspection *b) {
    expect_same_text(a->segment_ref, b->segment_ref);
    expect_same_text(a->start_node, b->start_node);
    expect_same_text(a->finish_node, b->finish_node);
    expect_same_text(a->more->remark, b->more->remark);
    expect_same_text(a->more->time, b->more->time);
    expect_same_text(a->more->material, b->more->material);
    cr_expect_eq(a->direction, b->direction);
    cr_expect_eq(a->zero, b->zero);
    cr_expect_eq(a->inspected_on, b->inspected_on);
    cr_expect_eq(a->inspected_m, b->inspected_m);
    cr_expect_eq(a->expected_m, b->expected_m);
    cr_expect_eq(a->diameter_mm, b->diameter_mm);
    cr_expect_eq(a->height_mm, b->height_mm);
    cr_expect_eq(a->is_abandoned, b->is_abandoned);
    cr_assert_eq(a->n_observations, b->n_observations);
}

static void expect_same_row(const struct inspection *a, const struct inspection *b, size_t number) {
    const struct observation *of_a = &inspection_observations(a)[number],
                             *of_b = &inspection_observations(b)[number];
    const struct code *code_a = observation_code(a, of_a), *code_b = observation_code(b, of_b);

    expect_same_text(code_a->code, code_b->code);
    expect_same_text(code_a->char1, code_b->char1);
    expect_same_text(code_a->char2, code_b->char2);
    cr_expect_eq(of_a->chainage_m, of_b->chainage_m);
    cr_expect_eq(of_a->mark, of_b->mark);
    cr_expect_eq(of_a->clock_from, of_b->clock_from);
    cr_expect_eq(of_a->clock_to, of_b->clock_to);
    cr_expect_eq(of_a->at_joint, of_b->at_joint);
    expect_same_text(of_a->more->quant1_text, of_b->more->quant1_text);
    expect_same_text(of_a->more->quant2_text, of_b->more->quant2_text);
    expect_same_text(of_a->more->remark, of_b->more->remark);
    expect_same_text(of_a->more->photo, of_b->more->photo);
    expect_same_text(of_a->more->video_time, of_b->more->video_time);
}

Test(en13508_xml, the_same_as_its_text) {
    CLEANUP(survey_release) struct survey survey = {0}, text = {0};
    read_xml(FILE_OF("<ZB>" HEADER ROWS "</ZB>"), &survey);
    read_or_die(en13508_read_bytes, same_as_text, &text);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0], *wanted = &text.inspections[0];
    expect_text(inspection->segment_ref, "H1");
    expect_text(inspection->more->remark, "first; second");
    expect_same_inspection(inspection, wanted);
    for (size_t i = 0; i < wanted->n_observations; i++) {
        expect_same_row(inspection, wanted, i);
    }
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    expect_text(survey.file.version, "2011");
    cr_expect_eq(survey.findings.n, 0);
    struct text raw = {inspection->raw, inspection->raw_n};
    cr_expect(text_starts_with(raw, TEXT("AAA=H1; AAB=M7; ")));
    cr_expect_eq(row_of(&survey, 1)->line, 3);
}

Test(en13508_xml, wrapped_and_unknown_elements) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_xml("<x:Export xmlns:x='urn:x'><x:Head><x:Version>02.01</x:Version></x:Head>"
             "<x:List><x:ZB><x:Part><x:AAA>H1</x:AAA><x:Lot>9</x:Lot></x:Part>"
             "<x:Rows><x:ZC><x:A>BAC</x:A><x:I>1</x:I><x:P>?</x:P><x:A1>!</x:A1></x:ZC>"
             "<x:ZC><x:A>BAC</x:A><x:I>2</x:I><x:P>?</x:P></x:ZC></x:Rows></x:ZB>"
             "<x:ZB><x:CAA>S1</x:CAA><x:ZC><x:A>DAB</x:A><x:L>D</x:L></x:ZC></x:ZB></x:List>"
             "</x:Export>",
        &survey);

    cr_assert_eq(survey.n_inspections, 2);
    expect_text(survey.file.version, "02.01");
    expect_text(survey.inspections[0].segment_ref, "H1");
    cr_expect_eq(survey.inspections[0].n_observations, 2);
    cr_expect_eq(survey.inspections[1].object, OBJECT_NODE);
    expect_text(row_of(&survey, 2)->more->place, "D");
    cr_expect_eq(count_findings(&survey, FINDING_COLUMN_UNKNOWN), 3, "Lot, P once, A1");
    struct text raw = {row_of(&survey, 0)->raw, row_of(&survey, 0)->raw_n};
    expect_text(raw, "A=BAC; I=1; P=?; A1=!");
}

Test(en13508_xml, loose_ends) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_xml("<DATA><AAA>H1</AAA><ZC><A>BAC</A></ZC><ZC><I>3</I></ZC>"
             "<ZB><AAA>H2</AAA></ZB><ZC><A>BAC</A></ZC><ZC><A>BA",
        &survey);

    cr_assert_eq(survey.n_inspections, 3);
    expect_text(survey.inspections[0].segment_ref, "H1");
    cr_expect_eq(survey.inspections[0].n_observations, 1);
    expect_text(survey.inspections[1].segment_ref, "H2");
    cr_expect_eq(survey.inspections[2].segment_ref.n, 0, "a row that belongs to nothing is kept");
    cr_expect_eq(survey.inspections[2].n_observations, 1);
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 2, "no code, and half a row");
    cr_expect_eq(count_findings(&survey, FINDING_FILE_DAMAGED), 1);
}

Test(en13508_xml, refused) {
    expect_refused(en13508_xml_read_bytes, FILE_OF(""), "no inspections");
    expect_refused(en13508_xml_read_bytes, "<DATA><", "line 1: the document is damaged");
}

/* name, first bytes, wanted format */
static const struct {
    const char *name, *head, *format;
} heads[] = {
    {"codes in ZB",          FILE_OF("<ZB>" HEADER ROWS "</ZB>"),      "en13508-xml"},
    {"codes of a manhole",   FILE_OF("<ZB><CAA>S1</CAA></ZB>"),        "en13508-xml"},
    {"wrapped",              "<E><ZB><AAA>1</AAA></ZB></E>",           "en13508-xml"},
    {"DWA-M 150",            "<DATA><HG><HG001>1</HG001></HG></DATA>", "dwa-m150"   },
    {"another kind of DATA", "<DATA><row>1</row></DATA>",              NULL         },
};

Test(en13508_xml, told_from_its_kin) {
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        static struct source source;
        struct error err = {0};
        char path[] = "/tmp/chainage-en-XXXXXX";
        int handle = mkstemp(path);
        cr_assert_eq(
            write(handle, heads[i].head, strlen(heads[i].head)), (ssize_t)strlen(heads[i].head));
        close(handle);
        cr_assert(source_open(path, &source, &err), "%s", err.text);
        const struct survey_format *format = survey_format_detect(&source);
        cr_expect_str_eq(format == NULL ? "" : format->name,
            heads[i].format == NULL ? "" : heads[i].format, "%s", heads[i].name);
        unlink(path);
    }
}
