#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/json.h"
#include "core/base.h"

/* What is written about one value. */
static char *written(void (*write)(struct json *json, const void *value), const void *value) {
    char *out = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&out, &n);
    struct json json = {.to = to};

    write(&json, value);
    fclose(to);
    return out;
}

static void write_text(struct json *json, const void *value) {
    json_string(json, NULL, value);
}

static const struct {
    const char *name, *text, *want;
} texts[] = {
    {"plain",                         "PL4 at 3 m",    "\"PL4 at 3 m\""               },
    {"nothing is not the empty text", NULL,            "null"                         },
    {"empty",                         "",              "\"\""                         },
    {"quotes and backslashes",        "a\"b\\c",       "\"a\\\"b\\\\c\""              },
    {"control characters",            "a\n\t\x01\x7f", "\"a\\n\\t\\u0001\\u007f\""    },
    {"Chinese stays",                 "管线",        "\"管线\""                   },
    {"broken UTF-8 is replaced",
     "a\xB9\xDC"
        "b",                                           "\"a\xEF\xBF\xBD\xEF\xBF\xBD"
        "b\""                                                             },
    {"a sequence cut at the end",     "a\xE7\xAE",     "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
};

Test(json, texts) {
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        char *got = written(write_text, texts[i].text);
        cr_expect_str_eq(got, texts[i].want, "%s: %s", texts[i].name, got);
        free(got);
    }
}

static void write_number(struct json *json, const void *value) {
    json_number(json, NULL, *(const double *)value);
}

static const struct {
    double value;
    const char *want;
} numbers[] = {
    {0,        "0"    },
    {-1.5,     "-1.5" },
    {1e20,     "1e+20"},
    {NAN,      "null" },
    {INFINITY, "null" },
};

Test(json, numbers) {
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        char *got = written(write_number, &numbers[i].value);
        cr_expect_str_eq(got, numbers[i].want);
        free(got);
    }
}

static void write_tree(struct json *json, const void *value) {
    (void)value;
    json_open_object(json, NULL);
    json_count(json, "n", 2);
    json_open_array(json, "list");
    json_bool(json, NULL, true);
    json_open_object(json, NULL);
    json_close_object(json);
    json_close_array(json);
    json_open_array(json, "empty");
    json_close_array(json);
    json_close_object(json);
}

Test(json, nesting) {
    char *got = written(write_tree, NULL);

    cr_expect_str_eq(got, "{\n"
                          "  \"n\": 2,\n"
                          "  \"list\": [\n"
                          "    true,\n"
                          "    {}\n"
                          "  ],\n"
                          "  \"empty\": []\n"
                          "}\n");
    free(got);
}
