/*
 * gatherings.c - classes and outings: the calligraphy class of the first station is full, some
 * wait and one of them has been told of a place; an outing asks for consent, insurance and a
 * contact; the centre teaches the telephone; one class waits to be published, one is over and
 * somebody never came.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/gathering/gathering.h"
#include "care/order/steps.h"

enum { WEEK = 7, PEOPLE = 40 };

static const struct planned {
    const char *title, *meets_at, *leader, *description;
    int kind, at;                          /* enum org_kind */
    int first, weeks;                      /* days from today to the week it begins in; weeks */
    int weekday, start_min, minutes;
    int64_t places, fen, age_min;
    uint64_t needs;
    int people;                            /* who ask for a place */
    bool published;
} plans[] = {
    { "周六书法班", "驿站二楼活动室", "顾老师", "楷书入门，笔墨纸自备，也可在站里借用。",
      GATHERING_CLASS, ORG_STATION, -21, 10, 6, 540, 90, 30, 6000, 60, 0, 34, true },
    { "植物园一日游", "驿站门口集合", "驿站小陈", "大巴往返，含午餐，全程有护士同行。",
      GATHERING_OUTING, ORG_STATION, 7, 1, 4, 510, 420, 20, 4500, 60, 7, 14, true },
    { "智能手机班", "中心多功能厅", "志愿者小林", "挂号、缴费、防诈骗，一人一机慢慢教。",
      GATHERING_CLASS, ORG_DISTRICT_CENTRE, -7, 6, 2, 570, 60, 20, 0, 60, 0, 11, true },
    { "晨间太极", "站前小广场", "周教练", "二十四式，下雨在室内。",
      GATHERING_CLASS, ORG_STATION, 7, 8, 1, 450, 60, 25, 0, 60, 0, 0, false },
    { "重阳登高", "驿站门口集合", "驿站小陈", "走缓坡，轮椅可行。",
      GATHERING_OUTING, ORG_STATION, -21, 1, 3, 540, 180, 12, 2000, 60, 7, 9, true },
};

struct making {
    struct demo *d;
    const struct planned *plan;
    struct organisation_id org;
    int64_t scope;
    struct place_id place;
    struct gathering g;
    const struct elder *who[PEOPLE];
    size_t who_n;
    struct enrolment in[PEOPLE];
};

static struct day first_day(const struct demo *d, const struct planned *p)
{
    int64_t monday = d->today.n - day_weekday(d->today) + 1 + p->first;
    return (struct day){ monday + p->weekday - 1 };
}

static enum err make(struct ctx *c, void *arg)
{
    struct making *m = arg;
    const struct planned *p = m->plan;
    struct gathering *g = &m->g;
    record_clear(gathering_fields, g);
    g->title = sv_of(p->title);
    g->kind = p->kind;
    g->org = m->org;
    g->item = m->d->items[p->kind == GATHERING_OUTING ? ITEM_OUTING : ITEM_CLASS].id;
    g->place = m->place;
    g->meets_at = sv_of(p->meets_at);
    g->leader = sv_of(p->leader);
    g->description = sv_of(p->description);
    g->first_day = first_day(m->d, p);
    g->last_day.n = g->first_day.n + (p->weeks - 1) * WEEK;
    g->start_min = p->start_min;
    g->end_min = p->start_min + p->minutes;
    g->places = p->places;
    g->price.fen = p->fen;
    g->opens_on.n = g->first_day.n - 21;
    g->closes_on = p->kind == GATHERING_CLASS ? g->last_day : g->first_day;
    g->age_min = p->age_min;
    g->needs.bits = p->needs;
    TRY(entity_create(c, &gathering_entity, g));
    TRY(entity_act(c, &gathering_entity, g->id.n, g->row.version, SV("submit"), NULL, g));
    if (!p->published)
        return ERR_NONE;
    g->submitted_by = m->d->staff[0].id;
    return entity_act_by_rule(c, &gathering_entity, g->id.n, g->row.version, SV("publish"), NULL,
                              g);
}

static enum err sign_up(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct sv relative = SV(DEMO_DAUGHTER);
    for (size_t i = 0; i < m->who_n; i++)
        TRY(gathering_enrol(c, m->g.id,
                            &(struct enrol_new){
                                .elder = m->who[i]->id, .consent = true, .insured = true,
                                .emergency_name = SV("女儿"), .wait = true,
                                .emergency_phone = relative,
                                .channel = i % 3 ? CHANNEL_COUNTER : CHANNEL_PHONE },
                            &m->in[i]));
    return ERR_NONE;
}

/* Most come, some of them not every time, and the last of each list never. */
static enum err attended(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct day days[GATHERING_DAYS_MAX];
    size_t n = gathering_days(&m->g, days);
    for (size_t i = 0; i < n && days[i].n < m->d->today.n; i++) {
        c->now = moment_at(days[i], (int)m->g.start_min - 8);
        for (size_t k = 0; k + 1 < m->who_n; k++) {
            struct attendance a;
            if (m->in[k].state != ENROLMENT_IN || (k + i) % 6 == 5)
                continue;
            record_clear(attendance_fields, &a);
            a.row.scope = m->g.row.scope;
            a.gathering = m->g.id;
            a.enrolment = m->in[k].id;
            a.org = m->org;
            a.elder = m->in[k].elder;
            a.day = days[i];
            a.at.ms = c->now.ms + (int64_t)k * 20000;
            a.way = (int)(k % 3);
            TRY(entity_create_by_rule(c, &attendance_entity, &a));
        }
    }
    return ERR_NONE;
}

/* One leaves the full class this morning: the first who waits is told. */
static enum err one_leaves(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct care_order o;
    struct reason_input why = { SV("要去女儿家带外孙") };
    bool found;
    if (!m->who_n || m->in[0].state != ENROLMENT_IN)
        return ERR_NONE;
    TRY(entity_load(c, &care_order_entity, m->in[0].care_order.n, &o, &found));
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("cancel"), &why,
                              &o);
}

static enum err held(struct demo *d, struct making *m)
{
    struct ctx *c = d->c;
    struct moment before = d->now;
    /* What began in the past was signed up for before it began. */
    if (m->plan->first < 0)
        c->now = moment_at((struct day){ first_day(d, m->plan).n - 3 }, 600);
    enum err e = transaction(c, make, m);
    if (e == ERR_NONE && m->plan->published)
        e = transaction(c, sign_up, m);
    if (e == ERR_NONE && m->plan->published)
        e = transaction(c, attended, m);
    c->now = before;
    if (e == ERR_NONE && m->plan == plans)
        e = transaction(c, one_leaves, m);
    return e;
}

/* The first organisation of a kind, and a place of it. */
static bool where(const struct demo *d, int kind, struct making *m)
{
    for (size_t i = 0; i < d->orgs_n; i++) {
        if (d->orgs[i].kind != kind)
            continue;
        m->org = d->orgs[i].id;
        m->scope = d->orgs[i].row.scope;
        for (size_t k = 0; k < d->places_n; k++)
            if (d->places[k].org.n == m->org.n)
                m->place = d->places[k].id;
        return true;
    }
    return false;
}

enum err demo_gatherings(struct demo *d)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        struct making *m = NEW(&d->mem, struct making, 1);
        m->d = d;
        m->plan = &plans[i];
        if (!where(d, plans[i].at, m))
            continue;
        m->who_n = demo_diners(d, m->scope, m->who, (size_t)plans[i].people);
        TRY(held(d, m));
        arena_reset(&d->c->mem);
    }
    return ERR_NONE;
}
