#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

/* name, text, want, of lines from column 2 up to column 12 */
static const struct {
    const char *name, *text, *want;
} wrapped[] = {
    {"western lines break at blanks",         "one two three four",       "one two\n  three four\n"       },
    {"blanks within a line stay",             "a.  B c",                  "a.  B c\n"                     },
    {"a word that is too long stays whole",   "aaaaaaaaaaaaaa b",         "aaaaaaaaaaaaaa\n  b\n"         },
    {"Chinese breaks between its characters", "管道缺陷等级评估", "管道缺陷等\n  级评估\n"},
    {"no line begins with a comma",           "管道缺陷等，级",    "管道缺陷\n  等，级\n"   },
    {"no line ends with an opening bracket",  "管道缺陷（等",       "管道缺陷\n  （等\n"      },
    {"a western word in Chinese stays whole", "管道缺陷CCTV",         "管道缺陷\n  CCTV\n"        },
};

Test(print, wrapped) {
    for (size_t i = 0; i < ARRAY_LEN(wrapped); i++) {
        char *got = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&got, &n);

        print_wrapped(to, wrapped[i].text, 2, 12);
        fclose(to);
        cr_expect_str_eq(got, wrapped[i].want, "%s: %s", wrapped[i].name, got);
        free(got);
    }
}

Test(print, lines_end_where_a_narrower_terminal_does) {
    static const struct {
        unsigned short columns;
        size_t want;
    } terminals[] = {
        {0,   100}, /* does not tell */
        {60,  80 },
        {80,  80 },
        {91,  91 },
        {100, 100},
        {200, 100},
    };
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
    int unlocked = 0;
    unsigned number = 0;
    char name[64];

    if (master < 0 || ioctl(master, TIOCSPTLCK, &unlocked) != 0 ||
        ioctl(master, TIOCGPTN, &number) != 0) {
        cr_skip_test("no terminals here");
    }
    snprintf(name, sizeof name, "/dev/pts/%u", number);
    FILE *to = fopen(name, "w");
    cr_assert_not_null(to);
    for (size_t i = 0; i < ARRAY_LEN(terminals); i++) {
        struct winsize window = {.ws_row = 24, .ws_col = terminals[i].columns};
        cr_assert_eq(ioctl(fileno(to), TIOCSWINSZ, &window), 0);
        cr_expect_eq(print_right(to, 100), terminals[i].want, "%u columns", terminals[i].columns);
    }
    fclose(to);
    close(master);
}

Test(print, lines_of_a_file_end_as_usual) {
    FILE *to = tmpfile();

    cr_assert_not_null(to);
    cr_expect_eq(print_right(to, 100), 100);
    fclose(to);
}
