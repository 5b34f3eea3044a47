/*
 * proto.h - reads protocol buffers: a cursor that is sticky after the first thing wrong.
 *
 * Past its end or broken it gives zeros and empty parts and says so in `bad`; ask once.
 */
#ifndef ROADS_IMPORT_PROTO_H
#define ROADS_IMPORT_PROTO_H

#include "base/text.h"

struct proto { const uint8_t *at, *end; bool bad; };

enum proto_wire { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };

/* One field of a message; `bytes` for WIRE_BYTES, `n` for WIRE_VARINT. */
struct proto_field { uint32_t number; enum proto_wire wire; uint64_t n; struct proto bytes; };

static inline struct proto proto_of(const void *at, size_t size)
{
    return (struct proto){ at, (const uint8_t *)at + size, false };
}

static inline bool proto_more(const struct proto *p)
{
    return p->at < p->end && !p->bad;
}

static inline uint64_t proto_varint(struct proto *p)
{
    uint64_t n = 0;
    for (int shift = 0; shift < 64 && p->at < p->end; shift += 7) {
        uint8_t byte = *p->at++;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return n;
    }
    p->bad = true;
    return 0;
}

/* Signed numbers come zigzagged: 0 -1 1 -2 2 ... */
static inline int64_t proto_signed(struct proto *p)
{
    uint64_t n = proto_varint(p);
    return (int64_t)(n >> 1 ^ (0 - (n & 1)));
}

static inline struct proto proto_bytes(struct proto *p, uint64_t size)
{
    if (size > (uint64_t)(p->end - p->at)) {
        p->bad = true;
        return (struct proto){ p->end, p->end, true };
    }
    struct proto part = { p->at, p->at + size, false };
    p->at += size;
    return part;
}

/* The next field of a message; false at its end or when it is broken. */
static inline bool proto_next(struct proto *p, struct proto_field *ret_field)
{
    if (!proto_more(p))
        return false;
    uint64_t key = proto_varint(p);
    struct proto_field f = { .number = (uint32_t)(key >> 3), .wire = (enum proto_wire)(key & 7) };
    if (key >> 3 > 536870911)
        p->bad = true;
    else if (f.wire == WIRE_VARINT)
        f.n = proto_varint(p);
    else if (f.wire == WIRE_BYTES)
        f.bytes = proto_bytes(p, proto_varint(p));
    else if (f.wire == WIRE_FIXED64)
        proto_bytes(p, 8);
    else if (f.wire == WIRE_FIXED32)
        proto_bytes(p, 4);
    else
        p->bad = true;
    *ret_field = f;
    return !p->bad;
}

static inline struct sv proto_text(struct proto p)
{
    return (struct sv){ (const char *)p.at, (size_t)(p.end - p.at) };
}

#endif
