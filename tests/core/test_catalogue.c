#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"

static const enum catalogue catalogues[] = {CATALOGUE_CJJ181, CATALOGUE_EN13508};

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
    {CATALOGUE_CJJ181,  "PL",   "",   "crack or break",               CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "pl",   "",   "crack or break",               CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "FZ",   "",   "scum",                         CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_CJJ181,  "YJ",   "",   "manhole",                      CODE_INVENTORY,  ROLE_NODE       },
    {CATALOGUE_CJJ181,  "ZZ",   "",   "inspection abandoned",         CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_CJJ181,  "KS01", "",   "start of a continuous defect", CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_CJJ181,  "PL01", "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "P",    "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "",     "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_CJJ181,  "BAB",  "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "",   "fissure",                      CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "C",  "open fracture",                CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "bab",  "c",  "open fracture",                CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BAB",  "Q",  "fissure",                      CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BBF",  "D",  "gushing infiltration",         CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BBG",  "",   "exfiltration",                 CODE_FUNCTIONAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "BCD",  "XP", "start node",                   CODE_INVENTORY,  ROLE_START_NODE },
    {CATALOGUE_EN13508, "BCE",  "",   "finish node",                  CODE_INVENTORY,  ROLE_FINISH_NODE},
    {CATALOGUE_EN13508, "BDC",  "",   "inspection abandoned",         CODE_INVENTORY,  ROLE_ABANDONED  },
    {CATALOGUE_EN13508, "BXA",  "",   "slope measurement",            CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_EN13508, "DAR",  "",   "defective cover or frame",     CODE_STRUCTURAL, ROLE_NONE       },
    {CATALOGUE_EN13508, "DCI",  "A",  "defective channel",            CODE_OTHER,      ROLE_NONE       },
    {CATALOGUE_EN13508, "DCI",  "B",  "channel",                      CODE_INVENTORY,  ROLE_NONE       },
    {CATALOGUE_EN13508, "PL",   "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
    {CATALOGUE_UNKNOWN, "PL",   "",   NULL,                           CODE_UNKNOWN,    ROLE_NONE       },
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
    {CATALOGUE_CJJ181,  "PL",  "",  FAMILY_BREAK     },
    {CATALOGUE_CJJ181,  "CK",  "",  FAMILY_OFFSET    },
    {CATALOGUE_CJJ181,  "CQ",  "",  FAMILY_OBSTACLE  },
    {CATALOGUE_CJJ181,  "YJ",  "",  FAMILY_NONE      },
    {CATALOGUE_EN13508, "BAC", "A", FAMILY_BREAK     },
    {CATALOGUE_EN13508, "BAC", "C", FAMILY_COLLAPSE  },
    {CATALOGUE_EN13508, "DAC", "C", FAMILY_COLLAPSE  },
    {CATALOGUE_EN13508, "BAD", "B", FAMILY_BRICKWORK },
    {CATALOGUE_EN13508, "DAD", "D", FAMILY_COLLAPSE  },
    {CATALOGUE_EN13508, "BAJ", "A", FAMILY_OPEN_JOINT},
    {CATALOGUE_EN13508, "BAJ", "B", FAMILY_OFFSET    },
    {CATALOGUE_EN13508, "DAJ", "C", FAMILY_ANGLE     },
    {CATALOGUE_EN13508, "BAN", "",  FAMILY_SURFACE   },
    {CATALOGUE_EN13508, "BBE", "A", FAMILY_OBSTACLE  },
    {CATALOGUE_EN13508, "DBE", "G", FAMILY_INTRUSION },
    {CATALOGUE_EN13508, "DAR", "",  FAMILY_OTHER     },
    {CATALOGUE_EN13508, "BCA", "",  FAMILY_NONE      },
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
    const char *name, *want;
} names[] = {
    {"破裂",                "PL"},
    {" 破裂 ",              "PL"},
    {"破 裂",               "PL"},
    {"(PL)破裂",            "PL"},
    {"破裂(PL)",            "PL"},
    {"（ＰＬ）破裂",    "PL"},
    {"破裂（pl）",        "PL"},
    {"PL 破裂",             "PL"},
    {"PL",                    "PL"},
    {"pl",                    "PL"},
    {"ＰＬ",                "PL"},
    {"暗接",                "AJ"},
    {"支管暗接",          "AJ"},
    {"淤积",                "CJ"},
    {"残墙、坝根",       "CQ"},
    {"残墙坝根",          "CQ"},
    {"检查井(窨井)",     "YJ"},
    {"检查井（窨井）", "YJ"},
    {"ks01",                  "KS"},
    {"中止检测",          "ZZ"},
    {"无异常",             ""  },
    {"",                      ""  },
    {"()",                    ""  },
    {"tsc",                   ""  },
    {"APPLE",                 ""  },
};

Test(catalogue, code_from_what_people_write) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct text got = catalogue_code_from_name(CATALOGUE_CJJ181, text_from(names[i].name));

        cr_expect(text_equal(got, text_from(names[i].want)), "'%s' gave '%.*s'", names[i].name,
            TEXT_ARGS(got));
    }
}

Test(catalogue, every_name_leads_to_its_code) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(CATALOGUE_CJJ181, &n);

    for (size_t i = 0; i < n; i++) {
        struct text zh = catalogue_code_from_name(CATALOGUE_CJJ181, text_from(rows[i].name_zh));
        struct text en = catalogue_code_from_name(CATALOGUE_CJJ181, text_from(rows[i].name_en));
        cr_expect(text_equal(zh, text_from(rows[i].code)), "%s", rows[i].name_zh);
        cr_expect(text_equal(en, text_from(rows[i].code)), "%s", rows[i].name_en);
    }
}

Test(catalogue, a_name_without_end_is_no_name) {
    static char lots[100000];

    memset(lots, 'P', sizeof lots);
    struct text got = catalogue_code_from_name(CATALOGUE_CJJ181, (struct text){lots, sizeof lots});
    cr_expect_eq(got.n, 0);
}

static const struct {
    const char *glued;
    bool is_code;
    const char *code, *char1, *char2;
} gluings[] = {
    {"BABBA",   true,  "BAB", "B",  "A" },
    {"babba",   true,  "BAB", "B",  "A" },
    {"BCCBY",   true,  "BCC", "B",  "Y" },
    {"BAB",     true,  "BAB", "",   ""  },
    {" BAFJ ",  true,  "BAF", "J",  ""  },
    {"BCDXP",   true,  "BCD", "XP", ""  },
    {"BCEXPA",  true,  "BCE", "XP", "A" },
    {"BCDA",    true,  "BCD", "A",  ""  },
    {"BDBAA",   true,  "BDB", "AA", ""  },
    {"BAB.B.A", true,  "BAB", "B",  "A" },
    {"BAB B A", true,  "BAB", "B",  "A" },
    {"DAFDA",   true,  "DAF", "D",  "A" },
    {"BABBAC",  false, NULL,  NULL, NULL},
    {"BA",      false, NULL,  NULL, NULL},
    {"B A B",   false, NULL,  NULL, NULL},
    {"QQQ",     false, NULL,  NULL, NULL},
    {"BAB1",    false, NULL,  NULL, NULL},
    {"BCDX-P",  false, NULL,  NULL, NULL},
    {"",        false, NULL,  NULL, NULL},
    {"破裂",  false, NULL,  NULL, NULL},
};

Test(catalogue, glued_codes_come_apart) {
    for (size_t i = 0; i < ARRAY_LEN(gluings); i++) {
        struct text code = {0}, char1 = {0}, char2 = {0};
        bool is_code = catalogue_split_en13508(text_from(gluings[i].glued), &code, &char1, &char2);

        cr_expect_eq(is_code, gluings[i].is_code, "'%s'", gluings[i].glued);
        cr_expect(text_equal(code, text_from(gluings[i].code)), "'%s'", gluings[i].glued);
        cr_expect(text_equal(char1, text_from(gluings[i].char1)), "'%s'", gluings[i].glued);
        cr_expect(text_equal(char2, text_from(gluings[i].char2)), "'%s'", gluings[i].glued);
    }
}

static void add_rows(struct survey *survey, const char *code, size_t n) {
    uint32_t number = survey_add_code(
        survey, (struct text){0}, text_from(code), (struct text){0}, (struct text){0});

    for (size_t i = 0; i < n; i++) {
        struct observation *observation = survey_add_observation(survey);
        observation->code = number;
        observation->line = (uint32_t)survey->n_observations;
    }
}

static const struct {
    const char *name;
    const char *codes[3];
    size_t n_rows[3];
    enum catalogue want;
} guesses[] = {
    {"all of one",               {"PL", "CJ"},         {3, 1},    CATALOGUE_CJJ181 },
    {"Chinese names",            {"破裂", "沉积"}, {3, 1},    CATALOGUE_CJJ181 },
    {"glued codes",              {"BABBA", "BCCBY"},   {1, 1},    CATALOGUE_EN13508},
    {"rows count, codes do not", {"BAB", "PL", "CJ"},  {9, 1, 1}, CATALOGUE_EN13508},
    {"half is enough",           {"PL", "tsc"},        {2, 2},    CATALOGUE_CJJ181 },
    {"less than half is not",    {"PL", "tsc"},        {2, 3},    CATALOGUE_UNKNOWN},
    {"rows without code",        {"", "PL"},           {9, 1},    CATALOGUE_CJJ181 },
    {"nothing at all",           {0},                  {0},       CATALOGUE_UNKNOWN},
    {"strangers",                {"tsc", "tfa"},       {2, 3},    CATALOGUE_UNKNOWN},
};

Test(catalogue, guess) {
    for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
        struct survey survey = {0};

        survey_add_inspection(&survey);
        for (size_t k = 0; k < 3 && guesses[i].codes[k] != NULL; k++) {
            add_rows(&survey, guesses[i].codes[k], guesses[i].n_rows[k]);
        }
        cr_expect_eq(catalogue_guess(&survey), guesses[i].want, "%s", guesses[i].name);
        survey_release(&survey);
    }
}

Test(catalogue, resolve_fills_codes_and_says_each_unknown_one_once) {
    struct survey survey = {.catalogue = CATALOGUE_CJJ181, .file.path = TEXT("log.csv")};

    survey_add_inspection(&survey);
    add_rows(&survey, "PL", 2);
    add_rows(&survey, "QX", 3);
    add_rows(&survey, "ZZ", 1);
    catalogue_resolve(&survey);

    cr_expect_str_eq(survey.codes[0].name, "crack or break");
    cr_expect_eq(survey.codes[0].kind, CODE_STRUCTURAL);
    cr_expect_eq(survey.codes[0].family, FAMILY_BREAK);
    cr_expect_eq(survey.codes[1].family, FAMILY_NONE);
    cr_expect_null(survey.codes[1].name);
    cr_expect_eq(survey.codes[1].kind, CODE_UNKNOWN);
    cr_expect_eq(survey.codes[2].role, ROLE_ABANDONED);
    cr_assert_eq(survey.findings.n, 1);
    cr_expect_eq(survey.findings.at[0].kind, FINDING_UNKNOWN_CODE);
    cr_expect_eq(survey.findings.at[0].place.line, 3);
    cr_expect(text_equal(survey.findings.at[0].detail, TEXT("'QX' in 3 rows")), "%s",
        survey.findings.at[0].detail.at);
    survey_release(&survey);
}
