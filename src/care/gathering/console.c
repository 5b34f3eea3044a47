/* console.c - the station's side: the week, the sheet of a day, signing in at the door. */

#include "care/gathering/inside.h"

#include "care/standing/pause.h"
#include "http/describe/gives.h"
#include "model/history/access.h"

SQL(gathering_people);
SQL(attendance_of);
SQL(attendance_day);
SQL(attendance_times);

enum { WEEK = 7, WEEK_MAX = 100 };

const struct field gathering_week_asked_fields[] = {
    FIELD(struct gathering_week_asked, from, .zh = "从哪天起", .en = "First day; Monday of this week"),
    { 0 },
};
const struct field gathering_sheet_asked_fields[] = {
    FIELD(struct gathering_sheet_asked, day, .zh = "哪一天", .en = "Day; today when absent"),
    { 0 },
};

/* --- the week --- */

MUST static enum err put_day(struct ctx *c, struct json *j, const struct gathering *g,
                             struct day day)
{
    int64_t came;
    TRY(db_int(c, &sql_attendance_day,
               PARAMS(P_INT("gathering", g->id.n), P_INT("day", day.n)), &came));
    json_object(j, NULL);
    json_day(j, "day", day);
    json_int(j, "came", came);
    TRY(gathering_json(c, j, g));
    json_end(j, '}');
    return ERR_NONE;
}

/* Who works for an organisation sees its own; an officer what lies in her area. */
MUST static enum err read_week(struct ctx *c, struct day from, struct page *ret_page)
{
    struct query q;
    struct buf b = buf_new(&c->mem, 128);
    struct civil first = civil_of_day(from), last = civil_of_day((struct day){ from.n + WEEK - 1 });
    buf_fmt(&b, "state.in=published,submitted,draft&size=%d&first_day.to=%04d-%02d-%02d"
                "&last_day.from=%04d-%02d-%02d", WEEK_MAX, last.year, last.month, last.day,
            first.year, first.month, first.day);
    if (c->who->org)
        buf_fmt(&b, "&org=%lld", (long long)c->who->org);
    TRY(query_read(c, &gathering_entity, buf_sv(&b), &q));
    return entity_list(c, &gathering_entity, &q, ret_page);
}

enum err gathering_week_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct gathering_week_asked *asked = q->query;
    struct day today = day_of(c->now), from = asked->from;
    struct page page;
    if (!day_known(from))
        from.n = today.n - day_weekday(today) + 1;
    TRY(read_week(c, from, &page));
    const struct gathering *rows = page.rows;
    json_day(&a->json, "from", from);
    json_day(&a->json, "today", today);
    json_array(&a->json, "items");
    for (int64_t d = from.n; d < from.n + WEEK; d++)
        for (size_t i = 0; i < page.n; i++)
            if ((c->who->org || who_in_scope(c, rows[i].row.scope)) &&
                gathering_meets(&rows[i], (struct day){ d }))
                TRY(put_day(c, &a->json, &rows[i], (struct day){ d }));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field week_item_gives[] = {
    SAYS(DAY, "day"), SAYS(INT, "came", .zh = "当天已到", .en = "Who came on that day"),
    GATHERING_GIVES, { 0 },
};
const struct field gathering_week_gives[] = {
    SAYS(DAY, "from"), SAYS(DAY, "today"), SAYS(LIST, "items", .record = week_item_gives), { 0 },
};

/* --- the sheet of a day --- */

static struct sv tail_of(struct sv phone)
{
    return phone.len >= 4 ? sv_from(phone, phone.len - 4) : phone;
}

/* Names stand whole: somebody calls them out. Each is a look, and logged. */
MUST static enum err put_person(struct ctx *c, struct json *j, const struct enrolment *r,
                                struct day day)
{
    int64_t here, times;
    bool paused;
    TRY(db_int(c, &sql_attendance_of, PARAMS(P_INT("enrolment", r->id.n), P_INT("day", day.n)),
               &here));
    TRY(db_int(c, &sql_attendance_times, PARAMS(P_INT("enrolment", r->id.n)), &times));
    TRY(elder_paused(c, r->elder, day, &paused));
    TRY(access_note(c, r->elder.n, &enrolment_entity, r->id.n, SV("sheet:for_name")));
    json_object(j, NULL);
    json_id(j, "id", r->id.n);
    json_text(j, "name", r->for_name);
    json_text(j, "tail", tail_of(r->for_phone));
    json_text(j, "state", sv_of(enrolment_states[r->state].key));
    json_text(j, "state_name", sv_of(c->lang == LANG_EN ? enrolment_states[r->state].en
                                                        : enrolment_states[r->state].zh));
    if (here) {
        struct attendance at;
        bool found;
        TRY(entity_load(c, &attendance_entity, here, &at, &found));
        json_id(j, "attendance", here);
        json_int(j, "version", at.row.version);
        json_moment(j, "at", at.at);
    }
    json_int(j, "times", times);
    json_bool(j, "paused", paused);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_people(struct ctx *c, struct json *j, const struct gathering *g,
                                struct day day)
{
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_gathering_people, PARAMS(P_INT("gathering", g->id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(j, "people");
    for (size_t i = 0; i < n; i++) {
        struct enrolment one;
        bool found;
        TRY(entity_load(c, &enrolment_entity, ids[i], &one, &found));
        TRY(put_person(c, j, &one, day));
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* The day asked for, else today when it meets, else the next time, else the last. */
static struct day day_shown(const struct ctx *c, const struct gathering *g, struct day asked)
{
    struct day days[GATHERING_DAYS_MAX], today = day_of(c->now);
    size_t n = gathering_days(g, days);
    if (day_known(asked))
        return asked;
    for (size_t i = 0; i < n; i++)
        if (days[i].n >= today.n)
            return days[i];
    return n ? days[n - 1] : g->first_day;
}

enum err gathering_sheet_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering g;
    struct gathering_id id;
    struct day days[GATHERING_DAYS_MAX];
    TRY(request_id(c, q, 0, &id.n));
    TRY(gathering_of_staff(c, id, &g));
    struct day day = day_shown(c, &g, ((const struct gathering_sheet_asked *)q->query)->day);
    TRY(gathering_json(c, &a->json, &g));
    json_day(&a->json, "day", day);
    json_bool(&a->json, "open", gathering_meets(&g, day) && day.n <= day_of(c->now).n);
    json_array(&a->json, "days");
    size_t n = gathering_days(&g, days);
    for (size_t i = 0; i < n; i++)
        json_day(&a->json, NULL, days[i]);
    json_end(&a->json, ']');
    return put_people(c, &a->json, &g, day);
}

static const struct field person_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"),
    SAYS(TEXT, "tail", .zh = "手机尾号", .en = "Last four digits"),
    SAYS(CHOICE, "state", .choices = enrolment_states), SAYS(TEXT, "state_name"),
    MAY_SAY(ID, "attendance"), MAY_SAY(INT, "version"), MAY_SAY(MOMENT, "at"),
    SAYS(INT, "times", .zh = "来过几次", .en = "How often she came"),
    SAYS(BOOL, "paused", .zh = "当天暂停服务", .en = "Excused: paused on that day"), { 0 },
};
const struct field gathering_sheet_gives[] = {
    GATHERING_GIVES, SAYS(DAY, "day"),
    SAYS(BOOL, "open", .zh = "可以签到", .en = "One may sign in"),
    SAYS(LIST, "days"), SAYS(LIST, "people", .record = person_gives), { 0 },
};

/* --- at the door --- */

const struct field door_fields[] = {
    FIELD(struct sign_in, day, .zh = "哪一天", .en = "Day; today when absent"),
    LINK(struct sign_in, enrolment, "enrolment", .zh = "报名", .en = "Sign-up: a tick"),
    FIELD(struct sign_in, code, .high = 40, .zh = "卡号或手机尾号",
          .en = "Counter card or last four digits"),
    CHOICE(struct sign_in, way, attendance_ways, .zh = "方式", .en = "How"),
    { 0 },
};

MUST static enum err put_name(struct ctx *c, struct json *j, struct enrolment_id id)
{
    struct enrolment r;
    bool found;
    TRY(entity_load(c, &enrolment_entity, id.n, &r, &found));
    json_object(j, NULL);
    json_id(j, "id", id.n);
    json_text(j, "name", r.for_name);
    json_end(j, '}');
    return ERR_NONE;
}

enum err gathering_sign_in_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering_id id;
    struct signed_in s;
    TRY(request_id(c, q, 0, &id.n));
    TRY(gathering_sign_in(c, id, q->body, &s));
    json_array(&a->json, "who");
    for (size_t i = 0; i < s.n; i++)
        TRY(put_name(c, &a->json, s.several[i]));
    json_end(&a->json, ']');
    if (s.n != 1)
        return ERR_NONE;
    json_bool(&a->json, "before", s.before);
    json_id(&a->json, "attendance", s.made.id.n);
    json_int(&a->json, "version", s.made.row.version);
    json_moment(&a->json, "at", s.made.at);
    return ERR_NONE;
}

static const struct field who_gives[] = { SAYS(ID, "id"), SAYS(TEXT, "name"), { 0 } };
const struct field door_gives[] = {
    SAYS(LIST, "who", .record = who_gives, .zh = "签到的人；多于一位时请选",
         .en = "Who signed in; of several one must be chosen"),
    MAY_SAY(BOOL, "before", .zh = "已经签过", .en = "She had signed in before"),
    MAY_SAY(ID, "attendance"), MAY_SAY(INT, "version"), MAY_SAY(MOMENT, "at"), { 0 },
};
