/*
 * message.h - messages to people, the one way anything is told: SMS, voice call, WeChat, or a line
 * of the call list for whoever can be reached by none of them.
 *
 * A module says what happened; nothing else. For an order: message_tell() writes one row with the
 * change, and the sender (app/worker.h) finds out afterwards who hears of it: whoever ordered,
 * and family bound by consent that may see records. For one address: message_send(). Each then
 * is a row of `message`, once for an event and a person (`once`), by these rules, in this order:
 *
 *     not wanted   the kind is switched off by her (never codes and the like)         → dropped
 *     stale        told later than message.stale_minutes, or it can leave only after `until`
 *                                                                                      → dropped
 *     digest       she wants one message in the evening                                → gathered
 *     enough       message.daily_limit to her today (urgent ones pass): to the digest  → gathered
 *     hour         a reminder: her hour, else message.remind_minute                    → later
 *     quiet        her quiet hours, else message.quiet_from … quiet_to (urgent pass)   → later
 *     way          hers; else WeChat if bound, SMS to a mobile, voice to a landline, else 待拨打
 *
 *     waiting → sent → delivered (by receipt) | failed (listed with why, sent again by a person)
 *             ├ unsure: the gateway may have it and cannot be asked; a person decides
 *             └ turned: WeChat will not take it (she follows no more): by SMS or voice, at once
 *
 * **At most once, at least once.** The row, its transport (store/outbox.h) and the change are one
 * transaction: nothing is lost, and nothing is told of what was undone. From there on it hangs on
 * the gateway (message_channel.repeats): one that drops a repeated id gets every try anew, which is
 * exactly once; with one that does not, a try whose answer never came is not repeated (at most
 * once): the row is `unsure`. What certainly did not leave is tried again by either.
 *
 * A reminder's `until` is asked again as it leaves: what was called off is not announced.
 *
 * Texts are plain, name no address and no condition, and are never advertising: there is no kind
 * for it. Secrets (a code, a link) lie sealed in the row and show as ••••.
 */
#ifndef CARE_MESSAGE_H
#define CARE_MESSAGE_H

#include "care/order/order.h"
#include "care/review/review.h"

/* What is told. Keys of the table stand in this order; a new kind is one row of kinds.c. */
enum message_kind {
    TELL_CODE, TELL_BOND_ASKED, TELL_BOND_MADE, TELL_PLACED, TELL_ARRIVED, TELL_DONE, TELL_NOT_MET,
    TELL_CANCELLED, TELL_CHANGED, TELL_CARER, TELL_TOMORROW, TELL_DIGEST, TELL_PAUSE_ENDS,
    TELL_HANDED, TELL_TEST, TELL_PLACE_FREE, TELL_GATHERING_OFF, TELL_MEAL, TELL_AGREEMENT_ENDS,
    TELL_BOND_ENDS, TELL_PACKAGE_ENDS, TELL_DAY_PLAN, TELL_KINDS
};
enum message_way { WAY_SMS, WAY_VOICE, WAY_WECHAT, WAY_CALL };
enum message_state {
    MESSAGE_WAITING, MESSAGE_SENT, MESSAGE_DELIVERED, MESSAGE_FAILED, MESSAGE_UNSURE,
    MESSAGE_GATHERED, MESSAGE_DIGESTED, MESSAGE_DROPPED, MESSAGE_CALLED
};
extern const struct choice message_kinds[], message_ways[], message_states[];

/* {name} in a text; its value is at most `max` characters. */
struct message_slot { const char *name, *zh, *sample; int max; bool secret; };
enum { SLOTS_MAX = 6, TEXT_MAX = 400 };

struct message_form {
    const struct message_slot *slots;      /* ends with { 0 } */
    bool urgent;                           /* passes quiet hours, limit and digest */
    bool optional;                         /* may be switched off */
    bool reminder;                         /* waits for her hour of the day, no digest takes it */
    const char *sms, *voice, *wechat;      /* the house's own texts, until one is published */
};
extern const struct message_form message_forms[TELL_KINDS];

struct message_id { int64_t n; };
struct message_template_id { int64_t n; };
struct message_channel_id { int64_t n; };

struct message_row {
    struct message_id  id;
    struct row         row;
    int                kind, way, state;
    struct account_id  account;            /* who hears of it; 0: not an account */
    struct elder_id    elder;              /* whom it is about */
    struct organisation_id org;
    struct care_order_id care_order;
    struct sv          address;            /* SEALED; of WeChat the open id */
    struct sv          text;               /* as it was sent, secrets as •••• */
    struct sv          slots;              /* SECRET, hidden: JSON of every slot's value */
    struct sv          once;               /* hidden */
    bool               urgent;
    int64_t            parts;              /* SMS parts, or seconds of a call */
    struct moment      happened_at, not_before, sent_at, delivered_at;
    struct moment      until;              /* after that it says nothing true; 0: always does */
    int64_t            tries, again;       /* again: how often a person sent it anew */
    struct sv          why;                /* why not, or why later */
    struct sv          instead;            /* why WeChat did not take it; "": it was not tried */
    struct sv          provider_ref;       /* the gateway's own id, for receipts */
    struct message_template_id template;   /* 0: the house's own text */
    struct message_channel_id channel;
    struct sv          link;               /* hidden: hash of the link's token */
    struct moment      link_until, looked_at;
    int64_t            looks;
};

extern const struct field  message_fields[];
extern const struct entity message_entity;
extern const struct module message_module;

/* --- saying something --- */

/* One slot's value. */
struct message_value { const char *name; struct sv value; };

/* To one person. `account`, `elder`: whose choices count; `phone`: where, unless they say more. */
struct message_new {
    enum message_kind  kind;
    struct account_id  account;
    struct elder_id    elder;              /* whom it is about */
    bool               to_elder;           /* she hears of it herself */
    struct sv          phone;
    const struct care_order *order;        /* NULL: none */
    int64_t            scope;
    struct message_value values[SLOTS_MAX];
    bool               link;               /* the text gets a link that shows just this */
    struct sv          once;
    struct moment      happened_at;        /* 0: now */
    struct moment      until;              /* 0: no end */
    int                by;                 /* 1 + enum message_way: that one; 0: as it fits */
};
/* A known `once`: nothing happens. The caller's rights are not asked. */
MUST enum err message_send(struct ctx *c, const struct message_new *n);
/*
 * The same to everybody whom something about n->elder concerns: family bound that may see her
 * records, and herself where she has a number. Account, phone and to_elder are filled in here.
 */
MUST enum err message_people(struct ctx *c, const struct message_new *n);

/*
 * Something happened to an order (visit 0: none): one row now, the rest after the commit. What is
 * recorded of times gone by (TELL_NEWS_MIN) is told to nobody. `turn` tells a second event of the
 * same kind about the same order from the first.
 */
enum { TELL_NEWS_MIN = 10 };
MUST enum err message_tell(struct ctx *c, enum message_kind kind, const struct care_order *o,
                           int64_t turn);

#endif
