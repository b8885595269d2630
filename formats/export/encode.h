#pragma once
/* Bringing UTF-8 to what other programs want. */
#include "formats/export/text_out.h"

/* Turns the whole text from UTF-8 into GB18030, which has every character. */
void encode_gb18030(struct text_out *out);
