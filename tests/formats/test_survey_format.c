#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/survey_format.h"
#include "tests/samples.h"

static const struct read_options no_options = {0};

/* A file that is gone after the test. */
struct file {
    char path[64];
};

static void file_release(struct file *file) {
    unlink(file->path);
}

static void file_new(struct file *file, const char *bytes) {
    snprintf(file->path, sizeof file->path, "/tmp/chainage-format-XXXXXX");
    int handle = mkstemp(file->path);
    cr_assert_geq(handle, 0);
    cr_assert_eq(write(handle, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    close(handle);
}

#define ISYBAU(inside) \
    "<?xml version='1.0'?><Identifikation><Version>2017-07</Version>" inside "</Identifikation>"

#define INSPECTION                                                                   \
    "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>H1</Objektbezeichnung>" \
    "<OptischeInspektion><Rohrleitung><Inspektionsrichtung>O</Inspektionsrichtung>"  \
    "<Inspektionsdaten><RZustand><InspektionsKode>BCD</InspektionsKode></RZustand>"  \
    "<RZustand><InspektionsKode>BAB</InspektionsKode></RZustand>"                    \
    "</Inspektionsdaten></Rohrleitung></OptischeInspektion>"                         \
    "</InspizierteAbwassertechnischeAnlage>"

Test(survey_format, names_are_sorted_and_found) {
    for (size_t i = 0; i < n_survey_formats; i++) {
        const struct survey_format *format = survey_formats[i];
        cr_expect(
            i == 0 || strcmp(survey_formats[i - 1]->name, format->name) < 0, "%s", format->name);
        cr_expect_eq(survey_format_by_name(format->name), format, "%s", format->name);
    }
    cr_expect_null(survey_format_by_name("no such format"));
}

Test(survey_format, a_survey_is_detected_read_and_described) {
    CLEANUP(file_release) struct file file = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    file_new(&file, ISYBAU(INSPECTION));

    cr_assert(survey_read(file.path, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_str_eq(survey.file.format, "isybau");
    cr_expect(text_equal(survey.file.path, text_from(file.path)));
    cr_expect_eq(survey.file.size_bytes, strlen(ISYBAU(INSPECTION)));
    cr_expect_eq(strlen(survey.file.sha256), 64);
    cr_expect_eq(survey.n_observations, 2);
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508, "guessed: no job says so");
    cr_expect_eq(survey.codes[survey.observations[0].code].role, ROLE_START_NODE, "resolved");
}

/* clang-format off */
static const struct {
    const char *name, *bytes, *forced;
    enum error_kind kind;
    const char *message;
} refused[] = {
    {"an empty file says so", "", NULL, ERROR_FORMAT, "it looks like an empty file"},
    {"so does one that was forced", "", "isybau", ERROR_FORMAT, "the file is empty"},
    {"what is no survey is named", "%PDF-1.4", NULL, ERROR_FORMAT, "it looks like a PDF document"},
    {"other XML is named", "<?xml version='1.0'?><gpx/>", NULL, ERROR_FORMAT, "it looks like an XML document"},
    {"a forced format says why not", "a,b\n", "isybau", ERROR_FORMAT, "line 1: no XML"},
    {"nothing in it", ISYBAU(""), NULL, ERROR_FORMAT, "no inspections and no network"},
};
/* clang-format on */

Test(survey_format, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(file_release) struct file file = {0};
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        const struct survey_format *forced =
            refused[i].forced == NULL ? NULL : survey_format_by_name(refused[i].forced);
        file_new(&file, refused[i].bytes);

        cr_expect_not(
            survey_read(file.path, forced, &no_options, &survey, &err), "%s", refused[i].name);
        cr_expect_eq(err.kind, refused[i].kind, "%s", refused[i].name);
        cr_expect_not_null(
            strstr(err.text, refused[i].message), "%s: %s", refused[i].name, err.text);
        cr_expect_not_null(strstr(err.text, file.path), "%s: %s", refused[i].name, err.text);
        cr_expect_eq(survey.n_inspections, 0, "%s", refused[i].name);
        cr_expect_null(survey.arena.chunks, "%s", refused[i].name);
    }
}

Test(survey_format, a_file_that_is_not_there) {
    struct survey survey = {0};
    struct error err = {0};

    cr_expect_not(survey_read("/nowhere/x.xml", NULL, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_str_eq(err.text, "cannot open '/nowhere/x.xml': No such file or directory");
}

/* sample, format */
static const struct {
    const char *sample, *format;
} samples[] = {
    {"cn_cjj181/cjj181_longgang_coords_gbk.csv",                                "cjj181"    },
    {"cn_cjj181/cjj181_longgang_coords_utf8bom.csv",                            "cjj181"    },
    {"cn_cjj181/cjj181_longgang_records_gbk.csv",                               "cjj181"    },
    {"cn_cjj181/cjj181_longgang_records_utf8bom.csv",                           "cjj181"    },
    {"cn_cjj181/cjj181_springboot_0001.xls",                                    "cjj181"    },
    {"csv_shapefile/cctv_log.csv",                                              "csv"       },
    {"en13508_txt/kwb_example_13508_2.txt",                                     "en13508"   },
    {"isybau_xml/ISYBAU_XML-2013-Stammdaten.xml",                               "isybau"    },
    {"isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml", "isybau"    },
    {"isybau_xml/fabiologe_storage_input_ISYBAU_XML-2017-Stammdaten.xml",       "isybau"    },
    {"pacp/stillwater_Inspections_v6_headers_only.csv",                         "pacp"      },
    {"wincan/GR7188_BuryStEdmunds.db3",                                         "wincan"    },
    {"wincan/GR7204.db3",                                                       "wincan"    },
    {"wincan/teksi_wincan_inspection.csv",                                      "wincan-csv"},
    {"wincan/teksi_wincan_observation.csv",                                     "wincan-csv"},
    {"wincan/teksi_wincan_project.csv",                                         "wincan-csv"},
    {"wincan/teksi_wincan_section.csv",                                         "wincan-csv"},
    {"dwa_m150/SYNTHETIC_typeB_inspection.xml",                                 "dwa-m150"  },
    {"dwa_m150/derbeaker_m150-stammdaten_typeA_fictive.xml",                    "dwa-m150"  },
    {"sufrib/sufrib_2008_228-1_DWA.RIB",                                        "sufrib"    },
    {"sufrib/sufrib_2008_228-1_DWA.RMB",                                        "sufrib"    },
    {"sufrib/sufrib_224-4_DWA.RMB",                                             "sufrib"    },
    {"sufrib/sufrib_224-4_DWA.rib",                                             "sufrib"    },
    {"sufrib/sufrib_232-2_DWA.RIB",                                             "sufrib"    },
    {"sufrib/sufrib_4F1_asfalt_werk.rib",                                       "sufrib"    },
    {"ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx",                      "ribx"      },
    {"ribx/rgs_inclined.ribx",                                                  "ribx"      },
    {"ribx/rgs_minimal.ribx",                                                   "ribx"      },
    {"vsa_kek/minimal-dataset-transferdatensatz_VSA-KEK-channel-damage.xtf",    "vsa-kek"   },
};

/* Every format bids for every sample: one alone wins, or nobody. */
Test(survey_format, samples_have_one_clear_winner) {
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        static struct source source;
        char path[1024];
        struct error err = {0};
        int highest = 0;
        size_t n_highest = 0;

        if (sample_path(path, sizeof path, samples[i].sample) == NULL) {
            cr_skip_test("no samples");
        }
        cr_assert(source_open(path, &source, &err), "%s", err.text);
        for (size_t k = 0; k < n_survey_formats; k++) {
            int bid = survey_formats[k]->bid(&source);
            n_highest = bid > highest ? 1 : n_highest + (bid == highest);
            highest = bid > highest ? bid : highest;
        }
        const struct survey_format *winner = survey_format_detect(&source);
        cr_expect(highest == 0 || n_highest == 1, "%s", samples[i].sample);
        cr_expect_str_eq(winner == NULL ? "" : winner->name,
            samples[i].format == NULL ? "" : samples[i].format, "%s", samples[i].sample);
    }
}
