#include "cmd/json.h"

#include <math.h>

static void put_indent(struct json *json) {
    fputc('\n', json->to);
    for (unsigned i = 0; i < json->depth; i++) {
        fputs("  ", json->to);
    }
}

/* The sequence that starts the text, when it is well-formed UTF-8; 0 when not. */
static size_t sequence_n(struct text text) {
    for (size_t n = 1; n <= 4 && n <= text.n; n++) {
        if (text_is_utf8(text_part(text, 0, n))) {
            return n;
        }
    }
    return 0;
}

static void put_escaped(FILE *to, unsigned char c) {
    static const char names[] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};

    if (c == '"' || c == '\\') {
        fprintf(to, "\\%c", c);
    } else if (c < sizeof names && names[c] != 0) {
        fprintf(to, "\\%c", names[c]);
    } else if (c < 0x20 || c == 0x7F) {
        fprintf(to, "\\u%04x", c);
    } else {
        fputc(c, to);
    }
}

/* Bytes that are no UTF-8 become U+FFFD: the output must be JSON whatever a file held. */
static void put_text(FILE *to, struct text text) {
    fputc('"', to);
    while (text.n > 0) {
        size_t n = sequence_n(text);
        if (n == 0) {
            fputs("\xEF\xBF\xBD", to);
            n = 1;
        } else if (n == 1) {
            put_escaped(to, (unsigned char)text.at[0]);
        } else {
            fwrite(text.at, 1, n, to);
        }
        text = text_part(text, n, text.n);
    }
    fputc('"', to);
}

static void begin(struct json *json, const char *key) {
    if (json->has_items) {
        fputc(',', json->to);
    }
    if (json->depth > 0) {
        put_indent(json);
    }
    json->has_items = true;
    if (key != NULL) {
        put_text(json->to, text_from(key));
        fputs(": ", json->to);
    }
}

static void open_level(struct json *json, const char *key, char mark) {
    begin(json, key);
    fputc(mark, json->to);
    json->depth++;
    json->has_items = false;
}

static void close_level(struct json *json, char mark) {
    json->depth--;
    if (json->has_items) {
        put_indent(json);
    }
    fputc(mark, json->to);
    json->has_items = true;
    if (json->depth == 0) {
        fputc('\n', json->to);
    }
}

void json_open_object(struct json *json, const char *key) {
    open_level(json, key, '{');
}

void json_close_object(struct json *json) {
    close_level(json, '}');
}

void json_open_array(struct json *json, const char *key) {
    open_level(json, key, '[');
}

void json_close_array(struct json *json) {
    close_level(json, ']');
}

void json_text(struct json *json, const char *key, struct text text) {
    begin(json, key);
    if (text.at == NULL) {
        fputs("null", json->to);
    } else {
        put_text(json->to, text);
    }
}

void json_string(struct json *json, const char *key, const char *string) {
    json_text(json, key, text_from(string));
}

void json_bool(struct json *json, const char *key, bool value) {
    begin(json, key);
    fputs(value ? "true" : "false", json->to);
}

void json_count(struct json *json, const char *key, uint64_t value) {
    begin(json, key);
    fprintf(json->to, "%llu", (unsigned long long)value);
}

void json_number(struct json *json, const char *key, double value) {
    begin(json, key);
    if (isfinite(value)) {
        fprintf(json->to, "%.12g", value);
    } else {
        fputs("null", json->to);
    }
}
