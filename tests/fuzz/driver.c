/* Runs a fuzz target over seeds and over mutations of them, the same ones in every run.
 *     mutate_NAME [-n MUTATIONS] FILE-OR-FOLDER...
 * What a target must not do, it does not survive: the test is that this program ends with 0.
 * Large seeds get fewer mutations.  Memory must stay below a multiple of the largest input. */
#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/source.h"
#include "tests/fuzz/fuzz.h"

enum {
    INPUT_MAX = 4 << 20,
    FULL_BYTES = 16 * 1024, /* a seed of up to so many bytes gets all mutations */
    LEAST_MUTATIONS = 10,
};

struct input {
    unsigned char *at; /* an array of its own, of just this size: readers beyond are seen */
    size_t n;
};

static void input_release(struct input *input) {
    array_release(&input->at);
}

static void input_resize(struct input *input, size_t n) {
    size_t capacity = 0;
    unsigned char *fresh = array_reserve(NULL, &capacity, n, 1);
    size_t keep = n < input->n ? n : input->n;

    if (keep > 0) {
        memcpy(fresh, input->at, keep);
    }
    if (n > keep) {
        memset(fresh + keep, 0, n - keep);
    }
    array_release(&input->at);
    *input = (struct input){fresh, n};
}

/* --- Mutations --- */

/* xorshift64: all that matters is that it is the same everywhere. */
static uint64_t next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t below(uint64_t *state, size_t n) {
    return n == 0 ? 0 : (size_t)(next(state) % n);
}

static void insert(struct input *input, size_t at, const void *bytes, size_t n) {
    size_t behind = input->n - at;

    if (input->n + n > INPUT_MAX) {
        return;
    }
    input_resize(input, input->n + n);
    memmove(input->at + at + n, input->at + at, behind);
    memcpy(input->at + at, bytes, n);
}

static void erase(struct input *input, size_t at, size_t n) {
    memmove(input->at + at, input->at + at + n, input->n - at - n);
    input_resize(input, input->n - n);
}

/* Doubles a piece of the input somewhere else in it. */
static void duplicate(struct input *input, uint64_t *state) {
    unsigned char piece[512];
    size_t from = below(state, input->n), left = input->n - from;
    size_t n = 1 + below(state, left < sizeof piece ? left : sizeof piece);

    n = n < left ? n : left;
    memcpy(piece, input->at + from, n);
    insert(input, below(state, input->n), piece, n);
}

static void insert_trouble(struct input *input, uint64_t *state) {
    static const char *const troubles[] = {"<", ">", "</", "&", "&lt;", "\"", ",", ";", "=", "\n",
        "\r\n", "-", "0", "99999999999999999999", "-1", "1e308", "nan", "\xFF", "\xC3", "\xC3\xA9",
        "\xEF\xBB\xBF", "\xFF\xFE", "%s%n", "<!ENTITY x 'y'>", "<![CDATA[", "<!--", "A01", "12"};
    const char *trouble = troubles[below(state, ARRAY_LEN(troubles))];

    insert(input, below(state, input->n + 1), trouble, strlen(trouble));
}

static void mutate(struct input *input, uint64_t *state) {
    if (input->n == 0) {
        insert_trouble(input, state);
        return;
    }
    size_t at = below(state, input->n);
    size_t left = input->n - at, some = left < 256 ? left : 256;
    switch (next(state) % 8) {
    case 0:
        input->at[at] = (unsigned char)next(state);
        break;
    case 1:
        input->at[at] ^= (unsigned char)(1U << next(state) % 8);
        break;
    case 2:
        input->at[at] = '\0';
        break;
    case 3:
        erase(input, at, 1 + below(state, some));
        break;
    case 4:
        duplicate(input, state);
        break;
    case 5: /* seldom: it leaves little */
        if (next(state) % 4 == 0) {
            input_resize(input, at);
        }
        break;
    default:
        insert_trouble(input, state);
        break;
    }
}

/* --- Memory --- */

/* What a reader may take for each byte of its file, and what it and its libraries take anyway. */
enum { MEMORY_FACTOR = 16 };
static const size_t memory_floor = (size_t)32 << 20;

static size_t memory_peak(void) {
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss * 1024;
}

/* Sanitizers keep what was freed, and more: nothing can be said of memory with them. */
static bool is_sanitized(void) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(undefined_behavior_sanitizer)
    return true;
#endif
#elif defined(__SANITIZE_ADDRESS__)
    return true;
#endif
    return false;
}

/* The peak never sinks: it belongs to the largest input so far or to one of less claim. */
static void try_input(const struct input *input) {
    static size_t at_start, largest;

    at_start = at_start == 0 ? memory_peak() : at_start;
    largest = input->n > largest ? input->n : largest;
    LLVMFuzzerTestOneInput(input->at, input->n);
    size_t most = at_start + memory_floor + MEMORY_FACTOR * largest, peak = memory_peak();
    if (peak > most && !is_sanitized()) {
        fprintf(stderr, "%zu bytes of input took %zu bytes of memory, more than %zu\n", input->n,
            peak, most);
        abort();
    }
}

/* --- Seeds --- */

static size_t mutations_of(size_t n_bytes, size_t most) {
    size_t n = n_bytes > FULL_BYTES ? most * FULL_BYTES / n_bytes : most;

    return n < LEAST_MUTATIONS && most > LEAST_MUTATIONS ? LEAST_MUTATIONS : n;
}

static bool try_file(const char *path, size_t n_mutations, struct error *err) {
    static struct source source;
    CLEANUP(input_release) struct input seed = {0};
    void *bytes = NULL;
    size_t n = 0;
    uint64_t state = 88172645463325252U;

    if (!source_open(path, &source, err) || !source_map(&source, &bytes, &n, err)) {
        return false;
    }
    insert(&seed, 0, bytes == NULL ? "" : bytes, n);
    source_unmap(bytes, n);
    try_input(&seed);
    for (size_t i = 0, most = mutations_of(n, n_mutations); i < most; i++) {
        CLEANUP(input_release) struct input input = {0};
        insert(&input, 0, seed.at, seed.n);
        for (size_t k = 0, n_steps = 1 + below(&state, 8); k < n_steps; k++) {
            mutate(&input, &state);
        }
        try_input(&input);
    }
    return true;
}

static bool try_folder(const char *path, size_t n_mutations, struct error *err) {
    struct dirent **entries = NULL;
    bool is_done = true;
    int n = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (is_done && entries[i]->d_name[0] != '.') {
            is_done = try_file(file, n_mutations, err);
        }
        free(entries[i]);
    }
    free(entries);
    return is_done && n >= 0 ? is_done : false;
}

static bool try_path(const char *path, size_t n_mutations, struct error *err) {
    struct stat about;

    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return try_folder(path, n_mutations, err);
    }
    return try_file(path, n_mutations, err);
}

int main(int argc, char **argv) {
    long n_mutations = 0;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        if (!text_to_int(text_from(argv[2]), &n_mutations) || n_mutations < 0) {
            fprintf(stderr, "%s: -n '%s' is no number\n", argv[0], argv[2]);
            return 2;
        }
        first = 3;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: %s [-n MUTATIONS] FILE-OR-FOLDER...\n", argv[0]);
        return 2;
    }
    for (int i = first; i < argc; i++) {
        struct error err = {0};
        if (!try_path(argv[i], (size_t)n_mutations, &err)) {
            fprintf(stderr, "%s: %s: %s\n", argv[0], argv[i], err.text);
            return 3;
        }
    }
    return 0;
}
