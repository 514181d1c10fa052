"""The register of counties and municipalities: files in, places out.

filer       the files as typed rows, and everything that is wrong with them
steder      which numbers are the same place, and what it has been called
innlasting  the difference between that and the database, written in one piece
"""
