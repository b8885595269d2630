/* No text lacks its translation, and no translation its text. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "core/arena.h"
#include "core/assess/composite.h"
#include "core/base.h"
#include "core/check/rules.h"
#include "core/lang.h"
#include "core/lang/phrases.h"
#include "core/repair/tables.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/domains.h"
#include "formats/gpkg/schema.h"
#include "formats/survey_format.h"

static const char *const listed[] = {
#define WORD(name, text) text,
#include "formats/gpkg/style/words.def"
#undef WORD
#define PHRASE(id, text) text,
#include "core/lang/phrases.def"
#undef PHRASE
#define BREACH(finding, rule, about, expected) expected,
#define COVERED(finding)
#include "core/check/findings.def"
#undef BREACH
#undef COVERED
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

/* All that an explanation quotes of a scheme of China; those of others have English meanings. */
static void add_chinese_scheme(struct texts *texts, const struct scheme_table *table) {
    for (size_t i = 0; i < table->n_rules; i++) {
        add(texts, table->rules[i].meaning);
        add(texts, table->rules[i].source);
    }
    for (size_t i = 0; i < table->n_classes; i++) {
        add(texts, table->classes[i].meaning);
    }
}

/* What reasons quote of a scheme. */
static void add_scheme(struct texts *texts, const struct scheme_table *table) {
    add(texts, table->title);
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

/* Placeholders like FILE are words; lists like en|zh|auto are what has to be typed. */
static bool is_placeholder(const char *value) {
    return value != NULL && strpbrk(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

static void add_commands(struct texts *texts) {
    for (size_t i = 0; i < n_commands; i++) {
        const struct option_table *options = commands[i]->options;
        add(texts, commands[i]->summary);
        add(texts, commands[i]->operands);
        add(texts, commands[i]->about);
        for (size_t k = 0; options != NULL && k < options->n; k++) {
            const struct option *option = &options->at[k];
            add(texts, option->group);
            add(texts, option->help);
            add(texts, is_placeholder(option->value) ? option->value : NULL);
        }
    }
    for (size_t i = 0; i < n_survey_formats; i++) {
        add(texts, survey_formats[i]->description);
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
    for (size_t i = 0; i < CHECK_RULES; i++) {
        add(texts, check_rule_row((enum check_rule)i)->sentence);
    }
    for (enum check_severity i = 0; i < CHECK_SEVERITIES; i++) {
        add(texts, check_severity_name(i));
    }
    for (enum finding_kind i = 0; i < FINDING_KINDS; i++) {
        add(texts, finding_sentence(i));
    }
    add(texts, repair_unit_name(REPAIR_UNIT_PIECE));
    for (enum groundwater i = GROUNDWATER_UNKNOWN + 1; i <= GROUNDWATER_ABOVE; i++) {
        add(texts, groundwater_name(i));
    }
    for (enum composite_part i = 0; i < COMPOSITE_PARTS; i++) {
        add(texts, composite_part_name(i));
    }
}

/* The literals from `at` on, which opens one: those that only blanks part are one text. */
static const char *literal_at(struct texts *texts, const char **at) {
    struct text whole = {0};

    while (**at == '"') {
        const char *end = *at + 1;
        while (*end != '"') {
            end += *end == '\\' ? 2 : 1;
        }
        whole = arena_printf(
            &texts->arena, "%.*s%.*s", TEXT_ARGS(whole), (int)(end - *at - 1), *at + 1);
        *at = end + 1 + strspn(end + 1, " \n");
    }
    char *out = ARENA_NEW(&texts->arena, char, whole.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < whole.n; i++) { /* of escapes, none of ours has others */
        bool is_escape = whole.at[i] == '\\' && i + 1 < whole.n;
        i += is_escape;
        out[n++] = is_escape && whole.at[i] == 'n' ? '\n' : whole.at[i];
    }
    return out;
}

/* Has a word, not only places for values. */
static bool has_words(const char *format) {
    for (; *format != '\0'; format++) {
        if (*format == '%') {
            format += 1 + strspn(format + 1, "0123456789.*+-$lz");
        } else if ((*format >= 'a' && *format <= 'z') || (*format >= 'A' && *format <= 'Z')) {
            return true;
        }
    }
    return false;
}

/* The formats of functions that translate them: the first literal of each call. */
static void add_formats(struct texts *texts, const char *source) {
    static const char *const functions[] = {"error_set(", "error_wrap(", "pen_print(",
        "pen_print_line(", "trace_add(", "trace_note(", "line_print("};

    for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
        for (const char *at = source; (at = strstr(at, functions[i])) != NULL;) {
            at += strlen(functions[i]);
            at += strcspn(at, "\";");
            const char *format = *at == '"' ? literal_at(texts, &at) : "";
            add(texts, has_words(format) ? format : NULL);
        }
    }
}

/* N_("...") of a source, and formats. */
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
        at += strlen("N_(");
        const char *end = at;
        add(texts, literal_at(texts, &end));
        cr_expect(*end == ')', "'%s': '%.40s' is in parts", path, at);
        at += 1;
    }
    add_formats(texts, source);
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
    add_chinese_scheme(&texts, scheme_built_in.at[SCHEME_CJJ181]);
    add_chinese_scheme(&texts, scheme_built_in.at[SCHEME_DB31]);
    add_names(&texts);
    add_commands(&texts);
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

enum { MOST_VALUES = 16, TYPE_SIZE = 8 };

static size_t number_at(const char **at) {
    size_t number = 0;

    while (**at >= '0' && **at <= '9') {
        number = 10 * number + (size_t)(*(*at)++ - '0');
    }
    return number;
}

/* "*" of a width or precision is a value of its own, which may be named: *2$. */
static void take_star(const char **at, size_t *next, char types[][TYPE_SIZE]) {
    const char *end = ++*at;
    size_t number = number_at(&end);
    bool is_named = number > 0 && *end == '$';
    size_t value = is_named ? number - 1 : (*next)++;

    *at = is_named ? end + 1 : *at;
    cr_assert_lt(value, MOST_VALUES);
    strcpy(types[value], "*");
}

/* The type of each value that a format of printf asks for: "zu", "s"; what is none stays empty. */
static void types_of(const char *format, char types[MOST_VALUES][TYPE_SIZE]) {
    size_t next = 0;

    memset(types, 0, MOST_VALUES * sizeof types[0]);
    while ((format = strchr(format, '%')) != NULL) {
        const char *at = format + 1;
        size_t number = number_at(&at), length = 0;
        bool is_named = number > 0 && *at == '$';
        at = is_named ? at + 1 : format + 1;
        at += strspn(at, "+-0#");
        if (*at == '*') {
            take_star(&at, &next, types);
        }
        number_at(&at);
        if (*at == '.') {
            at++;
            if (*at == '*') {
                take_star(&at, &next, types);
            }
            number_at(&at);
        }
        length = strspn(at, "hljz");
        if (at[length] != '\0' && strchr("cdgfsu", at[length]) != NULL) {
            size_t value = is_named ? number - 1 : next++;
            cr_assert(value < MOST_VALUES && length + 2 < TYPE_SIZE);
            memcpy(types[value], at, length + 1);
            types[value][length + 1] = '\0';
        }
        format = *at == '%' ? at + 1 : at;
    }
}

Test(lang, formats_ask_for_the_same_values) {
    size_t n = 0;
    const struct lang_entry *entries = lang_entries(LANGUAGE_ZH, &n);

    for (size_t i = 0; i < n; i++) {
        char english[MOST_VALUES][TYPE_SIZE], translated[MOST_VALUES][TYPE_SIZE];
        types_of(entries[i].english, english);
        types_of(entries[i].translated, translated);
        for (size_t k = 0; k < MOST_VALUES; k++) {
            cr_expect_str_eq(
                english[k], translated[k], "value %zu of \"%s\"", k + 1, entries[i].english);
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
