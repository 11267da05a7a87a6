/*
 * notifications.h - what kept a run from being complete, as SARIF notifications.
 */
#ifndef LAC_SARIF_NOTIFICATIONS_H
#define LAC_SARIF_NOTIFICATIONS_H

#include "writers/finding.h"
#include "writers/json/emit.h"

/* The member "notifications" of a driver: what each kind means. */
void lac_sarif_write_notification_kinds(lac_json *json);

/* The member "toolExecutionNotifications" of an invocation. `left_out` results are not in the file.
 * `scratch` is used up. */
lacuna_status lac_sarif_write_notifications(lac_json *json, const lac_report *report,
                                            uint32_t left_out, lac_buf *scratch);

#endif
