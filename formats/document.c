#include "formats/document.h"

#include <string.h>

/* Pages are given back in steps of this many bytes. */
enum { STEP_BYTES = 4 * 1024 * 1024 };

void document_passed(struct document *document, const char *at) {
    if (document->is_mapped && at - document->dropped >= STEP_BYTES) {
        source_drop_pages(document->dropped, at);
        document->dropped = at;
    }
}

void document_drop_pages(struct document *document) {
    if (document->is_mapped && document->text.n > 0) {
        source_drop_pages(document->text.at, document->text.at + document->text.n);
    }
}

struct text document_keep(
    const struct document *document, struct survey *survey, struct text text) {
    uintptr_t at = (uintptr_t)text.at, from = (uintptr_t)document->text.at;

    if (text.n == 0) {
        return (struct text){0};
    }
    if (at >= from && at - from < document->text.n) {
        return text;
    }
    return arena_copy(&survey->arena, text);
}

/* --- decoding, line by line --- */

/* One pass over the bytes, cut at line ends; `decode` is NULL while it only measures. */
struct pass {
    struct document *document; /* of the bytes */
    struct survey *survey;
    struct text bytes;
    const struct encoding_decoder *decoder;
    bool is_mixed; /* lines that are UTF-8 already stay as they are */
    char *out;     /* NULL: only measure */
    size_t n_out;  /* bytes written, or an upper bound of them */
    uint32_t line;
    size_t n_utf8, n_other, n_bad, n_nul; /* lines, lines, characters, bytes */
    uint32_t first_utf8, first_other, first_bad;
};

static size_t unit_of(enum encoding encoding) {
    return encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE ? 2 : 1;
}

/* The code unit at `at` when it is ASCII, else 0x80. */
static unsigned char ascii_at(const char *at, enum encoding encoding) {
    if (unit_of(encoding) == 1) {
        return (unsigned char)at[0];
    }
    unsigned char low = (unsigned char)at[encoding == ENCODING_UTF16BE];
    unsigned char high = (unsigned char)at[encoding == ENCODING_UTF16LE];
    return high == 0 && low < 0x80 ? low : 0x80;
}

/* Up to the first feed or carriage return; n when there is none.  Which comes first does not matter
 * to decoding. */
static size_t bytes_to_line_end(const char *at, size_t n) {
    const char *feed = n == 0 ? NULL : memchr(at, '\n', n);
    size_t n_line = feed == NULL ? n : (size_t)(feed - at);
    const char *carriage = n_line == 0 ? NULL : memchr(at, '\r', n_line);

    return carriage == NULL ? n_line : (size_t)(carriage - at);
}

/* Bytes up to the next line end (or the end of the text). */
static size_t line_bytes(const struct pass *pass, size_t from) {
    enum encoding encoding = pass->decoder->encoding;
    const char *at = pass->bytes.at;
    size_t i = from, unit = unit_of(encoding);

    while (i + unit <= pass->bytes.n) { /* lines may be as long as the file */
        size_t stop = pass->bytes.n - i > LINE_LIMIT ? i + LINE_LIMIT : pass->bytes.n - unit + 1;
        if (unit == 1) {
            size_t n = bytes_to_line_end(at + i, stop - i);
            if (n < stop - i) {
                return i + n - from;
            }
            i = stop;
        }
        for (; i < stop; i += unit) {
            unsigned char c = ascii_at(at + i, encoding);
            if (c == '\n' || c == '\r') {
                return i - from;
            }
        }
        if (i - from > LINE_LIMIT) {
            document_passed(pass->document, at + i);
        }
    }
    return pass->bytes.n - from;
}

/* UTF-8 with something that a Chinese text in GBK does not look like by chance. */
static bool is_utf8_line(struct text line, enum encoding other) {
    struct utf8_scan scan = utf8_scan(line);

    if (scan.n_valid < line.n) {
        return false;
    }
    if (scan.is_ascii || other == ENCODING_CP1252 || other == ENCODING_CP850) {
        return true;
    }
    for (size_t i = 0; i < line.n; i++) {
        if ((unsigned char)line.at[i] >= 0xE0) {
            return true;
        }
    }
    return false;
}

/* Bytes that are no ASCII, eight at a time: their upper bits are added up in the top byte. */
static size_t count_high(struct text line) {
    static const uint64_t ones = 0x0101010101010101u;
    size_t n = 0, i = 0;

    for (; i + 8 <= line.n; i += 8) {
        uint64_t word;
        memcpy(&word, line.at + i, sizeof word);
        n += (size_t)((word >> 7 & ones) * ones >> 56);
    }
    for (; i < line.n; i++) {
        n += (unsigned char)line.at[i] >= 0x80;
    }
    return n;
}

static void blank_nul(struct pass *pass, char *at, size_t n) {
    for (char *nul; (nul = n == 0 ? NULL : memchr(at, '\0', n)) != NULL;) {
        *nul = ' ';
        pass->n_nul++;
        n -= (size_t)(nul - at) + 1;
        at = nul + 1;
    }
}

static void pass_line(struct pass *pass, struct text line) {
    bool is_wide = unit_of(pass->decoder->encoding) > 1;

    if (line.n == 0) {
        return;
    }
    if (pass->out == NULL) {
        pass->n_out += is_wide ? line.n / 2 * 3 + 3 : line.n + 2 * count_high(line);
        return;
    }
    char *out = pass->out + pass->n_out;
    size_t n_bad = 0, n = line.n;
    bool is_ascii = !is_wide && count_high(line) == 0;
    if (is_ascii || (pass->is_mixed && is_utf8_line(line, pass->decoder->encoding))) {
        memcpy(out, line.at, n);
        if (!is_ascii && pass->n_utf8++ == 0) {
            pass->first_utf8 = pass->line;
        }
    } else {
        n = encoding_decoder_run(pass->decoder, line, out, &n_bad);
        if (pass->n_other++ == 0) {
            pass->first_other = pass->line;
        }
    }
    if (n_bad > 0 && pass->n_bad == 0) {
        pass->first_bad = pass->line;
    }
    pass->n_bad += n_bad;
    blank_nul(pass, out, n);
    pass->n_out += n;
}

static void too_long(struct survey *survey, uint32_t line, size_t n) {
    findings_add(&survey->findings, FINDING_LINE_TOO_LONG,
        (struct finding_place){.file = survey->file.path, .line = line}, "'%zu' bytes", n);
}

static void pass_all(struct pass *pass) {
    enum encoding encoding = pass->decoder->encoding;
    size_t unit = unit_of(encoding), i = 0;

    pass->line = 1;
    while (i < pass->bytes.n) {
        size_t n = line_bytes(pass, i);
        if (n <= LINE_LIMIT) {
            pass_line(pass, text_part(pass->bytes, i, i + n));
        } else if (pass->out != NULL) {
            too_long(pass->survey, pass->line, n);
        }
        i += n;
        if (i + unit <= pass->bytes.n) {
            char end = (char)ascii_at(pass->bytes.at + i, encoding);
            i += unit;
            bool is_half = end == '\r' && i + unit <= pass->bytes.n &&
                           ascii_at(pass->bytes.at + i, encoding) == '\n';
            if (pass->out != NULL) {
                pass->out[pass->n_out] = end;
            }
            pass->n_out++;
            pass->line += !is_half;
        }
        document_passed(pass->document, pass->bytes.at + i);
    }
}

/* What the file declares, which is bytes in whatever encoding. */
static struct text readable(struct text declared) {
    struct text cut = text_cut(declared, 80);
    return text_is_utf8(cut) ? cut : TEXT("(unreadable)");
}

/* What the two passes found, said. */
static void report(const struct pass *pass, enum encoding encoding, struct text declared) {
    struct survey *survey = pass->survey;
    struct finding_place place = {.file = survey->file.path};

    if (pass->n_nul > 0) {
        findings_add(&survey->findings, FINDING_NUL_BYTES, place, "'%zu' of them", pass->n_nul);
    }
    if (pass->n_bad > 0) {
        place.line = pass->first_bad;
        findings_add(&survey->findings, FINDING_ENCODING_DIFFERS, place,
            "'%zu' characters are not '%s' and were replaced", pass->n_bad,
            encoding_name(encoding));
    }
    if (pass->n_utf8 > 0 && pass->n_other > 0) {
        bool is_utf8_rare = pass->n_utf8 < pass->n_other;
        place.line = is_utf8_rare ? pass->first_utf8 : pass->first_other;
        findings_add(&survey->findings, FINDING_ENCODING_DIFFERS, place,
            "'%zu' lines are UTF-8 and '%zu' are '%s'", pass->n_utf8, pass->n_other,
            encoding_name(encoding));
        survey->file.encoding =
            arena_printf(&survey->arena, "UTF-8 and %s, by line", encoding_name(encoding));
        return;
    }
    survey->file.encoding = text_from(encoding_name(encoding));
    if (declared.n > 0 && encoding_from_name(declared) != encoding && pass->n_other > 0) {
        place.line = pass->first_other;
        findings_add(&survey->findings, FINDING_ENCODING_DIFFERS, place,
            "declared '%.*s', read as '%s'", TEXT_ARGS(readable(declared)),
            encoding_name(encoding));
    }
}

struct plan {
    enum encoding encoding;
    bool is_mixed;
};

static bool decode(struct document *document, struct plan plan, struct text declared,
    struct survey *survey, struct error *err) {
    CLEANUP(encoding_decoder_close) struct encoding_decoder decoder = {0};

    if (!encoding_decoder_open(plan.encoding, &decoder, err)) {
        return false;
    }
    struct pass pass = {.document = document,
        .survey = survey,
        .bytes = document->text,
        .decoder = &decoder,
        .is_mixed = plan.is_mixed};
    document->dropped = document->text.at;
    pass_all(&pass);
    document->dropped = document->text.at;
    pass.out = ARENA_NEW(&survey->arena, char, pass.n_out + 1);
    pass.n_out = 0;
    pass_all(&pass);
    report(&pass, plan.encoding, declared);
    *document = (struct document){
        .text = {pass.out, pass.n_out},
          .dropped = pass.out
    };
    return true;
}

/* --- which encoding? --- */

/* Validates window by window, so that the whole file is never in memory. */
static struct utf8_scan scan_all(struct document *document) {
    struct text text = document->text;
    struct utf8_scan all = {.is_ascii = true};

    document->dropped = text.at;
    while (all.n_valid < text.n) {
        struct text window = text_part(text, all.n_valid, all.n_valid + STEP_BYTES);
        struct utf8_scan scan = utf8_scan(window);
        all.n_valid += scan.n_valid;
        all.is_ascii = all.is_ascii && scan.is_ascii;
        all.has_nul = all.has_nul || scan.has_nul;
        document_passed(document, text.at + all.n_valid);
        bool is_cut = scan.n_valid + 4 > window.n && scan.n_valid > 0 && all.n_valid < text.n;
        if (scan.n_valid < window.n && !is_cut) {
            all.is_ascii = false;
            break;
        }
        if (scan.n_valid == 0) {
            break;
        }
    }
    document->dropped = text.at;
    return all;
}

/* The statistics of the lines that are no UTF-8, from the first of them on. */
static enum encoding guess(struct text bytes, size_t first_bad) {
    enum { SAMPLE_BYTES = 64 * 1024, SEARCH_BYTES = 16 * 1024 * 1024 };
    CLEANUP(array_release) char *sample = NULL;
    size_t capacity = 0, n = 0, at = first_bad;

    while (at > 0 && first_bad - at < SAMPLE_BYTES && bytes.at[at - 1] != '\n') {
        at--;
    }
    sample = array_reserve(sample, &capacity, SAMPLE_BYTES, 1);
    while (at < bytes.n && n < SAMPLE_BYTES && at - first_bad + SAMPLE_BYTES < SEARCH_BYTES) {
        struct text rest = text_part(bytes, at, at + SAMPLE_BYTES - n);
        const char *feed = memchr(rest.at, '\n', rest.n);
        size_t line_n = feed == NULL ? rest.n : (size_t)(feed - rest.at) + 1;
        if (utf8_scan(text_part(rest, 0, line_n)).n_valid < line_n) {
            memcpy(sample + n, rest.at, line_n);
            n += line_n;
        }
        at += line_n;
    }
    return encoding_guess((struct text){sample, n});
}

/* Zeros that were put behind the text when the file was closed in a hurry. */
static void trim_nul(struct document *document, struct survey *survey) {
    enum { TRIM_LIMIT = 1024 * 1024 };
    size_t n = 0;

    while (n < TRIM_LIMIT && n < document->text.n &&
           document->text.at[document->text.n - 1 - n] == '\0') {
        n++;
    }
    if (n > 0 && n < TRIM_LIMIT) {
        document->text.n -= n;
        findings_add(&survey->findings, FINDING_NUL_BYTES,
            (struct finding_place){.file = survey->file.path}, "'%zu' at the end of the file", n);
    }
}

static bool is_wide(enum encoding encoding) {
    return unit_of(encoding) > 1;
}

/* The bytes are in document->text. */
static bool make_utf8(struct document *document, const struct document_request *request,
    struct survey *survey, struct error *err) {
    enum encoding marked = ENCODING_UNKNOWN,
                  given = encoding_from_name(text_from(request->encoding)),
                  declared = encoding_from_name(request->declared);
    size_t bom_n = encoding_bom(document->text, &marked);

    document->text = text_part(document->text, bom_n, document->text.n);
    if (request->encoding != NULL && given == ENCODING_UNKNOWN) {
        return error_set(err, ERROR_USAGE,
            "encoding '%s' is not known (try UTF-8, GBK, GB18030, CP1252, CP850, UTF-16LE)",
            request->encoding);
    }
    enum encoding said = given != ENCODING_UNKNOWN ? given : marked;
    enum encoding wide =
        said == ENCODING_UNKNOWN ? encoding_guess(text_part(document->text, 0, 4096)) : said;
    if (is_wide(wide)) {
        return decode(document, (struct plan){wide, false}, (struct text){0}, survey, err);
    }
    trim_nul(document, survey);
    struct utf8_scan scan = scan_all(document);
    bool is_utf8 = scan.n_valid == document->text.n &&
                   (scan.is_ascii || given == ENCODING_UNKNOWN || given == ENCODING_UTF8);
    if (is_utf8 && !scan.has_nul) {
        survey->file.encoding = bom_n > 0       ? TEXT("UTF-8 with byte order mark")
                                : scan.is_ascii ? TEXT("ASCII")
                                                : TEXT("UTF-8");
        if (!scan.is_ascii && declared != ENCODING_UNKNOWN && declared != ENCODING_UTF8) {
            findings_add(&survey->findings, FINDING_ENCODING_DIFFERS,
                (struct finding_place){.file = survey->file.path},
                "declared '%.*s', read as 'UTF-8'", TEXT_ARGS(readable(request->declared)));
        }
        return true;
    }
    if (is_utf8 || given != ENCODING_UNKNOWN) {
        return decode(document, (struct plan){is_utf8 ? ENCODING_UTF8 : given, false},
            (struct text){0}, survey, err);
    }
    enum encoding fallback = declared != ENCODING_UNKNOWN && declared != ENCODING_UTF8
                                 ? declared
                                 : guess(document->text, scan.n_valid);
    return decode(document, (struct plan){fallback, true}, request->declared, survey, err);
}

bool document_decode(struct text bytes, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err) {
    struct document document = {.text = bytes, .dropped = bytes.at};

    if (bytes.n == 0) {
        return error_set(err, ERROR_FORMAT, "the file is empty");
    }
    if (!make_utf8(&document, request, survey, err)) {
        return false;
    }
    *out = document;
    return true;
}

bool document_open(const struct source *source, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err) {
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    if (n == 0) {
        source_unmap(at, n);
        return error_set(err, ERROR_FORMAT, "the file is empty");
    }
    survey->mapping = at;
    survey->mapping_n = n;
    survey->unmap = source_unmap;
    struct document document = {
        .text = {at, n},
          .is_mapped = true, .dropped = at
    };
    if (!make_utf8(&document, request, survey, err)) {
        return false;
    }
    if (!document.is_mapped) { /* it was decoded into the arena */
        source_unmap(at, n);
        survey->mapping = NULL;
        survey->mapping_n = 0;
        survey->unmap = NULL;
    }
    *out = document;
    return true;
}

/* --- lines --- */

struct lines lines_of(struct document *document, struct survey *survey) {
    struct text text = document->text, head = text_part(text, 0, LINE_LIMIT);
    const char *feed = head.n == 0 ? NULL : memchr(head.at, '\n', head.n);
    const char *carriage =
        head.n == 0 ? NULL
                    : memchr(head.at, '\r', feed == NULL ? head.n : (size_t)(feed - head.at));
    document->dropped = text.at;
    bool is_old_mac = carriage != NULL && carriage + 1 != feed;

    return (struct lines){
        .document = document,
        .survey = survey,
        .at = text.at,
        .end = text.n == 0 ? text.at : text.at + text.n,
        .line_end = is_old_mac ? '\r' : '\n',
        .line = 1,
    };
}

void lines_skip(struct lines *lines) {
    const char *from = lines->at;
    const char *found = NULL;

    while (found == NULL && lines->at < lines->end) {
        size_t left = (size_t)(lines->end - lines->at), n = left < LINE_LIMIT ? left : LINE_LIMIT;
        found = memchr(lines->at, lines->line_end, n);
        lines->at = found != NULL ? found + 1 : lines->at + n;
        document_passed(lines->document, lines->at);
    }
    too_long(lines->survey, lines->line++, (size_t)(lines->at - from));
}

bool lines_next(struct lines *lines, struct text *line, uint32_t *number) {
    while (lines->at < lines->end) {
        size_t left = (size_t)(lines->end - lines->at),
               n = left <= LINE_LIMIT ? left : LINE_LIMIT + 1;
        const char *found = memchr(lines->at, lines->line_end, n);
        if (found == NULL && left > LINE_LIMIT) {
            lines_skip(lines);
            continue;
        }
        size_t length = found != NULL ? (size_t)(found - lines->at) : left;
        *line = (struct text){lines->at, length};
        if (length > 0 && lines->at[length - 1] == '\r') {
            line->n--;
        }
        *number = lines->line++;
        lines->at += length + (found != NULL);
        document_passed(lines->document, lines->at);
        return true;
    }
    return false;
}
