"""Search over everything: what rooms declare, kept as words, found again within one's rights.

`words` makes tokens of texts, `sources` is what a room declares, `models` keeps it, `index` makes
the indexes of the database, `keeping` keeps it current, `asking` turns what was typed into a
match, `finding` finds and counts, `excerpts` shows where, `suggesting` mends misspelt names.
"""
