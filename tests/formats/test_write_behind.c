#include <criterion/criterion.h>
#include <stdio.h>

#include "formats/sqlite.h"
#include "formats/write_behind.h"
#include "tests/formats/scratch.h"

/* Rows that are appended, changed at the front, dropped and read back, so that pages are written
 * out of order and more than once. */
static const char work[] =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
    "INSERT INTO t SELECT i, printf('row %d', i), zeroblob(i % 700) FROM n;"
    "CREATE INDEX t_a ON t(a);"
    "UPDATE t SET b = NULL WHERE id % 100 = 0;"
    "DELETE FROM t WHERE id BETWEEN 5000 AND 6000;"
    "INSERT INTO t SELECT id + 100000, a, b FROM t WHERE id < 3000;";

static void make(const char *path, const char *vfs) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct error err = {0};

    fclose(fopen(path, "w"));
    cr_assert(sqlite_open_new(
                  &(struct sqlite_new){.path = path, .vfs = vfs, .page_bytes = 4096}, &db, &err),
        "%s", err.text);
    cr_assert(sqlite_exec(db, work, &err), "%s", err.text);
    cr_assert(sqlite_close(&db, &err), "%s", err.text);
}

static bool is_same_file(const char *a, const char *b) {
    FILE *files[] = {fopen(a, "rb"), fopen(b, "rb")};
    int c = 0, d = 0;

    cr_assert(files[0] != NULL && files[1] != NULL);
    while (c != EOF && c == d) {
        c = fgetc(files[0]);
        d = fgetc(files[1]);
    }
    fclose(files[0]);
    fclose(files[1]);
    return c == d;
}

Test(write_behind, gives_the_same_file_as_writing_at_once) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(write_behind_release) struct write_behind *behind = write_behind_new();
    char usual[128], late[128];

    cr_assert_not_null(behind);
    make(scratch_path(&scratch, "usual.db", usual), NULL);
    make(scratch_path(&scratch, "late.db", late), write_behind_vfs(behind));
    cr_expect(is_same_file(usual, late));
}

Test(write_behind, several_can_be_there_at_a_time) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(write_behind_release) struct write_behind *first = write_behind_new();
    CLEANUP(write_behind_release) struct write_behind *second = write_behind_new();
    char a[128], b[128];

    make(scratch_path(&scratch, "a.db", a), write_behind_vfs(first));
    make(scratch_path(&scratch, "b.db", b), write_behind_vfs(second));
    cr_expect(is_same_file(a, b));
}

Test(write_behind, none_is_the_usual_way) {
    struct write_behind *none = NULL;

    cr_expect_null(write_behind_vfs(none));
    write_behind_release(&none);
}
