/* spell.c - homes written as people write them. */

#include "app/demo/make/spell.h"

#include "app/demo/make/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct writing {
    struct buf out;
    struct dice *dice;
    const struct spelt_home *h;
    unsigned how;
    enum address_level level;
    int fashion;               /* how numbers are written in this text */
};

enum { DIGITS, WIDE, NUMERALS, FASHIONS };

static bool chance(struct writing *w, double p)
{
    return dice_chance(w->dice, p);
}

static const char *one_of(struct writing *w, const char *const *words, size_t n)
{
    return words[dice_between(w->dice, 0, (int64_t)n - 1)];
}

#define ONE_OF(w, ...)                                                       \
    one_of((w), (const char *const[]){ __VA_ARGS__ },                        \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void gap(struct writing *w)
{
    if (chance(w, 0.06))
        buf_byte(&w->out, ' ');
}

static void number(struct writing *w, int n)
{
    if (w->fashion == NUMERALS && n < 100) {
        struct arena *mem = w->out.mem;
        buf_put(&w->out, n > 20 && n < 30 && chance(w, 0.3)
                             ? sv_fmt(mem, "廿%.*s", SV_ARG(word_number(mem, n - 20)))
                             : word_number(mem, n));
        return;
    }
    struct buf digits = buf_new(w->out.mem, 8);
    buf_int(&digits, n);
    for (size_t i = 0; i < digits.len; i++) {
        uint32_t wide = (uint32_t)(0xFF10 + digits.at[i] - '0');
        buf_rune(&w->out, w->fashion == WIDE ? wide : (uint32_t)digits.at[i]);
    }
}

/* --- the name --- */

/* One character by another that sounds the same. */
static struct sv misheard(struct arena *mem, struct sv name)
{
    static const char *const pairs[][2] = {
        { "荫", "阴" }, { "园", "圆" }, { "桐", "童" }, { "望", "忘" }, { "庭", "亭" }, { "湾", "弯" },
        { "槐", "怀" }, { "松", "淞" }, { "梅", "枚" }, { "荷", "何" }, { "汀", "厅" }, { "禾", "和" },
        { "苑", "院" }, { "坡", "泼" }, { "鹭", "路" }, { "榆", "于" }, { "杏", "幸" }, { "桥", "乔" },
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        ptrdiff_t at = sv_find(name, sv_of(pairs[i][0]));
        if (at >= 0)
            return sv_fmt(mem, "%.*s%s%.*s", (int)at, name.at, pairs[i][1],
                          SV_ARG(sv_from(name, (size_t)at + sv_of(pairs[i][0]).len)));
    }
    return name;
}

static void name(struct writing *w)
{
    struct sv said = w->h->compound;
    if (w->h->alias.len && chance(w, 0.3))
        said = w->h->alias;
    else if (w->h->address.len && chance(w, 0.1))
        said = w->h->address;
    else if (said.len <= 12 && chance(w, 0.08))       /* a long name with brackets is copied */
        said = misheard(w->out.mem, said);
    buf_put(&w->out, said);
    if (chance(w, 0.03) && !sv_eq(said, w->h->address))
        buf_text(&w->out, ONE_OF(w, "（老供销社后面）", "(菜场旁)", "【二期回迁】"));
}

static void divisions(struct writing *w)
{
    if (chance(w, 0.3))
        buf_put(&w->out, w->h->city);
    gap(w);
    if (chance(w, 0.5))
        buf_put(&w->out, w->h->district);
    gap(w);
    bool must = w->how & SPELT_DIVISION;
    bool community = chance(w, 0.3);
    if (must || chance(w, 0.4))
        buf_put(&w->out, w->h->street);
    if (must || community)
        buf_put(&w->out, w->h->community);
    gap(w);
}

/* --- the door --- */

static void house(struct writing *w)
{
    number(w, w->h->building);
    buf_text(&w->out, ONE_OF(w, "组", "组", "小组", "队"));
    if (chance(w, 0.08) && !(w->how & SPELT_WHOLE)) {
        w->level = ADDRESS_BUILDING;
        return;
    }
    number(w, w->h->door);
    buf_text(&w->out, ONE_OF(w, "号", "号", "", "户"));
}

static void room(struct writing *w)
{
    int fashion = w->fashion;
    gap(w);
    switch (dice_between(w->dice, 0, 9)) {
    case 0:
        number(w, w->h->floor);
        buf_text(&w->out, ONE_OF(w, "层", "楼"));
        number(w, w->h->door);
        buf_text(&w->out, ONE_OF(w, "号", "室"));
        break;
    case 1:
        w->fashion = fashion == NUMERALS ? DIGITS : fashion;
        number(w, w->h->floor);
        buf_byte(&w->out, '-');
        number(w, w->h->door);
        break;
    default:
        number(w, w->h->floor * 100 + w->h->door);
        buf_text(&w->out, ONE_OF(w, "", "", "室", "号"));
    }
}

static void dashed(struct writing *w)
{
    const char *dash = ONE_OF(w, "-", "-", "/", "—", "－", " - ");
    w->fashion = w->fashion == NUMERALS ? DIGITS : w->fashion;
    number(w, w->h->building);
    buf_text(&w->out, dash);
    number(w, w->h->entrance);
    buf_text(&w->out, dash);
    number(w, w->h->floor * 100 + w->h->door);
}

static void flat(struct writing *w)
{
    if (chance(w, 0.2)) {
        dashed(w);
        return;
    }
    number(w, w->h->building);
    buf_text(&w->out, ONE_OF(w, "号楼", "号楼", "栋", "幢", "#", "#楼", "楼", "號樓"));
    gap(w);
    if (chance(w, 0.05) && !(w->how & SPELT_WHOLE)) {
        w->level = ADDRESS_BUILDING;
        return;
    }
    number(w, w->h->entrance);
    buf_text(&w->out, ONE_OF(w, "单元", "单元", "门", "单元", "单"));
    room(w);
}

struct sv spell_home(struct arena *mem, struct dice *dice, const struct spelt_home *h,
                     unsigned how, enum address_level *ret_level)
{
    static const int fashions[FASHIONS] = { 80, 5, 15 };
    struct writing w = { buf_new(mem, 96), dice, h, how, ADDRESS_DOOR, DIGITS };
    w.fashion = (int)dice_weighted(dice, fashions, FASHIONS);
    divisions(&w);
    name(&w);
    gap(&w);
    if (chance(&w, 0.03) && !(how & SPELT_WHOLE))
        w.level = ADDRESS_COMPOUND;
    else if (h->group)
        house(&w);
    else
        flat(&w);
    if (w.level == ADDRESS_DOOR && chance(&w, 0.03))
        buf_text(&w.out, ONE_OF(&w, "（女儿家）", " (有电梯)"));
    *ret_level = w.level;
    return buf_sv(&w.out);
}

/* --- a made-up city --- */

enum { GROUPS = 6, HOUSES = 60, FLOORS = 6, DOORS = 4, COMMUNITIES = 12, ID_STEP = 100 };
#define DISTRICT INT64_C(990101000000)

static enum character character_of(int nth)
{
    return (enum character)(nth % 3);
}

static int64_t community_of(int street, int nth)
{
    return DISTRICT + (street + 1) * INT64_C(1000) + nth % COMMUNITIES + 1;
}

static struct sv street_name(struct arena *mem, int street)
{
    static const char *const plain[] = { "东堤", "西山", "南桥", "北塘", "中洲", "新港" };
    int n = street / (int)COUNT(plain);
    return sv_fmt(mem, "%s%.*s街道", plain[street % (int)COUNT(plain)],
                  SV_ARG(n ? word_number(mem, n) : SV("")));
}

static struct sv community_name(struct arena *mem, int street, int nth)
{
    static const char *const plain[COMMUNITIES] = { "朝霞", "晚晴", "甘泉", "月牙", "云台", "锦绣",
                                                    "北辰", "东篱", "明珠", "芳草", "古槐", "新桥" };
    return sv_fmt(mem, "%s%.*s社区", plain[nth % COMMUNITIES], SV_ARG(word_number(mem, street + 1)));
}

static struct spelt_home home_of(struct arena *mem, int street, int nth)
{
    enum character kind = character_of(nth);
    return (struct spelt_home){
        .city = SV("云汀市"),
        .district = SV("安澜区"),
        .street = street_name(mem, street),
        .community = community_name(mem, street, nth),
        .compound = word_estate(mem, kind, nth / 3),
        .alias = word_alias(mem, kind, nth / 3),
        .group = kind == VILLAGES,
    };
}

static void compound_fill(struct address_index *ix, struct arena *mem, int64_t id, int64_t scope,
                          const struct spelt_home *h)
{
    const struct point at = { 302000000, 1256000000 };
    address_add_compound(ix, &(struct address_compound){
        .id = id, .scope = scope, .name = h->compound, .aliases = h->alias, .at = at });
    for (int b = 1; b <= (h->group ? GROUPS : SPELT_BUILDINGS); b++) {
        int64_t building = id * ID_STEP + b;
        address_add_building(ix, &(struct address_building){
            building, id, sv_fmt(mem, h->group ? "%d组" : "%d号楼", b), SV(""), at });
        for (int e = 1; e <= SPELT_ENTRANCES && !h->group; e++)
            address_add_entrance(ix, &(struct address_entrance){ building * ID_STEP + e, building,
                                                                 sv_fmt(mem, "%d单元", e), at });
    }
}

static void division_put(struct address_index *ix, int64_t id, int64_t scope, int level,
                         struct sv name)
{
    address_add_division(ix, &(struct address_division){ id, scope, level, name, { 0 } });
}

struct address_index *spelt_city(struct arena *mem, int streets)
{
    struct address_index *ix = address_index_new();
    int64_t id = 0;
    division_put(ix, ++id, 990100000000, 1, SV("云汀市"));
    division_put(ix, ++id, DISTRICT, 2, SV("安澜区"));
    for (int s = 0; s < streets; s++) {
        division_put(ix, ++id, DISTRICT + (s + 1) * 1000, 3, street_name(mem, s));
        for (int k = 0; k < COMMUNITIES; k++)
            division_put(ix, ++id, community_of(s, k), 4, community_name(mem, s, k));
        for (int nth = 0; nth < SPELT_NAMES; nth++) {
            struct spelt_home h = home_of(mem, s, nth);
            compound_fill(ix, mem, s * SPELT_NAMES + nth + 1, community_of(s, nth), &h);
        }
    }
    address_index_finish(ix);
    return ix;
}

struct spelt_home spelt_draw(struct arena *mem, struct dice *dice, int streets,
                             struct spelt_key *ret_key)
{
    int street = (int)dice_between(dice, 0, streets - 1);
    int nth = (int)dice_between(dice, 0, SPELT_NAMES - 1);
    struct spelt_home h = home_of(mem, street, nth);
    struct spelt_key key = { .compound = street * SPELT_NAMES + nth + 1 };
    h.building = (int)dice_between(dice, 1, h.group ? GROUPS : SPELT_BUILDINGS);
    h.entrance = h.group ? 0 : (int)dice_between(dice, 1, SPELT_ENTRANCES);
    h.floor = (int)dice_between(dice, 1, FLOORS);
    h.door = (int)dice_between(dice, 1, h.group ? HOUSES : DOORS);
    key.scope = community_of(street, nth);
    key.building = key.compound * ID_STEP + h.building;
    key.entrance = h.entrance ? key.building * ID_STEP + h.entrance : 0;
    *ret_key = key;
    return h;
}
