#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/plan_files.h"

static const struct {
    const char *name, *text;
    bool is_read;
    double structural, ageing; /* after it; defaults are 0.35 and 0.10 */
    const char *says;          /* NULL: nothing */
    size_t n_findings;
} weights[] = {
    {"what is named is replaced", "part,weight\nstructural,3\n",                                    true,  3,    0.10, NULL,                          0},
    {"any separator, any case",   "Weight;Part;remark\n0,5;AGEING;old\n",                           true,  0.35, 0.5,  NULL,                          0},
    {"a negative weight",         "part,weight\nageing,-1\n",                                       false, 0.35, 0.10,
     "line 2: '-1' is no weight: 0 or more",                                                                                                          1},
    {"no number",                 "part,weight\nageing,much\n",                                     false, 0.35, 0.10, "line 2: 'much' is no number",
     1                                                                                                                                                 },
    {"an unknown part",           "part,weight\nstructural,3\nrust,1\n",                            false, 0.35, 0.10,
     "line 3: 'rust' is no part",                                                                                                                     1},
    {"twice",                     "part,weight\nageing,1\nageing,2\n",                              false, 0.35, 0.10,
     "line 3: 'ageing' has a weight already",                                                                                                         1},
    {"every bad row is told",     "part,weight\nrust,1\nageing,x\nmoss,2\n",                        false, 0.35, 0.10,
     "line 2: 'rust'",                                                                                                                                3},
    {"an unknown column",         "part,weight,colour\nageing,1,red\n",                             false, 0.35, 0.10,
     "line 1: 'colour' is no column",                                                                                                                 1},
    {"no columns",                "ageing,1\n",                                                     false, 0.35, 0.10, "columns 'part' and 'weight'", 2},
    {"all zero",
     "part,weight\nageing,0\ncapacity,0\nleakage,0\nmisconnection,0\nstructural,0\nfunctional,0\n", false, 0.35, 0.10, "all weights are 0",           0},
};

Test(plan_files, weights) {
    for (size_t i = 0; i < ARRAY_LEN(weights); i++) {
        CLEANUP(findings_release) struct findings findings = {0};
        struct composite_weights got = composite_defaults;
        struct error err = {0};
        bool is_read =
            weights_read_bytes(text_from(weights[i].text), "w.csv", &got, &findings, &err);
        cr_expect_eq(is_read, weights[i].is_read, "%s: %s", weights[i].name, err.text);
        cr_expect_eq(got.of[PART_STRUCTURAL], weights[i].structural, "%s", weights[i].name);
        cr_expect_eq(got.of[PART_AGEING], weights[i].ageing, "%s", weights[i].name);
        cr_expect(weights[i].says == NULL || strstr(err.text, weights[i].says) != NULL, "%s: %s",
            weights[i].name, err.text);
        cr_expect_eq(findings.n, weights[i].n_findings, "%s: %zu", weights[i].name, findings.n);
    }
}

Test(plan_files, words_stand_one_a_line) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct misconnection_words words = {0};
    struct error err = {0};

    cr_assert(misconnection_words_read_bytes(
        TEXT("# ours\n  kitchen \n\n\xBB\xEC\xBD\xD3\n"), "w.txt", &arena, &words, &err));
    cr_assert_eq(words.n, 2);
    cr_expect(text_equal(words.at[0], TEXT("kitchen")));
    cr_expect(text_equal(words.at[1], TEXT("混接")), "in GBK");
}

Test(plan_files, a_list_without_words_is_refused) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct text kept[] = {TEXT("kept")};
    struct misconnection_words words = {kept, 1};
    struct error err = {0};

    cr_assert_not(
        misconnection_words_read_bytes(TEXT("# nothing\n"), "w.txt", &arena, &words, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_eq(words.n, 1);
}

Test(plan_files, files_that_are_not_there) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct composite_weights got = composite_defaults;
    struct error err = {0};

    cr_assert_not(weights_read("/no/such/file", &got, &findings, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
}
