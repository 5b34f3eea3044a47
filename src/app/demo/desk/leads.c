/*
 * leads.c - signals of the last weeks: most were dealt with and nobody complained; before half of
 * the complaints there had been one, a few days earlier.
 */

#include "app/demo/demo.h"
#include "care/request/request.h"
#include "care/signal/signal.h"

enum { QUIET = 60, BEFORE_MAX = 120, PAST_DAYS = 60 };

static void settled(struct demo *d, struct work_item *w, struct moment at)
{
    bool done = dice_chance(&d->dice, 0.85);
    w->row.created_at = at;
    w->happened_at = at;
    w->weight = SIGNAL_SOON;
    w->due.ms = at.ms + MS_A_DAY;
    w->signals = 1;
    w->state = done ? SIGNAL_DONE : SIGNAL_DROPPED;
    w->outcome = done ? OUTCOME_HELPED : OUTCOME_NONE;
    w->done_at.ms = at.ms + (int64_t)dice_between(&d->dice, 2, 40) * 3600000;
    w->done_by = d->staff[0].id;
}

/* Nobody complained about these. */
MUST static enum err quiet(struct demo *d)
{
    static const struct { int kind; const char *why; } of[] = {
        { SIGNAL_MEAL_MISSED, "送餐时无人应门，已电话联系" },
        { SIGNAL_ATTENTION, "上门的护理员认为需要关注" },
        { SIGNAL_REFUSED, "30 天内谢绝服务 3 次，请了解原因" },
        { SIGNAL_NOT_MET, "连续 2 次上门未遇，请联系本人或家属" },
    };
    struct work_item rows[QUIET];
    size_t n = 0;
    for (size_t i = 0; n < QUIET && i < d->elders_n; i += d->elders_n / QUIET + 1) {
        struct work_item *w = &rows[n];
        int64_t back = 1 + (int64_t)n * PAST_DAYS / QUIET;
        record_clear(work_item_fields, w);
        TRY(demo_id(d, &w->id.n));
        w->row.scope = d->elders[i].row.scope;
        w->elder = d->elders[i].id;
        w->kind = of[n % 4].kind;
        w->why = sv_of(of[n % 4].why);
        settled(d, w, moment_at((struct day){ d->today.n - back }, 700));
        n++;
    }
    return demo_store(d, &work_item_entity, rows, n);
}

/* Before every second complaint about a place or an elder there was one, days earlier. */
MUST static enum err before(struct demo *d)
{
    struct work_item *rows = NEW(&d->mem, struct work_item, BEFORE_MAX);
    size_t n = 0;
    struct query q;
    struct page page;
    TRY(query_read(d->c, &request_entity, SV("kind=complaint&size=200"), &q));
    TRY(entity_list(d->c, &request_entity, &q, &page));
    const struct request_ticket *r = page.rows;
    for (size_t i = 0; i < page.n && n < BEFORE_MAX; i += 2) {
        struct work_item *w = &rows[n];
        int64_t days = dice_between(&d->dice, 2, 9);
        if (!r[i].elder.n && !r[i].place.n)
            continue;
        record_clear(work_item_fields, w);
        TRY(demo_id(d, &w->id.n));
        w->row.scope = r[i].row.scope;
        w->elder = r[i].elder;
        w->place = w->elder.n ? (struct place_id){ 0 } : r[i].place;
        w->kind = w->elder.n ? SIGNAL_ATTENTION : SIGNAL_MEAL_BATCH;
        w->why = w->elder.n ? SV("上门的护理员认为需要关注") : SV("配餐到点温度低于规定");
        settled(d, w, (struct moment){ r[i].came_at.ms - days * MS_A_DAY });
        n++;
    }
    return demo_store(d, &work_item_entity, rows, n);
}

enum err demo_leads(struct demo *d)
{
    TRY(quiet(d));
    return before(d);
}
