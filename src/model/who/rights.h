/*
 * rights.h - who may: roles × rights in one table, with separation of duties built in.
 *
 * A right is named by an endpoint, an entity or a work-flow step; a role holds rights. A session
 * acts in one role at a time. Nobody both approves and pays, changes a rule and approves under
 * it; system, security and audit administrators are three people (rights_separate()).
 */
#ifndef MODEL_RIGHTS_H
#define MODEL_RIGHTS_H

#include "base/field.h"

/* right, what it lets one do */
#define RIGHT_LIST(X)                                                                      \
    X(MAY_ANYONE,            "no sign-in needed")                                          \
    X(MAY_SIGNED_IN,         "any signed-in account")                                      \
    X(MAY_READ_DIRECTORY,    "organisations, places, catalogue with what is unpublished")  \
    X(MAY_WRITE_DIRECTORY,   "propose changes to organisations, places, offers")           \
    X(MAY_REVIEW_DIRECTORY,  "publish what another proposed")                              \
    X(MAY_READ_REGISTER,     "elders, households, bonds")                                  \
    X(MAY_WRITE_REGISTER,    "change the register of elders")                              \
    X(MAY_UNMASK,            "see complete values, with a reason, logged")                 \
    X(MAY_BE_CITIZEN,        "order, bind, see one's own")                                 \
    X(MAY_PLACE_ORDERS,      "order on behalf of an elder who called or came")             \
    X(MAY_READ_ORDERS,       "orders and visits")                                          \
    X(MAY_SERVE_ORDERS,      "accept, decline, assign, note results for one's organisation") \
    X(MAY_DO_VISITS,         "a carer's own visits")                                       \
    X(MAY_READ_STAFF,        "carers and their certificates")                              \
    X(MAY_WRITE_STAFF,       "change carers")                                              \
    X(MAY_ASSESS,            "record ability grades")                                      \
    X(MAY_READ_FIGURES,      "figures, coverage, today's page")                            \
    X(MAY_SET_RULES,         "divisions, calendar, policy parameters, catalogue")          \
    X(MAY_ANSWER_CALLS,      "find a person by number")                                    \
    X(MAY_EXPORT,            "take lists out, with a reason")                              \
    X(MAY_IMPORT,            "take lists in")                                              \
    X(MAY_READ_ACCOUNTS,     "who has an account, without its secrets")                    \
    X(MAY_MANAGE_ACCOUNTS,   "system administrator: accounts, jobs, settings")             \
    X(MAY_MANAGE_GRANTS,     "security administrator: roles, grants, unlocking")           \
    X(MAY_READ_AUDIT,        "audit administrator: history, access log, seals")

#define RIGHT_ENUM(name, text) name,
enum right { RIGHT_LIST(RIGHT_ENUM) RIGHT_COUNT };
#undef RIGHT_ENUM

/* Whose rows a role sees; the entity says how (struct entity, seen_by_*). */
enum sees { SEES_OWN, SEES_SCOPE, SEES_ORG, SEES_CARER };

enum role {
    ROLE_CITIZEN,              /* elder, family */
    ROLE_CARER, ROLE_STATION_MANAGER, ROLE_PROVIDER,
    ROLE_COMMUNITY_WORKER, ROLE_STREET_OFFICER, ROLE_DISTRICT_OFFICER, ROLE_DIRECTOR,
    ROLE_CLERK_12345, ROLE_ASSESSOR, ROLE_AUDITOR,
    ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN,
    ROLE_COUNT
};

struct role_row {
    struct choice name;        /* key, Chinese, English */
    enum sees     sees;
    uint64_t      rights;      /* bit per enum right */
    bool          staff;       /* password and second factor; citizens sign in by phone code */
    bool          writes;      /* false: read-only whatever the rights say (auditor) */
    int           idle_min;    /* signed out after so many minutes without a request */
};
extern const struct role_row roles[ROLE_COUNT];
extern const struct choice role_choices[];         /* the same names, for field tables */

bool role_may(enum role role, enum right right);

/* False when one person must not hold both roles. */
bool roles_compatible(enum role a, enum role b);

#endif
