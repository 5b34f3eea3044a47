/* birthday_test.c - birthdays by the sun and by the moon, leap months, milestones. */

#include "care/elder/birthday.h"
#include "care/division/town_test.h"

#include <string.h>

static struct birthday next(struct day birth, enum birthday_by by, struct day from)
{
    struct birthday b = { .next = DAY_NONE };
    CHECK(birthday_next(birth, by, from, &b));
    return b;
}

TEST(a_birthday_is_kept_by_the_calendar_she_keeps)
{
    struct day today = day_civil(2026, 9, 1), born = day_civil(1940, 9, 16);   /* 八月十五 */
    struct birthday b = next(born, BIRTHDAY_SOLAR, today);
    CHECK_INT(b.next.n, day_civil(2026, 9, 16).n);
    CHECK_INT(b.turns, 86);
    b = next(born, BIRTHDAY_LUNAR, today);
    CHECK_INT(b.next.n, day_civil(2026, 9, 25).n);               /* 中秋 */
    CHECK_INT(b.turns, 86);
    b = next(day_civil(1940, 8, 15), BIRTHDAY_LUNAR_WRITTEN, today);
    CHECK_INT(b.next.n, day_civil(2026, 9, 25).n);
    CHECK_INT(next(born, BIRTHDAY_SOLAR, day_civil(2026, 9, 16)).next.n,
              day_civil(2026, 9, 16).n);                         /* today is not past */
    CHECK_INT(next(born, BIRTHDAY_SOLAR, day_civil(2026, 9, 17)).turns, 87);
}

TEST(the_end_of_a_lunar_year_lies_in_the_next_solar_one)
{
    /* 1947-01-20 is 腊月廿九 of 1946; the next one after new year 2026 lies in February 2026. */
    struct birthday b = next(day_civil(1947, 1, 20), BIRTHDAY_LUNAR, day_civil(2026, 1, 1));
    CHECK_INT(b.month * 100 + b.day, 1229);
    CHECK_INT(b.next.n, day_civil(2026, 2, 16).n);
    CHECK_INT(b.turns, 79);
}

TEST(leap_months_short_months_and_leap_days_have_a_day_too)
{
    /* 1944-06-10: 闰四月二十. */
    struct birthday b = next(day_civil(1944, 6, 10), BIRTHDAY_LUNAR, day_civil(2026, 1, 1));
    CHECK(b.born_in_leap);
    CHECK_INT(b.month * 100 + b.day, 420);
    CHECK_INT(b.next.n, day_civil(2026, 6, 5).n);
    CHECK_INT(next(day_civil(1944, 2, 29), BIRTHDAY_SOLAR, day_civil(2026, 1, 1)).next.n,
              day_civil(2026, 2, 28).n);
    CHECK(!birthday_fits(day_civil(1940, 8, 31), BIRTHDAY_LUNAR_WRITTEN));
    CHECK(birthday_fits(day_civil(1940, 8, 31), BIRTHDAY_LUNAR));
    CHECK(birthday_fits(DAY_NONE, BIRTHDAY_LUNAR_WRITTEN));
}

TEST(milestones_are_eighty_ninety_and_a_hundred_and_more)
{
    CHECK_INT(birthday_milestone(79), 0);
    CHECK_INT(birthday_milestone(80), 80);
    CHECK_INT(birthday_milestone(81), 0);
    CHECK_INT(birthday_milestone(90), 90);
    CHECK_INT(birthday_milestone(100), 100);
    CHECK_INT(birthday_milestone(103), 103);
}

/* --- the list --- */

static struct elder put(struct town *t, struct day birth, int by)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("林秀兰");
    e.birth = birth;
    e.birthday_by = by;
    e.division = t->community.id;
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static struct sv listed(struct ctx *c, struct birthdays_asked asked)
{
    struct answer a = { .body = buf_new(&c->mem, 1024) };
    struct request q = { .query = &asked };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(c, birthdays_get(c, &q, &a));
    json_end(&a.json, '}');
    return buf_sv(&a.body);
}

static bool has(struct sv text, const char *what)
{
    return sv_find(text, sv_of(what)) >= 0;
}

TEST_DB(birthdays_of_the_next_days_are_listed_within_the_callers_area)
{
    struct town t = town_world();
    struct day today = day_of(t.c->now);
    struct civil d = civil_of_day((struct day){ today.n + 5 });
    struct day eighty = day_civil(d.year - 80, d.month, d.day == 29 ? 28 : d.day);
    struct elder e = put(&t, eighty, BIRTHDAY_SOLAR);
    (void)put(&t, (struct day){ eighty.n - 200 }, BIRTHDAY_SOLAR);
    struct who officer = { .account = 3, .role = ROLE_STREET_OFFICER,
                           .ranges = { division_range(t.street.row.scope) }, .ranges_n = 1 };
    t.c->who = &officer;
    struct sv text = listed(t.c, (struct birthdays_asked){ .days = { true, 10 } });
    CHECK(has(text, "\"total\":1"));
    CHECK(has(text, "\"milestone\":80"));
    CHECK(has(text, "林**") && !has(text, "秀兰"));
    text = listed(t.c, (struct birthdays_asked){ .days = { true, 2 } });
    CHECK(has(text, "\"total\":0"));
    officer.ranges[0] = division_range(990201001001);            /* another city's */
    text = listed(t.c, (struct birthdays_asked){ .days = { true, 10 } });
    CHECK(has(text, "\"total\":0"));
    t.c->who = &who_house;
    e.birthday_by = BIRTHDAY_LUNAR_WRITTEN;
    e.birth = day_civil(1940, 8, 31);
    MUST_FAULT(t.c, entity_update(t.c, &elder_entity, &e, e.row.version, "update"),
               "elder.birthday_not_lunar");
}
