"""A draft case paper about an open project, for a municipality that is not its own: from what anyone may see.

`grunnlag` reads what is known, `innhold` puts it in order, in the words of `ord`, as the blocks of `blokker`; the page and
`docx` show the same blocks.
"""
