#pragma once
/* Materials are codes, and two lists of them look alike: AZ is asbestos cement in ISYBAU and DWA-M
 * 150, some plastic in EN 13508-2 (facts/formats.md, sections 1 and 2).  Such a code is not written
 * where it would mean the other. */
#include "formats/export/target.h"

/* Whose list does a target read? */
enum material_list {
    MATERIALS_GERMAN,
    MATERIALS_EN,
};

/* The material of an inspection, {0} where it would be mistaken. */
struct text material_of_inspection(const struct inspection *inspection, enum material_list list);

/* The same for one of the request's network. */
struct text material_of_segment(
    const struct export_request *request, const struct segment *segment, enum material_list list);
