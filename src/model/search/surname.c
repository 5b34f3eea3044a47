/*
 * surname.c - how family names are read where that is not the usual reading.
 *
 * [R] 待核: common knowledge, written down by hand, not yet compared with a printed source. A
 * wrong row costs an order of readings, never a person: every other reading is searched too.
 */

#include "model/search/pinyin.h"

#include <string.h>

static const struct { const char *name, *reading; } surnames[] = {
    { "单", "shan" },  { "曾", "zeng" },  { "解", "xie" },   { "查", "zha" },   { "仇", "qiu" },
    { "区", "ou" },    { "任", "ren" },   { "盖", "ge" },    { "朴", "piao" },  { "冼", "xian" },
    { "洗", "xian" },  { "尉", "wei" },   { "缪", "miao" },  { "乐", "yue" },   { "幺", "yao" },
    { "员", "yun" },   { "过", "guo" },   { "华", "hua" },   { "纪", "ji" },    { "宁", "ning" },
    { "葛", "ge" },    { "翟", "zhai" },  { "祭", "zhai" },  { "覃", "qin" },   { "谌", "chen" },
    { "种", "chong" }, { "重", "chong" }, { "黑", "he" },    { "折", "she" },   { "召", "shao" },
    { "逄", "pang" },  { "佴", "nai" },   { "秘", "bi" },    { "薄", "bo" },    { "卜", "bu" },
    { "晟", "cheng" }, { "都", "du" },    { "费", "fei" },   { "干", "gan" },   { "句", "gou" },
    { "哈", "ha" },    { "隗", "kui" },   { "牟", "mu" },    { "那", "na" },    { "能", "nai" },
    { "宓", "mi" },    { "万", "wan" },   { "相", "xiang" }, { "郇", "xun" },   { "燕", "yan" },
    { "应", "ying" },  { "占", "zhan" },  { "令", "ling" },  { "石", "shi" },   { "盛", "sheng" },
    { "沈", "shen" },  { "撒", "sa" },    { "车", "che" },   { "藏", "zang" },  { "叶", "ye" },
    { "郗", "chi" },   { "繁", "po" },    { "柏", "bai" },   { "贾", "jia" },   { "行", "xing" },
    { "炅", "gui" },   { "眭", "sui" },   { NULL, NULL },
};

static const struct { const char *name, *readings[2]; } compounds[] = {
    { "欧阳", { "ou", "yang" } },    { "司马", { "si", "ma" } },     { "上官", { "shang", "guan" } },
    { "诸葛", { "zhu", "ge" } },     { "皇甫", { "huang", "fu" } },  { "尉迟", { "yu", "chi" } },
    { "公孙", { "gong", "sun" } },   { "慕容", { "mu", "rong" } },   { "令狐", { "ling", "hu" } },
    { "司徒", { "si", "tu" } },      { "夏侯", { "xia", "hou" } },   { "东方", { "dong", "fang" } },
    { "端木", { "duan", "mu" } },    { "申屠", { "shen", "tu" } },   { "轩辕", { "xuan", "yuan" } },
    { "长孙", { "zhang", "sun" } },  { "宇文", { "yu", "wen" } },    { "独孤", { "du", "gu" } },
    { "南宫", { "nan", "gong" } },   { "西门", { "xi", "men" } },    { "单于", { "chan", "yu" } },
    { "澹台", { "tan", "tai" } },    { "万俟", { "mo", "qi" } },     { "呼延", { "hu", "yan" } },
    { "闻人", { "wen", "ren" } },    { "鲜于", { "xian", "yu" } },   { "太史", { "tai", "shi" } },
    { "濮阳", { "pu", "yang" } },    { "淳于", { "chun", "yu" } },   { "赫连", { "he", "lian" } },
    { "钟离", { "zhong", "li" } },   { "拓跋", { "tuo", "ba" } },    { "东郭", { "dong", "guo" } },
    { "公冶", { "gong", "ye" } },    { "宗政", { "zong", "zheng" } }, { "百里", { "bai", "li" } },
    { NULL, { NULL, NULL } },
};

struct sv surname_reading(uint32_t rune)
{
    for (size_t i = 0; surnames[i].name; i++) {
        struct sv name = sv_of(surnames[i].name);
        uint32_t it;
        if (sv_rune(&name, &it) && it == rune)
            return sv_of(surnames[i].reading);
    }
    return SV("");
}

bool surname_compound(struct sv name, struct sv ret_readings[2])
{
    enum { BYTES = 6 };                  /* each is two characters of three: asked of every mask */
    for (size_t i = 0; name.len >= BYTES && compounds[i].name; i++)
        if (memcmp(name.at, compounds[i].name, BYTES) == 0) {
            ret_readings[0] = sv_of(compounds[i].readings[0]);
            ret_readings[1] = sv_of(compounds[i].readings[1]);
            return true;
        }
    return false;
}

size_t surname_runes(struct sv name)
{
    struct sv readings[2];
    size_t runes = sv_runes(name);
    if (runes > 2 && surname_compound(name, readings))
        return 2;
    return runes ? 1 : 0;
}

/* "ouyang" and what it begins with. */
static bool compound_begins(struct sv letters)
{
    for (size_t i = 0; compounds[i].name; i++) {
        struct sv one = sv_of(compounds[i].readings[0]), two = sv_of(compounds[i].readings[1]);
        if (sv_starts(letters, one) && sv_starts(two, sv_from(letters, one.len)))
            return true;
    }
    return false;
}

bool surname_only(struct sv word)
{
    struct sv look = word, readings[2];
    uint32_t rune;
    bool whole;
    if (!sv_rune(&look, &rune))
        return true;
    if (rune >= 'a' && rune <= 'z')
        return pinyin_begins(word, &whole) || compound_begins(word);
    return look.len == 0 || (sv_runes(word) == 2 && surname_compound(word, readings));
}
