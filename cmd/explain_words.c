#include "cmd/explain.h"

#include <math.h>

void explanation_release(struct explanation *explanation) {
    kept_segment_release(&explanation->kept);
    trace_release(&explanation->trace);
    arena_release(&explanation->arena);
    *explanation = (struct explanation){0};
}

const struct observation *explained_observation(
    const struct explanation *explanation, const struct kept_observation *kept) {
    return &explanation->kept.result.surveys[kept->inspection].observations[kept->number];
}

const struct stretch *explained_stretch(
    const struct explanation *explanation, const struct inspection *inspection) {
    static const struct stretch unseen = {.from_along_m = NAN, .to_along_m = NAN};

    return inspection->n_stretches == 0
               ? &unseen
               : &explanation->kept.result.stretches[inspection->first_stretch];
}

/* --- inspections --- */

/* Another one that counts; NULL when there is none. */
static const struct inspection *other_current(
    const struct explanation *explanation, const struct inspection *inspection) {
    const struct result *result = &explanation->kept.result;

    for (size_t i = 0; i < result->n_inspections; i++) {
        const struct inspection *other = result->inspections[i];
        if (other != inspection && explained_stretch(explanation, other)->is_current) {
            return other;
        }
    }
    return NULL;
}

static const char *age_beside(const struct inspection *inspection, const struct inspection *other) {
    return inspection->inspected_on < other->inspected_on   ? "older than"
           : inspection->inspected_on > other->inspected_on ? "newer than"
                                                            : "of the same day as";
}

struct text explain_inspection(
    struct explanation *explanation, const struct inspection *inspection) {
    const struct stretch *stretch = explained_stretch(explanation, inspection);
    const struct inspection *other = other_current(explanation, inspection);
    struct arena *arena = &explanation->arena;

    if (stretch->is_current && other != NULL) {
        return arena_printf(
            arena, "counts, together with %.*s from the other end", TEXT_ARGS(other->id));
    }
    if (stretch->is_current) {
        return stretch->is_complete
                   ? TEXT("counts: the newest that went from node to node")
                   : TEXT("counts: none went from node to node, and this is the newest");
    }
    if (inspection->is_duplicate) {
        return TEXT("does not count: delivered before");
    }
    if (other == NULL) {
        return TEXT("does not count");
    }
    return arena_printf(arena, "does not count: %s%s %.*s%s",
        stretch->is_complete ? "" : "not complete, ", age_beside(inspection, other),
        TEXT_ARGS(other->id),
        explained_stretch(explanation, other)->is_complete ? ", which went from node to node" : "");
}

/* --- observations --- */

struct text explain_observation(
    struct explanation *explanation, const struct kept_observation *kept) {
    const struct result *result = &explanation->kept.result;
    const struct observation *observation = explained_observation(explanation, kept);
    const struct inspection *inspection = result->inspections[kept->inspection];
    struct arena *arena = &explanation->arena;
    struct text notes = trace_notes_about(&explanation->trace, observation, arena);
    struct text words = TEXT("counts");

    if (observation->is_mark_end) {
        words = TEXT("the end of a continuous defect");
    } else if (observation_code(inspection, observation)->kind == CODE_INVENTORY) {
        words = TEXT("no defect");
    } else if (observation->unplaced != UNPLACED_NOT) {
        words = arena_printf(arena, "in no figure: %.*s", TEXT_ARGS(kept->reason));
    } else if (kept->duplicate_of.n > 0) {
        words =
            arena_printf(arena, "the same as %.*s, counted there", TEXT_ARGS(kept->duplicate_of));
    } else if (!observation->is_current) {
        words = TEXT("in no figure: its inspection does not count");
    } else if (notes.n > 0) {
        return notes;
    }
    return notes.n == 0 ? words
                        : arena_printf(arena, "%.*s; %.*s", TEXT_ARGS(words), TEXT_ARGS(notes));
}
