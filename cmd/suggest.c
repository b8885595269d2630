/* Edit distance with insertion, deletion, replacement and swapped neighbours, on three rows. */
#include "cmd/suggest.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NAME = 40 };

static size_t min(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t edit_distance(const char *a, const char *b) {
    size_t rows[3][MAX_NAME + 1] = {{0}};
    size_t n_a = strlen(a), n_b = strlen(b);

    if (n_a > MAX_NAME || n_b > MAX_NAME) {
        return MAX_NAME;
    }
    for (size_t k = 0; k <= n_b; k++) {
        rows[0][k] = k;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= n_b; k++) {
            size_t replaced = above[k - 1] + (a[i - 1] != b[k - 1]);
            row[k] = min(replaced, min(above[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                row[k] = min(row[k], two_above[k - 2] + 1);
            }
        }
    }
    return rows[n_a % 3][n_b];
}

void suggestion_offer(struct suggestion *suggestion, const char *name) {
    size_t n = strlen(suggestion->given);
    size_t distance = edit_distance(suggestion->given, name);

    if (n >= 3 && strncmp(suggestion->given, name, n) == 0) {
        distance = 1; /* a beginning is nearly the whole */
    }
    if (distance > n / 3 + 1 || distance >= n) {
        return;
    }
    if (suggestion->best == NULL || distance < suggestion->distance) {
        suggestion->best = name;
        suggestion->distance = distance;
    }
}

void suggestion_say(const struct suggestion *suggestion, const char *prefix, enum language language,
    char *out, size_t size) {
    out[0] = '\0';
    if (suggestion->best != NULL) {
        snprintf(
            out, size, lang_text(language, N_("; did you mean '%s%s'?")), prefix, suggestion->best);
    }
}
