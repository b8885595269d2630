/* For a tired person at a terminal: a heading a section, what belongs to it two blanks in. */
#include <math.h>
#include <string.h>

#include "cmd/explain.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/domains.h"
#include "formats/gpkg/read/rows.h"

enum { RIGHT = PEN_RIGHT, INDENT = 2 };

static struct pen pen_of(FILE *to, const struct explanation *explanation) {
    return (struct pen){to, explanation->language};
}

static void say_heading(struct pen pen, const char *heading) {
    pen_print(pen, N_("\n%s\n"), lang_text(pen.language, heading));
}

static const struct value *column(const struct explanation *explanation, size_t number) {
    return &explanation->kept.row[number];
}

static struct text text_of(const struct explanation *explanation, size_t number) {
    return value_text(column(explanation, number));
}

/* English of the file, where the catalogue has it. */
static struct text translated(struct explanation *explanation, struct text english) {
    return english.n == 0 ? english
                          : text_from(phrases_word(
                                explanation->phrases, arena_copy(&explanation->arena, english).at));
}

/* What a value of a list means, in other languages than English: there it says it itself. */
static struct text value_words(
    const struct explanation *explanation, const char *list, struct text value) {
    for (size_t i = 0; explanation->language != LANGUAGE_EN && i < n_domain_values; i++) {
        const struct domain_value *row = &domain_values[i];
        if (strcmp(row->list, list) == 0 && text_equal(value, text_from(row->value))) {
            return text_from(lang_text(explanation->language, row->words));
        }
    }
    return value;
}

/* --- the segment --- */

static void add_part(struct line *line, const char *before, struct text text, const char *behind) {
    if (text.n > 0) {
        if (line->n > 0) {
            line_say(line, PHRASE_COMMA);
        }
        line_add(line, phrases_word(line->phrases, before));
        line_add_text(line, text);
        line_add(line, phrases_word(line->phrases, behind));
    }
}

static void add_measure(
    struct explanation *explanation, struct line *line, const char *format, double value) {
    char words[80];

    if (!isnan(value)) {
        snprintf(words, sizeof words, phrases_word(line->phrases, format), value);
        add_part(line, "", arena_copy(&explanation->arena, text_from(words)), "");
    }
}

static void print_lengths(struct pen pen, struct explanation *explanation) {
    struct text from = text_of(explanation, SEGMENTS_FROM_NODE);
    struct text to_node = text_of(explanation, SEGMENTS_TO_NODE);
    struct line line = {.phrases = explanation->phrases};

    line_print(&line, "from %.*s to %.*s", TEXT_ARGS(from.n > 0 ? from : TEXT("-")),
        TEXT_ARGS(to_node.n > 0 ? to_node : TEXT("-")));
    add_measure(explanation, &line, N_("%.10g m as drawn"),
        value_real(column(explanation, SEGMENTS_LENGTH_M)));
    add_measure(explanation, &line, N_("%.10g m by the network's table"),
        value_real(column(explanation, SEGMENTS_NETWORK_LENGTH_M)));
    pen_print_line(pen, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
}

static void print_pipe(struct pen pen, struct explanation *explanation) {
    struct line line = {.phrases = explanation->phrases};

    if (explanation->kept.result.network.segments[0].system != SYSTEM_UNKNOWN) {
        add_part(&line, "",
            value_words(explanation, "system", text_of(explanation, SEGMENTS_SYSTEM)),
            N_(" system"));
    }
    add_measure(explanation, &line, N_("%.10g mm wide"),
        value_real(column(explanation, SEGMENTS_DIAMETER_MM)));
    add_measure(explanation, &line, N_("%.10g mm high"),
        value_real(column(explanation, SEGMENTS_HEIGHT_MM)));
    add_part(&line, "", text_of(explanation, SEGMENTS_SHAPE), "");
    add_part(&line, "", text_of(explanation, SEGMENTS_MATERIAL), "");
    add_measure(
        explanation, &line, N_("built %.0f"), value_real(column(explanation, SEGMENTS_YEAR_BUILT)));
    if (line.n > 0) {
        pen_print_line(pen, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
    }
}

static void print_surroundings(struct pen pen, struct explanation *explanation) {
    struct line line = {.phrases = explanation->phrases};

    add_part(&line, "", text_of(explanation, SEGMENTS_STREET), "");
    add_part(&line, N_("district "), text_of(explanation, SEGMENTS_DISTRICT), "");
    add_measure(explanation, &line, N_("K %.0f as given"),
        value_real(column(explanation, SEGMENTS_AREA_IMPORTANCE_GIVEN)));
    add_measure(explanation, &line, N_("T %.0f as given"),
        value_real(column(explanation, SEGMENTS_SOIL_INFLUENCE_GIVEN)));
    add_part(&line, N_("groundwater "),
        translated(explanation, text_of(explanation, SEGMENTS_GROUNDWATER)), "");
    if (line.n > 0) {
        pen_print_line(pen, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
    }
}

static void print_segment(struct pen pen, struct explanation *explanation) {
    pen_say(pen, N_("Segment "));
    print_text(pen.to, text_of(explanation, SEGMENTS_SEGMENT_ID));
    fputc('\n', pen.to);
    print_lengths(pen, explanation);
    print_pipe(pen, explanation);
    print_surroundings(pen, explanation);
}

/* --- inspections --- */

static struct text date_words(struct explanation *explanation, int32_t date) {
    return date == 0 ? text_from(phrases_word(explanation->phrases, N_("no date")))
                     : arena_printf(&explanation->arena, "%04d-%02d-%02d", (int)(date / 10000),
                           (int)(date / 100 % 100), (int)(date % 100));
}

/* With the number by which the observations name it. */
static void print_inspection(
    struct pen pen, struct explanation *explanation, const struct inspection *inspection) {
    const struct stretch *stretch = explained_stretch(explanation, inspection);
    struct arena *arena = &explanation->arena;
    struct line line = {.phrases = explanation->phrases};

    add_part(&line, "", inspection->id, "");
    add_part(&line, "", date_words(explanation, inspection->inspected_on), "");
    add_part(&line, "",
        value_words(explanation, "direction", text_from(direction_name(inspection->direction))),
        "");
    if (!isnan(stretch->from_along_m)) {
        add_part(&line, N_("saw "),
            arena_printf(arena, "%.2f-%.2f m", stretch->from_along_m, stretch->to_along_m), "");
    }
    add_part(&line, N_("matched by "),
        text_from(phrases_word(line.phrases, match_method_name(inspection->match_method))), "");
    add_part(&line, N_("note: "), inspection->match_note, "");
    pen_print_line(pen, INDENT, "%u. %.*s", inspection->number + 1, TEXT_ARGS(line_text(&line)));
    pen_print_line(pen, INDENT + 3, "%.*s", TEXT_ARGS(explain_inspection(explanation, inspection)));
}

static void print_inspections(struct pen pen, struct explanation *explanation) {
    const struct result *result = &explanation->kept.result;

    say_heading(pen, N_("Inspections"));
    if (result->n_inspections == 0) {
        pen_print_line(pen, INDENT, "none: nobody looked into this segment");
    }
    for (size_t i = 0; i < result->n_inspections; i++) {
        print_inspection(pen, explanation, result->inspections[i]);
    }
}

/* --- observations --- */

enum { PLACE = 13, OF = 4, CODE = 9, NAME = 23, NUMBER = 6 };
enum { FATE = INDENT + PLACE + OF + CODE + NAME + 2 * NUMBER };

static void print_number(struct pen pen, bool is_set, double number) {
    if (is_set) {
        fprintf(pen.to, "%*g", NUMBER, number);
    } else {
        fprintf(pen.to, "%*s", NUMBER, "-");
    }
}

static struct text place_words(
    struct explanation *explanation, const struct observation *observation) {
    if (isnan(observation->along_m)) {
        return TEXT("-");
    }
    if (isnan(observation->along_to_m)) {
        return arena_printf(&explanation->arena, "%.2f", observation->along_m);
    }
    return arena_printf(&explanation->arena, "%.2f-%.2f",
        fmin(observation->along_m, observation->along_to_m),
        fmax(observation->along_m, observation->along_to_m));
}

/* As the file has it, or by the catalogue when that is in another language. */
static struct text name_words(const struct explanation *explanation,
    const struct kept_observation *kept, const struct code *code) {
    bool is_zh = explanation->language == LANGUAGE_ZH && code->name_zh != NULL;
    const char *name = is_zh ? code->name_zh : code->name;

    return name == NULL || (kept->name.n > 0 && !explanation->is_translated) ? kept->name
                                                                             : text_from(name);
}

static void print_observation(
    struct pen pen, struct explanation *explanation, const struct kept_observation *kept) {
    const struct observation *observation = explained_observation(explanation, kept);
    const struct code *code =
        observation_code(explanation->kept.result.inspections[kept->inspection], observation);
    struct text main_code = code->code.n > 0 ? code->code : code->delivered;
    int grade = 0;
    bool has_grade = observation_grade(observation, &grade);
    char fate[1200];

    fprintf(pen.to, "%*s", INDENT, "");
    print_padded(pen.to, place_words(explanation, observation), PLACE);
    fprintf(pen.to, "%-*u", OF, kept->inspection + 1);
    print_padded(pen.to,
        arena_printf(&explanation->arena, "%.*s %.*s%.*s", TEXT_ARGS(main_code),
            TEXT_ARGS(code->char1), TEXT_ARGS(code->char2)),
        CODE);
    print_padded(pen.to, name_words(explanation, kept, code), NAME - 1);
    print_number(pen, has_grade, grade);
    print_number(pen, !isnan(observation->score), (double)observation->score);
    snprintf(fate, sizeof fate, "%.*s", TEXT_ARGS(explain_observation(explanation, kept)));
    fputc(' ', pen.to);
    print_wrapped(pen.to, fate, FATE, RIGHT);
}

static void print_observations(struct pen pen, struct explanation *explanation) {
    const struct kept_segment *kept = &explanation->kept;

    if (kept->result.n_inspections == 0) {
        return;
    }
    say_heading(pen, N_("Observed"));
    if (kept->n_observations == 0) {
        pen_print_line(pen, INDENT, "none");
        return;
    }
    fprintf(pen.to, "%*s", INDENT, "");
    pen_say_padded(pen, N_("along m"), PLACE);
    pen_say_padded(pen, N_("in"), OF);
    pen_say_padded(pen, N_("code"), CODE);
    pen_say_padded(pen, N_("name"), NAME - 1);
    pen_say_right(pen, N_("grade"), NUMBER);
    pen_say_right(pen, N_("score"), NUMBER);
    pen_say(pen, N_(" what became of it\n"));
    for (size_t i = 0; i < kept->n_observations; i++) {
        print_observation(pen, explanation, &kept->observations[i]);
    }
}

/* --- what the assessment did --- */

static void print_trace(struct pen pen, const struct explanation *explanation,
    enum trace_section section, const char *heading, const char *otherwise) {
    const struct trace *trace = &explanation->trace;
    bool has_any = false;

    for (size_t i = 0; i < trace->n; i++) {
        if (trace->sections[i] != section) {
            continue;
        }
        if (!has_any) {
            say_heading(pen, heading);
        }
        has_any = true;
        struct text line = trace->at[i];
        size_t blanks = 0;
        while (blanks < line.n && line.at[blanks] == ' ') {
            blanks++;
        }
        pen_print_line(
            pen, INDENT + (int)blanks, "%.*s", TEXT_ARGS(text_part(line, blanks, line.n)));
    }
    if (!has_any && otherwise != NULL) {
        say_heading(pen, heading);
        pen_print_line(pen, INDENT, "%s", lang_text(pen.language, otherwise));
    }
}

static const char *why_no_figures(const struct explanation *explanation) {
    const struct result *result = &explanation->kept.result;
    const struct assessment *assessment = &result->assessments[0];

    if (result->n_inspections == 0) {
        return N_("none: nobody looked into this segment");
    }
    return assessment->scheme == SCHEME_NONE ? N_("none: no scheme takes these codes") : N_("none");
}

/* --- repairs, priority, check --- */

static void say_more(struct pen pen, const char *what, const struct value *value) {
    if (value_text(value).n > 0) {
        pen_print_line(pen, INDENT + 3, N_("%s: %.*s"), lang_text(pen.language, what),
            TEXT_ARGS(value_text(value)));
    }
}

static void print_repair(
    struct pen pen, struct explanation *explanation, size_t number, const struct value *row) {
    struct arena *arena = &explanation->arena;
    double from_m = value_real(&row[REPAIRS_FROM_M]), to_m = value_real(&row[REPAIRS_TO_M]);
    double quantity = value_real(&row[REPAIRS_QUANTITY]), cost = value_real(&row[REPAIRS_COST]);
    struct line line = {.phrases = explanation->phrases};

    add_part(&line, "", value_text(&row[REPAIRS_METHOD]), "");
    add_part(
        &line, "", value_words(explanation, "repair_scope", value_text(&row[REPAIRS_SCOPE])), "");
    if (!isnan(from_m) && !isnan(to_m)) {
        add_part(&line, "", arena_printf(arena, "%.2f-%.2f m", from_m, to_m), "");
    }
    if (!isnan(quantity)) {
        add_part(&line, "",
            arena_printf(arena, "%.10g %.*s", quantity,
                TEXT_ARGS(translated(explanation, value_text(&row[REPAIRS_UNIT])))),
            "");
    }
    if (!isnan(cost)) {
        add_part(&line, "",
            arena_printf(arena, "%.2f %.*s", cost, TEXT_ARGS(value_text(&row[REPAIRS_CURRENCY]))),
            "");
    }
    pen_print_line(pen, INDENT, "%zu. %.*s", number, TEXT_ARGS(line_text(&line)));
    say_more(pen, N_("why"), &row[REPAIRS_REASON]);
    say_more(pen, N_("else"), &row[REPAIRS_ALTERNATIVES]);
    say_more(pen, N_("why not others"), &row[REPAIRS_EXCLUSIONS]);
}

static void print_repairs(struct pen pen, struct explanation *explanation) {
    const struct kept_segment *kept = &explanation->kept;

    if (kept->n_repairs > 0) {
        say_heading(pen, N_("Repairs"));
    }
    for (size_t i = 0; i < kept->n_repairs; i++) {
        print_repair(pen, explanation, i + 1, kept->repairs[i]);
    }
}

static void print_rank(struct pen pen, const struct explanation *explanation) {
    struct text reason = text_of(explanation, SEGMENTS_PRIORITY_REASON);
    double rank = value_real(column(explanation, SEGMENTS_RANK));

    if (reason.n > 0) {
        pen_print_line(pen, INDENT, "in short: %.*s", TEXT_ARGS(reason));
    }
    if (!isnan(rank)) {
        pen_print_line(
            pen, INDENT, "rank %.0f of %llu", rank, (unsigned long long)explanation->run->n_ranked);
    }
}

static void print_check(struct pen pen, const struct explanation *explanation) {
    say_heading(pen, N_("Check"));
    if (explanation->n_differences == 0) {
        pen_print_line(pen, INDENT, "computed again, all figures agree with those in the file");
        return;
    }
    if (explanation->n_differences == 1) {
        pen_print_line(pen, INDENT,
            "computed again, 1 figure differs from the file: edited by hand, or made by another "
            "build or another table of the scheme?");
    } else {
        pen_print_line(pen, INDENT,
            "computed again, %zu figures differ from the file: edited by hand, or made by another "
            "build or another table of the scheme?",
            explanation->n_differences);
    }
    for (size_t i = 0; i < explanation->n_differences; i++) {
        const struct kept_difference *difference = &explanation->differences[i];
        struct text nothing = text_from(lang_text(pen.language, N_("nothing")));
        pen_print_line(pen, 2 * INDENT, "%.*s: %.*s in the file, %.*s computed",
            TEXT_ARGS(difference->what),
            TEXT_ARGS(difference->kept.n > 0 ? difference->kept : nothing),
            TEXT_ARGS(difference->computed.n > 0 ? difference->computed : nothing));
    }
}

void explanation_print(FILE *to, struct explanation *explanation) {
    const struct pen pen = pen_of(to, explanation);

    print_segment(pen, explanation);
    print_inspections(pen, explanation);
    print_observations(pen, explanation);
    print_trace(pen, explanation, TRACE_FIGURES, N_("Figures"), why_no_figures(explanation));
    print_trace(pen, explanation, TRACE_HAZARDS, N_("Hazards"),
        explanation->trace.n > 0 ? N_("none, and no defect near one") : NULL);
    print_trace(pen, explanation, TRACE_SOIL, N_("Soil entry"), NULL);
    print_repairs(pen, explanation);
    print_trace(pen, explanation, TRACE_PRIORITY, N_("Priority"), NULL);
    print_rank(pen, explanation);
    print_trace(pen, explanation, TRACE_PLAN, N_("Next inspection"), NULL);
    print_check(pen, explanation);
}
