/* Which end did the camera come in at?  The header's start node, the node named in the start
 * observation, the finish node, the direction with the nodes that the format calls upstream and
 * downstream, and the direction alone: each has a vote. */
#include "core/base.h"
#include "core/match/attempt.h"

enum vote {
    VOTE_NONE,
    VOTE_WITH_FLOW,
    VOTE_AGAINST_FLOW,
};

static enum vote turned(enum vote vote) {
    if (vote == VOTE_NONE) {
        return VOTE_NONE;
    }
    return vote == VOTE_WITH_FLOW ? VOTE_AGAINST_FLOW : VOTE_WITH_FLOW;
}

/* The vote of a start node: it is one end of the segment, and not both. */
static enum vote vote_of_start(
    const struct matcher *matcher, const struct segment *segment, struct text name) {
    name = text_trim(name);
    if (name.n == 0 || segment->from_node == NO_NODE || segment->to_node == NO_NODE) {
        return VOTE_NONE;
    }
    struct text from = matcher->network->nodes[segment->from_node].id;
    struct text to = matcher->network->nodes[segment->to_node].id;
    if (text_equal(name, from) != text_equal(name, to)) { /* mostly settled here */
        return text_equal(name, from) ? VOTE_WITH_FLOW : VOTE_AGAINST_FLOW;
    }
    bool is_from = matcher_has_id(matcher, ID_OF_NODE, segment->from_node, name);
    bool is_to = matcher_has_id(matcher, ID_OF_NODE, segment->to_node, name);
    if (is_from == is_to) {
        return VOTE_NONE;
    }
    return is_from ? VOTE_WITH_FLOW : VOTE_AGAINST_FLOW;
}

static enum vote vote_of_direction(const struct inspection *inspection) {
    switch ((enum direction)inspection->direction) {
    case DIRECTION_UNKNOWN:
        return VOTE_NONE;
    case DIRECTION_DOWNSTREAM:
        return VOTE_WITH_FLOW;
    case DIRECTION_UPSTREAM:
        return VOTE_AGAINST_FLOW;
    }
    return VOTE_NONE;
}

/* Going downstream starts at the node that the format calls upstream. */
static enum vote vote_of_named_flow(const struct matcher *matcher,
    const struct inspection *inspection, const struct segment *segment) {
    if (inspection->more == NULL || inspection->direction == DIRECTION_UNKNOWN) {
        return VOTE_NONE;
    }
    const struct inspection_more *more = inspection->more;
    bool is_down = inspection->direction == DIRECTION_DOWNSTREAM;
    enum vote start =
        vote_of_start(matcher, segment, is_down ? more->upstream_node : more->downstream_node);
    if (start != VOTE_NONE) {
        return start;
    }
    return turned(
        vote_of_start(matcher, segment, is_down ? more->downstream_node : more->upstream_node));
}

static const char *vote_words(enum vote vote) {
    switch (vote) {
    case VOTE_NONE:
        return "nothing";
    case VOTE_WITH_FLOW:
        return "with the flow";
    case VOTE_AGAINST_FLOW:
        return "against the flow";
    }
    return NULL;
}

static void report_direction(
    struct attempt *attempt, const struct segment *segment, enum vote start, enum vote direction) {
    const struct inspection *inspection = attempt->inspection;

    findings_add(&attempt->yield->findings, FINDING_DIRECTION_CONTRADICTS,
        inspection_place(inspection, inspection->line),
        "from its start node the camera ran %s in segment '%.*s', by its direction %s; the start "
        "node was believed",
        vote_words(start), TEXT_ARGS(segment->id), vote_words(direction));
}

static void report_start(
    struct attempt *attempt, struct text header, struct text row, const char *believed) {
    const struct inspection *inspection = attempt->inspection;

    findings_add(&attempt->yield->findings, FINDING_START_NODE_CONTRADICTS,
        inspection_place(inspection, inspection->line),
        "header '%.*s', start observation '%.*s'; the %s was believed", TEXT_ARGS(header),
        TEXT_ARGS(row), believed);
}

/* Does the start observation name a node of the network that is not an end of the segment? */
static bool row_names_other_node(const struct attempt *attempt, enum vote header, enum vote row) {
    enum id_form form;

    return header != VOTE_NONE && row == VOTE_NONE && attempt->rows.start.n > 0 &&
           matcher_find_any(attempt->matcher, ID_OF_NODE, attempt->rows.start, &form).n > 0;
}

/* By the nodes that are named as start or finish; disagreement between them is reported. */
static enum vote vote_of_nodes(struct attempt *attempt, const struct segment *segment) {
    const struct inspection *inspection = attempt->inspection;
    const struct matcher *matcher = attempt->matcher;
    enum vote header = vote_of_start(matcher, segment, inspection->start_node);
    enum vote row = vote_of_start(matcher, segment, attempt->rows.start);

    if (header != VOTE_NONE && row != VOTE_NONE && header != row) {
        /* a start node that was only derived from the direction knows less than the row */
        bool is_row_better = inspection->start_is_assumed;
        report_start(attempt, inspection->start_node, attempt->rows.start,
            is_row_better ? "observation" : "header");
        return is_row_better ? row : header;
    }
    if (row_names_other_node(attempt, header, row)) {
        report_start(attempt, inspection->start_node, attempt->rows.start, "header");
    }
    if (header != VOTE_NONE || row != VOTE_NONE) {
        return header != VOTE_NONE ? header : row;
    }
    enum vote finish = vote_of_start(matcher, segment, inspection->finish_node);
    return turned(
        finish != VOTE_NONE ? finish : vote_of_start(matcher, segment, attempt->rows.finish));
}

bool vote_is_against_flow(struct attempt *attempt, uint32_t number) {
    const struct inspection *inspection = attempt->inspection;
    const struct segment *segment = &attempt->matcher->network->segments[number];
    enum vote nodes = vote_of_nodes(attempt, segment);
    enum vote direction = vote_of_direction(inspection);

    if (nodes != VOTE_NONE) {
        if (direction != VOTE_NONE && direction != nodes) {
            report_direction(attempt, segment, nodes, direction);
        }
        return nodes == VOTE_AGAINST_FLOW;
    }
    enum vote named_flow = vote_of_named_flow(attempt->matcher, inspection, segment);
    if (named_flow != VOTE_NONE) {
        if (named_flow != direction) {
            report_direction(attempt, segment, named_flow, direction);
        }
        return named_flow == VOTE_AGAINST_FLOW;
    }
    if (direction == VOTE_NONE) {
        findings_add(&attempt->yield->findings, FINDING_NO_FLOW,
            inspection_place(inspection, inspection->line),
            "neither start node nor direction is known; segment '%.*s' was taken with the flow",
            TEXT_ARGS(segment->id));
    }
    return direction == VOTE_AGAINST_FLOW;
}

void vote_check_chain(struct attempt *attempt, uint32_t first_segment, bool is_against_flow) {
    const struct segment *segment = &attempt->matcher->network->segments[first_segment];
    enum vote direction = vote_of_direction(attempt->inspection);
    enum vote way = is_against_flow ? VOTE_AGAINST_FLOW : VOTE_WITH_FLOW;

    if (direction != VOTE_NONE && direction != way) {
        report_direction(attempt, segment, way, direction);
    }
    if (direction == VOTE_NONE && !attempt->ends.is_start_known) {
        findings_add(&attempt->yield->findings, FINDING_NO_FLOW,
            inspection_place(attempt->inspection, attempt->inspection->line),
            "neither start node nor direction is known; '%.*s' was taken for the start",
            TEXT_ARGS(attempt->ends.start));
    }
    struct text row = attempt->rows.start, header = text_trim(attempt->inspection->start_node);
    enum id_form form;
    struct few named = matcher_find_any(attempt->matcher, ID_OF_NODE, row, &form);
    if (header.n > 0 && named.n > 0 && attempt->ends.starts.n > 0 &&
        !few_has(&attempt->ends.starts, named.at[0])) {
        report_start(attempt, header, row, "header");
    }
}
