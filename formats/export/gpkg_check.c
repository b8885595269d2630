/* Each table is read once, from its first row to its last: rows stand in the order of the
 * inspections and of their observations.  An observation stands in defects, inventory or unplaced:
 * in the one whose next row bears its name. */
#include "formats/export/gpkg_check.h"

#include <math.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/sqlite.h"
#include "formats/survey/en_values.h"

enum table {
    RUNS,      /* inspections */
    NODE_RUNS, /* node_inspections */
    DEFECTS,
    INVENTORY,
    UNPLACED,
    CHECKED_TABLES,
};

static const char *const queries[CHECKED_TABLES] = {
    [RUNS] = "SELECT * FROM inspections ORDER BY rowid",
    [NODE_RUNS] = "SELECT * FROM node_inspections ORDER BY rowid",
    [DEFECTS] = "SELECT * FROM defects ORDER BY rowid",
    [INVENTORY] = "SELECT * FROM inventory ORDER BY rowid",
    [UNPLACED] = "SELECT * FROM unplaced ORDER BY rowid",
};

static const char *const cells[EXPORT_FIELDS][2] = {
#define CELL(field, column, of_unplaced) [EXPORT_##field] = {column, of_unplaced},
#define HOLDS(field)
#include "formats/export/gpkg.def"
#undef CELL
#undef HOLDS
};

struct cursor {
    sqlite3_stmt *statement;
    bool has_row;
    int of_field[EXPORT_FIELDS]; /* column, -1 none */
    int name;                    /* column of defect_id, or of inspection_id */
};

struct check {
    sqlite3 *db;
    struct cursor cursors[CHECKED_TABLES];
    struct export_losses *losses;
    struct arena arena; /* for one name at a time */
};

static void check_release(struct check *check) {
    for (size_t i = 0; i < CHECKED_TABLES; i++) {
        sqlite_finalizep(&check->cursors[i].statement);
    }
    sqlite_closep(&check->db);
    arena_release(&check->arena);
}

/* --- cursors --- */

static bool step(struct check *check, enum table table, struct error *err) {
    struct cursor *cursor = &check->cursors[table];
    int got = sqlite3_step(cursor->statement);

    cursor->has_row = got == SQLITE_ROW;
    return got == SQLITE_ROW || got == SQLITE_DONE || sqlite_error(check->db, err);
}

static int column_called(sqlite3_stmt *statement, const char *name) {
    for (int i = 0; name != NULL && i < sqlite3_column_count(statement); i++) {
        if (text_equal(text_from(sqlite3_column_name(statement, i)), text_from(name))) {
            return i;
        }
    }
    return -1;
}

static bool open_table(struct check *check, enum table table, struct error *err) {
    struct cursor *cursor = &check->cursors[table];
    bool is_observed = table == DEFECTS || table == INVENTORY;

    if (!sqlite_prepare(check->db, queries[table], &cursor->statement, err)) {
        return false;
    }
    for (size_t i = 0; i < EXPORT_FIELDS; i++) {
        cursor->of_field[i] = column_called(cursor->statement, cells[i][table == UNPLACED]);
    }
    cursor->name = column_called(cursor->statement, is_observed ? "defect_id" : "inspection_id");
    return step(check, table, err);
}

static struct text cell(const struct cursor *cursor, int column) {
    const char *at = (const char *)sqlite3_column_text(cursor->statement, column);

    return (struct text){at, (size_t)sqlite3_column_bytes(cursor->statement, column)};
}

static bool is_next(const struct check *check, enum table table, struct text name) {
    const struct cursor *cursor = &check->cursors[table];

    return cursor->has_row && text_equal(cell(cursor, cursor->name), name);
}

/* --- cells --- */

/* A01 tells both. */
static bool tells_mark(struct text cell, enum export_field field, double value) {
    static const char letters[] = {[MARK_START] = 'A', [MARK_CHANGE] = 'C', [MARK_END] = 'B'};
    long number = 0;

    if (cell.n < 2) {
        return false;
    }
    return field == EXPORT_CONTINUOUS
               ? cell.at[0] == letters[(int)value]
               : text_to_int(text_part(cell, 1, cell.n), &number) && (double)number == value;
}

static bool tells_date(struct text cell, double yyyymmdd) {
    int32_t date = 0;

    return text_to_date(cell, &date) && (double)date == yyyymmdd;
}

/* Metres are written to the millimetre. */
static bool tells_number(struct text cell, double value) {
    double number = 0;

    return text_to_double(cell, &number) && fabs(number - value) <= 0.00051;
}

static bool tells(struct text cell, enum export_field field, const struct export_value *value) {
    switch ((int)field) {
    case EXPORT_DIRECTION:
        return text_equal(cell, text_from(direction_name((enum direction)value->number)));
    case EXPORT_DATE:
        return tells_date(cell, value->number);
    case EXPORT_CONTINUOUS:
    case EXPORT_MARK_NUMBER:
        return tells_mark(cell, field, value->number);
    case EXPORT_SHAPE: /* as delivered, which may be a letter of EN 13508-2 */
        return text_equal(cell, value->text) ||
               (cell.n == 1 && text_equal(text_from(en_shape(cell)), value->text));
    case EXPORT_JOINT: /* 1 yes, 2 no */
        return text_equal(cell, value->number == 1 ? TEXT("1") : TEXT("0"));
    case EXPORT_CHAR3:
        return text_equal(export_char3(&(struct code){.delivered = cell}), value->text);
    default:
        return isnan(value->number) ? text_equal(cell, value->text)
                                    : tells_number(cell, value->number);
    }
}

static void check_row(struct check *check, enum table table, const struct inspection *inspection,
    const struct observation *observation) {
    const struct cursor *cursor = &check->cursors[table];
    enum export_level level = observation == NULL ? EXPORT_OF_INSPECTION : EXPORT_OF_OBSERVATION;
    uint32_t line = observation == NULL ? inspection->line : observation->line;

    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) != level || cells[field][0] == NULL) {
            continue;
        }
        struct export_value value = export_value_of(field, inspection, observation);
        int column = cursor->of_field[field];
        if (value.is_set && (column < 0 || !tells(cell(cursor, column), field, &value))) {
            losses_add_altered(check->losses, field, inspection, line);
        }
    }
}

/* --- rows --- */

static bool refuse(const struct inspection *inspection, const char *what, struct error *err) {
    return error_set(err, ERROR_FORMAT, "'%.*s' line %u: %s; nothing was written",
        TEXT_ARGS(text_cut(inspection->survey->file.path, 300)), (unsigned)inspection->line, what);
}

static bool check_observation(struct check *check, const struct inspection *inspection,
    const struct observation *observation, uint32_t order, struct error *err) {
    struct text name =
        arena_printf(&check->arena, "%.*s#%u", TEXT_ARGS(inspection->id), (unsigned)order);
    enum table table = is_next(check, DEFECTS, name)              ? DEFECTS
                       : is_next(check, INVENTORY, name)          ? INVENTORY
                       : is_next(check, UNPLACED, inspection->id) ? UNPLACED
                                                                  : CHECKED_TABLES;

    if (table == CHECKED_TABLES) {
        return refuse(inspection, "an observation is in none of the tables", err);
    }
    check_row(check, table, inspection, observation);
    return step(check, table, err);
}

static bool check_inspection(
    struct check *check, const struct inspection *inspection, struct error *err) {
    enum table table = inspection->object == OBJECT_NODE ? NODE_RUNS : RUNS;
    const struct observation *observations = inspection_observations(inspection);

    if (is_next(check, table, inspection->id)) {
        check_row(check, table, inspection, NULL);
        if (!step(check, table, err)) {
            return false;
        }
    } else if (is_next(check, UNPLACED, inspection->id)) { /* each of its rows tells of it */
        check_row(check, UNPLACED, inspection, NULL);
    } else {
        return refuse(inspection, "the inspection is in no table", err);
    }
    if (inspection->n_observations == 0 && inspection->unplaced != UNPLACED_NOT &&
        is_next(check, UNPLACED, inspection->id)) {
        return step(check, UNPLACED, err);
    }
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        arena_release(&check->arena);
        if (!check_observation(check, inspection, &observations[i], i + 1, err)) {
            return false;
        }
    }
    return true;
}

/* Tables that are written as a whole. */
static bool check_count(struct check *check, const char *query, size_t wanted,
    enum export_field field, struct error *err) {
    sqlite3_int64 n = 0;

    if (wanted == 0) { /* there may be no such table */
        return true;
    }
    if (!sqlite_query_int(check->db, query, &n, err)) {
        return false;
    }
    check->losses->at[field].n_unheld += (size_t)n < wanted ? wanted - (size_t)n : 0;
    return true;
}

bool gpkg_check(const struct export_request *request, const char *path,
    struct export_losses *losses, struct error *err) {
    CLEANUP(check_release) struct check check = {.losses = losses};
    const struct result *result = request->result;
    struct sqlite_budget budget = {.steps = UINT64_MAX};
    size_t n_measurements = 0;

    if (!sqlite_open_untrusted(path, &budget, &check.db, err)) {
        return false;
    }
    for (enum table table = 0; table < CHECKED_TABLES; table++) {
        if (!open_table(&check, table, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < result->n_inspections; i++) {
        if (!check_inspection(&check, result->inspections[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < request->n_surveys; i++) {
        n_measurements += request->surveys[i].n_measurements;
    }
    losses->is_checked = true;
    return check_count(&check, "SELECT count(*) FROM measurements", n_measurements,
               EXPORT_MEASUREMENTS, err) &&
           check_count(&check, "SELECT count(*) FROM nodes", result->network.n_nodes,
               EXPORT_NETWORK_NODES, err) &&
           check_count(&check, "SELECT count(*) FROM segments", result->network.n_segments,
               EXPORT_NETWORK_SEGMENTS, err);
}
