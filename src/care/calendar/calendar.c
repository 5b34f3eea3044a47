/* calendar.c - working days: entity, known arrangements, counting. */

#include "care/calendar/calendar.h"

#include "care/calendar/deadline.h"

#include <assert.h>

SQL(calendar_all);
SQL(calendar_one);
SQL(calendar_has);

const struct choice day_kinds[] = {
    { "workday", "上班", "worked" },
    { "holiday", "放假", "holiday" },
    { "restday", "休息", "day off" },
    { 0 },
};

const struct field calendar_day_fields[] = {
    ROW_FIELDS(struct calendar_day),
    FIELD(struct calendar_day, day, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(struct calendar_day, kind, day_kinds, .filter = true, .brief = true, .zh = "安排",
           .en = "Kind"),
    FIELD(struct calendar_day, name, .brief = true, .high = 40, .zh = "名称", .en = "Name"),
    FIELD(struct calendar_day, source, .high = 200, .zh = "依据", .en = "Source"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "day", .columns = "day", .unique = true, .where = "ended_at IS NULL",
      .message = "calendar.day_taken" },
    { .name = "kind", .columns = "kind, day" },
    { 0 },
};

static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

const struct entity calendar_day_entity = {
    .name = "calendar_day", .zh = "日历", .en = "Calendar day",
    .size = sizeof(struct calendar_day), .fields = calendar_day_fields, .indexes = indexes,
    .sorts = sorts, .title = "name", .seen_by_all = true,
    .reads = MAY_SIGNED_IN, .writes = MAY_SET_RULES, .menu = "setup",
};

/* --- what is announced --- */

const char calendar_2026_source[] = "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）";

const struct calendar_span calendar_2026[] = {
    { 2026, 1, 1, 3, DAY_HOLIDAY, "元旦" },
    { 2026, 1, 4, 1, DAY_WORKDAY, "元旦调休" },
    { 2026, 2, 14, 1, DAY_WORKDAY, "春节调休" },
    { 2026, 2, 15, 9, DAY_HOLIDAY, "春节" },
    { 2026, 2, 28, 1, DAY_WORKDAY, "春节调休" },
    { 2026, 4, 4, 3, DAY_HOLIDAY, "清明节" },
    { 2026, 5, 1, 5, DAY_HOLIDAY, "劳动节" },
    { 2026, 5, 9, 1, DAY_WORKDAY, "劳动节调休" },
    { 2026, 6, 19, 3, DAY_HOLIDAY, "端午节" },
    { 2026, 9, 20, 1, DAY_WORKDAY, "国庆节调休" },
    { 2026, 9, 25, 3, DAY_HOLIDAY, "中秋节" },
    { 2026, 10, 1, 7, DAY_HOLIDAY, "国庆节" },
    { 2026, 10, 10, 1, DAY_WORKDAY, "国庆节调休" },
    { 0 },
};

struct calendar calendar_known(struct arena *mem)
{
    size_t n = 0, at = 0;
    for (const struct calendar_span *s = calendar_2026; s->name; s++)
        n += (size_t)s->days;
    struct calendar_mark *marks = NEW(mem, struct calendar_mark, n);
    for (const struct calendar_span *s = calendar_2026; s->name; s++)
        for (int i = 0; i < s->days; i++)
            marks[at++] =
                (struct calendar_mark){ .day =
                                            (int32_t)(day_civil(s->year, s->month, s->day).n + i),
                                        .kind = (int32_t)s->kind };
    return (struct calendar){ marks, n };
}

MUST static enum err marks_read(struct rows rows, struct arena *mem, struct calendar *ret_calendar)
{
    struct calendar_mark *marks = NULL;
    size_t n = 0, room = 0;
    while (rows_next(&rows)) {
        int kind = DAY_WORKDAY;
        marks = GROW(mem, marks, n, &room);
        (void)choice_of(day_kinds, rows_text(&rows, 1), &kind);
        marks[n++] = (struct calendar_mark){ .day = (int32_t)rows_int(&rows, 0), .kind = kind };
    }
    TRY(rows_end(&rows));
    *ret_calendar = (struct calendar){ marks, n };
    return ERR_NONE;
}

enum err calendar_load(struct ctx *c, struct arena *mem, struct calendar *ret_calendar)
{
    return marks_read(db_rows(c, &sql_calendar_all, NO_PARAMS), mem, ret_calendar);
}

enum err calendar_load_day(struct ctx *c, struct day day, struct calendar *ret_calendar)
{
    return marks_read(db_rows(c, &sql_calendar_one, PARAMS(P_INT("day", day.n))), &c->mem,
                      ret_calendar);
}

MUST static enum err seed_day(struct ctx *c, const struct calendar_span *s, int i, int64_t *added)
{
    int64_t there = 0;
    struct day d = { day_civil(s->year, s->month, s->day).n + i };
    TRY(db_int(c, &sql_calendar_has, PARAMS(P_INT("day", d.n)), &there));
    if (there)
        return ERR_NONE;
    struct calendar_day row = { .day = d, .kind = (int)s->kind, .name = sv_of(s->name),
                                .source = sv_of(calendar_2026_source) };
    ++*added;
    return entity_create(c, &calendar_day_entity, &row);
}

enum err calendar_seed(struct ctx *c, int64_t *ret_added)
{
    *ret_added = 0;
    for (const struct calendar_span *s = calendar_2026; s->name; s++)
        for (int i = 0; i < s->days; i++)
            TRY(seed_day(c, s, i, ret_added));
    return ERR_NONE;
}

/* --- asking --- */

/* The first mark on or after a day. */
static size_t mark_from(const struct calendar *k, int64_t day)
{
    size_t low = 0, high = k->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (k->marks[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct calendar_mark *calendar_at(const struct calendar *k, struct day d)
{
    size_t i = mark_from(k, d.n);
    return i < k->n && k->marks[i].day == d.n ? &k->marks[i] : NULL;
}

bool calendar_works(const struct calendar *k, struct day d)
{
    const struct calendar_mark *m = calendar_at(k, d);
    return m ? m->kind == DAY_WORKDAY : day_weekday(d) <= 5;
}

bool calendar_holiday(const struct calendar *k, struct day d)
{
    const struct calendar_mark *m = calendar_at(k, d);
    return m && m->kind != DAY_WORKDAY;
}

bool calendar_knows(const struct calendar *k, struct day d)
{
    int year = civil_of_day(d).year;
    size_t i = mark_from(k, day_civil(year, 1, 1).n);
    return i < k->n && k->marks[i].day < day_civil(year + 1, 1, 1).n;
}

struct day calendar_add(const struct calendar *k, struct day from, int64_t n)
{
    assert(n >= 0 && n <= 10000);
    struct day d = from;
    while (n == 0 && !calendar_works(k, d))
        d.n++;
    while (n > 0) {
        d.n++;
        n -= calendar_works(k, d);
    }
    return d;
}

int64_t calendar_between(const struct calendar *k, struct day from, struct day to)
{
    int64_t n = 0;
    for (struct day d = { from.n + 1 }; d.n <= to.n; d.n++)
        n += calendar_works(k, d);
    return n;
}

static const struct message messages[] = {
    { "calendar.day_taken", "这一天已有安排，请改那一条",
      "this day is in the calendar already; change that row" },
    { "calendar.year_unknown",
      "{0} 年的放假安排还没有录入，算不准：请在“日历”里按国务院办公厅的通知录入 {0} 年后再算",
      "the arrangement of {0} is not loaded: load it from the State Council's notice" },
    { "calendar.span_taken", "{0} 已有安排（{1}），请改那一天或换日期",
      "{0} is in the calendar already ({1}): change that day, or choose others" },
    { "calendar.span_long", "一段最多 31 天，请分段录入", "at most 31 days at once" },
    { "calendar.lunar_what", "请填公历日期，或填农历年、月、日",
      "give a solar day, or a lunar year, month and day" },
    { "calendar.lunar_outside", "只能换算 1900-01-31 至 2101-01-28",
      "only days from 1900-01-31 to 2101-01-28 can be told" },
    { "calendar.lunar_no_day", "农历这一年没有这一天（没有这个闰月，或这个月没有三十）",
      "that lunar year has no such day: no such leap month, or the month has 29 days" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "office.hours", "08:30-12:00,13:30-17:30", "", "办公时间（按工作小时推算期限用）",
      "Office hours, for deadlines in working hours", "系统默认值，待核" },
    { 0 },
};

static const struct entity *const entities[] = { &calendar_day_entity, NULL };

const struct module calendar_module = {
    .name = "calendar", .entities = entities, .messages = messages,
    .endpoints = calendar_endpoints, .parameters = parameters,
};
