#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/repair_table.h"
#include "tests/core/repair_segment.h"
#include "tests/formats/scratch.h"

/* --- a text that grows --- */

struct printed {
    char *at; /* owned, ended by NUL */
    size_t n, capacity;
};

static void take(void *context, struct text line) {
    struct printed *printed = context;

    printed->at = array_reserve(printed->at, &printed->capacity, printed->n + line.n + 2, 1);
    memcpy(printed->at + printed->n, line.at, line.n);
    printed->n += line.n;
    printed->at[printed->n++] = '\n';
    printed->at[printed->n] = '\0';
}

static void printed_release(struct printed *printed) {
    array_release(&printed->at);
}

/* --- a table that was read --- */

struct reading {
    struct arena arena;
    struct repair_tables tables;
    struct findings findings;
    struct error err;
    bool is_read;
};

static void reading_release(struct reading *reading) {
    arena_release(&reading->arena);
    findings_release(&reading->findings);
}

static void read_table(struct reading *reading, const char *text) {
    *reading = (struct reading){.tables = repair_defaults};
    reading->is_read = repair_table_read_bytes(text_from(text), "table.csv", &reading->arena,
        &reading->tables, &reading->findings, &reading->err);
}

static void read_costs(struct reading *reading, const char *text) {
    *reading = (struct reading){.tables = repair_defaults};
    reading->is_read = repair_costs_read_bytes(text_from(text), "costs.csv", &reading->arena,
        &reading->tables, &reading->findings, &reading->err);
}

static const char *works_of(struct repair_segment *segment, const struct repair_tables *tables,
    double diameter_mm, const char *defects) {
    repair_segment_build(segment);
    segment->request.tables = tables;
    segment->request.site.diameter_mm = diameter_mm;
    repair_segment_log(segment, defects);
    return repair_segment_text(segment);
}

/* "3: column 'dn_from': ...; 4: ..." */
static const char *told(const struct findings *findings) {
    static char text[4096];
    size_t n = 0;

    text[0] = '\0';
    for (size_t i = 0; i < findings->n; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%u: %.*s", i == 0 ? "" : "; ",
            findings->at[i].place.line, TEXT_ARGS(findings->at[i].detail));
    }
    return text;
}

Test(repair_table, what_is_printed_is_read_as_the_same) {
    CLEANUP(printed_release) struct printed first = {0}, again = {0};
    CLEANUP(reading_release) struct reading reading;

    repair_table_print(&repair_defaults, take, &first);
    read_table(&reading, first.at);
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.findings.n, 0, "%s", told(&reading.findings));
    repair_table_print(&reading.tables, take, &again);
    cr_expect_str_eq(again.at, first.at);
    cr_expect_eq(reading.tables.n_methods, repair_defaults.n_methods);
    cr_expect_eq(reading.tables.n_rows, repair_defaults.n_rows);
    cr_expect_eq(reading.tables.n_exclusions, repair_defaults.n_exclusions);
}

Test(repair_table, what_is_printed_can_be_read_by_eye) {
    CLEANUP(printed_release) struct printed printed = {0};

    repair_table_print(&repair_defaults, take, &printed);
    cr_expect(strstr(printed.at,
                  "table,name,name_zh,aliases,defect,grade_from,grade_to,dn_from,") == printed.at);
    cr_expect_not_null(strstr(printed.at, "\nmatrix,,,,leakage,4,4,300,800,,,any,any,no,spot,"
                                          "soil grouting + stainless quick-lock sleeve,"));
    cr_expect_not_null(strstr(printed.at, "\nmatrix,,,,CQ,2,4,,,,,any,any,no,clean,"));
    cr_expect_not_null(strstr(printed.at, "\nlimit,most_share,,,"));
    cr_expect_not_null(strstr(printed.at, ",\"slip lining, continuous\","));
}

/* name, table, defects at DN 600, works */
static const struct {
    const char *name, *table, *defects, *want;
} edits[] = {
    {"rows of a defect replace all of that defect",
     "table,defect,grade_from,grade_to,scope,methods\nmatrix,break,2,4,spot,quick-lock sleeve\n",                                      "PL2@10 TJ2@20",
     "spot stainless quick-lock sleeve 9.75-10.25 / spot point CIPP 19.75-20.25"                                                                                                                                                            },
    {"a row for a code counts before its family",
     "table;defect;grade_from;grade_to;scope;methods\nmatrix;TJ;2;4;spot;不锈钢快速锁\n",                                        "TJ2@20 PL2@40",
     "spot stainless quick-lock sleeve 19.75-20.25 / spot point CIPP 39.75-40.25"                                                                                                                                                           },
    {"works on light defects can be asked for",
     "table,defect,grade_from,grade_to,scope,methods\nmatrix,sediment,1,4,clean,jetting\n",                                            "CJ1@10",                 "clean high-pressure jetting 0-60"                                         },
    {"scope none leaves a defect",                        "table,defect,scope\nmatrix,roots,none\n",                                   "SG4@10",                 ""                                                                         },
    {"a limit",                                           "table,name,value\nlimit,most_spots,1\n",                                    "PL2@10 PL2@20",
     "full inversion CIPP 0-60"                                                                                                                                                                                                             },
    {"a share in percent signs is no share, a number is",
     "table,name,value\nlimit,most_share,0.01\n",                                                                                      "PL2@10-10.5",            "full inversion CIPP 0-60"                                                 },
    {"diameters of a method",
     "table,name,dn_min,dn_max,scope,unit,piece_m,trenchless\n"
        "method,point CIPP,50,500,spot,piece,0.5,yes\n",                                                                               "PL2@10",                 "spot stainless quick-lock sleeve 9.75-10.25"                              },
    {"a method of one's own, told behind its use",
     "table,name,defect,scope,methods,unit,piece_m,trenchless,soil_first\n"
        "matrix,,break,spot,wonder foil,,,,\nmethod,wonder foil,,spot,,m,1,yes,soil grouting\n",                                       "PL2@10 soil2@20 PL3@50",
     "spot wonder foil 9.5-10.5 / spot soil grouting + point CIPP 19.75-20.25 / "
        "spot wonder foil 49.5-50.5"                                                                                                                                                                                                        },
    {"exclusions of a method",
     "table,name,defect,grade_from,grade_to\nexclusion,point CIPP,break,2,2\n",                                                        "PL2@10 CK4@20",
     "spot stainless quick-lock sleeve 9.75-10.25 / dig open cut 19-21"                                                                                                                                                                     },
    {"a decision matrix",
     "dn,defect,grades,local_methods,full_length_methods,marker\n"
        "300<=DN<800,PL,2-3,不锈钢快速锁|点状原位固化,none,[S]\nDN>=800,PL,2,none,CIPP,[S]\n",
     "PL3@10 PL4@40",                                                                                                                                            "spot stainless quick-lock sleeve 9.75-10.25 / spot point CIPP 39.75-40.25"},
    {"its edges",
     "dn,defect,grades,local_methods,full_length_methods\n"
        "DN<600,PL,2,none,CIPP\nDN>=600,PL,2,不锈钢快速锁,\n",                                                                   "PL2@10",                 "spot stainless quick-lock sleeve 9.75-10.25"                              },
    {"its other edges",
     "dn,defect,grades,local_methods,full_length_methods\n"
        "DN<=600,PL,2,none,CIPP\nDN>600,PL,2,不锈钢快速锁,\n",                                                                   "PL2@10",                 "full inversion CIPP 0-60"                                                 },
    {"its own trench",                                    "dn,defect,grades,local_methods,full_length_methods\n,PL,2,excavate,none\n",
     "PL2@10",                                                                                                                                                   "dig open cut 9-11"                                                        },
    {"nothing is nothing",                                "dn,defect,grades,local_methods,full_length_methods\n,PL,2,none,none\n",
     "PL2@10",                                                                                                                                                   ""                                                                         },
};

Test(repair_table, edits) {
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        CLEANUP(reading_release) struct reading reading;
        CLEANUP(repair_segment_release) struct repair_segment segment = {0};

        read_table(&reading, edits[i].table);
        cr_expect(reading.is_read, "%s: %s", edits[i].name, reading.err.text);
        if (reading.is_read) {
            cr_expect_str_eq(works_of(&segment, &reading.tables, 600, edits[i].defects),
                edits[i].want, "%s: '%s'", edits[i].name, segment.text);
        }
    }
}

#define MATRIX "table,defect,grade_from,grade_to,dn_from,dn_below,scope,methods\n"
#define DECISION "dn,defect,grades,local_methods,full_length_methods\n"
#define METHOD "table,name,scope,dn_min,dn_max,unit,trenchless\n"

/* table, what is told */
static const struct {
    const char *table, *want;
} wrong[] = {
    {"table,defekt,colour\n",
     "1: heading: 'defekt' is no column of such a table; 1: heading: 'colour' "
        "is no column of such a table"                                                                                                                 },
    {"table,defect,defect\n",                                                                  "1: heading: 'defect' is there twice"                   },
    {"table,price\n",                                                                          "1: heading: 'price' is no column of this kind of table"},
    {"table,name\nmatrx,x\n",
     "2: column 'table': 'matrx' is none of method, matrix, exclusion, limit"                                                                          },
    {MATRIX "matrix,brek,2,4,,,spot,point CIPP\n",
     "2: column 'defect': 'brek' is neither a family of defects nor a code in capitals"                                                                },
    {MATRIX "matrix,break,2,4,,,spott,point CIPP\n",                                           "2: column 'scope': 'spott' is not known"               },
    {MATRIX "matrix,break,2,4,,,,point CIPP\n",                                                "2: column 'scope': there is none"                      },
    {MATRIX "matrix,break,2,4,,,spot,point CIP|UV\n",
     "2: column 'methods': 'point CIP' is no method; 2: column 'methods': 'UV' is no method"                                                           },
    {MATRIX "matrix,break,2,4,,,spot,UV-CIPP\n",
     "2: column 'methods': 'UV-CIPP' is no method of scope 'spot'"                                                                                     },
    {MATRIX "matrix,break,2,4,,,spot,\n",                                                      "2: column 'methods': there is no method"               },
    {MATRIX "matrix,break,2,4,,,none,open cut\n",
     "2: column 'methods': scope 'none' has no methods"                                                                                                },
    {MATRIX "matrix,break,2,4,,,spot,a+b+c\n",
     "2: column 'methods': 'a+b+c' is more than two methods"                                                                                           },
    {MATRIX "matrix,break,4,2,,,spot,point CIPP\n",
     "2: column 'grade_from': '4' is above grade_to '2'"                                                                                               },
    {MATRIX "matrix,break,2,5,,,spot,point CIPP\n",
     "2: column 'grade_to': '5' is no grade of 0 to 4"                                                                                                 },
    {MATRIX "matrix,break,x,4,,,spot,point CIPP\n",                                            "2: column 'grade_from': 'x' is no grade"               },
    {MATRIX "matrix,break,2,4,800,300,spot,point CIPP\n",
     "2: column 'dn_from': '800' is not below dn_below '300'"                                                                                          },
    {MATRIX "matrix,break,2,4,12x,-3,spot,point CIPP\n",
     "2: column 'dn_from': '12x' is no number; 2: column 'dn_below': '-3' is negative"                                                                 },
    {MATRIX "matrix,break,2,4,300,800,spot,point CIPP\nmatrix,break,4,4,700,,spot,open cut\n",
     "3: column 'defect': same diameters and grades of scope 'spot' as in line 2"                                                                      },
    {MATRIX "matrix,break,4,4,700,,spot,open cut\nmatrix,break,2,4,300,800,spot,point CIPP\n",
     "3: column 'defect': same diameters and grades of scope 'spot' as in line 2"                                                                      },
    {MATRIX "matrix,break,2,4,300,800,spot,point CIPP,what\n",
     "2: the row has more cells than the heading"                                                                                                      },
    {MATRIX "matrix,brek,2,4,,,spot,point CIPP\nmatrix,break,2,4,,,spot,point CIPP\n"
            "matrix,seal,2,4,,,spot,glue\n",                                              "2: column 'defect': 'brek' is neither a family of defects nor a code in capitals; "
        "4: column 'methods': 'glue' is no method"                                                    },
    {"table,name,value\nlimit,most_spot,3\n",                                                  "2: column 'name': 'most_spot' is no limit"             },
    {"table,name,value\nlimit,most_spots,\n",                                                  "2: column 'value': there is none"                      },
    {"table,name,value\nlimit,most_share,30 %\n",                                              "2: column 'value': '30 %' is no number"                },
    {"table,name,defect\nexclusion,glue,break\n",                                              "2: column 'name': 'glue' is no method"                 },
    {METHOD "method,,spot,,,m,yes\n",                                                          "2: column 'name': there is none"                       },
    {METHOD "method,a+b,spot,,,m,yes\n",                                                       "2: column 'name': 'a+b' has a | or + in it"            },
    {METHOD "method,x,spots,,,m,yes\n",                                                        "2: column 'scope': 'spots' is not known"               },
    {METHOD "method,x,spot,500,300,m,yes\n",                                                   "2: column 'dn_min': '500' is above dn_max '300'"       },
    {"table,name,scope,unit,piece_m\nmethod,x,spot,m,0.001\n",
     "2: column 'piece_m': '0.001' is less than 0.01 m"                                                                                                },
    {METHOD "method,x,spot,,,ell,yes\n",                                                       "2: column 'unit': 'ell' is not known"                  },
    {METHOD "method,x,spot,,,m,maybe\n",                                                       "2: column 'trenchless': 'maybe' is neither yes nor no" },
    {METHOD "method,x,spot,,,m,yes\nmethod,x,spot,,,m,yes\n",
     "3: column 'name': 'x' is there twice"                                                                                                            },
    {DECISION "300-800,PL,2,excavate,none\n",                                                  "2: column 'dn': '300-800' is no range of diameters"    },
    {DECISION "DN,PL,2,excavate,none\n",                                                       "2: column 'dn': 'DN' is no range of diameters"         },
    {DECISION "800<=DN<300,PL,2,excavate,none\n",
     "2: column 'dn': '800<=DN<300' is no range of diameters"                                                                                          },
    {DECISION ",PL,4-2,excavate,none\n",                                                       "2: column 'grades': '4-2' is no range of grades 0 to 4"},
    {DECISION ",PL,two,excavate,none\n",                                                       "2: column 'grades': 'two' is no range of grades"       },
    {DECISION ",pl,2,excavate,CIP\n",
     "2: column 'defect': 'pl' is neither a family of defects nor a code in capitals; "
        "2: column 'full_length_methods': 'CIP' is no method"                                                                                          },
};

Test(repair_table, every_bad_value_is_told) {
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        CLEANUP(reading_release) struct reading reading;

        read_table(&reading, wrong[i].table);
        cr_expect_not(reading.is_read, "%s", wrong[i].table);
        cr_expect_str_eq(told(&reading.findings), wrong[i].want, "'%s': '%s'", wrong[i].table,
            told(&reading.findings));
        cr_expect_eq(reading.err.kind, ERROR_FORMAT);
        cr_expect_eq(reading.tables.rows, repair_defaults.rows, "the tables stay as they were");
        cr_expect_eq(reading.tables.methods, repair_defaults.methods);
        cr_assert(reading.findings.n > 0);
        cr_expect_eq(reading.findings.at[0].kind, FINDING_REPAIR_TABLE_INVALID);
    }
}

Test(repair_table, the_error_names_file_line_and_value) {
    CLEANUP(reading_release) struct reading reading;

    read_table(&reading, MATRIX "matrix,brek,2,4,,,spot,glue\n");
    cr_expect_str_eq(reading.err.text,
        "'table.csv': line 2: column 'defect': 'brek' is neither a family of defects nor a code in "
        "capitals; and more");
    reading_release(&reading);
    read_table(&reading, "a,b\n1,2\n");
    cr_expect_str_eq(reading.err.text, "'table.csv': the heading has none of the columns 'table', "
                                       "'local_methods' and 'full_length_methods'");
    reading_release(&reading);
    read_table(&reading, "\n");
    cr_expect_str_eq(reading.err.text, "'table.csv': there is nothing in it");
}

Test(repair_table, gaps_between_diameters_are_warned_of) {
    CLEANUP(reading_release) struct reading reading;

    read_table(&reading, MATRIX "matrix,break,2,4,800,,spot,point CIPP\n"
                                "matrix,break,2,3,300,600,spot,point CIPP\n"
                                "matrix,break,4,4,300,800,spot,point CIPP\n");
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_str_eq(told(&reading.findings),
        "2: 'break' of grade 2: nothing for diameters from 600 to 800 mm; "
        "2: 'break' of grade 3: nothing for diameters from 600 to 800 mm");
    cr_expect_eq(reading.findings.at[0].kind, FINDING_REPAIR_TABLE_GAP);
}

/* costs, what is told; {NULL}: nothing */
static const struct {
    const char *costs, *want;
} wrong_costs[] = {
    {"method,dn_from,dn_to,unit,price,currency\npoint CIPP,300,500,piece,1500,CNY\n"
     "point CIPP,500,800,piece,2000,CNY\n",                                                     ""                                                                    },
    {"方法,管径起,管径止,单位,单价,币种\n点状原位固化,300,500,piece,1500,CNY\n", ""                                                                    },
    {"method,price\nglue,\n",                                                                        "2: column 'method': 'glue' is no method"                             },
    {"method,unit,price,currency\npoint CIPP,piece,-5,CNY\n",
     "2: column 'price': '-5' is negative"                                                                                                                                 },
    {"method,unit,price,currency\npoint CIPP,piece,dear,CNY\n",
     "2: column 'price': 'dear' is no number"                                                                                                                              },
    {"method,unit,price,currency\npoint CIPP,piece,5,\n",                                            "2: column 'currency': there is none"                                 },
    {"method,unit,price,currency\npoint CIPP,m3,5,CNY\n",
     "2: column 'unit': 'm3' is none of m, m2, piece"                                                                                                                      },
    {"method,dn_from,dn_to,unit,price,currency\npoint CIPP,500,300,piece,5,CNY\n",
     "2: column 'dn_from': '500' is above dn_to '300'"                                                                                                                     },
    {"method,dn_from,dn_to,unit,price,currency\npoint CIPP,300,500,piece,5,CNY\n"
     "UV-CIPP,300,500,m,5,CNY\n点状原位固化,400,600,piece,6,CNY\n",                       "4: column 'dn_from': the same diameters have another price in line 2"},
    {"method,unit,price,currency,colour\npoint CIPP,piece,5,CNY,red\n",
     "1: heading: 'colour' is no column of such a table"                                                                                                                   },
};

Test(repair_table, unit_costs) {
    for (size_t i = 0; i < ARRAY_LEN(wrong_costs); i++) {
        CLEANUP(reading_release) struct reading reading;

        read_costs(&reading, wrong_costs[i].costs);
        cr_expect_eq(reading.is_read, wrong_costs[i].want[0] == '\0', "%s", wrong_costs[i].costs);
        cr_expect_str_eq(told(&reading.findings), wrong_costs[i].want, "'%s': '%s'",
            wrong_costs[i].costs, told(&reading.findings));
    }
}

Test(repair_table, unit_costs_make_costs) {
    CLEANUP(reading_release) struct reading reading;
    CLEANUP(repair_segment_release) struct repair_segment segment = {0};

    read_costs(&reading, "method,dn_from,dn_to,unit,price,currency\n"
                         "point CIPP,300,600,piece,\"1.500,50\",EUR\nUV-CIPP,,,m,,\n");
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.tables.n_prices, 1);
    works_of(&segment, &reading.tables, 600, "PL2@10 PL2@12");
    cr_expect_float_eq(segment.plan.at[0].cost, 3001, 1e-9);
    cr_expect(text_equal(segment.plan.at[0].currency, TEXT("EUR")));
}

Test(repair_table, printed_costs_are_read_as_the_same) {
    CLEANUP(printed_release) struct printed empty = {0}, first = {0}, again = {0};
    CLEANUP(reading_release) struct reading reading;

    repair_costs_print(&repair_defaults, take, &empty);
    cr_expect_not_null(strstr(empty.at, "\npoint CIPP,,,piece,,,,\n"), "%s", empty.at);
    read_costs(&reading, empty.at);
    cr_expect(reading.is_read && reading.tables.n_prices == 0, "%s", reading.err.text);
    reading_release(&reading);

    read_costs(&reading, "method,dn_from,dn_to,unit,price,currency\nUV-CIPP,300,,m2,999.5,CNY\n");
    repair_costs_print(&reading.tables, take, &first);
    cr_expect_not_null(strstr(first.at, "\nUV-CIPP,300,,m2,999.5,CNY,,\n"), "%s", first.at);
    reading_release(&reading);
    read_costs(&reading, first.at);
    repair_costs_print(&reading.tables, take, &again);
    cr_expect_str_eq(again.at, first.at);
}

/* 300<=DN<800,PL,2-3,点状原位固化,none in GBK, CRLF */
Test(repair_table, files_in_any_encoding) {
    static const char gbk[] =
        "dn,defect,grades,local_methods,full_length_methods\r\n"
        "300<=DN<800,PL,2-3,\xB2\xBB\xD0\xE2\xB8\xD6\xBF\xEC\xCB\xD9\xCB\xF8,none\r\n";
    struct scratch scratch = scratch_new();
    char path[128];
    FILE *file = fopen(scratch_path(&scratch, "matrix.csv", path), "wb");
    CLEANUP(reading_release) struct reading reading = {.tables = repair_defaults};
    CLEANUP(repair_segment_release) struct repair_segment segment = {0};

    cr_assert_not_null(file);
    fwrite(gbk, 1, sizeof gbk - 1, file);
    fclose(file);
    cr_expect(repair_table_read(
                  path, NULL, &reading.arena, &reading.tables, &reading.findings, &reading.err),
        "%s", reading.err.text);
    cr_expect_str_eq(works_of(&segment, &reading.tables, 600, "PL3@10"),
        "spot stainless quick-lock sleeve 9.75-10.25");
    cr_expect_not(repair_costs_read("/nowhere/costs.csv", NULL, &reading.arena, &reading.tables,
        &reading.findings, &reading.err));
    cr_expect_eq(reading.err.kind, ERROR_FILE);
    scratch_release(&scratch);
}
