/* CJJ 181 record sheets (内窥记录表), as contractors deliver them: csv, xls, xlsx, ods.
 *
 *     序号,管段起点编号,管段终点编号,管径,…,距离（m）,缺陷名称,缺陷等级,缺陷位置,…,检测方向
 *     1,Y3,Y4,500,…,0,无异常,0,,…,顺流
 *     2,Y4,Y5,800,…,9.28,障碍物,1,0405,…,逆流
 *
 * A row per defect.  起点 is where the camera was put in; 逆流 makes it the downstream end.  A
 * second sheet (坐标表: 井号, X north, Y east, Z) gives the wells.  Columns are known by their
 * headings. */
#include "formats/sheet_file.h"
#include "formats/survey/formats.h"

static int cjj181_bid(const struct source *source) {
    struct sheet_look look = sheet_file_look(source);

    if (look.is_workbook) {
        bool is_named =
            source_has_extension(source, ".xls") || source_has_extension(source, ".xlsx") ||
            source_has_extension(source, ".ods") || source_has_extension(source, ".dbf");
        return is_named ? 32 : 0;
    }
    if (look.kind == SHEET_OF_NODES) {
        return 24;
    }
    if (look.kind != SHEET_OF_OBSERVATIONS || look.n_chinese < 3) {
        return 0;
    }
    return (int)(look.n_roles * 4 + look.n_chinese * 4);
}

const struct survey_format format_cjj181 = {
    .name = "cjj181",
    .description = "CJJ 181 record sheets",
    .extensions = ".csv .xls .xlsx .ods",
    .may_hold_network = true,
    .bid = cjj181_bid,
    .read = sheet_file_read,
};
