#include <criterion/criterion.h>
#include <string.h>

#include "cmd/print_table.h"
#include "core/base.h"

static void expect_printed(const struct print_table *table, size_t right, const char *wanted) {
    char got[600] = "";
    FILE *to = fmemopen(got, sizeof got, "w");

    cr_assert_not_null(to);
    print_table(to, table, 2, right);
    fclose(to);
    cr_expect_str_eq(got, wanted);
}

Test(print_table, columns_are_as_wide_as_their_texts) {
    static const struct text cells[] = {
        {"code",                             4 },
        {"letters",                          7 },
        {"grade",                            5 },
        {"meaning",                          7 }, /* headings */
        {"BAB",                              3 },
        {NULL,                               0 },
        {"3",                                1 },
        {"a crack that is open to the soil", 32},
        {"管道",                           6 },
        {NULL,                               0 },
        {NULL,                               0 },
        {"wide",                             4 },
    };
    const struct print_table table = {cells, 3, 4};

    expect_printed(&table, 39,
        "  code  grade  meaning\n"
        "  BAB   3      a crack that is open to\n"
        "               the soil\n"
        "  管道         wide\n");
}

Test(print_table, the_last_goes_under_where_there_is_no_room) {
    static const struct text cells[] = {
        {"code",    4},
        {"grade",   5},
        {"meaning", 7}, /* headings */
        {"BAB",     3},
        {"3",       1},
        {"a crack", 7},
        {"BAC",     3},
        {NULL,      0},
        {NULL,      0},
    };
    const struct print_table table = {cells, 3, 3};

    expect_printed(&table, 30,
        "  code  grade\n"
        "        meaning\n"
        "  BAB   3\n"
        "        a crack\n"
        "  BAC\n");
}
