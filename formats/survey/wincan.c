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

#include "core/base.h"
#include "formats/source.h"
#include "formats/sqlite_file.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan_db.h"

/* --- The bid --- */

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
        if (source_head_names(source, words[i])) {
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
    struct sqlite_budget budget = {
        .steps = 50000000 + STEPS_PER_BYTE * (uint64_t)bytes.n,
        .mapped = sqlite_file_mapped(survey, bytes),
    };
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
        if (tables[i].take == wincan_take_observation) {
            wincan_objects_finish(&wincan);
        }
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

bool wincan_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(sqlite_image_release) struct sqlite_image image = {0};

    return read_database(sqlite_file_apply(bytes, log, survey, &image), options, survey, err);
}

static bool wincan_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(sqlite_file_close) struct sqlite_file file = {0};

    return sqlite_file_open(source, survey, &file, err) &&
           wincan_read_bytes(file.bytes, file.log, options, survey, err);
}

const struct survey_format format_wincan = {
    .name = "wincan",
    .description = "WinCan VX projects: sections, nodes, photos and clips",
    .extensions = ".db3",
    .may_hold_network = true,
    .bid = wincan_bid,
    .read = wincan_read,
};
