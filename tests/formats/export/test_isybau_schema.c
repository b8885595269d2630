/* ISYBAU that chainage writes, against the schema of 2013 when it is at hand.  We write the edition
 * of 2017, whose schema is another: the elements that we use stand in both, so that namespace and
 * version are exchanged for the test.  Of structures the schema wants to know more than a network
 * does: those complaints, and no others, are let pass. */
#include "tests/formats/export/round_trip.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "core/network.h"
#include "formats/export/targets.h"
#include "tests/samples.h"

enum { TEXT_MAX = 1 << 23 };

/* `text` with each `from` exchanged for `to`. */
static void exchange(char *text, const char *from, const char *to) {
    static char out[TEXT_MAX];
    size_t n = 0, n_from = strlen(from), n_to = strlen(to);

    for (const char *at = text; *at != '\0';) {
        bool is_here = strncmp(at, from, n_from) == 0;
        cr_assert_lt(n + n_to + 1, sizeof out);
        memcpy(out + n, is_here ? to : at, is_here ? n_to : 1);
        n += is_here ? n_to : 1;
        at += is_here ? n_from : 1;
    }
    out[n] = '\0';
    memcpy(text, out, n + 1);
}

static void read_text(const char *path, char *out) {
    out[read_bytes(path, out, TEXT_MAX)] = '\0';
}

/* The schema as published includes its parts with a backslash; a copy that can be read. */
static xmlSchemaPtr load_schema(const struct temp_folder *folder) {
    static const char *const parts[] = {"betriebsdaten", "hydraulikdaten", "metadaten",
        "referenzlisten", "stammdaten", "zustandsdaten"};
    static char text[TEXT_MAX];
    char name[64], path[1024];

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        snprintf(name, sizeof name, "schemas/isybau2013/1302-%s.xsd", parts[i]);
        if (sample_path(path, sizeof path, name) == NULL) {
            cr_skip_test("no schema");
        }
        read_text(path, text);
        exchange(text, "schemaLocation=\".\\", "schemaLocation=\"");
        snprintf(name, sizeof name, "1302-%s.xsd", parts[i]);
        temp_bytes(folder, name, text, strlen(text));
    }
    struct temp_path main = temp_path_of(folder, "1302-metadaten.xsd");
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(main.at);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    cr_assert_not_null(schema);
    return schema;
}

struct complaints {
    const char *what;
    size_t n_structures;
};

static void on_error(void *context, xmlErrorPtr error) {
    struct complaints *complaints = context;
    bool is_structure = strstr(error->message, "}Knoten': Missing child element") != NULL;

    complaints->n_structures += is_structure;
    cr_expect(is_structure, "%s, line %d: %s", complaints->what, error->line, error->message);
}

static struct complaints validate(xmlSchemaPtr schema, const char *path, const char *what) {
    static char text[TEXT_MAX];
    struct complaints complaints = {.what = what};

    read_text(path, text);
    exchange(text, "http://www.bfr-abwasser.de", "http://www.ofd-hannover.la/Identifikation");
    exchange(text, "<Version>2017-07<", "<Version>2013-02<");
    xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    cr_assert_not_null(document);
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidStructuredErrors(context, on_error, &complaints);
    xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(document);
    return complaints;
}

/* Several files as one; the last of them may bring the network. */
static struct complaints write_and_validate(xmlSchemaPtr schema, const struct temp_folder *folder,
    const char *const *names, size_t n, bool is_of_project) {
    struct temp_path path = temp_path_of(folder, "made.xml");
    struct survey surveys[2] = {0};
    struct export_losses losses = {0};
    struct error err = {0};
    char from[1024];

    for (size_t i = 0; i < n; i++) {
        struct read_options options = {0};
        if (is_of_project) {
            snprintf(from, sizeof from, "%s/sample-data/%s", getenv("CHAINAGE_SOURCE"), names[i]);
        } else {
            cr_assert_not_null(sample_path(from, sizeof from, names[i]));
        }
        cr_assert(survey_read(from, NULL, &options, &surveys[i], &err), "%s", err.text);
    }
    struct export_request request = {.surveys = surveys, .n_surveys = n, .path = path.at};
    cr_assert(export_write(&export_isybau, &request, &losses, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        survey_release(&surveys[i]);
    }
    struct complaints complaints = validate(schema, path.at, names[0]);
    unlink(path.at);
    return complaints;
}

Test(isybau_schema, real_surveys_with_their_networks_are_valid) {
    static const char *const official[] = {
        "isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml",
        "isybau_xml/ISYBAU_XML-2013-Stammdaten.xml"};
    static const char *const m150[] = {"dwa_m150/SYNTHETIC_typeB_inspection.xml",
        "dwa_m150/derbeaker_m150-stammdaten_typeA_fictive.xml"};
    static const char *const sufrib[] = {"sufrib/sufrib_224-4_DWA.rib"};
    static const char *const en[] = {"en13508_txt/kwb_example_13508_2.txt"};
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    xmlSchemaPtr schema = load_schema(&folder);

    struct complaints complaints = write_and_validate(schema, &folder, official, 2, false);
    cr_expect_eq(complaints.n_structures, 25, "%zu", complaints.n_structures);
    write_and_validate(schema, &folder, m150, 2, false);
    write_and_validate(schema, &folder, sufrib, 1, false);
    write_and_validate(schema, &folder, en, 1, false);
    xmlSchemaFree(schema);
    xmlCleanupParser();
}

Test(isybau_schema, the_sample_data_is_valid) {
    static const char *const samples[] = {"hamlet/inspections-isybau2017.xml",
        "town/inspections/05-industry-2022-en13508.txt",
        "town/inspections/06-campus-2023-isybau2013.xml",
        "town/inspections/07-storm-2023-isybau2017.xml"};
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    xmlSchemaPtr schema = load_schema(&folder);

    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct complaints complaints = write_and_validate(schema, &folder, &samples[i], 1, true);
        cr_expect_eq(complaints.n_structures, 0);
    }
    xmlSchemaFree(schema);
    xmlCleanupParser();
}
