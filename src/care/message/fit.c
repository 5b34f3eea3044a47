/* fit.c - a text with named slots: filled, shown without its secrets, counted. */

#include "care/message/inside.h"

static struct sv value_named(const struct message_value *values, size_t n, struct sv name)
{
    for (size_t i = 0; i < n; i++)
        if (values[i].name && sv_is(name, values[i].name))
            return values[i].value;
    return SV("");
}

struct sv text_fill(struct arena *mem, struct sv text, const struct message_value *values, size_t n)
{
    struct buf b = buf_new(mem, text.len + 64);
    struct sv rest = text, part;
    while (sv_cut(&rest, '{', &part)) {
        buf_put(&b, part);
        if (sv_cut(&rest, '}', &part))
            buf_put(&b, value_named(values, n, part));
    }
    return buf_sv(&b);
}

static struct sv as_long_as(struct arena *mem, int max)
{
    struct buf b = buf_new(mem, (size_t)max * 3);
    for (int i = 0; i < max; i++)
        buf_text(&b, "字");
    return buf_sv(&b);
}

struct sv text_sample(struct arena *mem, struct sv text, const struct message_form *f, bool worst)
{
    struct message_value values[SLOTS_MAX] = { 0 };
    size_t n = 0;
    for (const struct message_slot *s = f->slots; s->name; s++)
        values[n++] = (struct message_value){
            s->name, worst ? as_long_as(mem, s->max) : sv_of(s->sample) };
    return text_fill(mem, text, values, n);
}

void values_shown(const struct message_form *f, const struct message_value *values, size_t n,
                  struct message_value *ret_shown)
{
    for (size_t i = 0; i < n; i++) {
        ret_shown[i] = values[i];
        for (const struct message_slot *s = f->slots; s->name; s++)
            if (s->secret && values[i].name && sv_is(sv_of(values[i].name), s->name))
                ret_shown[i].value = values[i].value.len ? SV("••••") : SV("");
    }
}

struct sv text_unknown_slot(struct sv text, const struct message_form *f)
{
    struct sv rest = text, part;
    while (sv_cut(&rest, '{', &part)) {
        if (!sv_cut(&rest, '}', &part))
            return SV("");
        const struct message_slot *s = f->slots;
        while (s->name && !sv_is(part, s->name))
            s++;
        if (!s->name)
            return part.len ? part : SV("{}");
    }
    return SV("");
}

struct text_fit text_fit(struct sv text)
{
    struct text_fit fit = { 0 };
    uint32_t rune;
    while (sv_rune(&text, &rune))
        fit.units += rune > 0xFFFF ? 2 : 1;
    fit.parts = fit.units <= PART_ALONE ? 1 : (fit.units + PART_OF_MANY - 1) / PART_OF_MANY;
    fit.seconds = (fit.units + SPOKEN_A_SECOND - 1) / SPOKEN_A_SECOND;
    return fit;
}
