/* parse.c - a chain as people type it, cut into words that are known and what is left: a name. */

#include "care/chain/parse.h"

#include <string.h>
#include <uchar.h>

enum word_kind { SAYS_SITTING, SAYS_WAY, SAYS_OFF, SAYS_SAME, SAYS_CHANGE, SAYS_EACH,
                 SAYS_NOTHING };

/* The longest that fits is taken, so that 不要了 is not 要 behind 不. */
static const struct word { const char *text; enum word_kind kind; int value; } words[] = {
    { "早餐", SAYS_SITTING, SITTING_BREAKFAST }, { "早饭", SAYS_SITTING, SITTING_BREAKFAST },
    { "早点", SAYS_SITTING, SITTING_BREAKFAST },
    { "午餐", SAYS_SITTING, SITTING_LUNCH }, { "午饭", SAYS_SITTING, SITTING_LUNCH },
    { "中饭", SAYS_SITTING, SITTING_LUNCH }, { "中餐", SAYS_SITTING, SITTING_LUNCH },
    { "中午", SAYS_SITTING, SITTING_LUNCH },
    { "晚餐", SAYS_SITTING, SITTING_SUPPER }, { "晚饭", SAYS_SITTING, SITTING_SUPPER },
    { "晚上", SAYS_SITTING, SITTING_SUPPER },
    { "送上门", SAYS_WAY, WAY_DELIVERED }, { "送到家", SAYS_WAY, WAY_DELIVERED },
    { "送餐", SAYS_WAY, WAY_DELIVERED }, { "上门", SAYS_WAY, WAY_DELIVERED },
    { "送一下", SAYS_WAY, WAY_DELIVERED }, { "要送", SAYS_WAY, WAY_DELIVERED },
    { "送", SAYS_WAY, WAY_DELIVERED },
    { "自取", SAYS_WAY, WAY_TAKE_AWAY }, { "自己取", SAYS_WAY, WAY_TAKE_AWAY },
    { "自己拿", SAYS_WAY, WAY_TAKE_AWAY }, { "来拿", SAYS_WAY, WAY_TAKE_AWAY },
    { "打包", SAYS_WAY, WAY_TAKE_AWAY }, { "带走", SAYS_WAY, WAY_TAKE_AWAY },
    { "堂食", SAYS_WAY, WAY_EAT_IN }, { "在站里吃", SAYS_WAY, WAY_EAT_IN },
    { "来吃", SAYS_WAY, WAY_EAT_IN }, { "过来吃", SAYS_WAY, WAY_EAT_IN },
    { "去吃", SAYS_WAY, WAY_EAT_IN }, { "食堂吃", SAYS_WAY, WAY_EAT_IN },
    { "不要了", SAYS_OFF, 0 }, { "不要", SAYS_OFF, 0 }, { "不吃了", SAYS_OFF, 0 },
    { "不吃", SAYS_OFF, 0 }, { "取消", SAYS_OFF, 0 }, { "不订了", SAYS_OFF, 0 },
    { "不订", SAYS_OFF, 0 }, { "退了", SAYS_OFF, 0 }, { "算了", SAYS_OFF, 0 },
    { "同上", SAYS_SAME, 0 }, { "跟上面一样", SAYS_SAME, 0 }, { "一样", SAYS_SAME, 0 },
    { "同楼上", SAYS_SAME, 0 },
    { "改成", SAYS_CHANGE, 0 }, { "改为", SAYS_CHANGE, 0 }, { "改到", SAYS_CHANGE, 0 },
    { "改", SAYS_CHANGE, 0 }, { "换成", SAYS_CHANGE, 0 },
    { "各", SAYS_EACH, 0 },
    { "谢谢", SAYS_NOTHING, 0 }, { "麻烦", SAYS_NOTHING, 0 }, { "辛苦", SAYS_NOTHING, 0 },
    { "报名", SAYS_NOTHING, 0 }, { "今天", SAYS_NOTHING, 0 }, { "明天", SAYS_NOTHING, 0 },
    { "我要", SAYS_NOTHING, 0 }, { "要", SAYS_NOTHING, 0 }, { "订", SAYS_NOTHING, 0 },
    { "的", SAYS_NOTHING, 0 }, { "了", SAYS_NOTHING, 0 }, { "也", SAYS_NOTHING, 0 },
    { "接龙", SAYS_NOTHING, 0 }, { "少油", SAYS_NOTHING, 0 }, { "少盐", SAYS_NOTHING, 0 },
    { "清淡", SAYS_NOTHING, 0 }, { "软一点", SAYS_NOTHING, 0 }, { "软点", SAYS_NOTHING, 0 },
    { "不辣", SAYS_NOTHING, 0 }, { "不要辣", SAYS_NOTHING, 0 }, { "不要葱", SAYS_NOTHING, 0 },
    { "不要香菜", SAYS_NOTHING, 0 }, { "多打点", SAYS_NOTHING, 0 }, { "米饭", SAYS_NOTHING, 0 },
    { "馒头", SAYS_NOTHING, 0 },
};
enum { WORDS = sizeof words / sizeof *words };

/* --- figures --- */

static bool among(uint32_t r, const char16_t *set)
{
    for (; *set; set++)
        if (*set == r)
            return true;
    return false;
}

static int digit_of(uint32_t r)
{
    static const char16_t figures[] = u"零一二三四五六七八九";
    if (r >= '0' && r <= '9')
        return (int)r - '0';
    if (r >= 0xFF10 && r <= 0xFF19)
        return (int)r - 0xFF10;
    for (int i = 0; i < 10; i++)
        if (figures[i] == r)
            return i;
    return r == u'两' || r == u'俩' ? 2 : -1;
}

/* ① to ⑳, ❶ to ❿, ⑴ to ⒇. */
static int circled_of(uint32_t r)
{
    if (r >= 0x2460 && r <= 0x2473)
        return (int)r - 0x2460 + 1;
    if (r >= 0x2474 && r <= 0x2487)
        return (int)r - 0x2474 + 1;
    return r >= 0x2776 && r <= 0x277F ? (int)r - 0x2776 + 1 : 0;
}

/* A number at the front, 0..9999: "12", "十二", "二十", "1️⃣2️⃣"; false when there is none. */
static bool number_take(struct sv *s, int *ret_n)
{
    struct sv rest = *s, after;
    uint32_t r;
    int n = 0, read = 0;
    for (after = rest; sv_rune(&after, &r); rest = after) {
        int d = digit_of(r);
        if (r == 0xFE0F || r == 0x20E3)                    /* the frame of an emoji */
            continue;
        if (r == u'十' || r == 0x1F51F)
            n = (n ? n : 1) * 10;
        else if (d >= 0 && n % 10 == 0 && n >= 10 && r > '9' && n < 100)
            n += d;
        else if (d >= 0 && n < 1000)
            n = n * 10 + d;
        else
            break;
        read++;
    }
    if (!read)
        return false;
    *s = rest;
    *ret_n = n;
    return true;
}

/* --- one line --- */

struct line {
    struct arena *mem;
    struct sv     rest;
    struct chain_entry e;          /* as read so far */
    struct buf    name;            /* the word being read */
    bool same, change, each, said; /* said: anything of a meal stands there */
    int  by_number;                /* "第3个": the line it is about */
};

static bool is_part(uint32_t r)
{
    return r == ',' || r == ';' || among(r, u"，；、。/｜|＆&");
}

static bool is_letter(uint32_t r)
{
    return (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || (r >= 0x4E00 && r <= 0x9FFF)
        || (r >= 0x3400 && r <= 0x4DBF) || (r >= 0x20000 && r <= 0x3134F) || r == u'·';
}

static const struct word *word_at(struct sv s)
{
    const struct word *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < WORDS; i++)
        if (sv_starts(s, sv_of(words[i].text)) && strlen(words[i].text) > most) {
            best = &words[i];
            most = strlen(words[i].text);
        }
    return best;
}

static void word_take(struct line *l, const struct word *w)
{
    switch (w->kind) {
    case SAYS_SITTING: l->e.sitting = w->value; break;
    case SAYS_WAY:     l->e.way = w->value; break;
    case SAYS_OFF:     l->e.off = true; break;
    case SAYS_SAME:    l->same = true; break;
    case SAYS_CHANGE:  l->change = true; break;
    case SAYS_EACH:    l->each = true; break;
    case SAYS_NOTHING: break;
    }
    l->said = l->said || w->kind < SAYS_NOTHING;
}

/* The word that has been read: the first is her name, others are kept out of it. */
static void name_end(struct line *l)
{
    if (l->name.len && l->e.name.len == 0)
        l->e.name = sv_copy(l->mem, buf_sv(&l->name));
    l->name = buf_new(l->mem, 24);
}

static bool starts_unit(struct sv s)
{
    static const char *const units[] = { "份", "个", "盒", "客", "套", "位", "人", NULL };
    for (int i = 0; units[i]; i++)
        if (sv_starts(s, sv_of(units[i])))
            return true;
    return false;
}

/* "两份", "+1", "x2", "2": so many; "3-402", "402": a door; "第3个": that line. */
static bool figure_take(struct line *l)
{
    struct sv rest = l->rest, mark = rest;
    uint32_t r = 0;
    int n;
    bool nth = sv_starts(rest, SV("第"));
    if (nth)
        rest = sv_from(rest, 3);
    else if (sv_rune(&mark, &r) && (r == '+' || r == 'x' || r == 'X' || r == '*' || r == 0xFF0B
                                    || r == 0xD7))
        rest = sv_trim(mark);
    struct sv from = rest;
    if (!number_take(&rest, &n))
        return false;
    bool dash = rest.len && (rest.at[0] == '-' || sv_starts(rest, SV("号楼")));
    if (nth || (sv_starts(rest, SV("号")) && !dash && l->e.name.len == 0 && l->name.len == 0)) {
        l->by_number = n;
        l->rest = sv_starts(rest, SV("号")) || starts_unit(rest) ? sv_from(rest, 3) : rest;
        return true;
    }
    if (dash || n > CHAIN_QUANTITY_MAX) {
        size_t len = 0;
        while (len < from.len
               && ((from.at[len] >= '0' && from.at[len] <= '9') || from.at[len] == '-'))
            len++;
        l->e.door = sv_head(from, len);
        l->rest = len ? sv_from(from, len) : rest;
        return true;
    }
    bool unit = starts_unit(rest);
    l->e.quantity = n ? n : l->e.quantity;
    l->rest = unit ? sv_from(rest, 3) : rest;
    l->said = true;
    return true;
}

/* A figure inside a word belongs to it (303王奶奶) unless it counts: 李三, but 李 三份. */
static bool counts_here(const struct line *l)
{
    struct sv rest = l->rest;
    int n;
    uint32_t r;
    struct sv first = rest;
    if (l->name.len == 0)
        return true;
    if (sv_rune(&first, &r) && (r == '+' || r == '*' || r == 0xD7))
        return true;
    return number_take(&rest, &n) && (starts_unit(rest) || (r < 0x80 && rest.len == 0));
}

/* The room before what she is called: 303王奶奶 is one word. */
static bool room_take(struct line *l)
{
    struct sv rest = l->rest;
    uint32_t r;
    size_t len = 0;
    while (len < rest.len && rest.at[len] >= '0' && rest.at[len] <= '9')
        len++;
    struct sv after = sv_from(rest, len);
    if (len < 3 || len > 4 || l->name.len || starts_unit(after) || sv_starts(after, SV("号"))
        || sv_starts(after, SV("室")) || word_at(after) || !sv_rune(&after, &r) || !is_letter(r))
        return false;
    buf_put(&l->name, sv_head(rest, len));
    l->rest = sv_from(rest, len);
    return true;
}

/* Reads as far as a sign that parts people; false at the end of the line. */
static bool segment_read(struct line *l)
{
    uint32_t r;
    while (l->rest.len) {
        const struct word *w = word_at(l->rest);
        struct sv before = l->rest;
        if (w) {
            name_end(l);
            word_take(l, w);
            l->rest = sv_from(l->rest, strlen(w->text));
            continue;
        }
        if (room_take(l))
            continue;
        if (counts_here(l) && figure_take(l)) {
            name_end(l);
            continue;
        }
        sv_rune(&l->rest, &r);
        if (is_letter(r) || (l->name.len && digit_of(r) >= 0 && r > 0x7F))
            buf_put(&l->name, sv_head(before, before.len - l->rest.len));
        else
            name_end(l);
        if (is_part(r))
            return true;
    }
    name_end(l);
    return false;
}

/* --- the whole --- */

static struct chain_entry *entry_add(struct chain_entries *out, const struct chain_entry *e)
{
    if (out->n == CHAIN_LINES_MAX) {
        out->more = true;
        return NULL;
    }
    out->at[out->n] = *e;
    return &out->at[out->n++];
}

static struct chain_entry *above(struct chain_entries *out, const struct line *l)
{
    for (size_t i = out->n; i-- > 0;) {
        struct chain_entry *e = &out->at[i];
        if (e->left_out)
            continue;
        if (l->by_number ? e->number == l->by_number
                         : l->e.name.len && sv_eq(e->name, l->e.name))
            return e;
    }
    return NULL;
}

/* A later line about one above: taken back, or with what it says now. */
static bool correct(struct chain_entries *out, const struct line *l)
{
    struct chain_entry *e = l->e.off || l->change || l->by_number ? above(out, l) : NULL;
    if (!e)
        return false;
    e->off = l->e.off;
    e->changed = true;
    e->quantity = l->e.quantity ? l->e.quantity : e->quantity;
    e->sitting = l->e.sitting ? l->e.sitting : e->sitting;
    e->way = l->e.way ? l->e.way : e->way;
    return true;
}

static void as_above(const struct chain_entries *out, struct chain_entry *e)
{
    for (size_t i = out->n; i-- > 0;)
        if (!out->at[i].left_out) {
            const struct chain_entry *was = &out->at[i];
            e->quantity = e->quantity ? e->quantity : was->quantity;
            e->sitting = e->sitting ? e->sitting : was->sitting;
            e->way = e->way ? e->way : was->way;
            return;
        }
}

/* One who is named, or a numbered line that names nobody; else it adds to the one before it. */
static void person_put(struct chain_entries *out, struct line *l, size_t first)
{
    struct chain_entry *last = out->n > first ? &out->at[out->n - 1] : NULL;
    if (correct(out, l))
        return;
    if (l->e.name.len == 0 && last) {
        last->quantity = l->e.quantity ? l->e.quantity : last->quantity;
        last->sitting = l->e.sitting ? l->e.sitting : last->sitting;
        last->way = l->e.way ? l->e.way : last->way;
        last->off = last->off || l->e.off;
        return;
    }
    if (l->e.name.len == 0 && !l->said && l->e.door.len == 0)
        return;
    if (l->same)
        as_above(out, &l->e);
    l->e.twice = above(out, l) != NULL;
    l->e.left_out = l->e.number == 0;
    entry_add(out, &l->e);
}

/* "各一份": what is said last holds for all of the line. */
static void each_put(struct chain_entries *out, size_t first)
{
    for (size_t i = first; i + 1 < out->n; i++) {
        struct chain_entry *e = &out->at[i], *last = &out->at[out->n - 1];
        e->quantity = e->quantity ? e->quantity : last->quantity;
        e->sitting = e->sitting ? e->sitting : last->sitting;
        e->way = e->way ? e->way : last->way;
    }
}

/* The number before a line, behind which a sign or a blank stands; 0 when there is none. */
static int number_before(struct sv *s)
{
    struct sv rest = *s, after;
    uint32_t r;
    int n = 0;
    if (sv_rune(&rest, &r) && (n = circled_of(r)) > 0) {
        *s = rest;
        return n;
    }
    rest = *s;
    if (!number_take(&rest, &n) || n == 0)
        return 0;
    struct sv read = sv_head(*s, s->len - rest.len);
    bool emoji = sv_find(read, SV("\xE2\x83\xA3")) >= 0;
    after = rest;
    if (!sv_rune(&after, &r))
        return 0;
    bool sign = among(r, u"、．。：:)）") || r == '.' || r == ':' || r == ')' || r == ',';
    if (!sign && r != ' ' && r != '\t' && !emoji)
        return 0;
    *s = sign ? after : rest;
    return n;
}

static void line_read(struct arena *mem, struct sv text, struct chain_entries *out)
{
    struct sv rest = text;
    int number = number_before(&rest);
    size_t first = out->n;
    bool more = true, each = false;
    struct line l = { .mem = mem, .rest = rest };
    while (more) {
        l.e = (struct chain_entry){ .text = text, .number = number };
        l.name = buf_new(mem, 24);
        l.same = l.change = l.said = false;
        l.by_number = 0;
        more = segment_read(&l);
        person_put(out, &l, first);
        each = each || l.each;
    }
    if (each)
        each_put(out, first);
}

void chain_parse(struct arena *mem, struct sv text, struct chain_entries *ret_entries)
{
    struct sv line, rest = sv_head(text, text.len < CHAIN_TEXT_MAX ? text.len : CHAIN_TEXT_MAX);
    ret_entries->n = 0;
    ret_entries->more = text.len > CHAIN_TEXT_MAX;
    for (int lines = 0; sv_cut(&rest, '\n', &line); lines++) {
        line = sv_trim(line);
        if (lines == CHAIN_LINES_MAX) {
            ret_entries->more = true;
            return;
        }
        if (line.len)
            line_read(mem, line, ret_entries);
    }
}
