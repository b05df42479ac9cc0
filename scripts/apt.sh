# Sourced: install_packages NAME... installs Debian packages when this user may, or says what to do.

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1 || ! as_root true; then
        echo "please install as root: apt-get install --no-install-recommends $*" >&2
        return 1
    fi
    echo "installing $*"
    # Nothing that is installed for a test may start by itself.
    policy=/usr/sbin/policy-rc.d
    made=no
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made=yes
    fi
    status=0
    as_root apt-get update -qq || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null || status=$?
    [ "$made" = no ] || as_root rm -f "$policy"
    return $status
}
