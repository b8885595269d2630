#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/mdb.h"
#include "tests/formats/temp_files.h"
#include "tests/formats/tiny_mdb.h"

#define expect_text(found, want)                                                               \
    do {                                                                                       \
        struct text is = (found);                                                              \
        cr_expect(text_equal(is, text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(is), want); \
    } while (0)

static const char *const columns[] = {"No:l", "Name", "At:d", "Is:b", "On:t", "Note:m"};
static const char *const cells[] = {
    "1", "Schächte 井", "30.24", "1", "45355.5", "long", "-2", NULL, "0.1", "0", NULL, NULL};
static const struct tiny_table tables[] = {
    {"PACP_Inspections", columns, 6, cells, 2},
    {"empty",            columns, 6, NULL,  0},
};

Test(mdb, tables_are_listed) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text bytes = tiny_mdb(&arena, tables, 2);
    struct mdb_names names = {0};
    struct error err = {0};

    cr_assert(mdb_list(bytes, &arena, &names, &err), "%s", err.text);
    cr_assert_eq(names.n, 2);
    cr_expect(names.is_whole);
    expect_text(names.at[0], "PACP_Inspections");
    expect_text(names.at[1], "empty");
}

Test(mdb, rows_are_texts) {
    static const char *const want[] = {"1", "Schächte 井", "30.24", "1", "2024-03-04 12:00:00",
        "long", "-2", "", "0.1", "0", "", ""};
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(mdb_table_close) struct mdb_table *table = NULL;
    struct text bytes = tiny_mdb(&arena, tables, 2);
    const struct text *row = NULL;
    struct error err = {0};
    size_t n = 0;

    cr_assert(mdb_table_open(bytes, TEXT("pacp_inspections"), &table, &err), "%s", err.text);
    const struct text *names = mdb_table_columns(table, &n);
    cr_assert_eq(n, 6);
    expect_text(names[1], "Name");
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(mdb_table_next(table, &row, &err), MDB_STEP_ROW, "%s", err.text);
        for (size_t k = 0; k < 6; k++) {
            expect_text(row[k], want[6 * i + k]);
        }
    }
    cr_expect_eq(mdb_table_next(table, &row, &err), MDB_STEP_END);
}

Test(mdb, many_pages) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(mdb_table_close) struct mdb_table *table = NULL;
    const char **many = ARENA_NEW(&arena, const char *, 6 * 5000);
    const struct text *row = NULL;
    struct error err = {0};
    size_t n = 0;

    for (size_t i = 0; i < 5000; i++) {
        many[6 * i] = arena_printf(&arena, "%zu", i).at;
        many[6 * i + 1] = "some name of a pipe";
    }
    struct text bytes = tiny_mdb(&arena, &(struct tiny_table){"t", columns, 6, many, 5000}, 1);
    cr_assert(mdb_table_open(bytes, TEXT("t"), &table, &err), "%s", err.text);
    while (mdb_table_next(table, &row, &err) == MDB_STEP_ROW) {
        expect_text(row[0], many[6 * n]);
        n++;
    }
    cr_expect_eq(n, 5000, "%s", err.text);
}

/* libmdb itself says nothing of pages that are missing. */
Test(mdb, a_table_that_was_cut_off_is_broken) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(mdb_table_close) struct mdb_table *table = NULL;
    static const char *many[6 * 1000];
    const struct tiny_table list[] = {
        {"a", columns, 6, cells, 2   },
        {"t", columns, 6, many,  1000}
    };
    const struct text *row = NULL;
    struct error err = {0};
    size_t n = 0;

    for (size_t i = 0; i < 1000; i++) {
        many[6 * i + 1] = "some name of a pipe";
    }
    struct text bytes = tiny_mdb(&arena, list, 2);
    /* The list of tables is the last page. */
    struct text cut = text_part(bytes, 0, 12 * 4096);
    cr_assert_not(mdb_table_open(cut, TEXT("t"), &table, &err), "its list is gone");
    cr_expect_eq(err.kind, ERROR_FORMAT);
    memset((char *)(uintptr_t)bytes.at + 10 * 4096, 0, 4096);
    cr_assert(mdb_table_open(bytes, TEXT("t"), &table, &err), "%s", err.text);
    while (mdb_table_next(table, &row, &err) == MDB_STEP_ROW) {
        n++;
    }
    cr_expect(n > 100 && n < 1000, "%zu", n);
    cr_expect_str_eq(err.text, "it should have more rows");
}

Test(mdb, refused) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text bytes = tiny_mdb(&arena, tables, 2);
    struct mdb_names names = {0};
    struct mdb_table *table = NULL;
    struct error err = {0};

    cr_expect_not(mdb_table_open(bytes, TEXT("none"), &table, &err));
    cr_expect_str_eq(err.text, "there is no such table");
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not(mdb_list(TEXT("no database"), &arena, &names, &err));
    cr_expect_str_eq(err.text, "it is no Access database");
    cr_expect_not(mdb_list(text_part(bytes, 0, 40), &arena, &names, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not(mdb_list(text_part(bytes, 0, 3 * 4096), &arena, &names, &err));
    cr_expect(err.text[0] != '\0');
}

/* A page that is its own next, a map that names the same page for ever, sizes beyond the page: the
 * child may do what it likes, we come back. */
Test(mdb, broken_files_come_to_an_end, .timeout = 120) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text bytes = tiny_mdb(&arena, tables, 2);
    uint64_t state = 88172645463325252U;
    size_t n_rows = 0, n_failed = 0;

    for (size_t i = 0; i < 300; i++) {
        CLEANUP(mdb_table_close) struct mdb_table *table = NULL;
        CLEANUP(arena_release) struct arena own = {0};
        const struct text *row = NULL;
        struct error err = {0};
        char *broken = (char *)(uintptr_t)arena_copy(&own, bytes).at;
        for (size_t k = 0; k < 40; k++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            broken[0x98 + state % (bytes.n - 0x98)] = (char)(state >> 40);
        }
        struct text text = {broken, bytes.n};
        bool is_open = mdb_table_open(text, TEXT("PACP_Inspections"), &table, &err);
        while (is_open && mdb_table_next(table, &row, &err) == MDB_STEP_ROW) {
            n_rows++;
        }
        n_failed += !is_open || err.text[0] != '\0';
        cr_expect(is_open || err.kind == ERROR_FORMAT, "%s", err.text);
    }
    cr_expect(n_rows > 0 && n_failed > 0, "%zu rows, %zu failed", n_rows, n_failed);
}

Test(mdb, names_are_found_in_the_file) {
    static const char *const words[] = {"PACP_Inspections", "Note", "Nothing"};
    static struct source source;
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    struct text bytes = tiny_mdb(&arena, tables, 2);
    struct temp_path path = temp_bytes(&folder, "x.mdb", bytes.at, bytes.n);
    struct temp_path other = temp_text(&folder, "y.mdb", "PACP_Inspections");
    struct error err = {0};

    cr_assert(source_open(path.at, &source, &err));
    cr_expect_eq(mdb_count_names(&source, words, 3), 2);
    cr_assert(source_open(other.at, &source, &err));
    cr_expect_eq(mdb_count_names(&source, words, 3), 0);
}
