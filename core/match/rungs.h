#pragma once
/* The rungs of the ladder and what they share.  A rung answers true when it settled the
 * inspection. */
#include <stdbool.h>

#include "core/match/attempt.h"

bool by_id(struct attempt *attempt);              /* 1, 2 */
bool by_pair(struct attempt *attempt);            /* 3 */
bool by_marks(struct attempt *attempt);           /* 4 */
bool by_chain(struct attempt *attempt);           /* 5 */
bool by_node_and_length(struct attempt *attempt); /* 6 */
bool by_coordinates(struct attempt *attempt);     /* 7 */

/* Looks up the nodes that are named, once. */
void attempt_find_ends(struct attempt *attempt);

/* Puts the inspection on one segment; true. */
bool attempt_settle(
    struct attempt *attempt, uint32_t segment, enum match_method method, struct text note);

/* Appends a stretch; what match does not know yet is left unset. */
void attempt_add_stretch(struct attempt *attempt, struct stretch stretch);

bool is_at(const struct segment *segment, const struct few *nodes);

/* Segment id and nodes name different segments; `believed` says which of them decides. */
void report_contradiction(
    struct attempt *attempt, const struct segment *segment, const char *believed);
