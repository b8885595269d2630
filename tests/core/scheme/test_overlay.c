#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/overlay.h"
#include "core/scheme/words.h"

static const struct scheme_rule own_rules[] = {
    {.code = "BAB", .group = GROUP_STRUCTURAL, .grade = GRADE_1, .meaning = "own"},
    {.code = "BAB", .group = GROUP_TIGHTNESS,  .grade = GRADE_2, .meaning = "own"},
    {.code = "BAB", .group = GROUP_STRUCTURAL, .grade = GRADE_3, .meaning = "own"},
    {.code = "BAF", .group = GROUP_STRUCTURAL, .grade = GRADE_4, .meaning = "own"},
};
static const struct scheme_class own_classes[] = {
    {.figure = "F", .from = -INFINITY, .value = 1},
    {.figure = "F", .from = 3,         .value = 2},
    {.figure = "G", .from = -INFINITY, .value = 1},
};
static const struct scheme_hazard own_hazards[] = {
    {.code = "BAF", .meaning = "own"},
    {.code = "BAC", .meaning = "own"},
};
static const struct scheme_table base = {
    .name = "small",
    .rules = own_rules,
    .n_rules = ARRAY_LEN(own_rules),
    .classes = own_classes,
    .n_classes = ARRAY_LEN(own_classes),
    .hazards = own_hazards,
    .n_hazards = ARRAY_LEN(own_hazards),
};

static void expect_codes(const struct scheme_table *table, const char *wanted) {
    char got[200] = "";
    size_t n = 0;

    for (size_t i = 0; i < table->n_rules; i++) {
        const struct scheme_rule *rule = &table->rules[i];
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s/%d=%s", i == 0 ? "" : " ", rule->code,
            rule->group, scheme_grade_name(rule->grade));
    }
    cr_expect_str_eq(got, wanted);
}

Test(overlay, nothing_changes_nothing) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct scheme_overlay overlay = {0};
    const struct scheme_table *table = scheme_overlaid(&base, &overlay, &arena);

    cr_expect_eq(table->rules, base.rules);
    cr_expect_eq(table->classes, base.classes);
    cr_expect_str_eq(table->name, "small");
}

Test(overlay, rules_stand_for_those_of_their_code_and_group) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(scheme_overlay_release) struct scheme_overlay overlay = {0};
    const struct scheme_rule rules[] = {
        {.code = "BAF", .group = GROUP_TIGHTNESS,  .grade = GRADE_0},
        {.code = "BAB", .group = GROUP_STRUCTURAL, .grade = GRADE_5},
        {.code = "AAA", .group = GROUP_STRUCTURAL, .grade = GRADE_0},
    };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        scheme_overlay_add(&overlay, PART_RULES, &rules[i], (uint32_t)i);
    }
    expect_codes(
        scheme_overlaid(&base, &overlay, &arena), "AAA/0=0 BAB/2=2 BAB/0=5 BAF/0=4 BAF/2=0");
}

Test(overlay, rules_are_taken_out_by_group_or_all) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(scheme_overlay_release) struct scheme_overlay overlay = {0};

    scheme_overlay_remove(&overlay, PART_RULES, "BAB", GROUP_TIGHTNESS);
    expect_codes(scheme_overlaid(&base, &overlay, &arena), "BAB/0=1 BAB/0=3 BAF/0=4");
    scheme_overlay_remove(&overlay, PART_RULES, "BAB", DEFECT_GROUPS);
    expect_codes(scheme_overlaid(&base, &overlay, &arena), "BAF/0=4");
    scheme_overlay_remove(&overlay, PART_HAZARDS, "BAF", DEFECT_GROUPS);
    const struct scheme_table *table = scheme_overlaid(&base, &overlay, &arena);
    cr_assert_eq(table->n_hazards, 1);
    cr_expect_str_eq(table->hazards[0].code, "BAC");
}

Test(overlay, rows_of_a_figure_stand_together) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(scheme_overlay_release) struct scheme_overlay overlay = {0};
    const struct scheme_class classes[] = {
        {.figure = "F", .from = -INFINITY, .value = 1},
        {.figure = "H", .from = -INFINITY, .value = 7},
        {.figure = "F", .from = 5,         .value = 4},
    };

    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        scheme_overlay_add(&overlay, PART_CLASSES, &classes[i], 0);
    }
    const struct scheme_table *table = scheme_overlaid(&base, &overlay, &arena);
    cr_assert_eq(table->n_classes, 4);
    cr_expect_eq(scheme_class_of(table, "F", 4)->value, 1);
    cr_expect_eq(scheme_class_of(table, "F", 6)->value, 4);
    cr_expect_eq(scheme_class_of(table, "G", 6)->value, 1);
    cr_expect_eq(scheme_class_of(table, "H", 6)->value, 7);
}

Test(words, all_have_one_and_it_is_read_back) {
    uint8_t back = 0;

    for (uint8_t i = 0; i < MEASURES; i++) {
        cr_assert_not_null(scheme_measure_name(i), "measure %d has no word", i);
        cr_expect(scheme_measure_parse(text_from(scheme_measure_name(i)), &back) && back == i);
    }
    for (uint8_t i = 0; i < WHENS; i++) {
        cr_assert_not_null(scheme_when_name(i), "condition %d has no word", i);
        cr_expect(scheme_when_parse(text_from(scheme_when_name(i)), &back) && back == i);
    }
    for (uint8_t i = 0; i < GRADES; i++) {
        cr_assert_not_null(scheme_grade_name(i), "grade %d has no word", i);
        cr_expect(scheme_grade_parse(text_from(scheme_grade_name(i)), &back) && back == i);
    }
    cr_expect_not(scheme_measure_parse(TEXT("grades"), &back));
    cr_expect_not(scheme_when_parse(TEXT("never"), &back));
    cr_expect_not(scheme_grade_parse(TEXT("6"), &back));
    cr_expect(scheme_group_parse(&scheme_cjj181, TEXT("Functional"), &back));
    cr_expect_eq(back, GROUP_FUNCTIONAL);
    cr_expect_not(scheme_group_parse(&scheme_cjj181, TEXT("tightness"), &back));
}
