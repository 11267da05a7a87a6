#include "parsers/ectd/ectd.h"

lac_limits lac_submission_limits(const lac_limits *limits)
{
    lac_limits wide = *limits;
    wide.package_entries = limits->submission_entries;
    wide.part_bytes = limits->submission_part_bytes;
    wide.package_total_bytes = limits->submission_total_bytes;
    wide.package_file_bytes = limits->submission_total_bytes;
    return wide;
}
