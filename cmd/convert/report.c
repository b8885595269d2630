#include "cmd/convert/report.h"

#include "cmd/json.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/print_table.h"
#include "core/arena.h"

enum { RIGHT = PEN_RIGHT, LABEL = 9 };

/* One line of the loss report. */
struct loss_line {
    const char *field, *why;
    size_t n;
    struct finding_place first;
};

struct loss_lines {
    struct loss_line at[EXPORT_FIELDS * 3 + 8];
    size_t n;
};

static void add(struct loss_lines *lines, struct loss_line line) {
    if (line.n > 0) {
        lines->at[lines->n++] = line;
    }
}

/* All that is lost: whole rows first, then field by field. */
static void gather(const struct convert_report *report, struct loss_lines *lines) {
    const struct export_losses *losses = report->losses;
    const struct translation_use *use = report->use;
    struct finding_place nowhere = {0};

    add(lines, (struct loss_line){"inspections", "cannot_hold", losses->n_inspections, nowhere});
    add(lines, (struct loss_line){"observations", "cannot_hold", losses->n_observations, nowhere});
    add(lines, (struct loss_line){"catalogue", "no_field", losses->n_catalogue, nowhere});
    add(lines, (struct loss_line){"characters", "replaced", losses->n_replaced, nowhere});
    add(lines, (struct loss_line){"grade", "no_equal", use->n_grades, nowhere});
    add(lines, (struct loss_line){"quantities", "translated_code", use->n_quantities, nowhere});
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        const struct export_loss *loss = &losses->at[field];
        const char *name = export_field_name(field);
        const char *why = report->options->target->holds[field] ? "cannot_hold" : "no_field";
        add(lines, (struct loss_line){name, why, loss->n_unheld, loss->first});
        add(lines, (struct loss_line){name, "too_long", loss->n_overlong, loss->first});
        add(lines, (struct loss_line){name, "altered", loss->n_altered, loss->first});
    }
}

static const char *meaning(const char *why) {
    static const char *const meanings[][2] = {
        {"altered",         N_("reads back otherwise")                      },
        {"cannot_hold",     N_("the target cannot hold them")               },
        {"no_equal",        N_("has no equal in the other catalogue")       },
        {"no_field",        N_("the target has no field for it")            },
        {"replaced",        N_("not in XML, U+FFFD in their place")         },
        {"too_long",        N_("written, but longer than the format allows")},
        {"translated_code", N_("belong to the code before its translation") },
    };

    for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
        if (text_equal(text_from(why), text_from(meanings[i][0]))) {
            return meanings[i][1];
        }
    }
    return why;
}

bool convert_report_has_losses(const struct convert_report *report) {
    return losses_any(report->losses) || report->use->n_quantities + report->use->n_grades > 0;
}

/* --- for people --- */

static struct text place_text(struct arena *arena, const struct finding_place *place) {
    if (place->file.n == 0) {
        return TEXT("");
    }
    return place->line == 0 ? arena_copy(arena, place->file)
                            : arena_printf(arena, "%.*s:%u", TEXT_ARGS(text_cut(place->file, 300)),
                                  (unsigned)place->line);
}

static struct text counted(struct arena *arena, size_t n) {
    return arena_printf(arena, "%zu", n);
}

/* BAB B A, with grade 3 behind it. */
static struct text code_text(
    struct arena *arena, enum language language, const struct text parts[3], int grade) {
    struct text text = parts[0];

    for (size_t i = 1; i < 3; i++) {
        if (parts[i].n > 0) {
            text = arena_printf(arena, "%.*s %.*s", TEXT_ARGS(text), TEXT_ARGS(parts[i]));
        }
    }
    return grade == 0 ? arena_printf(arena, "%.*s", TEXT_ARGS(text))
                      : arena_printf(arena, lang_text(language, N_("%.*s grade %d")),
                            TEXT_ARGS(text), grade);
}

static struct text from_text(
    struct arena *arena, enum language language, const struct translated *translated) {
    const struct code *from = &translated->from;

    return code_text(arena, language, (const struct text[]){from->code, from->char1, from->char2},
        translated->grade);
}

static struct text to_text(
    struct arena *arena, enum language language, const struct translation_row *row) {
    if (row == NULL) {
        return text_from(lang_text(language, N_("(kept)")));
    }
    if (row->to_code.n == 0) {
        return text_from(lang_text(language, N_("(left out)")));
    }
    return code_text(arena, language,
        (const struct text[]){row->to_code, row->to_char1, row->to_char2}, row->to_grade);
}

static void print_translated(struct pen pen, const struct translation_use *use) {
    CLEANUP(arena_release) struct arena arena = {0};
    enum { N = 5 };
    struct text *cells = ARENA_NEW(&arena, struct text, (use->n + 1) * N);
    static const char *const headings[N] = {
        N_("code"), N_("becomes"), N_("sure"), N_("rows"), N_("first")};

    if (use->n == 0) {
        return;
    }
    for (size_t i = 0; i < N; i++) {
        cells[i] = text_from(lang_text(pen.language, headings[i]));
    }
    for (size_t i = 0; i < use->n; i++) {
        const struct translated *translated = &use->at[i];
        struct text *row = &cells[(i + 1) * N];
        row[0] = from_text(&arena, pen.language, translated);
        row[1] = to_text(&arena, pen.language, translated->row);
        row[2] = translated->row == NULL ? TEXT("") : translated->row->certainty;
        row[3] = counted(&arena, translated->n);
        row[4] = place_text(&arena, &translated->first);
    }
    pen_say(pen, N_("\nTranslated\n"));
    print_table(pen.to, &(struct print_table){cells, use->n + 1, N}, 2, RIGHT);
}

static void print_lost(struct pen pen, const struct loss_lines *lines) {
    CLEANUP(arena_release) struct arena arena = {0};
    enum { N = 4 };
    struct text *cells = ARENA_NEW(&arena, struct text, (lines->n + 1) * N);
    static const char *const headings[N] = {N_("field"), N_("rows"), N_("why"), N_("first")};

    for (size_t i = 0; i < N; i++) {
        cells[i] = text_from(lang_text(pen.language, headings[i]));
    }
    for (size_t i = 0; i < lines->n; i++) {
        struct text *row = &cells[(i + 1) * N];
        row[0] = text_from(lines->at[i].field);
        row[1] = counted(&arena, lines->at[i].n);
        row[2] = text_from(lang_text(pen.language, meaning(lines->at[i].why)));
        row[3] = place_text(&arena, &lines->at[i].first);
    }
    pen_say(pen, N_("\nLost\n"));
    print_table(pen.to, &(struct print_table){cells, lines->n + 1, N}, 2, RIGHT);
}

/* Coordinates without their CRS are of little use to whoever gets them. */
static void print_advice(struct pen pen, const struct convert_report *report) {
    const struct export_loss *crs = &report->losses->at[EXPORT_NETWORK_CRS];

    if (crs->n_altered > 0 && report->options->target->holds[EXPORT_NETWORK_CRS]) {
        pen_print(pen,
            N_("\n'%s' cannot name the CRS of the network: --output-crs brings it into another\n"),
            report->options->target->name);
    }
}

void convert_report_print(FILE *to, const struct convert_report *report) {
    const struct pen pen = {to, report->options->run.language};
    struct loss_lines lines = {.n = 0};
    size_t n_findings =
        report->n_by_severity[SEVERITY_ERROR] + report->n_by_severity[SEVERITY_WARNING];

    gather(report, &lines);
    pen_say_padded(pen, N_("Written"), LABEL);
    print_text(to, text_from(report->request->path));
    fprintf(to, "  %s", report->options->target->name);
    pen_say_count(pen, N_(": "), report->request->n_surveys, N_("survey"), "surveys");
    pen_say_count(pen, N_(", "), report->n_inspections, N_("inspection"), "inspections");
    pen_say_count(pen, N_(", "), report->n_observations, N_("observation"), "observations");
    pen_say(pen, report->losses->is_checked ? N_(", read back and compared\n") : "\n");
    if (n_findings > 0) {
        pen_say_padded(pen, N_("Findings"), LABEL);
        pen_say_count(pen, "", n_findings, N_("flaw"), "flaws");
        pen_say(pen, N_(" in the surveys (`chainage run` lists them)\n"));
    }
    print_translated(pen, report->use);
    if (lines.n > 0) {
        print_lost(pen, &lines);
        print_advice(pen, report);
    } else {
        pen_say_padded(pen, N_("Lost"), LABEL);
        pen_say(pen, N_("nothing\n"));
    }
}

void convert_report_untranslated(
    FILE *to, enum language language, const struct translation_use *use) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct pen pen = {to, language};

    for (size_t i = 0; i < use->n; i++) {
        const struct translated *translated = &use->at[i];
        if (translated->row != NULL) {
            continue;
        }
        pen_say(pen, N_("chainage: no translation of "));
        print_text(to, from_text(&arena, language, translated));
        pen_print(pen,
            translated->n == 1 ? N_(" (%s), %zu row, the first in ")
                               : N_(" (%s), %zu rows, the first in "),
            translated->from_catalogue == CATALOGUE_UNKNOWN
                ? lang_text(language, N_("unknown"))
                : catalogue_word(translated->from_catalogue),
            translated->n);
        print_text(to, place_text(&arena, &translated->first));
        fputc('\n', to);
    }
}

/* --- for programs --- */

static void put_place(struct json *json, const struct finding_place *place) {
    json_text(json, "file", place->file);
    if (place->line > 0) {
        json_count(json, "line", place->line);
    }
}

static void put_translated(struct json *json, const struct translated *translated) {
    const struct translation_row *row = translated->row;

    json_open_object(json, NULL);
    json_string(json, "from_catalogue", catalogue_word(translated->from_catalogue));
    json_text(json, "from_code", translated->from.code);
    json_text(json, "from_char1", translated->from.char1);
    json_text(json, "from_char2", translated->from.char2);
    json_count(json, "from_grade", (uint64_t)translated->grade);
    json_string(json, "to_catalogue", row == NULL ? NULL : catalogue_word(row->to_catalogue));
    json_text(json, "to_code", row == NULL ? (struct text){0} : row->to_code);
    json_text(json, "to_char1", row == NULL ? (struct text){0} : row->to_char1);
    json_text(json, "to_char2", row == NULL ? (struct text){0} : row->to_char2);
    json_count(json, "to_grade", row == NULL ? 0 : (uint64_t)row->to_grade);
    json_text(json, "certainty", row == NULL ? (struct text){0} : row->certainty);
    json_count(json, "rows", translated->n);
    put_place(json, &translated->first);
    json_close_object(json);
}

static void put_added(struct json *json, const struct export_losses *losses) {
    json_open_object(json, "added");
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (losses->at[field].n_added > 0) {
            json_count(json, export_field_name(field), losses->at[field].n_added);
        }
    }
    json_close_object(json);
}

void convert_report_print_json(FILE *to, const struct convert_report *report) {
    struct json json = {.to = to};
    struct loss_lines lines = {.n = 0};

    gather(report, &lines);
    json_open_object(&json, NULL);
    json_string(&json, "output", report->request->path);
    json_string(&json, "target", report->options->target->name);
    json_count(&json, "n_surveys", report->request->n_surveys);
    json_count(&json, "n_inspections", report->n_inspections);
    json_count(&json, "n_observations", report->n_observations);
    json_bool(&json, "is_read_back", report->losses->is_checked);
    json_open_array(&json, "translated");
    for (size_t i = 0; i < report->use->n; i++) {
        put_translated(&json, &report->use->at[i]);
    }
    json_close_array(&json);
    json_open_array(&json, "lost");
    for (size_t i = 0; i < lines.n; i++) {
        json_open_object(&json, NULL);
        json_string(&json, "field", lines.at[i].field);
        json_count(&json, "rows", lines.at[i].n);
        json_string(&json, "why", lines.at[i].why);
        put_place(&json, &lines.at[i].first);
        json_close_object(&json);
    }
    json_close_array(&json);
    put_added(&json, report->losses);
    json_open_object(&json, "findings");
    for (enum severity severity = 0; severity < SEVERITIES; severity++) {
        json_count(&json, severity_name(severity), report->n_by_severity[severity]);
    }
    json_close_object(&json);
    json_close_object(&json);
}
