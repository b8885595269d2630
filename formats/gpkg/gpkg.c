/* SQLite makes the empty tables; then a helper thread makes the rows (geometry, texts) and this one
 * lays them out as pages and packs the R-trees; then SQLite does the rest.  All of it in a new file
 * that gets its name at the end. */
#include "formats/gpkg/gpkg.h"

#include <inttypes.h>
#include <string.h>

#include "formats/gpkg/domains.h"
#include "formats/gpkg/layers.h"
#include "formats/gpkg/metadata.h"
#include "formats/gpkg/paths.h"
#include "formats/gpkg/project/project.h"
#include "formats/gpkg/rows/rows.h"
#include "formats/gpkg/schema.h"
#include "formats/gpkg/standard.h"
#include "formats/gpkg/style/layer_styles.h"
#include "formats/gpkg/views.h"
#include "formats/output_file.h"
#include "formats/sqlite.h"

struct writer {
    const struct gpkg_request *request;
    struct crs_output *crs_output; /* NULL without a CRS */
    struct crs_definition srs;
    struct file_paths paths;
    struct maker maker;
    struct layers layers;
    char last_change[32];
};

static bool create_tables(struct writer *writer, sqlite3 *db, struct error *err) {
    return sqlite_exec(db, "BEGIN", err) && standard_begin(db, &writer->srs, err) &&
           layers_create(&writer->layers, db, err) && sqlite_exec(db, "COMMIT", err);
}

static bool register_tables(struct writer *writer, sqlite3 *db, struct error *err) {
    for (size_t i = 0; i < TABLES; i++) {
        const struct gpkg_table *table = &gpkg_tables[i];
        const struct layer *layer = &writer->layers.at[i];
        if (!layer->is_present) {
            continue;
        }
        struct standard_layer known = {
            .name = table->name,
            .title = lang_text(writer->request->language, table->title),
            .description = lang_text(writer->request->language, table->description),
            .geometry = table->geometry,
            .srs_id = writer->srs.srs_id,
            .extent = layer->extent,
            .has_z = layer->has_z,
            .last_change = writer->last_change,
        };
        if (!standard_register(db, &known, err) ||
            !standard_complete_table(db, table, layer->n_made, writer->request->language, err)) {
            return false;
        }
    }
    return true;
}

/* A network that repeats its ids is shown as it is. */
static bool add_index(const struct writer *writer, sqlite3 *db, struct error *err) {
    return sqlite_execf(db, err, "CREATE %s INDEX segments_segment_id ON segments(segment_id)",
        writer->maker.has_repeated_segment_ids ? "" : "UNIQUE");
}

/* Nothing is lost in silence: every row of every file is in one of three tables, as many as the
 * pipeline counted. */
static bool check_counts(const struct writer *writer, struct error *err) {
    const struct result *result = writer->maker.result;

    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct survey *survey = &result->surveys[i];
        const struct file_tally *got = &writer->maker.written[i];
        if (got->n_defects + got->n_inventory + got->n_unplaced != survey->n_observations) {
            return error_set(err, ERROR_LIBRARY,
                "'%.*s': %zu observations were read, but %ju defects, %ju inventory and %ju "
                "unplaced were written",
                TEXT_ARGS(survey->file.path), survey->n_observations, got->n_defects,
                got->n_inventory, got->n_unplaced);
        }
        if (result->file_tallies == NULL) {
            continue;
        }
        const struct file_tally *want = &result->file_tallies[i];
        if (got->n_defects != want->n_defects || got->n_inventory != want->n_inventory ||
            got->n_unplaced != want->n_unplaced) {
            return error_set(err, ERROR_LIBRARY,
                "'%.*s': %ju defects, %ju inventory, %ju unplaced were counted, but %ju, %ju, %ju "
                "were written",
                TEXT_ARGS(survey->file.path), want->n_defects, want->n_inventory, want->n_unplaced,
                got->n_defects, got->n_inventory, got->n_unplaced);
        }
    }
    return true;
}

static const struct theme *theme_of(const struct writer *writer) {
    return writer->request->theme == NULL ? &theme_default : writer->request->theme;
}

static bool add_metadata(const struct writer *writer, sqlite3 *db, struct error *err) {
    const struct metadata_request request = {
        .last_change = writer->last_change,
        .contact = writer->request->contact,
        .licence = writer->request->licence,
        .language = writer->request->language,
    };

    return metadata_add(db, &request, err);
}

static bool add_project(const struct writer *writer, sqlite3 *db, struct error *err) {
    const struct project_request request = {
        .path = writer->request->path,
        .last_change = writer->last_change,
        .theme = theme_of(writer),
        .language = writer->request->language,
    };

    return !writer->request->has_project || project_add(db, &request, err);
}

/* What comes behind the rows. */
static bool complete(struct writer *writer, sqlite3 *db, struct error *err) {
    enum language language = writer->request->language;

    return sqlite_exec(db, "BEGIN", err) && add_index(writer, db, err) &&
           register_tables(writer, db, err) &&
           views_add(db,
               &(struct views_request){
                   .srs_id = writer->srs.srs_id,
                   .last_change = writer->last_change,
                   .language = language,
                   .has_districts = writer->layers.at[TABLE_DISTRICTS].is_present,
                   .defects_have_z = writer->layers.at[TABLE_DEFECTS].has_z,
                   .repairs_have_z = writer->layers.at[TABLE_REPAIRS].has_z,
               },
               err) &&
           domains_add(db, language, err) &&
           layer_styles_add(db, language, theme_of(writer), writer->last_change, err) &&
           add_metadata(writer, db, err) && add_project(writer, db, err) &&
           sqlite_exec(db, "COMMIT", err);
}

static unsigned page_bytes(const struct result *result) {
    return result->network.n_segments + result->n_observations < 20000 ? 4096 : 16384;
}

static bool with_database(struct writer *writer, const char *path,
    bool (*act)(struct writer *writer, sqlite3 *db, struct error *err), struct error *err) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    const struct sqlite_new request = {path, page_bytes(writer->maker.result)};

    return sqlite_open_new(&request, &db, err) && act(writer, db, err) && sqlite_close(&db, err);
}

static bool write_all(struct writer *writer, const char *path, struct error *err) {
    return with_database(writer, path, create_tables, err) &&
           layers_write(&writer->layers, path, writer->request->n_threads, err) &&
           check_counts(writer, err) && with_database(writer, path, complete, err);
}

/* --- before and behind --- */

/* The time of the run as the standard wants it, else the day of the newest inspection. */
static void tell_last_change(struct writer *writer) {
    const struct result *result = writer->maker.result;
    struct text given = text_from(writer->request->timestamp);
    int32_t newest = 19700101;

    if (given.n == sizeof "2018-11-01T12:00:00Z" - 1 && given.at[given.n - 1] == 'Z') {
        sqlite3_snprintf(sizeof writer->last_change, writer->last_change, "%.19s.000Z", given.at);
        return;
    }
    if (given.n > 0 && given.n < sizeof writer->last_change) {
        memcpy(writer->last_change, given.at, given.n + 1);
        return;
    }
    for (size_t i = 0; i < result->n_inspections; i++) {
        int32_t date = result->inspections[i]->inspected_on;
        newest = date > newest ? date : newest;
    }
    sqlite3_snprintf(sizeof writer->last_change, writer->last_change,
        "%04d-%02d-%02dT00:00:00.000Z", newest / 10000, newest / 100 % 100, newest % 100);
}

static bool writer_start(struct writer *writer, struct error *err) {
    const struct crs *crs = writer->request->crs;
    const struct result *result = writer->maker.result;
    size_t capacity = 0;

    writer->srs = (struct crs_definition){.srs_id = -1};
    if (crs != NULL) {
        writer->srs = crs_output_definition(crs);
        if (!crs_output_new(crs, &writer->crs_output, err)) {
            return false;
        }
    }
    file_paths_find(&writer->paths, writer->request->path, result);
    writer->maker.paths = &writer->paths;
    writer->maker.written =
        array_reserve(NULL, &capacity, result->n_surveys + 1, sizeof *writer->maker.written);
    for (size_t i = 0; i < result->n_surveys; i++) {
        writer->maker.written[i] = (struct file_tally){0};
    }
    layers_begin(&writer->layers, &writer->maker, writer->crs_output, writer->srs.srs_id);
    tell_last_change(writer);
    maker_find_words(&writer->maker);
    return true;
}

static void writer_release(struct writer *writer) {
    layers_release(&writer->layers);
    index_release(&writer->maker.segment_ids);
    array_release(&writer->maker.written);
    code_counts_release(&writer->maker.code_counts);
    shapes_release(&writer->maker.shapes);
    file_paths_release(&writer->paths);
    crs_output_release(writer->crs_output);
}

bool gpkg_write(
    const struct result *result, const struct gpkg_request *request, struct error *err) {
    CLEANUP(output_file_release) struct output_file file = {0};
    CLEANUP(writer_release)
    struct writer writer = {
        .request = request,
        .maker = {.result = result, .request = request},
    };

    if (!output_file_begin(request->path, &file, err)) {
        return false;
    }
    if (!writer_start(&writer, err) || !write_all(&writer, file.temporary, err)) {
        return error_wrap(err, "writing '%s'", request->path);
    }
    return output_file_commit(&file, err);
}

void gpkg_clean_up(const char *path) {
    output_file_clean_up(path);
}
