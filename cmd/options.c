#include "cmd/options.h"

#include <stdio.h>
#include <string.h>

#include "cmd/suggest.h"

_Static_assert(sizeof(enum option_type) == sizeof(int), "choices are stored as int");

void words_add(struct words *words, const char *word) {
    words->at = array_reserve(words->at, &words->capacity, words->n + 1, sizeof *words->at);
    words->at[words->n++] = word;
}

void words_release(struct words *words) {
    array_release(&words->at);
    *words = (struct words){0};
}

/* --- parsing --- */

/* An option as it stands on the command line. */
struct given {
    const char *word;  /* with the dashes */
    size_t name_n;     /* of the name behind them */
    const char *value; /* behind '=', or NULL */
};

static bool is_option(const char *word) {
    return word[0] == '-' && word[1] != '\0';
}

static struct given given_from(const char *word) {
    const char *mark = strchr(word, '=');
    size_t dashes = word[1] == '-' ? 2 : 1;
    size_t n = mark == NULL ? strlen(word) : (size_t)(mark - word);

    return (struct given){word, n < dashes ? 0 : n - dashes, mark == NULL ? NULL : mark + 1};
}

static const struct option *find(const struct option_table *table, const struct given *given) {
    for (size_t i = 0; i < table->n; i++) {
        const char *name = table->at[i].name;
        if (strncmp(given->word, "--", 2) == 0 && strlen(name) == given->name_n &&
            strncmp(name, given->word + 2, given->name_n) == 0) {
            return &table->at[i];
        }
    }
    return NULL;
}

static bool refuse_unknown(
    const struct option_table *table, const struct given *given, struct error *err) {
    char name[64], hint[128];
    const char *start = given->word + strspn(given->word, "-");

    snprintf(name, sizeof name, "%.*s", (int)strcspn(start, "="), start);
    struct suggestion suggestion = {.given = name};
    for (size_t i = 0; i < table->n; i++) {
        suggestion_offer(&suggestion, table->at[i].name);
    }
    suggestion_say(&suggestion, "--", err->language, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "unknown option '%.*s'%s", (int)strcspn(given->word, "="),
        given->word, hint);
}

static bool refuse_choice(const struct option *option, const char *value, struct error *err) {
    char list[512] = "", hint[128];
    struct suggestion suggestion = {.given = value};
    size_t n = 0;

    for (size_t i = 0; i < option->n_choices && n < sizeof list; i++) {
        n += (size_t)snprintf(
            list + n, sizeof list - n, "%s%s", i == 0 ? "" : ", ", option->choices[i].name);
        suggestion_offer(&suggestion, option->choices[i].name);
    }
    suggestion_say(&suggestion, "", err->language, hint, sizeof hint);
    return error_set(
        err, ERROR_USAGE, "option '--%s': '%s' is none of %s%s", option->name, value, list, hint);
}

static bool set_choice(
    const struct option *option, const char *value, void *field, struct error *err) {
    for (size_t i = 0; i < option->n_choices; i++) {
        if (strcmp(option->choices[i].name, value) == 0) {
            memcpy(field, &option->choices[i].value, sizeof(int));
            return true;
        }
    }
    return refuse_choice(option, value, err);
}

static bool set_switch(
    const struct option *option, const char *value, void *field, struct error *err) {
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) {
        return error_set(
            err, ERROR_USAGE, "option '--%s': '%s' is neither yes nor no", option->name, value);
    }
    *(bool *)field = value[0] == 'y';
    return true;
}

static bool set_count(
    const struct option *option, const char *value, void *field, struct error *err) {
    long count = 0;

    if (!text_to_int(text_from(value), &count) || count < 1 || count > option->most) {
        return error_set(err, ERROR_USAGE, "option '--%s': '%s' is no number from 1 to %d",
            option->name, value, option->most);
    }
    *(int *)field = (int)count;
    return true;
}

static bool set(const struct option *option, const char *value, void *into, struct error *err) {
    void *field = (char *)into + option->offset;

    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_SWITCH:
        return set_switch(option, value, field, err);
    case OPTION_TEXT:
        *(const char **)field = value;
        return true;
    case OPTION_TEXTS:
        words_add(field, value);
        return true;
    case OPTION_CHOICE:
        return set_choice(option, value, field, err);
    case OPTION_COUNT:
        return set_count(option, value, field, err);
    case OPTION_READ_AHEAD:
        return true;
    }
    return true;
}

/* Parses the option at argv[*i] and moves *i onto the last word that belongs to it. */
static bool parse_option(const struct option_table *table, int argc, char **argv, int *i,
    void *into, struct error *err) {
    struct given given = given_from(argv[*i]);
    const struct option *option = find(table, &given);
    const char *value = given.value;

    if (option == NULL) {
        return refuse_unknown(table, &given, err);
    }
    if (option->type == OPTION_FLAG) {
        return value == NULL ? set(option, "yes", into, err)
                             : error_set(err, ERROR_USAGE,
                                   "option '--%s' takes no value, found '%s'", option->name, value);
    }
    if (value == NULL && *i + 1 < argc) {
        value = argv[++*i];
        if (strncmp(value, "--", 2) == 0) { /* forgotten; --x=--y for those who mean it */
            return error_set(err, ERROR_USAGE, "option '--%s' needs a value (%s), found '%s'",
                option->name, lang_text(err->language, option->value), value);
        }
    }
    if (value == NULL || value[0] == '\0') {
        return error_set(err, ERROR_USAGE, "option '--%s' needs a value (%s)", option->name,
            lang_text(err->language, option->value));
    }
    return set(option, value, into, err);
}

bool options_parse(const struct option_table *table, int argc, char **argv, void *into,
    struct words *operands, struct error *err) {
    bool is_ended = false;

    for (int i = 1; i < argc; i++) {
        if (!is_ended && strcmp(argv[i], "--") == 0) {
            is_ended = true;
        } else if (is_ended || !is_option(argv[i])) {
            words_add(operands, argv[i]);
        } else if (!parse_option(table, argc, argv, &i, into, err)) {
            return false;
        }
    }
    return true;
}

/* --- the record --- */

/* Text that grows at its end. */
struct builder {
    char *at;
    size_t n, capacity;
};

static void append(struct builder *builder, const char *text, size_t n) {
    builder->at = array_reserve(builder->at, &builder->capacity, builder->n + n + 1, 1);
    memcpy(builder->at + builder->n, text, n);
    builder->n += n;
}

static void append_string(struct builder *builder, const char *string) {
    append(builder, string, strlen(string));
}

static struct text finish(struct builder *builder, struct arena *arena) {
    struct text text = arena_copy(arena, (struct text){builder->at, builder->n});

    array_release(&builder->at);
    return text.at == NULL ? TEXT("") : text;
}

static void append_quoted(struct builder *builder, const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "%+,-./:=@_";

    append_string(builder, builder->n == 0 ? "" : " ");
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        append_string(builder, word);
        return;
    }
    append_string(builder, "'");
    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '\'') {
            append_string(builder, "'\\''");
        } else {
            append(builder, at, 1);
        }
    }
    append_string(builder, "'");
}

struct text options_command_line(
    const struct option_table *table, int argc, char **argv, struct arena *arena) {
    struct builder builder = {0};
    bool is_ended = false;

    append_string(&builder, "chainage");
    for (int i = 0; i < argc; i++) {
        bool is_operand = i == 0 || is_ended || !is_option(argv[i]);
        struct given given = given_from(argv[i]);
        const struct option *option = is_operand ? NULL : find(table, &given);
        is_ended = is_ended || (i > 0 && strcmp(argv[i], "--") == 0);
        bool has_own_value = option != NULL && option->type != OPTION_FLAG && given.value == NULL;
        if (option == NULL || option->shapes_result) {
            append_quoted(&builder, argv[i]);
            if (has_own_value && i + 1 < argc) {
                append_quoted(&builder, argv[i + 1]);
            }
        }
        i += has_own_value;
    }
    return finish(&builder, arena);
}

/* A semicolon ends the value, unless a backslash stands before it. */
static void append_pair(struct builder *builder, const char *name, const char *value) {
    append_string(builder, builder->n == 0 ? "" : "; ");
    append_string(builder, name);
    append_string(builder, "=");
    for (const char *at = value; *at != '\0'; at++) {
        append(builder, "\\", *at == ';' || *at == '\\');
        append(builder, at, 1);
    }
}

/* Of a choice whose value no word has. */
static const char unset[] = "unset";

static const char *choice_name(const struct option *option, const void *field) {
    int value;

    memcpy(&value, field, sizeof value);
    for (size_t i = 0; i < option->n_choices; i++) {
        if (option->choices[i].value == value) {
            return option->choices[i].name;
        }
    }
    return unset;
}

static void describe(struct builder *builder, const struct option *option, const void *field) {
    const struct words *words = field;
    char number[16];

    switch (option->type) {
    case OPTION_FLAG:
    case OPTION_SWITCH:
        append_pair(builder, option->name, *(const bool *)field ? "yes" : "no");
        return;
    case OPTION_TEXT:
        if (*(const char *const *)field != NULL) {
            append_pair(builder, option->name, *(const char *const *)field);
        }
        return;
    case OPTION_TEXTS:
        for (size_t i = 0; i < words->n; i++) {
            append_pair(builder, option->name, words->at[i]);
        }
        return;
    case OPTION_CHOICE:
        append_pair(builder, option->name, choice_name(option, field));
        return;
    case OPTION_COUNT:
        snprintf(number, sizeof number, "%d", *(const int *)field);
        append_pair(builder, option->name, number);
        return;
    case OPTION_READ_AHEAD:
        return;
    }
}

struct text options_describe(
    const struct option_table *table, const void *from, struct arena *arena) {
    struct builder builder = {0};

    for (size_t i = 0; i < table->n; i++) {
        if (table->at[i].shapes_result) {
            describe(&builder, &table->at[i], (const char *)from + table->at[i].offset);
        }
    }
    return finish(&builder, arena);
}

/* --- the record, read back --- */

/* What stands before the next semicolon that no backslash protects, without the backslashes, as a
 * string of the arena; `rest` moves behind the semicolon and its blank. */
static char *take_pair(struct text *rest, struct arena *arena) {
    char *out = ARENA_NEW(arena, char, rest->n + 1);
    size_t n = 0, i = 0;

    for (; i < rest->n && rest->at[i] != ';'; i++) {
        i += rest->at[i] == '\\' && i + 1 < rest->n;
        out[n++] = rest->at[i];
    }
    i += i < rest->n;
    i += i < rest->n && rest->at[i] == ' ';
    *rest = text_part(*rest, i, rest->n);
    return out;
}

static bool set_recorded(
    const struct option *option, const char *value, void *into, struct error *err) {
    if (option->type == OPTION_FLAG) {
        return set_switch(option, value, (char *)into + option->offset, err);
    }
    if (option->type == OPTION_CHOICE && strcmp(value, unset) == 0) {
        return true;
    }
    return set(option, value, into, err);
}

static bool set_pair(const struct option_table *table, char *pair, void *into, struct error *err) {
    char *mark = strchr(pair, '=');

    if (mark == NULL) {
        return error_set(err, ERROR_FORMAT, "'%s' is not like NAME=VALUE", pair);
    }
    *mark = '\0';
    for (size_t i = 0; i < table->n; i++) {
        if (table->at[i].shapes_result && strcmp(table->at[i].name, pair) == 0) {
            return set_recorded(&table->at[i], mark + 1, into, err);
        }
    }
    return error_set(err, ERROR_FORMAT, "there is no option '%s'", pair);
}

bool options_parse_description(const struct option_table *table, struct text description,
    void *into, struct arena *arena, struct error *err) {
    while (description.n > 0) {
        if (!set_pair(table, take_pair(&description, arena), into, err)) {
            err->kind = ERROR_FORMAT; /* a file said so, not the command line */
            return false;
        }
    }
    return true;
}
