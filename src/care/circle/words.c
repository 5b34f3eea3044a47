/* words.c - what is around a home, said in sentences. */

#include "care/circle/circle.h"

#include "care/place/place.h"

/* 一家药店, 一个助餐点. */
static const char *measure_of(int kind)
{
    static const bool houses[PLACE_KINDS] = {
        [PLACE_INSTITUTION] = true, [PLACE_CLINIC] = true, [PLACE_PHARMACY] = true,
        [PLACE_PROVIDER] = true, [PLACE_PROPERTY] = true, [PLACE_SHOP] = true, [PLACE_BANK] = true,
        [PLACE_BARBER] = true,
    };
    return houses[kind] ? " 家" : " 个";
}

static int64_t minutes_of(uint32_t ms)
{
    int64_t minutes = (ms + 59999) / 60000;
    return minutes ? minutes : 1;
}

static void put_there(struct buf *b, const struct around *a, int kind)
{
    const struct around_kind *k = &a->kind[kind];
    int64_t nearest = minutes_of(a->hits.at[k->hit[0]].ms);
    bool zh = a->lang == LANG_ZH;
    buf_text(b, zh ? "有 " : "");
    buf_int(b, k->n);
    buf_text(b, zh ? measure_of(kind) : " × ");
    buf_text(b, zh ? place_kinds[kind].zh : place_kinds[kind].en);
    buf_text(b, zh ? "，最近的 " : ", the nearest ");
    buf_int(b, nearest);
    buf_text(b, zh ? " 分钟" : " min");
}

static void put_missing(struct buf *b, const struct around *a, int kind)
{
    const struct near_hit *beyond = &a->kind[kind].beyond;
    bool zh = a->lang == LANG_ZH, feet = a->want->profile < PROFILE_FEET;
    buf_text(b, zh ? "没有" : "no ");
    buf_text(b, zh ? place_kinds[kind].zh : place_kinds[kind].en);
    if (!beyond->ms) {
        buf_text(b, zh ? feet ? "，一小时内也走不到" : "，一小时内也到不了"
                       : ", and none within an hour");
        return;
    }
    buf_text(b, zh ? feet ? "，最近的要走 " : "，最近的要 " : ", the nearest is ");
    buf_int(b, minutes_of(beyond->ms));
    buf_text(b, zh ? " 分钟" : " min away");
}

static void put_kind(struct buf *b, const struct around *a, int kind)
{
    if (a->kind[kind].n)
        put_there(b, a, kind);
    else
        put_missing(b, a, kind);
}

struct sv around_kind_text(struct arena *mem, const struct around *a, int kind)
{
    struct buf b = buf_new(mem, 96);
    put_kind(&b, a, kind);
    return buf_sv(&b);
}

static bool put_promised(struct buf *b, const struct around *a, bool there, const char *between)
{
    bool any = false;
    for (int kind = 0; kind < PLACE_KINDS; kind++) {
        if (!a->kind[kind].promised || (a->kind[kind].n > 0) != there)
            continue;
        buf_text(b, any ? between : "");
        put_kind(b, a, kind);
        any = true;
    }
    return any;
}

struct sv around_words(struct arena *mem, const struct around *a)
{
    struct buf b = buf_new(mem, 600), rest = buf_new(mem, 300);
    bool zh = a->lang == LANG_ZH;
    const struct profile_info *pace = &profiles[a->want->profile];
    const char *between = zh ? "；" : "; ";
    buf_put(&b, zh ? near_by(a->want->profile, a->lang) : SV("Within"));
    buf_byte(&b, ' ');
    buf_int(&b, a->want->limit_ms / 60000);
    buf_text(&b, zh ? " 分钟内" : " minutes ");
    buf_put(&b, zh ? SV("（") : near_by(a->want->profile, a->lang));
    buf_text(&b, zh ? "" : " (");
    buf_text(&b, zh ? pace->zh : pace->en);
    buf_text(&b, zh ? "）" : "): ");
    bool there = put_promised(&b, a, true, between);
    bool missing = put_promised(&rest, a, false, between);
    if (missing)
        buf_text(&b, there ? between : "");
    buf_put(&b, buf_sv(&rest));
    if (!there && !missing)
        buf_text(&b, zh ? "没有要看的类型" : "there is no kind to look for");
    buf_text(&b, zh ? "。" : ".");
    return buf_sv(&b);
}
