#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/xml.h"

/* Bytes of a literal, in a table. */
#define BYTES(literal) \
    { (literal), sizeof(literal) - 1 }

/* Writes down what it is told: "+name(word)" and "-name='text'". */
struct log {
    char text[4096];
    size_t n;
    unsigned deepest;
    uint32_t last_line;
};

static void note(struct log *log, const char *before, struct text name, const char *after) {
    int n = snprintf(
        log->text + log->n, sizeof log->text - log->n, "%s%.*s%s", before, TEXT_ARGS(name), after);

    log->n += (size_t)n < sizeof log->text - log->n ? (size_t)n : 0;
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct log *log = context;
    char word[16] = "";

    if (tag->word != XML_OTHER) {
        snprintf(word, sizeof word, "(%u)", (unsigned)tag->word);
    }
    note(log, "+", tag->name, word);
    if (xml_attribute(tag, "id").at != NULL) {
        note(log, "[", xml_attribute(tag, "id"), "]");
    }
    log->deepest = tag->depth > log->deepest ? tag->depth : log->deepest;
    log->last_line = tag->line;
}

static void on_end(void *context, const struct xml_tag *tag, struct text text) {
    struct log *log = context;

    note(log, "-", tag->name, "");
    if (text.n > 0) {
        note(log, "='", text, "'");
    }
    log->last_line = tag->line;
}

struct outcome {
    struct log log;
    struct findings findings;
    struct arena arena;
    struct xml_report report;
    struct error err;
    bool is_read;
};

static void outcome_release(struct outcome *outcome) {
    findings_release(&outcome->findings);
    arena_release(&outcome->arena);
}

static void read_bytes(struct text bytes, const char *encoding, struct outcome *outcome) {
    static const char *const words[] = {"a", "b"};
    const struct xml_handler handler = {words, ARRAY_LEN(words), on_start, on_end, &outcome->log};

    outcome->is_read = xml_read(
        &(struct xml_request){
            .bytes = bytes,
            .encoding = encoding,
            .place = {.file = TEXT("test.xml")},
            .handler = &handler,
            .findings = &outcome->findings,
            .arena = &outcome->arena,
        },
        &outcome->report, &outcome->err);
}

static size_t count(const struct outcome *outcome, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < outcome->findings.n; i++) {
        n += outcome->findings.at[i].kind == kind;
    }
    return n;
}

#define READ(name, bytes)                               \
    CLEANUP(outcome_release) struct outcome name = {0}; \
    read_bytes((bytes), NULL, &name)

/* clang-format off */
static const struct {
    const char *name, *document, *want;
} streams[] = {
    {"elements stream by", "<a><b>1</b><c/></a>", "+a(0)+b(1)-b='1'+c-c-a"},
    {"prefixes do not matter", "<x:a xmlns:x='u'><x:b/></x:a>", "+a(0)+b(1)-b-a"},
    {"nor do prefixes that nobody declared", "<x:a/>", "+a(0)-a"},
    {"text is trimmed", "<a>\n  1 2\t</a>", "+a(0)-a='1 2'"},
    {"characters by number and by name", "<a>&lt;&#65;&amp;</a>", "+a(0)-a='<A&'"},
    {"character data", "<a><![CDATA[<1>]]></a>", "+a(0)-a='<1>'"},
    {"comments and instructions are passed over", "<a>1<!-- x --><?y z?>2</a>", "+a(0)-a='12'"},
    {"text around elements is not theirs", "<a>x<b>1</b>y</a>", "+a(0)+b(1)-b='1'-a='y'"},
    {"attributes", "<a id='x &amp; y'><b/></a>", "+a(0)[x & y]+b(1)-b-a"},
    {"a document type without entities", "<!DOCTYPE a><a>1</a>", "+a(0)-a='1'"},
    {"an entity of a document type elsewhere is kept as it stands",
     "<!DOCTYPE a SYSTEM 'a.dtd'><a>1&x;2</a>", "+a(0)-a='1&x;2'"},
};
/* clang-format on */

Test(xml, streams) {
    for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
        READ(got, text_from(streams[i].document));

        cr_expect(got.is_read, "%s: %s", streams[i].name, got.err.text);
        cr_expect_str_eq(got.log.text, streams[i].want, "%s", streams[i].name);
        cr_expect_not(got.report.is_damaged, "%s", streams[i].name);
        cr_expect_eq(got.findings.n, 0, "%s", streams[i].name);
    }
}

/* name, document, line, part of the message */
/* clang-format off */
static const struct {
    const char *name, *document;
    unsigned line;
    const char *message;
} refused[] = {
    {"an empty document", "", 0, "empty"},
    {"text", "just text", 1, "no XML"},
    {"a declaration only", "<?xml version='1.0'?>\n", 0, "no XML"},
    {"an entity", "<!DOCTYPE a [\n\n<!ENTITY x 'y'>]><a>&x;</a>", 3, "the entity 'x'"},
    {"an entity out of a file", "<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/hostname'>]><a>&x;</a>", 1,
     "the entity 'x'"},
    {"a parameter entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://localhost/'>%x;]><a/>", 1,
     "the entity 'x'"},
    {"an unparsed entity",
     "<!DOCTYPE a [<!NOTATION n SYSTEM 'n'><!ENTITY x SYSTEM 'x' NDATA n>]><a/>", 1,
     "the entity 'x'"},
    {"a bomb",
     "<!DOCTYPE a [<!ENTITY x 'yyyyyyyyyy'><!ENTITY y '&x;&x;&x;&x;&x;&x;&x;&x;'>]><a>&y;</a>", 1,
     "the entity 'x'"},
};
/* clang-format on */

Test(xml, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        char line[32];
        READ(got, text_from(refused[i].document));

        snprintf(line, sizeof line, "line %u: ", refused[i].line);
        cr_expect_not(got.is_read, "%s", refused[i].name);
        cr_expect_eq(got.err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect(text_contains(text_from(got.err.text), text_from(refused[i].message)), "%s: %s",
            refused[i].name, got.err.text);
        cr_expect(
            refused[i].line == 0 || text_starts_with(text_from(got.err.text), text_from(line)),
            "%s: %s", refused[i].name, got.err.text);
        cr_expect_str_eq(got.log.text, "", "%s", refused[i].name);
    }
}

/* name, document, what came before, line */
/* clang-format off */
static const struct {
    const char *name, *document, *want;
    uint32_t line;
} damaged[] = {
    {"cut off", "<a>\n<b>1</b>\n<b>2", "+a(0)+b(1)-b='1'+b(1)", 3},
    {"an empty tag name", "<a>\n<b>1</b>\n<></a>", "+a(0)+b(1)-b='1'", 3},
    {"tags that cross", "<a><b>\n</a></b>", "+a(0)+b(1)", 2},
    {"an entity that nobody knows", "<a>\n&x;</a>", "+a(0)", 2},
    {"something behind the end", "<a></a>\n<b/>", "+a(0)-a", 2},
};
/* clang-format on */

Test(xml, damaged) {
    for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
        READ(got, text_from(damaged[i].document));

        cr_expect(got.is_read, "%s: %s", damaged[i].name, got.err.text);
        cr_expect_str_eq(got.log.text, damaged[i].want, "%s", damaged[i].name);
        cr_expect(got.report.is_damaged, "%s", damaged[i].name);
        cr_expect_eq(got.report.damaged_line, damaged[i].line, "%s", damaged[i].name);
        cr_assert_eq(count(&got, FINDING_FILE_DAMAGED), 1, "%s", damaged[i].name);
        cr_expect_eq(got.findings.at[0].place.line, damaged[i].line, "%s", damaged[i].name);
    }
}

/* libxml2 quotes so many bytes of a comment, with half a character at the end. */
Test(xml, the_reason_is_a_text_of_one_line) {
    READ(got, TEXT("<a><!-- 管道检测管道检测管道检测管道检测管道检测管道检测"));

    cr_assert_eq(count(&got, FINDING_FILE_DAMAGED), 1);
    struct text detail = got.findings.at[got.findings.n - 1].detail;
    cr_expect(text_is_utf8(detail), "%.*s", TEXT_ARGS(detail));
    cr_expect_not(text_contains(detail, TEXT("\n")), "%.*s", TEXT_ARGS(detail));
}

/* name, bytes, what is read, verdict, findings of kind */
/* clang-format off */
static const struct {
    const char *name;
    struct text bytes;
    const char *want, *verdict;
    size_t n_findings;
    enum finding_kind kind;
} encodings[] = {
    {"nothing declared", BYTES("<a>\xC3\xA9</a>"), "+a(0)-a='\xC3\xA9'", "UTF-8 (nothing declared)",
     0, FINDING_ENCODING_DIFFERS},
    {"Latin 1 as declared", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>"),
     "+a(0)-a='\xC3\xA9'", "ISO-8859-1 (declared)", 0, FINDING_ENCODING_DIFFERS},
    {"declared Latin 1 is UTF-8", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>"),
     "+a(0)-a='\xC3\xA9'", "UTF-8 (ISO-8859-1 declared)", 1, FINDING_ENCODING_DIFFERS},
    {"one file glued from both",
     BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9 \xC3\xA9</a>"),
     "+a(0)-a='\xC3\xA9 \xC3\xA9'", "UTF-8 and Windows-1252 mixed (ISO-8859-1 declared)", 1,
     FINDING_ENCODING_DIFFERS},
    {"declared UTF-8 is Windows-1252",
     BYTES("<?xml version='1.0' encoding='UTF-8'?><a>\x80\xE9</a>"),
     "+a(0)-a='\xE2\x82\xAC\xC3\xA9'", "Windows-1252 (UTF-8 declared)", 1,
     FINDING_ENCODING_DIFFERS},
    {"a byte order mark", BYTES("\xEF\xBB\xBF<a>\xC3\xA9</a>"), "+a(0)-a='\xC3\xA9'",
     "UTF-8 (nothing declared)", 0, FINDING_ENCODING_DIFFERS},
    {"UTF-16", BYTES("\xFF\xFE<\0a\0>\0\xE9\0<\0/\0a\0>\0"), "+a(0)-a='\xC3\xA9'",
     "UTF-16LE (byte order)", 0, FINDING_ENCODING_DIFFERS},
    {"UTF-16 the other way round", BYTES("\xFE\xFF\0<\0a\0>\0\xE9\0<\0/\0a\0>"),
     "+a(0)-a='\xC3\xA9'", "UTF-16BE (byte order)", 0, FINDING_ENCODING_DIFFERS},
    {"any encoding that the system knows",
     BYTES("<?xml version='1.0' encoding='windows-1250'?><a>\x9A</a>"), "+a(0)-a='\xC5\xA1'",
     "windows-1250 (declared)", 0, FINDING_ENCODING_DIFFERS},
    {"an encoding that nobody knows", BYTES("<?xml version='1.0' encoding='x-y'?><a>\xE9</a>"),
     "+a(0)-a='\xC3\xA9'", "Windows-1252 (x-y declared)", 1, FINDING_ENCODING_DIFFERS},
    {"a declared name that is no text", BYTES("<?xmlx encoding='\xE9\xFF'?><a>\xC3\xA9</a>"),
     "+a(0)-a='\xC3\xA9'", "UTF-8 and Windows-1252 mixed (nothing declared)", 1,
     FINDING_ENCODING_DIFFERS},
    {"NUL bytes are blanks", BYTES("<a>1\0002</a>"), "+a(0)-a='1 2'", "ASCII (nothing declared)", 1,
     FINDING_NUL_BYTES},
    {"control characters are blanks", BYTES("<a>1\0012</a>"), "+a(0)-a='1 2'",
     "ASCII (nothing declared)", 1, FINDING_INVALID_VALUE},
};
/* clang-format on */

Test(xml, encodings) {
    for (size_t i = 0; i < ARRAY_LEN(encodings); i++) {
        READ(got, encodings[i].bytes);

        cr_expect(got.is_read, "%s: %s", encodings[i].name, got.err.text);
        cr_expect_str_eq(got.log.text, encodings[i].want, "%s", encodings[i].name);
        cr_expect(text_equal(got.report.encoding, text_from(encodings[i].verdict)), "%s: '%.*s'",
            encodings[i].name, TEXT_ARGS(got.report.encoding));
        cr_expect_eq(got.findings.n, encodings[i].n_findings, "%s", encodings[i].name);
        for (size_t k = 0; k < got.findings.n; k++) {
            cr_expect(text_is_utf8(got.findings.at[k].detail), "%s", encodings[i].name);
        }
        cr_expect_eq(
            count(&got, encodings[i].kind), encodings[i].n_findings, "%s", encodings[i].name);
    }
}

Test(xml, the_user_knows_better) {
    CLEANUP(outcome_release) struct outcome got = {0};
    read_bytes(TEXT("<?xml version='1.0' encoding='UTF-8'?><a>\x9A</a>"), "windows-1250", &got);

    cr_expect_str_eq(got.log.text, "+a(0)-a='\xC5\xA1'");
    cr_expect(text_equal(got.report.encoding, TEXT("windows-1250 (asked for)")));
    cr_expect_eq(got.findings.n, 0);
}

Test(xml, lines_are_counted) {
    READ(got, TEXT("<?xml version='1.0'?>\n<a>\r\n<b>\n\n</b>\n</a>"));

    cr_expect_eq(got.log.last_line, 6);
}

/* A document of n elements inside each other. */
static struct text nested(struct arena *arena, size_t n) {
    char *at = ARENA_NEW(arena, char, n * 7);

    for (size_t i = 0; i < n; i++) {
        memcpy(at + 3 * i, "<a>", 3);
        memcpy(at + 3 * n + 4 * i, "</a>", 4);
    }
    return (struct text){at, n * 7};
}

Test(xml, depth_has_a_limit) {
    CLEANUP(arena_release) struct arena arena = {0};
    READ(fits, nested(&arena, XML_DEPTH_MAX));
    READ(deep, nested(&arena, 100000));

    cr_expect_not(fits.report.is_damaged);
    cr_expect_eq(fits.log.deepest, XML_DEPTH_MAX);
    cr_expect(deep.report.is_damaged);
    cr_expect_eq(deep.log.deepest, XML_DEPTH_MAX);
}

/* <a>xxx...</a> with n bytes inside. */
static struct text filled(struct arena *arena, size_t n) {
    char *at = ARENA_NEW(arena, char, n + 7);

    memcpy(at, "<a>", 3);
    memset(at + 3, 'x', n);
    memcpy(at + 3 + n, "</a>", 4);
    return (struct text){at, n + 7};
}

Test(xml, text_has_a_limit) {
    CLEANUP(arena_release) struct arena arena = {0};
    READ(fits, filled(&arena, XML_TEXT_MAX));
    READ(larger, filled(&arena, XML_TEXT_MAX + 1));

    cr_expect(fits.is_read);
    cr_expect_not(fits.report.is_damaged);
    cr_expect(larger.is_read);
    cr_expect(larger.report.is_damaged);
}

Test(xml, characters_across_parts_stay_whole) {
    CLEANUP(arena_release) struct arena arena = {0};
    size_t n = 64 * 1024;
    char *at = ARENA_NEW(&arena, char, 2 * n + 7);

    memcpy(at, "<a>", 3);
    for (size_t i = 0; i < n; i++) {
        memcpy(at + 3 + 2 * i, "\xC3\xA9", 2);
    }
    memcpy(at + 3 + 2 * n, "</a>", 4);
    READ(got, ((struct text){at, 2 * n + 7}));
    cr_expect(got.is_read);
    cr_expect_not(got.report.is_damaged);
    cr_expect(text_equal(got.report.encoding, TEXT("UTF-8 (nothing declared)")));
}

/* clang-format off */
static const struct {
    const char *name;
    struct text head;
    const char *want;
} roots[] = {
    {"plain", BYTES("<a><b/></a>"), "a"},
    {"behind declaration, comment and document type",
     BYTES("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <x> -->\n<!DOCTYPE a [<!ENTITY x 'y'>]><p:a x='1'>"), "a"},
    {"UTF-16", BYTES("\xFF\xFE<\0?\0x\0?\0>\0<\0a\0/\0>\0"), "a"},
    {"no XML", BYTES("a,b"), ""},
    {"empty", {"", 0}, ""},
    {"cut off in the declaration", BYTES("<?xml version"), ""},
};
/* clang-format on */

Test(xml, roots) {
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        static struct source source;
        char name[8] = "?";
        memcpy(source.head, roots[i].head.at, roots[i].head.n);
        source.head_n = roots[i].head.n;
        xml_root_name(&source, name, sizeof name);

        cr_expect_str_eq(name, roots[i].want, "%s", roots[i].name);
    }
}

/* clang-format off */
/* name, first bytes, is there an element HG */
static const struct {
    const char *name;
    struct text head;
    bool want;
} heads[] = {
    {"a start tag", BYTES("<DATA><HG>"), true},
    {"with attributes", BYTES("<DATA><HG\nx='1'>"), true},
    {"empty", BYTES("<DATA><HG/>"), true},
    {"with a prefix", BYTES("<x:DATA><x:HG>"), true},
    {"in UTF-16", BYTES("\xFF\xFE<\0H\0G\0>\0"), true},
    {"a longer name", BYTES("<DATA><HG001>"), false},
    {"an end tag alone", BYTES("</HG>"), false},
    {"text", BYTES("HG"), false},
    {"nothing", {"", 0}, false},
    {"cut off behind the bracket", BYTES("<DATA><"), false},
};
/* clang-format on */

Test(xml, elements_in_the_head) {
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        static struct source source;
        memcpy(source.head, heads[i].head.at, heads[i].head.n);
        source.head_n = heads[i].head.n;

        cr_expect_eq(xml_head_has_element(&source, "HG"), heads[i].want, "%s", heads[i].name);
    }
}
