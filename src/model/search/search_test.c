/* search_test.c - readings, and entries that a word meets however it is typed. */

#include "model/search/entries.h"
#include "test.h"

#include <string.h>

/* Is the text found by this word? How well, -1 for a whole entry, MEETINGS when it is not. */
static int rank_of(const char *text, bool person, const char *typed)
{
    struct entries *list = NEW(test_mem(), struct entries, 1);
    struct probes probes;
    struct sv word = search_word(test_mem(), sv_of(typed));
    entries_of(test_mem(), sv_of(text), person, list);
    probes_of(test_mem(), word, &probes);
    return entries_rank(list, word, &probes);
}

static bool found(const char *text, bool person, const char *typed)
{
    return rank_of(text, person, typed) < MEETINGS;
}

static void all_found(const char *text, bool person, const char *const *typed)
{
    for (; *typed; typed++)
        if (!found(text, person, *typed))
            test_fail(__FILE__, __LINE__, "%s does not find %s", *typed, text);
}

static void none_found(const char *text, bool person, const char *const *typed)
{
    for (; *typed; typed++)
        if (found(text, person, *typed))
            test_fail(__FILE__, __LINE__, "%s finds %s", *typed, text);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct readings readings_of(const char *text)
{
    struct sv s = sv_of(text);
    struct readings r;
    uint32_t rune;
    CHECK(sv_rune(&s, &rune));
    pinyin_of(rune, &r);
    return r;
}

static struct sv first_reading(const char *text)
{
    struct readings r = readings_of(text);
    return r.n ? r.at[0] : SV("");
}

TEST(readings_are_those_people_type)
{
    CHECK_TEXT(first_reading("云"), "yun");
    CHECK_TEXT(first_reading("女"), "nv");
    CHECK_TEXT(first_reading("略"), "lve");
    CHECK_TEXT(first_reading("行"), "xing");
    CHECK_TEXT(first_reading("𠀀"), "he");      /* beyond the basic plane */
    CHECK_TEXT(first_reading("a"), "");
    CHECK(readings_of("重").today >= 2);             /* zhong, chong */
    CHECK_INT(readings_of("王").today, 1);
    CHECK(readings_of("王").n > 1);                  /* of old also yu */
}

TEST(a_compound_is_found_however_it_is_typed)
{
    all_found("云汀花园3号楼", false,
              WORDS("云汀", "汀花园", "花", "yunting", "yunt", "YunTingHua", "yth", "ythy", "huayuan",
                    "hy", "yuntinghy", "hy3", "3hao", "云汀花园３号楼", "3号", "云t", "yunt花", "huay3"));
    none_found("云汀花园3号楼", false, WORDS("园花", "tingyun", "huayuan4"));
}

TEST(a_name_is_found_by_characters_pinyin_initials_and_mixtures)
{
    all_found("张三", true, WORDS("张", "三", "张三", "zhangsan", "zhangs", "zs", "zhs", "张s", "张san",
                                  "zhang三", "z三", "zh三", "san", "s", "ZhangSan", "ｚｓ", "zhang san",
                                  "zsan", "zhsan"));
    none_found("张三", true, WORDS("三张", "sz", "zhangsi", "zhan三", "zas"));
    all_found("王小明", true, WORDS("wangxm", "wxiaom", "wxiaoming", "wangxming", "小明", "xm", "明",
                                    "ming", "王xm", "王x明", "wx明", "x明", "王小m"));
}

TEST(every_reading_of_a_name_is_found_the_family_name_first)
{
    static const struct { const char *name, *first, *other; } names[] = {
        { "单雄信", "shanxx", "danxx" },   { "曾国强", "zenggq", "cenggq" },
        { "解放", "xief", "jief" },        { "查良", "zhal", "chal" },
        { "仇英", "qiuying", "chouying" }, { "区小明", "oxm", "qxm" },
        { "任重", "renz", "rench" },       { "朴大为", "piaodw", "pudw" },
        { "盖文", "gewen", "gaiwen" },     { "尉迟恭", "yuchigong", "weichigong" },
        { "单于飞", "chanyuf", "shanyuf" }, { "澹台明", "tantaim", "dantaim" },
        { "欧阳修", "ouyangx", "oyx" },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int met = rank_of(names[i].name, true, names[i].first);
        if (met != -1 && met != MEETS_START && met != MEETS_START_CUT)
            test_fail(__FILE__, __LINE__, "%s does not find %s first", names[i].first,
                      names[i].name);
        all_found(names[i].name, true, WORDS(names[i].other));
    }
    CHECK_INT(rank_of("单雄信", true, "danxx"), MEETS_OTHER_CUT);
    CHECK_INT(rank_of("单县", false, "danx"), MEETS_START);
    all_found("王明", true, WORDS("yuming"));        /* as the large dictionary reads 王 */
}

/* As the four sources of Unihan have them together; behind the bar what only the large one has. */
TEST(no_reading_of_any_source_is_lost)
{
    static const struct { const char *name, *readings; } names[] = {
        { "单", "dan chan shan" }, { "曾", "ceng zeng" },   { "解", "jie xie" },
        { "查", "cha zha|chai" },  { "仇", "chou qiu|ju" }, { "区", "qu ou" },
        { "任", "ren|lin" },       { "盖", "gai ge" },      { "朴", "pu po piao" },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct sv rest = sv_of(names[i].readings), age, one;
        const char *name = sv_fmt(test_mem(), "%s秀英", names[i].name).at;
        for (bool old = false; sv_cut(&rest, '|', &age); old = true)
            while (sv_cut(&age, ' ', &one)) {
                const char *alone = sv_text(test_mem(), one);
                all_found(name, true, WORDS(alone, sv_fmt(test_mem(), "%sxiuying", alone).at));
                if (!old)
                    all_found(name, true, WORDS(sv_fmt(test_mem(), "%sxy", alone).at,
                                                sv_fmt(test_mem(), "%.1sxy", alone).at));
            }
    }
}

TEST(what_is_typed_as_it_stands_goes_before_what_is_cut)
{
    CHECK_INT(rank_of("单秀英", true, "chan"), MEETS_OTHER);
    CHECK_INT(rank_of("陈安", true, "chan"), MEETS_START_CUT);
    CHECK_INT(rank_of("常秀英", true, "chan"), MEETS_START);
    CHECK_INT(rank_of("王单", true, "chan"), MEETS_INSIDE);
}

TEST(a_whole_name_is_better_than_its_beginning)
{
    CHECK_INT(rank_of("王明", true, "王明"), -1);
    CHECK_INT(rank_of("王明", true, "wangming"), -1);
    CHECK_INT(rank_of("王明明", true, "王明"), MEETS_START);
    CHECK_INT(rank_of("李王明", true, "王明"), MEETS_INSIDE);
    CHECK_INT(rank_of("李王", true, "王明"), MEETINGS);
}

TEST(rare_characters_and_dots_are_never_refused)
{
    all_found("阿依古丽·买买提", true,
              WORDS("阿依", "阿依古丽买买提", "阿依古丽·买买提", "阿依古丽・买买提", "买买提", "mmt", "ayigl",
                    "ayiguli", "aygl"));
    all_found("王𠮷祥", true, WORDS("𠮷", "王𠮷", "𠮷祥", "王𠮷祥", "wangjixiang", "wjx", "wang𠮷", "w𠮷x"));
    all_found("王𰻞", true, WORDS("𰻞", "王𰻞", "wang𰻞", "wang"));
    all_found("Anna Müller", false, WORDS("anna", "müller", "annam"));
    all_found("吕布", true, WORDS("lvb", "lüb"));
}

TEST(only_a_family_name_is_told_from_more)
{
    for (const char *const *w = WORDS("王", "w", "wang", "ouyang", "欧阳", "ou", "ouy", ""); *w; w++)
        if (!surname_only(sv_of(*w)))
            test_fail(__FILE__, __LINE__, "%s is a family name", *w);
    for (const char *const *w = WORDS("王小", "wangx", "wangxiao", "王x", "5678", "欧阳修"); *w; w++)
        if (surname_only(sv_of(*w)))
            test_fail(__FILE__, __LINE__, "%s is more than a family name", *w);
    CHECK_INT(surname_runes(SV("欧阳修")), 2);
    CHECK_INT(surname_runes(SV("欧阳")), 1);
    CHECK_INT(surname_runes(SV("王小明")), 1);
}

TEST(entries_stay_within_their_bounds)
{
    struct buf b = buf_new(test_mem(), 64);
    for (int i = 0; i < 200; i++)
        buf_text(&b, i % 3 ? "重" : "行");
    struct entries *list = NEW(test_mem(), struct entries, 1);
    entries_of(test_mem(), buf_sv(&b), true, list);
    CHECK(list->n > 100 && list->n <= ENTRIES_MAX);
    for (size_t i = 0; i < list->n; i++)
        CHECK(list->at[i].key.len <= 120);
    CHECK(found(buf_cstr(&b), false, buf_cstr(&b)));
    entries_of(test_mem(), SV(""), true, list);
    CHECK_INT(list->n, 0);
    entries_of(test_mem(), SV("。，·"), true, list);
    CHECK_INT(list->n, 0);
    entries_of(test_mem(), SV("王小明"), true, list);
    CHECK(list->n <= 10);
}

/* --- the rule, said once more without tables --- */

/* Does what is typed stand at unit `at` and on? Whole readings, first letters, zh ch sh. */
static bool meets(const struct text_units *us, size_t at, struct sv typed)
{
    if (typed.len == 0)
        return true;
    if (at == us->n)
        return false;
    const struct text_unit *u = &us->at[at];
    if (sv_starts(typed, u->text) && meets(us, at + 1, sv_from(typed, u->text.len)))
        return true;
    for (size_t r = 0; r < u->readings.today; r++) {
        struct sv reading = u->readings.at[r];
        if (sv_starts(reading, typed))
            return true;                             /* the last piece: any beginning */
        for (size_t len = 1; len <= reading.len; len++) {
            bool two = len == 2 && reading.at[1] == 'h';
            if ((len == 1 || two || len == reading.len) && sv_starts(typed, sv_head(reading, len))
                && meets(us, at + 1, sv_from(typed, len)))
                return true;
        }
    }
    return false;
}

static bool naive(struct sv name, struct sv typed)
{
    struct text_units us;
    units_of(test_mem(), name, true, &us);
    for (size_t at = 0; at < us.n; at++)
        if (meets(&us, at, typed))
            return true;
    return false;
}

static const char *const pool[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "曾", "解", "查", "仇", "区", "任",
    "盖", "朴", "欧", "阳", "秀", "英", "国", "华", "明", "小", "重", "长", "乐", "行", "和", "安", "昂",
    "三", "桂", "兰", "𠮷", "恩", "鹅", "女", "绿", "庄", "窗", "双", "先", "西", "安",
};

static uint32_t dice(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

/* A piece of each unit from some place on, as people abbreviate. */
static struct sv typed_of(const struct text_units *us, uint32_t *seed)
{
    struct buf b = buf_new(test_mem(), 64);
    size_t at = dice(seed, 4) ? 0 : dice(seed, (uint32_t)us->n);
    size_t end = at + 1 + dice(seed, (uint32_t)(us->n - at));
    for (; at < end; at++) {
        const struct text_unit *u = &us->at[at];
        struct sv reading = u->readings.at[dice(seed, (uint32_t)u->readings.today)];
        size_t ways[] = { 1, reading.len, 1 + dice(seed, (uint32_t)reading.len) };
        uint32_t way = dice(seed, at + 1 == end ? 4 : 3);
        if (way == 2)
            buf_put(&b, u->text);
        else
            buf_put(&b, sv_head(reading, ways[way == 3 ? 2 : way]));
    }
    return buf_sv(&b);
}

TEST(whatever_the_naive_rule_finds_is_found)
{
    uint32_t seed = 20261122;
    int asked = 0;
    for (int i = 0; i < 3000; i++) {
        struct buf b = buf_new(test_mem(), 16);
        struct text_units us;
        for (uint32_t n = 2 + dice(&seed, 2); n > 0; n--)
            buf_text(&b, pool[dice(&seed, sizeof pool / sizeof pool[0])]);
        struct sv name = buf_sv(&b);
        units_of(test_mem(), name, true, &us);
        struct sv typed = typed_of(&us, &seed);
        struct sv other = typed_of(&us, &seed);
        CHECK(naive(name, typed));
        for (int k = 0; k < 2; k++, typed = other, asked++)
            if (naive(name, typed) != found(buf_cstr(&b), true, sv_text(test_mem(), typed)))
                test_fail(__FILE__, __LINE__, "%.*s and %.*s: naive %d", SV_ARG(typed),
                          SV_ARG(name), naive(name, typed));
    }
    CHECK_INT(asked, 6000);
}
