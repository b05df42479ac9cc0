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

# In a process of its own, so that its trap also mends what an interrupted installation leaves.
install_packages() (
    if ! command -v apt-get >/dev/null 2>&1 || ! as_root true; then
        echo "please install as root: apt-get install --no-install-recommends $*" >&2
        exit 1
    fi
    echo "installing $*"
    # Nothing that is installed for a test may start by itself.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'as_root rm -f "$policy"' EXIT
        trap 'exit 1' HUP INT TERM
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    as_root apt-get update -qq || echo "apt-get update failed: going on with the lists there are" >&2
    # What it says matters only where it fails.
    said=$(as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" 2>&1) || {
        echo "$said" >&2
        exit 1
    }
)
