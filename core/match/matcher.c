/* Four indexes of ids, each made when the first id is looked up in it: a clean delivery never
 * needs more than the one of segment ids as written. */
#include "core/match/matcher.h"

#include "core/index.h"
#include "core/match/lazy.h"
#include "core/match/normalise.h"
#include "core/match/places.h"
#include "core/match/similar.h"

const struct match_options match_defaults = {
    .coordinate_tolerance_m = 2,
    .length_tolerance = 0.05,
    .length_tolerance_m = 2,
};

struct lazy_index {
    struct lazy lazy;
    const struct network *network;
    enum id_owner owner;
    enum id_form form;
    struct index index; /* the first that bears the id */
    uint32_t *next;     /* the next one that bears the same; NULL when no id comes twice */
    struct arena arena; /* normal forms that differ from the id */
};

void few_add(struct few *few, uint32_t number) {
    if (few_has(few, number)) {
        return;
    }
    if (few->n == FEW) {
        few->is_cut = true;
        return;
    }
    few->at[few->n++] = number;
}

bool few_has(const struct few *few, uint32_t number) {
    for (size_t i = 0; i < few->n; i++) {
        if (few->at[i] == number) {
            return true;
        }
    }
    return false;
}

/* --- ids --- */

static struct text id_of(const struct network *network, enum id_owner owner, size_t number) {
    return owner == ID_OF_NODE ? network->nodes[number].id
                               : segment_own_id(&network->segments[number]);
}

static size_t n_ids_of(const struct network *network, enum id_owner owner) {
    return owner == ID_OF_NODE ? network->n_nodes : network->n_segments;
}

static void add_next(struct lazy_index *ids, size_t n, uint32_t first, uint32_t number) {
    if (ids->next == NULL) {
        size_t capacity = 0;
        ids->next = array_reserve(NULL, &capacity, n, sizeof *ids->next);
        for (size_t i = 0; i < n; i++) {
            ids->next[i] = INDEX_NONE;
        }
    }
    ids->next[number] = ids->next[first];
    ids->next[first] = number;
}

static void make_index(void *context) {
    struct lazy_index *ids = context;
    size_t n = n_ids_of(ids->network, ids->owner);

    index_reserve(&ids->index, n);
    for (size_t i = 0; i < n; i++) {
        struct text id = id_of(ids->network, ids->owner, i);
        if (ids->form == ID_NORMALISED) {
            id = id_normalise(&ids->arena, id);
        }
        if (id.n == 0) {
            continue;
        }
        uint32_t first = index_add(&ids->index, id, (uint32_t)i);
        if (first != i) {
            add_next(ids, n, first, (uint32_t)i);
        }
        if (ids->owner == ID_OF_SEGMENT && ids->network->segments[i].id_added_n > 0) {
            index_add(&ids->index, ids->network->segments[i].id, (uint32_t)i); /* as we name it */
        }
    }
}

struct few matcher_find(
    const struct matcher *matcher, enum id_owner owner, enum id_form form, struct text id) {
    struct lazy_index *ids = matcher->ids[owner][form];
    struct few few = {0};
    struct folded folded;

    if (form == ID_NORMALISED) {
        id = id_fold_short(id, &folded);
    }
    if (id.n == 0) {
        return few;
    }
    lazy_make(&ids->lazy, make_index, ids);
    uint32_t number = index_find(&ids->index, id);
    while (number != INDEX_NONE && !few.is_cut) {
        few_add(&few, number);
        number = ids->next == NULL ? INDEX_NONE : ids->next[number];
    }
    return few;
}

bool matcher_is_only(const struct matcher *matcher, uint32_t segment, struct text id) {
    const struct network *network = matcher->network;
    bool comes_no_id_twice =
        !network->has_repeated_ids && matcher->ids[ID_OF_SEGMENT][ID_AS_WRITTEN]->next == NULL;

    return comes_no_id_twice && id.n > 0 && segment < network->n_segments &&
           text_equal(network->segments[segment].id, id);
}

struct few matcher_find_any(
    const struct matcher *matcher, enum id_owner owner, struct text id, enum id_form *form) {
    *form = ID_AS_WRITTEN;
    struct few few = matcher_find(matcher, owner, ID_AS_WRITTEN, id);
    if (few.n == 0) {
        *form = ID_NORMALISED;
        few = matcher_find(matcher, owner, ID_NORMALISED, id);
    }
    return few;
}

bool matcher_has_id(
    const struct matcher *matcher, enum id_owner owner, uint32_t number, struct text id) {
    struct text own = id_of(matcher->network, owner, number);
    struct folded folded, own_folded;

    if (id.n == 0 || own.n == 0) {
        return false;
    }
    return text_equal(own, id) ||
           text_equal(id_fold_short(own, &own_folded), id_fold_short(id, &folded));
}

struct text matcher_id(const struct matcher *matcher, enum id_owner owner, uint32_t number) {
    const struct network *network = matcher->network;

    return owner == ID_OF_NODE ? network->nodes[number].id : network->segments[number].id;
}

size_t matcher_n_ids(const struct matcher *matcher, enum id_owner owner) {
    return n_ids_of(matcher->network, owner);
}

/* --- ends --- */

static void add_between(const struct matcher *matcher, uint32_t a, uint32_t b, struct few *few) {
    const struct network *network = matcher->network;
    uint32_t fewer = network->nodes[a].n_segments <= network->nodes[b].n_segments ? a : b;
    const uint32_t *links = network_links(network, fewer);
    size_t n = network->nodes[fewer].n_segments;

    for (size_t i = 0; i < n && i < LINKS_LOOKED_THROUGH; i++) {
        const struct segment *segment = &network->segments[links[i]];
        if ((segment->from_node == a && segment->to_node == b) ||
            (segment->from_node == b && segment->to_node == a)) {
            few_add(few, links[i]);
        }
    }
}

struct few matcher_between(
    const struct matcher *matcher, const struct few *a, const struct few *b) {
    struct few few = {0};

    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            add_between(matcher, a->at[i], b->at[k], &few);
        }
    }
    return few;
}

/* --- life --- */

static struct lazy_index *index_new(
    const struct network *network, enum id_owner owner, enum id_form form) {
    size_t capacity = 0;
    struct lazy_index *ids = array_reserve(NULL, &capacity, 1, sizeof *ids);

    *ids = (struct lazy_index){.network = network, .owner = owner, .form = form};
    lazy_init(&ids->lazy);
    return ids;
}

struct matcher *matcher_new(const struct network *network, const struct match_options *options) {
    size_t capacity = 0;
    struct matcher *matcher = array_reserve(NULL, &capacity, 1, sizeof *matcher);

    *matcher = (struct matcher){.network = network, .options = *options};
    for (size_t owner = 0; owner < ID_OWNERS; owner++) {
        for (size_t form = 0; form < ID_FORMS; form++) {
            matcher->ids[owner][form] =
                index_new(network, (enum id_owner)owner, (enum id_form)form);
        }
        matcher->sorted_ids[owner] = sorted_ids_new();
    }
    matcher->sorted_places = sorted_places_new();
    if (network->n_segments > 0) {
        struct lazy_index *ids = matcher->ids[ID_OF_SEGMENT][ID_AS_WRITTEN];
        lazy_make(&ids->lazy, make_index, ids);
    }
    return matcher;
}

static void index_free(struct lazy_index *ids) {
    lazy_release(&ids->lazy);
    index_release(&ids->index);
    array_release(&ids->next);
    arena_release(&ids->arena);
    array_release(&ids);
}

void matcher_release(struct matcher *matcher) {
    if (matcher == NULL) {
        return;
    }
    for (size_t owner = 0; owner < ID_OWNERS; owner++) {
        for (size_t form = 0; form < ID_FORMS; form++) {
            index_free(matcher->ids[owner][form]);
        }
        sorted_ids_release(matcher->sorted_ids[owner]);
    }
    sorted_places_release(matcher->sorted_places);
    array_release(&matcher);
}
