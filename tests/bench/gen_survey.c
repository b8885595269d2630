/* Makes a survey of a given size from the template of its format, the same for the same size.
 *
 *   gen_survey TEMPLATE MEGABYTES FOLDER
 *
 * A template is the text of a file with places to fill in, in blocks that repeat:
 *
 *   =file NAME         what follows goes to this file in FOLDER; the first is the one to be read
 *   =database NAME     the same, as SQL that makes an SQLite database
 *   =encoding NAME     the file is written in it instead of UTF-8
 *   =codes X|Y|Z       the codes of observations, their parts with ';' between
 *   =once =nodes =segments =inspections =rows =rows_alone
 *                      how often the lines below come; the rows of an inspection follow its lines,
 *                      and behind them what stands under =end.  =rows_alone: all rows of all
 *   ?30 LINE           comes in 30 of 100 cases
 *
 * A place is {word}, {word,} with a decimal comma, {word?} empty in 70 of 100 cases, {word-20}
 * filled up with blanks, {word:A|B} one of several: at random for {any:..}, by the direction of the
 * camera for {way:..}, by what the mark is (start, end, none) for {mark:..}.
 *
 * Every segment, inspection and row draws its numbers from a seed of its own, so that a photo in
 * one file is that of the row in another. */
#include <iconv.h>
#include <math.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_ROWS = 20, LEAST_ROWS = 5, MOST_CODES = 64, LINE = 8192, SAMPLE_SEGMENTS = 2000 };

static _Noreturn void die(const char *format, ...) {
    va_list args;

    va_start(args, format);
    fputs("gen_survey: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

/* --- What is told: the city --- */

static uint64_t state;

static uint64_t next_random(void) { /* splitmix64 */
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static size_t below(size_t n) {
    return (size_t)((double)(next_random() >> 11) * 0x1p-53 * (double)n);
}

static void seed(uint64_t a, uint64_t b) {
    state = a * 0x100000001b3 + b;
    next_random();
}

struct row {
    double chainage_m;
    size_t code;
    char mark; /* 'A', 'B' or 0 */
    size_t mark_number;
};

/* What places are filled from; a node is where its segment begins. */
struct scene {
    size_t segment, n_segments;
    size_t row, n_rows, first_row; /* first_row: of the inspection, among all rows */
    bool is_upstream;
    double length_m;
    struct row rows[MOST_ROWS];
};

static double node_x(size_t node) {
    return 2600000 + 35 * (double)(node % 1000);
}

static double node_y(size_t node) {
    return 1200000 + 35 * (double)(node / 1000);
}

static void set_segment(struct scene *scene, size_t segment, size_t n_codes) {
    size_t n_marks = 0;

    seed(segment, 1);
    scene->segment = segment;
    scene->is_upstream = below(10) < 4;
    scene->length_m = 20 + 0.01 * (double)below(5000);
    scene->n_rows = LEAST_ROWS + below(MOST_ROWS - LEAST_ROWS + 1);
    for (size_t i = 0; i < scene->n_rows; i++) {
        double share = ((double)i + 0.01 * (double)below(100)) / (double)scene->n_rows;
        scene->rows[i] =
            (struct row){floor(share * scene->length_m * 100) / 100, below(n_codes), 0, 0};
        if (i > 0 && scene->rows[i - 1].mark == 'A') {
            scene->rows[i].code = scene->rows[i - 1].code;
            scene->rows[i].mark = 'B';
            scene->rows[i].mark_number = n_marks;
        } else if (i + 1 < scene->n_rows && below(10) == 0) {
            scene->rows[i].mark = 'A';
            scene->rows[i].mark_number = ++n_marks;
        }
    }
}

/* --- Templates --- */

enum repeat { ONCE, NODES, SEGMENTS, INSPECTIONS, ROWS, ROWS_ALONE, END };

struct line {
    enum repeat repeat;
    unsigned share; /* of 100 */
    const char *text;
};

struct block { /* lines of one repeat; for INSPECTIONS its rows and end too */
    size_t from, to;
    enum repeat repeat;
};

struct out_file {
    const char *name, *encoding;
    bool is_database;
    size_t from, to; /* lines */
};

struct template {
    struct line lines[1024];
    size_t n_lines;
    struct out_file files[8];
    size_t n_files;
    const char *codes[MOST_CODES];
    size_t n_codes;
};

static const char *const repeat_names[] = {
    "=once", "=nodes", "=segments", "=inspections", "=rows", "=rows_alone", "=end"};

static char *kept(const char *text) {
    char *copy = strdup(text);

    if (copy == NULL) {
        die("out of memory");
    }
    return copy;
}

static void learn_codes(struct template *template, char *list) {
    for (char *code = strtok(list, "|"); code != NULL; code = strtok(NULL, "|")) {
        if (template->n_codes == MOST_CODES) {
            die("too many codes");
        }
        template->codes[template->n_codes++] = kept(code);
    }
}

static void learn_directive(struct template *template, char *line, enum repeat *repeat) {
    char *value = strchr(line, ' ');

    if (value != NULL) {
        *value++ = '\0';
    }
    if (strcmp(line, "=file") == 0 || strcmp(line, "=database") == 0) {
        template->files[template->n_files++] = (struct out_file){
            .name = kept(value), .is_database = line[1] == 'd', .from = template->n_lines};
        return;
    }
    if (strcmp(line, "=encoding") == 0) {
        template->files[template->n_files - 1].encoding = kept(value);
        return;
    }
    if (strcmp(line, "=codes") == 0) {
        learn_codes(template, value);
        return;
    }
    for (size_t i = 0; i < sizeof repeat_names / sizeof *repeat_names; i++) {
        if (strcmp(line, repeat_names[i]) == 0) {
            *repeat = (enum repeat)i;
            return;
        }
    }
    die("'%s' is no directive", line);
}

static void learn(struct template *template, const char *path) {
    FILE *file = fopen(path, "r");
    char line[LINE];
    enum repeat repeat = ONCE;

    if (file == NULL) {
        die("cannot read '%s'", path);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '=') {
            learn_directive(template, line, &repeat);
            continue;
        }
        char *text = line;
        unsigned share = line[0] == '?' ? (unsigned)strtoul(line + 1, &text, 10) : 100;
        text += share < 100 && *text == ' ';
        if (template->n_lines == sizeof template->lines / sizeof *template->lines ||
            template->n_files == 0) {
            die("'%s' has too many lines, or no =file", path);
        }
        template->lines[template->n_lines++] = (struct line){repeat, share, kept(text)};
        template->files[template->n_files - 1].to = template->n_lines;
    }
    fclose(file);
}

/* --- Filling in --- */

struct sink {
    FILE *file;
    sqlite3 *db;
    iconv_t converter;
    bool is_converted;
    char statement[2 * LINE];
};

struct place {
    char word[32];
    const char *choices; /* behind ':', with '|' between */
    size_t choices_n;
    bool is_optional, has_comma;
    int width;
};

/* Reads the place behind a '{'; NULL when it is none. */
static const char *parse_place(const char *at, struct place *place) {
    size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789");

    *place = (struct place){0};
    if (n == 0 || n >= sizeof place->word || (at[0] >= '0' && at[0] <= '9')) {
        return NULL;
    }
    memcpy(place->word, at, n);
    at += n;
    if (*at == ':') {
        place->choices = ++at;
        place->choices_n = strcspn(at, "}");
        at += place->choices_n;
    }
    for (; *at != '}'; at++) {
        if (*at == '?') {
            place->is_optional = true;
        } else if (*at == ',') {
            place->has_comma = true;
        } else if (*at == '-') {
            char *end = NULL;
            place->width = (int)strtol(at + 1, &end, 10);
            at = end - 1;
        } else {
            return NULL;
        }
    }
    return at + 1;
}

static void choose(const struct place *place, size_t number, char *out, size_t size) {
    const char *at = place->choices, *end = at + place->choices_n;

    for (; number > 0; number--) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        if (bar == NULL) {
            break;
        }
        at = bar + 1;
    }
    const char *bar = memchr(at, '|', (size_t)(end - at));
    snprintf(out, size, "%.*s", (int)((bar == NULL ? end : bar) - at), at);
}

static size_t count_choices(const struct place *place) {
    size_t n = 1;

    for (size_t i = 0; i < place->choices_n; i++) {
        n += place->choices[i] == '|';
    }
    return n;
}

/* Part `part` of the code of the row. */
static void code_part(const char *code, size_t part, char *out, size_t size) {
    for (; part > 0 && code != NULL; part--) {
        code = strchr(code, ';');
        code = code == NULL ? NULL : code + 1;
    }
    snprintf(
        out, size, "%.*s", code == NULL ? 0 : (int)strcspn(code, ";"), code == NULL ? "" : code);
}

static void fill_numbers(const struct scene *s, const char *word, char *out, size_t size) {
    size_t node = s->segment + 1, below_it = s->segment, number = s->first_row + s->row + 1;
    size_t from = s->is_upstream ? below_it : node, to = s->is_upstream ? node : below_it;
    const struct {
        const char *word;
        const char *format;
        size_t number;
    } integers[] = {
        {"s",     "%07zu",  s->segment    },
        {"up",    "%07zu",  node          },
        {"down",  "%07zu",  below_it      },
        {"from",  "%07zu",  from          },
        {"to",    "%07zu",  to            },
        {"n",     "%07zu",  s->segment    },
        {"id",    "%zu",    s->segment + 1},
        {"id12",  "%012zu", s->segment + 1},
        {"oid",   "%zu",    number        },
        {"oid12", "%012zu", number        },
        {"row",   "%zu",    s->row + 1    },
        {"row2",  "%02zu",  s->row + 1    },
    };
    const struct {
        const char *word;
        const char *format;
        double number;
    } reals[] = {
        {"x1",       "%.2f", node_x(node)                       },
        {"y1",       "%.2f", node_y(node)                       },
        {"x2",       "%.2f", node_x(below_it)                   },
        {"y2",       "%.2f", node_y(below_it)                   },
        {"z1",       "%.3f", 400 + 0.1 * (double)(node % 97)    },
        {"z2",       "%.3f", 400 + 0.1 * (double)(below_it % 97)},
        {"length",   "%.2f", s->length_m                        },
        {"chainage", "%.2f", s->rows[s->row].chainage_m         },
    };

    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        if (strcmp(word, integers[i].word) == 0) {
            snprintf(out, size, integers[i].format, integers[i].number);
            return;
        }
    }
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        if (strcmp(word, reals[i].word) == 0) {
            snprintf(out, size, reals[i].format, reals[i].number);
            return;
        }
    }
    die("'{%s}' is no place", word);
}

static void fill_time(const struct scene *s, const char *word, char *out, size_t size) {
    size_t day = 1 + s->segment % 28, month = 1 + s->segment / 28 % 12,
           year = 2012 + s->segment / 336 % 12, seconds = s->row * 47 + 13;

    if (strcmp(word, "date") == 0) {
        snprintf(out, size, "%04zu-%02zu-%02zu", year, month, day);
    } else if (strcmp(word, "date_dmy") == 0) {
        snprintf(out, size, "%02zu.%02zu.%04zu", day, month, year);
    } else if (strcmp(word, "date_mdy") == 0) {
        snprintf(out, size, "%02zu/%02zu/%02zu", month, day, year % 100);
    } else if (strcmp(word, "date_ymd") == 0) {
        snprintf(out, size, "%04zu%02zu%02zu", year, month, day);
    } else if (strcmp(word, "time_of_day") == 0) {
        snprintf(out, size, "%02zu:%02zu", 7 + s->segment % 9, s->segment % 60);
    } else if (strcmp(word, "time") == 0) {
        snprintf(out, size, "00:%02zu:%02zu", seconds / 60, seconds % 60);
    } else {
        die("'{%s}' is no place", word);
    }
}

static void fill(const struct template *t, const struct scene *s, const struct place *place,
    char *out, size_t size) {
    const struct row *row = &s->rows[s->row];
    const char *word = place->word, *code = t->n_codes > 0 ? t->codes[row->code] : "";

    out[0] = '\0';
    if (place->is_optional && below(100) >= 30) {
        return;
    }
    if (strcmp(word, "any") == 0) {
        choose(place, below(count_choices(place)), out, size);
    } else if (strcmp(word, "way") == 0) {
        choose(place, s->is_upstream, out, size);
    } else if (strcmp(word, "mark") == 0) {
        choose(place, row->mark == 'A' ? 0 : row->mark == 'B' ? 1 : 2, out, size);
    } else if (strcmp(word, "mark_number") == 0) {
        snprintf(out, size, row->mark == 0 ? "" : "%02zu", row->mark_number);
    } else if (strcmp(word, "code") == 0) {
        code_part(code, 0, out, size);
    } else if (strcmp(word, "char1") == 0) {
        code_part(code, 1, out, size);
    } else if (strcmp(word, "char2") == 0) {
        code_part(code, 2, out, size);
    } else if (strcmp(word, "clock") == 0) {
        snprintf(out, size, "%02zu", 1 + below(12));
    } else if (strcmp(word, "value") == 0) {
        snprintf(out, size, "%zu", 1 + below(60));
    } else if (strcmp(word, "grade") == 0) {
        snprintf(out, size, "%zu", 1 + below(4));
    } else if (strncmp(word, "date", 4) == 0 || strncmp(word, "time", 4) == 0) {
        fill_time(s, word, out, size);
    } else {
        fill_numbers(s, word, out, size);
    }
    for (char *point = out; place->has_comma && *point != '\0'; point++) {
        *point = *point == '.' ? ',' : *point;
    }
}

static void put_sql(struct sink *sink, const char *text) {
    char *message = NULL;

    if (sqlite3_exec(sink->db, text, NULL, NULL, &message) != SQLITE_OK) {
        die("%s in '%s'", message, text);
    }
}

static void put(struct sink *sink, char *text, size_t n) {
    char converted[2 * LINE], *in = text, *out = converted;
    size_t in_n = n, out_n = sizeof converted;

    if (sink->db != NULL) {
        put_sql(sink, text);
        return;
    }
    if (sink->is_converted) {
        if (iconv(sink->converter, &in, &in_n, &out, &out_n) == (size_t)-1) {
            die("'%s' is not to be had in the encoding", text);
        }
        text = converted;
        n = sizeof converted - out_n;
    }
    fwrite(text, 1, n, sink->file);
}

static void expand(const struct template *t, const struct scene *scene, const struct line *line,
    struct sink *sink) {
    char out[LINE];
    size_t n = 0;

    if (line->share < 100 && below(100) >= line->share) {
        return;
    }
    for (const char *at = line->text; *at != '\0';) {
        struct place place;
        const char *behind = *at == '{' ? parse_place(at + 1, &place) : NULL;
        if (behind == NULL) {
            out[n++] = *at++;
        } else {
            char value[256];
            fill(t, scene, &place, value, sizeof value);
            n += (size_t)snprintf(out + n, sizeof out - n, "%-*s", place.width, value);
            at = behind;
        }
        if (n + 300 > sizeof out) {
            die("a line is too long");
        }
    }
    out[n++] = '\n';
    out[n] = '\0';
    put(sink, out, n);
}

/* The lines of that repeat in [from, to). */
static void expand_all(const struct template *t, const struct scene *scene, struct block block,
    enum repeat repeat, struct sink *sink) {
    for (size_t i = block.from; i < block.to; i++) {
        if (t->lines[i].repeat == repeat) {
            expand(t, scene, &t->lines[i], sink);
        }
    }
}

static void expand_rows(const struct template *t, struct scene *scene, struct block block,
    enum repeat repeat, struct sink *sink) {
    for (scene->row = 0; scene->row < scene->n_rows; scene->row++) {
        seed(scene->segment, 100 + scene->row);
        expand_all(t, scene, block, repeat, sink);
    }
    scene->row = 0;
}

static void write_block(
    const struct template *t, struct block block, size_t n_segments, struct sink *sink) {
    struct scene scene = {.n_segments = n_segments};

    if (block.repeat == ONCE) {
        expand_all(t, &scene, block, ONCE, sink);
        return;
    }
    for (size_t i = 0; i < n_segments + (block.repeat == NODES); i++) {
        set_segment(&scene, i, t->n_codes > 0 ? t->n_codes : 1);
        seed(i, 10 + block.repeat);
        if (block.repeat == ROWS_ALONE) {
            expand_rows(t, &scene, block, ROWS_ALONE, sink);
        } else {
            expand_all(t, &scene, block, block.repeat, sink);
        }
        if (block.repeat == INSPECTIONS) {
            expand_rows(t, &scene, block, ROWS, sink);
            expand_all(t, &scene, block, END, sink);
        }
        scene.first_row += scene.n_rows;
    }
}

/* A block ends where another repeat begins; rows and ends belong to their inspections. */
static struct block block_at(const struct template *t, size_t from, size_t to) {
    struct block block = {from, from, t->lines[from].repeat};

    while (block.to < to &&
           (t->lines[block.to].repeat == block.repeat ||
               (block.repeat == INSPECTIONS &&
                   (t->lines[block.to].repeat == ROWS || t->lines[block.to].repeat == END)))) {
        block.to++;
    }
    return block;
}

static double write_file(
    const struct template *t, const struct out_file *file, size_t n_segments, const char *folder) {
    char path[4096];
    struct sink sink = {0};
    struct stat about;

    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    unlink(path);
    if (file->is_database) {
        if (sqlite3_open(path, &sink.db) != SQLITE_OK) {
            die("cannot make '%s'", path);
        }
        put_sql(&sink, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    } else if ((sink.file = fopen(path, "wb")) == NULL) {
        die("cannot make '%s'", path);
    }
    if (file->encoding != NULL) {
        sink.converter = iconv_open(file->encoding, "UTF-8");
        sink.is_converted = true;
    }
    for (size_t i = file->from; i < file->to;) {
        struct block block = block_at(t, i, file->to);
        write_block(t, block, n_segments, &sink);
        i = block.to;
    }
    if (sink.db != NULL) {
        put_sql(&sink, "COMMIT");
        sqlite3_close(sink.db);
    } else if (fclose(sink.file) != 0) {
        die("cannot write '%s'", path);
    }
    if (sink.is_converted) {
        iconv_close(sink.converter);
    }
    return stat(path, &about) == 0 ? (double)about.st_size : 0;
}

static double write_all(const struct template *t, size_t n_segments, const char *folder) {
    double n_bytes = 0;

    for (size_t i = 0; i < t->n_files; i++) {
        n_bytes += write_file(t, &t->files[i], n_segments, folder);
    }
    return n_bytes;
}

int main(int argc, char **argv) {
    static struct template template;
    double megabytes = argc == 4 ? strtod(argv[2], NULL) : 0;

    if (!(megabytes > 0 && megabytes < 1e5)) {
        fputs("usage: gen_survey TEMPLATE MEGABYTES FOLDER\n", stderr);
        return 2;
    }
    learn(&template, argv[1]);
    mkdir(argv[3], 0777);
    /* how large a segment is shows a small survey */
    double bytes_each = write_all(&template, SAMPLE_SEGMENTS, argv[3]) / SAMPLE_SEGMENTS;
    size_t n_segments = (size_t)(megabytes * 1e6 / bytes_each) + 1;
    if (n_segments > 9999999) {
        die("too many segments");
    }
    double n_bytes = write_all(&template, n_segments, argv[3]);
    fprintf(stderr, "%s: %zu segments, %.1f MB\n", argv[3], n_segments, n_bytes / 1e6);
    return 0;
}
