/* birthday.c - birthdays by the sun or by the moon, and those of the next days. */

#include "care/elder/birthday.h"
#include "care/calendar/lunar.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(elder_births);

const struct choice birthday_ways[] = {
    { "solar", "公历", "solar" },
    { "lunar", "农历（按证件日期换算）", "lunar, converted from the document's day" },
    { "lunar_written", "农历（证件上写的就是农历）", "lunar: the document's day is a lunar one" },
    { 0 },
};

enum { DAYS = 30, DAYS_MAX = 90, SHOWN_MAX = 200, READ_MAX = 200000 };

/* --- when --- */

static struct day solar_in(int year, struct civil b)
{
    bool leap_day = b.month == 2 && b.day == 29 && !day_exists(year, 2, 29);
    return day_civil(year, b.month, leap_day ? 28 : b.day);
}

static bool lunar_in(int year, struct lunar l, struct day *ret_day)
{
    struct lunar kept = { .year = year, .month = l.month, .day = l.day };
    if (year < LUNAR_YEAR_FIRST || year > LUNAR_YEAR_LAST)
        return false;
    int days = lunar_month_days(year, l.month, false);
    if (kept.day > days)
        kept.day = days;
    return lunar_day(kept, ret_day);
}

static bool lunar_birth(struct day birth, enum birthday_by by, struct lunar *ret_lunar)
{
    struct civil b = civil_of_day(birth);
    if (by == BIRTHDAY_LUNAR)
        return lunar_of(birth, ret_lunar);
    *ret_lunar = (struct lunar){ b.year, b.month, b.day, false };
    return b.year >= LUNAR_YEAR_FIRST && b.year <= LUNAR_YEAR_LAST &&
           b.day <= lunar_month_days(b.year, b.month, false);
}

bool birthday_fits(struct day birth, enum birthday_by by)
{
    struct lunar l;
    return by == BIRTHDAY_SOLAR || !day_known(birth) || lunar_birth(birth, by, &l);
}

bool birthday_next(struct day birth, enum birthday_by by, struct day from,
                   struct birthday *ret_birthday)
{
    struct lunar l;
    if (!day_known(birth) || birth.n > from.n)
        return false;
    struct civil b = civil_of_day(birth);
    bool lunar = by != BIRTHDAY_SOLAR;
    if (lunar && !lunar_birth(birth, by, &l))
        return false;
    int born = lunar ? l.year : b.year, year = civil_of_day(from).year - 1;
    struct day next = { INT64_MIN };
    for (int tries = 0; tries < 4; tries++, year++) {
        if (lunar && !lunar_in(year, l, &next))
            continue;
        if (!lunar)
            next = solar_in(year, b);
        if (next.n >= from.n)
            break;
    }
    if (next.n < from.n)
        return false;
    *ret_birthday = (struct birthday){ .next = next, .turns = year - born,
                                       .month = lunar ? l.month : b.month,
                                       .day = lunar ? l.day : b.day,
                                       .born_in_leap = lunar && l.leap };
    return true;
}

int birthday_milestone(int turns)
{
    return turns == 80 || turns == 90 || turns >= 100 ? turns : 0;
}

/* --- as JSON --- */

static void put_birthday(struct ctx *c, struct json *j, const struct elder *e,
                         const struct birthday *b)
{
    const struct choice *by = &birthday_ways[e->birthday_by];
    struct lunar l;
    json_day(j, "birth", e->birth);
    json_text(j, "by", sv_of(by->key));
    json_text(j, "by_name", sv_of(c->lang == LANG_EN ? by->en : by->zh));
    json_day(j, "next", b->next);
    json_int(j, "in_days", b->next.n - day_of(c->now).n);
    json_int(j, "turns", b->turns);
    json_int(j, "milestone", birthday_milestone(b->turns));
    json_bool(j, "born_in_leap", b->born_in_leap);
    if (lunar_of(b->next, &l))
        json_text(j, "lunar", lunar_month_day_text(&c->mem, c->lang, l));
}

void birthday_json(struct ctx *c, struct json *j, const char *name, const struct elder *e)
{
    struct birthday b;
    if (day_known(e->died_on) ||
        !birthday_next(e->birth, (enum birthday_by)e->birthday_by, day_of(c->now), &b))
        return;
    json_object(j, name);
    put_birthday(c, j, e, &b);
    json_end(j, '}');
}

/* --- those of the next days --- */

const struct field birthdays_asked[] = {
    FIELD(struct birthdays_asked, days, .low = 1, .high = DAYS_MAX, .zh = "今后几天",
          .en = "Within how many days"),
    LINK(struct birthdays_asked, division, "division", .zh = "区划（不填为本人辖区）",
         .en = "Where; your own area when not given"),
    FIELD(struct birthdays_asked, milestones, .zh = "只看 80、90、100 岁及以上",
          .en = "Only those who turn 80, 90, or 100 and more"),
    { 0 },
};

struct coming { int64_t elder; struct birthday day; };
struct coming_list { struct coming *at; size_t n, room; int64_t read; };

MUST static enum err read_in(struct ctx *c, struct scope_range in, int64_t days, bool milestones,
                             struct coming_list *l)
{
    struct day today = day_of(c->now);
    struct rows r = db_rows(c, &sql_elder_births,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("most", READ_MAX + 1)));
    while (rows_next(&r)) {
        struct coming k = { .elder = rows_int(&r, 0) };
        int by = BIRTHDAY_SOLAR;
        (void)choice_of(birthday_ways, rows_text(&r, 2), &by);
        l->read++;
        if (!birthday_next((struct day){ rows_int(&r, 1) }, (enum birthday_by)by, today, &k.day) ||
            k.day.next.n > today.n + days || (milestones && !birthday_milestone(k.day.turns)))
            continue;
        l->at = GROW(&c->mem, l->at, l->n, &l->room);
        l->at[l->n++] = k;
    }
    return rows_end(&r);
}

static int by_day(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    if (x->day.next.n != y->day.next.n)
        return x->day.next.n < y->day.next.n ? -1 : 1;
    if (x->day.turns != y->day.turns)
        return x->day.turns > y->day.turns ? -1 : 1;
    return x->elder < y->elder ? -1 : 1;
}

MUST static enum err put_coming(struct ctx *c, struct json *j, const struct coming *k)
{
    struct elder e;
    struct compound home;
    bool found = false;
    enum err err = entity_get(c, &elder_entity, k->elder, &e);
    if (err == ERR_MISSING) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(err);
    if (e.compound.n)
        TRY(entity_load(c, &compound_entity, e.compound.n, &home, &found));
    json_object(j, NULL);
    json_id(j, "elder", e.id.n);
    json_text(j, "name", mask_text(&c->mem, MASK_NAME, e.name));
    json_text(j, "home", found ? home.name : SV(""));
    put_birthday(c, j, &e, &k->day);
    json_end(j, '}');
    return ERR_NONE;
}

/* What of the caller's ranges lies in the place that is asked for. */
static bool narrow(struct scope_range *r, struct scope_range to)
{
    r->low = r->low > to.low ? r->low : to.low;
    r->high = r->high < to.high ? r->high : to.high;
    return r->low <= r->high;
}

MUST static enum err place_of(struct ctx *c, struct division_id division,
                              struct scope_range *ret_range)
{
    struct division d;
    *ret_range = division_range(0);
    if (!c->who->ranges_n)
        return fail(c, ERR_FORBIDDEN, "elder.no_area", "the caller has no area of her own");
    if (!division.n)
        return ERR_NONE;
    TRY(entity_get(c, &division_entity, division.n, &d));
    *ret_range = division_range(d.row.scope);
    return ERR_NONE;
}

enum err birthdays_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct birthdays_asked *in = q->query;
    struct coming_list l = { .n = 0 };
    struct scope_range within;
    TRY(place_of(c, in->division, &within));
    for (size_t i = 0; i < c->who->ranges_n && l.read <= READ_MAX; i++) {
        struct scope_range r = c->who->ranges[i];
        if (narrow(&r, within))
            TRY(read_in(c, r, in->days.known ? in->days.n : DAYS, in->milestones, &l));
    }
    if (l.read > READ_MAX) {
        fail_field(c, SV("division"), "elder.birthdays_many");
        return fail_fields(c);
    }
    if (l.n)
        qsort(l.at, l.n, sizeof *l.at, by_day);
    json_int(&a->json, "total", (int64_t)l.n);
    json_array(&a->json, "items");
    for (size_t i = 0; i < l.n && i < SHOWN_MAX; i++)
        TRY(put_coming(c, &a->json, &l.at[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- what they give --- */

#define BIRTHDAY_SAYS                                                                    \
    SAYS(DAY, "birth"), SAYS(TEXT, "by"), SAYS(TEXT, "by_name"), SAYS(DAY, "next"),      \
    SAYS(INT, "in_days"), SAYS(INT, "turns"), SAYS(INT, "milestone"),                    \
    SAYS(BOOL, "born_in_leap"), MAY_SAY(TEXT, "lunar")

const struct field birthday_gives[] = { BIRTHDAY_SAYS, { 0 } };
static const struct field coming_gives[] = {
    SAYS(ID, "elder"), SAYS(TEXT, "name"), SAYS(TEXT, "home"), BIRTHDAY_SAYS, { 0 },
};
const struct field birthdays_gives[] = {
    SAYS(INT, "total"), SAYS(LIST, "items", .record = coming_gives), { 0 },
};
