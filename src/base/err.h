/*
 * err.h - failure: a kind, a first cause, one way out.
 *
 * What can fail returns MUST enum err and takes struct ctx *c first. fail() records the first
 * cause (a message key for the person, a log line for us) and hands the kind back. Ask of a
 * new kind whether any caller would act differently; if not, it is not a kind.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/text.h"

/* kind, HTTP status, name (the problem type's last segment), title */
#define ERR_LIST(X)                                                       \
    X(ERR_NONE,      200, "done",      "done")                            \
    X(ERR_MALFORMED, 400, "malformed", "this request cannot be read")     \
    X(ERR_SIGN_IN,   401, "sign-in",   "please sign in")                  \
    X(ERR_FORBIDDEN, 403, "forbidden", "this account may not do that")    \
    X(ERR_MISSING,   404, "missing",   "there is no such thing here")     \
    X(ERR_CONFLICT,  409, "conflict",  "it clashes with something else")  \
    X(ERR_TOO_LARGE, 413, "too-large", "this is larger than allowed")     \
    X(ERR_INVALID,   422, "invalid",   "some answers need attention")     \
    X(ERR_TOO_MANY,  429, "too-many",  "too many requests, please wait")  \
    X(ERR_BROKEN,    500, "broken",    "something went wrong on our side") \
    X(ERR_BUSY,      503, "busy",      "please try again in a moment")

#define ERR_ENUM(kind, status, name, text) kind,
enum err { ERR_LIST(ERR_ENUM) ERR_COUNT };
#undef ERR_ENUM

#define MUST __attribute__((warn_unused_result))

/* The only macro that hides a return. */
#define TRY(call)                          \
    do {                                   \
        enum err try_err_ = (call);        \
        if (try_err_ != ERR_NONE)          \
            return try_err_;               \
    } while (0)

int err_status(enum err kind);               /* HTTP status */
const char *err_name(enum err kind);         /* "conflict" */
const char *err_text(enum err kind);         /* the title, in English */

/* A sentence for a person, in both languages; {0} {1} stand for the fault's arguments. */
struct message { const char *key, *zh, *en; };

/* One answer that needs attention: the field's name and the message that says the fix. */
struct field_fault { struct sv field; const char *key; struct sv arg0, arg1; };

enum { FIELD_FAULTS_MAX = 40 };

/* The first cause of a failure, kept in struct ctx. */
struct fault {
    enum err           kind;                 /* ERR_NONE: nothing failed yet */
    const char        *key;                  /* message key, static */
    struct sv          arg0, arg1;           /* for {0} and {1}; never a name or an address */
    struct sv          log;                  /* what could not be done and why; ids, never names */
    const char        *file;
    int                line;
    int                retry_after_s;        /* for ERR_BUSY and ERR_TOO_MANY; 0: not said */
    bool               retryable;            /* store: serialisation failure, run it again */
    struct field_fault fields[FIELD_FAULTS_MAX];
    size_t             fields_n;
    struct sv          current;              /* JSON of the row as it is now: version conflict */
};

struct ctx;

/*
 * Records the first cause and returns `kind`. `key` is a message key ("slot.full"); the rest is
 * a printf format for the log: lower case, no full stop, ids but never personal data.
 */
#define fail(c, kind, key, ...) fail_at((c), __FILE__, __LINE__, (kind), (key), __VA_ARGS__)
enum err fail_at(struct ctx *c, const char *file, int line, enum err kind, const char *key,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

/*
 * Adds a field that needs attention; the caller returns fail_fields() when it has seen them all.
 * One fault a field: the first stays.
 */
void fail_field(struct ctx *c, struct sv field, const char *key);
void fail_field_args(struct ctx *c, struct sv field, const char *key, struct sv arg0,
                     struct sv arg1);

/* ERR_INVALID when any field needs attention, else ERR_NONE. */
MUST enum err fail_fields(struct ctx *c);

#endif
