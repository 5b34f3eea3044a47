/* district_test.c - the invented district of the matcher's tests. */

#include "care/address/address_test.h"
#include "test.h"

struct place { const char *name, *aliases, *address; int64_t scope; int buildings, entrances; };

/* Numbered buildings, groups of a village (-), lettered ones (*). */
static const struct place places[] = {
    { "柳荫里", "纺织厂宿舍，纺织厂家属院", "文昌路18号", LIUYIN, 12, 4 },
    { "柳荫里一区", "", "文昌路 22 号", LIUYIN, 6, 3 },
    { "杏花小区", "", "", HUAIAN, -103, 0 },
    { "望江花园", "望江公馆、江畔花园", "滨河大道100号", WANGJIANG, 30, 2 },
    { "幸福里", "", "", HUAIAN, 8, 2 },
    { "幸福里", "", "", YUNFAN, 8, 2 },
    { "三里新村", "", "", YUNFAN, 40, 1 },
    { "大柳庄", "", "", DALIU, -6, 0 },
    { "上河庄", "", "", SHANGHE, -4, 0 },
    { "上河沿", "", "", SHANGHE, -9, 0 },
    { "文昌路36号院", "", "", HUAIAN, 3, 3 },
    { "桐花新村", "机床厂大院,机床厂2号院", "云汀市安澜区柳荫街道槐荫胡同7号", HUAIAN, 9, 5 },
    { "松鹤苑（北）", "", "", HUAIAN, 5, 2 },
    { "五一路宿舍", "", "五一路 51 号", LIUYIN, 2, 2 },
    { "榆钱新村", "", "", HUAIAN, 0, 0 },
    { 0 },
};

static const struct { const char *name; int64_t scope; int level; } divisions[] = {
    { "云汀市", 990100000000, 1 },     { "安澜区", 990101000000, 2 },
    { "柳荫街道", 990101001000, 3 },   { "望江街道", 990101002000, 3 },
    { "青禾镇", 990101003000, 3 },     { "槐安社区", HUAIAN, 4 },
    { "柳荫社区", LIUYIN, 4 },         { "望江社区", WANGJIANG, 4 },
    { "云帆社区", YUNFAN, 4 },         { "大柳村", DALIU, 4 },
    { "上河村", SHANGHE, 4 },          { NULL, 0, 0 },
};

enum { COMPOUND_STEP = 1000, ENTRANCE_STEP = 10, EXTRA = 90 };

static struct sv building_name(const struct place *p, int n)
{
    struct arena *mem = test_mem();
    if (n == EXTRA)
        return SV("甲3号楼");
    if (p->buildings < -100)
        return sv_fmt(mem, "%c座", 'A' + n - 1);
    return sv_fmt(mem, p->buildings < 0 ? "%d组" : "%d号楼", n);
}

static int count(const struct place *p)
{
    if (p->buildings < -100)
        return -p->buildings - 100;
    return p->buildings < 0 ? -p->buildings : p->buildings;
}

static void building_add(struct address_index *ix, int place, int n, const char *aliases)
{
    int64_t id = (int64_t)place * COMPOUND_STEP + n;
    struct point at = { 300000000 + place * 10000 + n, 1250000000 };
    address_add_building(ix, &(struct address_building){
        id, place, building_name(&places[place - 1], n), sv_of(aliases), at });
    for (int e = 1; e <= places[place - 1].entrances; e++)
        address_add_entrance(ix, &(struct address_entrance){
            id * ENTRANCE_STEP + e, id, sv_fmt(test_mem(), "%d单元", e), at });
}

struct address_index *district_index(void)
{
    struct address_index *ix = address_index_new();
    for (int i = 0; divisions[i].name; i++)
        address_add_division(ix, &(struct address_division){ i + 1, divisions[i].scope,
                                                             divisions[i].level,
                                                             sv_of(divisions[i].name), { 1, 1 } });
    for (int i = 0; places[i].name; i++)
        address_add_compound(ix, &(struct address_compound){
            i + 1, places[i].scope, 0, sv_of(places[i].name), sv_of(places[i].aliases),
            sv_of(places[i].address), { 300000000 + i * 10000, 1250000000 } });
    for (int i = 0; places[i].name; i++)
        for (int n = 1; n <= count(&places[i]); n++)
            building_add(ix, i + 1, n, i == 0 && n == 5 ? "红楼，文昌路20号" : "");
    building_add(ix, 1, EXTRA, "");
    address_add_street(ix, SV("文昌路"));
    address_add_street(ix, SV("滨河大道"));
    address_add_learnt(ix, SV("老供销社"), 8, 0);
    address_add_learnt(ix, SV("干部楼"), 1, COMPOUND_STEP + 7);
    address_index_finish(ix);
    return ix;
}

static void found_words(struct buf *b, const struct address_found *f)
{
    buf_text(b, address_levels[f->level].key);
    if (f->compound)
        buf_fmt(b, " %s%s", places[f->compound - 1].name,
                f->compound == 6 ? "(云帆)" : f->compound == 5 ? "(槐安)" : "");
    else if (f->level == ADDRESS_COMMUNITY)
        buf_fmt(b, " %s", divisions[f->division - 1].name);
    if (f->building)
        buf_fmt(b, " %.*s", SV_ARG(building_name(&places[f->compound - 1],
                                                 (int)(f->building % COMPOUND_STEP))));
    if (f->entrance)
        buf_fmt(b, " %d单元", (int)(f->entrance % ENTRANCE_STEP));
    if (f->level == ADDRESS_DOOR)
        buf_fmt(b, " %.*s", SV_ARG(f->room));
}

struct sv match_words(const struct address_match *m)
{
    struct buf b = buf_new(test_mem(), 64);
    found_words(&b, &m->best);
    return buf_sv(&b);
}
