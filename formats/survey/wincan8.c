/* Records of WinCan 8 as rows of WinCan VX.  Observations that are alone get inspections that know
 * nothing but their key. */
#include "formats/survey/wincan8.h"

#include <stdio.h>
#include <string.h>

#include "core/base.h"

static const struct {
    enum wincan8_table table;
    const char *heading;
    enum wincan_column column;
} fields[] = {
#define FIELD(table, heading, set, column) {WINCAN8_##table, heading, WC_##set##_##column},
#include "formats/survey/wincan_csv.def"
#undef FIELD
};

void wincan8_release(struct wincan8 *csv) {
    array_release(&csv->row.raw);
    array_release(&csv->extra.raw);
    array_release(&csv->headings);
}

static const char *const extras[WINCAN8_EXTRAS] = {
    [WINCAN8_START_X] = "S_StartNodeCoord_X",
    [WINCAN8_START_Y] = "S_StartNodeCoord_Y",
    [WINCAN8_END_X] = "S_EndNodeCoord_X",
    [WINCAN8_END_Y] = "S_EndNodeCoord_Y",
    [WINCAN8_PHOTO1] = "SO_PhotoFilename1",
    [WINCAN8_PHOTO2] = "SO_PhotoFilename2",
    [WINCAN8_CLIP] = "SO_ClipFileName1",
};

static struct text cell(const struct wincan8 *csv, enum wincan8_extra extra) {
    size_t at = csv->extra_of[extra];

    return at < csv->record.n_cells ? text_trim(csv->record.cells[at]) : (struct text){0};
}

/* The first column of that heading, SIZE_MAX when there is none. */
static size_t column_of(const struct wincan8 *csv, const char *heading) {
    for (size_t i = 0; i < csv->n_headings; i++) {
        if (text_equal(csv->headings[i], text_from(heading))) {
            return i;
        }
    }
    return SIZE_MAX;
}

void wincan8_learn(struct wincan8 *csv, enum wincan8_table table, const struct sheet_row *head) {
    csv->n_headings = 0;
    for (size_t i = 0; i < head->n_cells; i++) {
        csv->headings =
            array_reserve(csv->headings, &csv->headings_capacity, i + 1, sizeof *csv->headings);
        csv->headings[csv->n_headings++] =
            arena_copy(&csv->wincan->keys, text_trim(head->cells[i]));
    }
    for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
        csv->cell_of[i] = SIZE_MAX;
        csv->names[i] = NULL;
    }
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        for (size_t k = 0; fields[i].table == table && k < csv->n_headings; k++) {
            if (text_equal(csv->headings[k], text_from(fields[i].heading))) {
                csv->cell_of[fields[i].column] = k;
                csv->names[fields[i].column] = fields[i].heading;
            }
        }
    }
    for (enum wincan8_extra e = WINCAN8_START_X; e < WINCAN8_EXTRAS; e++) {
        csv->extra_of[e] = column_of(csv, extras[e]);
    }
    csv->row.names = csv->names;
    csv->wincan->has_own_media = true;
    if (table == WINCAN8_OBSERVATION) {
        wincan_objects_finish(csv->wincan);
    }
}

/* Dates are MM/DD/YY: with the century, which begins with WinCan. */
static struct text with_century(struct text date, char buffer[40]) {
    bool is_short =
        date.n >= 8 && date.at[2] == '/' && date.at[5] == '/' && (date.n == 8 || date.at[8] == ' ');

    if (!is_short || date.n > 30) {
        return date;
    }
    int n = snprintf(buffer, 40, "%.6s%s%.*s", date.at, date.at[6] >= '7' ? "19" : "20",
        TEXT_ARGS(text_part(date, 6, date.n)));
    return (struct text){buffer, n < 0 ? 0 : (size_t)n};
}

/* Columns in their order: keys come last. */
static void fill_row(struct wincan8 *csv) {
    wincan_row_clear(&csv->row, csv->record.line);
    for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
        char buffer[40];
        if (csv->cell_of[i] >= csv->record.n_cells) {
            continue;
        }
        struct text value = text_trim(csv->record.cells[csv->cell_of[i]]);
        if (i == WC_INSPECTION_INS_StartDate) {
            value = with_century(value, buffer);
        }
        wincan_row_add(&csv->row, (enum wincan_column)i, value);
    }
}

static struct wincan_row *extra_row(struct wincan8 *csv) {
    wincan_row_clear(&csv->extra, csv->record.line);
    return &csv->extra;
}

/* Nodes are names in their sections; the name is the key as well. */
static void take_node(
    struct wincan8 *csv, enum wincan_column column, enum wincan8_extra x, enum wincan8_extra y) {
    struct text name = wincan_value(&csv->row, column), at_x = cell(csv, x), at_y = cell(csv, y);
    char wkt[120];

    if (name.n == 0 || wincan_follow(&csv->wincan->node_keys, &csv->row, column) != INDEX_NONE) {
        return;
    }
    struct wincan_row *node = extra_row(csv);
    wincan_row_add(node, WC_NODE_OBJ_Key, name);
    wincan_row_add(node, WC_NODE_OBJ_PK, name);
    if (at_x.n > 0 && at_y.n > 0 && at_x.n + at_y.n < 100) {
        int n = snprintf(wkt, sizeof wkt, "POINT (%.*s %.*s)", TEXT_ARGS(at_x), TEXT_ARGS(at_y));
        wincan_row_add(node, WC_NODE_OBJ_Shape_WKT, (struct text){wkt, n < 0 ? 0 : (size_t)n});
    }
    wincan_take_node(csv->wincan, node);
}

static void take_lone_inspection(struct wincan8 *csv) {
    enum wincan_column column = WC_OBSERVATION_OBS_Inspection_FK;

    if (csv->has_inspections || wincan_follow_memo(&csv->wincan->inspection_keys, &csv->row, column,
                                    &csv->wincan->inspection_memo) != INDEX_NONE) {
        return;
    }
    struct wincan_row *inspection = extra_row(csv);
    wincan_row_add(inspection, WC_INSPECTION_INS_PK, wincan_value(&csv->row, column));
    wincan_take_inspection(csv->wincan, inspection);
}

/* Those of a row that was left out belong to nothing. */
static void take_media(struct wincan8 *csv, bool is_taken) {
    static const struct {
        enum wincan8_extra extra;
        const char *type;
    } list[] = {
        {WINCAN8_PHOTO1, "PI1"},
        {WINCAN8_PHOTO2, "PI2"},
        {WINCAN8_CLIP,   "CLI"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct text name = cell(csv, list[i].extra);
        if (name.n == 0) {
            continue;
        }
        if (!is_taken) {
            csv->wincan->n_orphans++;
            continue;
        }
        struct wincan_row *medium = extra_row(csv);
        wincan_row_add(medium, WC_MEDIA_OMM_Type, text_from(list[i].type));
        wincan_row_add(medium, WC_MEDIA_OMM_FileName, name);
        wincan_take_own_medium(csv->wincan, medium);
    }
}

static void take_observation(struct wincan8 *csv) {
    size_t n_before = csv->wincan->survey->n_observations;

    wincan_take_observation(csv->wincan, &csv->row);
    take_media(csv, csv->wincan->survey->n_observations > n_before);
}

void wincan8_take(struct wincan8 *csv, enum wincan8_table table, const struct sheet_row *record) {
    csv->record = *record;
    fill_row(csv);
    switch (table) {
    case WINCAN8_PROJECT:
        wincan_take_version(csv->wincan, &csv->row);
        break;
    case WINCAN8_SECTION:
        take_node(csv, WC_SECTION_OBJ_FromNode_REF, WINCAN8_START_X, WINCAN8_START_Y);
        take_node(csv, WC_SECTION_OBJ_ToNode_REF, WINCAN8_END_X, WINCAN8_END_Y);
        wincan_take_section(csv->wincan, &csv->row);
        break;
    case WINCAN8_INSPECTION:
        csv->has_inspections = true;
        wincan_take_inspection(csv->wincan, &csv->row);
        break;
    case WINCAN8_OBSERVATION:
        take_lone_inspection(csv);
        take_observation(csv);
        break;
    case WINCAN8_TABLES:
        break;
    }
}

bool wincan8_finish(struct wincan *wincan, struct error *err) {
    struct survey *survey = wincan->survey;

    wincan_finish(wincan);
    survey->file.generator = TEXT("WinCan 8");
    return (survey->n_inspections > 0 || survey->network != NULL) ||
           error_set(err, ERROR_FORMAT, "there are no inspections and no network in it");
}
