#pragma once
/* What the plan of one segment is made with: its defects in order, and who is to be dealt with. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/repair/works.h"

/* Pointers for all lists of a plan: no list is longer than the request. */
enum { LIST_ALL, LIST_WORK, LIST_KEPT, LIST_REST, LISTS };

struct repair_planner {
    struct repair_desk desk;
    struct repair_item **pointers; /* owned: LISTS times the request's number */
    uint64_t barred;               /* linings that what stays in the pipe excludes */
};

/* What is still to be done about an item. */
enum repair_duty {
    DUTY_NONE,
    DUTY_DIG,
    DUTY_MEND, /* a spot, or from node to node */
    DUTY_CLEAN,
};

/* An empty list with room for all items; one at a time of each kind. */
struct repair_list planner_list(const struct repair_planner *planner, size_t which);

/* The items of a duty, by place, in LIST_WORK. */
struct repair_list planner_gather(const struct repair_planner *planner, enum repair_duty duty);

void repair_list_put(struct repair_list *list, struct repair_item *item);
struct repair_list repair_list_part(struct repair_list list, size_t from, size_t n);

/* Methods that mend an item; of scope full linings only: a trench from node to node is decided on
 * apart. */
uint64_t planner_methods(
    const struct repair_planner *planner, const struct repair_item *item, enum repair_scope scope);

/* Puts the items that one method can mend together with the worst of them into `kept`, going by
 * severity, and the others into `rest`.  Returns these methods. */
uint64_t planner_agree(const struct repair_planner *planner, struct repair_list list,
    enum repair_scope scope, struct repair_list *kept, struct repair_list *rest);

/* Adds the repair; what lies in the pit that it digs is mended with it. */
void planner_add(struct repair_planner *planner, const struct repair_works *works);

/* --- whole.c --- */

/* Digs the segment up from node to node where that is better than many pits; tells whether. */
bool planner_trench(struct repair_planner *planner);

/* Lines the segment where that is better than many spots, or the only way.  True when a lining was
 * wanted but none is possible. */
bool planner_line(struct repair_planner *planner);
