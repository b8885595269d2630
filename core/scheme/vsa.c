/* VSA 2023: from single classes (EZ) to condition notes (ZN) and the urgency number (DZ).
 *
 * For each requirement
 *   ZN = EZmin + 0.4 - A, A = 0.4 sum((4 - EZ) LF) / ((4 - EZmin) LA), A at most 0.8, ZN at least
 * 0; 4.00 where EZmin is 4; LF is the length of a defect, at least 3.0 m, LA that of the pipe. DZ =
 * 100 ZN B1 B2 B3 B4 of the lowest note; what is unknown is 1.  B4, main or private sewer, has no
 * fact here and is always 1.  [S] through another program. */
#include "core/scheme/vsa.h"

#include <math.h>

static const double least_length_m = 3.0;
static const double most_loss = 0.8; /* A */
static const double best_note = 4.0;

enum { GRADE_BEST = GRADE_4 };

double vsa_note(struct vsa_loss loss) {
    if (loss.worst >= 4) {
        return best_note;
    }
    if (!(loss.assessed_m > 0)) {
        return NAN;
    }
    double a = fmin(0.4 * loss.sum / ((4 - loss.worst) * loss.assessed_m), most_loss);
    return fmax(loss.worst + 0.4 - a, 0);
}

static struct vsa_loss loss_of(
    const struct scheme_request *request, enum defect_group group, int worst) {
    struct vsa_loss loss = {worst, 0, request->site->segment_m};

    for (size_t i = 0; i < request->n; i++) {
        uint8_t grade = request->defects[i].verdicts[group].grade;
        if (grade_is_number(grade)) {
            loss.sum +=
                (4 - grade_number(grade)) * en_length_m(&request->defects[i], least_length_m);
        }
    }
    return loss;
}

/* ZN of each requirement: 4.00 without a defect, NAN when nothing could be classed or the length is
 * unknown. */
static void find_notes(const struct scheme_request *request, const struct en_requirements *of,
    double notes[DEFECT_GROUPS]) {
    trace_add(request->trace, "condition notes, LA = %g m", request->site->segment_m);
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        const char *name = request->table->group_names[i];
        uint8_t grade = en_grade_or(&of->at[i], GRADE_BEST);
        if (!grade_is_number(grade)) {
            notes[i] = NAN;
            trace_add(
                request->trace, "  %s: no defect with a class", trace_word(request->trace, name));
            continue;
        }
        struct vsa_loss loss = loss_of(request, (enum defect_group)i, grade_number(grade));
        notes[i] = vsa_note(loss);
        trace_add(request->trace, "  ZN %s = %.4g: EZmin %d, sum of (4 - EZ) LF = %.6g",
            trace_word(request->trace, name), notes[i], loss.worst, loss.sum);
    }
}

/* The requirement with the lowest note; that with the lowest class where the length is unknown. */
static enum defect_group ruling_of(
    const struct en_requirements *of, const double notes[DEFECT_GROUPS]) {
    size_t ruling = 0;
    double lowest = INFINITY;

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        uint8_t grade = of->at[i].grade;
        double note = isnan(notes[i]) ? en_class_figure(grade) : notes[i];
        if (grade_is_number(grade) && note < lowest) {
            lowest = note;
            ruling = i;
        }
    }
    return (enum defect_group)ruling;
}

/* B1 B2 B3. */
static double factors_of(const struct scheme_request *request) {
    static const struct {
        const char *figure;
        enum en_fact fact;
    } factors[] = {
        {"B1", EN_ZONE       },
        {"B2", EN_SYSTEM     },
        {"B3", EN_GROUNDWATER},
    };
    double product = 1;

    for (size_t i = 0; i < ARRAY_LEN(factors); i++) {
        const struct en_term *term = en_term_of(&vsa_terms, factors[i].figure, factors[i].fact,
            en_site_fact(request->site, factors[i].fact));
        if (term == NULL) {
            trace_add(request->trace, "  %s: %s unknown, 1", factors[i].figure,
                trace_word(request->trace, en_fact_name(factors[i].fact)));
            continue;
        }
        trace_add(request->trace, "  %s: %s, %g (%s)", factors[i].figure,
            trace_word(request->trace, term->meaning), term->value,
            trace_word(request->trace, term->source));
        product *= term->value;
    }
    trace_add(request->trace, "  B4: not known here, 1");
    return product;
}

/* The lowest note that a requirement could have: its own, where the length is known. */
static double lowest_note(double note, uint8_t grade) {
    return isnan(note) ? fmax(grade_number(grade) + 0.4 - most_loss, 0) : note;
}

/* What DZ would be by each requirement alone: how far it is from that of a pipe without defects. */
static struct en_urgency urgency_of(const struct scheme_table *table,
    const struct en_requirements *of, const double notes[DEFECT_GROUPS], double factors) {
    struct en_urgency urgency = {{0}, {0}};

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        if (grade_is_number(of->at[i].grade)) {
            double number = 100 * lowest_note(notes[i], of->at[i].grade) * factors;
            uint8_t grade = scheme_grade_of(table, "DZ", number);
            urgency.priority[i] = scheme_priority_of(table, "urgency", grade);
            urgency.index[i] = fmax(100 * best_note - number, 0);
        }
    }
    return urgency;
}

/* DZ, its class and the words for both.  Where the length is unknown the note is NAN, and DZ too:
 * the class is then that of the lowest note that the defects could have. */
static void decide_urgency(const struct scheme_request *request, double note, uint8_t grade,
    double factors, struct condition *out, struct line *words) {
    double lowest = 100 * lowest_note(note, grade) * factors;
    const struct scheme_class *row = scheme_class_of(request->table, "DZ", lowest);

    out->index = 100 * note * factors;
    out->index_grade = grade_from_number(row->value);
    line_add(words, "DZ ");
    if (isnan(note)) {
        trace_add(request->trace, "  the length is unknown: DZ at worst %.6g, %s", lowest,
            trace_word(request->trace, row->meaning));
        line_add(words, phrases_word(words->phrases, N_("unknown")));
    } else {
        trace_add(request->trace, "  DZ = 100 x %.6g x %.6g = %.6g: %s", note, factors, out->index,
            trace_word(request->trace, row->meaning));
        line_add_count(words, (uint64_t)(out->index + 0.5));
    }
    line_fill(words, PHRASE_IN_BRACKETS,
        (struct text[]){text_from(phrases_word(words->phrases, row->meaning))});
}

static struct condition condition_of(
    const struct scheme_request *request, const struct en_requirement *requirement, double note) {
    uint8_t grade = en_grade_or(requirement, GRADE_BEST);

    return (struct condition){
        .score = note,
        .peak = NAN,
        .mean = NAN,
        .density = NAN,
        .index = NAN,
        .grade = isnan(note) ? grade : scheme_grade_of(request->table, "ZN", note),
    };
}

static void add_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct en_requirements *of, const double notes[DEFECT_GROUPS]) {
    scheme_add_figure(request, assessment, "class_D",
        en_class_figure(en_grade_or(&of->at[GROUP_TIGHTNESS], GRADE_BEST)));
    scheme_add_figure(
        request, assessment, "class_S", en_class_figure(assessment->structural.grade));
    scheme_add_figure(
        request, assessment, "class_B", en_class_figure(assessment->functional.grade));
    scheme_add_figure(request, assessment, "ZN_D", notes[GROUP_TIGHTNESS]);
    scheme_add_figure(request, assessment, "ZN_S", notes[GROUP_STRUCTURAL]);
    scheme_add_figure(request, assessment, "ZN_B", notes[GROUP_FUNCTIONAL]);
    scheme_add_figure(request, assessment, "DZ", assessment->structural.index);
    scheme_add_figure(
        request, assessment, "urgency_class", en_class_figure(assessment->structural.index_grade));
}

void vsa_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    struct en_requirements of = en_look(request);
    double notes[DEFECT_GROUPS];
    struct line prefix = {.phrases = outcome->phrases};

    find_notes(request, &of, notes);
    assessment->structural =
        condition_of(request, &of.at[GROUP_STRUCTURAL], notes[GROUP_STRUCTURAL]);
    assessment->functional =
        condition_of(request, &of.at[GROUP_FUNCTIONAL], notes[GROUP_FUNCTIONAL]);
    enum defect_group ruling = ruling_of(&of, notes);
    struct en_urgency urgency = {{0}, {0}};
    if (of.n_graded > 0) {
        trace_add(request->trace, "urgency number");
        double factors = factors_of(request);
        decide_urgency(
            request, notes[ruling], of.at[ruling].grade, factors, &assessment->structural, &prefix);
        urgency = urgency_of(request->table, &of, notes, factors);
        outcome->priority = urgency.priority[ruling];
    } else {
        assessment->structural.index_grade = of.is_open ? GRADE_UNDECIDED : GRADE_BEST;
        trace_add(request->trace, "no urgency number: no defect has a class");
    }
    add_figures(request, assessment, &of, notes);
    en_add_headlines(request, &of, &urgency, ruling, line_text(&prefix), outcome);
}
