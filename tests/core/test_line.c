#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/line.h"

static const struct {
    double value;
    const char *number, *tenths;
} numbers[] = {
    {0,     "0",     "0.0"  },
    {800,   "800",   "800.0"},
    {0.5,   "0.5",   "0.5"  },
    {0.05,  "0.05",  "0.1"  },
    {1.025, "1.025", "1.0"  },
    {12.96, "12.96", "13.0" },
    {30,    "30",    "30.0" },
    {-1,    "0",     "0.0"  },
};

Test(line, numbers) {
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        struct line number, tenths;
        line_start(&number);
        line_start(&tenths);
        line_add_number(&number, numbers[i].value);
        line_add_tenths(&tenths, numbers[i].value);
        cr_expect(text_equal((struct text){number.at, number.n}, text_from(numbers[i].number)),
            "%g: %.*s", numbers[i].value, (int)number.n, number.at);
        cr_expect(text_equal((struct text){tenths.at, tenths.n}, text_from(numbers[i].tenths)),
            "%g: %.*s", numbers[i].value, (int)tenths.n, tenths.at);
    }
}

Test(line, places) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct line line;

    line_start(&line);
    cr_expect_null(line_keep(&line, &arena).at);
    line_add_place(&line, 3, 3);
    line_add_place(&line, 3, 12.04);
    cr_expect(text_equal(line_keep(&line, &arena), TEXT(" at 3.0 m at 3.0-12.0 m")));
}

Test(line, no_character_is_cut_in_two) {
    struct line line;

    line_start(&line);
    line_add(&line, "x");
    for (size_t i = 0; i < sizeof line.at; i++) {
        line_add(&line, "管");
    }
    cr_expect_eq(line.n, 1 + (sizeof line.at - 1) / 3 * 3);
    cr_expect(text_is_utf8((struct text){line.at, line.n}));
}
