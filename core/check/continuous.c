#include "core/locate/continuous.h"

#include "core/check/work.h"

void check_continuous(struct check_work *work) {
    const struct result *result = work->request->result;
    const struct run no_run = {0};
    struct mark_table *table = NULL;
    struct findings findings = {0};

    for (size_t i = 0; i < result->n_inspections; i++) {
        struct calibrate_request request = {.inspection = result->inspections[i], .run = &no_run};
        if (request.inspection->unplaced == UNPLACED_NOT) {
            continue;
        }
        if (table == NULL) {
            table = mark_table_new();
        }
        continuous_pair(&request, table, &findings);
    }
    work_add_findings(work, &findings);
    findings_release(&findings);
    mark_table_release(table);
}
