#include "formats/survey/dialect.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/index.h"
#include "formats/survey/en13508.h"
#include "formats/survey/xml_survey.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

enum { PROGRESS_EVERY = 8192 };

struct reader {
    const struct dialect *dialect;
    struct survey *survey;
    const struct read_options *options;
    struct en_reader en;
    struct xml_record header, record; /* of the open survey, of the open observation */
    unsigned depth, survey_depth, header_depth, row_depth; /* of the open element, 0 for none */
    struct en_row row;                                     /* values are in the arena */
    struct text class;                                     /* of the row */
    struct text direction, inspected;
    struct text generator, version;
    struct index unknown; /* names of elements that are not used and were reported */
};

static bool is_named(const struct xml_tag *tag, const char *element) {
    return text_equal_nocase(tag->name, text_from(element));
}

static const char *meaning_of(const struct dialect_name *name, const struct xml_tag *tag) {
    while (name->element != NULL && !is_named(tag, name->element)) {
        name++;
    }
    return name->meaning;
}

static struct text keep(struct reader *reader, struct text text) {
    return arena_copy(&reader->survey->arena, text);
}

/* Said once for each name. */
static void report_unused(struct reader *reader, const struct xml_tag *tag) {
    if (index_find(&reader->unknown, tag->name) == INDEX_NONE) {
        index_add(&reader->unknown, keep(reader, tag->name), 0);
        en_note(&reader->en, FINDING_COLUMN_UNKNOWN, tag->line, "element ", tag->name);
    }
}

/* --- surveys --- */

static void open_survey(struct reader *reader, uint32_t line) {
    xml_record_clear(&reader->header, line);
    en_inspection_open(&reader->en, line);
    reader->direction = reader->inspected = (struct text){0};
}

/* D and U into what EN 13508-2 has for them. */
static void fill_direction(struct reader *reader) {
    struct text value = reader->direction;
    char letter = value.n > 0 ? (char)(value.at[0] & ~32) : '\0';

    if (letter == 'D' || letter == 'U') {
        reader->en.header.flow = letter == 'D' ? TEXT("A") : TEXT("B");
    } else if (value.n > 0) {
        en_note(&reader->en, FINDING_UNKNOWN_VALUE, reader->header.line, "direction ", value);
    }
}

static void fill_inspected(struct reader *reader, struct inspection *inspection) {
    double inspected_m = NAN;

    if (reader->inspected.n == 0) {
        return;
    }
    if (!text_to_double(reader->inspected, &inspected_m) || inspected_m < 0) {
        findings_add(&reader->survey->findings, FINDING_INVALID_VALUE,
            inspection_place(inspection, inspection->line), "inspected length '%.*s'",
            TEXT_ARGS(text_cut(reader->inspected, 80)));
    } else if (!inspection->is_abandoned || isnan(inspection->inspected_m)) {
        inspection->inspected_m = inspected_m;
    }
}

static void close_survey(struct reader *reader) {
    struct survey *survey = reader->survey;

    if (!reader->en.header.is_open) {
        return;
    }
    struct inspection *inspection = &survey->inspections[survey->n_inspections - 1];
    struct text raw = keep(reader, (struct text){reader->header.raw, reader->header.n});
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    fill_direction(reader);
    en_header_close(&reader->en);
    if (reader->direction.n > 0) {
        inspection_more(survey, inspection)->direction_text = reader->direction;
    }
    fill_inspected(reader, inspection);
    if (inspection->n_observations == 0) {
        inspection_note_empty(survey, inspection);
    }
}

static bool is_header_code(struct text name) {
    return name.n == 3 && (name.at[0] & ~32) == 'A' && (name.at[1] & ~32) >= 'A' &&
           (name.at[1] & ~32) <= 'E';
}

/* Where these are written the day comes before the month: 03/04/2019 is in April. */
static struct text days_first(struct reader *reader, struct text date) {
    char *out = ARENA_NEW(&reader->survey->arena, char, date.n);

    for (size_t i = 0; i < date.n; i++) {
        out[i] = date.at[i] == '/' ? '-' : date.at[i];
    }
    return (struct text){out, date.n};
}

static void value_of_header(struct reader *reader, const struct xml_tag *tag, struct text value) {
    const struct dialect *dialect = reader->dialect;
    const char *meaning = meaning_of(dialect->in_header, tag);
    struct text code = meaning == NULL ? tag->name : text_from(meaning);
    bool is_own = reader->header_depth > 0 || reader->depth == reader->survey_depth + 1;

    value = keep(reader, value);
    if (!is_own || (meaning == NULL && !is_header_code(code))) {
        report_unused(reader, tag);
    } else if (text_equal(code, TEXT(DIALECT_ID))) {
        reader->survey->inspections[reader->survey->n_inspections - 1].id = value;
    } else if (text_equal(code, TEXT(DIALECT_DIRECTION))) {
        reader->direction = value;
    } else if (text_equal(code, TEXT(DIALECT_INSPECTED))) {
        reader->inspected = value;
    } else {
        bool is_date = text_equal_nocase(code, TEXT("ABF"));
        en_header_field(&reader->en, code, is_date ? days_first(reader, value) : value);
    }
    if (!xml_record_add(&reader->header, tag->name, XML_OTHER, value)) {
        en_note(
            &reader->en, FINDING_LINE_TOO_LONG, tag->line, "the header is too long at ", tag->name);
    }
}

/* --- observations --- */

static void begin_row(struct reader *reader, uint32_t line) {
    if (!reader->en.header.is_open) { /* an observation outside of a survey opens one */
        open_survey(reader, line);
    }
    xml_record_clear(&reader->record, line);
    reader->row = (struct en_row){.line = line};
    reader->class = (struct text){0};
    reader->row_depth = reader->depth;
}

/* J tells that it is at a joint. */
static struct text value_of_column(char letter, struct text value) {
    return letter == 'K' && text_equal_nocase(value, TEXT("J")) ? TEXT("A") : value;
}

static void value_of_row(struct reader *reader, const struct xml_tag *tag, struct text value) {
    const struct dialect *dialect = reader->dialect;
    const char *meaning = meaning_of(dialect->in_row, tag);

    value = keep(reader, value);
    if (meaning == NULL) {
        report_unused(reader, tag);
    } else if (strcmp(meaning, DIALECT_CLASS) == 0) {
        reader->class = arena_printf(&reader->survey->arena, "%.*s%s%.*s=%.*s",
            TEXT_ARGS(reader->class), reader->class.n > 0 ? " " : "", TEXT_ARGS(tag->name),
            TEXT_ARGS(text_cut(value, 100)));
    } else if (en_column(&reader->row, meaning[0])->n == 0) {
        *en_column(&reader->row, meaning[0]) = value_of_column(meaning[0], value);
    }
    if (!xml_record_add(&reader->record, tag->name, XML_OTHER, value)) {
        en_note(
            &reader->en, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at ", tag->name);
    }
}

static void end_row(struct reader *reader) {
    struct survey *survey = reader->survey;

    reader->row_depth = 0;
    reader->row.raw = keep(reader, (struct text){reader->record.raw, reader->record.n});
    if (en_column(&reader->row, 'A')->n == 0) {
        en_note(&reader->en, FINDING_ROW_SKIPPED, reader->row.line, "no code: ", reader->row.raw);
        return;
    }
    en_add_observation(&reader->en, &reader->row);
    if (reader->class.n > 0) {
        observation_more(survey, &survey->observations[survey->n_observations - 1])->grade_text =
            reader->class;
    }
    if (survey->n_observations % PROGRESS_EVERY == 0 && reader->options->progress != NULL) {
        reader->options->progress(reader->options->progress_context, survey->n_observations);
    }
}

/* --- elements --- */

static void on_start(void *context, const struct xml_tag *tag) {
    struct reader *reader = context;

    reader->depth++;
    if (reader->row_depth > 0) {
        return;
    }
    if (is_named(tag, reader->dialect->row)) {
        begin_row(reader, tag->line);
    } else if (is_named(tag, reader->dialect->survey) && reader->survey_depth == 0) {
        close_survey(reader); /* one that observations had opened */
        open_survey(reader, tag->line);
        reader->survey_depth = reader->depth;
    } else if (is_named(tag, reader->dialect->header) && reader->header_depth == 0) {
        reader->header_depth = reader->depth;
    }
}

static void value_of_file(struct reader *reader, const struct xml_tag *tag, struct text value) {
    const char *meaning = meaning_of(reader->dialect->in_file, tag);

    if (meaning == NULL) {
        return;
    }
    struct text *to = strcmp(meaning, DIALECT_VERSION) == 0 ? &reader->version : &reader->generator;
    *to = to->n == 0
              ? keep(reader, value)
              : arena_printf(&reader->survey->arena, "%.*s %.*s", TEXT_ARGS(*to), TEXT_ARGS(value));
}

static void on_value(struct reader *reader, const struct xml_tag *tag, struct text value) {
    if (reader->row_depth > 0) {
        value_of_row(reader, tag, value);
    } else if (reader->survey_depth > 0) {
        value_of_header(reader, tag, value);
    } else {
        value_of_file(reader, tag, value);
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct reader *reader = context;

    if (reader->row_depth > 0 && reader->row_depth == reader->depth) {
        end_row(reader);
    } else if (reader->survey_depth > 0 && reader->survey_depth == reader->depth) {
        close_survey(reader);
        reader->survey_depth = 0;
    } else if (reader->header_depth > 0 && reader->header_depth == reader->depth) {
        reader->header_depth = 0;
    } else if (value.n > 0) {
        on_value(reader, tag, value);
    }
    reader->depth--;
}

static void finish(struct reader *reader) {
    if (reader->row_depth > 0) {
        en_note(&reader->en, FINDING_ROW_SKIPPED, reader->row.line,
            "the document breaks off in an observation: ",
            (struct text){reader->record.raw, reader->record.n});
    }
    close_survey(reader);
    reader->survey->file.version = reader->version;
    reader->survey->file.generator = reader->generator;
    reader->survey->catalogue = reader->dialect->catalogue;
}

static void release(struct reader *reader) {
    xml_record_release(&reader->header);
    xml_record_release(&reader->record);
    index_release(&reader->unknown);
}

bool dialect_read(const struct dialect *dialect, struct text bytes,
    const struct read_options *options, struct survey *survey, struct error *err) {
    CLEANUP(release)
    struct reader reader = {
        .dialect = dialect,
        .survey = survey,
        .options = options,
        .en = {.survey = survey, .catalogue = dialect->catalogue},
    };
    const struct xml_handler handler = {NULL, 0, on_start, on_end, &reader};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&reader);
    return xml_survey_conclude(survey, err);
}
