/* code.c - citizens sign in by a code sent to their telephone. */

#include "care/account/inside.h"
#include "care/elder/elder.h"
#include "care/message/message.h"
#include "model/seal/seal.h"

#include <sodium.h>

SQL(account_by_phone);
SQL(account_signed_in);
SQL(code_find);
SQL(code_put);
SQL(code_try);
SQL(code_end);

enum { CODE_GAP_S = 60, CODES_A_DAY = 10, CODE_SPACE = 1000000 };

/* How the number and its code are kept: keyed, so that the table says neither. */
static struct sv phone_hash(struct ctx *c, struct sv phone)
{
    return seal_index(c, "phone_code", "phone", "key", phone);
}

static struct sv code_hash(struct ctx *c, struct sv phone, struct sv code)
{
    struct sv both = sv_fmt(&c->mem, "%.*s/%.*s", SV_ARG(phone), SV_ARG(code));
    return seal_index(c, "phone_code", "code", "key", both);
}

struct kept_code { bool found; struct sv code; struct moment sent_at; int64_t tries, day, sent; };

MUST static enum err code_kept(struct ctx *c, struct sv phone, struct kept_code *ret_kept)
{
    struct rows r = db_rows(c, &sql_code_find, PARAMS(P_TEXT("phone", phone_hash(c, phone))));
    *ret_kept = (struct kept_code){ .found = rows_next(&r) };
    if (ret_kept->found)
        *ret_kept = (struct kept_code){ true, rows_text(&r, 1), { rows_int(&r, 2) },
                                        rows_int(&r, 3), rows_int(&r, 4), rows_int(&r, 5) };
    return rows_end(&r);
}

MUST static enum err wait_first(struct ctx *c, const struct kept_code *kept)
{
    int64_t since_ms = c->now.ms - kept->sent_at.ms, today = day_of(c->now).n;
    enum err err = ERR_NONE;
    if (kept->found && since_ms < CODE_GAP_S * 1000) {
        err = fail(c, ERR_TOO_MANY, "code.wait", "a code was sent a moment ago");
        c->fault.retry_after_s = CODE_GAP_S - (int)(since_ms / 1000);
    } else if (kept->found && kept->day == today && kept->sent >= CODES_A_DAY) {
        err = fail(c, ERR_TOO_MANY, "code.enough", "too many codes to one number today");
        c->fault.retry_after_s = 3600;
    }
    return err;
}

MUST static enum err code_post(struct ctx *c, struct sv phone, struct sv code)
{
    return message_send(c, &(struct message_new){
        .kind = TELL_CODE, .phone = phone,
        .values = { { "code", code }, { "minutes", sv_fmt(&c->mem, "%d", CODE_MINUTES) } },
        .once = sv_fmt(&c->mem, "sign_in.code/%.*s/%lld", SV_ARG(phone_hash(c, phone)),
                       (long long)c->now.ms) });
}

enum err code_send(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct code_in *in = q->body;
    struct kept_code kept;
    struct sv phone = phone_normal(&c->mem, in->phone);
    TRY(code_kept(c, phone, &kept));
    TRY(wait_first(c, &kept));
    struct buf code = buf_new(&c->mem, 8);
    buf_int_wide(&code, randombytes_uniform(CODE_SPACE), CODE_DIGITS);
    int64_t today = day_of(c->now).n;
    TRY(db_run(c, &sql_code_put, PARAMS(
        P_TEXT("phone", phone_hash(c, phone)), P_TEXT("code", code_hash(c, phone, buf_sv(&code))),
        P_INT("now", c->now.ms), P_INT("day", today),
        P_INT("sent", kept.found && kept.day == today ? kept.sent + 1 : 1)), NULL));
    TRY(code_post(c, phone, buf_sv(&code)));
    json_int(&a->json, "minutes", CODE_MINUTES);
    json_int(&a->json, "again_s", CODE_GAP_S);
    return ERR_NONE;
}

enum err citizen_account(struct ctx *c, struct sv number, struct sv name, int64_t *ret_account)
{
    struct sv phone = phone_normal(&c->mem, number);
    struct sv key =
        seal_index(c, "account", "phone", "key", seal_normal(&c->mem, MASK_PHONE, phone));
    TRY(db_int(c, &sql_account_by_phone, PARAMS(P_TEXT("key", key)), ret_account));
    if (*ret_account)
        return ERR_NONE;
    struct sv tail = sv_from(phone, phone.len > 4 ? phone.len - 4 : 0);
    struct account fresh = { .kind = ACCOUNT_CITIZEN, .phone = phone,
                             .name = name.len ? name
                                              : sv_fmt(&c->mem, "尾号%.*s", SV_ARG(tail)) };
    TRY(entity_create_by_rule(c, &account_entity, &fresh));
    *ret_account = fresh.id.n;
    return ERR_NONE;
}

/* Each try counts, right or wrong, before it is compared. */
MUST static enum err code_refused(struct ctx *c, struct sv phone, struct sv code, bool *ret_right)
{
    struct kept_code kept;
    int64_t counted = 0;
    TRY(code_kept(c, phone, &kept));
    TRY(db_run(c, &sql_code_try, PARAMS(P_TEXT("phone", phone_hash(c, phone)),
                                        P_INT("most", CODE_TRIES)), &counted));
    bool alive = counted && kept.code.len && c->now.ms - kept.sent_at.ms < CODE_MINUTES * 60000;
    *ret_right = alive && sv_eq(kept.code, code_hash(c, phone, code));
    return ERR_NONE;
}

enum err code_sign_in(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct code_in *in = q->body;
    struct sv phone = phone_normal(&c->mem, in->phone);
    bool right;
    int64_t account;
    TRY(code_refused(c, phone, sv_trim(in->code), &right));
    if (!right)
        return answer_refuse(c, a, fail(c, ERR_INVALID, "code.wrong", "a wrong or old code"));
    TRY(db_run(c, &sql_code_end, PARAMS(P_TEXT("phone", phone_hash(c, phone))), NULL));
    TRY(citizen_account(c, phone, SV(""), &account));
    TRY(db_run(c, &sql_account_signed_in, PARAMS(P_INT("id", account), P_INT("now", c->now.ms)),
               NULL));
    json_bool(&a->json, "done", true);
    return sign_in_as(c, q, a, account, ROLE_CITIZEN, false);
}
