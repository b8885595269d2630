#include "core/base.h"
#include "core/scheme/scheme.h"

/* How defects and items are called in reasons and traces. */

void scheme_add_label(
    const struct scheme_table *table, const struct judged_defect *defect, struct line *line) {
    const struct code *code = defect->code;

    line_add_text(line, code->code.n > 0 ? code->code : code->delivered);
    if (table->grade_is_in_label) {
        if (defect->observation->grade > 0) {
            line_add_count(line, (uint64_t)defect->observation->grade);
        }
        return;
    }
    if (code->char1.n + code->char2.n > 0) {
        line_add(line, " ");
        line_add_text(line, code->char1);
        line_add_text(line, code->char2);
    }
}

void scheme_add_place(double from_m, double to_m, struct line *line) {
    struct line range;

    line_start(&range);
    line_add_tenths(&range, from_m);
    if (to_m - from_m > 1) {
        line_add(&range, "-");
        line_add_tenths(&range, to_m);
    }
    line_fill(line, PHRASE_AT, (struct text[]){line_text(&range)});
}

void scheme_add_item(
    const struct scheme_request *request, const struct scheme_item *item, struct line *line) {
    size_t n = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (size_t i = 0; i < n; i++) {
        line_add(line, i == 0 ? "" : "+");
        scheme_add_label(request->table, &request->defects[item->worst[i]], line);
    }
    if (item->n > n) {
        line_fill_count(line, PHRASE_PLUS_MORE, item->n - n);
    }
    scheme_add_place(item->from_m, item->to_m, line);
}

void scheme_trace_undecided(const struct scheme_request *request, enum defect_group group) {
    for (size_t i = 0; i < request->n && request->trace != NULL; i++) {
        const struct judged_defect *defect = &request->defects[i];
        const struct verdict *verdict = &defect->verdicts[group];
        struct line label = {.phrases = trace_phrases(request->trace)};
        if (verdict->grade != GRADE_UNDECIDED) {
            continue;
        }
        scheme_add_label(request->table, defect, &label);
        scheme_add_place(defect->from_m, defect->to_m, &label);
        trace_add(request->trace, "  %.*s: not graded (%s)", TEXT_ARGS(line_text(&label)),
            trace_word(request->trace,
                verdict->rule != NULL ? verdict->rule->meaning
                                      : N_("its grade or quantity is missing or out of range")));
    }
}
