#include "core/repair/planner.h"

struct repair_list planner_list(const struct repair_planner *planner, size_t which) {
    return (struct repair_list){planner->pointers + which * planner->desk.request->n, 0};
}

void repair_list_put(struct repair_list *list, struct repair_item *item) {
    list->at[list->n++] = item;
}

struct repair_list repair_list_part(struct repair_list list, size_t from, size_t n) {
    return (struct repair_list){list.at + from, n};
}

/* What is still to be done about an item. */
static enum repair_duty duty_of(const struct repair_item *item) {
    if (item->repair != NO_REPAIR || !item->is_taken || item->is_left) {
        return DUTY_NONE;
    }
    if (item->offers[REPAIR_DIG].row != NULL) {
        return DUTY_DIG;
    }
    bool is_mended = item->offers[REPAIR_SPOT].row != NULL || item->offers[REPAIR_FULL].row != NULL;
    return is_mended ? DUTY_MEND : DUTY_CLEAN;
}

struct repair_list planner_gather(const struct repair_planner *planner, enum repair_duty duty) {
    struct repair_list all = planner->desk.all, list = planner_list(planner, LIST_WORK);

    for (size_t i = 0; i < all.n; i++) {
        if (duty_of(all.at[i]) == duty) {
            repair_list_put(&list, all.at[i]);
        }
    }
    return list;
}

uint64_t planner_methods(
    const struct repair_planner *planner, const struct repair_item *item, enum repair_scope scope) {
    uint64_t methods = item->offers[scope].methods;

    return scope == REPAIR_FULL ? methods & ~(planner->desk.pipe.dig | planner->barred) : methods;
}

/* Can one method mend the item together with what `methods` mend?  A trench only joins trenches. */
static bool agrees(uint64_t methods, uint64_t own, uint64_t dig) {
    return (methods & ~dig) != 0 ? (methods & own & ~dig) != 0 : (own & ~dig) == 0;
}

uint64_t planner_agree(const struct repair_planner *planner, struct repair_list list,
    enum repair_scope scope, struct repair_list *kept, struct repair_list *rest) {
    const struct repair_item *worst = repair_worst(list);
    uint64_t methods = planner_methods(planner, worst, scope), dig = planner->desk.pipe.dig;

    for (size_t severity = REPAIR_SEVERITY_MOST + 1; severity-- > 0;) {
        for (size_t i = 0; i < list.n; i++) {
            struct repair_item *item = list.at[i];
            uint64_t own = planner_methods(planner, item, scope);
            if (item->defect->severity == severity) {
                item->is_kept = item == worst || agrees(methods, own, dig);
                methods &= item->is_kept ? own : methods;
            }
        }
    }
    for (size_t i = 0; i < list.n; i++) {
        repair_list_put(list.at[i]->is_kept ? kept : rest, list.at[i]);
    }
    return methods;
}

/* What lies in a pit is mended with it. */
static void fill_pit(struct repair_planner *planner, size_t number, bool is_whole) {
    struct repair *pit = &planner->desk.repairs[number];
    struct repair_list all = planner->desk.all;

    for (size_t i = 0; i < all.n; i++) {
        const struct repair_defect *defect = all.at[i]->defect;
        bool is_inside = is_whole || (defect->from_m >= pit->from_m && defect->to_m <= pit->to_m);
        if (is_inside && duty_of(all.at[i]) == DUTY_MEND) {
            all.at[i]->repair = (uint32_t)number;
            pit->n_defects++;
        }
    }
}

void planner_add(struct repair_planner *planner, const struct repair_works *works) {
    size_t number = planner->desk.n_repairs;

    repair_works_add(&planner->desk, works);
    if (planner->desk.repairs[number].scope == REPAIR_DIG) {
        fill_pit(planner, number, works->is_whole);
    }
}
