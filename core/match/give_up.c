/* Nothing fits, or too much does: the reason and the best candidates, for the people who correct
 * the data. */
#include "core/match/attempt.h"
#include "core/match/similar.h"

enum { MAX_CANDIDATES = 5 };

struct list {
    struct arena *arena;
    struct text text;
    size_t n, n_more;
};

static void add_item(struct list *list, struct text item) {
    if (list->n == MAX_CANDIDATES) {
        list->n_more++;
        return;
    }
    list->text = list->n == 0 ? item
                              : arena_printf(list->arena, "%.*s; %.*s", TEXT_ARGS(list->text),
                                    TEXT_ARGS(item));
    list->n++;
}

static struct text list_end(struct list *list) {
    if (list->n_more > 0) {
        return arena_printf(list->arena, "%.*s; and %zu more", TEXT_ARGS(list->text), list->n_more);
    }
    return list->text;
}

static struct text node_name(const struct network *network, uint32_t node) {
    return node == NO_NODE ? TEXT("?") : network->nodes[node].id;
}

/* P12 (W3-W4), and with its feature number when ids do not tell it from others. */
static struct text describe(struct attempt *attempt, uint32_t number, bool with_feature) {
    const struct network *network = attempt->matcher->network;
    const struct segment *segment = &network->segments[number];
    struct text from = node_name(network, segment->from_node);
    struct text to = node_name(network, segment->to_node);

    if (with_feature) {
        return arena_printf(&attempt->yield->arena, "%.*s (%.*s-%.*s, feature %u)",
            TEXT_ARGS(segment->id), TEXT_ARGS(from), TEXT_ARGS(to),
            (unsigned)segment->number_in_file);
    }
    return arena_printf(&attempt->yield->arena, "%.*s (%.*s-%.*s)", TEXT_ARGS(segment->id),
        TEXT_ARGS(from), TEXT_ARGS(to));
}

static bool share_an_id(const struct network *network, const struct few *few) {
    for (size_t i = 1; i < few->n; i++) {
        if (text_equal(network->segments[few->at[i]].id, network->segments[few->at[0]].id)) {
            return true;
        }
    }
    return false;
}

static void list_fitting(struct attempt *attempt, struct list *list) {
    bool with_feature = share_an_id(attempt->matcher->network, &attempt->fitting);

    for (size_t i = 0; i < attempt->fitting.n; i++) {
        add_item(list, describe(attempt, attempt->fitting.at[i], with_feature));
    }
}

static void list_chains(struct attempt *attempt, struct list *list) {
    const struct segment *segments = attempt->matcher->network->segments;

    for (size_t i = 0; i < attempt->n_chains; i++) {
        const struct chain *chain = &attempt->chains[i];
        struct text way = segments[chain->segments[0]].id;
        for (size_t k = 1; k < chain->n; k++) {
            way = arena_printf(list->arena, "%.*s + %.*s", TEXT_ARGS(way),
                TEXT_ARGS(segments[chain->segments[k]].id));
        }
        add_item(list, way);
    }
}

static void list_at_node(
    struct attempt *attempt, uint32_t node, struct few *seen, struct list *list) {
    const struct network *network = attempt->matcher->network;
    const uint32_t *links = network_links(network, node);
    size_t n = network->nodes[node].n_segments;

    for (size_t i = 0; i < n && i < LINKS_LOOKED_THROUGH; i++) {
        if (!few_has(seen, links[i])) {
            few_add(seen, links[i]);
            add_item(list, list->n == MAX_CANDIDATES
                               ? (struct text){0}
                               : arena_printf(list->arena, "%.*s (shares node %.*s)",
                                     TEXT_ARGS(network->segments[links[i]].id),
                                     TEXT_ARGS(network->nodes[node].id)));
        }
    }
}

static void list_similar(
    struct attempt *attempt, enum id_owner owner, struct text id, struct list *list) {
    struct few few = similar_find(attempt->matcher, owner, id);

    for (size_t i = 0; i < few.n; i++) {
        add_item(list, arena_printf(list->arena, "%.*s (similar id)",
                           TEXT_ARGS(matcher_id(attempt->matcher, owner, few.at[i]))));
    }
}

static struct text candidates(struct attempt *attempt) {
    struct list list = {.arena = &attempt->yield->arena};
    const struct ends *ends = &attempt->ends;
    struct few seen = {0};

    list_fitting(attempt, &list);
    list_chains(attempt, &list);
    if (list.n > 0) {
        return list_end(&list);
    }
    if (text_trim(attempt->inspection->segment_ref).n > 0) {
        list_similar(attempt, ID_OF_SEGMENT, attempt->inspection->segment_ref, &list);
    }
    for (size_t i = 0; i < ends->starts.n; i++) {
        list_at_node(attempt, ends->starts.at[i], &seen, &list);
    }
    for (size_t i = 0; i < ends->finishes.n; i++) {
        list_at_node(attempt, ends->finishes.at[i], &seen, &list);
    }
    return list_end(&list);
}

/* segment 'X', nodes 'A' and 'B (unknown)' */
static struct text what_was_asked(struct attempt *attempt) {
    const struct ends *ends = &attempt->ends;
    struct text reference = text_trim(attempt->inspection->segment_ref);
    struct arena *arena = &attempt->yield->arena;
    struct text asked = {0};

    if (reference.n > 0) {
        asked = arena_printf(arena, "segment '%.*s'", TEXT_ARGS(reference));
    }
    if (ends->start.n > 0 || ends->finish.n > 0) {
        asked = arena_printf(arena, "%.*s%snode '%.*s'%s, node '%.*s'%s", TEXT_ARGS(asked),
            asked.n > 0 ? ", " : "", TEXT_ARGS(ends->start),
            ends->starts.n > 0 ? "" : " (not in the network)", TEXT_ARGS(ends->finish),
            ends->finishes.n > 0 ? "" : " (not in the network)");
    }
    return asked;
}

static void finish_giving_up(
    struct attempt *attempt, enum unplaced_reason reason, struct text asked) {
    struct inspection *inspection = attempt->inspection;
    struct text why = attempt->why_not;
    struct text best = inspection->candidates;

    inspection->unplaced = (uint8_t)reason;
    inspection->match_note = why.n == 0
                                 ? asked
                                 : arena_printf(&attempt->yield->arena, "%.*s%s%.*s",
                                       TEXT_ARGS(asked), asked.n > 0 ? ": " : "", TEXT_ARGS(why));
    findings_add(&attempt->yield->findings,
        reason == UNPLACED_AMBIGUOUS ? FINDING_AMBIGUOUS_MATCH : FINDING_NOT_MATCHED,
        inspection_place(inspection, inspection->line), "%.*s%s%.*s",
        TEXT_ARGS(inspection->match_note), best.n > 0 ? "; candidates: " : "", TEXT_ARGS(best));
}

void give_up(struct attempt *attempt) {
    struct inspection *inspection = attempt->inspection;
    enum unplaced_reason reason = UNPLACED_NO_MATCH;

    if (attempt->fitting.n > 1 || attempt->n_chains > 1) {
        reason = UNPLACED_AMBIGUOUS;
    } else if (!ends_any_reference(inspection, &attempt->ends)) {
        reason = UNPLACED_NO_REFERENCE;
    }
    inspection->candidates = candidates(attempt);
    finish_giving_up(attempt, reason,
        reason == UNPLACED_NO_REFERENCE ? TEXT("no segment and no node is named")
                                        : what_was_asked(attempt));
}

void give_up_node(struct attempt *attempt, const struct few *nodes) {
    struct inspection *inspection = attempt->inspection;
    struct arena *arena = &attempt->yield->arena;
    struct text asked = text_trim(inspection->segment_ref);
    struct list list = {.arena = arena};

    asked = asked.n > 0 ? asked : text_trim(inspection->start_node);
    for (size_t i = 0; i < nodes->n; i++) {
        const struct node *node = &attempt->matcher->network->nodes[nodes->at[i]];
        add_item(&list, node->line > 0 ? arena_printf(arena, "%.*s (feature %u)",
                                             TEXT_ARGS(node->id), (unsigned)node->line)
                                       : node->id);
    }
    if (nodes->n == 0 && asked.n > 0) {
        list_similar(attempt, ID_OF_NODE, asked, &list);
    }
    inspection->candidates = list_end(&list);
    if (asked.n == 0) {
        finish_giving_up(attempt, UNPLACED_NO_REFERENCE, TEXT("no node is named"));
        return;
    }
    finish_giving_up(attempt, nodes->n > 0 ? UNPLACED_AMBIGUOUS : UNPLACED_NO_MATCH,
        arena_printf(arena, "node '%.*s'", TEXT_ARGS(asked)));
}

struct text few_ids(struct attempt *attempt, enum id_owner owner, const struct few *few) {
    struct list list = {.arena = &attempt->yield->arena};

    for (size_t i = 0; i < few->n; i++) {
        add_item(&list, matcher_id(attempt->matcher, owner, few->at[i]));
    }
    return list_end(&list);
}
