/* Marks are paired in file order by number, and by code where several are open under one number.
 * An end that came before its start in the file waits for it.
 *
 * What is open under a number hangs in a list, newest first; at most a few of a list are looked
 * at, so that no file makes this slow. */
#include "core/locate/continuous.h"

#include <math.h>

enum { NUMBERS = UINT16_MAX + 1, OPEN_LOOKED_THROUGH = 16 };

#define NO_MARK UINT32_MAX

static const double same_m = 1e-6; /* what ends this near to a node ends there */

struct open_mark {
    uint32_t row;   /* among the observations of the inspection */
    uint32_t older; /* next in the list */
};

/* The heads of the lists, by mark number. */
struct mark_table {
    struct open_mark *marks;
    size_t n_marks, capacity;
    uint32_t open[NUMBERS], orphans[NUMBERS];
};

/* Work on one inspection. */
struct pairing {
    const struct calibrate_request *request;
    struct mark_table *table;
    struct findings *findings;
    struct observation *rows;
};

struct mark_table *mark_table_new(void) {
    size_t capacity = 0;
    struct mark_table *table = array_reserve(NULL, &capacity, 1, sizeof *table);

    table->marks = NULL;
    table->n_marks = 0;
    table->capacity = 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        table->open[i] = NO_MARK;
        table->orphans[i] = NO_MARK;
    }
    return table;
}

void mark_table_release(struct mark_table *table) {
    if (table != NULL) {
        array_release(&table->marks);
        array_release(&table);
    }
}

static void push(struct mark_table *table, uint32_t *head, uint32_t row) {
    table->marks =
        array_reserve(table->marks, &table->capacity, table->n_marks + 1, sizeof *table->marks);
    table->marks[table->n_marks] = (struct open_mark){row, *head};
    *head = (uint32_t)table->n_marks++;
}

static struct text code_of(const struct pairing *pairing, uint32_t row) {
    return observation_code(pairing->request->inspection, &pairing->rows[row])->code;
}

/* Takes the newest mark with the same code off the list, else the newest; its row. */
static uint32_t take(struct pairing *pairing, uint32_t *head, uint32_t row) {
    struct open_mark *marks = pairing->table->marks;
    struct text code = code_of(pairing, row);
    uint32_t *link = head;

    for (int i = 0; i < OPEN_LOOKED_THROUGH && *link != NO_MARK; i++) {
        uint32_t found = marks[*link].row;
        if (text_equal(code_of(pairing, found), code)) {
            *link = marks[*link].older;
            return found;
        }
        link = &marks[*link].older;
    }
    if (*head == NO_MARK) {
        return NO_MARK;
    }
    uint32_t newest = marks[*head].row;
    *head = marks[*head].older;
    return newest;
}

static void report(struct pairing *pairing, enum finding_kind kind, uint32_t row) {
    const struct inspection *inspection = pairing->request->inspection;
    const struct observation *observation = &pairing->rows[row];

    findings_add(pairing->findings, kind, inspection_place(inspection, observation->line),
        "code '%.*s', number %u at %.2f m", TEXT_ARGS(code_of(pairing, row)),
        (unsigned)observation->mark_number, observation->chainage_m);
}

/* --- geometry --- */

/* Where a chainage lies on the stretch of a start: a continuous defect ends with its segment. */
static double along_on(const struct pairing *pairing, uint32_t start, double chainage_m) {
    const struct calibrate_request *request = pairing->request;
    const struct stretch *stretch =
        &request->stretches[pairing->rows[start].stretch - request->inspection->first_stretch];
    double segment_m = request->network->segments[stretch->segment].drawn_m;

    return stretch_along_m(stretch, segment_m, stretch_entered_m(stretch, chainage_m));
}

static void set_extent(struct pairing *pairing, uint32_t start, double chainage_m) {
    struct observation *observation = &pairing->rows[start];

    if (observation->stretch == NO_STRETCH || isnan(chainage_m)) {
        return;
    }
    double along_to_m = along_on(pairing, start, chainage_m);
    observation->along_to_m = fabs(along_to_m - observation->along_m) > 1e-9 ? along_to_m : NAN;
}

static void report_clip(
    struct pairing *pairing, uint32_t start, double chainage_m, bool is_rest_shown) {
    const struct calibrate_request *request = pairing->request;
    const struct observation *observation = &pairing->rows[start];
    const struct inspection *inspection = request->inspection;

    if (observation->stretch == NO_STRETCH ||
        observation->stretch + 1 == inspection->first_stretch + inspection->n_stretches) {
        return;
    }
    double cut_m =
        request->stretches[observation->stretch - inspection->first_stretch].to_chainage_m;
    if (chainage_m > cut_m) {
        findings_add(pairing->findings, FINDING_CHAIN_SPLIT,
            inspection_place(inspection, observation->line),
            "the continuous defect '%.*s' from %.2f m to %.2f m runs over the node at %.2f m and "
            "was cut there%s",
            TEXT_ARGS(code_of(pairing, start)), observation->chainage_m, chainage_m, cut_m,
            is_rest_shown ? "; its end mark shows the rest" : "");
    }
}

/* --- pairing --- */

static void close_unclosed(struct pairing *pairing, uint32_t start) {
    const struct calibrate_request *request = pairing->request;
    size_t n = request->inspection->n_stretches;
    double end_m = n > 0 ? request->stretches[n - 1].to_chainage_m : NAN;

    report(pairing, FINDING_CONTINUOUS_UNCLOSED, start);
    if (pairing->rows[start].chainage_m < end_m) {
        report_clip(pairing, start, end_m, false);
        set_extent(pairing, start, end_m);
    }
}

/* An end on the segment next to that of its start, told alike, is the defect behind the node. */
static bool shows_rest(const struct pairing *pairing, uint32_t start, uint32_t end) {
    const struct calibrate_request *request = pairing->request;
    const struct observation *from = &pairing->rows[start], *to = &pairing->rows[end];

    if (to->mark != MARK_END || from->stretch == NO_STRETCH || to->stretch != from->stretch + 1) {
        return false;
    }
    const struct stretch *stretch =
        &request->stretches[to->stretch - request->inspection->first_stretch];
    return to->chainage_m - stretch->from_chainage_m > same_m && to->grade == from->grade &&
           text_equal(code_of(pairing, start), code_of(pairing, end));
}

/* `end` is the row of an end, or of a change that begins where the start ends. */
static void close_at(struct pairing *pairing, uint32_t start, uint32_t end) {
    double from_m = pairing->rows[start].chainage_m, to_m = pairing->rows[end].chainage_m;

    if (isnan(to_m)) {
        close_unclosed(pairing, start);
        return;
    }
    bool is_depth = pairing->request->inspection->object == OBJECT_NODE; /* goes either way */
    if (to_m < from_m && !is_depth) {
        report(pairing, FINDING_CONTINUOUS_REVERSED, end);
    }
    bool is_rest_shown = shows_rest(pairing, start, end);
    report_clip(pairing, start, to_m, is_rest_shown);
    set_extent(pairing, start, to_m);
    if (is_rest_shown) {
        const struct calibrate_request *request = pairing->request;
        uint32_t stretch = pairing->rows[end].stretch - request->inspection->first_stretch;
        set_extent(pairing, end, request->stretches[stretch].from_chainage_m);
    }
}

static void end_at(struct pairing *pairing, uint32_t start, uint32_t end) {
    close_at(pairing, start, end);
    pairing->rows[end].is_mark_end = !shows_rest(pairing, start, end);
}

static bool waits_for_start(struct pairing *pairing, uint32_t start, uint32_t *end) {
    *end = take(pairing, &pairing->table->orphans[pairing->rows[start].mark_number], start);
    return *end != NO_MARK;
}

static void open_at(struct pairing *pairing, uint32_t row) {
    push(pairing->table, &pairing->table->open[pairing->rows[row].mark_number], row);
}

static void read_start(struct pairing *pairing, uint32_t row) {
    uint16_t number = pairing->rows[row].mark_number;
    uint32_t open = pairing->table->open[number];

    /* without numbers the code alone holds marks together */
    if (open != NO_MARK &&
        (number != 0 ||
            text_equal(code_of(pairing, pairing->table->marks[open].row), code_of(pairing, row)))) {
        report(pairing, FINDING_CONTINUOUS_CROSSING, row);
    }
    open_at(pairing, row);
}

static void read_change(struct pairing *pairing, uint32_t row) {
    uint32_t start = take(pairing, &pairing->table->open[pairing->rows[row].mark_number], row);

    if (start == NO_MARK) {
        report(pairing, FINDING_CONTINUOUS_ORPHAN, row);
    } else {
        close_at(pairing, start, row);
    }
    open_at(pairing, row);
}

static void read_end(struct pairing *pairing, uint32_t row) {
    uint16_t number = pairing->rows[row].mark_number;
    uint32_t start = take(pairing, &pairing->table->open[number], row);

    if (start == NO_MARK) {
        push(pairing->table, &pairing->table->orphans[number], row);
        return;
    }
    end_at(pairing, start, row);
}

static void read_marks(struct pairing *pairing) {
    for (uint32_t i = 0; i < pairing->request->inspection->n_observations; i++) {
        switch ((enum mark)pairing->rows[i].mark) {
        case MARK_NONE:
            break;
        case MARK_START:
            read_start(pairing, i);
            break;
        case MARK_CHANGE:
            read_change(pairing, i);
            break;
        case MARK_END:
            read_end(pairing, i);
            break;
        }
    }
}

/* Starts that are still open, then ends that found no start; empties the table. */
static void settle_rest(struct pairing *pairing) {
    struct mark_table *table = pairing->table;
    uint32_t n = pairing->request->inspection->n_observations, start, end;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t *open = &table->open[pairing->rows[i].mark_number];
        while (pairing->rows[i].mark != MARK_NONE && *open != NO_MARK) {
            start = table->marks[*open].row;
            *open = table->marks[*open].older;
            if (waits_for_start(pairing, start, &end)) {
                end_at(pairing, start, end);
            } else {
                close_unclosed(pairing, start);
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *orphan = &table->orphans[pairing->rows[i].mark_number];
        for (; pairing->rows[i].mark != MARK_NONE && *orphan != NO_MARK;
             *orphan = table->marks[*orphan].older) {
            report(pairing, FINDING_CONTINUOUS_ORPHAN, table->marks[*orphan].row);
        }
    }
    table->n_marks = 0;
}

void continuous_pair(
    const struct calibrate_request *request, struct mark_table *table, struct findings *findings) {
    struct pairing pairing = {
        .request = request,
        .table = table,
        .findings = findings,
        .rows = inspection_observations(request->inspection),
    };

    read_marks(&pairing);
    settle_rest(&pairing);
}
