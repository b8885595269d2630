#pragma once
/* Work on ranges, side by side.  The cut depends on n and n_threads only. */
#include <stddef.h>

struct range {
    size_t from, to;
    unsigned part; /* 0 .. n_threads - 1 */
};

/* Calls work(context, range) for n_threads ranges that together are 0..n, in threads of their own;
 * returns when all are done.  With one thread, or few items, no thread is started, and the number
 * of ranges stays the same. */
void parallel_ranges(
    size_t n, unsigned n_threads, void (*work)(void *context, struct range range), void *context);
