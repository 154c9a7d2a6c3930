"""The fictional year of `prt demo`: tables of prt/examples/demo, and rows drawn around them with a seed."""
