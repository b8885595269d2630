#include <criterion/criterion.h>

#include "core/base.h"
#include "core/text.h"

static const struct {
    const char *text;
    bool is_number;
    double want;
} numbers[] = {
    {"12.5",        true,  12.5   },
    {" 12,5 ",      true,  12.5   },
    {"1.234,5",     true,  1234.5 },
    {"1,234.5",     true,  1234.5 },
    {"1,234,567",   true,  1234567},
    {"-0.01",       true,  -0.01  },
    {"1e+01",       true,  10     },
    {"4.88699e+01", true,  48.8699},
    {".5",          true,  0.5    },
    {"",            false, 0      },
    {"-",           false, 0      },
    {"<5",          false, 0      },
    {"300mm",       false, 0      },
    {"1e999",       false, 0      },
    {"nan",         false, 0      },
};

Test(text, numbers) {
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        double got = -77;
        bool is_number = text_to_double(text_from(numbers[i].text), &got);

        cr_expect_eq(is_number, numbers[i].is_number, "'%s'", numbers[i].text);
        cr_expect_float_eq(
            got, is_number ? numbers[i].want : -77, 1e-12, "'%s' gave %.17g", numbers[i].text, got);
    }
}

Test(text, quantity_keeps_its_unit) {
    double value = 0;
    struct text unit = {0};

    cr_expect(text_to_quantity(text_from("300 mm"), &value, &unit));
    cr_expect_eq(value, 300);
    cr_expect(text_equal(unit, TEXT("mm")));
    cr_expect_not(text_to_quantity(text_from("mm"), &value, &unit));
}

static const struct {
    const char *text;
    int32_t want; /* 0: no date */
} dates[] = {
    {"2018-11-01",          20181101},
    {"2018/11/1",           20181101},
    {"20181101",            20181101},
    {"01.11.2018",          20181101},
    {"1-11-2018",           20181101},
    {"11/01/2018",          20181101},
    {"21/01/2018",          20180121},
    {"11/01/18",            20181101},
    {"2018年11月1日",    20181101},
    {"2018-11-01T10:00:00", 20181101},
    {"2018-11-01-13-05",    20181101},
    {"43405",               20181101},
    {"43405.0",             20181101},
    {"43405.7",             20181101},
    {"36585",               20000229},
    {"2018-02-29",          0       },
    {"2018-13-01",          0       },
    {"yesterday",           0       },
    {"12.5",                0       },
    {"",                    0       },
};

Test(text, dates) {
    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        int32_t got = 0;
        bool is_date = text_to_date(text_from(dates[i].text), &got);

        cr_expect_eq(is_date, dates[i].want != 0, "'%s'", dates[i].text);
        cr_expect_eq(got, dates[i].want, "'%s' gave %d", dates[i].text, (int)got);
    }
}

Test(text, base_name_is_behind_the_last_slash) {
    cr_expect(text_equal(text_base_name(TEXT("a/b.csv")), TEXT("b.csv")));
    cr_expect(text_equal(text_base_name(TEXT("b.csv")), TEXT("b.csv")));
    cr_expect_eq(text_base_name(TEXT("a/")).n, 0);
    cr_expect_eq(text_base_name((struct text){0}).n, 0);
}

Test(text, blanks_of_all_kinds_are_trimmed) {
    struct text got = text_trim(text_from(" \xE3\x80\x80 a b\xC2\xA0\r\n"));

    cr_expect(text_equal(got, TEXT("a b")));
    cr_expect_eq(text_trim(text_from(" \t ")).n, 0);
}

Test(text, utf8) {
    cr_expect(text_is_utf8(text_from("龙岗 é")));
    cr_expect_not(text_is_utf8(text_from("\xC1\xFA\xB8\xDA"))); /* GBK */
    cr_expect_not(text_is_utf8(text_from("\xED\xA0\x80")));     /* surrogate */
    cr_expect_not(text_is_utf8(text_from("\xE9")));
}

Test(text, a_cut_keeps_characters_whole) {
    struct text text = text_from("a\xC3\xA9z");

    cr_expect_eq(text_cut(text, 4).n, 4);
    cr_expect_eq(text_cut(text, 3).n, 3);
    cr_expect_eq(text_cut(text, 2).n, 1);
    cr_expect_eq(text_cut(text, 0).n, 0);
}
