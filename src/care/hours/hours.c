/* hours.c - opening hours: reading the rules into a solved week. */

#include "care/hours/hours.h"

#include <string.h>

static const char *const day_names[HOURS_DAYS] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH" };

static void skip_blank(struct sv *s)
{
    while (s->len && (s->at[0] == ' ' || s->at[0] == '\t'))
        *s = sv_from(*s, 1);
}

static bool take(struct sv *s, const char *word)
{
    skip_blank(s);
    if (!sv_starts(*s, sv_of(word)))
        return false;
    *s = sv_from(*s, strlen(word));
    return true;
}

static bool take_day(struct sv *s, int *ret_day)
{
    for (int i = 0; i < HOURS_DAYS; i++)
        if (take(s, day_names[i])) {
            *ret_day = i;
            return true;
        }
    return false;
}

/* One day or range: bits of *mask. */
static bool take_days(struct sv *s, unsigned *mask)
{
    int from, to;
    if (!take_day(s, &from))
        return false;
    to = from;
    if (take(s, "-") && (!take_day(s, &to) || from == HOURS_PH || to == HOURS_PH))
        return false;
    for (int d = from;; d = (d + 1) % 7) {
        *mask |= 1u << from | 1u << d;
        if (d == to || from == HOURS_PH)
            return true;
    }
}

/* The days a rule names; none: all seven. False when a list is broken. */
static bool take_selector(struct sv *s, unsigned *ret_mask)
{
    unsigned mask = 0;
    struct sv before = *s;
    if (!take_days(s, &mask)) {
        *s = before;
        *ret_mask = 0x7F;
        skip_blank(&before);
        return before.len && (before.at[0] == 'o' || before.at[0] == 'c' ||
                              (before.at[0] >= '0' && before.at[0] <= '9'));
    }
    while (take(s, ","))
        if (!take_days(s, &mask))
            return false;
    *ret_mask = mask;
    return true;
}

static bool take_digits(struct sv *s, int64_t high, int64_t *ret_n)
{
    size_t n = 0;
    while (n < s->len && n < 2 && s->at[n] >= '0' && s->at[n] <= '9')
        n++;
    if (n == 0 || !sv_int(sv_head(*s, n), 0, high, ret_n))
        return false;
    *s = sv_from(*s, n);
    return true;
}

static bool take_clock(struct sv *s, int *ret_min)
{
    int64_t hour, minute;
    skip_blank(s);
    if (!take_digits(s, 24, &hour) || !s->len || s->at[0] != ':')
        return false;
    *s = sv_from(*s, 1);
    if (s->len < 2 || s->at[1] < '0' || s->at[1] > '9' || !take_digits(s, 59, &minute))
        return false;
    *ret_min = (int)(hour * 60 + minute);
    return *ret_min <= 1440;
}

static bool take_span(struct sv *s, struct hours_span *ret_span)
{
    int start, end;
    if (!take_clock(s, &start) || !take(s, "-") || !take_clock(s, &end) || start == 1440)
        return false;
    if (end <= start)
        end += 1440;
    if (end - start > 1440)
        return false;
    *ret_span = (struct hours_span){ (int16_t)start, (int16_t)end };
    return true;
}

/* Spans in order of their start: insertion, there are six at most. */
static void add_span(struct hours_day *day, struct hours_span span)
{
    int i = day->n++;
    for (; i > 0 && day->span[i - 1].start_min > span.start_min; i--)
        day->span[i] = day->span[i - 1];
    day->span[i] = span;
}

static const char *take_times(struct sv *s, struct hours_day *ret_day)
{
    memset(ret_day, 0, sizeof *ret_day);
    if (take(s, "off") || take(s, "closed"))
        return NULL;
    do {
        struct hours_span span;
        if (ret_day->n == HOURS_SPANS_MAX)
            return "hours.too_many";
        if (!take_span(s, &span))
            return "hours.time";
        add_span(ret_day, span);
    } while (take(s, ","));
    return NULL;
}

static const char *read_rule(struct sv rule, struct hours *h)
{
    unsigned mask;
    struct hours_day day;
    if (!take_selector(&rule, &mask))
        return "hours.day";
    const char *fault = take_times(&rule, &day);
    if (fault)
        return fault;
    skip_blank(&rule);
    if (rule.len)
        return "hours.form";
    for (int d = 0; d < HOURS_DAYS; d++)
        if (mask & 1u << d)
            h->day[d] = day;
    h->ph |= mask >> HOURS_PH & 1u;
    return NULL;
}

static void open_always(struct hours *h)
{
    h->always = true;
    for (int d = 0; d < HOURS_DAYS; d++)
        h->day[d] = (struct hours_day){ .span = { { 0, 1440 } }, .n = 1 };
}

const char *hours_parse(struct sv text, struct hours *ret_hours)
{
    struct hours h = { 0 };
    struct sv rest = sv_trim(text), rule;
    if (rest.len > HOURS_LENGTH_MAX)
        return "hours.too_long";
    h.known = rest.len > 0;
    if (sv_is(rest, "24/7")) {
        open_always(&h);
        rest = SV("");
    }
    for (int n = 0; sv_cut(&rest, ';', &rule); n++) {
        const char *fault = n == HOURS_RULES_MAX ? "hours.too_many" : read_rule(rule, &h);
        if (fault)
            return fault;
    }
    *ret_hours = h;
    return NULL;
}

struct sv hours_read_out(struct arena *mem, struct sv text)
{
    static const struct { const char *word, *said; } words[] = {
        { "Mo", "周一" }, { "Tu", "周二" }, { "We", "周三" },   { "Th", "周四" }, { "Fr", "周五" },
        { "Sa", "周六" }, { "Su", "周日" }, { "PH", "节假日" }, { "off", "休息" }, { "-", "–" },
    };
    struct buf b = buf_new(mem, text.len * 3 + 8);
    while (text.len) {
        size_t i = 0, n = sizeof words / sizeof *words;
        while (i < n && !sv_starts(text, sv_of(words[i].word)))
            i++;
        size_t len = i < n ? strlen(words[i].word) : 1;
        buf_put(&b, i < n ? sv_of(words[i].said) : sv_head(text, 1));
        text = sv_from(text, len);
    }
    return buf_sv(&b);
}

const char *hours_check(struct sv text)
{
    struct hours h;
    return hours_parse(text, &h);
}

static const struct message messages[] = {
    { "hours.form", "营业时间请按“Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off”填写",
      "give hours as \"Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off\"" },
    { "hours.day", "星期请写 Mo Tu We Th Fr Sa Su，法定假日写 PH",
      "name days Mo Tu We Th Fr Sa Su, and PH for public holidays" },
    { "hours.time", "时间请写成 08:00-17:00，或 off", "give times as 08:00-17:00, or off" },
    { "hours.too_many", "规则太多：最多 12 条，每条最多 6 段时间", "at most 12 rules of 6 spans each" },
    { "hours.too_long", "营业时间最多 200 个字符", "hours may have 200 characters at most" },
    { 0 },
};

const struct module hours_module = { .name = "hours", .messages = messages };
