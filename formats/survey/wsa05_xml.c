/* XML of WSA 05 (Conduit Inspection Reporting Code, Australia and New Zealand):
 *
 *     <PROJECT> <PROJECTID>1</PROJECTID> <SOFTWAREVENDOR>..</SOFTWAREVENDOR> ...
 *       <SURVEYS><SURVEY> <SURVEYID>7</SURVEYID>
 *         <HEADER> <AAA>P1</AAA> <AAB>MH1</AAB> <ABF>14-05-2019</ABF> ...  codes of EN 13508-2
 *         <OBSERVATIONS><OBSERVATION> <DISTANCE>3.2</DISTANCE> <CODE>CL</CODE> ...
 *         <SCORES> <VIDEOS> <IMAGES>                                       kept, not used
 *
 * No file of it was at hand; the elements are those of a published description [D]. */
#include <string.h>

#include "formats/survey/dialect.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

/* Other header codes mean what they mean in EN 13508-2; ABR is a file name there. */
static const struct dialect_name in_header[] = {
    {"AAK",      DIALECT_DIRECTION},
    {"ABR",      DIALECT_INSPECTED},
    {"SURVEYID", DIALECT_ID       },
    {NULL,       NULL             },
};

static const struct dialect_name in_row[] = {
    {"CHAR1",         "B"          },
    {"CHAR2",         "C"          },
    {"CLOCK1",        "G"          },
    {"CLOCK2",        "H"          },
    {"CODE",          "A"          },
    {"CONTINUOUS",    "J"          },
    {"DISTANCE",      "I"          },
    {"JOINT",         "K"          },
    {"QUANT1",        "D"          },
    {"QUANT2",        "E"          },
    {"REMARK",        "F"          },
    {"SER",           DIALECT_CLASS},
    {"STR",           DIALECT_CLASS},
    {"VIDEOPOSITION", "N"          },
    {NULL,            NULL         },
};

static const struct dialect_name in_file[] = {
    {"SOFTWAREVENDOR",  DIALECT_GENERATOR},
    {"SOFTWAREVERSION", DIALECT_GENERATOR},
    {NULL,              NULL             },
};

static const struct dialect wsa05 = {
    .catalogue = CATALOGUE_WSA05,
    .survey = "SURVEY",
    .header = "HEADER",
    .row = "OBSERVATION",
    .in_header = in_header,
    .in_row = in_row,
    .in_file = in_file,
};

/* PROJECT is a word that others use too. */
static int wsa05_bid(const struct source *source) {
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    bool is_project = strcmp(name, "PROJECT") == 0 && xml_head_has_element(source, "SURVEY");
    return is_project && xml_head_has_element(source, "AAA") ? 120 : is_project ? 88 : 0;
}

bool wsa05_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return dialect_read(&wsa05, bytes, options, survey, err);
}

static bool wsa05_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, wsa05_xml_read_bytes, options, survey, err);
}

const struct survey_format format_wsa05_xml = {
    .name = "wsa05-xml",
    .description = "WSA 05 XML, Australia and New Zealand",
    .extensions = ".xml",
    .bid = wsa05_bid,
    .read = wsa05_read,
};
