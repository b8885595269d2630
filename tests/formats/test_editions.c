/* A file of a known family but of an edition that is not known is read as far as possible, and says
 * which edition it is and which elements were not understood. */
#include "tests/formats/temp_files.h"

#include "core/arena.h"
#include "core/base.h"
#include "formats/survey_format.h"
#include "tests/formats/access_tables.h"

#define NEW_ELEMENT "<Zukunft>1</Zukunft>"

/* clang-format off */
/* name of the file, format, edition, an element that nobody knows yet (NULL: the format has no
 * names), the document */
static const struct edition {
    const char *file, *format, *edition, *element, *document;
} editions[] = {
    {"a.xml", "isybau", "2031-01", "Zukunft",
     "<Identifikation><Version>2031-01</Version><InspizierteAbwassertechnischeAnlage>"
     "<Objektbezeichnung>H1</Objektbezeichnung><OptischeInspektion><Rohrleitung>"
     "<Inspektionsrichtung>O</Inspektionsrichtung><Inspektionsdaten><RZustand>"
     "<InspektionsKode>BAB</InspektionsKode>" NEW_ELEMENT "</RZustand></Inspektionsdaten>"
     "</Rohrleitung></OptischeInspektion></InspizierteAbwassertechnischeAnlage></Identifikation>"},
    {"a.xml", "dwa-m150", "04-2031", "HZ999",
     "<DATA><FD><FD001>04-2031</FD001><FD002>B</FD002></FD><HG><HG001>H1</HG001><HG003>S1</HG003>"
     "<HG004>S2</HG004><HI><HI005>EN13508</HI005><HI101>I</HI101>"
     "<HZ><HZ002>BAB</HZ002><HZ999>1</HZ999></HZ></HI></HG></DATA>"},
    {"a.txt", "en13508", "2031", "Q",
     "#A1=UTF-8\n#A6=2031\n#B01=AAA;AAB;AAD;AAF\nH1;S1;S1;S2\n#C=I;A;Q\n1;BAB;x\n#Z\n"},
    {"a.xml", "en13508-xml", "2031", "Zukunft",
     "<DATA><ZA><A6>2031</A6></ZA><ZB><AAA>H1</AAA><AAB>S1</AAB><AAD>S1</AAD><AAF>S2</AAF>"
     "<ZC><I>1</I><A>BAB</A>" NEW_ELEMENT "</ZC></ZB></DATA>"},
    {"a.ribx", "ribx", "RIBX 3.0", "Zukunft",
     "<DATA><ZA><A6>RIBX 3.0</A6></ZA><ZB_A><AAA>P1</AAA><AAB>N1</AAB><AAD>N1</AAD><AAF>N2</AAF>"
     "<ABF>2024-05-06</ABF><ZC><A>BAB</A><I>1</I>" NEW_ELEMENT "</ZC></ZB_A></DATA>"},
    {"a.rib", "sufrib", "SUFRIB3.0", "NIEUW",
     "*ALGE|SUFRIB3.0|Zwin|Zwin||B|N. Nobody|||C|\n"
     "*RIOO|P1|||N1|140000.00/480000.00|N2|140040.00/480000.00|||Dijkweg|A||||||||C|2024-05-06|\n"
     "*WAAR|001.70|1| | |P1|BAB|A|\n*NIEUW|1|\n"},
    {"a.xtf", "vsa-kek", "VSA_KEK_2031_LV95", "Zukunft",
     "<TRANSFER><HEADERSECTION><MODELS><MODEL NAME='VSA_KEK_2031_LV95'/></MODELS></HEADERSECTION>"
     "<DATASECTION><M.KEK BID='b'><M.KEK.Untersuchung TID='U1'><Bezeichnung>1-2</Bezeichnung>"
     "<Zeitpunkt>20210120</Zeitpunkt><vonPunktBezeichnung>1</vonPunktBezeichnung>"
     "<bisPunktBezeichnung>2</bisPunktBezeichnung></M.KEK.Untersuchung>"
     "<M.KEK.Kanalschaden TID='S1'><UntersuchungRef REF='U1'/><Distanz>5.29</Distanz>"
     "<KanalSchadencode>BABBA</KanalSchadencode>" NEW_ELEMENT "</M.KEK.Kanalschaden>"
     "</M.KEK></DATASECTION></TRANSFER>"},
};
/* clang-format on */

static bool is_said(const struct survey *survey, enum finding_kind kind, const char *word) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        const struct finding *finding = &survey->findings.at[i];
        if ((kind == FINDING_KINDS || finding->kind == kind) &&
            text_contains(finding->detail, text_from(word))) {
            return true;
        }
    }
    return false;
}

static void expect_edition(const char *path, const struct edition *wanted) {
    CLEANUP(survey_release) struct survey survey = {0};
    const struct read_options options = {0};
    struct error err = {0};

    cr_assert(survey_read(path, NULL, &options, &survey, &err), "%s: %s", wanted->format, err.text);
    cr_expect_str_eq(survey.file.format, wanted->format);
    cr_expect_eq(survey.n_inspections, 1, "%s", wanted->format);
    cr_expect_geq(survey.n_observations, 1, "%s", wanted->format);
    cr_expect(text_equal(text_trim(survey.file.version), text_from(wanted->edition)), "%s: '%.*s'",
        wanted->format, TEXT_ARGS(survey.file.version));
    cr_expect(is_said(&survey, FINDING_UNKNOWN_EDITION, wanted->edition),
        "%s: nothing of the edition", wanted->format);
    cr_expect(wanted->element == NULL || is_said(&survey, FINDING_KINDS, wanted->element),
        "%s: nothing of '%s'", wanted->format, wanted->element);
}

Test(editions, of_the_future_are_read_and_said) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(editions); i++) {
        struct temp_path path = temp_text(&folder, editions[i].file, editions[i].document);
        expect_edition(path.at, &editions[i]);
    }
}

Test(editions, pacp_that_is_not_known_yet) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    static const char *const columns[] = {"ID:l", "Version"};
    static const char *const cells[] = {"1", "9.5"};
    static const struct edition wanted = {"a.mdb", "pacp", "9.5", NULL, NULL};
    struct tiny_table tables[ARRAY_LEN(pacp_access)];

    memcpy(tables, pacp_access, sizeof tables);
    tables[0].n_rows = 1;
    tables[2] = (struct tiny_table)TABLE("DB_Version", columns, cells);
    struct text bytes = tiny_mdb(&arena, tables, ARRAY_LEN(tables));
    struct temp_path path = temp_bytes(&folder, wanted.file, bytes.at, bytes.n);
    expect_edition(path.at, &wanted);
}
