/* The network of DWA-M 150, as a file of type A has it (facts/formats.md, section 3): nodes with a
 * point of their cover (D) and their depth under it, pipes with their line, whose ends lie at the
 * inverts.  Coordinates are Gauss-Krueger, or UTM with the zone in front of the easting: the format
 * has no other way to tell which CRS it is. */
#include "formats/export/m150_network.h"

#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export/materials.h"

struct text m150_use_of(enum sewer_system system) {
    switch (system) {
    case SYSTEM_FOUL:
        return TEXT("S");
    case SYSTEM_STORM:
        return TEXT("R");
    case SYSTEM_COMBINED:
        return TEXT("M");
    case SYSTEM_UNKNOWN:
        return (struct text){0};
    }
    return (struct text){0};
}

struct text m150_shape_of(struct text shape) {
    return text_equal(shape, TEXT("circular")) ? TEXT("DN") : shape;
}

static struct text kind_of(struct text kind) {
    return text_equal(kind, TEXT("manhole"))     ? TEXT("S")
           : text_equal(kind, TEXT("outfall"))   ? TEXT("A")
           : text_equal(kind, TEXT("structure")) ? TEXT("B")
                                                 : kind;
}

/* --- geometry --- */

/* 31 to 33 when the coordinates are in a UTM zone of Germany's; else 0. */
static int utm_zone(const struct network *network) {
    long code = 0;
    bool is_epsg = text_starts_with(network->crs, TEXT("EPSG:")) &&
                   text_to_int(text_part(network->crs, 5, network->crs.n), &code);

    return is_epsg && code >= 25831 && code <= 25833 ? (int)code - 25800 : 0;
}

static void put_fixed(struct xml_out *xml, const char *name, double value) {
    char digits[40];

    if (!isnan(value)) {
        snprintf(digits, sizeof digits, "%.3f", value);
        xml_out_text(xml, name, text_from(digits));
    }
}

static void put_point(struct xml_out *xml, const struct network *network, struct text name,
    struct xy at, double z_m) {
    int zone = utm_zone(network);

    if (!xy_is_set(at)) {
        return;
    }
    xml_out_open(xml, "GP", NULL);
    xml_out_text(xml, "GP001", name);
    xml_out_text(xml, "GP002", zone > 0 ? TEXT("UTM") : TEXT("GK"));
    put_fixed(xml, zone > 0 ? "GP005" : "GP003", zone > 0 && at.x < 1e6 ? at.x + zone * 1e6 : at.x);
    put_fixed(xml, zone > 0 ? "GP006" : "GP004", at.y);
    put_fixed(xml, "GP007", z_m);
    xml_out_close(xml);
}

static void begin_geometry(
    struct xml_out *xml, struct text name, const char *object, const char *form) {
    xml_out_open(xml, "GO", NULL);
    xml_out_text(xml, "GO001", name);
    xml_out_text(xml, "GO002", text_from(object));
    xml_out_text(xml, "GO003", text_from(form));
}

/* --- nodes --- */

static void put_node(struct xml_out *xml, const struct network *network, const struct node *node) {
    xml_out_open(xml, "KG", NULL);
    xml_out_text(xml, "KG001", node->id);
    put_fixed(xml, "KG211", node->ground_m - node->invert_m);
    xml_out_text(xml, "KG305", kind_of(network_word(network, node->kind)));
    if (xy_is_set(node->at)) {
        begin_geometry(xml, node->id, "D", "Pkt");
        put_point(xml, network, node->id, node->at, node->ground_m);
        xml_out_close(xml);
    }
    xml_out_close(xml);
}

/* --- segments --- */

static struct text id_of(const struct network *network, uint32_t node) {
    return node == NO_NODE ? (struct text){0} : network->nodes[node].id;
}

/* Without names at their points, lines run with the flow. */
static void put_line(
    struct xml_out *xml, const struct network *network, const struct segment *segment) {
    struct polyline line = segment->line;

    if (line.n < 2) {
        return;
    }
    begin_geometry(xml, segment_own_id(segment), "H", line.n == 2 ? "L" : "Poly");
    for (size_t i = 0; i < line.n; i++) {
        bool is_first = i == 0, is_last = i + 1 == line.n;
        struct text name = is_first  ? id_of(network, segment->from_node)
                           : is_last ? id_of(network, segment->to_node)
                                     : (struct text){0};
        double z_m = is_first ? segment->from_invert_m : is_last ? segment->to_invert_m : NAN;
        put_point(xml, network, name, line.at[i], z_m);
    }
    xml_out_close(xml);
}

static void put_segment(
    struct xml_out *xml, const struct export_request *request, const struct segment *segment) {
    const struct network *network = request->network;

    xml_out_open(xml, "HG", NULL);
    xml_out_text(xml, "HG001", segment_own_id(segment));
    xml_out_text(xml, "HG003", id_of(network, segment->from_node));
    xml_out_text(xml, "HG004", id_of(network, segment->to_node));
    xml_out_text(xml, "HG102", network_word(network, segment->street));
    put_fixed(xml, "HG204", segment->from_invert_m);
    put_fixed(xml, "HG209", segment->to_invert_m);
    xml_out_text(xml, "HG302", m150_use_of((enum sewer_system)segment->system));
    if (segment->year_built > 0) {
        xml_out_count(xml, "HG303", (unsigned)segment->year_built);
    }
    xml_out_text(xml, "HG304", material_of_segment(request, segment, MATERIALS_GERMAN));
    xml_out_text(xml, "HG305", m150_shape_of(network_word(network, segment->shape)));
    xml_out_float(xml, "HG306", segment->diameter_mm);
    xml_out_float(
        xml, "HG307", isnan(segment->height_mm) ? segment->diameter_mm : segment->height_mm);
    put_fixed(xml, "HG310", segment->length_m);
    put_line(xml, network, segment);
    xml_out_close(xml);
}

void m150_network_write(struct xml_out *xml, const struct export_request *request) {
    const struct network *network = request->network;

    for (size_t i = 0; i < network->n_segments; i++) {
        put_segment(xml, request, &network->segments[i]);
    }
    for (size_t i = 0; i < network->n_nodes; i++) {
        put_node(xml, network, &network->nodes[i]);
    }
}
