#include "formats/export/losses.h"

#include "core/base.h"
#include "core/index.h"

static void note(struct export_losses *losses, enum export_field field, size_t *counter,
    const struct inspection *inspection, uint32_t line) {
    struct export_loss *loss = &losses->at[field];

    if (loss->n_unheld + loss->n_altered + loss->n_overlong == 0) {
        loss->first = inspection_place(inspection, line);
    }
    (*counter)++;
}

void losses_add_altered(struct export_losses *losses, enum export_field field,
    const struct inspection *inspection, uint32_t line) {
    note(losses, field, &losses->at[field].n_altered, inspection, line);
}

static size_t count_characters(struct text text) {
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        n += ((unsigned char)text.at[i] & 0xC0) != 0x80; /* UTF-8: the first byte of each */
    }
    return n;
}

/* Other programs may cut what is longer, or refuse the file. */
static bool is_overlong(
    const struct export_target *target, enum export_field field, const struct export_value *value) {
    return target->longest != NULL && target->longest[field] > 0 && value->is_set &&
           count_characters(value->text) > target->longest[field];
}

/* Each set field of a record that the target does not have, or has too little room for. */
static void count_record(struct export_losses *losses, const struct export_target *target,
    const struct inspection *inspection, const struct observation *observation) {
    enum export_level level = observation == NULL ? EXPORT_OF_INSPECTION : EXPORT_OF_OBSERVATION;
    uint32_t line = observation == NULL ? inspection->line : observation->line;

    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) != level) {
            continue;
        }
        struct export_value value = export_value_of(field, inspection, observation);
        if (!target->holds[field] && value.is_set) {
            note(losses, field, &losses->at[field].n_unheld, inspection, line);
        } else if (target->holds[field] && is_overlong(target, field, &value)) {
            note(losses, field, &losses->at[field].n_overlong, inspection, line);
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

/* --- of the network --- */

static void note_place(
    struct export_losses *losses, enum export_field field, struct finding_place place) {
    struct export_loss *loss = &losses->at[field];

    if (loss->n_unheld + loss->n_altered + loss->n_overlong == 0) {
        loss->first = place;
    }
}

static struct finding_place item_place(
    const struct network *network, enum export_level level, size_t number) {
    uint32_t line = level == EXPORT_OF_NODE ? network->nodes[number].line
                                            : network->segments[number].number_in_file;
    return (struct finding_place){.file = network->path, .line = line};
}

/* Fields of nodes or segments that the target has no place, or too little room, for. */
static void count_items(struct export_losses *losses, const struct export_target *target,
    const struct network *network, enum export_level level) {
    size_t n = level == EXPORT_OF_NODE ? network->n_nodes : network->n_segments;

    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        struct export_loss *loss = &losses->at[field];
        for (size_t i = 0; export_field_level(field) == level && i < n; i++) {
            struct export_value value = export_network_value(field, network, i);
            size_t *counter = !target->holds[field]                ? &loss->n_unheld
                              : is_overlong(target, field, &value) ? &loss->n_overlong
                                                                   : NULL;
            if (value.is_set && counter != NULL) {
                note_place(losses, field, item_place(network, level, i));
                (*counter)++;
            }
        }
    }
}

void losses_add_foreign(struct export_losses *losses, const struct network *network) {
    const enum export_field fields[] = {EXPORT_NETWORK_NODES, EXPORT_NETWORK_SEGMENTS};

    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        size_t n = export_network_rows(fields[i], network);
        if (n > 0) {
            note_place(losses, fields[i], (struct finding_place){.file = network->path});
            losses->at[fields[i]].n_unheld += n;
        }
    }
}

static void count_network(struct export_losses *losses, const struct export_target *target,
    const struct network *network) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        size_t n = target->holds[field] ? 0 : export_network_rows(field, network);
        if (n > 0) {
            note_place(losses, field, (struct finding_place){.file = network->path});
            losses->at[field].n_unheld += n;
        }
    }
    if (target->holds[EXPORT_NETWORK_NODES]) {
        count_items(losses, target, network, EXPORT_OF_NODE);
    }
    if (target->holds[EXPORT_NETWORK_SEGMENTS]) {
        count_items(losses, target, network, EXPORT_OF_SEGMENT);
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
    if (request->network != NULL) {
        count_network(losses, target, request->network);
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

/* --- the network that was read back --- */

/* Items by their id; of several with one id the first. */
static void index_items(
    const struct network *network, enum export_level level, struct index *index) {
    size_t n = level == EXPORT_OF_NODE ? network->n_nodes : network->n_segments;

    index_reserve(index, n);
    for (size_t i = 0; i < n; i++) {
        index_add(index, level == EXPORT_OF_NODE ? network->nodes[i].id : network->segments[i].id,
            (uint32_t)i);
    }
}

static void compare_item(struct export_losses *losses, const struct export_target *target,
    const struct network *const networks[2], const size_t numbers[2], enum export_level level) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) != level || !target->holds[field]) {
            continue;
        }
        struct export_value was = export_network_value(field, networks[0], numbers[0]);
        struct export_value is = export_network_value(field, networks[1], numbers[1]);
        if (export_values_equal(&was, &is)) {
            continue;
        }
        if (was.is_set) {
            note_place(losses, field, item_place(networks[0], level, numbers[0]));
            losses->at[field].n_altered++;
        } else {
            losses->at[field].n_added++;
        }
    }
}

/* What is not there again is lost as a whole. */
static void compare_items(struct export_losses *losses, const struct export_target *target,
    const struct network *network, const struct network *back, enum export_level level) {
    CLEANUP(index_release) struct index ids = {0};
    const struct network *const networks[] = {network, back};
    bool is_node = level == EXPORT_OF_NODE;
    enum export_field whole = is_node ? EXPORT_NETWORK_NODES : EXPORT_NETWORK_SEGMENTS;
    size_t n = is_node ? network->n_nodes : network->n_segments;

    index_items(back, level, &ids);
    for (size_t i = 0; i < n; i++) {
        struct text id = is_node ? network->nodes[i].id : segment_own_id(&network->segments[i]);
        uint32_t at = index_find(&ids, id);
        if (at == INDEX_NONE) {
            note_place(losses, whole, item_place(network, level, i));
            losses->at[whole].n_unheld++;
        } else {
            compare_item(losses, target, networks, (const size_t[]){i, at}, level);
        }
    }
}

static void compare_network(struct export_losses *losses, const struct export_target *target,
    const struct network *network, const struct network *back) {
    static const struct network nothing = {0};

    back = back == NULL ? &nothing : back;
    if (target->holds[EXPORT_NETWORK_CRS] && network->crs.n > 0 &&
        !text_equal(network->crs, back->crs)) {
        note_place(losses, EXPORT_NETWORK_CRS, (struct finding_place){.file = network->path});
        losses->at[EXPORT_NETWORK_CRS].n_altered++;
    }
    if (target->holds[EXPORT_NETWORK_NODES]) {
        compare_items(losses, target, network, back, EXPORT_OF_NODE);
    }
    if (target->holds[EXPORT_NETWORK_SEGMENTS]) {
        compare_items(losses, target, network, back, EXPORT_OF_SEGMENT);
    }
}

/* --- the measurements that were read back --- */

/* Those of the written inspections come back in the same order; what is not there is lost. */
static void compare_measurements(
    struct export_losses *losses, const struct export_request *request, const struct survey *back) {
    struct export_loss *loss = &losses->at[EXPORT_MEASUREMENTS];
    size_t at = 0;

    for (size_t i = 0; i < request->n_surveys; i++) {
        const struct survey *survey = &request->surveys[i];
        for (size_t k = 0; k < survey->n_measurements; k++) {
            const struct measurement *was = &survey->measurements[k];
            const struct measurement *is =
                at < back->n_measurements ? &back->measurements[at] : NULL;
            if (is != NULL && is->chainage_m == was->chainage_m && is->value == was->value &&
                is->kind == was->kind && is->unit == was->unit) {
                at++;
                continue;
            }
            const struct inspection *inspection = &survey->inspections[was->inspection];
            note(losses, EXPORT_MEASUREMENTS, &loss->n_unheld, inspection, was->line);
        }
    }
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
    if (request->network != NULL) {
        compare_network(losses, target, request->network, back->network);
    }
    if (target->holds[EXPORT_MEASUREMENTS]) {
        compare_measurements(losses, request, back);
    }
    return true;
}

bool losses_any(const struct export_losses *losses) {
    size_t n =
        losses->n_inspections + losses->n_observations + losses->n_catalogue + losses->n_replaced;

    for (size_t field = 0; field < EXPORT_FIELDS; field++) {
        const struct export_loss *loss = &losses->at[field];
        n += loss->n_unheld + loss->n_altered + loss->n_overlong;
    }
    return n > 0;
}
