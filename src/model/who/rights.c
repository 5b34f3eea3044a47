/* rights.c - the table of roles, and which rights one person must not join. */

#include "model/who/rights.h"

#define R(right) (UINT64_C(1) << (right))

/* Every signed-in account holds these. */
#define BASIC (R(MAY_ANYONE) | R(MAY_SIGNED_IN))
#define READS_ALL (R(MAY_READ_DIRECTORY) | R(MAY_READ_REGISTER) | R(MAY_READ_ORDERS) | \
                   R(MAY_READ_STAFF) | R(MAY_READ_FIGURES))
#define STATION (R(MAY_READ_DIRECTORY) | R(MAY_WRITE_DIRECTORY) | R(MAY_READ_REGISTER) | \
                 R(MAY_PLACE_ORDERS) | R(MAY_READ_ORDERS) | R(MAY_SERVE_ORDERS) |        \
                 R(MAY_READ_STAFF) | R(MAY_WRITE_STAFF) | R(MAY_READ_FIGURES) |          \
                 R(MAY_ANSWER_CALLS) | R(MAY_UNMASK) | R(MAY_EXPORT) | R(MAY_IMPORT))

enum { IDLE_CITIZEN_MIN = 30 * 1440, IDLE_STAFF_MIN = 30, IDLE_FIELD_MIN = 12 * 60,
       IDLE_ADMIN_MIN = 15 };

const struct role_row roles[ROLE_COUNT] = {
    [ROLE_CITIZEN] = { { "citizen", "居民", "Citizen" }, SEES_OWN,
        BASIC | R(MAY_BE_CITIZEN), .writes = true, .idle_min = IDLE_CITIZEN_MIN },
    [ROLE_CARER] = { { "carer", "护理员", "Carer" }, SEES_CARER,
        BASIC | R(MAY_DO_VISITS) | R(MAY_READ_ORDERS) | R(MAY_READ_REGISTER) |
        R(MAY_READ_DIRECTORY) | R(MAY_READ_STAFF),
        .staff = true, .writes = true, .idle_min = IDLE_FIELD_MIN },
    [ROLE_STATION_MANAGER] = { { "station_manager", "驿站管理员", "Station manager" }, SEES_ORG,
        BASIC | STATION, .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_PROVIDER] = { { "provider", "服务商", "Provider" }, SEES_ORG,
        BASIC | (STATION & ~R(MAY_ANSWER_CALLS)),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_COMMUNITY_WORKER] = { { "community_worker", "社区工作者", "Community worker" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_WRITE_DIRECTORY) | R(MAY_WRITE_REGISTER) | R(MAY_PLACE_ORDERS) |
        R(MAY_UNMASK) | R(MAY_ANSWER_CALLS),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_STREET_OFFICER] = { { "street_officer", "街道养老专干", "Street officer" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_WRITE_DIRECTORY) | R(MAY_REVIEW_DIRECTORY) |
        R(MAY_WRITE_REGISTER) | R(MAY_PLACE_ORDERS) | R(MAY_UNMASK) | R(MAY_ANSWER_CALLS) |
        R(MAY_EXPORT) | R(MAY_IMPORT),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_DISTRICT_OFFICER] = { { "district_officer", "区民政干部", "District officer" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_WRITE_DIRECTORY) | R(MAY_WRITE_REGISTER) | R(MAY_SET_RULES) |
        R(MAY_UNMASK) | R(MAY_EXPORT) | R(MAY_IMPORT),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_DIRECTOR] = { { "director", "主管领导", "Director" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_REVIEW_DIRECTORY) | R(MAY_UNMASK) | R(MAY_EXPORT),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_CLERK_12345] = { { "clerk_12345", "12345话务员", "12345 clerk" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_PLACE_ORDERS) | R(MAY_ANSWER_CALLS) | R(MAY_UNMASK) |
        R(MAY_IMPORT),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_ASSESSOR] = { { "assessor", "评估员", "Assessor" }, SEES_SCOPE,
        BASIC | R(MAY_READ_DIRECTORY) | R(MAY_READ_REGISTER) | R(MAY_ASSESS) | R(MAY_UNMASK),
        .staff = true, .writes = true, .idle_min = IDLE_STAFF_MIN },
    [ROLE_AUDITOR] = { { "auditor", "审计人员", "Auditor" }, SEES_SCOPE,
        BASIC | READS_ALL | R(MAY_READ_AUDIT) | R(MAY_UNMASK) | R(MAY_EXPORT),
        .staff = true, .writes = false, .idle_min = IDLE_STAFF_MIN },
    [ROLE_SYSTEM_ADMIN] = { { "system_admin", "系统管理员", "System administrator" }, SEES_SCOPE,
        BASIC | R(MAY_MANAGE_ACCOUNTS) | R(MAY_READ_ACCOUNTS) | R(MAY_READ_DIRECTORY),
        .staff = true, .writes = true, .idle_min = IDLE_ADMIN_MIN },
    [ROLE_SECURITY_ADMIN] = { { "security_admin", "安全管理员", "Security administrator" },
        SEES_SCOPE, BASIC | R(MAY_MANAGE_GRANTS) | R(MAY_READ_ACCOUNTS) | R(MAY_READ_DIRECTORY) |
        R(MAY_READ_STAFF),                         /* a carer's grant names her and her account */
        .staff = true, .writes = true, .idle_min = IDLE_ADMIN_MIN },
    [ROLE_AUDIT_ADMIN] = { { "audit_admin", "审计管理员", "Audit administrator" }, SEES_SCOPE,
        BASIC | R(MAY_READ_AUDIT), .staff = true, .writes = true, .idle_min = IDLE_ADMIN_MIN },
};

const struct choice role_choices[] = {
    { "citizen", "居民", "Citizen" },
    { "carer", "护理员", "Carer" },
    { "station_manager", "驿站管理员", "Station manager" },
    { "provider", "服务商", "Provider" },
    { "community_worker", "社区工作者", "Community worker" },
    { "street_officer", "街道养老专干", "Street officer" },
    { "district_officer", "区民政干部", "District officer" },
    { "director", "主管领导", "Director" },
    { "clerk_12345", "12345话务员", "12345 clerk" },
    { "assessor", "评估员", "Assessor" },
    { "auditor", "审计人员", "Auditor" },
    { "system_admin", "系统管理员", "System administrator" },
    { "security_admin", "安全管理员", "Security administrator" },
    { "audit_admin", "审计管理员", "Audit administrator" },
    { 0 },
};

/* Separation of duties: no person holds both rights of a row, through whatever roles. */
static const struct { enum right one, other; } apart[] = {
    { MAY_MANAGE_ACCOUNTS, MAY_MANAGE_GRANTS },
    { MAY_MANAGE_ACCOUNTS, MAY_READ_AUDIT },
    { MAY_MANAGE_GRANTS,   MAY_READ_AUDIT },
    { MAY_SET_RULES,       MAY_REVIEW_DIRECTORY },   /* changes a rule, approves under it */
    { MAY_SET_RULES,       MAY_ASSESS },
    { MAY_ASSESS,          MAY_SERVE_ORDERS },       /* grades an elder, is paid by the grade */
    { MAY_REVIEW_DIRECTORY, MAY_SERVE_ORDERS },      /* runs a place, publishes it */
    { MAY_MANAGE_ACCOUNTS, MAY_WRITE_REGISTER },
    { MAY_MANAGE_GRANTS,   MAY_WRITE_REGISTER },
};

bool role_may(enum role role, enum right right)
{
    return (roles[role].rights & R(right)) != 0;
}

static bool hold_apart(uint64_t a, uint64_t b)
{
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        uint64_t one = R(apart[i].one), other = R(apart[i].other);
        if (((a & one) && (b & other)) || ((a & other) && (b & one)))
            return true;
    }
    return false;
}

bool roles_compatible(enum role a, enum role b)
{
    if (a == b)
        return true;
    /* Who audits must not have written: only the citizen's own life goes with it. */
    bool audits = !roles[a].writes || !roles[b].writes;
    if (audits && a != ROLE_CITIZEN && b != ROLE_CITIZEN)
        return false;
    return !hold_apart(roles[a].rights, roles[b].rights);
}
