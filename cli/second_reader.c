#include "second_reader.h"

#include "identifiers.h"
#include "interrupt.h"
#include "output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- preview -------------------------------------------------------------------------------- */

typedef struct preview {
    lacuna_claude *claude;
    uint64_t requests, tokens;
    lacuna_error err;
} preview;

static int to_stdout(void *user, const void *data, size_t length)
{
    (void)user;
    return fwrite(data, 1, length, stdout) == length ? 0 : 1;
}

static int print_request(void *user, const lacuna_request *request)
{
    preview *p = user;
    uint64_t tokens;
    if (lacuna_claude_preview(&tokens, p->claude, request, to_stdout, NULL, &p->err) != LACUNA_OK) {
        return 1;
    }
    p->requests++;
    p->tokens += tokens;
    return putchar('\n') == EOF;
}

static int dry_run(lacuna_result *result, lacuna_claude *claude, const lacuna_options *options,
                   const cli_model_args *args)
{
    uint64_t places = 0;
    preview p = {.claude = claude};
    lacuna_error err = {0};
    lacuna_status status = lacuna_result_judge_preview(result, lacuna_claude_model(claude), options,
                                                       print_request, &p, &err);
    if (status != LACUNA_OK) {
        return cli_report_error(NULL, p.err.status != LACUNA_OK ? &p.err : &err);
    }
    if (fflush(stdout) != 0) {
        cli_complain("the requests could not be written");
        return CLI_INCOMPLETE;
    }
    cli_complain("nothing was sent: %llu requests of about %llu tokens in all",
                 (unsigned long long)p.requests, (unsigned long long)p.tokens);
    int code = cli_tell_identifiers(result, lacuna_claude_model(claude), options, &places);
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
            (void)cli_tell_identifiers(result, lacuna_claude_model(claude), options, &places);
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
