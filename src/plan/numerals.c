/* numerals.c - numbers of a text, parted by white space. */

#include "plan/numerals.h"

struct numerals numerals_of(struct ctx *c, const char *name, struct sv text)
{
    return (struct numerals){ .c = c, .name = name, .rest = text, .line = 1 };
}

static bool is_white(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool next_word(struct numerals *f, struct sv *ret_word)
{
    struct sv s = f->rest;
    for (; s.len && is_white(*s.at); s.at++, s.len--)
        if (*s.at == '\n') {
            f->line++;
            f->field = 0;
        }
    size_t n = 0;
    while (n < s.len && !is_white(s.at[n]))
        n++;
    *ret_word = sv_head(s, n);
    f->rest = sv_from(s, n);
    f->field += n > 0;
    return n > 0;
}

void numerals_fault(struct numerals *f, const char *what, const char *why)
{
    if (f->fault == ERR_NONE)
        f->fault = fail(f->c, ERR_INVALID, "plan.table", "%s: line %lld, field %lld: %s: %s",
                        f->name, (long long)f->line, (long long)f->field, what, why);
}

static void refuse(struct numerals *f, const char *what, struct sv word, const char *wanted)
{
    struct sv shown = sv_head(word, 24);
    if (!sv_utf8(shown))
        shown = SV("bytes that are no text");
    numerals_fault(f, what, sv_fmt(&f->c->mem, "it must be %s, not `%.*s`", wanted,
                                  SV_ARG(shown)).at);
}

/* False: a fault stands, from before or because the text has ended. */
static bool word_of(struct numerals *f, const char *what, struct sv *ret_word)
{
    if (f->fault == ERR_NONE && !next_word(f, ret_word))
        numerals_fault(f, what, "the file ends before it");
    return f->fault == ERR_NONE;
}

bool numerals_word(struct numerals *f, const char *word)
{
    struct numerals was = *f;
    struct sv next;
    if (f->fault == ERR_NONE && next_word(f, &next) && sv_is(next, word))
        return true;
    *f = was;
    return false;
}

double numerals_real(struct numerals *f, const char *what, double low, double high)
{
    struct sv word;
    double n = low;
    if (word_of(f, what, &word) && !sv_real(word, low, high, &n))
        refuse(f, what, word,
               sv_fmt(&f->c->mem, "a number from %.15g to %.15g", low, high).at);
    return n;
}

int64_t numerals_int(struct numerals *f, const char *what, int64_t low, int64_t high)
{
    struct sv word;
    int64_t n = low;
    if (word_of(f, what, &word) && !sv_int(word, low, high, &n))
        refuse(f, what, word,
               sv_fmt(&f->c->mem, "a whole number from %lld to %lld", (long long)low,
                      (long long)high).at);
    return n;
}

enum err numerals_end(struct numerals *f)
{
    struct sv word;
    if (f->fault == ERR_NONE && next_word(f, &word))
        numerals_fault(f, "the end", "more stands here than the head announces");
    return f->fault;
}
