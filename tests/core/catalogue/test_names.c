#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"

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

Test(catalogue_names, code_from_what_people_write) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct text got = catalogue_code_from_name(CATALOGUE_CJJ181, text_from(names[i].name));

        cr_expect(text_equal(got, text_from(names[i].want)), "'%s' gave '%.*s'", names[i].name,
            TEXT_ARGS(got));
    }
}

static const struct {
    enum catalogue catalogue;
    const char *name, *want;
} names_elsewhere[] = {
    {CATALOGUE_DB31,    "错位",             "CW"  },
    {CATALOGUE_DB31,    "错口",             "CW"  },
    {CATALOGUE_DB31,    "(CW)错位",         "CW"  },
    {CATALOGUE_DB31,    "(CK)错口",         "CW"  },
    {CATALOGUE_DB31,    "异物侵入",       "QR"  },
    {CATALOGUE_DB31,    "异物穿入",       "QR"  },
    {CATALOGUE_DB31,    "坝头",             "BT"  },
    {CATALOGUE_DB31,    "淤积",             "CJ"  },
    {CATALOGUE_DB31,    "破裂",             "PL"  },
    {CATALOGUE_DB31,    "JAYP",               "JAGP"},
    {CATALOGUE_DB31,    "ks01",               "KS"  },
    {CATALOGUE_DB31,    "起伏",             ""    },
    {CATALOGUE_DB31,    "QF",                 ""    },
    {CATALOGUE_CJJ181,  "错位",             "CK"  },
    {CATALOGUE_CJJ181,  "异物侵入",       "CR"  },
    {CATALOGUE_CJJ181,  "洼水",             ""    },
    {CATALOGUE_CJJ181,  "CW",                 ""    },
    {CATALOGUE_PACP,    "cl",                 "CL"  },
    {CATALOGUE_PACP,    "ISJ",                "IS"  },
    {CATALOGUE_PACP,    "Longitudinal crack", "CL"  },
    {CATALOGUE_PACP,    "(CL) crack",         ""    },
    {CATALOGUE_MSCC,    "mh",                 "MH"  },
    {CATALOGUE_UNKNOWN, "PL",                 ""    },
};

Test(catalogue_names, go_by_the_catalogue) {
    for (size_t i = 0; i < ARRAY_LEN(names_elsewhere); i++) {
        struct text got = catalogue_code_from_name(
            names_elsewhere[i].catalogue, text_from(names_elsewhere[i].name));

        cr_expect(text_equal(got, text_from(names_elsewhere[i].want)), "'%s' gave '%.*s'",
            names_elsewhere[i].name, TEXT_ARGS(got));
    }
}

Test(catalogue_names, own_names_and_letters_alone) {
    cr_expect_eq(catalogue_code_from_own_name(CATALOGUE_CJJ181, TEXT("错位")).n, 0, "an alias");
    cr_expect(
        text_equal(catalogue_code_from_own_name(CATALOGUE_CJJ181, TEXT("(破裂)")), TEXT("PL")));
    cr_expect_eq(catalogue_code_in(CATALOGUE_CJJ181, TEXT("破裂")).n, 0, "a name");
    cr_expect(text_equal(catalogue_code_in(CATALOGUE_CJJ181, TEXT("(pl)错位")), TEXT("PL")));
}

/* Names of EN 13508-2 repeat themselves: a missing wall is BAC B and BAF I. */
static const enum catalogue with_names_of_their_own[] = {
    CATALOGUE_CJJ181,
    CATALOGUE_DB31,
    CATALOGUE_PACP,
    CATALOGUE_MSCC,
    CATALOGUE_WSA05,
};

Test(catalogue_names, every_name_leads_to_its_code) {
    for (size_t c = 0; c < ARRAY_LEN(with_names_of_their_own); c++) {
        enum catalogue catalogue = with_names_of_their_own[c];
        size_t n = 0;
        const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

        for (size_t i = 0; i < n; i++) {
            struct text zh = catalogue_code_from_name(catalogue, text_from(rows[i].name_zh));
            struct text en = catalogue_code_from_name(catalogue, text_from(rows[i].name_en));
            cr_expect(text_equal(zh, text_from(rows[i].code)), "%s", rows[i].name_zh);
            cr_expect(text_equal(en, text_from(rows[i].code)), "%s", rows[i].name_en);
        }
    }
}

Test(catalogue_names, a_name_without_end_is_no_name) {
    static char lots[100000];

    memset(lots, 'P', sizeof lots);
    struct text got = catalogue_code_from_name(CATALOGUE_CJJ181, (struct text){lots, sizeof lots});
    cr_expect_eq(got.n, 0);
}
