/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reports that are recorded: those with KM_REPORT_RECORDED. */
#ifndef KM_REPORT_RECORDED_H
#define KM_REPORT_RECORDED_H

#include "machine/machine.h"
#include "machine/recorder.h"
#include "report/report.h"

/*
 * Appends a sample of the machine, as km_recorder_sample(). commands: also records the memory of processes,
 * which takes longer to read than everything else. also: for each of km_reports, whether to record it without
 * KM_REPORT_RECORDED. A file of these reports that cannot be read becomes a problem of the machine.
 */
int km_record_sample(struct km_recorder *recorder, struct km_machine *machine, const struct km_clock *clock,
		     bool commands, const bool also[static KM_REPORT_COUNT], bool whole, struct km_err *err);

#endif
