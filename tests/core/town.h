#pragma once
/* A small town in memory: a network and a survey, built line by line for one test. */
#include "core/current.h"
#include "core/locate.h"
#include "core/match.h"

struct town {
    struct network network;
    struct survey survey;
    struct inspection *list[256]; /* all inspections, after town_match */
    size_t n;
    struct match_yield yield;
    struct locate_options locate;
    struct findings findings; /* of locate and current */
};

/* What a test says about an inspection; what is left out is unset (inspected_m 0 too). */
struct visit {
    const char *ref, *start, *finish;
    int direction; /* enum direction */
    double inspected_m, expected_m;
    double diameter_mm;
    int on;
    bool is_abandoned;
    bool is_node;
};

struct town *town_new(void);
void town_release(struct town **town);

uint32_t town_node(struct town *town, const char *id, double x, double y);

/* Straight between its nodes, which must be there. */
struct segment *town_segment(struct town *town, const char *id, const char *from, const char *to);

/* Puts a vertex into the middle of a segment. */
void town_bend(struct town *town, struct segment *segment, double x, double y);

struct inspection *town_visit(struct town *town, struct visit visit);

/* An observation of the newest inspection.  BCD, BCE, BDC and YJ have the roles that they have in
 * their catalogues. */
struct observation *town_see(struct town *town, const char *code, double chainage_m);
struct observation *town_mark(
    struct town *town, const char *code, double chainage_m, enum mark mark, int number);

void town_match(struct town *town);
void town_locate(struct town *town); /* matches too */
void town_decide(struct town *town); /* locates too; finds duplicates first */

struct coverage town_coverage(struct town *town, const char *segment);
struct inspection *town_inspection(struct town *town, size_t number);
struct observation *town_row(struct town *town, size_t inspection, size_t row);
const char *town_segment_of(struct town *town, size_t inspection); /* of its first stretch, or "" */
struct xy town_place(struct town *town, size_t inspection, size_t row);
size_t town_findings(const struct town *town, enum finding_kind kind);
