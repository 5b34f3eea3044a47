/* reasons.c - what can be said of a visit, how much it weighs, and how a person reads it. */

#include "care/proof/proof.h"

const struct choice proof_kinds[] = {
    { "door_code", "门码", "door code" },   { "call_back", "抽查回访", "sampled call-back" },
    { "family", "家属确认", "family's word" }, { "signature", "老人签字", "elder's signature" },
    { "photo", "照片", "photo" },           { "place", "签到位置", "place" },
    { "time", "时间", "times" },            { "pin", "老人口令", "elder's number" },
    { "voice", "语音", "voice note" },      { 0 },
};

const struct choice proof_results[] = {
    { "pending", "待核对", "being looked at" }, { "good", "相符", "speaks for it" },
    { "doubtful", "存疑", "doubtful" }, { "bad", "不符", "speaks against it" }, { 0 },
};

const struct choice proof_whys[] = {
    { "pending", "待核对", "being looked at" },
    { "code_ok", "门码正确", "the door code is right" },
    { "code_old", "门码已更换", "the door code was replaced" },
    { "code_unhung", "门码还没有上墙交接", "the door code has not been hung up" },
    { "code_foreign", "是别家的门码", "the door code is of another home" },
    { "code_unknown", "没有这个门码", "there is no such door code" },
    { "signed", "老人已签字", "signed by the elder" },
    { "signature_seen", "签字与以前一次完全相同", "the very signature of an earlier visit" },
    { "photo_new", "照片未见重复", "a photo not seen before" },
    { "photo_seen", "照片以前用过", "the photo was used before" },
    { "photo_blank", "照片几乎全黑或全白", "the photo is nearly black or white" },
    { "photo_unreadable", "照片打不开", "the photo cannot be read" },
    { "place_near", "签到位置在家附近", "arrived at the home" },
    { "place_far", "签到位置离家太远", "arrived too far from the home" },
    { "place_none", "手机没有给出位置", "the phone gave no place" },
    { "place_no_home", "家的位置未登记", "the home has no point" },
    { "time_possible", "从上一家赶得到", "could come from the visit before" },
    { "time_too_fast", "从上一家赶不到", "could not have come from the visit before" },
    { "time_short", "时长不足", "too short" },
    { "time_whole", "时长足够", "long enough" },
    { "time_late", "迟报", "told late" },
    { "pin_ok", "老人口令正确", "the elder's number is right" },
    { "pin_wrong", "老人口令不对", "the elder's number is wrong" },
    { "voice", "有语音记录", "a voice note" },
    { 0 },
};

const struct proof_reason proof_reasons[WHY_COUNT] = {
    [WHY_PENDING] = { PROOF_PHOTO, PROOF_PENDING, 0 },
    [WHY_CODE_OK] = { PROOF_DOOR_CODE, PROOF_GOOD, 40 },
    [WHY_CODE_OLD] = { PROOF_DOOR_CODE, PROOF_DOUBTFUL, -20 },
    [WHY_CODE_UNHUNG] = { PROOF_DOOR_CODE, PROOF_DOUBTFUL, -20 },
    [WHY_CODE_FOREIGN] = { PROOF_DOOR_CODE, PROOF_BAD, -40 },
    [WHY_CODE_UNKNOWN] = { PROOF_DOOR_CODE, PROOF_BAD, -20 },
    [WHY_SIGNED] = { PROOF_SIGNATURE, PROOF_GOOD, 15 },
    [WHY_SIGNATURE_SEEN] = { PROOF_SIGNATURE, PROOF_BAD, -40 },
    [WHY_PHOTO_NEW] = { PROOF_PHOTO, PROOF_GOOD, 10 },
    [WHY_PHOTO_SEEN] = { PROOF_PHOTO, PROOF_BAD, -40 },
    [WHY_PHOTO_BLANK] = { PROOF_PHOTO, PROOF_DOUBTFUL, -5 },
    [WHY_PHOTO_UNREADABLE] = { PROOF_PHOTO, PROOF_DOUBTFUL, 0 },
    [WHY_PLACE_NEAR] = { PROOF_PLACE, PROOF_GOOD, 10 },
    [WHY_PLACE_FAR] = { PROOF_PLACE, PROOF_DOUBTFUL, -20 },
    [WHY_PLACE_NONE] = { PROOF_PLACE, PROOF_PENDING, 0 },
    [WHY_PLACE_NO_HOME] = { PROOF_PLACE, PROOF_PENDING, 0 },
    [WHY_TIME_POSSIBLE] = { PROOF_TIME, PROOF_GOOD, 5 },
    [WHY_TIME_TOO_FAST] = { PROOF_TIME, PROOF_BAD, -30 },
    [WHY_TIME_SHORT] = { PROOF_TIME, PROOF_DOUBTFUL, -15 },
    [WHY_TIME_WHOLE] = { PROOF_TIME, PROOF_GOOD, 5 },
    [WHY_TIME_LATE] = { PROOF_TIME, PROOF_DOUBTFUL, 0 },
    [WHY_PIN_OK] = { PROOF_PIN, PROOF_GOOD, 5 },
    [WHY_PIN_WRONG] = { PROOF_PIN, PROOF_DOUBTFUL, -10 },
    [WHY_VOICE] = { PROOF_VOICE, PROOF_GOOD, 2 },
};

/* --- with its numbers --- */

static void put_metres(struct buf *b, int64_t m, bool en)
{
    if (m < 1000) {
        buf_int(b, m);
        buf_text(b, en ? " m" : " 米");
        return;
    }
    buf_fixed(b, m / 100, 1);
    buf_text(b, en ? " km" : " 公里");
}

/* "（应在 300 米内）": what was allowed. */
static void put_bound(struct buf *b, const char *before, int64_t n, const char *after)
{
    buf_text(b, before);
    buf_int(b, n);
    buf_text(b, after);
}

static void put_place(struct buf *b, const struct proof *p, bool en)
{
    buf_text(b, en ? "arrived " : "签到位置距家 ");
    put_metres(b, p->measure, en);
    buf_text(b, en ? " from the home" : "");
    if (p->why == WHY_PLACE_FAR)
        put_bound(b, en ? " (within " : "（应在 ", p->bound, en ? " m)" : " 米内）");
}

static void put_seen(struct ctx *c, struct buf *b, const struct proof *p, bool en)
{
    struct visit other;
    bool found = false;
    if (entity_load(c, &visit_entity, p->other.n, &other, &found) != ERR_NONE)
        ctx_forgive(c);
    buf_text(b, en ? "used before" : p->kind == PROOF_SIGNATURE ? "签字用过" : "照片用过");
    if (!found)
        return;
    buf_text(b, en ? ", on " : "：");
    buf_day(b, other.day);
}

static void put_minutes(struct buf *b, const struct proof *p, bool en)
{
    switch (p->why) {
    case WHY_TIME_SHORT:
        put_bound(b, en ? "only " : "只做了 ", p->measure, en ? " min" : " 分钟");
        put_bound(b, en ? " of " : "（应做 ", p->bound, en ? " min" : " 分钟）");
        break;
    case WHY_TIME_TOO_FAST:
        put_bound(b, en ? "came from the visit before in " : "离开上一家到签到只有 ", p->measure,
                  en ? " min" : " 分钟");
        buf_text(b, en ? ", which cannot be" : "，赶不到");
        break;
    case WHY_TIME_LATE:
        put_bound(b, en ? "told " : "", p->measure, en ? " min later" : " 分钟后才上报");
        break;
    default:
        buf_text(b, en ? proof_whys[p->why].en : proof_whys[p->why].zh);
    }
}

struct sv proof_text(struct ctx *c, const struct proof *p)
{
    bool en = c->lang == LANG_EN;
    struct buf b = buf_new(&c->mem, 96);
    if (p->why == WHY_PLACE_NEAR || p->why == WHY_PLACE_FAR)
        put_place(&b, p, en);
    else if (p->why == WHY_PHOTO_SEEN || p->why == WHY_SIGNATURE_SEEN)
        put_seen(c, &b, p, en);
    else if (p->kind == PROOF_TIME)
        put_minutes(&b, p, en);
    else
        buf_text(&b, en ? proof_whys[p->why].en : proof_whys[p->why].zh);
    return buf_sv(&b);
}
