#include "core/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/index.h"
#include "core/locate/calibrate.h"

static const double reach_m = 0.5; /* the odometer's class, and a vehicle's overhang */

static int order_of(double a, double b) {
    return (a > b) - (a < b);
}

/* Lines are in the order of the file; values make the order complete. */
static int compare(const void *left, const void *right) {
    const struct measurement *a = left, *b = right;

    if (a->inspection != b->inspection) {
        return a->inspection < b->inspection ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->chainage_m != b->chainage_m) {
        return order_of(a->chainage_m, b->chainage_m);
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return order_of(a->value, b->value);
}

static bool is_same_station(const struct measurement *a, const struct measurement *b) {
    return a->inspection == b->inspection && a->kind == b->kind && a->chainage_m == b->chainage_m;
}

static void drop_repeated_stations(struct survey *survey) {
    struct measurement *at = survey->measurements;
    size_t kept = 0, n = survey->n_measurements;

    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || !is_same_station(&at[i], &at[kept - 1])) {
            at[kept++] = at[i];
        }
    }
    if (kept < n) {
        findings_add(&survey->findings, FINDING_DUPLICATE_MEASUREMENT,
            (struct finding_place){.file = survey->file.path},
            "%zu at a chainage that has one of the same kind already; the first was kept",
            n - kept);
    }
    survey->n_measurements = kept;
}

/* --- blocks --- */

/* The measurements of one inspection. */
struct block {
    size_t first, n;
    bool is_dropped;
};

struct blocks {
    struct block *at; /* an array of its own */
    size_t n, capacity;
};

static void find_blocks(const struct survey *survey, struct blocks *blocks) {
    for (size_t i = 0; i < survey->n_measurements; i++) {
        if (i == 0 ||
            survey->measurements[i].inspection != survey->measurements[i - 1].inspection) {
            blocks->at =
                array_reserve(blocks->at, &blocks->capacity, blocks->n + 1, sizeof *blocks->at);
            blocks->at[blocks->n++] = (struct block){.first = i};
        }
        blocks->at[blocks->n - 1].n++;
    }
}

static uint64_t hash_of(const struct measurement *at, size_t n) {
    uint64_t hash = n;

    for (size_t i = 0; i < n; i++) {
        const double parts[] = {at[i].chainage_m, at[i].value, at[i].kind};
        hash = hash * 1099511628211U ^ text_hash((struct text){(const char *)parts, sizeof parts});
    }
    return hash;
}

static bool is_same_block(const struct measurement *a, const struct measurement *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (a[i].kind != b[i].kind || a[i].chainage_m != b[i].chainage_m ||
            a[i].value != b[i].value) {
            return false;
        }
    }
    return true;
}

static const struct inspection *inspection_of(
    const struct survey *survey, const struct block *block) {
    return &survey->inspections[survey->measurements[block->first].inspection];
}

/* Did the camera come as far as the last of the block? */
static bool is_covered(const struct survey *survey, const struct block *block) {
    const struct inspection *inspection = inspection_of(survey, block);
    double last_m = 0;

    for (size_t i = 0; i < block->n; i++) {
        last_m = fmax(last_m, survey->measurements[block->first + i].chainage_m);
    }
    return inspection->inspected_m + reach_m >= last_m;
}

static void join_blocks(struct survey *survey, struct block *first, struct block *again) {
    const struct inspection *inspection = inspection_of(survey, again);
    bool is_first_home = is_covered(survey, first), is_other_home = is_covered(survey, again);
    struct block *kept = is_other_home && !is_first_home ? again : first;

    first->is_dropped = kept != first;
    again->is_dropped = kept != again;
    if (is_first_home == is_other_home) {
        for (size_t i = 0; i < kept->n; i++) {
            survey->measurements[kept->first + i].is_zero_unknown = true;
        }
    }
    findings_add(&survey->findings, FINDING_DUPLICATE_MEASUREMENT,
        inspection_place(inspection, inspection->line),
        "%zu of '%.*s' stand under two of its inspections; %s", again->n,
        TEXT_ARGS(text_cut(inspection->segment_ref, 100)),
        is_first_home == is_other_home ? "neither tells from which end they are counted"
                                       : "they belong to the one that came so far");
}

static void drop_blocks(struct survey *survey, const struct blocks *blocks) {
    size_t n = 0;

    for (size_t i = 0; i < blocks->n; i++) {
        const struct block *block = &blocks->at[i];
        if (!block->is_dropped) {
            memmove(survey->measurements + n, survey->measurements + block->first,
                block->n * sizeof *survey->measurements);
            n += block->n;
        }
    }
    survey->n_measurements = n;
}

static void drop_repeated_blocks(struct survey *survey) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(index_release) struct index seen = {0};
    struct blocks blocks = {0};

    find_blocks(survey, &blocks);
    for (size_t i = 0; i < blocks.n; i++) {
        struct block *block = &blocks.at[i];
        const struct measurement *at = &survey->measurements[block->first];
        struct text key =
            arena_printf(&arena, "%016llx %.*s", (unsigned long long)hash_of(at, block->n),
                TEXT_ARGS(inspection_of(survey, block)->segment_ref));
        uint32_t known = index_add(&seen, key, (uint32_t)i);
        struct block *first = &blocks.at[known];
        if (known != i && first->n == block->n &&
            is_same_block(&survey->measurements[first->first], at, block->n)) {
            join_blocks(survey, first, block);
        }
    }
    drop_blocks(survey, &blocks);
    array_release(&blocks.at);
}

void measurements_settle(struct survey *survey) {
    if (survey->n_measurements == 0) {
        return;
    }
    qsort(survey->measurements, survey->n_measurements, sizeof *survey->measurements, compare);
    drop_repeated_stations(survey);
    drop_repeated_blocks(survey);
}

/* --- where they are --- */

struct measured_at measurement_at(const struct result *result, const struct inspection *inspection,
    const struct measurement *measurement) {
    const struct measured_at nowhere = {NO_SEGMENT, NAN};
    uint32_t at = 0;

    if (inspection->object != OBJECT_SEGMENT || inspection->n_stretches == 0 ||
        measurement->is_zero_unknown || !(measurement->chainage_m >= 0)) {
        return nowhere;
    }
    const struct stretch *stretches = &result->stretches[inspection->first_stretch];
    while (at + 1 < inspection->n_stretches &&
           measurement->chainage_m >= stretches[at + 1].from_chainage_m) {
        at++;
    }
    const struct segment *segment = &result->network.segments[stretches[at].segment];
    double entered_m = stretch_entered_m(&stretches[at], measurement->chainage_m);
    if (segment->line.n == 0 || !(entered_m <= segment->drawn_m + reach_m)) {
        return nowhere;
    }
    return (struct measured_at){
        stretches[at].segment, stretch_along_m(&stretches[at], segment->drawn_m, entered_m)};
}
