/* Observations that stand twice in their inspection. */
#include "core/check/work.h"

enum { ROWS_LOOKED_BACK = 16 };

static bool same_number(double a, double b) {
    return a == b || (a != a && b != b); /* both unset */
}

static bool same_more(const struct observation *a, const struct observation *b) {
    if (a->more == NULL || b->more == NULL) {
        return a->more == b->more;
    }
    return same_number(a->more->quant1, b->more->quant1) &&
           same_number(a->more->quant2, b->more->quant2) &&
           text_equal(a->more->quant1_text, b->more->quant1_text) &&
           text_equal(a->more->quant2_text, b->more->quant2_text) &&
           text_equal(a->more->clock_text, b->more->clock_text) &&
           text_equal(a->more->remark, b->more->remark) &&
           text_equal(a->more->photo, b->more->photo) && text_equal(a->more->place, b->more->place);
}

static bool is_same(const struct observation *a, const struct observation *b) {
    return a->code == b->code && a->chainage_m == b->chainage_m && a->mark == b->mark &&
           a->mark_number == b->mark_number && a->grade == b->grade &&
           a->clock_from == b->clock_from && a->clock_to == b->clock_to &&
           a->at_joint == b->at_joint && same_more(a, b);
}

void check_repeated(struct check_work *work, const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection);

    for (uint32_t i = 1; i < inspection->n_observations; i++) {
        uint32_t back = i < ROWS_LOOKED_BACK ? i : ROWS_LOOKED_BACK;
        for (uint32_t k = 1; k <= back; k++) {
            if (is_same(&rows[i], &rows[i - k])) {
                work_add(work, of_row(CHECK_OBSERVATION_ONCE, inspection, &rows[i], N_("one row")),
                    N_("'%.*s' at %.2f m again, as in line %u"),
                    TEXT_ARGS(observation_code(inspection, &rows[i])->code), rows[i].chainage_m,
                    (unsigned)rows[i - k].line);
                break;
            }
        }
    }
}
