"""An evaluation as terminal, Markdown, HTML or JSON text."""
