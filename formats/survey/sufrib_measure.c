/* *MRIO and *MPUT: what was measured in pipes and manholes, mostly in a file of its own.
 *
 * Distances are counted from where the camera started, and what that is says the inspection: ZYB
 * names the other node when it was measured on the way back, which is the habit of many.  Of two
 * runs the one that came as far as the measurements is meant; ZYB decides when that is not one of
 * them alone. */
#include <math.h>
#include <stdlib.h>

#include "core/base.h"
#include "formats/survey/sufrib.h"

static const double reach_m = 0.5; /* the odometer's class */

/* What is measured (ZYR), in the order of its letters; is a length of it told in millimetres? */
static const struct {
    char letter;
    enum measurement_kind kind;
    bool is_in_mm;
} kinds[] = {
    {'A', MEASUREMENT_SLOPE,       false},
    {'B', MEASUREMENT_LEVEL,       false},
    {'C', MEASUREMENT_DEVIATION,   true },
    {'D', MEASUREMENT_PRESSURE,    false},
    {'E', MEASUREMENT_TEMPERATURE, false},
    {'F', MEASUREMENT_GAS,         false},
    {'G', MEASUREMENT_RADAR,       false},
    {'H', MEASUREMENT_STRENGTH,    false},
    {'I', MEASUREMENT_CAVITY,      false},
    {'J', MEASUREMENT_CORROSION,   true },
    {'K', MEASUREMENT_DEPOSIT,     true },
};

/* Units (ZYS), from A on. */
static const enum measurement_unit units[] = {MEASURED_IN_COUNT, MEASURED_IN_METRES,
    MEASURED_IN_KILOGRAMS, MEASURED_IN_SECONDS, MEASURED_IN_DEGREES, MEASURED_IN_PERCENT,
    MEASURED_IN_CELSIUS, MEASURED_IN_PASCALS, MEASURED_IN_METRES_PER_SECOND,
    MEASURED_IN_SQUARE_METRES, MEASURED_IN_CUBIC_METRES, MEASURED_IN_CUBIC_METRES_PER_SECOND};

static char letter_of(struct text text) {
    return text.n == 1 ? (char)(text.at[0] & ~32) : '\0';
}

/* Whole powers of ten, exact as far as they can be. */
static double scaled(double value, long power) {
    double factor = 1;

    for (long i = 0; i < labs(power); i++) {
        factor *= 10;
    }
    return power < 0 ? value / factor : value * factor;
}

static bool is_too_steep(const struct measurement *measurement) {
    double most = measurement->unit == MEASURED_IN_DEGREES ? 45 : 100;

    return measurement->kind == MEASUREMENT_SLOPE && fabs(measurement->value) > most;
}

/* Fills kind, unit and value; false when the value is none. */
static bool read_value(const struct sufrib_record *record, struct measurement *out) {
    enum { POWER_MAX = 30 };
    char kind = letter_of(record->at[MRIO_ZYR]), unit = letter_of(record->at[MRIO_ZYS]);
    bool is_in_mm = false;
    long power = 0;

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].letter == kind) {
            out->kind = (uint8_t)kinds[i].kind;
            is_in_mm = kinds[i].is_in_mm;
        }
    }
    if (unit >= 'A' && (size_t)(unit - 'A') < ARRAY_LEN(units)) {
        out->unit = (uint8_t)units[unit - 'A'];
    }
    bool is_power = record->at[MRIO_ZYU].n == 0 || text_to_int(record->at[MRIO_ZYU], &power);
    if (!is_power || labs(power) > POWER_MAX ||
        !text_to_double(record->at[MRIO_ZYT], &out->value)) {
        return false;
    }
    if (is_in_mm && out->unit == MEASURED_IN_METRES) {
        out->unit = MEASURED_IN_MILLIMETRES;
        power += 3;
    }
    out->value = scaled(out->value, power);
    return isfinite(out->value) && !is_too_steep(out);
}

/* --- whose they are --- */

static struct sufrib_object *object_of(const struct sufrib *sufrib, const struct sufrib_row *row) {
    bool is_manhole = text_equal_nocase(sufrib_field(row->line, 0), TEXT("*MPUT"));
    uint32_t at = sufrib_object_by_id(sufrib, is_manhole, sufrib_field(row->line, MRIO_ZYE));

    return at == INDEX_NONE ? NULL : &sufrib->objects[at];
}

static void note_reach(const struct sufrib *sufrib, const struct sufrib_row *row) {
    struct sufrib_object *object = object_of(sufrib, row);
    double at_m = NAN;

    if (object != NULL && text_to_double(sufrib_field(row->line, MRIO_ZYA), &at_m)) {
        object->measured_m = fmax(object->measured_m, at_m);
    }
}

static bool came_so_far(const struct sufrib *sufrib, uint32_t inspection, double measured_m) {
    return sufrib->survey->inspections[inspection].inspected_m + reach_m >= measured_m;
}

static void swap(struct text *a, struct text *b) {
    struct text was = *a;
    *a = *b;
    *b = was;
}

/* Of an inspection without observations nothing but ZYB tells where it started. */
static void start_at_node2(struct inspection *inspection) {
    struct inspection_more *more = inspection->more;
    struct xy start_at = more->start_at;

    swap(&inspection->start_node, &inspection->finish_node);
    more->start_at = more->finish_at;
    more->finish_at = start_at;
    if (inspection->direction != DIRECTION_UNKNOWN) {
        inspection->direction =
            inspection->direction == DIRECTION_UPSTREAM ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
    }
    inspection->start_is_assumed = true;
}

static uint32_t only_run(const struct sufrib_object *object) {
    const uint32_t *run = object->inspection;

    if (run[RUN_FROM_NODE1] != NO_GROUP && run[RUN_FROM_NODE2] != NO_GROUP) {
        return NO_GROUP;
    }
    return run[RUN_FROM_NODE1] != NO_GROUP   ? run[RUN_FROM_NODE1]
           : run[RUN_FROM_NODE2] != NO_GROUP ? run[RUN_FROM_NODE2]
                                             : run[RUN_UNKNOWN];
}

static uint32_t one_of_two(
    struct sufrib *sufrib, struct sufrib_object *object, bool is_from_node2, uint32_t line) {
    uint32_t first = object->inspection[RUN_FROM_NODE1],
             second = object->inspection[RUN_FROM_NODE2];
    bool is_first = came_so_far(sufrib, first, object->measured_m);
    bool is_second = came_so_far(sufrib, second, object->measured_m);

    if (is_first != is_second) {
        return is_first ? first : second;
    }
    if (!object->is_zero_told) {
        sufrib_note(sufrib, FINDING_START_ASSUMED, line,
            "of two runs the one that ZYB names was taken for the measurements of", object->id);
    }
    object->is_zero_told = true;
    return is_from_node2 ? second : first;
}

/* The inspection that a measurement belongs to, NO_GROUP when there is none. */
static uint32_t home_of(
    struct sufrib *sufrib, struct sufrib_object *object, bool is_from_node2, uint32_t line) {
    uint32_t only = only_run(object);
    bool has_two = object->inspection[RUN_FROM_NODE1] != NO_GROUP &&
                   object->inspection[RUN_FROM_NODE2] != NO_GROUP;

    if (has_two) {
        return one_of_two(sufrib, object, is_from_node2, line);
    }
    if (only == NO_GROUP || object->is_manhole || object->is_zero_told) {
        return only;
    }
    struct inspection *inspection = &sufrib->survey->inspections[only];
    object->is_zero_told = true;
    if (inspection->n_observations == 0 && is_from_node2) {
        start_at_node2(inspection);
    } else if (is_from_node2 != (object->inspection[RUN_FROM_NODE2] != NO_GROUP)) {
        sufrib->n_from_here++;
    }
    return only;
}

static void take(struct sufrib *sufrib, const struct sufrib_row *row) {
    const struct sufrib_record record = sufrib_split(row->line, row->number);
    struct sufrib_object *object = object_of(sufrib, row);
    bool is_from_node2 = text_equal(record.at[MRIO_ZYB], TEXT("2"));
    struct measurement measurement = {.line = row->number, .chainage_m = NAN, .value = NAN};
    uint32_t home = object == NULL ? NO_GROUP : home_of(sufrib, object, is_from_node2, row->number);

    if (home == NO_GROUP) {
        sufrib->n_homeless++;
        return;
    }
    measurement.inspection = home;
    if (!text_to_double(record.at[MRIO_ZYA], &measurement.chainage_m) ||
        !read_value(&record, &measurement)) {
        sufrib_note(sufrib, FINDING_INVALID_VALUE, row->number, "measurement", row->line);
        return;
    }
    *survey_add_measurement(sufrib->survey) = measurement;
}

void sufrib_measure(struct sufrib *sufrib) {
    for (size_t i = 0; i < sufrib->measured.n; i++) {
        note_reach(sufrib, &sufrib->measured.at[i]);
    }
    for (size_t i = 0; i < sufrib->measured.n; i++) {
        take(sufrib, &sufrib->measured.at[i]);
    }
    sufrib->measured.n = 0;
}

void sufrib_report_measured(struct sufrib *sufrib) {
    struct findings *findings = &sufrib->survey->findings;
    struct finding_place place = {.file = sufrib->path};

    if (sufrib->n_homeless > 0) {
        findings_add(findings, FINDING_ROW_SKIPPED, place,
            "%zu measurements are of pipes or manholes without an inspection", sufrib->n_homeless);
    }
    if (sufrib->n_from_here > 0) {
        findings_add(findings, FINDING_MEASUREMENT_ZERO, place,
            "in %zu pipes ZYB names the node where the camera did not start", sufrib->n_from_here);
    }
}
