/* mood.c - mood notes and risk words. */

#include "care/mood/mood.h"

#include "care/elder/seen.h"
#include "care/signal/signal.h"

SQL(risk_words_on);

const struct choice moods[] = {
    { "not_said", "未填", "not said" },   { "very_low", "很低落", "very low" },
    { "low", "低落", "low" },             { "even", "平静", "even" },
    { "good", "不错", "good" },           { "very_good", "很高兴", "very good" }, { 0 },
};
const struct choice risk_kinds[] = {
    { "self_harm", "自伤或轻生", "harming herself" }, { "abuse", "被打骂或被冷落", "abuse or neglect" },
    { "lonely", "孤独无助", "lonely and helpless" },   { "confused", "糊涂走失", "confused, lost" },
    { "money", "被骗钱财", "swindled" },               { 0 },
};

#define M struct mood_note
const struct field mood_note_fields[] = {
    ROW_FIELDS(M),
    LINK(M, visit, "visit", .required = true, .create_only = true, .filter = true, .zh = "工单",
         .en = "Visit"),
    LINK(M, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(M, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(M, carer, "carer", .read_only = true, .brief = true, .zh = "护理员", .en = "Carer"),
    CHOICE(M, mood, moods, .required = true, .filter = true, .brief = true, .zh = "心情",
           .en = "Mood"),
    FIELD(M, words, .class = SECRET, .high = 1000, .many_lines = true, .zh = "聊了什么、情绪怎样",
          .en = "What she said, how she was"),
    SET(M, risks, risk_kinds, .read_only = true, .class = MASKED, .mask = MASK_COARSE,
        .zh = "风险提示", .en = "What worries"),
    FIELD(M, noted_at, .read_only = true, .brief = true, .zh = "记录时间", .en = "Noted at"),
    { 0 },
};

static const struct index note_indexes[] = {
    { .name = "visit", .columns = "visit", .unique = true, .where = "ended_at IS NULL",
      .message = "mood.once" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "mood", .columns = "mood, scope, id" },
    { 0 },
};
static const struct sort note_sorts[] = { { "created", "id", true, "最近", "Latest" }, { 0 } };

enum err mood_risks(struct ctx *c, struct sv words, struct day day, struct set *ret_risks)
{
    *ret_risks = (struct set){ 0 };
    struct rows r = db_rows(c, &sql_risk_words_on, PARAMS(P_INT("day", day.n)));
    while (rows_next(&r)) {
        int kind;
        if (sv_find(words, rows_text(&r, 0)) >= 0 && choice_of(risk_kinds, rows_text(&r, 1), &kind))
            ret_risks->bits |= UINT64_C(1) << kind;
    }
    return rows_end(&r);
}

/* The note is of the visit: its elder, carer and organisation; the visit is over or under way. */
static enum err note_rules(struct ctx *c, const void *before, void *row)
{
    M *m = row;
    struct visit v;
    bool found;
    (void)before;
    if (m->mood == MOOD_NOT_SAID)
        fail_field(c, SV("mood"), "mood.not_said");
    TRY(fail_fields(c));
    TRY(entity_load(c, &visit_entity, m->visit.n, &v, &found));
    if (!found || !v.elder.n || (v.state != VISIT_ARRIVED && v.state != VISIT_DONE)) {
        fail_field(c, SV("visit"), "mood.visit");
        return fail_fields(c);
    }
    m->elder = v.elder;
    m->org = v.org;
    m->carer = v.carer;
    if (!before)
        m->noted_at = ctx_happened(c);
    return mood_risks(c, m->words, v.day, &m->risks);
}

static struct sv reason_of(struct ctx *c, const M *m)
{
    struct buf b = buf_new(&c->mem, 96);
    buf_text(&b, m->mood == MOOD_VERY_LOW ? "陪伴时情绪很低落" : "陪伴记录需要关注");
    for (size_t i = 0; i < choices_n(risk_kinds); i++)
        if (m->risks.bits >> i & 1) {
            buf_text(&b, "，疑似");
            buf_text(&b, risk_kinds[i].zh);
        }
    buf_text(&b, "，请社工联系老人");
    return buf_sv(&b);
}

/* The community's, not the organisation's: it may be what she complains of. */
static enum err note_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const M *m = row, *was = before;
    (void)action;
    bool worries = m->mood == MOOD_VERY_LOW || m->risks.bits;
    bool known = was && was->risks.bits == m->risks.bits && was->mood == m->mood;
    if (!worries || known)
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_MOOD, .elder = m->elder, .visit = m->visit,
                           .happened_at = m->noted_at, .why = reason_of(c, m) };
    return signal_raise(c, &w);
}

const struct entity mood_note_entity = {
    .name = "mood_note", .zh = "陪伴记录", .en = "Mood note", .kind = ENTITY_ORDINARY,
    .size = sizeof(M), .fields = mood_note_fields, .indexes = note_indexes, .sorts = note_sorts,
    .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .creates = MAY_DO_VISITS,
    .seen_by_org = "org = $", .seen_by_carer = "carer = $", .seen_by_own = SEEN_BY_FAMILY,
    .elder = "elder", .scope_of = "elder", .rules = note_rules, .follow = note_follow,
    .menu = "orders",
};
#undef M

#define W struct risk_word
const struct field risk_word_fields[] = {
    ROW_FIELDS(W),
    FIELD(W, word, .required = true, .low = 2, .high = 20, .brief = true, .zh = "词", .en = "Word"),
    CHOICE(W, kind, risk_kinds, .filter = true, .brief = true, .zh = "风险", .en = "What it tells"),
    FIELD(W, valid_from, .required = true, .brief = true, .zh = "生效", .en = "From"),
    FIELD(W, valid_to, .brief = true, .zh = "失效", .en = "Until"),
    FIELD(W, source, .required = true, .high = 200, .brief = true, .zh = "依据", .en = "Source"),
    CHOICE(W, status, parameter_statuses, .filter = true, .brief = true, .zh = "核对",
           .en = "Checked"),
    { 0 },
};
static const struct index word_indexes[] = {
    { .name = "word", .columns = "word, kind, valid_from", .unique = true,
      .where = "ended_at IS NULL", .message = "mood.same_word" },
    { .name = "valid", .columns = "valid_from, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "status", .columns = "status, id" },
    { 0 },
};
static const struct sort word_sorts[] = { { "word", "word", false, "词", "Word" }, { 0 } };

const struct entity risk_word_entity = {
    .name = "risk_word", .zh = "风险词", .en = "Risk word", .kind = ENTITY_ORDINARY,
    .size = sizeof(W), .fields = risk_word_fields, .indexes = word_indexes, .sorts = word_sorts,
    .title = "word", .reads = MAY_READ_REGISTER, .writes = MAY_SET_RULES, .seen_by_all = true,
    .menu = "setup",
};
#undef W

static const struct message messages[] = {
    { "mood.once", "这次上门已有陪伴记录", "This visit has a mood note already" },
    { "mood.not_said", "请选择心情", "Choose the mood" },
    { "mood.visit", "请选择进行中或已完成、老人在册的工单",
      "Choose a visit under way or done, of a registered elder" },
    { "mood.same_word", "这个词已在清单中", "This word stands in the list already" },
    { 0 },
};

const struct module mood_module = {
    .name = "mood", .messages = messages,
    .entities = (const struct entity *const[]){ &mood_note_entity, &risk_word_entity, NULL },
};
