#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/style.h"

static const char *const theme_names[] = {
#define THEME(name, kind, value) #name,
#include "formats/gpkg/style/theme.def"
#undef THEME
};

static const char *const word_names[] = {
#define WORD(name, text) #name,
#include "formats/gpkg/style/words.def"
#undef WORD
};

static void check_sorted(const char *const *names, size_t n) {
    for (size_t i = 1; i < n; i++) {
        cr_expect_lt(strcmp(names[i - 1], names[i]), 0, "'%s' before '%s'", names[i - 1], names[i]);
    }
}

Test(style, names_are_sorted_and_found) {
    check_sorted(theme_names, ARRAY_LEN(theme_names));
    check_sorted(word_names, ARRAY_LEN(word_names));
    for (size_t i = 0; i < ARRAY_LEN(theme_names); i++) {
        cr_expect_eq(theme_find(theme_names[i], strlen(theme_names[i])), i);
        cr_expect_null(style_word(theme_names[i], strlen(theme_names[i]), LANGUAGE_EN),
            "'%s' is both a value "
            "of the theme and a word",
            theme_names[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(word_names); i++) {
        cr_expect_not_null(style_word(word_names[i], strlen(word_names[i]), LANGUAGE_EN));
    }
    cr_expect_null(style_word("no such word", 12, LANGUAGE_EN));
    cr_expect_null(
        style_word(word_names[0], strlen(word_names[0]) - 1, LANGUAGE_EN), "a part of a name");
}

/* Of a project: test_project.c looks for them. */
static bool is_of_project(const char *name) {
    static const char *const beginnings[] = {"group_", "layout_", "project_", "relation_"};

    for (size_t i = 0; i < ARRAY_LEN(beginnings); i++) {
        if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Every word that nobody says is one that somebody would translate for nothing. */
Test(style, every_word_is_used) {
    size_t n_used = 0;

    for (size_t i = 0; i < ARRAY_LEN(word_names); i++) {
        const char *text = style_word(word_names[i], strlen(word_names[i]), LANGUAGE_EN);
        bool is_used = strcmp(word_names[i], "style_list_says") == 0 ||
                       is_of_project(word_names[i]) ||
                       strcmp(word_names[i], "tab_more") == 0; /* perhaps of no form at present */
        for (size_t k = 0; k < n_styles && !is_used; k++) {
            char *qml = style_qml(styles[k], LANGUAGE_EN, &theme_default);
            is_used = strstr(qml, text) != NULL ||
                      strcmp(styles[k]->name + 1, word_names[i]) == 0 ||
                      strcmp(styles[k]->description + 1, word_names[i]) == 0;
            sqlite3_free(qml);
        }
        cr_expect(is_used, "'%s'", word_names[i]);
        n_used += is_used;
    }
    cr_expect_gt(n_used, 50);
}

Test(style, each_layer_has_one_default_style) {
    for (size_t i = 0; i < n_styles; i++) {
        size_t n_defaults = 0;
        for (size_t k = 0; k < n_styles; k++) {
            bool is_same = strcmp(styles[i]->table, styles[k]->table) == 0;
            n_defaults += is_same && !styles[k]->is_alternative;
            cr_expect(i == k || !is_same || strcmp(styles[i]->name, styles[k]->name) != 0,
                "%s has two styles '%s'", styles[i]->table, styles[i]->name);
        }
        cr_expect_eq(n_defaults, 1, "%s", styles[i]->table);
        for (enum language language = 0; language < LANGUAGES; language++) {
            const char *name =
                style_word(styles[i]->name + 1, strlen(styles[i]->name + 1), language);
            cr_expect_leq(strlen(name), 30, "layer_styles.styleName is TEXT(30): '%s'", name);
        }
    }
}

/* QGIS offers the styles of a layer by their names, in whatever language. */
Test(style, names_differ_in_every_language) {
    for (enum language language = 0; language < LANGUAGES; language++) {
        for (size_t i = 0; i < n_styles; i++) {
            for (size_t k = 0; k < i; k++) {
                const char *a = styles[i]->name + 1, *b = styles[k]->name + 1;
                bool is_same = strcmp(styles[i]->table, styles[k]->table) == 0;
                cr_expect(!is_same || strcmp(style_word(a, strlen(a), language),
                                          style_word(b, strlen(b), language)) != 0,
                    "%s: '%s' and '%s' in '%s'", styles[i]->table, a, b, lang_name(language));
            }
        }
    }
}

/* A file may have been made in one language and got its styles in another. */
Test(style, tells_methods_by_their_names_in_all_languages) {
    for (size_t i = 0; i < n_styles; i++) {
        char *english = style_qml(styles[i], LANGUAGE_EN, &theme_default), *chinese = NULL;
        if (strcmp(styles[i]->table, "repairs") == 0) {
            chinese = style_qml(styles[i], LANGUAGE_ZH, &theme_default);
            const char *asked = "&quot;method&quot; ~ 'lining|衬|热塑成型|穿插|缠绕'";
            cr_expect_not_null(strstr(english, asked));
            cr_expect_not_null(strstr(chinese, asked));
        }
        sqlite3_free(english);
        sqlite3_free(chinese);
    }
}

static bool has_column(const struct gpkg_table *table, const char *name, size_t n) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strlen(table->columns[i].name) == n && memcmp(table->columns[i].name, name, n) == 0) {
            return true;
        }
    }
    return false;
}

/* The names of columns between `before` and `after`, up to the map tip, whose HTML has quotes of
 * its own (tests/qgis looks at what comes out of it). */
static size_t check_columns(
    const struct style *style, const char *qml, const char *before, const char *after) {
    const struct gpkg_table *table = style_columns(style);
    const char *end = strstr(qml, "<mapTip>");
    size_t n_found = 0;

    end = end == NULL ? qml + strlen(qml) : end;
    for (const char *at = strstr(qml, before); at != NULL && at < end; at = strstr(at, before)) {
        at += strlen(before);
        const char *stop = strstr(at, after);
        cr_assert_not_null(stop);
        cr_expect(has_column(table, at, (size_t)(stop - at)), "%s has no column '%.*s'",
            table->name, (int)(stop - at), at);
        at = stop + strlen(after);
        n_found++;
    }
    return n_found;
}

Test(style, names_only_columns_that_are_there) {
    for (size_t i = 0; i < n_styles; i++) {
        char *qml = style_qml(styles[i], LANGUAGE_EN, &theme_default);
        cr_assert_not_null(qml);
        if (style_columns(styles[i]) != NULL) {
            size_t n = check_columns(styles[i], qml, "&quot;", "&quot;");
            n += check_columns(styles[i], qml, "index=\"-1\" name=\"", "\"");
            cr_expect(n > 0 || styles[i]->shape == SHAPE_NONE ||
                          strcmp(styles[i]->table, "collapse_hazards") == 0,
                "%s", styles[i]->table);
        }
        sqlite3_free(qml);
    }
}

static size_t count(const char *text, const char *part) {
    size_t n = 0;

    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

Test(style, a_form_shows_each_column_once) {
    for (size_t i = 0; i < n_styles; i++) {
        const struct gpkg_table *table = style_columns(styles[i]);
        char *qml = style_qml(styles[i], LANGUAGE_EN, &theme_default);
        for (size_t k = 0; styles[i]->n_tabs > 0 && k < table->n_columns; k++) {
            char field[128];
            snprintf(field, sizeof field, "index=\"-1\" name=\"%s\"/>", table->columns[k].name);
            cr_expect_eq(count(qml, field), table->columns[k].title != NULL, "%s.%s", table->name,
                table->columns[k].name);
        }
        sqlite3_free(qml);
    }
}

/* An empty edit widget would wipe the value list that QGIS takes from the file. */
Test(style, leaves_the_value_lists_alone) {
    for (size_t i = 0; i < n_styles; i++) {
        char *qml = style_qml(styles[i], i % 2 == 0 ? LANGUAGE_EN : LANGUAGE_ZH, &theme_default);
        cr_expect_null(strstr(qml, "editWidget type=\"\""), "%s", styles[i]->table);
        cr_expect_null(strstr(qml, "AllStyleCategories"), "%s", styles[i]->table);
        cr_expect_eq(count(qml, "$"), count(qml, "$geometry"), "%s: a name was not filled in",
            styles[i]->table);
        sqlite3_free(qml);
    }
}
