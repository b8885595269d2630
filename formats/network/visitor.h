#pragma once
/* One feature of a layer: its cells by role.  See visitor.c. */
#include "formats/network/reader.h"

struct visitor {
    struct reader *reader;
    struct layer_range *range;
    const struct layer_plan *plan;
    enum vector_geometry layer_geometry;
    struct word_decoder decoder;
    size_t slot[COLUMN_ROLES]; /* of each role in the feature's values, NO_COLUMN without */
    const struct vector_value *values;
    uint32_t number;
    char buffer[32];
};

/* Walks through a layer: `visit` gets `context`, whose first member is the visitor. */
void visitor_read(struct visitor *visitor, struct vector_file *file, enum role_layers roles,
    void (*visit)(void *, const struct vector_feature *));

bool visitor_has(const struct visitor *visitor, enum column_role role);
const struct vector_value *visitor_value(const struct visitor *visitor, enum column_role role);

/* The cell as it is in the file, and in UTF-8; good until the next cell is asked for. */
struct text visitor_raw(struct visitor *visitor, enum column_role role);
struct text visitor_text(struct visitor *visitor, enum column_role role);

/* The word's number in the network's pool. */
uint32_t visitor_word(struct visitor *visitor, enum column_role role);

/* A figure, NAN without one; metres where a unit stands behind it. */
double visitor_number(struct visitor *visitor, enum column_role role);
/* The same, but 9999 and the like are NAN: that is how tables say nothing of a level. */
double visitor_level(struct visitor *visitor, enum column_role role);

struct finding_place visitor_place(const struct visitor *visitor);
void visitor_invalid(struct visitor *visitor, enum column_role role); /* a finding */
