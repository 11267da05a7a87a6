"""What makes the Word templates of templates/word. Python's standard library only."""
