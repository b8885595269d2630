/* Rows of WinCan: texts by column. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

enum { ROW_MAX = 4 * 1024 * 1024 };

#define REQUIRED WINCAN_REQUIRED
#define EXPECTED WINCAN_EXPECTED
#define KEY WINCAN_KEY
#define SECTIONS WINCAN_SECTIONS
#define NODES WINCAN_NODES
const struct wincan_column_about wincan_columns[WINCAN_COLUMNS] = {
#define COLUMN(set, name, flags) {#name, WINCAN_##set, flags},
#include "formats/survey/wincan_columns.def"
#undef COLUMN
};

void wincan_row_clear(struct wincan_row *row, uint32_t line) {
    *row = (struct wincan_row){
        .names = row->names,
        .raw = row->raw,
        .capacity = row->capacity,
        .line = line,
    };
}

static const char *name_of(const struct wincan_row *row, enum wincan_column column) {
    return row->names == NULL || row->names[column] == NULL ? wincan_columns[column].name
                                                            : row->names[column];
}

static void append(struct wincan_row *row, struct text text) {
    if (text.n > 0) {
        memcpy(row->raw + row->n, text.at, text.n);
        row->n += text.n;
    }
}

bool wincan_row_add(struct wincan_row *row, enum wincan_column column, struct text value) {
    bool is_key = (wincan_columns[column].flags & WINCAN_KEY) != 0;

    value = text_trim(value);
    if (value.n == 0) {
        return true;
    }
    struct text name = text_from(name_of(row, column));
    size_t need = row->n + name.n + value.n + 3;
    if (need > ROW_MAX) {
        return false;
    }
    row->raw = array_reserve(row->raw, &row->capacity, need, 1);
    if (!is_key) {
        append(row, row->n > 0 ? TEXT("; ") : TEXT(""));
        append(row, name);
        append(row, TEXT("="));
    }
    row->value[column].at = (uint32_t)row->n;
    row->value[column].n = (uint32_t)value.n;
    append(row, value);
    row->n_visible = is_key ? row->n_visible : row->n;
    return true;
}

struct text wincan_value(const struct wincan_row *row, enum wincan_column column) {
    size_t at = row->value[column].at, n = row->value[column].n;

    if (n == 0) {
        return (struct text){0};
    }
    bool is_kept = row->kept != NULL && at + n <= row->n_visible;
    return (struct text){(is_kept ? row->kept : row->raw) + at, n};
}

void wincan_row_keep(struct wincan_row *row, struct arena *arena) {
    row->kept = arena_copy(arena, (struct text){row->raw, row->n_visible}).at;
}

void wincan_find(const struct wincan *wincan, enum finding_kind kind, const struct wincan_row *row,
    enum wincan_column column) {
    struct finding_place place = wincan->place;

    place.line = row->line;
    findings_add(&wincan->survey->findings, kind, place, "%s '%.*s'", name_of(row, column),
        TEXT_ARGS(text_cut(wincan_value(row, column), 200)));
}

double wincan_number(
    const struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
    struct text value = wincan_value(row, column);
    double out = NAN;

    if (value.n > 0 && (!text_to_double(value, &out) || fabs(out) > 1e9)) {
        wincan_find(wincan, FINDING_INVALID_VALUE, row, column);
        return NAN;
    }
    return out;
}

bool wincan_is_deleted(const struct wincan_row *row, enum wincan_column column) {
    return wincan_value(row, column).n > 0;
}

/* --- Keys --- */

static struct text plain_guid(struct text guid, char *buffer, size_t size) {
    size_t n = 0;

    for (size_t i = 0; i < guid.n && n < size; i++) {
        char c = guid.at[i];
        if (c != '{' && c != '}') {
            buffer[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
    }
    return (struct text){buffer, n};
}

struct text wincan_guid(struct arena *arena, struct text guid) {
    char buffer[WINCAN_KEY_MAX];

    return arena_copy(arena, plain_guid(guid, buffer, sizeof buffer));
}

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* 8-4-4-4-12 digits are 16 bytes, behind one that no text begins with: there are millions. */
struct text wincan_key(struct text value, char buffer[WINCAN_KEY_MAX]) {
    struct text guid = plain_guid(value, buffer, WINCAN_KEY_MAX);
    char packed[17] = {'\xFF'};
    size_t n_digits = 0;

    if (guid.n != 36) {
        return guid;
    }
    for (size_t i = 0; i < guid.n; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        int digit = digit_of(guid.at[i]);
        if (is_dash ? guid.at[i] != '-' : digit < 0) {
            return guid;
        }
        if (!is_dash) {
            char *byte = &packed[1 + n_digits++ / 2];
            *byte = (char)((unsigned char)*byte << 4 | digit);
        }
    }
    memcpy(buffer, packed, sizeof packed);
    return (struct text){buffer, sizeof packed};
}

uint32_t wincan_follow(
    struct row_keys *keys, const struct wincan_row *row, enum wincan_column column) {
    char buffer[WINCAN_KEY_MAX];
    struct text key = wincan_key(wincan_value(row, column), buffer);

    return key.n == 0 ? INDEX_NONE : row_keys_find(keys, key);
}

void wincan_memo_set(struct wincan_memo *memo, struct text key, uint32_t number) {
    memo->n = key.n <= sizeof memo->key ? key.n : 0;
    memo->number = number;
    if (memo->n > 0) {
        memcpy(memo->key, key.at, key.n);
    }
}

uint32_t wincan_follow_memo(struct row_keys *keys, const struct wincan_row *row,
    enum wincan_column column, struct wincan_memo *memo) {
    char buffer[WINCAN_KEY_MAX];
    struct text key = wincan_key(wincan_value(row, column), buffer);

    if (key.n == 0) {
        return INDEX_NONE;
    }
    if (text_equal(key, (struct text){memo->key, memo->n})) {
        return memo->number;
    }
    uint32_t number = row_keys_find(keys, key);
    if (number != INDEX_NONE) {
        wincan_memo_set(memo, key, number);
    }
    return number;
}
