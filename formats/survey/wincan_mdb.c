/* WinCan 8, the Access database: tables P_T (project), S_T (sections), SI_T (inspections), SO_T
 * (observations), with the columns of their dumps as CSV (wincan_csv.c). */
#include <string.h>

#include "core/base.h"
#include "formats/rows.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan8.h"

static const char *const names[WINCAN8_TABLES] = {"P_T", "S_T", "SI_T", "SO_T"};

static int wincan_mdb_bid(const struct source *source) {
    static const char *const words[] = {
        "SI_Section_ID", "SO_Inspecs_ID", "SO_OpCode", "S_StartNode", "SI_InspectionDir"};
    size_t n = mdb_count_names(source, words, ARRAY_LEN(words));

    return n >= 2 ? (int)n * 64 : 0;
}

static struct text find_table(const struct mdb_names *tables, const char *name) {
    for (size_t i = 0; i < tables->n; i++) {
        if (text_equal_nocase(tables->at[i], text_from(name))) {
            return tables->at[i];
        }
    }
    return (struct text){0};
}

static bool read_table(struct wincan8 *reading, enum wincan8_table table, struct text bytes,
    struct text name, struct error *err) {
    const struct rows_request request = {
        .survey = reading->wincan->survey,
        .options = reading->wincan->options,
        .file = reading->wincan->survey->file.path,
        .table = name,
    };
    CLEANUP(rows_close) struct rows rows = {0};

    if (!rows_open_mdb(&request, bytes, &rows, err)) {
        return error_wrap(err, "table '%.*s'", TEXT_ARGS(text_cut(name, 100)));
    }
    const struct sheet_row head = {.cells = rows.columns, .n_cells = rows.n_columns};
    wincan8_learn(reading, table, &head);
    while (rows_next(&rows)) {
        const struct sheet_row record = {
            .cells = rows.cells, .n_cells = rows.n_columns, .line = rows.line};
        wincan8_take(reading, table, &record);
    }
    return true;
}

bool wincan_mdb_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(wincan_release)
    struct wincan wincan = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    CLEANUP(wincan8_release) struct wincan8 reading = {.wincan = &wincan};
    struct mdb_names tables = {0};

    if (!rows_list_mdb(bytes, survey, &wincan.keys, &tables.at, &tables.n, err)) {
        return false;
    }
    for (enum wincan8_table t = WINCAN8_PROJECT; t < WINCAN8_TABLES; t++) {
        struct text name = find_table(&tables, names[t]);
        if (name.n > 0 && !read_table(&reading, t, bytes, name, err)) {
            return false;
        }
    }
    survey->file.encoding = TEXT("UTF-16LE");
    return wincan8_finish(&wincan, err);
}

static bool wincan_mdb_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    bool is_read = wincan_mdb_read_bytes((struct text){at, n}, options, survey, err);
    source_unmap(at, n);
    return is_read;
}

const struct survey_format format_wincan_mdb = {
    .name = "wincan-mdb",
    .description = "WinCan 8 projects: Access databases",
    .extensions = ".mdb",
    .may_hold_network = true,
    .bid = wincan_mdb_bid,
    .read = wincan_mdb_read,
};
