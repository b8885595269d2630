#include <criterion/criterion.h>

#include "core/base.h"
#include "core/catalogue.h"

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
    const char *codes[4];
    size_t n_rows[4];
    enum catalogue want;
} guesses[] = {
    {"all of one",                   {"PL", "CJ"},                 {3, 1},       CATALOGUE_CJJ181 },
    {"Chinese names",                {"破裂", "沉积"},         {3, 1},       CATALOGUE_CJJ181 },
    {"glued codes",                  {"BABBA", "BCCBY"},           {1, 1},       CATALOGUE_EN13508},
    {"rows count, codes do not",     {"BAB", "PL", "CJ"},          {9, 1, 1},    CATALOGUE_EN13508},
    {"half is enough",               {"PL", "qx"},                 {2, 2},       CATALOGUE_CJJ181 },
    {"less than half is not",        {"PL", "qx"},                 {2, 3},       CATALOGUE_UNKNOWN},
    {"rows without code",            {"", "PL"},                   {9, 1},       CATALOGUE_CJJ181 },
    {"nothing at all",               {0},                          {0},          CATALOGUE_UNKNOWN},
    {"strangers",                    {"qx", "wsx"},                {2, 3},       CATALOGUE_UNKNOWN},
    {"shared by CJJ and DB31",       {"PL", "SG", "YJ"},           {3, 1, 1},    CATALOGUE_CJJ181 },
    {"one code of DB31 tells",       {"PL", "SG", "CW"},           {9, 5, 1},    CATALOGUE_DB31   },
    {"names of DB31",                {"破裂", "洼水"},         {3, 1},       CATALOGUE_DB31   },
    {"a name of both",               {"破裂", "错位"},         {3, 1},       CATALOGUE_CJJ181 },
    {"a name of CJJ",                {"破裂", "错口"},         {3, 1},       CATALOGUE_CJJ181 },
    {"letters outdo names",          {"(PL)破裂", "(CW)错位"}, {3, 1},       CATALOGUE_DB31   },
    {"more of CJJ than of DB31",     {"PL", "CK", "CW"},           {3, 2, 1},    CATALOGUE_CJJ181 },
    {"more of DB31 than of CJJ",     {"PL", "CK", "CW"},           {3, 1, 2},    CATALOGUE_DB31   },
    {"as many of either",            {"PL", "CK", "CW"},           {3, 1, 1},    CATALOGUE_CJJ181 },
    {"taps",                         {"tsa", "tfa", "tsc", "tsd"}, {5, 2, 2, 1}, CATALOGUE_PACP   },
    {"PACP",                         {"CL", "FM", "AMH", "MWL"},   {1, 1, 2, 1}, CATALOGUE_PACP   },
    {"PACP with suffixes",           {"ISJ", "SSSM", "AMH"},       {1, 1, 1},    CATALOGUE_PACP   },
    {"MSCC",                         {"MH", "WL", "DER", "MHF"},   {1, 1, 3, 1}, CATALOGUE_MSCC   },
    {"MSCC by its suffix",           {"CL", "CLJ"},                {3, 1},       CATALOGUE_MSCC   },
    {"PACP, MSCC and WSA 05 alike",  {"CL", "FC", "B", "H"},       {1, 1, 1, 1}, CATALOGUE_PACP   },
    {"MSCC and WSA 05 alike",        {"CL", "JDM", "WL"},          {1, 1, 1},    CATALOGUE_MSCC   },
    {"EN amid MSCC",                 {"BAB", "BCA", "MH"},         {2, 2, 3},    CATALOGUE_EN13508},
    {"CJJ with what PACP knows too", {"FS", "PL", "SL"},           {3, 1, 1},    CATALOGUE_CJJ181 },
};

Test(catalogue_survey, guess) {
    for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
        struct survey survey = {0};

        survey_add_inspection(&survey);
        for (size_t k = 0; k < 4 && guesses[i].codes[k] != NULL; k++) {
            add_rows(&survey, guesses[i].codes[k], guesses[i].n_rows[k]);
        }
        cr_expect_eq(catalogue_guess(&survey), guesses[i].want, "%s", guesses[i].name);
        survey_release(&survey);
    }
}

static const struct {
    const char *name, *codes[3];
    enum catalogue want;
} chinese[] = {
    {"nothing at all",       {0},                  CATALOGUE_CJJ181},
    {"shared",               {"PL", "FS"},         CATALOGUE_CJJ181},
    {"CW",                   {"PL", "CW"},         CATALOGUE_DB31  },
    {"JQ",                   {"JQ"},               CATALOGUE_DB31  },
    {"QR",                   {"qr"},               CATALOGUE_DB31  },
    {"WS",                   {"(WS)洼水"},       CATALOGUE_DB31  },
    {"BT",                   {"BT", "qx"},         CATALOGUE_DB31  },
    {"a manhole",            {"JAPL"},             CATALOGUE_DB31  },
    {"both",                 {"CW", "CK", "JQ"},   CATALOGUE_CJJ181},
    {"CW and QF",            {"CW", "起伏"},     CATALOGUE_CJJ181},
    {"names",                {"洼水", "错位"}, CATALOGUE_DB31  },
    {"a name of both alone", {"错位"},           CATALOGUE_CJJ181},
    {"names of either",      {"洼水", "错口"}, CATALOGUE_CJJ181},
};

Test(catalogue_survey, chinese) {
    for (size_t i = 0; i < ARRAY_LEN(chinese); i++) {
        struct survey survey = {0};

        survey_add_inspection(&survey);
        for (size_t k = 0; k < 3 && chinese[i].codes[k] != NULL; k++) {
            add_rows(&survey, chinese[i].codes[k], 1);
        }
        cr_expect_eq(catalogue_guess_chinese(&survey), chinese[i].want, "%s", chinese[i].name);
        survey_release(&survey);
    }
}

/* id, object, reference, nodes, what the finding says */
static const struct {
    const char *id;
    enum inspected_object object;
    const char *reference, *start, *finish, *want;
} empty_ones[] = {
    {"7",  OBJECT_SEGMENT, "P2", "A",  "B",  "inspection '7' of segment 'P2'"},
    {"7",  OBJECT_NODE,    "N2", NULL, NULL, "inspection '7' of node 'N2'"   },
    {"7",  OBJECT_SEGMENT, NULL, "A",  "B",  "inspection '7' from 'A' to 'B'"},
    {NULL, OBJECT_SEGMENT, "P2", NULL, NULL, "inspection of segment 'P2'"    },
    {"7",  OBJECT_SEGMENT, NULL, NULL, NULL, "inspection '7'"                },
};

Test(catalogue_survey, an_inspection_without_observations_is_told_by_name) {
    for (size_t i = 0; i < ARRAY_LEN(empty_ones); i++) {
        struct survey survey = {.file.path = TEXT("log.csv")};
        struct inspection *inspection = survey_add_inspection(&survey);

        inspection->id = text_from(empty_ones[i].id);
        inspection->object = (uint8_t)empty_ones[i].object;
        inspection->segment_ref = text_from(empty_ones[i].reference);
        inspection->start_node = text_from(empty_ones[i].start);
        inspection->finish_node = text_from(empty_ones[i].finish);
        inspection_note_empty(&survey, inspection);
        cr_assert_eq(survey.findings.n, 1);
        cr_expect_eq(survey.findings.at[0].kind, FINDING_NO_OBSERVATIONS);
        cr_expect_str_eq(survey.findings.at[0].detail.at, empty_ones[i].want);
        survey_release(&survey);
    }
}

Test(catalogue_survey, resolve_fills_codes_and_says_each_unknown_one_once) {
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
