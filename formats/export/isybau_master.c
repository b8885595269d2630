/* The Stammdatenkollektiv, in the order of the schema: each node with its cover (DMP) and its
 * bottom (SMP), each segment with its ends, levels, profile and line.  What a network has no word
 * of the format for is left out, never replaced: a structure would have to say which of thirteen
 * kinds it is. */
#include "formats/export/isybau_master.h"

#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export/materials.h"

enum { CRS_MAX = 30 }; /* characters, by the schema */

/* --- words --- */

static struct text crs_name(struct text crs) {
    static const char *const names[][2] = {
        {"EPSG:25831", "ETRS89_UTM31"},
        {"EPSG:25832", "ETRS89_UTM32"},
        {"EPSG:25833", "ETRS89_UTM33"},
        {"EPSG:31466", "DE_DHDN_3GK2"},
        {"EPSG:31467", "DE_DHDN_3GK3"},
        {"EPSG:31468", "DE_DHDN_3GK4"},
        {"EPSG:31469", "DE_DHDN_3GK5"},
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (text_equal_nocase(crs, text_from(names[i][0]))) {
            return text_from(names[i][1]);
        }
    }
    return crs.n <= CRS_MAX ? crs : (struct text){0};
}

const char *isybau_shape_number(struct text shape) {
    static const char *const words[][2] = {
        {"circular",         "0" },
        {"egg",              "1" },
        {"mouth",            "2" },
        {"rectangular",      "3" },
        {"open rectangular", "5" },
        {"trapezium",        "8" },
        {"double trapezium", "9" },
        {"u-shaped",         "10"},
        {"arch",             "11"},
        {"oval",             "12"},
        {"other",            "13"},
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (text_equal(shape, text_from(words[i][0]))) {
            return words[i][1];
        }
    }
    return NULL;
}

/* List G102, without the linings. */
struct text isybau_material(struct text material) {
    static const char *const list[] = {"AZ", "B", "BS", "CNS", "EIS", "FZ", "GFK", "GG", "GGG",
        "KST", "MA", "OB", "P", "PC", "PCC", "PE", "PEHD", "PH", "PHB", "PP", "PVC", "PVCU", "SFB",
        "SPB", "SB", "ST", "STZ", "SZB", "W", "ZG", "MIX", "BOD", "RAS", "PFL"};

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (text_equal(material, text_from(list[i]))) {
            return material;
        }
    }
    return (struct text){0};
}

const char *isybau_kanalart(enum sewer_system system) {
    switch (system) {
    case SYSTEM_STORM:
        return "KR";
    case SYSTEM_FOUL:
        return "KS";
    case SYSTEM_COMBINED:
        return "KM";
    case SYSTEM_UNKNOWN:
        return NULL;
    }
    return NULL;
}

enum node_type {
    NODE_MANHOLE,
    NODE_CONNECTION,
    NODE_STRUCTURE,
};

static enum node_type type_of(const struct network *network, uint32_t node) {
    struct text kind = network_word(network, network->nodes[node].kind);

    return text_equal(kind, TEXT("connection"))  ? NODE_CONNECTION
           : text_equal(kind, TEXT("structure")) ? NODE_STRUCTURE
                                                 : NODE_MANHOLE;
}

/* --- points --- */

static void put_fixed(struct xml_out *xml, const char *name, double value, int decimals) {
    char digits[40];

    if (!isnan(value)) {
        snprintf(digits, sizeof digits, "%.*f", decimals, value);
        xml_out_text(xml, name, text_from(digits));
    }
}

static void put_point(
    struct xml_out *xml, const char *name, struct xy at, double z_m, const char *kind) {
    xml_out_open(xml, name, NULL);
    put_fixed(xml, "Rechtswert", at.x, 3);
    put_fixed(xml, "Hochwert", at.y, 3);
    put_fixed(xml, "Punkthoehe", z_m, 3);
    xml_out_text(xml, "PunktattributAbwasser", text_from(kind));
    xml_out_close(xml);
}

static void begin_geometry(struct xml_out *xml) {
    xml_out_open(xml, "Geometrie", NULL);
    xml_out_open(xml, "Geometriedaten", NULL);
}

static void end_geometry(struct xml_out *xml, const struct network *network) {
    xml_out_close(xml);
    xml_out_text(xml, "CRSLage", crs_name(network->crs));
    xml_out_close(xml);
}

/* --- nodes --- */

/* The schema wants to know, as edges refer to it: what nobody calls otherwise is a manhole.  Of a
 * structure it wants more, which nobody knows. */
static void put_kind(struct xml_out *xml, enum node_type type) {
    xml_out_open(xml, "Knoten", NULL);
    xml_out_count(xml, "KnotenTyp", type);
    switch (type) {
    case NODE_MANHOLE:
        xml_out_empty(xml, "Schacht");
        break;
    case NODE_CONNECTION:
        xml_out_open(xml, "Anschlusspunkt", NULL);
        xml_out_text(xml, "Punktkennung", TEXT("AP"));
        xml_out_close(xml);
        break;
    case NODE_STRUCTURE:
        break;
    }
    xml_out_close(xml);
}

static void put_node(struct xml_out *xml, const struct network *network, uint32_t number) {
    const struct node *node = &network->nodes[number];
    bool has_bottom = !isnan(node->invert_m), has_cover = !isnan(node->ground_m);

    xml_out_open(xml, "AbwassertechnischeAnlage", NULL);
    xml_out_text(xml, "Objektbezeichnung", node->id);
    xml_out_count(xml, "Objektart", 2);
    put_kind(xml, type_of(network, number));
    if (xy_is_set(node->at) || has_bottom || has_cover) {
        begin_geometry(xml);
        xml_out_open(xml, "Knoten", NULL);
        if (has_cover) {
            put_point(xml, "Punkt", node->at, node->ground_m, "DMP");
        }
        if (has_bottom || !has_cover) {
            put_point(xml, "Punkt", node->at, node->invert_m, "SMP");
        }
        xml_out_close(xml);
        end_geometry(xml, network);
    }
    xml_out_close(xml);
}

/* --- segments --- */

static void put_end(struct xml_out *xml, const struct network *network, uint32_t node,
    const char *name, const char *type_name) {
    if (node != NO_NODE) {
        xml_out_text(xml, name, network->nodes[node].id);
        xml_out_count(xml, type_name, type_of(network, node));
    }
}

static void put_profile(
    struct xml_out *xml, const struct network *network, const struct segment *segment) {
    const char *shape = isybau_shape_number(network_word(network, segment->shape));

    xml_out_open(xml, "Profil", NULL);
    xml_out_count(xml, "SonderprofilVorhanden", 0);
    xml_out_text(xml, "Profilart", text_from(shape));
    xml_out_float(xml, "Profilbreite", segment->diameter_mm);
    xml_out_float(
        xml, "Profilhoehe", isnan(segment->height_mm) ? segment->diameter_mm : segment->height_mm);
    xml_out_close(xml);
}

static void put_edge(
    struct xml_out *xml, const struct export_request *request, const struct segment *segment) {
    const struct network *network = request->network;

    xml_out_open(xml, "Kante", NULL);
    xml_out_count(xml, "KantenTyp", 0);
    put_end(xml, network, segment->from_node, "KnotenZulauf", "KnotenZulaufTyp");
    put_end(xml, network, segment->to_node, "KnotenAblauf", "KnotenAblaufTyp");
    put_fixed(xml, "SohlhoeheZulauf", segment->from_invert_m, 3);
    put_fixed(xml, "SohlhoeheAblauf", segment->to_invert_m, 3);
    put_fixed(xml, "Laenge", segment->length_m, 2);
    xml_out_text(
        xml, "Material", isybau_material(material_of_segment(request, segment, MATERIALS_GERMAN)));
    put_profile(xml, network, segment);
    xml_out_empty(xml, "Haltung");
    xml_out_close(xml);
}

/* RAP is the end of a pipe, LHP a vertex between. */
static void put_line(
    struct xml_out *xml, const struct network *network, const struct segment *segment) {
    struct polyline line = segment->line;

    if (line.n < 2) {
        return;
    }
    begin_geometry(xml);
    xml_out_open(xml, "Kanten", NULL);
    for (size_t i = 0; i + 1 < line.n; i++) {
        bool is_first = i == 0, is_last = i + 2 == line.n;
        xml_out_open(xml, "Kante", NULL);
        put_point(xml, "Start", line.at[i], is_first ? segment->from_invert_m : NAN,
            is_first ? "RAP" : "LHP");
        put_point(xml, "Ende", line.at[i + 1], is_last ? segment->to_invert_m : NAN,
            is_last ? "RAP" : "LHP");
        xml_out_close(xml);
    }
    xml_out_close(xml);
    end_geometry(xml, network);
}

static void put_segment(
    struct xml_out *xml, const struct export_request *request, const struct segment *segment) {
    const struct network *network = request->network;
    struct text street = network_word(network, segment->street);

    xml_out_open(xml, "AbwassertechnischeAnlage", NULL);
    xml_out_text(xml, "Objektbezeichnung", segment_own_id(segment));
    xml_out_count(xml, "Objektart", 1);
    if (segment->year_built > 0) {
        char year[8];
        snprintf(year, sizeof year, "%04d", segment->year_built);
        xml_out_text(xml, "Baujahr", text_from(year));
    }
    xml_out_text(
        xml, "Entwaesserungsart", text_from(isybau_kanalart((enum sewer_system)segment->system)));
    put_edge(xml, request, segment);
    if (street.n > 0) {
        xml_out_open(xml, "Lage", NULL);
        xml_out_text(xml, "Strassenname", street);
        xml_out_close(xml);
    }
    put_line(xml, network, segment);
    xml_out_close(xml);
}

/* --- the collective --- */

static const char *const key = "STA01";

void isybau_master_key(struct xml_out *xml, int day) {
    xml_out_open(xml, "Kollektiv", NULL);
    xml_out_text(xml, "Kennung", text_from(key));
    xml_out_count(xml, "Kollektivart", 1);
    xml_out_open(xml, "Kollektiveigenschaft", NULL);
    xml_out_open(xml, "Stammdaten", NULL);
    xml_out_count(xml, "Stammdatentyp", 1);
    xml_out_count(xml, "Bautechnik", 1);
    xml_out_count(xml, "Geometrie", 1);
    xml_out_count(xml, "Sanierung", 0);
    xml_out_count(xml, "Umfeld", 0);
    xml_out_close(xml);
    xml_out_close(xml);
    xml_out_count(xml, "Regelwerk", 5);
    xml_out_date(xml, "Bearbeitungsstand", day);
    xml_out_close(xml);
}

void isybau_master(struct xml_out *xml, const struct export_request *request) {
    const struct network *network = request->network;

    xml_out_open(xml, "Stammdatenkollektiv", NULL);
    xml_out_text(xml, "Kennung", text_from(key));
    for (size_t i = 0; i < network->n_nodes; i++) {
        put_node(xml, network, (uint32_t)i);
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        put_segment(xml, request, &network->segments[i]);
    }
    xml_out_close(xml);
}
