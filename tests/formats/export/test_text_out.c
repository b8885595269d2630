#include "formats/export/text_out.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect(const struct text_out *out, const char *want) {
    struct text got = {out->at, out->n};

    cr_expect(text_equal(got, text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(got), want);
}

Test(text_out, numbers_are_short_and_read_back) {
    static const double numbers[] = {0.1, 39.05, 1.0 / 3, 1e-9, 123456789.125, 2.0 / 3e5, -12.5};

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        CLEANUP(text_out_release) struct text_out out = {0};
        double again = NAN;
        text_out_number(&out, numbers[i]);
        cr_expect(text_to_double((struct text){out.at, out.n}, &again));
        cr_expect(again == numbers[i], "%.17g", numbers[i]);
    }
    CLEANUP(text_out_release) struct text_out out = {0};
    text_out_number(&out, 39.05);
    text_out_string(&out, " ");
    text_out_float(&out, 304.8F);
    text_out_string(&out, " ");
    text_out_number(&out, NAN);
    text_out_date(&out, 20240304);
    text_out_date(&out, 0);
    expect(&out, "39.05 304.8 2024-03-04");
}

Test(text_out, xml_is_escaped) {
    CLEANUP(text_out_release) struct text_out out = {0};

    text_out_xml(&out, TEXT("a<b>&\"c'\td\x02\xFF\xEF\xBF\xBE\xC3\xA4"));
    expect(&out, "a&lt;b&gt;&amp;&quot;c'\td\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA4");
    cr_expect_eq(out.n_replaced, 3);
}

Test(text_out, json_is_escaped) {
    CLEANUP(text_out_release) struct text_out out = {0};

    text_out_json(&out, TEXT("a\"\\\n\x01ü"));
    expect(&out, "\"a\\\"\\\\\\u000a\\u0001ü\"");
    cr_expect_eq(out.n_replaced, 0);
}
