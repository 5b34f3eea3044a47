/* fact_test.c - facts of one thing never overlap, and today's stand on the elder. */

#include "care/agreement/agreement.h"
#include "care/division/town_test.h"
#include "care/fact/fact.h"

#include <string.h>

static struct elder someone(const struct town *t)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.division = t->community.id;
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static struct day today(const struct town *t, int64_t later)
{
    return (struct day){ day_of(t->c->now).n + later };
}

static struct elder_fact said(const struct town *t, struct elder_id elder, int kind,
                              const char *value, int64_t from)
{
    struct elder_fact f;
    record_clear(elder_fact_fields, &f);
    f.elder = elder;
    f.kind = kind;
    f.value = sv_of(value);
    f.valid_from = today(t, from);
    f.source = SV("街道核对");
    return f;
}

static struct elder_fact note(const struct town *t, struct elder_id elder, int kind,
                              const char *value, int64_t from)
{
    struct elder_fact f = said(t, elder, kind, value, from);
    MUST_GO(t->c, entity_create(t->c, &elder_fact_entity, &f));
    return f;
}

static struct elder as_is(const struct town *t, struct elder_id id)
{
    struct elder e;
    MUST_GO(t->c, entity_get(t->c, &elder_entity, id.n, &e));
    return e;
}

static struct elder_fact fact_now(const struct town *t, struct elder_fact_id id)
{
    struct elder_fact f;
    MUST_GO(t->c, entity_get(t->c, &elder_fact_entity, id.n, &f));
    return f;
}

static size_t facts_n(const struct town *t, struct elder_fact *ret, size_t room)
{
    struct query q = { .size = 50 };
    struct page page = { 0 };
    MUST_GO(t->c, entity_list(t->c, &elder_fact_entity, &q, &page));
    for (size_t i = 0; i < page.n && i < room; i++)
        ret[i] = ((const struct elder_fact *)page.rows)[i];
    return page.n;
}

TEST_DB(a_new_fact_ends_the_one_before_and_stands_on_the_elder)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder_fact first = note(&t, e.id, FACT_RESIDENCE, "常住", -100);
    CHECK_INT(as_is(&t, e.id).residence, RESIDENCE_RESIDENT);
    note(&t, e.id, FACT_RESIDENCE, "floating", -10);
    CHECK_INT(as_is(&t, e.id).residence, RESIDENCE_FLOATING);
    CHECK_INT(fact_now(&t, first.id).valid_to.n, today(&t, -11).n);
    CHECK_TEXT(fact_now(&t, first.id).value, "resident");
}

TEST_DB(one_learnt_late_ends_where_the_next_begins)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    note(&t, e.id, FACT_GRADE, "moderate", -30);
    struct elder_fact late = note(&t, e.id, FACT_GRADE, "mild", -200);
    CHECK_INT(fact_now(&t, late.id).valid_to.n, today(&t, -31).n);
    struct elder now = as_is(&t, e.id);
    CHECK_INT(now.grade, GRADE_MODERATE);
    CHECK_INT(now.grade_on.n, today(&t, -30).n);
    CHECK_TEXT(now.grade_source, "街道核对");
}

TEST_DB(a_value_that_is_none_and_a_day_that_is_taken_are_refused)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder_fact bad = said(&t, e.id, FACT_GRADE, "很好", -5);
    MUST_FAULT(t.c, entity_create(t.c, &elder_fact_entity, &bad), "fact.value");
    note(&t, e.id, FACT_GRADE, "mild", -5);
    struct elder_fact twice = said(&t, e.id, FACT_GRADE, "severe", -5);
    MUST_FAULT(t.c, entity_create(t.c, &elder_fact_entity, &twice), "fact.same_day");
}

TEST_DB(flags_stand_beside_each_other)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    note(&t, e.id, FACT_FLAG, "独居", -50);
    note(&t, e.id, FACT_FLAG, "veteran", -50);
    CHECK_INT((int64_t)as_is(&t, e.id).flags.bits, 1 << FLAG_LIVING_ALONE | 1 << FLAG_VETERAN);
}

TEST_DB(a_flag_given_and_taken_on_one_day_leaves_no_fact)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder_fact all[10];
    e.flags.bits = 1u << FLAG_VETERAN;
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &e, 1, "change"));
    CHECK_INT(facts_n(&t, all, 10), 1);
    e.flags.bits = 0;
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(facts_n(&t, all, 10), 0);
}

TEST_DB(a_change_in_the_form_keeps_what_held_before)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder_fact all[10];
    t.c->now.ms += 40 * (int64_t)86400000;
    e.residence = RESIDENCE_FLOATING;
    e.flags.bits = 1u << FLAG_LIVING_ALONE;
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &e, 1, "change"));
    CHECK_INT(facts_n(&t, all, 10), 3);          /* how she resided, how she does, one flag */
    struct elder after = as_is(&t, e.id);
    CHECK_INT(after.residence, RESIDENCE_FLOATING);
    t.c->now.ms += 20 * (int64_t)86400000;
    after.flags.bits = 0;
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &after, after.row.version, "change"));
    size_t n = facts_n(&t, all, 10);
    CHECK_INT(n, 3);
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == FACT_FLAG)
            CHECK_INT(all[i].valid_to.n, today(&t, -1).n);
}

TEST_DB(what_begins_tomorrow_stands_on_her_tomorrow)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct job_table table = { .kinds = fact_module.jobs, .kinds_n = 1 };
    bool ran;
    int64_t job;
    note(&t, e.id, FACT_RESIDENCE, "floating", 1);
    CHECK_INT(as_is(&t, e.id).residence, RESIDENCE_REGISTERED);
    t.c->now.ms += 86400000;
    MUST_GO(t.c, job_add(t.c, "facts_turn", SV("{}"), &job));
    MUST_GO(t.c, job_step(t.c, &table, &ran));
    CHECK_INT(as_is(&t, e.id).residence, RESIDENCE_FLOATING);
}

static struct elder_event death(const struct town *t, struct elder_id elder)
{
    struct elder_event v;
    record_clear(elder_event_fields, &v);
    v.elder = elder;
    v.kind = EVENT_DIED;
    v.happened_on = today(t, -20);
    v.known_on = today(t, -1);
    v.source = SV("殡葬火化名单");
    return v;
}

TEST_DB(a_death_stands_on_her_once_and_can_be_taken_back)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder_event v = death(&t, e.id), twice = v, after;
    MUST_GO(t.c, entity_create(t.c, &elder_event_entity, &v));
    CHECK_INT(as_is(&t, e.id).died_on.n, today(&t, -20).n);
    MUST_FAULT(t.c, entity_create(t.c, &elder_event_entity, &twice), "elder_event.died_twice");
    t.c->reason = SV("同名同姓，误登");
    MUST_GO(t.c, entity_act(t.c, &elder_event_entity, v.id.n, 1, SV("revoke"), NULL, &after));
    CHECK(!day_known(as_is(&t, e.id).died_on));
}

/* --- changes of the form --- */

/* The elder's row as a form or a list changes it. */
static void change(const struct town *t, struct elder *e, const char *action)
{
    MUST_GO(t->c, entity_update_by_rule(t->c, &elder_entity, e, e->row.version, action));
}

static int64_t holding(const struct town *t, struct elder_id elder, int kind, struct sv *ret_value)
{
    struct elder_fact facts[20];
    int64_t n = 0;
    size_t all = facts_n(t, facts, 20);
    for (size_t i = 0; i < all; i++)
        if (facts[i].elder.n == elder.n && facts[i].kind == kind && !day_known(facts[i].valid_to)) {
            *ret_value = facts[i].value;
            n++;
        }
    return n;
}

TEST_DB(what_is_changed_twice_a_day_says_the_last)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct sv value = SV("");
    t.c->now.ms += INT64_C(5) * 86400000;
    e.residence = RESIDENCE_RESIDENT;
    change(&t, &e, "change");
    e.residence = RESIDENCE_FLOATING;
    change(&t, &e, "change");
    CHECK(holding(&t, e.id, FACT_RESIDENCE, &value) == 1);
    CHECK_TEXT(value, "floating");
    CHECK(as_is(&t, e.id).residence == RESIDENCE_FLOATING);
}

/* Two days later, too: what the list brought never held. */
TEST_DB(what_a_list_changed_is_taken_back_with_its_facts)
{
    struct town t = town_world();
    struct elder e = someone(&t), before;
    struct elder_fact facts[20];
    struct sv value = SV("");
    t.c->now.ms += INT64_C(5) * 86400000;
    before = as_is(&t, e.id);
    e = before;
    e.residence = RESIDENCE_FLOATING;
    e.grade = 3;
    e.grade_on = day_of(t.c->now);
    e.grade_source = SV("名单");
    e.flags.bits = 1;
    change(&t, &e, "import");
    CHECK(as_is(&t, e.id).row.version == e.row.version);      /* else an undo would let it stay */
    CHECK(holding(&t, e.id, FACT_FLAG, &value) == 1);
    t.c->now.ms += INT64_C(2) * 86400000;
    before.row.version = e.row.version;
    change(&t, &before, "import_undone");
    CHECK(holding(&t, e.id, FACT_RESIDENCE, &value) == 1);
    CHECK_TEXT(value, "registered");
    CHECK(holding(&t, e.id, FACT_GRADE, &value) == 1);
    CHECK_TEXT(value, "unknown");
    CHECK(holding(&t, e.id, FACT_FLAG, &value) == 0);
    CHECK(facts_n(&t, facts, 20) == 2);
    e = as_is(&t, e.id);
    CHECK(e.residence == RESIDENCE_REGISTERED && e.grade == GRADE_UNKNOWN && e.flags.bits == 0);
    CHECK(e.row.version == before.row.version);
}
