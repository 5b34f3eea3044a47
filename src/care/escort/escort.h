/*
 * escort.h - to the clinic with her, or for her (陪诊, 代取药, 代挂号): the 委托书 that lets us, the
 * way there and back, what the doctor said in plain words, what was picked up.
 *
 * A 委托书 (proxy) says who may do what for her and until when, and is signed: on the carer's
 * telephone, or on paper of which a photograph is kept. It is made off line too; its file follows,
 * so that one without a file counts for `proxy.paper_hours` only. A consent (care/consent) says
 * that she agrees to a purpose; a 委托书 names the organisation, the acts and the paper.
 *
 *     proxy    draft (signed, file to come) → given → withdrawn
 *     escort   planned → out → clinic → seen → drugs → home        (called_off with its order)
 *
 * An escort is made with its order. Nobody sets out without a 委托书 in force: the refusal says how
 * to get one. What the doctor said and what was picked up is SECRET: the carer writes it, the elder
 * and those who may see her records read it, staff ask with a reason. Photographs of drugs and
 * papers are kept sealed.
 */
#ifndef CARE_ESCORT_H
#define CARE_ESCORT_H

#include "care/catalogue/catalogue.h"
#include "care/consent/consent.h"
#include "care/order/order.h"
#include "care/sync/sync.h"

/* --- the 委托书 --- */

enum proxy_act { ACT_ESCORT, ACT_MEDICINE, ACT_REGISTRATION, ACT_REPORTS };
enum proxy_signer { PROXY_BY_ELDER, PROXY_BY_GUARDIAN };
enum proxy_way { PROXY_SCREEN, PROXY_PAPER };
enum proxy_state { PROXY_DRAFT, PROXY_GIVEN, PROXY_WITHDRAWN };
extern const struct choice proxy_acts[], proxy_signers[], proxy_ways[], proxy_states[];

struct proxy_id { int64_t n; };

struct proxy {
    struct proxy_id  id;
    struct row       row;                  /* scope: of the elder */
    struct elder_id  elder;
    struct organisation_id org;            /* who acts for her */
    struct set       acts;
    int              signer, way;
    struct sv        signed_by;
    struct guardian_id guardian;           /* who signed for her */
    struct day       valid_from, valid_until;
    struct account_id noted_by;
    int64_t          papers;               /* signatures or photographs kept */
    struct day       withdrawn_on;
    int              state;
};

extern const struct field  proxy_fields[];
extern const struct entity proxy_entity;

/* The one in force for this act on a day, the longest; ret_proxy->id 0: there is none. */
MUST enum err proxy_of(struct ctx *c, struct elder_id elder, struct organisation_id org,
                       enum proxy_act act, struct day day, struct proxy *ret_proxy);

/* --- the escort --- */

enum escort_state { ESCORT_PLANNED, ESCORT_OUT, ESCORT_CLINIC, ESCORT_SEEN, ESCORT_DRUGS,
                    ESCORT_HOME, ESCORT_CALLED_OFF };
extern const struct choice escort_states[];

struct escort_id { int64_t n; };

struct escort {
    struct escort_id id;
    struct row       row;                  /* scope: of the order */
    struct care_order_id care_order;
    struct organisation_id org;
    struct elder_id  elder;                /* 0: not bound; nobody sets out for her */
    struct carer_id  carer;
    int              kind;                 /* errand_kinds: clinic, medicine, registration */
    struct day       day;
    struct sv        clinic, department;
    struct opt_int   at_min;               /* of the appointment */
    struct sv        bring;                /* SECRET: her card, the old prescription */
    struct proxy_id  proxy;                /* under which somebody set out */
    struct moment    out_at, clinic_at, seen_at, drugs_at, home_at;
    struct sv        advice;               /* SECRET: what the doctor said, plainly */
    struct sv        drugs;                /* SECRET: what was picked up, or was not to be had */
    bool             picked_up;
    int64_t          papers;               /* photographs: drugs, bag, receipt */
    struct sv        handed_to;            /* who took it over at home */
    int              state;
};

extern const struct field  escort_fields[];
extern const struct entity escort_entity;
extern const struct module escort_module;

/* An order has been stored: its escort, when the item needs one. */
MUST enum err escort_of_order(struct ctx *c, const struct care_order *o,
                              const struct catalogue_item *item);
extern const struct follower escort_followers[];    /* called off, on another day */
MUST enum err escort_find(struct ctx *c, struct care_order_id id, struct escort *ret_escort,
                          bool *ret_found);

/* Which act a kind of errand is. */
enum proxy_act escort_act(int kind);

/* --- what the steps take (steps.c) --- */

struct escort_plan { struct sv clinic, department; struct opt_int at_min; struct sv bring; };
struct escort_advice { struct sv advice; };
struct escort_drugs { struct sv drugs; bool picked_up; };
struct escort_home { struct sv handed_to; };
extern const struct step escort_steps[], proxy_steps[];

/* --- the module's parts --- */

extern const struct endpoint  escort_endpoints[];          /* page.c */
endpoint_fn escorts_out_get;                               /* out.c: who is out now, late first */
extern const struct field     escorts_out_gives[];
extern const struct sync_form escort_forms[];              /* phone.c */

/* Array "steps" of the open object: what has happened, when. */
void escort_steps_json(struct ctx *c, struct json *j, const struct escort *e);

/* Record "proxy" of the open object: whether one stands, until when, else how to get one. */
MUST enum err escort_proxy_json(struct ctx *c, struct json *j, const struct escort *e);
extern const struct field escort_step_gives[], escort_proxy_gives[];

#endif
