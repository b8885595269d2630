#include "core/scheme/tell.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

static struct text label_of(
    const struct scheme_request *request, const struct judged_defect *defect, struct line *line) {
    line_start_in(line, trace_phrases(request->trace));
    scheme_add_label(request->table, defect, line);
    scheme_add_place(defect->from_m, defect->to_m, line);
    return line_text(line);
}

/* --- verdicts --- */

static void add_grade(
    const struct scheme_request *request, size_t group, uint8_t grade, struct line *line) {
    if (line->n > 0) {
        line_say(line, PHRASE_COMMA);
    }
    line_add(line, phrases_word(line->phrases, request->table->group_names[group]));
    if (grade == GRADE_CASE) {
        line_print(line, ": left to an engineer");
    } else if (grade == GRADE_UNDECIDED) {
        line_print(line, ": not graded, no rule takes it");
    } else {
        line_add(line, " ");
        line_add_count(line, (uint64_t)grade_number(grade));
    }
}

static bool is_only_recorded(const struct judged_defect *defect) {
    bool has_rule = false;

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        const struct scheme_rule *rule = defect->verdicts[i].rule;
        has_rule |= rule != NULL;
        if (rule != NULL && rule->is_counted) {
            return false;
        }
    }
    return has_rule;
}

void tell_verdicts(const struct scheme_request *request) {
    for (size_t i = 0; request->trace != NULL && i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        struct line line = {.phrases = trace_phrases(request->trace)};
        if (is_only_recorded(defect)) {
            trace_note(request->trace, defect->observation, "recorded only, in no figure");
            continue;
        }
        bool is_needed = !request->table->grade_is_in_label, has_any = false;
        for (size_t k = 0; k < DEFECT_GROUPS; k++) {
            uint8_t grade = defect->verdicts[k].grade;
            if (grade != GRADE_UNSET && request->table->group_names[k] != NULL) {
                add_grade(request, k, grade, &line);
                is_needed |= !grade_is_number(grade);
                has_any = true;
            }
            has_any |= defect->verdicts[k].is_scored;
        }
        if (!has_any) {
            trace_note(
                request->trace, defect->observation, "not graded: no rule of the scheme fits");
        } else if (is_needed && line.n > 0) {
            trace_note(request->trace, defect->observation, "%.*s", TEXT_ARGS(line_text(&line)));
        }
    }
}

/* --- hazards ---
 *
 * Why a row did not fire is found by asking again with the facts changed one by one: the scheme's
 * own code decides, whatever conditions its rows may have. */

/* An observation and a site that may be changed. */
struct trial {
    struct scheme_table table; /* of one hazard row */
    struct scheme_site site;
    struct observation observation;
    struct observation_more more;
    const struct code *code;
};

static struct trial trial_of(const struct scheme_request *request,
    const struct judged_defect *defect, const struct scheme_hazard *hazard) {
    struct trial trial = {
        .table = *request->table,
        .site = *request->site,
        .observation = *defect->observation,
        .code = defect->code,
    };

    trial.table.hazards = hazard;
    trial.table.n_hazards = 1;
    trial.more.quant1 = trial.more.quant2 = NAN;
    if (defect->observation->more != NULL) {
        trial.more = *defect->observation->more;
    }
    return trial;
}

static bool fires(struct trial *trial) {
    trial->observation.more = &trial->more;
    return scheme_hazard_of(&trial->table, &trial->site, trial->code, &trial->observation) != NULL;
}

static void move_soil(struct trial *trial) {
    trial->site.soil_influence = trial->table.hazards->soil_influence;
}

static void measure_enough(struct trial *trial) {
    const struct scheme_hazard *hazard = trial->table.hazards;
    double enough = hazard->is_above ? hazard->from + 1 : hazard->from;

    trial->more.quant1 = trial->more.quant2 = enough;
    trial->observation.clock_from = 1;
    trial->observation.clock_to = enough >= 1 && enough <= 12 ? (uint8_t)enough : 12;
    trial->observation.grade = enough >= 0 && enough <= 9 ? (int8_t)enough : 9;
}

static double measure_of(const struct judged_defect *defect, enum scheme_measure measure) {
    const struct observation_more *more = defect->observation->more;

    switch (measure) {
    case MEASURE_GRADE:
        return defect->observation->grade > 0 ? defect->observation->grade : NAN;
    case MEASURE_QUANT1:
        return more == NULL ? NAN : more->quant1;
    case MEASURE_QUANT2:
        return more == NULL ? NAN : more->quant2;
    case MEASURE_CLOCK:
    case MEASURE_NONE:
    case MEASURES:
        break;
    }
    return NAN;
}

static const char *measure_word(enum scheme_measure measure) {
    switch (measure) {
    case MEASURE_GRADE:
        return N_("grade");
    case MEASURE_QUANT1:
        return N_("quantification 1");
    case MEASURE_QUANT2:
        return N_("quantification 2");
    case MEASURE_CLOCK:
        return N_("clock span");
    case MEASURE_NONE:
    case MEASURES:
        break;
    }
    return N_("measure");
}

/* "grade 2 does not reach 3" */
static void add_measure(
    const struct judged_defect *defect, const struct scheme_hazard *hazard, struct line *line) {
    double value = measure_of(defect, hazard->measure);
    const char *measure = phrases_word(line->phrases, measure_word(hazard->measure));

    if (isnan(value)) {
        line_print(line,
            hazard->is_above ? N_("no %s, needed above %g") : N_("no %s, needed from %g"), measure,
            hazard->from);
    } else if (value >= hazard->from) {
        line_print(line, "%s %g is none of the scheme's", measure, value);
    } else {
        line_print(line, "%s %g is below %g", measure, value, hazard->from);
    }
}

static void add_soil(
    const struct scheme_request *request, const struct scheme_hazard *hazard, struct line *line) {
    line_print(line, "T %d is below %d", request->site->soil_influence, hazard->soil_influence);
}

/* Why this row did not fire; 0 when it is about something else, else how many facts would have to
 * be others. */
static size_t why_not(const struct scheme_request *request, const struct judged_defect *defect,
    const struct scheme_hazard *hazard, struct line *line) {
    static const char *const materials[] = {"concrete", "PVC"};
    struct trial as_it_is = trial_of(request, defect, hazard);
    struct trial soil = as_it_is, measure = as_it_is;

    move_soil(&soil);
    measure_enough(&measure);
    struct trial both = measure;
    move_soil(&both);
    if (fires(&soil)) {
        add_soil(request, hazard, line);
        return 1;
    }
    if (fires(&measure)) {
        add_measure(defect, hazard, line);
        return 1;
    }
    if (fires(&both)) {
        add_measure(defect, hazard, line);
        line_say(line, PHRASE_COMMA);
        add_soil(request, hazard, line);
        return 2;
    }
    for (size_t i = 0; i < ARRAY_LEN(materials); i++) {
        both.site.material = text_from(materials[i]);
        if (fires(&both)) {
            line_print(line, hazard->when == WHEN_RIGID
                                 ? N_("the pipe is not known to be rigid")
                                 : N_("the pipe is not known to be flexible"));
            return 3;
        }
    }
    return 0;
}

/* The nearest row's reason; false when no row is about such a defect. */
static bool say_why_not(
    const struct scheme_request *request, const struct judged_defect *defect, struct line *line) {
    const struct scheme_table *table = request->table;
    const struct scheme_hazard *nearest = NULL;
    size_t least = SIZE_MAX;

    for (size_t i = 0; i < table->n_hazards; i++) {
        struct line why = {.phrases = trace_phrases(request->trace)};
        size_t n = why_not(request, defect, &table->hazards[i], &why);
        if (n > 0 && n < least) {
            least = n;
            nearest = &table->hazards[i];
            *line = why;
        }
    }
    if (nearest != NULL) {
        line_fill(line, PHRASE_IN_BRACKETS,
            (struct text[]){text_from(phrases_word(line->phrases, nearest->meaning))});
    }
    return nearest != NULL;
}

static void tell_figure_hazard(
    const struct scheme_request *request, const struct scheme_outcome *outcome) {
    struct line label = {.phrases = trace_phrases(request->trace)};

    if (outcome->hazard_figure == NULL) {
        return;
    }
    if (outcome->hazard_item.n > 0) {
        scheme_add_item(request, &outcome->hazard_item, &label);
        line_say(&label, PHRASE_COLON);
    }
    trace_add(request->trace, "%.*scollapse hazard (%s; %s)", TEXT_ARGS(line_text(&label)),
        trace_word(request->trace, outcome->hazard_figure->meaning),
        trace_word(request->trace, outcome->hazard_figure->source));
}

void tell_hazards(const struct scheme_request *request, const struct scheme_outcome *outcome) {
    struct line label = {.n = 0};

    if (request->trace == NULL) {
        return;
    }
    trace_begin(request->trace, TRACE_HAZARDS);
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        struct text what = label_of(request, defect, &label);
        struct line why = {.phrases = trace_phrases(request->trace)};
        if (defect->hazard != NULL) {
            trace_add(request->trace, "%.*s: collapse hazard (%s; %s)", TEXT_ARGS(what),
                trace_word(request->trace, defect->hazard->meaning),
                trace_word(request->trace, defect->hazard->source));
            trace_note(request->trace, defect->observation, "collapse hazard");
        } else if (say_why_not(request, defect, &why)) {
            trace_add(request->trace, "%.*s: no hazard, %.*s", TEXT_ARGS(what),
                TEXT_ARGS(line_text(&why)));
        }
    }
    tell_figure_hazard(request, outcome);
}

/* --- classes --- */

void tell_class_limits(
    const struct scheme_table *table, const char *figure, double value, struct line *line) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);
    const struct scheme_class *end = table->classes + table->n_classes;
    if (row == NULL) {
        return;
    }
    bool has_end = row + 1 < end && strcmp(row[1].figure, figure) == 0;
    if (isfinite(row->from)) {
        line_print(line, row->is_inclusive ? N_("from %g") : N_("over %g"), row->from);
        line_print(line, has_end ? N_(" ") : "");
    }
    if (has_end) {
        line_print(line, row[1].is_inclusive ? N_("below %g") : N_("up to %g"), row[1].from);
    }
}
