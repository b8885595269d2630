#include "core/parallel.h"

#include <stdbool.h>
#include <threads.h>

enum { MAX_THREADS = 64 };

struct job {
    struct range range;
    void (*work)(void *context, struct range range);
    void *context;
};

static int run_job(void *argument) {
    const struct job *job = argument;

    job->work(job->context, job->range);
    return 0;
}

void parallel_ranges(
    size_t n, unsigned n_threads, void (*work)(void *context, struct range range), void *context) {
    struct job jobs[MAX_THREADS];
    thrd_t threads[MAX_THREADS];
    bool is_started[MAX_THREADS] = {false};

    n_threads = n_threads < 1 ? 1 : n_threads > MAX_THREADS ? MAX_THREADS : n_threads;
    for (unsigned i = 0; i < n_threads; i++) {
        struct range range = {n * i / n_threads, n * (i + 1) / n_threads, i};
        jobs[i] = (struct job){range, work, context};
    }
    for (unsigned i = 1; i < n_threads && n >= 64; i++) {
        is_started[i] = thrd_create(&threads[i], run_job, &jobs[i]) == thrd_success;
    }
    for (unsigned i = 0; i < n_threads; i++) { /* what could not be started is done here */
        if (!is_started[i]) {
            run_job(&jobs[i]);
        }
    }
    for (unsigned i = 1; i < n_threads; i++) {
        if (is_started[i]) {
            thrd_join(threads[i], NULL);
        }
    }
}
