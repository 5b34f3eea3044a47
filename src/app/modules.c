/* modules.c - what the house is made of: a new entity is one folder and one line here. */

#include "app/modules.h"

#include "geo/shape.h"
#include "model/module.h"
#include "picture/picture.h"
#include "print/print.h"
#include "roads/roads.h"
#include "sheet/sheet.h"

/* Folders without entities that have something to say to people. */
static const struct module store_module = { .name = "store", .messages = store_messages };
static const struct module geo_module = { .name = "geo", .messages = geo_messages };
static const struct module sheet_module = { .name = "sheet", .messages = sheet_messages };
static const struct module paper_texts = { .name = "paper", .messages = print_messages };
static const struct module picture_module = { .name = "picture", .messages = picture_messages };
static const struct module roads_module = { .name = "roads", .messages = road_messages };

const struct module *const modules[] = {
    &model_module,
    &store_module,
    &geo_module,
    &sheet_module,
    &picture_module,
    &paper_texts,
    &roads_module,
    &division_module,
    &calendar_module,
    &parameter_module,
    &hours_module,
    &review_module,
    &organisation_module,
    &compound_module,
    &street_module,
    &place_module,
    &account_module,
    &elder_module,
    &home_module,
    &household_module,
    &family_module,
    &agreement_module,
    &consent_module,
    &verify_module,
    &fact_module,
    &proposal_module,
    &notice_module,
    &carer_module,
    &staff_module,
    &catalogue_module,
    &offer_module,
    &meal_module,
    &delivery_module,
    &kitchen_module,
    &inspection_module,
    &order_module,
    &quota_module,
    &mood_module,
    &errand_module,
    &escort_module,
    &suited_module,
    &standing_module,
    &pause_module,
    &gathering_module,
    &centre_module,
    &lead_module,
    &visit_module,
    &signal_module,
    &payment_module,
    &counter_module,
    &request_module,
    &request_my_module,
    &chain_module,
    &told_module,
    &message_module,
    &remind_module,
    &doubt_module,
    &request_reply_module,
    &request_inspect_module,
    &open311_module,
    &open311_client_module,
    &ghost_module,
    &adviser_module,
    &survey_module,
    &knowledge_module,
    &carer_day_module,
    &sync_module,
    &door_code_module,
    &proof_module,
    &rating_module,
    &intake_module,
    &search_module,
    &office_module,
    &commands_module,
    &streets_module,
    &export_module,
    &form_module,
    &print_module,
    &near_module,
    &address_module,
    &coverage_module,
    &atlas_module,
    &reach_module,
    &circle_module,
    &figure_module,
    &todo_module,
    &http_module,
    NULL,
};
