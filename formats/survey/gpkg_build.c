/* What was found in an earlier result, put in order: inspections as they stood in their file, in
 * each its observations.  Measurements come last, when inspections have their numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalogue.h"
#include "formats/gpkg/read/words.h"
#include "formats/survey/gpkg_survey.h"

/* --- inspections --- */

static double size_mm(struct earlier *earlier, const struct value *at) {
    double mm = value_number(at);

    if (at->kind != VALUE_NULL && !(mm > 0 && mm <= 1e6)) {
        earlier->n_invalid++;
        return NAN;
    }
    return mm;
}

static double length_m(struct earlier *earlier, const struct value *at) {
    double m = value_number(at);

    if (at->kind != VALUE_NULL && !(m >= 0 && m <= 1e6)) {
        earlier->n_invalid++;
        return NAN;
    }
    return m;
}

static int32_t date_from(struct earlier *earlier, const struct value *at) {
    int32_t date = 0;

    if (at->kind != VALUE_NULL && !text_to_date(value_text(at), &date)) {
        earlier->n_invalid++;
        return 0;
    }
    return date;
}

static struct xy point_from(const struct value *log, size_t x) {
    return (struct xy){value_number(&log[x]), value_number(&log[x + 1])};
}

static void fill_coordinates(struct inspection_more *more, const struct value *log) {
    more->start_at = point_from(log, INSPECTION_LOGS_START_X);
    more->finish_at = point_from(log, INSPECTION_LOGS_FINISH_X);
    more->has_coordinates = xy_is_set(more->start_at) && xy_is_set(more->finish_at);
}

/* A standard that says no more than whose codes they are was not delivered. */
static struct text standard_of(const struct survey *survey, const struct value *row) {
    struct text standard = value_text(&row[INSPECTIONS_STANDARD]);

    return text_equal(standard, text_from(catalogue_name(survey->catalogue))) ? (struct text){0}
                                                                              : standard;
}

/* Without a log the tables of media know the inspection's own video. */
static struct text video_of(const struct earlier *earlier, const struct earlier_head *head) {
    if (head->log != NULL) {
        return value_text(&head->log[INSPECTION_LOGS_VIDEO]);
    }
    uint32_t place = index_find(&earlier->videos, head->id);
    return place == INDEX_NONE ? (struct text){0} : earlier->media[place].delivered;
}

static void fill_more(const struct earlier *earlier, struct survey *survey,
    struct inspection *inspection, const struct earlier_head *head) {
    const struct value *log = head->log;
    struct inspection_more more = {
        .abandoned_reason = value_text(&head->row[INSPECTIONS_ABANDONED_REASON]),
        .material = value_text(&head->row[INSPECTIONS_MATERIAL]),
        .shape = value_text(&head->row[INSPECTIONS_SHAPE]),
        .standard = standard_of(survey, head->row),
        .video = arena_copy(&survey->arena, video_of(earlier, head)),
        .start_at = {NAN, NAN},
        .finish_at = {NAN, NAN},
        .start_delivered = {NAN, NAN},
        .finish_delivered = {NAN, NAN},
    };
    bool has_any =
        more.abandoned_reason.n + more.material.n + more.shape.n + more.standard.n + more.video.n >
        0;

    if (log != NULL) {
        more.upstream_node = value_text(&log[INSPECTION_LOGS_UPSTREAM_NODE]);
        more.downstream_node = value_text(&log[INSPECTION_LOGS_DOWNSTREAM_NODE]);
        more.direction_text = value_text(&log[INSPECTION_LOGS_DIRECTION_TEXT]);
        more.suffix = value_text(&log[INSPECTION_LOGS_SUFFIX]);
        more.time = value_text(&log[INSPECTION_LOGS_TIME]);
        more.weather = value_text(&log[INSPECTION_LOGS_WEATHER]);
        more.purpose = value_text(&log[INSPECTION_LOGS_PURPOSE]);
        more.street = value_text(&log[INSPECTION_LOGS_STREET]);
        more.system = value_text(&log[INSPECTION_LOGS_SYSTEM]);
        more.remark = value_text(&log[INSPECTION_LOGS_REMARK]);
        fill_coordinates(&more, log);
        has_any = true;
    }
    if (has_any) {
        *inspection_more(survey, inspection) = more;
    }
}

static void fill_log(struct inspection *inspection, const struct value *log) {
    inspection->zero = zero_from_word(value_text(&log[INSPECTION_LOGS_ZERO_POINT]));
    inspection->start_is_assumed = value_is_true(&log[INSPECTION_LOGS_START_IS_ASSUMED]);
    inspection->is_lateral = value_is_true(&log[INSPECTION_LOGS_IS_LATERAL]);
    inspection->counts_up = value_is_true(&log[INSPECTION_LOGS_COUNTS_UP]);
}

static void add_inspection(struct earlier *earlier, struct earlier_head *head) {
    struct survey *survey = earlier_survey(earlier, head->file);
    const struct value *row = head->row;

    head->number = (uint32_t)survey->n_inspections;
    struct inspection *inspection = survey_add_inspection(survey);
    inspection->id = head->id;
    inspection->object = head->is_of_node ? OBJECT_NODE : OBJECT_SEGMENT;
    inspection->segment_ref = value_text(&row[INSPECTIONS_DELIVERED_SEGMENT_REF]);
    inspection->start_node = value_text(&row[INSPECTIONS_START_NODE]);
    inspection->finish_node = value_text(&row[INSPECTIONS_FINISH_NODE]);
    inspection->direction = direction_from_word(value_text(&row[INSPECTIONS_DIRECTION]));
    inspection->inspected_on = date_from(earlier, &row[INSPECTIONS_INSPECTED_ON]);
    inspection->method_word = pool_add(&survey->words, value_text(&row[INSPECTIONS_METHOD]));
    inspection->operator_word = pool_add(&survey->words, value_text(&row[INSPECTIONS_OPERATOR]));
    inspection->expected_m = length_m(earlier, &row[INSPECTIONS_EXPECTED_M]);
    inspection->inspected_m = length_m(earlier, &row[INSPECTIONS_INSPECTED_M]);
    inspection->is_abandoned = value_is_true(&row[INSPECTIONS_IS_ABANDONED]);
    inspection->diameter_mm = (float)size_mm(earlier, &row[INSPECTIONS_DIAMETER_MM]);
    inspection->height_mm = (float)size_mm(earlier, &row[INSPECTIONS_HEIGHT_MM]);
    inspection->line =
        (uint32_t)earlier_integer(earlier, &row[INSPECTIONS_SOURCE_LINE], 0, UINT32_MAX);
    inspection->raw = head->raw.at;
    inspection->raw_n = (uint32_t)head->raw.n;
    if (head->log != NULL) {
        fill_log(inspection, head->log);
    }
    fill_more(earlier, survey, inspection, head);
}

/* --- observations --- */

void earlier_keep_more(
    struct survey *survey, struct observation *observation, const struct observation_more *more) {
    struct observation_more kept = *more;
    struct text *const texts[] = {&kept.remark, &kept.photo, &kept.video, &kept.video_time,
        &kept.quant1_text, &kept.quant2_text, &kept.clock_text, &kept.grade_text, &kept.place};
    bool has_any = !isnan(kept.quant1) || !isnan(kept.quant2);

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        has_any = has_any || texts[i]->n > 0;
    }
    if (!has_any) {
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        *texts[i] = arena_copy(&survey->arena, *texts[i]);
    }
    *observation_more(survey, observation) = kept;
}

static void add_observation(struct survey *survey, const struct earlier_row *row) {
    *survey_add_observation(survey) = row->observation;
}

/* Rows with a number stand before those without, which take the numbers that are free. */
static void add_observations(
    struct survey *survey, const struct earlier_row *rows, size_t n_numbered, size_t n) {
    size_t i = 0, k = n_numbered;

    for (uint32_t next = 1; i < n_numbered || k < n; next++) {
        if (i < n_numbered && (rows[i].order <= next || k == n)) {
            next = rows[i].order;
            add_observation(survey, &rows[i++]);
        } else {
            add_observation(survey, &rows[k++]);
        }
    }
}

/* --- order --- */

struct place {
    const struct earlier_head *head;
    uint32_t number; /* of the head, as it was found */
};

static int compare_places(const void *a, const void *b) {
    const struct place *x = a, *y = b;

    if (x->head->file != y->head->file) {
        return x->head->file < y->head->file ? -1 : 1;
    }
    if (x->head->place != y->head->place) {
        return x->head->place < y->head->place ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

/* By head, those with a number first; of equal ones those that were found first. */
static int compare_rows(const void *a, const void *b) {
    const struct earlier_row *x = *(const struct earlier_row *const *)a,
                             *y = *(const struct earlier_row *const *)b;

    if (x->head != y->head) {
        return x->head < y->head ? -1 : 1;
    }
    if (x->order != y->order) { /* 0, unknown, is the greatest */
        return x->order - 1 < y->order - 1 ? -1 : 1;
    }
    return (x > y) - (x < y);
}

static bool is_there(struct earlier *earlier, const struct earlier_head *head) {
    bool is = head->is_shown || head->is_unplaced;

    earlier->n_deleted += !is;
    return is;
}

static struct earlier_row *sorted_rows(struct earlier *earlier, size_t *capacity) {
    CLEANUP(array_release) const struct earlier_row **order = NULL;
    struct earlier_row *rows = NULL;
    size_t order_capacity = 0;

    order = array_reserve(NULL, &order_capacity, earlier->n_rows + 1, sizeof *order);
    for (size_t i = 0; i < earlier->n_rows; i++) {
        order[i] = &earlier->rows[i];
    }
    if (earlier->n_rows > 1) {
        qsort(order, earlier->n_rows, sizeof *order, compare_rows);
    }
    rows = array_reserve(NULL, capacity, earlier->n_rows + 1, sizeof *rows);
    for (size_t i = 0; i < earlier->n_rows; i++) {
        rows[i] = *order[i];
    }
    return rows;
}

void earlier_build(struct earlier *earlier) {
    CLEANUP(array_release) struct place *places = NULL;
    CLEANUP(array_release) struct earlier_row *rows = NULL;
    CLEANUP(array_release) size_t *first = NULL; /* row of each head */
    size_t capacity = 0, rows_capacity = 0, first_capacity = 0, n = 0, row = 0;

    places = array_reserve(NULL, &capacity, earlier->n_heads + 1, sizeof *places);
    first = array_reserve(NULL, &first_capacity, earlier->n_heads + 1, sizeof *first);
    rows = sorted_rows(earlier, &rows_capacity);
    for (uint32_t i = 0; i < earlier->n_heads; i++) {
        first[i] = row;
        while (row < earlier->n_rows && rows[row].head == i) {
            row++;
        }
        if (is_there(earlier, &earlier->heads[i])) {
            places[n++] = (struct place){&earlier->heads[i], i};
        }
    }
    first[earlier->n_heads] = row;
    if (n > 1) {
        qsort(places, n, sizeof *places, compare_places);
    }
    for (size_t i = 0; i < n; i++) {
        size_t from = first[places[i].number], to = first[places[i].number + 1], numbered = from;
        struct earlier_head *head = &earlier->heads[places[i].number];
        while (numbered < to && rows[numbered].order != 0) {
            numbered++;
        }
        add_inspection(earlier, head);
        add_observations(
            earlier_survey(earlier, head->file), rows + from, numbered - from, to - from);
    }
}

/* --- measurements --- */

static void take_measurement(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;
    const struct earlier_head *head =
        earlier_find_head(earlier, value_text(&row[MEASUREMENTS_INSPECTION_ID]));
    double chainage_m = value_number(&row[MEASUREMENTS_CHAINAGE_M]);

    (void)number;
    if (head == NULL) {
        earlier->n_orphans++;
        return;
    }
    if (isnan(chainage_m) || isnan(value_number(&row[MEASUREMENTS_VALUE]))) {
        earlier->n_invalid++;
        return;
    }
    *survey_add_measurement(earlier_survey(earlier, head->file)) = (struct measurement){
        .chainage_m = chainage_m,
        .value = value_number(&row[MEASUREMENTS_VALUE]),
        .inspection = head->number,
        .line = (uint32_t)earlier_integer(earlier, &row[MEASUREMENTS_SOURCE_LINE], 0, UINT32_MAX),
        .kind = measured_kind_from_word(value_text(&row[MEASUREMENTS_KIND])),
        .unit = measured_unit_from_word(value_text(&row[MEASUREMENTS_UNIT])),
        .is_zero_unknown = value_is_true(&row[MEASUREMENTS_ZERO_IS_UNKNOWN]),
    };
}

bool earlier_read_measurements(struct earlier *earlier, struct error *err) {
    return earlier_scan(earlier, TABLE_MEASUREMENTS, take_measurement, err);
}
