#include "core/scheme/words.h"

#include "core/base.h"

static const char *const measures[MEASURES] = {
    [MEASURE_NONE] = "none",
    [MEASURE_GRADE] = "grade",
    [MEASURE_QUANT1] = "quant1",
    [MEASURE_QUANT2] = "quant2",
    [MEASURE_CLOCK] = "clock",
};

static const char *const whens[WHENS] = {
    [WHEN_ALWAYS] = "always",
    [WHEN_RIGID] = "rigid",
    [WHEN_FLEXIBLE] = "flexible",
    [WHEN_NO_DIAMETER] = "no_diameter",
    [WHEN_OLDER] = "older",
    [WHEN_NEWER] = "newer",
};

static const char *const grades[GRADES] = {
    [GRADE_UNSET] = "",
    [GRADE_UNDECIDED] = "undecided",
    [GRADE_CASE] = "case",
    [GRADE_0] = "0",
    [GRADE_1] = "1",
    [GRADE_2] = "2",
    [GRADE_3] = "3",
    [GRADE_4] = "4",
    [GRADE_5] = "5",
};

const char *scheme_measure_name(uint8_t measure) {
    return measures[measure];
}

const char *scheme_when_name(uint8_t when) {
    return whens[when];
}

const char *scheme_grade_name(uint8_t grade) {
    return grades[grade];
}

static bool find(const char *const *names, size_t n, struct text word, uint8_t *out) {
    for (size_t i = 0; i < n; i++) {
        if (names[i] != NULL && text_equal_nocase(word, text_from(names[i]))) {
            *out = (uint8_t)i;
            return true;
        }
    }
    return false;
}

bool scheme_measure_parse(struct text word, uint8_t *out) {
    return find(measures, MEASURES, word.n == 0 ? TEXT("none") : word, out);
}

bool scheme_when_parse(struct text word, uint8_t *out) {
    return find(whens, WHENS, word.n == 0 ? TEXT("always") : word, out);
}

bool scheme_grade_parse(struct text word, uint8_t *out) {
    return find(grades, GRADES, word, out);
}

bool scheme_group_parse(const struct scheme_table *table, struct text word, uint8_t *out) {
    return find(table->group_names, DEFECT_GROUPS, word, out);
}
