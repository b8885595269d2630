/* A decision matrix with a row for each diameter, defect and grade:
 *
 *     dn,defect,grades,local_methods,full_length_methods
 *     300<=DN<800,CK,2-3,点状原位固化,CIPP|UV-CIPP
 *     DN>=800,CK,3-4,excavate,excavate */
#include <math.h>

#include "formats/repair/draft.h"

/* Cuts one of the marks <=, <, >=, > off the front; 0 when there is none. */
static char cut_mark(struct text *text, bool *is_with_equal) {
    char mark = text->n > 0 && (text->at[0] == '<' || text->at[0] == '>') ? text->at[0] : '\0';

    *is_with_equal = text->n > 1 && text->at[1] == '=';
    if (mark != '\0') {
        *text = text_part(*text, *is_with_equal ? 2 : 1, text->n);
    }
    return mark;
}

static double just_above(double value) {
    return nextafter(value, INFINITY);
}

/* The end of the range that a mark and a number behind DN set. */
static void set_end(struct repair_where *where, char mark, bool is_with_equal, double value) {
    if (mark == '>') {
        where->dn_from_mm = is_with_equal ? value : just_above(value);
    } else {
        where->dn_below_mm = is_with_equal ? just_above(value) : value;
    }
}

/* "300<=" in front of DN. */
static bool read_left(struct text text, struct repair_where *where) {
    size_t n = 0;
    bool is_with_equal;
    double value;

    while (n < text.n && text.at[n] != '<' && text.at[n] != '>') {
        n++;
    }
    struct text number = text_part(text, 0, n), rest = text_part(text, n, text.n);
    char mark = cut_mark(&rest, &is_with_equal);
    if (mark == '\0' || text_trim(rest).n > 0 || !text_to_double(number, &value)) {
        return false;
    }
    set_end(where, mark == '<' ? '>' : '<', is_with_equal, value);
    return true;
}

/* "<800" behind it. */
static bool read_right(struct text text, struct repair_where *where) {
    bool is_with_equal;
    double value;
    char mark = cut_mark(&text, &is_with_equal);

    if (mark == '\0' || !text_to_double(text, &value)) {
        return false;
    }
    set_end(where, mark, is_with_equal, value);
    return true;
}

static bool read_dn(struct repair_cells *cells, struct repair_where *where) {
    struct text cell = repair_cell(cells, COLUMN_DN), cut = text_cut(cell, 80);
    size_t at = 0;

    where->dn_from_mm = 0;
    where->dn_below_mm = INFINITY;
    while (at + 2 <= cell.n && !text_equal_nocase(text_part(cell, at, at + 2), TEXT("DN"))) {
        at++;
    }
    struct text left = text_trim(text_part(cell, 0, at));
    struct text right = text_trim(text_part(cell, at + 2, cell.n));
    bool is_right = cell.n == 0 || (at + 2 <= cell.n && left.n + right.n > 0 &&
                                       (left.n == 0 || read_left(left, where)) &&
                                       (right.n == 0 || read_right(right, where)));
    if (!is_right || where->dn_from_mm < 0 || !(where->dn_from_mm < where->dn_below_mm)) {
        return repair_cell_bad(cells, COLUMN_DN, "'%.*s' is no range of diameters", TEXT_ARGS(cut));
    }
    return true;
}

/* "2-4", "4" */
static bool read_grades(struct repair_cells *cells, struct repair_where *where) {
    struct text left = repair_cell(cells, COLUMN_GRADES), cut = text_cut(left, 80);
    struct text first = repair_cut(&left, '-'), second = text_trim(left);
    long from, to;

    if (!text_to_int(first, &from) || (second.n > 0 && !text_to_int(second, &to))) {
        return repair_cell_bad(
            cells, COLUMN_GRADES, "'%.*s' is no range of grades", TEXT_ARGS(cut));
    }
    to = second.n == 0 ? from : to;
    if (from < 0 || to > REPAIR_SEVERITY_MOST || from > to) {
        return repair_cell_bad(cells, COLUMN_GRADES, "'%.*s' is no range of grades 0 to %d",
            TEXT_ARGS(cut), REPAIR_SEVERITY_MOST);
    }
    where->severity_from = (uint8_t)from;
    where->severity_to = (uint8_t)to;
    return true;
}

static bool is_nothing(struct text cell) {
    return cell.n == 0 || text_equal_nocase(cell, TEXT("none")) || text_equal(cell, TEXT("无"));
}

void repair_read_decision(struct repair_cells *cells, struct repair_draft *draft) {
    struct repair_row spot = {.scope = REPAIR_SPOT}, full;
    bool is_right = repair_read_defect(cells, &spot.where);

    is_right &= read_dn(cells, &spot.where);
    is_right &= read_grades(cells, &spot.where);
    spot.source = repair_cell_keep(cells, COLUMN_MARKER);
    full = spot;
    full.scope = REPAIR_FULL;
    bool has_spot = !is_nothing(repair_cell(cells, COLUMN_LOCAL_METHODS));
    bool has_full = !is_nothing(repair_cell(cells, COLUMN_FULL_METHODS));
    is_right &= !has_spot || repair_read_choices(cells, draft, COLUMN_LOCAL_METHODS, &spot);
    is_right &= !has_full || repair_read_choices(cells, draft, COLUMN_FULL_METHODS, &full);
    if (!has_spot && !has_full) {
        spot.scope = REPAIR_NONE;
        has_spot = true;
    }
    if (is_right && has_spot) {
        repair_draft_add(cells, draft, &spot);
    }
    if (is_right && has_full) {
        repair_draft_add(cells, draft, &full);
    }
}
