/* Rungs 3 and 4: the segments between two nodes, and how parallel ones are told apart. */
#include "core/match/fit.h"
#include "core/match/rungs.h"

/* The segments of the pair that bear the reference's id; without one, those segments of that id
 * that share a node win over the pair, and the pair over the others. */
static struct few reconcile(struct attempt *attempt, const struct few *between) {
    const struct segment *segments = attempt->matcher->network->segments;
    struct few kept = {0}, sharing = {0};

    for (size_t i = 0; i < between->n; i++) {
        if (matcher_has_id(attempt->matcher, ID_OF_SEGMENT, between->at[i],
                attempt->inspection->segment_ref)) {
            few_add(&kept, between->at[i]);
        }
    }
    if (kept.n > 0) {
        return kept;
    }
    for (size_t i = 0; i < attempt->fitting.n; i++) {
        const struct segment *segment = &segments[attempt->fitting.at[i]];
        if (is_at(segment, &attempt->ends.starts) || is_at(segment, &attempt->ends.finishes)) {
            few_add(&sharing, attempt->fitting.at[i]);
        }
    }
    bool is_id_believed = sharing.n > 0 || between->n == 0;
    report_contradiction(
        attempt, &segments[attempt->fitting.at[0]], is_id_believed ? "segment id" : "node pair");
    if (sharing.n > 0) {
        return sharing;
    }
    return between->n > 0 ? *between : attempt->fitting;
}

static struct text pair_note(struct attempt *attempt) {
    const struct ends *ends = &attempt->ends;
    struct arena *arena = &attempt->yield->arena;

    if (ends->is_from_reference) {
        return arena_printf(arena, "nodes '%.*s' and '%.*s' taken from the reference",
            TEXT_ARGS(ends->start), TEXT_ARGS(ends->finish));
    }
    if (attempt->is_id_unknown) {
        return arena_printf(arena, "segment '%.*s' is not in the network; its nodes are",
            TEXT_ARGS(attempt->inspection->segment_ref));
    }
    if (ends->is_normalised) {
        struct text starts = few_ids(attempt, ID_OF_NODE, &ends->starts);
        struct text finishes = few_ids(attempt, ID_OF_NODE, &ends->finishes);
        return arena_printf(arena, "nodes '%.*s', '%.*s' read as '%.*s', '%.*s'",
            TEXT_ARGS(ends->start), TEXT_ARGS(ends->finish), TEXT_ARGS(starts),
            TEXT_ARGS(finishes));
    }
    return (struct text){0};
}

bool by_pair(struct attempt *attempt) {
    const struct ends *ends = &attempt->ends;

    attempt_find_ends(attempt);
    if (ends->starts.n == 0 || ends->finishes.n == 0) {
        return false;
    }
    struct few between = matcher_between(attempt->matcher, &ends->starts, &ends->finishes);
    if (attempt->is_id_ambiguous) {
        between = reconcile(attempt, &between);
    }
    if (between.n == 1) {
        return attempt_settle(attempt, between.at[0], MATCH_NODE_PAIR, pair_note(attempt));
    }
    if (between.n > 0) {
        attempt->fitting = between;
    }
    return false;
}

bool by_marks(struct attempt *attempt) {
    if (attempt->fitting.n < 2) {
        return false;
    }
    const char *mark = tell_apart(attempt->matcher, attempt->inspection, &attempt->fitting);
    if (mark == NULL) {
        return false;
    }
    return attempt_settle(attempt, attempt->fitting.at[0], MATCH_NODE_PAIR_SUFFIX,
        arena_printf(&attempt->yield->arena, "told apart by %s", mark));
}
