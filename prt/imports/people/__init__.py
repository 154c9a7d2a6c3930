"""Who the persons of an export are."""
