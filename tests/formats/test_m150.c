#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "core/network.h"
#include "formats/survey/formats.h"
#include "formats/survey/m150.h"
#include "tests/formats/reading.h"

#define FILE_OF(type, inside)                                             \
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"                   \
    "<DATA><FD><FD001>04-2010</FD001><FD002>" type "</FD002></FD>" inside \
    "<RT><RT001>001</RT001><RT002>7</RT002><RT004>Am Wehr</RT004></RT>"   \
    "<RT><RT001>002</RT001><RT002>7</RT002><RT004>Dorf</RT004></RT></DATA>\n"
#define PIPE "<HG001>H1</HG001><HG003>S1</HG003><HG004>S2</HG004>"
#define ROW(values) "<HZ>" values "</HZ>\n"

static void read_m150(const char *document, struct survey *survey) {
    read_or_die(m150_read_bytes, document, survey);
}

Test(m150, words_are_sorted_and_unique) {
    static const char *const words[] = {
#define WORD(name) #name,
#include "formats/survey/m150_words.def"
#undef WORD
    };

    for (size_t i = 1; i < ARRAY_LEN(words); i++) {
        cr_expect_lt(strcmp(words[i - 1], words[i]), 0, "'%s'", words[i]);
    }
}

Test(m150, one_inspection) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150(FILE_OF("B",
                  "<HG>" PIPE "<HG101>7</HG101><HG302>R</HG302><HG304>STZ</HG304>"
                  "<HG305>DN</HG305><HG306>300</HG306><HG307>300</HG307>"
                  "<HG310>40,5</HG310><HG314>39,80</HG314>\n"
                  "<HI><HI004>3</HI004><HI005>DIN EN 13508-2</HI005><HI101>G</HI101>"
                  "<HI104>14.05.2019</HI104><HI105>09:41</HI105><HI106>1</HI106>"
                  "<HI112>N. Kanal</HI112><HI116>a.mpg</HI116><HI999>x</HI999>\n" ROW(
                      "<HZ001>3,20</HZ001><HZ002>BAB</HZ002><HZ003>2,5</HZ003>"
                      "<HZ004>&gt;1</HZ004><HZ005>A1</HZ005><HZ006>11</HZ006>"
                      "<HZ007>01</HZ007><HZ008>00:01:12</HZ008><HZ009>1.jpg</HZ009>"
                      "<HZ010>Stra\xDF"
                      "e</HZ010><HZ011>A</HZ011><HZ014>B</HZ014><HZ015>A</HZ015>"
                      "<HZ206>3</HZ206><HZ207>2</HZ207><HZ777>y</HZ777>")
                      ROW("<HZ001>39.80</HZ001><HZ002>BCE</HZ002><HZ777>z</HZ777>") "</HI></HG>"),
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    cr_assert_not_null(inspection->more);
    expect_text(inspection->segment_ref, "H1");
    cr_expect_eq(inspection->direction, DIRECTION_UPSTREAM);
    expect_text(inspection->start_node, "S2");
    expect_text(inspection->finish_node, "S1");
    expect_text(inspection->more->upstream_node, "S1");
    expect_text(inspection->more->direction_text, "G");
    cr_expect_eq(inspection->inspected_on, 20190514);
    cr_expect_eq(inspection->inspected_m, 39.8);
    cr_expect_eq(inspection->expected_m, 40.5);
    cr_expect_eq(inspection->diameter_mm, 300);
    cr_expect(isnan(inspection->height_mm));
    cr_expect_not(inspection->is_abandoned);
    cr_expect_eq(inspection->line, 3);
    expect_text(inspection->more->street, "Am Wehr");
    expect_text(inspection->more->shape, "circular");
    expect_text(inspection->more->system, "storm");
    expect_text(inspection->more->video, "a.mpg");
    expect_text(inspection->more->standard, "DIN EN 13508-2");
    expect_text(pool_word(&survey.words, inspection->operator_word), "N. Kanal");
    struct text raw = {inspection->raw, inspection->raw_n};
    cr_expect(text_starts_with(raw, TEXT("HG001=H1; HG003=S1; ")));
    cr_expect(text_contains(raw, TEXT("; HI999=x")));

    cr_assert_eq(survey.n_observations, 2);
    const struct observation *first = row_of(&survey, 0);
    const struct code *code = &survey.codes[first->code];
    expect_text(code->code, "BAB");
    expect_text(code->char1, "B");
    expect_text(code->char2, "A");
    cr_expect_eq(first->chainage_m, 3.2);
    cr_expect_eq(first->mark, MARK_START);
    cr_expect_eq(first->mark_number, 1);
    cr_expect_eq(first->clock_from, 11);
    cr_expect_eq(first->clock_to, 1);
    cr_expect_eq(first->at_joint, 1);
    cr_expect_eq(first->more->quant1, 2.5);
    expect_text(first->more->quant2_text, ">1");
    expect_text(first->more->remark, "Straße");
    expect_text(first->more->photo, "1.jpg");
    expect_text(first->more->video_time, "00:01:12");
    expect_text(first->more->grade_text, "D=3 S=2");
    cr_expect_eq(first->line, 4);
    cr_expect_eq(row_of(&survey, 1)->line, 5);
    expect_text(survey.file.version, "04-2010");
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(survey.scheme, SCHEME_DWA, "as in ISYBAU");
    cr_expect_null(survey.network, "inspections alone bring no network");
    cr_expect_eq(count_findings(&survey, FINDING_COLUMN_UNKNOWN), 2, "HI999, and HZ777 once");
    cr_expect_eq(survey.findings.n, 2);
}

/* clang-format off */
/* name, HI101, direction, start */
static const struct {
    const char *name, *value;
    enum direction direction;
    const char *start;
} directions[] = {
    {"I runs with the flow",          "I", DIRECTION_DOWNSTREAM, "S1"},
    {"G runs against it",             "G", DIRECTION_UPSTREAM,   "S2"},
    {"another letter is no guess",    "X", DIRECTION_UNKNOWN,    ""  },
    {"nor is none at all",            "",  DIRECTION_UNKNOWN,    ""  },
};
/* clang-format on */

Test(m150, directions) {
    for (size_t i = 0; i < ARRAY_LEN(directions); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[2000];
        snprintf(document, sizeof document,
            FILE_OF(
                "B", "<HG><HI><HI101>%s</HI101>" ROW("<HZ002>BCD</HZ002>") "</HI>" PIPE "</HG>"),
            directions[i].value);
        read_m150(document, &survey);

        cr_expect_eq(
            survey.inspections[0].direction, directions[i].direction, "%s", directions[i].name);
        expect_text(survey.inspections[0].start_node, directions[i].start);
        expect_text(survey.inspections[0].segment_ref, "H1");
        cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_VALUE),
            directions[i].direction == DIRECTION_UNKNOWN, "%s", directions[i].name);
    }
}

Test(m150, runs_of_one_pipe_and_a_row_without_a_run) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150(
        FILE_OF("B",
            "<HG>" PIPE "<HG313>B</HG313><HG314>40</HG314>"
            "<HI><HI101>I</HI101>" ROW("<HZ001>12.6</HZ001><HZ002>BDC</HZ002><HZ010>Stein</HZ010>")
                ROW("<HZ001>3</HZ001>") "</HI>" ROW(
                    "<HZ001>1</HZ001><HZ002>BAC</HZ002>") "<HI><HI101>G</HI101><HI104>32.13.2019</HI104></HI></HG>"),
        &survey);

    cr_assert_eq(survey.n_inspections, 3);
    cr_expect(survey.inspections[0].is_abandoned);
    cr_expect_eq(survey.inspections[0].inspected_m, 12.6, "HG314 is not of one run");
    expect_text(survey.inspections[0].more->abandoned_reason, "Stein");
    cr_expect(survey.inspections[0].is_lateral);
    cr_expect_eq(survey.inspections[1].n_observations, 1);
    cr_expect_eq(survey.inspections[1].direction, DIRECTION_UNKNOWN);
    expect_text(survey.inspections[1].segment_ref, "H1");
    cr_expect_eq(survey.inspections[2].n_observations, 0);
    cr_expect_eq(survey.catalogue, CATALOGUE_UNKNOWN, "no HI005: left to be guessed");
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "the row without a code");
    cr_expect_eq(count_findings(&survey, FINDING_NO_OBSERVATIONS), 1);
    cr_expect_eq(count_findings(&survey, FINDING_DATE_INVALID), 1);
}

Test(m150, a_manhole) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150(
        FILE_OF("B",
            "<KG><KG001>S1</KG001><KG102>Am Wehr</KG102><KI><KI005>EN13508</KI005><KI104>2019-05-14"
            "</KI104><KI112>NN</KI112><KZ><KZ001>1,20</KZ001><KZ002>DAB</KZ002>"
            "<KZ013>D</KZ013><KZ014>B</KZ014></KZ></KI></KG>"),
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.inspections[0].object, OBJECT_NODE);
    expect_text(survey.inspections[0].segment_ref, "S1");
    expect_text(survey.inspections[0].more->street, "Am Wehr");
    cr_expect_eq(survey.inspections[0].inspected_on, 20190514);
    cr_expect_eq(row_of(&survey, 0)->chainage_m, 1.2);
    expect_text(row_of(&survey, 0)->more->place, "D");
    expect_text(survey.codes[row_of(&survey, 0)->code].char1, "B");
    cr_expect_eq(survey.findings.n, 0);
}

/* --- the network --- */

#define POINT(name, x, y, z)                                                    \
    "<GP><GP001>" name "</GP001><GP002>GK</GP002><GP003>" x "</GP003><GP004>" y \
    "</GP004><GP007>" z "</GP007></GP>"
#define LINE(points) "<GO><GO002>L</GO002><GO003>L</GO003>" points "</GO>"
#define COVER(name, x, y, z) "<GO><GO002>D</GO002><GO003>Pkt</GO003>" POINT(name, x, y, z) "</GO>"
#define MANHOLE(name, x, y, z) \
    "<KG><KG001>" name "</KG001><KG211>2,5</KG211><KG305>S</KG305>" COVER(name, x, y, z) "</KG>"
#define MANHOLES \
    MANHOLE("S1", "3456000,5", "5612000", "102,5") MANHOLE("S2", "3456030,5", "5612040", "102")

Test(m150, nodes_and_a_pipe) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150(
        FILE_OF("A", "<HG>" PIPE "<HG101>7</HG101><HG209>99,4</HG209><HG303>1979</HG303>"
                     "<HG310>50</HG310>" LINE(POINT("S1_Ablauf", "3456000,5", "5612000", "100")
                             POINT("S2_Zulauf", "3456030,5", "5612040", "99,5")) "</HG>" MANHOLES),
        &survey);

    const struct network *network = survey.network;
    cr_assert_not_null(network);
    cr_assert_eq(network->n_nodes, 2);
    cr_assert_eq(network->n_segments, 1);
    expect_text(network->crs, "EPSG:31467");
    cr_expect_eq(network->nodes[0].at.x, 3456000.5);
    cr_expect_eq(network->nodes[0].ground_m, 102.5);
    cr_expect_eq(network->nodes[0].invert_m, 100);
    expect_text(network_word(network, network->nodes[0].kind), "manhole");
    const struct segment *segment = &network->segments[0];
    expect_text(segment->id, "H1");
    cr_expect_eq(segment->from_node, 0);
    cr_expect_eq(segment->to_node, 1);
    cr_expect_eq(segment->line.n, 2);
    cr_expect_eq(segment->length_m, 50);
    cr_expect_eq(segment->from_invert_m, 100, "of the line, the pipe has none");
    cr_expect_eq(segment->to_invert_m, 99.4, "of the pipe");
    cr_expect_eq(segment->year_built, 1979);
    cr_expect_not(segment->is_flipped);
    expect_text(network_word(network, segment->street), "Am Wehr");
    cr_expect_eq(survey.n_inspections, 0);
    cr_expect_eq(survey.findings.n, 0);
}

Test(m150, a_manhole_again_is_the_same_manhole) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150(FILE_OF("A", "<HG>" PIPE "</HG>" MANHOLES "<KG><KG001>S1</KG001></KG>"), &survey);

    cr_assert_not_null(survey.network);
    cr_expect_eq(survey.network->n_nodes, 2);
    cr_expect_eq(survey.network->nodes[0].ground_m, 102.5, "the first one counts");
    cr_expect_eq(survey.findings.n, 0);
}

/* clang-format off */
/* name, inside of the file, vertices, first x, flipped, first invert, finding or FINDING_KINDS */
static const struct {
    const char *name, *inside;
    size_t n;
    double first_x;
    bool is_flipped;
    double invert_m;
    enum finding_kind finding;
} lines[] = {
    {"a line against the flow is turned as the nodes tell",
     "<HG>" PIPE LINE(POINT("", "3456030,5", "5612040", "99") POINT("", "3456000,5", "5612000", "98"))
     "</HG>" MANHOLES, 2, 3456000.5, true, 98, FINDING_KINDS},
    {"without manholes the names of its points tell",
     "<HG>" PIPE LINE(POINT("S2_Zulauf", "3456030,5", "5612040", "99")
     POINT("S1_Ablauf", "3456000,5", "5612000", "98")) "</HG>", 2, 3456000.5, true, 98,
     FINDING_NODE_MISSING},
    {"without a line it runs straight", "<HG>" PIPE "</HG>" MANHOLES, 2, 3456000.5, false, NAN,
     FINDING_KINDS},
    {"lines that go on are joined",
     "<HG>" PIPE LINE(POINT("", "3456000,5", "5612000", "9") POINT("", "3456010", "5612010", "8"))
     LINE(POINT("", "3456010", "5612010", "8") POINT("", "3456030,5", "5612040", "7"))
     "</HG>" MANHOLES, 3, 3456000.5, false, 9, FINDING_KINDS},
    {"a line apart is left out and said",
     "<HG>" PIPE LINE(POINT("", "3456000,5", "5612000", "9") POINT("", "3456010", "5612010", "8"))
     LINE(POINT("", "3456011", "5612010", "8") POINT("", "3456030,5", "5612040", "7"))
     "</HG>" MANHOLES, 2, 3456000.5, false, 9, FINDING_GEOMETRY_MULTIPART},
    {"a point in another zone is left out and said",
     "<HG>" PIPE LINE(POINT("", "3456000,5", "5612000", "9") POINT("", "4456010", "5612010", "8")
     POINT("", "3456030,5", "5612040", "7")) "</HG>" MANHOLES, 2, 3456000.5, false, 9,
     FINDING_CRS_CONTRADICTS},
    {"a pipe again is the same pipe",
     "<HG>" PIPE "</HG><HG>" PIPE "</HG>" MANHOLES, 2, 3456000.5, false, NAN, FINDING_KINDS},
    {"a pipe of the same name elsewhere is another",
     "<HG>" PIPE "</HG><HG><HG001>H1</HG001><HG003>S2</HG003><HG004>S1</HG004></HG>" MANHOLES, 2,
     3456000.5, false, NAN, FINDING_DUPLICATE_ID},
    {"a circle is no line", "<HG>" PIPE "<GO><GO003>Kr</GO003>"
     POINT("", "3456001", "5612001", "9") POINT("", "3456002", "5612002", "9") "</GO></HG>" MANHOLES,
     2, 3456000.5, false, NAN, FINDING_KINDS},
};
/* clang-format on */

Test(m150, lines_of_pipes) {
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[4000];
        snprintf(document, sizeof document, FILE_OF("A", "%s"), lines[i].inside);
        read_m150(document, &survey);
        const struct segment *segment = &survey.network->segments[0];

        cr_assert_eq(segment->line.n, lines[i].n, "%s: %zu", lines[i].name, segment->line.n);
        cr_expect_eq(segment->line.at[0].x, lines[i].first_x, "%s", lines[i].name);
        cr_expect_eq(segment->is_flipped, lines[i].is_flipped, "%s", lines[i].name);
        cr_expect(isnan(lines[i].invert_m) ? isnan(segment->from_invert_m)
                                           : segment->from_invert_m == lines[i].invert_m,
            "%s: %g", lines[i].name, segment->from_invert_m);
        cr_expect_eq(survey.findings.n > 0, lines[i].finding != FINDING_KINDS, "%s", lines[i].name);
        if (lines[i].finding != FINDING_KINDS) {
            cr_expect_gt(count_findings(&survey, lines[i].finding), 0, "%s", lines[i].name);
        }
    }
}

#define UTM_SPOT(east)                                                                         \
    "<KG><KG001>S1</KG001><GO><GO003>Pkt</GO003><GP><GP002>UTM</GP002><GP005>" east "</GP005>" \
    "<GP006>5612000</GP006></GP></GO></KG>"

Test(m150, utm_tells_its_zone_only_in_front_of_the_easting) {
    CLEANUP(survey_release) struct survey with = {0}, without = {0};
    read_m150(FILE_OF("A", UTM_SPOT("32456000")), &with);
    read_m150(FILE_OF("B", UTM_SPOT("456000")), &without);

    expect_text(with.network->crs, "EPSG:25832");
    cr_assert_not_null(without.network, "type B with geometry is a network all the same");
    cr_expect_eq(without.network->crs.n, 0);
    cr_expect_eq(without.network->nodes[0].at.x, 456000);
    cr_expect(isnan(without.network->nodes[0].ground_m), "only a cover tells the ground");
}

Test(m150, editions_and_types) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150("<DATA><FD><FD001>2031</FD001><FD002>C</FD002></FD><HG>" PIPE
              "<HI><HI005>ATV-M 143-2</HI005><HI101>I</HI101><HZ><HZ002>RISS</HZ002></HZ></HI></HG>"
              "</DATA>",
        &survey);

    cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_EDITION), 1);
    cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_VALUE), 1, "type C");
    cr_expect_eq(survey.catalogue, CATALOGUE_UNKNOWN, "another coding system");
    cr_expect_eq(survey.scheme, SCHEME_NONE);
}

Test(m150, a_document_that_breaks_off_keeps_what_came_before) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_m150("<DATA><FD><FD001>04-2010</FD001><FD002>B</FD002></FD><HG>" PIPE
              "<HI><HI101>I</HI101><HZ><HZ002>BCD</HZ002></HZ><HZ><HZ002>BAB</HZ",
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 1);
    expect_text(survey.inspections[0].segment_ref, "H1");
    cr_expect(survey.file.is_damaged);
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 2, "the row, and the object");
}

Test(m150, refused) {
    expect_refused(m150_read_bytes, "<DATA><FD><FD002>B</FD002></FD></DATA>", "no inspections");
    expect_refused(m150_read_bytes, "<DATA><HG><", "line 1: the document is damaged");
    expect_refused(m150_read_bytes, "H1;S1;S2\n", "line 1: no XML");
}

/* --- real files --- */

Test(m150, master_data) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_sample(&format_dwa_m150, "dwa_m150/derbeaker_m150-stammdaten_typeA_fictive.xml", &survey);

    cr_assert_not_null(survey.network);
    cr_expect_eq(survey.network->n_segments, 2);
    cr_expect_eq(survey.network->n_nodes, 4);
    expect_text(survey.network->crs, "EPSG:31467");
    cr_expect_eq(survey.network->segments[0].line.n, 2);
    cr_expect_eq(survey.network->segments[1].line.n, 2, "straight between its manholes");
    cr_expect_eq(survey.findings.n, 0);
}

Test(m150, inspections) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_sample(&format_dwa_m150, "dwa_m150/SYNTHETIC_typeB_inspection.xml", &survey);

    cr_assert_eq(survey.n_inspections, 3);
    cr_expect_eq(survey.n_observations, 12);
    cr_expect_eq(survey.inspections[0].inspected_m, 39.4);
    cr_expect_eq(survey.inspections[1].inspected_m, 12.6);
    cr_expect_eq(survey.inspections[2].inspected_m, 26.9);
    cr_expect(survey.inspections[1].is_abandoned && survey.inspections[2].is_abandoned);
    expect_text(survey.inspections[1].start_node, "S11");
    expect_text(survey.inspections[2].start_node, "S10");
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(survey.findings.n, 0);
}
