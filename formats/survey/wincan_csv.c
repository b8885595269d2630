/* WinCan 8, its tables dumped as one CSV file each:
 *
 *     P_ID,P_Name,P_ProgramVersion ...         the project
 *     S_ID,S_StartNode,S_EndNode ...           sections
 *     SI_ID,SI_Section_ID,SI_InspectionDir ... inspections
 *     SO_ID,SO_Inspecs_ID,SO_Position ...      observations, with their photos and clips
 *
 * Offered one of them, the reader looks for the others under the same name with another word for
 * the table in it.  Every record is handed on as a row of WinCan VX; observations that are alone
 * get inspections that know nothing but their key. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/delimited.h"
#include "formats/document.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan.h"

enum table {
    TABLE_PROJECT,
    TABLE_SECTION,
    TABLE_INSPECTION,
    TABLE_OBSERVATION,
    TABLES,
};

static const struct {
    enum table table;
    const char *heading;
    enum wincan_column column;
} fields[] = {
#define FIELD(table, heading, set, column) {TABLE_##table, heading, WC_##set##_##column},
#include "formats/survey/wincan_csv.def"
#undef FIELD
};

/* Headings that tell a table. */
static const char *const marks[TABLES][2] = {
    [TABLE_PROJECT] = {"P_ID",          "P_Name"       },
    [TABLE_SECTION] = {"S_ID",          "S_StartNode"  },
    [TABLE_INSPECTION] = {"SI_ID",         "SI_Section_ID"},
    [TABLE_OBSERVATION] = {"SO_Inspecs_ID", "SO_OpCode"    },
};

/* --- The bid --- */

/* The first line has the heading as a field of its own. */
static bool line_has(struct text line, const char *heading) {
    struct text word = text_from(heading);

    for (size_t i = 0; i + word.n <= line.n; i++) {
        bool begins = i == 0 || strchr(",;\t\" \xBF", line.at[i - 1]) != NULL;
        bool ends = i + word.n == line.n || strchr(",;\t\" ", line.at[i + word.n]) != NULL;
        if (begins && ends && text_equal(text_part(line, i, i + word.n), word)) {
            return true;
        }
    }
    return false;
}

static enum table table_of(struct text line) {
    for (enum table t = TABLE_PROJECT; t < TABLES; t++) {
        if (line_has(line, marks[t][0]) && line_has(line, marks[t][1])) {
            return t;
        }
    }
    return TABLES;
}

static struct text first_line(struct text text) {
    const char *end = text.n == 0 ? NULL : memchr(text.at, '\n', text.n);
    struct text line = end == NULL ? text : text_part(text, 0, (size_t)(end - text.at));

    return text_trim(line);
}

static struct text head_of(const struct source *source) {
    return (struct text){(const char *)source->head, source->head_n};
}

static int wincan_csv_bid(const struct source *source) {
    enum table table = table_of(first_line(head_of(source)));

    return table == TABLES ? 0 : (int)(strlen(marks[table][0]) + strlen(marks[table][1])) * 16;
}

/* --- Rows --- */

struct csv {
    struct wincan *wincan;
    struct wincan_row row, extra; /* the record in hand; a row that is made of it */
    const char *names[WINCAN_COLUMNS];
    size_t cell_of[WINCAN_COLUMNS]; /* SIZE_MAX: the file has none */
    struct text *headings;          /* an array of its own; texts in the keys' arena */
    size_t n_headings, headings_capacity;
    struct sheet_row record;
    bool has_inspections;
};

static void csv_release(struct csv *csv) {
    array_release(&csv->row.raw);
    array_release(&csv->extra.raw);
    array_release(&csv->headings);
}

static struct text cell(const struct csv *csv, const char *heading) {
    for (size_t i = 0; i < csv->n_headings && i < csv->record.n_cells; i++) {
        if (text_equal(csv->headings[i], text_from(heading))) {
            return text_trim(csv->record.cells[i]);
        }
    }
    return (struct text){0};
}

static void learn_headings(struct csv *csv, enum table table, const struct sheet_row *head) {
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
    csv->row.names = csv->names;
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
static void fill_row(struct csv *csv) {
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

static struct wincan_row *extra_row(struct csv *csv) {
    wincan_row_clear(&csv->extra, csv->record.line);
    return &csv->extra;
}

/* Nodes are names in their sections; the name is the key as well. */
static void take_node(struct csv *csv, enum wincan_column column, const char *x, const char *y) {
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

static void take_lone_inspection(struct csv *csv) {
    enum wincan_column column = WC_OBSERVATION_OBS_Inspection_FK;

    if (csv->has_inspections ||
        wincan_follow(&csv->wincan->inspection_keys, &csv->row, column) != INDEX_NONE) {
        return;
    }
    struct wincan_row *inspection = extra_row(csv);
    wincan_row_add(inspection, WC_INSPECTION_INS_PK, wincan_value(&csv->row, column));
    wincan_take_inspection(csv->wincan, inspection);
}

static void take_media(struct csv *csv) {
    static const struct {
        const char *heading, *type;
    } list[] = {
        {"SO_PhotoFilename1", "PI1"},
        {"SO_PhotoFilename2", "PI2"},
        {"SO_ClipFileName1",  "CLI"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct text name = cell(csv, list[i].heading);
        if (name.n == 0) {
            continue;
        }
        struct wincan_row *medium = extra_row(csv);
        wincan_row_add(medium, WC_MEDIA_OMM_Type, text_from(list[i].type));
        wincan_row_add(medium, WC_MEDIA_OMM_FileName, name);
        wincan_row_add(
            medium, WC_MEDIA_OMM_Observation_FK, wincan_value(&csv->row, WC_OBSERVATION_OBS_PK));
        wincan_take_medium(csv->wincan, medium);
    }
}

static void take(struct csv *csv, enum table table) {
    fill_row(csv);
    switch (table) {
    case TABLE_PROJECT:
        wincan_take_version(csv->wincan, &csv->row);
        break;
    case TABLE_SECTION:
        take_node(csv, WC_SECTION_OBJ_FromNode_REF, "S_StartNodeCoord_X", "S_StartNodeCoord_Y");
        take_node(csv, WC_SECTION_OBJ_ToNode_REF, "S_EndNodeCoord_X", "S_EndNodeCoord_Y");
        wincan_take_section(csv->wincan, &csv->row);
        break;
    case TABLE_INSPECTION:
        csv->has_inspections = true;
        wincan_take_inspection(csv->wincan, &csv->row);
        break;
    case TABLE_OBSERVATION:
        take_lone_inspection(csv);
        wincan_take_observation(csv->wincan, &csv->row);
        take_media(csv);
        break;
    case TABLES:
        break;
    }
}

/* --- Files --- */

static bool read_table(struct csv *csv, enum table table, struct document *document,
    struct survey *scratch, struct error *err) {
    CLEANUP(delimited_release)
    struct delimited scan = delimited_of(document, scratch, 0);
    struct sheet_row record = {0};

    if (!delimited_next(&scan, &record)) {
        return error_set(err, ERROR_FORMAT, "there is no heading");
    }
    learn_headings(csv, table, &record);
    if (table == TABLE_OBSERVATION && csv->cell_of[WC_OBSERVATION_OBS_Distance] == SIZE_MAX) {
        return error_set(err, ERROR_FORMAT, "there is no column 'SO_Position'");
    }
    while (delimited_next(&scan, &record)) {
        csv->record = record;
        take(csv, table);
    }
    return true;
}

/* A file has a survey of its own while it is read: its text is not kept, its findings are. */
static bool read_document(struct csv *csv, enum table table, struct text path,
    bool (*open)(const void *from, const struct document_request *request, struct survey *survey,
        struct document *out, struct error *err),
    const void *from, struct error *err) {
    CLEANUP(survey_release) struct survey scratch = {.file.path = path};
    struct survey *survey = csv->wincan->survey;
    const struct document_request request = {.encoding = csv->wincan->options->encoding};
    struct document document;

    csv->wincan->place.file = path;
    bool is_read = open(from, &request, &scratch, &document, err) &&
                   read_table(csv, table, &document, &scratch, err);
    csv->wincan->place.file = survey->file.path;
    survey->file.encoding = arena_copy(&survey->arena, scratch.file.encoding);
    findings_move(&survey->findings, &scratch.findings);
    return is_read;
}

static bool open_source(const void *from, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err) {
    return document_open(from, request, survey, out, err);
}

static bool open_bytes(const void *from, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err) {
    return document_decode(*(const struct text *)from, request, survey, out, err);
}

static bool finish(struct wincan *wincan, struct error *err) {
    struct survey *survey = wincan->survey;

    wincan_finish(wincan);
    survey->file.generator = TEXT("WinCan 8");
    return (survey->n_inspections > 0 || survey->network != NULL) ||
           error_set(err, ERROR_FORMAT, "there are no inspections and no network in it");
}

bool wincan_csv_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(wincan_release)
    struct wincan wincan = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    CLEANUP(csv_release) struct csv csv = {.wincan = &wincan};
    enum table table = table_of(first_line(bytes));

    if (table == TABLES) {
        return error_set(err, ERROR_FORMAT, "the headings are those of no table of WinCan 8");
    }
    return read_document(&csv, table, survey->file.path, open_bytes, &bytes, err) &&
           finish(&wincan, err);
}

/* What a table is called in the names of files. */
static const char *const words[][TABLES] = {
    {"project", "section", "inspection", "observation"},
    {"Project", "Section", "Inspection", "Observation"},
    {"PROJECT", "SECTION", "INSPECTION", "OBSERVATION"},
    {"P_T",     "S_T",     "SI_T",       "SO_T"       },
};

/* The path of the file with another table, {0} when the name has no word for its own. */
static struct text sibling_of(
    struct arena *arena, const struct source *source, enum table own, enum table other) {
    size_t n_folder = strlen(source->path) - strlen(source->name);

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        const char *at = strstr(source->name, words[i][own]);
        if (at != NULL) {
            int n_before = (int)(n_folder + (size_t)(at - source->name));
            return arena_printf(arena, "%.*s%s%s", n_before, source->path, words[i][other],
                at + strlen(words[i][own]));
        }
    }
    return (struct text){0};
}

static bool read_sibling(struct csv *csv, const struct source *offered, enum table own,
    enum table other, struct error *err) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct survey *survey = csv->wincan->survey;
    struct text path = sibling_of(&survey->arena, offered, own, other);
    struct source *source = ARENA_NEW(&arena, struct source, 1);

    if (path.n == 0 || access(path.at, F_OK) != 0) {
        return true;
    }
    if (!source_open(path.at, source, err) ||
        !(table_of(first_line(head_of(source))) == other ||
            error_set(err, ERROR_FORMAT, "its headings are not those of that table")) ||
        !read_document(csv, other, path, open_source, source, err)) {
        return error_wrap(err, "its sibling '%s'", path.at);
    }
    return true;
}

static bool wincan_csv_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(wincan_release)
    struct wincan wincan = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    CLEANUP(csv_release) struct csv csv = {.wincan = &wincan};
    enum table own = table_of(first_line(head_of(source)));

    if (own == TABLES) {
        return error_set(err, ERROR_FORMAT, "the headings are those of no table of WinCan 8");
    }
    for (enum table t = TABLE_PROJECT; t < TABLES; t++) {
        bool is_read = t == own
                           ? read_document(&csv, t, survey->file.path, open_source, source, err)
                           : read_sibling(&csv, source, own, t, err);
        if (!is_read) {
            return false;
        }
    }
    return finish(&wincan, err);
}

/* The table of inspections leads where it is there, then sections, then observations. */
static bool wincan_csv_is_companion(const struct source *source) {
    static const enum table leaders[] = {TABLE_INSPECTION, TABLE_SECTION, TABLE_OBSERVATION};
    CLEANUP(arena_release) struct arena arena = {0};
    enum table own = table_of(first_line(head_of(source)));

    for (size_t i = 0; i < ARRAY_LEN(leaders) && own != TABLES && leaders[i] != own; i++) {
        struct text path = sibling_of(&arena, source, own, leaders[i]);
        if (path.n > 0 && access(path.at, F_OK) == 0) {
            return true;
        }
    }
    return false;
}

const struct survey_format format_wincan_csv = {
    .name = "wincan-csv",
    .description = "WinCan 8 tables as CSV: one is named, the others are found beside it",
    .extensions = ".csv",
    .may_hold_network = true,
    .bid = wincan_csv_bid,
    .is_companion = wincan_csv_is_companion,
    .read = wincan_csv_read,
};
