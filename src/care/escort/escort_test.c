/* escort_test.c - nobody sets out without her word; what the doctor said stays with the family. */

#include "care/escort/escort.h"
#include "base/id.h"
#include "care/family/family.h"
#include "care/order/order_world_test.h"
#include "http/http.h"

/* Mei goes to the clinic with wang, or fetches her medicine, on Monday. */
struct going {
    struct station s;
    struct ctx *c;
    struct care_order order;
    struct escort e;
    struct who mei;
};

static struct going going(int kind)
{
    struct going g = { .s = station_world() };
    struct assign_input mei = { g.s.mei.id };
    struct catalogue_item k;
    struct offer offer = g.s.bath_offer;
    bool found;
    g.c = g.s.c;
    record_clear(catalogue_item_fields, &k);
    k.row.scope = g.s.wang.row.scope;
    k.name = k.plain_name = SV("陪同就医");
    k.category = CATEGORY_MEDICAL;
    k.errand = kind;
    k.at_home = true;
    k.duration_min = 60;
    MUST_GO(g.c, entity_create(g.c, &catalogue_item_entity, &k));
    offer.item = k.id;
    offer.row = (struct row){ .scope = g.s.wang.row.scope };
    offer.id.n = id_make(g.c->now.ms, 42, 1);
    MUST_GO(g.c, entity_bulk(g.c, &offer_entity, &offer, 1));
    struct order_new n = station_order(&g.s, &offer, 540);
    MUST_GO(g.c, station_place(&g.s, &g.s.citizen, &n, &g.order));
    g.c->who = &g.s.manager;
    MUST_GO(g.c, entity_act(g.c, &care_order_entity, g.order.id.n, g.order.row.version,
                            SV("assign"), &mei, &g.order));
    g.mei = (struct who){ .account = 40, .role = ROLE_CARER, .org = g.s.org.id.n,
                          .carer = g.s.mei.id.n };
    g.c->now = moment_at(day_civil(2026, 11, 23), 545);
    g.c->who = &who_house;
    MUST_GO(g.c, escort_find(g.c, g.order.id, &g.e, &found));
    CHECK(found);
    return g;
}

static enum err act(struct going *g, const struct who *who, const char *action, const void *input)
{
    g->c->who = who;
    enum err e = entity_act(g->c, &escort_entity, g->e.id.n, g->e.row.version, sv_of(action),
                            input, &g->e);
    g->c->who = &who_house;
    return e;
}

/* Noted by that person; until so many days from today. */
static enum err sign(struct going *g, const struct who *who, uint64_t acts, int64_t days,
                     struct proxy *p)
{
    record_clear(proxy_fields, p);
    p->elder = g->s.wang.id;
    p->org = g->s.org.id;
    p->acts.bits = acts;
    p->signed_by = SV("王秀英");
    p->valid_until.n = day_of(g->c->now).n + days;
    g->c->who = who;
    enum err e = entity_create(g->c, &proxy_entity, p);
    g->c->who = &who_house;
    return e;
}

static struct proxy reread(struct going *g, const struct proxy *p)
{
    struct proxy now;
    bool found;
    MUST_GO(g->c, entity_load(g->c, &proxy_entity, p->id.n, &now, &found));
    return now;
}

enum { ESCORT = 1 << ACT_ESCORT, MEDICINE = 1 << ACT_MEDICINE };

TEST_DB(nobody_sets_out_without_her_word_and_each_act_is_its_own)
{
    struct going g = going(ERRAND_CLINIC);
    struct proxy p;
    MUST_FAIL(g.c, act(&g, &g.mei, "set_out", NULL), ERR_CONFLICT, "escort.no_proxy");
    MUST_GO(g.c, sign(&g, &g.mei, MEDICINE, 30, &p));
    MUST_FAIL(g.c, act(&g, &g.mei, "set_out", NULL), ERR_CONFLICT, "escort.no_proxy");
    MUST_GO(g.c, sign(&g, &g.mei, ESCORT | MEDICINE, 30, &p));
    MUST_GO(g.c, act(&g, &g.mei, "set_out", NULL));
    CHECK_INT(g.e.proxy.n, p.id.n);
    CHECK_INT(g.e.state, ESCORT_OUT);
}

TEST_DB(one_without_its_file_counts_for_a_day_and_withdrawn_no_more)
{
    struct going g = going(ERRAND_CLINIC);
    struct proxy p, got;
    struct day later = { day_of(g.c->now).n + 2 };
    MUST_GO(g.c, sign(&g, &g.mei, ESCORT, 30, &p));
    MUST_GO(g.c, proxy_of(g.c, g.s.wang.id, g.s.org.id, ACT_ESCORT, later, &got));
    CHECK_INT(got.id.n, p.id.n);
    g.c->now = moment_at(later, 600);
    MUST_GO(g.c, proxy_of(g.c, g.s.wang.id, g.s.org.id, ACT_ESCORT, later, &got));
    CHECK_INT(got.id.n, 0);
    MUST_GO(g.c, proxy_entity.filed(g.c, &p, SV("ab12"), SV("image/png")));
    p = reread(&g, &p);
    CHECK_INT(p.state, PROXY_GIVEN);
    MUST_GO(g.c, proxy_of(g.c, g.s.wang.id, g.s.org.id, ACT_ESCORT, later, &got));
    CHECK_INT(got.id.n, p.id.n);
    g.c->reason = SV("不用了");
    g.c->who = &g.s.citizen;
    MUST_GO(g.c, entity_act(g.c, &proxy_entity, p.id.n, p.row.version, SV("withdraw"), NULL, &p));
    MUST_GO(g.c, proxy_of(g.c, g.s.wang.id, g.s.org.id, ACT_ESCORT, later, &got));
    CHECK_INT(got.id.n, 0);
}

static void bound(struct going *g, uint64_t may)
{
    struct bond b;
    record_clear(bond_fields, &b);
    b.row.scope = g->s.wang.row.scope;
    b.account.n = g->s.stranger.account;
    b.elder = g->s.wang.id;
    b.relation = RELATION_CHILD;
    b.state = BOND_ACTIVE;
    b.may.bits = may;
    b.id.n = id_make(g->c->now.ms, 43, (int)may);
    MUST_GO(g->c, entity_bulk(g->c, &bond_entity, &b, 1));
}

TEST_DB(a_relative_does_not_sign_for_her_nor_another_organisation)
{
    struct going g = going(ERRAND_CLINIC);
    struct proxy p;
    bound(&g, 3);
    MUST_FAIL(g.c, sign(&g, &g.s.stranger, ESCORT, 30, &p), ERR_FORBIDDEN, "proxy.not_hers");
    MUST_FAULT(g.c, sign(&g, &g.s.manager, 0, 30, &p), "proxy.acts");
    MUST_FAULT(g.c, sign(&g, &g.s.manager, ESCORT, 400, &p), "proxy.too_long");
    CHECK(sign(&g, &g.s.other_manager, ESCORT, 30, &p) != ERR_NONE);
    ctx_forgive(g.c);
    MUST_GO(g.c, sign(&g, &g.s.citizen, ESCORT, 30, &p));
}

TEST_DB(a_guardian_signs_only_when_she_is_noted_as_one)
{
    struct going g = going(ERRAND_CLINIC);
    struct guardian guardian;
    struct proxy p;
    record_clear(proxy_fields, &p);
    p.elder = g.s.wang.id;
    p.org = g.s.org.id;
    p.acts.bits = ESCORT;
    p.signer = PROXY_BY_GUARDIAN;
    p.signed_by = SV("王丽");
    p.valid_until.n = day_of(g.c->now).n + 30;
    g.c->who = &g.s.manager;
    MUST_FAULT(g.c, entity_create(g.c, &proxy_entity, &p), "proxy.guardian");
    g.c->who = &who_house;
    record_clear(guardian_fields, &guardian);
    guardian.elder = g.s.wang.id;
    guardian.name = SV("王丽");
    guardian.kind = GUARDIAN_LEGAL;
    guardian.may.bits = 1 << MATTER_MEDICAL;
    guardian.valid_from = day_civil(2026, 1, 1);
    MUST_GO(g.c, entity_create(g.c, &guardian_entity, &guardian));
    g.c->who = &g.s.manager;
    p.id.n = 0;
    MUST_GO(g.c, entity_create(g.c, &proxy_entity, &p));
    CHECK_INT(p.guardian.n, guardian.id.n);
}

TEST_DB(there_and_back_and_medicine_is_handed_over)
{
    struct going g = going(ERRAND_MEDICINE);
    struct proxy p;
    struct escort_drugs drugs = { SV("缬沙坦 2 盒，早上一片"), true };
    struct escort_home home = { SV("王秀英") };
    MUST_GO(g.c, sign(&g, &g.mei, MEDICINE, 30, &p));
    MUST_GO(g.c, act(&g, &g.mei, "set_out", NULL));
    MUST_GO(g.c, act(&g, &g.mei, "arrive", NULL));
    MUST_FAIL(g.c, act(&g, &g.mei, "come_home", &home), ERR_CONFLICT, "escort.no_drugs");
    MUST_GO(g.c, act(&g, &g.mei, "fetch", &drugs));
    MUST_GO(g.c, act(&g, &g.mei, "come_home", &home));
    CHECK_INT(g.e.state, ESCORT_HOME);
    CHECK(g.e.picked_up);
}

TEST_DB(what_the_doctor_said_is_for_those_who_may_see_her_records)
{
    struct going g = going(ERRAND_CLINIC);
    struct proxy p;
    struct escort e;
    struct care_order o;
    struct escort_advice said = { SV("血压有点高，少吃盐，两周后复查") };
    MUST_GO(g.c, sign(&g, &g.mei, ESCORT, 30, &p));
    MUST_GO(g.c, act(&g, &g.mei, "set_out", NULL));
    MUST_GO(g.c, act(&g, &g.mei, "arrive", NULL));
    MUST_GO(g.c, act(&g, &g.mei, "advise", &said));
    bound(&g, 5);                                    /* orders and money, no records */
    g.c->who = &g.s.stranger;
    MUST_GO(g.c, entity_get(g.c, &care_order_entity, g.order.id.n, &o));
    MUST_FAIL(g.c, entity_get(g.c, &escort_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    g.c->who = &g.s.other_manager;
    MUST_FAIL(g.c, entity_get(g.c, &escort_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    struct who gang = g.mei;
    gang.carer = g.s.gang.id.n;
    g.c->who = &gang;
    MUST_FAIL(g.c, entity_get(g.c, &escort_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    g.c->who = &g.s.citizen;
    MUST_GO(g.c, entity_get(g.c, &escort_entity, g.e.id.n, &e));
    CHECK_TEXT(e.advice, "血压有点高，少吃盐，两周后复查");
}

TEST_DB(another_day_of_the_order_moves_the_escort_and_cancelling_ends_it)
{
    struct going g = going(ERRAND_CLINIC);
    struct reason_input why = { SV("不去了") };
    bool found;
    g.c->who = &g.s.citizen;
    g.c->now = moment_at(day_civil(2026, 11, 21), 545);
    struct buf key = buf_new(test_mem(), 16);
    slot_key_write(&key, (struct slot_key){ day_civil(2026, 11, 24), 540 });
    struct change_input to = { buf_sv(&key) };
    MUST_GO(g.c, entity_act(g.c, &care_order_entity, g.order.id.n, g.order.row.version,
                            SV("change"), &to, &g.order));
    MUST_GO(g.c, escort_find(g.c, g.order.id, &g.e, &found));
    CHECK_INT(g.e.day.n, day_civil(2026, 11, 24).n);
    MUST_GO(g.c, entity_act(g.c, &care_order_entity, g.order.id.n, g.order.row.version,
                            SV("cancel"), &why, &g.order));
    MUST_GO(g.c, escort_find(g.c, g.order.id, &g.e, &found));
    CHECK_INT(g.e.state, ESCORT_CALLED_OFF);
}

/* A second one of the same station and day, at `start`, set out or only planned. */
static void another(struct going *g, int start, int end, int state)
{
    struct care_order o = g->order;
    struct escort e = g->e;
    o.id.n = id_make(g->c->now.ms, 43, start);
    o.number = sv_fmt(test_mem(), "N%d", start);
    o.start_min = start;
    o.end_min = end;
    o.row = (struct row){ .scope = g->order.row.scope };
    MUST_GO(g->c, entity_bulk(g->c, &care_order_entity, &o, 1));
    e.id.n = id_make(g->c->now.ms, 44, start);
    e.care_order = o.id;
    e.state = state;
    e.row = (struct row){ .scope = g->e.row.scope };
    MUST_GO(g->c, entity_bulk(g->c, &escort_entity, &e, 1));
}

/* "start:how:late" of every line, as they stand. */
static const char *out_now(struct going *g, const struct who *who)
{
    const struct json_value *all, *lines;
    struct answer a = { .body = buf_new(test_mem(), 4096) };
    struct request q = { 0 };
    struct buf b = buf_new(test_mem(), 256);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    g->c->who = who;
    MUST_GO(g->c, escorts_out_get(g->c, &q, &a));
    g->c->who = &who_house;
    json_end(&a.json, '}');
    MUST_GO(g->c, json_parse(g->c, buf_sv(&a.body), &all));
    lines = json_member(all, "lines");
    for (const struct json_value *v = lines->first; v; v = v->next) {
        buf_put(&b, json_member(v, "start_min")->text);
        buf_byte(&b, ':');
        buf_put(&b, json_member(v, "how")->text);
        buf_byte(&b, ':');
        buf_put(&b, json_member(v, "late_min")->text);
        buf_byte(&b, ' ');
    }
    return sv_text(test_mem(), buf_sv(&b));
}

TEST_DB(who_is_out_too_long_or_has_not_set_out_stands_first_and_another_station_sees_none)
{
    struct going g = going(ERRAND_CLINIC);               /* planned at 9:00, until 10:00 */
    struct day day = g.e.day;
    station_rule(&g.s, "escort.late_min", "15");
    another(&g, 480, 600, ESCORT_OUT);                   /* out since 8:00, until 10:00 */
    another(&g, 490, 535, ESCORT_CLINIC);                /* should be back at 8:55 */
    another(&g, 600, 660, ESCORT_PLANNED);
    g.c->now = moment_at(day, 555);                      /* 9:15: a grace that has just run out */
    CHECK_TEXT(sv_of(out_now(&g, &g.s.manager)),
               "490:too_long:5 480:well:0 540:well:0 600:well:0 ");
    g.c->now = moment_at(day, 620);                      /* 10:20 */
    CHECK_TEXT(sv_of(out_now(&g, &g.s.manager)),
               "490:too_long:70 540:not_started:65 480:too_long:5 600:not_started:5 ");
    CHECK_TEXT(sv_of(out_now(&g, &g.s.other_manager)), "");
}
