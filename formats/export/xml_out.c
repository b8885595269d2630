#include "formats/export/xml_out.h"

#include <assert.h>
#include <math.h>

#include "core/base.h"

void xml_out_begin(struct xml_out *xml) {
    text_out_string(xml->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

static void indent(struct xml_out *xml) {
    for (size_t i = 0; i < xml->depth; i++) {
        text_out_string(xml->out, "  ");
    }
}

static void start(struct xml_out *xml, const char *name) {
    indent(xml);
    text_out_printf(xml->out, "<%s>", name);
}

static void end(struct xml_out *xml, const char *name) {
    text_out_printf(xml->out, "</%s>\n", name);
}

void xml_out_open(struct xml_out *xml, const char *name, const char *attributes) {
    assert(xml->depth < ARRAY_LEN(xml->open));
    indent(xml);
    text_out_printf(xml->out, "<%s%s>\n", name, attributes == NULL ? "" : attributes);
    xml->open[xml->depth++] = name;
}

void xml_out_close(struct xml_out *xml) {
    const char *name = xml->open[--xml->depth];

    indent(xml);
    end(xml, name);
}

void xml_out_empty(struct xml_out *xml, const char *name) {
    indent(xml);
    text_out_printf(xml->out, "<%s/>\n", name);
}

void xml_out_text(struct xml_out *xml, const char *name, struct text value) {
    if (value.n == 0) {
        return;
    }
    start(xml, name);
    text_out_xml(xml->out, value);
    end(xml, name);
}

void xml_out_number(struct xml_out *xml, const char *name, double value) {
    if (isnan(value)) {
        return;
    }
    start(xml, name);
    text_out_number(xml->out, value);
    end(xml, name);
}

void xml_out_float(struct xml_out *xml, const char *name, float value) {
    if (isnan(value)) {
        return;
    }
    start(xml, name);
    text_out_float(xml->out, value);
    end(xml, name);
}

void xml_out_count(struct xml_out *xml, const char *name, unsigned value) {
    start(xml, name);
    text_out_printf(xml->out, "%u", value);
    end(xml, name);
}

void xml_out_date(struct xml_out *xml, const char *name, int yyyymmdd) {
    if (yyyymmdd == 0) {
        return;
    }
    start(xml, name);
    text_out_date(xml->out, yyyymmdd);
    end(xml, name);
}
