#pragma once
/* What cells of a network's table say: sizes, systems, flow, importance, soil. */
#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/network.h"
#include "core/text.h"

/* Compatibility folding for headings and words: full width to plain, Roman numerals to letters,
 * lower case, without blanks, dashes, underscores and full stops. */
struct text fold_word(struct arena *arena, struct text text);

/* The same for headings, without a unit in brackets behind. */
struct text fold_heading(struct arena *arena, struct text text);

/* Metres per unit that a heading names (管径(mm), LENGTH_FT); NAN when it names none. */
double heading_unit_m(struct text heading);

/* A cross-section as people write it: 300, DN300, 300mm, φ600, 0.3 m, 12", 800X600, 2700×2600. */
struct section {
    double width, height; /* height NAN when round */
    double unit_m;        /* of both; NAN when the text names none */
};
bool section_parse(struct text text, struct section *out);

enum word_about {
    WORD_FLOW,
    WORD_SYSTEM,
    WORD_AREA,
    WORD_SOIL,
    WORD_GROUNDWATER,
    WORD_ANSWER,
    WORD_ZONE,
    WORD_SOIL_GROUP,
};

enum {
    WORD_UNKNOWN = -100,
    SYSTEM_S = 100, /* a lone S: foul in German, surface water where F or C stand beside it */
};

/* The value of a word in words.def, WORD_UNKNOWN when it has none. */
int word_value(enum word_about about, struct text word);

/* K (0, 3, 6, 10) or T (0, 6, 8, 10) from a figure or words; -1 when it is neither. */
int8_t area_importance_parse(struct text text);
int8_t soil_influence_parse(struct text text);

/* Facts about the ground from a figure or words; -1 when it is neither.  Groundwater: enum
 * groundwater, where 0 is no groundwater at the pipe and 1 is one.  Answer: enum answer of yes, no,
 * 1, 0.  Protection zone: as in struct segment, I to III or 1 to 3, 0 none.  Soil group: 1 to 4. */
int8_t groundwater_parse(struct text text);
int8_t answer_parse(struct text text);
int8_t protection_zone_parse(struct text text);
int8_t soil_group_parse(struct text text);

/* The sewer system in a layer's or file's name (YSLINE, ws_pipe, 雨水管线), else unknown. */
enum sewer_system system_of_name(struct text name);

/* The year in a number, a date or `1998年`; 0 when there is none. */
int16_t year_parse(struct text text);
