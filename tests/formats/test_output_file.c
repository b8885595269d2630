#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "formats/output_file.h"
#include "tests/formats/scratch.h"

static void write_file(const char *path, const char *content) {
    FILE *file = fopen(path, "w");

    cr_assert_not_null(file, "%s", path);
    fputs(content, file);
    fclose(file);
}

static bool has_content(const char *path, const char *content) {
    char read[64] = "";
    FILE *file = fopen(path, "r");

    if (file == NULL) {
        return false;
    }
    size_t n = fread(read, 1, sizeof read - 1, file);
    fclose(file);
    return n == strlen(content) && memcmp(read, content, n) == 0;
}

Test(output_file, appears_when_it_is_complete) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(output_file_release) struct output_file output = {0};
    struct error err = {0};
    char path[128];

    scratch_path(&scratch, "out.gpkg", path);
    write_file(path, "old");
    cr_assert(output_file_begin(path, &output, &err), "%s", err.text);
    write_file(output.temporary, "new");
    cr_expect(has_content(path, "old"), "the old file is there until the end");
    cr_assert(output_file_commit(&output, &err), "%s", err.text);
    cr_expect(has_content(path, "new"));
    output_file_release(&output);
    cr_expect_eq(scratch_count(&scratch), 1, "nothing is left beside it");
}

Test(output_file, leaves_nothing_when_it_is_given_up) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct output_file output = {0};
    struct error err = {0};
    char path[128];

    scratch_path(&scratch, "out.gpkg", path);
    write_file(path, "old");
    cr_assert(output_file_begin(path, &output, &err), "%s", err.text);
    write_file(output.temporary, "half");
    output_file_release(&output);
    cr_expect(has_content(path, "old"));
    cr_expect_eq(scratch_count(&scratch), 1);
}

static const struct {
    const char *name, *path, *says;
} refused[] = {
    {"a folder is no file",               ".",                                       "is a folder"    },
    {"a name that ends in a slash",       "x.gpkg/",                                 "no name"        },
    {"a folder that is not there",        "none/x.gpkg",                             "cannot write in"},
    {"a file in the place of the folder", "plain/x.gpkg",                            "cannot write in"},
    {"a pipe is no plain file",           "pipe",                                    "not a plain"    },
    {"a name longer than names can be",
     "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn.gpkg", "cannot write in"},
};

Test(output_file, refuses) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char buffer[128];

    write_file(scratch_path(&scratch, "plain", buffer), "");
    cr_assert_eq(mkfifo(scratch_path(&scratch, "pipe", buffer), 0600), 0);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct output_file output = {0};
        struct error err = {0};
        char path[512];
        snprintf(path, sizeof path, "%s/%s", scratch.folder, refused[i].path);
        cr_expect_not(output_file_begin(path, &output, &err), "%s", refused[i].name);
        cr_expect_eq(err.kind, ERROR_FILE, "%s", refused[i].name);
        cr_expect_not_null(strstr(err.text, refused[i].says), "%s: %s", refused[i].name, err.text);
        cr_expect_null(output.temporary, "%s", refused[i].name);
    }
    cr_expect_eq(scratch_count(&scratch), 2, "nothing was made");
}

/* A pid that no process has: a child's that is over. */
static long dead_pid(void) {
    pid_t child = fork();

    if (child == 0) {
        _exit(0);
    }
    waitpid(child, NULL, 0);
    return (long)child;
}

static const struct {
    const char *name, *pattern;
    enum whose { DEAD, ALIVE } whose;
    bool is_kept;
} leftovers[] = {
    {"of a dead process",             ".out.gpkg.%ld.chainage-tmp",   DEAD,  false},
    {"of a living process",           ".out.gpkg.%ld.chainage-tmp",   ALIVE, true },
    {"of another output",             ".other.gpkg.%ld.chainage-tmp", DEAD,  true },
    {"with something behind",         ".out.gpkg.%ld.chainage-tmp.x", DEAD,  true },
    {"without a pid",                 ".out.gpkg.x%ld.chainage-tmp",  DEAD,  true },
    {"the result of another program", "out.gpkg.%ld",                 DEAD,  true },
};

Test(output_file, clean_up_removes_what_dead_processes_left) {
    for (size_t i = 0; i < ARRAY_LEN(leftovers); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        char name[64], path[128];
        long pid = leftovers[i].whose == DEAD ? dead_pid() : (long)getppid();
        snprintf(name, sizeof name, leftovers[i].pattern, pid);
        write_file(scratch_path(&scratch, name, path), "left");
        output_file_clean_up(scratch_path(&scratch, "out.gpkg", path));
        cr_expect_eq(scratch_count(&scratch), leftovers[i].is_kept, "%s", leftovers[i].name);
    }
    output_file_clean_up("/no such folder/out.gpkg");
}
