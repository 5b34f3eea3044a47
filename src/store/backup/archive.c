/* archive.c - integers as zig-zag varints, text by length, a value by its type. */

#include "store/backup/archive.h"

#include <string.h>
#include <zlib.h>

/* --- writing --- */

static void put_bytes(struct archive *a, const void *at, size_t len)
{
    if (!a->bad && len > 0 && gzwrite(a->file, at, (unsigned)len) != (int)len)
        a->bad = true;
}

void archive_put_int(struct archive *a, int64_t n)
{
    uint64_t z = ((uint64_t)n << 1) ^ (uint64_t)(n >> 63);
    unsigned char bytes[10];
    size_t len = 0;
    for (; z >= 0x80; z >>= 7)
        bytes[len++] = (unsigned char)(z | 0x80);
    bytes[len++] = (unsigned char)z;
    put_bytes(a, bytes, len);
}

void archive_put_text(struct archive *a, struct sv s)
{
    if (s.len > ARCHIVE_TEXT_MAX)
        a->bad = true;
    archive_put_int(a, (int64_t)s.len);
    put_bytes(a, s.at, s.len);
}

void archive_put(struct archive *a, struct value v)
{
    unsigned char type = (unsigned char)v.type;
    put_bytes(a, &type, 1);
    switch (v.type) {
    case VALUE_NULL: break;
    case VALUE_INT:  archive_put_int(a, v.n); break;
    case VALUE_REAL: put_bytes(a, &v.real, sizeof v.real); break;
    case VALUE_TEXT:
    case VALUE_BLOB: archive_put_text(a, v.text); break;
    }
}

/* --- reading --- */

static void get_bytes(struct archive *a, void *at, size_t len)
{
    if (!a->bad && len > 0 && gzread(a->file, at, (unsigned)len) != (int)len)
        a->bad = true;
}

int64_t archive_int(struct archive *a, int64_t low, int64_t high)
{
    uint64_t z = 0;
    for (int shift = 0; shift < 70 && !a->bad; shift += 7) {
        int byte = gzgetc(a->file);
        if (byte < 0)
            break;
        z |= (uint64_t)(byte & 0x7f) << (shift < 64 ? shift : 63);
        if (byte >= 0x80)
            continue;
        int64_t n = (int64_t)(z >> 1) ^ -(int64_t)(z & 1);
        if (n < low || n > high)
            break;
        return n;
    }
    a->bad = true;
    return 0;
}

struct sv archive_text(struct archive *a, struct arena *mem)
{
    size_t len = (size_t)archive_int(a, 0, ARCHIVE_TEXT_MAX);
    char *at = NEW(mem, char, len + 1);
    get_bytes(a, at, len);
    return a->bad ? SV("") : (struct sv){ at, len };
}

struct value archive_value(struct archive *a, struct arena *mem)
{
    unsigned char type = VALUE_NULL;
    double real = 0;
    get_bytes(a, &type, 1);
    switch (a->bad ? VALUE_NULL : type) {
    case VALUE_NULL: return V_NULL;
    case VALUE_INT:  return V_INT(archive_int(a, INT64_MIN, INT64_MAX));
    case VALUE_REAL: get_bytes(a, &real, sizeof real); return V_REAL(real);
    case VALUE_TEXT: return V_TEXT(archive_text(a, mem));
    case VALUE_BLOB: return V_BLOB(archive_text(a, mem));
    default:         a->bad = true; return V_NULL;
    }
}
