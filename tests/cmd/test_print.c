#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/print.h"
#include "core/base.h"

static const struct {
    const char *name, *text;
    size_t width;
    const char *want;
} cases[] = {
    {"filled",                             "abc",          6, "abc   "  },
    {"just fits",                          "abcdef",       6, "abcdef"  },
    {"cut",                                "abcdefg",      6, "abc..."  },
    {"wide characters take two columns",   "管线",       6, "管线  "},
    {"no half of a wide character",        "管线编号", 6, "管... " },
    {"escape sequences are disarmed",      "\033[2Jx",     6, "?[2Jx "  },
    {"so is a carriage return",            "a\rb",         6, "a?b   "  },
    {"so are marks that turn the writing",
     "a\xE2\x80\xAE"
        "b",                                               6, "a?b   "  },
    {"broken UTF-8",                       "\xB9\xDC",     6, "??    "  },
};

Test(print, padded) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&got, &n);

        print_padded(to, text_from(cases[i].text), cases[i].width);
        fclose(to);
        cr_expect_str_eq(got, cases[i].want, "%s: '%s'", cases[i].name, got);
        cr_expect_eq(display_width(text_from(got)), cases[i].width, "%s", cases[i].name);
        free(got);
    }
}

static const struct {
    uint64_t count;
    const char *want;
} counts[] = {
    {0,       "         0"},
    {999,     "       999"},
    {1000,    "     1,000"},
    {4000000, " 4,000,000"},
};

Test(print, counts) {
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        char *got = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&got, &n);

        print_count(to, counts[i].count, 10);
        fclose(to);
        cr_expect_str_eq(got, counts[i].want);
        free(got);
    }
}

Test(print, wrapped) {
    char *got = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&got, &n);

    print_wrapped(to, "one two three four", 2, 12);
    fclose(to);
    cr_expect_str_eq(got, "one two\n  three four\n");
    free(got);
}
