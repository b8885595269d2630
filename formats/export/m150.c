/* DWA-M 150, type B: the network (m150_network.c) where there is one, then one HG (pipe) or KG
 * (manhole) with one HI or KI for each inspection, its observations as HZ or KZ: an object is there
 * again for each of its inspections, as other programs write them, too.  Numbers have a point,
 * dates are YYYY-MM-DD; both are in use beside comma and DD.MM.YYYY. */
#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export/en_header.h"
#include "formats/export/m150_network.h"
#include "formats/export/materials.h"
#include "formats/export/targets.h"
#include "formats/export/xml_out.h"
#include "formats/survey/en_values.h"

static const bool holds[EXPORT_FIELDS] = {
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/m150.def"
#undef HOLDS
};

/* What an element is called: HI104 of pipes is KI104 of manholes. */
struct name {
    char at[8];
};

static struct name name_of(const struct inspection *inspection, const char *letter_and_number) {
    struct name name;

    snprintf(name.at, sizeof name.at, "%c%s", inspection->object == OBJECT_NODE ? 'K' : 'H',
        letter_and_number);
    return name;
}

static void put(struct xml_out *xml, const struct inspection *inspection, const char *element,
    struct text value) {
    xml_out_text(xml, name_of(inspection, element).at, value);
}

/* --- observations --- */

static void put_mark(struct xml_out *xml, const struct inspection *inspection,
    const struct observation *observation) {
    static const char letters[] = {[MARK_START] = 'A', [MARK_CHANGE] = 'C', [MARK_END] = 'B'};
    char mark[16];

    if (observation->mark != MARK_NONE) {
        snprintf(mark, sizeof mark, "%c%u", letters[observation->mark], observation->mark_number);
        put(xml, inspection, "Z005", text_from(mark));
    }
}

/* A text such as 00 stands where no hour does. */
static void put_clock(struct xml_out *xml, const char *name, uint8_t hour, struct text otherwise) {
    char digits[8];

    snprintf(digits, sizeof digits, "%02u", hour);
    xml_out_text(xml, name, hour != 0 ? text_from(digits) : otherwise);
}

static void put_quantity(struct xml_out *xml, const char *name, double number, struct text text) {
    if (isnan(number)) {
        xml_out_text(xml, name, text);
    } else {
        xml_out_number(xml, name, number);
    }
}

static void put_clocks(struct xml_out *xml, const struct inspection *inspection,
    const struct observation *observation) {
    struct text none = {0};
    struct text text = observation->more == NULL ? none : observation->more->clock_text;
    bool is_first = observation->clock_from == 0;

    put_clock(xml, name_of(inspection, "Z006").at, observation->clock_from, is_first ? text : none);
    put_clock(xml, name_of(inspection, "Z007").at, observation->clock_to, is_first ? none : text);
}

static void put_row(struct xml_out *xml, const struct inspection *inspection,
    const struct observation *observation) {
    static const struct observation_more none = {.quant1 = NAN, .quant2 = NAN};
    const struct observation_more *more = observation->more == NULL ? &none : observation->more;
    const struct code *code = observation_code(inspection, observation);
    bool is_node = inspection->object == OBJECT_NODE;

    xml_out_open(xml, is_node ? "KZ" : "HZ", NULL);
    xml_out_number(xml, name_of(inspection, "Z001").at, observation->chainage_m);
    put(xml, inspection, "Z002", code->code);
    put_quantity(xml, name_of(inspection, "Z003").at, more->quant1, more->quant1_text);
    put_quantity(xml, name_of(inspection, "Z004").at, more->quant2, more->quant2_text);
    put_mark(xml, inspection, observation);
    put_clocks(xml, inspection, observation);
    put(xml, inspection, "Z008", more->video_time);
    put(xml, inspection, "Z009", more->photo);
    put(xml, inspection, "Z010", more->remark);
    put(xml, inspection, "Z011",
        observation->at_joint == 1   ? TEXT("A")
        : observation->at_joint == 2 ? TEXT("B")
                                     : (struct text){0});
    put(xml, inspection, "Z013", is_node ? more->place : (struct text){0});
    put(xml, inspection, "Z014", code->char1);
    put(xml, inspection, "Z015", code->char2);
    xml_out_close(xml);
}

/* --- inspections --- */

static void put_pipe(struct xml_out *xml, const struct inspection *inspection) {
    static const struct inspection_more none = {0};
    const struct inspection_more *more = inspection->more == NULL ? &none : inspection->more;
    struct en_ends ends = en_ends_of(inspection);
    bool is_named = more->upstream_node.n + more->downstream_node.n > 0;
    struct text shape = export_value_of(EXPORT_SHAPE, inspection, NULL).text;

    xml_out_text(xml, "HG001", inspection->segment_ref);
    xml_out_text(xml, "HG003", is_named ? more->upstream_node : ends.node1);
    xml_out_text(xml, "HG004", is_named ? more->downstream_node : ends.node2);
    xml_out_text(xml, "HG102", more->street);
    xml_out_text(xml, "HG302", m150_use_of(en_system(en_system_letter(more->system))));
    xml_out_text(xml, "HG304", material_of_inspection(inspection, MATERIALS_GERMAN));
    xml_out_text(xml, "HG305", m150_shape_of(shape));
    xml_out_float(xml, "HG306", inspection->diameter_mm);
    xml_out_float(xml, "HG307",
        isnan(inspection->height_mm) ? inspection->diameter_mm : inspection->height_mm);
    xml_out_number(xml, "HG310", inspection->expected_m);
    xml_out_text(xml, "HG313", inspection->is_lateral ? TEXT("B") : (struct text){0});
    xml_out_number(xml, "HG314", inspection->inspected_m);
}

static void put_manhole(struct xml_out *xml, const struct inspection *inspection) {
    xml_out_text(xml, "KG001", inspection->segment_ref);
    if (inspection->more != NULL) {
        xml_out_text(xml, "KG102", inspection->more->street);
    }
}

/* The reader knows whose codes they are by this. */
static struct text standard_of(const struct inspection_more *more) {
    bool names_it = more != NULL && (text_contains(more->standard, TEXT("13508")) ||
                                        text_contains(more->standard, TEXT("149")));
    return names_it ? more->standard : TEXT("EN 13508-2");
}

static void put_run(struct xml_out *xml, const struct inspection *inspection) {
    static const struct inspection_more none = {0};
    const struct inspection_more *more = inspection->more == NULL ? &none : inspection->more;
    const struct observation *observations = inspection_observations(inspection);

    xml_out_open(xml, inspection->object == OBJECT_NODE ? "KI" : "HI", NULL);
    put(xml, inspection, "I004", more->purpose);
    put(xml, inspection, "I005", standard_of(more));
    if (inspection->object != OBJECT_NODE && inspection->direction != DIRECTION_UNKNOWN) {
        put(xml, inspection, "I101",
            inspection->direction == DIRECTION_DOWNSTREAM ? TEXT("I") : TEXT("G"));
    }
    xml_out_date(xml, name_of(inspection, "I104").at, inspection->inspected_on);
    put(xml, inspection, "I105", more->time);
    put(xml, inspection, "I106", more->weather);
    put(xml, inspection, "I112", pool_word(&inspection->survey->words, inspection->operator_word));
    put(xml, inspection, "I116", more->video);
    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (export_row_has_code(inspection, &observations[i])) {
            put_row(xml, inspection, &observations[i]);
        }
    }
    xml_out_close(xml);
}

static bool write(const struct export_request *request, struct text_out *out, struct error *err) {
    struct xml_out xml = {.out = out};

    (void)err; /* nothing here can fail */
    xml_out_begin(&xml);
    xml_out_open(&xml, "DATA", NULL);
    xml_out_open(&xml, "FD", NULL);
    xml_out_text(&xml, "FD001", TEXT("04-2010"));
    xml_out_text(&xml, "FD002", TEXT("B"));
    xml_out_close(&xml);
    if (request->network != NULL) {
        m150_network_write(&xml, request);
    }
    for (size_t i = 0; i < request->n_inspections; i++) {
        const struct inspection *inspection = request->inspections[i];
        bool is_node = inspection->object == OBJECT_NODE;
        xml_out_open(&xml, is_node ? "KG" : "HG", NULL);
        if (is_node) {
            put_manhole(&xml, inspection);
        } else {
            put_pipe(&xml, inspection);
        }
        put_run(&xml, inspection);
        xml_out_close(&xml);
    }
    xml_out_close(&xml);
    return true;
}

const struct export_target export_m150 = {
    .name = "dwa-m150",
    .description = "DWA-M 150 XML, type B (inspections), with a network",
    .extensions = ".xml",
    .reader = "dwa-m150",
    .holds = holds,
    .catalogue = CATALOGUE_EN13508,
    .has_network_crs = true,
    .holds_row = export_row_has_code,
    .write = write,
};
