#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/words.h"
#include "formats/scheme_table.h"

/* --- equal in every field --- */

static bool same_text(const char *a, const char *b) {
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* 15 digits of each are written. */
static bool same_number(double a, double b) {
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) < 1e-14 * fabs(a);
}

/* The ends of a range mean nothing without a measure, the upper one nothing for a grade. */
static bool same_rule(const struct scheme_rule *a, const struct scheme_rule *b) {
    bool has_from = a->measure != MEASURE_NONE, has_to = has_from && a->measure != MEASURE_GRADE;

    return same_text(a->code, b->code) && same_text(a->char1, b->char1) &&
           same_text(a->char2, b->char2) && same_text(a->zones, b->zones) &&
           same_number(a->dn_over_mm, b->dn_over_mm) && same_number(a->dn_to_mm, b->dn_to_mm) &&
           (!has_from || same_number(a->from, b->from)) && (!has_to || same_number(a->to, b->to)) &&
           same_number(a->score, b->score) && same_text(a->meaning, b->meaning) &&
           same_text(a->source, b->source) && same_text(a->unit, b->unit) && a->when == b->when &&
           a->group == b->group && a->measure == b->measure && a->grade == b->grade &&
           a->is_counted == b->is_counted;
}

static bool same_class(const struct scheme_class *a, const struct scheme_class *b) {
    return same_text(a->figure, b->figure) && same_number(a->from, b->from) &&
           a->is_inclusive == b->is_inclusive && same_number(a->value, b->value) &&
           same_text(a->meaning, b->meaning) && same_text(a->source, b->source);
}

static bool same_choice(const struct scheme_choice *a, const struct scheme_choice *b) {
    return same_text(a->factor, b->factor) && same_number(a->value, b->value) &&
           same_text(a->condition, b->condition) && same_text(a->source, b->source);
}

static bool same_hazard(const struct scheme_hazard *a, const struct scheme_hazard *b) {
    bool has_from = a->measure != MEASURE_NONE;

    return same_text(a->code, b->code) && same_text(a->char1, b->char1) &&
           same_text(a->char2, b->char2) && a->when == b->when && a->measure == b->measure &&
           (!has_from || (same_number(a->from, b->from) && a->is_above == b->is_above)) &&
           same_number(a->dn_over_mm, b->dn_over_mm) && same_number(a->dn_to_mm, b->dn_to_mm) &&
           a->soil_influence == b->soil_influence && same_text(a->meaning, b->meaning) &&
           same_text(a->source, b->source);
}

static bool same_figure_hazard(
    const struct scheme_figure_hazard *a, const struct scheme_figure_hazard *b) {
    return same_text(a->figure, b->figure) && same_number(a->from, b->from) &&
           same_text(a->meaning, b->meaning) && same_text(a->source, b->source);
}

static bool same_opening(const struct scheme_opening *a, const struct scheme_opening *b) {
    return same_text(a->code, b->code) && same_text(a->char1, b->char1) &&
           same_text(a->char2, b->char2) && a->measure == b->measure &&
           (a->measure == MEASURE_NONE || same_number(a->from, b->from)) &&
           same_text(a->source, b->source);
}

static bool same_priority(const struct scheme_priority *a, const struct scheme_priority *b) {
    return same_text(a->figure, b->figure) && a->grade == b->grade && a->priority == b->priority &&
           same_text(a->source, b->source);
}

static bool same_row(enum scheme_part part, const void *a, const void *b) {
    switch (part) {
    case PART_RULES:
        return same_rule(a, b);
    case PART_CLASSES:
        return same_class(a, b);
    case PART_CHOICES:
        return same_choice(a, b);
    case PART_HAZARDS:
        return same_hazard(a, b);
    case PART_FIGURE_HAZARDS:
        return same_figure_hazard(a, b);
    case PART_OPENINGS:
        return same_opening(a, b);
    case PART_PRIORITIES:
        return same_priority(a, b);
    case SCHEME_PARTS:
        break;
    }
    return false;
}

/* A new field must go into columns.def, cells and rows, and into the comparison above. */
Test(scheme_table, no_field_is_forgotten) {
    cr_expect_eq(sizeof(struct scheme_rule), 104, "%zu", sizeof(struct scheme_rule));
    cr_expect_eq(sizeof(struct scheme_class), 48, "%zu", sizeof(struct scheme_class));
    cr_expect_eq(sizeof(struct scheme_choice), 32, "%zu", sizeof(struct scheme_choice));
    cr_expect_eq(sizeof(struct scheme_hazard), 80, "%zu", sizeof(struct scheme_hazard));
    cr_expect_eq(
        sizeof(struct scheme_figure_hazard), 32, "%zu", sizeof(struct scheme_figure_hazard));
    cr_expect_eq(sizeof(struct scheme_opening), 48, "%zu", sizeof(struct scheme_opening));
    cr_expect_eq(sizeof(struct scheme_priority), 24, "%zu", sizeof(struct scheme_priority));
}

/* --- reading --- */

struct outcome {
    struct arena arena;
    struct findings findings;
    struct scheme_set set;
    struct error err;
    bool is_read;
};

static void read_table(struct text csv, struct outcome *out) {
    *out = (struct outcome){.set = {{0}}};
    const struct scheme_table_request request = {.base = &scheme_built_in, .arena = &out->arena};

    out->is_read =
        scheme_table_read_bytes(csv, TEXT("t.csv"), &request, &out->set, &out->findings, &out->err);
}

static void outcome_release(struct outcome *outcome) {
    arena_release(&outcome->arena);
    findings_release(&outcome->findings);
}

static struct text details(struct outcome *outcome) {
    struct text all = TEXT("");

    for (size_t i = 0; i < outcome->findings.n; i++) {
        const struct finding *finding = &outcome->findings.at[i];
        all = arena_printf(&outcome->arena, "%.*s%u: %.*s\n", TEXT_ARGS(all), finding->place.line,
            TEXT_ARGS(finding->detail));
    }
    return all;
}

Test(scheme_table, what_is_printed_is_read_back) {
    size_t n_schemes = 0;

    for (size_t scheme = 0; scheme < SCHEMES; scheme++) {
        CLEANUP(arena_release) struct arena arena = {0};
        CLEANUP(outcome_release) struct outcome outcome = {0};
        const struct scheme_table *own = scheme_built_in.at[scheme];

        if (own == NULL) {
            continue;
        }
        n_schemes++;
        read_table(scheme_table_csv(own, &arena), &outcome);
        cr_assert(outcome.is_read, "%s: %s\n%s", own->name, outcome.err.text, details(&outcome).at);
        cr_expect_eq(outcome.findings.n, 0, "%s:\n%s", own->name, details(&outcome).at);
        const struct scheme_table *got = outcome.set.at[scheme];
        cr_assert_neq(got, own);
        cr_expect_str_eq(got->version, own->version);
        cr_expect_eq(got->assess, own->assess);
        for (enum scheme_part part = PART_RULES; part < SCHEME_PARTS; part++) {
            struct scheme_rows a = scheme_part_rows(own, part), b = scheme_part_rows(got, part);
            cr_assert_eq(a.n, b.n, "%s %s", own->name, scheme_part_word(part));
            for (size_t i = 0; i < a.n; i++) {
                cr_expect(same_row(part, scheme_row_at(part, a, i), scheme_row_at(part, b, i)),
                    "%s %s %zu (%s)", own->name, scheme_part_word(part), i,
                    scheme_row_name(scheme_row_at(part, a, i)));
            }
        }
    }
    cr_expect_gt(n_schemes, 0);
}

Test(scheme_table, ends_that_hardly_differ_meet) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT("table,scheme,code,group,measure,from,to,grade\n"
                    "rule,cjj181,BX,structural,quant1,,50,1\n"
                    "rule,cjj181,BX,structural,quant1,50.00000000005,,4\n"),
        &outcome);
    cr_expect(outcome.is_read, "%s", details(&outcome).at);
}

#define HEADING "table,scheme,code,group,measure,from,to,score,grade,counted\n"

Test(scheme_table, a_code_is_read_differently) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT("\xEF\xBB\xBF" HEADING "rule,CJJ181,pl,structural,grade,1,,0.7,1,\n"
                    ",,,,,,,,,\n"
                    "rule,cjj181,PL,Structural,grade,2,,2.5,2,no\n"),
        &outcome);
    cr_assert(outcome.is_read, "%s\n%s", outcome.err.text, details(&outcome).at);
    const struct scheme_table *table = outcome.set.at[SCHEME_CJJ181];
    cr_expect_eq(table->n_rules, scheme_cjj181.n_rules - 2);
    const struct scheme_rule *rule = scheme_rule_of_grade(table, TEXT("PL"), 2);
    cr_assert_not_null(rule);
    cr_expect_eq(rule->score, 2.5);
    cr_expect_not(rule->is_counted);
    cr_expect_str_eq(rule->meaning, "");
    cr_expect(scheme_rule_of_grade(table, TEXT("PL"), 1)->is_counted, "yes unless told");
    cr_expect_null(
        scheme_rule_of_grade(table, TEXT("PL"), 4), "all rows of the code were replaced");
    cr_expect_eq(scheme_rule_of_grade(table, TEXT("BX"), 4)->score, 10, "the others stay");
    cr_expect_eq(table->hazards, scheme_cjj181.hazards);
}

Test(scheme_table, ranges_of_a_quantity) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT("table;scheme;code;group;measure;unit;from;to;grade;score\n"
                    "rule;cjj181;BX;structural;quant1;%;;5;1;0,5\n"
                    "rule;cjj181;BX;structural;quant1;%;5;;4;10\n"),
        &outcome);
    cr_assert(outcome.is_read, "%s\n%s", outcome.err.text, details(&outcome).at);
    size_t n = 0;
    const struct scheme_rule *rules =
        scheme_rules_of(outcome.set.at[SCHEME_CJJ181], TEXT("BX"), &n);
    cr_assert_eq(n, 2);
    cr_expect(isinf(rules[0].from) && rules[0].from < 0 && rules[0].to == 5);
    cr_expect_eq(rules[0].score, 0.5);
    cr_expect(isinf(rules[1].to) && rules[1].to > 0);
    cr_expect_str_eq(rules[1].unit, "%");
}

Test(scheme_table, rows_that_take_others_out) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT("table,scheme,code,figure,group,remove\n"
                    "rule,cjj181,FZ,,,yes\n"
                    "rule,cjj181,PL,,functional,yes\n"
                    "hazard,cjj181,SL,,,yes\n"
                    "figure,cjj181,,P,,yes\n"),
        &outcome);
    cr_assert(outcome.is_read, "%s\n%s", outcome.err.text, details(&outcome).at);
    const struct scheme_table *table = outcome.set.at[SCHEME_CJJ181];
    size_t n = 0;
    cr_expect_null(scheme_rules_of(table, TEXT("FZ"), &n));
    cr_expect_not_null(scheme_rules_of(table, TEXT("PL"), &n), "it has no functional rows");
    cr_expect_eq(table->n_hazards, scheme_cjj181.n_hazards - 1);
    cr_expect_null(scheme_figure_hazard_of(table, "P", 100));
}

Test(scheme_table, gbk_and_utf_16) {
    CLEANUP(outcome_release) struct outcome gbk = {0}, wide = {0};
    const char heading[] = "table,scheme,figure,value,meaning\n";
    char bytes[400];
    size_t n = 2;

    read_table(TEXT("table,scheme,figure,value,meaning\n"
                    "choice,cjj181,T,0,\xD2\xBB\xB0\xE3\xCD\xC1\xB2\xE3\n" /* in GBK */
                    "choice,cjj181,T,10,\xB7\xDB\xC9\xB0\xB2\xE3\n"),
        &gbk);
    cr_assert(gbk.is_read, "%s\n%s", gbk.err.text, details(&gbk).at);
    cr_expect(scheme_has_choice(gbk.set.at[SCHEME_CJJ181], "T", 10));
    cr_expect_not(scheme_has_choice(gbk.set.at[SCHEME_CJJ181], "T", 8));
    cr_expect_str_eq(
        gbk.set.at[SCHEME_CJJ181]->choices[gbk.set.at[SCHEME_CJJ181]->n_choices - 1].condition,
        "粉砂层");

    memcpy(bytes, "\xFF\xFE", 2);
    for (const char *at = heading; *at != '\0'; at++) {
        bytes[n++] = *at;
        bytes[n++] = '\0';
    }
    for (const char *at = "choice,cjj181,K,5,five\n"; *at != '\0'; at++) {
        bytes[n++] = *at;
        bytes[n++] = '\0';
    }
    read_table((struct text){bytes, n}, &wide);
    cr_assert(wide.is_read, "%s\n%s", wide.err.text, details(&wide).at);
    cr_expect(scheme_has_choice(wide.set.at[SCHEME_CJJ181], "K", 5));
}

/* --- what is refused --- */

#define COLUMNS \
    "table,scheme,code,figure,when,group,measure,from,to,inclusive,score,grade,value,priority,remove"
#define RULE(code, measure, from, to, score, grade) \
    "rule,cjj181," code ",,,structural," measure "," from "," to ",," score "," grade ",,,"
#define CLASS(figure, from, inclusive, value) \
    "class,cjj181,," figure ",,,," from ",," inclusive ",,," value ",,"
#define PRIORITY(figure, grade, priority) \
    "priority,cjj181,," figure ",,,,,,,," grade ",," priority ","

/* Rows behind COLUMNS, in lines 2, 3 ...; what is said of them. */
static const struct {
    const char *rows, *want;
} bad[] = {
    {"rules,cjj181,PL,,,,,,,,,,,,",
     "2: column 'table': 'rules' is none of rule, class, choice, hazard, figure, opening, priority\n"                                                                  },
    {"rule,cjj180,PL,,,,,,,,,,,,",                                                    "2: column 'scheme': 'cjj180' is none of "                                       },
    {RULE("PL",                                                                       "grade",                                                                           "x", "", "1", "1"), "2: column 'from': 'x' is no number\n"},
    {RULE("PL",                                                                             "grade",                                                                                                                                                           "1.5", "", "1", "1"),
     "2: column 'from': '1.5' is no grade as it is delivered (1 to 9)\n"},
    {RULE("PL",                                         "grade",                                                                                                                          "1", "2", "1", "1"),
     "2: column 'to': '2' is of no use: only quantities and clocks have a range\n"},
    {RULE("PL","grades","1", "", "1", "1"),
     "2: column 'measure': 'grades' is none of none, grade, quant1, quant2, clock\n"},
    {RULE("PL",                                                                            "",                                                                                                                                                         "1", "", "1", "1"), "2: column 'from': '1' is of no use without a measure\n"},
    {RULE("PL",                                                                               "grade",                                                                                                                                                        "1", "", "-1", "1"), "2: column 'score': '-1' is not from 0 to 1e+06\n"},
    {RULE("PL",                                                                            "grade",                                 "1", "", "1", "5"),
     "2: column 'grade': '5' is no grade of 'cjj181' (1 to 4)\n"},
    {RULE("PL",                                                                           "grade",                                                                                      "1", "", "1", "big"),
     "2: column 'grade': 'big' is no grade of 'cjj181' (1 to 4)\n"},
    {RULE("PL",                                                                       "quant1",                                                                                                                                                     "4", "3", "1", "1"), "2: column 'to': '3' does not lie above 'from'\n"},
    {"rule,cjj181,PL,,sometimes,structural,,,,,1,1,,,",
     "2: column 'when': 'sometimes' is none of always, rigid, flexible, no_diameter, older, newer\n"                                                                                                                                                          },
    {"rule,cjj181,PL,,,tightness,,,,,1,1,,,",
     "2: column 'group': 'tightness' is none of structural, functional\n"                                                                                 },
    {"rule,cjj181,PL,,,,,,,,1,1,,,",  "2: column 'group': is empty, and must not be\n"},
    {"rule,cjj181,,,,structural,,,,,1,1,,,",                                                                            "2: column 'code': is empty, and must not be\n"                                                                                                                                                        },
    {"rule,cjj181,PL,F,,structural,,,,,1,1,,,",
     "2: column 'figure': 'F' is of no use in a row of this table\n"                                                                                                                                                       },
    {"rule,cjj181,PL,,,structural,,,,,1,1,,,,7",                                                                            "2: '7' stands behind the last column\n"   },
    {RULE("PL",                                                                           "quant1",                                                                                                          "", "3", "1", "1") "\n" RULE("PL", "quant1", "4", "", "1", "1"),
     "3: code 'PL': a gap from '3', where the range of line 2 ends, to '4'\n"},
    {RULE("PL",                                                                       "quant1",                                                                      "2", "", "1", "1") "\n" RULE("PL", "quant1", "", "3", "1", "1"),
     "2: code 'PL': the range from '2' overlaps that of line 3, which goes to '3'\n"},
    {RULE("PL",                                                                             "grade",                                                                                                                                                           "1", "", "1", "1") "\n" RULE("PL", "grade", "1", "", "1", "1"),
     "3: code 'PL': never reached, the row of line 2 takes all that this one could\n"},
    {CLASS("RI",                     "1",                                                                                                      "no", "1"),
     "2: column 'from': the first class of 'RI' starts at '1'; its 'from' must be empty\n"},
    {CLASS("RI","","yes", "1") "\n" CLASS("RI", "4", "no", "2") "\n" CLASS("RI", "4", "no", "3"),
     "4: column 'from': the classes of 'RI' must ascend, '4' follows on '4'\n"},
    {CLASS("RI",                                                                            "",                                                                                                                                                       "yes", "5"), "2: column 'value': '5' is no whole number from 1 to 4\n"},
    {CLASS("RI",                                                                               "",                                                                                                                                                        "yes", "1.5"), "2: column 'value': '1.5' is no whole number from 1 to 4\n"},
    {CLASS("E",                                                                            "",      "yes", "-1"), "2: column 'value': '-1' is not from 0 to 100\n"},
    {CLASS("RJ",                                                                           "",                                                                                                           "yes", "1"), "2: column 'figure': 'RJ' is none of F, G, RI, MI, SM, YM, E\n"},
    {CLASS("RI",                               "",                                                                    "", "1"), "2: column 'inclusive': is empty, and must not be\n"},
    {CLASS("RI",                                         "",                                                                                               "maybe", "1"), "2: column 'inclusive': 'maybe' is none of yes, no\n"},
    {PRIORITY("RI",                                                  "1",                                                                                  "6"), "2: column 'priority': '6' is no priority (1 to 5)\n"},
    {PRIORITY("RI",                                          "case", "1"), "2: column 'grade': 'case' is no grade of 'cjj181' (1 to 4)\n"},
    {PRIORITY("MI",                                       "1",                                                                                                    "5") "\n" PRIORITY("MI", "2", "4") "\n" PRIORITY(
         "MI", "2", "3") "\n" PRIORITY("MI", "3", "3"),
     "4: figure 'MI': grade '2' has a priority in line 3\n2: figure 'MI': grade '4' has no priority\n"},
    {"class,cjj181,,RI,,,,,,,,,,,yes",
     "2: column 'remove': 'yes' is of no use in a row of this table\n"   },
    {"rule,cjj181,PL,,,,,,,,1,,,,yes",
     "2: column 'score': '1' is of no use in a row that takes others out\n"                                                                     },
};

Test(scheme_table, every_bad_row_is_told) {
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CLEANUP(outcome_release) struct outcome outcome = {0};
        CLEANUP(arena_release) struct arena arena = {0};

        read_table(arena_printf(&arena, COLUMNS "\n%s\n", bad[i].rows), &outcome);
        cr_expect_not(outcome.is_read, "%s", bad[i].rows);
        cr_expect_eq(outcome.err.kind, ERROR_FORMAT);
        struct text got = details(&outcome);
        size_t n = strlen(bad[i].want);
        bool is_whole = bad[i].want[n - 1] == '\n';
        cr_expect(
            is_whole ? strcmp(got.at, bad[i].want) == 0 : strncmp(got.at, bad[i].want, n) == 0,
            "%s\n%swanted\n%s", bad[i].rows, got.at, bad[i].want);
    }
}

Test(scheme_table, all_bad_rows_are_told_at_once) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT("table,scheme,code,colour,code\n"
                    "rule,cjj181,PL,red,\nrule,nil,PL,red,\nclass,cjj181,PL,,\n"),
        &outcome);
    cr_expect_not(outcome.is_read);
    cr_expect_str_eq(
        outcome.err.text, "flaws in the table of schemes: 8", "%s", details(&outcome).at);
}

Test(scheme_table, files_that_are_no_tables) {
    static const char *const files[] = {
        "", "\n\n", "segment_id,code\nS1,PL\n", "scheme\ncjj181\n", "\xFF\xD8\xFF\xE0 JFIF"};

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        CLEANUP(outcome_release) struct outcome outcome = {0};

        read_table(text_from(files[i]), &outcome);
        cr_expect_not(outcome.is_read, "%zu", i);
        cr_expect_eq(outcome.err.kind, ERROR_FORMAT, "%zu", i);
        cr_expect_neq(outcome.err.text[0], '\0', "%zu", i);
    }
}

Test(scheme_table, a_code_that_no_catalogue_has_is_a_warning) {
    CLEANUP(outcome_release) struct outcome outcome = {0};

    read_table(TEXT(HEADING "rule,cjj181,QQ,structural,grade,1,,1,1,\n"
                            "rule,cjj181,QQ,structural,grade,2,,1,1,\n"),
        &outcome);
    cr_expect(outcome.is_read, "%s", outcome.err.text);
    cr_assert_eq(outcome.findings.n, 1, "once");
    cr_expect_eq(outcome.findings.at[0].kind, FINDING_UNKNOWN_CODE);
    cr_expect_str_eq(
        details(&outcome).at, "2: column 'code': 'QQ' is in no catalogue of 'cjj181'\n");
    cr_expect_not_null(scheme_rule_of_grade(outcome.set.at[SCHEME_CJJ181], TEXT("QQ"), 2));
}

Test(scheme_table, too_many_rows) {
    CLEANUP(outcome_release) struct outcome outcome = {0};
    CLEANUP(array_release) char *csv = NULL;
    size_t n = 0, capacity = 0;

    for (size_t i = 0; i < 10002; i++) {
        const char *line = i == 0 ? "table,scheme,figure,value\n" : "choice,cjj181,K,1\n";
        csv = array_reserve(csv, &capacity, n + strlen(line), 1);
        memcpy(csv + n, line, strlen(line));
        n += strlen(line);
    }
    read_table((struct text){csv, n}, &outcome);
    cr_expect_not(outcome.is_read);
    cr_expect_str_eq(outcome.err.text, "line 10002: more than 10000 rows");
}

Test(scheme_table, a_file_that_is_not_there) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    const struct scheme_table_request request = {.base = &scheme_built_in, .arena = &arena};
    struct scheme_set set = {{0}};
    struct error err = {0};

    cr_expect_not(scheme_table_read("no/such.csv", &request, &set, &findings, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "'no/such.csv'"));
}
