#pragma once
/* The keys of a table's rows, by which rows of other tables name them.
 *
 * Most tables come in the order of their keys, and those that name them in the same order: as long
 * as keys ascend (shorter ones first: 9 before 10) they are a list that is looked up near the last
 * one found, a few bytes each.  From the first key that does not, they are an index. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/text.h"

struct row_key;

struct row_keys {
    struct row_key *at; /* owned; ascending */
    size_t n, capacity;
    char *bytes; /* owned; of all keys, behind each other */
    size_t n_bytes, bytes_capacity;
    size_t last;        /* found */
    struct index index; /* instead, of keys in the arena, when there are any in it */
    struct arena arena;
};

/* Stores the value unless the key is there; returns the value that is under the key now.  The key
 * is copied. */
uint32_t row_keys_add(struct row_keys *keys, struct text key, uint32_t value);

/* The value stored under the key, INDEX_NONE when there is none. */
uint32_t row_keys_find(struct row_keys *keys, struct text key);

void row_keys_release(struct row_keys *keys); /* safe on {0} */
