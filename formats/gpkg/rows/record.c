/* Rows of `findings`, `source_files` and `runs`: what the run was and what it met. */
#include <string.h>

#include "formats/gpkg/paths.h"
#include "formats/gpkg/rows/rows.h"

static void put_finding(
    const struct maker *maker, struct value *row, const struct finding *finding) {
    put_string(&row[FINDINGS_SEVERITY], severity_name(finding_severity(finding->kind)));
    put_string(&row[FINDINGS_KIND], finding_name(finding->kind));
    put_number(&row[FINDINGS_SOURCE_LINE], finding->place.line);
    put_text(&row[FINDINGS_INSPECTION_ID], finding->place.inspection_id);
    put_text(&row[FINDINGS_SEGMENT_ID], finding->place.segment_id);
    put_text(&row[FINDINGS_DETAIL], finding->detail);
    put_string(&row[FINDINGS_MEANING], maker->meanings[finding->kind]);
}

/* What the writer itself met; the geometry was all made before. */
static void add_own_finding(const struct maker *maker, struct block *block) {
    static const char words[] = " rows have no geometry because their place cannot be told in the "
                                "output coordinate reference system";
    char *detail = block_bytes(block, DECIMAL_SIZE + sizeof words);
    size_t n = decimal_write((double)maker->n_failed_geometries, detail);

    memcpy(detail + n, words, sizeof words - 1);
    put_finding(maker, block_add_row(block),
        &(struct finding){
            .kind = FINDING_GEOMETRY_BROKEN,
            .detail = {detail, n + sizeof words - 1},
    });
}

bool make_findings(struct maker *maker, struct block *block) {
    const struct findings *findings = &maker->result->findings;
    struct text given = {0}, shown = {0};

    for (; maker->next < findings->n; maker->next++) {
        const struct finding *finding = &findings->at[maker->next];
        if (!block_has_room(block)) {
            return true;
        }
        struct value *row = block_add_row(block);
        if (finding->place.file.at != given.at || finding->place.file.n != given.n) {
            given = finding->place.file;
            shown = file_paths_shown(maker->paths, given);
        }
        put_finding(maker, row, finding);
        put_text(&row[FINDINGS_SOURCE_FILE], shown);
    }
    if (maker->n_failed_geometries == 0) {
        return false;
    }
    if (!block_has_room(block)) {
        return true;
    }
    add_own_finding(maker, block);
    return false;
}

bool make_source_files(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_surveys && block_has_room(block); maker->next++) {
        const struct survey *survey = &result->surveys[maker->next];
        const struct survey_file *file = &survey->file;
        const struct file_tally *tally = &maker->written[maker->next];
        struct value *row = block_add_row(block);
        put_text(&row[SOURCE_FILES_PATH], maker->paths->of_surveys[maker->next]);
        put_string(&row[SOURCE_FILES_FORMAT], file->format);
        put_text(&row[SOURCE_FILES_VERSION], file->version);
        put_text(&row[SOURCE_FILES_ENCODING], file->encoding);
        put_string(&row[SOURCE_FILES_SHA256], file->sha256);
        put_count(&row[SOURCE_FILES_SIZE_BYTES], file->size_bytes);
        put_count(&row[SOURCE_FILES_N_INSPECTIONS], survey->n_inspections);
        put_count(&row[SOURCE_FILES_N_OBSERVATIONS], survey->n_observations);
        put_count(&row[SOURCE_FILES_N_DEFECTS], tally->n_defects);
        put_count(&row[SOURCE_FILES_N_INVENTORY], tally->n_inventory);
        put_count(&row[SOURCE_FILES_N_UNPLACED], tally->n_unplaced);
        put_text(&row[SOURCE_FILES_GENERATOR], file->generator);
        put_bool(&row[SOURCE_FILES_IS_DAMAGED], file->is_damaged);
        if (survey->catalogue != CATALOGUE_UNKNOWN) {
            put_string(&row[SOURCE_FILES_CATALOGUE], catalogue_name(survey->catalogue));
        }
        put_string(&row[SOURCE_FILES_SCHEME], scheme_name(survey->graded_by));
        put_number(&row[SOURCE_FILES_CODING_VERSION], survey->coding_version);
        if (file->earlier_result.n > 0) {
            put_text(&row[SOURCE_FILES_EARLIER_RESULT],
                file_paths_shown(maker->paths, file->earlier_result));
        }
    }
    return maker->next < result->n_surveys;
}

/* The schemes that graded the surveys, in the order of their enum: "cjj181, dwa-m149-3". */
static struct text schemes_of_run(
    const struct result *result, struct block *block, const char *(*word)(enum scheme scheme)) {
    enum { WORD_SIZE = 32 };
    char *text = block_bytes(block, SCHEMES * WORD_SIZE);
    bool is_used[SCHEMES] = {false};
    size_t n = 0;

    for (size_t i = 0; i < result->n_surveys; i++) {
        is_used[result->surveys[i].graded_by] = true;
    }
    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        const char *name = is_used[scheme] ? word(scheme) : NULL;
        if (name != NULL) {
            size_t length = strlen(name) < WORD_SIZE - 2 ? strlen(name) : WORD_SIZE - 2;
            memcpy(text + n, ", ", 2);
            n += n == 0 ? 0 : 2;
            memcpy(text + n, name, length);
            n += length;
        }
    }
    return (struct text){text, n};
}

static void put_crs(struct value *row, const struct crs *crs) {
    if (crs == NULL) {
        return;
    }
    put_string(&row[RUNS_CRS_INPUT], crs_input_name(crs));
    put_string(&row[RUNS_CRS_OUTPUT], crs_output_definition(crs).name);
    put_string(&row[RUNS_CRS_OPERATION], crs_operation_name(crs));
    put_real(&row[RUNS_CRS_ACCURACY_M], crs_operation_accuracy_m(crs));
}

static void put_counts(struct value *row, const struct maker *maker) {
    const struct result *result = maker->result;
    struct file_tally sum = {0};

    for (size_t i = 0; i < result->n_surveys; i++) {
        sum.n_inspections += result->surveys[i].n_inspections;
        sum.n_observations += result->surveys[i].n_observations;
        sum.n_defects += maker->written[i].n_defects;
        sum.n_inventory += maker->written[i].n_inventory;
        sum.n_unplaced += maker->written[i].n_unplaced;
    }
    put_count(&row[RUNS_N_FILES], result->n_surveys);
    put_count(&row[RUNS_N_SEGMENTS], result->network.n_segments);
    put_count(&row[RUNS_N_NODES], result->network.n_nodes);
    put_count(&row[RUNS_N_INSPECTIONS], sum.n_inspections);
    put_count(&row[RUNS_N_OBSERVATIONS], sum.n_observations);
    put_count(&row[RUNS_N_DEFECTS], sum.n_defects);
    put_count(&row[RUNS_N_INVENTORY], sum.n_inventory);
    put_count(&row[RUNS_N_UNPLACED], sum.n_unplaced);
    put_count(&row[RUNS_N_FINDINGS], result->findings.n + (maker->n_failed_geometries > 0));
}

bool make_runs(struct maker *maker, struct block *block) {
    const struct gpkg_request *request = maker->request;
    struct value *row = block_add_row(block);

    put_string(&row[RUNS_PROGRAM_VERSION], request->program_version);
    put_string(&row[RUNS_COMMAND_LINE], request->command_line);
    put_string(&row[RUNS_OPTIONS], request->options);
    put_text(&row[RUNS_SCHEME], schemes_of_run(maker->result, block, scheme_name));
    put_text(&row[RUNS_SCHEME_VERSION], schemes_of_run(maker->result, block, scheme_version));
    put_crs(row, request->crs);
    put_string(&row[RUNS_TIMESTAMP], request->timestamp);
    put_counts(row, maker);
    return false;
}
