#include <criterion/criterion.h>
#include <string.h>

#include "core/assess.h"
#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"
#include "formats/gpkg/domains.h"
#include "formats/gpkg/schema.h"

static bool is_listed(const char *list, const char *value) {
    for (size_t i = 0; i < n_domain_values; i++) {
        if (strcmp(domain_values[i].list, list) == 0 &&
            strcmp(domain_values[i].value, value) == 0) {
            return true;
        }
    }
    return false;
}

/* Whatever a table may hold has its words; NULL is no value. */
static void check_listed(const char *list, const char *value) {
    cr_expect(value == NULL || is_listed(list, value), "'%s' is not in the list '%s'", value, list);
}

Test(domains, every_value_has_its_words) {
    for (int i = 0; i < MATCH_METHODS; i++) {
        check_listed("match_method", match_method_name((enum match_method)i));
    }
    for (int i = 0; i < POSITION_METHODS; i++) {
        check_listed("position_method", position_method_name((enum position_method)i));
    }
    for (int i = 0; i < UNPLACED_REASONS; i++) {
        check_listed("reason", unplaced_reason_name((enum unplaced_reason)i));
    }
    for (int i = 0; i < FAMILIES; i++) {
        check_listed("family", defect_family_name((enum defect_family)i));
    }
    for (int i = 0; i <= CODE_INVENTORY; i++) {
        check_listed("kind", code_kind_name((enum code_kind)i));
    }
    for (int i = 0; i <= DIRECTION_UPSTREAM; i++) {
        check_listed("direction", direction_name((enum direction)i));
    }
    for (int i = 0; i <= SYSTEM_COMBINED; i++) {
        check_listed("system", sewer_system_name((enum sewer_system)i));
    }
    for (int i = 0; i <= DENSITY_WHOLE; i++) {
        check_listed("density_type", density_type_name((enum density_type)i));
    }
    for (int i = 0; i < SEVERITIES; i++) {
        check_listed("severity", severity_name((enum severity)i));
    }
    for (int i = 0; i < FINDING_KINDS; i++) {
        check_listed("finding", finding_name((enum finding_kind)i));
    }
}

Test(domains, no_value_is_listed_twice) {
    for (size_t i = 0; i < n_domain_values; i++) {
        for (size_t k = 0; k < i; k++) {
            cr_expect(strcmp(domain_values[i].list, domain_values[k].list) != 0 ||
                          strcmp(domain_values[i].value, domain_values[k].value) != 0,
                "%s '%s'", domain_values[i].list, domain_values[i].value);
        }
    }
}

static const struct gpkg_table *find_table(const char *name) {
    for (size_t i = 0; i < TABLES; i++) {
        if (strcmp(gpkg_tables[i].name, name) == 0) {
            return &gpkg_tables[i];
        }
    }
    return NULL;
}

static bool has_column(const struct gpkg_table *table, const char *name) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

Test(domains, lists_belong_to_columns_that_are_there) {
    for (size_t i = 0; i < n_domain_columns; i++) {
        const struct domain_column *column = &domain_columns[i];
        const struct gpkg_table *table = find_table(column->table);
        cr_expect(table == NULL || has_column(table, column->column), "%s.%s", column->table,
            column->column);
        bool has_values = false;
        for (size_t k = 0; k < n_domain_values; k++) {
            has_values = has_values || strcmp(domain_values[k].list, column->list) == 0;
        }
        cr_expect(has_values, "%s.%s: no list '%s'", column->table, column->column, column->list);
    }
}
