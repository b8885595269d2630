#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/error.h"
#include "formats/scheme_table.h"

/* Tables that stages may trust: rules ascend by code, what indexes arrays is in range. */
static void require_table(const struct scheme_table *table) {
    for (size_t i = 0; i < table->n_rules; i++) {
        const struct scheme_rule *rule = &table->rules[i];
        REQUIRE(i == 0 || strcmp(rule[-1].code, rule->code) <= 0);
        REQUIRE(rule->group < DEFECT_GROUPS && table->group_names[rule->group] != NULL);
        REQUIRE(rule->measure < MEASURES && rule->when < WHENS && rule->grade < GRADES);
        REQUIRE(!(rule->score < 0) && rule->meaning != NULL && rule->source != NULL);
    }
    for (size_t i = 0; i < table->n_classes; i++) {
        REQUIRE(table->classes[i].value >= 0 && table->classes[i].value <= 100);
        REQUIRE(table->classes[i].meaning != NULL);
        REQUIRE(scheme_class_of(table, table->classes[i].figure, 1) != NULL);
    }
    for (size_t i = 0; i < table->n_priorities; i++) {
        REQUIRE(table->priorities[i].priority >= 1 && table->priorities[i].priority <= 5);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    const struct scheme_table_request request = {.base = &scheme_built_in, .arena = &arena};
    struct scheme_set set = {{0}};
    struct error err = {0};

    if (scheme_table_read_bytes((struct text){(const char *)data, n}, TEXT("fuzz.csv"), &request,
            &set, &findings, &err)) {
        for (size_t i = 0; i < SCHEMES; i++) {
            REQUIRE((set.at[i] == NULL) == (scheme_built_in.at[i] == NULL));
            if (set.at[i] != NULL) {
                require_table(set.at[i]);
            }
        }
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    for (size_t i = 0; i < findings.n; i++) {
        REQUIRE(text_is_utf8(findings.at[i].detail));
    }
    return 0;
}
