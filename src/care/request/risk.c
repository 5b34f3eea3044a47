/* risk.c - how dangerous what was said sounds: words and matters are parameters. */

#include "care/parameter/parameter.h"
#include "care/request/inside.h"

/* The first word of a list that stands in the text; "" none. */
static struct sv word_in(struct sv words, struct sv text)
{
    struct sv one;
    while (sv_cut(&words, ',', &one)) {
        one = sv_trim(one);
        if (one.len && sv_find(text, one) >= 0)
            return one;
    }
    return SV("");
}

static bool listed(struct sv keys, const char *key)
{
    struct sv one;
    while (sv_cut(&keys, ',', &one))
        if (sv_is(sv_trim(one), key))
            return true;
    return false;
}

struct level { int risk; const char *words, *topics; };
static const struct level levels[] = {
    { RISK_HIGH, "request.words_high", "request.topics_high" },
    { RISK_MIDDLE, "request.words_middle", "request.topics_middle" },
};

MUST static enum err judge_level(struct ctx *c, const struct level *at, struct request_ticket *r)
{
    struct sv words, topics, found;
    TRY(parameter_text(c, at->words, r->row.scope, day_of(c->now), &words));
    TRY(parameter_text(c, at->topics, r->row.scope, day_of(c->now), &topics));
    found = word_in(words, r->matter);
    if (found.len) {
        r->risk = at->risk;
        r->risk_why = sv_fmt(&c->mem, "内容中有“%.*s”", SV_ARG(found));
    } else if (listed(topics, request_topics[r->topic].key)) {
        r->risk = at->risk;
        r->risk_why = sv_fmt(&c->mem, "事项为“%s”", request_topics[r->topic].zh);
    }
    return ERR_NONE;
}

enum err request_judge(struct ctx *c, struct request_ticket *r)
{
    r->risk = RISK_NORMAL;
    r->risk_why = SV("");
    if (r->danger) {
        r->risk = RISK_HIGH;
        r->risk_why = SV("诉求人说有人受伤或有危险");
    }
    for (size_t i = 0; i < sizeof levels / sizeof *levels && r->risk == RISK_NORMAL; i++)
        TRY(judge_level(c, &levels[i], r));
    return ERR_NONE;
}
