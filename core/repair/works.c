#include "core/repair/works.h"

#include <math.h>

#include "core/repair/price.h"
#include "core/repair/words.h"

bool repair_is_worse(const struct repair_item *a, const struct repair_item *b) {
    const struct repair_defect *x = a->defect, *y = b->defect;

    return x->is_collapse_hazard != y->is_collapse_hazard ? x->is_collapse_hazard
                                                          : x->severity > y->severity;
}

const struct repair_item *repair_worst(struct repair_list list) {
    const struct repair_item *worst = list.at[0];

    for (size_t i = 1; i < list.n; i++) {
        worst = repair_is_worse(list.at[i], worst) ? list.at[i] : worst;
    }
    return worst;
}

uint8_t repair_first_of(const struct repair_row *row, uint64_t methods) {
    for (size_t i = 0; row != NULL && i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        if ((methods & repair_bit(row->choices[i].main)) != 0) {
            return row->choices[i].main;
        }
    }
    return 0;
}

/* --- the method --- */

static bool has_limits(const struct repair_method *method) {
    return method->dn_min_mm > 0 || method->dn_max_mm < INFINITY;
}

/* Could another diameter have led to another method?  Not where all ways lead to a trench. */
static bool is_unsure(
    const struct repair_desk *desk, const struct repair_works *works, uint8_t method) {
    if (!isnan(desk->pipe.diameter_mm) || (works->methods & ~desk->pipe.dig) == 0) {
        return false;
    }
    for (size_t i = 0; i < works->list.n; i++) {
        if (works->list.at[i]->offers[works->scope].is_uncertain) {
            return true;
        }
    }
    return has_limits(&desk->pipe.tables->methods[method]);
}

static uint64_t soil_first(
    const struct repair_desk *desk, struct repair_list list, uint8_t method) {
    uint8_t first = desk->pipe.tables->methods[method].soil_first;

    for (size_t i = 0; first != 0 && i < list.n; i++) {
        if (list.at[i]->defect->family == FAMILY_SOIL) {
            return repair_bit(first);
        }
    }
    return 0;
}

/* All that must come before a method, for any of the defects. */
static uint64_t all_before(
    const struct repair_desk *desk, const struct repair_works *works, uint8_t method) {
    uint64_t before = soil_first(desk, works->list, method);

    for (size_t i = 0; i < works->list.n; i++) {
        const struct repair_row *row = works->list.at[i]->offers[works->scope].row;
        uint8_t first = row == NULL ? 0 : repair_before(row, method);
        before |= first == 0 ? 0 : repair_bit(first);
    }
    return before;
}

static struct text alternatives(
    const struct repair_desk *desk, const struct repair_works *works, uint8_t method) {
    const struct repair_row *row = repair_worst(works->list)->offers[works->scope].row;
    struct line line;

    line_start_in(&line, desk->request->phrases);
    for (size_t i = 0; row != NULL && i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        uint8_t other = row->choices[i].main;
        if (other != method && (works->methods & repair_bit(other)) != 0) {
            if (line.n > 0) {
                line_say(&line, PHRASE_SEMICOLON);
            }
            repair_line_method(&line, desk->pipe.tables, other, all_before(desk, works, other));
        }
    }
    return line_keep(&line, desk->arena);
}

/* --- the rest --- */

/* Not before the segment's own turn, and not before its worst defect asks for it. */
static uint8_t priority_of(const struct repair_desk *desk, const struct repair_item *worst) {
    uint8_t severity = worst->defect->severity, segment = desk->request->site.priority;
    uint8_t own = severity == 0                      ? 4
                  : severity >= REPAIR_SEVERITY_MOST ? 2
                                                     : (uint8_t)(6 - severity);

    if (worst->defect->is_collapse_hazard || worst->defect->family == FAMILY_COLLAPSE) {
        return 1;
    }
    return own > segment ? own : segment;
}

/* An undecided spot is as long as its first method would make it. */
static void set_extent(struct repair *repair, const struct repair_desk *desk,
    const struct repair_works *works, uint8_t number) {
    const struct repair_row *row = repair_worst(works->list)->offers[works->scope].row;
    uint8_t first = number != 0 || row == NULL ? number : row->choices[0].main;
    const struct repair_method *method = &desk->pipe.tables->methods[first];
    double segment_m = desk->request->site.segment_m;
    struct repair_extent extent = {0, segment_m};

    if (!works->is_whole) {
        extent = repair_extent_of(works->list, method->piece_m, segment_m);
    }
    repair->from_m = extent.from_m;
    repair->to_m = extent.to_m;
    repair->length_m = extent.to_m - extent.from_m;
}

static void set_cost(struct repair *repair, const struct repair_desk *desk,
    const struct repair_works *works, uint8_t method, uint64_t before) {
    struct repair_bill bill = {0};

    if (desk->pipe.tables->n_prices == 0) {
        return;
    }
    for (size_t i = 1; i < desk->pipe.tables->n_methods; i++) {
        if (((before | repair_bit(method)) & repair_bit((uint8_t)i)) != 0) {
            repair_bill_add(&bill, &desk->pipe, (uint8_t)i, works->list, repair->length_m);
        }
    }
    if (!isnan(bill.cost)) {
        repair->cost = bill.cost;
        repair->currency = bill.currency;
    }
}

static void set_method(struct repair *repair, const struct repair_desk *desk,
    const struct repair_works *works, uint8_t number) {
    const struct repair_method *method = &desk->pipe.tables->methods[number];
    uint64_t before = all_before(desk, works, number);
    struct line line;

    line_start(&line);
    repair_line_method(&line, desk->pipe.tables, number, before);
    repair->method = before == 0 ? text_from(method->name) : line_keep(&line, desk->arena);
    repair->alternatives = alternatives(desk, works, number);
    repair->is_trenchless = method->is_trenchless;
    repair->unit = text_from(repair_unit_name(method->unit));
    repair->quantity = repair_quantity(
        method, method->unit, works->list, repair->length_m, desk->pipe.diameter_mm);
    set_cost(repair, desk, works, number, before);
}

/* What is to be said about the method; PHRASES when it needs no words. */
static enum phrase note_of(const struct repair_works *works, bool unsure, bool is_last) {
    if (is_last) {
        return works->scope == REPAIR_CLEAN ? PHRASE_NO_METHOD : PHRASE_NO_METHOD_BUT_DIG;
    }
    return unsure ? PHRASE_NO_DIAMETER_METHOD : PHRASES;
}

static struct text reason(
    const struct repair_desk *desk, const struct repair_works *works, enum phrase note) {
    struct line line;

    line_start_in(&line, desk->request->phrases);
    line_add_text(&line, works->because);
    repair_line_defects(&line, works->list);
    if (note != PHRASES) {
        line_say(&line, PHRASE_SEMICOLON);
        line_say(&line, note);
    }
    return line_keep(&line, desk->arena);
}

static uint32_t append(struct repair_desk *desk, const struct repair *repair) {
    desk->repairs =
        array_reserve(desk->repairs, &desk->capacity, desk->n_repairs + 1, sizeof *desk->repairs);
    desk->repairs[desk->n_repairs] = *repair;
    return (uint32_t)desk->n_repairs++;
}

void repair_works_add(struct repair_desk *desk, const struct repair_works *works) {
    const struct repair_item *worst = repair_worst(works->list);
    uint8_t method = repair_first_of(worst->offers[works->scope].row, works->methods);
    bool unsure = is_unsure(desk, works, method), is_last = method == 0;
    enum phrase note = note_of(works, unsure, is_last);

    if (is_last && works->scope != REPAIR_CLEAN) {
        method = repair_method_to_dig(desk->pipe.tables);
    }
    method = unsure ? 0 : method;
    bool is_dig = method != 0 && (desk->pipe.dig & repair_bit(method)) != 0;
    bool is_dug = is_dig && works->scope != REPAIR_CLEAN;
    struct repair repair = {
        .scope = is_dug ? REPAIR_DIG : works->scope,
        .reason = reason(desk, works, note),
        .quantity = NAN,
        .cost = NAN,
        .diameter_mm = desk->pipe.diameter_mm,
        .n_defects = (uint32_t)works->list.n,
        .worst_defect = worst->number,
        .priority = priority_of(desk, worst),
    };
    struct line line;

    line_start_in(&line, desk->request->phrases);
    repair_line_exclusions(&line, desk, works);
    repair.exclusions = line_keep(&line, desk->arena);
    set_extent(&repair, desk, works, method);
    if (method != 0) {
        set_method(&repair, desk, works, method);
    }
    desk->n_without_method += unsure;
    uint32_t number = append(desk, &repair);
    for (size_t i = 0; i < works->list.n; i++) {
        works->list.at[i]->repair = number;
    }
}
