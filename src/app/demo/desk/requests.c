/* requests.c - six weeks of requests in the first street, through the real work-flow. */

#include "app/demo/demo.h"
#include "care/knowledge/knowledge.h"
#include "care/open311/open311.h"
#include "care/request/inside.h"

struct said { int kind, topic, channel; const char *matter, *reply; };

static const struct said sayings[] = {
    { REQUEST_COMPLAINT, TOPIC_MEAL, REQUEST_WEB, "送到家的饭菜是凉的，老人吃了不舒服",
      "已更换保温箱，送餐员改走近路，当天已当面致歉。" },
    { REQUEST_CONSULTATION, TOPIC_SUBSIDY, REQUEST_PHONE, "想问一下80岁老人吃饭有没有补贴，怎么办",
      "符合条件的对象每人每天补一次，可到社区养老服务驿站登记，带身份证即可。" },
    { REQUEST_COMPLAINT, TOPIC_STAFF, REQUEST_12345, "上门的人迟到半小时也没有打电话",
      "核实属实，已约谈护理员，迟到前须先电话告知。" },
    { REQUEST_SUGGESTION, TOPIC_FACILITY, REQUEST_COUNTER, "驿站门口台阶高，建议加一段扶手",
      "已列入下月维修，先放置防滑垫和扶手架。" },
    { REQUEST_HELP, TOPIC_HOME, REQUEST_PHONE, "老人出院回家没有人照顾，想找人白天看护",
      "已联系驿站安排临时日托，社区工作者今天上门。" },
    { REQUEST_COMPLAINT, TOPIC_FEE, REQUEST_12345, "服务没做够时间，收了全价，要求退一部分",
      "按短时服务规则退回差额，已转账。" },
    { REQUEST_CONSULTATION, TOPIC_INSTITUTION, REQUEST_12345, "附近哪家养老院收失能老人，一个月多少钱",
      "辖区内有两家，价格和空床以平台公布为准，已把联系方式告诉您。" },
    { REQUEST_SUGGESTION, TOPIC_MEAL, REQUEST_WEB, "希望午餐能有软一点的菜，老人牙口不好",
      "从下周起每天有一道软食，点餐时可选。" },
    { REQUEST_COMPLAINT, TOPIC_STATION, REQUEST_PHONE, "白天去驿站总是锁着门，说是在里面其实没人",
      "已要求按公示时间开门，街道不定期查看。" },
    { REQUEST_HELP, TOPIC_SAFETY, REQUEST_PHONE, "独居老人家里有煤气味，没有人管",
      "燃气公司已上门更换软管，社区加装了报警器。" },
};
enum { SAYINGS = sizeof sayings / sizeof *sayings, PAST_DAYS = 42, PER_STREET = 48 };

struct story {
    struct demo *d;
    struct who street, manager, citizen, clerk;
    struct request_new n;
    const struct said *said;
    struct request_ticket r;
    struct sv number12345;
    struct open311_client_id client;       /* whose program sends it; 0: none */
    int64_t step_of;                       /* how far it goes */
};

static int64_t account_of(const struct demo *d, enum role role)
{
    for (size_t i = 0; demo_sign_ins[i].login; i++)
        if (demo_sign_ins[i].role == role)
            return d->staff[i].id.n;
    return 0;
}

/* --- one request's life --- */

static enum err begin(struct ctx *c, void *arg)
{
    struct story *s = arg;
    if (!s->number12345.len && !s->client.n)
        return request_open(c, &s->n, &s->r);
    record_clear(request_fields, &s->r);
    s->r.client = s->client;
    s->r.channel = s->client.n ? REQUEST_OPEN311 : 0;
    s->r.number12345 = s->number12345;
    s->r.kind = s->n.kind;
    s->r.topic = s->n.topic;
    s->r.matter = s->n.matter;
    s->r.name = s->n.name;
    s->r.phone = s->n.phone;
    s->r.place = s->n.place;
    s->r.elder = s->n.elder;
    return entity_create_by_rule(c, &request_entity, &s->r);
}

MUST static enum err act(struct story *s, const struct who *who, const char *action,
                         const void *input)
{
    struct ctx *c = s->d->c;
    c->who = who;
    return entity_act(c, &request_entity, s->r.id.n, s->r.row.version, sv_of(action), input,
                      &s->r);
}

static enum err route(struct ctx *c, void *arg)
{
    struct story *s = arg;
    (void)c;
    struct route_input to_station = { .handler = { s->manager.org },
                                      .gist = SV("请核实反映的情况并答复") };
    struct route_input to_street = { .office = s->d->area[0].id };
    bool station = s->r.org.n == s->manager.org && s->d->dice.state % 4;
    return act(s, &s->street, "route", station ? &to_station : &to_street);
}

MUST static enum err task_step(struct story *s, const char *action, const void *input)
{
    struct ctx *c = s->d->c;
    struct request_task t;
    bool found;
    TRY(task_live(c, s->r.id, &t, &found));
    c->who = &s->manager;
    TRY(entity_act(c, &request_task_entity, t.id.n, t.row.version, sv_of(action), input, &t));
    return entity_load(c, &request_entity, s->r.id.n, &s->r, &found);
}

static enum err accept(struct ctx *c, void *arg)
{
    struct story *s = arg;
    (void)c;
    return s->r.handler.n ? task_step(s, "accept", NULL) : act(s, &s->street, "accept", NULL);
}

static enum err reply(struct ctx *c, void *arg)
{
    struct story *s = arg;
    struct reply_input in = { sv_of(s->said->reply) };
    (void)c;
    return s->r.handler.n ? task_step(s, "reply", &in) : act(s, &s->street, "reply", &in);
}

static enum err rate(struct ctx *c, void *arg)
{
    struct story *s = arg;
    static const int how[] = { SATISFIED_YES, SATISFIED_YES, SATISFIED_YES, SATISFIED_PARTLY };
    struct solved_input good = { how[dice_between(&s->d->dice, 0, 3)], SV("") };
    struct unsolved_input bad = { SV("来看过了，但问题还在") };
    const struct who *by = s->r.account.n ? &s->citizen : &s->clerk;     /* who rang her back */
    (void)c;
    if (dice_chance(&s->d->dice, 0.86))
        return act(s, by, "solved", &good);
    return act(s, by, "not_solved", &bad);
}

/* The steps one after another, each some hours after the one before; none in the future. */
MUST static enum err live(struct story *s, struct moment came)
{
    struct demo *d = s->d;
    static enum err (*const steps[])(struct ctx *, void *) = { begin, route, accept, reply, rate };
    static const int64_t hours[][2] = { { 0, 0 }, { 1, 6 }, { 1, 30 }, { 20, 120 }, { 4, 60 } };
    struct moment at = came;
    for (int64_t i = 0; i < s->step_of && i < 5; i++) {
        at.ms += dice_between(&d->dice, hours[i][0], hours[i][1]) * 3600000;
        if (at.ms > d->now.ms)
            break;
        if (i == 4 && !s->r.account.n && dice_chance(&d->dice, 0.3))     /* she said nothing */
            break;
        d->c->now = at;
        d->c->who = i ? &s->street : s->n.channel == REQUEST_WEB ? &s->citizen : &s->street;
        TRY(transaction(d->c, steps[i], s));
    }
    d->c->now = d->now;
    d->c->who = &who_house;
    return ERR_NONE;
}

/* --- which --- */

static const struct place *place_in(const struct demo *d, size_t nth)
{
    struct scope_range in = division_range(d->area[0].row.scope);
    size_t seen = 0;
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < d->places_n; i++) {
            const struct place *p = &d->places[i];
            bool here = p->row.scope >= in.low && p->row.scope <= in.high;
            if (here && p->state == REVIEW_PUBLISHED && seen++ == nth)
                return p;
        }
    return &d->places[0];
}

MUST static enum err one(struct story *s, size_t nth)
{
    struct demo *d = s->d;
    const struct said *said = &sayings[nth % SAYINGS];
    const struct elder *e = &d->elders[(size_t)dice_between(&d->dice, 0, (int64_t)d->elders_n - 1)];
    int64_t back = PAST_DAYS - (int64_t)nth * PAST_DAYS / PER_STREET;
    const struct place *p = place_in(d, nth % 9);
    struct scope_range in = division_range(d->area[0].row.scope);
    s->said = said;
    s->number12345 = SV("");
    s->n = (struct request_new){
        .kind = said->kind, .topic = said->topic, .channel = said->channel,
        .matter = sv_of(said->matter), .name = e->name, .phone = demo_phone(d), .place = p->id,
        .hidden = said->topic == TOPIC_STAFF, .org = p->org };
    if (said->topic == TOPIC_HOME && e->row.scope >= in.low && e->row.scope <= in.high)
        s->n.elder = e->id;
    if (said->channel == REQUEST_12345)
        s->number12345 = sv_fmt(&d->c->mem, "DEMO12345-%04d", (int)nth + 1);
    s->step_of = back < 3 ? dice_between(&d->dice, 1, 3) : dice_chance(&d->dice, 0.9) ? 5 : 3;
    struct day came = { d->today.n - back };
    TRY(live(s, moment_at(came, (int)dice_between(&d->dice, 500, 1000))));
    arena_reset(&d->c->mem);
    return ERR_NONE;
}

/* Three days running somebody says that the meal point is shut; the last of them hides her name. */
MUST static enum err meal_point_shut(struct story *s)
{
    struct demo *d = s->d;
    const struct place *shut = NULL;
    static const struct said words = { REQUEST_COMPLAINT, TOPIC_MEAL, REQUEST_PHONE,
                                       "助餐点关门三天了，没有人通知，老人没饭吃", "" };
    for (size_t i = 0; i < d->places_n && !shut; i++)
        if (d->places[i].kind == PLACE_MEAL_POINT)
            shut = &d->places[i];
    for (int64_t back = 2; shut && back >= 0; back--) {
        s->said = &words;
        s->number12345 = back == 1 ? SV("DEMO12345-9001") : SV("");
        s->n = (struct request_new){ .kind = words.kind, .topic = words.topic,
                                     .channel = words.channel, .matter = sv_of(words.matter),
                                     .name = SV("赵桂兰"), .phone = demo_phone(d),
                                     .place = shut->id, .org = shut->org, .hidden = back == 0 };
        s->step_of = 1;
        TRY(live(s, (struct moment){ d->now.ms - back * MS_A_DAY - 3600000 }));
    }
    return ERR_NONE;
}

/* A street's own app sends two by Open311; its key is made in the console (通道与接入). */
MUST static enum err sent_by_program(struct story *s)
{
    struct demo *d = s->d;
    struct dice kept = d->dice;            /* the city after this is as it would be without */
    struct open311_client k;
    record_clear(open311_client_fields, &k);
    TRY(demo_id(d, &k.id.n));
    k.name = SV("柳荫街道便民小程序");
    k.contact = SV("街道便民服务中心");
    k.division = d->area[0].id;
    k.row.scope = d->area[0].row.scope;
    TRY(demo_store(d, &open311_client_entity, &k, 1));
    s->client = k.id;
    s->number12345 = SV("");
    for (size_t i = 0; i < 2; i++) {
        const struct said *said = &sayings[i ? 3 : 7];
        const struct place *p = place_in(d, i + 1);
        s->said = said;
        s->n = (struct request_new){ .kind = said->kind, .topic = said->topic, .place = p->id,
                                     .channel = REQUEST_OPEN311, .matter = sv_of(said->matter),
                                     .name = SV("周小程") };
        s->step_of = i ? 4 : 1;
        TRY(live(s, (struct moment){ d->now.ms - (int64_t)(i ? 9 : 1) * MS_A_DAY }));
    }
    s->client.n = 0;
    d->dice = kept;
    return ERR_NONE;
}

/* Answers that the offices have published. */
MUST static enum err answers(struct demo *d)
{
    static const struct { const char *question, *answer, *keywords; int topic; } known[] = {
        { "80岁老人吃饭有补贴吗", "符合条件的对象每人每天补一次，带身份证到社区养老服务驿站登记；标准以平台公布为准。",
          "补贴,吃饭,助餐", TOPIC_SUBSIDY },
        { "送来的饭凉了怎么办", "可在订单里点“有问题”，或在“我要反映”里说明，承办单位会更换并答复。",
          "凉,送餐,饭菜", TOPIC_MEAL },
        { "服务没做够时间怎么退费", "按短时服务规则退回差额，由机构退还并在订单里登记。", "退,收费,没做够", TOPIC_FEE },
    };
    enum { KNOWN = sizeof known / sizeof *known };
    struct knowledge_item *rows = NEW(&d->mem, struct knowledge_item, KNOWN);
    for (size_t i = 0; i < KNOWN; i++) {
        record_clear(knowledge_item_fields, &rows[i]);
        TRY(demo_id(d, &rows[i].id.n));
        rows[i].question = sv_of(known[i].question);
        rows[i].answer = sv_of(known[i].answer);
        rows[i].keywords = sv_of(known[i].keywords);
        rows[i].topic = known[i].topic;
        rows[i].division = d->district.id;
        rows[i].row.scope = d->district.row.scope;
        rows[i].state = REVIEW_PUBLISHED;
        rows[i].verified_on.n = d->today.n - 20;
        rows[i].expires_on.n = d->today.n + 160;
    }
    return demo_store(d, &knowledge_item_entity, rows, KNOWN);
}

enum err demo_requests(struct demo *d, const struct account *daughter)
{
    struct story s = { .d = d };
    struct scope_range in = division_range(d->area[0].row.scope);
    s.street = (struct who){ .account = account_of(d, ROLE_STREET_OFFICER),
                             .role = ROLE_STREET_OFFICER, .ranges = { in }, .ranges_n = 1 };
    s.manager = (struct who){ .account = account_of(d, ROLE_STATION_MANAGER),
                              .role = ROLE_STATION_MANAGER };
    for (size_t i = 0; i < d->orgs_n && !s.manager.org; i++)
        if (d->orgs[i].kind == ORG_STATION)
            s.manager.org = d->orgs[i].id.n;
    s.clerk = (struct who){ .account = account_of(d, ROLE_CLERK_12345), .role = ROLE_CLERK_12345,
                            .ranges = { in }, .ranges_n = 1 };
    s.citizen = (struct who){ .account = daughter->id.n, .role = ROLE_CITIZEN };
    for (size_t i = 0; i < PER_STREET; i++)
        TRY(one(&s, i));
    TRY(meal_point_shut(&s));
    TRY(sent_by_program(&s));
    return answers(d);
}
