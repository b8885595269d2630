#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <strings.h>

#include "core/network.h"
#include "formats/survey/formats.h"
#include "formats/survey/vsa.h"
#include "tests/formats/reading.h"

#define FILE_OF(model, inside)                                                                     \
    "<?xml version='1.0'?>\n<TRANSFER xmlns='http://www.interlis.ch/INTERLIS2.3'>"                 \
    "<HEADERSECTION><MODELS><MODEL NAME='Units'/><MODEL NAME='" model "'/></MODELS>"               \
    "</HEADERSECTION><DATASECTION><" model ".KEK BID='b'>" inside "</" model ".KEK></DATASECTION>" \
    "</TRANSFER>\n"
#define KEK(inside) FILE_OF("VSA_KEK_2020_1_LV95", inside)
#define OBJECT(class, tid, inside) "<M.KEK." class " TID='" tid "'>" inside "</M.KEK." class ">\n"
#define REF(name, tid) "<" name " REF='" tid "'/>"

#define RUN                                                                             \
    OBJECT("Untersuchung", "U1",                                                        \
        "<Bezeichnung>1-2</Bezeichnung><vonPunktBezeichnung>1</vonPunktBezeichnung>"    \
        "<bisPunktBezeichnung>2</bisPunktBezeichnung><Inspizierte_Laenge>11.5"          \
        "</Inspizierte_Laenge><Zeitpunkt>20210120</Zeitpunkt><Operateur>NN</Operateur>" \
        "<Erfassungsart>Kanalfernsehen</Erfassungsart><Witterung>trocken</Witterung>"   \
        "<Grund>Zustandskontrolle</Grund><Bemerkung>nass</Bemerkung><Videonummer>7</Videonummer>")
#define DAMAGE(tid, run, code, inside) \
    OBJECT("Kanalschaden", tid,        \
        REF("UntersuchungRef", run) "<KanalSchadencode>" code "</KanalSchadencode>" inside)

static void read_vsa(const char *document, struct survey *survey) {
    read_or_die(vsa_kek_read_bytes, document, survey);
}

Test(vsa_kek, words_are_sorted_and_unique) {
    static const char *const words[] = {
#define WORD(name) #name,
#include "formats/survey/vsa_words.def"
#undef WORD
    };

    for (size_t i = 1; i < ARRAY_LEN(words); i++) {
        cr_expect_lt(strcasecmp(words[i - 1], words[i]), 0, "'%s'", words[i]);
    }
}

Test(vsa_kek, an_inspection_in_any_order) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(
        KEK(DAMAGE("S2", "U1", "BCE", "<Distanz>10.2</Distanz>") OBJECT("Datei", "D1",
            "<Art>Foto</Art><Bezeichnung>1.jpg</Bezeichnung><Objekt>S1</Objekt>"
            "<Relativpfad>fotos\\</Relativpfad>" REF("DatentraegerRef", "T1")) RUN DAMAGE("S1",
            "U1", "BABBA",
            "<Distanz>5.29</Distanz><Streckenschaden>A01</Streckenschaden>"
            "<Verbindung>ja</Verbindung><Quantifizierung1>15</Quantifizierung1>"
            "<SchadenlageAnfang>2</SchadenlageAnfang><SchadenlageEnde>0</SchadenlageEnde>"
            "<Anmerkung>tief</Anmerkung><Videozaehlerstand>00:00:50:00</Videozaehlerstand>"
            "<Einzelschadenklasse>EZ2</Einzelschadenklasse>") OBJECT("Datei", "D2",
            "<Art>Foto</Art><Bezeichnung>2.jpg</Bezeichnung><Objekt>S1</Objekt>") OBJECT("Datei",
            "D3",
            "<Art>digitales_Video</Art><Bezeichnung>abc</Bezeichnung><Objekt>U1</Objekt>" REF(
                "DatentraegerRef", "T2"))
                OBJECT("Datei", "D4", "<Art>Foto</Art><Objekt>nobody</Objekt>")
                    OBJECT("Datentraeger", "T1", "<Pfad>D:\\DVD\\</Pfad>")
                        OBJECT("Datentraeger", "T2", "<Pfad>https://example.org/</Pfad>")
                            OBJECT("Organisation", "O1", "<Bezeichnung>AG</Bezeichnung>")
                                OBJECT("Organisation", "O2", "<Bezeichnung>GmbH</Bezeichnung>")),
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    const struct inspection *inspection = &survey.inspections[0];
    cr_assert_not_null(inspection->more);
    expect_text(inspection->id, "U1");
    expect_text(inspection->segment_ref, "1-2");
    expect_text(inspection->start_node, "1");
    expect_text(inspection->finish_node, "2");
    cr_expect_eq(inspection->direction, DIRECTION_UNKNOWN);
    cr_expect_eq(inspection->inspected_on, 20210120);
    cr_expect_eq(inspection->inspected_m, 11.5);
    cr_expect_not(inspection->is_abandoned);
    expect_text(inspection->more->weather, "trocken");
    expect_text(inspection->more->purpose, "Zustandskontrolle");
    expect_text(inspection->more->video, "https://example.org/abc");
    expect_text(pool_word(&survey.words, inspection->operator_word), "NN");

    cr_assert_eq(survey.n_observations, 2);
    expect_text(survey.codes[row_of(&survey, 0)->code].code, "BCE");
    const struct observation *crack = row_of(&survey, 1);
    const struct code *code = &survey.codes[crack->code];
    expect_text(code->delivered, "BABBA");
    expect_text(code->code, "BAB");
    expect_text(code->char1, "B");
    expect_text(code->char2, "A");
    cr_expect_eq(crack->chainage_m, 5.29);
    cr_expect_eq(crack->mark, MARK_START);
    cr_expect_eq(crack->mark_number, 1);
    cr_expect_eq(crack->at_joint, 1);
    cr_expect_eq(crack->clock_from, 2);
    cr_expect_eq(crack->clock_to, 0, "0 is none");
    cr_expect_eq(crack->more->clock_text.n, 0);
    cr_expect_eq(crack->more->quant1, 15);
    expect_text(crack->more->remark, "tief");
    expect_text(crack->more->photo, "fotos\\1.jpg;2.jpg");
    expect_text(crack->more->video_time, "00:00:50:00");
    expect_text(crack->more->grade_text, "EZ2");
    struct text raw = {crack->raw, crack->raw_n};
    cr_expect(text_starts_with(raw, TEXT("UntersuchungRef=U1; KanalSchadencode=BABBA; ")));

    expect_text(survey.file.version, "VSA_KEK_2020_1_LV95");
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_expect_eq(survey.scheme, SCHEME_VSA);
    cr_expect_null(survey.network);
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "a file of nobody");
    cr_expect_eq(count_findings(&survey, FINDING_LAYER_UNUSED), 1, "organisations");
    cr_expect_eq(survey.findings.n, 2);
}

Test(vsa_kek, manholes_and_what_belongs_to_nothing) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(KEK(OBJECT("Untersuchung", "U1",
                 "<vonPunktBezeichnung>7</vonPunktBezeichnung>") OBJECT("Normschachtschaden", "N1",
                 REF("UntersuchungRef", "U1") "<SchachtSchadencode>DABA</SchachtSchadencode>"
                                              "<Schachtbereich>B</Schachtbereich>"
                                              "<Distanz>1.2</Distanz>")
                     DAMAGE("S1", "gone", "BAC", "") DAMAGE("S2", "gone", "BAC", "")
                         OBJECT("Untersuchung", "U2", "<Status>geplant</Status>")
                             OBJECT("Untersuchung", "U3", "<Status>ausgefuehrt</Status>")),
        &survey);

    cr_assert_eq(survey.n_inspections, 3);
    cr_expect_eq(survey.inspections[0].object, OBJECT_NODE);
    expect_text(survey.inspections[0].segment_ref, "7");
    expect_text(survey.codes[row_of(&survey, 0)->code].char1, "A");
    expect_text(row_of(&survey, 0)->more->place, "B");
    cr_expect_eq(row_of(&survey, 0)->chainage_m, 1.2);
    expect_text(survey.inspections[1].id, "U3");
    cr_expect_eq(survey.inspections[1].n_observations, 0, "clean is a fact");
    expect_text(survey.inspections[2].id, "gone");
    cr_expect_eq(survey.inspections[2].n_observations, 2, "kept, although nothing holds them");
    cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_VALUE), 1, "the reference, once");
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "the planned one");
    cr_expect_eq(count_findings(&survey, FINDING_NO_OBSERVATIONS), 1);
}

/* model, is the edition known */
static const struct {
    const char *document, *model;
    bool is_known;
} editions[] = {
    {FILE_OF("VSA_KEK",             RUN), "VSA_KEK",             true },
    {FILE_OF("VSA_KEK_2019_LV95",   RUN), "VSA_KEK_2019_LV95",   true },
    {FILE_OF("VSA_KEK_2020_1_LV95", RUN), "VSA_KEK_2020_1_LV95", true },
    {FILE_OF("VSA_KEK_2031_LV95",   RUN), "VSA_KEK_2031_LV95",   false},
    {FILE_OF("Other",               RUN), "Units",               false},
};

Test(vsa_kek, editions_are_read_and_said) {
    for (size_t i = 0; i < ARRAY_LEN(editions); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        read_vsa(editions[i].document, &survey);

        cr_expect_eq(survey.n_inspections, 1, "%s", editions[i].model);
        expect_text(survey.file.version, editions[i].model);
        cr_expect_eq(count_findings(&survey, FINDING_UNKNOWN_EDITION), !editions[i].is_known, "%s",
            editions[i].model);
    }
}

/* --- the network --- */

#define AT(x, y) "<COORD><C1>" x "</C1><C2>" y "</C2></COORD>"
#define NODE(tid, name, structure, x, y)                                              \
    OBJECT("Abwasserknoten", tid,                                                     \
        "<Bezeichnung>" name "</Bezeichnung><Sohlenkote>400.5</Sohlenkote><Lage>" AT( \
            x, y) "</Lage>" REF("AbwasserbauwerkRef", structure))
#define END(tid, node, level) \
    OBJECT("Haltungspunkt", tid, "<Kote>" level "</Kote>" REF("abwassernetzelementRef", node))
#define REACH(line)                                                                            \
    OBJECT("Haltung", "H1",                                                                    \
        "<Bezeichnung>1-2</Bezeichnung><LaengeEffektiv>50.5</LaengeEffektiv><Lichte_Hoehe>600" \
        "</Lichte_Hoehe><Material>Steinzeug</Material>" line REF("vonHaltungspunktRef", "P1")  \
            REF("nachHaltungspunktRef", "P2") REF("AbwasserbauwerkRef", "K1")                  \
                REF("rohrprofilRef", "R1"))
#define LINE                                                                                                   \
    "<Verlauf><POLYLINE>" AT("2600000",                                                                        \
        "1200000") "<ARC><C1>2600020</C1><C2>1200000</C2><A1>2600010</A1><A2>1200005</A2></ARC>" AT("2600040", \
        "1200000") "</POLYLINE></Verlauf>"
/* clang-format off */
#define NETWORK(line) \
    REACH(line) \
    END("P1", "N1", "400.4") \
    END("P2", "N2", "400.1") \
    NODE("N1", "1", "B1", "2600000", "1200000") \
    NODE("N2", "2", "B2", "2600040", "1200000") \
    OBJECT("Normschacht", "B1", "<Bezeichnung>1</Bezeichnung>") \
    OBJECT("Einleitstelle", "B2", "<Bezeichnung>2</Bezeichnung>") \
    OBJECT("Deckel", "D1", "<Kote>402.7</Kote>" REF("AbwasserbauwerkRef", "B1")) \
    OBJECT("Kanal", "K1", "<Nutzungsart_Ist>Mischabwasser</Nutzungsart_Ist>" \
        "<Baujahr>1979</Baujahr><Standortname>Am Wehr</Standortname>") \
    OBJECT("Rohrprofil", "R1", "<Profiltyp>Eiprofil</Profiltyp>" \
        "<HoehenBreitenverhaeltnis>1.5</HoehenBreitenverhaeltnis>")
/* clang-format on */
#define DSS(inside) FILE_OF("VSA_DSS_2020_1_LV95", inside)

Test(vsa_kek, a_network) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(DSS(NETWORK(LINE)), &survey);

    const struct network *network = survey.network;
    cr_assert_not_null(network);
    cr_assert_eq(network->n_nodes, 2);
    cr_assert_eq(network->n_segments, 1);
    expect_text(network->crs, "EPSG:2056");
    expect_text(network->nodes[0].id, "1");
    cr_expect_eq(network->nodes[0].at.x, 2600000);
    cr_expect_eq(network->nodes[0].invert_m, 400.5);
    cr_expect_eq(network->nodes[0].ground_m, 402.7);
    expect_text(network_word(network, network->nodes[0].kind), "manhole");
    expect_text(network_word(network, network->nodes[1].kind), "outfall");
    const struct segment *segment = &network->segments[0];
    expect_text(segment->id, "1-2");
    cr_expect_eq(segment->from_node, 0);
    cr_expect_eq(segment->to_node, 1);
    cr_expect_eq(segment->line.n, 4, "an arc is two chords");
    cr_expect_eq(segment->line.at[1].y, 1200005);
    cr_expect_eq(segment->length_m, 50.5);
    cr_expect_eq(segment->from_invert_m, 400.4);
    cr_expect_eq(segment->to_invert_m, 400.1);
    cr_expect_eq(segment->height_mm, 600);
    cr_expect_eq(segment->diameter_mm, 400);
    cr_expect_eq(segment->system, SYSTEM_COMBINED);
    cr_expect_eq(segment->year_built, 1979);
    expect_text(network_word(network, segment->shape), "egg");
    expect_text(network_word(network, segment->street), "Am Wehr");
    cr_expect_eq(survey.n_inspections, 0);
    cr_expect_eq(count_findings(&survey, FINDING_GEOMETRY_REPAIRED), 1, "the arc");
    cr_expect_eq(survey.findings.n, 1);
}

Test(vsa_kek, a_network_with_gaps) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(DSS(NETWORK("") NODE("N3", "1", "B9", "2600100", "1200000")
                     OBJECT("Haltung", "H2", REF("vonHaltungspunktRef", "P1"))),
        &survey);

    const struct network *network = survey.network;
    cr_assert_eq(network->n_segments, 2);
    cr_expect_eq(network->segments[0].line.n, 2, "straight from node to node");
    cr_assert_eq(network->n_nodes, 3);
    expect_text(network->nodes[2].id, "N3");
    cr_expect_eq(network->segments[0].from_node, 0, "the other node of that name is no end of it");
    expect_text(network->segments[1].id, "H2");
    cr_expect_eq(network->segments[1].to_node, NO_NODE);
    cr_expect_eq(count_findings(&survey, FINDING_DUPLICATE_ID), 1);
}

Test(vsa_kek, a_run_names_its_reach_through_its_channel) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(FILE_OF("VSA_KEK_2020_1_LV95", OBJECT("Untersuchung", "U1",
                                                "<Bezeichnung>Lauf 9</Bezeichnung>" REF(
                                                    "AbwasserbauwerkRef", "K1")) NETWORK("")),
        &survey);

    expect_text(survey.inspections[0].segment_ref, "1-2");
}

/* INTERLIS 2.4 writes classes without their model, and attributes in small letters. */
Test(vsa_kek, interlis_2_4) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa("<ili:transfer xmlns:ili='i' xmlns:k='k'><ili:headersection><ili:models>"
             "<ili:model>VSA_KEK_2020_1_LV95</ili:model></ili:models></ili:headersection>"
             "<ili:datasection><k:KEK ili:bid='b'><k:Untersuchung ili:tid='U1'>"
             "<k:vonPunktBezeichnung>1</k:vonPunktBezeichnung></k:Untersuchung>"
             "<k:Kanalschaden ili:tid='S1'><k:UntersuchungRef ili:ref='U1'/>"
             "<k:KanalSchadencode>BCD</k:KanalSchadencode></k:Kanalschaden></k:KEK>"
             "</ili:datasection></ili:transfer>",
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    expect_text(survey.inspections[0].start_node, "1");
    cr_expect_eq(survey.n_observations, 1);
    expect_text(survey.file.version, "VSA_KEK_2020_1_LV95");
    cr_expect_eq(survey.findings.n, 0);
}

Test(vsa_kek, what_an_update_deletes_is_not_there) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa(
        KEK(RUN DAMAGE("S1", "U1", "BCD", "") "<M.KEK.Kanalschaden TID='S2' OPERATION='DELETE'/>"
                                              "<M.KEK.Untersuchung TID='U2' OPERATION='DELETE'/>"),
        &survey);

    cr_expect_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 1);
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "two deletions, said once");
}

Test(vsa_kek, a_document_that_breaks_off_keeps_what_came_before) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_vsa("<TRANSFER><MODEL NAME='VSA_KEK'/><B BID='b'>" RUN DAMAGE(
                 "S1", "U1", "BCD", "") "<M.KEK.Kanalschaden TID='S2'><Dist",
        &survey);

    cr_assert_eq(survey.n_inspections, 1);
    cr_expect_eq(survey.n_observations, 1);
    cr_expect_eq(count_findings(&survey, FINDING_ROW_SKIPPED), 1, "half a damage is said");
    cr_expect_eq(count_findings(&survey, FINDING_FILE_DAMAGED), 1);
}

Test(vsa_kek, refused) {
    expect_refused(vsa_kek_read_bytes, KEK(""), "no inspections");
    expect_refused(vsa_kek_read_bytes, "<TRANSFER><", "line 1: the document is damaged");
}

/* --- real files --- */

#define SAMPLE "vsa_kek/minimal-dataset-transferdatensatz_VSA-KEK-channel-damage.xtf"

Test(vsa_kek, minimal_transfer) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_sample(&format_vsa_kek, SAMPLE, &survey);

    cr_assert_eq(survey.n_inspections, 1);
    cr_assert_eq(survey.n_observations, 8);
    expect_text(survey.inspections[0].start_node, "1.045");
    expect_text(survey.inspections[0].finish_node, "1.040");
    cr_expect_eq(survey.inspections[0].inspected_m, 11.5);
    expect_text(
        row_of(&survey, 5)->more->photo, "inspectiondata\\20210120\\fotos\\1.045-1.040_0001.jpg");
    expect_text(survey.inspections[0].more->video,
        "inspectiondata\\20210120\\videos\\1.045-1.040_0001.mp4;https://youtu.be/D1TcLrBPYxQ");
    cr_expect_eq(survey.findings.n, 0);
}
