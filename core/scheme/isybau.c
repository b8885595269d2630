/* ISYBAU: from damage classes to damage numbers and the object number.
 *
 * The class of a damage gives a preliminary number for each requirement; what the pipe and the
 * place on its wall are like is added (rows TERM).  SZE is the largest of the three, OZ the largest
 * SZE of the pipe plus an addition for the length of all damages: r = sum(SZE length) / (largest
 * SZE L); up to 0.1: 0, up to 0.5: 100 r - 10, beyond: 40. [S] through another program. */
#include "core/scheme/isybau.h"

#include <math.h>

static const double point_m = 0.3; /* length of a damage without one; one source says 1 m [U] */
static const double hair = 1e-9;   /* sums of decimals */

/* A fact about the pipe or the defect; NAN when it is unknown. */
static double value_of(const struct scheme_request *request, const struct observation *observation,
    enum en_fact fact) {
    if (fact == EN_POSITION) {
        enum en_position position = en_position(observation);
        return position == EN_NOWHERE ? (double)NAN : (double)position;
    }
    if (fact == EN_JOINT) {
        return observation->at_joint == 0 ? (double)NAN : (double)observation->at_joint;
    }
    return en_site_fact(request->site, fact);
}

/* What the facts add to a requirement's number. */
static double additions(const struct scheme_request *request, const char *requirement,
    const struct observation *observation) {
    double sum = 0;

    for (enum en_fact fact = 0; fact < EN_FACTS; fact++) {
        double value = value_of(request, observation, fact);
        const struct en_term *term = en_term_of(&isybau_terms, requirement, fact, value);
        if (fact == EN_CLASS || !en_asks(&isybau_terms, requirement, fact)) {
            continue;
        }
        if (term == NULL) {
            trace_add(request->trace, "      %s unknown: nothing added",
                trace_word(request->trace, en_fact_name(fact)));
            continue;
        }
        trace_add(request->trace, "      %s: %s, %+g (%s)",
            trace_word(request->trace, en_fact_name(fact)),
            trace_word(request->trace, term->meaning), term->value,
            trace_word(request->trace, term->source));
        sum += term->value;
    }
    return sum;
}

static double number_of(const struct scheme_request *request, const struct judged_defect *defect,
    enum defect_group group) {
    const char *name = request->table->group_names[group];
    uint8_t grade = defect->verdicts[group].grade;
    const struct en_term *first =
        en_term_of(&isybau_terms, "preliminary", EN_CLASS, en_class_figure(grade));

    if (first == NULL) {
        return NAN;
    }
    trace_add(request->trace, "    %s: class %d, preliminary number %g (%s)",
        trace_word(request->trace, name), grade_number(grade), first->value,
        trace_word(request->trace, first->source));
    double number = first->value + additions(request, name, defect->observation);
    trace_add(request->trace, "      %s number %g", trace_word(request->trace, name), number);
    return number;
}

struct isybau_numbers isybau_numbers_of(
    const struct scheme_request *request, const struct judged_defect *defect) {
    struct isybau_numbers numbers = {.largest = NAN};

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        numbers.of[i] = number_of(request, defect, (enum defect_group)i);
        numbers.largest = fmax(numbers.largest, numbers.of[i]); /* NAN gives way */
    }
    return numbers;
}

double isybau_length_addition(double share) {
    if (isnan(share) || share <= 0.1 + hair) {
        return 0;
    }
    return share > 0.5 + hair ? 40 : 100 * share - 10;
}

/* The numbers of the whole pipe. */
struct whole {
    double of[DEFECT_GROUPS]; /* largest of each requirement; NAN without */
    double largest;
    enum defect_group ruling; /* whose number it is */
    double sum;               /* of SZE and length */
};

static struct whole whole_of(const struct scheme_request *request) {
    struct whole whole = {
        .of = {NAN, NAN, NAN},
          .largest = NAN
    };

    trace_add(request->trace, "damage numbers");
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        struct line line = {.phrases = trace_phrases(request->trace)};
        if (request->trace != NULL) {
            scheme_add_label(request->table, defect, &line);
            scheme_add_place(defect->from_m, defect->to_m, &line);
            trace_add(request->trace, "  %.*s", TEXT_ARGS(line_text(&line)));
        }
        struct isybau_numbers numbers = isybau_numbers_of(request, defect);
        if (isnan(numbers.largest)) {
            continue;
        }
        double length_m = en_length_m(defect, point_m);
        trace_add(request->trace, "    SZE %g over %g m: class %d", numbers.largest, length_m,
            grade_number(scheme_grade_of(request->table, "SZE", numbers.largest)));
        whole.sum += fmax(numbers.largest, 0) * length_m;
        for (size_t k = 0; k < DEFECT_GROUPS; k++) {
            whole.of[k] = fmax(whole.of[k], numbers.of[k]);
        }
    }
    for (size_t k = 0; k < DEFECT_GROUPS; k++) {
        if (!isnan(whole.of[k]) && !(whole.of[k] <= whole.largest)) {
            whole.largest = whole.of[k];
            whole.ruling = (enum defect_group)k;
        }
    }
    return whole;
}

/* OZ: 0 without damages, NAN when none of them could be classed. */
static double object_number(const struct scheme_request *request, const struct en_requirements *of,
    const struct whole *whole) {
    double length_m = request->site->segment_m;

    if (of->n_graded == 0) {
        trace_add(request->trace, of->is_open ? N_("object number: none, no damage has a class")
                                              : N_("object number: 0, no damage"));
        return of->is_open ? NAN : 0;
    }
    bool is_measured = whole->largest > 0 && length_m > 0;
    double share = is_measured ? whole->sum / (whole->largest * length_m) : (double)NAN;
    double addition = isybau_length_addition(share);
    if (isnan(share)) {
        trace_add(request->trace, "  no addition for length: the length is unknown");
    }
    trace_add(request->trace, "object number: largest SZE %g, r = %.6g: + %.6g, OZ = %.6g",
        whole->largest, share, addition, whole->largest + addition);
    return whole->largest + addition;
}

static struct condition condition_of(const struct en_requirement *requirement, double number) {
    return (struct condition){
        .score = requirement->grade == GRADE_UNSET ? 0 : number,
        .peak = NAN,
        .mean = NAN,
        .density = NAN,
        .index = NAN,
        .grade = en_grade_or(requirement, GRADE_0),
    };
}

static void add_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct en_requirements *of, const struct whole *whole) {
    scheme_add_figure(request, assessment, "class_D",
        en_class_figure(en_grade_or(&of->at[GROUP_TIGHTNESS], GRADE_0)));
    scheme_add_figure(request, assessment, "class_S",
        en_class_figure(en_grade_or(&of->at[GROUP_STRUCTURAL], GRADE_0)));
    scheme_add_figure(request, assessment, "class_B",
        en_class_figure(en_grade_or(&of->at[GROUP_FUNCTIONAL], GRADE_0)));
    scheme_add_figure(request, assessment, "number_D", whole->of[GROUP_TIGHTNESS]);
    scheme_add_figure(request, assessment, "number_S", whole->of[GROUP_STRUCTURAL]);
    scheme_add_figure(request, assessment, "number_B", whole->of[GROUP_FUNCTIONAL]);
    scheme_add_figure(request, assessment, "OZ", assessment->structural.index);
    scheme_add_figure(
        request, assessment, "object_class", en_class_figure(assessment->structural.index_grade));
}

/* By the numbers of the requirements. */
static struct en_urgency urgency_of(
    const struct scheme_table *table, const struct en_requirements *of, const struct whole *whole) {
    struct en_urgency urgency = {{0}, {0}};

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        if (grade_is_number(of->at[i].grade)) {
            uint8_t grade = scheme_grade_of(table, "SZE", whole->of[i]);
            urgency.priority[i] = scheme_priority_of(table, "object", grade);
            urgency.index[i] = fmax(whole->of[i], 0);
        }
    }
    return urgency;
}

void isybau_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    struct en_requirements of = en_look(request);
    struct whole whole = whole_of(request);
    struct line prefix = {.phrases = outcome->phrases};

    assessment->structural = condition_of(&of.at[GROUP_STRUCTURAL], whole.of[GROUP_STRUCTURAL]);
    assessment->functional = condition_of(&of.at[GROUP_FUNCTIONAL], whole.of[GROUP_FUNCTIONAL]);
    assessment->structural.index = object_number(request, &of, &whole);
    uint8_t object = of.n_graded == 0 && !of.is_open
                         ? GRADE_0
                         : scheme_grade_of(request->table, "SZE", assessment->structural.index);
    assessment->structural.index_grade = object;
    add_figures(request, assessment, &of, &whole);
    if (grade_is_number(object)) {
        trace_add(request->trace, "object class %d", grade_number(object));
        outcome->priority = scheme_priority_of(request->table, "object", object);
        struct line figure;
        line_start(&figure);
        line_add(&figure, "OZ ");
        line_add_tenths(&figure, assessment->structural.index);
        line_fill_grade(
            &prefix, PHRASE_CLASS_IN_BRACKETS, line_text(&figure), grade_number(object));
    }
    struct en_urgency urgency = urgency_of(request->table, &of, &whole);
    if (of.n_graded > 0) {
        urgency.priority[whole.ruling] = outcome->priority;
        urgency.index[whole.ruling] = fmax(assessment->structural.index, 0);
    }
    en_add_headlines(request, &of, &urgency, whole.ruling, line_text(&prefix), outcome);
}
