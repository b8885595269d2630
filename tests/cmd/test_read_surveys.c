/* Surveys on several threads: which are read when, and that no child is made beside a thread. */
#include "cmd/read_surveys.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <string.h>

#include "tests/formats/access_tables.h"
#include "tests/formats/temp_files.h"

enum { FILES = 16, RUNS = 20 };

/* The files of a run. */
struct delivery_of_all {
    struct temp_folder folder;
    struct temp_path paths[FILES];
    const char *names[FILES];
};

static void copy_of(const char *name, struct temp_path to) {
    static char bytes[65536];
    const char *source = getenv("CHAINAGE_SOURCE");
    char from[1024];

    snprintf(from, sizeof from, "%s/sample-data/town/inspections/%s", source == NULL ? "." : source,
        name);
    FILE *in = fopen(from, "rb"), *out = fopen(to.at, "wb");
    cr_assert(in != NULL && out != NULL, "%s", from);
    size_t n = fread(bytes, 1, sizeof bytes, in);
    cr_assert_eq(fwrite(bytes, 1, n, out), n);
    fclose(in);
    fclose(out);
}

/* Four kinds of files by turns; a child reads those of Access and the ods. */
static void write_all(struct delivery_of_all *all) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text access = tiny_mdb(&arena, pacp_access, ARRAY_LEN(pacp_access));
    char name[32];

    all->folder = temp_folder_new();
    for (size_t i = 0; i < FILES; i++) {
        static const char *const endings[] = {"xlsx", "mdb", "csv", "ods"};
        snprintf(name, sizeof name, "%zu.%s", i, endings[i % 4]);
        all->paths[i] = temp_path_of(&all->folder, name);
        all->names[i] = all->paths[i].at;
        if (i % 4 == 1) {
            temp_bytes(&all->folder, name, access.at, access.n);
        } else {
            copy_of(i % 4 == 0   ? "03-newtown-foul-2023.xlsx"
                    : i % 4 == 2 ? "01-oldtown-2024-gbk.csv"
                                 : "04-newtown-storm-2023.ods",
                all->paths[i]);
        }
    }
}

static void release_all(struct delivery_of_all *all) {
    temp_folder_release(&all->folder);
}

/* --- forks --- */

static size_t n_forks, n_threads_most;

/* Threads of this process, as the system tells. */
static size_t n_threads(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    size_t n = 0;

    while (status != NULL && n == 0 && fgets(line, sizeof line, status) != NULL) {
        if (sscanf(line, "Threads: %zu", &n) != 1) {
            n = 0;
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return n;
}

static void look_before_fork(void) {
    size_t n = n_threads();

    n_forks++;
    n_threads_most = n > n_threads_most ? n : n_threads_most;
}

static void read_all(const struct delivery_of_all *all, unsigned n_helpers,
    struct survey surveys[static FILES], struct progress *progress) {
    struct run_options options = {0};
    struct error errors[FILES] = {0};
    struct survey_reading reading = {
        .options = &options,
        .progress = progress,
        .surveys = surveys,
        .errors = errors,
        .n = FILES,
    };

    options.surveys = (struct words){.at = (const char **)(uintptr_t)all->names, .n = FILES};
    progress_start(progress, FILES, true, LANGUAGE_EN);
    survey_reading_start(&reading, n_helpers);
    survey_reading_finish(&reading);
    for (size_t i = 0; i < FILES; i++) {
        cr_expect_eq(errors[i].kind, ERROR_NONE, "%s: %s", all->names[i], errors[i].text);
    }
}

Test(read_surveys, a_child_is_made_while_there_is_no_thread, .timeout = 120) {
    CLEANUP(release_all) struct delivery_of_all all;
    size_t before = n_threads();

    write_all(&all);
    cr_assert_eq(pthread_atfork(look_before_fork, NULL, NULL), 0);
    for (size_t run = 0; run < RUNS; run++) {
        struct survey surveys[FILES] = {0};
        struct progress progress = {0};
        double started_s = seconds_now();
        read_all(&all, 3, surveys, &progress);
        cr_expect_lt(seconds_now() - started_s, 10, "no child hung");
        cr_expect_eq(atomic_load(&progress.n_files_done), FILES, "each file once");
        for (size_t i = 0; i < FILES; i++) {
            cr_expect_str_eq(surveys[i].file.path.at, all.names[i], "in their order");
            cr_expect_gt(surveys[i].n_observations, 0, "%s", all.names[i]);
            survey_release(&surveys[i]);
        }
    }
    cr_expect_geq(n_forks, (size_t)RUNS * FILES / 2);
    cr_expect_eq(n_threads_most, before);
}
