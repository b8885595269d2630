#include "core/scheme/reason.h"

#include <string.h>

#include "core/base.h"

/* A line that is written by hand: a city has a million of them, and printf would take longer than
 * the assessment. */
struct line {
    char at[512];
    size_t n;
};

static void add(struct line *line, const char *string) {
    for (; *string != '\0' && line->n < sizeof line->at; string++) {
        line->at[line->n++] = *string;
    }
}

static void add_text(struct line *line, struct text text) {
    size_t room = sizeof line->at - line->n, n = text.n < room ? text.n : room;

    if (n > 0) {
        memcpy(line->at + line->n, text.at, n);
        line->n += n;
    }
}

static void add_count(struct line *line, uint64_t number) {
    char digits[24];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add(line, digits + at);
}

static uint64_t rounded(double value, double scale) {
    double most = 1e15;

    return (uint64_t)((value < 0 ? 0 : value > most ? most : value) * scale + 0.5);
}

/* 23.4 */
static void add_tenths(struct line *line, double value) {
    uint64_t tenths = rounded(value, 10);

    add_count(line, tenths / 10);
    add(line, ".");
    add_count(line, tenths % 10);
}

/* 7.4, 4.65: a second decimal only when it says something, so that 7.04 is not a 7.0 of class IV */
static void add_index(struct line *line, double value) {
    uint64_t hundredths = rounded(value, 100);

    add_count(line, hundredths / 100);
    add(line, ".");
    add_count(line, hundredths / 10 % 10);
    if (hundredths % 10 != 0) {
        add_count(line, hundredths % 10);
    }
}

static void add_code(struct line *line, const struct scheme_score *row) {
    add(line, row->code);
    add_count(line, row->grade);
}

static void add_place(struct line *line, double from_m, double to_m) {
    add(line, " at ");
    add_tenths(line, from_m);
    if (to_m - from_m > 1) {
        add(line, "-");
        add_tenths(line, to_m);
    }
    add(line, " m");
}

/* PL4+SL4 at 10.0 m */
static void add_item(struct line *line, const struct reason_group *group) {
    const struct scheme_item *item = group->worst;
    size_t n = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (size_t i = 0; i < n; i++) {
        add(line, i == 0 ? "" : "+");
        add_code(line, group->defects[item->worst[i]].row);
    }
    if (item->n > n) {
        add(line, "+");
        add_count(line, item->n - n);
        add(line, " more");
    }
    add_place(line, item->from_m, item->to_m);
}

/* RI 7.4 (IV) */
static void add_figure(struct line *line, const struct reason_group *group) {
    static const char *const roman[] = {"-", "I", "II", "III", "IV"};

    add(line, group->index_name);
    add(line, " ");
    add_index(line, group->condition->index);
    add(line, " (");
    add(line, roman[group->condition->index_grade]);
    add(line, ")");
}

/* "; 2 defects without grade" */
static void add_missing(struct line *line, uint32_t n, const char *what) {
    if (n == 0) {
        return;
    }
    add(line, line->n == 0 ? "" : "; ");
    add_count(line, n);
    add(line, n == 1 ? " defect " : " defects ");
    add(line, what);
}

struct text reason_collapse(const struct graded_defect *defects, size_t n, struct arena *arena) {
    size_t worst[3] = {0}, n_worst = 0, n_hazards = 0;
    struct line line = {.n = 0};

    for (size_t i = 0; i < n; i++) {
        if (!defects[i].is_hazard) {
            continue;
        }
        n_hazards++;
        size_t at = n_worst;
        for (; at > 0 && defects[worst[at - 1]].row->score < defects[i].row->score; at--) {
            if (at < ARRAY_LEN(worst)) {
                worst[at] = worst[at - 1];
            }
        }
        if (at < ARRAY_LEN(worst)) {
            worst[at] = i;
            n_worst += n_worst < ARRAY_LEN(worst);
        }
    }
    for (size_t i = 0; i < n_worst; i++) {
        const struct graded_defect *defect = &defects[worst[i]];
        add(&line, i == 0 ? "" : ", ");
        add_code(&line, defect->row);
        add_place(&line, defect->place.from_m, defect->place.to_m);
    }
    if (n_hazards > n_worst) {
        add(&line, " and ");
        add_count(&line, n_hazards - n_worst);
        add(&line, " more");
    }
    return arena_copy(arena, (struct text){line.at, line.n});
}

struct text reason_newer(
    struct text current, struct text newer, int32_t seen_on, struct arena *arena) {
    return arena_printf(arena,
        "%.*s%s%.*s, seen on %04d-%02d-%02d by a newer inspection that is not complete",
        TEXT_ARGS(current), current.n > 0 ? "; " : "", TEXT_ARGS(newer), (int)(seen_on / 10000),
        (int)(seen_on / 100 % 100), (int)(seen_on % 100));
}

/* Nothing was found: but was all of it seen? */
static struct text reason_clean(const struct reason_request *request, struct arena *arena) {
    struct line line = {.n = 0};

    if (request->assessment->n_defects > 0) {
        return TEXT("no defects that count");
    }
    if (!(request->segment_m > 0) || request->seen_m >= 0.99 * request->segment_m) {
        return TEXT("no defects");
    }
    add(&line, "no defects in ");
    add_tenths(&line, request->seen_m);
    add(&line, " of ");
    add_tenths(&line, request->segment_m);
    add(&line, " m");
    return arena_copy(arena, (struct text){line.at, line.n});
}

static bool is_worse(const struct condition *a, const struct condition *b) {
    return a->index_grade != b->index_grade ? a->index_grade > b->index_grade : a->index > b->index;
}

struct text reason_priority(const struct reason_request *request, struct arena *arena) {
    const struct assessment *assessment = request->assessment;
    const struct reason_group *first = &request->structural, *second = &request->functional;
    struct line line = {.n = 0};
    struct text item = {0};

    bool is_clean = first->n + second->n + assessment->n_ungraded + assessment->n_unlocated == 0;
    if (is_clean && !assessment->is_collapse_hazard) {
        return reason_clean(request, arena);
    }
    if (first->n == 0 || (second->n > 0 && is_worse(second->condition, first->condition))) {
        first = &request->functional;
        second = &request->structural;
    }
    if (first->n > 0) {
        add_figure(&line, first);
        add(&line, ": ");
        size_t from = line.n;
        add_item(&line, first);
        item = (struct text){line.at + from, line.n - from};
    }
    if (assessment->is_collapse_hazard) {
        bool is_said = text_equal(item, assessment->collapse_reason);
        add(&line, line.n > 0 ? "; collapse hazard" : "collapse hazard");
        add(&line, is_said ? "" : ": ");
        add_text(&line, is_said ? (struct text){0} : assessment->collapse_reason);
    }
    if (second->n > 0) {
        add(&line, "; ");
        add_figure(&line, second);
    }
    add_missing(&line, assessment->n_ungraded, "not graded");
    add_missing(&line, assessment->n_unlocated, "without a place");
    if (assessment->diameter_is_missing && assessment->structural.score >= 4) {
        add(&line, "; diameter unknown");
    }
    return arena_copy(arena, (struct text){line.at, line.n});
}
