#include <math.h>
#include <stdio.h>

#include "formats/source.h"
#include "formats/survey/formats.h"
#include "tests/formats/isybau_document.h"
#include "tests/samples.h"

Test(isybau, words_are_sorted_and_unique) {
    static const char *const words[] = {
#define WORD(name) #name,
#include "formats/survey/isybau_words.def"
#undef WORD
    };

    for (size_t i = 1; i < ARRAY_LEN(words); i++) {
        cr_expect_lt(strcmp(words[i - 1], words[i]), 0, "'%s'", words[i]);
    }
}

Test(isybau, header_of_a_pipe) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(SURVEY(JOB PIPE("O", ROW("<InspektionsKode>BCD</InspektionsKode>"))), &survey);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    cr_assert_not_null(inspection->more);
    cr_expect_eq(inspection->object, OBJECT_SEGMENT);
    cr_expect_not(inspection->is_lateral);
    expect_text(inspection->segment_ref, "H1");
    expect_text(inspection->more->direction_text, "O");
    expect_text(inspection->more->upstream_node, "S1");
    expect_text(inspection->more->downstream_node, "S2");
    cr_expect_eq(inspection->inspected_on, 20190506);
    cr_expect_eq(inspection->zero, ZERO_INNER_WALL);
    cr_expect_eq(inspection->inspected_m, 41.5);
    cr_expect(isnan(inspection->expected_m));
    cr_expect_eq(inspection->diameter_mm, 400);
    cr_expect_eq(inspection->height_mm, 600);
    expect_text(inspection->more->shape, "egg");
    expect_text(inspection->more->material, "STZ");
    expect_text(inspection->more->system, "combined");
    expect_text(inspection->more->street, "Am Wehr");
    expect_text(inspection->more->weather, "rain");
    expect_text(inspection->more->video, "V1");
    expect_text(inspection->more->standard, "EN 13508-2:2011");
    expect_text(inspection->more->purpose, "routine");
    expect_text(pool_word(&survey.words, inspection->operator_word), "N. Kanal");
    expect_text(pool_word(&survey.words, inspection->method_word), "camera");
    cr_expect_eq(inspection->line, 4);
    struct text raw = {inspection->raw, inspection->raw_n};
    cr_expect(text_starts_with(raw, TEXT("Objektbezeichnung=H1; Anlagentyp=1; ")));
    cr_expect(text_contains(raw, TEXT("; Uhrzeit=09:30:00; ")));
    expect_text(survey.file.version, "2017-07");
    expect_text(survey.file.generator, "Fernrohr 1.2");
    expect_text(survey.file.encoding, "iso-8859-1 (declared)");
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(survey.scheme, SCHEME_DWA, "the format is Germany's");
}

/* clang-format off */
/* name, document, direction, start, finish */
static const struct {
    const char *name, *document;
    enum direction direction;
    const char *start, *finish;
} directions[] = {
    {"O runs with the flow from the upstream node", SURVEY(PIPE("O", "")), DIRECTION_DOWNSTREAM,
     "S1", "S2"},
    {"U runs against it from the downstream node", SURVEY(PIPE("U", "")), DIRECTION_UPSTREAM, "S2",
     "S1"},
    {"another letter leaves the start unknown", SURVEY(PIPE("X", "")), DIRECTION_UNKNOWN, "", ""},
};
/* clang-format on */

Test(isybau, directions) {
    for (size_t i = 0; i < ARRAY_LEN(directions); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        read_or_die(directions[i].document, &survey);
        const struct inspection *inspection = &survey.inspections[0];

        cr_expect_eq(inspection->direction, directions[i].direction, "%s", directions[i].name);
        expect_text(inspection->start_node, directions[i].start);
        expect_text(inspection->finish_node, directions[i].finish);
        cr_expect_eq(
            inspection->start_is_assumed, inspection->start_node.n > 0, "%s", directions[i].name);
        cr_expect_eq(count(&survey, FINDING_UNKNOWN_VALUE) - 1,
            directions[i].direction == DIRECTION_UNKNOWN, "%s (and the job is unknown)",
            directions[i].name);
        cr_expect_eq(count(&survey, FINDING_NO_OBSERVATIONS), 1, "%s", directions[i].name);
    }
}

Test(isybau, an_observation_keeps_all_it_was_given) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        SURVEY(JOB PIPE("O",
            ROW("<Station>12.30</Station><Timecode>1020304</Timecode>"
                "<InspektionsKode>BAB</InspektionsKode><Charakterisierung1>B</Charakterisierung1>"
                "<Charakterisierung2>A</Charakterisierung2><Verbindung>1</Verbindung>"
                "<Quantifizierung1Numerisch>2.5</Quantifizierung1Numerisch>"
                "<Quantifizierung2Text>etwa 3</Quantifizierung2Text>"
                "<PositionVon>10</PositionVon><PositionBis>02</PositionBis>"
                "<Fotodatei>a.jpg</Fotodatei><Fotonummer>4</Fotonummer>"
                "<Kommentar>R\xEF\xBF\xBD &amp; mehr</Kommentar><Gruppe>1</Gruppe>"
                "<Klassifizierung><Dichtheit><SKDvAuto>3</SKDvAuto></Dichtheit><Standsicherheit>"
                "<SKSvAuto>1</SKSvAuto><SKSvManu>2</SKSvManu></Standsicherheit></Klassifizierung>")
                ROW("<InspektionsKode>BDB</InspektionsKode><Gruppe>2</Gruppe>"))),
        &survey);

    const struct observation *first = row(&survey, 0), *second = row(&survey, 1);
    const struct code *code = &survey.codes[first->code];
    cr_assert_not_null(first->more);
    expect_text(code->code, "BAB");
    expect_text(code->char1, "B");
    expect_text(code->char2, "A");
    cr_expect_eq(first->chainage_m, 12.3);
    cr_expect_eq(first->clock_from, 10);
    cr_expect_eq(first->clock_to, 2);
    cr_expect_eq(first->at_joint, 1);
    cr_expect_eq(first->mark, MARK_NONE);
    cr_expect_eq(first->more->quant1, 2.5);
    cr_expect(isnan(first->more->quant2));
    expect_text(first->more->quant2_text, "etwa 3");
    expect_text(first->more->video_time, "01:02:03:04");
    expect_text(first->more->photo, "a.jpg");
    expect_text(first->more->remark, "R\xEF\xBF\xBD & mehr");
    expect_text(first->more->grade_text, "D=3 S=2");
    cr_expect_eq(first->line, 5);
    struct text raw = {first->raw, first->raw_n};
    cr_expect(text_starts_with(raw, TEXT("Station=12.30; Timecode=1020304; InspektionsKode=BAB")));
    cr_expect(text_contains(raw, TEXT("Gruppe=1; SKDvAuto=3; SKSvAuto=1; SKSvManu=2")));
    cr_expect_eq(count(&survey, FINDING_COLUMN_UNKNOWN), 1, "Gruppe is reported once");
    cr_expect(isnan(second->chainage_m), "absent is not 0");
    cr_expect_null(second->more);
    cr_expect_eq(second->line, 6);
}

/* clang-format off */
/* name, row, mark, number, chainage, finding, or FINDING_KINDS for none */
static const struct {
    const char *name, *row;
    enum mark mark;
    unsigned number;
    double chainage_m;
    enum finding_kind finding;
} marks[] = {
    {"A starts", "<Streckenschaden>A</Streckenschaden><StreckenschadenLfdNr>3</StreckenschadenLfdNr>",
     MARK_START, 3, 5, FINDING_KINDS},
    {"B ends", "<Streckenschaden>B</Streckenschaden><StreckenschadenLfdNr>3</StreckenschadenLfdNr>",
     MARK_END, 3, 5, FINDING_KINDS},
    {"C changes", "<Streckenschaden>C</Streckenschaden><StreckenschadenLfdNr>3</StreckenschadenLfdNr>",
     MARK_CHANGE, 3, 5, FINDING_KINDS},
    {"E of older systems ends", "<Streckenschaden>E</Streckenschaden>", MARK_END, 0, 5,
     FINDING_KINDS},
    {"G runs from the start to the end", "<Streckenschaden>G</Streckenschaden>", MARK_START,
     UINT16_MAX, 0, FINDING_KINDS},
    {"R is a point and said", "<Streckenschaden>R</Streckenschaden>", MARK_NONE, 0, 5,
     FINDING_UNKNOWN_VALUE},
    {"a mark may carry its number", "<Streckenschaden>A12</Streckenschaden>", MARK_START, 12, 5,
     FINDING_KINDS},
    {"a number that is none is said",
     "<Streckenschaden>A</Streckenschaden><StreckenschadenLfdNr>x</StreckenschadenLfdNr>",
     MARK_START, 0, 5, FINDING_MARK_INVALID},
};
/* clang-format on */

Test(isybau, continuous_marks) {
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[8192];
        snprintf(document, sizeof document,
            SURVEY(
                JOB PIPE("O", ROW("<Station>5</Station><InspektionsKode>BAB</InspektionsKode>%s"))),
            marks[i].row);
        read_or_die(document, &survey);

        cr_expect_eq(row(&survey, 0)->mark, marks[i].mark, "%s", marks[i].name);
        cr_expect_eq(row(&survey, 0)->mark_number, marks[i].number, "%s", marks[i].name);
        cr_expect_eq(row(&survey, 0)->chainage_m, marks[i].chainage_m, "%s", marks[i].name);
        cr_expect_eq(survey.findings.n, marks[i].finding != FINDING_KINDS, "%s", marks[i].name);
        if (marks[i].finding != FINDING_KINDS) {
            cr_expect_eq(count(&survey, marks[i].finding), 1, "%s", marks[i].name);
        }
    }
}

/* from, to, clock_from, clock_to, findings */
static const struct {
    const char *from, *to;
    uint8_t clock_from, clock_to;
    size_t n_findings;
} clocks[] = {
    {"12", "12", 12, 12, 0},
    {"09", "00", 9,  0,  0},
    {"00", "00", 0,  0,  0},
    {"",   "",   0,  0,  0},
    {"00", "05", 5,  0,  0},
    {"13", "",   0,  0,  1},
    {"x",  "3",  3,  0,  1},
};

Test(isybau, positions_on_the_wall) {
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[8192];
        snprintf(document, sizeof document,
            SURVEY(JOB PIPE("O", ROW("<InspektionsKode>BAB</InspektionsKode><PositionVon>%s"
                                     "</PositionVon><PositionBis>%s</PositionBis>"))),
            clocks[i].from, clocks[i].to);
        read_or_die(document, &survey);

        cr_expect_eq(row(&survey, 0)->clock_from, clocks[i].clock_from, "'%s'", clocks[i].from);
        cr_expect_eq(row(&survey, 0)->clock_to, clocks[i].clock_to, "'%s'", clocks[i].to);
        cr_expect_eq(count(&survey, FINDING_CLOCK_INVALID), clocks[i].n_findings, "'%s' '%s'",
            clocks[i].from, clocks[i].to);
    }
}

/* clang-format off */
/* name, rows, abandoned, reason */
static const struct {
    const char *name, *rows, *reason;
} endings[] = {
    {"BCE says that the other node was reached", ROW("<InspektionsKode>BCE</InspektionsKode>"), NULL},
    {"BDC says that it was not",
     ROW("<InspektionsKode>BDC</InspektionsKode><Charakterisierung1>A</Charakterisierung1>"
         "<Kommentar>Stein</Kommentar>"),
     "BDC A Stein"},
    {"several reasons are joined",
     ROW("<InspektionsKode>BDC</InspektionsKode>")
     ROW("<InspektionsKode>BDC</InspektionsKode><GrundAbbruch>IN</GrundAbbruch>"),
     "BDC; BDC IN"},
    {"GE says that the far end was reached all the same",
     ROW("<InspektionsKode>BDC</InspektionsKode><GrundAbbruch>GE</GrundAbbruch>"), NULL},
    {"nothing said is not abandoned", ROW("<InspektionsKode>BAB</InspektionsKode>"), NULL},
};
/* clang-format on */

Test(isybau, abandoned) {
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[8192];
        snprintf(document, sizeof document, SURVEY(JOB PIPE("O", "%s")), endings[i].rows);
        read_or_die(document, &survey);

        cr_expect_eq(
            survey.inspections[0].is_abandoned, endings[i].reason != NULL, "%s", endings[i].name);
        expect_text(survey.inspections[0].more->abandoned_reason,
            endings[i].reason == NULL ? "" : endings[i].reason);
    }
}

Test(isybau, manholes_and_structures_are_nodes) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        SURVEY(
            JOB "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>S1</Objektbezeichnung>"
                "<Anlagentyp>3</Anlagentyp><OptischeInspektion><Auftragskennung>7</Auftragskennung>"
                "<Knoten><BezugspunktVertikal>1</BezugspunktVertikal><Inspektionsdaten><KZustand>"
                "<VertikaleLage>0.70</VertikaleLage><InspektionsKode>DAB</InspektionsKode>"
                "<Schachtbereich>C</Schachtbereich></KZustand></Inspektionsdaten></Knoten>"
                "</OptischeInspektion></InspizierteAbwassertechnischeAnlage>"
                "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>P1</Objektbezeichnung>"
                "<Anlagentyp>4</Anlagentyp><OptischeInspektion><Auftragskennung>7</Auftragskennung>"
                "<Bauwerk><Inspektionsdaten><BZustand><Zustandsbeschreibung>trocken"
                "</Zustandsbeschreibung></BZustand></Inspektionsdaten></Bauwerk>"
                "</OptischeInspektion><Dichtheitspruefungen><Pruefung><Auftragskennung>7"
                "</Auftragskennung></Pruefung></Dichtheitspruefungen>"
                "</InspizierteAbwassertechnischeAnlage>"),
        &survey);

    cr_assert_eq(survey.n_inspections, 2);
    cr_expect_eq(survey.inspections[0].object, OBJECT_NODE);
    expect_text(survey.inspections[0].segment_ref, "S1");
    cr_expect(survey.inspections[0].counts_up);
    cr_expect_eq(row(&survey, 0)->chainage_m, 0.7);
    expect_text(row(&survey, 0)->more->place, "C");
    cr_expect_eq(survey.inspections[1].object, OBJECT_NODE);
    cr_expect_not(survey.inspections[1].counts_up);
    expect_text(survey.codes[row(&survey, 1)->code].code, "DDB");
    expect_text(row(&survey, 1)->more->remark, "trocken");
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 1, "the leak test is said");
}

Test(isybau, several_collectives_and_inspections) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        DOCUMENT("<Zustandsdatenkollektiv>" JOB PIPE("O",
            ROW("<InspektionsKode>BCD</InspektionsKode>")) "</Zustandsdatenkollektiv><Zustandsdatenkollektiv><Auftraege><Auftrag>"
                                                           "<Auftragskennung>7</Auftragskennung><Kodiersystem>4</Kodiersystem></Auftrag>"
                                                           "</Auftraege>" PIPE("U",
                                                               ROW("<InspektionsKode>RA</InspektionsKode>") ROW(
                                                                   "<InspektionsKode>RE</InspektionsKode>")) "</Zustandsdatenkollektiv>"),
        &survey);

    cr_assert_eq(survey.n_inspections, 2);
    expect_text(survey.inspections[0].more->standard, "EN 13508-2:2011");
    expect_text(survey.inspections[1].more->standard, "ISYBAU 2001");
    cr_expect_eq(survey.inspections[1].n_observations, 2);
    cr_expect_eq(survey.catalogue, CATALOGUE_UNKNOWN, "most rows are of another system");
}

Test(isybau, editions) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die("<i:Identifikation xmlns:i='urn:x'><i:Version>1999</i:Version>"
                "<i:InspizierteAbwassertechnischeAnlage><i:OptischeInspektion/>"
                "</i:InspizierteAbwassertechnischeAnlage></i:Identifikation>",
        &survey);

    cr_expect_eq(count(&survey, FINDING_UNKNOWN_EDITION), 1);
    cr_expect_eq(survey.n_inspections, 1, "names are known whatever their prefix");
}

Test(isybau, a_document_that_breaks_off_keeps_what_came_before) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die("<Identifikation><Version>2013-02</Version>\n"
                "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>H1</Objektbezeichnung>\n"
                "<OptischeInspektion><Rohrleitung><Inspektionslaenge>9</Inspektionslaenge>"
                "<Inspektionsrichtung>O</Inspektionsrichtung>"
                "<Inspektionsdaten><RZustand><InspektionsKode>BCD</InspektionsKode></RZustand>\n"
                "<RZustand><InspektionsKode>BAB</Insp",
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 1);
    cr_expect_eq(survey.inspections[0].inspected_m, 9);
    expect_text(survey.inspections[0].segment_ref, "H1");
    cr_expect(survey.file.is_damaged);
    cr_expect_eq(count(&survey, FINDING_FILE_DAMAGED), 1);
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 1, "half a row is said");
    for (size_t i = 0; i < survey.findings.n; i++) {
        if (survey.findings.at[i].kind == FINDING_FILE_DAMAGED) {
            cr_expect_eq(survey.findings.at[i].place.line, 4);
        }
    }
}

/* clang-format off */
/* name, document, part of the message */
static const struct {
    const char *name, *document, *message;
} refused[] = {
    {"nothing usable in it", "<Identifikation><Version>2013-02</Version></Identifikation>",
     "no inspections and no network"},
    {"no XML at all", "#A1=ISO-8859-1\n", "line 1: no XML"},
    {"entities", "<!DOCTYPE Identifikation [\n<!ENTITY a 'b'>]><Identifikation/>",
     "line 2: the document declares the entity 'a'"},
    {"damaged before anything came", "<Identifikation>\n<a><>", "line 2: the document is damaged"},
};
/* clang-format on */

Test(isybau, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};

        cr_expect_not(read_document(refused[i].document, &survey, &err), "%s", refused[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect(text_contains(text_from(err.text), text_from(refused[i].message)), "%s: '%s'",
            refused[i].name, err.text);
    }
}

/* --- Real files --- */

static void read_sample(const char *name, struct survey *survey) {
    static struct source source;
    char path[1024];
    struct error err = {0};

    if (sample_path(path, sizeof path, name) == NULL) {
        cr_skip_test("no samples");
    }
    survey->file.path = TEXT("sample.xml");
    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_expect_gt(format_isybau.bid(&source), 0);
    cr_assert(format_isybau.read(&source, &no_options, survey, &err), "%s", err.text);
}

static size_t count_code(const struct survey *survey, const char *code) {
    size_t n = 0;

    for (size_t i = 0; i < survey->n_observations; i++) {
        n += text_equal(survey->codes[survey->observations[i].code].code, text_from(code));
    }
    return n;
}

Test(isybau, official_condition_data_of_2013) {
    CLEANUP(survey_release) struct survey survey = {0};
    size_t n[2] = {0}, n_rows[2] = {0}, n_ways[3] = {0}, n_marks[4] = {0}, n_abandoned = 0;
    read_sample("isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml", &survey);

    for (size_t i = 0; i < survey.n_inspections; i++) {
        const struct inspection *inspection = &survey.inspections[i];
        n[inspection->object]++;
        n_rows[inspection->object] += inspection->n_observations;
        n_ways[inspection->direction]++;
        n_abandoned += inspection->is_abandoned;
        for (size_t k = 0; k < inspection->n_observations; k++) {
            n_marks[inspection_observations(inspection)[k].mark] +=
                inspection->object == OBJECT_SEGMENT;
        }
    }
    cr_expect_eq(n[OBJECT_SEGMENT], 133);
    cr_expect_eq(n_rows[OBJECT_SEGMENT], 861);
    cr_expect_eq(n[OBJECT_NODE], 113 + 2, "manholes and structures");
    cr_expect_eq(n_rows[OBJECT_NODE], 804 + 2);
    cr_expect_eq(n_ways[DIRECTION_DOWNSTREAM], 66);
    cr_expect_eq(n_ways[DIRECTION_UPSTREAM], 67);
    cr_expect_eq(n_marks[MARK_START], 18);
    cr_expect_eq(n_marks[MARK_END], 18);
    cr_expect_eq(n_marks[MARK_CHANGE], 1);
    cr_expect_eq(count_code(&survey, "BDC"), 18);
    cr_expect_eq(count_code(&survey, "BCE"), 123);
    cr_expect_eq(n_abandoned, 10);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(count(&survey, FINDING_ENCODING_DIFFERS), 1, "declared Latin 1, partly UTF-8");
    cr_expect_not(survey.file.is_damaged);
    cr_expect_null(survey.network);
    expect_text(survey.file.generator, "TV-DATA 3.3.2");
}

static void expect_network(const struct survey *survey, size_t n_segments, size_t n_nodes) {
    const struct network *network = survey->network;

    cr_assert_not_null(network);
    cr_expect_eq(network->n_segments, n_segments);
    cr_expect_eq(network->n_nodes, n_nodes);
    cr_expect_eq(count(survey, FINDING_NODE_MISSING), 0);
    expect_text(network->crs, "EPSG:25832");
    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        double drawn_m = polyline_length_m(segment->line);
        cr_assert(segment->from_node != NO_NODE && segment->to_node != NO_NODE);
        cr_expect_geq(segment->line.n, 2, "%.*s", TEXT_ARGS(segment->id));
        cr_expect_gt(segment->line.n > 0 ? segment->line.at[0].x : 0, 32e6, "zone kept");
        cr_expect_lt(fabs(drawn_m - segment->length_m), 0.02 * segment->length_m + 1.5,
            "%.*s: %.2f drawn, %.2f said", TEXT_ARGS(segment->id), drawn_m, segment->length_m);
    }
}

Test(isybau, official_master_data_of_2013) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_sample("isybau_xml/ISYBAU_XML-2013-Stammdaten.xml", &survey);

    cr_expect_eq(survey.n_inspections, 0);
    expect_network(&survey, 149, 165);
}

Test(isybau, master_data_of_2017) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_sample("isybau_xml/fabiologe_storage_input_ISYBAU_XML-2017-Stammdaten.xml", &survey);

    expect_network(&survey, 150, 168);
    expect_text(survey.file.version, "2017-07");
}
