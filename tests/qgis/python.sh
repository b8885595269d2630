# The Python that has QGIS in it, as $python; empty where none has.
# shellcheck shell=sh disable=SC2034
no_qgis="QGIS is not installed (apt-get install --no-install-recommends python3-qgis)"
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import qgis.core' 2>/dev/null; then python=$candidate; break; fi
done
