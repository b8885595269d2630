#include "core/assess/soil_entry.h"

static const int moving_soil = 8;   /* T */
static const int heavy_traffic = 6; /* K */

static const struct judged_defect *first_opening(const struct scheme_request *request) {
    const struct judged_defect *worst = NULL;

    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        if (scheme_is_opening(request->table, request->site, defect->code, defect->observation) &&
            (worst == NULL ||
                scheme_worst(request->table, worst->observation->scheme_grade,
                    defect->observation->scheme_grade) != worst->observation->scheme_grade)) {
            worst = defect;
        }
    }
    return worst;
}

static const char *groundwater_words(enum groundwater groundwater) {
    switch (groundwater) {
    case GROUNDWATER_UNKNOWN:
        return "groundwater unknown";
    case GROUNDWATER_BELOW:
        return "groundwater below the pipe";
    case GROUNDWATER_CHANGING:
        return "groundwater around the pipe at times";
    case GROUNDWATER_ABOVE:
        return "groundwater above the pipe";
    }
    return "";
}

static enum answer answer_of(enum groundwater groundwater) {
    return groundwater == GROUNDWATER_UNKNOWN ? ANSWER_UNKNOWN
           : groundwater == GROUNDWATER_BELOW ? ANSWER_NO
                                              : ANSWER_YES;
}

bool soil_entry_decide(const struct scheme_request *request, struct assessment *assessment) {
    const struct scheme_site *site = request->site;
    const struct judged_defect *opening =
        site->soil_influence >= moving_soil ? first_opening(request) : NULL;
    struct line line = {.n = 0};

    assessment->soil_entry = ANSWER_NO;
    if (opening == NULL) {
        trace_add(request->trace, "no: %s (T %d, K %d, %s)",
            site->soil_influence < moving_soil ? "the soil does not move, T is below 8"
                                               : "no open defect",
            site->soil_influence, site->area_importance, groundwater_words(site->groundwater));
        return false;
    }
    assessment->soil_entry = (uint8_t)answer_of(site->groundwater);
    bool is_under_traffic = site->area_importance >= heavy_traffic;
    scheme_add_label(request->table, opening, &line);
    scheme_add_place(opening->from_m, opening->to_m, &line);
    line_add(&line, ", soil T ");
    line_add_count(&line, (uint64_t)site->soil_influence);
    line_add(&line, ", ");
    line_add(&line, groundwater_words(site->groundwater));
    if (is_under_traffic) {
        line_add(&line, ", traffic K ");
        line_add_count(&line, (uint64_t)site->area_importance);
        if (assessment->soil_entry == ANSWER_YES) {
            line_add(&line, ": look for voids with ground radar");
        }
    }
    assessment_more(assessment, request->arena)->soil_entry_reason =
        arena_copy(request->arena, line_text(&line));
    trace_add(request->trace, "%s: %.*s",
        assessment->soil_entry == ANSWER_YES  ? "yes"
        : assessment->soil_entry == ANSWER_NO ? "no"
                                              : "undecided",
        TEXT_ARGS(line_text(&line)));
    return assessment->soil_entry == ANSWER_YES && is_under_traffic;
}
