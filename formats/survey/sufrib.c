/* SUF-RIB, the Dutch exchange format for inspections of NEN 3399 (EN 13508-2), editions 2.0
 * and 2.1: network and inspections in one file of records, whose fields have fixed widths and '|'
 * between.
 *
 *     *ALGE|SUFRIB2.1      |Almere   |...          once, first: who, how, which edition
 *     *RIOO|1100187        |...|11D0281|141406.38/486672.00|11D0161|...      a pipe, node 1 to node
 * 2 *PUT|11D0147         |140992.42/486854.62|...                          a manhole
 *     *WAAR|001.70|1| |  |1100187 |BCA|A    |A |...                          an observation
 *
 * Records come in any order.  A first pass keeps where each stands; the observations of a run hang
 * in a list, so that the work grows with the file whatever its order.  Fields are cut at the bars
 * and trimmed: widths differ between editions, and between what they prescribe and what is written.
 */
#include "formats/survey/sufrib.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/formats.h"

void sufrib_note(struct sufrib *sufrib, enum finding_kind kind, uint32_t line, const char *what,
    struct text value) {
    findings_add(&sufrib->survey->findings, kind,
        (struct finding_place){.file = sufrib->survey->file.path, .line = line}, "%s '%.*s'", what,
        TEXT_ARGS(text_cut(value, 200)));
}

/* --- lines --- */

struct sufrib_record sufrib_split(struct text line, uint32_t number) {
    struct sufrib_record record = {.line = line, .number = number};
    size_t from = 0;

    for (size_t i = 0; line.n > 0 && i <= line.n; i++) {
        if (i < line.n && line.at[i] != '|') {
            continue;
        }
        if (record.n < SUFRIB_FIELDS_MAX) {
            record.at[record.n] = text_trim(text_part(line, from, i));
        }
        record.n++;
        from = i + 1;
    }
    return record;
}

struct text sufrib_field(struct text line, size_t field) {
    size_t from = 0;

    for (; field > 0; field--) {
        const char *bar = from < line.n ? memchr(line.at + from, '|', line.n - from) : NULL;
        if (bar == NULL) {
            return (struct text){0};
        }
        from = (size_t)(bar - line.at) + 1;
    }
    const char *bar = from < line.n ? memchr(line.at + from, '|', line.n - from) : NULL;
    return text_trim(text_part(line, from, bar == NULL ? line.n : (size_t)(bar - line.at)));
}

double sufrib_number(
    struct sufrib *sufrib, const struct sufrib_record *record, size_t field, const char *code) {
    double number = NAN;

    if (record->at[field].n > 0 && !text_to_double(record->at[field], &number)) {
        sufrib_note(sufrib, FINDING_INVALID_VALUE, record->number, code, record->at[field]);
    }
    return number;
}

enum tag {
    TAG_ALGE,
    TAG_RIOO,
    TAG_PUT,
    TAG_WAAR,
    TAG_UNKNOWN,
};

/* How many parts, the tag with them, a record has in the editions 2.1 and 2.0; how many are needed
 * to make something of it; how long it is. */
static const struct {
    struct text tag;
    size_t n, n_before, n_needed, n_bytes;
} kinds[TAG_UNKNOWN] = {
    [TAG_ALGE] = {{"*ALGE", 5}, ALGE_FIELDS, ALGE_FIELDS - 1, ALGE_ABA + 1, 322},
    [TAG_RIOO] = {{"*RIOO", 5}, RIOO_FIELDS, RIOO_FIELDS - 2, RIOO_AAG + 1, 635},
    [TAG_PUT] = {{"*PUT", 4},  PUT_FIELDS,  PUT_FIELDS - 1,  PUT_CAA + 1,  498},
    [TAG_WAAR] = {{"*WAAR", 5}, WAAR_FIELDS, WAAR_FIELDS,     WAAR_ZZF + 1, 399},
};

static enum tag tag_of(struct text line) {
    struct text tag = sufrib_field(line, 0);

    for (enum tag i = TAG_ALGE; i < TAG_UNKNOWN; i++) {
        if (text_equal_nocase(tag, kinds[i].tag)) {
            return i;
        }
    }
    return TAG_UNKNOWN;
}

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
    };
    return fresh;
}

static void add_object(struct sufrib *sufrib, bool is_manhole, struct text line, uint32_t number) {
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
    struct sufrib_row *row = &sufrib->rows[number];
    uint32_t at = object_of(sufrib, row);
    struct sufrib_object *object = &sufrib->objects[at];
    enum run_from from = run_of(sufrib, object, row);
    uint32_t *group = &object->group[from];

    object->last_run = (uint8_t)from;
    if (*group != NO_GROUP) {
        sufrib->rows[sufrib->groups[*group].last].next = number;
        sufrib->groups[*group].last = number;
        return;
    }
    sufrib->groups = array_reserve(
        sufrib->groups, &sufrib->groups_capacity, sufrib->n_groups + 1, sizeof *sufrib->groups);
    *group = (uint32_t)sufrib->n_groups;
    sufrib->groups[sufrib->n_groups++] = (struct sufrib_group){number, number};
}

/* --- the first pass --- */

/* What the lines so far were like, to know one that breaks off. */
struct scan {
    struct sufrib *sufrib;
    size_t usual_n[TAG_UNKNOWN]; /* length of the first record of each kind; 0 unset */
    bool is_closed;              /* the last line has its end */
};

/* The last line without its end, shorter than others of its kind or than it should be. */
static bool breaks_off(const struct scan *scan, enum tag tag, struct text line) {
    struct text all = scan->sufrib->document->text;
    const char *end = line.n == 0 ? line.at : line.at + line.n;

    if (scan->is_closed || end != all.at + all.n) {
        return false;
    }
    if (tag == TAG_UNKNOWN) {
        return true;
    }
    return line.n < (scan->usual_n[tag] > 0 ? scan->usual_n[tag] : kinds[tag].n_bytes);
}

static void report_break(struct sufrib *sufrib, uint32_t number, bool is_used) {
    sufrib->survey->file.is_damaged = true;
    findings_add(&sufrib->survey->findings, FINDING_FILE_DAMAGED,
        (struct finding_place){.file = sufrib->survey->file.path, .line = number},
        "the last record breaks off%s", is_used ? " behind its last value" : "");
}

/* Is there enough of it?  Fields more or less than the editions have are told. */
static bool is_usable(struct scan *scan, enum tag tag, struct text line, uint32_t number) {
    struct sufrib *sufrib = scan->sufrib;
    size_t n = sufrib_split(line, number).n;
    bool is_whole = n == kinds[tag].n || n == kinds[tag].n_before;

    if (breaks_off(scan, tag, line)) { /* the last fields of *WAAR are reserve */
        bool is_used = tag == TAG_WAAR && n == kinds[tag].n;
        report_break(sufrib, number, is_used);
        return is_used;
    }
    if (scan->usual_n[tag] == 0) {
        scan->usual_n[tag] = line.n;
    }
    if (!is_whole) {
        findings_add(&sufrib->survey->findings,
            n < kinds[tag].n_needed ? FINDING_ROW_SKIPPED : FINDING_ROW_RAGGED,
            (struct finding_place){.file = sufrib->survey->file.path, .line = number},
            "%zu fields in a %.*s of %zu", n, TEXT_ARGS(kinds[tag].tag), kinds[tag].n);
    }
    return n >= kinds[tag].n_needed;
}

static void add_row(struct sufrib *sufrib, struct text line, uint32_t number) {
    sufrib->rows = array_reserve(
        sufrib->rows, &sufrib->rows_capacity, sufrib->n_rows + 1, sizeof *sufrib->rows);
    sufrib->rows[sufrib->n_rows++] = (struct sufrib_row){line, number, NO_GROUP};
}

static void take_line(struct scan *scan, struct text line, uint32_t number) {
    struct sufrib *sufrib = scan->sufrib;
    enum tag tag = tag_of(line);

    if (tag == TAG_UNKNOWN) {
        if (breaks_off(scan, tag, line)) {
            report_break(sufrib, number, false);
        } else {
            sufrib_note(sufrib, FINDING_ROW_SKIPPED, number, "", line);
        }
        return;
    }
    if (!is_usable(scan, tag, line, number)) {
        return;
    }
    switch (tag) {
    case TAG_ALGE:
        if (sufrib->alge.n > 0) {
            sufrib_note(sufrib, FINDING_ROW_SKIPPED, number, "", line);
        } else {
            sufrib->alge = line;
        }
        break;
    case TAG_RIOO:
    case TAG_PUT:
        add_object(sufrib, tag == TAG_PUT, line, number);
        break;
    case TAG_WAAR:
        add_row(sufrib, line, number);
        break;
    case TAG_UNKNOWN:
        break;
    }
}

static bool is_blank(struct text line) {
    line = text_trim(line);
    return line.n == 0 || (line.n == 1 && line.at[0] == '\x1a'); /* the end of a file in DOS */
}

static void scan_lines(struct sufrib *sufrib) {
    struct text text = sufrib->document->text, line;
    struct lines lines = lines_of(sufrib->document, sufrib->survey);
    struct scan scan = {
        .sufrib = sufrib,
        .is_closed = text.n > 0 && text.at[text.n - 1] == lines.line_end,
    };
    uint32_t number;

    while (lines_next(&lines, &line, &number)) {
        if (!is_blank(line)) {
            take_line(&scan, line, number);
        }
    }
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
    struct survey *survey = sufrib->survey;
    struct uninspected pipes = {0};

    for (size_t i = 0; i < sufrib->n_objects; i++) {
        inspect_object(sufrib, &sufrib->objects[i], &pipes);
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
    array_release(&sufrib->rows);
    array_release(&sufrib->groups);
    index_release(&sufrib->pipes);
    index_release(&sufrib->manholes);
}

static bool read_document(struct document *document, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(release)
    struct sufrib sufrib = {.survey = survey, .document = document, .options = options};

    survey->catalogue = CATALOGUE_EN13508;
    scan_lines(&sufrib);
    check_edition(&sufrib);
    for (size_t i = 0; i < sufrib.n_rows; i++) {
        join_run(&sufrib, (uint32_t)i);
    }
    inspect_all(&sufrib);
    sufrib_make_network(&sufrib);
    if (survey->n_inspections == 0 && survey->network == NULL) {
        return error_set(err, ERROR_FORMAT, "there are no pipes, manholes and observations in it");
    }
    return true;
}

bool sufrib_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    struct document_request request = {options->encoding, {0}};
    struct document document;

    return document_decode(bytes, &request, survey, &document, err) &&
           read_document(&document, options, survey, err);
}

static bool sufrib_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    struct document_request request = {options->encoding, {0}};
    struct document document;

    return document_open(source, &request, survey, &document, err) &&
           read_document(&document, options, survey, err);
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
        if (is_line && (text_equal(rest, TEXT("*RIOO|")) || text_equal(rest, TEXT("*WAAR|")) ||
                           text_starts_with(rest, TEXT("*PUT|")))) {
            return 48;
        }
    }
    return 0;
}

const struct survey_format format_sufrib = {
    .name = "sufrib",
    .description = "SUF-RIB 2.x, Netherlands (inspections and network)",
    .extensions = ".rib",
    .may_hold_network = true,
    .bid = sufrib_bid,
    .read = sufrib_read,
};
