/* gives.c - what the answers about requests are made of. */

#include "care/request/gives.h"

#include "care/request/request.h"

static const struct field kind_gives[] = {
    SAYS(CHOICE, "key", .choices = request_kinds), SAYS(TEXT, "name"),
    SAYS(INT, "days", .zh = "几个工作日答复", .en = "Answered within so many working days"), { 0 },
};
static const struct field topic_gives[] = {
    SAYS(CHOICE, "key", .choices = request_topics), SAYS(TEXT, "name"), { 0 },
};
const struct field rules_gives[] = {
    SAYS(INT, "accept_days"), MAY_SAY(TEXT, "place"), SAYS(LIST, "kinds", .record = kind_gives),
    SAYS(LIST, "topics", .record = topic_gives), { 0 },
};

const struct field request_sent_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "number"), SAYS(DAY, "accept_by"), SAYS(DAY, "due"), { 0 },
};

static const struct field happened_gives[] = { SAYS(MOMENT, "at"), SAYS(TEXT, "text"), { 0 } };

const struct field my_requests_gives[] = {
    SAYS(LIST, "items", .links = "request"), MAY_SAY(TEXT, "next"), { 0 },
};
const struct field my_request_gives[] = {
    SAYS(RECORD, "request", .links = "request"), SAYS(TEXT, "matter"), SAYS(TEXT, "reply"),
    SAYS(TEXT, "rated_words"), SAYS(LIST, "timeline", .record = happened_gives), { 0 },
};

static const struct field note_gives[] = {
    SAYS(MOMENT, "at"), SAYS(TEXT, "by"), SAYS(TEXT, "words"), { 0 },
};
const struct field request_page_gives[] = {
    SAYS(RECORD, "request", .links = "request"), SAYS(TEXT, "matter"), SAYS(TEXT, "reply"),
    SAYS(TEXT, "rated_words"), SAYS(LIST, "earlier", .links = "request"),
    SAYS(LIST, "tasks", .links = "request_task"), SAYS(LIST, "notes", .record = note_gives),
    SAYS(LIST, "inspections", .links = "inspection"), { 0 },
};
const struct field task_page_gives[] = {
    SAYS(RECORD, "task", .links = "request_task"), SAYS(TEXT, "matter"), SAYS(TEXT, "reply"),
    { 0 },
};
