#include "core/match/lazy.h"

#include <stdbool.h>

void lazy_init(struct lazy *lazy) {
    mtx_init(&lazy->lock, mtx_plain);
    atomic_init(&lazy->is_made, false);
}

void lazy_release(struct lazy *lazy) {
    mtx_destroy(&lazy->lock);
}

void lazy_make(struct lazy *lazy, void (*make)(void *context), void *context) {
    if (atomic_load_explicit(&lazy->is_made, memory_order_acquire)) {
        return;
    }
    mtx_lock(&lazy->lock);
    if (!atomic_load_explicit(&lazy->is_made, memory_order_relaxed)) {
        make(context);
        atomic_store_explicit(&lazy->is_made, true, memory_order_release);
    }
    mtx_unlock(&lazy->lock);
}
