/* ghosts.c - a station with a sign and no service, as the nights have measured it. */

#include "app/demo/demo.h"
#include "care/ghost/ghost.h"
#include "care/request/request.h"
#include "care/verify/verify.h"

struct telling { struct demo *d; const struct organisation *org; struct place place; };

/* Its door: shut for weeks, its facts overdue. */
static enum err door_shut(struct ctx *c, void *arg)
{
    struct telling *t = arg;
    struct place p;
    bool found;
    TRY(entity_load(c, &place_entity, t->place.id.n, &p, &found));
    p.closed_on.n = t->d->today.n - 24;
    p.closed_until.n = t->d->today.n + 30;
    p.closed_reason = SV("内部整修");
    p.verify_until.n = t->d->today.n - 45;
    return entity_update_by_rule(c, &place_entity, &p, p.row.version, "close");
}

/* Nobody answered when it was asked, and a neighbour complained. */
static enum err nobody_answers(struct ctx *c, void *arg)
{
    struct telling *t = arg;
    struct verification v;
    struct request_ticket r;
    record_clear(verification_fields, &v);
    v.place = t->place.id;
    v.org = t->org->id;
    v.due.n = t->d->today.n - 45;
    v.tries = 3;
    v.tried_at.ms = c->now.ms - 4 * MS_A_DAY;
    v.say = SV("请核实营业时间、电话和地址");
    TRY(entity_create_by_rule(c, &verification_entity, &v));
    struct request_new n = { .kind = REQUEST_COMPLAINT, .topic = TOPIC_STATION,
                             .channel = REQUEST_PHONE, .place = t->place.id,
                             .matter = SV("驿站挂着牌子，一个月没见开过门"),
                             .name = SV("赵桂兰"), .phone = demo_phone(t->d), .hidden = true };
    return request_open(c, &n, &r);
}

static enum err measure(struct ctx *c, void *arg)
{
    struct telling *t = arg;
    return ghost_measure_one(c, t->org->id);
}

/* The nights of a week ago and of today; in between the manager had her time to answer. */
enum err demo_ghosts(struct demo *d)
{
    struct telling t = { .d = d, .org = &d->orgs[demo_ghost(d)] };
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].org.n == t.org->id.n)
            t.place = d->places[i];
    TRY(transaction(d->c, door_shut, &t));
    TRY(transaction(d->c, nobody_answers, &t));
    for (int64_t back = 8; back >= 0; back -= 8) {
        d->c->now.ms = d->now.ms - back * MS_A_DAY;
        for (size_t i = 0; i < d->orgs_n; i++) {
            t.org = &d->orgs[i];
            if (d->orgs[i].kind == ORG_STATION)
                TRY(transaction(d->c, measure, &t));
        }
    }
    d->c->now = d->now;
    return ERR_NONE;
}
