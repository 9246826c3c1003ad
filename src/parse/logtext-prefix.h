/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text in front of a kernel message. A program writes the same parts in the same order in front of every
 * line: a recipe lists them. The parts come in this order:
 *
 *   > <4> kern  :warn  : Nov 23 09:10:00 stdout F host kernel: [   12.345678] [  T123] text
 */
#ifndef KM_PARSE_LOGTEXT_PREFIX_H
#define KM_PARSE_LOGTEXT_PREFIX_H

#include "parse/kline.h"
#include "parse/logtext-time.h"

struct km_recipe {
	bool quote;            /* "> " of a mail, "| ", "+" of a patch, "# " and "* " of comments and lists */
	bool priority;         /* "<4>" */
	bool protocol;         /* "<4>1 " of RFC 5424 */
	bool facility;         /* "kern  :warn  : " of dmesg -x, "kern: warning: " of Talos */
	enum km_logtime time;
	bool stream;           /* "stdout F " of a container's log */
	bool tag;              /* "0 0 W name: ", "W/name( 0): " of logcat */
	bool ident;            /* "host kernel: " */
	struct km_str host;    /* with .ident: the only host of the log; .len 0: any host */
	bool plain_host;       /* "host ", the same in front of each line, and no name of a program */
	bool vendor;           /* "(0)[123:name]" and the like, of Android vendors' kernels */
	bool junk;             /* anything, up to "[   12.345678]" or " kernel: " */
};

enum km_log_owner { KM_LOG_UNCERTAIN, KM_LOG_KERNEL, KM_LOG_OTHER };

/* A line on its way: .kline.text is what is left of it. Begins as KM_LOGLINE_INIT. */
struct km_logline {
	struct km_kline kline;   /* .usec is set at the end */
	enum km_log_owner owner; /* who printed it */
	uint64_t wall, uptime;   /* microseconds by the two clocks that a line may have; KM_UNKNOWN */
	uint64_t delta;          /* as struct km_logstamp */
	bool partial;            /* a container's log goes on in the next line */
	bool stamped;            /* by the kernel itself, with its uptime */
};

#define KM_LOGLINE_INIT                                                                            \
	{                                                                                          \
		.kline = { .usec = KM_UNKNOWN, .level = KM_KLINE_NO_LEVEL },                       \
		.wall = KM_UNKNOWN, .uptime = KM_UNKNOWN, .delta = KM_UNKNOWN,                     \
	}

/* "[   12.345678] ", which nearly all lines have, and blanks behind it. */
bool km_recipe_take_uptime(struct km_str *rest, struct km_logline *line);

/* Takes the recipe's parts from the line; false, with the line unchanged, where they are not there. */
bool km_recipe_fits(const struct km_recipe *recipe, struct km_logline *line);

/* The recipe that a single line suggests, and the rest; .ident and .vendor need many lines to decide. */
struct km_recipe km_recipe_guess(struct km_str line, struct km_str *ret_rest);

/* What the words behind the time of one line show about the form of "host kernel: ". */
struct km_recipe_look {
	struct km_str host; /* the first word; .len 0: "kernel:" comes first */
	bool kernel;        /* "kernel:" is one of the words */
	bool process;       /* "name[123]:" is the second or a later one */
	bool named;         /* "name:" is the second one */
};

void km_recipe_look(struct km_str rest, struct km_recipe_look *ret);

/* Takes "host kernel: " where the recipe has it, and sets who printed the line. */
void km_recipe_ident(const struct km_recipe *recipe, struct km_str *rest, struct km_logline *line);

/* "4,1234,12345678,-,caller=T123;text", "6.12.0-1,4,1234,12345678,-;text" of a netconsole that sends its release */
bool km_recipe_record(struct km_str *rest, struct km_logline *line);

/* The same where a log daemon received it: "10.0.0.5 4,1234,12345678,-;text". Leaves other texts as they are. */
void km_recipe_sent_record(struct km_str *rest, struct km_logline *line);

/* "(0)[123:name]" and the like; sets the context. */
bool km_recipe_vendor(struct km_str *rest, struct km_kline *line);

/* "[   12.345678]" somewhere near the front, with what is behind it; -1: nowhere. */
ptrdiff_t km_recipe_anchor(struct km_str line);

#endif
