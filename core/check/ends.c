/* Start and finish of a run, and why it was abandoned. */
#include "core/catalogue.h"
#include "core/check/work.h"

/* Has the catalogue a code for it? */
static bool knows(enum catalogue catalogue, enum code_role role) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    for (size_t i = 0; i < n; i++) {
        if (rows[i].role == role) {
            return true;
        }
    }
    return false;
}

static bool says_why(const struct inspection *inspection, const struct observation *row) {
    const struct code *code = observation_code(inspection, row);

    return code->char1.n > 0 ||
           (row->more != NULL && (row->more->remark.n > 0 || row->more->quant1_text.n > 0));
}

/* What the observations tell of the run. */
struct seen {
    bool has_start, has_finish, has_abandoned, has_reason;
};

/* A reader that finds no reason may give the code in its place. */
static bool is_code(struct text reason, const struct code *code) {
    return text_equal(reason, code->code) || text_equal(reason, code->delivered);
}

static struct seen look(const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection);
    struct text reason =
        inspection->more == NULL ? (struct text){0} : inspection->more->abandoned_reason;
    struct seen seen = {.has_reason = reason.n > 0};

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        switch (observation_code(inspection, &rows[i])->role) {
        case ROLE_START_NODE:
            seen.has_start = true;
            break;
        case ROLE_FINISH_NODE:
            seen.has_finish = true;
            break;
        case ROLE_ABANDONED:
            seen.has_abandoned = true;
            seen.has_reason =
                (seen.has_reason && !is_code(reason, observation_code(inspection, &rows[i]))) ||
                says_why(inspection, &rows[i]);
            break;
        case ROLE_NONE:
        case ROLE_NODE:
            break;
        }
    }
    return seen;
}

void check_ends(struct check_work *work, const struct inspection *inspection) {
    enum catalogue catalogue = inspection->survey->catalogue;
    struct seen seen = look(inspection);
    bool is_abandoned = seen.has_abandoned || inspection->is_abandoned;

    if (inspection->n_observations == 0 && knows(catalogue, ROLE_START_NODE)) {
        work_add(work,
            of_inspection(CHECK_OBSERVATIONS_THERE, inspection, N_("at least start and finish")),
            N_("no observation"));
        return;
    }
    if (inspection->object == OBJECT_SEGMENT && !seen.has_start &&
        work_checks(work, CHECK_START_RECORDED) && knows(catalogue, ROLE_START_NODE)) {
        work_add(work,
            of_inspection(CHECK_START_RECORDED, inspection, N_("an observation of the start node")),
            N_("none of %u observations is the start node"), (unsigned)inspection->n_observations);
    }
    if (inspection->object == OBJECT_SEGMENT && !seen.has_finish && !is_abandoned &&
        work_checks(work, CHECK_FINISH_RECORDED) && knows(catalogue, ROLE_FINISH_NODE)) {
        work_add(work,
            of_inspection(CHECK_FINISH_RECORDED, inspection,
                N_("the finish node, or that the inspection was abandoned")),
            N_("none of %u observations ends the run"), (unsigned)inspection->n_observations);
    }
    if (is_abandoned && !seen.has_reason) {
        work_add(work,
            of_inspection(
                CHECK_ABANDONED_REASON, inspection, N_("a reason, as characterisation or remark")),
            N_("the inspection was abandoned"));
    }
}
