#!/bin/sh
# Sees to it that the servers and programs the tests need are installed; says clearly what could not be.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

# One line for each package that is not there; programs are looked for where Debian puts them.
missing() {
    [ -x /usr/sbin/dovecot ] && [ -e /usr/lib/dovecot/imap ] || echo dovecot-imapd
    [ -e /usr/lib/dovecot/lmtp ] || echo dovecot-lmtpd
    [ -x /usr/lib/postfix/sbin/master ] || echo postfix
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    command -v openssl >/dev/null 2>&1 || echo openssl
    # Pictures in letters are drawn with it.
    [ -n "$(find /usr/share/fonts -name 'NotoSansCJK-Regular.ttc' -o -name 'wqy-*.ttc' 2>/dev/null)" ] ||
        echo fonts-wqy-microhei
    # Our workbooks are opened with it.
    command -v soffice >/dev/null 2>&1 || echo libreoffice-calc
}

wanted=$(missing | xargs)
[ -n "$wanted" ] || exit 0

# Tests run servers of their own: none of this machine's runs for it, now or at the next start.
as_root debconf-set-selections 2>/dev/null <<EOT || true
postfix postfix/main_mailer_type select No configuration
EOT
# shellcheck disable=SC2086 # a list of names
install_packages $wanted || true
for unit in dovecot postfix postgresql; do
    case " $wanted" in
    *" $unit"*) as_root systemctl disable --quiet "$unit" 2>/dev/null || true ;;
    esac
done

wanted=$(missing | xargs)
[ -z "$wanted" ] || cat >&2 <<EOT

Still missing: $wanted
THE TESTS THAT NEED THEM WILL FAIL. As root: apt-get install --no-install-recommends $wanted

EOT
