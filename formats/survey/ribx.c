/* RIBX and GWSW-Rib, the Dutch exchange formats that came after SUF-RIB: EN 13508-2 as XML.
 *
 *     <DATA>
 *       <ZA><A6>RIBX 1.3</A6></ZA>
 *       <ZB_A>                                a pipe; ZB_C a manhole
 *         <AAA>1</AAA> <AAB>1001</AAB> ...    the header codes of EN 13508-2
 *         <AAE><gml:Point><gml:pos>137600.00 510650.00</gml:pos></gml:Point></AAE>
 *         <ABL ADE="other">Z</ABL>            the text of a coded `other` is an attribute
 *         <ZC><A>BAA</A><I>5.1</I><J>A1</J>   an observation, or (BXA) a measurement
 *
 * One file may hold both runs of a pipe, each in a ZB_A of its own.  Other records (ZB_E gullies,
 * ZB_G, ZB_J, ZB_M cleaning ...) are counted and told.  The elements stream by; a record gathers
 * its values as they end. */
#include "formats/survey/ribx.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/measure.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

static const char *const words[EL_WORDS] = {
#define WORD(name) #name,
#include "formats/survey/ribx_words.def"
#undef WORD
};

_Static_assert((int)EL_WORDS < (int)XML_RECORD_WORDS, "a record has room for every word");

void ribx_find(const struct ribx *ribx, enum finding_kind kind, uint32_t line, const char *element,
    struct text value) {
    struct finding_place place = ribx->place;

    if (ribx->has_inspection) {
        place.segment_id = ribx->survey->inspections[ribx->survey->n_inspections - 1].segment_ref;
    }
    place.line = line;
    findings_add(&ribx->survey->findings, kind, place, "%s '%.*s'", element,
        TEXT_ARGS(text_cut(value, 200)));
}

/* --- records --- */

static void count_other(struct ribx *ribx, struct text name, uint32_t line) {
    for (size_t i = 0; i < ribx->n_others; i++) {
        if (text_equal(ribx->others[i].name, name)) {
            ribx->others[i].n++;
            return;
        }
    }
    size_t at = ribx->n_others < RIBX_OTHERS_MAX ? ribx->n_others++ : RIBX_OTHERS_MAX - 1;
    if (ribx->others[at].n == 0) {
        ribx->others[at] = (struct ribx_other){
            .name = arena_copy(&ribx->survey->arena, text_cut(name, 40)), .line = line};
    }
    ribx->others[at].n++;
}

static void begin_record(struct ribx *ribx, const struct xml_tag *tag) {
    ribx->record_depth = ribx->depth;
    xml_record_clear(&ribx->record, tag->line);
    ribx->is_manhole = tag->word == EL_ZB_C;
    ribx->has_inspection = false;
    ribx->is_line_3d = false;
    ribx->remark = (struct text){0};
    ribx->run = (struct ribx_run){.last_m = NAN, .abandoned_m = NAN};
    ribx->n_records++;
}

static struct text of_record(const struct ribx *ribx, enum ribx_element word) {
    return xml_record_value(&ribx->record, ribx->record.raw, word);
}

/* A client's file says what is to be inspected: no date, no rows, and no reason why not. */
static bool is_planned(const struct ribx *ribx) {
    return !ribx->has_inspection && of_record(ribx, EL_ABF).n + of_record(ribx, EL_CBF).n == 0 &&
           of_record(ribx, EL_AXD).n + of_record(ribx, EL_CXD).n == 0;
}

static void end_record(struct ribx *ribx) {
    if (is_planned(ribx)) {
        ribx->first_planned = ribx->n_planned == 0 ? ribx->record.line : ribx->first_planned;
        ribx->n_planned++;
    } else {
        if (!ribx->has_inspection) {
            ribx_inspection_begin(ribx);
        }
        ribx_inspection_end(ribx);
    }
    ribx_network_add(ribx);
    ribx->record_depth = 0;
    ribx->has_inspection = false;
}

static void begin_row(struct ribx *ribx, const struct xml_tag *tag) {
    ribx->row_depth = ribx->depth;
    xml_record_clear(&ribx->row, tag->line);
    ribx->row_remark = (struct text){0};
    if (!ribx->has_inspection) {
        ribx_inspection_begin(ribx);
    }
}

/* --- elements --- */

static void append_remark(struct ribx *ribx, struct text *remark, struct text value) {
    enum { REMARK_MAX = 4000 };

    if (value.n == 0 || remark->n > REMARK_MAX) {
        return;
    }
    value = text_cut(value, REMARK_MAX);
    *remark = remark->n == 0 ? arena_copy(&ribx->survey->arena, value)
                             : arena_printf(&ribx->survey->arena, "%.*s; %.*s", TEXT_ARGS(*remark),
                                   TEXT_ARGS(value));
}

static void keep(
    struct ribx *ribx, struct text name, unsigned word, uint32_t line, struct text value) {
    struct xml_record *fields = ribx->row_depth > 0 ? &ribx->row : &ribx->record;

    if (!xml_record_add(fields, name, word, value)) {
        ribx_find(ribx, FINDING_LINE_TOO_LONG, line, "the record is too long at", name);
    }
}

/* What stands behind a coded Z. */
static void keep_attribute(struct ribx *ribx, const struct xml_tag *tag) {
    struct text other = text_trim(xml_attribute(tag, "ADE"));

    if (other.n == 0) {
        other = text_trim(xml_attribute(tag, "CDE"));
    }
    if (other.n > 0) {
        keep(ribx, TEXT("ADE"), EL_WORDS, tag->line, other);
        append_remark(ribx, ribx->row_depth > 0 ? &ribx->row_remark : &ribx->remark, other);
    }
}

/* What is said of coordinates: EPSG:28992, urn:ogc:def:crs:EPSG::28992, Netherlands-RD. */
static void note_geometry(struct ribx *ribx, const struct xml_tag *tag) {
    struct text crs = xml_attribute(tag, "srsName");
    struct text dimension = xml_attribute(tag, "srsDimension");
    size_t digits = crs.n;

    while (digits > 0 && crs.at[digits - 1] >= '0' && crs.at[digits - 1] <= '9') {
        digits--;
    }
    if (ribx->crs.n == 0 && digits < crs.n && text_contains(crs, TEXT("EPSG"))) {
        ribx->crs = arena_printf(&ribx->survey->arena, "EPSG:%.*s",
            TEXT_ARGS(text_cut(text_part(crs, digits, crs.n), 10)));
    }
    if (ribx->field_word == EL_AXY && dimension.n > 0) {
        ribx->is_line_3d = text_equal(dimension, TEXT("3"));
    }
}

static bool is_in(unsigned parent_depth, unsigned depth) {
    return parent_depth > 0 && depth == parent_depth + 1;
}

static void start_in_record(struct ribx *ribx, const struct xml_tag *tag) {
    if (ribx->row_depth == 0 && tag->word == EL_ZC && is_in(ribx->record_depth, ribx->depth)) {
        begin_row(ribx, tag);
    } else if (is_in(ribx->row_depth > 0 ? ribx->row_depth : ribx->record_depth, ribx->depth)) {
        ribx->field_word = tag->word;
        keep_attribute(ribx, tag);
    } else if (ribx->row_depth == 0) {
        note_geometry(ribx, tag);
    }
}

static bool is_other_record(struct text name) {
    return text_starts_with(name, TEXT("ZB"));
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct ribx *ribx = context;

    ribx->depth++;
    if (ribx->record_depth > 0) {
        start_in_record(ribx, tag);
    } else if (tag->word == EL_ZB_A || tag->word == EL_ZB_C || tag->word == EL_ZB) {
        begin_record(ribx, tag);
    } else if (tag->word == EL_ZA) {
        ribx->head_depth = ribx->depth;
    } else if (ribx->depth == 2 && is_other_record(tag->name)) {
        count_other(ribx, tag->name, tag->line);
    }
}

/* Coordinates stand some elements deeper than the field that they belong to. */
static bool is_coordinates(const struct ribx *ribx, const struct xml_tag *tag) {
    unsigned parent = ribx->row_depth > 0 ? ribx->row_depth : ribx->record_depth;

    return ribx->depth > parent + 1 &&
           (tag->word == EL_pos || tag->word == EL_posList || tag->word == EL_coordinates);
}

static void value_in_record(struct ribx *ribx, const struct xml_tag *tag, struct text value) {
    bool is_field = is_in(ribx->row_depth > 0 ? ribx->row_depth : ribx->record_depth, ribx->depth);

    if (is_coordinates(ribx, tag)) {
        bool is_known = ribx->field_word != XML_OTHER;
        keep(ribx, is_known ? text_from(words[ribx->field_word]) : tag->name,
            is_known ? ribx->field_word : (unsigned)EL_WORDS, tag->line, value);
        return;
    }
    keep(ribx, tag->name, is_field && tag->word != XML_OTHER ? tag->word : (unsigned)EL_WORDS,
        tag->line, value);
    if (!is_field) {
        return;
    }
    if (tag->word == XML_OTHER) {
        unused_names_add(&ribx->names, &ribx->survey->arena, tag->name, tag->line);
    }
    if (ribx->row_depth > 0 && tag->word == EL_F) {
        append_remark(ribx, &ribx->row_remark, value);
    } else if (ribx->row_depth == 0 && (tag->word == EL_ADE || tag->word == EL_CDE)) {
        append_remark(ribx, &ribx->remark, value);
    } else if (ribx->row_depth == 0 && tag->word == EL_CAA) {
        ribx->is_manhole = true;
    }
}

static void value_in_head(struct ribx *ribx, const struct xml_tag *tag, struct text value) {
    if (tag->word == EL_A6 || (tag->word == EL_B && ribx->version.n == 0)) {
        ribx->version = arena_copy(&ribx->survey->arena, text_cut(value, 100));
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct ribx *ribx = context;

    if (value.n > 0 && ribx->record_depth > 0 && ribx->depth > ribx->record_depth) {
        value_in_record(ribx, tag, value);
    } else if (value.n > 0 && ribx->head_depth > 0) {
        value_in_head(ribx, tag, value);
    }
    if (ribx->row_depth > 0 && ribx->row_depth == ribx->depth) {
        ribx_row_end(ribx);
        ribx->row_depth = 0;
    } else if (ribx->record_depth > 0 && ribx->record_depth == ribx->depth) {
        end_record(ribx);
    } else if (ribx->head_depth == ribx->depth) {
        ribx->head_depth = 0;
    }
    ribx->depth--;
}

/* --- the file --- */

static void report_others(struct ribx *ribx) {
    for (size_t i = 0; i < ribx->n_others; i++) {
        struct finding_place place = ribx->place;
        place.line = ribx->others[i].line;
        findings_add(&ribx->survey->findings, FINDING_ROW_SKIPPED, place,
            "%zu records %.*s were read and are no inspections of pipes or manholes",
            ribx->others[i].n, TEXT_ARGS(ribx->others[i].name));
    }
    if (ribx->n_planned > 0) {
        struct finding_place place = ribx->place;
        place.line = ribx->first_planned;
        findings_add(&ribx->survey->findings, FINDING_ROW_SKIPPED, place,
            "%zu records have neither date nor rows: they are planned, and of the network only",
            ribx->n_planned);
    }
}

/* Records that were open when the document broke off: rows that are whole are kept. */
static void close_open(struct ribx *ribx) {
    if (ribx->row_depth > 0) {
        ribx_find(
            ribx, FINDING_ROW_SKIPPED, ribx->row.line, "the document breaks off in", TEXT("a row"));
        ribx->row_depth = 0;
    }
    if (ribx->record_depth > 0) {
        end_record(ribx);
    }
}

/* RIBX 1.x, GWSW-Rib 1.x, or the number alone; who says nothing has one of these. */
static bool edition_is_known(struct text version) {
    size_t from = 0;

    while (from < version.n && (version.at[from] < '0' || version.at[from] > '9')) {
        from++;
    }
    struct text number = text_part(version, from, version.n);
    return number.n == 0 || text_equal(number, TEXT("1")) || text_starts_with(number, TEXT("1."));
}

static void report_edition(struct ribx *ribx) {
    if (!edition_is_known(ribx->version)) {
        ribx_find(ribx, FINDING_UNKNOWN_EDITION, 0, "A6", ribx->version);
        unused_names_say(&ribx->names, ribx->survey, ribx->place);
    }
}

static void finish(struct ribx *ribx) {
    struct survey *survey = ribx->survey;

    close_open(ribx);
    ribx_network_finish(ribx);
    measurements_settle(survey);
    report_others(ribx);
    report_edition(ribx);
    survey->file.version = ribx->version;
    survey->catalogue = CATALOGUE_EN13508;
}

static void release(struct ribx *ribx) {
    xml_record_release(&ribx->record);
    xml_record_release(&ribx->row);
    index_release(&ribx->nodes);
    index_release(&ribx->segments);
    unused_names_release(&ribx->names);
}

/* A file of cleaning alone is well read, and holds nothing for us. */
static bool conclude(const struct ribx *ribx, struct error *err) {
    const struct survey *survey = ribx->survey;
    bool is_empty = survey->n_inspections == 0 && survey->network == NULL;

    if (is_empty && !survey->file.is_damaged && ribx->n_others > 0) {
        return error_set(err, ERROR_FORMAT,
            "there are no inspections of pipes or manholes in it, only records like '%.*s'",
            TEXT_ARGS(ribx->others[0].name));
    }
    return xml_survey_conclude(survey, err);
}

bool ribx_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    CLEANUP(release)
    struct ribx ribx = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    const struct xml_handler handler = {words, EL_WORDS, on_start, on_end, &ribx};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&ribx);
    return conclude(&ribx, err);
}

static bool ribx_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, ribx_read_bytes, options, survey, err);
}

/* DATA is the root of DWA-M 150 too: records ZB or a head ZA tell. */
static int ribx_bid(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    if (strcmp(name, "DATA") != 0) {
        return 0;
    }
    bool has_record = text_contains(head, TEXT("<ZB")) || text_contains(head, TEXT(":ZB_"));
    bool has_head = text_contains(head, TEXT("<ZA>")) || text_contains(head, TEXT(":ZA>"));
    return (has_record ? 56 : 0) + (has_head ? 40 : 0);
}

const struct survey_format format_ribx = {
    .name = "ribx",
    .description = "RIBX and GWSW-Rib XML, Netherlands (inspections and network)",
    .extensions = ".ribx .xml",
    .may_hold_network = true,
    .bid = ribx_bid,
    .read = ribx_read,
};
