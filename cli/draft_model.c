#include "draft_model.h"

#include "identifiers.h"
#include "interrupt.h"
#include "model_preview.h"

#include <stdio.h>

static lacuna_status list_identifiers(uint64_t *certain, uint64_t *doubtful, lacuna_phi_fn take,
                                      void *told, void *of, lacuna_error *err)
{
    return lacuna_draft_identifiers(certain, doubtful, of, take, told, err);
}

int cli_draft_preview(const cli_draft_run *run)
{
    uint64_t places = 0;
    cli_preview p = {.claude = run->claude};
    lacuna_error err = {0};
    if (lacuna_draft_preview(run->draft, cli_preview_request, &p, &err) != LACUNA_OK) {
        return cli_report_error(NULL, p.err.status != LACUNA_OK ? &p.err : &err);
    }
    int code = cli_preview_end(&p);
    code = code == CLI_OK ? cli_tell_identifiers(list_identifiers, run->draft, &places) : code;
    if (code == CLI_OK && places > 0) {
        cli_complain(run->model->pseudonymize
                         ? "pseudonyms stand for them in the requests above"
                         : "with --pseudonymize pseudonyms would be sent for them");
    }
    return code;
}

static int show_progress(void *user, uint64_t done, uint64_t total, double cost)
{
    cli_tell_draft_progress(user, done, total, cost);
    return cli_was_interrupted() ? 1 : 0;
}

static int tell_stopped(const cli_draft_run *run, const lacuna_draft_summary *summary)
{
    cli_complain("interrupted: no document was written. %llu answers are kept in %s/steps: run the "
                 "same command again to go on from there",
                 (unsigned long long)(summary->kept + summary->asked), run->folder);
    return CLI_INCOMPLETE;
}

int cli_draft_make(cli_draft_run *run, lacuna_draft_summary *summary)
{
    uint64_t places;
    lacuna_error err = {0};
    lacuna_draft_on_progress(run->draft, show_progress, &run->progress);
    cli_on_interrupt_stop_asking(run->claude);
    lacuna_status status = lacuna_draft_make(run->draft, summary, &err);
    cli_on_interrupt_stop_asking(NULL);
    cli_end_progress(run->progress.how, run->progress.quiet);
    if (status == LACUNA_OK) {
        return CLI_OK;
    }
    if (status == LACUNA_E_CANCELLED) {
        return tell_stopped(run, summary);
    }
    int code = cli_report_error(NULL, &err);
    if (status == LACUNA_E_ARGUMENT && run->claude != NULL) {
        (void)cli_tell_identifiers(list_identifiers, run->draft, &places);
    }
    return code;
}
