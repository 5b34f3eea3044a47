/*
 * house.h - a house for one unit test: modules, keys, ids, over the world's database.
 */
#ifndef TESTS_HOUSE_H
#define TESTS_HOUSE_H

#include "model/house.h"
#include "test.h"
#include "world.h"

/*
 * world_of() with the tables of these modules (model's own are always there) and a house in the
 * ctx; the caller is the house itself, as in a job. Once a test.
 */
struct ctx *house_world(const struct module *const *modules);

/* Another caller with a connection of its own to the same database and house. */
struct ctx *house_open(struct ctx *c);

/* Callers for scope tests; they live in the test's arena. */
const struct who *officer_of(int64_t low, int64_t high);         /* street officer */
const struct who *caller_as(enum role role, int64_t account);

/* Fails the test with the cause when a call did not go as it must. */
#define MUST_GO(c, call)                                                                  \
    do {                                                                                  \
        enum err go_ = (call);                                                            \
        if (go_ != ERR_NONE)                                                              \
            test_fail(__FILE__, __LINE__, "%s: %s (%.*s)", #call,                         \
                      (c)->fault.key ? (c)->fault.key : "", SV_ARG((c)->fault.log));      \
    } while (0)

/* The call must fail so; the cause is then forgiven. */
#define MUST_FAIL(c, call, kind, want_key)                                                \
    do {                                                                                  \
        enum err went_ = (call);                                                          \
        if (went_ != (kind) || !(c)->fault.key || strcmp((c)->fault.key, want_key) != 0)  \
            test_fail(__FILE__, __LINE__, "%s: kind %d, %s (%.*s)", #call, (int)went_,    \
                      (c)->fault.key ? (c)->fault.key : "", SV_ARG((c)->fault.log));      \
        ctx_forgive(c);                                                                   \
    } while (0)

/* The call must be refused for its fields, the first of them for this reason; then forgiven. */
#define MUST_FAULT(c, call, want_key)                                                     \
    do {                                                                                  \
        enum err went_ = (call);                                                          \
        if (went_ != ERR_INVALID || (c)->fault.fields_n == 0 ||                           \
            strcmp((c)->fault.fields[0].key, want_key) != 0)                              \
            test_fail(__FILE__, __LINE__, "%s: kind %d, %s (%.*s)", #call, (int)went_,    \
                      (c)->fault.fields_n ? (c)->fault.fields[0].key : "no field",        \
                      SV_ARG((c)->fault.log));                                            \
        ctx_forgive(c);                                                                   \
    } while (0)

#endif
