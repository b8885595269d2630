#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/document.h"

/* With the NUL bytes inside, without the one behind. */
#define BYTES(literal) \
    { (literal), sizeof(literal) - 1 }

static size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

#define NONE FINDING_KINDS

/* name, bytes, encoding by the user, declared, text, verdict, finding */
static const struct {
    const char *name;
    struct text bytes;
    const char *given, *declared, *want, *verdict;
    enum finding_kind finding;
} cases[] = {
    {"ASCII stays as it is",                BYTES("a,b\n"),                  NULL,    NULL,         "a,b\n",           "ASCII",                      NONE                    },
    {"a byte order mark is taken off",
     BYTES("\xEF\xBB\xBF"
              "a\xC3\xA9"),
     NULL,                                                                            NULL,         "aé",             "UTF-8 with byte order mark", NONE                    },
    {"GBK is decoded",                      BYTES("\xC6\xC6\xC1\xD1\n"),     NULL,    NULL,         "破裂\n",        "GBK",                        NONE                    },
    {"UTF-16 is decoded",
     BYTES("\xFF\xFE"
              "a\0\r\0\n\0\x34\x78"),
     NULL,                                                                            NULL,         "a\r\n破",        "UTF-16LE",                   NONE                    },
    {"UTF-16 of the other kind",            BYTES("\xFE\xFF\0a\0\n\0b"),     NULL,    NULL,         "a\nb",            "UTF-16BE",                   NONE                    },
    {"the user's word counts",              BYTES("f\x81r\n"),               "cp850", NULL,         "für\n",          "CP850",                      NONE                    },
    {"the user's UTF-8 is mended",          BYTES("a\xFF\n"),                "utf-8", NULL,         "a\xEF\xBF\xBD\n", "UTF-8",
     FINDING_ENCODING_DIFFERS                                                                                                                                                },
    {"the declared encoding counts",
     BYTES("Stra\xDF"
              "e\n"),
     NULL,                                                                            "ISO-8859-1", "Straße\n",       "CP1252",                     NONE                    },
    {"UTF-8 is seen behind a declared one",
     BYTES("Stra\xC3\x9F"
              "e\n"),
     NULL,                                                                            "ISO-8859-1", "Straße\n",       "UTF-8",                      FINDING_ENCODING_DIFFERS},
    {"declared UTF-8 that is none",
     BYTES("Stra\xDF"
              "e f\xFCr\n"),
     NULL,                                                                            "UTF-8",      "Straße für\n",  "CP1252",                     FINDING_ENCODING_DIFFERS},
    {"mixed lines are decoded one by one",
     BYTES("\xE7\xA0\xB4\xE8\xA3\x82\n\xC6\xC6\xC1\xD1,\xB9\xDC\xB5\xC0\n"), NULL,    NULL,
     "破裂\n破裂,管道\n",                                                                                        "UTF-8 and GBK, by line",     FINDING_ENCODING_DIFFERS},
    {"a NUL is a blank",                    BYTES("a\0b\n"),                 NULL,    NULL,         "a b\n",           "UTF-8",                      FINDING_NUL_BYTES       },
    {"NULs at the end are cut off",         BYTES("ab\n\0\0\0\0\0\0\0"),     NULL,    NULL,         "ab\n",            "ASCII",
     FINDING_NUL_BYTES                                                                                                                                                       },
};

Test(document, encodings) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct document_request request = {cases[i].given, text_from(cases[i].declared)};
        struct document document;
        struct error err = {0};

        cr_assert(document_decode(cases[i].bytes, &request, &survey, &document, &err), "%s: %s",
            cases[i].name, err.text);
        cr_expect(text_equal(document.text, text_from(cases[i].want)), "%s: '%.*s'", cases[i].name,
            TEXT_ARGS(document.text));
        cr_expect(text_equal(survey.file.encoding, text_from(cases[i].verdict)), "%s: '%.*s'",
            cases[i].name, TEXT_ARGS(survey.file.encoding));
        cr_expect_eq(survey.findings.n, cases[i].finding != NONE, "%s", cases[i].name);
        if (cases[i].finding != NONE) {
            cr_expect_eq(count(&survey, cases[i].finding), 1, "%s", cases[i].name);
        }
    }
}

Test(document, refuses) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document_request request = {0}, odd = {.encoding = "klingon"};
    struct document document;
    struct error err = {0};

    cr_expect_not(document_decode((struct text)BYTES(""), &request, &survey, &document, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not(document_decode(TEXT("a"), &odd, &survey, &document, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_not_null(strstr(err.text, "'klingon'"), "%s", err.text);
}

/* name, text, lines with '|' between, number of the last one */
static const struct {
    const char *name, *text, *want;
    uint32_t last;
} line_cases[] = {
    {"line feeds",                  "a\nb\n\nc\n", "a|b||c|", 4},
    {"both",                        "a\r\nb\r\n",  "a|b|",    2},
    {"carriage returns",            "a\rb\rc",     "a|b|c|",  3},
    {"no end at the end",           "a\nb",        "a|b|",    2},
    {"a lone one inside of a line", "a\nb\rc\n",   "a|b\rc|", 2},
};

Test(document, lines) {
    for (size_t i = 0; i < ARRAY_LEN(line_cases); i++) {
        struct survey survey = {0};
        struct document document = {.text = text_from(line_cases[i].text)};
        struct lines lines = lines_of(&document, &survey);
        struct text line;
        uint32_t number = 0;
        char got[64] = "";
        size_t n = 0;

        while (lines_next(&lines, &line, &number)) {
            n += (size_t)snprintf(got + n, sizeof got - n, "%.*s|", TEXT_ARGS(line));
        }
        cr_expect_str_eq(got, line_cases[i].want, "%s", line_cases[i].name);
        cr_expect_eq(number, line_cases[i].last, "%s", line_cases[i].name);
    }
}

/* A file of three lines, the second one long; it is gone after the test. */
struct long_file {
    char path[64];
};

static void long_file_release(struct long_file *file) {
    unlink(file->path);
}

static void long_file_new(struct long_file *file, const char *first, char fill, size_t n) {
    snprintf(file->path, sizeof file->path, "/tmp/chainage-document-XXXXXX");
    int handle = mkstemp(file->path);
    cr_assert_geq(handle, 0);
    FILE *out = fdopen(handle, "w");
    fputs(first, out);
    for (size_t i = 0; i < n; i++) {
        fputc(fill, out);
    }
    fputs("\nlast\n", out);
    fclose(out);
}

/* A line longer than the limit is skipped, said once, and the lines behind it keep their numbers:
 * in a text that is mapped, and in one that has to be decoded. */
Test(document, long_lines_are_skipped) {
    static const struct {
        const char *name, *first;
        char fill;
        bool is_mapped;
    } files[] = {
        {"mapped",  "first\n",                    'a',    true },
        {"decoded", "\xC6\xC6\xC1\xD1\xB9\xDC\n", '\xE9', false},
    };

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        CLEANUP(long_file_release) struct long_file file = {0};
        CLEANUP(survey_release) struct survey survey = {0};
        struct document_request request = {0};
        struct document document;
        struct source source = {0};
        struct error err = {0};
        struct text line = {0};
        uint32_t number = 0;
        long_file_new(&file, files[i].first, files[i].fill, (size_t)LINE_LIMIT * 3);

        cr_assert(source_open(file.path, &source, &err), "%s", err.text);
        cr_assert(document_open(&source, &request, &survey, &document, &err), "%s", err.text);
        cr_expect_eq(document.is_mapped, files[i].is_mapped, "%s", files[i].name);
        cr_expect_eq(survey.mapping != NULL, files[i].is_mapped, "%s", files[i].name);
        struct lines lines = lines_of(&document, &survey);
        while (lines_next(&lines, &line, &number)) {
            cr_expect_leq(line.n, (size_t)LINE_LIMIT, "%s", files[i].name);
        }
        cr_expect(text_equal(line, TEXT("last")), "%s", files[i].name);
        cr_expect_eq(number, 3, "%s: %u", files[i].name, number);
        cr_assert_eq(count(&survey, FINDING_LINE_TOO_LONG), 1, "%s", files[i].name);
        cr_expect_eq(survey.findings.at[0].place.line, 2, "%s", files[i].name);
    }
}

Test(document, keeps_views_of_itself_and_copies_others) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document = {.text = TEXT("a,b")};
    const char other[] = "c";

    struct text inside = text_part(document.text, 2, 3);
    cr_expect_eq(document_keep(&document, &survey, inside).at, inside.at);
    struct text copy = document_keep(&document, &survey, (struct text){other, 1});
    cr_expect_neq(copy.at, other);
    cr_expect(text_equal(copy, TEXT("c")));
    cr_expect_eq(document_keep(&document, &survey, (struct text){0}).n, 0);
}
