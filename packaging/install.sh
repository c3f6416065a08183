#!/usr/bin/env bash
# Installs an unpacked distribution: /opt/holdfast, /etc/holdfast, the user and the unit. Run as root.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
getent passwd holdfast >/dev/null || useradd --system --home-dir /var/lib/holdfast --shell /usr/sbin/nologin holdfast
install -d -m 755 /opt/holdfast
cp -r --no-preserve=ownership --preserve=timestamps,mode "$here"/. /opt/holdfast/
chown -R root:root /opt/holdfast
chmod -R go-w /opt/holdfast
install -d -m 750 -g holdfast /etc/holdfast
[ -e /etc/holdfast/holdfast.yaml ] || printf 'port: 443\n' >/etc/holdfast/holdfast.yaml
chown root:holdfast /etc/holdfast/holdfast.yaml
chmod 640 /etc/holdfast/holdfast.yaml
install -m 644 "$here/systemd/holdfast.service" /etc/systemd/system/holdfast.service
systemctl daemon-reload
echo "start it with: systemctl enable --now holdfast"
