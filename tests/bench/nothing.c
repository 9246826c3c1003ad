// SPDX-License-Identifier: GPL-2.0-or-later
/* What it costs to start a program: beside this, kmeminfo --version. */
int main(void)
{
	return 0;
}
