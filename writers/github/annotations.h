/*
 * annotations.h - findings as workflow commands of GitHub Actions: "::error file=...::message".
 *
 * One line a finding; critical and major are errors, minor ones warnings, others notices. Inputs
 * that could not be read are errors with the title "not read". The last line is the verdict.
 */
#ifndef LAC_GITHUB_ANNOTATIONS_H
#define LAC_GITHUB_ANNOTATIONS_H

#include "writers/report.h"

lacuna_status lac_github(const lac_report *report, lacuna_write_fn write, void *user,
                         lacuna_error *err);

#endif
