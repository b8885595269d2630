#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"

Test(en_values, letters) {
    cr_expect_str_eq(en_shape(TEXT("C")), "egg");
    cr_expect_str_eq(en_shape(TEXT("a")), "circular", "in small letters too");
    cr_expect_null(en_shape(TEXT("XA")), "the authority's own");
    cr_expect_str_eq(en_weather(TEXT("B")), "rain");
    cr_expect_null(en_weather(TEXT("")));
    cr_expect_eq(en_system(TEXT("A")), SYSTEM_FOUL);
    cr_expect_eq(en_system(TEXT("B")), SYSTEM_STORM);
    cr_expect_eq(en_system(TEXT("D")), SYSTEM_UNKNOWN);
    cr_expect_eq(en_zero(TEXT("A")), ZERO_INNER_WALL);
    cr_expect_eq(en_zero(TEXT("C")), ZERO_NODE_CENTRE);
    cr_expect_eq(en_zero(TEXT("Z")), ZERO_UNKNOWN);
    cr_expect(en_names_node(TEXT("bcd")));
    cr_expect_not(en_names_node(TEXT("BCA")));
}

/* value, is it a clock, hour */
static const struct {
    const char *value;
    bool is_clock;
    uint8_t hour;
} clocks[] = {
    {"",    true,  0 },
    {"00",  true,  0 },
    {"9",   true,  9 },
    {"12",  true,  12},
    {"13",  false, 0 },
    {"-1",  false, 0 },
    {"3.5", false, 0 },
};

Test(en_values, clocks) {
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        uint8_t hour = 99;
        cr_expect_eq(
            en_clock(text_from(clocks[i].value), &hour), clocks[i].is_clock, "%s", clocks[i].value);
        cr_expect_eq(hour, clocks[i].hour, "%s", clocks[i].value);
    }
}

Test(en_values, sizes) {
    float diameter_mm = 0, height_mm = 0;

    en_set_sizes(600, 900, &diameter_mm, &height_mm);
    cr_expect(diameter_mm == 600 && height_mm == 900, "an egg");
    en_set_sizes(300, 300, &diameter_mm, &height_mm);
    cr_expect(diameter_mm == 300 && isnan(height_mm), "round");
    en_set_sizes(NAN, 300, &diameter_mm, &height_mm);
    cr_expect(diameter_mm == 300 && isnan(height_mm), "the height alone");
    en_set_sizes(0, NAN, &diameter_mm, &height_mm);
    cr_expect(isnan(diameter_mm) && isnan(height_mm), "nothing");
}

Test(en_values, a_third_characterisation_is_told) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct text none = {0};

    cr_expect(text_equal(
        en_code_with_third(&arena, TEXT("BBF"), TEXT("A"), none, TEXT("B")), TEXT("BBF A - B")));
    cr_expect_eq(en_code_with_third(&arena, TEXT("BBF"), TEXT("A"), TEXT("B"), none).n, 0);
}
