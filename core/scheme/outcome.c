#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/scheme.h"

/* What schemes hand over besides the columns that all have. */

void scheme_add_hazard_item(struct scheme_outcome *outcome,
    const struct scheme_figure_hazard *hazard, struct scheme_item item) {
    if (outcome->hazard_figure == NULL || item.score > outcome->hazard_item.score) {
        outcome->hazard_figure = hazard;
        outcome->hazard_item = item;
    }
    outcome->n_hazard_items++;
}

static struct figure *new_figure(
    const struct scheme_request *request, struct assessment *assessment) {
    enum { STEP = 16 };
    struct assessment_more *more = assessment_more(assessment, request->arena);

    if (more->n_figures == more->figures_capacity) {
        struct figure *figures =
            ARENA_NEW(request->arena, struct figure, more->figures_capacity + STEP);
        if (more->n_figures > 0) {
            memcpy(figures, more->figures, more->n_figures * sizeof *figures);
        }
        more->figures = figures;
        more->figures_capacity += STEP;
    }
    return &more->figures[more->n_figures++];
}

void scheme_add_figure(const struct scheme_request *request, struct assessment *assessment,
    const char *name, double value) {
    *new_figure(request, assessment) = (struct figure){.name = name, .value = value};
}

void scheme_add_word(const struct scheme_request *request, struct assessment *assessment,
    const char *name, struct text word) {
    *new_figure(request, assessment) = (struct figure){name, NAN, word};
}
