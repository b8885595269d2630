#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>

#include "formats/gpkg/feed.h"
#include "formats/gpkg/fill.h"
#include "formats/gpkg/rtree.h"
#include "formats/sqlite.h"
#include "tests/formats/gpkg/pages/new_database.h"

enum { NODE_BYTES = 1228, PER_NODE = 51 };

/* Boxes that lie about, some large, some points, some on one place. */
static struct box box_number(size_t i) {
    double x = (double)(i * 7919 % 1009) + 0.1, y = (double)(i * 104729 % 997) - 300.7;
    double size = i % 3 == 0 ? 0 : (double)(i % 17);

    return i % 10 == 9 ? (struct box){5, 5, 5, 5} : (struct box){x, y, x + size, y + size / 2};
}

static struct new_database database_with_tree(size_t *node_bytes) {
    struct new_database made =
        new_database(4096, "CREATE VIRTUAL TABLE t USING rtree(id, minx, maxx, miny, maxy)");
    CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
    struct error err = {0};
    sqlite3_int64 bytes = 0;

    cr_assert(sqlite_query_int(db, "SELECT length(data) FROM t_node", &bytes, &err));
    *node_bytes = (size_t)bytes;
    return made;
}

static void pack_into(const struct new_database *made, struct rtree *rtree) {
    const struct feed_source sources[] = {
        {RTREE_COLUMNS, rtree_make_rowids,  rtree},
        {RTREE_COLUMNS, rtree_make_nodes,   rtree},
        {RTREE_COLUMNS, rtree_make_parents, rtree},
    };
    static const char *const tables[] = {"t_rowid", "t_node", "t_parent"};
    CLEANUP(page_file_release) struct page_file file = {.descriptor = -1};
    struct error err = {0};

    cr_assert(page_file_open(made->path, &file, &err), "%s", err.text);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        const struct fill_into into = {
            .table = tables[i],
            .n_columns = RTREE_COLUMNS - 1,
            .ids = FILL_AS_THEY_ARE,
            .root = new_database_root(made, tables[i]),
        };
        cr_assert(fill_table_now(&file, &sources[i], &into, &err), "%s", err.text);
    }
    cr_assert(page_file_finish(&file, &err), "%s", err.text);
}

static sqlite3_int64 ask(sqlite3 *db, const char *sql) {
    struct error err = {0};
    sqlite3_int64 answer = -1;

    cr_assert(sqlite_query_int(db, sql, &answer, &err), "%s", err.text);
    return answer;
}

/* As many as a look at every box finds; boxes in the file are rounded outwards, hence the margin.
 */
static void check_windows(sqlite3 *db, size_t n) {
    for (int i = 0; i < 20; i++) {
        double x = i * 53.25, y = i * 31.5 - 300, size = 100;
        char sql[256];
        sqlite3_int64 want = 0;
        for (size_t k = 0; k < n; k++) {
            struct box box = box_number(k);
            want +=
                box.min_x <= x + size && box.max_x >= x && box.min_y <= y + size && box.max_y >= y;
        }
        snprintf(sql, sizeof sql,
            "SELECT count(*) FROM t WHERE minx<=%f AND maxx>=%f AND miny<=%f AND maxy>=%f",
            x + size, x, y + size, y);
        cr_expect_eq(ask(db, sql), want, "%zu boxes, window %d", n, i);
    }
}

static const struct {
    const char *name;
    size_t n;
    sqlite3_int64 n_nodes;
} sizes[] = {
    {"an empty tree is an empty root", 0,                      1               },
    {"one box",                        1,                      1               },
    {"a full root",                    PER_NODE,               1               },
    {"one more makes two leaves",      PER_NODE + 1,           3               },
    {"two full levels",                PER_NODE *PER_NODE,     PER_NODE + 1    },
    {"one more makes three levels",    PER_NODE *PER_NODE + 1, PER_NODE + 1 + 3},
    {"many",                           10000,                  197 + 4 + 1     },
};

Test(rtree, is_a_valid_index_of_every_size) {
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        CLEANUP(rtree_release) struct rtree rtree = {0};
        size_t node_bytes = 0;
        CLEANUP(new_database_release) struct new_database made = database_with_tree(&node_bytes);
        for (size_t k = 0; k < sizes[i].n; k++) {
            rtree_add(&rtree, (uint32_t)(k + 1), box_number(k));
        }
        cr_expect_eq(node_bytes, NODE_BYTES);
        rtree_pack(&rtree, node_bytes);
        pack_into(&made, &rtree);
        CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
        cr_expect_eq(ask(db, "SELECT rtreecheck('t') = 'ok'"), 1, "%s", sizes[i].name);
        cr_expect_eq(
            ask(db, "SELECT count(*) FROM t"), (sqlite3_int64)sizes[i].n, "%s", sizes[i].name);
        cr_expect_eq(ask(db, "SELECT count(*) FROM t_node"), sizes[i].n_nodes, "%s", sizes[i].name);
        check_windows(db, sizes[i].n);
    }
}

Test(rtree, can_be_edited_afterwards) {
    CLEANUP(rtree_release) struct rtree rtree = {0};
    size_t node_bytes = 0;
    CLEANUP(new_database_release) struct new_database made = database_with_tree(&node_bytes);
    struct error err = {0};

    for (size_t k = 0; k < 3000; k++) {
        rtree_add(&rtree, (uint32_t)(k + 1), box_number(k));
    }
    rtree_pack(&rtree, node_bytes);
    pack_into(&made, &rtree);
    CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
    cr_assert(sqlite_exec(db,
                  "INSERT INTO t VALUES(9001, 1, 2, 3, 4), (9002, 1, 2, 3, 4);"
                  "DELETE FROM t WHERE id % 3 = 0;",
                  &err),
        "%s", err.text);
    cr_expect_eq(ask(db, "SELECT rtreecheck('t') = 'ok'"), 1);
    cr_expect_eq(ask(db, "SELECT count(*) FROM t"), 2002);
}

static const struct {
    const char *name;
    struct box box;
} exact[] = {
    {"a coordinate that a float cannot hold", {2500000.123, 499999.9, 2500000.123, 499999.9}},
    {"a negative one",                        {-0.1, -2500000.123, -0.1, -2500000.123}      },
    {"one that a float holds",                {0.5, 1024, 0.5, 1024}                        },
};

Test(rtree, boxes_are_rounded_outwards) {
    CLEANUP(rtree_release) struct rtree rtree = {0};

    for (size_t i = 0; i < ARRAY_LEN(exact); i++) {
        rtree_add(&rtree, (uint32_t)i + 1, exact[i].box);
        const struct rtree_box *got = &rtree.boxes[i];
        cr_expect(got->min_x <= exact[i].box.min_x && got->max_x >= exact[i].box.max_x, "%s",
            exact[i].name);
        cr_expect(got->min_y <= exact[i].box.min_y && got->max_y >= exact[i].box.max_y, "%s",
            exact[i].name);
        cr_expect_float_eq(got->min_x, exact[i].box.min_x, 0.3, "%s", exact[i].name);
        cr_expect_float_eq(got->max_y, exact[i].box.max_y, 0.3, "%s", exact[i].name);
    }
}
