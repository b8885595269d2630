/* The observations of one segment, out of three tables. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalogue.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/read/reading.h"
#include "formats/gpkg/read/words.h"

/* --- rows --- */

static bool read_lines(struct reading *reading, struct error *err) {
    size_t n = 0;
    const struct hit *hits =
        hits_of(&reading->reader->hits[TABLE_DEFECT_LINES], reading->number, &n);

    reading->line_rows = ARENA_NEW(reading_arena(reading), const struct value *, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!reader_row(reading->reader, TABLE_DEFECT_LINES, hits[i].row, reading_arena(reading),
                &reading->line_rows[i], err)) {
            return false;
        }
        struct text id = reading->line_rows[i] == NULL
                             ? (struct text){0}
                             : value_text(&reading->line_rows[i][DEFECT_LINES_DEFECT_ID]);
        if (id.n > 0) {
            index_add(&reading->lines, id, (uint32_t)i);
        }
    }
    return true;
}

/* Rows whose inspection is not there have lost what they belong to: they count nowhere. */
static void add_row(
    struct reading *reading, enum gpkg_table_id table, int64_t number, const struct value *row) {
    static const uint8_t inspection_columns[TABLES] = {
        [TABLE_DEFECTS] = DEFECTS_INSPECTION_ID,
        [TABLE_INVENTORY] = INVENTORY_INSPECTION_ID,
        [TABLE_UNPLACED] = UNPLACED_INSPECTION_ID,
    };
    struct text id = value_text(&row[inspection_columns[table]]);
    uint32_t inspection = id.n == 0 ? INDEX_NONE : index_find(&reading->inspections, id);

    if (inspection == INDEX_NONE) {
        return;
    }
    reading->rows[reading->n_rows++] = (struct kept_row){
        .at = row,
        .table = table,
        .inspection = inspection,
        .order = table == TABLE_DEFECTS     ? order_from_id(value_text(&row[DEFECTS_DEFECT_ID]))
                 : table == TABLE_INVENTORY ? order_from_id(value_text(&row[INVENTORY_DEFECT_ID]))
                                            : LONG_MAX,
        .number = number,
    };
}

static int compare_rows(const void *a, const void *b) {
    const struct kept_row *x = a, *y = b;

    if (x->inspection != y->inspection) {
        return x->inspection < y->inspection ? -1 : 1;
    }
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

static bool read_rows(struct reading *reading, struct error *err) {
    static const enum gpkg_table_id tables[] = {TABLE_DEFECTS, TABLE_INVENTORY, TABLE_UNPLACED};
    size_t n = 0, n_all = 0;

    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        hits_of(&reading->reader->hits[tables[i]], reading->number, &n);
        n_all += n;
    }
    reading->rows = ARENA_NEW(reading_arena(reading), struct kept_row, n_all + 1);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        const struct hit *hits = hits_of(&reading->reader->hits[tables[i]], reading->number, &n);
        for (size_t k = 0; k < n; k++) {
            const struct value *row = NULL;
            if (!reader_row(
                    reading->reader, tables[i], hits[k].row, reading_arena(reading), &row, err)) {
                return false;
            }
            if (row != NULL) {
                add_row(reading, tables[i], hits[k].row, row);
            }
        }
    }
    if (reading->n_rows > 1) {
        qsort(reading->rows, reading->n_rows, sizeof *reading->rows, compare_rows);
    }
    return true;
}

/* --- observations --- */

/* The other end of a continuous defect: from its line, else from its length. */
static double other_end_m(
    const struct reading *reading, struct text id, double along_m, double length_m) {
    uint32_t place = id.n == 0 ? INDEX_NONE : index_find(&reading->lines, id);

    if (place == INDEX_NONE) {
        return along_m + length_m;
    }
    double from_m = value_real(&reading->line_rows[place][DEFECT_LINES_FROM_M]);
    double to_m = value_real(&reading->line_rows[place][DEFECT_LINES_TO_M]);
    return fabs(along_m - from_m) <= fabs(along_m - to_m) ? to_m : from_m;
}

/* The columns that `defects` and `inventory` share are read through those of `defects`. */
static const struct value *shared(const struct kept_row *row, size_t column) {
    static const uint8_t in_inventory[DEFECTS_COLUMNS] = {
#define COLUMN(id, name, type, title) [DEFECTS_##id] = INVENTORY_##id,
#include "formats/gpkg/columns/inventory.def"
#undef COLUMN
    };
    static const struct value none = {.kind = VALUE_NULL};

    if (row->table == TABLE_DEFECTS) {
        return &row->at[column];
    }
    return in_inventory[column] == 0 ? &none : &row->at[in_inventory[column]];
}

static void fill_more(
    struct survey *survey, struct observation *observation, const struct kept_row *row) {
    struct observation_more *more = observation_more(survey, observation);

    more->quant1 = value_real(shared(row, DEFECTS_QUANT1));
    more->quant2 = value_real(shared(row, DEFECTS_QUANT2));
    more->quant1_text = value_text(shared(row, DEFECTS_QUANT1_TEXT));
    more->quant2_text = value_text(shared(row, DEFECTS_QUANT2_TEXT));
    more->remark = value_text(shared(row, DEFECTS_REMARK));
    more->clock_text = value_text(shared(row, DEFECTS_CLOCK_TEXT));
    if (observation->grade == 0) {
        more->grade_text = value_text(shared(row, DEFECTS_DELIVERED_GRADE));
    }
    more->place = value_text(shared(row, DEFECTS_PLACE));
}

static void fill_placed(struct reading *reading, struct survey *survey,
    struct observation *observation, const struct kept_row *row) {
    const struct value *joint = shared(row, DEFECTS_AT_JOINT);
    struct text id = value_text(shared(row, DEFECTS_DEFECT_ID));

    observation->code = add_code_from_words(survey, value_text(shared(row, DEFECTS_DELIVERED_CODE)),
        value_text(shared(row, DEFECTS_CODE)), value_text(shared(row, DEFECTS_CHAR1)),
        value_text(shared(row, DEFECTS_CHAR2)));
    observation->chainage_m = value_real(shared(row, DEFECTS_CHAINAGE_M));
    observation->along_m = value_real(shared(row, DEFECTS_ALONG_M));
    observation->along_to_m =
        other_end_m(reading, id, observation->along_m, value_real(shared(row, DEFECTS_LENGTH_M)));
    observation->grade = delivered_grade(
        survey->graded_by, shared(row, DEFECTS_GRADE), shared(row, DEFECTS_DELIVERED_GRADE));
    observation->clock_from = (uint8_t)value_integer(shared(row, DEFECTS_CLOCK_FROM), 0, 12, 0);
    observation->clock_to = (uint8_t)value_integer(shared(row, DEFECTS_CLOCK_TO), 0, 12, 0);
    observation->at_joint = joint->kind != VALUE_INTEGER ? 0 : value_is_true(joint) ? 1 : 2;
    observation->position_method =
        position_from_word(value_text(shared(row, DEFECTS_POSITION_METHOD)));
    observation->position_error_m = (float)value_real(shared(row, DEFECTS_POSITION_ERROR_M));
    observation->line = (uint32_t)value_integer(shared(row, DEFECTS_SOURCE_LINE), 0, INT32_MAX, 0);
    observation->is_current = value_is_true(shared(row, DEFECTS_IS_CURRENT));
    if (value_text(shared(row, DEFECTS_DUPLICATE_OF)).n > 0) {
        observation->duplicate_of = 0; /* which one matters to nobody */
    }
    observation->stretch = reading->out->result.inspections[row->inspection]->first_stretch;
    mark_from_word(value_text(shared(row, DEFECTS_CONTINUOUS)), observation);
    fill_more(survey, observation, row);
}

static void fill_unplaced(
    struct survey *survey, struct observation *observation, const struct kept_row *row) {
    struct text reason = value_text(&row->at[UNPLACED_REASON]);

    observation->code =
        add_code_from_words(survey, (struct text){0}, value_text(&row->at[UNPLACED_CODE]),
            value_text(&row->at[UNPLACED_CHAR1]), value_text(&row->at[UNPLACED_CHAR2]));
    observation->unplaced = UNPLACED_NO_MATCH;
    for (uint8_t i = UNPLACED_NOT + 1; i < UNPLACED_REASONS; i++) {
        if (text_equal(reason, text_from(unplaced_reason_name(i)))) {
            observation->unplaced = i;
        }
    }
    observation->line = (uint32_t)value_integer(&row->at[UNPLACED_SOURCE_LINE], 0, INT32_MAX, 0);
    mark_from_word(value_text(&row->at[UNPLACED_CONTINUOUS]), observation);
}

static void keep_observation(
    struct kept_segment *out, const struct kept_row *row, double along_m, size_t number) {
    bool is_unplaced = row->table == TABLE_UNPLACED;

    out->observations[out->n_observations] = (struct kept_observation){
        .inspection = row->inspection,
        .number = (uint32_t)number,
        .along_m = along_m,
        .is_defect = row->table == TABLE_DEFECTS,
        .score = NAN,
        .grade = -1,
    };
    struct kept_observation *kept = &out->observations[out->n_observations++];
    if (is_unplaced) {
        kept->reason = value_text(&row->at[UNPLACED_REASON_TEXT]);
        return;
    }
    kept->id = value_text(shared(row, DEFECTS_DEFECT_ID));
    kept->duplicate_of = value_text(shared(row, DEFECTS_DUPLICATE_OF));
    kept->name = value_text(shared(row, DEFECTS_NAME));
    kept->is_hazard = value_is_true(shared(row, DEFECTS_COLLAPSE_HAZARD));
    kept->score = value_real(shared(row, DEFECTS_SCORE));
    kept->grade = value_integer(shared(row, DEFECTS_GRADE), 0, 99, -1);
}

static void add_observations(struct reading *reading) {
    struct result *result = &reading->out->result;
    size_t n = 0;

    reading->out->observations =
        ARENA_NEW(reading_arena(reading), struct kept_observation, reading->n_rows + 1);
    for (size_t i = 0; i < reading->n_rows; i++) {
        const struct kept_row *row = &reading->rows[i];
        struct inspection *inspection = result->inspections[row->inspection];
        struct survey *survey = &result->surveys[row->inspection];
        if (inspection->n_stretches == 0) { /* a chain that does not name the segment after all */
            continue;
        }
        struct observation *observation = survey_add_observation(survey);
        if (row->table == TABLE_UNPLACED) {
            fill_unplaced(survey, observation, row);
        } else {
            fill_placed(reading, survey, observation, row);
        }
        keep_observation(reading->out, row, observation->along_m, survey->n_observations - 1);
        reading->rows[n++] = *row;
    }
    reading->n_rows = n;
}

static enum code_kind kind_from_name(struct text name) {
    for (enum code_kind kind = CODE_UNKNOWN; kind <= CODE_INVENTORY; kind++) {
        if (text_equal(name, text_from(code_kind_name(kind)))) {
            return kind;
        }
    }
    return CODE_UNKNOWN;
}

/* Of rows and kept observations that still stand side by side.  What codes are, by their catalogue;
 * where it does not know how a code of `unplaced` was delivered, the file does. */
static void resolve_codes(struct reading *reading) {
    struct result *result = &reading->out->result;

    for (size_t i = 0; i < result->n_surveys; i++) {
        catalogue_resolve(&result->surveys[i]);
    }
    for (size_t i = 0; i < reading->out->n_observations; i++) {
        const struct kept_observation *kept = &reading->out->observations[i];
        const struct kept_row *row = &reading->rows[i];
        struct survey *survey = &result->surveys[kept->inspection];
        struct observation *observation = &survey->observations[kept->number];
        struct code *code = &survey->codes[observation->code];
        if (row->table == TABLE_UNPLACED && code->kind == CODE_UNKNOWN) {
            code->kind = kind_from_name(value_text(&row->at[UNPLACED_KIND]));
        }
        observation->is_mark_end = row->table == TABLE_INVENTORY && code->kind != CODE_INVENTORY;
    }
}

/* Along the segment; what has no place behind. */
static int compare_kept(const void *a, const void *b) {
    const struct kept_observation *x = a, *y = b;

    if (isnan(x->along_m) != isnan(y->along_m)) {
        return isnan(x->along_m) ? 1 : -1;
    }
    if (x->along_m < y->along_m || x->along_m > y->along_m) {
        return x->along_m < y->along_m ? -1 : 1;
    }
    if (x->inspection != y->inspection) {
        return x->inspection < y->inspection ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

bool reading_observations(struct reading *reading, struct error *err) {
    struct kept_segment *out = reading->out;

    if (!read_lines(reading, err) || !read_rows(reading, err)) {
        return false;
    }
    add_observations(reading);
    resolve_codes(reading);
    if (out->n_observations > 1) {
        qsort(out->observations, out->n_observations, sizeof *out->observations, compare_kept);
    }
    return true;
}
