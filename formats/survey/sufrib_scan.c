/* The lines of a SUF-RIB file, and of the file of measurements beside it.  Fields are cut at the
 * bars and trimmed: widths differ between editions, and between what they prescribe and what is
 * written.
 */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/sufrib.h"

void sufrib_note(struct sufrib *sufrib, enum finding_kind kind, uint32_t line, const char *what,
    struct text value) {
    findings_add(&sufrib->survey->findings, kind,
        (struct finding_place){.file = sufrib->path, .line = line}, "%s '%.*s'", what,
        TEXT_ARGS(text_cut(value, 200)));
}

/* --- lines --- */

/* Up to the next bar; what stands behind it is left, {0} behind the last field. */
static struct text cut_field(struct text *rest) {
    const char *bar = rest->n == 0 ? NULL : memchr(rest->at, '|', rest->n);
    size_t n = bar == NULL ? rest->n : (size_t)(bar - rest->at);
    struct text field = {rest->at, n};

    *rest = bar == NULL ? (struct text){0} : (struct text){bar + 1, rest->n - n - 1};
    return field;
}

struct sufrib_record sufrib_split(struct text line, uint32_t number) {
    struct sufrib_record record = {.line = line, .number = number};
    struct text rest = line.n == 0 ? (struct text){0} : line;

    while (rest.at != NULL) {
        struct text field = cut_field(&rest);
        if (record.n < SUFRIB_FIELDS_MAX) {
            record.at[record.n] = text_trim(field);
        }
        record.n++;
    }
    return record;
}

/* As many as sufrib_split gives, without looking at them. */
static size_t count_fields(struct text line) {
    size_t n = 0;

    for (struct text rest = line.n == 0 ? (struct text){0} : line; rest.at != NULL; n++) {
        cut_field(&rest);
    }
    return n;
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
    TAG_MPUT,
    TAG_MRIO,
    TAG_PUT,
    TAG_RIOO,
    TAG_WAAR,
    TAG_UNKNOWN,
};

/* How many parts, the tag with them, a record has in the editions 2.1 and 2.0; how many are needed
 * to make something of it; how long it is; is its last field one for later use? */
static const struct {
    struct text tag;
    size_t n, n_before, n_needed, n_bytes;
    bool ends_in_reserve;
} kinds[TAG_UNKNOWN] = {
    [TAG_ALGE] = {{"*ALGE", 5}, ALGE_FIELDS, ALGE_FIELDS - 1, ALGE_ABA + 1, 322, false},
    [TAG_MPUT] = {{"*MPUT", 5}, MRIO_FIELDS, MRIO_FIELDS,     MRIO_ZYT + 1, 270, true },
    [TAG_MRIO] = {{"*MRIO", 5}, MRIO_FIELDS, MRIO_FIELDS,     MRIO_ZYT + 1, 270, true },
    [TAG_PUT] = {{"*PUT", 4},  PUT_FIELDS,  PUT_FIELDS - 1,  PUT_CAA + 1,  498, false},
    [TAG_RIOO] = {{"*RIOO", 5}, RIOO_FIELDS, RIOO_FIELDS - 2, RIOO_AAG + 1, 635, false},
    [TAG_WAAR] = {{"*WAAR", 5}, WAAR_FIELDS, WAAR_FIELDS,     WAAR_ZZF + 1, 399, true },
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

/* --- lines of a file --- */

/* What the lines so far were like, to know one that breaks off. */
struct scan {
    struct sufrib *sufrib;
    struct text all;
    size_t usual_n[TAG_UNKNOWN]; /* length of the first record of each kind; 0 unset */
    bool is_closed;              /* the last line has its end */
};

/* The last line without its end, shorter than others of its kind or than it should be. */
static bool breaks_off(const struct scan *scan, enum tag tag, struct text line) {
    const char *end = line.n == 0 ? line.at : line.at + line.n;

    if (scan->is_closed || end != scan->all.at + scan->all.n) {
        return false;
    }
    if (tag == TAG_UNKNOWN) {
        return true;
    }
    return line.n < (scan->usual_n[tag] > 0 ? scan->usual_n[tag] : kinds[tag].n_bytes);
}

static void report_break(struct sufrib *sufrib, uint32_t number, bool is_used) {
    if (!sufrib->is_companion) {
        sufrib->survey->file.is_damaged = true;
    }
    findings_add(&sufrib->survey->findings, FINDING_FILE_DAMAGED,
        (struct finding_place){.file = sufrib->path, .line = number},
        "the last record breaks off%s", is_used ? " behind its last value" : "");
}

/* Is there enough of it?  Fields more or less than the editions have are told. */
static bool is_usable(struct scan *scan, enum tag tag, struct text line, uint32_t number) {
    struct sufrib *sufrib = scan->sufrib;
    size_t n = count_fields(line);
    bool is_whole = n == kinds[tag].n || n == kinds[tag].n_before;

    if (breaks_off(scan, tag, line)) {
        bool is_used = kinds[tag].ends_in_reserve && n == kinds[tag].n;
        report_break(sufrib, number, is_used);
        return is_used;
    }
    if (scan->usual_n[tag] == 0) {
        scan->usual_n[tag] = line.n;
    }
    if (!is_whole) {
        findings_add(&sufrib->survey->findings,
            n < kinds[tag].n_needed ? FINDING_ROW_SKIPPED : FINDING_ROW_RAGGED,
            (struct finding_place){.file = sufrib->path, .line = number},
            "%zu fields in a %.*s of %zu", n, TEXT_ARGS(kinds[tag].tag), kinds[tag].n);
    }
    return n >= kinds[tag].n_needed;
}

static void add_row(struct sufrib_rows *rows, struct text line, uint32_t number) {
    rows->at = array_reserve(rows->at, &rows->capacity, rows->n + 1, sizeof *rows->at);
    rows->at[rows->n++] = (struct sufrib_row){line, number, NO_GROUP};
}

/* Copies of records in a file of measurements are not looked at: the others go before them. */
static void take_record(struct sufrib *sufrib, enum tag tag, struct text line, uint32_t number) {
    if (tag == TAG_WAAR) {
        add_row(&sufrib->rows, line, number);
    } else if (tag != TAG_ALGE) {
        sufrib_add_object(sufrib, tag == TAG_PUT, line, number);
    } else if (sufrib->alge.n == 0) {
        sufrib->alge = line;
    } else {
        sufrib_note(sufrib, FINDING_ROW_SKIPPED, number, "", line);
    }
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
    if (tag == TAG_MRIO || tag == TAG_MPUT) {
        add_row(&sufrib->measured, line, number);
    } else if (!sufrib->is_companion) {
        take_record(sufrib, tag, line, number);
    } else if (tag == TAG_WAAR) {
        sufrib_note(sufrib, FINDING_ROW_SKIPPED, number, "an observation among measurements", line);
    }
}

static bool is_blank(struct text line) {
    line = text_trim(line);
    return line.n == 0 || (line.n == 1 && line.at[0] == '\x1a'); /* the end of a file in DOS */
}

void sufrib_scan(struct sufrib *sufrib, struct document *document) {
    struct text text = document->text, line;
    struct lines lines = lines_of(document, sufrib->survey);
    struct scan scan = {
        .sufrib = sufrib,
        .all = text,
        .is_closed = text.n > 0 && text.at[text.n - 1] == lines.line_end,
    };
    uint32_t number;

    while (lines_next(&lines, &line, &number)) {
        if (!is_blank(line)) {
            take_line(&scan, line, number);
        }
    }
}
