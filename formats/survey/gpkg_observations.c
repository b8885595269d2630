/* Observations out of three tables of an earlier result.  The number behind '#' in their id tells
 * their order in the inspection; rows without one (of older versions, or added by hand) fill the
 * gaps in the order in which they stand. */
#include <math.h>

#include "core/reference.h"
#include "formats/gpkg/read/words.h"
#include "formats/survey/gpkg_survey.h"

enum { LENGTH_MOST_M = 1000000 };

/* A length or height that a survey can have, NAN for another. */
static double metres(struct earlier *earlier, const struct value *at) {
    double m = value_number(at);

    if (at->kind != VALUE_NULL && !(fabs(m) <= LENGTH_MOST_M)) {
        earlier->n_invalid++;
        return NAN;
    }
    return m;
}

static struct text copy(struct survey *survey, const struct value *at) {
    return arena_copy(&survey->arena, value_text(at));
}

static struct earlier_row *add_row(
    struct earlier *earlier, const struct earlier_head *head, struct text id) {
    earlier->rows = array_reserve(
        earlier->rows, &earlier->rows_capacity, earlier->n_rows + 1, sizeof *earlier->rows);
    struct earlier_row *row = &earlier->rows[earlier->n_rows++];
    long order = order_from_id(id);
    *row = (struct earlier_row){
        .head = (uint32_t)(head - earlier->heads),
        .order = order > 0 && order < INT32_MAX ? (uint32_t)order : 0,
    };
    row->observation = (struct observation){
        .chainage_m = NAN,
        .position_error_m = NAN,
        .stretch = NO_STRETCH,
        .along_m = NAN,
        .along_to_m = NAN,
        .duplicate_of = NO_OBSERVATION,
        .score = NAN,
    };
    return row;
}

static uint8_t joint_from(const struct value *at) {
    return at->kind != VALUE_INTEGER ? 0 : value_is_true(at) ? 1 : 2;
}

/* --- photos and videos --- */

static const struct earlier_media *media_of(
    const struct earlier *earlier, const struct index *index, struct text owner) {
    uint32_t place = owner.n == 0 ? INDEX_NONE : index_find(index, owner);

    return place == INDEX_NONE ? NULL : &earlier->media[place];
}

/* The column shows where the first of them was found, else what was delivered; another text is
 * somebody's own. */
static struct text delivered_medium(const struct earlier_media *media, struct text shown) {
    struct text rest = media == NULL ? (struct text){0} : media->paths, path;

    while (reference_next(&rest, &path)) {
        if (text_equal(path, shown)) {
            return media->delivered;
        }
    }
    return shown;
}

/* A video that is the inspection's is shown with each of its observations. */
static struct text own_video(const struct earlier *earlier, struct text id, struct text shown) {
    const struct earlier_media *media = media_of(earlier, &earlier->videos, id);

    return media == NULL ? (struct text){0} : delivered_medium(media, shown);
}

/* --- defects and inventory --- */

/* The columns of `defects` that `inventory` has too. */
static const uint8_t in_inventory[DEFECTS_COLUMNS] = {
#define COLUMN(id, name, type, title) [DEFECTS_##id] = INVENTORY_##id,
#include "formats/gpkg/columns/inventory.def"
#undef COLUMN
};

static void fill_more(struct earlier *earlier, struct survey *survey,
    struct observation *observation, const struct value *row) {
    struct text id = value_text(&row[DEFECTS_DEFECT_ID]);
    struct observation_more more = {
        .remark = value_text(&row[DEFECTS_REMARK]),
        .photo = delivered_medium(
            media_of(earlier, &earlier->photos, id), value_text(&row[DEFECTS_PHOTO])),
        .video = own_video(earlier, id, value_text(&row[DEFECTS_VIDEO])),
        .video_time = value_text(&row[DEFECTS_VIDEO_TIME]),
        .quant1_text = value_text(&row[DEFECTS_QUANT1_TEXT]),
        .quant2_text = value_text(&row[DEFECTS_QUANT2_TEXT]),
        .clock_text = value_text(&row[DEFECTS_CLOCK_TEXT]),
        .grade_text =
            observation->grade != 0 ? (struct text){0} : value_text(&row[DEFECTS_DELIVERED_GRADE]),
        .place = value_text(&row[DEFECTS_PLACE]),
        .quant1 = value_number(&row[DEFECTS_QUANT1]),
        .quant2 = value_number(&row[DEFECTS_QUANT2]),
    };

    earlier_keep_more(survey, observation, &more);
}

static void take_placed(struct earlier *earlier, const struct value *row) {
    struct earlier_head *head = earlier_find_head(earlier, value_text(&row[DEFECTS_INSPECTION_ID]));

    if (head == NULL) {
        earlier->n_orphans++;
        return;
    }
    struct survey *survey = earlier_survey(earlier, head->file);
    struct observation *observation =
        &add_row(earlier, head, value_text(&row[DEFECTS_DEFECT_ID]))->observation;
    observation->code = add_code_from_words(survey, value_text(&row[DEFECTS_DELIVERED_CODE]),
        value_text(&row[DEFECTS_CODE]), value_text(&row[DEFECTS_CHAR1]),
        value_text(&row[DEFECTS_CHAR2]));
    observation->chainage_m = metres(earlier, &row[DEFECTS_CHAINAGE_M]);
    observation->line =
        (uint32_t)earlier_integer(earlier, &row[DEFECTS_SOURCE_LINE], 0, UINT32_MAX);
    observation->grade =
        delivered_grade(survey->scheme, &row[DEFECTS_GRADE], &row[DEFECTS_DELIVERED_GRADE]);
    observation->clock_from = (uint8_t)earlier_integer(earlier, &row[DEFECTS_CLOCK_FROM], 0, 12);
    observation->clock_to = (uint8_t)earlier_integer(earlier, &row[DEFECTS_CLOCK_TO], 0, 12);
    observation->at_joint = joint_from(&row[DEFECTS_AT_JOINT]);
    mark_from_word(value_text(&row[DEFECTS_CONTINUOUS]), observation);
    fill_more(earlier, survey, observation, row);
}

static void take_defect(void *context, int64_t number, const struct value *row) {
    (void)number;
    take_placed(context, row);
}

static void take_inventory(void *context, int64_t number, const struct value *row) {
    struct value defect[DEFECTS_COLUMNS] = {0};

    (void)number;
    for (size_t i = 1; i < DEFECTS_COLUMNS; i++) {
        if (in_inventory[i] != 0) {
            defect[i] = row[in_inventory[i]];
        }
    }
    take_placed(context, defect);
}

/* --- unplaced --- */

/* What is shown is the text or else the number; a name of digits is no number. */
static double split_number(const struct earlier *earlier, const struct value *shown,
    const struct value *number, struct text *text) {
    double kept = value_number(number), seen = value_number(shown);

    if (isnan(seen) || (isnan(kept) && earlier->has_logs)) {
        *text = value_text(shown);
        return kept;
    }
    return fabs(seen - kept) < 1e-6 ? kept : seen;
}

static uint8_t split_clock(struct earlier *earlier, const struct value *row, struct text *text) {
    struct text shown = value_text(&row[UNPLACED_CLOCK_FROM]);
    double hour = value_number(&row[UNPLACED_CLOCK_FROM]);

    if (row[UNPLACED_CLOCK_HOUR].kind != VALUE_NULL || (shown.n > 0 && isnan(hour))) {
        *text = shown;
        return (uint8_t)earlier_integer(earlier, &row[UNPLACED_CLOCK_HOUR], 0, 12);
    }
    return (uint8_t)earlier_integer(earlier, &row[UNPLACED_CLOCK_FROM], 0, 12);
}

static void fill_unplaced(struct earlier *earlier, struct survey *survey,
    struct observation *observation, const struct value *row) {
    struct text id = value_text(&row[UNPLACED_OBSERVATION_ID]);
    struct text grade = value_text(&row[UNPLACED_GRADE]);
    struct observation_more more = {
        .remark = value_text(&row[UNPLACED_REMARK]),
        .photo = value_text(&row[UNPLACED_PHOTO]),
        .video = own_video(earlier, id, value_text(&row[UNPLACED_VIDEO])),
        .video_time = value_text(&row[UNPLACED_VIDEO_TIME]),
        .place = value_text(&row[UNPLACED_PLACE]),
    };

    more.quant1 = split_number(
        earlier, &row[UNPLACED_QUANT1], &row[UNPLACED_QUANT1_NUMBER], &more.quant1_text);
    more.quant2 = split_number(
        earlier, &row[UNPLACED_QUANT2], &row[UNPLACED_QUANT2_NUMBER], &more.quant2_text);
    observation->grade = grade_from_word(grade);
    more.grade_text = observation->grade == 0 ? grade : (struct text){0};
    observation->clock_from = split_clock(earlier, row, &more.clock_text);
    observation->clock_to = (uint8_t)earlier_integer(earlier, &row[UNPLACED_CLOCK_TO], 0, 12);
    observation->at_joint = joint_from(&row[UNPLACED_AT_JOINT]);
    observation->chainage_m = metres(earlier, &row[UNPLACED_CHAINAGE]);
    observation->line =
        (uint32_t)earlier_integer(earlier, &row[UNPLACED_SOURCE_LINE], 0, UINT32_MAX);
    mark_from_word(value_text(&row[UNPLACED_CONTINUOUS]), observation);
    earlier_keep_more(survey, observation, &more);
}

/* The row of an inspection that has no observations says nothing of one. */
static bool is_observation(const struct value *row) {
    static const uint8_t columns[] = {
        UNPLACED_OBSERVATION_ID, UNPLACED_KIND, UNPLACED_CODE, UNPLACED_CHAINAGE};

    for (size_t i = 0; i < sizeof columns; i++) {
        if (row[columns[i]].kind != VALUE_NULL) {
            return true;
        }
    }
    return false;
}

static void take_unplaced(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;
    struct earlier_head *head = earlier_unplaced_head(earlier, row);

    (void)number;
    if (head == NULL) {
        earlier->n_orphans++;
        return;
    }
    struct survey *survey = earlier_survey(earlier, head->file);
    struct text raw = copy(survey, &row[UNPLACED_DELIVERED]);
    if (!is_observation(row)) {
        head->raw = raw;
        return;
    }
    struct text code = value_text(&row[UNPLACED_CODE]);
    struct text main_code = value_text(&row[UNPLACED_MAIN_CODE]);
    bool is_same = text_equal(code, main_code) || (main_code.n == 0 && !earlier->has_logs);
    struct observation *observation =
        &add_row(earlier, head, value_text(&row[UNPLACED_OBSERVATION_ID]))->observation;
    observation->code =
        survey_add_code(survey, is_same ? (struct text){0} : code, is_same ? code : main_code,
            value_text(&row[UNPLACED_CHAR1]), value_text(&row[UNPLACED_CHAR2]));
    observation->raw = raw.at;
    observation->raw_n = (uint32_t)raw.n;
    fill_unplaced(earlier, survey, observation, row);
}

bool earlier_read_observations(struct earlier *earlier, struct error *err) {
    return earlier_scan(earlier, TABLE_DEFECTS, take_defect, err) &&
           earlier_scan(earlier, TABLE_INVENTORY, take_inventory, err) &&
           earlier_scan(earlier, TABLE_UNPLACED, take_unplaced, err);
}
