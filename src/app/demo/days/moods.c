/*
 * moods.c - how they were, as carers of the first station noted it at the end of companion visits
 * of the last days: mostly even, one of them with words that worry. What is found in the words, and
 * the community's work item, come from the product's own rule.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/mood/mood.h"

enum { VISITS = 200, NOTES = 5 };

static const struct { int mood; const char *words; } said[NOTES] = {
    { MOOD_GOOD, "聊年轻时在纺织厂的事，一边择菜一边笑。" },
    { MOOD_LOW, "饭没动几口，说儿子三个月没人来看她，活着没意思。陪她给儿子打了电话，没接。" },
    { MOOD_EVEN, "看了会儿电视，问下次还是不是我来。" },
    { MOOD_VERY_GOOD, "孙女考上了，翻出照片给我看。" },
    { MOOD_EVEN, "膝盖疼，没下楼，在窗边坐了半小时。" },
};

struct noted { struct mood_note note; struct moment at; };

static enum err note(struct ctx *c, void *arg)
{
    struct noted *n = arg;
    c->happened = n->at;
    return entity_create_by_rule(c, &mood_note_entity, &n->note);
}

MUST static enum err is_company(struct demo *d, const struct visit *v, bool *ret_is)
{
    struct care_order o;
    bool found;
    *ret_is = false;
    if (!v->elder.n || !moment_known(v->done_at))
        return ERR_NONE;
    TRY(entity_load(d->c, &care_order_entity, v->care_order.n, &o, &found));
    for (size_t i = 0; found && i < d->items_n; i++)
        *ret_is |= d->items[i].id.n == o.item.n && d->items[i].category == CATEGORY_COMPANION;
    return ERR_NONE;
}

enum err demo_moods(struct demo *d)
{
    struct query q;
    struct page page;
    size_t n = 0;
    TRY(query_read(d->c, &visit_entity,
                   sv_fmt(&d->c->mem, "state=done&org=%lld&size=%d",
                          (long long)d->orgs[demo_first_station(d)].id.n, VISITS), &q));
    TRY(entity_list(d->c, &visit_entity, &q, &page));
    const struct visit *visits = page.rows;
    const struct moment happened = d->c->happened;
    for (size_t i = 0; i < page.n && n < NOTES; i++) {
        bool is;
        TRY(is_company(d, &visits[i], &is));
        if (!is)
            continue;
        struct noted one = { .at = visits[i].done_at };
        record_clear(mood_note_fields, &one.note);
        one.note.visit = visits[i].id;
        one.note.mood = said[n].mood;
        one.note.words = sv_of(said[n].words);
        TRY(transaction(d->c, note, &one));
        n++;
    }
    d->c->happened = happened;
    return ERR_NONE;
}
