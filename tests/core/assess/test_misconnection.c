#include <criterion/criterion.h>

#include "core/assess.h"
#include "core/base.h"
#include "core/catalogue.h"
#include "core/network.h"

static const struct {
    const char *name;
    enum catalogue catalogue;
    const char *code, *char2, *remark;
    uint8_t system;
    bool want;
} cases[] = {
    {"foul water in a storm sewer",         CATALOGUE_EN13508, "BDE", "A",  NULL,                          SYSTEM_STORM,    true },
    {"clear flow from a connection",        CATALOGUE_EN13508, "BDE", NULL, NULL,                          SYSTEM_STORM,    false},
    {"a blind branch on a storm sewer",     CATALOGUE_CJJ181,  "AJ",  NULL, NULL,                          SYSTEM_STORM,    true },
    {"a blind branch on a foul sewer",      CATALOGUE_CJJ181,  "AJ",  NULL, NULL,                          SYSTEM_FOUL,     true },
    {"a blind branch on a combined sewer",  CATALOGUE_CJJ181,  "AJ",  NULL, NULL,                          SYSTEM_COMBINED,
     false                                                                                                                       },
    {"a blind branch nobody knows on what", CATALOGUE_CJJ181,  "AJ",  NULL, NULL,                          SYSTEM_UNKNOWN,
     false                                                                                                                       },
    {"a crack on a storm sewer",            CATALOGUE_CJJ181,  "PL",  NULL, NULL,                          SYSTEM_STORM,    false},
    {"a Chinese remark",                    CATALOGUE_CJJ181,  "CJ",  NULL, "此处疑似雨污混接点", SYSTEM_UNKNOWN,  true },
    {"an English remark in any case",       CATALOGUE_MSCC,    "CN",  NULL, "Possible MISCONNECTION here",
     SYSTEM_UNKNOWN,                                                                                                        true },
    {"a remark about something else",       CATALOGUE_MSCC,    "CN",  NULL, "connection at 3 o'clock",
     SYSTEM_UNKNOWN,                                                                                                        false},
};

Test(misconnection, evidence) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct survey survey = {.catalogue = cases[i].catalogue};
        survey_add_inspection(&survey);
        uint32_t code = survey_add_code(&survey, (struct text){0}, text_from(cases[i].code),
            (struct text){0}, text_from(cases[i].char2));
        struct observation *observation = survey_add_observation(&survey);
        observation->code = code;
        if (cases[i].remark != NULL) {
            observation_more(&survey, observation)->remark = text_from(cases[i].remark);
        }
        bool got = misconnection_is_shown(&survey.inspections[0], observation, cases[i].system,
            assess_defaults.misconnection_words);
        cr_expect_eq(got, cases[i].want, "%s", cases[i].name);
        survey_release(&survey);
    }
}

Test(misconnection, the_words_are_the_users) {
    struct survey survey = {.catalogue = CATALOGUE_MSCC};
    const struct text words[] = {TEXT("kitchen")};

    survey_add_inspection(&survey);
    survey_add_code(&survey, (struct text){0}, TEXT("CN"), (struct text){0}, (struct text){0});
    observation_more(&survey, survey_add_observation(&survey))->remark =
        TEXT("water from a Kitchen, a misconnection");
    cr_expect(misconnection_is_shown(&survey.inspections[0], survey.observations, SYSTEM_UNKNOWN,
        (struct misconnection_words){words, 1}));
    cr_expect_not(misconnection_is_shown(&survey.inspections[0], survey.observations,
        SYSTEM_UNKNOWN, (struct misconnection_words){words, 0}));
    survey_release(&survey);
}
