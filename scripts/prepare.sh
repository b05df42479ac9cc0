#!/bin/sh
# Makes .venv and installs $1 into it at the pinned versions: `.`, or `.[dev]` with an extra.
set -eu
cd "$(dirname "$0")/.."
what=$1
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$python is missing or too old: make PYTHON=python3.11 (or newer) ..." >&2
    exit 1
}

# Debian ships a half of venv apart from python3; without it .venv would have no pip.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    . scripts/apt.sh
    install_packages python3-venv
fi

[ -x .venv/bin/pip ] || "$python" -m venv --clear .venv
echo "preparing .venv"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$what"
# What only the reading process imports is cached by nobody else: it may not write.
.venv/bin/python -m compileall -q mailflow
