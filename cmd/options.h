#pragma once
/* Long options, described by a table: --name, --name=VALUE, --name VALUE; `--` ends them. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/* Words of the command line, borrowed from argv. */
struct words {
    const char **at; /* an array of its own */
    size_t n, capacity;
};

struct choice {
    const char *name;
    int value;
};

enum option_type {
    OPTION_FLAG,       /* bool: true when given */
    OPTION_SWITCH,     /* bool: yes or no */
    OPTION_TEXT,       /* const char * */
    OPTION_TEXTS,      /* struct words; may be given several times */
    OPTION_CHOICE,     /* int or enum: one of `choices` */
    OPTION_COUNT,      /* int: 1 to `most` */
    OPTION_READ_AHEAD, /* nothing: whoever called the parser has looked for it before */
};

struct option {
    const char *name; /* without the dashes */
    enum option_type type;
    size_t offset;     /* of the field that it fills */
    const char *group; /* heading in the help */
    const char *value; /* what the value is, for people: FILE; NULL for flags */
    const char *help;  /* for people; lines are broken at '\n' */
    const struct choice *choices;
    size_t n_choices;
    int most;
    bool shapes_result; /* its value belongs into the record of the run */
};

struct option_table {
    const struct option *at;
    size_t n;
};

/* Fills the fields of `into` and collects the operands.  argv[0] is skipped.  On false err names
 * option and value; what was filled before stays. */
bool options_parse(const struct option_table *table, int argc, char **argv, void *into,
    struct words *operands, struct error *err);

/* The command line again, without the options that do not shape the result, ready for a shell. */
struct text options_command_line(
    const struct option_table *table, int argc, char **argv, struct arena *arena);

/* "name=value; name=value" of all options that shape the result; a backslash stands before each ';'
 * and backslash of a value. */
struct text options_describe(
    const struct option_table *table, const void *from, struct arena *arena);

/* Reads that back: fills the fields of `into` that it names and leaves the others; texts are copied
 * into the arena.  ERROR_FORMAT names an option that the table has not, or a value that it refuses.
 */
bool options_parse_description(const struct option_table *table, struct text description,
    void *into, struct arena *arena, struct error *err);

void words_add(struct words *words, const char *word);
void words_release(struct words *words);
