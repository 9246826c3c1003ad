dist_pkgdata_DATA = packaging/kmeminfo.schema.json
grafanadir = $(pkgdatadir)/grafana
dist_grafana_DATA = packaging/grafana/kmeminfo.json
EXTRA_DIST += packaging/README.md packaging/deb packaging/debian packaging/kmeminfo.spec.in packaging/rpm \
	packaging/prometheus/README.md \
	packaging/prometheus/kmeminfo-tests.yml \
	packaging/systemd/kmeminfo-metrics.service \
	packaging/systemd/kmeminfo-record.service

prometheusdir = $(pkgdatadir)/prometheus
dist_prometheus_DATA = \
	packaging/prometheus/kmeminfo-alerts.yml \
	packaging/prometheus/kmeminfo-recording.yml

systemdunitdir = $(prefix)/lib/systemd/system
dist_systemdunit_DATA = packaging/systemd/kmeminfo-metrics.timer
nodist_systemdunit_DATA = packaging/kmeminfo-metrics.service packaging/kmeminfo-record.service
DISTCLEANFILES = $(nodist_systemdunit_DATA)

# The units in the source tree have the program's path in a package.
$(nodist_systemdunit_DATA): packaging/systemd/kmeminfo-metrics.service packaging/systemd/kmeminfo-record.service
	$(AM_V_GEN)$(MKDIR_P) packaging && sed 's|/usr/bin/kmeminfo|$(bindir)/kmeminfo|' \
		"$(srcdir)/packaging/systemd/$(@F)" >$@
