/* Manual page and completion know every option of the tables, and no other. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/check/options.h"
#include "cmd/command.h"
#include "cmd/convert/options.h"
#include "cmd/explain_options.h"
#include "cmd/run_options.h"
#include "cmd/style_options.h"

static const struct option_table *const tables[] = {&check_option_table, &convert_option_table,
    &explain_option_table, &run_option_table, &style_option_table};

/* The options of all tables, one table behind the other. */
static size_t n_options(void) {
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        n += tables[i]->n;
    }
    return n;
}

static const struct option *option_at(size_t number) {
    size_t table = 0;

    while (number >= tables[table]->n) {
        number -= tables[table++]->n;
    }
    return &tables[table]->at[number];
}

/* The whole file with a line end before and behind it. */
static struct text read_source(struct arena *arena, const char *name) {
    const char *root = getenv("CHAINAGE_SOURCE");
    struct text path = arena_printf(arena, "%s/cmd/%s", root == NULL ? "." : root, name);
    char *at = ARENA_NEW(arena, char, 200000);

    FILE *file = fopen(path.at, "rb");
    cr_assert(file != NULL, "cannot open '%s'", path.at);
    at[0] = '\n';
    size_t n = 1 + fread(at + 1, 1, 199998, file);
    fclose(file);
    at[n] = '\n';
    return (struct text){at, n + 1};
}

/* Dashes of options are written "\-" in a manual page. */
static struct text roff_name(struct arena *arena, const char *name) {
    char out[128];
    size_t n = 0;

    for (const char *at = name; *at != '\0' && n < sizeof out - 2; at++) {
        if (*at == '-') {
            out[n++] = '\\';
        }
        out[n++] = *at;
    }
    out[n] = '\0';
    return arena_printf(arena, "\\-\\-%s", out);
}

Test(manual, every_option_has_its_paragraph) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text page = read_source(&arena, "chainage.1");

    for (size_t i = 0; i < n_options(); i++) {
        const struct option *option = option_at(i);
        struct text name = roff_name(&arena, option->name);
        struct text heading =
            option->value == NULL
                ? arena_printf(&arena, "\n.TP\n.B %s\n", name.at)
                : arena_printf(&arena, "\n.TP\n.BI %s= %s\n", name.at, option->value);
        cr_expect(text_contains(page, heading), "--%s is not in the manual as %s", option->name,
            heading.at);
    }
}

Test(completion, every_option_is_offered) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text script = read_source(&arena, "chainage.bash");

    for (size_t i = 0; i < n_options(); i++) {
        const char *name = option_at(i)->name;
        cr_expect(text_contains(script, arena_printf(&arena, " --%s ", name)) ||
                      text_contains(script, arena_printf(&arena, " --%s\n", name)),
            "--%s", name);
    }
}

Test(completion, every_choice_is_offered) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text script = read_source(&arena, "chainage.bash");

    for (size_t i = 0; i < n_options(); i++) {
        const struct option *option = option_at(i);
        struct text line = arena_printf(&arena, "\n    --%s) _chainage_words", option->name);
        for (size_t k = 0; k < option->n_choices; k++) {
            line = arena_printf(&arena, "%s %s", line.at, option->choices[k].name);
        }
        cr_expect(option->n_choices == 0 ||
                      text_contains(script, arena_printf(&arena, "%s ;;\n", line.at)),
            "%s", line.at);
    }
}

static bool is_known(struct text name) {
    for (size_t i = 0; i < n_commands; i++) {
        for (size_t k = 0; k < commands[i]->options->n; k++) {
            if (text_equal(name, text_from(commands[i]->options->at[k].name))) {
                return true;
            }
        }
    }
    return text_equal(name, TEXT("version"));
}

Test(completion, no_other_option_is_offered) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text script = read_source(&arena, "chainage.bash");

    for (size_t i = 0; i + 3 < script.n; i++) {
        struct text rest = text_part(script, i + 3, script.n);
        if (strncmp(script.at + i, " --", 3) == 0 && rest.at[0] >= 'a' && rest.at[0] <= 'z') {
            struct text name = text_part(rest, 0, strspn(rest.at, "abcdefghijklmnopqrstuvwxyz-"));
            cr_expect(is_known(name), "--%.*s", TEXT_ARGS(name));
        }
    }
}
