#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/check/rules.h"

Test(rules, every_rule_is_complete) {
    for (size_t i = 0; i < CHECK_RULES; i++) {
        const struct check_rule_row *row = check_rule_row((enum check_rule)i);
        cr_assert_not_null(row->name, "rule %zu", i);
        cr_expect_gt(strlen(row->sentence), 10u, "%s", row->name);
        cr_expect(row->source[0] == '[', "%s: how sure is its source?", row->name);
        cr_expect_eq(isnan(row->limit), row->unit[0] == '\0', "%s: a limit has a unit", row->name);
        cr_expect(isnan(row->limit) || (row->limit >= row->least && row->limit <= row->most), "%s",
            row->name);
        cr_expect_eq(
            strspn(row->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(row->name), "%s", row->name);
    }
}

Test(rules, names_are_unique_and_found_in_any_case) {
    for (size_t i = 0; i < CHECK_RULES; i++) {
        const char *name = check_rule_row((enum check_rule)i)->name;
        cr_expect_eq(check_rule_by_name(text_from(name)), (enum check_rule)i, "%s", name);
    }
    cr_expect_eq(check_rule_by_name(TEXT("Station-Within")), CHECK_STATION_WITHIN);
    cr_expect_eq(check_rule_by_name(TEXT("station")), CHECK_RULES);
    cr_expect_eq(check_rule_by_name((struct text){0}), CHECK_RULES);
}

Test(rules, changes_show) {
    struct check_rules rules = check_rules_default();

    for (size_t i = 0; i < CHECK_RULES; i++) {
        cr_expect_not(check_rule_is_changed(&rules, (enum check_rule)i));
    }
    rules.at[CHECK_PHOTO_NAMED].limit = 4;
    rules.at[CHECK_CODE_KNOWN].severity = CHECK_WARNING;
    cr_expect(check_rule_is_changed(&rules, CHECK_PHOTO_NAMED));
    cr_expect(check_rule_is_changed(&rules, CHECK_CODE_KNOWN));
}

Test(rules, severities_have_names) {
    enum check_severity severity = CHECK_OFF;

    cr_expect(check_severity_by_name(TEXT("ERROR"), &severity));
    cr_expect_eq(severity, CHECK_ERROR);
    cr_expect(check_severity_by_name(TEXT("off"), &severity));
    cr_expect_eq(severity, CHECK_OFF);
    cr_expect_not(check_severity_by_name(TEXT("fatal"), &severity));
    cr_expect_str_eq(check_severity_name(CHECK_WARNING), "warning");
}
