"""Cuts the portal's fonts out of their originals: python cut.py SERIF SANS

SERIF and SANS are the unpacked npm packages `source-serif` and `source-sans`. Needs fontTools 4 and brotli.
"""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ORIGINALS = {
    ("Serif", "normal"): "VAR/SourceSerif4Variable-Roman.ttf",
    ("Serif", "italic"): "VAR/SourceSerif4Variable-Italic.ttf",
    ("Sans", "normal"): "VF/SourceSans3VF-Upright.ttf",
    ("Sans", "italic"): "VF/SourceSans3VF-Italic.ttf",
}
WEIGHTS = (400, 700)
OPTICAL_SIZE = 14  # points; of the serif only
FEATURES = ["kern", "liga", "lnum", "pnum", "tnum"]
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "őŐűŰčČšŠžŽćĆđĐ")]
PUNCTUATION = [*map(ord, "\u2009–—‘’‚“”„•…′″‹›€™↑↓−∕")]


def cut(original: Path, name: str) -> TTFont:
    font = TTFont(original)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    limits = {"wght": WEIGHTS, **({"opsz": OPTICAL_SIZE} if "opsz" in axes else {})}
    font = read_again(instancer.instantiateVariableFont(font, limits))
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        notdef_outline=True,
        drop_tables=["BASE", "GDEF", "DSIG"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS + PUNCTUATION)
    kern_alike(font["GPOS"].table)
    cutter.subset(font)
    rename(font["name"], name)
    font.flavor = "woff2"
    return font


def read_again(font: TTFont) -> TTFont:
    """What the instancer leaves half done is complete once it was written."""
    written = io.BytesIO()
    font.save(written)
    return TTFont(io.BytesIO(written.getvalue()))


def kern_alike(positions: object) -> None:
    """Each pair is kerned at every weight as at the lightest: a sixth of the serif's size."""
    for lookup in positions.LookupList.Lookup:
        for table in lookup.SubTable:
            pairs = getattr(table, "ExtSubTable", table)
            if not hasattr(pairs, "ValueFormat1"):
                continue
            for value in values(pairs):
                for device in ("XPlaDevice", "YPlaDevice", "XAdvDevice", "YAdvDevice"):
                    if hasattr(value, device):
                        delattr(value, device)
            pairs.ValueFormat1 &= 0x0F
            pairs.ValueFormat2 &= 0x0F


def values(pairs: object) -> list:
    if pairs.Format == 1:
        records = [record for of_first in pairs.PairSet for record in of_first.PairValueRecord]
    else:
        records = [record for of_first in pairs.Class1Record for record in of_first.Class2Record]
    return [value for record in records for value in (record.Value1, record.Value2) if value]


def rename(names: object, name: str) -> None:
    """The originals may reserve their names; what was cut out of them bears the portal's."""
    for number, words in {1: name, 3: name, 4: name, 6: name.replace(" ", "")}.items():
        names.setName(words, number, 3, 1, 0x409)
    names.names = [each for each in names.names if each.nameID in {0, 1, 2, 3, 4, 6, 13, 14}]


if __name__ == "__main__":
    folders = dict(zip(("Serif", "Sans"), map(Path, sys.argv[1:]), strict=True))
    for (face, style), path in ORIGINALS.items():
        font = cut(folders[face] / path, f"Portal {face}")
        font.save(Path(__file__).with_name(f"portal-{face.lower()}-{style}.woff2"))
