/* All or spot: a lining is better than many spots, and where none mends them a trench from node to
 * node.  Only those spots are counted that it would save. */
#include "core/repair/planner.h"

/* Why a segment is mended from node to node. */
struct verdict {
    bool is_many;  /* too many spots, or over too much of the length */
    bool is_dense; /* the scheme says that the whole segment is affected */
    size_t n_spots;
    double spots_m;
    const struct repair_item *no_spot; /* one that has no spot method; NULL */
};

/* The length of one piece of the method that would mend a spot. */
static double piece_of(const struct repair_planner *planner, struct repair_list list) {
    const struct repair_offer *offer = &repair_worst(list)->offers[REPAIR_SPOT];

    return planner->desk.request->tables->methods[repair_first_of(offer->row, offer->methods)]
        .piece_m;
}

static struct verdict judge(const struct repair_planner *planner, struct repair_list list) {
    const struct repair_request *request = planner->desk.request;
    const struct repair_limits *limits = &request->tables->limits;
    struct verdict verdict = {.is_dense = request->site.is_dense && list.n > 0};

    for (size_t from = 0, n = 0; from < list.n; from += n) {
        n = repair_neighbours(repair_list_part(list, from, list.n - from), limits->join_m);
        struct repair_list spot = repair_list_part(list, from, n);
        struct repair_extent extent =
            repair_extent_of(spot, piece_of(planner, spot), request->site.segment_m);
        verdict.n_spots++;
        verdict.spots_m += extent.to_m - extent.from_m;
    }
    for (size_t i = 0; i < list.n && verdict.no_spot == NULL; i++) {
        verdict.no_spot = list.at[i]->offers[REPAIR_SPOT].methods == 0 ? list.at[i] : NULL;
    }
    verdict.is_many = (double)verdict.n_spots > limits->most_spots + 1e-9 ||
                      verdict.spots_m > limits->most_share * request->site.segment_m + 1e-9;
    return verdict;
}

static void say_spots(struct line *line, size_t n, double most) {
    struct line many, few;

    line_start(&many);
    line_start(&few);
    line_add_count(&many, n);
    line_add_number(&few, most);
    line_fill(line, PHRASE_SPOTS_MORE_THAN, (struct text[]){line_text(&many), line_text(&few)});
}

static void say_share(struct line *line, double spots_m, double segment_m, double most_share) {
    struct line spots, segment, percent;

    line_start(&spots);
    line_start(&segment);
    line_start(&percent);
    line_add_tenths(&spots, spots_m);
    line_add_tenths(&segment, segment_m);
    line_add_number(&percent, most_share * 100);
    struct text values[] = {line_text(&spots), line_text(&segment), line_text(&percent)};
    if (line->n == 0) {
        line_fill(line, PHRASE_SPOTS_OVER_SHARE, values);
    } else {
        line_say(line, PHRASE_SEMICOLON);
        line_fill(line, PHRASE_OVER_SHARE, values);
    }
}

/* "4 spots, more than 3; over 12.0 of 30.0 m, more than 30 %; ...: " */
static struct text why_full(const struct repair_planner *planner, const struct verdict *verdict) {
    const struct repair_request *request = planner->desk.request;
    const struct repair_limits *limits = &request->tables->limits;
    struct line line;

    line_start_in(&line, request->phrases);
    if ((double)verdict->n_spots > limits->most_spots + 1e-9) {
        say_spots(&line, verdict->n_spots, limits->most_spots);
    }
    if (verdict->spots_m > limits->most_share * request->site.segment_m + 1e-9) {
        say_share(&line, verdict->spots_m, request->site.segment_m, limits->most_share);
    }
    if (verdict->is_dense && line.n == 0) {
        line_say(&line, PHRASE_DEFECTS_ALL_OVER);
    } else if (verdict->is_dense) {
        line_say(&line, PHRASE_SEMICOLON);
        line_say(&line, PHRASE_OVER_ALL);
    }
    if (line.n == 0 && verdict->no_spot != NULL) {
        line_fill(&line, PHRASE_NO_SPOT_METHOD, &verdict->no_spot->defect->label);
        line_add_place(&line, verdict->no_spot->defect->from_m, verdict->no_spot->defect->to_m);
    }
    line_say(&line, PHRASE_COLON);
    return line_keep(&line, planner->desk.arena);
}

/* A sleeve does not take an offset or a bend away, a trench does. */
static bool stays(const struct repair_planner *planner, const struct repair_item *item) {
    uint64_t dig = planner->desk.pipe.dig, methods = item->offers[REPAIR_SPOT].methods;

    return item->repair == NO_REPAIR && ((methods & dig) == 0 || (methods & ~dig) != 0);
}

/* Bars the linings that defects exclude which no lining mends.  A defect may have lost its last
 * lining by that, and bar others in turn. */
static void bar_linings(struct repair_planner *planner) {
    struct repair_list all = planner->desk.all;
    uint64_t before;

    do {
        before = planner->barred;
        for (size_t i = 0; i < all.n; i++) {
            if (stays(planner, all.at[i]) &&
                planner_methods(planner, all.at[i], REPAIR_FULL) == 0) {
                planner->barred |=
                    repair_excluded_by(&planner->desk.pipe, all.at[i]->defect, ~planner->barred);
            }
        }
    } while (planner->barred != before);
}

/* Of the structural defects those that linings mend. */
static struct repair_list gather_lined(struct repair_planner *planner) {
    struct repair_list list = planner_gather(planner, DUTY_MEND), some = {list.at, 0};

    for (size_t i = 0; i < list.n; i++) {
        if (planner_methods(planner, list.at[i], REPAIR_FULL) != 0) {
            repair_list_put(&some, list.at[i]);
        }
    }
    return some;
}

/* ... and those that nothing but a trench from node to node does. */
static struct repair_list gather_dug(struct repair_planner *planner) {
    struct repair_list list = planner_gather(planner, DUTY_MEND), some = {list.at, 0};
    uint64_t dig = planner->desk.pipe.dig;

    for (size_t i = 0; i < list.n; i++) {
        uint64_t methods = list.at[i]->offers[REPAIR_FULL].methods;
        if (methods != 0 && (methods & ~dig) == 0) {
            repair_list_put(&some, list.at[i]);
        }
    }
    return some;
}

bool planner_trench(struct repair_planner *planner) {
    bool has_lined = gather_lined(planner).n > 0;
    struct repair_list list = gather_dug(planner);
    struct verdict verdict = judge(planner, list);

    if (!verdict.is_many && (!verdict.is_dense || has_lined)) {
        return false;
    }
    struct repair_works works = {
        .scope = REPAIR_FULL,
        .list = list,
        .methods = planner->desk.pipe.dig,
        .is_whole = true,
        .because = why_full(planner, &verdict),
    };
    planner_add(planner, &works);
    return true;
}

static bool wants_lining(const struct verdict *verdict) {
    return verdict->is_many || verdict->is_dense || verdict->no_spot != NULL;
}

bool planner_line(struct repair_planner *planner) {
    struct repair_list list = gather_lined(planner);
    struct repair_list kept = planner_list(planner, LIST_KEPT),
                       rest = planner_list(planner, LIST_REST);
    struct verdict verdict = judge(planner, list);

    if (!wants_lining(&verdict)) {
        return false;
    }
    bar_linings(planner);
    list = gather_lined(planner);
    verdict = judge(planner, list);
    if (!wants_lining(&verdict)) {
        return true;
    }
    uint64_t methods = planner_agree(planner, list, REPAIR_FULL, &kept, &rest);
    struct repair_works works = {
        .scope = REPAIR_FULL,
        .list = kept,
        .methods = methods,
        .is_whole = true,
        .because = why_full(planner, &verdict),
    };
    planner_add(planner, &works);
    return false;
}
