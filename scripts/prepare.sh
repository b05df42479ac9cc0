#!/bin/sh
# Makes the virtual environment $1 and installs $2 into it at the pinned versions.
set -eu
venv=$1
what=$2

if [ ! -x "$venv/bin/python" ]; then
    if ! python3 -m venv "$venv" 2>/dev/null; then
        # Debian ships venv apart from python3.
        rm -rf "$venv"
        . scripts/apt.sh
        install_packages python3-venv
        python3 -m venv "$venv"
    fi
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$what"
