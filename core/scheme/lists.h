/* The rows of a scheme's .def file as arrays, and SCHEME_LISTS that names them in its table.  No
 * guard: each scheme's own *_table.c includes it once, behind SCHEME_DEF, the name of the file, and
 * what its rows become: ROW_RULE, ROW_HAZARD, and ROW_OPEN, ROW_OPENING, ROW_CLASS where there is
 * need.  Each array has a last row for nothing, since a scheme may have no rows of a kind. */
#include "core/base.h"
#include "core/scheme/scheme.h"

#define RULE ROW_RULE
#define OPEN ROW_OPEN
static const struct scheme_rule rules[] = {
#include SCHEME_DEF
    {0},
};
#undef RULE
#undef OPEN

#ifndef ROW_CLASS
#define ROW_CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
#endif
#define CLASS ROW_CLASS
static const struct scheme_class classes[] = {
#include SCHEME_DEF
    {0},
};
#undef CLASS

#define CHOICE(factor, value, source, condition) {factor, value, condition, source},
static const struct scheme_choice choices[] = {
#include SCHEME_DEF
    {0},
};
#undef CHOICE

#define HAZARD ROW_HAZARD
static const struct scheme_hazard hazards[] = {
#include SCHEME_DEF
    {0},
};
#undef HAZARD

#define FIGURE_HAZARD(figure, from, source, meaning) {figure, from, meaning, source},
static const struct scheme_figure_hazard figure_hazards[] = {
#include SCHEME_DEF
    {0},
};
#undef FIGURE_HAZARD

#ifndef ROW_OPENING
#define ROW_OPENING(code, source) {code, NULL, NULL, MEASURE_NONE, 0, source},
#endif
#define OPENING ROW_OPENING
static const struct scheme_opening openings[] = {
#include SCHEME_DEF
    {0},
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include SCHEME_DEF
    {0},
};
#undef PRIORITY

#define SCHEME_LISTS                                                                              \
    .rules = rules, .n_rules = ARRAY_LEN(rules) - 1, .classes = classes,                          \
    .n_classes = ARRAY_LEN(classes) - 1, .choices = choices, .n_choices = ARRAY_LEN(choices) - 1, \
    .hazards = hazards, .n_hazards = ARRAY_LEN(hazards) - 1, .figure_hazards = figure_hazards,    \
    .n_figure_hazards = ARRAY_LEN(figure_hazards) - 1, .openings = openings,                      \
    .n_openings = ARRAY_LEN(openings) - 1, .priorities = priorities,                              \
    .n_priorities = ARRAY_LEN(priorities) - 1
