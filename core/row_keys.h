#pragma once
/* The keys of a table's rows, by which rows of other tables name them.
 *
 * Most tables come in the order of their keys, and those that name them in the same order.  Whole
 * numbers that ascend are kept as runs of numbers and values that count up together, next to
 * nothing for a table that was numbered by its database.  Other keys are a list of texts, looked up
 * near the last one found; ascending ones (shorter ones first: 9 before 10) need no more than that.
 * From the first key that does not ascend, hashes lead to the places in the list. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/text.h"

struct row_run;
struct row_key;

struct row_keys {
    struct row_run *runs; /* owned; ascending; none as soon as there is a list */
    size_t n_runs, runs_capacity;
    struct row_key *at; /* owned; in the order that they were added in */
    size_t n, capacity;
    char *bytes; /* owned; of all keys of the list, behind each other */
    size_t n_bytes, bytes_capacity;
    uint64_t *slots; /* owned; half a hash and a place in the list + 1, 0 for none */
    size_t n_slots;  /* 0 as long as keys ascend, else a power of two */
    size_t last;     /* found: run or place in the list */
};

/* Stores the value unless the key is there; returns the value that is under the key now.  The key
 * is copied. */
uint32_t row_keys_add(struct row_keys *keys, struct text key, uint32_t value);

/* The value stored under the key, INDEX_NONE when there is none. */
uint32_t row_keys_find(struct row_keys *keys, struct text key);

void row_keys_release(struct row_keys *keys); /* safe on {0} */
