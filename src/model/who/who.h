/*
 * who.h - the caller of a request: account, role, and what that role sees.
 */
#ifndef MODEL_WHO_H
#define MODEL_WHO_H

#include "model/who/rights.h"

enum { WHO_RANGES_MAX = 8, WHO_ELDERS_MAX = 8 };

struct scope_range { int64_t low, high; };         /* internal 12-digit codes, inclusive */

/* Does one of n ranges hold the scope? */
bool scope_held(const struct scope_range *ranges, size_t n, int64_t scope);

struct who {
    int64_t            account;
    int64_t            session;
    enum role          role;
    int64_t            org;                        /* SEES_ORG: the organisation */
    int64_t            carer;                      /* SEES_CARER: the staff member */
    struct scope_range ranges[WHO_RANGES_MAX];     /* SEES_SCOPE, and where an officer may write */
    size_t             ranges_n;
    int64_t            elders[WHO_ELDERS_MAX];     /* granted one by one (break-glass) */
    size_t             elders_n;
    struct sv          name;                       /* of the account, for the frame's corner */
    struct sv          letter;                     /* auditor: the letter the access is under */
    struct sv          csrf;                       /* token the session's forms must carry */
    bool               weak;                       /* password right, second factor still owed */
};

bool who_may(const struct ctx *c, enum right right);              /* also right for MAY_ANYONE */

/* ERR_SIGN_IN when nobody is signed in, ERR_FORBIDDEN when the role may not. */
MUST enum err who_need(struct ctx *c, enum right right);

/* True when the caller's ranges hold the scope. */
bool who_in_scope(const struct ctx *c, int64_t scope);

/*
 * The caller behind a session or bearer token (opaque, 32 random bytes as hex; stored hashed);
 * *ret_who NULL when it is unknown, ended or idle too long. Lives in c->mem.
 */
MUST enum err who_from_token(struct ctx *c, struct sv token, const struct who **ret_who);

/*
 * The caller that an account is in a role today, for work done later on her behalf (a job): what
 * she may see then counts. *ret_who NULL when she has lost the role or the account has ended.
 */
MUST enum err who_of(struct ctx *c, int64_t account, enum role role, const struct who **ret_who);

/* Opens and ends sessions; the token is returned once and never stored in clear. */
struct session_new { int64_t account; enum role role; bool weak; bool bearer; struct sv agent; };
MUST enum err session_open(struct ctx *c, const struct session_new *s, struct sv *ret_token);
MUST enum err session_close(struct ctx *c, int64_t session);
MUST enum err session_close_all(struct ctx *c, int64_t account);
/* Notes that the session was used (at most one write a minute). */
MUST enum err session_touch(struct ctx *c, int64_t session);

/* The house itself: jobs and commands; sees and may everything, and says so in history. */
extern const struct who who_house;

#endif
