/* RIBX 1.3: one ZB_A or ZB_C for each inspection, its rows and measurements as ZC; of a network
 * what it says of the inspected pipes and manholes (ribx_network.c): those that nobody inspected
 * would be read as an order to do so.  Coordinates are in the CRS that they were delivered in,
 * which in the Netherlands is RD New.  A record without a date and without rows would be read as a
 * plan: it is left out, and counted. */
#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export/en_header.h"
#include "formats/export/materials.h"
#include "formats/export/ribx_network.h"
#include "formats/export/targets.h"
#include "formats/export/xml_out.h"

static const bool holds[EXPORT_FIELDS] = {
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/ribx.def"
#undef HOLDS
};

/* Codes of measurements are read as such. */
static bool holds_row(const struct inspection *inspection, const struct observation *observation) {
    struct text code = observation_code(inspection, observation)->code;

    return code.n > 0 && !text_equal_nocase(code, TEXT("BXA")) &&
           !text_equal_nocase(code, TEXT("BZA")) && !text_equal_nocase(code, TEXT("DZA"));
}

static bool holds_inspection(const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);

    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (holds_row(inspection, &observations[i])) {
            return true;
        }
    }
    return inspection->inspected_on != 0;
}

/* --- rows --- */

static void put_hour(struct xml_out *xml, const char *name, uint8_t hour) {
    if (hour != 0) {
        xml_out_count(xml, name, hour);
    }
}

static void put_mark(struct xml_out *xml, const struct observation *observation) {
    static const char letters[] = {[MARK_START] = 'A', [MARK_CHANGE] = 'C', [MARK_END] = 'B'};
    char mark[16];

    if (observation->mark != MARK_NONE) {
        snprintf(mark, sizeof mark, "%c%u", letters[observation->mark], observation->mark_number);
        xml_out_text(xml, "J", text_from(mark));
    }
}

static void put_quantity(struct xml_out *xml, const char *name, double number, struct text text) {
    if (isnan(number)) {
        xml_out_text(xml, name, text);
    } else {
        xml_out_number(xml, name, number);
    }
}

/* VIDEO1.MPEG|00:01:12, or the time alone. */
static void put_video(struct xml_out *xml, const struct observation_more *more) {
    CLEANUP(text_out_release) struct text_out both = {0};

    text_out_put(&both, more->video);
    text_out_string(&both, more->video.n > 0 ? "|" : "");
    text_out_put(&both, more->video_time);
    xml_out_text(xml, "N", (struct text){both.at, both.n});
}

static void put_row(struct xml_out *xml, const struct inspection *inspection,
    const struct observation *observation) {
    static const struct observation_more none = {.quant1 = NAN, .quant2 = NAN};
    const struct observation_more *more = observation->more == NULL ? &none : observation->more;
    const struct code *code = observation_code(inspection, observation);

    xml_out_open(xml, "ZC", NULL);
    xml_out_text(xml, "A", code->code);
    xml_out_text(xml, "B", code->char1);
    xml_out_text(xml, "C", code->char2);
    put_quantity(xml, "D", more->quant1, more->quant1_text);
    put_quantity(xml, "E", more->quant2, more->quant2_text);
    xml_out_text(xml, "F", more->remark);
    put_hour(xml, "G", observation->clock_from);
    put_hour(xml, "H", observation->clock_to);
    xml_out_number(xml, "I", observation->chainage_m);
    put_mark(xml, observation);
    xml_out_text(xml, "K", observation->at_joint == 1 ? TEXT("A") : (struct text){0});
    xml_out_text(xml, "L", more->place);
    xml_out_text(xml, "M", more->photo);
    put_video(xml, more);
    xml_out_text(xml, "O", export_char3(code));
    xml_out_close(xml);
}

/* --- records --- */

/* The header code of a pipe or of a manhole: A or C before its letters. */
static const char *code_of(
    char buffer[4], const struct inspection *inspection, const char *letters) {
    snprintf(buffer, 4, "%c%s", inspection->object == OBJECT_NODE ? 'C' : 'A', letters);
    return buffer;
}

struct writer {
    struct xml_out *xml;
    struct ribx_network network;
};

static void put_point(const struct writer *writer, const char *name, struct xy at) {
    struct xml_out *xml = writer->xml;

    if (!xy_is_set(at)) {
        return;
    }
    CLEANUP(text_out_release) struct text_out position = {0};
    text_out_number(&position, at.x);
    text_out_string(&position, " ");
    text_out_number(&position, at.y);
    xml_out_open(xml, name, NULL);
    xml_out_open(xml, "gml:Point", writer->network.srs_name);
    xml_out_text(xml, "gml:pos", (struct text){position.at, position.n});
    xml_out_close(xml);
    xml_out_close(xml);
}

static void put_more(struct xml_out *xml, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;
    const struct {
        const char *letters;
        struct text value;
    } values[] = {
        {"AJ", more->street                     },
        {"BA", more->standard                   },
        {"BG", more->time                       },
        {"BP", more->purpose                    },
        {"BS", more->video                      },
        {"CD", material_of_inspection(inspection, MATERIALS_EN)},
        {"CK",    en_system_letter(more->system)                                 },
        {"DA",    en_weather_letter(more->weather)},
        {"DE",    more->remark                                 },
    };
    char code[4];

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        xml_out_text(xml, code_of(code, inspection, values[i].letters), values[i].value);
    }
}

static void put_rest(struct xml_out *xml, const struct inspection *inspection) {
    const struct pool *words = &inspection->survey->words;
    char code[4];

    xml_out_text(xml, code_of(code, inspection, "BE"), pool_word(words, inspection->method_word));
    xml_out_date(xml, code_of(code, inspection, "BF"), inspection->inspected_on);
    xml_out_text(xml, code_of(code, inspection, "BH"), pool_word(words, inspection->operator_word));
    if (inspection->more != NULL) {
        put_more(xml, inspection);
    }
}

static void put_ends(const struct writer *writer, const struct inspection *inspection) {
    struct xml_out *xml = writer->xml;
    struct en_ends ends = en_ends_of(inspection);

    xml_out_text(xml, "AAB", inspection->start_node);
    xml_out_text(xml, "AAD", ends.node1);
    put_point(writer, "AAE", ends.at1);
    xml_out_text(xml, "AAF", ends.node2);
    put_point(writer, "AAG", ends.at2);
    if (inspection->direction != DIRECTION_UNKNOWN) {
        xml_out_text(xml, "AAK", text_from(en_flow(inspection->direction)));
    }
    xml_out_text(xml, "AAV", inspection->is_lateral ? TEXT("A") : (struct text){0});
    xml_out_text(xml, "ABC", text_from(en_zero_letter(inspection->zero)));
    xml_out_number(xml, "ABQ", inspection->expected_m);
    xml_out_text(xml, "ACA", en_shape_letter(inspection->more->shape));
    xml_out_float(
        xml, "ACB", isnan(inspection->height_mm) ? inspection->diameter_mm : inspection->height_mm);
    xml_out_float(xml, "ACC", inspection->diameter_mm);
}

/* With what the network knows of the pipe and the inspection does not say. */
static void put_pipe(const struct writer *writer, const struct inspection *inspection) {
    static const struct inspection_more unset = {
        .start_at = {NAN, NAN},
          .finish_at = {NAN, NAN}
    };
    struct inspection_more more = inspection->more == NULL ? unset : *inspection->more;
    struct inspection filled = *inspection;

    filled.more = &more;
    const struct segment *segment = ribx_network_fill(&writer->network, &filled);
    put_ends(writer, &filled);
    if (segment != NULL) {
        ribx_network_put_pipe(writer->xml, &writer->network, segment, en_ends_of(inspection).node1);
    }
    put_rest(writer->xml, &filled);
}

static void put_manhole(const struct writer *writer, const struct inspection *inspection) {
    struct xy none = {NAN, NAN};
    struct xy own = inspection->more == NULL ? none : inspection->more->start_at;

    put_point(writer, "CAB", ribx_network_at(&writer->network, inspection->segment_ref, own));
    xml_out_text(writer->xml, "CBC", inspection->counts_up ? TEXT("A") : (struct text){0});
    ribx_network_put_manhole(writer->xml, &writer->network, inspection->segment_ref);
    put_rest(writer->xml, inspection);
}

static void put_header(const struct writer *writer, const struct inspection *inspection) {
    char code[4];

    xml_out_text(writer->xml, code_of(code, inspection, "AA"), inspection->segment_ref);
    if (inspection->object != OBJECT_NODE) {
        put_pipe(writer, inspection);
    } else {
        put_manhole(writer, inspection);
    }
}

static void put_record(const struct writer *writer, const struct inspection *inspection) {
    struct xml_out *xml = writer->xml;
    const struct observation *observations = inspection_observations(inspection);

    xml_out_open(xml, inspection->object == OBJECT_NODE ? "ZB_C" : "ZB_A", NULL);
    put_header(writer, inspection);
    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (holds_row(inspection, &observations[i])) {
            put_row(xml, inspection, &observations[i]);
        }
    }
    if (inspection->object != OBJECT_NODE) {
        ribx_put_measurements(xml, inspection);
    }
    xml_out_close(xml);
}

static void writer_release(struct writer *writer) {
    ribx_network_release(&writer->network);
}

static bool write(const struct export_request *request, struct text_out *out, struct error *err) {
    struct xml_out xml = {.out = out};
    CLEANUP(writer_release) struct writer writer = {.xml = &xml};

    (void)err; /* nothing here can fail */
    ribx_network_open(request, &writer.network);
    xml_out_begin(&xml);
    xml_out_open(&xml, "DATA", " xmlns:gml=\"http://www.opengis.net/gml\"");
    xml_out_open(&xml, "ZA", NULL);
    xml_out_text(&xml, "A1", TEXT("UTF-8"));
    xml_out_text(&xml, "A6", TEXT("RIBX 1.3"));
    xml_out_close(&xml);
    for (size_t i = 0; i < request->n_inspections; i++) {
        put_record(&writer, request->inspections[i]);
    }
    xml_out_close(&xml);
    return true;
}

const struct export_target export_ribx = {
    .name = "ribx",
    .description = "RIBX 1.3",
    .extensions = ".ribx",
    .reader = "ribx",
    .holds = holds,
    .catalogue = CATALOGUE_EN13508,
    .has_network_crs = true,
    .holds_inspection = holds_inspection,
    .holds_row = holds_row,
    .write = write,
};
