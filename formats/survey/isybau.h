#pragma once
/* What the parts of the ISYBAU XML reader share.  Nobody else includes this. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "core/index.h"
#include "core/network.h"
#include "core/survey.h"
#include "formats/survey/named_ends.h"
#include "formats/survey_format.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

/* EL_Anlagentyp ...: the element names that the reader knows. */
enum isybau_element {
#define WORD(name) EL_##name,
#include "formats/survey/isybau_words.def"
#undef WORD
    EL_WORDS,
};

/* --- What values mean; NULL or false when the list has no such value --- */

const char *isybau_shape(struct text profilart);
const char *isybau_node_kind(struct text knotentyp);
const char *isybau_weather(struct text wetter);
const char *isybau_method(struct text inspektionsverfahren);
const char *isybau_purpose(struct text inspektionszweck);
const char *isybau_standard(struct text kodiersystem);
bool isybau_standard_is_en(struct text kodiersystem);
bool isybau_edition_is_known(struct text version);
struct text isybau_crs(struct text crs_lage); /* EPSG:25832; what is not known stays as it is */
enum sewer_system isybau_system(struct text entwaesserungsart);
enum zero_point isybau_zero(struct text bezugspunkt_lage);
/* HH:MM:SS:ff from HHMMSSff, whose leading zeros may be lost; else as it is. */
struct text isybau_timecode(struct arena *arena, struct text timecode);

/* --- The reader --- */

/* An Auftrag: a job, which says what coding system its inspections use. */
struct isybau_order {
    struct text key;
    const char *standard, *purpose; /* static, NULL unset */
    bool is_en, has_system;
};

struct isybau_point {
    double x, y, z; /* NAN unset */
    char kind[4];   /* PunktattributAbwasser */
};

struct isybau {
    struct survey *survey;
    const struct read_options *options;
    struct finding_place place; /* the file */
    uint16_t path[XML_DEPTH_MAX + 1];
    unsigned depth;

    /* Depth of the open element of this kind, 0 for none. */
    unsigned order_depth, object_depth, inspection_depth, record_depth, asset_depth;
    struct xml_record order, object, inspection, record, asset;
    struct text version, crs, generator;
    struct index unknown; /* names of elements that are not used and were reported */
    size_t n_leak_tests;

    /* orders of the collective, and which one each inspection of the file names */
    struct isybau_order *orders;
    size_t n_orders, orders_capacity;
    struct index order_index;
    struct text *inspection_orders; /* parallel to survey->inspections */
    size_t inspection_orders_capacity;
    size_t first_inspection_of_collective, first_inspection_of_object;
    size_t n_observations_en, n_observations_other;

    /* the open inspection */
    bool saw_pipe, saw_node, saw_finish, far_end_reached, is_abandoned;
    struct text abandoned_reason;
    size_t n_whole_length;

    /* the open asset */
    struct isybau_point point, from, shaft, cover, other;
    struct xy *vertices; /* an array of its own */
    size_t n_vertices, vertices_capacity;
    unsigned n_lines, first_line; /* Kanten and Polygon elements so far; the one in use */
    bool is_ring, has_gap;

    /* the network */
    struct named_ends *edges; /* parallel to network->segments */
    size_t edges_capacity;
    uint32_t n_assets;
};

/* The element `up` levels above the innermost open one; XML_OTHER when it is none of ours. */
uint16_t isybau_above(const struct isybau *isybau, unsigned up);

void isybau_find(const struct isybau *isybau, enum finding_kind kind, uint32_t line,
    const char *element, struct text value);

void isybau_order_end(struct isybau *isybau);
void isybau_collective_end(struct isybau *isybau);
void isybau_object_end(struct isybau *isybau);
void isybau_inspection_begin(struct isybau *isybau, uint32_t line);
void isybau_inspection_end(struct isybau *isybau);
void isybau_record_end(struct isybau *isybau);

void isybau_asset_begin(struct isybau *isybau, uint32_t line);
void isybau_asset_start(struct isybau *isybau, uint16_t word); /* each start tag inside */
void isybau_asset_value(struct isybau *isybau, const struct xml_tag *tag, struct text value);
void isybau_asset_element(struct isybau *isybau, uint16_t word); /* each end tag inside */
void isybau_asset_end(struct isybau *isybau);
void isybau_network_finish(struct isybau *isybau);
