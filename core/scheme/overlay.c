/* Rows of all parts are handled alike: as memory of so many bytes that begins with a name. */
#include "core/scheme/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/index.h"

_Static_assert(offsetof(struct scheme_rule, code) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_class, figure) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_choice, factor) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_hazard, code) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_figure_hazard, figure) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_opening, code) == 0, "rows begin with their name");
_Static_assert(offsetof(struct scheme_priority, figure) == 0, "rows begin with their name");

static const size_t sizes[SCHEME_PARTS] = {
    [PART_RULES] = sizeof(struct scheme_rule),
    [PART_CLASSES] = sizeof(struct scheme_class),
    [PART_CHOICES] = sizeof(struct scheme_choice),
    [PART_HAZARDS] = sizeof(struct scheme_hazard),
    [PART_FIGURE_HAZARDS] = sizeof(struct scheme_figure_hazard),
    [PART_OPENINGS] = sizeof(struct scheme_opening),
    [PART_PRIORITIES] = sizeof(struct scheme_priority),
};

struct scheme_removal {
    const char *name;
    enum scheme_part part;
    uint8_t group; /* DEFECT_GROUPS: all */
};

struct scheme_rows scheme_part_rows(const struct scheme_table *table, enum scheme_part part) {
    switch (part) {
    case PART_RULES:
        return (struct scheme_rows){table->rules, table->n_rules};
    case PART_CLASSES:
        return (struct scheme_rows){table->classes, table->n_classes};
    case PART_CHOICES:
        return (struct scheme_rows){table->choices, table->n_choices};
    case PART_HAZARDS:
        return (struct scheme_rows){table->hazards, table->n_hazards};
    case PART_FIGURE_HAZARDS:
        return (struct scheme_rows){table->figure_hazards, table->n_figure_hazards};
    case PART_OPENINGS:
        return (struct scheme_rows){table->openings, table->n_openings};
    case PART_PRIORITIES:
        return (struct scheme_rows){table->priorities, table->n_priorities};
    case SCHEME_PARTS:
        break;
    }
    return (struct scheme_rows){0};
}

static void put_rows(struct scheme_table *table, enum scheme_part part, const void *at, size_t n) {
    switch (part) {
    case PART_RULES:
        table->rules = at;
        table->n_rules = n;
        return;
    case PART_CLASSES:
        table->classes = at;
        table->n_classes = n;
        return;
    case PART_CHOICES:
        table->choices = at;
        table->n_choices = n;
        return;
    case PART_HAZARDS:
        table->hazards = at;
        table->n_hazards = n;
        return;
    case PART_FIGURE_HAZARDS:
        table->figure_hazards = at;
        table->n_figure_hazards = n;
        return;
    case PART_OPENINGS:
        table->openings = at;
        table->n_openings = n;
        return;
    case PART_PRIORITIES:
        table->priorities = at;
        table->n_priorities = n;
        return;
    case SCHEME_PARTS:
        return;
    }
}

const void *scheme_row_at(enum scheme_part part, struct scheme_rows rows, size_t i) {
    return (const char *)rows.at + i * sizes[part];
}

const char *scheme_row_name(const void *row) {
    const char *name = NULL;

    memcpy(&name, row, sizeof name);
    return name;
}

/* --- collecting --- */

void scheme_overlay_add(
    struct scheme_overlay *overlay, enum scheme_part part, const void *row, uint32_t line) {
    size_t n = overlay->n[part];

    overlay->rows[part] =
        array_reserve(overlay->rows[part], &overlay->capacity[part], n + 1, sizes[part]);
    overlay->lines[part] = array_reserve(
        overlay->lines[part], &overlay->lines_capacity[part], n + 1, sizeof(uint32_t));
    memcpy((char *)overlay->rows[part] + n * sizes[part], row, sizes[part]);
    overlay->lines[part][n] = line;
    overlay->n[part]++;
}

void scheme_overlay_remove(
    struct scheme_overlay *overlay, enum scheme_part part, const char *name, uint8_t group) {
    overlay->removals = array_reserve(overlay->removals, &overlay->removals_capacity,
        overlay->n_removals + 1, sizeof *overlay->removals);
    overlay->removals[overlay->n_removals++] = (struct scheme_removal){name, part, group};
}

struct scheme_rows scheme_overlay_rows(
    const struct scheme_overlay *overlay, enum scheme_part part) {
    return (struct scheme_rows){overlay->rows[part], overlay->n[part]};
}

void scheme_overlay_release(struct scheme_overlay *overlay) {
    for (size_t i = 0; i < SCHEME_PARTS; i++) {
        array_release(&overlay->rows[i]);
        array_release(&overlay->lines[i]);
    }
    array_release(&overlay->removals);
    *overlay = (struct scheme_overlay){0};
}

/* --- what goes --- */

/* What rows of a part are told apart by: "BAB/0" for rules, else the name. */
static struct text key_of(
    enum scheme_part part, const char *name, uint8_t group, struct arena *arena) {
    if (part != PART_RULES) {
        return text_from(name);
    }
    return arena_printf(arena, "%s/%d", name, group);
}

static struct text key_of_row(enum scheme_part part, const void *row, struct arena *arena) {
    uint8_t group = part == PART_RULES ? ((const struct scheme_rule *)row)->group : 0;

    return key_of(part, scheme_row_name(row), group, arena);
}

static void find_replaced(const struct scheme_overlay *overlay, enum scheme_part part,
    struct index *replaced, struct arena *scratch) {
    struct scheme_rows rows = scheme_overlay_rows(overlay, part);

    for (size_t i = 0; i < rows.n; i++) {
        index_add(replaced, key_of_row(part, scheme_row_at(part, rows, i), scratch), 0);
    }
    for (size_t i = 0; i < overlay->n_removals; i++) {
        const struct scheme_removal *removal = &overlay->removals[i];
        for (uint8_t group = 0; removal->part == part && group < DEFECT_GROUPS; group++) {
            if (removal->group == group || removal->group == DEFECT_GROUPS) {
                index_add(replaced, key_of(part, removal->name, group, scratch), 0);
            }
        }
    }
}

/* --- order --- */

struct placed_row {
    const void *row;
    uint32_t figure; /* number of its name by first appearance */
    uint32_t order;
};

static int compare_numbers(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int by_code(const void *a, const void *b) {
    const struct placed_row *x = a, *y = b;
    int by = strcmp(scheme_row_name(x->row), scheme_row_name(y->row));

    return by != 0 ? by : compare_numbers(x->order, y->order);
}

static int by_figure(const void *a, const void *b) {
    const struct placed_row *x = a, *y = b;
    int by = compare_numbers(x->figure, y->figure);

    return by != 0 ? by : compare_numbers(x->order, y->order);
}

static void sort_rows(enum scheme_part part, struct placed_row *rows, size_t n) {
    CLEANUP(index_release) struct index figures = {0};

    for (size_t i = 0; i < n; i++) {
        struct text name = text_from(scheme_row_name(rows[i].row));
        rows[i].order = (uint32_t)i;
        rows[i].figure = index_add(&figures, name, (uint32_t)figures.n);
    }
    if (part == PART_RULES) {
        qsort(rows, n, sizeof *rows, by_code);
    } else if (part == PART_CLASSES) {
        qsort(rows, n, sizeof *rows, by_figure);
    }
}

/* --- the table --- */

static void overlay_part(const struct scheme_table *base, const struct scheme_overlay *overlay,
    enum scheme_part part, struct arena *arena, struct scheme_table *table) {
    CLEANUP(arena_release) struct arena scratch = {0};
    CLEANUP(index_release) struct index replaced = {0};
    struct scheme_rows own = scheme_part_rows(base, part);
    struct scheme_rows others = scheme_overlay_rows(overlay, part);
    size_t n = 0;

    find_replaced(overlay, part, &replaced, &scratch);
    if (replaced.n == 0) {
        return;
    }
    struct placed_row *rows = ARENA_NEW(&scratch, struct placed_row, own.n + others.n + 1);
    for (size_t i = 0; i < own.n; i++) {
        const void *row = scheme_row_at(part, own, i);
        if (index_find(&replaced, key_of_row(part, row, &scratch)) == INDEX_NONE) {
            rows[n++].row = row;
        }
    }
    for (size_t i = 0; i < others.n; i++) {
        rows[n++].row = scheme_row_at(part, others, i);
    }
    sort_rows(part, rows, n);
    char *copy = arena_alloc(arena, n + 1, sizes[part]);
    for (size_t i = 0; i < n; i++) {
        memcpy(copy + i * sizes[part], rows[i].row, sizes[part]);
    }
    put_rows(table, part, copy, n);
}

const struct scheme_table *scheme_overlaid(
    const struct scheme_table *base, const struct scheme_overlay *overlay, struct arena *arena) {
    struct scheme_table *table = ARENA_NEW(arena, struct scheme_table, 1);

    *table = *base;
    for (enum scheme_part part = PART_RULES; part < SCHEME_PARTS; part++) {
        overlay_part(base, overlay, part, arena, table);
    }
    return table;
}
