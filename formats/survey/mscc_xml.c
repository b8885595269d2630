/* XML of the Manual of Sewer Condition Classification (WRc, MSCC4 and MSCC5):
 *
 *     <SurveyGroup xmlns="http://www.wrcplc.co.uk/srm">
 *       <Survey>
 *         <Header> <StartNodeRef>SK1</StartNodeRef> <Direction>D</Direction> ...
 *         <Observations> <Observation><Distance>3.2</Distance> <Code>CL</Code> ...
 *
 * The list of its elements was not to be had: those of the observations are known in part [D],
 * those of the header are the names that the fields of the standard suggest [K].  Whatever else
 * comes is kept in the record, and told. */
#include <string.h>

#include "formats/survey/dialect.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

/* clang-format off */
static const struct dialect_name in_header[] = {
    {"ContractorsJobRef",       "ABI"},
    {"Date",                    "ABF"},
    {"Direction",               DIALECT_DIRECTION},
    {"DownstreamNode",          "AAF"},
    {"DownstreamNodeRef",       "AAF"},
    {"ExpectedLength",          "ABQ"},
    {"FinishNode",              "AAF"},
    {"FinishNodeRef",           "AAF"},
    {"FinishNodeReference",     "AAF"},
    {"GeneralRemarks",          "ADE"},
    {"HeightDiameter",          "ACB"},
    {"InspectedLength",         DIALECT_INSPECTED},
    {"Location",                "AAJ"},
    {"Material",                "ACD"},
    {"NameOfSurveyor",          "ABH"},
    {"PipeLengthRef",           "AAA"},
    {"PipeLengthReference",     "AAA"},
    {"PipelineLengthRef",       "AAA"},
    {"PipelineLengthReference", "AAA"},
    {"Precipitation",           "ADA"},
    {"Purpose",                 "ABP"},
    {"Remarks",                 "ADE"},
    {"Shape",                   "ACA"},
    {"Standard",                "ABA"},
    {"StartNode",               "AAB"},
    {"StartNodeRef",            "AAB"},
    {"StartNodeReference",      "AAB"},
    {"Street",                  "AAJ"},
    {"SurveyDate",              "ABF"},
    {"SurveyedLength",          DIALECT_INSPECTED},
    {"Surveyor",                "ABH"},
    {"SurveyorName",            "ABH"},
    {"Time",                    "ABG"},
    {"TotalLength",             "ABQ"},
    {"UpstreamNode",            "AAD"},
    {"UpstreamNodeRef",         "AAD"},
    {"UseOfDrainSewer",         "ACK"},
    {"Weather",                 "ADA"},
    {"Width",                   "ACC"},
    {NULL, NULL},
};

static const struct dialect_name in_row[] = {
    {"ClockRefAtFrom",   "G"},
    {"ClockRefTo",       "H"},
    {"Code",             "A"},
    {"Continuous",       "J"},
    {"ContinuousDefect", "J"},
    {"Dimension",        "D"},
    {"Dimension1",       "D"},
    {"Dimension2",       "E"},
    {"Distance",         "I"},
    {"Joint",            "K"},
    {"Percentage",       "D"},
    {"PhotoRef",         "M"},
    {"PhotographRef",    "M"},
    {"Remarks",          "F"},
    {"VideoRef",         "N"},
    {NULL, NULL},
};
/* clang-format on */

static const struct dialect_name in_file[] = {
    {"SoftwareName",    DIALECT_GENERATOR},
    {"SoftwareVersion", DIALECT_GENERATOR},
    {"Version",         DIALECT_VERSION  },
    {NULL,              NULL             },
};

static const struct dialect mscc = {
    .catalogue = CATALOGUE_MSCC,
    .survey = "Survey",
    .header = "Header",
    .row = "Observation",
    .in_header = in_header,
    .in_row = in_row,
    .in_file = in_file,
};

static int mscc_bid(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    if (strcmp(name, "SurveyGroup") != 0) {
        return 0;
    }
    return 88 + (text_contains(head, TEXT("wrcplc")) ? 32 : 0);
}

bool mscc_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return dialect_read(&mscc, bytes, options, survey, err);
}

static bool mscc_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, mscc_xml_read_bytes, options, survey, err);
}

const struct survey_format format_mscc_xml = {
    .name = "mscc-xml",
    .description = "MSCC4 and MSCC5 XML of WRc, as far as its elements are known",
    .extensions = ".xml",
    .bid = mscc_bid,
    .read = mscc_read,
};
