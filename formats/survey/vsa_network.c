/* The network of VSA-DSS and SIA 405, by their references:
 *
 *     Haltung (a reach) -- vonHaltungspunktRef, nachHaltungspunktRef --> Haltungspunkt
 *     Haltungspunkt -- AbwassernetzelementRef --> Abwasserknoten (a node), or another Haltung
 *     Haltung -- AbwasserbauwerkRef --> Kanal: use, year; -- RohrprofilRef --> Rohrprofil: shape
 *     Abwasserknoten -- AbwasserbauwerkRef --> Normschacht ...; Deckel -- the same --> its cover
 *
 * [K]: no file of the field was at hand; the names are those of published examples. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/vsa.h"

static bool lies_in(struct xy at, double west, double east, double south, double north) {
    return at.x >= west && at.x <= east && at.y >= south && at.y <= north;
}

/* LV95 has 2 and 1 in front of what LV03 had. */
static const char *crs_of(const struct vsa *vsa, struct xy at) {
    if (lies_in(at, 2.4e6, 2.9e6, 1.0e6, 1.4e6)) {
        return "EPSG:2056";
    }
    if (lies_in(at, 4.0e5, 9.0e5, 5.0e3, 4.0e5)) {
        return "EPSG:21781";
    }
    return text_contains(vsa->model, TEXT("LV95"))   ? "EPSG:2056"
           : text_contains(vsa->model, TEXT("LV03")) ? "EPSG:21781"
                                                     : NULL;
}

/* --- nodes --- */

static const char *kind_of(struct vsa *vsa, const struct vsa_object *node) {
    const struct vsa_object *structure =
        vsa_object_of(&vsa->structures, vsa_value(node, EL_AbwasserbauwerkRef));

    switch (structure == NULL ? EL_WORDS : structure->class) {
    case EL_Normschacht:
        return "manhole";
    case EL_Einleitstelle:
        return "outfall";
    case EL_Spezialbauwerk:
        return "structure";
    case EL_Versickerungsanlage:
        return "infiltration";
    default:
        return NULL;
    }
}

struct drawing {
    struct vsa *vsa;
    struct network *network;
    struct index cover_of;   /* cover by the TID of its structure */
    struct index names;      /* node by its id */
    struct text *node_names; /* by node object: the id that it got */
};

static void index_covers(struct drawing *drawing) {
    const struct vsa_objects *covers = &drawing->vsa->covers;

    for (size_t i = 0; i < covers->n; i++) {
        struct text structure = vsa_value(&covers->at[i], EL_AbwasserbauwerkRef);
        if (structure.n > 0) {
            index_add(&drawing->cover_of, structure, (uint32_t)i);
        }
    }
}

/* A node that shares its name with another goes by its TID: else their reaches would be joined. */
static struct text name_node(
    struct drawing *drawing, const struct vsa_object *object, uint32_t number) {
    struct text name = arena_copy(&drawing->network->arena, vsa_name(object));

    if (index_add(&drawing->names, name, number) != number) {
        vsa_find(drawing->vsa, FINDING_DUPLICATE_ID, object->line, "Abwasserknoten", name);
        name = arena_copy(&drawing->network->arena, object->tid);
        index_add(&drawing->names, name, number);
    }
    return name;
}

static void add_node(struct drawing *drawing, size_t number) {
    struct vsa *vsa = drawing->vsa;
    const struct vsa_object *object = &vsa->nodes.at[number];
    struct network *network = drawing->network;
    const char *kind = kind_of(vsa, object);
    struct text structure = vsa_value(object, EL_AbwasserbauwerkRef);
    uint32_t cover = structure.n == 0 ? INDEX_NONE : index_find(&drawing->cover_of, structure);
    struct node *node = network_add_node(network);

    node->id = name_node(drawing, object, (uint32_t)number);
    node->line = object->line;
    if (kind != NULL) {
        node->kind = pool_add(&network->words, text_from(kind));
    }
    if (object->geometry.n > 0) {
        node->at = object->geometry.at[0];
    }
    node->invert_m = vsa_number(vsa, object, EL_Sohlenkote);
    if (cover != INDEX_NONE) {
        node->ground_m = vsa_number(vsa, &vsa->covers.at[cover], EL_Kote);
    }
    drawing->node_names[number] = node->id;
}

/* --- reaches --- */

/* An end that runs into another reach has no node. */
static struct text end_name(const struct drawing *drawing, const struct vsa_object *point) {
    struct vsa *vsa = drawing->vsa;
    struct text element =
        point == NULL ? (struct text){0} : vsa_value(point, EL_AbwassernetzelementRef);
    uint32_t node = element.n == 0 ? INDEX_NONE : row_keys_find(&vsa->nodes.by_tid, element);

    return node == INDEX_NONE ? (struct text){0} : drawing->node_names[node];
}

static enum sewer_system system_of(struct text use) {
    return text_contains(use, TEXT("Misch"))          ? SYSTEM_COMBINED
           : text_contains(use, TEXT("Schmutz"))      ? SYSTEM_FOUL
           : text_contains(use, TEXT("Regen"))        ? SYSTEM_STORM
           : text_contains(use, TEXT("Niederschlag")) ? SYSTEM_STORM
                                                      : SYSTEM_UNKNOWN;
}

static struct text shape_of(struct text profile) {
    static const struct {
        const char *name, *shape;
    } list[] = {
        {"Kreisprofil",    "circular"   },
        {"Eiprofil",       "egg"        },
        {"Maulprofil",     "mouth"      },
        {"Rechteckprofil", "rectangular"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (text_equal(profile, text_from(list[i].name))) {
            return text_from(list[i].shape);
        }
    }
    return profile;
}

/* HoehenBreitenverhaeltnis is height by width; only the height is given in mm. */
static void fill_profile(
    const struct drawing *drawing, const struct vsa_object *object, struct segment *segment) {
    struct vsa *vsa = drawing->vsa;
    const struct vsa_object *profile =
        vsa_object_of(&vsa->profiles, vsa_value(object, EL_RohrprofilRef));
    double height_mm = vsa_number(vsa, object, EL_Lichte_Hoehe), ratio = NAN;

    if (profile != NULL) {
        ratio = vsa_number(vsa, profile, EL_HoehenBreitenverhaeltnis);
        segment->shape =
            pool_add(&drawing->network->words, shape_of(vsa_value(profile, EL_Profiltyp)));
    }
    segment->diameter_mm = height_mm > 0 ? (float)height_mm : NAN;
    if (height_mm > 0 && ratio > 0.1 && ratio < 10 && ratio != 1) {
        segment->diameter_mm = (float)(height_mm / ratio);
        segment->height_mm = (float)height_mm;
    }
}

static void fill_channel(
    const struct drawing *drawing, const struct vsa_object *object, struct segment *segment) {
    const struct vsa_object *channel =
        vsa_object_of(&drawing->vsa->channels, vsa_value(object, EL_AbwasserbauwerkRef));
    long year = 0;

    if (channel == NULL) {
        return;
    }
    segment->system = (uint8_t)system_of(vsa_value(channel, EL_Nutzungsart_Ist));
    segment->street = pool_add(&drawing->network->words, vsa_value(channel, EL_Standortname));
    if (text_to_int(vsa_value(channel, EL_Baujahr), &year) && year > 0 && year < 3000) {
        segment->year_built = (int16_t)year;
    }
}

static void fill_line(
    struct drawing *drawing, const struct vsa_object *object, struct segment *segment) {
    size_t n = object->geometry.n;

    if (n < 2) {
        return;
    }
    struct xy *at = ARENA_NEW(&drawing->network->arena, struct xy, n);
    for (size_t i = 0; i < n; i++) {
        at[i] = object->geometry.at[i];
    }
    segment->line = (struct polyline){at, n};
}

static struct named_ends add_segment(struct drawing *drawing, const struct vsa_object *object) {
    struct vsa *vsa = drawing->vsa;
    struct network *network = drawing->network;
    const struct vsa_object *from =
        vsa_object_of(&vsa->points, vsa_value(object, EL_vonHaltungspunktRef));
    const struct vsa_object *to =
        vsa_object_of(&vsa->points, vsa_value(object, EL_nachHaltungspunktRef));
    struct segment *segment = network_add_segment(network);

    segment->id = arena_copy(&network->arena, vsa_name(object));
    segment->number_in_file = object->line;
    segment->flow_source = FLOW_FROM_FIELDS;
    segment->material = pool_add(&network->words, vsa_value(object, EL_Material));
    segment->source = pool_add(&network->words, network->path);
    segment->length_m = vsa_number(vsa, object, EL_LaengeEffektiv);
    segment->from_invert_m = from == NULL ? NAN : vsa_number(vsa, from, EL_Kote);
    segment->to_invert_m = to == NULL ? NAN : vsa_number(vsa, to, EL_Kote);
    fill_profile(drawing, object, segment);
    fill_channel(drawing, object, segment);
    fill_line(drawing, object, segment);
    return (struct named_ends){
        .from = end_name(drawing, from),
        .to = end_name(drawing, to),
        .line = object->line,
    };
}

static void find_crs(struct drawing *drawing) {
    const struct vsa *vsa = drawing->vsa;
    const struct vsa_objects *const drawn[] = {&vsa->reaches, &vsa->nodes};

    for (size_t k = 0; k < ARRAY_LEN(drawn); k++) {
        for (size_t i = 0; i < drawn[k]->n; i++) {
            const struct polyline *geometry = &drawn[k]->at[i].geometry;
            const char *crs = geometry->n == 0 ? NULL : crs_of(vsa, geometry->at[0]);
            if (crs != NULL) {
                drawing->network->crs = text_from(crs);
                return;
            }
        }
    }
}

void vsa_build_network(struct vsa *vsa) {
    struct survey *survey = vsa->survey;
    size_t capacity = 0;

    if (vsa->nodes.n + vsa->reaches.n == 0) {
        return;
    }
    survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
    *survey->network = (struct network){.path = survey->file.path};
    struct drawing drawing = {
        .vsa = vsa,
        .network = survey->network,
        .node_names = ARENA_NEW(&survey->arena, struct text, vsa->nodes.n),
    };
    struct named_ends *ends = ARENA_NEW(&survey->arena, struct named_ends, vsa->reaches.n);
    index_covers(&drawing);
    for (size_t i = 0; i < vsa->nodes.n; i++) {
        add_node(&drawing, i);
    }
    for (size_t i = 0; i < vsa->reaches.n; i++) {
        ends[i] = add_segment(&drawing, &vsa->reaches.at[i]);
    }
    find_crs(&drawing);
    named_ends_join(survey->network, ends, &survey->findings);
    index_release(&drawing.cover_of);
    index_release(&drawing.names);
}
