#include "formats/export/text_out.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"

void text_out_put(struct text_out *out, struct text text) {
    if (text.n == 0) {
        return;
    }
    out->at = array_reserve(out->at, &out->capacity, out->n + text.n, 1);
    memcpy(out->at + out->n, text.at, text.n);
    out->n += text.n;
}

void text_out_string(struct text_out *out, const char *string) {
    text_out_put(out, text_from(string));
}

void text_out_printf(struct text_out *out, const char *format, ...) {
    char short_text[512];
    va_list args;

    va_start(args, format);
    int n = vsnprintf(short_text, sizeof short_text, format, args);
    va_end(args);
    text_out_put(out,
        (struct text){short_text,
            n < 0 ? 0 : text_cut((struct text){short_text, (size_t)n}, sizeof short_text - 1).n});
}

/* No part of the program sets a locale, so that printf writes a point. */
void text_out_number(struct text_out *out, double number) {
    char text[40];
    double again = NAN;

    for (int digits = 15; digits <= 17 && again != number && !isnan(number); digits++) {
        int n = snprintf(text, sizeof text, "%.*g", digits, number);
        if (!text_to_double((struct text){text, (size_t)n}, &again)) {
            again = NAN;
        }
    }
    if (!isnan(number)) {
        text_out_string(out, text);
    }
}

void text_out_float(struct text_out *out, float number) {
    char text[40];
    double again = NAN;

    for (int digits = 6; digits <= 9 && (float)again != number && !isnan(number); digits++) {
        int n = snprintf(text, sizeof text, "%.*g", digits, (double)number);
        if (!text_to_double((struct text){text, (size_t)n}, &again)) {
            again = NAN;
        }
    }
    if (!isnan(number)) {
        text_out_string(out, text);
    }
}

void text_out_date(struct text_out *out, int yyyymmdd) {
    if (yyyymmdd != 0) {
        text_out_printf(
            out, "%04d-%02d-%02d", yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    }
}

static void put_replacement(struct text_out *out) {
    text_out_string(out, "\xEF\xBF\xBD");
    out->n_replaced++;
}

/* The bytes of the character that the text starts with; 0 when it is no UTF-8. */
static size_t character_n(struct text text) {
    unsigned char c = (unsigned char)text.at[0];
    size_t n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    return n <= text.n && text_is_utf8(text_part(text, 0, n)) ? n : 0;
}

/* XML 1.0, production 2: no control characters but tab and line ends, no U+FFFE and U+FFFF. */
static bool is_xml_character(struct text character) {
    unsigned char c = (unsigned char)character.at[0];

    if (character.n == 1) {
        return c >= ' ' || c == '\t' || c == '\n';
    }
    return !text_equal(character, TEXT("\xEF\xBF\xBE")) &&
           !text_equal(character, TEXT("\xEF\xBF\xBF"));
}

static const char *xml_escape(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r': /* a bare one would be read as a line feed */
        return "&#13;";
    default:
        return NULL;
    }
}

void text_out_xml(struct text_out *out, struct text text) {
    while (text.n > 0) {
        size_t n = character_n(text);
        struct text character = text_part(text, 0, n == 0 ? 1 : n);
        const char *escape = xml_escape(text.at[0]);
        if (escape != NULL) {
            text_out_string(out, escape);
        } else if (n == 0 || !is_xml_character(character)) {
            put_replacement(out);
        } else {
            text_out_put(out, character);
        }
        text = text_part(text, character.n, text.n);
    }
}

void text_out_json(struct text_out *out, struct text text) {
    text_out_string(out, "\"");
    while (text.n > 0) {
        size_t n = character_n(text);
        unsigned char c = (unsigned char)text.at[0];
        if (n == 0) {
            put_replacement(out);
            n = 1;
        } else if (c == '"' || c == '\\') {
            text_out_printf(out, "\\%c", c);
        } else if (c < ' ' || c == 0x7F) {
            text_out_printf(out, "\\u%04x", c);
        } else {
            text_out_put(out, text_part(text, 0, n));
        }
        text = text_part(text, n, text.n);
    }
    text_out_string(out, "\"");
}

void text_out_release(struct text_out *out) {
    array_release(&out->at);
    *out = (struct text_out){0};
}
