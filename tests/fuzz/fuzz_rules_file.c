#include "tests/fuzz/fuzz.h"

#include "core/base.h"
#include "core/error.h"
#include "formats/rules_file.h"

/* Rules that checks may trust; those of a refused file are as they were. */
static void require_rules(const struct check_rules *rules, bool is_read) {
    const struct check_rules before = check_rules_default();

    for (enum check_rule i = 0; i < CHECK_RULES; i++) {
        const struct check_rule_row *row = check_rule_row(i);
        double limit = rules->at[i].limit;
        REQUIRE(rules->at[i].severity < CHECK_SEVERITIES);
        REQUIRE(isnan(limit) == isnan(row->limit));
        REQUIRE(isnan(limit) || (limit >= row->least && limit <= row->most));
        REQUIRE(is_read || (rules->at[i].severity == before.at[i].severity &&
                               !check_rule_is_changed(rules, i)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(findings_release) struct findings flaws = {0};
    struct check_rules rules = check_rules_default();
    struct text bytes = {(const char *)data, n};
    struct error err = {0};

    bool is_read = rules_file_read_bytes(bytes, "fuzz.csv", &rules, &flaws, &err);
    require_rules(&rules, is_read);
    REQUIRE(is_read ? flaws.n == 0 : err.kind == ERROR_FORMAT && err.text[0] != '\0');
    for (size_t i = 0; i < flaws.n; i++) {
        REQUIRE(text_is_utf8(flaws.at[i].detail));
    }
    return 0;
}
