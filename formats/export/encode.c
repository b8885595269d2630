#include "formats/export/encode.h"

#include <iconv.h>

#include "core/arena.h"

static void close_handle(iconv_t *handle) {
    if (*handle != (iconv_t)-1) {
        iconv_close(*handle);
    }
}

void encode_gb18030(struct text_out *out) {
    CLEANUP(close_handle) iconv_t handle = iconv_open("GB18030", "UTF-8");
    struct text_out coded = {.n_replaced = out->n_replaced};
    char *from = out->at, *to;
    size_t n_from = out->n, n_to;

    if (handle == (iconv_t)-1) { /* no libc of Debian's lacks it */
        return;
    }
    coded.at = array_reserve(coded.at, &coded.capacity, out->n * 2 + 4, 1);
    to = coded.at;
    n_to = coded.capacity;
    while (n_from > 0 && iconv(handle, &from, &n_from, &to, &n_to) == (size_t)-1) {
        if (n_from == 0 || n_to < 4) {
            break;
        }
        *to++ = '?'; /* a byte that is no UTF-8 */
        n_to--;
        from++;
        n_from--;
        coded.n_replaced++;
    }
    coded.n = (size_t)(to - coded.at);
    text_out_release(out);
    *out = coded;
}
