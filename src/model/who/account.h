/*
 * account.h - who signs in, and what each account is granted: the tables model reads.
 *
 * Their endpoints (sign-in, second factor, unlocking) belong to care/account; here are the
 * fields, and the rule that keeps duties apart.
 */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "model/entity.h"

enum account_kind { ACCOUNT_CITIZEN, ACCOUNT_STAFF };
enum account_state { ACCOUNT_ACTIVE, ACCOUNT_LOCKED, ACCOUNT_ENDED };
extern const struct choice account_kinds[], account_states[];

struct account_id { int64_t n; };
struct account {
    struct account_id id;
    struct row        row;
    int               kind;              /* enum account_kind */
    int               state;             /* enum account_state */
    struct sv         name;
    struct sv         login;             /* staff: what they type; unique */
    struct sv         phone;             /* unique among citizens */
    struct { int64_t n; } elder;         /* a citizen who is an elder of the register */
    struct sv         password;          /* Argon2id string with its parameters; never shown */
    struct sv         totp_secret;       /* never shown */
    bool              totp_on;
    int64_t           failed_tries;
    struct moment     locked_until;
    struct moment     last_sign_in_at;
};
extern const struct field account_fields[];
extern const struct entity account_entity;

struct access_grant_id { int64_t n; };
struct access_grant {
    struct access_grant_id id;
    struct row             row;
    struct account_id      account;
    int                    role;         /* enum role */
    int64_t                low, high;    /* scope range, inclusive; 0, 0: none */
    struct { int64_t n; }  org;          /* SEES_ORG: the organisation */
    struct { int64_t n; }  carer;        /* SEES_CARER: the staff member */
    struct { int64_t n; }  elder;        /* this one elder too (break-glass, another district) */
    struct day             valid_from, valid_to;     /* inclusive; open when absent */
    struct sv              letter;       /* auditor: the letter number it is under */
};
extern const struct field access_grant_fields[];
extern const struct entity access_grant_entity;

/* "login" and phone as they are stored and compared. */
struct sv account_login_normal(struct arena *mem, struct sv login);

#endif
