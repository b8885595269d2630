#pragma once
/* XML as a stream of elements; xml.c is the only room of libxml2.
 *
 * No tree is built, nothing is fetched, no entity is expanded: a document that declares entities is
 * refused.  Names are local names, so that a namespace that changes with the edition does not
 * matter.  Text is UTF-8 whatever the document declares. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/findings.h"
#include "core/text.h"
#include "formats/source.h"

enum {
    XML_DEPTH_MAX = 256,         /* elements inside each other */
    XML_TEXT_MAX = 1024 * 1024,  /* bytes of text in one element */
    XML_TAG_MAX = 128 * 1024,    /* bytes of one tag with its attributes */
    XML_NAMES_MAX = 1024 * 1024, /* bytes of all names, each counted once */
};

#define XML_OTHER UINT16_MAX

/* A start or end tag; good during the call. */
struct xml_tag {
    struct text name; /* without prefix */
    uint16_t word;    /* its number in the vocabulary, XML_OTHER when it is not there */
    uint16_t depth;   /* 1 for the root */
    uint32_t line;    /* where the tag ends, 1 first */
    size_t n_attributes;
    const unsigned char *const *attributes; /* for xml_attribute; none in end tags */
};

/* The value of an attribute by local name; {0} when it is not there.  References in it are
 * resolved.  Good during the call. */
struct text xml_attribute(const struct xml_tag *tag, const char *name);

struct xml_handler {
    const char *const *words; /* the vocabulary, in byte order, fewer than XML_OTHER */
    size_t n_words;
    void (*start)(void *context, const struct xml_tag *tag);
    /* `text` is what stood between the last tag and this one, trimmed: the value of an element
     * that has no elements inside. */
    void (*end)(void *context, const struct xml_tag *tag, struct text text);
    void *context;
};

struct xml_request {
    struct text bytes;    /* the whole document */
    bool is_mapped;       /* a mapped file: pages that were read go back to the system */
    const char *encoding; /* as the user says; NULL: as the document declares and its bytes show */
    struct finding_place place; /* the file, for findings */
    const struct xml_handler *handler;
    struct findings *findings;
    struct arena *arena; /* for xml_report.encoding */
};

struct xml_report {
    struct text encoding; /* for people: "ISO-8859-1 (declared)" */
    bool is_damaged;      /* not well-formed; elements before that were handed over */
    uint32_t damaged_line;
};

/* Hands over all elements.  A document that is cut off or malformed gives what came before, a
 * finding FILE_DAMAGED and true; end tags of elements that were open are then missing.  Fails with
 * ERROR_FORMAT when it is no XML at all or declares entities. */
bool xml_read(const struct xml_request *request, struct xml_report *report, struct error *err);

/* The local name of the root element, looking at the first bytes only; "" when that is no XML.
 * Longer names are cut to the buffer. */
void xml_root_name(const struct source *source, char *name, size_t size);

/* Is there a start tag of that local name among the first bytes?  Any encoding whose ASCII is
 * ASCII, and UTF-16; comments are not told apart. */
bool xml_head_has_element(const struct source *source, const char *name);
