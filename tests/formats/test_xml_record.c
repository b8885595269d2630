#include <criterion/criterion.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

static struct text raw_of(const struct xml_record *record) {
    return (struct text){record->raw, record->n};
}

Test(xml_record, keeps_the_first_value_of_each_word_and_all_in_the_text) {
    CLEANUP(xml_record_release) struct xml_record record = {0};

    xml_record_clear(&record, 7);
    cr_expect(xml_record_add(&record, TEXT("A"), 0, TEXT("1")));
    cr_expect(xml_record_add(&record, TEXT("B"), 1, TEXT("two")));
    cr_expect(xml_record_add(&record, TEXT("A"), 0, TEXT("3")));
    cr_expect(xml_record_add(&record, TEXT("X"), XML_OTHER, TEXT("4")));
    cr_expect(text_equal(raw_of(&record), TEXT("A=1; B=two; A=3; X=4")));
    cr_expect(text_equal(xml_record_value(&record, record.raw, 0), TEXT("1")));
    cr_expect(text_equal(xml_record_value(&record, record.raw, 1), TEXT("two")));
    cr_expect_eq(xml_record_value(&record, record.raw, 2).n, 0);
    cr_expect_eq(xml_record_value(&record, record.raw, XML_OTHER).n, 0);
    cr_expect_eq(record.line, 7);

    xml_record_clear(&record, 8);
    cr_expect_eq(record.n, 0);
    cr_expect_eq(xml_record_value(&record, record.raw, 0).n, 0, "nothing is left of the last one");
}

Test(xml_record, values_out_of_a_copy) {
    CLEANUP(xml_record_release) struct xml_record record = {0};
    CLEANUP(arena_release) struct arena arena = {0};

    xml_record_clear(&record, 1);
    xml_record_add(&record, TEXT("A"), 5, TEXT("value"));
    struct text copy = arena_copy(&arena, raw_of(&record));
    struct text value = xml_record_value(&record, copy.at, 5);
    cr_expect(text_equal(value, TEXT("value")));
    cr_expect_eq(value.at, copy.at + 2);
}

Test(xml_record, has_a_limit) {
    CLEANUP(xml_record_release) struct xml_record record = {0};
    CLEANUP(arena_release) struct arena arena = {0};
    size_t n = XML_TEXT_MAX, n_kept = 0;
    char *long_text = ARENA_NEW(&arena, char, n);

    memset(long_text, 'x', n);
    for (size_t i = 0; i < 8; i++) {
        n_kept += xml_record_add(&record, TEXT("A"), 0, (struct text){long_text, n});
    }
    cr_expect_eq(n_kept, 3, "what does not fit into 4 MiB is left out");
    cr_expect(xml_record_add(&record, TEXT("B"), 1, TEXT("short")), "and what does fit is not");
}
