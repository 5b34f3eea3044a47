/*
 * payment.h - money that was taken or given back for an order, as it was recorded (收款登记).
 *
 * The platform holds nobody's money. A row says that a station took so much for an order, how, and
 * who had it in hand; a refund is a row of less than nothing. Rows are never changed. Each stands
 * in the books of one day of one place: the day it was taken, or, when that day is counted and
 * closed already, the first day after it that is not. So a closed day never moves; what was told
 * late is a correction of a later one, marked `late`.
 */
#ifndef CARE_PAYMENT_H
#define CARE_PAYMENT_H

#include "care/order/order.h"
#include "http/http.h"

/* What it was for; keys of the tables stand in this order. */
enum payment_source { SOURCE_MEAL, SOURCE_VISIT, SOURCE_ERRAND, SOURCE_OTHER };
enum payment_kind { PAYMENT_TAKEN, PAYMENT_REFUND, PAYMENT_DIFFERENCE };
extern const struct choice payment_sources[], payment_kinds[];

struct payment_id { int64_t n; };

struct payment {
    struct payment_id      id;
    struct row             row;
    struct sv              number;         /* of the receipt */
    struct care_order_id   care_order;
    struct organisation_id org;
    struct place_id        place;
    struct elder_id        elder;
    struct carer_id        carer;          /* who had it in hand; 0: the desk */
    int                    kind, source, pay_way;
    struct money           amount;         /* below 0: given back */
    struct day             day;            /* of the books */
    struct moment          taken_at;
    bool                   late;           /* its own day was closed */
    struct account_id      taken_by;
    struct sv              reason;
};

extern const struct field  payment_fields[];
extern const struct entity payment_entity, invoice_entity;
extern const struct module payment_module;

/* Records money for an order outside its own steps: a refund (below 0) or a difference. */
MUST enum err payment_record(struct ctx *c, const struct care_order *o, enum payment_kind kind,
                             struct money amount, struct sv reason);

/* What stands with an order: taken in all, owed by the rule, and what may be given back. */
struct payment_sum { struct money taken, owed, refundable; };
MUST enum err payment_sum_of(struct ctx *c, const struct care_order *o,
                             struct payment_sum *ret_sum);

/* --- invoices (invoice.c) --- */

enum invoice_state { INVOICE_ASKED, INVOICE_SENT, INVOICE_REFUSED };
enum invoice_title { TITLE_PERSON, TITLE_COMPANY };

struct invoice_id { int64_t n; };

struct invoice {
    struct invoice_id      id;
    struct row             row;
    struct care_order_id   care_order;
    struct organisation_id org;
    struct account_id      account;        /* the citizen who asked; 0: the desk did for her */
    int                    title_kind;
    struct sv              title, tax_number;
    struct money           amount;         /* what she paid herself */
    struct sv              send_to;        /* e-mail or telephone: SEALED */
    int                    state;
    struct sv              number, reason;
    struct moment          sent_at;
};

extern const struct field invoice_fields[];

#endif
