#include <criterion/criterion.h>

#include "formats/rules_file.h"
#include "tests/formats/temp_files.h"

/* Reads the text as a file of rules. */
static bool read_text(const char *text, struct check_rules *rules, struct findings *flaws) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct error err = {0};
    struct temp_path path = temp_text(&folder, "rules.csv", text);

    *rules = check_rules_default();
    bool is_read = rules_file_read(path.at, rules, flaws, &err);
    cr_expect_eq(err.kind, is_read ? ERROR_NONE : ERROR_FORMAT, "%s", err.text);
    return is_read;
}

Test(rules_file, changes_what_it_names) {
    CLEANUP(findings_release) struct findings flaws = {0};
    struct check_rules rules;

    cr_assert(read_text("\xEF\xBB\xBFLimit;Rule;Severity\n"
                        "# what the city wants\n"
                        "2024-12-31;date-latest;\n"
                        ";photo-there;warning\n"
                        "0,5;STATION-WITHIN;Error\n",
        &rules, &flaws));
    cr_expect_eq(rules.at[CHECK_DATE_LATEST].limit, 20241231);
    cr_expect_eq(rules.at[CHECK_DATE_LATEST].severity, CHECK_ERROR);
    cr_expect_eq(rules.at[CHECK_PHOTO_THERE].severity, CHECK_WARNING);
    cr_expect_eq(rules.at[CHECK_STATION_WITHIN].limit, 0.5);
    cr_expect_eq(flaws.n, 0u);
}

Test(rules_file, one_flaw_leaves_all_as_it_was) {
    CLEANUP(findings_release) struct findings flaws = {0};
    struct check_rules rules;

    cr_expect_not(
        read_text("rule,severity,limit\nphoto-there,off,\nnobody,off,\n", &rules, &flaws));
    cr_expect_eq(rules.at[CHECK_PHOTO_THERE].severity, CHECK_ERROR);
    cr_assert_eq(flaws.n, 1u);
    cr_expect_eq(flaws.at[0].place.line, 3u);
}

Test(rules_file, every_bad_row_is_told_once) {
    static const struct {
        const char *row, *words;
    } cases[] = {
        {"nobody,off,",             "is no rule"                 },
        {",off,",                   "is no rule"                 },
        {"photo-there,blocking,",   "none of error, warning, off"},
        {"photo-there,,3",          "has no limit"               },
        {"photo-named,,x",          "is no number"               },
        {"photo-named,,nan",        "is no number"               },
        {"photo-named,,5",          "is not from 1 to 4"         },
        {"date-latest,,2024-02-30", "is no date"                 },
        {"date-latest,,1",          "is not from"                },
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(findings_release) struct findings flaws = {0};
        struct check_rules rules;
        char text[200];
        snprintf(text, sizeof text, "rule,severity,limit\n%s\n", cases[i].row);
        cr_expect_not(read_text(text, &rules, &flaws), "%s", cases[i].row);
        cr_assert_eq(flaws.n, 1u, "%s", cases[i].row);
        cr_expect_eq(flaws.at[0].place.line, 2u, "%s", cases[i].row);
        cr_expect(text_contains(flaws.at[0].detail, text_from(cases[i].words)), "%s: %.*s",
            cases[i].row, TEXT_ARGS(flaws.at[0].detail));
    }
}

Test(rules_file, headings_are_needed) {
    CLEANUP(findings_release) struct findings flaws = {0};
    struct check_rules rules;

    cr_expect_not(read_text("photo-there,off\n", &rules, &flaws));
    cr_expect_eq(flaws.n, 3u, "two unknown columns, and no column 'rule'");
}

Test(rules_file, a_file_that_is_not_there) {
    CLEANUP(findings_release) struct findings flaws = {0};
    struct check_rules rules = check_rules_default();
    struct error err = {0};

    cr_expect_not(rules_file_read("/no/such/rules.csv", &rules, &flaws, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
}
