#include "second_reader.h"

#include "identifiers.h"
#include "interrupt.h"
#include "model_preview.h"
#include "output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is asked, of whom. */
typedef struct asked {
    lacuna_result *result;
    lacuna_claude *claude;
    const lacuna_options *options;
} asked;

static lacuna_status list_identifiers(uint64_t *certain, uint64_t *doubtful, lacuna_phi_fn take,
                                      void *told, void *of, lacuna_error *err)
{
    const asked *a = of;
    return lacuna_result_identifiers(certain, doubtful, a->result, lacuna_claude_model(a->claude),
                                     a->options, take, told, err);
}

/* ---- preview -------------------------------------------------------------------------------- */

static int dry_run(lacuna_result *result, lacuna_claude *claude, const lacuna_options *options,
                   const cli_model_args *args)
{
    uint64_t places = 0;
    cli_preview p = {.claude = claude};
    lacuna_error err = {0};
    lacuna_status status = lacuna_result_judge_preview(result, lacuna_claude_model(claude), options,
                                                       cli_preview_request, &p, &err);
    if (status != LACUNA_OK) {
        return cli_report_error(NULL, p.err.status != LACUNA_OK ? &p.err : &err);
    }
    asked of = {result, claude, options};
    int code = cli_preview_end(&p);
    code = code == CLI_OK ? cli_tell_identifiers(list_identifiers, &of, &places) : code;
    if (code == CLI_OK && places > 0) {
        cli_complain(args->pseudonymize ? "pseudonyms stand for them in the requests above"
                                        : "with --pseudonymize pseudonyms would be sent for them");
    }
    return code;
}

/* ---- asking --------------------------------------------------------------------------------- */

static int show_progress(void *user, uint64_t done, uint64_t total, double cost)
{
    const bool *shown = user;
    if (*shown) {
        char price[32] = "";
        if (cost >= 0) {
            (void)snprintf(price, sizeof price, ", $%.4f", cost);
        }
        (void)fprintf(stderr, "\rasked %llu of %llu questions%s ", (unsigned long long)done,
                      (unsigned long long)total, price);
    }
    return cli_was_interrupted() ? 1 : 0;
}

static int ask(lacuna_result *result, lacuna_claude *claude, const lacuna_options *options,
               bool shown)
{
    lacuna_error err = {0};
    lacuna_judge_summary summary;
    cli_on_interrupt_stop_asking(claude);
    lacuna_status status = lacuna_result_judge(&summary, result, lacuna_claude_model(claude),
                                               options, show_progress, &shown, &err);
    cli_on_interrupt_stop_asking(NULL);
    if (shown && summary.questions > 0) {
        (void)fputc('\n', stderr);
    }
    if (status == LACUNA_E_CANCELLED) {
        cli_complain("interrupted: %llu of %llu questions were answered. Run it again: these are "
                     "kept and not asked again",
                     (unsigned long long)(summary.kept + summary.asked),
                     (unsigned long long)summary.questions);
        return CLI_INCOMPLETE;
    }
    if (status != LACUNA_OK) {
        uint64_t places;
        int code = cli_report_error(NULL, &err);
        if (status == LACUNA_E_ARGUMENT) {
            asked of = {result, claude, options};
            (void)cli_tell_identifiers(list_identifiers, &of, &places);
        }
        return code;
    }
    if (summary.failed > 0) {
        cli_complain("%llu of %llu questions got no answer: %s. Run it again: what was answered is "
                     "kept and not asked again",
                     (unsigned long long)summary.failed, (unsigned long long)summary.questions,
                     summary.first_failure);
    }
    return summary.failed > 0 ? CLI_INCOMPLETE : CLI_OK;
}

int cli_second_reader(lacuna_result *result, cli_model_args *args, lacuna_options *options,
                      cli_progress progress, bool quiet)
{
    lacuna_claude *claude;
    int code = cli_model_open(&claude, args, options);
    if (code != CLI_OK) {
        return code;
    }
    bool shown = progress == CLI_PROGRESS_AUTO && !quiet && isatty(STDERR_FILENO) != 0;
    code = args->dry_run ? dry_run(result, claude, options, args)
                         : ask(result, claude, options, shown);
    lacuna_claude_close(claude);
    return code;
}
