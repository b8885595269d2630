#include "cmd/explain.h"

#include <math.h>

#include "core/line.h"

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

static struct text word(const struct explanation *explanation, const char *english) {
    return text_from(phrases_word(explanation->phrases, english));
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
    return inspection->inspected_on < other->inspected_on   ? N_("older than")
           : inspection->inspected_on > other->inspected_on ? N_("newer than")
                                                            : N_("of the same day as");
}

struct text explain_inspection(
    struct explanation *explanation, const struct inspection *inspection) {
    const struct stretch *stretch = explained_stretch(explanation, inspection);
    const struct inspection *other = other_current(explanation, inspection);
    const struct phrases *phrases = explanation->phrases;
    struct arena *arena = &explanation->arena;

    if (stretch->is_current && other != NULL) {
        return arena_printf(arena,
            phrases_word(phrases, N_("counts, together with %.*s from the other end")),
            TEXT_ARGS(other->id));
    }
    if (stretch->is_current) {
        return stretch->is_complete
                   ? word(explanation, N_("counts: the newest that went from node to node"))
                   : word(explanation,
                         N_("counts: none went from node to node, and this is the newest"));
    }
    if (inspection->is_duplicate) {
        return word(explanation, N_("does not count: delivered before"));
    }
    if (other == NULL) {
        return word(explanation, N_("does not count"));
    }
    struct line line = {.phrases = phrases};
    line_print(&line, "does not count: ");
    line_print(&line, stretch->is_complete ? "" : N_("not complete, "));
    line_print(&line, "%s %.*s", phrases_word(phrases, age_beside(inspection, other)),
        TEXT_ARGS(other->id));
    line_print(&line, explained_stretch(explanation, other)->is_complete
                          ? N_(", which went from node to node")
                          : "");
    return line_keep(&line, arena);
}

/* --- observations --- */

struct text explain_observation(
    struct explanation *explanation, const struct kept_observation *kept) {
    const struct result *result = &explanation->kept.result;
    const struct observation *observation = explained_observation(explanation, kept);
    const struct inspection *inspection = result->inspections[kept->inspection];
    const struct phrases *phrases = explanation->phrases;
    struct arena *arena = &explanation->arena;
    struct text notes = trace_notes_about(&explanation->trace, observation, arena);
    struct text words = word(explanation, N_("counts"));

    if (observation->is_mark_end) {
        words = word(explanation, N_("the end of a continuous defect"));
    } else if (observation_code(inspection, observation)->kind == CODE_INVENTORY) {
        words = word(explanation, N_("no defect"));
    } else if (observation->unplaced != UNPLACED_NOT) {
        words = arena_printf(
            arena, phrases_word(phrases, N_("in no figure: %.*s")), TEXT_ARGS(kept->reason));
    } else if (kept->duplicate_of.n > 0) {
        words = arena_printf(arena, phrases_word(phrases, N_("the same as %.*s, counted there")),
            TEXT_ARGS(kept->duplicate_of));
    } else if (!observation->is_current) {
        words = word(explanation, N_("in no figure: its inspection does not count"));
    } else if (notes.n > 0) {
        return notes;
    }
    return notes.n == 0 ? words
                        : arena_printf(arena, "%.*s%s%.*s", TEXT_ARGS(words),
                              phrase_text(phrases, PHRASE_SEMICOLON), TEXT_ARGS(notes));
}
