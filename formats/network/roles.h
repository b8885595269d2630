#pragma once
/* Which column means what: headings are looked up in roles.def, --field overrides. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "formats/network_file.h"

enum column_role {
#define ROLE(id, layers, name) COLUMN_##id,
#define ALIAS(id, heading)
#include "formats/network/roles.def"
#undef ROLE
#undef ALIAS
    COLUMN_ROLES,
};

/* What a role is a role of. */
enum role_layers {
    ROLES_OF_SEGMENTS,
    ROLES_OF_NODES,
    ROLES_OF_DISTRICTS, /* polygons */
    ROLES_OF_AREAS,
    ROLES_OF_SOILS,
    ROLES_OF_GROUNDWATERS,
};

#define NO_COLUMN SIZE_MAX

const char *column_role_name(enum column_role role);
enum role_layers column_role_layers(enum column_role role);

/* The headings of one layer. */
struct headings {
    const struct text *raw;  /* bytes of the file */
    const struct text *text; /* UTF-8 */
    size_t n;
    bool is_dbf;          /* names may be cut at 10 bytes */
    const char *encoding; /* of `raw` */
};

/* A --field that was understood. */
struct given_field {
    enum column_role role;
    struct text column;
    bool is_found; /* some layer has the column */
};

struct given_fields {
    struct given_field *at;
    size_t n;
};

/* Parses ROLE=NAME; ERROR_USAGE for unknown roles, listing what there is. */
bool given_fields_parse(const struct network_request *request, struct arena *arena,
    struct given_fields *out, struct error *err);

/* The column of each role, NO_COLUMN without one. */
struct columns {
    size_t of[COLUMN_ROLES];
    bool is_given[COLUMN_ROLES];
};

/* Finds the columns of all roles of one kind of layer.  Roles of other kinds stay as they are in
 * `columns` (columns_none() to begin with): one column may have a role on either side. */
struct columns columns_none(void);
void columns_find(const struct headings *headings, enum role_layers layers,
    struct given_fields *given, struct columns *columns);

bool columns_have(const struct columns *columns, enum column_role role);
bool columns_have_any(const struct columns *columns, enum role_layers layers);

/* "'A', 'B', 'C'" of all headings, for messages. */
struct text headings_list(const struct headings *headings, struct arena *arena);
