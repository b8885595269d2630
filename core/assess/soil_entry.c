#include "core/assess/soil_entry.h"

static const int moving_soil = 8;   /* T */
static const int heavy_traffic = 6; /* K */

static const struct judged_defect *first_opening(const struct scheme_request *request) {
    const struct judged_defect *worst = NULL;

    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        if (scheme_is_opening(request->table, defect->code, defect->observation) &&
            (worst == NULL ||
                scheme_worst(request->table, worst->observation->scheme_grade,
                    defect->observation->scheme_grade) != worst->observation->scheme_grade)) {
            worst = defect;
        }
    }
    return worst;
}

static enum phrase groundwater_words(enum groundwater groundwater) {
    switch (groundwater) {
    case GROUNDWATER_UNKNOWN:
        return PHRASE_GROUNDWATER_UNKNOWN;
    case GROUNDWATER_BELOW:
        return PHRASE_GROUNDWATER_BELOW;
    case GROUNDWATER_CHANGING:
        return PHRASE_GROUNDWATER_CHANGING;
    case GROUNDWATER_ABOVE:
        return PHRASE_GROUNDWATER_ABOVE;
    }
    return PHRASE_GROUNDWATER_UNKNOWN;
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
    struct line line = {.phrases = request->options->phrases};

    assessment->soil_entry = ANSWER_NO;
    if (opening == NULL) {
        trace_add(request->trace, "no: %s (T %d, K %d, %s)",
            trace_word(request->trace, site->soil_influence < moving_soil
                                           ? N_("the soil does not move, T is below 8")
                                           : N_("no open defect")),
            site->soil_influence, site->area_importance,
            phrase_text(trace_phrases(request->trace), groundwater_words(site->groundwater)));
        return false;
    }
    assessment->soil_entry = (uint8_t)answer_of(site->groundwater);
    bool is_under_traffic = site->area_importance >= heavy_traffic;
    scheme_add_label(request->table, opening, &line);
    scheme_add_place(opening->from_m, opening->to_m, &line);
    line_say(&line, PHRASE_COMMA);
    line_fill_count(&line, PHRASE_SOIL_T, (uint64_t)site->soil_influence);
    line_say(&line, PHRASE_COMMA);
    line_say(&line, groundwater_words(site->groundwater));
    if (is_under_traffic) {
        line_say(&line, PHRASE_COMMA);
        line_fill_count(&line, PHRASE_TRAFFIC_K, (uint64_t)site->area_importance);
        if (assessment->soil_entry == ANSWER_YES) {
            line_say(&line, PHRASE_COLON);
            line_say(&line, PHRASE_LOOK_FOR_VOIDS);
        }
    }
    assessment_more(assessment, request->arena)->soil_entry_reason =
        arena_copy(request->arena, line_text(&line));
    trace_add(request->trace, "%s: %.*s",
        trace_word(request->trace, assessment->soil_entry == ANSWER_YES  ? N_("yes")
                                   : assessment->soil_entry == ANSWER_NO ? N_("no")
                                                                         : N_("undecided")),
        TEXT_ARGS(line_text(&line)));
    return assessment->soil_entry == ANSWER_YES && is_under_traffic;
}
