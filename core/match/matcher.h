#pragma once
/* What a matcher looks up: nodes and segments by id, segments by their ends. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/match.h"

enum id_form {
    ID_AS_WRITTEN,
    ID_NORMALISED,
    ID_FORMS,
};

enum id_owner {
    ID_OF_SEGMENT,
    ID_OF_NODE,
    ID_OWNERS,
};

/* Things that fit, as numbers; few, or there is no point in telling them apart. */
enum { FEW = 8 };
struct few {
    uint32_t at[FEW];
    size_t n;
    bool is_cut; /* there are more */
};

void few_add(struct few *few, uint32_t number); /* unless it is there */
bool few_has(const struct few *few, uint32_t number);

/* More segments than this at one node are not looked through. */
enum { LINKS_LOOKED_THROUGH = 1024 };

/* An index that is made when it is first asked for, by whichever thread asks. */
struct lazy_index;

/* Segment ids in order, and places of segment ends in order: made lazily too. */
struct sorted_ids;
struct sorted_places;

struct matcher {
    const struct network *network;
    struct match_options options;
    struct lazy_index *ids[ID_OWNERS][ID_FORMS];
    struct sorted_ids *sorted_ids[ID_OWNERS];
    struct sorted_places *sorted_places;
};

/* The nodes or segments that bear the id in this form. */
struct few matcher_find(
    const struct matcher *matcher, enum id_owner owner, enum id_form form, struct text id);

/* Is this segment the only one that bears the id as written?  False may also mean: not known at
 * once.  Deliveries mostly follow the order of the network, and this is quicker than to find. */
bool matcher_is_only(const struct matcher *matcher, uint32_t segment, struct text id);

/* As written or, when none is written so, normalised. */
struct few matcher_find_any(
    const struct matcher *matcher, enum id_owner owner, struct text id, enum id_form *form);

/* Does the node or segment bear the id, in either form? */
bool matcher_has_id(
    const struct matcher *matcher, enum id_owner owner, uint32_t number, struct text id);

struct text matcher_id(const struct matcher *matcher, enum id_owner owner, uint32_t number);
size_t matcher_n_ids(const struct matcher *matcher, enum id_owner owner);

/* The segments between any of the nodes of `a` and any of `b`, either way round. */
struct few matcher_between(const struct matcher *matcher, const struct few *a, const struct few *b);
