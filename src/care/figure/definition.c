/* definition.c - 口径 as it is read: a parameter in braces stands with its value of that day. */

#include "care/figure/figure.h"
#include "care/parameter/parameter.h"

enum err figure_definition(struct ctx *c, const struct indicator *k, int64_t scope, struct day day,
                           struct sv *ret_text)
{
    struct sv rest = sv_of(c->lang == LANG_EN ? k->definition_en : k->definition_zh);
    struct buf b = buf_new(&c->mem, rest.len + 16);
    struct sv part, name, value;
    while (sv_cut(&rest, '{', &part)) {
        buf_put(&b, part);
        if (!sv_cut(&rest, '}', &name))
            break;
        TRY(parameter_text(c, sv_text(&c->mem, name), scope, day, &value));
        buf_put(&b, value);
    }
    *ret_text = buf_sv(&b);
    return ERR_NONE;
}
