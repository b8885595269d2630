/* How a plan comes about:
 *
 *     look up      what the tables offer for each defect; some are left, some cannot be decided
 *     dig          collapse first, with all that lies in the pit
 *     all or spot  are there so many spots that a lining (or, where none mends them, a trench from
 *                  node to node) is better?
 *     spots        neighbours that one method mends together, worst first
 *     clean        by method
 *
 * Lists are kept in the order along the segment, which does not depend on the order of the request.
 */
#include "core/repair.h"

#include <math.h>
#include <stdlib.h>

#include "core/base.h"
#include "core/repair/planner.h"

/* --- order --- */

/* What has no place comes last. */
static int compare_m(double a, double b) {
    return isnan(a) || isnan(b) ? !!isnan(a) - !!isnan(b) : (a > b) - (a < b);
}

static int by_place(const void *left, const void *right) {
    const struct repair_item *x = *(struct repair_item *const *)left;
    const struct repair_item *y = *(struct repair_item *const *)right;
    const struct repair_defect *a = x->defect, *b = y->defect;
    int orders[] = {
        compare_m(a->from_m, b->from_m),
        compare_m(a->to_m, b->to_m),
        b->is_collapse_hazard - a->is_collapse_hazard,
        b->severity - a->severity,
        (int)a->family - (int)b->family,
        text_compare(a->code, b->code),
        text_compare(a->label, b->label),
        (x->number > y->number) - (x->number < y->number),
    };

    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

/* --- dig --- */

static void plan_digs(struct repair_planner *planner) {
    struct repair_list list = planner_gather(planner, DUTY_DIG);
    double join_m = planner->desk.request->tables->limits.join_m;

    for (size_t from = 0, n = 0; from < list.n; from += n) {
        n = repair_neighbours(repair_list_part(list, from, list.n - from), join_m);
        struct repair_list pit = repair_list_part(list, from, n);
        struct repair_works works = {
            .scope = REPAIR_DIG,
            .list = pit,
            .methods = repair_worst(pit)->offers[REPAIR_DIG].methods,
            .because =
                text_from(phrase_text(planner->desk.request->phrases, PHRASE_EMERGENCY_COLLAPSE)),
        };
        planner_add(planner, &works);
    }
}

/* --- spots --- */

static struct text why_joined(const struct repair_planner *planner, size_t n) {
    struct line line;

    if (n < 2) {
        return (struct text){0};
    }
    line_start_in(&line, planner->desk.request->phrases);
    line_fill_number(&line, PHRASE_NEIGHBOURS, planner->desk.request->tables->limits.join_m);
    return line_keep(&line, planner->desk.arena);
}

/* The items that no pit has taken in meanwhile. */
static struct repair_list still_open(struct repair_list list) {
    struct repair_list left = {list.at, 0};

    for (size_t i = 0; i < list.n; i++) {
        if (list.at[i]->repair == NO_REPAIR) {
            repair_list_put(&left, list.at[i]);
        }
    }
    return left;
}

/* Of neighbours those that one method mends together; the others wait for the next round. */
static void plan_spot(
    struct repair_planner *planner, struct repair_list neighbours, bool is_full_impossible) {
    struct repair_list kept = planner_list(planner, LIST_KEPT),
                       rest = planner_list(planner, LIST_REST);
    uint64_t methods = planner_agree(planner, neighbours, REPAIR_SPOT, &kept, &rest);
    struct repair_works works = {
        .scope = REPAIR_SPOT,
        .list = kept,
        .methods = methods,
        .is_full_impossible = is_full_impossible || methods == 0,
        .because = why_joined(planner, kept.n),
    };

    planner_add(planner, &works);
}

static void plan_spots(struct repair_planner *planner, bool is_full_impossible) {
    double join_m = planner->desk.request->tables->limits.join_m;
    struct repair_list list = planner_gather(planner, DUTY_MEND);

    while (list.n > 0) {
        for (size_t from = 0, n = 0; from < list.n; from += n) {
            n = repair_neighbours(repair_list_part(list, from, list.n - from), join_m);
            struct repair_list neighbours = still_open(repair_list_part(list, from, n));
            if (neighbours.n > 0) {
                plan_spot(planner, neighbours, is_full_impossible);
            }
        }
        list = planner_gather(planner, DUTY_MEND);
    }
}

/* --- clean --- */

static uint8_t cleaning_of(const struct repair_item *item) {
    const struct repair_offer *offer = &item->offers[REPAIR_CLEAN];

    return repair_first_of(offer->row, offer->methods);
}

static void clean_with(struct repair_planner *planner, struct repair_list list, uint8_t method) {
    const struct repair_tables *tables = planner->desk.request->tables;
    bool is_whole = method != 0 && tables->methods[method].is_whole;

    for (size_t from = 0, n = 0; from < list.n; from += n) {
        n = is_whole ? list.n
                     : repair_neighbours(
                           repair_list_part(list, from, list.n - from), tables->limits.join_m);
        struct repair_works works = {
            .scope = REPAIR_CLEAN,
            .list = repair_list_part(list, from, n),
            .methods = list.at[from]->offers[REPAIR_CLEAN].methods,
            .is_whole = is_whole,
        };
        for (size_t i = 0; i < n; i++) {
            works.methods &= works.list.at[i]->offers[REPAIR_CLEAN].methods;
        }
        planner_add(planner, &works);
    }
}

static void plan_cleaning(struct repair_planner *planner) {
    const struct repair_tables *tables = planner->desk.request->tables;
    struct repair_list list = planner_gather(planner, DUTY_CLEAN);

    for (size_t method = 0; list.n > 0 && method < tables->n_methods; method++) {
        struct repair_list some = planner_list(planner, LIST_KEPT);
        for (size_t i = 0; i < list.n; i++) {
            if (cleaning_of(list.at[i]) == method) {
                repair_list_put(&some, list.at[i]);
            }
        }
        clean_with(planner, some, (uint8_t)method);
    }
}

/* --- what is left, what is told --- */

static bool has_place(const struct repair_defect *defect) {
    return defect->from_m <= defect->to_m; /* false for NAN too */
}

static void look_up_all(struct repair_planner *planner, struct repair_item *items) {
    const struct repair_request *request = planner->desk.request;

    for (size_t i = 0; i < request->n; i++) {
        struct repair_item *item = &items[i];
        *item = (struct repair_item){
            .defect = &request->defects[i], .number = (uint32_t)i, .repair = NO_REPAIR};
        if (has_place(item->defect)) {
            repair_item_look_up(item, &planner->desk.pipe, &request->site);
        }
        repair_list_put(&planner->desk.all, item);
    }
    qsort(planner->desk.all.at, request->n, sizeof *planner->desk.all.at, by_place);
}

static void say_undecided(
    struct line *line, const struct repair_defect *defect, double diameter_mm) {
    const char *family = defect_family_name(defect->family);

    line_add(line, line->n == 0 ? "" : ", ");
    line_add_text(line, defect->label);
    if (!has_place(defect)) {
        line_add(line, " (no place)");
        return;
    }
    line_add_place(line, defect->from_m, defect->to_m);
    if (defect->severity == 0) {
        line_add(line, " (not graded)");
        return;
    }
    line_add(line, " (no row for ");
    line_add(line, family == NULL ? "this code" : family);
    line_add(line, " of grade ");
    line_add_count(line, defect->severity);
    if (diameter_mm > 0) {
        line_add(line, " at DN ");
        line_add_number(line, diameter_mm);
    }
    line_add(line, ")");
}

static void count_rest(const struct repair_planner *planner, struct repair_plan *plan) {
    struct repair_list all = planner->desk.all;
    struct line line;

    line_start(&line);
    for (size_t i = 0; i < all.n; i++) {
        plan->n_left += all.at[i]->is_taken && all.at[i]->is_left;
        if (!all.at[i]->is_taken && plan->n_undecided++ < 3) {
            say_undecided(&line, all.at[i]->defect, planner->desk.pipe.diameter_mm);
        }
    }
    if (plan->n_undecided > 3) {
        line_add(&line, " and ");
        line_add_count(&line, plan->n_undecided - 3);
        line_add(&line, " more");
    }
    plan->undecided = line_keep(&line, planner->desk.arena);
}

static void tell_undecided(const struct repair_planner *planner, struct text undecided) {
    const struct repair_request *request = planner->desk.request;
    size_t n = planner->desk.n_without_method;

    if (request->findings == NULL || undecided.n + n == 0) {
        return;
    }
    if (n == 0) {
        findings_add(request->findings, FINDING_REPAIR_UNDECIDED, request->place, "%.*s",
            TEXT_ARGS(undecided));
        return;
    }
    findings_add(request->findings, FINDING_REPAIR_UNDECIDED, request->place,
        "diameter unknown: no method for %zu of %zu repairs%s%.*s", n, planner->desk.n_repairs,
        undecided.n > 0 ? "; " : "", TEXT_ARGS(undecided));
}

static struct repair_plan finish(const struct repair_planner *planner) {
    const struct repair_desk *desk = &planner->desk;
    struct repair_plan plan = {
        .n = desk->n_repairs,
        .repair_of = ARENA_NEW(desk->arena, uint32_t, desk->request->n),
    };

    for (size_t i = 0; i < desk->all.n; i++) {
        plan.repair_of[desk->all.at[i]->number] = desk->all.at[i]->repair;
    }
    if (desk->n_repairs > 0) {
        plan.at = ARENA_NEW(desk->arena, struct repair, desk->n_repairs);
    }
    for (size_t i = 0; i < desk->n_repairs; i++) {
        plan.at[i] = desk->repairs[i];
        if (plan.at[i].scope > plan.worst_scope) {
            plan.worst_scope = plan.at[i].scope;
            plan.main_method = plan.at[i].method;
        }
    }
    count_rest(planner, &plan);
    tell_undecided(planner, plan.undecided);
    return plan;
}

static void planner_release(struct repair_planner *planner) {
    array_release(&planner->pointers);
    array_release(&planner->desk.repairs);
}

struct repair_plan repair_segment(const struct repair_request *request, struct arena *arena) {
    if (request->n == 0) {
        return (struct repair_plan){0};
    }

    CLEANUP(array_release) struct repair_item *items = NULL;
    CLEANUP(planner_release)
    struct repair_planner planner = {
        .desk = {.request = request, .arena = arena, .pipe = repair_pipe_of(request)},
    };
    size_t n_items = 0, n_pointers = 0;
    items = array_reserve(items, &n_items, request->n, sizeof *items);
    planner.pointers =
        array_reserve(NULL, &n_pointers, LISTS * request->n, sizeof *planner.pointers);
    planner.desk.all = planner_list(&planner, LIST_ALL);

    look_up_all(&planner, items);
    plan_digs(&planner);
    plan_spots(&planner, !planner_trench(&planner) && planner_line(&planner));
    plan_cleaning(&planner);
    return finish(&planner);
}

const struct repair *repair_of_defect(const struct repair_plan *plan, size_t defect) {
    bool has_any = plan->repair_of != NULL && plan->repair_of[defect] != NO_REPAIR;

    return has_any ? &plan->at[plan->repair_of[defect]] : NULL;
}
