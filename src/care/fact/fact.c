/* fact.c - dated facts of an elder: table, no overlaps, what holds today. */

#include "care/fact/fact.h"
#include "care/figure/figure.h"

#include "care/elder/seen.h"
#include "model/jobs.h"

SQL(figure_deaths);
SQL(figure_moves);
SQL(fact_before);
SQL(fact_after);
SQL(fact_on_day);
SQL(fact_until);
SQL(facts_today);
SQL(facts_of_kind);
SQL(facts_turning);
SQL(facts_overlap);
SQL(died_without_event);

const struct choice fact_kinds[] = {
    { "residence", "居住情况", "residence" }, { "grade", "能力等级", "ability grade" },
    { "flag", "特殊困难标识", "flag" }, { 0 },
};

const struct field elder_fact_fields[] = {
    ROW_FIELDS(struct elder_fact),
    LINK(struct elder_fact, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct elder_fact, kind, fact_kinds, .create_only = true, .filter = true,
           .brief = true, .zh = "事项", .en = "What"),
    FIELD(struct elder_fact, value, .required = true, .create_only = true, .high = 30,
          .class = MASKED, .mask = MASK_COARSE, .brief = true, .zh = "内容", .en = "Value",
          .hint_zh = "户籍/常住/流动；完好/轻度/中度/重度/完全；独居等",
          .hint_en = "a key or label of the elder's own field"),
    FIELD(struct elder_fact, valid_from, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "自", .en = "From"),
    FIELD(struct elder_fact, valid_to, .filter = true, .brief = true, .zh = "至", .en = "To"),
    FIELD(struct elder_fact, recorded_at, .read_only = true, .zh = "登记时间", .en = "Recorded"),
    FIELD(struct elder_fact, known_on, .brief = true, .zh = "知晓日期", .en = "Known here on"),
    FIELD(struct elder_fact, source, .required = true, .high = 200, .brief = true, .zh = "来源",
          .en = "Source"),
    FIELD(struct elder_fact, note, .high = 500, .zh = "说明", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, kind, valid_from, id" },
    { .name = "within", .columns = "scope, kind, id" },
    { .name = "begins", .columns = "valid_from, id" },
    { .name = "ends", .columns = "valid_to, id" },
    { .name = "kind", .columns = "kind, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "登记先后", "Recorded" },
    { "from", "valid_from", true, "起始先后", "From" },
    { 0 },
};

/* --- which choices a kind has --- */

const struct choice *fact_values(int kind)
{
    return kind == FACT_RESIDENCE ? residence_kinds : kind == FACT_GRADE ? ability_grades
                                                                         : elder_flags;
}

/* Facts of flags stand beside each other, one thing a flag. */
static struct sv flag_of(const struct elder_fact *f)
{
    return f->kind == FACT_FLAG ? f->value : SV("");
}

static struct sv kind_key(int kind)
{
    return sv_of(fact_kinds[kind].key);
}

#define ABOUT(f) P_INT("elder", (f)->elder.n), P_TEXT("kind", kind_key((f)->kind)), \
                 P_TEXT("flag", flag_of(f))

/* --- no two at once --- */

/* The one that still held then ends the day before. */
MUST static enum err end_before(struct ctx *c, const struct elder_fact *f)
{
    int64_t id = 0;
    struct elder_fact before;
    bool found;
    struct params p = PARAMS(ABOUT(f), P_INT("from", f->valid_from.n));
    TRY(db_int(c, &sql_fact_before, p, &id));
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &elder_fact_entity, id, &before, &found));
    before.valid_to = (struct day){ f->valid_from.n - 1 };
    return entity_update_by_rule(c, &elder_fact_entity, &before, before.row.version, "followed");
}

/* One learnt late holds until the next begins. */
MUST static enum err end_at_next(struct ctx *c, struct elder_fact *f)
{
    int64_t next = 0;
    struct params p = PARAMS(ABOUT(f), P_INT("from", f->valid_from.n));
    TRY(db_int(c, &sql_fact_after, p, &next));
    if (next && (!day_known(f->valid_to) || f->valid_to.n >= next))
        f->valid_to = (struct day){ next - 1 };
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct elder_fact *f = row;
    int64_t n = 0;
    int value;
    if (day_known(f->valid_to) && f->valid_to.n < f->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    if (before)
        return fail_fields(c);
    if (!day_known(f->known_on))
        f->known_on = day_of(c->now);
    f->recorded_at = c->now;
    if (!choice_meant(fact_values(f->kind), f->value, &value))
        fail_field(c, SV("value"), "fact.value");
    else
        f->value = sv_of(fact_values(f->kind)[value].key);
    TRY(fail_fields(c));
    TRY(db_int(c, &sql_fact_on_day,
               PARAMS(ABOUT(f), P_INT("from", f->valid_from.n), P_INT("id", f->id.n)), &n));
    if (n)
        fail_field(c, SV("valid_from"), "fact.same_day");
    TRY(fail_fields(c));
    TRY(end_at_next(c, f));
    return end_before(c, f);
}

/* --- what holds today stands on the elder --- */

static void put_today(struct elder *e, const struct elder_fact *asked,
                      const struct elder_fact *holds)
{
    int value = 0;
    if (holds)
        (void)choice_of(fact_values(asked->kind), holds->value, &value);
    if (asked->kind == FACT_RESIDENCE && holds)
        e->residence = value;
    if (asked->kind == FACT_GRADE) {
        e->grade = value;
        e->grade_on = holds ? holds->valid_from : DAY_NONE;
        e->grade_source = holds ? holds->source : SV("");
    }
    if (asked->kind == FACT_FLAG) {
        (void)choice_of(elder_flags, asked->value, &value);
        uint64_t bit = UINT64_C(1) << value;
        e->flags.bits = holds ? e->flags.bits | bit : e->flags.bits & ~bit;
    }
}

MUST static enum err turn(struct ctx *c, const struct elder_fact *f)
{
    int64_t id = 0;
    struct elder e;
    struct elder_fact holds;
    bool found, any = false;
    TRY(db_int(c, &sql_facts_today, PARAMS(ABOUT(f), P_INT("day", day_of(c->now).n)), &id));
    if (id)
        TRY(entity_load(c, &elder_fact_entity, id, &holds, &any));
    TRY(entity_load(c, &elder_entity, f->elder.n, &e, &found));
    if (!found)
        return ERR_NONE;
    put_today(&e, f, any ? &holds : NULL);
    return entity_update_by_rule(c, &elder_entity, &e, e.row.version, "fact");
}

/* What is taken back with a change of the elder: she is already as she was. */
static const char taken_back[] = "taken_back";

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    (void)before;
    return sv_is(sv_of(taken_back), action) ? ERR_NONE : turn(c, row);
}

const struct entity elder_fact_entity = {
    .name = "elder_fact", .zh = "档案事项", .en = "Fact", .kind = ENTITY_DATED,
    .size = sizeof(struct elder_fact), .fields = elder_fact_fields, .indexes = indexes,
    .sorts = sorts, .title = "kind", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .seen_by_own = SEEN_BY_FAMILY,
    .elder = "elder", .scope_of = "elder", .rules = rules, .follow = follow, .menu = "people",
    .files = true,
};

/* --- from the form to facts --- */

struct changed { int kind; struct sv was, now; struct day was_from, from; struct sv source; };

/* The first change of a thing also keeps what held until then. */
MUST static enum err keep_before(struct ctx *c, const struct elder *e, const struct changed *k)
{
    struct elder_fact f = { .elder = e->id, .kind = k->kind, .value = k->was,
                            .valid_from = k->was_from, .valid_to = { k->from.n - 1 },
                            .known_on = k->was_from, .source = SV("原登记") };
    return f.valid_from.n >= k->from.n ? ERR_NONE
         : entity_create_by_rule(c, &elder_fact_entity, &f);
}

/* What was noted of that day says the other thing now. */
MUST static enum err correct(struct ctx *c, int64_t id, const struct changed *k)
{
    struct elder_fact f;
    bool found;
    TRY(entity_load(c, &elder_fact_entity, id, &f, &found));
    if (sv_eq(f.value, k->now))
        return ERR_NONE;
    f.value = k->now;
    f.source = k->source;
    return entity_update_by_rule(c, &elder_fact_entity, &f, f.row.version, "corrected");
}

/* The new one first, so that at every moment one holds today and the elder is as it says. */
MUST static enum err note_change(struct ctx *c, const struct elder *e, const struct changed *k)
{
    struct elder_fact f = { .elder = e->id, .kind = k->kind, .value = k->now,
                            .valid_from = k->from, .valid_to = DAY_NONE, .known_on = DAY_NONE,
                            .source = k->source };
    int64_t there = 0, any = 0;
    TRY(db_int(c, &sql_facts_of_kind, PARAMS(ABOUT(&f)), &any));
    TRY(db_int(c, &sql_fact_on_day,
               PARAMS(ABOUT(&f), P_INT("from", f.valid_from.n), P_INT("id", 0)), &there));
    if (there)
        return correct(c, there, k);
    TRY(entity_create_by_rule(c, &elder_fact_entity, &f));
    return any ? ERR_NONE : keep_before(c, e, k);
}

/* The fact that a list brought ends whole, and the one before it holds on. */
MUST static enum err take_back(struct ctx *c, const struct elder *e, const struct changed *k)
{
    struct elder_fact f = { .elder = e->id, .kind = k->kind, .value = k->was }, before;
    int64_t id = 0, until = 0;
    bool found;
    TRY(db_int(c, &sql_facts_today, PARAMS(ABOUT(&f), P_INT("day", day_of(c->now).n)), &id));
    if (id)
        TRY(entity_load(c, &elder_fact_entity, id, &f, &found));
    if (!id || !sv_eq(f.value, k->was))
        return ERR_NONE;
    TRY(db_int(c, &sql_fact_until, PARAMS(ABOUT(&f), P_INT("until", f.valid_from.n - 1)), &until));
    if (until) {
        TRY(entity_load(c, &elder_fact_entity, until, &before, &found));
        if (k->kind != FACT_FLAG && !sv_eq(before.value, k->now))
            return correct(c, id, k);                /* it had been noted that very day */
        before.valid_to = f.valid_to;
        TRY(entity_update_by_rule(c, &elder_fact_entity, &before, before.row.version, taken_back));
    }
    f.row.ended_at = c->now;
    return entity_update_by_rule(c, &elder_fact_entity, &f, f.row.version, taken_back);
}

/* A flag taken away ends its fact yesterday; one never noted was there since she was registered. */
MUST static enum err end_flag(struct ctx *c, const struct elder *e, struct sv flag,
                              struct day today)
{
    int64_t id = 0;
    struct elder_fact f = { .elder = e->id, .kind = FACT_FLAG, .value = flag,
                            .valid_from = day_of(e->row.created_at),
                            .valid_to = { today.n - 1 }, .known_on = DAY_NONE,
                            .source = SV("原登记") };
    bool found;
    TRY(db_int(c, &sql_facts_today, PARAMS(ABOUT(&f), P_INT("day", today.n)), &id));
    if (!id)
        return f.valid_from.n < today.n ? entity_create_by_rule(c, &elder_fact_entity, &f)
                                        : ERR_NONE;
    TRY(entity_load(c, &elder_fact_entity, id, &f, &found));
    if (f.valid_from.n < today.n)
        f.valid_to = (struct day){ today.n - 1 };
    else
        f.row.ended_at = c->now;         /* begun today, taken back today */
    return entity_update_by_rule(c, &elder_fact_entity, &f, f.row.version, "ended");
}

MUST static enum err follow_flags(struct ctx *c, const struct elder *was, const struct elder *now,
                                  struct sv source, bool undone)
{
    struct day today = day_of(c->now);
    uint64_t differ = was->flags.bits ^ now->flags.bits;
    for (size_t i = 0; i < choices_n(elder_flags); i++) {
        struct sv flag = sv_of(elder_flags[i].key);
        struct changed k = { FACT_FLAG, flag, flag, today, today, source };
        if (!(differ >> i & 1))
            continue;
        if (now->flags.bits >> i & 1)
            TRY(note_change(c, now, &k));
        else
            TRY(undone ? take_back(c, now, &k) : end_flag(c, now, flag, today));
    }
    return ERR_NONE;
}

enum err fact_follow(struct ctx *c, const struct elder *was, const struct elder *now,
                     const char *action)
{
    struct day today = day_of(c->now), since;
    if (!was || sv_is(SV("fact"), action))
        return ERR_NONE;
    struct sv source = c->reason.len ? c->reason : SV("档案登记");
    bool undone = sv_is(SV("import_undone"), action);
    since = day_of(now->row.created_at);
    if (was->residence != now->residence) {
        struct changed k = { FACT_RESIDENCE, sv_of(residence_kinds[was->residence].key),
                             sv_of(residence_kinds[now->residence].key), since, today, source };
        TRY(undone ? take_back(c, now, &k) : note_change(c, now, &k));
    }
    if (was->grade != now->grade && (undone || now->grade != GRADE_UNKNOWN)) {
        struct changed k = { FACT_GRADE, sv_of(ability_grades[was->grade].key),
                             sv_of(ability_grades[now->grade].key),
                             day_known(was->grade_on) ? was->grade_on : since, now->grade_on,
                             now->grade_source };
        TRY(undone ? take_back(c, now, &k) : note_change(c, now, &k));
    }
    return follow_flags(c, was, now, source, undone);
}

/* --- whose day has come --- */

static enum err turn_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct elder_fact f;
    bool found;
    (void)with;
    TRY(entity_load(c, &elder_fact_entity, due->id, &f, &found));
    return turn(c, &f);
}

/* Once a day; ten days back, so that days the house stood still are made up for. */
static enum err job_turn(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_facts_turning, .since = { day_of(c->now).n - 10 }, .each = turn_one });
}

static const struct job_kind jobs[] = { { .name = "facts_turn", .run = job_turn }, { 0 } };

static const struct schedule schedules[] = {
    { .name = "facts_turn", .job = "facts_turn", .every_s = 86400, .at_min = 2 }, { 0 },
};

static const struct message messages[] = {
    { "fact.value", "请填写该事项的标准值，如“户籍”“中度失能”“独居”",
      "give a value of that field, as registered, moderate, living_alone" },
    { "fact.same_day", "这一天已有同一事项的记录，请改那一条",
      "there is such a fact from that day already; change that one" },
    { "elder_event.order", "发生日期不能晚于知晓日期和今天", "it cannot have happened later than today" },
    { "elder_event.died_twice", "已登记过去世，请先撤销那一条", "a death is noted already" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "facts_apart", "同一事项的记录不重叠", &sql_facts_overlap },
    { "death_noted", "去世登记都写入档案", &sql_died_without_event },
    { 0 },
};

static const struct entity *const entities[] = { &elder_fact_entity, &elder_event_entity, NULL };

static const struct indicator indicators[] = {
    { .key = "deaths", .zh = "新知道的去世", .en = "Deaths that became known",
      .unit_zh = "人", .unit_en = "people",
      .definition_zh = "昨天和今天登记知晓的去世事件（已撤销的不计）；更早去世、现在才知道的另列",
      .definition_en = "deaths noted as known yesterday or today, revoked ones left out; those "
                       "that happened before yesterday stand apart",
      .sql = &sql_figure_deaths, .entity = "elder_event",
      .list = "kind=died&state=noted&known_on.from={yesterday}&known_on.to={today}",
      .parts = { { "late", "其中更早去世的", "of those, earlier",
                   "kind=died&state=noted&known_on.from={yesterday}&known_on.to={today}"
                   "&happened_on.to={before_yesterday}" } },
      .watch = "figure.deaths.watch" },
    { .key = "moves", .zh = "新迁入", .en = "Moved in", .unit_zh = "人", .unit_en = "people",
      .definition_zh = "迁移日期为昨天或今天、现在住在本辖区的老年人",
      .definition_en = "elders of this area whose day of moving is yesterday or today",
      .sql = &sql_figure_moves, .entity = "elder",
      .list = "moved_on.from={yesterday}&moved_on.to={today}" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "figure.deaths.watch", "1", "", "新知道的去世：关注", "Deaths: watch", "系统默认值，待核" },
    { 0 },
};

const struct module fact_module = {
    .name = "fact", .entities = entities, .jobs = jobs, .schedules = schedules,
    .messages = messages, .invariants = invariants, .indicators = indicators,
    .parameters = parameters,
};
