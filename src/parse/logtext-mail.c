// SPDX-License-Identifier: GPL-2.0-or-later
#include <strings.h>
#include "parse/logtext-mail.h"

/* A program that breaks a line does so where it has 76 characters, or 78. */
enum { LINE_MOST = 78, LINE_LEAST = 73, JOINED_MOST = 1 << 20 };

/* No line of such a mail is longer, but for those of its head: what follows is another text. */
enum { LINE_DECLARED_MOST = 120 };

void km_mail_deinit(struct km_mail *mail)
{
	km_scratch_deinit(&mail->joined);
	km_scratch_deinit(&mail->plain);
}

static bool is_encoding(struct km_str line, struct km_str *ret)
{
	static const struct km_str key = KM_STR_INIT("Content-Transfer-Encoding:");

	if (line.len < key.len || strncasecmp(line.ptr, key.ptr, key.len))
		return false;
	*ret = km_str_trim(km_str_skip(line, key.len));
	return true;
}

/* A mail whose head was cut off. A line of a log may end with "=", but behind a blank. */
static bool is_broken(struct km_str line)
{
	return line.len >= LINE_LEAST && line.len <= LINE_MOST && line.ptr[line.len - 1] == '=' &&
	       line.ptr[line.len - 2] != ' ' && line.ptr[line.len - 2] != '=';
}

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A "=" of its own, which quoted-printable writes as "=3D". */
static bool has_bare_sign(struct km_str line)
{
	struct km_str rest = line, before;

	while (km_str_take_until(&rest, '=', &before) && rest.len)
		if (rest.len < 2 || hex_value(rest.ptr[0]) < 0 || hex_value(rest.ptr[1]) < 0)
			return true;
	return false;
}

/* Without a head the text itself has to show it; a blank line ends a passage, as it ends the head of a mail. */
static void guess(struct km_mail *mail, struct km_str line)
{
	if (!line.len || km_str_find(line, KM_STR("=3D")) >= 0)
		mail->refuted = false;
	mail->refuted = mail->refuted || has_bare_sign(line);
	if (mail->refuted || line.len > LINE_MOST)
		mail->printable = false;
	else if (is_broken(line))
		mail->printable = true;
}

static void look_at(struct km_mail *mail, struct km_str line)
{
	static const struct km_str name = KM_STR_INIT("quoted-printable");
	struct km_str value;

	if (is_encoding(line, &value))
		mail->declared = mail->printable = value.len == name.len && !strncasecmp(value.ptr, name.ptr, name.len);
	else if (mail->declared && line.len > LINE_DECLARED_MOST)
		mail->declared = mail->printable = false;
	else if (!mail->declared)
		guess(mail, line);
}

static struct km_str decode(struct km_mail *mail, struct km_str text)
{
	mail->plain.bytes.len = 0;
	for (size_t i = 0; i < text.len; i++) {
		int high = text.ptr[i] == '=' && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
		int low = high < 0 ? -1 : hex_value(text.ptr[i + 2]);

		*km_array_push(&mail->plain.bytes) = low < 0 ? text.ptr[i] : (char)(high * 16 + low);
		i += low < 0 ? 0 : 2;
	}
	return (struct km_str){ mail->plain.bytes.items, mail->plain.bytes.len };
}

bool km_mail_take(struct km_mail *mail, struct km_str line, struct km_str *ret)
{
	if (km_str_ends(line, KM_STR("\r")))
		line.len--;
	look_at(mail, line);
	*ret = line;
	if (!mail->printable && !mail->joined.bytes.len)
		return true;
	if (mail->printable && km_str_ends(line, KM_STR("=")) && mail->joined.bytes.len < JOINED_MOST) {
		line.len--;
		km_scratch_append(&mail->joined, line);
		return false;
	}
	if (!mail->joined.bytes.len && (!line.len || !memchr(line.ptr, '=', line.len)))
		return true;
	km_scratch_append(&mail->joined, line);
	return km_mail_end(mail, ret);
}

bool km_mail_end(struct km_mail *mail, struct km_str *ret)
{
	if (!mail->joined.bytes.len)
		return false;
	*ret = decode(mail, (struct km_str){ mail->joined.bytes.items, mail->joined.bytes.len });
	mail->joined.bytes.len = 0;
	return true;
}
