#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/rows.h"

static const struct read_options no_options = {0};

/* --- Rows out of nowhere --- */

struct fake {
    const struct text *cells;
    size_t n_rows, at;
    bool is_closed, breaks;
};

static enum rows_step next_fake(struct rows *rows, struct error *why) {
    struct fake *fake = rows->context;

    if (fake->at == fake->n_rows) {
        error_set(why, ERROR_FORMAT, "the page is gone");
        return fake->breaks ? ROWS_BROKEN : ROWS_END;
    }
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->cells[i] = fake->cells[fake->at * rows->n_columns + i];
    }
    rows->line = (uint32_t)++fake->at;
    return ROWS_ROW;
}

static void close_fake(struct rows *rows) {
    ((struct fake *)rows->context)->is_closed = true;
}

static const struct rows_source source = {next_fake, close_fake};

static struct rows rows_of(struct fake *fake, struct survey *survey) {
    struct rows rows = {
        .request = {.survey = survey,
                    .options = &no_options,
                    .file = survey->file.path,
                    .table = TEXT("T")},
        .source = &source,
        .context = fake,
    };

    rows_add_column(&rows, TEXT("Pipe Segment_Reference"));
    rows_add_column(&rows, TEXT("Remarks"));
    return rows;
}

static bool has_finding(const struct survey *survey, enum finding_kind kind, const char *detail) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        struct finding *finding = &survey->findings.at[i];
        if (finding->kind == kind && text_contains(finding->detail, text_from(detail))) {
            return true;
        }
    }
    return false;
}

Test(rows, values_are_clean_texts) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("f")};
    static char large[70000];
    memset(large, 'x', sizeof large);
    const struct text cells[] = {
        TEXT(" P1 "),
        TEXT("Gr\xFC\xDF"
             "e"),
        TEXT("P\0002"), {large, sizeof large},
         {0    },
         TEXT(" ")
    };
    struct fake fake = {.cells = cells, .n_rows = 3};
    struct rows rows = rows_of(&fake, &survey);

    cr_assert(rows_next(&rows));
    cr_expect(text_equal(rows.cells[0], TEXT("P1")));
    cr_expect(text_equal(rows.cells[1], TEXT("Grüße")));
    struct text record = rows_record(&rows, &survey.arena);
    cr_expect(text_equal(record, TEXT("Pipe Segment_Reference=P1; Remarks=Grüße")));
    cr_assert(rows_next(&rows));
    cr_expect(text_equal(rows.cells[0], TEXT("P 2")));
    cr_expect_eq(rows.cells[1].n, 65536);
    cr_assert(rows_next(&rows));
    cr_expect(rows.cells[0].n == 0 && rows.cells[1].n == 0);
    cr_expect_eq(rows_record(&rows, &survey.arena).n, 0);
    cr_expect_not(rows_next(&rows));
    rows_close(&rows);
    cr_expect(fake.is_closed);
    cr_expect(has_finding(&survey, FINDING_ENCODING_DIFFERS, "1 value not in UTF-8"));
    cr_expect(has_finding(&survey, FINDING_NUL_BYTES, "T: 1 value with NUL"));
    cr_expect(has_finding(&survey, FINDING_LINE_TOO_LONG, "64 KiB"));
    cr_expect_eq(survey.findings.n, 3);
}

Test(rows, a_table_that_breaks_off_keeps_what_came_before) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("f")};
    const struct text cells[] = {TEXT("P1"), {0}};
    struct fake fake = {.cells = cells, .n_rows = 1, .breaks = true};
    struct rows rows = rows_of(&fake, &survey);

    cr_expect(rows_next(&rows));
    cr_expect_not(rows_next(&rows));
    rows_close(&rows);
    cr_expect(survey.file.is_damaged);
    cr_expect(has_finding(
        &survey, FINDING_FILE_DAMAGED, "table 'T' breaks off behind 1 row: the page is gone"));
}

/* --- Names and dates --- */

static const struct {
    const char *a, *b;
    bool want;
} names[] = {
    {"PACP_Inspections", "pacp inspections", true },
    {"_A-b ",            "AB",               true },
    {"AB",               "ABC",              false},
    {"ABC",              "AB_",              false},
    {"",                 "",                 false},
    {"__",               " ",                false},
    {"井号",           "井号",           true },
    {"井号",           "井",              false},
};

Test(rows, names_are_letters_and_digits) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        cr_expect_eq(rows_same_name(text_from(names[i].a), text_from(names[i].b)), names[i].want,
            "'%s' '%s'", names[i].a, names[i].b);
    }
}

static const struct {
    const char *text;
    int32_t want; /* 0: none */
} dates[] = {
    {"2017-01-27",         20170127},
    {"01/31/14 00:00:00",  20140131},
    {"01/31/99",           19990131},
    {"1/27/2017 13:31:00", 20170127},
    {"13/32/14",           0       },
    {"soon",               0       },
};

Test(rows, dates) {
    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        int32_t out = 0;
        cr_expect_eq(
            rows_date(text_from(dates[i].text), &out), dates[i].want != 0, "%s", dates[i].text);
        cr_expect_eq(out, dates[i].want, "%s", dates[i].text);
    }
}

/* --- Tables of a database --- */

Test(rows, a_database_names_its_tables_and_no_views) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("f")};
    CLEANUP(rows_close) struct rows rows = {0};
    struct text *list = NULL;
    struct error err = {0};
    size_t n = 0;

    cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    cr_assert(sqlite_exec(db,
                  "CREATE TABLE \"a \"\"b\"(x, y); CREATE VIEW v AS SELECT 1;"
                  "INSERT INTO \"a \"\"b\" VALUES(1.5, x'00112233445566778899aabbccddeeff')",
                  &err),
        "%s", err.text);
    cr_assert(rows_list_sqlite(db, &arena, &list, &n, &err), "%s", err.text);
    cr_assert_eq(n, 1);
    const struct rows_request request = {&survey, &no_options, TEXT("f"), list[0]};
    cr_assert(rows_open_sqlite(&request, db, &rows, &err), "%s", err.text);
    cr_expect_eq(rows_column(&rows, "Y"), 1);
    cr_expect_eq(rows_column(&rows, "z"), SIZE_MAX);
    cr_assert(rows_next(&rows));
    cr_expect(text_equal(rows.cells[0], TEXT("1.5")));
    cr_expect(text_equal(rows.cells[1], TEXT("00112233445566778899aabbccddeeff")));
    cr_expect_not(rows_next(&rows));
    rows_close(&rows);
    const struct rows_request other = {&survey, &no_options, TEXT("f"), TEXT("none")};
    cr_expect_not(rows_open_sqlite(&other, db, &rows, &err));
}
