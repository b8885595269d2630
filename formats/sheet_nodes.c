#include <math.h>

#include "core/arena.h"
#include "core/network.h"
#include "formats/sheet_reader.h"

/* Coordinate tables (坐标表): one well a row. */

static size_t column_called(
    const struct sheet_columns *columns, const char *const *names, size_t n) {
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < columns->n; i++) {
            if (text_equal_nocase(columns->at[i].heading, text_from(names[k]))) {
                return i;
            }
        }
    }
    return NO_COLUMN;
}

struct node_columns {
    size_t id, x, y, z;
};

static struct node_columns node_columns_of(const struct sheet_columns *columns) {
    static const char *const ids[] = {
        "井号", "井编号", "检查井编号", "点号", "管线点号", "物探点号"};
    static const char *const xs[] = {"X", "X坐标", "纵坐标"};
    static const char *const ys[] = {"Y", "Y坐标", "横坐标"};
    static const char *const zs[] = {"Z", "高程", "地面高程", "井口高程"};

    return (struct node_columns){
        .id = column_called(columns, ids, ARRAY_LEN(ids)),
        .x = column_called(columns, xs, ARRAY_LEN(xs)),
        .y = column_called(columns, ys, ARRAY_LEN(ys)),
        .z = column_called(columns, zs, ARRAY_LEN(zs)),
    };
}

bool sheet_has_nodes(const struct sheet_columns *columns) {
    struct node_columns node = node_columns_of(columns);
    return node.id != NO_COLUMN && node.x != NO_COLUMN && node.y != NO_COLUMN;
}

static double number_at(const struct sheet_row *row, size_t column, double otherwise) {
    double value = otherwise;

    if (column < row->n_cells) {
        text_to_double(row->cells[column], &value);
    }
    return value;
}

void sheet_read_nodes(const struct sheet_request *request, struct survey *survey) {
    struct node_columns columns = node_columns_of(request->columns);
    struct sheet_row row;

    if (survey->network == NULL) {
        size_t capacity = 0;
        survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
        *survey->network = (struct network){.path = survey->file.path};
    }
    struct network *network = survey->network;
    while (request->rows->next(request->rows->context, &row)) {
        struct text id =
            columns.id < row.n_cells ? text_trim(row.cells[columns.id]) : (struct text){0};
        struct xy at = {number_at(&row, columns.y, NAN), number_at(&row, columns.x, NAN)};
        if (id.n == 0) {
            continue;
        }
        if (!xy_is_set(at)) {
            findings_add(&network->findings, FINDING_GEOMETRY_BROKEN,
                (struct finding_place){.file = survey->file.path, .line = row.line},
                "the node '%.*s' has no coordinates", TEXT_ARGS(text_cut(id, 200)));
        }
        struct node *node = network_add_node(network);
        node->id = arena_copy(&network->arena, id);
        node->at = at;
        node->ground_m = number_at(&row, columns.z, NAN);
        node->line = row.line;
    }
}
