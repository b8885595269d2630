#include "core/assess/misconnection.h"

#include "core/catalogue.h"
#include "core/network.h"

/* A branch that was joined to the pipe without a manhole: nobody planned it. */
static bool is_blind_branch(enum catalogue catalogue, const struct code *code) {
    return (catalogue == CATALOGUE_CJJ181 || catalogue == CATALOGUE_DB31) &&
           text_equal_nocase(code->code, TEXT("AJ"));
}

static bool is_said(struct text remark, struct misconnection_words words) {
    for (size_t i = 0; i < words.n; i++) {
        if (text_contains_nocase(remark, words.at[i])) {
            return true;
        }
    }
    return false;
}

bool misconnection_is_shown(const struct inspection *inspection,
    const struct observation *observation, uint8_t system, struct misconnection_words words) {
    enum catalogue catalogue = inspection->survey->catalogue;
    const struct code *code = observation_code(inspection, observation);
    bool is_separated = system == SYSTEM_STORM || system == SYSTEM_FOUL;

    if (catalogue_shows_misconnection(catalogue, code) ||
        (is_separated && is_blind_branch(catalogue, code))) {
        return true;
    }
    return observation->more != NULL && observation->more->remark.n > 0 &&
           is_said(observation->more->remark, words);
}
