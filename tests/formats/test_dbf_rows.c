#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/dbf_rows.h"
#include "temp_files.h"

/* Two columns (3 bytes of text, 4 of number), records of 8 bytes, 97 bytes before them. */
static struct temp_bytes table(const char *records) {
    struct temp_bytes bytes = {.n = 0};
    unsigned char head[32] = {3, 124, 1, 1, 3}, text[32] = "ABC", number[32] = "NUM";

    head[8] = 97;
    head[10] = 8;
    text[11] = 'C';
    text[16] = 3;
    number[11] = 'N';
    number[16] = 4;
    put(&bytes, head, 32);
    put(&bytes, text, 32);
    put(&bytes, number, 32);
    put(&bytes, "\r", 1);
    put(&bytes, records, strlen(records));
    return bytes;
}

/* name, row, column, cell */
static const struct {
    const char *name;
    uint64_t row;
    size_t column;
    const char *want;
} cells[] = {
    {"a text",                      0,          0, "abc"},
    {"a number without its blanks", 0,          1, "12" },
    {"blanks behind go",            1,          0, "d"  },
    {"a blank cell is empty",       1,          1, ""   },
    {"a row that the file lacks",   2,          0, ""   },
    {"a row far beyond",            UINT64_MAX, 1, ""   },
};

Test(dbf_rows, cells) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(dbf_rows_close) struct dbf_rows rows = {0};
    struct temp_bytes bytes = table(" abc  12 d       e"); /* the third row is cut */
    struct temp_path path = temp_bytes(&folder, "t.dbf", bytes.at, bytes.n);

    cr_assert(dbf_rows_open(path.at, &arena, &rows));
    cr_expect_eq(rows.n_rows, 2);
    cr_expect(text_equal(dbf_rows_name(&rows, 1), TEXT("NUM")));
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        struct text got = dbf_rows_cell(&rows, cells[i].row, cells[i].column);
        cr_expect(
            text_equal(got, text_from(cells[i].want)), "%s: '%.*s'", cells[i].name, TEXT_ARGS(got));
    }
}

Test(dbf_rows, nul_ends_a_cell) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(dbf_rows_close) struct dbf_rows rows = {0};
    struct temp_bytes bytes = table(" a c  12");

    bytes.at[97 + 2] = '\0';
    struct temp_path path = temp_bytes(&folder, "t.dbf", bytes.at, bytes.n);
    cr_assert(dbf_rows_open(path.at, &arena, &rows));
    cr_expect(text_equal(dbf_rows_cell(&rows, 0, 0), TEXT("a")));
}

/* name, which byte of the head is spoilt, and by what */
static const struct {
    const char *name;
    size_t at;
    unsigned char with;
} spoilt[] = {
    {"a column of a kind that is none of ours", 32 + 11, 'M'},
    {"a column wider than the record",          64 + 16, 200},
    {"records of no length",                    10,      0  },
    {"a head longer than the file",             9,       200},
    {"a head of nothing",                       8,       0  },
};

Test(dbf_rows, what_is_no_plain_table_is_left_alone) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        struct dbf_rows rows = {0};
        struct temp_bytes bytes = table(" abc  12");
        bytes.at[spoilt[i].at] = spoilt[i].with;
        struct temp_path path = temp_bytes(&folder, "t.dbf", bytes.at, bytes.n);
        cr_expect_not(dbf_rows_open(path.at, &arena, &rows), "%s", spoilt[i].name);
        cr_expect_null(rows.mapping, "%s", spoilt[i].name);
    }
    CLEANUP(arena_release) struct arena arena = {0};
    struct dbf_rows rows = {0};
    struct temp_path path = temp_text(&folder, "t.dbf", "short");
    cr_expect_not(dbf_rows_open(path.at, &arena, &rows));
    cr_expect_not(dbf_rows_open("/nowhere.dbf", &arena, &rows));
}
