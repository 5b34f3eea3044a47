/* ask.c - is it open, until when, and how to say so. */

#include "care/hours/hours.h"

enum { LOOK_AHEAD_DAYS = 8 };

const struct hours_day *hours_on(const struct hours *h, const struct calendar *k, struct day d)
{
    const struct calendar_mark *mark = calendar_at(k, d);
    int weekday = day_weekday(d);
    if (!mark)
        return &h->day[weekday - 1];
    if (mark->kind != DAY_WORKDAY)
        return &h->day[h->ph ? HOURS_PH : weekday - 1];
    return &h->day[weekday > 5 ? 0 : weekday - 1];
}

/*
 * The end of the run of opening that holds minute `at` of day d, counted from that day's
 * midnight; -1 when it is shut then. What began the day before and reaches over counts too.
 */
static int64_t end_at(const struct hours *h, const struct calendar *k, struct day d, int64_t at)
{
    int64_t end = -1;
    for (int back = 1; back >= 0; back--) {
        const struct hours_day *day = hours_on(h, k, (struct day){ d.n - back });
        for (int i = 0; i < day->n; i++) {
            int64_t from = day->span[i].start_min - back * 1440;
            int64_t to = day->span[i].end_min - back * 1440;
            if (from <= at && at < to && to > end)
                end = to;
        }
    }
    return end;
}

/* Follows spans that touch: where the opening that holds `at` really ends; -1 beyond the horizon.
 */
static int64_t run_end(const struct hours *h, const struct calendar *k, struct day d, int64_t at)
{
    int64_t end = end_at(h, k, d, at);
    while (end >= 0 && end < LOOK_AHEAD_DAYS * 1440) {
        struct day on = { d.n + end / 1440 };
        int64_t more = end_at(h, k, on, end % 1440);
        if (more < 0)
            return end;
        end = end / 1440 * 1440 + more;
    }
    return -1;
}

static int64_t next_start(const struct hours *h, const struct calendar *k, struct day d, int64_t at)
{
    for (int64_t ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead++) {
        const struct hours_day *day = hours_on(h, k, (struct day){ d.n + ahead });
        for (int i = 0; i < day->n; i++)
            if (day->span[i].start_min + ahead * 1440 > at)
                return day->span[i].start_min + ahead * 1440;
    }
    return -1;
}

struct hours_state hours_at(const struct hours *h, const struct calendar *k, struct moment at)
{
    struct day d = day_of(at);
    int64_t minute = minute_of(at);
    struct hours_state s = { .open = h->always || end_at(h, k, d, minute) >= 0 };
    if (h->always)
        return s;
    int64_t change = s.open ? run_end(h, k, d, minute) : next_start(h, k, d, minute);
    s.change_known = change >= 0;
    if (s.change_known)
        s.change = moment_at((struct day){ d.n + change / 1440 }, (int)(change % 1440));
    return s;
}

const char *hours_word(const struct hours *h, const struct hours_state *s, struct moment at)
{
    if (!h->known)
        return "unknown";
    if (!s->open)
        return "closed";
    bool soon = s->change_known && s->change.ms - at.ms <= HOURS_CLOSING_MIN * 60000;
    return soon ? "closing" : "open";
}

static void put_clock(struct buf *out, struct moment m)
{
    buf_int_wide(out, minute_of(m) / 60, 2);
    buf_byte(out, ':');
    buf_int_wide(out, minute_of(m) % 60, 2);
}

/* 明天, 周一: nothing when it is today. */
static void put_day(struct buf *out, struct moment m, struct moment now, enum lang lang)
{
    static const char *const zh[] = { "", "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
    static const char *const en[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    int64_t ahead = day_of(m).n - day_of(now).n;
    if (ahead == 0)
        return;
    const char *const *names = lang == LANG_ZH ? zh : en;
    const char *word =
        ahead == 1 ? (lang == LANG_ZH ? "明天" : "tomorrow") : names[day_weekday(day_of(m))];
    buf_text(out, word);
    buf_byte(out, ' ');
}

void hours_text(struct buf *out, const struct hours *h, const struct hours_state *s,
                struct moment at, enum lang lang)
{
    bool zh = lang == LANG_ZH;
    if (!h->known) {
        buf_text(out, zh ? "营业时间待核实" : "hours not confirmed");
        return;
    }
    if (s->open && !s->change_known) {
        buf_text(out, zh ? "全天开放" : "open all day");
        return;
    }
    buf_text(out, s->open ? (zh ? "营业中" : "open") : (zh ? "已关门" : "closed"));
    if (!s->change_known)
        return;
    buf_text(out, " · ");
    if (!zh)
        buf_text(out, s->open ? "closes " : "opens ");
    put_day(out, s->change, at, lang);
    put_clock(out, s->change);
    if (zh)
        buf_text(out, s->open ? " 关门" : " 开门");
}

bool hours_cover(const struct hours *h, const struct calendar *k, struct day d, int from_min,
                 int to_min)
{
    if (!h->known)
        return false;
    int64_t end = run_end(h, k, d, from_min);
    return h->always || (end_at(h, k, d, from_min) >= 0 && (end < 0 || end >= to_min));
}
