/* text.c - CSV as offices save it: any of three encodings, any of three separators. */

#include "base/csv.h"
#include "sheet/inside.h"

#include <errno.h>
#include <iconv.h>

enum { LOOK_LINES = 20 };

static enum err convert(struct ctx *c, const char *from, struct sv bytes, struct sv *ret_text)
{
    iconv_t to = iconv_open("UTF-8", from);
    if (to == (iconv_t)-1)
        return fail(c, ERR_BROKEN, "broken", "iconv knows no %s", from);
    size_t room = bytes.len * 3 + 16, left = room, in_left = bytes.len;
    char *out = NEW(&c->mem, char, room), *at = out, *in = (char *)(uintptr_t)bytes.at;
    size_t failed = iconv(to, &in, &in_left, &at, &left);
    iconv_close(to);
    *ret_text = (struct sv){ out, room - left };
    if (failed == (size_t)-1 || in_left || !sv_utf8(*ret_text))
        return fail(c, ERR_INVALID, "sheet.encoding", "a table is no %s", from);
    return ERR_NONE;
}

enum err text_decode(struct ctx *c, struct sv bytes, struct sv *ret_text)
{
    if (sv_starts(bytes, SV("\xFF\xFE")))
        return convert(c, "UTF-16LE", sv_from(bytes, 2), ret_text);
    if (sv_starts(bytes, SV("\xFE\xFF")))
        return convert(c, "UTF-16BE", sv_from(bytes, 2), ret_text);
    *ret_text = bytes;
    return sv_utf8(bytes) ? ERR_NONE : convert(c, "GB18030", bytes, ret_text);
}

/* The one that stands most often outside quotes in the first lines. */
char text_separator(struct sv text)
{
    static const char candidates[] = { ',', ';', '\t' };
    size_t seen[3] = { 0 }, best = 0;
    bool quoted = false;
    int lines = 0;
    for (size_t i = 0; i < text.len && lines < LOOK_LINES; i++) {
        if (text.at[i] == '"')
            quoted = !quoted;
        lines += text.at[i] == '\n' && !quoted;
        for (size_t k = 0; k < 3; k++)
            seen[k] += !quoted && text.at[i] == candidates[k];
    }
    for (size_t k = 1; k < 3; k++)
        if (seen[k] > seen[best])
            best = k;
    return candidates[best];
}
