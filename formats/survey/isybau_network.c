/* The master data of ISYBAU XML:
 *
 *     <AbwassertechnischeAnlage>
 *       <Objektbezeichnung>120005</Objektbezeichnung>
 *       <Objektart>1</Objektart>                         1 edge, 2 node
 *       <Kante><KnotenZulauf>... <KnotenAblauf>...       upstream and downstream node
 *       <Geometrie><CRSLage>... <Geometriedaten>
 *         <Knoten><Punkt><Rechtswert>...                 points of a node: cover, shaft ...
 *         <Kanten><Kante><Start>... <Ende>...            straight pieces of an edge, or
 *         <Polygone><Polygon><Polygonart>3 <Kante>...    the same as an open polygon
 */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/isybau.h"

static const struct isybau_point unset_point = {NAN, NAN, NAN, ""};

static struct text value_of(const struct isybau *isybau, enum isybau_element word) {
    return xml_record_value(&isybau->asset, isybau->asset.raw, word);
}

static double number_of(const struct isybau *isybau, enum isybau_element word, const char *name) {
    struct text value = value_of(isybau, word);
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        isybau_find(isybau, FINDING_INVALID_VALUE, isybau->asset.line, name, value);
    }
    return out;
}

void isybau_asset_begin(struct isybau *isybau, uint32_t line) {
    struct survey *survey = isybau->survey;

    if (survey->network == NULL) {
        size_t capacity = 0;
        survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
        *survey->network = (struct network){.path = survey->file.path};
    }
    isybau->asset.line = line;
    isybau->n_assets++;
    isybau->shaft = isybau->cover = isybau->other = unset_point;
    isybau->n_vertices = 0;
    isybau->n_lines = 0;
    isybau->is_ring = isybau->has_gap = false;
}

/* --- Geometry --- */

static bool is_point(uint16_t word) {
    return word == EL_Punkt || word == EL_Start || word == EL_Ende || word == EL_Mitte;
}

void isybau_asset_start(struct isybau *isybau, uint16_t word) {
    if (is_point(word)) {
        isybau->point = unset_point;
    } else if (word == EL_Kanten || word == EL_Polygon) {
        isybau->n_lines++;
        isybau->is_ring = false;
    }
}

static void value_of_point(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    struct isybau_point *point = &isybau->point;
    double *to = tag->word == EL_Rechtswert   ? &point->x
                 : tag->word == EL_Hochwert   ? &point->y
                 : tag->word == EL_Punkthoehe ? &point->z
                                              : NULL;

    if (tag->word == EL_PunktattributAbwasser) {
        struct text kind = text_part(value, 0, sizeof point->kind - 1);
        memcpy(point->kind, kind.at, kind.n);
        point->kind[kind.n] = '\0';
    } else if (to != NULL && !text_to_double(value, to)) {
        isybau_find(isybau, FINDING_INVALID_VALUE, tag->line, "coordinate", value);
    }
}

static void take(struct isybau_point *into, const struct isybau_point *point) {
    if (isnan(into->x) && isnan(into->z)) {
        *into = *point;
    }
}

/* SMP is the shaft's bottom, DMP its cover, GOK the ground, SBD the cover of a structure. */
static void end_node_point(struct isybau *isybau) {
    const struct isybau_point *point = &isybau->point;

    if (strcmp(point->kind, "SMP") == 0) {
        take(&isybau->shaft, point);
    } else if (strcmp(point->kind, "DMP") == 0 || strcmp(point->kind, "GOK") == 0 ||
               strcmp(point->kind, "SBD") == 0) {
        if (isnan(isybau->cover.z)) {
            isybau->cover.z = point->z;
        }
        if (isnan(isybau->cover.x)) {
            isybau->cover.x = point->x;
            isybau->cover.y = point->y;
        }
    } else {
        take(&isybau->other, point);
    }
}

static bool same(struct xy a, struct xy b) {
    return a.x == b.x && a.y == b.y;
}

static bool touches(struct xy at, struct xy from, struct xy to) {
    return same(at, from) || same(at, to);
}

static void push_vertex(struct isybau *isybau, struct xy at) {
    isybau->vertices = array_reserve(isybau->vertices, &isybau->vertices_capacity,
        isybau->n_vertices + 1, sizeof *isybau->vertices);
    isybau->vertices[isybau->n_vertices++] = at;
}

static void turn_round(struct xy *at, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        struct xy swapped = at[i];
        at[i] = at[n - 1 - i];
        at[n - 1 - i] = swapped;
    }
}

/* Pieces come in order, but each may be drawn either way. */
static void add_piece(struct isybau *isybau, struct xy from, struct xy to) {
    size_t n = isybau->n_vertices;

    if (n == 0) {
        push_vertex(isybau, from);
        push_vertex(isybau, to);
        return;
    }
    if (n == 2 && !touches(isybau->vertices[1], from, to) &&
        touches(isybau->vertices[0], from, to)) { /* the first piece was drawn the other way */
        turn_round(isybau->vertices, n);
    }
    struct xy last = isybau->vertices[n - 1];
    if (same(last, from)) {
        push_vertex(isybau, to);
    } else if (same(last, to)) {
        push_vertex(isybau, from);
    } else {
        isybau->has_gap = true;
        push_vertex(isybau, from);
        push_vertex(isybau, to);
    }
}

/* Another line of the same asset counts only where it goes on from the first. */
static bool goes_on(const struct isybau *isybau, struct xy from, struct xy to) {
    return !isybau->has_gap && touches(isybau->vertices[isybau->n_vertices - 1], from, to);
}

static void end_piece(struct isybau *isybau) {
    struct xy from = {isybau->from.x, isybau->from.y}, to = {isybau->point.x, isybau->point.y};

    if (isybau->is_ring || !xy_is_set(from) || !xy_is_set(to)) {
        return;
    }
    if (isybau->n_vertices == 0) {
        isybau->first_line = isybau->n_lines;
    } else if (isybau->n_lines != isybau->first_line && !goes_on(isybau, from, to)) {
        isybau->has_gap = true;
        return;
    }
    add_piece(isybau, from, to);
}

static bool is_edge(const struct isybau *isybau) {
    struct text type = value_of(isybau, EL_Objektart);
    bool names_ends = value_of(isybau, EL_KnotenZulauf).n + value_of(isybau, EL_KnotenAblauf).n > 0;

    return text_equal(type, TEXT("1")) || (type.n == 0 && names_ends);
}

void isybau_asset_element(struct isybau *isybau, uint16_t word) {
    uint16_t parent = isybau_above(isybau, 1);

    if (word == EL_Punkt) {
        end_node_point(isybau);
    } else if (parent == EL_Kante && word == EL_Start) {
        isybau->from = isybau->point;
    } else if (parent == EL_Kante && word == EL_Ende) {
        end_piece(isybau);
    } else if (parent == EL_Kante && word == EL_Mitte && is_edge(isybau)) {
        isybau_find(isybau, FINDING_GEOMETRY_REPAIRED, isybau->asset.line,
            "an arc was taken as its chord in", value_of(isybau, EL_Objektbezeichnung));
    }
}

/* --- Values --- */

/* The same names stand in other places too (parts of a pipe, a connection). */
static bool is_of_asset(const struct isybau *isybau) {
    uint16_t parent = isybau_above(isybau, 1), grandparent = isybau_above(isybau, 2);

    switch (parent) {
    case EL_AbwassertechnischeAnlage:
    case EL_Lage:
        return true;
    case EL_Kante:
    case EL_Knoten:
        return grandparent == EL_AbwassertechnischeAnlage;
    case EL_Profil:
        return grandparent == EL_Kante;
    default:
        return false;
    }
}

static void fill_crs(struct isybau *isybau, uint32_t line, struct text crs) {
    if (isybau->crs.n == 0) {
        isybau->crs = arena_copy(&isybau->survey->arena, crs);
    } else if (!text_equal(isybau->crs, crs)) {
        isybau_find(isybau, FINDING_INVALID_VALUE, line, "another CRSLage", crs);
    }
}

void isybau_asset_value(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    if (is_point(isybau_above(isybau, 1))) {
        value_of_point(isybau, tag, value);
    } else if (tag->word == EL_CRSLage) {
        fill_crs(isybau, tag->line, value);
    } else if (tag->word == EL_Polygonart) {
        isybau->is_ring = text_equal(value, TEXT("1")) || text_equal(value, TEXT("2"));
    } else if (is_of_asset(isybau) &&
               !xml_record_add(&isybau->asset, tag->name, tag->word, value)) {
        isybau_find(
            isybau, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at", tag->name);
    }
}

/* --- Assets --- */

static uint32_t add_word(struct network *network, const char *known, struct text value) {
    return pool_add(&network->words, known == NULL ? value : text_from(known));
}

static void add_node(struct isybau *isybau) {
    struct network *network = isybau->survey->network;
    struct node *node = network_add_node(network);
    struct text kind = value_of(isybau, EL_KnotenTyp);
    const struct isybau_point *at = !isnan(isybau->shaft.x)   ? &isybau->shaft
                                    : !isnan(isybau->cover.x) ? &isybau->cover
                                                              : &isybau->other;

    node->id = arena_copy(&network->arena, value_of(isybau, EL_Objektbezeichnung));
    node->line = isybau->n_assets;
    node->kind = add_word(network, isybau_node_kind(kind), kind);
    if (!isnan(at->y)) {
        node->at = (struct xy){at->x, at->y};
    }
    node->ground_m = isybau->cover.z;
    node->invert_m = isybau->shaft.z;
    if (node->id.n == 0) {
        node->id = arena_printf(&network->arena, "node-%u", (unsigned)isybau->n_assets);
        isybau_find(isybau, FINDING_ID_MISSING, isybau->asset.line, "node", node->id);
    }
}

static void fill_sizes(struct isybau *isybau, struct segment *segment) {
    double width = number_of(isybau, EL_Profilbreite, "Profilbreite");
    double height = number_of(isybau, EL_Profilhoehe, "Profilhoehe");
    long year = 0;

    segment->diameter_mm = (float)(isnan(width) ? height : width);
    if (!isnan(width) && !isnan(height) && width != height) {
        segment->height_mm = (float)height;
    }
    if (text_to_int(value_of(isybau, EL_Baujahr), &year) && year > 0 && year < 3000) {
        segment->year_built = (int16_t)year;
    }
    segment->length_m = number_of(isybau, EL_Laenge, "Laenge");
    segment->from_invert_m = number_of(isybau, EL_SohlhoeheZulauf, "SohlhoeheZulauf");
    segment->to_invert_m = number_of(isybau, EL_SohlhoeheAblauf, "SohlhoeheAblauf");
}

static void fill_line(struct isybau *isybau, struct network *network, struct segment *segment) {
    size_t n = isybau->n_vertices;

    if (isybau->has_gap) {
        isybau_find(isybau, FINDING_GEOMETRY_MULTIPART, isybau->asset.line, "edge", segment->id);
    }
    if (n == 0) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, n);
    memcpy(at, isybau->vertices, n * sizeof *at);
    segment->line = (struct polyline){at, n};
}

static void add_segment(struct isybau *isybau) {
    struct network *network = isybau->survey->network;
    struct segment *segment = network_add_segment(network);
    struct text shape = value_of(isybau, EL_Profilart);

    isybau->edges = array_reserve(
        isybau->edges, &isybau->edges_capacity, network->n_segments, sizeof *isybau->edges);
    struct named_ends *edge = &isybau->edges[network->n_segments - 1];
    *edge = (struct named_ends){
        .from = arena_copy(&network->arena, value_of(isybau, EL_KnotenZulauf)),
        .to = arena_copy(&network->arena, value_of(isybau, EL_KnotenAblauf)),
        .line = isybau->asset.line,
    };
    segment->id = arena_copy(&network->arena, value_of(isybau, EL_Objektbezeichnung));
    if (segment->id.n == 0) {
        segment->id =
            arena_printf(&network->arena, "%.*s-%.*s", TEXT_ARGS(edge->from), TEXT_ARGS(edge->to));
        isybau_find(isybau, FINDING_ID_MISSING, isybau->asset.line, "edge", segment->id);
    }
    segment->number_in_file = isybau->n_assets;
    segment->flow_source = FLOW_FROM_FIELDS;
    segment->material = pool_add(&network->words, value_of(isybau, EL_Material));
    segment->shape = add_word(network, isybau_shape(shape), shape);
    segment->street = pool_add(&network->words, value_of(isybau, EL_Strassenname));
    segment->source = pool_add(&network->words, network->path);
    segment->system = (uint8_t)isybau_system(value_of(isybau, EL_Entwaesserungsart));
    fill_sizes(isybau, segment);
    fill_line(isybau, network, segment);
}

void isybau_asset_end(struct isybau *isybau) {
    struct text type = value_of(isybau, EL_Objektart);

    if (is_edge(isybau)) {
        add_segment(isybau);
    } else if (text_equal(type, TEXT("2")) || type.n == 0) {
        add_node(isybau);
    } else {
        isybau_find(isybau, FINDING_UNKNOWN_VALUE, isybau->asset.line, "Objektart", type);
    }
}

void isybau_network_finish(struct isybau *isybau) {
    struct network *network = isybau->survey->network;

    if (network != NULL) {
        network->crs = arena_copy(&network->arena, isybau_crs(isybau->crs));
        named_ends_join(network, isybau->edges, &isybau->survey->findings);
    }
}
