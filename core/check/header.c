/* The fields of the header, and the date. */
#include <math.h>

#include "core/check/work.h"

static bool is_segment(const struct inspection *inspection) {
    return inspection->object == OBJECT_SEGMENT;
}

static bool has_date(const struct inspection *inspection) {
    return inspection->inspected_on != 0;
}

static bool has_reference(const struct inspection *inspection) {
    return inspection->segment_ref.n > 0 ||
           (inspection->start_node.n > 0 &&
               (inspection->finish_node.n > 0 || !is_segment(inspection)));
}

static bool has_start_node(const struct inspection *inspection) {
    return !is_segment(inspection) || inspection->start_node.n > 0;
}

/* A lateral ends at a house, which is no node. */
static bool has_finish_node(const struct inspection *inspection) {
    return !is_segment(inspection) || inspection->is_lateral || inspection->finish_node.n > 0;
}

static bool has_direction(const struct inspection *inspection) {
    return !is_segment(inspection) || inspection->direction != DIRECTION_UNKNOWN;
}

static bool has_length(const struct inspection *inspection) {
    return !is_segment(inspection) || isfinite(inspection->inspected_m);
}

static bool has_operator(const struct inspection *inspection) {
    return inspection->operator_word != 0;
}

static bool has_diameter(const struct inspection *inspection) {
    return !is_segment(inspection) || isfinite(inspection->diameter_mm) ||
           isfinite(inspection->height_mm);
}

static bool has_method(const struct inspection *inspection) {
    return inspection->method_word != 0;
}

#define HAS_MORE(field)                                                   \
    static bool has_##field(const struct inspection *inspection) {        \
        return inspection->more != NULL && inspection->more->field.n > 0; \
    }
HAS_MORE(material)
HAS_MORE(purpose)
HAS_MORE(weather)
HAS_MORE(street)
HAS_MORE(video)
#undef HAS_MORE

/* In the order of the rules. */
static const struct {
    enum check_rule rule;
    bool (*is_there)(const struct inspection *inspection);
    const char *found, *expected;
} fields[] = {
    {CHECK_HEADER_DATE,        has_date,        N_("no date"),             N_("the day of the inspection")},
    {CHECK_HEADER_REFERENCE,   has_reference,   N_("no segment or nodes"),
     N_("the segment, or both nodes")                                                                     },
    {CHECK_HEADER_START_NODE,  has_start_node,  N_("no start node"),
     N_("the node where the camera started")                                                              },
    {CHECK_HEADER_FINISH_NODE, has_finish_node, N_("no finish node"),
     N_("the node that the camera was sent to")                                                           },
    {CHECK_HEADER_DIRECTION,   has_direction,   N_("no direction"),        N_("with or against the flow") },
    {CHECK_HEADER_LENGTH,      has_length,      N_("no inspected length"), N_("metres that were seen")    },
    {CHECK_HEADER_OPERATOR,    has_operator,    N_("no operator"),         N_("who inspected")            },
    {CHECK_HEADER_DIAMETER,    has_diameter,    N_("no diameter"),         N_("the size of the section")  },
    {CHECK_HEADER_MATERIAL,    has_material,    N_("no material"),         N_("what the pipe is made of") },
    {CHECK_HEADER_METHOD,      has_method,      N_("no method"),           N_("how it was inspected")     },
    {CHECK_HEADER_PURPOSE,     has_purpose,     N_("no purpose"),          N_("why it was inspected")     },
    {CHECK_HEADER_WEATHER,     has_weather,     N_("no weather"),          N_("rain or none")             },
    {CHECK_HEADER_STREET,      has_street,      N_("no street"),           N_("where it lies")            },
    {CHECK_HEADER_VIDEO,       has_video,       N_("no video"),            N_("the name of the video")    },
};

static void check_date(struct check_work *work, const struct inspection *inspection) {
    int32_t on = inspection->inspected_on;

    if (on != 0 && on < work_limit(work, CHECK_DATE_EARLIEST)) {
        work_add(work,
            of_inspection(CHECK_DATE_EARLIEST, inspection, N_("a date not before the limit")),
            "%04d-%02d-%02d", (int)(on / 10000), (int)(on / 100 % 100), (int)(on % 100));
    }
    if (on > work_limit(work, CHECK_DATE_LATEST)) {
        work_add(work,
            of_inspection(CHECK_DATE_LATEST, inspection, N_("a date not after the limit")),
            "%04d-%02d-%02d", (int)(on / 10000), (int)(on / 100 % 100), (int)(on % 100));
    }
}

/* Where the header names upstream and downstream node too; by the network the match looks at it. */
static void check_direction(struct check_work *work, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;
    bool is_down = inspection->direction == DIRECTION_DOWNSTREAM;

    if (more == NULL || more->upstream_node.n == 0 || more->downstream_node.n == 0 ||
        inspection->start_is_assumed || inspection->direction == DIRECTION_UNKNOWN ||
        text_equal_nocase(more->upstream_node, more->downstream_node)) {
        return;
    }
    struct text wrong = is_down ? more->downstream_node : more->upstream_node;
    if (text_equal_nocase(inspection->start_node, wrong)) {
        work_add(work,
            of_inspection(CHECK_DIRECTION_AGREES, inspection,
                N_("a direction that fits the start node and the flow")),
            is_down ? N_("from '%.*s', the downstream node, by its direction with the flow")
                    : N_("from '%.*s', the upstream node, by its direction against the flow"),
            TEXT_ARGS(wrong));
    }
}

/* What cannot be read was told as such. */
static bool is_told(
    const struct check_work *work, enum check_rule rule, const struct inspection *inspection) {
    return rule == CHECK_HEADER_DATE && work->has_bad_date[inspection->number];
}

void check_header(struct check_work *work, const struct inspection *inspection) {
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!fields[i].is_there(inspection) && !is_told(work, fields[i].rule, inspection)) {
            work_add_words(work, of_inspection(fields[i].rule, inspection, fields[i].expected),
                fields[i].found);
        }
    }
    check_date(work, inspection);
    check_direction(work, inspection);
}
