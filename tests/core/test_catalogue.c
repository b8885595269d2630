#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"

static const enum catalogue catalogues[] = {
    CATALOGUE_CJJ181,
    CATALOGUE_EN13508,
    CATALOGUE_DB31,
    CATALOGUE_PACP,
    CATALOGUE_MSCC,
    CATALOGUE_WSA05,
};

static const struct text none = {0};

/* Special rows before general ones: no text sorts last. */
static int compare_or_last(const char *a, const char *b) {
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return strcmp(a, b);
}

static int compare_rows(const struct catalogue_row *a, const struct catalogue_row *b) {
    int order = strcmp(a->code, b->code);

    order = order != 0 ? order : compare_or_last(a->char1, b->char1);
    return order != 0 ? order : compare_or_last(a->char2, b->char2);
}

Test(catalogue, tables_are_sorted_unique_and_complete) {
    for (size_t c = 0; c < ARRAY_LEN(catalogues); c++) {
        size_t n = 0;
        const struct catalogue_row *rows = catalogue_rows(catalogues[c], &n);

        cr_assert_gt(n, 20);
        for (size_t i = 0; i < n; i++) {
            cr_expect(i == 0 || compare_rows(&rows[i - 1], &rows[i]) < 0, "%s is out of order",
                rows[i].code);
            cr_expect_neq(rows[i].kind, CODE_UNKNOWN, "%s", rows[i].code);
            cr_expect_eq(rows[i].kind == CODE_INVENTORY, rows[i].family == FAMILY_NONE,
                "%s has a family or lacks one", rows[i].code);
            cr_expect(rows[i].name_en[0] != '\0' && rows[i].name_zh[0] != '\0' &&
                          strchr(rows[i].source, '[') != NULL,
                "%s lacks a name or a source", rows[i].code);
            cr_expect_not_null(catalogue_find(catalogues[c], text_from(rows[i].code),
                                   (struct text){0}, (struct text){0}),
                "%s has no general row", rows[i].code);
        }
    }
}

static const struct {
    enum catalogue catalogue;
    const char *code, *char1, *want_name;
    enum code_kind kind;
    enum code_role role;
} finds[] = {
    {CATALOGUE_CJJ181,  "PL",   "",   "crack or break",                     CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "pl",   "",   "crack or break",                     CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "FZ",   "",   "scum",                               CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "YJ",   "",   "manhole",                            CODE_INVENTORY,  ROLE_NODE       },
    {CATALOGUE_CJJ181,  "ZZ",   "",   "inspection abandoned",               CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_CJJ181,  "KS01", "",   "start of a continuous defect",       CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_CJJ181,  "PL01", "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "P",    "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "",     "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "BAB",  "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "",   "fissure",                            CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "C",  "open fracture",                      CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "bab",  "c",  "open fracture",                      CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "Q",  "fissure",                            CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BBF",  "D",  "gushing infiltration",               CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BBG",  "",   "exfiltration",                       CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BCD",  "XP", "start node",                         CODE_INVENTORY,  ROLE_START_NODE },
    {CATALOGUE_EN13508, "BCE",  "",   "finish node",                        CODE_INVENTORY,  ROLE_FINISH_NODE},
    {CATALOGUE_EN13508, "BDC",  "",   "inspection abandoned",               CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_EN13508, "BXA",  "",   "slope measurement",                  CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_EN13508, "DAR",  "",   "defective cover or frame",           CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "DCI",  "A",  "defective channel",                  CODE_OTHER,      ROLE_NONE       },
    {CATALOGUE_EN13508, "DCI",  "B",  "channel",                            CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_EN13508, "PL",   "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_DB31,    "CW",   "",   "displaced joint",                    CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_DB31,    "CK",   "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_DB31,    "ks12", "",   "start of a continuous defect",       CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_DB31,    "JAJT", "",   "shaft separated from its base",      CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_DB31,    "ZZ",   "",   "inspection abandoned",               CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_PACP,    "CL",   "",   "longitudinal crack",                 CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_PACP,    "TFI",  "",   "factory-made tap, intruding",        CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_PACP,    "TFA",  "",   "factory-made tap, active",           CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_PACP,    "AMH",  "",   "manhole",                            CODE_INVENTORY,  ROLE_NODE       },
    {CATALOGUE_PACP,    "MSA",  "",   "inspection abandoned",               CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_PACP,    "MCU",  "",   "camera under water",                 CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_PACP,    "S01",  "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_MSCC,    "CLJ",  "",   "longitudinal crack",                 CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_MSCC,    "OJM",  "",   "open joint, medium",                 CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_MSCC,    "MH",   "",   "start at a manhole",                 CODE_INVENTORY,  ROLE_START_NODE },
    {CATALOGUE_MSCC,    "OCF",  "",   "finish at an other special chamber", CODE_INVENTORY,
     ROLE_FINISH_NODE                                                                                        },
    {CATALOGUE_MSCC,    "FH",   "",   "finish of the inspection",           CODE_INVENTORY,  ROLE_FINISH_NODE},
    {CATALOGUE_MSCC,    "SA",   "",   "inspection abandoned",               CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_WSA05,   "FL",   "",   "longitudinal fracture",              CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_UNKNOWN, "PL",   "",   NULL,                                 CODE_UNKNOWN,    ROLE_NONE       },
};

Test(catalogue, finds_the_most_special_row) {
    for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
        const struct catalogue_row *row = catalogue_find(finds[i].catalogue,
            text_from(finds[i].code), text_from(finds[i].char1), (struct text){0});

        if (finds[i].want_name == NULL) {
            cr_expect_null(row, "'%s'", finds[i].code);
            continue;
        }
        cr_assert_not_null(row, "'%s'", finds[i].code);
        cr_expect_str_eq(row->name_en, finds[i].want_name, "'%s'", finds[i].code);
        cr_expect_eq(row->kind, finds[i].kind, "'%s'", finds[i].code);
        cr_expect_eq(row->role, finds[i].role, "'%s'", finds[i].code);
    }
}

static const struct {
    enum catalogue catalogue;
    const char *code, *char1;
    enum defect_family want;
} families[] = {
    {CATALOGUE_CJJ181,  "PL",   "",  FAMILY_BREAK       },
    {CATALOGUE_CJJ181,  "CK",   "",  FAMILY_OFFSET      },
    {CATALOGUE_CJJ181,  "CQ",   "",  FAMILY_OBSTACLE    },
    {CATALOGUE_CJJ181,  "YJ",   "",  FAMILY_NONE        },
    {CATALOGUE_EN13508, "BAC",  "A", FAMILY_BREAK       },
    {CATALOGUE_EN13508, "BAC",  "C", FAMILY_COLLAPSE    },
    {CATALOGUE_EN13508, "DAC",  "C", FAMILY_COLLAPSE    },
    {CATALOGUE_EN13508, "BAD",  "B", FAMILY_BRICKWORK   },
    {CATALOGUE_EN13508, "DAD",  "D", FAMILY_COLLAPSE    },
    {CATALOGUE_EN13508, "BAJ",  "A", FAMILY_OPEN_JOINT  },
    {CATALOGUE_EN13508, "BAJ",  "B", FAMILY_OFFSET      },
    {CATALOGUE_EN13508, "DAJ",  "C", FAMILY_ANGLE       },
    {CATALOGUE_EN13508, "BAN",  "",  FAMILY_SURFACE     },
    {CATALOGUE_EN13508, "BBE",  "A", FAMILY_OBSTACLE    },
    {CATALOGUE_EN13508, "DBE",  "G", FAMILY_INTRUSION   },
    {CATALOGUE_EN13508, "DAR",  "",  FAMILY_OTHER       },
    {CATALOGUE_EN13508, "BCA",  "",  FAMILY_NONE        },
    {CATALOGUE_DB31,    "JQ",   "",  FAMILY_SEAL        },
    {CATALOGUE_DB31,    "WS",   "",  FAMILY_SAG         },
    {CATALOGUE_DB31,    "JAKP", "",  FAMILY_OTHER       },
    {CATALOGUE_PACP,    "BSV",  "",  FAMILY_SOIL        },
    {CATALOGUE_PACP,    "XP",   "",  FAMILY_COLLAPSE    },
    {CATALOGUE_PACP,    "OBI",  "",  FAMILY_INTRUSION   },
    {CATALOGUE_PACP,    "TSD",  "",  FAMILY_CONNECTION  },
    {CATALOGUE_PACP,    "RPPD", "",  FAMILY_LINING      },
    {CATALOGUE_PACP,    "RPP",  "",  FAMILY_NONE        },
    {CATALOGUE_MSCC,    "DER",  "",  FAMILY_SEDIMENT    },
    {CATALOGUE_MSCC,    "DEGJ", "",  FAMILY_ENCRUSTATION},
    {CATALOGUE_MSCC,    "JN",   "",  FAMILY_NONE        },
};

Test(catalogue, families) {
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        const struct catalogue_row *row = catalogue_find(families[i].catalogue,
            text_from(families[i].code), text_from(families[i].char1), (struct text){0});

        cr_assert_not_null(row, "'%s'", families[i].code);
        cr_expect_eq(row->family, families[i].want, "'%s' %s", families[i].code, families[i].char1);
    }
}

static const struct {
    enum catalogue catalogue;
    const char *code, *want; /* want NULL: no such code */
} suffixes[] = {
    {CATALOGUE_PACP,   "IS",   "IS"  },
    {CATALOGUE_PACP,   "ISB",  "IS"  },
    {CATALOGUE_PACP,   "isj",  "IS"  },
    {CATALOGUE_PACP,   "IGL",  "IG"  },
    {CATALOGUE_PACP,   "ISP",  NULL  },
    {CATALOGUE_PACP,   "ISBJ", NULL  },
    {CATALOGUE_PACP,   "ISZ",  "ISZ" }, /* sealing material, no infiltration */
    {CATALOGUE_PACP,   "ISGT", "ISGT"},
    {CATALOGUE_PACP,   "RFJ",  "RFJ" },
    {CATALOGUE_PACP,   "SSSM", "SSS" },
    {CATALOGUE_PACP,   "SRCC", "SRC" },
    {CATALOGUE_PACP,   "SRIJ", NULL  },
    {CATALOGUE_PACP,   "X",    "X"   },
    {CATALOGUE_PACP,   "XP",   "X"   },
    {CATALOGUE_PACP,   "XB",   "X"   },
    {CATALOGUE_PACP,   "XC",   NULL  },
    {CATALOGUE_PACP,   "CLJ",  NULL  },
    {CATALOGUE_PACP,   "CLX",  NULL  },
    {CATALOGUE_PACP,   "DA",   NULL  },
    {CATALOGUE_PACP,   "TFIX", NULL  },
    {CATALOGUE_MSCC,   "CLJ",  "CL"  },
    {CATALOGUE_MSCC,   "ISJ",  "IS"  },
    {CATALOGUE_MSCC,   "RFJ",  "RF"  },
    {CATALOGUE_MSCC,   "BJ",   "B"   },
    {CATALOGUE_MSCC,   "CLJJ", NULL  },
    {CATALOGUE_MSCC,   "CL J", NULL  },
    {CATALOGUE_MSCC,   "WLJ",  NULL  },
    {CATALOGUE_MSCC,   "J",    NULL  },
    {CATALOGUE_MSCC,   "MHF",  "MHF" },
    {CATALOGUE_MSCC,   "CXI",  "CXI" },
    {CATALOGUE_WSA05,  "CLJ",  NULL  },
    {CATALOGUE_CJJ181, "PLJ",  NULL  },
};

Test(catalogue, one_last_letter_where_the_table_lets_it) {
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        const struct catalogue_row *row =
            catalogue_find(suffixes[i].catalogue, text_from(suffixes[i].code), none, none);

        if (suffixes[i].want == NULL) {
            cr_expect_null(row, "'%s'", suffixes[i].code);
            continue;
        }
        cr_assert_not_null(row, "'%s'", suffixes[i].code);
        cr_expect_str_eq(row->code, suffixes[i].want, "'%s'", suffixes[i].code);
    }
    cr_expect_null(catalogue_find(CATALOGUE_MSCC, (struct text){"CL\0", 3}, none, none));
}

/* What WinCan projects from the field hold (MSCC5): the codes, and how many of them are defects. */
static const char *const field_codes[] = {"CLJ", "CP", "CPF", "CUW", "D", "DEE", "DEG", "DER",
    "DES", "ISJ", "JDM", "JN", "LL", "LR", "LU", "MH", "MHF", "OCF", "OJM", "REM", "RFJ", "SA",
    "SC", "WL"};

Test(catalogue, codes_of_real_projects_are_known) {
    size_t n_defects = 0;

    for (size_t i = 0; i < ARRAY_LEN(field_codes); i++) {
        const struct catalogue_row *row =
            catalogue_find(CATALOGUE_MSCC, text_from(field_codes[i]), none, none);

        cr_assert_not_null(row, "'%s'", field_codes[i]);
        n_defects += row->kind != CODE_INVENTORY;
    }
    cr_expect_eq(n_defects, 10);
}

Test(catalogue, wsa_05_is_a_part_of_mscc_and_unsure) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(CATALOGUE_WSA05, &n);

    for (size_t i = 0; i < n; i++) {
        const struct catalogue_row *twin =
            catalogue_find(CATALOGUE_MSCC, text_from(rows[i].code), none, none);

        cr_assert_not_null(twin, "%s", rows[i].code);
        cr_expect_str_eq(rows[i].name_en, twin->name_en);
        cr_expect_eq(rows[i].kind, twin->kind, "%s", rows[i].code);
        cr_expect_eq(rows[i].family, twin->family, "%s", rows[i].code);
        cr_expect_not_null(strstr(rows[i].source, "[U]"), "%s", rows[i].code);
    }
}

static const struct {
    enum catalogue catalogue;
    const char *code, *char1, *char2;
    bool want;
} misconnections[] = {
    {CATALOGUE_EN13508, "BDE",   "A", "A", true },
    {CATALOGUE_EN13508, "bde",   "",  "b", true },
    {CATALOGUE_EN13508, "DDE",   "C", "A", true },
    {CATALOGUE_EN13508, "BDE",   "A", "",  false},
    {CATALOGUE_EN13508, "BDE",   "A", "Y", false},
    {CATALOGUE_EN13508, "BDEAA", "",  "",  false},
    {CATALOGUE_EN13508, "BAB",   "A", "A", false},
    {CATALOGUE_MSCC,    "BDE",   "A", "A", false},
    {CATALOGUE_UNKNOWN, "BDE",   "A", "A", false},
};

Test(catalogue, misconnections) {
    for (size_t i = 0; i < ARRAY_LEN(misconnections); i++) {
        struct code code = {
            .code = text_from(misconnections[i].code),
            .char1 = text_from(misconnections[i].char1),
            .char2 = text_from(misconnections[i].char2),
        };
        cr_expect_eq(catalogue_shows_misconnection(misconnections[i].catalogue, &code),
            misconnections[i].want, "%s %s %s", misconnections[i].code, misconnections[i].char1,
            misconnections[i].char2);
    }
}
