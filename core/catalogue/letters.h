#pragma once
/* ASCII letters of codes; no locale has a say in them. */
#include <stdbool.h>
#include <string.h>

#include "core/text.h"

static inline bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline char upper(char c) {
    return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

/* As text_compare, with the ASCII letters of `text` taken as capitals. */
static inline int compare_code(struct text text, const char *code) {
    size_t n = strlen(code);

    for (size_t i = 0; i < text.n && i < n; i++) {
        int order = (unsigned char)upper(text.at[i]) - (unsigned char)code[i];
        if (order != 0) {
            return order;
        }
    }
    return (text.n > n) - (text.n < n);
}
