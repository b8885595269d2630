#include "core/scheme/tell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"

static struct text label_of(
    const struct scheme_request *request, const struct judged_defect *defect, struct line *line) {
    line->n = 0;
    scheme_add_label(request->table, defect, line);
    scheme_add_place(defect->from_m, defect->to_m, line);
    return line_text(line);
}

/* --- verdicts --- */

static void add_grade(
    const struct scheme_request *request, size_t group, uint8_t grade, struct line *line) {
    line_add(line, line->n == 0 ? "" : ", ");
    line_add(line, request->table->group_names[group]);
    if (grade == GRADE_CASE) {
        line_add(line, ": left to an engineer");
    } else if (grade == GRADE_UNDECIDED) {
        line_add(line, ": not graded, no rule takes it");
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
        struct line line = {.n = 0};
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
        return "grade";
    case MEASURE_QUANT1:
        return "quantification 1";
    case MEASURE_QUANT2:
        return "quantification 2";
    case MEASURE_CLOCK:
        return "clock span";
    case MEASURE_NONE:
    case MEASURES:
        break;
    }
    return "measure";
}

/* "grade 2 does not reach 3" */
static void add_measure(
    const struct judged_defect *defect, const struct scheme_hazard *hazard, struct line *line) {
    double value = measure_of(defect, hazard->measure);
    char words[120];

    if (isnan(value)) {
        snprintf(words, sizeof words, "no %s, needed %s %g", measure_word(hazard->measure),
            hazard->is_above ? "above" : "from", hazard->from);
    } else if (value >= hazard->from) {
        snprintf(words, sizeof words, "%s %g is none of the scheme's",
            measure_word(hazard->measure), value);
    } else {
        snprintf(words, sizeof words, "%s %g is below %g", measure_word(hazard->measure), value,
            hazard->from);
    }
    line_add(line, words);
}

static void add_soil(
    const struct scheme_request *request, const struct scheme_hazard *hazard, struct line *line) {
    char words[60];

    snprintf(words, sizeof words, "T %d is below %d", request->site->soil_influence,
        hazard->soil_influence);
    line_add(line, words);
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
        line_add(line, ", ");
        add_soil(request, hazard, line);
        return 2;
    }
    for (size_t i = 0; i < ARRAY_LEN(materials); i++) {
        both.site.material = text_from(materials[i]);
        if (fires(&both)) {
            line_add(line, "the pipe is not known to be ");
            line_add(line, hazard->when == WHEN_RIGID ? "rigid" : "flexible");
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
        struct line why = {.n = 0};
        size_t n = why_not(request, defect, &table->hazards[i], &why);
        if (n > 0 && n < least) {
            least = n;
            nearest = &table->hazards[i];
            *line = why;
        }
    }
    if (nearest != NULL) {
        line_add(line, " (");
        line_add(line, nearest->meaning);
        line_add(line, ")");
    }
    return nearest != NULL;
}

static void tell_figure_hazard(
    const struct scheme_request *request, const struct scheme_outcome *outcome) {
    struct line label = {.n = 0};

    if (outcome->hazard_figure == NULL) {
        return;
    }
    if (outcome->hazard_item.n > 0) {
        scheme_add_item(request, &outcome->hazard_item, &label);
        line_add(&label, ": ");
    }
    trace_add(request->trace, "%.*scollapse hazard (%s; %s)", TEXT_ARGS(line_text(&label)),
        outcome->hazard_figure->meaning, outcome->hazard_figure->source);
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
        struct line why = {.n = 0};
        if (defect->hazard != NULL) {
            trace_add(request->trace, "%.*s: collapse hazard (%s; %s)", TEXT_ARGS(what),
                defect->hazard->meaning, defect->hazard->source);
            trace_note(request->trace, defect->observation, "collapse hazard");
        } else if (say_why_not(request, defect, &why)) {
            trace_add(request->trace, "%.*s: no hazard, %.*s", TEXT_ARGS(what),
                TEXT_ARGS(line_text(&why)));
        }
    }
    tell_figure_hazard(request, outcome);
}

/* --- classes --- */

static void add_limit(struct line *line, const char *word, double limit) {
    char number[40];

    snprintf(number, sizeof number, "%s%s %g", line->n == 0 ? "" : " ", word, limit);
    line_add(line, number);
}

void tell_class_limits(
    const struct scheme_table *table, const char *figure, double value, struct line *line) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);
    const struct scheme_class *end = table->classes + table->n_classes;
    struct line limits = {.n = 0};

    if (row == NULL) {
        return;
    }
    if (isfinite(row->from)) {
        add_limit(&limits, row->is_inclusive ? "from" : "over", row->from);
    }
    if (row + 1 < end && strcmp(row[1].figure, figure) == 0) {
        add_limit(&limits, row[1].is_inclusive ? "below" : "up to", row[1].from);
    }
    line_add_text(line, line_text(&limits));
}
