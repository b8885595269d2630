#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/table_copy.h"

static const struct child_limits limits = {
    .memory_bytes = 64 << 20, .sent_bytes = 4 << 20, .cpu_s = 5, .silent_s = 10};

static void send_two_sheets(void *context, int out) {
    const struct text first[] = {TEXT("a"), {0}, TEXT("ccc"), {0}};
    const struct text second[] = {{0}, TEXT("破裂")};
    const struct sheet_row rows[] = {
        {.cells = first,  .n_cells = 4},
        {.cells = NULL,   .n_cells = 0},
        {.cells = second, .n_cells = 2},
    };

    (void)context;
    table_send_sheet(out, TEXT("one"));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        table_send_row(out, &rows[i]);
    }
    table_send_sheet(out, TEXT("none"));
    table_send_sheet(out, TEXT("two"));
    table_send_row(out, &rows[2]);
    table_send_end(out);
}

static bool copy_of(child_work *work, struct table_copy **copy, struct error *err) {
    CLEANUP(child_end) struct child child = {0};

    cr_assert(child_start(work, NULL, &limits, &child, err), "%s", err->text);
    return table_copy_receive(&child, copy, err);
}

static void expect_text(struct text got, struct text want) {
    cr_expect(text_equal(got, want), "'%.*s', not '%.*s'", TEXT_ARGS(got), TEXT_ARGS(want));
}

Test(table_copy, gives_the_rows_that_were_sent) {
    CLEANUP(table_copy_close) struct table_copy *copy = NULL;
    struct error err = {0};
    struct sheet_row row;

    cr_assert(copy_of(send_two_sheets, &copy, &err), "%s", err.text);
    cr_assert_eq(table_copy_n_sheets(copy), 3);
    expect_text(table_copy_sheet_name(copy, 2), TEXT("two"));
    for (int again = 0; again < 2; again++) {
        struct sheet_rows rows = table_copy_rows(copy, 0);
        cr_assert(rows.next(rows.context, &row));
        rows.rewind(rows.context);
        cr_assert(rows.next(rows.context, &row));
        cr_assert_eq(row.n_cells, 4);
        cr_expect_eq(row.line, 1);
        expect_text(row.raw, TEXT("a\t\tccc"));
        expect_text(row.cells[0], TEXT("a"));
        expect_text(row.cells[1], TEXT(""));
        expect_text(row.cells[2], TEXT("ccc"));
        expect_text(row.cells[3], TEXT(""));
        cr_assert(rows.next(rows.context, &row));
        cr_expect_eq(row.n_cells, 0);
        cr_expect_eq(row.raw.n, 0);
        cr_assert(rows.next(rows.context, &row));
        cr_expect_eq(row.line, 3);
        expect_text(row.raw, TEXT("\t破裂"));
        cr_expect_not(rows.next(rows.context, &row));
        rows = table_copy_rows(copy, 1);
        cr_expect_not(rows.next(rows.context, &row));
        rows = table_copy_rows(copy, 2);
        cr_assert(rows.next(rows.context, &row));
        cr_expect_eq(row.line, 1);
        expect_text(row.cells[1], TEXT("破裂"));
        cr_expect_not(rows.next(rows.context, &row));
    }
}

/* --- children that go wrong --- */

static void fail(void *context, int out) {
    (void)context;
    table_send_sheet(out, TEXT("one"));
    table_send_failure(out, "so it is");
}

static void crash(void *context, int out) {
    (void)context;
    table_send_sheet(out, TEXT("one"));
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void stop(void *context, int out) {
    (void)context;
    table_send_sheet(out, TEXT("one"));
}

static void send_row_of_no_sheet(void *context, int out) {
    const struct sheet_row row = {0};

    (void)context;
    table_send_row(out, &row);
    table_send_end(out);
}

static void send_too_much(void *context, int out) {
    static char bytes[1 << 20];
    const struct text cell = {bytes, sizeof bytes};
    const struct sheet_row row = {.cells = &cell, .n_cells = 1};

    (void)context;
    table_send_sheet(out, TEXT("one"));
    while (table_send_row(out, &row)) {
    }
}

Test(table_copy, refusals) {
    static const struct {
        child_work *work;
        const char *why;
    } cases[] = {
        {fail,                 "so it is"                        },
        {crash,                "its reader came to a sudden end" },
        {stop,                 "its reader ended too early"      },
        {send_row_of_no_sheet, "its reader talks nonsense"       },
        {send_too_much,        "more comes out than can be in it"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct table_copy *copy = NULL;
        struct error err = {0};
        cr_expect_not(copy_of(cases[i].work, &copy, &err), "%s", cases[i].why);
        cr_expect_null(copy);
        cr_expect_eq(err.kind, ERROR_FORMAT);
        cr_expect_str_eq(err.text, cases[i].why);
    }
}
