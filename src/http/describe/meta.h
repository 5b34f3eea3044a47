/* meta.h - GET /api/meta: entities, fields, sorts and steps as the caller may use them. */
#ifndef HTTP_META_H
#define HTTP_META_H

#include "http/http.h"

enum err meta_get(struct ctx *c, const struct request *q, struct answer *a);

/* One field's description as an object of the open array. */
void meta_field(struct json *j, enum lang lang, const struct field *f);

#endif
