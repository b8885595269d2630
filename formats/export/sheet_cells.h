#pragma once
/* One cell of a sheet. */
#include "formats/export/sheet_out.h"

struct sheet_out_row {
    const struct inspection *inspection;
    const struct observation *observation; /* NULL: a clean inspection */
    struct text id;                        /* of the inspection, unique in the sheet */
    size_t number;                         /* 1 first */
};

/* Appends the cell's text. */
void sheet_out_cell(const struct sheet_out_row *row, enum sheet_role role,
    enum sheet_dialect dialect, struct text_out *out);
