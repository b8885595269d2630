#include "tests/formats/tiny_mdb.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"

enum {
    PAGE = 4096,
    PAGES_MAX = 256,
    COLUMNS_MAX = 64,
    MAP_BYTES = 69, /* one row of page 1: type, first page, 64 bytes of bits */
    TYPE_BOOL = 1,
    TYPE_LONG = 4,
    TYPE_DOUBLE = 7,
    TYPE_DATE = 8,
    TYPE_TEXT = 10,
    TYPE_OLE = 11,
    TYPE_MEMO = 12,
};

struct file {
    unsigned char *at;
    size_t n_pages, n_maps;
};

static void put16(unsigned char *at, unsigned v) {
    at[0] = (unsigned char)v;
    at[1] = (unsigned char)(v >> 8);
}

static void put32(unsigned char *at, uint32_t v) {
    put16(at, v & 0xFFFF);
    put16(at + 2, v >> 16);
}

static unsigned get16(const unsigned char *at) {
    return at[0] | (unsigned)at[1] << 8;
}

static unsigned char *page(const struct file *file, size_t number) {
    return file->at + number * PAGE;
}

static size_t add_page(struct file *file) {
    return file->n_pages < PAGES_MAX ? file->n_pages++ : (abort(), 0);
}

/* UTF-8 to UCS-2; the number of bytes. */
static size_t put_wide(unsigned char *at, const char *text) {
    const unsigned char *from = (const unsigned char *)text;
    size_t n = 0;

    while (*from != 0) {
        unsigned v = *from < 0x80 ? from[0]
                     : *from < 0xE0
                         ? (from[0] & 31U) << 6 | (from[1] & 63U)
                         : (from[0] & 15U) << 12 | (from[1] & 63U) << 6 | (from[2] & 63U);
        from += *from < 0x80 ? 1 : *from < 0xE0 ? 2 : 3;
        put16(at + n, v);
        n += 2;
    }
    return n;
}

/* --- Pages of rows --- */

/* Rows fill a page from its end; false when there is no room. */
static bool add_row(unsigned char *at, const unsigned char *row, size_t n) {
    unsigned n_rows = get16(at + 12);
    size_t end = n_rows == 0 ? PAGE : get16(at + 14 + 2 * (n_rows - 1));

    if (14 + 2 * (n_rows + 1) + n > end) {
        return false;
    }
    memcpy(at + end - n, row, n);
    put16(at + 14 + 2 * n_rows, (unsigned)(end - n));
    put16(at + 12, n_rows + 1);
    return true;
}

static size_t add_data_page(struct file *file, size_t definition) {
    size_t number = add_page(file);
    unsigned char *at = page(file, number);

    at[0] = at[1] = 1;
    put32(at + 4, (uint32_t)definition);
    return number;
}

static size_t add_map(struct file *file) {
    const unsigned char empty[MAP_BYTES] = {0};

    if (!add_row(page(file, 1), empty, sizeof empty)) {
        abort();
    }
    return file->n_maps++;
}

static void mark_page(struct file *file, size_t map, size_t number) {
    unsigned char *at = page(file, 1) + get16(page(file, 1) + 14 + 2 * map);

    at[5 + number / 8] |= (unsigned char)(1U << number % 8);
}

/* --- Columns --- */

struct column {
    int type;
    char name[64];
    unsigned place; /* number among those of varying length, or offset */
};

static struct column column_of(const char *spelled) {
    static const struct {
        const char *letter;
        int type;
    } types[] = {
        {":l", TYPE_LONG  },
        {":d", TYPE_DOUBLE},
        {":b", TYPE_BOOL  },
        {":t", TYPE_DATE  },
        {":m", TYPE_MEMO  },
        {":o", TYPE_OLE   }
    };
    struct column column = {.type = TYPE_TEXT};
    size_t n = strlen(spelled);

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (n > 2 && strcmp(spelled + n - 2, types[i].letter) == 0) {
            column.type = types[i].type;
        }
    }
    n -= column.type == TYPE_TEXT ? 0 : 2;
    memcpy(column.name, spelled, n < sizeof column.name ? n : sizeof column.name - 1);
    return column;
}

static unsigned fixed_bytes(int type) {
    return type == TYPE_LONG ? 4 : type == TYPE_DOUBLE || type == TYPE_DATE ? 8 : 0;
}

static bool is_varying(int type) {
    return type == TYPE_TEXT || type == TYPE_OLE || type == TYPE_MEMO;
}

static unsigned place_columns(
    const struct tiny_table *table, struct column *columns, unsigned *fixed) {
    unsigned n_varying = 0;

    *fixed = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i] = column_of(table->columns[i]);
        columns[i].place = is_varying(columns[i].type) ? n_varying++ : *fixed;
        *fixed += fixed_bytes(columns[i].type);
    }
    return n_varying;
}

static void put_value(unsigned char *at, int type, const char *value) {
    double number = strtod(value, NULL);

    if (type == TYPE_LONG) {
        put32(at, (uint32_t)strtol(value, NULL, 10));
    } else if (fixed_bytes(type) == 8) {
        memcpy(at, &number, 8);
    }
}

static size_t make_row(const struct tiny_table *table, size_t number, unsigned char *row) {
    struct column columns[COLUMNS_MAX];
    unsigned fixed, n_varying = place_columns(table, columns, &fixed), offsets[COLUMNS_MAX + 1];
    unsigned char nulls[(COLUMNS_MAX + 7) / 8] = {0};
    size_t n = 2 + fixed;

    memset(row, 0, n);
    put16(row, (unsigned)table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *value = table->cells[number * table->n_columns + i];
        bool is_yes = columns[i].type != TYPE_BOOL || (value != NULL && strcmp(value, "0") != 0);
        if (is_varying(columns[i].type)) {
            offsets[columns[i].place] = (unsigned)n;
        }
        if (value == NULL || !is_yes) {
            continue;
        }
        nulls[i / 8] |= (unsigned char)(1U << i % 8);
        put_value(row + 2 + columns[i].place, columns[i].type, value);
        size_t head = columns[i].type == TYPE_MEMO ? 12 : 0;
        if (is_varying(columns[i].type)) {
            size_t length = put_wide(row + n + head, value);
            if (head > 0) { /* a memo in its row */
                memset(row + n, 0, head);
                put32(row + n, (uint32_t)length | 0x80000000U);
            }
            n += head + length;
        }
    }
    offsets[n_varying] = (unsigned)n;
    for (unsigned i = 0; i <= n_varying; i++, n += 2) {
        put16(row + n, offsets[n_varying - i]);
    }
    put16(row + n, n_varying);
    memcpy(row + n + 2, nulls, (table->n_columns + 7) / 8);
    return n + 2 + (table->n_columns + 7) / 8;
}

/* --- Tables --- */

static void define(
    struct file *file, size_t number, const struct tiny_table *table, size_t map, size_t free_map) {
    struct column columns[COLUMNS_MAX];
    unsigned fixed, n_varying = place_columns(table, columns, &fixed);
    unsigned char *at = page(file, number), *name = at + 63 + 25 * table->n_columns;

    at[0] = 2;
    at[1] = 1;
    put32(at + 16, (uint32_t)table->n_rows);
    at[40] = 'N';
    put16(at + 41, (unsigned)table->n_columns);
    put16(at + 43, n_varying);
    put16(at + 45, (unsigned)table->n_columns);
    put32(at + 55, (uint32_t)(map | 1U << 8));
    put32(at + 59, (uint32_t)(free_map | 1U << 8));
    for (size_t i = 0; i < table->n_columns; i++) {
        unsigned char *column = at + 63 + 25 * i;
        column[0] = (unsigned char)columns[i].type;
        put16(column + 5, (unsigned)i);
        put16(column + 7, is_varying(columns[i].type) ? columns[i].place : 0);
        put16(column + 9, (unsigned)i);
        column[15] = is_varying(columns[i].type) ? 2 : 3;
        put16(column + 21, is_varying(columns[i].type) ? 0 : columns[i].place);
        put16(column + 23, is_varying(columns[i].type) ? 510 : fixed_bytes(columns[i].type));
        size_t n = put_wide(name + 2, columns[i].name);
        put16(name, (unsigned)n);
        name += 2 + n;
    }
    put32(at + 8, (uint32_t)(name - at));
}

static void fill(struct file *file, size_t definition, const struct tiny_table *table) {
    unsigned char row[PAGE * 4];
    size_t map = add_map(file), free_map = add_map(file), data = 0;

    define(file, definition, table, map, free_map);
    for (size_t i = 0; i < table->n_rows; i++) {
        size_t n = make_row(table, i, row);
        if (data == 0 || !add_row(page(file, data), row, n)) {
            data = add_data_page(file, definition);
            mark_page(file, map, data);
            if (!add_row(page(file, data), row, n)) {
                abort();
            }
        }
    }
}

/* The first 128 bytes behind the version are encrypted, with a key that all files share. */
static void encrypt(unsigned char *at, size_t n) {
    static const unsigned char key[] = {0xC7, 0xDA, 0x39, 0x6B};
    unsigned char state[256], x = 0, y = 0;

    for (size_t i = 0; i < 256; i++) {
        state[i] = (unsigned char)i;
    }
    for (size_t i = 0; i < 256; i++) {
        unsigned char kept = state[i];
        y = (unsigned char)(y + kept + key[i % 4]);
        state[i] = state[y];
        state[y] = kept;
    }
    y = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char kept = state[++x];
        y = (unsigned char)(y + kept);
        state[x] = state[y];
        state[y] = kept;
        at[i] ^= state[(unsigned char)(state[x] + state[y])];
    }
}

struct text tiny_mdb(struct arena *arena, const struct tiny_table *tables, size_t n) {
    static const char *const columns[] = {"Id:l", "Name", "Type:l", "Flags:l", "LvProp:o"};
    struct file file = {.at = ARENA_NEW(arena, unsigned char, (size_t)PAGES_MAX *PAGE)};
    const char **cells = ARENA_NEW(arena, const char *, 5 * n + 1);

    memcpy(file.at, "\0\1\0\0Standard Jet DB", 19);
    file.at[0x14] = 1;
    put16(file.at + 0x3C, 1252);
    encrypt(file.at + 0x18, 128);
    file.n_pages = 3;
    page(&file, 1)[0] = page(&file, 1)[1] = 1;
    for (size_t i = 0; i < n; i++) {
        size_t definition = add_page(&file);
        fill(&file, definition, &tables[i]);
        cells[5 * i] = arena_printf(arena, "%zu", definition).at;
        cells[5 * i + 1] = tables[i].name;
        cells[5 * i + 2] = "1";
        cells[5 * i + 3] = "0";
    }
    fill(&file, 2, &(struct tiny_table){"MSysObjects", columns, 5, cells, n});
    return (struct text){(const char *)file.at, file.n_pages * PAGE};
}
