#include "writers/formats.h"

#include "support/error.h"
#include "writers/csv/findings.h"
#include "writers/github/annotations.h"
#include "writers/gitlab/code_quality.h"
#include "writers/json/result.h"
#include "writers/junit/report.h"
#include "writers/markdown/summary.h"
#include "writers/sarif/log.h"
#include "writers/text/report.h"

typedef lacuna_status (*render_fn)(const lac_report *report, lacuna_write_fn write, void *user,
                                   lacuna_error *err);

static const char *const NAMES[] = {"text",   "json",   "sarif",    "junit",
                                    "github", "gitlab", "markdown", "csv"};

enum { FORMAT_COUNT = sizeof NAMES / sizeof NAMES[0] };

/* In the order of the names; NULL: "text", which also wants a style. */
static const render_fn RENDERERS[FORMAT_COUNT] = {NULL,         lac_json_result, lac_sarif,
                                                  lac_junit,    lac_github,      lac_gitlab,
                                                  lac_markdown, lac_csv_findings};

const char *const *lac_report_formats(size_t *count)
{
    *count = FORMAT_COUNT;
    return NAMES;
}

lacuna_status lac_report_render(const lac_report *report, const char *format,
                                const lac_text_style *style, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(NAMES[i], format) == 0) {
            return RENDERERS[i] == NULL ? lac_text_report(report, style, write, user, err)
                                        : RENDERERS[i](report, write, user, err);
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no report format \"%.40s\"", format);
}
