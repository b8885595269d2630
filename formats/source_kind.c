/* What a file looks like that no reader wants: said in the error message, so that people see at
 * once that they named the wrong file. */
#include <string.h>

#include "core/base.h"
#include "formats/source.h"

struct kind {
    const char *words;
    const char *magic;
    size_t magic_n, at;
};

#define MAGIC(bytes) (bytes), sizeof(bytes) - 1

/* The first that fits wins: special before general. */
static const struct kind kinds[] = {
    {N_("a GeoPackage"),                                 MAGIC("GPKG"),                             68},
    {N_("an SQLite database"),                           MAGIC("SQLite format 3"),                  0 },
    {N_("a shapefile"),                                  MAGIC("\x00\x00\x27\x0A\x00\x00\x00\x00"), 0 },
    {N_("an Access database"),                           MAGIC("Standard Jet DB"),                  4 },
    {N_("an Access database"),                           MAGIC("Standard ACE DB"),                  4 },
    {N_("an old Office document (xls, doc)"),            MAGIC("\xD0\xCF\x11\xE0\xA1\xB1"),         0 },
    {N_("a ZIP archive or Office document (xlsx, ods)"), MAGIC("PK\x03\x04"),                       0 },
    {N_("an empty ZIP archive"),                         MAGIC("PK\x05\x06"),                       0 },
    {N_("a PDF document"),                               MAGIC("%PDF-"),                            0 },
    {N_("a JPEG picture"),                               MAGIC("\xFF\xD8\xFF"),                     0 },
    {N_("a PNG picture"),                                MAGIC("\x89PNG\r\n"),                      0 },
    {N_("a GIF picture"),                                MAGIC("GIF8"),                             0 },
    {N_("a TIFF picture"),                               MAGIC("II*\x00"),                          0 },
    {N_("a TIFF picture"),                               MAGIC("MM\x00*"),                          0 },
    {N_("an MPEG video"),                                MAGIC("\x00\x00\x01\xBA"),                 0 },
    {N_("an MPEG video"),                                MAGIC("\x00\x00\x01\xB3"),                 0 },
    {N_("an MP4 video"),                                 MAGIC("ftyp"),                             4 },
    {N_("a RIFF file (AVI, WAV)"),                       MAGIC("RIFF"),                             0 },
    {N_("a gzip archive"),                               MAGIC("\x1F\x8B"),                         0 },
    {N_("a 7z archive"),                                 MAGIC("7z\xBC\xAF"),                       0 },
    {N_("a RAR archive"),                                MAGIC("Rar!"),                             0 },
    {N_("an AutoCAD drawing (DWG)"),                     MAGIC("AC10"),                             0 },
    {N_("a program"),
     MAGIC("\x7F"
              "ELF"),
     0                                                                                                },
    {N_("an HTML page"),                                 MAGIC("<!DOCTYPE html"),                   0 },
    {N_("an HTML page"),                                 MAGIC("<html"),                            0 },
    {N_("an XML document"),                              MAGIC("<?xml"),                            0 },
    {N_("an XML document"),                              MAGIC("\xEF\xBB\xBF<?xml"),                0 },
    {N_("an XML document in UTF-16"),                    MAGIC("\xFF\xFE<\x00"),                    0 },
    {N_("an XML document in UTF-16"),                    MAGIC("\xFE\xFF\x00<"),                    0 },
    {N_("text in UTF-16"),                               MAGIC("\xFF\xFE"),                         0 },
    {N_("text in UTF-16"),                               MAGIC("\xFE\xFF"),                         0 },
    {N_("GeoJSON or other JSON"),                        MAGIC("{"),                                0 },
};

static bool has(const struct source *source, const struct kind *kind) {
    return source->head_n >= kind->at + kind->magic_n &&
           memcmp(source->head + kind->at, kind->magic, kind->magic_n) == 0;
}

/* Text has no control characters but line ends, tabs and form feeds. */
static bool looks_like_text(const struct source *source) {
    for (size_t i = 0; i < source->head_n; i++) {
        unsigned char c = source->head[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A) ||
            c == 0x7F) {
            return false;
        }
    }
    return true;
}

const char *source_looks_like(const struct source *source) {
    if (source->head_n == 0) {
        return N_("an empty file");
    }
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (has(source, &kinds[i])) {
            return kinds[i].words;
        }
    }
    if (!looks_like_text(source)) {
        return source_has_extension(source, ".dbf") ? N_("a dBASE table") : N_("binary data");
    }
    return N_("text");
}
