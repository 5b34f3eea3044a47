/* outcall.c - a gateway's row and a message become a request; its answer becomes an outcome. */

#include "care/message/inside.h"

#include "base/json.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

/* How a value is written where it stands. */
enum writing { AS_IS, AS_JSON, AS_FORM };

static void put_form(struct buf *b, struct sv s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char at = (unsigned char)s.at[i];
        bool plain = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z') ||
                     (at >= '0' && at <= '9') || at == '-' || at == '_' || at == '.' || at == '~';
        if (plain)
            buf_byte(b, (char)at);
        else
            buf_put(b, (struct sv){ (char[]){ '%', hex[at >> 4], hex[at & 15] }, 3 });
    }
}

/* A JSON string without its quotes. */
static void put_json(struct buf *b, struct sv s)
{
    struct buf quoted = buf_new(b->mem, s.len + 16);
    struct json j = json_new(&quoted);
    json_array(&j, NULL);
    json_text(&j, NULL, s);
    json_end(&j, ']');
    struct sv all = buf_sv(&quoted);
    buf_put(b, (struct sv){ all.at + 2, all.len - 4 });
}

static void put(struct buf *b, enum writing how, struct sv s)
{
    if (how == AS_FORM)
        put_form(b, s);
    else if (how == AS_JSON)
        put_json(b, s);
    else
        buf_put(b, s);
}

struct filling { const struct message_channel *k; const struct outcall *o; struct sv time, sign; };

static struct sv slot_of(const struct filling *f, struct sv name, bool *ret_known)
{
    const struct { const char *name; struct sv value; } all[] = {
        { "to", f->o->to },         { "text", f->o->text },     { "params", f->o->params },
        { "code", f->o->code },     { "once", f->o->once },     { "token", f->o->token },
        { "back", f->o->back },     { "state", f->o->state },
        { "login", f->k->login },     { "secret", f->k->secret }, { "time", f->time },
        { "sign", f->sign },
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (sv_is(name, all[i].name)) {
            *ret_known = true;
            return all[i].value;
        }
    *ret_known = false;
    return SV("");
}

/* Braces that hold no slot are the text's own: a JSON body is full of them. */
static struct sv fill(struct arena *mem, struct sv text, const struct filling *f, enum writing how)
{
    struct buf b = buf_new(mem, text.len + 256);
    while (text.len) {
        ptrdiff_t open = sv_find_byte(text, '{');
        struct sv rest = sv_from(text, open < 0 ? text.len : (size_t)open + 1), name;
        buf_put(&b, sv_head(text, open < 0 ? text.len : (size_t)open));
        if (open < 0)
            break;
        bool known = false;
        struct sv after = rest, value = SV("");
        if (sv_find_byte(rest, '}') >= 0 && sv_cut(&after, '}', &name))
            value = slot_of(f, name, &known);
        if (known)
            put(&b, how == AS_JSON && sv_is(name, "params") ? AS_IS : how, value);
        else
            buf_byte(&b, '{');
        text = known ? after : rest;
    }
    return buf_sv(&b);
}

struct sv hmac_hex(struct arena *mem, struct sv key, struct sv text)
{
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    struct buf b = buf_new(mem, 64);
    HMAC(EVP_sha256(), key.at ? key.at : "", (int)key.len, (const unsigned char *)text.at,
         text.len, out, &n);
    buf_hex(&b, out, n);
    return buf_sv(&b);
}

static struct sv md5_hex(struct arena *mem, struct sv text)
{
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    struct buf b = buf_new(mem, 32);
    EVP_Digest(text.at, text.len, out, &n, EVP_md5(), NULL);
    buf_hex(&b, out, n);
    return buf_sv(&b);
}

static struct filling filling_of(struct ctx *c, const struct message_channel *k,
                                 const struct outcall *o)
{
    struct filling f = { .k = k, .o = o,
                         .time = sv_fmt(&c->mem, "%lld", (long long)(c->now.ms / 1000)) };
    struct sv text = fill(&c->mem, k->sign_of, &f, AS_IS);
    if (k->sign == SIGN_MD5)
        f.sign = md5_hex(&c->mem, text);
    else if (k->sign == SIGN_HMAC)
        f.sign = hmac_hex(&c->mem, k->secret, text);
    return f;
}

static size_t put_headers(struct ctx *c, const struct filling *f, struct fetch_ask *ask)
{
    struct sv rest = f->k->headers, line;
    size_t n = 0;
    ask->headers[n++] = f->k->form == FORM_JSON
        ? SV("Content-Type: application/json; charset=utf-8")
        : SV("Content-Type: application/x-www-form-urlencoded; charset=utf-8");
    while (n < FETCH_HEADERS_MAX && sv_cut(&rest, '\n', &line)) {
        struct sv filled = fill(&c->mem, sv_trim(line), f, AS_IS);
        if (filled.len && sv_find_byte(filled, '\n') < 0 && sv_find_byte(filled, '\r') < 0)
            ask->headers[n++] = filled;
    }
    return n;
}

void outcall_ask(struct ctx *c, const struct message_channel *k, const struct outcall *o,
                 struct fetch_ask *ret_ask)
{
    struct filling f = filling_of(c, k, o);
    *ret_ask = (struct fetch_ask){ .timeout_ms = (int)k->timeout_ms };
    ret_ask->url = fill(&c->mem, k->url, &f, AS_FORM);
    ret_ask->body = fill(&c->mem, k->body, &f, k->form == FORM_JSON ? AS_JSON : AS_FORM);
    put_headers(c, &f, ret_ask);
}

void outcall_token(struct ctx *c, const struct message_channel *k, struct fetch_ask *ret_ask)
{
    const struct outcall nothing = { 0 };
    struct filling f = filling_of(c, k, &nothing);
    *ret_ask = (struct fetch_ask){ .timeout_ms = (int)k->timeout_ms, .get = true,
                                   .url = fill(&c->mem, k->token_url, &f, AS_FORM) };
}

struct sv outcall_authorise(struct ctx *c, const struct message_channel *k, struct sv back,
                            struct sv state)
{
    const struct outcall o = { .back = back, .state = state };
    struct message_channel open = *k;              /* no secret goes to a browser */
    open.secret = SV("");
    struct filling f = { .k = &open, .o = &o };
    return fill(&c->mem, k->authorise_url, &f, AS_FORM);
}

void outcall_openid(struct ctx *c, const struct message_channel *k, struct sv code,
                    struct fetch_ask *ret_ask)
{
    const struct outcall o = { .code = code };
    struct filling f = filling_of(c, k, &o);
    *ret_ask = (struct fetch_ask){ .timeout_ms = (int)k->timeout_ms, .get = true,
                                   .url = fill(&c->mem, k->openid_url, &f, AS_FORM) };
}

/* --- the answer --- */

struct sv json_at(struct ctx *c, struct sv text, struct sv path)
{
    const struct json_value *v = NULL;
    struct sv name;
    int64_t i;
    if (path.len == 0 || json_parse(c, text, &v) != ERR_NONE) {
        ctx_forgive(c);
        return SV("");
    }
    while (v && sv_cut(&path, '.', &name)) {
        if (v->kind == JSON_ARRAY && sv_int(name, 0, JSON_ITEMS_MAX, &i)) {
            for (v = v->first; v && i > 0; i--)
                v = v->next;
        } else {
            v = v->kind == JSON_OBJECT ? json_member(v, sv_text(&c->mem, name)) : NULL;
        }
    }
    if (!v)
        return SV("");
    return v->kind == JSON_BOOL ? (v->yes ? SV("true") : SV("false")) : v->text;
}

bool value_among(struct sv list, struct sv value)
{
    struct sv part;
    while (sv_cut(&list, ',', &part))
        if (sv_eq(sv_trim(part), value))
            return true;
    return false;
}

/*
 * A refusal that is no such error is tried again: the gateway said no, so it has not got it. A
 * failure of its own (5xx) may lie behind or before its taking the message.
 */
struct outcome outcall_read(struct ctx *c, const struct message_channel *k,
                            const struct fetch_got *got)
{
    bool drops = k->repeats == REPEATS_DROPPED;
    if (got->end == FETCH_NOT_SENT)
        return (struct outcome){ CARRIED_NO, SV(""), got->why };
    if (got->end == FETCH_UNSURE)
        return (struct outcome){ drops ? CARRIED_NO : CARRIED_UNSURE, SV(""), got->why };
    struct sv why = json_at(c, got->body, k->why_path);
    bool fine = got->status >= 200 && got->status < 300;
    if (fine && k->ok_path.len)
        fine = value_among(k->ok_value, json_at(c, got->body, k->ok_path));
    if (fine)
        return (struct outcome){ CARRIED_YES, sv_head(json_at(c, got->body, k->id_path), 100),
                                 SV("") };
    struct sv said = sv_fmt(&c->mem, "HTTP %d %.*s", got->status,
                            SV_ARG(sv_runes_head(why, 60)));
    if (why.len && value_among(k->never_values, why))
        return (struct outcome){ CARRIED_NEVER, SV(""), said };
    if (got->status >= 500 && !drops)
        return (struct outcome){ CARRIED_UNSURE, SV(""), said };
    return (struct outcome){ CARRIED_NO, SV(""), said };
}
