/* EN 13508-2 Annex B text: one header block and one block of observations for each inspection, in
 * UTF-8.  Codes of the header that have no value are left out, so that a field is never empty. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/export/en_header.h"
#include "formats/export/materials.h"
#include "formats/export/targets.h"

static const bool holds[EXPORT_FIELDS] = {
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/en13508.def"
#undef HOLDS
};

/* A value between commas: quoted where it would be misunderstood.  A line is a line. */
static void put_value(struct text_out *out, struct text value) {
    bool is_plain = text_trim(value).n == value.n;

    for (size_t i = 0; i < value.n; i++) {
        is_plain = is_plain && strchr(",\"#\r\n", value.at[i]) == NULL;
    }
    if (is_plain) {
        text_out_put(out, value);
        return;
    }
    text_out_string(out, "\"");
    for (size_t i = 0; i < value.n; i++) {
        char c = value.at[i];
        bool is_break = c == '\r' || c == '\n';
        text_out_put(out, is_break ? TEXT(" ") : text_part(value, i, i + 1));
        if (c == '"') {
            text_out_string(out, "\"");
        }
    }
    text_out_string(out, "\"");
}

/* --- the header: its codes and values gather side by side --- */

struct header {
    struct text_out codes, values;
    char kind; /* A pipes, C manholes */
};

static void header_release(struct header *header) {
    text_out_release(&header->codes);
    text_out_release(&header->values);
}

/* `letters`: the code without its first letter. */
static void add(struct header *header, const char *letters, struct text value) {
    if (value.n == 0) {
        return;
    }
    if (header->codes.n > 0) {
        text_out_string(&header->codes, ",");
        text_out_string(&header->values, ",");
    }
    text_out_printf(&header->codes, "%c%s", header->kind, letters);
    put_value(&header->values, value);
}

static void add_size(struct header *header, const char *letters, float size_mm) {
    CLEANUP(text_out_release) struct text_out number = {0};

    text_out_float(&number, size_mm);
    add(header, letters, (struct text){number.at, number.n});
}

static void add_point(struct header *header, const char *letters, struct xy at) {
    CLEANUP(text_out_release) struct text_out point = {0};

    if (xy_is_set(at)) {
        text_out_number(&point, at.x);
        text_out_string(&point, "/");
        text_out_number(&point, at.y);
        add(header, letters, (struct text){point.at, point.n});
    }
}

static void add_ends(struct header *header, const struct inspection *inspection) {
    struct en_ends ends = en_ends_of(inspection);

    add(header, "AB", inspection->start_node);
    add(header, "AD", ends.node1);
    add_point(header, "AE", ends.at1);
    add(header, "AF", ends.node2);
    add_point(header, "AG", ends.at2);
    if (inspection->direction != DIRECTION_UNKNOWN) {
        add(header, "AK", text_from(en_flow(inspection->direction)));
    }
    if (inspection->is_lateral) {
        add(header, "AV", TEXT("A"));
    }
    add(header, "BC", text_from(en_zero_letter(inspection->zero)));
}

static void add_sizes(struct header *header, const struct inspection *inspection) {
    bool is_round = isnan(inspection->height_mm);
    CLEANUP(text_out_release) struct text_out expected = {0};

    text_out_number(&expected, inspection->expected_m);
    add(header, "BQ", (struct text){expected.at, expected.n});
    add_size(header, "CB", is_round ? inspection->diameter_mm : inspection->height_mm);
    add_size(header, "CC", inspection->diameter_mm);
}

static void add_more(struct header *header, const struct inspection_more *more) {
    add(header, "AJ", more->street);
    add(header, "BA", more->standard);
    add(header, "BG", more->time);
    add(header, "BO", more->video);
    add(header, "BP", more->purpose);
    add(header, "CA", more->shape);
    add(header, "CK", more->system);
    add(header, "DA", more->weather);
    add(header, "DE", more->remark);
}

static void put_header(struct text_out *out, const struct inspection *inspection) {
    const struct pool *words = &inspection->survey->words;
    bool is_node = inspection->object == OBJECT_NODE;
    CLEANUP(header_release) struct header header = {.kind = is_node ? 'C' : 'A'};
    CLEANUP(text_out_release) struct text_out date = {0};

    text_out_date(&date, inspection->inspected_on);
    add(&header, "AA", inspection->segment_ref);
    if (!is_node) {
        add_ends(&header, inspection);
        add_sizes(&header, inspection);
    } else if (inspection->more != NULL) {
        add_point(&header, "AB", inspection->more->start_at);
    }
    add(&header, "BE", pool_word(words, inspection->method_word));
    add(&header, "BF", (struct text){date.at, date.n});
    add(&header, "BH", pool_word(words, inspection->operator_word));
    if (inspection->more != NULL) {
        add_more(&header, inspection->more);
        add(&header, "CD", material_of_inspection(inspection, MATERIALS_EN));
    }
    if (header.codes.n == 0) { /* a block needs a code to be one */
        text_out_printf(&header.codes, "%cAA", header.kind);
        text_out_string(&header.values, "\"\"");
    }
    text_out_string(out, "#B01=");
    text_out_put(out, (struct text){header.codes.at, header.codes.n});
    text_out_string(out, "\r\n");
    text_out_put(out, (struct text){header.values.at, header.values.n});
    text_out_string(out, "\r\n");
}

/* --- observations --- */

static void put_hour(struct text_out *out, uint8_t hour) {
    if (hour != 0) {
        text_out_printf(out, "%02u", hour);
    }
}

/* A text such as 00 stands where no hour does. */
static void put_clocks(struct text_out *out, const struct observation *observation) {
    struct text text = observation->more == NULL ? (struct text){0} : observation->more->clock_text;

    if (observation->clock_from == 0 && text.n > 0) {
        put_value(out, text);
    } else {
        put_hour(out, observation->clock_from);
    }
    text_out_string(out, ",");
    if (observation->clock_from != 0 && observation->clock_to == 0 && text.n > 0) {
        put_value(out, text);
    } else {
        put_hour(out, observation->clock_to);
    }
    text_out_string(out, ",");
}

static void put_mark(struct text_out *out, const struct observation *observation) {
    static const char letters[] = {[MARK_START] = 'A', [MARK_CHANGE] = 'C', [MARK_END] = 'B'};

    if (observation->mark != MARK_NONE) {
        text_out_printf(out, "%c%02u", letters[observation->mark], observation->mark_number);
    }
}

static void put_quantity(struct text_out *out, double number, struct text text) {
    if (isnan(number)) {
        put_value(out, text);
    } else {
        text_out_number(out, number);
    }
    text_out_string(out, ",");
}

static void put_observation(struct text_out *out, const struct inspection *inspection,
    const struct observation *observation) {
    static const struct observation_more none = {.quant1 = NAN, .quant2 = NAN};
    const struct observation_more *more = observation->more == NULL ? &none : observation->more;
    const struct code *code = observation_code(inspection, observation);
    const struct text first[] = {code->code, code->char1, code->char2};
    const struct text last[] = {more->place, more->photo, more->video_time};

    text_out_number(out, observation->chainage_m);
    for (size_t i = 0; i < ARRAY_LEN(first); i++) {
        text_out_string(out, ",");
        put_value(out, first[i]);
    }
    text_out_string(out, ",");
    put_quantity(out, more->quant1, more->quant1_text);
    put_quantity(out, more->quant2, more->quant2_text);
    put_clocks(out, observation);
    put_mark(out, observation);
    text_out_string(out, observation->at_joint == 1   ? ",A"
                         : observation->at_joint == 2 ? ",B"
                                                      : ",");
    for (size_t i = 0; i < ARRAY_LEN(last); i++) {
        text_out_string(out, ",");
        put_value(out, last[i]);
    }
    text_out_string(out, ",");
    put_value(out, more->remark);
    text_out_string(out, "\r\n");
}

static bool write(const struct export_request *request, struct text_out *out, struct error *err) {
    (void)err; /* nothing here can fail */
    text_out_string(out, "#A1=UTF-8\r\n#A3=,\r\n#A4=.\r\n#A5=\"\r\n");
    for (size_t i = 0; i < request->n_inspections; i++) {
        const struct inspection *inspection = request->inspections[i];
        const struct observation *observations = inspection_observations(inspection);
        put_header(out, inspection);
        text_out_string(out, "#C=I,A,B,C,D,E,G,H,J,K,L,M,N,F\r\n");
        for (size_t k = 0; k < inspection->n_observations; k++) {
            if (export_row_has_code(inspection, &observations[k])) {
                put_observation(out, inspection, &observations[k]);
            }
        }
        text_out_string(out, "#Z\r\n");
    }
    return true;
}

const struct export_target export_en13508 = {
    .name = "en13508",
    .description = "EN 13508-2 exchange text",
    .extensions = ".txt",
    .reader = "en13508",
    .holds = holds,
    .catalogue = CATALOGUE_EN13508,
    .holds_row = export_row_has_code,
    .write = write,
};
