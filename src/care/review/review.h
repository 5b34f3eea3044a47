/*
 * review.h - what is public has been seen by two people: draft, submitted, published, withdrawn.
 *
 * Shared by organisations, places, offers and notices. Who submits does not publish: the guard of
 * the step "publish" is review_guard() with the row's submitted_by.
 */
#ifndef CARE_REVIEW_H
#define CARE_REVIEW_H

#include "model/who/account.h"
#include "model/house.h"

enum review_state { REVIEW_DRAFT, REVIEW_SUBMITTED, REVIEW_PUBLISHED, REVIEW_WITHDRAWN };
extern const struct choice review_states[];

/* ERR_FORBIDDEN "review.own" when the caller is who submitted the row. */
MUST enum err review_guard(struct ctx *c, struct account_id submitted_by);

/* The caller, for submitted_by and verified_by. */
struct account_id review_me(const struct ctx *c);

extern const struct module review_module;      /* its messages */

/* The five steps; guard_fn asks review_guard(), submit_fn notes review_me(). */
#define REVIEW_STEPS(guard_fn, submit_fn)                                                        \
    { .from = "draft", .action = "submit", .to = "submitted", .may = RIGHT(MAY_WRITE_DIRECTORY), \
      .effect = submit_fn, .zh = "提交审核", .en = "Submit" },                                    \
    { .from = "submitted", .action = "publish", .to = "published",                               \
      .may = RIGHT(MAY_REVIEW_DIRECTORY), .guard = guard_fn, .zh = "审核发布", .en = "Publish" }, \
    { .from = "submitted", .action = "return", .to = "draft", .reason = true,                    \
      .may = RIGHT(MAY_REVIEW_DIRECTORY) | RIGHT(MAY_WRITE_DIRECTORY), .zh = "退回补正",          \
      .en = "Return" },                                                                          \
    { .from = "published", .action = "withdraw", .to = "withdrawn", .reason = true,              \
      .danger = true, .may = RIGHT(MAY_REVIEW_DIRECTORY) | RIGHT(MAY_WRITE_DIRECTORY),           \
      .zh = "撤回", .en = "Withdraw" },                                                           \
    { .from = "withdrawn", .action = "reopen", .to = "draft", .may = RIGHT(MAY_WRITE_DIRECTORY), \
      .zh = "重新编辑", .en = "Edit again" }

#endif
