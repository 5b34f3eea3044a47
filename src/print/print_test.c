/* print_test.c - what a printed PDF says, page by page, read back by another program. */

#include "print/print.h"
#include "house.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct ctx c0;

static const struct print_paper paper = {
    .title = SV_INIT("服务确认单"), .author = SV_INIT("王敏"), .made = { 1795314000000 },
};

static const char *path_of(const char *name)
{
    return sv_fmt(test_mem(), "%s/%s.pdf", world_folder(), name).at;
}

/* Everything a program writes to its end; skips where it is not installed. */
static struct sv said(const char *command)
{
    struct buf b = buf_new(test_mem(), 4096);
    char part[4096];
    FILE *f = popen(command, "re");
    CHECK(f != NULL);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_put(&b, (struct sv){ part, n });
    if (pclose(f) != 0)
        test_skip("pdftotext is not installed (poppler-utils)");
    return buf_sv(&b);
}

/* Without blanks, which the reader guesses from distances. */
static struct sv text_of(const char *path)
{
    struct sv all = said(sv_fmt(test_mem(), "pdftotext -layout %s - 2>/dev/null", path).at);
    struct buf b = buf_new(test_mem(), all.len);
    for (size_t i = 0; i < all.len; i++)
        if (all.at[i] != ' ')
            buf_byte(&b, all.at[i]);
    return buf_sv(&b);
}

static bool holds(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

static int times(struct sv text, const char *part)
{
    int n = 0;
    for (ptrdiff_t at; (at = sv_find(text, sv_of(part))) >= 0; n++)
        text = sv_from(text, (size_t)at + strlen(part));
    return n;
}

static void table_of(struct print *p, int rows)
{
    const struct print_column columns[] = { { SV("日期"), 1, false }, { SV("备注"), 2, false } };
    print_table(p, columns, 2);
    for (int i = 1; i <= rows; i++) {
        const struct sv cells[] = {
            sv_fmt(&c0.mem, "第%d行", i),
            i % 10 ? SV("一切正常") : SV("老人说这一周睡得不好，夜里起来三次，护理员已告诉她的女儿，"
                                     "并约好下周三上午陪她到医院去看一看，请站长留意。"),
        };
        print_row(p, cells);
    }
}

static void write_form(const char *path, int rows)
{
    struct print *p;
    const struct print_fact facts[] = {
        { SV("老年人"), SV("王秀英") }, { SV("服务地址"), SV("松鹤里 5 号楼 2 单元 402") },
    };
    const struct sv signs[] = { SV("老人签字："), SV("日期：") };
    MUST_GO(&c0, print_open(&c0, path, &paper, &p));
    print_form(p, &(struct print_form){ .title = SV("服务确认单"), .number = SV("编号 1121-7K3QF2"),
                                        .code = SV("http://x/1121-7K3QF2"), .foot = SV("导出 1") });
    print_facts(p, facts, 2, 2);
    table_of(p, rows);
    print_sign(p, signs, 2);
    print_form(p, &(struct print_form){ .title = SV("另一张"), .foot = SV("导出 1") });
    print_lines(p, SV("备注："), 3);
    MUST_GO(&c0, print_close(&c0, p));
}

TEST(a_form_says_what_it_was_given_and_counts_its_own_pages)
{
    const char *path = path_of("form");
    write_form(path, 80);
    struct sv text = text_of(path);
    CHECK(holds(text, "服务确认单") && holds(text, "1121-7K3QF2") && holds(text, "王秀英"));
    CHECK(holds(text, "松鹤里5号楼2单元402") && holds(text, "老人签字"));
    CHECK(holds(text, "第1行") && holds(text, "第80行"));
    int pages = times(text, "\f");
    CHECK(pages >= 4);
    CHECK_INT(times(text, "日期") - 1, pages - 1);      /* the heading on each page, and a line */
    CHECK(holds(text, sv_fmt(test_mem(), "第1页共%d页", pages - 1).at));
    CHECK(holds(text, "第1页共1页"));
    arena_free(&c0.mem);
}

TEST(cards_go_on_over_pages_and_each_says_its_own)
{
    enum { CARDS = 23 };
    struct print *p;
    struct print_card cards[CARDS];
    const char *path = path_of("cards");
    for (int i = 0; i < CARDS; i++)
        cards[i] = (struct print_card){
            .title = sv_fmt(test_mem(), "荷塘里%d号楼", i + 1), .name = SV("王**"),
            .big = sv_fmt(test_mem(), "7K3Q F2%02d", i + 1), .code = SV("YIKE-D:7K3QF2"),
            .until = SV("2026-11-01 至 2026-11-30"), .small = SV("竹溪养老服务驿站"),
        };
    MUST_GO(&c0, print_open(&c0, path, &paper, &p));
    print_form(p, &(struct print_form){ .title = SV("门码"), .foot = SV("导出 1") });
    print_cards(p, cards, CARDS);
    MUST_GO(&c0, print_close(&c0, p));
    struct sv text = text_of(path);
    CHECK_INT(times(text, "荷塘里"), CARDS);
    CHECK(holds(text, "7K3QF201") && holds(text, "7K3QF223"));
    CHECK_INT(times(text, "\f"), 3);                     /* 8 below the title, then ten a page */
    CHECK(holds(text, "第3页共3页"));
    arena_free(&c0.mem);
}

TEST(the_same_form_is_the_same_bytes)
{
    const char *a = path_of("a"), *b = path_of("b");
    write_form(a, 5);
    write_form(b, 5);
    CHECK(holds(said(sv_fmt(test_mem(), "cmp %s %s && echo same", a, b).at), "same"));
    arena_free(&c0.mem);
}

TEST(a_form_without_end_is_refused)
{
    struct print *p;
    MUST_GO(&c0, print_open(&c0, path_of("long"), &paper, &p));
    print_form(p, &(struct print_form){ .title = SV("长表") });
    for (int i = 0; i < PRINT_PAGES_MAX + 2; i++)
        print_lines(p, SV("备注："), 30);
    MUST_FAIL(&c0, print_close(&c0, p), ERR_INVALID, "print.pages");
    MUST_FAIL(&c0, print_open(&c0, "/nowhere/x.pdf", &paper, &p), ERR_BUSY, "print.write");
    arena_free(&c0.mem);
}

/* A square and a disc: their words are on a page of A3. */
TEST(print_draws_areas_on_a3_with_their_words)
{
    static const struct print_spot square[] = { { 0, 0 }, { 100, 0 }, { 100, 80 }, { 0, 80 } };
    static const struct print_spot middle[] = { { 300, 40 } };
    const struct print_area areas[] = {
        { square, 4, 1, SV_INIT("柳荫社区"), SV_INIT("31.6%") },
        { middle, 1, 4, SV_INIT("槐安社区"), SV_INIT("99.2%") },
    };
    static const struct sv labels[PRINT_SHADES] = {
        SV_INIT("没有"), SV_INIT("最差"), SV_INIT("较差"), SV_INIT("较好"), SV_INIT("最好"),
    };
    const char *path = path_of("map");
    struct print_paper large = paper;
    struct print *p;
    large.a3 = true;
    MUST_GO(&c0, print_open(&c0, path, &large, &p));
    print_form(p, &(struct print_form){ .title = SV("养老地图") });
    print_map(p, areas, 2, 500);
    print_legend(p, labels);
    MUST_GO(&c0, print_close(&c0, p));
    struct sv text = text_of(path);
    CHECK(holds(text, "柳荫社区"));
    CHECK(holds(text, "99.2%"));
    CHECK(holds(text, "最好"));
    struct sv facts = said(sv_fmt(test_mem(), "pdfinfo %s 2>/dev/null", path).at);
    CHECK(holds(facts, "841.89 x 1190.55"));
}
