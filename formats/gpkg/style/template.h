#pragma once
/* Templates filled in, and written as XML. */
#include <sqlite3.h>
#include <stddef.h>

#include "core/lang.h"

/* A QML document under way. */
struct qml {
    sqlite3_str *text;
    enum language language; /* of its words */
};

enum template_use {
    TEMPLATE_TEXT,       /* words as they are */
    TEMPLATE_EXPRESSION, /* words stand between single quotes: theirs are doubled */
};

/* Appends the first n bytes of a template with every $name filled in, as XML of an attribute or of
 * a text between tags. */
void template_append(struct qml *out, const char *template, size_t n, enum template_use use);

/* Appends text as XML. */
void xml_append(sqlite3_str *out, const char *text);
