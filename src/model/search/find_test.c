/* find_test.c - rows found: the best first, within what the caller sees, on both engines. */

#include "model/search/search.h"
#include "small.h"
#include "store/build.h"
#include "test.h"

#include <string.h>

static struct search_hits hits_of(struct small *s, const char *text, size_t max)
{
    struct search_hits hits;
    MUST_GO(s->c, search_rows(s->c, &small_person, sv_of(text), max, &hits));
    return hits;
}

static struct search_hits numbered(struct small *s, const char *number, size_t max)
{
    struct search_hits hits;
    MUST_GO(s->c, search_numbers(s->c, &small_person, sv_of(number), max, &hits));
    return hits;
}

TEST_DB(the_best_is_first)
{
    struct small s = small_world();
    int64_t inside = small_add(&s, "李王明", s.near), begins = small_add(&s, "王明亮", s.far),
            whole = small_add(&s, "王明", s.near);
    struct search_hits h = hits_of(&s, "王明", 5);
    CHECK_INT(h.n, 3);
    CHECK(!h.more);
    CHECK_INT(h.at[0].id, whole);
    CHECK_INT(h.at[1].id, begins);
    CHECK_INT(h.at[2].id, inside);
    CHECK_INT(hits_of(&s, "wangming", 5).at[0].id, whole);
    CHECK_INT(hits_of(&s, " wang  ming ", 5).n, 3);
    CHECK_INT(hits_of(&s, "明 李", 5).n, 1);
    CHECK_INT(hits_of(&s, "明 赵", 5).n, 0);
    CHECK_INT(hits_of(&s, "  ", 5).n, 0);
    CHECK_INT(hits_of(&s, "%", 5).n, 0);
    h = hits_of(&s, "王", 2);
    CHECK_INT(h.n, 2);
    CHECK(h.more);
}

TEST_DB(every_reading_of_a_family_name_finds_before_a_cut)
{
    static const struct { const char *name, *reading, *cut; } asked[] = {
        { "单秀英", "chan", "陈安平" }, { "单秀英", "shan", "沙安平" }, { "单秀英", "dan", "丁安平" },
        { "曾秀英", "ceng", "陈恩光" }, { "解秀英", "jie", "金二妹" },  { "查秀英", "cha", "程安平" },
        { "仇秀英", "chou", "陈欧" },   { "区秀英", "qu", "齐秀" },     { "任秀英", "ren", "荣恩" },
        { "盖秀英", "gai", "高爱平" },  { "朴秀英", "po", "潘国" },
    };
    enum { ASKED = sizeof asked / sizeof asked[0], OTHERS = 12, SHOWN = 8 };
    struct small s = small_world();
    int64_t id[ASKED];
    for (size_t i = 0; i < ASKED; i++) {
        id[i] = small_add(&s, asked[i].name, s.near);
        for (int k = 0; k < OTHERS; k++)
            small_add(&s, asked[i].cut, s.near);
    }
    for (size_t i = 0; i < ASKED; i++) {
        struct search_hits h = hits_of(&s, asked[i].reading, SHOWN);
        bool there = false;
        for (size_t k = 0; k < h.n; k++)
            there = there || h.at[k].id == id[i];
        if (!there)
            test_fail(__FILE__, __LINE__, "%s does not find %s", asked[i].reading, asked[i].name);
    }
}

TEST_DB(the_scope_is_applied_before_the_limit)
{
    struct small s = small_world();
    for (int i = 0; i < 30; i++)
        small_add(&s, "王秀英", s.near);
    int64_t hers = small_add(&s, "王秀珍", s.far);
    s.c->who = officer_of(990102000000, 990102999999);           /* a district */
    CHECK_INT(hits_of(&s, "wang", 5).n, 1);
    CHECK_INT(hits_of(&s, "wang", 5).at[0].id, hers);
    CHECK_INT(hits_of(&s, "王x", 5).at[0].id, hers);
    s.c->who = officer_of(990102001000, 990102001999);           /* a street of it */
    CHECK_INT(hits_of(&s, "wxz", 5).n, 1);
    s.c->who = officer_of(990102002000, 990102002999);           /* the street beside */
    CHECK_INT(hits_of(&s, "wxz", 5).n, 0);
    CHECK_INT(hits_of(&s, "w z", 5).n, 0);
    s.c->who = officer_of(990100000000, 990199999999);           /* the city */
    CHECK_INT(hits_of(&s, "王", 200).n, 31);
    CHECK(!hits_of(&s, "王", 200).more);
    CHECK_INT(hits_of(&s, "xiuzhen", 5).n, 1);
}

TEST_DB(a_range_and_granted_elders_and_nothing_else)
{
    struct small s = small_world();
    int64_t own = small_add(&s, "王一", s.near), granted = small_add(&s, "王二", s.far);
    small_add(&s, "王三", s.far);
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *officer_of(990101000000, 990101999999);
    w->elders[w->elders_n++] = granted;
    s.c->who = w;
    struct search_hits h = hits_of(&s, "wang", 9);
    CHECK_INT(h.n, 2);
    CHECK_INT(h.at[0].id + h.at[1].id, own + granted);
}

static void errand_of(struct small *s, int64_t person, int64_t org, int64_t carer)
{
    struct small_errand e = { .elder = { person }, .org = { org }, .carer = { carer },
                              .what = SV("取药"), .state = SMALL_PLACED };
    s->c->who = &who_house;
    MUST_GO(s->c, entity_create(s->c, &small_errand, &e));
}

TEST_DB(an_organisation_finds_its_own_among_many)
{
    struct small s = small_world();
    int64_t ours = small_add(&s, "王秀英", s.far);
    for (int i = 0; i < 40; i++)
        small_add(&s, "王秀英", s.near);
    errand_of(&s, ours, 77, 5);
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *caller_as(ROLE_STATION_MANAGER, 9);
    w->org = 77;
    s.c->who = w;
    struct search_hits h = hits_of(&s, "wangx", 3);
    CHECK_INT(h.n, 1);
    CHECK_INT(h.at[0].id, ours);
    CHECK_INT(hits_of(&s, "英 王", 3).n, 1);
    w->org = 78;
    CHECK_INT(hits_of(&s, "wangx", 3).n, 0);
    s.c->who = NULL;
    CHECK_INT(hits_of(&s, "wangx", 3).n, 0);
}

/* Who may not unmask sees 王** and finds by 王: else names could be searched out letter by letter. */
TEST_DB(a_masked_name_is_not_searched_out)
{
    struct small s = small_world();
    small_add(&s, "王秀英", s.near);
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *officer_of(990101000000, 990101999999);
    s.c->who = w;
    CHECK_INT(hits_of(&s, "王秀英", 3).n, 1);
    CHECK(!role_may(ROLE_CARER, MAY_UNMASK));
    errand_of(&s, hits_of(&s, "王秀英", 3).at[0].id, 77, 5);
    w->role = ROLE_CARER;
    w->carer = 5;
    w->ranges_n = 0;
    s.c->who = w;
    static const char *const refused[] = { "王秀", "王秀英", "wangx", "wxy", "xiu", "英", "王x", "王 秀" };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (hits_of(&s, refused[i], 3).n)
            test_fail(__FILE__, __LINE__, "%s finds a masked name", refused[i]);
}

TEST_DB(numbers_find_whole_or_by_the_last_four)
{
    struct small s = small_world();
    struct small_person p = small_someone(&s, "李大为");
    p.phone = SV("10012345678");
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    CHECK_INT(numbered(&s, "5678", 3).n, 1);
    CHECK_INT(numbered(&s, "５６７８", 3).n, 1);
    CHECK_INT(numbered(&s, "100 1234-5678", 3).n, 1);
    CHECK_INT(numbered(&s, "1234", 3).n, 0);
    CHECK_INT(numbered(&s, "45678", 3).n, 0);        /* a part, never */
    CHECK_INT(numbered(&s, "678", 3).n, 0);
    s.c->who = officer_of(990102000000, 990102999999);
    CHECK_INT(numbered(&s, "5678", 3).n, 0);
    CHECK(search_is_number(SV("123x")) && search_is_number(SV("990105194603020023")));
    CHECK(!search_is_number(SV("x123")) && !search_is_number(SV("123")));
    CHECK(!search_is_number(SV("wang")) && search_is_number(SV("e12345678")));
}

static int64_t entries_there(struct ctx *c)
{
    struct build b = build_new(c);
    int64_t n = 0;
    build_sql(&b, "SELECT count(*) FROM search_entry WHERE entity <> '.'");
    struct rows r = build_rows(c, &b);
    if (rows_next(&r))
        n = rows_int(&r, 0);
    MUST_GO(c, rows_end(&r));
    return n;
}

TEST_DB(entries_follow_a_row_and_leave_nothing_behind)
{
    struct small s = small_world();
    int64_t before = entries_there(s.c);
    int64_t id = small_add(&s, "王小明", s.near);
    int64_t with = entries_there(s.c);
    CHECK_INT(with - before, 10);
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
    p.name = SV("单小明");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    CHECK_INT(hits_of(&s, "wangxm", 3).n, 0);
    CHECK_INT(hits_of(&s, "shanxm", 3).n, 1);
    p.town.n = s.far;
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 2, "move"));
    p.name = SV("王小明");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 3, "change"));
    CHECK_INT(entries_there(s.c), with);
    s.c->who = officer_of(990102000000, 990102999999);
    CHECK_INT(hits_of(&s, "wxm", 3).n, 1);
    s.c->who = officer_of(990101000000, 990101999999);
    CHECK_INT(hits_of(&s, "wxm", 3).n, 0);
}

TEST_DB(all_entries_can_be_made_anew)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    small_add(&s, "李大为", s.far);
    int64_t with = entries_there(s.c), rows;
    MUST_GO(s.c, search_refill(s.c, false, &rows));
    CHECK_INT(rows, 4);                              /* two towns, two persons: no mark was there */
    CHECK_INT(entries_there(s.c), with);
    MUST_GO(s.c, search_refill(s.c, false, &rows));
    CHECK_INT(rows, 0);
    MUST_GO(s.c, search_refill(s.c, true, &rows));
    CHECK_INT(rows, 4);
    CHECK_INT(hits_of(&s, "lidw", 3).n, 1);
}

/* Each of its names alone: what the word meets there. */
static int64_t met_by(struct small *s, const char *const *names, const char *word, int64_t *ids)
{
    struct probes probes;
    struct sv folded = search_word(test_mem(), sv_of(word));
    struct entries *list = NEW(test_mem(), struct entries, 1);
    int64_t n = 0;
    probes_of(test_mem(), folded, &probes);
    for (size_t i = 0; names[i]; i++) {
        entries_of(test_mem(), sv_of(names[i]), true, list);
        bool meets = entries_rank(list, folded, &probes) < MEETINGS, found = false;
        struct search_hits h = hits_of(s, word, SEARCH_MAX);
        for (size_t k = 0; k < h.n; k++)
            found = found || h.at[k].id == ids[i];
        if (found != meets)
            test_fail(__FILE__, __LINE__, "%s and %s: %d", word, names[i], found);
        n += meets;
    }
    return n;
}

/* A mixture is not looked for where no name can meet it: none may be lost by that. */
TEST_DB(the_index_finds_whom_the_names_themselves_show)
{
    static const char *const names[] = {
        "张三", "詹国三", "王勋", "荀明", "许宁", "𠮷明", "王𠮷", "Una王", "王U秀", "孙华", "李国华",
        "王秀英", "徐忆英", "尹国华", "3明", "王3明", "欧阳迅", "单于明", "吴新", NULL };
    static const char *const words[] = {
        "zhang三", "wxun", "wangxun", "zhs", "𠮷m", "𠮷ming", "m", "ming", "wang𠮷", "unaw", "wux",
        "xuying", "xiuying", "yinghua", "lguohua", "3m", "王3m", "oyxun", "chanym", "shanm", "wangu",
        "sun华", "xunh", "王xiu", "xuyiy", "zhanggs", "wuxin", NULL };
    struct small s = small_world();
    int64_t ids[32], met = 0;
    for (size_t i = 0; names[i]; i++)
        ids[i] = small_add(&s, names[i], i % 2 ? s.near : s.far);
    for (size_t i = 0; words[i]; i++)
        met += met_by(&s, names, words[i], ids);
    CHECK(met > 20);
}
