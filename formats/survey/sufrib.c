/* SUF-RIB, the Dutch exchange format for inspections of NEN 3399 (EN 13508-2), editions 2.0 and
 * 2.1: network and inspections in one file of records, whose fields have fixed widths and '|'
 * between.
 *
 *     *ALGE|SUFRIB2.1      |Almere   |...       once, first: who, how, which edition
 *     *RIOO|1100187  |...|11D0281|141406.38/486672.00|11D0161|...     a pipe, node 1 and node 2
 *     *PUT|11D0147   |140992.42/486854.62|...   a manhole
 *     *WAAR|001.70|1| |  |1100187 |BCA|A|...    an observation
 *     *MRIO|45.81  |2|1100187 |...              a measurement, mostly in a file of its own (.rmb)
 *
 * Records come in any order.  A first pass keeps where each stands; the observations of a run hang
 * in a list, so that the work grows with the file whatever its order. */
#include "formats/survey/sufrib.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/measure.h"
#include "formats/sibling.h"
#include "formats/source.h"
#include "formats/survey/formats.h"

/* --- objects and runs --- */

/* What has no id is known by a blank one. */
static struct text key_of(struct text id) {
    return id.n == 0 ? TEXT(" ") : id;
}

static uint32_t object_named(
    struct sufrib *sufrib, bool is_manhole, struct text id, uint32_t number) {
    struct index *index = is_manhole ? &sufrib->manholes : &sufrib->pipes;
    uint32_t fresh = (uint32_t)sufrib->n_objects;
    uint32_t known = index_add(index, key_of(id), fresh);

    if (known != fresh) {
        return known;
    }
    sufrib->objects = array_reserve(
        sufrib->objects, &sufrib->objects_capacity, sufrib->n_objects + 1, sizeof *sufrib->objects);
    sufrib->objects[sufrib->n_objects++] = (struct sufrib_object){
        .id = id,
        .number = number,
        .is_manhole = is_manhole,
        .group = {NO_GROUP, NO_GROUP, NO_GROUP},
        .inspection = {NO_GROUP, NO_GROUP, NO_GROUP},
        .measured_m = NAN,
    };
    return fresh;
}

void sufrib_add_object(struct sufrib *sufrib, bool is_manhole, struct text line, uint32_t number) {
    struct text id = sufrib_field(line, 1);
    uint32_t at = object_named(sufrib, is_manhole, id, number);
    struct sufrib_object *object = &sufrib->objects[at];

    if (object->line.n > 0) {
        sufrib_note(sufrib, FINDING_DUPLICATE_ID, number, is_manhole ? "*PUT" : "*RIOO", id);
        return;
    }
    object->line = line;
    object->number = number;
}

/* The pipe or manhole that a row names: by its code when both bear the id, or none does. */
static uint32_t object_of(struct sufrib *sufrib, const struct sufrib_row *row) {
    struct text id = sufrib_field(row->line, WAAR_ZZE);
    struct text code = sufrib_field(row->line, WAAR_ZZF);
    char letter = code.n > 0 ? (char)(code.at[0] & ~32) : '\0';
    bool is_of_manhole = letter == 'C' || letter == 'D';
    uint32_t pipe = index_find(&sufrib->pipes, key_of(id));
    uint32_t manhole = index_find(&sufrib->manholes, key_of(id));

    if (pipe != INDEX_NONE && (manhole == INDEX_NONE || !is_of_manhole)) {
        return pipe;
    }
    if (manhole != INDEX_NONE) {
        return manhole;
    }
    return object_named(sufrib, is_of_manhole, id, row->number);
}

/* Rows that do not say where they are counted from go with those before them. */
static enum run_from run_of(
    struct sufrib *sufrib, struct sufrib_object *object, const struct sufrib_row *row) {
    struct text reference = sufrib_field(row->line, WAAR_ZZB);

    if (object->is_manhole) {
        return RUN_UNKNOWN;
    }
    if (text_equal(reference, TEXT("1"))) {
        return RUN_FROM_NODE1;
    }
    if (text_equal(reference, TEXT("2"))) {
        return RUN_FROM_NODE2;
    }
    sufrib_note(sufrib, FINDING_UNKNOWN_VALUE, row->number, "ZZB", reference);
    return (enum run_from)object->last_run;
}

static void join_run(struct sufrib *sufrib, uint32_t number) {
    struct sufrib_row *row = &sufrib->rows.at[number];
    uint32_t at = object_of(sufrib, row);
    struct sufrib_object *object = &sufrib->objects[at];
    enum run_from from = run_of(sufrib, object, row);
    uint32_t *group = &object->group[from];

    object->last_run = (uint8_t)from;
    if (*group != NO_GROUP) {
        sufrib->rows.at[sufrib->groups[*group].last].next = number;
        sufrib->groups[*group].last = number;
        return;
    }
    sufrib->groups = array_reserve(
        sufrib->groups, &sufrib->groups_capacity, sufrib->n_groups + 1, sizeof *sufrib->groups);
    *group = (uint32_t)sufrib->n_groups;
    sufrib->groups[sufrib->n_groups++] = (struct sufrib_group){number, number};
}

uint32_t sufrib_object_by_id(const struct sufrib *sufrib, bool is_manhole, struct text id) {
    return index_find(is_manhole ? &sufrib->manholes : &sufrib->pipes, key_of(id));
}

/* --- what there is becomes inspections --- */

static void check_edition(struct sufrib *sufrib) {
    struct text edition = sufrib_field(sufrib->alge, ALGE_ABA);

    sufrib->survey->file.version = edition;
    if (!text_starts_with(edition, TEXT("SUFRIB2"))) {
        sufrib_note(sufrib, FINDING_UNKNOWN_EDITION, sufrib->alge.n > 0 ? 1 : 0,
            sufrib->alge.n > 0 ? "ABA" : "there is no *ALGE record, ABA", edition);
    }
}

/* Records without observations: dated ones were inspected, others are of the network only. */
static bool has_date(const struct sufrib_object *object) {
    return sufrib_field(object->line, object->is_manhole ? (size_t)PUT_CBF : RIOO_ABF).n > 0;
}

struct uninspected {
    size_t n;
    const struct sufrib_object *first;
};

void sufrib_look_again(struct sufrib *sufrib, size_t n_bytes) {
    enum { STEP_BYTES = 16 * 1024 * 1024 };

    sufrib->n_again += n_bytes;
    if (sufrib->n_again >= STEP_BYTES) {
        document_drop_pages(sufrib->document);
        sufrib->n_again = 0;
    }
}

static void inspect_object(
    struct sufrib *sufrib, struct sufrib_object *object, struct uninspected *pipes) {
    static const enum run_from order[RUNS] = {RUN_FROM_NODE1, RUN_FROM_NODE2, RUN_UNKNOWN};
    bool has_rows = false;

    for (size_t i = 0; i < RUNS; i++) {
        if (object->group[order[i]] != NO_GROUP) {
            sufrib_inspect(sufrib, object, order[i]);
            has_rows = true;
        }
    }
    if (has_rows) {
        return;
    }
    if (has_date(object)) {
        sufrib_inspect(sufrib, object, RUN_UNKNOWN);
    } else if (!object->is_manhole) {
        pipes->first = pipes->n++ == 0 ? object : pipes->first;
    }
}

static void inspect_all(struct sufrib *sufrib) {
    enum { USUAL_LINE_BYTES = 400 };
    struct survey *survey = sufrib->survey;
    struct uninspected pipes = {0};

    for (size_t i = 0; i < sufrib->n_objects; i++) {
        size_t n_before = survey->n_observations;
        inspect_object(sufrib, &sufrib->objects[i], &pipes);
        sufrib_look_again(sufrib,
            sufrib->objects[i].line.n + USUAL_LINE_BYTES * (survey->n_observations - n_before));
    }
    if (pipes.n > 0) {
        struct text remark = sufrib_field(pipes.first->line, RIOO_ADE);
        findings_add(&survey->findings, FINDING_NO_OBSERVATIONS,
            (struct finding_place){.file = survey->file.path, .line = pipes.first->number},
            "%zu pipes without date and observations are of the network only; the first '%.*s' "
            "with remark '%.*s'",
            pipes.n, TEXT_ARGS(text_cut(pipes.first->id, 100)), TEXT_ARGS(text_cut(remark, 200)));
    }
    if (sufrib->n_turned > 0) {
        findings_add(&survey->findings, FINDING_START_NODE_CONTRADICTS,
            (struct finding_place){.file = survey->file.path},
            "in %zu runs the row of the finish node (BCE) stands where the camera started; ZZB was "
            "believed, and BCD and BCE were turned",
            sufrib->n_turned);
    }
}

static void release(struct sufrib *sufrib) {
    array_release(&sufrib->objects);
    array_release(&sufrib->rows.at);
    array_release(&sufrib->measured.at);
    array_release(&sufrib->groups);
    index_release(&sufrib->pipes);
    index_release(&sufrib->manholes);
}

/* --- files --- */

static void read_inspections(struct sufrib *sufrib) {
    check_edition(sufrib);
    for (size_t i = 0; i < sufrib->rows.n; i++) {
        join_run(sufrib, (uint32_t)i);
        sufrib_look_again(sufrib, sufrib->rows.at[i].line.n);
    }
    inspect_all(sufrib);
    sufrib_make_network(sufrib);
    sufrib_measure(sufrib);
}

/* The file of measurements beside one of inspections: by its own name, else by the name in ABR. */
static bool find_other(const struct sufrib *sufrib, const char *path, const char *extension,
    struct arena *arena, struct text *out) {
    return sibling_find_extension(path, extension, arena, out) ||
           sibling_find(path, sufrib_field(sufrib->alge, ALGE_ABR), arena, out);
}

/* A file beside one that people know by `shown` is shown beside it: where an archive was unpacked
 * is nobody's business. */
static struct text shown_beside(struct survey *survey, struct text path) {
    struct text shown = survey->file.path;
    struct text folder = text_part(shown, 0, shown.n - text_base_name(shown).n);

    return arena_printf(
        &survey->arena, "%.*s%.*s", TEXT_ARGS(folder), TEXT_ARGS(text_base_name(path)));
}

/* The measurements of another file; its bytes may go when it is done.  One that cannot be read is
 * told and changes nothing else. */
static void read_companion(struct sufrib *sufrib, const char *path) {
    struct survey *survey = sufrib->survey;
    const struct document_request request = {sufrib->options->encoding, {0}};
    struct text encoding = survey->file.encoding, companion;
    struct source source = {0};
    struct document document;
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;

    if (!find_other(sufrib, path, ".rmb", &survey->arena, &companion) ||
        text_equal(companion, text_from(path))) {
        return;
    }
    sufrib->path = shown_beside(survey, companion);
    sufrib->is_companion = true;
    if (!source_open(companion.at, &source, &err) || !source_map(&source, &at, &n, &err)) {
        findings_add(&survey->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = sufrib->path}, "%s", err.text);
        return;
    }
    if (document_decode((struct text){at, n}, &request, survey, &document, &err)) {
        sufrib_scan(sufrib, &document);
        sufrib_measure(sufrib);
    } else {
        findings_add(&survey->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = sufrib->path}, "%s", err.text);
    }
    survey->file.encoding = encoding;
    source_unmap(at, n);
}

/* A file of measurements by itself: they are read with the inspections that they belong to. */
static bool read_alone(struct sufrib *sufrib, const char *path, struct error *err) {
    struct survey *survey = sufrib->survey;
    struct text other = {0};

    survey->file.version = sufrib_field(sufrib->alge, ALGE_ABA);
    if (!find_other(sufrib, path, ".rib", &survey->arena, &other)) {
        return error_set(err, ERROR_FORMAT,
            "it holds measurements only (SUF-RMB) and belongs to the inspections of '%.*s', which "
            "is not beside it",
            TEXT_ARGS(text_cut(sufrib_field(sufrib->alge, ALGE_ABR), 100)));
    }
    findings_add(&survey->findings, FINDING_ROW_SKIPPED,
        (struct finding_place){.file = survey->file.path},
        "it holds measurements only (SUF-RMB, %zu), which are read with the inspections of '%.*s'",
        sufrib->measured.n, TEXT_ARGS(text_base_name(other)));
    return true;
}

static bool finish(struct sufrib *sufrib, struct error *err) {
    struct survey *survey = sufrib->survey;

    measurements_settle(survey);
    sufrib_report_measured(sufrib);
    if (survey->n_inspections == 0 && survey->network == NULL) {
        return error_set(err, ERROR_FORMAT, "there are no pipes, manholes and observations in it");
    }
    return true;
}

static struct sufrib begin(struct survey *survey, const struct read_options *options) {
    survey->catalogue = CATALOGUE_EN13508;
    return (struct sufrib){.survey = survey, .options = options, .path = survey->file.path};
}

bool sufrib_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    struct document_request request = {options->encoding, {0}};
    struct document document;
    CLEANUP(release) struct sufrib sufrib = begin(survey, options);

    if (!document_decode(bytes, &request, survey, &document, err)) {
        return false;
    }
    sufrib_scan(&sufrib, &document);
    sufrib.document = &document;
    read_inspections(&sufrib);
    return finish(&sufrib, err);
}

static bool sufrib_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    struct document_request request = {options->encoding, {0}};
    struct document document;
    CLEANUP(release) struct sufrib sufrib = begin(survey, options);

    if (!document_open(source, &request, survey, &document, err)) {
        return false;
    }
    sufrib_scan(&sufrib, &document);
    bool is_alone =
        sufrib.rows.n == 0 && (sufrib.measured.n > 0 || source_has_extension(source, ".rmb"));
    if (is_alone) {
        return read_alone(&sufrib, source->path, err);
    }
    sufrib.document = &document;
    read_inspections(&sufrib);
    document_drop_pages(&document);
    read_companion(&sufrib, source->path);
    return finish(&sufrib, err);
}

/* Its own name at the start, else records of its own in the first bytes. */
static int sufrib_bid(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    struct text start = text_trim(text_part(head, 0, 256));

    if (text_starts_with(start, TEXT("*ALGE|SUF"))) {
        return 72;
    }
    for (size_t i = 0; i + 6 < head.n; i++) {
        struct text rest = text_part(head, i, i + 6);
        bool is_line = i == 0 || head.at[i - 1] == '\n' || head.at[i - 1] == '\r';
        if (is_line &&
            (text_equal(rest, TEXT("*RIOO|")) || text_equal(rest, TEXT("*WAAR|")) ||
                text_equal(rest, TEXT("*MRIO|")) || text_starts_with(rest, TEXT("*PUT|")))) {
            return 48;
        }
    }
    return 0;
}

/* A file of measurements goes with the inspections beside it. */
static bool sufrib_is_companion(const struct source *source) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text head = {(const char *)source->head, source->head_n}, other;
    const char *end = head.n == 0 ? NULL : memchr(head.at, '\n', head.n);
    const struct sufrib sufrib = {
        .alge = end == NULL ? (struct text){0} : text_part(head, 0, (size_t)(end - head.at))};

    return source_has_extension(source, ".rmb") &&
           find_other(&sufrib, source->path, ".rib", &arena, &other);
}

const struct survey_format format_sufrib = {
    .name = "sufrib",
    .description = "SUF-RIB 2.x, Netherlands (inspections, network, .rmb beside it)",
    .extensions = ".rib",
    .may_hold_network = true,
    .bid = sufrib_bid,
    .is_companion = sufrib_is_companion,
    .read = sufrib_read,
};
