/*
 * knowledge.h - 知识条目: a good answer kept for the next who asks.
 *
 * Proposed by an office, mostly out of a reply, published by another person, and from then on read
 * by everybody until the day it counts as verified is over; publishing it anew moves that day on.
 * While a request is answered, what fits its matter and words is offered.
 */
#ifndef CARE_KNOWLEDGE_H
#define CARE_KNOWLEDGE_H

#include "care/request/request.h"

struct knowledge_item_id { int64_t n; };

struct knowledge_item {
    struct knowledge_item_id id;
    struct row         row;
    struct sv          question, answer;
    int                topic;
    struct sv          keywords;           /* by comma: what who asks would say */
    struct division_id division;           /* where it holds */
    struct request_id  request;            /* whose answer it was; 0: none */
    struct day         verified_on, expires_on;
    struct account_id  submitted_by;
    int                state;
};

extern const struct field  knowledge_item_fields[];
extern const struct entity knowledge_item_entity;
extern const struct module knowledge_module;

#endif
