/* err.c - kinds of failure, the first cause, and the circumstances that carry it. */

#include "base/why.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define KIND_ROW(kind, status, name, text) [kind] = { status, name, text },
static const struct { int status; const char *name, *text; } kinds[ERR_COUNT] = {
    ERR_LIST(KIND_ROW)
};
#undef KIND_ROW

const char *const channel_names[CHANNEL_COUNT] = {
    "web", "phone", "counter", "paper", "device", "api", "job",
};

int err_status(enum err kind)
{
    return kinds[kind].status;
}

const char *err_name(enum err kind)
{
    return kinds[kind].name;
}

const char *err_text(enum err kind)
{
    return kinds[kind].text;
}

enum err fail_at(struct ctx *c, const char *file, int line, enum err kind, const char *key,
                 const char *format, ...)
{
    struct fault *f = &c->fault;
    if (f->kind != ERR_NONE)
        return f->kind;                                  /* the first cause stays */
    f->kind = kind;
    f->key = key;
    f->file = file;
    f->line = line;

    char text[512];
    va_list list;
    va_start(list, format);
    int len = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    size_t kept = len < 0 ? 0 : (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    f->log = sv_copy(&c->mem, (struct sv){ text, kept });
    return kind;
}

void fail_field_args(struct ctx *c, struct sv field, const char *key, struct sv arg0,
                     struct sv arg1)
{
    struct fault *f = &c->fault;
    if (f->fields_n == FIELD_FAULTS_MAX)
        return;
    for (size_t i = 0; i < f->fields_n; i++)
        if (sv_eq(f->fields[i].field, field))
            return;
    f->fields[f->fields_n++] = (struct field_fault){
        .field = sv_copy(&c->mem, field), .key = key,
        .arg0 = sv_copy(&c->mem, arg0), .arg1 = sv_copy(&c->mem, arg1),
    };
}

void fail_field(struct ctx *c, struct sv field, const char *key)
{
    fail_field_args(c, field, key, SV(""), SV(""));
}

enum err fail_fields(struct ctx *c)
{
    if (c->fault.fields_n == 0)
        return ERR_NONE;
    return fail(c, ERR_INVALID, "fields.invalid", "%zu fields need attention", c->fault.fields_n);
}

void ctx_forgive(struct ctx *c)
{
    memset(&c->fault, 0, sizeof c->fault);
}

void ctx_next(struct ctx *c, struct moment now)
{
    arena_reset(&c->mem);
    ctx_forgive(c);
    c->now = now;
    c->happened = (struct moment){ 0 };
    c->clock_off_s = 0;
    c->lang = LANG_ZH;
    c->channel = CHANNEL_WEB;
    c->who = NULL;
    c->purpose = c->reason = c->idempotency_key = c->request_id = SV("");
}

/* --- causes --- */

struct sv why_said(const struct ctx *c, const struct why *why)
{
    return sv_of(c->lang == LANG_EN ? why->en : why->zh);
}

const struct why *why_of_errno(struct ctx *c, int number)
{
    static const struct { int number; const char *zh; } known[] = {
        { ENOENT, "没有这个文件或目录" },  { EACCES, "没有权限" },     { EPERM, "没有权限" },
        { EISDIR, "它是目录，不是文件" },  { ENOTDIR, "路径中有一段不是目录" },
        { ENOSPC, "磁盘已满" },            { EDQUOT, "磁盘配额已满" }, { EROFS, "磁盘只读" },
        { EIO, "磁盘读写出错" },           { ENOMEM, "内存不足" },     { EMFILE, "打开的文件过多" },
        { ENFILE, "打开的文件过多" },      { ENAMETOOLONG, "路径太长" },
    };
    struct why *why = NEW(&c->mem, struct why, 1);
    why->zh = why->en = sv_text(&c->mem, sv_of(strerror(number)));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].number == number)
            why->zh = known[i].zh;
    return why;
}
