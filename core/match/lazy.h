#pragma once
/* Made once, by the first thread that needs it, while the others wait. */
#include <stdatomic.h>
#include <threads.h>

struct lazy {
    mtx_t lock;
    atomic_bool is_made;
};

void lazy_init(struct lazy *lazy);
void lazy_release(struct lazy *lazy);

/* Calls make(context) unless that was done; what it made is then seen by the caller. */
void lazy_make(struct lazy *lazy, void (*make)(void *context), void *context);
