#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "core/repair.h"
#include "formats/repair_table.h"

/* Whatever the tables say, every defect is mended, left or undecided. */
static void require_plan(const struct repair_tables *tables, double diameter_mm) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct repair_defect defects[4 * FAMILIES];
    size_t n = 0, n_mended = 0;

    for (size_t i = 0; i < FAMILIES * 4; i++) {
        enum defect_family family = (enum defect_family)(i % FAMILIES);
        defects[n++] = (struct repair_defect){
            .code = i % 2 == 0 ? TEXT("PL") : TEXT("BAB"),
            .label = TEXT("x"),
            .family = family,
            .from_m = (double)(i * 7 % 50),
            .to_m = (double)(i * 7 % 50 + i % 3),
            .severity = (uint8_t)(i / FAMILIES + 1),
            .is_structural = i % 3 != 0,
            .is_collapse_hazard = i % 11 == 0,
        };
    }
    struct repair_request request = {
        .defects = defects,
        .n = n,
        .site = {.segment_m = 50, .diameter_mm = diameter_mm},
        .tables = tables,
    };
    struct repair_plan plan = repair_segment(&request, &arena);
    for (size_t i = 0; i < n; i++) {
        n_mended += repair_of_defect(&plan, i) != NULL;
    }
    REQUIRE(n_mended + plan.n_left + plan.n_undecided == n);
    for (size_t i = 0; i < plan.n; i++) {
        REQUIRE(plan.at[i].n_defects > 0 && plan.at[i].from_m <= plan.at[i].to_m);
        REQUIRE(plan.at[i].scope > REPAIR_NONE && plan.at[i].scope < REPAIR_SCOPES);
        REQUIRE(text_is_utf8(plan.at[i].reason) && text_is_utf8(plan.at[i].exclusions));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    struct repair_tables tables = repair_defaults;
    struct text bytes = {(const char *)data, n};
    struct error err = {0};

    if (repair_table_read_bytes(bytes, "fuzz.csv", &arena, &tables, &findings, &err)) {
        require_plan(&tables, 600);
        require_plan(&tables, 0);
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
        REQUIRE(tables.rows == repair_defaults.rows);
    }
    repair_costs_read_bytes(bytes, "fuzz.csv", &arena, &tables, &findings, &err);
    for (size_t i = 0; i < findings.n; i++) {
        REQUIRE(text_is_utf8(findings.at[i].detail));
    }
    return 0;
}
