/* page.c - what is left of an elder's quotas this month, in words. */

#include "care/quota/page.h"

#include "care/quota/quota.h"
#include "care/standing/pause.h"
#include "http/describe/gives.h"

static void put_units(struct buf *b, const struct quota_rule *r, int64_t units)
{
    if (r->unit == QUOTA_YUAN)
        buf_fixed(b, units, 2);
    else if (r->unit == QUOTA_HOURS && units % 60)
        buf_fixed(b, units * 10 / 60, 1);
    else
        buf_int(b, r->unit == QUOTA_HOURS ? units / 60 : units);
}

struct sv quota_words(struct arena *mem, const struct quota_state *s, enum lang lang)
{
    struct buf b = buf_new(mem, 96);
    const struct choice *unit = &quota_units[s->rule.unit];
    const char *said = lang == LANG_EN ? unit->en : unit->zh;
    bool week = s->rule.period == QUOTA_WEEK;
    buf_text(&b, lang == LANG_EN ? "left this " : week ? "本周还剩 " : "本月还剩 ");
    if (lang == LANG_EN)
        buf_text(&b, week ? "week: " : "month: ");
    put_units(&b, &s->rule, quota_left(&s->quota));
    buf_fmt(&b, " %s", said);
    buf_text(&b, lang == LANG_EN ? " (granted " : week ? "（本周 " : "（本月 ");
    put_units(&b, &s->rule, s->quota.granted);
    if (s->quota.carried) {
        buf_text(&b, lang == LANG_EN ? ", carried over " : "，上月结转 ");
        put_units(&b, &s->rule, s->quota.carried);
    }
    buf_text(&b, lang == LANG_EN ? ", used " : "，已用 ");
    put_units(&b, &s->rule, s->quota.used);
    buf_text(&b, lang == LANG_EN ? ")" : "）");
    return buf_sv(&b);
}

enum err quota_json(struct ctx *c, struct json *j, const struct elder *e)
{
    struct quota_state states[QUOTA_RULES_MAX];
    size_t n;
    TRY(quota_of(c, e, day_of(c->now), states, &n));
    json_array(j, "quotas");
    for (size_t i = 0; i < n; i++) {
        const struct quota_state *s = &states[i];
        json_object(j, NULL);
        json_text(j, "name", s->rule.name);
        if (s->rule.service_package.n)
            json_id(j, "service_package", s->rule.service_package.n);
        json_text(j, "unit", sv_of(quota_units[s->rule.unit].key));
        json_int(j, "granted", s->quota.granted);
        json_int(j, "carried", s->quota.carried);
        json_int(j, "used", s->quota.used);
        json_int(j, "left", quota_left(&s->quota));
        json_text(j, "words", quota_words(&c->mem, s, c->lang));
        json_bool(j, "checked", s->rule.status == PARAMETER_CHECKED);
        json_text(j, "source", s->rule.source);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

const struct field quota_line_gives[] = {
    SAYS(TEXT, "name"),
    MAY_SAY(ID, "service_package", .zh = "所属服务包", .en = "Of the package"),
    SAYS(CHOICE, "unit", .choices = quota_units),
    SAYS(INT, "granted", .zh = "次、分钟或分", .en = "Times, minutes or fen"),
    SAYS(INT, "carried"), SAYS(INT, "used"), SAYS(INT, "left"), SAYS(TEXT, "words"),
    SAYS(BOOL, "checked", .zh = "标准已核对", .en = "The rule has been checked"),
    SAYS(TEXT, "source"), { 0 },
};

static enum err quota_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct elder e;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(pause_elder(c, (struct elder_id){ id }, &e));
    return quota_json(c, &a->json, &e);
}

static const struct field quota_gives[] = {
    SAYS(LIST, "quotas", .record = quota_line_gives), { 0 },
};

const struct endpoint quota_endpoints[] = {
    { .verb = GET, .path = "/api/elder/{id}/quota", .run = quota_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = quota_gives, .zh = "老年人本月额度",
      .en = "What is left of an elder's quotas this month" },
    { 0 },
};
