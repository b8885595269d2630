#pragma once
/* Templates filled in, and written as XML. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/lang.h"
#include "formats/gpkg/style/theme.h"

/* A document on its way. */
struct qml {
    sqlite3_str *text;
    const struct theme *theme;
    enum language language; /* of its words */
    bool is_project;        /* relations are known */
};

enum template_use {
    TEMPLATE_TEXT,       /* words as they are */
    TEMPLATE_EXPRESSION, /* words stand between single quotes: theirs are doubled */
};

/* Appends the first n bytes of a template with every $name filled in and $$ as $, as XML of an
 * attribute or of a text between tags. */
void template_append(struct qml *out, const char *template, size_t n, enum template_use use);

/* Appends text as XML. */
void xml_append(sqlite3_str *out, const char *text);
