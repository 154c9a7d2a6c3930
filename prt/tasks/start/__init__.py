"""The first day with prt: what is missing before the first week, asked step by step."""
