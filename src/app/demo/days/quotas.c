/*
 * quotas.c - what a district buys for its elders, and words that worry: examples, all 待核.
 *
 * Amounts differ from district to district and stand in its contracts; these are made up.
 */

#include "app/demo/demo.h"
#include "care/mood/mood.h"
#include "care/quota/quota.h"

#define C(category) (UINT64_C(1) << CATEGORY_##category)
#define F(flag) (UINT64_C(1) << FLAG_##flag)
#define R(kind) (UINT64_C(1) << RESIDENCE_##kind)

static const struct {
    const char *name;
    uint64_t categories, groups;
    int grade, unit;
    int64_t amount;
    bool carries;
    uint64_t residences;
    int64_t months;
} rules[] = {
    { "中度失能及以上居家助浴", C(BATH), 0, GRADE_MODERATE, QUOTA_TIMES, 4, true, 0, 0 },
    { "重度失能居家照护", C(CLEAN) | C(WALK) | C(COMPANION) | C(REHAB), 0, GRADE_SEVERE,
      QUOTA_HOURS, 20, false, R(REGISTERED) | R(RESIDENT), 6 },
    { "低保特困助洁陪伴", C(CLEAN) | C(COMPANION), F(MINIMUM_INCOME) | F(DESTITUTE), GRADE_UNKNOWN,
      QUOTA_YUAN, 100, false, R(REGISTERED) | R(RESIDENT), 12 },
};

MUST static enum err quota_rules(struct demo *d)
{
    struct quota_rule made[sizeof rules / sizeof *rules];
    size_t n = sizeof rules / sizeof *rules;
    for (size_t i = 0; i < n; i++) {
        struct quota_rule *r = &made[i];
        record_clear(quota_rule_fields, r);
        TRY(demo_id(d, &r->id.n));
        r->row.scope = d->district.row.scope;
        r->division = d->district.id;
        r->name = sv_of(rules[i].name);
        r->categories.bits = rules[i].categories;
        r->groups.bits = rules[i].groups;
        r->grade = rules[i].grade;
        r->unit = rules[i].unit;
        r->amount = rules[i].amount;
        r->carries = rules[i].carries;
        r->residences.bits = rules[i].residences;
        r->residence_months = rules[i].months;
        r->valid_from = demo_rules_from(d);
        r->source = SV("演示数据：各区以购买服务合同为准，待核");
    }
    return demo_store(d, &quota_rule_entity, made, n);
}

static const struct { const char *word; int kind; } words[] = {
    { "不想活", RISK_SELF_HARM }, { "活着没意思", RISK_SELF_HARM }, { "想死", RISK_SELF_HARM },
    { "打我", RISK_ABUSE },       { "不给饭吃", RISK_ABUSE },       { "没人管", RISK_LONELY },
    { "没人来看", RISK_LONELY },  { "找不到家", RISK_CONFUSED },    { "不记得吃没吃", RISK_CONFUSED },
    { "骗走", RISK_MONEY },       { "保健品", RISK_MONEY },         { "投资", RISK_MONEY },
};

MUST static enum err risk_words(struct demo *d)
{
    struct risk_word made[sizeof words / sizeof *words];
    size_t n = sizeof words / sizeof *words;
    for (size_t i = 0; i < n; i++) {
        struct risk_word *w = &made[i];
        record_clear(risk_word_fields, w);
        TRY(demo_id(d, &w->id.n));
        w->row.scope = d->district.row.scope;
        w->word = sv_of(words[i].word);
        w->kind = words[i].kind;
        w->valid_from = demo_rules_from(d);
        w->source = SV("平台初始词表，待社工和精神卫生专业人员核对");
    }
    return demo_store(d, &risk_word_entity, made, n);
}

enum err demo_quotas(struct demo *d)
{
    TRY(quota_rules(d));
    return risk_words(d);
}
