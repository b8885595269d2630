/* Inspections as they are delivered in Hong Kong: an Access database with codes like those of MSCC.
 *
 *     project                                                  what it is about; not read
 *     table1  smanholeno, fmanholeno, dire, pipelength ...     a run a row
 *     table2  pipeid, dist, cont, code, clockAt, remarks ...   observations; pipeid is the number
 * of the row in table1, 1 first
 *
 * What is known of it comes out of another reader's source; no file of the kind was at hand. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/rows.h"
#include "formats/sheet_values.h"
#include "formats/survey/formats.h"

struct hk {
    struct survey *survey;
    const struct read_options *options;
    const struct rows *rows; /* the table in hand */
    uint32_t *owners;        /* an array of its own: the inspection of each observation */
    size_t owners_capacity;
    size_t n_orphans;
};

static void release(struct hk *hk) {
    array_release(&hk->owners);
}

/* --- Values --- */

static struct text value(const struct hk *hk, const char *column) {
    size_t at = rows_column(hk->rows, column);

    return at == SIZE_MAX ? (struct text){0} : hk->rows->cells[at];
}

static struct text keep(const struct hk *hk, const char *column) {
    struct text text = value(hk, column);

    return text.n == 0 ? text : arena_copy(&hk->survey->arena, text);
}

static void find(const struct hk *hk, enum finding_kind kind, const char *column) {
    findings_add(&hk->survey->findings, kind, rows_place(hk->rows), "%s '%.*s'", column,
        TEXT_ARGS(text_cut(value(hk, column), 200)));
}

static double number(const struct hk *hk, const char *column) {
    struct text text = value(hk, column);
    double out = NAN;

    if (text.n > 0 && (!text_to_double(text, &out) || out < 0 || out > 1e6)) {
        find(hk, FINDING_INVALID_VALUE, column);
        return NAN;
    }
    return out;
}

static double metres(const struct hk *hk, const char *column) {
    return number(hk, column) * (hk->options->length_unit_m > 0 ? hk->options->length_unit_m : 1);
}

/* --- table1 --- */

static void fill_sizes(const struct hk *hk, struct inspection *inspection) {
    double height = number(hk, "hsize"), width = number(hk, "wsize");

    inspection->diameter_mm = (float)(width > 0 ? width : height > 0 ? height : NAN);
    if (width > 0 && height > 0 && width != height) {
        inspection->height_mm = (float)height;
    }
}

static void take_run(struct hk *hk) {
    struct survey *survey = hk->survey;
    struct inspection *inspection = survey_add_inspection(survey);
    struct inspection_more *more = inspection_more(survey, inspection);
    struct text raw = rows_record(hk->rows, &survey->arena), date = value(hk, "date");

    inspection->line = hk->rows->line;
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    inspection->id = arena_printf(&survey->arena, "%zu", survey->n_inspections);
    inspection->segment_ref = keep(hk, "pipeno");
    inspection->start_node = keep(hk, "smanholeno");
    inspection->finish_node = keep(hk, "fmanholeno");
    inspection->direction = (uint8_t)sheet_direction(value(hk, "dire"));
    inspection->expected_m = metres(hk, "pipelength");
    inspection->inspected_m = metres(hk, "testlength");
    more->direction_text = keep(hk, "dire");
    more->shape = keep(hk, "shape");
    more->material = keep(hk, "mater");
    more->video = keep(hk, "video");
    if (value(hk, "dire").n > 0 && inspection->direction == DIRECTION_UNKNOWN) {
        find(hk, FINDING_UNKNOWN_VALUE, "dire");
    }
    if (date.n > 0 && !rows_date(date, &inspection->inspected_on)) {
        find(hk, FINDING_DATE_INVALID, "date");
    }
    fill_sizes(hk, inspection);
}

/* --- table2 --- */

static uint8_t hour(const struct hk *hk, const char *column, struct observation *observation) {
    struct text text = value(hk, column);
    double out = 0;

    if (text.n > 0 && (!text_to_double(text, &out) || out < 0 || out > 12 || out != floor(out))) {
        find(hk, FINDING_CLOCK_INVALID, column);
        observation_more(hk->survey, observation)->clock_text = keep(hk, column);
        return 0;
    }
    return (uint8_t)out;
}

static void fill_place(const struct hk *hk, struct observation *observation) {
    struct text cont = value(hk, "cont");
    enum mark mark = MARK_NONE;

    observation->chainage_m = metres(hk, "dist");
    observation->clock_from = hour(hk, "clockAt", observation);
    observation->clock_to = hour(hk, "clockTo", observation);
    if (observation->clock_from == 0) {
        observation->clock_from = observation->clock_to;
        observation->clock_to = 0;
    }
    if (cont.n > 0 && !sheet_mark(cont, &mark, &observation->mark_number)) {
        find(hk, FINDING_MARK_INVALID, "cont");
    }
    observation->mark = (uint8_t)mark;
}

/* Percent, then the diameter of what joins, then other sizes; all as the column gives them. */
static void fill_quantities(const struct hk *hk, struct observation_more *more) {
    static const char *const columns[] = {"percent", "diam", "lengths"};
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(columns) && n < 2; i++) {
        double out = number(hk, columns[i]);
        if (out > 0) {
            *(n++ == 0 ? &more->quant1 : &more->quant2) = out;
        }
    }
}

static void take_observation(struct hk *hk) {
    struct survey *survey = hk->survey;
    struct text none = {0}, code = value(hk, "code");
    long owner = 0;

    if (!text_to_int(value(hk, "pipeid"), &owner) || owner < 1 ||
        (size_t)owner > survey->n_inspections) {
        hk->n_orphans++;
        return;
    }
    if (code.n == 0 && value(hk, "remarks").n == 0) {
        find(hk, FINDING_ROW_SKIPPED, "code");
        return;
    }
    size_t n = survey->n_observations;
    struct observation *observation = survey_add_observation(survey);
    struct observation_more *more = observation_more(survey, observation);
    struct text raw = rows_record(hk->rows, &survey->arena);
    hk->owners = array_reserve(hk->owners, &hk->owners_capacity, n + 1, sizeof *hk->owners);
    hk->owners[n] = (uint32_t)owner - 1;
    observation->raw = raw.at;
    observation->raw_n = (uint32_t)raw.n;
    observation->line = hk->rows->line;
    observation->code = survey_add_code(survey, none, code, none, none);
    fill_place(hk, observation);
    fill_quantities(hk, more);
    more->remark = keep(hk, "remarks");
    more->photo = keep(hk, "photo");
    more->video_time = keep(hk, "video");
}

/* --- All together --- */

/* Counted, then dealt out: those of one inspection stand together, in the order of the file. */
static void put_in_order(struct hk *hk) {
    struct survey *survey = hk->survey;
    size_t capacity = 0, n = survey->n_observations;
    struct observation *ordered =
        n == 0 ? NULL : array_reserve(NULL, &capacity, n, sizeof *ordered);
    uint32_t at = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].n_observations = 0;
    }
    for (size_t i = 0; i < n; i++) {
        survey->inspections[hk->owners[i]].n_observations++;
    }
    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        inspection->first_observation = at;
        at += inspection->n_observations;
        if (inspection->n_observations == 0) {
            inspection_note_empty(survey, inspection);
        }
        inspection->n_observations = 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct inspection *inspection = &survey->inspections[hk->owners[i]];
        ordered[inspection->first_observation + inspection->n_observations++] =
            survey->observations[i];
    }
    array_release(&survey->observations);
    survey->observations = ordered;
    survey->observations_capacity = capacity;
    if (hk->n_orphans > 0) {
        findings_add(&survey->findings, FINDING_ROW_SKIPPED,
            (struct finding_place){.file = survey->file.path},
            "%zu rows of table2 belong to no row of table1", hk->n_orphans);
    }
}

static bool read_table(struct hk *hk, struct text bytes, struct text name,
    void (*take)(struct hk *hk), struct error *err) {
    const struct rows_request request = {hk->survey, hk->options, hk->survey->file.path, name};
    CLEANUP(rows_close) struct rows rows = {0};

    if (!rows_open_mdb(&request, bytes, &rows, err)) {
        return error_wrap(err, "table '%.*s'", TEXT_ARGS(name));
    }
    hk->rows = &rows;
    while (rows_next(&rows)) {
        take(hk);
    }
    hk->rows = NULL;
    return true;
}

bool hk_mdb_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    CLEANUP(release) struct hk hk = {.survey = survey, .options = options};

    if (!read_table(&hk, bytes, TEXT("table1"), take_run, err) ||
        !read_table(&hk, bytes, TEXT("table2"), take_observation, err)) {
        return false;
    }
    survey->catalogue = CATALOGUE_MSCC;
    survey->file.encoding = TEXT("UTF-16LE");
    put_in_order(&hk);
    return survey->n_inspections > 0 ||
           error_set(err, ERROR_FORMAT, "there are no inspections in it");
}

static bool hk_mdb_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    bool is_read = hk_mdb_read_bytes((struct text){at, n}, options, survey, err);
    source_unmap(at, n);
    return is_read;
}

static int hk_mdb_bid(const struct source *source) {
    static const char *const words[] = {"smanholeno", "fmanholeno", "testlength", "pipeid"};
    size_t n = mdb_count_names(source, words, ARRAY_LEN(words));

    return n >= 2 ? (int)n * 64 : 0;
}

const struct survey_format format_hk_mdb = {
    .name = "hk-mdb",
    .description = "Access databases of Hong Kong contractors, codes like those of MSCC",
    .extensions = ".mdb",
    .bid = hk_mdb_bid,
    .read = hk_mdb_read,
};
