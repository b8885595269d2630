/* One inspection: a row of PACP_, LACP_ or MACP_Inspections, with its ratings and videos.
 *
 * Direction D starts at Upstream_MH, U at Downstream_MH.  Reverse_Setup is the InspectionID of the
 * run over the same segment from the other end: both stand for themselves, and what one of them
 * leaves out of segment and manholes is that of the other. */
#include <math.h>

#include "core/base.h"
#include "formats/sheet_values.h"
#include "formats/survey/pacp.h"

static const double foot_m = 0.3048, inch_mm = 25.4;

/* --- Fields --- */

static void fill_direction(const struct pacp *pacp, struct inspection *inspection) {
    struct text value = pacp_value(pacp, PACP_INSPECTION_DIRECTION);
    struct inspection_more *more = inspection->more;

    more->direction_text = pacp_keep(pacp, value);
    inspection->direction = (uint8_t)sheet_direction(value);
    if (value.n == 1 && (value.at[0] == 'U' || value.at[0] == 'u')) {
        inspection->direction = DIRECTION_UPSTREAM;
    }
    if (value.n > 0 && inspection->direction == DIRECTION_UNKNOWN) {
        pacp_find(pacp, FINDING_UNKNOWN_VALUE, PACP_INSPECTION_DIRECTION);
    }
}

/* By the direction the start node is what the format says, not what the operator wrote. */
static void fill_ends(struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;
    bool is_up = inspection->direction == DIRECTION_UPSTREAM;

    if (inspection->direction == DIRECTION_UNKNOWN) {
        return;
    }
    inspection->start_node = is_up ? more->downstream_node : more->upstream_node;
    inspection->finish_node = is_up ? more->upstream_node : more->downstream_node;
    inspection->start_is_assumed = inspection->start_node.n > 0;
}

/* A date stands in front of the time in Access: 1899-12-30 13:31:00. */
static struct text time_of(struct text value) {
    size_t blank = 0;

    while (blank < value.n && value.at[blank] != ' ' && value.at[blank] != 'T') {
        blank++;
    }
    return blank > 6 && blank < value.n ? text_trim(text_part(value, blank + 1, value.n)) : value;
}

static void fill_when(const struct pacp *pacp, struct inspection *inspection) {
    struct text date = pacp_value(pacp, PACP_INSPECTION_DATE);

    if (date.n > 0 && !rows_date(date, &inspection->inspected_on)) {
        pacp_find(pacp, FINDING_DATE_INVALID, PACP_INSPECTION_DATE);
    }
    inspection->more->time = pacp_keep(pacp, time_of(pacp_value(pacp, PACP_INSPECTION_TIME)));
}

static struct text method_of(const struct pacp *pacp) {
    static const struct {
        enum pacp_column column;
        const char *word;
    } list[] = {
        {PACP_INSPECTION_CCTV,  "camera"     },
        {PACP_INSPECTION_ZOOM,  "zoom camera"},
        {PACP_INSPECTION_SONAR, "sonar"      },
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (pacp_answer(pacp_value(pacp, list[i].column)) == ANSWER_YES) {
            return text_from(list[i].word);
        }
    }
    return (struct text){0};
}

static double length(const struct pacp *pacp, enum pacp_column column) {
    double value = pacp_number(pacp, column);

    if (value < 0) {
        pacp_find(pacp, FINDING_INVALID_VALUE, column);
        return NAN;
    }
    return value;
}

static void fill_run(struct pacp *pacp, struct pacp_run *run) {
    struct text imperial = pacp_value(pacp, PACP_INSPECTION_IMPERIAL);
    struct text reverse = pacp_value(pacp, PACP_INSPECTION_REVERSE);
    enum answer answer = pacp_answer(imperial);

    if (imperial.n > 0 && answer == ANSWER_UNKNOWN) {
        pacp_find(pacp, FINDING_UNKNOWN_VALUE, PACP_INSPECTION_IMPERIAL);
    }
    run->unit_m = answer == ANSWER_YES ? foot_m : answer == ANSWER_NO ? 1 : 0;
    run->total = length(pacp, PACP_INSPECTION_TOTAL);
    run->surveyed = length(pacp, PACP_INSPECTION_SURVEYED);
    run->height = length(pacp, PACP_INSPECTION_HEIGHT);
    run->width = length(pacp, PACP_INSPECTION_WIDTH);
    run->reverse =
        pacp_answer(reverse) == ANSWER_NO ? (struct text){0} : arena_copy(&pacp->arena, reverse);
}

static void fill_words(const struct pacp *pacp, struct inspection *inspection) {
    static const struct {
        enum pacp_column column;
        size_t at;
    } list[] = {
        {PACP_INSPECTION_UPSTREAM,    offsetof(struct inspection_more, upstream_node)  },
        {PACP_INSPECTION_DOWNSTREAM,  offsetof(struct inspection_more, downstream_node)},
        {PACP_INSPECTION_STREET,      offsetof(struct inspection_more, street)         },
        {PACP_INSPECTION_USE,         offsetof(struct inspection_more, system)         },
        {PACP_INSPECTION_SHAPE,       offsetof(struct inspection_more, shape)          },
        {PACP_INSPECTION_MATERIAL,    offsetof(struct inspection_more, material)       },
        {PACP_INSPECTION_MEDIA_LABEL, offsetof(struct inspection_more, video)          },
        {PACP_INSPECTION_PURPOSE,     offsetof(struct inspection_more, purpose)        },
        {PACP_INSPECTION_WEATHER,     offsetof(struct inspection_more, weather)        },
        {PACP_INSPECTION_REMARK,      offsetof(struct inspection_more, remark)         },
    };
    struct pool *words = &pacp->survey->words;

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct text *out = (struct text *)((char *)inspection->more + list[i].at);
        *out = pacp_keep(pacp, pacp_value(pacp, list[i].column));
    }
    inspection->segment_ref = pacp_keep(pacp, pacp_value(pacp, PACP_INSPECTION_SEGMENT));
    inspection->operator_word = pool_add(words, pacp_value(pacp, PACP_INSPECTION_OPERATOR));
    inspection->method_word = pool_add(words, method_of(pacp));
}

/* --- Rows --- */

/* Each family counts from 1: the fewer ones bear their name in front. */
static struct text own_id(const struct pacp *pacp, struct text id) {
    static const char *const names[PACP_FAMILIES] = {"", "LACP ", "MACP "};

    return id.n == 0 ? id
                     : arena_printf(&pacp->survey->arena, "%s%.*s", names[pacp->family],
                           TEXT_ARGS(text_cut(id, 1000)));
}

uint32_t pacp_add_inspection(struct pacp *pacp, struct text id) {
    struct survey *survey = pacp->survey;
    size_t number = survey->n_inspections;
    struct inspection *inspection = survey_add_inspection(survey);

    pacp->runs = array_reserve(pacp->runs, &pacp->runs_capacity, number + 1, sizeof *pacp->runs);
    pacp->runs[number] = (struct pacp_run){
        .total = NAN, .surveyed = NAN, .height = NAN, .width = NAN, .family = pacp->family};
    inspection->id = own_id(pacp, id);
    inspection->line = pacp->rows->line;
    inspection->object = pacp->family == PACP_MANHOLES ? OBJECT_NODE : OBJECT_SEGMENT;
    inspection->is_lateral = pacp->family == PACP_LATERALS;
    inspection_more(survey, inspection);
    if (id.n > 0 &&
        row_keys_add(&pacp->inspections[pacp->family], id, (uint32_t)number) != number) {
        findings_add(&survey->findings, FINDING_DUPLICATE_ID,
            inspection_place(inspection, inspection->line), "InspectionID '%.*s'",
            TEXT_ARGS(text_cut(id, 200)));
    }
    return (uint32_t)number;
}

static void learn_names(struct pacp *pacp) {
    pacp->saw_new_names |= rows_column(pacp->rows, "InspectionDate") != SIZE_MAX ||
                           rows_column(pacp->rows, "PipeUse") != SIZE_MAX;
    pacp->saw_old_names |= rows_column(pacp->rows, "Date") != SIZE_MAX;
}

void pacp_take_inspection(struct pacp *pacp) {
    uint32_t number = pacp_add_inspection(pacp, pacp_value(pacp, PACP_INSPECTION_ID));
    struct inspection *inspection = &pacp->survey->inspections[number];
    struct text raw = rows_record(pacp->rows, &pacp->survey->arena);

    pacp->has_inspections = true;
    if (pacp->rows->n_rows == 1) {
        learn_names(pacp);
    }
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    fill_words(pacp, inspection);
    fill_direction(pacp, inspection);
    if (inspection->object == OBJECT_SEGMENT) {
        fill_ends(inspection);
    }
    fill_when(pacp, inspection);
    fill_run(pacp, &pacp->runs[number]);
}

static struct inspection *inspection_of(struct pacp *pacp, enum pacp_column column) {
    struct text key = pacp_value(pacp, column);
    uint32_t number =
        key.n == 0 ? INDEX_NONE : row_keys_find(&pacp->inspections[pacp->family], key);

    if (number == INDEX_NONE) {
        pacp->n_orphans++;
        return NULL;
    }
    return &pacp->survey->inspections[number];
}

/* Ratings that were delivered stand in the record as delivered; chainage finds its own. */
void pacp_take_rating(struct pacp *pacp) {
    struct inspection *inspection = inspection_of(pacp, PACP_RATING_RATED);

    if (inspection != NULL) {
        struct text ratings = rows_record(pacp->rows, &pacp->arena);
        struct text raw = arena_printf(&pacp->survey->arena, "%.*s%s%.*s", (int)inspection->raw_n,
            inspection->raw_n == 0 ? "" : inspection->raw, inspection->raw_n == 0 ? "" : "; ",
            TEXT_ARGS(ratings));
        inspection->raw = raw.at;
        inspection->raw_n = (uint32_t)raw.n;
    }
}

void pacp_take_video(struct pacp *pacp) {
    enum { LIST_MAX = 4000 };
    struct text name = pacp_value(pacp, PACP_VIDEO_NAME);
    struct text folder = pacp_value(pacp, PACP_VIDEO_FOLDER);
    struct inspection *inspection = inspection_of(pacp, PACP_VIDEO_RUN);

    if (inspection == NULL || (name.n == 0 && folder.n == 0)) {
        return;
    }
    bool is_closed = folder.n == 0 || name.n == 0 || folder.at[folder.n - 1] == '\\' ||
                     folder.at[folder.n - 1] == '/';
    struct text path = arena_printf(&pacp->survey->arena, "%.*s%s%.*s", TEXT_ARGS(folder),
        is_closed ? "" : "\\", TEXT_ARGS(name));
    struct text *list = &inspection->more->video;
    if (!text_contains(path, *list) && list->n > 0 && list->n < LIST_MAX) {
        path = arena_printf(&pacp->survey->arena, "%.*s;%.*s", TEXT_ARGS(*list), TEXT_ARGS(path));
    }
    *list = list->n < LIST_MAX ? path : *list;
}

/* --- When all were taken --- */

/* Nothing tells the unit: PACP is American and means feet, unless a pipe would be as high as that
 * in inches. */
static double usual_unit(const struct pacp *pacp) {
    const double too_many_inches = 150;

    if (pacp->options->length_unit_m > 0) {
        return pacp->options->length_unit_m;
    }
    for (size_t i = 0; i < pacp->survey->n_inspections; i++) {
        if (pacp->runs[i].unit_m == 0 && pacp->runs[i].height >= too_many_inches) {
            return 1;
        }
    }
    return foot_m;
}

static void convert(struct inspection *inspection, const struct pacp_run *run) {
    double size_mm = run->unit_m == 1 ? 1 : inch_mm;

    inspection->expected_m = run->total > 0 ? run->total * run->unit_m : NAN;
    inspection->inspected_m = run->surveyed * run->unit_m;
    inspection->diameter_mm = (float)((run->width > 0       ? run->width
                                          : run->height > 0 ? run->height
                                                            : NAN) *
                                      size_mm);
    if (run->width > 0 && run->height > 0 && run->width != run->height) {
        inspection->height_mm = (float)(run->height * size_mm);
    }
}

void pacp_units_finish(struct pacp *pacp) {
    struct survey *survey = pacp->survey;
    struct finding_place place = {.file = survey->file.path};
    double usual_m = usual_unit(pacp);
    size_t n_feet = 0, n_assumed = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct pacp_run *run = &pacp->runs[i];
        n_assumed += run->unit_m == 0;
        if (run->unit_m == 0 || pacp->options->length_unit_m > 0) {
            run->unit_m = usual_m;
        }
        n_feet += run->unit_m != 1;
        convert(&survey->inspections[i], run);
    }
    if (n_assumed > 0 && pacp->options->length_unit_m <= 0) {
        findings_add(&survey->findings, FINDING_UNIT_CONVERTED, place,
            "IsImperial says nothing in %zu inspection%s: lengths were taken as %s", n_assumed,
            n_assumed == 1 ? "" : "s", usual_m == 1 ? "metres" : "feet of 0.3048 m");
    }
    if (n_feet > n_assumed) {
        findings_add(&survey->findings, FINDING_UNIT_CONVERTED, place,
            "%zu inspections are in feet of 0.3048 m and inches", n_feet - n_assumed);
    }
}
