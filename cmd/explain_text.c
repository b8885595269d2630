/* For a tired person at a terminal: a heading a section, what belongs to it two blanks in. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "cmd/explain.h"
#include "cmd/print.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/read/rows.h"

enum { RIGHT = 100, INDENT = 2 };

/* So many blanks in, further lines two more. */
PRINTF_LIKE(3, 4) static void say(FILE *to, int left, const char *format, ...) {
    char words[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    fprintf(to, "%*s", left, "");
    print_wrapped(to, words, (size_t)left + 2, RIGHT);
}

static void say_heading(FILE *to, const char *heading) {
    fprintf(to, "\n%s\n", heading);
}

static const struct value *column(const struct explanation *explanation, size_t number) {
    return &explanation->kept.row[number];
}

static struct text text_of(const struct explanation *explanation, size_t number) {
    return value_text(column(explanation, number));
}

/* --- the segment --- */

static void add_part(struct line *line, const char *before, struct text text, const char *behind) {
    if (text.n > 0) {
        line_add(line, line->n == 0 ? "" : ", ");
        line_add(line, before);
        line_add_text(line, text);
        line_add(line, behind);
    }
}

static void add_measure(
    struct explanation *explanation, struct line *line, const char *format, double value) {
    char words[80];

    if (!isnan(value)) {
        snprintf(words, sizeof words, format, value);
        add_part(line, "", arena_copy(&explanation->arena, text_from(words)), "");
    }
}

static void print_lengths(FILE *to, struct explanation *explanation) {
    struct text from = text_of(explanation, SEGMENTS_FROM_NODE);
    struct text to_node = text_of(explanation, SEGMENTS_TO_NODE);
    struct line line = {.n = 0};

    line_add(&line, "from ");
    line_add_text(&line, from.n > 0 ? from : TEXT("-"));
    line_add(&line, " to ");
    line_add_text(&line, to_node.n > 0 ? to_node : TEXT("-"));
    add_measure(
        explanation, &line, "%.10g m as drawn", value_real(column(explanation, SEGMENTS_LENGTH_M)));
    add_measure(explanation, &line, "%.10g m by the network's table",
        value_real(column(explanation, SEGMENTS_NETWORK_LENGTH_M)));
    say(to, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
}

static void print_pipe(FILE *to, struct explanation *explanation) {
    struct line line = {.n = 0};

    if (explanation->kept.result.network.segments[0].system != SYSTEM_UNKNOWN) {
        add_part(&line, "", text_of(explanation, SEGMENTS_SYSTEM), " system");
    }
    add_measure(
        explanation, &line, "%.10g mm wide", value_real(column(explanation, SEGMENTS_DIAMETER_MM)));
    add_measure(
        explanation, &line, "%.10g mm high", value_real(column(explanation, SEGMENTS_HEIGHT_MM)));
    add_part(&line, "", text_of(explanation, SEGMENTS_SHAPE), "");
    add_part(&line, "", text_of(explanation, SEGMENTS_MATERIAL), "");
    add_measure(
        explanation, &line, "built %.0f", value_real(column(explanation, SEGMENTS_YEAR_BUILT)));
    if (line.n > 0) {
        say(to, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
    }
}

static void print_surroundings(FILE *to, struct explanation *explanation) {
    struct line line = {.n = 0};

    add_part(&line, "", text_of(explanation, SEGMENTS_STREET), "");
    add_part(&line, "district ", text_of(explanation, SEGMENTS_DISTRICT), "");
    add_measure(explanation, &line, "K %.0f as given",
        value_real(column(explanation, SEGMENTS_AREA_IMPORTANCE_GIVEN)));
    add_measure(explanation, &line, "T %.0f as given",
        value_real(column(explanation, SEGMENTS_SOIL_INFLUENCE_GIVEN)));
    add_part(&line, "groundwater ", text_of(explanation, SEGMENTS_GROUNDWATER), "");
    if (line.n > 0) {
        say(to, INDENT, "%.*s", TEXT_ARGS(line_text(&line)));
    }
}

static void print_segment(FILE *to, struct explanation *explanation) {
    fputs("Segment ", to);
    print_text(to, text_of(explanation, SEGMENTS_SEGMENT_ID));
    fputc('\n', to);
    print_lengths(to, explanation);
    print_pipe(to, explanation);
    print_surroundings(to, explanation);
}

/* --- inspections --- */

static struct text date_words(struct explanation *explanation, int32_t date) {
    return date == 0 ? TEXT("no date")
                     : arena_printf(&explanation->arena, "%04d-%02d-%02d", (int)(date / 10000),
                           (int)(date / 100 % 100), (int)(date % 100));
}

/* With the number by which the observations name it. */
static void print_inspection(
    FILE *to, struct explanation *explanation, const struct inspection *inspection) {
    const struct stretch *stretch = explained_stretch(explanation, inspection);
    struct arena *arena = &explanation->arena;
    struct line line = {.n = 0};

    add_part(&line, "", inspection->id, "");
    add_part(&line, "", date_words(explanation, inspection->inspected_on), "");
    add_part(&line, "", text_from(direction_name(inspection->direction)), "");
    if (!isnan(stretch->from_along_m)) {
        add_part(&line, "saw ",
            arena_printf(arena, "%.2f-%.2f m", stretch->from_along_m, stretch->to_along_m), "");
    }
    add_part(&line, "matched by ", text_from(match_method_name(inspection->match_method)), "");
    add_part(&line, "note: ", inspection->match_note, "");
    say(to, INDENT, "%u. %.*s", inspection->number + 1, TEXT_ARGS(line_text(&line)));
    say(to, INDENT + 3, "%.*s", TEXT_ARGS(explain_inspection(explanation, inspection)));
}

static void print_inspections(FILE *to, struct explanation *explanation) {
    const struct result *result = &explanation->kept.result;

    say_heading(to, "Inspections");
    if (result->n_inspections == 0) {
        say(to, INDENT, "none: nobody looked into this segment");
    }
    for (size_t i = 0; i < result->n_inspections; i++) {
        print_inspection(to, explanation, result->inspections[i]);
    }
}

/* --- observations --- */

enum { PLACE = 13, OF = 4, CODE = 9, NAME = 23, NUMBER = 6 };
enum { FATE = INDENT + PLACE + OF + CODE + NAME + 2 * NUMBER };

static void print_number(FILE *to, bool is_set, double number) {
    if (is_set) {
        fprintf(to, "%*g", NUMBER, number);
    } else {
        fprintf(to, "%*s", NUMBER, "-");
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

static void print_observation(
    FILE *to, struct explanation *explanation, const struct kept_observation *kept) {
    const struct observation *observation = explained_observation(explanation, kept);
    const struct code *code =
        observation_code(explanation->kept.result.inspections[kept->inspection], observation);
    struct text main_code = code->code.n > 0 ? code->code : code->delivered;
    int grade = 0;
    bool has_grade = observation_grade(observation, &grade);
    char fate[1200];

    fprintf(to, "%*s", INDENT, "");
    print_padded(to, place_words(explanation, observation), PLACE);
    fprintf(to, "%-*u", OF, kept->inspection + 1);
    print_padded(to,
        arena_printf(&explanation->arena, "%.*s %.*s%.*s", TEXT_ARGS(main_code),
            TEXT_ARGS(code->char1), TEXT_ARGS(code->char2)),
        CODE);
    print_padded(to, kept->name.n > 0 ? kept->name : text_from(code->name), NAME - 1);
    print_number(to, has_grade, grade);
    print_number(to, !isnan(observation->score), (double)observation->score);
    snprintf(fate, sizeof fate, "%.*s", TEXT_ARGS(explain_observation(explanation, kept)));
    fputc(' ', to);
    print_wrapped(to, fate, FATE, RIGHT);
}

static void print_observations(FILE *to, struct explanation *explanation) {
    const struct kept_segment *kept = &explanation->kept;

    if (kept->result.n_inspections == 0) {
        return;
    }
    say_heading(to, "Observations");
    if (kept->n_observations == 0) {
        say(to, INDENT, "none");
        return;
    }
    fprintf(to, "%*s%-*s%-*s%-*s%-*s%*s%*s %s\n", INDENT, "", PLACE, "along m", OF, "in", CODE,
        "code", NAME - 1, "name", NUMBER, "grade", NUMBER, "score", "what became of it");
    for (size_t i = 0; i < kept->n_observations; i++) {
        print_observation(to, explanation, &kept->observations[i]);
    }
}

/* --- what the assessment did --- */

static void print_trace(FILE *to, const struct explanation *explanation, enum trace_section section,
    const char *heading, const char *otherwise) {
    const struct trace *trace = &explanation->trace;
    bool has_any = false;

    for (size_t i = 0; i < trace->n; i++) {
        if (trace->sections[i] != section) {
            continue;
        }
        if (!has_any) {
            say_heading(to, heading);
        }
        has_any = true;
        struct text line = trace->at[i];
        size_t blanks = 0;
        while (blanks < line.n && line.at[blanks] == ' ') {
            blanks++;
        }
        say(to, INDENT + (int)blanks, "%.*s", TEXT_ARGS(text_part(line, blanks, line.n)));
    }
    if (!has_any && otherwise != NULL) {
        say_heading(to, heading);
        say(to, INDENT, "%s", otherwise);
    }
}

static const char *why_no_figures(const struct explanation *explanation) {
    const struct result *result = &explanation->kept.result;
    const struct assessment *assessment = &result->assessments[0];

    if (result->n_inspections == 0) {
        return "none: nobody looked into this segment";
    }
    return assessment->scheme == SCHEME_NONE ? "none: no scheme takes these codes" : "none";
}

/* --- repairs, priority, check --- */

static void say_more(FILE *to, const char *what, const struct value *value) {
    if (value_text(value).n > 0) {
        say(to, INDENT + 3, "%s: %.*s", what, TEXT_ARGS(value_text(value)));
    }
}

static void print_repair(
    FILE *to, struct explanation *explanation, size_t number, const struct value *row) {
    struct arena *arena = &explanation->arena;
    double from_m = value_real(&row[REPAIRS_FROM_M]), to_m = value_real(&row[REPAIRS_TO_M]);
    double quantity = value_real(&row[REPAIRS_QUANTITY]), cost = value_real(&row[REPAIRS_COST]);
    struct line line = {.n = 0};

    add_part(&line, "", value_text(&row[REPAIRS_METHOD]), "");
    add_part(&line, "", value_text(&row[REPAIRS_SCOPE]), "");
    if (!isnan(from_m) && !isnan(to_m)) {
        add_part(&line, "", arena_printf(arena, "%.2f-%.2f m", from_m, to_m), "");
    }
    if (!isnan(quantity)) {
        add_part(&line, "",
            arena_printf(arena, "%.10g %.*s", quantity, TEXT_ARGS(value_text(&row[REPAIRS_UNIT]))),
            "");
    }
    if (!isnan(cost)) {
        add_part(&line, "",
            arena_printf(arena, "%.2f %.*s", cost, TEXT_ARGS(value_text(&row[REPAIRS_CURRENCY]))),
            "");
    }
    say(to, INDENT, "%zu. %.*s", number, TEXT_ARGS(line_text(&line)));
    say_more(to, "why", &row[REPAIRS_REASON]);
    say_more(to, "else", &row[REPAIRS_ALTERNATIVES]);
    say_more(to, "why not others", &row[REPAIRS_EXCLUSIONS]);
}

static void print_repairs(FILE *to, struct explanation *explanation) {
    const struct kept_segment *kept = &explanation->kept;

    if (kept->n_repairs > 0) {
        say_heading(to, "Repairs");
    }
    for (size_t i = 0; i < kept->n_repairs; i++) {
        print_repair(to, explanation, i + 1, kept->repairs[i]);
    }
}

static void print_rank(FILE *to, const struct explanation *explanation) {
    struct text reason = text_of(explanation, SEGMENTS_PRIORITY_REASON);
    double rank = value_real(column(explanation, SEGMENTS_RANK));

    if (reason.n > 0) {
        say(to, INDENT, "in short: %.*s", TEXT_ARGS(reason));
    }
    if (!isnan(rank)) {
        say(to, INDENT, "rank %.0f of %llu", rank, (unsigned long long)explanation->run->n_ranked);
    }
}

static void print_check(FILE *to, const struct explanation *explanation) {
    say_heading(to, "Check");
    if (explanation->n_differences == 0) {
        say(to, INDENT, "computed again, all figures agree with those in the file");
        return;
    }
    say(to, INDENT,
        "computed again, %zu figure%s differ%s from the file: edited by hand, or made by another "
        "build or another table of the scheme?",
        explanation->n_differences, explanation->n_differences == 1 ? "" : "s",
        explanation->n_differences == 1 ? "s" : "");
    for (size_t i = 0; i < explanation->n_differences; i++) {
        const struct kept_difference *difference = &explanation->differences[i];
        say(to, 2 * INDENT, "%.*s: %.*s in the file, %.*s computed", TEXT_ARGS(difference->what),
            TEXT_ARGS(difference->kept.n > 0 ? difference->kept : TEXT("nothing")),
            TEXT_ARGS(difference->computed.n > 0 ? difference->computed : TEXT("nothing")));
    }
}

void explanation_print(FILE *to, struct explanation *explanation) {
    print_segment(to, explanation);
    print_inspections(to, explanation);
    print_observations(to, explanation);
    print_trace(to, explanation, TRACE_FIGURES, "Figures", why_no_figures(explanation));
    print_trace(to, explanation, TRACE_HAZARDS, "Hazards",
        explanation->trace.n > 0 ? "none, and no defect near one" : NULL);
    print_trace(to, explanation, TRACE_SOIL, "Soil entry", NULL);
    print_repairs(to, explanation);
    print_trace(to, explanation, TRACE_PRIORITY, "Priority", NULL);
    print_rank(to, explanation);
    print_trace(to, explanation, TRACE_PLAN, "Next inspection", NULL);
    print_check(to, explanation);
}
