/*
 * people.c - elders to be searched for, and those who search: bench-people DATA DB N|tokens
 *
 * N: fills a demo house with so many, in districts of 200,000, each in ten streets of ten
 * communities; named as people are: family names by how common they are, one or two given
 * characters of those generations. Rows and entries go in through entity_bulk, a district a
 * transaction; drop the indexes of `elder` before and let `yike migrate` make them again. Prints
 * some of the names, as JSON. tokens: new accounts of staff of a community, a street, a
 * district and the city; prints their bearer tokens, as JSON.
 *
 * DB is - for SQLite in DATA.
 */

#include "app/demo/demo.h"
#include "base/json.h"
#include "care/account/account.h"
#include "care/elder/elder.h"

#include <stdio.h>
#include <string.h>

enum { DISTRICT_ELDERS = 200000, BIRTHDAYS = 14600, NAMES_TOLD = 400 };
#define CITY INT64_C(990300000000)

/* Of 10,000 people, roughly; the rest is spread over the last thirty. */
static const struct { const char *name; int share; } families[] = {
    { "王", 720 }, { "李", 720 }, { "张", 680 }, { "刘", 540 }, { "陈", 450 }, { "杨", 310 },
    { "赵", 230 }, { "黄", 220 }, { "周", 210 }, { "吴", 200 }, { "徐", 170 }, { "孙", 150 },
    { "胡", 130 }, { "朱", 130 }, { "高", 120 }, { "林", 120 }, { "何", 120 }, { "郭", 110 },
    { "马", 110 }, { "罗", 90 },  { "梁", 90 },  { "宋", 80 },  { "郑", 80 },  { "谢", 70 },
    { "韩", 70 },  { "唐", 65 },  { "冯", 65 },  { "于", 60 },  { "董", 60 },  { "萧", 55 },
    { "程", 55 },  { "曹", 55 },  { "袁", 50 },  { "邓", 50 },  { "许", 50 },  { "傅", 50 },
    { "沈", 48 },  { "曾", 48 },  { "彭", 46 },  { "吕", 45 },  { "苏", 44 },  { "卢", 43 },
    { "蒋", 42 },  { "蔡", 42 },  { "贾", 40 },  { "丁", 40 },  { "魏", 40 },  { "薛", 38 },
    { "叶", 38 },  { "阎", 36 },  { "余", 36 },  { "潘", 35 },  { "杜", 35 },  { "戴", 33 },
    { "夏", 33 },  { "钟", 32 },  { "汪", 32 },  { "田", 32 },  { "任", 31 },  { "姜", 31 },
    { "范", 30 },  { "方", 30 },  { "石", 29 },  { "姚", 29 },  { "谭", 28 },  { "廖", 28 },
    { "邹", 27 },  { "熊", 27 },  { "金", 26 },  { "陆", 26 },  { "郝", 25 },  { "孔", 25 },
    { "白", 24 },  { "崔", 24 },  { "康", 23 },  { "毛", 22 },  { "邱", 22 },  { "秦", 21 },
    { "江", 21 },  { "史", 20 },  { "顾", 20 },  { "侯", 19 },  { "邵", 19 },  { "孟", 18 },
    { "龙", 18 },  { "万", 17 },  { "段", 17 },  { "雷", 16 },  { "钱", 16 },  { "汤", 15 },
    { "尹", 15 },  { "黎", 15 },  { "易", 14 },  { "常", 14 },  { "武", 13 },  { "乔", 13 },
    { "贺", 12 },  { "赖", 12 },  { "龚", 12 },  { "文", 11 },  { "单", 8 },   { "解", 7 },
    { "查", 6 },   { "仇", 5 },   { "区", 4 },   { "盖", 3 },   { "朴", 3 },   { "欧阳", 8 },
    { "尉迟", 1 }, { "单于", 1 }, { "司马", 2 }, { "上官", 2 }, { "翟", 9 },   { "覃", 9 },
};
static const char given[] =
    "秀英桂兰玉珍淑华凤芳霞红梅丽敏静洁云芬萍琴香莲美月春金银素娟惠琳莉翠雅彩燕雪荣爱瑞"
    "国建志明德永福成文学海军平伟强勇东生林光辉庆忠宝新民胜利刚毅家祥立业义信长友发贵富有根土水木"
    "石树山河江波涛天宇宙正中仁礼智和顺安康宁泰重乐行解曾单晓小大少老三二四五六七";
static const char rare[] = "𠮷昇喆堃淼鑫焱翀赟彧珺祎";

struct people {
    struct start     s;
    struct dice      dice;
    int64_t          n, done, district;
    uint32_t         given[256], rare[32];
    size_t           given_n, rare_n;
    int              shares;
    struct division_id division;
    struct buf       told;
    int              told_n;
};

static size_t runes_of(const char *text, uint32_t *runes)
{
    struct sv rest = sv_of(text);
    size_t n = 0;
    while (sv_rune(&rest, &runes[n]))
        n++;
    return n;
}

static const char *family(struct people *p)
{
    int64_t at = dice_between(&p->dice, 0, p->shares - 1);
    size_t i = 0;
    while (at >= families[i].share)
        at -= families[i++].share;
    return families[i].name;
}

/* The first characters of the table are the common ones. */
static uint32_t character(struct people *p)
{
    if (dice_chance(&p->dice, 0.004))
        return p->rare[dice_between(&p->dice, 0, (int64_t)p->rare_n - 1)];
    int64_t a = dice_between(&p->dice, 0, (int64_t)p->given_n - 1);
    int64_t b = dice_between(&p->dice, 0, (int64_t)p->given_n - 1);
    return p->given[a < b ? a : b];
}

static struct sv name_of(struct people *p)
{
    struct buf b = buf_new(&p->s.ctx.mem, 16);
    buf_text(&b, family(p));
    buf_rune(&b, character(p));
    if (dice_chance(&p->dice, 0.75))
        buf_rune(&b, character(p));
    return buf_sv(&b);
}

static struct sv document_of(struct people *p, struct day birth)
{
    struct civil d = civil_of_day(birth);
    struct buf b = buf_new(&p->s.ctx.mem, 20);
    buf_text(&b, "990301");
    buf_int_wide(&b, d.year, 4);
    buf_int_wide(&b, d.month, 2);
    buf_int_wide(&b, d.day, 2);
    buf_int_wide(&b, p->done / BIRTHDAYS, 3);
    buf_byte(&b, id_check_character(b.at));
    return buf_sv(&b);
}

static void tell(struct people *p, struct sv name)
{
    if (p->told_n == NAMES_TOLD || p->done % 997)
        return;
    buf_text(&p->told, p->told_n++ ? ",\"" : "\"");
    buf_put(&p->told, name);
    buf_byte(&p->told, '"');
}

static void elder_fill(struct people *p, struct elder *e)
{
    record_clear(elder_fields, e);
    int64_t in = p->done % DISTRICT_ELDERS;
    e->row.scope = CITY + (p->district + 1) * 1000000 + (in / 20000 + 1) * 1000 + in / 2000 % 10
                 + 1;
    e->name = name_of(p);
    e->birth.n = day_civil(1925, 1, 1).n + p->done % BIRTHDAYS;
    e->gender = (int)(p->done % 2) + 1;
    e->id_number = document_of(p, e->birth);
    e->phone = sv_fmt(&p->s.ctx.mem, "100%08lld", (long long)(p->done * 38573123 % 100000000));
    e->division = p->division;
    tell(p, e->name);
}

static enum err district_store(struct ctx *c, void *arg)
{
    struct people *p = arg;
    size_t n = (size_t)(p->n - p->done < DISTRICT_ELDERS ? p->n - p->done : DISTRICT_ELDERS);
    struct elder *rows = NEW(&c->mem, struct elder, n);
    for (size_t i = 0; i < n; i++, p->done++)
        elder_fill(p, &rows[i]);
    p->district++;
    return entity_bulk(c, &elder_entity, rows, n);
}

/* An account of staff that sees the scopes from low to high; prints its token. */
struct seer { const char *comma, *name; int64_t low, high; enum role role; };

static enum err seer_store(struct ctx *c, void *arg)
{
    const struct seer *s = arg;
    struct account account;
    struct access_grant grant;
    struct sv token;
    record_clear(account_fields, &account);
    record_clear(access_grant_fields, &grant);
    TRY(id_next(c, c->house->ids, &account.id.n));
    account.kind = ACCOUNT_STAFF;
    account.login = sv_fmt(&c->mem, "seer-%s-%lld", s->name, (long long)account.id.n);
    account.name = SV("周试算");
    account.row.scope = grant.row.scope = s->low;
    grant.account = account.id;
    grant.role = s->role;
    grant.low = s->low;
    grant.high = s->high;
    TRY(entity_bulk(c, &account_entity, &account, 1));
    TRY(entity_bulk(c, &access_grant_entity, &grant, 1));
    struct session_new opened = { .account = account.id.n, .role = s->role, .bearer = true,
                                  .agent = SV("bench") };
    TRY(session_open(c, &opened, &token));
    printf("%s\"%s\":\"%.*s\"", s->comma, s->name, SV_ARG(token));
    return ERR_NONE;
}

static enum err tokens(struct people *p)
{
    TRY(start_node(&p->s));
    struct seer seers[] = {
        { "{", "community", CITY + 1001001, CITY + 1001001, ROLE_COMMUNITY_WORKER },
        { ",", "street", CITY + 1001000, CITY + 1001999, ROLE_STREET_OFFICER },
        { ",", "district", CITY + 1000000, CITY + 1999999, ROLE_CLERK_12345 },
        { ",", "city", CITY, CITY + 99999999, ROLE_CLERK_12345 },
    };
    for (size_t i = 0; i < sizeof seers / sizeof *seers; i++)
        TRY(transaction(&p->s.ctx, seer_store, &seers[i]));
    printf("}\n");
    return ERR_NONE;
}

static enum err fill(struct people *p)
{
    struct page areas;
    TRY(start_node(&p->s));
    TRY(entity_list(&p->s.ctx, &division_entity, &(struct query){ .size = 1 }, &areas));
    if (areas.n == 0)
        return fail(&p->s.ctx, ERR_MISSING, "missing", "not a demo house");
    p->division = ((const struct division *)areas.rows)->id;
    p->told = buf_new(&p->s.mem, 4096);
    p->given_n = runes_of(given, p->given);
    p->rare_n = runes_of(rare, p->rare);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        p->shares += families[i].share;
    while (p->done < p->n) {
        TRY(transaction(&p->s.ctx, district_store, p));
        arena_free(&p->s.ctx.mem);
        fprintf(stderr, "elders: %lld of %lld\n", (long long)p->done, (long long)p->n);
    }
    printf("{\"names\":[%.*s]}\n", (int)p->told.len, p->told.at);
    return ERR_NONE;
}

int main(int argc, char **argv)
{
    static struct people p = { .dice = { 1 } };
    struct config config = config_default();
    bool wants_tokens = argc == 4 && strcmp(argv[3], "tokens") == 0;
    if (!wants_tokens && (argc != 4 || !sv_int(sv_of(argv[3]), 1, 5000000, &p.n))) {
        fprintf(stderr, "usage: bench-people DATA DB N|tokens\n");
        return 2;
    }
    config.data_dir = argv[1];
    config.database = strcmp(argv[2], "-") == 0 ? NULL : argv[2];
    enum err err = start_open(&p.s, &config, START_READY);
    if (err == ERR_NONE)
        err = wants_tokens ? tokens(&p) : fill(&p);
    if (err != ERR_NONE)
        fprintf(stderr, "bench-people: %s: %.*s\n", err_name(err), SV_ARG(p.s.ctx.fault.log));
    start_close(&p.s);
    return err != ERR_NONE;
}
