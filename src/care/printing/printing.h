/*
 * printing.h - the house's own forms on A4: service confirmation sheets, the month's sheets in the
 * order of the buildings, the contact card, an elder's file, the figures of 今日一览,
 * cards with door codes, the closing of a day, receipts.
 *
 * On paper names and addresses stand in full, for who goes there must find the door. So each form
 * needs MAY_UNMASK and a reason, and each elder on it gets a line in her access log.
 */
#ifndef CARE_PRINTING_H
#define CARE_PRINTING_H

#include "care/elder/elder.h"
#include "care/export/export.h"
#include "care/order/order.h"
#include "care/visit/visit.h"
#include "print/print.h"

enum printing_form { FORM_CONFIRMATION, FORM_MONTH, FORM_CARD, FORM_ELDER, FORM_TODAY,
                     FORM_DOORS, FORM_CLOSING, FORM_RECEIPT, FORM_CALLS,
                     FORM_MEAL_RUN, FORM_MEAL_BAGS, FORM_MEAL_TABLES, FORM_MENU, FORM_GATHERING,
                     FORM_KITCHEN, FORM_WEEK_MENU, FORM_DINER_CARD, FORM_SURVEY,
                     FORM_PROXY, FORM_ATTENDANCE };
extern const struct choice printing_forms[];

enum { PRINTING_VISITS_MAX = 3000, PRINTING_DOORS_MAX = 2000, PRINTING_ROWS_MAX = 150 };

/* What is asked for; kept as JSON in the batch's filter. */
struct printing_asked {
    int       form;
    int64_t   order;       /* FORM_CONFIRMATION: care_order */
    int64_t   org;         /* FORM_MONTH, FORM_DOORS, FORM_PROXY: 0: her own */
    int64_t   elder;       /* FORM_CARD, FORM_ELDER, FORM_MENU, FORM_PROXY */
    int64_t   division;    /* FORM_TODAY: 0: all the caller's */
    int64_t   run;         /* FORM_MEAL_RUN, FORM_MEAL_BAGS: meal_run */
    int64_t   compound, building;      /* FORM_DOORS: 0: all */
    int64_t   close;       /* FORM_CLOSING: day_close */
    int64_t   payment;     /* FORM_RECEIPT */
    int64_t   gathering;   /* FORM_GATHERING, FORM_ATTENDANCE */
    int64_t   place;       /* FORM_KITCHEN, FORM_WEEK_MENU */
    int64_t   card;        /* FORM_DINER_CARD: diner_card */
    int64_t   round;       /* FORM_SURVEY: survey_round */
    struct day day;        /* CALLS: of the services; GATHERING: it meets; KITCHEN; in WEEK_MENU */
    struct sv rows;        /* CONFIRMATION, CARD, ELDER, DINER_CARD: ids by comma instead */
    struct sv month;       /* FORM_MONTH, FORM_DOORS: "2026-11" */
    bool      large;
};
extern const struct field printing_asked_fields[];

/* One file on its way. */
struct printing {
    struct export_work *work;
    struct printing_asked  asked;
    struct print       *print;
    struct sv           mark;          /* the foot of each page */
    int64_t            *elders;        /* whose names stand on it: for the access log */
    size_t              elders_n, elders_room;
};
void printing_names(struct ctx *c, struct printing *p, int64_t elder);

/* Whom an order is for, in full: name, telephone, the way to the door. */
struct served { struct sv name, phone, address; };
MUST enum err served_of(struct ctx *c, const struct care_order *o, struct served *ret_served);

/* Compound, building, entrance, room; where these are not known the address as it was written. */
struct sv elder_door_words(struct ctx *c, const struct elder *e);

/* "2026年11月5日 周四", "09:30" */
struct sv day_words(struct arena *mem, struct day d);
struct sv clock_words(struct arena *mem, int64_t minute);

/* A door in the order one walks: 9号楼 before 12号楼. */
struct printing_door { struct sv compound, building, entrance, address; };
int printing_door_order(const struct printing_door *a, const struct printing_door *b);

/* "2026-11": its first day and that of the next month. */
void printing_month_days(struct sv month, struct day *ret_first, struct day *ret_next);

typedef enum err printing_form_fn(struct ctx *c, struct printing *p);

/* --- several rows (rows.c): a form of each, in the order of the doors --- */
MUST enum err printing_rows_check(struct ctx *c, const struct printing_asked *in);
/* The rows asked for, in the order of their doors; room for PRINTING_ROWS_MAX. */
MUST enum err printing_rows_ids(struct ctx *c, const struct printing_asked *in, int64_t *ret_ids,
                                size_t *ret_n);
MUST enum err printing_rows(struct ctx *c, struct printing *p, printing_form_fn *form);

/* --- the forms: sheet.c, month.c, card.c, elder.c, today.c, doors.c, closing.c, calls.c --- */
MUST enum err printing_confirmation(struct ctx *c, struct printing *p);
MUST enum err printing_month(struct ctx *c, struct printing *p);
MUST enum err printing_card(struct ctx *c, struct printing *p);
MUST enum err printing_elder(struct ctx *c, struct printing *p);
MUST enum err printing_today(struct ctx *c, struct printing *p);
MUST enum err printing_doors(struct ctx *c, struct printing *p);
MUST enum err printing_closing(struct ctx *c, struct printing *p);
MUST enum err printing_receipt(struct ctx *c, struct printing *p);
MUST enum err printing_calls(struct ctx *c, struct printing *p);
MUST enum err printing_meal_run(struct ctx *c, struct printing *p);         /* meals.c */
MUST enum err printing_meal_bags(struct ctx *c, struct printing *p);
MUST enum err printing_meal_tables(struct ctx *c, struct printing *p);
MUST enum err printing_menu(struct ctx *c, struct printing *p);
MUST enum err printing_proxy(struct ctx *c, struct printing *p);
MUST enum err printing_gathering(struct ctx *c, struct printing *p);        /* gathering.c */
MUST enum err printing_attendance(struct ctx *c, struct printing *p);
MUST enum err attendance_check(struct ctx *c, const struct printing_asked *in);
MUST enum err gathering_sheet_check(struct ctx *c, const struct printing_asked *in);

/* Those of other folders: care/kitchen, care/meal, care/counter, care/survey (paper.c of each). */
MUST enum err printing_kitchen(struct ctx *c, struct printing *p);
MUST enum err printing_week_menu(struct ctx *c, struct printing *p);
MUST enum err printing_diner_cards(struct ctx *c, struct printing *p);
MUST enum err printing_survey(struct ctx *c, struct printing *p);

extern const struct module print_module;

#endif
