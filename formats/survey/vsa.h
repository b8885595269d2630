#pragma once
/* What the parts of the VSA-KEK reader share.  Nobody else includes this. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "core/index.h"
#include "core/network.h"
#include "core/row_keys.h"
#include "core/survey.h"
#include "formats/survey/named_ends.h"
#include "formats/survey/unused_names.h"
#include "formats/survey_format.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

/* EL_Abwasserknoten ...: classes and attributes that the reader knows. */
enum vsa_word {
#define WORD(name) EL_##name,
#include "formats/survey/vsa_words.def"
#undef WORD
    EL_WORDS,
};

/* One attribute of an object; a reference has the TID that it points to. */
struct vsa_value {
    struct text text;
    uint16_t word;
};

/* An object of a class that is used.  All of it lives as long as the survey. */
struct vsa_object {
    uint16_t class;
    uint32_t n_values;
    uint32_t line;
    struct text tid, raw;
    struct vsa_value *values;
    struct polyline geometry; /* of Lage or Verlauf */
};

/* Objects of one class in the order of the file, or of several that go together. */
struct vsa_objects {
    struct vsa_object *at; /* an array of its own */
    size_t n, capacity;
    struct row_keys by_tid;
};

/* A class whose objects are not used. */
struct vsa_unused {
    struct text class;
    size_t n;
    uint32_t line;
};

struct vsa {
    struct survey *survey;
    const struct read_options *options;
    struct finding_place place; /* the file */
    struct text model;          /* that its objects are of: VSA_KEK_2020_1_LV95 */

    /* the open object */
    unsigned depth, object_depth;
    struct xml_record record;
    struct vsa_object object;
    bool is_deletion; /* of an object that an earlier transfer brought */
    size_t n_deletions;
    struct xy corner, middle; /* of the open COORD or ARC */
    struct xy *vertices;      /* an array of its own */
    size_t n_vertices, vertices_capacity;

    struct vsa_objects runs, rows, files, volumes;                 /* KEK */
    struct vsa_objects nodes, reaches, points, channels, profiles; /* DSS, SIA 405 */
    struct vsa_objects covers, structures;
    struct vsa_unused *unused; /* an array of its own */
    size_t n_unused, unused_capacity;
    struct index unused_index;
    struct unused_names names; /* attributes of objects of ours that the reader does not know */
};

/* The value of an attribute, {0} when the object has none. */
struct text vsa_value(const struct vsa_object *object, enum vsa_word word);
/* As a number; NAN when it is missing, and with a finding when it is none. */
double vsa_number(const struct vsa *vsa, const struct vsa_object *object, enum vsa_word word);
/* The object that a reference points to, NULL when it is not in this file. */
const struct vsa_object *vsa_object_of(struct vsa_objects *objects, struct text tid);
/* Its name, or what stands for it. */
struct text vsa_name(const struct vsa_object *object);

void vsa_find(const struct vsa *vsa, enum finding_kind kind, uint32_t line, const char *what,
    struct text value);

/* When the whole file was read. */
void vsa_build_survey(struct vsa *vsa);
void vsa_build_network(struct vsa *vsa);
