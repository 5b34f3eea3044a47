/* days.c - which days a rule means, and how people say it. */

#include "care/standing/standing.h"

const struct choice weekday_choices[] = {
    { "mon", "周一", "Monday" },   { "tue", "周二", "Tuesday" },  { "wed", "周三", "Wednesday" },
    { "thu", "周四", "Thursday" }, { "fri", "周五", "Friday" },   { "sat", "周六", "Saturday" },
    { "sun", "周日", "Sunday" },   { 0 },
};

bool standing_on(const struct standing *s, struct day day)
{
    if (day.n < s->from_day.n || (day_known(s->until_day) && day.n > s->until_day.n))
        return false;
    return s->weekdays.bits >> (day_weekday(day) - 1) & 1;
}

struct day standing_served_on(const struct standing *s, const struct calendar *k, struct day day)
{
    if (s->holidays == HOLIDAY_KEEP || !calendar_holiday(k, day))
        return day;
    if (s->holidays == HOLIDAY_LEAVE_OUT)
        return DAY_NONE;
    struct day before = { day.n - 1 };
    while (calendar_holiday(k, before))
        before.n--;
    return standing_on(s, before) ? DAY_NONE : before;
}

static void put_weekdays(struct buf *b, uint64_t bits, enum lang lang)
{
    bool first = true;
    for (size_t i = 0; i < 7; i++) {
        if (!(bits >> i & 1))
            continue;
        if (!first)
            buf_text(b, lang == LANG_EN ? ", " : "、");
        /* 周一、三、五: the word 周 is said once. */
        const char *said = lang == LANG_EN ? weekday_choices[i].en : weekday_choices[i].zh;
        buf_text(b, lang == LANG_EN || first ? said : said + sizeof "周" - 1);
        first = false;
    }
}

struct sv standing_words(struct arena *mem, const struct standing *s, enum lang lang)
{
    struct buf b = buf_new(mem, 64);
    if (s->weekdays.bits == 127) {
        buf_text(&b, lang == LANG_EN ? "every day" : "每天");
    } else {
        buf_text(&b, lang == LANG_EN ? "every " : "每");
        put_weekdays(&b, s->weekdays.bits, lang);
    }
    buf_byte(&b, ' ');
    buf_int_wide(&b, s->start_min / 60, 2);
    buf_byte(&b, ':');
    buf_int_wide(&b, s->start_min % 60, 2);
    return buf_sv(&b);
}
