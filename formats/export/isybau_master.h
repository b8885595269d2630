#pragma once
/* The master data of ISYBAU XML (Stammdatenkollektiv): the network. */
#include "formats/export/target.h"
#include "formats/export/xml_out.h"

/* Its key among the Kennungen of the file; `day` is YYYYMMDD. */
void isybau_master_key(struct xml_out *xml, int day);

/* The collective itself: request->network, which has a node or a segment. */
void isybau_master(struct xml_out *xml, const struct export_request *request);

/* The number of Profilart for a word of our reader, of Entwaesserungsart for a system; NULL when
 * there is none. */
const char *isybau_shape_number(struct text shape);
const char *isybau_kanalart(enum sewer_system system);
/* The material when it is one of the format's: STZ, PVCU; else {0}. */
struct text isybau_material(struct text material);
