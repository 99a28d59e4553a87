"""From a file of Word or LibreOffice to a text of the few tags, and a report of what is not in it.

`refit` opens the file and puts right what pandoc would lose, `markup` writes the tags from what
pandoc read, `converted` leads through both, `report` says in words what was found. They know
nothing of the database, of people or of requests.
"""
