"""What a plan must keep beyond the shape of its pieces; each module has the rules of one subject."""
