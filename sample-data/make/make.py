"""Makes the sample data anew, byte for byte the same each time.

    python3 sample-data/make/make.py

For maintainers: nobody needs it to build, to run or to test. Only Python's own library."""
import os

import layers
import photos
import small_places
import surveys_cjj
import surveys_en
import surveys_isybau
import surveys_plain
import town

if __name__ == "__main__":
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    network = town.build()
    inspections = os.path.join(folder, "town", "inspections")
    os.makedirs(inspections, exist_ok=True)
    layers.write(os.path.join(folder, "town"), network)
    surveys_cjj.write(inspections, network)
    surveys_en.write(inspections, network)
    surveys_isybau.write(inspections, network)
    surveys_plain.write(inspections)
    photos.write(os.path.join(folder, "town", "photos"))
    small_places.write(folder)
