#include "formats/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

#include "core/base.h"
#include "formats/encoding.h"
#include "formats/xml_decode.h"

/* libxml2 keeps each name once, so that a name is known again by its address; a small table
 * remembers which word of the vocabulary it is. */
enum { NAME_SLOTS = 1024 };

struct name_slot {
    const xmlChar *name;
    uint16_t word, n;
};

struct reader {
    const struct xml_request *request;
    xmlParserCtxtPtr parser;
    struct name_slot *names;
    char *text; /* an array of its own */
    size_t text_n, text_capacity;
    unsigned depth;
    bool has_root, is_refused, is_stopped;
    char message[512]; /* why it stopped */
    uint32_t line;
};

static void close_parser(xmlParserCtxtPtr *parser) {
    if (*parser == NULL) {
        return;
    }
    if ((*parser)->myDoc != NULL) { /* made for a DOCTYPE */
        xmlFreeDoc((*parser)->myDoc);
        (*parser)->myDoc = NULL;
    }
    xmlFreeParserCtxt(*parser);
}

static uint32_t line_of(const struct reader *reader) {
    int line = xmlSAX2GetLineNumber(reader->parser);

    return line > 0 ? (uint32_t)line : 1;
}

/* Keeps the first reason only: later ones follow from it. */
static void note_reason(struct reader *reader, uint32_t line, struct text message) {
    if (reader->is_stopped) {
        return;
    }
    reader->is_stopped = true;
    reader->line = line;
    snprintf(reader->message, sizeof reader->message, "%.*s", TEXT_ARGS(text_cut(message, 400)));
}

static void stop(struct reader *reader, uint32_t line, struct text message) {
    note_reason(reader, line, message);
    xmlStopParser(reader->parser);
}

/* --- Names --- */

static uint16_t find_word(const struct xml_handler *handler, struct text name) {
    size_t from = 0, to = handler->n_words;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = text_compare(name, text_from(handler->words[middle]));
        if (order == 0) {
            return (uint16_t)middle;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return XML_OTHER;
}

static void name_tag(struct reader *reader, const xmlChar *name, struct xml_tag *tag) {
    uintptr_t address = (uintptr_t)name;
    struct name_slot *slot = &reader->names[(address ^ address >> 10) % NAME_SLOTS];

    if (slot->name != name) {
        size_t n = strlen((const char *)name);
        struct text text = {(const char *)name, n < UINT16_MAX ? n : UINT16_MAX};
        *slot =
            (struct name_slot){name, find_word(reader->request->handler, text), (uint16_t)text.n};
    }
    tag->name = (struct text){(const char *)name, slot->n};
    tag->word = slot->word;
}

/* --- What libxml2 calls --- */

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
    const xmlChar **attributes) {
    struct reader *reader = context;
    struct xml_tag tag = {
        .line = line_of(reader),
        .n_attributes = (size_t)n_attributes,
        .attributes = attributes,
    };

    (void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    if (reader->is_stopped) {
        return;
    }
    if (reader->depth >= XML_DEPTH_MAX) {
        stop(reader, tag.line, TEXT("too many elements inside each other"));
        return;
    }
    reader->has_root = true;
    reader->depth++;
    reader->text_n = 0;
    tag.depth = (uint16_t)reader->depth;
    name_tag(reader, name, &tag);
    reader->request->handler->start(reader->request->handler->context, &tag);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    struct reader *reader = context;
    struct xml_tag tag = {.line = line_of(reader), .depth = (uint16_t)reader->depth};

    (void)prefix, (void)uri;
    if (reader->is_stopped) {
        return;
    }
    struct text text = text_trim((struct text){reader->text, reader->text_n});
    name_tag(reader, name, &tag);
    reader->request->handler->end(reader->request->handler->context, &tag, text);
    reader->depth--;
    reader->text_n = 0;
}

static void add_text(struct reader *reader, const char *at, size_t n) {
    if (reader->is_stopped || n == 0) {
        return;
    }
    if (reader->text_n + n > XML_TEXT_MAX) {
        stop(reader, line_of(reader), TEXT("the text of an element is too long"));
        return;
    }
    reader->text = array_reserve(reader->text, &reader->text_capacity, reader->text_n + n, 1);
    memcpy(reader->text + reader->text_n, at, n);
    reader->text_n += n;
}

static void on_text(void *context, const xmlChar *at, int n) {
    add_text(context, (const char *)at, (size_t)n);
}

/* A reference to an entity that is declared nowhere we look: keep it as it stands. */
static void on_reference(void *context, const xmlChar *name) {
    add_text(context, "&", 1);
    add_text(context, (const char *)name, strlen((const char *)name));
    add_text(context, ";", 1);
}

static void refuse_entity(struct reader *reader, const xmlChar *name) {
    char message[256];
    struct text text = text_from((const char *)name);

    reader->is_refused = true;
    snprintf(message, sizeof message, "the document declares the entity '%.*s', which is refused",
        TEXT_ARGS(text_cut(text, 60)));
    stop(reader, line_of(reader), text_from(message));
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
    const xmlChar *system_id, xmlChar *content) {
    (void)type, (void)public_id, (void)system_id, (void)content;
    refuse_entity(context, name);
}

static void on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id,
    const xmlChar *system_id, const xmlChar *notation) {
    (void)public_id, (void)system_id, (void)notation;
    refuse_entity(context, name);
}

/* libxml2 stops by itself after a fatal error. */
/* What libxml2 says, without the piece of the document that it may quote behind: that is bytes. */
static struct text first_line(const char *message) {
    struct text text = text_from(message);
    const char *end = text.n == 0 ? NULL : memchr(text.at, '\n', text.n);
    size_t n = end == NULL ? text.n : (size_t)(end - text.at);

    return text_trim(text_part(text, 0, utf8_scan(text_part(text, 0, n)).n_valid));
}

static void on_error(void *context, xmlErrorPtr error) {
    struct reader *reader = context;

    if (error == NULL || error->level != XML_ERR_FATAL) {
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        note_reason(reader, 0, TEXT("out of memory"));
        return;
    }
    uint32_t line = error->line > 0 ? (uint32_t)error->line : line_of(reader);
    if (error->code == XML_ERR_DOCUMENT_END && reader->depth > 0) {
        note_reason(reader, line, TEXT("the document ends in the middle"));
        return;
    }
    note_reason(reader, line, first_line(error->message));
}

/* --- One document --- */

/* libxml2 compares each attribute of a tag with all others, and waits for the end of a tag before
 * it takes it: what waits is a tag when it begins like one.  Comments have libxml2's own limit. */
static void check_tag(struct reader *reader) {
    const struct _xmlParserInput *input = reader->parser->input;
    bool is_waiting = input != NULL && input->end - input->cur > XML_TAG_MAX;

    if (is_waiting && input->cur[0] == '<' && input->cur[1] != '!' && input->cur[1] != '?') {
        stop(reader, line_of(reader), TEXT("a tag is too long"));
    }
}

static void feed(struct reader *reader, struct xml_decoder *decoder) {
    char buffer[XML_CHUNK];

    for (;;) {
        struct text part = xml_decode(decoder, buffer);
        xmlParseChunk(reader->parser, part.at, (int)part.n, part.n == 0);
        check_tag(reader);
        if (part.n == 0 || reader->is_stopped) {
            return;
        }
    }
}

static bool open_parser(struct reader *reader, struct error *err) {
    static once_flag once = ONCE_FLAG_INIT;
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .reference = on_reference,
        .entityDecl = on_entity,
        .unparsedEntityDecl = on_unparsed_entity,
        .serror = on_error,
    };

    call_once(&once, xmlInitParser); /* two threads must not do it at a time */
    reader->parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (reader->parser == NULL) {
        return error_set(err, ERROR_LIBRARY, "libxml2: no parser");
    }
    xmlDictSetLimit(reader->parser->dict, XML_NAMES_MAX);
    /* The decoder gives UTF-8 whatever the document says.  NOENT is for &amp; in attributes: there
     * are no other entities, declaring one ends the parse. */
    xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    return true;
}

/* What the parse came to: an error, a finding, or nothing to say. */
static bool conclude(const struct reader *reader, struct xml_report *report, struct error *err) {
    if (reader->is_refused) {
        return error_set(err, ERROR_FORMAT, "line %u: %s", reader->line, reader->message);
    }
    if (!reader->has_root) {
        return error_set(err, ERROR_FORMAT, "line %u: no XML: %s",
            reader->is_stopped ? reader->line : 1,
            reader->is_stopped ? reader->message : "there is no element in it");
    }
    if (reader->is_stopped) {
        struct finding_place place = reader->request->place;
        place.line = reader->line;
        findings_add(reader->request->findings, FINDING_FILE_DAMAGED, place, "%s", reader->message);
        report->is_damaged = true;
        report->damaged_line = reader->line;
    }
    return true;
}

bool xml_read(const struct xml_request *request, struct xml_report *report, struct error *err) {
    CLEANUP(xml_decoder_close) struct xml_decoder decoder = {0};
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(array_release) char *text = NULL;
    CLEANUP(close_parser) xmlParserCtxtPtr parser = NULL;
    struct reader reader = {
        .request = request,
        .names = ARENA_NEW(&arena, struct name_slot, NAME_SLOTS),
    };

    if (request->bytes.n == 0) {
        return error_set(err, ERROR_FORMAT, "the document is empty");
    }
    bool is_open = open_parser(&reader, err);
    parser = reader.parser;
    if (!is_open) {
        return false;
    }
    xml_decoder_open(&decoder, request->bytes, request->encoding);
    decoder.is_mapped = request->is_mapped;
    feed(&reader, &decoder);
    text = reader.text;
    *report = (struct xml_report){0};
    xml_decoder_report(&decoder, request->findings, request->place);
    report->encoding = xml_decoder_verdict(&decoder, request->arena);
    return conclude(&reader, report, err);
}

struct text xml_attribute(const struct xml_tag *tag, const char *name) {
    for (size_t i = 0; i < tag->n_attributes; i++) {
        /* local name, prefix, URI, value, end of the value */
        const unsigned char *const *attribute = tag->attributes + 5 * i;
        if (strcmp((const char *)attribute[0], name) == 0) {
            return (struct text){(const char *)attribute[3], (size_t)(attribute[4] - attribute[3])};
        }
    }
    return (struct text){0};
}

/* --- A look at the root --- */

/* The bytes of the head without NUL: UTF-16 comes out readable as far as its names are ASCII. */
static struct text narrow_head(const struct source *source, char *buffer, size_t size) {
    size_t n = 0;

    for (size_t i = 0; i < source->head_n && n < size; i++) {
        unsigned char c = source->head[i];
        if (c != 0 && !(i < 3 && c >= 0x80)) { /* nor the byte order mark */
            buffer[n++] = (char)c;
        }
    }
    return (struct text){buffer, n};
}

/* Behind the first `mark`; the empty text when there is none. */
static struct text behind(struct text text, struct text mark) {
    for (size_t i = 0; i + mark.n <= text.n; i++) {
        if (memcmp(text.at + i, mark.at, mark.n) == 0) {
            return text_part(text, i + mark.n, text.n);
        }
    }
    return (struct text){0};
}

static struct text skip_prolog(struct text rest) {
    for (;;) {
        rest = text_trim(rest);
        if (text_starts_with(rest, TEXT("<?"))) {
            rest = behind(rest, TEXT("?>"));
        } else if (text_starts_with(rest, TEXT("<!--"))) {
            rest = behind(rest, TEXT("-->"));
        } else if (text_starts_with(rest, TEXT("<!"))) {
            struct text subset = behind(rest, TEXT("["));
            struct text end = behind(rest, TEXT(">"));
            rest = subset.n > end.n ? behind(subset, TEXT("]>")) : end;
        } else {
            return rest;
        }
    }
}

void xml_root_name(const struct source *source, char *name, size_t size) {
    char buffer[8192];
    struct text rest = skip_prolog(narrow_head(source, buffer, sizeof buffer));
    size_t n = 0;

    name[0] = '\0';
    if (!text_starts_with(rest, TEXT("<"))) {
        return;
    }
    for (size_t i = 1; i < rest.n && strchr(" \t\r\n/>", rest.at[i]) == NULL; i++) {
        if (rest.at[i] == ':') {
            n = 0;
        } else if (n + 1 < size) {
            name[n++] = rest.at[i];
        }
    }
    name[n] = '\0';
}

/* The local name at the start of a tag. */
static struct text tag_name(struct text rest) {
    size_t from = 0, n = 0;

    while (n < rest.n && strchr(" \t\r\n/>", rest.at[n]) == NULL) {
        from = rest.at[n] == ':' ? n + 1 : from;
        n++;
    }
    return text_part(rest, from, n);
}

bool xml_head_has_element(const struct source *source, const char *name) {
    char buffer[sizeof source->head];
    struct text head = narrow_head(source, buffer, sizeof buffer), wanted = text_from(name);

    for (size_t i = 0; i < head.n; i++) {
        if (head.at[i] == '<' && text_equal(tag_name(text_part(head, i + 1, head.n)), wanted)) {
            return true;
        }
    }
    return false;
}
