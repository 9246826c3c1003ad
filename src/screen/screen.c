// SPDX-License-Identifier: GPL-2.0-or-later
/* The loop: wait, read keys, read the machine, draw. */
#include <strings.h>
#include <signal.h>
#include "screen/state.h"
#include "source/tty.h"

size_t km_screen_tab(const char *name)
{
	for (size_t i = 0; km_tabs[i].name; i++)
		if (!strcasecmp(km_tabs[i].name, name))
			return i;
	return SIZE_MAX;
}

static void press_keys(struct km_screen *screen)
{
	struct km_mouse mouse = { KM_MOUSE_NONE, 0, 0 };
	unsigned int key;

	while (!screen->quit && (key = km_terminal_key(screen->terminal, &mouse))) {
		*screen->message = '\0';
		if (screen->prompt)
			km_prompt_press(screen, key);
		else
			km_screen_press(screen, key, &mouse);
	}
}

/* Returns 0, or the signal that ends the program. */
static int handle_signal(struct km_screen *screen, int signal)
{
	switch (signal) {
	case SIGWINCH:
		km_terminal_resize(screen->terminal);
		return 0;
	case SIGCONT:
		km_terminal_redraw(screen->terminal);
		return 0;
	case SIGTSTP:
		km_terminal_stop(screen->terminal);
		return 0;
	default:
		return signal;
	}
}

/* Milliseconds until the next reading; -1 if there is none. */
static int time_left(const struct km_screen *screen)
{
	int64_t left = screen->time + (int64_t)screen->delay_ms - km_tty_clock();

	if (screen->paused || !km_reading_is_live(screen))
		return -1;
	return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}

/* Returns 0, or the signal that ends the program. */
static int run(struct km_screen *screen)
{
	while (!screen->quit) {
		int event, ended = 0;

		km_screen_draw(screen);
		event = km_terminal_wait(screen->terminal, time_left(screen));
		if (event == KM_TTY_GONE)
			return SIGHUP;
		if (event > 0)
			ended = handle_signal(screen, event);
		/* also after a signal, because a library may hold keys that it already read */
		press_keys(screen);
		if (ended)
			return ended;
		if (!screen->quit && !time_left(screen))
			km_reading_take(screen);
	}
	return 0;
}

int km_screen_run(const struct km_screen_options *options, struct km_err *err)
{
	struct km_screen *screen = km_realloc(NULL, 1, sizeof(*screen));
	int r, ended = 0;

	memset(screen, 0, sizeof(*screen));
	screen->opener.fd = -1;
	screen->options = options;
	screen->tab = options->tab;
	screen->delay_ms = options->delay_ms;
	screen->exact = options->exact;
	for (size_t i = 0; i < km_tab_count(); i++)
		km_history_init(&screen->states[i].history, km_tabs[i].report->type);
	/* comes before confinement, because files describe the terminal */
	r = km_terminal_open(&screen->terminal, &options->terminal, err);
	*options->taken = r ? NULL : screen->terminal;
	if (!r) {
		km_reading_take(screen);
		if (screen->open || screen->recorded)
			ended = run(screen);
		else
			r = screen->code ? screen->code : -1;
		if (r && err)
			*err = screen->failed;
	}
	km_reading_deinit(screen);
	*options->taken = NULL;
	if (screen->terminal && ended)
		km_terminal_die(screen->terminal, ended);
	else
		km_terminal_close(screen->terminal);
	free(screen);
	return r;
}
