#!/bin/sh
# Sees to it that the servers the tests talk to are installed; says clearly what could not be.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

missing=""
[ -x /usr/sbin/dovecot ] && [ -e /usr/lib/dovecot/imap ] || missing="$missing dovecot-imapd"
[ -e /usr/lib/dovecot/lmtp ] || missing="$missing dovecot-lmtpd"
[ -x /usr/sbin/postfix ] || missing="$missing postfix"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"

if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of names
    install_packages $missing || echo "without$missing the tests that need them FAIL" >&2
fi
