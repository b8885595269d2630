/* The inspections of DWA-M 150: HI in a pipe (HG), KI in a manhole (KG), with observations HZ and
 * KZ.  The pipe may stand behind its inspections, so that they learn of it when it ends. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/m150.h"

enum { PROGRESS_EVERY = 8192 };

static struct inspection *newest(const struct m150 *m150) {
    return &m150->survey->inspections[m150->survey->n_inspections - 1];
}

/* --- observations --- */

/* The columns of EN 13508-2 by their numbers; facts/formats.md section 3. */
static const struct {
    unsigned pipe, node; /* HZ, KZ */
    char column;
} columns[] = {
    {EL_HZ001,  EL_KZ001, 'I'},
    {EL_HZ002,  EL_KZ002, 'A'},
    {EL_HZ003,  EL_KZ003, 'D'},
    {EL_HZ004,  EL_KZ004, 'E'},
    {EL_HZ005,  EL_KZ005, 'J'},
    {EL_HZ006,  EL_KZ006, 'G'},
    {EL_HZ007,  EL_KZ007, 'H'},
    {EL_HZ008,  EL_KZ008, 'N'},
    {EL_HZ009,  EL_KZ009, 'M'},
    {EL_HZ010,  EL_KZ010, 'F'},
    {EL_HZ011,  EL_KZ011, 'K'},
    {XML_OTHER, EL_KZ013, 'L'},
    {EL_HZ014,  EL_KZ014, 'B'},
    {EL_HZ015,  EL_KZ015, 'C'},
};

/* Classes of tightness, stability and operation: their scale is not told, never compare them. */
static const struct {
    const char *name;
    unsigned pipe, node;
} classes[] = {
    {"D", EL_HZ206, EL_KZ206},
    {"S", EL_HZ207, EL_KZ207},
    {"B", EL_HZ208, EL_KZ208},
};

static void fill_classes(struct m150 *m150, const char *raw) {
    struct survey *survey = m150->survey;
    struct observation *observation = &survey->observations[survey->n_observations - 1];

    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        struct text value = xml_record_value(
            &m150->records[M150_ROW], raw, m150->is_node ? classes[i].node : classes[i].pipe);
        if (value.n > 0) {
            struct observation_more *more = observation_more(survey, observation);
            more->grade_text = arena_printf(&survey->arena, "%.*s%s%s=%.*s",
                TEXT_ARGS(more->grade_text), more->grade_text.n > 0 ? " " : "", classes[i].name,
                TEXT_ARGS(text_cut(value, 100)));
        }
    }
}

void m150_row_end(struct m150 *m150) {
    struct survey *survey = m150->survey;
    const struct xml_record *record = &m150->records[M150_ROW];
    struct text raw = arena_copy(&survey->arena, (struct text){record->raw, record->n});
    struct en_row row = {.raw = raw, .line = record->line};

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        *en_column(&row, columns[i].column) =
            xml_record_value(record, raw.at, m150->is_node ? columns[i].node : columns[i].pipe);
    }
    if (en_column(&row, 'A')->n == 0) {
        m150_find(m150, FINDING_ROW_SKIPPED, record->line, "no code in", raw);
        return;
    }
    if (!m150->en.header.is_open) { /* a row outside of an inspection opens one */
        m150_run_begin(m150, record->line);
    }
    en_add_observation(&m150->en, &row);
    fill_classes(m150, raw.at);
    if (survey->n_observations % PROGRESS_EVERY == 0 && m150->options->progress != NULL) {
        m150->options->progress(m150->options->progress_context, survey->n_observations);
    }
}

/* --- runs --- */

void m150_run_begin(struct m150 *m150, uint32_t line) {
    en_inspection_open(&m150->en, line);
    m150->records[M150_RUN].line = line;
}

/* HI005: EN 13508-2 by its number, or by DWA-M 149-2, which refines it. */
static void note_catalogue(struct m150 *m150, struct text standard, size_t n_observations) {
    if (text_contains(standard, TEXT("13508")) || text_contains(standard, TEXT("149"))) {
        m150->n_observations_en += n_observations;
    } else if (standard.n > 0) {
        m150->n_observations_other += n_observations;
    }
}

void m150_run_end(struct m150 *m150) {
    struct survey *survey = m150->survey;
    const struct xml_record *record = &m150->records[M150_RUN];

    if (!m150->en.header.is_open) {
        return;
    }
    struct inspection *inspection = newest(m150);
    struct inspection_more *more = inspection_more(survey, inspection);
    struct text raw = arena_copy(&survey->arena, (struct text){record->raw, record->n});
#define VALUE(number) \
    xml_record_value(record, raw.at, m150->is_node ? EL_KI##number : EL_HI##number)
    struct text date = VALUE(104);
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    if (date.n > 0 && !text_to_date(date, &inspection->inspected_on)) {
        m150_find(
            m150, FINDING_DATE_INVALID, record->line, m150->is_node ? "KI104" : "HI104", date);
    }
    inspection->operator_word = pool_add(&survey->words, VALUE(112));
    more->direction_text = xml_record_value(record, raw.at, EL_HI101);
    more->time = VALUE(105);
    more->weather = VALUE(106);
    more->purpose = VALUE(004);
    more->standard = VALUE(005);
    more->video = VALUE(116);
#undef VALUE
    note_catalogue(m150, more->standard, inspection->n_observations);
    en_run_close(&m150->en, inspection);
    m150->en.header.is_open = false;
    xml_record_clear(&m150->records[M150_RUN], 0);
}

/* --- what the object says of its inspections --- */

struct text m150_shape(struct text shape) {
    return text_equal_nocase(shape, TEXT("DN")) ? TEXT("circular") : shape;
}

/* S foul, R storm, M combined. */
enum sewer_system m150_system(struct text use) {
    switch (use.n == 1 ? use.at[0] & ~32 : 0) {
    case 'S':
        return SYSTEM_FOUL;
    case 'R':
        return SYSTEM_STORM;
    case 'M':
        return SYSTEM_COMBINED;
    default:
        return SYSTEM_UNKNOWN;
    }
}

/* I runs with the flow, G against it. */
static void fill_direction(
    struct m150 *m150, struct inspection *inspection, struct inspection_more *more) {
    if (text_equal_nocase(more->direction_text, TEXT("I"))) {
        inspection->direction = DIRECTION_DOWNSTREAM;
        inspection->start_node = more->upstream_node;
        inspection->finish_node = more->downstream_node;
    } else if (text_equal_nocase(more->direction_text, TEXT("G"))) {
        inspection->direction = DIRECTION_UPSTREAM;
        inspection->start_node = more->downstream_node;
        inspection->finish_node = more->upstream_node;
    } else {
        m150_find(m150, FINDING_UNKNOWN_VALUE, inspection->line, "HI101", more->direction_text);
        return;
    }
    inspection->start_is_assumed = inspection->start_node.n > 0;
}

struct pipe_values {
    struct text raw, id, up, down, shape, material, street;
    double width_mm, height_mm, length_m, seen_m;
    enum sewer_system system;
    bool is_lateral;
};

static struct pipe_values pipe_values(const struct m150 *m150, struct text raw) {
    const struct xml_record *record = &m150->records[M150_OBJECT];
#define VALUE(element) xml_record_value(record, raw.at, EL_##element)
#define NUMBER(element) m150_number(m150, record->line, #element, VALUE(element))
    return (struct pipe_values){
        .raw = raw,
        .id = VALUE(HG001),
        .up = VALUE(HG003),
        .down = VALUE(HG004),
        .shape = m150_shape(VALUE(HG305)),
        .material = VALUE(HG304),
        .street = VALUE(HG102),
        .width_mm = NUMBER(HG306),
        .height_mm = NUMBER(HG307),
        .length_m = NUMBER(HG310),
        .seen_m = NUMBER(HG314),
        .system = m150_system(VALUE(HG302)),
        .is_lateral =
            text_equal_nocase(VALUE(HG313), TEXT("B")) || VALUE(HG005).n > 0 || VALUE(HG006).n > 0,
    };
#undef NUMBER
#undef VALUE
}

static void fill_pipe(
    struct m150 *m150, struct inspection *inspection, const struct pipe_values *pipe) {
    struct inspection_more *more = inspection_more(m150->survey, inspection);
    bool is_only = m150->survey->n_inspections == m150->first_inspection + 1;

    inspection->segment_ref = pipe->id;
    more->upstream_node = pipe->up;
    more->downstream_node = pipe->down;
    fill_direction(m150, inspection, more);
    inspection->is_lateral = pipe->is_lateral;
    inspection->expected_m = pipe->length_m;
    inspection->diameter_mm = (float)(isnan(pipe->width_mm) ? pipe->height_mm : pipe->width_mm);
    if (!isnan(pipe->width_mm) && !isnan(pipe->height_mm) && pipe->width_mm != pipe->height_mm) {
        inspection->height_mm = (float)pipe->height_mm;
    }
    if (is_only && !inspection->is_abandoned && pipe->seen_m >= 0) {
        inspection->inspected_m = pipe->seen_m; /* said of the pipe, not of its inspections */
    }
    more->shape = pipe->shape;
    more->material = pipe->material;
    more->street = pipe->street;
    if (pipe->system != SYSTEM_UNKNOWN) {
        more->system = text_from(sewer_system_name(pipe->system));
    }
}

static void fill_manhole(struct m150 *m150, struct inspection *inspection, struct text raw) {
    const struct xml_record *record = &m150->records[M150_OBJECT];

    inspection->object = OBJECT_NODE;
    inspection->segment_ref = xml_record_value(record, raw.at, EL_KG001);
    inspection_more(m150->survey, inspection)->street = xml_record_value(record, raw.at, EL_KG102);
}

/* The header as delivered: what is said of the object, then of the inspection. */
static void join_raw(struct m150 *m150, struct inspection *inspection, struct text object) {
    struct text own = {inspection->raw, inspection->raw_n};
    struct text raw = arena_printf(&m150->survey->arena, "%.*s%s%.*s", TEXT_ARGS(object),
        object.n > 0 && own.n > 0 ? "; " : "", TEXT_ARGS(own));

    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
}

void m150_object_inspections(struct m150 *m150) {
    struct survey *survey = m150->survey;
    const struct xml_record *record = &m150->records[M150_OBJECT];

    if (survey->n_inspections == m150->first_inspection) {
        return;
    }
    struct text raw = arena_copy(&survey->arena, (struct text){record->raw, record->n});
    struct text key = xml_record_value(record, raw.at, m150->is_node ? EL_KG101 : EL_HG101);
    const struct pipe_values pipe =
        m150->is_node ? (struct pipe_values){0} : pipe_values(m150, raw);
    for (size_t i = m150->first_inspection; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        if (m150->is_node) {
            fill_manhole(m150, inspection, raw);
        } else {
            fill_pipe(m150, inspection, &pipe);
        }
        struct inspection_more *more = inspection_more(survey, inspection);
        if (more->street.n == 0 && key.n > 0) {
            m150_street_by_key(m150, (struct m150_street){key, &more->street, 0});
        }
        join_raw(m150, inspection, raw);
        if (inspection->n_observations == 0) {
            inspection_note_empty(survey, inspection);
        }
    }
    m150->first_inspection = survey->n_inspections;
}
