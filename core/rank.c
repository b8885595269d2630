#include "core/rank.h"

#include <math.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/base.h"

/* What decides, in this order.  Larger is worse but for the priority and the number. */
struct key {
    double index, score;
    float diameter_mm;
    uint32_t segment;
    uint8_t priority;
};

static int compare_keys(const void *a, const void *b) {
    const struct key *x = a, *y = b;

    if (x->priority != y->priority) {
        return x->priority < y->priority ? -1 : 1;
    }
    if (x->index < y->index || x->index > y->index) {
        return x->index > y->index ? -1 : 1;
    }
    if (x->score < y->score || x->score > y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->diameter_mm < y->diameter_mm || x->diameter_mm > y->diameter_mm) {
        return x->diameter_mm > y->diameter_mm ? -1 : 1;
    }
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* No figure is the least there is: a key must not hold NAN, which has no order. */
static double or_zero(double value) {
    return isnan(value) ? 0 : value;
}

void rank_segments(const struct network *network, struct assessment *assessments) {
    size_t capacity = 0, n = 0;
    CLEANUP(array_release)
    struct key *keys = array_reserve(NULL, &capacity, network->n_segments + 1, sizeof *keys);

    for (size_t i = 0; i < network->n_segments; i++) {
        const struct assessment *assessment = &assessments[i];
        assessments[i].rank = 0;
        if (assessment->priority == 0) {
            continue;
        }
        const struct condition *s = &assessment->structural, *f = &assessment->functional;
        keys[n++] = (struct key){
            .index = fmax(or_zero(s->index), or_zero(f->index)),
            .score = fmax(or_zero(s->score), or_zero(f->score)),
            .diameter_mm = (float)or_zero(network->segments[i].diameter_mm),
            .segment = (uint32_t)i,
            .priority = assessment->priority,
        };
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 0; i < n; i++) {
        assessments[keys[i].segment].rank = (uint32_t)(i + 1);
    }
}
