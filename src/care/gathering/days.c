/* days.c - when a class or outing meets, and how to say so. */

#include "care/gathering/gathering.h"

enum { WEEK = 7 };

static bool skipped(struct sv skips, struct day day)
{
    struct sv one;
    struct day d;
    while (sv_cut(&skips, ',', &one))
        if (sv_day(sv_trim(one), &d) && d.n == day.n)
            return true;
    return false;
}

bool gathering_skips_check(struct sv skips)
{
    struct sv one;
    struct day d;
    while (sv_cut(&skips, ',', &one))
        if (!sv_day(sv_trim(one), &d))
            return false;
    return true;
}

size_t gathering_days(const struct gathering *g, struct day ret_days[GATHERING_DAYS_MAX])
{
    size_t n = 0;
    int64_t last = g->kind == GATHERING_OUTING ? g->first_day.n : g->last_day.n;
    for (int64_t d = g->first_day.n; d <= last && n < GATHERING_DAYS_MAX; d += WEEK)
        if (!skipped(g->skips, (struct day){ d }))
            ret_days[n++] = (struct day){ d };
    return n;
}

bool gathering_meets(const struct gathering *g, struct day day)
{
    struct day days[GATHERING_DAYS_MAX];
    size_t n = gathering_days(g, days);
    for (size_t i = 0; i < n; i++)
        if (days[i].n == day.n)
            return true;
    return false;
}

static void put_day(struct buf *b, struct day day, enum lang lang)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil v = civil_of_day(day);
    if (lang == LANG_EN)
        buf_fmt(b, "%d %s", v.day, months[v.month - 1]);
    else
        buf_fmt(b, "%d月%d日", v.month, v.day);
}

struct sv gathering_when(struct arena *mem, const struct gathering *g, enum lang lang)
{
    static const char *const zh[] = { "", "一", "二", "三", "四", "五", "六", "日" };
    static const char *const en[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    struct day days[GATHERING_DAYS_MAX];
    struct buf b = buf_new(mem, 96);
    int weekday = day_weekday(g->first_day);
    bool is_class = g->kind == GATHERING_CLASS, english = lang == LANG_EN;
    if (!is_class) {
        put_day(&b, g->first_day, lang);
        buf_fmt(&b, english ? " (%s)" : "（周%s）", english ? en[weekday] : zh[weekday]);
    } else {
        buf_fmt(&b, english ? "Every %s" : "每周%s", english ? en[weekday] : zh[weekday]);
    }
    buf_fmt(&b, " %02d:%02d–%02d:%02d", (int)(g->start_min / 60), (int)(g->start_min % 60),
            (int)(g->end_min / 60), (int)(g->end_min % 60));
    if (!is_class)
        return buf_sv(&b);
    buf_text(&b, english ? ", " : "，");
    put_day(&b, g->first_day, lang);
    buf_text(&b, english ? " to " : "至");
    put_day(&b, g->last_day, lang);
    buf_fmt(&b, english ? ", %d times" : "，共 %d 次", (int)gathering_days(g, days));
    return buf_sv(&b);
}
