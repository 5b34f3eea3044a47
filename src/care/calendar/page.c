/* page.c - what is asked of the calendar: a year, a deadline, a lunar day; and loading a span. */

#include "care/calendar/deadline.h"
#include "care/calendar/lunar.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

SQL(calendar_days);

enum { SPAN_DAYS_MAX = 31 };

/* --- the days that are marked --- */

struct marked { struct day day; int kind; struct sv name, source; int64_t id; };
struct marks { struct marked *at; size_t n; };

MUST static enum err marks_of(struct ctx *c, struct day from, struct day to, struct marks *ret)
{
    struct marks m = { .n = 0 };
    size_t room = 0;
    struct rows r = db_rows(c, &sql_calendar_days,
                            PARAMS(P_INT("from", from.n), P_INT("to", to.n)));
    while (rows_next(&r)) {
        int kind = DAY_WORKDAY;
        (void)choice_of(day_kinds, rows_text(&r, 1), &kind);
        m.at = GROW(&c->mem, m.at, m.n, &room);
        m.at[m.n++] = (struct marked){ { rows_int(&r, 0) }, kind, rows_text(&r, 2),
                                       rows_text(&r, 3), rows_int(&r, 4) };
    }
    *ret = m;
    return rows_end(&r);
}

static const struct marked *mark_of(const struct marks *m, struct day d)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->at[i].day.n == d.n)
            return &m->at[i];
    return NULL;
}

static struct calendar calendar_of(struct ctx *c, const struct marks *m)
{
    struct calendar_mark *at = NEW(&c->mem, struct calendar_mark, m->n + 1);
    for (size_t i = 0; i < m->n; i++)
        at[i] = (struct calendar_mark){ (int32_t)m->at[i].day.n, m->at[i].kind };
    return (struct calendar){ at, m->n };
}

static void put_kind(struct ctx *c, struct json *j, int kind)
{
    json_text(j, "kind", sv_of(day_kinds[kind].key));
    json_text(j, "kind_name",
              sv_of(c->lang == LANG_EN ? day_kinds[kind].en : day_kinds[kind].zh));
}

/* --- a year --- */

struct year_asked { int64_t year; };
static const struct field year_fields[] = {
    FIELD(struct year_asked, year, .required = true, .low = 2000, .high = 2100, .zh = "年份",
          .en = "Year"),
    { 0 },
};

static enum err year(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct year_asked *in = q->query;
    struct day from = day_civil((int)in->year, 1, 1), to = day_civil((int)in->year, 12, 31);
    struct marks m;
    int64_t worked = 0;
    TRY(marks_of(c, from, to, &m));
    struct calendar k = calendar_of(c, &m);
    for (struct day d = from; d.n <= to.n; d.n++)
        worked += calendar_works(&k, d);
    json_int(&a->json, "year", in->year);
    json_bool(&a->json, "known", m.n > 0);
    json_int(&a->json, "working_days", worked);
    json_int(&a->json, "days_off", to.n - from.n + 1 - worked);
    json_array(&a->json, "days");
    for (size_t i = 0; i < m.n; i++) {
        json_object(&a->json, NULL);
        json_id(&a->json, "id", m.at[i].id);
        json_day(&a->json, "day", m.at[i].day);
        put_kind(c, &a->json, m.at[i].kind);
        json_text(&a->json, "name", m.at[i].name);
        json_text(&a->json, "source", m.at[i].source);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- a deadline --- */

struct asked { struct day from; struct opt_int from_min; int64_t n; int unit; };
static const struct field asked_fields[] = {
    FIELD(struct asked, from, .zh = "从哪天起（不填为今天）", .en = "From; today when not given"),
    FIELD(struct asked, from_min, .low = 0, .high = MINUTES_A_DAY - 1, .zh = "几点起（分钟，算工作小时用）",
          .en = "Minute of that day, for working hours"),
    FIELD(struct asked, n, .required = true, .low = 0, .high = DEADLINE_N_MAX, .zh = "期限",
          .en = "How many"),
    CHOICE(struct asked, unit, deadline_units, .zh = "单位", .en = "Of what"),
    { 0 },
};

/* Days that stand together for one reason, as they are told. */
struct told { struct day from, to; const char *why; struct sv name; };

static const char *const whys[][3] = {
    { "weekend", "周末", "weekend" },
    { "holiday", "放假", "holiday" },
    { "restday", "休息", "day off" },
    { "worked_weekend", "调休上班", "worked weekend" },
};
enum why { WHY_WEEKEND, WHY_HOLIDAY, WHY_RESTDAY, WHY_WORKED };

/* Why a day counts, or does not, against what its weekday says; -1: as any other working day. */
static int why_of(const struct marked *m, struct day d)
{
    if (m && m->kind != DAY_WORKDAY)
        return m->kind == DAY_HOLIDAY ? WHY_HOLIDAY : WHY_RESTDAY;
    if (day_weekday(d) <= 5)
        return -1;
    return m ? WHY_WORKED : WHY_WEEKEND;
}

static void put_told(struct ctx *c, struct json *j, struct day from, struct day to, int why,
                     struct sv name)
{
    json_object(j, NULL);
    json_day(j, "from", from);
    json_day(j, "to", to);
    json_int(j, "days", to.n - from.n + 1);
    json_text(j, "why", sv_of(whys[why][0]));
    json_text(j, "why_name", sv_of(whys[why][c->lang == LANG_EN ? 2 : 1]));
    json_text(j, "name", name);
    json_end(j, '}');
}

/* The days of (from, until], those that stand together as one. */
static void put_counted(struct ctx *c, struct json *j, const struct marks *m, struct day from,
                        struct day until)
{
    json_array(j, "counted");
    for (struct day d = from; d.n <= until.n;) {
        const struct marked *first = mark_of(m, d);
        int why = why_of(first, d);
        struct day end = d;
        for (struct day next = { d.n + 1 }; next.n <= until.n; next.n++) {
            const struct marked *other = mark_of(m, next);
            bool same = why_of(other, next) == why &&
                        sv_eq(first ? first->name : SV(""), other ? other->name : SV(""));
            if (!same)
                break;
            end = next;
        }
        if (why >= 0)
            put_told(c, j, d, end, why, first ? first->name : SV(""));
        d.n = end.n + 1;
    }
    json_end(j, ']');
}

MUST static enum err office_of(struct ctx *c, struct day day, struct office_hours *ret_hours)
{
    struct sv text;
    int64_t scope = c->who->ranges_n ? c->who->ranges[0].low : 0;
    TRY(parameter_text(c, "office.hours", scope, day, &text));
    if (!office_hours_of(text, ret_hours))
        return fail(c, ERR_BROKEN, "parameter.form", "office.hours are no hours");
    return ERR_NONE;
}

static enum err deadline(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *in = q->query;
    struct day from = day_known(in->from) ? in->from : day_of(c->now);
    struct deadline_asked asked = { from, in->from_min.known ? (int)in->from_min.n : 0,
                                    (enum deadline_unit)in->unit, in->n };
    struct marks m;
    struct office_hours hours;
    struct deadline d;
    int unknown;
    if (!in->from_min.known && !day_known(in->from))
        asked.from_min = minute_of(c->now);
    TRY(marks_of(c, day_civil(civil_of_day(from).year, 1, 1),
                 (struct day){ from.n + 3 * in->n + 400 }, &m));
    TRY(office_of(c, from, &hours));
    struct calendar k = calendar_of(c, &m);
    if (!deadline_count(&k, &hours, asked, &d, &unknown)) {
        bool at_start = unknown == civil_of_day(from).year;
        fail_field_args(c, at_start ? SV("from") : SV("n"), "calendar.year_unknown",
                        sv_fmt(&c->mem, "%d", unknown), SV(""));
        return fail_fields(c);
    }
    json_day(&a->json, "from", from);
    json_text(&a->json, "unit", sv_of(deadline_units[in->unit].key));
    json_int(&a->json, "n", in->n);
    json_day(&a->json, "until", d.until);
    json_moment(&a->json, "until_at", moment_at(d.until, d.until_min));
    if (day_known(d.rolled_from))
        json_day(&a->json, "rolled_from", d.rolled_from);
    struct day first = in->unit == DEADLINE_WORKING_HOUR ? from : (struct day){ from.n + 1 };
    put_counted(c, &a->json, &m, first, d.until);
    return ERR_NONE;
}

/* --- a lunar day --- */

struct lunar_asked { struct day day; struct opt_int year, month, of; bool leap; };
static const struct field lunar_fields[] = {
    FIELD(struct lunar_asked, day, .zh = "公历日期", .en = "Solar day"),
    FIELD(struct lunar_asked, year, .low = LUNAR_YEAR_FIRST, .high = LUNAR_YEAR_LAST,
          .zh = "农历年", .en = "Or the lunar year"),
    FIELD(struct lunar_asked, month, .low = 1, .high = 12, .zh = "农历月", .en = "its month"),
    FIELD(struct lunar_asked, of, .low = 1, .high = 30, .zh = "农历日", .en = "its day"),
    FIELD(struct lunar_asked, leap, .zh = "闰月", .en = "of the leap month"),
    { 0 },
};

static enum err lunar(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct lunar_asked *in = q->query;
    struct lunar l = { (int)in->year.n, (int)in->month.n, (int)in->of.n, in->leap };
    struct day day = in->day;
    bool lunar_given = in->year.known && in->month.known && in->of.known;
    if (!day_known(day) && !lunar_given)
        fail_field(c, SV("day"), "calendar.lunar_what");
    else if (day_known(day) && !lunar_of(day, &l))
        fail_field(c, SV("day"), "calendar.lunar_outside");
    else if (!day_known(day) && !lunar_day(l, &day))
        fail_field(c, in->leap ? SV("leap") : SV("of"), "calendar.lunar_no_day");
    TRY(fail_fields(c));
    json_day(&a->json, "day", day);
    json_int(&a->json, "year", l.year);
    json_int(&a->json, "month", l.month);
    json_int(&a->json, "of", l.day);
    json_bool(&a->json, "leap", l.leap);
    json_text(&a->json, "text", lunar_text(&c->mem, c->lang, l));
    return ERR_NONE;
}

/* --- loading a span --- */

struct span { struct day from, to; int kind; struct sv name, source; };
static const struct field span_fields[] = {
    FIELD(struct span, from, .required = true, .zh = "从", .en = "From"),
    FIELD(struct span, to, .required = true, .zh = "到", .en = "To"),
    CHOICE(struct span, kind, day_kinds, .required = true, .zh = "安排", .en = "Kind"),
    FIELD(struct span, name, .required = true, .high = 40, .zh = "名称", .en = "Name"),
    FIELD(struct span, source, .required = true, .high = 200, .zh = "依据", .en = "Source"),
    { 0 },
};

static enum err span(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct span *in = q->body;
    struct marks there;
    if (in->to.n < in->from.n)
        fail_field(c, SV("to"), "days.backwards");
    else if (in->to.n - in->from.n >= SPAN_DAYS_MAX)
        fail_field(c, SV("to"), "calendar.span_long");
    TRY(fail_fields(c));
    TRY(marks_of(c, in->from, in->to, &there));
    if (there.n) {
        struct buf b = buf_new(&c->mem, 16);
        buf_day(&b, there.at[0].day);
        fail_field_args(c, SV("from"), "calendar.span_taken", buf_sv(&b), there.at[0].name);
    }
    TRY(fail_fields(c));
    for (struct day d = in->from; d.n <= in->to.n; d.n++) {
        struct calendar_day row = { .day = d, .kind = in->kind, .name = in->name,
                                    .source = in->source };
        TRY(entity_create(c, &calendar_day_entity, &row));
    }
    json_int(&a->json, "days", in->to.n - in->from.n + 1);
    a->status = 201;
    return ERR_NONE;
}

/* --- what they give --- */

static const struct field day_gives[] = {
    SAYS(ID, "id"), SAYS(DAY, "day"), SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"),
    SAYS(TEXT, "name"), SAYS(TEXT, "source"), { 0 },
};
static const struct field year_gives[] = {
    SAYS(INT, "year"), SAYS(BOOL, "known"), SAYS(INT, "working_days"), SAYS(INT, "days_off"),
    SAYS(LIST, "days", .record = day_gives), { 0 },
};
static const struct field told_gives[] = {
    SAYS(DAY, "from"), SAYS(DAY, "to"), SAYS(INT, "days"), SAYS(TEXT, "why"),
    SAYS(TEXT, "why_name"), SAYS(TEXT, "name"), { 0 },
};
static const struct field deadline_gives[] = {
    SAYS(DAY, "from"), SAYS(TEXT, "unit"), SAYS(INT, "n"), SAYS(DAY, "until"),
    SAYS(MOMENT, "until_at"), MAY_SAY(DAY, "rolled_from"),
    SAYS(LIST, "counted", .record = told_gives), { 0 },
};
static const struct field lunar_gives[] = {
    SAYS(DAY, "day"), SAYS(INT, "year"), SAYS(INT, "month"), SAYS(INT, "of"), SAYS(BOOL, "leap"),
    SAYS(TEXT, "text"), { 0 },
};
static const struct field span_gives[] = { SAYS(INT, "days"), { 0 } };

const struct endpoint calendar_endpoints[] = {
    { .verb = GET, .path = "/api/calendar/year", .run = year, .lane = READS,
      .may = MAY_SIGNED_IN, .query = year_fields, .query_size = sizeof(struct year_asked),
      .gives = year_gives, .zh = "一年的放假与调休", .en = "A year's holidays and worked weekends" },
    { .verb = GET, .path = "/api/calendar/deadline", .run = deadline, .lane = READS,
      .may = MAY_SIGNED_IN, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = deadline_gives, .zh = "推算期限", .en = "When a deadline falls, and why" },
    { .verb = GET, .path = "/api/calendar/lunar", .run = lunar, .lane = READS,
      .may = MAY_SIGNED_IN, .query = lunar_fields, .query_size = sizeof(struct lunar_asked),
      .gives = lunar_gives, .zh = "公历与农历换算", .en = "A day in both calendars" },
    { .verb = POST, .path = "/api/calendar/span", .run = span, .lane = WRITES,
      .may = MAY_SET_RULES, .takes = span_fields, .takes_size = sizeof(struct span),
      .gives = span_gives, .zh = "录入一段放假或调休", .en = "Load days off or worked days" },
    { 0 },
};
