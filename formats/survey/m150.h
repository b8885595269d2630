#pragma once
/* What the parts of the DWA-M 150 reader share.  Nobody else includes this. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "core/index.h"
#include "core/network.h"
#include "core/survey.h"
#include "formats/survey/en13508.h"
#include "formats/survey/named_ends.h"
#include "formats/survey_format.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

/* EL_HG001 ...: the element names that the reader knows. */
enum m150_element {
#define WORD(name) EL_##name,
#include "formats/survey/m150_words.def"
#undef WORD
    EL_WORDS,
};

/* The groups, each with a record for its values. */
enum m150_group {
    M150_NONE,
    M150_FILE,      /* FD */
    M150_OBJECT,    /* HG a pipe, KG a manhole */
    M150_RUN,       /* HI, KI: an inspection of the object around it */
    M150_ROW,       /* HZ, KZ: an observation of the run around it */
    M150_GEOMETRY,  /* GO */
    M150_POINT,     /* GP: a point of the geometry around it */
    M150_REFERENCE, /* RT: a row of a table of keys */
    M150_GROUPS,
};

struct m150_point {
    struct xy at;
    double z;         /* NAN unset */
    struct text name; /* in the survey's arena */
};

/* What a segment still needs when all of the file is known. */
struct m150_levels {
    double first_z, last_z; /* of the ends of its line as drawn, NAN unset */
};

/* A street that is told by its key: of a segment, or of an inspection. */
struct m150_street {
    struct text key;
    struct text *of_inspection; /* NULL: of the segment */
    size_t segment;
};

struct m150 {
    struct survey *survey;
    const struct read_options *options;
    struct finding_place place; /* the file */
    struct en_reader en;        /* the open run */
    struct xml_record records[M150_GROUPS];
    struct {
        enum m150_group group;
        unsigned depth;
    } open[M150_GROUPS]; /* groups inside each other, outermost first */
    unsigned n_open, depth;
    struct index unknown; /* names of elements that are not used and were reported */

    /* the file */
    struct text version, type;
    struct index streets; /* by key: number in street_names */
    struct text *street_names;
    size_t n_street_names, street_names_capacity;
    struct m150_street *keyed;
    size_t n_keyed, keyed_capacity;
    size_t n_observations_en, n_observations_other;

    /* the open object */
    bool is_node;
    size_t first_inspection;
    struct m150_point *points; /* of the open geometry */
    size_t n_points, points_capacity;
    struct m150_point *line; /* of the object */
    size_t n_line, line_capacity;
    struct m150_point spot; /* of a manhole; z is that of its cover */
    bool spot_is_cover, has_gap;

    /* the network */
    struct named_ends *ends; /* parallel to network->segments */
    struct m150_levels *levels;
    size_t ends_capacity, levels_capacity;
    struct index nodes, segments;          /* by id */
    int epsg;                              /* of the first point that tells, 0 none did */
    bool has_points, is_utm, has_geometry; /* has_geometry: something can be drawn */
};

void m150_find(const struct m150 *m150, enum finding_kind kind, uint32_t line, const char *element,
    struct text value);
/* The value as a number; NAN when it is missing, and with a finding when it is none. */
double m150_number(const struct m150 *m150, uint32_t line, const char *element, struct text value);

/* The value of the open record of a group; good while the record is. */
struct text m150_value(const struct m150 *m150, enum m150_group group, enum m150_element element);

void m150_run_begin(struct m150 *m150, uint32_t line);
void m150_run_end(struct m150 *m150);
void m150_row_end(struct m150 *m150);
/* The inspections of the object that ends, when what is said of the object is complete. */
void m150_object_inspections(struct m150 *m150);

void m150_point_end(struct m150 *m150);
void m150_geometry_end(struct m150 *m150);
void m150_object_network(struct m150 *m150);
void m150_network_finish(struct m150 *m150);

/* Remembers a street that is told by its key. */
void m150_street_by_key(struct m150 *m150, struct m150_street street);
enum sewer_system m150_system(struct text use); /* HG302, KG302 */
struct text m150_shape(struct text shape);      /* HG305 */
