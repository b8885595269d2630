/* Are the segments and nodes of the headers in the network?  Ids are compared in their normal form.
 * A network that names no nodes, or no segments, cannot tell: then the rule is not checked. */
#include "core/check/work.h"
#include "core/match/normalise.h"

/* The ids of the network. */
struct known {
    struct arena arena;
    struct index segments, nodes;
};

static void learn(struct known *known, struct index *index, struct text id) {
    struct folded folded;

    if (id.n > 0) {
        index_add(index, arena_copy(&known->arena, id_fold_short(text_trim(id), &folded)), 0);
    }
}

static void learn_network(struct known *known, const struct network *network) {
    for (size_t i = 0; i < network->n_segments && !network->is_implied; i++) {
        learn(known, &known->segments, network->segments[i].id);
        learn(known, &known->segments, segment_own_id(&network->segments[i]));
    }
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (!network->nodes[i].id_is_made) {
            learn(known, &known->nodes, network->nodes[i].id);
        }
    }
}

static bool is_known(const struct index *index, struct text id) {
    struct folded folded;

    id = text_trim(id);
    return id.n == 0 || index_find(index, id_fold_short(id, &folded)) != INDEX_NONE;
}

static void check_id(struct check_work *work, const struct index *index,
    const struct inspection *inspection, enum check_rule rule, struct text id) {
    bool is_segment = rule == CHECK_SEGMENT_KNOWN;

    if (!is_known(index, id)) {
        work_add(work,
            of_inspection(rule, inspection,
                is_segment ? N_("a segment of the network") : N_("a node of the network")),
            is_segment ? N_("segment '%.*s'") : N_("node '%.*s'"), TEXT_ARGS(id));
    }
}

static void check_one(
    struct check_work *work, const struct known *known, const struct inspection *inspection) {
    if (inspection->unplaced != UNPLACED_NOT) {
        return; /* inspection-matched tells which names are not known */
    }
    if (inspection->object == OBJECT_NODE) {
        check_id(work, &known->nodes, inspection, CHECK_NODE_KNOWN, inspection->segment_ref);
        return;
    }
    check_id(work, &known->segments, inspection, CHECK_SEGMENT_KNOWN, inspection->segment_ref);
    check_id(work, &known->nodes, inspection, CHECK_NODE_KNOWN, inspection->start_node);
    if (!inspection->is_lateral) {
        check_id(work, &known->nodes, inspection, CHECK_NODE_KNOWN, inspection->finish_node);
    }
}

void check_names(struct check_work *work) {
    const struct result *result = work->request->result;
    const struct network *network = &result->network;
    struct known known = {0};

    if (!work_checks(work, CHECK_SEGMENT_KNOWN) && !work_checks(work, CHECK_NODE_KNOWN)) {
        return;
    }
    learn_network(&known, network);
    work->report->was_checked[CHECK_SEGMENT_KNOWN] &= known.segments.n > 0;
    work->report->was_checked[CHECK_NODE_KNOWN] &= known.nodes.n > 0;
    for (size_t i = 0; i < result->n_inspections; i++) {
        check_one(work, &known, result->inspections[i]);
    }
    index_release(&known.segments);
    index_release(&known.nodes);
    arena_release(&known.arena);
}
