#include "core/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"

/* What decides, in this order; smaller numbers stand first.  Figures are taken as floats: what
 * differs by less is noise of the arithmetic and must not decide. */
enum {
    BY_COMPOSITE,
    BY_PRIORITY,
    BY_URGENCY,
    BY_SCORE,
    BY_IMPORTANCE,
    BY_DIAMETER,
    BY_SOIL,
    BY_DEPTH,
    BY_AGE,
    KEYS
};

struct key {
    uint32_t by[KEYS];
    uint32_t segment;
};

/* The larger the figure the smaller the result.  Floats of 0 and above have the order of their
 * bits; no figure counts as 0. */
static uint32_t descending(double figure) {
    float value = figure > 0 ? (float)figure : 0;
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return ~bits;
}

static int compare_keys(const void *a, const void *b) {
    const struct key *x = a, *y = b;

    for (size_t i = 0; i < KEYS; i++) {
        if (x->by[i] != y->by[i]) {
            return x->by[i] < y->by[i] ? -1 : 1;
        }
    }
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* The larger; NAN is no figure. */
static double larger(double a, double b) {
    return a > b || isnan(b) ? a : b;
}

static double composite_of(const struct assessment *assessment) {
    return assessment->more == NULL ? 0 : assessment->more->composite;
}

static struct key key_of(const struct network *network, const struct assessment *assessment,
    size_t number, enum rank_by by) {
    const struct condition *s = &assessment->structural, *f = &assessment->functional;
    const struct segment *segment = &network->segments[number];
    bool is_by_composite = by == RANK_BY_COMPOSITE && assessment->priority > 1;

    return (struct key){
        .by =
            {
                 [BY_COMPOSITE] = is_by_composite ? descending(composite_of(assessment)) : 0,
                 [BY_PRIORITY] = assessment->priority,
                 [BY_URGENCY] = descending(assessment->urgency),
                 [BY_SCORE] = descending(larger(s->score, f->score)),
                 [BY_IMPORTANCE] = descending(segment->area_importance),
                 [BY_DIAMETER] = descending(segment->diameter_mm),
                 [BY_SOIL] = descending(segment->soil_influence),
                 [BY_DEPTH] = descending(segment_cover_m(network, segment)),
                 [BY_AGE] = segment->year_built > 0 ? (uint32_t)segment->year_built : UINT32_MAX,
                 },
        .segment = (uint32_t)number,
    };
}

void rank_segments(const struct network *network, struct assessment *assessments, enum rank_by by) {
    size_t capacity = 0, n = 0;
    CLEANUP(array_release)
    struct key *keys = array_reserve(NULL, &capacity, network->n_segments + 1, sizeof *keys);

    for (size_t i = 0; i < network->n_segments; i++) {
        assessments[i].rank = 0;
        if (assessments[i].priority != 0) {
            keys[n++] = key_of(network, &assessments[i], i, by);
        }
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 0; i < n; i++) {
        assessments[keys[i].segment].rank = (uint32_t)(i + 1);
    }
}
