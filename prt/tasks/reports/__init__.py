"""What reports, forms and the page of the week are made of: an edition beside what was sent before."""
