#include "formats/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "formats/sheet_reader.h"

/* --- what is it? --- */

static bool has(const struct sheet_columns *columns, enum sheet_role role) {
    return columns->first[role] != NO_COLUMN;
}

static bool names_segments(const struct sheet_columns *columns) {
    return has(columns, SHEET_SEGMENT_ID) || has(columns, SHEET_START_NODE) ||
           has(columns, SHEET_UPSTREAM_NODE);
}

static bool has_codes(const struct sheet_columns *columns) {
    return has(columns, SHEET_CODE) || has(columns, SHEET_DEFECT_NAME);
}

enum sheet_kind sheet_kind_of(const struct sheet_columns *columns) {
    if (names_segments(columns) && has_codes(columns)) {
        return SHEET_OF_OBSERVATIONS;
    }
    return sheet_has_nodes(columns) ? SHEET_OF_NODES : SHEET_OF_NOTHING;
}

bool sheet_check_columns(const struct sheet_columns *columns, struct error *err) {
    char list[700];
    const char *missing = !names_segments(columns)        ? "'segment_id' or 'start_node'"
                          : !has_codes(columns)           ? "'code'"
                          : !has(columns, SHEET_CHAINAGE) ? "'chainage_m'"
                                                          : NULL;

    if (missing == NULL) {
        return true;
    }
    sheet_headings_list(columns, HEADINGS_ALL, list, sizeof list);
    return error_set(err, ERROR_FORMAT,
        "no column for %s; found %s (--column ROLE=HEADING tells what a column is)", missing,
        list[0] == '\0' ? "nothing" : list);
}

/* --- the reader's tools --- */

struct text sheet_keep(struct sheet_reader *reader, struct text text) {
    if (reader->document != NULL) {
        return document_keep(reader->document, reader->survey, text);
    }
    return text.n == 0 ? (struct text){0} : arena_copy(&reader->survey->arena, text);
}

static struct finding_place place_of(const struct sheet_reader *reader, uint32_t line) {
    struct finding_place place = {.file = reader->survey->file.path, .line = line};

    if (line > 0 && reader->current != NO_INSPECTION) {
        const struct inspection *inspection = &reader->survey->inspections[reader->current];
        place.inspection_id = inspection->id;
        place.segment_id = inspection->segment_ref;
    }
    return place;
}

enum { FINDINGS_MOST = 1000 };

void sheet_note(struct sheet_reader *reader, enum finding_kind kind, const char *format, ...) {
    char detail[512];
    va_list args;

    if (reader->n_found[kind]++ >= FINDINGS_MOST) {
        return;
    }
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    findings_add(
        &reader->survey->findings, kind, place_of(reader, reader->row->line), "%s", detail);
}

static void note_the_rest(struct sheet_reader *reader) {
    for (size_t kind = 0; kind < FINDING_KINDS; kind++) {
        if (reader->n_found[kind] > FINDINGS_MOST) {
            findings_add(&reader->survey->findings, (enum finding_kind)kind, place_of(reader, 0),
                "'%zu' more rows", reader->n_found[kind] - FINDINGS_MOST);
        }
    }
}

/* --- which inspection? --- */

static void reach(struct sheet_reader *reader, enum sheet_role role) {
    size_t column = reader->columns->first[role];

    if (column >= reader->n_key_cells) {
        reader->n_key_cells = column + 1;
    }
}

/* Nodes alone may name two pipes. */
static void choose_twins(struct sheet_reader *reader) {
    const struct sheet_columns *columns = reader->columns;
    enum sheet_role length = has(columns, SHEET_EXPECTED) ? SHEET_EXPECTED : SHEET_INSPECTED;

    reader->twin_length = SHEET_ROLES;
    if (reader->has_ids || has(columns, SHEET_SEGMENT_ID) || !has(columns, SHEET_DIAMETER) ||
        !has(columns, length)) {
        return;
    }
    reader->twin_length = length;
    reach(reader, SHEET_DIAMETER);
    reach(reader, length);
}

static void choose_keys(struct sheet_reader *reader) {
    static const enum sheet_role with_id[] = {SHEET_INSPECTION_ID, SHEET_SEGMENT_ID};
    static const enum sheet_role without[] = {SHEET_SEGMENT_ID, SHEET_START_NODE, SHEET_FINISH_NODE,
        SHEET_UPSTREAM_NODE, SHEET_DOWNSTREAM_NODE, SHEET_DIRECTION, SHEET_DATE, SHEET_VIDEO};
    const enum sheet_role *roles = without;
    size_t n = ARRAY_LEN(without);

    reader->has_ids = has(reader->columns, SHEET_INSPECTION_ID);
    if (reader->has_ids) {
        roles = with_id;
        n = ARRAY_LEN(with_id);
    }
    for (size_t i = 0; i < n; i++) {
        if (has(reader->columns, roles[i])) {
            reader->key_columns[reader->n_keys++] = reader->columns->first[roles[i]];
            reach(reader, roles[i]);
        }
    }
    reader->is_indexed = !reader->has_ids;
    choose_twins(reader);
}

/* The key's parts, and the size of a twin, behind each other with a byte between that no text
 * has. */
static struct text join_key(
    struct sheet_reader *reader, const struct text *key, struct text twin_size) {
    size_t n = 0, need = reader->n_keys + twin_size.n;

    for (size_t i = 0; i < reader->n_keys; i++) {
        need += key[i].n;
    }
    reader->key_buffer = array_reserve(reader->key_buffer, &reader->key_capacity, need, 1);
    for (size_t i = 0; i < reader->n_keys; i++) {
        if (key[i].n > 0) {
            memcpy(reader->key_buffer + n, key[i].at, key[i].n);
        }
        n += key[i].n;
        reader->key_buffer[n++] = '\x1f';
    }
    if (twin_size.n > 0) {
        memcpy(reader->key_buffer + n, twin_size.at, twin_size.n);
        n += twin_size.n;
    }
    return (struct text){reader->key_buffer, n};
}

/* Shorter before longer: so that 9 comes before 10. */
static bool is_behind(struct text id, struct text other) {
    return id.n != other.n ? id.n > other.n : text_compare(id, other) > 0;
}

/* Ids no longer ascend: from here on each inspection must be looked up. */
static void start_index(struct sheet_reader *reader) {
    struct survey *survey = reader->survey;

    for (size_t i = reader->first_inspection; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        const struct text key[] = {inspection->id, inspection->segment_ref};
        struct text joined = arena_copy(&survey->arena, join_key(reader, key, (struct text){0}));
        index_add(&reader->index, joined, (uint32_t)i);
    }
    reader->is_indexed = true;
}

static void set_key(struct sheet_reader *reader, const struct text *key) {
    for (size_t i = 0; i < reader->n_keys; i++) {
        reader->key[i] = sheet_keep(reader, key[i]);
    }
    if (reader->twin_length != SHEET_ROLES) {
        reader->size = sheet_keep(reader, sheet_cell(reader, SHEET_DIAMETER));
        reader->length = sheet_keep(reader, sheet_cell(reader, reader->twin_length));
    }
}

/* The inspection of a key, or of its twin; a new key is numbered as the next inspection. */
static uint32_t find_or_add(struct sheet_reader *reader, const struct text *key, bool *is_another) {
    struct survey *survey = reader->survey;
    struct text joined = join_key(reader, key, (struct text){0});
    uint32_t known = index_find(&reader->index, joined);

    if (known != INDEX_NONE && reader->twin_length != SHEET_ROLES &&
        sheet_is_other_pipe(reader, &survey->inspections[known])) {
        *is_another = true;
        joined = join_key(reader, key, sheet_cell(reader, SHEET_DIAMETER));
        known = index_find(&reader->index, joined);
    }
    if (known == INDEX_NONE) {
        index_add(
            &reader->index, arena_copy(&survey->arena, joined), (uint32_t)survey->n_inspections);
    }
    return known;
}

/* The inspection of another key than the row's before: one that is known, or a new one. */
static void change_inspection(struct sheet_reader *reader, const struct text *key) {
    bool is_another = false;

    if (!reader->is_indexed && reader->current != NO_INSPECTION &&
        !is_behind(key[0], reader->key[0])) {
        start_index(reader);
    }
    uint32_t known = reader->is_indexed ? find_or_add(reader, key, &is_another) : INDEX_NONE;
    set_key(reader, key);
    if (known != INDEX_NONE) {
        reader->current = known;
        return;
    }
    sheet_add_inspection(reader);
    if (is_another) {
        sheet_name_twin(reader, &reader->survey->inspections[reader->current]);
    }
}

/* Equal texts are the same size or length; others may still be the same number. */
static bool is_twin(struct sheet_reader *reader) {
    if (reader->twin_length == SHEET_ROLES) {
        return false;
    }
    struct text size = sheet_cell(reader, SHEET_DIAMETER),
                length = sheet_cell(reader, reader->twin_length);
    return size.n > 0 && length.n > 0 && !text_equal(size, reader->size) &&
           !text_equal(length, reader->length) &&
           sheet_is_other_pipe(reader, &reader->survey->inspections[reader->current]);
}

/* Is the row of the same inspection as the one before?  Empty cells agree with everything: people
 * write the pipe into the first row only. */
static bool is_same(struct sheet_reader *reader, const struct text *key) {
    if (reader->current == NO_INSPECTION) {
        return false;
    }
    if (reader->row->n_same >= reader->n_key_cells) {
        return true;
    }
    for (size_t i = 0; i < reader->n_keys; i++) {
        if (key[i].n != 0 && !text_equal(key[i], reader->key[i])) {
            return false;
        }
    }
    return !is_twin(reader);
}

/* --- rows --- */

static bool is_empty(const struct sheet_reader *reader) {
    for (size_t i = 0; i < reader->row->n_cells; i++) {
        if (sheet_cell_at(reader, i).n > 0) {
            return false;
        }
    }
    return true;
}

/* Headings come again in sheets that were printed page by page. */
static bool is_heading_again(const struct sheet_reader *reader) {
    size_t code = reader->columns->first[SHEET_CODE];

    if (code == NO_COLUMN) {
        code = reader->columns->first[SHEET_DEFECT_NAME];
    }
    struct text cell = sheet_cell_at(reader, code);
    return cell.n > 2 && text_equal(cell, reader->columns->at[code].heading);
}

static void check_width(struct sheet_reader *reader) {
    size_t wanted = reader->columns->n, n = reader->row->n_cells;

    while (n > wanted && text_trim(reader->row->cells[n - 1]).n == 0) {
        n--;
    }
    if (n != wanted) {
        sheet_note(
            reader, FINDING_ROW_RAGGED, "'%zu' fields where the heading has '%zu'", n, wanted);
    }
}

static void read_row(struct sheet_reader *reader) {
    struct text key[KEYS_MOST];

    for (size_t i = 0; i < reader->n_keys; i++) {
        key[i] = sheet_cell_at(reader, reader->key_columns[i]);
    }
    bool is_first = !is_same(reader, key);
    if (is_first && (is_empty(reader) || is_heading_again(reader))) {
        return;
    }
    if (is_first) {
        change_inspection(reader, key);
    }
    bool is_told = reader->row->is_cut;
    if (reader->row->n_cells != reader->columns->n && !is_told && !is_empty(reader)) {
        check_width(reader);
    }
    struct inspection *inspection = &reader->survey->inspections[reader->current];
    sheet_fill_inspection(reader, inspection);
    sheet_read_observation(reader, inspection);
}

/* --- columns --- */

static void list_unused(struct sheet_reader *reader) {
    char list[800];

    sheet_headings_list(reader->columns, HEADINGS_UNUSED, list, sizeof list);
    if (list[0] != '\0') {
        findings_add(
            &reader->survey->findings, FINDING_COLUMN_UNKNOWN, place_of(reader, 0), "%s", list);
    }
}

static bool is_inspection_extra(enum sheet_role role) {
    return role == SHEET_WEATHER || role == SHEET_STREET || role == SHEET_MATERIAL ||
           role == SHEET_SHAPE || role == SHEET_SYSTEM || role == SHEET_VIDEO ||
           role == SHEET_PURPOSE || role == SHEET_STANDARD || role == SHEET_TIME;
}

static bool is_observation_extra(enum sheet_role role) {
    return role == SHEET_REMARK || role == SHEET_PHOTO || role == SHEET_VIDEO_TIME ||
           role == SHEET_QUANT1 || role == SHEET_QUANT2 || role == SHEET_JOINT;
}

static void choose_extras(struct sheet_reader *reader) {
    const struct sheet_columns *columns = reader->columns;

    reader->rare_observation = ARENA_NEW(&reader->survey->arena, size_t, columns->n);
    for (size_t i = 0; i < columns->n; i++) {
        enum sheet_role role = columns->at[i].role;
        if (is_inspection_extra(role)) {
            reader->rare_inspection[reader->n_rare_inspection++] = i;
        } else if (is_observation_extra(role)) {
            reader->rare_observation[reader->n_rare_observation++] = i;
        }
    }
}

/* A unit in one length's heading holds for those without; the user's holds before. */
static void choose_units(struct sheet_reader *reader) {
    static const enum sheet_role lengths[] = {SHEET_CHAINAGE, SHEET_INSPECTED, SHEET_EXPECTED};
    const struct sheet_columns *columns = reader->columns;
    struct survey *survey = reader->survey;
    double unit_m = reader->request->options->length_unit_m;

    for (size_t i = 0; i < ARRAY_LEN(lengths) && unit_m == 0; i++) {
        if (has(columns, lengths[i])) {
            unit_m = columns->at[columns->first[lengths[i]]].unit_m;
        }
    }
    if (unit_m == 0 && columns->n_chinese < 3) { /* Chinese sheets count in metres */
        survey->length_unit_is_assumed = true;
    }
    reader->length_m = unit_m == 0 ? 1 : unit_m;
    reader->diameter_mm = reader->length_m > 0.25 && reader->length_m < 0.5 ? 25.4 : 1;
    if (reader->length_m != 1) {
        findings_add(&survey->findings, FINDING_UNIT_CONVERTED, place_of(reader, 0),
            "one unit is '%.9g' m; diameters without a unit count in '%.4g' mm", reader->length_m,
            reader->diameter_mm);
    }
}

bool sheet_length(struct sheet_reader *reader, enum sheet_role role, double *out) {
    struct text cell = sheet_cell(reader, role), unit = {0};
    double value, unit_m;

    if (cell.n == 0) {
        return false;
    }
    unit_m = reader->columns->at[reader->columns->first[role]].unit_m;
    if (unit_m == 0) {
        unit_m = reader->length_m;
    }
    if (text_to_double(cell, &value)) {
        *out = value * unit_m;
        return true;
    }
    if (text_to_quantity(cell, &value, &unit) && sheet_unit_m(unit) != 0) {
        *out = value * sheet_unit_m(unit);
        return true;
    }
    return false;
}

static void reader_release(struct sheet_reader *reader) {
    index_release(&reader->index);
    array_release(&reader->key_buffer);
    array_release(&reader->group.owner);
}

void sheet_read(const struct sheet_request *request, struct survey *survey) {
    enum { PROGRESS_ROWS = 65536 };
    CLEANUP(reader_release)
    struct sheet_reader reader = {
        .request = request,
        .columns = request->columns,
        .document = request->rows->document,
        .survey = survey,
        .current = NO_INSPECTION,
        .first_inspection = (uint32_t)survey->n_inspections,
    };
    const struct read_options *options = request->options;
    struct sheet_row row;

    reader.row = &row;
    choose_keys(&reader);
    choose_units(&reader);
    choose_extras(&reader);
    list_unused(&reader);
    for (size_t n = 1; request->rows->next(request->rows->context, &row); n++) {
        read_row(&reader);
        if (n % PROGRESS_ROWS == 0 && options->progress != NULL) {
            options->progress(options->progress_context, survey->n_observations);
        }
    }
    sheet_group_finish(&reader.group, survey);
    for (size_t i = reader.first_inspection; i < survey->n_inspections; i++) {
        sheet_make_id(survey, &survey->inspections[i]);
    }
    note_the_rest(&reader);
    if (request->columns->n_chinese >= 3) {
        survey->catalogue = CATALOGUE_CJJ181;
    }
}
