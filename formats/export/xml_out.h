#pragma once
/* XML, an element a line, indented by two blanks a level. */
#include <stddef.h>
#include <stdint.h>

#include "formats/export/text_out.h"

struct xml_out {
    struct text_out *out; /* borrowed */
    const char *open[16]; /* names of the open elements, static */
    size_t depth;
};

/* The declaration, in UTF-8. */
void xml_out_begin(struct xml_out *xml);

/* `attributes`: as they stand behind the name, with a blank before; NULL for none. */
void xml_out_open(struct xml_out *xml, const char *name, const char *attributes);
void xml_out_close(struct xml_out *xml);

/* An element that says nothing but that it is there. */
void xml_out_empty(struct xml_out *xml, const char *name);

/* An element with a value; none at all when the value is unset. */
void xml_out_text(struct xml_out *xml, const char *name, struct text value);
void xml_out_number(struct xml_out *xml, const char *name, double value);
void xml_out_float(struct xml_out *xml, const char *name, float value);
void xml_out_count(struct xml_out *xml, const char *name, unsigned value); /* 0 too */
void xml_out_date(struct xml_out *xml, const char *name, int yyyymmdd);
