#include <criterion/criterion.h>

#include "core/base.h"
#include "core/match.h"

static const struct {
    const char *name, *id, *want;
} cases[] = {
    {"an id in its normal form stays",           "ws-12",             "ws-12"      },
    {"case is folded",                           "WS-12",             "ws-12"      },
    {"case is folded beyond ASCII",              "Ä-Ω-Ж",          "ä-ω-ж"   },
    {"outer blanks go",                          "  WS-12\t",         "ws-12"      },
    {"inner blanks go",                          "WS - 12",           "ws-12"      },
    {"no-break and ideographic blanks go",       "WS\u00A0-\u300012", "ws-12"      },
    {"full-width letters and digits are folded", "ＷＳ－１２",   "ws-12"      },
    {"an en dash is a dash",                     "W1–W2",           "w1-w2"      },
    {"an em dash is a dash",                     "W1—W2",           "w1-w2"      },
    {"a Chinese double dash is one dash",        "W1——W2",        "w1-w2"      },
    {"a tilde is a dash",                        "W1~W2",             "w1-w2"      },
    {"a full-width tilde is a dash",             "W1～W2",           "w1-w2"      },
    {"an underscore is a dash",                  "W1_W2",             "w1-w2"      },
    {"a slash is a dash",                        "W1/W2",             "w1-w2"      },
    {"a dot is a dash",                          "W1.W2",             "w1-w2"      },
    {"two hyphens stay two",                     "W1--W2",            "w1--w2"     },
    {"leading zeros go",                         "WS-0012",           "ws-12"      },
    {"leading zeros go in every number",         "W01-W002",          "w1-w2"      },
    {"full-width zeros go too",                  "W００７",        "w7"         },
    {"a number of zeros keeps one",              "W000",              "w0"         },
    {"inner zeros stay",                         "W1001",             "w1001"      },
    {"trailing zeros stay",                      "W100",              "w100"       },
    {"a blank does not end a number",            "W0 07",             "w7"         },
    {"Chinese letters stay",                     "井-07",            "井-7"      },
    {"a roman numeral is letters",               "Ⅲ-1",             "iii-1"      },
    {"a circled number is a number",             "井⑫",            "井12"      },
    {"broken UTF-8 stays as it is",              "W\xFF\xE4-01",      "w\xFF\xE4-1"},
    {"a letter that is cut off stays",           "W-01\xE4\xBA",      "w-1\xE4\xBA"},
    {"nothing stays nothing",                    "",                  ""           },
    {"blanks alone are nothing",                 "  ",                ""           },
    {"the times sign has no lower case",         "2×3",              "2×3"       },
};

Test(normalise, table) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text got = id_normalise(&arena, text_from(cases[i].id));

        cr_expect(
            text_equal(got, text_from(cases[i].want)), "%s: '%.*s'", cases[i].name, TEXT_ARGS(got));
    }
}

Test(normalise, a_normal_form_is_its_own_normal_form) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text once = id_normalise(&arena, text_from(cases[i].id));
        struct text twice = id_normalise(&arena, once);

        cr_expect(text_equal(once, twice), "%s", cases[i].name);
    }
}

Test(normalise, an_endless_id_fits) {
    enum { LENGTH = 3000 };
    CLEANUP(arena_release) struct arena arena = {0};
    char *long_id = ARENA_NEW(&arena, char, LENGTH);

    for (size_t i = 0; i < LENGTH; i += 3) { /* the form that grows most: viii */
        long_id[i] = '\xE2';
        long_id[i + 1] = '\x85';
        long_id[i + 2] = '\xA7';
    }
    cr_expect_eq(id_normalise(&arena, (struct text){long_id, LENGTH}).n, LENGTH / 3 * 4);
}
