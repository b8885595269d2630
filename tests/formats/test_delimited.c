#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/delimited.h"

/* Records as text: '|' behind each cell, '/' behind each record. */
static void dump(struct delimited *scan, char *out, size_t size) {
    struct sheet_row row;
    size_t n = 0;

    out[0] = '\0';
    while (delimited_next(scan, &row)) {
        for (size_t i = 0; i < row.n_cells; i++) {
            n += (size_t)snprintf(out + n, size - n, "%.*s|", TEXT_ARGS(row.cells[i]));
        }
        n += (size_t)snprintf(out + n, size - n, "%u/", row.line);
    }
}

/* name, text, cells and line numbers, findings */
static const struct {
    const char *name, *text, *want;
    size_t n_findings;
} cases[] = {
    {"plain fields",                     "a,b\n1,2\n",                           "a|b|1/1|2|2/",            0},
    {"fields may be empty",              "a,b,c\n,,\n1,,3\n",                    "a|b|c|1/|||2/1||3|3/",    0},
    {"rows may be ragged",               "a,b\n1\n1,2,3\n",                      "a|b|1/1|2/1|2|3|3/",      0},
    {"blank lines are no records",       "a,b\n\n\r\n1,2\n",                     "a|b|1/1|2|4/",            0},
    {"both line ends",                   "a,b\r\n1,2\r\n",                       "a|b|1/1|2|2/",            0},
    {"carriage returns",                 "a,b\r1,2\r3,4",                        "a|b|1/1|2|2/3|4|3/",      0},
    {"quotes hold separators",           "a,b\n\"1,5\",2\n",                     "a|b|1/1,5|2|2/",          0},
    {"quotes hold line breaks",          "a,b\n\"x\ny\",2\n3,4\n",               "a|b|1/x\ny|2|2/3|4|4/",   0},
    {"and those of two bytes",           "a,b\r\n\"x\r\ny\",2\r\n3,4\r\n",       "a|b|1/x\r\ny|2|2/3|4|4/", 0},
    {"doubled quotes become one",        "a,b\n\"say \"\"hm\"\"\",2\n",          "a|b|1/say \"hm\"|2|2/",   0},
    {"a quote at the end of the row",    "a,b\n1,\"x\"\n3,4\n",                  "a|b|1/1|x|2/3|4|3/",      0},
    {"an empty quoted field",            "a,b\n\"\",\"\"\n",                     "a|b|1/||2/",              0},
    {"text behind a quote is kept",      "a,b\n\"x\" m,2\n",                     "a|b|1/xm|2|2/",           0},
    {"quotes inside of fields are text", "a,b\n5\",2\n",                         "a|b|1/5\"|2|2/",          0},
    {"an open quote is text, and said",  "a,b\n\"x,2\n3,4\n",                    "a|b|1/\"x|2|2/3|4|3/",    1},
    {"no line end at the end",           "a,b\n1,2",                             "a|b|1/1|2|2/",            0},
    {"semicolons",                       "a;b;c\n1,5;2;3\n",                     "a|b|c|1/1,5|2|3|2/",      0},
    {"tabs",                             "a\tb\n1,5\t2\n",                       "a|b|1/1,5|2|2/",          0},
    {"bars",                             "a|b\n1|2\n",                           "a|b|1/1|2|2/",            0},
    {"Excel's first line",               "sep=;\na;b\n1,5;2\n",                  "a|b|2/1,5|2|3/",          0},
    {"cells shared with the row before", "ab,cd,e\nab,cd,f\nab,c,d\na,b,cd\n",
     "ab|cd|e|1/ab|cd|f|2/ab|c|d|3/a|b|cd|4/",                                                              0},
    {"shared, then quoted",              "x,y,1\nx,y,\"1\"\nx,y,\"1\"\nx,y,1\n",
     "x|y|1|1/x|y|1|2/x|y|1|3/x|y|1|4/",                                                                    0},
};

Test(delimited, records) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct document document = {.text = text_from(cases[i].text)};
        CLEANUP(delimited_release)
        struct delimited scan = delimited_of(&document, &survey, 0);
        char got[256];

        dump(&scan, got, sizeof got);
        cr_expect_str_eq(got, cases[i].want, "%s", cases[i].name);
        cr_expect_eq(survey.findings.n, cases[i].n_findings, "%s", cases[i].name);
        delimited_rewind(&scan);
        dump(&scan, got, sizeof got);
        cr_expect_str_eq(got, cases[i].want, "again: %s", cases[i].name);
        cr_expect_eq(survey.findings.n, cases[i].n_findings, "again: %s", cases[i].name);
    }
}

Test(delimited, raw_is_the_record_without_its_end) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document = {.text = TEXT("a,\"b\r\nc\"\r\nd,e\r\n")};
    CLEANUP(delimited_release) struct delimited scan = delimited_of(&document, &survey, ',');
    struct sheet_row row;

    cr_assert(delimited_next(&scan, &row));
    cr_expect(text_equal(row.raw, TEXT("a,\"b\r\nc\"")), "'%.*s'", TEXT_ARGS(row.raw));
    cr_assert(delimited_next(&scan, &row));
    cr_expect(text_equal(row.raw, TEXT("d,e")));
    cr_expect_not(delimited_next(&scan, &row));
}

Test(delimited, shared_cells_are_counted) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document = {.text = TEXT("12,ab,x\n12,ab,y\n12,abc,y\n1,ab,y\n")};
    CLEANUP(delimited_release) struct delimited scan = delimited_of(&document, &survey, ',');
    static const size_t want[] = {0, 2, 1, 0};
    struct sheet_row row;

    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        cr_assert(delimited_next(&scan, &row));
        cr_expect_eq(row.n_same, want[i], "row %zu: %zu", i, row.n_same);
    }
}

/* A quote that opens a record longer than the limit does not swallow the file. */
Test(delimited, an_endless_quote_ends_with_its_line) {
    CLEANUP(survey_release) struct survey survey = {0};
    CLEANUP(array_release) char *text = NULL;
    size_t capacity = 0, n = 0, n_rows = 0;
    struct sheet_row row;

    text = array_reserve(text, &capacity, 2 * (size_t)LINE_LIMIT + 64, 1);
    n += (size_t)sprintf(text, "a,b\n\"open,1\n");
    while (n < 2 * (size_t)LINE_LIMIT) {
        n += (size_t)sprintf(text + n, "row,%05zu\n", n % 100000);
    }
    struct document document = {
        .text = {text, n}
    };
    CLEANUP(delimited_release) struct delimited scan = delimited_of(&document, &survey, ',');
    while (delimited_next(&scan, &row)) {
        cr_assert_eq(row.n_cells, 2);
        n_rows++;
    }
    cr_expect_eq(n_rows, 2 + (n - 12) / 10);
    cr_expect_eq(survey.findings.n, 1);
}
