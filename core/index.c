#include "core/index.h"

#include "core/arena.h"

/* Half of the hash is kept in the slot: most probes are settled without touching the key. */
struct index_slot {
    const char *key;
    uint32_t key_n, hash, value;
};

static size_t slot_of(const struct index *index, struct text key, uint32_t hash) {
    size_t mask = index->n_slots - 1;
    size_t at = hash & mask;

    while (index->slots[at].key != NULL) {
        const struct index_slot *slot = &index->slots[at];
        if (slot->hash == hash && text_equal((struct text){slot->key, slot->key_n}, key)) {
            break;
        }
        at = (at + 1) & mask;
    }
    return at;
}

void index_reserve(struct index *index, size_t n) {
    size_t wanted = 16;

    while (wanted < n * 2) {
        wanted *= 2;
    }
    if (wanted <= index->n_slots) {
        return;
    }
    struct index grown = {.n = index->n, .n_slots = wanted};
    size_t capacity = 0;
    grown.slots = array_reserve(NULL, &capacity, wanted, sizeof *grown.slots);
    for (size_t i = 0; i < wanted; i++) {
        grown.slots[i] = (struct index_slot){0};
    }
    for (size_t i = 0; i < index->n_slots; i++) {
        struct index_slot slot = index->slots[i];
        if (slot.key != NULL) {
            grown.slots[slot_of(&grown, (struct text){slot.key, slot.key_n}, slot.hash)] = slot;
        }
    }
    array_release(&index->slots);
    *index = grown;
}

uint32_t index_find(const struct index *index, struct text key) {
    if (index->n_slots == 0) {
        return INDEX_NONE;
    }
    const struct index_slot *slot = &index->slots[slot_of(index, key, (uint32_t)text_hash(key))];
    return slot->key == NULL ? INDEX_NONE : slot->value;
}

uint32_t index_add(struct index *index, struct text key, uint32_t value) {
    uint32_t hash = (uint32_t)text_hash(key);

    index_reserve(index, index->n + 1);
    struct index_slot *slot = &index->slots[slot_of(index, key, hash)];
    if (slot->key == NULL) {
        *slot = (struct index_slot){key.at == NULL ? "" : key.at, (uint32_t)key.n, hash, value};
        index->n++;
    }
    return slot->value;
}

void index_release(struct index *index) {
    array_release(&index->slots);
    *index = (struct index){0};
}
