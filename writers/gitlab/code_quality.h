/*
 * code_quality.h - findings as a Code Quality report of GitLab: an array of issues.
 *
 * Severities keep their names: info, minor, major, critical. The fingerprint is ours, lacuna/v1. A
 * document that could not be read is an issue of severity "blocker", check name "lacuna/not-read".
 */
#ifndef LAC_GITLAB_CODE_QUALITY_H
#define LAC_GITLAB_CODE_QUALITY_H

#include "writers/report.h"

lacuna_status lac_gitlab(const lac_report *report, lacuna_write_fn write, void *user,
                         lacuna_error *err);

#endif
