/* messages.c - what yesterday's services told families; some failed, some are to be rung. */

#include "app/demo/demo.h"
#include "care/message/channel.h"
#include "care/message/choice.h"
#include "care/message/message.h"

enum { OF_YESTERDAY_MAX = 80, FAILS_EACH = 17, RUNG_EACH = 23, CARRY_MS = 4000 };

static const struct sv failed_why = SV_INIT("HTTP 200 空号");

static enum err of_yesterday(struct demo *d, struct page *page)
{
    struct buf b = buf_new(&d->mem, 64);
    struct query q;
    buf_text(&b, "day=");
    buf_day(&b, (struct day){ d->today.n - 1 });
    buf_fmt(&b, "&state.in=confirmed,served,rated,not_met&size=%d", OF_YESTERDAY_MAX);
    TRY(query_read(d->c, &care_order_entity, buf_sv(&b), &q));
    return entity_list(d->c, &care_order_entity, &q, page);
}

static struct sv text_of(struct demo *d, const struct care_order *o, int64_t minute)
{
    struct catalogue_item item;
    bool found;
    if (entity_load(d->c, &catalogue_item_entity, o->item.n, &item, &found) || !found)
        ctx_forgive(d->c);
    struct sv name = found ? item.plain_name : SV("服务");
    const char *form = o->state == ORDER_NOT_MET
        ? "【一刻养老】%.*s：%02d:%02d上门没有见到老人，驿站正在联系，请您也打个电话。••••"
        : "【一刻养老】%.*s：%02d:%02d做完了。••••";
    return sv_fmt(&d->mem, form, SV_ARG(name), (int)(minute / 60), (int)(minute % 60));
}

/* One in seventeen went to a number that is none, one in twenty-three has to be rung. */
static enum err fill(struct demo *d, const struct care_order *o, size_t i, struct message_row *m)
{
    bool rung = i % RUNG_EACH == RUNG_EACH - 1, failed = !rung && i % FAILS_EACH == FAILS_EACH - 1;
    int64_t minute = o->state == ORDER_NOT_MET ? o->start_min : o->end_min;
    record_clear(message_fields, m);
    TRY(demo_id(d, &m->id.n));
    m->row.scope = o->row.scope;
    m->row.created_at = moment_at(o->day, (int)(minute % MINUTES_A_DAY));
    m->kind = o->state == ORDER_NOT_MET ? TELL_NOT_MET : TELL_DONE;
    m->way = rung ? WAY_CALL : i % 5 == 4 ? WAY_VOICE : WAY_SMS;
    m->state = rung ? MESSAGE_WAITING : failed ? MESSAGE_FAILED
                                     : i % 3 ? MESSAGE_DELIVERED : MESSAGE_SENT;
    m->account = o->account;
    m->elder = o->elder;
    m->org = o->org;
    m->care_order = o->id;
    m->address = rung ? SV("") : o->for_phone;
    m->text = text_of(d, o, minute % MINUTES_A_DAY);
    m->once = sv_fmt(&d->mem, "%s/%lld/demo", message_kinds[m->kind].key, (long long)o->id.n);
    m->urgent = m->kind == TELL_NOT_MET;
    m->parts = m->way == WAY_SMS ? 1 : m->way == WAY_VOICE ? 6 : 0;
    m->happened_at = m->not_before = m->row.created_at;
    m->tries = rung ? 0 : failed ? 5 : 1;
    m->why = failed ? failed_why : SV("");
    if (!rung && !failed)
        m->sent_at.ms = m->row.created_at.ms + CARRY_MS;
    if (m->state == MESSAGE_DELIVERED)
        m->delivered_at.ms = m->sent_at.ms + CARRY_MS;
    return ERR_NONE;
}

/* A gateway as it would be described, not in use: the demo's messages go to its file. */
static enum err gateway(struct demo *d)
{
    struct message_channel k;
    record_clear(message_channel_fields, &k);
    TRY(demo_id(d, &k.id.n));
    k.row.scope = d->district.row.scope;
    k.name = SV("示例：市短信平台（未启用）");
    k.adapter = ADAPTER_HTTP;
    k.url = SV("https://sms.example.cn/v1/send");
    k.headers = SV("Authorization: Bearer {secret}");
    k.body = SV("{\"mobile\":\"{to}\",\"content\":\"{text}\",\"uid\":\"{once}\"}");
    k.ok_path = SV("code");
    k.ok_value = SV("0");
    k.id_path = SV("msgid");
    k.why_path = SV("code");
    k.repeats = REPEATS_DROPPED;
    k.timeout_ms = 5000;
    k.rate_s = 20;
    k.tries_max = 5;
    return demo_store(d, &message_channel_entity, &k, 1);
}

enum err demo_messages(struct demo *d)
{
    struct page page;
    TRY(of_yesterday(d, &page));
    const struct care_order *orders = page.rows;
    struct message_row *rows = NEW(&d->mem, struct message_row, page.n ? page.n : 1);
    for (size_t i = 0; i < page.n; i++)
        TRY(fill(d, &orders[i], i, &rows[i]));
    if (page.n)
        TRY(demo_store(d, &message_entity, rows, page.n));
    return gateway(d);
}
