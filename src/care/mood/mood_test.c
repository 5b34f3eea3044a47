/* mood_test.c - what worries is found, and the community hears that it was, never the words. */

#include "care/mood/mood.h"
#include "care/order/order_world_test.h"
#include "care/signal/signal.h"

struct company { struct station s; struct who mei; struct visit visit; };

static void word(struct ctx *c, const char *text, int kind)
{
    struct risk_word w;
    record_clear(risk_word_fields, &w);
    w.row.scope = 990101001001;
    w.word = sv_of(text);
    w.kind = kind;
    w.valid_from = day_civil(2026, 1, 1);
    w.source = SV("待核");
    MUST_GO(c, entity_create(c, &risk_word_entity, &w));
}

/* Mei has arrived at wang's. */
static struct company company(void)
{
    struct company k = { .s = station_world() };
    struct ctx *c = k.s.c;
    struct care_order o;
    struct order_new n = station_order(&k.s, &k.s.bath_offer, 540);
    struct assign_input mei = { k.s.mei.id };
    bool found;
    word(c, "不想活", RISK_SELF_HARM);
    MUST_GO(c, station_place(&k.s, &k.s.citizen, &n, &o));
    c->who = &k.s.manager;
    MUST_GO(c, entity_act(c, &care_order_entity, o.id.n, o.row.version, SV("assign"), &mei, &o));
    MUST_GO(c, order_visit_of(c, &o, &k.visit, &found));
    c->now = moment_at(day_civil(2026, 11, 23), 545);
    MUST_GO(c, entity_act(c, &visit_entity, k.visit.id.n, k.visit.row.version, SV("arrive"),
                          &(struct arrive_input){ { 0 }, { 0 } }, &k.visit));
    k.mei = (struct who){ .account = 40, .role = ROLE_CARER, .org = k.s.org.id.n,
                          .carer = k.s.mei.id.n };
    return k;
}

static enum err note(struct company *k, int mood, const char *words, struct mood_note *ret)
{
    record_clear(mood_note_fields, ret);
    ret->visit = k->visit.id;
    ret->mood = mood;
    ret->words = sv_of(words);
    k->s.c->who = &k->mei;
    enum err e = entity_create(k->s.c, &mood_note_entity, ret);
    k->s.c->who = &who_house;
    return e;
}

static int64_t items(struct company *k, struct work_item *ret_item)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    MUST_GO(k->s.c, entity_list(k->s.c, &work_item_entity, &q, &page));
    if (page.n)
        *ret_item = *(const struct work_item *)page.rows;
    return page.total;
}

TEST_DB(a_risk_word_opens_one_item_that_does_not_repeat_it)
{
    struct company k = company();
    struct mood_note m;
    struct work_item w;
    MUST_GO(k.s.c, note(&k, MOOD_LOW, "她说不想活了，女儿好久没来", &m));
    CHECK_INT(m.elder.n, k.s.wang.id.n);
    CHECK_INT(m.risks.bits, 1 << RISK_SELF_HARM);
    CHECK_INT(items(&k, &w), 1);
    CHECK_INT(w.kind, SIGNAL_MOOD);
    CHECK_INT(w.org.n, 0);                           /* the community's, not the station's */
    CHECK_TEXT(w.why, "陪伴记录需要关注，疑似自伤或轻生，请社工联系老人");
}

TEST_DB(a_good_day_raises_nothing_and_the_lowest_mood_does)
{
    struct company k = company();
    struct mood_note m;
    struct work_item w;
    MUST_GO(k.s.c, note(&k, MOOD_GOOD, "一起听了评书", &m));
    CHECK_INT(items(&k, &w), 0);
    m.mood = MOOD_VERY_LOW;
    k.s.c->who = &k.s.manager;
    MUST_GO(k.s.c, entity_update(k.s.c, &mood_note_entity, &m, m.row.version, "update"));
    k.s.c->who = &who_house;
    CHECK_INT(items(&k, &w), 1);
}

TEST_DB(one_note_a_visit_and_only_her_own_visit)
{
    struct company k = company();
    struct mood_note m;
    CHECK_INT(note(&k, MOOD_NOT_SAID, "", &m), ERR_INVALID);
    ctx_forgive(k.s.c);
    k.mei.carer = k.s.gang.id.n;                     /* another carer does not see this visit */
    CHECK(note(&k, MOOD_EVEN, "", &m) != ERR_NONE);
    ctx_forgive(k.s.c);
    k.mei.carer = k.s.mei.id.n;
    MUST_GO(k.s.c, note(&k, MOOD_EVEN, "", &m));
    MUST_FAIL(k.s.c, note(&k, MOOD_EVEN, "", &m), ERR_CONFLICT, "mood.once");
}
