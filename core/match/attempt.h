#pragma once
/* One inspection on its way down the ladder. */
#include "core/match/chain.h"
#include "core/match/ends.h"
#include "core/match/matcher.h"

struct attempt {
    const struct matcher *matcher;
    struct inspection *inspection;
    struct match_yield *yield;
    uint32_t guess; /* the segment of the inspection before */
    struct node_rows rows;
    struct ends ends;
    bool are_ends_found;
    bool is_id_unknown;     /* no segment bears the reference's id */
    bool is_id_ambiguous;   /* several segments bear the reference's id */
    struct few fitting;     /* several segments that fit so far */
    struct chain chains[2]; /* ways, when more than one joins the ends */
    size_t n_chains;
    struct text why_not; /* what went wrong on the way down */
};

/* Does the camera run against the flow of this segment?  The votes are compared, what disagrees
 * becomes a finding; the start node wins, because chainages count from there. */
bool vote_is_against_flow(struct attempt *attempt, uint32_t segment);

/* The same check for a run through several segments whose first is given. */
void vote_check_chain(struct attempt *attempt, uint32_t first_segment, bool is_against_flow);

/* Gives up: fills unplaced, match_note, candidates, and adds the finding. */
void give_up(struct attempt *attempt);

/* The same for the inspection of a node; several nodes bear the id, or none. */
void give_up_node(struct attempt *attempt, const struct few *nodes);

/* "P1; P2" for notes. */
struct text few_ids(struct attempt *attempt, enum id_owner owner, const struct few *few);
