#include "core/row_keys.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Keys first, first + 1 ... with the values value, value + 1 ... */
struct row_run {
    uint64_t first;
    uint32_t value, n;
};

/* Five bytes say where the key's bytes end; they begin where those of the key before end. */
struct row_key {
    uint32_t end, value;
    uint8_t end_high;
};

/* --- runs of numbers --- */

/* A text that is written as the number would be: no sign, no zeros in front. */
static bool is_number(struct text key, uint64_t *out) {
    enum { DIGITS_MAX = 18 };
    uint64_t number = 0;

    if (key.n == 0 || key.n > DIGITS_MAX || (key.n > 1 && key.at[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < key.n; i++) {
        if (key.at[i] < '0' || key.at[i] > '9') {
            return false;
        }
        number = number * 10 + (uint64_t)(key.at[i] - '0');
    }
    *out = number;
    return true;
}

static bool is_in_run(const struct row_keys *keys, size_t i, uint64_t number) {
    const struct row_run *run = &keys->runs[i];

    return number >= run->first && number - run->first < run->n;
}

static uint32_t find_in_runs(struct row_keys *keys, uint64_t number) {
    size_t from = 0, to = keys->n_runs, found = SIZE_MAX;

    for (size_t i = keys->last; i < keys->n_runs && i < keys->last + 2; i++) {
        found = is_in_run(keys, i, number) ? i : found;
    }
    while (found == SIZE_MAX && from < to) {
        size_t middle = from + (to - from) / 2;
        if (is_in_run(keys, middle, number)) {
            found = middle;
        } else if (number < keys->runs[middle].first) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    if (found == SIZE_MAX) {
        return INDEX_NONE;
    }
    keys->last = found;
    return keys->runs[found].value + (uint32_t)(number - keys->runs[found].first);
}

/* False when the number lies between others: no run has a place for it. */
static bool add_to_runs(struct row_keys *keys, uint64_t number, uint32_t value, uint32_t *known) {
    struct row_run *last = keys->n_runs == 0 ? NULL : &keys->runs[keys->n_runs - 1];

    *known = value;
    if (last != NULL && number < last->first + last->n) {
        *known = find_in_runs(keys, number);
        return *known != INDEX_NONE;
    }
    if (last != NULL && number == last->first + last->n && value == last->value + last->n) {
        last->n++;
        return true;
    }
    keys->runs =
        array_reserve(keys->runs, &keys->runs_capacity, keys->n_runs + 1, sizeof *keys->runs);
    keys->runs[keys->n_runs++] = (struct row_run){number, value, 1};
    return true;
}

/* --- the list --- */

static size_t end_of(const struct row_key *key) {
    return (size_t)key->end_high << 32 | key->end;
}

static struct text key_at(const struct row_keys *keys, size_t i) {
    size_t from = i == 0 ? 0 : end_of(&keys->at[i - 1]);

    return (struct text){keys->bytes + from, end_of(&keys->at[i]) - from};
}

static int compare(struct text a, struct text b) {
    return a.n != b.n ? (a.n > b.n) - (a.n < b.n) : text_compare(a, b);
}

static void append(struct row_keys *keys, struct text key, uint32_t value) {
    keys->bytes = array_reserve(keys->bytes, &keys->bytes_capacity, keys->n_bytes + key.n + 1, 1);
    keys->at = array_reserve(keys->at, &keys->capacity, keys->n + 1, sizeof *keys->at);
    if (key.n > 0) {
        memcpy(keys->bytes + keys->n_bytes, key.at, key.n);
    }
    keys->n_bytes += key.n;
    keys->at[keys->n++] =
        (struct row_key){(uint32_t)keys->n_bytes, value, (uint8_t)(keys->n_bytes >> 32)};
}

/* Place of the key in an ascending list, SIZE_MAX when it is not there. */
static size_t place_in_order(const struct row_keys *keys, struct text key) {
    size_t from = 0, to = keys->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(key, key_at(keys, middle));
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return SIZE_MAX;
}

/* Numbers become texts, which ascend as the numbers did. */
static void spill_runs(struct row_keys *keys) {
    char digits[24];

    for (size_t i = 0; i < keys->n_runs; i++) {
        const struct row_run *run = &keys->runs[i];
        for (uint32_t k = 0; k < run->n; k++) {
            int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)run->first + k);
            append(keys, (struct text){digits, n < 0 ? 0 : (size_t)n}, run->value + k);
        }
    }
    array_release(&keys->runs);
    keys->n_runs = keys->runs_capacity = keys->last = 0;
}

/* --- hashes --- */

/* The slot that leads to the key, or the free one where it belongs. */
static uint64_t *slot_of(const struct row_keys *keys, struct text key, uint32_t hash) {
    size_t mask = keys->n_slots - 1, at = hash & mask;

    while (keys->slots[at] != 0) {
        uint64_t slot = keys->slots[at];
        if (slot >> 32 == hash && text_equal(key_at(keys, (uint32_t)slot - 1), key)) {
            break;
        }
        at = (at + 1) & mask;
    }
    return &keys->slots[at];
}

static void put(struct row_keys *keys, uint64_t slot) {
    size_t mask = keys->n_slots - 1, at = (slot >> 32) & mask;

    while (keys->slots[at] != 0) {
        at = (at + 1) & mask;
    }
    keys->slots[at] = slot;
}

/* Makes room for one key more; at most three quarters of the slots are taken. */
static void reserve_slots(struct row_keys *keys) {
    size_t n_before = keys->n_slots, capacity = 0;

    if ((keys->n + 1) * 4 <= keys->n_slots * 3) {
        return;
    }
    CLEANUP(array_release) uint64_t *before = keys->slots;
    keys->n_slots = n_before == 0 ? 16 : n_before;
    while ((keys->n + 1) * 4 > keys->n_slots * 3) {
        keys->n_slots *= 2;
    }
    keys->slots = array_reserve(NULL, &capacity, keys->n_slots, sizeof *keys->slots);
    for (size_t i = 0; i < keys->n_slots; i++) {
        keys->slots[i] = 0;
    }
    for (size_t i = 0; i < n_before; i++) {
        if (before[i] != 0) {
            put(keys, before[i]);
        }
    }
}

static void start_slots(struct row_keys *keys) {
    reserve_slots(keys);
    for (size_t i = 0; i < keys->n; i++) {
        put(keys, text_hash(key_at(keys, i)) << 32 | (uint32_t)(i + 1));
    }
}

static uint32_t add_by_hash(struct row_keys *keys, struct text key, uint32_t value) {
    uint32_t hash = (uint32_t)text_hash(key);

    reserve_slots(keys);
    uint64_t *slot = slot_of(keys, key, hash);
    if (*slot != 0) {
        return keys->at[(uint32_t)*slot - 1].value;
    }
    append(keys, key, value);
    *slot = (uint64_t)hash << 32 | (uint32_t)keys->n;
    return value;
}

/* --- all together --- */

static uint32_t add_to_list(struct row_keys *keys, struct text key, uint32_t value) {
    int order = keys->n == 0 ? 1 : compare(key, key_at(keys, keys->n - 1));

    if (keys->n_slots > 0) {
        return add_by_hash(keys, key, value);
    }
    if (order == 0) {
        return keys->at[keys->n - 1].value;
    }
    if (order < 0) {
        start_slots(keys);
        return add_by_hash(keys, key, value);
    }
    append(keys, key, value);
    return value;
}

uint32_t row_keys_add(struct row_keys *keys, struct text key, uint32_t value) {
    uint64_t number = 0;
    uint32_t known = INDEX_NONE;

    if (keys->n == 0 && is_number(key, &number) && add_to_runs(keys, number, value, &known)) {
        return known;
    }
    spill_runs(keys);
    return add_to_list(keys, key, value);
}

uint32_t row_keys_find(struct row_keys *keys, struct text key) {
    uint64_t number = 0;
    size_t place = SIZE_MAX;

    if (keys->n_runs > 0) {
        return is_number(key, &number) ? find_in_runs(keys, number) : INDEX_NONE;
    }
    for (size_t i = keys->last; i < keys->n && i < keys->last + 2 && place == SIZE_MAX; i++) {
        place = text_equal(key_at(keys, i), key) ? i : SIZE_MAX;
    }
    if (place == SIZE_MAX && keys->n_slots > 0) {
        uint64_t slot = *slot_of(keys, key, (uint32_t)text_hash(key));
        place = slot == 0 ? SIZE_MAX : (size_t)(uint32_t)slot - 1;
    } else if (place == SIZE_MAX) {
        place = place_in_order(keys, key);
    }
    if (place == SIZE_MAX) {
        return INDEX_NONE;
    }
    keys->last = place;
    return keys->at[place].value;
}

void row_keys_release(struct row_keys *keys) {
    array_release(&keys->runs);
    array_release(&keys->at);
    array_release(&keys->bytes);
    array_release(&keys->slots);
    *keys = (struct row_keys){0};
}
