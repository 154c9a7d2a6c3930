"""Copies of a project, of its folders and of its files, merged into it; the merge driver of git."""
