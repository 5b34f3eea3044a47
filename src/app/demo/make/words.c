/* words.c - names for an invented city. */

#include "app/demo/make/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

struct sv word_number(struct arena *mem, int n)
{
    struct buf b = buf_new(mem, 12);
    if (n >= 20)
        buf_text(&b, digits[n / 10]);
    if (n >= 10)
        buf_text(&b, "十");
    if (n % 10 || n == 0)
        buf_text(&b, digits[n % 10]);
    return buf_sv(&b);
}

static struct sv joined(struct arena *mem, const char *a, const char *b, const char *c)
{
    struct buf out = buf_new(mem, 32);
    buf_text(&out, a);
    buf_text(&out, b);
    buf_text(&out, c);
    return buf_sv(&out);
}

/* The first quarter's names are plain; later quarters are told apart by a word before them. */
static const char *const quarter_names[] = {
    "", "东", "西", "南", "北", "上", "中", "下", "前", "后",
};

struct sv word_sub_district(struct arena *mem, enum character kind, int quarter)
{
    static const char *const names[] = { "柳荫街道", "望江街道", "青禾镇" };
    return joined(mem, quarter_names[quarter % 10], names[kind], "");
}

struct sv word_community(struct arena *mem, enum character kind, int quarter, int nth)
{
    static const char *const names[][COMMUNITIES_A_STREET] = {
        { "槐安社区", "柳荫社区", "桐花社区", "棠梨社区", "松鹤社区", "枣园社区" },
        { "望江社区", "云帆社区", "江月社区", "东渚社区", "汀兰社区", "白鹭社区" },
        { "青禾村", "上河村", "石桥村", "南坡村", "双井村", "后湾村" },
    };
    return joined(mem, quarter_names[quarter % 10], names[kind][nth % COMMUNITIES_A_STREET], "");
}

static const char *const flowers[] = {
    "柳荫", "槐安", "杏花", "桐花", "棠梨", "竹溪", "松鹤", "荷塘", "梅园", "兰亭", "枫桥", "桂香",
    "榆钱", "菊圃", "桃李", "樱桃", "银杏", "丁香", "木槿", "海棠", "石榴", "葡萄", "芙蓉", "茉莉",
};
static const char *const waters[] = {
    "云汀", "望江", "江月", "云帆", "白鹭", "沙洲", "汀兰", "听涛", "澄碧", "揽月", "渔歌", "水云",
    "潮声", "星河", "晴川", "烟渚", "鹭岛", "碧波", "春江", "秋水", "长堤", "远帆", "临汐", "观澜",
};
static const char *const hamlets[] = {
    "青禾", "前青禾", "小青禾", "上河", "上河沿", "河头", "石桥", "桥东", "桥西", "南坡", "坡上", "坡下",
    "双井", "井台", "老井", "后湾", "湾头", "湾里",
};

struct sv word_estate(struct arena *mem, enum character kind, int nth)
{
    static const char *const walk[] = { "里", "新村", "小区", "苑", "一区", "二区" };
    static const char *const tower[] = { "花园", "名邸", "华庭", "公馆", "湾" };
    size_t n = (size_t)nth;
    if (kind == WALK_UPS)
        return joined(mem, flowers[n % COUNT(flowers)], walk[n / COUNT(flowers) % COUNT(walk)],
                      n / 144 ? "（新）" : "");
    if (kind == TOWERS)
        return joined(mem, waters[n % COUNT(waters)], tower[n / COUNT(waters) % COUNT(tower)],
                      n / 120 ? "二期" : "");
    return joined(mem, quarter_names[n / COUNT(hamlets) % 10], hamlets[n % COUNT(hamlets)], "庄");
}

struct sv word_alias(struct arena *mem, enum character kind, int nth)
{
    static const char *const walk[] = { "纺织厂宿舍", "铁路家属院", "机床厂大院", "教师楼", "老干部楼" };
    if (kind == WALK_UPS && nth % 4 == 1)
        return joined(mem, flowers[(size_t)nth % COUNT(flowers)],
                      walk[(size_t)nth / 4 % COUNT(walk)], "");
    return SV("");
}

struct sv word_business(struct arena *mem, int quarter, int nth, int branch, const char *suffix)
{
    size_t n = (size_t)nth % BUSINESS_NAMES, half = BUSINESS_NAMES / 2;
    struct buf b = buf_new(mem, 48);
    buf_text(&b, quarter_names[quarter % 10]);
    buf_text(&b, n < half ? flowers[n] : waters[n - half]);
    buf_text(&b, suffix);
    if (branch) {
        buf_text(&b, "（");
        buf_int(&b, branch + 1);
        buf_text(&b, "店）");
    }
    return buf_sv(&b);
}

struct sv word_street(struct arena *mem, int family, int nth)
{
    static const char *const families[] = { "柳荫", "槐安", "望江", "云帆", "江岸", "青禾", "河桥" };
    static const char *const kinds[] = { "街", "巷", "路", "大道", "步道", "公路", "路" };
    struct sv number = word_number(mem, nth + 1);
    struct buf b = buf_new(mem, 32);
    buf_text(&b, families[family % 7]);
    buf_put(&b, number);
    buf_text(&b, kinds[family % 7]);
    return buf_sv(&b);
}

struct sv word_address(struct arena *mem, int family, int nth, int door)
{
    struct buf b = buf_new(mem, 48);
    buf_put(&b, word_street(mem, family, nth));
    buf_int(&b, door);
    buf_text(&b, "号");
    return buf_sv(&b);
}

struct sv word_person(struct arena *mem, struct dice *d, bool female, int birth_year)
{
    static const char *const surnames[] = {
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
        "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹",
        "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛",
        "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "单", "解", "仇", "欧阳",
    };
    static const int weights[] = {
        75, 72, 68, 54, 45, 31, 23, 22, 21, 20, 15, 15, 13, 13, 12, 11, 11, 11, 10, 8, 8, 8,
        8,  7,  7,  6,  6,  6,  6,  6,  6,  6,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5, 5, 5,
        4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  1,  1,  1,  1,
    };
    static const char *const old_women[] = {
        "秀英", "桂英", "玉兰", "秀兰", "淑珍", "桂兰", "凤英", "玉珍", "淑华", "秀珍", "桂芳", "玉芳",
        "素芳", "月娥", "翠花", "惠芳", "素珍", "淑芳", "美华", "彩霞", "丽华", "爱华", "春梅", "玉梅",
    };
    static const char *const old_men[] = {
        "建国", "国强", "德明", "志刚", "永福", "长林", "文华", "玉山", "金生", "德胜", "福全", "振华",
        "国庆", "建华", "国华", "明德", "树林", "广才", "宝山", "万福", "学文", "景山", "兴邦", "正义",
    };
    static const char *const young_women[] = { "丽", "敏", "静", "燕", "娟", "艳",
                                               "霞", "芳", "婷", "雪", "慧", "倩" };
    static const char *const young_men[] = { "伟", "强", "磊", "军", "勇", "涛",
                                             "超", "明", "刚", "平", "辉", "鹏" };
    const char *surname = surnames[dice_weighted(d, weights, COUNT(surnames))];
    bool old = birth_year < 1970;
    const char *given;
    if (female)
        given = old ? old_women[dice_between(d, 0, COUNT(old_women) - 1)]
                    : young_women[dice_between(d, 0, COUNT(young_women) - 1)];
    else
        given = old ? old_men[dice_between(d, 0, COUNT(old_men) - 1)]
                    : young_men[dice_between(d, 0, COUNT(young_men) - 1)];
    return joined(mem, surname, given, "");
}
