"""From a paper to files: PDF by typst, DOCX and ODT by pandoc, each with the same content.

`sheet` writes the paper as HTML in one language; `pdf`, `word` and `opendocument` make files of it.
They know nothing of the database, of people or of requests, and open no file and no address that
the text names.
"""
