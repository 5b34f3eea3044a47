/* whom_test.c - a rule is for her by age, grade, group and how she resided on the day. */

#include "base/id.h"
#include "care/fact/fact.h"
#include "care/order/order_world_test.h"
#include "care/whom/whom.h"

#define TODAY day_civil(2026, 11, 21)
#define KIND(kind) (UINT64_C(1) << RESIDENCE_##kind)

/* Registered at once, resident after a year, floating never. */
static struct whom a_year(void)
{
    return (struct whom){ .residences = { KIND(REGISTERED) | KIND(RESIDENT) }, .months = 12 };
}

/* From a day until a day, both count; DAY_NONE: still. */
static void resides(struct station *s, const char *kind, struct day from, struct day to)
{
    struct elder_fact f;
    record_clear(elder_fact_fields, &f);
    f.id.n = id_make(s->c->now.ms, 7, from.n + 20000);
    f.row.scope = s->wang.row.scope;
    f.elder = s->wang.id;
    f.kind = FACT_RESIDENCE;
    f.value = sv_of(kind);
    f.valid_from = from;
    f.valid_to = to;
    f.source = SV("居住证");
    MUST_GO(s->c, entity_bulk(s->c, &elder_fact_entity, &f, 1));
}

static struct whom_said said_on(struct station *s, const struct whom *w, struct day day)
{
    struct whom_said said;
    MUST_GO(s->c, whom_judge(s->c, w, &s->wang, day, &said));
    return said;
}

static struct sv reason_on(struct station *s, const struct whom *w, struct day day)
{
    struct whom_said said = said_on(s, w, day);
    return whom_reason(test_mem(), w, &said, LANG_ZH);
}

TEST_DB(who_is_registered_does_not_wait)
{
    struct station s = station_world();
    struct whom w = a_year();
    resides(&s, "registered", TODAY, DAY_NONE);
    CHECK(said_on(&s, &w, TODAY).why == WHOM_HERS);
    CHECK_TEXT(reason_on(&s, &w, TODAY), "");
}

TEST_DB(a_resident_has_it_after_a_year_to_the_day)
{
    struct station s = station_world();
    struct whom w = a_year();
    resides(&s, "resident", day_civil(2026, 3, 15), DAY_NONE);
    CHECK_TEXT(reason_on(&s, &w, TODAY), "常住满 1 年后可享，自2027年3月15日起");
    CHECK(said_on(&s, &w, day_civil(2027, 3, 14)).why == WHOM_WAITS);
    CHECK(said_on(&s, &w, day_civil(2027, 3, 15)).why == WHOM_HERS);
}

TEST_DB(the_day_asked_about_decides_not_today)
{
    struct station s = station_world();
    struct whom w = a_year();
    resides(&s, "resident", day_civil(2020, 1, 1), day_civil(2026, 11, 30));
    resides(&s, "floating", day_civil(2026, 12, 1), DAY_NONE);
    CHECK(said_on(&s, &w, TODAY).why == WHOM_HERS);
    CHECK_TEXT(reason_on(&s, &w, day_civil(2026, 12, 1)),
               "只面向户籍、常住老年人，登记为流动");
}

TEST_DB(months_count_the_unbroken_time_in_kinds_it_is_for)
{
    struct station s = station_world();
    struct whom w = a_year();
    resides(&s, "registered", day_civil(2024, 1, 1), day_civil(2026, 8, 31));
    resides(&s, "resident", day_civil(2026, 9, 1), DAY_NONE);    /* her booklet went elsewhere */
    CHECK(said_on(&s, &w, TODAY).why == WHOM_HERS);
    w.residences.bits = KIND(RESIDENT);
    CHECK(said_on(&s, &w, TODAY).why == WHOM_WAITS);             /* years as registered: no */
}

TEST_DB(a_gap_begins_the_months_anew)
{
    struct station s = station_world();
    struct whom w = a_year();
    resides(&s, "resident", day_civil(2020, 1, 1), day_civil(2026, 9, 9));
    resides(&s, "floating", day_civil(2026, 9, 10), day_civil(2026, 9, 30));
    resides(&s, "resident", day_civil(2026, 10, 1), DAY_NONE);
    CHECK_INT(said_on(&s, &w, TODAY).from.n, day_civil(2027, 10, 1).n);
}

TEST_DB(without_a_fact_it_counts_from_her_registration_and_says_so)
{
    struct station s = station_world();
    struct whom w = a_year();
    s.wang.residence = RESIDENCE_RESIDENT;
    struct whom_said said = said_on(&s, &w, TODAY);
    CHECK(said.why == WHOM_WAITS);
    CHECK(!said.told);
    CHECK_INT(said.since.n, day_of(s.wang.row.created_at).n);
    CHECK(sv_find(whom_reason(test_mem(), &w, &said, LANG_ZH), SV("补登")) >= 0);
}

TEST_DB(a_meal_is_priced_by_how_she_resides_and_says_why)
{
    struct station s = station_world();
    struct price p;
    struct catalogue_item lunch = s.lunch;
    resides(&s, "resident", day_civil(2026, 3, 15), DAY_NONE);
    station_rule(&s, "subsidy.meal_residences", "registered,resident");
    station_rule(&s, "subsidy.meal_residence_months", "12");
    MUST_GO(s.c, order_price(s.c, &s.lunch_offer, &lunch, 1, &s.wang, TODAY, &p));
    CHECK_INT(p.subsidy.fen, 0);
    CHECK(sv_find(p.note, SV("助餐补贴：常住满 1 年后可享，自2027年3月15日起")) >= 0);
    MUST_GO(s.c, order_price(s.c, &s.lunch_offer, &lunch, 1, &s.wang, day_civil(2027, 3, 15), &p));
    CHECK_INT(p.subsidy.fen, 500);
}

TEST(for_whom_is_said_in_both_languages)
{
    struct whom w = a_year();
    w.min_age = 80;
    w.grade = GRADE_MODERATE;
    w.groups.bits = UINT64_C(1) << FLAG_LIVING_ALONE;
    CHECK_TEXT(whom_words(test_mem(), &w, LANG_ZH),
               "80 岁及以上，中度失能及更重、或独居，户籍，或常住满 1 年");
    CHECK_TEXT(whom_words(test_mem(), &(struct whom){ .months = 6 }, LANG_EN),
               "registered, or resident, floating after 6 months");
    CHECK_TEXT(whom_words(test_mem(), &(struct whom){ 0 }, LANG_ZH), "所有老年人");
    CHECK_TEXT(whom_of_kind(test_mem(), &w, RESIDENCE_FLOATING, LANG_ZH), "无");
    CHECK_TEXT(whom_of_kind(test_mem(), &w, RESIDENCE_RESIDENT, LANG_ZH), "满 1 年");
    CHECK_INT(whom_keys(residence_kinds, SV("registered, floating,other")).bits,
              KIND(REGISTERED) | KIND(FLOATING));
}
