"""What leaves prt beside its reports: packages of data, pages that a browser prints."""
