#pragma once
/* Rows made by a helper thread, a few blocks ahead of the one that writes them. */
#include <stdbool.h>
#include <stddef.h>

#include "formats/gpkg/block.h"

/* Where the rows of one table come from. */
struct feed_source {
    size_t n_columns;
    /* Adds rows until the block is full or there are no more; true while there may be more. */
    bool (*make)(void *context, struct block *block);
    void *context;
};

struct feed;

/* Starts to make the rows of the sources, one source after the other.  Borrows them.  With one
 * thread, or when no thread can be started, blocks are made when they are asked for. */
struct feed *feed_new(const struct feed_source *sources, size_t n, unsigned n_threads);

/* The next block of the source at hand; NULL behind its last one, then comes the next source.
 * The block before is given back. */
const struct block *feed_next(struct feed *feed);

/* Stops the helper wherever it is. */
void feed_release(struct feed **feed);
