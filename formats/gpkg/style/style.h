#pragma once
/* How a layer looks in QGIS: styles as data.
 *
 * Texts are templates: $name stands for a value of theme.def or, where there is none of this name,
 * for the words of words.def.  Everything that a person reads is in words.def and in the titles of
 * tables and columns, in English; the catalogues of core/lang.h have it in other languages. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/lang.h"
#include "formats/gpkg/style/theme.h"

/* A layer of a symbol. */
struct part {
    const char *class;   /* SimpleLine, SimpleMarker, FontMarker, SimpleFill */
    const char *options; /* key=value, '|' between */
    const char *defined; /* what expressions decide: key=expression, line feed between */
    const char *along;   /* of a marker on a line: the options of its MarkerLine; NULL: none */
    const char *beside;  /* millimetres to the right of the line; NULL: on it */
    const char *shown;   /* an expression, on a line: when the markers are there; NULL: always */
};

enum { PARTS = 4 };

/* A rule, category or range of a renderer: a row of the legend. */
struct entry {
    int level;         /* of rules: 0, or 1 below the last one of level 0 */
    const char *value; /* RULES: filter, NULL for all, ELSE for the rest; CATEGORIES: value, NULL
                          for the rest; RANGES: lower;upper */
    const char *label; /* a word; NULL: not in the legend */
    const char *scale; /* of rules: the smallest scale, NULL: all */
    struct part parts[PARTS];
};

enum renderer {
    RENDER_NOTHING, /* attributes */
    RENDER_RULES,
    RENDER_CATEGORIES,
    RENDER_RANGES,
};

struct label {
    const char *expression, *scale, *size, *colour;
    enum {
        LABEL_BESIDE_POINT,
        LABEL_ALONG_LINE,
        LABEL_IN_POLYGON,
    } placement;
    bool is_bold;
    bool is_obstacle; /* labels of others keep off its features */
    int priority;     /* 0-10 */
};

/* A row of a map tip: nothing is shown where the expression is NULL. */
struct tip_row {
    const char *word; /* before it, NULL: over the whole width */
    const char *expression;
};

struct tip {
    const char *title; /* an expression */
    const struct tip_row *rows;
    size_t n_rows;
    bool has_photo;
};

struct tab {
    const char *word;
    const char *columns; /* a blank behind each */
};

struct style {
    const char *table;
    const char *columns_of;         /* a view has the columns of this table; NULL: its own */
    const char *name, *description; /* words */
    bool is_alternative;
    enum {
        SHAPE_POINT,
        SHAPE_LINE,
        SHAPE_POLYGON,
        SHAPE_NONE,
    } shape;
    enum renderer renderer;
    const char *by;    /* the expression of categories and ranges */
    const char *order; /* an expression: what is more is drawn later, NULL: no matter */
    const char *scale; /* the smallest one of the whole layer, NULL: all */
    const struct entry *entries;
    size_t n_entries;
    const struct label *label;
    const struct tip *tip;
    const struct tab *tabs;
    size_t n_tabs;
};

extern const struct style *const styles[];
extern const size_t n_styles;

/* Rows of a table that belong to a row of another one. */
struct style_relation {
    const char *word, *parent, *key, *child, *column;
};

extern const struct style_relation style_relations[];
extern const size_t n_style_relations;

/* The style as QML, of the categories that it is for; NULL without memory.  The caller frees it
 * with sqlite3_free. */
char *style_qml(const struct style *style, enum language language, const struct theme *theme);

/* The words that a template's $name stands for; NULL when there are none. */
const char *style_word(const char *name, size_t n, enum language language);
