/* list_test.c - pages, filters, sorts and searches; what a list may show and how it is found. */

#include "small.h"
#include "model/inside.h"
#include "model/search/search.h"

#include <stdlib.h>
#include <string.h>

/* n persons in a town, all with the same values but a grade for every fourth. */
static void crowd(const struct small *s, int64_t town, int64_t scope, size_t n)
{
    struct small_person *list = NEW(&s->c->mem, struct small_person, n);
    for (size_t i = 0; i < n; i++) {
        list[i] = small_someone(s, "王小明");
        list[i].town.n = town;
        list[i].row.scope = scope;
        list[i].birth = day_civil(1940 + (int)(i % 3), 5, 6);
        list[i].grade = (struct opt_int){ i % 4 == 0, (int64_t)(i % 3) };
    }
    MUST_GO(s->c, db_begin(s->c));
    MUST_GO(s->c, entity_bulk(s->c, &small_person, list, n));
    MUST_GO(s->c, db_commit(s->c));
}

static struct query query_of(const struct small *s, const struct entity *e, const char *text)
{
    struct query q;
    MUST_GO(s->c, query_read(s->c, e, sv_of(text), &q));
    return q;
}

static struct page list_of(const struct small *s, const char *text)
{
    struct query q = query_of(s, &small_person, text);
    struct page page;
    MUST_GO(s->c, entity_list(s->c, &small_person, &q, &page));
    return page;
}

/* Walks all pages; every row once, in order. */
static int64_t walk(const struct small *s, const char *text, bool grade_first)
{
    struct query q = query_of(s, &small_person, text);
    int64_t n = 0, absent = 0, *seen = NEW(test_mem(), int64_t, 2000);
    do {
        struct page page;
        MUST_GO(s->c, entity_list(s->c, &small_person, &q, &page));
        const struct small_person *rows = page.rows;
        for (size_t i = 0; i < page.n; i++) {
            seen[n++] = rows[i].id.n;
            absent += !rows[i].grade.known;
            if (grade_first)                         /* absent values come last */
                CHECK(absent == 0 || !rows[i].grade.known);
        }
        q.after = sv_copy(test_mem(), page.next);
    } while (q.after.len);
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = i + 1; k < n; k++)
            if (seen[i] == seen[k])
                test_fail(__FILE__, __LINE__, "row %lld came twice", (long long)seen[i]);
    return n;
}

TEST_DB(a_thousand_rows_with_equal_values_come_once_each)
{
    struct small s = small_world();
    crowd(&s, s.near, 990101001000, 1000);
    CHECK_INT(walk(&s, "sort=grade&size=37", true), 1000);
    CHECK_INT(walk(&s, "sort=-grade&size=37", true), 1000);
    CHECK_INT(walk(&s, "sort=birth&size=200", false), 1000);
    CHECK_INT(walk(&s, "size=77", false), 1000);
    CHECK_INT(walk(&s, "sort=-birth&birth=1941-05-06&size=50", false), 333);
}

TEST_DB(a_list_ends_with_the_scope)
{
    struct small s = small_world();
    crowd(&s, s.near, 990101001000, 30);
    crowd(&s, s.far, 990102001000, 40);
    s.c->who = officer_of(990101000000, 990101999999);
    struct page page = list_of(&s, "size=200&total=1");
    CHECK_INT(page.n, 30);
    CHECK_INT(page.total, 30);
    for (size_t i = 0; i < page.n; i++)
        CHECK_INT(((const struct small_person *)page.rows)[i].row.scope, 990101001000);
    struct who *two = NEW(test_mem(), struct who, 1);
    *two = *officer_of(990101000000, 990101999999);
    two->ranges[two->ranges_n++] = (struct scope_range){ 990102000000, 990102999999 };
    s.c->who = two;
    CHECK_INT(list_of(&s, "size=200&total=1").total, 70);
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    CHECK_INT(list_of(&s, "size=200&q=wxm").n, 0);
    s.c->who = caller_as(ROLE_CARER, 5);             /* no seen_by_carer: nothing */
    CHECK_INT(list_of(&s, "size=200&total=1").total, 0);
}

TEST_DB(a_large_scope_is_read_along_the_sort_as_well)
{
    struct small s = small_world();
    crowd(&s, s.near, 990101001000, 2100);
    crowd(&s, s.far, 990102001000, 50);
    s.c->who = officer_of(990101000000, 990101999999);
    struct page page = list_of(&s, "sort=birth&size=50&total=1");
    CHECK_INT(page.n, 50);
    CHECK_INT(page.total, 2100);
}

TEST_DB(rows_are_filtered_by_declared_fields_only)
{
    struct small s = small_world();
    int64_t one = small_add(&s, "王小明", s.near);
    struct small_person p = small_someone(&s, "李大为");
    p.phone = SV("10012345678");
    p.flags = (struct set){ 2 };
    p.alone = true;
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    CHECK_INT(list_of(&s, "phone=100-1234-5678").n, 1);
    CHECK_INT(list_of(&s, "phone=5678").n, 1);
    CHECK_INT(list_of(&s, "phone=5679").n, 0);
    CHECK_INT(list_of(&s, "flags=blind,lame").n, 1);
    CHECK_INT(list_of(&s, "flags=deaf").n, 0);
    CHECK_INT(list_of(&s, "alone=1").n, 1);
    CHECK_INT(list_of(&s, "birth.from=1946-03-02&birth.to=1946-03-02").n, 2);
    CHECK_INT(list_of(&s, "birth.from=1946-03-03").n, 0);
    CHECK_INT(list_of(&s, sv_fmt(test_mem(), "town.in=%lld,%lld", (long long)s.near,
                                 (long long)s.far).at).n, 2);
    static const char *const bad[] = { "name=x", "illness=x", "phone.from=1", "nothing=1",
                                       "sort=name", "size=0", "size=201" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct query q;
        CHECK_INT(query_read(s.c, &small_person, sv_of(bad[i]), &q), ERR_INVALID);
        ctx_forgive(s.c);
    }
    struct query q = query_of(&s, &small_person, "birth=nonsense");
    struct page page;
    CHECK_INT(entity_list(s.c, &small_person, &q, &page), ERR_INVALID);
    ctx_forgive(s.c);
    q = query_of(&s, &small_person, "after=AAAA");
    CHECK_INT(entity_list(s.c, &small_person, &q, &page), ERR_INVALID);
    ctx_forgive(s.c);
    CHECK(one);
}

TEST_DB(ended_rows_come_only_when_asked_for)
{
    struct small s = small_world();
    struct small_person p = small_someone(&s, "王小明");
    p.row.ended_at = s.c->now;
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    CHECK_INT(list_of(&s, "").n, 0);
    CHECK_INT(list_of(&s, "ended=1").n, 1);
}

TEST_DB(the_page_key_tells_nothing_and_is_not_forged)
{
    struct small s = small_world();
    crowd(&s, s.near, 990101001000, 3);
    struct page page = list_of(&s, "size=1&sort=birth");
    CHECK(page.next.len > 0);
    CHECK(sv_find(page.next, SV("1946")) < 0);
    struct query q = query_of(&s, &small_person, "size=1&sort=grade");
    q.after = page.next;                             /* of another sort */
    CHECK_INT(entity_list(s.c, &small_person, &q, &page), ERR_INVALID);
    ctx_forgive(s.c);
}

TEST_DB(words_find_rows_by_characters_pinyin_and_initials)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    small_add(&s, "单雄信", s.near);
    struct small_person p = small_someone(&s, "李大为");
    p.phone = SV("10012345678");
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    static const char *const finds[] = { "q=%E7%8E%8B", "q=%E5%B0%8F%E6%98%8E", "q=wang", "q=wangx",
                                         "q=wxm", "q=xiaoming", "q=shanxx", "q=sxx", "q=Wang+xiao",
                                         "q=%E7%8E%8Bx", "q=danxx", "q=xiao+wang" };
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++)
        if (list_of(&s, finds[i]).n != 1)
            test_fail(__FILE__, __LINE__, "%s does not find its one", finds[i]);
    CHECK_INT(list_of(&s, "q=5678").n, 0);           /* whom a number shows is noted: not here */
    CHECK_INT(list_of(&s, "q=wang+xin").n, 0);
    CHECK_INT(list_of(&s, "q=...").n, 0);
    p.name = SV("赵子龙");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    CHECK_INT(list_of(&s, "q=lidw").n, 0);
    CHECK_INT(list_of(&s, "q=zzl").n, 1);
}

/* Lists run along an index: no plan sorts, or reads a table from end to end. */
TEST_DB(lists_use_their_indexes)
{
    struct small s = small_world();
    if (world_is_postgres())
        test_skip("these are SQLite's plans");
    static const struct { const char *asked, *index; } lists[] = {
        { "", "small_person_sort_created" },
        { "sort=-birth", "small_person_sort_birth" },
        { "sort=grade", "small_person_sort_grade" },
        { "phone=10012345678", "small_person_phone_key" },
        { "phone=5678", "small_person_phone_last4" },
    };
    crowd(&s, s.near, 990101001000, 2100);
    s.c->who = officer_of(990101000000, 990101999999);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct query q = query_of(&s, &small_person, lists[i].asked);
        if (i < 3)
            q.after = list_of(&s, lists[i].asked).next;
        struct buf plan = buf_new(test_mem(), 256);
        MUST_GO(s.c, list_explain(s.c, &small_person, &q, &plan));
        bool sorts = i < 3 && sv_find(buf_sv(&plan), SV("TEMP B-TREE")) >= 0;
        bool scans = sv_find(buf_sv(&plan), SV("SCAN small_person\n")) >= 0;
        if (sorts || scans || sv_find(buf_sv(&plan), sv_of(lists[i].index)) < 0)
            test_fail(__FILE__, __LINE__, "%s: %s", lists[i].asked, buf_cstr(&plan));
    }
    s.c->who = officer_of(990102000000, 990102999999);           /* a small scope: its own index */
    struct query q = query_of(&s, &small_person, "sort=birth");
    struct buf plan = buf_new(test_mem(), 256);
    MUST_GO(s.c, list_explain(s.c, &small_person, &q, &plan));
    CHECK(sv_find(buf_sv(&plan), SV("small_person_scope")) >= 0);
}

TEST_DB(keys_follow_a_row_that_moves)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
    p.town.n = s.far;
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "move"));
    s.c->who = officer_of(990102000000, 990102999999);
    CHECK_INT(list_of(&s, "q=wxm").n, 1);
    s.c->who = officer_of(990101000000, 990101999999);
    CHECK_INT(list_of(&s, "q=wxm").n, 0);
}

TEST_DB(a_page_is_told_with_titles)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    small_add(&s, "李大为", s.far);
    struct page page = list_of(&s, "");
    struct buf out = buf_new(test_mem(), 256);
    struct json j = json_new(&out);
    entity_page_json(s.c, &j, NULL, &small_person, &page, false);
    CHECK(sv_find(buf_sv(&out), SV("\"town_title\":\"云汀镇\"")) >= 0);
    CHECK(sv_find(buf_sv(&out), SV("\"town_title\":\"安澜镇\"")) >= 0);
    CHECK(sv_find(buf_sv(&out), SV("小明")) < 0);
}
