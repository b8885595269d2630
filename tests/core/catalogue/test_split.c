#include <criterion/criterion.h>

#include "core/base.h"
#include "core/catalogue.h"

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

Test(catalogue_split, glued_codes_come_apart) {
    for (size_t i = 0; i < ARRAY_LEN(gluings); i++) {
        struct text code = {0}, char1 = {0}, char2 = {0};
        bool is_code = catalogue_split_en13508(text_from(gluings[i].glued), &code, &char1, &char2);

        cr_expect_eq(is_code, gluings[i].is_code, "'%s'", gluings[i].glued);
        cr_expect(text_equal(code, text_from(gluings[i].code)), "'%s'", gluings[i].glued);
        cr_expect(text_equal(char1, text_from(gluings[i].char1)), "'%s'", gluings[i].glued);
        cr_expect(text_equal(char2, text_from(gluings[i].char2)), "'%s'", gluings[i].glued);
    }
}
