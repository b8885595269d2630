/* Ids in the order of their normal forms: similar ones mostly stand close together.  Only so many
 * neighbours are looked at, so that a delivery in which nothing fits takes no longer. */
#include "core/match/similar.h"

#include <stdlib.h>

#include "core/match/lazy.h"
#include "core/match/normalise.h"

enum { NEIGHBOURS = 8, MAX_DISTANCE = 2, MAX_LETTERS = 64 };

struct sorted_id {
    struct text form;
    uint32_t number;
};

struct sorted_ids {
    struct lazy lazy;
    struct sorted_id *at;
    size_t n;
    struct arena arena;
};

struct making {
    const struct matcher *matcher;
    enum id_owner owner;
};

struct sorted_ids *sorted_ids_new(void) {
    size_t capacity = 0;
    struct sorted_ids *sorted = array_reserve(NULL, &capacity, 1, sizeof *sorted);

    *sorted = (struct sorted_ids){0};
    lazy_init(&sorted->lazy);
    return sorted;
}

void sorted_ids_release(struct sorted_ids *sorted) {
    lazy_release(&sorted->lazy);
    array_release(&sorted->at);
    arena_release(&sorted->arena);
    array_release(&sorted);
}

static int compare(const void *left, const void *right) {
    const struct sorted_id *a = left, *b = right;
    int order = text_compare(a->form, b->form);

    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static void make_sorted(void *context) {
    const struct making *making = context;
    struct sorted_ids *sorted = making->matcher->sorted_ids[making->owner];
    size_t n = matcher_n_ids(making->matcher, making->owner), capacity = 0;

    sorted->at = array_reserve(NULL, &capacity, n + 1, sizeof *sorted->at);
    for (size_t i = 0; i < n; i++) {
        struct text id = matcher_id(making->matcher, making->owner, (uint32_t)i);
        if (id.n > 0) {
            sorted->at[sorted->n++] =
                (struct sorted_id){id_normalise(&sorted->arena, id), (uint32_t)i};
        }
    }
    qsort(sorted->at, sorted->n, sizeof *sorted->at, compare);
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Bytes to add, drop or change; MAX_DISTANCE + 1 when there are more, or the ids are long. */
static size_t edit_distance(struct text a, struct text b) {
    size_t row[MAX_LETTERS + 1];

    if (a.n > MAX_LETTERS || b.n > MAX_LETTERS || a.n > b.n + MAX_DISTANCE ||
        b.n > a.n + MAX_DISTANCE) {
        return MAX_DISTANCE + 1;
    }
    for (size_t k = 0; k <= b.n; k++) {
        row[k] = k;
    }
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            size_t change = diagonal + (a.at[i - 1] != b.at[k - 1]);
            diagonal = row[k];
            row[k] = smallest(change, row[k] + 1, row[k - 1] + 1);
        }
    }
    return row[b.n] > MAX_DISTANCE ? MAX_DISTANCE + 1 : row[b.n];
}

static size_t place_in_order(const struct sorted_ids *sorted, struct text form) {
    size_t from = 0, to = sorted->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (text_compare(sorted->at[middle].form, form) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

struct few similar_find(const struct matcher *matcher, enum id_owner owner, struct text id) {
    struct sorted_ids *sorted = matcher->sorted_ids[owner];
    struct few few = {0};
    struct folded folded;
    struct text form = id_fold_short(id, &folded);

    if (form.n < 2 || form.n > MAX_LETTERS) {
        return few;
    }
    lazy_make(&sorted->lazy, make_sorted, &(struct making){matcher, owner});
    size_t place = place_in_order(sorted, form);
    size_t from = place > NEIGHBOURS ? place - NEIGHBOURS : 0;
    size_t to = place + NEIGHBOURS < sorted->n ? place + NEIGHBOURS : sorted->n;
    size_t most = form.n < 6 ? 1 : MAX_DISTANCE; /* every short id is like every other */
    size_t distances[NEIGHBOURS * 2] = {0};
    for (size_t i = from; i < to; i++) {
        distances[i - from] = edit_distance(sorted->at[i].form, form);
    }
    for (size_t distance = 0; distance <= most; distance++) {
        for (size_t i = from; i < to; i++) {
            if (distances[i - from] == distance) {
                few_add(&few, sorted->at[i].number);
            }
        }
    }
    return few;
}
