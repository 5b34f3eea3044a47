/* chain.c - a lunch chain as the station's group writes it: DATA/chain.txt, two lines of nobody. */

#include "app/demo/demo.h"
#include "care/search/nickname.h"

#include <errno.h>
#include <stdio.h>

enum { NAMED = 12, LEARNT = 5, TITLED = 3 };

struct learning { const struct elder *elder; struct sv text; };

static enum err learn(struct ctx *c, void *arg)
{
    const struct learning *l = arg;
    struct nickname n = { .elder = l->elder->id, .text = l->text };
    return entity_create_by_rule(c, &nickname_entity, &n);
}

/* 老李头, 303王奶奶 */
static struct sv called(struct demo *d, const struct elder *e, bool with_room)
{
    struct sv family = sv_runes_head(e->name, 1);
    bool woman = e->gender == GENDER_FEMALE;
    return with_room ? sv_fmt(&d->mem, "%.*s%.*s%s", SV_ARG(e->room), SV_ARG(family),
                              woman ? "奶奶" : "大爷")
         : woman     ? sv_fmt(&d->mem, "%.*s奶奶", SV_ARG(family))
                     : sv_fmt(&d->mem, "老%.*s头", SV_ARG(family));
}

static void named_lines(struct buf *b, const struct elder *const *diners, int *line)
{
    static const char *const said[NAMED] = {
        "午餐送", "一份 送", "两份 自取", "午餐 堂食", "+1 送", "同上", "一份，少油谢谢🙏", "送",
        "午饭一份 自己拿", "2份 送上门", "要一份", "午餐",
    };
    for (int i = 0; i < NAMED; i++)
        buf_fmt(b, "%d. %.*s %s\n", ++*line, SV_ARG(diners[i]->name), said[i]);
}

static enum err text_write(struct demo *d, const struct elder *const *diners, struct buf *b)
{
    int line = 0;
    buf_text(b, "#接龙\n明天午餐接龙，9:30 截止\n\n");
    named_lines(b, diners, &line);
    for (int i = 0; i < LEARNT; i++) {
        struct learning l = { diners[NAMED + i], called(d, diners[NAMED + i], true) };
        TRY(transaction(d->c, learn, &l));
        buf_fmt(b, "%d、%.*s %s\n", ++line, SV_ARG(l.text), i % 2 ? "两份 送" : "一份自取");
    }
    for (int i = 0; i < TITLED; i++)
        buf_fmt(b, "%d. %.*s 午餐送\n", ++line,
                SV_ARG(called(d, diners[NAMED + LEARNT + i], false)));
    buf_fmt(b, "%d. 小卖部的刘姐 两份 送\n", ++line);
    buf_fmt(b, "%d. +1\n", ++line);
    buf_fmt(b, "%.*s 不要了\n第2个改成两份\n收到，谢谢站长\n", SV_ARG(diners[NAMED - 1]->name));
    return ERR_NONE;
}

enum err demo_chain(struct demo *d, const struct elder *const *diners, size_t n)
{
    struct buf b = buf_new(&d->mem, 2048);
    char path[512];
    if (n < NAMED + LEARNT + TITLED)
        return ERR_NONE;
    TRY(text_write(d, diners, &b));
    snprintf(path, sizeof path, "%s/chain.txt", d->start->config.data_dir);
    FILE *f = fopen(path, "w");
    if (!f)
        return fail(d->c, ERR_BROKEN, "house.broken", "no file for the demo's chain: %d", errno);
    bool good = fwrite(b.at, 1, b.len, f) == b.len;
    good = fclose(f) == 0 && good;
    return good ? ERR_NONE
                : fail(d->c, ERR_BROKEN, "house.broken", "could not write the demo's chain");
}
