/* EN 13508-2 Annex B exchange text.
 *
 *     #A1=ISO-8859-1          character set         #A2= language
 *     #A3=,                   field separator       #A4=. decimal mark     #A5=" text mark
 *     #B01=AAA,AAB,AAD,...    codes of the header, in any order, in one block or several
 *     H1,M7,M7,...            and their values
 *     #C=I,A,B,C,D,...        columns of the observations; may differ from inspection to inspection
 *     0.0,BCD,XP,,M7,...      an observation a line
 *     #Z                      end of the inspection; the last one is often missing
 */
#include "formats/survey/en13508.h"

#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/survey/formats.h"

/* Fields of one line: an array that is used again and again. */
struct fields {
    struct text *at; /* owned */
    size_t n, capacity;
};

struct reader {
    struct en_reader en;
    struct survey *survey;
    struct lines lines;
    char separator, quote; /* quote 0: none */
    struct fields codes, columns, values;
    bool has_columns; /* a #C line was met in this inspection */
};

/* --- fields --- */

static void push(struct fields *fields, struct text text) {
    if (fields->n == fields->capacity) {
        fields->at =
            array_reserve(fields->at, &fields->capacity, fields->n + 1, sizeof *fields->at);
    }
    fields->at[fields->n++] = text;
}

/* Most fields have nothing to trim. */
static struct text trim(struct text field) {
    unsigned char first = field.n == 0 ? '0' : (unsigned char)field.at[0],
                  last = field.n == 0 ? '0' : (unsigned char)field.at[field.n - 1];

    return first > ' ' && first < 0x80 && last > ' ' && last < 0x80 ? field : text_trim(field);
}

/* The text between two quotes with each doubled one made single. */
static struct text unquote(struct reader *reader, struct text quoted) {
    if (memchr(quoted.at, reader->quote, quoted.n) == NULL) {
        return quoted;
    }
    char *out = ARENA_NEW(&reader->survey->arena, char, quoted.n);
    size_t n = 0;
    for (size_t i = 0; i < quoted.n; i++) {
        out[n++] = quoted.at[i];
        i += quoted.at[i] == reader->quote;
    }
    return (struct text){out, n};
}

/* Where the quote at `from` is closed; text.n when it is not. */
static size_t closing_quote(struct text line, size_t from, char quote) {
    for (size_t i = from + 1; i < line.n; i++) {
        if (line.at[i] != quote) {
            continue;
        }
        if (i + 1 == line.n || line.at[i + 1] != quote) {
            return i;
        }
        i++;
    }
    return line.n;
}

static size_t end_of_field(struct text line, size_t at, char separator) {
    while (at < line.n && line.at[at] != separator) {
        at++;
    }
    return at;
}

static void cut_fields(
    struct reader *reader, struct text line, uint32_t number, struct fields *out) {
    size_t at = 0;

    out->n = 0;
    for (;;) {
        size_t from = at, close = line.n;
        if (reader->quote != 0 && at < line.n && line.at[at] == reader->quote) {
            close = closing_quote(line, at, reader->quote);
            if (close == line.n) {
                en_note(
                    &reader->en, FINDING_INVALID_VALUE, number, "a quote is not closed: ", line);
            }
            at = close < line.n ? close : at;
        }
        at = end_of_field(line, at, reader->separator);
        push(out, close < line.n ? unquote(reader, text_part(line, from + 1, close))
                                 : trim((struct text){line.at + from, at - from}));
        if (at >= line.n) {
            return;
        }
        at++;
    }
}

/* The file breaks off in a line that has no end. */
static bool is_open_end(const struct reader *reader) {
    return reader->lines.at == reader->lines.end && reader->lines.at[-1] != '\n' &&
           reader->lines.at[-1] != '\r';
}

static void say_cut(struct reader *reader, uint32_t line, const char *what) {
    reader->survey->file.is_damaged = true;
    findings_add(&reader->survey->findings, FINDING_FILE_DAMAGED, en_place(&reader->en, line),
        "it breaks off in %s", what);
}

/* More values than codes: something was not understood.  Fewer at the very end: it breaks off, for
 * writers end with a line's end or leave out none. */
static void check_values(struct reader *reader, size_t n_codes, uint32_t line, const char *what) {
    if (reader->values.n < n_codes && is_open_end(reader)) {
        say_cut(reader, line, what);
    }
    for (size_t i = n_codes; i < reader->values.n; i++) {
        if (reader->values.at[i].n > 0) {
            findings_add(&reader->survey->findings, FINDING_ROW_RAGGED, en_place(&reader->en, line),
                "'%zu' values for '%zu' codes", reader->values.n, n_codes);
            return;
        }
    }
}

/* --- lines --- */

static void close_inspection(struct reader *reader) {
    if (reader->en.header.is_open) {
        en_header_close(&reader->en);
    }
    reader->has_columns = false;
    reader->columns.n = 0;
}

static void open_inspection(struct reader *reader, struct text line, uint32_t number) {
    en_inspection_open(&reader->en, number)->raw = line.at;
}

/* The header record goes from its first code line to its last value line. */
static void extend_raw(struct reader *reader, struct text line) {
    struct inspection *inspection = &reader->survey->inspections[reader->survey->n_inspections - 1];
    size_t n = (size_t)(line.at + line.n - inspection->raw);

    inspection->raw_n = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* The values behind a #B line: the next line that is not blank.  False when another # comes. */
static bool next_values(struct reader *reader, struct text *line, uint32_t *number) {
    struct lines before = reader->lines;

    while (lines_next(&reader->lines, line, number)) {
        if (line->n > 0 && line->at[0] == '#') {
            reader->lines = before;
            return false;
        }
        if (text_trim(*line).n > 0) {
            return true;
        }
        before = reader->lines;
    }
    return false;
}

/* Some writers declare one separator and use another: the codes, which hold none, tell. */
static void check_separator(struct reader *reader, struct text codes, uint32_t line) {
    static const char known[] = ",;\t|";
    char found = '\0';

    for (size_t i = 0; i < codes.n; i++) {
        if (codes.at[i] == reader->separator) {
            return;
        }
        if (found == '\0' && codes.at[i] != '\0' && strchr(known, codes.at[i]) != NULL) {
            found = codes.at[i];
        }
    }
    if (found != '\0') {
        findings_add(&reader->survey->findings, FINDING_UNKNOWN_VALUE, en_place(&reader->en, line),
            "#A3 declares '%c' but fields are split by '%c'", reader->separator, found);
        reader->separator = found;
    }
}

static void read_header(
    struct reader *reader, struct text line, uint32_t number, struct text codes) {
    struct text values;
    uint32_t values_number;
    bool is_first = text_starts_with(line, TEXT("#B01")) || text_starts_with(line, TEXT("#B1="));

    if (is_first || !reader->en.header.is_open) {
        close_inspection(reader);
        open_inspection(reader, line, number);
    }
    check_separator(reader, codes, number);
    cut_fields(reader, codes, number, &reader->codes);
    if (!next_values(reader, &values, &values_number)) {
        en_note(&reader->en, FINDING_ROW_RAGGED, number, "no values for the codes ", codes);
        extend_raw(reader, line);
        return;
    }
    extend_raw(reader, values);
    cut_fields(reader, values, values_number, &reader->values);
    check_values(reader, reader->codes.n, values_number, "the values of a header");
    for (size_t i = 0; i < reader->codes.n && i < reader->values.n; i++) {
        en_header_field(
            &reader->en, text_trim(reader->codes.at[i]), text_trim(reader->values.at[i]));
    }
}

static void read_columns(struct reader *reader, uint32_t number, struct text codes) {
    if (!reader->en.header.is_open) {
        en_note(
            &reader->en, FINDING_ROW_SKIPPED, number, "columns outside of an inspection: ", codes);
        return;
    }
    check_separator(reader, codes, number);
    cut_fields(reader, codes, number, &reader->columns);
    reader->has_columns = true;
    for (size_t i = 0; i < reader->columns.n; i++) {
        struct text column = reader->columns.at[i];
        char letter = column.n == 1 ? (char)(column.at[0] & ~32) : '\0';
        if (column.n > 0 && (letter < 'A' || letter > 'O')) {
            en_note(&reader->en, FINDING_COLUMN_UNKNOWN, number, "", column);
        }
    }
}

static void read_row(struct reader *reader, struct text line, uint32_t number) {
    struct en_row row = {.raw = line, .line = number};

    cut_fields(reader, line, number, &reader->values);
    check_values(reader, reader->columns.n, number, "an observation");
    for (size_t i = 0; i < reader->columns.n && i < reader->values.n; i++) {
        struct text name = reader->columns.at[i];
        struct text *column = name.n == 1 ? en_column(&row, name.at[0]) : NULL;
        if (column != NULL && column->n == 0) {
            *column = reader->values.at[i];
        }
    }
    if (row.column[0].n == 0) {
        en_note(&reader->en, FINDING_ROW_SKIPPED, number, "no code: ", line);
        return;
    }
    en_add_observation(&reader->en, &row);
}

/* A mark is one ASCII character that is no letter, digit or '#'. */
static bool is_mark(char c) {
    return c == '\t' || (c >= ' ' && c < 0x7F && c != '#' && !(c >= '0' && c <= '9') &&
                            !((c | 32) >= 'a' && (c | 32) <= 'z'));
}

/* #A3=, and the like. */
static void read_declaration(struct reader *reader, char which, struct text value, uint32_t line) {
    char mark = value.n > 0 ? value.at[0] : '\t'; /* a tab was trimmed away */

    if (which == '6') {
        en_edition(&reader->en, en_keep(&reader->en, value), line);
    } else if ((which == '3' || which == '4' || which == '5') && !is_mark(mark)) {
        en_note(&reader->en, FINDING_UNKNOWN_VALUE, line, "declared mark ", value);
    } else if (which == '3') {
        reader->separator = mark;
    } else if (which == '5') {
        reader->quote = value.n > 0 ? mark : '\0';
    }
}

static void read_command(struct reader *reader, struct text line, uint32_t number) {
    const char *equals = memchr(line.at, '=', line.n);
    struct text value =
        equals == NULL ? (struct text){0} : text_part(line, (size_t)(equals - line.at) + 1, line.n);
    char kind = line.n > 1 ? (char)(line.at[1] & ~32) : '\0';

    if (kind == 'Z') {
        close_inspection(reader);
    } else if (kind == 'A' && line.n > 2 && equals != NULL) {
        read_declaration(reader, line.at[2], text_trim(value), number);
    } else if (kind == 'B' && equals != NULL) {
        read_header(reader, line, number, value);
    } else if (kind == 'C' && equals != NULL) {
        read_columns(reader, number, value);
    } else {
        en_note(&reader->en, FINDING_UNKNOWN_VALUE, number, "", line);
    }
}

/* The last #Z may be missing; with it all observations hardly. */
static void check_last(struct reader *reader) {
    const struct survey *survey = reader->survey;

    if (reader->en.header.is_open && !survey->file.is_damaged &&
        survey->inspections[survey->n_inspections - 1].n_observations == 0) {
        say_cut(reader, reader->lines.line - 1,
            "an inspection that has neither observations nor an end (#Z)");
    }
}

static void reader_release(struct reader *reader) {
    array_release(&reader->codes.at);
    array_release(&reader->columns.at);
    array_release(&reader->values.at);
}

static bool read_document(struct document *document, const struct read_options *options,
    struct survey *survey, struct error *err) {
    enum { PROGRESS_LINES = 65536 };
    CLEANUP(reader_release)
    struct reader reader = {
        .en = {.survey = survey, .document = document},
        .survey = survey,
        .lines = lines_of(document, survey),
        .separator = ',',
        .quote = '"',
    };
    struct text line;
    uint32_t number;

    survey->catalogue = CATALOGUE_EN13508;
    for (size_t n = 1; lines_next(&reader.lines, &line, &number); n++) {
        if (line.n > 0 && line.at[0] == '#') {
            read_command(&reader, line, number);
        } else if (reader.en.header.is_open && reader.has_columns && text_trim(line).n > 0) {
            read_row(&reader, line, number);
        } else if (text_trim(line).n > 0) {
            en_note(&reader.en, FINDING_ROW_SKIPPED, number, "outside of the observations: ", line);
        }
        if (n % PROGRESS_LINES == 0 && options->progress != NULL) {
            options->progress(options->progress_context, survey->n_observations);
        }
    }
    check_last(&reader);
    close_inspection(&reader);
    if (survey->n_inspections == 0) {
        return error_set(err, ERROR_FORMAT, "no inspection in it (no line starts with '#B01=')");
    }
    return true;
}

/* What #A1 says, before anything is decoded: its letters are ASCII in every encoding of the list.
 */
static struct text declared_encoding(struct text head) {
    struct text key = TEXT("#A1=");

    for (size_t i = 0; i + key.n <= head.n && i < 4096; i++) {
        if (text_starts_with(text_part(head, i, head.n), key)) {
            size_t from = i + key.n, to = from;
            while (to < head.n && head.at[to] != '\n' && head.at[to] != '\r') {
                to++;
            }
            return text_trim(text_part(head, from, to));
        }
    }
    return (struct text){0};
}

bool en13508_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    struct document_request request = {options->encoding, declared_encoding(bytes)};
    struct document document;

    return document_decode(bytes, &request, survey, &document, err) &&
           read_document(&document, options, survey, err);
}

static bool en13508_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    struct text head = {(const char *)source->head, source->head_n};
    struct document_request request = {options->encoding, declared_encoding(head)};
    struct document document;

    return document_open(source, &request, survey, &document, err) &&
           read_document(&document, options, survey, err);
}

static int en13508_bid(const struct source *source) {
    struct text head = text_trim((struct text){(const char *)source->head, source->head_n});
    bool is_declared = head.n > 4 && text_starts_with(head, TEXT("#A")) && head.at[2] >= '1' &&
                       head.at[2] <= '9' && head.at[3] == '=';

    if (is_declared) {
        return 32;
    }
    return text_starts_with(head, TEXT("#B01=")) ? 40 : 0;
}

const struct survey_format format_en13508 = {
    .name = "en13508",
    .description = "EN 13508-2 exchange text",
    .extensions = ".txt",
    .bid = en13508_bid,
    .read = en13508_read,
};
