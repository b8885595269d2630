/* EN 13508-2 as XML (Annex B.3), and what wraps it in other elements (BEFDSS of Belgium):
 *
 *     <DATA>
 *       <ZA><A1>UTF-8</A1> <A2>fr</A2> <A6>2011</A6></ZA>
 *       <ZB>                                  an inspection, by the header codes of the text
 *         <AAA>H1</AAA> <AAB>S1</AAB> ...
 *         <ZC><I>3.2</I> <A>BAB</A> ...</ZC>  an observation, by the columns of the text
 *
 * Elements around these are gone through, whatever their names are.  RIBX, the Dutch kin of this,
 * has a reader of its own. */
#include <string.h>

#include "core/base.h"
#include "core/index.h"
#include "formats/source.h"
#include "formats/survey/en13508.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

enum word {
    WORD_A, /* columns of an observation: A to O without gaps but A1 to A6 behind A */
    WORD_A1,
    WORD_A6 = WORD_A1 + 5,
    WORD_B,
    WORD_O = WORD_B + 13,
    WORD_ZA,
    WORD_ZB,
    WORD_ZC,
    WORDS,
};

/* In byte order. */
static const char *const words[WORDS] = {"A", "A1", "A2", "A3", "A4", "A5", "A6", "B", "C", "D",
    "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "ZA", "ZB", "ZC"};

enum { PROGRESS_EVERY = 8192 };

struct reader {
    struct en_reader en;
    struct survey *survey;
    const struct read_options *options;
    struct xml_record header, row; /* of the open inspection, of the open observation */
    bool is_in_row, is_in_head;
    struct text version;
    uint32_t version_line;
    struct index unknown; /* names of elements that are not used and were reported */
};

/* --- records --- */

static void close_inspection(struct reader *reader) {
    struct survey *survey = reader->survey;

    if (!reader->en.header.is_open) {
        return;
    }
    struct inspection *inspection = &survey->inspections[survey->n_inspections - 1];
    struct text raw =
        arena_copy(&survey->arena, (struct text){reader->header.raw, reader->header.n});
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    en_header_close(&reader->en);
    xml_record_clear(&reader->header, 0);
}

static void open_inspection(struct reader *reader, uint32_t line) {
    close_inspection(reader);
    xml_record_clear(&reader->header, line);
    en_inspection_open(&reader->en, line);
}

static unsigned word_of_column(char letter) {
    return letter == 'A' ? WORD_A : (unsigned)(WORD_B + (letter - 'B'));
}

static void end_row(struct reader *reader) {
    struct survey *survey = reader->survey;
    struct text raw = arena_copy(&survey->arena, (struct text){reader->row.raw, reader->row.n});
    struct en_row row = {.raw = raw, .line = reader->row.line};

    reader->is_in_row = false;
    if (!reader->en.header.is_open) {
        open_inspection(reader, reader->row.line);
    }
    for (char letter = 'A'; letter < 'A' + EN_COLUMNS; letter++) {
        *en_column(&row, letter) = xml_record_value(&reader->row, raw.at, word_of_column(letter));
    }
    if (en_column(&row, 'A')->n == 0) {
        en_note(&reader->en, FINDING_ROW_SKIPPED, row.line, "no code: ", raw);
        return;
    }
    en_add_observation(&reader->en, &row);
    if (survey->n_observations % PROGRESS_EVERY == 0 && reader->options->progress != NULL) {
        reader->options->progress(reader->options->progress_context, survey->n_observations);
    }
}

/* --- elements --- */

static bool is_letter_of(char c, char first, char last) {
    return c >= first && c <= last;
}

/* AAA to AEZ of pipes, CAA to CEZ of manholes. */
static bool is_header_code(struct text name) {
    return name.n == 3 && (name.at[0] == 'A' || name.at[0] == 'C') &&
           is_letter_of(name.at[1], 'A', 'E') && is_letter_of(name.at[2], 'A', 'Z');
}

static bool is_reference(struct text name) {
    return text_equal(name, TEXT("AAA")) || text_equal(name, TEXT("CAA"));
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct reader *reader = context;

    if (tag->word == WORD_ZA) {
        reader->is_in_head = true;
    } else if (tag->word == WORD_ZB) {
        open_inspection(reader, tag->line);
    } else if (tag->word == WORD_ZC) {
        xml_record_clear(&reader->row, tag->line);
        reader->is_in_row = true;
    }
}

/* Said once for each name. */
static void report_unused(struct reader *reader, const struct xml_tag *tag) {
    if (index_find(&reader->unknown, tag->name) == INDEX_NONE) {
        index_add(&reader->unknown, arena_copy(&reader->survey->arena, tag->name), 0);
        en_note(&reader->en, FINDING_COLUMN_UNKNOWN, tag->line, "element ", tag->name);
    }
}

static void keep(struct reader *reader, struct xml_record *record, const struct xml_tag *tag,
    struct text value) {
    if (!xml_record_add(record, tag->name, tag->word, value)) {
        en_note(
            &reader->en, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at ", tag->name);
    }
}

static void value_of_row(struct reader *reader, const struct xml_tag *tag, struct text value) {
    if (tag->word > WORD_O || is_letter_of(tag->name.at[tag->name.n - 1], '1', '6')) {
        report_unused(reader, tag);
    }
    keep(reader, &reader->row, tag, value);
}

static void value_of_header(struct reader *reader, const struct xml_tag *tag, struct text value) {
    if (is_header_code(tag->name)) {
        if (is_reference(tag->name) && !reader->en.header.is_open) {
            open_inspection(reader, tag->line);
        }
        en_header_field(&reader->en, tag->name, arena_copy(&reader->survey->arena, value));
    } else {
        report_unused(reader, tag);
    }
    keep(reader, &reader->header, tag, value);
}

static void on_value(struct reader *reader, const struct xml_tag *tag, struct text value) {
    if (reader->is_in_row) {
        value_of_row(reader, tag, value);
    } else if (reader->en.header.is_open || is_reference(tag->name)) {
        value_of_header(reader, tag, value);
    } else if (reader->is_in_head && tag->word == WORD_A6) {
        reader->version = arena_copy(&reader->survey->arena, value);
        reader->version_line = tag->line;
    } else if (text_equal_nocase(tag->name, TEXT("version")) && reader->version.n == 0) {
        reader->version = arena_copy(&reader->survey->arena, value);
        reader->version_line = tag->line;
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct reader *reader = context;

    if (tag->word == WORD_ZA) {
        reader->is_in_head = false;
    } else if (tag->word == WORD_ZB) {
        close_inspection(reader);
    } else if (tag->word == WORD_ZC) {
        end_row(reader);
    } else if (value.n > 0) {
        on_value(reader, tag, value);
    }
}

/* --- the file --- */

/* RIBX and GWSW-Rib say so, and number their records ZB_A to ZB_M. */
static int en13508_xml_bid(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    if (name[0] == '\0' || text_contains(head, TEXT("ZB_")) || text_contains(head, TEXT("RIBX")) ||
        text_contains(head, TEXT("GWSW"))) {
        return 0;
    }
    bool has_code = xml_head_has_element(source, "AAA") || xml_head_has_element(source, "CAA");
    return has_code && xml_head_has_element(source, "ZB") ? 120 : 0;
}

static void finish(struct reader *reader) {
    if (reader->is_in_row) {
        en_note(&reader->en, FINDING_ROW_SKIPPED, reader->row.line,
            "the document breaks off in an observation: ",
            (struct text){reader->row.raw, reader->row.n});
    }
    close_inspection(reader);
    en_edition(&reader->en, reader->version, reader->version_line);
    reader->survey->catalogue = CATALOGUE_EN13508;
}

static void release(struct reader *reader) {
    xml_record_release(&reader->header);
    xml_record_release(&reader->row);
    index_release(&reader->unknown);
}

bool en13508_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(release)
    struct reader reader = {.en = {.survey = survey}, .survey = survey, .options = options};
    const struct xml_handler handler = {words, WORDS, on_start, on_end, &reader};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&reader);
    return xml_survey_conclude(survey, err);
}

static bool en13508_xml_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, en13508_xml_read_bytes, options, survey, err);
}

const struct survey_format format_en13508_xml = {
    .name = "en13508-xml",
    .description = "EN 13508-2 exchange XML, also in the wrapping of BEFDSS",
    .extensions = ".xml",
    .bid = en13508_xml_bid,
    .read = en13508_xml_read,
};
