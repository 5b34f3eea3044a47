/* pinyin.c - readings of characters, and the keys a text is found under. */

#include "model/pinyin.h"
#include "model/readings.h"

#include <stdlib.h>
#include <string.h>

/*
 * How characters are read as family names where that differs from the usual reading. Common
 * knowledge, not checked against a source.
 */
static const struct { const char *name, *reading; } surnames[] = {
    { "单", "shan" },  { "曾", "zeng" },  { "解", "xie" },   { "查", "zha" },   { "仇", "qiu" },
    { "区", "ou" },    { "任", "ren" },   { "盖", "ge" },    { "朴", "piao" },  { "冼", "xian" },
    { "洗", "xian" },  { "尉", "wei" },   { "缪", "miao" },  { "乐", "yue" },   { "幺", "yao" },
    { "员", "yun" },   { "过", "guo" },   { "华", "hua" },   { "纪", "ji" },    { "宁", "ning" },
    { "葛", "ge" },    { "翟", "zhai" },  { "祭", "zhai" },  { "瞿", "qu" },    { "覃", "qin" },
    { "谌", "chen" },  { "种", "chong" }, { "重", "chong" }, { "黑", "he" },    { "折", "she" },
    { "召", "shao" },  { "尹", "yin" },   { "逄", "pang" },  { "佴", "nai" },   { "秘", "bi" },
    { "薄", "bo" },    { "卜", "bu" },    { "晁", "chao" },  { "晟", "cheng" }, { "褚", "chu" },
    { "都", "du" },    { "费", "fei" },   { "干", "gan" },   { "戈", "ge" },    { "句", "gou" },
    { "哈", "ha" },    { "郝", "hao" },   { "贾", "jia" },   { "靳", "jin" },   { "隗", "kui" },
    { "牟", "mu" },    { "那", "na" },    { "能", "nai" },   { "宓", "mi" },    { "万", "wan" },
    { "相", "xiang" }, { "郇", "xun" },   { "燕", "yan" },   { "应", "ying" },  { "於", "yu" },
    { "臧", "zang" },  { "占", "zhan" },  { "长", "zhang" }, { "祝", "zhu" },   { "令", "ling" },
    { "石", "shi" },   { "盛", "sheng" }, { "沈", "shen" },  { "撒", "sa" },    { "車", "che" },
    { "车", "che" },   { "藏", "zang" },  { "洪", "hong" },  { "魏", "wei" },   { "叶", "ye" },
    { NULL, NULL },
};

static uint32_t set_of(uint32_t rune)
{
    if (rune >= READINGS_BLOCK_FIRST && rune <= READINGS_BLOCK_LAST)
        return readings_block[rune - READINGS_BLOCK_FIRST];
    size_t low = 0, high = readings_rest_n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (readings_rest[mid].rune < rune)
            low = mid + 1;
        else
            high = mid;
    }
    return low < readings_rest_n && readings_rest[low].rune == rune ? readings_rest[low].set : 0;
}

size_t pinyin_of(uint32_t rune, struct sv ret_readings[PINYIN_MAX])
{
    struct sv all = sv_of(readings_sets[set_of(rune)]), one;
    size_t n = 0;
    while (n < PINYIN_MAX && sv_cut(&all, ' ', &one))
        ret_readings[n++] = one;
    return n;
}

struct sv pinyin_surname(uint32_t rune)
{
    for (size_t i = 0; surnames[i].name; i++) {
        struct sv name = sv_of(surnames[i].name);
        uint32_t it;
        if (sv_rune(&name, &it) && it == rune)
            return sv_of(surnames[i].reading);
    }
    return SV("");
}

/* --- a text as units: a character with its readings, or a run of ASCII letters or digits --- */

struct unit {
    struct sv text;                      /* as it is compared */
    struct sv readings[PINYIN_MAX];
    size_t    readings_n;
    bool      digits;
};
struct units { struct unit at[KEY_UNITS_MAX]; size_t n; };

static uint32_t folded(uint32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E)            /* full-width forms */
        rune -= 0xFEE0;
    return rune >= 'A' && rune <= 'Z' ? rune + ('a' - 'A') : rune;
}

static bool is_letter(uint32_t rune)
{
    return rune >= 'a' && rune <= 'z';
}

static bool is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

struct sv search_word(struct arena *mem, struct sv word)
{
    struct buf b = buf_new(mem, word.len + 1);
    uint32_t rune;
    while (b.len < KEY_BYTES_MAX && sv_rune(&word, &rune)) {
        rune = folded(rune);
        if (is_letter(rune) || is_digit(rune) || rune >= 0x3400 || rune == 0x3007)
            buf_rune(&b, rune);
    }
    return buf_sv(&b);
}

/* The unit that begins here: a run of one sort, or one character; false for separators. */
static bool unit_take(struct arena *mem, struct sv *rest, struct unit *u)
{
    struct sv look = *rest;
    uint32_t rune = 0;
    if (!sv_rune(&look, &rune))
        return false;
    rune = folded(rune);
    *u = (struct unit){ .digits = is_digit(rune) };
    struct buf b = buf_new(mem, 8);
    buf_rune(&b, rune);
    *rest = look;
    if (!is_letter(rune) && !is_digit(rune)) {
        u->readings_n = pinyin_of(rune, u->readings);
        u->text = buf_sv(&b);
        return u->readings_n > 0;
    }
    while (b.len < 16 && sv_rune(&look, &rune)
           && (u->digits ? is_digit(folded(rune)) : is_letter(folded(rune)))) {
        buf_rune(&b, folded(rune));
        *rest = look;
    }
    u->text = u->readings[0] = buf_sv(&b);
    u->readings_n = 1;
    return true;
}

static void family_name(struct units *us)
{
    if (us->n == 0)
        return;
    struct sv text = us->at[0].text;
    uint32_t rune;
    struct sv reading = sv_rune(&text, &rune) ? pinyin_surname(rune) : SV("");
    if (reading.len) {                               /* as a family name it has no other reading */
        us->at[0].readings[0] = reading;
        us->at[0].readings_n = 1;
    }
}

/* --- keys --- */

static void key_add(struct key_list *keys, struct sv text, int weight)
{
    if (text.len == 0 || text.len > KEY_BYTES_MAX || keys->n == KEYS_OF_MAX)
        return;
    for (size_t i = 0; i < keys->n; i++)
        if (sv_eq(keys->at[i].text, text))
            return;
    keys->at[keys->n++] = (struct key){ text, weight };
}

/* How each unit from `full_to` on is written: whole readings before, first letters behind. */
struct spelling { const struct units *us; size_t from, full_from, full_to; };

static struct sv written(const struct spelling *s, size_t i, struct sv reading)
{
    bool whole = (i >= s->full_from && i < s->full_to) || s->us->at[i].digits;
    return whole ? reading : sv_head(reading, 1);
}

enum { WAYS_MAX = 6 };

/* Every way to say it, at most WAYS_MAX, the usual one first. */
static void keys_spelled(struct arena *mem, const struct spelling *s, int weight,
                         struct key_list *keys)
{
    struct sv ways[WAYS_MAX] = { SV("") };
    size_t n = 1;
    for (size_t i = s->from; i < s->us->n; i++) {
        const struct unit *u = &s->us->at[i];
        size_t before = n;
        for (size_t r = 1; r < u->readings_n; r++)
            for (size_t w = 0; w < before && n < WAYS_MAX; w++)
                ways[n++] = sv_fmt(mem, "%.*s%.*s", SV_ARG(ways[w]),
                                   SV_ARG(written(s, i, u->readings[r])));
        for (size_t w = 0; w < before; w++)
            ways[w] =
                sv_fmt(mem, "%.*s%.*s", SV_ARG(ways[w]), SV_ARG(written(s, i, u->readings[0])));
    }
    for (size_t w = 0; w < n; w++)
        key_add(keys, sv_head(ways[w], KEY_BYTES_MAX), weight);
}

static void keys_from(struct arena *mem, const struct units *us, size_t from, struct key_list *keys)
{
    int weight = from ? 1 : 0;
    struct buf b = buf_new(mem, KEY_BYTES_MAX);
    for (size_t i = from; i < us->n && b.len + us->at[i].text.len <= KEY_BYTES_MAX; i++)
        buf_put(&b, us->at[i].text);
    key_add(keys, buf_sv(&b), weight);
    keys_spelled(mem, &(struct spelling){ us, from, from, us->n }, weight, keys);
    keys_spelled(mem, &(struct spelling){ us, from, from, from }, weight, keys);
    if (from == 0 && us->n > 2) {
        keys_spelled(mem, &(struct spelling){ us, 0, 0, 1 }, weight, keys);      /* wangxm */
        keys_spelled(mem, &(struct spelling){ us, 0, 1, us->n }, weight, keys);  /* wxiaoming */
    }
    if (from == 0 && us->n > 3)
        keys_spelled(mem, &(struct spelling){ us, 0, 0, 2 }, weight, keys);      /* yuntinghy */
}

void search_keys(struct arena *mem, struct sv text, bool person, struct key_list *ret_keys)
{
    struct units us = { .n = 0 };
    ret_keys->n = 0;
    while (text.len && us.n < KEY_UNITS_MAX)
        if (unit_take(mem, &text, &us.at[us.n]))
            us.n++;
    if (person)
        family_name(&us);
    size_t starts = person && us.n > 2 ? 2 : person && us.n ? 1 : us.n;
    for (size_t from = 0; from < starts; from++)
        keys_from(mem, &us, from, ret_keys);
}
