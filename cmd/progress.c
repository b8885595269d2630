#include "cmd/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/pen.h"
#include "cmd/print.h"

#define WIPE "\r\033[K" /* the line of the terminal */

enum { EVERY_MS = 100 };

double seconds_now(void) {
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool is_terminal(void) {
    const char *kind = getenv("TERM");

    return isatty(STDERR_FILENO) && kind != NULL && strcmp(kind, "dumb") != 0;
}

void progress_start(
    struct progress *progress, size_t n_files, bool is_quiet, enum language language) {
    progress->language = language;
    progress->is_shown = !is_quiet && is_terminal();
    progress->n_files = n_files;
    progress->started_s = seconds_now();
    atomic_init(&progress->n_files_done, 0);
    atomic_init(&progress->n_observations, 0);
    atomic_init(&progress->next_ms, EVERY_MS);
    atomic_flag_clear(&progress->is_printing);
}

/* At most one thread prints, and none waits for it. */
static void show(struct progress *progress) {
    double elapsed_s = seconds_now() - progress->started_s;
    int_fast64_t now_ms = (int_fast64_t)(elapsed_s * 1000);

    if (!progress->is_shown || now_ms < atomic_load(&progress->next_ms) ||
        atomic_flag_test_and_set(&progress->is_printing)) {
        return;
    }
    size_t n = atomic_load(&progress->n_observations);
    size_t n_done = atomic_load(&progress->n_files_done);
    fputs(WIPE, stderr);
    pen_print((struct pen){stderr, progress->language},
        N_("reading: file %zu of %zu, %s observations, %s a second"),
        n_done < progress->n_files ? n_done + 1 : n_done, progress->n_files, group_digits(n).at,
        group_digits((uint64_t)((double)n / elapsed_s)).at);
    fflush(stderr);
    atomic_store(&progress->next_ms, now_ms + EVERY_MS);
    atomic_flag_clear(&progress->is_printing);
}

void progress_observations(void *file_progress, size_t n_observations) {
    struct file_progress *file = file_progress;

    if (n_observations > file->n_observations) {
        atomic_fetch_add(&file->progress->n_observations, n_observations - file->n_observations);
        file->n_observations = n_observations;
    }
    show(file->progress);
}

void progress_file_done(struct file_progress *file, size_t n_observations) {
    atomic_fetch_add(&file->progress->n_files_done, 1);
    progress_observations(file, n_observations);
}

void progress_stage(struct progress *progress, const char *what) {
    if (progress->is_shown) {
        fputs(WIPE, stderr);
        pen_print((struct pen){stderr, progress->language}, N_("%s, %s observations"),
            lang_text(progress->language, what),
            group_digits(atomic_load(&progress->n_observations)).at);
        fflush(stderr);
    }
}

void progress_clear(struct progress *progress) {
    if (progress->is_shown) {
        fputs(WIPE, stderr);
        fflush(stderr);
    }
}
