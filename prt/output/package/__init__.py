"""The Data Package of `prt export package`: rows, facts, populations, indicators and figures as tables."""
