#include "core/repair/lookup.h"

#include "core/arena.h"

static bool is_about(const struct repair_where *where, enum defect_family family) {
    return where->code != NULL || (family != FAMILY_NONE && where->family == family);
}

static void list_rows(struct repair_lookup *lookup, const struct repair_tables *tables) {
    size_t capacity = 0, n = 0;

    for (enum defect_family family = 0; family < FAMILIES; family++) {
        lookup->rows_from[family] = (uint32_t)n;
        for (size_t i = 0; i < tables->n_rows; i++) {
            if (is_about(&tables->rows[i].where, family)) {
                lookup->rows = array_reserve(lookup->rows, &capacity, n + 1, sizeof *lookup->rows);
                lookup->rows[n++] = (uint16_t)i;
            }
        }
    }
    lookup->rows_from[FAMILIES] = (uint32_t)n;
}

static void list_exclusions(struct repair_lookup *lookup, const struct repair_tables *tables) {
    size_t capacity = 0, n = 0;

    for (enum defect_family family = 0; family < FAMILIES; family++) {
        lookup->exclusions_from[family] = (uint32_t)n;
        for (size_t i = 0; i < tables->n_exclusions; i++) {
            if (is_about(&tables->exclusions[i].where, family)) {
                lookup->exclusions =
                    array_reserve(lookup->exclusions, &capacity, n + 1, sizeof *lookup->exclusions);
                lookup->exclusions[n++] = (uint16_t)i;
            }
        }
    }
    lookup->exclusions_from[FAMILIES] = (uint32_t)n;
}

static void class_words(struct repair_lookup *lookup, const struct network *network) {
    size_t material_capacity = 0, shape_capacity = 0;

    lookup->material = array_reserve(NULL, &material_capacity, network->words.n + 1, 1);
    lookup->shape = array_reserve(NULL, &shape_capacity, network->words.n + 1, 1);
    lookup->material[0] = REPAIR_MATERIAL_ANY;
    lookup->shape[0] = REPAIR_SHAPE_ANY;
    for (size_t i = 1; i < network->words.n; i++) {
        struct text word = network_word(network, (uint32_t)i);
        lookup->material[i] = (uint8_t)repair_material_of(word);
        lookup->shape[i] = (uint8_t)repair_shape_of(word);
    }
}

struct repair_lookup repair_lookup_of(
    const struct network *network, const struct repair_tables *tables) {
    struct repair_lookup lookup = {.material = NULL};

    class_words(&lookup, network);
    list_rows(&lookup, tables);
    list_exclusions(&lookup, tables);
    return lookup;
}

void repair_lookup_release(struct repair_lookup *lookup) {
    array_release(&lookup->material);
    array_release(&lookup->shape);
    array_release(&lookup->rows);
    array_release(&lookup->exclusions);
}
