/* WinCan 8, its tables dumped as one CSV file each:
 *
 *     P_ID,P_Name,P_ProgramVersion ...         the project
 *     S_ID,S_StartNode,S_EndNode ...           sections
 *     SI_ID,SI_Section_ID,SI_InspectionDir ... inspections
 *     SO_ID,SO_Inspecs_ID,SO_Position ...      observations, with their photos and clips
 *
 * Offered one of them, the reader looks for the others under the same name with another word for
 * the table in it. */
#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/delimited.h"
#include "formats/document.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan8.h"

/* Headings that tell a table. */
static const char *const marks[WINCAN8_TABLES][2] = {
    [WINCAN8_PROJECT] = {"P_ID",          "P_Name"       },
    [WINCAN8_SECTION] = {"S_ID",          "S_StartNode"  },
    [WINCAN8_INSPECTION] = {"SI_ID",         "SI_Section_ID"},
    [WINCAN8_OBSERVATION] = {"SO_Inspecs_ID", "SO_OpCode"    },
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

static enum wincan8_table table_of(struct text line) {
    for (enum wincan8_table t = WINCAN8_PROJECT; t < WINCAN8_TABLES; t++) {
        if (line_has(line, marks[t][0]) && line_has(line, marks[t][1])) {
            return t;
        }
    }
    return WINCAN8_TABLES;
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
    enum wincan8_table table = table_of(first_line(head_of(source)));

    return table == WINCAN8_TABLES ? 0
                                   : (int)(strlen(marks[table][0]) + strlen(marks[table][1])) * 16;
}

/* --- Files --- */

static bool read_table(struct wincan8 *csv, enum wincan8_table table, struct document *document,
    struct survey *scratch, struct error *err) {
    CLEANUP(delimited_release)
    struct delimited scan = delimited_of(document, scratch, 0);
    struct sheet_row record = {0};

    if (!delimited_next(&scan, &record)) {
        return error_set(err, ERROR_FORMAT, "there is no heading");
    }
    wincan8_learn(csv, table, &record);
    if (table == WINCAN8_OBSERVATION && csv->cell_of[WC_OBSERVATION_OBS_Distance] == SIZE_MAX) {
        return error_set(err, ERROR_FORMAT, "there is no column 'SO_Position'");
    }
    while (delimited_next(&scan, &record)) {
        wincan8_take(csv, table, &record);
    }
    return true;
}

/* A file has a survey of its own while it is read: its text is not kept, its findings are. */
static bool read_document(struct wincan8 *csv, enum wincan8_table table, struct text path,
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

bool wincan_csv_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(wincan_release)
    struct wincan wincan = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    CLEANUP(wincan8_release) struct wincan8 csv = {.wincan = &wincan};
    enum wincan8_table table = table_of(first_line(bytes));

    if (table == WINCAN8_TABLES) {
        return error_set(err, ERROR_FORMAT, "the headings are those of no table of WinCan 8");
    }
    return read_document(&csv, table, survey->file.path, open_bytes, &bytes, err) &&
           wincan8_finish(&wincan, err);
}

/* What a table is called in the names of files. */
static const char *const words[][WINCAN8_TABLES] = {
    {"project", "section", "inspection", "observation"},
    {"Project", "Section", "Inspection", "Observation"},
    {"PROJECT", "SECTION", "INSPECTION", "OBSERVATION"},
    {"P_T",     "S_T",     "SI_T",       "SO_T"       },
};

/* The path of the file with another table, {0} when the name has no word for its own. */
static struct text sibling_of(struct arena *arena, const struct source *source,
    enum wincan8_table own, enum wincan8_table other) {
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

static bool read_sibling(struct wincan8 *csv, const struct source *offered, enum wincan8_table own,
    enum wincan8_table other, struct error *err) {
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
    CLEANUP(wincan8_release) struct wincan8 csv = {.wincan = &wincan};
    enum wincan8_table own = table_of(first_line(head_of(source)));

    if (own == WINCAN8_TABLES) {
        return error_set(err, ERROR_FORMAT, "the headings are those of no table of WinCan 8");
    }
    for (enum wincan8_table t = WINCAN8_PROJECT; t < WINCAN8_TABLES; t++) {
        bool is_read = t == own
                           ? read_document(&csv, t, survey->file.path, open_source, source, err)
                           : read_sibling(&csv, source, own, t, err);
        if (!is_read) {
            return false;
        }
    }
    return wincan8_finish(&wincan, err);
}

/* The table of inspections leads where it is there, then sections, then observations. */
static bool wincan_csv_is_companion(const struct source *source) {
    static const enum wincan8_table leaders[] = {
        WINCAN8_INSPECTION, WINCAN8_SECTION, WINCAN8_OBSERVATION};
    CLEANUP(arena_release) struct arena arena = {0};
    enum wincan8_table own = table_of(first_line(head_of(source)));

    for (size_t i = 0; i < ARRAY_LEN(leaders) && own != WINCAN8_TABLES && leaders[i] != own; i++) {
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
