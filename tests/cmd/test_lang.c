/* No text lacks its translation, and no translation its text. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/lang.h"
#include "core/lang/phrases.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/domains.h"
#include "formats/gpkg/schema.h"

static const char *const listed[] = {
#define WORD(name, text) text,
#include "formats/gpkg/style/words.def"
#undef WORD
#define PHRASE(id, text) text,
#include "core/lang/phrases.def"
#undef PHRASE
};

struct texts {
    struct arena arena;
    const char **at;
    size_t n, capacity;
};

static void texts_release(struct texts *texts) {
    arena_release(&texts->arena);
    array_release(&texts->at);
}

/* Single letters are what schemes call their groups: the same everywhere. */
static void add(struct texts *texts, const char *text) {
    if (text == NULL || strlen(text) < 2) {
        return;
    }
    texts->at = array_reserve(texts->at, &texts->capacity, texts->n + 1, sizeof *texts->at);
    texts->at[texts->n++] = text;
}

static void add_table(struct texts *texts, const struct gpkg_table *table) {
    add(texts, table->title);
    add(texts, table->description);
    for (size_t i = 0; i < table->n_columns; i++) {
        add(texts, table->columns[i].title);
    }
}

/* What reasons quote of a scheme. */
static void add_scheme(struct texts *texts, const struct scheme_table *table) {
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        add(texts, table->group_names[i]);
    }
    for (size_t i = 0; i < table->n_hazards; i++) {
        add(texts, table->hazards[i].meaning);
    }
    for (size_t i = 0; i < table->n_figure_hazards; i++) {
        add(texts, table->figure_hazards[i].meaning);
    }
    for (size_t i = 0; i < table->n_classes; i++) {
        if (strcmp(table->classes[i].figure, "DZ") == 0) {
            add(texts, table->classes[i].meaning);
        }
    }
}

static void add_names(struct texts *texts) {
    for (enum defect_family i = 0; i < FAMILIES; i++) {
        add(texts, defect_family_name(i));
    }
    for (enum unplaced_reason i = 0; i < UNPLACED_REASONS; i++) {
        add(texts, unplaced_reason_sentence(i));
    }
    for (enum match_method i = MATCH_NONE + 1; i < MATCH_METHODS; i++) {
        add(texts, match_method_name(i));
    }
    for (enum code_kind i = CODE_UNKNOWN + 1; i <= CODE_INVENTORY; i++) {
        add(texts, code_kind_name(i));
    }
    for (enum severity i = 0; i < SEVERITIES; i++) {
        add(texts, severity_name(i));
    }
}

/* N_("...") of a source; none of ours has a quote in it. */
static void add_marked(struct texts *texts, const char *path) {
    CLEANUP(array_release) char *source = NULL;
    size_t capacity = 0, n = 0;
    FILE *file = fopen(path, "rb");

    cr_assert_not_null(file, "'%s'", path);
    source = array_reserve(source, &capacity, 200000, 1);
    n = fread(source, 1, capacity - 1, file);
    fclose(file);
    cr_assert_lt(n, capacity - 1, "'%s' is larger than the test reads", path);
    source[n] = '\0';
    for (char *at = source; (at = strstr(at, "N_(\"")) != NULL;) {
        at += strlen("N_(\"");
        size_t length = strcspn(at, "\"");
        cr_expect(at[length + 1] == ')', "'%s': '%.*s' is in parts", path, (int)length, at);
        add(texts, arena_printf(&texts->arena, "%.*s", (int)length, at).at);
    }
}

static void add_sources(struct texts *texts, const char *folder) {
    DIR *entries = opendir(folder);
    struct dirent *entry = NULL;

    cr_assert_not_null(entries, "'%s'", folder);
    while ((entry = readdir(entries)) != NULL) {
        const char *path = arena_printf(&texts->arena, "%s/%s", folder, entry->d_name).at;
        size_t n = strlen(path);
        if (strcmp(path + n - 2, ".c") == 0) {
            add_marked(texts, path);
        } else if (strchr(entry->d_name, '.') == NULL) { /* folders alone have no ending */
            add_sources(texts, path);
        }
    }
    closedir(entries);
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static struct texts all_texts(void) {
    static const char *const folders[] = {"core", "formats", "cmd"};
    const char *root = getenv("CHAINAGE_SOURCE");
    struct texts texts = {.n = 0};

    cr_assert_not_null(root);
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        add_sources(&texts, arena_printf(&texts.arena, "%s/%s", root, folders[i]).at);
    }
    for (size_t i = 0; i < TABLES; i++) {
        add_table(&texts, &gpkg_tables[i]);
    }
    add_table(&texts, &gpkg_district_codes);
    for (size_t i = 0; i < n_domain_values; i++) {
        add(&texts, domain_values[i].words);
    }
    for (size_t i = 0; i < ARRAY_LEN(listed); i++) {
        add(&texts, listed[i]);
    }
    for (enum scheme i = SCHEME_NONE + 1; i < SCHEMES; i++) {
        add_scheme(&texts, scheme_built_in.at[i]);
    }
    add_names(&texts);
    qsort(texts.at, texts.n, sizeof *texts.at, by_text);
    return texts;
}

static bool has(const struct texts *texts, const char *text) {
    return bsearch(&text, texts->at, texts->n, sizeof *texts->at, by_text) != NULL;
}

static bool is_translated(const char *english) {
    size_t n = 0;
    const struct lang_entry *entries = lang_entries(LANGUAGE_ZH, &n);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(entries[i].english, english) == 0) {
            return entries[i].translated[0] != '\0';
        }
    }
    return false;
}

Test(lang, every_text_has_its_translation) {
    CLEANUP(texts_release) struct texts texts = all_texts();

    cr_assert_gt(texts.n, 500);
    for (size_t i = 0; i < texts.n; i++) {
        if (i == 0 || strcmp(texts.at[i - 1], texts.at[i]) != 0) {
            cr_expect(is_translated(texts.at[i]), "untranslated: \"%s\"", texts.at[i]);
        }
    }
}

Test(lang, every_translation_has_its_text) {
    CLEANUP(texts_release) struct texts texts = all_texts();
    size_t n = 0;
    const struct lang_entry *entries = lang_entries(LANGUAGE_ZH, &n);

    for (size_t i = 0; i < n; i++) {
        cr_expect(has(&texts, entries[i].english), "obsolete: \"%s\"", entries[i].english);
    }
}

/* How often a text has %N$s, or %% for N = '%'. */
static size_t count(const char *text, char number) {
    size_t n = 0;

    for (; (text = strchr(text, '%')) != NULL; text += text[1] == '%' ? 2 : 1) {
        n += text[1] == number && (number == '%' || strncmp(text + 2, "$s", 2) == 0);
    }
    return n;
}

Test(lang, translations_fill_in_the_same_values) {
    size_t n = 0;
    const struct lang_entry *entries = lang_entries(LANGUAGE_ZH, &n);

    for (size_t i = 0; i < n; i++) {
        for (const char *number = "%123456789"; *number != '\0'; number++) {
            if (strstr(entries[i].english, "$s") != NULL) {
                cr_expect_eq(count(entries[i].english, *number),
                    count(entries[i].translated, *number), "%%%c of \"%s\"", *number,
                    entries[i].english);
            }
        }
    }
}

/* line_fill knows %1$s and %%, and no more values than it is given. */
Test(lang, phrases_ask_for_nothing_else) {
    const struct phrases all[] = {phrases_in(LANGUAGE_EN), phrases_in(LANGUAGE_ZH)};

    for (size_t k = 0; k < ARRAY_LEN(all); k++) {
        for (size_t i = 0; i < PHRASES; i++) {
            const char *at = all[k].at[i];
            for (; (at = strchr(at, '%')) != NULL; at += at[1] == '%' ? 2 : 1) {
                bool is_value = at[1] >= '1' && at[1] <= '3' && strncmp(at + 2, "$s", 2) == 0;
                cr_expect(is_value || at[1] == '%', "\"%s\"", all[k].at[i]);
            }
        }
    }
}
