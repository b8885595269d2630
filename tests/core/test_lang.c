#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/error.h"
#include "core/lang.h"
#include "core/lang/phrases.h"
#include "core/line.h"
#include "core/trace.h"

Test(lang, texts_are_found_in_the_catalogue) {
    size_t n = 0;
    const struct lang_entry *entries = lang_entries(LANGUAGE_ZH, &n);

    cr_assert_gt(n, 0);
    for (size_t i = 0; i < n; i++) {
        cr_expect_str_eq(
            lang_text(LANGUAGE_ZH, entries[i].english), entries[i].translated, "a sorted table");
        cr_expect_str_eq(lang_text(LANGUAGE_EN, entries[i].english), entries[i].english);
    }
}

Test(lang, a_text_without_translation_stays_as_it_is) {
    const char *unknown = "nobody says that";

    cr_expect_eq(lang_text(LANGUAGE_ZH, unknown), unknown);
    cr_expect_str_eq(lang_text(LANGUAGE_ZH, ""), "");
    cr_expect_null(lang_text(LANGUAGE_ZH, NULL));
    cr_expect_null(lang_text(LANGUAGE_EN, NULL));
}

/* locale, is there a catalogue, language */
static const struct {
    const char *locale;
    bool is_known;
    enum language language;
} locales[] = {
    {"zh",          true,  LANGUAGE_ZH},
    {"zh_CN.UTF-8", true,  LANGUAGE_ZH},
    {"zh-Hans",     true,  LANGUAGE_ZH},
    {"zh@pinyin",   true,  LANGUAGE_ZH},
    {"en",          true,  LANGUAGE_EN},
    {"en_GB.UTF-8", true,  LANGUAGE_EN},
    {"C",           true,  LANGUAGE_EN},
    {"C.UTF-8",     true,  LANGUAGE_EN},
    {"POSIX",       true,  LANGUAGE_EN},
    {"fr",          false, LANGUAGE_EN},
    {"zhx",         false, LANGUAGE_EN},
    {"z",           false, LANGUAGE_EN},
    {"",            false, LANGUAGE_EN},
};

Test(lang, locales_name_languages) {
    for (size_t i = 0; i < ARRAY_LEN(locales); i++) {
        enum language language = LANGUAGES;
        cr_expect_eq(lang_from_locale(locales[i].locale, &language), locales[i].is_known, "'%s'",
            locales[i].locale);
        cr_expect_eq(language, locales[i].language, "'%s'", locales[i].locale);
    }
}

Test(lang, the_first_variable_that_is_not_empty_counts) {
    cr_expect_str_eq(lang_locale("zh_CN", "en", "fr"), "zh_CN");
    cr_expect_str_eq(lang_locale("", "en", "fr"), "en");
    cr_expect_str_eq(lang_locale(NULL, NULL, "fr"), "fr");
    cr_expect_str_eq(lang_locale(NULL, "", NULL), "C");
}

Test(lang, a_line_speaks_its_language) {
    const struct phrases phrases = phrases_in(LANGUAGE_ZH);
    struct line line;

    line_start(&line);
    line_add(&line, "PL4");
    line_add_place(&line, 3, 12.04);
    line_fill_count(&line, PHRASE_AND_MORE, 2);
    cr_expect(text_equal(line_text(&line), TEXT("PL4 at 3.0-12.0 m and 2 more")), "%.*s",
        TEXT_ARGS(line_text(&line)));

    line_start_in(&line, &phrases);
    line_add(&line, "PL4");
    line_add_place(&line, 3, 12.04);
    line_fill_count(&line, PHRASE_AND_MORE, 2);
    cr_expect(text_equal(line_text(&line), TEXT("PL4 于 3.0-12.0 m 处等，另有 2 处")), "%.*s",
        TEXT_ARGS(line_text(&line)));
}

Test(lang, values_go_where_the_language_wants_them) {
    const struct phrases phrases = phrases_in(LANGUAGE_ZH);
    const struct text values[] = {TEXT("8.0"), TEXT("20.0"), TEXT("30")};
    struct line line;

    line_start(&line);
    line_fill(&line, PHRASE_OVER_SHARE, values);
    cr_expect(text_equal(line_text(&line), TEXT("over 8.0 of 20.0 m, more than 30 %")), "%.*s",
        TEXT_ARGS(line_text(&line)));

    line_start_in(&line, &phrases);
    line_fill(&line, PHRASE_OVER_SHARE, values);
    cr_expect(text_equal(line_text(&line), TEXT("20.0 m 中有 8.0 m，超过 30%")), "%.*s",
        TEXT_ARGS(line_text(&line)));
}

Test(lang, a_full_line_takes_no_part_of_a_character) {
    const struct phrases phrases = phrases_in(LANGUAGE_ZH);
    struct line line;

    line_start_in(&line, &phrases);
    for (size_t i = 0; i < 1000; i++) {
        line_say(&line, PHRASE_NO_DEFECTS);
    }
    cr_expect_leq(line.n, sizeof line.at);
    cr_expect(text_is_utf8(line_text(&line)));
}

/* --- formats of printf --- */

Test(lang, errors_are_told_in_their_language) {
    struct error english = {0}, chinese = {.language = LANGUAGE_ZH};

    cr_expect_not(error_set(&english, ERROR_FILE, "cannot write '%s'", "a.gpkg"));
    error_wrap(&english, "writing '%s'", "b");
    cr_expect_str_eq(english.text, "writing 'b': cannot write 'a.gpkg'");
    cr_expect_not(error_set(&chinese, ERROR_FILE, "cannot write '%s'", "a.gpkg"));
    error_wrap(&chinese, "writing '%s'", "b");
    cr_expect_str_eq(chinese.text, "写入“b”：无法写入“a.gpkg”");
    cr_expect_eq(chinese.kind, ERROR_FILE);
    error_set(&chinese, ERROR_FILE, "no translation of %d", 7);
    cr_expect_str_eq(chinese.text, "no translation of 7");
}

Test(lang, lines_are_filled_in_their_language) {
    const struct phrases chinese = phrases_in(LANGUAGE_ZH);
    struct line line;

    line_start(&line);
    line_print(&line, "%s %g is below %g", "grade", 2.0, 3.0);
    cr_expect(text_equal(line_text(&line), TEXT("grade 2 is below 3")));
    line_start_in(&line, &chinese);
    line_print(&line, "%s %g is below %g", phrases_word(&chinese, "grade"), 2.0, 3.0);
    cr_expect(text_equal(line_text(&line), TEXT("等级 2 小于 3")));
}

Test(lang, traces_tell_in_their_language) {
    const struct phrases chinese = phrases_in(LANGUAGE_ZH);
    CLEANUP(trace_release) struct trace trace = {.phrases = &chinese};
    CLEANUP(arena_release) struct arena arena = {0};
    const int thing = 0;

    trace_add(&trace, "next %s inspection in %u years", trace_word(&trace, "structural"), 3u);
    cr_expect(text_equal(trace.at[0], TEXT("3 年后进行下次结构性检测")));
    trace_note(&trace, &thing, "collapse hazard");
    trace_note(&trace, &thing, "recorded only, in no figure");
    cr_expect(text_equal(
        trace_notes_about(&trace, &thing, &arena), TEXT("坍塌隐患；仅作记录，不计入任何指标")));
    trace_add(NULL, "indices");
    cr_expect_str_eq(trace_word(NULL, "structural"), "structural");
}
