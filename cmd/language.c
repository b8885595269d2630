#include "cmd/language.h"

#include <stdlib.h>
#include <string.h>

/* `auto` must be asked for, or the same input would not give the same file on every machine. */
struct language_choice language_choose(const char *value) {
    struct language_choice choice = {.name = value};

    if (value == NULL) {
        return choice;
    }
    if (strcmp(value, "auto") == 0) {
        choice.name = lang_locale(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
    }
    choice.is_foreign = !lang_from_locale(choice.name, &choice.language);
    return choice;
}

const char *language_asked(int argc, char **argv) {
    const char *asked = NULL;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", strlen("--lang=")) == 0) {
            asked = argv[i] + strlen("--lang=");
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            asked = argv[++i];
        }
    }
    return asked == NULL || asked[0] == '\0' ? NULL : asked;
}
