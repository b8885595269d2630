/* Rungs 1 and 2: the inspection names a segment by its id.  What it says about nodes is held
 * against that segment. */
#include "core/match/rungs.h"

static bool is_end_name(const struct attempt *attempt, uint32_t node, struct text name) {
    return node != NO_NODE && text_equal(attempt->matcher->network->nodes[node].id, name);
}

/* The usual case, settled without looking any node up: what is named are the segment's ends. */
static bool names_are_ends(const struct attempt *attempt, const struct segment *segment) {
    struct text start = attempt->ends.start, finish = attempt->ends.finish;
    uint32_t from = segment->from_node, to = segment->to_node;

    if (start.n == 0 && finish.n == 0) {
        return true;
    }
    return ((start.n == 0 || is_end_name(attempt, from, start)) &&
               (finish.n == 0 || is_end_name(attempt, to, finish))) ||
           ((start.n == 0 || is_end_name(attempt, to, start)) &&
               (finish.n == 0 || is_end_name(attempt, from, finish)));
}

bool is_at(const struct segment *segment, const struct few *nodes) {
    return few_has(nodes, segment->from_node) || few_has(nodes, segment->to_node);
}

static bool joins(const struct segment *segment, const struct ends *ends) {
    return (few_has(&ends->starts, segment->from_node) &&
               few_has(&ends->finishes, segment->to_node)) ||
           (few_has(&ends->starts, segment->to_node) &&
               few_has(&ends->finishes, segment->from_node));
}

void report_contradiction(
    struct attempt *attempt, const struct segment *segment, const char *believed) {
    findings_add(&attempt->yield->findings, FINDING_ID_CONTRADICTS_NODES,
        inspection_place(attempt->inspection, attempt->inspection->line),
        "segment '%.*s' does not join nodes '%.*s' and '%.*s'; the %s was believed",
        TEXT_ARGS(segment->id), TEXT_ARGS(attempt->ends.start), TEXT_ARGS(attempt->ends.finish),
        believed);
}

/* Does the id contradict the nodes?  Nodes that the network does not know contradict nothing. */
static bool contradicts(struct attempt *attempt, const struct segment *segment) {
    const struct ends *ends = &attempt->ends;

    if (segment->from_node == NO_NODE || segment->to_node == NO_NODE ||
        names_are_ends(attempt, segment)) {
        return false;
    }
    attempt_find_ends(attempt);
    if (ends->starts.n > 0 && ends->finishes.n > 0) {
        return !joins(segment, ends);
    }
    if (ends->starts.n > 0) {
        return !is_at(segment, &ends->starts);
    }
    return ends->finishes.n > 0 && !is_at(segment, &ends->finishes);
}

static bool settle_by_id(struct attempt *attempt, uint32_t number, enum id_form form) {
    const struct segment *segment = &attempt->matcher->network->segments[number];
    const struct ends *ends = &attempt->ends;
    bool is_contradicted = contradicts(attempt, segment);

    if (is_contradicted && !is_at(segment, &ends->starts) && !is_at(segment, &ends->finishes)) {
        bool is_settled = by_pair(attempt) || by_marks(attempt) || by_chain(attempt);
        if (is_settled || attempt->fitting.n > 1 || attempt->n_chains > 1) {
            report_contradiction(attempt, segment, "node pair");
            return is_settled;
        }
    }
    if (is_contradicted) {
        report_contradiction(attempt, segment, "segment id");
    }
    if (form == ID_AS_WRITTEN) {
        return attempt_settle(attempt, number, MATCH_SEGMENT_ID, (struct text){0});
    }
    return attempt_settle(attempt, number, MATCH_SEGMENT_ID_NORMALISED,
        arena_printf(&attempt->yield->arena, "'%.*s' read as '%.*s'",
            TEXT_ARGS(attempt->inspection->segment_ref), TEXT_ARGS(segment->id)));
}

static struct few find_segments(const struct attempt *attempt, enum id_form *form) {
    struct text id = attempt->inspection->segment_ref;

    for (uint32_t i = 0; i < 2; i++) { /* the one before again, or its neighbour */
        if (matcher_is_only(attempt->matcher, attempt->guess + i, id)) {
            *form = ID_AS_WRITTEN;
            return (struct few){.at = {attempt->guess + i}, .n = 1};
        }
    }
    return matcher_find_any(attempt->matcher, ID_OF_SEGMENT, id, form);
}

bool by_id(struct attempt *attempt) {
    enum id_form form;
    struct few found = find_segments(attempt, &form);

    if (found.n == 1) {
        return settle_by_id(attempt, found.at[0], form);
    }
    attempt->fitting = found;
    attempt->is_id_ambiguous = found.n > 1;
    attempt->is_id_unknown = found.n == 0 && attempt->inspection->segment_ref.n > 0;
    return false;
}
