#include "core/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"

/* What decides, worst first when compared as numbers.  Figures are taken as floats: what differs
 * by less is noise of the arithmetic and must not decide. */
struct key {
    uint64_t priority_and_index;
    uint64_t score_and_diameter;
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

    if (x->priority_and_index != y->priority_and_index) {
        return x->priority_and_index < y->priority_and_index ? -1 : 1;
    }
    if (x->score_and_diameter != y->score_and_diameter) {
        return x->score_and_diameter < y->score_and_diameter ? -1 : 1;
    }
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* The larger; NAN is no figure. */
static double larger(double a, double b) {
    return a > b || isnan(b) ? a : b;
}

static struct key key_of(
    const struct assessment *assessment, const struct segment *segment, size_t number) {
    const struct condition *s = &assessment->structural, *f = &assessment->functional;

    return (struct key){
        (uint64_t)assessment->priority << 32 | descending(larger(s->index, f->index)),
        (uint64_t)descending(larger(s->score, f->score)) << 32 | descending(segment->diameter_mm),
        (uint32_t)number,
    };
}

void rank_segments(const struct network *network, struct assessment *assessments) {
    size_t capacity = 0, n = 0;
    CLEANUP(array_release)
    struct key *keys = array_reserve(NULL, &capacity, network->n_segments + 1, sizeof *keys);

    for (size_t i = 0; i < network->n_segments; i++) {
        assessments[i].rank = 0;
        if (assessments[i].priority != 0) {
            keys[n++] = key_of(&assessments[i], &network->segments[i], i);
        }
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 0; i < n; i++) {
        assessments[keys[i].segment].rank = (uint32_t)(i + 1);
    }
}
