#!/bin/sh
# Before each new version is started: bring the database up to date. Safe to run again, and in production.
set -eu
cd "$(dirname "$0")/.."
export DB_TIDSGRENSE_MS=0   # a migration may take its time
python=${PYTHON:-python}
"$python" manage.py migrate --noinput
"$python" manage.py createcachetable
"$python" manage.py last_register
"$python" manage.py last_startdata
"$python" manage.py bygg_sokeindeks --hvis-foreldet
