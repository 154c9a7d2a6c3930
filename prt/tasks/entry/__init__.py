"""From what a person types to the cells of a row: options, questions, answers, mistakes."""
