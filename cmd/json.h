#pragma once
/* Writes JSON: keeps the commas, escapes texts, has null for what is unset. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/text.h"

struct json {
    FILE *to; /* borrowed */
    unsigned depth;
    bool has_items; /* on this level already */
};

/* In an object each value has a key; in an array, and at the top, key is NULL. */
void json_open_object(struct json *json, const char *key);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *key);
void json_close_array(struct json *json); /* the last one closed ends the line */

void json_text(struct json *json, const char *key, struct text text); /* unset: null */
void json_string(struct json *json, const char *key, const char *string);
void json_bool(struct json *json, const char *key, bool value);
void json_count(struct json *json, const char *key, uint64_t value);
void json_number(struct json *json, const char *key, double value); /* NAN: null */
