/* Inspections that were delivered twice.  Headers are compared first: only where two are alike,
 * which is rare, are the observations looked at. */
#include "core/current.h"
#include "core/current/same.h"

#define EMPTY UINT32_MAX

/* Open addressing over hashes that the items already have. */
struct hash_set {
    uint32_t *slots; /* numbers of items, EMPTY for none */
    size_t mask;
};

static struct hash_set hash_set_new(size_t n) {
    size_t n_slots = 16, capacity = 0;

    while (n_slots < n * 2) {
        n_slots *= 2;
    }
    struct hash_set set = {array_reserve(NULL, &capacity, n_slots, sizeof *set.slots), n_slots - 1};
    for (size_t i = 0; i < n_slots; i++) {
        set.slots[i] = EMPTY;
    }
    return set;
}

/* The slot of this hash: taken by an item of the same hash, or empty. */
static uint32_t *slot_of(const struct hash_set *set, const uint64_t *hashes, uint64_t hash) {
    size_t at = hash & set->mask;

    while (set->slots[at] != EMPTY && hashes[set->slots[at]] != hash) {
        at = (at + 1) & set->mask;
    }
    return &set->slots[at];
}

static void report(const struct inspection *inspection, const struct inspection *first,
    struct findings *findings) {
    findings_add(findings, FINDING_DUPLICATE_INSPECTION,
        inspection_place(inspection, inspection->line), "the same as '%.*s' in '%.*s', line %u",
        TEXT_ARGS(first->id), TEXT_ARGS(text_base_name(first->survey->file.path)),
        (unsigned)first->line);
}

/* Which headers come more than once: sets is_repeated of all that share one; how many do. */
static size_t find_repeated_headers(
    struct inspection **inspections, size_t n, uint64_t *hashes, bool *is_repeated) {
    CLEANUP(array_release) uint32_t *slots = NULL;
    struct hash_set set = hash_set_new(n);
    size_t n_repeated = 0;

    slots = set.slots;
    for (size_t i = 0; i < n; i++) {
        is_repeated[i] = false;
        if (!inspection_has_object(inspections[i])) {
            continue;
        }
        hashes[i] = inspection_header_hash(inspections[i]);
        uint32_t *slot = slot_of(&set, hashes, hashes[i]);
        if (*slot == EMPTY) {
            *slot = (uint32_t)i;
        } else {
            n_repeated += is_repeated[*slot] ? 1 : 2;
            is_repeated[i] = true;
            is_repeated[*slot] = true;
        }
    }
    return n_repeated;
}

void current_find_duplicates(struct inspection **inspections, size_t n, struct findings *findings) {
    size_t hashes_capacity = 0, repeated_capacity = 0;
    CLEANUP(array_release)
    uint64_t *hashes = array_reserve(NULL, &hashes_capacity, n, sizeof *hashes);
    CLEANUP(array_release)
    bool *is_repeated = array_reserve(NULL, &repeated_capacity, n, sizeof *is_repeated);

    size_t n_repeated = find_repeated_headers(inspections, n, hashes, is_repeated);
    CLEANUP(array_release) uint32_t *slots = NULL;
    struct hash_set set = hash_set_new(n_repeated);
    slots = set.slots;
    for (size_t i = 0; i < n && n_repeated > 0; i++) {
        if (!is_repeated[i]) {
            continue;
        }
        hashes[i] = inspection_hash(inspections[i]);
        uint32_t *slot = slot_of(&set, hashes, hashes[i]);
        if (*slot == EMPTY) {
            *slot = (uint32_t)i;
        } else if (inspection_is_same(inspections[i], inspections[*slot])) {
            inspections[i]->is_duplicate = true;
            inspections[i]->duplicate_of = *slot;
            report(inspections[i], inspections[*slot], findings);
        }
    }
}
