#include <criterion/criterion.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/xml_fields.h"

enum { WORD_A, WORD_B, WORDS };

static void expect_text(struct text got, const char *want, const char *name) {
    cr_expect(
        text_equal(got, text_from(want)), "%s: '%.*s' is not '%s'", name, TEXT_ARGS(got), want);
}

Test(xml_fields, a_record_is_kept_and_asked) {
    CLEANUP(xml_fields_release) struct xml_fields fields = {0};
    xml_fields_clear(&fields, WORDS, 7);
    cr_assert(xml_fields_add(&fields, TEXT("A"), WORD_A, TEXT("1")));
    cr_assert(xml_fields_add(&fields, TEXT("x"), WORDS, TEXT("other")));
    cr_assert(xml_fields_add(&fields, TEXT("A"), WORD_A, TEXT("2")));

    expect_text((struct text){fields.raw, fields.n}, "A=1; x=other; A=2", "as delivered");
    expect_text(xml_field(&fields, fields.raw, WORD_A), "1", "the first value counts");
    cr_expect_eq(xml_field(&fields, fields.raw, WORD_B).n, 0, "not there");
    cr_expect_eq(xml_field(&fields, fields.raw, WORDS).n, 0, "no word");
    expect_text(xml_field(&fields, "A=9; x=other; A=2", WORD_A), "9", "in a copy");
    cr_expect_eq(fields.line, 7);
    xml_fields_clear(&fields, WORDS, 8);
    cr_expect_eq(fields.n, 0);
    cr_expect_eq(xml_field(&fields, fields.raw, WORD_A).n, 0, "cleared");
}

Test(xml_fields, a_record_has_an_end) {
    CLEANUP(xml_fields_release) struct xml_fields fields = {0};
    CLEANUP(array_release) char *mebibyte = NULL;
    size_t capacity = 0, n = 1024 * 1024, kept = 0;

    mebibyte = array_reserve(mebibyte, &capacity, n, 1);
    memset(mebibyte, 'x', n);
    xml_fields_clear(&fields, WORDS, 1);
    while (kept < 100 && xml_fields_add(&fields, TEXT("A"), WORD_A, (struct text){mebibyte, n})) {
        kept++;
    }
    cr_expect_eq(kept, 3, "four of them and their names are more than 4 MiB");
    cr_expect(xml_fields_add(&fields, TEXT("B"), WORD_B, TEXT("2")), "a small one fits");
}
