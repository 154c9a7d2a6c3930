"""From an exported file to rows: which session, who is who, a preview, and one action."""
