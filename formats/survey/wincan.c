/* WinCan VX, a project in one SQLite file:
 *
 *     PROJECT, JOB, USRVER         the rules of coding (JOB_DefStandard), the edition
 *     NODE, SECTION, POINT         the network, mostly without places
 *     SECINSP, SECOBS, SECOBSMM    inspections of sections, their observations, photos and clips
 *     NODINSP, NODOBS, NODOBSMM    the same of nodes
 *
 * Rows are linked by GUIDs.  What was deleted stays, with a date in ..._Deleted: of a real file 16
 * of 55 inspections.  An inspection of a section that is deleted keeps no reference to it. */
#include "formats/survey/wincan.h"

#include <string.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/sqlite_wal.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan_db.h"

/* --- The bid --- */

static bool head_has(const struct source *source, struct text word) {
    for (size_t i = 0; i + word.n <= source->head_n; i++) {
        if (source->head[i] == (unsigned char)word.at[0] &&
            memcmp(source->head + i, word.at, word.n) == 0) {
            return true;
        }
    }
    return false;
}

/* In a database whose texts are UTF-8 or UTF-16; either byte order has this run of bytes. */
static bool names(const struct source *source, const char *word) {
    char wide[64];
    size_t n = strlen(word);

    for (size_t i = 0; i < n; i++) {
        wide[2 * i] = word[i];
        wide[2 * i + 1] = '\0';
    }
    return head_has(source, text_from(word)) || head_has(source, (struct text){wide, 2 * n - 1});
}

/* The schema of a real project is larger than what a bid may look at: some of these are there. */
static int wincan_bid(const struct source *source) {
    static const char magic[] = "SQLite format 3";
    static const char *const words[] = {"SECINSP", "SECOBS", "NODINSP", "NODOBS", "SECTION",
        "JOBPOS", "GEOOBJ", "USRVER", "TECHASST", "PRJ_PK", "JOB_PK", "OBS_PK", "INS_PK"};
    bool is_named = source_has_extension(source, ".db3");
    int bits = is_named ? 4 * 8 : 0, n_words = 0;

    if (source->head_n < 100 || memcmp(source->head, magic, sizeof magic) != 0 ||
        memcmp(source->head + 68, "GPKG", 4) == 0) {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (names(source, words[i])) {
            bits += (int)strlen(words[i]) * 8;
            n_words++;
        }
    }
    return n_words >= (is_named ? 1 : 3) ? bits : 0;
}

/* --- Reading --- */

static const struct wincan_table tables[] = {
    {"USRVER",   WINCAN_VERSION,     WINCAN_MAY_BE,  false, wincan_take_version    },
    {"PROJECT",  WINCAN_PROJECT,     WINCAN_MAY_BE,  false, wincan_take_project    },
    {"JOB",      WINCAN_JOB,         WINCAN_MAY_BE,  false, wincan_take_job        },
    {"POINT",    WINCAN_POINT,       WINCAN_MAY_BE,  false, wincan_take_point      },
    {"NODE",     WINCAN_NODE,        WINCAN_MAY_BE,  false, wincan_take_node       },
    {"SECTION",  WINCAN_SECTION,     WINCAN_MUST_BE, false, wincan_take_section    },
    {"SECINSP",  WINCAN_INSPECTION,  WINCAN_MUST_BE, false, wincan_take_inspection },
    {"NODOBS",   WINCAN_OBSERVATION, WINCAN_MAY_BE,  true,  wincan_take_observed   },
    {"NODINSP",  WINCAN_INSPECTION,  WINCAN_MAY_BE,  true,  wincan_take_inspection },
    {"SECOBS",   WINCAN_OBSERVATION, WINCAN_MUST_BE, false, wincan_take_observation},
    {"NODOBS",   WINCAN_OBSERVATION, WINCAN_MAY_BE,  true,  wincan_take_observation},
    {"SECOBSMM", WINCAN_MEDIA,       WINCAN_MAY_BE,  false, wincan_take_medium     },
    {"NODOBSMM", WINCAN_MEDIA,       WINCAN_MAY_BE,  true,  wincan_take_medium     },
};

/* The encoding that the database keeps its texts in. */
static void fill_encoding(struct wincan_db *db) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    struct survey *survey = db->wincan->survey;
    struct error ignored = {0};

    if (sqlite_prepare(db->db, "PRAGMA encoding", &statement, &ignored) &&
        sqlite3_step(statement) == SQLITE_ROW) {
        survey->file.encoding =
            arena_copy(&survey->arena, text_from((const char *)sqlite3_column_text(statement, 0)));
    }
}

/* All of a database that SQLite can read without a log. */
static bool read_database(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    enum { STEPS_PER_BYTE = 100 };
    struct sqlite_budget budget = {50000000 + STEPS_PER_BYTE * (uint64_t)bytes.n};
    CLEANUP(wincan_release)
    struct wincan wincan = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    CLEANUP(wincan_db_release) struct wincan_db db = {.wincan = &wincan};

    if (!sqlite_open_bytes(bytes, &budget, &db.db, err)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (!wincan_db_each(&db, &tables[i], err)) {
            err->kind = ERROR_FORMAT;
            return false;
        }
    }
    if (survey->file.generator.n == 0) {
        survey->file.generator = TEXT("WinCan VX");
    }
    fill_encoding(&db);
    wincan_finish(&wincan);
    wincan_db_finish(&db);
    if (survey->n_inspections == 0 && survey->network == NULL) {
        return error_set(err, ERROR_FORMAT, "there are no inspections and no network in it");
    }
    return true;
}

static void report_log(struct survey *survey, enum sqlite_wal outcome) {
    struct finding_place place = {.file = survey->file.path};

    switch (outcome) {
    case SQLITE_WAL_EMPTY:
    case SQLITE_WAL_APPLIED:
        break;
    case SQLITE_WAL_DAMAGED:
        survey->file.is_damaged = true;
        findings_add(&survey->findings, FINDING_FILE_DAMAGED, place,
            "the log beside it (-wal) breaks off; it was read up to there");
        break;
    case SQLITE_WAL_FOREIGN:
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD, place,
            "the file with -wal behind its name is no log of this database");
        break;
    }
}

bool wincan_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(sqlite_image_release) struct sqlite_image image = {0};

    if (log.n > 0 || sqlite_wal_is_used(bytes)) {
        report_log(survey, sqlite_wal_apply(bytes, log, &image));
        bytes = (struct text){(const char *)image.at, image.n};
    }
    return read_database(bytes, options, survey, err);
}

/* --- Files beside the database --- */

struct beside {
    struct source source;
    void *at;
    size_t n;
};

static void beside_release(struct beside *beside) {
    source_unmap(beside->at, beside->n);
}

/* The log, when there is one. */
static void open_log(struct survey *survey, const char *path, struct beside *log) {
    struct error err = {0};

    if (access(path, F_OK) != 0) {
        return;
    }
    if (!source_open(path, &log->source, &err) ||
        !source_map(&log->source, &log->at, &log->n, &err)) {
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD,
            (struct finding_place){.file = survey->file.path}, "%s", err.text);
    }
}

/* A rollback journal with something in it: the last change of the database was not completed. */
static void report_journal(struct survey *survey, const char *path) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct source *source = ARENA_NEW(&arena, struct source, 1);
    struct error ignored = {0};

    if (access(path, F_OK) == 0 && source_open(path, source, &ignored) && source->head_n > 0 &&
        source->head[0] != 0) {
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD,
            (struct finding_place){.file = survey->file.path},
            "a change was not completed: '%s' would take it back", source->name);
    }
}

static bool wincan_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(beside_release) struct beside log = {0};
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    open_log(survey, arena_printf(&survey->arena, "%s-wal", source->path).at, &log);
    report_journal(survey, arena_printf(&survey->arena, "%s-journal", source->path).at);
    bool is_read =
        wincan_read_bytes((struct text){at, n}, (struct text){log.at, log.n}, options, survey, err);
    source_unmap(at, n);
    return is_read;
}

const struct survey_format format_wincan = {
    .name = "wincan",
    .description = "WinCan VX projects: sections, nodes, photos and clips",
    .extensions = ".db3",
    .may_hold_network = true,
    .bid = wincan_bid,
    .read = wincan_read,
};
