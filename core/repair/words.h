#pragma once
/* Repairs in words: which defects, why this method, why not that one. */
#include "core/repair/works.h"

/* "PL3 at 12.0 m, TJ2 at 14.0 m and 2 more", the worst first. */
void repair_line_defects(struct line *line, struct repair_list list);

/* "soil grouting + point CIPP": the methods that come before, in the order of the table, then the
 * method itself. */
void repair_line_method(
    struct line *line, const struct repair_tables *tables, uint8_t method, uint64_t before);

/* "UV-CIPP excluded: deformation BX3 at 12.0 m, DN 1800 over 1600; ...": the methods of the worst
 * defect's row that are not among those that are left. */
void repair_line_exclusions(
    struct line *line, const struct repair_desk *desk, const struct repair_works *works);
