/* words.c - a rule's conditions, and why it is not hers, as sentences. */

#include "care/whom/whom.h"

#include "base/messages.h"

static void part_begin(struct buf *b, enum lang lang)
{
    if (b->len)
        buf_text(b, lang == LANG_EN ? ", " : "，");
}

/* "满 1 年", "满 6 个月" */
static void put_months(struct buf *b, int64_t months, enum lang lang)
{
    bool years = months % 12 == 0;
    int64_t n = years ? months / 12 : months;
    if (lang == LANG_EN)
        buf_fmt(b, "after %lld %s%s", (long long)n, years ? "year" : "month", n == 1 ? "" : "s");
    else
        buf_fmt(b, "满 %lld %s", (long long)n, years ? "年" : "个月");
}

static bool has_kind(const struct whom *w, int kind)
{
    return !w->residences.bits || w->residences.bits >> kind & 1;
}

/* "户籍、常住" of the kinds from `first` on. */
static void put_kinds(struct buf *b, const struct whom *w, int first, enum lang lang)
{
    bool more = false;
    for (int i = first; residence_kinds[i].key; i++) {
        if (!has_kind(w, i))
            continue;
        if (more)
            buf_text(b, lang == LANG_EN ? ", " : "、");
        buf_text(b, choice_named(&residence_kinds[i], lang));
        more = true;
    }
}

/* "户籍，常住满 1 年"; nothing when all kinds have it at once. */
static void put_residence(struct buf *b, const struct whom *w, enum lang lang)
{
    bool later = has_kind(w, RESIDENCE_RESIDENT) || has_kind(w, RESIDENCE_FLOATING);
    bool all = has_kind(w, RESIDENCE_REGISTERED) && has_kind(w, RESIDENCE_RESIDENT) &&
               has_kind(w, RESIDENCE_FLOATING);
    if (all && !w->months)
        return;
    part_begin(b, lang);
    if (!w->months || !later) {
        put_kinds(b, w, 0, lang);
        return;
    }
    if (has_kind(w, RESIDENCE_REGISTERED))
        buf_fmt(b, lang == LANG_EN ? "%s, or " : "%s，或",
                choice_named(&residence_kinds[RESIDENCE_REGISTERED], lang));
    put_kinds(b, w, RESIDENCE_RESIDENT, lang);
    buf_text(b, lang == LANG_EN ? " " : "");
    put_months(b, w->months, lang);
}

/* "中度失能及更重、或独居" */
static void put_groups(struct buf *b, const struct whom *w, enum lang lang)
{
    bool first = true;
    if (w->grade >= GRADE_MILD) {
        part_begin(b, lang);
        buf_text(b, choice_named(&ability_grades[w->grade], lang));
        buf_text(b, lang == LANG_EN ? " or worse" : "及更重");
        first = false;
    }
    for (int i = 0; elder_flags[i].key; i++) {
        if (!(w->groups.bits >> i & 1))
            continue;
        if (first)
            part_begin(b, lang);
        else
            buf_text(b, lang == LANG_EN ? " or " : "、或");
        buf_text(b, choice_named(&elder_flags[i], lang));
        first = false;
    }
}

struct sv whom_words(struct arena *mem, const struct whom *w, enum lang lang)
{
    struct buf b = buf_new(mem, 96);
    if (w->nobody)
        return sv_of(lang == LANG_EN ? "nobody" : "无人");
    if (w->min_age)
        buf_fmt(&b, lang == LANG_EN ? "%lld and over" : "%lld 岁及以上", (long long)w->min_age);
    put_groups(&b, w, lang);
    put_residence(&b, w, lang);
    return b.len ? buf_sv(&b) : sv_of(lang == LANG_EN ? "every older person" : "所有老年人");
}

struct sv whom_of_kind(struct arena *mem, const struct whom *w, int residence, enum lang lang)
{
    struct buf b = buf_new(mem, 24);
    bool en = lang == LANG_EN;
    if (w->nobody || !has_kind(w, residence))
        return sv_of(en ? "no" : "无");
    if (residence == RESIDENCE_REGISTERED || !w->months)
        return sv_of(en ? "yes" : "有");
    put_months(&b, w->months, lang);
    return buf_sv(&b);
}

/* --- why not --- */

static void put_waits(struct buf *b, const struct whom *w, const struct whom_said *said,
                      enum lang lang)
{
    struct civil v = civil_of_day(said->from);
    if (lang == LANG_EN) {
        buf_fmt(b, "as %s ", choice_named(&residence_kinds[said->residence], lang));
        put_months(b, w->months, lang);
        buf_fmt(b, ", from %04d-%02d-%02d on", v.year, v.month, v.day);
    } else {
        buf_text(b, choice_named(&residence_kinds[said->residence], lang));
        put_months(b, w->months, lang);
        buf_fmt(b, "后可享，自%d年%d月%d日起", v.year, v.month, v.day);
    }
    if (!said->told)
        buf_text(b, lang == LANG_EN
                        ? " (counted from her registration: an earlier beginning can be noted)"
                        : "（按建档日期算，住得更早的请带证明到社区补登）");
}

struct sv whom_reason(struct arena *mem, const struct whom *w, const struct whom_said *said,
                      enum lang lang)
{
    struct buf b = buf_new(mem, 96);
    bool en = lang == LANG_EN;
    switch (said->why) {
    case WHOM_HERS:
        break;
    case WHOM_AGE:
        buf_fmt(&b, en ? "from the age of %lld" : "年满 %lld 岁后可享", (long long)w->min_age);
        break;
    case WHOM_GROUP:
        buf_text(&b, en ? "only for: " : "只面向：");
        if (w->nobody)
            buf_text(&b, en ? "nobody" : "无人");
        put_groups(&b, &(struct whom){ .grade = w->grade, .groups = w->groups }, lang);
        break;
    case WHOM_RESIDENCE:
        buf_text(&b, en ? "only for: " : "只面向");
        put_kinds(&b, w, 0, lang);
        buf_fmt(&b, en ? "; she is %s" : "老年人，登记为%s",
                choice_named(&residence_kinds[said->residence], lang));
        break;
    case WHOM_WAITS:
        put_waits(&b, w, said, lang);
        break;
    }
    return buf_sv(&b);
}
