/* CJJ 181-2012, chapter 8: from scored defects to F, RI, G and MI.
 *
 * Defects within 1 m of each other become one item whose scores add up, to 10 at most.  Items that
 * lie 1.0 to 1.5 m from a neighbour weigh 1.1, others 1.0.  The worst item rules the score (F, G);
 * the density says how much of the segment is taken.
 *
 *     S  = (sum P1 + 1.1 sum P2) / n            n = n1 + n2 items
 *     F  = max(largest P, S)
 *     SM = (sum P1 L1 + 1.1 sum P2 L2) / (S L)  each length at least 1 m
 *     RI = 0.7 F + 0.1 K + 0.05 E + 0.15 T      K, E from F = 4 on, T from F > 0 on
 *     MI = 0.8 G + 0.15 K + 0.05 E
 *
 * The clauses for merging are remembered, not read; what they leave open is in assess_options. */
#include <math.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/scheme/scheme.h"

static const double alpha = 1.1;    /* also beta of the functional group */
static const double score_cap = 10; /* of a merged item */
static const double merge_m = 1.0;  /* up to this distance defects are one item */
static const double close_m = 1.5;  /* up to this distance items count alpha */
static const double least_length_m = 1;
static const double hair_m = 1e-6; /* below what anybody measures: noise of the arithmetic */
static const double zero_rule_from = 4;

/* --- tables --- */

#define SCORE(code, grade, score, group, counted, source, condition) \
    {code, grade, score, CODE_##group, counted, condition, source},
static const struct scheme_score scores[] = {
#include "core/scheme/cjj181.def"
};
#undef SCORE

#define ROW(from, inclusive, value, source, meaning) {from, inclusive, value, meaning, source},
#define CLASS_F ROW
static const struct scheme_class f_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_F
#define CLASS_G ROW
static const struct scheme_class g_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_G
#define CLASS_RI ROW
static const struct scheme_class ri_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_RI
#define CLASS_MI ROW
static const struct scheme_class mi_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_MI
#define CLASS_DENSITY ROW
static const struct scheme_class density_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_DENSITY
#define CLASS_E ROW
static const struct scheme_class e_rows[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS_E
#undef ROW

#define CHOICE(factor, value, source, condition) {factor, value, condition, source},
static const struct scheme_choice choices[] = {
#include "core/scheme/cjj181.def"
};
#undef CHOICE

#define HAZARD(code, grade, soil_influence, source) {code, grade, soil_influence, source},
static const struct scheme_hazard hazards[] = {
#include "core/scheme/cjj181.def"
};
#undef HAZARD

#define PRIORITY(index_grade, priority) [index_grade] = priority,
static const uint8_t priorities[] = {
#include "core/scheme/cjj181.def"
};
#undef PRIORITY

enum { CLASSES_F, CLASSES_G, CLASSES_RI, CLASSES_MI, CLASSES_SM, CLASSES_YM, CLASSES_E };

static const struct scheme_classes classes[] = {
    [CLASSES_F] = {"F",  f_rows,       ARRAY_LEN(f_rows)      },
    [CLASSES_G] = {"G",  g_rows,       ARRAY_LEN(g_rows)      },
    [CLASSES_RI] = {"RI", ri_rows,      ARRAY_LEN(ri_rows)     },
    [CLASSES_MI] = {"MI", mi_rows,      ARRAY_LEN(mi_rows)     },
    [CLASSES_SM] = {"SM", density_rows, ARRAY_LEN(density_rows)},
    [CLASSES_YM] = {"YM", density_rows, ARRAY_LEN(density_rows)},
    [CLASSES_E] = {"E",  e_rows,       ARRAY_LEN(e_rows)      },
};

const struct scheme_table scheme_cjj181 = {
    .name = "cjj181",
    .version = "2012",
    .title = "CJJ 181-2012, technical specification for inspection and evaluation of urban sewers",
    .catalogue = CATALOGUE_CJJ181,
    .scores = scores,
    .n_scores = ARRAY_LEN(scores),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .choices = choices,
    .n_choices = ARRAY_LEN(choices),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
};

static uint8_t grade_of(size_t figure, double value) {
    return (uint8_t)scheme_class_of(&classes[figure], value)->value;
}

/* --- items --- */

static bool is_long(const struct scored_defect *defect) {
    return defect->to_m - defect->from_m > least_length_m + hair_m;
}

static bool joins(
    const struct scheme_item *item, const struct scored_defect *defect, enum merge_rule rule) {
    double reach = rule == MERGE_WINDOW ? item->from_m : item->to_m;

    return defect->from_m - reach <= merge_m + hair_m;
}

/* Keeps the worst members, worst first, the first along the segment before its equals. */
static void add_member(
    struct scheme_item *item, const struct scored_defect *defects, uint32_t member) {
    size_t at = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (; at > 0 && defects[item->worst[at - 1]].score < defects[member].score; at--) {
        if (at < ARRAY_LEN(item->worst)) {
            item->worst[at] = item->worst[at - 1];
        }
    }
    if (at < ARRAY_LEN(item->worst)) {
        item->worst[at] = member;
    }
    item->to_m = fmax(item->to_m, defects[member].to_m);
    item->score = fmin(item->score + defects[member].score, score_cap);
    item->n++;
}

/* At most one item per defect, in order of from_m. */
static size_t merge(const struct condition_request *request, struct scheme_item *items) {
    const struct assess_options *options = request->options;
    struct scheme_item *open = NULL;
    size_t n = 0;

    for (size_t i = 0; i < request->n; i++) {
        const struct scored_defect *defect = &request->defects[i];
        bool stays_alone = is_long(defect) && !options->merge_continuous;
        if (!stays_alone && open != NULL && joins(open, defect, options->merge_rule)) {
            add_member(open, request->defects, (uint32_t)i);
            continue;
        }
        items[n] = (struct scheme_item){.from_m = defect->from_m, .to_m = defect->to_m};
        add_member(&items[n], request->defects, (uint32_t)i);
        if (!stays_alone) {
            open = &items[n];
        }
        n++;
    }
    return n;
}

/* The gap of an item is to whichever item before reaches farthest.  Items nearer than 1 m that
 * were not merged (by option) are close too. */
static void mark_close(struct scheme_item *items, size_t n, enum spacing_rule rule) {
    size_t reach = 0;

    for (size_t i = 1; i < n; i++) {
        if (items[i].from_m - items[reach].to_m <= close_m + hair_m) {
            items[i].is_close = true;
            items[reach].is_close |= rule == SPACING_BOTH;
        }
        if (items[i].to_m > items[reach].to_m) {
            reach = i;
        }
    }
}

static double length_m(const struct scheme_item *item, enum merged_length rule) {
    if (item->n > 1 && rule == MERGED_METRE) {
        return least_length_m;
    }
    return fmax(item->to_m - item->from_m, least_length_m);
}

static struct condition figures(
    const struct scheme_item *items, size_t n, const struct condition_request *request) {
    const struct assess_options *options = request->options;
    struct condition condition = {0};
    double sum = 0, sum_by_length = 0;
    size_t n_close = 0;

    for (size_t i = 0; i < n; i++) {
        double weighted = items[i].score * (items[i].is_close ? alpha : 1);
        sum += weighted;
        sum_by_length += weighted * length_m(&items[i], options->merged_length);
        condition.peak = fmax(condition.peak, items[i].score);
        n_close += items[i].is_close;
    }
    condition.mean = sum / (double)n;
    condition.score = fmax(condition.peak, condition.mean);
    if (options->cap_score) {
        condition.score = fmin(condition.score, score_cap);
    }
    condition.n_close = (uint16_t)(n_close < UINT16_MAX ? n_close : UINT16_MAX);
    condition.n_plain = (uint16_t)(n - n_close < UINT16_MAX ? n - n_close : UINT16_MAX);
    condition.density = NAN;
    if (request->segment_m > 0 && condition.mean > 0) {
        condition.density = sum_by_length / (condition.mean * request->segment_m);
        condition.density_type = grade_of(CLASSES_SM, condition.density);
    }
    return condition;
}

/* The highest score; of equals the one with the worst single defect, then the first. */
static const struct scheme_item *worst_of(
    const struct scheme_item *items, size_t n, const struct scored_defect *defects) {
    const struct scheme_item *worst = &items[0];

    for (size_t i = 1; i < n; i++) {
        double ahead = items[i].score - worst->score;
        if (ahead > 0 ||
            (ahead >= 0 && defects[items[i].worst[0]].score > defects[worst->worst[0]].score)) {
            worst = &items[i];
        }
    }
    return worst;
}

struct condition cjj181_condition(
    const struct condition_request *request, struct scheme_item *worst) {
    struct scheme_item few[32];
    CLEANUP(array_release) struct scheme_item *many = NULL;
    struct scheme_item *items = few;
    struct condition condition = {0};

    if (request->n > ARRAY_LEN(few)) {
        size_t capacity = 0;
        items = many = array_reserve(NULL, &capacity, request->n, sizeof *items);
    }
    if (request->n > 0) {
        size_t n = merge(request, items);
        mark_close(items, n, request->options->spacing_rule);
        condition = figures(items, n, request);
        *worst = *worst_of(items, n, request->defects);
    }
    condition.grade = grade_of(CLASSES_F, condition.score); /* F and G have the same limits */
    return condition;
}

struct condition condition_assess(const struct condition_request *request) {
    struct scheme_item worst;

    return cjj181_condition(request, &worst);
}

/* --- indices --- */

int cjj181_pipe_importance(double diameter_mm) {
    return isnan(diameter_mm) ? 0 : (int)scheme_class_of(&classes[CLASSES_E], diameter_mm)->value;
}

/* As a class limit: 3.9999999999 is a 4 that went through sums. */
static bool reaches_4(double score) {
    return score > zero_rule_from - 1e-9;
}

void cjj181_indices(
    struct assessment *assessment, struct cjj181_site site, const struct assess_options *options) {
    struct condition *structural = &assessment->structural;
    struct condition *functional = &assessment->functional;
    bool counts = reaches_4(structural->score);
    int area = counts ? site.area_importance : 0, pipe = counts ? site.pipe_importance : 0;
    int soil = structural->score > 0 ? site.soil_influence : 0;

    structural->index = 0.7 * structural->score + 0.1 * area + 0.05 * pipe + 0.15 * soil;
    structural->index_grade = grade_of(CLASSES_RI, structural->index);
    assessment->area_importance = (uint8_t)area;
    assessment->pipe_importance = (uint8_t)pipe;
    assessment->soil_influence = (uint8_t)soil;

    if (options->zero_rule == ZERO_RULE_G) {
        counts = reaches_4(functional->score);
    }
    if (functional->score <= 0 && !options->index_without_defects) {
        counts = false;
    }
    area = counts ? site.area_importance : 0;
    pipe = counts ? site.pipe_importance : 0;
    functional->index = 0.8 * functional->score + 0.15 * area + 0.05 * pipe;
    functional->index_grade = grade_of(CLASSES_MI, functional->index);
}

uint8_t cjj181_priority(const struct assessment *assessment) {
    uint8_t worse = assessment->structural.index_grade > assessment->functional.index_grade
                        ? assessment->structural.index_grade
                        : assessment->functional.index_grade;
    uint8_t priority = priorities[worse];

    if (assessment->is_collapse_hazard) {
        return 1;
    }
    if (assessment->n_ungraded + assessment->n_unlocated > 0 && priority > 4) {
        return 4;
    }
    return priority;
}
