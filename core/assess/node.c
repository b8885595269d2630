/* How bad a manhole is: its worst row, by the schemes that grade nodes. */
#include <math.h>
#include <string.h>

#include "core/assess.h"
#include "core/scheme/scheme.h"

/* What the rows come to. */
struct node_rows {
    double score;      /* the highest, 0 without one */
    bool is_undecided; /* a row has a grade that the scheme does not know, or none */
    bool is_hazard;
};

static bool is_for_nodes(const struct scheme_rule *rules, size_t n) {
    return n > 0 && rules[0].unit != NULL && strcmp(rules[0].unit, "node") == 0;
}

static void look_at(struct node_rows *rows, const struct scheme_table *table,
    const struct code *code, const struct observation *observation) {
    size_t n = 0;
    const struct scheme_rule *rules = scheme_rules_of(table, code->code, &n);

    rows->is_hazard |= observation->is_collapse_hazard;
    if (!is_for_nodes(rules, n)) {
        return;
    }
    const struct scheme_rule *rule = scheme_rule_of_grade(table, code->code, observation->grade);
    if (rule == NULL) {
        rows->is_undecided = true;
    } else {
        rows->score = fmax(rows->score, rule->score);
    }
}

/* Can no further row make it worse? */
static bool is_worst_class(const struct scheme_table *table, const char *figure, double score) {
    return scheme_grade_of(table, figure, score) == scheme_grade_of(table, figure, INFINITY);
}

void assess_node(struct inspection *inspection, const struct assess_options *options) {
    enum scheme scheme = assess_scheme(inspection->survey, options);
    const struct scheme_table *table = options->schemes->at[scheme];
    const struct observation *observations = inspection_observations(inspection);
    struct node_rows rows = {0};

    inspection->node_score = NAN;
    inspection->node_scheme = SCHEME_NONE;
    inspection->node_grade = GRADE_UNSET;
    inspection->is_collapse_hazard = false;
    if (table == NULL || table->node_figure == NULL) {
        return;
    }
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        look_at(&rows, table, observation_code(inspection, &observations[i]), &observations[i]);
    }
    inspection->node_scheme = (uint8_t)scheme;
    inspection->node_score = rows.score;
    inspection->node_grade =
        rows.is_undecided && !is_worst_class(table, table->node_figure, rows.score)
            ? GRADE_UNDECIDED
            : scheme_grade_of(table, table->node_figure, rows.score);
    inspection->is_collapse_hazard = rows.is_hazard;
}
