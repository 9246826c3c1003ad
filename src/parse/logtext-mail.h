/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A mail as it was sent: in quoted-printable (RFC 2045, 6.7) a "=" at the end of a line means that the text
 * continues in the next line, and "=3D" is "=".
 */
#ifndef KM_PARSE_LOGTEXT_MAIL_H
#define KM_PARSE_LOGTEXT_MAIL_H

#include "parse/logtext-clean.h"

/* Initialise with zeros. */
struct km_mail {
	bool printable; /* the text is quoted-printable */
	bool declared;  /* its head says so */
	bool refuted;   /* the passage has a "=" that such a text would not have */
	struct km_scratch joined, plain;
};

void km_mail_deinit(struct km_mail *mail);

/*
 * Takes a line of the file. Returns whether *ret is a line of the text, which holds until the next call:
 * false where it goes on in the file's next line.
 */
bool km_mail_take(struct km_mail *mail, struct km_str line, struct km_str *ret);

/* The rest when the file ends within a line; false: there is none. */
bool km_mail_end(struct km_mail *mail, struct km_str *ret);

#endif
