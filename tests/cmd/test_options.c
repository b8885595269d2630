#include <criterion/criterion.h>
#include <string.h>

#include "cmd/options.h"
#include "cmd/suggest.h"

struct fields {
    bool is_loud;
    const char *output;
    struct words columns;
    bool is_calm;
    int colour, n_threads;
};

static const struct choice colours[] = {
    {"blue", 1},
    {"red",  2},
};

static const struct option rows[] = {
    {"colour",  OPTION_CHOICE, offsetof(struct fields, colour),    "", "C",      "", colours, 2, 0, true },
    {"column",  OPTION_TEXTS,  offsetof(struct fields, columns),   "", "R=H",    "", NULL,    0, 0, true },
    {"loud",    OPTION_FLAG,   offsetof(struct fields, is_loud),   "", NULL,     "", NULL,    0, 0, false},
    {"output",  OPTION_TEXT,   offsetof(struct fields, output),    "", "FILE",   "", NULL,    0, 0, false},
    {"calm",    OPTION_SWITCH, offsetof(struct fields, is_calm),   "", "yes|no", "", NULL,    0, 0, false},
    {"threads", OPTION_COUNT,  offsetof(struct fields, n_threads), "", "N",      "", NULL,    0, 8, false},
};

static const struct option_table table = {rows, ARRAY_LEN(rows)};

enum { MOST = 8 };

/* A command line ends with NULL. */
static int count(const char *const *line) {
    int n = 0;

    while (n < MOST && line[n] != NULL) {
        n++;
    }
    return n;
}

static const struct {
    const char *name;
    const char *line[MOST];
    struct fields want;
    size_t n_columns, n_operands;
} good[] = {
    {"value behind '='",                {"run", "--output=x", "a"},                 {.output = "x"},               0, 1},
    {"value in the next word",          {"run", "a", "--output", "x", "b"},         {.output = "x"},               0, 2},
    {"a value may hold '='",            {"run", "--column", "a=b", "--column=c=d"}, {0},                           2, 0},
    {"the last one counts",             {"run", "--output=x", "--output=y"},        {.output = "y"},               0, 0},
    {"flags take nothing",              {"run", "--loud", "a"},                     {.is_loud = true},             0, 1},
    {"choices and counts",              {"run", "--colour=red", "--threads", "8"},  {.colour = 2, .n_threads = 8},
     0,                                                                                                               0},
    {"a switch, the last one",          {"run", "--calm=no", "--calm=yes"},         {.is_calm = true},             0, 0},
    {"two dashes end the options",      {"run", "--", "--loud", "--"},              {0},                           0, 2},
    {"one dash alone is an operand",    {"run", "-"},                               {0},                           0, 1},
    {"a value may start with one dash", {"run", "--output", "-x"},                  {.output = "-x"},              0, 0},
};

static bool is_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

Test(options, good_command_lines) {
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        CLEANUP(words_release) struct words operands = {0};
        struct fields got = {0};
        struct error err = {0};

        cr_expect(options_parse(
                      &table, count(good[i].line), (char **)good[i].line, &got, &operands, &err),
            "%s: %s", good[i].name, err.text);
        cr_expect(is_same(got.output, good[i].want.output), "%s", good[i].name);
        cr_expect_eq(got.is_loud, good[i].want.is_loud, "%s", good[i].name);
        cr_expect_eq(got.is_calm, good[i].want.is_calm, "%s", good[i].name);
        cr_expect_eq(got.colour, good[i].want.colour, "%s", good[i].name);
        cr_expect_eq(got.n_threads, good[i].want.n_threads, "%s", good[i].name);
        cr_expect_eq(got.columns.n, good[i].n_columns, "%s", good[i].name);
        cr_expect_eq(operands.n, good[i].n_operands, "%s", good[i].name);
        words_release(&got.columns);
    }
}

static const struct {
    const char *name;
    const char *line[MOST];
    const char *want; /* a part of the message */
} bad[] = {
    {"unknown option",                 {"run", "--lout"},             "unknown option '--lout'; did you mean '--loud'?" },
    {"no abbreviations",               {"run", "--out=x"},            "unknown option '--out'; did you mean '--output'?"},
    {"unlike all",                     {"run", "--zzzzzz"},           "unknown option '--zzzzzz'"                       },
    {"one dash is no option",          {"run", "-loud"},              "unknown option '-loud'"                          },
    {"value forgotten at the end",     {"run", "--output"},           "option '--output' needs a value (FILE)"          },
    {"value forgotten before another", {"run", "--output", "--loud"}, "found '--loud'"                                  },
    {"empty value",                    {"run", "--output="},          "option '--output' needs a value (FILE)"          },
    {"value of a flag",                {"run", "--loud=1"},           "takes no value, found '1'"                       },
    {"no such choice",                 {"run", "--colour=rad"},       "'rad' is none of blue, red; did you mean 'red'?" },
    {"switch half on",                 {"run", "--calm=maybe"},       "'maybe' is neither yes nor no"                   },
    {"count out of range",             {"run", "--threads=9"},        "'9' is no number from 1 to 8"                    },
    {"count with a fraction",          {"run", "--threads=1.5"},      "'1.5' is no number"                              },
};

Test(options, bad_command_lines) {
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CLEANUP(words_release) struct words operands = {0};
        struct fields got = {0};
        struct error err = {0};

        cr_expect_not(
            options_parse(&table, count(bad[i].line), (char **)bad[i].line, &got, &operands, &err),
            "%s", bad[i].name);
        cr_expect_eq(err.kind, ERROR_USAGE, "%s", bad[i].name);
        cr_expect(strstr(err.text, bad[i].want) != NULL, "%s: %s", bad[i].name, err.text);
    }
}

Test(options, the_record_holds_what_shapes_the_result) {
    CLEANUP(arena_release) struct arena arena = {0};
    const char *line[] = {"run", "it's.csv", "--threads", "4", "--colour", "red", "--output=x",
        "--loud", "--column=a b=c", "--", "--loud"};
    struct text got = options_command_line(&table, ARRAY_LEN(line), (char **)line, &arena);

    cr_expect_str_eq(got.at, "chainage run 'it'\\''s.csv' --colour red '--column=a b=c' -- --loud");

    struct fields fields = {.colour = 2, .output = "x", .n_threads = 4};
    words_add(&fields.columns, "a=b");
    cr_expect_str_eq(options_describe(&table, &fields, &arena).at, "colour=red; column=a=b");
    words_release(&fields.columns);
}

/* Every type of option, all of them recorded. */
static const struct option recorded_rows[] = {
    {"colour",  OPTION_CHOICE, offsetof(struct fields, colour),    "", "C",      "", colours, 2, 0, true},
    {"column",  OPTION_TEXTS,  offsetof(struct fields, columns),   "", "R=H",    "", NULL,    0, 0, true},
    {"loud",    OPTION_FLAG,   offsetof(struct fields, is_loud),   "", NULL,     "", NULL,    0, 0, true},
    {"output",  OPTION_TEXT,   offsetof(struct fields, output),    "", "FILE",   "", NULL,    0, 0, true},
    {"calm",    OPTION_SWITCH, offsetof(struct fields, is_calm),   "", "yes|no", "", NULL,    0, 0, true},
    {"threads", OPTION_COUNT,  offsetof(struct fields, n_threads), "", "N",      "", NULL,    0, 8, true},
};

static const struct option_table recorded = {recorded_rows, ARRAY_LEN(recorded_rows)};

Test(options, the_record_is_read_back) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct fields want = {true, "C:\\out; loud=no", {0}, true, 2, 7};
    struct fields got = {0};
    struct error err = {0};

    words_add(&want.columns, "a=b;c=d");
    words_add(&want.columns, "station=里程; \\");
    struct text record = options_describe(&recorded, &want, &arena);
    cr_assert(options_parse_description(&recorded, record, &got, &arena, &err), "%s", err.text);
    cr_expect(got.is_loud);
    cr_expect(got.is_calm);
    cr_expect_str_eq(got.output, want.output);
    cr_expect_eq(got.colour, 2);
    cr_expect_eq(got.n_threads, 7);
    cr_assert_eq(got.columns.n, 2);
    cr_expect_str_eq(got.columns.at[0], want.columns.at[0]);
    cr_expect_str_eq(got.columns.at[1], want.columns.at[1]);
    words_release(&want.columns);
    words_release(&got.columns);
}

Test(options, what_the_record_does_not_name_stays) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct fields got = {.is_calm = true, .colour = 1, .n_threads = 3};
    struct error err = {0};

    cr_expect(options_parse_description(
        &recorded, TEXT("colour=unset; loud=no; calm=no"), &got, &arena, &err));
    cr_expect_eq(got.colour, 1, "a choice that nobody made");
    cr_expect_eq(got.n_threads, 3);
    cr_expect_not(got.is_calm);
    cr_expect(options_parse_description(&recorded, TEXT(""), &got, &arena, &err));
}

static const struct {
    const char *record, *want;
} bad_records[] = {
    {"colour=rad",         "'rad' is none of blue, red"      },
    {"calm=no; shape=egg", "there is no option 'shape'"      },
    {"calm=no; threads",   "'threads' is not like NAME=VALUE"},
    {"loud=maybe",         "'maybe' is neither yes nor no"   },
    {"threads=9",          "'9' is no number from 1 to 8"    },
    {";",                  "'' is not like NAME=VALUE"       },
};

Test(options, bad_records) {
    for (size_t i = 0; i < ARRAY_LEN(bad_records); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        struct fields got = {0};
        struct error err = {0};

        cr_expect_not(options_parse_description(
            &recorded, text_from(bad_records[i].record), &got, &arena, &err));
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", bad_records[i].record);
        cr_expect(strstr(err.text, bad_records[i].want) != NULL, "%s: %s", bad_records[i].record,
            err.text);
    }
    CLEANUP(arena_release) struct arena arena = {0};
    struct fields got = {0};
    struct error err = {0};
    cr_expect_not(options_parse_description(&table, TEXT("loud=yes"), &got, &arena, &err),
        "an option that does not shape the result is in no record");
}

static const struct {
    const char *given, *want; /* NULL: nothing is near */
} suggestions[] = {
    {"netwrok",   "network"},
    {"nod",       "nodes"  },
    {"outptu",    "output" },
    {"x",         NULL     },
    {"something", NULL     },
};

Test(options, suggestions) {
    for (size_t i = 0; i < ARRAY_LEN(suggestions); i++) {
        struct suggestion got = {.given = suggestions[i].given};

        suggestion_offer(&got, "network");
        suggestion_offer(&got, "nodes");
        suggestion_offer(&got, "output");
        cr_expect(is_same(got.best, suggestions[i].want), "%s", suggestions[i].given);
    }
}
