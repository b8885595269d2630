/* By size: only files of one size can have the same bytes, here or in the folder. */
#include "formats/media/copies.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/reference.h"
#include "formats/media/copy.h"
#include "formats/media/walk.h"
#include "formats/source.h"

struct content {
    struct copies_file *file; /* NULL: it lies in the folder */
    const char *path;         /* absolute */
    struct text name;         /* in the folder: it lies there, or shall */
    int64_t size;             /* bytes; -1: it cannot be looked at */
    char digest[65];          /* SHA-256 in hex; empty: nobody needed it, or it cannot be read */
    bool is_unreadable;
};

/* Of one size, in the order of their names. */
struct group {
    struct content *at;
    size_t n;
};

struct maker {
    const struct copies_request *request;
    struct arena *arena;
    struct content *there; /* what lies in the folder, by size; an array of its own */
    size_t n_there, capacity;
    struct index digests_there; /* of the sizes that were needed, by place */
    int64_t size_there;         /* the last one of these */
    struct index made;          /* digests of files, by their places below */
    struct content *ours;       /* of the files, by size */
};

static void maker_release(struct maker *maker) {
    array_release(&maker->there);
    index_release(&maker->digests_there);
    index_release(&maker->made);
}

/* --- bytes --- */

static int64_t size_of(const char *path) {
    struct stat info;

    return lstat(path, &info) == 0 && S_ISREG(info.st_mode) ? (int64_t)info.st_size : -1;
}

/* False only when there is no SHA-256 to be had. */
static bool digest(struct content *content, struct error *err) {
    struct error why = {.language = err->language};

    if (content->digest[0] != '\0' || content->is_unreadable ||
        source_sha256(content->path, content->digest, &why)) {
        return true;
    }
    if (why.kind != ERROR_FILE) {
        *err = why;
        return false;
    }
    content->is_unreadable = true;
    content->digest[0] = '\0';
    return true;
}

static int by_size_and_name(const void *a, const void *b) {
    const struct content *x = a, *y = b;

    return x->size != y->size ? (x->size < y->size ? -1 : 1) : text_compare(x->name, y->name);
}

static struct group of_size(struct content *at, size_t n, int64_t size) {
    size_t from = 0, to = n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (at[middle].size < size) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    while (to < n && at[to].size == size) {
        to++;
    }
    return to == from ? (struct group){NULL, 0} : (struct group){&at[from], to - from};
}

/* --- what lies in the folder --- */

static void note(void *context, struct text path) {
    struct maker *maker = context;
    struct text name = text_base_name(path);
    struct text absolute =
        arena_printf(maker->arena, "%s/%.*s", maker->request->folder, TEXT_ARGS(path));

    if (copy_is_unfinished(name)) {
        copy_clean_up(arena_copy(maker->arena, text_part(absolute, 0, absolute.n - name.n - 1)).at);
        return;
    }
    maker->there =
        array_reserve(maker->there, &maker->capacity, maker->n_there + 1, sizeof *maker->there);
    maker->there[maker->n_there++] = (struct content){
        .path = absolute.at,
        .name = text_part(absolute, absolute.n - path.n, absolute.n),
        .size = size_of(absolute.at),
    };
}

static void list_folder(struct maker *maker) {
    enum { DEPTH = 2 * WALK_DEPTH }; /* copies lie deeper than their files */

    walk_folder(maker->request->folder, &(struct walk){note, maker, DEPTH});
    if (maker->n_there > 0) {
        qsort(maker->there, maker->n_there, sizeof *maker->there, by_size_and_name);
    }
}

/* The digests of all files in the folder that are of this size, which does not fall from call to
 * call. */
static bool digest_group(struct maker *maker, struct group group, struct error *err) {
    if (maker->size_there == group.at[0].size) {
        return true;
    }
    maker->size_there = group.at[0].size;
    for (size_t i = 0; i < group.n; i++) {
        if (!digest(&group.at[i], err)) {
            return false;
        }
        if (!group.at[i].is_unreadable) {
            index_add(&maker->digests_there, text_from(group.at[i].digest),
                (uint32_t)(group.at + i - maker->there));
        }
    }
    return true;
}

/* The name of the file in the folder with these bytes, the one that is wanted before others; {0}
 * when there is none. */
static bool find_there(struct maker *maker, struct group group, const struct content *content,
    struct text *out, struct error *err) {
    struct content *same = bsearch(content, group.at, group.n, sizeof *group.at, by_size_and_name);

    if (same != NULL && !digest(same, err)) {
        return false;
    }
    if (same != NULL && text_equal(text_from(same->digest), text_from(content->digest))) {
        *out = content->name;
        return true;
    }
    if (!digest_group(maker, group, err)) {
        return false;
    }
    uint32_t place = index_find(&maker->digests_there, text_from(content->digest));
    if (place != INDEX_NONE) {
        *out = maker->there[place].name;
    }
    return true;
}

/* --- names --- */

static struct text numbered(struct arena *arena, struct text wanted, unsigned number) {
    struct text name = text_base_name(wanted), stem = reference_stem(name);
    struct text before = text_part(wanted, 0, wanted.n - name.n + stem.n);

    return number == 1 ? wanted
                       : arena_printf(arena, "%.*s-%u%.*s", TEXT_ARGS(before), number,
                             TEXT_ARGS(text_part(name, stem.n, name.n)));
}

/* Do surveys mean another file by this name? */
static bool is_meant(const struct index *names, struct text path) {
    char bytes[REFERENCE_SIZE];
    struct text name = text_base_name(reference_normalise(path, bytes));

    return index_find(names, name) != INDEX_NONE ||
           index_find(names, reference_stem(name)) != INDEX_NONE;
}

static bool copy(struct maker *maker, struct copies_file *file, struct error *err) {
    const struct copies_request *request = maker->request;

    for (unsigned number = 1;; number++) {
        struct text name = numbered(maker->arena, file->wanted, number);
        if (number > 1 && is_meant(request->names, name)) {
            continue;
        }
        struct text to = arena_printf(maker->arena, "%s/%.*s", request->folder, TEXT_ARGS(name));
        switch (copy_file(file->from, to.at, err)) {
        case COPY_MADE:
            file->copy = name;
            return true;
        case COPY_TAKEN:
            break;
        case COPY_UNREADABLE:
            return true;
        case COPY_FAILED:
            return false;
        }
    }
}

/* --- all --- */

/* Its copy is that of a file before it, or lies in the folder, or is made now. */
static bool place_known(
    struct maker *maker, struct content *content, struct group there, struct error *err) {
    struct copies_file *file = content->file;
    struct text digest = text_from(content->digest);
    uint32_t made = index_find(&maker->made, digest);

    if (made != INDEX_NONE) {
        file->copy = maker->ours[made].file->copy;
        return true;
    }
    if (there.n > 0 && !find_there(maker, there, content, &file->copy, err)) {
        return false;
    }
    if (file->copy.n == 0 && !copy(maker, file, err)) {
        return false;
    }
    if (file->copy.n > 0) {
        index_add(&maker->made, digest, (uint32_t)(content - maker->ours));
    }
    return true;
}

static bool place(
    struct maker *maker, struct content *content, bool shares_size, struct error *err) {
    struct group there = of_size(maker->there, maker->n_there, content->size);

    if (content->size < 0) {
        return true;
    }
    if (!shares_size && there.n == 0) {
        return copy(maker, content->file, err);
    }
    if (!digest(content, err)) {
        return false;
    }
    return content->is_unreadable || place_known(maker, content, there, err);
}

static struct content *contents_of(struct arena *arena, struct copies_file *files, size_t n) {
    struct content *contents = ARENA_NEW(arena, struct content, n);

    for (size_t i = 0; i < n; i++) {
        contents[i] = (struct content){
            .file = &files[i],
            .path = files[i].from,
            .name = files[i].wanted,
            .size = size_of(files[i].from),
        };
    }
    if (n > 0) {
        qsort(contents, n, sizeof *contents, by_size_and_name);
    }
    return contents;
}

bool copies_make(const struct copies_request *request, struct arena *arena, struct error *err) {
    size_t n = request->n;
    CLEANUP(maker_release)
    struct maker maker = {
        .request = request,
        .arena = arena,
        .size_there = -1,
        .ours = contents_of(arena, request->files, n),
    };

    list_folder(&maker);
    for (size_t i = 0; i < n; i++) {
        int64_t size = maker.ours[i].size;
        bool shares_size = (i > 0 && maker.ours[i - 1].size == size) ||
                           (i + 1 < n && maker.ours[i + 1].size == size);
        if (!place(&maker, &maker.ours[i], shares_size, err)) {
            return false;
        }
    }
    return true;
}
