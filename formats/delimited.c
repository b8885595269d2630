#include "formats/delimited.h"

#include <string.h>

#include "core/base.h"

static const char separators[] = {',', ';', '\t', '|'};

/* Fields in a line, quoted parts passed over. */
static size_t count_fields(struct text line, char separator) {
    size_t n = 1;
    bool is_quoted = false;

    for (size_t i = 0; i < line.n; i++) {
        is_quoted ^= line.at[i] == '"';
        n += !is_quoted && line.at[i] == separator;
    }
    return n;
}

/* Cuts the next line off the text. */
static struct text cut_line(struct text *text) {
    size_t n = 0;

    while (n < text->n && text->at[n] != '\n' && text->at[n] != '\r') {
        n++;
    }
    struct text line = text_part(*text, 0, n);
    *text = text_part(*text, n + 1, text->n);
    return line;
}

/* How many fields most lines agree on, times how many lines do. */
static size_t agreement(struct text head, char separator) {
    size_t counts[20], n = 0, best = 0;

    while (n < ARRAY_LEN(counts) && head.n > 0) {
        struct text line = cut_line(&head);
        if (line.n > 0) {
            counts[n++] = count_fields(line, separator) - 1;
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t n_same = 0;
        for (size_t k = 0; k < n; k++) {
            n_same += counts[k] == counts[i];
        }
        best = counts[i] * n_same > best ? counts[i] * n_same : best;
    }
    return best;
}

char delimited_guess_separator(struct text head) {
    char best = separators[0];
    size_t best_score = 0;

    for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
        size_t score = agreement(text_part(head, 0, 65536), separators[i]);
        if (score > best_score) {
            best_score = score;
            best = separators[i];
        }
    }
    return best;
}

struct delimited delimited_of(struct document *document, struct survey *survey, char separator) {
    struct text head = text_part(document->text, 0, 65536), first = head;

    first = text_trim(cut_line(&first));
    bool is_told = first.n == 5 && text_equal_nocase(text_part(first, 0, 4), TEXT("sep="));
    if (separator == 0) {
        separator = is_told ? first.at[4] : delimited_guess_separator(head);
    }
    return (struct delimited){
        .lines = lines_of(document, survey),
        .separator = separator,
        .n_findings = survey->findings.n,
    };
}

void delimited_rewind(struct delimited *scan) {
    scan->lines = lines_of(scan->lines.document, scan->lines.survey);
    scan->raw = (struct text){0};
    scan->n_before = 0;
    scan->lines.survey->findings.n = scan->n_findings; /* they will be found again */
}

void delimited_release(struct delimited *scan) {
    array_release(&scan->cells);
    array_release(&scan->unquoted);
}

/* --- one record --- */

/* What is being cut: from `at` on, at most to `limit`; lines end at `eol`. */
struct cut {
    const char *at;    /* the next field */
    const char *eol;   /* of the line that `at` is in */
    const char *limit; /* no record is longer */
    size_t n_cells;
    uint32_t n_breaks; /* line breaks inside of quotes */
    bool is_unclosed;
    bool has_quotes;
};

static void push(struct delimited *scan, struct cut *cut, struct text cell) {
    if (cut->n_cells == scan->cells_capacity) {
        scan->cells = array_reserve(
            scan->cells, &scan->cells_capacity, cut->n_cells + 1, sizeof *scan->cells);
    }
    scan->cells[cut->n_cells++] = cell;
}

/* Where the line ends that starts at `at`, a carriage return before it left out. */
static const char *end_of_line(const struct delimited *scan, const char *at, const char *limit) {
    const char *end = at >= limit ? NULL : memchr(at, scan->lines.line_end, (size_t)(limit - at));

    if (end == NULL) {
        return limit;
    }
    return scan->lines.line_end == '\n' && end > at && end[-1] == '\r' ? end - 1 : end;
}

/* The quote that closes the field; NULL when there is none. */
static const char *closing_quote(const char *at, const char *limit, bool *has_doubled) {
    *has_doubled = false;
    while (at < limit && (at = memchr(at, '"', (size_t)(limit - at))) != NULL) {
        if (at + 1 == limit || at[1] != '"') {
            return at;
        }
        *has_doubled = true;
        at += 2;
    }
    return NULL;
}

/* The text between quotes with each doubled one made single, and what stands behind them. */
static struct text unquote(struct delimited *scan, struct text quoted, struct text behind) {
    if (scan->unquoted == NULL) { /* no record is longer: views stay good while it grows */
        scan->unquoted =
            array_reserve(NULL, &scan->unquoted_capacity, 2 * (size_t)LINE_LIMIT, sizeof(char));
    }
    char *out = scan->unquoted + scan->unquoted_n;
    size_t n = 0;
    for (size_t i = 0; i < quoted.n; i++) {
        out[n++] = quoted.at[i];
        i += quoted.at[i] == '"';
    }
    if (behind.n > 0) {
        memcpy(out + n, behind.at, behind.n);
        n += behind.n;
    }
    scan->unquoted_n += n;
    return (struct text){out, n};
}

static const char *end_of_field(const struct delimited *scan, const char *at, const char *eol) {
    char separator = scan->separator;

    while (at < eol && *at != separator) {
        at++;
    }
    return at;
}

/* A field that starts with a quote.  False when nothing closes it. */
static bool cut_quoted(struct delimited *scan, struct cut *cut) {
    bool has_doubled;
    const char *first = cut->at + 1, *quote = closing_quote(first, cut->limit, &has_doubled);

    if (quote == NULL) {
        cut->is_unclosed = true;
        return false;
    }
    while (quote > cut->eol) {
        cut->n_breaks++;
        cut->eol = end_of_line(scan, cut->eol + 1 + (*cut->eol == '\r'), cut->limit);
    }
    const char *end = end_of_field(scan, quote + 1, cut->eol);
    struct text quoted = {first, (size_t)(quote - first)},
                behind = text_trim((struct text){quote + 1, (size_t)(end - quote - 1)});
    push(scan, cut, has_doubled || behind.n > 0 ? unquote(scan, quoted, behind) : quoted);
    cut->at = end;
    return true;
}

static void cut_fields(struct delimited *scan, struct cut *cut) {
    for (;;) {
        bool is_quoted = cut->at < cut->eol && *cut->at == '"';
        cut->has_quotes = cut->has_quotes || is_quoted;
        if (!is_quoted || !cut_quoted(scan, cut)) {
            const char *end = end_of_field(scan, cut->at, cut->eol);
            push(scan, cut, (struct text){cut->at, (size_t)(end - cut->at)});
            cut->at = end;
        }
        if (cut->at >= cut->eol) {
            return;
        }
        cut->at++;
    }
}

/* How many bytes two texts have in common from their start. */
static size_t common_bytes(struct text a, struct text b) {
    size_t n = a.n < b.n ? a.n : b.n, i = 0;

    for (; i + 8 <= n && memcmp(a.at + i, b.at + i, 8) == 0; i += 8) {
    }
    while (i < n && a.at[i] == b.at[i]) {
        i++;
    }
    return i;
}

/* Rows of one inspection start with the same cells: takes those over from the record before,
 * without looking for their separators again.  Returns how many. */
static size_t take_over(struct delimited *scan, struct cut *cut) {
    struct text line = {cut->at, (size_t)(cut->eol - cut->at)};
    size_t n_bytes = scan->raw.n == 0 ? 0 : common_bytes(scan->raw, line), n = 0;

    while (n < scan->n_cells) {
        const char *end = scan->cells[n].at + scan->cells[n].n;
        if ((size_t)(end - scan->raw.at) >= n_bytes) { /* its separator must be the same too */
            break;
        }
        scan->cells[n].at = line.at + (scan->cells[n].at - scan->raw.at);
        n++;
    }
    if (n > 0) {
        cut->at = scan->cells[n - 1].at + scan->cells[n - 1].n + 1;
        cut->n_cells = n;
    }
    return n;
}

/* The last line of the text has no end, and stops before the fields of the record before do. */
static bool breaks_off(const struct delimited *scan, const struct cut *cut) {
    return cut->eol == scan->lines.end && cut->n_cells < scan->n_before;
}

static void say_cut(const struct delimited *scan, const struct cut *cut, uint32_t line) {
    struct survey *survey = scan->lines.survey;

    findings_add(&survey->findings, FINDING_ROW_RAGGED,
        (struct finding_place){.file = survey->file.path, .line = line},
        "the last line has no end and '%zu' fields, the row before '%zu': the file may be cut off",
        cut->n_cells, scan->n_before);
}

static void say_unclosed(const struct delimited *scan, uint32_t line) {
    struct survey *survey = scan->lines.survey;

    findings_add(&survey->findings, FINDING_INVALID_VALUE,
        (struct finding_place){.file = survey->file.path, .line = line},
        "a quote is not closed and was taken as part of its field");
}

/* Excel's first line that only names the separator. */
static bool is_sep_line(struct text line, uint32_t number) {
    return number == 1 && line.n == 5 && text_equal_nocase(text_part(line, 0, 4), TEXT("sep="));
}

/* The record took in more lines, up to `eol`.  False when it was cut at the limit. */
static bool lines_go_on(struct lines *lines, uint32_t n_breaks, const char *eol) {
    lines->line += n_breaks;
    lines->at = eol;
    if (eol < lines->end && *eol != '\r' && *eol != lines->line_end) {
        lines_skip(lines);
        return false;
    }
    if (lines->at < lines->end && *lines->at == '\r' && lines->line_end == '\n') {
        lines->at++;
    }
    lines->at += lines->at < lines->end;
    return true;
}

bool delimited_next(struct delimited *scan, struct sheet_row *row) {
    struct lines *lines = &scan->lines;
    struct text line;
    uint32_t number;

    while (lines_next(lines, &line, &number)) {
        if (line.n == 0 || is_sep_line(line, number)) {
            continue;
        }
        size_t left = (size_t)(lines->end - line.at);
        struct cut cut = {
            .at = line.at,
            .eol = line.at + line.n,
            .limit = line.at + (left < LINE_LIMIT ? left : LINE_LIMIT),
        };
        size_t n_same = take_over(scan, &cut);
        scan->unquoted_n = 0;
        cut_fields(scan, &cut);
        scan->n_cells = cut.n_cells;
        scan->raw = cut.has_quotes ? (struct text){0} : line;
        if (cut.n_breaks > 0 && !lines_go_on(lines, cut.n_breaks, cut.eol)) {
            continue;
        }
        if (cut.is_unclosed) {
            say_unclosed(scan, number);
        }
        bool is_cut = breaks_off(scan, &cut);
        if (is_cut) {
            say_cut(scan, &cut, number);
        }
        scan->n_before = cut.n_cells;
        *row = (struct sheet_row){
            .cells = scan->cells,
            .n_cells = cut.n_cells,
            .n_same = n_same,
            .raw = {line.at, (size_t)(cut.eol - line.at)},
            .line = number,
            .is_cut = is_cut,
        };
        return true;
    }
    return false;
}

/* --- as rows --- */

static bool rows_next(void *context, struct sheet_row *row) {
    return delimited_next(context, row);
}

static void rows_rewind(void *context) {
    delimited_rewind(context);
}

struct sheet_rows delimited_rows(struct delimited *scan) {
    return (struct sheet_rows){
        .context = scan,
        .next = rows_next,
        .rewind = rows_rewind,
        .document = scan->lines.document,
    };
}
