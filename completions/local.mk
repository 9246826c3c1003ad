bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
EXTRA_DIST += completions/kmeminfo.bash completions/_kmeminfo completions/kmeminfo.fish

dist_zshcompletion_DATA = completions/_kmeminfo
dist_fishcompletion_DATA = completions/kmeminfo.fish

# bash-completion looks for a file of the command's own name
install-data-hook:
	$(MKDIR_P) "$(DESTDIR)$(bashcompletiondir)"
	$(INSTALL_DATA) "$(srcdir)/completions/kmeminfo.bash" "$(DESTDIR)$(bashcompletiondir)/kmeminfo"

uninstall-hook:
	rm -f "$(DESTDIR)$(bashcompletiondir)/kmeminfo"
