#include "formats/export/unique_ids.h"

#include "core/index.h"

static struct text made_id(const struct inspection *inspection, struct arena *arena) {
    struct text name = inspection->segment_ref;

    if (inspection->id.n > 0) {
        return inspection->id;
    }
    if (name.n == 0) {
        name = arena_printf(arena, "%.*s-%.*s", TEXT_ARGS(text_cut(inspection->start_node, 200)),
            TEXT_ARGS(text_cut(inspection->finish_node, 200)));
    }
    return inspection->inspected_on == 0
               ? name
               : arena_printf(arena, "%.*s %d", TEXT_ARGS(text_cut(name, 400)),
                     (int)inspection->inspected_on);
}

/* Numbers are counted on from the last one of the same id, so that none is tried twice. */
static struct text numbered(
    const struct index *ids, struct text id, uint32_t *last, struct arena *arena) {
    struct text candidate;

    do {
        candidate =
            arena_printf(arena, "%.*s (%u)", TEXT_ARGS(text_cut(id, 400)), (unsigned)++*last);
    } while (index_find(ids, candidate) != INDEX_NONE);
    return candidate;
}

const struct text *unique_ids(const struct export_request *request, struct arena *arena) {
    CLEANUP(index_release) struct index ids = {0};
    size_t n = request->n_inspections;
    struct text *out = ARENA_NEW(arena, struct text, n + 1);
    uint32_t *last = ARENA_NEW(arena, uint32_t, n + 1); /* by the first bearer of an id */

    index_reserve(&ids, n);
    for (size_t i = 0; i < n; i++) { /* own ids first: a made one must not take them away */
        out[i] = made_id(request->inspections[i], arena);
        index_add(&ids, out[i], (uint32_t)i);
        last[i] = 1;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t first = index_find(&ids, out[i]);
        if (first != i) {
            out[i] = numbered(&ids, out[i], &last[first], arena);
            index_add(&ids, out[i], (uint32_t)i);
        }
    }
    return out;
}
