#include "formats/rules_file.h"

#include <math.h>

#include "core/base.h"
#include "formats/delimited.h"

enum column {
    COLUMN_RULE,
    COLUMN_SEVERITY,
    COLUMN_LIMIT,
    COLUMNS,
};

static const char *const headings[COLUMNS] = {"rule", "severity", "limit"};

/* What `--list-rules` writes besides: for people, so that its output can be edited and given back.
 */
static const char *const passed_over[] = {"unit", "needs_network", "what", "source"};

static bool is_passed_over(struct text name) {
    for (size_t i = 0; i < ARRAY_LEN(passed_over); i++) {
        if (text_equal_nocase(name, text_from(passed_over[i]))) {
            return true;
        }
    }
    return false;
}

struct rules_reading {
    struct check_rules rules;
    struct findings *flaws;
    struct text file;
    size_t at[COLUMNS];          /* of the table; SIZE_MAX: not there */
    uint32_t lines[CHECK_RULES]; /* where each was named */
};

#define FLAW(reading, row, ...)                           \
    findings_add((reading)->flaws, FINDING_INVALID_VALUE, \
        (struct finding_place){(reading)->file, (row)->line, {0}, {0}}, __VA_ARGS__)

static struct text cell(
    const struct rules_reading *reading, const struct sheet_row *row, enum column column) {
    size_t at = reading->at[column];

    return at < row->n_cells ? text_trim(row->cells[at]) : (struct text){0};
}

static void read_heading(struct rules_reading *reading, const struct sheet_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        struct text name = text_trim(row->cells[i]);
        size_t column = 0;
        while (column < COLUMNS && !text_equal_nocase(name, text_from(headings[column]))) {
            column++;
        }
        if (column == COLUMNS && is_passed_over(name)) {
            continue;
        }
        if (column == COLUMNS) {
            FLAW(reading, row, "'%.*s' is none of the columns rule, severity, limit",
                TEXT_ARGS(text_cut(name, 80)));
        } else {
            reading->at[column] = i;
        }
    }
    if (reading->at[COLUMN_RULE] == SIZE_MAX) {
        FLAW(reading, row, "there is no column 'rule'");
    }
}

static void read_limit(struct rules_reading *reading, const struct sheet_row *row,
    enum check_rule rule, struct text text) {
    const struct check_rule_row *known = check_rule_row(rule);
    bool is_date = text_equal(text_from(known->unit), TEXT("YYYYMMDD"));
    double limit = NAN;
    int32_t date = 0;

    if (isnan(known->limit)) {
        FLAW(reading, row, "rule '%s' has no limit, found '%.*s'", known->name,
            TEXT_ARGS(text_cut(text, 80)));
        return;
    }
    if (is_date && text_to_date(text, &date)) {
        limit = date;
    }
    if (isnan(limit) && !text_to_double(text, &limit)) {
        FLAW(reading, row, "rule '%s': '%.*s' is no %s", known->name, TEXT_ARGS(text_cut(text, 80)),
            is_date ? "date" : "number");
    } else if (!(limit >= known->least && limit <= known->most)) {
        FLAW(reading, row, "rule '%s': the limit '%.*s' is not from %.10g to %.10g %s", known->name,
            TEXT_ARGS(text_cut(text, 80)), known->least, known->most, known->unit);
    } else {
        reading->rules.at[rule].limit = limit;
    }
}

static void read_rule(struct rules_reading *reading, const struct sheet_row *row) {
    struct text name = cell(reading, row, COLUMN_RULE);
    struct text severity = cell(reading, row, COLUMN_SEVERITY);
    struct text limit = cell(reading, row, COLUMN_LIMIT);
    enum check_rule rule = check_rule_by_name(name);

    if (name.n > 0 && name.at[0] == '#') {
        return;
    }
    if (rule == CHECK_RULES) {
        FLAW(reading, row, "'%.*s' is no rule of `chainage check --list-rules`",
            TEXT_ARGS(text_cut(name, 80)));
        return;
    }
    if (reading->lines[rule] != 0) {
        FLAW(reading, row, "rule '%s' was set in line %u already", check_rule_row(rule)->name,
            (unsigned)reading->lines[rule]);
    }
    reading->lines[rule] = row->line;
    if (severity.n > 0 && !check_severity_by_name(severity, &reading->rules.at[rule].severity)) {
        FLAW(reading, row, "rule '%s': '%.*s' is none of error, warning, off",
            check_rule_row(rule)->name, TEXT_ARGS(text_cut(severity, 80)));
    }
    if (limit.n > 0) {
        read_limit(reading, row, rule, limit);
    }
}

static void read_rows(
    struct rules_reading *reading, struct document *document, struct survey *survey) {
    CLEANUP(delimited_release) struct delimited scan = delimited_of(document, survey, 0);
    struct sheet_row row;
    bool has_heading = false;

    while (delimited_next(&scan, &row)) {
        bool is_remark = row.n_cells > 0 && text_starts_with(text_trim(row.cells[0]), TEXT("#"));
        if (is_remark) {
            continue;
        }
        if (!has_heading) {
            read_heading(reading, &row);
            has_heading = true;
        } else if (reading->at[COLUMN_RULE] != SIZE_MAX) {
            read_rule(reading, &row);
        }
    }
}

static void release(struct survey *survey) {
    survey_release(survey);
}

static bool read_document(struct document *document, struct survey *survey,
    struct check_rules *rules, struct findings *flaws, struct error *err) {
    struct rules_reading reading = {
        .rules = *rules,
        .flaws = flaws,
        .file = survey->file.path,
        .at = {SIZE_MAX, SIZE_MAX, SIZE_MAX}
    };

    read_rows(&reading, document, survey);
    findings_move(flaws, &survey->findings);
    if (flaws->n > 0) {
        return error_set(err, ERROR_FORMAT, "flaws in the rules '%.*s': %zu; nothing was checked",
            TEXT_ARGS(survey->file.path), flaws->n);
    }
    *rules = reading.rules;
    return true;
}

static const struct document_request as_found = {0};

bool rules_file_read(
    const char *path, struct check_rules *rules, struct findings *flaws, struct error *err) {
    CLEANUP(release) struct survey survey = {.file.path = text_from(path)}; /* holds the text */
    struct document document = {0};
    struct source source = {0};

    if (!source_open(path, &source, err) ||
        !document_open(&source, &as_found, &survey, &document, err)) {
        return error_wrap(err, "reading the rules");
    }
    return read_document(&document, &survey, rules, flaws, err);
}

bool rules_file_read_bytes(struct text bytes, const char *path, struct check_rules *rules,
    struct findings *flaws, struct error *err) {
    CLEANUP(release) struct survey survey = {.file.path = text_from(path)};
    struct document document = {0};

    if (!document_decode(bytes, &as_found, &survey, &document, err)) {
        return error_wrap(err, "reading the rules");
    }
    return read_document(&document, &survey, rules, flaws, err);
}
