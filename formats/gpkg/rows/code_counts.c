/* A hash table of what differs, open addressing; never more than half full. */
#include "formats/gpkg/rows/code_counts.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/gpkg/schema.h"

/* What is counted by: the columns of the table but the last, where they stand in `defects`. */
static const uint8_t key_columns[] = {
    DEFECTS_DISTRICT, DEFECTS_CODE, DEFECTS_NAME, DEFECTS_KIND, DEFECTS_GRADE};
enum { KEYS = ARRAY_LEN(key_columns) };

struct code_count {
    struct value key[KEYS];
    uint32_t n_defects;
};

/* NULL first, then numbers, then texts: as SQLite sorts. */
static int compare_values(const struct value *a, const struct value *b) {
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->kind == VALUE_INTEGER) {
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    return a->kind == VALUE_NULL
               ? 0
               : text_compare((struct text){a->bytes, a->n}, (struct text){b->bytes, b->n});
}

static int compare_counts(const void *left, const void *right) {
    const struct code_count *a = left, *b = right;
    int order = 0;

    for (size_t i = 0; i < KEYS && order == 0; i++) {
        order = compare_values(&a->key[i], &b->key[i]);
    }
    return order;
}

/* District, code and grade tell nearly all apart. */
static size_t hash(const struct code_count *count) {
    const struct value *district = &count->key[0], *code = &count->key[1];
    const struct value *grade = &count->key[KEYS - 1];
    uint64_t mixed = text_hash((struct text){district->bytes, district->n}) * 31;

    if (code->kind == VALUE_TEXT) {
        mixed += text_hash((struct text){code->bytes, code->n});
    }
    if (grade->kind == VALUE_INTEGER) {
        mixed += (uint64_t)grade->integer * 0x9E3779B97F4A7C15;
    }
    return (size_t)(mixed ^ mixed >> 32);
}

/* The slot that holds the count, or the free one where it belongs. */
static uint32_t *find_slot(const struct code_counts *counts, const struct code_count *wanted) {
    size_t at = hash(wanted) & (counts->n_slots - 1);

    while (
        counts->slots[at] != 0 && compare_counts(&counts->at[counts->slots[at] - 1], wanted) != 0) {
        at = (at + 1) & (counts->n_slots - 1);
    }
    return &counts->slots[at];
}

static void grow(struct code_counts *counts) {
    counts->n_slots = counts->n_slots == 0 ? 1024 : counts->n_slots * 2;
    counts->slots = array_reserve(
        counts->slots, &counts->slots_capacity, counts->n_slots, sizeof *counts->slots);
    memset(counts->slots, 0, counts->n_slots * sizeof *counts->slots);
    for (size_t i = 0; i < counts->n; i++) {
        *find_slot(counts, &counts->at[i]) = (uint32_t)(i + 1);
    }
}

void code_counts_add(struct code_counts *counts, const struct value *defect) {
    struct code_count wanted = {0};

    if (defect[DEFECTS_DISTRICT].kind == VALUE_NULL || defect[DEFECTS_NODE_ID].kind != VALUE_NULL ||
        defect[DEFECTS_DUPLICATE_OF].kind != VALUE_NULL ||
        defect[DEFECTS_IS_CURRENT].integer == 0) {
        return;
    }
    for (size_t i = 0; i < KEYS; i++) {
        wanted.key[i] = defect[key_columns[i]];
    }
    if (counts->n * 2 >= counts->n_slots) {
        grow(counts);
    }
    uint32_t *slot = find_slot(counts, &wanted);
    if (*slot == 0) {
        counts->at =
            array_reserve(counts->at, &counts->capacity, counts->n + 1, sizeof *counts->at);
        counts->at[counts->n++] = wanted;
        *slot = (uint32_t)counts->n;
    }
    counts->at[*slot - 1].n_defects++;
}

bool code_counts_make(void *context, struct block *block) {
    struct code_counts *counts = context;

    if (counts->next == 0 && counts->n > 0) {
        qsort(counts->at, counts->n, sizeof *counts->at, compare_counts);
    }
    while (counts->next < counts->n && block_has_room(block)) {
        const struct code_count *count = &counts->at[counts->next++];
        struct value *row = block_add_row(block);
        memcpy(row, count->key, sizeof count->key);
        put_count(&row[KEYS], count->n_defects);
    }
    return counts->next < counts->n;
}

void code_counts_release(struct code_counts *counts) {
    array_release(&counts->at);
    array_release(&counts->slots);
}
