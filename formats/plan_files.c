#include "formats/plan_files.h"

#include "core/base.h"
#include "formats/delimited.h"
#include "formats/document.h"

/* --- a file, or bytes, as a document --- */

static bool open_file(
    const char *path, struct survey *survey, struct document *document, struct error *err) {
    const struct document_request request = {0};
    struct source source = {0};

    survey->file.path = text_from(path);
    return source_open(path, &source, err) &&
           document_open(&source, &request, survey, document, err);
}

static bool open_bytes(struct text bytes, const char *path, struct survey *survey,
    struct document *document, struct error *err) {
    const struct document_request request = {0};

    survey->file.path = text_from(path);
    return document_decode(bytes, &request, survey, document, err);
}

/* --- weights --- */

struct weights_reading {
    struct survey *survey;
    struct composite_weights weights;
    size_t part_at, weight_at, n_bad;
    bool is_given[COMPOSITE_PARTS];
};

static struct text cell(const struct sheet_row *row, size_t at) {
    return at < row->n_cells ? text_trim(row->cells[at]) : (struct text){0};
}

static void bad(struct weights_reading *reading, const struct sheet_row *row, const char *why,
    struct text value) {
    reading->n_bad++;
    findings_add(&reading->survey->findings, FINDING_WEIGHTS_INVALID,
        (struct finding_place){.file = reading->survey->file.path, .line = row->line}, "'%.*s' %s",
        TEXT_ARGS(text_cut(value, 80)), why);
}

static bool find_columns(struct weights_reading *reading, const struct sheet_row *row) {
    reading->part_at = reading->weight_at = SIZE_MAX;
    for (size_t i = 0; i < row->n_cells; i++) {
        struct text name = cell(row, i);
        if (text_equal_nocase(name, TEXT("part"))) {
            reading->part_at = i;
        } else if (text_equal_nocase(name, TEXT("weight"))) {
            reading->weight_at = i;
        } else if (!text_equal_nocase(name, TEXT("remark")) && name.n > 0) {
            bad(reading, row, "is no column of weights: part, weight, remark", name);
        }
    }
    return reading->part_at != SIZE_MAX && reading->weight_at != SIZE_MAX;
}

static void read_weight(struct weights_reading *reading, const struct sheet_row *row) {
    struct text name = cell(row, reading->part_at), value = cell(row, reading->weight_at);
    enum composite_part part = composite_part_from_name(name);
    double weight = 0;

    if (part == COMPOSITE_PARTS) {
        bad(reading, row,
            "is no part: ageing, capacity, leakage, misconnection, structural, functional", name);
    } else if (!text_to_double(value, &weight)) {
        bad(reading, row, "is no number", value);
    } else if (weight < 0 || weight > 1e6) {
        bad(reading, row, "is no weight: 0 or more", value);
    } else if (reading->is_given[part]) {
        bad(reading, row, "has a weight already", name);
    } else {
        reading->is_given[part] = true;
        reading->weights.of[part] = weight;
    }
}

static bool sums_up(const struct composite_weights *weights) {
    double sum = 0;

    for (size_t i = 0; i < COMPOSITE_PARTS; i++) {
        sum += weights->of[i];
    }
    return sum > 0;
}

static bool read_weights(struct document *document, struct survey *survey,
    struct composite_weights *out, struct error *err) {
    CLEANUP(delimited_release) struct delimited scan = delimited_of(document, survey, 0);
    struct weights_reading reading = {.survey = survey, .weights = *out};
    struct sheet_row row;

    if (!delimited_next(&scan, &row) || !find_columns(&reading, &row)) {
        return error_set(err, ERROR_FORMAT, "weights have the columns 'part' and 'weight'");
    }
    while (delimited_next(&scan, &row)) {
        read_weight(&reading, &row);
    }
    if (reading.n_bad > 0) {
        const struct finding *first = &survey->findings.at[survey->findings.n - reading.n_bad];
        return error_set(
            err, ERROR_FORMAT, "line %u: %.*s", first->place.line, TEXT_ARGS(first->detail));
    }
    if (!sums_up(&reading.weights)) {
        return error_set(err, ERROR_FORMAT, "all weights are 0");
    }
    *out = reading.weights;
    return true;
}

bool weights_read(
    const char *path, struct composite_weights *out, struct findings *findings, struct error *err) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document;

    bool is_read =
        open_file(path, &survey, &document, err) && read_weights(&document, &survey, out, err);
    findings_move(findings, &survey.findings);
    return is_read || error_wrap(err, "reading the weights '%s'", path);
}

bool weights_read_bytes(struct text bytes, const char *path, struct composite_weights *out,
    struct findings *findings, struct error *err) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document;

    bool is_read = open_bytes(bytes, path, &survey, &document, err) &&
                   read_weights(&document, &survey, out, err);
    findings_move(findings, &survey.findings);
    return is_read || error_wrap(err, "reading the weights '%s'", path);
}

/* --- words --- */

enum { WORDS_MOST = 1000 };

static bool read_words(struct document *document, struct survey *survey, struct arena *arena,
    struct misconnection_words *out, struct error *err) {
    struct lines lines = lines_of(document, survey);
    struct text *words = ARENA_NEW(arena, struct text, WORDS_MOST);
    struct text line;
    uint32_t number;
    size_t n = 0;

    while (lines_next(&lines, &line, &number)) {
        line = text_trim(line);
        if (line.n == 0 || line.at[0] == '#') {
            continue;
        }
        if (n == WORDS_MOST) {
            return error_set(err, ERROR_FORMAT, "line %u: more than %d words", number, WORDS_MOST);
        }
        words[n++] = arena_copy(arena, line);
    }
    if (n == 0) {
        return error_set(err, ERROR_FORMAT, "there is no word in it");
    }
    *out = (struct misconnection_words){words, n};
    return true;
}

bool misconnection_words_read(
    const char *path, struct arena *arena, struct misconnection_words *out, struct error *err) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document;

    return (open_file(path, &survey, &document, err) &&
               read_words(&document, &survey, arena, out, err)) ||
           error_wrap(err, "reading the words '%s'", path);
}

bool misconnection_words_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct misconnection_words *out, struct error *err) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct document document;

    return (open_bytes(bytes, path, &survey, &document, err) &&
               read_words(&document, &survey, arena, out, err)) ||
           error_wrap(err, "reading the words '%s'", path);
}
