#include "core/check/file_names.h"

#include "core/reference.h"

/* Comparable, without folders. */
static struct text fold(struct text name, char out[REFERENCE_SIZE]) {
    return text_base_name(reference_normalise(name, out));
}

void file_names_add(struct file_names *media, struct text base_name) {
    char bytes[REFERENCE_SIZE];
    struct text name = arena_copy(&media->arena, fold(base_name, bytes));

    index_add(&media->names, name, 0);
    index_add(&media->names, reference_stem(name), 0);
    media->n_files++;
}

bool file_names_has(const struct file_names *media, struct text name) {
    char bytes[REFERENCE_SIZE];

    name = fold(name, bytes);
    return name.n > 0 && index_find(&media->names, name) != INDEX_NONE;
}

void file_names_release(struct file_names *media) {
    arena_release(&media->arena);
    index_release(&media->names);
    *media = (struct file_names){0};
}
