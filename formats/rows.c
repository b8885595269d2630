/* What is the same for rows from everywhere: clean values, names of columns, findings. */
#include "formats/rows.h"

#include <stdio.h>
#include <string.h>

#include "core/base.h"

enum { VALUE_MAX = 65536, RECORD_MAX = 4 * 1024 * 1024, PROGRESS_EVERY = 8192 };

/* --- Names --- */

static bool is_name_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The place of the next byte that counts. */
static size_t skip(struct text name, size_t at) {
    while (at < name.n && !is_name_byte(name.at[at])) {
        at++;
    }
    return at;
}

bool rows_same_name(struct text a, struct text b) {
    size_t i = skip(a, 0), k = skip(b, 0);

    if (i == a.n) {
        return false;
    }
    while (i < a.n && k < b.n && small(a.at[i]) == small(b.at[k])) {
        i = skip(a, i + 1);
        k = skip(b, k + 1);
    }
    return i == a.n && k == b.n;
}

size_t rows_column(const struct rows *rows, const char *name) {
    for (size_t i = 0; i < rows->n_columns; i++) {
        if (rows_same_name(rows->columns[i], text_from(name))) {
            return i;
        }
    }
    return SIZE_MAX;
}

void rows_add_column(struct rows *rows, struct text name) {
    size_t n = rows->n_columns + 1;

    rows->columns = array_reserve(rows->columns, &rows->columns_capacity, n, sizeof *rows->columns);
    rows->cells = array_reserve(rows->cells, &rows->cells_capacity, n, sizeof *rows->cells);
    rows->columns[rows->n_columns] = arena_copy(&rows->arena, text_trim(name));
    rows->cells[rows->n_columns++] = (struct text){0};
}

/* --- Values --- */

static void note(size_t *n, uint32_t *first, uint32_t line) {
    *first = (*n)++ == 0 ? line : *first;
}

static enum encoding encoding_of(const struct rows *rows, struct text text) {
    const char *told = rows->request.options->encoding;
    enum encoding encoding = told == NULL ? ENCODING_UNKNOWN : encoding_from_name(text_from(told));

    encoding = encoding == ENCODING_UNKNOWN ? encoding_guess(text) : encoding;
    bool is_wide = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    bool is_none = encoding == ENCODING_UNKNOWN || encoding == ENCODING_UTF8 || is_wide;
    return is_none ? ENCODING_CP1252 : encoding;
}

/* The first text that is no UTF-8 decides for all; what cannot be decoded becomes U+FFFD. */
static struct text recode(struct rows *rows, struct text text) {
    struct error ignored = {0};
    size_t n_bad = 0;

    if (rows->decoder.encoding == ENCODING_UNKNOWN &&
        !encoding_decoder_open(encoding_of(rows, text), &rows->decoder, &ignored)) {
        return (struct text){0};
    }
    note(&rows->n_recoded, &rows->first_recoded, rows->line);
    char *buffer = ARENA_NEW(&rows->scratch, char, 3 * text.n + 1);
    size_t n = encoding_decoder_run(&rows->decoder, text, buffer, &n_bad);
    return (struct text){buffer, n};
}

static struct text without_nul(struct rows *rows, struct text text) {
    char *plain = ARENA_NEW(&rows->scratch, char, text.n);

    note(&rows->n_nul, &rows->first_nul, rows->line);
    for (size_t i = 0; i < text.n; i++) {
        plain[i] = text.at[i] == '\0' ? ' ' : text.at[i];
    }
    return (struct text){plain, text.n};
}

static struct text clean(struct rows *rows, struct text text) {
    if (text.n > VALUE_MAX) {
        note(&rows->n_cut, &rows->first_cut, rows->line);
        text = text_cut(text, VALUE_MAX);
    }
    if (text.n > 0 && memchr(text.at, '\0', text.n) != NULL) {
        text = without_nul(rows, text);
    }
    return text_trim(text_is_utf8(text) ? text : recode(rows, text));
}

/* --- Rows --- */

struct finding_place rows_place(const struct rows *rows) {
    return (struct finding_place){.file = rows->request.file, .line = rows->line};
}

static void report_damage(struct rows *rows, const struct error *why) {
    struct survey *survey = rows->request.survey;
    struct finding_place place = {.file = rows->request.file};
    struct text table = rows->request.table;

    survey->file.is_damaged = true;
    findings_add(&survey->findings, FINDING_FILE_DAMAGED, place,
        "%s%.*s%s breaks off behind %zu row%s: %s", table.n > 0 ? "table '" : "it",
        TEXT_ARGS(table), table.n > 0 ? "'" : "", rows->n_rows, rows->n_rows == 1 ? "" : "s",
        why->text);
}

bool rows_next(struct rows *rows) {
    const struct read_options *options = rows->request.options;
    struct error why = {0};

    arena_release(&rows->scratch);
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->cells[i] = (struct text){0};
    }
    switch (rows->n_rows == UINT32_MAX ? ROWS_END : rows->source->next(rows, &why)) {
    case ROWS_END:
        return false;
    case ROWS_BROKEN:
        report_damage(rows, &why);
        return false;
    case ROWS_ROW:
        break;
    }
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->cells[i] = clean(rows, rows->cells[i]);
    }
    if (++rows->n_rows % PROGRESS_EVERY == 0 && options->progress != NULL) {
        options->progress(options->progress_context, rows->request.survey->n_observations);
    }
    return true;
}

static char *append(char *at, struct text text) {
    if (text.n > 0) {
        memcpy(at, text.at, text.n);
    }
    return at + text.n;
}

struct text rows_record(const struct rows *rows, struct arena *arena) {
    size_t n = 0;

    for (size_t i = 0; i < rows->n_columns; i++) {
        n += rows->cells[i].n > 0 ? rows->columns[i].n + rows->cells[i].n + 3 : 0;
    }
    if (n == 0 || n > RECORD_MAX) {
        return (struct text){0};
    }
    char *record = ARENA_NEW(arena, char, n), *at = record;
    for (size_t i = 0; i < rows->n_columns; i++) {
        if (rows->cells[i].n > 0) {
            at = append(at, at > record ? TEXT("; ") : TEXT(""));
            at = append(at, rows->columns[i]);
            at = append(at, TEXT("="));
            at = append(at, rows->cells[i]);
        }
    }
    return (struct text){record, (size_t)(at - record)};
}

static void report(
    const struct rows *rows, enum finding_kind kind, uint32_t line, size_t n, const char *what) {
    struct finding_place place = {.file = rows->request.file, .line = line};
    struct text table = rows->request.table;

    if (n > 0) {
        findings_add(&rows->request.survey->findings, kind, place, "%.*s%s%zu value%s %s",
            TEXT_ARGS(table), table.n > 0 ? ": " : "", n, n == 1 ? "" : "s", what);
    }
}

void rows_close(struct rows *rows) {
    char words[80];

    if (rows->source != NULL) {
        snprintf(words, sizeof words, "not in UTF-8: taken as %s",
            rows->n_recoded == 0 ? "" : encoding_name(rows->decoder.encoding));
        report(rows, FINDING_ENCODING_DIFFERS, rows->first_recoded, rows->n_recoded, words);
        report(rows, FINDING_NUL_BYTES, rows->first_nul, rows->n_nul, "with NUL bytes");
        report(
            rows, FINDING_LINE_TOO_LONG, rows->first_cut, rows->n_cut, "of more than 64 KiB: cut");
    }
    if (rows->source != NULL && rows->source->close != NULL) {
        rows->source->close(rows);
    }
    array_release(&rows->columns);
    array_release(&rows->cells);
    encoding_decoder_close(&rows->decoder);
    arena_release(&rows->arena);
    arena_release(&rows->scratch);
    *rows = (struct rows){0};
}

bool rows_date(struct text text, int32_t *out) {
    char buffer[40];
    bool is_short = text.n >= 8 && text.n <= 30 && text.at[2] == '/' && text.at[5] == '/' &&
                    (text.n == 8 || text.at[8] == ' ');

    if (!is_short) {
        return text_to_date(text, out);
    }
    int n = snprintf(buffer, sizeof buffer, "%.6s%s%.*s", text.at, text.at[6] >= '7' ? "19" : "20",
        TEXT_ARGS(text_part(text, 6, text.n)));
    return n > 0 && text_to_date((struct text){buffer, (size_t)n}, out);
}
