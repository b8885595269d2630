#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "core/survey.h"
#include "formats/delivery.h"
#include "formats/survey_format.h"
#include "formats/unsupported.h"
#include "tests/formats/temp_files.h"

#define COLUMNS_40 "0123456789 23456789 23456789 23456789 12"

/* clang-format off */
/* name of the file, its bytes, what it is (NULL: nothing that is known) */
static const struct {
    const char *file, *bytes, *what;
} files[] = {
    {"1234.H",       COLUMNS_40 "\r\n" COLUMNS_40 "\r\n" COLUMNS_40,   "ISYBAU ASCII of 1996 or 2001"},
    {"1234.k",       COLUMNS_40 "\n" COLUMNS_40 "\n",                  "ISYBAU ASCII of 1996 or 2001"},
    {"1234.txt",     COLUMNS_40 "\n" COLUMNS_40 "\n",                  NULL},
    {"header.h",     "#pragma once\n/* A header file of C, whose lines differ. */\n", NULL},
    {"short.h",      "1\n1\n1\n",                                      NULL},
    {"one.h",        COLUMNS_40 "\n",                                  NULL},
    {"kek.itf",      "SCNT\nTransfer\n",                               "an INTERLIS 1 transfer"},
    {"av.xtf",       "<TRANSFER><MODEL NAME='DM01'/></TRANSFER>",      "INTERLIS 2 transfer of another model"},
    {"posm.xml",     "<Survey><A_002><x/></A_002></Survey>",           "XML of POSM"},
    {"town_Meta.db3", "SQLite format 3",                               "catalogue of a WinCan VX project"},
    {"town.db3",     "SQLite format 3",                                NULL},
    {"a.mdb",        "....Standard Jet DB",                            "an Access database of another program"},
    {"a.xml",        "<?xml version='1.0'?><gpx/>",                    NULL},
    {"empty.h",      "",                                               NULL},
};
/* clang-format on */

Test(unsupported, kinds) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        static struct source source;
        struct error err = {0};
        struct temp_path path = temp_text(&folder, files[i].file, files[i].bytes);
        cr_assert(source_open(path.at, &source, &err), "%s", err.text);
        const struct unsupported *known = source_unsupported(&source);

        cr_expect_eq(known != NULL, files[i].what != NULL, "%s", files[i].file);
        if (known != NULL && files[i].what != NULL) {
            cr_expect_not_null(strstr(known->what, files[i].what), "%s", known->what);
        }
    }
}

Test(unsupported, the_message_says_what_to_export) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    const struct read_options options = {0};
    struct error err = {0};
    struct temp_path path = temp_text(&folder, "1234.H", files[0].bytes);

    cr_expect_not(survey_read(path.at, NULL, &options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(
        strstr(err.text, "1234.H': it is ISYBAU ASCII of 1996 or 2001"), "%s", err.text);
    cr_expect_not_null(strstr(err.text, "export ISYBAU XML (2006 or later)"), "%s", err.text);
}
