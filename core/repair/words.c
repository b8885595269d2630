#include "core/repair/words.h"

#include <math.h>

enum { SHOWN_MOST = 3 };

void repair_line_defects(struct line *line, struct repair_list list) {
    const struct repair_item *shown[SHOWN_MOST] = {NULL};
    size_t n = 0;

    for (size_t i = 0; i < list.n; i++) {
        size_t at = n;
        for (; at > 0 && repair_is_worse(list.at[i], shown[at - 1]); at--) {
            if (at < SHOWN_MOST) {
                shown[at] = shown[at - 1];
            }
        }
        if (at < SHOWN_MOST) {
            shown[at] = list.at[i];
            n += n < SHOWN_MOST;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            line_say(line, PHRASE_COMMA);
        }
        line_add_text(line, shown[i]->defect->label);
        line_add_place(line, shown[i]->defect->from_m, shown[i]->defect->to_m);
    }
    if (list.n > n) {
        line_fill_count(line, PHRASE_AND_MORE, list.n - n);
    }
}

void repair_line_method(
    struct line *line, const struct repair_tables *tables, uint8_t method, uint64_t before) {
    for (size_t i = 1; i < tables->n_methods; i++) {
        if ((before & repair_bit((uint8_t)i)) != 0) {
            line_add(line, tables->methods[i].name);
            line_add(line, " + ");
        }
    }
    line_add(line, tables->methods[method].name);
}

/* --- why not? --- */

/* A sentence under way: what is excluded, and how many reasons it has got. */
struct why {
    struct line *line;
    const struct repair_desk *desk;
    uint8_t method;
    size_t n;
};

static void start_reason(struct why *why) {
    const char *name = why->desk->pipe.tables->methods[why->method].name;

    if (why->n > 0) {
        line_say(why->line, PHRASE_COMMA);
    } else {
        if (why->line->n > 0) {
            line_say(why->line, PHRASE_SEMICOLON);
        }
        line_fill(why->line, PHRASE_EXCLUDED, (struct text[]){text_from(name)});
    }
    why->n++;
}

static void add_diameter(struct why *why, enum phrase phrase, double limit_mm) {
    struct line diameter, limit;

    start_reason(why);
    line_start(&diameter);
    line_start(&limit);
    line_add_number(&diameter, why->desk->pipe.diameter_mm);
    line_add_number(&limit, limit_mm);
    line_fill(why->line, phrase, (struct text[]){line_text(&diameter), line_text(&limit)});
}

static void add_word(struct why *why, enum phrase phrase, struct text word) {
    start_reason(why);
    line_fill(why->line, phrase, &word);
}

static void say_pipe(struct why *why) {
    const struct repair_pipe *pipe = &why->desk->pipe;
    const struct repair_method *method = &pipe->tables->methods[why->method];
    const struct repair_exclusion *exclusion = repair_exclusion_of_pipe(pipe, why->method);

    if (pipe->diameter_mm < method->dn_min_mm) {
        add_diameter(why, PHRASE_DN_UNDER, method->dn_min_mm);
    }
    if (pipe->diameter_mm > method->dn_max_mm) {
        add_diameter(why, PHRASE_DN_OVER, method->dn_max_mm);
    }
    if (exclusion == NULL) {
        return;
    }
    if (exclusion->where.material != REPAIR_MATERIAL_ANY) {
        add_word(why, PHRASE_MATERIAL, why->desk->request->site.material);
    } else if (exclusion->where.shape != REPAIR_SHAPE_ANY) {
        add_word(why, PHRASE_SHAPE, why->desk->request->site.shape);
    } else {
        start_reason(why);
        line_fill_number(why->line, PHRASE_DN, pipe->diameter_mm);
    }
}

static void add_unfit(struct why *why, const struct repair_defect *defect) {
    add_word(why, PHRASE_NOT_FOR, defect->label);
    line_add_place(why->line, defect->from_m, defect->to_m);
}

/* The first defect that excludes it; of linings one that is not mended by it too. */
static void say_defects(
    struct why *why, const struct repair_works *works, enum repair_scope scope) {
    uint64_t bit = repair_bit(why->method);

    for (size_t pass = 0; pass < (scope == REPAIR_FULL ? 2 : 1); pass++) {
        struct repair_list list = pass == 0 ? works->list : why->desk->all;
        for (size_t i = 0; i < list.n; i++) {
            const struct repair_defect *defect = list.at[i]->defect;
            bool is_there = pass == 0 || list.at[i]->offers[REPAIR_DIG].row == NULL;
            if (is_there && repair_excluded_by(&why->desk->pipe, defect, bit) != 0) {
                const char *family = defect_family_name(defect->family);
                start_reason(why);
                line_add(why->line, phrases_word(why->line->phrases, family == NULL ? "" : family));
                line_add(why->line, family == NULL ? "" : " ");
                line_add_text(why->line, defect->label);
                line_add_place(why->line, defect->from_m, defect->to_m);
                return;
            }
        }
    }
}

/* Nothing speaks against it, but it does not mend one of the defects. */
static void say_unfit(struct why *why, const struct repair_works *works, enum repair_scope scope) {
    for (size_t i = 0; i < works->list.n; i++) {
        const struct repair_item *item = works->list.at[i];
        if ((item->offers[scope].methods & repair_bit(why->method)) == 0) {
            add_unfit(why, item->defect);
            return;
        }
    }
}

/* Why not the methods of an item's row that are not among those that are left. */
static void say_row(struct line *line, const struct repair_desk *desk,
    const struct repair_works *works, const struct repair_item *item, enum repair_scope scope) {
    const struct repair_row *row = item->offers[scope].row;
    uint64_t left = scope == works->scope ? works->methods : 0;

    for (size_t i = 0; row != NULL && i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        struct repair_choice choice = row->choices[i];
        struct why before = {line, desk, choice.before, 0}, why = {line, desk, choice.main, 0};
        if ((left & repair_bit(choice.main)) != 0) {
            continue;
        }
        if (choice.before != 0) {
            say_pipe(&before);
            say_defects(&before, works, scope);
        }
        say_pipe(&why);
        say_defects(&why, works, scope);
        if (before.n + why.n == 0) {
            say_unfit(&why, works, scope);
        }
    }
}

/* The first defect that has lost all its spot methods, and had some. */
static const struct repair_item *without_spot(struct repair_list list) {
    for (size_t i = 0; i < list.n; i++) {
        const struct repair_offer *offer = &list.at[i]->offers[REPAIR_SPOT];
        if (offer->row != NULL && offer->methods == 0) {
            return list.at[i];
        }
    }
    return NULL;
}

void repair_line_exclusions(
    struct line *line, const struct repair_desk *desk, const struct repair_works *works) {
    if (works->scope == REPAIR_DIG) {
        line_say(line, PHRASE_LININGS_EXCLUDED);
        repair_line_defects(line, works->list);
        return;
    }
    const struct repair_item *worst = repair_worst(works->list);
    say_row(line, desk, works, worst, works->scope);
    if (works->is_full_impossible && works->scope != REPAIR_FULL) {
        say_row(line, desk, works, worst, REPAIR_FULL);
    }
    const struct repair_item *lost = without_spot(works->list);
    if (works->scope == REPAIR_FULL && lost != NULL) {
        say_row(line, desk, works, lost, REPAIR_SPOT);
    }
}
