/* modules.h - the list of modules, and each one's declaration. */
#ifndef APP_MODULES_H
#define APP_MODULES_H

#include "model/house.h"

extern const struct module division_module;
extern const struct module calendar_module;
extern const struct module parameter_module;
extern const struct module hours_module;
extern const struct module review_module;
extern const struct module organisation_module;
extern const struct module compound_module;
extern const struct module street_module;
extern const struct module streets_module;
extern const struct module place_module;
extern const struct module account_module;
extern const struct module elder_module;
extern const struct module home_module;
extern const struct module household_module;
extern const struct module family_module;
extern const struct module agreement_module;
extern const struct module consent_module;
extern const struct module verify_module;
extern const struct module fact_module;
extern const struct module proposal_module;
extern const struct module notice_module;
extern const struct module carer_module;
extern const struct module staff_module;
extern const struct module catalogue_module;
extern const struct module offer_module;
extern const struct module meal_module, delivery_module, kitchen_module, inspection_module;
extern const struct module order_module, pair_module;
extern const struct module quota_module;
extern const struct module mood_module, errand_module, escort_module;
extern const struct module suited_module;
extern const struct module benefit_module;
extern const struct module standing_module;
extern const struct module package_module;
extern const struct module recipient_module;
extern const struct module pause_module;
extern const struct module gathering_module;
extern const struct module centre_module;
extern const struct module lead_module;
extern const struct module visit_module;
extern const struct module signal_module;
extern const struct module request_module;
extern const struct module request_my_module;
extern const struct module signal_module, payment_module, counter_module, chain_module;
extern const struct module told_module, doubt_module, adviser_module;
extern const struct module message_module, remind_module, wechat_module;
extern const struct module request_reply_module, request_inspect_module;
extern const struct module open311_module, open311_client_module;
extern const struct module ghost_module;
extern const struct module survey_module;
extern const struct module knowledge_module;
extern const struct module carer_day_module;
extern const struct module sync_module;
extern const struct module door_code_module;
extern const struct module proof_module;
extern const struct module rating_module;
extern const struct module search_module;
extern const struct module near_module;
extern const struct module address_module;
extern const struct module http_module;
extern const struct module commands_module;
extern const struct module figure_module;
extern const struct module intake_module;
extern const struct module office_module;
extern const struct module export_module;
extern const struct module form_module;
extern const struct module
    division_module, calendar_module, parameter_module, hours_module, review_module,
    organisation_module, compound_module, place_module, account_module, elder_module,
    family_module, agreement_module, consent_module, notice_module, carer_module,
    catalogue_module, offer_module, order_module, visit_module, carer_day_module, sync_module,
    rating_module, near_module, http_module, intake_module,
    office_module,
    commands_module, figure_module;
extern const struct module coverage_module, export_module, todo_module, reach_module, atlas_module,
    circle_module, scenario_module, bed_module, property_module, siting_module, dispatch_module;
extern const struct module print_module;

extern const struct module *const modules[];       /* ends with NULL */

#endif
