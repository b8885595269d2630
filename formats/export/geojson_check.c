/* Features stand in the order of the inspections and of their observations; an inspection without
 * observations is a feature of its own.  GDAL finds out the types of columns by what is in them: a
 * date comes with slashes, a number as it likes. */
#include "formats/export/geojson_check.h"

#include <math.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/vector_file.h"

struct check {
    const struct export_request *request;
    const struct export_target *target;
    struct export_losses *losses;
    size_t columns[EXPORT_FIELDS]; /* place among the wanted ones and 1; 0: no such column */
    size_t wanted[EXPORT_FIELDS], n_wanted;
    size_t at;  /* inspection */
    size_t row; /* of its observations */
    size_t n_features, n_surplus;
    struct text_out value;
};

static void check_release(struct check *check) {
    text_out_release(&check->value);
}

/* --- whose feature it is --- */

/* False when there are no more. */
static bool next_row(struct check *check, const struct inspection **inspection,
    const struct observation **observation) {
    for (; check->at < check->request->n_inspections; check->at++, check->row = 0) {
        *inspection = check->request->inspections[check->at];
        *observation = NULL;
        if (check->row < (*inspection)->n_observations) {
            *observation = &inspection_observations(*inspection)[check->row++];
            return true;
        }
        if ((*inspection)->n_observations == 0) {
            check->at++;
            return true;
        }
    }
    return false;
}

/* --- values --- */

/* The digits of a date or a time; 0 for what is none. */
static size_t digits_of(struct text text, char digits[static 32]) {
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        if (n == 31 || (!is_digit && strchr("-/:. ", text.at[i]) == NULL)) {
            return 0;
        }
        if (is_digit) {
            digits[n++] = text.at[i];
        }
    }
    return n;
}

/* 2024/03/04 for 2024-03-04, 10:15:00 for 10:15: GDAL takes texts for dates and times. */
static bool is_same_time(struct text got, struct text wanted) {
    char of_got[32], of_wanted[32];
    size_t n_got = digits_of(got, of_got), n_wanted = digits_of(wanted, of_wanted);

    if (n_wanted == 0 || n_got < n_wanted || memcmp(of_got, of_wanted, n_wanted) != 0) {
        return false;
    }
    for (size_t i = n_wanted; i < n_got; i++) {
        if (of_got[i] != '0') {
            return false;
        }
    }
    return true;
}

static bool is_same(const struct vector_value *value, struct text wanted, bool is_text) {
    char buffer[32];
    struct text got = vector_value_text(value, buffer);
    double number = 0;

    if (text_equal(got, wanted)) {
        return true;
    }
    if (is_text) {
        return is_same_time(got, wanted);
    }
    return text_to_double(wanted, &number) &&
           fabs(vector_value_number(value) - number) <= fabs(number) * 1e-15; /* the last bit */
}

static void check_field(struct check *check, const struct vector_feature *feature,
    enum export_field field, const struct inspection *inspection,
    const struct observation *observation) {
    enum export_level level = export_field_level(field);
    uint32_t line = level == EXPORT_OF_OBSERVATION ? observation->line : inspection->line;

    check->value.n = 0;
    bool is_text = geojson_value(field, inspection, observation, &check->value);
    if (check->value.n == 0) {
        return;
    }
    struct text wanted = {check->value.at, check->value.n};
    size_t column = check->columns[field];
    if (column == 0 || !is_same(&feature->values[column - 1], wanted, is_text)) {
        losses_add_altered(check->losses, field, inspection, line);
    }
}

static void on_feature(void *context, const struct vector_feature *feature) {
    struct check *check = context;
    const struct inspection *inspection;
    const struct observation *observation;

    if (!next_row(check, &inspection, &observation)) {
        check->n_surplus++;
        return;
    }
    bool is_first = observation == NULL || check->row == 1;
    check->n_features++;
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        enum export_level level = export_field_level(field);
        bool is_there = level == EXPORT_OF_INSPECTION
                            ? is_first /* once for each inspection */
                            : level == EXPORT_OF_OBSERVATION && observation != NULL;
        if (is_there && check->target->holds[field]) {
            check_field(check, feature, field, inspection, observation);
        }
    }
}

/* --- the file --- */

static void find_columns(struct check *check, const struct vector_layer *layer) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        for (size_t i = 0; i < layer->n_fields; i++) {
            if (text_equal(layer->fields[i].name, text_from(export_field_name(field)))) {
                check->wanted[check->n_wanted++] = i;
                check->columns[field] = check->n_wanted;
            }
        }
    }
}

static size_t count_rows(const struct export_request *request) {
    size_t n = 0;

    for (size_t i = 0; i < request->n_inspections; i++) {
        uint32_t rows = request->inspections[i]->n_observations;
        n += rows == 0 ? 1 : rows;
    }
    return n;
}

bool geojson_check(const struct export_request *request, const char *path,
    struct export_losses *losses, struct error *err) {
    CLEANUP(check_release)
    struct check check = {
        .request = request,
        .target = export_target_by_name("geojson"),
        .losses = losses,
    };
    struct vector_file *file = NULL;

    if (!vector_open(path, &file, err)) {
        return error_wrap(err, "reading back what was written");
    }
    find_columns(&check, vector_layer(file, 0));
    const struct vector_read read = {
        .wanted = check.wanted,
        .n_wanted = check.n_wanted,
        .visit = on_feature,
        .context = &check,
    };
    bool is_read = vector_read(file, &read, err);
    vector_close(file);
    if (!is_read) {
        return error_wrap(err, "reading back what was written");
    }
    if (check.n_surplus > 0 || check.n_features != count_rows(request)) {
        return error_set(err, ERROR_FORMAT,
            "%zu features would read back as %zu; nothing was written", count_rows(request),
            check.n_features + check.n_surplus);
    }
    losses->is_checked = true;
    return true;
}
