/* match.c - whom a line means: what the station has learnt, names, titles, doors. */

#include "care/chain/chain.h"

#include "care/parameter/parameter.h"
#include "care/search/nickname.h"
#include "care/search/search.h"
#include "model/search/search.h"

#include <string.h>

SQL(chain_diners);

enum { DINER_DAYS = 90 };

const struct choice chain_sures[] = {
    { "red", "没对上", "unmatched" }, { "yellow", "存疑", "doubtful" },
    { "green", "已对上", "sure" }, { 0 },
};
const struct choice chain_whys[] = {
    { "learnt", "本站记住的称呼", "the station has learnt this name" },
    { "named", "姓名唯一", "one bears the name" },
    { "several", "有几位同名或相近，请选择", "several bear it: choose" },
    { "title", "按姓氏和称呼猜的，请确认", "guessed by family name and title: confirm" },
    { "door", "按门牌找到的，请确认", "found by the door: confirm" },
    { "nobody", "名册里没有，请搜索姓名或电话", "nobody found: search" },
    { "no_name", "这一行没写名字，请问清楚是谁", "names nobody: ask" },
    { "twice", "上面已有这个名字，请确认是否重复", "stands above already: confirm" },
    { 0 },
};

/* What an elder is called behind (or 老 before) her family name, and whether it says a gender. */
static const struct { const char *text; int gender; } titles[] = {
    { "奶奶", 2 }, { "阿姨", 2 }, { "大妈", 2 }, { "大娘", 2 }, { "婆婆", 2 }, { "姨", 2 },
    { "婶", 2 }, { "大姐", 2 }, { "爷爷", 1 }, { "大爷", 1 }, { "大叔", 1 }, { "伯伯", 1 },
    { "叔", 1 }, { "伯", 1 }, { "头", 1 }, { "大哥", 1 }, { "师傅", 0 }, { "老师", 0 },
    { "老", 0 },
};

/* "王奶奶", "老李头", "303赵大爷": family name, gender (0 not said); false: no such form. */
static bool title_read(struct sv name, struct sv *ret_family, int *ret_gender)
{
    bool old = sv_starts(name, SV("老"));
    struct sv family = old ? sv_from(name, sizeof "老" - 1) : name;
    while (family.len && family.at[0] >= '0' && family.at[0] <= '9')
        family = sv_from(family, 1);
    *ret_gender = 0;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct sv title = sv_of(titles[i].text);
        if (family.len > title.len && sv_ends(family, title)) {
            *ret_family = sv_head(family, family.len - title.len);
            *ret_gender = titles[i].gender;
            return sv_runes(*ret_family) <= 2;
        }
    }
    *ret_family = family;
    return old && sv_runes(family) == 1;
}

static void candidate(struct chain_match *m, int64_t id)
{
    for (size_t i = 0; i < m->candidates_n; i++)
        if (m->candidates[i].n == id)
            return;
    if (m->candidates_n < CHAIN_CANDIDATES_MAX)
        m->candidates[m->candidates_n++].n = id;
}

static void say(struct chain_match *m, enum chain_sure sure, enum chain_why why)
{
    m->sure = (int)sure;
    m->why = (int)why;
    if (sure != CHAIN_RED && m->candidates_n)
        m->elder = m->candidates[0];
}

/* --- one way after another --- */

/* What the station has learnt: the very words, of one person. */
static enum err by_learnt(struct ctx *c, struct sv name, struct chain_match *m)
{
    struct search_hits hits;
    struct page page;
    TRY(search_rows(c, &nickname_entity, name, 20, &hits));
    TRY(search_page(c, &nickname_entity, &hits, 20, &page));
    const struct nickname *n = page.rows;
    for (size_t i = 0; i < page.n; i++)
        if (sv_eq(n[i].text, name) && n[i].state == NICKNAME_KEPT)
            candidate(m, n[i].elder.n);
    if (m->candidates_n)
        say(m, m->candidates_n == 1 ? CHAIN_GREEN : CHAIN_YELLOW,
            m->candidates_n == 1 ? CHAIN_LEARNT : CHAIN_SEVERAL);
    return ERR_NONE;
}

/* Who bears the name as it stands; else whoever its letters lead to. */
static enum err by_name(struct ctx *c, struct sv name, struct chain_match *m)
{
    struct search_hits hits;
    struct page page;
    size_t whole = 0;
    TRY(search_rows(c, &elder_entity, name, 20, &hits));
    TRY(search_page(c, &elder_entity, &hits, 20, &page));
    const struct elder *e = page.rows;
    for (size_t i = 0; i < page.n; i++)
        if (!day_known(e[i].died_on) && sv_eq(e[i].name, name)) {
            candidate(m, e[i].id.n);
            whole++;
        }
    for (size_t i = 0; i < page.n && !whole; i++)
        if (!day_known(e[i].died_on))
            candidate(m, e[i].id.n);
    if (m->candidates_n)
        say(m, whole == 1 ? CHAIN_GREEN : CHAIN_YELLOW, whole == 1 ? CHAIN_NAMED : CHAIN_SEVERAL);
    return ERR_NONE;
}

/* Among who eats here: the family name with its title, or the door. */
static enum err by_diners(struct ctx *c, const struct chain_entry *e, struct day day,
                          struct chain_match *m)
{
    struct sv family = SV("");
    struct door_asked door = { .n = 0 };
    int gender = 0;
    bool titled = title_read(e->name, &family, &gender);
    bool doored = e->door.len
               && door_asked_read(&c->mem, sv_fmt(&c->mem, "x%.*s", SV_ARG(e->door)), &door);
    if (!titled && !doored)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_chain_diners,
                            PARAMS(P_INT("org", c->who->org), P_INT("from", day.n - DINER_DAYS)));
    while (rows_next(&r)) {
        bool lives = doored && door_asked_is(&door, rows_text(&r, 3), rows_text(&r, 4),
                                             rows_text(&r, 5));
        int is = sv_is(rows_text(&r, 2), "male") ? 1 : sv_is(rows_text(&r, 2), "female") ? 2 : 0;
        bool called = titled && sv_starts(rows_text(&r, 1), family)
                   && (!gender || !is || gender == is);
        if (doored ? lives && (!titled || called) : called)
            candidate(m, rows_int(&r, 0));
    }
    TRY(rows_end(&r));
    if (m->candidates_n)
        say(m, CHAIN_YELLOW, doored ? CHAIN_DOOR
                           : m->candidates_n > 1 ? CHAIN_SEVERAL : CHAIN_TITLE);
    return ERR_NONE;
}

enum err chain_match_of(struct ctx *c, const struct chain_entry *e, struct day day,
                        struct chain_match *ret_match)
{
    struct chain_match m = { .sure = CHAIN_RED,
                             .why = e->name.len ? CHAIN_NOBODY : CHAIN_NO_NAME };
    if (e->name.len) {
        TRY(by_learnt(c, e->name, &m));
        if (!m.candidates_n)
            TRY(by_name(c, e->name, &m));
    }
    if (!m.candidates_n)
        TRY(by_diners(c, e, day, &m));
    if (e->twice && m.sure == CHAIN_GREEN)
        say(&m, CHAIN_YELLOW, CHAIN_TWICE);
    *ret_match = m;
    return ERR_NONE;
}
