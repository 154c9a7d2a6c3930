"""Foreign files as grids of cells: text, workbooks, and zips, within limits."""
