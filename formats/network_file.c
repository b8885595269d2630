/* Networks out of files, step by step: layers are read as they are, brought into the plane, joined
 * to their nodes, turned into the flow, and finished.  The steps are in formats/network/. */
#include "formats/network_file.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/network/reader.h"

/* So many findings of a kind are listed; more are counted. */
enum { MAX_LISTED = 1000 };

void reader_flaw(struct reader *reader, enum finding_kind kind, struct finding_place place,
    const char *format, ...) {
    char detail[1024];
    va_list args;

    if (++reader->n_flaws[kind] > MAX_LISTED) {
        return;
    }
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    findings_add(&reader->network->findings, kind, place, "%s", detail);
}

void reader_flaws_close(struct reader *reader) {
    struct finding_place place = {.file = reader->network->path};

    for (size_t i = 0; i < FINDING_KINDS; i++) {
        if (reader->n_flaws[i] > MAX_LISTED) {
            findings_add(&reader->network->findings, (enum finding_kind)i, place,
                "and %zu more of this kind in the network", reader->n_flaws[i] - MAX_LISTED);
        }
    }
}

struct finding_place reader_segment_place(const struct reader *reader, size_t segment) {
    const struct segment *it = &reader->network->segments[segment];

    return (struct finding_place){
        .file = reader->network->path, .line = it->number_in_file, .segment_id = it->id};
}

static bool check_given(const struct reader *reader, struct error *err) {
    for (size_t i = 0; i < reader->given.n; i++) {
        const struct given_field *field = &reader->given.at[i];
        enum role_layers of = column_role_layers(field->role);
        if (!field->is_found && (of == ROLES_OF_SEGMENTS || of == ROLES_OF_NODES)) {
            return error_set(err, ERROR_USAGE, "--field '%s=%.*s': no such column; there are %.*s",
                column_role_name(field->role), TEXT_ARGS(field->column),
                TEXT_ARGS(reader->columns_seen));
        }
    }
    return true;
}

static bool read_layers(struct reader *reader, struct error *err) {
    const struct network_request *request = reader->request;
    const char *main = request->path != NULL ? request->path : request->nodes_path;

    if (main != NULL) {
        reader->network->path = arena_copy(&reader->network->arena, text_from(main));
    }
    if (request->nodes_path != NULL &&
        !reader_read_file(reader, request->nodes_path, WANTED_NODES, err)) {
        return false;
    }
    if (request->path != NULL) {
        return reader_read_file(reader, request->path, WANTED_ALL, err) && check_given(reader, err);
    }
    if (request->delivered == NULL && request->nodes_path == NULL) {
        return error_set(err, ERROR_USAGE, "no network is given");
    }
    if (request->delivered != NULL) {
        reader_take_delivered(reader, request->delivered);
    }
    return reader->n_ranges == 0 || request->nodes_path == NULL || check_given(reader, err);
}

static bool read_network(struct reader *reader, struct crs **crs, struct error *err) {
    struct crs *opened = NULL;

    if (!given_fields_parse(reader->request, &reader->arena, &reader->given, err) ||
        !read_layers(reader, err) || !reader_to_plane(reader, &opened, err)) {
        return false;
    }
    reader_join_ends(reader);
    reader_settle_flow(reader);
    reader_finish(reader, opened);
    network_connect(reader->network);
    reader_flaws_close(reader);
    *crs = opened;
    return true;
}

bool network_read(const struct network_request *request, struct network *network, struct crs **crs,
    struct network_report *report, struct error *err) {
    struct reader reader = {.request = request, .network = network, .report = report};
    bool is_read = read_network(&reader, crs, err);

    index_release(&reader.node_ids);
    array_release(&reader.node_copies);
    array_release(&reader.drafts);
    array_release(&reader.ranges);
    arena_release(&reader.arena);
    if (!is_read) {
        network_release(network);
        network_report_release(report);
    }
    return is_read;
}

void network_report_release(struct network_report *report) {
    arena_release(&report->arena);
    array_release(&report->roles);
    *report = (struct network_report){0};
}
