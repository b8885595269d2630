/* Deliveries and inspections out of an earlier result.  What a layer shows of an inspection goes
 * before what its log tells, because people may have changed it; of one without a place each row of
 * `unplaced` repeats the head, and one that differs from the log was changed. */
#include <string.h>

#include "core/scheme/scheme.h"
#include "formats/gpkg/paths.h"
#include "formats/gpkg/read/words.h"
#include "formats/survey/gpkg_survey.h"

struct survey *earlier_survey(struct earlier *earlier, size_t file) {
    return file == 0 ? earlier->survey : &earlier->survey->others[file - 1];
}

/* --- deliveries --- */

static struct survey *add_file(struct earlier *earlier, int64_t number, struct text shown) {
    struct survey *first = earlier->survey;
    size_t file = earlier->n_files++;

    if (file > 0) {
        first->others =
            array_reserve(first->others, &earlier->others_capacity, file, sizeof *first->others);
        first->others[first->n_others++] = (struct survey){0};
    }
    earlier->file_numbers = array_reserve(earlier->file_numbers, &earlier->file_numbers_capacity,
        earlier->n_files, sizeof *earlier->file_numbers);
    earlier->file_numbers[file] = number;
    if (shown.n > 0) {
        index_add(&earlier->file_paths, arena_copy(&earlier->arena, shown), (uint32_t)file);
    }
    struct survey *survey = earlier_survey(earlier, file);
    survey->file = (struct survey_file){
        .path = path_join(&survey->arena, earlier->folder, shown),
        .format = "unknown",
        .earlier_result = arena_copy(&survey->arena, earlier->place.file),
        .earlier_has_network = earlier->has_network,
    };
    return survey;
}

static const char *format_from_word(struct survey *survey, struct text word) {
    const char *name = arena_copy(&survey->arena, text_cut(word, 40)).at;
    const struct survey_format *format = name == NULL ? NULL : survey_format_by_name(name);

    return format != NULL ? format->name : name != NULL ? name : "unknown";
}

static void take_file(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;
    struct survey *survey = add_file(earlier, number, value_text(&row[SOURCE_FILES_PATH]));
    struct survey_file *file = &survey->file;
    struct text sum = value_text(&row[SOURCE_FILES_SHA256]);

    file->format = format_from_word(survey, value_text(&row[SOURCE_FILES_FORMAT]));
    file->version = arena_copy(&survey->arena, value_text(&row[SOURCE_FILES_VERSION]));
    file->encoding = arena_copy(&survey->arena, value_text(&row[SOURCE_FILES_ENCODING]));
    file->generator = arena_copy(&survey->arena, value_text(&row[SOURCE_FILES_GENERATOR]));
    file->size_bytes =
        (uint64_t)earlier_integer(earlier, &row[SOURCE_FILES_SIZE_BYTES], 0, INT64_C(1) << 52);
    file->is_damaged = value_is_true(&row[SOURCE_FILES_IS_DAMAGED]);
    if (sum.n == sizeof file->sha256 - 1) {
        memcpy(file->sha256, sum.at, sum.n);
    }
    survey->catalogue = catalogue_from_title(value_text(&row[SOURCE_FILES_CATALOGUE]));
    survey->scheme = scheme_from_name(value_text(&row[SOURCE_FILES_SCHEME]));
    survey->coding_version =
        (uint8_t)earlier_integer(earlier, &row[SOURCE_FILES_CODING_VERSION], 0, 99);
}

bool earlier_read_files(struct earlier *earlier, struct error *err) {
    return earlier_scan(earlier, TABLE_SOURCE_FILES, take_file, err);
}

/* Rows are in order of their numbers. */
static bool find_file(const struct earlier *earlier, int64_t number, uint32_t *out) {
    size_t from = 0, to = earlier->n_files;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (earlier->file_numbers[middle] < number) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if (from == earlier->n_files || earlier->file_numbers[from] != number) {
        return false;
    }
    *out = (uint32_t)from;
    return true;
}

/* By its path; a file whose row in `source_files` was deleted has a new one. */
static uint32_t file_by_path(struct earlier *earlier, struct text path, struct text format) {
    uint32_t file = index_find(&earlier->file_paths, path);

    if (file == INDEX_NONE) {
        struct survey *survey = add_file(earlier, INT64_MAX, path);
        if (format.n > 0) {
            survey->file.format = format_from_word(survey, format);
        }
        file = (uint32_t)earlier->n_files - 1;
        index_add(&earlier->file_paths, TEXT(""), file); /* rows without a path share one */
    }
    return file;
}

/* --- heads --- */

/* Where the columns of another table stand in `inspections`; 0 for those that it has not. */
static void map_columns(struct earlier *earlier, enum gpkg_table_id table) {
    uint8_t *out = earlier->columns;
    const struct gpkg_table *from = &gpkg_tables[table], *to = &gpkg_tables[TABLE_INSPECTIONS];

    for (size_t i = 0; i < from->n_columns; i++) {
        out[i] = 0;
        for (size_t k = 1; k < to->n_columns; k++) {
            if (strcmp(from->columns[i].name, to->columns[k].name) == 0) {
                out[i] = (uint8_t)k;
            }
        }
    }
}

static struct value kept(struct arena *arena, const struct value *value) {
    struct value copy = *value;

    if (value->kind == VALUE_TEXT) {
        put_text(&copy, arena_copy(arena, value_text(value)));
    }
    return copy;
}

static struct earlier_head *add_head(struct earlier *earlier, struct text id, uint32_t file) {
    uint32_t number = (uint32_t)earlier->n_heads++;

    earlier->heads = array_reserve(
        earlier->heads, &earlier->heads_capacity, earlier->n_heads, sizeof *earlier->heads);
    struct earlier_head *head = &earlier->heads[number];
    *head = (struct earlier_head){
        .id = arena_copy(&earlier_survey(earlier, file)->arena, id),
        .row = ARENA_NEW(&earlier->arena, struct value, INSPECTIONS_COLUMNS),
        .file = file,
    };
    index_add(&earlier->heads_by_id, head->id, number);
    return head;
}

static struct earlier_head *known_head(struct earlier *earlier, struct text id) {
    uint32_t number = id.n == 0 ? INDEX_NONE : index_find(&earlier->heads_by_id, id);

    return number == INDEX_NONE ? NULL : &earlier->heads[number];
}

struct earlier_head *earlier_find_head(struct earlier *earlier, struct text id) {
    struct earlier_head *head = known_head(earlier, id);

    return head != NULL && (head->is_shown || head->is_unplaced) ? head : NULL;
}

static void take_log(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;
    struct text id = value_text(&row[INSPECTION_LOGS_INSPECTION_ID]);
    int64_t file_number =
        earlier_integer(earlier, &row[INSPECTION_LOGS_FILE_NUMBER], INT32_MIN, INT32_MAX);
    uint32_t file;

    if (id.n == 0 || known_head(earlier, id) != NULL || !find_file(earlier, file_number, &file)) {
        return; /* the layers will tell */
    }
    earlier->has_logs = true;
    struct earlier_head *head = add_head(earlier, id, file);
    struct value *log = ARENA_NEW(&earlier->arena, struct value, INSPECTION_LOGS_COLUMNS);
    for (size_t i = 0; i < INSPECTION_LOGS_COLUMNS; i++) {
        log[i] = kept(&earlier_survey(earlier, file)->arena, &row[i]);
        if (earlier->columns[i] != 0) {
            head->row[earlier->columns[i]] = log[i];
        }
    }
    head->log = log;
    head->place = (uint64_t)number;
    head->is_of_node = text_equal(value_text(&row[INSPECTION_LOGS_OBJECT]), TEXT("node"));
}

/* Without logs the lines of their file tell the order; with logs what has none was added since. */
static void place_head(const struct earlier *earlier, struct earlier_head *head, int64_t line) {
    enum { BEHIND_LOGS_BIT = 48 };

    head->place = (uint64_t)line + (earlier->has_logs ? UINT64_C(1) << BEHIND_LOGS_BIT : 0);
}

static void take_shown(struct earlier *earlier, enum gpkg_table_id table, const struct value *row) {
    struct value all[INSPECTIONS_COLUMNS] = {0};

    for (size_t i = 0; i < gpkg_tables[table].n_columns; i++) {
        if (earlier->columns[i] != 0) {
            all[earlier->columns[i]] = row[i];
        }
    }
    struct text id = value_text(&all[INSPECTIONS_INSPECTION_ID]);
    struct earlier_head *head = known_head(earlier, id);
    if (id.n == 0 || (head != NULL && head->is_shown)) {
        earlier->n_invalid++;
        return;
    }
    if (head == NULL) {
        head = add_head(earlier, id,
            file_by_path(earlier, value_text(&all[INSPECTIONS_SOURCE_FILE]),
                value_text(&all[INSPECTIONS_SOURCE_FORMAT])));
        place_head(
            earlier, head, earlier_integer(earlier, &all[INSPECTIONS_SOURCE_LINE], 0, UINT32_MAX));
    }
    head->is_shown = true;
    head->is_of_node = table == TABLE_NODE_INSPECTIONS;
    for (size_t i = 0; i < INSPECTIONS_COLUMNS; i++) {
        head->row[i] = kept(&earlier_survey(earlier, head->file)->arena, &all[i]);
    }
}

static void take_inspection(void *context, int64_t number, const struct value *row) {
    (void)number;
    take_shown(context, TABLE_INSPECTIONS, row);
}

static void take_node_inspection(void *context, int64_t number, const struct value *row) {
    (void)number;
    take_shown(context, TABLE_NODE_INSPECTIONS, row);
}

static bool is_same_value(const struct value *a, const struct value *b) {
    return text_equal(value_text(a), value_text(b));
}

/* What the row says of its inspection, where the log does not say so. */
static void adopt_head(
    struct earlier *earlier, struct earlier_head *head, const struct value *row) {
    static const struct {
        uint8_t from, to, log;
    } columns[] = {
        {UNPLACED_DELIVERED_SEGMENT_REF, INSPECTIONS_DELIVERED_SEGMENT_REF,
         INSPECTION_LOGS_DELIVERED_SEGMENT_REF                                                          },
        {UNPLACED_START_NODE,            INSPECTIONS_START_NODE,            INSPECTION_LOGS_START_NODE  },
        {UNPLACED_FINISH_NODE,           INSPECTIONS_FINISH_NODE,           INSPECTION_LOGS_FINISH_NODE },
        {UNPLACED_DIRECTION,             INSPECTIONS_DIRECTION,             INSPECTION_LOGS_DIRECTION   },
        {UNPLACED_INSPECTED_ON,          INSPECTIONS_INSPECTED_ON,          INSPECTION_LOGS_INSPECTED_ON},
    };
    struct arena *arena = &earlier_survey(earlier, head->file)->arena;

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        bool is_changed = head->log == NULL
                              ? !head->is_unplaced
                              : !is_same_value(&row[columns[i].from], &head->log[columns[i].log]);
        if (is_changed && !is_same_value(&row[columns[i].from], &head->row[columns[i].to])) {
            head->row[columns[i].to] = kept(arena, &row[columns[i].from]);
        }
    }
}

/* It had a row in a layer, which is not there any more. */
static bool is_deleted(const struct earlier_head *head) {
    return !head->is_shown && head->log != NULL &&
           head->log[INSPECTION_LOGS_IS_ABANDONED].kind == VALUE_NULL;
}

struct earlier_head *earlier_unplaced_head(struct earlier *earlier, const struct value *row) {
    struct text id = value_text(&row[UNPLACED_INSPECTION_ID]);
    struct earlier_head *head = known_head(earlier, id);

    if (id.n == 0 || (head != NULL && is_deleted(head))) {
        return NULL;
    }
    if (head == NULL) {
        head = add_head(earlier, id,
            file_by_path(earlier, value_text(&row[UNPLACED_SOURCE_FILE]), (struct text){0}));
        head->is_of_node = text_equal(value_text(&row[UNPLACED_OBJECT]), TEXT("node"));
        int64_t line = earlier_integer(earlier, &row[UNPLACED_SOURCE_LINE], 0, UINT32_MAX);
        place_head(earlier, head, line);
        put_number(&head->row[INSPECTIONS_SOURCE_LINE], line);
    }
    if (!head->is_shown) {
        adopt_head(earlier, head, row);
        head->is_unplaced = true;
    }
    return head;
}

bool earlier_read_heads(struct earlier *earlier, struct error *err) {
    static const struct {
        enum gpkg_table_id table;
        void (*take)(void *context, int64_t number, const struct value *row);
    } tables[] = {
        {TABLE_INSPECTION_LOGS,  take_log            },
        {TABLE_INSPECTIONS,      take_inspection     },
        {TABLE_NODE_INSPECTIONS, take_node_inspection},
    };

    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        map_columns(earlier, tables[i].table);
        if (!earlier_scan(earlier, tables[i].table, tables[i].take, err)) {
            return false;
        }
    }
    return true;
}

/* --- photos and videos --- */

/* Behind what is there, with ';' between. */
static void append(struct arena *arena, struct text *list, struct text more) {
    if (more.n > 0) {
        *list = list->n == 0 ? arena_copy(arena, more)
                             : arena_printf(arena, "%.*s;%.*s", TEXT_ARGS(*list), TEXT_ARGS(more));
    }
}

static void take_medium(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;
    struct text id = value_text(&row[MEDIA_MEDIA_ID]);
    bool is_video = text_equal(value_text(&row[MEDIA_KIND]), TEXT("video"));
    struct index *index = is_video ? &earlier->videos : &earlier->photos;
    size_t n = id.n;

    (void)number;
    while (n > 0 && id.at[n - 1] != '/') {
        n--;
    }
    if (n < 2) {
        return;
    }
    struct text owner = text_part(id, 0, n - 1); /* OWNER/NUMBER */
    uint32_t place = index_find(index, owner);
    if (place == INDEX_NONE) {
        earlier->media = array_reserve(
            earlier->media, &earlier->media_capacity, earlier->n_media + 1, sizeof *earlier->media);
        earlier->media[earlier->n_media] = (struct earlier_media){0};
        place = index_add(index, arena_copy(&earlier->arena, owner), (uint32_t)earlier->n_media++);
    }
    struct earlier_media *media = &earlier->media[place];
    append(&earlier->arena, &media->delivered, value_text(&row[MEDIA_DELIVERED_PATH]));
    append(&earlier->arena, &media->paths, value_text(&row[MEDIA_PATH]));
}

bool earlier_read_media(struct earlier *earlier, struct error *err) {
    return earlier_scan(earlier, TABLE_MEDIA, take_medium, err);
}
