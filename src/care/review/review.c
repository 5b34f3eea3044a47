/* review.c - two people stand behind what is public. */

#include "care/review/review.h"

const struct choice review_states[] = {
    { "draft", "草稿", "draft" },
    { "submitted", "待审核", "submitted" },
    { "published", "已发布", "published" },
    { "withdrawn", "已撤回", "withdrawn" },
    { 0 },
};

struct account_id review_me(const struct ctx *c)
{
    return (struct account_id){ c->who ? c->who->account : 0 };
}

enum err review_guard(struct ctx *c, struct account_id submitted_by)
{
    if (submitted_by.n && submitted_by.n == review_me(c).n)
        return fail(c, ERR_FORBIDDEN, "review.own", "account %lld submitted it itself",
                    (long long)submitted_by.n);
    return ERR_NONE;
}

static const struct message messages[] = {
    { "review.own", "提交人不能审核自己提交的内容，请由另一人审核",
      "who submitted it cannot publish it; ask a colleague" },
    { "review.published", "已发布的内容不能直接改这一项：请先撤回，改后重新提交审核",
      "this is published: withdraw it first, then change and submit it again" },
    { 0 },
};

const struct module review_module = { .name = "review", .messages = messages };
