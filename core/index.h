#pragma once
/* An index from text to small numbers: open addressing, insertion order never shows. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

struct index_slot;

struct index {
    struct index_slot *slots; /* owned */
    size_t n, n_slots;        /* n_slots is 0 or a power of two */
};

#define INDEX_NONE UINT32_MAX

/* Makes room for n keys, so that adding them never grows. */
void index_reserve(struct index *index, size_t n);

/* The value stored under the key, INDEX_NONE when there is none. */
uint32_t index_find(const struct index *index, struct text key);

/* Stores the value unless the key is there; returns the value that is under the key now.
 * The key is borrowed: its bytes must outlive the index. */
uint32_t index_add(struct index *index, struct text key, uint32_t value);

void index_release(struct index *index);
