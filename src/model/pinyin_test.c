/* pinyin_test.c - readings, and keys that find a name however it is typed. */

#include "model/pinyin.h"
#include "test.h"

#include <string.h>

static struct key_list *keys_of(const char *text, bool person)
{
    struct key_list *keys = NEW(test_mem(), struct key_list, 1);
    search_keys(test_mem(), sv_of(text), person, keys);
    return keys;
}

/* Is the text found by this word, that is: does a key begin with it? */
static bool found(const struct key_list *keys, const char *typed)
{
    struct sv word = search_word(test_mem(), sv_of(typed));
    for (size_t i = 0; i < keys->n; i++)
        if (sv_starts(keys->at[i].text, word))
            return true;
    return false;
}

static struct sv first_reading(const char *text)
{
    struct sv s = sv_of(text), readings[PINYIN_MAX];
    uint32_t rune;
    CHECK(sv_rune(&s, &rune));
    return pinyin_of(rune, readings) ? readings[0] : SV("");
}

TEST(readings_are_those_people_type)
{
    CHECK_TEXT(first_reading("云"), "yun");
    CHECK_TEXT(first_reading("女"), "nv");
    CHECK_TEXT(first_reading("略"), "lve");
    CHECK_TEXT(first_reading("行"), "xing");
    CHECK_TEXT(first_reading("𠀀"), "he");      /* beyond the basic plane */
    CHECK_TEXT(first_reading("a"), "");
    struct sv readings[PINYIN_MAX];
    CHECK_INT(pinyin_of(0x10FFFF, readings), 0);
    CHECK(pinyin_of(0x91CD, readings) >= 2);         /* 重: zhong, chong */
}

TEST(a_compound_is_found_however_it_is_typed)
{
    const struct key_list *keys = keys_of("云汀花园3号楼", false);
    static const char *const typed[] = { "云汀", "汀花园", "花", "yunting", "yunt", "YunTingHua", "yth",
                                         "ythy", "huayuan", "hy", "yuntinghy", "hy3", "3hao",
                                         "云汀花园３号楼", "3号" };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        if (!found(keys, typed[i]))
            test_fail(__FILE__, __LINE__, "%s does not find it", typed[i]);
    CHECK(!found(keys, "园花"));
    CHECK(!found(keys, "tingyun"));
}

TEST(a_name_is_found_with_the_family_name_as_it_is_read)
{
    static const char *const pairs[][2] = {
        { "单雄信", "shanxx" }, { "曾国强", "zenggq" }, { "解放", "xief" }, { "查良", "zhal" },
        { "仇英", "qiuying" }, { "区小明", "oxm" }, { "任重", "renz" }, { "朴大为", "piaodw" },
        { "王小明", "wangxm" }, { "王小明", "wxiaom" }, { "王小明", "xiaoming" }, { "吕布", "lvb" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!found(keys_of(pairs[i][0], true), pairs[i][1]))
            test_fail(__FILE__, __LINE__, "%s does not find %s", pairs[i][1], pairs[i][0]);
    CHECK(!found(keys_of("单雄信", true), "dan"));
    CHECK(found(keys_of("单县", false), "danx"));
}

TEST(keys_stay_within_their_bounds)
{
    struct buf b = buf_new(test_mem(), 64);
    for (int i = 0; i < 200; i++)
        buf_text(&b, i % 3 ? "重" : "行");
    struct key_list *keys = keys_of(buf_cstr(&b), false);
    CHECK(keys->n > 10);
    for (size_t i = 0; i < keys->n; i++)
        CHECK(keys->at[i].text.len <= KEY_BYTES_MAX);
    CHECK_INT(keys_of("", false)->n, 0);
    CHECK_INT(keys_of("。，·", true)->n, 0);
    CHECK(found(keys_of("阿依古丽·买买提", true), "阿依"));
    CHECK(found(keys_of("Anna Müller", false), "anna"));
}
