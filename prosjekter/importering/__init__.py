"""Projects from a list: read the file, say what is wrong with every row, and write what is right. See docs/importering.md."""
