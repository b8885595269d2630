#include "formats/media_files.h"

#include "formats/media/walk.h"

static void note(void *context, struct text path) {
    file_names_add(context, text_base_name(path));
}

void media_files_list(const char *folder, unsigned depth, struct file_names *media) {
    walk_folder(folder, &(struct walk){note, media, depth + 1});
}

/* The part before the last slash; "." without one, "/" at the root. */
static struct text parent(struct text path) {
    size_t n = path.n;

    while (n > 0 && path.at[n - 1] != '/') {
        n--;
    }
    return n == 0 ? TEXT(".") : n == 1 ? text_part(path, 0, 1) : text_part(path, 0, n - 1);
}

const char *media_files_folder(const char *survey_path, struct arena *arena) {
    struct text folder = parent(text_from(survey_path));

    if (text_equal_nocase(text_base_name(folder), TEXT("DB"))) {
        folder = parent(folder);
    }
    return arena_copy(arena, folder).at;
}
