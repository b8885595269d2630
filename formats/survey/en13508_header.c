#include <math.h>

#include "core/base.h"
#include "formats/survey/en13508.h"
#include "formats/survey/en_values.h"

/* The header of an inspection: what its fields mean, and what they come to when it is closed. */

static struct inspection *newest(struct en_reader *reader) {
    return &reader->survey->inspections[reader->survey->n_inspections - 1];
}

static struct finding_place place(struct en_reader *reader, uint32_t line) {
    const struct inspection *inspection = newest(reader);
    return inspection_place(inspection, line == 0 ? inspection->line : line);
}

struct text en_keep(const struct en_reader *reader, struct text text) {
    return reader->document == NULL ? text : document_keep(reader->document, reader->survey, text);
}

struct finding_place en_place(const struct en_reader *reader, uint32_t line) {
    const struct survey *survey = reader->survey;

    if (!reader->header.is_open) {
        return (struct finding_place){.file = survey->file.path, .line = line};
    }
    return inspection_place(&survey->inspections[survey->n_inspections - 1], line);
}

void en_note(struct en_reader *reader, enum finding_kind kind, uint32_t line, const char *what,
    struct text value) {
    findings_add(&reader->survey->findings, kind, en_place(reader, line), "%s'%.*s'", what,
        TEXT_ARGS(text_cut(value, 200)));
}

/* The norm has years, BEFDSS of Belgium numbers; other texts name the program. */
void en_edition(struct en_reader *reader, struct text said, uint32_t line) {
    static const char *const known[] = {"01.01", "02.01", "1.1", "2.1", "2003", "2010", "2011"};
    bool is_number = said.n > 0;

    for (size_t i = 0; i < said.n; i++) {
        is_number = is_number && ((said.at[i] >= '0' && said.at[i] <= '9') || said.at[i] == '.');
    }
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        is_number = is_number && !text_equal(said, text_from(known[i]));
    }
    if (is_number) {
        en_note(reader, FINDING_UNKNOWN_EDITION, line, "", said);
    }
    reader->survey->file.version = said;
}

struct inspection *en_inspection_open(struct en_reader *reader, uint32_t line) {
    struct inspection *inspection = survey_add_inspection(reader->survey);

    inspection->line = line;
    reader->header = (struct en_header){.is_open = true, .abandoned_m = NAN, .last_m = NAN};
    return inspection;
}

/* Codes of pipes (A..) and of manholes (C..) that mean the same are known by their last letters. */
enum field {
    FIELD_REFERENCE,
    FIELD_START,
    FIELD_START_AT,
    FIELD_NODE1,
    FIELD_NODE1_AT,
    FIELD_NODE2,
    FIELD_NODE2_AT,
    FIELD_STREET,
    FIELD_FLOW,
    FIELD_LATERAL,
    FIELD_STANDARD,
    FIELD_ZERO,
    FIELD_METHOD,
    FIELD_DATE,
    FIELD_TIME,
    FIELD_OPERATOR,
    FIELD_VIDEO,
    FIELD_PURPOSE,
    FIELD_EXPECTED,
    FIELD_SHAPE,
    FIELD_HEIGHT,
    FIELD_WIDTH,
    FIELD_MATERIAL,
    FIELD_USE,
    FIELD_WEATHER,
    FIELD_REMARK,
    FIELD_OTHER, /* kept in the raw record only */
};

/* Keep alphabetical; facts/formats.md section 1. */
static const struct {
    const char *letters;
    enum field pipe, node;
} fields[] = {
    {"AA", FIELD_REFERENCE, FIELD_REFERENCE},
    {"AB", FIELD_START,     FIELD_START_AT },
    {"AC", FIELD_START_AT,  FIELD_OTHER    },
    {"AD", FIELD_NODE1,     FIELD_OTHER    },
    {"AE", FIELD_NODE1_AT,  FIELD_OTHER    },
    {"AF", FIELD_NODE2,     FIELD_OTHER    },
    {"AG", FIELD_NODE2_AT,  FIELD_OTHER    },
    {"AJ", FIELD_STREET,    FIELD_STREET   },
    {"AK", FIELD_FLOW,      FIELD_OTHER    },
    {"AV", FIELD_LATERAL,   FIELD_OTHER    },
    {"BA", FIELD_STANDARD,  FIELD_STANDARD },
    {"BC", FIELD_ZERO,      FIELD_OTHER    },
    {"BE", FIELD_METHOD,    FIELD_METHOD   },
    {"BF", FIELD_DATE,      FIELD_DATE     },
    {"BG", FIELD_TIME,      FIELD_TIME     },
    {"BH", FIELD_OPERATOR,  FIELD_OPERATOR },
    {"BO", FIELD_VIDEO,     FIELD_VIDEO    },
    {"BP", FIELD_PURPOSE,   FIELD_PURPOSE  },
    {"BQ", FIELD_EXPECTED,  FIELD_OTHER    },
    {"BR", FIELD_VIDEO,     FIELD_VIDEO    },
    {"CA", FIELD_SHAPE,     FIELD_SHAPE    },
    {"CB", FIELD_HEIGHT,    FIELD_OTHER    },
    {"CC", FIELD_WIDTH,     FIELD_OTHER    },
    {"CD", FIELD_MATERIAL,  FIELD_MATERIAL },
    {"CK", FIELD_USE,       FIELD_USE      },
    {"DA", FIELD_WEATHER,   FIELD_WEATHER  },
    {"DE", FIELD_REMARK,    FIELD_REMARK   },
};

static enum field field_of(struct text code) {
    for (size_t i = 0; code.n == 3 && i < ARRAY_LEN(fields); i++) {
        if ((code.at[1] & ~32) == fields[i].letters[0] &&
            (code.at[2] & ~32) == fields[i].letters[1]) {
            return (code.at[0] | 32) == 'c' ? fields[i].node : fields[i].pipe;
        }
    }
    return FIELD_OTHER;
}

static void set_number(struct en_reader *reader, struct text code, struct text value, double *out) {
    if (!text_to_double(value, out)) {
        findings_add(&reader->survey->findings, FINDING_INVALID_VALUE, place(reader, 0),
            "%.*s '%.*s'", TEXT_ARGS(code), TEXT_ARGS(text_cut(value, 80)));
    }
}

static void set_size(struct en_reader *reader, struct text code, struct text value, float *out) {
    double number = NAN;

    set_number(reader, code, value, &number);
    *out = number > 0 && number < 1e5 ? (float)number : NAN;
}

static void set_date(struct en_reader *reader, struct text value) {
    if (!text_to_date(value, &newest(reader)->inspected_on)) {
        findings_add(&reader->survey->findings, FINDING_DATE_INVALID, place(reader, 0), "'%.*s'",
            TEXT_ARGS(text_cut(value, 80)));
    }
}

static void append(struct en_reader *reader, struct text *before, struct text value) {
    *before = before->n == 0 ? en_keep(reader, value)
                             : arena_printf(&reader->survey->arena, "%.*s; %.*s",
                                   TEXT_ARGS(*before), TEXT_ARGS(value));
}

/* Fields that no stage works with. */
static void set_more(struct en_reader *reader, enum field field, struct text value) {
    struct inspection_more *more = inspection_more(reader->survey, newest(reader));
    struct text *const targets[FIELD_OTHER] = {
        [FIELD_STREET] = &more->street,
        [FIELD_STANDARD] = &more->standard,
        [FIELD_TIME] = &more->time,
        [FIELD_PURPOSE] = &more->purpose,
        [FIELD_SHAPE] = &more->shape,
        [FIELD_MATERIAL] = &more->material,
        [FIELD_USE] = &more->system,
        [FIELD_WEATHER] = &more->weather,
    };

    if (field == FIELD_VIDEO) {
        append(reader, &more->video, value);
    } else if (field == FIELD_REMARK) {
        append(reader, &more->remark, value);
    } else if (targets[field] != NULL) {
        *targets[field] = en_keep(reader, value);
    }
}

/* The first value of a code counts; it may come again in a later block. */
static void set_once(struct text *field, struct text value) {
    if (field->n == 0) {
        *field = value;
    }
}

void en_header_field(struct en_reader *reader, struct text code, struct text value) {
    struct en_header *header = &reader->header;
    struct inspection *inspection = newest(reader);
    struct pool *words = &reader->survey->words;
    enum field field = field_of(code);

    if (code.n == 3 && (code.at[0] | 32) == 'c') {
        header->is_node = true;
    }
    if (value.n == 0 || field == FIELD_OTHER) {
        return;
    }
    value = en_keep(reader, value);
    if (field == FIELD_REFERENCE) {
        inspection->segment_ref = value;
    } else if (field == FIELD_START) {
        set_once(&header->start, value);
    } else if (field == FIELD_START_AT) {
        set_once(&header->start_at, value);
    } else if (field == FIELD_NODE1) {
        set_once(&header->node1, value);
    } else if (field == FIELD_NODE1_AT) {
        set_once(&header->node1_at, value);
    } else if (field == FIELD_NODE2) {
        set_once(&header->node2, value);
    } else if (field == FIELD_NODE2_AT) {
        set_once(&header->node2_at, value);
    } else if (field == FIELD_FLOW) {
        set_once(&header->flow, value);
    } else if (field == FIELD_LATERAL) {
        set_once(&header->lateral, value);
    } else if (field == FIELD_ZERO) {
        inspection->zero = (uint8_t)en_zero(value);
    } else if (field == FIELD_DATE) {
        set_date(reader, value);
    } else if (field == FIELD_OPERATOR) {
        inspection->operator_word = pool_add(words, value);
    } else if (field == FIELD_METHOD) {
        inspection->method_word = pool_add(words, value);
    } else if (field == FIELD_EXPECTED) {
        set_number(reader, code, value, &inspection->expected_m);
    } else if (field == FIELD_HEIGHT) {
        set_size(reader, code, value, &inspection->height_mm);
    } else if (field == FIELD_WIDTH) {
        set_size(reader, code, value, &inspection->diameter_mm);
    } else {
        set_more(reader, field, value);
    }
}

/* --- closing --- */

/* AAK: A with the flow, B against it, C not known. */
static enum direction direction_of(struct text flow) {
    char c = flow.n == 1 ? (char)(flow.at[0] | 32) : '\0';
    return c == 'a' ? DIRECTION_DOWNSTREAM : c == 'b' ? DIRECTION_UPSTREAM : DIRECTION_UNKNOWN;
}

/* Without AAB: AAD counts as the upstream node, and AAK says which way the camera went. */
static void assume_start(struct en_reader *reader, struct inspection *inspection) {
    struct en_header *header = &reader->header;
    bool is_up = inspection->direction == DIRECTION_UPSTREAM;

    header->start = is_up ? header->node2 : header->node1;
    if (header->start.n == 0) {
        header->start = header->named_start;
    }
    if (header->start.n == 0) {
        return;
    }
    inspection->start_is_assumed = true;
    findings_add(&reader->survey->findings, FINDING_START_ASSUMED, place(reader, 0),
        "'%.*s', from %s", TEXT_ARGS(text_cut(header->start, 200)),
        header->node1.n + header->node2.n > 0 ? "AAD, AAF and AAK" : "the start observation");
}

/* Start = AAB; finish = the one of AAD and AAF that it is not. */
static void set_nodes(struct en_reader *reader, struct inspection *inspection) {
    struct en_header *header = &reader->header;

    if (header->start.n == 0) {
        assume_start(reader, inspection);
    }
    bool is_node1 = text_equal(header->start, header->node1);
    bool is_node2 = text_equal(header->start, header->node2);
    inspection->start_node = header->start;
    inspection->finish_node =
        is_node1 || (header->node1.n == 0 && !is_node2) ? header->node2 : header->node1;
    if (!is_node1 && !is_node2 && header->node1.n > 0 && header->node2.n > 0) {
        inspection->finish_node =
            inspection->direction == DIRECTION_UPSTREAM ? header->node1 : header->node2;
        findings_add(&reader->survey->findings, FINDING_START_NODE_CONTRADICTS, place(reader, 0),
            "AAB '%.*s' is neither AAD '%.*s' nor AAF '%.*s'",
            TEXT_ARGS(text_cut(header->start, 100)), TEXT_ARGS(text_cut(header->node1, 100)),
            TEXT_ARGS(text_cut(header->node2, 100)));
    }
    if (inspection->finish_node.n == 0) {
        inspection->finish_node = header->named_finish;
    }
    if (header->named_start.n > 0 && header->start.n > 0 &&
        !text_equal_nocase(header->named_start, header->start)) {
        findings_add(&reader->survey->findings, FINDING_START_NODE_CONTRADICTS,
            place(reader, header->named_start_line), "AAB '%.*s', start observation '%.*s'",
            TEXT_ARGS(text_cut(header->start, 100)), TEXT_ARGS(text_cut(header->named_start, 100)));
    }
}

/* Two numbers with '/', ';' or a blank between. */
static struct xy coordinates(struct text text) {
    struct text rest = {0};
    double x, y;

    if (!text_to_quantity(text, &x, &rest)) {
        return (struct xy){NAN, NAN};
    }
    while (rest.n > 0 && (rest.at[0] == '/' || rest.at[0] == ';' || rest.at[0] == ' ')) {
        rest = text_part(rest, 1, rest.n);
    }
    return text_to_double(rest, &y) ? (struct xy){x, y} : (struct xy){NAN, NAN};
}

static void set_coordinates(struct en_reader *reader, struct inspection *inspection) {
    const struct en_header *header = &reader->header;
    bool is_node2 = text_equal(header->start, header->node2) && header->node2.n > 0;
    struct xy node1 = coordinates(header->node1_at), node2 = coordinates(header->node2_at),
              start = coordinates(header->start_at), finish = is_node2 ? node1 : node2;

    if (!xy_is_set(start)) {
        start = is_node2 ? node2 : node1;
    }
    if (!xy_is_set(start) && !xy_is_set(finish)) {
        return;
    }
    struct inspection_more *more = inspection_more(reader->survey, inspection);
    more->start_at = start;
    more->finish_at = finish;
    more->has_coordinates = xy_is_set(start) && xy_is_set(finish);
}

void en_run_close(const struct en_reader *reader, struct inspection *inspection) {
    const struct en_header *header = &reader->header;

    inspection->is_abandoned = header->has_abandoned && !header->has_finish;
    inspection->inspected_m = inspection->is_abandoned && !isnan(header->abandoned_m)
                                  ? header->abandoned_m
                                  : header->last_m;
    if (inspection->inspected_m < 0) {
        inspection->inspected_m = NAN; /* no way back */
    }
}

void en_header_close(struct en_reader *reader) {
    struct en_header *header = &reader->header;
    struct inspection *inspection = newest(reader);

    inspection->direction = (uint8_t)direction_of(header->flow);
    if (header->flow.n > 0) {
        inspection_more(reader->survey, inspection)->direction_text = header->flow;
    }
    inspection->object = header->is_node ? OBJECT_NODE : OBJECT_SEGMENT;
    en_run_close(reader, inspection);
    inspection->is_lateral = header->lateral.n > 0 && header->node2.n == 0;
    if (isnan(inspection->diameter_mm)) {
        inspection->diameter_mm = inspection->height_mm;
    }
    if (inspection->height_mm == inspection->diameter_mm) {
        inspection->height_mm = NAN; /* round */
    }
    if (!header->is_node) {
        set_nodes(reader, inspection);
    }
    set_coordinates(reader, inspection);
    *header = (struct en_header){.abandoned_m = NAN, .last_m = NAN};
}
