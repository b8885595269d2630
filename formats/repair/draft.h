#pragma once
/* The tables that come out of a file, while it is read: what was there, with the file's rows over
 * it. */
#include "core/repair/tables.h"
#include "formats/repair/cells.h"

/* A row of the file's matrix, with its line. */
struct draft_row {
    struct repair_row row;
    uint32_t line;
};

struct repair_draft {
    const struct repair_tables *before;
    struct repair_method methods[REPAIR_METHODS_MOST];
    size_t n_methods;
    uint64_t in_file; /* methods that the file tells of: their exclusions are the file's alone */
    struct draft_row *rows; /* owned */
    size_t n_rows, rows_capacity;
    struct repair_exclusion *exclusions; /* owned */
    size_t n_exclusions, exclusions_capacity;
    struct repair_limits limits;
};

void repair_draft_start(struct repair_draft *draft, const struct repair_tables *before);
void repair_draft_release(struct repair_draft *draft); /* also as CLEANUP */

/* A method by name, of the draft; 0, told, when there is none. */
uint8_t repair_draft_method(struct repair_cells *cells, const struct repair_draft *draft,
    enum repair_column column, struct text name);

/* One row of its kind; what is wrong with it is told. */
void repair_read_method(struct repair_cells *cells, struct repair_draft *draft);
void repair_read_soil_first(struct repair_cells *cells, struct repair_draft *draft);
void repair_read_matrix(struct repair_cells *cells, struct repair_draft *draft);
void repair_read_exclusion(struct repair_cells *cells, struct repair_draft *draft);
void repair_read_limit(struct repair_cells *cells, struct repair_draft *draft);

/* A row of the layout with local_methods and full_length_methods. */
void repair_read_decision(struct repair_cells *cells, struct repair_draft *draft);

/* Adds a row of the matrix that is right by itself. */
void repair_draft_add(
    struct repair_cells *cells, struct repair_draft *draft, const struct repair_row *row);

/* "a|b + c" into the choices of a row.  False, told, when a part is no method or not of the scope.
 */
bool repair_read_choices(struct repair_cells *cells, const struct repair_draft *draft,
    enum repair_column column, struct repair_row *row);

/* A family, or a code in capitals. */
bool repair_read_defect(struct repair_cells *cells, struct repair_where *where);

/* Overlapping rows are bad, gaps between diameters of one defect a warning. */
void repair_check(struct repair_cells *cells, const struct repair_draft *draft);

/* The tables, in the arena. */
struct repair_tables repair_draft_finish(const struct repair_draft *draft, struct arena *arena);
