#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "core/repair/tables.h"

/* The choices of a row: "point CIPP|soil grouting + stainless quick-lock sleeve". */
static const char *choices(const struct repair_row *row) {
    static char text[512];
    size_t n = 0;

    text[0] = '\0';
    for (size_t i = 0; row != NULL && i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        const struct repair_choice *choice = &row->choices[i];
        const struct repair_method *methods = repair_defaults.methods;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s%s%s", i == 0 ? "" : "|",
            methods[choice->before].name, choice->before == 0 ? "" : " + ",
            methods[choice->main].name);
    }
    return text;
}

/* The row of the family alone, as the Chinese matrix means it. */
static const struct repair_row *row_of(
    enum defect_family family, int grade, double diameter_mm, enum repair_scope scope) {
    for (size_t i = 0; i < repair_defaults.n_rows; i++) {
        const struct repair_where *where = &repair_defaults.rows[i].where;
        if (where->family == family && where->code == NULL && !where->is_hazard &&
            where->material == REPAIR_MATERIAL_ANY && grade >= where->severity_from &&
            grade <= where->severity_to && diameter_mm >= where->dn_from_mm &&
            diameter_mm < where->dn_below_mm && repair_defaults.rows[i].scope == scope) {
            return &repair_defaults.rows[i];
        }
    }
    return NULL;
}

#define CIPP "inversion CIPP|UV-CIPP|"
#define SPRAYS "cement mortar spray|polymer spray"
#define POINT "point CIPP"
#define LOCK "stainless quick-lock sleeve"
#define RING "stainless expansion ring"
#define FORM "fold and form lining"

/* family, DN from, below, grades, spot methods, full-length methods: the 19 rows of the matrix */
static const struct {
    enum defect_family family;
    double dn_mm, below_mm;
    int from, to;
    const char *spot, *full;
} matrix[] = {
    {FAMILY_DEFORMATION, 300, 800,  2, 4, "",                      CIPP "short pipe lining|" FORM           },
    {FAMILY_DEFORMATION, 800, 5000, 2, 4, POINT "|" RING "|" LOCK, "inversion CIPP|UV-CIPP"                 },
    {FAMILY_OFFSET,      300, 800,  2, 3, POINT,                   CIPP "pad lining|short pipe lining|" FORM},
    {FAMILY_OFFSET,      300, 800,  4, 4, "open cut",              CIPP "pad lining|short pipe lining|" FORM},
    {FAMILY_OFFSET,      800, 5000, 2, 2, POINT "|" RING,          "open cut"                               },
    {FAMILY_OFFSET,      800, 5000, 3, 4, "open cut",              "open cut"                               },
    {FAMILY_SURFACE,     300, 800,  2, 3, POINT "|" LOCK,          CIPP "pad lining|" FORM                  },
    {FAMILY_SURFACE,     800, 5000, 2, 3, POINT "|" LOCK "|" RING,
     "cement mortar spray|" CIPP "pad lining"                                                               },
    {FAMILY_BREAK,       300, 800,  2, 4, POINT "|" LOCK,          CIPP "pad lining|" FORM                  },
    {FAMILY_BREAK,       800, 5000, 2, 3, LOCK "|" POINT "|" RING, SPRAYS "|" CIPP "pad lining"             },
    {FAMILY_BREAK,       800, 5000, 4, 4, LOCK "|" POINT,          SPRAYS "|" CIPP "pad lining"             },
    {FAMILY_LEAKAGE,     300, 800,  2, 3, POINT,                   CIPP "pad lining|short pipe lining|" FORM},
    {FAMILY_LEAKAGE,     300, 800,  4, 4, "soil grouting + " LOCK,
     CIPP "pad lining|short pipe lining|" FORM                                                              },
    {FAMILY_LEAKAGE,     800, 5000, 2, 3, POINT,                   CIPP "pad lining"                        },
    {FAMILY_LEAKAGE,     800, 5000, 4, 4, "soil grouting + " LOCK, CIPP "pad lining"                        },
    {FAMILY_OPEN_JOINT,  300, 800,  2, 4, POINT "|" LOCK,          CIPP "pad lining|short pipe lining|" FORM},
    {FAMILY_OPEN_JOINT,  800, 5000, 2, 4, POINT "|" LOCK "|" RING, CIPP "pad lining|" SPRAYS                },
    {FAMILY_SEAL,        300, 800,  2, 2, POINT "|" LOCK,          CIPP "pad lining|short pipe lining|" FORM},
    {FAMILY_SEAL,        800, 5000, 2, 2, POINT "|" LOCK "|" RING, CIPP "pad lining|" SPRAYS                },
};

Test(tables, the_chinese_matrix_at_the_edges_of_diameter_and_grade) {
    for (size_t i = 0; i < ARRAY_LEN(matrix); i++) {
        const double edges_mm[] = {matrix[i].dn_mm, nextafter(matrix[i].below_mm, 0)};
        for (size_t k = 0; k < 2 * ARRAY_LEN(edges_mm); k++) {
            double diameter_mm = edges_mm[k % 2];
            int grade = k < 2 ? matrix[i].from : matrix[i].to;
            cr_expect_str_eq(choices(row_of(matrix[i].family, grade, diameter_mm, REPAIR_SPOT)),
                matrix[i].spot, "row %zu, DN %g, grade %d", i, diameter_mm, grade);
            cr_expect_str_eq(choices(row_of(matrix[i].family, grade, diameter_mm, REPAIR_FULL)),
                matrix[i].full, "row %zu, DN %g, grade %d", i, diameter_mm, grade);
        }
        cr_expect_null(row_of(matrix[i].family, 1, matrix[i].dn_mm, REPAIR_SPOT), "row %zu", i);
        cr_expect_null(row_of(matrix[i].family, 1, matrix[i].dn_mm, REPAIR_FULL), "row %zu", i);
    }
}

/* Every family that a catalogue can give has a word for every diameter, but those of which nobody
 * knows what they are. */
Test(tables, no_family_is_forgotten) {
    static const double diameters_mm[] = {100, 299, 300, 799, 800, 3000};

    for (size_t i = FAMILY_NONE + 1; i < FAMILY_OTHER; i++) {
        enum defect_family family = (enum defect_family)i;
        for (size_t k = 0; k < 3 * ARRAY_LEN(diameters_mm); k++) {
            int grade = 2 + (int)(k / ARRAY_LEN(diameters_mm));
            bool has_any = false;
            for (size_t scope = 0; scope < REPAIR_SCOPES; scope++) {
                has_any |= row_of(family, grade, diameters_mm[k % ARRAY_LEN(diameters_mm)],
                               (enum repair_scope)scope) != NULL;
            }
            cr_expect(has_any, "%s %d", defect_family_name(family), grade);
        }
    }
}

static int compare_where(const struct repair_where *a, const struct repair_where *b) {
    int family = strcmp(defect_family_name(a->family), defect_family_name(b->family));
    int code = strcmp(a->code == NULL ? "" : a->code, b->code == NULL ? "" : b->code);

    return family != 0 ? family : code;
}

Test(tables, rows_are_sorted_and_say_what_they_rest_on) {
    for (size_t i = 0; i < repair_defaults.n_rows; i++) {
        const struct repair_row *row = &repair_defaults.rows[i];
        cr_expect(
            strstr(row->source, "[S]") || strstr(row->source, "[K]") || strstr(row->source, "[U]"),
            "row %zu: %s", i, row->source);
        cr_expect(i == 0 || compare_where(&row[-1].where, &row->where) <= 0, "row %zu", i);
        cr_expect(row->where.severity_from <= row->where.severity_to, "row %zu", i);
        cr_expect(row->where.dn_from_mm < row->where.dn_below_mm, "row %zu", i);
        cr_expect_eq(row->choices[0].main == 0, row->scope == REPAIR_NONE, "row %zu", i);
        for (size_t k = 0; k < REPAIR_CHOICES_MOST && row->choices[k].main != 0; k++) {
            const struct repair_method *method = &repair_defaults.methods[row->choices[k].main];
            cr_expect(repair_method_is_for(method, row->scope) ||
                          repair_method_is_for(method, REPAIR_DIG),
                "row %zu: %s", i, method->name);
        }
    }
}

Test(tables, no_two_rows_of_a_scope_take_the_same_defect) {
    for (size_t i = 0; i < repair_defaults.n_rows; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct repair_where *a = &repair_defaults.rows[i].where;
            const struct repair_where *b = &repair_defaults.rows[k].where;
            bool same = compare_where(a, b) == 0 && a->material == b->material &&
                        a->shape == b->shape && a->is_hazard == b->is_hazard &&
                        repair_defaults.rows[i].scope == repair_defaults.rows[k].scope;
            cr_expect(!same || a->severity_from > b->severity_to ||
                          b->severity_from > a->severity_to || a->dn_from_mm >= b->dn_below_mm ||
                          b->dn_from_mm >= a->dn_below_mm,
                "rows %zu and %zu", k, i);
        }
    }
}

Test(tables, methods_are_found_by_all_their_names) {
    static const struct {
        const char *word, *name;
    } names[] = {
        {"point CIPP",            "point CIPP"                 },
        {"POINT cipp",            "point CIPP"                 },
        {"点状原位固化",    "point CIPP"                 },
        {"不锈钢双胀环",    "stainless expansion ring"   },
        {"不锈钢快速锁",    "stainless quick-lock sleeve"},
        {"CIPP",                  "inversion CIPP"             },
        {"excavate",              "open cut"                   },
        {"thermoplastic",         "fold and form lining"       },
        {"polymer soil grouting", "soil grouting"              },
        {"fold and form",         ""                           },
        {"",                      ""                           },
        {"|",                     ""                           },
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        uint8_t method = repair_method_find(&repair_defaults, text_from(names[i].word));
        cr_expect_str_eq(
            repair_defaults.methods[method].name, names[i].name, "'%s'", names[i].word);
    }
    for (size_t i = 1; i < repair_defaults.n_methods; i++) {
        const struct repair_method *method = &repair_defaults.methods[i];
        cr_expect_eq(repair_method_find(&repair_defaults, text_from(method->name)), i);
        cr_expect_eq(repair_method_find(&repair_defaults, text_from(method->name_zh)), i);
        cr_expect(method->dn_min_mm < method->dn_max_mm, "%s", method->name);
        cr_expect_eq(
            method->is_trenchless, !repair_method_is_for(method, REPAIR_DIG), "%s", method->name);
    }
    cr_expect(repair_defaults.n_methods <= REPAIR_METHODS_MOST);
    cr_expect_str_eq(
        repair_defaults.methods[repair_method_to_dig(&repair_defaults)].name, "open cut");
}

Test(tables, words_of_materials_and_shapes) {
    static const struct {
        const char *word;
        enum repair_material material;
        enum repair_shape shape;
    } words[] = {
        {"",                    REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_ANY     },
        {"钢筋混凝土",     REPAIR_MATERIAL_REINFORCED, REPAIR_SHAPE_ANY     },
        {"混凝土",           REPAIR_MATERIAL_RIGID,      REPAIR_SHAPE_ANY     },
        {"钢管",              REPAIR_MATERIAL_METAL,      REPAIR_SHAPE_ANY     },
        {"球墨铸铁",        REPAIR_MATERIAL_METAL,      REPAIR_SHAPE_ANY     },
        {"HDPE双壁波纹管", REPAIR_MATERIAL_FLEXIBLE,   REPAIR_SHAPE_ANY     },
        {"砖砌",              REPAIR_MATERIAL_BRICK,      REPAIR_SHAPE_ANY     },
        {"Stahlbeton",          REPAIR_MATERIAL_REINFORCED, REPAIR_SHAPE_ANY     },
        {"Beton",               REPAIR_MATERIAL_RIGID,      REPAIR_SHAPE_ANY     },
        {"STZ",                 REPAIR_MATERIAL_RIGID,      REPAIR_SHAPE_ANY     },
        {" pvc-u ",             REPAIR_MATERIAL_FLEXIBLE,   REPAIR_SHAPE_ANY     },
        {"PE",                  REPAIR_MATERIAL_FLEXIBLE,   REPAIR_SHAPE_ANY     },
        {"Ductile iron",        REPAIR_MATERIAL_METAL,      REPAIR_SHAPE_ANY     },
        {"Reinforced concrete", REPAIR_MATERIAL_REINFORCED, REPAIR_SHAPE_ANY     },
        {"circular",            REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_CIRCULAR},
        {"圆形",              REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_CIRCULAR},
        {"椭圆",              REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_OTHER   },
        {"矩形",              REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_OTHER   },
        {"Eiprofil",            REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_OTHER   },
        {"something else",      REPAIR_MATERIAL_ANY,        REPAIR_SHAPE_ANY     },
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct text word = text_from(words[i].word);
        cr_expect_eq(repair_material_of(word), words[i].material, "'%s'", words[i].word);
        cr_expect_eq(repair_shape_of(word), words[i].shape, "'%s'", words[i].word);
    }
}

Test(repair_tables, have_names_of_methods_in_chinese) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct repair_tables english = repair_tables_in(&repair_defaults, LANGUAGE_EN, &arena);
    const struct repair_tables chinese = repair_tables_in(&repair_defaults, LANGUAGE_ZH, &arena);

    cr_expect_eq(english.methods, repair_defaults.methods, "as they are");
    cr_assert_eq(chinese.n_methods, repair_defaults.n_methods);
    for (size_t i = 1; i < chinese.n_methods; i++) {
        cr_expect_str_eq(chinese.methods[i].name, repair_defaults.methods[i].name_zh);
        cr_expect_eq(chinese.methods[i].scopes, repair_defaults.methods[i].scopes);
    }
}

Test(repair_tables, a_method_without_a_chinese_name_keeps_its_own) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct repair_method methods[] = {
        {.name = ""},
        {              .name = "glue"         },
        { .name = "tape",          .name_zh = ""}
    };
    const struct repair_tables own = {.methods = methods, .n_methods = ARRAY_LEN(methods)};
    const struct repair_tables chinese = repair_tables_in(&own, LANGUAGE_ZH, &arena);

    cr_expect_str_eq(chinese.methods[1].name, "glue");
    cr_expect_str_eq(chinese.methods[2].name, "tape");
}
