#include "core/row_keys.h"

#include <string.h>

struct row_key {
    uint32_t end; /* of its bytes; they begin where those of the key before end */
    uint32_t value;
};

static struct text key_at(const struct row_keys *keys, size_t i) {
    size_t from = i == 0 ? 0 : keys->at[i - 1].end;

    return (struct text){keys->bytes + from, keys->at[i].end - from};
}

static int compare(struct text a, struct text b) {
    return a.n != b.n ? (a.n > b.n) - (a.n < b.n) : text_compare(a, b);
}

/* --- the list --- */

static void append(struct row_keys *keys, struct text key, uint32_t value) {
    keys->bytes = array_reserve(keys->bytes, &keys->bytes_capacity, keys->n_bytes + key.n + 1, 1);
    keys->at = array_reserve(keys->at, &keys->capacity, keys->n + 1, sizeof *keys->at);
    if (key.n > 0) {
        memcpy(keys->bytes + keys->n_bytes, key.at, key.n);
    }
    keys->n_bytes += key.n;
    keys->at[keys->n++] = (struct row_key){(uint32_t)keys->n_bytes, value};
}

static uint32_t find_in_list(struct row_keys *keys, struct text key) {
    size_t from = 0, to = keys->n;

    for (size_t i = keys->last; i < keys->n && i < keys->last + 2; i++) {
        if (text_equal(key_at(keys, i), key)) {
            keys->last = i;
            return keys->at[i].value;
        }
    }
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(key, key_at(keys, middle));
        if (order == 0) {
            keys->last = middle;
            return keys->at[middle].value;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return INDEX_NONE;
}

/* --- the index --- */

static void list_release(struct row_keys *keys) {
    array_release(&keys->at);
    array_release(&keys->bytes);
    keys->n = keys->capacity = keys->n_bytes = keys->bytes_capacity = keys->last = 0;
}

static void start_index(struct row_keys *keys) {
    index_reserve(&keys->index, keys->n + 1);
    for (size_t i = 0; i < keys->n; i++) {
        index_add(&keys->index, arena_copy(&keys->arena, key_at(keys, i)), keys->at[i].value);
    }
    list_release(keys);
}

static uint32_t add_to_index(struct row_keys *keys, struct text key, uint32_t value) {
    uint32_t known = index_find(&keys->index, key);

    return known != INDEX_NONE ? known
                               : index_add(&keys->index, arena_copy(&keys->arena, key), value);
}

uint32_t row_keys_add(struct row_keys *keys, struct text key, uint32_t value) {
    int order = keys->n == 0 ? 1 : compare(key, key_at(keys, keys->n - 1));

    if (keys->index.n > 0) {
        return add_to_index(keys, key, value);
    }
    if (order == 0) {
        return keys->at[keys->n - 1].value;
    }
    if (order < 0 || keys->n_bytes + key.n > UINT32_MAX) {
        start_index(keys);
        return add_to_index(keys, key, value);
    }
    append(keys, key, value);
    return value;
}

uint32_t row_keys_find(struct row_keys *keys, struct text key) {
    return keys->index.n > 0 ? index_find(&keys->index, key) : find_in_list(keys, key);
}

void row_keys_release(struct row_keys *keys) {
    list_release(keys);
    index_release(&keys->index);
    arena_release(&keys->arena);
}
