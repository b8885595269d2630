/* A ring of blocks between one maker and one taker.  Blocks [n_taken, n_made) are full; the taker
 * holds the first of them until it asks for the next. */
#include "formats/gpkg/feed.h"

#include <threads.h>

enum { RING = 32 };

struct feed {
    const struct feed_source *sources;
    size_t n_sources;
    size_t making; /* the source whose rows are made: the maker's own */
    bool is_at_end_of_source, has_block;

    bool has_thread;
    thrd_t thread;
    mtx_t mutex; /* guards what follows */
    cnd_t changed;
    size_t n_made, n_taken;
    bool maker_waits, taker_waits, is_stopped;

    struct block ring[RING];
};

static void make_block(struct feed *feed, struct block *block) {
    const struct feed_source *source = &feed->sources[feed->making];

    block_start(block, source->n_columns);
    if (!source->make(source->context, block)) {
        block->is_last = true;
        feed->making++;
    }
}

/* Who waits is woken when there is work for a while, not for each block. */
static bool wait_for_room(struct feed *feed) {
    mtx_lock(&feed->mutex);
    if (feed->n_made - feed->n_taken == RING) {
        feed->maker_waits = true;
        while (feed->n_made - feed->n_taken > RING / 2 && !feed->is_stopped) {
            cnd_wait(&feed->changed, &feed->mutex);
        }
        feed->maker_waits = false;
    }
    bool goes_on = !feed->is_stopped;
    mtx_unlock(&feed->mutex);
    return goes_on;
}

static int make_all(void *argument) {
    struct feed *feed = argument;

    while (feed->making < feed->n_sources && wait_for_room(feed)) {
        make_block(feed, &feed->ring[feed->n_made % RING]);
        mtx_lock(&feed->mutex);
        feed->n_made++;
        if (feed->taker_waits) {
            cnd_signal(&feed->changed);
        }
        mtx_unlock(&feed->mutex);
    }
    return 0;
}

static bool start_thread(struct feed *feed) {
    if (mtx_init(&feed->mutex, mtx_plain) != thrd_success) {
        return false;
    }
    if (cnd_init(&feed->changed) != thrd_success) {
        mtx_destroy(&feed->mutex);
        return false;
    }
    if (thrd_create(&feed->thread, make_all, feed) != thrd_success) {
        cnd_destroy(&feed->changed);
        mtx_destroy(&feed->mutex);
        return false;
    }
    return true;
}

struct feed *feed_new(const struct feed_source *sources, size_t n, unsigned n_threads) {
    size_t capacity = 0;
    struct feed *feed = array_reserve(NULL, &capacity, 1, sizeof *feed);

    *feed = (struct feed){.sources = sources, .n_sources = n};
    feed->has_thread = n_threads > 1 && start_thread(feed);
    return feed;
}

static void take_block(struct feed *feed) {
    mtx_lock(&feed->mutex);
    if (feed->has_block) {
        feed->n_taken++;
        if (feed->maker_waits && feed->n_made - feed->n_taken <= RING / 2) {
            cnd_signal(&feed->changed);
        }
    }
    feed->taker_waits = true;
    while (feed->n_made == feed->n_taken) {
        cnd_wait(&feed->changed, &feed->mutex);
    }
    feed->taker_waits = false;
    mtx_unlock(&feed->mutex);
}

const struct block *feed_next(struct feed *feed) {
    if (feed->is_at_end_of_source) {
        feed->is_at_end_of_source = false;
        return NULL;
    }
    if (feed->has_thread) {
        take_block(feed);
    } else {
        make_block(feed, &feed->ring[0]);
    }
    feed->has_block = true;
    const struct block *block = &feed->ring[feed->n_taken % RING];
    feed->is_at_end_of_source = block->is_last;
    return block;
}

void feed_release(struct feed **feed_at) {
    struct feed *feed = *feed_at;

    if (feed == NULL) {
        return;
    }
    if (feed->has_thread) {
        mtx_lock(&feed->mutex);
        feed->is_stopped = true;
        cnd_signal(&feed->changed);
        mtx_unlock(&feed->mutex);
        thrd_join(feed->thread, NULL);
        cnd_destroy(&feed->changed);
        mtx_destroy(&feed->mutex);
    }
    for (size_t i = 0; i < RING; i++) {
        block_release(&feed->ring[i]);
    }
    array_release(feed_at);
}
