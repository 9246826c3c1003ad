/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The times that programs write in front of a kernel message. */
#ifndef KM_PARSE_LOGTEXT_TIME_H
#define KM_PARSE_LOGTEXT_TIME_H

#include "base/num.h"
#include "base/str.h"

enum km_logtime {
	KM_LOGTIME_NONE,
	KM_LOGTIME_BRACKET, /* "[   12.345678]", "[Mon Nov 23 09:10:00 2026]", "[Nov23 09:10]", "[  +0.000010]" */
	KM_LOGTIME_ISO,     /* "2026-11-23T09:10:00,123456+00:00", "2026-11-23 09:10:00.123" */
	KM_LOGTIME_SYSLOG,  /* "Nov 23 09:10:00", "Mon Nov 23 09:10:00 2026" */
	KM_LOGTIME_FULL,    /* "Mon 2026-11-23 09:10:00 UTC": journalctl -o short-full */
	KM_LOGTIME_UNIX,    /* "1790000000.123456": journalctl -o short-unix */
	KM_LOGTIME_MONTH,   /* "11-23 09:10:00.123": logcat */
	KM_LOGTIME_CLOCK,   /* "09:10:00.123": terminal programs */
	KM_LOGTIME_GLOG,    /* "W1123 09:10:00.123456       1 file.go:160]": daemons of Kubernetes */
	KM_LOGTIME_KMSG,    /* "4,1234,12345678,-;": /dev/kmsg and extended netconsole */
	KM_LOGTIME_KINDS
};

/* The time of a line, as it was written. */
struct km_logstamp {
	struct km_str text; /* as it stands in the line */
	uint64_t usec;      /* as struct km_kline; KM_UNKNOWN: a delta, or no number */
	uint64_t delta;     /* since the line before, of dmesg -H and --time-format=delta; KM_UNKNOWN: none */
	bool uptime;        /* seconds since boot, as the kernel itself writes them */
};

/* Takes a time of the kind, and one blank behind it. False takes nothing. Not for BRACKET and KMSG. */
bool km_logtime_take(enum km_logtime kind, struct km_str *rest, struct km_logstamp *ret);

/* Takes the text between "[" and "]", without blanks around it. */
bool km_logtime_bracket(struct km_str inside, struct km_logstamp *ret);

/* The kind of time that a line begins with; decides by trying. */
enum km_logtime km_logtime_guess(struct km_str line);

/* "12.345678": seconds as microseconds; consumes what it reads. */
bool km_logtime_seconds(struct km_str *rest, uint64_t *ret_usec);

#endif
