#include "formats/export/losses.h"

#include "core/base.h"

static void note(struct export_losses *losses, enum export_field field, size_t *counter,
    const struct inspection *inspection, uint32_t line) {
    struct export_loss *loss = &losses->at[field];

    if (loss->n_unheld + loss->n_altered == 0) {
        loss->first = inspection_place(inspection, line);
    }
    (*counter)++;
}

/* Each set field of a record that the target does not have. */
static void count_record(struct export_losses *losses, const struct export_target *target,
    const struct inspection *inspection, const struct observation *observation) {
    enum export_level level = observation == NULL ? EXPORT_OF_INSPECTION : EXPORT_OF_OBSERVATION;
    uint32_t line = observation == NULL ? inspection->line : observation->line;

    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) == level && !target->holds[field] &&
            export_value_of(field, inspection, observation).is_set) {
            note(losses, field, &losses->at[field].n_unheld, inspection, line);
        }
    }
}

static void count_inspection(struct export_losses *losses, const struct export_target *target,
    const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);

    if (!export_holds_inspection(target, inspection)) {
        losses->n_inspections++;
        losses->n_observations += inspection->n_observations;
        return;
    }
    count_record(losses, target, inspection, NULL);
    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (export_holds_row(target, inspection, &observations[i])) {
            count_record(losses, target, inspection, &observations[i]);
        } else {
            losses->n_observations++;
        }
    }
}

void losses_count(struct export_losses *losses, const struct export_target *target,
    const struct export_request *request) {
    for (size_t i = 0; i < request->n_surveys; i++) {
        const struct survey *survey = &request->surveys[i];
        for (size_t k = 0; k < survey->n_inspections; k++) {
            count_inspection(losses, target, &survey->inspections[k]);
        }
        for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
            size_t n = target->holds[field] ? 0 : export_survey_rows(field, survey);
            if (n > 0 && losses->at[field].n_unheld == 0) {
                losses->at[field].first = (struct finding_place){.file = survey->file.path};
            }
            losses->at[field].n_unheld += n;
        }
    }
}

/* --- what was read back --- */

/* A record and its copy; the observations are NULL for inspections. */
struct pair {
    const struct inspection *inspection, *back_inspection;
    const struct observation *observation, *back_observation;
};

static void compare_record(
    struct export_losses *losses, const struct export_target *target, const struct pair *pair) {
    bool is_inspection = pair->observation == NULL;
    enum export_level level = is_inspection ? EXPORT_OF_INSPECTION : EXPORT_OF_OBSERVATION;

    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) != level || !target->holds[field]) {
            continue;
        }
        struct export_value was = export_value_of(field, pair->inspection, pair->observation);
        struct export_value is =
            export_value_of(field, pair->back_inspection, pair->back_observation);
        if (export_values_equal(&was, &is)) {
            continue;
        }
        if (was.is_set) {
            note(losses, field, &losses->at[field].n_altered, pair->inspection,
                is_inspection ? pair->inspection->line : pair->observation->line);
        } else {
            losses->at[field].n_added++;
        }
    }
}

static bool compare_inspection(struct export_losses *losses, const struct export_target *target,
    struct pair pair, struct error *err) {
    const struct observation *from = inspection_observations(pair.inspection);
    const struct observation *to = inspection_observations(pair.back_inspection);
    size_t n = 0;

    compare_record(losses, target, &pair);
    for (size_t i = 0; i < pair.inspection->n_observations; i++) {
        if (!export_holds_row(target, pair.inspection, &from[i])) {
            continue;
        }
        if (n < pair.back_inspection->n_observations) {
            pair.observation = &from[i];
            pair.back_observation = &to[n];
            compare_record(losses, target, &pair);
        }
        n++;
    }
    if (n == pair.back_inspection->n_observations) {
        return true;
    }
    return error_set(err, ERROR_FORMAT,
        "'%.*s' line %u: its %zu observations would read back as %u; nothing was written",
        TEXT_ARGS(text_cut(pair.inspection->survey->file.path, 300)),
        (unsigned)pair.inspection->line, n, (unsigned)pair.back_inspection->n_observations);
}

bool losses_compare(struct export_losses *losses, const struct export_target *target,
    const struct export_request *request, const struct survey *back, struct error *err) {
    if (back->n_inspections != request->n_inspections) {
        return error_set(err, ERROR_FORMAT,
            "%zu inspections would read back as %zu; nothing was written", request->n_inspections,
            back->n_inspections);
    }
    losses->is_checked = true;
    for (size_t i = 0; i < request->n_inspections; i++) {
        struct pair pair = {
            .inspection = request->inspections[i], .back_inspection = &back->inspections[i]};
        if (!compare_inspection(losses, target, pair, err)) {
            return false;
        }
    }
    return true;
}

bool losses_any(const struct export_losses *losses) {
    size_t n =
        losses->n_inspections + losses->n_observations + losses->n_catalogue + losses->n_replaced;

    for (size_t field = 0; field < EXPORT_FIELDS; field++) {
        n += losses->at[field].n_unheld + losses->at[field].n_altered;
    }
    return n > 0;
}
